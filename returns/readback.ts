/**
 * Whether a claimed act took place although nobody saw its answer: read from the order, never found out by sending again.
 * Used after a lost answer, and by the run that takes over a claim whose lease ran out.
 */
import { isCreditOutsideOrder, isEvenExchange, isMoneyAction, type LedgerEntry } from './ledger';
import { formatMoney, type Money } from './money';
import type { CustomerCredit, OrderRefund, OrderReturn, OrderSnapshot, ReverseLine } from './order';

/** The trace of an act on the order. */
export type ActTrace = { refund: OrderRefund } | { dispositionIds: string[][] } | { credit: CreditTrace } | { exchange: ExchangeTrace };

/** An exchange that left nothing to be paid: the return shows its units and items as processed. */
export interface ExchangeTrace {
	returnId: string;
}

/** A credit outside the order; the amount is the one Shopify shows. */
export interface CreditTrace {
	id: string;
	amount: Money;
	lastCharacters: string | null;
}

const STORE_CREDIT_GATEWAY = 'shopify_store_credit';

/** Text that every refund of ours carries in its note, so that it can be recognised. */
export function settlementMark(key: string): string {
	return `settlement ${key}`;
}

/**
 * Looks for the refund of a claim: one that carries the claim's mark, or, where Shopify kept no note, one that is new since
 * the claim, belongs to the same return, holds exactly the claimed pieces and was paid the claimed way.
 */
export function findRefund(order: OrderSnapshot, entry: LedgerEntry): OrderRefund | null {
	const marked = order.refunds.find((refund) => refund.note?.includes(settlementMark(entry.key)) === true);
	if (marked) return marked;
	const before = new Set(entry.refundsBefore);
	const recorded = new Set(order.ledger.ledger.entries.filter((other) => other.key !== entry.key).map((other) => other.refundId));
	const fresh = order.refunds.filter((refund) => !before.has(refund.id) && !recorded.has(refund.id) && refund.returnId === entry.returnId && refund.note === null);
	return fresh.find((refund) => holdsExactly(refund, entry) && wentTheClaimedWay(refund, entry) && cancels(refund) === (entry.cancellations !== undefined)) ?? null;
}

function cancels(refund: OrderRefund): boolean {
	return refund.lines.some((line) => line.restockType === 'CANCEL');
}

/** A person's refund to the card is no store credit of ours, and the other way round: what goes back to a payment names it, store credit names none. */
function wentTheClaimedWay(refund: OrderRefund, entry: LedgerEntry): boolean {
	const paying = refund.transactions.filter((transaction) => transaction.kind === 'REFUND');
	if (entry.action === 'storeCredit') return paying.every((transaction) => transaction.parentId === null);
	return !paying.some((transaction) => transaction.parentId === null && transaction.gateway === STORE_CREDIT_GATEWAY);
}

/**
 * Looks for the dispositions of a claim on its reverse lines.
 * @returns one list of disposition ids per claimed disposition, or null unless all of them are there.
 */
export function findDispositions(order: OrderSnapshot, entry: LedgerEntry): string[][] | null {
	if (entry.dispositions.length === 0) return null;
	const reverseLines = new Map(order.returns.flatMap((candidate: OrderReturn) => candidate.reverseLines).map((line) => [line.id, line]));
	const taken = new Set(order.ledger.ledger.entries.filter((other) => other.key !== entry.key).flatMap((other) => other.dispositions.flatMap((disposition) => disposition.ids)));
	const found: string[][] = [];
	for (const claimed of entry.dispositions) {
		const ids = newDispositions(reverseLines.get(claimed.reverseLineId), claimed, taken);
		if (ids === null) return null;
		ids.forEach((id) => taken.add(id));
		found.push(ids);
	}
	return found;
}

/** The act of a claim, if the order shows it to the run that has just sent it: what is new and fits is its own. */
export function findAct(order: OrderSnapshot, entry: LedgerEntry): ActTrace | null {
	return findShown(order, entry, true);
}

/** The act of a claim whose run ended early, or of another run, if the order shows for certain that it is this one. */
export function findEarlierAct(order: OrderSnapshot, entry: LedgerEntry): ActTrace | null {
	return findShown(order, entry, false);
}

/**
 * What may be the credit of a run that ended early, and may as well be another order's or a person's; null where it is certain that there is none,
 * or which one it is. The list is empty where Shopify's list of the customer's credits was too long to be read back to the claim.
 * @param acknowledged credits that a person has found to be for something else
 */
export function suspectsOf(order: OrderSnapshot, entry: LedgerEntry, acknowledged: readonly string[] = []): AccountCredit[] | null {
	if (entry.state !== 'claimed' || entry.payout !== 'account' || order.credit === undefined || findEarlierAct(order, entry) !== null) return null;
	const suspects = creditsLike(order, entry).filter(({ id }) => !acknowledged.includes(id));
	return suspects.length > 0 || !isReadBackTo(order.credit, entry) ? suspects : null;
}

/** Whether the credits that were read, newest first, reach back to the claim. */
function isReadBackTo({ accountCredits, hasOlderCredits }: CustomerCredit, { credit, claimedAt }: LedgerEntry): boolean {
	if (hasOlderCredits !== true) return true;
	const before = new Set(credit?.idsBefore);
	return accountCredits.some(({ id, createdAt }) => before.has(id) || new Date(createdAt).getTime() < new Date(claimedAt).getTime() - CLOCK_MARGIN_MS);
}

function findShown(order: OrderSnapshot, entry: LedgerEntry, isOwnRun: boolean): ActTrace | null {
	if (isCreditOutsideOrder(entry)) {
		const credit = findCredit(order, entry, isOwnRun);
		return credit ? { credit } : null;
	}
	// Until it is known what the exchange items leave to be paid, nothing is sent.
	if (entry.exchange !== undefined && entry.amount === null) return null;
	if (isEvenExchange(entry)) {
		const exchange = findExchange(order, entry);
		return exchange ? { exchange } : null;
	}
	if (isMoneyAction(entry.action)) {
		const refund = findRefund(order, entry);
		return refund ? { refund } : null;
	}
	// Shopify shows changes of stock figures on no order: only the answer, or the same request once more, tells of them.
	if (entry.action === 'components') return null;
	const dispositionIds = findDispositions(order, entry);
	return dispositionIds ? { dispositionIds } : null;
}

/** Looks for an exchange without money: every claimed piece of the return has been processed since, and no claimed item waits any more. */
function findExchange(order: OrderSnapshot, { returnId, exchange }: LedgerEntry): ExchangeTrace | null {
	const shopifyReturn = order.returns.find((candidate) => candidate.id === returnId);
	if (shopifyReturn === undefined || exchange === undefined) return null;
	const isProcessed = exchange.returnLines.every(({ id, quantity, processedBefore }) => (shopifyReturn.lines.find((line) => line.id === id)?.processedQuantity ?? 0) >= processedBefore + quantity);
	const waits = exchange.items.some(({ id }) => shopifyReturn.exchangeLines?.some((open) => open.id === id) === true);
	return isProcessed && !waits ? { returnId: shopifyReturn.id } : null;
}

export type AccountCredit = CustomerCredit['accountCredits'][number];

/** By how much our clock and Shopify's may be apart, with a margin. */
const CLOCK_MARGIN_MS = 10 * 60 * 1000;

/** Credits on the customer's account that the act of a claim can have made: new since the claim, made by an app or a person while it lived, of exactly its amount. */
function creditsLike(order: OrderSnapshot, entry: LedgerEntry): AccountCredit[] {
	const { entries } = order.ledger.ledger;
	const known = new Set([...(entry.credit?.idsBefore ?? []), ...entries.filter((other) => other.key !== entry.key).map((other) => other.credit?.id)]);
	const from = new Date(entry.claimedAt).getTime() - CLOCK_MARGIN_MS;
	const until = new Date(entry.leaseUntil).getTime() + CLOCK_MARGIN_MS;
	const isWithin = (time: number) => time >= from && time <= until;
	return (order.credit?.accountCredits ?? []).filter(
		({ id, amount, isAdjustment, createdAt }) => isAdjustment && !known.has(id) && amount.currency === entry.currency && formatMoney(amount) === entry.amount && isWithin(new Date(createdAt).getTime()),
	);
}

/**
 * Looks for the credit of a claim: the gift card whose note carries the claim's mark, or a credit on the customer's account that fits. A credit has no place
 * for a mark but the second at which it ends, so only a credit that ends is recognised for certain; of one that never ends, the run that has just sent it
 * may say that the only new one is its own.
 */
function findCredit(order: OrderSnapshot, entry: LedgerEntry, isOwnRun: boolean): CreditTrace | null {
	if (order.credit === undefined || entry.credit === undefined) return null;
	const { id, expiresAt = null } = entry.credit;
	if (entry.payout === 'giftCard') {
		const card = order.credit.giftCards.find((candidate) => (id === null ? candidate.note?.includes(settlementMark(entry.key)) === true : candidate.id === id));
		return card ? { id: card.id, amount: card.initialValue, lastCharacters: card.lastCharacters } : null;
	}
	if (id !== null) {
		const made = order.credit.accountCredits.find((candidate) => candidate.id === id);
		return made ? { id, amount: made.amount, lastCharacters: null } : null;
	}
	const fitting = creditsLike(order, entry);
	const marked = fitting.filter((credit) => expiresAt !== null && credit.expiresAt !== null && sameSecond(credit.expiresAt, expiresAt));
	const own = isOwnRun && marked.length === 0 ? fitting.filter((credit) => (credit.expiresAt === null) === (expiresAt === null)) : marked;
	const [only, ...others] = own;
	return only !== undefined && others.length === 0 ? { id: only.id, amount: only.amount, lastCharacters: null } : null;
}

function sameSecond(left: string, right: string): boolean {
	return Math.floor(new Date(left).getTime() / 1000) === Math.floor(new Date(right).getTime() / 1000);
}

function newDispositions(line: ReverseLine | undefined, claimed: LedgerEntry['dispositions'][number], taken: ReadonlySet<string>): string[] | null {
	if (line === undefined) return null;
	const before = new Set(claimed.idsBefore);
	const fresh = line.dispositions.filter(
		(disposition) => disposition.type === claimed.type && disposition.locationId === claimed.locationId && !taken.has(disposition.id) && !before.has(disposition.id),
	);
	const ids: string[] = [];
	let quantity = 0;
	for (const disposition of fresh) {
		if (quantity >= claimed.quantity) break;
		ids.push(disposition.id);
		quantity += disposition.quantity;
	}
	return quantity >= claimed.quantity ? ids : null;
}

function holdsExactly(refund: OrderRefund, entry: LedgerEntry): boolean {
	const held = new Map<string, number>();
	for (const line of refund.lines.filter((candidate) => candidate.lineItemId !== entry.tipLineId)) held.set(line.lineItemId, (held.get(line.lineItemId) ?? 0) + line.quantity);
	return held.size === entry.quantities.length && entry.quantities.every(({ lineItemId, quantity }) => held.get(lineItemId) === quantity);
}
