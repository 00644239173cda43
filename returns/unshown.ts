/**
 * Payments that the order's own figures do not show, or not yet: credits outside the order, even exchanges, and what living claims are about to pay.
 * Shopify goes on counting their pieces as refundable and their money as received, for this RMA and for every other of the order. So whatever is planned is valued
 * and bounded by the order as it stands with them (`withUnshown`), while Shopify's own suggestion is compared with the order as Shopify sees it.
 */
import { withBooked } from './booked';
import { isCreditOutsideOrder, isEvenExchange, isLeaseLive, isMoneyAction, type LedgerEntry, type PaymentParts } from './ledger';
import { formatMoney, isPositive, isZero, moneyOf, parseMoney, share, subtract, sum, zeroPair, type Money, type MoneyPair } from './money';
import type { OrderReturn, OrderSnapshot } from './order';
import { findEarlierAct, suspectsOf } from './readback';
import { refundValue, type RefundValue } from './refund';
import type { SettlementSettings } from './settings';

export interface UnshownPayment {
	entry: LedgerEntry;
	/** `paid`: it took place. `live`: another run is about to pay. `unclear`: a run that ended early may have paid, and nobody can tell. */
	certainty: 'paid' | 'live' | 'unclear';
}

interface Question {
	order: OrderSnapshot;
	now: Date;
	/** Token of the asking call: its own claims do not stand in its way. */
	claimant: string | null;
	settings: Pick<SettlementSettings, 'acknowledgedRefundIds'>;
}

/** In the order in which they were claimed. */
export function unshownPayments(question: Question): UnshownPayment[] {
	const { order, claimant } = question;
	const entries = order.ledger.ledger.entries.filter((entry) => isMoneyAction(entry.action) && !(entry.state === 'claimed' && entry.claimant === claimant));
	return entries
		.flatMap((entry) => {
			const certainty = certaintyOf(question, entry);
			return certainty === null ? [] : [{ entry, certainty }];
		})
		.sort((left, right) => (`${left.entry.claimedAt} ${left.entry.key}` < `${right.entry.claimedAt} ${right.entry.key}` ? -1 : 1));
}

function certaintyOf({ order, now, settings }: Question, entry: LedgerEntry): UnshownPayment['certainty'] | null {
	const leavesNoRefund = isCreditOutsideOrder(entry) || isEvenExchange(entry);
	if (entry.state === 'done' || findEarlierAct(order, entry) !== null) return leavesNoRefund ? 'paid' : null;
	if (isLeaseLive(entry, now)) return 'live';
	return suspectsOf(order, entry, settings.acknowledgedRefundIds) === null ? null : 'unclear';
}

/** Whether an entry carries the fixed amount of shipping: it says so, or it is of a version that does not tell. */
export function carriesShipping({ parts, currency }: LedgerEntry): boolean {
	return parts === undefined || currency === null || isPositive(parseMoney(parts.shipping, currency));
}

/** Whether an entry took the fee for a return's own shipping. */
export function tookReturnFee(entry: LedgerEntry, returnId: string): boolean {
	return entry.parts === undefined ? isCreditOutsideOrder(entry) && entry.returnId === returnId : entry.parts.returnFee?.returnId === returnId;
}

/** What the ledger keeps of a payment. */
export function partsOf(value: RefundValue, returnFee: PaymentParts['returnFee']): PaymentParts {
	return {
		lines: value.lines.map(({ lineItemId, subtotal, tax }) => ({ lineItemId, subtotal: formatMoney(subtotal.presentment), tax: formatMoney(tax.presentment) })),
		shipping: formatMoney(value.shippingPrice.presentment),
		duties: value.dutyParts.map(({ dutyId, amount }) => ({ dutyId, amount: formatMoney(amount.presentment) })),
		tip: formatMoney(value.tip.presentment),
		returnFee,
	};
}

/**
 * The order as money stands: our own refunds state what they paid, and the unshown payments are booked like refunds.
 * @throws RefundRefused for an order that cannot be valued
 */
export function withUnshown(order: OrderSnapshot, payments: readonly UnshownPayment[]): OrderSnapshot {
	return payments.reduce((current, { entry }) => withPayment(current, entry), withPaidRefunds(order));
}

/** A refund that was valued beside credits may have paid another amount for its pieces than Shopify states. */
function withPaidRefunds(order: OrderSnapshot): OrderSnapshot {
	const { entries } = order.ledger.ledger;
	return {
		...order,
		refunds: order.refunds.map((refund) => {
			const parts = entries.find((entry) => entry.refundId === refund.id)?.parts;
			return parts === undefined ? refund : { ...refund, lines: asPaid(refund.lines, parts, order.presentmentCurrency) };
		}),
	};
}

/** The lines with what was paid for them. Of an order's line that stands there in several parts, the first part carries all of it. */
function asPaid<TLine extends { lineItemId: string; subtotal: MoneyPair; tax: MoneyPair }>(lines: readonly TLine[], parts: PaymentParts, currency: string): TLine[] {
	const carried = new Set<string>();
	return lines.map((line) => {
		const paid = parts.lines.filter(({ lineItemId }) => lineItemId === line.lineItemId);
		if (paid.length === 0) return line;
		const mine = carried.has(line.lineItemId) ? [] : paid;
		carried.add(line.lineItemId);
		const total = (figure: 'subtotal' | 'tax') => sum(mine.map((part) => parseMoney(part[figure], currency)), currency);
		return { ...line, subtotal: { ...line.subtotal, presentment: total('subtotal') }, tax: { ...line.tax, presentment: total('tax') } };
	});
}

function withPayment(order: OrderSnapshot, entry: LedgerEntry): OrderSnapshot {
	// What a person refunded as well is gone from the order already.
	const pieces = entry.quantities.flatMap(({ lineItemId, quantity }) => {
		const room = order.lines.find((line) => line.id === lineItemId)?.refundableQuantity ?? 0;
		return room > 0 ? [{ lineItemId, quantity: Math.min(quantity, room) }] : [];
	});
	const { parts } = entry;
	const shipping = parts === undefined || order.shipping === undefined ? null : parseMoney(parts.shipping, order.presentmentCurrency);
	const hasTip = parts !== undefined && order.tip !== undefined && !isZero(parseMoney(parts.tip, order.presentmentCurrency));
	const value = pieces.length + (shipping === null ? 0 : 1) + (hasTip ? 1 : 0) === 0 ? null : refundValue(order, pieces, { giftCardLines: 'allow', shipping: shipping === null ? { mode: 'none' } : { mode: 'capped', amount: shipping }, tip: hasTip ? 'full' : 'none' });
	if (value === null) return withMoney(order, entry, null);
	const isWhole = pieces.length === entry.quantities.length && pieces.every((piece) => entry.quantities.some((claimed) => claimed.lineItemId === piece.lineItemId && claimed.quantity === piece.quantity));
	const lines = parts === undefined || !isWhole ? value.lines : asPaid(value.lines, parts, order.presentmentCurrency);
	const booked = withBooked(order, { ...value, lines, dutyParts: dutiesOf(order, parts) });
	return withMoney({ ...booked, returns: booked.returns.map((candidate) => (candidate.id === entry.returnId ? withoutPieces(candidate, pieces) : candidate)) }, entry, value);
}

function withMoney(order: OrderSnapshot, { amount, currency }: LedgerEntry, value: RefundValue | null): OrderSnapshot {
	if (amount === null || currency !== order.presentmentCurrency) return order;
	const { presentment, shop } = order.netPayment;
	return { ...order, netPayment: { presentment: subtract(presentment, parseMoney(amount, currency)), shop: value === null ? shop : subtract(shop, value.total.shop) } };
}

function dutiesOf(order: OrderSnapshot, parts: PaymentParts | undefined): RefundValue['dutyParts'] {
	const none = zeroPair(order.presentmentCurrency, order.shopCurrency);
	return (parts?.duties ?? []).flatMap(({ dutyId, amount }) => {
		const duty = order.lines.flatMap((line) => line.duties).find(({ id }) => id === dutyId);
		if (duty === undefined) return [];
		const presentment = parseMoney(amount, order.presentmentCurrency);
		const whole = duty.amount.presentment.minor;
		const shop: Money = whole > 0 ? share(duty.amount.shop, Math.min(presentment.minor, whole), whole) : moneyOf(0, order.shopCurrency);
		return [{ dutyId, amount: { presentment, shop }, tax: none }];
	});
}

/** Pieces of a return that were paid elsewhere are as good as processed. */
function withoutPieces(shopifyReturn: OrderReturn, pieces: ReadonlyArray<{ lineItemId: string; quantity: number }>): OrderReturn {
	const left = new Map(pieces.map(({ lineItemId, quantity }) => [lineItemId, quantity]));
	const lines = shopifyReturn.lines.map((line) => {
		const taken = Math.max(0, Math.min(left.get(line.lineItemId ?? '') ?? 0, line.refundableQuantity));
		if (taken === 0 || line.lineItemId === null) return line;
		left.set(line.lineItemId, (left.get(line.lineItemId) ?? 0) - taken);
		const processed = Math.min(taken, line.processableQuantity);
		return { ...line, refundableQuantity: line.refundableQuantity - taken, processableQuantity: line.processableQuantity - processed, processedQuantity: line.processedQuantity + processed };
	});
	return { ...shopifyReturn, lines };
}
