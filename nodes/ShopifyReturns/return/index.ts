/** Operations on a Shopify return. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as addTracking from './addTracking';
import * as approve from './approve';
import * as cancel from './cancel';
import * as close from './close';
import * as create from './create';
import * as decline from './decline';
import * as get from './get';
import * as getAll from './getAll';
import * as processReturn from './process';
import * as removeItems from './removeItems';
import * as reopen from './reopen';
import * as request from './request';

export const operations: Resource['operations'] = {
	addTracking: { ...addTracking, isWrite: true },
	approve: { ...approve, isWrite: true },
	cancel: { ...cancel, isWrite: true },
	close: { ...close, isWrite: true },
	create: { ...create, isWrite: true },
	decline: { ...decline, isWrite: true },
	get: { ...get, isWrite: false },
	getAll: { ...getAll, isWrite: false },
	process: { ...processReturn, isWrite: true },
	removeItems: { ...removeItems, isWrite: true },
	reopen: { ...reopen, isWrite: true },
	request: { ...request, isWrite: true },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['return'] } },
		options: [
			{ name: 'Add Tracking', value: 'addTracking', action: 'Add a tracking number to a return', description: 'Record the parcel that the units come back in' },
			{ name: 'Approve', value: 'approve', action: 'Approve a return', description: 'A requested return becomes an open one' },
			{ name: 'Cancel', value: 'cancel', action: 'Cancel a return', description: 'Take an open return back while nothing of it is processed' },
			{ name: 'Close', value: 'close', action: 'Close a return', description: 'Say that nothing more is expected of a return; a closed one stays as it is' },
			{ name: 'Create', value: 'create', action: 'Create a return', description: 'Make sure that a return for the units exists; an existing one is used, never doubled' },
			{ name: 'Decline', value: 'decline', action: 'Decline a return', description: 'Turn a requested return down, with a reason' },
			{ name: 'Get', value: 'get', action: 'Get a return', description: 'One return with its lines, what became of its units, and its refunds' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many returns', description: 'The returns of an order, or of many orders with a return status' },
			{ name: 'Process', value: 'process', action: 'Process a return', description: 'Refund and restock the inspected units of a return in one go, each exactly once' },
			{ name: 'Remove Items', value: 'removeItems', action: 'Remove items from a return', description: 'Take off the units that are not coming after all' },
			{ name: 'Reopen', value: 'reopen', action: 'Reopen a return', description: 'A closed return expects units again' },
			{ name: 'Request', value: 'request', action: 'Request a return', description: 'Ask for a return that somebody then approves or declines; an existing one is used, never doubled' },
		],
		default: 'get',
	},
	...showFor('return', 'addTracking', addTracking.description),
	...showFor('return', 'approve', approve.description),
	...showFor('return', 'cancel', cancel.description),
	...showFor('return', 'close', close.description),
	...showFor('return', 'create', create.description),
	...showFor('return', 'decline', decline.description),
	...showFor('return', 'get', get.description),
	...showFor('return', 'getAll', getAll.description),
	...showFor('return', 'process', processReturn.description),
	...showFor('return', 'removeItems', removeItems.description),
	...showFor('return', 'reopen', reopen.description),
	...showFor('return', 'request', request.description),
];
