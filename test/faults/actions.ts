/** Everything that a settlement does to money and stock, one row each: how a case comes about, what is called, and what it must come to. */
import type { IDataObject } from 'n8n-workflow';
import { FLAGSHIP, FLAGSHIP_REFUND, type Placed, type Shop } from '../support/shop';

export interface Case extends Placed {
	rmaId: string;
	/** The case's own article, so that its stock is nobody else's. */
	sku: string;
	/** Location that takes the stock back. */
	locationId: string;
}

/** What an order and its article show. Texts, so that a table can print them. */
export interface Effects {
	/** One text for every payment that left the shop. */
	payments: string[];
	/** One text for every decision on units. */
	decisions: string[];
	/** Pieces that became available for sale. */
	stock: number;
}

/** Somebody who knows nothing of our ledger does the same thing by hand. */
export interface ByHand {
	name: string;
	act(shop: Shop, made: Case): Promise<unknown>;
}

export interface Action {
	name: string;
	/** A fresh order with a return that is ready for this action. */
	prepare(shop: Shop, sku: string): Promise<Omit<Case, 'locationId' | 'sku'>>;
	resource: string;
	operation: string;
	parameters(made: Case): IDataObject;
	/** How many acts the settlement sends. */
	acts: 1 | 2;
	expected(made: Case): Effects;
	observe(shop: Shop, made: Case): Promise<Effects>;
	byHand: ByHand[];
}

const refundOnOrder: ByHand = {
	name: 'refunds the pieces on the order',
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, lines: [{ lineItemId: made.lineItemIds[0], quantity: 2 }] }),
};

const refundInReturn: ByHand = {
	name: 'refunds the pieces in the return',
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, returnId: await returnOf(shop, made), lines: [{ lineItemId: made.lineItemIds[0], quantity: 2 }] }),
};

const disposeInReturn: ByHand = {
	name: 'puts the pieces into stock',
	act: async (shop, made) =>
		await shop.shopify.post('/__sim/admin/dispose', { returnId: await returnOf(shop, made), lines: [{ lineItemId: made.lineItemIds[0], quantity: 2, type: 'RESTOCKED', locationId: made.locationId }] }),
};

export const ACTIONS: Action[] = [
	{
		name: 'refund by returnProcess',
		prepare: inspected,
		resource: 'refund',
		operation: 'post',
		parameters: () => ({}),
		acts: 1,
		expected: () => ({ payments: [`SUCCESS ${FLAGSHIP_REFUND}`], decisions: [], stock: 0 }),
		observe,
		byHand: [refundOnOrder, refundInReturn],
	},
	{
		name: 'refund by refundCreate',
		prepare: async (shop, sku) => {
			const made = await inspected(shop, sku);
			await shop.cancelReturn(made.orderId);
			return made;
		},
		resource: 'refund',
		operation: 'post',
		parameters: () => ({}),
		acts: 1,
		expected: () => ({ payments: [`SUCCESS ${FLAGSHIP_REFUND}`], decisions: [], stock: 0 }),
		observe,
		byHand: [refundOnOrder],
	},
	{
		name: 'restock by disposition',
		prepare: inspected,
		resource: 'restock',
		operation: 'execute',
		parameters: located,
		acts: 1,
		expected: ({ locationId }) => ({ payments: [], decisions: [`2 RESTOCKED ${locationId}`], stock: 2 }),
		observe,
		byHand: [disposeInReturn],
	},
	{
		name: 'refund and restock in one call',
		prepare: inspected,
		resource: 'return',
		operation: 'process',
		parameters: located,
		acts: 1,
		expected: ({ locationId }) => ({ payments: [`SUCCESS ${FLAGSHIP_REFUND}`], decisions: [`2 RESTOCKED ${locationId}`], stock: 2 }),
		observe,
		byHand: [refundOnOrder, refundInReturn, disposeInReturn],
	},
	{
		// The return was processed without money and without a decision: the order pays, and the return still takes the stock.
		name: 'refund and restock in two calls',
		prepare: async (shop, sku) => {
			const made = await inspected(shop, sku);
			await processWithoutMoney(shop, made.orderId);
			return made;
		},
		resource: 'return',
		operation: 'process',
		parameters: located,
		acts: 2,
		expected: ({ locationId }) => ({ payments: [`SUCCESS ${FLAGSHIP_REFUND}`], decisions: [`2 RESTOCKED ${locationId}`], stock: 2 }),
		observe,
		byHand: [refundOnOrder, disposeInReturn],
	},
	{
		// The bundle's return is decided on, and its component's figure is changed by a request that Shopify knows by its key.
		name: 'restock of components',
		prepare: async (shop, sku) => {
			await shop.shopify.post('/__sim/products', { sku, price: '20.00', available: 10 });
			await shop.shopify.post('/__sim/products', { sku: `SET-${sku}`, price: '40.00', components: [{ sku, quantity: 2 }] });
			return await inspected(shop, `SET-${sku}`);
		},
		resource: 'restock',
		operation: 'execute',
		parameters: located,
		acts: 2,
		expected: () => ({ payments: [], decisions: ['2 NOT_RESTOCKED'], stock: 4 }),
		observe,
		byHand: [],
	},
	{
		name: 'restock without a return',
		prepare: async (shop, sku) => {
			const made = await inspected(shop, sku);
			await shop.cancelReturn(made.orderId);
			return made;
		},
		resource: 'restock',
		operation: 'execute',
		parameters: (made) => ({ ...located(made), options: { stockWithoutReturn: 'adjust' } }),
		acts: 1,
		expected: () => ({ payments: [], decisions: [], stock: 2 }),
		observe,
		byHand: [],
	},
];

async function inspected(shop: Shop, sku: string): Promise<Placed & { rmaId: string }> {
	const [line] = FLAGSHIP.lines;
	return await shop.inspectedReturn({ ...FLAGSHIP, lines: [{ ...line, sku }] });
}

function located({ locationId }: Case): IDataObject {
	return { locationId: { __rl: true, mode: 'id', value: locationId } };
}

async function observe(shop: Shop, { orderId, sku, locationId }: Case): Promise<Effects> {
	const { refunds, dispositions } = await shop.outcome(orderId);
	return { payments: refunds, decisions: dispositions, stock: await availableOf(shop, sku, locationId) };
}

/** Pieces that can be sold at a location. */
export async function availableOf(shop: Shop, sku: string, locationId: string): Promise<number> {
	const levels = await shop.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`);
	return levels.find((level) => level.locationId === locationId)?.quantities.available ?? 0;
}

interface ReturnsOfOrder {
	order: { returns: { nodes: Array<{ id: string; returnLineItems: { nodes: Array<{ id: string; quantity: number }> } }> } };
}

async function returnOf(shop: Shop, { orderId }: Pick<Case, 'orderId'>): Promise<string | undefined> {
	return (await returnsOf(shop, orderId)).order.returns.nodes[0]?.id;
}

async function returnsOf(shop: Shop, orderId: string): Promise<ReturnsOfOrder> {
	return await shop.ask<ReturnsOfOrder>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id returnLineItems(first: 5) { nodes { id quantity } } } } } }', { id: orderId });
}

async function processWithoutMoney(shop: Shop, orderId: string): Promise<void> {
	const [open] = (await returnsOf(shop, orderId)).order.returns.nodes;
	const input = { returnId: open?.id, returnLineItems: open?.returnLineItems.nodes.map(({ id, quantity }) => ({ id, quantity })) };
	const { returnProcess } = await shop.ask<{ returnProcess: { userErrors: unknown[] } }>('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', { input });
	if (returnProcess.userErrors.length > 0) throw new Error(`The return could not be processed: ${JSON.stringify(returnProcess.userErrors)}`);
}
