/**
 * What a polling trigger remembers between polls. It lives in the workflow's static data, so it is plain JSON and short, and it changes as a whole:
 * a poll works on a copy, and the copy takes the place of the original together with the events it led to.
 */
import { OPEN_STATUSES } from '../api/contract';
import type { KnownDetails, Reason } from './changes';

export interface KnownRma {
	/** The status that was last told of, or found at the start; null when it is not known. */
	status: string | null;
	/** The status a list showed later; it is told of once the RMA has been read. */
	seen?: string;
	details?: KnownDetails;
	/** Minute at which it was last read; 0 is never. */
	readAt: number;
	/** The round through the open RMAs in which it was last seen. */
	round: number;
	/** Why it has to be read, and since which minute. */
	due?: Reason;
	dueSince?: number;
	/** Minute since which it has not been open. */
	closedAt?: number;
}

export interface KnownTransaction {
	/** The status that was last told of, or found at the start; null: seen with its RMA, not yet in the list of changes. */
	status: string | null;
	rmaId: string | null;
	/** Minute of its last change. */
	at: number;
}

/** A transaction of which something is to be told. */
export interface PendingTransaction {
	type: string;
	status: string;
	/** Created since the trigger watches. */
	isNew: boolean;
	at: number;
}

/** One of these RMAs has these transactions, or none has. */
export interface OwnerSearch {
	transactions: string[];
	candidates: string[];
}

/** A list that is read by time, page by page, over several polls if need be. */
export interface TimedList {
	/** Changes from this time on, ISO. */
	since: string;
	/** While pages are left: where to go on, and when the list was begun. */
	page: string | null;
	begunAt: string | null;
}

export interface PollState {
	version: 1;
	/** The store it is about: another store starts anew. */
	store: string;
	startedAt: string;
	/** Number of the present round through the open RMAs; the first one finds out what there is. */
	round: number;
	roundPage: string | null;
	transactionList: TimedList;
	updatedList: TimedList;
	rmas: Record<string, KnownRma>;
	transactions: Record<string, KnownTransaction>;
	pending: Record<string, PendingTransaction>;
	searches: OwnerSearch[];
}

const KEEP_MINUTES = 35 * 24 * 60;
const MOST_CLOSED = 3000;

export function startState(store: string, now: Date): PollState {
	const list = (): TimedList => ({ since: now.toISOString(), page: null, begunAt: null });
	return { version: 1, store, startedAt: now.toISOString(), round: 1, roundPage: null, transactionList: list(), updatedList: list(), rmas: {}, transactions: {}, pending: {}, searches: [] };
}

/** A copy of the stored state, or null when there is none for this store. */
export function copyState(stored: unknown, store: string): PollState | null {
	if (typeof stored !== 'object' || stored === null) return null;
	// n8n watches static data through proxies, which structuredClone does not take.
	const state = JSON.parse(JSON.stringify(stored)) as PollState;
	return state.version === 1 && state.store === store ? state : null;
}

export function isOpen(status: string | null): boolean {
	return status !== null && OPEN_STATUSES.includes(status);
}

export function minuteOf(time: Date | string): number {
	return Math.floor(new Date(time).getTime() / 60_000);
}

/** Lets go of what is over: an RMA that has been closed for five weeks is of interest to nobody but an accountant. */
export function prune(state: PollState, now: Date): void {
	const oldest = minuteOf(now) - KEEP_MINUTES;
	const closed = Object.entries(state.rmas).filter(([, rma]) => rma.closedAt !== undefined && rma.due === undefined);
	closed.sort(([, a], [, b]) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
	for (const [index, [id, rma]] of closed.entries()) if (index >= MOST_CLOSED || (rma.closedAt ?? 0) < oldest) delete state.rmas[id];
	for (const [id, transaction] of Object.entries(state.transactions)) if (transaction.at < oldest && state.pending[id] === undefined) delete state.transactions[id];
}
