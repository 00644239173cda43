/** What an order and its lines are worth: after discounts and taxes, in both currencies, for any part of the units. */

import { add, NOTHING, shareBag, subtract, times, type Bag } from './money';
import type { FulfillmentLineItem, LineItem, Order, Refund, ShippingLine } from './model';
import { mustHave, type ShopStore } from './store';

/** The worth of some units of a line. */
export interface UnitsValue {
	original: Bag;
	/** After discounts on the line itself. */
	discountedTotal: Bag;
	/** Part of the discounts on the whole order. */
	cartDiscount: Bag;
	/** After all discounts; includes tax where the order's prices do. */
	subtotal: Bag;
	tax: Bag;
}

export function linesOf(store: ShopStore, order: Order): LineItem[] {
	return order.lineItemIds.map((id) => mustHave(store.lineItems, id, 'line item'));
}

export function shippingLinesOf(store: ShopStore, order: Order): ShippingLine[] {
	return order.shippingLineIds.map((id) => mustHave(store.shippingLines, id, 'shipping line'));
}

export function refundsOf(store: ShopStore, order: Order): Refund[] {
	return order.refundIds.map((id) => mustHave(store.refunds, id, 'refund'));
}

export function fulfillmentLinesOf(store: ShopStore, order: Order): FulfillmentLineItem[] {
	return order.fulfillmentIds.flatMap((id) => mustHave(store.fulfillments, id, 'fulfillment').lineItemIds).map((id) => mustHave(store.fulfillmentLineItems, id, 'fulfillment line item'));
}

export function orderOfLine(store: ShopStore, line: LineItem): Order {
	return mustHave(store.orders, line.orderId, 'order');
}

/** Units that are still part of the order: neither refunded nor removed. */
export function currentQuantity(line: LineItem): number {
	return line.quantity - line.refunded - line.removed;
}

/** Units not yet handed to a carrier and still wanted. */
export function unfulfilledQuantity(line: LineItem): number {
	return Math.max(0, line.quantity - line.fulfilled - line.unfulfilledGone);
}

/** Handed-over units that nobody has been given their money back for. */
export function fulfilledRefundable(line: LineItem): number {
	return line.fulfilled - (line.refunded + line.removed - line.unfulfilledGone);
}

export function discountOf(store: ShopStore, line: LineItem | ShippingLine, ...targets: ReadonlyArray<'line' | 'order' | 'shipping'>): Bag {
	if (line.__typename === 'ShippingLine') return add(...line.discounts.map(({ amount }) => amount));
	const order = orderOfLine(store, line);
	const wanted = line.discounts.filter(({ application }) => {
		const target = order.discountApplications[application]?.target;
		return target !== undefined && targets.includes(target);
	});
	return add(...wanted.map(({ amount }) => amount));
}

export function lineTax(line: LineItem | ShippingLine): Bag {
	return add(...line.taxLines.map(({ price }) => price));
}

/**
 * The units from the `before`-th to the `after`-th of a line. Consecutive stretches add up to the line exactly, cent by cent.
 * What is split is the price at each stage, and each tax by itself; discounts are what the stages differ by. So no unit is ever worth less
 * than nothing, however many discounts made it free. How the service rounds parts of a line is not published.
 */
export function unitsValue(store: ShopStore, line: LineItem, before: number, after: number): UnitsValue {
	const part = (whole: Bag): Bag => shareBag(whole, before, after, line.quantity);
	const afterLineDiscounts = subtract(times(line.unitPrice, line.quantity), discountOf(store, line, 'line'));
	const discountedTotal = part(afterLineDiscounts);
	const subtotal = part(subtract(afterLineDiscounts, discountOf(store, line, 'order')));
	return {
		original: times(line.unitPrice, after - before),
		discountedTotal,
		cartDiscount: subtract(discountedTotal, subtotal),
		subtotal,
		tax: add(...line.taxLines.map(({ price }) => part(price))),
	};
}

export function lineValue(store: ShopStore, line: LineItem): UnitsValue {
	return unitsValue(store, line, 0, line.quantity);
}

/** What is paid for units: tax is on top unless prices include it. */
export function payable(order: Order, value: { subtotal: Bag; tax: Bag }): Bag {
	return order.taxesIncluded ? value.subtotal : add(value.subtotal, value.tax);
}

export function shippingPrice(store: ShopStore, line: ShippingLine): Bag {
	return subtract(line.price, discountOf(store, line, 'shipping'));
}

export function dutiesTotal(lines: readonly LineItem[]): Bag {
	return add(...lines.flatMap(({ duties }) => duties.flatMap((duty) => [duty.price, ...duty.taxLines.map(({ price }) => price)])));
}

/** The whole order as its lines stand, before anything was given back. */
export function grossTotal(store: ShopStore, order: Order): Bag {
	const lines = linesOf(store, order);
	return add(
		...lines.map((line) => payable(order, lineValue(store, line))),
		...shippingLinesOf(store, order).map((line) => payable(order, { subtotal: shippingPrice(store, line), tax: lineTax(line) })),
		dutiesTotal(lines),
	);
}

/** What refunds take off the order: the money given back or owed, net of fees kept. */
export function givenBack(refund: Refund, order: Order): Bag {
	const worth = add(
		...refund.lines.map(({ subtotal, totalTax }) => payable(order, { subtotal, tax: totalTax })),
		...refund.shippingLines.map(({ subtotal, tax }) => payable(order, { subtotal, tax })),
		...refund.duties.flatMap(({ amount, tax }) => [amount, tax]),
	);
	return subtract(worth, refund.fees, ...refund.adjustments.map(({ amount }) => amount));
}

/** The order's price today. */
export function currentTotal(store: ShopStore, order: Order): Bag {
	return subtract(order.total, ...refundsOf(store, order).map((refund) => givenBack(refund, order)));
}

export function currentValue(store: ShopStore, order: Order): UnitsValue {
	return linesOf(store, order).reduce<UnitsValue>(
		(sum, line) => {
			const value = unitsValue(store, line, line.refunded + line.removed, line.quantity);
			return {
				original: add(sum.original, value.original),
				discountedTotal: add(sum.discountedTotal, value.discountedTotal),
				cartDiscount: add(sum.cartDiscount, value.cartDiscount),
				subtotal: add(sum.subtotal, value.subtotal),
				tax: add(sum.tax, value.tax),
			};
		},
		{ original: { ...NOTHING }, discountedTotal: { ...NOTHING }, cartDiscount: { ...NOTHING }, subtotal: { ...NOTHING }, tax: { ...NOTHING } },
	);
}

/** Marks the order changed and tells subscribers. */
export function touchOrder(store: ShopStore, order: Order): void {
	order.updatedAt = store.now();
	store.notify('ORDERS_UPDATED', order.id);
}
