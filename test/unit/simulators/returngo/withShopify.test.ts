import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../../simulators/returngo';
import { Clock } from '../../../../simulators/shared/clock';
import { startShopifySimulator } from '../../../../simulators/shopify';
import { seedSmallShop } from '../../../../simulators/small-shop';
import { Client, type ControlRma } from './client';

type Shopify = Awaited<ReturnType<typeof startShopifySimulator>>;

interface OrderView {
	returnStatus: string;
	totalRefundedSet: { presentmentMoney: { amount: string } };
	refunds: Array<{ id: string; note: string | null; return: { name: string } | null; transactions: { nodes: Array<{ status: string }> } }>;
	returns: { nodes: Array<{ name: string; status: string; returnLineItems: { nodes: Array<{ quantity: number; processedQuantity: number; refundedQuantity: number }> } }> };
	lineItems: { nodes: Array<{ id: string; sku: string; refundableQuantity: number; variant: { inventoryItem: { inventoryLevels: { nodes: Array<{ quantities: Array<{ quantity: number }> }> } } } }> };
}

const MONDAY = '2026-11-16T10:00:00Z';

describe('both simulators together', () => {
	let shopify: Shopify;
	let returnGo: ReturnGoSimulator;
	let client: Client;
	let clock: Clock;

	beforeEach(async () => {
		clock = new Clock();
		clock.freeze();
		await clock.set(MONDAY);
		shopify = await startShopifySimulator({ port: 0, seed: 42, clock });
		returnGo = await startReturnGoSimulator({ port: 0, seed: 42, clock, shopifyUrl: shopify.url, options: { perSecondLimit: 0 } });
		client = new Client(returnGo);
	});
	afterEach(async () => {
		await returnGo.close();
		await shopify.close();
	});

	const placeOrder = async (wish: object = {}) => {
		const response = await fetch(`${shopify.url}/__sim/orders`, {
			method: 'POST',
			body: JSON.stringify({
				lines: [{ sku: 'SHIRT-M', title: 'Shirt', quantity: 3, unitPrice: '40.00', taxes: [{ title: 'Tax', rate: 0.1 }] }],
				discounts: [{ target: 'line', line: 0, kind: 'percentage', value: '10' }],
				payments: [{ gateway: 'shopify_payments' }],
				...wish,
			}),
		});
		const order = (await response.json()) as { id: string; lines: Array<{ id: string }> };
		expect([response.status, order]).toEqual([expect.any(Number), expect.objectContaining({ id: expect.anything() })]);
		return { orderId: order.id, lineItemId: order.lines[0]?.id ?? '', lines: order.lines };
	};
	const orderView = async (orderId: string): Promise<OrderView> => {
		const query = `query View($id: ID!) { order(id: $id) { returnStatus totalRefundedSet { presentmentMoney { amount } }
			refunds { id note return { name } transactions(first: 5) { nodes { status } } }
			returns(first: 5) { nodes { name status returnLineItems(first: 5) { nodes { quantity processedQuantity refundedQuantity } } } }
			lineItems(first: 5) { nodes { id sku refundableQuantity variant { inventoryItem { inventoryLevels(first: 2) { nodes { quantities(names: ["available"]) { quantity } } } } } } } } }`;
		const response = await fetch(`${shopify.url}/admin/api/2026-10/graphql.json`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_sim_full' },
			body: JSON.stringify({ query, variables: { id: orderId.startsWith('gid:') ? orderId : `gid://shopify/Order/${orderId}` } }),
		});
		const answer = (await response.json()) as { data?: { order: OrderView }; errors?: unknown };
		if (!answer.data) throw new Error(JSON.stringify(answer.errors));
		return answer.data.order;
	};
	const stock = (view: OrderView) => view.lineItems.nodes[0]?.variant.inventoryItem.inventoryLevels.nodes[0]?.quantities[0]?.quantity;
	const approved = async (orderId: string, lineItemId: string, quantity = 2): Promise<ControlRma> => await client.control('/rmas', { orderId, units: [{ lineItemId, quantity }], autoApprove: true });

	it('approval makes one open Shopify return, cancel cancels it, reopen makes the next', async () => {
		const { orderId, lineItemId } = await placeOrder();
		const rma = await approved(orderId, lineItemId);
		expect(rma.details.comments.filter(({ commentType }) => commentType === 'error')).toEqual([]);
		expect(await orderView(orderId)).toMatchObject({ returnStatus: 'IN_PROGRESS', returns: { nodes: [{ name: rma.shopifyReturn?.name, status: 'OPEN', returnLineItems: { nodes: [{ quantity: 2 }] } }] } });
		await client.control(`/rmas/${rma.rmaId}/cancel`);
		expect((await orderView(orderId)).returns.nodes.map(({ status }) => status)).toEqual(['CANCELED']);
		await client.control(`/rmas/${rma.rmaId}/reopen`);
		expect((await orderView(orderId)).returns.nodes.map(({ status }) => status).sort()).toEqual(['CANCELED', 'OPEN']);
	});

	it('an order is found by its name, with and without the sign', async () => {
		const { orderId, lineItemId } = await placeOrder({ name: '#2001' });
		await placeOrder({ name: '#20011' });
		for (const orderName of ['#2001', '2001']) {
			const rma = await client.control('/rmas', { orderName, units: [{ lineItemId }], evenIfTaken: true });
			expect(rma.details.orderDetails).toEqual({ orderId: orderId.split('/').pop(), order_name: '2001' });
		}
	});

	it('the last line of a long order can be returned like the first', async () => {
		const lines = Array.from({ length: 60 }, (_, index) => ({ sku: `SKU-${index}`, title: `Item ${index}`, quantity: 1, unitPrice: '5.00' }));
		const { orderId, lines: made } = await placeOrder({ lines, discounts: [] });
		const rma = await client.control('/rmas', { orderId, units: [{ lineItemId: made.at(-1)?.id }, { lineItemId: made[0]?.id }], autoApprove: true });
		expect(rma.details.items.map(({ sku }) => sku)).toEqual(['SKU-59', 'SKU-0']);
		expect(rma.shopifyReturn).not.toBeNull();
	});

	it('a throttled request of ReturnGO\'s app is sent again, a lost answer is not', async () => {
		const fault = (operation: string, action: object) => fetch(`${shopify.url}/__sim/faults`, { method: 'POST', body: JSON.stringify({ match: { operation }, action }) });
		await fault('returnCreate', { kind: 'throttled' });
		const { orderId, lineItemId } = await placeOrder();
		expect((await approved(orderId, lineItemId, 1)).shopifyReturn).not.toBeNull();
		await fault('returnCreate', { kind: 'dropAfter' });
		const second = await approved(orderId, lineItemId, 1);
		expect(second.shopifyReturn).toBeNull();
		expect(second.details.comments[0]?.commentType).toBe('error');
		expect((await orderView(orderId)).returns.nodes).toHaveLength(2);
	});

	it.each(['refundCreate', 'returnProcess'])('a refund from the dashboard by %s is one refund of exactly that worth', async (refundMutation) => {
		await client.options({ refundMutation });
		const { orderId, lineItemId } = await placeOrder();
		const rma = await approved(orderId, lineItemId);
		const { details } = await client.control(`/rmas/${rma.rmaId}/refund`);
		expect(details.transactions[0]?.amount.amount).toBe(79.2);
		const view = await orderView(orderId);
		expect(view.refunds).toHaveLength(1);
		expect(Number(view.totalRefundedSet.presentmentMoney.amount)).toBe(79.2);
		expect(view.refunds[0]?.return?.name).toBe(refundMutation === 'returnProcess' ? rma.shopifyReturn?.name : undefined);
		await clock.advance(3 * 3_600_000);
		expect((await client.rma(rma.rmaId)).transactions[0]).toMatchObject({ status: 'Success', externalReferenceId: view.refunds[0]?.id.split('/').pop() });
	});

	it('a refund that Shopify refuses fails three hours later and moves no money', async () => {
		const { orderId, lineItemId } = await placeOrder();
		const rma = await approved(orderId, lineItemId);
		await client.control(`/rmas/${rma.rmaId}/refund`, { amount: '500.00' });
		await clock.advance(3 * 3_600_000);
		expect((await client.rma(rma.rmaId)).transactions[0]?.status).toBe('Failed');
		expect((await orderView(orderId)).refunds).toEqual([]);
	});

	it('the automatic refund does not come after one that Shopify already shows, and comes once without', async () => {
		await client.options({ autoRefund: { trigger: 'received', delayMs: 3_600_000 } });
		const one = await placeOrder();
		const two = await placeOrder();
		const first = await approved(one.orderId, one.lineItemId);
		const second = await approved(two.orderId, two.lineItemId);
		for (const { rmaId } of [first, second]) await client.control(`/rmas/${rmaId}/receive`);
		await client.control(`/rmas/${first.rmaId}/refund`, { amount: '1.00', units: [first.details.items[0]?.returnedItemId] });
		await clock.advance(3_600_000);
		expect((await orderView(one.orderId)).refunds).toHaveLength(1);
		expect((await orderView(two.orderId)).refunds).toHaveLength(1);
	});

	it.each(['reverseFulfillmentOrderDispose', 'inventoryAdjustQuantities'])('a restock from the dashboard by %s raises the stock by the pieces, once', async (restockMutation) => {
		await client.options({ restockMutation });
		const { orderId, lineItemId } = await placeOrder();
		const rma = await approved(orderId, lineItemId);
		const before = stock(await orderView(orderId)) ?? Number.NaN;
		const [first] = rma.details.items;
		await client.control(`/rmas/${rma.rmaId}/restock`, { units: [first?.returnedItemId] });
		expect(stock(await orderView(orderId))).toBe(before + 1);
		expect(await client.refused(`/rmas/${rma.rmaId}/restock`, { units: [first?.returnedItemId] })).toBe(409);
		expect(stock(await orderView(orderId))).toBe(before + 1);
	});

	describe('the small shop', () => {
		it('has every state there is, and a flagship ready to be received and inspected', async () => {
			const shop = await seedSmallShop({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, seed: 42 });
			expect(clock.failures).toEqual([]);
			expect(clock.now().toISOString()).toBe('2026-11-16T10:00:00.000Z');
			expect(shop.orders.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, index) => `#${1001 + index}`));
			expect(shop.rmas).toEqual([
				{ rmaId: 1000001, orderName: '1001', status: 'Approved' },
				{ rmaId: 1000002, orderName: '1002', status: 'Pending' },
				{ rmaId: 1000003, orderName: '1003', status: 'Received' },
				{ rmaId: 1000004, orderName: '1004', status: 'Validated' },
				{ rmaId: 1000005, orderName: '1005', status: 'Done' },
				{ rmaId: 1000006, orderName: '1006', status: 'Received' },
				{ rmaId: 1000007, orderName: '1007', status: 'Validated' },
				{ rmaId: 1000008, orderName: '1008', status: 'Canceled' },
			]);
			const { flagship } = shop;
			const rma = await client.rma(flagship.rmaId);
			expect(rma.shipments[0]?.status).toBe('Shipped');
			expect(rma.items.map(({ returnedItemId }) => returnedItemId)).toEqual(flagship.returnedItemIds);
			expect(flagship.returnedItemIds).toHaveLength(2);
			expect(await orderView(flagship.orderId)).toMatchObject({ returnStatus: 'IN_PROGRESS', refunds: [], returns: { nodes: [{ name: flagship.shopifyReturn, status: 'OPEN' }] } });
			for (const { rmaId } of shop.rmas) expect((await client.rma(rmaId)).comments.filter(({ commentType }) => commentType === 'error')).toEqual([]);
			expect((await client.rma(1000005)).transactions[0]?.status).toBe('Success');
			expect((await client.rma(1000007)).items[0]?.paidPrice).toEqual({ amount: 18.5, currency: 'EUR', shopAmount: 20.35, shopCurrency: 'USD' });
			const unasked = shop.orders[8];
			expect(await orderView(unasked?.id ?? '')).toMatchObject({ returnStatus: 'NO_RETURN', refunds: [{ note: 'Goodwill, agreed on the phone' }] });
			await client.control(`/rmas/${flagship.rmaId}/receive`);
			expect((await client.control(`/rmas/${flagship.rmaId}/validate`, { all: true })).status).toBe('Validated');
		});

		it('is the same every time', async () => {
			const first = await seedSmallShop({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, seed: 42 });
			const before = await client.rma(first.flagship.rmaId);
			await client.control('/reset', { seed: 42 });
			await fetch(`${shopify.url}/__sim/reset`, { method: 'POST', body: JSON.stringify({ seed: 42 }) });
			expect(await seedSmallShop({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, seed: 42 })).toEqual(first);
			expect(await client.rma(first.flagship.rmaId)).toEqual(before);
		});
	});
});
