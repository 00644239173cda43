/**
 * Reconciles one case: every refund, every transaction of ReturnGO and every unit of its RMAs ends in exactly one line (N4, N5).
 *
 * A transaction belongs to the refund whose Shopify id it names; a refund of ours, to the RMA that our ledger names; any other refund, to the RMA
 * on the same order whose unpaid units it pays for. What cannot be decided from what was read is listed as not compared, never guessed.
 */
import type { Case, CaseRma } from './case';
import { Coverage } from './reconciliationCoverage';
import { reconcilePayments } from './reconciliationPayments';
import { reconcileUnits } from './reconciliationUnits';
import type { ReconciliationLine } from './reconciliationLine';
import { compareStock } from './restockComparison';
import { isEnded } from './sighting';
import { isPositive } from './money';

/**
 * The lines of a case, in an order that depends on its facts alone. Amounts are in the currency the customer paid in; where two currencies meet, each
 * has a line. The amounts of all lines add up to ReturnGO's successful transactions on one side, and to Shopify's refunds and our credits on the other.
 * @param bundleSkus sold as one piece and stocked by component, besides those that Shopify knows as bundles
 */
export function reconcile(found: Case, bundleSkus: readonly string[] = []): ReconciliationLine[] {
	const sorted = inOrder(found);
	const coverage = new Coverage(sorted.rmas);
	const payments = reconcilePayments(sorted, coverage);
	const units = reconcileUnits(sorted, coverage, payments);
	return compareStock(sorted, [...payments.map((line) => ofEnded(sorted, line)), ...units], bundleSkus);
}

/** What was paid for a request that is over; a payment from before the request was not for it. */
function ofEnded({ rmas }: Case, line: ReconciliationLine): ReconciliationLine {
	const rma = rmas.find(({ id }) => id === line.rmaId);
	const isMoved = [line.shopify, line.returnGo].some((amount) => amount !== null && isPositive(amount));
	if (rma === undefined || !isEnded(rma) || !isMoved || (line.code !== null && line.code !== 'creditOnlyInReturnGo')) return line;
	if (line.at !== null && rma.createdAt !== null && Date.parse(line.at) < Date.parse(rma.createdAt)) return line;
	return { ...line, class: line.class === 'matched' ? 'valueDiffers' : line.class, code: 'paidThoughEnded', message: `RMA${rma.id} is ${rma.status}, and it was paid for. ${line.message}` };
}

/** Whether every line is final: nothing under way, nothing that another RMA or transaction of the order could still change. */
export function isExplained(found: Case): boolean {
	if (found.order === null || found.rmas.length < Math.max(1, found.order.returns.filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED').length)) return false;
	if (found.rmas.some(isOpen)) return false;
	// A payment whose RMA is not known, or not there yet, may be that of another RMA of the order.
	const isThere = (rmaId: string | null) => found.rmas.some(({ id }) => id === rmaId);
	return reconcile(found).every((line) => line.class === 'matched' && isThere(line.rmaId)) && found.order.ledger.entries.every(({ rmaId }) => isThere(rmaId));
}

/** RMAs whose details have to be read before the case can be decided; none when it is decided, or when nothing more can be read. */
export function missingDetails(found: Case): string[] {
	const lines = reconcile(found);
	const isUndecided = lines.some(({ code }) => code === 'notRead');
	// A payment that is nobody's may be one for a request that is over.
	const isOwnerless = lines.some(({ subject, rmaId, returnGo, shopify }) => subject.kind !== 'rma' && rmaId === null && (returnGo ?? shopify) !== null);
	return found.rmas.filter((rma) => rma.details === null && (isEnded(rma) ? isOwnerless : isUndecided)).map(({ id }) => id);
}

function isOpen({ status }: CaseRma): boolean {
	return status === 'Pending' || status === 'Approved' || status === 'Received' || status === 'Validated';
}

/** The same case whatever the order in which its parts were read. */
function inOrder(found: Case): Case {
	const byText = <Entry>(text: (entry: Entry) => string) => (left: Entry, right: Entry) => (text(left) < text(right) ? -1 : text(left) > text(right) ? 1 : 0);
	return {
		...found,
		order:
			found.order === null
				? null
				: {
						...found.order,
						refunds: [...found.order.refunds].sort(byText(({ createdAt, id }) => `${createdAt} ${id}`)),
						ledger: { ...found.order.ledger, entries: [...found.order.ledger.entries].sort(byText(({ key }) => key)) },
					},
		rmas: [...found.rmas].sort(byText(({ id }) => id.padStart(20, '0'))),
		transactions: [...found.transactions].sort(byText(({ createdAt, id }) => `${createdAt ?? ''} ${id.padStart(20, '0')}`)),
	};
}
