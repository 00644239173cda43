/** Reads an order into the snapshot that a settlement decision is made on (step 1). */
import { EMPTY_LEDGER, parseLedger, type LedgerRecord } from '../../../returns/ledger';
import { parseMoney, type MoneyPair } from '../../../returns/money';
import type { OrderLine, OrderPlace, OrderRefund, OrderReturn, OrderSnapshot, OrderTransaction, ReverseLine, SuggestedOutcome } from '../../../returns/order';
import type { ShopifyClient } from '../api/client';
import {
	SettlementLinesDocument,
	SettlementSnapshotDocument,
	type ClaimForReturnMutation,
	type SettlementLineFragment,
	type SettlementMoneyFragment,
	type SettlementRefundFragment,
	type SettlementReturnFragment,
	type SettlementSnapshotQuery,
	type SettlementStateFragment,
	type SettlementTenderFragment,
} from '../api/generated';

/** How many refunds one page of the snapshot holds; Shopify's list does not say whether there are more. */
const REFUNDS_PER_PAGE = 5;
/** Lines that fit beside the rest of the order under Shopify's limit of 1,000 points for one query. */
const LINES_BESIDE_ORDER = 4;
const LINES_PER_PAGE = 25;

/** What changes while a return is settled. */
export type OrderState = Pick<OrderSnapshot, 'refunds' | 'returns' | 'incomplete'>;

/**
 * One query for an order with up to four returned lines; one more for every 25 lines beyond.
 * @returns null when the shop has no such order
 * @throws ShopifyRequestError, UnreadableLedger
 */
export async function readSnapshot(client: ShopifyClient, orderId: string, lineItemIds: readonly string[], locationIds: readonly string[] = []): Promise<OrderSnapshot | null> {
	const first = lineItemIds.slice(0, LINES_BESIDE_ORDER);
	const answer = await client.request(SettlementSnapshotDocument, { orderId, lineItemIds: first, locationIds: [...locationIds], refundsFirst: REFUNDS_PER_PAGE }, 'read');
	if (!answer.order) return null;
	const lines = readLines(answer.nodes);
	for (let start = LINES_BESIDE_ORDER; start < lineItemIds.length; start += LINES_PER_PAGE) {
		const more = await client.request(SettlementLinesDocument, { lineItemIds: lineItemIds.slice(start, start + LINES_PER_PAGE) }, 'read');
		lines.push(...readLines(more.nodes));
	}
	const snapshot = toSnapshot(answer.order, onOrder(answer.order, lines));
	const places = answer.places.filter(isPlace);
	return { ...snapshot, places, installationId: answer.currentAppInstallation.id };
}

/** Lines are read by id, and an id of another order answers too: only lines that the order itself lists, or that its returns hold, count. */
function onOrder(order: NonNullable<SettlementSnapshotQuery['order']>, lines: OrderLine[]): OrderLine[] {
	const listed = new Set(order.lineItems.nodes.map((line) => line.id));
	const returned = new Set(order.returns.nodes.flatMap((node) => node.returnLineItems.nodes.map((line) => ('fulfillmentLineItem' in line ? line.fulfillmentLineItem.lineItem.id : null))));
	return lines.filter((line) => listed.has(line.id) || returned.has(line.id));
}

function toSnapshot(order: NonNullable<SettlementSnapshotQuery['order']>, lines: OrderLine[]): OrderSnapshot {
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
		transactions: order.transactions.map((transaction) => ({ ...toTransaction(transaction), isManualGateway: transaction.manualPaymentGateway })),
		netPayment: toPair(order.netPaymentSet),
		ledger: toLedgerRecord(order.metafield ?? null),
		statusField: { value: order.statusField?.value ?? null, compareDigest: order.statusField?.compareDigest ?? null },
		...toOrderState(order),
	};
}

/** Refunds and returns, as every answer of the settlement carries them. */
export function toOrderState(state: SettlementStateFragment): OrderState {
	const incomplete: string[] = [];
	if (state.refunds.length >= REFUNDS_PER_PAGE) incomplete.push('refunds');
	if (state.refunds.some((refund) => refund.refundLineItems.pageInfo.hasNextPage)) incomplete.push('refunded lines');
	if (state.returns.pageInfo.hasNextPage) incomplete.push('returns');
	if (state.returns.nodes.some((node) => node.returnLineItems.pageInfo.hasNextPage)) incomplete.push('returned lines');
	if (state.returns.nodes.some((node) => node.exchangeLineItems.pageInfo.hasNextPage)) incomplete.push('exchange items');
	const reverse = state.returns.nodes.map((node) => node.reverseFulfillmentOrders);
	if (reverse.some((page) => page.pageInfo.hasNextPage || page.nodes.some((node) => node.lineItems.pageInfo.hasNextPage))) incomplete.push('reverse fulfilment orders');
	return { refunds: state.refunds.map(toRefund), returns: state.returns.nodes.map(toReturn), incomplete };
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

type WireTransaction = SettlementRefundFragment['transactions']['nodes'][number];

function toTransaction(transaction: WireTransaction): Omit<OrderTransaction, 'isManualGateway'> {
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

type WireReverseLine = SettlementReturnFragment['reverseFulfillmentOrders']['nodes'][number]['lineItems']['nodes'][number];

function toReverseLine(reverseFulfillmentOrderId: string, line: WireReverseLine): ReverseLine {
	return {
		id: line.id,
		reverseFulfillmentOrderId,
		lineItemId: line.fulfillmentLineItem?.lineItem.id ?? null,
		quantity: line.totalQuantity,
		dispositions: toDispositions(line.dispositions),
	};
}

/** Dispositions as the plan and the ledger speak of them. */
export function toDispositions(dispositions: WireReverseLine['dispositions']): ReverseLine['dispositions'] {
	return dispositions.map(({ id, type, quantity, createdAt, location }) => ({ id, type, quantity, createdAt, locationId: location?.id ?? null }));
}

/** Both amounts of a money bag. */
export function toPair(bag: SettlementMoneyFragment): MoneyPair {
	return {
		presentment: parseMoney(bag.presentmentMoney.amount, bag.presentmentMoney.currencyCode),
		shop: parseMoney(bag.shopMoney.amount, bag.shopMoney.currencyCode),
	};
}
