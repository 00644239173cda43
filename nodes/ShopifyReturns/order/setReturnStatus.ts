/** Order → Set Return Status: tags and the field on the order's page say where the return stands, by the facts of both systems (N6). */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { randomInt, sleep } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { UnreadableLedger } from '../../../returns/ledger';
import type { OrderSnapshot } from '../../../returns/order';
import type { Rma } from '../../../returns/rma';
import { parseRma } from '../../../returns/rmaSchema';
import { statusUpdate, tagOf, type StatusUpdate } from '../../../returns/statusField';
import type { ShopifyClient } from '../api/client';
import { dryRunOptions, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { refuse, routeWrite, type WriteResult } from '../outcome';
import { attempt } from '../settlement/attempt';
import { laneOfRma } from '../settlement/parameters';
import { OrderChanged, readSnapshot } from '../settlement/snapshot';
import { writeStatus } from '../settlement/statusWrites';

/** How often a lost race is run again; every loss means that somebody else wrote to the order. */
const RACES = 8;

export const description: INodeProperties[] = [
	{
		displayName: 'Return Request (RMA)',
		name: 'rma',
		type: 'json',
		default: '={{ $json.rma }}',
		required: true,
		description: 'The RMA as the ReturnGO node or the ReturnGO Trigger puts it out. An older one never overwrites what a newer one has shown.',
	},
	dryRunOptions,
];

interface StatusResult extends WriteResult {
	readonly rmaId: string;
	readonly orderId: string | null;
	readonly orderName: string;
	/** Null where the order could not be judged. */
	readonly status: (StatusUpdate['status'] & { tag: string }) | null;
	readonly tags: { added: string[]; removed: string[] };
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
	readonly retryAt?: string;
}

export const laneOf = laneOfRma;

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const rma = readRma(this, itemIndex);
	const result = await setStatus(client, rma, isDryRun(this, itemIndex));
	const usage = { requests: client.usage.requests, points: client.usage.actualPoints };
	const answer: StatusResult & { apiVersion: string | null; usage: typeof usage } = { ...result, apiVersion: client.usage.apiVersionAnswered, usage };
	return routeWrite(answer, itemIndex);
}

function readRma(context: IExecuteFunctions, itemIndex: number): Rma {
	const given: unknown = context.getNodeParameter('rma', itemIndex, null);
	const read = attemptParse(given);
	if (typeof read === 'string') throw refuse(context.getNode(), 'invalidInput', `“Return Request (RMA)” cannot be used: ${read}`, itemIndex);
	return read;
}

function attemptParse(given: unknown): Rma | string {
	try {
		return parseRma(typeof given === 'string' ? (JSON.parse(given) as unknown) : given);
	} catch (failure) {
		return failure instanceof Error ? failure.message : String(failure);
	}
}

/** Two requests when there is something to write, one when there is nothing. */
async function setStatus(client: ShopifyClient, rma: Rma, isRehearsal: boolean): Promise<StatusResult> {
	for (let race = 0; race < RACES; race += 1) {
		const result = await setStatusOnce(client, rma, isRehearsal);
		if (result !== 'lostRace') return result;
		await sleep(randomInt(50, 50 * 2 ** (race + 1)));
	}
	return { ...unjudged(rma, reason('claimedElsewhere', `Other runs kept writing to the order ${rma.order.name}.`)), outcome: 'waiting', retryAt: new Date(Date.now() + 60_000).toISOString() };
}

async function setStatusOnce(client: ShopifyClient, rma: Rma, isRehearsal: boolean): Promise<StatusResult | 'lostRace'> {
	const read = await attempt(async () => await readOrder(client, rma), OrderChanged);
	if (!read.ok) return 'lostRace';
	const order = read.value;
	if ('code' in order) return unjudged(rma, order);
	const now = new Date();
	const update = statusUpdate(rma, order, now);
	const { add, remove } = update.tags;
	if (!update.isValueNew && add.length === 0 && remove.length === 0) return resultOf(order, update, 'alreadyDone', [reason('orderAsWanted', `The order ${order.name} shows the return as ${update.status.state} since ${update.status.since}.`)]);
	if (isRehearsal) return { ...resultOf(order, update, 'waiting', []), ...rehearsal(`show the return as ${update.status.state}`, { status: update.status, tags: { add, remove } }), tags: { added: [], removed: [] } };
	const written = await writeStatus(client, order, rma, now);
	if (written.kind === 'recorded') return resultOf(order, written.update, 'done', []);
	if (written.kind === 'refused') return { ...resultOf(order, update, 'blocked', [reason('refusedByShopify', `Shopify does not take the return status of ${order.name}: ${written.message}`)]), tags: { added: [], removed: [] } };
	return 'lostRace';
}

async function readOrder(client: ShopifyClient, rma: Rma): Promise<OrderSnapshot | Reason> {
	const { id, name } = rma.order;
	if (id === null) return reason('rmaWithoutOrder', `RMA${rma.id} names no Shopify order.`);
	const lineItemIds = [...new Set(rma.units.flatMap(({ lineItemId }) => lineItemId ?? []))];
	const read = await attempt(async () => await readSnapshot(client, id, lineItemIds), UnreadableLedger);
	if (!read.ok) return reason('ledgerUnreadable', read.failure.message);
	if (read.value === null) return reason('orderNotFound', `Shopify has no order ${name} (${id}) in this store.`);
	if (read.value.incomplete.length > 0) return reason('snapshotIncomplete', `The order ${name} has more ${read.value.incomplete.join(', ')} than one reading holds.`);
	return read.value;
}

function resultOf(order: OrderSnapshot, { status, tags }: StatusUpdate, outcome: WriteResult['outcome'], reasons: Reason[]): StatusResult {
	return { outcome, reasons, rmaId: status.rmaId, orderId: order.id, orderName: order.name, status: { ...status, tag: tagOf(status.state) }, tags: { added: tags.add, removed: tags.remove } };
}

function unjudged({ id, order }: Rma, why: Reason): StatusResult {
	return { outcome: 'blocked', reasons: [why], rmaId: id, orderId: order.id, orderName: order.name, status: null, tags: { added: [], removed: [] } };
}
