/**
 * One case: everything that ReturnGO and Shopify say of one order and its return requests, as far as it was read. An RMA without an order is a case
 * of its own. Reconciliation, month end and the detection of stuck returns all judge cases.
 *
 * A case may be read lightly (ReturnGO's list rows, Shopify's order with its refunds and returns) or in detail. What was not read is null and named
 * in `unread`; null never means "there is none". Ids are GIDs on Shopify's side and digits on ReturnGO's; times are ISO 8601 in UTC.
 */
import type { Ledger } from './ledger';
import type { MoneyPair } from './money';
import type { DispositionType, ReturnStatus, TransactionStatus } from './order';
import type { Rma, RmaTransaction } from './rma';

export interface Case {
	/** GID; null for an RMA that ReturnGO keeps without an order. */
	orderId: string | null;
	/** As the better informed side writes it: Shopify's "#1001", or ReturnGO's "1001". */
	orderName: string | null;
	/** Null when Shopify has no such order, or when it was not read (then `unread` says so). */
	order: CaseOrder | null;
	/** Every RMA of the order that was found. */
	rmas: CaseRma[];
	/** ReturnGO's transactions of these RMAs, and those that name one of the order's refunds. */
	transactions: CaseTransaction[];
	/**
	 * Refunds that an earlier case of the same run has explained: they count there. The order's other facts are given again because another RMA or
	 * transaction of it turned up later.
	 */
	explainedRefundIds: string[];
	/** Units that such a refund, or a credit of ours, paid for; given together with an order that an earlier case of the run has given. */
	explainedUnitIds?: string[];
	/** What could not be read; a rule that needs it must not guess. */
	unread: Unread[];
}

/**
 * - `rma`: the details of an RMA, by its id.
 * - `rmasOfOrder`: whether the order has (further) RMAs.
 * - `transactions`: ReturnGO's transactions of an RMA, by its id.
 * - `order`: the Shopify order, by its id or name.
 * - `orderDetails`: lines, dispositions or transactions of an order of which the rest was read, by its id.
 */
export interface Unread {
	what: 'rma' | 'rmasOfOrder' | 'transactions' | 'order' | 'orderDetails';
	id: string;
	/** Why, as the end of a sentence: "the call limit was reached". */
	because: string;
}

/** An RMA as ReturnGO's list gives it: no units, no amounts; and completely, where it was read. */
export interface CaseRma {
	id: string;
	status: string;
	/** As ReturnGO writes it, without a sign in front; empty for an RMA without an order. */
	orderName: string;
	createdAt: string | null;
	approvedAt: string | null;
	details: Rma | null;
}

/** ReturnGO's list of transactions does not say whose they are. */
export interface CaseTransaction extends RmaTransaction {
	rmaId: string | null;
}

export interface CaseOrder {
	id: string;
	name: string;
	createdAt: string;
	updatedAt: string;
	cancelledAt: string | null;
	tags: string[];
	presentmentCurrency: string;
	shopCurrency: string;
	refunds: CaseRefund[];
	returns: CaseReturn[];
	/** Our record of what was claimed and done; empty when there is none. */
	ledger: Ledger;
	/** Somebody damaged the record: what it said is not known. */
	isLedgerUnreadable: boolean;
	/** Null when the order was read lightly. */
	lines: CaseLine[] | null;
}

export interface CaseLine {
	id: string;
	sku: string | null;
	name: string;
	/** Ordered, including units refunded or removed since. */
	quantity: number;
	unfulfilledQuantity: number;
	/** The line is a component of this bundle (Shopify's line item group). */
	bundleId: string | null;
	/** Whether the variant is a bundle of Shopify's own, whose stock follows from its components. */
	isBundleParent: boolean;
}

export interface CaseRefund {
	id: string;
	createdAt: string;
	note: string | null;
	/** The Shopify return it was made in. */
	returnId: string | null;
	/** What has moved: Shopify counts transactions that succeeded. */
	total: MoneyPair;
	/** Null when the order was read lightly and the order's transactions cannot be told apart by refund. */
	transactions: CaseRefundTransaction[] | null;
	/** Null when the order was read lightly. */
	lines: CaseRefundLine[] | null;
}

export interface CaseRefundTransaction {
	id: string;
	status: TransactionStatus;
	gateway: string;
	isManualGateway: boolean;
	amount: MoneyPair;
	processedAt: string | null;
}

export interface CaseRefundLine {
	lineItemId: string;
	quantity: number;
	/** RETURN, CANCEL, NO_RESTOCK or LEGACY_RESTOCK. */
	restockType: string;
	isRestocked: boolean;
	locationId: string | null;
	/** Price and tax of the pieces. */
	subtotal: MoneyPair;
	tax: MoneyPair;
}

export interface CaseReturn {
	id: string;
	name: string;
	status: ReturnStatus;
	createdAt: string;
	closedAt: string | null;
	totalQuantity: number;
	/** Null when the order was read lightly. */
	lines: CaseReturnLine[] | null;
	/** Null when the order was read lightly. */
	dispositions: CaseDisposition[] | null;
	/** Exchange items of the return; null when the order was read lightly. */
	exchangeItems: number | null;
}

export interface CaseReturnLine {
	id: string;
	lineItemId: string | null;
	quantity: number;
	processedQuantity: number;
	refundedQuantity: number;
}

export interface CaseDisposition {
	id: string;
	lineItemId: string | null;
	type: DispositionType;
	quantity: number;
	locationId: string | null;
	createdAt: string;
}
