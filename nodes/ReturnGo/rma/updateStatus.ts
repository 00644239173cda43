/** RMA: Update Status. One call to ReturnGO; asking for the status the RMA already has is harmless. */
import type { INodeProperties } from 'n8n-workflow';
import { dryRunOptions } from '../../dryRun';
import { bodies, RMA_STATUSES, withAdditionalFields } from '../api/contract';
import type { Execute } from '../operation';
import { additionalBodyFields, readAdditionalBodyFields, readRmaId, rmaField, shownFor } from '../operation';

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
		options: [...RMA_STATUSES].sort().map((status) => ({ name: status, value: status })),
		default: 'Done',
		description: 'The status the RMA should have',
	},
	additionalBodyFields,
	dryRunOptions,
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const status = context.getNodeParameter('status', itemIndex) as string;
	const body = withAdditionalFields(bodies.status(status), readAdditionalBodyFields(context, itemIndex));
	const answer = await client.updateStatus(rmaId, body);
	return [[{ json: { rmaId, requestedStatus: status, answer } }]];
};
