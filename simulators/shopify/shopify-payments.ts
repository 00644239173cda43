/** The account that Shopify Payments keeps for the shop: every charge, refund and dispute that goes through it, with its fee. */

import { HttpError } from '../shared/http';
import type { Input } from '../shared/input';
import { parseAmount, percentOf } from './money';
import type { BalanceTransaction, Dispute, Order, OrderTransaction } from './model';
import type { ShopStore } from './store';

export const SHOPIFY_PAYMENTS_GATEWAY = 'shopify_payments';

const DAY_MS = 24 * 3_600_000;

/** Gift cards, store credit, cash and other companies' gateways never pass through the account. */
export function throughShopifyPayments(store: ShopStore, { gateway, manual }: OrderTransaction): boolean {
	return store.settings.shopifyPayments && gateway === SHOPIFY_PAYMENTS_GATEWAY && !manual;
}

/**
 * Books an order's transaction once its money has moved. Payouts are in the shop's currency: what the customer paid in another one is booked at
 * the order's own rate. A refund brings no fee back.
 */
export function bookTransaction(store: ShopStore, order: Order, transaction: OrderTransaction): void {
	if (transaction.status !== 'SUCCESS' || !throughShopifyPayments(store, transaction)) return;
	const { kind } = transaction;
	if (kind !== 'SALE' && kind !== 'CAPTURE' && kind !== 'REFUND') return;
	const isRefund = kind === 'REFUND';
	book(store, {
		type: isRefund ? 'REFUND' : 'CHARGE',
		sourceType: isRefund ? 'REFUND' : 'CHARGE',
		sourceId: store.id('PaymentsSource'),
		currency: order.currency,
		amount: isRefund ? -transaction.amount.shop : transaction.amount.shop,
		fee: isRefund ? 0 : chargeFee(store, order, transaction.amount.shop),
		orderId: order.id,
		orderTransactionId: transaction.id,
		adjustmentReason: null,
		transactionDate: transaction.processedAt ?? store.now(),
	});
}

export function book(store: ShopStore, movement: Omit<BalanceTransaction, '__typename' | 'id' | 'payoutId'>): BalanceTransaction {
	const booked: BalanceTransaction = { __typename: 'ShopifyPaymentsBalanceTransaction', id: store.id('ShopifyPaymentsBalanceTransaction'), payoutId: null, ...movement };
	store.balanceTransactions.set(booked.id, booked);
	if (booked.orderTransactionId !== null) store.balanceOfTransaction.set(booked.orderTransactionId, booked.id);
	return booked;
}

export function balanceOfTransaction(store: ShopStore, { id }: OrderTransaction): BalanceTransaction | undefined {
	return store.balanceTransactions.get(store.balanceOfTransaction.get(id) ?? 0);
}

/** `{ amount, reason, orderId? }`: money that Shopify adds to the account or takes from it, in the shop's currency. */
export function adjustBalance(store: ShopStore, input: Input): BalanceTransaction {
	const { currency } = store.settings;
	const amount = parseAmount(input.string('amount'), currency);
	if (amount === undefined) throw new HttpError(400, { message: `body.amount must be an amount of ${currency}` });
	const orderId = input.optionalCount('orderId', 1) ?? null;
	if (orderId !== null && !store.orders.has(orderId)) throw new HttpError(404, { message: 'body.orderId is not an order' });
	return book(store, { type: 'ADJUSTMENT', sourceType: 'ADJUSTMENT', sourceId: store.id('PaymentsSource'), currency, amount, fee: 0, orderId, orderTransactionId: null, adjustmentReason: input.string('reason'), transactionDate: store.now() });
}

/** The day from which a movement can be paid out, as a moment. */
export function availableOn(store: ShopStore, { transactionDate }: BalanceTransaction): string {
	const day = Math.floor(Date.parse(transactionDate) / DAY_MS) + store.settings.payoutDelayDays;
	return new Date(day * DAY_MS).toISOString().replace('.000Z', 'Z');
}

export function payoutStatusOf(store: ShopStore, { payoutId }: BalanceTransaction): string {
	return (payoutId === null ? undefined : store.payouts.get(payoutId)?.status) ?? 'PENDING';
}

export function disputesOf(store: ShopStore, order: Order): Dispute[] {
	return [...store.disputes.values()].filter(({ orderId }) => orderId === order.id);
}

function chargeFee(store: ShopStore, { currency, presentmentCurrency }: Order, amount: number): number {
	const { chargeFeePercent, chargeFeeFixed, conversionFeePercent } = store.settings;
	const conversion = currency === presentmentCurrency ? 0 : percentOf(amount, conversionFeePercent);
	return amount === 0 ? 0 : percentOf(amount, chargeFeePercent) + conversion + chargeFeeFixed;
}
