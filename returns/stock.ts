/**
 * Direct changes of stock figures: components of bundles, units without a Shopify return, and unsellable units in a state of their own.
 * Shopify bounds none of them, as it does returns and refunds, and shows none of them on the order. What keeps them single is the ledger's
 * claim, which holds the exact changes, and a key with which Shopify answers a repeated request from its memory for 24 hours.
 */
import type { BundleComponent, BundleSource } from './bundles';
import { componentShares, worthOf } from './bundles';
import { reason, type Reason } from './exceptions';
import type { InspectedUnit } from './inspection';
import { settlementKey } from './keys';
import type { LedgerEntry } from './ledger';
import { destinationOf } from './location';
import { formatMoney } from './money';
import type { OrderLine, OrderSnapshot } from './order';
import type { Rma } from './rma';
import type { SettlementSettings } from './settings';

/** The figures that are changed; `available` is what can be sold. */
export type StockState = 'available' | 'damaged' | 'quality_control' | 'safety_stock';

export interface StockChange {
	inventoryItemId: string;
	locationId: string;
	/** Pieces to add. */
	delta: number;
}

/** Bundles of one line, and what became of their components. */
export interface BundleShare {
	lineItemId: string;
	sku: string | null;
	/** Bundles that came back. */
	quantity: number;
	source: BundleSource;
	/** What they are worth by the order after discounts, without tax, as a decimal in the currency the customer paid in. */
	worth: string;
	currency: string;
	components: Array<{ sku: string | null; title: string; inventoryItemId: string; quantity: number; locationId: string; isCounted: boolean; worth: string }>;
}

/** One `inventoryAdjustQuantities`. */
export interface StockAct {
	key: string;
	unitIds: string[];
	quantities: Array<{ lineItemId: string; quantity: number }>;
	state: StockState;
	/** Sorted, one per item and place. */
	changes: StockChange[];
	bundles: BundleShare[];
	/** An earlier claim whose run died: the same changes are sent again with the same key. Null for a new act. */
	resumes: LedgerEntry | null;
}

/** How long after the first claim a repeated request is still answered from Shopify's memory (24 h), less a margin. */
export const KEY_MEMORY_MS = 23 * 60 * 60 * 1000;

/** How Shopify's inventory history names a change of ours. */
export function stockReference(rmaId: string, key: string): string {
	return `gid://returngo/Rma/${rmaId}?settlement=${key}`;
}

/** What one unit means for its stock. */
export type UnitStock =
	| { kind: 'changes'; state: StockState; changes: Array<StockChange & { component: BundleComponent | null }> }
	/** Nothing is counted for this unit, or nothing is to be changed; `note` says why. */
	| { kind: 'none'; note: Reason }
	| { kind: 'blocked'; reason: Reason };

/** Whether a unit that lies in a Shopify return needs a change of figures besides its disposition. */
export function needsDirectChange(unit: InspectedUnit, order: OrderSnapshot, settings: SettlementSettings): boolean {
	const { state } = unit.inspection;
	if (state === 'damaged') return settings.unsellableState !== 'none';
	return state === 'sellable' && bundleOf(unit, order) !== null;
}

/** The bundle that a unit is; null for an ordinary unit. */
export function bundleOf(unit: InspectedUnit, order: OrderSnapshot): NonNullable<OrderSnapshot['bundles']>[string] | null {
	const { bundles } = order;
	return unit.lineItemId !== null && bundles !== undefined && Object.hasOwn(bundles, unit.lineItemId) ? (bundles[unit.lineItemId] ?? null) : null;
}

/** What the stock figures of one inspected unit come to. */
export function stockOf(rma: Rma, unit: InspectedUnit, order: OrderSnapshot, settings: SettlementSettings): UnitStock {
	const { state } = unit.inspection;
	const line = order.lines.find((candidate) => candidate.id === unit.lineItemId);
	if (line === undefined) return { kind: 'blocked', reason: reason('skuMismatch', `${unit.title} is not on the order ${order.name}.`, [unit.id]) };
	if (state === 'missing') return { kind: 'none', note: reason('unitMissing', `${unit.title} did not arrive: there is nothing to put into stock.`, [unit.id]) };
	if (state === 'damaged' && settings.unsellableState === 'none') return { kind: 'none', note: reason('damagedNotStocked', `${unit.title} arrived damaged and stays out of stock.`, [unit.id]) };
	const figure: StockState = state === 'damaged' && settings.unsellableState !== 'none' ? settings.unsellableState : 'available';

	const items = itemsOf(unit, line, order);
	if (items.kind !== 'items') return items;
	if (items.items.length === 0) return { kind: 'blocked', reason: reason('bundleUnclear', `The inspection calls ${unit.title} ${state} and counts none of its components.`, [unit.id]) };
	const counted = items.items.filter((item) => item.tracked);
	if (counted.length === 0) return { kind: 'none', note: reason('stockNotCounted', `Shopify does not count the stock of ${unit.title}.`, [unit.id]) };
	const destination = destinationOf(rma, unit, settings, order.places);
	if (destination.kind === 'blocked') return destination;
	const { locationId } = destination;
	return { kind: 'changes', state: figure, changes: items.items.map(({ inventoryItemId, quantity, component }) => ({ inventoryItemId, locationId, delta: quantity, component })) };
}

interface Item {
	inventoryItemId: string;
	tracked: boolean;
	quantity: number;
	component: BundleComponent | null;
}

function itemsOf(unit: InspectedUnit, line: OrderLine, order: OrderSnapshot): { kind: 'items'; items: Item[] } | Exclude<UnitStock, { kind: 'changes' }> {
	const bundle = bundleOf(unit, order);
	if (bundle?.kind === 'unclear') return { kind: 'blocked', reason: reason('bundleUnclear', `${unit.title} is a bundle: ${bundle.why}.`, [unit.id]) };
	if (bundle === null) {
		const gone = withoutItem(unit, line);
		if (gone !== null) return { kind: 'none', note: gone };
		return { kind: 'items', items: [{ inventoryItemId: line.inventoryItemId ?? '', tracked: line.inventoryTracked === true, quantity: 1, component: null }] };
	}
	const found = unit.inspection.components ?? null;
	const stranger = found?.find(({ sku, quantity }) => quantity > bundle.components.filter((component) => component.sku === sku).reduce((sum, component) => sum + component.quantity, 0));
	if (stranger !== undefined) return { kind: 'blocked', reason: reason('bundleUnclear', `The inspection counts ${stranger.quantity} of ${stranger.sku}, and ${unit.title} does not hold so many.`, [unit.id]) };
	const items = bundle.components.map((component) => ({ inventoryItemId: component.inventoryItemId, tracked: component.tracked, quantity: piecesFound(component, found), component }));
	return { kind: 'items', items: items.filter((item) => item.quantity > 0) };
}

/** All pieces of a component, unless the inspection counted them. */
function piecesFound(component: BundleComponent, found: ReadonlyArray<{ sku: string; quantity: number }> | null): number {
	if (found === null) return component.quantity;
	return found.filter(({ sku }) => sku === component.sku).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Why a line has no item whose stock could change; null when it has one. */
export function withoutItem(unit: InspectedUnit, line: OrderLine): Reason | null {
	if (line.inventoryItemId !== null) return null;
	if (unit.variantId !== null || line.variantId !== null) return reason('variantDeleted', `The variant of ${unit.title} no longer exists in Shopify: there is no stock to change.`, [unit.id]);
	return reason('customItem', `${unit.title} was a custom item of the order: Shopify keeps no stock of it.`, [unit.id]);
}

/** Acts for the units, one per figure: the changes of all units of it go in one request. */
export function planStockActs(shopDomain: string, rma: Rma, order: OrderSnapshot, units: ReadonlyArray<{ unit: InspectedUnit; stock: Extract<UnitStock, { kind: 'changes' }> }>): StockAct[] {
	const states = [...new Set(units.map(({ stock }) => stock.state))].sort();
	return states.map((state) => {
		const members = units.filter(({ stock }) => stock.state === state);
		const unitIds = members.map(({ unit }) => unit.id).sort();
		const changes = mergeChanges(members.flatMap(({ stock }) => stock.changes.filter(({ component }) => component?.tracked !== false)));
		const counts = new Map<string, number>();
		for (const { unit } of members) if (unit.lineItemId !== null) counts.set(unit.lineItemId, (counts.get(unit.lineItemId) ?? 0) + 1);
		const quantities = [...counts].map(([lineItemId, quantity]) => ({ lineItemId, quantity })).sort((left, right) => (left.lineItemId < right.lineItemId ? -1 : 1));
		return { key: settlementKey(shopDomain, rma.id, 'components', unitIds), unitIds, quantities, state, changes, bundles: bundleShares(order, members), resumes: null };
	});
}

/** The act of a claim whose run died: exactly what was claimed then. */
export function resumedAct(entry: LedgerEntry): StockAct | null {
	if (entry.stock === undefined) return null;
	return { key: entry.key, unitIds: entry.unitIds, quantities: entry.quantities, state: entry.stock.state, changes: entry.stock.changes, bundles: [], resumes: entry };
}

function mergeChanges(changes: readonly StockChange[]): StockChange[] {
	const merged = new Map<string, StockChange>();
	for (const { inventoryItemId, locationId, delta } of changes) {
		const place = `${inventoryItemId} ${locationId}`;
		merged.set(place, { inventoryItemId, locationId, delta: delta + (merged.get(place)?.delta ?? 0) });
	}
	return [...merged.keys()].sort().flatMap((place) => merged.get(place) ?? []);
}

function bundleShares(order: OrderSnapshot, members: ReadonlyArray<{ unit: InspectedUnit; stock: Extract<UnitStock, { kind: 'changes' }> }>): BundleShare[] {
	const lineIds = [...new Set(members.map(({ unit }) => unit.lineItemId))];
	return lineIds.flatMap((lineItemId) => {
		const line = order.lines.find((candidate) => candidate.id === lineItemId);
		const mine = members.filter(({ unit }) => unit.lineItemId === lineItemId);
		const [first] = mine;
		const bundle = first ? bundleOf(first.unit, order) : null;
		if (line === undefined || bundle?.kind !== 'known') return [];
		const worth = worthOf(line, mine.length);
		const shares = componentShares(worth, bundle.components);
		const components = bundle.components.flatMap((component, index) => {
			const changes = mergeChanges(mine.flatMap(({ stock }) => stock.changes.filter(({ inventoryItemId }) => inventoryItemId === component.inventoryItemId)));
			const share = shares[index];
			if (share === undefined) return [];
			const facts = { sku: component.sku, title: component.title, inventoryItemId: component.inventoryItemId, isCounted: component.tracked };
			// Bundles of one line may go to several places; the worth stands with the first.
			return changes.map(({ delta, locationId }, at) => ({ ...facts, quantity: delta, locationId, worth: formatMoney(at === 0 ? share : { ...share, minor: 0 }) }));
		});
		return [{ lineItemId: line.id, sku: line.sku, quantity: mine.length, source: bundle.source, worth: formatMoney(worth), currency: worth.currency, components }];
	});
}
