/** One RMA and its order, in detail: one call to ReturnGO, one request to Shopify. */
import type { Case, Unread } from '../../../returns/case';
import type { Rma } from '../../../returns/rma';
import type { Services } from '../operation';
import { readOrderInDetail } from './orders';

/**
 * The case of one RMA. Other RMAs of the same order are not looked for, and named as not read.
 * @throws ReturnGoFailure, ShopifyRequestError
 */
export async function readCaseOfRma(services: Services, rmaId: string): Promise<Case> {
	const { rma } = await services.returnGo.getRma(rmaId);
	const reading = rma.order.id === null ? null : await readOrderInDetail(services.shopify, rma.order.id);
	const unread: Unread[] = rma.order.id === null ? [] : [{ what: 'rmasOfOrder', id: rma.order.id, because: 'only this RMA was asked for' }];
	if (reading?.isComplete === false) unread.push({ what: 'orderDetails', id: reading.order.id, because: 'the order is too large for one request' });
	return {
		orderId: rma.order.id,
		orderName: reading?.order.name ?? (rma.order.name || null),
		order: reading?.order ?? null,
		rmas: [{ id: rma.id, status: rma.status, orderName: rma.order.name, createdAt: rma.createdAt, approvedAt: null, details: rma }],
		transactions: transactionsOf(rma),
		explainedRefundIds: [],
		unread,
	};
}

/** An RMA's own transactions, with its id. */
export function transactionsOf(rma: Rma): Case['transactions'] {
	return rma.transactions.map((transaction) => ({ ...transaction, rmaId: rma.id }));
}
