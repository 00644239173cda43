/**
 * The two templates, imported as they are, in a real n8n: an inspected return is refunded and restocked exactly once.
 * Events come from the simulated ReturnGO by webhook, as they would in a shop.
 */
import axios from 'axios';
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND, Shop, type OrderOutcome } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';

const REFUND = 'post-the-refund-after-inspection';
const RESTOCK = 'restock-after-inspection';
const IN_A_WHILE = 150_000;
/** A claim lasts two minutes; a busy machine may take as long again until the run that takes over is done. */
const LEASE_AND_RUN_MS = 300_000;

let e2e: E2e;
let shop: Shop;
let location: string;
const workflows: StoredWorkflow[] = [];

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
	location = await shop.firstLocation();
});
afterEach(async () => {
	workflows.splice(0);
	await e2e.cleanUp();
});

async function importBoth(refundSettings: Record<string, string | number | boolean> = {}): Promise<{ refund: StoredWorkflow; restock: StoredWorkflow }> {
	const refund = await e2e.importTemplate(REFUND, { settings: refundSettings });
	const restock = await e2e.importTemplate(RESTOCK, { settings: { locationId: location.split('/').pop() ?? '' } });
	workflows.push(refund, restock);
	return { refund, restock };
}

/** Waits until every webhook was delivered and no execution is running any more. */
async function quiet(): Promise<void> {
	const deadline = Date.now() + IN_A_WHILE;
	let before = '';
	for (;;) {
		await e2e.returnGo.webhookDeliveries();
		const summaries = (await Promise.all(workflows.map(async ({ id }) => await e2e.n8n.executions(id)))).flat();
		const now = summaries.map(({ id, status }) => `${id} ${status}`).sort().join();
		const isResting = summaries.length > 0 && summaries.every(({ status }) => !['new', 'running'].includes(status));
		if (isResting && now === before) return;
		if (Date.now() > deadline) throw new Error(`n8n did not come to rest: ${now}`);
		before = now;
		await new Promise((resolve) => setTimeout(resolve, 700));
	}
}

async function executionsOf({ id }: StoredWorkflow): Promise<Execution[]> {
	const summaries = await e2e.n8n.executions(id);
	return await Promise.all(summaries.reverse().map(async (summary) => await e2e.n8n.waitForExecution(id, (execution) => execution.id === summary.id)));
}

/** Codes that the settling node named, over all executions of a workflow. */
async function namedBy(workflow: StoredWorkflow, node: string): Promise<string[]> {
	const executions = await executionsOf(workflow);
	return [...new Set(executions.flatMap((execution) => [0, 1].flatMap((output) => itemsOf(execution, node, output).flatMap((item) => codesOf(item.json)))))].sort();
}

async function comments(rmaId: string): Promise<string[]> {
	const { details } = await e2e.returnGo.get<{ details: { comments: Array<{ htmlText: string; triggeredBy: string }> } }>(`/__sim/rmas/${rmaId}`);
	return details.comments.filter((comment) => comment.triggeredBy === 'ReturnGO API').map((comment) => comment.htmlText);
}

/** One more message about an RMA, as ReturnGO would send it. */
async function notify(rmaId: string): Promise<void> {
	await e2e.returnGo.post('/__sim/webhooks/send', { eventName: 'RMA_STATUS_UPDATED', body: { eventName: 'RMA_STATUS_UPDATED', rmaId } });
}

const SETTLED_ONCE: Partial<OrderOutcome> = { tags: ['return-refunded'], refunds: [`SUCCESS ${FLAGSHIP_REFUND}`] };

it('received, not inspected: nothing moves, and the reason is named', async () => {
	const { refund, restock } = await importBoth();
	const placed = await shop.placeOrder();
	await shop.receiveReturn(placed);
	await quiet();
	expect(await namedBy(refund, 'Post the refund')).toEqual(['awaitingInspection']);
	expect(await namedBy(restock, 'Restock the units')).toEqual(['awaitingInspection']);
	expect(await shop.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null, tags: [] });
});

it('customer requests, label created, shipped: no stock, no money', async () => {
	const { refund, restock } = await importBoth();
	const placed = await shop.placeOrder();
	const { rmaId } = await e2e.returnGo.post<{ rmaId: string }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }] });
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/ship`);
	await quiet();
	expect((await executionsOf(refund)).length + (await executionsOf(restock)).length).toBeGreaterThan(0);
	expect(await shop.shopifyRequests()).toEqual([]);
	expect(await shop.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null });
});

it('inspected, sellable: one refund of the exact value, two pieces at the right location; ledger, tag and status say so, and ReturnGO is told', async () => {
	await importBoth();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await quiet();
	const outcome = await shop.outcome(orderId);
	expect(outcome).toMatchObject({ ...SETTLED_ONCE, dispositions: [`2 RESTOCKED ${location}`] });
	expect(JSON.parse(outcome.status ?? 'null')).toEqual([expect.stringMatching(new RegExp(`^RMA${rmaId}: refunded · since \\S+Z · next: nothing to do · ReturnGO as of \\S+Z$`))]);
	expect(outcome.ledger?.entries.map(({ action, state }) => `${action} ${state}`).sort()).toEqual(['refund done', 'restock done']);
	const told = (await comments(rmaId)).join('\n');
	expect(told).toContain(`${FLAGSHIP_REFUND} EUR`);
	expect(told).toContain(outcome.ledger?.entries.find(({ action }) => action === 'refund')?.refundId?.split('/').pop());
	expect(told).toContain('2 × restocked');
});

it.each([
	['refund', REFUND, {}],
	['restock', RESTOCK, { locationId: true }],
	['refund and restock in one step, with tags and status,', REFUND, { locationId: true, restockTogether: true }],
] as const)('a %s costs at most four requests to Shopify and two to ReturnGO, one read and one write', async (_name, template, options) => {
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId);
	workflows.push(await e2e.importTemplate(template, { settings: { ...('locationId' in options ? { locationId: location.split('/').pop() ?? '' } : {}), ...('restockTogether' in options ? { restockTogether: true } : {}) } }));
	await e2e.shopify.clearRequests();
	await e2e.returnGo.clearRequests();
	await notify(rmaId);
	await quiet();
	expect(await shop.shopifyRequests()).toHaveLength(4);
	expect((await e2e.returnGoRequests()).map((request) => request.operations.join())).toEqual(['GET /rma/:id', 'POST /rma/:id/comment']);
	const outcome = await shop.outcome(placed.orderId);
	expect(outcome.refunds).toEqual(template === REFUND ? [`SUCCESS ${FLAGSHIP_REFUND}`] : []);
	expect(outcome.dispositions).toEqual('locationId' in options ? [`2 RESTOCKED ${location}`] : []);
});

it('restock as it is shipped, without a location: nothing moves, and the setting that is missing is handed over', async () => {
	const restock = await e2e.importTemplate(RESTOCK);
	workflows.push(restock);
	const { orderId } = await shop.inspectedReturn();
	await quiet();
	const told = (await executionsOf(restock)).flatMap((execution) => failureOf(execution) ?? []);
	// Each event of the RMA hands over; the error workflow tells an incident once.
	expect(told.length).toBeGreaterThan(0);
	for (const message of told) expect(message).toMatch(/Hand over to a person: locationUnknown: .*Owner: integration\. Next step: .*\(RMA\d+, order #?\d+\)/s);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], dispositions: [] });
});

it('inspected, damaged: refunded as configured, and no sellable stock', async () => {
	await importBoth({ damagedUnits: 'refund' });
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId, { all: true, isReturned: true, isRestockable: false, nonRestockableReason: 'Torn' });
	await quiet();
	expect(await shop.outcome(placed.orderId)).toMatchObject({ ...SETTLED_ONCE, dispositions: ['2 NOT_RESTOCKED'] });
});

it('the same webhook five times, and five at once: still one refund and one restock', async () => {
	const { refund, restock } = await importBoth();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await quiet();
	// For every delivery, so that both workflows get each of theirs five times.
	await e2e.returnGo.addWebhookFault({ duplicate: 5, concurrent: true, times: -1 });
	await shop.validate(rmaId);
	await quiet();
	await e2e.returnGo.clearWebhookFaults();
	for (const workflow of [refund, restock]) expect((await e2e.n8n.executions(workflow.id)).length).toBeGreaterThanOrEqual(6);
	for (let time = 0; time < 5; time += 1) {
		await notify(rmaId);
		await quiet();
	}
	expect(await shop.outcome(placed.orderId)).toMatchObject({ ...SETTLED_ONCE, dispositions: [`2 RESTOCKED ${location}`] });
	expect((await comments(rmaId)).filter((text) => text.includes('Refunded'))).toHaveLength(1);
});

it('ReturnGO has refunded already: waiting while requested, alreadyDone when it succeeded, and nothing is sent', async () => {
	const { refund } = await importBoth();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/refund`);
	await shop.validate(rmaId);
	await quiet();
	expect(await namedBy(refund, 'Post the refund')).toContain('returnGoRefundRequested');
	await e2e.returnGo.changeClock({ advanceMs: 4 * 3_600_000 });
	await notify(rmaId);
	await quiet();
	expect(await namedBy(refund, 'Post the refund')).toContain('refundedByReturnGo');
	expect((await shop.outcome(placed.orderId)).refunds).toHaveLength(1);
	expect((await shop.outcome(placed.orderId)).ledger?.entries.filter(({ action }) => action === 'refund')).toEqual([]);
});

it('a person refunded in Shopify already: alreadyDone, and nothing is sent', async () => {
	const { refund } = await importBoth();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await e2e.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, lines: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }] });
	await shop.validate(rmaId);
	await quiet();
	expect(await namedBy(refund, 'Post the refund')).toContain('refundedInShopify');
	expect((await shop.outcome(placed.orderId)).refunds).toHaveLength(1);
});

it.each([
	['the answer to the refund is lost after it was done', { kind: 'dropAfter' }],
	['Shopify throttles the refund', { kind: 'throttled' }],
	['Shopify answers 429 to the refund', { kind: 'status', status: 429 }],
] as const)('%s: one refund, and the same run reports it done', async (_case, action) => {
	const { refund } = await importBoth();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await quiet();
	await e2e.shopify.addFaults({ match: { operation: 'returnProcess' }, action });
	await shop.validate(rmaId);
	await quiet();
	expect(await shop.outcome(placed.orderId)).toMatchObject(SETTLED_ONCE);
	const outcomes = (await executionsOf(refund)).flatMap((execution) => itemsOf(execution, 'Post the refund').map((item) => item.json.outcome));
	expect(outcomes).toContain('done');
});

it('a 502 before the refund was done: the workflow waits out its claim by itself, then one refund', async () => {
	const refund = await e2e.importTemplate(REFUND);
	workflows.push(refund);
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await quiet();
	await e2e.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'status', status: 502 } });
	await shop.validate(rmaId);
	await quiet();
	expect((await shop.outcome(placed.orderId)).refunds).toEqual([]);
	expect(await namedBy(refund, 'Post the refund')).toContain('answerUnknown');
	const done = await e2e.waitForExecution(refund.id, (execution) => itemsOf(execution, 'Post the refund').some((item) => item.json.outcome === 'done'), LEASE_AND_RUN_MS);
	expect(failureOf(done)).toBeUndefined();
	expect(await shop.outcome(placed.orderId)).toMatchObject(SETTLED_ONCE);
}, LEASE_AND_RUN_MS + 60_000);

it('a pending refund is reported as pending, and as settled by a later run', async () => {
	const { refund } = await importBoth();
	const placed = await shop.placeOrder({ ...FLAGSHIP, refundsSettle: 'pending' });
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId);
	await quiet();
	expect(await namedBy(refund, 'Post the refund')).toContain('refundPending');
	expect(await shop.outcome(placed.orderId)).toMatchObject({ tags: ['return-refund-pending'], refunds: [`PENDING ${FLAGSHIP_REFUND}`] });
	expect((await comments(rmaId)).filter((text) => text.includes('Refunded'))).toEqual([]);
	const { order } = await shop.ask<{ order: { refunds: Array<{ transactions: { nodes: Array<{ id: string }> } }> } }>('query ($id: ID!) { order(id: $id) { refunds(first: 5) { transactions(first: 5) { nodes { id } } } } }', { id: placed.orderId });
	const transactionId = order.refunds[0]?.transactions.nodes[0]?.id.split('/').pop();
	await e2e.shopify.post(`/__sim/transactions/${transactionId}`, { status: 'SUCCESS' });
	await notify(rmaId);
	await quiet();
	expect(await shop.outcome(placed.orderId)).toMatchObject(SETTLED_ONCE);
	expect((await comments(rmaId)).filter((text) => text.includes('Refunded'))).toHaveLength(1);
});

it('ReturnGO cannot be told: an exception of its own, and the refund is not repeated', async () => {
	const { refund } = await importBoth();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await quiet();
	await e2e.returnGo.addFaults({ match: { operation: 'POST /rma/:id/comment' }, action: { kind: 'status', status: 500 }, times: -1 });
	await shop.validate(rmaId);
	await quiet();
	const failed = (await executionsOf(refund)).filter((execution) => execution.status === 'error');
	expect(failed.map(failureOf).join()).toContain('writeBackFailed');
	expect(await shop.outcome(placed.orderId)).toMatchObject(SETTLED_ONCE);
	await e2e.returnGo.clearFaults();
	await notify(rmaId);
	await quiet();
	expect((await shop.outcome(placed.orderId)).refunds).toHaveLength(1);
});

it('marks the RMA as done in ReturnGO where the settings say so', async () => {
	const refund = await e2e.importTemplate(REFUND, { settings: { markDone: true } });
	workflows.push(refund);
	const { rmaId } = await shop.inspectedReturn();
	await quiet();
	expect((await e2e.returnGo.get<{ status: string }>(`/__sim/rmas/${rmaId}`)).status).toBe('Done');
});

describe('clear, typed answers', () => {
	async function raised(change: (placed: Awaited<ReturnType<Shop['placeOrder']>>) => Promise<void>, credentials: Parameters<E2e['importTemplate']>[1] = {}): Promise<string> {
		const refund = await e2e.importTemplate(REFUND, credentials);
		workflows.push(refund);
		const placed = await shop.placeOrder();
		await change(placed);
		await quiet();
		return (await executionsOf(refund)).map((execution) => failureOf(execution) ?? '').join('\n');
	}

	const inspect = async (placed: Awaited<ReturnType<Shop['placeOrder']>>) => await shop.validate(await shop.receiveReturn(placed));

	it('a wrong Shopify token, a missing scope, a wrong store', async () => {
		await e2e.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders'] });
		const [wrong, narrow, nowhere] = await Promise.all(
			[
				{ shopDomain: e2e.shopify.url, accessToken: 'shpat_not_a_token' },
				{ shopDomain: e2e.shopify.url, accessToken: 'shpat_sim_narrow' },
				{ shopDomain: 'http://127.0.0.1:9', accessToken: 'shpat_sim_full' },
			].map(async (data, index) => await e2e.n8n.importCredentials([{ name: `Shopify ${index}`, type: 'shopifyReturnsApi', data: { ...data, authentication: 'accessToken' } }])),
		);
		expect(await raised(inspect, { credentials: wrong })).toMatch(/signInRefused.*Owner: integration/s);
		expect(await raised(inspect, { credentials: narrow })).toMatch(/accessDenied.*scope/s);
		const unreachable = await e2e.importTemplate(REFUND, { credentials: nowhere });
		workflows.push(unreachable);
		await inspect(await shop.placeOrder());
		await quiet();
		expect(await namedBy(unreachable, 'Post the refund')).toContain('serviceUnavailable');
	}, 240_000);

	it('an order that Shopify does not know, and an RMA without an order', async () => {
		const withoutOrder = await raised(async () => {
			const { rmaId } = await e2e.returnGo.post<{ rmaId: string }>('/__sim/rmas', { orderName: 'BLIND-1', withoutShopifyOrder: true, units: [{ lineItemId: '9999999', price: { amount: 10, currency: 'EUR' }, tax: { amount: 0, currency: 'EUR' }, title: 'Blind return' }] });
			await e2e.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
			await e2e.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
			await shop.validate(String(rmaId));
		});
		expect(withoutOrder).toMatch(/rmaWithoutOrder|orderNotFound/);
	});

	it('a wrong ReturnGO key and a wrong store: the workflow cannot be published, and the reason names what to check', async () => {
		const wrongKey = await e2e.n8n.importCredentials([{ name: 'Wrong key', type: 'returnGoApi', data: { apiKey: 'rg_not_a_key', storeDomain: 'sim-shop.myshopify.com', baseUrl: e2e.returnGo.url } }]);
		const wrongStore = await e2e.n8n.importCredentials([{ name: 'Wrong store', type: 'returnGoApi', data: { apiKey: 'rg_sim_key', storeDomain: 'another-shop.myshopify.com', baseUrl: e2e.returnGo.url } }]);
		await expect(e2e.importTemplate(REFUND, { credentials: wrongKey })).rejects.toThrow(/refuses the key/i);
		await expect(e2e.importTemplate(REFUND, { credentials: wrongStore })).rejects.toThrow(/refuses it for this store/i);
	});

	it('a forged webhook gets 401 and starts nothing; a malformed one gets 400 and starts nothing', async () => {
		const refund = await e2e.importTemplate(REFUND);
		workflows.push(refund);
		const registered = await axios.get<Array<{ url: string }>>(`${e2e.returnGo.url}/webhooks`, { headers: { 'x-api-key': 'rg_sim_key', 'x-shop-name': 'sim-shop.myshopify.com' }, proxy: false });
		const [{ url } = { url: '' }] = registered.data;
		const forged = new URL(url);
		forged.searchParams.set('secret', 'guess');
		const send = async (address: string, body: unknown) => (await axios.post(address, body, { validateStatus: () => true, proxy: false, headers: { 'content-type': 'application/json' } })).status;
		expect(await send(forged.toString(), { eventName: 'RMA_STATUS_UPDATED', rmaId: '1' })).toBe(401);
		expect(await send(`${forged.origin}${forged.pathname}`, { eventName: 'RMA_STATUS_UPDATED', rmaId: '1' })).toBe(401);
		expect(await send(url, '"not an event"')).toBe(400);
		expect(await e2e.n8n.executions(refund.id)).toEqual([]);
	});
});
