/** RMA: Create by Policy. One call to ReturnGO; each repetition asks for one more return request, and ReturnGO refuses what is taken already. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, readNewRmaId, readRma, withAdditionalFields, type RmaAnswer } from '../api/contract';
import { shownRma } from '../api/shown';
import { additionalBodyFields, isObject, readAdditionalBodyFields, readJson, shownFor, type Execute } from '../operation';
import { itemFields, orderFields, readPolicyRequest } from './policyRequest';

export const description: INodeProperties[] = shownFor('rma', 'createByPolicy', [
	{
		displayName:
			'ReturnGO does not document the body of this call. This node sends { "orderId" or "order_name", "items": [{ "shopLineItemId", "quantity", "policyId", "returnReason" }], "customerAddress" }. ReturnGO checks that each item may be returned under its policy, and may approve the request and write to the customer. Try it with one order first.',
		name: 'createNotice',
		type: 'notice',
		default: '',
	},
	...orderFields,
	...itemFields('with policy'),
	{
		displayName: 'Customer Address',
		name: 'customerAddress',
		type: 'json',
		default: '{}',
		description: 'Where the parcel comes from, as ReturnGO writes addresses: { "name", "street1", "city", "zip", "country", … }. Leave empty for the address of the order.',
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const { order, items, subject } = readPolicyRequest(context, itemIndex, 'with policy');
	const address = readJson(context, itemIndex, 'customerAddress', '{}');
	if (!isObject(address)) throw new NodeOperationError(context.getNode(), 'Customer Address is not a JSON object', { itemIndex, description: 'Write the fields between braces. Nothing was sent to ReturnGO.' });
	const ours: IDataObject = { ...bodies.policies(order, items), ...(Object.keys(address).length === 0 ? {} : { customerAddress: address }) };
	const answer = await client.createRma(withAdditionalFields(ours, readAdditionalBodyFields(context, itemIndex)), `a return request for ${subject}`);
	const created = tryToRead(answer);
	const rmaId = created?.rma.id ?? readNewRmaId(answer);
	if (rmaId === null) context.addExecutionHints({ message: 'ReturnGO accepted the request, but its answer does not name the new RMA: look at “answer”, or for the order in ReturnGO', location: 'outputPane', type: 'warning' });
	return [[{ json: { rmaId, created: true, rma: (created === null ? null : shownRma(created.rma)) as IDataObject | null, ...(created === null && isObject(answer) ? { answer } : {}) } }]];
};

/** Whatever the answer looks like, the request has been made; so what cannot be read is left to the raw answer. */
function tryToRead(answer: unknown): RmaAnswer | null {
	try {
		return readRma(answer);
	} catch {
		return null;
	}
}
