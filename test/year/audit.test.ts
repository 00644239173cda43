/** A seeded year of a shop, audited as it is: every planted fault is found under its code, and nothing else is. */
import type * as Workflow from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { ReturnGoApi } from '../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import { ReturnsReconciliation } from '../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../simulators/returngo';
import { Clock } from '../../simulators/shared/clock';
import { startShopifySimulator } from '../../simulators/shopify';
import { runNode } from '../engine/harness';
import { plantYear, type Year } from '../support/year';
import { YEAR_SIZE } from './size';

/** The connector keeps to the services' calls per second, in real time; a year of it would be nothing but waiting. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof Workflow>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 50) };
});

jest.setTimeout(1_800_000);

const DAY_MS = 86_400_000;
/** Everything that an audit reads with, and too little to settle. */
const POOR_SCOPES = ['read_orders', 'read_all_orders', 'read_returns', 'read_products', 'read_locations', 'read_inventory', 'write_orders', 'write_returns'];

let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
let returnGo: ReturnGoSimulator;
let year: Year;

beforeAll(async () => {
	const clock = new Clock();
	clock.freeze();
	await clock.set(new Date(Date.now() - 400 * DAY_MS).toISOString());
	// What is measured here is what is found, not how long a real shop's budget takes to grow back.
	shopify = await startShopifySimulator({ clock, settings: { restoreRate: 5_000, bucketSize: 20_000 } });
	returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } });
	year = await plantYear({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, apiKey: returnGo.apiKey, shop: returnGo.shopDomain }, { ...YEAR_SIZE, now: new Date().toISOString() });
	for (const url of [shopify.url, returnGo.url]) await fetch(`${url}/__sim/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ freeze: false }) });
});

afterAll(async () => {
	await returnGo.close();
	await shopify.close();
});

async function audit({ options, ...parameters }: { callLimit?: number; refundOwner?: string; options?: IDataObject } = {}, accessToken = 'shpat_sim_full'): Promise<{ findings: IDataObject[]; summary: IDataObject }> {
	const delivered = Object.fromEntries(year.delivered.map((rmaId) => [rmaId, new Date(Date.now() - 5 * DAY_MS).toISOString()]));
	const { outputs, error } = await runNode({
		node: ReturnsReconciliation,
		credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
		credentials: {
			returnGoApi: { apiKey: returnGo.apiKey, storeDomain: returnGo.shopDomain, baseUrl: returnGo.url },
			shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken },
		},
		parameters: { resource: 'audit', operation: 'run', days: 370, callLimit: 2000, ...parameters, options: { bundleTable: JSON.stringify(year.bundles), deliveredParcels: JSON.stringify(delivered), ...options } } as never,
	});
	if (error) throw error;
	return { findings: (outputs[0] ?? []).map(({ json }) => json), summary: outputs[1]?.[0]?.json ?? {} };
}

/** What stays in the books for ever, whatever anybody does; each with its reason in test/support/year/faults.ts. */
const NOT_REPAIRED = ['bundleParentRestocked', 'currencyMismatch', 'refundFailed', 'refundTwice', 'refundUnclear', 'valueMismatch'];

/** Code and return, as planter and audit both name it. */
const nameOf = (code: unknown, rmaId: unknown, orderName: unknown) => `${String(code)} ${rmaId === undefined || rmaId === null ? String(orderName) : `RMA${String(rmaId)}`}`;

it('finds every planted fault under its code, raises no false alarm, and finds the same again', async () => {
	const first = await audit();
	expect(first.summary).toMatchObject({ complete: true });
	const found = first.findings.map(({ code, rmaId, orderName }) => nameOf(code, rmaId, orderName)).sort();
	expect(found).toEqual(year.faults.map(({ code, rmaId, orderName }) => nameOf(code, rmaId, orderName)).sort());
	const second = await audit();
	expect(second.findings.map(({ incident }) => incident)).toEqual(first.findings.map(({ incident }) => incident));
});

it('finds what is wrong with the store itself beside them: a scope, subscriptions, a second payer, the calls of a day', async () => {
	const control = async (url: string, body: object) => await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	await control(`${shopify.url}/__sim/apps`, { clientId: 'poor', clientSecret: 'poor-secret', token: 'shpat_poor', scopes: POOR_SCOPES });
	const [before, calls] = [await audit(), ({ summary }: { summary: IDataObject }) => (summary.read as Array<{ name: string; count: number }>).find(({ name }) => name === 'Calls to ReturnGO')?.count ?? 0];
	const events = { eventAddress: 'https://n8n.example.com/', returnGoEvents: ['RMA_CREATED'], shopifyTopics: 'returns/approve' };
	const { findings } = await audit({ callLimit: Math.floor(calls(before) * 1.1), refundOwner: 'thisWorkflow', options: events }, 'shpat_poor');
	const known = new Set(before.findings.map(({ incident }) => incident));
	expect(findings.filter(({ incident }) => !known.has(incident)).map(({ code }) => code).sort()).toEqual(['callBudgetLow', 'returnGoAutoRefundActive', 'scopeMissing', 'webhookRegistrationLost', 'webhookRegistrationLost']);
	expect(findings).toHaveLength(known.size + 5);
});

it('finds exactly those no more that were repaired, one of each kind', async () => {
	const before = await audit();
	const { repaired, left } = await year.repair();
	expect(left.map(({ code }) => code).sort()).toEqual(NOT_REPAIRED);
	expect(repaired.length + left.length).toBe(new Set(year.faults.map(({ code, variant }) => `${code} ${variant ?? ''}`)).size);
	const gone = new Set(repaired.map(({ code, rmaId, orderName }) => nameOf(code, rmaId, orderName)));
	const name = ({ code, rmaId, orderName }: IDataObject) => nameOf(code, rmaId, orderName);
	const { findings } = await audit();
	expect(findings.map(name).sort()).toEqual(before.findings.map(name).filter((found) => !gone.has(found)).sort());
});
