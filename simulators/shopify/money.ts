/** Amounts as whole minor units, in pairs: what the shop books and what the customer sees. No floating point touches an amount. */

/** One amount in both currencies of an order, in minor units. */
export interface Bag {
	shop: number;
	presentment: number;
}

export interface Currencies {
	/** ISO code the shop keeps its books in. */
	currency: string;
	/** ISO code the customer paid in. */
	presentmentCurrency: string;
}

const ZERO_DECIMALS = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const THREE_DECIMALS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
const SYMBOLS: Readonly<Record<string, string>> = { USD: '$', CAD: '$', AUD: '$', NZD: '$', EUR: '€', GBP: '£', JPY: '¥', CHF: 'CHF ', SEK: 'kr ', KWD: 'KD ' };
const DECIMAL = /^(-)?(\d+)(?:\.(\d+))?$/;

export const NOTHING: Readonly<Bag> = { shop: 0, presentment: 0 };

/** 0, 2 or 3, by ISO 4217. */
export function decimalsOf(currency: string): number {
	if (ZERO_DECIMALS.has(currency)) return 0;
	return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** Minor units of a decimal text; `undefined` when it is not a decimal or is finer than the currency allows. */
export function parseAmount(text: string, currency: string): number | undefined {
	const match = DECIMAL.exec(text.trim());
	if (!match) return undefined;
	const decimals = decimalsOf(currency);
	const fraction = (match[3] ?? '').replace(/0+$/, '');
	if (fraction.length > decimals) return undefined;
	const minor = Number(`${match[2] ?? '0'}${fraction.padEnd(decimals, '0')}`);
	if (!Number.isSafeInteger(minor)) return undefined;
	return match[1] && minor !== 0 ? -minor : minor;
}

/** The way the service writes decimals: no trailing zeros, but always one digit after the point. */
export function formatAmount(minor: number, currency: string): string {
	const full = fixed(minor, decimalsOf(currency));
	if (!full.includes('.')) return `${full}.0`;
	return full.replace(/0+$/, '').replace(/\.$/, '.0');
}

/** The way the service writes an amount inside a sentence. */
export function formatInSentence(minor: number, currency: string): string {
	return `${minor < 0 ? '-' : ''}${SYMBOLS[currency] ?? `${currency} `}${fixed(Math.abs(minor), decimalsOf(currency))}`;
}

/** The way webhook bodies (REST-shaped) write amounts: every decimal of the currency. */
export function formatFixed(minor: number, currency: string): string {
	return fixed(minor, decimalsOf(currency));
}

function fixed(minor: number, decimals: number): string {
	const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	return `${minor < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(digits.length - decimals)}` : ''}`;
}

/** numerator / denominator, rounded to the nearest whole number, halves away from zero; exact for any safe inputs. */
export function ratio(amount: number, numerator: bigint, denominator: bigint): number {
	if (denominator === 0n) return 0;
	const product = BigInt(amount) * numerator;
	const negative = product < 0n !== denominator < 0n;
	const top = product < 0n ? -product : product;
	const bottom = denominator < 0n ? -denominator : denominator;
	const rounded = Number((2n * top + bottom) / (2n * bottom));
	return negative && rounded !== 0 ? -rounded : rounded;
}

/**
 * What the units from `before` to `after` (of `of`) are worth when `total` is spread over all of them.
 * Taken as a difference of running totals, so that any sequence of parts adds up to `total` exactly.
 */
export function share(total: number, before: number, after: number, of: number): number {
	if (of <= 0) return 0;
	return ratio(total, BigInt(after), BigInt(of)) - ratio(total, BigInt(before), BigInt(of));
}

export function shareBag(total: Bag, before: number, after: number, of: number): Bag {
	return { shop: share(total.shop, before, after, of), presentment: share(total.presentment, before, after, of) };
}

/** Splits `total` by weights without losing a unit: the largest remainders get what is left, earlier ones first. */
export function allocate(total: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
	if (sum === 0n) return weights.map(() => 0);
	const parts = weights.map((weight, index) => {
		const product = BigInt(total) * BigInt(weight);
		return { index, whole: Number(product / sum), remainder: product % sum };
	});
	let left = total - parts.reduce((all, part) => all + part.whole, 0);
	const order = [...parts].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
	for (const part of order) {
		if (left <= 0) break;
		part.whole += 1;
		left -= 1;
	}
	return parts.map((part) => part.whole);
}

/** A rate such as 0.0875 or "8.75" as an exact fraction. */
export function fraction(rate: number | string): { numerator: bigint; denominator: bigint } {
	const text = typeof rate === 'number' ? decimalText(rate) : rate.trim();
	const match = DECIMAL.exec(text);
	if (!match) throw new RangeError(`Not a rate: ${text}`);
	const digits = match[3] ?? '';
	const numerator = BigInt(`${match[2] ?? '0'}${digits}`);
	return { numerator: match[1] ? -numerator : numerator, denominator: 10n ** BigInt(digits.length) };
}

/** Floats come in from JSON, and mean what their shortest text says; cut off anywhere, a third of something could fall on the other side of a half. */
function decimalText(value: number): string {
	const text = String(value);
	return text.includes('e') ? value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
}

export function percentOf(amount: number, percent: number | string): number {
	const { numerator, denominator } = fraction(percent);
	return ratio(amount, numerator, denominator * 100n);
}

export function add(...bags: readonly Bag[]): Bag {
	return bags.reduce<Bag>((sum, bag) => ({ shop: sum.shop + bag.shop, presentment: sum.presentment + bag.presentment }), { shop: 0, presentment: 0 });
}

export function subtract(from: Bag, ...bags: readonly Bag[]): Bag {
	const taken = add(...bags);
	return { shop: from.shop - taken.shop, presentment: from.presentment - taken.presentment };
}

export function times(bag: Bag, count: number): Bag {
	return { shop: bag.shop * count, presentment: bag.presentment * count };
}

export function negate(bag: Bag): Bag {
	return { shop: 0 - bag.shop, presentment: 0 - bag.presentment };
}

/** Both sides of the part of `whole` whose presentment side is `presentment`; the last part gets the exact rest. */
export function partOf(whole: Bag, presentment: number, taken: Bag = NOTHING): Bag {
	if (whole.presentment === 0) return { shop: 0, presentment };
	return { shop: share(whole.shop, taken.presentment, taken.presentment + presentment, whole.presentment), presentment };
}

/** Amount in the other currency of a pair that has the same numbers of decimals or not. */
export function convert(minor: number, from: string, to: string, rate: { numerator: bigint; denominator: bigint }): number {
	if (from === to) return minor;
	const scale = 10n ** BigInt(decimalsOf(to));
	return ratio(minor, rate.numerator * scale, rate.denominator * 10n ** BigInt(decimalsOf(from)));
}
