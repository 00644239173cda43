/**
 * Units of an RMA that never left the shop. Nothing of them can arrive, so they are cancelled (Shopify's restock type CANCEL) instead of returned.
 * Shopify counts pieces per line and ReturnGO names units: pieces of one line are worth the same, and a unit is only called unshipped when it is
 * clear which of them it is.
 */
import { inspectUnits, isInspected, type InspectedUnit } from './inspection';
import type { OrderLine, OrderRefund, OrderReturn, OrderSnapshot } from './order';
import type { Rma } from './rma';
import type { SettlementSettings } from './settings';

interface Question {
	order: OrderSnapshot;
	rma: Rma;
	shopifyReturn: OrderReturn | null;
	settings: Pick<SettlementSettings, 'inspectionSource' | 'providedInspections'>;
}

/**
 * Pieces of a line that were ever shipped: ordered, less those that still wait, that an order edit removed, or that a refund cancelled
 * (LineItem.unfulfilledQuantity, refundableQuantity; RefundLineItemRestockType).
 */
export function shippedPieces(order: { refunds: readonly OrderRefund[] }, line: OrderLine): number {
	const refunded = order.refunds.flatMap((refund) => refund.lines).filter(({ lineItemId }) => lineItemId === line.id);
	const removed = line.quantity - line.refundableQuantity - piecesOf(refunded);
	return line.quantity - line.unfulfilledQuantity - Math.max(0, removed) - piecesOf(refunded.filter(({ restockType }) => restockType === 'CANCEL'));
}

/** Pieces of a line that a refund may still take and that were shipped. */
export function refundableShippedPieces(line: OrderLine): number {
	return line.refundableQuantity - Math.min(line.unfulfilledQuantity, line.refundableQuantity);
}

/**
 * Ids of the RMA's units that were never shipped: as many per line as the RMA names beyond the pieces that can come back. Which units they are is
 * clear once nobody has found exactly that many; until then none is named, and the others are waited for.
 */
export function neverShipped(question: Question): Set<string> {
	const { order, rma, settings } = question;
	const units = inspectUnits(rma, settings.inspectionSource, settings.providedInspections);
	const found = order.lines.flatMap((line) => ofLine(question, line, units.filter(({ lineItemId }) => lineItemId === line.id)));
	return new Set(found);
}

function ofLine(question: Question, line: OrderLine, units: readonly InspectedUnit[]): string[] {
	const { order, rma, settings } = question;
	const cancelled = new Set(order.ledger.ledger.entries.filter((entry) => entry.rmaId === rma.id && entry.cancellations !== undefined).flatMap((entry) => entry.unitIds));
	const known = units.filter(({ id }) => cancelled.has(id));
	const open = units.filter(({ id }) => !cancelled.has(id));
	const missing = units.length - returnablePieces(question, line) - known.length;
	if (missing <= 0) return known.map(({ id }) => id);
	return [...known, ...unfound(open, missing, settings.inspectionSource === 'validatedStatus')].map(({ id }) => id);
}

/** Pieces of the line that can be in this RMA's parcels: shipped, and neither in another return nor paid back before the RMA was opened. */
function returnablePieces({ order, rma, shopifyReturn }: Question, line: OrderLine): number {
	const held = heldBy(shopifyReturn === null ? [] : [shopifyReturn], line.id);
	const others = order.returns.filter(({ id, status }) => id !== shopifyReturn?.id && status !== 'CANCELED' && status !== 'DECLINED');
	const before = order.refunds.filter(({ returnId, createdAt }) => returnId === null && rma.createdAt !== null && new Date(createdAt).getTime() < new Date(rma.createdAt).getTime());
	const paidBack = before.flatMap((refund) => refund.lines).filter(({ lineItemId, restockType }) => lineItemId === line.id && restockType !== 'CANCEL');
	return Math.max(held, shippedPieces(order, line) - heldBy(others, line.id) - piecesOf(paidBack));
}

/** The units that nobody has found, if they are exactly so many; those that were looked for in vain come last. */
function unfound(units: readonly InspectedUnit[], count: number, isStatusOfAll: boolean): InspectedUnit[] {
	if (count >= units.length && !units.some(isFound)) return [...units];
	// A status speaks of all units alike, so any of them will do, the same ones every time: first those that are in no parcel.
	if (isStatusOfAll && units.every(isFound)) return [...units].sort((left, right) => Number(left.shipmentId !== null) - Number(right.shipmentId !== null) || (left.id < right.id ? 1 : -1)).slice(0, count);
	const unseen = units.filter(({ inspection }) => !isInspected(inspection));
	if (unseen.length === count) return unseen;
	const absent = units.filter((unit) => !isFound(unit));
	return absent.length === count ? absent : [];
}

function isFound({ inspection }: InspectedUnit): boolean {
	return inspection.state === 'sellable' || inspection.state === 'damaged';
}

function heldBy(returns: readonly OrderReturn[], lineItemId: string): number {
	return piecesOf(returns.flatMap((candidate) => candidate.lines).filter((line) => line.lineItemId === lineItemId));
}

function piecesOf(parts: ReadonlyArray<{ quantity: number }>): number {
	return parts.reduce((pieces, { quantity }) => pieces + quantity, 0);
}
