/** Shopify's answers in the words and shapes that the node gives to a workflow. */
import type { ContextLineFieldsFragment, MoneyPairFieldsFragment, RefundFieldsFragment, ReturnLineFieldsFragment, ReturnSummaryFieldsFragment, ReverseLineFieldsFragment } from './generated';

/** One amount in the currency the customer paid in and in the currency of the shop's books; decimal strings in major units. */
export interface Amount {
	amount: string;
	currency: string;
	shopAmount: string;
	shopCurrency: string;
}

export interface ReturnSummary {
	id: string;
	name: string;
	status: string;
	totalQuantity: number;
	createdAt: string;
	requestApprovedAt: string | null;
	closedAt: string | null;
	orderId: string;
	orderName: string;
}

export interface ReturnLine {
	id: string;
	/** Null for a unit that Shopify could not tie to the order. */
	lineItemId: string | null;
	fulfillmentLineItemId: string | null;
	name: string | null;
	sku: string | null;
	quantity: number;
	processableQuantity: number;
	processedQuantity: number;
	refundableQuantity: number;
	refundedQuantity: number;
	reason: string | null;
	reasonNote: string | null;
	customerNote: string | null;
}

export interface ReverseFulfillmentLine {
	id: string;
	reverseFulfillmentOrderId: string;
	lineItemId: string | null;
	sku: string | null;
	quantity: number;
	/** Units whose fate is decided. */
	disposedQuantity: number;
	dispositions: Array<{ id: string; type: string; quantity: number; locationId: string | null; locationName: string | null; createdAt: string }>;
}

export interface ReturnDetail extends ReturnSummary {
	decline: { reason: string; note: string | null } | null;
	hasExchangeItems: boolean;
	lines: ReturnLine[];
	reverseFulfillmentLines: ReverseFulfillmentLine[];
	refunds: Array<{ id: string; createdAt: string | null; total: Amount }>;
}

export interface ContextLine {
	id: string;
	name: string;
	sku: string | null;
	variantId: string | null;
	/** Ordered, including units refunded or removed since. */
	quantity: number;
	currentQuantity: number;
	/** Neither refunded nor removed yet. */
	refundableQuantity: number;
	unfulfilledQuantity: number;
	isGiftCard: boolean;
	/** The bundle the line is a component of. */
	bundle: { id: string; title: string; quantity: number } | null;
	unitPriceAfterDiscounts: Amount;
}

/** How far the money of a refund got: what its transactions say, not that the refund exists. */
export type MoneyState = 'none' | 'paid' | 'pending' | 'partlyPaid' | 'notPaid';

export interface RefundDetail {
	id: string;
	createdAt: string | null;
	processedAt: string;
	note: string | null;
	returnId: string | null;
	returnName: string | null;
	total: Amount;
	moneyState: MoneyState;
	transactions: Array<{ id: string; kind: string; status: string; gateway: string | null; amount: string; currency: string; processedAt: string | null }>;
	lines: Array<{ lineItemId: string; quantity: number; restockType: string; restocked: boolean; locationId: string | null; subtotal: string; tax: string; currency: string }>;
	/** Whether it has more transactions or lines than one page holds. */
	isIncomplete: boolean;
}

export function toAmount(bag: MoneyPairFieldsFragment): Amount {
	return {
		amount: bag.presentmentMoney.amount,
		currency: bag.presentmentMoney.currencyCode,
		shopAmount: bag.shopMoney.amount,
		shopCurrency: bag.shopMoney.currencyCode,
	};
}

export function toReturnSummary(summary: ReturnSummaryFieldsFragment): ReturnSummary {
	const { order, ...rest } = summary;
	return {
		id: rest.id,
		name: rest.name,
		status: rest.status,
		totalQuantity: rest.totalQuantity,
		createdAt: rest.createdAt,
		requestApprovedAt: rest.requestApprovedAt,
		closedAt: rest.closedAt,
		orderId: order.id,
		orderName: order.name,
	};
}

export function toReturnLine(line: ReturnLineFieldsFragment): ReturnLine {
	const fulfilled = line.__typename === 'ReturnLineItem' ? line.fulfillmentLineItem : null;
	return {
		id: line.id,
		lineItemId: fulfilled?.lineItem.id ?? null,
		fulfillmentLineItemId: fulfilled?.id ?? null,
		name: fulfilled?.lineItem.name ?? null,
		sku: fulfilled?.lineItem.sku ?? null,
		quantity: line.quantity,
		processableQuantity: line.processableQuantity,
		processedQuantity: line.processedQuantity,
		refundableQuantity: line.refundableQuantity,
		refundedQuantity: line.refundedQuantity,
		reason: line.returnReasonDefinition?.name ?? null,
		reasonNote: line.returnReasonNote || null,
		customerNote: line.customerNote,
	};
}

export function toReverseLine(line: ReverseLineFieldsFragment, reverseFulfillmentOrderId: string): ReverseFulfillmentLine {
	return {
		id: line.id,
		reverseFulfillmentOrderId,
		lineItemId: line.fulfillmentLineItem?.lineItem.id ?? null,
		sku: line.fulfillmentLineItem?.lineItem.sku ?? null,
		quantity: line.totalQuantity,
		disposedQuantity: line.dispositions.filter(({ type }) => type !== 'PROCESSING_REQUIRED').reduce((sum, { quantity }) => sum + quantity, 0),
		dispositions: line.dispositions.map(({ id, type, quantity, createdAt, location }) => ({ id, type, quantity, locationId: location?.id ?? null, locationName: location?.name ?? null, createdAt })),
	};
}

export function toContextLine(line: ContextLineFieldsFragment): ContextLine {
	return {
		id: line.id,
		name: line.name,
		sku: line.sku,
		variantId: line.variant?.id ?? null,
		quantity: line.quantity,
		currentQuantity: line.currentQuantity,
		refundableQuantity: line.refundableQuantity,
		unfulfilledQuantity: line.unfulfilledQuantity,
		isGiftCard: line.isGiftCard,
		bundle: line.lineItemGroup,
		unitPriceAfterDiscounts: toAmount(line.discountedUnitPriceAfterAllDiscountsSet),
	};
}

export function toRefundDetail(refund: RefundFieldsFragment): RefundDetail {
	const transactions = refund.transactions.nodes.map(({ id, kind, status, gateway, processedAt, amountSet }) => ({
		id,
		kind,
		status,
		gateway,
		amount: amountSet.presentmentMoney.amount,
		currency: amountSet.presentmentMoney.currencyCode,
		processedAt,
	}));
	return {
		id: refund.id,
		createdAt: refund.createdAt,
		processedAt: refund.processedAt,
		note: refund.note,
		returnId: refund.return?.id ?? null,
		returnName: refund.return?.name ?? null,
		total: toAmount(refund.totalRefundedSet),
		moneyState: toMoneyState(transactions),
		transactions,
		lines: refund.refundLineItems.nodes.map(({ lineItem, quantity, restockType, restocked, location, subtotalSet, totalTaxSet }) => ({
			lineItemId: lineItem.id,
			quantity,
			restockType,
			restocked,
			locationId: location?.id ?? null,
			subtotal: subtotalSet.presentmentMoney.amount,
			tax: totalTaxSet.presentmentMoney.amount,
			currency: subtotalSet.presentmentMoney.currencyCode,
		})),
		isIncomplete: refund.transactions.pageInfo.hasNextPage || refund.refundLineItems.pageInfo.hasNextPage,
	};
}

/** Only SUCCESS is paid; PENDING, AWAITING_RESPONSE and UNKNOWN may still become it. */
export function toMoneyState(transactions: ReadonlyArray<{ kind: string; status: string }>): MoneyState {
	const states = transactions.filter(({ kind }) => kind === 'REFUND').map(({ status }) => status);
	if (states.length === 0) return 'none';
	if (states.every((status) => status === 'SUCCESS')) return 'paid';
	if (states.some((status) => status === 'PENDING' || status === 'AWAITING_RESPONSE' || status === 'UNKNOWN')) return 'pending';
	return states.includes('SUCCESS') ? 'partlyPaid' : 'notPaid';
}
