/**
 * Exact money: integer minor units of one currency, and pairs of the two currencies that an order is kept in.
 *
 * dinero.js knows the currencies and writes the decimals. Sums are additions of safe integers, checked here: an object of dinero's for each
 * made valuing an order ten times slower. (The tests hold them against dinero's own sums.) Divisions are ours too: a part of an amount needs a
 * product that does not fit into a JavaScript number, and dinero's `allocate` hands the remainder to the first entries in turn, whereas here it
 * goes where the exact quotient was cut off most (largest remainder).
 */
import * as dineroJs from 'dinero.js';
import type { DineroCurrency } from 'dinero.js';

/** `minor` is a safe integer of the currency's smallest unit (cents, yen, fils); `currency` is an ISO 4217 code. */
export interface Money {
	minor: number;
	currency: string;
}

/** One amount as the customer saw it (presentment) and as the shop's books keep it (Shopify's MoneyBag). */
export interface MoneyPair {
	presentment: Money;
	shop: Money;
}

export type InvalidMoneyReason = 'notDecimal' | 'tooManyDecimals' | 'tooLarge' | 'unknownCurrency' | 'notInteger' | 'invalidSplit';

/** An amount, currency or split that is no money: never rounded, never guessed. */
export class InvalidMoney extends Error {
	constructor(
		readonly reason: InvalidMoneyReason,
		readonly input: string,
	) {
		super(`${EXPLANATIONS[reason]}: ${input}`);
		this.name = 'InvalidMoney';
	}
}

/** Two currencies met in one sum. */
export class CurrencyMismatch extends Error {
	constructor(
		readonly left: string,
		readonly right: string,
	) {
		super(`Amounts in ${left} and ${right} cannot be combined`);
		this.name = 'CurrencyMismatch';
	}
}

const EXPLANATIONS: Record<InvalidMoneyReason, string> = {
	notDecimal: 'Not a plain decimal amount',
	tooManyDecimals: 'More decimals than the currency has',
	tooLarge: 'Too large to be counted exactly',
	unknownCurrency: 'Not a currency that can be charged',
	notInteger: 'Not a whole number of minor units',
	invalidSplit: 'An amount cannot be split like this',
};

/**
 * Codes that Shopify's CurrencyCode still lists, for orders from before they were withdrawn or because ISO never had them.
 * Its USDC and XXX are left out: they appear in results only and nothing can be paid back in them.
 */
const BEYOND_ISO: Readonly<Record<string, number>> = {
	ANG: 2,
	BYR: 0,
	HRK: 2,
	JEP: 2,
	KID: 2,
	LTL: 2,
	LVL: 2,
	SLL: 2,
	STD: 2,
	VEF: 2,
};

// Every sum asks this; looking it up on the global object each time is what costs.
const { isSafeInteger } = Number;

const PLAIN_DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/** Digits of Number.MAX_SAFE_INTEGER: a longer whole part cannot be safe, and need not be converted to find out. */
const MOST_DIGITS = 16;

/** Shopify states fee percentages as a float, whose shortest text has up to 17 digits and a point ("33.333333333333336"). */
const LONGEST_PERCENTAGE = 20;

/** Longest text worth looking at; keeps a hostile amount of megabytes out of the messages. */
const LONGEST_QUOTE = 60;

/**
 * Reads a decimal string in major units ("12.5", "-3.00"), as Shopify's Decimal and Money scalars and ReturnGO's amounts write it.
 * Zeros behind the currency's decimals are accepted ("100.0" JPY), other digits there are not.
 * @throws InvalidMoney for anything else: exponents, signs other than one minus, blanks, separators, NaN, unknown currencies, sizes beyond 2^53.
 */
export function parseMoney(decimal: string, currency: string): Money {
	const { exponent } = currencyOf(currency);
	const match = typeof decimal === 'string' ? PLAIN_DECIMAL.exec(decimal) : null;
	if (match === null) throw new InvalidMoney('notDecimal', quote(decimal));
	const [, sign = '', whole = '', fraction = ''] = match;
	const significant = fraction.replace(/0+$/, '');
	if (significant.length > exponent) throw new InvalidMoney('tooManyDecimals', `${quote(decimal)} ${currency}`);
	if (whole.length > MOST_DIGITS) throw new InvalidMoney('tooLarge', quote(decimal));
	return moneyOf(Number(`${sign}${whole}${significant.padEnd(exponent, '0')}`), currency);
}

/**
 * Decimal string in major units with exactly the currency's decimals: "12.50" EUR, "1250" JPY, "1.250" KWD.
 * @throws InvalidMoney when the amount is not a whole number of minor units of a known currency.
 */
export function formatMoney(money: Money): string {
	assertMoney(money);
	return dineroJs.toDecimal(dineroJs.dinero({ amount: money.minor, currency: currencyOf(money.currency) }));
}

/**
 * Decimals of the currency: 0, 2 or 3 by ISO 4217. Ariary and ouguiya, whose subunit is a fifth, are written with two, as ISO lists them.
 * @throws InvalidMoney for a code nothing can be charged in.
 */
export function decimalsOf(currency: string): number {
	return currencyOf(currency).exponent;
}

/**
 * An amount from its minor units.
 * @throws InvalidMoney when `minor` is not a safe integer or the currency is unknown.
 */
export function moneyOf(minor: number, currency: string): Money {
	currencyOf(currency);
	if (!isSafeInteger(minor)) throw new InvalidMoney(Number.isInteger(minor) ? 'tooLarge' : 'notInteger', quote(minor));
	// Adding zero turns -0 into 0, which would otherwise compare and print differently.
	return { minor: minor + 0, currency };
}

/** @throws InvalidMoney when the currency is unknown. */
export function zero(currency: string): Money {
	return moneyOf(0, currency);
}

/** @throws CurrencyMismatch, or InvalidMoney when the sum is beyond 2^53. */
export function add(left: Money, right: Money): Money {
	assertSameCurrency(left, right);
	return moneyOf(left.minor + right.minor, left.currency);
}

/** @throws CurrencyMismatch, or InvalidMoney when the difference is beyond 2^53. */
export function subtract(left: Money, right: Money): Money {
	assertSameCurrency(left, right);
	return moneyOf(left.minor - right.minor, left.currency);
}

export function negate(money: Money): Money {
	return subtract(zero(money.currency), money);
}

/**
 * Price of `pieces` units. `pieces` is a whole number, 0 or more.
 * @throws InvalidMoney for other counts and for products beyond 2^53.
 */
export function multiply(money: Money, pieces: number): Money {
	if (!isSafeInteger(pieces) || pieces < 0) throw new InvalidMoney('invalidSplit', `times ${quote(pieces)}`);
	assertMoney(money);
	return fromBigInt(BigInt(money.minor) * BigInt(pieces), money.currency);
}

/** Negative, zero or positive, like a sort function. @throws CurrencyMismatch. */
export function compare(left: Money, right: Money): number {
	assertSameCurrency(left, right);
	return Math.sign(left.minor - right.minor);
}

/** Same currency and same minor units. Two currencies are simply not equal: this one does not throw on them. */
export function equals(left: Money, right: Money): boolean {
	return left.currency === right.currency && compare(left, right) === 0;
}

export function isZero(money: Money): boolean {
	assertMoney(money);
	return money.minor === 0;
}

export function isNegative(money: Money): boolean {
	assertMoney(money);
	return money.minor < 0;
}

export function isPositive(money: Money): boolean {
	assertMoney(money);
	return money.minor > 0;
}

/** The smaller one. @throws CurrencyMismatch. */
export function min(left: Money, right: Money): Money {
	return compare(left, right) <= 0 ? left : right;
}

/** The larger one. @throws CurrencyMismatch. */
export function max(left: Money, right: Money): Money {
	return compare(left, right) >= 0 ? left : right;
}

/** Zero for an empty list, which is why the currency has to be named. @throws CurrencyMismatch. */
export function sum(amounts: readonly Money[], currency: string): Money {
	return amounts.reduce((total, amount) => add(total, amount), zero(currency));
}

/**
 * Splits an amount by weights: the parts add up to it, each is within one minor unit of its exact quotient, and the units left over go
 * to the largest remainders, the earlier entry first among equals. A weight of zero gets nothing.
 * @param weights whole numbers, 0 or more, not all of them 0.
 * @throws InvalidMoney for other weights.
 */
export function allocate(money: Money, weights: readonly number[]): Money[] {
	assertMoney(money);
	if (!weights.every((weight) => isSafeInteger(weight) && weight >= 0)) throw new InvalidMoney('invalidSplit', `weights ${quote(weights)}`);
	const whole = weights.reduce((total, weight) => total + BigInt(weight), 0n);
	if (whole === 0n) throw new InvalidMoney('invalidSplit', `weights ${quote(weights)}`);
	const isDebt = money.minor < 0;
	const minor = BigInt(Math.abs(money.minor));
	const parts = weights.map((weight, index) => {
		const product = minor * BigInt(weight);
		return { index, quotient: product / whole, remainder: product % whole };
	});
	const leftOver = Number(minor - parts.reduce((total, part) => total + part.quotient, 0n));
	const byRemainder = [...parts].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
	const raised = new Set(byRemainder.slice(0, leftOver).map((part) => part.index));
	return parts.map(({ index, quotient }) => {
		const part = quotient + (raised.has(index) ? 1n : 0n);
		return fromBigInt(isDebt ? -part : part, money.currency);
	});
}

/**
 * What `part` of `whole` equal pieces are worth together, rounded half away from zero.
 *
 * For cumulative allocation: the value of pieces 3 and 4 of 10 is `share(total, 4, 10) - share(total, 2, 10)`. Whatever the steps, they
 * add up to the total, because what is rounded is always the running sum and never the step.
 * @throws InvalidMoney unless both are whole numbers with 0 <= part <= whole and whole > 0.
 */
export function share(money: Money, part: number, whole: number): Money {
	assertMoney(money);
	assertSplit(part, whole);
	return scale(money, BigInt(part), BigInt(whole));
}

/**
 * A percentage of an amount, or of `part` of its `whole` equal pieces; rounded half away from zero, once.
 * @param percentage decimal string from "0" to "100" ("12.5"): a number could not hold 0.1 exactly.
 * @throws InvalidMoney for anything else, and unless 0 <= part <= whole and whole > 0.
 */
export function percentageOf(money: Money, percentage: string, part = 1, whole = 1): Money {
	assertMoney(money);
	assertSplit(part, whole);
	const match = typeof percentage === 'string' && percentage.length <= LONGEST_PERCENTAGE ? PLAIN_DECIMAL.exec(percentage) : null;
	if (match === null || match[1] === '-') throw new InvalidMoney('invalidSplit', `${quote(percentage)} percent`);
	const [, , digits = '', fraction = ''] = match;
	const numerator = BigInt(`${digits}${fraction}`);
	const denominator = 100n * 10n ** BigInt(fraction.length);
	if (numerator > denominator) throw new InvalidMoney('invalidSplit', `${quote(percentage)} percent`);
	return scale(money, numerator * BigInt(part), denominator * BigInt(whole));
}

/** @throws InvalidMoney when one of the currencies is unknown. */
export function zeroPair(presentmentCurrency: string, shopCurrency: string): MoneyPair {
	return { presentment: zero(presentmentCurrency), shop: zero(shopCurrency) };
}

/** @throws CurrencyMismatch. */
export function addPair(left: MoneyPair, right: MoneyPair): MoneyPair {
	return { presentment: add(left.presentment, right.presentment), shop: add(left.shop, right.shop) };
}

/** @throws CurrencyMismatch. */
export function subtractPair(left: MoneyPair, right: MoneyPair): MoneyPair {
	return { presentment: subtract(left.presentment, right.presentment), shop: subtract(left.shop, right.shop) };
}

/** Sum of the pairs, beginning with `start` (usually a zero pair, which names the currencies). @throws CurrencyMismatch. */
export function sumPairs(pairs: readonly MoneyPair[], start: MoneyPair): MoneyPair {
	return pairs.reduce(addPair, start);
}

/** The same rule applied to both currencies, each in its own minor units. */
export function mapPair(pair: MoneyPair, rule: (money: Money) => Money): MoneyPair {
	return { presentment: rule(pair.presentment), shop: rule(pair.shop) };
}

const currencies = new Map<string, DineroCurrency<number>>();

function currencyOf(code: string): DineroCurrency<number> {
	const known = currencies.get(code);
	if (known !== undefined) return known;
	const currency = lookUp(code);
	currencies.set(code, currency);
	return currency;
}

function lookUp(code: string): DineroCurrency<number> {
	if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code)) throw new InvalidMoney('unknownCurrency', quote(code));
	const beyondIso = Object.hasOwn(BEYOND_ISO, code) ? BEYOND_ISO[code] : undefined;
	if (beyondIso !== undefined) return { code, base: 10, exponent: beyondIso };
	const known: Readonly<Record<string, unknown>> = dineroJs;
	const currency = Object.hasOwn(known, code) ? known[code] : undefined;
	if (!isCurrency(currency)) throw new InvalidMoney('unknownCurrency', code);
	return currency.base === 10 ? currency : { code, base: 10, exponent: 2 };
}

function isCurrency(value: unknown): value is DineroCurrency<number> {
	return typeof value === 'object' && value !== null && 'code' in value && 'base' in value && 'exponent' in value;
}

function fromBigInt(minor: bigint, currency: string): Money {
	const number = Number(minor);
	if (!isSafeInteger(number)) throw new InvalidMoney('tooLarge', quote(String(minor)));
	return moneyOf(number, currency);
}

function scale(money: Money, numerator: bigint, denominator: bigint): Money {
	const isDebt = money.minor < 0;
	const product = BigInt(Math.abs(money.minor)) * numerator;
	// Twice the product plus one whole, cut off: the half rounds up.
	const rounded = (2n * product + denominator) / (2n * denominator);
	return fromBigInt(isDebt ? -rounded : rounded, money.currency);
}

function assertMoney(money: Money): void {
	moneyOf(money.minor, money.currency);
}

function assertSplit(part: number, whole: number): void {
	const isSplit = isSafeInteger(part) && isSafeInteger(whole) && part >= 0 && whole > 0 && part <= whole;
	if (!isSplit) throw new InvalidMoney('invalidSplit', `${quote(part)} of ${quote(whole)}`);
}

/** Both are checked, because a sum of two unsafe integers may look safe. */
function assertSameCurrency(left: Money, right: Money): void {
	assertMoney(left);
	assertMoney(right);
	if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
}

function quote(value: unknown): string {
	const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
	return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
