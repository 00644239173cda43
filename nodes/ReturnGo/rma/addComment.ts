/** RMA: Add Comment. One call to ReturnGO; each repetition writes one more comment. */
import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, withAdditionalFields } from '../api/contract';
import type { Execute } from '../operation';
import { additionalBodyFields, readAdditionalBodyFields, readRmaId, rmaField, shownFor } from '../operation';

export const description: INodeProperties[] = shownFor('rma', 'addComment', [
	{
		displayName: 'ReturnGO does not document the body of this call. This node sends what most integrations send, { "htmlText": "…" }; check with one RMA that the comment shows up in its timeline.',
		name: 'commentNotice',
		type: 'notice',
		default: '',
	},
	rmaField,
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Refunded 25.00 EUR in Shopify',
		description: 'Text for the timeline of the RMA. Line breaks are kept.',
	},
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'HTML', value: 'html', description: 'The comment is HTML and is sent as it is' },
			{ name: 'Plain Text', value: 'text', description: 'Signs such as < and & are shown as they are typed' },
		],
		default: 'text',
		description: 'How the comment is written',
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const comment = String(context.getNodeParameter('comment', itemIndex, '')).trim();
	if (comment === '') throw new NodeOperationError(context.getNode(), 'The comment is empty', { itemIndex, description: 'Enter a text. Nothing was sent to ReturnGO.' });
	const format = context.getNodeParameter('format', itemIndex, 'text') as string;
	const body = withAdditionalFields(bodies.comment(format === 'html' ? comment : toHtml(comment)), readAdditionalBodyFields(context, itemIndex));
	const answer = await client.addComment(rmaId, body);
	return [[{ json: { rmaId, commented: true, comment, answer } }]];
};

function toHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r?\n/g, '<br>');
}
