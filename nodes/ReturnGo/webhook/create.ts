/** Webhook: Create. One call to ReturnGO; each repetition makes one more webhook. */
import type { INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, readWebhookId, withAdditionalFields } from '../api/contract';
import { hideSecrets, maskAddress } from '../api/secrets';
import { additionalBodyFields, readAdditionalBodyFields, readText, shownFor, type Execute } from '../operation';
import { checkUrl, eventField, urlField } from './fields';

export const description: INodeProperties[] = shownFor('webhook', 'create', [
	{
		displayName:
			'ReturnGO does not document the body of this call. This node sends { "url", "eventName" }, the fields that are read back. For a workflow in n8n use the ReturnGO Trigger instead: it registers, repairs and removes its webhooks by itself.',
		name: 'createNotice',
		type: 'notice',
		default: '',
	},
	{ ...urlField, required: true },
	eventField,
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const url = checkUrl(context, itemIndex, readText(context, itemIndex, 'url') ?? '');
	const eventName = context.getNodeParameter('eventName', itemIndex) as string;
	const answer = await client.createWebhook(withAdditionalFields(bodies.webhook(url, eventName), readAdditionalBodyFields(context, itemIndex)));
	return [[{ json: { webhookId: readWebhookId(answer), eventName, url: maskAddress(url), created: true, answer: hideSecrets(answer) } }]];
};
