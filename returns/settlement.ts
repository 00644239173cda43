/**
 * What should happen to an RMA now: the plan, and the guard in front of it (steps 2 and 3 of settlement).
 * Pure: the same snapshot, RMA and settings give the same plan and the same hash.
 */
import { withBooked } from './booked';
import { creditPrerequisite } from './credit';
import { earlier, looselyRestocked, refundEvidence, restockEvidence, stockEvidence, type Evidence } from './evidence';
import { reason, type ExceptionCode, type Reason } from './exceptions';
import { inspectUnits, isInspected, type InspectedUnit } from './inspection';
import { hashOf, settlementKey } from './keys';
import { entriesFor, isLeaseLive, isMoneyAction, MONEY_ACTIONS, type LedgerEntry, type MoneyAction, type PaymentParts, type Payout, type SettlementAction } from './ledger';
import { cancelDestinationOf } from './location';
import { countBy, matchReturn } from './matching';
import { add, compare, CurrencyMismatch, formatMoney, InvalidMoney, isPositive, moneyOf, parseMoney, subtract, sum, sumPairs, type Money, type MoneyPair } from './money';
import type { OrderReturn, OrderReturnLine, OrderSnapshot } from './order';
import { findEarlierAct, type ActTrace } from './readback';
import { RefundRefused, refundValue, type RefundOptions, type RefundSelection, type RefundValue, type RestockingFeeTerms, type ShippingChoice } from './refund';
import { compareWithRequest, compareWithReturnGo, readAmount, type ReturnGoVerdict } from './returnGoAmount';
import { byParcel, planDispositions, type ParcelDispositions } from './restock';
import type { Rma, RmaTransaction } from './rma';
import type { SettlementSettings } from './settings';
import { isEnded } from './sighting';
import { needsDirectChange, planStockActs, resumedAct, stockOf, type StockAct, type UnitStock } from './stock';
import { neverShipped, refundableShippedPieces, shippedPieces } from './unshipped';
import { carriesShipping, partsOf, tookReturnFee, unshownPayments, withUnshown, type UnshownPayment } from './unshown';

export interface RefundAct {
	key: string;
	action: MoneyAction;
	payout: Payout;
	unitIds: string[];
	/** Pieces per order line. */
	quantities: Array<{ lineItemId: string; quantity: number }>;
	/** `returnProcess` pays within the Shopify return; `refundCreate` pays on the order, where there is no return to process. */
	route: 'returnProcess' | 'refundCreate';
	returnId: string | null;
	/** Pieces per return line; empty on the route `refundCreate`. */
	returnLines: Array<{ id: string; lineItemId: string; quantity: number }>;
	value: RefundValue;
	/** The same by the order as Shopify sees it, which knows nothing of credits outside it: what Shopify's suggestion is compared with. */
	shopifyValue: RefundValue;
	/** Money that payments outside the order have used up although the order still shows it as received. */
	unshown: Money;
	/** What the ledger keeps of the value. */
	parts: PaymentParts;
	/** What is paid back besides units. The amounts are part of `value`. */
	extras: RefundExtras;
	/** Exchange items of the return that are processed with it; their price is known only to Shopify, which tells it under the claim. */
	exchangeLines: Array<{ id: string; quantity: number }>;
	/** Units that were never shipped, by line and by the place where they become available again; an act either cancels all its units or none. */
	cancellations?: Array<{ lineItemId: string; quantity: number; locationId: string }>;
}

export interface RefundExtras {
	/** As the order's prices state it; null for none. */
	shipping: Money | null;
	duties: Array<{ dutyId: string; refundType: 'FULL' | 'PROPORTIONAL' }>;
	tipLineId: string | null;
}

export interface RestockAct extends ParcelDispositions {
	returnId: string;
	/** The same by parcel: each is claimed, sent and recorded on its own, so that a lost answer about one does not repeat another. */
	parcels: ParcelDispositions[];
}

export interface SettlementPlan {
	rmaId: string;
	orderId: string;
	shopifyReturn: OrderReturn | null;
	refund: RefundAct | null;
	/** The refund of units that were never shipped: a second one, because a return cannot hold them. It is valued after the first. */
	cancellation: RefundAct | null;
	restock: RestockAct | null;
	/** Direct changes of stock figures, resumed ones first. */
	stock: StockAct[];
	/** Earlier acts that took place and were never recorded. */
	adopted: Array<{ entry: LedgerEntry; trace: ActTrace }>;
	alreadyDone: Reason[];
	waiting: Reason[];
	blocked: Reason[];
	/** What there is to say of units that are settled by this plan. */
	notes: Reason[];
	retryAt: string | null;
	/** Hash of what would be done; a caller who confirmed a preview hands it back. */
	planHash: string;
}

export interface PlanRequest {
	shopDomain: string;
	order: OrderSnapshot;
	rma: Rma;
	settings: SettlementSettings;
	now: Date;
	/** Token of this call, so that its own claim does not stand in its way. */
	claimant: string | null;
	/** What this execution has paid already, in minor units by currency. */
	paidInRun?: ReadonlyMap<string, number>;
	/** Whether gift cards can be made in another currency than the shop's; absent: no. */
	giftCardsInAnyCurrency?: boolean;
	/** `cancellation`: only the units that were never shipped, after the others have been dealt with. */
	part?: 'all' | 'cancellation';
}

/**
 * Plans the asked actions for every unit of the RMA that nothing speaks against.
 * Amounts are minor units of the currency the customer paid in.
 */
export function planSettlement(request: PlanRequest): SettlementPlan {
	const { order, rma, settings } = request;
	const draft: Draft = { refund: null, cancellation: null, restock: null, stock: [], adopted: [], alreadyDone: [], waiting: [], blocked: [], notes: [], retryAt: null };
	const refused = refuseInput(rma, settings) ?? refuseOrder(order);
	if (refused) return finish(request, null, { ...draft, blocked: [refused] });

	const match = matchReturn(order, rma, settings.shopifyReturnId);
	if (match.kind === 'unclear') {
		const names = match.candidates.map((candidate) => candidate.name).join(', ');
		return finish(request, null, { ...draft, blocked: [reason('returnUnclear', `The returns ${names} fit RMA${rma.id}.`, unitIds(rma.units))] });
	}
	if (match.kind === 'none' && settings.shopifyReturnId !== null) {
		return finish(request, null, { ...draft, blocked: [reason('returnNotFound', `The order ${order.name} has no return ${settings.shopifyReturnId}.`, unitIds(rma.units))] });
	}
	const shopifyReturn = match.kind === 'found' ? match.return : null;
	const units = inspectUnits(rma, settings.inspectionSource, settings.providedInspections);
	const moneyAction = settings.actions.find(isMoneyAction);
	if (moneyAction !== undefined) planRefund(request, moneyAction, shopifyReturn, units, draft);
	if (settings.actions.includes('restock') && request.part !== 'cancellation') planRestock(request, shopifyReturn, units, draft);
	if (settings.expectedPlanHash !== null && (draft.refund !== null || draft.cancellation !== null || draft.restock !== null || draft.stock.length > 0)) {
		const planHash = hashOfPlan(request, draft);
		if (planHash !== settings.expectedPlanHash) {
			draft.blocked.push(reason('planChanged', `The plan is ${planHash.slice(0, 12)}…, and ${settings.expectedPlanHash.slice(0, 12)}… was confirmed.`, unitIds(units)));
			draft.refund = null;
			draft.cancellation = null;
			draft.restock = null;
			draft.stock = [];
			draft.notes = [];
		}
	}
	return finish(request, shopifyReturn, draft);
}

type Draft = Omit<SettlementPlan, 'rmaId' | 'orderId' | 'shopifyReturn' | 'planHash'>;

function finish(request: PlanRequest, shopifyReturn: OrderReturn | null, draft: Draft): SettlementPlan {
	return { rmaId: request.rma.id, orderId: request.order.id, shopifyReturn, ...draft, planHash: hashOfPlan(request, draft) };
}

function hashOfPlan({ rma, order }: PlanRequest, draft: Draft): string {
	const { refund, cancellation, restock, stock } = draft;
	return hashOf({
		rma: rma.id,
		order: order.id,
		cancellation: cancellation ? { action: cancellation.action, payout: cancellation.payout, extras: cancellation.extras, units: cancellation.unitIds, pieces: cancellation.cancellations, total: cancellation.value.total.presentment } : undefined,
		refund: refund && { action: refund.action, payout: refund.payout, extras: refund.extras, exchange: refund.exchangeLines, units: refund.unitIds, route: refund.route, returnId: refund.returnId, returnLines: refund.returnLines, quantities: refund.quantities, total: refund.value.total.presentment },
		restock: restock && { units: restock.unitIds, dispositions: restock.dispositions.map(({ reverseLineId, type, quantity, locationId }) => ({ reverseLineId, type, quantity, locationId })) },
		stock: stock.length > 0 ? stock.map(({ key, state, changes }) => ({ key, state, changes })).sort((left, right) => (left.key < right.key ? -1 : 1)) : undefined,
	});
}

function refuseInput(rma: Rma, settings: SettlementSettings): Reason | null {
	const known = new Set<string>();
	for (const unit of rma.units) {
		if (known.has(unit.id)) return reason('invalidInput', `The RMA names the unit ${unit.id} twice.`, [unit.id]);
		known.add(unit.id);
	}
	if (rma.units.length === 0) return reason('invalidInput', `RMA${rma.id} has no units.`);
	const judged = new Set<string>();
	for (const { unitId } of settings.providedInspections) {
		if (!known.has(unitId)) return reason('unknownUnit', `An inspection result names the unit ${unitId}, which RMA${rma.id} does not have.`, [unitId]);
		if (judged.has(unitId)) return reason('invalidInput', `There are two inspection results for the unit ${unitId}.`, [unitId]);
		judged.add(unitId);
	}
	return null;
}

function refuseOrder(order: OrderSnapshot): Reason | null {
	if (order.incomplete.length === 0) return null;
	return reason('snapshotIncomplete', `The order ${order.name} has more ${order.incomplete.join(' and ')} than one decision can read.`);
}

function planRefund(request: PlanRequest, action: MoneyAction, shopifyReturn: OrderReturn | null, units: InspectedUnit[], draft: Draft): void {
	const { settings, rma } = request;
	const requested = rma.transactions.find((transaction) => transaction.id === settings.requestedTransactionId);
	if (settings.requestedTransactionId !== null && requested === undefined) {
		draft.blocked.push(reason('invalidInput', `RMA${rma.id} has no transaction ${settings.requestedTransactionId}.`, unitIds(units)));
		return;
	}
	const isAskedFor = (unit: InspectedUnit) => requested === undefined || requested.unitIds.length === 0 || requested.unitIds.includes(unit.id);
	const mine = units.filter((unit) => isAskedFor(unit) && unit.resolutionType !== null && settings.refundResolutions.includes(unit.resolutionType));
	const others = units.filter((unit) => !mine.includes(unit));
	if (mine.length === 0) draft.blocked.push(reason('otherResolution', `The customer chose ${listed(others.map((unit) => unit.resolutionType ?? 'no resolution'))}.`, unitIds(others)));
	const evidence = gather(draft, refundEvidence({ ...request, shopifyReturn }, mine), mine, action, request);
	const unshipped = neverShipped({ order: request.order, rma, shopifyReturn, settings });
	const back = evidence.open.filter((unit) => !unshipped.has(unit.id));
	const refund = request.part === 'cancellation' ? null : refundOf(request, action, shopifyReturn, back, draft);
	const cancellation = cancellationOf(request, action, evidence.open.filter((unit) => unshipped.has(unit.id)), refund, draft);
	const asked = [refund, cancellation].flatMap((act) => act ?? []);
	const wanted = requestedAmount(request, requested, asked, mine);
	const stop = asked.length > 0 ? (otherCurrency(requested, asked) ?? wanted.stop ?? judgeAmounts(asked, settings, request.paidInRun)) : null;
	if (wanted.note) draft.notes.push(wanted.note);
	if (stop) {
		draft.blocked.push(stop);
		return;
	}
	draft.refund = agreed(request, refund, mine, draft);
	draft.cancellation = agreed(request, cancellation, mine, draft);
}

/** ReturnGO asks for an amount in one currency, and the customer paid in another. */
function otherCurrency(requested: RmaTransaction | undefined, acts: readonly RefundAct[]): Reason | null {
	const amount = requested?.amount;
	const paidIn = acts[0]?.value.total.presentment.currency;
	if (!amount || paidIn === undefined || amount.currency === paidIn) return null;
	return reason('currencyMismatch', `ReturnGO asks for ${amount.amount} ${amount.currency}, and the customer paid in ${paidIn}.`, acts.flatMap((act) => act.unitIds));
}

/** The amount that ReturnGO asks for, against what the acts pay; the caller's expectation stands above it, and exchange items are priced by Shopify later. */
function requestedAmount({ order, settings }: PlanRequest, requested: RmaTransaction | undefined, acts: readonly RefundAct[], units: readonly InspectedUnit[]): ReturnGoVerdict {
	const amount = readAmount(requested?.amount ?? null);
	const [first] = acts;
	if (amount === null || first === undefined || settings.expectedAmount !== null || acts.some((act) => act.exchangeLines.length > 0) || amount.currency !== first.value.total.presentment.currency) return { stop: null, note: null };
	const paid = sum(acts.map((act) => act.value.total.presentment), amount.currency);
	const paidUnits = new Set(acts.flatMap((act) => act.unitIds));
	const values = acts.map(({ value, unitIds: ids }) => ({ value, units: units.filter((unit) => ids.includes(unit.id)) }));
	return compareWithRequest(order, amount, paid, values, units.every((unit) => paidUnits.has(unit.id)));
}

/** The act, unless ReturnGO shows another amount for its units. */
function agreed({ order, settings }: PlanRequest, act: RefundAct | null, units: readonly InspectedUnit[], draft: Draft): RefundAct | null {
	if (act === null || settings.otherReturnGoAmount === 'ignore') return act;
	const { stop, note } = compareWithReturnGo(order, act.value, units.filter((unit) => act.unitIds.includes(unit.id)));
	if (note) draft.notes.push(note);
	if (stop) draft.blocked.push(stop);
	return stop ? null : act;
}

/** The refund of units that came back; null where nothing is to be paid for them, and the draft says why. */
function refundOf(request: PlanRequest, action: MoneyAction, shopifyReturn: OrderReturn | null, open: InspectedUnit[], draft: Draft): RefundAct | null {
	const { order, rma, settings, shopDomain } = request;
	let ready = readyUnits(open, draft, settings, order);

	const unwanted = ready.filter((unit) => unit.inspection.state === 'missing');
	if (unwanted.length > 0) draft.blocked.push(reason('unitMissing', `${listed(unwanted.map((unit) => unit.title))} did not arrive${because(unwanted)}.`, unitIds(unwanted)));
	ready = ready.filter((unit) => unit.inspection.state !== 'missing');
	const damaged = settings.damagedUnits === 'doNotRefund' ? ready.filter((unit) => unit.inspection.state === 'damaged') : [];
	if (damaged.length > 0) draft.blocked.push(reason('damagedNotRefunded', `${listed(damaged.map((unit) => unit.title))} arrived damaged${because(damaged)}.`, unitIds(damaged)));
	ready = ready.filter((unit) => !damaged.includes(unit));
	if (ready.length === 0) return null;

	const ids = unitIds(ready);
	const quantities = quantitiesOf(ready);
	const refused = (blocked: Reason): null => {
		draft.blocked.push(blocked);
		return null;
	};
	const standing = standingOf(request, order, ids);
	if ('code' in standing) return refused(standing);
	const unavailable = creditPrerequisite(order, settings.payout, request.giftCardsInAnyCurrency ?? false, ids);
	if (unavailable) return refused(unavailable);
	if (isShort(standing, quantities, ids, 'RETURN', draft)) return null;
	const known = shopifyReturn === null ? null : (standing.order.returns.find(({ id }) => id === shopifyReturn.id) ?? shopifyReturn);
	const way = refundRoute(known, quantities);
	if ('blocked' in way) return refused({ ...way.blocked, unitIds: ids });
	const exchangeLines = shopifyReturn?.exchangeLines ?? [];
	if (exchangeLines.length > 0 && (settings.exchangeItems === 'stop' || way.route !== 'returnProcess' || settings.payout === 'account' || settings.payout === 'giftCard')) {
		return refused(reason('exchangeInReturn', `The Shopify return ${shopifyReturn?.name ?? ''} holds exchange items that have not been sent.`, ids));
	}
	const released = exchangeLines.length > 0 ? rma.exchangeOrders.find((exchange) => exchange.orderId !== null) : undefined;
	if (released) return refused(reason('exchangeInReturn', `ReturnGO has made the order ${released.orderName ?? released.orderId ?? ''} for this exchange, and the Shopify return ${shopifyReturn?.name ?? ''} holds exchange items as well.`, ids));
	const additions = additionsOf(standing.order, settings, !isShippingTaken(request, standing), ids);
	if ('code' in additions) return refused(additions);
	const asked = { quantities, returnLines: way.returnLines };
	const fee = isFeeTaken(standing, known) ? null : feeOf(known);
	const value = valueOf(standing.order, known, asked, ids, additions, fee);
	if ('code' in value) return refused(value);
	const stop = judgeOutcome(value, exchangeLines.length > 0, ids);
	if (stop) return refused(stop);
	const extras = extrasOf(order, value, settings);
	const shopifyValue = valueOf(withDutiesOf(order, extras), shopifyReturn, asked, ids, askedOf(extras, settings));
	if ('code' in shopifyValue) return refused(shopifyValue);
	const key = settlementKey(shopDomain, rma.id, action, ids);
	const parts = partsOf(value, known === null || fee === null ? null : { returnId: known.id, amount: formatMoney(fee.presentment) });
	return { key, action, payout: settings.payout, unitIds: ids, quantities, ...way, value, shopifyValue, unshown: standing.money, parts, extras, exchangeLines };
}

/** The order with every payment that its own figures do not show, and what those are. */
interface Standing {
	order: OrderSnapshot;
	payments: UnshownPayment[];
	/** Money that they used up. */
	money: Money;
	/** The order without what other runs are only about to pay, and without what nobody can tell. */
	without(certainty: 'live' | 'unclear'): OrderSnapshot;
}

function standingOf(request: PlanRequest, order: OrderSnapshot, units: string[]): Standing | Reason {
	const payments = unshownPayments({ ...request, order: request.order });
	try {
		const standing = withUnshown(order, payments);
		return {
			order: standing,
			payments,
			money: subtract(order.netPayment.presentment, standing.netPayment.presentment),
			without: (certainty) => withUnshown(order, payments.filter((payment) => payment.certainty !== 'live' && (certainty === 'live' || payment.certainty !== 'unclear'))),
		};
	} catch (error) {
		return refusedValue(error, units);
	}
}

/** Whether pieces are missing, and why: another run may be about to pay them, or may have. */
function isShort(standing: Standing, quantities: RefundAct['quantities'], units: string[], restockType: 'RETURN' | 'CANCEL', draft: Draft): boolean {
	const short = tooManyPieces(standing.order, quantities, units, restockType);
	if (short === null) return false;
	const holds = (certainty: UnshownPayment['certainty']) => standing.payments.filter((payment) => payment.certainty === certainty && payment.entry.quantities.some((piece) => quantities.some(({ lineItemId }) => lineItemId === piece.lineItemId)));
	const live = holds('live').map(({ entry }) => entry);
	const unclear = holds('unclear').map(({ entry }) => entry);
	if (live.length > 0 && tooManyPieces(standing.without('live'), quantities, units, restockType) === null) {
		const ends = live.reduce<string | null>((first, entry) => earlier(first, entry.leaseUntil), null);
		draft.waiting.push(reason('claimedElsewhere', `${listed(live.map((entry) => `RMA${entry.rmaId}`))} is being paid for pieces of the same line; the claim ends at ${ends ?? '?'}.`, units));
		if (ends !== null) draft.retryAt = earlier(draft.retryAt, ends);
	} else if (unclear.length > 0 && tooManyPieces(standing.without('unclear'), quantities, units, restockType) === null) {
		draft.blocked.push(reason('creditUnclear', `A run for ${listed(unclear.map((entry) => `RMA${entry.rmaId}`))} that ended early may have credited pieces of the same line.`, units));
	} else draft.blocked.push(short);
	return true;
}

/** Whether another payment of the RMA carries the fixed amount of shipping: one that was made, is under way, or may have been made. */
function isShippingTaken({ order, rma, claimant, now }: PlanRequest, { payments }: Standing): boolean {
	const mine = order.ledger.ledger.entries.filter((entry) => entry.rmaId === rma.id && isMoneyAction(entry.action) && !(entry.state === 'claimed' && entry.claimant === claimant));
	return mine.some((entry) => carriesShipping(entry) && (entry.state === 'done' || isLeaseLive(entry, now) || findEarlierAct(order, entry) !== null || payments.some((payment) => payment.entry.key === entry.key)));
}

/** Shipping, duties and tip exactly as they are asked of Shopify. */
function askedOf(extras: RefundExtras, settings: SettlementSettings): Additions {
	return {
		shipping: extras.shipping === null ? { mode: 'none' } : { mode: 'exact', amount: extras.shipping },
		duties: extras.duties.length === 0 ? 'none' : settings.refundDuties,
		tip: extras.tipLineId === null ? 'none' : 'full',
	};
}

/** The order with no other duties than those that are asked of Shopify. */
function withDutiesOf(order: OrderSnapshot, extras: RefundExtras): OrderSnapshot {
	const asked = new Set(extras.duties.map(({ dutyId }) => dutyId));
	return { ...order, lines: order.lines.map((line) => ({ ...line, duties: line.duties.filter(({ id }) => asked.has(id)) })) };
}

/** The refund of units that were never shipped, valued after the refund of the others; null where there is none, and the draft says why. */
function cancellationOf(request: PlanRequest, action: MoneyAction, units: InspectedUnit[], refund: RefundAct | null, draft: Draft): RefundAct | null {
	const { rma, settings, shopDomain } = request;
	if (units.length === 0) return null;
	const ids = unitIds(units);
	const refused = (blocked: Reason): null => {
		draft.blocked.push(blocked);
		return null;
	};
	if (settings.unshippedUnits === 'stop') return refused(reason('notShippedYet', `${listed(units.map((unit) => unit.title))}: not shipped, so nothing can come back.`, ids));
	// A credit beside the order would leave the units to be shipped.
	if (settings.payout === 'account' || settings.payout === 'giftCard') return refused(reason('notShippedYet', `${listed(units.map((unit) => unit.title))}: not shipped. Only a refund of the order can cancel what is still to be shipped.`, ids));
	const order = refund === null ? request.order : withBooked(request.order, refund.value);
	const standing = standingOf(request, order, ids);
	if ('code' in standing) return refused(standing);
	const quantities = quantitiesOf(units);
	const unavailable = creditPrerequisite(order, settings.payout, request.giftCardsInAnyCurrency ?? false, ids);
	if (unavailable) return refused(unavailable);
	if (isShort(standing, quantities, ids, 'CANCEL', draft)) return null;
	const cancellations = [];
	for (const piece of quantities) {
		const unit = units.find(({ lineItemId }) => lineItemId === piece.lineItemId);
		const destination = unit ? cancelDestinationOf(unit, settings, order.places) : null;
		if (destination?.kind === 'blocked') return refused({ ...destination.reason, unitIds: ids });
		if (destination) cancellations.push({ ...piece, locationId: destination.locationId });
	}
	const additions = additionsOf(standing.order, settings, refund === null && !isShippingTaken(request, standing), ids);
	if ('code' in additions) return refused(additions);
	const value = valueOfCancelled(standing.order, quantities, ids, additions);
	if ('code' in value) return refused(value);
	const stop = judgeOutcome(value, false, ids);
	if (stop) return refused(stop);
	const extras = extrasOf(order, value, settings);
	const shopifyValue = valueOfCancelled(withDutiesOf(order, extras), quantities, ids, askedOf(extras, settings));
	if ('code' in shopifyValue) return refused(shopifyValue);
	const key = settlementKey(shopDomain, rma.id, action, ids);
	const parts = partsOf(value, null);
	return { key, action, payout: settings.payout, unitIds: ids, quantities, route: 'refundCreate', returnId: null, returnLines: [], value, shopifyValue, unshown: standing.money, parts, extras, exchangeLines: [], cancellations };
}

/** Fees are for what comes back, so a cancelled unit has none. */
function valueOfCancelled(order: OrderSnapshot, quantities: RefundAct['quantities'], units: string[], additions: Additions): RefundValue | Reason {
	try {
		return refundValue(order, quantities.map((piece) => ({ ...piece, restockType: 'CANCEL' as const })), additions);
	} catch (error) {
		return refusedValue(error, units);
	}
}

/** What the order, as it stands with all payments, itself bounds: pieces that may still be refunded and, for pieces that came back, that were ever shipped. */
function tooManyPieces(order: OrderSnapshot, quantities: RefundAct['quantities'], units: string[], restockType: 'RETURN' | 'CANCEL'): Reason | null {
	for (const { lineItemId, quantity } of quantities) {
		const line = order.lines.find((candidate) => candidate.id === lineItemId);
		if (line === undefined) continue;
		const allowed = line.refundableQuantity;
		if (quantity > allowed) return reason('nothingReturnable', `${quantity} pieces of a line are to be refunded, and the order allows ${Math.max(0, allowed)}.`, units);
		const shipped = refundableShippedPieces(line);
		if (restockType === 'RETURN' && quantity > shipped) return reason('notShippedYet', `${quantity} pieces of ${line.title} count as received, and Shopify has shipped ${shipped} of those that can be refunded.`, units);
	}
	return null;
}

function planRestock(request: PlanRequest, shopifyReturn: OrderReturn | null, all: InspectedUnit[], draft: Draft): void {
	const { order, rma, settings, shopDomain } = request;
	const question = { ...request, shopifyReturn };
	const unshipped = neverShipped(question);
	const units = all.filter((unit) => !unshipped.has(unit.id));
	sayUnshipped(request, all.filter((unit) => unshipped.has(unit.id)), draft);
	const direct = stockEvidence(question, units);
	const resumable = settings.restockOwner === 'thisWorkflow' ? direct.resumable : [];
	if (resumable.length < direct.resumable.length) {
		const left = direct.resumable.flatMap((entry) => entry.unitIds);
		draft.blocked.push(reason('stockUnclear', 'A run of this workflow began to change stock and stopped; the settings give stock to somebody else since.', left));
	}
	const openDirectly = new Set(direct.open.map((unit) => unit.id));
	// Nothing was sent yet for what this very run has begun: a return that holds the units by now is the way their stock goes.
	const overtaken = (entry: LedgerEntry) => entry.returnId === null && shopifyReturn !== null && entry.claimant === request.claimant && entry.stock?.since === entry.claimedAt;
	const begunWithoutReturn = new Set(resumable.filter((entry) => entry.returnId === null && !overtaken(entry)).flatMap((entry) => entry.unitIds));
	// A unit that was put back by its figures alone needs no disposition; a bundle or an unsellable unit in a return needs both.
	const undecided = units.filter((unit) => openDirectly.has(unit.id) || begunWithoutReturn.has(unit.id) || (shopifyReturn !== null && needsDirectChange(unit, order, settings)));
	const dispositions = gather(draft, restockEvidence(question, undecided), undecided, 'restock', request);
	gather(draft, { ...direct, open: [] }, units, 'restock', request);
	if (isEnded(rma)) {
		const begun = [...direct.resumable.flatMap((entry) => entry.unitIds), ...unitIds(direct.open.filter((unit) => isDisposedByUs(order, rma, unit, draft) && needsDirectChange(unit, order, settings)))];
		if (begun.length > 0) draft.blocked.push(reason('rmaEnded', `RMA${rma.id} is ${rma.status} in ReturnGO, and a run of this workflow had begun to change stock for its units; the figures are left as they are.`, begun));
		return;
	}
	const byOthers = unitsWith(draft.alreadyDone, 'restockedInShopify');
	// Figures follow our own disposition: where somebody else decided instead, the claim died before anything was sent. Without a return they are all there
	// is, so that whatever speaks against the units now speaks against them.
	const undisputed = new Set(unitIds(dispositions.open));
	const foreign = (entry: LedgerEntry) => (entry.returnId === null ? entry.unitIds.some((id) => !undisputed.has(id)) : entry.unitIds.some((id) => byOthers.has(id)));
	const standing = resumable.filter((entry) => !overtaken(entry));
	draft.stock.push(...standing.filter((entry) => !foreign(entry)).flatMap((entry) => resumedAct(entry) ?? []));
	for (const entry of standing.filter(foreign)) draft.blocked.push(reason('componentsUnclear', 'These units were dealt with in Shopify by somebody else; their stock figures were left alone.', entry.unitIds));

	const ready = readyUnits(dispositions.open.filter((unit) => !begunWithoutReturn.has(unit.id)), draft, settings, order);
	if (shopifyReturn === null && settings.stockWithoutReturn === 'adjust') {
		planFigures(request, withinOrder(order, ready.filter((unit) => openDirectly.has(unit.id)), draft), draft);
		return;
	}
	let decided: string[] = [];
	if (ready.length > 0) {
		if (shopifyReturn === null) {
			draft.blocked.push(reason('returnMissing', `The order ${order.name} has no return that holds the units of RMA${rma.id}.`, unitIds(ready)));
			return;
		}
		if (shopifyReturn.status === 'REQUESTED') {
			draft.blocked.push(reason('returnNotOpen', `The Shopify return ${shopifyReturn.name} is ${shopifyReturn.status}.`, unitIds(ready)));
			return;
		}
		// A unit whose figures cannot change waits with its disposition too: one decision, not half of it.
		const possible = ready.filter((unit) => !openDirectly.has(unit.id) || !needsDirectChange(unit, order, settings) || canChange(request, unit, draft));
		const { planned, blocked, notes } = planDispositions(rma, shopifyReturn, possible, settings, order);
		draft.blocked.push(...blocked);
		draft.notes.push(...notes);
		decided = planned.flatMap((disposition) => disposition.unitIds).sort();
		if (planned.length > 0) {
			const keyOf = (ids: readonly string[]) => settlementKey(shopDomain, rma.id, 'restock', ids);
			const quantities = quantitiesOf(ready.filter((unit) => decided.includes(unit.id)));
			draft.restock = { key: keyOf(decided), unitIds: decided, quantities, returnId: shopifyReturn.id, dispositions: planned, parcels: byParcel(planned, shopifyReturn, keyOf) };
		}
	}
	if (settings.restockOwner !== 'thisWorkflow') return;
	const twofold = direct.open.filter((unit) => shopifyReturn !== null && needsDirectChange(unit, order, settings));
	const elsewhere = twofold.filter((unit) => byOthers.has(unit.id) && unit.inspection.state === 'sellable');
	if (elsewhere.length > 0) draft.blocked.push(reason('componentsUnclear', `The return of ${listed(elsewhere.map((unit) => unit.title))} was dealt with in Shopify by somebody else; the components were left alone.`, unitIds(elsewhere)));
	planFigures(request, twofold.filter((unit) => decided.includes(unit.id) || isDisposedByUs(order, rma, unit, draft)), draft);
}

/** Units that were never shipped have no stock to decide on; cancelling them is part of paying for them. */
function sayUnshipped({ order, rma, settings }: PlanRequest, units: readonly InspectedUnit[], draft: Draft): void {
	const entries = entriesFor(order.ledger.ledger, rma.id, MONEY_ACTIONS, unitIds(units)).filter((entry) => entry.cancellations !== undefined && entry.state === 'done');
	const cancelled = units.filter((unit) => entries.some((entry) => entry.unitIds.includes(unit.id)));
	const others = units.filter((unit) => !cancelled.includes(unit));
	if (cancelled.length > 0) addOnce(draft.alreadyDone, reason('settledBefore', `The stock of ${listed(cancelled.map((unit) => unit.title))} was released when the units were cancelled.`, unitIds(cancelled)));
	// Where money is asked for too, the payment has said what becomes of them.
	if (others.length > 0 && !settings.actions.some(isMoneyAction)) draft.blocked.push(reason('notShippedYet', `${listed(others.map((unit) => unit.title))}: not shipped, so nothing can come back.`, unitIds(others)));
}

/**
 * Units that the order can still have back. Shopify bounds direct changes by nothing, so the pieces that returns hold and that were put back
 * without one, by us or by a refund, are counted against what was shipped.
 */
function withinOrder(order: OrderSnapshot, units: readonly InspectedUnit[], draft: Draft): InspectedUnit[] {
	const living = order.returns.filter((candidate) => candidate.status !== 'CANCELED' && candidate.status !== 'DECLINED');
	const loose = order.ledger.ledger.entries.filter((entry) => entry.action === 'components' && entry.returnId === null);
	const pieces = [...living.flatMap((candidate) => candidate.lines), ...loose.flatMap((entry) => entry.quantities)];
	return [...countBy(units.map((unit) => unit.lineItemId))].flatMap(([lineItemId, asked]) => {
		const mine = units.filter((unit) => unit.lineItemId === lineItemId);
		const line = order.lines.find((candidate) => candidate.id === lineItemId);
		const taken = pieces.filter((piece) => piece.lineItemId === lineItemId).reduce((total, piece) => total + piece.quantity, 0) + looselyRestocked(order, lineItemId);
		const left = Math.max(0, (line === undefined ? 0 : shippedPieces(order, line)) - taken);
		if (asked <= left) return mine;
		draft.blocked.push(reason('nothingReturnable', `${asked} pieces of ${mine[0]?.title ?? lineItemId} are to be put back, and ${left} can still come back.`, unitIds(mine)));
		return [];
	});
}

/** Direct changes for units that nothing speaks against. */
function planFigures(request: PlanRequest, units: readonly InspectedUnit[], draft: Draft): void {
	const { order, rma, settings, shopDomain } = request;
	const changing: Array<{ unit: InspectedUnit; stock: Extract<UnitStock, { kind: 'changes' }> }> = [];
	for (const unit of units) {
		const stock = stockOf(rma, unit, order, settings);
		if (stock.kind === 'changes') changing.push({ unit, stock });
		else if (stock.kind === 'blocked') addOnce(draft.blocked, stock.reason);
		else if (stock.note.code === 'unitMissing') draft.blocked.push(stock.note);
		else if (draft.restock?.unitIds.includes(unit.id) === true) draft.notes.push(stock.note);
		else draft.alreadyDone.push(stock.note);
	}
	draft.stock.push(...planStockActs(shopDomain, rma, order, changing));
}

function canChange({ order, rma, settings }: PlanRequest, unit: InspectedUnit, draft: Draft): boolean {
	const stock = stockOf(rma, unit, order, settings);
	if (stock.kind === 'blocked') draft.blocked.push(stock.reason);
	return stock.kind !== 'blocked';
}

function isDisposedByUs(order: OrderSnapshot, rma: Rma, unit: InspectedUnit, draft: Draft): boolean {
	if (draft.adopted.some(({ entry }) => entry.action === 'restock' && entry.unitIds.includes(unit.id))) return true;
	return entriesFor(order.ledger.ledger, rma.id, ['restock'], [unit.id]).some((entry) => entry.state === 'done');
}

function unitsWith(reasons: readonly Reason[], code: ExceptionCode): Set<string> {
	return new Set(reasons.filter((known) => known.code === code).flatMap((known) => known.unitIds));
}

/** Takes over what the evidence says. An action that others own is never open, nor is one of a request that has ended, however clear the rest is. */
function gather(draft: Draft, evidence: Evidence, units: InspectedUnit[], action: SettlementAction, { rma, settings }: PlanRequest): Evidence {
	draft.adopted.push(...evidence.adopted);
	draft.alreadyDone.push(...evidence.alreadyDone);
	draft.waiting.push(...evidence.waiting);
	draft.blocked.push(...evidence.blocked);
	if (evidence.retryAt !== null && (draft.retryAt === null || evidence.retryAt < draft.retryAt)) draft.retryAt = evidence.retryAt;
	if (isEnded(rma)) {
		sayEnded(rma, action, evidence.open, draft);
		return { ...evidence, open: [] };
	}
	const owner = isMoneyAction(action) ? settings.refundOwner : settings.restockOwner;
	if (owner === 'thisWorkflow' || evidence.open.length === 0 || units.length === 0) return evidence;
	draft.waiting.push(reason('ownedElsewhere', `The settings give ${action === 'restock' ? 'the restock' : 'the payment'} to ${owner === 'returnGo' ? 'ReturnGO' : 'a person'}.`, unitIds(evidence.open)));
	return { ...evidence, open: [] };
}

/** What is in the house of a request that was rejected or canceled is for a person to decide on; what never came is nobody's work. */
function sayEnded(rma: Rma, action: SettlementAction, open: readonly InspectedUnit[], draft: Draft): void {
	const arrived = open.filter((unit) => unit.inspection.state !== 'notReceived' || (rma.milestones?.receivedAt ?? null) !== null);
	const absent = open.filter((unit) => !arrived.includes(unit));
	const ended = `RMA${rma.id} is ${rma.status} in ReturnGO`;
	if (arrived.length > 0) draft.blocked.push(reason('rmaEnded', `${ended}: ${action === 'restock' ? 'its units are not put into stock' : 'nothing is paid for its units'}.`, unitIds(arrived)));
	if (absent.length > 0) addOnce(draft.waiting, reason('notReceived', `${ended}, and ${listed(absent.map((unit) => unit.title))} did not arrive.`, unitIds(absent)));
}

/** Units with an inspection result and a line on the order (business rule 2). The others are named. */
function readyUnits(open: readonly InspectedUnit[], draft: Draft, settings: SettlementSettings, order: OrderSnapshot): InspectedUnit[] {
	const onOrder = new Set(order.lines.map((line) => line.id));
	const strangers = open.filter((unit) => unit.lineItemId === null || !onOrder.has(unit.lineItemId));
	if (strangers.length > 0) addOnce(draft.blocked, reason('skuMismatch', `${listed(strangers.map((unit) => `${unit.title} (SKU ${unit.sku ?? 'none'})`))} ${strangers.length === 1 ? 'is' : 'are'} not on the order ${order.name}.`, unitIds(strangers)));
	const known = open.filter((unit) => !strangers.includes(unit));

	const absent = known.filter((unit) => unit.inspection.state === 'notReceived');
	const unseen = known.filter((unit) => unit.inspection.state === 'awaitingInspection');
	if (absent.length > 0) addOnce(draft.waiting, reason('notReceived', `${listed(absent.map((unit) => unit.title))}: not received yet.`, unitIds(absent)));
	if (unseen.length > 0) addOnce(draft.waiting, reason('awaitingInspection', `${listed(unseen.map((unit) => unit.title))}: received, and no inspection is recorded.`, unitIds(unseen)));
	const inspected = known.filter((unit) => isInspected(unit.inspection));
	if (settings.partialInspection === 'waitForAll' && absent.length + unseen.length > 0) return [];
	return inspected;
}

/** Refund and restock ask the same question of the same units; one answer is enough. */
function addOnce(reasons: Reason[], added: Reason): void {
	if (!reasons.some((known) => known.code === added.code && known.message === added.message)) reasons.push(added);
}

type Route = Pick<RefundAct, 'route' | 'returnId' | 'returnLines'>;

function refundRoute(shopifyReturn: OrderReturn | null, quantities: RefundAct['quantities']): Route | { blocked: Reason } {
	if (shopifyReturn === null) return { route: 'refundCreate', returnId: null, returnLines: [] };
	const processable = spread(shopifyReturn.lines, quantities, (line) => Math.min(line.processableQuantity, line.refundableQuantity));
	if (processable !== null) {
		if (shopifyReturn.status !== 'OPEN') return { blocked: reason('returnNotOpen', `The Shopify return ${shopifyReturn.name} is ${shopifyReturn.status}.`) };
		return { route: 'returnProcess', returnId: shopifyReturn.id, returnLines: processable };
	}
	// Processed by somebody without a payment: the return cannot pay any more, the order still can. With exchange items, goods may have been the payment.
	const untouched = !shopifyReturn.hasExchangeItems && shopifyReturn.lines.every((line) => line.processableQuantity === 0);
	if (untouched && spread(shopifyReturn.lines, quantities, (line) => line.refundableQuantity) !== null) return { route: 'refundCreate', returnId: null, returnLines: [] };
	return { blocked: reason('returnPartlyProcessed', `The Shopify return ${shopifyReturn.name} has fewer open pieces than the RMA.`) };
}

/** Lays pieces per order line on return lines; null when they do not fit. */
function spread(lines: readonly OrderReturnLine[], quantities: RefundAct['quantities'], room: (line: OrderReturnLine) => number): Route['returnLines'] | null {
	const laid: Route['returnLines'] = [];
	for (const { lineItemId, quantity } of quantities) {
		let left = quantity;
		for (const line of lines.filter((candidate) => candidate.lineItemId === lineItemId)) {
			const used = Math.min(left, room(line));
			if (used > 0) laid.push({ id: line.id, lineItemId, quantity: used });
			left -= Math.max(used, 0);
		}
		if (left > 0) return null;
	}
	return laid;
}

/** @param isPartOfExchange exchange items will be set off against the value, so that nothing may be left to be paid */
function judgeOutcome(value: RefundValue, isPartOfExchange: boolean, units: string[]): Reason | null {
	const total = value.total.presentment;
	if (value.outcome === 'CUSTOMER_OWES') return reason('customerOwes', `After fees the customer owes ${formatMoney(value.owed.presentment)} ${total.currency}.`, units);
	if (total.minor === 0 && !isPartOfExchange) return reason('nothingToPay', 'By the order these units are worth 0 after discounts and fees.', units);
	return null;
}

/** Everything one call pays, against what the caller expects and allows. With exchange items only Shopify knows the final amount: it is judged again under the claim. */
function judgeAmounts(acts: readonly RefundAct[], settings: SettlementSettings, paidInRun: PlanRequest['paidInRun']): Reason | null {
	const [first] = acts;
	if (first === undefined) return null;
	const units = acts.flatMap((act) => act.unitIds).sort();
	const total = sum(acts.map((act) => act.value.total.presentment), first.value.total.presentment.currency);
	const isPartOfExchange = acts.some((act) => act.exchangeLines.length > 0);
	return (isPartOfExchange ? null : judgeExpected(total, settings, units)) ?? judgeLimits(total, settings, paidInRun, units);
}

/** The amount that the caller expects; tolerance zero. */
export function judgeExpected(total: Money, settings: SettlementSettings, units: string[]): Reason | null {
	const expected = limit(settings.expectedAmount, total);
	if (expected === 'invalid') return reason('invalidInput', `Expected Amount "${settings.expectedAmount}" is not an amount in ${total.currency}.`, units);
	if (expected !== null && compare(expected, total) !== 0) return reason('amountNotExpected', `The refund is worth ${formatMoney(total)} ${total.currency}, and ${formatMoney(expected)} was expected.`, units);
	return null;
}

function judgeLimits(total: Money, settings: SettlementSettings, paidInRun: PlanRequest['paidInRun'], units: string[]): Reason | null {
	const cap = limit(settings.maximumAmount, total);
	if (cap === 'invalid') return reason('invalidInput', `Maximum Amount "${settings.maximumAmount}" is not an amount in ${total.currency}.`, units);
	if (cap !== null && compare(total, cap) > 0) return reason('capExceeded', `The refund is worth ${formatMoney(total)} ${total.currency}, and the limit is ${formatMoney(cap)}.`, units);
	return judgeRun(total, settings, paidInRun, units);
}

/** The limit of one execution: what it has paid in this currency, and this payment on top. */
export function judgeRun(total: Money, settings: SettlementSettings, paidInRun: PlanRequest['paidInRun'], units: string[]): Reason | null {
	const runCap = limit(settings.maximumRunAmount, total);
	if (runCap === 'invalid') return reason('invalidInput', `Maximum Amount of This Run "${settings.maximumRunAmount}" is not an amount in ${total.currency}.`, units);
	const paid = moneyOf(paidInRun?.get(total.currency) ?? 0, total.currency);
	if (runCap !== null && compare(add(paid, total), runCap) > 0) {
		return reason('capExceeded', `This run has paid ${formatMoney(paid)} ${total.currency} so far, this payment is worth ${formatMoney(total)}, and the limit of a run is ${formatMoney(runCap)}.`, units);
	}
	return null;
}

function limit(decimal: string | null, total: Money): Money | null | 'invalid' {
	if (decimal === null) return null;
	try {
		return parseMoney(decimal, total.currency);
	} catch (error) {
		if (error instanceof InvalidMoney) return 'invalid';
		throw error;
	}
}

/**
 * Value of the units and of what is added to them, less the fees that Shopify's return carries; a reason where the order does not cover them.
 * @param fee for the return's own shipping; as Shopify would take it unless told otherwise
 */
export function valueOf(order: OrderSnapshot, shopifyReturn: OrderReturn | null, asked: Pick<RefundAct, 'quantities' | 'returnLines'>, units: string[], additions: Additions = {}, fee: MoneyPair | null = isFeePaidInShopify(order, shopifyReturn) ? null : feeOf(shopifyReturn)): RefundValue | Reason {
	// A return that was processed without a payment is paid on the order, and owes its fees all the same.
	const parts = shopifyReturn === null || asked.returnLines.length > 0 ? asked.returnLines : (spread(shopifyReturn.lines, asked.quantities, (line) => line.refundableQuantity) ?? []);
	const selection: RefundSelection[] = asked.quantities.map(({ lineItemId, quantity }) => {
		const restockingFees = parts.filter((part) => part.lineItemId === lineItemId).flatMap((part) => feeTerms(shopifyReturn, part));
		return { lineItemId, quantity, ...(restockingFees.length === 0 ? {} : { restockingFees }) };
	});
	try {
		return refundValue(order, selection, { ...(fee === null ? {} : { fees: { returnShipping: fee } }), ...additions });
	} catch (error) {
		return refusedValue(error, units);
	}
}

type Additions = Pick<RefundOptions, 'shipping' | 'duties' | 'tip'>;

/** What the settings add to the units. A fixed amount of shipping goes with one payment of an RMA only; the other modes never give more than is left. */
function additionsOf(order: OrderSnapshot, settings: SettlementSettings, hasShipping: boolean, units: string[]): Additions | Reason {
	const shipping = shippingChoice(order, settings, hasShipping);
	if (shipping === 'invalid') return reason('invalidInput', `Shipping Amount "${settings.refundShippingAmount ?? ''}" is not an amount in ${order.presentmentCurrency}.`, units);
	return { shipping, duties: settings.refundDuties, tip: settings.refundTip === 'full' && order.tip !== undefined ? 'full' : 'none' };
}

function shippingChoice(order: OrderSnapshot, settings: SettlementSettings, hasShipping: boolean): ShippingChoice | 'invalid' {
	const mode = settings.refundShipping;
	if (mode !== 'capped' && mode !== 'exact') return { mode };
	const amount = limit(settings.refundShippingAmount, { minor: 0, currency: order.presentmentCurrency });
	if (amount === null || amount === 'invalid' || amount.minor < 0) return 'invalid';
	return hasShipping ? { mode, amount } : { mode: 'none' };
}

/** What has to be said to Shopify so that it pays shipping, duties and tip as they were valued; always as amounts or as single duties, never as "all". */
export function extrasOf(order: OrderSnapshot, value: RefundValue, settings: Pick<SettlementSettings, 'refundDuties'>): RefundExtras {
	const refundType = settings.refundDuties === 'full' ? 'FULL' : 'PROPORTIONAL';
	return {
		shipping: isPositive(value.shippingPrice.presentment) ? value.shippingPrice.presentment : null,
		duties: value.dutyParts.filter((duty) => isPositive(duty.amount.presentment)).map(({ dutyId }) => ({ dutyId, refundType })),
		tipLineId: isPositive(value.tip.presentment) ? (order.tip?.lineItemId ?? null) : null,
	};
}

/** Each return line has a fee of its own, and an order line shipped in two parcels may be on two of them. */
function feeTerms(shopifyReturn: OrderReturn | null, part: RefundAct['returnLines'][number]): RestockingFeeTerms[] {
	const line = shopifyReturn?.lines.find((candidate) => candidate.id === part.id);
	const percent = line?.restockingFeePercentage ?? null;
	if (line === undefined || percent === null) return [];
	return [{ percent, quantity: part.quantity, before: Math.min(line.processedQuantity, line.quantity - part.quantity) }];
}

const REFUSALS: Partial<Record<RefundRefused['code'], ExceptionCode>> = { giftCardLine: 'giftCardLine', inconsistentOrder: 'orderInconsistent' };

/** What the arithmetic refuses, as a reason. */
export function refusedValue(error: unknown, units: string[]): Reason {
	if (error instanceof RefundRefused) return reason(REFUSALS[error.code] ?? 'nothingReturnable', `The order does not cover these units (${error.code}: ${Object.values(error.facts).join(', ')}).`, units);
	if (error instanceof InvalidMoney || error instanceof CurrencyMismatch) return reason('orderInconsistent', error.message, units);
	throw error;
}

/** All fees for the return's own shipping; null where it has none. */
function feeOf(shopifyReturn: OrderReturn | null): MoneyPair | null {
	const [first, ...rest] = shopifyReturn?.shippingFees ?? [];
	return first === undefined ? null : sumPairs(rest, first);
}

/** Shopify takes the fee with the first refund in the return, and knows of no other payment. */
function isFeePaidInShopify(order: OrderSnapshot, shopifyReturn: OrderReturn | null): boolean {
	return order.refunds.some((refund) => refund.returnId === shopifyReturn?.id);
}

/** The return's shipping fee is taken once: by the first payment for the return, be it a refund or a credit that Shopify's order does not know of. */
function isFeeTaken({ order, payments }: Standing, shopifyReturn: OrderReturn | null): boolean {
	if (shopifyReturn === null || isFeePaidInShopify(order, shopifyReturn)) return true;
	const done = order.ledger.ledger.entries.filter((entry) => isMoneyAction(entry.action) && entry.state === 'done');
	return [...done, ...payments.map(({ entry }) => entry)].some((entry) => tookReturnFee(entry, shopifyReturn.id));
}

function quantitiesOf(units: readonly InspectedUnit[]): RefundAct['quantities'] {
	const counts = [...countBy(units.map((unit) => unit.lineItemId))].map(([lineItemId, quantity]) => ({ lineItemId, quantity }));
	return counts.sort((left, right) => (left.lineItemId < right.lineItemId ? -1 : 1));
}

function unitIds(units: ReadonlyArray<{ id: string }>): string[] {
	return units.map((unit) => unit.id).sort();
}

function because(units: readonly InspectedUnit[]): string {
	const causes = units.map((unit) => unit.inspection.reason).filter((cause) => cause !== null);
	return causes.length > 0 ? ` (${[...new Set(causes)].join('; ')})` : '';
}

function listed(values: readonly string[]): string {
	return [...new Set(values)].join(', ');
}
