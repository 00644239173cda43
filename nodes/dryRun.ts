/** Dry Run, which every write of both services has: everything is read and judged, and it ends before the first request that would change something. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { reason, type Reason } from '../returns/exceptions';

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to stop before the first write. What would be done is put out instead, with the reason dryRun; on Needs Attention, where there is that output.',
};

/** The Options of an operation that has no others. */
export const dryRunOptions: INodeProperties = { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: [dryRunOption] };

const OFF: readonly unknown[] = [undefined, null, false, 0, '', 'false'];

/** Expressions often give the word "true" for the value: whatever is not clearly off rehearses, because a write cannot be taken back. */
export function isDryRun(context: IExecuteFunctions, itemIndex: number): boolean {
	const { dryRun } = context.getNodeParameter('options', itemIndex, {}) as { dryRun?: unknown };
	return !OFF.includes(typeof dryRun === 'string' ? dryRun.trim().toLowerCase() : dryRun);
}

/** What a write answers that stopped before it wrote. */
export interface Rehearsal {
	readonly outcome: 'waiting';
	readonly reasons: Reason[];
	readonly dryRun: true;
	/** What a real run would send. */
	readonly planned: object;
}

/** @param act as in "A real run would close the return #1001-R1" */
export function rehearsal(act: string, planned: object): Rehearsal {
	return { outcome: 'waiting', reasons: [reason('dryRun', `A real run would ${act}.`)], dryRun: true, planned };
}
