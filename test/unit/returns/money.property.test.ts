/** Random amounts against dinero.js's own sums and against BigInt. */
import * as dineroJs from 'dinero.js';
import fc from 'fast-check';
import { add, allocate, compare, formatMoney, parseMoney, percentageOf, share, subtract } from '../../../returns/money';

const RUNS = 10_000;

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'ISK', 'BHD', 'HUF', 'MGA');
/** Small enough that the sum of two is still safe. */
const half = fc.integer({ min: -(2 ** 52) + 1, max: 2 ** 52 - 1 });
const whole = fc.maxSafeInteger();

const bigSum = (amounts: readonly number[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

test('what is written is read back as the same amount', () => {
	fc.assert(
		fc.property(whole, currency, (minor, code) => {
			expect(parseMoney(formatMoney({ minor, currency: code }), code)).toStrictEqual({ minor: minor + 0, currency: code });
		}),
		{ numRuns: RUNS },
	);
});

test('sums, differences and comparisons are those of dinero.js', () => {
	fc.assert(
		fc.property(half, half, fc.constantFrom('USD', 'JPY', 'KWD'), (left, right, code) => {
			const dineroCurrency = { USD: dineroJs.USD, JPY: dineroJs.JPY, KWD: dineroJs.KWD }[code];
			if (dineroCurrency === undefined) throw new Error('it is one of the three');
			const [a, b] = [{ minor: left, currency: code }, { minor: right, currency: code }];
			const [x, y] = [dineroJs.dinero({ amount: left, currency: dineroCurrency }), dineroJs.dinero({ amount: right, currency: dineroCurrency })];
			expect(add(a, b).minor).toBe(dineroJs.toSnapshot(dineroJs.add(x, y)).amount + 0);
			expect(subtract(a, b).minor).toBe(dineroJs.toSnapshot(dineroJs.subtract(x, y)).amount + 0);
			expect(compare(a, b)).toBe(dineroJs.compare(x, y));
		}),
		{ numRuns: RUNS },
	);
});

test('the parts of an amount add up to it, each within one unit of its exact quotient, and zero weights get nothing', () => {
	const weights = fc.array(fc.oneof(fc.nat(100), fc.constant(0), fc.nat(Number.MAX_SAFE_INTEGER)), { minLength: 1, maxLength: 12 }).filter((each) => each.some((weight) => weight > 0));
	fc.assert(
		fc.property(whole, weights, (minor, each) => {
			const parts = allocate({ minor, currency: 'USD' }, each).map((part) => part.minor);
			expect(bigSum(parts)).toBe(BigInt(minor));
			const total = bigSum(each);
			const isExact = parts.every((part, index) => {
				const weight = BigInt(each[index] ?? -1);
				const apart = BigInt(part) * total - BigInt(minor) * weight;
				return (weight > 0n || part === 0) && (apart < 0n ? -apart : apart) < total;
			});
			expect(isExact).toBe(true);
		}),
		{ numRuns: RUNS },
	);
});

test('a larger remainder never gets less than a smaller one', () => {
	fc.assert(
		fc.property(fc.nat(1_000_000), fc.array(fc.nat(1_000), { minLength: 2, maxLength: 8 }).filter((each) => each.some((weight) => weight > 0)), (minor, each) => {
			const total = each.reduce((all, weight) => all + weight, 0);
			const remainders = allocate({ minor, currency: 'USD' }, each).map((part, index) => {
				const product = minor * (each[index] ?? 0);
				return { remainder: product % total, raised: part.minor - Math.floor(product / total) };
			});
			const raised = remainders.filter((each) => each.raised === 1).map((each) => each.remainder);
			const left = remainders.filter((each) => each.raised === 0).map((each) => each.remainder);
			expect(remainders.every((each) => each.raised === 0 || each.raised === 1)).toBe(true);
			expect(Math.min(...raised, total)).toBeGreaterThanOrEqual(Math.max(...left, 0));
		}),
		{ numRuns: RUNS },
	);
});

test('shares grow with their pieces, end at the whole, and are the exact quotient to half a unit', () => {
	fc.assert(
		fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000), (minor, pieces, random) => {
			const part = random % (pieces + 1);
			const money = { minor, currency: 'EUR' };
			const value = BigInt(share(money, part, pieces).minor);
			const apart = 2n * (value * BigInt(pieces) - BigInt(minor) * BigInt(part));
			expect(apart <= BigInt(pieces) && apart > -BigInt(pieces)).toBe(true);
			expect(share(money, pieces, pieces)).toStrictEqual(money);
			if (part < pieces) expect(compare(share(money, part + 1, pieces), share(money, part, pieces))).toBeGreaterThanOrEqual(0);
		}),
		{ numRuns: RUNS },
	);
});

test('a percentage and its rest are at most one unit apart from the whole', () => {
	fc.assert(
		fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.nat(10_000), (minor, basisPoints) => {
			const text = (points: number): string => `${Math.floor(points / 100)}.${String(points % 100).padStart(2, '0')}`;
			const money = { minor, currency: 'USD' };
			const both = add(percentageOf(money, text(basisPoints)), subtract(percentageOf(money, text(10_000 - basisPoints)), { minor: 0, currency: 'USD' }));
			expect(Math.abs(both.minor - minor)).toBeLessThanOrEqual(1);
		}),
		{ numRuns: RUNS },
	);
});
