/** Shows which units would go back into stock, where, and what stands in the way, without writing anything (N13). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { previewSettlement } from '../settlement/pipeline';
import { routePreview, surroundings } from '../settlement/report';

export const description = settlementParameters(['restock'], 'preview');

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['restock']);
	return routePreview(await previewSettlement(client, request, surroundings), client, itemIndex);
}
