/**
 * What Create and Request share: a return for the units is made sure of. ReturnGO usually made it on approval, so an existing one is looked
 * for first; a second return for the same units is never made.
 */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import type { ReturnSummaryFieldsFragment } from '../api/generated';
import { toReturnSummary, type ReturnDetail, type ReturnSummary } from '../api/mapping';
import { readOrderLines, readReturn, readReturnableLines, readReturnReasons, readReturnsOfOrder, type ReturnableLine } from '../api/reads';
import { refusalInWords, type UserError } from '../api/refusal';
import { dryRunOption, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';
import { itemParameters, needsLines, readItems, withLines, type ReturnItem } from './items';

/** Pauses before looking for a return whose creation was not confirmed, in milliseconds. */
const READ_BACK_AFTER = [1_000, 4_000];
/** Handles of the reason to use when nobody names one, in order of preference. */
const NEUTRAL_REASONS = ['unknown', 'other'];

export const ensureParameters: INodeProperties[] = [
	orderLocator,
	...itemParameters,
	{
		displayName: 'Return Reason',
		name: 'returnReason',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'Why the items come back. Left empty, the store’s neutral reason is used.',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchReturnReasons', searchable: true } },
			{ displayName: 'By Handle or ID', name: 'id', type: 'string', placeholder: 'e.g. defective' },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			dryRunOption,
			{
				displayName: 'Other Requests’ Returns',
				name: 'otherReturns',
				type: 'string',
				default: '',
				placeholder: 'e.g. #1001-R1, #1001-R2',
				description: 'Names or IDs of returns that belong to other return requests of this order, separated by commas. They are not taken for this one.',
			},
		],
	},
];

interface CreateResult extends WriteResult {
	readonly return: ReturnDetail | ReturnSummary | null;
	/** When to look again, if nobody can tell yet. */
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

/** Pieces per order line. */
type Wanted = ReadonlyMap<string, number>;

interface ResolvedItem extends ReturnItem {
	lineItemId: string;
}

/** How a return comes into being. */
export interface Making {
	/** Sends the request, once, for lines that are spread over what was shipped; answers the new return, or Shopify's refusals. */
	send(client: ShopifyClient, orderId: string, lines: readonly NewLine[]): Promise<Made | null | undefined>;
}

export interface NewLine {
	fulfillmentLineItemId: string;
	quantity: number;
	returnReasonDefinitionId: string;
	note: string;
}

interface Made {
	return: ReturnSummaryFieldsFragment | null;
	userErrors: readonly UserError[];
}

/** @throws ShopifyRequestError, NodeOperationError */
export async function executeMaking(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, making: Making): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(context, itemIndex);
	const items = readItems(context, itemIndex);
	const request: CreateRequest = { items, reason: readReason(context, itemIndex), others: readOthers(context, itemIndex), making, isDryRun: isDryRun(context, itemIndex) };
	const orderId = await resolveOrderId(context, itemIndex, client, choice);
	const result = orderId === null ? null : await ensureReturn(client, orderId, request);
	return routeWrite(result ?? blocked('orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}.`), itemIndex);
}

interface CreateRequest {
	readonly items: readonly ReturnItem[];
	readonly reason: string;
	/** Names and ids of returns to leave alone, in lower case. */
	readonly others: ReadonlySet<string>;
	readonly making: Making;
	readonly isDryRun: boolean;
}

/** Null when there is no such order. */
async function ensureReturn(client: ShopifyClient, orderId: string, request: CreateRequest): Promise<CreateResult | null> {
	const before = await readReturnsOfOrder(client, orderId);
	if (before === null) return null;
	const items = await resolveLines(client, orderId, request.items);
	if ('code' in items) return { outcome: 'blocked', reasons: [items], return: null };
	const wanted = countPieces(items);

	const existing = await findReturns(client, before.filter((candidate) => !isOther(candidate, request.others)), wanted);
	const [only] = existing;
	if (only !== undefined && existing.length === 1) return { outcome: 'alreadyDone', reasons: [reason('returnExists', `The return ${only.name} holds these units; it is ${only.status}.`)], return: only };
	if (existing.length > 1) return blocked('returnUnclear', `The returns ${existing.map(({ name }) => name).join(', ')} hold these units.`);

	const lines = await compose(client, orderId, items, request.reason);
	if ('code' in lines) return { outcome: 'blocked', reasons: [lines], return: null };
	if (request.isDryRun) return { ...rehearsal(`make a return of ${sum(wanted.values())} pieces`, { orderId, lines }), return: null };
	return await make(client, orderId, request.making, lines, before, wanted);
}

async function make(client: ShopifyClient, orderId: string, making: Making, lines: readonly NewLine[], before: readonly ReturnSummary[], wanted: Wanted): Promise<CreateResult> {
	try {
		const made = await making.send(client, orderId, lines);
		const refusals = made?.userErrors ?? [];
		if (refusals.length > 0) return blocked('refusedByShopify', `Shopify does not create the return: ${refusalInWords(client, refusals)}`);
		if (!made?.return) return await lookForCreated(client, orderId, before, wanted);
		// It exists, whether or not it can be read in full at this moment.
		const created = await readReturn(client, made.return.id).catch(unlessUnreachable);
		return { outcome: 'done', reasons: [], return: created ?? toReturnSummary(made.return) };
	} catch (failure) {
		if (failure instanceof ShopifyRequestError && failure.kind === 'ambiguous') return await lookForCreated(client, orderId, before, wanted);
		return passOn(failure);
	}
}

/** The request is never sent again: either a return appeared that was not there before, or the next run will see. */
async function lookForCreated(client: ShopifyClient, orderId: string, before: readonly ReturnSummary[], wanted: Wanted): Promise<CreateResult> {
	const known = new Set(before.map(({ id }) => id));
	for (const pause of READ_BACK_AFTER) {
		await sleep(pause);
		const now = await readReturnsOfOrder(client, orderId).catch(unlessUnreachable);
		const fresh = (now ?? []).filter(({ id }) => !known.has(id));
		const [created] = await findReturns(client, fresh, wanted).catch(unlessUnreachable).then((found) => found ?? []);
		if (created !== undefined) return { outcome: 'done', reasons: [], return: created };
	}
	return {
		outcome: 'waiting',
		reasons: [reason('answerUnknown', 'Shopify did not confirm the new return, and the order does not show it yet.')],
		return: null,
		retryAt: new Date(Date.now() + 60_000).toISOString(),
	};
}

function unlessUnreachable(failure: unknown): null {
	if (failure instanceof ShopifyRequestError) return null;
	return passOn(failure);
}

/** Open or requested returns that hold the units; those that hold nothing else win over those that do. */
async function findReturns(client: ShopifyClient, candidates: readonly ReturnSummary[], wanted: Wanted): Promise<ReturnDetail[]> {
	const total = sum(wanted.values());
	const fitting: ReturnDetail[] = [];
	for (const candidate of candidates) {
		if (candidate.status !== 'OPEN' && candidate.status !== 'REQUESTED') continue;
		const detail = await readReturn(client, candidate.id);
		if (detail !== null && holds(detail, wanted)) fitting.push(detail);
	}
	const exact = fitting.filter((detail) => sum(detail.lines.map(({ quantity }) => quantity)) === total);
	return exact.length > 0 ? exact : fitting;
}

function holds(detail: ReturnDetail, wanted: Wanted): boolean {
	return [...wanted].every(([lineItemId, quantity]) => sum(detail.lines.filter((line) => line.lineItemId === lineItemId).map((line) => line.quantity)) >= quantity);
}

async function resolveLines(client: ShopifyClient, orderId: string, items: readonly ReturnItem[]): Promise<ResolvedItem[] | Reason> {
	const lines = needsLines(items) ? await readOrderLines(client, orderId) : [];
	const resolved: ResolvedItem[] = [];
	for (const item of withLines(items, lines)) {
		const matching = item.lineItemId === null ? lines.filter((line) => line.sku === item.sku).map(({ id }) => id) : [item.lineItemId];
		const [lineItemId] = matching;
		if (lineItemId === undefined) return reason('skuMismatch', `No line of the order has the SKU ${item.sku ?? ''}.`);
		if (matching.length > 1) return reason('skuMismatch', `${matching.length} lines of the order have the SKU ${item.sku ?? ''}; name the line by its ID.`);
		resolved.push({ ...item, lineItemId });
	}
	return resolved;
}

/** Spreads the units over what was shipped, and gives every line a reason. */
async function compose(client: ShopifyClient, orderId: string, items: readonly ResolvedItem[], commonReason: string): Promise<NewLine[] | Reason> {
	const returnable = await readReturnableLines(client, orderId);
	if (returnable.isIncomplete) return reason('snapshotIncomplete', 'A fulfilment of the order has more lines than one decision can read.');
	const left = returnable.lines.map((line) => ({ ...line }));
	const reasons = new ReasonBook(client);
	const lines: NewLine[] = [];
	for (const item of items) {
		const definition = await reasons.idOf(item.reason || commonReason);
		if (typeof definition !== 'string') return definition;
		const taken = take(left, item);
		if (sum(taken.map(({ quantity }) => quantity)) < item.quantity) return nothingReturnable(item, returnable.lines);
		for (const { fulfillmentLineItemId, quantity } of taken) {
			lines.push({ fulfillmentLineItemId, quantity, returnReasonDefinitionId: definition, note: item.note });
		}
	}
	return lines;
}

function take(left: ReturnableLine[], item: ResolvedItem): Array<{ fulfillmentLineItemId: string; quantity: number }> {
	const taken: Array<{ fulfillmentLineItemId: string; quantity: number }> = [];
	let open = item.quantity;
	for (const line of left.filter((candidate) => candidate.lineItemId === item.lineItemId)) {
		const quantity = Math.min(open, line.quantity);
		if (quantity <= 0) continue;
		taken.push({ fulfillmentLineItemId: line.fulfillmentLineItemId, quantity });
		line.quantity -= quantity;
		open -= quantity;
	}
	return taken;
}

function nothingReturnable(item: ResolvedItem, lines: readonly ReturnableLine[]): Reason {
	const allowed = sum(lines.filter(({ lineItemId }) => lineItemId === item.lineItemId).map(({ quantity }) => quantity));
	return reason('nothingReturnable', `${item.quantity} pieces of the line ${item.lineItemId} are to come back, and Shopify allows ${allowed}: the others are not shipped, or are part of another return.`);
}

/** Looks reasons up once, and only when one is named by something else than its id. */
class ReasonBook {
	private known: Awaited<ReturnType<typeof readReturnReasons>> | null = null;

	constructor(private readonly client: ShopifyClient) {}

	async idOf(named: string): Promise<string | Reason> {
		if (named.startsWith('gid://shopify/ReturnReasonDefinition/')) return named;
		this.known ??= await readReturnReasons(this.client);
		const wanted = named === '' ? NEUTRAL_REASONS : [named.toLowerCase()];
		for (const text of wanted) {
			// A bare number is the end of an ID, as everywhere; a handle or a name may be a number, too, and says more.
			const found = this.known.find((entry) => entry.handle.toLowerCase() === text || entry.name.toLowerCase() === text) ?? this.known.find(({ id }) => id === `gid://shopify/ReturnReasonDefinition/${text}`);
			if (found) return found.id;
		}
		const choices = this.known.map(({ handle }) => handle).join(', ');
		return reason('invalidInput', named === '' ? `The store has no neutral return reason; choose one of: ${choices}.` : `The store has no return reason "${named}"; it has: ${choices}.`);
	}
}

function readReason(context: IExecuteFunctions, itemIndex: number): string {
	const given: unknown = context.getNodeParameter('returnReason', itemIndex, '');
	const value = typeof given === 'object' && given !== null ? (given as { value?: unknown }).value : given;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function readOthers(context: IExecuteFunctions, itemIndex: number): Set<string> {
	const { otherReturns = '' } = context.getNodeParameter('options', itemIndex, {}) as { otherReturns?: unknown };
	return new Set(
		String(otherReturns)
			.split(',')
			.map((part) => part.trim().toLowerCase())
			.filter((part) => part !== ''),
	);
}

function isOther({ id, name }: ReturnSummary, others: ReadonlySet<string>): boolean {
	const number = id.slice(id.lastIndexOf('/') + 1);
	return [id.toLowerCase(), number, name.toLowerCase(), name.toLowerCase().replace(/^#/, '')].some((label) => others.has(label));
}

function countPieces(items: readonly ResolvedItem[]): Map<string, number> {
	const pieces = new Map<string, number>();
	for (const { lineItemId, quantity } of items) pieces.set(lineItemId, (pieces.get(lineItemId) ?? 0) + quantity);
	return pieces;
}

function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

function blocked(code: Parameters<typeof reason>[0], message: string): CreateResult {
	return { outcome: 'blocked', reasons: [reason(code, message)], return: null };
}
