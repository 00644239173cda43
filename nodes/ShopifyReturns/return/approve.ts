/** Return → Approve: a requested return becomes an open one. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { ApproveReturnDocument } from '../api/generated';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { laneOfLocator, returnLocator } from '../locators';
import { routeWrite } from '../outcome';
import { alreadyDone, changeReturn, impossible } from './change';
import { notifyCustomerParameter } from './notify';

export const description: INodeProperties[] = [returnLocator, notifyCustomerParameter, dryRunOptions];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'return');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const notifyCustomer = this.getNodeParameter('notifyCustomer', itemIndex, false) === true;
	const result = await changeReturn(this, itemIndex, client, {
		verb: 'approve',
		isDryRun: isDryRun(this, itemIndex),
		judge: ({ name, status }) => {
			if (status === 'OPEN') return alreadyDone('returnAsWanted', `The return ${name} is open.`);
			return status === 'REQUESTED' ? null : impossible('returnStateForbids', `The return ${name} is ${status}; only a requested return can be approved.`);
		},
		send: async ({ id }) => (await client.request(ApproveReturnDocument, { input: { id, notifyCustomer } }, 'once')).returnApproveRequest?.userErrors ?? [],
	});
	return routeWrite(result, itemIndex);
}
