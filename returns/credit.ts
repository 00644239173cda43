/** Store credit and gift cards (N15): what has to be true before one is issued, and what earlier ones mean for the order. */
import { reason, type Reason } from './exceptions';
import { isCreditOutsideOrder, isEvenExchange, type Payout } from './ledger';
import { parseMoney, sum, zero, type Money } from './money';
import type { OrderSnapshot } from './order';

/** Why a credit cannot be issued for this order; null when nothing stands in the way, and for refunds to the original payment. */
export function creditPrerequisite(order: OrderSnapshot, payout: Payout, giftCardsInAnyCurrency: boolean, unitIds: string[]): Reason | null {
	if (payout === 'tenders') return null;
	if (order.credit === undefined || order.credit.customerId === null) return reason('customerMissing', `The order ${order.name} has no customer.`, unitIds);
	if (payout !== 'giftCard' && order.credit.isStoreCreditEnabled === false) return reason('storeCreditDisabled', 'Store credit is not switched on in this store.', unitIds);
	if (payout === 'giftCard' && order.presentmentCurrency !== order.shopCurrency && !giftCardsInAnyCurrency) {
		return reason('creditCurrency', `The order was paid in ${order.presentmentCurrency}, and this API version makes gift cards in ${order.shopCurrency} only.`, unitIds);
	}
	return null;
}

/**
 * What the ledger shows as paid outside the order's refunds. Shopify goes on counting these units as refundable and this money as received, so
 * both are taken off its ceilings.
 */
export function creditedOutside(order: OrderSnapshot): { pieces: Map<string, number>; amount: Money } {
	// An even exchange pays with goods, and leaves no refund either.
	const entries = order.ledger.ledger.entries.filter((entry) => (isCreditOutsideOrder(entry) || isEvenExchange(entry)) && entry.state === 'done');
	const pieces = new Map<string, number>();
	for (const { lineItemId, quantity } of entries.flatMap((entry) => entry.quantities)) pieces.set(lineItemId, (pieces.get(lineItemId) ?? 0) + quantity);
	const amounts = entries.flatMap(({ amount, currency }) => (amount === null || currency !== order.presentmentCurrency ? [] : [parseMoney(amount, currency)]));
	return { pieces, amount: amounts.length > 0 ? sum(amounts, order.presentmentCurrency) : zero(order.presentmentCurrency) };
}
