/** A simulator on a free port, and short ways to talk to it over HTTP. */

import { startShopifySimulator, type ShopifySimulator, type ShopifySimulatorOptions } from '../../../../simulators/shopify';

export interface Answer {
	data?: Record<string, unknown> | null;
	errors?: Array<{ message: string; path?: unknown[]; extensions?: Record<string, unknown> }>;
	extensions?: Record<string, unknown>;
}

export interface OrderLine {
	id: string;
	sku: string | null;
	inventoryItemId: string;
	locationId: string;
	variantId: string;
	subtotal: { presentmentMinor: number; shopMinor: number };
	tax: { presentmentMinor: number; shopMinor: number };
	fulfillmentLineItems: Array<{ id: string; quantity: number }>;
	duties: Array<{ id: string }>;
	isTip: boolean;
}

export interface OrderSummary {
	id: string;
	legacyId: number;
	name: string;
	total: { presentmentMinor: number; shopMinor: number };
	customer: { id: string; legacyId: number };
	lines: OrderLine[];
	shippingLines: Array<{ id: string }>;
	transactions: Array<{ id: string; gateway: string }>;
	bundles: Array<{ id: string; inventoryItemId: string; variantId: string }>;
}

export interface TestShop {
	simulator: ShopifySimulator;
	graphql(query: string, variables?: Record<string, unknown>, options?: { token?: string; version?: string }): Promise<Answer>;
	control(method: string, path: string, body?: unknown): Promise<unknown>;
	order(body: Record<string, unknown>): Promise<OrderSummary>;
	/** An order with one fulfilled line, already on an open return. */
	returned(body: Record<string, unknown>, units: Array<{ line: number; quantity: number; fee?: number }>): Promise<ReturnedOrder>;
}

export interface ReturnedOrder {
	order: OrderSummary;
	returnId: string;
	lines: Array<{ id: string; reverseLineId: string }>;
}

export const FULL = 'shpat_sim_full';

export async function openShop(options: ShopifySimulatorOptions = {}): Promise<TestShop> {
	const simulator = await startShopifySimulator(options);
	const graphql: TestShop['graphql'] = async (query, variables = {}, { token = FULL, version = '2026-10' } = {}) => {
		const response = await fetch(`${simulator.url}/admin/api/${version}/graphql.json`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
			body: JSON.stringify({ query, variables }),
		});
		return (await response.json()) as Answer;
	};
	const control: TestShop['control'] = async (method, path, body) => {
		const response = await fetch(`${simulator.url}${path}`, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	};
	const order: TestShop['order'] = async (body) => (await control('POST', '/__sim/orders', body)) as OrderSummary;
	return {
		simulator,
		graphql,
		control,
		order,
		returned: async (body, units) => {
			const made = await order(body);
			const created = await graphql(
				`mutation ($input: ReturnInput!) {
					returnCreate(returnInput: $input) {
						return {
							id
							returnLineItems(first: 20) { nodes { id } }
							reverseFulfillmentOrders(first: 5) { nodes { lineItems(first: 20) { nodes { id } } } }
						}
						userErrors { field message code }
					}
				}`,
				{
					input: {
						orderId: made.id,
						returnLineItems: units.map(({ line, quantity, fee }) => ({
							fulfillmentLineItemId: made.lines[line]?.fulfillmentLineItems[0]?.id,
							quantity,
							returnReason: 'UNWANTED',
							...(fee === undefined ? {} : { restockingFee: { percentage: fee } }),
						})),
					},
				},
			);
			const ids = list(created, 'data.returnCreate.return.returnLineItems.nodes');
			const reverse = list(created, 'data.returnCreate.return.reverseFulfillmentOrders.nodes').flatMap((node) => list(node, 'lineItems.nodes'));
			return {
				order: made,
				returnId: text(created, 'data.returnCreate.return.id'),
				lines: ids.map((node, index) => ({ id: text(node, 'id'), reverseLineId: text(reverse[index], 'id') })),
			};
		},
	};
}

/** The value at a path such as `data.order.lineItems.nodes.0.id`. */
export function at(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((found, part) => (typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined), value);
}

export function text(value: unknown, path: string): string {
	const found = at(value, path);
	if (typeof found !== 'string') throw new Error(`No text at ${path} in ${JSON.stringify(value)}`);
	return found;
}

export function list(value: unknown, path: string): unknown[] {
	const found = at(value, path);
	if (!Array.isArray(found)) throw new Error(`No list at ${path} in ${JSON.stringify(value)}`);
	return found as unknown[];
}

export function minor(value: unknown, path: string, decimals = 2): number {
	return Math.round(Number(text(value, path)) * 10 ** decimals);
}

let keys = 0;

/** An idempotency key nobody has used. */
export function freshKey(): string {
	keys += 1;
	return `key-${keys}`;
}

export const REFUND = `mutation ($input: RefundInput!, $key: String!) {
	refundCreate(input: $input) @idempotent(key: $key) {
		order { id name }
		refund {
			id
			note
			return { id }
			totalRefundedSet { shopMoney { amount } presentmentMoney { amount currencyCode } }
			refundLineItems(first: 20) { nodes { quantity restockType restocked location { id } subtotalSet { presentmentMoney { amount } } totalTaxSet { presentmentMoney { amount } } } }
			refundShippingLines(first: 5) { nodes { subtotalAmountSet { presentmentMoney { amount } } taxAmountSet { presentmentMoney { amount } } } }
			orderAdjustments(first: 5) { nodes { reason amountSet { presentmentMoney { amount } } } }
			transactions(first: 10) { nodes { id kind status gateway parentTransaction { id } amountSet { shopMoney { amount } presentmentMoney { amount } } } }
		}
		userErrors { field message }
	}
}`;

export const SUGGEST = `query ($id: ID!, $lines: [RefundLineItemInput!], $shipping: Boolean, $amount: Money, $full: Boolean, $duties: [RefundDutyInput!], $allocation: RefundMethodAllocation) {
	order(id: $id) {
		suggestedRefund(refundLineItems: $lines, refundShipping: $shipping, shippingAmount: $amount, suggestFullRefund: $full, refundDuties: $duties, refundMethodAllocation: $allocation) {
			amountSet { shopMoney { amount } presentmentMoney { amount } }
			maximumRefundableSet { presentmentMoney { amount } }
			subtotalSet { presentmentMoney { amount } }
			discountedSubtotalSet { presentmentMoney { amount } }
			totalCartDiscountAmountSet { presentmentMoney { amount } }
			totalTaxSet { presentmentMoney { amount } }
			totalDutiesSet { presentmentMoney { amount } }
			shipping { amountSet { presentmentMoney { amount } } taxSet { presentmentMoney { amount } } maximumRefundableSet { presentmentMoney { amount } } }
			suggestedTransactions { gateway amountSet { presentmentMoney { amount } } maximumRefundableSet { presentmentMoney { amount } } parentTransaction { id } }
			suggestedRefundMethods { amount { presentmentMoney { amount } } maximumRefundable { presentmentMoney { amount } } }
		}
	}
}`;

export const PROCESS = `mutation ($input: ReturnProcessInput!) {
	returnProcess(input: $input) {
		return {
			id
			status
			returnLineItems(first: 20) { nodes { id quantity processedQuantity unprocessedQuantity refundedQuantity refundableQuantity processableQuantity } }
			refunds(first: 10) {
				nodes {
					id
					note
					return { id }
					totalRefundedSet { presentmentMoney { amount } }
					refundLineItems(first: 10) { nodes { quantity restockType restocked } }
					orderAdjustments(first: 5) { nodes { reason amountSet { presentmentMoney { amount } } } }
				}
			}
			order { returnStatus displayFinancialStatus totalRefundedSet { presentmentMoney { amount } } totalOutstandingSet { presentmentMoney { amount } } }
		}
		userErrors { field message code }
	}
}`;

export const OUTCOME = `query ($id: ID!, $lines: [SuggestedOutcomeReturnLineItemInput!]!, $exchange: [SuggestedOutcomeExchangeLineItemInput!]!, $shipping: RefundShippingInput, $duties: [RefundDutyInput!], $tip: ID, $allocation: RefundMethodAllocation) {
	return(id: $id) {
		suggestedFinancialOutcome(returnLineItems: $lines, exchangeLineItems: $exchange, refundShipping: $shipping, refundDuties: $duties, tipLineId: $tip, refundMethodAllocation: $allocation) {
			discountedSubtotal { presentmentMoney { amount } }
			totalTax { presentmentMoney { amount } }
			maximumRefundable { presentmentMoney { amount } }
			financialTransfer {
				__typename
				... on RefundReturnOutcome {
					amount { presentmentMoney { amount } }
					suggestedTransactions { gateway amountSet { presentmentMoney { amount currencyCode } } parentTransaction { id } }
					suggestedRefundMethods { amount { presentmentMoney { amount } } }
				}
				... on InvoiceReturnOutcome { invoice: amount { presentmentMoney { amount } } }
			}
		}
	}
}`;
