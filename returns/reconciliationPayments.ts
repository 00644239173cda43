/** The lines of a case's payments: Shopify's refunds, ReturnGO's transactions, and our credits outside orders. */
import type { Case, CaseOrder, CaseRefund, CaseTransaction } from './case';
import type { ExceptionCode } from './exceptions';
import type { ReconciliationClass } from './finding';
import { isCreditOutsideOrder, isEvenExchange, isMoneyAction, type LedgerEntry } from './ledger';
import { equals, formatMoney, isPositive, moneyOf, sum, type Money } from './money';
import type { Coverage } from './reconciliationCoverage';
import { lastPart, type ReconciliationLine } from './reconciliationLine';
import { readAmount, unitAmount } from './returnGoAmount';
import type { Rma, RmaUnit } from './rma';

/** Every refund and every transaction in exactly one line. Takes the units that are paid for out of `coverage`. */
export function reconcilePayments(found: Case, coverage: Coverage): ReconciliationLine[] {
	const { order } = found;
	const pool = new TransactionPool(found.transactions);
	const lines: ReconciliationLine[] = [];
	coverage.take(found.explainedUnitIds ?? []);
	if (order !== null) {
		const refunds = order.refunds.filter(({ id }) => !found.explainedRefundIds.includes(id));
		const named = refunds.map((refund) => ({ refund, transactions: pool.takeNaming(refund), entry: entryOf(order, refund) }));
		// Those that somebody claims come first: what they pay for is not looked for among the others.
		for (const { refund, transactions, entry } of named) {
			if (transactions.length > 0) lines.push(...compareWithTransactions(refund, transactions, entry, coverage));
			else if (entry !== null) lines.push(compareWithLedger(refund, entry, coverage));
		}
		if (found.explainedUnitIds === undefined) lines.push(...ourCredits(order, pool, coverage));
		for (const { refund, transactions, entry } of named) {
			if (transactions.length === 0 && entry === null) lines.push(matchByUnits(found, refund, pool, coverage));
		}
		if (found.explainedUnitIds === undefined) lines.push(...recordsWithoutRefund(found, order, coverage));
	}
	// Whether the units of a failed one were paid by another is known when all others are.
	const rest = pool.rest();
	for (const transaction of rest.filter(({ status }) => status !== 'Failed')) lines.push(transactionLine(found, transaction, coverage));
	const paid = new Set([...(found.explainedUnitIds ?? []), ...lines.filter(({ shopify, returnGo }) => [shopify, returnGo].some((amount) => amount !== null && isPositive(amount))).flatMap(({ unitIds }) => unitIds)]);
	const isPaidOtherwise = ({ unitIds }: CaseTransaction) => unitIds.length > 0 && unitIds.every((id) => paid.has(id));
	const failed = rest.filter(({ status }) => status === 'Failed').map((transaction) => (isPaidOtherwise(transaction) ? alone(transaction, { class: 'matched', code: null, message: `ReturnGO’s refund of ${text(readAmount(transaction.amount))} did not succeed, and its units were paid for otherwise.` }, coverage) : transactionLine(found, transaction, coverage)));
	return [...lines, ...failed];
}

/** Whether ReturnGO paid the customer by it. */
export const isPaid = (transaction: CaseTransaction): boolean => transaction.status === 'Success' && isRefund(transaction);

/** The customer paying an invoice is the other direction. */
const isRefund = ({ type }: CaseTransaction): boolean => type !== 'InvoicePayment';

class TransactionPool {
	private readonly left: Map<string, CaseTransaction>;

	constructor(transactions: readonly CaseTransaction[]) {
		this.left = new Map(transactions.map((transaction) => [transaction.id, transaction]));
	}

	/** ReturnGO names a refund by Shopify's number of it. */
	takeNaming({ id }: CaseRefund): CaseTransaction[] {
		return this.take((transaction) => refundNamed(transaction) === lastPart(id));
	}

	take(fits: (transaction: CaseTransaction) => boolean): CaseTransaction[] {
		const taken = this.rest().filter(fits);
		taken.forEach(({ id }) => this.left.delete(id));
		return taken;
	}

	rest(): CaseTransaction[] {
		return [...this.left.values()];
	}
}

/** The number of the Shopify refund that a transaction names, if it names one. */
export function refundNamed({ externalReferenceId, externalReferenceType }: Pick<CaseTransaction, 'externalReferenceId' | 'externalReferenceType'>): string | null {
	if (externalReferenceId === null) return null;
	if (externalReferenceType === 'PlatformRefundId' || externalReferenceId.startsWith('gid://shopify/Refund/')) return lastPart(externalReferenceId);
	return null;
}

function entryOf(order: CaseOrder, refund: CaseRefund): LedgerEntry | null {
	return order.ledger.entries.find((entry) => entry.state === 'done' && isMoneyAction(entry.action) && entry.refundId === refund.id) ?? null;
}

function compareWithTransactions(refund: CaseRefund, transactions: readonly CaseTransaction[], entry: LedgerEntry | null, coverage: Coverage): ReconciliationLine[] {
	const { currency } = refund.total.presentment;
	const paid = transactions.filter(isPaid);
	const foreign = paid.filter((transaction) => readAmount(transaction.amount)?.currency !== currency);
	const doubled = paid.filter((transaction, index) => !foreign.includes(transaction) && isDoubled(transaction, paid.slice(0, index)));
	const counted = paid.filter((transaction) => !foreign.includes(transaction) && !doubled.includes(transaction));
	const returnGo = counted.length === 0 ? null : sum(counted.flatMap(({ amount }) => readAmount(amount) ?? []), currency);
	const others = transactions.filter((transaction) => !foreign.includes(transaction) && !doubled.includes(transaction));
	const unitIds = [...new Set([...others.flatMap((transaction) => transaction.unitIds), ...(entry?.unitIds ?? [])])];
	const isSecond = coverage.hasAll(unitIds);
	const verdict = isSecond ? paidAgain(refund) : foreign.length > 0 ? inTwoCurrencies(refund, foreign) : judge(refund, returnGo, others);
	return [
		refundLine(refund, verdict, { returnGo, transactionIds: others.map(({ id }) => id), rmaId: rmaOf(others, unitIds, entry, coverage), unitIds: coverage.take(unitIds) }),
		...foreign.map((transaction) => alone(transaction, { class: 'valueDiffers', code: 'currencyMismatch', message: inTwoCurrencies(refund, [transaction]).message }, coverage)),
		...doubled.map((transaction) => alone(transaction, { class: 'duplicate', code: 'refundTwice', message: `ReturnGO has a further transaction for refund ${lastPart(refund.id)}: ${text(readAmount(transaction.amount))}.` }, coverage)),
	];
}

/** A store credit has one transaction per unit; two for the same unit are one too many. */
function isDoubled(transaction: CaseTransaction, earlier: readonly CaseTransaction[]): boolean {
	return transaction.unitIds.length > 0 && earlier.some((other) => other.unitIds.some((id) => transaction.unitIds.includes(id)));
}

interface Verdict {
	class: ReconciliationClass;
	code: ExceptionCode | null;
	message: string;
}

function judge(refund: CaseRefund, returnGo: Money | null, transactions: readonly CaseTransaction[]): Verdict {
	const moved = refund.total.presentment;
	const state = moneyState(refund);
	if (state === 'pending') return { class: 'pending', code: 'refundPending', message: `The money of refund ${lastPart(refund.id)} has not moved yet; ReturnGO says ${text(returnGo)}.` };
	if (state === 'failed') return { class: 'valueDiffers', code: 'refundFailed', message: `The payment of refund ${lastPart(refund.id)} did not succeed; ReturnGO says ${text(returnGo)}.` };
	if (returnGo !== null) return sameOrNot(returnGo, moved, `ReturnGO says ${text(returnGo)}`);
	if (transactions.some(({ status }) => status === 'Requested')) return { class: 'pending', code: 'returnGoRefundRequested', message: `Shopify refunded ${text(moved)}, and ReturnGO still shows the refund as requested.` };
	if (transactions.some(({ status }) => status === 'Failed')) return { class: 'valueDiffers', code: 'paidThoughFailed', message: `Shopify refunded ${text(moved)}, and ReturnGO shows the refund as failed.` };
	return { class: 'valueDiffers', code: 'valueMismatch', message: `Shopify refunded ${text(moved)}, and ReturnGO’s transaction states no amount that counts.` };
}

function sameOrNot(expected: Money, moved: Money, said: string): Verdict {
	if (equals(expected, moved)) return { class: 'matched', code: null, message: `Both say ${text(moved)}.` };
	return { class: 'valueDiffers', code: 'valueMismatch', message: `${said}, and Shopify refunded ${text(moved)}.` };
}

function paidAgain(refund: CaseRefund): Verdict {
	return { class: 'duplicate', code: 'refundTwice', message: `Refund ${lastPart(refund.id)} of ${text(refund.total.presentment)} pays for units that were paid for already.` };
}

function inTwoCurrencies(refund: CaseRefund, transactions: readonly CaseTransaction[]): Verdict {
	const theirs = transactions.map(({ amount }) => (amount === null ? 'no amount' : `${amount.amount} ${amount.currency}`)).join(', ');
	return { class: 'valueDiffers', code: 'currencyMismatch', message: `ReturnGO says ${theirs}, and Shopify refunded ${text(refund.total.presentment)}.` };
}

/** By the refund's transactions where they were read; Shopify's total counts what succeeded. */
function moneyState({ transactions }: CaseRefund): 'moved' | 'pending' | 'failed' {
	const states = (transactions ?? []).map(({ status }) => status);
	if (states.some((status) => status === 'PENDING' || status === 'AWAITING_RESPONSE' || status === 'UNKNOWN')) return 'pending';
	return states.length > 0 && !states.includes('SUCCESS') ? 'failed' : 'moved';
}

function compareWithLedger(refund: CaseRefund, entry: LedgerEntry, coverage: Coverage): ReconciliationLine {
	const isSecond = coverage.hasAll(entry.unitIds);
	const recorded = amountOfEntry(entry);
	const state = moneyState(refund);
	const verdict: Verdict = isSecond
		? paidAgain(refund)
		: state !== 'moved'
			? { class: state === 'pending' ? 'pending' : 'valueDiffers', code: state === 'pending' ? 'refundPending' : 'refundFailed', message: `Our refund of ${text(recorded)} ${state === 'pending' ? 'has not moved yet' : 'did not succeed'}.` }
			: recorded === null || recorded.currency !== refund.total.presentment.currency
				? { class: 'valueDiffers', code: 'valueMismatch', message: `Our record of refund ${lastPart(refund.id)} states no amount in ${refund.total.presentment.currency}.` }
				: ownOrNot(recorded, refund);
	return refundLine(refund, verdict, { returnGo: null, transactionIds: [], rmaId: entry.rmaId, unitIds: coverage.take(entry.unitIds) });
}

function ownOrNot(recorded: Money, refund: CaseRefund): Verdict {
	const verdict = sameOrNot(recorded, refund.total.presentment, `Our record says ${text(recorded)}`);
	return verdict.class === 'matched' ? { ...verdict, message: `A workflow refunded ${text(recorded)} for this RMA; ReturnGO keeps no transaction of it.` } : verdict;
}

/** Credits and gift cards of ours; ReturnGO's transaction for the same units belongs to them. */
function ourCredits(order: CaseOrder, pool: TransactionPool, coverage: Coverage): ReconciliationLine[] {
	return order.ledger.entries
		.filter((entry) => entry.state === 'done' && isMoneyAction(entry.action) && isCreditOutsideOrder(entry))
		.flatMap((entry) => {
			const amount = amountOfEntry(entry);
			const creditId = entry.credit?.id ?? null;
			const reported = pool.take((transaction) => isPaid(transaction) && creditId !== null && (transaction.externalReferenceId === creditId || transaction.externalReferenceId === lastPart(creditId)));
			const foreign = reported.filter((transaction) => readAmount(transaction.amount)?.currency !== amount?.currency);
			const same = reported.filter((transaction) => !foreign.includes(transaction));
			const returnGo = amount === null || same.length === 0 ? null : sum(same.flatMap((transaction) => readAmount(transaction.amount) ?? []), amount.currency);
			const isMade = creditId !== null && amount !== null;
			const verdict: Verdict = coverage.hasAll(entry.unitIds)
				? { class: 'duplicate', code: 'refundTwice', message: `A credit of ${text(amount)} pays for units that were paid for already.` }
				: !isMade
					? { class: 'valueDiffers', code: 'creditRecordMissing', message: 'Our record says that a credit was made and names none.' }
					: returnGo !== null && !equals(returnGo, amount)
						? { class: 'valueDiffers', code: 'valueMismatch', message: `ReturnGO says ${text(returnGo)}, and a workflow credited ${text(amount)}.` }
						: { class: 'matched', code: null, message: `A workflow credited ${text(amount)} for this RMA.` };
			const line: ReconciliationLine = { subject: { kind: 'credit', id: entry.key }, ...verdict, rmaId: entry.rmaId, transactionIds: same.map(({ id }) => id), unitIds: coverage.take(entry.unitIds), returnGo, shopify: isMade ? amount : null, at: entry.doneAt ?? entry.claimedAt };
			return [line, ...foreign.map((transaction) => alone(transaction, { class: 'valueDiffers', code: 'currencyMismatch', message: `ReturnGO states another currency than the credit of ${text(amount)}.` }, coverage))];
		});
}

/** Refunds that our record names and the order does not show, acts whose end nobody recorded, and exchanges that left nothing to pay. */
function recordsWithoutRefund(found: Case, order: CaseOrder, coverage: Coverage): ReconciliationLine[] {
	const known = new Set([...order.refunds.map(({ id }) => id), ...found.explainedRefundIds]);
	return order.ledger.entries
		.filter((entry) => isMoneyAction(entry.action) && (entry.state === 'claimed' || (!isCreditOutsideOrder(entry) && (entry.refundId === null || !known.has(entry.refundId)))))
		.filter((entry) => !coverage.hasAll(entry.unitIds))
		.map((entry) => {
			const verdict: Verdict = entry.state === 'done' && isEvenExchange(entry)
				? { class: 'exchange', code: null, message: 'A workflow processed the exchange of these units; nothing was owed.' }
				: entry.state === 'claimed'
					? { class: 'pending', code: 'answerUnknown', message: `A workflow began to pay ${text(amountOfEntry(entry))} at ${entry.claimedAt} and recorded no end.` }
					: { class: 'valueDiffers', code: 'refundRecordMissing', message: `Our record says that ${text(amountOfEntry(entry))} were refunded, and the order does not show that refund.` };
			return { subject: { kind: 'credit', id: entry.key }, ...verdict, rmaId: entry.rmaId, transactionIds: [], unitIds: coverage.take(entry.unitIds), returnGo: null, shopify: null, at: entry.doneAt ?? entry.claimedAt };
		});
}

/** A refund that nobody names: it belongs to the RMA of the order whose unpaid units it pays for. */
function matchByUnits(found: Case, refund: CaseRefund, pool: TransactionPool, coverage: Coverage): ReconciliationLine {
	const moved = refund.total.presentment;
	const living = found.rmas.filter(({ status }) => status !== 'Rejected');
	const none = { returnGo: null, transactionIds: [], rmaId: null, unitIds: [] };
	if (living.length === 0) return refundLine(refund, withoutRma(found, refund), none);
	const { lines } = refund;
	if (lines === null || living.some(({ details }) => details === null)) return refundLine(refund, notRead(`Whether the order’s RMA explains the refund of ${text(moved)} was not read.`), none);

	const rmas = living.flatMap(({ details }) => details ?? []);
	const candidates = rmas.flatMap((rma) => {
		const units = unitsPaidBy(lines, rma, coverage);
		return units === null ? [] : [{ rma, units, isWorth: isWorth(units, moved), isItsReturn: isReturnOf(found, refund, rma) }];
	});
	candidates.sort((left, right) => Number(right.isItsReturn) - Number(left.isItsReturn) || Number(right.isWorth) - Number(left.isWorth));
	const [best] = candidates;
	if (best === undefined) {
		const touched = rmas.find((rma) => rma.units.some((unit) => lines.some(({ lineItemId }) => lineItemId === unit.lineItemId)));
		const isItsReturn = rmas.find((rma) => isReturnOf(found, refund, rma));
		if (touched === undefined && isItsReturn === undefined) return refundLine(refund, withoutRma(found, refund), none);
		const rma = touched ?? isItsReturn;
		const paid = rma !== undefined && coverage.open(rma).length === 0 && lines.length > 0;
		const verdict: Verdict = paid ? paidAgain(refund) : { class: 'onlyInShopify', code: 'refundUnclear', message: `The refund of ${text(moved)} names other units than the RMA.` };
		return refundLine(refund, verdict, { ...none, rmaId: rma?.id ?? null });
	}
	const unitIds = best.units.map(({ id }) => id);
	// ReturnGO names the refund only when its transaction has ended.
	const reported = pool.take((transaction) => (isPaid(transaction) || transaction.status === 'Requested') && refundNamed(transaction) === null && transaction.type === 'RefundToPaymentMethod' && transaction.unitIds.length > 0 && transaction.unitIds.every((id) => unitIds.includes(id)) && readAmount(transaction.amount)?.currency === moved.currency);
	const counted = reported.filter(isPaid);
	const returnGo = counted.length === 0 ? null : sum(counted.flatMap(({ amount }) => readAmount(amount) ?? []), moved.currency);
	const verdict: Verdict = moneyState(refund) !== 'moved' || reported.length > 0 ? judge(refund, returnGo, reported) : worthVerdict(best.isWorth, best.units, moved);
	return refundLine(refund, verdict, { returnGo, transactionIds: reported.map(({ id }) => id), rmaId: best.rma.id, unitIds: coverage.take(unitIds) });
}

function worthVerdict(isSame: boolean, units: readonly RmaUnit[], moved: Money): Verdict {
	if (isSame) return { class: 'matched', code: null, message: `Shopify refunded ${text(moved)}, which is what ReturnGO says the units are worth.` };
	const worth = worthOf(units, moved.currency);
	return { class: 'valueDiffers', code: 'valueMismatch', message: `Shopify refunded ${text(moved)}, and ReturnGO says the units are worth ${worth === null ? 'an amount that cannot be read' : text(moneyOf(worth, moved.currency))}.` };
}

function withoutRma(found: Case, refund: CaseRefund): Verdict {
	const moved = text(refund.total.presentment);
	if (found.unread.some(({ what }) => what === 'rmasOfOrder') && found.rmas.length === 0) return notRead(`Whether an RMA explains the refund of ${moved} was not read.`);
	if (refund.lines === null && refund.returnId === null) return notRead(`What the refund of ${moved} is for was not read.`);
	const isReturn = refund.returnId !== null || refund.lines?.some(({ restockType }) => restockType === 'RETURN') === true;
	return isReturn
		? { class: 'onlyInShopify', code: 'refundWithoutRma', message: `Shopify refunded ${moved} for a return that no RMA knows.` }
		: { class: 'onlyInShopify', code: 'refundOutsideReturns', message: `Shopify refunded ${moved} without taking anything back.` };
}

/** The open units that the refund's lines pay for, or null unless the RMA has enough of each. */
function unitsPaidBy(lines: NonNullable<CaseRefund['lines']>, rma: Rma, coverage: Coverage): RmaUnit[] | null {
	if (lines.length === 0) return null;
	const open = coverage.open(rma);
	const taken: RmaUnit[] = [];
	for (const { lineItemId, quantity } of lines) {
		const fitting = open.filter((unit) => unit.lineItemId === lineItemId && !taken.includes(unit)).slice(0, quantity);
		if (fitting.length < quantity) return null;
		taken.push(...fitting);
	}
	return taken;
}

function isReturnOf(found: Case, refund: CaseRefund, rma: Rma): boolean {
	return refund.returnId !== null && found.order?.returns.some(({ id, name }) => id === refund.returnId && name === rma.shopifyReturnName) === true;
}

/** ReturnGO rounds each unit and each of its taxes by itself: one minor unit of each is no difference. */
function isWorth(units: readonly RmaUnit[], moved: Money): boolean {
	const worth = worthOf(units, moved.currency);
	return worth !== null && Math.abs(moved.minor - worth) <= 2 * units.length;
}

function worthOf(units: readonly RmaUnit[], currency: string): number | null {
	if (units.some(({ pricePaid }) => pricePaid?.currency !== currency)) return null;
	return units.reduce<number | null>((total, unit) => {
		const amount = unitAmount(unit, currency);
		return total === null || amount === null ? null : total + amount;
	}, 0);
}

/** A transaction that no refund or credit of the order belongs to. */
function transactionLine(found: Case, transaction: CaseTransaction, coverage: Coverage): ReconciliationLine {
	return alone(transaction, verdictOfTransaction(found, transaction, coverage), coverage);
}

function verdictOfTransaction(found: Case, transaction: CaseTransaction, coverage: Coverage): Verdict {
	const amount = text(readAmount(transaction.amount));
	if (!isRefund(transaction)) return { class: 'exchange', code: null, message: `The customer’s payment for an exchange: ${amount}, ${transaction.status}.` };
	if (transaction.status === 'Failed') return { class: 'onlyInReturnGo', code: 'returnGoRefundFailed', message: `ReturnGO’s refund of ${amount} did not succeed.` };
	if (transaction.status !== 'Success') return { class: 'pending', code: 'returnGoRefundRequested', message: `ReturnGO shows a refund of ${amount} as ${transaction.status}.` };
	const refund = refundNamed(transaction);
	const explained = found.explainedRefundIds.find((id) => lastPart(id) === refund);
	if (explained !== undefined && found.order?.ledger.entries.some(({ refundId }) => refundId === explained) === true) {
		return { class: 'matched', code: null, message: `ReturnGO’s record of refund ${lastPart(explained)}, ${amount}, which a workflow paid; Shopify’s side has a line of its own.` };
	}
	if (explained !== undefined) return { class: 'duplicate', code: 'refundTwice', message: `ReturnGO has a further transaction for refund ${lastPart(explained)}: ${amount}.` };
	if (coverage.hasAll(transaction.unitIds)) return { class: 'duplicate', code: 'refundTwice', message: `ReturnGO paid ${amount} for units that were paid for already.` };
	if (isStoreCredit(transaction)) return { class: 'onlyInReturnGo', code: 'creditOnlyInReturnGo', message: `ReturnGO issued a store credit of ${amount}.` };
	if (found.unread.some(({ what }) => what === 'order') || (found.order === null && found.orderId !== null)) return notRead(`ReturnGO paid ${amount}; the order was not read.`);
	if (refund !== null) return { class: 'onlyInReturnGo', code: 'refundNotFound', message: `ReturnGO paid ${amount} and names refund ${refund}, which the order does not have.` };
	return { class: 'onlyInReturnGo', code: 'refundMissing', message: `ReturnGO says that ${amount} were refunded, and Shopify shows no such refund.` };
}

export function isStoreCredit({ type, externalReferenceType }: Pick<CaseTransaction, 'type' | 'externalReferenceType'>): boolean {
	return externalReferenceType === 'StoreCreditCode' || (externalReferenceType === null && type === 'RefundToStoreCredit');
}

function notRead(message: string): Verdict {
	return { class: 'pending', code: 'notRead', message };
}

function alone(transaction: CaseTransaction, verdict: Verdict, coverage: Coverage): ReconciliationLine {
	// A refund that did not succeed pays for nothing, so its units stay open.
	const unitIds = transaction.status === 'Failed' || !isRefund(transaction) ? [] : coverage.take(transaction.unitIds);
	return {
		subject: { kind: 'transaction', id: transaction.id },
		...verdict,
		rmaId: transaction.rmaId ?? coverage.ownerOf(transaction.unitIds),
		transactionIds: [transaction.id],
		unitIds,
		returnGo: isPaid(transaction) ? readAmount(transaction.amount) : null,
		shopify: null,
		at: transaction.createdAt,
	};
}

function rmaOf(transactions: readonly CaseTransaction[], unitIds: readonly string[], entry: LedgerEntry | null, coverage: Coverage): string | null {
	return transactions.find(({ rmaId }) => rmaId !== null)?.rmaId ?? entry?.rmaId ?? coverage.ownerOf(unitIds);
}

function refundLine(refund: CaseRefund, verdict: Verdict, rest: Pick<ReconciliationLine, 'returnGo' | 'transactionIds' | 'rmaId' | 'unitIds'>): ReconciliationLine {
	return { subject: { kind: 'refund', id: refund.id }, ...verdict, ...rest, shopify: refund.total.presentment, at: refund.createdAt };
}

function amountOfEntry({ amount, currency }: LedgerEntry): Money | null {
	return readAmount(amount === null || currency === null ? null : { amount, currency });
}

function text(amount: Money | null): string {
	return amount === null ? 'no amount' : `${formatMoney(amount)} ${amount.currency}`;
}
