/** Return → Request: a return that waits for approval; an existing one for the units, open or requested, is used. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { RequestReturnDocument } from '../api/generated';
import { laneOfLocator } from '../locators';
import { ensureParameters, executeMaking, type Making } from './ensure';

export const description = ensureParameters;

const requesting: Making = {
	async send(client, orderId, lines) {
		// A request carries the customer's words; Shopify has no field for the store's own note before it is approved.
		const returnLineItems = lines.map(({ note, ...line }) => ({ ...line, ...(note === '' ? {} : { customerNote: note }) }));
		return (await client.request(RequestReturnDocument, { input: { orderId, returnLineItems } }, 'once')).returnRequest;
	},
};

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	return await executeMaking(this, itemIndex, client, requesting);
}
