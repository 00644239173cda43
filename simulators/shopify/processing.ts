/** Processing a return: what it comes to, and doing it. Money moves only when the call says so; stock only through dispositions. */

import { checkDispositions, dispose, type CheckedDisposition, type DisposeInput } from './dispositions';
import { idOf } from './gid';
import { change, countedItem, ensureLevel } from './inventory';
import { add, fraction, negate, NOTHING, ratio, subtract, times, type Bag } from './money';
import type { ExchangeLineItem, LineItem, Order, Return, ReturnLineItem } from './model';
import { currentQuantity, discountOf, linesOf } from './orders';
import type { RefundPayment } from './payments';
import { valueOf, type LinePart, type RefundValue, type ShippingPart } from './refund-value';
import { linesOfReturn, orderLineOf, returnById, tell } from './returns';
import { checkCeilings, checkDuties, checkShipping, checkStoreCredit, findParent, makeRefund, presentmentAmount, type MoneyInput, type RefundMethodInput } from './refunds';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export interface RefundShippingInput {
	fullRefund?: boolean | null;
	shippingRefundAmount?: MoneyInput | null;
}

export interface OutcomeInput {
	returnLineItems: ReadonlyArray<{ id: string; quantity: number; dispositions?: readonly DisposeInput[] | null }>;
	exchangeLineItems: ReadonlyArray<{ id: string; quantity: number }>;
	refundShipping?: RefundShippingInput | null;
	refundDuties?: ReadonlyArray<{ dutyId: string; refundType?: 'FULL' | 'PROPORTIONAL' | null }> | null;
	tipLineId?: string | null;
}

export interface ProcessInput extends Partial<OutcomeInput> {
	returnId: string;
	note?: string | null;
	financialTransfer?: {
		issueRefund?: {
			allowOverRefunding?: boolean | null;
			orderTransactions: ReadonlyArray<{ parentId: string; transactionAmount: MoneyInput }>;
			refundMethods?: readonly RefundMethodInput[] | null;
		};
	} | null;
}

interface CheckedLine {
	line: ReturnLineItem;
	orderLine: LineItem;
	quantity: number;
	dispositions: CheckedDisposition[];
}

export interface Outcome {
	order: Order;
	value: RefundValue;
	restockingFees: Bag;
	returnShippingFee: Bag;
	exchanged: Bag;
	/** What the shop owes (above zero) or is owed (below), before fees are cut off at nothing. */
	net: Bag;
}

/** Units of a return line that may be given money for. */
export function refundableQuantity(store: ShopStore, line: ReturnLineItem): number {
	const left = line.quantity - line.refunded;
	return store.settings.returnProcessChecksRefundedQuantity ? Math.max(0, Math.min(left, currentQuantity(orderLineOf(store, line)))) : left;
}

/**
 * What processing these units would come to.
 * @throws Refusal when the units are not there to be processed
 */
export function outcomeOf(store: ShopStore, theReturn: Return, input: OutcomeInput): Outcome {
	const order = mustHave(store.orders, theReturn.orderId, 'order');
	const lines = checkLines(store, theReturn, input.returnLineItems, []);
	const exchanges = checkExchanges(store, theReturn, input.exchangeLineItems, []);
	return price(store, theReturn, order, input, lines, exchanges, []);
}

function price(
	store: ShopStore,
	theReturn: Return,
	order: Order,
	input: OutcomeInput,
	lines: readonly CheckedLine[],
	exchanges: ReadonlyArray<{ line: ExchangeLineItem; quantity: number }>,
	at: readonly string[],
): Outcome {
	const parts: LinePart[] = lines.flatMap(partsOfLine);
	const tip = tipPart(store, order, input.tipLineId ?? null, [...at, 'tipLineId']);
	if (tip) parts.push(tip);
	const value = valueOf(store, order, {
		lines: withinRefundable(parts),
		shipping: shippingPart(store, order, input.refundShipping ?? null, [...at, 'refundShipping', 'shippingRefundAmount']),
		duties: checkDuties(store, order, input.refundDuties ?? [], parts, [...at, 'refundDuties']),
	});
	const restockingFees = add(...lines.map(({ line, quantity }) => restockingFee(store, line, line.processed, line.processed + quantity)));
	const returnShippingFee = lines.length > 0 && theReturn.shippingFee ? subtract(theReturn.shippingFee.amount, theReturn.shippingFee.charged) : { ...NOTHING };
	const exchanged = add(...exchanges.map(({ line, quantity }) => times(line.unitPrice, quantity)));
	return { order, value, restockingFees, returnShippingFee, exchanged, net: subtract(value.total, restockingFees, returnShippingFee, exchanged) };
}

/** Restocked units appear on the refund as returned to that place, the others as not restocked. */
function partsOfLine({ orderLine, quantity, dispositions }: CheckedLine): LinePart[] {
	const restocked = dispositions.filter(({ type }) => type === 'RESTOCKED').map((disposition) => ({ line: orderLine, quantity: disposition.quantity, restockType: 'RETURN' as const, locationId: disposition.locationId }));
	const rest = quantity - restocked.reduce((sum, part) => sum + part.quantity, 0);
	return rest > 0 ? [...restocked, { line: orderLine, quantity: rest, restockType: 'NO_RESTOCK' as const, locationId: null }] : restocked;
}

/** Units that were given back outside the return carry no value a second time. */
function withinRefundable(parts: readonly LinePart[]): LinePart[] {
	const left = new Map<number, number>();
	return parts.flatMap((part) => {
		const free = left.get(part.line.id) ?? currentQuantity(part.line);
		const quantity = Math.min(part.quantity, free);
		left.set(part.line.id, free - quantity);
		return quantity > 0 ? [{ ...part, quantity }] : [];
	});
}

function tipPart(store: ShopStore, order: Order, tipLineId: string | null, at: readonly string[]): LinePart | undefined {
	if (tipLineId === null) return undefined;
	const id = idOf(tipLineId, 'LineItem');
	const line = linesOf(store, order).find((candidate) => candidate.id === id && candidate.isTip);
	if (!line) return refuse(at, 'Tip line was not found.', 'NOT_FOUND');
	if (currentQuantity(line) === 0) return refuse(at, 'The tip has already been refunded.', 'INVALID');
	return { line, quantity: 1, restockType: 'NO_RESTOCK', locationId: null };
}

function shippingPart(store: ShopStore, order: Order, input: RefundShippingInput | null, at: readonly string[]): ShippingPart {
	if (input === null) return { kind: 'none' };
	const { shippingRefundAmount: amount, fullRefund } = input;
	if (!amount) return checkShipping(store, order, { fullRefund }, at);
	if (amount.currencyCode !== order.presentmentCurrency) refuse([...at, 'currencyCode'], `Currency must be the presentment currency of the order (${order.presentmentCurrency})`, 'INVALID');
	return checkShipping(store, order, { amount: String(amount.amount) }, at);
}

/** The fee on the units from the `before`-th to the `after`-th of a return line; consecutive stretches add up exactly. */
function restockingFee(store: ShopStore, line: ReturnLineItem, before: number, after: number): Bag {
	return line.restockingFee ? restockingFeeOn(store, orderLineOf(store, line), line.restockingFee.percentage, before, after) : { ...NOTHING };
}

/** The same for a return that does not exist yet. */
export function restockingFeeOn(store: ShopStore, orderLine: LineItem, percentage: number, before: number, after: number): Bag {
	const worth = subtract(times(orderLine.unitPrice, orderLine.quantity), discountOf(store, orderLine, 'line', 'order'));
	const { numerator, denominator } = fraction(percentage);
	const upTo = (amount: number, units: number) => ratio(amount, numerator * BigInt(units), denominator * 100n * BigInt(orderLine.quantity));
	return {
		shop: upTo(worth.shop, after) - upTo(worth.shop, before),
		presentment: upTo(worth.presentment, after) - upTo(worth.presentment, before),
	};
}

export function restockingFeeTotal(store: ShopStore, line: ReturnLineItem): Bag {
	return restockingFee(store, line, 0, line.quantity);
}

function checkLines(store: ShopStore, theReturn: Return, inputs: OutcomeInput['returnLineItems'], at: readonly string[]): CheckedLine[] {
	return inputs.map((input, index) => {
		const place = [...at, 'returnLineItems', String(index)];
		const id = idOf(input.id, 'ReturnLineItem');
		const line = linesOfReturn(store, theReturn).find((candidate) => candidate.id === id);
		if (!line) return refuse([...place, 'id'], 'Return line item was not found.', 'NOT_FOUND');
		if (inputs.findIndex((other) => other.id === input.id) !== index) refuse([...place, 'id'], 'Return line item is given more than once.', 'INVALID');
		if (input.quantity <= 0 || input.quantity > line.quantity - line.processed) refuse([...place, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID');
		const dispositions = input.dispositions ? checkDispositionsOf(store, line, input.dispositions, input.quantity, [...place, 'dispositions']) : [];
		return { line, orderLine: orderLineOf(store, line), quantity: input.quantity, dispositions };
	});
}

function checkDispositionsOf(store: ShopStore, line: ReturnLineItem, inputs: readonly DisposeInput[], quantity: number, at: readonly string[]): CheckedDisposition[] {
	const checked = checkDispositions(store, inputs, at);
	checked.forEach((disposition, index) => {
		if (disposition.line.returnLineItemId !== line.id) refuse([...at, index, 'reverseFulfillmentOrderLineItemId'], 'Reverse fulfillment order line item does not belong to the return line item.', 'INVALID');
	});
	if (checked.reduce((sum, disposition) => sum + disposition.quantity, 0) > quantity) refuse(at, 'Disposition quantity is greater than the quantity that is processed.', 'INVALID');
	return checked;
}

function checkExchanges(store: ShopStore, theReturn: Return, inputs: OutcomeInput['exchangeLineItems'], at: readonly string[]): Array<{ line: ExchangeLineItem; quantity: number }> {
	return inputs.map((input, index) => {
		const place = [...at, 'exchangeLineItems', String(index)];
		const id = idOf(input.id, 'ExchangeLineItem');
		const line = theReturn.exchangeLineItemIds.includes(id) ? store.exchangeLineItems.get(id) : undefined;
		if (!line) return refuse([...place, 'id'], 'Exchange line item was not found.', 'NOT_FOUND');
		if (input.quantity <= 0 || input.quantity > line.quantity - line.processed) refuse([...place, 'quantity'], 'Exchange line item has an invalid quantity.', 'INVALID');
		return { line, quantity: input.quantity };
	});
}

/**
 * The returnProcess mutation's work: everything is checked before anything is done.
 * @throws Refusal
 */
export function processReturn(store: ShopStore, input: ProcessInput, by: string): Return {
	const theReturn = returnById(store, input.returnId, ['input', 'returnId']);
	if (theReturn.status !== 'OPEN') refuse(['input', 'returnId'], 'Return status is invalid.', 'INVALID_STATE');
	const order = mustHave(store.orders, theReturn.orderId, 'order');
	const lines = checkLines(store, theReturn, input.returnLineItems ?? [], ['input']);
	const exchanges = checkExchanges(store, theReturn, input.exchangeLineItems ?? [], ['input']);
	const transfer = input.financialTransfer?.issueRefund;
	if (lines.length === 0 && exchanges.length === 0 && !input.refundShipping && !input.refundDuties?.length && !input.tipLineId) {
		refuse(['input', 'returnLineItems'], 'There is nothing to process.', 'BLANK');
	}
	const outcome = price(store, theReturn, order, { ...input, returnLineItems: [], exchangeLineItems: [] }, lines, exchanges, ['input']);
	const money = transfer ? checkTransfer(store, order, lines, transfer) : undefined;
	if (!money && (outcome.value.shippingAmount.presentment > 0 || outcome.value.dutiesTotal.presentment > 0 || input.tipLineId)) {
		refuse(['input', 'financialTransfer'], 'Shipping, duties and tips can only be refunded with a financial transfer.', 'BLANK');
	}
	if (money) {
		const fees = chargedFees(outcome);
		if (theReturn.shippingFee) theReturn.shippingFee.charged = add(theReturn.shippingFee.charged, fees.shipping);
		makeRefund(store, {
			order,
			returnId: theReturn.id,
			value: outcome.value,
			fees: add(fees.restocking, fees.shipping),
			exchanged: outcome.exchanged,
			payments: money.payments,
			storeCredit: money.storeCredit,
			discrepancyReason: null,
			note: input.note ?? null,
			processedAt: null,
			by,
			movesStock: false,
		});
	}
	for (const { line, quantity, dispositions } of lines) {
		line.processed += quantity;
		if (money) line.refunded += quantity;
		if (dispositions.length > 0) dispose(store, dispositions);
	}
	for (const { line, quantity } of exchanges) sendExchange(store, order, line, quantity);
	tell(store, theReturn, 'RETURNS_PROCESS');
	return theReturn;
}

function checkTransfer(store: ShopStore, order: Order, lines: readonly CheckedLine[], transfer: NonNullable<NonNullable<ProcessInput['financialTransfer']>['issueRefund']>) {
	const at = ['input', 'financialTransfer', 'issueRefund'];
	const wanted = new Map<number, number>();
	lines.forEach(({ orderLine, quantity }, index) => {
		const units = (wanted.get(orderLine.id) ?? 0) + quantity;
		wanted.set(orderLine.id, units);
		if (store.settings.returnProcessChecksRefundedQuantity && units > currentQuantity(orderLine)) {
			refuse(['input', 'returnLineItems', index, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID');
		}
	});
	const payments: RefundPayment[] = transfer.orderTransactions.map((transaction, index) => {
		const place = [...at, 'orderTransactions', String(index)];
		const parent = findParent(store, order, transaction.parentId);
		if (!parent) return refuse([...place, 'parentId'], 'Parent transaction was not found.', 'NOT_FOUND');
		return { parent, amount: presentmentAmount(order, transaction.transactionAmount, [...place, 'transactionAmount']) };
	});
	const storeCredit = checkStoreCredit(store, order, transfer.refundMethods ?? [], [...at, 'refundMethods']);
	if (payments.length === 0 && storeCredit.length === 0) refuse([...at, 'orderTransactions'], 'A refund needs at least one transaction or refund method.', 'BLANK');
	checkCeilings(store, order, payments, storeCredit, transfer.allowOverRefunding ?? false, 'INVALID');
	return { payments, storeCredit };
}

/** Fees never make a refund negative: what the units are not worth is not charged now. */
export function chargedFees({ value, restockingFees, returnShippingFee }: Outcome): { restocking: Bag; shipping: Bag } {
	const restocking = atMost(restockingFees, value.total);
	return { restocking, shipping: atMost(returnShippingFee, subtract(value.total, restocking)) };
}

function atMost(bag: Bag, ceiling: Bag): Bag {
	return bag.presentment <= ceiling.presentment ? bag : ceiling;
}

/** A processed exchange line becomes a line of the order, to be shipped. */
function sendExchange(store: ShopStore, order: Order, exchange: ExchangeLineItem, quantity: number): void {
	const variant = mustHave(store.variants, exchange.variantId, 'variant');
	const product = mustHave(store.products, variant.productId, 'product');
	const locationId = linesOf(store, order)[0]?.locationId ?? 0;
	const line: LineItem = {
		__typename: 'LineItem',
		id: store.id('LineItem'),
		orderId: order.id,
		sku: variant.sku,
		title: product.title,
		quantity,
		unitPrice: exchange.unitPrice,
		variantId: variant.id,
		productId: product.id,
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
		locationId,
		exchangeLineItemId: exchange.id,
	};
	store.lineItems.set(line.id, line);
	order.lineItemIds.push(line.id);
	order.total = add(order.total, times(exchange.unitPrice, quantity));
	exchange.processed += quantity;
	exchange.lineItemIds.push(line.id);
	const item = countedItem(store, line);
	if (!item) return;
	const level = ensureLevel(store, item.id, locationId);
	change(store, level, 'available', -quantity);
	change(store, level, 'committed', quantity);
}

/** The suggested transfer: money to the customer, an invoice to the customer, or nothing. */
export function suggestedTransfer(outcome: Outcome): { kind: 'refund' | 'invoice'; amount: Bag } | null {
	if (outcome.net.presentment > 0) return { kind: 'refund', amount: outcome.net };
	if (outcome.net.presentment < 0 && outcome.exchanged.presentment > 0) return { kind: 'invoice', amount: negate(outcome.net) };
	return null;
}
