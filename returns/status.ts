/**
 * Where a return stands, from the facts of both systems (N6): ReturnGO's request, parcels, validation, transactions and exchange orders; Shopify's
 * returns, refunds and dispositions; our ledger. Facts are read anew each time, so it does not matter which events led here, nor in which order.
 */
import { moneyStanding, refundEvidence, restockEvidence } from './evidence';
import { EXCEPTIONS, type ExceptionCode, type Reason } from './exceptions';
import { inspectUnits, isInspected, type InspectedUnit } from './inspection';
import { entriesFor, isEvenExchange, isMoneyAction, MONEY_ACTIONS } from './ledger';
import { matchReturn, sameReturnName } from './matching';
import type { OrderReturn, OrderSnapshot } from './order';
import type { Rma, RmaTransaction } from './rma';

export const RETURN_STATES = [
	'requested',
	'approved',
	'inTransit',
	'received',
	'awaitingInspection',
	'inspected',
	'refundPending',
	'creditPending',
	'exchangePending',
	'refunded',
	'credited',
	'exchanged',
	'closed',
	'rejected',
	'canceled',
	'needsAttention',
] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

/** What the next step of a state is, for whoever looks at the order. */
const NEXT_STEPS: Record<Exclude<ReturnState, 'needsAttention'>, string> = {
	requested: 'approve or reject the request in ReturnGO',
	approved: 'wait for the customer to send the parcel',
	inTransit: 'wait for the parcel',
	received: 'wait for the other parcels',
	awaitingInspection: 'inspect the units',
	inspected: 'refund, credit or exchange, as the customer chose',
	refundPending: 'wait for the payment provider',
	creditPending: 'wait for the store credit',
	exchangePending: 'release the exchange in ReturnGO',
	refunded: 'nothing to do',
	credited: 'nothing to do',
	exchanged: 'nothing to do',
	closed: 'nothing to do',
	rejected: 'nothing to do',
	canceled: 'nothing to do',
};

/** One return as the order shows it. Times are ISO 8601 in UTC, without fractions of a second. */
export interface ReturnStatus {
	rmaId: string;
	state: ReturnState;
	/** When this state was first seen. */
	since: string;
	nextStep: string;
	trackingUrl: string | null;
	/** How recent ReturnGO's facts behind it are; null where ReturnGO shows no time. */
	asOf: string | null;
}

/**
 * The status that follows the recorded one. ReturnGO's facts may be older than those behind the record (events overtake each other): then only what
 * Shopify shows by now counts. Without a time to compare, a return goes forwards only, unless Shopify shows that it was reopened.
 * @param previous the record on the order; null for a return that is not recorded yet
 * @param order read now
 */
export function nextStatus(previous: ReturnStatus | null, rma: Rma, order: OrderSnapshot, now: Date): ReturnStatus {
	const read = judge(rma, order, now);
	const asOf = laterOf(previous?.asOf ?? null, seconds(rma.lastActivityAt ?? null));
	const fresh: ReturnStatus = { rmaId: rma.id, state: read.state, since: seconds(now.toISOString()), nextStep: read.nextStep, trackingUrl: trackingUrlOf(rma), asOf };
	if (previous === null) return fresh;
	const kept = { ...previous, asOf };
	const age = compareTimes(seconds(rma.lastActivityAt ?? null), previous.asOf);
	if (age === 'older') {
		const byShopify = judge(withoutReturnGo(rma), order, now);
		return mayOvertake(previous.state, byShopify) ? { ...kept, state: byShopify.state, nextStep: byShopify.nextStep, since: fresh.since } : kept;
	}
	if (age !== 'newer' && isStepBack(previous.state, read.state) && !isReopened(previous.state, rma, order)) return kept;
	return read.state === previous.state ? { ...fresh, since: previous.since } : fresh;
}

/**
 * Whether the money question of every unit is answered: paid back, credited, or exchanged by an exchange that is released. Money that is pending, a unit
 * for which a person has to decide, and a resolution that nobody knows are no answer.
 * @param order read now, with what was just done
 */
export function isMoneySettled(rma: Rma, order: OrderSnapshot, now: Date): boolean {
	const match = matchReturn(order, rma, null);
	const { standings, attention } = standingsOf(rma, order, match.kind === 'found' ? match.return : null, now);
	return attention === null && standings.length > 0 && standings.every((standing) => PAID.includes(standing));
}

interface Judgement {
	state: ReturnState;
	nextStep: string;
	/** Why it needs attention. */
	code: ExceptionCode | null;
}

type Standing = Exclude<ReturnState, 'received' | 'closed' | 'rejected' | 'canceled' | 'needsAttention'>;

/** Where the parcel is: the states in which a unit is not yet looked at. */
const ON_THE_WAY: readonly Standing[] = ['requested', 'approved', 'inTransit', 'awaitingInspection'];
/** Pending goes before done: a return with two payments is done when both are. */
const PAID: readonly Standing[] = ['refunded', 'credited', 'exchanged'];
const OUTCOMES: readonly Standing[] = ['refundPending', 'creditPending', 'exchangePending', ...PAID];

function judge(rma: Rma, order: OrderSnapshot, now: Date): Judgement {
	if (rma.status === 'Rejected') return stateOf('rejected');
	if (rma.status === 'Canceled') return stateOf('canceled');
	const match = matchReturn(order, rma, null);
	const shopifyReturn = match.kind === 'found' ? match.return : null;
	const { standings, hasArrived, attention } = standingsOf(rma, order, shopifyReturn, now);
	if (attention !== null) return needsAttention(attention);
	const outcome = OUTCOMES.find((candidate) => standings.includes(candidate));
	if (rma.status === 'Done') return stateOf(outcome ?? 'closed');
	const onTheWay = standings.filter((standing) => ON_THE_WAY.includes(standing));
	if (outcome !== undefined && onTheWay.length === 0) return stateOf(outcome);
	if (shopifyReturn === null && wasEndedInShopify(rma, order)) return needsAttention('endedInShopifyOpenInReturnGo');
	if (standings.length === 0) return stateOf(byStatus(rma));
	return stateOf(onTheWay.length > 0 ? whereabouts(onTheWay, hasArrived) : 'inspected');
}

function stateOf(state: Exclude<ReturnState, 'needsAttention'>): Judgement {
	return { state, nextStep: NEXT_STEPS[state], code: null };
}

function needsAttention(code: ExceptionCode): Judgement {
	return { state: 'needsAttention', nextStep: EXCEPTIONS[code].nextStep, code };
}

/** Reasons of the evidence that a person has to deal with. */
const ATTENTION: ReadonlySet<ExceptionCode> = new Set(['refundFailed', 'creditUnclear', 'creditRecordMissing', 'refundRecordMissing', 'exchangeRecordMissing', 'returnGoRefundFailed']);
/** Those of them that our ledger and Shopify tell, whatever ReturnGO says. */
const ATTENTION_IN_SHOPIFY: ReadonlySet<ExceptionCode> = new Set(['refundFailed', 'creditRecordMissing', 'refundRecordMissing', 'exchangeRecordMissing']);

/** Where each unit stands, and why somebody has to look, if so. */
function standingsOf(rma: Rma, order: OrderSnapshot, shopifyReturn: OrderReturn | null, now: Date): { standings: Standing[]; hasArrived: boolean; attention: ExceptionCode | null } {
	const units = inspectUnits(rma, 'itemValidation');
	const question = { order, rma, shopifyReturn, settings: { acknowledgedRefundIds: [], afterFailedReturnGoRefund: 'stop' as const, inspectionSource: 'itemValidation' as const, providedInspections: [], requestedTransactionId: null }, now, claimant: null };
	const money = refundEvidence(question, units);
	const paid = new Set([...unitsOf(money.alreadyDone), ...money.adopted.flatMap(({ entry, trace }) => ('refund' in trace && moneyStanding(trace.refund) !== 'moved' ? [] : entry.unitIds))]);
	const pending = new Set([
		...unitsOf(money.waiting.filter(({ code }) => code === 'refundPending' || code === 'returnGoRefundRequested')),
		...money.adopted.flatMap(({ entry }) => entry.unitIds.filter((id) => !paid.has(id))),
	]);
	if (hasRefund(order, shopifyReturn, 'pending')) unitsOf(money.alreadyDone.filter(({ code }) => code === 'refundedInShopify')).forEach((id) => pending.add(id));
	const decided = new Set(unitsOf(restockEvidence(question, units).alreadyDone));
	const places = units.map((unit) => whereIs(rma, order, unit, decided));
	const standings = units.map((unit, index): Standing => {
		if (pending.has(unit.id)) return isCredit(rma, order, unit.id) ? 'creditPending' : 'refundPending';
		if (paid.has(unit.id) && wasExchanged(rma, order, unit.id)) return 'exchanged';
		if (paid.has(unit.id)) return isCredit(rma, order, unit.id) ? 'credited' : 'refunded';
		const place = places[index] ?? 'approved';
		return exchangeOf(rma, unit, place) ?? place;
	});
	const attention = money.blocked.find(({ code }) => ATTENTION.has(code))?.code ?? (hasRefund(order, shopifyReturn, 'failed') ? 'refundFailed' : null);
	return { standings, hasArrived: places.some((place) => place === 'awaitingInspection' || place === 'inspected'), attention };
}

function unitsOf(reasons: readonly Reason[]): string[] {
	return reasons.flatMap(({ unitIds }) => unitIds);
}

/** Whether a refund inside the return stands so. One without any transaction only records that no money was to move. */
function hasRefund(order: OrderSnapshot, shopifyReturn: OrderReturn | null, standing: 'pending' | 'failed'): boolean {
	return shopifyReturn !== null && order.refunds.some((refund) => refund.returnId === shopifyReturn.id && refund.transactions.length > 0 && moneyStanding(refund) === standing);
}

const CREDIT = /credit|gift/i;

/** Whether what was paid for the unit is store credit or a gift card: as our ledger says, or as ReturnGO's transactions do. */
function isCredit(rma: Rma, order: OrderSnapshot, unitId: string): boolean {
	const [entry] = entriesFor(order.ledger.ledger, rma.id, MONEY_ACTIONS, [unitId]);
	if (entry !== undefined) return entry.action !== 'refund';
	return rma.transactions.some((transaction) => CREDIT.test(transaction.type) && transaction.status !== 'Failed' && covers(transaction, unitId));
}

/** Whether our ledger says that exchange items were sent for the unit, and no money. */
function wasExchanged(rma: Rma, order: OrderSnapshot, unitId: string): boolean {
	return entriesFor(order.ledger.ledger, rma.id, MONEY_ACTIONS, [unitId]).some(isEvenExchange);
}

function covers({ unitIds }: RmaTransaction, unitId: string): boolean {
	return unitIds.length === 0 || unitIds.includes(unitId);
}

/** Where a unit is, before anything was paid for it. */
function whereIs(rma: Rma, order: OrderSnapshot, unit: InspectedUnit, decided: ReadonlySet<string>): Standing {
	const shipment = rma.shipments.find(({ id }) => id === unit.shipmentId);
	const wasSettled = order.ledger.ledger.entries.some((entry) => entry.rmaId === rma.id && entry.state === 'done' && !isMoneyAction(entry.action) && entry.unitIds.includes(unit.id));
	if (isInspected(unit.inspection) || wasSettled || decided.has(unit.id) || (shipment?.status ?? rma.status) === 'Validated') return 'inspected';
	if (unit.inspection.state === 'awaitingInspection') return 'awaitingInspection';
	if (shipment?.status === 'Shipped') return 'inTransit';
	return rma.status === 'Pending' ? 'requested' : 'approved';
}

/** An exchange is done when its order exists; it is pending when nothing but its release is missing. */
function exchangeOf(rma: Rma, unit: InspectedUnit, physical: Standing): Standing | null {
	const orders = rma.exchangeOrders.filter(({ type }) => type === 'Exchange');
	if (orders.length === 0 || !/exchange/i.test(unit.resolutionType ?? '')) return null;
	if (orders.every(({ orderId }) => orderId !== null)) return 'exchanged';
	return physical === 'inspected' ? 'exchangePending' : null;
}

/** The state of a return of which some units are not looked at yet. With several parcels, some may be here (`hasArrived`) and others not. */
function whereabouts(onTheWay: readonly Standing[], hasArrived: boolean): 'requested' | 'approved' | 'inTransit' | 'received' | 'awaitingInspection' {
	const missing = onTheWay.filter((standing) => standing !== 'awaitingInspection');
	if (missing.length === 0) return 'awaitingInspection';
	if (hasArrived) return 'received';
	if (missing.includes('inTransit')) return 'inTransit';
	return missing.includes('approved') ? 'approved' : 'requested';
}

/** For a request without units. */
function byStatus({ status, shipments }: Rma): 'requested' | 'approved' | 'inTransit' | 'awaitingInspection' | 'inspected' {
	if (status === 'Validated') return 'inspected';
	if (status === 'Received') return 'awaitingInspection';
	if (status === 'Pending') return 'requested';
	return shipments.some((shipment) => shipment.status === 'Shipped') ? 'inTransit' : 'approved';
}

function wasEndedInShopify({ shopifyReturnName }: Rma, order: OrderSnapshot): boolean {
	if (shopifyReturnName === null) return false;
	return order.returns.some(({ name, status }) => sameReturnName(name, shopifyReturnName) && (status === 'CANCELED' || status === 'DECLINED'));
}

/* ---------- what may follow what ---------- */

const RANKS: Record<ReturnState, number> = {
	requested: 0,
	approved: 1,
	inTransit: 2,
	received: 3,
	awaitingInspection: 4,
	inspected: 5,
	exchangePending: 6,
	creditPending: 6,
	refundPending: 6,
	exchanged: 7,
	credited: 7,
	refunded: 7,
	closed: 8,
	needsAttention: 9,
	rejected: 10,
	canceled: 10,
};

/** Whether Shopify alone shows more than the record, which was made with newer facts of ReturnGO. */
function mayOvertake(recorded: ReturnState, byShopify: Judgement): boolean {
	if (recorded === 'needsAttention' || recorded === 'rejected' || recorded === 'canceled') return false;
	if (byShopify.code !== null) return ATTENTION_IN_SHOPIFY.has(byShopify.code);
	return RANKS[recorded] <= RANKS.inspected && RANKS[byShopify.state] > RANKS[recorded];
}

function isStepBack(recorded: ReturnState, read: ReturnState): boolean {
	return recorded !== 'needsAttention' && RANKS[read] < RANKS[recorded];
}

/** ReturnGO cancels Shopify's return with the request and makes a new one when it is reopened. */
function isReopened(recorded: ReturnState, rma: Rma, order: OrderSnapshot): boolean {
	if (recorded !== 'closed' && recorded !== 'rejected' && recorded !== 'canceled') return false;
	const match = matchReturn(order, rma, null);
	return match.kind === 'found' && (match.return.status === 'OPEN' || match.return.status === 'REQUESTED');
}

/** The request without anything that moves on in ReturnGO. */
function withoutReturnGo(rma: Rma): Rma {
	const untouched = { validatedAt: null, validatedBy: null, isReturned: false, isRestockable: false, nonReturnedReason: null, nonRestockableReason: null, storeLocationId: null };
	return { ...rma, status: 'Pending', shipments: [], transactions: [], exchangeOrders: [], shopifyReturnName: null, units: rma.units.map((unit) => ({ ...unit, validation: untouched })) };
}

/** The parcel that is on its way, or the last one that has a page to look at. */
function trackingUrlOf({ shipments }: Rma): string | null {
	const tracked = shipments.filter(({ isOutbound, trackingUrl }) => !isOutbound && trackingUrl !== null);
	return (tracked.find(({ status }) => status === 'Shipped') ?? tracked.at(-1))?.trackingUrl ?? null;
}

function compareTimes(time: string | null, recorded: string | null): 'older' | 'newer' | 'unknown' {
	if (time === null || recorded === null || time === recorded) return 'unknown';
	return time < recorded ? 'older' : 'newer';
}

function laterOf(left: string | null, right: string | null): string | null {
	if (left === null || right === null) return left ?? right;
	return left > right ? left : right;
}

function seconds(time: string): string;
function seconds(time: string | null): string | null;
function seconds(time: string | null): string | null {
	const date = new Date(time ?? '');
	return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`;
}
