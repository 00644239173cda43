/** How orders, returns, lines and reasons are named in the parameters of the Shopify Returns node, and what it asks Shopify for. At the simulated shop. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { codesOf, FLAGSHIP, type Placed } from '../../support/shop';
import { byId, byName, first, items, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
beforeAll(async () => {
	stage = await ShopStage.open('return');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

const EAN = '4006381333931';
const [coats] = FLAGSHIP.lines;

describe('a SKU that is a number', () => {
	let order: Placed;
	beforeEach(async () => {
		order = await stage.shop.placeOrder({ ...FLAGSHIP, lines: [{ ...coats, sku: EAN }] });
	});
	const line = (named: string, quantity = 2): INodeParameters => ({ order: byId(order.orderId), specifyItems: 'fields', items: { item: [{ line: named, quantity, reason: '', note: '' }] } });
	const lineNumber = () => order.lineItemIds[0]?.split('/').at(-1) ?? '';

	it.each(['create', 'request'])('is found by %s, as is the number of a line', async (operation) => {
		expect(first((await stage.run(operation, line(EAN, 1))).outputs[0])).toMatchObject({ outcome: 'done', return: { lines: [{ lineItemId: order.lineItemIds[0], quantity: 1 }] } });
		order = await stage.shop.placeOrder({ ...FLAGSHIP, lines: [{ ...coats, sku: EAN }] });
		expect(first((await stage.run(operation, line(lineNumber()))).outputs[0])).toMatchObject({ outcome: 'done', return: { lines: [{ lineItemId: order.lineItemIds[0], quantity: 2 }] } });
	});

	it('is found by Check Eligibility, as is the number of a line', async () => {
		for (const named of [EAN, lineNumber()]) {
			const { outputs } = await stage.run('checkEligibility', { resource: 'order', windowDays: 30, windowFrom: 'fulfillment', ...line(named) });
			expect(first(outputs[0])).toMatchObject({ isEligible: true, items: [{ lineItemId: order.lineItemIds[0], sku: EAN }] });
		}
	});

	it('goes before the ID of a line', async () => {
		const number = lineNumber();
		order = await stage.shop.placeOrder({ ...FLAGSHIP, lines: [{ ...coats, sku: number }] });
		expect(first((await stage.run('create', line(number))).outputs[0])).toMatchObject({ outcome: 'done', return: { lines: [{ lineItemId: order.lineItemIds[0] }] } });
	});

	it.each(['create', 'request'])('is named where the order has no such SKU and no such line: %s', async (operation) => {
		const { outputs } = await stage.run(operation, line('4006381333948'));
		expect(codesOf(first(outputs[1]))).toEqual(['skuMismatch']);
		expect(JSON.stringify(first(outputs[1]))).toContain('4006381333948');
	});
});

it('takes a return reason by its bare number', async () => {
	const order = await stage.shop.placeOrder();
	const { returnReasonDefinitions } = await stage.shop.ask<{ returnReasonDefinitions: { nodes: Array<{ id: string; name: string }> } }>('{ returnReasonDefinitions(first: 3) { nodes { id name } } }', {});
	const wanted = returnReasonDefinitions.nodes[1];
	const { outputs } = await stage.run('create', { order: byId(order.orderId), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M"}]', returnReason: byId(wanted?.id.split('/').at(-1) ?? '') });
	expect(first(outputs[0])).toMatchObject({ outcome: 'done', return: { lines: [{ reason: wanted?.name }] } });
	const unknown = await stage.run('create', { order: byId(order.orderId), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M","quantity":2}]', returnReason: byId('31') });
	expect(codesOf(first(unknown.outputs[1]))).toEqual(['invalidInput']);
});

describe('a return by its name', () => {
	it('is read, changed, and not taken for a similar one', async () => {
		const order = await stage.shop.placeOrder();
		const { id, name } = await stage.makeReturn(order);
		for (const named of [byName(name), byName(name.slice(1).toLowerCase()), `={{ "${name}" }}` as never]) expect(first((await stage.run('get', { return: named })).outputs[0])).toMatchObject({ id, name });
		expect(first((await stage.run('addTracking', { return: byName(name), trackingNumber: 'PP1' })).outputs[0])).toMatchObject({ outcome: 'done', return: { id } });
		expect(first((await stage.run('close', { return: byName(name) })).outputs[0])).toMatchObject({ outcome: 'done', return: { id, status: 'CLOSED' } });
		for (const other of [name.replace(/-R\d+$/, '-R9'), '#999999-R1']) {
			expect((await stage.run('get', { return: byName(other) })).error).toMatchObject({ message: `The store has no return ${other}`, context: { code: 'returnNotFound' } });
			expect(codesOf(first((await stage.run('close', { return: byName(other) })).outputs[1]))).toEqual(['returnNotFound']);
			expect(codesOf(first((await stage.run('addTracking', { return: byName(other), trackingNumber: 'PP1' })).outputs[1]))).toEqual(['returnNotFound']);
		}
	});

	it('is refused without asking Shopify where it is the name of an order', async () => {
		expect((await stage.run('get', { return: byName('#1001') })).error?.message).toBe('"#1001" is not the name of a return');
		expect(await stage.shop.shopifyRequests()).toEqual([]);
	});
});

it.each([
	['order', 'getReturnContext', 'order', 'Order is empty'],
	['return', 'get', 'return', 'Return is empty'],
	['refund', 'get', 'refundId', 'Refund is empty'],
	['storeCredit', 'deactivateGiftCard', 'giftCard', 'Gift Card is empty'],
])('calls an empty locator as the editor does: %s %s', async (resource, operation, parameter, message) => {
	expect((await stage.run(operation, { resource, [parameter]: '={{ "" }}' })).error?.message).toBe(message);
});

describe('parameters that would not count', () => {
	const shown = (parameters: INodeParameters) => Object.keys(NodeHelpers.getNodeParameters(new ShopifyReturns().description.properties, parameters, true, false, null, new ShopifyReturns().description) ?? {});

	it('are hidden from Order Find by ID', () => {
		expect(shown({ resource: 'order', operation: 'find', findBy: 'id' })).toEqual(expect.not.arrayContaining(['returnAll', 'limit', 'filters']));
		for (const findBy of ['email', 'name', 'returnStatus', 'tag']) expect(shown({ resource: 'order', operation: 'find', findBy })).toEqual(expect.arrayContaining(['returnAll', 'limit', 'filters']));
	});

	it('are hidden from Return Get Many by order', () => {
		const filters = new ShopifyReturns().description.properties.find(({ name, displayOptions }) => name === 'filters' && displayOptions?.show?.resource?.[0] === 'return');
		const field = filters?.options?.find(({ name }) => name === 'updatedAfter') as { displayOptions?: object } | undefined;
		expect(field?.displayOptions).toEqual({ show: { '/lookUpBy': ['orderStatus'] } });
	});
});

it('reads no more refunds than the limit asks for', async () => {
	const order = await stage.shop.placeOrder({ ...FLAGSHIP, lines: [{ ...coats, quantity: 6 }] });
	for (let number = 0; number < 5; number += 1) await stage.shop.shopify.post('/__sim/admin/refund', { orderId: order.orderId, lines: [{ lineItemId: order.lineItemIds[0], quantity: 1 }] });
	const read = async (parameters: INodeParameters) => {
		await stage.shop.shopify.clearRequests();
		const { outputs } = await stage.run(parameters.operation as string, { resource: 'refund', order: byId(order.orderId), ...parameters });
		return [items(outputs[0]).length, await stage.sent('refund')];
	};
	expect(await read({ operation: 'getAll', returnAll: false, limit: 2 })).toEqual([2, 2]);
	expect(await read({ operation: 'getAll', returnAll: true })).toEqual([5, 5]);
	expect(await read({ operation: 'getAll', returnAll: false, limit: 2, filters: { moneyStates: ['notPaid'] } })).toEqual([0, 5]);
	expect(await read({ operation: 'checkPending', lookUpBy: 'order', returnAll: false, limit: 1, onlyUnsettled: false })).toEqual([1, 1]);
	expect(await read({ operation: 'checkPending', lookUpBy: 'order', returnAll: false, limit: 1, onlyUnsettled: true })).toEqual([0, 5]);
});
