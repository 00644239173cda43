/** Orders that were not paid in full: whatever is asked for, no more goes back than came in, and whoever asks is told by name. */
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND, type Placed } from '../../support/shop';
import { Stage, type Answer } from './stage';

jest.setTimeout(120_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

/** The order is worth 122.57. */
const PAID = {
	'only authorized': [{ kind: 'AUTHORIZATION', gateway: 'shopify_payments', amount: '122.57' }],
	'captured in part': [
		{ kind: 'AUTHORIZATION', gateway: 'shopify_payments', amount: '122.57' },
		{ kind: 'CAPTURE', gateway: 'shopify_payments', amount: '50.00' },
	],
	'paid by a deposit': [{ gateway: 'manual', manual: true, amount: '50.00' }],
	'still pending': [{ gateway: 'shopify_payments', amount: '122.57', status: 'PENDING' }],
};

const ROUTES = [
	['in its Shopify return', async (placed: Placed) => void placed],
	['on the order, which has no return', async ({ orderId }: Placed) => void (await stage.shopify.post('/__sim/admin/move-return', { orderId, latestReturn: true, act: 'cancel' }))],
] as const;

async function comeBack(payments: object[], quantity: number): Promise<Placed & { rmaId: string }> {
	const placed = await stage.placeOrder({ ...FLAGSHIP, customer: { email: 'ada@customer.example' }, payments });
	const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity }]);
	await stage.validate(rmaId);
	return { ...placed, rmaId };
}

async function moneyOut(orderId: string): Promise<string[]> {
	const { order, giftCards } = await stage.ask<{ order: { customer: { storeCreditAccounts: { nodes: Array<{ balance: { amount: string } }> } } }; giftCards: { nodes: Array<{ initialValue: { amount: string } }> } }>(
		'query ($id: ID!) { order(id: $id) { customer { storeCreditAccounts(first: 3) { nodes { balance { amount } } } } } giftCards(first: 5) { nodes { initialValue { amount } } } }',
		{ id: orderId },
	);
	return [...(await stage.outcome(orderId)).refunds, ...order.customer.storeCreditAccounts.nodes.map(({ balance }) => balance.amount), ...giftCards.nodes.map(({ initialValue }) => initialValue.amount)];
}

function expectStopped({ settled, attention }: Answer): void {
	expect(settled).toEqual([]);
	expect(attention).toMatchObject([{ outcome: 'blocked' }]);
	expect(attention[0]?.reasons).toMatchObject([{ code: 'valueMismatch', owner: expect.any(String) as string, nextStep: expect.any(String) as string }]);
}

describe.each(ROUTES)('a refund %s', (_route, prepare) => {
	it.each(Object.entries(PAID))('of an order that is %s: two pieces for 81.72 are more than came in, so nothing is paid', async (_how, payments) => {
		const order = await comeBack(payments, 2);
		await prepare(order);
		const rma = await stage.readRma(order.rmaId);
		const first = await stage.refund(rma);
		expectStopped(first);
		expect(codesOf((await stage.refund(rma)).attention[0])).toEqual(codesOf(first.attention[0]));
		expect(await moneyOut(order.orderId)).toEqual([]);
		expect((await stage.outcome(order.orderId)).ledger?.entries ?? []).toEqual([]);
	});

	it('of a deposit: the piece that it covers is paid, the next one is stopped, and paid once the customer has paid the rest', async () => {
		const placed = await stage.placeOrder({ ...FLAGSHIP, customer: { email: 'ada@customer.example' }, payments: PAID['paid by a deposit'] });
		const rmaIds: string[] = [];
		for (let piece = 0; piece < 2; piece += 1) {
			const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }]);
			await prepare(placed);
			await stage.validate(rmaId);
			rmaIds.push(rmaId);
		}
		const [first = '', second = ''] = rmaIds;
		expect((await stage.refund(first)).settled).toMatchObject([{ outcome: 'done', refund: { amount: '40.85' } }]);
		expectStopped(await stage.refund(second));
		expect(await moneyOut(placed.orderId)).toEqual(['SUCCESS 40.85']);
		await stage.shopify.post('/__sim/admin/pay', { orderId: placed.orderId });
		expect((await stage.refund(second)).settled).toMatchObject([{ outcome: 'done', refund: { amount: '40.87' } }]);
		expect((await stage.outcome(placed.orderId)).refunds.map((text) => text.split(' + ').reduce((sum, leg) => sum + Number(leg.replace('SUCCESS ', '')), 0).toFixed(2))).toEqual(['40.85', '40.87']);
	});
});

describe('credit instead of money', () => {
	it.each(['refund', 'creditAccount', 'createGiftCard'])('by %s is bounded by what came in, too', async (operation) => {
		for (const payments of [PAID['only authorized'], PAID['captured in part']]) {
			const order = await comeBack(payments, 2);
			expectStopped(await stage.run('storeCredit', operation, order.rmaId, { refundResolutions: 'RefundToPaymentMethod' }));
			expect(await moneyOut(order.orderId)).toEqual([]);
			await stage.clear();
		}
	});
});

it('stock waits for nobody’s money: the pieces are put back, and a refund that was stopped stays stopped', async () => {
	const order = await comeBack(PAID['captured in part'], 2);
	const { settled, attention } = await stage.process(order.rmaId);
	expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [] });
	expect(attention.flatMap((item) => codesOf(item)).length).toBeGreaterThan(0);
	expect(settled.every((item) => item.refund === null)).toBe(true);
	expect((await stage.restock(order.rmaId)).settled.length).toBe(1);
	expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
});

it('an order paid in full is paid back in full', async () => {
	const order = await comeBack([{ kind: 'AUTHORIZATION', gateway: 'shopify_payments', amount: '122.57' }, { kind: 'CAPTURE', gateway: 'shopify_payments', amount: '50.00' }, { kind: 'CAPTURE', gateway: 'shopify_payments', amount: '72.57' }], 2);
	const { settled } = await stage.refund(order.rmaId);
	expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
});
