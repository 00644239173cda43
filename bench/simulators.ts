/** How the simulators bear a large shop: `npx tsx bench/simulators.ts 100000` plants so many orders and requests and times what a reader does. */

import { startReturnGoSimulator } from '../simulators/returngo';
import { startShopifySimulator } from '../simulators/shopify';

const BATCH = 2_000;
const FIRST_ORDER = 5_700_000_000_000;
const FIRST_LINE = 13_300_000_000_000;
const FIRST_REFUND = 920_000_000_000;
const START = Date.parse('2026-01-01T00:00:00Z');

type Json = Record<string, unknown>;

async function main(count: number): Promise<void> {
	const shopify = await startShopifySimulator({ settings: { bulkRunningPolls: 0 } });
	const returnGo = await startReturnGoSimulator({ shopifyUrl: shopify.url, options: { dailyLimit: 0, perSecondLimit: 0 } });
	try {
		await timed('plant orders, every tenth with a refund', () => plantOrders(shopify.url, count));
		await timed('import requests', () => plantRmas(returnGo.url, count));
		await timed('ReturnGO: first page of /rmas', () => ask(`${returnGo.url}/rmas?pagesize=500`));
		await timed('ReturnGO: all of /rmas', () => pages(`${returnGo.url}/rmas?pagesize=500`));
		await timed('ReturnGO: /rmas by status and time', () => pages(`${returnGo.url}/rmas?pagesize=500&status=Received,Validated&rma_created_at=gte:2026-03-01T00:00:00&sort_by=%2Brma_created_at`));
		await timed('ReturnGO: all of /transactions', () => pages(`${returnGo.url}/transactions?pagesize=500`));
		await timed('ReturnGO: one /rma', () => ask(`${returnGo.url}/rma/1500000`));
		await timed('Shopify: first page of orders', () => graphql(shopify.url, '{ orders(first: 100) { nodes { id } } }'));
		await timed('Shopify: next page of orders', () => graphql(shopify.url, '{ orders(first: 100) { nodes { id } pageInfo { endCursor } } }'));
		await timed('Shopify: an order by name', () => graphql(shopify.url, '{ orders(first: 1, query: "name:#500") { nodes { id } } }'));
		await timed('Shopify: orders in bulk', () => bulk(shopify.url));
		process.stdout.write(`memory ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`);
	} finally {
		await returnGo.close();
		await shopify.close();
	}
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
	const began = performance.now();
	const cpu = process.cpuUsage();
	await work();
	const used = process.cpuUsage(cpu);
	process.stdout.write(`${what}: ${Math.round(performance.now() - began)} ms, ${Math.round((used.user + used.system) / 1_000)} ms of processor time\n`);
}

async function plantOrders(url: string, count: number): Promise<void> {
	for (let from = 0; from < count; from += BATCH) {
		const requests = range(from, count).flatMap((index) => {
			const order = { id: FIRST_ORDER + index, name: `#${index + 1}`, createdAt: moment(index), customer: null, lines: [{ id: FIRST_LINE + index, sku: `SKU-${index % 50}`, title: 'Article', quantity: 1, unitPrice: '20.00' }] };
			const refund = { id: FIRST_REFUND + index, orderId: order.id, lines: [{ lineItemId: FIRST_LINE + index, quantity: 1 }] };
			return [{ path: '/__sim/orders', body: order }, ...(index % 10 === 0 ? [{ path: '/__sim/admin/refund', body: refund }] : [])];
		});
		await post(`${url}/__sim/batch`, { answers: 'refused', requests });
	}
}

async function plantRmas(url: string, count: number): Promise<void> {
	const money = { amount: 20, currency: 'USD' };
	for (let from = 0; from < count; from += BATCH) {
		const rmas = range(from, count).map((index) => ({
			rmaId: 1_500_000 + index,
			orderId: String(FIRST_ORDER + index),
			orderName: `#${index + 1}`,
			status: ['Pending', 'Approved', 'Received', 'Validated', 'Done'][index % 5],
			createdAt: moment(index),
			shipment: { status: 'Shipped', trackingNumber: `T${index}` },
			items: [{ lineItemId: String(FIRST_LINE + index), sku: `SKU-${index % 50}`, price: money }],
			transactions: index % 10 === 0 ? [{ status: 'Success', amount: money, externalReferenceId: String(FIRST_REFUND + index), createdAt: moment(index + 1) }] : [],
		}));
		await post(`${url}/__sim/rmas/import`, { rmas });
	}
}

function range(from: number, count: number): number[] {
	return Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => from + index);
}

function moment(index: number): string {
	return new Date(START + index * 120_000).toISOString();
}

async function pages(url: string): Promise<void> {
	for (let cursor: unknown = ''; typeof cursor === 'string'; ) cursor = (await ask(`${url}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)).next_cursor;
}

async function bulk(url: string): Promise<void> {
	const query = '{ orders { edges { node { id name createdAt totalPriceSet { presentmentMoney { amount currencyCode } } refunds { id } transactions { id amountSet { presentmentMoney { amount } } } lineItems { edges { node { id sku quantity } } } } } } }';
	const begun = await graphql(url, `mutation { bulkOperationRunQuery(query: ${JSON.stringify(query)}) { bulkOperation { id } userErrors { message } } }`);
	const id = /gid:\/\/shopify\/BulkOperation\/\d+/.exec(JSON.stringify(begun))?.[0] ?? '';
	for (;;) {
		const seen = JSON.stringify(await graphql(url, `{ bulkOperation(id: "${id}") { status objectCount url } }`));
		const file = /"url":"([^"]+)"/.exec(seen)?.[1];
		if (file) return void (await (await fetch(file)).arrayBuffer());
		if (!/CREATED|RUNNING/.test(seen)) throw new Error(seen);
	}
}

async function graphql(url: string, query: string): Promise<Json> {
	return await post(`${url}/admin/api/2026-10/graphql.json`, { query }, { 'x-shopify-access-token': 'shpat_sim_full' });
}

async function ask(url: string): Promise<Json> {
	const response = await fetch(url, { headers: { 'x-api-key': 'rg_sim_key', 'x-shop-name': 'sim-shop.myshopify.com' } });
	if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
	return (await response.json()) as Json;
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Json> {
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
	const answer = (await response.json()) as Json;
	if (!response.ok || (Array.isArray(answer) && answer.length > 0)) throw new Error(`${url}: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
	return answer;
}

void main(Number(process.argv[2] ?? 100_000));
