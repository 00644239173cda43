/** Where units go (N13): somebody has to have named the place. There is no "first location". */
import { reason, type Reason } from './exceptions';
import { inspectUnits, type InspectedUnit } from './inspection';
import type { OrderPlace } from './order';
import type { Rma } from './rma';
import type { SettlementSettings } from './settings';

export type Destination = { kind: 'found'; locationId: string } | { kind: 'blocked'; reason: Reason };

/**
 * The place of a unit, in this order: the one the inspection names; the map by ReturnGO's location, by return reason, by the country the
 * parcel comes from; the one of the settings. A place that Shopify does not have, or that is closed, stops the unit.
 * @param places what Shopify says of the places; undefined when nobody asked
 */
export function destinationOf(rma: Rma, unit: InspectedUnit, settings: SettlementSettings, places: readonly OrderPlace[] | undefined): Destination {
	return placeFor(namedLocation(rma, unit, settings), unit, places);
}

/** Where a unit that was never shipped becomes available again: no parcel and no inspection says anything about it. */
export function cancelDestinationOf(unit: InspectedUnit, settings: SettlementSettings, places: readonly OrderPlace[] | undefined): Destination {
	return placeFor(cancelLocation(settings), unit, places);
}

/** The place of the settings for units that were never shipped. */
export function cancelLocation({ cancelLocationId, locationId }: SettlementSettings): string | null {
	return cancelLocationId ?? locationId;
}

function placeFor(locationId: string | null, unit: InspectedUnit, places: readonly OrderPlace[] | undefined): Destination {
	if (locationId === null) return { kind: 'blocked', reason: reason('locationUnknown', `No location is set for ${unit.title}.`, [unit.id]) };
	if (places === undefined) return { kind: 'found', locationId };
	const place = places.find((candidate) => candidate.id === locationId);
	if (place === undefined) return { kind: 'blocked', reason: reason('locationUnknown', `Shopify has no location ${locationId.split('/').pop() ?? ''}, which is set for ${unit.title}.`, [unit.id]) };
	if (!place.isActive) return { kind: 'blocked', reason: reason('locationInactive', `The location ${place.name}, which is set for ${unit.title}, is not active.`, [unit.id]) };
	return { kind: 'found', locationId };
}

/** Every place that units of the RMA may go to: asked about before the decision. */
export function namedLocations(rma: Rma, settings: SettlementSettings): string[] {
	const units = inspectUnits(rma, settings.inspectionSource, settings.providedInspections).filter((unit) => unit.inspection.state === 'sellable' || unit.inspection.state === 'damaged');
	return [...new Set(units.flatMap((unit) => namedLocation(rma, unit, settings) ?? []))].sort();
}

function namedLocation(rma: Rma, unit: InspectedUnit, settings: SettlementSettings): string | null {
	const { locationId } = unit.inspection;
	if (locationId?.startsWith('gid://shopify/Location/')) return locationId;
	const country = rma.shipments.find((shipment) => shipment.id === unit.shipmentId)?.originCountry ?? null;
	return mapped(settings.locationMap, locationId) ?? mapped(settings.locationMap, unit.returnReason) ?? mapped(settings.locationMap, country) ?? settings.locationId;
}

function mapped(map: Record<string, string>, key: string | null): string | null {
	return key !== null && Object.hasOwn(map, key) ? (map[key] ?? null) : null;
}
