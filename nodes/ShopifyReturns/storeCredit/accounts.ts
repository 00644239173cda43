/** A customer's store credit, as the operations on it read and show it. */
import type { ShopifyClient } from '../api/client';
import { CustomerCreditDocument, OrderCustomerCreditDocument, type CustomerCreditFieldsFragment } from '../api/generated';

export interface CreditAccount {
	id: string;
	balance: string;
	currency: string;
	/** The newest ones first. */
	transactions: Array<{ id: string | null; kind: 'credit' | 'debit' | 'debitRevert' | 'expiration'; event: string; amount: string; balanceAfter: string; createdAt: string; expiresAt: string | null }>;
}

export interface CustomerCredit {
	customerId: string;
	accounts: CreditAccount[];
	/** Whether there are more accounts than one page holds. */
	isIncomplete: boolean;
}

/** @returns null when the store has no such customer @throws ShopifyRequestError */
export async function readCreditOfCustomer(client: ShopifyClient, id: string): Promise<CustomerCredit | null> {
	const { customer } = await client.request(CustomerCreditDocument, { id }, 'read');
	return customer && toCredit(customer);
}

/** @returns null when the store has no such order, or it has no customer @throws ShopifyRequestError */
export async function readCreditOfOrder(client: ShopifyClient, orderId: string): Promise<CustomerCredit | null | 'noOrder'> {
	const { order } = await client.request(OrderCustomerCreditDocument, { orderId }, 'read');
	if (order === null) return 'noOrder';
	return order.customer && toCredit(order.customer);
}

function toCredit({ id, storeCreditAccounts }: CustomerCreditFieldsFragment): CustomerCredit {
	return { customerId: id, accounts: storeCreditAccounts.nodes.map(toAccount), isIncomplete: storeCreditAccounts.pageInfo.hasNextPage };
}

const KINDS = {
	StoreCreditAccountCreditTransaction: 'credit',
	StoreCreditAccountDebitTransaction: 'debit',
	StoreCreditAccountDebitRevertTransaction: 'debitRevert',
	StoreCreditAccountExpirationTransaction: 'expiration',
} as const;

function toAccount({ id, balance, transactions }: CustomerCreditFieldsFragment['storeCreditAccounts']['nodes'][number]): CreditAccount {
	return {
		id,
		balance: balance.amount,
		currency: balance.currencyCode,
		transactions: transactions.nodes.map((entry) => ({
			id: 'id' in entry ? entry.id : null,
			kind: KINDS[entry.__typename],
			event: entry.event,
			amount: entry.amount.amount,
			balanceAfter: entry.balanceAfterTransaction.amount,
			createdAt: entry.createdAt,
			expiresAt: 'expiresAt' in entry ? entry.expiresAt : null,
		})),
	};
}
