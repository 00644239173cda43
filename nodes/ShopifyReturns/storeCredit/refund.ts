/** Refunds the inspected units of an RMA as store credit. The refund is posted to the order, so its books agree with the customer's balance (N15). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['storeCredit'], 'write', 'storeCredit');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['storeCredit'], 'storeCredit');
	return routeSettlement(await settle(client, request, surroundings), client, itemIndex);
}
