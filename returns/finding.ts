/**
 * One line of what reconciliation, month end, audit and the search for stuck returns find: the row of their tables, reports and alerts.
 * All amounts are decimal text in `currency` (the customer's); all times are ISO 8601 in UTC.
 */
import { EXCEPTIONS, type ExceptionCode, type ExceptionOwner, type Severity } from './exceptions';

/** How an RMA and the Shopify order compare. */
export type ReconciliationClass = 'matched' | 'valueDiffers' | 'onlyInReturnGo' | 'onlyInShopify' | 'pending' | 'duplicate' | 'exchange' | 'restockDiffers';

export interface Finding {
	/** Stable name of the incident: the same case found again has the same name, so that it is told once. */
	incident: string;
	/** Null for findings that compare no amounts or stock. */
	class: ReconciliationClass | null;
	/** Null where nothing is wrong. */
	code: ExceptionCode | null;
	title: string;
	owner: ExceptionOwner;
	severity: Severity;
	nextStep: string;
	/** One sentence with the facts of this case. */
	message: string;
	/** Digits, without the letters RMA. */
	rmaId: string | null;
	/** GID. */
	orderId: string | null;
	orderName: string | null;
	/** GID. */
	refundId: string | null;
	/** ReturnGO transactions, separated by ", ". */
	transactionIds: string;
	/** ReturnGO's returnedItemIds, separated by ", ". */
	unitIds: string;
	currency: string | null;
	returnGoAmount: string | null;
	shopifyAmount: string | null;
	/** Shopify's amount less ReturnGO's. */
	difference: string | null;
	/** GID; null while the refund is in no payout. */
	payoutId: string | null;
	/** When the case began, or when the money moved. */
	at: string | null;
	/** Whole days from `at` to the run. */
	ageDays: number | null;
	orderUrl: string | null;
	rmaUrl: string | null;
}

/** What a finding is called, whose it is and what to do about it. */
export type FindingWords = Pick<Finding, 'title' | 'owner' | 'severity' | 'nextStep'>;

/** A finding with the catalogue's words and none of a case's facts yet. */
export function bareFinding(code: ExceptionCode, incident: string, message: string): Finding {
	return blankFinding(code, EXCEPTIONS[code], incident, message);
}

/** A finding with its words and none of a case's facts yet. @param code null where nothing is wrong */
export function blankFinding(code: ExceptionCode | null, { title, owner, severity, nextStep }: FindingWords, incident: string, message: string): Finding {
	return {
		incident,
		class: null,
		code,
		title,
		owner,
		severity,
		nextStep,
		message,
		rmaId: null,
		orderId: null,
		orderName: null,
		refundId: null,
		transactionIds: '',
		unitIds: '',
		currency: null,
		returnGoAmount: null,
		shopifyAmount: null,
		difference: null,
		payoutId: null,
		at: null,
		ageDays: null,
		orderUrl: null,
		rmaUrl: null,
	};
}
