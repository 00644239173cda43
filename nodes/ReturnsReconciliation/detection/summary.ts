/** The summary of a search for stuck returns: what it found, what it looked at, and what it could not. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { countFindings } from '../../../returns/findingCounts';
import type { Finding } from '../../../returns/finding';
import type { RunSummary } from '../../../returns/runSummary';
import type { Services } from '../operation';
import { gapsOf, type CaseProgress } from '../reading/cases';
import { readCounts } from '../reconciliation/run';

export const outputs = ['Findings', 'Summary'] as const;

export interface Search {
	findings: Finding[];
	/** Cases without a finding. */
	agreeing: number;
	since: string | null;
	until: string;
	progress: CaseProgress;
	/** Calls to ReturnGO before the search began. */
	callsBefore: number;
	notRead: string[];
}

/** Items of both outputs. */
export function toOutputs({ findings, agreeing, since, until, progress, callsBefore, notRead }: Search, { returnGo, shopify }: Services): INodeExecutionData[][] {
	const summary: RunSummary = {
		store: shopify.shopDomain,
		since,
		until,
		agreeing,
		totals: [],
		read: readCounts(progress, returnGo.callsMade - callsBefore, shopify.usage.requests),
		notRead,
	};
	const more = { complete: notRead.length === 0, ...countFindings(findings) };
	return [findings.map((json) => ({ json: { ...json } })), [{ json: { ...summary, ...more } as unknown as IDataObject }]];
}

/** What was not looked at, in words for whoever reads the report. */
export function leftOut(progress: CaseProgress): string[] {
	return gapsOf(progress, 'raise the limit, or look at fewer days', { verb: 'looked at', advice: '' });
}
