/**
 * One poll: what is new in ReturnGO since the last one, found within a number of calls.
 *
 * ReturnGO does not move an RMA's `lastUpdated` when its parcel arrives, when it is inspected or when money is given back, so asking for what was
 * updated would miss just that. Therefore:
 * - the open RMAs are all listed (500 a call), and a status that differs, or an RMA that is missing, shows a change;
 * - transactions are listed by the time of their change, which does move; they do not name their RMA, so it is searched for by halves;
 * - RMAs that ReturnGO says were updated are looked at;
 * - with the calls that are left, open RMAs are read one after the other, the one read longest ago first: parcels and inspections show only there.
 *
 * A change is remembered as told only when the event was made; what the calls do not suffice for stays due, and the next poll goes on there.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Rma } from '../../../returns/rma';
import type { ListQuery, ReturnGoClient } from '../api/client';
import { LARGEST_PAGE, OPEN_STATUSES, type RmaRow } from '../api/contract';
import { concernsOneThing, ReturnGoFailure } from '../api/failure';
import { buildEvent, RMA_ID_MISSING, toFetchError, type EventType, type FetchError, type ReturnGoEvent } from '../trigger/event';
import { detailsOf, newsOf, type News, type Reason } from './changes';
import { isOpen, minuteOf, prune, type KnownRma, type PollState, type TimedList } from './state';

export interface Wishes {
	events: readonly EventType[];
	/** Whether RMAs that are open at the start are events too. */
	emitExisting: boolean;
}

export interface Poll {
	client: ReturnGoClient;
	/** Changed in place. */
	state: PollState;
	/** Whether this is the poll that finds out what there is. */
	isFirst: boolean;
	wishes: Wishes;
	now: Date;
	/** Whether there is time for one more call. */
	hasTime(): boolean;
}

/** Clocks differ, and what is written just now may show up late. */
const TRANSACTION_OVERLAP_MS = 60 * 60 * 1000;
const UPDATED_OVERLAP_MS = 2 * 60 * 1000;
const CREATED_TOLERANCE_MS = 10 * 60 * 1000;
/** An RMA is not read again without a reason before this has passed. */
const REREAD_MINUTES = 60;
/** RMAs in one question, so that the address stays short. */
const MOST_IN_QUESTION = 300;
const MOST_TRANSACTIONS_IN_QUESTION = 100;
/** Part of the calls that lists may take; the others are for what the lists show. The first poll has nothing else to do. */
const LIST_SHARE = 0.6;

/** Events whose news show in the RMA itself only. */
const SHOWN_BY_DETAILS: readonly EventType[] = ['SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED', 'SHIPMENT_UPDATED', 'RMA_UPDATED'];

/**
 * @returns the events, in the order they were found. What went wrong after the first event is left to the next poll.
 * @throws ReturnGoFailure when something went wrong before there was any event; then nothing of the state may be kept
 */
export async function findNews(poll: Poll): Promise<ReturnGoEvent[]> {
	const run = new Run(poll);
	await run.go().catch((failure: unknown) => {
		const isOutOfCalls = failure instanceof ReturnGoFailure && failure.kind === 'callBudget';
		if (!isOutOfCalls && run.events.length === 0) throw failure;
	});
	prune(poll.state, poll.now);
	return run.events;
}

class Run {
	readonly events: ReturnGoEvent[] = [];

	private readonly state: PollState;

	private readonly minute: number;

	private hasDroppedCursor = false;

	constructor(private readonly poll: Poll) {
		this.state = poll.state;
		this.minute = minuteOf(poll.now);
	}

	async go(): Promise<void> {
		await this.readLists();
		await this.readDue((reason) => reason !== 'look');
		await this.searchOwners();
		await this.readDue((reason) => reason !== 'look');
		await this.readDue(() => true);
		await this.readLongestUnread();
	}

	/* ---------- lists ---------- */

	/** Each list gets at least one call; a list that is not finished goes on with the next poll. */
	private async readLists(): Promise<void> {
		const { client } = this.poll;
		const calls = Math.max(3, Math.floor(client.callsLeft * (this.poll.isFirst ? 1 : LIST_SHARE)));
		const end = client.callsMade + calls;
		const left = () => Math.max(0, end - client.callsMade);
		// A list of what nobody listens to is not read; should that change, what happened until now is old.
		if (this.listensTo('TRANSACTION_', 'REFUND_')) await this.whileCallsLast(left() - 2, async (limited) => await this.readTransactions(limited));
		else this.state.transactionList = { since: this.poll.now.toISOString(), page: null, begunAt: null };
		await this.whileCallsLast(left() - 1, async (limited) => await this.readOpen(limited));
		if (this.poll.isFirst) await this.whileCallsLast(left(), async (limited) => await this.readClosed(limited));
		else if (this.listensTo('RMA_', 'SHIPMENT_')) await this.whileCallsLast(left(), async (limited) => await this.readUpdated(limited));
		else this.state.updatedList = { since: this.poll.now.toISOString(), page: null, begunAt: null };
	}

	private listensTo(...families: string[]): boolean {
		return this.poll.wishes.events.some((type) => families.some((family) => type.startsWith(family)));
	}

	/** Whether it is worth reading an RMA of which no list says that anything has changed. */
	private listensToDetails(): boolean {
		return SHOWN_BY_DETAILS.some((type) => this.poll.wishes.events.includes(type));
	}

	private async whileCallsLast(calls: number, read: (client: ReturnGoClient) => Promise<void>): Promise<void> {
		await read(this.poll.client.limitedTo(Math.max(1, calls))).catch((failure: unknown) => {
			// A cursor that was refused has been let go of: the list begins again with the next poll.
			const goesOnLater = failure instanceof ReturnGoFailure && (failure.kind === 'callBudget' || this.hasDroppedCursor);
			this.hasDroppedCursor = false;
			if (!goesOnLater) throw failure;
		});
	}

	private async readTransactions(client: ReturnGoClient): Promise<void> {
		await this.readTimed(this.state.transactionList, TRANSACTION_OVERLAP_MS, async (since, page) => {
			const answer = await client.listTransactions({ pagesize: String(LARGEST_PAGE), updated_at: `gte:${since}` }, page);
			for (const { transaction } of answer.rows) {
				const known = this.state.transactions[transaction.id];
				const at = transaction.lastUpdated === null ? this.minute : minuteOf(transaction.lastUpdated);
				if (this.poll.isFirst) {
					this.state.transactions[transaction.id] = { status: transaction.status, rmaId: null, at };
				} else if (known?.status !== transaction.status) {
					const isOld = transaction.createdAt !== null && new Date(transaction.createdAt).getTime() < new Date(this.state.startedAt).getTime() - TRANSACTION_OVERLAP_MS;
					this.state.pending[transaction.id] = { type: transaction.type, status: transaction.status, isNew: (known?.status ?? null) === null && !isOld, at };
				}
			}
			return answer.nextCursor;
		});
		this.findOwners();
	}

	/** The RMAs of pending transactions that are known become due; for the others a search begins. */
	private findOwners(): void {
		const searched = new Set(this.state.searches.flatMap(({ transactions }) => transactions));
		const unknown: string[] = [];
		for (const id of Object.keys(this.state.pending)) {
			const rmaId = this.state.transactions[id]?.rmaId ?? null;
			if (rmaId !== null) this.makeDue(rmaId, 'transaction');
			else if (!searched.has(id)) unknown.push(id);
		}
		for (let start = 0; start < unknown.length; start += MOST_TRANSACTIONS_IN_QUESTION) {
			this.state.searches.push({ transactions: unknown.slice(start, start + MOST_TRANSACTIONS_IN_QUESTION), candidates: [] });
		}
	}

	private async readOpen(client: ReturnGoClient): Promise<void> {
		const { state } = this;
		const query: ListQuery = { pagesize: String(LARGEST_PAGE), sort_by: '-rma_created_at', status: OPEN_STATUSES.join(',') };
		do {
			this.demandTime();
			const page = await client.listRmas(query, state.roundPage).catch((failure: unknown) => {
				if (this.dropsCursor(failure, state.roundPage)) state.roundPage = null;
				throw failure;
			});
			for (const { row } of page.rows) this.noteRow(row);
			// A cursor that names the same page for ever must not keep the round from ending.
			state.roundPage = page.nextCursor === state.roundPage ? null : page.nextCursor;
		} while (state.roundPage !== null);
		// Whoever was open and is in no page any more has been closed, or rejected, or canceled: reading it will tell.
		for (const [id, rma] of Object.entries(state.rmas)) if (rma.round !== state.round && isOpen(rma.status)) this.makeDue(id, 'changed');
		state.round++;
	}

	/** So that an RMA that was closed lately is known when it is reopened, or when its refund settles. */
	private async readClosed(client: ReturnGoClient): Promise<void> {
		this.demandTime();
		const page = await client.listRmas({ pagesize: String(LARGEST_PAGE), sort_by: '-rma_updated_at', status: 'Done,Rejected,Canceled' }, null);
		for (const { row } of page.rows) this.noteRow(row);
	}

	private async readUpdated(client: ReturnGoClient): Promise<void> {
		await this.readTimed(this.state.updatedList, UPDATED_OVERLAP_MS, async (since, page) => {
			const answer = await client.listRmas({ pagesize: String(LARGEST_PAGE), sort_by: '+rma_updated_at', rma_updated_at: `gte:${since}` }, page);
			for (const { row } of answer.rows) {
				this.noteRow(row);
				if (isOpen(row.status) && this.listensToDetails()) this.makeDue(row.id, 'look');
			}
			return answer.nextCursor;
		});
	}

	private async readTimed(list: TimedList, overlapMs: number, readPage: (since: string, page: string | null) => Promise<string | null>): Promise<void> {
		const since = new Date(new Date(list.since).getTime() - overlapMs).toISOString().slice(0, 19);
		do {
			this.demandTime();
			list.begunAt ??= this.poll.now.toISOString();
			const next = await readPage(since, list.page).catch((failure: unknown) => {
				if (this.dropsCursor(failure, list.page)) list.page = null;
				throw failure;
			});
			list.page = next === list.page ? null : next;
		} while (list.page !== null);
		list.since = list.begunAt;
		list.begunAt = null;
	}

	/** ReturnGO’s cursors are opaque: one kept from an earlier poll may be refused. */
	private dropsCursor(failure: unknown, page: string | null): boolean {
		this.hasDroppedCursor = page !== null && failure instanceof ReturnGoFailure && failure.kind === 'refused';
		return this.hasDroppedCursor;
	}

	private noteRow(row: RmaRow): void {
		const known = this.state.rmas[row.id];
		if (known !== undefined) {
			known.round = this.state.round;
			if (row.status === known.status) delete known.seen;
			else {
				known.seen = row.status;
				this.makeDue(row.id, 'changed');
			}
			return;
		}
		const isFound = this.isFindingOut() && !this.isCreatedSinceStart(row);
		const fresh: KnownRma = { status: isFound || this.isCreatedSinceStart(row) ? row.status : null, readAt: 0, round: this.state.round };
		if (!isOpen(row.status)) fresh.closedAt = this.minute;
		this.state.rmas[row.id] = fresh;
		if (isFound) {
			if (this.poll.wishes.emitExisting && isOpen(row.status)) this.makeDue(row.id, 'existing');
		} else this.makeDue(row.id, fresh.status === null ? 'changed' : 'new');
	}

	/** The first round has not been through all open RMAs yet. */
	private isFindingOut(): boolean {
		return this.poll.isFirst || this.state.round === 1;
	}

	private isCreatedSinceStart(row: RmaRow): boolean {
		if (this.poll.isFirst) return false;
		if (row.createdAt === null) return !this.isFindingOut();
		return new Date(row.createdAt).getTime() >= new Date(this.state.startedAt).getTime() - CREATED_TOLERANCE_MS;
	}

	/* ---------- single RMAs ---------- */

	private makeDue(rmaId: string, reason: Reason): void {
		const known = (this.state.rmas[rmaId] ??= { status: null, readAt: 0, round: this.state.round });
		known.dueSince ??= this.minute;
		const strength: Record<Reason, number> = { new: 5, existing: 4, changed: 3, transaction: 2, look: 1 };
		if (known.due === undefined || strength[reason] > strength[known.due]) known.due = reason;
	}

	private async readDue(isWanted: (reason: Reason) => boolean): Promise<void> {
		const due = Object.entries(this.state.rmas).filter(([, rma]) => rma.due !== undefined && isWanted(rma.due));
		due.sort(([, a], [, b]) => (a.dueSince ?? 0) - (b.dueSince ?? 0));
		const isAskedFor = this.listensTo('RMA_', 'SHIPMENT_');
		for (const [rmaId, rma] of due) {
			// A call whose answer nobody wants to hear about is saved.
			if (isAskedFor || rma.due === 'transaction') await this.readRma(rmaId);
			else this.settle(rma, rma.seen ?? (rma.due === 'changed' ? 'Unknown' : (rma.status ?? 'Unknown')));
		}
	}

	private async readLongestUnread(): Promise<void> {
		if (!this.listensToDetails()) return;
		const candidates = Object.entries(this.state.rmas).filter(([, rma]) => isOpen(rma.status) && this.minute - rma.readAt >= REREAD_MINUTES);
		candidates.sort(([, a], [, b]) => a.readAt - b.readAt);
		for (const [rmaId] of candidates) await this.readRma(rmaId);
	}

	private async readRma(rmaId: string): Promise<void> {
		this.demandTime();
		const known = this.state.rmas[rmaId];
		if (known === undefined) return;
		const reason = known.due ?? 'look';
		const answer = await this.poll.client.getRma(rmaId).catch((failure: unknown) => {
			// An RMA that is gone or cannot be understood must not keep the others from being told.
			if (concernsOneThing(failure)) return failure;
			throw failure;
		});
		if (answer instanceof ReturnGoFailure) return this.tellUnread(rmaId, known, reason, answer);
		const { rma } = answer;
		for (const news of newsOf(known.status, known.details ?? null, reason, rma)) this.tell(rmaId, { rma, fetchError: null }, news, reason);
		this.noteOwned(rma);
		this.tellTransactions(rmaId, { rma, fetchError: null });
		this.settle(known, rma.status);
		if (isOpen(rma.status)) known.details = detailsOf(rma);
	}

	private settle(known: KnownRma, status: string): void {
		known.status = status;
		known.readAt = this.minute;
		delete known.seen;
		delete known.due;
		delete known.dueSince;
		delete known.details;
		if (isOpen(status)) delete known.closedAt;
		else known.closedAt ??= this.minute;
	}

	private tellUnread(rmaId: string, known: KnownRma, reason: Reason, failure: ReturnGoFailure): void {
		const state = { rma: null, fetchError: toFetchError(failure) };
		const status = known.seen ?? null;
		const type: EventType = reason === 'new' ? 'RMA_CREATED' : 'RMA_STATUS_UPDATED';
		if (reason === 'new' || reason === 'changed' || reason === 'existing') this.tell(rmaId, state, { type, shipmentId: null, transactionId: null, status, previousStatus: known.status }, reason);
		this.tellTransactions(rmaId, state);
		if (failure.kind === 'notFound') delete this.state.rmas[rmaId];
		else this.settle(known, status ?? (reason === 'changed' ? 'Unknown' : (known.status ?? 'Unknown')));
	}

	/* ---------- transactions ---------- */

	/** Remembers whose transactions these are; which of them have changed, their list tells. */
	private noteOwned(rma: Rma): void {
		for (const transaction of rma.transactions) {
			const known = this.state.transactions[transaction.id];
			if (known !== undefined) known.rmaId = rma.id;
			else this.state.transactions[transaction.id] = { status: null, rmaId: rma.id, at: transaction.lastUpdated === null ? this.minute : minuteOf(transaction.lastUpdated) };
			const pending = this.state.pending[transaction.id];
			if (pending !== undefined) Object.assign(pending, { status: transaction.status, type: transaction.type });
		}
	}

	private tellTransactions(rmaId: string, state: Pick<ReturnGoEvent, 'rma' | 'fetchError'>): void {
		for (const id of Object.keys(this.state.pending)) {
			if (this.state.transactions[id]?.rmaId !== rmaId) continue;
			const isConfirmed = state.rma === null || state.rma.transactions.some((transaction) => transaction.id === id);
			// The search ended at the one RMA that was left over, and it was not that one either.
			if (isConfirmed) this.tellTransaction(id, rmaId, state);
			else this.tellTransaction(id, null, { rma: null, fetchError: RMA_ID_MISSING });
		}
	}

	private tellTransaction(id: string, rmaId: string | null, state: Pick<ReturnGoEvent, 'rma' | 'fetchError'>): void {
		const pending = this.state.pending[id];
		if (pending === undefined) return;
		const known = this.state.transactions[id];
		const facts = { shipmentId: null, transactionId: id, status: pending.status, previousStatus: known?.status ?? null };
		if (pending.isNew) {
			this.tell(rmaId, state, { type: 'TRANSACTION_CREATED', ...facts }, 'transaction', { transactionType: pending.type });
			if (pending.type.startsWith('RefundTo')) this.tell(rmaId, state, { type: 'REFUND_CREATED', ...facts }, 'transaction', { transactionType: pending.type });
		} else this.tell(rmaId, state, { type: 'TRANSACTION_STATUS_UPDATED', ...facts }, 'transaction', { transactionType: pending.type });
		this.state.transactions[id] = { status: pending.status, rmaId, at: pending.at };
		delete this.state.pending[id];
	}

	/** Asks which half of the RMAs has a transaction, until one is left. Begins when all open RMAs are known. */
	private async searchOwners(): Promise<void> {
		if (this.isFindingOut()) return;
		const { searches } = this.state;
		for (let search = searches[0]; search !== undefined; search = searches[0]) {
			search.transactions = search.transactions.filter((id) => this.state.pending[id] !== undefined && (this.state.transactions[id]?.rmaId ?? null) === null);
			if (search.transactions.length === 0) {
				searches.shift();
				continue;
			}
			const candidates = search.candidates.length === 0 ? this.candidates() : search.candidates;
			const [only] = candidates;
			if (only === undefined) {
				for (const id of search.transactions) this.tellTransaction(id, null, { rma: null, fetchError: RMA_ID_MISSING });
				searches.shift();
			} else if (candidates.length === 1) {
				for (const id of search.transactions) this.own(id, only);
				searches.shift();
			} else {
				const half = candidates.slice(0, Math.min(MOST_IN_QUESTION, Math.ceil(candidates.length / 2)));
				const found = await this.whichBelong(search.transactions, half);
				const others = search.transactions.filter((id) => !found.includes(id));
				const parts = [
					{ transactions: found, candidates: half },
					{ transactions: others, candidates: candidates.slice(half.length) },
				];
				searches.splice(0, 1, ...parts.filter(({ transactions }) => transactions.length > 0));
			}
		}
	}

	private async whichBelong(transactions: string[], rmaIds: string[]): Promise<string[]> {
		this.demandTime();
		const query: ListQuery = { pagesize: String(LARGEST_PAGE), ids: transactions.join(','), rma_ids: rmaIds.join(',') };
		const { rows } = await this.poll.client.listTransactions(query, null);
		const found = new Set(rows.map(({ transaction }) => transaction.id));
		return transactions.filter((id) => found.has(id));
	}

	private own(transactionId: string, rmaId: string): void {
		this.state.transactions[transactionId] = { status: this.state.transactions[transactionId]?.status ?? null, rmaId, at: this.state.pending[transactionId]?.at ?? this.minute };
		this.makeDue(rmaId, 'transaction');
	}

	/** Whoever is likely to get money first: received, then the other open ones, then the closed ones. */
	private candidates(): string[] {
		const rank = ({ status }: KnownRma) => (status === 'Received' || status === 'Validated' ? 0 : isOpen(status) ? 1 : 2);
		return Object.entries(this.state.rmas)
			.sort(([, a], [, b]) => rank(a) - rank(b))
			.map(([id]) => id);
	}

	/* ---------- events ---------- */

	private tell(rmaId: string | null, state: { rma: Rma | null; fetchError: FetchError | null }, news: News, reason: Reason, more: IDataObject = {}): void {
		const type = this.typeFor(news.type, reason);
		if (!this.poll.wishes.events.includes(type)) return;
		const { shipmentId, transactionId, status, previousStatus, detail } = news;
		const raw: IDataObject = { eventName: type, rmaId, ...(shipmentId === null ? {} : { shipmentId }), ...(transactionId === null ? {} : { transactionId }), status, previousStatus, ...more, foundBy: 'poll' };
		this.events.push(buildEvent(type, { rmaId, shipmentId, transactionId, status, ...(detail === undefined ? {} : { detail }) }, state, raw, this.poll.now));
	}

	/** What was there at the start is told in the way the workflow listens to. */
	private typeFor(type: EventType, reason: Reason): EventType {
		const { events } = this.poll.wishes;
		return reason === 'existing' && !events.includes(type) && events.includes('RMA_CREATED') ? 'RMA_CREATED' : type;
	}

	private demandTime(): void {
		if (!this.poll.hasTime()) throw new ReturnGoFailure('callBudget', 'The time of this poll is over', { subject: 'this poll' });
	}
}
