/** Return → Add Tracking: which parcel a return comes back in, as a reverse delivery of each of its reverse fulfilment orders. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason } from '../../../returns/exceptions';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { CreateReverseDeliveryDocument, ReturnDeliveriesDocument, UpdateReverseDeliveryDocument, type ReturnDeliveriesQuery } from '../api/generated';
import { toReturnSummary, type ReturnSummary } from '../api/mapping';
import { refusalInWords, type UserError } from '../api/refusal';
import { dryRunOption, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { laneOfLocator, nameOfChoice, readReturnChoice, resolveReturnId, returnLocator } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';
import { notifyCustomerParameter } from './notify';

export const description: INodeProperties[] = [
	returnLocator,
	{ displayName: 'Tracking Number', name: 'trackingNumber', type: 'string', required: true, default: '', placeholder: 'e.g. 1Z999AA10123456784', description: 'The carrier’s number of the parcel' },
	notifyCustomerParameter,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			dryRunOption,
			{ displayName: 'Label URL', name: 'labelUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/label.pdf', description: 'Where Shopify can fetch the return label' },
			{ displayName: 'Tracking URL', name: 'trackingUrl', type: 'string', default: '', placeholder: 'e.g. https://example.com/track/123', description: 'The carrier’s page about the parcel' },
			{
				displayName: 'When Another Number Is Recorded',
				name: 'whenTracked',
				type: 'options',
				options: [
					{ name: 'Ask a Person', value: 'ask', description: 'Change nothing and come out of Needs Attention' },
					{ name: 'It Is a Second Parcel', value: 'addParcel', description: 'Keep the recorded number and add this one' },
					{ name: 'Replace It', value: 'replace', description: 'The recorded number was wrong' },
				],
				default: 'ask',
				description: 'What to do about a tracking number that differs from this one',
			},
		],
	},
];

interface Parcel {
	readonly number: string;
	readonly tracking: { number: string; url?: string };
	readonly label?: { fileUrl: string };
	readonly notifyCustomer: boolean;
	readonly whenTracked: 'ask' | 'addParcel' | 'replace';
	readonly isDryRun: boolean;
}

interface TrackingResult extends WriteResult {
	readonly return: ReturnSummary | null;
	readonly reverseDeliveries: ReadonlyArray<{ id: string; reverseFulfillmentOrderId: string; trackingNumber: string | null; trackingUrl: string | null; labelUrl: string | null }>;
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

type Deliveries = NonNullable<ReturnDeliveriesQuery['return']>;
type ReverseOrder = Deliveries['reverseFulfillmentOrders']['nodes'][number];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'return');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readReturnChoice(this, itemIndex);
	const parcel = readParcel(this, itemIndex);
	const id = await resolveReturnId(this, itemIndex, client, choice);
	const before = id === null ? null : await read(client, id);
	const missing = (): TrackingResult => ({ outcome: 'blocked', reasons: [reason('returnNotFound', `The store has no return ${nameOfChoice(choice)}.`)], return: null, reverseDeliveries: [] });
	return routeWrite(before === null ? missing() : await track(client, before, parcel), itemIndex);
}

async function track(client: ShopifyClient, before: Deliveries, parcel: Parcel): Promise<TrackingResult> {
	if (before.reverseFulfillmentOrders.pageInfo.hasNextPage || before.reverseFulfillmentOrders.nodes.some(({ reverseDeliveries }) => reverseDeliveries.pageInfo.hasNextPage)) {
		return { ...shown(before), outcome: 'blocked', reasons: [reason('snapshotIncomplete', `The return ${before.name} has more parcels than one decision can read.`)] };
	}
	if (isTracked(before, parcel)) return { ...shown(before), outcome: 'alreadyDone', reasons: [reason('returnAsWanted', `The return ${before.name} has the tracking number ${parcel.number}.`)] };
	if (before.status !== 'OPEN' || openOrders(before).length === 0) return { ...shown(before), outcome: 'blocked', reasons: [reason('returnNotOpen', `The return ${before.name} is ${before.status}; only an open return takes a tracking number.`)] };
	const differing = openOrders(before).flatMap((order) => (numberOf(order, parcel) === null ? numbersOf(order) : []));
	if (parcel.whenTracked === 'ask' && differing.length > 0) {
		return { ...shown(before), outcome: 'blocked', reasons: [reason('trackingDiffers', `The return ${before.name} has the tracking number ${differing.join(', ')}, and ${parcel.number} is to be added.`)] };
	}
	if (parcel.isDryRun) return { ...shown(before), ...rehearsal(`record the tracking number ${parcel.number} for the return ${before.name}`, { tracking: parcel.tracking, label: parcel.label ?? null, notifyCustomer: parcel.notifyCustomer }) };
	return await send(client, before, parcel);
}

async function send(client: ShopifyClient, before: Deliveries, parcel: Parcel): Promise<TrackingResult> {
	const refusals: string[] = [];
	let isUnclear = false;
	for (const order of openOrders(before).filter((candidate) => numberOf(candidate, parcel) === null)) {
		try {
			const userErrors = await record(client, order, parcel);
			if (userErrors.length > 0) refusals.push(refusalInWords(client, userErrors));
		} catch (failure) {
			if (!(failure instanceof ShopifyRequestError) || failure.kind !== 'ambiguous') return passOn(failure);
			// What became of it is told by the return itself; nothing more is sent meanwhile.
			isUnclear = true;
			break;
		}
	}
	const after = (await read(client, before.id).catch((failure: unknown) => (isUnclear && failure instanceof ShopifyRequestError ? null : passOn(failure)))) ?? before;
	if (isTracked(after, parcel)) return { ...shown(after), outcome: 'done', reasons: [] };
	if (refusals.length > 0) return { ...shown(after), outcome: 'blocked', reasons: [reason('refusedByShopify', `Shopify does not take the tracking number of the return ${before.name}: ${refusals.join(' ')}`)] };
	const unknown = reason('answerUnknown', `Shopify did not confirm the tracking number of the return ${before.name}.`);
	return { ...shown(after), outcome: 'waiting', reasons: [unknown], retryAt: new Date(Date.now() + 60_000).toISOString() };
}

/** A delivery without a number gets it; so does the one with another number when that one was wrong. */
async function record(client: ShopifyClient, order: ReverseOrder, { tracking, label, notifyCustomer, whenTracked }: Parcel): Promise<readonly UserError[]> {
	const known = order.reverseDeliveries.nodes;
	const taken = known.find(({ deliverable }) => !deliverable?.tracking?.number) ?? (whenTracked === 'replace' ? known.at(-1) : undefined);
	if (taken === undefined) {
		// An empty list of lines means all of them.
		const variables = { reverseFulfillmentOrderId: order.id, lines: [], tracking, label, notifyCustomer };
		return (await client.request(CreateReverseDeliveryDocument, variables, 'once')).reverseDeliveryCreateWithShipping?.userErrors ?? [];
	}
	return (await client.request(UpdateReverseDeliveryDocument, { reverseDeliveryId: taken.id, tracking, label, notifyCustomer }, 'once')).reverseDeliveryShippingUpdate?.userErrors ?? [];
}

async function read(client: ShopifyClient, id: string): Promise<Deliveries | null> {
	return (await client.request(ReturnDeliveriesDocument, { id }, 'read')).return;
}

function isTracked(found: Deliveries, parcel: Parcel): boolean {
	const orders = found.status === 'OPEN' ? openOrders(found) : found.reverseFulfillmentOrders.nodes;
	return orders.length > 0 && orders.every((order) => numberOf(order, parcel) !== null);
}

function openOrders({ reverseFulfillmentOrders }: Deliveries): ReverseOrder[] {
	return reverseFulfillmentOrders.nodes.filter(({ status }) => status === 'OPEN');
}

function numbersOf(order: ReverseOrder): string[] {
	return order.reverseDeliveries.nodes.flatMap(({ deliverable }) => (deliverable?.tracking?.number ? [deliverable.tracking.number] : []));
}

function numberOf(order: ReverseOrder, { number }: Parcel): string | null {
	return numbersOf(order).find((candidate) => bare(candidate) === bare(number)) ?? null;
}

/** Carriers print their numbers with spaces that mean nothing. */
function bare(number: string): string {
	return number.replace(/\s/g, '').toUpperCase();
}

function shown(found: Deliveries): Pick<TrackingResult, 'return' | 'reverseDeliveries'> {
	return {
		return: toReturnSummary(found),
		reverseDeliveries: found.reverseFulfillmentOrders.nodes.flatMap((order) =>
			order.reverseDeliveries.nodes.map(({ id, deliverable }) => ({
				id,
				reverseFulfillmentOrderId: order.id,
				trackingNumber: deliverable?.tracking?.number ?? null,
				trackingUrl: deliverable?.tracking?.url ?? null,
				labelUrl: deliverable?.label?.publicFileUrl ?? null,
			})),
		),
	};
}

function readParcel(context: IExecuteFunctions, itemIndex: number): Parcel {
	const number = String(context.getNodeParameter('trackingNumber', itemIndex)).trim();
	if (number === '') throw new NodeOperationError(context.getNode(), 'There is no tracking number', { description: 'Enter one, or check that the expression finds it.', itemIndex });
	const { labelUrl, trackingUrl, whenTracked } = context.getNodeParameter('options', itemIndex, {}) as { labelUrl?: unknown; trackingUrl?: unknown; whenTracked?: unknown };
	const url = readUrl(context, itemIndex, 'Tracking URL', trackingUrl);
	const fileUrl = readUrl(context, itemIndex, 'Label URL', labelUrl);
	return {
		number,
		tracking: { number, ...(url === null ? {} : { url }) },
		...(fileUrl === null ? {} : { label: { fileUrl } }),
		notifyCustomer: context.getNodeParameter('notifyCustomer', itemIndex, false) === true,
		isDryRun: isDryRun(context, itemIndex),
		whenTracked: whenTracked === 'addParcel' || whenTracked === 'replace' ? whenTracked : 'ask',
	};
}

function readUrl(context: IExecuteFunctions, itemIndex: number, what: string, value: unknown): string | null {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return null;
	if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
	throw new NodeOperationError(context.getNode(), `The ${what} is no web address`, { description: 'Enter an address that begins with https://.', itemIndex });
}
