/** The records the simulated shop keeps. Ids are numbers; amounts are minor units in both currencies; moments are ISO texts in UTC. */

import type { Bag } from './money';

export interface Customer {
	__typename: 'Customer';
	id: number;
	email: string | null;
	firstName: string | null;
	lastName: string | null;
	phone: string | null;
	note: string | null;
	tags: string[];
	createdAt: string;
	updatedAt: string;
}

export interface Location {
	__typename: 'Location';
	id: number;
	name: string;
	isActive: boolean;
	createdAt: string;
	updatedAt: string;
}

export interface Product {
	__typename: 'Product';
	id: number;
	title: string;
	handle: string;
	tags: string[];
	variantIds: number[];
	createdAt: string;
	updatedAt: string;
}

export interface Variant {
	__typename: 'ProductVariant';
	id: number;
	productId: number;
	title: string;
	sku: string | null;
	/** Minor units of the shop's currency. */
	price: number;
	inventoryItemId: number;
	/** Set on the parent of a bundle: what one piece of it is made of. */
	components: Array<{ variantId: number; quantity: number }>;
	createdAt: string;
	updatedAt: string;
}

export interface InventoryItem {
	__typename: 'InventoryItem';
	id: number;
	variantId: number;
	tracked: boolean;
	createdAt: string;
	updatedAt: string;
}

export interface InventoryLevel {
	__typename: 'InventoryLevel';
	/** "inventory item id:location id". */
	key: string;
	inventoryItemId: number;
	locationId: number;
	isActive: boolean;
	quantities: Record<QuantityName, number>;
	createdAt: string;
	updatedAt: string;
}

export type QuantityName = 'available' | 'on_hand' | 'committed' | 'incoming' | 'reserved' | 'damaged' | 'quality_control' | 'safety_stock';

export interface InventoryAdjustmentGroup {
	__typename: 'InventoryAdjustmentGroup';
	id: number;
	appId: number | null;
	reason: string;
	referenceDocumentUri: string | null;
	createdAt: string;
	changes: Array<{
		name: QuantityName;
		delta: number;
		quantityAfterChange: number | null;
		inventoryItemId: number;
		locationId: number;
		ledgerDocumentUri: string | null;
	}>;
}

export interface TaxLine {
	title: string;
	rate: number;
	price: Bag;
}

export interface DiscountApplication {
	index: number;
	target: 'line' | 'order' | 'shipping';
	kind: 'percentage' | 'fixed';
	/** As written by the caller: percent, or an amount of the presentment currency. */
	value: string;
	type: 'code' | 'automatic' | 'manual';
	title: string;
}

export interface Duty {
	__typename: 'Duty';
	id: number;
	lineItemId: number;
	price: Bag;
	taxLines: TaxLine[];
	refunded: Bag;
	harmonizedSystemCode: string | null;
}

export interface LineItemGroup {
	__typename: 'LineItemGroup';
	id: number;
	title: string;
	quantity: number;
	productId: number | null;
	variantId: number | null;
	variantSku: string | null;
}

export interface LineItem {
	__typename: 'LineItem';
	id: number;
	orderId: number;
	sku: string | null;
	title: string;
	quantity: number;
	unitPrice: Bag;
	variantId: number | null;
	productId: number | null;
	isGiftCard: boolean;
	isTip: boolean;
	requiresShipping: boolean;
	discounts: Array<{ application: number; amount: Bag }>;
	taxLines: TaxLine[];
	duties: Duty[];
	groupId: number | null;
	/** Units handed to the carrier. */
	fulfilled: number;
	/** Units given back money for, in refunds. */
	refunded: number;
	/** Units taken off by an order edit. */
	removed: number;
	/** Of the refunded or removed units, those that had not been fulfilled. */
	unfulfilledGone: number;
	/** Where unfulfilled units are committed, and where fulfilled ones left from. */
	locationId: number;
	/** Set on lines an exchange added. */
	exchangeLineItemId: number | null;
}

export interface ShippingLine {
	__typename: 'ShippingLine';
	id: number;
	orderId: number;
	title: string;
	price: Bag;
	discounts: Array<{ application: number; amount: Bag }>;
	taxLines: TaxLine[];
	/** Price part and tax part given back so far. */
	refunded: Bag;
	refundedTax: Bag;
}

export interface FulfillmentLineItem {
	__typename: 'FulfillmentLineItem';
	id: number;
	fulfillmentId: number;
	lineItemId: number;
	quantity: number;
}

export interface Fulfillment {
	__typename: 'Fulfillment';
	id: number;
	orderId: number;
	name: string;
	locationId: number;
	lineItemIds: number[];
	tracking: { company: string | null; number: string | null; url: string | null } | null;
	createdAt: string;
	updatedAt: string;
}

export type TransactionKind = 'SALE' | 'AUTHORIZATION' | 'CAPTURE' | 'REFUND' | 'VOID';
export type TransactionStatus = 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR';

export interface OrderTransaction {
	__typename: 'OrderTransaction';
	id: number;
	orderId: number;
	kind: TransactionKind;
	status: TransactionStatus;
	gateway: string;
	manual: boolean;
	amount: Bag;
	parentId: number | null;
	refundId: number | null;
	returnId: number | null;
	/** Where money of a gift card or store credit comes from and goes back to. */
	giftCardId: number | null;
	storeCreditAccountId: number | null;
	/** Cash changes hands in steps of this many minor units of the presentment currency; null: to the last of them. */
	roundTo: number | null;
	/** What was handed over beyond the amount, or less than it. */
	rounding: Bag;
	/** How refunds to this payment settle; inherited from the order when null. */
	refundsSettle: 'immediately' | 'pending' | null;
	settlesAt: string | null;
	errorCode: string | null;
	createdAt: string;
	processedAt: string | null;
}

export type RestockType = 'RETURN' | 'CANCEL' | 'NO_RESTOCK';

export interface RefundLineItem {
	__typename: 'RefundLineItem';
	id: number;
	refundId: number;
	lineItemId: number;
	quantity: number;
	restockType: RestockType;
	locationId: number | null;
	restocked: boolean;
	price: Bag;
	discountedTotal: Bag;
	cartDiscount: Bag;
	subtotal: Bag;
	totalTax: Bag;
}

export interface Refund {
	__typename: 'Refund';
	id: number;
	orderId: number;
	returnId: number | null;
	note: string | null;
	createdAt: string;
	updatedAt: string;
	processedAt: string;
	lines: RefundLineItem[];
	shippingLines: Array<{ __typename: 'RefundShippingLine'; id: number; shippingLineId: number; subtotal: Bag; tax: Bag }>;
	duties: Array<{ dutyId: number; amount: Bag; tax: Bag }>;
	/** Fees kept back, as charged on this refund. */
	fees: Bag;
	adjustments: Array<{ __typename: 'OrderAdjustment'; id: number; amount: Bag; taxAmount: Bag; reason: string }>;
	transactionIds: number[];
	/** Who did it: an app's title, or a person. */
	by: string;
}

export type ReturnStatus = 'REQUESTED' | 'OPEN' | 'CLOSED' | 'DECLINED' | 'CANCELED';

export interface ReturnLineItem {
	__typename: 'ReturnLineItem';
	id: number;
	returnId: number;
	fulfillmentLineItemId: number;
	quantity: number;
	processed: number;
	refunded: number;
	returnReason: string;
	returnReasonDefinitionId: number | null;
	returnReasonNote: string;
	customerNote: string | null;
	restockingFee: { id: number; percentage: number } | null;
}

export interface ExchangeLineItem {
	__typename: 'ExchangeLineItem';
	id: number;
	returnId: number;
	variantId: number;
	quantity: number;
	processed: number;
	/** Presentment and shop price of one piece after the applied discount. */
	unitPrice: Bag;
	lineItemIds: number[];
}

export interface Return {
	__typename: 'Return';
	id: number;
	orderId: number;
	name: string;
	status: ReturnStatus;
	createdAt: string;
	closedAt: string | null;
	requestApprovedAt: string | null;
	decline: { reason: string; note: string | null } | null;
	lineItemIds: number[];
	exchangeLineItemIds: number[];
	shippingFee: { id: number; amount: Bag; charged: Bag } | null;
	reverseFulfillmentOrderIds: number[];
	createdBy: string;
}

export interface Disposition {
	__typename: 'ReverseFulfillmentOrderDisposition';
	id: number;
	type: 'RESTOCKED' | 'NOT_RESTOCKED' | 'MISSING' | 'PROCESSING_REQUIRED';
	quantity: number;
	locationId: number | null;
	createdAt: string;
}

export interface ReverseFulfillmentOrderLineItem {
	__typename: 'ReverseFulfillmentOrderLineItem';
	id: number;
	reverseFulfillmentOrderId: number;
	returnLineItemId: number;
	fulfillmentLineItemId: number;
	totalQuantity: number;
	dispositions: Disposition[];
}

export interface ReverseFulfillmentOrder {
	__typename: 'ReverseFulfillmentOrder';
	id: number;
	orderId: number;
	returnId: number;
	status: 'OPEN' | 'CLOSED' | 'CANCELED';
	lineItemIds: number[];
	reverseDeliveryIds: number[];
}

export interface ReverseDelivery {
	__typename: 'ReverseDelivery';
	id: number;
	reverseFulfillmentOrderId: number;
	lines: Array<{ __typename: 'ReverseDeliveryLineItem'; id: number; reverseFulfillmentOrderLineItemId: number; quantity: number }>;
	label: { publicFileUrl: string; createdAt: string; updatedAt: string } | null;
	tracking: { number: string | null; url: string | null; carrierName: string | null } | null;
}

export interface Order {
	__typename: 'Order';
	id: number;
	number: number;
	name: string;
	currency: string;
	presentmentCurrency: string;
	/** Shop currency per piece of presentment currency, as an exact decimal text. */
	exchangeRate: string;
	taxesIncluded: boolean;
	customerId: number | null;
	email: string | null;
	note: string | null;
	tags: string[];
	customAttributes: Array<{ key: string; value: string | null }>;
	phone: string | null;
	poNumber: string | null;
	lineItemIds: number[];
	shippingLineIds: number[];
	fulfillmentIds: number[];
	transactionIds: number[];
	refundIds: number[];
	returnIds: number[];
	discountApplications: DiscountApplication[];
	/** Price of the order as placed, plus what edits and exchanges added. */
	total: Bag;
	originalTotal: Bag;
	refundsSettle: 'immediately' | 'pending';
	refundsSettleAfterMs: number | null;
	edited: boolean;
	cancelledAt: string | null;
	closedAt: string | null;
	createdAt: string;
	processedAt: string;
	updatedAt: string;
}

export interface Metafield {
	__typename: 'Metafield';
	id: number;
	ownerId: string;
	namespace: string;
	key: string;
	type: string;
	value: string;
	createdAt: string;
	updatedAt: string;
}

export interface MetafieldDefinition {
	__typename: 'MetafieldDefinition';
	id: number;
	ownerType: string;
	namespace: string;
	key: string;
	name: string;
	description: string | null;
	type: string;
	/** Place among the pinned fields of the admin; null: not pinned. */
	pinnedPosition: number | null;
}

export interface GiftCard {
	__typename: 'GiftCard';
	id: number;
	/** The whole code; never given out again after creation. */
	code: string;
	currency: string;
	initialValue: number;
	balance: number;
	customerId: number | null;
	recipient: { customerId: number; message: string | null; preferredName: string | null; sendNotificationAt: string | null } | null;
	note: string | null;
	expiresOn: string | null;
	templateSuffix: string | null;
	deactivatedAt: string | null;
	orderId: number | null;
	notifications: string[];
	transactions: Array<{ __typename: 'GiftCardCreditTransaction' | 'GiftCardDebitTransaction'; id: number; giftCardId: number; amount: number; note: string | null; processedAt: string }>;
	createdAt: string;
	updatedAt: string;
}

export interface StoreCreditTransaction {
	__typename: 'StoreCreditAccountCreditTransaction' | 'StoreCreditAccountDebitTransaction' | 'StoreCreditAccountDebitRevertTransaction';
	id: number;
	accountId: number;
	amount: number;
	balanceAfter: number;
	remaining: number | null;
	expiresAt: string | null;
	event: 'ADJUSTMENT' | 'ORDER_REFUND' | 'ORDER_PAYMENT' | 'ORDER_CANCELLATION';
	orderTransactionId: number | null;
	createdAt: string;
}

export interface StoreCreditAccount {
	__typename: 'StoreCreditAccount';
	id: number;
	customerId: number;
	currency: string;
	balance: number;
	transactions: StoreCreditTransaction[];
}

export interface WebhookSubscription {
	__typename: 'WebhookSubscription';
	id: number;
	appId: number;
	topic: string;
	uri: string;
	format: string;
	filter: string | null;
	includeFields: string[];
	metafieldNamespaces: string[];
	name: string | null;
	createdAt: string;
	updatedAt: string;
}

export interface ShopEvent {
	__typename: 'BasicEvent';
	id: number;
	action: string;
	message: string;
	appTitle: string | null;
	/** gid of what it is about. */
	subjectId: string;
	subjectType: string;
	createdAt: string;
}

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED';

export interface BulkOperation {
	__typename: 'BulkOperation';
	id: number;
	appId: number;
	query: string;
	status: BulkStatus;
	errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
	/** What went wrong, in words that the service does not give out. */
	reason: string | null;
	objectCount: number;
	rootObjectCount: number;
	/** Bytes of the result; null while there is none. */
	fileSize: number | null;
	/** Name of the result in the storage; null when there are no rows. */
	file: string | null;
	createdAt: string;
	/** When it ended, whichever way. */
	endedAt: string | null;
}

/** One movement on the account that Shopify Payments keeps for the shop; amounts in the currency of payouts. */
export interface BalanceTransaction {
	__typename: 'ShopifyPaymentsBalanceTransaction';
	id: number;
	type: 'CHARGE' | 'REFUND' | 'ADJUSTMENT' | 'CHARGEBACK_HOLD' | 'CHARGEBACK_HOLD_RELEASE' | 'CHARGEBACK_FEE' | 'CHARGEBACK_FEE_REFUND' | 'TRANSFER' | 'TRANSFER_FAILURE' | 'TRANSFER_CANCEL';
	sourceType: 'CHARGE' | 'REFUND' | 'ADJUSTMENT' | 'DISPUTE' | 'TRANSFER';
	/** Id of the charge, refund, dispute or payout it comes from. */
	sourceId: number;
	currency: string;
	amount: number;
	fee: number;
	orderId: number | null;
	orderTransactionId: number | null;
	adjustmentReason: string | null;
	transactionDate: string;
	payoutId: number | null;
}

export interface Payout {
	__typename: 'ShopifyPaymentsPayout';
	id: number;
	currency: string;
	/** Minor units; below zero the bank account is debited. */
	net: number;
	status: 'SCHEDULED' | 'PAID' | 'FAILED' | 'CANCELED';
	issuedAt: string;
}

export interface Dispute {
	__typename: 'ShopifyPaymentsDispute';
	id: number;
	orderId: number;
	initiatedAs: 'CHARGEBACK' | 'INQUIRY';
	type: 'CHARGEBACK' | 'INQUIRY';
	status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'ACCEPTED' | 'WON' | 'LOST' | 'PREVENTED';
	reason: string;
	/** Minor units of the currency the customer paid in. */
	amount: number;
	initiatedAt: string;
	evidenceDueBy: string | null;
	evidenceSentOn: string | null;
	finalizedOn: string | null;
}

export interface App {
	__typename: 'App';
	id: number;
	title: string;
	clientId: string;
	clientSecret: string;
	scopes: string[];
	/** Where the authorization code grant may send the merchant back to. */
	redirectUrls: string[];
}

export interface AccessToken {
	token: string;
	appId: number;
	/** null: a permanent token. */
	expiresAt: string | null;
}

export interface AuthorizationCode {
	code: string;
	appId: number;
	scopes: string[];
	expiresAt: string;
}

export interface RefreshToken {
	token: string;
	appId: number;
	expiresAt: string;
	/** Access token that came with it; the refresh token before it is good until this one is first used. */
	accessToken: string;
	replaces: string | null;
}
