/** Shopify's orders as cases know them. */
import { EMPTY_LEDGER, parseLedger, type Ledger } from '../../../returns/ledger';
import { parseMoney, type MoneyPair } from '../../../returns/money';
import type { CaseOrder, CaseRefund, CaseRefundTransaction, CaseReturn } from '../../../returns/case';
import type { ShopifyClient } from '../../ShopifyReturns/api/client';
import { CaseOrderInDetailDocument, type CaseOrderInDetailQuery, type CaseOrdersQuery, type MoneyPairFieldsFragment } from '../../ShopifyReturns/api/generated';

/** An order, and whether everything is there that its reading promises; of an incomplete one, payments may be missing. */
export interface OrderReading {
	order: CaseOrder;
	isComplete: boolean;
}

/** An order as a page or a bulk operation gives it. */
export type LightOrder = CaseOrdersQuery['orders']['nodes'][number];

/** Most entries of each list that a page asks for; a full list may have more. */
const LIGHT_REFUNDS = 5;
const LIGHT_TRANSACTIONS = 8;

/**
 * An order read lightly. Its transactions do not say which refund they belong to; with one refund all of them do. With several refunds they are
 * left out when every one of them succeeded, because then the refunds' totals say all; otherwise the order has to be read in detail.
 * @param isWhole whether the lists are complete however long they are, as in a bulk operation
 */
export function toLightOrder(order: LightOrder, isWhole: boolean): OrderReading {
	const payments = order.transactions.filter(({ kind }) => kind === 'REFUND').map(toTransaction);
	const isCut = !isWhole && (order.refunds.length >= LIGHT_REFUNDS || order.transactions.length >= LIGHT_TRANSACTIONS || order.returns.pageInfo.hasNextPage);
	const isSimple = order.refunds.length < 2 || payments.every(({ status }) => status === 'SUCCESS');
	return {
		order: {
			...toOrderHead(order),
			refunds: order.refunds.map((refund) => ({ ...toRefundHead(refund), transactions: order.refunds.length === 1 ? payments : null, lines: null })),
			returns: order.returns.nodes.map(({ id, name, status, createdAt, closedAt, totalQuantity }) => ({ id, name, status, createdAt, closedAt, totalQuantity, lines: null, dispositions: null, exchangeItems: null })),
			lines: null,
		},
		isComplete: !isCut && isSimple,
	};
}

/** Whether the order has anything to do with returns, refunds or our record. */
export function isOfInterest({ refunds, returns, metafield }: LightOrder): boolean {
	return refunds.length > 0 || returns.nodes.length > 0 || metafield !== null;
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
		...toOrderHead(order),
		refunds: order.refunds.map(toRefund),
		returns: order.returns.nodes.map(toReturn),
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

/** What every reading of an order knows. */
function toOrderHead(order: Pick<DetailedOrder, 'id' | 'name' | 'createdAt' | 'updatedAt' | 'cancelledAt' | 'tags' | 'presentmentCurrencyCode' | 'currencyCode' | 'metafield'>): Omit<CaseOrder, 'refunds' | 'returns' | 'lines'> {
	return {
		id: order.id,
		name: order.name,
		createdAt: order.createdAt,
		updatedAt: order.updatedAt,
		cancelledAt: order.cancelledAt,
		tags: order.tags,
		presentmentCurrency: order.presentmentCurrencyCode,
		shopCurrency: order.currencyCode,
		...readLedger(order.metafield?.value ?? null),
	};
}

/** A damaged record is shown as such: what it said is not known. */
function readLedger(value: string | null): { ledger: Ledger; isLedgerUnreadable: boolean } {
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
function toRefundHead(refund: Pick<DetailedRefund, 'id' | 'createdAt' | 'processedAt' | 'note' | 'return' | 'totalRefundedSet'>): Omit<CaseRefund, 'transactions' | 'lines'> {
	return { id: refund.id, createdAt: refund.createdAt ?? refund.processedAt, note: refund.note, returnId: refund.return?.id ?? null, total: toPair(refund.totalRefundedSet) };
}

function toTransaction(transaction: DetailedRefund['transactions']['nodes'][number]): CaseRefundTransaction {
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
function toPair({ presentmentMoney, shopMoney }: MoneyPairFieldsFragment): MoneyPair {
	return { presentment: parseMoney(presentmentMoney.amount, presentmentMoney.currencyCode), shop: parseMoney(shopMoney.amount, shopMoney.currencyCode) };
}
