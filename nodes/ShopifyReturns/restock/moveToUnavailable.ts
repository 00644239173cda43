/** Restock → Move to Unavailable: sellable pieces become damaged, on inspection, or safety stock, at the place where they are. Once per order and reference. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason, type Reason } from '../../../returns/exceptions';
import { stockKey } from '../../../returns/keys';
import type { RecordedAct } from '../../../returns/recordedActs';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { FindVariantsDocument, ItemOfVariantDocument, ItemStockDocument, MoveStockDocument, type MoveStockMutation } from '../api/generated';
import { failureInWords, refusalInWords } from '../api/refusal';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { itemLocator, laneOfLocator, locationLocator, readItemChoice, readLocationId, type ItemChoice } from '../locators';
import { codeOf, routeWrite } from '../outcome';
import { doOnce, type OnceResult, type Prepared, type Sent, type SingleAct } from '../recorded/once';
import { readChosenOrder, readReference, recordedParameters } from '../recorded/parameters';
import { attempt } from '../settlement/attempt';
import { surroundings } from '../settlement/report';

const STATES = ['damaged', 'quality_control', 'safety_stock'] as const;
type State = (typeof STATES)[number];
const LARGEST_QUANTITY = 100_000;
/** Keys that Shopify may declare burnt before we stop asking with a fresh one. */
const LONGEST_KEY_CHAIN = 4;

export const description: INodeProperties[] = [
	...recordedParameters,
	itemLocator,
	locationLocator,
	{ displayName: 'Quantity', name: 'quantity', type: 'number', typeOptions: { minValue: 1, numberPrecision: 0 }, default: 1, description: 'How many sellable pieces to take out of sale' },
	{
		displayName: 'New State',
		name: 'state',
		type: 'options',
		options: [
			{ name: 'Damaged', value: 'damaged', description: 'Cannot be sold' },
			{ name: 'Quality Control', value: 'quality_control', description: 'Has to be looked at before it can be sold' },
			{ name: 'Safety Stock', value: 'safety_stock', description: 'Kept back, although it could be sold' },
		],
		default: 'damaged',
		description: 'As what Shopify counts the pieces from then on',
	},
	dryRunOptions,
];

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const reference = readReference(this, itemIndex);
	const choice = readItemChoice(this, itemIndex);
	const locationId = readLocationId(this, itemIndex);
	const quantity = readQuantity(this, itemIndex);
	const state = readState(this, itemIndex);
	const stopsBeforeWriting = isDryRun(this, itemIndex);
	const { id, label } = await readChosenOrder(this, itemIndex, client);
	const stopped = (why: Reason): OnceResult => ({ outcome: 'blocked', reasons: [why], order: null, reference, resultId: null });
	if (id === null) return routeWrite(stopped(reason('orderNotFound', `The store has no order ${label}.`)), itemIndex);
	const item = await findItem(client, choice);
	if (typeof item !== 'string') return routeWrite(stopped(item), itemIndex);
	const result = await doOnce(client, id, new Move(client, reference, { inventoryItemId: item, locationId, quantity, state }), stopsBeforeWriting, surroundings);
	const told = { ...result, inventoryItemId: item, locationId, quantity, state };
	return routeWrite(told, itemIndex);
}

interface Asked {
	inventoryItemId: string;
	locationId: string;
	quantity: number;
	state: State;
}

class Move implements SingleAct {
	readonly kind = 'move';
	readonly hasKey = true;
	readonly asked: { [Name in keyof Asked]: Asked[Name] };
	readonly sentence: string;

	constructor(
		private readonly client: ShopifyClient,
		readonly reference: string,
		asked: Asked,
	) {
		this.asked = asked;
		this.sentence = `move ${asked.quantity} sellable pieces to ${asked.state.replace('_', ' ')}`;
	}

	/** The figures travel with the request: if somebody sells or counts a piece meanwhile, Shopify refuses and they are read again. */
	async prepare(): Promise<Prepared | Reason> {
		const { inventoryItemId, locationId, quantity, state } = this.asked;
		const { inventoryItem } = await this.client.request(ItemStockDocument, { id: inventoryItemId, locationId, names: ['available', state] }, 'read');
		if (inventoryItem === null) return reason('itemNotFound', `The store has no inventory item ${inventoryItemId}.`);
		const name = inventoryItem.sku ?? inventoryItemId;
		if (!inventoryItem.tracked) return reason('stockNotCounted', `Shopify does not count the stock of ${name}.`);
		if (!inventoryItem.inventoryLevel) return reason('locationInactive', `${name} is not stocked at the location ${locationId}, or there is no such location.`);
		const quantityOf = (wanted: string) => inventoryItem.inventoryLevel?.quantities.find((candidate) => candidate.name === wanted)?.quantity ?? 0;
		const available = quantityOf('available');
		if (available < quantity) return reason('stockTooSmall', `${name} has ${available} sellable pieces at the location, and ${quantity} are to be moved.`);
		return { sent: { availableBefore: available, stateBefore: quantityOf(state) }, idsBefore: [] };
	}

	async send(act: RecordedAct, sendWithinMs: number): Promise<Sent> {
		const { inventoryItemId, locationId, quantity, state } = this.asked;
		const document = `gid://returngo/Move/${act.key}?reference=${encodeURIComponent(act.reference)}`;
		const input = {
			reason: state,
			referenceDocumentUri: document,
			changes: [
				{
					inventoryItemId,
					quantity,
					from: { locationId, name: 'available', changeFromQuantity: Number(act.sent.availableBefore) },
					// Shopify wants a document for every figure but the sellable one.
					to: { locationId, name: state, changeFromQuantity: Number(act.sent.stateBefore), ledgerDocumentUri: document },
				},
			],
		};
		for (let repeat = 1; ; repeat += 1) {
			const key = stockKey(act.key, input.changes, repeat);
			const sent = await attempt(async () => await this.client.request(MoveStockDocument, { input, key }, 'idempotent', sendWithinMs), ShopifyRequestError);
			if (!sent.ok) return failed(sent.failure);
			const answer = sent.value.inventoryMoveQuantities;
			const isBurnt = answer?.userErrors.some(({ code }) => code === 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED') === true;
			if (!isBurnt || repeat === LONGEST_KEY_CHAIN) return judge(this.client, answer);
		}
	}

	/** Shopify cannot be asked for changes of stock by their reference; what came of one is told by sending it again with its key. */
	async find(): Promise<string | null> {
		return null;
	}
}

function failed(failure: ShopifyRequestError): Sent {
	if (failure.kind === 'ambiguous' || failure.kind === 'unavailable') return { kind: 'unknown', message: failureInWords(failure) };
	return { kind: 'refused', reason: reason(codeOf(failure), failureInWords(failure)) };
}

function judge(client: ShopifyClient, answer: MoveStockMutation['inventoryMoveQuantities']): Sent {
	const errors = answer?.userErrors ?? [];
	const codes = errors.map(({ code }) => String(code));
	const text = refusalInWords(client, errors);
	if (codes.includes('CHANGE_FROM_QUANTITY_STALE')) return { kind: 'stale' };
	if (codes.some((code) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST' || code === 'SERVICE_UNAVAILABLE')) return { kind: 'unknown', message: text };
	if (codes.includes('INVALID_LOCATION')) return { kind: 'refused', reason: reason('locationInactive', `Shopify refused the move: ${text}`) };
	if (errors.length > 0) return { kind: 'refused', reason: reason('refusedByShopify', `Shopify refused the move: ${text}`) };
	const group = answer?.inventoryAdjustmentGroup ?? null;
	return group === null ? { kind: 'unknown', message: 'Shopify’s answer names no change of stock.' } : { kind: 'done', id: group.id };
}

async function findItem(client: ShopifyClient, choice: ItemChoice): Promise<string | Reason> {
	if (choice.kind === 'inventoryItem') return choice.id;
	if (choice.kind === 'sku') return await findBySku(client, choice.sku);
	const { productVariant } = await client.request(ItemOfVariantDocument, { id: choice.id }, 'read');
	return productVariant?.inventoryItem.id ?? reason('itemNotFound', `The store has no variant ${choice.id}.`);
}

/** The search also finds similar SKUs, and case matters in them. */
async function findBySku(client: ShopifyClient, wanted: string): Promise<string | Reason> {
	const { productVariants } = await client.request(FindVariantsDocument, { search: `sku:"${wanted.replace(/["\\]/g, '')}"` }, 'read');
	const found = productVariants.nodes.filter(({ sku }) => sku === wanted);
	const [only] = found;
	if (only === undefined) return reason('itemNotFound', `The store has no variant with the SKU ${wanted}.`);
	return found.length === 1 ? only.inventoryItem.id : reason('itemNotFound', `${found.length} variants have the SKU ${wanted}; name the variant by its ID.`);
}

function readQuantity(context: IExecuteFunctions, itemIndex: number): number {
	const quantity = Number(context.getNodeParameter('quantity', itemIndex));
	if (Number.isInteger(quantity) && quantity >= 1 && quantity <= LARGEST_QUANTITY) return quantity;
	throw new NodeOperationError(context.getNode(), 'The quantity is no number of pieces', { description: `Enter a whole number from 1 to ${LARGEST_QUANTITY}.`, itemIndex });
}

function readState(context: IExecuteFunctions, itemIndex: number): State {
	const given: unknown = context.getNodeParameter('state', itemIndex);
	const state = STATES.find((candidate) => candidate === given);
	if (state !== undefined) return state;
	throw new NodeOperationError(context.getNode(), 'Shopify does not know this state of stock', { description: `Use one of: ${STATES.join(', ')}.`, itemIndex });
}
