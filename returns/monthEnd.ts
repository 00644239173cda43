/**
 * Month end (N5): what ReturnGO paid and what Shopify refunded in a month, each difference on a line; and what became of each refund in Shopify's
 * payouts. A line that began in one month and ended in another counts on each side where it belongs.
 */
import type { Case, CaseRefund, CaseRefundTransaction } from './case';
import type { ExceptionCode } from './exceptions';
import { add, compare, formatMoney, isZero, subtract, sum, zero, type Money } from './money';
import { lastPart, type ReconciliationLine } from './reconciliationLine';
import { isPaid } from './reconciliationPayments';
import { readAmount } from './returnGoAmount';

/** Half open: a moment at `end` belongs to the next month. ISO 8601 in UTC. */
export interface Period {
	start: string;
	end: string;
}

export function isWithin(at: string | null, { start, end }: Period): boolean {
	if (at === null) return false;
	const moment = new Date(at).getTime();
	return moment >= new Date(start).getTime() && moment < new Date(end).getTime();
}

/**
 * The lines of a case as far as they belong to the period: ReturnGO's side by the transactions' creation, Shopify's side by that of the refund or
 * credit. Lines without money, and lines of other months, are left out.
 */
export function withinPeriod(found: Case, lines: readonly ReconciliationLine[], period: Period): ReconciliationLine[] {
	const transactions = new Map(found.transactions.map((transaction) => [transaction.id, transaction]));
	return lines.flatMap((line) => {
		if (line.returnGo === null && line.shopify === null) return [];
		const dated = line.transactionIds.flatMap((id) => transactions.get(id) ?? []);
		const inside = dated.filter(({ createdAt }) => isWithin(createdAt, period));
		const returnGo = line.returnGo === null || inside.length === 0 ? null : paidBy(inside, line.returnGo.currency);
		const shopify = line.subject.kind !== 'transaction' && isWithin(line.at, period) ? line.shopify : null;
		if (returnGo === null && shopify === null) return [];
		const isSplit = (line.returnGo !== null && (returnGo === null || compare(returnGo, line.returnGo) !== 0)) || (line.shopify !== null && shopify === null);
		// Where only the stock differs, the money agrees, and the split is what explains the amounts of this month.
		const agrees = line.class === 'matched' || line.class === 'restockDiffers';
		const split = isSplit && agrees ? { code: 'otherPeriod' as const, class: 'pending' as const, message: `${line.message} One side of it belongs to another month.` } : {};
		return [{ ...line, ...split, returnGo, shopify }];
	});
}

function paidBy(transactions: readonly Case['transactions'][number][], currency: string): Money | null {
	const amounts = transactions.filter(isPaid).flatMap(({ amount }) => readAmount(amount) ?? []).filter((amount) => amount.currency === currency);
	return amounts.length === 0 ? null : sum(amounts, currency);
}

/** What Shopify Payments booked for one order transaction. */
export interface BalanceEntry {
	/** Money that left the account, positive; in the account's currency. */
	amount: Money;
	/** GID; null while no payout has taken it. */
	payoutId: string | null;
	/** PENDING, SCHEDULED, PAID, FAILED, CANCELED …; of the payout. */
	payoutStatus: string | null;
}

/** By the number of the order transaction. */
export type BalanceBook = ReadonlyMap<string, readonly BalanceEntry[]>;

/** One refund against the payouts, in the currency of the shop's books. */
export interface PayoutLine {
	refund: CaseRefund;
	refunded: Money;
	/** What payouts hold of it. */
	paidOut: Money;
	/** The first payout that holds some of it. */
	payoutId: string | null;
	/** Null when payouts hold exactly what was refunded. */
	code: ExceptionCode | null;
	message: string;
}

const SHOPIFY_PAYMENTS = 'shopify_payments';
const NOT_MADE = ['FAILED', 'CANCELED'];

/** Worst first: what a line with several causes is named after. */
const CAUSES = ['notRead', 'payoutDiffers', 'payoutNotMade', 'notPaidOut', 'otherGateway'] as const satisfies readonly ExceptionCode[];
type Cause = (typeof CAUSES)[number];

/** Traces a refund to its payouts. Money that has not moved yet is no part of either side. */
export function traceRefund(refund: CaseRefund, book: BalanceBook): PayoutLine {
	const refunded = refund.total.shop;
	const { currency } = refunded;
	if (refund.transactions === null) return { refund, refunded, paidOut: zero(currency), payoutId: null, code: 'notRead', message: 'The payments of this refund were not read.' };
	const traces = refund.transactions.filter(({ status }) => status === 'SUCCESS').map((transaction) => traceTransaction(transaction, book.get(lastPart(transaction.id)) ?? [], currency));
	const paidOut = sum(traces.map((trace) => trace.paidOut), currency);
	const causes = new Set(traces.flatMap(({ cause }) => cause ?? []));
	// Payments and the refund's total may be converted by themselves.
	if (causes.size === 0 && compare(paidOut, refunded) !== 0) causes.add('payoutDiffers');
	const code = isZero(subtract(refunded, paidOut)) ? null : (CAUSES.find((cause) => causes.has(cause)) ?? 'payoutDiffers');
	return { refund, refunded, paidOut, payoutId: traces.find(({ payoutId }) => payoutId !== null)?.payoutId ?? null, code, message: traces.map(({ message }) => message).join(' ') || 'No money has moved.' };
}

interface Trace {
	paidOut: Money;
	payoutId: string | null;
	cause: Cause | null;
	message: string;
}

function traceTransaction(transaction: CaseRefundTransaction, entries: readonly BalanceEntry[], currency: string): Trace {
	const nothing = zero(currency);
	const amount = text(transaction.amount.shop);
	if (entries.length === 0) {
		const isOurs = transaction.gateway === SHOPIFY_PAYMENTS && !transaction.isManualGateway;
		return isOurs
			? { paidOut: nothing, payoutId: null, cause: 'notPaidOut', message: `${amount} are not in the balance of Shopify Payments yet.` }
			: { paidOut: nothing, payoutId: null, cause: 'otherGateway', message: `${amount} went back by ${transaction.gateway || 'another gateway'}.` };
	}
	const foreign = entries.find((entry) => entry.amount.currency !== currency);
	if (foreign !== undefined) return { paidOut: nothing, payoutId: foreign.payoutId, cause: 'payoutDiffers', message: `${amount} are booked as ${text(foreign.amount)}, in another currency.` };
	const made = entries.filter(({ payoutId, payoutStatus }) => payoutId !== null && !NOT_MADE.includes(payoutStatus ?? ''));
	const paidOut = made.reduce((total, entry) => add(total, entry.amount), nothing);
	const payoutId = entries.find((entry) => entry.payoutId !== null)?.payoutId ?? null;
	if (made.length < entries.length) {
		const isBroken = entries.some(({ payoutStatus }) => NOT_MADE.includes(payoutStatus ?? ''));
		return isBroken
			? { paidOut, payoutId, cause: 'payoutNotMade', message: `The payout of ${amount} did not succeed.` }
			: { paidOut, payoutId, cause: 'notPaidOut', message: `${amount} wait for a payout.` };
	}
	if (compare(paidOut, transaction.amount.shop) !== 0) return { paidOut, payoutId, cause: 'payoutDiffers', message: `${amount} were refunded, and payouts hold ${text(paidOut)}.` };
	return { paidOut, payoutId, cause: null, message: `${amount} are in payout ${lastPart(payoutId ?? '')}.` };
}

function text(amount: Money): string {
	return `${formatMoney(amount)} ${amount.currency}`;
}
