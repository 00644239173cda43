/** Compares what the inspection found sellable with what Shopify put back into stock; only for orders and RMAs that were read in detail. */
import type { Case, CaseLine, CaseOrder } from './case';
import type { ReconciliationLine } from './reconciliationLine';
import type { RmaUnit } from './rma';

/**
 * Turns lines whose money agrees, and whose stock does not, into `restockDiffers`; a line whose money differs stays what it is. Shopify counts
 * pieces per order line, so pieces are compared and not single units.
 */
export function compareStock(found: Case, lines: readonly ReconciliationLine[], bundleSkus: readonly string[]): ReconciliationLine[] {
	const { order } = found;
	if (order === null || order.lines === null || found.rmas.some(({ details, status }) => details === null && status !== 'Rejected' && status !== 'Pending')) return [...lines];
	const units = found.rmas.flatMap(({ details }) => details?.units ?? []);
	const verdicts = new Map(order.lines.flatMap((line) => verdictOf(order, line, units, bundleSkus).map((verdict) => [line.id, verdict] as const)));
	const lineOf = new Map(units.map((unit) => [unit.id, unit.lineItemId]));
	return lines.map((line) => {
		const verdict = line.unitIds.map((id) => verdicts.get(lineOf.get(id) ?? '')).find((entry) => entry !== undefined);
		return line.class !== 'matched' || verdict === undefined ? line : { ...line, class: 'restockDiffers', ...verdict, message: `${verdict.message} ${line.message}` };
	});
}

function verdictOf(order: CaseOrder, line: CaseLine, all: readonly RmaUnit[], bundleSkus: readonly string[]): Array<Pick<ReconciliationLine, 'code' | 'message'>> {
	const units = all.filter(({ lineItemId }) => lineItemId === line.id);
	if (units.length === 0) return [];
	// A bundle's stock is that of its components, which no order shows.
	if (isBundle(line, bundleSkus)) return restockedPieces(order, line.id) > 0 ? [{ code: 'bundleParentRestocked', message: `${line.name} is a bundle, and ${restockedPieces(order, line.id)} went into stock as one piece.` }] : [];
	if (isCountedDirectly(order, line.id)) return [];
	const inspected = units.filter(({ validation }) => validation.validatedAt !== null);
	const sellable = inspected.filter(({ validation }) => validation.isReturned && validation.isRestockable).length;
	const restocked = restockedPieces(order, line.id);
	const pieces = `${restocked} of ${line.name} restocked, ${sellable} found sellable.`;
	if (restocked > sellable) return [{ code: inspected.length < units.length ? 'restockedBeforeInspection' : 'restockedNotSellable', message: pieces }];
	return restocked < sellable ? [{ code: 'inspectedNotRestocked', message: pieces }] : [];
}

/** Whether the line is sold as one piece and stocked by component. */
export function isBundle({ isBundleParent, sku }: CaseLine, bundleSkus: readonly string[]): boolean {
	return isBundleParent || (sku !== null && bundleSkus.includes(sku));
}

/** Whether our record holds direct changes of stock for the line. */
export function isCountedDirectly(order: CaseOrder, lineItemId: string): boolean {
	return order.ledger.entries.some((entry) => entry.action === 'components' && entry.quantities.some((quantity) => quantity.lineItemId === lineItemId));
}

/** Pieces of an order line that were put back into stock. A refund inside a return may show the same piece as the disposition: the larger count of the two. */
export function restockedPieces(order: CaseOrder, lineItemId: string): number {
	const disposed = order.returns.flatMap(({ dispositions }) => dispositions ?? []).filter((entry) => entry.lineItemId === lineItemId && entry.type === 'RESTOCKED');
	const refunded = order.refunds.flatMap(({ lines }) => lines ?? []).filter((entry) => entry.lineItemId === lineItemId && entry.restockType === 'RETURN' && entry.isRestocked);
	return Math.max(pieces(disposed), pieces(refunded));
}

function pieces(entries: ReadonlyArray<{ quantity: number }>): number {
	return entries.reduce((total, { quantity }) => total + quantity, 0);
}
