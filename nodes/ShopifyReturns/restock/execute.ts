/** Decides on the stock of the inspected units of an RMA, once; only sellable ones become available again (N13). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['restock'], 'write');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['restock']);
	return routeSettlement(await settle(client, request, surroundings), client, itemIndex);
}
