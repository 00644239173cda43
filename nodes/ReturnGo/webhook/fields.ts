/** Parameters that operations on a webhook share. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isMasked } from '../api/secrets';

export const webhookIdField: INodeProperties = {
	displayName: 'Webhook ID',
	name: 'webhookId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 18001',
	description: 'ReturnGO’s number of the webhook, as Webhook: Get Many returns it',
};

export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'eventName',
	type: 'options',
	options: [
		{ name: 'Refund Created', value: 'REFUND_CREATED' },
		{ name: 'RMA Created', value: 'RMA_CREATED' },
		{ name: 'RMA Status Updated', value: 'RMA_STATUS_UPDATED' },
		{ name: 'Shipment Created', value: 'SHIPMENT_CREATED' },
		{ name: 'Shipment Status Updated', value: 'SHIPMENT_STATUS_UPDATED' },
		{ name: 'Shipment Tracker Status Updated', value: 'SHIPMENT_TRACKER_STATUS_UPDATED' },
		{ name: 'Transaction Created', value: 'TRANSACTION_CREATED' },
	],
	default: 'RMA_STATUS_UPDATED',
	description: 'What ReturnGO tells about. One webhook has one event.',
};

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example/webhook/returns?token=…',
	description: 'Where ReturnGO sends the event. It signs nothing, so let the address carry something that cannot be guessed. Outputs show its host and common words only.',
};

/**
 * An address ReturnGO can reach: it takes anything, even text that is no address, and then tells nobody.
 * @throws NodeOperationError before anything is sent
 */
export function checkUrl(context: IExecuteFunctions, itemIndex: number, value: string): string {
	const refuse = (message: string, description: string) => new NodeOperationError(context.getNode(), message, { itemIndex, description: `${description} Nothing was sent to ReturnGO.` });
	if (isMasked(value)) throw refuse('The URL has a hidden part', 'Outputs of this node hide what may be a secret. Enter the whole address.');
	const url = URL.canParse(value) ? new URL(value) : null;
	const isLocal = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
	// A space or a backslash would be read one way here and another way there.
	if (url === null || /[\s\\]/.test(value) || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))) throw refuse('The URL is not an address ReturnGO can send to', 'It begins with https:// and names a server on the internet.');
	return value;
}
