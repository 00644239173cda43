import fc from 'fast-check';

import { Clock } from '../../../../simulators/shared/clock';
import { Input } from '../../../../simulators/shared/input';
import { SeededRandom } from '../../../../simulators/shared/random';
import { addLocation } from '../../../../simulators/shopify/catalog';
import { buildOrder } from '../../../../simulators/shopify/checkout';
import { add, allocate, formatAmount, formatFixed, formatInSentence, fraction, NOTHING, parseAmount, percentOf, ratio, share, type Bag } from '../../../../simulators/shopify/money';
import type { Order } from '../../../../simulators/shopify/model';
import { currentQuantity, linesOf, lineValue, unitsValue } from '../../../../simulators/shopify/orders';
import { netPayment, received, refundableMoney, remainingOn, refundableParents, spread } from '../../../../simulators/shopify/payments';
import { everythingLeft, refundableShipping, valueOf, type LinePart, type RefundParts } from '../../../../simulators/shopify/refund-value';
import { makeRefund } from '../../../../simulators/shopify/refunds';
import { DEFAULT_SETTINGS, ShopStore } from '../../../../simulators/shopify/store';

describe('amounts', () => {
	it.each([
		['10', 'USD', 1000],
		['10.5', 'USD', 1050],
		['10.500', 'USD', 1050],
		['-0.01', 'USD', -1],
		['1500', 'JPY', 1500],
		['1500.0', 'JPY', 1500],
		['1.234', 'KWD', 1234],
		['10.005', 'USD', undefined],
		['1.5', 'JPY', undefined],
		['1e3', 'USD', undefined],
		['ten', 'USD', undefined],
		['', 'USD', undefined],
	])('%s %s is %s minor units', (text, currency, minor) => {
		expect(parseAmount(text, currency)).toBe(minor);
	});

	it.each([
		[1500, 'USD', '15.0', '15.00', '$15.00'],
		[1505, 'USD', '15.05', '15.05', '$15.05'],
		[5, 'USD', '0.05', '0.05', '$0.05'],
		[-250, 'EUR', '-2.5', '-2.50', '-€2.50'],
		[1500, 'JPY', '1500.0', '1500', '¥1500'],
		[1230, 'KWD', '1.23', '1.230', 'KD 1.230'],
	])('%d minor units of %s are written %s, %s and %s', (minor, currency, trimmed, fixed, sentence) => {
		expect([formatAmount(minor, currency), formatFixed(minor, currency), formatInSentence(minor, currency)]).toEqual([trimmed, fixed, sentence]);
	});

	it('rounds halves away from zero, exactly', () => {
		expect([ratio(5, 1n, 2n), ratio(-5, 1n, 2n), ratio(1, 1n, 3n), ratio(2, 1n, 3n)]).toEqual([3, -3, 0, 1]);
		expect(percentOf(1015, '10')).toBe(102);
		expect(percentOf(33, 12.5)).toBe(4);
		expect(fraction(0.0725)).toEqual({ numerator: 725n, denominator: 10_000n });
	});

	it('takes a float for what its shortest text says', () => {
		// A third of 279.63, halved, lies just above a half cent; cut off after twelve digits it lay below.
		expect(fraction(33.333333333333336)).toEqual({ numerator: 33_333_333_333_333_336n, denominator: 10n ** 15n });
		expect(fraction(1e-7)).toEqual({ numerator: 1n, denominator: 10_000_000n });
	});

	it('gives what is left over to the largest remainders, the earlier first', () => {
		expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(allocate(1950, [11000, 1999])).toEqual([1650, 300]);
		expect(allocate(5, [0, 0])).toEqual([0, 0]);
	});

	it('loses nothing when it splits (property)', () => {
		fc.assert(
			fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 8 }), (total, weights) => {
				const parts = allocate(total, weights);
				expect(parts.reduce((sum, part) => sum + part, 0)).toBe(weights.some((weight) => weight > 0) ? total : 0);
			}),
			{ numRuns: 200 },
		);
	});

	it('adds up along any path (property)', () => {
		fc.assert(
			fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 1, max: 5 })), (total, of, steps) => {
				let before = 0;
				let sum = 0;
				for (const step of [...steps, of]) {
					const after = Math.min(of, before + step);
					sum += share(total, before, after, of);
					before = after;
				}
				expect(sum).toBe(total);
			}),
			{ numRuns: 200 },
		);
	});
});

const openStore = () => {
	const store = new ShopStore(DEFAULT_SETTINGS, new Clock(), new SeededRandom(1));
	addLocation(store, 'Warehouse', true);
	return store;
};

describe('units that several discounts made free', () => {
	const discounts = (values: string[]) => values.map((value, index) => ({ target: index === 0 ? 'line' : 'order', ...(index === 0 ? { line: 0 } : {}), kind: 'fixed', value, type: 'code' }));

	it('are worth nothing one by one, too, and never less', () => {
		const store = openStore();
		const order = buildOrder(store, new Input({ lines: [{ custom: true, title: 'Sock', quantity: 2, unitPrice: '0.05' }], discounts: discounts(['0.05', '0.05']) }));
		const [line] = linesOf(store, order);
		for (const [before, after] of [[0, 1], [1, 2], [0, 2]] as const) expect(line && unitsValue(store, line, before, after).subtotal).toEqual({ shop: 0, presentment: 0 });
	});

	it('are free in the currency of the shop as well', () => {
		const store = openStore();
		const order = buildOrder(store, new Input({ currency: 'USD', presentmentCurrency: 'EUR', exchangeRate: '1.0837', lines: [{ custom: true, title: 'Sock', quantity: 3, unitPrice: '9.99' }], discounts: discounts(['20.00', '9.97']) }));
		const [line] = linesOf(store, order);
		expect(line && lineValue(store, line).subtotal).toEqual({ shop: 0, presentment: 0 });
	});
});

describe('a line with several taxes', () => {
	it('gives back each tax by itself: 0.5 and 0.5 of a cent are a cent each', () => {
		const store = openStore();
		const order = buildOrder(store, new Input({ lines: [{ custom: true, title: 'Pen', quantity: 2, unitPrice: '0.50', taxes: [{ title: 'State', rate: 0.01 }, { title: 'City', rate: 0.01 }] }] }));
		const [line] = linesOf(store, order);
		expect(line && [unitsValue(store, line, 0, 1).tax.presentment, unitsValue(store, line, 1, 2).tax.presentment]).toEqual([2, 0]);
	});
});

describe('any sequence of partial refunds', () => {
	const orders = fc
		.record({
			presentmentCurrency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
			currency: fc.constantFrom('USD', 'JPY'),
			exchangeRate: fc.constantFrom('1', '0.0067', '3.25', '151.337'),
			taxesIncluded: fc.boolean(),
			lines: fc.array(
				fc.record({ quantity: fc.integer({ min: 1, max: 7 }), price: fc.integer({ min: 1, max: 99_999 }), rates: fc.subarray([0.0725, 0.19, 0.01, 0.0875]), duty: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }) }),
				{ minLength: 1, maxLength: 4 },
			),
			percent: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
			fixed: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
			shipping: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
			tip: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
		})
		.map((shape) => {
			const money = (minor: number) => formatFixed(minor, shape.presentmentCurrency);
			const discounts = [
				...(shape.fixed === undefined ? [] : [{ target: 'line', line: 0, kind: 'fixed', value: money(shape.fixed), type: 'automatic' }]),
				...(shape.percent === undefined ? [] : [{ target: 'order', kind: 'percentage', value: String(shape.percent), type: 'code' }]),
			];
			return {
				body: {
					currency: shape.currency,
					presentmentCurrency: shape.presentmentCurrency,
					exchangeRate: shape.currency === shape.presentmentCurrency ? '1' : shape.exchangeRate,
					taxesIncluded: shape.taxesIncluded,
					lines: shape.lines.map(({ quantity, price, rates }, index) => ({ sku: `S${index}`, title: `S${index}`, quantity, unitPrice: money(price), taxes: rates.map((rate) => ({ title: `T${rate}`, rate })) })),
					discounts,
					duties: shape.lines.flatMap(({ duty }, line) => (duty === undefined ? [] : [{ line, amount: money(duty), taxes: [{ title: 'Import', rate: 0.05 }] }])),
					...(shape.shipping === undefined ? {} : { shipping: { price: money(shape.shipping), taxes: [{ title: 'T', rate: 0.19 }] } }),
					...(shape.tip === undefined ? {} : { tip: money(shape.tip) }),
					payments: [{ gateway: 'gift_card', amount: money(1) }, { gateway: 'shopify_payments' }],
				},
			};
		});

	const refundParts = (store: ShopStore, order: Order, parts: RefundParts): Bag => {
		const value = valueOf(store, order, parts);
		const payments = spread(store, order, value.total.presentment).map(({ parent, amount }) => ({ parent, amount: amount.presentment })).filter(({ amount }) => amount > 0);
		expect(payments.reduce((sum, { amount }) => sum + amount, 0)).toBe(value.total.presentment);
		makeRefund(store, { order, returnId: null, value, fees: { ...NOTHING }, exchanged: { ...NOTHING }, payments, storeCredit: [], discrepancyReason: null, note: null, processedAt: null, by: 'test', movesStock: true });
		return value.total;
	};

	it('comes to exactly the full refund, in both currencies, over every payment (property)', () => {
		fc.assert(
			fc.property(orders, fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(400)), { maxLength: 12 }), ({ body }, steps) => {
				const store = openStore();
				const order = buildOrder(store, new Input(body));
				const whole = valueOf(store, order, everythingLeft(store, order)).total;
				expect(whole).toEqual(order.total);
				expect(received(store, order)).toEqual(order.total);
				let given: Bag = { ...NOTHING };
				for (const [index, units, shipping] of steps) {
					const lines = linesOf(store, order);
					const line = lines[index % lines.length];
					if (!line) continue;
					const quantity = Math.min(units, currentQuantity(line));
					const amount = Math.min(shipping, refundableShipping(store, order).presentment);
					if (quantity === 0 && amount === 0) continue;
					const part: LinePart[] = quantity === 0 ? [] : [{ line, quantity, restockType: 'NO_RESTOCK', locationId: null }];
					given = add(
						given,
						refundParts(store, order, {
							lines: part,
							shipping: amount === 0 ? { kind: 'none' } : { kind: 'amount', presentment: amount },
							duties: quantity === 0 ? [] : line.duties.map((duty) => ({ duty, refundType: 'PROPORTIONAL' as const })),
						}),
					);
					expect(refundableMoney(store, order).presentment).toBeGreaterThanOrEqual(0);
					for (const parent of refundableParents(store, order)) expect(remainingOn(store, parent).presentment).toBeGreaterThanOrEqual(0);
				}
				const rest = valueOf(store, order, everythingLeft(store, order)).total;
				if (rest.presentment > 0) given = add(given, refundParts(store, order, everythingLeft(store, order)));
				else given = add(given, rest);
				expect(given).toEqual(whole);
				expect(netPayment(store, order)).toEqual({ shop: 0, presentment: 0 });
			}),
			{ numRuns: 300 },
		);
	});
});
