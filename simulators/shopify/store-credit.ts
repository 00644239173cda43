/** Crediting and debiting store credit through the API. There is no idempotency here, and no place for a note. */

import { idOf, parseGid } from './gid';
import { parseAmount } from './money';
import type { StoreCreditAccount, StoreCreditTransaction } from './model';
import type { MoneyInput } from './refunds';
import type { ShopStore } from './store';
import { findAccount, postCredit, postDebit } from './store-credit-ledger';
import { refuse } from './user-errors';

export function creditAccount(store: ShopStore, id: string, input: { creditAmount: MoneyInput; expiresAt?: string | null }): StoreCreditTransaction {
	const at = ['creditInput', 'creditAmount'];
	if (input.expiresAt && Date.parse(input.expiresAt) <= store.clock.now().getTime()) refuse(['creditInput', 'expiresAt'], 'The expiry date must be in the future.', 'EXPIRES_AT_IN_PAST');
	const { currencyCode } = input.creditAmount;
	const account = accountFor(store, id, currencyCode);
	if (account.known && account.known.currency !== currencyCode) {
		refuse([...at, 'currencyCode'], 'The currency provided does not match the currency of the store credit account.', 'MISMATCHING_CURRENCY');
	}
	const amount = parseAmount(String(input.creditAmount.amount), currencyCode);
	if (amount === undefined || amount <= 0) return refuse([...at, 'amount'], 'A positive amount must be used to credit a store credit account.', 'NEGATIVE_OR_ZERO_AMOUNT');
	const most = parseAmount(String(store.settings.storeCreditLimit), currencyCode) ?? amount;
	if ((account.known?.balance ?? 0) + amount > most) refuse([...at, 'amount'], "The operation would cause the account's credit limit to be exceeded.", 'CREDIT_LIMIT_EXCEEDED');
	return postCredit(store, { customerId: account.customerId, currency: currencyCode, amount, expiresAt: input.expiresAt ?? null, event: 'ADJUSTMENT', orderTransactionId: null });
}

/** An account is named itself, or by its owner and the currency. */
function accountFor(store: ShopStore, id: string, currency: string): { customerId: number; known: StoreCreditAccount | undefined } {
	if (parseGid(id)?.type === 'StoreCreditAccount') {
		const known = store.storeCreditAccounts.get(idOf(id, 'StoreCreditAccount'));
		if (!known) return refuse(['id'], 'The store credit account could not be found.', 'ACCOUNT_NOT_FOUND');
		return { customerId: known.customerId, known };
	}
	const customer = parseGid(id)?.type === 'CompanyLocation' ? undefined : store.customers.get(idOf(id, 'Customer'));
	if (!customer) return refuse(['id'], 'Owner does not exist', 'OWNER_NOT_FOUND');
	return { customerId: customer.id, known: findAccount(store, customer.id, currency) };
}

export function debitAccount(store: ShopStore, id: string, input: { debitAmount: MoneyInput }): StoreCreditTransaction {
	const at = ['debitInput', 'debitAmount'];
	const { currencyCode } = input.debitAmount;
	const account =
		parseGid(id)?.type === 'StoreCreditAccount'
			? store.storeCreditAccounts.get(idOf(id, 'StoreCreditAccount'))
			: findAccount(store, idOf(id, 'Customer', 'CompanyLocation'), currencyCode);
	if (!account) return refuse(['id'], 'The store credit account could not be found.', 'ACCOUNT_NOT_FOUND');
	if (account.currency !== currencyCode) refuse([...at, 'currencyCode'], 'The currency provided does not match the currency of the store credit account.', 'MISMATCHING_CURRENCY');
	const amount = parseAmount(String(input.debitAmount.amount), currencyCode);
	if (amount === undefined || amount <= 0) return refuse([...at, 'amount'], 'A positive amount must be used to debit a store credit account.', 'NEGATIVE_OR_ZERO_AMOUNT');
	if (amount > account.balance) refuse([...at, 'amount'], 'The store credit account does not have sufficient funds to satisfy the request.', 'INSUFFICIENT_FUNDS');
	return postDebit(store, account, amount);
}
