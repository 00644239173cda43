/** The units that a new return is to hold, as the node's parameters name them. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { ID_ADVICE, NotAnId, toGid } from '../identifiers';

/** Longest note that Shopify takes with a returned line. */
const LONGEST_NOTE = 255;

export interface ReturnItem {
	/** GID of the order line, or null when something else names it. */
	lineItemId: string | null;
	/** Null when none was given. */
	sku: string | null;
	/** A number that may be a SKU, such as an EAN, or the ID of a line: only the order tells (`withLines`). Null when it is known which. */
	skuOrId: string | null;
	quantity: number;
	/** Id, handle or name of a reason; empty: the operation's own. */
	reason: string;
	note: string;
}

/** Whether the items of an operation are given field by field or as JSON. */
export const specifyItems: INodeProperties = {
	displayName: 'Specify Items',
	name: 'specifyItems',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
};

export const itemParameters: INodeProperties[] = [
	specifyItems,
	{
		displayName: 'Items',
		name: 'items',
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
					{ displayName: 'Line Item ID or SKU', name: 'line', type: 'string', default: '', placeholder: 'e.g. 466157049', description: 'Which line of the order: its ID, or its SKU when only one line has it. A number is looked for among the SKUs of the order first.' },
					{ displayName: 'Note', name: 'note', type: 'string', default: '', description: 'What to remember about why it comes back; at most 255 characters' },
					{ displayName: 'Quantity', name: 'quantity', type: 'number', typeOptions: { minValue: 1, numberPrecision: 0 }, default: 1, description: 'Number of pieces that come back' },
					{ displayName: 'Reason', name: 'reason', type: 'string', default: '', placeholder: 'e.g. defective', description: 'ID, handle or name of a return reason, when it differs from the one for all items' },
				],
			},
		],
		description: 'The order lines that come back',
	},
	{
		displayName: 'Items (JSON)',
		name: 'itemsJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { specifyItems: ['json'] } },
		placeholder: 'e.g. [{ "lineItemId": "466157049", "quantity": 1, "reason": "defective" }]',
		description: 'A list of objects with lineItemId or sku, and optionally quantity (1), reason and note. Several entries of one line are added up.',
	},
];

/**
 * Entries of the same line, reason and note are added up.
 * @throws NodeOperationError
 */
export function readItems(context: IExecuteFunctions, itemIndex: number): ReturnItem[] {
	const entries = context.getNodeParameter('specifyItems', itemIndex) === 'json' ? readJson(context, itemIndex) : readFields(context, itemIndex);
	if (entries.length === 0) throw refuse(context, itemIndex, 'There are no items to return', 'Add at least one item, or check that the expression finds some.');
	const merged = new Map<string, ReturnItem>();
	for (const item of entries.map((entry, position) => readItem(context, itemIndex, entry, position))) {
		const key = JSON.stringify([item.lineItemId, item.sku, item.skuOrId, item.reason, item.note]);
		const known = merged.get(key);
		merged.set(key, known === undefined ? item : { ...known, quantity: known.quantity + item.quantity });
	}
	return [...merged.values()];
}

/** Whether the order's lines have to be looked at to know which of them the items are. */
export function needsLines(items: readonly ReturnItem[]): boolean {
	return items.some(({ lineItemId }) => lineItemId === null);
}

/** The items with every number told apart: a SKU of the order goes before the ID of a line. What is neither counts as a SKU that the order does not have. */
export function withLines(items: readonly ReturnItem[], lines: ReadonlyArray<{ id: string; sku: string | null }>): ReturnItem[] {
	return items.map((item) => {
		const { skuOrId } = item;
		if (skuOrId === null) return item;
		const id = toGid('LineItem', skuOrId);
		const isId = !lines.some(({ sku }) => sku === skuOrId) && lines.some((line) => line.id === id);
		return { ...item, skuOrId: null, ...(isId ? { lineItemId: id } : { sku: skuOrId }) };
	});
}

function readFields(context: IExecuteFunctions, itemIndex: number): unknown[] {
	const { item = [] } = context.getNodeParameter('items', itemIndex, {}) as { item?: Array<Record<string, unknown>> };
	return item.map(({ line, ...rest }) => {
		const text = String(line ?? '').trim();
		if (text.startsWith('gid:')) return { ...rest, lineItemId: text };
		return /^[1-9]\d*$/.test(text) ? { ...rest, skuOrId: text } : { ...rest, sku: text };
	});
}

function readJson(context: IExecuteFunctions, itemIndex: number): unknown[] {
	const given: unknown = context.getNodeParameter('itemsJson', itemIndex);
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (Array.isArray(value)) return value.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? { ...entry, skuOrId: null } : entry));
	throw refuse(context, itemIndex, 'The items are not a JSON list', 'Enter a list such as [{ "lineItemId": "466157049", "quantity": 1 }].');
}

/** Undefined when the text is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function readItem(context: IExecuteFunctions, itemIndex: number, entry: unknown, position: number): ReturnItem {
	const record = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? (entry as Record<string, unknown>) : {};
	const place = `Item ${position + 1}`;
	const quantity = record.quantity === undefined || record.quantity === '' ? 1 : Number(record.quantity);
	if (!Number.isInteger(quantity) || quantity < 1) throw refuse(context, itemIndex, `${place} has no whole number of pieces`, 'Enter a quantity of 1 or more.');
	const note = textOf(record.note);
	if (note.length > LONGEST_NOTE) throw refuse(context, itemIndex, `${place} has a note of ${note.length} characters`, `Shopify takes at most ${LONGEST_NOTE}.`);
	const sku = textOf(record.sku);
	const lineItemId = record.lineItemId === undefined || record.lineItemId === null || record.lineItemId === '' ? null : readLineItemId(context, itemIndex, record.lineItemId);
	const skuOrId = textOf(record.skuOrId);
	if (lineItemId === null && sku === '' && skuOrId === '') throw refuse(context, itemIndex, `${place} names no order line`, 'Give it a line item ID or a SKU.');
	return { lineItemId, sku: sku === '' ? null : sku, skuOrId: skuOrId === '' ? null : skuOrId, quantity, reason: textOf(record.reason), note };
}

function readLineItemId(context: IExecuteFunctions, itemIndex: number, value: unknown): string {
	try {
		return toGid('LineItem', value);
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), failure instanceof NotAnId ? failure.message : 'The line item ID cannot be read', { description: ID_ADVICE, itemIndex });
	}
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function refuse(context: IExecuteFunctions, itemIndex: number, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}
