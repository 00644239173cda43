/** Payments of an order and the money that goes back: what was received, what can still be refunded and where, how refunds settle. */

import { add, NOTHING, partOf, ratio, subtract, type Bag } from './money';
import type { Order, OrderTransaction, TransactionStatus } from './model';
import { currentTotal, touchOrder } from './orders';
import { mustHave, type ShopStore } from './store';
import { bookTransaction } from './shopify-payments';
import { postCredit } from './store-credit-ledger';

export const STORE_CREDIT_GATEWAY = 'shopify_store_credit';
export const GIFT_CARD_GATEWAY = 'gift_card';

export function transactionsOf(store: ShopStore, order: Order): OrderTransaction[] {
	return order.transactionIds.map((id) => mustHave(store.transactions, id, 'transaction'));
}

function sum(transactions: readonly OrderTransaction[]): Bag {
	return add(...transactions.map(({ amount }) => amount));
}

function isPayment({ kind, status }: OrderTransaction): boolean {
	return (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS';
}

/** Money that really came in. */
export function received(store: ShopStore, order: Order): Bag {
	return sum(transactionsOf(store, order).filter(isPayment));
}

/** Money that really went out. */
export function refundedTotal(store: ShopStore, order: Order): Bag {
	return sum(transactionsOf(store, order).filter(({ kind, status }) => kind === 'REFUND' && status === 'SUCCESS'));
}

export function pendingRefunds(store: ShopStore, order: Order): Bag {
	return sum(transactionsOf(store, order).filter(({ kind, status }) => kind === 'REFUND' && status === 'PENDING'));
}

export function netPayment(store: ShopStore, order: Order): Bag {
	return subtract(received(store, order), refundedTotal(store, order));
}

/** What may still be given back: received, less what went out or is on its way. */
export function refundableMoney(store: ShopStore, order: Order): Bag {
	return subtract(netPayment(store, order), pendingRefunds(store, order));
}

/** Payments that money can go back to, in the order suggested refunds draw on them. */
export function refundableParents(store: ShopStore, order: Order): OrderTransaction[] {
	const parents = transactionsOf(store, order).filter(isPayment);
	if (store.settings.tenderOrder === 'asPaid') return parents;
	return [...parents.filter(({ gateway }) => gateway !== GIFT_CARD_GATEWAY), ...parents.filter(({ gateway }) => gateway === GIFT_CARD_GATEWAY)];
}

/** What went back to one payment or is on its way there. */
export function refundedTo(store: ShopStore, parent: OrderTransaction): Bag {
	const order = mustHave(store.orders, parent.orderId, 'order');
	return sum(transactionsOf(store, order).filter(({ kind, status, parentId }) => kind === 'REFUND' && parentId === parent.id && (status === 'SUCCESS' || status === 'PENDING')));
}

export function remainingOn(store: ShopStore, parent: OrderTransaction): Bag {
	return subtract(parent.amount, refundedTo(store, parent));
}

export function outstanding(store: ShopStore, order: Order): Bag {
	return subtract(currentTotal(store, order), netPayment(store, order));
}

export function financialStatus(store: ShopStore, order: Order): string {
	const transactions = transactionsOf(store, order);
	const paid = received(store, order).presentment;
	const back = refundedTotal(store, order).presentment;
	if (paid === 0) {
		if (order.total.presentment === 0) return 'PAID';
		const authorizations = transactions.filter(({ kind, status }) => kind === 'AUTHORIZATION' && status === 'SUCCESS');
		const voided = new Set(transactions.filter(({ kind, status }) => kind === 'VOID' && status === 'SUCCESS').map(({ parentId }) => parentId));
		if (authorizations.length === 0) return 'PENDING';
		return authorizations.every(({ id }) => voided.has(id)) ? 'VOIDED' : 'AUTHORIZED';
	}
	if (back >= paid) return 'REFUNDED';
	if (back > 0) return 'PARTIALLY_REFUNDED';
	return paid >= order.total.presentment ? 'PAID' : 'PARTIALLY_PAID';
}

export interface RefundPayment {
	parent: OrderTransaction;
	/** Minor units of the presentment currency. */
	amount: number;
}

/** Creates the transaction that gives money back to one payment; it settles at once or later, as the payment or the order says. */
export function payBack(store: ShopStore, order: Order, { parent, amount }: RefundPayment, links: { refundId: number; returnId: number | null }): OrderTransaction {
	const settle = parent.manual ? 'immediately' : (parent.refundsSettle ?? order.refundsSettle);
	const waits = order.refundsSettleAfterMs ?? store.settings.refundsSettleAfterMs;
	const settlesAt = settle === 'pending' && waits !== null ? new Date(store.clock.now().getTime() + waits) : null;
	const transaction = addTransaction(store, order, {
		kind: 'REFUND',
		status: 'PENDING',
		gateway: parent.gateway,
		manual: parent.manual,
		amount: partOf(parent.amount, amount, refundedTo(store, parent)),
		parentId: parent.id,
		refundId: links.refundId,
		returnId: links.returnId,
		giftCardId: parent.giftCardId,
		storeCreditAccountId: parent.storeCreditAccountId,
		roundTo: parent.roundTo,
		settlesAt: settlesAt?.toISOString() ?? null,
	});
	if (settle === 'immediately') settleTransaction(store, transaction, 'SUCCESS');
	else if (settlesAt) {
		store.clock.schedule(settlesAt, `transaction ${transaction.id} settles`, () => {
			// A reset may have put another transaction in its place.
			if (store.transactions.get(transaction.id) === transaction && transaction.status === 'PENDING') settleTransaction(store, transaction, 'SUCCESS');
		});
	}
	return transaction;
}

/** Gives money back as new store credit, in the same refund. */
export function payAsStoreCredit(
	store: ShopStore,
	order: Order,
	credit: { customerId: number; amount: number; expiresAt: string | null },
	links: { refundId: number; returnId: number | null },
): OrderTransaction {
	const transaction = addTransaction(store, order, {
		kind: 'REFUND',
		status: 'SUCCESS',
		gateway: STORE_CREDIT_GATEWAY,
		manual: false,
		amount: partOf(order.total, credit.amount, add(refundedTotal(store, order), pendingRefunds(store, order))),
		parentId: null,
		refundId: links.refundId,
		returnId: links.returnId,
		giftCardId: null,
		storeCreditAccountId: null,
		settlesAt: null,
	});
	const posted = postCredit(store, {
		customerId: credit.customerId,
		currency: order.presentmentCurrency,
		amount: credit.amount,
		expiresAt: credit.expiresAt,
		event: 'ORDER_REFUND',
		orderTransactionId: transaction.id,
	});
	transaction.storeCreditAccountId = posted.accountId;
	transaction.processedAt = store.now();
	store.notify('ORDER_TRANSACTIONS_CREATE', transaction.id);
	return transaction;
}

/** Cash rounding: to the nearest step, halves up. The amount itself stays exact. */
function roundingOf(amount: Bag, roundTo: number | null): Bag {
	if (roundTo === null || amount.presentment === 0) return { ...NOTHING };
	const rest = amount.presentment % roundTo;
	const presentment = rest * 2 >= roundTo ? roundTo - rest : -rest;
	return { presentment, shop: ratio(amount.shop, BigInt(presentment), BigInt(amount.presentment)) };
}

/** What rounding came to over payments, or over refunds, that really took place. */
export function totalRounding(store: ShopStore, order: Order, kinds: readonly OrderTransaction['kind'][]): Bag {
	return add(...transactionsOf(store, order).filter(({ kind, status }) => status === 'SUCCESS' && kinds.includes(kind)).map(({ rounding }) => rounding));
}

type NewTransaction = Partial<Pick<OrderTransaction, 'roundTo'>> & Pick<OrderTransaction, 'kind' | 'status' | 'gateway' | 'manual' | 'amount' | 'parentId' | 'refundId' | 'returnId' | 'giftCardId' | 'storeCreditAccountId' | 'settlesAt'>;

export function addTransaction(store: ShopStore, order: Order, transaction: NewTransaction, wantedId?: number): OrderTransaction {
	const id = store.id('OrderTransaction', wantedId);
	const added: OrderTransaction = {
		__typename: 'OrderTransaction',
		id,
		orderId: order.id,
		roundTo: null,
		rounding: roundingOf(transaction.amount, transaction.roundTo ?? null),
		refundsSettle: null,
		errorCode: null,
		createdAt: store.now(),
		processedAt: transaction.status === 'PENDING' ? null : store.now(),
		...transaction,
	};
	store.transactions.set(id, added);
	order.transactionIds.push(id);
	return added;
}

/** The payment service's answer to a transaction arrives. */
export function settleTransaction(store: ShopStore, transaction: OrderTransaction, status: Exclude<TransactionStatus, 'PENDING'>): void {
	transaction.status = status;
	transaction.processedAt = store.now();
	transaction.errorCode = status === 'SUCCESS' ? null : 'GENERIC_ERROR';
	const order = mustHave(store.orders, transaction.orderId, 'order');
	if (status === 'SUCCESS' && transaction.kind === 'REFUND') returnToTender(store, order, transaction);
	bookTransaction(store, order, transaction);
	const refund = transaction.refundId === null ? undefined : store.refunds.get(transaction.refundId);
	if (refund) refund.updatedAt = store.now();
	store.notify('ORDER_TRANSACTIONS_CREATE', transaction.id);
	touchOrder(store, order);
}

/** Gift cards and store credit are balances of this same shop. */
function returnToTender(store: ShopStore, order: Order, transaction: OrderTransaction): void {
	if (transaction.giftCardId !== null) {
		const card = mustHave(store.giftCards, transaction.giftCardId, 'gift card');
		card.balance += transaction.amount.presentment;
		card.updatedAt = store.now();
		card.transactions.push({
			__typename: 'GiftCardCreditTransaction',
			id: store.id('GiftCardTransaction'),
			giftCardId: card.id,
			amount: transaction.amount.presentment,
			note: `Refund of order ${order.name}`,
			processedAt: store.now(),
		});
	}
	const account = transaction.storeCreditAccountId === null ? undefined : store.storeCreditAccounts.get(transaction.storeCreditAccountId);
	if (account && transaction.gateway === STORE_CREDIT_GATEWAY) {
		postCredit(store, {
			customerId: account.customerId,
			currency: account.currency,
			amount: transaction.amount.presentment,
			expiresAt: null,
			event: 'ORDER_REFUND',
			orderTransactionId: transaction.id,
		});
	}
}

/** How the money of a refund would be spread over the payments: as far as each reaches, in order; the rest stays unassigned. */
export function spread(store: ShopStore, order: Order, amount: number): Array<{ parent: OrderTransaction; amount: Bag; maximum: Bag }> {
	let left = Math.min(amount, Math.max(0, refundableMoney(store, order).presentment));
	return refundableParents(store, order)
		.map((parent) => ({ parent, maximum: remainingOn(store, parent) }))
		.filter(({ maximum }) => maximum.presentment > 0)
		.map(({ parent, maximum }) => {
			const part = Math.min(left, maximum.presentment);
			left -= part;
			return { parent, amount: part === 0 ? { ...NOTHING } : partOf(parent.amount, part, refundedTo(store, parent)), maximum };
		});
}
