/**
 * `npm run screenshots:report`: plants the seeded year of a shop in both simulators, audits it, builds the report of it, and takes its picture for
 * docs/reconciliation.md. About six minutes, most of them ReturnGO's calls per second. Options: --orders 5000 --rmas 900 --html FILE keeps the page.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { chromium } from 'playwright-core';
import { ReturnGoApi } from '../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../credentials/ShopifyReturnsApi.credentials';
import type * as NodeModule from '../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { startReturnGoSimulator } from '../simulators/returngo';
import { Clock } from '../simulators/shared/clock';
import { startShopifySimulator } from '../simulators/shopify';
import { runNode } from '../test/engine/harness';
import { plantYear } from '../test/support/year';
import { repositoryRoot } from './host/node24';
import { CHROMIUM_FLAGS, findChromium } from './screenshots';

const DAY_MS = 86_400_000;
const PICTURE = path.join(repositoryRoot, 'docs', 'images', 'report.png');

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { orders: { type: 'string', default: '5000' }, rmas: { type: 'string', default: '900' }, html: { type: 'string' } } });
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error('There is no Chromium on this machine; CHROMIUM_PATH may name one.');
	const html = await reportOfTheYear(Number(values.orders), Number(values.rmas));
	if (values.html !== undefined) writeFileSync(values.html, html);
	const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
	const page = await browser.newPage({ viewport: { width: 1100, height: 1500 }, deviceScaleFactor: 1.5 });
	await page.setContent(html);
	await page.screenshot({ path: PICTURE });
	await browser.close();
	console.log(PICTURE);
}

async function reportOfTheYear(orders: number, rmas: number): Promise<string> {
	// By its full name: without an extension Node.js takes the codex file beside it.
	const file = path.join(repositoryRoot, 'nodes', 'ReturnsReconciliation', 'ReturnsReconciliation.node.ts');
	const { ReturnsReconciliation } = (await import(pathToFileURL(file).href)) as typeof NodeModule;
	const clock = new Clock();
	clock.freeze();
	await clock.set(new Date(Date.now() - 400 * DAY_MS).toISOString());
	const shopify = await startShopifySimulator({ clock, settings: { restoreRate: 5_000, bucketSize: 20_000 } });
	const returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } });
	try {
		const year = await plantYear({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, apiKey: returnGo.apiKey, shop: returnGo.shopDomain }, { orders, rmas, now: new Date().toISOString() });
		clock.unfreeze();
		const run = async (parameters: IDataObject) => {
			const { outputs, error } = await runNode({
				node: ReturnsReconciliation,
				credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
				credentials: {
					returnGoApi: { apiKey: returnGo.apiKey, storeDomain: returnGo.shopDomain, baseUrl: returnGo.url },
					shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' },
				},
				parameters: parameters as never,
			});
			if (error) throw error;
			return outputs;
		};
		const delivered = Object.fromEntries(year.delivered.map((rmaId) => [rmaId, new Date(Date.now() - 5 * DAY_MS).toISOString()]));
		const [findings = [], summary = []] = await run({ resource: 'audit', operation: 'run', days: 370, callLimit: 2000, options: { bundleTable: JSON.stringify(year.bundles), deliveredParcels: JSON.stringify(delivered) } });
		const shown = JSON.parse(JSON.stringify({ findings: findings.map(({ json }) => json), summary: summary[0]?.json ?? {} }).replaceAll(shopify.url.replace('http://', ''), 'example.myshopify.com').replaceAll(shopify.url, 'example.myshopify.com')) as { findings: IDataObject[]; summary: IDataObject };
		const [built = []] = await run({ resource: 'report', operation: 'build', reportKind: 'audit', findings: JSON.stringify(shown.findings), summary: JSON.stringify(shown.summary), options: { binaryPropertyName: 'report', timeZone: 'UTC' } });
		return Buffer.from(built[0]?.binary?.report?.data ?? '', 'base64').toString('utf8');
	} finally {
		await returnGo.close();
		await shopify.close();
	}
}

main().then(
	() => process.exit(0),
	(failure: unknown) => {
		console.error(failure);
		process.exit(1);
	},
);
