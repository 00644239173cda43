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
import { toAmount, toContextLine, toRefundDetail, toReturnLine, toReturnSummary, toReverseLine, type ContextLine, type RefundDetail, type ReturnDetail, type ReturnSummary, type ReverseFulfillmentLine } from './mapping';

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

/**
 * One return with its lines, the fate of its units, and its refunds.
 * @returns null when the store has no such return
 * @throws ShopifyRequestError
 */
export async function readReturn(client: ShopifyClient, id: string): Promise<ReturnDetail | null> {
	const answer = await client.request(ReturnByIdDocument, { id }, 'read');
	const found = answer.return;
	if (!found) return null;
	const lines = await readPages(found.returnLineItems, async (afterLine) => (await client.request(ReturnByIdDocument, { id, afterLine }, 'read')).return?.returnLineItems ?? null);
	return {
		...toReturnSummary(found),
		decline: found.decline,
		hasExchangeItems: found.exchangeLineItems.nodes.length > 0,
		lines: lines.map(toReturnLine),
		reverseFulfillmentLines: await readReverseLines(client, id, found.reverseFulfillmentOrders),
		refunds: found.refunds.nodes.map((refund) => ({ id: refund.id, createdAt: refund.createdAt, total: toAmount(refund.totalRefundedSet) })),
	};
}

type ReverseOrders = NonNullable<ReturnByIdQuery['return']>['reverseFulfillmentOrders'];

async function readReverseLines(client: ShopifyClient, returnId: string, first: ReverseOrders): Promise<ReverseFulfillmentLine[]> {
	const orders = await readPages(first, async (after) => (await client.request(ReturnReverseOrdersDocument, { id: returnId, after }, 'read')).return?.reverseFulfillmentOrders ?? null);
	const lines: ReverseFulfillmentLine[] = [];
	for (const order of orders) {
		const ofOrder: ReverseLineFieldsFragment[] = await readPages(order.lineItems, async (after) => (await client.request(ReverseOrderLinesDocument, { id: order.id, after }, 'read')).reverseFulfillmentOrder?.lineItems ?? null);
		lines.push(...ofOrder.map((line) => toReverseLine(line, order.id)));
	}
	return lines;
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
	const returns: ReturnDetail[] = [];
	for (const { id: returnId } of returnIds) {
		const detail = await readReturn(client, returnId);
		if (detail !== null) returns.push(detail);
	}
	return { order, lines: lines.map(toContextLine), refunds: refunds.map(toRefundDetail), returns };
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
