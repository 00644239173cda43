/** What is physically known of each unit, from the source the consultant chose (N3, N13; business rule 2). */
import type { Rma, RmaUnit } from './rma';

export type InspectionState = 'notReceived' | 'awaitingInspection' | 'sellable' | 'damaged' | 'missing';

/**
 * Where the inspection is recorded.
 * - `itemValidation`: ReturnGO's item validation, unit by unit.
 * - `validatedStatus`: the unit's shipment has the status Validated, or the RMA has it and the unit's shipment is its only one and was received; the unit then
 *   counts as sellable. A unit that is in no shipment goes by the RMA.
 * - `provided`: results that came from outside (a WMS, a form), given with the call.
 */
export type InspectionSource = 'itemValidation' | 'validatedStatus' | 'provided';

/** A result from outside. `unitId` names the unit; `locationId` is a Shopify location GID. */
export interface ProvidedInspection {
	unitId: string;
	state: InspectionState;
	inspectedAt?: string | null;
	inspectedBy?: string | null;
	locationId?: string | null;
	reason?: string | null;
	/** Pieces of a bundle that were found, by SKU; all of them when it is not given. */
	components?: Array<{ sku: string; quantity: number }> | null;
}

export interface UnitInspection {
	state: InspectionState;
	inspectedAt: string | null;
	inspectedBy: string | null;
	/** ReturnGO's location id when the source is ReturnGO, a Shopify location GID when provided. */
	locationId: string | null;
	reason: string | null;
	/** Pieces of a bundle that were found, by SKU; absent or null: all of them. */
	components?: Array<{ sku: string; quantity: number }> | null;
}

export interface InspectedUnit extends RmaUnit {
	inspection: UnitInspection;
}

/** One entry per unit of the RMA, in its order. Provided results for units the RMA does not have are ignored here; the guard refuses them. */
export function inspectUnits(rma: Rma, source: InspectionSource, provided: readonly ProvidedInspection[] = []): InspectedUnit[] {
	const byUnit = new Map(provided.map((result) => [result.unitId, result]));
	return rma.units.map((unit) => ({ ...unit, inspection: inspectUnit(rma, unit, source, byUnit.get(unit.id)) }));
}

/** Sellable, damaged and missing are findings; the other two states say that nobody has looked yet. */
export function isInspected(inspection: UnitInspection): boolean {
	return inspection.state === 'sellable' || inspection.state === 'damaged' || inspection.state === 'missing';
}

function inspectUnit(rma: Rma, unit: RmaUnit, source: InspectionSource, provided: ProvidedInspection | undefined): UnitInspection {
	switch (source) {
		case 'itemValidation':
			return fromItemValidation(rma, unit);
		case 'validatedStatus':
			return fromStatus(rma, unit);
		case 'provided':
			return provided ? fromProvided(provided) : nothingFound(rma, unit);
	}
}

function fromItemValidation(rma: Rma, unit: RmaUnit): UnitInspection {
	const { validation } = unit;
	// Before a validation both flags are false, so they say nothing until it has a date.
	if (validation.validatedAt === null) return nothingFound(rma, unit);
	const common = { inspectedAt: validation.validatedAt, inspectedBy: validation.validatedBy, locationId: validation.storeLocationId };
	if (!validation.isReturned) return { ...common, state: 'missing', reason: validation.nonReturnedReason };
	if (!validation.isRestockable) return { ...common, state: 'damaged', reason: validation.nonRestockableReason };
	return { ...common, state: 'sellable', reason: null };
}

function fromStatus(rma: Rma, unit: RmaUnit): UnitInspection {
	if (!isValidated(rma, unit)) return nothingFound(rma, unit);
	return { state: 'sellable', inspectedAt: rma.lastUpdated, inspectedBy: null, locationId: null, reason: null };
}

/** With several parcels the RMA is Validated as soon as one of them is: the unit's own parcel decides. */
function isValidated(rma: Rma, unit: RmaUnit): boolean {
	const shipment = rma.shipments.find((candidate) => candidate.id === unit.shipmentId);
	if (shipment === undefined) return rma.status === 'Validated';
	const parcels = rma.shipments.filter((candidate) => !candidate.isOutbound && candidate.status !== 'Canceled');
	return shipment.status === 'Validated' || (rma.status === 'Validated' && parcels.length === 1 && shipment.status === 'Received');
}

function fromProvided(provided: ProvidedInspection): UnitInspection {
	return {
		state: provided.state,
		inspectedAt: provided.inspectedAt ?? null,
		inspectedBy: provided.inspectedBy ?? null,
		locationId: provided.locationId ?? null,
		reason: provided.reason ?? null,
		components: provided.components ?? null,
	};
}

function nothingFound(rma: Rma, unit: RmaUnit): UnitInspection {
	const state = isReceived(rma, unit) ? 'awaitingInspection' : 'notReceived';
	return { state, inspectedAt: null, inspectedBy: null, locationId: null, reason: null };
}

function isReceived(rma: Rma, unit: RmaUnit): boolean {
	// With several parcels the RMA is Received as soon as one of them is: the unit's own parcel decides.
	const shipment = rma.shipments.find((candidate) => candidate.id === unit.shipmentId);
	const status = shipment?.status ?? rma.status;
	return status === 'Received' || status === 'Validated';
}
