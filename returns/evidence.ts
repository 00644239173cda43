/**
 * What either system shows to have happened already to the units of an RMA (business rule 1: nothing executes twice).
 * Shopify counts pieces per line, not our units; pieces of one line are worth the same, so counts are laid on units in id order.
 */
import { reason, type Reason } from './exceptions';
import type { InspectedUnit } from './inspection';
import { entriesFor, isCreditOutsideOrder, isEvenExchange, isLeaseLive, isMoneyAction, MONEY_ACTIONS, type LedgerAction, type LedgerEntry } from './ledger';
import { countBy } from './matching';
import type { OrderRefund, OrderReturn, OrderReturnLine, OrderSnapshot } from './order';
import { findAct, findEarlierAct, settlementMark, suspectsOf, type ActTrace } from './readback';
import type { Rma, RmaTransaction } from './rma';
import type { SettlementSettings } from './settings';
import { KEY_MEMORY_MS, stockReference } from './stock';
import { neverShipped, shippedPieces } from './unshipped';

export interface Evidence {
	/** Units that nothing speaks against. */
	open: InspectedUnit[];
	alreadyDone: Reason[];
	waiting: Reason[];
	blocked: Reason[];
	/** Claims whose lease ran out and whose act the order shows: they only have to be recorded. */
	adopted: Array<{ entry: LedgerEntry; trace: ActTrace }>;
	/** Earliest time at which a waiting unit is worth another look. */
	retryAt: string | null;
}

interface Question {
	order: OrderSnapshot;
	rma: Rma;
	shopifyReturn: OrderReturn | null;
	settings: Pick<SettlementSettings, 'acknowledgedRefundIds' | 'afterFailedReturnGoRefund' | 'inspectionSource' | 'providedInspections' | 'requestedTransactionId'>;
	now: Date;
	/** Token of the asking call: its own claims are no evidence against it. */
	claimant: string | null;
}

/** Evidence that the units were paid for, in whatever way: ledger, ReturnGO's transactions, Shopify's refunds. */
export function refundEvidence(question: Question, units: readonly InspectedUnit[]): Evidence {
	const evidence = ledgerEvidence(question, units, MONEY_ACTIONS);
	returnGoEvidence(question, evidence);
	unclearCredits(question, evidence);
	shopifyRefundEvidence(question, evidence);
	return evidence;
}

/** Evidence that the stock of the units was decided: ledger, dispositions of the return, refunds that restocked. */
export function restockEvidence(question: Question, units: readonly InspectedUnit[]): Evidence {
	const evidence = ledgerEvidence(question, units, ['restock']);
	dispositionEvidence(question, evidence);
	return evidence;
}

/** Evidence of direct changes of stock figures, and claims of such changes that have to be sent again as they are. */
export function stockEvidence(question: Question, units: readonly InspectedUnit[]): Evidence & { resumable: LedgerEntry[] } {
	const { order, rma, now, claimant } = question;
	const claims = entriesFor(order.ledger.ledger, rma.id, ['components'], units.map((unit) => unit.id)).filter((entry) => entry.state === 'claimed' && (entry.claimant === claimant || !isLeaseLive(entry, now)));
	const claimed = new Set(claims.flatMap((entry) => entry.unitIds));
	const evidence = ledgerEvidence(question, units.filter((unit) => !claimed.has(unit.id)), ['components']);
	const resumable: LedgerEntry[] = [];
	for (const entry of claims) {
		const why = cannotBeRepeated(question, entry);
		if (why === null) resumable.push(entry);
		else evidence.blocked.push(reason('stockUnclear', `A run that stopped at ${entry.claimedAt} may have changed stock, and ${why}. Reference: ${stockReference(rma.id, entry.key)}`, entry.unitIds));
	}
	return { ...evidence, resumable };
}

/** Why sending a claimed change again could do it twice; null when Shopify would recognise it. */
function cannotBeRepeated({ order, now }: Question, { stock }: LedgerEntry): string | null {
	if (stock === undefined) return 'its record does not say what was changed';
	if (now.getTime() - new Date(stock.since).getTime() >= KEY_MEMORY_MS) return 'Shopify no longer remembers its key';
	if (stock.installationId !== null && order.installationId !== undefined && stock.installationId !== order.installationId) return 'only the app that began it can finish it';
	return null;
}

function ledgerEvidence(question: Question, units: readonly InspectedUnit[], actions: readonly LedgerAction[]): Evidence {
	const { order, rma, now, claimant } = question;
	const evidence: Evidence = { open: [...units], alreadyDone: [], waiting: [], blocked: [], adopted: [], retryAt: null };
	for (const entry of entriesFor(order.ledger.ledger, rma.id, actions, units.map((unit) => unit.id))) {
		if (entry.claimant === claimant && entry.state === 'claimed') continue;
		if (entry.state === 'claimed' && !isLeaseLive(entry, now)) {
			const trace = findEarlierAct(order, entry);
			// Without a trace the claim died before its act, or nobody can tell (`unclearCredits`): its units are open again.
			if (trace === null) continue;
			take(evidence, (unit) => entry.unitIds.includes(unit.id));
			evidence.adopted.push({ entry, trace });
			continue;
		}
		const touched = take(evidence, (unit) => entry.unitIds.includes(unit.id));
		if (touched.length === 0) continue;
		if (entry.state === 'claimed') {
			evidence.waiting.push(reason('claimedElsewhere', `Another run claimed the ${NAMES[entry.action]} of ${pieces(touched)} at ${entry.claimedAt}; its claim ends at ${entry.leaseUntil}.`, ids(touched)));
			evidence.retryAt = earlier(evidence.retryAt, entry.leaseUntil);
		} else if (isCreditOutsideOrder(entry)) {
			creditStanding(entry, touched, evidence);
		} else if (isEvenExchange(entry)) {
			exchangeStanding(order, entry, touched, evidence);
		} else if (isMoneyAction(entry.action)) {
			refundStanding(order, entry, touched, evidence);
		} else {
			evidence.alreadyDone.push(reason('settledBefore', `The stock of ${pieces(touched)} was settled by an earlier run at ${entry.doneAt ?? entry.claimedAt}.`, ids(touched)));
		}
	}
	return evidence;
}

const NAMES: Record<LedgerAction, string> = { refund: 'refund', restock: 'restock', components: 'stock change', storeCredit: 'store credit', giftCard: 'gift card' };

/** A credit outside the order is money as soon as it exists; one that nobody could find afterwards needs a person. */
function creditStanding(entry: LedgerEntry, touched: InspectedUnit[], evidence: Evidence): void {
	const credited = `${entry.amount ?? '?'} ${entry.currency ?? ''} for ${pieces(touched)}`;
	const how = entry.payout === 'giftCard' ? `with a gift card${entry.credit?.lastCharacters ? ` ending in ${entry.credit.lastCharacters}` : ''}` : 'to the customer’s store credit account';
	if (entry.credit?.id) evidence.alreadyDone.push(reason('settledBefore', `An earlier run gave ${credited} ${how}.`, ids(touched)));
	else evidence.blocked.push(reason('creditRecordMissing', `The record says that ${credited} was given ${how}, and Shopify does not show it.`, ids(touched)));
}

/** Runs that ended early and may have credited the customer's account: another credit of the same amount is there, and a credit names nobody. */
function unclearCredits({ order, rma, now, claimant, settings }: Question, evidence: Evidence): void {
	for (const entry of entriesFor(order.ledger.ledger, rma.id, MONEY_ACTIONS, ids(evidence.open))) {
		if (entry.state !== 'claimed' || entry.claimant === claimant || isLeaseLive(entry, now)) continue;
		const suspects = suspectsOf(order, entry, settings.acknowledgedRefundIds);
		if (suspects === null) continue;
		const touched = take(evidence, (unit) => entry.unitIds.includes(unit.id));
		const credits = suspects.map(({ id, createdAt }) => `${id} of ${createdAt}`).join(', ');
		const found = credits === '' ? 'the customer’s account has more movements since than can be read' : `the customer’s account shows the credit ${credits} in that amount, which may be another order’s or a person’s`;
		evidence.blocked.push(reason('creditUnclear', `A run that ended early was about to credit ${entry.amount ?? '?'} ${entry.currency ?? ''} for ${pieces(touched)} at ${entry.claimedAt}, and ${found}.`, ids(touched)));
	}
}

/** An exchange without money is done when the return shows it as processed; one that Shopify accepted and does not show needs a person. */
function exchangeStanding(order: OrderSnapshot, entry: LedgerEntry, touched: InspectedUnit[], evidence: Evidence): void {
	if (findAct(order, entry) !== null) evidence.alreadyDone.push(reason('settledBefore', `An earlier run processed the exchange of ${pieces(touched)}; nothing was owed.`, ids(touched)));
	else evidence.blocked.push(reason('exchangeRecordMissing', `The record says that the exchange of ${pieces(touched)} was processed, and the return does not show it.`, ids(touched)));
}

/** A refund object is not money: only its transactions say whether anything was paid. */
function refundStanding(order: OrderSnapshot, entry: LedgerEntry, touched: InspectedUnit[], evidence: Evidence): void {
	const refund = order.refunds.find((candidate) => candidate.id === entry.refundId);
	const paid = `${entry.amount ?? '?'} ${entry.currency ?? ''} for ${pieces(touched)} (refund ${lastPart(entry.refundId)})`;
	switch (refund ? moneyStanding(refund) : 'unknown') {
		case 'moved':
			evidence.alreadyDone.push(reason('settledBefore', `An earlier run refunded ${paid}.`, ids(touched)));
			return;
		case 'pending':
			evidence.waiting.push(reason('refundPending', `The refund of ${paid} has been made, and its transaction is still pending.`, ids(touched)));
			return;
		case 'failed':
			evidence.blocked.push(reason('refundFailed', `The refund of ${paid} was made, and its transaction did not succeed.`, ids(touched)));
			return;
		case 'unknown':
			evidence.blocked.push(reason('refundRecordMissing', `The record says that ${paid} was made, and the order does not show it.`, ids(touched)));
	}
}

export type MoneyStanding = 'moved' | 'pending' | 'failed';

/** Whether a refund's money has moved. A refund without any transaction moved none, and says so as failed. */
export function moneyStanding(refund: OrderRefund): MoneyStanding {
	const transactions = refund.transactions.filter((transaction) => transaction.kind === 'REFUND');
	if (transactions.some((transaction) => transaction.status === 'FAILURE' || transaction.status === 'ERROR')) return 'failed';
	if (transactions.some((transaction) => transaction.status !== 'SUCCESS')) return 'pending';
	return transactions.length > 0 || isZero(refund) ? 'moved' : 'failed';
}

function isZero(refund: OrderRefund): boolean {
	return refund.lines.every((line) => line.subtotal.presentment.minor === 0 && line.tax.presentment.minor === 0);
}

/** Transactions that take money from the customer. ReturnGO's spellings of payouts are not all known, so whatever is none of these counts as one. */
const MONEY_IN = /^(Invoice|Payment|Authori[sz]ation|Capture|Charge)/i;

function returnGoEvidence({ rma, settings }: Question, evidence: Evidence): void {
	const refunds = rma.transactions.filter((transaction) => !MONEY_IN.test(transaction.type));
	// What ReturnGO asks us to pay is no evidence that it pays itself.
	const isOurs = (transaction: RmaTransaction) => transaction.id === settings.requestedTransactionId && transaction.status === 'Requested';
	const covering = (status: (value: string) => boolean) => (unit: InspectedUnit) =>
		refunds.some((transaction) => status(transaction.status) && !isOurs(transaction) && (transaction.unitIds.length === 0 || transaction.unitIds.includes(unit.id)));

	const paid = take(evidence, covering((status) => status === 'Success'));
	if (paid.length > 0) evidence.alreadyDone.push(reason('refundedByReturnGo', `ReturnGO shows a refund that succeeded for ${pieces(paid)}.`, ids(paid)));

	const underway = take(evidence, covering((status) => status !== 'Success' && status !== 'Failed'));
	if (underway.length > 0) evidence.waiting.push(reason('returnGoRefundRequested', `ReturnGO shows a refund under way for ${pieces(underway)}.`, ids(underway)));

	if (settings.afterFailedReturnGoRefund === 'refund') return;
	const failed = take(evidence, covering((status) => status === 'Failed'));
	if (failed.length > 0) evidence.blocked.push(reason('returnGoRefundFailed', `ReturnGO tried to refund ${pieces(failed)} and did not succeed.`, ids(failed)));
}

/** Acts that the order shows and that no run has recorded yet: they are ours, for the units of their claims and for no others. */
function unrecorded(order: OrderSnapshot): ActTrace[] {
	return order.ledger.ledger.entries.filter((entry) => entry.state === 'claimed').flatMap((entry) => findEarlierAct(order, entry) ?? []);
}

function shopifyRefundEvidence(question: Question, evidence: Evidence): void {
	const { order, rma, shopifyReturn, settings } = question;
	const ours = new Set([...order.ledger.ledger.entries.map((entry) => entry.refundId), ...unrecorded(order).map((trace) => ('refund' in trace ? trace.refund.id : null))]);
	const acknowledged = new Set(settings.acknowledgedRefundIds);
	const foreign = order.refunds.filter((refund) => !ours.has(refund.id) && !acknowledged.has(refund.id));

	const unshipped = neverShipped(question);
	for (const lineItemId of countBy(evidence.open.map((unit) => unit.lineItemId)).keys()) {
		// Made inside this RMA's own return: certainly for its units.
		const certain = sumOf(foreign.filter((refund) => shopifyReturn !== null && refund.returnId === shopifyReturn.id), lineItemId);
		markDone(evidence, lineItemId, certain, 'refundedInShopify', 'refunded in Shopify within this return', (unit) => !unshipped.has(unit.id));

		markDone(evidence, lineItemId, exchangedPieces(order, shopifyReturn, lineItemId), 'exchangedInShopify', 'exchanged in Shopify by somebody else', (unit) => !unshipped.has(unit.id));

		// Made outside any return after the RMA was opened: for its units, or for those of another RMA.
		const loose = foreign.filter((refund) => refund.returnId === null && isSince(refund.createdAt, rma.createdAt));
		// What was cancelled had not been shipped: it pays for such units only.
		const line = order.lines.find((candidate) => candidate.id === lineItemId);
		looseEvidence(evidence, loose, { lineItemId, left: line?.unfulfilledQuantity ?? Infinity, counts: isCancelled, fits: (unit) => unshipped.has(unit.id), code: 'refundedInShopify', how: 'cancelled in Shopify by somebody else' });
		looseEvidence(evidence, loose, { lineItemId, left: line?.refundableQuantity ?? Infinity, counts: (refunded) => !isCancelled(refunded), fits: () => true, code: 'refundedInShopify', how: 'refunded in Shopify by somebody else' });
	}

	const withoutLines = foreign.filter((refund) => refund.lines.length === 0 && isSince(refund.createdAt, rma.createdAt) && refund.transactions.length > 0 && (refund.returnId === null || refund.returnId === shopifyReturn?.id));
	const affected = withoutLines.length > 0 ? take(evidence, () => true) : [];
	if (affected.length > 0) {
		evidence.blocked.push(reason('refundUnclear', `Refund ${withoutLines.map((refund) => lastPart(refund.id)).join(', ')} paid an amount without naming any line, after this RMA was opened.`, ids(affected)));
	}
}

/**
 * Pieces of a return that were processed together with its exchange items and without a refund, by somebody else. Ours are taken off by our own record:
 * whether Shopify counts a piece as refunded whose value went into an exchange item is not known.
 */
function exchangedPieces(order: OrderSnapshot, shopifyReturn: OrderReturn | null, lineItemId: string): number {
	if (shopifyReturn === null || !shopifyReturn.hasExchangeItems || (shopifyReturn.exchangeLines ?? []).length > 0) return 0;
	const lines = shopifyReturn.lines.filter((line) => line.lineItemId === lineItemId);
	const total = (count: (line: OrderReturnLine) => number) => lines.reduce((sum, line) => sum + count(line), 0);
	const entries = order.ledger.ledger.entries.filter((entry) => entry.returnId === shopifyReturn.id && isMoneyAction(entry.action));
	const pieces = (ours: (entry: LedgerEntry) => boolean) => entries.filter(ours).flatMap((entry) => entry.quantities).reduce((sum, piece) => sum + (piece.lineItemId === lineItemId ? piece.quantity : 0), 0);
	const refunded = Math.max(total((line) => line.refundedQuantity), pieces((entry) => entry.refundId !== null));
	return total((line) => line.processedQuantity) - refunded - pieces((entry) => isEvenExchange(entry) && findAct(order, entry) !== null);
}

function dispositionEvidence({ order, rma, shopifyReturn, settings }: Question, evidence: Evidence): void {
	const claimed = unrecorded(order).flatMap((trace) => ('dispositionIds' in trace ? trace.dispositionIds.flat() : []));
	const recorded = new Set([...order.ledger.ledger.entries.flatMap((entry) => entry.dispositions.flatMap((disposition) => disposition.ids)), ...claimed]);
	const acknowledged = new Set(settings.acknowledgedRefundIds);
	const foreign = restockingRefunds(order);
	for (const [lineItemId] of countBy(evidence.open.map((unit) => unit.lineItemId))) {
		// A refund made inside the return may show the same piece in both places: the larger count is the safe one.
		const disposed = disposedPieces(shopifyReturn === null ? [] : [shopifyReturn], lineItemId, recorded);
		const withinReturn = sumOf(foreign.filter((refund) => shopifyReturn !== null && refund.returnId === shopifyReturn.id && isSince(refund.createdAt, rma.createdAt)), lineItemId, isRestocked);
		markDone(evidence, lineItemId, Math.max(disposed, withinReturn), 'restockedInShopify', 'dealt with in Shopify by somebody else');

		// What a refund outside any return put back are other pieces.
		const loose = foreign.filter((refund) => refund.returnId === null && isSince(refund.createdAt, rma.createdAt) && !acknowledged.has(refund.id));
		looseEvidence(evidence, loose, { lineItemId, left: undecidedPieces(order, lineItemId), counts: isRestocked, fits: () => true, code: 'restockedInShopify', how: 'put back into stock by a refund of somebody else' });
	}
}

interface LooseQuestion {
	lineItemId: string;
	/** Pieces of the line that the same could still happen to. */
	left: number;
	/** What of a refund is asked about. */
	counts: (line: OrderRefund['lines'][number]) => boolean;
	/** The units that it can have happened to. */
	fits: (unit: InspectedUnit) => boolean;
	code: 'refundedInShopify' | 'restockedInShopify';
	how: string;
}

/** What refunds outside any return say of this RMA's open units of a line: certainly theirs, or a person has to look. */
function looseEvidence(evidence: Evidence, refunds: readonly OrderRefund[], { lineItemId, left, counts, fits, code, how }: LooseQuestion): void {
	const loose = refunds.map((refund) => ({ id: refund.id, pieces: sumOf([refund], lineItemId, counts) })).filter((refund) => refund.pieces > 0);
	const isAsked = (unit: InspectedUnit) => unit.lineItemId === lineItemId && fits(unit);
	const count = evidence.open.filter(isAsked).length;
	if (count === 0 || loose.length === 0) return;
	if (areAllOurs(loose.map((refund) => refund.pieces), count, left)) {
		markDone(evidence, lineItemId, count, code, how, fits);
		return;
	}
	const held = loose.reduce((sum, refund) => sum + refund.pieces, 0);
	const elsewhere = Number.isFinite(left) ? `${left} other pieces of the line are open as well` : 'the order does not show the line';
	const unclear = take(evidence, isAsked);
	evidence.blocked.push(reason('refundUnclear', `Refund ${loose.map((refund) => lastPart(refund.id)).join(', ')} covers ${pieces(held)} and names no return; this RMA has ${pieces(count)} open, and ${elsewhere}.`, ids(unclear)));
}

/**
 * Whether refunds that name no return were for all our open pieces of a line. Other RMAs may claim pieces of it too, and the order does not show all of them,
 * so a refund only counts where the line's other pieces cannot hold it, or where nothing of the line is left; and never for fewer pieces than it has,
 * so that two RMAs are never settled by the same piece.
 * @param refunds pieces of each refund
 * @param left pieces of the line that stay open
 */
function areAllOurs(refunds: readonly number[], count: number, left: number): boolean {
	const total = refunds.reduce((sum, held) => sum + held, 0);
	if (left <= 0) return total >= count;
	const others = left + total - count;
	return refunds.filter((held) => held > others).reduce((sum, held) => sum + held, 0) === count;
}

/** Refunds of others. Our own carry our own dispositions, which the record of them accounts for. */
function restockingRefunds(order: OrderSnapshot): OrderRefund[] {
	const ours = new Set(order.ledger.ledger.entries.map((entry) => entry.refundId));
	return order.refunds.filter((refund) => !ours.has(refund.id) && refund.note?.includes(settlementMark('')) !== true);
}

function disposedPieces(returns: readonly OrderReturn[], lineItemId: string, recorded: ReadonlySet<string> = new Set()): number {
	return returns
		.flatMap((candidate) => candidate.reverseLines)
		.filter((line) => line.lineItemId === lineItemId)
		.flatMap((line) => line.dispositions)
		.filter((disposition) => disposition.type !== 'PROCESSING_REQUIRED' && !recorded.has(disposition.id))
		.reduce((sum, disposition) => sum + disposition.quantity, 0);
}

/** Pieces of a line that refunds outside any return put back into stock: they lie there, whenever it was. */
export function looselyRestocked(order: OrderSnapshot, lineItemId: string): number {
	return sumOf(restockingRefunds(order).filter((refund) => refund.returnId === null), lineItemId, isRestocked);
}

/** Shipped pieces of a line whose stock nobody has decided on: not in a return, not by a refund, not by changed figures. */
function undecidedPieces(order: OrderSnapshot, lineItemId: string): number {
	const line = order.lines.find((candidate) => candidate.id === lineItemId);
	if (line === undefined) return Infinity;
	const inReturns = order.returns.reduce((sum, candidate) => {
		const refunded = sumOf(restockingRefunds(order).filter((refund) => refund.returnId === candidate.id), lineItemId, isRestocked);
		return sum + Math.max(disposedPieces([candidate], lineItemId), refunded);
	}, 0);
	const byFigures = order.ledger.ledger.entries.filter((entry) => entry.action === 'components' && entry.returnId === null).flatMap((entry) => entry.quantities);
	const adjusted = byFigures.reduce((sum, piece) => sum + (piece.lineItemId === lineItemId ? piece.quantity : 0), 0);
	return shippedPieces(order, line) - inReturns - looselyRestocked(order, lineItemId) - adjusted;
}

function markDone(evidence: Evidence, lineItemId: string, count: number, code: 'refundedInShopify' | 'restockedInShopify' | 'exchangedInShopify', how: string, fits: (unit: InspectedUnit) => boolean = () => true): void {
	if (count <= 0) return;
	let left = count;
	const done = take(evidence, (unit) => {
		if (unit.lineItemId !== lineItemId || left === 0 || !fits(unit)) return false;
		left -= 1;
		return true;
	});
	if (done.length > 0) evidence.alreadyDone.push(reason(code, `${pieces(done)} of ${done[0]?.title ?? lineItemId} ${done.length === 1 ? 'was' : 'were'} ${how}.`, ids(done)));
}

/** Moves the units that fit out of the open ones. */
function take(evidence: Evidence, fits: (unit: InspectedUnit) => boolean): InspectedUnit[] {
	const sorted = [...evidence.open].sort((left, right) => (left.id < right.id ? -1 : 1));
	const taken = sorted.filter(fits);
	const takenIds = new Set(taken.map((unit) => unit.id));
	evidence.open = evidence.open.filter((unit) => !takenIds.has(unit.id));
	return taken;
}

function sumOf(refunds: readonly OrderRefund[], lineItemId: string, counts: (line: OrderRefund['lines'][number]) => boolean = () => true): number {
	return refunds.flatMap((refund) => refund.lines).filter((line) => line.lineItemId === lineItemId && counts(line)).reduce((sum, line) => sum + line.quantity, 0);
}

function isCancelled({ restockType }: OrderRefund['lines'][number]): boolean {
	return restockType === 'CANCEL';
}

function isRestocked({ restockType }: OrderRefund['lines'][number]): boolean {
	return restockType === 'RETURN';
}

function isSince(time: string, start: string | null): boolean {
	return start === null || new Date(time).getTime() >= new Date(start).getTime();
}

/** The earlier of two times in ISO 8601; null is no time yet. */
export function earlier(left: string | null, right: string): string {
	return left === null || right < left ? right : left;
}

function ids(units: readonly InspectedUnit[]): string[] {
	return units.map((unit) => unit.id);
}

function pieces(units: readonly InspectedUnit[] | number): string {
	const count = typeof units === 'number' ? units : units.length;
	return count === 1 ? '1 piece' : `${count} pieces`;
}

function lastPart(gid: string | null): string {
	return gid === null ? 'unknown' : (gid.split('/').pop() ?? gid);
}
