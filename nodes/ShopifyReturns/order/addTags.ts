/** Order → Add Tags. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { executeTagChange, tagParameters } from './tags';

export const description = tagParameters;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	return await executeTagChange(this, itemIndex, client, 'add');
}
