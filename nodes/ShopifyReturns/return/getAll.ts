/** Return → Get Many: the returns of one order, or of all orders with a given return status. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { ReturnsOfOrderDocument, ReturnsOfOrdersDocument, type ReturnsOfOrdersQuery } from '../api/generated';
import { toReturnSummary, type ReturnSummary } from '../api/mapping';
import { readPages, readReturnsOfOrder } from '../api/reads';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { RETURN_STATUS_OPTIONS, returnStatusTerm, updatedTerm } from '../orderSearch';
import { refuse, routeRead } from '../outcome';
import { limitParameters, readLimit } from '../paging';

export const description: INodeProperties[] = [
	{
		displayName: 'Look Up By',
		name: 'lookUpBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Order', value: 'order', description: 'The returns of one order' },
			{ name: 'Return Status of Orders', value: 'orderStatus', description: 'The returns of every order whose returns are in the given state' },
		],
		default: 'order',
		description: 'Shopify lists returns by order only',
	},
	{ ...orderLocator, displayOptions: { show: { lookUpBy: ['order'] } } },
	{
		displayName: 'Order Return Status',
		name: 'orderReturnStatus',
		type: 'options',
		displayOptions: { show: { lookUpBy: ['orderStatus'] } },
		options: RETURN_STATUS_OPTIONS,
		default: 'in_progress',
		description: 'What Shopify says of the order’s returns together',
	},
	...limitParameters,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Order Updated After',
				name: 'updatedAfter',
				type: 'dateTime',
				default: '',
				displayOptions: { show: { '/lookUpBy': ['orderStatus'] } },
				description: 'Only orders that changed since then',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				options: [
					{ name: 'Canceled', value: 'CANCELED' },
					{ name: 'Closed', value: 'CLOSED' },
					{ name: 'Declined', value: 'DECLINED' },
					{ name: 'Open', value: 'OPEN' },
					{ name: 'Requested', value: 'REQUESTED' },
				],
				default: [],
				description: 'Only returns in one of these states',
			},
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const limit = readLimit(this, itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {}) as { status?: string[]; updatedAfter?: string };
	const isWanted = (candidate: ReturnSummary) => filters.status === undefined || filters.status.length === 0 || filters.status.includes(candidate.status);
	const found =
		this.getNodeParameter('lookUpBy', itemIndex) === 'order'
			? (await ofOneOrder(this, itemIndex, client)).filter(isWanted)
			: await ofOrdersWithStatus(client, searchOf(this, itemIndex, filters.updatedAfter), isWanted, limit);
	return routeRead(found.slice(0, limit), itemIndex);
}

async function ofOneOrder(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<ReturnSummary[]> {
	const choice = readOrderChoice(context, itemIndex);
	const id = await resolveOrderId(context, itemIndex, client, choice);
	const returns = id === null ? null : await readReturnsOfOrder(client, id);
	if (returns === null) throw refuse(context.getNode(), 'orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}`, itemIndex);
	return returns;
}

/** Reads orders page by page and stops as soon as there are enough returns. */
async function ofOrdersWithStatus(client: ShopifyClient, search: string, isWanted: (candidate: ReturnSummary) => boolean, limit: number): Promise<ReturnSummary[]> {
	const found: ReturnSummary[] = [];
	let after: string | null = null;
	do {
		const { orders }: ReturnsOfOrdersQuery = await client.request(ReturnsOfOrdersDocument, { search, after }, 'read');
		for (const order of orders.nodes) {
			const ofOrder = await readPages(order.returns, async (cursor) => (await client.request(ReturnsOfOrderDocument, { orderId: order.id, after: cursor }, 'read')).order?.returns ?? null);
			found.push(...ofOrder.map(toReturnSummary).filter(isWanted));
		}
		after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
	} while (after !== null && found.length < limit);
	return found;
}

function searchOf(context: IExecuteFunctions, itemIndex: number, updatedAfter: string | undefined): string {
	const status = returnStatusTerm(context, itemIndex, String(context.getNodeParameter('orderReturnStatus', itemIndex)));
	return [status, updatedTerm(context, itemIndex, '>', updatedAfter)].flatMap((term) => term ?? []).join(' AND ');
}
