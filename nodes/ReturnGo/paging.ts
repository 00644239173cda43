/**
 * Reading lists within a number of calls: stop before one call too many, say how many there were, and give a cursor with which the next run goes on
 * where this one stopped (ReturnGO allows 2,000 calls a day).
 */
import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError, type NodeApiError } from 'n8n-workflow';
import type { ListQuery, ReturnGoClient } from './api/client';
import { LARGEST_PAGE } from './api/contract';
import { ReturnGoFailure, toNodeApiError } from './api/failure';
import { readCount, readText } from './operation';

export const DEFAULT_CALLS = 200;

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const maximumCallsField: INodeProperties = {
	displayName: 'Maximum Calls',
	name: 'maximumCalls',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 2000 },
	default: DEFAULT_CALLS,
	description: 'How many calls to ReturnGO this operation may make for one input item. It stops before one more; the output Progress then holds a cursor to go on with.',
};

export const resumeCursorField: INodeProperties = {
	displayName: 'Resume Cursor',
	name: 'resumeCursor',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.resumeCursor }}',
	description: 'The cursor of an earlier run’s output Progress, to go on where that one stopped. The filters have to be the same.',
};

/** Where a run goes on. Everything before it has been given out. */
export interface ListPosition {
	/** ReturnGO's own cursor of the page to read next; null is the first page. */
	page: string | null;
	/** Whether there is a page to read next. */
	more: boolean;
	/** Ids still to be dealt with before the next page, in order. */
	waiting: string[];
}

export const LIST_START: ListPosition = { page: null, more: true, waiting: [] };

/** What the output *Progress* says. */
export interface Progress {
	returned: number;
	callsMade: number;
	/** Whether everything that matches has been returned, by this run and those before it. */
	complete: boolean;
	/** Why it ended: the end of the list, the Limit, or Maximum Calls. */
	stoppedBy: 'end' | 'limit' | 'maximumCalls';
	resumeCursor: string | null;
	/** How many of those that were returned only say why they could not be read; left out where there is none. */
	unread?: number;
}

/** How far one operation reads, from its parameters. */
export interface Extent {
	/** null: everything. */
	limit: number | null;
	/** Makes no more calls than this input item may make. */
	client: ReturnGoClient;
	callsBefore: number;
	start: ListPosition;
	/** Names the list, so that a cursor of another one is not taken. */
	fingerprint: string;
}

/** @throws NodeOperationError before anything is sent */
export function readExtent(context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number, list: unknown): Extent {
	const limit = context.getNodeParameter('returnAll', itemIndex, false) === true ? null : readCount(context, itemIndex, 'limit', 'Limit', 50);
	const calls = readCount(context, itemIndex, 'options.maximumCalls', 'Maximum Calls', DEFAULT_CALLS);
	const fingerprint = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 12);
	const cursor = readText(context, itemIndex, 'options.resumeCursor');
	const start = cursor === null ? LIST_START : decode(cursor, fingerprint);
	if (start === null) {
		throw new NodeOperationError(context.getNode(), 'The Resume Cursor does not belong to this list', {
			itemIndex,
			description: 'Give the cursor of the output Progress as it came, with the same resource, filters and sorting. Nothing was sent to ReturnGO.',
		});
	}
	return { limit, client: client.limitedTo(calls), callsBefore: client.callsMade, start, fingerprint };
}

export interface ListSource<Row> {
	/** e.g. "list of RMAs" */
	name: string;
	/** ReturnGO's parameters without page size and cursor. */
	query: ListQuery;
	fetch(query: ListQuery, cursor: string | null): Promise<{ rows: Row[]; nextCursor: string | null }>;
	/** What tells rows apart. */
	idOf(row: Row): string;
	/** Where each row takes a call of its own: makes it. Without the row where an earlier run has read the list. */
	readCompletely?(id: string, row: Row | null): Promise<IDataObject>;
	/** Where the row is all there is. */
	asItem(row: Row): IDataObject;
}

export interface Listing {
	found: IDataObject[];
	/** How many of them only say why they could not be read. */
	unread?: number;
	position: ListPosition;
	stoppedBy: Progress['stoppedBy'];
}

/** A list that ReturnGO stopped answering in the middle: what is lost with it, and where it stopped. */
export class ListStopped extends Error {
	constructor(
		readonly failure: ReturnGoFailure,
		/** Items that had been read and are given out by nobody. */
		readonly itemsRead: number,
		readonly position: ListPosition,
	) {
		super(failure.message);
		this.name = 'ListStopped';
	}
}

/**
 * Follows the cursor to the limit, the end or the last allowed call. A row that two pages share (the list moved meanwhile) is given once.
 * @throws ListStopped when a call brings no answer; ReturnGoFailure when the list has no end
 */
export async function readList<Row>(extent: Extent, source: ListSource<Row>): Promise<Listing> {
	const given = new Map<string, IDataObject>();
	const rows = new Map<string, Row>();
	const cursors = new Set<string>();
	let position: ListPosition = { ...extent.start };
	const wanted = () => (extent.limit === null ? LARGEST_PAGE : extent.limit - given.size);
	const stop = (stoppedBy: Progress['stoppedBy']): Listing => ({ found: [...given.values()], position, stoppedBy });
	const ask = async <Result>(call: () => Promise<Result>): Promise<Result | typeof OUT_OF_CALLS> =>
		await whileCallsLast(call).catch((failure: unknown) => {
			throw failure instanceof ReturnGoFailure ? new ListStopped(failure, given.size, position) : failure;
		});
	for (;;) {
		for (const [id, ...others] of rests(position.waiting)) {
			if (wanted() < 1) return stop('limit');
			const item = given.get(id) ?? (await ask(async () => await source.readCompletely?.(id, rows.get(id) ?? null)));
			if (item === OUT_OF_CALLS) return stop('maximumCalls');
			if (item !== undefined) given.set(id, item);
			position = { ...position, waiting: others };
		}
		if (!position.more) return stop('end');
		if (wanted() < 1) return stop('limit');
		const page = await ask(async () => await source.fetch({ ...source.query, pagesize: String(pageSize(wanted(), source, extent.client)) }, position.page));
		if (page === OUT_OF_CALLS) return stop('maximumCalls');
		if (page.nextCursor !== null && cursors.has(page.nextCursor)) {
			throw new ReturnGoFailure('unreadable', `ReturnGO’s ${source.name} does not come to an end`, {
				subject: `the ${source.name}`,
				detail: 'Two pages name the same next page. Try again; if it stays, tell ReturnGO’s support.',
			});
		}
		if (page.nextCursor !== null) cursors.add(page.nextCursor);
		const fresh = page.rows.filter((row) => !given.has(source.idOf(row)));
		for (const row of fresh) rows.set(source.idOf(row), row);
		position = { page: page.nextCursor, more: page.nextCursor !== null, waiting: source.readCompletely === undefined ? [] : fresh.map((row) => source.idOf(row)) };
		if (source.readCompletely === undefined) for (const row of fresh) given.set(source.idOf(row), source.asItem(row));
	}
}

/** `[a, b, c]` as `[a, b, c]`, `[b, c]`, `[c]`: each id with those that wait behind it. */
function rests(ids: readonly string[]): Array<[string, ...string[]]> {
	return ids.map((id, index) => [id, ...ids.slice(index + 1)]);
}

/** Where rows take calls of their own, no more of them than can be read; but at least one, or a run would come no further than the one before. */
function pageSize(wanted: number, source: Pick<ListSource<unknown>, 'readCompletely'>, client: ReturnGoClient): number {
	const affordable = source.readCompletely === undefined ? LARGEST_PAGE : Math.max(1, client.callsLeft - 1);
	return Math.min(wanted, affordable, LARGEST_PAGE);
}

const OUT_OF_CALLS = Symbol('out of calls');

async function whileCallsLast<Result>(call: () => Promise<Result>): Promise<Result | typeof OUT_OF_CALLS> {
	return await call().catch((failure: unknown) => {
		if (failure instanceof ReturnGoFailure && failure.kind === 'callBudget') return OUT_OF_CALLS;
		throw failure;
	});
}

/**
 * n8n's error for a list that stopped in the middle. Nothing of it is given out, so it says how much that was, and both ways on.
 * Whoever goes on after it finds the same figures in its context.
 */
function explainStop(context: IExecuteFunctions, extent: Extent, { failure, itemsRead, position }: ListStopped, itemIndex: number): NodeApiError {
	const callsMade = extent.client.callsMade - extent.callsBefore;
	const isAtBeginning = position.page === null && position.waiting.length === 0;
	const resumeCursor = isAtBeginning ? null : encode(position, extent.fingerprint);
	const error = toNodeApiError(context.getNode(), failure, itemIndex);
	const advice = [error.description ?? '', `It stopped after ${counted(callsMade, 'call')} to ReturnGO and ${counted(itemsRead, 'item')} read; none of them is put out.`];
	if (itemsRead > 0) advice.push('To have them too, run this again as it was.');
	if (resumeCursor !== null) advice.push(`To go on where it stopped, set Resume Cursor to ${resumeCursor}`);
	error.description = advice.join(' ').trim();
	error.context.progress = { callsMade, itemsRead, resumeCursor };
	return error;
}

function counted(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * Both outputs of an operation that reads a list: what was found, and how far it came; and a word about it in the editor.
 * @throws NodeApiError when ReturnGO stopped answering in the middle
 */
export async function giveOut(context: IExecuteFunctions, extent: Extent, itemIndex: number, read: () => Promise<Listing>): Promise<INodeExecutionData[][]> {
	const listing = await read().catch((failure: unknown) => {
		throw failure instanceof ListStopped ? explainStop(context, extent, failure, itemIndex) : failure;
	});
	return toOutputs(context, extent, listing);
}

function toOutputs(context: IExecuteFunctions, extent: Extent, { found, position, stoppedBy, unread = 0 }: Listing): INodeExecutionData[][] {
	const complete = !position.more && position.waiting.length === 0;
	const progress: Progress = {
		returned: found.length,
		callsMade: extent.client.callsMade - extent.callsBefore,
		complete,
		stoppedBy: complete ? 'end' : stoppedBy,
		resumeCursor: complete ? null : encode(position, extent.fingerprint),
		...(unread === 0 ? {} : { unread }),
	};
	const calls = `${counted(progress.callsMade, 'call')} to ReturnGO made`;
	const isCut = progress.stoppedBy === 'maximumCalls';
	context.addExecutionHints({ message: isCut ? `${calls}, no more are allowed, and more results match: the output Progress holds the cursor to go on with` : calls, type: isCut ? 'warning' : 'info', location: 'outputPane' });
	if (unread > 0) context.addExecutionHints({ message: `${counted(unread, 'item')} could not be read and only ${unread === 1 ? 'says' : 'say'} why, in “fetchError”`, type: 'warning', location: 'outputPane' });
	return [found.map((json) => ({ json })), [{ json: progress as unknown as IDataObject }]];
}

function encode(position: ListPosition, fingerprint: string): string {
	return Buffer.from(JSON.stringify({ ...position, of: fingerprint }), 'utf8').toString('base64url');
}

function decode(text: string, fingerprint: string): ListPosition | null {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
	} catch {
		return null;
	}
	if (typeof value !== 'object' || value === null) return null;
	const { page, more, waiting, of } = value as { [Key in keyof ListPosition | 'of']?: unknown };
	const sound = of === fingerprint && typeof more === 'boolean' && (page === null || typeof page === 'string') && Array.isArray(waiting) && waiting.every((id) => typeof id === 'string' && /^\d{1,18}$/.test(id));
	return sound ? { page, more, waiting: waiting as string[] } : null;
}
