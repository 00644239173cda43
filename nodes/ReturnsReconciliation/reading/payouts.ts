/** What Shopify Payments booked for refunds since a time. */
import type { BalanceBook, BalanceEntry } from '../../../returns/monthEnd';
import { negate, parseMoney } from '../../../returns/money';
import type { ShopifyClient } from '../../ShopifyReturns/api/client';
import { RefundsInPayoutsDocument, ShopTimeDocument, type RefundsInPayoutsQuery } from '../../ShopifyReturns/api/generated';

type BalanceTransaction = NonNullable<RefundsInPayoutsQuery['shopifyPaymentsAccount']>['balanceTransactions']['nodes'][number];

/**
 * @returns null for a store without Shopify Payments
 * @throws ShopifyRequestError, also when the app may not read payments
 */
export async function readBalance(client: ShopifyClient, since: string): Promise<BalanceBook | null> {
	const book = new Map<string, BalanceEntry[]>();
	let after: string | null = null;
	do {
		const account: RefundsInPayoutsQuery['shopifyPaymentsAccount'] = (await client.request(RefundsInPayoutsDocument, { search: `processed_at:>='${since}'`, after }, 'read')).shopifyPaymentsAccount;
		if (!account) return null;
		const page: NonNullable<typeof account>['balanceTransactions'] = account.balanceTransactions;
		for (const node of page.nodes) note(book, node);
		after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
	} while (after !== null);
	return book;
}

/** IANA name of the zone in which the store's days begin. @throws ShopifyRequestError */
export async function readShopZone(client: ShopifyClient): Promise<string> {
	return (await client.request(ShopTimeDocument, {}, 'read')).shop.ianaTimezone;
}

/** Charges and fees are none of ours; a refund that came back (REFUND_FAILURE) takes its booking back. */
function note(book: Map<string, BalanceEntry[]>, { sourceOrderTransactionId, sourceType, type, amount, associatedPayout }: BalanceTransaction): void {
	if (sourceOrderTransactionId === null || (sourceType !== 'REFUND' && !type.startsWith('REFUND'))) return;
	const entry: BalanceEntry = { amount: negate(parseMoney(amount.amount, amount.currencyCode)), payoutId: associatedPayout.id, payoutStatus: associatedPayout.status };
	const id = String(sourceOrderTransactionId);
	book.set(id, [...(book.get(id) ?? []), entry]);
}
