/** Report → Build: findings and their summary as one HTML file that can be mailed, kept and printed. */
import { IANAZone } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { InvalidMoney } from '../../../returns/money';
import { findingsParameter, readFindings, readSummary, summaryParameter } from '../findings';
import { refuse } from '../outcome';
import { casesOf, countSeverities } from './figures';
import { reportPage } from './page';
import { KINDS, type Report, type ReportKind } from './report';
import { verdictOf } from './verdict';

const LINES_PER_KIND = 200;

export const description: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'reportKind',
		type: 'options',
		options: [
			{ name: 'Audit', value: 'audit', description: 'Where a store’s returns have fallen out of step' },
			{ name: 'Exceptions', value: 'exceptions', description: 'Returns that are stuck or contradict each other now' },
			{ name: 'Month End', value: 'monthEnd', description: 'ReturnGO, Shopify and payouts of one month' },
			{ name: 'Reconciliation', value: 'reconciliation', description: 'ReturnGO against Shopify since the last run' },
		],
		default: 'reconciliation',
		description: 'What the report is about: its heading and its charts',
	},
	findingsParameter,
	summaryParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{ displayName: 'File Name', name: 'fileName', type: 'string', default: '', placeholder: 'e.g. returns.html', description: 'Default: kind and day of the report' },
			{ displayName: 'Heading', name: 'heading', type: 'string', default: '', description: 'Stands on top of the report instead of the kind’s own heading' },
			{ displayName: 'Lines per Kind', name: 'mostLines', type: 'number', typeOptions: { minValue: 1, maxValue: 5000 }, default: LINES_PER_KIND, description: 'Of each kind of finding so many lines are printed, the oldest first; the rest is counted' },
			{ displayName: 'Put Output File in Field', name: 'binaryPropertyName', type: 'string', default: 'data', hint: 'The name of the output binary field to put the file in' },
			{ displayName: 'Time Zone', name: 'timeZone', type: 'string', default: '', placeholder: 'e.g. Europe/Berlin', description: 'Decides to which day a moment belongs. Default: the workflow’s.' },
		],
	},
];

interface BuildOptions {
	fileName?: string;
	heading?: string;
	mostLines?: number;
	binaryPropertyName?: string;
	timeZone?: string;
}

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[][]> {
	const options = this.getNodeParameter('options', itemIndex, {}) as BuildOptions;
	const report = readReport(this, itemIndex, options);
	const fileName = options.fileName || fileNameOf(report);
	const file = await this.helpers.prepareBinaryData(Buffer.from(pageOf(this, report, itemIndex), 'utf8'), fileName, 'text/html');
	const { summary, lines, kind, heading } = report;
	const json: IDataObject = {
		fileName,
		kind,
		heading: heading ?? KINDS[kind].heading,
		verdict: verdictOf(report),
		needsAttention: needsAttention(report),
		findings: lines.length,
		cases: { ...countSeverities(casesOf(lines)) },
		...(summary as unknown as IDataObject),
	};
	return [[{ json, binary: { [options.binaryPropertyName || 'data']: file } }]];
}

function readReport(context: IExecuteFunctions, itemIndex: number, options: BuildOptions): Report {
	const kind = context.getNodeParameter('reportKind', itemIndex) as ReportKind;
	const timeZone = options.timeZone || context.getTimezone();
	if (!IANAZone.isValidZone(timeZone)) throw refuse(context.getNode(), 'invalidInput', `“${timeZone.slice(0, 40)}” is no time zone`, itemIndex);
	return {
		kind,
		heading: options.heading || null,
		madeAt: new Date().toISOString(),
		timeZone,
		summary: readSummary(context, itemIndex),
		lines: readFindings(context, itemIndex),
		mostLines: options.mostLines ?? LINES_PER_KIND,
	};
}

function pageOf(context: IExecuteFunctions, report: Report, itemIndex: number): string {
	try {
		return reportPage(report);
	} catch (failure) {
		throw failure instanceof InvalidMoney ? refuse(context.getNode(), 'invalidInput', failure.message, itemIndex) : new NodeOperationError(context.getNode(), failure as Error, { description: 'The report could not be drawn. Please report it with the version of this package.', itemIndex });
	}
}

/** Whether somebody has to look at it: a case that is more than information, or something that was not read. */
function needsAttention({ lines, summary: { notRead } }: Report): boolean {
	const { critical, warning } = countSeverities(casesOf(lines));
	return critical + warning + notRead.length > 0;
}

/** "month-end-2026-11-01.html" */
function fileNameOf({ kind, madeAt }: Report): string {
	const name = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return `${name}-${madeAt.slice(0, 10)}.html`;
}
