/** Webhook: Get Many. One call to ReturnGO, which gives all webhooks of the store at once. Secrets in addresses are hidden. */
import type { INodeProperties } from 'n8n-workflow';
import { maskAddress } from '../api/secrets';
import { readCount, shownFor, type Execute } from '../operation';
import { limitField, returnAllField } from '../paging';

export const description: INodeProperties[] = shownFor('webhook', 'getAll', [returnAllField, limitField]);

export const execute: Execute = async (context, client, itemIndex) => {
	const limit = context.getNodeParameter('returnAll', itemIndex, false) === true ? undefined : readCount(context, itemIndex, 'limit', 'Limit', 50);
	const webhooks = await client.listWebhooks();
	context.addExecutionHints({ message: '1 call to ReturnGO made', type: 'info', location: 'outputPane' });
	return [webhooks.slice(0, limit).map(({ id, url, eventName }) => ({ json: { webhookId: id, eventName, url: maskAddress(url) } }))];
};
