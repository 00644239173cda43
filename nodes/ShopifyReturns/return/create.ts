/** Return → Create: an open return for the units, the existing one where there is one. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { CreateReturnDocument } from '../api/generated';
import { laneOfLocator } from '../locators';
import { ensureParameters, executeMaking, type Making } from './ensure';

export const description = ensureParameters;

const creating: Making = {
	async send(client, orderId, lines) {
		const returnLineItems = lines.map(({ note, ...line }) => ({ ...line, ...(note === '' ? {} : { returnReasonNote: note }) }));
		return (await client.request(CreateReturnDocument, { input: { orderId, returnLineItems } }, 'once')).returnCreate;
	},
};

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	return await executeMaking(this, itemIndex, client, creating);
}
