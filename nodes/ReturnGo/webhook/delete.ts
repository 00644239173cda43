/** Webhook: Delete. One call to ReturnGO. */
import type { INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { readId, shownFor, type Execute } from '../operation';
import { webhookIdField } from './fields';

export const description: INodeProperties[] = shownFor('webhook', 'delete', [webhookIdField, dryRunOptions]);

export const execute: Execute = async (context, client, itemIndex) => {
	const webhookId = readId(context, itemIndex, 'webhookId', 'Webhook ID');
	await client.deleteWebhook(webhookId);
	return [[{ json: { webhookId, deleted: true } }]];
};
