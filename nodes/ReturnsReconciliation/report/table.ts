/** Findings as the rows of a table that people open in a spreadsheet. */
import type { Finding } from '../../../returns/finding';
import { groupByOwner } from './figures';
import { CLASSES, OWNERS, SEVERITIES } from './report';
import { shortId } from './wording';

export type Row = Record<string, string | number | null>;

/** A spreadsheet takes text that begins like this for a formula. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

/**
 * One row per finding in the order of the report: by owner, the gravest first. Amounts are numbers, so that a spreadsheet adds them up (as it does
 * everything: in floating point); the exact text is in the findings.
 */
export function rowsOf(findings: readonly Finding[]): Row[] {
	return groupByOwner(findings).flatMap(({ groups }) => groups.flatMap(({ lines }) => lines.map(rowOf)));
}

function rowOf(finding: Finding): Row {
	return {
		Severity: SEVERITIES[finding.severity],
		Owner: OWNERS[finding.owner],
		Kind: plain(finding.title),
		What: plain(finding.message),
		Order: plain(finding.orderName),
		RMA: finding.rmaId === null ? null : plain(`RMA${finding.rmaId}`),
		Comparison: finding.class === null ? null : CLASSES[finding.class],
		Currency: plain(finding.currency),
		ReturnGO: numberOf(finding.returnGoAmount),
		Shopify: numberOf(finding.shopifyAmount),
		Difference: numberOf(finding.difference),
		Since: finding.at,
		'Age in Days': finding.ageDays,
		Refund: finding.refundId === null ? null : plain(shortId(finding.refundId)),
		'ReturnGO Transactions': plain(finding.transactionIds),
		Units: plain(finding.unitIds),
		Payout: finding.payoutId === null ? null : plain(shortId(finding.payoutId)),
		'Next Step': plain(finding.nextStep),
		'Order Link': plain(finding.orderUrl),
		'RMA Link': plain(finding.rmaUrl),
		Code: finding.code,
		Incident: plain(finding.incident),
	};
}

function plain(text: string | null): string | null {
	return text !== null && LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}

function numberOf(decimal: string | null): number | null {
	return decimal === null ? null : Number(decimal);
}
