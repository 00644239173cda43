/** Operations that pay for the units of an RMA with store credit or a gift card. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as createGiftCard from './createGiftCard';
import * as creditAccount from './creditAccount';
import * as refund from './refund';

export const operations: Resource['operations'] = {
	createGiftCard: { ...createGiftCard, isWrite: true },
	creditAccount: { ...creditAccount, isWrite: true },
	refund: { ...refund, isWrite: true },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['storeCredit'] } },
		options: [
			{ name: 'Create Gift Card', value: 'createGiftCard', action: 'Create a gift card after inspection', description: 'Make one gift card of exactly the value of the inspected units, for the customer of the order' },
			{ name: 'Credit Account', value: 'creditAccount', action: 'Credit a store credit account after inspection', description: 'Add the exact value of the inspected units to the customer’s store credit, without a refund on the order' },
			{ name: 'Refund to Store Credit', value: 'refund', action: 'Refund to store credit after inspection', description: 'Refund the inspected units as store credit, posted to the order, exactly once' },
		],
		default: 'refund',
	},
	...showFor('storeCredit', 'createGiftCard', createGiftCard.description),
	...showFor('storeCredit', 'creditAccount', creditAccount.description),
	...showFor('storeCredit', 'refund', refund.description),
];
