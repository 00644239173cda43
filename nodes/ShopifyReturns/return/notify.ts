/** Whether Shopify writes to the customer about a step. */
import type { INodeProperties } from 'n8n-workflow';

export const notifyCustomerParameter: INodeProperties = {
	displayName: 'Notify Customer',
	name: 'notifyCustomer',
	type: 'boolean',
	default: false,
	description: 'Whether Shopify sends its own message to the customer; leave it off where ReturnGO writes to them',
};
