/** The life of a return: request, approval, decline, creation, closing, reopening, cancelling, and lines taken off it. */

import { gid, idOf } from './gid';
import { NOTHING, parseAmount, partOf, percentOf, type Bag } from './money';
import type { ExchangeLineItem, FulfillmentLineItem, LineItem, Order, Return, ReturnLineItem, ReverseFulfillmentOrder, ReverseFulfillmentOrderLineItem } from './model';
import { fulfillmentLinesOf, refundsOf, touchOrder } from './orders';
import { presentmentAmount, type MoneyInput } from './refunds';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export const RETURN_REASONS: readonly string[] = ['COLOR', 'DEFECTIVE', 'NOT_AS_DESCRIBED', 'OTHER', 'SIZE_TOO_LARGE', 'SIZE_TOO_SMALL', 'STYLE', 'UNKNOWN', 'UNWANTED', 'WRONG_ITEM'];

export interface ReturnLineInput {
	fulfillmentLineItemId: string;
	quantity: number;
	restockingFee?: { percentage: number } | null;
	returnReason?: string | null;
	returnReasonDefinitionId?: string | null;
	returnReasonNote?: string | null;
	customerNote?: string | null;
}

export interface ExchangeLineInput {
	quantity: number;
	variantId?: string | null;
	appliedDiscount?: { description?: string | null; value?: { amount?: MoneyInput | null; percentage?: number | null } | null } | null;
}

export interface ReturnInput {
	orderId: string;
	returnLineItems: readonly ReturnLineInput[];
	exchangeLineItems?: readonly ExchangeLineInput[] | null;
	returnShippingFee?: { amount: MoneyInput } | null;
	requestedAt?: string | null;
}

export function linesOfReturn(store: ShopStore, theReturn: Return): ReturnLineItem[] {
	return theReturn.lineItemIds.map((id) => mustHave(store.returnLineItems, id, 'return line item'));
}

export function returnsOf(store: ShopStore, order: Order): Return[] {
	return order.returnIds.map((id) => mustHave(store.returns, id, 'return'));
}

export function fulfillmentLineOf(store: ShopStore, line: ReturnLineItem): FulfillmentLineItem {
	return mustHave(store.fulfillmentLineItems, line.fulfillmentLineItemId, 'fulfillment line item');
}

export function orderLineOf(store: ShopStore, line: ReturnLineItem): LineItem {
	return mustHave(store.lineItems, fulfillmentLineOf(store, line).lineItemId, 'line item');
}

/** Finds a return or refuses as the service does. */
export function returnById(store: ShopStore, id: string, at: readonly string[]): Return {
	const found = store.returns.get(idOf(id, 'Return'));
	return found ?? refuse(at, 'Return not found.', 'NOT_FOUND');
}

/** Units of a fulfilment line that can still be put on a return. */
export function returnableQuantity(store: ShopStore, line: FulfillmentLineItem): number {
	const orderLine = mustHave(store.lineItems, line.lineItemId, 'line item');
	const order = mustHave(store.orders, orderLine.orderId, 'order');
	const siblings = fulfillmentLinesOf(store, order).filter(({ lineItemId }) => lineItemId === orderLine.id);
	let refundedOutside = refundsOf(store, order)
		.filter(({ returnId }) => returnId === null)
		.flatMap(({ lines }) => lines)
		.filter(({ lineItemId }) => lineItemId === orderLine.id)
		.reduce((sum, { quantity }) => sum + quantity, 0);
	refundedOutside = Math.max(0, refundedOutside - orderLine.unfulfilledGone);
	for (const sibling of siblings) {
		const free = sibling.quantity - onReturns(store, order, sibling.id);
		const gone = Math.min(Math.max(0, free), refundedOutside);
		refundedOutside -= gone;
		if (sibling.id === line.id) return Math.max(0, free - gone);
	}
	return 0;
}

function onReturns(store: ShopStore, order: Order, fulfillmentLineItemId: number): number {
	return returnsOf(store, order)
		.filter(({ status }) => status === 'REQUESTED' || status === 'OPEN' || status === 'CLOSED')
		.flatMap((theReturn) => linesOfReturn(store, theReturn))
		.filter((line) => line.fulfillmentLineItemId === fulfillmentLineItemId)
		.reduce((sum, { quantity }) => sum + quantity, 0);
}

/**
 * returnCreate (status OPEN) and returnRequest (status REQUESTED).
 * @throws Refusal
 */
export function createReturn(store: ShopStore, input: ReturnInput, status: 'OPEN' | 'REQUESTED', by: string): Return {
	const root = status === 'OPEN' ? 'returnInput' : 'input';
	const order = store.orders.get(idOf(input.orderId, 'Order'));
	if (!order) return refuse([root, 'orderId'], 'Order not found.', 'NOT_FOUND');
	if (order.cancelledAt !== null) refuse([root, 'orderId'], 'Order is cancelled.', 'INVALID_STATE');
	const exchanges = input.exchangeLineItems ?? [];
	if (input.returnLineItems.length === 0 && exchanges.length === 0) refuse([root, 'returnLineItems'], 'The array cannot be empty.', 'BLANK');
	input.returnLineItems.forEach((line, index) => checkLine(store, order, input.returnLineItems, line, index, root, status));
	const exchangeVariants = exchanges.map((line, index) => checkExchange(store, line, [root, 'exchangeLineItems', String(index)]));
	const fee = input.returnShippingFee ? feeAmount(order, input.returnShippingFee.amount, [root, 'returnShippingFee', 'amount']) : null;
	const id = store.id('Return');
	const created: Return = {
		__typename: 'Return',
		id,
		orderId: order.id,
		name: `${order.name}-R${order.returnIds.length + 1}`,
		status,
		createdAt: input.requestedAt ?? store.now(),
		closedAt: null,
		requestApprovedAt: null,
		decline: null,
		lineItemIds: [],
		exchangeLineItemIds: [],
		shippingFee: fee === null ? null : { id: store.id('ReturnShippingFee'), amount: partOf(order.total, fee), charged: { ...NOTHING } },
		reverseFulfillmentOrderIds: [],
		createdBy: by,
	};
	store.returns.set(id, created);
	order.returnIds.push(id);
	for (const line of input.returnLineItems) created.lineItemIds.push(addLine(store, created, line).id);
	exchanges.forEach((line, index) => {
		const variantId = exchangeVariants[index];
		if (variantId !== undefined) created.exchangeLineItemIds.push(addExchange(store, order, created, line, variantId).id);
	});
	// A return brings an archived order back among the open ones.
	order.closedAt = null;
	if (status === 'OPEN') open(store, created);
	tell(store, created, status === 'OPEN' ? 'RETURNS_APPROVE' : 'RETURNS_REQUEST');
	return created;
}

function checkLine(store: ShopStore, order: Order, all: readonly ReturnLineInput[], line: ReturnLineInput, index: number, root: string, status: 'OPEN' | 'REQUESTED'): void {
	const at = [root, 'returnLineItems', String(index)];
	const fulfillmentLine = store.fulfillmentLineItems.get(idOf(line.fulfillmentLineItemId, 'FulfillmentLineItem'));
	if (!fulfillmentLine || !fulfillmentLinesOf(store, order).includes(fulfillmentLine)) {
		return refuse([...at, 'fulfillmentLineItemId'], 'Fulfillment Line Item was not found.', 'NOT_FOUND');
	}
	const wanted = all.filter(({ fulfillmentLineItemId }) => fulfillmentLineItemId === line.fulfillmentLineItemId).reduce((sum, { quantity }) => sum + quantity, 0);
	if (line.quantity <= 0 || wanted > returnableQuantity(store, fulfillmentLine)) refuse([...at, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID');
	if (line.returnReasonDefinitionId) {
		const position = idOf(line.returnReasonDefinitionId, 'ReturnReasonDefinition');
		if (position < 1 || position > RETURN_REASONS.length) refuse([...at, 'returnReasonDefinitionId'], 'Return reason definition was not found.', 'NOT_FOUND');
	} else if (!line.returnReason) {
		if (status === 'OPEN') refuse([...at, 'returnReasonDefinitionId'], 'Return reason definition was not found. Either return reason or return reason definition must be provided', 'NOT_FOUND');
		refuse([...at, 'returnReason'], 'Either return reason or return reason definition must be provided', 'BLANK');
	}
	if ((line.returnReasonNote ?? '').length > 255) refuse([...at, 'returnReasonNote'], 'Return reason note is too long (maximum is 255 characters)', 'TOO_LONG');
	if ((line.customerNote ?? '').length > 300) refuse([...at, 'customerNote'], 'Customer note is too long (maximum is 300 characters)', 'TOO_LONG');
	const percentage = line.restockingFee?.percentage;
	if (percentage !== undefined && (percentage < 0 || percentage > 100)) refuse([...at, 'restockingFee', 'percentage'], 'Restocking fee percentage must be between 0 and 100', 'INVALID');
}

function checkExchange(store: ShopStore, line: ExchangeLineInput, at: readonly string[]): number {
	if (line.quantity <= 0) refuse([...at, 'quantity'], 'Quantity must be greater than 0', 'GREATER_THAN');
	if (!line.variantId) return refuse([...at, 'variantId'], "Variant can't be blank", 'BLANK');
	const variant = store.variants.get(idOf(line.variantId, 'ProductVariant'));
	return variant?.id ?? refuse([...at, 'variantId'], 'Variant was not found.', 'NOT_FOUND');
}

function feeAmount(order: Order, amount: MoneyInput, at: readonly string[]): number {
	if (parseAmount(String(amount.amount), order.presentmentCurrency) === 0) return 0;
	return presentmentAmount(order, amount, at);
}

function addLine(store: ShopStore, theReturn: Return, input: ReturnLineInput): ReturnLineItem {
	const definition = input.returnReasonDefinitionId ? idOf(input.returnReasonDefinitionId, 'ReturnReasonDefinition') : null;
	const reason = definition === null ? (input.returnReason ?? 'UNKNOWN') : (RETURN_REASONS[definition - 1] ?? 'UNKNOWN');
	const line: ReturnLineItem = {
		__typename: 'ReturnLineItem',
		id: store.id('ReturnLineItem'),
		returnId: theReturn.id,
		fulfillmentLineItemId: idOf(input.fulfillmentLineItemId, 'FulfillmentLineItem'),
		quantity: input.quantity,
		processed: 0,
		refunded: 0,
		returnReason: reason,
		returnReasonDefinitionId: definition ?? RETURN_REASONS.indexOf(reason) + 1,
		returnReasonNote: input.returnReasonNote ?? '',
		customerNote: input.customerNote ?? null,
		restockingFee: input.restockingFee ? { id: store.id('RestockingFee'), percentage: input.restockingFee.percentage } : null,
	};
	store.returnLineItems.set(line.id, line);
	return line;
}

function addExchange(store: ShopStore, order: Order, theReturn: Return, input: ExchangeLineInput, variantId: number): ExchangeLineItem {
	const variant = mustHave(store.variants, variantId, 'variant');
	const full = priceInOrder(order, variant.price);
	const percentage = input.appliedDiscount?.value?.percentage;
	const amount = input.appliedDiscount?.value?.amount;
	const off = amount ? (parseAmount(String(amount.amount), order.presentmentCurrency) ?? 0) : percentage ? percentOf(full.presentment, percentage) : 0;
	const line: ExchangeLineItem = {
		__typename: 'ExchangeLineItem',
		id: store.id('ExchangeLineItem'),
		returnId: theReturn.id,
		variantId,
		quantity: input.quantity,
		processed: 0,
		unitPrice: partOf(full, Math.max(0, full.presentment - off)),
		lineItemIds: [],
	};
	store.exchangeLineItems.set(line.id, line);
	return line;
}

/** Catalogue prices are in the shop's currency; an order in another one is converted at the order's own rate. */
function priceInOrder(order: Order, shop: number): Bag {
	if (order.total.shop === 0 || order.currency === order.presentmentCurrency) return { shop, presentment: shop };
	return { shop, presentment: partOf({ shop: order.total.presentment, presentment: order.total.shop }, shop).shop };
}

/** An open return gets one reverse fulfilment order per parcel its units came in. */
function open(store: ShopStore, theReturn: Return): void {
	const byFulfillment = new Map<number, ReturnLineItem[]>();
	for (const line of linesOfReturn(store, theReturn)) {
		const { fulfillmentId } = fulfillmentLineOf(store, line);
		byFulfillment.set(fulfillmentId, [...(byFulfillment.get(fulfillmentId) ?? []), line]);
	}
	for (const lines of byFulfillment.values()) {
		const id = store.id('ReverseFulfillmentOrder');
		const reverse: ReverseFulfillmentOrder = { __typename: 'ReverseFulfillmentOrder', id, orderId: theReturn.orderId, returnId: theReturn.id, status: 'OPEN', lineItemIds: [], reverseDeliveryIds: [] };
		for (const line of lines) {
			const lineId = store.id('ReverseFulfillmentOrderLineItem');
			store.reverseFulfillmentOrderLineItems.set(lineId, {
				__typename: 'ReverseFulfillmentOrderLineItem',
				id: lineId,
				reverseFulfillmentOrderId: id,
				returnLineItemId: line.id,
				fulfillmentLineItemId: line.fulfillmentLineItemId,
				totalQuantity: line.quantity,
				dispositions: [],
			});
			reverse.lineItemIds.push(lineId);
			store.reverseLineOf.set(line.id, lineId);
		}
		store.reverseFulfillmentOrders.set(id, reverse);
		theReturn.reverseFulfillmentOrderIds.push(id);
	}
}

export function approveReturn(store: ShopStore, id: string): Return {
	const theReturn = returnById(store, id, ['input', 'id']);
	if (theReturn.status !== 'REQUESTED') refuse(['input', 'id'], 'Return is not approvable. Only returns with status REQUESTED can be approved.', 'INVALID_STATE');
	theReturn.status = 'OPEN';
	theReturn.requestApprovedAt = store.now();
	open(store, theReturn);
	tell(store, theReturn, 'RETURNS_APPROVE');
	return theReturn;
}

export function declineReturn(store: ShopStore, input: { id: string; declineReason: string; declineNote?: string | null }): Return {
	const theReturn = returnById(store, input.id, ['input', 'id']);
	if (theReturn.status === 'DECLINED') refuse(['input', 'id'], 'The return is already declined.', 'INVALID_STATE');
	if (theReturn.status !== 'REQUESTED') refuse(['input', 'id'], 'Return is not declinable. Only non-refunded returns with status REQUESTED can be declined.', 'INVALID_STATE');
	if ((input.declineNote ?? '').length > 500) refuse(['input', 'declineNote'], 'Decline note is too long (maximum is 500 characters)', 'TOO_LONG');
	theReturn.status = 'DECLINED';
	theReturn.decline = { reason: input.declineReason, note: input.declineNote ?? null };
	tell(store, theReturn, 'RETURNS_DECLINE');
	return theReturn;
}

export function closeReturn(store: ShopStore, id: string): Return {
	const theReturn = returnById(store, id, ['id']);
	if (theReturn.status === 'CLOSED') return theReturn;
	if (theReturn.status !== 'OPEN') refuse(['id'], 'Return status is invalid.', 'INVALID_STATE');
	close(store, theReturn);
	return theReturn;
}

function close(store: ShopStore, theReturn: Return): void {
	theReturn.status = 'CLOSED';
	theReturn.closedAt = store.now();
	setReverseStatus(store, theReturn, 'OPEN', 'CLOSED');
	tell(store, theReturn, 'RETURNS_CLOSE');
}

export function reopenReturn(store: ShopStore, id: string): Return {
	const theReturn = returnById(store, id, ['id']);
	if (theReturn.status === 'OPEN') return theReturn;
	if (theReturn.status !== 'CLOSED') refuse(['id'], 'Return status is invalid.', 'INVALID_STATE');
	theReturn.status = 'OPEN';
	theReturn.closedAt = null;
	setReverseStatus(store, theReturn, 'CLOSED', 'OPEN');
	tell(store, theReturn, 'RETURNS_REOPEN');
	return theReturn;
}

export function cancelReturn(store: ShopStore, id: string): Return {
	const theReturn = returnById(store, id, ['id']);
	if (theReturn.status === 'CANCELED') return theReturn;
	const worked = linesOfReturn(store, theReturn).some(({ processed, refunded }) => processed > 0 || refunded > 0);
	const inspected = theReturn.reverseFulfillmentOrderIds
		.flatMap((reverseId) => mustHave(store.reverseFulfillmentOrders, reverseId, 'reverse fulfilment order').lineItemIds)
		.some((lineId) => mustHave(store.reverseFulfillmentOrderLineItems, lineId, 'reverse fulfilment order line').dispositions.length > 0);
	if (theReturn.status !== 'OPEN' || worked || inspected) refuse(['id'], 'Return is not cancelable.', 'INVALID_STATE');
	theReturn.status = 'CANCELED';
	setReverseStatus(store, theReturn, 'OPEN', 'CANCELED');
	tell(store, theReturn, 'RETURNS_CANCEL');
	return theReturn;
}

function setReverseStatus(store: ShopStore, theReturn: Return, from: ReverseFulfillmentOrder['status'], to: ReverseFulfillmentOrder['status']): void {
	for (const id of theReturn.reverseFulfillmentOrderIds) {
		const reverse = mustHave(store.reverseFulfillmentOrders, id, 'reverse fulfilment order');
		if (reverse.status === from) reverse.status = to;
	}
}

export interface RemoveInput {
	returnId: string;
	returnLineItems?: ReadonlyArray<{ returnLineItemId: string; quantity: number }> | null;
	exchangeLineItems?: ReadonlyArray<{ exchangeLineItemId: string; quantity: number }> | null;
}

/** Takes units off a return that has not processed them. The last unit gone closes the return. */
export function removeFromReturn(store: ShopStore, input: RemoveInput): Return {
	const theReturn = returnById(store, input.returnId, ['returnId']);
	if (theReturn.status !== 'OPEN' && theReturn.status !== 'REQUESTED') refuse(['returnId'], 'Return status is invalid.', 'INVALID_STATE');
	const lines = (input.returnLineItems ?? []).map(({ returnLineItemId, quantity }, index) => {
		if (quantity <= 0) refuse(null, 'Quantity must be greater than 0', 'GREATER_THAN');
		const id = idOf(returnLineItemId, 'ReturnLineItem');
		const line = linesOfReturn(store, theReturn).find((candidate) => candidate.id === id);
		if (!line) return refuse(['returnLineItems', index, 'returnLineItemId'], 'Return line item was not found.', 'NOT_FOUND');
		if (quantity > removable(store, line)) refuse(['returnLineItems', index, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID');
		return { line, quantity };
	});
	const exchanges = (input.exchangeLineItems ?? []).map(({ exchangeLineItemId, quantity }, index) => {
		if (quantity <= 0) refuse(null, 'Quantity must be greater than 0', 'GREATER_THAN');
		const id = idOf(exchangeLineItemId, 'ExchangeLineItem');
		const line = theReturn.exchangeLineItemIds.includes(id) ? store.exchangeLineItems.get(id) : undefined;
		if (!line) return refuse(['exchangeLineItems', index, 'exchangeLineItemId'], 'Exchange line item was not found.', 'NOT_FOUND');
		if (quantity > line.quantity - line.processed) refuse(['exchangeLineItems', index, 'quantity'], 'Exchange line item has an invalid quantity.', 'INVALID');
		return { line, quantity };
	});
	if (lines.length === 0 && exchanges.length === 0) refuse(null, 'At least one return or exchange line item must be given', 'BLANK');
	for (const { line, quantity } of lines) {
		line.quantity -= quantity;
		const reverseLine = reverseLineOf(store, line);
		if (reverseLine) reverseLine.totalQuantity -= quantity;
	}
	for (const { line, quantity } of exchanges) line.quantity -= quantity;
	tell(store, theReturn, 'RETURNS_UPDATE');
	if (theReturn.status === 'OPEN' && totalQuantity(store, theReturn) === 0 && theReturn.exchangeLineItemIds.every((id) => mustHave(store.exchangeLineItems, id, 'exchange line').quantity === 0)) close(store, theReturn);
	return theReturn;
}

/** Not processed yet and not disposed of yet. */
function removable(store: ShopStore, line: ReturnLineItem): number {
	const disposed = (reverseLineOf(store, line)?.dispositions ?? []).filter(({ type }) => type !== 'PROCESSING_REQUIRED').reduce((sum, { quantity }) => sum + quantity, 0);
	return line.quantity - Math.max(line.processed, disposed);
}

/** What the warehouse has to do with a return line; nothing before the return is open. */
export function reverseLineOf(store: ShopStore, { id }: ReturnLineItem): ReverseFulfillmentOrderLineItem | undefined {
	return store.reverseFulfillmentOrderLineItems.get(store.reverseLineOf.get(id) ?? 0);
}

export function totalQuantity(store: ShopStore, theReturn: Return): number {
	return linesOfReturn(store, theReturn).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The order's status over all its returns; the most urgent one wins. */
export function orderReturnStatus(store: ShopStore, order: Order): string {
	const statuses = returnsOf(store, order).map(({ status }) => status);
	if (statuses.includes('REQUESTED')) return 'RETURN_REQUESTED';
	if (statuses.includes('OPEN')) return 'IN_PROGRESS';
	return statuses.includes('CLOSED') ? 'RETURNED' : 'NO_RETURN';
}

/** Tells subscribers, and notes it on the order's timeline. */
export function tell(store: ShopStore, theReturn: Return, topic: string): void {
	const order = mustHave(store.orders, theReturn.orderId, 'order');
	store.addEvent('ORDER', gid('Order', order.id), topic.toLowerCase(), `Return ${theReturn.name}: ${topic.replace('RETURNS_', '').toLowerCase()}.`, null);
	store.notify(topic, theReturn.id);
	touchOrder(store, order);
}
