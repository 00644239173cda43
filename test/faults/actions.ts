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
 * `room`: four pieces of eight come back, and the two inspected ones are settled; a second time would be carried out. `unsent`: the same, and two of
 * the eight were never sent, so that an edit can still take them off the line.
 */
export type Bounds = 'exact' | 'room' | 'unsent';

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
	insteadOf?: (bounds: Bounds, made: Case) => Effects;
	/** Our act is tied to nothing that the person's uses up, so nothing in Shopify keeps the two apart once ours is under way. */
	isUnboundedFrom?: 'act';
	/** What the person did is done, and a person has to say what becomes of the rest: a named exception is the proper end of it. */
	endsInException?: true;
	/** What the person gave is tied to nothing, so that nobody can tell what it was for: it stands beside ours, which is given once all the same. */
	besides?: (bounds: Bounds) => string[];
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
	/** Acts that Shopify carries out once, however often and whoever sends them: they have a key or a code of their own. */
	keyedActs?: number[];
	/** What is paid when an edit has taken 5 % off the returned line before; absent where no money is. `exception`: a person has to decide. */
	cheaper?: (bounds: Bounds) => { payments: string[] } | 'exception';
	/** Pieces that an edit can take off the lines of the return without touching those that are settled. */
	spare: (made: Case) => Array<{ lineItemId: string | undefined; quantity: number }>;
	/** Where pieces that are settled were never sent, so that an edit can take them off, too: the order's line, and what then is left to be done. */
	unsent?: { line: number; without: Effects };
	/** What a later run may have to leave to a person, because Shopify shows that it happened, and not whose doing it was. */
	mayStayUnclear?: ExceptionCode;
}

/**
 * Two of eight: 320.00 less 10 %, less 5.00, is 283.00; a quarter is 70.75, and 19 % of it 13.44. With pieces that an edit may take off the order's
 * discount is 8.00, so that every piece costs 35.00 and 6.65 tax: how Shopify rounds what is left of a line is not published.
 */
const PAID: Record<Bounds, string> = { exact: FLAGSHIP_REFUND, room: '84.19', unsent: '83.30' };

/** 288.00 after the line's own discount, less 5 %, less 5.00, is 268.60; a quarter is 67.15, and of 51.03 tax it is 12.76. */
const CHEAPER = '79.91';

/** The two pieces of the eight that were never sent. */
const twoUnsent: Action['spare'] = ({ lineItemIds }) => [{ lineItemId: lineItemIds[0], quantity: 2 }];

const refundOnOrder: ByHand = {
	name: 'refunds the pieces on the order',
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, lines: [{ lineItemId: made.lineItemIds[0], quantity: 2 }] }),
};

const refundInReturn: ByHand = {
	name: 'refunds the pieces in the return',
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, returnId: await returnOf(shop, made), lines: [{ lineItemId: made.lineItemIds[0], quantity: 2 }] }),
};

/** Nobody can tell from an account or a card what it was given for. */
const sameCredit = (as: 'account' | 'giftCard'): ByHand => ({
	name: `gives the same ${as === 'account' ? 'credit to the account' : 'gift card'}`,
	besides: (bounds) => [`${as === 'account' ? 'credit' : 'gift card'} ${PAID[bounds]}`],
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/credit', { orderId: made.orderId, amount: PAID.exact, as }),
});

/** Without a word about the components, which the settlement then leaves alone. */
const disposeOfBundles: ByHand = {
	name: 'decides on the sets in the return',
	insteadOf: () => ({ payments: [], decisions: ['2 NOT_RESTOCKED'], stock: [0, 0] }),
	endsInException: true,
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/dispose', { returnId: await returnOf(shop, made), lines: [{ lineItemId: made.lineItemIds[0], quantity: 2, type: 'NOT_RESTOCKED' }] }),
};

const returnAndDispose: ByHand = {
	name: 'makes a return and puts the pieces into stock',
	insteadOf: (_bounds, { locationId }) => ({ payments: [], decisions: [`2 RESTOCKED ${locationId}`], stock: [2] }),
	isUnboundedFrom: 'act',
	act: async (shop, made) => {
		const lines = [{ lineItemId: made.lineItemIds[0], quantity: 2 }];
		const { id } = await shop.shopify.post<{ id: string }>('/__sim/admin/return', { orderId: made.orderId, lines });
		await shop.shopify.post('/__sim/admin/dispose', { returnId: id, lines: [{ ...lines[0], type: 'RESTOCKED', locationId: made.locationId }] });
	},
};

/** A person pays for one piece of a line of the order. */
const refundOne = (name: string, line: number, restock: boolean, insteadOf?: ByHand['insteadOf']): ByHand => ({
	name,
	...(insteadOf === undefined ? {} : { insteadOf }),
	act: async (shop, made) => await shop.shopify.post('/__sim/admin/refund', { orderId: made.orderId, lines: [{ lineItemId: made.lineItemIds[line], quantity: 1, ...(restock ? { restock, locationId: made.locationId } : {}) }] }),
});

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
		cheaper: () => ({ payments: [`SUCCESS ${CHEAPER}`] }),
		spare: twoUnsent,
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
		cheaper: () => ({ payments: [`SUCCESS ${CHEAPER}`] }),
		spare: twoUnsent,
		keyedActs: [1],
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
		spare: twoUnsent,
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
		cheaper: () => ({ payments: [`SUCCESS ${CHEAPER}`] }),
		spare: twoUnsent,
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
		cheaper: () => ({ payments: [`SUCCESS ${CHEAPER}`] }),
		spare: twoUnsent,
		keyedActs: [1],
	},
	{
		name: 'restock of components',
		prepare: bundlesCameBack,
		resource: 'restock',
		operation: 'execute',
		parameters: located,
		acts: 2,
		expected: () => ({ payments: [], decisions: ['2 NOT_RESTOCKED'], stock: [4, 2] }),
		byHand: [disposeOfBundles],
		spare: twoUnsent,
		keyedActs: [2],
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
		cheaper: () => ({ payments: [`SUCCESS ${CHEAPER}`, `credit ${CHEAPER}`] }),
		spare: twoUnsent,
	},
	{
		name: 'credit to the account',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'creditAccount',
		parameters: creditable,
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`credit ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [{ ...instead(refundOnOrder), isUnboundedFrom: 'act' }, sameCredit('account')],
		cheaper: () => ({ payments: [`credit ${CHEAPER}`] }),
		spare: twoUnsent,
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
		cheaper: () => ({ payments: [`credit ${CHEAPER}`] }),
		spare: twoUnsent,
	},
	{
		name: 'gift card',
		prepare: inspected,
		resource: 'storeCredit',
		operation: 'createGiftCard',
		parameters: creditable,
		acts: 1,
		expected: (_made, bounds) => ({ payments: [`gift card ${PAID[bounds]}`], decisions: [], stock: [0] }),
		byHand: [{ ...instead(refundOnOrder), isUnboundedFrom: 'act' }, sameCredit('giftCard')],
		cheaper: () => ({ payments: [`gift card ${CHEAPER}`] }),
		spare: twoUnsent,
		keyedActs: [1],
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
		byHand: [returnAndDispose],
		spare: twoUnsent,
		keyedActs: [1],
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
		cheaper: () => ({ payments: ['SUCCESS 57.00'] }),
		spare: ({ lineItemIds }) => [{ lineItemId: lineItemIds[0], quantity: 6 }],
		unsent: { line: 0, without: { payments: [], decisions: [], stock: [0] } },
		keyedActs: [1],
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
		byHand: [refundOne('refunds the piece that came back', 0, false), refundOne('cancels the unit', 1, true), refundOne('refunds the unit without restocking it', 1, false, () => ({ payments: ['SUCCESS 40.00', `SUCCESS ${UNSHIPPED_PRICE}`], decisions: [], stock: [0, 0] }))],
		cheaper: () => ({ payments: ['SUCCESS 38.00', `SUCCESS ${UNSHIPPED_PRICE}`] }),
		spare: ({ lineItemIds }) => [{ lineItemId: lineItemIds[1], quantity: 5 }],
		unsent: { line: 1, without: { payments: ['SUCCESS 40.00'], decisions: [], stock: [0, 0] } },
		keyedActs: [2],
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
		cheaper: () => 'exception',
		spare: twoUnsent,
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
	return { ...(await comeBack(shop, { ...FLAGSHIP, customer: { email: `${mark.toLowerCase()}@customer.example`, firstName: 'Ada', lastName: 'Stone' }, lines: [{ ...line, sku, ...piecesOf(bounds) }], discounts: FLAGSHIP.discounts.map((discount) => (discount.target === 'order' && bounds === 'unsent' ? { ...discount, value: '8.00' } : discount)) }, bounds)), skus: [sku] };
}

function piecesOf(bounds: Bounds): { quantity: number; fulfilled: number } {
	if (bounds === 'exact') return { quantity: 3, fulfilled: 3 };
	return { quantity: 8, fulfilled: bounds === 'room' ? 8 : 6 };
}

/** Two sets of two cups and a plate each, sold on a SKU of their own. */
async function bundlesCameBack(shop: Shop, mark: string, bounds: Bounds): Promise<Omit<Case, 'locationId'>> {
	const [cup, plate, set] = [`CUP-${mark}`, `PLATE-${mark}`, `SET-${mark}`];
	await shop.shopify.post('/__sim/products', { sku: cup, price: '8.00', available: 0 });
	await shop.shopify.post('/__sim/products', { sku: plate, price: '14.00', available: 0 });
	await shop.shopify.post('/__sim/products', { sku: set, price: '30.00', available: 0, components: [{ sku: cup, quantity: 2 }, { sku: plate, quantity: 1 }] });
	const lines = [{ sku: set, title: 'Breakfast set', ...piecesOf(bounds), unitPrice: '30.00' }];
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

/** A person takes pieces off lines that were never sent. What is taken off goes to no shelf, so that the settlement's stock stays tellable. */
export async function takeOff(shop: Shop, { orderId }: Case, pieces: ReadonlyArray<{ lineItemId: string | undefined; quantity: number }>): Promise<void> {
	await shop.shopify.post('/__sim/admin/edit-order', { orderId, remove: pieces.map((piece) => ({ ...piece, restock: false })) });
}

/** Everything of a line that was not sent. */
export async function takeOffLine(shop: Shop, made: Case, line: number): Promise<void> {
	const lineItemId = made.lineItemIds[line];
	const { node } = await shop.ask<{ node: { unfulfilledQuantity: number } }>('query ($id: ID!) { node(id: $id) { ... on LineItem { unfulfilledQuantity } } }', { id: lineItemId });
	if (node.unfulfilledQuantity > 0) await takeOff(shop, made, [{ lineItemId, quantity: node.unfulfilledQuantity }]);
}

export async function makeCheaper(shop: Shop, { orderId, lineItemIds }: Case): Promise<void> {
	await shop.shopify.post('/__sim/admin/edit-order', { orderId, discount: [{ lineItemId: lineItemIds[0], percent: '5' }] });
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
