/** Pieces that a warehouse counted by SKU, matched with the units of an RMA (N13): a warehouse knows items and numbers, ReturnGO knows single units. */
import { reason, type Reason } from './exceptions';
import type { ProvidedInspection } from './inspection';
import type { Rma, RmaUnit } from './rma';

/** What was found of one SKU so far, in pieces. Figures are totals, not additions: a later message repeats what an earlier one said. */
export interface WarehouseCount {
	sku: string;
	sellable: number;
	damaged: number;
	/** Pieces that will not come; only known when the counting is over. */
	missing: number;
	reason: string | null;
	/** GID of the Shopify location that took the pieces. */
	locationId: string | null;
}

export interface WarehouseMatch {
	/** One result per unit that was counted; units that were not are left out. */
	inspections: ProvidedInspection[];
	/** Why nothing may be done with these counts: `unexpectedItem`, `tooManyPieces`. */
	reasons: Reason[];
}

/**
 * Pieces of one SKU are alike, so any unit may stand for any piece, as long as it stays the same one: sellable pieces take the units with the
 * lowest ids, damaged ones the highest, missing ones come before those. While figures only grow, no unit changes its state.
 */
export function matchWarehouseCounts(rma: Rma, counts: readonly WarehouseCount[]): WarehouseMatch {
	const matches = [...addUp(counts).values()].map((count) => matchSku(rma, count));
	const reasons = matches.flatMap((match) => match.reasons);
	return { inspections: reasons.length > 0 ? [] : matches.flatMap((match) => match.inspections), reasons };
}

function matchSku(rma: Rma, count: WarehouseCount): WarehouseMatch {
	const units = rma.units.filter(({ sku }) => sku !== null && keyOf(sku) === keyOf(count.sku)).sort(byId);
	const pieces = count.sellable + count.damaged + count.missing;
	if (pieces === 0) return { inspections: [], reasons: [] };
	if (units.length === 0) return { inspections: [], reasons: [reason('unexpectedItem', `The warehouse counted ${pieces} of ${count.sku}, and RMA${rma.id} has no unit with this SKU.`)] };
	if (pieces > units.length) {
		const ids = units.map(({ id }) => id);
		return { inspections: [], reasons: [reason('tooManyPieces', `The warehouse counted ${pieces} of ${count.sku}, and RMA${rma.id} has ${units.length}.`, ids)] };
	}
	const firstDamaged = units.length - count.damaged;
	const firstMissing = firstDamaged - count.missing;
	return {
		inspections: [
			...units.slice(0, count.sellable).map((unit) => found(unit, 'sellable', count)),
			...units.slice(firstMissing, firstDamaged).map((unit) => found(unit, 'missing', count)),
			...units.slice(firstDamaged).map((unit) => found(unit, 'damaged', count)),
		],
		reasons: [],
	};
}

function found(unit: RmaUnit, state: ProvidedInspection['state'], count: WarehouseCount): ProvidedInspection {
	return { unitId: unit.id, state, reason: state === 'sellable' ? null : count.reason, locationId: state === 'sellable' ? count.locationId : null };
}

/** A warehouse may list one SKU several times, a line each. */
function addUp(counts: readonly WarehouseCount[]): Map<string, WarehouseCount> {
	const bySku = new Map<string, WarehouseCount>();
	for (const count of counts) {
		const known = bySku.get(keyOf(count.sku));
		const sum = known && { ...known, sellable: known.sellable + count.sellable, damaged: known.damaged + count.damaged, missing: known.missing + count.missing, reason: known.reason ?? count.reason, locationId: known.locationId ?? count.locationId };
		bySku.set(keyOf(count.sku), sum ?? count);
	}
	return bySku;
}

function keyOf(sku: string): string {
	return sku.trim().toLowerCase();
}

/** ReturnGO's ids are digits, and longer ones are later. */
function byId(a: RmaUnit, b: RmaUnit): number {
	return a.id.length - b.id.length || (a.id < b.id ? -1 : 1);
}
