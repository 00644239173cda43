/** What becomes of each inspected unit's stock, and where (N13). Quantities are pieces. */
import { reason, type Reason } from './exceptions';
import type { InspectedUnit } from './inspection';
import type { DispositionType, OrderReturn, ReverseLine } from './order';
import type { Rma } from './rma';
import type { SettlementSettings } from './settings';

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

const DISPOSITION: Record<'sellable' | 'damaged' | 'missing', DispositionType> = {
	sellable: 'RESTOCKED',
	damaged: 'NOT_RESTOCKED',
	missing: 'MISSING',
};

/**
 * Lays the inspected units on the reverse lines of the return.
 * Only a sellable unit becomes RESTOCKED, and only at a location that somebody named: there is no "first location".
 */
export function planDispositions(rma: Rma, shopifyReturn: OrderReturn, units: readonly InspectedUnit[], settings: SettlementSettings): { planned: PlannedDisposition[]; blocked: Reason[] } {
	const planned = new Map<string, PlannedDisposition>();
	const blocked: Reason[] = [];
	const room = new Map(shopifyReturn.reverseLines.map((line) => [line.id, roomOn(line)]));
	for (const unit of [...units].sort((left, right) => (left.id < right.id ? -1 : 1))) {
		const { state } = unit.inspection;
		if (state !== 'sellable' && state !== 'damaged' && state !== 'missing') continue;
		const type = DISPOSITION[state];
		const locationId = type === 'RESTOCKED' ? locationFor(rma, unit, settings) : null;
		if (type === 'RESTOCKED' && locationId === null) {
			blocked.push(reason('locationUnknown', `No location is set for ${unit.title}.`, [unit.id]));
			continue;
		}
		const line = shopifyReturn.reverseLines.find((candidate) => candidate.lineItemId === unit.lineItemId && (room.get(candidate.id) ?? 0) > 0);
		if (line === undefined || unit.lineItemId === null) {
			blocked.push(reason('nothingReturnable', `The Shopify return ${shopifyReturn.name} has no piece of ${unit.title} left to decide on.`, [unit.id]));
			continue;
		}
		room.set(line.id, (room.get(line.id) ?? 0) - 1);
		const key = `${line.id} ${type} ${locationId ?? ''}`;
		const entry = planned.get(key) ?? { reverseLineId: line.id, lineItemId: unit.lineItemId, type, quantity: 0, locationId, idsBefore: line.dispositions.map((disposition) => disposition.id), unitIds: [] };
		planned.set(key, { ...entry, quantity: entry.quantity + 1, unitIds: [...entry.unitIds, unit.id] });
	}
	return { planned: [...planned.values()], blocked };
}

/** The place of a unit: the inspection's own, else the map by ReturnGO location or country of origin, else the one of the settings. */
function locationFor(rma: Rma, unit: InspectedUnit, settings: SettlementSettings): string | null {
	const { locationId } = unit.inspection;
	if (locationId?.startsWith('gid://shopify/Location/')) return locationId;
	const country = rma.shipments.find((shipment) => shipment.id === unit.shipmentId)?.originCountry ?? null;
	return mapped(settings.locationMap, locationId) ?? mapped(settings.locationMap, country) ?? settings.locationId;
}

function mapped(map: Record<string, string>, key: string | null): string | null {
	return key !== null && Object.hasOwn(map, key) ? (map[key] ?? null) : null;
}

function roomOn(line: ReverseLine): number {
	const decided = line.dispositions.filter((disposition) => disposition.type !== 'PROCESSING_REQUIRED').reduce((sum, disposition) => sum + disposition.quantity, 0);
	return line.quantity - decided;
}
