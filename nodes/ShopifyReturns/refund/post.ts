/** Refunds the inspected units of an RMA to their original payment, once and at exactly their value (N3, N14). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['refund'], 'write');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['refund']);
	return routeSettlement(await settle(client, request, surroundings), client, itemIndex);
}
