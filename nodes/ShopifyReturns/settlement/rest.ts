/**
 * Reads on where an order's refunds and returns do not fit into one page: further refunds and returns, and those that are longer than a page from
 * their beginning. Each of these readings also shows which refunds and returns the order has; where they are not the first page's, the parts do not
 * belong together, and the order has to be read again.
 */
import type { ShopifyClient } from '../api/client';
import {
	SettlementRefundsDocument,
	SettlementRestDocument,
	SettlementReturnsDocument,
	SettlementReverseLinesDocument,
	type SettlementMarkFragment,
	type SettlementRefundFragment,
	type SettlementRefundsQuery,
	type SettlementReturnFragment,
	type SettlementStateFragment,
} from '../api/generated';

/** As in state.graphql; Shopify's list of refunds does not say whether there are more. */
const REFUNDS_PER_PAGE = 5;
/** Beyond these, the order is a person's. As many lines as Shopify takes in one request. */
export const LARGEST = { refunds: 50, returns: 20, lines: 250, transactions: 50, exchangeLines: 50, reverseOrders: 20 };
/** Refunds that are read by their ids in one request, under Shopify's limit of 1,000 points for one query. */
const REFUNDS_PER_READING = 10;

/** All refunds and returns of an order; a page of it that says that there is more ends at the limit. */
export interface ReadState {
	refunds: SettlementRefundFragment[];
	returns: SettlementReturnFragment[];
	/** Whether the order has more refunds or returns than the limits allow. */
	moreRefunds: boolean;
	moreReturns: boolean;
}

/** A page, or several that were put together. */
interface Part<TNode> {
	nodes: TNode[];
	pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/**
 * No request when the first page holds everything.
 * @returns null when the order changed while it was read
 * @throws ShopifyRequestError
 */
export async function readOn(client: ShopifyClient, first: SettlementStateFragment): Promise<ReadState | null> {
	const state: ReadState = { refunds: [...first.refunds], returns: [...first.returns.nodes], moreRefunds: false, moreReturns: false };
	const reading = new Reading(client, first);
	const isWhole = (await moreRefunds(reading, state)) && (await moreReturns(reading, state, first)) && (await longOnes(reading, state)) && (await longParcels(reading, state));
	return isWhole ? state : null;
}

/** What was seen of the order, as every further reading must show it. */
class Reading {
	readonly orderId: string;
	readonly refundIds: readonly string[];
	readonly returns: readonly string[];
	private mark: { refundIds: string[]; returns: string[] } | null = null;

	constructor(
		readonly client: ShopifyClient,
		private readonly first: SettlementStateFragment,
	) {
		this.orderId = first.id;
		this.refundIds = first.refunds.map(({ id }) => id);
		this.returns = first.returns.nodes.map(({ id, status }) => `${id} ${status}`);
	}

	/** Ids of all refunds, as far as the limit; null before any further reading. */
	get everyRefund(): readonly string[] | null {
		return this.mark?.refundIds ?? null;
	}

	fits(order: SettlementMarkFragment | null | undefined): boolean {
		if (!order) return false;
		const seen = { refundIds: order.everyRefund.map(({ id }) => id), returns: order.everyReturn.nodes.map(({ id, status }) => `${id} ${status}`) };
		const { mark } = this;
		this.mark = seen;
		if (mark !== null) return isSame(mark.refundIds, seen.refundIds) && isSame(mark.returns, seen.returns);
		const sameRefunds = this.refundIds.length < REFUNDS_PER_PAGE ? isSame(this.refundIds, seen.refundIds) : isWithin(this.refundIds, seen.refundIds);
		return sameRefunds && (this.first.returns.pageInfo.hasNextPage ? isWithin(this.returns, seen.returns) : isSame(this.returns, seen.returns));
	}
}

function isWithin(part: readonly string[], whole: readonly string[]): boolean {
	return part.every((entry) => whole.includes(entry));
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && isWithin(left, right);
}

async function moreRefunds(reading: Reading, state: ReadState): Promise<boolean> {
	if (state.refunds.length < REFUNDS_PER_PAGE) return true;
	for (let refundIds: string[] = []; ; ) {
		const answer = await reading.client.request(SettlementRefundsDocument, { orderId: reading.orderId, refundIds }, 'read');
		if (!reading.fits(answer.order)) return false;
		const found = answer.nodes.filter(isRefund);
		if (found.length < refundIds.length) return false;
		state.refunds.push(...found);
		const all = reading.everyRefund ?? [];
		state.moreRefunds = all.length > LARGEST.refunds;
		const missing = all.filter((id) => !state.refunds.some((refund) => refund.id === id));
		if (missing.length === 0 || state.moreRefunds) return true;
		refundIds = missing.slice(0, REFUNDS_PER_READING);
	}
}

function isRefund(node: SettlementRefundsQuery['nodes'][number]): node is SettlementRefundFragment {
	return node !== null && 'refundLineItems' in node;
}

async function moreReturns(reading: Reading, state: ReadState, first: SettlementStateFragment): Promise<boolean> {
	let { pageInfo } = first.returns;
	while (pageInfo.hasNextPage && state.returns.length < LARGEST.returns) {
		const { order } = await reading.client.request(SettlementReturnsDocument, { orderId: reading.orderId, after: pageInfo.endCursor }, 'read');
		if (!order || !reading.fits(order)) return false;
		state.returns.push(...order.returns.nodes);
		({ pageInfo } = order.returns);
	}
	state.moreReturns = pageInfo.hasNextPage;
	return true;
}

interface LongRefund {
	refund: SettlementRefundFragment;
	lines: Part<SettlementRefundFragment['refundLineItems']['nodes'][number]>;
	transactions: Part<SettlementRefundFragment['transactions']['nodes'][number]>;
}

interface LongReturn {
	theReturn: SettlementReturnFragment;
	lines: Part<SettlementReturnFragment['returnLineItems']['nodes'][number]>;
	exchangeLines: Part<SettlementReturnFragment['exchangeLineItems']['nodes'][number]>;
	reverseOrders: Part<SettlementReturnFragment['reverseFulfillmentOrders']['nodes'][number]>;
}

/** Nothing of it yet: it is read from its beginning, so that the parts of one refund or return are as few as possible. */
const unread = <TNode>(): Part<TNode> => ({ nodes: [], pageInfo: { hasNextPage: true } });

/** Refunds and returns that go beyond their page, one of each with every request. */
async function longOnes(reading: Reading, state: ReadState): Promise<boolean> {
	const refunds = state.refunds.filter((refund) => isCut(refund.refundLineItems) || isCut(refund.transactions)).map((refund): LongRefund => ({ refund, lines: unread(), transactions: unread() }));
	const returns = state.returns
		.filter((node) => isCut(node.returnLineItems) || isCut(node.exchangeLineItems) || isCut(node.reverseFulfillmentOrders))
		.map((theReturn): LongReturn => ({ theReturn, lines: unread(), exchangeLines: unread(), reverseOrders: unread() }));
	for (;;) {
		const long = refunds.find(({ lines, transactions }) => goesOn(lines, LARGEST.lines) || goesOn(transactions, LARGEST.transactions));
		const wide = returns.find(({ lines, exchangeLines, reverseOrders }) => goesOn(lines, LARGEST.lines) || goesOn(exchangeLines, LARGEST.exchangeLines) || goesOn(reverseOrders, LARGEST.reverseOrders));
		if (long === undefined && wide === undefined) break;
		const answer = await reading.client.request(
			SettlementRestDocument,
			{
				orderId: reading.orderId,
				// An id that is not asked about still has to be one.
				refundId: long?.refund.id ?? 'gid://shopify/Refund/0',
				hasRefund: long !== undefined,
				refundLinesAfter: long?.lines.pageInfo.endCursor ?? null,
				transactionsAfter: long?.transactions.pageInfo.endCursor ?? null,
				returnId: wide?.theReturn.id ?? 'gid://shopify/Return/0',
				hasReturn: wide !== undefined,
				returnLinesAfter: wide?.lines.pageInfo.endCursor ?? null,
				exchangeLinesAfter: wide?.exchangeLines.pageInfo.endCursor ?? null,
				reverseOrdersAfter: wide?.reverseOrders.pageInfo.endCursor ?? null,
			},
			'read',
		);
		if (!reading.fits(answer.order) || (long && !answer.refund) || (wide && !answer.return)) return false;
		if (long && answer.refund) {
			long.lines = joined(long.lines, answer.refund.refundLineItems);
			long.transactions = joined(long.transactions, answer.refund.transactions);
		}
		if (wide && answer.return) {
			wide.lines = joined(wide.lines, answer.return.returnLineItems);
			wide.exchangeLines = joined(wide.exchangeLines, answer.return.exchangeLineItems);
			wide.reverseOrders = joined(wide.reverseOrders, answer.return.reverseFulfillmentOrders);
		}
	}
	state.refunds = state.refunds.map((refund) => {
		const long = refunds.find((candidate) => candidate.refund === refund);
		return long ? { ...refund, refundLineItems: long.lines, transactions: long.transactions } : refund;
	});
	state.returns = state.returns.map((node) => {
		const wide = returns.find((candidate) => candidate.theReturn === node);
		return wide ? { ...node, returnLineItems: wide.lines, exchangeLineItems: wide.exchangeLines, reverseFulfillmentOrders: wide.reverseOrders } : node;
	});
	return true;
}

/** Parcels with more lines than are read with their return. */
async function longParcels(reading: Reading, state: ReadState): Promise<boolean> {
	for (const node of state.returns) {
		const reverseOrders = [];
		for (const reverse of node.reverseFulfillmentOrders.nodes) {
			let lines: Part<(typeof reverse)['lineItems']['nodes'][number]> = isCut(reverse.lineItems) ? unread() : reverse.lineItems;
			while (goesOn(lines, LARGEST.lines)) {
				const answer = await reading.client.request(SettlementReverseLinesDocument, { orderId: reading.orderId, reverseOrderId: reverse.id, after: lines.pageInfo.endCursor ?? null }, 'read');
				if (!reading.fits(answer.order) || !answer.reverseFulfillmentOrder) return false;
				lines = joined(lines, answer.reverseFulfillmentOrder.lineItems);
			}
			reverseOrders.push({ ...reverse, lineItems: lines });
		}
		node.reverseFulfillmentOrders = { ...node.reverseFulfillmentOrders, nodes: reverseOrders };
	}
	return true;
}

function isCut({ pageInfo }: Part<unknown>): boolean {
	return pageInfo.hasNextPage;
}

function goesOn({ nodes, pageInfo }: Part<unknown>, limit: number): boolean {
	return pageInfo.hasNextPage && nodes.length < limit;
}

/** A page beyond the end is empty and has no cursor: the last one stays. */
function joined<TNode>(known: Part<TNode>, page: Part<TNode>): Part<TNode> {
	return { nodes: [...known.nodes, ...page.nodes], pageInfo: { hasNextPage: page.pageInfo.hasNextPage, endCursor: page.pageInfo.endCursor ?? known.pageInfo.endCursor ?? null } };
}
