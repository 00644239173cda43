/** Input that no honest caller sends: every case ends in a typed answer, and none in an amount. */
import { CurrencyMismatch, InvalidMoney } from '../../../returns/money';
import type { OrderSnapshot } from '../../../returns/order';
import type { RefundOptions, RefundSelection, RefusalCode } from '../../../returns/refund';
import { RefundRefused, allocateToTenders, compareWithExpected, refundValue } from '../../../returns/refund';
import { line, lineId, money, order, pair, refund } from './orders';

const sold: OrderSnapshot = order({
	lines: [line(1, { quantity: 3, unfulfilledQuantity: 1, originalUnitPrice: pair('10.00') }), line(2, { quantity: 1, isGiftCard: true, originalUnitPrice: pair('25.00') })],
	shipping: { price: pair('5.00'), tax: pair('0.50'), refundedPrice: pair('0'), refundedTax: pair('0') },
	merchandise: pair('55.00'),
});

/** Lets a test hand over what the types forbid, as a parameter from an editor or a payload could. */
const forged = (value: unknown): RefundSelection[] => value as RefundSelection[];
const forgedOptions = (value: unknown): RefundOptions => value as RefundOptions;

const one = (quantity: unknown) => forged([{ lineItemId: lineId(1), quantity }]);

describe('Quantities', () => {
	test.each([[0], [-1], [-0], [0.5], [1.0000001], [Number.NaN], [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY], [2 ** 53], [-(2 ** 53)], ['1'], ['3'], [''], [null], [undefined], [true], [[1]], [{}], [1n]])(
		'%p pieces are refused',
		(quantity) => {
			expect(() => refundValue(sold, one(quantity))).toThrow(expect.objectContaining({ name: 'RefundRefused', code: 'invalidQuantity' }));
		},
	);

	test.each([[4], [1_000], [2_147_483_648], [Number.MAX_SAFE_INTEGER]])('%d pieces are more than the order has', (quantity) => {
		expect(() => refundValue(sold, one(quantity))).toThrow(expect.objectContaining({ name: 'RefundRefused', code: 'aboveRefundable' }));
	});
});

describe('Lines', () => {
	test.each([
		[lineId(3)],
		[''],
		[' '],
		['1'],
		[1],
		[null],
		[undefined],
		['__proto__'],
		['constructor'],
		['toString'],
		['hasOwnProperty'],
		[`${lineId(1)} `],
		[lineId(1).toUpperCase()],
		[lineId(1).replace('1', '１')],
		[`${lineId(1)}\u0000`],
		[`${lineId(1)}\u200b`],
		['gid://shopify/Order/1'],
		['gid://shopify/LineItem/1?x=1'],
		['gid://shopify/LineItem/1" OR id:*'],
		['*'],
		['x'.repeat(100_000)],
		[{ toString: () => lineId(1) }],
		[[lineId(1)]],
	])('an unknown line is refused (case %#)', (lineItemId) => {
		expect(() => refundValue(sold, forged([{ lineItemId, quantity: 1 }]))).toThrow(expect.objectContaining({ name: 'RefundRefused', code: 'unknownLine' }));
	});

	test.each([[undefined, undefined], ['RETURN', 'RETURN'], ['CANCEL', 'CANCEL'], ['NO_RESTOCK', undefined]])('a line named twice (%s, %s) is refused', (first, second) => {
		const twice = forged([
			{ lineItemId: lineId(1), quantity: 1, restockType: first },
			{ lineItemId: lineId(1), quantity: 1, restockType: second },
		]);
		expect(() => refundValue(sold, twice)).toThrow(expect.objectContaining({ code: 'duplicateLine' }));
	});

	test('a line id of a hundred thousand characters is not repeated in the answer', () => {
		expect(() => refundValue(sold, forged([{ lineItemId: 'x'.repeat(100_000), quantity: 1 }]))).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,300}$/) }));
	});

	test('one bad line among good ones refuses them all', () => {
		expect(() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }, { lineItemId: lineId(9), quantity: 1 }])).toThrow(expect.objectContaining({ code: 'unknownLine' }));
	});

	test('a thousand lines that the order does not have are refused at the first', () => {
		const many = Array.from({ length: 1_000 }, (_, index) => ({ lineItemId: lineId(index + 100), quantity: 1 }));
		expect(() => refundValue(sold, many)).toThrow(expect.objectContaining({ code: 'unknownLine', facts: { lineItemId: lineId(100) } }));
	});

	test.each([['LEGACY_RESTOCK'], ['return'], ['RESTOCKED'], [''], ['__proto__'], [0], [null]])('the restock type %p is refused', (restockType) => {
		expect(() => refundValue(sold, forged([{ lineItemId: lineId(1), quantity: 1, restockType }]))).toThrow(expect.objectContaining({ code: 'invalidRestockType' }));
	});

	test('a gift card does not slip through beside other lines', () => {
		expect(() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }, { lineItemId: lineId(2), quantity: 1 }])).toThrow(expect.objectContaining({ code: 'giftCardLine' }));
	});
});

describe('Options', () => {
	const cases: Array<[string, unknown, RefusalCode]> = [
		['a negative return shipping fee', { fees: { returnShipping: pair('-1.00') } }, 'invalidAmount'],
		['a negative restocking fee, which would raise the refund', { fees: { restocking: pair('-0.01') } }, 'invalidAmount'],
		['a negative exchange', { exchange: pair('-5.00') }, 'invalidAmount'],
		['a fee in another currency', { fees: { returnShipping: pair('1.00', 'EUR') } }, 'wrongCurrency'],
		['a fee whose shop side is in another currency', { fees: { restocking: pair('1.00', 'USD', '1.00', 'EUR') } }, 'wrongCurrency'],
		['an exchange in another currency', { exchange: pair('1.00', 'JPY', '1.00', 'USD') }, 'wrongCurrency'],
		['shipping in another currency', { shipping: { mode: 'exact', amount: money('1.00', 'CAD') } }, 'wrongCurrency'],
		['a negative cap on shipping', { shipping: { mode: 'capped', amount: money('-1.00') } }, 'invalidAmount'],
		['negative exact shipping', { shipping: { mode: 'exact', amount: money('-1.00') } }, 'invalidAmount'],
		['more shipping than was paid', { shipping: { mode: 'exact', amount: money('5.01') } }, 'aboveShipping'],
		['a shipping mode that does not exist', { shipping: { mode: 'double' } }, 'invalidOption'],
		['a duty choice that does not exist', { duties: 'twice' }, 'invalidOption'],
		['a tip choice that does not exist', { tip: 'double' }, 'invalidOption'],
		['a gift card choice that does not exist', { giftCardLines: 'sure' }, 'invalidOption'],
		['a tip on an order without one', { tip: 'full' }, 'tipUnknown'],
		['a fee as amount and percentage', { fees: { restocking: pair('1.00'), restockingPercent: '0' } }, 'invalidOption'],
	];
	test.each(cases)('%s is refused', (_name, options, code) => {
		expect(() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }], forgedOptions(options))).toThrow(expect.objectContaining({ name: 'RefundRefused', code }));
	});

	test.each([['-1'], ['100.01'], ['1e1'], ['NaN'], ['ten'], [''], [' 10'], ['10%'], ['0x10'], ['١٠']])('a restocking fee of "%s" percent is refused', (restockingPercent) => {
		for (const act of [
			() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }], { fees: { restockingPercent } }),
			() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1, restockingFees: [{ percent: restockingPercent, quantity: 1, before: 0 }] }]),
		]) {
			expect(act).toThrow(InvalidMoney);
		}
	});

	test.each([[Number.NaN], [0.5], [Number.POSITIVE_INFINITY], [2 ** 53]])('a fee of %d minor units is refused', (minor) => {
		const fee = { presentment: { minor, currency: 'USD' }, shop: { minor, currency: 'USD' } };
		expect(() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }], { fees: { returnShipping: fee } })).toThrow(InvalidMoney);
		expect(() => refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }], { exchange: fee })).toThrow(InvalidMoney);
	});
});

describe('Orders that cannot be', () => {
	test('a price that overflows is refused and not wrapped', () => {
		const dear = order({ lines: [line(1, { quantity: 2, originalUnitPrice: { presentment: { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' }, shop: { minor: 1, currency: 'USD' } } })] });
		expect(() => refundValue(dear, [{ lineItemId: lineId(1), quantity: 1 }])).toThrow(expect.objectContaining({ name: 'InvalidMoney', reason: 'tooLarge' }));
	});

	test('a line in another currency than its order is refused', () => {
		const odd = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00', 'EUR') })] });
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 1 }])).toThrow(CurrencyMismatch);
	});

	test('a tax in another currency than its order is refused', () => {
		const odd = order({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('10.00'), taxes: [{ title: 'VAT', amount: pair('1.00', 'EUR') }] })] });
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 1 }])).toThrow(CurrencyMismatch);
	});

	test('an earlier refund in another currency than its order is refused', () => {
		const lines = [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN', subtotal: pair('10.00', 'EUR'), tax: pair('0', 'EUR') }];
		const odd = order({ lines: [line(1, { quantity: 2, refundableQuantity: 1, originalUnitPrice: pair('10.00') })], refunds: [refund(1, { lines })] });
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 1 }])).toThrow(CurrencyMismatch);
	});

	test.each([
		['a refundable quantity above the ordered one', { quantity: 1, refundableQuantity: 2 }],
		['a negative refundable quantity', { quantity: 1, refundableQuantity: -1 }],
	])('%s is refused', (_name, quantities) => {
		const odd = order({ lines: [line(1, { ...quantities, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 1 }])).toThrow(RefundRefused);
	});

	test('more unshipped units than are left do not open the others for cancelling', () => {
		const odd = order({ lines: [line(1, { quantity: 5, refundableQuantity: 2, unfulfilledQuantity: 4, originalUnitPrice: pair('10.00') })] });
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 3, restockType: 'CANCEL' }])).toThrow(expect.objectContaining({ code: 'aboveRefundable' }));
		expect(() => refundValue(odd, [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN' }])).toThrow(expect.objectContaining({ code: 'aboveFulfilled' }));
	});
});

describe('Tenders and expectations', () => {
	const leg = { parentId: 'gid://shopify/OrderTransaction/1', gateway: 'shopify_payments', isManualGateway: false, suggested: money('10.00'), maximum: money('10.00') };

	test.each([[-1], [-(2 ** 52)]])('a total of %d minor units is refused', (minor) => {
		expect(() => allocateToTenders({ minor, currency: 'USD' }, [leg], 'largestFirst')).toThrow(expect.objectContaining({ code: 'invalidAmount' }));
	});

	test.each([[Number.NaN], [0.1], [Number.POSITIVE_INFINITY], [2 ** 53]])('a total of %d minor units is no money', (minor) => {
		expect(() => allocateToTenders({ minor, currency: 'USD' }, [leg], 'largestFirst')).toThrow(InvalidMoney);
	});

	test('a tender listed twice cannot take twice its money', () => {
		expect(() => allocateToTenders(money('20.00'), [leg, leg], 'largestFirst')).toThrow(expect.objectContaining({ code: 'unknownTender' }));
	});

	test('a tender with a negative ceiling or share is refused', () => {
		expect(() => allocateToTenders(money('1.00'), [{ ...leg, maximum: money('-5.00') }], 'largestFirst')).toThrow(expect.objectContaining({ code: 'invalidAmount' }));
		expect(() => allocateToTenders(money('1.00'), [{ ...leg, suggested: money('-5.00') }], 'suggested')).toThrow(expect.objectContaining({ code: 'invalidAmount' }));
	});

	test('no tender at all is refused when there is something to pay', () => {
		expect(() => allocateToTenders(money('0.01'), [], 'suggested')).toThrow(expect.objectContaining({ code: 'aboveTenders' }));
	});

	test('a policy that does not exist is refused', () => {
		expect(() => allocateToTenders(money('1.00'), [leg], 'random' as unknown as 'suggested')).toThrow(expect.objectContaining({ code: 'invalidOption' }));
	});

	test('an expected amount that is no money is never equal', () => {
		const value = refundValue(sold, [{ lineItemId: lineId(1), quantity: 1 }]);
		for (const minor of [Number.NaN, 999.9999999999999, 2 ** 53]) expect(() => compareWithExpected(value, { minor, currency: 'USD' })).toThrow(InvalidMoney);
	});
});
