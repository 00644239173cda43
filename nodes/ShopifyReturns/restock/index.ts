/** Operations on the stock of an RMA's units. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as execute from './execute';
import * as moveToUnavailable from './moveToUnavailable';
import * as preview from './preview';

export const operations: Resource['operations'] = {
	execute: { ...execute, isWrite: true },
	moveToUnavailable: { ...moveToUnavailable, isWrite: true },
	preview: { ...preview, isWrite: false },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['restock'] } },
		options: [
			{ name: 'Execute', value: 'execute', action: 'Restock after inspection', description: 'Put sellable units back into stock and record what became of the others, exactly once' },
			{ name: 'Move to Unavailable', value: 'moveToUnavailable', action: 'Move stock to unavailable', description: 'Take sellable pieces out of sale as damaged, for inspection or as safety stock, once per order and reference' },
			{ name: 'Preview', value: 'preview', action: 'Preview a restock', description: 'Show which units would go where, and what stands in the way, without writing anything' },
		],
		default: 'preview',
	},
	...showFor('restock', 'execute', execute.description),
	...showFor('restock', 'moveToUnavailable', moveToUnavailable.description),
	...showFor('restock', 'preview', preview.description),
];
