/** Transaction: Report Outcome. One call to ReturnGO, for a transaction it asked somebody else to execute (N18). Saying the same twice is harmless. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, readTransactionAnswer, withAdditionalFields } from '../api/contract';
import { shownTransaction } from '../api/shown';
import { additionalBodyFields, readAdditionalBodyFields, readId, readText, shownFor, type Execute } from '../operation';

const OUTCOMES = [
	{ name: 'Failed', value: 'Failed', description: 'The money has not moved and will not' },
	{ name: 'Success', value: 'Success', description: 'The money has moved' },
];

export const description: INodeProperties[] = shownFor('transaction', 'reportOutcome', [
	{
		displayName:
			'ReturnGO does not document the body of this call. This node sends { "status", "externalReferenceId", "externalReferenceType" }, the fields of the transaction that is read back. It works for transactions ReturnGO has made itself; report Success only when the money has moved.',
		name: 'outcomeNotice',
		type: 'notice',
		default: '',
	},
	{ displayName: 'Transaction ID', name: 'transactionId', type: 'string', required: true, default: '', placeholder: 'e.g. 7000001', description: 'ReturnGO’s number of the transaction' },
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		required: true,
		options: OUTCOMES,
		// Either one moves a return on, so somebody has to choose.
		default: '',
		description: 'What became of the transaction',
	},
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. gid://shopify/Refund/1',
		description: 'Where the money can be found outside ReturnGO, e.g. the ID of the Shopify refund. Of a Shopify ID the number is sent.',
	},
	{
		displayName: 'Reference Type',
		name: 'referenceType',
		type: 'options',
		options: [
			{ name: 'Invoice Payment', value: 'InvoicePaymentId' },
			{ name: 'Platform Refund', value: 'PlatformRefundId' },
			{ name: 'Store Credit Code', value: 'StoreCreditCode' },
		],
		default: 'PlatformRefundId',
		description: 'What the reference is. Sent only with a reference.',
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const transactionId = readId(context, itemIndex, 'transactionId', 'Transaction ID');
	const outcome = context.getNodeParameter('outcome', itemIndex) as string;
	if (!OUTCOMES.some(({ value }) => value === outcome)) {
		throw new NodeOperationError(context.getNode(), 'The outcome is neither Success nor Failed', { itemIndex, description: 'While it is open there is nothing to report. Nothing was sent to ReturnGO.' });
	}
	const reference = readText(context, itemIndex, 'reference')?.replace(/^gid:\/\/shopify\/\w+\//, '') ?? null;
	const referenceType = reference === null ? null : (context.getNodeParameter('referenceType', itemIndex, 'PlatformRefundId') as string);
	const body = withAdditionalFields(bodies.transaction(outcome, reference, referenceType), readAdditionalBodyFields(context, itemIndex));
	const { externalReferenceId: shownReference } = shownTransaction({ type: '', externalReferenceId: reference, externalReferenceType: referenceType });
	const transaction = readTransactionAnswer(await client.reportTransaction(transactionId, body, shownBody(body)));
	return [[{ json: { transactionId, reported: outcome, reference: shownReference, transaction: (transaction === null ? null : shownTransaction(transaction)) as IDataObject | null } }]];
};

/** The body as a dry run may show it. */
function shownBody(body: IDataObject): IDataObject {
	const { externalReferenceId, externalReferenceType } = body;
	if (typeof externalReferenceId !== 'string' || typeof externalReferenceType !== 'string') return body;
	return { ...body, externalReferenceId: shownTransaction({ type: '', externalReferenceId, externalReferenceType }).externalReferenceId };
}
