/** Random orders as a checkout could have made them, and random ways in which their units come back. Every value is invented. */
import fc from 'fast-check';

export interface LineFacts {
	quantity: number;
	/** Minor units of the currency the customer pays in. */
	price: number;
	rates: number[];
	/** Pieces that were never shipped. */
	unshipped: number;
	/** A gift card that was sold: never shipped, and paid back only where somebody asks for it. */
	isGiftCard?: boolean;
}

/** What a person changed before anything came back. */
export interface EditFacts {
	/** Pieces per line that are taken off, as far as they were not shipped. */
	removed: number[];
	/** A line that gets cheaper, taken modulo the number of lines, and by how many hundredths of a percent. */
	cheaper: { line: number; by: number } | null;
	added: Pick<LineFacts, 'quantity' | 'price' | 'rates'> | null;
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
	back: { shipping: 'none' | 'full' | 'proportional' | 'capped' | 'exact'; duties: 'none' | 'full' | 'proportional'; tip: 'none' | 'full' };
	/** Part of the shipping that a fixed amount of it is, in basis points; a cap may be twice of that. */
	fixed?: number;
}

export interface OrderFacts {
	/** What the customer pays in, and what the shop books in. */
	currencies: readonly [string, string];
	rate: string;
	taxesIncluded: boolean;
	lines: LineFacts[];
	discounts: DiscountFacts[];
	/** Parts of the total in basis points, paid by gift card or card before the last payment takes the rest. */
	payments: Array<{ gateway: 'gift_card' | 'shopify_payments' | 'paypal' | 'cash'; part: number; isCaptured: boolean }>;
	/** How much of the rest is paid at all, in basis points; absent: all of it. */
	paid?: number | null;
	edit?: EditFacts | null;
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
	unshipped: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }) }),
	isGiftCard: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const edit: fc.Arbitrary<EditFacts> = fc.record({
	removed: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }),
	cheaper: fc.option(fc.record({ line: fc.nat(7), by: fc.integer({ min: 1, max: 9_000 }) }), { freq: 2 }),
	added: fc.option(fc.record({ quantity: fc.integer({ min: 1, max: 4 }), price: fc.integer({ min: 1, max: 20_000 }), rates: fc.subarray([0.19, 0.07, 0.0725], { maxLength: 2 }) }), { freq: 2 }),
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
	back: fc.record({ shipping: fc.constantFrom('none', 'full', 'proportional', 'capped', 'exact'), duties: fc.constantFrom('none', 'full', 'proportional'), tip: fc.constantFrom('none', 'full') }),
	fixed: fc.integer({ min: 0, max: 10_000 }),
});

const payment = fc.record({ gateway: fc.constantFrom('gift_card' as const, 'shopify_payments' as const, 'paypal' as const, 'cash' as const), part: fc.integer({ min: 1, max: 5_000 }), isCaptured: fc.boolean() });

export const orderFacts: fc.Arbitrary<OrderFacts> = fc.record({
	currencies: fc.constantFrom(['USD', 'USD'] as const, ['EUR', 'EUR'] as const, ['JPY', 'JPY'] as const, ['KWD', 'KWD'] as const, ['EUR', 'USD'] as const, ['JPY', 'USD'] as const, ['KWD', 'EUR'] as const, ['USD', 'JPY'] as const, ['USD', 'KWD'] as const, ['JPY', 'KWD'] as const),
	rate: fc.constantFrom('1', '0.0067', '0.92', '1.0837', '3.25', '151.337'),
	taxesIncluded: fc.boolean(),
	// Most orders are small; some have more lines than one refund is read with.
	lines: fc.oneof({ weight: 5, arbitrary: fc.array(line, { minLength: 1, maxLength: 4 }) }, { weight: 1, arbitrary: fc.array(line, { minLength: 6, maxLength: 8 }) }),
	discounts: fc.array(discount, { maxLength: 4 }),
	payments: fc.oneof({ weight: 4, arbitrary: fc.array(payment, { maxLength: 2 }) }, { weight: 1, arbitrary: fc.array(payment, { minLength: 3, maxLength: 4 }) }),
	paid: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 9_999 }) }),
	edit: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: edit }),
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
		lines: facts.lines.map(({ quantity, price, rates, unshipped, isGiftCard = false }, index) => ({
			custom: true,
			title: `Article ${index}`,
			quantity,
			unitPrice: money(price),
			isGiftCard,
			fulfilled: isGiftCard ? 0 : Math.max(0, quantity - unshipped),
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

/** The edit as the simulator's admin takes it, for the lines as they were placed; null where it changes nothing. */
export function editOf({ edit: edited, lines, currencies: [currency] }: OrderFacts, lineItemIds: readonly string[]): Record<string, unknown> | null {
	if (edited === undefined || edited === null) return null;
	const remove = lines.flatMap(({ quantity, unshipped, isGiftCard = false }, index) => {
		const pieces = Math.min(edited.removed[index] ?? 0, isGiftCard ? quantity : unshipped, quantity);
		return pieces > 0 ? [{ lineItemId: lineItemIds[index], quantity: pieces }] : [];
	});
	const { cheaper, added } = edited;
	const percent = (hundredths: number) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
	return {
		remove,
		discount: cheaper === null ? [] : [{ lineItemId: lineItemIds[cheaper.line % lines.length], percent: percent(cheaper.by) }],
		add: added === null ? [] : [{ title: 'Added', quantity: added.quantity, unitPrice: decimal(added.price, currency), taxes: added.rates.map((rate) => ({ title: `Tax ${rate}`, rate })) }],
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
