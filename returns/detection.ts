/**
 * Finds in a case what is stuck or contradicts itself (N1, N9, N10): returns that do not move on, parcels that do not arrive, stock and money that do
 * not follow the inspection, and states that differ between the systems. What was not read is never guessed at, and a time that nobody knows is
 * taken for the latest it can be, so that nothing is told too early.
 */
import type { Case } from './case';
import type { ExceptionCode } from './exceptions';
import { bareFinding, type Finding } from './finding';
import { findPaymentCases } from './paymentRules';
import { reconcile } from './reconciliation';
import { lastPart, toFinding, wholeDays, type LineContext, type ReconciliationLine } from './reconciliationLine';
import type { DetectionSettings, Sighting } from './sighting';
import { findStatusCases } from './statusRules';
import { findStockCases } from './stockRules';

/**
 * Everything that is wrong in a case, most serious first. The `incident` of a finding stays the same as long as it is found.
 * @param found read in detail; what it does not hold is named in its `unread`, and no rule that needs it speaks
 */
export function detect(found: Case, settings: DetectionSettings, context: LineContext): Finding[] {
	const lines = reconcile(found, settings.bundleSkus);
	const sightings = [...findStatusCases(found, settings, context.now), ...findStockCases(found, settings, context.now), ...findPaymentCases(found, lines, settings, context.now)];
	const findings = [...paymentFindings(found, lines, context), ...sightings.map((sighting) => asFinding(sighting, found, context))];
	return findings.sort((left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) || (left.incident < right.incident ? -1 : 1));
}

const SEVERITIES = ['critical', 'warning', 'info'];

/** What the comparison of payments says and that is wrong at any age. */
const WRONG_AT_ONCE: ReadonlySet<ExceptionCode> = new Set<ExceptionCode>(['creditRecordMissing', 'currencyMismatch', 'ledgerUnreadable', 'orderNotFound', 'paidThoughEnded', 'paidThoughFailed', 'refundFailed', 'refundNotFound', 'refundRecordMissing', 'refundTwice', 'refundUnclear', 'refundWithoutRma', 'returnGoRefundFailed', 'rmaWithoutOrder', 'valueMismatch']);

function paymentFindings(found: Case, lines: readonly ReconciliationLine[], context: LineContext): Finding[] {
	const wrong = lines.filter((line) => line.code !== null && WRONG_AT_ONCE.has(line.code) && !isTold(line, lines));
	return wrong.map(withoutOrder).map((line) => ({ ...toFinding(line, found, context), incident: `${line.code ?? ''}/${line.subject.kind}/${lastPart(line.subject.id)}` }));
}

/** Two currencies make two lines, and so does a refund that Shopify and ReturnGO both show as failed; each is one incident. */
function isTold({ code, subject, rmaId }: ReconciliationLine, lines: readonly ReconciliationLine[]): boolean {
	if (code === 'currencyMismatch') return subject.kind === 'transaction';
	return code === 'returnGoRefundFailed' && lines.some((other) => other.code === 'refundFailed' && other.rmaId === rmaId);
}

/** For whoever has to act, an order that the store does not have is none. */
function withoutOrder(line: ReconciliationLine): ReconciliationLine {
	return line.code === 'orderNotFound' ? { ...line, code: 'rmaWithoutOrder' } : line;
}

function asFinding({ code, rmaId, about, message, at, unitIds }: Sighting, found: Case, context: LineContext): Finding {
	const subject = rmaId ?? found.orderName ?? found.orderId ?? '';
	return {
		...bareFinding(code, [code, subject, ...(about === '' ? [] : [about])].join('/'), message),
		rmaId,
		orderId: found.orderId,
		orderName: found.orderName,
		unitIds: unitIds.join(', '),
		at,
		ageDays: at === null ? null : wholeDays(at, context.now),
		orderUrl: found.orderId === null ? null : `https://${context.shopDomain}/admin/orders/${lastPart(found.orderId)}`,
		rmaUrl: rmaId === null || context.rmaLink === '' ? null : context.rmaLink.replace('{rmaId}', rmaId),
	};
}
