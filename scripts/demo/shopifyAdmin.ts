/** What a person sees of one order in Shopify's admin, read over the Admin API with an app of the demo's own, so that its calls are not counted as n8n's. */
import axios, { type AxiosInstance } from 'axios';

import type { SimulatorControl } from '../host/simulatorControl';

const API_VERSION = '2026-10';
const DEMO_APP = {
	clientId: 'demo-observer',
	title: 'Demo observer',
	clientSecret: 'demo-observer-secret',
	token: 'shpat_sim_demo_observer',
	scopes: ['read_orders', 'read_returns', 'read_products', 'read_inventory', 'read_locations'],
};

export interface OrderView {
	name: string;
	financialStatus: string;
	returnStatus: string;
	currency: string;
	/** Decimal string, in the currency the customer paid. */
	totalRefunded: string;
	/** One per refund transaction. */
	refundTransactions: Array<{ refundId: string; status: string; amount: string; gateway: string }>;
	/** e.g. `#1001-R1 OPEN` */
	returns: string[];
	tags: string[];
	/** By SKU, over all locations. */
	available: Record<string, number>;
}

interface Money {
	presentmentMoney: { amount: string; currencyCode: string };
}

interface OrderAnswer {
	order: {
		name: string;
		displayFinancialStatus: string;
		returnStatus: string;
		tags: string[];
		presentmentCurrencyCode: string;
		totalRefundedSet: Money;
		refunds: Array<{ id: string; transactions: { nodes: Array<{ status: string; kind: string; gateway: string; amountSet: Money }> } }>;
		returns: { nodes: Array<{ name: string; status: string }> };
		lineItems: {
			nodes: Array<{
				sku: string;
				variant: { inventoryItem: { inventoryLevels: { nodes: Array<{ quantities: Array<{ quantity: number }> }> } } } | null;
			}>;
		};
	};
}

const ORDER = `query OrderForTheDemo($id: ID!) {
	order(id: $id) {
		name displayFinancialStatus returnStatus tags presentmentCurrencyCode
		totalRefundedSet { presentmentMoney { amount currencyCode } }
		refunds { id transactions(first: 10) { nodes { status kind gateway amountSet { presentmentMoney { amount currencyCode } } } } }
		returns(first: 10) { nodes { name status } }
		lineItems(first: 20) { nodes { sku variant { inventoryItem { inventoryLevels(first: 5) { nodes { quantities(names: ["available"]) { quantity } } } } } } }
	}
}`;

const SUGGESTED_REFUND = `query SuggestedRefundForTheDemo($id: ID!, $lines: [RefundLineItemInput!]) {
	order(id: $id) { suggestedRefund(refundLineItems: $lines) { amountSet { presentmentMoney { amount currencyCode } } } }
}`;

const LOCATIONS = 'query LocationsForTheDemo { locations(first: 10) { nodes { id name isActive } } }';

export class ShopifyAdmin {
	private readonly client: AxiosInstance;

	private constructor(shopify: SimulatorControl) {
		this.client = axios.create({
			baseURL: `${shopify.url}/admin/api/${API_VERSION}`,
			headers: { 'X-Shopify-Access-Token': DEMO_APP.token },
			proxy: false,
			timeout: 30_000,
		});
	}

	static async of(shopify: SimulatorControl): Promise<ShopifyAdmin> {
		await shopify.post('/__sim/apps', DEMO_APP);
		return new ShopifyAdmin(shopify);
	}

	async order(orderId: string): Promise<OrderView> {
		const { order } = await this.query<OrderAnswer>(ORDER, { id: orderId });
		return {
			name: order.name,
			financialStatus: order.displayFinancialStatus,
			returnStatus: order.returnStatus,
			currency: order.presentmentCurrencyCode,
			totalRefunded: order.totalRefundedSet.presentmentMoney.amount,
			refundTransactions: order.refunds.flatMap((refund) =>
				refund.transactions.nodes.map(({ status, gateway, amountSet }) => ({ refundId: refund.id, status, gateway, amount: amountSet.presentmentMoney.amount })),
			),
			returns: order.returns.nodes.map(({ name, status }) => `${name} ${status}`),
			tags: order.tags,
			available: Object.fromEntries(
				order.lineItems.nodes.map(({ sku, variant }) => [
					sku,
					(variant?.inventoryItem.inventoryLevels.nodes ?? []).flatMap(({ quantities }) => quantities).reduce((sum, { quantity }) => sum + quantity, 0),
				]),
			),
		};
	}

	/** The location whose stock the shop sells from: its first active one. */
	async firstLocation(): Promise<{ id: string; name: string }> {
		const { locations } = await this.query<{ locations: { nodes: Array<{ id: string; name: string; isActive: boolean }> } }>(LOCATIONS, {});
		const location = locations.nodes.find(({ isActive }) => isActive);
		if (!location) throw new Error('The simulated shop has no active location.');
		return location;
	}

	/** What Shopify itself says pieces of a line are worth, before anything is refunded. */
	async worthOf(orderId: string, lineItemId: string, quantity: number): Promise<string> {
		const { order } = await this.query<{ order: { suggestedRefund: { amountSet: Money } } }>(SUGGESTED_REFUND, {
			id: orderId,
			lines: [{ lineItemId, quantity, restockType: 'NO_RESTOCK' }],
		});
		return order.suggestedRefund.amountSet.presentmentMoney.amount;
	}

	private async query<Data>(query: string, variables: object): Promise<Data> {
		const { data } = await this.client.post<{ data?: Data; errors?: unknown }>('/graphql.json', { query, variables });
		if (!data.data || data.errors) throw new Error(`The Shopify simulator answered: ${JSON.stringify(data.errors)}`);
		return data.data;
	}
}
