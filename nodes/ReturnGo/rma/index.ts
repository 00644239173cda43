/** The RMA resource: its operations, for the editor and for the router. */
import type { INodeProperties } from 'n8n-workflow';
import { read, readAndAsk, readInPages, write, type Operation } from '../operation';
import * as addComment from './addComment';
import * as createByPolicy from './createByPolicy';
import * as get from './get';
import * as getEligiblePolicies from './getEligiblePolicies';
import * as getAll from './getMany';
import * as getInspection from './getInspection';
import * as matchInspection from './matchInspection';
import * as updateStatus from './updateStatus';

export const operations: Readonly<Record<string, Operation>> = {
	addComment: write(addComment.execute),
	createByPolicy: write(createByPolicy.execute),
	get: read(get.execute),
	getAll: readInPages(getAll.execute),
	getEligiblePolicies: read(getEligiblePolicies.execute),
	getInspection: read(getInspection.execute),
	matchInspection: readAndAsk(matchInspection.execute),
	updateStatus: write(updateStatus.execute),
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
			{ name: 'Create by Policy', value: 'createByPolicy', action: 'Create an RMA by policy', description: 'Make a return request for lines of an order, each under a policy' },
			{ name: 'Get', value: 'get', action: 'Get an RMA', description: 'Read one RMA with its units, parcels and transactions' },
			{ name: 'Get Eligible Policies', value: 'getEligiblePolicies', action: 'Get the policies an order may be returned under', description: 'Ask under which policies lines of an order may be returned' },
			{ name: 'Get Inspection', value: 'getInspection', action: 'Get the inspection of an RMA', description: 'Read what is physically known of each unit: received, inspected, sellable, damaged, missing' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many return requests', description: 'List RMAs by status, order, customer, parcel or time' },
			{ name: 'Match Inspection', value: 'matchInspection', action: 'Match an inspection with an RMA', description: 'Find out which units of an RMA the pieces are that a warehouse has counted by SKU' },
			{ name: 'Update Status', value: 'updateStatus', action: 'Update the status of an RMA', description: 'Ask ReturnGO to give an RMA another status' },
		],
		default: 'get',
	},
	...addComment.description,
	...createByPolicy.description,
	...get.description,
	...getAll.description,
	...getEligiblePolicies.description,
	...getInspection.description,
	...matchInspection.description,
	...updateStatus.description,
];
