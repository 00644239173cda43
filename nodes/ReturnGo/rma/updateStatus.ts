/** RMA: Update Status. One call to ReturnGO; asking for the status the RMA already has is harmless. */
import { NodeOperationError, type INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, RMA_STATUSES, withAdditionalFields } from '../api/contract';
import type { Execute } from '../operation';
import { additionalBodyFields, readAdditionalBodyFields, readRmaId, readText, rmaField, shownFor } from '../operation';

export const description: INodeProperties[] = shownFor('rma', 'updateStatus', [
	{
		displayName:
			'ReturnGO documents neither the body of this call nor which changes of status it allows, and a new status may start ReturnGO’s own automations (e-mail, label, refund). Try it with one RMA first, and set Done only when money and stock are settled.',
		name: 'statusNotice',
		type: 'notice',
		default: '',
	},
	rmaField,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		required: true,
		options: [...RMA_STATUSES].sort().map((status) => ({ name: status, value: status })),
		// Each of them may start automations of ReturnGO, so somebody has to choose.
		default: '',
		description: 'The status the RMA should have',
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const status = readText(context, itemIndex, 'status');
	if (status === null) throw new NodeOperationError(context.getNode(), 'No status is chosen', { itemIndex, description: 'Choose the status the RMA should have, or check the expression that gives it. Nothing was sent to ReturnGO.' });
	const body = withAdditionalFields(bodies.status(status), readAdditionalBodyFields(context, itemIndex));
	const answer = await client.updateStatus(rmaId, body);
	return [[{ json: { rmaId, requestedStatus: status, answer } }]];
};
