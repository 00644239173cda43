/** Refunds, and the mutation that makes them. */

import { fieldsOf, type Resolvers } from '../context';
import { idOf } from '../gid';
import { add } from '../money';
import type { Order, Refund, RefundLineItem } from '../model';
import { linesOf } from '../orders';
import { refundFromInput, refundTransactions, type RefundInput } from '../refunds';
import { mustHave } from '../store';
import { answering, refuse } from '../user-errors';
import { bagOf } from './money';

type RefundLineView = RefundLineItem & { orderOf?: Order };

export const refundResolvers: Resolvers = {
	Refund: fieldsOf<Refund>({
		legacyResourceId: ({ id }) => String(id),
		order: ({ orderId }, _args, { store }) => store.orders.get(orderId),
		return: ({ returnId }, _args, { store }) => (returnId === null ? null : store.returns.get(returnId)),
		staffMember: () => null,
		totalRefundedSet: (refund, _args, { store }) =>
			bagOf(mustHave(store.orders, refund.orderId, 'order'), add(...refundTransactions(store, refund).filter(({ status }) => status === 'SUCCESS').map(({ amount }) => amount))),
		transactions: (refund, _args, { store }) => refundTransactions(store, refund),
		refundLineItems: ({ lines }) => lines,
		refundShippingLines: (refund, _args, { store }) =>
			refund.shippingLines.map((line) => {
				const order = mustHave(store.orders, refund.orderId, 'order');
				return { ...line, shippingLine: store.shippingLines.get(line.shippingLineId), subtotalAmountSet: bagOf(order, line.subtotal), taxAmountSet: bagOf(order, line.tax) };
			}),
		duties: (refund, _args, { store }) => {
			const order = mustHave(store.orders, refund.orderId, 'order');
			const duties = linesOf(store, order).flatMap((line) => line.duties);
			return refund.duties.map(({ dutyId, amount }) => {
				const duty = duties.find(({ id }) => id === dutyId);
				return { amountSet: bagOf(order, amount), originalDuty: duty ? { ...duty, order } : null };
			});
		},
		orderAdjustments: (refund, _args, { store }) =>
			refund.adjustments.map((adjustment) => {
				const order = mustHave(store.orders, refund.orderId, 'order');
				return { ...adjustment, amountSet: bagOf(order, adjustment.amount), taxAmountSet: bagOf(order, adjustment.taxAmount) };
			}),
	}),
	RefundLineItem: fieldsOf<RefundLineView>({
		lineItem: ({ lineItemId }, _args, { store }) => store.lineItems.get(lineItemId),
		location: ({ locationId }, _args, { store }) => (locationId === null ? null : store.locations.get(locationId)),
		priceSet: (line, _args, { store }) => bagOf(orderOf(store, line), line.price),
		subtotalSet: (line, _args, { store }) => bagOf(orderOf(store, line), line.subtotal),
		totalTaxSet: (line, _args, { store }) => bagOf(orderOf(store, line), line.totalTax),
	}),
	Mutation: fieldsOf({
		refundCreate: (_source, args, { store, app }) => {
			const input = args.input as RefundInput;
			const order = store.orders.get(idOf(input.orderId, 'Order'));
			// The order is answered with a refusal, too.
			return answering(
				() => {
					if (!order) return refuse(['orderId'], 'Order does not exist');
					return { order, refund: refundFromInput(store, order, input, app.title) };
				},
				() => ({ order }),
			);
		},
	}),
};

function orderOf(store: Parameters<typeof refundTransactions>[0], line: RefundLineView): Order {
	return line.orderOf ?? mustHave(store.orders, mustHave(store.lineItems, line.lineItemId, 'line item').orderId, 'order');
}

