/** What a person does in the admin, behind the back of every app: refunds, dispositions, edits. */

import { HttpError } from '../shared/http';
import { Input } from '../shared/input';
import { addVariant, variantBySku } from './catalog';
import { addParcel, addPayment, idFrom, Pricing, taxesOf, taxLines, trackingOf } from './checkout';
import { checkDispositions, dispose, type DisposeInput } from './dispositions';
import { gid } from './gid';
import { createGiftCard } from './gift-cards';
import { change, countedItem, ensureLevel, releaseCommitted } from './inventory';
import { add, formatFixed, NOTHING, parseAmount, partOf, percentOf, subtract } from './money';
import type { LineItem, Order, OrderTransaction, Refund, Return, ReverseFulfillmentOrderLineItem } from './model';
import { currentQuantity, fulfillmentLinesOf, linesOf, lineValue, payable, touchOrder, unfulfilledQuantity, unitsValue } from './orders';
import { outstanding, spread } from './payments';
import { valueOf, type LinePart } from './refund-value';
import { checkCeilings, makeRefund } from './refunds';
import { processReturn } from './processing';
import { cancelReturn, closeReturn, createReturn, linesOfReturn, orderLineOf, reopenReturn, returnableQuantity, returnsOf, reverseLineOf } from './returns';
import { mustHave, type ShopStore } from './store';
import { creditAccount } from './store-credit';
import { Refusal } from './user-errors';

const A_PERSON = 'A person in the admin';

export function orderFrom(store: ShopStore, input: Input): Order {
	const id = idFrom(input, 'orderId');
	const order = id === undefined ? undefined : store.orders.get(id);
	if (!order) throw new HttpError(404, { message: 'body.orderId is not an order' });
	return order;
}

/** `returnId`, or the latest return of `orderId` with `latestReturn: true`. */
function returnIdFrom(store: ShopStore, input: Input): number | undefined {
	if (input.optionalBoolean('latestReturn') !== true) return idFrom(input, 'returnId');
	const latest = returnsOf(store, orderFrom(store, input)).at(-1);
	if (!latest) throw new HttpError(404, { message: 'The order has no return' });
	return latest.id;
}

/** A person makes a return: `{ orderId, lines: [{ lineItemId, quantity }] }`. */
export function adminReturn(store: ShopStore, input: Input): Return {
	const order = orderFrom(store, input);
	const returnLineItems = input.list('lines').flatMap((wanted) => {
		const line = lineFrom(store, order, wanted);
		let missing = wanted.optionalCount('quantity', 1) ?? 1;
		return fulfillmentLinesOf(store, order).flatMap((parcelLine) => {
			const quantity = parcelLine.lineItemId === line.id ? Math.min(missing, returnableQuantity(store, parcelLine)) : 0;
			missing -= quantity;
			return quantity > 0 ? [{ fulfillmentLineItemId: gid('FulfillmentLineItem', parcelLine.id), quantity, returnReason: 'OTHER' }] : [];
		});
	});
	return asControl(() => createReturn(store, { orderId: gid('Order', order.id), returnLineItems }, 'OPEN', A_PERSON));
}

/** A person closes, reopens or cancels a return: `{ returnId | orderId with latestReturn, act }`. */
export function adminMoveReturn(store: ShopStore, input: Input): Return {
	const id = gid('Return', returnIdFrom(store, input) ?? 0);
	const acts = { close: closeReturn, reopen: reopenReturn, cancel: cancelReturn };
	const act = acts[input.oneOf('act', ['close', 'reopen', 'cancel'] as const)];
	return asControl(() => act(store, id));
}

function lineFrom(store: ShopStore, order: Order, input: Input): LineItem {
	const id = idFrom(input, 'lineItemId');
	const line = linesOf(store, order).find((candidate) => candidate.id === id);
	if (!line) throw new HttpError(404, { message: 'lineItemId is not a line of the order' });
	return line;
}

/** A refusal of the rules is a bad request here. */
export function asControl<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof Refusal) throw new HttpError(422, { message: error.errors.map(({ message }) => message).join(' '), userErrors: error.errors });
		throw error;
	}
}

/** A person refunds lines; within a return when one is named. Without an amount, what the lines are worth. */
export function adminRefund(store: ShopStore, input: Input): Refund {
	const order = orderFrom(store, input);
	const returnId = returnIdFrom(store, input);
	if (returnId !== undefined) return adminRefundOfReturn(store, order, returnId, input);
	const lines = input.list('lines').map((line): LinePart => {
		const restock = line.optionalBoolean('restock') ?? false;
		const orderLine = lineFrom(store, order, line);
		const quantity = line.optionalCount('quantity', 1) ?? 1;
		if (quantity > currentQuantity(orderLine)) throw new HttpError(422, { message: 'Quantity cannot refund more items than were purchased' });
		return { line: orderLine, quantity, restockType: restock ? 'RETURN' : 'NO_RESTOCK', locationId: restock ? (idFrom(line, 'locationId') ?? orderLine.locationId) : null };
	});
	const value = valueOf(store, order, { lines, shipping: { kind: input.optionalBoolean('shipping') ? 'full' : 'none' }, duties: [] });
	const text = input.optionalString('amount');
	const amount = text === undefined ? value.total.presentment : parseAmount(text, order.presentmentCurrency);
	if (amount === undefined) throw new HttpError(400, { message: 'body.amount must be an amount' });
	if (store.refunds.has(idFrom(input, 'id') ?? 0)) throw new HttpError(409, { message: 'There is a refund with this id already' });
	const payments = spread(store, order, amount).map(({ parent, amount: part }) => ({ parent, amount: part.presentment })).filter((part) => part.amount > 0);
	if (payments.reduce((sum, part) => sum + part.amount, 0) < amount) throw new HttpError(422, { message: 'The payments do not cover this amount' });
	return asControl(() => {
		checkCeilings(store, order, payments, [], false, null);
		return makeRefund(store, {
			order,
			returnId: null,
			value,
			fees: { ...NOTHING },
			exchanged: { ...NOTHING },
			payments,
			storeCredit: [],
			discrepancyReason: null,
			note: input.optionalString('note') ?? null,
			processedAt: null,
			by: A_PERSON,
			movesStock: true,
			id: idFrom(input, 'id'),
		});
	});
}

function adminRefundOfReturn(store: ShopStore, order: Order, returnId: number, input: Input): Refund {
	const theReturn = store.returns.get(returnId);
	if (!theReturn || theReturn.orderId !== order.id) throw new HttpError(404, { message: 'body.returnId is not a return of the order' });
	const wanted = input.list('lines');
	const chosen = linesOfReturn(store, theReturn).flatMap((line) => {
		const open = line.quantity - line.processed;
		if (wanted.length === 0) return open > 0 ? [{ id: gid('ReturnLineItem', line.id), quantity: open }] : [];
		const match = wanted.find((one) => idFrom(one, 'lineItemId') === orderLineOf(store, line).id);
		return match ? [{ id: gid('ReturnLineItem', line.id), quantity: match.optionalCount('quantity', 1) ?? open }] : [];
	});
	const parts = chosen.map(({ id, quantity }): LinePart => {
		const line = orderLineOf(store, mustHave(store.returnLineItems, Number(id.split('/').at(-1)), 'return line'));
		return { line, quantity: Math.min(quantity, currentQuantity(line)), restockType: 'NO_RESTOCK', locationId: null };
	});
	const text = input.optionalString('amount');
	const amount = text === undefined ? valueOf(store, order, { lines: parts, shipping: { kind: 'none' }, duties: [] }).total.presentment : (parseAmount(text, order.presentmentCurrency) ?? 0);
	const money = (minor: number) => ({ amount: formatFixed(minor, order.presentmentCurrency), currencyCode: order.presentmentCurrency });
	asControl(() =>
		processReturn(
			store,
			{
				returnId: gid('Return', theReturn.id),
				returnLineItems: chosen,
				note: input.optionalString('note') ?? null,
				financialTransfer: {
					issueRefund: {
						orderTransactions: spread(store, order, amount)
							.filter((part) => part.amount.presentment > 0)
							.map(({ parent, amount: part }) => ({ parentId: gid('OrderTransaction', parent.id), transactionAmount: money(part.presentment) })),
					},
				},
			},
			A_PERSON,
		),
	);
	return mustHave(store.refunds, order.refundIds.at(-1) ?? 0, 'refund');
}

/** A person says what became of units: `{ returnId, lines: [{ lineItemId, quantity, type, locationId? }] }`. */
export function adminDispose(store: ShopStore, input: Input): ReverseFulfillmentOrderLineItem[] {
	const returnId = returnIdFrom(store, input);
	const theReturn = returnId === undefined ? undefined : store.returns.get(returnId);
	if (!theReturn) throw new HttpError(404, { message: 'body.returnId is not a return' });
	const order = mustHave(store.orders, theReturn.orderId, 'order');
	const inputs = input.list('lines').map((line): DisposeInput => {
		const orderLine = lineFrom(store, order, line);
		const returnLine = linesOfReturn(store, theReturn).find((candidate) => orderLineOf(store, candidate) === orderLine);
		const reverse = returnLine && reverseLineOf(store, returnLine);
		if (!reverse) throw new HttpError(404, { message: 'The line is not on its way back' });
		const type = line.oneOf('type', ['RESTOCKED', 'NOT_RESTOCKED', 'MISSING', 'PROCESSING_REQUIRED'] as const);
		return {
			reverseFulfillmentOrderLineItemId: gid('ReverseFulfillmentOrderLineItem', reverse.id),
			dispositionType: type,
			quantity: line.optionalCount('quantity', 1) ?? 1,
			locationId: type === 'RESTOCKED' ? gid('Location', idFrom(line, 'locationId') ?? orderLine.locationId) : null,
		};
	});
	return asControl(() => dispose(store, checkDispositions(store, inputs, ['lines'])));
}

/** A person edits the order: takes units that were not sent off a line, discounts a line (sent or not), or adds a line. */
export function adminEditOrder(store: ShopStore, input: Input): Order {
	const order = orderFrom(store, input);
	for (const removal of input.list('remove')) {
		const line = lineFrom(store, order, removal);
		const quantity = removal.optionalCount('quantity', 1) ?? 1;
		if (quantity > unfulfilledQuantity(line)) throw new HttpError(422, { message: 'Only unfulfilled units can be taken off an order' });
		const restock = removal.optionalBoolean('restock') ?? true;
		releaseCommitted(store, line, quantity, restock ? line.locationId : null);
		const { total } = valueOf(store, order, { lines: [{ line, quantity, restockType: 'NO_RESTOCK', locationId: null }], shipping: { kind: 'none' }, duties: [] });
		line.removed += quantity;
		line.unfulfilledGone += quantity;
		order.total = subtract(order.total, total);
	}
	for (const discount of input.list('discount')) discountLine(store, order, discount);
	for (const addition of input.list('add')) addLine(store, order, addition);
	order.edited = true;
	touchOrder(store, order);
	store.notify('ORDERS_EDITED', order.id);
	return order;
}

/**
 * `{ lineItemId, percent }`: a discount on what is left of a line, sent or not (Shopify's changelog of 2025-08-13). The line's taxes follow;
 * its parts of discounts on the whole order stay as they are. What an edit does to those is not published.
 */
function discountLine(store: ShopStore, order: Order, input: Input): void {
	const line = lineFrom(store, order, input);
	const before = payable(order, lineValue(store, line));
	const left = unitsValue(store, line, line.refunded + line.removed, line.quantity);
	const off = percentOf(left.discountedTotal.presentment, input.string('percent'));
	if (off <= 0 || off > left.subtotal.presentment) throw new HttpError(422, { message: 'The line is not worth that much' });
	const application = order.discountApplications.length;
	order.discountApplications.push({ index: application, target: 'line', kind: 'percentage', value: input.string('percent'), type: 'manual', title: 'Edited by hand' });
	line.discounts.push({ application, amount: partOf(left.discountedTotal, off) });
	line.taxLines = taxLines(order, line.taxLines, lineValue(store, line).subtotal);
	order.total = add(subtract(order.total, before), payable(order, lineValue(store, line)));
}

/** A person gives the order's customer credit: `{ orderId, amount, as }`. Nothing about it says what it is for. */
export function adminCredit(store: ShopStore, input: Input): void {
	const order = orderFrom(store, input);
	if (order.customerId === null) throw new HttpError(422, { message: 'The order has no customer' });
	const customer = gid('Customer', order.customerId);
	const money = { amount: input.string('amount'), currencyCode: order.presentmentCurrency };
	const kind = input.oneOf('as', ['account', 'giftCard'] as const);
	asControl(() => void (kind === 'account' ? creditAccount(store, customer, { creditAmount: money }) : createGiftCard(store, { customerId: customer, initialAmount: money })));
}

/** A person sends out what is still to be sent, or only `lines: [{ lineItemId, quantity }]` of it. */
export function adminFulfill(store: ShopStore, input: Input): Order {
	const order = orderFrom(store, input);
	const wanted = input.list('lines').map((line) => ({ line: lineFrom(store, order, line), quantity: line.optionalCount('quantity', 1) ?? 1 }));
	const contents = input.has('lines') ? wanted : linesOf(store, order).filter(({ requiresShipping }) => requiresShipping).map((line) => ({ line, quantity: unfulfilledQuantity(line) })).filter(({ quantity }) => quantity > 0);
	if (contents.length === 0) throw new HttpError(422, { message: 'Nothing is left to send' });
	for (const { line, quantity } of contents) {
		if (quantity > unfulfilledQuantity(line)) throw new HttpError(422, { message: 'Only unfulfilled units can be sent' });
		releaseCommitted(store, line, quantity, null);
		line.fulfilled += quantity;
	}
	addParcel(store, order, contents, { locationId: contents[0]?.line.locationId ?? 0, tracking: trackingOf(input), createdAt: store.now() });
	touchOrder(store, order);
	store.notify(linesOf(store, order).some((line) => line.requiresShipping && unfulfilledQuantity(line) > 0) ? 'ORDERS_PARTIALLY_FULFILLED' : 'ORDERS_FULFILLED', order.id);
	return order;
}

/** The customer pays what an edit made the order dearer by, or `amount` of it; with the fields of a payment at checkout. */
export function adminPay(store: ShopStore, input: Input): OrderTransaction {
	const order = orderFrom(store, input);
	const open = outstanding(store, order).presentment;
	const text = input.optionalString('amount');
	const amount = text === undefined ? open : (parseAmount(text, order.presentmentCurrency) ?? 0);
	if (amount <= 0 || amount > open) throw new HttpError(422, { message: 'There is not that much to pay' });
	const payment = new Input({ ...Object.fromEntries(input.keys().map((name) => [name, input.raw(name)])), amount: formatFixed(amount, order.presentmentCurrency) });
	const transaction = addPayment(store, order, new Pricing(order.currency, order.presentmentCurrency, order.exchangeRate), payment, store.now());
	store.notify('ORDER_TRANSACTIONS_CREATE', transaction.id);
	touchOrder(store, order);
	return transaction;
}

function addLine(store: ShopStore, order: Order, input: Input): void {
	const pricing = new Pricing(order.currency, order.presentmentCurrency, order.exchangeRate);
	const unitPrice = pricing.amount(input.string('unitPrice'), 'unitPrice');
	const sku = input.optionalString('sku') ?? null;
	const variant = (sku === null ? undefined : variantBySku(store, sku)) ?? addVariant(store, { title: input.optionalString('title') ?? 'Item', sku, price: unitPrice.shop, tracked: true, available: 10 });
	const quantity = input.optionalCount('quantity', 1) ?? 1;
	const first = linesOf(store, order)[0];
	const line: LineItem = {
		__typename: 'LineItem',
		id: store.id('LineItem'),
		orderId: order.id,
		sku,
		title: input.optionalString('title') ?? sku ?? 'Item',
		quantity,
		unitPrice,
		variantId: variant.id,
		productId: variant.productId,
		isGiftCard: false,
		isTip: false,
		requiresShipping: true,
		discounts: [],
		taxLines: [],
		duties: [],
		groupId: null,
		fulfilled: 0,
		refunded: 0,
		removed: 0,
		unfulfilledGone: 0,
		locationId: first?.locationId ?? 0,
		exchangeLineItemId: null,
	};
	store.lineItems.set(line.id, line);
	order.lineItemIds.push(line.id);
	line.taxLines = taxLines(order, taxesOf(input), lineValue(store, line).subtotal);
	order.total = add(order.total, payable(order, lineValue(store, line)));
	const item = countedItem(store, line);
	if (!item) return;
	const level = ensureLevel(store, item.id, line.locationId);
	change(store, level, 'available', -quantity);
	change(store, level, 'committed', quantity);
}
