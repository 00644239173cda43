/** The order as it will be once a planned refund has been made, so that a second refund of the same run is valued after the first. */
import { addPair } from './money';
import type { OrderSnapshot } from './order';
import type { RefundValue } from './refund';

/** Amounts as the value states them; pieces that are cancelled no longer wait to be shipped. */
export function withBooked(order: OrderSnapshot, value: RefundValue): OrderSnapshot {
	const pieces = (lineItemId: string, isCounted: (restockType: string) => boolean) =>
		value.lines.filter((line) => line.lineItemId === lineItemId && isCounted(line.restockType)).reduce((sum, { quantity }) => sum + quantity, 0);
	const { shipping, tip } = order;
	return {
		...order,
		lines: order.lines.map((line) => ({
			...line,
			refundableQuantity: line.refundableQuantity - pieces(line.id, () => true),
			unfulfilledQuantity: line.unfulfilledQuantity - pieces(line.id, (restockType) => restockType === 'CANCEL'),
		})),
		refunds: [
			...order.refunds,
			{
				id: 'planned',
				createdAt: '',
				note: null,
				returnId: null,
				lines: value.lines.map(({ lineItemId, quantity, restockType, subtotal, tax }) => ({ lineItemId, quantity, restockType, subtotal, tax })),
				duties: value.dutyParts.map(({ dutyId, amount }) => ({ dutyId, amount })),
				transactions: [],
				total: value.total,
			},
		],
		...(shipping === undefined ? {} : { shipping: { ...shipping, refundedPrice: addPair(shipping.refundedPrice, value.shippingPrice), refundedTax: addPair(shipping.refundedTax, value.shippingTax) } }),
		...(tip === undefined ? {} : { tip: { ...tip, refunded: addPair(tip.refunded, value.tip) } }),
	};
}
