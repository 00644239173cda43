/** Reads that take more than one request: everything is read to the last page, or not answered at all. */
import type { ShopifyClient } from './client';
import {
	OrderLinesDocument,
	OrderRefundIdsDocument,
	OrderReturnContextDocument,
	RefundByIdDocument,
	ReturnableLinesDocument,
	ReturnByIdDocument,
	ReturnReasonsDocument,
	ReturnReverseOrdersDocument,
	ReturnsOfOrderDocument,
	ReverseOrderLinesDocument,
	type OrderReturnContextQuery,
	type RefundFieldsFragment,
	type ReturnByIdQuery,
	type ReverseLineFieldsFragment,
} from './generated';
import { toAmount, toContextLine, toRefundDetail, toReturnLine, toReturnSummary, toReverseLine, type ContextLine, type RefundDetail, type ReturnDetail, type ReturnSummary } from './mapping';

export interface Page<TNode> {
	readonly nodes: readonly TNode[];
	readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Follows a connection to its end, or until `enough` nodes are there.
 * @throws ShopifyRequestError
 */
export async function readPages<TNode>(first: Page<TNode>, next: (after: string) => Promise<Page<TNode> | null>, enough = Infinity): Promise<TNode[]> {
	const nodes = [...first.nodes];
	let { pageInfo } = first;
	while (pageInfo.hasNextPage && pageInfo.endCursor !== null && nodes.length < enough) {
		const page = await next(pageInfo.endCursor);
		if (page === null) break;
		nodes.push(...page.nodes);
		pageInfo = page.pageInfo;
	}
	return nodes;
}

/** A return as Shopify answers it; where a list has several pages, the first holds the entries of all. */
export type RawReturn = NonNullable<ReturnByIdQuery['return']>;

/** What is said of a list whose pages were all read. */
const ALL_PAGES = { hasNextPage: false, endCursor: null };

/**
 * One return with its lines, the fate of its units, and its refunds.
 * @returns null when the store has no such return
 * @throws ShopifyRequestError
 */
export async function readReturn(client: ShopifyClient, id: string): Promise<ReturnDetail | null> {
	const found = await readRawReturn(client, id);
	return found === null ? null : toReturnDetail(found);
}

/** The same as Shopify answers it. @throws ShopifyRequestError */
export async function readRawReturn(client: ShopifyClient, id: string): Promise<RawReturn | null> {
	const found = (await client.request(ReturnByIdDocument, { id }, 'read')).return;
	if (!found) return null;
	const lines = await readPages(found.returnLineItems, async (afterLine) => (await client.request(ReturnByIdDocument, { id, afterLine }, 'read')).return?.returnLineItems ?? null);
	return {
		...found,
		returnLineItems: { nodes: lines, pageInfo: ALL_PAGES },
		reverseFulfillmentOrders: { nodes: await readReverseOrders(client, id, found.reverseFulfillmentOrders), pageInfo: ALL_PAGES },
	};
}

export function toReturnDetail(found: RawReturn): ReturnDetail {
	return {
		...toReturnSummary(found),
		decline: found.decline,
		hasExchangeItems: found.exchangeLineItems.nodes.length > 0,
		lines: found.returnLineItems.nodes.map(toReturnLine),
		reverseFulfillmentLines: found.reverseFulfillmentOrders.nodes.flatMap((order) => order.lineItems.nodes.map((line) => toReverseLine(line, order.id))),
		refunds: found.refunds.nodes.map((refund) => ({ id: refund.id, createdAt: refund.createdAt, total: toAmount(refund.totalRefundedSet) })),
	};
}

type ReverseOrders = RawReturn['reverseFulfillmentOrders'];

async function readReverseOrders(client: ShopifyClient, returnId: string, first: ReverseOrders): Promise<ReverseOrders['nodes']> {
	const orders = await readPages(first, async (after) => (await client.request(ReturnReverseOrdersDocument, { id: returnId, after }, 'read')).return?.reverseFulfillmentOrders ?? null);
	const complete: ReverseOrders['nodes'] = [];
	for (const order of orders) {
		const lines: ReverseLineFieldsFragment[] = await readPages(order.lineItems, async (after) => (await client.request(ReverseOrderLinesDocument, { id: order.id, after }, 'read')).reverseFulfillmentOrder?.lineItems ?? null);
		complete.push({ ...order, lineItems: { nodes: lines, pageInfo: ALL_PAGES } });
	}
	return complete;
}

/**
 * The returns of one order, newest page order as Shopify gives them.
 * @returns null when the store has no such order
 * @throws ShopifyRequestError
 */
export async function readReturnsOfOrder(client: ShopifyClient, orderId: string, enough?: number): Promise<ReturnSummary[] | null> {
	const first = await client.request(ReturnsOfOrderDocument, { orderId }, 'read');
	if (!first.order) return null;
	const nodes = await readPages(first.order.returns, async (after) => (await client.request(ReturnsOfOrderDocument, { orderId, after }, 'read')).order?.returns ?? null, enough);
	return nodes.map(toReturnSummary);
}

/** Every line of the order; none when there is no such order. @throws ShopifyRequestError */
export async function readOrderLines(client: ShopifyClient, orderId: string): Promise<ContextLine[]> {
	const page = async (after: string | null) => (await client.request(OrderLinesDocument, { id: orderId, after }, 'read')).order?.lineItems ?? null;
	const first = await page(null);
	return first === null ? [] : (await readPages(first, page)).map(toContextLine);
}

/** Units of an order that a new return may still hold. */
export interface ReturnableLine {
	fulfillmentLineItemId: string;
	lineItemId: string;
	name: string;
	sku: string | null;
	quantity: number;
}

export interface ReturnableLines {
	readonly lines: readonly ReturnableLine[];
	/** Whether a fulfilment has more lines than one page holds; such an order is too large to judge. */
	readonly isIncomplete: boolean;
}

/** @throws ShopifyRequestError */
export async function readReturnableLines(client: ShopifyClient, orderId: string): Promise<ReturnableLines> {
	const page = async (after: string | null) => (await client.request(ReturnableLinesDocument, { orderId, after }, 'read')).returnableFulfillments;
	const fulfillments = await readPages(await page(null), page);
	return {
		isIncomplete: fulfillments.some((fulfillment) => fulfillment.returnableFulfillmentLineItems.pageInfo.hasNextPage),
		lines: fulfillments.flatMap((fulfillment) =>
			fulfillment.returnableFulfillmentLineItems.nodes.map(({ quantity, fulfillmentLineItem }) => ({
				fulfillmentLineItemId: fulfillmentLineItem.id,
				lineItemId: fulfillmentLineItem.lineItem.id,
				name: fulfillmentLineItem.lineItem.name,
				sku: fulfillmentLineItem.lineItem.sku,
				quantity,
			})),
		),
	};
}

export interface ReturnReason {
	id: string;
	handle: string;
	name: string;
}

/** Reasons that a new return may name; those that were deleted are left out. @throws ShopifyRequestError */
export async function readReturnReasons(client: ShopifyClient): Promise<ReturnReason[]> {
	const page = async (after: string | null) => (await client.request(ReturnReasonsDocument, { after }, 'read')).returnReasonDefinitions;
	const reasons = await readPages(await page(null), page);
	return reasons.filter((entry) => !entry.deleted).map(({ id, handle, name }) => ({ id, handle, name }));
}

/** What is known of an order that matters for its returns. */
export interface OrderReturnContext {
	order: NonNullable<OrderReturnContextQuery['order']>;
	lines: ContextLine[];
	refunds: RefundDetail[];
	returns: ReturnDetail[];
	/** The order as Shopify answers it, with all lines and refunds, and its returns in full. */
	raw: object;
}

const REFUNDS_IN_FIRST_QUERY = 5;

/**
 * Two requests for an order with one return and up to five refunds; one more for every further return or refund.
 * @returns null when the store has no such order
 * @throws ShopifyRequestError
 */
export async function readOrderReturnContext(client: ShopifyClient, id: string, ledger: { namespace: string; key: string }): Promise<OrderReturnContext | null> {
	const { order } = await client.request(OrderReturnContextDocument, { id, ledgerNamespace: ledger.namespace, ledgerKey: ledger.key, refunds: REFUNDS_IN_FIRST_QUERY }, 'read');
	if (!order) return null;
	const lines = await readPages(order.lineItems, async (after) => (await client.request(OrderLinesDocument, { id, after }, 'read')).order?.lineItems ?? null);
	const returnIds = await readPages(order.returns, async (after) => (await client.request(ReturnsOfOrderDocument, { orderId: id, after }, 'read')).order?.returns ?? null);
	const refunds = await readAllRefunds(client, id, order.refunds);
	const returns: RawReturn[] = [];
	for (const { id: returnId } of returnIds) {
		const found = await readRawReturn(client, returnId);
		if (found !== null) returns.push(found);
	}
	const raw = { ...order, lineItems: { nodes: lines, pageInfo: ALL_PAGES }, refunds, returns: { nodes: returns, pageInfo: ALL_PAGES } };
	return { order, lines: lines.map(toContextLine), refunds: refunds.map(toRefundDetail), returns: returns.map(toReturnDetail), raw };
}

/** One refund; null when the store has none with this id. @throws ShopifyRequestError */
export async function readRefund(client: ShopifyClient, id: string): Promise<RefundDetail | null> {
	const { refund } = await client.request(RefundByIdDocument, { id }, 'read');
	return refund ? toRefundDetail(refund) : null;
}

/**
 * The refunds of one order, oldest first: one request, and one more for each refund.
 * @param isEnough asked after each refund whether those that were read will do
 * @returns null when the store has no such order
 * @throws ShopifyRequestError
 */
export async function readRefundsOfOrder(client: ShopifyClient, orderId: string, isEnough: (refunds: readonly RefundDetail[]) => boolean = () => false): Promise<RefundDetail[] | null> {
	const { order } = await client.request(OrderRefundIdsDocument, { id: orderId }, 'read');
	if (!order) return null;
	const refunds: RefundDetail[] = [];
	for (const { id } of order.refunds) {
		const refund = await readRefund(client, id);
		if (refund !== null) refunds.push(refund);
		if (isEnough(refunds)) break;
	}
	return refunds;
}

/** Shopify's list of refunds has no pages: a full first page means there may be more. */
async function readAllRefunds(client: ShopifyClient, orderId: string, first: readonly RefundFieldsFragment[]): Promise<RefundFieldsFragment[]> {
	if (first.length < REFUNDS_IN_FIRST_QUERY) return [...first];
	const known = new Set(first.map((refund) => refund.id));
	const all = (await client.request(OrderRefundIdsDocument, { id: orderId }, 'read')).order?.refunds ?? [];
	const rest: RefundFieldsFragment[] = [];
	for (const { id } of all.filter((refund) => !known.has(refund.id))) {
		const { refund } = await client.request(RefundByIdDocument, { id }, 'read');
		if (refund) rest.push(refund);
	}
	return [...first, ...rest];
}
