/** Operations on one case: an order and its return requests, as both systems know them. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as get from './get';

export const operations: Resource['operations'] = { get };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['case'] } },
		options: [{ name: 'Get', value: 'get', action: 'Get a case', description: 'What ReturnGO and Shopify say of one RMA and its order, side by side' }],
		default: 'get',
	},
	...showFor('case', 'get', get.description),
];
