/** Making refunds: the record, the money, the units and their stock. Used by refundCreate, returnProcess and a person in the admin. */

import { gid, idOf } from './gid';
import { releaseCommitted, restock } from './inventory';
import { add, formatInSentence, NOTHING, parseAmount, subtract, type Bag } from './money';
import type { Order, OrderTransaction, Refund, RefundLineItem, RestockType } from './model';
import { currentQuantity, fulfilledRefundable, linesOf, touchOrder, unfulfilledQuantity } from './orders';
import { payAsStoreCredit, payBack, refundableMoney, refundableParents, remainingOn, transactionsOf, type RefundPayment } from './payments';
import { refundableShipping, valueOf, type DutyPart, type LinePart, type RefundValue, type ShippingPart } from './refund-value';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export interface StoreCreditPart {
	amount: number;
	expiresAt: string | null;
}

export interface RefundPlan {
	order: Order;
	returnId: number | null;
	value: RefundValue;
	/** Fees kept back, in both currencies. */
	fees: Bag;
	/** Worth of the exchange items that take the place of money. */
	exchanged: Bag;
	payments: readonly RefundPayment[];
	storeCredit: readonly StoreCreditPart[];
	discrepancyReason: string | null;
	note: string | null;
	processedAt: string | null;
	by: string;
	/** Wanted by whoever builds a shop; otherwise the next one. */
	id?: number;
	/** False when the units' stock is moved by someone else (dispositions). */
	movesStock: boolean;
}

/** Does what a checked plan says, all at once. */
export function makeRefund(store: ShopStore, plan: RefundPlan): Refund {
	const { order, value } = plan;
	const id = store.id('Refund', plan.id);
	const refund: Refund = {
		__typename: 'Refund',
		id,
		orderId: order.id,
		returnId: plan.returnId,
		note: plan.note,
		createdAt: store.now(),
		updatedAt: store.now(),
		processedAt: plan.processedAt ?? store.now(),
		lines: [],
		shippingLines: [],
		duties: [],
		fees: plan.fees,
		adjustments: [],
		transactionIds: [],
		by: plan.by,
	};
	store.refunds.set(id, refund);
	order.refundIds.push(id);
	for (const line of value.lines) refund.lines.push(takeUnits(store, refund.id, line, plan.movesStock));
	for (const { line, subtotal, tax } of value.shipping) {
		line.refunded = add(line.refunded, subtotal);
		line.refundedTax = add(line.refundedTax, tax);
		refund.shippingLines.push({ __typename: 'RefundShippingLine', id: store.id('RefundShippingLine'), shippingLineId: line.id, subtotal, tax });
	}
	for (const { duty, amount, tax } of value.duties) {
		duty.refunded = add(duty.refunded, amount);
		refund.duties.push({ dutyId: duty.id, amount, tax });
	}
	const links = { refundId: id, returnId: plan.returnId };
	const customerId = order.customerId;
	const paid: OrderTransaction[] = plan.payments.map((payment) => payBack(store, order, payment, links));
	if (customerId !== null) paid.push(...plan.storeCredit.map((credit) => payAsStoreCredit(store, order, { customerId, ...credit }, links)));
	refund.transactionIds.push(...paid.map((transaction) => transaction.id));
	const discrepancy = subtract(value.total, plan.fees, plan.exchanged, ...paid.map(({ amount }) => amount));
	if (discrepancy.presentment !== 0) {
		refund.adjustments.push({
			__typename: 'OrderAdjustment',
			id: store.id('OrderAdjustment'),
			amount: discrepancy,
			taxAmount: { ...NOTHING },
			reason: plan.discrepancyReason ?? 'REFUND_DISCREPANCY',
		});
	}
	store.addEvent('ORDER', gid('Order', order.id), 'refund_created', `${plan.by} refunded ${formatInSentence(paid.reduce((sum, { amount }) => sum + amount.presentment, 0), order.presentmentCurrency)}.`, plan.by);
	store.notify('REFUNDS_CREATE', id);
	touchOrder(store, order);
	return refund;
}

function takeUnits(store: ShopStore, refundId: number, part: RefundValue['lines'][number], movesStock: boolean): RefundLineItem {
	const { line, quantity, restockType, locationId } = part;
	const unfulfilled = restockType === 'RETURN' ? 0 : restockType === 'CANCEL' ? quantity : movesStock ? Math.min(quantity, unfulfilledQuantity(line)) : 0;
	let restocked = restockType !== 'NO_RESTOCK' && !movesStock;
	if (movesStock) {
		if (unfulfilled > 0) restocked = releaseCommitted(store, line, unfulfilled, restockType === 'CANCEL' ? locationId : null);
		if (restockType === 'RETURN' && locationId !== null) restocked = restock(store, line, quantity, locationId);
	}
	line.refunded += quantity;
	line.unfulfilledGone += unfulfilled;
	return {
		__typename: 'RefundLineItem',
		id: store.id('RefundLineItem'),
		refundId,
		lineItemId: line.id,
		quantity,
		restockType,
		locationId: restockType === 'NO_RESTOCK' ? null : locationId,
		restocked,
		price: line.unitPrice,
		discountedTotal: part.discountedTotal,
		cartDiscount: part.cartDiscount,
		subtotal: part.subtotal,
		totalTax: part.tax,
	};
}

export interface RefundInput {
	orderId: string;
	allowOverRefunding?: boolean | null;
	currency?: string | null;
	discrepancyReason?: string | null;
	note?: string | null;
	processedAt?: string | null;
	refundDuties?: ReadonlyArray<{ dutyId: string; refundType?: 'FULL' | 'PROPORTIONAL' | null }> | null;
	refundLineItems?: ReadonlyArray<RefundLineInput> | null;
	refundMethods?: ReadonlyArray<RefundMethodInput> | null;
	shipping?: { amount?: string | null; fullRefund?: boolean | null } | null;
	transactions?: ReadonlyArray<{ amount: string; gateway: string; kind: string; orderId: string; parentId?: string | null }> | null;
}

export interface RefundLineInput {
	lineItemId: string;
	quantity: number;
	locationId?: string | null;
	restockType?: RestockType | 'LEGACY_RESTOCK' | null;
}

export interface RefundMethodInput {
	storeCreditRefund?: { amount: MoneyInput; expiresAt?: string | null };
}

export interface MoneyInput {
	amount: string | number;
	currencyCode: string;
}

/**
 * The refundCreate mutation's work.
 * @throws Refusal with the fields and texts of the service
 */
export function refundFromInput(store: ShopStore, order: Order, input: RefundInput, by: string): Refund {
	checkCurrency(order, input.currency ?? null);
	const lines = (input.refundLineItems ?? []).map((line, index) => checkLine(store, order, line, index, input.refundLineItems ?? []));
	const shipping = checkShipping(store, order, input.shipping ?? null, ['shipping', 'amount']);
	const duties = checkDuties(store, order, input.refundDuties ?? [], lines, ['refundDuties']);
	const payments = (input.transactions ?? []).map((transaction) => checkTransaction(store, order, transaction));
	const storeCredit = checkStoreCredit(store, order, input.refundMethods ?? [], ['refundMethods']);
	if (lines.length === 0 && shipping.kind === 'none' && duties.length === 0 && payments.length === 0 && storeCredit.length === 0) {
		refuse(null, 'Refund must include at least one line item, shipping, duty or transaction');
	}
	checkCeilings(store, order, payments, storeCredit, input.allowOverRefunding ?? false, null);
	return makeRefund(store, {
		order,
		returnId: null,
		value: valueOf(store, order, { lines, shipping, duties }),
		fees: { ...NOTHING },
		exchanged: { ...NOTHING },
		payments,
		storeCredit,
		discrepancyReason: input.discrepancyReason === 'OTHER' ? 'REFUND_DISCREPANCY' : (input.discrepancyReason ?? null),
		note: input.note ?? null,
		processedAt: input.processedAt ?? null,
		by,
		movesStock: true,
	});
}

function checkCurrency(order: Order, currency: string | null): void {
	if (currency === null) {
		if (order.currency !== order.presentmentCurrency) refuse(['currency'], 'Currency must be provided for an order whose presentment currency differs from the shop currency');
		return;
	}
	if (currency !== order.presentmentCurrency) refuse(['currency'], `Currency must be the presentment currency of the order (${order.presentmentCurrency})`);
}

function checkLine(store: ShopStore, order: Order, input: RefundLineInput, index: number, all: readonly RefundLineInput[]): LinePart {
	const at = ['refundLineItems', String(index)];
	const lineId = idOf(input.lineItemId, 'LineItem');
	const line = linesOf(store, order).find(({ id }) => id === lineId);
	if (!line) return refuse([...at, 'lineItemId'], 'Line item does not belong to the order');
	if (input.quantity <= 0) refuse([...at, 'quantity'], 'Quantity must be greater than 0');
	const sameLine = all.filter(({ lineItemId }) => lineItemId === input.lineItemId);
	const wanted = sameLine.reduce((sum, { quantity }) => sum + quantity, 0);
	if (wanted > currentQuantity(line)) refuse([...at, 'quantity'], 'Quantity cannot refund more items than were purchased');
	const restockType = input.restockType ?? 'NO_RESTOCK';
	if (restockType === 'LEGACY_RESTOCK') return refuse([...at, 'restockType'], 'Restock type legacy_restock is not accepted for new refunds');
	const ofType = sameLine.filter((other) => other.restockType === restockType).reduce((sum, { quantity }) => sum + quantity, 0);
	if (restockType === 'RETURN' && ofType > fulfilledRefundable(line)) refuse([...at, 'restockType'], 'Restock type return is only valid for fulfilled items');
	if (restockType === 'CANCEL' && ofType > unfulfilledQuantity(line)) refuse([...at, 'restockType'], 'Restock type cancel is only valid for unfulfilled items');
	return { line, quantity: input.quantity, restockType, locationId: checkRestockLocation(store, input.locationId ?? null, restockType, [...at, 'locationId']) };
}

function checkRestockLocation(store: ShopStore, locationId: string | null, restockType: RestockType, at: readonly string[]): number | null {
	if (restockType === 'NO_RESTOCK') return null;
	if (locationId === null) return refuse(at, "Location can't be blank when restocking");
	const location = store.locations.get(idOf(locationId, 'Location'));
	if (!location) return refuse(at, 'Location does not exist');
	if (!location.isActive) refuse(at, 'Location is not active');
	return location.id;
}

/** Shared with returnProcess and the suggestions. */
export function checkShipping(store: ShopStore, order: Order, input: { amount?: string | null; fullRefund?: boolean | null } | null, at: readonly string[]): ShippingPart {
	if (input === null) return { kind: 'none' };
	if (input.amount !== undefined && input.amount !== null) {
		const amount = parseAmount(input.amount, order.presentmentCurrency);
		if (amount === undefined || amount < 0) return refuse(at, 'Shipping amount is invalid', 'INVALID');
		const most = refundableShipping(store, order).presentment;
		if (amount > most) refuse(at, `Shipping refund amount ${formatInSentence(amount, order.presentmentCurrency)} is greater than the refundable shipping ${formatInSentence(most, order.presentmentCurrency)}`, 'INVALID');
		return amount === 0 ? { kind: 'none' } : { kind: 'amount', presentment: amount };
	}
	return input.fullRefund ? { kind: 'full' } : { kind: 'none' };
}

/** Shared with returnProcess and the suggestions. */
export function checkDuties(
	store: ShopStore,
	order: Order,
	inputs: ReadonlyArray<{ dutyId: string; refundType?: 'FULL' | 'PROPORTIONAL' | null }>,
	lines: readonly LinePart[],
	at: readonly string[],
): DutyPart[] {
	const duties = linesOf(store, order).flatMap((line) => line.duties);
	return inputs.map((input, index) => {
		const id = idOf(input.dutyId, 'Duty');
		const duty = duties.find((candidate) => candidate.id === id);
		if (!duty) return refuse([...at, index, 'dutyId'], 'Duty does not exist on the order', 'NOT_FOUND');
		const refundType = input.refundType ?? 'FULL';
		if (refundType === 'PROPORTIONAL' && !lines.some(({ line }) => line.id === duty.lineItemId)) {
			refuse([...at, index, 'refundType'], 'A proportional duty refund needs the line item of the duty to be refunded', 'INVALID');
		}
		if (inputs.findIndex((other) => other.dutyId === input.dutyId) !== index) refuse([...at, index, 'dutyId'], 'Duty is given more than once', 'INVALID');
		return { duty, refundType };
	});
}

function checkTransaction(store: ShopStore, order: Order, input: { amount: string; kind: string; orderId: string; parentId?: string | null }): RefundPayment {
	if (input.kind !== 'REFUND') refuse(['transactions'], `Kind ${input.kind.toLowerCase()} is not a valid transaction`);
	if (idOf(input.orderId, 'Order') !== order.id) refuse(['transactions'], 'Transactions must belong to the order that is refunded');
	const parent = findParent(store, order, input.parentId ?? null);
	if (!parent) return refuse(['transactions'], 'Transactions require a parent_id associated with the order');
	const amount = parseAmount(input.amount, order.presentmentCurrency);
	if (amount === undefined) return refuse(['transactions'], 'Transactions amount is invalid');
	if (amount <= 0) refuse(['transactions'], 'Transactions amount must be greater than 0');
	return { parent, amount };
}

/** The payment of this order that money may go back to. */
export function findParent(store: ShopStore, order: Order, parentId: string | null): OrderTransaction | undefined {
	if (parentId === null) return undefined;
	const id = idOf(parentId, 'OrderTransaction');
	return refundableParents(store, order).find((parent) => parent.id === id);
}

/** Shared with returnProcess. */
export function checkStoreCredit(store: ShopStore, order: Order, methods: readonly RefundMethodInput[], at: readonly string[]): StoreCreditPart[] {
	return methods.map((method, index) => {
		const place = [...at, String(index), 'storeCreditRefund'];
		const credit = method.storeCreditRefund;
		if (!credit) return refuse(place, 'Store credit refund is required', 'BLANK');
		if (order.customerId === null) refuse(place, 'Store credit can only be issued for an order with a customer', 'INVALID');
		if (!store.settings.newCustomerAccounts) refuse(place, 'Store credit needs new customer accounts to be enabled', 'FEATURE_NOT_ENABLED');
		const expiresAt = credit.expiresAt ?? null;
		if (expiresAt !== null && Date.parse(expiresAt) <= store.clock.now().getTime()) refuse([...place, 'expiresAt'], 'Expiry date must be in the future', 'INVALID');
		return { amount: presentmentAmount(order, credit.amount, [...place, 'amount']), expiresAt };
	});
}

/** Minor units of a money input, which must be in the order's presentment currency and above zero. */
export function presentmentAmount(order: Order, money: MoneyInput, at: readonly (string | number)[]): number {
	if (money.currencyCode !== order.presentmentCurrency) refuse([...at, 'currencyCode'], `Currency must be the presentment currency of the order (${order.presentmentCurrency})`, 'INVALID');
	const amount = parseAmount(String(money.amount), order.presentmentCurrency);
	if (amount === undefined) return refuse([...at, 'amount'], 'Amount is invalid', 'INVALID');
	if (amount <= 0) refuse([...at, 'amount'], 'Amount must be greater than 0', 'GREATER_THAN');
	return amount;
}

/**
 * No payment gives back more than it brought in; and the order not more than it received, unless over-refunding is allowed
 * (which is how the original payment can be refunded after store credit was given).
 */
export function checkCeilings(
	store: ShopStore,
	order: Order,
	payments: readonly RefundPayment[],
	storeCredit: readonly StoreCreditPart[],
	allowOverRefunding: boolean,
	code: string | null,
): void {
	const tooMuch = (amount: number, most: number): never =>
		refuse(
			null,
			`Refund amount ${formatInSentence(amount, order.presentmentCurrency)} is greater than net payment received ${formatInSentence(Math.max(0, most), order.presentmentCurrency)}`,
			code,
		);
	const wanted = payments.reduce((sum, { amount }) => sum + amount, 0) + storeCredit.reduce((sum, { amount }) => sum + amount, 0);
	const most = refundableMoney(store, order).presentment;
	if (wanted > most && (!allowOverRefunding || storeCredit.length > 0)) tooMuch(wanted, most);
	for (const parent of new Set(payments.map((payment) => payment.parent))) {
		const back = payments.filter((payment) => payment.parent === parent).reduce((sum, { amount }) => sum + amount, 0);
		const left = remainingOn(store, parent).presentment;
		if (back > left) tooMuch(back, left);
	}
}

export function refundTransactions(store: ShopStore, refund: Refund): OrderTransaction[] {
	const order = mustHave(store.orders, refund.orderId, 'order');
	return transactionsOf(store, order).filter(({ id }) => refund.transactionIds.includes(id));
}

