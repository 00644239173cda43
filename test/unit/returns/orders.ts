/** Orders for the money tests, built from the few facts that each of them is about. Every value is invented. */
import { EMPTY_LEDGER } from '../../../returns/ledger';
import type { Money, MoneyPair } from '../../../returns/money';
import { parseMoney, zero } from '../../../returns/money';
import type { OrderLine, OrderRefund, OrderSnapshot, OrderTransaction } from '../../../returns/order';
import type { RefundValue } from '../../../returns/refund';

/** Decimal amounts of a one-currency order. */
export function pair(amount: string, currency = 'USD', shopAmount = amount, shopCurrency = currency): MoneyPair {
	return { presentment: parseMoney(amount, currency), shop: parseMoney(shopAmount, shopCurrency) };
}

export function money(amount: string, currency = 'USD'): Money {
	return parseMoney(amount, currency);
}

export function lineId(number: number): string {
	return `gid://shopify/LineItem/${number}`;
}

export function line(number: number, facts: Partial<OrderLine> & Pick<OrderLine, 'quantity' | 'originalUnitPrice'>): OrderLine {
	return {
		id: lineId(number),
		title: `Article ${number}`,
		sku: `ART-${number}`,
		variantId: `gid://shopify/ProductVariant/${number}`,
		inventoryItemId: `gid://shopify/InventoryItem/${number}`,
		inventoryTracked: true,
		isBundleComponent: false,
		isGiftCard: false,
		refundableQuantity: facts.quantity,
		unfulfilledQuantity: 0,
		discountAllocations: [],
		taxes: [],
		duties: [],
		...facts,
	};
}

/** `currency` is the presentment currency; the shop's is the same unless the facts say otherwise. */
export function order(facts: Partial<OrderSnapshot> & Pick<OrderSnapshot, 'lines'>, currency = 'USD'): OrderSnapshot {
	const shopCurrency = facts.shopCurrency ?? currency;
	return {
		id: 'gid://shopify/Order/1',
		name: '#1001',
		createdAt: '2026-11-01T09:00:00Z',
		cancelledAt: null,
		shopCurrency,
		presentmentCurrency: currency,
		taxesIncluded: false,
		tags: [],
		transactions: [],
		refunds: [],
		returns: [],
		netPayment: { presentment: zero(currency), shop: zero(shopCurrency) },
		ledger: { ledger: EMPTY_LEDGER, compareDigest: null },
		statusField: { value: null, compareDigest: null },
		incomplete: [],
		...facts,
	};
}

export function transaction(number: number, facts: Partial<OrderTransaction> & Pick<OrderTransaction, 'amount'>): OrderTransaction {
	return {
		id: transactionId(number),
		kind: 'SALE',
		status: 'SUCCESS',
		gateway: 'shopify_payments',
		isManualGateway: false,
		parentId: null,
		createdAt: '2026-11-01T09:00:00Z',
		...facts,
	};
}

export function transactionId(number: number): string {
	return `gid://shopify/OrderTransaction/${number}`;
}

export function refund(number: number, facts: Partial<OrderRefund>, currency = 'USD', shopCurrency = currency): OrderRefund {
	return {
		id: `gid://shopify/Refund/${number}`,
		createdAt: '2026-11-10T09:00:00Z',
		note: null,
		returnId: null,
		lines: [],
		transactions: [],
		total: { presentment: zero(currency), shop: zero(shopCurrency) },
		...facts,
	};
}

/** The order as Shopify would show it after a refund of this value had been made. */
export function afterRefund(before: OrderSnapshot, value: RefundValue): OrderSnapshot {
	const made = refund(before.refunds.length + 1, {
		lines: value.lines.map(({ lineItemId, quantity, restockType, subtotal, tax }) => ({ lineItemId, quantity, restockType, subtotal, tax })),
		duties: value.dutyParts,
		total: value.total,
	});
	const lines = before.lines.map((candidate) => {
		const pieces = value.lines.filter((valued) => valued.lineItemId === candidate.id).reduce((total, valued) => total + valued.quantity, 0);
		const cancelled = value.lines
			.filter((valued) => valued.lineItemId === candidate.id && valued.restockType === 'CANCEL')
			.reduce((total, valued) => total + valued.quantity, 0);
		return { ...candidate, refundableQuantity: candidate.refundableQuantity - pieces, unfulfilledQuantity: candidate.unfulfilledQuantity - cancelled };
	});
	const { shipping } = before;
	const after: OrderSnapshot = { ...before, lines, refunds: [...before.refunds, made] };
	if (shipping === undefined) return after;
	return {
		...after,
		shipping: {
			...shipping,
			refundedPrice: addBoth(shipping.refundedPrice, value.shippingPrice),
			refundedTax: addBoth(shipping.refundedTax, value.shippingTax),
		},
	};
}

/** Addition of its own, so that the tests do not lean on the sums they check. */
function addBoth(left: MoneyPair, right: MoneyPair): MoneyPair {
	return {
		presentment: { ...left.presentment, minor: left.presentment.minor + right.presentment.minor },
		shop: { ...left.shop, minor: left.shop.minor + right.shop.minor },
	};
}
