/**
 * Return → Remove Items: takes units off a return that are not coming after all. It is told how many stay, not how many go, so that running it twice
 * takes nothing twice. Shopify closes a return that has no units left.
 */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { RemoveFromReturnDocument, type ReturnLineItemRemoveFromReturnInput } from '../api/generated';
import type { ReturnDetail, ReturnLine } from '../api/mapping';
import { readOrderLines } from '../api/reads';
import { dryRunOptions, isDryRun } from '../../dryRun';
import { laneOfLocator, returnLocator } from '../locators';
import { routeWrite } from '../outcome';
import { alreadyDone, changeReturn, impossible, type Verdict } from './change';
import { specifyItems } from './items';

export const description: INodeProperties[] = [
	returnLocator,
	specifyItems,
	{
		displayName: 'Items',
		name: 'removals',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Item',
		default: {},
		displayOptions: { show: { specifyItems: ['fields'] } },
		options: [
			{
				displayName: 'Item',
				name: 'item',
				values: [
					{ displayName: 'Line Item ID or SKU', name: 'line', type: 'string', default: '', placeholder: 'e.g. 466157049', description: 'The units: ID of the order line or of the return line, or the SKU' },
					{ displayName: 'Pieces to Keep', name: 'keep', type: 'number', typeOptions: { minValue: 0, numberPrecision: 0 }, default: 0, description: 'How many pieces of it stay on the return' },
				],
			},
		],
		description: 'The lines that shrink',
	},
	{
		displayName: 'Items (JSON)',
		name: 'removalsJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { specifyItems: ['json'] } },
		placeholder: 'e.g. [{ "line": "466157049", "keep": 0 }]',
		description: 'A list of objects with line (ID or SKU) and keep (how many pieces stay; 0 when left out)',
	},
	dryRunOptions,
];

interface Removal {
	/** ID of an order line or return line, or a SKU. */
	line: string;
	keep: number;
}

export function laneOf(this: IExecuteFunctions, itemIndex: number): string | null {
	return laneOfLocator(this, itemIndex, 'return');
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const removals = readRemovals(this, itemIndex);
	const result = await changeReturn(this, itemIndex, client, {
		verb: 'remove items from',
		isDryRun: isDryRun(this, itemIndex),
		judge: async (current) => await judge(client, current, removals),
		send: async (current) => {
			const lines = removals.flatMap((removal) => piecesToRemove(current, removal));
			return (await client.request(RemoveFromReturnDocument, { returnId: current.id, lines }, 'once')).removeFromReturn?.userErrors ?? [];
		},
	});
	return routeWrite(result, itemIndex);
}

async function judge(client: ShopifyClient, current: ReturnDetail, removals: readonly Removal[]): Promise<Verdict | null> {
	const unknown = removals.filter((removal) => linesOf(current, removal).length === 0);
	if (unknown.length > 0) {
		// A line that lost all its units may be gone from the return; then the order still has it.
		const ordered = await readOrderLines(client, current.orderId);
		const missing = unknown.filter(({ line }) => !ordered.some(({ id, sku }) => sku === line || endsWithId(id, line)));
		if (missing.length > 0) return impossible('skuMismatch', `Neither the return ${current.name} nor its order has: ${missing.map(({ line }) => line).join(', ')}.`);
	}
	const open = removals.filter((removal) => excessOf(current, removal) > 0);
	if (open.length === 0) return alreadyDone('returnAsWanted', `The return ${current.name} holds no more of these pieces than are to stay.`);
	if (current.status !== 'OPEN' && current.status !== 'REQUESTED') return impossible('returnStateForbids', `The return ${current.name} is ${current.status}; only an open or requested return can lose items.`);
	const stuck = open.filter((removal) => excessOf(current, removal) > sum(linesOf(current, removal).map(removableOf)));
	if (stuck.length > 0) return impossible('returnStateForbids', `Pieces of ${stuck.map(({ line }) => line).join(', ')} on the return ${current.name} are processed or refunded and cannot be removed.`);
	return null;
}

function linesOf({ lines }: ReturnDetail, { line }: Removal): ReturnLine[] {
	return lines.filter((candidate) => candidate.sku === line || endsWithId(candidate.id, line) || (candidate.lineItemId !== null && endsWithId(candidate.lineItemId, line)));
}

function excessOf(current: ReturnDetail, removal: Removal): number {
	return sum(linesOf(current, removal).map(({ quantity }) => quantity)) - removal.keep;
}

function removableOf({ quantity, processedQuantity, refundedQuantity }: ReturnLine): number {
	return quantity - Math.max(processedQuantity, refundedQuantity);
}

function piecesToRemove(current: ReturnDetail, removal: Removal): ReturnLineItemRemoveFromReturnInput[] {
	let open = excessOf(current, removal);
	const pieces: ReturnLineItemRemoveFromReturnInput[] = [];
	for (const line of linesOf(current, removal)) {
		const quantity = Math.min(open, removableOf(line));
		if (quantity <= 0) continue;
		pieces.push({ returnLineItemId: line.id, quantity });
		open -= quantity;
	}
	return pieces;
}

function readRemovals(context: IExecuteFunctions, itemIndex: number): Removal[] {
	const entries = context.getNodeParameter('specifyItems', itemIndex) === 'json' ? readJson(context, itemIndex) : readFields(context, itemIndex);
	if (entries.length === 0) throw refusal(context, itemIndex, 'There are no items to remove', 'Add at least one item, or check that the expression finds some.');
	const removals = entries.map((entry, position) => {
		const { line, keep = 0 } = typeof entry === 'object' && entry !== null ? (entry as { line?: unknown; keep?: unknown }) : {};
		const named = typeof line === 'string' || typeof line === 'number' ? String(line).trim() : '';
		const pieces = keep === null || keep === '' ? Number.NaN : Number(keep);
		if (named === '') throw refusal(context, itemIndex, `Item ${position + 1} names no line`, 'Give it an ID or a SKU.');
		if (!Number.isInteger(pieces) || pieces < 0) throw refusal(context, itemIndex, `Item ${position + 1} does not say how many pieces stay`, 'Enter a whole number, 0 to remove all.');
		return { line: named, keep: pieces };
	});
	if (new Set(removals.map(({ line }) => line)).size < removals.length) throw refusal(context, itemIndex, 'A line is named twice', 'Name each line once, with the number of pieces that stay.');
	return removals;
}

function readFields(context: IExecuteFunctions, itemIndex: number): unknown[] {
	return (context.getNodeParameter('removals', itemIndex, {}) as { item?: unknown[] }).item ?? [];
}

function readJson(context: IExecuteFunctions, itemIndex: number): unknown[] {
	const given: unknown = context.getNodeParameter('removalsJson', itemIndex);
	try {
		const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
		if (Array.isArray(value)) return value as unknown[];
	} catch {
		// Said below.
	}
	throw refusal(context, itemIndex, 'The items are not a JSON list', 'Enter a list such as [{ "line": "466157049", "keep": 0 }].');
}

/** GIDs and the numbers at their end name the same thing. */
function endsWithId(id: string, named: string): boolean {
	return id === named || (/^[1-9]\d*$/.test(named) && id.endsWith(`/${named}`));
}

function refusal(context: IExecuteFunctions, itemIndex: number, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
