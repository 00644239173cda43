/** Shipments, transactions, webhooks and policies in n8n's engine against the ReturnGO simulator, and lists that stop within their calls. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { Clock } from '../../../simulators/shared/clock';
import { startShopifySimulator } from '../../../simulators/shopify';
import { runNode, type NodeRun } from '../harness';
import { Desk, type MadeRma } from './desk';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

let desk: Desk;
let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
beforeAll(async () => {
	const clock = new Clock();
	shopify = await startShopifySimulator({ port: 0, seed: 7, clock });
	desk = await Desk.open({}, shopify.url, clock);
});
afterAll(async () => {
	await desk.close();
	await shopify.close();
});
beforeEach(async () => await desk.reset());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const run = async (parameters: INodeParameters, rest: Partial<NodeRun> = {}) => await runNode({ node: ReturnGo, parameters, ...desk.access(), ...rest });
type Result = Awaited<ReturnType<typeof run>>;
const jsonOf = (result: Result, output = 0) => (result.outputs[output] ?? []).map((item) => item.json);
const only = (result: Result) => {
	if (result.error) throw result.error;
	const [json, ...others] = jsonOf(result);
	expect(others).toEqual([]);
	return json ?? {};
};
const progressOf = (result: Result) => jsonOf(result, 1)[0] ?? {};

/** An order of three shirts in Shopify. */
async function placeOrder(): Promise<{ orderId: string; lineItemId: string }> {
	const response = await fetch(`${shopify.url}/__sim/orders`, {
		method: 'POST',
		body: JSON.stringify({ lines: [{ sku: 'SHIRT-M', title: 'Shirt', quantity: 3, unitPrice: '40.00' }], payments: [{ gateway: 'shopify_payments' }] }),
	});
	const order = (await response.json()) as { id: string; lines: Array<{ id: string }> };
	return { orderId: order.id, lineItemId: order.lines[0]?.id ?? '' };
}

async function webhooks(): Promise<Array<{ id: string; url: string; eventName: string }>> {
	return ((await desk.control('GET', '/state')).webhooks as Array<{ id: string; url: string; eventName: string }>) ?? [];
}

async function register(url = 'https://wms.example/hook?token=not-for-logs'): Promise<string> {
	return String(only(await run({ resource: 'webhook', operation: 'create', url, eventName: 'RMA_CREATED' })).webhookId);
}

/** One way to call each operation so that it works, on things made for it; and the same call for something that does not exist. */
interface Case {
	route: string;
	prepare: () => Promise<{ works: INodeParameters; unknown: INodeParameters }>;
	/** Of the answer to `works`. */
	expected: (json: IDataObject, parameters: INodeParameters) => void;
	notFound: RegExp;
	isWrite: boolean;
}
const shipment = (operation: string, more: INodeParameters = {}) => async () => {
	const { shipmentId } = await desk.request();
	return { works: { resource: 'shipment', operation, shipmentId, ...more }, unknown: { resource: 'shipment', operation, shipmentId: '999', ...more } };
};
const policies = (operation: string) => async () => {
	const { orderId, lineItemId } = await placeOrder();
	const at = (order: string): INodeParameters => ({ resource: 'rma', operation, order, specifyItems: 'json', itemsJson: JSON.stringify([{ lineItemId, quantity: 2, policyId: '501', returnReason: 'Does not fit' }]) });
	return { works: at(orderId), unknown: at('4999999999') };
};
const webhook = (operation: string, more: INodeParameters = {}) => async () => ({
	works: { resource: 'webhook', operation, webhookId: await register(), ...more },
	unknown: { resource: 'webhook', operation, webhookId: '999', ...more },
});

const cases: Record<string, Case> = {
	'Shipment: Update': {
		route: 'PUT /shipment/:id',
		prepare: shipment('update', { presentStatus: 'Pending', status: 'Shipped', updateFields: { trackingNumber: 'PP1', carrierName: 'Parcel Post' } }),
		expected: (json) => expect(json).toMatchObject({ previousStatus: 'Pending', requestedStatus: 'Shipped', shipment: { status: 'Shipped', trackingNumber: 'PP1', carrierName: 'Parcel Post' } }),
		notFound: /does not know shipment 999/,
		isWrite: true,
	},
	'Shipment: Delete': { route: 'DELETE /shipment/:id', prepare: shipment('delete'), expected: (json) => expect(json).toMatchObject({ deleted: true }), notFound: /does not know shipment 999/, isWrite: true },
	'Shipment: Track': {
		route: 'POST /shipment-tracker',
		prepare: shipment('track', { trackingNumber: 'PP1', carrierName: 'Parcel Post' }),
		expected: (json) => expect(json).toMatchObject({ tracked: true, answer: { trackingNumber: 'PP1' } }),
		notFound: /does not know shipment 999/,
		isWrite: true,
	},
	'Transaction: Report Outcome': {
		route: 'PUT /transaction/:id',
		prepare: async () => {
			await desk.options({ refundExecution: 'notifyOnly' });
			const { rmaId } = await desk.request();
			await desk.staff(rmaId, 'refund');
			const [transaction] = (await desk.rma(rmaId)).transactions as Array<{ id: number }>;
			const at = (transactionId: string): INodeParameters => ({ resource: 'transaction', operation: 'reportOutcome', transactionId, outcome: 'Success', reference: 'gid://shopify/Refund/880001' });
			return { works: at(String(transaction?.id)), unknown: at('999') };
		},
		expected: (json) => expect(json).toMatchObject({ reported: 'Success', reference: '880001', transaction: { status: 'Success', externalReferenceId: '880001', externalReferenceType: 'PlatformRefundId' } }),
		notFound: /does not know transaction 999/,
		isWrite: true,
	},
	'Webhook: Update': {
		route: 'PUT /webhook/:id',
		prepare: webhook('update', { updateFields: { eventName: 'REFUND_CREATED' } }),
		expected: (json) => expect(json).toMatchObject({ eventName: 'REFUND_CREATED', url: 'https://wms.example/hook?token=•••', updated: true }),
		notFound: /does not know webhook 999/,
		isWrite: true,
	},
	'Webhook: Delete': { route: 'DELETE /webhook/:id', prepare: webhook('delete'), expected: (json) => expect(json).toMatchObject({ deleted: true }), notFound: /does not know webhook 999/, isWrite: true },
	'RMA: Get Eligible Policies': {
		route: 'POST /rma/getEligiblePolicies',
		prepare: policies('getEligiblePolicies'),
		expected: (json) => expect(json).toMatchObject({ eligible: true, quantity: 2, policies: [{ id: '501', name: 'Standard returns', resolutionType: 'RefundToPaymentMethod', returnMethod: 'Ship with any carrier', raw: { policyId: '501' } }, { id: '502' }] }),
		notFound: /does not know order 4999999999/,
		isWrite: false,
	},
	'RMA: Create by Policy': {
		route: 'POST /rma/createByPolicy',
		prepare: policies('createByPolicy'),
		expected: (json) => expect(json).toMatchObject({ rmaId: '1000001', created: true, rma: { id: '1000001', status: 'Pending', units: [{ returnReason: 'Does not fit' }, {}] } }),
		notFound: /does not know a return request for order 4999999999/,
		isWrite: true,
	},
};

describe.each(Object.entries(cases))('%s', (_, { route, prepare, expected, notFound, isWrite }) => {
	it('does it, and links the answer to its item', async () => {
		const { works } = await prepare();
		const result = await run(works);
		expected(only(result), works);
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(await desk.calls(route)).toHaveLength(1);
	});

	it('says what ReturnGO does not know', async () => {
		const { unknown } = await prepare();
		const { error } = await run(unknown);
		expect(error?.message).toMatch(notFound);
		expect(error?.description).toContain('Check the id');
	});

	it('says in ReturnGO’s words what it refuses, with its request id', async () => {
		const { works } = await prepare();
		await desk.fault(route, { kind: 'status', status: 400, body: { message: 'Not like this' }, headers: { 'x-amzn-requestid': 'request-77' } });
		const { error } = await run(works);
		expect(error?.message).toContain('ReturnGO does not accept this for ');
		expect(error?.description).toContain('ReturnGO said: Not like this');
		expect(error?.description).toContain('request-77');
		expect(error?.httpCode).toBe('400');
	});

	it('waits out the limit of calls', async () => {
		const { works } = await prepare();
		await desk.fault(route, { kind: 'throttled' }, 2);
		expected(only(await run(works)), works);
		expect(await desk.calls(route)).toHaveLength(3);
	});

	it('says that the key is refused', async () => {
		const { works } = await prepare();
		const { error } = await run(works, desk.access({ apiKey: 'another_key' }));
		expect(error?.message).toBe('ReturnGO refuses the key of this credential');
		expect(JSON.stringify(error)).not.toContain('another_key');
	});

	it('does the one item when the other does not work, with Continue On Fail', async () => {
		const { works, unknown } = await prepare();
		const names = Object.keys(works).filter((name) => works[name] !== unknown[name]);
		const chosen = Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
		const pick = (parameters: INodeParameters) => Object.fromEntries(names.map((name) => [name, parameters[name]])) as IDataObject;
		const result = await run({ ...works, ...chosen }, { input: [pick(unknown), pick(works)], continueOnFail: true });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)[0]?.error).toMatch(notFound);
		expected(jsonOf(result)[1] ?? {}, works);
		expect(result.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it(isWrite ? 'is not sent again when the answer is lost' : 'is asked again when the answer is lost', async () => {
		const { works } = await prepare();
		await desk.fault(route, { kind: 'dropAfter' });
		const result = await run(works);
		if (isWrite) expect(result.error?.description).toContain('before it is sent again');
		else expected(only(result), works);
		expect(await desk.calls(route)).toHaveLength(isWrite ? 1 : 2);
	});

	it(isWrite ? 'does not run as an agent’s tool unless somebody allowed it' : 'may run as an agent’s tool', async () => {
		class AsTool extends ReturnGo {
			constructor() {
				super();
				this.description = { ...this.description, name: 'returnGoTool' };
			}
		}
		const { works } = await prepare();
		const asked = await run(works, { node: AsTool });
		if (!isWrite) return expected(only(asked), works);
		expect(asked.error?.message).toBe('This operation changes something in ReturnGO and is not allowed as a tool');
		expect(await desk.calls(route)).toHaveLength(0);
		expected(only(await run({ ...works, allowAsTool: true }, { node: AsTool })), works);
	});
});

describe('Shipment: Update', () => {
	const update = async ({ rmaId, shipmentId }: MadeRma, more: INodeParameters) => await run({ resource: 'shipment', operation: 'update', shipmentId, rmaId: byId(rmaId), ...more });
	const sent = async () => await desk.calls('PUT /shipment/:id');

	it('reads the present status from the RMA, and keeps the data that is not changed', async () => {
		const made = await desk.request();
		await desk.staff(made.rmaId, 'ship', { trackingNumber: 'PP1', carrierName: 'Parcel Post', trackingURL: 'https://carrier.example/PP1' });
		expect(only(await update(made, { status: 'Received' }))).toMatchObject({ previousStatus: 'Shipped', shipment: { status: 'Received', trackingNumber: 'PP1' } });
		expect((await sent())[0]?.summary).toEqual({ status: 'Received', carrierName: 'Parcel Post', trackingNumber: 'PP1', trackingURL: 'https://carrier.example/PP1' });
		expect((await desk.rma(made.rmaId)).rmaSummary).toMatchObject({ status: 'Received' });
	});

	const REFUSED = [
		['Pending', 'none'],
		['LabelCreated', 'Pending'],
		['Shipped', 'Pending, LabelCreated'],
		['Canceled', 'Pending, LabelCreated, Shipped'],
		['Received', 'Pending, LabelCreated, Shipped, Canceled'],
		['Validated', 'Pending, LabelCreated, Shipped, Canceled, Received'],
	] as const;
	it.each(REFUSED)('from %s refuses to send: %s', async (from, refused) => {
		const { shipmentId } = await desk.request();
		for (const to of ['Pending', 'LabelCreated', 'Shipped', 'Received', 'Validated', 'Canceled']) {
			await desk.forgetCalls();
			const { error } = await run({ resource: 'shipment', operation: 'update', shipmentId, presentStatus: from, status: to });
			expect([to, await sent().then((calls) => calls.length)]).toEqual([to, refused.split(', ').includes(to) ? 0 : 1]);
			if (refused.split(', ').includes(to)) expect(error?.message).toBe(`Shipment ${shipmentId} is ${from} and cannot become ${to}`);
		}
	});

	it('agrees with ReturnGO about every change there can be', async () => {
		const ways: Record<string, string[]> = { Pending: [], LabelCreated: ['LabelCreated'], Shipped: ['Shipped'], Received: ['Received'], Validated: ['Validated'], Canceled: ['Canceled'] };
		for (const [from, way] of Object.entries(ways)) {
			for (const to of Object.keys(ways)) {
				const made = await desk.request();
				for (const status of way) only(await update(made, { presentStatus: 'Pending', status }));
				const ours = await update(made, { status: to });
				const headers = { 'x-api-key': desk.simulator.apiKey, 'x-shop-name': desk.simulator.shopDomain, 'content-type': 'application/json' };
				if (ours.error === undefined) continue;
				const theirs = await fetch(`${desk.simulator.url}/shipment/${made.shipmentId}`, { method: 'PUT', headers, body: JSON.stringify({ status: to }) });
				expect([from, to, theirs.status, ours.error.message]).toEqual([from, to, 400, `Shipment ${made.shipmentId} is ${from} and cannot become ${to}`]);
			}
		}
	});

	it('names what is allowed instead', async () => {
		const made = await desk.request();
		await desk.staff(made.rmaId, 'receive');
		const { error } = await update(made, { status: 'Shipped' });
		expect(error?.description).toContain('From Received ReturnGO allows Validated;');
		await desk.staff(made.rmaId, 'validate', { all: true });
		expect((await update(made, { status: 'Received' })).error?.description).toContain('From Validated ReturnGO allows no other status');
		expect(await sent()).toHaveLength(0);
	});

	it('changes the data of a parcel whose status stays', async () => {
		const made = await desk.request();
		await desk.staff(made.rmaId, 'receive');
		expect(only(await update(made, { status: 'keep', updateFields: { labelUrl: 'https://carrier.example/l.pdf' } }))).toMatchObject({ requestedStatus: 'Received', shipment: { labelUrl: 'https://carrier.example/l.pdf' } });
	});

	it('refuses a parcel of another RMA, and nothing to do, before anything is changed', async () => {
		const one = await desk.request();
		const other = await desk.request();
		const wrong = await update({ ...one, shipmentId: other.shipmentId }, { status: 'Received' });
		expect(wrong.error?.message).toBe(`RMA ${one.rmaId} has no shipment ${other.shipmentId}`);
		expect(wrong.error?.description).toContain(one.shipmentId);
		expect((await update(one, {})).error?.message).toBe('There is nothing to update');
		expect(await sent()).toHaveLength(0);
	});

	it.each(['', 'abc', '5/../6', '-1', '5?x=1'])('refuses the shipment ID %j before anything is sent', async (shipmentId) => {
		const { error } = await run({ resource: 'shipment', operation: 'update', shipmentId: `={{ ${JSON.stringify(shipmentId)} }}`, presentStatus: 'Pending', status: 'Shipped' });
		expect(error?.message).toMatch(/Shipment ID/);
		expect(await desk.calls()).toHaveLength(0);
	});

	it('lays the additional fields over the body', async () => {
		const made = await desk.request();
		await update(made, { presentStatus: 'Pending', status: 'Shipped', additionalBodyFields: '{ "notify": false, "status": null, "shipmentStatus": "Shipped" }' });
		expect((await sent())[0]?.summary).toEqual({ notify: false, shipmentStatus: 'Shipped' });
	});
});

describe('RMA: policies', () => {
	const ask = async (operation: string, more: INodeParameters) => await run({ resource: 'rma', operation, ...more });

	it('says of a line that has no policy any more that it has none', async () => {
		const { orderId, lineItemId } = await placeOrder();
		const result = await ask('getEligiblePolicies', { order: `gid://shopify/Order/${orderId.replace(/\D/g, '')}`, items: { item: [{ lineItemId: `gid://shopify/LineItem/${lineItemId.replace(/\D/g, '')}`, quantity: 4 }] } });
		expect(only(result)).toMatchObject({ eligible: false, policies: [] });
		expect(result.hints[0]?.message).toContain('No policy allows');
	});

	it('names the order by its name', async () => {
		const items = { item: [{ lineItemId: '7100000001', quantity: 1 }] };
		expect((await ask('getEligiblePolicies', { orderBy: 'name', order: '#0000', items })).error?.message).toBe('ReturnGO does not know order #0000');
		expect((await desk.calls('POST /rma/getEligiblePolicies'))[0]?.summary).toEqual({ order_name: '#0000', items: [{ shopLineItemId: '7100000001', quantity: 1 }] });
	});

	it('is refused what is taken already, in ReturnGO’s words', async () => {
		const { works } = await policies('createByPolicy')();
		only(await run(works));
		const { error } = await run(works);
		expect(error?.message).toContain('ReturnGO does not accept this for a return request for order');
		expect(error?.description).toContain('not eligible for policy 501');
	});

	it.each([
		[{ order: '', itemsJson: '[{"lineItemId":"1"}]' }, /No order is given|required/],
		[{ order: '#1001', itemsJson: '[{"lineItemId":"1","policyId":"1"}]' }, /not a Shopify order ID/],
		[{ order: '1', itemsJson: '[]' }, /No item is given/],
		[{ order: '1', itemsJson: '{"a":1}' }, /No item is given/],
		[{ order: '1', itemsJson: '[{"policyId":"1"}]' }, /Item 1 has no line item ID/],
		[{ order: '1', itemsJson: '[{"lineItemId":"1","policyId":"1"},{"lineItemId":"2"}]' }, /Item 2 has no policy/],
		[{ order: '1', itemsJson: '[{"lineItemId":"1","policyId":"1","quantity":1.5}]' }, /quantity of item 1/],
		[{ order: '1', itemsJson: '[{"lineItemId":"1","policyId":"1"}]', customerAddress: '[1]' }, /Customer Address is not a JSON object/],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const order = `={{ ${JSON.stringify(parameters.order)} }}`;
		const { error } = await ask('createByPolicy', { specifyItems: 'json', ...parameters, order });
		expect(error?.message).toMatch(message);
		expect(await desk.calls()).toHaveLength(0);
	});
});

describe('Webhook', () => {
	it('creates one for one event, and shows no secret of the address', async () => {
		const result = await run({ resource: 'webhook', operation: 'create', url: 'https://user:pass@wms.example/hook?token=not-for-logs&x=1', eventName: 'RMA_CREATED' });
		expect(only(result)).toEqual({ webhookId: '18001', eventName: 'RMA_CREATED', url: 'https://•••@wms.example/hook?token=•••&x=•••', created: true, answer: { id: '18001', url: 'https://•••@wms.example/hook?token=•••&x=•••', eventName: 'RMA_CREATED' } });
		expect((await webhooks())[0]).toMatchObject({ url: 'https://user:pass@wms.example/hook?token=not-for-logs&x=1', eventName: 'RMA_CREATED' });
		expect(JSON.stringify(result.outputs)).not.toMatch(/not-for-logs|pass@/);
	});

	it('lists them without the secrets, up to the limit, and none when there is none', async () => {
		expect(jsonOf(await run({ resource: 'webhook', operation: 'getAll' }))).toEqual([]);
		for (let count = 0; count < 3; count++) await register();
		const all = await run({ resource: 'webhook', operation: 'getAll', returnAll: true });
		expect(jsonOf(all)).toHaveLength(3);
		expect(jsonOf(all)[0]).toEqual({ webhookId: '18001', eventName: 'RMA_CREATED', url: 'https://wms.example/hook?token=•••' });
		expect(jsonOf(await run({ resource: 'webhook', operation: 'getAll', limit: 2 }))).toHaveLength(2);
	});

	it.each([
		['https://hooks.example.com/services/T0/B0/abcDEF123ghiJKL456', 'https://hooks.example.com/services/•••/•••/•••', 'abcDEF123ghiJKL456'],
		['https://wms.example/hook?abcDEF123ghiJKL456', 'https://wms.example/hook?•••', 'abcDEF123ghiJKL456'],
		['https://n8n.example/webhook/0b6d8f3a-5f0e-4c1d-9a55-7c0e2f9f4a11', 'https://n8n.example/webhook/•••', '0b6d8f3a'],
	])('the secret in %s shows in no output: rehearsed, created, listed, updated, or where ReturnGO repeats it', async (url, shown, secret) => {
		const create = { resource: 'webhook', operation: 'create', url, eventName: 'RMA_CREATED' };
		const rehearsed = await run({ ...create, options: { dryRun: true } });
		expect(only(rehearsed)).toMatchObject({ planned: { body: { url: shown } } });
		const created = await run(create);
		expect(only(created)).toMatchObject({ url: shown, answer: { url: shown } });
		const { webhookId } = only(created);
		const listed = await run({ resource: 'webhook', operation: 'getAll' });
		expect(only(listed)).toMatchObject({ webhookId, url: shown });
		const update = { resource: 'webhook', operation: 'update', webhookId: String(webhookId), updateFields: { eventName: 'REFUND_CREATED' } };
		const rehearsedUpdate = await run({ ...update, options: { dryRun: true } });
		expect(only(rehearsedUpdate)).toMatchObject({ planned: { body: { url: shown } } });
		const updated = await run(update);
		expect(only(updated)).toMatchObject({ url: shown });
		expect((await webhooks())[0]?.url).toBe(url);
		await desk.fault('PUT /webhook/:id', { kind: 'status', status: 400, body: { message: `Bad url ${url}` } });
		const { error } = await run(update);
		expect(error?.description).toContain(`Bad url ${shown}`);
		for (const { outputs, hints } of [rehearsed, created, listed, rehearsedUpdate, updated]) expect(JSON.stringify([outputs, hints])).not.toContain(secret);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain(secret);
	});

	it('keeps the secret of an address that is not changed', async () => {
		const webhookId = await register();
		only(await run({ resource: 'webhook', operation: 'update', webhookId, updateFields: { eventName: 'REFUND_CREATED' } }));
		expect((await webhooks())[0]).toMatchObject({ url: 'https://wms.example/hook?token=not-for-logs', eventName: 'REFUND_CREATED' });
	});

	it.each(['string', 'http://wms.example/hook', 'ftp://wms.example', 'https://wms.example/hook?token=•••', 'https://wms.example/hook?token=%E2%80%A2%E2%80%A2%E2%80%A2', 'https://n8n.example/webhook/•••', 'https://wms.example/hook?token=a b', 'https:\\\\wms.example\\hook'])('refuses the address %j before anything is sent', async (url) => {
		const { error } = await run({ resource: 'webhook', operation: 'create', url });
		expect(error?.message).toMatch(/^The URL /);
		expect(await desk.calls()).toHaveLength(0);
	});

	it('shows no secret when ReturnGO repeats the address in a refusal', async () => {
		await desk.fault('POST /webhook', { kind: 'status', status: 400, body: { message: 'Bad url https://wms.example/hook?token=not-for-logs' } });
		const { error, run: stored } = await run({ resource: 'webhook', operation: 'create', url: 'https://wms.example/hook' });
		expect(error?.description).toContain('token=•••');
		expect(JSON.stringify(stored.data)).not.toContain('not-for-logs');
	});

	it.each(['create', 'getAll'])('%s: is refused the key, throttled, refused, and does the one item of two', async (operation) => {
		const route = operation === 'create' ? 'POST /webhook' : 'GET /webhooks';
		const parameters: INodeParameters = { resource: 'webhook', operation, ...(operation === 'create' ? { url: '={{ $json.url }}' } : { limit: '={{ $json.limit }}' }) };
		const good = { url: 'https://wms.example/hook', limit: 5 };
		only(await run({ resource: 'webhook', operation: 'create', url: good.url }));
		expect((await run(parameters, { input: [good], ...desk.access({ apiKey: 'another_key' }) })).error?.message).toBe('ReturnGO refuses the key of this credential');
		await desk.fault(route, { kind: 'throttled' });
		expect((await run(parameters, { input: [good] })).error).toBeUndefined();
		await desk.fault(route, { kind: 'status', status: 400, body: { message: 'Not like this' } });
		expect((await run(parameters, { input: [good] })).error?.description).toContain('Not like this');
		const both = await run(parameters, { input: [{ url: 'nonsense', limit: 0 }, good], continueOnFail: true });
		expect(both.outputs[0]?.[0]?.json.error).toMatch(/The URL|Limit/);
		expect(both.outputs[0]?.[1]?.json).toMatchObject({ eventName: 'RMA_STATUS_UPDATED' });
		expect(both.outputs[0]?.map((item) => item.pairedItem).slice(0, 2)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('Transaction: Get Many', () => {
	const list = async (more: INodeParameters = {}, rest: Partial<NodeRun> = {}) => await run({ resource: 'transaction', operation: 'getAll', ...more }, rest);
	async function refunded(): Promise<string> {
		const { rmaId } = await desk.request();
		await desk.staff(rmaId, 'refund');
		return rmaId;
	}

	it('knows the RMA of each transaction when it asks RMA by RMA', async () => {
		const [one, two] = [await refunded(), await refunded()];
		const { rmaId: without } = await desk.request();
		const result = await list({ rmaIds: `${two}, RMA${without},${one}`, returnAll: true });
		expect(jsonOf(result).map(({ rmaId, id, status, type }) => [rmaId, id, status, type])).toEqual([
			[two, '7000002', 'Requested', 'RefundToPaymentMethod'],
			[one, '7000001', 'Requested', 'RefundToPaymentMethod'],
		]);
		expect(progressOf(result)).toEqual({ returned: 2, callsMade: 3, complete: true, stoppedBy: 'end', resumeCursor: null });
		expect(result.outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('lists all with one call, without their RMAs; and none when nothing matches', async () => {
		await refunded();
		expect(jsonOf(await list())).toMatchObject([{ rmaId: null, id: '7000001', unitIds: ['40000001'] }]);
		const none = await list({ filters: { statuses: ['Failed'] } });
		expect(jsonOf(none)).toEqual([]);
		expect(progressOf(none)).toMatchObject({ returned: 0, complete: true, callsMade: 1 });
	});

	it('sends every filter as ReturnGO documents it', async () => {
		await list({ filters: { createdAfter: '2026-01-20T00:00:00', updatedBefore: '2026-02-01T00:00:00', orderIds: 'gid://shopify/Order/5100000001, 5100000002', processors: 'Shopify', statuses: ['Requested', 'Success'], types: ['InvoicePayment'], ids: '1, 2' } });
		const sent = String((await desk.calls('GET /transactions'))[0]?.query);
		expect(Object.fromEntries(new URLSearchParams(sent))).toEqual({ created_at: 'gte:2026-01-20T00:00:00', updated_at: 'lt:2026-02-01T00:00:00', statuses: 'Requested,Success', types: 'InvoicePayment', order_ids: '5100000001,5100000002', processors: 'Shopify', ids: '1,2', pagesize: '50' });
	});

	it('stops within its calls and goes on where it stopped, each transaction once', async () => {
		const rmas = [await refunded(), await refunded(), await refunded(), await refunded()];
		const found: unknown[] = [];
		let resumeCursor: unknown = '';
		let runs = 0;
		do {
			await desk.forgetCalls();
			const result = await list({ rmaIds: rmas.join(','), returnAll: true, options: { maximumCalls: 2, resumeCursor: String(resumeCursor) } });
			expect((await desk.calls()).length).toBeLessThanOrEqual(2);
			expect(progressOf(result).callsMade).toBe((await desk.calls()).length);
			found.push(...jsonOf(result).map(({ rmaId }) => rmaId));
			resumeCursor = progressOf(result).resumeCursor;
		} while (resumeCursor !== null && ++runs < 10);
		expect(found).toEqual(rmas);
	});

	it('counts calls that were turned away, and stops before one too many', async () => {
		await refunded();
		await desk.fault('GET /transactions', { kind: 'throttled' }, 3);
		const result = await list({ options: { maximumCalls: 2 } });
		expect(result.error).toBeUndefined();
		expect(await desk.calls('GET /transactions')).toHaveLength(2);
		expect(progressOf(result)).toMatchObject({ returned: 0, callsMade: 2, complete: false, stoppedBy: 'maximumCalls' });
	});

	it('is refused, throttled, refused the key, and lists the one item of two', async () => {
		const rmaId = await refunded();
		await desk.fault('GET /transactions', { kind: 'status', status: 400, body: { message: 'Not like this' } });
		expect((await list()).error?.description).toContain('Not like this');
		await desk.fault('GET /transactions', { kind: 'throttled' });
		expect(jsonOf(await list())).toHaveLength(1);
		expect((await list({}, desk.access({ apiKey: 'another_key' }))).error?.message).toBe('ReturnGO refuses the key of this credential');
		const both = await list({ rmaIds: '={{ $json.rma }}' }, { input: [{ rma: 'nonsense' }, { rma: rmaId }], continueOnFail: true });
		expect(jsonOf(both).map((json) => json.error ?? json.rmaId)).toEqual(['“nonsense” is not an RMA ID', rmaId]);
		expect(both.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('finds nothing for an RMA that does not exist', async () => {
		expect(jsonOf(await list({ rmaIds: '999' }))).toEqual([]);
	});
});

describe('RMA: Get Many', () => {
	const list = async (more: INodeParameters = {}) => await run({ resource: 'rma', operation: 'getAll', returnAll: true, ...more });

	it.each([
		[2, true],
		[3, true],
		[7, true],
		[1, true],
		[1, false],
	])('with %i calls a run and details %s comes through a list, each RMA once', async (maximumCalls, includeDetails) => {
		const made: string[] = [];
		for (let count = 0; count < 7; count++) {
			made.push((await desk.request()).rmaId);
			await desk.pass(1);
		}
		const found: unknown[] = [];
		let resumeCursor: unknown = '';
		for (let runs = 0; resumeCursor !== null; runs++) {
			expect(runs).toBeLessThan(20);
			await desk.forgetCalls();
			const result = await list({ includeDetails, options: { maximumCalls, resumeCursor: String(resumeCursor) } });
			const calls = (await desk.calls()).length;
			expect(calls).toBeLessThanOrEqual(maximumCalls);
			expect(progressOf(result).callsMade).toBe(calls);
			found.push(...jsonOf(result).map(({ id }) => id));
			resumeCursor = progressOf(result).resumeCursor;
			expect(progressOf(result).complete).toBe(resumeCursor === null);
		}
		expect(found).toEqual([...made].reverse());
	});

	it('goes on after the limit, too', async () => {
		const made: string[] = [];
		for (let count = 0; count < 5; count++) {
			made.push((await desk.request()).rmaId);
			await desk.pass(1);
		}
		const first = await list({ returnAll: false, limit: 3 });
		expect(progressOf(first)).toMatchObject({ returned: 3, complete: false, stoppedBy: 'limit' });
		const second = await list({ returnAll: false, limit: 3, options: { resumeCursor: String(progressOf(first).resumeCursor) } });
		expect([...jsonOf(first), ...jsonOf(second)].map(({ id }) => id)).toEqual([...made].reverse());
		expect(progressOf(second)).toMatchObject({ complete: true, resumeCursor: null });
	});

	it.each(['nonsense', 'e30', Buffer.from('{"page":null,"more":true,"waiting":["../x"],"of":"x"}').toString('base64url')])('refuses the cursor %j before anything is sent', async (resumeCursor) => {
		expect((await list({ options: { resumeCursor } })).error?.message).toBe('The Resume Cursor does not belong to this list');
		expect(await desk.calls()).toHaveLength(0);
	});

	it('refuses the cursor of another list', async () => {
		await desk.request();
		await desk.request();
		const first = await list({ options: { maximumCalls: 1 }, includeDetails: true });
		const resumeCursor = String(progressOf(first).resumeCursor);
		expect((await list({ includeDetails: true, filters: { statuses: ['Done'] }, options: { resumeCursor } })).error?.message).toBe('The Resume Cursor does not belong to this list');
	});
});
