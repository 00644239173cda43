/** Order → Find: orders by name, ID, e-mail address, tag or return status; no items when there are none. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { OrderByIdDocument, SearchOrdersDocument, type SearchOrdersQuery } from '../api/generated';
import { NotAnId, toGid } from '../identifiers';
import { ORDER_RETURN_STATUS_OPTIONS, returnStatusTerm, updatedTerm } from '../orderSearch';
import { routeRead } from '../outcome';
import { limitParameters, readLimit } from '../paging';
import { toOrderSummary, type OrderSummary } from './shown';

/** Ways to find an order that may bring several: what limits and narrows them belongs to these. */
const SEARCHING = ['email', 'name', 'returnStatus', 'tag'];

export const description: INodeProperties[] = [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Email', value: 'email', description: 'The address that the order was placed with' },
			{ name: 'ID', value: 'id' },
			{ name: 'Name', value: 'name' },
			{ name: 'Return Status', value: 'returnStatus' },
			{ name: 'Tag', value: 'tag' },
		],
		default: 'name',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: { findBy: ['email', 'id', 'name', 'tag'] } },
		placeholder: 'e.g. #1001',
		description: 'What to look for; names and tags must match as a whole',
	},
	{
		displayName: 'Return Status',
		name: 'returnStatus',
		type: 'options',
		displayOptions: { show: { findBy: ['returnStatus'] } },
		options: ORDER_RETURN_STATUS_OPTIONS,
		default: 'in_progress',
		description: 'What Shopify says of the order’s returns together',
	},
	...limitParameters.map((parameter) => ({ ...parameter, displayOptions: { show: { ...parameter.displayOptions?.show, findBy: SEARCHING } } })),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { findBy: SEARCHING } },
		options: [
			{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '', description: 'Only orders that changed since then' },
			{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '', description: 'Only orders that last changed before then' },
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const findBy = String(this.getNodeParameter('findBy', itemIndex));
	if (findBy === 'id') {
		const { order } = await client.request(OrderByIdDocument, { id: readId(this, itemIndex) }, 'read');
		return routeRead(order === null ? [] : [toOrderSummary(order)], itemIndex);
	}
	const limit = readLimit(this, itemIndex);
	const value = findBy === 'returnStatus' ? String(this.getNodeParameter('returnStatus', itemIndex)) : readValue(this, itemIndex);
	const search = [termOf(this, itemIndex, findBy, value), ...readDates(this, itemIndex)].join(' AND ');
	return routeRead(await readMatching(client, search, (order) => matches(order, findBy, value), limit), itemIndex);
}

async function readMatching(client: ShopifyClient, search: string, isWanted: (order: OrderSummary) => boolean, limit: number): Promise<OrderSummary[]> {
	const found: OrderSummary[] = [];
	let after: string | null = null;
	do {
		const { orders }: SearchOrdersQuery = await client.request(SearchOrdersDocument, { search, after }, 'read');
		found.push(...orders.nodes.map(toOrderSummary).filter(isWanted));
		after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
	} while (after !== null && found.length < limit);
	return found.slice(0, limit);
}

/** The search also finds what is only similar. */
function matches(order: OrderSummary, findBy: string, value: string): boolean {
	if (findBy === 'name') return bareName(order.name) === bareName(value);
	if (findBy === 'tag') return order.tags.some((tag) => tag.toLowerCase() === value.toLowerCase());
	return true;
}

function termOf(context: IExecuteFunctions, itemIndex: number, findBy: string, value: string): string {
	if (findBy === 'returnStatus') return returnStatusTerm(context, itemIndex, value);
	// Quoted, so that nothing in the value is read as search syntax.
	return `${findBy}:"${(findBy === 'name' ? bareName(value) : value).replace(/["\\]/g, '')}"`;
}

function readDates(context: IExecuteFunctions, itemIndex: number): string[] {
	const { updatedAfter, updatedBefore } = context.getNodeParameter('filters', itemIndex, {}) as { updatedAfter?: unknown; updatedBefore?: unknown };
	return [updatedTerm(context, itemIndex, '>', updatedAfter), updatedTerm(context, itemIndex, '<', updatedBefore)].flatMap((term) => term ?? []);
}

function readValue(context: IExecuteFunctions, itemIndex: number): string {
	const value = String(context.getNodeParameter('value', itemIndex) ?? '').trim();
	if (value === '') throw refusal(context, itemIndex, 'There is nothing to look for', 'Enter a value, or check that the expression finds one.');
	return value;
}

function readId(context: IExecuteFunctions, itemIndex: number): string {
	const value = readValue(context, itemIndex);
	try {
		return toGid('Order', value);
	} catch (failure) {
		const message = failure instanceof NotAnId ? failure.message : 'The ID cannot be read';
		throw refusal(context, itemIndex, message, 'Enter the number of the order’s page in the Shopify admin, or its GID.');
	}
}

function bareName(name: string): string {
	return name.trim().replace(/^#/, '').toLowerCase();
}

function refusal(context: IExecuteFunctions, itemIndex: number, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}
