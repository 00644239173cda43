/** Rules about money that is late: an inspected unit that nobody paid for, and a payment that does not come to its end. */
import type { Case } from './case';
import { isOlder, type DetectionSettings, type Sighting } from './sighting';
import type { ReconciliationLine } from './reconciliationLine';
import type { Rma, RmaUnit } from './rma';

/** @param lines the reconciliation of the case */
export function findPaymentCases(found: Case, lines: readonly ReconciliationLine[], settings: DetectionSettings, now: Date): Sighting[] {
	return lines.flatMap((line) => [...pendingTooLong(line, settings, now), ...missing(found, line, settings, now)]);
}

function pendingTooLong({ code, subject, rmaId, message, at, unitIds }: ReconciliationLine, { days }: DetectionSettings, now: Date): Sighting[] {
	if ((code !== 'refundPending' && code !== 'returnGoRefundRequested') || !isOlder(at, days.refundPending, now)) return [];
	return [{ code: 'refundPendingTooLong', rmaId, about: `${subject.kind} ${subject.id.slice(subject.id.lastIndexOf('/') + 1)}`, message, at, unitIds }];
}

/** Units that the reconciliation found unpaid, and that were inspected long ago or belong to a request that is done. */
function missing({ rmas, unread }: Case, { subject, code, class: kind, rmaId, unitIds, message }: ReconciliationLine, { days }: DetectionSettings, now: Date): Sighting[] {
	if (subject.kind === 'transaction' && code === 'refundMissing') return [{ code, rmaId, about: `transaction ${subject.id}`, message, at: null, unitIds }];
	if (subject.kind !== 'rma' || unread.length > 0) return [];
	const rma = rmas.find(({ id }) => id === rmaId)?.details;
	if (!rma) return [];
	const isDue = (unit: RmaUnit) => isOlder(dueSince(rma, unit), days.refundMissing, now);
	const open = rma.units.filter((unit) => unitIds.includes(unit.id) && isDue(unit) && (code !== null || (kind === 'pending' && unit.validation.isReturned && unit.validation.isRestockable)));
	return (['refundMissing', 'storeCreditMissing'] as const).flatMap((missingCode): Sighting[] => {
		const concerned = open.filter(({ resolutionType }) => resolutionType === (missingCode === 'refundMissing' ? 'RefundToPaymentMethod' : 'RefundToStoreCredit'));
		const [first] = concerned;
		if (first === undefined || (code !== null && code !== missingCode)) return [];
		const at = dueSince(rma, first);
		return [{ code: missingCode, rmaId: rma.id, about: '', message: `RMA${rma.id} is ${rma.status}; ${concerned.length === 1 ? 'a unit' : `${concerned.length} units`} inspected or done since ${at ?? 'long'}, and no ${missingCode === 'refundMissing' ? 'refund' : 'store credit'} was found.`, at, unitIds: concerned.map(({ id }) => id) }];
	});
}

function dueSince(rma: Rma, unit: RmaUnit): string | null {
	return unit.validation.validatedAt ?? (rma.status === 'Done' ? (rma.lastActivityAt ?? rma.createdAt) : null);
}
