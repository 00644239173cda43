/**
 * Reads the cases of a period: everything that changed in either system since a time, each order with all its RMAs.
 *
 * ReturnGO's `lastUpdated` stands still when a parcel is received, so the RMAs that are Received or Validated are read completely, besides those that
 * were updated and the transactions that were. Three streams run side by side in time and meet in a join; a case that is explained leaves it at once.
 * Only for the others are details read, one call to ReturnGO each, until the calls of the run are used up.
 */
import type { Case, CaseRma, CaseTransaction, Unread } from '../../../returns/case';
import { bareName, CaseJoin, type OpenCase } from '../../../returns/caseJoin';
import { missingDetails } from '../../../returns/reconciliation';
import { refundNamed } from '../../../returns/reconciliationPayments';
import { concernsOneThing, ReturnGoFailure } from '../../ReturnGo/api/failure';
import { OrderOfRefundDocument } from '../../ShopifyReturns/api/generated';
import type { Services } from '../operation';
import { transactionsOf } from './case';
import { readOrderInDetail } from './orders';
import { readOrders, readOrdersByName, type OrderStep } from './orderStream';
import { OUT_OF_CALLS, readAll, returnGoTime, rmaPages, transactionPages, whileCallsLast, type Pages } from './returnGoLists';

export interface CaseQuery {
	/** ISO 8601; what changed at this time or later. */
	since: string;
	/** Calls to ReturnGO. */
	callLimit: number;
	/** Orders that are read page by page; more are read by a bulk operation. */
	bulkThreshold: number;
	/** `needed`: details of RMAs only where a case cannot be decided without; `all`: of every RMA. */
	details: 'needed' | 'all';
}

/** How far the reading came; filled while it goes on. */
export interface CaseProgress {
	orders: number;
	rmas: number;
	transactions: number;
	/** RMAs whose details were read. */
	details: number;
	/** Whether a list of ReturnGO ended with the calls: then nobody knows what is on the rest of it. */
	areListsCut: boolean;
	/** RMAs of undecided cases, those of one case together: what a later run has to read. */
	waiting: string[][];
	/** RMAs that ReturnGO lists and does not give out, or gives out in a form that is not known here, each in a sentence; the others are read. */
	unreadable: string[];
}

export const startOfProgress = (): CaseProgress => ({ orders: 0, rmas: 0, transactions: 0, details: 0, areListsCut: false, waiting: [], unreadable: [] });

/**
 * What was not read, in words for whoever reads the report.
 * @param lists what to do about lists that were cut
 * @param cases what happened to the cases that the calls did not suffice for, and what to do about it
 */
export function gapsOf({ areListsCut, waiting, unreadable }: CaseProgress, lists: string, cases: { verb: string; advice: string }): string[] {
	return [
		...unreadable,
		...(areListsCut ? [`The calls to ReturnGO were used up before its lists came to an end: ${lists}.`] : []),
		...(waiting.length > 0 ? [`${waiting.length} ${waiting.length === 1 ? 'return was' : 'returns were'} not ${cases.verb}, because the calls to ReturnGO were used up${cases.advice}.`] : []),
	];
}

const END_OF_TIME = '9999';

/** Names in one request to Shopify, and orders in one to ReturnGO: they have to fit into an address. */
const NAMES_AT_ONCE = 12;
const ORDERS_AT_ONCE = 100;

/**
 * @returns each case once, explained ones as soon as they are
 * @throws ReturnGoFailure, ShopifyRequestError, BulkFailure
 */
export async function* readCases(services: Services, query: CaseQuery, progress: CaseProgress): AsyncGenerator<Case> {
	const limited: Services = { ...services, returnGo: services.returnGo.limitedTo(query.callLimit) };
	const join = new CaseJoin(query.details === 'all');
	yield* readStreams(limited, query, join, progress);
	yield* join.transactionsCame(END_OF_TIME);
	yield* settleOpen(limited, query, join, progress);
}

/** The cases of these RMAs, in detail; those of one entry belong to one order. For what an earlier run had no calls left for. */
export async function* readCasesOf(services: Services, groups: readonly string[][], callLimit: number, progress: CaseProgress): AsyncGenerator<Case> {
	const limited: Services = { ...services, returnGo: services.returnGo.limitedTo(callLimit) };
	for (const group of groups) {
		const join = new CaseJoin(true);
		for (const id of group) join.addRma({ id, status: 'Approved', orderName: `resumed ${group[0] ?? ''}`, createdAt: null, approvedAt: null, details: null });
		const [entry] = join.openCases();
		if (entry === undefined) continue;
		if (await readDetails(limited, join, entry, group, progress)) {
			await readOrderOf(limited, entry);
			yield join.give(entry);
		} else {
			progress.waiting.push(group);
		}
	}
}

/** Advances whichever stream is behind in time, so that what belongs together meets early. */
async function* readStreams({ returnGo, shopify, download }: Services, { since, bulkThreshold }: CaseQuery, join: CaseJoin, progress: CaseProgress): AsyncGenerator<Case> {
	const after = `gte:${returnGoTime(since)}`;
	const open = await collect(rmaPages(returnGo, { status: 'Received,Validated' }), progress);
	const seen = new Set(open.map(({ id }) => id));
	progress.rmas += open.length;
	for (const rma of open) join.addRma(rma);

	const orders = readOrders(shopify, download, `updated_at:>='${since}'`, bulkThreshold);
	const rmas = rmaPages(returnGo, { rma_updated_at: after });
	const transactions = transactionPages(returnGo, { updated_at: after });
	const streams = [
		streamOf(orders, ({ position }: OrderStep) => position, ({ readings }) => {
			progress.orders += readings.length;
			return readings.map(({ order, isComplete }) => join.addOrder(order, isComplete));
		}),
		streamOf(rmas, (page) => lastTime(page), (page) => {
			if (page === null) progress.areListsCut = true;
			const fresh = (page ?? []).filter(({ id }) => !seen.has(id));
			progress.rmas += fresh.length;
			return fresh.map((rma) => join.addRma(rma));
		}),
		streamOf(transactions, (page) => lastTime(page), (page) => {
			if (page === null) progress.areListsCut = true;
			progress.transactions += page?.length ?? 0;
			const explained = (page ?? []).map((transaction) => join.addTransaction(transaction));
			return [...explained, ...join.transactionsCame(lastTime(page))];
		}),
	];
	for (;;) {
		const [next] = streams.filter(({ isAtEnd }) => !isAtEnd()).sort((left, right) => (left.position() < right.position() ? -1 : 1));
		if (next === undefined) return;
		for (const found of await next.advance()) if (found !== null) yield found;
	}
}

interface Stream {
	position(): string;
	isAtEnd(): boolean;
	advance(): Promise<Array<Case | null>>;
}

function streamOf<Step>(source: AsyncGenerator<Step>, positionOf: (step: Step) => string, take: (step: Step) => Array<Case | null>): Stream {
	let position = '';
	let isAtEnd = false;
	return {
		position: () => position,
		isAtEnd: () => isAtEnd,
		advance: async () => {
			const { value, done } = await source.next();
			if (done === true) {
				isAtEnd = true;
				return [];
			}
			position = positionOf(value) || position;
			return take(value);
		},
	};
}

function lastTime(page: ReadonlyArray<{ createdAt: string | null }> | null): string {
	return page?.at(-1)?.createdAt ?? '';
}

async function collect(list: Pages<CaseRma>, progress: CaseProgress): Promise<CaseRma[]> {
	const rows = await readAll(list);
	if (rows === null) progress.areListsCut = true;
	return rows ?? [];
}

/** What the streams left open: the other half is looked for, then details, then each case is given as it stands. */
async function* settleOpen(services: Services, query: CaseQuery, join: CaseJoin, progress: CaseProgress): AsyncGenerator<Case> {
	await findOrdersOfTransactions(services, join);
	await findOrders(services, join);
	yield* findRmas(services, query, join, progress);
	for (const entry of join.openCases()) {
		await settle(services, query, join, entry, progress);
		yield join.give(entry);
	}
	// Nothing ties these to an order.
	for (const transaction of join.waitingTransactions()) {
		yield { orderId: null, orderName: null, order: null, rmas: [], transactions: [transaction], explainedRefundIds: [], unread: [] };
	}
}

/** A transaction names a refund whose order did not turn up: one request tells which order it is. */
async function findOrdersOfTransactions({ shopify }: Services, join: CaseJoin): Promise<void> {
	for (const transaction of join.waitingTransactions()) {
		const refund = refundNamed(transaction);
		if (refund === null || !/^\d{1,20}$/.test(refund)) continue;
		const { refund: found } = await shopify.request(OrderOfRefundDocument, { id: `gid://shopify/Refund/${refund}` }, 'read');
		if (!found) continue;
		const reading = await readOrderInDetail(shopify, found.order.id);
		if (reading === null) continue;
		const entry = join.adopt(reading.order, reading.isComplete);
		join.forgetWaiting(transaction);
		if (!entry.transactions.some(({ id }) => id === transaction.id)) entry.transactions.push(transaction);
	}
}

/** Orders of RMAs that no stream brought: nothing changed there since, or Shopify does not have them. */
async function findOrders({ shopify }: Services, join: CaseJoin): Promise<void> {
	const without = join.openCases().filter(({ order, rmas }) => order === null && rmas.some(({ orderName, status }) => orderName !== '' && status !== 'Rejected' && status !== 'Canceled'));
	for (const chunk of chunksOf(without, NAMES_AT_ONCE)) {
		const names = chunk.map(({ rmas }) => rmas[0]?.orderName ?? '');
		const wanted = new Set(chunk.map(({ name }) => name));
		for (const { order, isComplete } of await readOrdersByName(shopify, names)) if (wanted.has(bareName(order.name))) join.adopt(order, isComplete);
	}
}

/** RMAs of orders with a refund that nothing explains, or with more returns than RMAs; and ReturnGO's transactions for refunds from before. */
async function* findRmas({ returnGo }: Services, { since }: CaseQuery, join: CaseJoin, progress: CaseProgress): AsyncGenerator<Case> {
	const fresh = () => join.openCases().filter(({ order }) => order !== null && !join.wasGiven(order.id));
	for (const chunk of chunksOf(fresh().filter(lacksRmas), ORDERS_AT_ONCE)) {
		const rows = await readAll(rmaPages(returnGo, { order_name: chunk.map(({ name }) => name).join(',') }));
		if (rows === null) markUnread(chunk, 'rmasOfOrder', CALLS_USED_UP);
		const wanted = new Set(chunk.map(({ name }) => name));
		for (const row of (rows ?? []).filter(({ orderName }) => wanted.has(bareName(orderName)))) {
			progress.rmas += 1;
			const found = join.addRma(row);
			if (found !== null) yield found;
		}
	}
	const older = fresh().filter(({ order }) => order?.refunds.some(({ createdAt }) => createdAt < since) === true);
	for (const chunk of chunksOf(older, ORDERS_AT_ONCE)) {
		const rows = await readAll(transactionPages(returnGo, { order_ids: chunk.map(({ order }) => order?.id.split('/').at(-1) ?? '').join(',') }));
		if (rows === null) markUnread(chunk, 'transactions', CALLS_USED_UP);
		for (const row of rows ?? []) {
			progress.transactions += 1;
			const found = join.addTransaction(row);
			if (found !== null) yield found;
		}
	}
}

const CALLS_USED_UP = 'the calls to ReturnGO that this run may make are used up';

function lacksRmas({ order, rmas }: OpenCase): boolean {
	if (order === null) return false;
	return rmas.length < order.returns.filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED').length || (rmas.length === 0 && (order.refunds.length > 0 || order.ledger.entries.length > 0));
}

/** Reads what the case cannot be decided without. */
async function settle(services: Services, query: CaseQuery, join: CaseJoin, entry: OpenCase, progress: CaseProgress): Promise<void> {
	if (entry.order !== null && !entry.isOrderSettled) await readOrderOf(services, entry);
	const wanted = query.details === 'all' ? entry.rmas.filter(({ details }) => details === null).map(({ id }) => id) : missingDetails(join.asCase(entry));
	if (wanted.length === 0) {
		// A refund without RMA says what it was for only in detail.
		if (query.details === 'all' || missesLines(join, entry)) await readOrderOf(services, entry);
		return;
	}
	const isRead = await readDetails(services, join, entry, wanted, progress);
	if (!isRead) progress.waiting.push(entry.rmas.map(({ id }) => id));
	await readOrderOf(services, entry);
}

function missesLines(join: CaseJoin, entry: OpenCase): boolean {
	return entry.order !== null && entry.order.lines === null && entry.rmas.length === 0 && entry.order.refunds.some(({ returnId }) => returnId === null) && join.asCase(entry).explainedRefundIds.length === 0;
}

/** @returns whether the calls sufficed for all of them */
async function readDetails({ returnGo }: Services, join: CaseJoin, entry: OpenCase, rmaIds: readonly string[], progress: CaseProgress): Promise<boolean> {
	for (const id of rmaIds) {
		const answer = await whileCallsLast(async () => await returnGo.getRma(id)).catch((failure: unknown) => {
			if (!concernsOneThing(failure)) throw failure;
			return failure;
		});
		if (answer instanceof ReturnGoFailure) {
			entry.unread.push({ what: 'rma', id, because: answer.message });
			progress.unreadable.push(`RMA${id} could not be read: ${answer.message}.`);
			continue;
		}
		if (answer === OUT_OF_CALLS) {
			entry.unread.push({ what: 'rma', id, because: CALLS_USED_UP });
			return false;
		}
		progress.details += 1;
		const { rma } = answer;
		entry.rmas = entry.rmas.map((row) => (row.id === id ? { ...row, status: rma.status, orderName: rma.order.name, createdAt: rma.createdAt, details: rma } : row));
		addTransactions(entry, transactionsOf(rma));
		// One that names a refund nobody found waits for that refund, not for its units.
		for (const transaction of transactionsOf(rma)) join.forgetWaiting(transaction);
		join.takeWaiting(rma.units.map((unit) => unit.id));
	}
	return true;
}

/** An RMA's own list says whose a transaction is; what the other list gave of it is the same transaction. */
function addTransactions(entry: OpenCase, own: readonly CaseTransaction[]): void {
	const ids = new Set(own.map(({ id }) => id));
	entry.transactions = [...entry.transactions.filter(({ id }) => !ids.has(id)), ...own];
}

async function readOrderOf({ shopify }: Services, entry: OpenCase): Promise<void> {
	const id = entry.order?.id ?? entry.rmas.map(({ details }) => details?.order.id ?? null).find((known) => known !== null) ?? null;
	if (id === null || entry.order?.lines !== null && entry.order !== null) return;
	const reading = await readOrderInDetail(shopify, id);
	if (reading === null) return;
	entry.order = reading.order;
	entry.isOrderSettled = reading.isComplete;
	if (!reading.isComplete) entry.unread.push({ what: 'orderDetails', id, because: 'the order is too large for one request' });
}

function markUnread(entries: readonly OpenCase[], what: Unread['what'], because: string): void {
	for (const entry of entries) entry.unread.push({ what, id: entry.order?.id ?? entry.name, because });
}

function chunksOf<Entry>(entries: readonly Entry[], size: number): Entry[][] {
	return Array.from({ length: Math.ceil(entries.length / size) }, (_none, index) => entries.slice(index * size, (index + 1) * size));
}
