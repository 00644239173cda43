/** The Simplify toggle of the Shopify Returns node: on, the output is what it was before there was one; off, it is Shopify's own answer. At the simulated shop. */
import '../harness/environment';
import type * as workflow from 'n8n-workflow';
import { RESOURCES } from '../../../nodes/ShopifyReturns/registry';
import type { Placed } from '../../support/shop';
import { byId, first, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
let order: Placed;
let made: { id: string; name: string };
beforeAll(async () => {
	stage = await ShopStage.open('return');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder();
	made = await stage.makeReturn(order);
	await stage.shop.shopify.post('/__sim/admin/refund', { orderId: order.orderId, lines: [{ lineItemId: order.lineItemIds[0], quantity: 1 }] });
});

const UNITS = { fulfillmentLineItem: { lineItem: { id: expect.any(String) as string, sku: 'COAT-M' } }, quantity: 2, returnReasonDefinition: { handle: 'unknown' } };
const REVERSE = { status: 'OPEN', lineItems: { nodes: [{ totalQuantity: 2 }], pageInfo: { hasNextPage: false } } };

it('Return Get', async () => {
	const get = async (more: object) => first((await stage.run('get', { return: byId(made.id), ...more })).outputs[0]);
	const simple = await get({});
	expect(simple).toMatchObject({ id: made.id, orderId: order.orderId, lines: [{ sku: 'COAT-M', quantity: 2 }], hasExchangeItems: false });
	expect(await get({ simplify: true })).toEqual(simple);
	const raw = await get({ simplify: false });
	expect(raw).toMatchObject({ id: made.id, order: { id: order.orderId, name: order.orderName }, returnLineItems: { nodes: [UNITS], pageInfo: { hasNextPage: false } }, reverseFulfillmentOrders: { nodes: [REVERSE] } });
	expect(raw).not.toHaveProperty('lines');
});

it('Order Get Return Context', async () => {
	const context = async (more: object) => first((await stage.run('getReturnContext', { resource: 'order', order: byId(order.orderId), ...more })).outputs[0]);
	const simple = await context({});
	expect(simple).toMatchObject({ id: order.orderId, financialStatus: 'PARTIALLY_REFUNDED', lines: [{ sku: 'COAT-M' }], returns: [{ id: made.id, lines: [{ quantity: 2 }] }], refunds: [{ moneyState: 'paid' }] });
	expect(await context({ simplify: true })).toEqual(simple);
	const raw = await context({ simplify: false });
	expect(raw).toMatchObject({
		id: order.orderId,
		displayFinancialStatus: 'PARTIALLY_REFUNDED',
		lineItems: { nodes: [{ sku: 'COAT-M', nonFulfillableQuantity: 0 }], pageInfo: { hasNextPage: false } },
		refunds: [{ totalRefundedSet: { presentmentMoney: { currencyCode: 'EUR' } } }],
		returns: { nodes: [{ id: made.id, returnLineItems: { nodes: [UNITS] }, reverseFulfillmentOrders: { nodes: [REVERSE] } }] },
	});
	expect(raw).not.toHaveProperty('financialStatus');
});

it('asks Shopify the same either way', async () => {
	const requests = async (simplify: boolean) => {
		await stage.shop.shopify.clearRequests();
		await stage.run('getReturnContext', { resource: 'order', order: byId(order.orderId), simplify });
		return (await stage.shop.shopifyRequests()).length;
	};
	expect(await requests(false)).toBe(await requests(true));
});

it('is there where the raw answer holds more', () => {
	const having = Object.entries(RESOURCES).flatMap(([resource, { description }]) => description.filter(({ name }) => name === 'simplify').map(({ displayOptions, default: usual }) => [`${resource}.${String(displayOptions?.show?.operation?.[0])}`, usual]));
	expect(having).toEqual([
		['order.getReturnContext', true],
		['return.get', true],
		// It leaves out the newest transactions of an account.
		['storeCredit.getBalance', true],
	]);
});
