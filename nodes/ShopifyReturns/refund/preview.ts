/** Shows what a refund would come to and what stands in its way, without writing anything (N14). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { previewSettlement } from '../settlement/pipeline';
import { routePreview, surroundings } from '../settlement/report';

export const description = settlementParameters(['refund'], 'preview');

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['refund']);
	return routePreview(await previewSettlement(client, request, surroundings), client, itemIndex);
}
