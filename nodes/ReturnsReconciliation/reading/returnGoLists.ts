/** ReturnGO's lists, page after page, within the calls that a run may make. */
import type { CaseRma, CaseTransaction } from '../../../returns/case';
import type { ListQuery, ReturnGoClient } from '../../ReturnGo/api/client';
import { LARGEST_PAGE, type RmaRow } from '../../ReturnGo/api/contract';
import { ReturnGoFailure } from '../../ReturnGo/api/failure';

/** What stands in for an answer when the calls of a run are used up. */
export const OUT_OF_CALLS = Symbol('out of calls');

/** @throws ReturnGoFailure other than for the calls that are used up */
export async function whileCallsLast<Result>(call: () => Promise<Result>): Promise<Result | typeof OUT_OF_CALLS> {
	return await call().catch((failure: unknown) => {
		if (failure instanceof ReturnGoFailure && failure.kind === 'callBudget') return OUT_OF_CALLS;
		throw failure;
	});
}

/** One page of a list; null when the calls were used up before it. */
export type Pages<Row> = AsyncGenerator<Row[] | null, void, undefined>;

/** Oldest first. The filter is ReturnGO's own. @throws ReturnGoFailure */
export async function* rmaPages(client: ReturnGoClient, filter: ListQuery): Pages<CaseRma> {
	yield* pages(async (cursor) => {
		const page = await client.listRmas({ pagesize: String(LARGEST_PAGE), sort_by: '+rma_created_at', ...filter }, cursor);
		return { rows: page.rows.map(({ row }) => toCaseRma(row)), nextCursor: page.nextCursor };
	});
}

/** In ReturnGO's order, which seems to be oldest first; nothing depends on it. @throws ReturnGoFailure */
export async function* transactionPages(client: ReturnGoClient, filter: ListQuery): Pages<CaseTransaction> {
	yield* pages(async (cursor) => {
		const page = await client.listTransactions({ pagesize: String(LARGEST_PAGE), ...filter }, cursor);
		return { rows: page.rows.map(({ transaction }) => ({ ...transaction, rmaId: null })), nextCursor: page.nextCursor };
	});
}

/** The first rows of a list that has to be short; null when the calls were used up. @throws ReturnGoFailure */
export async function readAll<Row>(list: Pages<Row>): Promise<Row[] | null> {
	const rows: Row[] = [];
	for await (const page of list) {
		if (page === null) return null;
		rows.push(...page);
	}
	return rows;
}

async function* pages<Row>(fetch: (cursor: string | null) => Promise<{ rows: Row[]; nextCursor: string | null }>): Pages<Row> {
	const cursors = new Set<string>();
	let cursor: string | null = null;
	do {
		const page = await whileCallsLast(async () => await fetch(cursor));
		if (page === OUT_OF_CALLS) {
			yield null;
			return;
		}
		yield page.rows;
		cursor = page.nextCursor;
		if (cursor !== null && cursors.has(cursor)) throw new ReturnGoFailure('unreadable', 'ReturnGO’s list does not come to an end', { subject: 'a list', detail: 'Two pages name the same next page. Try again; if it stays, tell ReturnGO’s support.' });
		if (cursor !== null) cursors.add(cursor);
	} while (cursor !== null);
}

function toCaseRma({ id, status, orderName, createdAt, approvedAt }: RmaRow): CaseRma {
	return { id, status, orderName, createdAt, approvedAt, details: null };
}

/** A time as ReturnGO's filters want it: without zone and fraction, in UTC. */
export function returnGoTime(time: string): string {
	return new Date(time).toISOString().slice(0, 19);
}
