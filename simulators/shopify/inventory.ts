/** Stock: levels per item and location, and the ways in which orders, returns and the inventory mutations move them. */

import { idOf } from './gid';
import type { InventoryAdjustmentGroup, InventoryItem, InventoryLevel, LineItem, QuantityName } from './model';
import { mustHave, type ShopStore } from './store';

export const QUANTITY_NAMES: readonly QuantityName[] = ['available', 'on_hand', 'committed', 'incoming', 'reserved', 'damaged', 'quality_control', 'safety_stock'];

/** States that are part of what is physically there. */
const PART_OF_ON_HAND: ReadonlySet<QuantityName> = new Set(['available', 'committed', 'reserved', 'damaged', 'quality_control', 'safety_stock']);

export function levelKey(inventoryItemId: number, locationId: number): string {
	return `${inventoryItemId}:${locationId}`;
}

export function findLevel(store: ShopStore, inventoryItemId: number, locationId: number): InventoryLevel | undefined {
	return store.inventoryLevels.get(levelKey(inventoryItemId, locationId));
}

/** The level, made (with nothing in stock) when the item was never stocked there. */
export function ensureLevel(store: ShopStore, inventoryItemId: number, locationId: number): InventoryLevel {
	const known = findLevel(store, inventoryItemId, locationId);
	if (known) {
		known.isActive = true;
		return known;
	}
	const level: InventoryLevel = {
		__typename: 'InventoryLevel',
		key: levelKey(inventoryItemId, locationId),
		inventoryItemId,
		locationId,
		isActive: true,
		quantities: { available: 0, on_hand: 0, committed: 0, incoming: 0, reserved: 0, damaged: 0, quality_control: 0, safety_stock: 0 },
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.inventoryLevels.set(level.key, level);
	return level;
}

/** Changes one named quantity; what is physically there follows. */
export function change(store: ShopStore, level: InventoryLevel, name: QuantityName, delta: number): void {
	if (delta === 0) return;
	level.quantities[name] += delta;
	if (PART_OF_ON_HAND.has(name)) level.quantities.on_hand += delta;
	touch(store, level);
}

export function touch(store: ShopStore, level: InventoryLevel): void {
	level.updatedAt = store.now();
	store.notify('INVENTORY_LEVELS_UPDATE', level.key);
}

/** The stock-keeping side of a line, or undefined when nothing is counted for it. */
export function countedItem(store: ShopStore, line: LineItem): InventoryItem | undefined {
	if (line.variantId === null) return undefined;
	const variant = store.variants.get(line.variantId);
	if (!variant || variant.components.length > 0) return undefined;
	const item = mustHave(store.inventoryItems, variant.inventoryItemId, 'inventory item');
	return item.tracked ? item : undefined;
}

/** Puts units back on the shelf of a location; answers whether anything was counted. */
export function restock(store: ShopStore, line: LineItem, quantity: number, locationId: number): boolean {
	const item = countedItem(store, line);
	if (!item) return false;
	change(store, ensureLevel(store, item.id, locationId), 'available', quantity);
	return true;
}

/** Units of a line that will never be shipped stop being promised. With a location they become sellable there. */
export function releaseCommitted(store: ShopStore, line: LineItem, quantity: number, restockAt: number | null): boolean {
	const item = countedItem(store, line);
	if (!item || quantity === 0) return false;
	const level = ensureLevel(store, item.id, line.locationId);
	change(store, level, 'committed', -quantity);
	if (restockAt === null) return false;
	change(store, ensureLevel(store, item.id, restockAt), 'available', quantity);
	return true;
}

/** A record of one change to stock that an API call made. */
export function recordGroup(store: ShopStore, group: Omit<InventoryAdjustmentGroup, '__typename' | 'id' | 'createdAt'>): InventoryAdjustmentGroup {
	const id = store.id('InventoryAdjustmentGroup');
	const recorded: InventoryAdjustmentGroup = { __typename: 'InventoryAdjustmentGroup', id, createdAt: store.now(), ...group };
	store.adjustmentGroups.set(id, recorded);
	return recorded;
}

export function isBundleParent(store: ShopStore, item: InventoryItem): boolean {
	return mustHave(store.variants, item.variantId, 'variant').components.length > 0;
}

/** Level ids are written with the item in the query part. */
export function levelFromGid(store: ShopStore, id: string): InventoryLevel | undefined {
	idOf(id.replace(/\?.*$/, ''), 'InventoryLevel');
	const item = /[?&]inventory_item_id=(\d+)/.exec(id)?.[1];
	const location = /InventoryLevel\/(\d+)/.exec(id)?.[1];
	return item === undefined || location === undefined ? undefined : store.inventoryLevels.get(levelKey(Number(item), Number(location)));
}
