/** Shopify's orders as cases know them. */
import { EMPTY_LEDGER, parseLedger, type Ledger } from '../../../returns/ledger';
import { parseMoney, type MoneyPair } from '../../../returns/money';
import type { CaseOrder, CaseRefund, CaseRefundTransaction, CaseReturn } from '../../../returns/case';
import type { ShopifyClient } from '../../ShopifyReturns/api/client';
import { CaseOrderInDetailDocument, type CaseOrderInDetailQuery, type MoneyPairFieldsFragment } from '../../ShopifyReturns/api/generated';

/** An order and whether it has more of anything than was read. */
export interface OrderReading {
	order: CaseOrder;
	isComplete: boolean;
}

/**
 * One order in detail, in one request.
 * @returns null when the store has no such order
 * @throws ShopifyRequestError
 */
export async function readOrderInDetail(client: ShopifyClient, id: string): Promise<OrderReading | null> {
	const { order } = await client.request(CaseOrderInDetailDocument, { id }, 'read');
	return order ? { order: toOrder(order), isComplete: !hasMore(order) } : null;
}

type DetailedOrder = NonNullable<CaseOrderInDetailQuery['order']>;
type DetailedRefund = DetailedOrder['refunds'][number];
type DetailedReturn = DetailedOrder['returns']['nodes'][number];

/** Shopify's list of refunds has no pages: a full one means there may be more. */
const REFUNDS_READ = 5;

function hasMore({ lineItems, refunds, returns }: DetailedOrder): boolean {
	const pages = [
		lineItems,
		returns,
		...refunds.flatMap((refund) => [refund.transactions, refund.refundLineItems]),
		...returns.nodes.flatMap((entry) => [entry.returnLineItems, entry.reverseFulfillmentOrders, ...entry.reverseFulfillmentOrders.nodes.map((reverse) => reverse.lineItems)]),
	];
	return refunds.length >= REFUNDS_READ || pages.some(({ pageInfo }) => pageInfo.hasNextPage);
}

function toOrder(order: DetailedOrder): CaseOrder {
	return {
		id: order.id,
		name: order.name,
		createdAt: order.createdAt,
		updatedAt: order.updatedAt,
		cancelledAt: order.cancelledAt,
		tags: order.tags,
		presentmentCurrency: order.presentmentCurrencyCode,
		shopCurrency: order.currencyCode,
		refunds: order.refunds.map(toRefund),
		returns: order.returns.nodes.map(toReturn),
		...readLedger(order.metafield?.value ?? null),
		lines: order.lineItems.nodes.map(({ id, sku, name, quantity, unfulfilledQuantity, lineItemGroup, variant }) => ({
			id,
			sku,
			name,
			quantity,
			unfulfilledQuantity,
			bundleId: lineItemGroup?.id ?? null,
			isBundleParent: variant?.requiresComponents === true,
		})),
	};
}

/** A damaged record is shown as such: what it said is not known. */
export function readLedger(value: string | null): { ledger: Ledger; isLedgerUnreadable: boolean } {
	if (value === null) return { ledger: EMPTY_LEDGER, isLedgerUnreadable: false };
	try {
		return { ledger: parseLedger(value), isLedgerUnreadable: false };
	} catch {
		return { ledger: EMPTY_LEDGER, isLedgerUnreadable: true };
	}
}

function toRefund(refund: DetailedRefund): CaseRefund {
	return {
		...toRefundHead(refund),
		transactions: refund.transactions.nodes.filter(({ kind }) => kind === 'REFUND').map(toTransaction),
		lines: refund.refundLineItems.nodes.map(({ lineItem, quantity, restockType, restocked, location, subtotalSet, totalTaxSet }) => ({
			lineItemId: lineItem.id,
			quantity,
			restockType,
			isRestocked: restocked,
			locationId: location?.id ?? null,
			subtotal: toPair(subtotalSet),
			tax: toPair(totalTaxSet),
		})),
	};
}

/** What every reading of a refund knows. */
export function toRefundHead(refund: Pick<DetailedRefund, 'id' | 'createdAt' | 'processedAt' | 'note' | 'return' | 'totalRefundedSet'>): Omit<CaseRefund, 'transactions' | 'lines'> {
	return { id: refund.id, createdAt: refund.createdAt ?? refund.processedAt, note: refund.note, returnId: refund.return?.id ?? null, total: toPair(refund.totalRefundedSet) };
}

export function toTransaction(transaction: DetailedRefund['transactions']['nodes'][number]): CaseRefundTransaction {
	return {
		id: transaction.id,
		status: transaction.status,
		gateway: transaction.gateway ?? '',
		isManualGateway: transaction.manualPaymentGateway,
		amount: toPair(transaction.amountSet),
		processedAt: transaction.processedAt,
	};
}

function toReturn(entry: DetailedReturn): CaseReturn {
	const { id, name, status, createdAt, closedAt, totalQuantity } = entry;
	return {
		id,
		name,
		status,
		createdAt,
		closedAt,
		totalQuantity,
		lines: entry.returnLineItems.nodes.map((line) => ({
			id: line.id,
			lineItemId: 'fulfillmentLineItem' in line ? line.fulfillmentLineItem.lineItem.id : null,
			quantity: line.quantity,
			processedQuantity: line.processedQuantity,
			refundedQuantity: line.refundedQuantity,
		})),
		dispositions: entry.reverseFulfillmentOrders.nodes.flatMap(({ lineItems }) =>
			lineItems.nodes.flatMap((line) =>
				line.dispositions.map(({ id: dispositionId, type, quantity, createdAt: at, location }) => ({
					id: dispositionId,
					lineItemId: line.fulfillmentLineItem?.lineItem.id ?? null,
					type,
					quantity,
					locationId: location?.id ?? null,
					createdAt: at,
				})),
			),
		),
		exchangeItems: entry.exchangeLineItems.nodes.length,
	};
}

/** @throws InvalidMoney when Shopify states no amount of a known currency */
export function toPair({ presentmentMoney, shopMoney }: MoneyPairFieldsFragment): MoneyPair {
	return { presentment: parseMoney(presentmentMoney.amount, presentmentMoney.currencyCode), shop: parseMoney(shopMoney.amount, shopMoney.currencyCode) };
}
