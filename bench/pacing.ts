/**
 * `npm run bench:pacing`: many items through one node, against a Shopify whose budget grows back by 100 points a second.
 * Prints how much of what grew back was used, and how many requests were refused for cost. What is there at the start is not counted
 * as used. Options: --items 500, --operation preview | restock | status (one after the other where none is named).
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../credentials/ShopifyReturnsApi.credentials';
import type * as ReturnGoModule from '../nodes/ReturnGo/ReturnGo.node';
import type * as ShopifyReturnsModule from '../nodes/ShopifyReturns/ShopifyReturns.node';
import { SimulatorControl } from '../scripts/host/simulatorControl';
import { startReturnGoSimulator } from '../simulators/returngo';
import { startShopifySimulator } from '../simulators/shopify';
import { runNode } from '../test/engine/harness';
import { Shop } from '../test/support/shop';

const RESTORE_RATE = 100;
/** Enough for the first request, which finds out what there is. */
const AT_THE_START = 1000;
const DEMANDED_SHARE = 0.95;

interface Measured {
	resource: string;
	operation: string;
	/** That one item takes when none is refused. */
	requests: number;
}

const OPERATIONS: Readonly<Record<string, Measured>> = {
	preview: { resource: 'refund', operation: 'preview', requests: 1 },
	restock: { resource: 'restock', operation: 'execute', requests: 4 },
	status: { resource: 'order', operation: 'setReturnStatus', requests: 2 },
};

async function main(): Promise<boolean> {
	const { values } = parseArgs({ options: { items: { type: 'string', default: '500' }, operation: { type: 'string', multiple: true, default: Object.keys(OPERATIONS) } } });
	const count = Number(values.items);
	const chosen = values.operation.flatMap((name) => OPERATIONS[name] ?? []);
	if (chosen.length < values.operation.length || !Number.isInteger(count) || count < 1) throw new Error(`Known operations: ${Object.keys(OPERATIONS).join(', ')}; --items is a whole number.`);
	let isGood = true;
	for (const one of chosen) isGood = (await measure(one, count)) && isGood;
	return isGood;
}

async function measure({ resource, operation, requests: requestsPerItem }: Measured, count: number): Promise<boolean> {
	// By their full names: without an extension Node.js takes the codex files beside them, or looks for native modules.
	const { ReturnGo } = (await import(nodeFile('ReturnGo'))) as typeof ReturnGoModule;
	const { ShopifyReturns } = (await import(nodeFile('ShopifyReturns'))) as typeof ShopifyReturnsModule;
	const shopify = await startShopifySimulator({ port: 0, seed: 11 });
	const returnGo = await startReturnGoSimulator({ port: 0, seed: 11, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } });
	try {
		const shop = new Shop(new SimulatorControl(shopify.url), new SimulatorControl(returnGo.url));
		const location = await shop.firstLocation();
		console.log(`Placing ${count} orders with an inspected return each …`);
		const readRma = async (rmaId: string): Promise<IDataObject> => {
			const { outputs, error } = await runNode({
				node: ReturnGo,
				parameters: { resource: 'rma', operation: 'get', rmaId: { __rl: true, mode: 'id', value: rmaId } },
				credentials: { returnGoApi: { apiKey: returnGo.apiKey, storeDomain: returnGo.shopDomain, baseUrl: returnGo.url } },
				credentialTypes: [new ReturnGoApi()],
			});
			if (error) throw error;
			return outputs[0]?.[0]?.json ?? {};
		};
		const rmas: IDataObject[] = [];
		for (let index = 0; index < count; index += 1) rmas.push(await inspectedRma(shop, readRma));

		await shop.shopify.clearRequests();
		await shop.shopify.post('/__sim/bucket', { available: AT_THE_START });
		console.log(`${count} × ${resource} > ${operation}, ${RESTORE_RATE} points a second …`);
		const started = Date.now();
		const { outputs, error } = await runNode({
			node: ShopifyReturns,
			parameters: { resource, operation, rma: '={{ $json }}', ...(resource === 'restock' ? { locationId: { __rl: true, mode: 'id', value: location } as unknown as INodeParameters } : {}) },
			credentials: { shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' } },
			credentialTypes: [new ShopifyReturnsApi()],
			input: rmas,
		});
		if (error) throw error;
		const seconds = (Date.now() - started) / 1000;
		const items = outputs[0] ?? [];
		const points = items.reduce((sum, item) => sum + Number((item.json.usage as { points: number }).points), 0);
		const requests = items.reduce((sum, item) => sum + Number((item.json.usage as { requests: number }).requests), 0);
		const throttled = (await shop.shopifyRequests()).length - items.length * requestsPerItem;
		const share = (points - AT_THE_START) / (seconds * RESTORE_RATE);
		console.log(`items: ${items.length} of ${count}   seconds: ${seconds.toFixed(1)}   requests: ${requests}   points: ${points}   refused for cost: ${throttled}`);
		console.log(`used of what grew back: ${(share * 100).toFixed(1)} %`);
		return items.length === count && throttled === 0 && share >= DEMANDED_SHARE;
	} finally {
		await returnGo.close();
		await shopify.close();
	}
}

function nodeFile(name: string): string {
	return pathToFileURL(path.join(__dirname, '..', 'nodes', name, `${name}.node.ts`)).href;
}

/** The RMA of a new order, as our ReturnGO node would hand it over. */
async function inspectedRma(shop: Shop, readRma: (rmaId: string) => Promise<IDataObject>): Promise<IDataObject> {
	// Preparing must not wait for the budget of ReturnGO's own app.
	await shop.shopify.post('/__sim/bucket', { clientId: 'sim-returngo', available: 2000 });
	const { rmaId } = await shop.inspectedReturn();
	return await readRma(rmaId);
}

void main().then((isGood) => {
	process.exitCode = isGood ? 0 : 1;
});
