/** Exception → Compare With Last Run: which findings are new or have changed since people were last told, and which are over. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Severity } from '../../../returns/exceptions';
import { compareIncidents } from '../../../returns/incidents';
import { findingsParameter, readFindings, readSummary, summaryParameter } from '../findings';
import { memoryName, parseMemory, recall, remember } from './memory';

export const outputs = ['To Tell', 'Cleared', 'Comparison'] as const;

/** About 400 bytes each in the workflow's static data. */
const MOST_KEPT = 2000;

const TOLD: Readonly<Record<Severity, readonly Severity[]>> = { critical: ['critical'], warning: ['critical', 'warning'], info: ['critical', 'warning', 'info'] };

export const description: INodeProperties[] = [
	findingsParameter,
	summaryParameter,
	{
		displayName: 'Least Severity',
		name: 'leastSeverity',
		type: 'options',
		options: [
			{ name: 'Critical', value: 'critical' },
			{ name: 'Information', value: 'info' },
			{ name: 'Warning', value: 'warning' },
		],
		default: 'warning',
		description: 'Findings below it are left out, as if they had not been found. Those that agree are never told.',
	},
	{
		displayName: 'Memory',
		name: 'memory',
		type: 'options',
		options: [
			{ name: 'Given', value: 'given', description: 'The workflow keeps the memory by itself: it is given here and comes out with the output “Comparison”' },
			{ name: 'Workflow, After Telling', value: 'afterTelling', description: 'Kept by Exception > Remember once everybody was told; a message that could not be sent is then sent by the next run' },
			{ name: 'Workflow, at Once', value: 'atOnce', description: 'Kept by this node before anybody was told' },
		],
		default: 'afterTelling',
		description: 'Where it is kept what was found. A workflow keeps it only in production executions, not when it is started in the editor, and not with the workers of n8n’s queue mode: choose “Given” there.',
	},
	{ ...memoryName, displayOptions: { show: { memory: ['afterTelling', 'atOnce'] } } },
	{
		displayName: 'Last Memory',
		name: 'lastMemory',
		type: 'json',
		default: '',
		displayOptions: { show: { memory: ['given'] } },
		description: 'The field “memory” of the last run’s output “Comparison”; empty for the first run',
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[][]> {
	const kind = this.getNodeParameter('memory', itemIndex) as 'afterTelling' | 'atOnce' | 'given';
	const last = kind === 'given' ? givenMemory(this, itemIndex) : recall(this, itemIndex);
	const isComplete = readSummary(this, itemIndex).notRead.length === 0;
	const least = this.getNodeParameter('leastSeverity', itemIndex) as Severity;
	const told = readFindings(this, itemIndex).filter(({ code, severity }) => code !== null && (TOLD[least] ?? TOLD.info).includes(severity));
	const { toTell, cleared, memory, ...counts } = compareIncidents(told, last, { now: new Date().toISOString(), isComplete, mostKept: MOST_KEPT });
	if (kind === 'atOnce') remember(this, itemIndex, memory);
	const comparison = { isFirst: last === null, isNews: toTell.length + cleared.length > 0, toTell: toTell.length, cleared: cleared.length, ...counts, isComplete, memory };
	return [toItems(toTell), toItems(cleared), toItems([comparison])];
}

function givenMemory(context: IExecuteFunctions, itemIndex: number) {
	const value: unknown = context.getNodeParameter('lastMemory', itemIndex, '');
	return value === '' || value === null || value === undefined ? null : parseMemory(context, itemIndex, value);
}

function toItems(rows: readonly object[]): INodeExecutionData[] {
	return rows.map((row) => ({ json: { ...row } as IDataObject }));
}
