/** Operations on the refund of an RMA. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as post from './post';
import * as preview from './preview';

export const operations: Resource['operations'] = {
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
			{ name: 'Post', value: 'post', action: 'Post a refund after inspection', description: 'Refund the inspected units to their original payment, exactly once' },
			{ name: 'Preview', value: 'preview', action: 'Preview a refund', description: 'Show the exact value and what stands in the way, without writing anything' },
		],
		default: 'preview',
	},
	...showFor('refund', 'post', post.description),
	...showFor('refund', 'preview', preview.description),
];
