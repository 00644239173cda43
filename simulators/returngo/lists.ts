/** Filters, order and pages of ReturnGO's two lists. */

import { HttpError } from '../shared/http';
import type { ListCache } from '../shared/list-cache';
import type { ReturnGoOptions } from './options';
import { parseInstant } from './time';
import { RMA_STATUSES, TRANSACTION_STATUSES, type KeptTransaction, type Rma } from './types';

const LARGEST_PAGE = 500;

export interface Page<T> {
	rows: T[];
	/** Position of the next page; null on the last. */
	next: string | null;
}

/** What is listed for a shop, oldest first, and where lists are remembered. */
export interface Listing<T, Row> {
	shop: string;
	all: readonly Row[];
	lists: ListCache<T>;
	revision: number;
}

/** `GET /rmas`: newest first unless told otherwise. */
export function listRmas({ shop, lists, revision, all }: Listing<Rma, Rma>, query: URLSearchParams, options: ReturnGoOptions): Page<Rma> {
	const size = pageSize(query);
	const statuses = commaList(query, 'status');
	const unknown = statuses?.find((status) => !RMA_STATUSES.some((known) => known === status));
	if (unknown !== undefined) throw new HttpError(400, { message: `Unknown status ${unknown}` });
	const updatedAt = (rma: Rma) => instantOf(options.updatedAtFilter === 'lastUpdated' ? rma.lastUpdated : rma.touchedAt);
	const createdAt = (rma: Rma) => instantOf(rma.createdAt);
	const wanted = [
		oneOf(statuses, (rma: Rma) => [rma.status]),
		oneOf(commaList(query, 'order_name'), (rma: Rma) => [rma.orderName]),
		oneOf(commaList(query, 'customer_ids'), (rma: Rma) => [rma.customerId ?? '']),
		oneOf(commaList(query, 'tracking_numbers'), (rma: Rma) => rma.shipments.map(({ trackingNumber }) => trackingNumber ?? '')),
		...criteria(query, 'rma_created_at', createdAt),
		...criteria(query, 'rma_updated_at', updatedAt),
	];
	const order = sortOrder(query, { rma_created_at: createdAt, rma_updated_at: updatedAt }) ?? [];
	const sorted = lists.get(questionOf(shop, query), revision, () => {
		const found = all.filter((rma) => wanted.every((fits) => fits(rma)));
		return order.length === 0 ? found.reverse() : found.sort((a, b) => compare(order, a, b) || b.id - a.id);
	});
	const start = rmaStart(sorted, query.get('cursor'), order.length === 0);
	const following = sorted[start + size];
	return { rows: sorted.slice(start, start + size), next: following ? base64(`returns.id:${following.id}`) : null };
}

/** `GET /transactions`: oldest first. */
export function listTransactions({ shop, lists, revision, all }: Listing<KeptTransaction, Rma>, query: URLSearchParams): Page<KeptTransaction> {
	const size = pageSize(query);
	const statuses = commaList(query, 'statuses');
	const unknown = statuses?.find((status) => !TRANSACTION_STATUSES.some((known) => known === status));
	if (unknown !== undefined) throw new HttpError(400, { message: `Unknown status ${unknown}` });
	type Row = { rma: Rma; transaction: KeptTransaction };
	const wanted = [
		oneOf(statuses, ({ transaction }: Row) => [transaction.wire.status]),
		oneOf(commaList(query, 'types'), ({ transaction }: Row) => [transaction.wire.type]),
		oneOf(commaList(query, 'processors'), ({ transaction }: Row) => [transaction.wire.processor]),
		oneOf(commaList(query, 'ids'), ({ transaction }: Row) => [String(transaction.wire.id)]),
		oneOf(commaList(query, 'rma_ids'), ({ rma }: Row) => [String(rma.id)]),
		oneOf(commaList(query, 'order_ids'), ({ rma }: Row) => [rma.orderId]),
		...criteria(query, 'created_at', ({ transaction }: Row) => instantOf(transaction.wire.createdAt)),
		...criteria(query, 'updated_at', ({ transaction }: Row) => instantOf(transaction.wire.lastUpdated)),
	];
	const sorted = lists.get(questionOf(shop, query), revision, () =>
		all
			.flatMap((rma) => rma.transactions.map((transaction) => ({ rma, transaction })))
			.filter((row) => wanted.every((fits) => fits(row)))
			.map(({ transaction }) => transaction)
			.sort((a, b) => a.wire.id - b.wire.id),
	);
	const after = cursorId(query.get('cursor'), '');
	const start = after === undefined ? 0 : firstAfter(sorted, after);
	const rows = sorted.slice(start, start + size);
	const last = rows.at(-1);
	return { rows, next: last && sorted.length > start + size ? base64(String(last.wire.id)) : null };
}

/** The body of a list answer, ending as this ReturnGO ends its lists. */
export function listBody(name: string, rows: unknown[], next: string | null, options: ReturnGoOptions): Record<string, unknown> {
	if (next !== null) return { [name]: rows, next_cursor: next };
	switch (options.lastPageCursor) {
		case 'null':
			return { [name]: rows, next_cursor: null };
		case 'empty':
			return { [name]: rows, next_cursor: '' };
		case 'absent':
			return { [name]: rows };
	}
}

function pageSize(query: URLSearchParams): number {
	const text = query.get('pagesize');
	if (text === null) throw new HttpError(400, { message: 'Missing required request parameters: [pagesize]' });
	const size = Number(text);
	if (!/^\d+$/.test(text) || size < 1 || size > LARGEST_PAGE) throw new HttpError(400, { message: `pagesize must be from 1 to ${LARGEST_PAGE}` });
	return size;
}

function commaList(query: URLSearchParams, name: string): string[] | undefined {
	const text = query.get(name);
	if (text === null || text === '') return undefined;
	return text.split(',').map((part) => part.trim());
}

function oneOf<T>(choices: readonly string[] | undefined, valuesOf: (row: T) => readonly string[]): (row: T) => boolean {
	return (row) => choices === undefined || valuesOf(row).some((value) => choices.includes(value));
}

/** Every value of the parameter must hold. */
function criteria<T>(query: URLSearchParams, name: string, timeOf: (row: T) => number): Array<(row: T) => boolean> {
	return query.getAll(name).map((text) => {
		const found = /^(lt|lte|gt|gte|eq|neq):(.+)$/.exec(text);
		const bound = found?.[2] === undefined ? undefined : parseInstant(found[2]);
		if (!found || bound === undefined) throw new HttpError(400, { message: `${name} must look like gte:2026-01-20T00:00:00` });
		const operator = found[1] ?? '';
		return (row) => holds(operator, timeOf(row), bound);
	});
}

function holds(operator: string, time: number, bound: number): boolean {
	switch (operator) {
		case 'lt':
			return time < bound;
		case 'lte':
			return time <= bound;
		case 'gt':
			return time > bound;
		case 'gte':
			return time >= bound;
		case 'eq':
			return time === bound;
		default:
			return time !== bound;
	}
}

interface SortStep<T> {
	valueOf: (row: T) => number;
	direction: 1 | -1;
}

function sortOrder<T>(query: URLSearchParams, columns: Record<string, (row: T) => number>): Array<SortStep<T>> | undefined {
	return commaList(query, 'sort_by')?.map((part) => {
		const valueOf = columns[part.slice(1)];
		// A "+" that was not sent as %2B arrives as a space (or not at all after trimming) and is refused like any other sign.
		if (!valueOf || !/^[+-]/.test(part)) throw new HttpError(400, { message: `sort_by must be a list of +column or -column of ${Object.keys(columns).join(', ')}` });
		return { valueOf, direction: part.startsWith('-') ? -1 : 1 };
	});
}

function compare<T>(order: ReadonlyArray<SortStep<T>>, a: T, b: T): number {
	for (const { valueOf, direction } of order) {
		const difference = (valueOf(a) - valueOf(b)) * direction;
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The cursor names the first row of the page. Under a sort of the client's choosing that row may have moved since. */
function rmaStart(sorted: readonly Rma[], cursor: string | null, newestFirst: boolean): number {
	const id = cursorId(cursor, 'returns.id:');
	if (id === undefined) return 0;
	const index = sorted.findIndex((rma) => (newestFirst ? rma.id <= id : rma.id === id));
	return index === -1 ? sorted.length : index;
}

/** Position of the first transaction with a higher id; they are in the order of their ids. */
function firstAfter(sorted: readonly KeptTransaction[], id: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle]?.wire.id ?? 0) > id) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Everything that decides what is in a list, whatever the page. */
function questionOf(shop: string, query: URLSearchParams): string {
	return JSON.stringify([shop, ...query.entries()].filter(([name]) => name !== 'cursor' && name !== 'pagesize'));
}

const instants = new Map<string, number>();

/** Milliseconds of a moment as ReturnGO writes it. Lists ask for the same ones again and again. */
function instantOf(text: string): number {
	const known = instants.get(text);
	if (known !== undefined) return known;
	if (instants.size > 500_000) instants.clear();
	const instant = Date.parse(text);
	instants.set(text, instant);
	return instant;
}

function cursorId(cursor: string | null, prefix: string): number | undefined {
	if (cursor === null || cursor === '') return undefined;
	const text = Buffer.from(cursor, 'base64').toString('utf8');
	const id = text.slice(prefix.length);
	if (!text.startsWith(prefix) || !/^\d+$/.test(id)) throw new HttpError(400, { message: 'Invalid cursor' });
	return Number(id);
}

function base64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}
