/** What a report is made of, as it comes over n8n's wires: parsed once, and refused in words where it is something else. */
import { z } from 'zod';
import { EXCEPTIONS, type ExceptionCode, type ExceptionOwner, type Severity } from '../../../returns/exceptions';
import type { Finding, ReconciliationClass } from '../../../returns/finding';
import type { RunSummary } from '../../../returns/runSummary';
import { CLASSES, namesOf, OWNERS, SEVERITIES } from './report';

/** Something that is no finding or no summary. The message says where. */
export class UnusableInput extends Error {}

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

/** @throws UnusableInput naming the first finding that is none. */
export function parseFindings(value: unknown): Finding[] {
	const list = parsedJson(value);
	if (!Array.isArray(list)) throw new UnusableInput('The findings are no list');
	return list.map((entry, index) => parsed(findingSchema, entry, `Finding ${index + 1}`));
}

/** @throws UnusableInput */
export function parseSummary(value: unknown): RunSummary {
	return parsed(summarySchema, parsedJson(value), 'The summary');
}

function parsed<Parsed>(schema: z.ZodType<Parsed>, value: unknown, name: string): Parsed {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const place = issue === undefined || issue.path.length === 0 ? '' : `, field “${issue.path.join('.')}”`;
	throw new UnusableInput(`${name}${place}: ${issue?.message ?? 'is something else'}`);
}

/** A field of type JSON holds text when it was typed in, and data when an expression filled it. */
function parsedJson(value: unknown): unknown {
	const data = typeof value === 'string' ? jsonOf(value) : value;
	if (data === undefined) throw new UnusableInput('This is no JSON');
	return data;
}

/** Undefined, which JSON does not have, for a text that is none. */
function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function oneOf<Name extends string>(names: readonly Name[]): z.ZodType<Name> {
	return z.custom<Name>((value) => names.some((name) => name === value), 'is none of the known values');
}
