/** Transaction: Get Many. One call per page of up to 500; with RMAs given, one per RMA, since only the question tells which RMA an answer belongs to. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseRmaId, TRANSACTION_STATUSES, TRANSACTION_TYPES } from '../api/contract';
import { shownTransaction } from '../api/shown';
import { commaList, readCriterion, readNumbers, readShopifyIds, splitList } from '../filters';
import { shorten, shownFor, simplifyField, type Execute } from '../operation';
import { giveOut, limitField, ListStopped, maximumCallsField, readExtent, readList, resumeCursorField, returnAllField, type Extent, type Listing, type ListSource } from '../paging';

export const description: INodeProperties[] = shownFor('transaction', 'getAll', [
	{
		displayName: 'A transaction does not say which RMA it belongs to. Name the RMAs, and each transaction has its “rmaId”; without, “rmaId” is empty.',
		name: 'rmaNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'RMA IDs',
		name: 'rmaIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1000001,1000002',
		description: 'RMAs whose transactions to return, separated by commas; one call for each. Leave empty for all RMAs.',
	},
	returnAllField,
	limitField,
	simplifyField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{ displayName: 'Created After', name: 'createdAfter', type: 'dateTime', default: '', description: 'Only transactions that were created at this time or later. Cannot be combined with Created Before.' },
			{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '', description: 'Only transactions that were created earlier than this. Cannot be combined with Created After.' },
			{ displayName: 'Order IDs', name: 'orderIds', type: 'string', default: '', placeholder: 'e.g. 5100000001', description: 'Shopify’s numbers of the orders (not their names), separated by commas' },
			{ displayName: 'Processors', name: 'processors', type: 'string', default: '', placeholder: 'e.g. Shopify', description: 'Who moves the money, separated by commas' },
			{ displayName: 'Statuses', name: 'statuses', type: 'multiOptions', options: [...TRANSACTION_STATUSES].sort().map((status) => ({ name: status, value: status })), default: [], description: 'Only transactions with one of these statuses' },
			{ displayName: 'Transaction IDs', name: 'ids', type: 'string', default: '', placeholder: 'e.g. 7000001,7000002', description: 'Only these transactions, separated by commas' },
			{
				displayName: 'Types',
				name: 'types',
				type: 'multiOptions',
				options: [
					{ name: 'Invoice Payment', value: TRANSACTION_TYPES[2] },
					{ name: 'Refund to Payment Method', value: TRANSACTION_TYPES[0] },
					{ name: 'Refund to Store Credit', value: TRANSACTION_TYPES[1] },
				],
				default: [],
				description: 'Only transactions of one of these kinds',
			},
			{
				displayName: 'Updated After',
				name: 'updatedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only transactions that were changed at this time or later. A refund settles about three hours after it was asked for. Cannot be combined with Updated Before.',
			},
			{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '', description: 'Only transactions that were changed earlier than this. Cannot be combined with Updated After.' },
		],
	},
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [maximumCallsField, resumeCursorField] },
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaIds = readRmaIds(context, itemIndex);
	const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
	const query = buildQuery(context, itemIndex);
	const extent = readExtent(context, client, itemIndex, ['transactions', query, rmaIds]);
	return await giveOut(context, extent, itemIndex, async () => (rmaIds.length === 0 ? await readList(extent, sourceOf(extent, query, null, simplify)) : await readPerRma(extent, query, rmaIds, simplify)));
};

/** One RMA after the other; the position names those that are left, the one that was begun first. */
async function readPerRma(extent: Extent, query: Record<string, string>, rmaIds: string[], simplify: boolean): Promise<Listing> {
	let waiting = extent.start.waiting.length > 0 ? extent.start.waiting : rmaIds;
	let { page } = extent.start;
	const found: IDataObject[] = [];
	for (const rmaId of [...waiting]) {
		const limit = extent.limit === null ? null : extent.limit - found.length;
		const listing = await readList({ ...extent, limit, start: { page, more: true, waiting: [] } }, sourceOf(extent, query, rmaId, simplify)).catch((stop: unknown) => {
			throw stop instanceof ListStopped ? new ListStopped(stop.failure, found.length + stop.itemsRead, { page: stop.position.page, more: true, waiting }) : stop;
		});
		found.push(...listing.found);
		if (listing.position.more) return { found, position: { page: listing.position.page, more: true, waiting }, stoppedBy: listing.stoppedBy };
		waiting = waiting.slice(1);
		page = null;
	}
	return { found, position: { page: null, more: false, waiting: [] }, stoppedBy: 'end' };
}

function sourceOf(extent: Extent, query: Record<string, string>, rmaId: string | null, simplify: boolean): ListSource<Awaited<ReturnType<Extent['client']['listTransactions']>>['rows'][number]> {
	return {
		name: 'list of transactions',
		query: rmaId === null ? query : { ...query, rma_ids: rmaId },
		fetch: async (wanted, cursor) => await extent.client.listTransactions(wanted, cursor),
		idOf: ({ transaction }) => transaction.id,
		asItem: ({ transaction, raw }) => ({ rmaId, ...(simplify ? (shownTransaction(transaction) as unknown as IDataObject) : raw) }),
	};
}

function readRmaIds(context: IExecuteFunctions, itemIndex: number): string[] {
	const typed = splitList(context.getNodeParameter('rmaIds', itemIndex, ''));
	const ids = typed.map((value) => {
		const id = parseRmaId(value);
		if (id !== null) return id;
		throw new NodeOperationError(context.getNode(), `“${shorten(value)}” is not an RMA ID`, { itemIndex, description: 'An RMA ID is the number that ReturnGO shows after the letters RMA, e.g. 1000001. Nothing was sent to ReturnGO.' });
	});
	return [...new Set(ids)];
}

function buildQuery(context: IExecuteFunctions, itemIndex: number): Record<string, string> {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const query: Record<string, string> = {};
	const add = (name: string, value: string | null) => {
		if (value !== null) query[name] = value;
	};
	add('created_at', readCriterion(context, itemIndex, filters, 'created'));
	add('updated_at', readCriterion(context, itemIndex, filters, 'updated'));
	add('statuses', commaList(filters.statuses));
	add('types', commaList(filters.types));
	add('order_ids', readShopifyIds(context, itemIndex, filters.orderIds, 'Order'));
	add('processors', commaList(filters.processors));
	add('ids', readNumbers(context, itemIndex, filters.ids, 'Transaction ID'));
	return query;
}
