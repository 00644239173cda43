/** Where the findings of the last look are kept: in the workflow's static data, or in a field that the workflow keeps by itself. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { ExceptionCode, ExceptionOwner, Severity } from '../../../returns/exceptions';
import type { IncidentMemory } from '../../../returns/incidents';
import { jsonValue } from '../findings';
import { refuse } from '../outcome';

const STATIC_DATA_KEY = 'returnsExceptions';

/** So that two comparisons in one workflow do not take each other's memory. */
export const memoryName: INodeProperties = {
	displayName: 'Memory Name',
	name: 'memoryName',
	type: 'string',
	default: 'openReturns',
	description: 'Name under which the workflow remembers what was found. Comparisons with different names in one workflow do not know of each other.',
};

const memorySchema: z.ZodType<IncidentMemory> = z.object({
	version: z.literal(1),
	at: z.string(),
	incidents: z.array(
		z.object({
			incident: z.string(),
			fingerprint: z.string(),
			firstSeenAt: z.string(),
			code: z.custom<ExceptionCode>((value) => typeof value === 'string').nullable(),
			title: z.string(),
			owner: z.custom<ExceptionOwner>((value) => typeof value === 'string'),
			severity: z.enum(['critical', 'warning', 'info']) satisfies z.ZodType<Severity>,
			rmaId: z.string().nullable(),
			orderName: z.string().nullable(),
			orderUrl: z.string().nullable(),
			rmaUrl: z.string().nullable(),
		}),
	),
});

/** What the workflow remembers under this name; null before the first look. @throws NodeOperationError when it is damaged. */
export function recall(context: IExecuteFunctions, itemIndex: number): IncidentMemory | null {
	const name = nameFrom(context, itemIndex);
	const entry = kept(context).find((candidate) => candidate.name === name);
	return entry === undefined ? null : parseMemory(context, itemIndex, entry.memory);
}

/** Takes the place of what the workflow remembers under this name. */
export function remember(context: IExecuteFunctions, itemIndex: number, memory: IncidentMemory): void {
	const name = nameFrom(context, itemIndex);
	const others = kept(context).filter((candidate) => candidate.name !== name);
	// As text: n8n watches every field of static data, which is slow for thousands of them.
	context.getWorkflowStaticData('global')[STATIC_DATA_KEY] = JSON.stringify([...others, { name, memory }]);
}

/** @throws NodeOperationError for what is no memory. */
export function parseMemory(context: IExecuteFunctions, itemIndex: number, value: unknown): IncidentMemory {
	const result = memorySchema.safeParse(jsonValue(value));
	if (result.success) return result.data;
	throw refuse(context.getNode(), 'invalidInput', 'What is given as memory is not what an earlier comparison has put out', itemIndex);
}

/** All memories of the workflow. Whatever else stands under the key is left out: the comparison then begins anew, and rather tells twice than never. */
function kept(context: IExecuteFunctions): Array<{ name: string; memory: unknown }> {
	const result = z.array(z.object({ name: z.string(), memory: z.unknown() })).safeParse(jsonValue(context.getWorkflowStaticData('global')[STATIC_DATA_KEY]));
	return result.success ? result.data.map(({ name, memory }) => ({ name, memory })) : [];
}

function nameFrom(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('memoryName', itemIndex, memoryName.default));
}
