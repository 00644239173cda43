/** Refunds that name no return, made by somebody else after an RMA was opened: whose pieces they were, for money and for stock. */
import fc from 'fast-check';
import type { OrderRefund, OrderSnapshot } from '../../../returns/order';
import type { Rma } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { planSettlement, type SettlementPlan } from '../../../returns/settlement';
import { line, lineId, pair, refund } from './orders';
import { LOCATION, orderWithReturn, RETURN_ID, rma, settings, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-10T09:01:00.000Z');
const OTHER_RETURN = 'gid://shopify/Return/502';

function plan(order: OrderSnapshot, request: Rma, choice: Partial<SettlementSettings> = {}): SettlementPlan {
	return planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: request, settings: settings({ actions: ['refund'], ...choice }), now: NOW, claimant: null });
}

const codes = (reasons: SettlementPlan['blocked']): string[] => reasons.map((known) => known.code).sort();

/** `pieces` of line 1, refunded outside any return by a person. */
const loose = (number: number, pieces: number, restockType = 'NO_RESTOCK', createdAt = '2026-11-09T09:00:00Z'): OrderRefund =>
	refund(number, { createdAt, lines: [{ lineItemId: lineId(1), quantity: pieces, restockType, subtotal: pair(`${20 * pieces}.00`), tax: pair('0') }] });

function sold(quantity: number, refunds: OrderRefund[], facts: Partial<OrderSnapshot> = {}): OrderSnapshot {
	const gone = refunds.flatMap((made) => made.lines).reduce((sum, { quantity: pieces }) => sum + pieces, 0);
	return orderWithReturn({ lines: [line(1, { quantity, refundableQuantity: quantity - gone, originalUnitPrice: pair('20.00') })], netPayment: pair(`${20 * (quantity - gone)}.00`), returns: [], refunds, ...facts });
}

const requestA = rma([unit('a1', 'sellable')], { id: '1000001' });
const requestB = rma([unit('b1', 'sellable')], { id: '1000002', shopifyReturnName: '#1001-R2' });
const returnsOfBoth = [shopifyReturn(1), shopifyReturn(1, { id: OTHER_RETURN, name: '#1001-R2', reverseLines: [] })];

describe('one piece of two refunded outside any return, and two RMAs that claim one each', () => {
	it.each([
		['without Shopify returns', []],
		['each with a Shopify return of its own', returnsOfBoth],
	])('is settled for neither, %s: a person has to say whose it was', (_case, returns) => {
		const order = sold(2, [loose(1, 1)], { returns });
		for (const request of [requestA, requestB]) {
			const result = plan(order, request);
			expect(result.refund).toBeNull();
			expect(result.alreadyDone).toEqual([]);
			expect(codes(result.blocked)).toEqual(['refundUnclear']);
			expect(result.blocked[0]?.message).toContain('1 other pieces of the line are open');
		}
	});

	it('is paid for the one that a person acknowledges, and the other is settled then', () => {
		const order = sold(2, [loose(1, 1)]);
		expect(plan(order, requestB, { acknowledgedRefundIds: ['gid://shopify/Refund/1'] }).refund?.unitIds).toEqual(['b1']);
		const ours = { ...loose(2, 1), note: null, returnId: OTHER_RETURN };
		expect(codes(plan(sold(2, [loose(1, 1), ours]), requestA).alreadyDone)).toEqual(['refundedInShopify']);
	});

	it('is settled for both when both pieces were refunded', () => {
		for (const refunds of [[loose(1, 1), loose(2, 1)], [loose(1, 2)]]) {
			for (const request of [requestA, requestB]) expect(codes(plan(sold(2, refunds), request).alreadyDone)).toEqual(['refundedInShopify']);
		}
	});
});

it('a refund that the line’s other pieces cannot hold is for the RMA that claims as many', () => {
	const request = rma([unit('1', 'sellable'), unit('2', 'sellable')]);
	expect(codes(plan(sold(3, [loose(1, 2)]), request).alreadyDone)).toEqual(['refundedInShopify']);
	expect(codes(plan(sold(4, [loose(1, 2)]), request).blocked)).toEqual(['refundUnclear']);
	expect(codes(plan(sold(4, [loose(1, 3)]), request).blocked)).toEqual(['refundUnclear']);
});

it('units cancelled by somebody else are told apart by the same rule', () => {
	const cancelled = { ...loose(1, 1, 'CANCEL'), lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'CANCEL', subtotal: pair('20.00'), tax: pair('0') }] };
	const order = (unfulfilledQuantity: number) => sold(2, [cancelled], { lines: [line(1, { quantity: 2, refundableQuantity: 1, unfulfilledQuantity, originalUnitPrice: pair('20.00') })] });
	const request = rma([unit('a1', 'none')], { status: 'Approved', shipments: [] });
	expect(codes(plan(order(1), request, { unshippedUnits: 'cancel' }).blocked)).toEqual(['refundUnclear']);
	const both = sold(2, [{ ...cancelled, lines: cancelled.lines.map((each) => ({ ...each, quantity: 2 })) }], { lines: [line(1, { quantity: 2, refundableQuantity: 0, unfulfilledQuantity: 0, originalUnitPrice: pair('20.00') })] });
	expect(codes(plan(both, request, { unshippedUnits: 'cancel' }).alreadyDone)).toEqual(['refundedInShopify']);
});

test('two RMAs are never settled by the same piece, however a line was refunded', () => {
	const facts = fc.record({ quantity: fc.integer({ min: 1, max: 8 }), ofA: fc.integer({ min: 1, max: 4 }), ofB: fc.integer({ min: 1, max: 4 }), refunds: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }) });
	fc.assert(
		fc.property(facts, ({ quantity, ofA, ofB, refunds }) => {
			const refunded = refunds.reduce((sum, pieces) => sum + pieces, 0);
			fc.pre(ofA + ofB <= quantity && refunded <= quantity);
			const order = sold(quantity, refunds.map((pieces, index) => loose(index + 1, pieces)));
			const settledFor = (name: string, count: number) => {
				const request = rma(Array.from({ length: count }, (_none, index) => unit(`${name}${index}`, 'sellable')), { id: name, shopifyReturnName: null });
				return plan(order, request).alreadyDone.flatMap(({ unitIds }) => unitIds).length;
			};
			expect(settledFor('1', ofA) + settledFor('2', ofB)).toBeLessThanOrEqual(refunded);
		}),
		{ numRuns: 2_000 },
	);
});

describe('stock that a refund outside any return put back', () => {
	const restock: Partial<SettlementSettings> = { actions: ['restock'] };

	it('is settled for neither of two RMAs that claim the line', () => {
		for (const request of [requestA, requestB]) {
			const result = plan(sold(2, [loose(1, 1, 'RETURN')], { returns: returnsOfBoth }), request, restock);
			expect(result.restock).toBeNull();
			expect(codes(result.blocked)).toEqual(['refundUnclear']);
		}
	});

	it('goes on once a person has said that it was for something else', () => {
		const result = plan(sold(2, [loose(1, 1, 'RETURN')], { returns: returnsOfBoth }), requestA, { ...restock, acknowledgedRefundIds: ['gid://shopify/Refund/1'] });
		expect(result.restock?.unitIds).toEqual(['a1']);
	});

	it('is another piece than the one that was disposed of by hand in the return', () => {
		const disposed = shopifyReturn(2, {}, {}, [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'RESTOCKED', quantity: 1, locationId: LOCATION, createdAt: '2026-11-09T09:00:00Z' }]);
		const result = plan(sold(2, [loose(1, 1, 'RETURN')], { returns: [disposed] }), rma([unit('1', 'sellable'), unit('2', 'sellable')]), restock);
		expect(result.restock).toBeNull();
		expect(result.alreadyDone.flatMap(({ unitIds }) => unitIds).sort()).toEqual(['1', '2']);
	});

	it('may be the same piece when the refund was made in the return', () => {
		const disposed = shopifyReturn(2, {}, {}, [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'RESTOCKED', quantity: 1, locationId: LOCATION, createdAt: '2026-11-09T09:00:00Z' }]);
		const within = { ...loose(1, 1, 'RETURN'), returnId: RETURN_ID };
		expect(plan(sold(2, [within], { returns: [disposed] }), rma([unit('1', 'sellable'), unit('2', 'sellable')]), restock).restock?.unitIds).toEqual(['2']);
	});

	it('before the RMA is not put back again by a change of figures', () => {
		const before = loose(1, 1, 'RETURN', '2026-11-03T09:00:00Z');
		const adjust: Partial<SettlementSettings> = { ...restock, stockWithoutReturn: 'adjust' };
		const again = plan(sold(1, [before]), requestA, adjust);
		expect(again.stock).toEqual([]);
		expect(codes(again.blocked)).toEqual(['nothingReturnable']);
		expect(plan(sold(2, [before]), requestA, adjust).stock).toHaveLength(1);
	});
});
