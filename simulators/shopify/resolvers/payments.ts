/** Shopify Payments: the account, its movements, payouts and disputes. */

import { GraphQLError } from 'graphql';
import { fieldsOf, type Args, type Resolvers } from '../context';
import { gid, idOf } from '../gid';
import type { BalanceTransaction, Dispute, Payout } from '../model';
import { balances, movementsOf, netOf, runPayouts } from '../payouts';
import { searchBalance, searchDisputes, searchPayouts } from '../search';
import { payoutStatusOf } from '../shopify-payments';
import { mustHave, type ShopStore } from '../store';
import { moneyOf } from './money';
import { paymentsAccount } from './records';

function disputes(store: ShopStore, { query }: Args): Dispute[] {
	return searchDisputes([...store.disputes.values()], query as string | null | undefined);
}

/** Sorted by what the key names, then by id. */
function sorted<T extends { id: number }>(records: readonly T[], key: unknown, keys: Readonly<Record<string, (record: T) => number | string>>): T[] {
	const value = keys[String(key)];
	if (!value) throw new GraphQLError(`The simulator does not model the sort key ${String(key)}`, { extensions: { code: 'NOT_SIMULATED' } });
	return [...records].sort((a, b) => {
		const [left, right] = [value(a), value(b)];
		return left < right ? -1 : left > right ? 1 : a.id - b.id;
	});
}

type Sum = (movement: BalanceTransaction) => number;

const amountOf: Sum = ({ amount }) => amount;
const feeOf: Sum = ({ fee }) => fee;

function summary(store: ShopStore, payout: Payout): Record<string, unknown> {
	const movements = movementsOf(store, payout);
	const sum = (types: readonly BalanceTransaction['type'][], of: Sum) =>
		moneyOf(
			movements.filter(({ type }) => types.includes(type)).reduce((total, movement) => total + of(movement), 0),
			payout.currency,
		);
	const adjustments = ['ADJUSTMENT', 'CHARGEBACK_HOLD', 'CHARGEBACK_HOLD_RELEASE', 'CHARGEBACK_FEE', 'CHARGEBACK_FEE_REFUND'] as const;
	const retried = ['TRANSFER_FAILURE', 'TRANSFER_CANCEL'] as const;
	const nothing = moneyOf(0, payout.currency);
	return {
		chargesGross: sum(['CHARGE'], amountOf),
		chargesFee: sum(['CHARGE'], feeOf),
		refundsFeeGross: sum(['REFUND'], amountOf),
		refundsFee: sum(['REFUND'], feeOf),
		adjustmentsGross: sum(adjustments, amountOf),
		adjustmentsFee: sum(adjustments, feeOf),
		retriedPayoutsGross: sum(retried, amountOf),
		retriedPayoutsFee: sum(retried, feeOf),
		advanceFees: nothing,
		advanceGross: nothing,
		reservedFundsFee: nothing,
		reservedFundsGross: nothing,
		usdcRebateCreditAmount: nothing,
	};
}

export const paymentsResolvers: Resolvers = {
	QueryRoot: fieldsOf({
		shopifyPaymentsAccount: (_source, _args, { store }) => (store.settings.shopifyPayments ? paymentsAccount() : null),
		disputes: (_source, args, { store }) => disputes(store, args),
		dispute: (_source, { id }, { store }) => store.disputes.get(idOf(String(id), 'ShopifyPaymentsDispute')) ?? null,
	}),
	ShopifyPaymentsAccount: fieldsOf({
		activated: () => true,
		country: () => 'US',
		onboardable: () => false,
		defaultCurrency: (_account, _args, { store }) => store.settings.currency,
		balance: (_account, _args, { store }) => {
			runPayouts(store);
			const held = balances(store);
			return (held.size > 0 ? [...held.entries()] : [[store.settings.currency, 0] as const]).map(([currency, minor]) => moneyOf(minor, currency));
		},
		payoutSchedule: (_account, _args, { store: { settings } }) => ({
			interval: settings.payoutInterval,
			weeklyAnchor: settings.payoutInterval === 'WEEKLY' ? 'MONDAY' : null,
			monthlyAnchor: settings.payoutInterval === 'MONTHLY' ? 1 : null,
		}),
		payouts: (_account, { query, sortKey, transactionType }, { store }) => {
			runPayouts(store);
			const found = searchPayouts([...store.payouts.values()], query as string | null | undefined).filter(
				({ net }) => transactionType === undefined || transactionType === null || (net < 0 ? 'WITHDRAWAL' : 'DEPOSIT') === transactionType,
			);
			return sorted(found, sortKey, { ISSUED_AT: ({ issuedAt }) => issuedAt, ID: ({ id }) => id, AMOUNT: ({ net }) => net, STATUS: ({ status }) => status });
		},
		balanceTransactions: (_account, { query, sortKey, hideTransfers }, { store }) => {
			runPayouts(store);
			const found = searchBalance(store, [...store.balanceTransactions.values()], query as string | null | undefined).filter(({ sourceType }) => hideTransfers !== true || sourceType !== 'TRANSFER');
			return sorted(found, sortKey, {
				PROCESSED_AT: ({ transactionDate }) => transactionDate,
				ID: ({ id }) => id,
				AMOUNT: amountOf,
				FEE: feeOf,
				NET: (movement) => netOf([movement]),
				TRANSACTION_TYPE: ({ type }) => type,
				ORDER_NAME: ({ orderId }) => (orderId === null ? '' : (store.orders.get(orderId)?.name ?? '')),
				PAYOUT_STATUS: (movement) => payoutStatusOf(store, movement),
				PAYOUT_DATE: ({ payoutId }) => (payoutId === null ? '' : mustHave(store.payouts, payoutId, 'payout').issuedAt),
			});
		},
		disputes: (_account, args, { store }) => disputes(store, args),
	}),
	ShopifyPaymentsBalanceTransaction: fieldsOf<BalanceTransaction>({
		test: () => false,
		amount: ({ amount, currency }) => moneyOf(amount, currency),
		fee: ({ fee, currency }) => moneyOf(fee, currency),
		net: (movement) => moneyOf(netOf([movement]), movement.currency),
		sourceId: ({ sourceId }) => String(sourceId),
		sourceOrderTransactionId: ({ orderTransactionId }) => (orderTransactionId === null ? null : String(orderTransactionId)),
		adjustmentsOrders: () => [],
		associatedOrder: ({ orderId }, _args, { store }) => {
			const order = orderId === null ? undefined : store.orders.get(orderId);
			return order ? { id: gid('Order', order.id), name: order.name } : null;
		},
		associatedPayout: (movement, _args, { store }) => ({ id: movement.payoutId === null ? null : gid('ShopifyPaymentsPayout', movement.payoutId), status: payoutStatusOf(store, movement) }),
	}),
	ShopifyPaymentsPayout: fieldsOf<Payout>({
		legacyResourceId: ({ id }) => String(id),
		net: ({ net, currency }) => moneyOf(net, currency),
		gross: ({ net, currency }) => moneyOf(net, currency),
		transactionType: ({ net }) => (net < 0 ? 'WITHDRAWAL' : 'DEPOSIT'),
		externalTraceId: ({ id, status }) => (status === 'PAID' ? `TRACE-${id}` : null),
		summary: (payout, _args, { store }) => summary(store, payout),
	}),
	ShopifyPaymentsDispute: fieldsOf<Dispute>({
		legacyResourceId: ({ id }) => String(id),
		amount: ({ amount, orderId }, _args, { store }) => moneyOf(amount, mustHave(store.orders, orderId, 'order').presentmentCurrency),
		order: ({ orderId }, _args, { store }) => store.orders.get(orderId),
		reasonDetails: ({ reason }) => ({ reason, networkReasonCode: null }),
	}),
};
