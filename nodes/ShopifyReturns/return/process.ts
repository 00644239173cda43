/** Refund and restock of the inspected units of an RMA in one step: one claim, and one call to Shopify where its return allows it. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['refund', 'restock'], 'write');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['refund', 'restock']);
	return routeSettlement(await settle(client, request, surroundings), client, itemIndex);
}
