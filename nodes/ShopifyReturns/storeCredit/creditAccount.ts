/** Credits the customer's store credit account with the value of the inspected units, without a refund on the order (N15). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['storeCredit'], 'write', 'account');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['storeCredit'], 'account');
	return routeSettlement(await settle(client, request, surroundings), client, itemIndex);
}
