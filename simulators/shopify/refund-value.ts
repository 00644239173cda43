/** What giving back some units, shipping and duties of an order is worth. Computes only; changes nothing. */

import { add, NOTHING, partOf, share, subtract, type Bag } from './money';
import type { Duty, LineItem, Order, RestockType, ShippingLine } from './model';
import { currentQuantity, linesOf, payable, shippingLinesOf, shippingPrice, lineTax, unitsValue, type UnitsValue } from './orders';
import type { ShopStore } from './store';

export interface LinePart {
	line: LineItem;
	quantity: number;
	restockType: RestockType;
	locationId: number | null;
}

export type ShippingPart = { kind: 'none' } | { kind: 'full' } | { kind: 'amount'; presentment: number };

export interface DutyPart {
	duty: Duty;
	refundType: 'FULL' | 'PROPORTIONAL';
}

export interface RefundParts {
	lines: readonly LinePart[];
	shipping: ShippingPart;
	duties: readonly DutyPart[];
}

export interface PricedLine extends LinePart, UnitsValue {}

export interface PricedShipping {
	line: ShippingLine;
	subtotal: Bag;
	tax: Bag;
}

export interface PricedDuty {
	duty: Duty;
	amount: Bag;
	tax: Bag;
}

export interface RefundValue {
	lines: PricedLine[];
	shipping: PricedShipping[];
	duties: PricedDuty[];
	discountedSubtotal: Bag;
	cartDiscount: Bag;
	subtotal: Bag;
	/** Tax of lines and shipping. */
	tax: Bag;
	shippingAmount: Bag;
	shippingTax: Bag;
	dutiesTotal: Bag;
	/** What the customer paid for all of it. */
	total: Bag;
}

/** Values parts of an order; units of one line may be split over several parts. */
export function valueOf(store: ShopStore, order: Order, parts: RefundParts): RefundValue {
	const taken = new Map<number, number>();
	const lines = parts.lines.map((part) => {
		const before = part.line.refunded + part.line.removed + (taken.get(part.line.id) ?? 0);
		taken.set(part.line.id, (taken.get(part.line.id) ?? 0) + part.quantity);
		return { ...part, ...unitsValue(store, part.line, before, before + part.quantity) };
	});
	const shipping = priceShipping(store, order, parts.shipping);
	const duties = parts.duties.map((part) => priceDuty(part, parts.lines));
	const shippingAmount = add(...shipping.map(({ subtotal }) => subtotal));
	const shippingTax = add(...shipping.map(({ tax }) => tax));
	const dutiesTotal = add(...duties.flatMap(({ amount, tax }) => [amount, tax]));
	return {
		lines,
		shipping,
		duties,
		discountedSubtotal: add(...lines.map(({ discountedTotal }) => discountedTotal)),
		cartDiscount: add(...lines.map(({ cartDiscount }) => cartDiscount)),
		subtotal: add(...lines.map(({ subtotal }) => subtotal)),
		tax: add(...lines.map(({ tax }) => tax), shippingTax),
		shippingAmount,
		shippingTax,
		dutiesTotal,
		total: add(...lines.map((line) => payable(order, line)), ...shipping.map((part) => payable(order, part)), dutiesTotal),
	};
}

/** Everything that is left of an order. */
export function everythingLeft(store: ShopStore, order: Order): RefundParts {
	const lines = linesOf(store, order);
	return {
		lines: lines.filter((line) => currentQuantity(line) > 0).map((line) => ({ line, quantity: currentQuantity(line), restockType: 'NO_RESTOCK' as const, locationId: null })),
		shipping: { kind: 'full' },
		duties: lines.flatMap(({ duties }) => duties).map((duty) => ({ duty, refundType: 'FULL' as const })),
	};
}

export function refundableShipping(store: ShopStore, order: Order): Bag {
	return add(...shippingLinesOf(store, order).map((line) => subtract(shippingPrice(store, line), line.refunded)));
}

/** A wanted amount is taken from the shipping lines in order; each brings its tax along in proportion. */
function priceShipping(store: ShopStore, order: Order, part: ShippingPart): PricedShipping[] {
	if (part.kind === 'none') return [];
	let left = part.kind === 'full' ? Number.MAX_SAFE_INTEGER : part.presentment;
	const priced: PricedShipping[] = [];
	for (const line of shippingLinesOf(store, order)) {
		const price = shippingPrice(store, line);
		const taken = Math.min(left, price.presentment - line.refunded.presentment);
		if (taken <= 0) continue;
		left -= taken;
		const after = line.refunded.presentment + taken;
		const tax = lineTax(line);
		priced.push({
			line,
			subtotal: partOf(price, taken, line.refunded),
			tax: {
				shop: share(tax.shop, line.refunded.presentment, after, price.presentment),
				presentment: share(tax.presentment, line.refunded.presentment, after, price.presentment),
			},
		});
	}
	return priced;
}

function priceDuty({ duty, refundType }: DutyPart, lines: readonly LinePart[]): PricedDuty {
	const left = subtract(duty.price, duty.refunded);
	const part = lines.filter(({ line }) => line.id === duty.lineItemId);
	const line = part[0]?.line;
	const quantity = part.reduce((sum, { quantity: units }) => sum + units, 0);
	const amount = refundType === 'FULL' ? left : line ? atMost(proportion(duty, line, quantity), left) : { ...NOTHING };
	const tax = add(...duty.taxLines.map(({ price }) => price));
	return {
		duty,
		amount,
		tax: {
			shop: share(tax.shop, duty.refunded.presentment, duty.refunded.presentment + amount.presentment, duty.price.presentment),
			presentment: share(tax.presentment, duty.refunded.presentment, duty.refunded.presentment + amount.presentment, duty.price.presentment),
		},
	};
}

function proportion(duty: Duty, line: LineItem, quantity: number): Bag {
	const before = line.refunded + line.removed;
	return {
		shop: share(duty.price.shop, before, before + quantity, line.quantity),
		presentment: share(duty.price.presentment, before, before + quantity, line.quantity),
	};
}

function atMost(bag: Bag, ceiling: Bag): Bag {
	return { shop: Math.min(bag.shop, ceiling.shop), presentment: Math.min(bag.presentment, ceiling.presentment) };
}
