/** Order → Set Note: the note that people see on the order's page. Shopify keeps one text only, so an addition is put under what is there. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason } from '../../../returns/exceptions';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { OrderByIdDocument, SetOrderNoteDocument } from '../api/generated';
import { refusalInWords } from '../api/refusal';
import { dryRunOptions, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
import { laneOfLocator, orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';
import { toOrderSummary, type OrderSummary } from './shown';

/** Longest note that Shopify takes. */
const LONGEST_NOTE = 5000;

export const description: INodeProperties[] = [
	orderLocator,
	{
		displayName: 'Mode',
		name: 'noteMode',
		type: 'options',
		options: [
			{ name: 'Add Below', value: 'append', description: 'Keep the note and put the text under it, unless it is there already' },
			{ name: 'Replace', value: 'replace', description: 'The text becomes the whole note; an empty text removes it' },
		],
		default: 'append',
		description: 'What becomes of the note that the order has. Somebody who edits it at the same moment may lose their change.',
	},
	{ displayName: 'Note', name: 'note', type: 'string', typeOptions: { rows: 3 }, default: '', description: 'The text; the whole note may have 5,000 characters' },
	dryRunOptions,
];

interface NoteResult extends WriteResult {
	readonly order: OrderSummary | null;
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'order');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(this, itemIndex);
	const text = String(this.getNodeParameter('note', itemIndex) ?? '').trim();
	const mode = this.getNodeParameter('noteMode', itemIndex) === 'replace' ? 'replace' : 'append';
	if (mode === 'append' && text === '') throw new NodeOperationError(this.getNode(), 'There is no text to add', { description: 'Enter a note, or check that the expression finds one.', itemIndex });
	const id = await resolveOrderId(this, itemIndex, client, choice);
	const order = id === null ? null : await read(client, id);
	if (order === null) {
		const missing = reason('orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}.`);
		const result: NoteResult = { outcome: 'blocked', reasons: [missing], order: null };
		return routeWrite(result, itemIndex);
	}
	const wanted = noteOf(order, mode, text);
	if (wanted.length > LONGEST_NOTE) throw new NodeOperationError(this.getNode(), `The note would have ${wanted.length} characters`, { description: `Shopify takes at most ${LONGEST_NOTE}.`, itemIndex });
	return routeWrite(await setNote(client, order, wanted, isDryRun(this, itemIndex)), itemIndex);
}

async function setNote(client: ShopifyClient, before: OrderSummary, wanted: string, stopsBeforeWriting: boolean): Promise<NoteResult> {
	if ((before.note ?? '') === wanted) return { outcome: 'alreadyDone', reasons: [reason('orderAsWanted', `The order ${before.name} has this note.`)], order: before };
	if (stopsBeforeWriting) return { ...rehearsal(`write the note of the order ${before.name}`, { note: wanted }), order: before };
	try {
		const { orderUpdate } = await client.request(SetOrderNoteDocument, { id: before.id, note: wanted }, 'once');
		const refusals = orderUpdate?.userErrors ?? [];
		if (refusals.length > 0) return { outcome: 'blocked', reasons: [reason('refusedByShopify', `Shopify does not take the note of the order ${before.name}: ${refusalInWords(client, refusals)}`)], order: before };
		return { outcome: 'done', reasons: [], order: orderUpdate?.order ? toOrderSummary(orderUpdate.order) : before };
	} catch (failure) {
		if (!(failure instanceof ShopifyRequestError) || failure.kind !== 'ambiguous') return passOn(failure);
		const after = await read(client, before.id).catch(unlessUnreachable);
		if (after !== null && (after.note ?? '') === wanted) return { outcome: 'done', reasons: [], order: after };
		return { outcome: 'waiting', reasons: [reason('answerUnknown', `Shopify did not confirm the note of the order ${before.name}.`)], order: after ?? before, retryAt: new Date(Date.now() + 60_000).toISOString() };
	}
}

async function read(client: ShopifyClient, id: string): Promise<OrderSummary | null> {
	const { order } = await client.request(OrderByIdDocument, { id }, 'read');
	return order === null ? null : toOrderSummary(order);
}

function noteOf({ note }: OrderSummary, mode: 'append' | 'replace', text: string): string {
	const present = (note ?? '').trimEnd();
	if (mode === 'replace' || present === '') return text;
	return present === text || present.startsWith(`${text}\n`) || present.endsWith(`\n${text}`) || present.includes(`\n${text}\n`) ? (note ?? '') : `${present}\n${text}`;
}

function unlessUnreachable(failure: unknown): null {
	return failure instanceof ShopifyRequestError ? null : passOn(failure);
}
