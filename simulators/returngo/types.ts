/** The shapes ReturnGO shows on the wire, with the types it really sends, and what the simulator keeps beside them. */

export const RMA_STATUSES = ['Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled'] as const;
export type RmaStatus = (typeof RMA_STATUSES)[number];

export const SHIPMENT_STATUSES = ['Pending', 'LabelCreated', 'Shipped', 'Received', 'Validated', 'Canceled'] as const;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

export const TRANSACTION_STATUSES = ['Requested', 'Success', 'Failed'] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

export type TransactionType = 'RefundToPaymentMethod' | 'RefundToStoreCredit' | 'InvoicePayment';

export const EVENT_NAMES = [
	'RMA_CREATED',
	'RMA_STATUS_UPDATED',
	'SHIPMENT_CREATED',
	'SHIPMENT_STATUS_UPDATED',
	'SHIPMENT_TRACKER_STATUS_UPDATED',
	'TRANSACTION_CREATED',
	'REFUND_CREATED',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** `amount` in the customer's currency, `shopAmount` in the shop's; numbers, as the service sends them. */
export interface Money {
	amount: number;
	currency: string;
	shopAmount: number;
	shopCurrency: string;
}

export interface UserDetails {
	userFirstName: string;
	userLastName: string;
	userEmailAddress: string;
	userRole: string;
}

export interface RmaEvent {
	eventName: 'RMA_CREATED' | 'RMA_APPROVED';
	eventDate: string;
	triggeredVia: string;
	storeLocationId: string;
	userDetails: UserDetails | null;
}

export interface Address {
	name: string;
	street1: string;
	street2: string;
	city: string;
	state: string;
	zip: string;
	country: string;
	phone: string;
	email: string;
}

export interface Shipment {
	shipmentId: string;
	status: ShipmentStatus;
	carrierName: string | null;
	requestedServiceLevel: string | null;
	actualServiceLevel: string | null;
	trackingNumber: string | null;
	trackingURL: string | null;
	labelURL: string | null;
	customerAddress: Address;
	returnAddress: Address;
	isOutbound: boolean;
}

export interface ItemValidation {
	isRestockable: boolean;
	isReturned: boolean;
	nonRestockableReason: string | null;
	nonReturnedReason: string | null;
	storeLocationId: string | null;
	lastValidationDate: string | null;
	lastValidatedBy: string | null;
	thirdPartyName: string | null;
	userDetails: UserDetails | null;
}

export interface FollowUpQuestion {
	type: string;
	name: string;
	answer: Record<string, unknown>;
}

/** One returned piece. There is no quantity: two pieces of a line are two of these. */
export interface ReturnedItem {
	shopLineItemId: string;
	shopProductId: string;
	variantId: string;
	returnedItemId: string;
	fullName: string;
	productName: string;
	variantName?: string;
	image: string;
	sku: string;
	barcode?: string;
	paidPrice: Money;
	paidTax: Money;
	taxIncluded: boolean;
	returnReason: string;
	extendedReason: string;
	resolutionName: string;
	policyRuleName: string;
	resolutionType: string;
	isAutoApprove: 0 | 1;
	restockingFee: number;
	returnFee: number;
	shipmentFee: number;
	shipmentId: string;
	returnMethod: { type: string; name: string };
	itemValidationStatusResponse: ItemValidation;
	exchangeItems: unknown[];
	followUpQuestions: FollowUpQuestion[];
}

export interface Comment {
	commentType: 'system' | 'merchant' | 'error';
	triggeredBy: string;
	htmlText: string;
	datetime: string;
}

export interface Transaction {
	id: number;
	type: TransactionType;
	externalReferenceId: string | null;
	externalReferenceType: string | null;
	amount: Money;
	status: TransactionStatus;
	processor: string;
	bankAccountDetails: null;
	returnItemIds: string[];
	createdAt: string;
	lastUpdated: string;
}

export interface ExchangeOrder {
	draftOrderId: string;
	orderId: string;
	orderName: string;
	type: 'Exchange' | 'Fee';
}

export interface WebhookRegistration {
	id: string;
	url: string;
	eventName: EventName;
}

/** A return request as the simulator keeps it: the wire object's parts, and facts the service knows and does not show. */
export interface Rma {
	id: number;
	shop: string;
	status: RmaStatus;
	/** Where a reopened request goes back to. */
	statusBeforeEnd: RmaStatus | null;
	orderId: string;
	orderName: string;
	customerId: string | null;
	events: RmaEvent[];
	shipments: Shipment[];
	items: ReturnedItem[];
	/** Oldest first; the wire shows them the other way round. */
	comments: Comment[];
	exchangeOrders: ExchangeOrder[];
	cancellationFee: number;
	transactions: KeptTransaction[];
	createdAt: string;
	/** What the wire shows, which stands still on several changes. */
	lastUpdated: string;
	/** The last change of any kind. */
	touchedAt: string;
	isOutOfPolicy: 0 | 1;
	/** False for a request whose order the simulator must not look for in Shopify. */
	inShopify: boolean;
	/** The Shopify return that ReturnGO made for it, while it is not cancelled. */
	shopifyReturn: { id: string; name: string } | null;
	/** Units restocked from ReturnGO's dashboard; the API never shows it. */
	restockedItemIds: string[];
}

export interface KeptTransaction {
	wire: Transaction;
	rmaId: number;
	/** The Shopify refund that ReturnGO made for it. */
	shopifyRefundId: string | null;
	/** What Shopify answered when the refund did not go through. */
	trouble: string | null;
}

export interface Tracker {
	id: string;
	shipmentId: string;
	trackingNumber: string | null;
	carrierName: string | null;
	status: string;
}

export interface ReturnPolicy {
	policyId: string;
	policyRuleName: string;
	resolutionType: string;
	resolutionName: string;
	/** Days after the order's creation during which it applies. */
	windowDays: number;
	autoApprove: boolean;
	returnMethod: { type: string; name: string };
}
