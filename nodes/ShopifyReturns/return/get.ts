/** Return → Get: one return with its lines, what became of its units, and its refunds. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { readRawReturn, toReturnDetail } from '../api/reads';
import { nameOfChoice, readReturnChoice, resolveReturnId, returnLocator } from '../locators';
import { refuse, routeRead } from '../outcome';
import { isSimplified, simplifyParameter } from '../simplify';

export const description: INodeProperties[] = [returnLocator, simplifyParameter];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readReturnChoice(this, itemIndex);
	const id = await resolveReturnId(this, itemIndex, client, choice);
	const found = id === null ? null : await readRawReturn(client, id);
	if (found === null) throw refuse(this.getNode(), 'returnNotFound', `The store has no return ${nameOfChoice(choice)}`, itemIndex);
	return routeRead([isSimplified(this, itemIndex) ? toReturnDetail(found) : found], itemIndex);
}
