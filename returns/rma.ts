/**
 * A return request (RMA) as this project speaks of it: ReturnGO's object after it crossed the wire once.
 * Ids are strings; Shopify ids are GIDs; amounts are decimal strings in major units; times are ISO 8601 in UTC.
 */

export type RmaStatus = 'Pending' | 'Approved' | 'Received' | 'Validated' | 'Done' | 'Rejected' | 'Canceled';

export type ShipmentStatus = 'Pending' | 'LabelCreated' | 'Shipped' | 'Received' | 'Validated' | 'Canceled';

/** An amount in both currencies of an order. `currency` is the one the customer paid in (presentment). */
export interface RmaMoney {
	amount: string;
	currency: string;
	shopAmount: string;
	shopCurrency: string;
}

/** What ReturnGO's item validation says of one unit. Only meaningful once `validatedAt` is set. */
export interface UnitValidation {
	validatedAt: string | null;
	validatedBy: string | null;
	isReturned: boolean;
	isRestockable: boolean;
	nonReturnedReason: string | null;
	nonRestockableReason: string | null;
	/** ReturnGO's own location id, not Shopify's. */
	storeLocationId: string | null;
}

/** One returned piece: one entry of ReturnGO's `items`, however many of its kind were ordered. */
export interface RmaUnit {
	/** ReturnGO's `returnedItemId`. */
	id: string;
	lineItemId: string | null;
	productId: string | null;
	variantId: string | null;
	sku: string | null;
	title: string;
	returnReason: string | null;
	resolutionType: string | null;
	resolutionName: string | null;
	pricePaid: RmaMoney | null;
	taxPaid: RmaMoney | null;
	taxIncluded: boolean;
	fees: { restocking: string; return: string; shipment: string };
	shipmentId: string | null;
	validation: UnitValidation;
}

export interface RmaShipment {
	id: string;
	status: ShipmentStatus | string;
	carrierName: string | null;
	trackingNumber: string | null;
	trackingUrl: string | null;
	labelUrl: string | null;
	isOutbound: boolean;
	/** ISO 3166-1 alpha-2 country the parcel comes from. */
	originCountry: string | null;
}

/** Money that ReturnGO moved, or asked somebody to move, for this RMA. */
export interface RmaTransaction {
	id: string;
	/** e.g. RefundToPaymentMethod, RefundToStoreCredit, InvoicePayment; ReturnGO may know more. */
	type: string;
	/** Requested, Success or Failed; ReturnGO may know more. */
	status: string;
	amount: RmaMoney | null;
	externalReferenceId: string | null;
	externalReferenceType: string | null;
	processor: string | null;
	/** Ids of the units it covers; empty when ReturnGO names none. */
	unitIds: string[];
	createdAt: string | null;
	lastUpdated: string | null;
}

export interface RmaExchangeOrder {
	draftOrderId: string | null;
	orderId: string | null;
	orderName: string | null;
	type: string;
}

export interface RmaMilestones {
	approvedAt: string | null;
	shippedAt: string | null;
	deliveredAt: string | null;
	receivedAt: string | null;
}

export interface Rma {
	/** Digits only, without the "RMA" prefix that ReturnGO's screens show. */
	id: string;
	status: RmaStatus | string;
	/** `id` is null for an RMA that ReturnGO keeps without a Shopify order. */
	order: { id: string | null; name: string };
	createdAt: string | null;
	lastUpdated: string | null;
	isOutOfPolicy: boolean;
	cancellationFee: string;
	units: RmaUnit[];
	shipments: RmaShipment[];
	transactions: RmaTransaction[];
	exchangeOrders: RmaExchangeOrder[];
	/** Name of the Shopify return that ReturnGO made, such as "#1001-R1", as far as its timeline tells. */
	shopifyReturnName: string | null;
	/** The newest time that ReturnGO shows anywhere in the request: unlike `lastUpdated` it moves with every entry of the timeline. Absent in items of older versions. */
	lastActivityAt?: string | null;
	/** When things happened, as far as ReturnGO's events and timeline tell; the timeline's texts are not documented, so any may be null. */
	milestones?: RmaMilestones;
}
