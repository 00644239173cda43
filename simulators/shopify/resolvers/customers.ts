/** Customers, their store credit and gift cards. */

import { requireScope } from '../access';
import { fieldsOf, type Resolvers } from '../context';
import { gid, idOf } from '../gid';
import { createGiftCard, deactivateGiftCard, moveBalance, notify, updateGiftCard, type GiftCardCreateInput } from '../gift-cards';
import type { Customer, GiftCard, Order, StoreCreditAccount, StoreCreditTransaction } from '../model';
import { netPayment } from '../payments';
import type { MoneyInput } from '../refunds';
import { matchesId, sameText, search, searchOrders } from '../search';
import { creditAccount, debitAccount } from '../store-credit';
import { mustHave, type ShopStore } from '../store';
import { answering } from '../user-errors';
import { metafieldFields } from './metafields';
import { moneyOf } from './money';

function ordersOf(store: ShopStore, customer: Customer): Order[] {
	return [...store.orders.values()].filter(({ customerId }) => customerId === customer.id);
}

function accountOf(store: ShopStore, transaction: StoreCreditTransaction): StoreCreditAccount {
	return mustHave(store.storeCreditAccounts, transaction.accountId, 'store credit account');
}

const storeCreditTransaction = fieldsOf<StoreCreditTransaction>({
	id: ({ __typename, id }) => gid(__typename, id),
	account: (transaction, _args, { store }) => accountOf(store, transaction),
	amount: (transaction, _args, { store }) => moneyOf(transaction.amount, accountOf(store, transaction).currency),
	balanceAfterTransaction: (transaction, _args, { store }) => moneyOf(transaction.balanceAfter, accountOf(store, transaction).currency),
	remainingAmount: (transaction, _args, { store }) => moneyOf(transaction.remaining ?? 0, accountOf(store, transaction).currency),
	origin: ({ orderTransactionId }, _args, { store }) => (orderTransactionId === null ? null : store.transactions.get(orderTransactionId)),
});

const giftCardTransaction = fieldsOf<GiftCard['transactions'][number]>({
	amount: ({ giftCardId, amount }, _args, { store }) => moneyOf(amount, mustHave(store.giftCards, giftCardId, 'gift card').currency),
	giftCard: ({ giftCardId }, _args, { store }) => store.giftCards.get(giftCardId),
});

export const customerResolvers: Resolvers = {
	Customer: fieldsOf<Customer>({
		...metafieldFields,
		legacyResourceId: ({ id }) => String(id),
		displayName: ({ firstName, lastName, email }) => [firstName, lastName].filter((name) => name !== null).join(' ') || (email ?? ''),
		defaultEmailAddress: ({ email }) => (email === null ? null : { emailAddress: email, validFormat: true, marketingState: 'NOT_SUBSCRIBED' }),
		defaultPhoneNumber: ({ phone }) => (phone === null ? null : { phoneNumber: phone, marketingState: 'NOT_SUBSCRIBED' }),
		locale: () => 'en',
		state: () => 'ENABLED',
		verifiedEmail: () => true,
		taxExempt: () => false,
		defaultAddress: () => null,
		numberOfOrders: (customer, _args, { store }) => String(ordersOf(store, customer).length),
		amountSpent: (customer, _args, { store }) => moneyOf(ordersOf(store, customer).reduce((sum, order) => sum + netPayment(store, order).shop, 0), store.settings.currency),
		lastOrder: (customer, _args, { store }) => ordersOf(store, customer).at(-1) ?? null,
		orders: (customer, { query }, { store }) => searchOrders(store, query as string | null, ordersOf(store, customer)),
		storeCreditAccounts: (customer, { query }, { store }) =>
			search<StoreCreditAccount>(
				[...store.storeCreditAccounts.values()].filter(({ customerId }) => customerId === customer.id),
				query as string | null,
				{ currency_code: ({ currency }, value) => sameText(currency, value), id: ({ id }, value, operator) => matchesId(id, value, operator) },
				() => false,
			),
	}),
	StoreCreditAccount: fieldsOf<StoreCreditAccount>({
		balance: ({ balance, currency }) => moneyOf(balance, currency),
		owner: ({ customerId }, _args, { store }) => store.customers.get(customerId),
		transactions: ({ transactions }) => transactions,
	}),
	StoreCreditAccountCreditTransaction: storeCreditTransaction,
	StoreCreditAccountDebitTransaction: storeCreditTransaction,
	GiftCard: fieldsOf<GiftCard>({
		balance: ({ balance, currency }) => moneyOf(balance, currency),
		initialValue: ({ initialValue, currency }) => moneyOf(initialValue, currency),
		customer: ({ customerId }, _args, { store }) => (customerId === null ? null : store.customers.get(customerId)),
		enabled: ({ deactivatedAt }) => deactivatedAt === null,
		isRedeemable: ({ deactivatedAt, balance }) => deactivatedAt === null && balance > 0,
		lastCharacters: ({ code }) => code.slice(-4),
		maskedCode: ({ code }) => `•••• •••• •••• ${code.slice(-4)}`,
		order: ({ orderId }, _args, { store }) => (orderId === null ? null : store.orders.get(orderId)),
		lineItem: () => null,
		crossCurrencyRedemptionStrategy: ({ currency }, _args, { store }) => (currency === store.settings.currency ? 'MARKET_FX' : 'NONE'),
		recipientAttributes: ({ recipient }, _args, { store }) => (recipient ? { ...recipient, recipient: store.customers.get(recipient.customerId) } : null),
		transactions: ({ transactions }) => transactions,
	}),
	GiftCardCreditTransaction: giftCardTransaction,
	GiftCardDebitTransaction: giftCardTransaction,
	QueryRoot: fieldsOf({
		customer: (_source, { id }, { store }) => store.customers.get(idOf(String(id), 'Customer')) ?? null,
		customers: (_source, { query }, { store }) =>
			search<Customer>(
				[...store.customers.values()],
				query as string | null,
				{
					id: (customer, value, operator) => matchesId(customer.id, value, operator),
					email: (customer, value) => sameText(customer.email, value),
					tag: (customer, value) => customer.tags.some((tag) => sameText(tag, value)),
					tag_not: (customer, value) => !customer.tags.some((tag) => sameText(tag, value)),
				},
				(customer, value) => sameText(customer.email, value) || sameText(customer.firstName, value) || sameText(customer.lastName, value),
			),
		giftCard: (_source, { id }, { store }) => store.giftCards.get(idOf(String(id), 'GiftCard')) ?? null,
		giftCards: (_source, { query }, { store }) =>
			search<GiftCard>(
				[...store.giftCards.values()],
				query as string | null,
				{
					id: (card, value, operator) => matchesId(card.id, value, operator),
					status: (card, value) => (value === 'enabled') === (card.deactivatedAt === null),
					customer_id: (card, value, operator) => card.customerId !== null && matchesId(card.customerId, value, operator),
				},
				// Codes are found by their last characters only.
				(card, value) => card.code.endsWith(value.toLowerCase()),
			),
		storeCreditAccount: (_source, { id }, { store }) => store.storeCreditAccounts.get(idOf(String(id), 'StoreCreditAccount')) ?? null,
		storeCreditConfiguration: (_source, _args, { store }) => ({ storeCreditEnabled: store.settings.newCustomerAccounts }),
	}),
	Mutation: fieldsOf({
		storeCreditAccountCredit: (_source, { id, creditInput }, { store }) =>
			answering(() => ({ storeCreditAccountTransaction: creditAccount(store, String(id), creditInput as Parameters<typeof creditAccount>[2]) })),
		storeCreditAccountDebit: (_source, { id, debitInput }, { store }) => answering(() => ({ storeCreditAccountTransaction: debitAccount(store, String(id), debitInput as { debitAmount: MoneyInput }) })),
		giftCardCreate: (_source, { input }, { store, app }) => {
			const wanted = input as GiftCardCreateInput;
			if (wanted.customerId || wanted.recipientAttributes) requireScope(app, 'write_customers', 'giftCardCreate');
			return answering(() => {
				const giftCard = createGiftCard(store, wanted);
				return { giftCard, giftCardCode: giftCard.code };
			});
		},
		giftCardUpdate: (_source, { id, input }, { store }) => answering(() => ({ giftCard: updateGiftCard(store, String(id), input as GiftCardCreateInput) })),
		giftCardDeactivate: (_source, { id }, { store }) => answering(() => ({ giftCard: deactivateGiftCard(store, String(id)) })),
		giftCardCredit: (_source, { id, creditInput }, { store }) => {
			const { creditAmount, ...rest } = creditInput as { creditAmount: MoneyInput; note?: string | null; processedAt?: string | null };
			return answering(() => ({ giftCardCreditTransaction: moveBalance(store, String(id), 'credit', { amount: creditAmount, ...rest }) }));
		},
		giftCardDebit: (_source, { id, debitInput }, { store }) => {
			const { debitAmount, ...rest } = debitInput as { debitAmount: MoneyInput; note?: string | null; processedAt?: string | null };
			return answering(() => ({ giftCardDebitTransaction: moveBalance(store, String(id), 'debit', { amount: debitAmount, ...rest }) }));
		},
		giftCardSendNotificationToCustomer: (_source, { id }, { store }) => answering(() => ({ giftCard: notify(store, String(id), 'customer') })),
		giftCardSendNotificationToRecipient: (_source, { id }, { store }) => answering(() => ({ giftCard: notify(store, String(id), 'recipient') })),
	}),
};
