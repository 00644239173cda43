/** Order → Remove Tags. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfLocator } from '../locators';
import { executeTagChange, tagParameters } from './tags';

export const description = tagParameters;

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	return await executeTagChange(this, itemIndex, client, 'remove');
}
