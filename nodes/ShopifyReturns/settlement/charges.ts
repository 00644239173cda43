/** Reads what an order was charged for besides its lines: shipping, duties, a tip. One request, and only when any of it is to be paid back. */
import { sumPairs, zeroPair, type MoneyPair } from '../../../returns/money';
import type { OrderRefund, OrderSnapshot } from '../../../returns/order';
import type { SettlementSettings } from '../../../returns/settings';
import type { ShopifyClient } from '../api/client';
import { SettlementChargesDocument, SettlementMoreChargesDocument, type SettlementChargesQuery, type SettlementMoreChargesQuery, type SettlementRefundChargesFragment } from '../api/generated';
import { toPair } from './snapshot';

type ChargedOrder = NonNullable<SettlementChargesQuery['order']>;

/** As in charges.graphql. */
const REFUNDS_BESIDE_CHARGES = 5;
const REFUNDS_PER_READING = 20;

/** Whether the settings ask for anything that the standard snapshot does not hold. */
export function needsCharges({ refundShipping, refundDuties, refundTip }: SettlementSettings): boolean {
	return refundShipping !== 'none' || refundDuties !== 'none' || refundTip !== 'none';
}

/**
 * The snapshot with its charges; null when the order got another refund between the two readings, and has to be read again.
 * @throws ShopifyRequestError
 */
export async function withCharges(client: ShopifyClient, order: OrderSnapshot): Promise<OrderSnapshot | null> {
	const { order: charged } = await client.request(SettlementChargesDocument, { orderId: order.id }, 'read');
	const refunds = charged ? await chargesOfRefunds(client, order, charged.refunds) : null;
	if (!charged || refunds === null) return null;
	const none = zeroPair(order.presentmentCurrency, order.shopCurrency);
	const total = (pairs: MoneyPair[]): MoneyPair => sumPairs(pairs, none);
	const refundedShipping = refunds.flatMap((refund) => refund.refundShippingLines.nodes);
	const incomplete = [...order.incomplete];
	if (charged.shippingLines.pageInfo.hasNextPage || refunds.some((refund) => refund.refundShippingLines.pageInfo.hasNextPage)) incomplete.push('shipping lines');
	const tip = tipOf(order, charged, none);
	if (tip === 'unclear') incomplete.push('lines that may be the tip');
	return {
		...order,
		incomplete,
		dutiesIncluded: charged.dutiesIncluded,
		...(charged.subtotalPriceSet ? { merchandise: toPair(charged.subtotalPriceSet) } : {}),
		shipping: {
			price: total(charged.shippingLines.nodes.map((line) => toPair(line.discountedPriceSet))),
			tax: total(charged.shippingLines.nodes.flatMap((line) => line.taxLines.map((tax) => toPair(tax.priceSet)))),
			refundedPrice: total(refundedShipping.map((line) => toPair(line.subtotalAmountSet))),
			refundedTax: total(refundedShipping.map((line) => toPair(line.taxAmountSet))),
		},
		refunds: order.refunds.map((refund) => withDuties(refund, refunds)),
		...(tip === null || tip === 'unclear' ? {} : { tip }),
	};
}

/** What the refunds that are known gave back of the charges; null when the order has others by now. */
async function chargesOfRefunds(client: ShopifyClient, order: OrderSnapshot, first: readonly SettlementRefundChargesFragment[]): Promise<SettlementRefundChargesFragment[] | null> {
	const refunds = [...first];
	const missing = first.length < REFUNDS_BESIDE_CHARGES ? [] : order.refunds.map(({ id }) => id).filter((id) => !first.some((known) => known.id === id));
	for (let start = 0; start < missing.length; start += REFUNDS_PER_READING) {
		const answer = await client.request(SettlementMoreChargesDocument, { refundIds: missing.slice(start, start + REFUNDS_PER_READING) }, 'read');
		refunds.push(...answer.nodes.filter(isChargedRefund));
	}
	return sameRefunds(order.refunds, refunds) ? refunds : null;
}

function isChargedRefund(node: SettlementMoreChargesQuery['nodes'][number]): node is SettlementRefundChargesFragment {
	return node !== null && 'refundShippingLines' in node;
}

/** Whether both readings show the same refunds: charges of one moment must not be paid by the refunds of another. */
export function sameRefunds(left: ReadonlyArray<{ id: string }>, right: ReadonlyArray<{ id: string }>): boolean {
	return left.length === right.length && left.every(({ id }) => right.some((other) => other.id === id));
}

function withDuties(refund: OrderRefund, charged: readonly SettlementRefundChargesFragment[]): OrderRefund {
	const duties = charged.find(({ id }) => id === refund.id)?.duties ?? [];
	return { ...refund, duties: duties.flatMap(({ amountSet, originalDuty }) => (originalDuty ? [{ dutyId: originalDuty.id, amount: toPair(amountSet) }] : [])) };
}

/**
 * The line that holds the tip. Shopify does not mark it, so it is the one line without a variant that is not shipped, is there once and costs
 * exactly what the order says was tipped; where several fit or none does, nobody guesses.
 */
function tipOf(order: OrderSnapshot, charged: ChargedOrder, none: MoneyPair): OrderSnapshot['tip'] | null | 'unclear' {
	const amount = toPair(charged.totalTipReceivedSet);
	if (amount.presentment.minor === 0) return null;
	const fitting = charged.lineItems.nodes.filter(
		(line) => !line.variant && !line.requiresShipping && !line.isGiftCard && line.quantity === 1 && toPair(line.originalUnitPriceSet).presentment.minor === amount.presentment.minor,
	);
	const [line] = fitting;
	if (line === undefined || fitting.length > 1 || charged.lineItems.pageInfo.hasNextPage) return 'unclear';
	const returned = order.refunds.flatMap((refund) => refund.lines).filter((refunded) => refunded.lineItemId === line.id);
	return { lineItemId: line.id, amount, refunded: sumPairs(returned.map((refunded) => refunded.subtotal), none) };
}
