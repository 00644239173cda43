/** What is new of an RMA since it was last read. Pure; knows nothing of calls. */
import { createHash } from 'node:crypto';
import type { Rma } from '../../../returns/rma';
import type { EventType } from '../trigger/event';

/** What is remembered of an RMA that was read: short, because n8n stores it with the workflow. */
export interface KnownDetails {
	/** `[id, status, hash of carrier and tracking]` per parcel. */
	shipments: Array<[string, string, string]>;
	/** Hash of the units with their inspection and of the exchange orders. */
	rest: string;
}

/** How an RMA came to be looked at. */
export type Reason = 'new' | 'existing' | 'changed' | 'transaction' | 'look';

export interface News {
	type: EventType;
	shipmentId: string | null;
	transactionId: string | null;
	status: string | null;
	previousStatus: string | null;
	/** See EventFacts. */
	detail?: string;
}

export function detailsOf(rma: Rma): KnownDetails {
	return {
		shipments: rma.shipments.map((shipment) => [shipment.id, shipment.status, hash([shipment.carrierName, shipment.trackingNumber, shipment.trackingUrl])]),
		rest: hash([
			rma.units.map((unit) => [unit.id, unit.resolutionType, unit.validation.validatedAt, unit.validation.isReturned, unit.validation.isRestockable, unit.validation.nonReturnedReason, unit.validation.nonRestockableReason]),
			rma.exchangeOrders.map((order) => [order.draftOrderId, order.orderId, order.type]),
		]),
	};
}

/**
 * Compares an RMA with what is known of it. Transactions are not compared here: ReturnGO's list of them tells reliably which have changed.
 * @param status the status it had, null when it is not known
 * @param known null when only the status was known so far
 */
export function newsOf(status: string | null, known: KnownDetails | null, reason: Reason, rma: Rma): News[] {
	const news: News[] = [];
	const add = (type: EventType, facts: Partial<News> = {}) => news.push({ type, shipmentId: null, transactionId: null, status: rma.status, previousStatus: null, ...facts });
	const details = detailsOf(rma);
	if (reason === 'new') {
		add('RMA_CREATED');
		// It may have come a long way since the last poll; whoever listens to statuses only must hear of it, too.
		if (rma.status !== 'Pending') add('RMA_STATUS_UPDATED');
		for (const [shipmentId, shipmentStatus] of details.shipments) {
			add('SHIPMENT_CREATED', { shipmentId, status: shipmentStatus });
			if (shipmentStatus !== 'Pending') add('SHIPMENT_STATUS_UPDATED', { shipmentId, status: shipmentStatus });
		}
		return news;
	}
	if (reason === 'existing') {
		add('RMA_STATUS_UPDATED');
		return news;
	}
	// Of an RMA that is read for its transaction only, an unknown status is no news.
	const hasMoved = status !== rma.status && (status !== null || reason === 'changed');
	if (hasMoved) add('RMA_STATUS_UPDATED', { previousStatus: status });
	if (known === null) {
		// Nobody knows how its parcels were before; but one that has the RMA's new status got it together with the RMA.
		const moved = hasMoved ? details.shipments.filter(([, shipmentStatus]) => shipmentStatus === rma.status) : [];
		for (const [shipmentId, shipmentStatus] of moved) add('SHIPMENT_STATUS_UPDATED', { shipmentId, status: shipmentStatus });
		return news;
	}
	const before = new Map(known.shipments.map((shipment) => [shipment[0], shipment]));
	for (const [shipmentId, shipmentStatus, data] of details.shipments) {
		const earlier = before.get(shipmentId);
		if (earlier === undefined) add('SHIPMENT_CREATED', { shipmentId, status: shipmentStatus });
		else if (earlier[1] !== shipmentStatus) add('SHIPMENT_STATUS_UPDATED', { shipmentId, status: shipmentStatus, previousStatus: earlier[1] });
		if (earlier !== undefined && earlier[2] !== data) add('SHIPMENT_UPDATED', { shipmentId, status: shipmentStatus, previousStatus: earlier[1], detail: data });
	}
	const present = new Set(details.shipments.map(([id]) => id));
	const isParcelGone = known.shipments.some(([id]) => !present.has(id));
	if (known.rest !== details.rest || isParcelGone) add('RMA_UPDATED', { previousStatus: status, detail: details.rest });
	return news;
}

function hash(facts: unknown): string {
	return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 10);
}
