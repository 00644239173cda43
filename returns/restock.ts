/** What becomes of each inspected unit's stock, and where (N13). Quantities are pieces. */
import { reason, type Reason } from './exceptions';
import type { InspectedUnit } from './inspection';
import { destinationOf } from './location';
import type { DispositionType, OrderReturn, OrderSnapshot, ReverseLine } from './order';
import type { Rma } from './rma';
import type { SettlementSettings } from './settings';
import { bundleOf, withoutItem } from './stock';

export interface PlannedDisposition {
	reverseLineId: string;
	lineItemId: string;
	type: DispositionType;
	quantity: number;
	/** Shopify location GID; null where nothing goes back into stock. */
	locationId: string | null;
	/** Dispositions the reverse line has already. */
	idsBefore: string[];
	unitIds: string[];
}

/**
 * Lays the inspected units on the reverse lines of the return.
 * Only a sellable unit becomes RESTOCKED, and only at a location that somebody named: there is no "first location".
 * A bundle never does: its components are put back instead. `notes` are about planned units whose stock does not move by it.
 */
export function planDispositions(rma: Rma, shopifyReturn: OrderReturn, units: readonly InspectedUnit[], settings: SettlementSettings, order: OrderSnapshot): { planned: PlannedDisposition[]; blocked: Reason[]; notes: Reason[] } {
	const planned = new Map<string, PlannedDisposition>();
	const blocked: Reason[] = [];
	const notes: Reason[] = [];
	const room = new Map(shopifyReturn.reverseLines.map((line) => [line.id, roomOn(line)]));
	for (const unit of [...units].sort((left, right) => (left.id < right.id ? -1 : 1))) {
		const decision = decide(rma, unit, settings, order);
		if (decision === null) continue;
		if ('blocked' in decision) {
			blocked.push(decision.blocked);
			continue;
		}
		const { type, locationId } = decision;
		const line = shopifyReturn.reverseLines.find((candidate) => candidate.lineItemId === unit.lineItemId && (room.get(candidate.id) ?? 0) > 0);
		if (line === undefined || unit.lineItemId === null) {
			blocked.push(reason('nothingReturnable', `The Shopify return ${shopifyReturn.name} has no piece of ${unit.title} left to decide on.`, [unit.id]));
			continue;
		}
		room.set(line.id, (room.get(line.id) ?? 0) - 1);
		const key = `${line.id} ${type} ${locationId ?? ''}`;
		const entry = planned.get(key) ?? { reverseLineId: line.id, lineItemId: unit.lineItemId, type, quantity: 0, locationId, idsBefore: line.dispositions.map((disposition) => disposition.id), unitIds: [] };
		planned.set(key, { ...entry, quantity: entry.quantity + 1, unitIds: [...entry.unitIds, unit.id] });
		if (decision.note !== null) notes.push(decision.note);
	}
	return { planned: [...planned.values()], blocked, notes };
}

/** What is decided on in one request: Shopify takes the dispositions of one reverse fulfilment order at a time, and a return has one for each parcel. */
export interface ParcelDispositions {
	key: string;
	unitIds: string[];
	quantities: Array<{ lineItemId: string; quantity: number }>;
	dispositions: PlannedDisposition[];
}

/** The planned dispositions, parcel by parcel, each an act of its own with the units it is about. */
export function byParcel(planned: readonly PlannedDisposition[], shopifyReturn: OrderReturn, keyOf: (unitIds: readonly string[]) => string): ParcelDispositions[] {
	const parcelOf = new Map(shopifyReturn.reverseLines.map((line) => [line.id, line.reverseFulfillmentOrderId]));
	const parcels = [...new Set(planned.map((disposition) => parcelOf.get(disposition.reverseLineId)))];
	return parcels.map((parcel) => {
		const dispositions = planned.filter((disposition) => parcelOf.get(disposition.reverseLineId) === parcel);
		const unitIds = dispositions.flatMap((disposition) => disposition.unitIds).sort();
		const quantities = new Map<string, number>();
		for (const { lineItemId, quantity } of dispositions) quantities.set(lineItemId, (quantities.get(lineItemId) ?? 0) + quantity);
		return { key: keyOf(unitIds), unitIds, quantities: [...quantities].map(([lineItemId, quantity]) => ({ lineItemId, quantity })), dispositions };
	});
}

type Decision = { type: DispositionType; locationId: string | null; note: Reason | null } | { blocked: Reason };

/** What becomes of one unit; null while nobody has inspected it. */
function decide(rma: Rma, unit: InspectedUnit, settings: SettlementSettings, order: OrderSnapshot): Decision | null {
	switch (unit.inspection.state) {
		case 'damaged':
			return { type: 'NOT_RESTOCKED', locationId: null, note: null };
		case 'missing':
			return { type: 'MISSING', locationId: null, note: null };
		case 'sellable':
			return decideSellable(rma, unit, settings, order);
		default:
			return null;
	}
}

function decideSellable(rma: Rma, unit: InspectedUnit, settings: SettlementSettings, order: OrderSnapshot): Decision {
	const line = order.lines.find((candidate) => candidate.id === unit.lineItemId);
	if (bundleOf(unit, order) !== null) return { type: 'NOT_RESTOCKED', locationId: null, note: null };
	// Shopify refuses to restock what it has no item for.
	const gone = line ? withoutItem(unit, line) : null;
	if (gone !== null) return { type: 'NOT_RESTOCKED', locationId: null, note: gone };
	const destination = destinationOf(rma, unit, settings, order.places);
	if (destination.kind === 'blocked') return { blocked: destination.reason };
	const note = line?.inventoryTracked === false ? reason('stockNotCounted', `Shopify does not count the stock of ${unit.title}, so its figure does not change.`, [unit.id]) : null;
	return { type: 'RESTOCKED', locationId: destination.locationId, note };
}

function roomOn(line: ReverseLine): number {
	const decided = line.dispositions.filter((disposition) => disposition.type !== 'PROCESSING_REQUIRED').reduce((sum, disposition) => sum + disposition.quantity, 0);
	return line.quantity - decided;
}
