/** What a report shows, and in which words: its kinds, its figures over everything that was compared, and its lines. */
import type { ExceptionOwner, Severity } from '../../../returns/exceptions';
import type { Finding, ReconciliationClass } from '../../../returns/finding';
import type { RunSummary } from '../../../returns/runSummary';

export type ReportKind = 'audit' | 'exceptions' | 'monthEnd' | 'reconciliation';

export interface Report {
	kind: ReportKind;
	/** Null: the heading of the kind. */
	heading: string | null;
	/** ISO 8601 in UTC. */
	madeAt: string;
	/** IANA name; days and times are shown in it. */
	timeZone: string;
	summary: RunSummary;
	lines: readonly Finding[];
	/** Of each kind of trouble so many lines are printed; the rest is counted. */
	mostLines: number;
}

export type ChartName = 'byClass' | 'byTitle' | 'byAge' | 'byValue' | 'byDay';

interface KindOfReport {
	heading: string;
	/** Says in one sentence what is compared. */
	purpose: string;
	charts: readonly ChartName[];
}

export const KINDS: Readonly<Record<ReportKind, KindOfReport>> = {
	audit: {
		heading: 'Audit of the store’s returns',
		purpose: 'Where returns have fallen out of step between ReturnGO and Shopify, and where the stores’ set-up lets it happen.',
		charts: ['byTitle', 'byValue', 'byAge', 'byDay'],
	},
	exceptions: {
		heading: 'Returns that need somebody',
		purpose: 'Returns that are stuck or contradict each other now.',
		charts: ['byTitle', 'byAge', 'byValue', 'byDay'],
	},
	monthEnd: {
		heading: 'Month-end of returns',
		purpose: 'ReturnGO’s transactions, Shopify’s refunds and Shopify’s payouts, and every line in which they differ.',
		charts: ['byClass', 'byValue', 'byDay', 'byAge'],
	},
	reconciliation: {
		heading: 'Reconciliation of returns',
		purpose: 'ReturnGO’s return requests and transactions against what Shopify has refunded and restocked.',
		charts: ['byClass', 'byTitle', 'byValue', 'byAge', 'byDay'],
	},
};

/** In the order in which a report names them. */
export const OWNERS: Readonly<Record<ExceptionOwner, string>> = {
	finance: 'Finance',
	warehouse: 'Warehouse',
	customerService: 'Customer service',
	integration: 'Integration',
	nobody: 'For information',
};

/** The gravest first. */
export const SEVERITIES: Readonly<Record<Severity, string>> = { critical: 'Critical', warning: 'Warning', info: 'Information' };

export const CLASSES: Readonly<Record<ReconciliationClass, string>> = {
	matched: 'Agree',
	valueDiffers: 'Values differ',
	onlyInReturnGo: 'Only in ReturnGO',
	onlyInShopify: 'Only in Shopify',
	duplicate: 'More than once',
	restockDiffers: 'Stock differs',
	exchange: 'Exchange',
	pending: 'Pending',
};

/** Names of a table in its own order, typed. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
	return Object.keys(table) as Name[];
}
