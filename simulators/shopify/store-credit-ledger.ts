/** Balances of store credit: one account per customer and currency. */

import type { StoreCreditAccount, StoreCreditTransaction } from './model';
import type { ShopStore } from './store';

export interface Posting {
	customerId: number;
	currency: string;
	/** Minor units, above zero. */
	amount: number;
	expiresAt: string | null;
	event: StoreCreditTransaction['event'];
	orderTransactionId: number | null;
}

export function findAccount(store: ShopStore, customerId: number, currency: string): StoreCreditAccount | undefined {
	return [...store.storeCreditAccounts.values()].find((account) => account.customerId === customerId && account.currency === currency);
}

/** Adds credit, opening the account of that currency when there is none. */
export function postCredit(store: ShopStore, posting: Posting): StoreCreditTransaction {
	const account = findAccount(store, posting.customerId, posting.currency) ?? openAccount(store, posting.customerId, posting.currency);
	account.balance += posting.amount;
	return record(store, account, {
		__typename: 'StoreCreditAccountCreditTransaction',
		amount: posting.amount,
		remaining: posting.amount,
		expiresAt: posting.expiresAt,
		event: posting.event,
		orderTransactionId: posting.orderTransactionId,
	});
}

/** Takes credit; the caller has checked that there is enough. */
export function postDebit(store: ShopStore, account: StoreCreditAccount, amount: number): StoreCreditTransaction {
	account.balance -= amount;
	let left = amount;
	for (const credit of account.transactions) {
		if (credit.remaining === null || left === 0) continue;
		const taken = Math.min(left, credit.remaining);
		credit.remaining -= taken;
		left -= taken;
	}
	return record(store, account, {
		__typename: 'StoreCreditAccountDebitTransaction',
		amount: -amount,
		remaining: null,
		expiresAt: null,
		event: 'ADJUSTMENT',
		orderTransactionId: null,
	});
}

export function openAccount(store: ShopStore, customerId: number, currency: string): StoreCreditAccount {
	const id = store.id('StoreCreditAccount');
	const account: StoreCreditAccount = { __typename: 'StoreCreditAccount', id, customerId, currency, balance: 0, transactions: [] };
	store.storeCreditAccounts.set(id, account);
	return account;
}

function record(
	store: ShopStore,
	account: StoreCreditAccount,
	entry: Pick<StoreCreditTransaction, '__typename' | 'amount' | 'remaining' | 'expiresAt' | 'event' | 'orderTransactionId'>,
): StoreCreditTransaction {
	const transaction: StoreCreditTransaction = { id: store.id('StoreCreditAccountTransaction'), accountId: account.id, balanceAfter: account.balance, createdAt: store.now(), ...entry };
	account.transactions.push(transaction);
	return transaction;
}
