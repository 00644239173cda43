/** Operations that pay with store credit or a gift card, look at them, and take them back. */
import type { INodeProperties } from 'n8n-workflow';
import { showFor, type Resource } from '../operation';
import * as createGiftCard from './createGiftCard';
import * as creditAccount from './creditAccount';
import * as deactivateGiftCard from './deactivateGiftCard';
import * as debitAccount from './debitAccount';
import * as getBalance from './getBalance';
import * as refund from './refund';

export const operations: Resource['operations'] = {
	createGiftCard: { ...createGiftCard, isWrite: true },
	creditAccount: { ...creditAccount, isWrite: true },
	deactivateGiftCard: { ...deactivateGiftCard, isWrite: true },
	debitAccount: { ...debitAccount, isWrite: true },
	getBalance: { ...getBalance, isWrite: false },
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
			{ name: 'Deactivate Gift Card', value: 'deactivateGiftCard', action: 'Deactivate a gift card', description: 'Make a gift card unusable for ever' },
			{ name: 'Debit Account', value: 'debitAccount', action: 'Debit a store credit account', description: 'Take store credit back, once per order and reference' },
			{ name: 'Get Balance', value: 'getBalance', action: 'Get a store credit balance', description: 'What a customer can spend by currency, or what is left on a gift card' },
			{ name: 'Refund to Store Credit', value: 'refund', action: 'Refund to store credit after inspection', description: 'Refund the inspected units as store credit, posted to the order, exactly once' },
		],
		default: 'refund',
	},
	...showFor('storeCredit', 'createGiftCard', createGiftCard.description),
	...showFor('storeCredit', 'creditAccount', creditAccount.description),
	...showFor('storeCredit', 'deactivateGiftCard', deactivateGiftCard.description),
	...showFor('storeCredit', 'debitAccount', debitAccount.description),
	...showFor('storeCredit', 'getBalance', getBalance.description),
	...showFor('storeCredit', 'refund', refund.description),
];
