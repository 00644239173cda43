/** Webhook bodies: shaped like the older REST resources, amounts with all their decimals. */

import { gid } from './gid';
import { formatFixed, type Bag } from './money';
import type { Dispute, LineItem, Order, OrderTransaction, Refund, Return, ReverseFulfillmentOrder } from './model';
import { currentQuantity, currentTotal, linesOf, lineTax, lineValue, refundsOf } from './orders';
import { financialStatus, transactionsOf } from './payments';
import { linesOfReturn, orderReturnStatus, totalQuantity } from './returns';
import { mustHave, type ShopStore } from './store';

type Body = Record<string, unknown>;

function moneySet(order: Order, bag: Bag): Body {
	return {
		shop_money: { amount: formatFixed(bag.shop, order.currency), currency_code: order.currency },
		presentment_money: { amount: formatFixed(bag.presentment, order.presentmentCurrency), currency_code: order.presentmentCurrency },
	};
}

function shopAmount(order: Order, bag: Bag): string {
	return formatFixed(bag.shop, order.currency);
}

/** The body of a topic's webhook; undefined when the record is gone. */
export function bodyOf(store: ShopStore, topic: string, record: number | string): Body | undefined {
	if (topic.startsWith('ORDERS_')) return map(store.orders.get(Number(record)), (order) => orderBody(store, order));
	if (topic === 'REFUNDS_CREATE') return map(store.refunds.get(Number(record)), (refund) => refundBody(store, refund));
	if (topic === 'ORDER_TRANSACTIONS_CREATE') return map(store.transactions.get(Number(record)), (transaction) => transactionBody(store, transaction));
	if (topic.startsWith('RETURNS_')) return map(store.returns.get(Number(record)), (one) => returnBody(store, one));
	if (topic === 'REVERSE_FULFILLMENT_ORDERS_DISPOSE') return map(store.reverseFulfillmentOrders.get(Number(record)), (one) => reverseBody(store, one));
	if (topic === 'REVERSE_DELIVERIES_ATTACH_DELIVERABLE') {
		return map(store.reverseDeliveries.get(Number(record)), (delivery) => ({
			id: delivery.id,
			admin_graphql_api_id: gid('ReverseDelivery', delivery.id),
			reverse_fulfillment_order: { admin_graphql_api_id: gid('ReverseFulfillmentOrder', delivery.reverseFulfillmentOrderId) },
			shipping_deliverable: { tracking: delivery.tracking, label: delivery.label },
		}));
	}
	if (topic === 'INVENTORY_LEVELS_UPDATE') {
		return map(store.inventoryLevels.get(String(record)), (level) => ({
			inventory_item_id: level.inventoryItemId,
			location_id: level.locationId,
			available: level.quantities.available,
			updated_at: level.updatedAt,
			admin_graphql_api_id: `${gid('InventoryLevel', level.locationId)}?inventory_item_id=${level.inventoryItemId}`,
		}));
	}
	if (topic.startsWith('DISPUTES_')) return map(store.disputes.get(Number(record)), (dispute) => disputeBody(store, dispute));
	if (topic === 'BULK_OPERATIONS_FINISH') {
		return map(store.bulkOperations.get(Number(record)), (operation) => ({
			admin_graphql_api_id: gid('BulkOperation', operation.id),
			completed_at: operation.endedAt,
			created_at: operation.createdAt,
			error_code: operation.status === 'FAILED' ? operation.errorCode?.toLowerCase() : null,
			status: operation.status.toLowerCase(),
			type: 'query',
		}));
	}
	return undefined;
}

/** An app hears of its own bulk operations only, and of everything else that it subscribed to. */
export function concerns(store: ShopStore, topic: string, record: number | string, appId: number): boolean {
	return topic !== 'BULK_OPERATIONS_FINISH' || store.bulkOperations.get(Number(record))?.appId === appId;
}

function map<T>(value: T | undefined, build: (value: T) => Body): Body | undefined {
	return value === undefined ? undefined : build(value);
}

function disputeBody(store: ShopStore, dispute: Dispute): Body {
	const order = mustHave(store.orders, dispute.orderId, 'order');
	return {
		id: dispute.id,
		order_id: dispute.orderId,
		type: dispute.type.toLowerCase(),
		amount: formatFixed(dispute.amount, order.presentmentCurrency),
		currency: order.presentmentCurrency,
		reason: dispute.reason.toLowerCase(),
		network_reason_code: null,
		status: dispute.status.toLowerCase(),
		evidence_due_by: dispute.evidenceDueBy,
		evidence_sent_on: dispute.evidenceSentOn,
		finalized_on: dispute.finalizedOn,
		initiated_at: dispute.initiatedAt,
	};
}

function orderBody(store: ShopStore, order: Order): Body {
	const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
	return {
		id: order.id,
		admin_graphql_api_id: gid('Order', order.id),
		name: order.name,
		order_number: order.number,
		email: order.email,
		currency: order.currency,
		presentment_currency: order.presentmentCurrency,
		taxes_included: order.taxesIncluded,
		financial_status: financialStatus(store, order).toLowerCase(),
		return_status: orderReturnStatus(store, order).toLowerCase(),
		tags: order.tags.join(', '),
		note: order.note,
		created_at: order.createdAt,
		updated_at: order.updatedAt,
		processed_at: order.processedAt,
		cancelled_at: order.cancelledAt,
		closed_at: order.closedAt,
		total_price: shopAmount(order, order.total),
		total_price_set: moneySet(order, order.total),
		current_total_price: shopAmount(order, currentTotal(store, order)),
		current_total_price_set: moneySet(order, currentTotal(store, order)),
		customer: customer ? { id: customer.id, email: customer.email, first_name: customer.firstName, last_name: customer.lastName, tags: customer.tags.join(', ') } : null,
		line_items: linesOf(store, order).map((line) => lineBody(store, order, line)),
		refunds: refundsOf(store, order).map((refund) => refundBody(store, refund)),
	};
}

function lineBody(store: ShopStore, order: Order, line: LineItem): Body {
	return {
		id: line.id,
		admin_graphql_api_id: gid('LineItem', line.id),
		sku: line.sku,
		title: line.title,
		name: line.title,
		quantity: line.quantity,
		current_quantity: currentQuantity(line),
		variant_id: line.variantId,
		product_id: line.productId,
		gift_card: line.isGiftCard,
		price: shopAmount(order, line.unitPrice),
		price_set: moneySet(order, line.unitPrice),
		total_discount_set: moneySet(order, { shop: line.unitPrice.shop * line.quantity - lineValue(store, line).subtotal.shop, presentment: line.unitPrice.presentment * line.quantity - lineValue(store, line).subtotal.presentment }),
		tax_lines: line.taxLines.map(({ title, rate, price }) => ({ title, rate, price: shopAmount(order, price), price_set: moneySet(order, price) })),
		total_tax: shopAmount(order, lineTax(line)),
	};
}

function refundBody(store: ShopStore, refund: Refund): Body {
	const order = mustHave(store.orders, refund.orderId, 'order');
	return {
		id: refund.id,
		admin_graphql_api_id: gid('Refund', refund.id),
		order_id: refund.orderId,
		note: refund.note,
		created_at: refund.createdAt,
		processed_at: refund.processedAt,
		restock: refund.lines.some(({ restocked }) => restocked),
		user_id: null,
		return: refund.returnId === null ? null : { id: refund.returnId, admin_graphql_api_id: gid('Return', refund.returnId) },
		duties: refund.duties.map(({ dutyId, amount }) => ({ duty_id: dutyId, amount_set: moneySet(order, amount) })),
		refund_line_items: refund.lines.map((line) => ({
			id: line.id,
			quantity: line.quantity,
			line_item_id: line.lineItemId,
			location_id: line.locationId,
			restock_type: line.restockType.toLowerCase(),
			subtotal: shopAmount(order, line.subtotal),
			subtotal_set: moneySet(order, line.subtotal),
			total_tax: shopAmount(order, line.totalTax),
			total_tax_set: moneySet(order, line.totalTax),
			line_item: lineBody(store, order, mustHave(store.lineItems, line.lineItemId, 'line item')),
		})),
		refund_shipping_lines: refund.shippingLines.map(({ id, shippingLineId, subtotal, tax }) => ({ id, shipping_line_id: shippingLineId, subtotal_amount_set: moneySet(order, subtotal), tax_amount_set: moneySet(order, tax) })),
		transactions: transactionsOf(store, order).filter(({ id }) => refund.transactionIds.includes(id)).map((transaction) => transactionBody(store, transaction)),
		order_adjustments: refund.adjustments.map(({ id, amount, reason }) => ({ id, order_id: order.id, refund_id: refund.id, kind: 'refund_discrepancy', reason: reason.toLowerCase().replaceAll('_', ' '), amount: shopAmount(order, amount), amount_set: moneySet(order, amount) })),
	};
}

function transactionBody(store: ShopStore, transaction: OrderTransaction): Body {
	const order = mustHave(store.orders, transaction.orderId, 'order');
	return {
		id: transaction.id,
		admin_graphql_api_id: gid('OrderTransaction', transaction.id),
		order_id: transaction.orderId,
		parent_id: transaction.parentId,
		kind: transaction.kind.toLowerCase(),
		status: transaction.status.toLowerCase(),
		gateway: transaction.gateway,
		amount: formatFixed(transaction.amount.presentment, order.presentmentCurrency),
		currency: order.presentmentCurrency,
		error_code: transaction.errorCode?.toLowerCase() ?? null,
		manual_payment_gateway: transaction.manual,
		test: false,
		created_at: transaction.createdAt,
		processed_at: transaction.processedAt,
	};
}

function returnBody(store: ShopStore, theReturn: Return): Body {
	return {
		id: theReturn.id,
		admin_graphql_api_id: gid('Return', theReturn.id),
		name: theReturn.name,
		status: theReturn.status.toLowerCase(),
		order: { id: theReturn.orderId, admin_graphql_api_id: gid('Order', theReturn.orderId) },
		total_return_line_items: totalQuantity(store, theReturn),
		decline: theReturn.decline,
		return_line_items: linesOfReturn(store, theReturn).map((line) => ({
			id: line.id,
			admin_graphql_api_id: gid('ReturnLineItem', line.id),
			fulfillment_line_item: { id: line.fulfillmentLineItemId, admin_graphql_api_id: gid('FulfillmentLineItem', line.fulfillmentLineItemId) },
			quantity: line.quantity,
			processed_quantity: line.processed,
			return_reason: line.returnReason.toLowerCase(),
			return_reason_note: line.returnReasonNote,
			customer_note: line.customerNote,
		})),
	};
}

function reverseBody(store: ShopStore, reverse: ReverseFulfillmentOrder): Body {
	return {
		id: reverse.id,
		admin_graphql_api_id: gid('ReverseFulfillmentOrder', reverse.id),
		status: reverse.status.toLowerCase(),
		order: { id: reverse.orderId, admin_graphql_api_id: gid('Order', reverse.orderId) },
		return: { id: reverse.returnId, admin_graphql_api_id: gid('Return', reverse.returnId) },
		line_items: reverse.lineItemIds
			.map((id) => mustHave(store.reverseFulfillmentOrderLineItems, id, 'reverse line'))
			.map((line) => ({
				id: line.id,
				admin_graphql_api_id: gid('ReverseFulfillmentOrderLineItem', line.id),
				total_quantity: line.totalQuantity,
				dispositions: line.dispositions.map(({ id, type, quantity, locationId }) => ({ id, type: type.toLowerCase(), quantity, location_id: locationId })),
			})),
	};
}
