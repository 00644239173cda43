/** Orders whose refunds, returns and lines do not fit into one page: read on and settled like any other, over real HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codesOf, type Placed } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage } from './stage';

jest.setTimeout(120_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
// Requests are counted, so none is to be refused for its cost.
beforeEach(async () => {
	await stage.shopify.post('/__sim/settings', { bucketSize: 1_000_000, restoreRate: 1_000_000 });
});
afterEach(async () => {
	jest.useRealTimers();
	await stage.clear();
});

/** So many lines of two pieces each, 10.00 a piece and untaxed. */
function linesOf(count: number, more: object = {}): object[] {
	return Array.from({ length: count }, (_, index) => ({ sku: `SKU-${index + 1}`, title: `Item ${index + 1}`, quantity: 2, unitPrice: '10.00', ...more }));
}

function orderOf(count: number, more: object = {}): object {
	return { currency: 'EUR', lines: linesOf(count), payments: [{ gateway: 'shopify_payments' }], ...more };
}

/** One piece of each of these lines comes back and is sellable. */
async function cameBack(placed: Placed, lineItemIds: readonly string[] = placed.lineItemIds): Promise<string> {
	const rmaId = await stage.receiveReturn(placed, lineItemIds.map((lineItemId) => ({ lineItemId, quantity: 1 })));
	await stage.validate(rmaId);
	return rmaId;
}

async function requestsOf<TAnswer>(work: () => Promise<TAnswer>): Promise<{ answer: TAnswer; requests: number }> {
	await stage.shopify.clearRequests();
	const answer = await work();
	return { answer, requests: (await stage.shopifyRequests()).length };
}

/** What every refund of the order came to, whatever their number. */
async function refundsOf({ orderId }: Placed): Promise<string[]> {
	const { order } = await stage.ask<{ order: { refunds: Array<{ totalRefundedSet: { presentmentMoney: { amount: string } } }> } }>('query ($id: ID!) { order(id: $id) { refunds(first: 60) { totalRefundedSet { presentmentMoney { amount } } } } }', { id: orderId });
	return order.refunds.map(({ totalRefundedSet }) => Number(totalRefundedSet.presentmentMoney.amount).toFixed(2));
}

async function available(...skus: string[]): Promise<number[]> {
	return await Promise.all(
		skus.map(async (sku) => {
			const levels = await stage.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`);
			return levels.find((level) => level.locationId === stage.locationId)?.quantities.available ?? 0;
		}),
	);
}

/** A person does something in Shopify right before the next request of this kind is carried out. */
async function meanwhile(operation: string, deed: () => Promise<unknown>, work: () => Promise<void>, times = 1): Promise<void> {
	const person = createServer((_request, response) => {
		void deed().finally(() => response.end());
	});
	await new Promise<void>((resolve) => person.listen(0, '127.0.0.1', resolve));
	try {
		const { port } = person.address() as AddressInfo;
		await stage.shopify.addFaults({ match: { operation }, action: { kind: 'hook', url: `http://127.0.0.1:${port}/` }, times });
		await work();
	} finally {
		await new Promise((resolve) => person.close(resolve));
	}
}

describe.each([
	['six lines, which fit beside the rest', 6, 5, 5],
	['twelve lines, which take one reading more every time', 12, 8, 7],
	['twenty-four lines in one parcel, more than are read with their return', 24, 11, 9],
])('a return of %s', (_name, count, refundRequests, restockRequests) => {
	it('is refunded, restocked, replayed and shown on the order', async () => {
		const placed = await stage.placeOrder(orderOf(count));
		const rmaId = await cameBack(placed);
		const before = await available('SKU-1', `SKU-${count}`);

		const refund = await requestsOf(async () => await stage.refund(rmaId));
		expect(refund.answer).toMatchObject({ attention: [], settled: [{ outcome: 'done', everyUnitSettled: true, refund: { amount: `${count * 10}.00`, moneyMoved: true } }] });
		expect(refund.requests).toBe(refundRequests);
		const restock = await requestsOf(async () => await stage.restock(rmaId));
		expect(restock.answer).toMatchObject({ attention: [], settled: [{ outcome: 'done', everyUnitSettled: true }] });
		expect(restock.requests).toBe(restockRequests);

		for (const again of [await stage.refund(rmaId), await stage.restock(rmaId), await stage.process(rmaId)]) expect(again).toMatchObject({ attention: [], settled: [{ outcome: 'alreadyDone' }] });
		expect((await stage.run('order', 'setReturnStatus', rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone', status: { state: 'refunded' } }]);
		expect(await refundsOf(placed)).toEqual([`${count * 10}.00`]);
		expect(await available('SKU-1', `SKU-${count}`)).toEqual(before.map((figure) => figure + 1));
	});
});

it('a long return is settled in one step, and found again when the answer was lost', async () => {
	const placed = await stage.placeOrder(orderOf(9));
	const rmaId = await cameBack(placed);
	await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'dropAfter' } });
	const { settled, attention } = await stage.process(rmaId);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '90.00', moneyMoved: true } }]);
	expect(await refundsOf(placed)).toEqual(['90.00']);
	expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
});

it('a long refund is never called refused because the order could not be read on after it: the claim stays, and the next run finds it', async () => {
	const placed = await stage.placeOrder(orderOf(9));
	const rmaId = await cameBack(placed);
	// Before the claim and under it the return is read on; after the act everything fails that would.
	await stage.shopify.addFaults({ match: { operation: 'refund', afterMatches: 2 }, action: { kind: 'status', status: 503 }, times: -1 });
	const first = await stage.refund(rmaId);
	expect(first.settled).toEqual([]);
	expect(first.attention).toMatchObject([{ outcome: 'waiting', reasons: [{ code: 'answerUnknown', message: expect.stringContaining('Shopify accepted it') as string }] }]);
	await stage.shopify.clearFaults();
	travel(180);
	expect(await stage.refund(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'done', refund: { amount: '90.00', moneyMoved: true } }] });
	expect(await refundsOf(placed)).toEqual(['90.00']);
	expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
});

it('units that were never shipped are cancelled in a second pass behind a long refund', async () => {
	const placed = await stage.placeOrder({ ...orderOf(0), lines: [...linesOf(9), { sku: 'LATE', title: 'Late', quantity: 1, unitPrice: '5.00', fulfilled: 0 }] });
	const rmaId = await stage.receiveReturn(placed, placed.lineItemIds.map((lineItemId) => ({ lineItemId, quantity: 1 })));
	const { details } = await stage.returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`);
	await stage.validate(rmaId, { units: details.items.slice(0, 9).map(({ returnedItemId }) => ({ id: returnedItemId, isReturned: true, isRestockable: true })) });
	const { settled, attention } = await stage.refund(rmaId, { options: { unshippedUnits: 'cancel', cancelLocationId: stage.locationId, otherReturnGoAmount: 'ignore' } });
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '90.00' }, cancellation: { amount: '5.00' } }]);
	expect(await refundsOf(placed)).toEqual(['90.00', '5.00']);
});

it('an order with seven earlier refunds is settled, with shipping asked for too, and they count as what they are', async () => {
	const placed = await stage.placeOrder(orderOf(10, { shipping: { price: '6.00' } }));
	for (const lineItemId of placed.lineItemIds.slice(0, 7)) await stage.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, lines: [{ lineItemId, quantity: 2 }] });
	const rmaId = await cameBack(placed, placed.lineItemIds.slice(7));
	const { settled, attention } = await stage.refund(rmaId, { options: { refundShipping: 'full', otherReturnGoAmount: 'ignore' } });
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '36.00', moneyMoved: true } }]);
	expect(await stage.refund(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'alreadyDone' }] });
	expect(await refundsOf(placed)).toEqual([...Array.from({ length: 7 }, () => '20.00'), '36.00']);
});

it('a refund of the same return that stands beyond the first five is evidence', async () => {
	const placed = await stage.placeOrder(orderOf(10));
	const rmaId = await cameBack(placed, placed.lineItemIds.slice(9));
	const { order } = await stage.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: placed.orderId });
	for (const lineItemId of placed.lineItemIds.slice(0, 6)) await stage.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, lines: [{ lineItemId, quantity: 2 }] });
	await stage.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, returnId: order.returns.nodes[0]?.id, lines: [{ lineItemId: placed.lineItemIds[9], quantity: 1 }] });
	const { settled, attention } = await stage.refund(rmaId);
	expect(attention).toEqual([]);
	expect(codesOf(settled[0])).toEqual(['refundedInShopify']);
	expect(await refundsOf(placed)).toHaveLength(7);
});

it('each of five returns of an order is settled', async () => {
	const placed = await stage.placeOrder(orderOf(5));
	const rmaIds = [];
	for (const lineItemId of placed.lineItemIds) rmaIds.push(await cameBack(placed, [lineItemId]));
	for (const rmaId of rmaIds) expect(await stage.process(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'done', everyUnitSettled: true, refund: { amount: '10.00' } }] });
	for (const rmaId of rmaIds) expect(await stage.process(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'alreadyDone' }] });
	expect(await refundsOf(placed)).toEqual(rmaIds.map(() => '10.00'));
});

it('an order with more refunds than the limit is a person’s', async () => {
	const placed = await stage.placeOrder({ ...orderOf(0), lines: [{ sku: 'PIN', title: 'Pin', quantity: 60, unitPrice: '1.00' }] });
	const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }]);
	await stage.validate(rmaId);
	for (let refund = 0; refund < 51; refund += 1) await stage.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, lines: [{ lineItemId: placed.lineItemIds[0], quantity: 1 }] });
	const { settled, attention } = await stage.refund(rmaId);
	expect(settled).toEqual([]);
	expect(codesOf(attention[0])).toEqual(['snapshotIncomplete']);
	expect(await refundsOf(placed)).toHaveLength(51);
});

describe('an order that changes while it is read on', () => {
	it('is read again, and what a person refunded in between is not paid twice', async () => {
		const placed = await stage.placeOrder(orderOf(9));
		const rmaId = await cameBack(placed);
		const { order } = await stage.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: placed.orderId });
		const lines = placed.lineItemIds.map((lineItemId) => ({ lineItemId, quantity: 1 }));
		await meanwhile('return', async () => await stage.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, returnId: order.returns.nodes[0]?.id, lines }), async () => {
			const { settled, attention } = await stage.refund(rmaId);
			expect(attention).toEqual([]);
			expect([...new Set(codesOf(settled[0]))]).toEqual(['refundedInShopify']);
		});
		expect(await refundsOf(placed)).toHaveLength(1);
	});
});

describe('an order that was paid in many ways', () => {
	/** 10.00 from each of these gift cards and the rest by card. */
	async function paidBy(cards: number, card: object = {}): Promise<Placed> {
		const payments = [];
		for (let index = 0; index < cards; index += 1) {
			const { giftCardCreate } = await stage.ask<{ giftCardCreate: { giftCard: { id: string } } }>('mutation ($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { giftCard { id } } }', { input: { initialAmount: { amount: '10.00', currencyCode: 'EUR' } } });
			payments.push({ giftCardId: giftCardCreate.giftCard.id, amount: '10.00' });
		}
		return await stage.placeOrder(orderOf(0, { lines: [{ sku: 'COAT', title: 'Coat', quantity: 1, unitPrice: '100.00' }], payments: [...payments, { gateway: 'shopify_payments', ...card }] }));
	}

	it.each([3, 6])('%d gift cards and a card: the whole refund is reported with every leg', async (cards) => {
		const placed = await paidBy(cards);
		const rmaId = await cameBack(placed);
		const { settled, attention } = await stage.refund(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '100.00', moneyMoved: true } }]);
		expect((settled[0]?.refund as { transactions: unknown[] }).transactions).toHaveLength(cards + 1);
	});

	it.each([3, 6])('%d gift cards and a card whose refund is still pending: pending, in this run and in the next, and moved when it has settled', async (cards) => {
		const placed = await paidBy(cards, { refundsSettle: 'pending' });
		const rmaId = await cameBack(placed);
		const first = await stage.refund(rmaId);
		expect(first.settled).toEqual([]);
		expect(codesOf(first.attention[0])).toEqual(['refundPending']);
		expect(codesOf((await stage.refund(rmaId)).attention[0])).toEqual(['refundPending']);
		expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
		const { order } = await stage.ask<{ order: { refunds: Array<{ transactions: { nodes: Array<{ id: string; status: string }> } }> } }>('query ($id: ID!) { order(id: $id) { refunds(first: 1) { transactions(first: 10) { nodes { id status } } } } }', { id: placed.orderId });
		const pending = order.refunds.flatMap((refund) => refund.transactions.nodes).filter(({ status }) => status === 'PENDING');
		expect(pending).toHaveLength(1);
		await stage.shopify.post(`/__sim/transactions/${pending[0]?.id.split('/').pop() ?? ''}`, { status: 'SUCCESS' });
		expect((await stage.refund(rmaId)).settled).toMatchObject([{ outcome: 'done', refund: { amount: '100.00', moneyMoved: true } }]);
	});
});
