/** Return → Reopen: a closed return expects units again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { ReopenReturnDocument } from '../api/generated';
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
		verb: 'reopen',
		isDryRun: isDryRun(this, itemIndex),
		judge: ({ name, status }) => {
			if (status === 'OPEN') return alreadyDone('returnAsWanted', `The return ${name} is open.`);
			return status === 'CLOSED' ? null : impossible('returnStateForbids', `The return ${name} is ${status}; only a closed return can be reopened.`);
		},
		send: async ({ id }) => (await client.request(ReopenReturnDocument, { id }, 'once')).returnReopen?.userErrors ?? [],
	});
	return routeWrite(result, itemIndex);
}
