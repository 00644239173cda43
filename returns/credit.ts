/** Store credit and gift cards (N15): what has to be true before one is issued. What earlier ones mean for the order is in unshown.ts. */
import { reason, type Reason } from './exceptions';
import type { Payout } from './ledger';
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
