/** Rules about stock: what was found sellable goes back, and nothing goes back before it was looked at. Pieces are compared per order line, as Shopify counts them. */
import type { Case, CaseLine, CaseOrder } from './case';
import { isEnded, isOlder, type DetectionSettings, type Sighting } from './sighting';
import { isBundle, isCountedDirectly, restockedPieces } from './restockComparison';
import type { Rma, RmaUnit } from './rma';

/** What the stock of a case says; nothing while a part of it was not read. */
export function findStockCases(found: Case, settings: DetectionSettings, now: Date): Sighting[] {
	const { order, rmas, unread } = found;
	if (order === null || order.lines === null || unread.length > 0) return [];
	const details = rmas.flatMap((rma) => (rma.details === null || isEnded(rma) ? [] : [rma.details]));
	if (rmas.some((rma) => rma.details === null && !isEnded(rma))) return [];
	return order.lines.flatMap((line) => {
		const concerned = details.flatMap((rma) => rma.units.filter(({ lineItemId }) => lineItemId === line.id).map((unit) => ({ rma, unit })));
		return concerned.length === 0 ? [] : ofLine(order, line, concerned, settings, now);
	});
}

interface ReturnedUnit {
	rma: Rma;
	unit: RmaUnit;
}

function ofLine(order: CaseOrder, line: CaseLine, units: readonly ReturnedUnit[], settings: DetectionSettings, now: Date): Sighting[] {
	const restocked = restockedPieces(order, line.id);
	const sighting = (code: Sighting['code'], rma: Rma, at: string | null, message: string): Sighting => ({ code, rmaId: rma.id, about: line.id.slice(line.id.lastIndexOf('/') + 1), message, at, unitIds: units.filter((entry) => entry.rma === rma).map(({ unit }) => unit.id) });
	const [first] = units;
	if (first === undefined) return [];
	if (isBundle(line, settings.bundleSkus)) return restocked > 0 ? [sighting('bundleParentRestocked', first.rma, restockedAt(order, line.id), `${restocked} of the bundle ${line.name} went into stock as a piece of its own.`)] : [];
	if (isCountedDirectly(order, line.id)) {
		const rmas = [...new Set(units.map(({ rma }) => rma))];
		return rmas.flatMap((rma) => begunChanges(order, line, rma, settings, now).map((at) => sighting('stockUnclear', rma, at, `A workflow began to change the stock of ${line.name} at ${at} and recorded no end.`)));
	}
	// Where the inspection was given to a workflow, our record of the restock is what shows it.
	const inspected = units.filter(({ rma, unit }) => inspectedAt(rma, unit, settings) !== null || isRecorded(order, rma, unit));
	const sellable = inspected.filter(({ rma, unit }) => isSellable(rma, unit, settings) || isRecorded(order, rma, unit));
	const figures = `${restocked} of ${line.name} restocked, ${inspected.length} of ${units.length} inspected, ${sellable.length} found sellable.`;
	if (restocked > sellable.length) {
		const code = inspected.length < units.length ? 'restockedBeforeInspection' : 'restockedNotSellable';
		const due = units.find((entry) => !sellable.includes(entry)) ?? first;
		return [sighting(code, due.rma, restockedAt(order, line.id), figures)];
	}
	const waiting = sellable.filter(({ rma, unit }) => inspectedAt(rma, unit, settings) !== null && isOlder(inspectedAt(rma, unit, settings), settings.days.inspectedNotRestocked, now));
	const [late] = waiting;
	// Pieces that are still within their days may be the ones that are missing.
	return late !== undefined && sellable.length - restocked > sellable.length - waiting.length ? [sighting('inspectedNotRestocked', late.rma, inspectedAt(late.rma, late.unit, settings), figures)] : [];
}

/** When an RMA's first direct change of the line's stock was claimed that no run has ended. */
function begunChanges({ ledger }: CaseOrder, line: CaseLine, rma: Rma, { days }: DetectionSettings, now: Date): string[] {
	const begun = ledger.entries.filter((entry) => entry.rmaId === rma.id && entry.action === 'components' && entry.state === 'claimed' && entry.quantities.some(({ lineItemId }) => lineItemId === line.id));
	return begun.map(({ claimedAt }) => claimedAt).filter((at) => isOlder(at, days.inspectedNotRestocked, now)).sort().slice(0, 1);
}

function inspectedAt(rma: Rma, unit: RmaUnit, { inspection }: DetectionSettings): string | null {
	if (unit.validation.validatedAt !== null) return unit.validation.validatedAt;
	if (inspection === 'itemValidation') return null;
	const status = rma.shipments.find(({ id }) => id === unit.shipmentId)?.status ?? rma.status;
	const isDone = rma.status === 'Validated' || status === 'Validated' || rma.status === 'Done' || (inspection === 'receipt' && (status === 'Received' || rma.status === 'Received'));
	return isDone ? (rma.milestones?.receivedAt ?? rma.lastActivityAt ?? rma.createdAt) : null;
}

function isSellable(rma: Rma, unit: RmaUnit, settings: DetectionSettings): boolean {
	const { validation } = unit;
	return validation.validatedAt === null ? inspectedAt(rma, unit, settings) !== null : validation.isReturned && validation.isRestockable;
}

function isRecorded(order: CaseOrder, rma: Rma, unit: RmaUnit): boolean {
	return order.ledger.entries.some(({ rmaId, action, state, unitIds }) => rmaId === rma.id && action === 'restock' && state === 'done' && unitIds.includes(unit.id));
}

/** When the line's last piece went into stock. */
function restockedAt(order: CaseOrder, lineItemId: string): string | null {
	const disposed = order.returns.flatMap(({ dispositions }) => dispositions ?? []).filter((entry) => entry.lineItemId === lineItemId && entry.type === 'RESTOCKED').map(({ createdAt }) => createdAt);
	const refunded = order.refunds.filter(({ lines }) => lines?.some((line) => line.lineItemId === lineItemId && line.isRestocked)).map(({ createdAt }) => createdAt);
	return [...disposed, ...refunded].sort().at(-1) ?? null;
}
