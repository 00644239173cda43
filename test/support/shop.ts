/** A simulated shop as its people see it: orders are placed, parcels come back, units are inspected; and what all of it came to. */
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { LoggedRequest, RequestFilter, SimulatorControl } from '../../scripts/host/simulatorControl';

/** Three pieces at 40.00 less 10 % on the line, less 5.00 on the order, plus 19 % tax: 103.00 and 19.57 for three, so 68.67 and 13.05 for two. */
export const FLAGSHIP = {
	currency: 'EUR',
	lines: [{ sku: 'COAT-M', title: 'Rain coat M', quantity: 3, unitPrice: '40.00', taxes: [{ title: 'VAT', rate: 0.19 }] }],
	discounts: [
		{ target: 'line', line: 0, kind: 'percentage', value: '10', type: 'code', title: 'AUTUMN' },
		{ target: 'order', kind: 'fixed', value: '5.00', type: 'automatic', title: 'Welcome' },
	],
	payments: [{ gateway: 'shopify_payments' }],
};
export const FLAGSHIP_REFUND = '81.72';

export interface Placed {
	orderId: string;
	orderName: string;
	lineItemIds: string[];
}

/** The tests look at orders with the token of ReturnGO's app, so that the log of n8n's app stays its own. */
const OBSERVER_TOKEN = 'shpat_sim_returngo';
const RETURNGO_ACTOR = 'ReturnGO';

export class Shop {
	constructor(
		readonly shopify: SimulatorControl,
		readonly returnGo: SimulatorControl,
	) {}

	/** GID of the shop's first location. */
	async firstLocation(): Promise<string> {
		const { locations } = await this.ask<{ locations: { nodes: Array<{ id: string }> } }>('{ locations(first: 1) { nodes { id } } }', {});
		return locations.nodes[0]?.id ?? '';
	}

	async placeOrder(order: object = FLAGSHIP): Promise<Placed> {
		const placed = await this.shopify.post<{ id: string; name: string; lines: Array<{ id: string }> }>('/__sim/orders', order);
		return { orderId: placed.id, orderName: placed.name, lineItemIds: placed.lines.map((line) => line.id) };
	}

	/** An RMA for two pieces of the first line, approved (so that ReturnGO makes the Shopify return), shipped and received. */
	async receiveReturn(placed: Placed, units: object[] = [{ lineItemId: placed.lineItemIds[0], quantity: 2 }]): Promise<string> {
		const { rmaId } = await this.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId: placed.orderId, units });
		await this.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
		await this.returnGo.post(`/__sim/rmas/${rmaId}/ship`);
		await this.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
		return String(rmaId);
	}

	/** A Shopify return for pieces of the first parcel's first line, as a person makes it: where ReturnGO makes none, or with exchange items. */
	async openReturn(placed: Placed, quantity: number, exchangeLineItems: Array<{ variantId: string; quantity: number }> = []): Promise<void> {
		const { order, returnReasonDefinitions } = await this.ask<{ order: { fulfillments: Array<{ fulfillmentLineItems: { nodes: Array<{ id: string }> } }> }; returnReasonDefinitions: { nodes: Array<{ id: string }> } }>(
			'query ($id: ID!) { order(id: $id) { fulfillments(first: 1) { fulfillmentLineItems(first: 1) { nodes { id } } } } returnReasonDefinitions(first: 1) { nodes { id } } }',
			{ id: placed.orderId },
		);
		const returnLineItems = [{ fulfillmentLineItemId: order.fulfillments[0]?.fulfillmentLineItems.nodes[0]?.id, quantity, returnReasonDefinitionId: returnReasonDefinitions.nodes[0]?.id }];
		const { returnCreate } = await this.ask<{ returnCreate: { userErrors: unknown[] } }>('mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { userErrors { message } } }', {
			input: { orderId: placed.orderId, returnLineItems, ...(exchangeLineItems.length > 0 ? { exchangeLineItems } : {}) },
		});
		if (returnCreate.userErrors.length > 0) throw new Error(`The return could not be made: ${JSON.stringify(returnCreate.userErrors)}`);
	}

	async validate(rmaId: string, findings: object = { all: true, isReturned: true, isRestockable: true }): Promise<void> {
		await this.returnGo.post(`/__sim/rmas/${rmaId}/validate`, findings);
	}

	/** Everything up to "inspected, sellable". */
	async inspectedReturn(order: object = FLAGSHIP): Promise<Placed & { rmaId: string }> {
		const placed = await this.placeOrder(order);
		const rmaId = await this.receiveReturn(placed);
		await this.validate(rmaId);
		return { ...placed, rmaId };
	}

	/** Sets an RMA's status over ReturnGO's own API, as a warehouse system would. */
	async setRmaStatus(rmaId: string, status: string): Promise<void> {
		const change = async () => await axios.put(`${this.returnGo.url}/rma/${rmaId}/status`, { status }, { headers: { 'x-api-key': 'rg_sim_key', 'x-shop-name': 'sim-shop.myshopify.com' }, proxy: false, validateStatus: (code) => code === 429 || (code >= 200 && code < 300) });
		// n8n's calls of the same second count against the same limit.
		while ((await change()).status === 429) await sleep(500);
	}

	/** Takes the Shopify return of an order back, as a person in the admin would. */
	async cancelReturn(orderId: string): Promise<void> {
		const { order } = await this.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: orderId });
		await this.ask('mutation ($id: ID!) { returnCancel(id: $id) { userErrors { message } } }', { id: order.returns.nodes[0]?.id });
	}

	/** Requests of n8n's app to Shopify; those of ReturnGO's own app are left out. */
	async shopifyRequests(which: string | RequestFilter = {}): Promise<LoggedRequest[]> {
		const all = await this.shopify.requests(typeof which === 'string' ? { operation: which } : which);
		return all.filter((request) => request.actor !== RETURNGO_ACTOR);
	}

	/** One field selection of an order, asked of the simulator as any app would. */
	async ask<TAnswer>(query: string, variables: object): Promise<TAnswer> {
		const { data } = await axios.post<{ data: TAnswer; errors?: unknown }>(
			`${this.shopify.url}/admin/api/2026-10/graphql.json`,
			{ query, variables },
			{ headers: { 'X-Shopify-Access-Token': OBSERVER_TOKEN }, proxy: false },
		);
		if (data.errors) throw new Error(JSON.stringify(data.errors));
		return data.data;
	}

	/** What counts in the end: refunds with their money, dispositions, stock, tags and record. */
	async outcome(orderId: string): Promise<OrderOutcome> {
		const { order } = await this.ask<{ order: WireOutcome }>(
			`query ($id: ID!) { order(id: $id) {
				tags
				totalRefundedSet { presentmentMoney { amount } }
				refunds(first: 6) { id totalRefundedSet { presentmentMoney { amount } } transactions(first: 3) { nodes { kind status amountSet { presentmentMoney { amount } } parentTransaction { id } } } }
				returns(first: 2) { nodes { status reverseFulfillmentOrders(first: 2) { nodes { lineItems(first: 5) { nodes { dispositions { type quantity location { id } } } } } } } }
				ledger: metafield(namespace: "return_settlement", key: "ledger") { value }
				status: metafield(namespace: "return_settlement", key: "status") { value }
			} }`,
			{ id: orderId },
		);
		return {
			tags: order.tags,
			refunds: order.refunds.map((refund) => refund.transactions.nodes.map((transaction) => `${transaction.status} ${Number(transaction.amountSet.presentmentMoney.amount).toFixed(2)}`).join(' + ')),
			dispositions: order.returns.nodes.flatMap((node) => node.reverseFulfillmentOrders.nodes.flatMap((reverse) => reverse.lineItems.nodes.flatMap((line) => line.dispositions.map(({ type, quantity, location }) => `${quantity} ${type}${location ? ` ${location.id}` : ''}`)))),
			ledger: order.ledger ? (JSON.parse(order.ledger.value) as OrderOutcome['ledger']) : null,
			status: order.status?.value ?? null,
		};
	}
}

export interface OrderOutcome {
	tags: string[];
	/** One text per refund: status and amount of each of its transactions. */
	refunds: string[];
	dispositions: string[];
	ledger: { entries: Array<{ action: string; state: string; unitIds: string[]; refundId: string | null }> } | null;
	status: string | null;
}

interface WireOutcome {
	tags: string[];
	refunds: Array<{ transactions: { nodes: Array<{ status: string; amountSet: { presentmentMoney: { amount: string } } }> } }>;
	returns: { nodes: Array<{ reverseFulfillmentOrders: { nodes: Array<{ lineItems: { nodes: Array<{ dispositions: Array<{ type: string; quantity: number; location: { id: string } | null }> }> } }> } }> };
	ledger: { value: string } | null;
	status: { value: string } | null;
}

/** The codes of an item's reasons. */
export function codesOf(item: { reasons?: unknown } | undefined): string[] {
	return ((item?.reasons ?? []) as Array<{ code: string }>).map((known) => known.code);
}
