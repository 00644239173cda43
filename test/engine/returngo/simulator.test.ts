/** The ReturnGO nodes against the ReturnGO simulator: a return from the portal to the inspection and back, and what goes wrong on the way. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { ReturnGoTrigger } from '../../../nodes/ReturnGo/ReturnGoTrigger.node';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { runNode, searchList, startTrigger, testCredential, type TestTrigger } from '../harness';

let returnGo: ReturnGoSimulator;
let trigger: TestTrigger | null = null;

beforeAll(async () => {
	returnGo = await startReturnGoSimulator({ seed: 7, options: { perSecondLimit: 0 } });
});
afterAll(async () => await returnGo.close());
beforeEach(async () => {
	await control('POST', '/__sim/reset', {});
});
afterEach(async () => {
	await trigger?.close();
	trigger = null;
});

async function control(method: string, path: string, body?: unknown): Promise<IDataObject> {
	const response = await fetch(`${returnGo.url}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
	return (text === '' ? {} : JSON.parse(text)) as IDataObject;
}

/** Two shirts and a cap, approved; without an order in Shopify, because no Shopify is needed here. */
async function requestReturn(): Promise<string> {
	const price = (amount: number) => ({ amount, currency: 'EUR', shopAmount: amount, shopCurrency: 'EUR' });
	const unit = (lineItemId: string, sku: string, amount: number) => ({ lineItemId, sku, title: sku, variantId: `9${lineItemId}`, productId: `8${lineItemId}`, price: price(amount), tax: price(1.9), taxIncluded: true });
	const rma = await control('POST', '/__sim/rmas', {
		withoutShopifyOrder: true,
		orderId: '5100000001',
		orderName: '#1001',
		units: [{ ...unit('7100000001', 'SHIRT', 22.33), quantity: 2, reason: 'Does not fit' }, { ...unit('7100000002', 'CAP', 9.9), quantity: 1 }],
		autoApprove: true,
	});
	return String(rma.rmaId);
}
const staff = async (rmaId: string, action: string, body: unknown = {}) => await control('POST', `/__sim/rmas/${rmaId}/${action}`, body);

const access = (overrides: Record<string, string> = {}) => ({
	credentialTypes: [new ReturnGoApi()],
	credentials: { returnGoApi: { apiKey: returnGo.apiKey, storeDomain: returnGo.shopDomain, baseUrl: returnGo.url, ...overrides } },
});
const run = async (operation: string, parameters: INodeParameters, overrides?: Record<string, string>) =>
	await runNode({ node: ReturnGo, parameters: { resource: 'rma', operation, ...parameters }, ...access(overrides) });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const jsonOf = (result: Awaited<ReturnType<typeof run>>) => (result.outputs[0] ?? []).map((item) => item.json);
async function countOf(operation: string): Promise<number> {
	const answer: unknown = await control('GET', `/__sim/requests?operation=${encodeURIComponent(operation)}`);
	const requests = Array.isArray(answer) ? answer : (answer as { requests: unknown[] }).requests;
	return requests.length;
}
async function listen(events: string[]): Promise<TestTrigger> {
	trigger = await startTrigger({ node: ReturnGoTrigger, parameters: { events }, ...access() });
	await trigger.activate();
	return trigger;
}
const settle = async () => await control('GET', '/__sim/webhooks?wait=true');

it('follows a return from the request to the inspection, unit by unit', async () => {
	const rmaId = await requestReturn();
	const states = async () => jsonOf(await run('getInspection', { rmaId: byId(rmaId) })).map((json) => [json.sku, json.state]);
	expect(await states()).toEqual([['SHIRT', 'notReceived'], ['SHIRT', 'notReceived'], ['CAP', 'notReceived']]);
	await staff(rmaId, 'ship', { trackingNumber: 'PP1', carrierName: 'Parcel Post' });
	expect(await states()).toEqual([['SHIRT', 'notReceived'], ['SHIRT', 'notReceived'], ['CAP', 'notReceived']]);
	await staff(rmaId, 'receive');
	expect(await states()).toEqual([['SHIRT', 'awaitingInspection'], ['SHIRT', 'awaitingInspection'], ['CAP', 'awaitingInspection']]);
	const [first, second, third] = jsonOf(await run('getInspection', { rmaId: byId(rmaId) })).map((json) => json.unitId);
	await staff(rmaId, 'validate', {
		by: 'Warehouse One',
		units: [
			{ id: first, isReturned: true, isRestockable: true, storeLocationId: '77' },
			{ id: second, isReturned: true, isRestockable: false, nonRestockableReason: 'Stained' },
			{ id: third, isReturned: false, nonReturnedReason: 'Not in the parcel' },
		],
	});
	const inspected = jsonOf(await run('getInspection', { rmaId: byId(rmaId) }));
	expect(inspected.map((json) => [json.state, json.reason, json.received, json.inspected])).toEqual([
		['sellable', null, true, true],
		['damaged', 'Stained', true, true],
		['missing', 'Not in the parcel', false, true],
	]);
	expect(inspected[0]).toMatchObject({ rmaStatus: 'Validated', lineItemId: 'gid://shopify/LineItem/7100000001', locationId: '77', pricePaid: { amount: '22.33', currency: 'EUR' } });
});

it('is told of every change it asked for, reads the RMA each time, and is told no more after it is switched off', async () => {
	const started = await listen(['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']);
	const rmaId = await requestReturn();
	await staff(rmaId, 'ship', { trackingNumber: 'PP1' });
	await staff(rmaId, 'receive');
	await staff(rmaId, 'validate', { all: true });
	await settle();
	const events = started.calls.map((call) => call.items[0]?.json ?? {});
	expect(started.calls.every((call) => call.started)).toBe(true);
	expect(events.every((event) => event.fetchError === null && (event.rma as IDataObject).id === rmaId)).toBe(true);
	expect(new Set(events.map((event) => event.type))).toEqual(new Set(['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']));
	expect(events.at(-1)).toMatchObject({ rma: { status: 'Validated' } });

	const before = started.calls.length;
	await started.deactivate();
	await staff(rmaId, 'mark-done');
	await settle();
	expect(started.calls).toHaveLength(before);
});

it('gives a message that ReturnGO sends five times one id', async () => {
	const started = await listen(['RMA_STATUS_UPDATED']);
	const rmaId = await requestReturn();
	await settle();
	const before = started.calls.length;
	await control('POST', '/__sim/webhooks/faults', { topic: 'RMA_STATUS_UPDATED', duplicate: 5 });
	await staff(rmaId, 'receive');
	await settle();
	const ids = started.calls.slice(before).map((call) => call.items[0]?.json.id);
	expect(ids).toHaveLength(5);
	expect(new Set(ids).size).toBe(1);
});

it('reads the RMA of every message of a burst that passes the limit of calls per second', async () => {
	const started = await listen(['RMA_STATUS_UPDATED']);
	const rmaId = await requestReturn();
	await settle();
	const before = started.calls.length;
	await control('PATCH', '/__sim/options', { perSecondLimit: 5 });
	await control('POST', '/__sim/webhooks/faults', { topic: 'RMA_STATUS_UPDATED', duplicate: 12, concurrent: true });
	await staff(rmaId, 'receive');
	await settle();
	const events = started.calls.slice(before).map((call) => call.items[0]?.json ?? {});
	expect(events.map((event) => [event.rmaId, event.fetchError])).toEqual(Array.from({ length: 12 }, () => [rmaId, null]));
});

it.each(['flat', 'data', 'rma'])('understands messages of the shape “%s”, with ids as numbers too', async (webhookShape) => {
	await control('PATCH', '/__sim/options', { webhookShape, webhookIds: 'number' });
	const started = await listen(['RMA_STATUS_UPDATED']);
	const rmaId = await requestReturn();
	await staff(rmaId, 'receive');
	await settle();
	expect(started.calls.at(-1)?.items[0]?.json).toMatchObject({ rmaId, rma: { id: rmaId, status: 'Received' }, fetchError: null });
});

it('turns away a forged message', async () => {
	const started = await listen(['RMA_STATUS_UPDATED']);
	await control('POST', '/__sim/webhooks/send', { url: started.url, body: { eventName: 'RMA_STATUS_UPDATED', rmaId: '1', status: 'Validated' } });
	const [call] = await started.waitForCalls(1);
	expect(call).toEqual({ started: false, items: [] });
});

it('writes a comment and a status that ReturnGO then shows', async () => {
	const rmaId = await requestReturn();
	await staff(rmaId, 'receive');
	expect((await run('addComment', { rmaId: byId(rmaId), comment: 'Refunded 22.33 EUR' })).error).toBeUndefined();
	expect((await run('updateStatus', { rmaId: byId(rmaId), status: 'Done' })).error).toBeUndefined();
	const [raw] = jsonOf(await run('get', { rmaId: byId(rmaId), simplify: false }));
	expect(JSON.stringify(raw?.comments)).toContain('Refunded 22.33 EUR');
	expect(jsonOf(await run('get', { rmaId: byId(rmaId) }))[0]?.status).toBe('Done');
});

it('names what ReturnGO says about a change of status that it does not allow', async () => {
	const rmaId = await requestReturn();
	const { error } = await run('updateStatus', { rmaId: byId(rmaId), status: 'Pending' });
	expect(error?.message).toBe(`ReturnGO does not accept this for RMA ${rmaId}`);
	expect(error?.description).toContain('ReturnGO said:');
});

it('writes one comment, not two, when ReturnGO’s answer is lost', async () => {
	const rmaId = await requestReturn();
	await control('POST', '/__sim/faults', { match: { operation: 'POST /rma/:id/comment' }, action: { kind: 'dropAfter' } });
	const { error } = await run('addComment', { rmaId: byId(rmaId), comment: 'Only once, please' });
	expect(error?.description).toContain(`look at RMA ${rmaId} in ReturnGO before it is sent again`);
	const [raw] = jsonOf(await run('get', { rmaId: byId(rmaId), simplify: false }));
	expect(JSON.stringify(raw?.comments).split('Only once, please')).toHaveLength(2);
});

it.each(['dropBefore', 'dropAfter', 'throttled'])('reads through a fault of the kind “%s”', async (kind) => {
	const rmaId = await requestReturn();
	await control('POST', '/__sim/faults', { match: { operation: 'GET /rma/:id' }, action: { kind } });
	expect(jsonOf(await run('get', { rmaId: byId(rmaId) }))[0]).toMatchObject({ id: rmaId });
});

it('does not take a body that is no JSON for an RMA', async () => {
	const rmaId = await requestReturn();
	await control('POST', '/__sim/faults', { match: { operation: 'GET /rma/:id' }, times: -1, action: { kind: 'malformed' } });
	expect((await run('get', { rmaId: byId(rmaId) })).error?.message).toBe(`ReturnGO’s answer for RMA ${rmaId} is not in the form this node knows`);
});

it.each(['null', 'absent', 'empty'])('lists everything page by page when the last page’s cursor is “%s”', async (lastPageCursor) => {
	await control('PATCH', '/__sim/options', { lastPageCursor });
	const made: string[] = [];
	for (let count = 0; count < 5; count++) {
		made.push(await requestReturn());
		await control('POST', '/__sim/clock', { advanceMs: 60_000 });
	}
	const all = await run('getAll', { returnAll: true });
	expect(jsonOf(all).map((json) => json.id)).toEqual([...made].reverse());
	const first = await run('getAll', { returnAll: false, limit: 3, options: { sort: '+rma_created_at' } });
	expect(jsonOf(first).map((json) => json.id)).toEqual(made.slice(0, 3));
	const none = await run('getAll', { returnAll: true, filters: { statuses: ['Done'] } });
	expect(none.outputs[0]).toEqual([]);
	const byOrder = await searchList({ node: ReturnGo, method: 'searchRmas', filter: '1001', ...access() });
	expect(byOrder.results).toHaveLength(5);
});

it('stays within five calls a second by itself', async () => {
	await control('PATCH', '/__sim/options', { perSecondLimit: 5 });
	for (let count = 0; count < 8; count++) await requestReturn();
	const result = await run('getAll', { returnAll: true, includeDetails: true });
	expect(jsonOf(result)).toHaveLength(8);
	expect(await countOf('GET /rma/:id')).toBe(8);
});

it('tells the daily limit, a wrong key and a wrong store apart from each other', async () => {
	expect(await testCredential(new ReturnGoApi(), access().credentials.returnGoApi)).toMatchObject({ status: 'OK' });
	expect((await testCredential(new ReturnGoApi(), access({ apiKey: 'another_key' }).credentials.returnGoApi)).message).toContain('does not know this API key');
	expect((await testCredential(new ReturnGoApi(), access({ storeDomain: 'other-shop.myshopify.com' }).credentials.returnGoApi)).message).toContain('refuses this API key for this store');
	await control('PATCH', '/__sim/options', { dailyLimit: 1 });
	expect((await testCredential(new ReturnGoApi(), access().credentials.returnGoApi)).message).toContain('limit of calls is used up');
});

it('repairs its registrations when somebody changed them at ReturnGO', async () => {
	const started = await listen(['RMA_CREATED', 'RMA_STATUS_UPDATED']);
	const headers = { 'x-api-key': returnGo.apiKey, 'x-shop-name': returnGo.shopDomain, 'content-type': 'application/json' };
	const list = async () => (await (await fetch(`${returnGo.url}/webhooks`, { headers })).json()) as Array<{ id: string; url: string; eventName: string }>;
	const [removed, kept] = await list();
	await fetch(`${returnGo.url}/webhook/${removed?.id}`, { method: 'DELETE', headers });
	await fetch(`${returnGo.url}/webhook`, { method: 'POST', headers, body: JSON.stringify({ url: `${started.url}?secret=old`, eventName: 'RMA_CREATED' }) });
	await fetch(`${returnGo.url}/webhook`, { method: 'POST', headers, body: JSON.stringify({ url: 'http://127.0.0.1:9/other', eventName: 'RMA_CREATED' }) });
	expect(await started.hook('checkExists')).toBe(false);
	await started.activate();
	const after = await list();
	expect(after.filter((registration) => registration.url === kept?.url).map((registration) => registration.eventName).sort()).toEqual(['RMA_CREATED', 'RMA_STATUS_UPDATED']);
	expect(after.filter((registration) => registration.url !== kept?.url).map((registration) => registration.url)).toEqual(['http://127.0.0.1:9/other']);
	expect(await started.hook('checkExists')).toBe(true);
});
