/** The inventory mutations: adjust, set, move, activate, with the rules of reasons, documents, states and comparisons. */

import { GraphQLError } from 'graphql';
import { idOf } from './gid';
import { change, ensureLevel, findLevel, isBundleParent, recordGroup, touch } from './inventory';
import type { App, InventoryAdjustmentGroup, InventoryItem, InventoryLevel, Location, QuantityName } from './model';
import type { ShopStore } from './store';
import { refuse } from './user-errors';

export const REASONS: readonly string[] = [
	'correction',
	'cycle_count_available',
	'damaged',
	'movement_canceled',
	'movement_created',
	'movement_received',
	'movement_updated',
	'other',
	'promotion',
	'quality_control',
	'received',
	'reservation_created',
	'reservation_deleted',
	'reservation_updated',
	'restock',
	'safety_stock',
	'shrinkage',
];

const MOVABLE: readonly string[] = ['available', 'damaged', 'incoming', 'quality_control', 'reserved', 'safety_stock'];
const MOST_ADJUSTED = 2_000_000_000;
const MOST_SET = 1_000_000_000;

interface Change {
	changeFromQuantity?: number | null;
	delta: number;
	inventoryItemId: string;
	ledgerDocumentUri?: string | null;
	locationId: string;
}

export interface AdjustInput {
	changes: readonly Change[];
	name: string;
	reason: string;
	referenceDocumentUri?: string | null;
}

export interface SetInput {
	name: string;
	quantities: ReadonlyArray<{ changeFromQuantity?: number | null; inventoryItemId: string; locationId: string; quantity: number }>;
	reason: string;
	referenceDocumentUri?: string | null;
}

interface Terminal {
	changeFromQuantity?: number | null;
	ledgerDocumentUri?: string | null;
	locationId: string;
	name: string;
}

export interface MoveInput {
	changes: ReadonlyArray<{ from: Terminal; inventoryItemId: string; quantity: number; to: Terminal }>;
	reason: string;
	referenceDocumentUri: string;
}

/**
 * The schema lets the field be left out; the service does not.
 * @throws GraphQLError INVALID_FIELD_ARGUMENTS
 */
export function requireChangeFrom(inputs: readonly object[], type: string): void {
	if (inputs.every((input) => Object.hasOwn(input, 'changeFromQuantity'))) return;
	throw new GraphQLError(`${type} must include the following argument: changeFromQuantity.`, { extensions: { code: 'INVALID_FIELD_ARGUMENTS' } });
}

export function adjustQuantities(store: ShopStore, app: App, input: AdjustInput): InventoryAdjustmentGroup | null {
	requireChangeFrom(input.changes, 'InventoryChangeInput');
	checkReason(input.reason);
	checkReference(input.referenceDocumentUri ?? null, false);
	if (!MOVABLE.includes(input.name)) refuse(['input', 'name'], 'The specified quantity name is invalid.', 'INVALID_QUANTITY_NAME');
	const name = input.name as QuantityName;
	const documents = new Set(input.changes.map(({ ledgerDocumentUri }) => ledgerDocumentUri ?? null));
	const changes = input.changes.map((one, index) => {
		const at = ['input', 'changes', String(index)];
		checkDocument(name, one.ledgerDocumentUri ?? null, [...at, 'ledgerDocumentUri']);
		if (one.delta > MOST_ADJUSTED) refuse([...at, 'delta'], "The quantity can't be higher than 2,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH');
		if (one.delta < -MOST_ADJUSTED) refuse([...at, 'delta'], "The quantity can't be lower than -2,000,000,000.", 'INVALID_QUANTITY_TOO_LOW');
		const { item, location } = target(store, one.inventoryItemId, one.locationId, at);
		checkUnchanged(findLevel(store, item.id, location.id), name, one.changeFromQuantity, [...at, 'changeFromQuantity']);
		return { item, location, delta: one.delta, document: one.ledgerDocumentUri ?? null };
	});
	if (name !== 'available' && documents.size > 1) {
		refuse(['input', 'changes'], 'All changes must have the same ledger document URI or, in the case of adjusting available, no ledger document URI.', 'MAX_ONE_LEDGER_DOCUMENT');
	}
	const real = changes.filter(({ delta }) => delta !== 0);
	if (real.length === 0) return null;
	const done = real.flatMap(({ item, location, delta, document }) => {
		const level = ensureLevel(store, item.id, location.id);
		change(store, level, name, delta);
		return mirrored(level, name, delta, document);
	});
	return recordGroup(store, { appId: app.id, reason: input.reason, referenceDocumentUri: input.referenceDocumentUri ?? null, changes: done });
}

export function setQuantities(store: ShopStore, app: App, input: SetInput): InventoryAdjustmentGroup | null {
	requireChangeFrom(input.quantities, 'InventoryQuantityInput');
	checkReason(input.reason);
	checkReference(input.referenceDocumentUri ?? null, false);
	if (input.name !== 'available' && input.name !== 'on_hand') refuse(['input', 'name'], "The quantity name must be either 'available' or 'on_hand'.", 'INVALID_NAME');
	const name = input.name as QuantityName;
	const wanted = input.quantities.map((one, index) => {
		const at = ['input', 'quantities', String(index)];
		if (one.quantity < 0 && name === 'on_hand') refuse([...at, 'quantity'], "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE');
		if (one.quantity > MOST_SET) refuse([...at, 'quantity'], "The total quantity can't be higher than 1,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH');
		if (one.quantity < -MOST_SET) refuse([...at, 'quantity'], "The total quantity can't be lower than -1,000,000,000.", 'INVALID_QUANTITY_TOO_LOW');
		const first = input.quantities.findIndex(({ inventoryItemId, locationId }) => inventoryItemId === one.inventoryItemId && locationId === one.locationId);
		if (first !== index) refuse([...at, 'inventoryItemId'], 'The combination of inventoryItemId and locationId must be unique.', 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR');
		const { item, location } = target(store, one.inventoryItemId, one.locationId, at);
		checkUnchanged(findLevel(store, item.id, location.id), name, one.changeFromQuantity, [...at, 'changeFromQuantity'], 'The changeFromQuantity value does not match persisted value.');
		return { item, location, quantity: one.quantity };
	});
	const done = wanted.flatMap(({ item, location, quantity }) => {
		const level = ensureLevel(store, item.id, location.id);
		const delta = quantity - level.quantities[name];
		if (delta === 0) return [];
		// Counting what is physically there changes what can be sold by the same number, and the other way round.
		change(store, level, 'available', delta);
		return mirrored(level, 'available', delta, null);
	});
	return done.length === 0 ? null : recordGroup(store, { appId: app.id, reason: input.reason, referenceDocumentUri: input.referenceDocumentUri ?? null, changes: done });
}

export function moveQuantities(store: ShopStore, app: App, input: MoveInput): InventoryAdjustmentGroup | null {
	requireChangeFrom(input.changes.flatMap(({ from, to }) => [from, to]), 'InventoryMoveQuantityTerminalInput');
	checkReason(input.reason);
	checkReference(input.referenceDocumentUri, true);
	const documents = new Set<string>();
	const moves = input.changes.map((one, index) => {
		const at = ['input', 'changes', String(index)];
		if (one.quantity < 0) refuse([...at, 'quantity'], "The quantity can't be negative.", 'INVALID_QUANTITY_NEGATIVE');
		if (one.quantity > MOST_ADJUSTED) refuse([...at, 'quantity'], "The quantity can't be higher than 2,000,000,000.", 'INVALID_QUANTITY_TOO_HIGH');
		for (const side of ['from', 'to'] as const) {
			const { name, ledgerDocumentUri } = one[side];
			if (!MOVABLE.includes(name)) refuse([...at, side, 'name'], 'The specified quantity name is invalid.', 'INVALID_QUANTITY_NAME');
			checkDocument(name as QuantityName, ledgerDocumentUri ?? null, [...at, side, 'ledgerDocumentUri']);
			if (ledgerDocumentUri) documents.add(ledgerDocumentUri);
		}
		if (one.from.locationId !== one.to.locationId) refuse(at, "The quantities can't be moved between different locations.", 'DIFFERENT_LOCATIONS');
		if (one.from.name === one.to.name) refuse(at, "The quantity names for each change can't be the same.", 'SAME_QUANTITY_NAME');
		const { item, location } = target(store, one.inventoryItemId, one.from.locationId, at);
		const level = findLevel(store, item.id, location.id);
		checkUnchanged(level, one.from.name as QuantityName, one.from.changeFromQuantity, [...at, 'from', 'changeFromQuantity']);
		checkUnchanged(level, one.to.name as QuantityName, one.to.changeFromQuantity, [...at, 'to', 'changeFromQuantity']);
		return { ...one, item, location };
	});
	if (documents.size > 2) refuse(['input', 'changes'], 'Only a maximum of 2 ledger document URIs across all changes is allowed.', 'MAXIMUM_LEDGER_DOCUMENT_URIS');
	const done = moves
		.filter(({ quantity }) => quantity > 0)
		.flatMap(({ from, to, quantity, item, location }) => {
			const level = ensureLevel(store, item.id, location.id);
			change(store, level, from.name as QuantityName, -quantity);
			change(store, level, to.name as QuantityName, quantity);
			return [entry(level, from.name as QuantityName, -quantity, from.ledgerDocumentUri ?? null), entry(level, to.name as QuantityName, quantity, to.ledgerDocumentUri ?? null)];
		});
	return done.length === 0 ? null : recordGroup(store, { appId: app.id, reason: input.reason, referenceDocumentUri: input.referenceDocumentUri, changes: done });
}

export function activate(store: ShopStore, input: { inventoryItemId: string; locationId: string; available?: number | null; onHand?: number | null }): InventoryLevel {
	const item = store.inventoryItems.get(idOf(input.inventoryItemId, 'InventoryItem'));
	if (!item) return refuse(['inventoryItemId'], "The product couldn't be found.");
	const location = store.locations.get(idOf(input.locationId, 'Location'));
	if (!location) return refuse(['locationId'], "The location couldn't be found.");
	if (!location.isActive) refuse(['locationId'], "The location isn't active.");
	const known = findLevel(store, item.id, location.id);
	const quantity = input.onHand ?? input.available ?? null;
	if (known?.isActive) {
		if (quantity !== null) refuse([input.onHand === null || input.onHand === undefined ? 'available' : 'onHand'], 'Not allowed to set quantity when the item is already active at the location.');
		return known;
	}
	const level = ensureLevel(store, item.id, location.id);
	if (quantity !== null) {
		level.quantities.available = quantity;
		level.quantities.on_hand = quantity;
	}
	touch(store, level);
	return level;
}

function checkReason(reason: string): void {
	if (!REASONS.includes(reason)) refuse(['input', 'reason'], `The specified reason is invalid. Valid values are: ${REASONS.join(', ')}.`, 'INVALID_REASON');
}

function checkReference(uri: string | null, required: boolean): void {
	if (uri === null && !required) return;
	if (uri === null || !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(uri)) refuse(['input', 'referenceDocumentUri'], 'The specified reference document is invalid.', 'INVALID_REFERENCE_DOCUMENT');
}

/** Every state but "available" is accounted for by a document of the app's own. */
function checkDocument(name: QuantityName, uri: string | null, at: readonly string[]): void {
	if (name === 'available') {
		if (uri !== null) refuse(at, 'A ledger document URI is not allowed when adjusting available.', 'INVALID_AVAILABLE_DOCUMENT');
		return;
	}
	if (uri === null) return refuse(at, 'A ledger document URI is required except when adjusting available.', 'INVALID_QUANTITY_DOCUMENT');
	if (uri.startsWith('gid://shopify/')) refuse(at, 'Internal (gid://shopify/) ledger documents are not allowed to be adjusted via API.', 'INTERNAL_LEDGER_DOCUMENT');
	if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(uri)) refuse(at, 'The specified ledger document is invalid.', 'INVALID_LEDGER_DOCUMENT');
}

function target(store: ShopStore, inventoryItemId: string, locationId: string, at: readonly string[]): { item: InventoryItem; location: Location } {
	const item = store.inventoryItems.get(idOf(inventoryItemId, 'InventoryItem'));
	if (!item) return refuse([...at, 'inventoryItemId'], 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM');
	const location = store.locations.get(idOf(locationId, 'Location'));
	if (!location?.isActive) return refuse([...at, 'locationId'], 'The specified location could not be found.', 'INVALID_LOCATION');
	if (isBundleParent(store, item)) {
		refuse([...at, 'inventoryItemId'], 'The specified inventory item is not allowed to be adjusted via API. Example: if the inventory item is a parent bundle.', 'NON_MUTABLE_INVENTORY_ITEM');
	}
	return { item, location };
}

function checkUnchanged(level: InventoryLevel | undefined, name: QuantityName, expected: number | null | undefined, at: readonly string[], message = 'The changeFromQuantity argument no longer matches the persisted quantity.'): void {
	if (expected === null || expected === undefined) return;
	if ((level?.quantities[name] ?? 0) !== expected) refuse(at, message, 'CHANGE_FROM_QUANTITY_STALE');
}

type Entry = InventoryAdjustmentGroup['changes'][number];

function entry(level: InventoryLevel, name: QuantityName, delta: number, ledgerDocumentUri: string | null): Entry {
	return { name, delta, quantityAfterChange: level.quantities[name], inventoryItemId: level.inventoryItemId, locationId: level.locationId, ledgerDocumentUri };
}

/** A change of what can be sold is also one of what is there; "incoming" is not there yet. */
function mirrored(level: InventoryLevel, name: QuantityName, delta: number, document: string | null): Entry[] {
	return name === 'incoming' ? [entry(level, name, delta, document)] : [entry(level, name, delta, document), entry(level, 'on_hand', delta, null)];
}
