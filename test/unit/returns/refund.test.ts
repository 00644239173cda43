import type { Money } from '../../../returns/money';
import { formatMoney, sumPairs, zeroPair } from '../../../returns/money';
import type { OrderSnapshot, SuggestedOutcome } from '../../../returns/order';
import type { RefundOptions, RefundSelection, RefundValue } from '../../../returns/refund';
import { allocateToTenders, ceilingBreaches, compareWithExpected, compareWithSuggested, legsFromSuggested, refundValue, tenderCeilings } from '../../../returns/refund';
import { afterRefund, line, lineId, money, order, pair, refund, transaction, transactionId } from './orders';

const some = (quantity: number, number = 1): RefundSelection => ({ lineItemId: lineId(number), quantity });

/** Total in the presentment currency. */
const total = (value: RefundValue): string => formatMoney(value.total.presentment);

/** Refunds one step after the other on the order as it then is, and gives their totals. */
function totalsOf(start: OrderSnapshot, steps: RefundSelection[][], options: RefundOptions = {}): string[] {
	let current = start;
	return steps.map((step) => {
		const value = refundValue(current, step, options);
		current = afterRefund(current, value);
		return total(value);
	});
}

function suggestion(kind: SuggestedOutcome['kind'], amount: Money, legs: Array<[number, string, string | null]> = []): SuggestedOutcome {
	return {
		kind,
		amount,
		legs: legs.map(([number, share, maximum]) => ({
			parentId: transactionId(number),
			gateway: 'shopify_payments',
			amount: money(share, amount.currency),
			maximum: maximum === null ? null : money(maximum, amount.currency),
		})),
	};
}

describe('The value of a line', () => {
	test('is its unit price times the pieces, with the tax on top when prices are before tax', () => {
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('20.00'), taxes: [{ title: 'State', amount: pair('3.50') }] })] });
		const value = refundValue(sold, [some(2)]);
		expect(value.lines).toStrictEqual([{ lineItemId: lineId(1), quantity: 2, restockType: 'NO_RESTOCK', subtotal: pair('40.00'), tax: pair('3.50'), restockingFee: pair('0') }]);
		expect(value).toMatchObject({ total: pair('43.50'), subtotal: pair('40.00'), tax: pair('3.50'), outcome: 'REFUND' });
	});

	test('contains its tax when prices contain tax, and the tax is not paid twice', () => {
		const sold = order({ taxesIncluded: true, lines: [line(1, { quantity: 1, originalUnitPrice: pair('119.00', 'EUR'), taxes: [{ title: 'VAT', amount: pair('19.00', 'EUR') }] })] }, 'EUR');
		const value = refundValue(sold, [some(1)]);
		expect(value.tax).toStrictEqual(pair('19.00', 'EUR'));
		expect(total(value)).toBe('119.00');
	});

	test('takes off every discount: percent, fixed, code and automatic together', () => {
		const discounts = [pair('6.00'), pair('2.50'), pair('1.00'), pair('0.55')];
		const sold = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), discountAllocations: discounts })] });
		expect(total(refundValue(sold, [some(3)]))).toBe('49.95');
	});

	test('adds up several taxes', () => {
		const taxes = [
			{ title: 'State', amount: pair('1.01') },
			{ title: 'County', amount: pair('0.34') },
			{ title: 'City', amount: pair('0.02') },
		];
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('10.00'), taxes })] });
		expect(refundValue(sold, [some(2)]).tax).toStrictEqual(pair('1.37'));
	});

	test('is split tax by tax, so that each tax adds up by itself', () => {
		const taxes = [
			{ title: 'State', amount: pair('0.05') },
			{ title: 'City', amount: pair('0.05') },
		];
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('10.00'), taxes })] });
		expect(totalsOf(sold, [[some(1)], [some(1)]])).toEqual(['10.06', '10.04']);
	});

	test('of a free line is nothing, and nothing is no negative amount', () => {
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('15.00'), discountAllocations: [pair('30.00')] })] });
		expect(refundValue(sold, [some(1)])).toMatchObject({ outcome: 'EVEN', total: pair('0'), owed: pair('0') });
	});

	test('of a free line is nothing beside a line that was paid', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('0.00') }), line(2, { quantity: 1, originalUnitPrice: pair('9.99') })] });
		const value = refundValue(sold, [some(1), some(1, 2)]);
		expect(value.lines.map((valued) => formatMoney(valued.subtotal.presentment))).toEqual(['0.00', '9.99']);
		expect(total(value)).toBe('9.99');
	});

	test('of several lines keeps the order in which they were asked for', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('1.00') }), line(2, { quantity: 1, originalUnitPrice: pair('2.00') })] });
		expect(refundValue(sold, [some(1, 2), some(1, 1)]).lines.map((valued) => valued.lineItemId)).toEqual([lineId(2), lineId(1)]);
	});

	test('of a gift card is refused unless it is asked for, since the card may be spent', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('50.00'), isGiftCard: true })] });
		expect(() => refundValue(sold, [some(1)])).toThrow(expect.objectContaining({ code: 'giftCardLine' }));
		expect(total(refundValue(sold, [some(1)], { giftCardLines: 'allow' }))).toBe('50.00');
	});

	test('of a line made free is nothing, although the shop’s side was converted to a cent below', () => {
		const free = order({ shopCurrency: 'USD', lines: [line(1, { quantity: 3, originalUnitPrice: pair('9.99', 'EUR', '10.83', 'USD'), discountAllocations: [pair('29.97', 'EUR', '32.50', 'USD')] })] }, 'EUR');
		expect(refundValue(free, [some(2)])).toMatchObject({ outcome: 'EVEN', subtotal: pair('0', 'EUR', '0', 'USD') });
		const absurd = order({ shopCurrency: 'USD', lines: [line(1, { quantity: 3, originalUnitPrice: pair('9.99', 'EUR', '10.83', 'USD'), discountAllocations: [pair('29.97', 'EUR', '32.54', 'USD')] })] }, 'EUR');
		expect(() => refundValue(absurd, [some(2)])).toThrow(expect.objectContaining({ code: 'inconsistentOrder' }));
	});

	test('is refused when its discounts are larger than its price', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('5.00'), discountAllocations: [pair('5.01')] })] });
		expect(() => refundValue(sold, [some(1)])).toThrow(expect.objectContaining({ code: 'inconsistentOrder' }));
	});
});

describe('Partial returns', () => {
	const three = order({
		lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00', 'EUR'), discountAllocations: [pair('1.00', 'EUR')], taxes: [{ title: 'VAT', amount: pair('5.51', 'EUR') }] })],
	}, 'EUR');

	test('add up to the whole line, however they are cut', () => {
		expect(totalsOf(three, [[some(3)]])).toEqual(['34.51']);
		expect(totalsOf(three, [[some(1)], [some(1)], [some(1)]])).toEqual(['11.51', '11.49', '11.51']);
		expect(totalsOf(three, [[some(1)], [some(2)]])).toEqual(['11.51', '23.00']);
		expect(totalsOf(three, [[some(2)], [some(1)]])).toEqual(['23.00', '11.51']);
	});

	test('make up for a cent that an earlier refund was rounded differently', () => {
		const earlier = refund(1, { lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN', subtotal: pair('9.66', 'EUR'), tax: pair('1.83', 'EUR') }] }, 'EUR');
		const [only] = three.lines;
		if (only === undefined) throw new Error('the order has a line');
		const current: OrderSnapshot = { ...three, refunds: [earlier], lines: [{ ...only, refundableQuantity: 2 }] };
		const value = refundValue(current, [some(2)]);
		expect(value.subtotal).toStrictEqual(pair('19.34', 'EUR'));
		expect(value.tax).toStrictEqual(pair('3.68', 'EUR'));
	});

	test('never pay for what an earlier refund left out of a unit', () => {
		const earlier = refund(1, { lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN', subtotal: pair('0.00', 'EUR'), tax: pair('0.00', 'EUR') }] }, 'EUR');
		const [only] = three.lines;
		if (only === undefined) throw new Error('the order has a line');
		const current: OrderSnapshot = { ...three, refunds: [earlier], lines: [{ ...only, refundableQuantity: 2 }] };
		expect(() => refundValue(current, [some(2)])).toThrow(expect.objectContaining({ code: 'inconsistentOrder' }));
	});

	test('pay no more than is left when an earlier refund paid too much', () => {
		const earlier = refund(1, { lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN', subtotal: pair('28.00', 'EUR'), tax: pair('5.51', 'EUR') }] }, 'EUR');
		const [only] = three.lines;
		if (only === undefined) throw new Error('the order has a line');
		const current: OrderSnapshot = { ...three, refunds: [earlier], lines: [{ ...only, refundableQuantity: 2 }] };
		expect(refundValue(current, [some(1)])).toMatchObject({ subtotal: pair('0', 'EUR'), tax: pair('0', 'EUR'), outcome: 'EVEN' });
		expect(refundValue(current, [some(2)])).toMatchObject({ subtotal: pair('1.00', 'EUR'), tax: pair('0', 'EUR'), total: pair('1.00', 'EUR') });
	});

	test('refunds of other lines do not touch the value of a line', () => {
		const two = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00'), discountAllocations: [pair('1.00')] }), line(2, { quantity: 7, originalUnitPrice: pair('0.99') })] });
		expect(totalsOf(two, [[some(7, 2)], [some(1)]])).toEqual(['6.93', '9.67']);
	});
});

describe('Edited orders', () => {
	test('units that an edit removed keep their part of price, discount and tax', () => {
		const taxes = [{ title: 'VAT', amount: pair('4.00') }];
		const edited = order({ lines: [line(1, { quantity: 4, refundableQuantity: 3, originalUnitPrice: pair('10.00'), discountAllocations: [pair('4.00')], taxes })] });
		expect(total(refundValue(edited, [some(3)]))).toBe('30.00');
		expect(() => refundValue(edited, [some(4)])).toThrow(expect.objectContaining({ code: 'aboveRefundable' }));
	});

	test('a removal between two partial returns leaves their sum at what stayed paid', () => {
		const before = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00'), discountAllocations: [pair('1.00')] })] });
		const first = refundValue(before, [some(1)]);
		const after = afterRefund(before, first);
		const edited: OrderSnapshot = { ...after, lines: after.lines.map((sold) => ({ ...sold, refundableQuantity: sold.refundableQuantity - 1 })) };
		const second = refundValue(edited, [some(1)]);
		expect([total(first), total(second)]).toEqual(['9.67', '9.66']);
		expect(() => refundValue(afterRefund(edited, second), [some(1)])).toThrow(expect.objectContaining({ code: 'aboveRefundable' }));
	});

	test('a line that was removed altogether is worth nothing and is refused', () => {
		const edited = order({ lines: [line(1, { quantity: 2, refundableQuantity: 0, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(edited, [some(1)])).toThrow(expect.objectContaining({ code: 'aboveRefundable', facts: { lineItemId: lineId(1), asked: 1, allowed: 0 } }));
	});

	test('an order that lost fewer units than it refunded is not computed with', () => {
		const refunds = [refund(1, { lines: [{ lineItemId: lineId(1), quantity: 2, restockType: 'RETURN', subtotal: pair('20.00'), tax: pair('0') }] })];
		const odd = order({ refunds, lines: [line(1, { quantity: 3, refundableQuantity: 2, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(odd, [some(1)])).toThrow(expect.objectContaining({ code: 'inconsistentOrder' }));
	});
});

describe('Shipped and unshipped units', () => {
	const mixed = order({ lines: [line(1, { quantity: 3, unfulfilledQuantity: 1, originalUnitPrice: pair('10.00'), discountAllocations: [pair('0.01')] })] });

	test('are cancelled and returned in one refund, and together worth the line', () => {
		const value = refundValue(mixed, [
			{ ...some(2), restockType: 'RETURN' },
			{ ...some(1), restockType: 'CANCEL' },
		]);
		expect(value.lines.map(({ restockType, quantity }) => [restockType, quantity])).toEqual([
			['RETURN', 2],
			['CANCEL', 1],
		]);
		expect(total(value)).toBe('29.99');
	});

	test('cannot be swapped: no return of what was never shipped, no cancellation of what was', () => {
		expect(() => refundValue(mixed, [{ ...some(3), restockType: 'RETURN' }])).toThrow(expect.objectContaining({ code: 'aboveFulfilled' }));
		expect(() => refundValue(mixed, [{ ...some(2), restockType: 'CANCEL' }])).toThrow(expect.objectContaining({ code: 'aboveUnfulfilled' }));
	});

	test('are not counted twice over the restock types', () => {
		const selection: RefundSelection[] = [
			{ ...some(2), restockType: 'RETURN' },
			{ ...some(1), restockType: 'CANCEL' },
			{ ...some(1), restockType: 'NO_RESTOCK' },
		];
		expect(() => refundValue(mixed, selection)).toThrow(expect.objectContaining({ code: 'aboveRefundable' }));
	});
});

describe('Shipping', () => {
	const nothing = pair('0');
	const shipped = order({
		lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00') }), line(2, { quantity: 1, originalUnitPrice: pair('70.00') })],
		merchandise: pair('100.00'),
		shipping: { price: pair('7.50'), tax: pair('0.60'), refundedPrice: nothing, refundedTax: nothing },
	});

	test('stays paid unless it is asked for', () => {
		expect(total(refundValue(shipped, [some(3)]))).toBe('30.00');
		expect(refundValue(shipped, [some(3)], { shipping: { mode: 'none' } }).shipping).toStrictEqual(nothing);
	});

	test('comes back whole with its tax, once', () => {
		expect(totalsOf(shipped, [[some(1)], [some(1)]], { shipping: { mode: 'full' } })).toEqual(['18.10', '10.00']);
	});

	test('comes back in proportion to the value of the units, and altogether once', () => {
		expect(totalsOf(shipped, [[some(1)], [some(2)], [some(1, 2)]], { shipping: { mode: 'proportional' } })).toEqual(['10.81', '21.62', '75.67']);
		expect(totalsOf(shipped, [[some(3), some(1, 2)]], { shipping: { mode: 'proportional' } })).toEqual(['108.10']);
	});

	test('in proportion is no more than what is left of it', () => {
		const after = afterRefund(shipped, refundValue(shipped, [some(1)], { shipping: { mode: 'exact', amount: money('7.00') } }));
		expect(refundValue(after, [some(1, 2)], { shipping: { mode: 'proportional' } })).toMatchObject({ shippingPrice: pair('0.50'), shippingTax: pair('0.04') });
	});

	test('comes back up to a cap', () => {
		expect(refundValue(shipped, [some(1)], { shipping: { mode: 'capped', amount: money('5.00') } })).toMatchObject({ shippingPrice: pair('5.00'), shippingTax: pair('0.40'), shipping: pair('5.40') });
		expect(refundValue(shipped, [some(1)], { shipping: { mode: 'capped', amount: money('99.00') } }).shipping).toStrictEqual(pair('8.10'));
	});

	test('comes back at an exact amount, or is refused when less is left', () => {
		expect(refundValue(shipped, [some(1)], { shipping: { mode: 'exact', amount: money('2.00') } }).shipping).toStrictEqual(pair('2.16'));
		expect(() => refundValue(shipped, [some(1)], { shipping: { mode: 'exact', amount: money('7.51') } })).toThrow(expect.objectContaining({ code: 'aboveShipping' }));
	});

	test('in parts adds up with its tax', () => {
		const part: RefundOptions = { shipping: { mode: 'exact', amount: money('2.50') } };
		expect(totalsOf(shipped, [[some(1)], [some(1)], [some(1)]], part)).toEqual(['12.70', '12.70', '12.70']);
	});

	test('is paid back by itself, without any unit', () => {
		expect(total(refundValue(shipped, [], { shipping: { mode: 'full' } }))).toBe('8.10');
	});

	test('contains its tax when prices contain tax', () => {
		const gross = order({ taxesIncluded: true, lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00') })], shipping: { price: pair('5.95'), tax: pair('0.95'), refundedPrice: nothing, refundedTax: nothing } });
		expect(refundValue(gross, [], { shipping: { mode: 'full' } })).toMatchObject({ shipping: pair('5.95'), shippingTax: pair('0.95'), total: pair('5.95') });
	});

	test('of nothing has no parts', () => {
		const free = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('0') })], merchandise: nothing, shipping: { price: nothing, tax: nothing, refundedPrice: nothing, refundedTax: nothing } });
		for (const shipping of [{ mode: 'full' }, { mode: 'proportional' }, { mode: 'capped', amount: money('5.00') }] as const) {
			expect(refundValue(free, [some(1)], { shipping }).shipping).toStrictEqual(nothing);
		}
	});

	test('that was not read is not guessed', () => {
		const unread = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(unread, [some(1)], { shipping: { mode: 'full' } })).toThrow(expect.objectContaining({ code: 'shippingUnknown' }));
		expect(() => refundValue({ ...shipped, merchandise: undefined }, [some(1)], { shipping: { mode: 'proportional' } })).toThrow(expect.objectContaining({ code: 'shippingUnknown' }));
	});
});

describe('Duties', () => {
	const imported = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00'), duties: [{ id: 'gid://shopify/Duty/1', amount: pair('1.00') }, { id: 'gid://shopify/Duty/2', amount: pair('0.05') }] })] });

	test('stay paid unless they are asked for', () => {
		expect(refundValue(imported, [some(3)]).duties).toStrictEqual(pair('0'));
	});

	test('come back in proportion to the pieces and add up', () => {
		expect(totalsOf(imported, [[some(1)], [some(1)], [some(1)]], { duties: 'proportional' })).toEqual(['10.35', '10.35', '10.35']);
	});

	test('come back in full with the first unit, and only then', () => {
		expect(totalsOf(imported, [[some(1)], [some(2)]], { duties: 'full' })).toEqual(['11.05', '20.00']);
	});

	test('in proportion are no more than what is left of them', () => {
		const after = afterRefund(imported, refundValue(imported, [some(1)], { duties: 'full' }));
		expect(refundValue(after, [some(2)], { duties: 'proportional' }).duties).toStrictEqual(pair('0'));
	});

	test('name each duty, for the refund that has to name them', () => {
		expect(refundValue(imported, [some(3)], { duties: 'proportional' }).dutyParts).toStrictEqual([
			{ dutyId: 'gid://shopify/Duty/1', amount: pair('1.00'), tax: pair('0') },
			{ dutyId: 'gid://shopify/Duty/2', amount: pair('0.05'), tax: pair('0') },
		]);
	});

	describe('with taxes of their own', () => {
		const taxed = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00'), duties: [{ id: 'gid://shopify/Duty/1', amount: pair('1.00'), taxes: [pair('0.07'), pair('0.02')] }] })] });

		test('bring them back in proportion, each by itself, and add up', () => {
			expect(totalsOf(taxed, [[some(1)], [some(1)], [some(1)]], { duties: 'proportional' })).toEqual(['10.36', '10.37', '10.36']);
		});

		test('bring all of them back with all of the duty, once', () => {
			expect(totalsOf(taxed, [[some(1)], [some(2)]], { duties: 'full' })).toEqual(['11.09', '20.00']);
			expect(totalsOf(taxed, [[some(1)], [some(2)]], { duties: 'proportional' }).map(Number).reduce((sum, amount) => sum + amount)).toBeCloseTo(31.09, 9);
		});

		test('have them on top also where prices contain tax, because duties are in no price', () => {
			expect(total(refundValue({ ...taxed, taxesIncluded: true }, [some(3)], { duties: 'full' }))).toBe('31.09');
			expect(total(refundValue({ ...taxed, dutiesIncluded: true }, [some(3)], { duties: 'full' }))).toBe('30.00');
		});
	});

	test('inside the prices are not added again', () => {
		expect(total(refundValue({ ...imported, dutiesIncluded: true }, [some(3)], { duties: 'full' }))).toBe('30.00');
	});

	test('of a line that is named for two restock types come back once', () => {
		const [sold] = imported.lines;
		if (sold === undefined) throw new Error('the order has a line');
		const partlyShipped = { ...imported, lines: [{ ...sold, unfulfilledQuantity: 1 }] };
		const both: RefundSelection[] = [
			{ ...some(2), restockType: 'RETURN' },
			{ ...some(1), restockType: 'CANCEL' },
		];
		expect(refundValue(partlyShipped, both, { duties: 'proportional' }).duties).toStrictEqual(pair('1.05'));
	});
});

describe('Tips', () => {
	const tipped = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00') })], tip: { lineItemId: lineId(9), amount: pair('3.00'), refunded: pair('0.50') } });

	test('stay paid unless they are asked for', () => {
		expect(total(refundValue(tipped, [some(1)]))).toBe('10.00');
	});

	test('come back as far as they have not yet', () => {
		expect(refundValue(tipped, [some(1)], { tip: 'full' })).toMatchObject({ tip: pair('2.50'), total: pair('12.50') });
	});

	test('that were not read are not guessed', () => {
		const unread = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(unread, [some(1)], { tip: 'full' })).toThrow(expect.objectContaining({ code: 'tipUnknown' }));
	});
});

describe('Fees', () => {
	const sold = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('9.99') }), line(2, { quantity: 1, originalUnitPrice: pair('50.00') })] });

	test('for restocking are a percentage of the price after discounts', () => {
		expect(refundValue(sold, [some(3)], { fees: { restockingPercent: '12.5' } })).toMatchObject({ fees: pair('3.75'), total: pair('26.22') });
	});

	test('for restocking over partial returns add up to the fee of the whole', () => {
		expect(totalsOf(sold, [[some(1)], [some(1)], [some(1)]], { fees: { restockingPercent: '12.5' } })).toEqual(['8.74', '8.74', '8.74']);
	});

	test('for restocking can differ line by line', () => {
		const selection: RefundSelection[] = [{ ...some(1), restockingFees: [] }, { ...some(1, 2), restockingFees: [{ percent: '20', quantity: 1, before: 0 }] }];
		const value = refundValue(sold, selection, { fees: { restockingPercent: '50' } });
		expect(value.lines.map((valued) => formatMoney(valued.restockingFee.presentment))).toEqual(['0.00', '10.00']);
		expect(total(value)).toBe('49.99');
	});

	test('known as amounts are taken as they are, and add up', () => {
		expect(refundValue(sold, [some(3)], { fees: { restocking: pair('2.00'), returnShipping: pair('4.95') } })).toMatchObject({ fees: pair('6.95'), total: pair('23.02') });
	});

	test('for restocking are not given as amount and percentage at once', () => {
		expect(() => refundValue(sold, [some(3)], { fees: { restocking: pair('2.00'), restockingPercent: '10' } })).toThrow(expect.objectContaining({ code: 'invalidOption' }));
		expect(() => refundValue(sold, [{ ...some(3), restockingFees: [{ percent: '10', quantity: 3, before: 0 }] }], { fees: { restocking: pair('2.00') } })).toThrow(expect.objectContaining({ code: 'invalidOption' }));
	});

	test('of a percentage as Shopify writes its floats are computed exactly', () => {
		expect(refundValue(sold, [some(3)], { fees: { restockingPercent: String(100 / 3) } }).fees).toStrictEqual(pair('9.99'));
	});

	test('as high as the value leave nothing to pay', () => {
		expect(refundValue(sold, [some(1)], { fees: { returnShipping: pair('9.99') } })).toMatchObject({ outcome: 'EVEN', total: pair('0'), owed: pair('0') });
	});

	test('above the value are owed by the customer, never a negative refund', () => {
		expect(refundValue(sold, [some(1)], { fees: { returnShipping: pair('12.00') } })).toMatchObject({ outcome: 'CUSTOMER_OWES', total: pair('0'), owed: pair('2.01') });
	});
});

describe('Tenders', () => {
	const paid = (facts: Partial<OrderSnapshot> = {}) =>
		order({
			lines: [line(1, { quantity: 1, originalUnitPrice: pair('100.00') })],
			transactions: [transaction(1, { gateway: 'gift_card', amount: pair('30.00') }), transaction(2, { amount: pair('70.00') })],
			netPayment: pair('100.00'),
			...facts,
		});
	const split = (asked: string, policy: 'suggested' | 'giftCardFirst' | 'largestFirst', suggested: SuggestedOutcome, sold = paid()) =>
		allocateToTenders(money(asked), legsFromSuggested(suggested, sold), policy).map((leg) => [leg.parentId, formatMoney(leg.amount)]);

	test('take what Shopify suggests for each', () => {
		expect(split('45.00', 'suggested', suggestion('refund', money('45.00'), [[1, '30.00', '30.00'], [2, '15.00', '70.00']]))).toEqual([
			[transactionId(1), '30.00'],
			[transactionId(2), '15.00'],
		]);
	});

	test('that get nothing are left out', () => {
		expect(split('20.00', 'suggested', suggestion('refund', money('20.00'), [[1, '20.00', '30.00'], [2, '0.00', '70.00']]))).toEqual([[transactionId(1), '20.00']]);
		expect(split('0.00', 'suggested', suggestion('none', money('0.00')))).toEqual([]);
	});

	test('are refused when the suggestion does not add up to the value', () => {
		expect(() => split('45.01', 'suggested', suggestion('refund', money('45.00'), [[1, '30.00', null], [2, '15.00', null]]))).toThrow(expect.objectContaining({ code: 'suggestionDiffers' }));
	});

	test('can be filled gift card first, also where Shopify suggested the card alone', () => {
		expect(split('45.00', 'giftCardFirst', suggestion('refund', money('45.00'), [[2, '45.00', '70.00']]))).toEqual([
			[transactionId(2), '15.00'],
			[transactionId(1), '30.00'],
		]);
	});

	test('can be filled largest first', () => {
		expect(split('75.00', 'largestFirst', suggestion('refund', money('75.00'), [[1, '30.00', null], [2, '45.00', null]]))).toEqual([
			[transactionId(1), '5.00'],
			[transactionId(2), '70.00'],
		]);
	});

	test('two cards each keep to their own ceiling', () => {
		const twoCards = paid({ transactions: [transaction(1, { amount: pair('60.00') }), transaction(2, { amount: pair('40.00') })] });
		expect(split('80.00', 'largestFirst', suggestion('refund', money('80.00')), twoCards)).toEqual([
			[transactionId(1), '60.00'],
			[transactionId(2), '20.00'],
		]);
	});

	test('never take more than they paid together', () => {
		expect(() => split('100.01', 'giftCardFirst', suggestion('refund', money('100.01')))).toThrow(expect.objectContaining({ code: 'aboveTenders' }));
	});

	test('never take more than Shopify says is left, nor more than the transactions say', () => {
		expect(() => split('50.00', 'suggested', suggestion('refund', money('50.00'), [[1, '0.00', null], [2, '50.00', '49.99']]))).toThrow(expect.objectContaining({ code: 'aboveTenders' }));
		expect(() => split('71.00', 'suggested', suggestion('refund', money('71.00'), [[1, '0.00', null], [2, '71.00', '99.00']]))).toThrow(expect.objectContaining({ code: 'aboveTenders' }));
	});

	test('that the order does not have are refused, and so is one that is named twice', () => {
		expect(() => legsFromSuggested(suggestion('refund', money('1.00'), [[7, '1.00', null]]), paid())).toThrow(expect.objectContaining({ code: 'unknownTender' }));
		expect(() => legsFromSuggested(suggestion('refund', money('2.00'), [[1, '1.00', null], [1, '1.00', null]]), paid())).toThrow(expect.objectContaining({ code: 'unknownTender' }));
	});

	test('that failed, were voided or are still pending brought nothing in', () => {
		const unpaid = paid({
			transactions: [
				transaction(1, { status: 'FAILURE', amount: pair('50.00') }),
				transaction(2, { status: 'PENDING', isManualGateway: true, gateway: 'Bank deposit', amount: pair('50.00') }),
				transaction(3, { kind: 'AUTHORIZATION', amount: pair('50.00') }),
				transaction(4, { kind: 'VOID', parentId: transactionId(3), amount: pair('50.00') }),
			],
		});
		expect([...tenderCeilings(unpaid)]).toEqual([]);
	});

	test('of an authorization reach as far as what was captured of it', () => {
		const captured = paid({
			transactions: [
				transaction(1, { kind: 'AUTHORIZATION', amount: pair('100.00') }),
				transaction(2, { kind: 'CAPTURE', parentId: transactionId(1), amount: pair('60.00') }),
				transaction(3, { kind: 'REFUND', parentId: transactionId(1), amount: pair('10.00') }),
			],
		});
		expect([...tenderCeilings(captured)].map(([id, ceiling]) => [id, formatMoney(ceiling.left)])).toEqual([
			[transactionId(1), '50.00'],
			[transactionId(2), '50.00'],
		]);
		// Named by its authorization, the capture is not there a second time.
		expect(() => split('50.01', 'largestFirst', suggestion('refund', money('50.00'), [[1, '50.00', null]]), captured)).toThrow(expect.objectContaining({ code: 'aboveTenders' }));
		expect(split('50.00', 'largestFirst', suggestion('refund', money('50.00'), [[1, '50.00', null]]), captured)).toEqual([[transactionId(1), '50.00']]);
	});

	test('are one tender when the order and its refund list the same transaction', () => {
		const back = transaction(3, { kind: 'REFUND', parentId: transactionId(2), amount: pair('20.00') });
		const listed = paid({ transactions: [transaction(2, { amount: pair('70.00') }), back], refunds: [refund(1, { transactions: [back] })] });
		expect(tenderCeilings(listed).get(transactionId(2))?.left).toStrictEqual(money('50.00'));
	});

	test('of a manual gateway are marked, because a person has to hand the money over', () => {
		const manual = paid({ transactions: [transaction(1, { gateway: 'Cash on Delivery', isManualGateway: true, amount: pair('100.00') })] });
		expect(allocateToTenders(money('10.00'), legsFromSuggested(suggestion('refund', money('10.00'), [[1, '10.00', null]]), manual), 'suggested')).toMatchObject([{ isManualGateway: true }]);
	});

	test('of cash give back no change, and the exact amount that coins were rounded to', () => {
		const cash = paid({
			transactions: [
				transaction(1, { gateway: 'cash', amount: pair('20.02') }),
				transaction(2, { gateway: 'cash', kind: 'CHANGE', parentId: transactionId(1), amount: pair('9.90') }),
			],
		});
		expect(tenderCeilings(cash).get(transactionId(1))?.left).toStrictEqual(money('10.12'));
	});

	test('in another currency are refused', () => {
		expect(() => legsFromSuggested(suggestion('refund', money('1.00', 'EUR'), [[1, '1.00', null]]), paid())).toThrow(expect.objectContaining({ code: 'wrongCurrency' }));
		expect(() => allocateToTenders(money('1.00', 'EUR'), legsFromSuggested(suggestion('refund', money('1.00')), paid()), 'largestFirst')).toThrow(expect.objectContaining({ name: 'CurrencyMismatch' }));
	});
});

describe('Our value against another', () => {
	const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00') })] });
	const value = refundValue(sold, [some(1)]);
	const owing = refundValue(sold, [some(1)], { exchange: pair('12.00') });
	const even = refundValue(sold, [some(1)], { exchange: pair('10.00') });

	test('is equal to the minor unit or not at all', () => {
		expect(compareWithSuggested(value, suggestion('refund', money('10.00'), [[1, '10.00', null]]))).toEqual({ equal: true });
		expect(compareWithSuggested(value, suggestion('refund', money('9.99')))).toEqual({
			equal: false,
			reason: 'amount',
			ours: { outcome: 'REFUND', amount: money('10.00') },
			theirs: { outcome: 'REFUND', amount: money('9.99') },
		});
	});

	test('is equal only to an outcome of the same kind', () => {
		expect(compareWithSuggested(owing, suggestion('invoice', money('2.00')))).toEqual({ equal: true });
		expect(compareWithSuggested(owing, suggestion('refund', money('2.00')))).toMatchObject({ equal: false, reason: 'outcome' });
		expect(compareWithSuggested(value, suggestion('invoice', money('10.00')))).toMatchObject({ equal: false, reason: 'outcome' });
		expect(compareWithSuggested(value, suggestion('none', money('0.00')))).toMatchObject({ equal: false, reason: 'outcome' });
	});

	test('of nothing is equal to no transfer and to a refund or invoice of nothing', () => {
		for (const kind of ['none', 'refund', 'invoice'] as const) expect(compareWithSuggested(even, suggestion(kind, money('0.00')))).toEqual({ equal: true });
	});

	test('is never equal to the same number in another currency', () => {
		expect(compareWithSuggested(value, suggestion('refund', money('10.00', 'EUR')))).toMatchObject({ equal: false, reason: 'currency' });
		expect(compareWithExpected(value, money('10.00', 'CAD'))).toMatchObject({ equal: false, reason: 'currency' });
	});

	test('is not equal to a suggestion whose tenders do not add up', () => {
		expect(compareWithSuggested(value, suggestion('refund', money('10.00'), [[1, '5.00', null], [2, '4.99', null]]))).toMatchObject({ equal: false, reason: 'tenders' });
	});

	test('is compared with the amount a caller or ReturnGO states, with both figures', () => {
		expect(compareWithExpected(value, money('10.00'))).toEqual({ equal: true });
		expect(compareWithExpected(value, money('10.01'))).toMatchObject({ equal: false, reason: 'amount', ours: { amount: money('10.00') }, theirs: { amount: money('10.01') } });
		expect(compareWithExpected(even, money('0.00'))).toEqual({ equal: true });
		expect(compareWithExpected(owing, money('2.00'))).toMatchObject({ equal: false });
	});
});

describe('Ceilings', () => {
	const sold = order({ lines: [line(1, { quantity: 3, unfulfilledQuantity: 1, originalUnitPrice: pair('10.00') })], transactions: [transaction(1, { amount: pair('25.00') })], netPayment: pair('25.00') });

	test('are silent when nothing goes through them', () => {
		const value = refundValue(sold, [some(2)]);
		expect(ceilingBreaches(sold, value, { received: new Map([[lineId(1), 2]]), legs: legsFromSuggested(suggestion('none', money('0')), sold), cap: money('20.00') })).toEqual([]);
	});

	test('name a refund above what the customer still has paid', () => {
		expect(ceilingBreaches(sold, refundValue(sold, [some(3)]), { legs: legsFromSuggested(suggestion('none', money('0')), sold) })).toEqual([
			{ ceiling: 'refundableMoney', lineItemId: null, asked: '30.00 USD', allowed: '25.00 USD' },
			{ ceiling: 'tenderMoney', lineItemId: null, asked: '30.00 USD', allowed: '25.00 USD' },
		]);
	});

	test('name a refund above the cap', () => {
		expect(ceilingBreaches(sold, refundValue(sold, [some(2)]), { cap: money('19.99') })).toEqual([{ ceiling: 'cap', lineItemId: null, asked: '20.00 USD', allowed: '19.99 USD' }]);
	});

	test('of received units do not hold back units that were never shipped', () => {
		const value = refundValue(sold, [{ ...some(1), restockType: 'CANCEL' }]);
		expect(ceilingBreaches(sold, value, { received: new Map() })).toEqual([]);
	});

	test('in another currency than the order are refused', () => {
		expect(() => ceilingBreaches(sold, refundValue(sold, [some(1)]), { cap: money('10.00', 'EUR') })).toThrow(expect.objectContaining({ name: 'CurrencyMismatch' }));
	});
});

describe('Bugs that others had', () => {
	test('a) an order discount on a price before tax is taken once when one unit of three returns (Medusa 15885)', () => {
		// 3 x 100.00, 30.00 off the order, 10 % tax on what remains: 270.00 + 27.00.
		const sold = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('100.00'), discountAllocations: [pair('30.00')], taxes: [{ title: 'Tax', amount: pair('27.00') }] })] });
		expect(refundValue(sold, [some(1)])).toMatchObject({ subtotal: pair('90.00'), tax: pair('9.00'), total: pair('99.00') });
	});

	test('b) with prices that contain tax the refund is never above the order total (Medusa 13883)', () => {
		const sold = order({
			taxesIncluded: true,
			lines: [line(1, { quantity: 2, originalUnitPrice: pair('59.50', 'EUR'), discountAllocations: [pair('19.00', 'EUR')], taxes: [{ title: 'VAT', amount: pair('15.97', 'EUR') }] })],
			netPayment: pair('100.00', 'EUR'),
		}, 'EUR');
		const value = refundValue(sold, [some(2)]);
		expect(total(value)).toBe('100.00');
		expect(ceilingBreaches(sold, value, {})).toEqual([]);
	});

	test('c) cents that do not divide evenly are neither lost nor invented over partial refunds (WooCommerce 64668, Solidus assembly 43)', () => {
		const sold = order({ lines: [line(1, { quantity: 7, originalUnitPrice: pair('1.43'), discountAllocations: [pair('0.05')], taxes: [{ title: 'Tax', amount: pair('0.83') }] })] });
		const steps = totalsOf(sold, Array.from({ length: 7 }, () => [some(1)])).map((step) => money(step).minor);
		expect(steps.reduce((cents, step) => cents + step, 0)).toBe(1079);
		// Price and tax are rounded each for itself, so equal units may differ by one cent for each of them.
		expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(2);
	});

	test('d) the discount is not spread again over the lines that stay (Vendure 4811)', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('80.00'), discountAllocations: [pair('8.00')] }), line(2, { quantity: 1, originalUnitPrice: pair('20.00'), discountAllocations: [pair('2.00')] })] });
		expect(totalsOf(sold, [[some(1, 2)], [some(1)]])).toEqual(['18.00', '72.00']);
	});

	test('e) the tax on shipping comes back with the shipping (Vendure 989)', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('50.00') })], shipping: { price: pair('10.00'), tax: pair('2.00'), refundedPrice: pair('0'), refundedTax: pair('0') } });
		expect(refundValue(sold, [some(1)], { shipping: { mode: 'full' } })).toMatchObject({ shipping: pair('12.00'), shippingTax: pair('2.00'), total: pair('62.00') });
	});

	test('f) an order paid in euro in a dollar shop is valued in both, and each adds up (BCApps 6138, 6139, 4829)', () => {
		const both = (euro: string, dollar: string) => pair(euro, 'EUR', dollar, 'USD');
		let sold = order({ shopCurrency: 'USD', lines: [line(1, { quantity: 3, originalUnitPrice: both('9.19', '10.00'), discountAllocations: [both('1.00', '1.09')], taxes: [{ title: 'VAT', amount: both('5.05', '5.50') }] })] }, 'EUR');
		const values = [1, 1, 1].map((quantity) => {
			const value = refundValue(sold, [some(quantity)]);
			sold = afterRefund(sold, value);
			return value.total;
		});
		expect(sumPairs(values, zeroPair('EUR', 'USD'))).toStrictEqual(both('31.62', '34.41'));
		expect(values[0]).toStrictEqual(both('10.54', '11.47'));
	});

	test('g) a refund that is still pending is not paid a second time (BCApps 9112)', () => {
		const pending = transaction(2, { kind: 'REFUND', status: 'PENDING', parentId: transactionId(1), amount: pair('40.00') });
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('50.00') })], transactions: [transaction(1, { amount: pair('100.00') })], refunds: [refund(1, { transactions: [pending] })] });
		expect(tenderCeilings(sold).get(transactionId(1))?.left).toStrictEqual(money('60.00'));
		const failed: OrderSnapshot = { ...sold, refunds: [refund(1, { transactions: [{ ...pending, status: 'FAILURE' }] })] };
		expect(tenderCeilings(failed).get(transactionId(1))?.left).toStrictEqual(money('100.00'));
	});

	test.each([
		['20.00', 'REFUND', '10.00', '0.00'],
		['30.00', 'EVEN', '0.00', '0.00'],
		['42.00', 'CUSTOMER_OWES', '0.00', '12.00'],
	])('h) an exchange for %s in the same return of 30.00 ends as %s (BCApps 8554, 10467, 10741)', (price, outcome, paid, owed) => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('30.00') })] });
		expect(refundValue(sold, [some(1)], { exchange: pair(price) })).toMatchObject({ outcome, total: pair(paid), owed: pair(owed) });
	});

	test('i) a return worth nothing is even, and asks no tender for anything (BCApps 5115)', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('0.00') })] });
		const value = refundValue(sold, [some(1)]);
		expect(value.outcome).toBe('EVEN');
		expect(allocateToTenders(value.total.presentment, [], 'suggested')).toEqual([]);
		expect(compareWithSuggested(value, suggestion('none', money('0')))).toEqual({ equal: true });
	});

	test('j) fewer units received than approved are a ceiling on the refund (Spree 14678)', () => {
		const sold = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00') }), line(2, { quantity: 1, originalUnitPrice: pair('5.00') })], netPayment: pair('35.00') });
		const value = refundValue(sold, [some(3), some(1, 2)]);
		expect(ceilingBreaches(sold, value, { received: new Map([[lineId(1), 2]]) })).toEqual([
			{ ceiling: 'unitsReceived', lineItemId: lineId(1), asked: '3', allowed: '2' },
			{ ceiling: 'unitsReceived', lineItemId: lineId(2), asked: '1', allowed: '0' },
		]);
	});

	test('m) nothing selected never means the whole order (Synesty, aden-hive 7079)', () => {
		const sold = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(sold, [])).toThrow(expect.objectContaining({ code: 'nothingSelected' }));
		expect(() => refundValue(sold, [], { fees: { returnShipping: pair('1.00') }, duties: 'full' })).toThrow(expect.objectContaining({ code: 'nothingSelected' }));
	});

	test('n) two returns on one order never pay the same unit (NetSuite Loop)', () => {
		const sold = order({ lines: [line(1, { quantity: 2, originalUnitPrice: pair('10.00') })] });
		const after = afterRefund(sold, refundValue(sold, [some(1)]));
		expect(total(refundValue(after, [some(1)]))).toBe('10.00');
		expect(() => refundValue(after, [some(2)])).toThrow(expect.objectContaining({ code: 'aboveRefundable' }));
	});

	test('o) gift card and card each get back no more than they paid (AfterShip, ReturnGO)', () => {
		const sold = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('100.00') })], transactions: [transaction(1, { gateway: 'gift_card', amount: pair('25.00') }), transaction(2, { amount: pair('75.00') })] });
		const value = refundValue(sold, [some(1)]);
		const legs = legsFromSuggested(suggestion('refund', money('100.00'), [[1, '25.00', null], [2, '75.00', null]]), sold);
		for (const policy of ['suggested', 'giftCardFirst', 'largestFirst'] as const) {
			expect(allocateToTenders(value.total.presentment, legs, policy).map((leg) => formatMoney(leg.amount))).toEqual(['25.00', '75.00']);
		}
	});

	test('p) yen are split without decimals and dinars with three', () => {
		const yen = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('1000', 'JPY'), discountAllocations: [pair('100', 'JPY')] })] }, 'JPY');
		expect(totalsOf(yen, [[some(1)], [some(1)], [some(1)]])).toEqual(['967', '966', '967']);
		const dinar = order({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('1.000', 'KWD'), discountAllocations: [pair('0.100', 'KWD')] })] }, 'KWD');
		expect(totalsOf(dinar, [[some(1)], [some(1)], [some(1)]])).toEqual(['0.967', '0.966', '0.967']);
	});
});
