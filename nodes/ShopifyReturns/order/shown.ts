/** An order as the operations on orders show it. */
import type { OrderSummaryFieldsFragment } from '../api/generated';
import { toAmount, type Amount } from '../api/mapping';

export interface OrderSummary {
	id: string;
	name: string;
	createdAt: string;
	processedAt: string;
	updatedAt: string;
	cancelledAt: string | null;
	financialStatus: string | null;
	fulfillmentStatus: string;
	returnStatus: string;
	tags: string[];
	note: string | null;
	total: Amount;
	totalRefunded: Amount;
}

export function toOrderSummary(order: OrderSummaryFieldsFragment): OrderSummary {
	return {
		id: order.id,
		name: order.name,
		createdAt: order.createdAt,
		processedAt: order.processedAt,
		updatedAt: order.updatedAt,
		cancelledAt: order.cancelledAt,
		financialStatus: order.displayFinancialStatus,
		fulfillmentStatus: order.displayFulfillmentStatus,
		returnStatus: order.returnStatus,
		tags: order.tags,
		note: order.note,
		total: toAmount(order.totalPriceSet),
		totalRefunded: toAmount(order.totalRefundedSet),
	};
}
