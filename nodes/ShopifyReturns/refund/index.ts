/** Operations on the refund of an RMA. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as checkPending from './checkPending';
import * as get from './get';
import * as getAll from './getAll';
import * as post from './post';
import * as preview from './preview';

export const operations: Resource['operations'] = {
	checkPending: { ...checkPending, isWrite: false },
	get: { ...get, isWrite: false },
	getAll: { ...getAll, isWrite: false },
	post: { ...post, isWrite: true },
	preview: { ...preview, isWrite: false },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['refund'] } },
		options: [
			{ name: 'Check Pending', value: 'checkPending', action: 'Check pending refunds', description: 'Whether the money of refunds has moved by now' },
			{ name: 'Get', value: 'get', action: 'Get a refund', description: 'One refund with its lines and the state of its money' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many refunds', description: 'The refunds of an order' },
			{ name: 'Post', value: 'post', action: 'Post a refund after inspection', description: 'Refund the inspected units to their original payment, exactly once' },
			{ name: 'Preview', value: 'preview', action: 'Preview a refund', description: 'Show the exact value and what stands in the way, without writing anything' },
		],
		default: 'preview',
	},
	...showFor('refund', 'checkPending', checkPending.description),
	...showFor('refund', 'get', get.description),
	...showFor('refund', 'getAll', getAll.description),
	...showFor('refund', 'post', post.description),
	...showFor('refund', 'preview', preview.description),
];
