/**
 * What one settlement decision needs to know of a Shopify order, read in one query (the snapshot).
 * Ids are GIDs. Quantities are pieces. Money is in minor units (see money.ts); times are ISO 8601 in UTC.
 */
import type { Bundle } from './bundles';
import type { Money, MoneyPair } from './money';
import type { LedgerRecord } from './ledger';

export interface OrderSnapshot {
	id: string;
	name: string;
	createdAt: string;
	cancelledAt: string | null;
	/** Currency of the shop's books. */
	shopCurrency: string;
	/** Currency the customer paid in; refunds are stated in it. */
	presentmentCurrency: string;
	/** Whether line prices contain their tax. */
	taxesIncluded: boolean;
	tags: string[];
	/** Only the lines the decision asked for. */
	lines: OrderLine[];
	/** The locations the decision asked for, as far as the shop has them; absent when it asked for none. */
	places?: OrderPlace[];
	/** What lines that are bundles are made of, by line id; absent when there is none. */
	bundles?: Record<string, Bundle>;
	/** Shopify's id of the installation of the app that reads; its keys are known to no other app. */
	installationId?: string;
	/** All shipping lines that were not removed, together; absent when the snapshot did not ask for shipping. */
	shipping?: OrderShipping;
	/** Price of all lines of the order after discounts, refunded units included; needed for shipping in proportion only. */
	merchandise?: MoneyPair;
	/** The tip, absent when there is none or the snapshot did not ask. */
	tip?: { lineItemId: string; amount: MoneyPair; refunded: MoneyPair };
	/** Whether line prices already contain the duties (Order.dutiesIncluded); absent means no. */
	dutiesIncluded?: boolean;
	transactions: OrderTransaction[];
	refunds: OrderRefund[];
	returns: OrderReturn[];
	/** Captured less refunded, as Shopify states it. */
	netPayment: MoneyPair;
	ledger: LedgerRecord;
	/** What the order shows of its returns. */
	statusField: StatusField;
	/** What the order's customer was credited outside orders; absent when the decision did not ask. */
	credit?: CustomerCredit;
	/** Parts of the order that did not fit into one page; a decision on an incomplete snapshot is refused. */
	incomplete: string[];
}

/** A metafield as read: its value, and the digest that the next write has to name (null: there is none yet). */
export interface StatusField {
	value: string | null;
	compareDigest: string | null;
}

/** Store credit and gift cards of the order's customer, as far as a decision needs them. */
export interface CustomerCredit {
	/** Null for an order without a customer. */
	customerId: string | null;
	/** Whether the shop issues store credit; null when the decision did not ask. */
	isStoreCreditEnabled: boolean | null;
	/** Credits on the account in the order's currency, newest first. `isAdjustment`: made by an app or a person, not by an order. */
	accountCredits: Array<{ id: string; amount: Money; isAdjustment: boolean; createdAt: string; expiresAt: string | null }>;
	/** Whether the account has older movements than were read; absent: no. */
	hasOlderCredits?: boolean;
	/** Gift cards, newest first. */
	giftCards: Array<{ id: string; note: string | null; initialValue: Money; lastCharacters: string; customerId: string | null; createdAt: string }>;
}

export interface OrderLine {
	id: string;
	title: string;
	sku: string | null;
	variantId: string | null;
	inventoryItemId: string | null;
	/** False when stock of this item is not counted; null when the variant no longer exists. */
	inventoryTracked: boolean | null;
	isBundleComponent: boolean;
	/** Whether the variant is a bundle of Shopify's own, whose stock follows from its components; absent means no. */
	requiresComponents?: boolean;
	isGiftCard: boolean;
	/** Ordered, including units refunded or removed since. */
	quantity: number;
	/** Neither refunded nor removed yet. */
	refundableQuantity: number;
	/** Not shipped yet; such units are cancelled, not returned. */
	unfulfilledQuantity: number;
	originalUnitPrice: MoneyPair;
	/** Share of every discount, line-level and order-level, for the whole ordered quantity. */
	discountAllocations: MoneyPair[];
	/** Tax for the whole ordered quantity after discounts, one entry per tax. */
	taxes: Array<{ title: string; amount: MoneyPair }>;
	/** For the whole ordered quantity; the taxes on a duty come on top of it. */
	duties: Array<{ id: string; amount: MoneyPair; taxes?: MoneyPair[] }>;
}

/** A location of the shop. */
export interface OrderPlace {
	id: string;
	name: string;
	isActive: boolean;
}

/** What was charged for shipping after discounts, and how much of it went back. `price` contains its tax when `taxesIncluded`. */
export interface OrderShipping {
	price: MoneyPair;
	tax: MoneyPair;
	refundedPrice: MoneyPair;
	refundedTax: MoneyPair;
}

export type TransactionStatus = 'SUCCESS' | 'PENDING' | 'FAILURE' | 'ERROR' | 'AWAITING_RESPONSE' | 'UNKNOWN';

export interface OrderTransaction {
	id: string;
	/** SALE, CAPTURE, AUTHORIZATION, REFUND, VOID, CHANGE … */
	kind: string;
	status: TransactionStatus;
	gateway: string;
	isManualGateway: boolean;
	/** Exact, also in cash: by how much coins made it differ (amountRoundingSet) stands beside it in Shopify. */
	amount: MoneyPair;
	parentId: string | null;
	createdAt: string;
}

export interface OrderRefund {
	id: string;
	createdAt: string;
	note: string | null;
	/** The return it was made in, if any. */
	returnId: string | null;
	lines: Array<{ lineItemId: string; quantity: number; restockType: string; subtotal: MoneyPair; tax: MoneyPair }>;
	/** Duties paid back with it; absent when the snapshot did not ask. */
	duties?: Array<{ dutyId: string; amount: MoneyPair }>;
	transactions: OrderTransaction[];
	total: MoneyPair;
}

export type ReturnStatus = 'REQUESTED' | 'OPEN' | 'CLOSED' | 'DECLINED' | 'CANCELED';

export interface OrderReturn {
	id: string;
	name: string;
	status: ReturnStatus;
	createdAt: string;
	lines: OrderReturnLine[];
	/** Reverse fulfilment order lines: what can be put back into stock. */
	reverseLines: ReverseLine[];
	hasExchangeItems: boolean;
	/** Exchange items that have not been processed; absent when there are none. */
	exchangeLines?: Array<{ id: string; quantity: number }>;
	/** Fees for the return's own shipping, taken from the refund once per return. */
	shippingFees: MoneyPair[];
}

export interface OrderReturnLine {
	id: string;
	/** Null for a line that Shopify could not tie to the order. */
	lineItemId: string | null;
	quantity: number;
	refundableQuantity: number;
	refundedQuantity: number;
	processableQuantity: number;
	processedQuantity: number;
	/** Restocking fee in percent of the line's value, as a decimal; null without one. */
	restockingFeePercentage: string | null;
}

export type DispositionType = 'RESTOCKED' | 'NOT_RESTOCKED' | 'MISSING' | 'PROCESSING_REQUIRED';

export interface ReverseLine {
	id: string;
	reverseFulfillmentOrderId: string;
	lineItemId: string | null;
	quantity: number;
	dispositions: Array<{ id: string; type: DispositionType; quantity: number; locationId: string | null; createdAt: string }>;
}

/** What Shopify itself would pay back for the same units; compared with our own value to the minor unit. */
export interface SuggestedOutcome {
	kind: 'refund' | 'invoice' | 'none';
	amount: Money;
	/** One entry per tender, in Shopify's order. */
	legs: Array<{ parentId: string; gateway: string; amount: Money; maximum: Money | null }>;
}
