/** From a global id to the record, and the metafields and owners that hang on global ids. */

import { gid, invalidId, parseGid } from '../gid';
import { levelFromGid } from '../inventory';
import type { ShopStore } from '../store';
import { RETURN_REASONS } from '../returns';

/** The record a global id stands for; undefined when there is none; an error when the id is not of a known type. */
export function recordOf(store: ShopStore, text: string): unknown {
	const parsed = parseGid(text);
	if (!parsed) throw invalidId(text);
	const { type, id } = parsed;
	switch (type) {
		case 'Order':
			return store.orders.get(id);
		case 'LineItem':
			return store.lineItems.get(id);
		case 'LineItemGroup':
			return store.lineItemGroups.get(id);
		case 'Fulfillment':
			return store.fulfillments.get(id);
		case 'FulfillmentLineItem':
			return store.fulfillmentLineItems.get(id);
		case 'OrderTransaction':
			return store.transactions.get(id);
		case 'Refund':
			return store.refunds.get(id);
		case 'Return':
			return store.returns.get(id);
		case 'ReturnLineItem':
			return store.returnLineItems.get(id);
		case 'ExchangeLineItem':
			return store.exchangeLineItems.get(id);
		case 'ReturnReasonDefinition':
			return reasonDefinition(id);
		case 'ReturnableFulfillment':
			return store.fulfillments.has(id) ? { __typename: 'ReturnableFulfillment', id } : undefined;
		case 'ReverseFulfillmentOrder':
			return store.reverseFulfillmentOrders.get(id);
		case 'ReverseFulfillmentOrderLineItem':
			return store.reverseFulfillmentOrderLineItems.get(id);
		case 'ReverseDelivery':
			return store.reverseDeliveries.get(id);
		case 'Customer':
			return store.customers.get(id);
		case 'Product':
			return store.products.get(id);
		case 'ProductVariant':
			return store.variants.get(id);
		case 'InventoryItem':
			return store.inventoryItems.get(id);
		case 'InventoryLevel':
			return levelFromGid(store, text);
		case 'InventoryAdjustmentGroup':
			return store.adjustmentGroups.get(id);
		case 'Location':
			return store.locations.get(id);
		case 'Metafield':
			return store.metafields.get(id);
		case 'MetafieldDefinition':
			return store.metafieldDefinitions.get(id);
		case 'GiftCard':
			return store.giftCards.get(id);
		case 'StoreCreditAccount':
			return store.storeCreditAccounts.get(id);
		case 'WebhookSubscription':
			return store.webhookSubscriptions.get(id);
		case 'BasicEvent':
			return store.events.get(id);
		case 'App':
			return store.apps.get(id);
		case 'AppInstallation':
			return store.apps.has(id) ? { __typename: 'AppInstallation', id } : undefined;
		case 'Shop':
			return id === SHOP_ID ? shopRecord() : undefined;
		case 'ShopifyPaymentsAccount':
			return store.settings.shopifyPayments ? paymentsAccount() : undefined;
		case 'ShopifyPaymentsBalanceTransaction':
			return store.balanceTransactions.get(id);
		case 'ShopifyPaymentsPayout':
			return store.payouts.get(id);
		case 'ShopifyPaymentsDispute':
			return store.disputes.get(id);
		case 'BulkOperation':
			return store.bulkOperations.get(id);
		default:
			throw invalidId(text);
	}
}

export const SHOP_ID = 70_000_000_001;

export function shopRecord(): { __typename: 'Shop'; id: number } {
	return { __typename: 'Shop', id: SHOP_ID };
}

export function paymentsAccount(): { __typename: 'ShopifyPaymentsAccount'; id: number } {
	return { __typename: 'ShopifyPaymentsAccount', id: 36_000_001 };
}

export interface ReasonDefinition {
	__typename: 'ReturnReasonDefinition';
	id: number;
	handle: string;
	name: string;
	deleted: boolean;
}

export function reasonDefinition(id: number): ReasonDefinition | undefined {
	const reason = RETURN_REASONS[id - 1];
	if (reason === undefined) return undefined;
	const words = reason.toLowerCase().split('_');
	return { __typename: 'ReturnReasonDefinition', id, handle: words.join('-'), name: words.join(' ').replace(/^./, (letter) => letter.toUpperCase()), deleted: false };
}

/** The global id of a record that has a numeric one. */
export function gidOf(record: { __typename: string; id: number }): string {
	return gid(record.__typename, record.id);
}
