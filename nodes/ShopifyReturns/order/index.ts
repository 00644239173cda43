/** Operations on a Shopify order. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as getReturnContext from './getReturnContext';

export const operations: Resource['operations'] = {
	getReturnContext: { ...getReturnContext, isWrite: false },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['order'] } },
		options: [
			{
				name: 'Get Return Context',
				value: 'getReturnContext',
				action: 'Get the return context of an order',
				description: 'Lines with refundable quantities, returns, refunds with the state of their payments, and the settlement record',
			},
		],
		default: 'getReturnContext',
	},
	...showFor('order', 'getReturnContext', getReturnContext.description),
];
