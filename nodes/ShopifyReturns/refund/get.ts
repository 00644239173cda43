/** Refund → Get: one refund with its lines and what its transactions say of the money. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { readRefund } from '../api/reads';
import { readRefundId, refundLocator } from '../locators';
import { refuse, routeRead } from '../outcome';

export const description: INodeProperties[] = [refundLocator];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const id = readRefundId(this, itemIndex);
	const found = await readRefund(client, id);
	if (found === null) throw refuse(this.getNode(), 'refundNotFound', `The store has no refund ${id}`, itemIndex);
	return routeRead([found], itemIndex);
}
