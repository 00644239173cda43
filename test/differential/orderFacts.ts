/** Random orders as a checkout could have made them, and random ways in which their units come back. Every value is invented. */
import fc from 'fast-check';

export interface LineFacts {
	quantity: number;
	/** Minor units of the currency the customer pays in. */
	price: number;
	rates: number[];
	/** Pieces that were never shipped. */
	unshipped: number;
}

export interface DiscountFacts {
	target: 'line' | 'order';
	/** Which line a line discount is on; taken modulo the number of lines. Null: every line. */
	line: number | null;
	kind: 'percentage' | 'fixed';
	/** Hundredths of a percent, or minor units. */
	value: number;
	type: 'code' | 'automatic' | 'manual';
}

export interface ReturnFacts {
	/** Restocking fee per return line in percent, taken in turn; null for none. */
	fees: Array<number | null>;
	/** Return shipping fee in minor units; null for none. */
	shippingFee: number | null;
}

export interface ChargeFacts {
	/** Minor units, and the rate of the tax on it. */
	shipping: { price: number; rate: number | null };
	/** Minor units for the first line, and the rate of the tax on it. */
	duty: { amount: number; rate: number | null };
	/** Minor units; zero for none. */
	tip: number;
	back: { shipping: 'none' | 'full' | 'proportional'; duties: 'none' | 'full' | 'proportional'; tip: 'none' | 'full' };
}

export interface OrderFacts {
	/** What the customer pays in, and what the shop books in. */
	currencies: readonly [string, string];
	rate: string;
	taxesIncluded: boolean;
	lines: LineFacts[];
	discounts: DiscountFacts[];
	/** Parts of the total in basis points, paid by gift card or card before the last payment takes the rest. */
	payments: Array<{ gateway: 'gift_card' | 'shopify_payments' | 'paypal'; part: number; isCaptured: boolean }>;
	parcels: number;
	returns: ReturnFacts[];
	policy: 'suggested' | 'giftCardFirst' | 'largestFirst';
	/** What is charged besides the lines, and what of it goes back with the pieces; null for none. */
	charges: ChargeFacts | null;
	/** Whether pieces that were never shipped are cancelled; otherwise they are refunded like the others. */
	cancels: boolean;
	/** Decides which unit comes back when, with which others and by which way. */
	seed: number;
}

const line: fc.Arbitrary<LineFacts> = fc.record({
	quantity: fc.integer({ min: 1, max: 6 }),
	price: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 20_000 }) }, { weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 900_000_000 }) }),
	rates: fc.subarray([0.19, 0.07, 0.0725, 0.01, 0.0875], { maxLength: 3 }),
	unshipped: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) }),
});

const discount: fc.Arbitrary<DiscountFacts> = fc.record({
	target: fc.constantFrom('line', 'order'),
	line: fc.option(fc.nat(3), { freq: 3 }),
	kind: fc.constantFrom('percentage', 'fixed'),
	value: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 6_000 }) }, { weight: 1, arbitrary: fc.constant(10_000) }),
	type: fc.constantFrom('code', 'automatic', 'manual'),
});

const returned: fc.Arbitrary<ReturnFacts> = fc.record({
	fees: fc.array(fc.constantFrom(null, null, null, 0, 10, 12.5, 33.3, 33.333333333333336, 50, 100), { minLength: 1, maxLength: 3 }),
	shippingFee: fc.option(fc.integer({ min: 0, max: 900 }), { freq: 2 }),
});

const rate = fc.constantFrom(null, 0.19, 0.0725);

const charges: fc.Arbitrary<ChargeFacts> = fc.record({
	shipping: fc.record({ price: fc.integer({ min: 0, max: 1_500 }), rate }),
	duty: fc.record({ amount: fc.integer({ min: 1, max: 3_000 }), rate }),
	tip: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 })),
	back: fc.record({ shipping: fc.constantFrom('none', 'full', 'proportional'), duties: fc.constantFrom('none', 'full', 'proportional'), tip: fc.constantFrom('none', 'full') }),
});

export const orderFacts: fc.Arbitrary<OrderFacts> = fc.record({
	currencies: fc.constantFrom(['USD', 'USD'] as const, ['EUR', 'EUR'] as const, ['JPY', 'JPY'] as const, ['KWD', 'KWD'] as const, ['EUR', 'USD'] as const, ['JPY', 'USD'] as const, ['KWD', 'EUR'] as const, ['USD', 'JPY'] as const, ['USD', 'KWD'] as const, ['JPY', 'KWD'] as const),
	rate: fc.constantFrom('1', '0.0067', '0.92', '1.0837', '3.25', '151.337'),
	taxesIncluded: fc.boolean(),
	lines: fc.array(line, { minLength: 1, maxLength: 4 }),
	discounts: fc.array(discount, { maxLength: 4 }),
	payments: fc.array(fc.record({ gateway: fc.constantFrom('gift_card', 'shopify_payments', 'paypal'), part: fc.integer({ min: 1, max: 5_000 }), isCaptured: fc.boolean() }), { maxLength: 2 }),
	parcels: fc.integer({ min: 1, max: 2 }),
	returns: fc.array(returned, { maxLength: 2 }),
	policy: fc.constantFrom('suggested', 'giftCardFirst', 'largestFirst'),
	charges: fc.option(charges, { freq: 2 }),
	cancels: fc.boolean(),
	seed: fc.nat(),
});

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

/** Minor units as a decimal text, by string arithmetic: neither side's own formatter. */
export function decimal(minor: number, currency: string): string {
	const decimals = DECIMALS[currency] ?? 2;
	if (decimals === 0) return String(minor);
	const digits = String(minor).padStart(decimals + 1, '0');
	return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The order as the simulator's checkout takes it, without payments, which need the total. */
export function checkoutOf(facts: OrderFacts): Record<string, unknown> {
	const [presentmentCurrency, currency] = facts.currencies;
	const money = (minor: number): string => decimal(minor, presentmentCurrency);
	return {
		currency,
		presentmentCurrency,
		exchangeRate: currency === presentmentCurrency ? '1' : facts.rate,
		taxesIncluded: facts.taxesIncluded,
		parcels: facts.parcels,
		lines: facts.lines.map(({ quantity, price, rates, unshipped }, index) => ({
			custom: true,
			title: `Article ${index}`,
			quantity,
			unitPrice: money(price),
			fulfilled: Math.max(0, quantity - unshipped),
			taxes: rates.map((rate) => ({ title: `Tax ${rate}`, rate })),
		})),
		discounts: facts.discounts.map(({ target, line: index, kind, value, type }) => ({
			target,
			kind,
			type,
			value: kind === 'fixed' ? money(value) : `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`,
			...(target === 'line' && index !== null ? { line: index % facts.lines.length } : {}),
		})),
		...(facts.charges === null ? {} : chargesOf(facts.charges, money)),
	};
}

function chargesOf({ shipping, duty, tip }: ChargeFacts, money: (minor: number) => string): Record<string, unknown> {
	const taxes = (taxRate: number | null) => (taxRate === null ? [] : [{ title: `Tax ${taxRate}`, rate: taxRate }]);
	return {
		shipping: { price: money(shipping.price), taxes: taxes(shipping.rate) },
		duties: [{ line: 0, amount: money(duty.amount), taxes: taxes(duty.rate) }],
		...(tip === 0 ? {} : { tip: money(tip) }),
	};
}

/** A small generator of its own, so that one number decides a whole sequence and replays it. */
export function dice(seed: number): (sides: number) => number {
	let state = (seed ^ 0x51ed270b) >>> 0;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

export function shuffled<T>(values: readonly T[], roll: (sides: number) => number): T[] {
	return values.map((value) => ({ value, at: roll(2 ** 30) })).sort((left, right) => left.at - right.at).map(({ value }) => value);
}
