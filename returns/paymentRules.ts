/** Rules about money that is late: an inspected unit that nobody paid for, and a payment that does not come to its end. */
import type { Case } from './case';
import { isCreditOutsideOrder } from './ledger';
import { isEnded, isOlder, type DetectionSettings, type Sighting } from './sighting';
import type { ReconciliationLine } from './reconciliationLine';
import { nameOfResolution } from './reconciliationUnits';
import type { Rma, RmaUnit } from './rma';

/** @param lines the reconciliation of the case */
export function findPaymentCases(found: Case, lines: readonly ReconciliationLine[], settings: DetectionSettings, now: Date): Sighting[] {
	return lines.flatMap((line) => [...pendingTooLong(line, settings, now), ...unfinished(found, line, settings, now), ...missing(found, line, settings, now)]);
}

function pendingTooLong({ code, subject, rmaId, message, at, unitIds }: ReconciliationLine, { days }: DetectionSettings, now: Date): Sighting[] {
	if ((code !== 'refundPending' && code !== 'returnGoRefundRequested') || !isOlder(at, days.refundPending, now)) return [];
	return [{ code: 'refundPendingTooLong', rmaId, about: `${subject.kind} ${subject.id.slice(subject.id.lastIndexOf('/') + 1)}`, message, at, unitIds }];
}

/** A claim that no run ended. What it may have paid is on the order, if it is one the order would show. */
function unfinished({ order, rmas }: Case, { code, subject, rmaId, message, at, unitIds }: ReconciliationLine, { days }: DetectionSettings, now: Date): Sighting[] {
	if (code !== 'answerUnknown' || !isOlder(at, days.refundMissing, now)) return [];
	const entry = order?.ledger.entries.find(({ key }) => key === subject.id);
	const isOver = rmas.some((rma) => rma.id === rmaId && isEnded(rma));
	if (isOver && (entry === undefined || !isCreditOutsideOrder(entry))) return [];
	return [{ code: 'paymentUnfinished', rmaId, about: `record ${subject.id}`, message, at, unitIds }];
}

/** Units that the reconciliation found unpaid, and that were inspected long ago or belong to a request that is done. */
function missing({ rmas, unread }: Case, { subject, code, class: kind, rmaId, unitIds, message }: ReconciliationLine, { days }: DetectionSettings, now: Date): Sighting[] {
	if (subject.kind === 'transaction' && code === 'refundMissing') return [{ code, rmaId, about: `transaction ${subject.id}`, message, at: null, unitIds }];
	if (subject.kind !== 'rma' || unread.length > 0) return [];
	const rma = rmas.find(({ id }) => id === rmaId)?.details;
	if (!rma) return [];
	const isDue = (unit: RmaUnit) => isOlder(dueSince(rma, unit), days.refundMissing, now);
	const open = rma.units.filter((unit) => unitIds.includes(unit.id) && isDue(unit) && (code !== null || (kind === 'pending' && unit.validation.isReturned && unit.validation.isRestockable)));
	return MISSING.flatMap(({ code: missingCode, what, isOf }): Sighting[] => {
		const concerned = open.filter(({ resolutionType }) => isOf(resolutionType ?? ''));
		const [first] = concerned;
		if (first === undefined || (code !== null && code !== missingCode)) return [];
		const at = dueSince(rma, first);
		const named = missingCode === 'settlementUnseen' ? ` (${[...new Set(concerned.map(nameOfResolution))].join(', ')})` : '';
		return [{ code: missingCode, rmaId: rma.id, about: '', message: `RMA${rma.id} is ${rma.status}; ${concerned.length === 1 ? 'a unit' : `${concerned.length} units`}${named} inspected or done since ${at ?? 'long'}, and no ${what} was found.`, at, unitIds: concerned.map(({ id }) => id) }];
	});
}

/** What is missing, by what the customer chose. Exchanges have a rule of their own. */
const MISSING: ReadonlyArray<{ code: 'refundMissing' | 'storeCreditMissing' | 'settlementUnseen'; what: string; isOf(resolution: string): boolean }> = [
	{ code: 'refundMissing', what: 'refund', isOf: (resolution) => resolution === 'RefundToPaymentMethod' },
	{ code: 'storeCreditMissing', what: 'store credit', isOf: (resolution) => resolution === 'RefundToStoreCredit' },
	{ code: 'settlementUnseen', what: 'payment', isOf: (resolution) => resolution !== 'RefundToPaymentMethod' && resolution !== 'RefundToStoreCredit' && !/exchange/i.test(resolution) },
];

function dueSince(rma: Rma, unit: RmaUnit): string | null {
	return unit.validation.validatedAt ?? (rma.status === 'Done' ? (rma.lastActivityAt ?? rma.createdAt) : null);
}
