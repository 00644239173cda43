/** Everything that a settlement does to money and stock, one row each: how a case comes about, what is called, and what it must come to. */
import type { IDataObject } from 'n8n-workflow';
import type { ExceptionCode } from '../../returns/exceptions';
import { FLAGSHIP, FLAGSHIP_REFUND, type Placed, type Shop } from '../support/shop';

export interface Case extends Placed {
	rmaId: string;
	/** The case's own articles, so that their stock is nobody else's. */
	skus: string[];
	/** Location that takes the stock back. */
	locationId: string;
}

/**
 * How much Shopify itself would allow. `exact`: two pieces of three come back, and two are settled, so that Shopify refuses a second time.
 * `room`: four pieces of eight come back, and the two inspected ones are settled; a second time would be carried out.
 */
export type Bounds = 'exact' | 'room';

/** What an order and its article show. Texts, so that a table can print them. */
export interface Effects {
	/** One text for every payment that left the shop. */
	payments: string[];
	/** One text for every decision on units. */
	decisions: string[];
	/** Pieces that became available for sale, of each of the case's articles. */
	stock: number[];
}

/** Somebody who knows nothing of our ledger does the same thing by hand. */
export interface ByHand {
	name: string;
	/** What the order shows when the person was first, where that is not what the settlement would have done. */
	insteadOf?: (bounds: Bounds) => Effects;
	/** The payment is tied to nothing that the person's payment uses up, so nothing in Shopify keeps the two apart once ours is under way. */
	isUnboundedFrom?: 'act';
	act(shop: Shop, made: Case): Promise<unknown>;
}

export interface Action {
	name: string;
	/** A fresh order with a return that is ready for this action. `mark` tells its articles from all others. */
	prepare(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>>;
	resource: string;
	operation: string;
	parameters(made: Case): IDataObject;
	/** How many acts the settlement sends. */
	acts: 1 | 2;
	/** Two where the claim is only whole when it states what exchange items leave to be paid. */
	claimHalves?: 2;
	/** Two where each act has a claim of its own, so that two runs may do one of them each. */
	passes?: 2;
	expected(made: Case, bounds: Bounds): Effects;
	byHand: ByHand[];
	/** What a later run may have to leave to a person, because Shopify shows that it happened, and not whose doing it was. */
	mayStayUnclear?: ExceptionCode;
}

/** Two of eight: 320.00 less 10 %, less 5.00, is 283.00; a quarter is 70.75, and 19 % of it 13.44. */
const PAID: Record<Bounds, string> = { exact: FLAGSHIP_REFUND, room: '84.19' };

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

/** What units that were never shipped cost apiece. */
const UNSHIPPED_PRICE = '30.00';

/** A person in the admin takes units off the order before they are shipped. */
const cancelOnOrder = (restock: boolean): ByHand => ({
	name: restock ? 'cancels the units' : 'refunds the units without restocking them',
	...(restock ? {} : { insteadOf: () => ({ payments: ['SUCCESS 60.00'], decisions: [], stock: [0] }) }),
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, lines: [{ lineItemId: made.lineItemIds[0], quantity: 2, ...(restock ? { restock, locationId: made.locationId } : {}) }] }),
});

const exchangeInAdmin: ByHand = { name: 'processes the exchange', act: async (shop, made) => await processReturn(shop, made.orderId, { items: true }) };

/** A refund where the settlement would give credit. Both pay for the same units. */
function instead(hand: ByHand): ByHand {
	return { ...hand, insteadOf: (bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`], decisions: [], stock: [0] }) };
}

export const ACTIONS: Action[] = [
	{
		name: 'refund by returnProcess',
		prepare: inspected,
		resource: 'refund',
		operation: 'post',
		parameters: () => ({}),
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [refundOnOrder, refundInReturn],
	},
	{
		name: 'refund by refundCreate',
		prepare: async (shop, mark, bounds) => {
			const made = await inspected(shop, mark, bounds);
			await shop.cancelReturn(made.orderId);
			return made;
		},
		resource: 'refund',
		operation: 'post',
		parameters: () => ({}),
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [refundOnOrder],
	},
	{
		name: 'restock by disposition',
		prepare: inspected,
		resource: 'restock',
		operation: 'execute',
		parameters: located,
		acts: 1,
		expected: ({ locationId }) => ({ payments: [], decisions: [`2 RESTOCKED ${locationId}`], stock: [2] }),
		byHand: [disposeInReturn],
	},
	{
		name: 'refund and restock in one call',
		prepare: inspected,
		resource: 'return',
		operation: 'process',
		parameters: located,
		acts: 1,
		expected: ({ locationId }, bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`], decisions: [`2 RESTOCKED ${locationId}`], stock: [2] }),
		byHand: [refundOnOrder, refundInReturn, disposeInReturn],
	},
	{
		// The return was processed without money and without a decision: the order pays, and the return still takes the stock.
		name: 'refund and restock in two calls',
		prepare: async (shop, mark, bounds) => {
			const made = await inspected(shop, mark, bounds);
			await processReturn(shop, made.orderId, { items: false });
			return made;
		},
		resource: 'return',
		operation: 'process',
		parameters: located,
		acts: 2,
		expected: ({ locationId }, bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`], decisions: [`2 RESTOCKED ${locationId}`], stock: [2] }),
		byHand: [refundOnOrder, disposeInReturn],
	},
	{
		name: 'restock of components',
		prepare: bundlesCameBack,
		resource: 'restock',
		operation: 'execute',
		parameters: located,
		acts: 2,
		expected: () => ({ payments: [], decisions: ['2 NOT_RESTOCKED'], stock: [4, 2] }),
		byHand: [],
	},
	{
		name: 'refund to store credit',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'refund',
		parameters: creditable,
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`SUCCESS ${PAID[bounds]}`, `credit ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [instead(refundOnOrder), instead(refundInReturn)],
	},
	{
		name: 'credit to the account',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'creditAccount',
		parameters: creditable,
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`credit ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [{ ...instead(refundOnOrder), isUnboundedFrom: 'act' }],
		mayStayUnclear: 'creditUnclear',
	},
	{
		// The second at which it ends tells whose it is.
		name: 'credit to the account that ends',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'creditAccount',
		parameters: () => ({ ...creditable(), options: { expiresAfterDays: 30 } }),
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`credit ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [{ ...instead(refundOnOrder), isUnboundedFrom: 'act' }],
	},
	{
		name: 'gift card',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'createGiftCard',
		parameters: creditable,
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`gift card ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [{ ...instead(refundOnOrder), isUnboundedFrom: 'act' }],
	},
	{
		name: 'restock without a Shopify return',
		prepare: async (shop, mark, bounds) => {
			const made = await inspected(shop, mark, bounds);
			await shop.cancelReturn(made.orderId);
			return made;
		},
		resource: 'restock',
		operation: 'execute',
		parameters: (made) => ({ ...located(made), options: { stockWithoutReturn: 'adjust' } }),
		acts: 1,
		expected: () => ({ payments: [], decisions: [], stock: [2] }),
		byHand: [],
	},
	{
		name: 'cancellation of units not shipped',
		prepare: unshipped,
		resource: 'refund',
		operation: 'post',
		parameters: cancelling,
		acts: 1,
		expected: () => ({ payments: ['SUCCESS 60.00'], decisions: [], stock: [2] }),
		byHand: [cancelOnOrder(true), cancelOnOrder(false)],
	},
	{
		name: 'refund, and cancellation beside it',
		prepare: partlyShipped,
		resource: 'refund',
		operation: 'post',
		parameters: cancelling,
		acts: 2,
		passes: 2,
		expected: () => ({ payments: ['SUCCESS 40.00', `SUCCESS ${UNSHIPPED_PRICE}`], decisions: [], stock: [0, 1] }),
		byHand: [],
	},
	{
		name: 'even exchange',
		prepare: exchanged,
		resource: 'refund',
		operation: 'post',
		parameters: () => ({ options: { exchangeItems: 'process' } }),
		acts: 1,
		claimHalves: 2,
		expected: () => ({ payments: [], decisions: ['1 exchanged'], stock: [0] }),
		byHand: [exchangeInAdmin],
	},
];

/** Lamps that were ordered and never shipped; with room, more of them than the request names, and coats that wait for their inspection. */
async function unshipped(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const [lamp, coat] = [`LAMP-${mark}`, `COAT-${mark}`];
	const lamps = { sku: lamp, title: 'Lamp', quantity: bounds === 'exact' ? 2 : 8, unitPrice: UNSHIPPED_PRICE, fulfilled: 0 };
	const placed = await shop.placeOrder({ currency: 'EUR', lines: [lamps, { sku: coat, title: 'Coat', quantity: 2, unitPrice: '40.00' }], payments: [{ gateway: 'shopify_payments' }] });
	const waiting = bounds === 'exact' ? [] : [{ lineItemId: placed.lineItemIds[1], quantity: 2 }];
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 2 }, ...waiting]);
	return { ...placed, rmaId, skus: [lamp] };
}

/** A coat that came back and a lamp that was never shipped; with room, two more coats that wait for their inspection, and more of both in the order. */
async function partlyShipped(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const [coat, lamp] = [`COAT-${mark}`, `LAMP-${mark}`];
	const [ordered, back] = bounds === 'exact' ? [1, 1] : [6, 3];
	const lines = [{ sku: coat, title: 'Coat', quantity: ordered, unitPrice: '40.00' }, { sku: lamp, title: 'Lamp', quantity: ordered, unitPrice: UNSHIPPED_PRICE, fulfilled: 0 }];
	const placed = await shop.placeOrder({ currency: 'EUR', lines, payments: [{ gateway: 'shopify_payments' }] });
	await shop.openReturn(placed, back);
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: back }, { lineItemId: placed.lineItemIds[1], quantity: 1 }]);
	await inspectFirst(shop, rmaId, 1);
	return { ...placed, rmaId, skus: [coat, lamp] };
}

/** Two coats that came back, and one article in the same return that costs exactly as much. */
async function exchanged(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const made = await inspected(shop, mark, bounds);
	await shop.cancelReturn(made.orderId);
	const { variantId } = await shop.shopify.post<{ variantId: string }>('/__sim/products', { sku: `SWAP-${mark}`, title: 'Swap', price: PAID[bounds], available: 5 });
	await shop.openReturn(made, bounds === 'exact' ? 2 : 4, [{ variantId, quantity: 1 }]);
	return made;
}

/** Two coats that came back and were inspected; with room, two more that wait for their inspection. */
async function inspected(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const [line] = FLAGSHIP.lines;
	const sku = `COAT-${mark}`;
	return { ...(await comeBack(shop, { ...FLAGSHIP, customer: { email: `${mark.toLowerCase()}@customer.example`, firstName: 'Ada', lastName: 'Stone' }, lines: [{ ...line, sku, quantity: bounds === 'exact' ? 3 : 8 }] }, bounds)), skus: [sku] };
}

/** Two sets of two cups and a plate each, sold on a SKU of their own. */
async function bundlesCameBack(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const [cup, plate, set] = [`CUP-${mark}`, `PLATE-${mark}`, `SET-${mark}`];
	await shop.shopify.post('/__sim/products', { sku: cup, price: '8.00', available: 0 });
	await shop.shopify.post('/__sim/products', { sku: plate, price: '14.00', available: 0 });
	await shop.shopify.post('/__sim/products', { sku: set, price: '30.00', available: 0, components: [{ sku: cup, quantity: 2 }, { sku: plate, quantity: 1 }] });
	const lines = [{ sku: set, title: 'Breakfast set', quantity: bounds === 'exact' ? 3 : 8, unitPrice: '30.00' }];
	return { ...(await comeBack(shop, { currency: 'EUR', lines, payments: [{ gateway: 'shopify_payments' }] }, bounds)), skus: [cup, plate] };
}

async function comeBack(shop: Shop, order: object, bounds: Bounds): Promise<Placed & { rmaId: string }> {
	const placed = await shop.placeOrder(order);
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: bounds === 'exact' ? 2 : 4 }]);
	await inspectFirst(shop, rmaId, 2);
	return { ...placed, rmaId };
}

async function inspectFirst(shop: Shop, rmaId: string, count: number): Promise<void> {
	const { details } = await shop.returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`);
	await shop.validate(rmaId, { units: details.items.slice(0, count).map(({ returnedItemId }) => ({ id: returnedItemId, isReturned: true, isRestockable: true })) });
}

function cancelling({ locationId }: Case): IDataObject {
	return { options: { unshippedUnits: 'cancel', cancelLocationId: locationId } };
}

/** The simulated customers ask for a refund; the settings let that be paid with credit. */
function creditable(): IDataObject {
	return { refundResolutions: 'RefundToPaymentMethod' };
}

function located({ locationId }: Case): IDataObject {
	return { locationId: { __rl: true, mode: 'id', value: locationId } };
}

/** What the order shows, and how many pieces of each article can be sold. */
export async function observe(shop: Shop, { orderId, skus, locationId }: Case): Promise<Effects> {
	const { refunds, dispositions } = await shop.outcome(orderId);
	const sent = (await returnsOf(shop, orderId)).order.returns.nodes.flatMap(({ exchangeLineItems }) => exchangeLineItems.nodes.flatMap(({ processedQuantity: pieces }) => (pieces > 0 ? [`${pieces} exchanged`] : [])));
	return { payments: [...refunds, ...(await creditsOf(shop, orderId))], decisions: [...dispositions, ...sent], stock: await availableOf(shop, skus, locationId) };
}

/** Store credit and gift cards of the order's customer, who has no other order. */
async function creditsOf(shop: Shop, orderId: string): Promise<string[]> {
	const { order, giftCards } = await shop.ask<{
		order: { customer: { id: string; storeCreditAccounts: { nodes: Array<{ transactions: { nodes: Array<{ amount: { amount: string } }> } }> } } | null };
		giftCards: { nodes: Array<{ customer: { id: string } | null; initialValue: { amount: string } }> };
	}>(
		`query ($id: ID!) {
			order(id: $id) { customer { id storeCreditAccounts(first: 2) { nodes { transactions(first: 5) { nodes { amount { amount } } } } } } }
			giftCards(first: 250) { nodes { customer { id } initialValue { amount } } }
		}`,
		{ id: orderId },
	);
	const cards = giftCards.nodes.filter(({ customer }) => customer !== null && customer.id === order.customer?.id);
	const credits = order.customer?.storeCreditAccounts.nodes.flatMap((account) => account.transactions.nodes) ?? [];
	const decimal = (value: string) => Number(value).toFixed(2);
	return [...credits.map(({ amount }) => `credit ${decimal(amount.amount)}`), ...cards.map(({ initialValue }) => `gift card ${decimal(initialValue.amount)}`)];
}

export async function availableOf(shop: Shop, skus: readonly string[], locationId: string): Promise<number[]> {
	return await Promise.all(
		skus.map(async (sku) => {
			const levels = await shop.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`);
			return levels.find((level) => level.locationId === locationId)?.quantities.available ?? 0;
		}),
	);
}

interface ReturnsOfOrder {
	order: { returns: { nodes: Array<{ id: string; returnLineItems: { nodes: Array<{ id: string; quantity: number }> }; exchangeLineItems: { nodes: Array<{ id: string; quantity: number; processedQuantity: number }> } }> } };
}

async function returnOf(shop: Shop, { orderId }: Pick<Case, 'orderId'>): Promise<string | undefined> {
	return (await returnsOf(shop, orderId)).order.returns.nodes[0]?.id;
}

async function returnsOf(shop: Shop, orderId: string): Promise<ReturnsOfOrder> {
	return await shop.ask<ReturnsOfOrder>('query ($id: ID!) { order(id: $id) { returns(first: 1, reverse: true) { nodes { id returnLineItems(first: 5) { nodes { id quantity } } exchangeLineItems(first: 5) { nodes { id quantity processedQuantity } } } } } }', { id: orderId });
}

/** Processes the whole return without money, with its exchange items or without. */
async function processReturn(shop: Shop, orderId: string, { items }: { items: boolean }): Promise<void> {
	const [open] = (await returnsOf(shop, orderId)).order.returns.nodes;
	const input = {
		returnId: open?.id,
		returnLineItems: open?.returnLineItems.nodes.map(({ id, quantity }) => ({ id, quantity })),
		...(items ? { exchangeLineItems: open?.exchangeLineItems.nodes.map(({ id, quantity }) => ({ id, quantity })) } : {}),
	};
	const { returnProcess } = await shop.ask<{ returnProcess: { userErrors: unknown[] } }>('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', { input });
	// The shop's own answer where there is nothing left to process: the person was too late.
	if (returnProcess.userErrors.length > 0) throw new Error(`The return could not be processed, with 422: ${JSON.stringify(returnProcess.userErrors)}`);
}
