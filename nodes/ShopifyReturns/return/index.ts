/** Operations on a Shopify return. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as close from './close';
import * as create from './create';
import * as get from './get';
import * as getAll from './getAll';
import * as processReturn from './process';

export const operations: Resource['operations'] = {
	close: { ...close, isWrite: true },
	create: { ...create, isWrite: true },
	get: { ...get, isWrite: false },
	getAll: { ...getAll, isWrite: false },
	process: { ...processReturn, isWrite: true },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['return'] } },
		options: [
			{ name: 'Close', value: 'close', action: 'Close a return', description: 'Say that nothing more is expected of a return; a closed one stays as it is' },
			{ name: 'Create', value: 'create', action: 'Create a return', description: 'Make sure that a return for the units exists; an existing one is used, never doubled' },
			{ name: 'Get', value: 'get', action: 'Get a return', description: 'One return with its lines, what became of its units, and its refunds' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many returns', description: 'The returns of an order, or of many orders with a return status' },
			{ name: 'Process', value: 'process', action: 'Process a return', description: 'Refund and restock the inspected units of a return in one go, each exactly once' },
		],
		default: 'get',
	},
	...showFor('return', 'close', close.description),
	...showFor('return', 'create', create.description),
	...showFor('return', 'get', get.description),
	...showFor('return', 'getAll', getAll.description),
	...showFor('return', 'process', processReturn.description),
];
