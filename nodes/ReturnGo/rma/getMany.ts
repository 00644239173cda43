/** RMA: Get Many. One call per page of up to 500; one more per RMA where details are wanted. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ReturnGoClient, RmaQuery } from '../api/client';
import { LARGEST_PAGE, RMA_STATUSES, type RmaPage } from '../api/contract';
import { ReturnGoFailure } from '../api/failure';
import { readTime } from './filterTime';
import type { Operation } from './operation';
import { shownFor, simplifyField } from './operation';

const DEFAULT_CALLS = 200;

export const description: INodeProperties[] = shownFor('getAll', [
	{ displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, description: 'Whether to return all results or only up to a given limit' },
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
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
				description: 'Customers whose RMAs to return, separated by commas',
			},
			{
				displayName: 'Order Names',
				name: 'orderNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1001,1002',
				description: 'Orders whose RMAs to return, as ReturnGO writes them, separated by commas',
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
			{
				displayName: 'Maximum Calls',
				name: 'maximumCalls',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 2000 },
				default: DEFAULT_CALLS,
				description: 'How many calls to ReturnGO this operation may make for one input item. If the details would take more, it stops before it reads the first.',
			},
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

export const execute: Operation = async (context, client, itemIndex) => {
	const limit = context.getNodeParameter('returnAll', itemIndex, false) === true ? null : readCount(context, itemIndex, 'limit', 'Limit', 50);
	const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
	const budget = new CallBudget(client, readCount(context, itemIndex, 'options.maximumCalls', 'Maximum Calls', DEFAULT_CALLS));
	const rows = await listRows(client, buildQuery(context, itemIndex, limit), limit, budget);
	if (context.getNodeParameter('includeDetails', itemIndex, false) !== true) {
		return rows.map(({ row, raw }) => ({ json: simplify ? ({ ...row } as IDataObject) : raw }));
	}
	budget.demand(rows.length, `${rows.length} RMAs match`);
	const items: INodeExecutionData[] = [];
	for (const { row } of rows) {
		const { rma, raw } = await client.getRma(row.id);
		items.push({ json: simplify ? (rma as unknown as IDataObject) : raw });
	}
	return items;
};

/** The editor keeps typed numbers above zero, but not those of expressions. */
function readCount(context: IExecuteFunctions, itemIndex: number, parameter: string, name: string, fallback: number): number {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, fallback);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
	throw new NodeOperationError(context.getNode(), `${name} is not a whole number of at least 1`, { itemIndex, description: 'Nothing was sent to ReturnGO.' });
}

/** The calls one input item may make, out of those the whole run may make. */
class CallBudget {
	private readonly before: number;

	constructor(
		private readonly client: ReturnGoClient,
		private readonly calls: number,
	) {
		this.before = client.callsMade;
	}

	/** @throws ReturnGoFailure before any of the calls is made */
	demand(calls: number, situation: string): void {
		const left = Math.min(this.calls - (this.client.callsMade - this.before), this.client.callsLeft);
		if (calls <= left) return;
		throw new ReturnGoFailure('callBudget', `${situation}, which takes ${calls} more calls to ReturnGO; ${Math.max(left, 0)} are left`, { subject: 'the list of RMAs' });
	}
}

/** Follows the cursor to the limit or the end. A row that two pages share (the list moved meanwhile) is given once. */
async function listRows(client: ReturnGoClient, query: RmaQuery, limit: number | null, budget: CallBudget): Promise<RmaPage['rows']> {
	const rows = new Map<string, RmaPage['rows'][number]>();
	const cursors = new Set<string>();
	let cursor: string | null = null;
	do {
		budget.demand(1, rows.size === 0 ? 'The list is read' : `${rows.size} RMAs are listed and more match`);
		const page: RmaPage = await client.listRmas(query, cursor);
		for (const entry of page.rows) rows.set(entry.row.id, rows.get(entry.row.id) ?? entry);
		cursor = page.nextCursor;
		if (cursor !== null && cursors.has(cursor)) {
			throw new ReturnGoFailure('unreadable', 'ReturnGO’s list of RMAs does not come to an end', { subject: 'the list of RMAs', detail: 'Two pages name the same next page. Try again; if it stays, tell ReturnGO’s support.' });
		}
		if (cursor !== null) cursors.add(cursor);
	} while (cursor !== null && (limit === null || rows.size < limit));
	return [...rows.values()].slice(0, limit ?? undefined);
}

function buildQuery(context: IExecuteFunctions, itemIndex: number, limit: number | null): RmaQuery {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const query: Record<string, string> = {
		pagesize: String(Math.min(limit ?? LARGEST_PAGE, LARGEST_PAGE)),
		// Without it the order is ReturnGO's to choose, and the cursor would follow that.
		sort_by: context.getNodeParameter('options.sort', itemIndex, '-rma_created_at') as string,
	};
	const add = (name: string, value: string | null) => {
		if (value !== null) query[name] = value;
	};
	add('rma_created_at', criterion(context, itemIndex, filters, 'created'));
	add('rma_updated_at', criterion(context, itemIndex, filters, 'updated'));
	add('status', commaList(filters.statuses));
	add('order_name', commaList(filters.orderNames));
	add('customer_ids', commaList(filters.customerIds));
	add('tracking_numbers', commaList(filters.trackingNumbers));
	return query;
}

/** ReturnGO takes one criterion per column as far as is known; a second one might be ignored in silence. */
function criterion(context: IExecuteFunctions, itemIndex: number, filters: IDataObject, column: 'created' | 'updated'): string | null {
	const title = column === 'created' ? 'Created' : 'Updated';
	const after = readTime(context, itemIndex, filters[`${column}After`], `${title} After`);
	const before = readTime(context, itemIndex, filters[`${column}Before`], `${title} Before`);
	if (after !== null && before !== null) {
		throw new NodeOperationError(context.getNode(), `${title} After and ${title} Before cannot be combined`, {
			itemIndex,
			description: 'ReturnGO is not known to take both ends of a period. Keep one of them, and use a Filter node for the other.',
		});
	}
	if (after !== null) return `gte:${after}`;
	return before === null ? null : `lt:${before}`;
}

function commaList(value: unknown): string | null {
	const parts = (Array.isArray(value) ? value : String(value ?? '').split(',')).map((part) => String(part).trim()).filter((part) => part !== '');
	return parts.length === 0 ? null : parts.join(',');
}
