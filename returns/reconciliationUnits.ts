/** The lines of what nothing was paid for: the units of an RMA that no payment covers, or the whole RMA where its units were not read. */
import type { Case, CaseRma } from './case';
import type { ExceptionCode } from './exceptions';
import type { ReconciliationClass } from './finding';
import type { Coverage } from './reconciliationCoverage';
import type { ReconciliationLine } from './reconciliationLine';
import { unitAmount } from './returnGoAmount';
import type { Rma, RmaUnit } from './rma';

/** At most one line per RMA and verdict; the units are taken out of `coverage`. */
export function reconcileUnits(found: Case, coverage: Coverage, payments: readonly ReconciliationLine[]): ReconciliationLine[] {
	return found.rmas.flatMap((rma) => (rma.details === null ? wholeRma(found, rma, payments) : restOf(found, rma, rma.details, coverage, payments)));
}

interface Verdict {
	class: ReconciliationClass;
	code: ExceptionCode | null;
	message: string;
}

function wholeRma(found: Case, rma: CaseRma, payments: readonly ReconciliationLine[]): ReconciliationLine[] {
	if (payments.some(({ rmaId }) => rmaId === rma.id)) return [];
	const needsUnits: Verdict = { class: 'pending', code: 'notRead', message: `RMA${rma.id} is ${rma.status}; what was to be paid for it was not read.` };
	const verdict = byStatus(found, rma);
	// A payment of the order that is not decided may be for this RMA.
	const isDoubtful = verdict?.class === 'pending' && payments.some(({ code }) => code === 'notRead');
	return [line(rma, [], verdict === null || isDoubtful ? needsUnits : verdict)];
}

function restOf(found: Case, rma: CaseRma, details: Rma, coverage: Coverage, payments: readonly ReconciliationLine[]): ReconciliationLine[] {
	const open = coverage.open(details);
	if (open.length === 0) {
		if (payments.some(({ rmaId }) => rmaId === rma.id)) return [];
		// Its units are in lines of their own, or none are left to be paid.
		const isElsewhere = details.units.some(({ id }) => found.explainedUnitIds?.includes(id) === true);
		if (details.units.length > 0 && !isElsewhere) return [];
		return [line(rma, [], { class: 'matched', code: null, message: `RMA${rma.id} is ${rma.status}${isElsewhere ? ', and what was paid for it has a line of its own.' : ' and holds no units.'}` })];
	}
	const byVerdict = new Map<string, { verdict: Verdict; units: RmaUnit[] }>();
	for (const unit of open) {
		const verdict = byStatus(found, rma) ?? doneUnit(found, details, unit);
		const known = byVerdict.get(verdict.message) ?? { verdict, units: [] };
		known.units.push(unit);
		byVerdict.set(verdict.message, known);
	}
	return [...byVerdict.values()].map(({ verdict, units }) => line(rma, coverage.take(units.map(({ id }) => id)), verdict));
}

/** What the RMA's status and its order say of everything that is not paid; null for a finished RMA, where each unit has to be looked at. */
function byStatus(found: Case, rma: CaseRma): Verdict | null {
	if (rma.status === 'Rejected' || rma.status === 'Canceled') return { class: 'matched', code: null, message: `RMA${rma.id} is ${rma.status}: nothing is to be paid.` };
	const isWithoutOrder = rma.details !== null ? rma.details.order.id === null : rma.orderName === '';
	if (isWithoutOrder) return { class: 'onlyInReturnGo', code: 'rmaWithoutOrder', message: `RMA${rma.id} is ${rma.status} and names no order.` };
	if (found.unread.some(({ what }) => what === 'order')) return { class: 'pending', code: 'notRead', message: `The order of RMA${rma.id} was not read.` };
	if (found.order === null) return { class: 'onlyInReturnGo', code: 'orderNotFound', message: `RMA${rma.id} is ${rma.status}, and Shopify has no order ${rma.orderName}.` };
	if (rma.status !== 'Done') return { class: 'pending', code: null, message: `RMA${rma.id} is ${rma.status}: nothing was paid yet.` };
	return null;
}

function doneUnit(found: Case, rma: Rma, unit: RmaUnit): Verdict {
	const resolution = unit.resolutionType ?? '';
	if (/exchange/i.test(resolution)) {
		const orders = rma.exchangeOrders.map(({ orderName }) => orderName).filter((name) => name !== null);
		return { class: 'exchange', code: null, message: `RMA${rma.id} is done with an exchange${orders.length === 0 ? '' : `: ${orders.join(', ')}`}.` };
	}
	if (unit.validation.validatedAt !== null && !unit.validation.isReturned) return { class: 'matched', code: null, message: `RMA${rma.id}: the unit did not arrive, and nothing was paid for it.` };
	const worth = unit.pricePaid === null ? null : unitAmount(unit, unit.pricePaid.currency);
	if (worth === 0) return { class: 'matched', code: null, message: `RMA${rma.id}: the unit is worth nothing.` };
	if (resolution === 'RefundToStoreCredit') return { class: 'onlyInReturnGo', code: 'storeCreditMissing', message: `RMA${rma.id} is done, and no store credit was found for it.` };
	if (found.order?.isLedgerUnreadable === true) return { class: 'pending', code: 'ledgerUnreadable', message: `RMA${rma.id} is done; whether a workflow paid for it cannot be read.` };
	if (resolution === 'RefundToPaymentMethod') return { class: 'onlyInReturnGo', code: 'refundMissing', message: `RMA${rma.id} is done, and no refund was found for it.` };
	return { class: 'onlyInReturnGo', code: 'settlementUnseen', message: `RMA${rma.id} is done with ${nameOfResolution(unit)}, and no payment was found for it.` };
}

/** What the customer was promised, as ReturnGO names it. */
export function nameOfResolution({ resolutionName, resolutionType }: Pick<RmaUnit, 'resolutionName' | 'resolutionType'>): string {
	return resolutionName ?? (resolutionType || 'no resolution');
}

function line(rma: CaseRma, unitIds: string[], verdict: Verdict): ReconciliationLine {
	return { subject: { kind: 'rma', id: rma.id }, ...verdict, rmaId: rma.id, transactionIds: [], unitIds, returnGo: null, shopify: null, at: rma.createdAt };
}
