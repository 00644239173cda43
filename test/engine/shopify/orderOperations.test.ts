/** Orders, refunds and the store itself at the simulated shop. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { NEEDED_SCOPES } from '../../../nodes/ShopifyReturns/api/scopes';
import { RESOURCES } from '../../../nodes/ShopifyReturns/registry';
import { codesOf, FLAGSHIP, type Placed } from '../../support/shop';
import { byId, byName, first, items, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
let order: Placed;
beforeAll(async () => {
	stage = await ShopStage.open('order');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder({ ...FLAGSHIP, email: 'one@example.com', customer: { email: 'one@example.com' } });
});

const onOrder = async () => (await stage.shop.ask<{ order: { tags: string[]; note: string | null; customer: { id: string; tags: string[] } } }>('query ($id: ID!) { order(id: $id) { tags note customer { id tags } } }', { id: order.orderId })).order;
const tagByHand = async (id: string, tags: string[]) => await stage.shop.ask('mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }', { id, tags });
const limited = async (token: string, scopes: string[]) => {
	await stage.shop.shopify.post('/__sim/apps', { clientId: token, clientSecret: `${token}-secret`, token, scopes });
	return stage.credentials(token);
};
const wrong = () => ({ credentials: stage.credentials('shpat_wrong') });

describe('Order: Find', () => {
	const find = (findBy: string, value: string, more: INodeParameters = {}, setup = {}) => stage.run('find', { findBy, value, returnAll: true, ...more }, setup);
	const names = (output: Parameters<typeof items>[0]) => items(output).map(({ name }) => name);

	it('finds by name, ID, e-mail address, tag and return status', async () => {
		const other = await stage.shop.placeOrder({ ...FLAGSHIP, email: 'two@example.com', customer: { email: 'two@example.com' } });
		await tagByHand(order.orderId, ['In Transit']);
		await stage.makeReturn(order);
		for (const [findBy, value] of [['name', order.orderName], ['name', order.orderName.slice(1)], ['id', order.orderId], ['email', 'one@example.com'], ['tag', 'in transit']] as const) {
			expect([findBy, names((await find(findBy, value)).outputs[0])]).toEqual([findBy, [order.orderName]]);
		}
		expect(names((await stage.run('find', { findBy: 'returnStatus', returnStatus: 'in_progress', returnAll: true })).outputs[0])).toEqual([order.orderName]);
		expect(names((await stage.run('find', { findBy: 'returnStatus', returnStatus: 'no_return', returnAll: true })).outputs[0])).toEqual([other.orderName]);
		expect(first((await find('id', order.orderId)).outputs[0])).toMatchObject({ id: order.orderId, financialStatus: 'PAID', returnStatus: 'IN_PROGRESS', tags: ['In Transit'], total: { currency: 'EUR' } });
	});

	it('does not take a similar name or tag for the wanted one', async () => {
		await tagByHand(order.orderId, ['in transit now']);
		expect((await find('tag', 'in transit')).outputs).toEqual([[]]);
		expect((await find('name', order.orderName.slice(0, -1))).outputs).toEqual([[]]);
	});

	it('gives no items when there is nothing, and keeps to the limit', async () => {
		expect((await find('id', '31')).outputs).toEqual([[]]);
		expect((await find('email', 'nobody@example.com')).outputs).toEqual([[]]);
		await stage.shop.placeOrder({ ...FLAGSHIP, email: 'one@example.com', customer: { email: 'one@example.com' } });
		expect(items((await find('email', 'one@example.com', { returnAll: false, limit: 1 })).outputs[0])).toHaveLength(1);
	});

	it('looks at the time of the last change', async () => {
		expect((await find('email', 'one@example.com', { filters: { updatedAfter: '2100-01-01T00:00:00Z' } })).outputs).toEqual([[]]);
		expect(items((await find('email', 'one@example.com', { filters: { updatedAfter: '2000-01-01T00:00:00Z', updatedBefore: '2100-01-01T00:00:00Z' } })).outputs[0])).toHaveLength(1);
		expect((await find('email', 'one@example.com', { filters: { updatedAfter: '={{ "soon" }}' } })).error?.message).toContain('not a date');
	});

	it('reads no search syntax into a value', async () => {
		expect((await find('email', 'nobody@example.com" OR tag:"')).outputs).toEqual([[]]);
		expect((await find('tag', 'x" OR name:"')).outputs).toEqual([[]]);
	});

	it('waits when throttled, names a refused token and a missing scope, and goes on after a failed item', async () => {
		await stage.fault('orders', { kind: 'throttled' });
		expect(items((await find('name', order.orderName)).outputs[0])).toHaveLength(1);
		expect((await find('name', order.orderName, {}, wrong())).error?.httpCode).toBe('401');
		expect((await find('name', order.orderName, {}, { credentials: await limited('shpat_none', ['read_returns']) })).error?.httpCode).toBe('403');
		const { outputs } = await stage.run('find', { findBy: 'id', value: '={{ $json.id }}', returnAll: true }, { input: [{ id: 'nonsense' }, { id: order.orderId }], continueOnFail: true });
		expect(outputs[0]).toMatchObject([{ json: { code: 'invalidInput' }, pairedItem: { item: 0 } }, { json: { id: order.orderId }, pairedItem: { item: 1 } }]);
	});
});

describe('Order: Set Note', () => {
	const setNote = (note: string, noteMode = 'append', more = {}) => stage.run('setNote', { order: byId(order.orderId), note, noteMode }, more);

	it('adds below what is there, once, and replaces and removes it when asked', async () => {
		expect(first((await setNote('Leave at the door', 'replace')).outputs[0])).toMatchObject({ outcome: 'done', order: { note: 'Leave at the door' } });
		expect(first((await setNote('RMA 1 inspected')).outputs[0])).toMatchObject({ outcome: 'done', order: { note: 'Leave at the door\nRMA 1 inspected' } });
		expect(first((await setNote('RMA 1 inspected')).outputs[0]).outcome).toBe('alreadyDone');
		expect(first((await setNote('Leave at')).outputs[0])).toMatchObject({ order: { note: 'Leave at the door\nRMA 1 inspected\nLeave at' } });
		expect(first((await setNote('', 'replace')).outputs[0])).toMatchObject({ outcome: 'done' });
		expect((await onOrder()).note ?? '').toBe('');
		expect(await stage.sent('orderUpdate')).toBe(4);
	});

	it('touches nothing else of the order', async () => {
		await tagByHand(order.orderId, ['vip']);
		await setNote('Hello');
		expect((await onOrder()).tags).toEqual(['vip']);
	});

	it('sends nothing when there is nothing to add, too much, or no such order', async () => {
		expect((await setNote('  ')).error?.message).toContain('no text');
		expect((await setNote('x'.repeat(5001))).error?.message).toContain('5001');
		expect(codesOf(first((await stage.run('setNote', { order: byName('#987654'), note: 'x', noteMode: 'append' })).outputs[1]))).toEqual(['orderNotFound']);
		expect(codesOf(first((await stage.run('setNote', { order: byId('31'), note: 'x', noteMode: 'append' })).outputs[1]))).toEqual(['orderNotFound']);
		expect(await stage.sent('orderUpdate')).toBe(0);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }, 'done'],
		['never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('reads back after a lost answer to a request that %s, and sends no second one', async (_name, action, outcome) => {
		await stage.fault('orderUpdate', action);
		expect(first((await setNote('Hello')).outputs[outcome === 'done' ? 0 : 1]).outcome).toBe(outcome);
		expect(await stage.sent('orderUpdate')).toBe(1);
		await setNote('Hello');
		expect((await onOrder()).note).toBe('Hello');
	});

	it('waits when throttled, repeats a refusal, names a refused token, and goes on after a failed item', async () => {
		await stage.fault('orderUpdate', { kind: 'throttled' });
		expect(first((await setNote('Hello')).outputs[0]).outcome).toBe('done');
		const refusal = { data: { orderUpdate: { order: null, userErrors: [{ field: ['note'], message: 'Not today.' }] } } };
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: 'orderUpdate' }, times: 1, action: { kind: 'status', status: 200, body: refusal } });
		expect(codesOf(first((await setNote('Again')).outputs[1]))).toEqual(['refusedByShopify']);
		expect((await setNote('Again', 'append', wrong())).error?.httpCode).toBe('401');
		const { outputs } = await stage.run('setNote', { order: '={{ $json.id }}' as never, note: 'Each', noteMode: 'append' }, { input: [{ id: 'nonsense' }, { id: order.orderId }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
	});
});

describe('Order: Add and Remove Tags', () => {
	const change = (operation: string, tags: string, target = 'order', more = {}) => stage.run(operation, { order: byId(order.orderId), tags, target }, more);

	it('adds and removes the named tags only, each once, whatever their case', async () => {
		await tagByHand(order.orderId, ['vip']);
		expect(first((await change('addTags', 'return-in-transit, VIP, return-in-transit')).outputs[0])).toMatchObject({ outcome: 'done', order: { tags: ['return-in-transit', 'vip'] }, customer: null });
		expect(first((await change('addTags', 'Return-In-Transit')).outputs[0]).outcome).toBe('alreadyDone');
		expect(await stage.sent('tagsAdd')).toBe(1);
		expect(first((await change('removeTags', 'RETURN-IN-TRANSIT, never-there')).outputs[0])).toMatchObject({ outcome: 'done', order: { tags: ['vip'] } });
		expect(first((await change('removeTags', 'return-in-transit')).outputs[0]).outcome).toBe('alreadyDone');
		expect(await stage.sent('tagsRemove')).toBe(1);
	});

	it('tags the customer too, or only the customer', async () => {
		expect(first((await change('addTags', 'returning', 'both')).outputs[0])).toMatchObject({ order: { tags: ['returning'] }, customer: { tags: ['returning'] } });
		expect(first((await change('removeTags', 'returning', 'customer')).outputs[0])).toMatchObject({ outcome: 'done', order: { tags: ['returning'] }, customer: { tags: [] } });
		const shown = await onOrder();
		expect([shown.tags, shown.customer.tags]).toEqual([['returning'], []]);
	});

	it('says when the order has no customer, and when there is no such order', async () => {
		const guest = await stage.shop.placeOrder({ ...FLAGSHIP, customer: null });
		expect(codesOf(first((await stage.run('addTags', { order: byId(guest.orderId), tags: 'x', target: 'both' })).outputs[1]))).toEqual(['customerMissing']);
		expect(codesOf(first((await stage.run('addTags', { order: byId('31'), tags: 'x', target: 'order' })).outputs[1]))).toEqual(['orderNotFound']);
		expect(await stage.sent('tagsAdd')).toBe(0);
	});

	it.each(['return-refunded', 'vip, Return-Inspected', ' RETURN-NEEDS-ATTENTION ', 'return-refund-pending'])('never touches a tag that shows the state of a settlement: %s', async (tags) => {
		await tagByHand(order.orderId, ['return-refunded']);
		for (const operation of ['addTags', 'removeTags']) expect((await change(operation, tags)).error?.message).toContain('settlement');
		expect((await onOrder()).tags).toEqual(['return-refunded']);
	});

	it.each(['={{ "" }}', ' , ', 'x'.repeat(41)])('sends nothing for %j', async (tags) => {
		expect((await change('addTags', tags)).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(await stage.sent('tagsAdd')).toBe(0);
	});

	it.each([
		['addTags', 'tagsAdd', 'was carried out', { kind: 'dropAfter' }, 'done'],
		['addTags', 'tagsAdd', 'never arrived', { kind: 'dropBefore' }, 'waiting'],
		['removeTags', 'tagsRemove', 'was carried out', { kind: 'dropAfter' }, 'done'],
		['removeTags', 'tagsRemove', 'never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('%s reads back after a lost answer to a %s that %s', async (operation, field, _name, action, outcome) => {
		if (operation === 'removeTags') await tagByHand(order.orderId, ['x']);
		await stage.fault(field, action);
		expect(first((await change(operation, 'x')).outputs[outcome === 'done' ? 0 : 1]).outcome).toBe(outcome);
		expect(await stage.sent(field)).toBe(1);
	});

	it('waits when throttled, repeats a refusal, names a refused token and a missing scope, and goes on after a failed item', async () => {
		await stage.fault('tagsAdd', { kind: 'throttled' });
		expect(first((await change('addTags', 'a')).outputs[0]).outcome).toBe('done');
		const refusal = { data: { tagsAdd: { userErrors: [{ field: ['tags'], message: 'Not today.' }] } } };
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: 'tagsAdd' }, times: 1, action: { kind: 'status', status: 200, body: refusal } });
		expect(codesOf(first((await change('addTags', 'b')).outputs[1]))).toEqual(['refusedByShopify']);
		expect((await change('addTags', 'b', 'order', wrong())).error?.httpCode).toBe('401');
		const withoutCustomers = await limited('shpat_orders', ['read_orders', 'write_orders']);
		expect((await change('addTags', 'b', 'both', { credentials: withoutCustomers })).error?.message).toContain('read_customers');
		expect(first((await change('addTags', 'b', 'order', { credentials: withoutCustomers })).outputs[0]).outcome).toBe('done');
		const { outputs } = await stage.run('removeTags', { order: byId(order.orderId), tags: '={{ $json.tags }}', target: 'order' }, { input: [{ tags: '' }, { tags: 'b' }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
	});
});

describe('Order: Check Eligibility', () => {
	const judge = (parameters: INodeParameters = {}, more = {}) =>
		stage.run('checkEligibility', { order: byId(order.orderId), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M","quantity":2}]', windowDays: 30, windowFrom: 'fulfillment', transitDays: 0, windowRules: {}, options: {}, ...parameters }, more);

	it('lets units of the order come back, until their window closes', async () => {
		const verdict = first((await judge()).outputs[0]);
		expect(verdict).toMatchObject({ isEligible: true, orderId: order.orderId, orderName: order.orderName, items: [{ sku: 'COAT-M', lineItemId: order.lineItemIds[0], eligibleQuantity: 2, windowDays: 30 }] });
		const { deadline } = (verdict.items as Array<{ deadline: string }>)[0] ?? { deadline: '' };
		const after = new Date(Date.parse(deadline) + 1000).toISOString();
		expect(first((await judge({ options: { asOf: after } })).outputs[0])).toMatchObject({ isEligible: false, items: [{ reasons: [{ code: 'returnWindowOver' }] }] });
		expect(first((await judge({ options: { asOf: deadline } })).outputs[0]).isEligible).toBe(true);
	});

	it('knows what is on another return, and what was never bought', async () => {
		await stage.makeReturn(order);
		expect(first((await judge()).outputs[0])).toMatchObject({ isEligible: false, items: [{ eligibleQuantity: 1, reasons: [{ code: 'returnedAlready' }] }] });
		expect(first((await judge({ itemsJson: '[{"sku":"HAT"}]' })).outputs[0])).toMatchObject({ isEligible: false, items: [{ reasons: [{ code: 'skuMismatch' }] }] });
	});

	it('compares the SKU with the line that is named beside it', async () => {
		const [line] = order.lineItemIds;
		expect(first((await judge({ itemsJson: JSON.stringify([{ lineItemId: line, sku: 'HAT' }]) })).outputs[0])).toMatchObject({ isEligible: false, items: [{ lineItemId: line, eligibleQuantity: 0, reasons: [{ code: 'skuMismatch' }] }] });
		expect(first((await judge({ itemsJson: JSON.stringify([{ lineItemId: line, sku: 'COAT-M' }, { lineItemId: line, sku: 'COAT-M' }]) })).outputs[0])).toMatchObject({ isEligible: true, items: [{ requestedQuantity: 2, eligibleQuantity: 2 }] });
	});

	it('compares the order with the one that the request names, and looks at tags', async () => {
		expect(first((await judge({ options: { expectedOrderId: '31' } })).outputs[0])).toMatchObject({ isEligible: false, reasons: [{ code: 'orderMismatch' }] });
		await tagByHand(order.orderId, ['Final-Sale', 'friends']);
		expect(first((await judge({ options: { finalSaleTags: 'clearance, final-sale' } })).outputs[0])).toMatchObject({ isEligible: false, items: [{ reasons: [{ code: 'finalSale' }] }] });
		expect(first((await judge({ windowRules: { rule: [{ kind: 'orderTag', value: 'friends', windowDays: 90 }] } })).outputs[0])).toMatchObject({ isEligible: true, items: [{ windowDays: 90, appliedRule: 'orderTag: friends' }] });
		expect(first((await judge({ windowRules: { rule: [{ kind: 'country', value: 'DE', windowDays: 90 }] } })).outputs[0])).toMatchObject({ items: [{ windowDays: 30 }] });
	});

	it('says when there is no such order', async () => {
		expect((await judge({ order: byId('31') })).error?.context?.code).toBe('orderNotFound');
		expect((await judge({ order: byName('#987654') })).error?.context?.code).toBe('orderNotFound');
	});

	it.each([
		['no items', { itemsJson: '[]' }],
		['a window that is no number', { windowDays: '={{ "soon" }}' }],
		['a negative window', { windowDays: -1 }],
		['half a rule', { windowRules: { rule: [{ kind: 'productTag', value: '', windowDays: 1 }] } }],
		['a date that is none', { options: { asOf: '={{ "soon" }}' } }],
		['an order ID that is none', { options: { expectedOrderId: 'x' } }],
	])('asks Shopify nothing for %s', async (_name, parameters) => {
		expect((await judge(parameters)).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(await stage.sent('order')).toBe(0);
	});

	it('waits when throttled, names a refused token, and goes on after a failed item', async () => {
		await stage.fault('returnableFulfillments', { kind: 'throttled' });
		expect(first((await judge()).outputs[0]).isEligible).toBe(true);
		expect((await judge({}, wrong())).error?.httpCode).toBe('401');
		const { outputs } = await judge({ order: '={{ $json.id }}' as never }, { input: [{ id: '31' }, { id: order.orderId }], continueOnFail: true });
		expect(outputs[0]).toMatchObject([{ json: { code: 'orderNotFound' }, pairedItem: { item: 0 } }, { json: { isEligible: true }, pairedItem: { item: 1 } }]);
	});
});

describe('Refund', () => {
	const refund = (operation: string, parameters: INodeParameters, more = {}) => stage.run(operation, { resource: 'refund', ...parameters }, more);
	const refundByHand = async (quantity = 1) => await stage.shop.shopify.post<{ id: string; transactions: Array<{ id: string }> }>('/__sim/admin/refund', { orderId: order.orderId, lines: [{ lineItemId: order.lineItemIds[0], quantity }], note: 'by hand' });
	it('Get shows one refund and what its transactions say', async () => {
		const { id } = await refundByHand();
		expect(first((await refund('get', { refundId: id })).outputs[0])).toMatchObject({ id, note: 'by hand', moneyState: 'paid', lines: [{ lineItemId: order.lineItemIds[0], quantity: 1 }] });
		expect((await refund('get', { refundId: '31' })).error?.context?.code).toBe('refundNotFound');
		expect((await refund('get', { refundId: 'gid://shopify/Order/1' })).error?.message).toContain('not the id');
	});

	it('Get Many lists the refunds of an order, by the state of their money', async () => {
		expect((await refund('getAll', { order: byId(order.orderId), returnAll: true })).outputs).toEqual([[]]);
		const one = await refundByHand();
		const two = await refundByHand();
		expect(items((await refund('getAll', { order: byName(order.orderName), returnAll: true })).outputs[0]).map(({ id }) => id)).toEqual([one.id, two.id]);
		expect(items((await refund('getAll', { order: byId(order.orderId), returnAll: false, limit: 1 })).outputs[0])).toHaveLength(1);
		expect((await refund('getAll', { order: byId(order.orderId), returnAll: true, filters: { moneyStates: ['pending'] } })).outputs).toEqual([[]]);
		expect((await refund('getAll', { order: byId('31'), returnAll: true })).error?.context?.code).toBe('orderNotFound');
	});

	it('Check Pending tells paid refunds from pending and failed ones', async () => {
		// This provider decides when it is told to.
		order = await stage.shop.placeOrder({ ...FLAGSHIP, refundsSettle: 'pending' });
		expect((await refund('checkPending', { lookUpBy: 'tagged', returnAll: true, onlyUnsettled: false })).outputs).toEqual([[]]);
		const { id, transactions } = await refundByHand();
		await tagByHand(order.orderId, ['return-refund-pending']);
		const tagged = (onlyUnsettled: boolean) => refund('checkPending', { lookUpBy: 'tagged', returnAll: true, onlyUnsettled });
		expect(first((await tagged(true)).outputs[0])).toMatchObject({ id, orderId: order.orderId, orderName: order.orderName, moneyState: 'pending', isSettled: false, reasons: [{ code: 'refundPending' }] });
		await stage.shop.shopify.post(`/__sim/transactions/${transactions[0]?.id.split('/').at(-1)}`, { status: 'SUCCESS' });
		expect((await tagged(true)).outputs).toEqual([[]]);
		expect(first((await tagged(false)).outputs[0])).toMatchObject({ id, moneyState: 'paid', isSettled: true, reasons: [] });

		const second = await refundByHand();
		await stage.shop.shopify.post(`/__sim/transactions/${second.transactions[0]?.id.split('/').at(-1)}`, { status: 'FAILURE' });
		expect(first((await refund('checkPending', { lookUpBy: 'refund', refundId: second.id })).outputs[0])).toMatchObject({ moneyState: 'notPaid', isSettled: false, reasons: [{ code: 'refundFailed' }] });
		expect(items((await refund('checkPending', { lookUpBy: 'order', order: byId(order.orderId), returnAll: true, onlyUnsettled: true })).outputs[0]).map((found) => found.id)).toEqual([second.id]);
		expect((await refund('checkPending', { lookUpBy: 'refund', refundId: '31' })).error?.context?.code).toBe('refundNotFound');
		expect((await refund('checkPending', { lookUpBy: 'order', order: byId('31'), returnAll: true, onlyUnsettled: true })).error?.context?.code).toBe('orderNotFound');
	});

	it.each([
		['get', 'refund', (id: string): INodeParameters => ({ refundId: id })],
		['getAll', 'order', (): INodeParameters => ({ order: byId(order.orderId), returnAll: true })],
		['checkPending', 'refund', (id: string): INodeParameters => ({ lookUpBy: 'refund', refundId: id })],
	])('%s waits when throttled, names a refused token and a missing scope, and goes on after a failed item', async (operation, field, parametersOf) => {
		const { id } = await refundByHand();
		await stage.fault(field, { kind: 'throttled' });
		expect(first((await refund(operation, parametersOf(id))).outputs[0]).id).toBe(id);
		expect((await refund(operation, parametersOf(id), wrong())).error?.httpCode).toBe('401');
		expect((await refund(operation, parametersOf(id), { credentials: await limited('shpat_none', ['read_returns']) })).error?.httpCode).toBe('403');
		const broken = Object.fromEntries(Object.entries(parametersOf(id)).map(([name, value]) => [name, name === 'refundId' || name === 'order' ? (`={{ $json.${name} }}` as never) : value])) as INodeParameters;
		const { outputs } = await refund(operation, broken, { input: [{ refundId: '31', order: '31' }, { refundId: id, order: order.orderId }], continueOnFail: true });
		expect(outputs[0]).toMatchObject([{ json: { error: expect.any(String) as string }, pairedItem: { item: 0 } }, { json: { id }, pairedItem: { item: 1 } }]);
	});
});

const NEEDED = NEEDED_SCOPES.map(({ handle }) => handle);
/** What only store credit, gift cards and customers' tags ask for. */
const CREDIT = ['read_customers', 'read_gift_cards', 'read_store_credit_account_transactions', 'read_store_credit_accounts', 'write_customers', 'write_gift_cards', 'write_store_credit_account_transactions'];

describe('Store', () => {
	const store = (operation: string, parameters: INodeParameters = {}, more = {}) => stage.run(operation, { resource: 'store', ...parameters }, more);

	it('Check Access finds nothing missing where everything is granted', async () => {
		const found = first((await store('checkAccess')).outputs[0]);
		expect(found).toMatchObject({ isComplete: true, missing: [], readsOldOrders: true, apiVersion: '2026-10', apiVersionAnswered: '2026-10' });
		expect((found.operations as unknown[]).length).toBe(Object.values(RESOURCES).flatMap(({ operations }) => Object.keys(operations)).length);
		expect(JSON.stringify(found)).not.toContain('shpat_');
	});

	it('Check Access names what each operation and event lacks, and what works all the same', async () => {
		const found = first((await store('checkAccess', {}, { credentials: await limited('shpat_reader', ['write_orders', 'read_returns', 'read_products', 'read_locations']) })).outputs[0]);
		const operation = (resource: string, name: string) => (found.operations as Array<{ resource: string; operation: string }>).find((one) => one.resource === resource && one.operation === name);
		expect(operation('return', 'approve')).toMatchObject({ isAllowed: false, missing: ['write_returns'] });
		expect(operation('return', 'get')).toMatchObject({ isAllowed: true, missing: [] });
		expect(operation('order', 'addTags')).toMatchObject({ isAllowed: true, missingForOptions: ['write_customers'] });
		expect((found.events as Array<{ topic: string }>).find(({ topic }) => topic === 'DISPUTES_CREATE')).toMatchObject({ isAllowed: false, missing: ['read_shopify_payments_disputes'] });
		expect(found).toMatchObject({ isComplete: false, readsOldOrders: false });
		expect(found.missing).toEqual(expect.arrayContaining(['write_returns', 'read_shopify_payments_disputes']));
		expect(found.missing).not.toContain('read_orders');
	});

	it.each([
		['every scope that every store needs, and disputes', [...NEEDED, 'read_shopify_payments_disputes'], { isComplete: false, missing: CREDIT, missingNeeded: [] }],
		['everything but disputes', [...NEEDED, ...CREDIT], { isComplete: false, missing: ['read_shopify_payments_disputes'], missingNeeded: [] }],
		['everything but the stock', [...NEEDED.filter((scope) => !scope.endsWith('_inventory')), ...CREDIT, 'read_shopify_payments_disputes'], { isComplete: false, missing: ['read_inventory', 'write_inventory'], missingNeeded: ['read_inventory', 'write_inventory'] }],
		['everything', [...NEEDED, ...CREDIT, 'read_shopify_payments_disputes'], { isComplete: true, missing: [], missingNeeded: [] }],
	])('Check Access says complete exactly where nothing is missing: %s', async (_name, scopes, expected) => {
		const found = first((await store('checkAccess', {}, { credentials: await limited('shpat_scenario', scopes) })).outputs[0]);
		expect(found).toMatchObject(expected);
		const parts = [...(found.operations as Array<{ missing: string[]; missingForOptions: string[] }>), ...(found.events as Array<{ missing: string[]; missingForOptions?: string[] }>)];
		expect([...new Set(parts.flatMap(({ missing, missingForOptions = [] }) => [...missing, ...missingForOptions]))].sort()).toEqual(expected.missing);
	});

	it('Check Access judges as Shopify does: what it allows works, what it does not is refused', async () => {
		const credentials = await limited('shpat_some', ['read_orders', 'read_returns', 'read_products', 'read_locations']);
		const { id } = await stage.makeReturn(order);
		const found = first((await store('checkAccess', {}, { credentials })).outputs[0]);
		const isAllowed = (resource: string, name: string) => (found.operations as Array<{ resource: string; operation: string; isAllowed: boolean }>).find((one) => one.resource === resource && one.operation === name)?.isAllowed;
		const attempts: Array<[string, string, INodeParameters]> = [
			['return', 'get', { return: byId(id) }],
			['return', 'close', { return: byId(id) }],
			['order', 'find', { findBy: 'name', value: order.orderName, returnAll: true }],
			['order', 'getReturnContext', { order: byId(order.orderId) }],
			['order', 'setNote', { order: byId(order.orderId), note: 'x', noteMode: 'append' }],
			['order', 'checkEligibility', { order: byId(order.orderId), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M"}]', windowDays: 30, windowFrom: 'fulfillment' }],
			['refund', 'getAll', { order: byId(order.orderId), returnAll: true }],
			['store', 'getLocations', { returnAll: true }],
		];
		for (const [resource, operation, parameters] of attempts) {
			const { error } = await stage.run(operation, { resource, ...parameters }, { credentials });
			expect([resource, operation, error?.httpCode !== '403']).toEqual([resource, operation, isAllowed(resource, operation)]);
		}
	});

	it('Get Locations lists where stock can be', async () => {
		const location = await stage.shop.firstLocation();
		expect(items((await store('getLocations', { returnAll: true })).outputs[0])).toEqual(expect.arrayContaining([expect.objectContaining({ id: location, isActive: true })]));
		await stage.shop.shopify.post('/__sim/locations', { name: 'Old shed', isActive: false });
		const namesOf = async (includeDeactivated: boolean) => items((await store('getLocations', { returnAll: true, includeDeactivated })).outputs[0]).map(({ name }) => name);
		expect(await namesOf(false)).not.toContain('Old shed');
		expect(await namesOf(true)).toContain('Old shed');
		expect(items((await store('getLocations', { returnAll: false, limit: 1 })).outputs[0])).toHaveLength(1);
	});

	it.each([
		['checkAccess', 'currentAppInstallation'],
		['getLocations', 'locations'],
	])('%s waits when throttled, names a refused token, and answers every item', async (operation, field) => {
		await stage.fault(field, { kind: 'throttled' });
		expect((await store(operation, { returnAll: true })).outputs[0]?.length).toBeGreaterThan(0);
		expect((await store(operation, { returnAll: true }, wrong())).error?.httpCode).toBe('401');
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: field }, times: 1, action: { kind: 'status', status: 402 } });
		const { outputs } = await store(operation, { returnAll: true }, { input: [{}, {}], continueOnFail: true });
		expect(outputs[0]?.[0]).toMatchObject({ json: { error: expect.any(String) as string }, pairedItem: { item: 0 } });
		expect(outputs[0]?.[1]?.pairedItem).toEqual({ item: 1 });
	});
});

describe('Lists', () => {
	it.each([
		['order', 'find', { findBy: 'email', value: 'one@example.com' }],
		['refund', 'getAll', {}],
		['refund', 'checkPending', { lookUpBy: 'tagged' }],
		['return', 'getAll', { lookUpBy: 'order' }],
		['store', 'getLocations', {}],
	] as Array<[string, string, INodeParameters]>)('%s.%s asks Shopify nothing for a limit below one or between two numbers', async (resource, operation, parameters) => {
		for (const limit of [0, -1, 1.5]) {
			const { error } = await stage.run(operation, { resource, order: byId(order.orderId), ...parameters, returnAll: false, limit: `={{ ${limit} }}` });
			expect([limit, error?.message]).toEqual([limit, 'Limit is not a whole number of at least 1']);
		}
		expect(await stage.shop.shopifyRequests()).toEqual([]);
	});
});
