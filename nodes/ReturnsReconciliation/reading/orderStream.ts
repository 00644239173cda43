/** All orders of a search, oldest first: page by page while they are few, by a bulk operation when they are many. */
import { BulkFailure, readInBulk, type BulkRow, type Download } from '../../ShopifyReturns/api/bulk';
import type { ShopifyClient } from '../../ShopifyReturns/api/client';
import { CaseOrdersDocument } from '../../ShopifyReturns/api/generated';
import { isOfInterest, toLightOrder, type LightOrder, type OrderReading } from './orders';

/** Where the stream stands: how far in time the orders have come, and which of them matter. */
export interface OrderStep {
	/** Creation time of the last order, whether it matters or not. */
	position: string;
	readings: OrderReading[];
}

/**
 * @param threshold orders that may be read page by page; above it, everything is read again in bulk
 * @throws BulkFailure, ShopifyRequestError
 */
export async function* readOrders(client: ShopifyClient, download: Download, search: string, threshold: number): AsyncGenerator<OrderStep> {
	const first = await readFew(client, search, threshold);
	if (first !== null) {
		yield* first;
		return;
	}
	let order: LightOrder | null = null;
	for await (const row of readInBulk(client, download, bulkCaseOrders(search))) {
		if (row.__parentId === undefined) {
			if (order !== null) yield stepOf([order], true);
			order = asOrder(row);
		} else {
			addReturn(order, row);
		}
	}
	if (order !== null) yield stepOf([order], true);
}

/** Some orders by their names. @throws ShopifyRequestError */
export async function readOrdersByName(client: ShopifyClient, names: readonly string[]): Promise<OrderReading[]> {
	const search = names.map((name) => `name:"${name.replace(/["\\]/g, '')}"`).join(' OR ');
	const readings: OrderReading[] = [];
	let after: string | null = null;
	do {
		const orders: Awaited<ReturnType<typeof page>> = await page(client, search, after);
		readings.push(...orders.nodes.map((node) => toLightOrder(node, false)));
		after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
	} while (after !== null);
	return readings;
}

/** Null when there are more than `threshold`. What was read until then is let go: it is bounded by the threshold. */
async function readFew(client: ShopifyClient, search: string, threshold: number): Promise<OrderStep[] | null> {
	const steps: OrderStep[] = [];
	let seen = 0;
	let after: string | null = null;
	do {
		const orders: Awaited<ReturnType<typeof page>> = await page(client, search, after);
		seen += orders.nodes.length;
		if (orders.nodes.length > 0) steps.push(stepOf(orders.nodes, false));
		after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
		if (seen > threshold || (after !== null && seen >= threshold)) return null;
	} while (after !== null);
	return steps;
}

async function page(client: ShopifyClient, search: string, after: string | null) {
	return (await client.request(CaseOrdersDocument, { search, after }, 'read')).orders;
}

function stepOf(orders: readonly LightOrder[], isWhole: boolean): OrderStep {
	return { position: orders.at(-1)?.createdAt ?? '', readings: orders.filter(isOfInterest).map((order) => toLightOrder(order, isWhole)) };
}

function asOrder(row: BulkRow): LightOrder {
	return { ...(row as unknown as Omit<LightOrder, 'returns'>), returns: { nodes: [], pageInfo: { hasNextPage: false } } };
}

function addReturn(order: LightOrder | null, row: BulkRow): void {
	if (order === null || row.__parentId !== order.id) throw new BulkFailure('truncated', 'A row of the bulk read belongs to no order before it');
	order.returns.nodes.push(row as unknown as LightOrder['returns']['nodes'][number]);
}

const MONEY = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';

/** The same fields as the document CaseOrders, in the form that bulk operations take. */
export function bulkCaseOrders(search: string): string {
	return `{
	orders(query: ${JSON.stringify(search)}, sortKey: CREATED_AT) {
		edges { node {
			id name createdAt updatedAt cancelledAt tags currencyCode presentmentCurrencyCode
			metafield(namespace: "return_settlement", key: "ledger") { value }
			refunds { id createdAt processedAt note return { id } totalRefundedSet ${MONEY} }
			transactions { id kind status gateway manualPaymentGateway processedAt amountSet ${MONEY} }
			returns { edges { node { id name status createdAt closedAt totalQuantity } } }
		} }
	}
}`;
}
