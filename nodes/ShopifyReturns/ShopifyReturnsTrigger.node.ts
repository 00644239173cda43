import type { IDataObject, IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { createShopifyClient, toNodeApiError, type ShopifyClient } from './api/client';
import { authenticationParameter, credentialNameOf } from './api/credential';
import { apiVersionParameter } from './apiVersion';
import { testShopifyReturnsApi } from './methods/credentialTest';
import { isFirstDelivery } from './trigger/deliveries';
import { toShopifyEvent } from './trigger/event';
import { isSubscribed, subscribe, SubscriptionRefused, unsubscribe, type WantedSubscriptions } from './trigger/registration';
import { isSignedByShopify, signingSecretOf } from './trigger/signature';
import { readTopic, topicOptions, type Topic } from './trigger/topics';

const DEFAULT_LATE_AFTER_MINUTES = 5;

interface TriggerOptions {
	filter?: unknown;
	ignoreRepeated?: unknown;
	lateAfterMinutes?: unknown;
}

export class ShopifyReturnsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Shopify Returns Trigger',
		name: 'shopifyReturnsTrigger',
		icon: { light: 'file:../../icons/shopify-returns.svg', dark: 'file:../../icons/shopify-returns.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["topics"].join(", ") }}',
		description: 'Starts the workflow when something happens to a return, its refund or its stock in Shopify',
		eventTriggerDescription: '',
		activationMessage: 'Shopify now tells this workflow about the chosen events.',
		defaults: { name: 'Shopify Returns Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'shopifyReturnsApi', required: true, testedBy: 'testShopifyReturnsApi', displayOptions: { show: { authentication: ['api'] } } },
			{ name: 'shopifyReturnsOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [
			authenticationParameter,
			{
				displayName:
					'Shopify signs every message with the app’s secret, so the credential has to hold it: the Client Secret, or the API Secret Key next to an access token. Messages may come late, twice and out of order: read the return again before you act on one.',
				name: 'signatureNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'topics',
				type: 'multiOptions',
				required: true,
				options: topicOptions,
				default: ['RETURNS_APPROVE'],
				description: 'What to be told about. Shopify gets one subscription per event; they are removed when the workflow is unpublished.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Filter',
						name: 'filter',
						type: 'string',
						default: '',
						placeholder: 'e.g. financial_status:refunded',
						description: 'Which of the events Shopify sends, in its search syntax over the fields of the message. It applies to every chosen event.',
					},
					{
						displayName: 'Ignore Repeated Deliveries',
						name: 'ignoreRepeated',
						type: 'boolean',
						default: false,
						description:
							'Whether a delivery with a known ID starts nothing. The last 500 are remembered; two copies that arrive at the same moment may both start. Leave it off where the workflow can take repetitions: a delivery that was taken and lost in a crash is then sent again.',
					},
					{
						displayName: 'Late After (Minutes)',
						name: 'lateAfterMinutes',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: DEFAULT_LATE_AFTER_MINUTES,
						description: 'An event that arrives later than this after it happened has “isLate” set. Shopify repeats an unanswered delivery for four hours, always with its first content.',
					},
				],
			},
			apiVersionParameter,
		],
	};

	methods = {
		credentialTest: { testShopifyReturnsApi },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await callShopify(this, async (client) => await isSubscribed(client, wantedOf(this)));
			},

			async create(this: IHookFunctions): Promise<boolean> {
				await insistOnSecret(this);
				const wanted = wantedOf(this);
				await callShopify(this, async (client) => await subscribe(client, wanted));
				// Kept until the next activation, which may be at another address and then has to remove these.
				this.getWorkflowStaticData('node').uri = wanted.uri;
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const { uri, earlierUri } = wantedOf(this);
				await callShopify(this, async (client) => await unsubscribe(client, uri, earlierUri));
				const staticData = this.getWorkflowStaticData('node');
				delete staticData.uri;
				delete staticData.deliveries;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const rawBody = await readRawBody(this);
		const headers = this.getHeaderData() as Record<string, unknown>;
		const secret = signingSecretOf(await this.getCredentials(credentialNameOf(this)));
		if (!isSignedByShopify(rawBody, headers['x-shopify-hmac-sha256'], secret)) return turnAway(this, 401, 'The signature does not belong to this message');
		const topic = readTopic(headers['x-shopify-topic']);
		// A subscription that is about to be removed may still report: what nobody asked for starts nothing.
		if (topic === null || !topicsOf(this).includes(topic)) return turnAway(this, 200, 'This event is not chosen in the workflow');
		const body = readBody(rawBody);
		if (body === null) return turnAway(this, 400, 'The body is not a JSON object');
		const { ignoreRepeated, lateAfterMinutes } = optionsOf(this);
		const event = toShopifyEvent({ topic, headers, rawBody, body, receivedAt: new Date(), lateAfterSeconds: 60 * readMinutes(lateAfterMinutes) });
		if (ignoreRepeated === true && !isFirstDelivery(this.getWorkflowStaticData('node'), event.id)) return turnAway(this, 200, 'This delivery is known');
		return { workflowData: [[{ json: event as unknown as IDataObject }]] };
	}
}

/** The exact bytes that were signed; n8n keeps them next to what it parsed. */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody) && typeof request.readRawBody === 'function') await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

function readBody(rawBody: Buffer): IDataObject | null {
	try {
		const parsed: unknown = JSON.parse(rawBody.toString('utf8'));
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as IDataObject) : null;
	} catch {
		return null;
	}
}

function turnAway(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

function topicsOf(context: IHookFunctions | IWebhookFunctions): Topic[] {
	return context.getNodeParameter('topics') as Topic[];
}

function optionsOf(context: IHookFunctions | IWebhookFunctions): TriggerOptions {
	return context.getNodeParameter('options', {}) as TriggerOptions;
}

function readMinutes(value: unknown): number {
	const minutes = Number(value ?? DEFAULT_LATE_AFTER_MINUTES);
	return Number.isFinite(minutes) && minutes >= 0 ? minutes : DEFAULT_LATE_AFTER_MINUTES;
}

function wantedOf(context: IHookFunctions): WantedSubscriptions {
	const uri = context.getNodeWebhookUrl('default');
	if (uri === undefined) throw new NodeOperationError(context.getNode(), 'n8n gives this node no webhook address', { description: 'Set the address at which this n8n can be reached from the internet (N8N_WEBHOOK_URL), then publish the workflow again.' });
	const { filter } = optionsOf(context);
	const earlier = context.getWorkflowStaticData('node').uri;
	return {
		uri,
		topics: topicsOf(context),
		filter: typeof filter === 'string' && filter.trim() !== '' ? filter.trim() : null,
		earlierUri: typeof earlier === 'string' ? earlier : null,
	};
}

/** Without the secret every delivery would be turned away: better to say so when the workflow is published. */
async function insistOnSecret(context: IHookFunctions): Promise<void> {
	const credential = await context.getCredentials(credentialNameOf(context));
	if (signingSecretOf(credential) !== '') return;
	const field = credential.authentication === 'accessToken' ? 'API Secret Key' : 'Client Secret';
	throw new NodeOperationError(context.getNode(), 'The credential lacks the secret that Shopify signs its messages with', {
		description: `Enter the app’s ${field} in the Shopify Returns credential, then publish the workflow again.`,
	});
}

async function callShopify<Result>(context: IHookFunctions, call: (client: ShopifyClient) => Promise<Result>): Promise<Result> {
	const client = await createShopifyClient(context);
	try {
		return await call(client);
	} catch (failure) {
		if (failure instanceof SubscriptionRefused) throw new NodeOperationError(context.getNode(), failure.message, { description: failure.remedy });
		throw toNodeApiError(failure, context.getNode());
	}
}
