/** Findings and summaries on their way from one operation to the next: their parameters, parsed once, and refused in words where they are something else. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { EXCEPTIONS, type ExceptionCode, type ExceptionOwner, type Severity } from '../../returns/exceptions';
import type { Finding, ReconciliationClass } from '../../returns/finding';
import type { RunSummary } from '../../returns/runSummary';
import { refuse } from './outcome';
import { CLASSES, namesOf, OWNERS, SEVERITIES } from './report/report';

export const findingsParameter: INodeProperties = {
	displayName: 'Findings',
	name: 'findings',
	type: 'json',
	default: '',
	required: true,
	placeholder: "e.g. {{ $('Reconcile returns').all().map((item) => item.json) }}",
	description: 'All items of the output with the findings. An empty list is an answer too: nothing was found.',
};

export const summaryParameter: INodeProperties = {
	displayName: 'Summary',
	name: 'summary',
	type: 'json',
	default: '={{ $json }}',
	required: true,
	description: 'The item of the output “Summary” of the operation that found them',
};

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'is no decimal amount');
const moment = z.string().datetime({ offset: true });

const findingSchema: z.ZodType<Finding> = z.object({
	incident: z.string(),
	class: oneOf<ReconciliationClass>(namesOf(CLASSES)).nullable(),
	code: oneOf<ExceptionCode>(namesOf(EXCEPTIONS)).nullable(),
	title: z.string(),
	owner: oneOf<ExceptionOwner>(namesOf(OWNERS)),
	severity: oneOf<Severity>(namesOf(SEVERITIES)),
	nextStep: z.string(),
	message: z.string(),
	rmaId: z.string().nullable(),
	orderId: z.string().nullable(),
	orderName: z.string().nullable(),
	refundId: z.string().nullable(),
	transactionIds: z.string(),
	unitIds: z.string(),
	currency: z.string().nullable(),
	returnGoAmount: decimal.nullable(),
	shopifyAmount: decimal.nullable(),
	difference: decimal.nullable(),
	payoutId: z.string().nullable(),
	at: moment.nullable(),
	ageDays: z.number().int().nullable(),
	orderUrl: z.string().nullable(),
	rmaUrl: z.string().nullable(),
});

const summarySchema: z.ZodType<RunSummary> = z.object({
	store: z.string().nullable(),
	since: moment.nullable(),
	until: moment.nullable(),
	agreeing: z.number().int().nonnegative().nullable(),
	totals: z.array(z.object({ currency: z.string(), amounts: z.array(z.object({ name: z.string(), amount: decimal })) })),
	read: z.array(z.object({ name: z.string(), count: z.number().int().nonnegative() })),
	notRead: z.array(z.string()),
});

/** @throws NodeOperationError naming the first finding that is none. */
export function readFindings(context: IExecuteFunctions, itemIndex: number): Finding[] {
	const list = jsonValue(context.getNodeParameter('findings', itemIndex));
	if (!Array.isArray(list)) throw refuse(context.getNode(), 'invalidInput', 'The findings are no list', itemIndex);
	return list.map((entry, index) => parsed(context, itemIndex, findingSchema, entry, `Finding ${index + 1}`));
}

/** @throws NodeOperationError naming the first field that is not a summary's. */
export function readSummary(context: IExecuteFunctions, itemIndex: number): RunSummary {
	return parsed(context, itemIndex, summarySchema, jsonValue(context.getNodeParameter('summary', itemIndex)), 'The summary');
}

/** A field of type JSON holds text when it was typed in, and data when an expression filled it. Undefined for a text that is no JSON. */
export function jsonValue(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

function parsed<Parsed>(context: IExecuteFunctions, itemIndex: number, schema: z.ZodType<Parsed>, value: unknown, name: string): Parsed {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const place = issue === undefined || issue.path.length === 0 ? '' : `, field “${issue.path.join('.')}”`;
	throw refuse(context.getNode(), 'invalidInput', `${name}${place}: ${issue?.message ?? 'is something else'}`, itemIndex);
}

function oneOf<Name extends string>(names: readonly Name[]): z.ZodType<Name> {
	return z.custom<Name>((value) => names.some((name) => name === value), 'is none of the known values');
}
