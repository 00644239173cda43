/** Return → Close: says that nothing more is expected of a return. Closing a closed one changes nothing. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { CloseReturnDocument } from '../api/generated';
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
		verb: 'close',
		isDryRun: isDryRun(this, itemIndex),
		judge: ({ name, status, closedAt }) => {
			if (status === 'CLOSED') return alreadyDone('returnClosed', `The return ${name} is closed since ${closedAt ?? 'an unknown time'}.`);
			return status === 'OPEN' ? null : impossible('returnNotOpen', `The return ${name} is ${status}; only an open return can be closed.`);
		},
		send: async ({ id }) => (await client.request(CloseReturnDocument, { id }, 'once')).returnClose?.userErrors ?? [],
	});
	return routeWrite(result, itemIndex);
}
