/** Return → Cancel: takes an open return back as long as nothing of it was processed, refunded or inspected. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { CancelReturnDocument } from '../api/generated';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { laneOfLocator, returnLocator } from '../locators';
import { routeWrite } from '../outcome';
import { alreadyDone, changeReturn, impossible } from './change';

export const description: INodeProperties[] = [returnLocator, dryRunOptions];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'return');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const result = await changeReturn(this, itemIndex, client, {
		verb: 'cancel',
		isDryRun: isDryRun(this, itemIndex),
		judge: ({ name, status, lines, refunds }) => {
			if (status === 'CANCELED') return alreadyDone('returnAsWanted', `The return ${name} is canceled.`);
			if (status !== 'OPEN') return impossible('returnStateForbids', `The return ${name} is ${status}; only an open return can be canceled${status === 'REQUESTED' ? ', a requested one is declined' : ''}.`);
			const isWorkedOn = refunds.length > 0 || lines.some(({ processedQuantity, refundedQuantity }) => processedQuantity > 0 || refundedQuantity > 0);
			return isWorkedOn ? impossible('returnStateForbids', `Units of the return ${name} are processed or refunded; it can be closed, not canceled.`) : null;
		},
		send: async ({ id }) => (await client.request(CancelReturnDocument, { id }, 'once')).returnCancel?.userErrors ?? [],
	});
	return routeWrite(result, itemIndex);
}
