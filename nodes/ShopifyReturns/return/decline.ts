/** Return → Decline: a requested return is turned down, with the reason that the customer sees. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { NodeOperationError } from 'n8n-workflow';
import { DeclineReturnDocument, type ReturnDeclineReason } from '../api/generated';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { laneOfLocator, returnLocator } from '../locators';
import { routeWrite } from '../outcome';
import { alreadyDone, changeReturn, impossible } from './change';
import { notifyCustomerParameter } from './notify';

/** Longest note that Shopify takes. */
const LONGEST_NOTE = 500;

export const description: INodeProperties[] = [
	returnLocator,
	{
		displayName: 'Decline Reason',
		name: 'declineReason',
		type: 'options',
		options: [
			{ name: 'Final Sale', value: 'FINAL_SALE' },
			{ name: 'Other', value: 'OTHER' },
			{ name: 'Return Period Ended', value: 'RETURN_PERIOD_ENDED' },
		],
		default: 'OTHER',
		description: 'Why the return is not accepted',
	},
	{
		displayName: 'Note',
		name: 'declineNote',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'What the customer is told besides the reason; at most 500 characters',
	},
	notifyCustomerParameter,
	dryRunOptions,
];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'return');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const declineReason = this.getNodeParameter('declineReason', itemIndex) as ReturnDeclineReason;
	const declineNote = String(this.getNodeParameter('declineNote', itemIndex, '')).trim();
	if (declineNote.length > LONGEST_NOTE) throw new NodeOperationError(this.getNode(), `The note has ${declineNote.length} characters`, { description: `Shopify takes at most ${LONGEST_NOTE}.`, itemIndex });
	const notifyCustomer = this.getNodeParameter('notifyCustomer', itemIndex, false) === true;
	const result = await changeReturn(this, itemIndex, client, {
		verb: 'decline',
		isDryRun: isDryRun(this, itemIndex),
		judge: ({ name, status, decline }) => {
			if (status === 'DECLINED') return alreadyDone('returnAsWanted', `The return ${name} is declined${decline === null ? '' : ` (${decline.reason})`}.`);
			return status === 'REQUESTED' ? null : impossible('returnStateForbids', `The return ${name} is ${status}; only a requested return can be declined.`);
		},
		send: async ({ id }) => {
			const input = { id, declineReason, notifyCustomer, ...(declineNote === '' ? {} : { declineNote }) };
			return (await client.request(DeclineReturnDocument, { input }, 'once')).returnDeclineRequest?.userErrors ?? [];
		},
	});
	return routeWrite(result, itemIndex);
}
