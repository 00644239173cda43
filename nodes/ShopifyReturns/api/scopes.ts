/**
 * The access scopes the app needs, in one place: the credential test, the node and the documentation read them from here. A contract test
 * holds them against the documents: nothing missing, nothing to spare. Orders older than 60 days need read_all_orders besides, which Shopify
 * grants on request; without it such an order is not found.
 */

export interface NeededScope {
	readonly handle: string;
	/** What stops working without it. */
	readonly usedFor: string;
}

export const NEEDED_SCOPES: readonly NeededScope[] = [
	{ handle: 'read_orders', usedFor: 'Reading orders, their refunds and payments' },
	{ handle: 'write_orders', usedFor: 'Posting refunds, tags and the settlement ledger' },
	{ handle: 'read_returns', usedFor: 'Reading returns and what became of each unit' },
	{ handle: 'write_returns', usedFor: 'Creating, processing and closing returns' },
	{ handle: 'read_products', usedFor: 'Reading the variants behind order lines, and whether their stock is counted' },
	{ handle: 'read_locations', usedFor: 'Choosing the location that units go back to' },
	{ handle: 'read_inventory', usedFor: 'Seeing which stock a change of stock has moved' },
	{ handle: 'write_inventory', usedFor: 'Putting back the components of bundles and units without a Shopify return, and moving stock to unavailable' },
];

/** Scopes that only the operations on store credit and gift cards need, tagging customers, and closing a month; a store that uses none of them need not grant these. */
export const OPTIONAL_SCOPES: readonly NeededScope[] = [
	{ handle: 'read_customers', usedFor: 'Finding the customer of an order: whom the credit belongs to, and their tags' },
	{ handle: 'write_customers', usedFor: 'Tying a gift card to its customer, and tagging customers' },
	{ handle: 'read_store_credit_accounts', usedFor: 'Finding the customer’s store credit account' },
	{ handle: 'read_store_credit_account_transactions', usedFor: 'Telling whether a credit or debit was made whose answer was lost' },
	{ handle: 'write_store_credit_account_transactions', usedFor: 'Crediting a store credit account, and taking credit back' },
	{ handle: 'read_gift_cards', usedFor: 'Telling whether a gift card was made whose answer was lost' },
	{ handle: 'write_gift_cards', usedFor: 'Making gift cards, mailing and deactivating them' },
	{ handle: 'read_shopify_payments_accounts', usedFor: 'Tracing refunds to their payouts when a month is closed' },
];

/** The scopes that every store needs and that are not among the granted ones. */
export function missingScopes(granted: readonly string[]): string[] {
	return NEEDED_SCOPES.map(({ handle }) => handle).filter((handle) => !isGranted(granted, handle));
}

/** Shopify lists a granted `write_` scope together with its `read_` twin only sometimes, and the former implies the latter. */
export function isGranted(granted: readonly string[], scope: string): boolean {
	return granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_'));
}
