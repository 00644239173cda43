import type { IDataObject, IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { createReturnGoClient, INTERACTIVE_PATIENCE, WEBHOOK_PATIENCE, type ReturnGoClient } from './api/client';
import { readWebhookMessage, type WebhookEvent } from './api/contract';
import { ReturnGoFailure, toNodeApiError } from './api/failure';
import { toEvent } from './trigger/event';
import { readPayload } from './trigger/payload';
import { isRegistered, register, unregister } from './trigger/registration';
import { addSecret, carriesSecret, createSecret } from './trigger/secret';
import { rmaCreated, rmaStatusUpdated, shipmentCreated, shipmentStatusUpdated, transactionCreated } from './trigger/sharedEvents';

export class ReturnGoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ReturnGO Trigger',
		name: 'returnGoTrigger',
		icon: { light: 'file:../../icons/returngo.svg', dark: 'file:../../icons/returngo.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when something happens to a return request (RMA) in ReturnGO',
		eventTriggerDescription: '',
		activationMessage: 'ReturnGO now tells this workflow about the chosen events.',
		defaults: { name: 'ReturnGO Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'returnGoApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [
			{
				displayName:
					'ReturnGO’s messages only say that something happened. The RMA is read again right away; if that does not succeed, the item has “rma” empty and says why in “fetchError”, so that the workflow can read it later.',
				name: 'messageNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{ name: 'Refund Created', value: 'REFUND_CREATED', description: 'ReturnGO, or somebody in it, issued a refund' },
					rmaCreated,
					rmaStatusUpdated,
					shipmentCreated,
					shipmentStatusUpdated,
					{ name: 'Shipment Tracker Status Updated', value: 'SHIPMENT_TRACKER_STATUS_UPDATED', description: 'The carrier reported on a parcel' },
					transactionCreated,
				],
				default: ['RMA_STATUS_UPDATED'],
				description: 'What to be told about. ReturnGO gets one webhook per event; they are removed when the workflow is unpublished.',
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { secret, url: earlierUrl } = stateOf(this);
				if (secret === null) return false;
				return await callReturnGo(this, async (client) => await isRegistered(client, { url: addSecret(webhookUrlOf(this), secret), events: eventsOf(this), earlierUrl }));
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const { secret, url: earlierUrl } = stateOf(this);
				const current = secret ?? createSecret();
				const url = addSecret(webhookUrlOf(this), current);
				// Stored first: a message may arrive before the registration has been answered.
				Object.assign(this.getWorkflowStaticData('node'), { secret: current, url });
				await callReturnGo(this, async (client) => await register(client, { url, events: eventsOf(this), earlierUrl }));
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const { url: earlierUrl } = stateOf(this);
				await callReturnGo(this, async (client) => await unregister(client, webhookUrlOf(this), earlierUrl));
				const staticData = this.getWorkflowStaticData('node');
				delete staticData.secret;
				delete staticData.url;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (!carriesSecret(this.getQueryData(), this.getWorkflowStaticData('node').secret)) return turnAway(this, 401, 'This webhook address is not valid');
		const request = this.getRequestObject();
		const payload = readPayload(this.getBodyData(), request.rawBody);
		if (payload === null) return turnAway(this, 400, 'The body is not a JSON object');
		const message = readWebhookMessage(payload);
		if (message.event === null) return turnAway(this, 400, 'The body names no event of ReturnGO in eventName');
		// A webhook that is about to be removed may still report: what nobody asked for starts nothing.
		if (!eventsOf(this).includes(message.event)) return turnAway(this, 200, 'This event is not chosen in the workflow');
		const connect = async () => await createReturnGoClient(this, WEBHOOK_PATIENCE);
		const event = await toEvent(message.event, message, payload, connect, new Date());
		return { workflowData: [[{ json: event as unknown as IDataObject }]] };
	}
}

function turnAway(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

function eventsOf(context: IHookFunctions | IWebhookFunctions): WebhookEvent[] {
	return context.getNodeParameter('events') as WebhookEvent[];
}

function stateOf(context: IHookFunctions): { secret: string | null; url: string | null } {
	const { secret, url } = context.getWorkflowStaticData('node');
	return { secret: typeof secret === 'string' ? secret : null, url: typeof url === 'string' ? url : null };
}

function webhookUrlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url !== undefined) return url;
	throw new NodeOperationError(context.getNode(), 'n8n gives this node no webhook address', { description: 'Set the address at which this n8n can be reached from the internet (N8N_WEBHOOK_URL), then publish the workflow again.' });
}

async function callReturnGo<Result>(context: IHookFunctions, call: (client: ReturnGoClient) => Promise<Result>): Promise<Result> {
	const client = await createReturnGoClient(context, INTERACTIVE_PATIENCE);
	try {
		return await call(client);
	} catch (failure) {
		throw toNodeApiError(
			context.getNode(),
			failure instanceof ReturnGoFailure ? failure : new ReturnGoFailure('unavailable', 'The webhooks in ReturnGO could not be read', { subject: 'the list of webhooks' }),
		);
	}
}
