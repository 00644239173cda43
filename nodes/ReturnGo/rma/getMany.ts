/** RMA: Get Many. One call per page of up to 500; one more per RMA where details are wanted. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ListQuery, ReturnGoClient } from '../api/client';
import { RMA_STATUSES, type RmaAnswer, type RmaPage } from '../api/contract';
import { concernsOneThing, type ReturnGoFailure } from '../api/failure';
import { shownRma } from '../api/shown';
import { commaList, orderNames, readCriterion, readShopifyIds } from '../filters';
import type { Execute } from '../operation';
import { shownFor, simplifyField } from '../operation';
import { giveOut, limitField, maximumCallsField, readExtent, readList, resumeCursorField, returnAllField } from '../paging';
import type { FetchError } from '../trigger/event';

export const description: INodeProperties[] = shownFor('rma', 'getAll', [
	returnAllField,
	limitField,
	{
		displayName: 'Include Details',
		name: 'includeDetails',
		type: 'boolean',
		default: false,
		description: 'Whether to read each RMA completely, with its units, parcels and transactions. Takes one call per RMA of the 2,000 that ReturnGO allows a day.',
	},
	simplifyField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{ displayName: 'Created After', name: 'createdAfter', type: 'dateTime', default: '', description: 'Only RMAs that were created at this time or later. Cannot be combined with Created Before.' },
			{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '', description: 'Only RMAs that were created earlier than this. Cannot be combined with Created After.' },
			{
				displayName: 'Customer IDs',
				name: 'customerIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 7000000000001',
				description: 'Shopify’s numbers of the customers whose RMAs to return, separated by commas; their GIDs will do, too',
			},
			{
				displayName: 'Order Names',
				name: 'orderNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1001,1002',
				description: 'Orders whose RMAs to return, separated by commas. Each is asked for with and without its number sign.',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: [...RMA_STATUSES].sort().map((status) => ({ name: status, value: status })),
				default: [],
				description: 'Only RMAs with one of these statuses',
			},
			{
				displayName: 'Tracking Numbers',
				name: 'trackingNumbers',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1Z0000000000000001',
				description: 'Parcels whose RMAs to return, separated by commas',
			},
			{
				displayName: 'Updated After',
				name: 'updatedAfter',
				type: 'dateTime',
				default: '',
				description:
					'Only RMAs that were changed at this time or later. ReturnGO has been seen not to count the arrival of the parcel as a change: ask for the statuses Received and Validated as well. Cannot be combined with Updated Before.',
			},
			{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '', description: 'Only RMAs that were changed earlier than this. Cannot be combined with Updated After.' },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			maximumCallsField,
			resumeCursorField,
			{
				displayName: 'Sort',
				name: 'sort',
				type: 'options',
				options: [
					{ name: 'Newest First', value: '-rma_created_at' },
					{ name: 'Oldest First', value: '+rma_created_at' },
					{ name: 'Recently Updated First', value: '-rma_updated_at' },
					{ name: 'Recently Updated Last', value: '+rma_updated_at' },
				],
				default: '-rma_created_at',
				description: 'The order of the results',
			},
		],
	},
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
	const includeDetails = context.getNodeParameter('includeDetails', itemIndex, false) === true;
	const query = buildQuery(context, itemIndex);
	const extent = readExtent(context, client, itemIndex, ['rmas', query, includeDetails]);
	let unread = 0;
	const readCompletely = async (rmaId: string, listed: Listed | null): Promise<IDataObject> => {
		const answer = await readOrSay(extent.client, rmaId);
		if ('rma' in answer) return simplify ? (shownRma(answer.rma) as unknown as IDataObject) : answer.raw;
		unread += 1;
		return unreadItem(rmaId, listed, answer, simplify);
	};
	return await giveOut(context, extent, itemIndex, async () => {
		const listing = await readList<Listed>(extent, {
			name: 'list of RMAs',
			query,
			fetch: async (wanted, cursor) => await extent.client.listRmas(wanted, cursor),
			idOf: ({ row }) => row.id,
			asItem: ({ row, raw }) => (simplify ? { ...row } : raw),
			...(includeDetails ? { readCompletely } : {}),
		});
		return { ...listing, unread };
	});
};

type Listed = RmaPage['rows'][number];

/** An RMA that is gone by now, or that nobody understands, must not keep the others from being read, in this run and in every later one. */
async function readOrSay(client: ReturnGoClient, rmaId: string): Promise<RmaAnswer | ReturnGoFailure> {
	return await client.getRma(rmaId).catch((failure: unknown) => {
		if (concernsOneThing(failure)) return failure;
		throw failure;
	});
}

/** Names the RMA where a read one does, and has no units: nothing can take it for an RMA in which there is nothing to do. */
function unreadItem(rmaId: string, listed: Listed | null, failure: ReturnGoFailure, simplify: boolean): IDataObject {
	const fetchError = { code: failure.kind, message: failure.message, nextStep: `${nextStepFor(failure)} Decide nothing about this RMA before it has been read.` } satisfies FetchError;
	if (!simplify) return { rmaSummary: listed?.raw ?? { rmaId }, fetchError };
	return { id: rmaId, status: listed?.row.status ?? null, order: { id: null, name: listed?.row.orderName ?? null }, createdAt: listed?.row.createdAt ?? null, fetchError };
}

function nextStepFor(failure: ReturnGoFailure): string {
	return failure.kind === 'notFound' ? 'ReturnGO had it on the list and does not know it any more: look for it in ReturnGO, it may have been deleted meanwhile.' : failure.advice;
}

function buildQuery(context: IExecuteFunctions, itemIndex: number): ListQuery {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	// Without sorting the order is ReturnGO's to choose, and the cursor would follow that.
	const query: Record<string, string> = { sort_by: context.getNodeParameter('options.sort', itemIndex, '-rma_created_at') as string };
	const add = (name: string, value: string | null) => {
		if (value !== null) query[name] = value;
	};
	add('rma_created_at', readCriterion(context, itemIndex, filters, 'created'));
	add('rma_updated_at', readCriterion(context, itemIndex, filters, 'updated'));
	add('status', commaList(filters.statuses));
	add('order_name', orderNames(filters.orderNames));
	add('customer_ids', readShopifyIds(context, itemIndex, filters.customerIds, 'Customer'));
	add('tracking_numbers', commaList(filters.trackingNumbers));
	return query;
}
