/** Operations on a Shopify order. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as addTags from './addTags';
import * as checkEligibility from './checkEligibility';
import * as find from './find';
import * as getReturnContext from './getReturnContext';
import * as removeTags from './removeTags';
import * as setNote from './setNote';
import * as setReturnStatus from './setReturnStatus';

export const operations: Resource['operations'] = {
	addTags: { ...addTags, isWrite: true },
	checkEligibility: { ...checkEligibility, isWrite: false },
	find: { ...find, isWrite: false },
	getReturnContext: { ...getReturnContext, isWrite: false },
	removeTags: { ...removeTags, isWrite: true },
	setNote: { ...setNote, isWrite: true },
	setReturnStatus: { ...setReturnStatus, isWrite: true },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['order'] } },
		options: [
			{ name: 'Add Tags', value: 'addTags', action: 'Add tags to an order', description: 'Tag the order, or its customer' },
			{ name: 'Check Eligibility', value: 'checkEligibility', action: 'Check the eligibility of a return', description: 'Whether units may come back: order, SKU, quantity, return window and final sale, each with its reason' },
			{ name: 'Find', value: 'find', action: 'Find orders', description: 'Orders by name, ID, email, tag or return status' },
			{
				name: 'Get Return Context',
				value: 'getReturnContext',
				action: 'Get the return context of an order',
				description: 'Lines with refundable quantities, returns, refunds with the state of their payments, and the settlement record',
			},
			{ name: 'Remove Tags', value: 'removeTags', action: 'Remove tags from an order', description: 'Take tags off the order, or off its customer' },
			{ name: 'Set Note', value: 'setNote', action: 'Set the note of an order', description: 'Write the note on the order’s page, or add to it' },
			{ name: 'Set Return Status', value: 'setReturnStatus', action: 'Set the return status of an order', description: 'Show on the order where the return stands: a tag, and a line with state, date, next step and parcel' },
		],
		default: 'getReturnContext',
	},
	...showFor('order', 'addTags', addTags.description),
	...showFor('order', 'checkEligibility', checkEligibility.description),
	...showFor('order', 'find', find.description),
	...showFor('order', 'getReturnContext', getReturnContext.description),
	...showFor('order', 'removeTags', removeTags.description),
	...showFor('order', 'setNote', setNote.description),
	...showFor('order', 'setReturnStatus', setReturnStatus.description),
];
