/** RMA: Get Eligible Policies. One call to ReturnGO; one item per order line, with the policies it may be returned under (N7). */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { bodies, withAdditionalFields } from '../api/contract';
import { additionalBodyFields, readAdditionalBodyFields, shownFor, type Execute } from '../operation';
import { itemFields, orderFields, readPolicyRequest } from './policyRequest';

export const description: INodeProperties[] = shownFor('rma', 'getEligiblePolicies', [
	{
		displayName:
			'ReturnGO documents neither the body of this call nor its answer. This node sends { "orderId" or "order_name", "items": [{ "shopLineItemId", "quantity" }] } and looks for a list of items with their policies; each policy is kept as it came under “raw”.',
		name: 'eligibleNotice',
		type: 'notice',
		default: '',
	},
	...orderFields,
	...itemFields('without policy'),
	additionalBodyFields,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const { order, items, subject } = readPolicyRequest(context, itemIndex, 'without policy');
	const eligible = await client.getEligiblePolicies(withAdditionalFields(bodies.policies(order, items), readAdditionalBodyFields(context, itemIndex)), subject);
	if (eligible.every(({ policies }) => policies.length === 0)) context.addExecutionHints({ message: `No policy allows to return these items of ${subject}`, location: 'outputPane' });
	return [eligible.map((item) => ({ json: { ...order, ...item, eligible: item.policies.length > 0, policies: item.policies as unknown as IDataObject[] } }))];
};
