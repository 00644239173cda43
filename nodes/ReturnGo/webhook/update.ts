/** Webhook: Update. Two calls to ReturnGO: what is not changed is read first, because the body holds both fields. */
import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, withAdditionalFields } from '../api/contract';
import { ReturnGoFailure } from '../api/failure';
import { hideSecrets, maskAddress } from '../api/secrets';
import { additionalBodyFields, readAdditionalBodyFields, readId, readText, shownFor, type Execute } from '../operation';
import { checkUrl, eventField, urlField, webhookIdField } from './fields';

export const description: INodeProperties[] = shownFor('webhook', 'update', [
	{
		displayName: 'ReturnGO does not document the body of this call. This node sends { "url", "eventName" }, the fields that are read back. Webhooks of the ReturnGO Trigger are changed in the trigger, which puts them back otherwise.',
		name: 'updateWebhookNotice',
		type: 'notice',
		default: '',
	},
	webhookIdField,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [eventField, urlField],
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const webhookId = readId(context, itemIndex, 'webhookId', 'Webhook ID');
	const typed = readText(context, itemIndex, 'updateFields.url');
	const url = typed === null ? null : checkUrl(context, itemIndex, typed);
	const eventName = readText(context, itemIndex, 'updateFields.eventName');
	const additional = readAdditionalBodyFields(context, itemIndex);
	if (url === null && eventName === null && Object.keys(additional).length === 0) {
		throw new NodeOperationError(context.getNode(), 'There is nothing to update', { itemIndex, description: 'Add a field. Nothing was sent to ReturnGO.' });
	}
	const present = (await client.listWebhooks()).find(({ id }) => id === webhookId);
	if (present === undefined) throw new ReturnGoFailure('notFound', `ReturnGO does not know webhook ${webhookId}`, { subject: `webhook ${webhookId}` });
	const body = bodies.webhook(url ?? present.url, eventName ?? present.eventName);
	const answer = await client.updateWebhook(webhookId, withAdditionalFields(body, additional));
	return [[{ json: { webhookId, eventName: body.eventName, url: maskAddress(body.url), updated: true, answer: hideSecrets(answer) } }]];
};
