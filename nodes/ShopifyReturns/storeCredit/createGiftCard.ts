/** Makes a gift card of exactly the value of the inspected units, tied to the order's customer (N15). */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { credentialNameOf } from '../api/credential';
import { refuse } from '../outcome';
import { laneOfRma, readSettlementRequest, settlementParameters } from '../settlement/parameters';
import { settle } from '../settlement/pipeline';
import { routeSettlement, surroundings } from '../settlement/report';

export const description = settlementParameters(['giftCard'], 'write', 'giftCard');

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const request = readSettlementRequest(this, itemIndex, ['giftCard'], 'giftCard');
	const codeSecret = await readCodeSecret(this, itemIndex);
	const credit = request.credit && { ...request.credit, codeSecret };
	return routeSettlement(await settle(client, { ...request, credit }, surroundings), client, itemIndex);
}

/** The app's secret: codes derived from it cannot be guessed, and stay the same when access tokens are renewed. */
async function readCodeSecret(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	const credential = await context.getCredentials<{ authentication?: unknown; clientSecret?: unknown; apiSecretKey?: unknown }>(credentialNameOf(context, itemIndex), itemIndex);
	const secret = credential.authentication === 'accessToken' ? credential.apiSecretKey : credential.clientSecret;
	if (typeof secret === 'string' && secret.trim() !== '') return secret.trim();
	throw refuse(context.getNode(), 'invalidInput', 'Gift card codes are derived from the app’s secret, and the credential has none: enter the API Secret Key (or the Client Secret) in the Shopify Returns credential', itemIndex);
}
