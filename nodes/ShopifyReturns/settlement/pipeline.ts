/**
 * Settlement: snapshot, plan, guard, claim, act, verify, record. Every refund and every disposition of this package goes through here,
 * whoever calls: two workers, two n8n instances, a webhook sent twice, an impatient person.
 *
 * A crash between any two steps leaves a state from which the next call finishes the work without doing anything twice:
 * before the claim nothing happened; after it the lease runs out and the order tells whether the act took place.
 */
import { earlier, moneyStanding, type MoneyStanding } from '../../../returns/evidence';
import { reason, type ExceptionCode, type Outcome, type Reason } from '../../../returns/exceptions';
import { isCreditOutsideOrder, isEvenExchange, isLeaseLive, isMoneyAction, UnreadableLedger, withEntry, type LedgerEntry } from '../../../returns/ledger';
import { add, compare, formatMoney, isPositive, moneyOf, subtract, sum, type Money } from '../../../returns/money';
import type { OrderRefund, OrderSnapshot, SuggestedOutcome } from '../../../returns/order';
import { findAct, findDispositions, findRefund, type ActTrace } from '../../../returns/readback';
import { allocateToTenders, ceilingBreaches, compareWithSuggested, legsFor, legsFromSuggested, type RefundValue, type TenderPolicy } from '../../../returns/refund';
import { cancelLocation, namedLocations } from '../../../returns/location';
import type { Rma } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { isMoneySettled } from '../../../returns/status';
import type { StockAct } from '../../../returns/stock';
import { judgeExpected, judgeRun, planSettlement, refusedValue, type RefundAct, type RestockAct, type SettlementPlan } from '../../../returns/settlement';
import { LONGEST_REQUEST_MS, ShopifyRequestError, type ShopifyClient } from '../api/client';
import { failureInWords } from '../api/refusal';
import { codeOf } from '../outcome';
import { disposeUnits, isOneCall, processReturn, refundOrder, type ActAnswer, type ActOptions, type Payment } from './acts';
import { attempt } from './attempt';
import { readBundles } from './bundles';
import { needsCharges, sameRefunds, withCharges } from './charges';
import { claimUnits, entriesOf, recordEntries, releaseClaim, stateAmount, type WonClaim } from './claims';
import { byShopifysClock } from './clock';
import { createGiftCard, creditAccount, makesGiftCardsInAnyCurrency, sendGiftCard, withCredit, type CreditChoices } from './credits';
import { creditReport, type CreditReport } from './creditReport';
import { OrderChanged, readSnapshot, readWhole } from './snapshot';
import { adjustStock, stockReport, type StockReport } from './stock';

export interface SettlementRequest {
	rma: Rma;
	settings: SettlementSettings;
	/** Seconds that a claim lasts; longer than any request can live. */
	leaseSeconds: number;
	tenderPolicy: TenderPolicy;
	notifyCustomer: boolean;
	/** Null for settlements that issue neither store credit nor a gift card. */
	credit: CreditChoices | null;
	/** Plans and judges everything, and writes nothing. */
	isDryRun: boolean;
	/** What this execution has paid so far, in minor units by currency; the settlement adds to it. */
	paidInRun: Map<string, number>;
	/** `cancellation`: only the units that were never shipped; absent: everything. */
	part?: 'all' | 'cancellation';
}

/** What the pipeline needs of the world besides Shopify. */
export interface Surroundings {
	now(): Date;
	sleep(milliseconds: number): Promise<void>;
	/** A fresh random token for each call. */
	token(): string;
}

export interface RefundReport {
	id: string;
	amount: string;
	currency: string;
	/** True only when every transaction of the refund says SUCCESS. */
	moneyMoved: boolean;
	status: MoneyStanding;
	transactions: Array<{ id: string; gateway: string; amount: string; status: string; parentId: string | null }>;
	unitIds: string[];
}

/** An exchange that left nothing to be paid: the units and the exchange items are processed, and there is no refund. */
export interface ExchangeReport {
	returnId: string;
	items: Array<{ id: string; quantity: number }>;
	unitIds: string[];
}

export interface RestockReport {
	dispositions: Array<{ lineItemId: string; type: string; quantity: number; locationId: string | null; ids: string[] }>;
	unitIds: string[];
}

export interface DoneReport {
	refund: RefundReport | null;
	/** The refund of units that were never shipped. */
	cancellation: RefundReport | null;
	exchange: ExchangeReport | null;
	restock: RestockReport | null;
	stock: StockReport | null;
	credit: CreditReport | null;
}

/** What one call came to. Units may have gone different ways, so the reasons of every outcome are kept apart. */
export interface SettlementReport {
	rmaId: string;
	orderId: string | null;
	orderName: string;
	/** Units that the RMA has in all. */
	unitCount: number;
	/** Whether every unit of the RMA is paid, credited or exchanged, whoever did it and whatever this call was asked for. */
	moneyIsSettled: boolean;
	shopifyReturn: { id: string; name: string; status: string } | null;
	planHash: string | null;
	/** Units that this call settled, or recorded after an earlier run died. */
	done: DoneReport;
	/** What a dry run would have done; absent in a real run. */
	planned?: PlannedActs;
	/** What there is to say of settled units. */
	notes: Reason[];
	reasons: Record<Exclude<Outcome, 'done'>, Reason[]>;
	/** When it is worth running again; null when only an event or a person can change anything. */
	retryAt: string | null;
}

export interface PlannedRefund {
	value: RefundValue;
	unitIds: string[];
	payout: RefundAct['payout'];
	route: RefundAct['route'];
	amount: string;
	currency: string;
}

/** What would be done. */
export interface PlannedActs {
	refund: PlannedRefund | null;
	/** Of units that were never shipped; valued after the refund. */
	cancellation: PlannedRefund | null;
	restock: { dispositions: RestockAct['dispositions']; unitIds: string[] } | null;
	stock: Array<Pick<StockAct, 'state' | 'changes' | 'bundles' | 'unitIds'>>;
}

/** What a dry run shows. */
export type SettlementPreview = SettlementReport & PlannedActs;

const NOTHING_DONE: DoneReport = { refund: null, cancellation: null, exchange: null, restock: null, stock: null, credit: null };

/** How often a lost race is run again; every loss means that somebody else got something done. */
const RACES = 12;
/** When a service that did not answer is worth asking again. */
const RETRY_AFTER_MS = 60_000;
/** How often an order is read again that changes between the parts of one reading. */
const READINGS = 3;
const READ_BACK_WAITS_MS = [500, 1500, 4000];

/** Plans without writing anything: one request. */
export async function previewSettlement(client: ShopifyClient, request: SettlementRequest, world: Surroundings): Promise<SettlementPreview> {
	const { rma } = request;
	const surroundings = byShopifysClock(client, world);
	const read = await readOrder(client, request);
	if ('code' in read) return { ...emptyReport(rma, [read]), refund: null, cancellation: null, restock: null, stock: [] };
	const plan = planFor(client, request, read, surroundings, null);
	return {
		...reportOf(plan, read, rma, surroundings),
		refund: plannedRefund(plan.refund),
		cancellation: plannedRefund(plan.cancellation),
		restock: plan.restock && { dispositions: plan.restock.dispositions, unitIds: plan.restock.unitIds },
		stock: plan.stock.map(({ state, changes, bundles, unitIds }) => ({ state, changes, bundles, unitIds })),
	};
}

function plannedRefund(act: RefundAct | null): PlannedRefund | null {
	if (act === null) return null;
	const { value, unitIds, payout, route } = act;
	const total = value.total.presentment;
	return { value, unitIds, payout, route, amount: formatMoney(total), currency: total.currency };
}

/**
 * Settles what can be settled now. Four requests to Shopify when nothing stands in the way: snapshot, claim, act, record.
 * @throws ShopifyRequestError when Shopify could not be asked at all; nothing was done then.
 */
export async function settle(client: ShopifyClient, request: SettlementRequest, world: Surroundings): Promise<SettlementReport> {
	if (request.isDryRun) return await rehearse(client, request, world);
	const surroundings = byShopifysClock(client, world);
	const { report, rest } = await settlePart(client, request, surroundings);
	if (rest === null) return report;
	const second = await attempt(async () => await settlePart(client, { ...request, ...rest.request }, surroundings), ShopifyRequestError);
	if (second.ok) return together(report, second.value.report);
	// What the first pass did stands, and its report with it.
	refused(report, reason(codeOf(second.failure), `The units that were never shipped could not be cancelled: ${failureInWords(second.failure)}`, rest.unitIds), surroundings);
	return { ...report, moneyIsSettled: false };
}

interface PartReport {
	report: SettlementReport;
	/** What is left for a second pass: units that were never shipped, whose refund is planned anew when the first has been booked. */
	rest: { request: Pick<SettlementRequest, 'part' | 'settings'>; unitIds: string[] } | null;
}

async function settlePart(client: ShopifyClient, request: SettlementRequest, surroundings: Surroundings): Promise<PartReport> {
	const token = surroundings.token();
	for (let race = 0; race < RACES; race += 1) {
		const settled = await settleOnce(client, request, surroundings, token);
		if (settled !== 'lostRace') return settled;
		await surroundings.sleep(100 * 2 ** Math.min(race, 5) * (0.5 + fraction(token, race)));
	}
	const retryAt = new Date(surroundings.now().getTime() + 10_000).toISOString();
	const busy = reason('claimedElsewhere', `Other runs kept writing to the order ${request.rma.order.name}.`, request.rma.units.map((unit) => unit.id));
	return { report: { ...emptyReport(request.rma, []), reasons: { alreadyDone: [], waiting: [busy], blocked: [] }, retryAt }, rest: null };
}

/** Both passes as one report: the second knows what became of the cancelled units, the first of all others. */
function together(first: SettlementReport, second: SettlementReport): SettlementReport {
	const known = new Set([...second.reasons.alreadyDone, ...second.reasons.waiting, ...second.reasons.blocked].map(({ code, message }) => `${code} ${message}`));
	const done = new Set([...(first.done.refund?.unitIds ?? []), ...(first.done.exchange?.unitIds ?? []), ...(first.done.restock?.unitIds ?? [])]);
	const merged = (outcome: keyof SettlementReport['reasons']) => [
		...first.reasons[outcome].filter(({ code, message }) => !known.has(`${code} ${message}`)),
		// What the first pass did is no news of an earlier run.
		...second.reasons[outcome].filter(({ code, unitIds }) => !(ABOUT_RECORDED_REFUNDS.includes(code) && unitIds.every((id) => done.has(id)))),
	];
	const retryAt = second.retryAt === null ? first.retryAt : earlier(first.retryAt, second.retryAt);
	return {
		...first,
		done: { ...first.done, cancellation: second.done.cancellation ?? first.done.cancellation },
		moneyIsSettled: second.moneyIsSettled,
		notes: [...first.notes, ...second.notes],
		reasons: { alreadyDone: merged('alreadyDone'), waiting: merged('waiting'), blocked: merged('blocked') },
		retryAt,
	};
}

/** What the evidence says of refunds that the ledger knows. */
const ABOUT_RECORDED_REFUNDS: readonly ExceptionCode[] = ['settledBefore', 'refundPending', 'refundFailed', 'refundRecordMissing'];

/** The settlement as far as the plan; what it would do counts into the run, so that the limits of a run show too. */
async function rehearse(client: ShopifyClient, request: SettlementRequest, surroundings: Surroundings): Promise<SettlementReport> {
	const { refund, cancellation, restock, stock, ...report } = await previewSettlement(client, request, surroundings);
	const units = [...new Set([...(refund?.unitIds ?? []), ...(cancellation?.unitIds ?? []), ...(restock?.unitIds ?? []), ...stock.flatMap((act) => act.unitIds)])].sort();
	for (const payment of [refund, cancellation]) if (payment) countPayment(request, payment.value.total.presentment.minor, payment.currency);
	const acts = [...(refund ? [`pay ${refund.amount} ${refund.currency}`] : []), ...(cancellation ? [`cancel ${cancellation.unitIds.length} units and pay ${cancellation.amount} ${cancellation.currency}`] : []), ...(restock ? [`decide on the stock of ${restock.unitIds.length} units`] : []), ...(stock.length > 0 ? ['change stock figures'] : [])];
	if (acts.length > 0) report.reasons.waiting.push(reason('dryRun', `A real run would ${acts.join(' and ')}.`, units));
	return { ...report, planned: { refund, cancellation, restock, stock } };
}

function planFor(client: ShopifyClient, request: SettlementRequest, order: OrderSnapshot, surroundings: Surroundings, claimant: string | null): SettlementPlan {
	const { rma, settings, paidInRun, part } = request;
	return planSettlement({ shopDomain: client.shopDomain, order, rma, settings, now: surroundings.now(), claimant, paidInRun, ...(part === undefined ? {} : { part }), giftCardsInAnyCurrency: makesGiftCardsInAnyCurrency(client.apiVersion) });
}

function countPayment({ paidInRun }: SettlementRequest, minor: number, currency: string): void {
	paidInRun.set(currency, (paidInRun.get(currency) ?? 0) + minor);
}

async function settleOnce(client: ShopifyClient, request: SettlementRequest, surroundings: Surroundings, token: string): Promise<PartReport | 'lostRace'> {
	const order = await readOrder(client, request);
	if ('code' in order) return { report: emptyReport(request.rma, [order]), rest: null };
	const whole = planFor(client, request, order, surroundings, token);
	const { plan, rest } = firstPart(whole, request);
	const report = await settlePlanned(client, { request, plan, order, surroundings, token, planHash: whole.planHash });
	return report === 'lostRace' ? report : { report, rest };
}

/**
 * The part of a plan that one pass settles. A return cannot hold units that were never shipped, so they need a refund of their own, and that one is
 * worth what the first leaves of its lines: it follows in a second pass, which may cost exactly what this plan says where the caller has an expectation.
 */
function firstPart(whole: SettlementPlan, { settings }: SettlementRequest): { plan: SettlementPlan; rest: PartReport['rest'] } {
	const { cancellation } = whole;
	if (cancellation === null) return { plan: whole, rest: null };
	if (whole.refund === null && whole.restock === null && whole.stock.length === 0) return { plan: { ...whole, refund: cancellation, cancellation: null }, rest: null };
	const isExpected = settings.expectedAmount !== null || settings.expectedPlanHash !== null;
	const expectedAmount = isExpected ? formatMoney(cancellation.value.total.presentment) : null;
	return { plan: { ...whole }, rest: { request: { part: 'cancellation', settings: { ...settings, expectedAmount, expectedPlanHash: null } }, unitIds: cancellation.unitIds } };
}

interface Planned {
	request: SettlementRequest;
	/** The part that is settled now. */
	plan: SettlementPlan;
	order: OrderSnapshot;
	surroundings: Surroundings;
	token: string;
	/** Of the whole plan. */
	planHash: string;
}

async function settlePlanned(client: ShopifyClient, { request, plan, order, surroundings, token, planHash }: Planned): Promise<SettlementReport | 'lostRace'> {
	const { rma, settings } = request;
	const report = reportOf(plan, order, rma, surroundings);
	const overdue = [...adoptedEntries(plan, surroundings), ...refreshedEntries(order, rma.id, settings)];
	if (plan.refund === null && plan.restock === null && plan.stock.length === 0) {
		if (overdue.length === 0) {
			await dropDeadClaims(client, order, plan, surroundings);
			return report;
		}
		return await record(client, order, overdue, report, request, surroundings);
	}
	// Recorded together with what is done now; the report's own figures are about the latter.
	for (const { entry } of plan.adopted) report.reasons.alreadyDone.push(reason('settledBefore', `A run that ended early had done the ${entry.action}; it is recorded now.`, entry.unitIds));

	const entries = entriesOf(plan, order, { token, now: surroundings.now(), leaseSeconds: request.leaseSeconds, creditExpiresAt: request.credit?.expiresAt ?? null });
	const claimed = await claimUnits(client, order, plan, entries);
	if (claimed.kind === 'lost') return 'lostRace';
	if (claimed.kind === 'refused') return block(report, 'refusedByShopify', `The claim was refused: ${claimed.message}`, entries.flatMap((entry) => entry.unitIds));
	let { claim } = claimed;

	const resumed = plan.stock.flatMap((act) => act.resumes ?? []);
	const held = claim.ledger;
	const read = await attempt(async () => await readWhole(client, claim.state), ShopifyRequestError);
	if (!read.ok || read.value === null) {
		await attempt(async () => await releaseClaim(client, order.id, held, entries, resumed), ShopifyRequestError);
		if (!read.ok) throw read.failure;
		return 'lostRace';
	}
	const state = read.value;
	const underClaim: OrderSnapshot = { ...order, ...state, refunds: withKnownDuties(state.refunds, order.refunds), ledger: claim.ledger };
	const chargesAreStale = needsCharges(settings) && !sameRefunds(order.refunds, state.refunds);
	if (chargesAreStale || planFor(client, request, underClaim, surroundings, token).planHash !== planHash) {
		await releaseClaim(client, order.id, claim.ledger, entries, resumed);
		return 'lostRace';
	}
	const money = plan.refund ? await judgeMoney(plan, plan.refund, underClaim, claim.suggested, request) : null;
	// Items of one execution run side by side, so the limit of the run is asked once more, and taken up, right before the act.
	const stop = money === null ? null : 'code' in money ? money : judgeRun(money.amount, settings, request.paidInRun, plan.refund?.unitIds ?? []);
	if (stop !== null || (money !== null && 'code' in money)) {
		await releaseClaim(client, order.id, claim.ledger, entries, resumed);
		if (stop !== null) report.reasons.blocked.push(stop);
		return report;
	}
	if (money !== null && plan.refund !== null && plan.refund.exchangeLines.length > 0) {
		const index = entries.findIndex((entry) => entry.key === plan.refund?.key);
		const entry = entries[index];
		if (entry === undefined) return 'lostRace';
		const stated = await stateAmount(client, order.id, claim, entry, money.amount);
		if (stated.kind === 'lost') return 'lostRace';
		if (stated.kind === 'refused') {
			await releaseClaim(client, order.id, claim.ledger, entries, resumed);
			return block(report, 'refusedByShopify', `The claim was refused: ${stated.message}`, entry.unitIds);
		}
		({ claim } = stated);
		entries.splice(index, 1, stated.entry);
	}
	if (money !== null) countPayment(request, money.amount.minor, money.amount.currency);
	return await act(client, { request, plan, order: underClaim, claim, entries, payment: money, overdue, report, surroundings });
}

/**
 * Takes out refund claims whose run ended before its act and whose units somebody else has paid since: no later run would take them over, and
 * the order would show them for ever. Credits outside the order are left alone, because the order itself shows nothing of them.
 */
async function dropDeadClaims(client: ShopifyClient, order: OrderSnapshot, plan: SettlementPlan, surroundings: Surroundings): Promise<void> {
	const settled = new Set(plan.alreadyDone.flatMap((known) => known.unitIds));
	const isDead = (entry: LedgerEntry) =>
		entry.rmaId === plan.rmaId && entry.state === 'claimed' && isMoneyAction(entry.action) && !isCreditOutsideOrder(entry) && !isLeaseLive(entry, surroundings.now()) && findAct(order, entry) === null && entry.unitIds.every((id) => settled.has(id));
	const dead = order.ledger.ledger.entries.filter(isDead);
	// Tidying only: where it does not succeed, the next run tries again.
	if (dead.length > 0) await attempt(async () => await releaseClaim(client, order.id, order.ledger, dead), ShopifyRequestError);
}

/** Nothing is sent under a claim that could still be under way when the claim has run out and somebody else takes over. */
function boundedBy(client: ShopifyClient, entries: readonly LedgerEntry[], surroundings: Surroundings): ShopifyClient {
	const ends = Math.min(...entries.map((entry) => new Date(entry.leaseUntil).getTime())) - LONGEST_REQUEST_MS;
	return {
		shopDomain: client.shopDomain,
		apiVersion: client.apiVersion,
		usage: client.usage,
		serverNow: () => client.serverNow(),
		request: async (document, variables, safety) => await client.request(document, variables, safety, safety === 'read' ? undefined : ends - surroundings.now().getTime()),
	};
}

interface Undertaking {
	request: SettlementRequest;
	plan: SettlementPlan;
	order: OrderSnapshot;
	claim: WonClaim;
	entries: LedgerEntry[];
	/** Null when no money is to move. */
	payment: Payment | null;
	overdue: LedgerEntry[];
	report: SettlementReport;
	surroundings: Surroundings;
}

async function act(client: ShopifyClient, undertaking: Undertaking): Promise<SettlementReport> {
	const { request, plan, entries, payment, overdue, report, surroundings, claim } = undertaking;
	const options: ActOptions = { rmaId: plan.rmaId, notifyCustomer: request.notifyCustomer, creditExpiresAt: request.credit?.expiresAt ?? null };
	const acting = boundedBy(client, entries, surroundings);
	let order = undertaking.order;
	const finished: LedgerEntry[] = [...overdue];
	const abandoned: LedgerEntry[] = [];

	const conclude = async (sent: Promise<ActAnswer>, concerned: LedgerEntry[]): Promise<void> => {
		const { seen, results } = await verify(client, await sent, order, concerned, request, surroundings);
		order = seen;
		for (const { entry, result } of results) {
			// Only money that is certainly not out leaves the run's sum: many lost answers must not lead beyond its limit.
			if (payment && isMoneyAction(entry.action) && result.kind === 'refused') countPayment(request, -payment.amount.minor, payment.amount.currency);
			if (result.kind === 'done') finished.push(finish(entry, result.trace, surroundings));
			else if (result.kind === 'unseen') finished.push(finish(entry, null, surroundings));
			else if (result.kind === 'refused') {
				abandoned.push(entry);
				refused(report, result.reason, surroundings);
			} else {
				report.reasons.waiting.push(reason('answerUnknown', `${result.message} The order does not show the ${entry.action} so far.`, entry.unitIds));
				report.retryAt = earlier(report.retryAt, entry.leaseUntil);
			}
		}
	};

	if (plan.refund && payment && isOneCall(plan)) {
		await conclude(processReturn(acting, plan.refund, payment, plan.restock, options), entries.filter((entry) => entry.action !== 'components'));
	} else {
		if (plan.refund && payment) {
			const claimed = entries.filter((entry) => isMoneyAction(entry.action));
			await conclude(pay(acting, order, plan.refund, payment, options, request, claimed[0]?.credit?.expiresAt ?? null), claimed);
		}
		for (const parcel of plan.restock?.parcels ?? []) await conclude(disposeUnits(acting, order, parcel), entries.filter((entry) => entry.key === parcel.key));
	}

	for (const stock of plan.stock) {
		const entry = entries.find((candidate) => candidate.key === stock.key);
		if (entry === undefined) continue;
		// The components follow the disposition: where that one did not take place, somebody else may have decided on the units.
		const isUndecided = plan.restock?.parcels.some(({ key, unitIds }) => unitIds.some((id) => stock.unitIds.includes(id)) && !finished.some((done) => done.key === key)) === true;
		if (isUndecided && stock.resumes === null) {
			abandoned.push(entry);
			report.reasons.waiting.push(reason('answerUnknown', 'Stock figures wait until it is known what became of the disposition of the same units.', entry.unitIds));
			continue;
		}
		const verdict = await adjustStock(acting, plan.rmaId, stock);
		if (verdict.kind === 'done') finished.push({ ...finish(entry, null, surroundings), ...(entry.stock ? { stock: { ...entry.stock, groupId: verdict.groupId } } : {}) });
		else if (verdict.kind === 'unknown') {
			report.reasons.waiting.push(reason('answerUnknown', `${verdict.message} Nobody can tell yet whether stock was changed.`, entry.unitIds));
			report.retryAt = earlier(report.retryAt, entry.leaseUntil);
		} else {
			refused(report, verdict.reason, surroundings);
			if (verdict.kind === 'refused') abandoned.push(entry);
		}
	}

	if (finished.length > 0) {
		const ledger = abandoned.reduce((rest, entry) => ({ ...rest, entries: rest.entries.filter((other) => other.key !== entry.key) }), claim.ledger.ledger);
		const settled = await record(client, { ...order, ledger: { ledger, compareDigest: claim.ledger.compareDigest } }, finished, report, request, surroundings, plan.stock);
		return await withNotification(client, settled, request);
	}
	if (abandoned.length > 0) await releaseClaim(client, order.id, claim.ledger, abandoned);
	return report;
}

/** What was not done. A service that was only busy is asked again by the next run; the rest needs somebody. */
function refused(report: SettlementReport, why: Reason, surroundings: Surroundings): void {
	if (why.code !== 'serviceUnavailable') {
		report.reasons.blocked.push(why);
		return;
	}
	report.reasons.waiting.push(why);
	report.retryAt = earlier(report.retryAt, new Date(surroundings.now().getTime() + RETRY_AFTER_MS).toISOString());
}

async function pay(client: ShopifyClient, order: OrderSnapshot, refund: RefundAct, payment: Payment, options: ActOptions, { credit }: SettlementRequest, creditExpiresAt: string | null): Promise<ActAnswer> {
	if (refund.payout === 'account' && credit) return await creditAccount(client, order, payment.amount, { ...credit, expiresAt: creditExpiresAt });
	if (refund.payout === 'giftCard' && credit) return await createGiftCard(client, order, refund, payment.amount, options.rmaId, credit);
	return refund.route === 'returnProcess' ? await processReturn(client, refund, payment, null, options) : await refundOrder(client, order, refund, payment, options);
}

/** The mail about a new gift card. It comes after the record: a card that is not announced is still a card. */
async function withNotification(client: ShopifyClient, report: SettlementReport, { credit: choices }: SettlementRequest): Promise<SettlementReport> {
	const { credit } = report.done;
	if (credit?.kind !== 'giftCard' || !choices?.notifyCustomer) return report;
	const answer = await sendGiftCard(client, credit.id, choices);
	if (answer.kind === 'accepted') return { ...report, done: { ...report.done, credit: { ...credit, isSent: true } } };
	report.reasons.waiting.push(reason('giftCardNotSent', `Shopify did not confirm the message about the gift card: ${answer.message}`, credit.unitIds));
	return report;
}

type Verdict =
	| { kind: 'done'; trace: ActTrace }
	/** Shopify accepted it, and the order does not show it: a person has to look, and nobody may do it again. */
	| { kind: 'unseen' }
	| { kind: 'refused'; reason: Reason }
	| { kind: 'unknown'; message: string };

/** Step 6: what the order shows is what counts, whatever the answer was. */
async function verify(client: ShopifyClient, answer: ActAnswer, order: OrderSnapshot, entries: readonly LedgerEntry[], request: SettlementRequest, surroundings: Surroundings): Promise<{ seen: OrderSnapshot; results: Array<{ entry: LedgerEntry; result: Verdict }> }> {
	let seen = answer.kind === 'accepted' ? { ...order, ...answer.state } : order;
	let traces = entries.map((entry) => ({ entry, trace: findAct(seen, entry) }));
	// A refusal may be the answer to an earlier request of ours that had landed after all: one look settles that.
	const waits = answer.kind === 'refused' ? READ_BACK_WAITS_MS.slice(0, 1) : READ_BACK_WAITS_MS;
	for (const wait of waits) {
		if (traces.every(({ trace }) => trace !== null)) break;
		if (answer.kind !== 'refused') await surroundings.sleep(wait);
		const fresh = await readAgain(client, request.rma);
		if (fresh === null) continue;
		seen = { ...fresh, lines: seen.lines };
		traces = entries.map((entry) => ({ entry, trace: findAct(seen, entry) }));
	}
	return { seen, results: traces.map(({ entry, trace }) => ({ entry, result: verdict(answer, entry, trace) })) };
}

function verdict(answer: ActAnswer, entry: LedgerEntry, trace: ActTrace | null): Verdict {
	if (trace !== null) return { kind: 'done', trace };
	if (answer.kind === 'accepted') return { kind: 'unseen' };
	if (answer.kind === 'refused') return { kind: 'refused', reason: refusalReason(answer, entry) };
	return { kind: 'unknown', message: answer.message };
}

function refusalReason(answer: Extract<ActAnswer, { kind: 'refused' }>, entry: LedgerEntry): Reason {
	const text = answer.message;
	if (answer.cause !== 'userErrors') return reason(codeOf(answer.cause), text, entry.unitIds);
	if (/same idempotency key cannot be used with different/i.test(text)) return reason('idempotencyMismatch', text, entry.unitIds);
	return reason('refusedByShopify', `Shopify refused the ${entry.action}: ${text}`, entry.unitIds);
}

async function readAgain(client: ShopifyClient, rma: Rma): Promise<OrderSnapshot | null> {
	// Where nobody can read, the act's outcome stays open: the claim keeps others away until somebody can.
	const read = await attempt(async () => await readOrder(client, { rma, settings: null }), ShopifyRequestError);
	return read.ok && !('code' in read.value) ? read.value : null;
}

function finish(entry: LedgerEntry, trace: ActTrace | null, surroundings: Surroundings): LedgerEntry {
	const done: LedgerEntry = { ...entry, state: 'done', doneAt: surroundings.now().toISOString(), refundsBefore: [] };
	if (trace === null) return done;
	if ('credit' in trace) return { ...done, credit: { ...entry.credit, customerId: entry.credit?.customerId ?? '', idsBefore: [], id: trace.credit.id, lastCharacters: trace.credit.lastCharacters } };
	if ('refund' in trace) return { ...done, refundId: trace.refund.id, transactions: transactionRecords(trace.refund) };
	if ('exchange' in trace) return done;
	return { ...done, dispositions: entry.dispositions.map((disposition, index) => ({ ...disposition, idsBefore: [], ids: trace.dispositionIds[index] ?? [] })) };
}

function transactionRecords(refund: OrderRefund): LedgerEntry['transactions'] {
	return refund.transactions.map(({ id, status, amount }) => ({ id, status, amount: formatMoney(amount.presentment) }));
}

/** Acts of runs that died before they could record them. */
function adoptedEntries(plan: SettlementPlan, surroundings: Surroundings): LedgerEntry[] {
	return plan.adopted.map(({ entry, trace }) => finish(entry, trace, surroundings));
}

/** Recorded refunds whose transactions have moved on since. */
function refreshedEntries(order: OrderSnapshot, rmaId: string, settings: SettlementSettings): LedgerEntry[] {
	if (!settings.actions.some(isMoneyAction)) return [];
	return order.ledger.ledger.entries.flatMap((entry) => {
		if (entry.rmaId !== rmaId || !isMoneyAction(entry.action) || entry.state !== 'done') return [];
		const refund = order.refunds.find((candidate) => candidate.id === entry.refundId);
		if (refund === undefined) return [];
		const transactions = transactionRecords(refund);
		return sameStatuses(entry.transactions, transactions) ? [] : [{ ...entry, transactions }];
	});
}

function sameStatuses(left: LedgerEntry['transactions'], right: LedgerEntry['transactions']): boolean {
	return left.length === right.length && right.every((transaction) => left.some((known) => known.id === transaction.id && known.status === transaction.status));
}

/** Step 7. The act stands whatever happens here: a record that could not be written is made up for by the next run. */
async function record(client: ShopifyClient, order: OrderSnapshot, entries: LedgerEntry[], report: SettlementReport, request: SettlementRequest, surroundings: Surroundings, stock: readonly StockAct[] = []): Promise<SettlementReport> {
	const recorded: OrderSnapshot = { ...order, ledger: { ...order.ledger, ledger: entries.reduce(withEntry, order.ledger.ledger) } };
	const moneyIsSettled = isMoneySettled(request.rma, recorded, surroundings.now());
	const settled = withEntries(client, { ...report, moneyIsSettled }, order, entries, request, stock);
	let current = order;
	for (let race = 0; race < RACES; race += 1) {
		const base = current;
		const sent = await attempt(async () => await recordEntries(client, base, request.rma, entries, surroundings.now()), ShopifyRequestError);
		const written = sent.ok ? sent.value : { kind: 'refused' as const, message: failureInWords(sent.failure) };
		if (written.kind === 'recorded') return settled;
		if (written.kind === 'refused') return notRecorded(settled, `Shopify did not take the record of it: ${written.message}`, entries, surroundings);
		await surroundings.sleep(50 * 2 ** Math.min(race, 5));
		const fresh = await attempt(async () => await readSnapshot(client, order.id, []), Error);
		if (!fresh.ok && fresh.failure instanceof OrderChanged) continue;
		if (!fresh.ok || fresh.value === null) return notRecorded(settled, `the order could not be read again for the record of it: ${fresh.ok ? 'Shopify does not show it.' : fresh.failure.message}`, entries, surroundings);
		current = { ...fresh.value, lines: current.lines };
	}
	return notRecorded(settled, 'other runs kept writing to the order, so that there is no record of it.', entries, surroundings);
}

/** Nothing is lost: the claim is still there, and whoever reads the order next finds the act by it. */
function notRecorded(settled: SettlementReport, why: string, entries: readonly LedgerEntry[], surroundings: Surroundings): SettlementReport {
	settled.reasons.waiting.push(reason('serviceUnavailable', `It was done, and ${why} The next run records it.`, entries.flatMap((entry) => entry.unitIds)));
	settled.retryAt = earlier(settled.retryAt, new Date(surroundings.now().getTime() + RETRY_AFTER_MS).toISOString());
	return settled;
}

function withEntries(client: ShopifyClient, report: SettlementReport, order: OrderSnapshot, entries: readonly LedgerEntry[], request: SettlementRequest, stock: readonly StockAct[]): SettlementReport {
	// What this run did itself stands after what it only makes up for.
	const refunds = entries.filter((entry) => isMoneyAction(entry.action) && !isCreditOutsideOrder(entry) && !isEvenExchange(entry));
	const creditEntry = entries.findLast(isCreditOutsideOrder);
	const restockEntry = entries.findLast((entry) => entry.action === 'restock');
	const parcels = entries.filter((entry) => entry.action === 'restock' && entry.claimant === restockEntry?.claimant);
	const { reasons } = report;
	const refund = withRefund(reasons, order, refunds.findLast((entry) => entry.cancellations === undefined));
	const cancellation = withRefund(reasons, order, refunds.findLast((entry) => entry.cancellations !== undefined));
	const exchange = withExchange(reasons, order, entries.findLast(isEvenExchange));
	const restock = parcels.length > 0 ? restockReport(parcels, order) : null;
	const credit = creditEntry ? creditReport(creditEntry, order, client.shopDomain, request.credit) : null;
	if (creditEntry) reasons.blocked.push(...(credit?.reasons ?? [reason('creditRecordMissing', 'Shopify accepted the credit, and does not show it.', creditEntry.unitIds)]));
	return { ...report, reasons, done: { refund, cancellation, exchange, restock, stock: stockReport(entries, stock), credit: credit?.report ?? null } };
}

/** The report of a refund, with what there is to say of it among the reasons; null without one. */
function withRefund(reasons: SettlementReport['reasons'], order: OrderSnapshot, entry: LedgerEntry | undefined): RefundReport | null {
	if (entry === undefined) return null;
	const made = order.refunds.find((candidate) => candidate.id === entry.refundId) ?? findRefund(order, entry);
	dropOutdated(reasons, entry);
	if (made === null) {
		reasons.blocked.push(reason('refundRecordMissing', 'Shopify accepted the refund, and the order does not show it.', entry.unitIds));
		return null;
	}
	const refund = refundReport(made, entry, order);
	const figure = `${refund.amount} ${refund.currency}`;
	if (refund.status === 'pending') reasons.waiting.push(reason('refundPending', `The refund of ${figure} has been made, and its transaction is still pending.`, refund.unitIds));
	if (refund.status === 'failed') reasons.blocked.push(reason('refundFailed', `The refund of ${figure} was made, and its transaction did not succeed.`, refund.unitIds));
	if (refund.status === 'moved' && entry.amount !== null && refund.amount !== entry.amount) {
		reasons.blocked.push(reason('valueMismatch', `${figure} were paid, and ${entry.amount} were planned.`, refund.unitIds));
	}
	return refund;
}

function withExchange(reasons: SettlementReport['reasons'], order: OrderSnapshot, entry: LedgerEntry | undefined): ExchangeReport | null {
	if (entry === undefined) return null;
	dropOutdated(reasons, entry);
	if (findAct(order, entry) === null) {
		reasons.blocked.push(reason('exchangeRecordMissing', 'Shopify accepted the exchange, and the return does not show it as processed.', entry.unitIds));
		return null;
	}
	return { returnId: entry.returnId ?? '', items: entry.exchange?.items ?? [], unitIds: entry.unitIds };
}

/** What the evidence said of this payment before is out of date. */
function dropOutdated(reasons: SettlementReport['reasons'], entry: LedgerEntry): void {
	for (const outcome of ['alreadyDone', 'waiting', 'blocked'] as const) {
		reasons[outcome] = reasons[outcome].filter((known) => !(['settledBefore', 'refundPending', 'refundFailed'].includes(known.code) && sameUnits(known.unitIds, entry.unitIds)));
	}
}

function refundReport(refund: OrderRefund, entry: LedgerEntry, order: OrderSnapshot): RefundReport {
	const paying = refund.transactions.filter((transaction) => transaction.kind === 'REFUND');
	const status = moneyStanding(refund);
	return {
		id: refund.id,
		amount: formatMoney(sum(paying.map((transaction) => transaction.amount.presentment), order.presentmentCurrency)),
		currency: order.presentmentCurrency,
		moneyMoved: status === 'moved',
		status,
		transactions: paying.map(({ id, gateway, amount, status: state, parentId }) => ({ id, gateway, amount: formatMoney(amount.presentment), status: state, parentId })),
		unitIds: entry.unitIds,
	};
}

/** What one run decided, parcel by parcel. */
function restockReport(parcels: readonly LedgerEntry[], order: OrderSnapshot): RestockReport {
	const lineOf = new Map(order.returns.flatMap((candidate) => candidate.reverseLines).map((line) => [line.id, line.lineItemId ?? '']));
	const dispositions = parcels.flatMap((entry) => {
		const ids = findDispositions(order, entry);
		return entry.dispositions.map(({ reverseLineId, type, quantity, locationId, ids: recorded }, index) => ({
			lineItemId: lineOf.get(reverseLineId) ?? '',
			type,
			quantity,
			locationId,
			ids: recorded.length > 0 ? recorded : (ids?.[index] ?? []),
		}));
	});
	return { dispositions, unitIds: parcels.flatMap((entry) => entry.unitIds).sort() };
}

/** Shopify's own figure under the claim, and the tenders that carry the refund; a reason when either does not agree with the plan. */
async function judgeMoney(plan: SettlementPlan, refund: RefundAct, order: OrderSnapshot, suggested: SuggestedOutcome | null, request: SettlementRequest): Promise<Payment | Reason> {
	if (refund.exchangeLines.length > 0) return await judgeExchange(plan, refund, order, suggested, request);
	const { value, shopifyValue, unitIds } = refund;
	const total = value.total.presentment;
	if (suggested === null || suggested.kind === 'none') return reason('valueMismatch', `The order says ${formatMoney(total)} ${total.currency}, and Shopify suggests no refund for these units.`, unitIds);
	const judged = await attempt(() => {
		const comparison = compareWithSuggested(shopifyValue, suggested);
		if (!comparison.equal) {
			const { ours, theirs } = comparison;
			return reason('valueMismatch', `The order says ${formatMoney(ours.amount)} ${ours.amount.currency} (${ours.outcome}), and Shopify says ${formatMoney(theirs.amount)} ${theirs.amount.currency} (${theirs.outcome}).`, unitIds);
		}
		return paymentFor(refund, total, order, suggested, request.tenderPolicy);
	}, Error);
	return judged.ok ? judged.value : refusedValue(judged.failure, unitIds);
}

/** @throws RefundRefused, CurrencyMismatch */
function paymentFor({ value, unshown, unitIds, payout }: RefundAct, amount: Money, order: OrderSnapshot, suggested: SuggestedOutcome, policy: TenderPolicy): Payment | Reason {
	const legs = payout === 'tenders' ? legsFor(amount, legsFromSuggested(suggested, order)) : undefined;
	const left = subtract(order.netPayment.presentment, unshown);
	const received: OrderSnapshot = { ...order, netPayment: { ...order.netPayment, presentment: left } };
	const [breach] = ceilingBreaches(received, { ...value, total: { ...value.total, presentment: amount } }, legs === undefined ? {} : { legs });
	if (breach) return reason('tenderUnknown', `The refund needs ${breach.asked}, and the order’s payments have ${breach.allowed} left.`, unitIds);
	if (legs === undefined) return { amount, tenders: [] };
	const tenders = allocateToTenders(amount, legs, policy);
	return tenders.length > 0 ? { amount, tenders } : reason('tenderUnknown', `No payment of the order can take back ${formatMoney(amount)} ${amount.currency}.`, unitIds);
}

/**
 * Exchange items of the same return: their price is known to Shopify alone, so its outcome is taken, as long as it is not more than the returned
 * units are worth. Nothing is sent when the customer owes money. Where nothing is left to be paid the amount is zero, and the return is processed without money.
 */
async function judgeExchange(plan: SettlementPlan, refund: RefundAct, order: OrderSnapshot, suggested: SuggestedOutcome | null, { settings, tenderPolicy }: SettlementRequest): Promise<Payment | Reason> {
	const { unitIds, value } = refund;
	const worth = value.total.presentment;
	const figure = (money: Money) => `${formatMoney(money)} ${money.currency}`;
	if (suggested === null) return reason('valueMismatch', `The order says ${figure(worth)} before the exchange items, and Shopify says nothing of this return.`, unitIds);
	const isEven = suggested.kind === 'none' || !isPositive(suggested.amount);
	if (!isEven && suggested.kind === 'invoice') return reason('customerOwes', `The exchange items cost ${figure(suggested.amount)} more than the returned units are worth.`, unitIds);
	// Shopify lets a suggestion with fees end at nothing, so that nothing may also mean that something is owed.
	if (isEven && isPositive(value.fees.presentment)) return reason('exchangeEven', `The returned units are worth ${figure(worth)} after fees, and Shopify says that the exchange leaves nothing to pay; with fees that may hide what the customer owes.`, unitIds);
	const amount = isEven ? moneyOf(0, worth.currency) : suggested.amount;
	const judged = await attempt(() => {
		if (compare(amount, worth) > 0) return reason('valueMismatch', `The order says ${figure(worth)} before the exchange items, and Shopify says ${figure(amount)} after them.`, unitIds);
		const together = plan.cancellation === null ? amount : add(amount, plan.cancellation.value.total.presentment);
		const other = judgeExpected(together, settings, unitIds);
		if (other !== null || isEven) return other ?? { amount, tenders: [] };
		return paymentFor(refund, amount, order, suggested, tenderPolicy);
	}, Error);
	return judged.ok ? judged.value : refusedValue(judged.failure, unitIds);
}

/** The order with what the settings need to know of it; with no settings, only what tells whether an act took place. */
async function readOrder(client: ShopifyClient, { rma, settings }: { rma: Rma; settings: SettlementSettings | null }): Promise<OrderSnapshot | Reason> {
	const units = rma.units.map((unit) => unit.id);
	if (rma.order.id === null) return reason('rmaWithoutOrder', `RMA${rma.id} names no Shopify order.`, units);
	const lineItemIds = [...new Set(rma.units.flatMap((unit) => (unit.lineItemId === null ? [] : [unit.lineItemId])))];
	const orderId = rma.order.id;
	for (let reading = 0; reading < READINGS; reading += 1) {
		const steady = await attempt(async () => await attempt(async () => await readSnapshot(client, orderId, lineItemIds, placesOf(rma, settings)), UnreadableLedger), OrderChanged);
		if (!steady.ok) continue;
		const read = steady.value;
		if (!read.ok) return reason('ledgerUnreadable', read.failure.message, units);
		if (read.value === null) return reason('orderNotFound', `Shopify has no order ${rma.order.name} (${orderId}) in this store.`, units);
		const complete = await withAskedParts(client, read.value, settings);
		if (complete !== null) return complete;
	}
	return reason('claimedElsewhere', `The order ${rma.order.name} kept changing while it was read.`, units);
}

/** Every location that the settings may send pieces to. */
function placesOf(rma: Rma, settings: SettlementSettings | null): string[] {
	if (settings === null) return [];
	const cancelled = settings.unshippedUnits === 'cancel' && settings.actions.some(isMoneyAction) ? cancelLocation(settings) : null;
	return [...new Set([...(settings.actions.includes('restock') ? namedLocations(rma, settings) : []), ...(cancelled === null ? [] : [cancelled])])];
}

/** Charges, credits and bundles, where the settings ask for them; null when the order changed between two readings. */
async function withAskedParts(client: ShopifyClient, order: OrderSnapshot, settings: SettlementSettings | null): Promise<OrderSnapshot | null> {
	const charged = settings && needsCharges(settings) ? await withCharges(client, order) : order;
	if (charged === null) return null;
	const credited = await withCredit(client, charged, settings);
	const bundles = settings?.actions.includes('restock') === true ? await readBundles(client, credited, settings) : undefined;
	return bundles === undefined ? credited : { ...credited, bundles };
}

/** Refunds under the claim, with the duties that were read before it: the claim's answer does not hold them. */
function withKnownDuties(refunds: OrderRefund[], known: readonly OrderRefund[]): OrderRefund[] {
	return refunds.map((refund) => {
		const duties = known.find(({ id }) => id === refund.id)?.duties;
		return duties === undefined ? refund : { ...refund, duties };
	});
}

function reportOf(plan: SettlementPlan, order: OrderSnapshot, rma: Rma, surroundings: Surroundings): SettlementReport {
	const { shopifyReturn } = plan;
	return {
		rmaId: plan.rmaId,
		orderId: order.id,
		orderName: order.name,
		unitCount: rma.units.length,
		moneyIsSettled: isMoneySettled(rma, order, surroundings.now()),
		shopifyReturn: shopifyReturn && { id: shopifyReturn.id, name: shopifyReturn.name, status: shopifyReturn.status },
		planHash: plan.planHash,
		done: NOTHING_DONE,
		notes: [...plan.notes],
		reasons: { alreadyDone: [...plan.alreadyDone], waiting: [...plan.waiting], blocked: [...plan.blocked] },
		retryAt: plan.retryAt,
	};
}

function emptyReport(rma: Rma, blocked: Reason[]): SettlementReport {
	return {
		rmaId: rma.id,
		orderId: rma.order.id,
		orderName: rma.order.name,
		unitCount: rma.units.length,
		moneyIsSettled: false,
		shopifyReturn: null,
		planHash: null,
		done: NOTHING_DONE,
		notes: [],
		reasons: { alreadyDone: [], waiting: [], blocked },
		retryAt: null,
	};
}

function block(report: SettlementReport, code: ExceptionCode, message: string, unitIds: string[]): SettlementReport {
	report.reasons.blocked.push(reason(code, message, unitIds));
	return report;
}

function sameUnits(left: readonly string[], right: readonly string[]): boolean {
	return left.every((id) => right.includes(id));
}

/** A number between 0 and 1 that differs between callers, so that racing workers do not march in step. */
function fraction(token: string, race: number): number {
	const digits = token.replace(/[^0-9a-f]/g, '');
	const at = (race * 4) % Math.max(digits.length - 4, 1);
	return parseInt(digits.slice(at, at + 4) || '8000', 16) / 0xffff;
}
