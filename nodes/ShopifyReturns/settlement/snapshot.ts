/** Reads an order into the snapshot that a settlement decision is made on (step 1). */
import { EMPTY_LEDGER, parseLedger, type LedgerRecord } from '../../../returns/ledger';
import { parseMoney, type MoneyPair } from '../../../returns/money';
import type { OrderLine, OrderPlace, OrderRefund, OrderReturn, OrderSnapshot, OrderTransaction, ReverseLine, SuggestedOutcome } from '../../../returns/order';
import type { ShopifyClient } from '../api/client';
import {
	SettlementLinesDocument,
	SettlementOrderLinesDocument,
	SettlementSnapshotDocument,
	SettlementTransactionsDocument,
	type ClaimForReturnMutation,
	type SettlementLineFragment,
	type SettlementMoneyFragment,
	type SettlementRefundFragment,
	type SettlementReturnFragment,
	type SettlementSnapshotQuery,
	type SettlementStateFragment,
	type SettlementTenderFragment,
	type SettlementTransactionFragment,
	type SettlementReverseLineFragment,
} from '../api/generated';
import { readOn, type ReadState } from './rest';

/** As in snapshot.graphql; Shopify's list of payments does not say whether there are more. */
const TRANSACTIONS_BESIDE_ORDER = 10;
const MOST_TRANSACTIONS = 100;
/** Lines that fit beside the rest of the order under Shopify's limit of 1,000 points for one query. */
const LINES_BESIDE_ORDER = 4;
const LINES_PER_PAGE = 25;

/** What changes while a return is settled. */
export type OrderState = Pick<OrderSnapshot, 'refunds' | 'returns' | 'incomplete'>;

/** The order got other refunds or returns while it was read: the parts do not belong together, and it has to be read again. */
export class OrderChanged extends Error {}

/**
 * One query for an order with up to four returned lines; one more for every 25 lines beyond, and for what does not fit into a page.
 * @returns null when the shop has no such order
 * @throws ShopifyRequestError, UnreadableLedger, OrderChanged
 */
export async function readSnapshot(client: ShopifyClient, orderId: string, lineItemIds: readonly string[], locationIds: readonly string[] = []): Promise<OrderSnapshot | null> {
	const first = lineItemIds.slice(0, LINES_BESIDE_ORDER);
	const answer = await client.request(SettlementSnapshotDocument, { orderId, lineItemIds: first, locationIds: [...locationIds] }, 'read');
	const { order } = answer;
	if (!order) return null;
	const state = await readWhole(client, order);
	if (state === null) throw new OrderChanged();
	const lines = readLines(answer.nodes);
	for (let start = LINES_BESIDE_ORDER; start < lineItemIds.length; start += LINES_PER_PAGE) {
		const more = await client.request(SettlementLinesDocument, { lineItemIds: lineItemIds.slice(start, start + LINES_PER_PAGE) }, 'read');
		lines.push(...readLines(more.nodes));
	}
	const transactions = await readTransactions(client, order);
	return {
		...toSnapshot(order, await onOrder(client, order, state, lines)),
		...state,
		transactions: transactions.map((transaction) => ({ ...toTransaction(transaction), isManualGateway: transaction.manualPaymentGateway })),
		incomplete: transactions.length > MOST_TRANSACTIONS ? [...state.incomplete, 'payments'] : state.incomplete,
		places: answer.places.filter(isPlace),
		installationId: answer.currentAppInstallation.id,
	};
}

type ReadOrder = NonNullable<SettlementSnapshotQuery['order']>;

/** Lines are read by id, and an id of another order answers too: only lines that the order itself lists, or that its returns hold, count. */
async function onOrder(client: ShopifyClient, order: ReadOrder, state: OrderState, lines: OrderLine[]): Promise<OrderLine[]> {
	const known = new Set([...order.lineItems.nodes.map((line) => line.id), ...state.returns.flatMap((node) => node.lines.map((line) => line.lineItemId))]);
	let { pageInfo } = order.lineItems;
	while (pageInfo.hasNextPage && lines.some((line) => !known.has(line.id))) {
		const answer = await client.request(SettlementOrderLinesDocument, { orderId: order.id, after: pageInfo.endCursor }, 'read');
		if (!answer.order) throw new OrderChanged();
		for (const line of answer.order.lineItems.nodes) known.add(line.id);
		({ pageInfo } = answer.order.lineItems);
	}
	return lines.filter((line) => known.has(line.id));
}

async function readTransactions(client: ShopifyClient, order: ReadOrder): Promise<ReadOrder['transactions']> {
	if (order.transactions.length < TRANSACTIONS_BESIDE_ORDER) return order.transactions;
	const answer = await client.request(SettlementTransactionsDocument, { orderId: order.id }, 'read');
	if (!answer.order) throw new OrderChanged();
	return answer.order.transactions;
}

/**
 * Refunds and returns to their end, also where they do not fit into the page that an answer holds.
 * @returns null when the order changed while it was read
 * @throws ShopifyRequestError
 */
export async function readWhole(client: ShopifyClient, first: SettlementStateFragment): Promise<OrderState | null> {
	const state = await readOn(client, first);
	return state && toOrderState(state);
}

function toSnapshot(order: ReadOrder, lines: OrderLine[]): Omit<OrderSnapshot, keyof OrderState | 'transactions'> {
	return {
		id: order.id,
		name: order.name,
		createdAt: order.createdAt,
		cancelledAt: order.cancelledAt ?? null,
		shopCurrency: order.currencyCode,
		presentmentCurrency: order.presentmentCurrencyCode,
		taxesIncluded: order.taxesIncluded,
		tags: order.tags,
		lines,
		netPayment: toPair(order.netPaymentSet),
		ledger: toLedgerRecord(order.metafield ?? null),
		statusField: { value: order.statusField?.value ?? null, compareDigest: order.statusField?.compareDigest ?? null },
	};
}

function toOrderState({ refunds, returns, ...more }: ReadState): OrderState {
	const incomplete: string[] = [];
	if (more.moreRefunds) incomplete.push('refunds');
	if (refunds.some((refund) => refund.refundLineItems.pageInfo.hasNextPage)) incomplete.push('refunded lines');
	if (refunds.some((refund) => refund.transactions.pageInfo.hasNextPage)) incomplete.push('transactions of a refund');
	if (more.moreReturns) incomplete.push('returns');
	if (returns.some((node) => node.returnLineItems.pageInfo.hasNextPage)) incomplete.push('returned lines');
	if (returns.some((node) => node.exchangeLineItems.pageInfo.hasNextPage)) incomplete.push('exchange items');
	const reverse = returns.map((node) => node.reverseFulfillmentOrders);
	if (reverse.some((page) => page.pageInfo.hasNextPage || page.nodes.some((node) => node.lineItems.pageInfo.hasNextPage))) incomplete.push('reverse fulfilment orders');
	return { refunds: refunds.map(toRefund), returns: returns.map(toReturn), incomplete };
}

/** What Shopify would pay for the units the claim asked about. */
export function toSuggestedOutcome(transfer: ReturnTransfer | null, currency: string): SuggestedOutcome {
	if (transfer === null) return { kind: 'none', amount: parseMoney('0', currency), legs: [] };
	const { amount } = toMoney(transfer.amount);
	if (transfer.__typename === 'InvoiceReturnOutcome') return { kind: 'invoice', amount, legs: [] };
	return { kind: 'refund', amount, legs: toLegs(transfer.suggestedTransactions) };
}

type ClaimedOwner = NonNullable<NonNullable<ClaimForReturnMutation['metafieldsSet']>['metafields']>[number]['owner'];
type ClaimedReturn = Extract<ClaimedOwner, { asked: unknown }>['asked']['nodes'][number];
export type ReturnTransfer = NonNullable<NonNullable<ClaimedReturn['suggestedFinancialOutcome']>['financialTransfer']>;

/** Tenders with their shares. One without a parent transaction cannot take a refund and is left out. */
export function toLegs(tenders: readonly SettlementTenderFragment[]): SuggestedOutcome['legs'] {
	return tenders.flatMap((tender) => {
		const parentId = tender.parentTransaction?.id;
		if (parentId === undefined) return [];
		const maximum = tender.maximumRefundableSet ? toMoney(tender.maximumRefundableSet).amount : null;
		return [{ parentId, gateway: tender.gateway ?? '', amount: toMoney(tender.amountSet).amount, maximum }];
	});
}

/** The amount of a money bag in the currency the customer paid in. */
export function toMoney(bag: SettlementMoneyFragment): { amount: MoneyPair['presentment'] } {
	return { amount: toPair(bag).presentment };
}

function toLedgerRecord(metafield: { value: string; compareDigest: string } | null): LedgerRecord {
	if (metafield === null) return { ledger: EMPTY_LEDGER, compareDigest: null };
	return { ledger: parseLedger(metafield.value), compareDigest: metafield.compareDigest };
}

function isPlace(node: SettlementSnapshotQuery['places'][number]): node is OrderPlace {
	return node !== null && 'isActive' in node;
}

function readLines(nodes: SettlementSnapshotQuery['nodes']): OrderLine[] {
	return nodes.filter(isLine).map(toLine);
}

/** An id that is no line item comes back as null, or as an object without these fields. */
function isLine(node: SettlementSnapshotQuery['nodes'][number]): node is SettlementLineFragment {
	return node !== null && 'originalUnitPriceSet' in node;
}

function toLine(line: SettlementLineFragment): OrderLine {
	return {
		id: line.id,
		title: line.title,
		sku: line.sku ?? null,
		variantId: line.variant?.id ?? null,
		inventoryItemId: line.variant?.inventoryItem.id ?? null,
		inventoryTracked: line.variant?.inventoryItem.tracked ?? null,
		isBundleComponent: Boolean(line.lineItemGroup),
		requiresComponents: line.variant?.requiresComponents ?? false,
		isGiftCard: line.isGiftCard,
		quantity: line.quantity,
		refundableQuantity: line.refundableQuantity,
		unfulfilledQuantity: line.unfulfilledQuantity,
		originalUnitPrice: toPair(line.originalUnitPriceSet),
		discountAllocations: line.discountAllocations.map((allocation) => toPair(allocation.allocatedAmountSet)),
		taxes: line.taxLines.map((tax) => ({ title: tax.title, amount: toPair(tax.priceSet) })),
		duties: line.duties.map((duty) => ({ id: duty.id, amount: toPair(duty.price), taxes: duty.taxLines.map((tax) => toPair(tax.priceSet)) })),
	};
}

function toRefund(refund: SettlementRefundFragment): OrderRefund {
	return {
		id: refund.id,
		createdAt: refund.createdAt ?? '',
		note: refund.note ? refund.note : null,
		returnId: refund.return?.id ?? null,
		lines: refund.refundLineItems.nodes.map((line) => ({
			lineItemId: line.lineItem.id,
			quantity: line.quantity,
			restockType: line.restockType,
			subtotal: toPair(line.subtotalSet),
			tax: toPair(line.totalTaxSet),
		})),
		transactions: refund.transactions.nodes.map((transaction) => ({ ...toTransaction(transaction), isManualGateway: false })),
		total: toPair(refund.totalRefundedSet),
	};
}

function toTransaction(transaction: SettlementTransactionFragment): Omit<OrderTransaction, 'isManualGateway'> {
	return {
		id: transaction.id,
		kind: transaction.kind,
		status: transaction.status,
		gateway: transaction.gateway ?? '',
		amount: toPair(transaction.amountSet),
		parentId: transaction.parentTransaction?.id ?? null,
		createdAt: transaction.createdAt,
	};
}

function toReturn(node: SettlementReturnFragment): OrderReturn {
	return {
		id: node.id,
		name: node.name,
		status: node.status,
		createdAt: node.createdAt,
		hasExchangeItems: node.exchangeLineItems.nodes.length > 0,
		exchangeLines: node.exchangeLineItems.nodes.flatMap(({ id, processableQuantity: quantity }) => (quantity > 0 ? [{ id, quantity }] : [])),
		shippingFees: node.returnShippingFees.map((fee) => toPair(fee.amountSet)),
		lines: node.returnLineItems.nodes.map((line) => ({
			id: line.id,
			lineItemId: 'fulfillmentLineItem' in line ? line.fulfillmentLineItem.lineItem.id : null,
			restockingFeePercentage: 'restockingFee' in line && line.restockingFee ? String(line.restockingFee.percentage) : null,
			quantity: line.quantity,
			refundableQuantity: line.refundableQuantity,
			refundedQuantity: line.refundedQuantity,
			processableQuantity: line.processableQuantity,
			processedQuantity: line.processedQuantity,
		})),
		reverseLines: node.reverseFulfillmentOrders.nodes.flatMap((order) => order.lineItems.nodes.map((line) => toReverseLine(order.id, line))),
	};
}

function toReverseLine(reverseFulfillmentOrderId: string, line: SettlementReverseLineFragment): ReverseLine {
	return {
		id: line.id,
		reverseFulfillmentOrderId,
		lineItemId: line.fulfillmentLineItem?.lineItem.id ?? null,
		quantity: line.totalQuantity,
		dispositions: toDispositions(line.dispositions),
	};
}

/** Dispositions as the plan and the ledger speak of them. */
export function toDispositions(dispositions: SettlementReverseLineFragment['dispositions']): ReverseLine['dispositions'] {
	return dispositions.map(({ id, type, quantity, createdAt, location }) => ({ id, type, quantity, createdAt, locationId: location?.id ?? null }));
}

/** Both amounts of a money bag. */
export function toPair(bag: SettlementMoneyFragment): MoneyPair {
	return {
		presentment: parseMoney(bag.presentmentMoney.amount, bag.presentmentMoney.currencyCode),
		shop: parseMoney(bag.shopMoney.amount, bag.shopMoney.currencyCode),
	};
}
