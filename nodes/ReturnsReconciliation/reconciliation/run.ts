/** Reconciliation → Run: everything that changed since a time, compared; what differs as rows, what it comes to as one summary. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Finding } from '../../../returns/finding';
import { reconcile } from '../../../returns/reconciliation';
import { toFinding, type LineContext } from '../../../returns/reconciliationLine';
import { ReconciliationTotals } from '../../../returns/reconciliationTotals';
import type { NamedCount, RunSummary } from '../../../returns/runSummary';
import type { Services } from '../operation';
import { bundleTableField, readBundleSkus } from '../detection/parameters';
import { refuse } from '../outcome';
import { bulkThresholdField, callLimitField, readRmaLink, readTime, readWholeNumber, rmaLinkField } from '../parameters';
import { gapsOf, readCases, readCasesOf, startOfProgress, type CaseProgress } from '../reading/cases';
import { cursorOf, readCursor } from './cursor';
import { totalsDisagree } from './disagreement';

export const outputs = ['Differences', 'Summary'] as const;

export const description: INodeProperties[] = [
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.nextSince }}',
		description: 'Compares every return of which anything changed at this time or later. Give “nextSince” of the last run’s summary to go on where that one stopped.',
	},
	rmaLinkField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			bulkThresholdField,
			bundleTableField,
			{
				displayName: 'Include Matched',
				name: 'includeMatched',
				type: 'boolean',
				default: false,
				description: 'Whether to list the returns on which both systems agree as well. There may be many of them.',
			},
			{
				displayName: 'Overlap',
				name: 'overlap',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 240,
				description: 'Minutes before Since that are read again. ReturnGO settles a refund about three hours after it was asked for, and clocks differ.',
			},
			{
				displayName: 'Read Details',
				name: 'details',
				type: 'options',
				options: [
					{ name: 'Of Every RMA', value: 'all', description: 'One call to ReturnGO for each; compares the stock of every return as well' },
					{ name: 'Where Needed', value: 'needed', description: 'Only where a return cannot be decided without' },
				],
				default: 'needed',
				description: 'Of which RMAs to read units, inspection and amounts',
			},
			{
				displayName: 'Resume Cursor',
				name: 'resumeCursor',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.resumeCursor }}',
				description: 'The cursor of an earlier run’s summary: reads only what that run had no calls left for',
			},
			callLimitField,
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]> {
	const started = new Date();
	const since = readTime(this, itemIndex, 'since', 'Since');
	const cursor = readCursor(this, itemIndex, 'options.resumeCursor');
	if (since === null) throw refuse(this.getNode(), 'invalidInput', 'Since is empty', itemIndex);
	const overlap = readWholeNumber(this, itemIndex, 'options.overlap', 'Overlap', 0, 240);
	const callLimit = readWholeNumber(this, itemIndex, 'options.callLimit', 'ReturnGO Call Limit', 1, 100);
	const bulkThreshold = readWholeNumber(this, itemIndex, 'options.bulkThreshold', 'Bulk Threshold', 0, 250);
	const isAll = this.getNodeParameter('options.includeMatched', itemIndex, false) === true;
	const details = this.getNodeParameter('options.details', itemIndex, 'needed') === 'all' ? 'all' : 'needed';
	const bundleSkus = readBundleSkus(this, itemIndex);
	const rmaLink = readRmaLink(this, itemIndex);

	const sides = await services();
	const context: LineContext = { now: started, shopDomain: sides.shopify.shopDomain, rmaLink };
	const callsBefore = sides.returnGo.callsMade;
	const readSince = new Date(new Date(since).getTime() - overlap * 60_000).toISOString();
	const progress = startOfProgress();
	const totals = new ReconciliationTotals();
	const findings: Finding[] = [];
	const cases = cursor === null ? readCases(sides, { since: readSince, callLimit, bulkThreshold, details }, progress) : readCasesOf(sides, cursor.groups, callLimit, progress);
	for await (const found of cases) {
		totals.addCase(found);
		for (const line of reconcile(found, bundleSkus)) {
			totals.addLine(line);
			if (isAll || line.class !== 'matched') findings.push(toFinding(line, found, context));
		}
	}
	// The streams bring cases in the order in which they are decided; people and comparisons want the same rows in the same order.
	findings.sort((left, right) => (left.incident < right.incident ? -1 : 1));
	findings.unshift(...totalsDisagree('reconciliation', totals.disagreements(), started));
	const nextSince = progress.areListsCut ? since : (cursor?.nextSince ?? started.toISOString());
	const isComplete = !progress.areListsCut && progress.waiting.length === 0 && progress.unreadable.length === 0;
	const summary: RunSummary = {
		store: sides.shopify.shopDomain,
		since,
		until: started.toISOString(),
		agreeing: totals.linesByClass().matched ?? 0,
		totals: totals.byCurrency(),
		read: readCounts(progress, sides.returnGo.callsMade - callsBefore, sides.shopify.usage.requests),
		notRead: notRead(progress, cursor !== null),
	};
	const more = {
		complete: isComplete,
		nextSince,
		resumeCursor: progress.waiting.length === 0 ? null : cursorOf({ nextSince, groups: progress.waiting }),
		linesByClass: totals.linesByClass(),
		linesByCode: totals.linesByCode(),
		totalsByClass: totals.byClassAndCurrency(),
		totalsAgree: totals.disagreements().length === 0,
	};
	return [findings.map((json) => ({ json: { ...json } })), [{ json: { ...summary, ...more } as unknown as IDataObject }]];
}

/** How much was read, in words for a report. */
export function readCounts(progress: CaseProgress, returnGoCalls: number, shopifyRequests: number): NamedCount[] {
	return [
		{ name: 'Shopify orders with returns or refunds', count: progress.orders },
		{ name: 'RMAs', count: progress.rmas },
		{ name: 'RMAs in detail', count: progress.details },
		{ name: 'ReturnGO transactions', count: progress.transactions },
		{ name: 'Calls to ReturnGO', count: returnGoCalls },
		{ name: 'Requests to Shopify', count: shopifyRequests },
	];
}

function notRead(progress: CaseProgress, isResumed: boolean): string[] {
	const gaps = gapsOf(progress, 'raise the limit, or choose a later Since', { verb: 'decided', advice: ': run again with the Resume Cursor' });
	return isResumed ? [...gaps, 'Only what an earlier run had no calls left for was looked at.'] : gaps;
}
