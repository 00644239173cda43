/**
 * What a refund is worth, by the order as it is now, and which tenders carry it (business rule 3; N14).
 *
 * Every rule that splits a line works on running sums: units already refunded keep what their refunds state, and the units asked for now
 * get what is missing up to the running sum. So the refunds of a line, in whatever steps, add up to the line to the minor unit, and a discount is
 * never spread again over the lines that stay. How Shopify itself rounds a part of a line is not published: `compareWithSuggested` exists because
 * of that, and lets no difference pass.
 *
 * Amounts are Money (integer minor units), quantities are pieces. A snapshot with `incomplete` parts must not come here: the guard refuses it before.
 */
import type { OrderLine, OrderRefund, OrderShipping, OrderSnapshot, OrderTransaction, SuggestedOutcome } from './order';
import type { Money, MoneyPair } from './money';
import {
	CurrencyMismatch,
	add,
	addPair,
	compare,
	equals,
	formatMoney,
	isNegative,
	isPositive,
	isZero,
	mapPair,
	max,
	min,
	moneyOf,
	multiply,
	negate,
	percentageOf,
	share,
	subtract,
	subtractPair,
	sum,
	sumPairs,
	zero,
	zeroPair,
} from './money';

/** Shopify's RefundLineItemRestockType, without LEGACY_RESTOCK, which new refunds cannot carry. RETURN: shipped units; CANCEL: units not shipped yet. */
export type RestockType = 'RETURN' | 'CANCEL' | 'NO_RESTOCK';

/** `quantity` pieces of one order line. A line may be named once per restock type. */
export interface RefundSelection {
	lineItemId: string;
	quantity: number;
	/** NO_RESTOCK when absent: money alone must not move stock. */
	restockType?: RestockType;
	/** Restocking fees of these units; absent: the percentage of the options, on all of them. Units that no entry covers are free of it. */
	restockingFees?: readonly RestockingFeeTerms[];
}

/** The fee on units of one return line (Shopify's ReturnLineItem.restockingFee). */
export interface RestockingFeeTerms {
	/** Decimal string, "0" to "100". */
	percent: string;
	quantity: number;
	/** Pieces of the same return line that were processed before. */
	before: number;
}

/**
 * - `none`: nothing (the default).
 * - `full`: all that has not been paid back yet.
 * - `proportional`: the part of the charge that the units have in the order's merchandise value.
 * - `capped`: all that is left, but no more than `amount`.
 * - `exact`: `amount`, refused when less than that is left.
 *
 * `amount` is in the presentment currency and means the price as the order states it: with its tax when prices contain tax, before tax otherwise;
 * the tax follows in proportion.
 */
export type ShippingChoice = { mode: 'none' } | { mode: 'full' } | { mode: 'proportional' } | { mode: 'capped'; amount: Money } | { mode: 'exact'; amount: Money };

/** Shopify's RefundDutyRefundType: what is left of the duty, or the part of the units. */
export type DutyChoice = 'none' | 'full' | 'proportional';

export interface RefundOptions {
	shipping?: ShippingChoice;
	duties?: DutyChoice;
	tip?: 'none' | 'full';
	fees?: {
		/** Percentage of the units' price after discounts, decimal string "0" to "100". */
		restockingPercent?: string;
		/** A restocking fee that is already known as an amount (Shopify's RestockingFee.amountSet); not together with a percentage. */
		restocking?: MoneyPair;
		/** Shopify's ReturnShippingFee.amountSet. */
		returnShipping?: MoneyPair;
	};
	/** What the exchange items in the same return cost. */
	exchange?: MoneyPair;
	/** A sold gift card may have been spent already, so paying one back has to be asked for. */
	giftCardLines?: 'refuse' | 'allow';
}

export type RefundOutcome = 'REFUND' | 'EVEN' | 'CUSTOMER_OWES';

export interface ValuedLine {
	lineItemId: string;
	quantity: number;
	restockType: RestockType;
	/** After all discounts; contains the tax when the order's prices do (RefundLineItem.subtotalSet). */
	subtotal: MoneyPair;
	/** All taxes together (RefundLineItem.totalTaxSet). */
	tax: MoneyPair;
	restockingFee: MoneyPair;
}

export interface RefundValue {
	lines: ValuedLine[];
	/** Sum of the lines' subtotals and taxes. */
	subtotal: MoneyPair;
	tax: MoneyPair;
	/** Shipping with its tax, as it counts into the total. */
	shipping: MoneyPair;
	/** The tax within `shipping`. */
	shippingTax: MoneyPair;
	/** Shipping as the order's prices state it, which is the figure that Shopify's shipping inputs take. */
	shippingPrice: MoneyPair;
	/** Duties with the taxes on them. */
	duties: MoneyPair;
	/** Each duty as RefundDuty.amountSet states it, without its taxes. */
	dutyParts: Array<{ dutyId: string; amount: MoneyPair; tax: MoneyPair }>;
	tip: MoneyPair;
	/** Restocking and return shipping fees together; positive, and deducted. */
	fees: MoneyPair;
	exchange: MoneyPair;
	/** To be paid back; zero unless the outcome is REFUND, never negative. */
	total: MoneyPair;
	/** What the customer has to pay; zero unless the outcome is CUSTOMER_OWES. */
	owed: MoneyPair;
	outcome: RefundOutcome;
}

export type RefusalCode =
	| 'nothingSelected'
	| 'invalidQuantity'
	| 'unknownLine'
	| 'duplicateLine'
	| 'aboveRefundable'
	| 'aboveFulfilled'
	| 'aboveUnfulfilled'
	| 'giftCardLine'
	| 'invalidRestockType'
	| 'invalidOption'
	| 'invalidAmount'
	| 'wrongCurrency'
	| 'shippingUnknown'
	| 'aboveShipping'
	| 'tipUnknown'
	| 'inconsistentOrder'
	| 'unknownTender'
	| 'aboveTenders'
	| 'suggestionDiffers';

/** A refund that cannot be computed. `facts` name the line or figures, as text that may be shown. */
export class RefundRefused extends Error {
	constructor(
		readonly code: RefusalCode,
		readonly facts: Readonly<Record<string, string | number>> = {},
	) {
		super(`${code}: ${JSON.stringify(facts)}`);
		this.name = 'RefundRefused';
	}
}

/**
 * Value of the selected units of an order, plus what the options add (shipping, duties, tip) and deduct (fees, exchange).
 *
 * Rules: line value = LineItem.originalUnitPriceSet x quantity - all discountAllocations, which Shopify states for the whole ordered quantity, "including
 * … refunded and removed quantities"; tax = LineItem.taxLines, likewise; both are split over the units by running sums (business rule 3). Fees and
 * exchanges: N14, N16. The outcome is decided in the presentment currency, the one money moves in.
 * @throws RefundRefused for a selection or option that the order does not cover; InvalidMoney or CurrencyMismatch for amounts that are none.
 */
export function refundValue(order: OrderSnapshot, selection: readonly RefundSelection[], options: RefundOptions = {}): RefundValue {
	checkOptions(order, options);
	checkSelection(order, selection, options);
	const nothing = zeroPair(order.presentmentCurrency, order.shopCurrency);

	const lines = valueLines(order, selection, options);
	const subtotal = sumPairs(lines.map((line) => line.subtotal), nothing);
	const tax = sumPairs(lines.map((line) => line.tax), nothing);
	const merchandise = order.taxesIncluded ? subtotal : addPair(subtotal, tax);

	const shipping = valueShipping(order, subtotal, options.shipping ?? { mode: 'none' });
	const shippingTotal = order.taxesIncluded ? shipping.price : addPair(shipping.price, shipping.tax);
	const dutyParts = valueDuties(order, selection, options.duties ?? 'none');
	const duties = sumPairs(dutyParts.flatMap((duty) => [duty.amount, duty.tax]), nothing);
	const tip = options.tip === 'full' ? valueTip(order) : nothing;

	const restocking = options.fees?.restocking ?? sumPairs(lines.map((line) => line.restockingFee), nothing);
	const fees = addPair(restocking, options.fees?.returnShipping ?? nothing);
	const exchange = options.exchange ?? nothing;

	const credit = sumPairs([merchandise, shippingTotal, duties, tip], nothing);
	const balance = subtractPair(credit, addPair(fees, exchange));
	return {
		lines,
		subtotal,
		tax,
		shipping: shippingTotal,
		shippingTax: shipping.tax,
		shippingPrice: shipping.price,
		duties,
		dutyParts,
		tip,
		fees,
		exchange,
		...settle(balance, nothing),
	};
}

/** A tender that can take money back. Amounts are in the presentment currency. */
export interface TenderLeg {
	/** The SALE or CAPTURE transaction; refunds name it as their parent. */
	parentId: string;
	gateway: string;
	isManualGateway: boolean;
	/** Shopify's own suggestion for this tender; zero when it suggested none. */
	suggested: Money;
	/** Captured less refunded, pending refunds counted as refunded; or Shopify's figure where that is lower. */
	maximum: Money;
}

/** `suggested`: exactly as Shopify split it. `giftCardFirst`: gift cards, then the others in their order. `largestFirst`: the tender with most left first. */
export type TenderPolicy = 'suggested' | 'giftCardFirst' | 'largestFirst';

export interface TenderAllocation {
	parentId: string;
	gateway: string;
	isManualGateway: boolean;
	amount: Money;
}

/**
 * The order's tenders with what each can take back, Shopify's suggested ones first and in its order.
 *
 * SuggestedOrderTransaction.maximumRefundableSet is "only available within SuggestedRefund" and may be missing, so the ceiling is computed
 * from the transactions too: SALE or CAPTURE that succeeded, less change given and less refunds that have not failed.
 * @throws RefundRefused `unknownTender` for a suggested leg whose parent the order does not have, or that is named twice; `wrongCurrency`.
 */
export function legsFromSuggested(suggested: SuggestedOutcome, order: OrderSnapshot): TenderLeg[] {
	const ceilings = tenderCeilings(order);
	const legs: TenderLeg[] = [];
	for (const leg of suggested.legs) {
		const ceiling = ceilings.get(leg.parentId);
		if (ceiling === undefined || legs.some((earlier) => earlier.parentId === leg.parentId)) throw new RefundRefused('unknownTender', { parentId: leg.parentId });
		assertRefundCurrency(order, leg.amount);
		const maximum = leg.maximum === null ? ceiling.left : min(ceiling.left, leg.maximum);
		legs.push({ parentId: leg.parentId, gateway: leg.gateway, isManualGateway: ceiling.isManualGateway, suggested: leg.amount, maximum });
	}
	for (const [parentId, ceiling] of ceilings) {
		const isOwnTender = ceiling.kind !== 'AUTHORIZATION' && isPositive(ceiling.left);
		if (!isOwnTender || suggested.legs.some((leg) => isSameTender(order, leg.parentId, parentId))) continue;
		legs.push({ parentId, gateway: ceiling.gateway, isManualGateway: ceiling.isManualGateway, suggested: zero(order.presentmentCurrency), maximum: ceiling.left });
	}
	return legs;
}

/**
 * The tenders with suggested shares that add up to the total. Shopify's own do not where payments outside the order, which it knows nothing of, changed what is
 * to be paid: less is taken off the last shares, more goes to the first tenders with room.
 */
export function legsFor(total: Money, legs: readonly TenderLeg[]): TenderLeg[] {
	const none = zero(total.currency);
	let excess = subtract(sum(legs.map((leg) => leg.suggested), total.currency), total);
	const lowered = [...legs].reverse().map((leg) => {
		const cut = max(none, min(excess, leg.suggested));
		excess = subtract(excess, cut);
		return { ...leg, suggested: subtract(leg.suggested, cut) };
	});
	return lowered.reverse().map((leg) => {
		const raise = max(none, min(negate(excess), subtract(leg.maximum, leg.suggested)));
		excess = add(excess, raise);
		return { ...leg, suggested: add(leg.suggested, raise) };
	});
}

/**
 * Spreads the total over the tenders. Only legs that carry money are returned, in the order of `legs`; their sum is the total (N14).
 * @param total in the presentment currency, 0 or more. Zero gives no legs.
 * @throws RefundRefused `aboveTenders` when the tenders cannot take that much, `suggestionDiffers` when Shopify's split does not add up to it,
 * `invalidAmount` for a negative amount, `unknownTender` for a parent named twice; CurrencyMismatch.
 */
export function allocateToTenders(total: Money, legs: readonly TenderLeg[], policy: TenderPolicy): TenderAllocation[] {
	if (isNegative(total)) throw new RefundRefused('invalidAmount', { amount: formatMoney(total) });
	if (!POLICIES.has(policy)) throw new RefundRefused('invalidOption', { option: 'tender policy', choice: shortened(policy) });
	for (const leg of legs) checkLeg(leg, legs, total.currency);
	if (isZero(total)) return [];
	const available = sum(legs.map((leg) => leg.maximum), total.currency);
	if (compare(total, available) > 0) throw new RefundRefused('aboveTenders', { amount: formatMoney(total), available: formatMoney(available), currency: total.currency });
	const amounts = policy === 'suggested' ? asSuggested(total, legs) : inTurn(total, legs, turnOrder(legs, policy));
	return legs.flatMap((leg) => {
		const amount = amounts.get(leg.parentId);
		if (amount === undefined || isZero(amount)) return [];
		return [{ parentId: leg.parentId, gateway: leg.gateway, isManualGateway: leg.isManualGateway, amount }];
	});
}

const POLICIES: ReadonlySet<string> = new Set<TenderPolicy>(['suggested', 'giftCardFirst', 'largestFirst']);

/** What can still be refunded to each transaction, by id (presentment currency). Refunds that are pending or unknown count as made. */
export function tenderCeilings(order: OrderSnapshot): Map<string, { kind: string; gateway: string; isManualGateway: boolean; left: Money }> {
	const transactions = allTransactions(order);
	const none = zero(order.presentmentCurrency);
	const ceilings = new Map<string, { kind: string; gateway: string; isManualGateway: boolean; left: Money }>();
	for (const transaction of transactions) {
		const captures = capturesUnder(transactions, transaction);
		if (captures.length === 0) continue;
		const ids = new Set([transaction.id, ...captures.map((capture) => capture.id)]);
		// A refund may name the authorization that the capture belongs to; it took the money from the capture all the same.
		for (const capture of captures) if (capture.parentId !== null) ids.add(capture.parentId);
		const captured = sum(captures.map((capture) => capture.amount.presentment), order.presentmentCurrency);
		const returned = sum(
			transactions.filter((candidate) => takesMoneyOut(candidate) && candidate.parentId !== null && ids.has(candidate.parentId)).map((candidate) => candidate.amount.presentment),
			order.presentmentCurrency,
		);
		ceilings.set(transaction.id, {
			kind: transaction.kind,
			gateway: transaction.gateway,
			isManualGateway: transaction.isManualGateway,
			left: max(none, subtract(captured, returned)),
		});
	}
	return ceilings;
}

/** `reason` says where the figures part: the currency, the kind of outcome, the amount, or tenders that do not add up to Shopify's own amount. */
export type Comparison =
	| { equal: true }
	| {
			equal: false;
			reason: 'currency' | 'outcome' | 'amount' | 'tenders';
			ours: { outcome: RefundOutcome; amount: Money };
			theirs: { outcome: RefundOutcome; amount: Money };
	  };

/**
 * Our value against Shopify's own suggestion (SuggestedReturnFinancialOutcome.financialTransfer or SuggestedRefund.amountSet), tolerance zero.
 * A refund or invoice of nothing counts as EVEN on both sides.
 */
export function compareWithSuggested(value: RefundValue, suggested: SuggestedOutcome): Comparison {
	const ours = { outcome: value.outcome, amount: value.outcome === 'CUSTOMER_OWES' ? value.owed.presentment : value.total.presentment };
	const theirs = { outcome: outcomeOf(suggested), amount: suggested.amount };
	if (ours.amount.currency !== theirs.amount.currency) return { equal: false, reason: 'currency', ours, theirs };
	if (ours.outcome !== theirs.outcome) return { equal: false, reason: 'outcome', ours, theirs };
	if (!equals(ours.amount, theirs.amount)) return { equal: false, reason: 'amount', ours, theirs };
	if (suggested.legs.length > 0 && !addsUp(suggested)) return { equal: false, reason: 'tenders', ours, theirs };
	return { equal: true };
}

/** Our value against an amount that the caller expects, or that ReturnGO states; presentment currency, tolerance zero. */
export function compareWithExpected(value: RefundValue, expected: Money): Comparison {
	const ours = { outcome: value.outcome, amount: value.outcome === 'CUSTOMER_OWES' ? negate(value.owed.presentment) : value.total.presentment };
	const theirs = { outcome: outcomeOfAmount(expected), amount: expected };
	if (ours.amount.currency !== expected.currency) return { equal: false, reason: 'currency', ours, theirs };
	if (!equals(ours.amount, expected)) return { equal: false, reason: 'amount', ours, theirs };
	return { equal: true };
}

export interface CeilingBreach {
	ceiling: 'unitsReceived' | 'refundableMoney' | 'tenderMoney' | 'cap';
	lineItemId: string | null;
	/** Pieces, or a decimal amount with its currency. */
	asked: string;
	allowed: string;
}

export interface Ceilings {
	/** Pieces that physically arrived, by line item id; a line that is not in it has none. CANCEL units never arrive and are not measured by it. */
	received?: ReadonlyMap<string, number>;
	legs?: readonly TenderLeg[];
	/** The most that one refund may be, in the presentment currency. */
	cap?: Money;
}

/**
 * Every ceiling that the value goes through, empty when there is none (business rules 2 and 3). Refundable quantities are not here: `refundValue`
 * refuses those before there is a value. "No more than captured" is Order.netPaymentSet, and per tender what `legsFromSuggested` says.
 */
export function ceilingBreaches(order: OrderSnapshot, value: RefundValue, ceilings: Ceilings): CeilingBreach[] {
	const breaches: CeilingBreach[] = [];
	const asked = value.total.presentment;
	if (ceilings.received !== undefined) {
		for (const [lineItemId, pieces] of returnedPieces(value.lines)) {
			const allowed = ceilings.received.get(lineItemId) ?? 0;
			if (pieces > allowed) breaches.push({ ceiling: 'unitsReceived', lineItemId, asked: String(pieces), allowed: String(allowed) });
		}
	}
	const limits: Array<[CeilingBreach['ceiling'], Money]> = [['refundableMoney', order.netPayment.presentment]];
	if (ceilings.legs !== undefined) limits.push(['tenderMoney', sum(ceilings.legs.map((leg) => leg.maximum), order.presentmentCurrency)]);
	if (ceilings.cap !== undefined) limits.push(['cap', ceilings.cap]);
	for (const [ceiling, allowed] of limits) {
		if (compare(asked, allowed) > 0) breaches.push({ ceiling, lineItemId: null, asked: withCurrency(asked), allowed: withCurrency(allowed) });
	}
	return breaches;
}

const CHOICES: Readonly<Record<'shipping' | 'duties' | 'tip' | 'giftCardLines', readonly string[]>> = {
	shipping: ['none', 'full', 'proportional', 'capped', 'exact'],
	duties: ['none', 'full', 'proportional'],
	tip: ['none', 'full'],
	giftCardLines: ['refuse', 'allow'],
};

function checkOptions(order: OrderSnapshot, options: RefundOptions): void {
	const { fees, shipping } = options;
	// The choices may come from a parameter or a payload, where a type promises nothing; an unknown one must not pass for "none".
	for (const [option, allowed] of Object.entries(CHOICES)) {
		const choice = option === 'shipping' ? shipping?.mode : options[option as Exclude<keyof typeof CHOICES, 'shipping'>];
		if (choice !== undefined && !allowed.includes(choice)) throw new RefundRefused('invalidOption', { option, choice: shortened(choice) });
	}
	const pairs = { restocking: fees?.restocking, returnShipping: fees?.returnShipping, exchange: options.exchange };
	for (const [option, pair] of Object.entries(pairs)) {
		if (pair === undefined) continue;
		if (pair.presentment.currency !== order.presentmentCurrency || pair.shop.currency !== order.shopCurrency) {
			throw new RefundRefused('wrongCurrency', { option, currency: pair.presentment.currency, expected: order.presentmentCurrency });
		}
		if (isNegative(pair.presentment) || isNegative(pair.shop)) throw new RefundRefused('invalidAmount', { option, amount: formatMoney(pair.presentment) });
	}
	if (shipping?.mode === 'capped' || shipping?.mode === 'exact') {
		assertRefundCurrency(order, shipping.amount);
		if (isNegative(shipping.amount)) throw new RefundRefused('invalidAmount', { option: 'shipping', amount: formatMoney(shipping.amount) });
	}
	if (fees?.restocking !== undefined && fees.restockingPercent !== undefined) throw new RefundRefused('invalidOption', { option: 'restocking' });
}

function checkSelection(order: OrderSnapshot, selection: readonly RefundSelection[], options: RefundOptions): void {
	const addsSomething = (options.shipping ?? { mode: 'none' }).mode !== 'none' || options.tip === 'full';
	// Nothing selected never means "the whole order".
	if (selection.length === 0 && !addsSomething) throw new RefundRefused('nothingSelected');
	const named = new Set<string>();
	for (const { lineItemId, quantity, restockType, restockingFees } of selection) {
		if (!Number.isSafeInteger(quantity) || quantity <= 0) throw new RefundRefused('invalidQuantity', { lineItemId: shortened(lineItemId), quantity: shortened(quantity) });
		if (restockType !== undefined && !RESTOCK_TYPES.has(restockType)) throw new RefundRefused('invalidRestockType', { lineItemId: shortened(lineItemId), restockType: shortened(restockType) });
		if (restockingFees !== undefined && options.fees?.restocking !== undefined) throw new RefundRefused('invalidOption', { option: 'restocking' });
		if (!coversAtMost(restockingFees ?? [], quantity)) throw new RefundRefused('invalidOption', { option: 'restocking', lineItemId: shortened(lineItemId) });
		const name = `${restockType ?? 'NO_RESTOCK'} ${lineItemId}`;
		if (named.has(name)) throw new RefundRefused('duplicateLine', { lineItemId: shortened(lineItemId) });
		named.add(name);
	}
	for (const [lineItemId, pieces] of piecesByLine(selection)) checkPieces(findLine(order, lineItemId), pieces, selection, options);
}

function coversAtMost(terms: readonly RestockingFeeTerms[], pieces: number): boolean {
	const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
	return terms.every(({ quantity, before }) => isCount(quantity) && isCount(before)) && terms.reduce((total, { quantity }) => total + quantity, 0) <= pieces;
}

const RESTOCK_TYPES: ReadonlySet<string> = new Set<RestockType>(['RETURN', 'CANCEL', 'NO_RESTOCK']);

function checkPieces(line: OrderLine, pieces: number, selection: readonly RefundSelection[], options: RefundOptions): void {
	const lineItemId = line.id;
	if (line.isGiftCard && options.giftCardLines !== 'allow') throw new RefundRefused('giftCardLine', { lineItemId });
	if (pieces > line.refundableQuantity) throw new RefundRefused('aboveRefundable', { lineItemId, asked: pieces, allowed: line.refundableQuantity });
	const unfulfilled = Math.min(line.unfulfilledQuantity, line.refundableQuantity);
	const fulfilled = line.refundableQuantity - unfulfilled;
	for (const { quantity, restockType } of selection.filter((candidate) => candidate.lineItemId === lineItemId)) {
		if (restockType === 'RETURN' && quantity > fulfilled) throw new RefundRefused('aboveFulfilled', { lineItemId, asked: quantity, allowed: fulfilled });
		if (restockType === 'CANCEL' && quantity > unfulfilled) throw new RefundRefused('aboveUnfulfilled', { lineItemId, asked: quantity, allowed: unfulfilled });
	}
}

function findLine(order: OrderSnapshot, lineItemId: string): OrderLine {
	const line = order.lines.find((candidate) => candidate.id === lineItemId);
	if (line === undefined) throw new RefundRefused('unknownLine', { lineItemId: shortened(lineItemId) });
	return line;
}

/** What is already gone of a line: units with a refund and what those refunds state, and units an order edit removed without one. */
interface TakenUnits {
	refunded: number;
	removed: number;
	subtotal: MoneyPair;
	tax: MoneyPair;
}

function valueLines(order: OrderSnapshot, selection: readonly RefundSelection[], options: RefundOptions): ValuedLine[] {
	const takenByLine = new Map<string, TakenUnits>();
	return selection.map((selected) => {
		const line = findLine(order, selected.lineItemId);
		const taken = takenByLine.get(line.id) ?? takenUnits(order, line);
		const valued = valueLine(order, line, taken, selected, options);
		takenByLine.set(line.id, {
			...taken,
			refunded: taken.refunded + selected.quantity,
			subtotal: addPair(taken.subtotal, valued.subtotal),
			tax: addPair(taken.tax, valued.tax),
		});
		return valued;
	});
}

function valueLine(order: OrderSnapshot, line: OrderLine, taken: TakenUnits, selected: RefundSelection, options: RefundOptions): ValuedLine {
	const { quantity } = selected;
	const price = linePrice(line, order);
	// Shopify may round unit by unit and discount by discount, so earlier refunds may be that far from our running sum; no further.
	const subtotalSlack = taken.refunded * (1 + line.discountAllocations.length);
	const taxSlack = taken.refunded * Math.max(1, line.taxes.length);
	const valued = bothCurrencies((side) => ({
		subtotal: valueOfUnits(line, taken, quantity, [price[side]], taken.subtotal[side], subtotalSlack),
		tax: valueOfUnits(line, taken, quantity, line.taxes.map((tax) => tax.amount[side]), taken.tax[side], taxSlack),
	}));
	const subtotal = { presentment: valued.presentment.subtotal, shop: valued.shop.subtotal };
	const tax = { presentment: valued.presentment.tax, shop: valued.shop.tax };
	const percent = options.fees?.restockingPercent;
	const terms = selected.restockingFees ?? (percent === undefined ? [] : [{ percent, quantity, before: taken.refunded }]);
	const restockingFee = bothCurrencies((side) => sum(terms.map((fee) => restockingFeeOn(line, taken.removed, price[side], fee)), price[side].currency));
	return { lineItemId: line.id, quantity, restockType: selected.restockType ?? 'NO_RESTOCK', subtotal, tax, restockingFee };
}

/** Price of the whole ordered quantity after every discount. */
function linePrice(line: OrderLine, order: OrderSnapshot): MoneyPair {
	const nothing = zeroPair(order.presentmentCurrency, order.shopCurrency);
	const gross = mapPair(line.originalUnitPrice, (price) => multiply(price, line.quantity));
	const price = subtractPair(gross, sumPairs(line.discountAllocations, nothing));
	// The shop's side is converted figure by figure: of a line made free, some minor units below nothing may be left there, and nobody is paid in it.
	const noise = moneyOf(-line.quantity - line.discountAllocations.length, order.shopCurrency);
	if (isNegative(price.presentment) || compare(price.shop, noise) < 0) throw new RefundRefused('inconsistentOrder', { lineItemId: line.id, about: 'discounts above the price' });
	return { ...price, shop: max(nothing.shop, price.shop) };
}

function takenUnits(order: OrderSnapshot, line: OrderLine): TakenUnits {
	const refundLines = order.refunds.flatMap((refund) => refund.lines).filter((refundLine) => refundLine.lineItemId === line.id);
	const refunded = refundLines.reduce((pieces, refundLine) => pieces + refundLine.quantity, 0);
	const removed = line.quantity - line.refundableQuantity - refunded;
	if (removed < 0 || line.refundableQuantity < 0) throw new RefundRefused('inconsistentOrder', { lineItemId: line.id, about: 'more units refunded than the line has lost' });
	const nothing = zeroPair(order.presentmentCurrency, order.shopCurrency);
	return {
		refunded,
		removed,
		subtotal: sumPairs(refundLines.map((refundLine) => refundLine.subtotal), nothing),
		tax: sumPairs(refundLines.map((refundLine) => refundLine.tax), nothing),
	};
}

/**
 * Value of the next `quantity` units: the running sum over them and the refunded ones, less what the refunds state. Units that an order edit removed
 * keep their part: nobody paid for them any more. Never negative; refused when earlier refunds state far less than their units are worth,
 * because these units would then be paid more than their price.
 */
function valueOfUnits(line: OrderLine, taken: TakenUnits, quantity: number, components: readonly Money[], stated: Money, slack: number): Money {
	const none = zero(stated.currency);
	const pieces = line.quantity - taken.removed;
	const paid = components.map((component) => subtract(component, share(component, taken.removed, line.quantity)));
	const runningSum = (units: number): Money => sum(paid.map((component) => share(component, units, pieces)), stated.currency);
	const target = runningSum(taken.refunded + quantity);
	const usual = subtract(target, runningSum(taken.refunded));
	const left = subtract(target, stated);
	if (compare(subtract(left, usual), moneyOf(slack, stated.currency)) > 0) {
		throw new RefundRefused('inconsistentOrder', { lineItemId: line.id, about: 'earlier refunds state less than their units', stated: formatMoney(stated) });
	}
	return max(none, left);
}

/**
 * A percentage of what the units cost after all discounts, as a step of a running sum over the return line, so that the fees of partial returns add
 * up to the fee of the whole. The percentage is taken of the exact part and rounded once. Which base Shopify takes, and how it rounds, is not published.
 */
function restockingFeeOn(line: OrderLine, removed: number, price: Money, { percent, quantity, before }: RestockingFeeTerms): Money {
	const pieces = line.quantity - removed;
	const paid = subtract(price, share(price, removed, line.quantity));
	return subtract(percentageOf(paid, percent, before + quantity, pieces), percentageOf(paid, percent, before, pieces));
}

function valueShipping(order: OrderSnapshot, subtotal: MoneyPair, choice: ShippingChoice): { price: MoneyPair; tax: MoneyPair } {
	const nothing = zeroPair(order.presentmentCurrency, order.shopCurrency);
	if (choice.mode === 'none') return { price: nothing, tax: nothing };
	const { shipping } = order;
	if (shipping === undefined) throw new RefundRefused('shippingUnknown');
	const left = bothCurrencies((side) => max(nothing[side], subtract(shipping.price[side], shipping.refundedPrice[side])));
	switch (choice.mode) {
		case 'full':
			return { price: left, tax: bothCurrencies((side) => max(nothing[side], subtract(shipping.tax[side], shipping.refundedTax[side]))) };
		case 'proportional':
			return shippingPart(shipping, left, proportionalShipping(order, shipping, subtotal));
		case 'capped':
			return shippingPart(shipping, left, inBothCurrencies(shipping, min(choice.amount, left.presentment)));
		case 'exact':
			if (compare(choice.amount, left.presentment) > 0) throw new RefundRefused('aboveShipping', { asked: formatMoney(choice.amount), allowed: formatMoney(left.presentment) });
			return shippingPart(shipping, left, inBothCurrencies(shipping, choice.amount));
	}
}

/** The units' part of the charge by value, as a step of a running sum over everything refunded so far; free merchandise has no part. */
function proportionalShipping(order: OrderSnapshot, shipping: OrderShipping, subtotal: MoneyPair): MoneyPair {
	const { merchandise } = order;
	if (merchandise === undefined) throw new RefundRefused('shippingUnknown', { about: 'merchandise value' });
	return bothCurrencies((side) => {
		const whole = merchandise[side].minor;
		if (whole <= 0) return zero(merchandise[side].currency);
		const before = sum(order.refunds.flatMap((refund) => refund.lines.map((line) => line.subtotal[side])), merchandise[side].currency);
		const after = Math.min(whole, add(before, subtotal[side]).minor);
		return subtract(share(shipping.price[side], after, whole), share(shipping.price[side], Math.min(whole, before.minor), whole));
	});
}

/** The shop-currency figure of a presentment amount, at the rate the shipping itself was charged at, by running sums. */
function inBothCurrencies(shipping: OrderShipping, presentment: Money): MoneyPair {
	const whole = shipping.price.presentment.minor;
	const before = Math.min(whole, shipping.refundedPrice.presentment.minor);
	if (whole <= 0) return { presentment, shop: zero(shipping.price.shop.currency) };
	const shop = subtract(share(shipping.price.shop, Math.min(whole, before + presentment.minor), whole), share(shipping.price.shop, before, whole));
	return { presentment, shop };
}

/** Bounds a part by what is left, and adds the tax in proportion, so that parts of the price carry exactly their tax. */
function shippingPart(shipping: OrderShipping, left: MoneyPair, wanted: MoneyPair): { price: MoneyPair; tax: MoneyPair } {
	const price = bothCurrencies((side) => min(wanted[side], left[side]));
	const tax = bothCurrencies((side) => {
		const whole = shipping.price[side].minor;
		const none = zero(price[side].currency);
		if (whole <= 0) return none;
		const after = Math.min(whole, add(shipping.refundedPrice[side], price[side]).minor);
		return max(none, subtract(share(shipping.tax[side], after, whole), shipping.refundedTax[side]));
	});
	return { price, tax: bothCurrencies((side) => (isZero(price[side]) ? zero(price[side].currency) : tax[side])) };
}

function valueDuties(order: OrderSnapshot, selection: readonly RefundSelection[], choice: DutyChoice): RefundValue['dutyParts'] {
	// Duties inside the line prices come back with the lines.
	if (choice === 'none' || order.dutiesIncluded === true) return [];
	return [...piecesByLine(selection)].flatMap(([lineItemId, quantity]) => {
		const line = findLine(order, lineItemId);
		const taken = takenUnits(order, line);
		return line.duties.map((duty) => {
			const amount = valueDuty(order, line, taken, quantity, duty, choice);
			return { dutyId: duty.id, amount, tax: taxOnDuty(order, duty, amount) };
		});
	});
}

/**
 * Each tax on a duty (Duty.taxLines) follows it in proportion, by running sums. It is on top also where prices include tax: Order.taxesIncluded is about the
 * subtotal, and duties are not part of that.
 */
function taxOnDuty(order: OrderSnapshot, duty: OrderLine['duties'][number], amount: MoneyPair): MoneyPair {
	return bothCurrencies((side) => {
		const none = zero(amount[side].currency);
		const whole = duty.amount[side].minor;
		if (whole <= 0) return none;
		const before = Math.min(whole, dutyPaidBack(order, duty.id, side).minor);
		const after = Math.min(whole, before + amount[side].minor);
		return sum((duty.taxes ?? []).map((tax) => subtract(share(tax[side], after, whole), share(tax[side], before, whole))), none.currency);
	});
}

function dutyPaidBack(order: OrderSnapshot, dutyId: string, side: keyof MoneyPair): Money {
	return sum(order.refunds.flatMap((refund) => refundedDuties(refund, dutyId)).map((amount) => amount[side]), side === 'presentment' ? order.presentmentCurrency : order.shopCurrency);
}

function valueDuty(order: OrderSnapshot, line: OrderLine, taken: TakenUnits, quantity: number, duty: OrderLine['duties'][number], choice: 'full' | 'proportional'): MoneyPair {
	return bothCurrencies((side) => {
		const none = zero(duty.amount[side].currency);
		const left = max(none, subtract(duty.amount[side], dutyPaidBack(order, duty.id, side)));
		if (choice === 'full') return left;
		const gone = taken.refunded + taken.removed;
		return min(left, subtract(share(duty.amount[side], gone + quantity, line.quantity), share(duty.amount[side], gone, line.quantity)));
	});
}

function refundedDuties(refund: OrderRefund, dutyId: string): MoneyPair[] {
	return (refund.duties ?? []).filter((duty) => duty.dutyId === dutyId).map((duty) => duty.amount);
}

function valueTip(order: OrderSnapshot): MoneyPair {
	const { tip } = order;
	if (tip === undefined) throw new RefundRefused('tipUnknown');
	return bothCurrencies((side) => max(zero(tip.amount[side].currency), subtract(tip.amount[side], tip.refunded[side])));
}

function settle(balance: MoneyPair, nothing: MoneyPair): Pick<RefundValue, 'total' | 'owed' | 'outcome'> {
	const floor = (pair: MoneyPair): MoneyPair => bothCurrencies((side) => max(nothing[side], pair[side]));
	if (isZero(balance.presentment)) return { total: nothing, owed: nothing, outcome: 'EVEN' };
	if (isPositive(balance.presentment)) return { total: floor(balance), owed: nothing, outcome: 'REFUND' };
	return { total: nothing, owed: floor(mapPair(balance, negate)), outcome: 'CUSTOMER_OWES' };
}

function checkLeg(leg: TenderLeg, legs: readonly TenderLeg[], currency: string): void {
	if (legs.filter((other) => other.parentId === leg.parentId).length > 1) throw new RefundRefused('unknownTender', { parentId: leg.parentId });
	for (const amount of [leg.maximum, leg.suggested]) {
		if (amount.currency !== currency) throw new CurrencyMismatch(amount.currency, currency);
		if (isNegative(amount)) throw new RefundRefused('invalidAmount', { parentId: leg.parentId, amount: formatMoney(amount) });
	}
}

function asSuggested(total: Money, legs: readonly TenderLeg[]): Map<string, Money> {
	const suggested = sum(legs.map((leg) => leg.suggested), total.currency);
	if (!equals(suggested, total)) throw new RefundRefused('suggestionDiffers', { amount: formatMoney(total), suggested: formatMoney(suggested), currency: total.currency });
	for (const leg of legs) {
		if (compare(leg.suggested, leg.maximum) > 0) {
			throw new RefundRefused('aboveTenders', { parentId: leg.parentId, amount: formatMoney(leg.suggested), available: formatMoney(leg.maximum), currency: total.currency });
		}
	}
	return new Map(legs.map((leg) => [leg.parentId, leg.suggested]));
}

function turnOrder(legs: readonly TenderLeg[], policy: 'giftCardFirst' | 'largestFirst'): TenderLeg[] {
	if (policy === 'largestFirst') return [...legs].sort((a, b) => compare(b.maximum, a.maximum));
	return [...legs.filter(isGiftCardTender), ...legs.filter((leg) => !isGiftCardTender(leg))];
}

/** The gateway name under which Shopify books gift card payments. */
function isGiftCardTender(leg: TenderLeg): boolean {
	return leg.gateway === 'gift_card';
}

function inTurn(total: Money, legs: readonly TenderLeg[], turns: readonly TenderLeg[]): Map<string, Money> {
	const amounts = new Map(legs.map((leg) => [leg.parentId, zero(total.currency)]));
	let left = total;
	for (const leg of turns) {
		const amount = min(left, leg.maximum);
		amounts.set(leg.parentId, amount);
		left = subtract(left, amount);
	}
	return amounts;
}

/** The order's transactions and those only its refunds list, each once. */
function allTransactions(order: OrderSnapshot): OrderTransaction[] {
	const byId = new Map<string, OrderTransaction>();
	for (const refund of order.refunds) for (const transaction of refund.transactions) byId.set(transaction.id, transaction);
	for (const transaction of order.transactions) byId.set(transaction.id, transaction);
	return [...byId.values()];
}

/** The transaction itself when it brought money in; the captures of an authorization. */
function capturesUnder(transactions: readonly OrderTransaction[], transaction: OrderTransaction): OrderTransaction[] {
	if (broughtMoneyIn(transaction)) return [transaction];
	if (transaction.kind !== 'AUTHORIZATION') return [];
	return transactions.filter((candidate) => candidate.parentId === transaction.id && broughtMoneyIn(candidate));
}

function broughtMoneyIn(transaction: OrderTransaction): boolean {
	return (transaction.kind === 'SALE' || transaction.kind === 'CAPTURE') && transaction.status === 'SUCCESS';
}

/** Only a refund that certainly did not happen leaves its money refundable. */
function takesMoneyOut(transaction: OrderTransaction): boolean {
	const kindTakesOut = transaction.kind === 'REFUND' || transaction.kind === 'CHANGE';
	return kindTakesOut && transaction.status !== 'FAILURE' && transaction.status !== 'ERROR';
}

/** Whether a suggested leg speaks of this transaction, itself or through the authorization it captured. */
function isSameTender(order: OrderSnapshot, suggestedParentId: string, transactionId: string): boolean {
	if (suggestedParentId === transactionId) return true;
	return order.transactions.some((transaction) => transaction.id === transactionId && transaction.parentId === suggestedParentId);
}

function outcomeOf(suggested: SuggestedOutcome): RefundOutcome {
	if (suggested.kind === 'none' || isZero(suggested.amount)) return 'EVEN';
	return suggested.kind === 'refund' ? 'REFUND' : 'CUSTOMER_OWES';
}

function outcomeOfAmount(amount: Money): RefundOutcome {
	if (isZero(amount)) return 'EVEN';
	return isPositive(amount) ? 'REFUND' : 'CUSTOMER_OWES';
}

function addsUp(suggested: SuggestedOutcome): boolean {
	if (suggested.legs.some((leg) => leg.amount.currency !== suggested.amount.currency)) return false;
	return equals(sum(suggested.legs.map((leg) => leg.amount), suggested.amount.currency), suggested.amount);
}

function piecesByLine(selection: readonly RefundSelection[]): Map<string, number> {
	const pieces = new Map<string, number>();
	for (const { lineItemId, quantity } of selection) pieces.set(lineItemId, (pieces.get(lineItemId) ?? 0) + quantity);
	return pieces;
}

function returnedPieces(lines: readonly ValuedLine[]): Map<string, number> {
	return piecesByLine(lines.filter((line) => line.restockType !== 'CANCEL'));
}

function assertRefundCurrency(order: OrderSnapshot, amount: Money): void {
	if (amount.currency !== order.presentmentCurrency) throw new RefundRefused('wrongCurrency', { currency: amount.currency, expected: order.presentmentCurrency });
}

function withCurrency(amount: Money): string {
	return `${formatMoney(amount)} ${amount.currency}`;
}

/** Foreign text for a message; the longest ids of Shopify's are far shorter. */
function shortened(value: unknown): string {
	const text = String(value);
	return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function bothCurrencies<Result>(rule: (side: keyof MoneyPair) => Result): { presentment: Result; shop: Result } {
	return { presentment: rule('presentment'), shop: rule('shop') };
}
