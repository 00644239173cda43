/** The RMA resource: its operations, for the editor and for the router. */
import type { INodeProperties } from 'n8n-workflow';
import * as addComment from './addComment';
import * as get from './get';
import * as getAll from './getMany';
import * as getInspection from './getInspection';
import type { Operation } from './operation';
import * as updateStatus from './updateStatus';

export const operations: Readonly<Record<string, Operation>> = {
	addComment: addComment.execute,
	get: get.execute,
	getAll: getAll.execute,
	getInspection: getInspection.execute,
	updateStatus: updateStatus.execute,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['rma'] } },
		options: [
			{ name: 'Add Comment', value: 'addComment', action: 'Add a comment to an RMA', description: 'Write into the timeline of an RMA' },
			{ name: 'Get', value: 'get', action: 'Get an RMA', description: 'Read one RMA with its units, parcels and transactions' },
			{ name: 'Get Inspection', value: 'getInspection', action: 'Get the inspection of an RMA', description: 'Read what is physically known of each unit: received, inspected, sellable, damaged, missing' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many return requests', description: 'List RMAs by status, order, customer, parcel or time' },
			{ name: 'Update Status', value: 'updateStatus', action: 'Update the status of an RMA', description: 'Ask ReturnGO to give an RMA another status' },
		],
		default: 'get',
	},
	...addComment.description,
	...get.description,
	...getAll.description,
	...getInspection.description,
	...updateStatus.description,
];
