/** Operations on a calendar month. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as close from './close';

export const operations: Resource['operations'] = { close };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['month'] } },
		options: [{ name: 'Close', value: 'close', action: 'Close a month', description: 'Payments of ReturnGO, refunds and payouts of Shopify in one month, with every difference on a line' }],
		default: 'close',
	},
	...showFor('month', 'close', close.description),
];
