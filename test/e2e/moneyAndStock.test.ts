/** One scenario per kind of tender, of currency, of outcome and of disposition, run by hand in a real n8n: read the RMA, then settle it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { codesOf, Shop } from '../support/shop';
import { E2e, itemsOf, type StoredWorkflow } from './harness';

let e2e: E2e;
let shop: Shop;
let location: string;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
	location = await shop.firstLocation();
});
afterEach(async () => await e2e.cleanUp());

interface Settled {
	settled: IDataObject[];
	attention: IDataObject[];
}

/** A workflow as a consultant would try things out with: Start, ReturnGO: Get, Shopify Returns. */
async function workflowFor(rmaId: string, resource: string, operation: string, parameters: INodeParameters): Promise<StoredWorkflow> {
	return await e2e.importFile({
		name: `${resource} ${operation}`,
		nodes: [
			{ id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: 'b', name: 'RMA', type: 'n8n-nodes-returngo-shopify.returnGo', typeVersion: 1, position: [200, 0], parameters: { resource: 'rma', operation: 'get', rmaId: { __rl: true, mode: 'id', value: rmaId } } },
			{ id: 'c', name: 'Settle', type: 'n8n-nodes-returngo-shopify.shopifyReturns', typeVersion: 1, position: [400, 0], parameters: { resource, operation, rma: '={{ $json }}', ...parameters } },
		],
		connections: { Start: { main: [[{ node: 'RMA', type: 'main', index: 0 }]] }, RMA: { main: [[{ node: 'Settle', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
}

async function settle(rmaId: string, resource = 'refund', operation = 'post', parameters: INodeParameters = {}): Promise<Settled> {
	const workflow = await workflowFor(rmaId, resource, operation, parameters);
	const execution = await e2e.n8n.executeWorkflow(workflow.id, 'Start');
	const json = (output: number) => itemsOf(execution, 'Settle', output).map((item) => item.json);
	return { settled: json(0), attention: json(1) };
}

const place = async (order: object, quantity = 2) => {
	const placed = await shop.placeOrder(order);
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity }]);
	return { ...placed, rmaId };
};

const twoPieces = (payments: object[]) => ({ currency: 'USD', lines: [{ sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: '50.00' }], payments });

it.each([
	['one card', [{ gateway: 'shopify_payments' }], 'SUCCESS 100.00'],
	['a gift card and a card', [{ gateway: 'gift_card', amount: '30.00' }, { gateway: 'shopify_payments', amount: '70.00' }], 'SUCCESS 30.00 + SUCCESS 70.00'],
	['two cards', [{ gateway: 'shopify_payments', amount: '60.00' }, { gateway: 'paypal', amount: '40.00' }], 'SUCCESS 60.00 + SUCCESS 40.00'],
	['a manual payment', [{ gateway: 'Cash on Delivery (COD)', manual: true }], 'SUCCESS 100.00'],
])('tenders: %s', async (_kind, payments, expected) => {
	const { orderId, rmaId } = await place(twoPieces(payments));
	await shop.validate(rmaId);
	const { settled, attention } = await settle(rmaId);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '100.00', moneyMoved: true } }]);
	expect((await shop.outcome(orderId)).refunds).toEqual([expected]);
});

it.each([
	['store credit alone', '100.00', 'SUCCESS 100.00'],
	['store credit and a card', '60.00', 'SUCCESS 60.00 + SUCCESS 40.00'],
])('tenders: %s', async (_kind, amount, expected) => {
	const customer = { email: 'patron@example.com' };
	const account = await creditAccountOf(customer);
	const rest = amount === '100.00' ? [] : [{ gateway: 'shopify_payments' }];
	const { orderId, rmaId } = await place({ ...twoPieces([{ gateway: 'shopify_store_credit', amount, storeCreditAccountId: account.id }, ...rest]), customer });
	await shop.validate(rmaId);
	const { settled, attention } = await settle(rmaId);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '100.00', moneyMoved: true } }]);
	expect((await settle(rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	expect((await shop.outcome(orderId)).refunds).toEqual([expected]);
	// Back on the account, once; what a card paid is not.
	expect(await account.balance()).toBe(account.before + Number(amount));
});

/** The customer's account with 500.00 on it. */
async function creditAccountOf(customer: { email: string }): Promise<{ id: string; before: number; balance: () => Promise<number> }> {
	const { orderId } = await shop.placeOrder({ ...twoPieces([{ gateway: 'shopify_payments' }]), customer });
	const owner = await shop.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: orderId });
	const { storeCreditAccountCredit: credited } = await shop.ask<{ storeCreditAccountCredit: { storeCreditAccountTransaction: { account: { id: string } } } }>(
		'mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $input) { storeCreditAccountTransaction { account { id } } userErrors { message } } }',
		{ id: owner.order.customer.id, input: { creditAmount: { amount: '500.00', currencyCode: 'USD' } } },
	);
	const { id } = credited.storeCreditAccountTransaction.account;
	const balance = async () => {
		const { storeCreditAccount } = await shop.ask<{ storeCreditAccount: { balance: { amount: string } } }>('query ($id: ID!) { storeCreditAccount(id: $id) { balance { amount } } }', { id });
		return Number(storeCreditAccount.balance.amount);
	};
	return { id, before: await balance(), balance };
}

it('tenders: a part goes to the larger payment where the policy says so', async () => {
	const { orderId, rmaId } = await place(twoPieces([{ gateway: 'shopify_payments', amount: '30.00' }, { gateway: 'paypal', amount: '70.00' }]), 1);
	await shop.validate(rmaId);
	const { settled } = await settle(rmaId, 'refund', 'post', { options: { tenderPolicy: 'largestFirst' } });
	expect(settled).toMatchObject([{ refund: { transactions: [{ gateway: 'paypal', amount: '50.00' }] } }]);
	expect((await shop.outcome(orderId)).refunds).toEqual(['SUCCESS 50.00']);
});

it.each([
	['without decimals', { currency: 'JPY', lines: [{ sku: 'TEA', title: 'Tea', quantity: 3, unitPrice: '1000' }], discounts: [{ target: 'order', kind: 'fixed', value: '100', type: 'code' }] }, '1933', 'JPY'],
	['with three decimals', { currency: 'KWD', lines: [{ sku: 'TEA', title: 'Tea', quantity: 3, unitPrice: '1.000' }], discounts: [{ target: 'order', kind: 'fixed', value: '0.100', type: 'code' }] }, '1.933', 'KWD'],
	['the customer’s, while the shop counts in another', { currency: 'USD', presentmentCurrency: 'EUR', exchangeRate: '1.1', lines: [{ sku: 'TEA', title: 'Tea', quantity: 3, unitPrice: '10.00' }] }, '20.00', 'EUR'],
])('currencies: %s', async (_kind, order, amount, currency) => {
	const { rmaId } = await place(order);
	await shop.validate(rmaId);
	const { settled } = await settle(rmaId);
	expect(settled).toMatchObject([{ outcome: 'done', refund: { amount, currency, moneyMoved: true } }]);
});

it('outcomes: waiting, done, alreadyDone and blocked, each with its reason', async () => {
	const { rmaId } = await place(twoPieces([{ gateway: 'shopify_payments' }]));
	const waiting = await settle(rmaId);
	expect([waiting.attention[0]?.outcome, codesOf(waiting.attention[0])]).toEqual(['waiting', ['awaitingInspection']]);
	await shop.validate(rmaId);
	const blocked = await settle(rmaId, 'refund', 'post', { options: { maximumAmount: '99.99' } });
	expect([blocked.attention[0]?.outcome, codesOf(blocked.attention[0])]).toEqual(['blocked', ['capExceeded']]);
	expect((await settle(rmaId)).settled[0]?.outcome).toBe('done');
	const again = await settle(rmaId);
	expect([again.settled[0]?.outcome, codesOf(again.settled[0])]).toEqual(['alreadyDone', ['settledBefore']]);
});

it('dispositions: sellable, damaged and missing pieces of one line each go their own way', async () => {
	const { orderId, rmaId } = await place({ currency: 'USD', lines: [{ sku: 'CUP', title: 'Cup', quantity: 3, unitPrice: '10.00' }] }, 3);
	const { details } = await e2e.returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`);
	const [sellable, damaged, missing] = details.items.map((item) => item.returnedItemId);
	await shop.validate(rmaId, {
		units: [
			{ id: sellable, isReturned: true, isRestockable: true },
			{ id: damaged, isReturned: true, isRestockable: false, nonRestockableReason: 'Chipped' },
			{ id: missing, isReturned: false, isRestockable: false, nonReturnedReason: 'Empty box' },
		],
	});
	const stock = await settle(rmaId, 'restock', 'execute', { locationId: { __rl: true, mode: 'id', value: location } as unknown as INodeParameters });
	expect(stock.settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
	expect((await shop.outcome(orderId)).dispositions.sort()).toEqual(['1 MISSING', '1 NOT_RESTOCKED', `1 RESTOCKED ${location}`].sort());
	const money = await settle(rmaId);
	expect(money.settled).toMatchObject([{ outcome: 'done', refund: { amount: '10.00' } }]);
	expect(codesOf(money.attention[0]).sort()).toEqual(['damagedNotRefunded', 'unitMissing']);
});

it.each(['damaged', 'quality_control', 'safety_stock'])('dispositions: damaged pieces are counted as %s where the settings say so, once, and never as available', async (state) => {
	const sku = `BOWL-${state}`;
	const { orderId, rmaId } = await place({ currency: 'USD', lines: [{ sku, title: 'Bowl', quantity: 3, unitPrice: '10.00' }] });
	await shop.validate(rmaId, { all: true, isReturned: true, isRestockable: false, nonRestockableReason: 'Chipped' });
	const figures = async () => (await e2e.shopify.get<Array<{ locationId: string; quantities: Record<string, number> }>>(`/__sim/inventory?sku=${sku}`)).find((level) => level.locationId === location)?.quantities ?? {};
	const before = await figures();
	const parameters = { locationId: { __rl: true, mode: 'id', value: location } as unknown as INodeParameters, options: { unsellableState: state } };
	const { settled, attention } = await settle(rmaId, 'restock', 'execute', parameters);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, stock: { changes: [{ state, quantity: 2 }] } }]);
	expect((await settle(rmaId, 'restock', 'execute', parameters)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	expect(await figures()).toMatchObject({ available: before.available, [state]: (before[state] ?? 0) + 2 });
	expect((await shop.outcome(orderId)).dispositions).toEqual(['2 NOT_RESTOCKED']);
});

it.each([
	['stock alone', 'restock', 'execute', []],
	['money and stock in one step', 'return', 'process', ['SUCCESS 90.00']],
])('dispositions: a return of two parcels, %s', async (_what, resource, operation, refunds) => {
	const lines = [{ sku: 'JAR', title: 'Jar', quantity: 2, unitPrice: '25.00' }, { sku: 'LID', title: 'Lid', quantity: 2, unitPrice: '20.00' }];
	const placed = await shop.placeOrder({ currency: 'USD', lines, parcels: 2, payments: [{ gateway: 'shopify_payments' }] });
	const rmaId = await shop.receiveReturn(placed, placed.lineItemIds.map((lineItemId) => ({ lineItemId, quantity: 2 })));
	await shop.validate(rmaId);
	const parameters = { locationId: { __rl: true, mode: 'id', value: location } as unknown as INodeParameters };
	const { settled, attention } = await settle(rmaId, resource, operation, parameters);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
	expect((await settle(rmaId, resource, operation, parameters)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	const outcome = await shop.outcome(placed.orderId);
	expect(outcome.refunds).toEqual(refunds);
	expect(outcome.dispositions).toEqual(Array.from({ length: 4 }, () => `1 RESTOCKED ${location}`));
});

it('bundles: the components go back into stock, the bundle itself never does', async () => {
	await e2e.shopify.post('/__sim/products', { sku: 'CUP', price: '8.00', available: 0 });
	await e2e.shopify.post('/__sim/products', { sku: 'PLATE', price: '14.00', available: 0 });
	await e2e.shopify.post('/__sim/products', { sku: 'SET', price: '30.00', available: 0, components: [{ sku: 'CUP', quantity: 2 }, { sku: 'PLATE', quantity: 1 }] });
	const { orderId, rmaId } = await place({ currency: 'USD', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 3, unitPrice: '30.00' }] });
	await shop.validate(rmaId);
	const { settled, attention } = await settle(rmaId, 'restock', 'execute', { locationId: { __rl: true, mode: 'id', value: location } as unknown as INodeParameters });
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
	const stockOf = async (sku: string) => (await e2e.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`)).find((level) => level.locationId === location)?.quantities.available;
	expect([await stockOf('CUP'), await stockOf('PLATE')]).toEqual([4, 2]);
	expect((await shop.outcome(orderId)).dispositions).toEqual(['2 NOT_RESTOCKED']);
});

it.each([
	['refund', 'store credit posted to the order', ['SUCCESS 100.00']],
	['creditAccount', 'store credit without a refund', []],
	['createGiftCard', 'one gift card, its code masked', []],
])('credit: storeCredit %s gives %s, once', async (operation, _what, refunds) => {
	const { orderId, rmaId } = await place(twoPieces([{ gateway: 'shopify_payments' }]));
	await shop.validate(rmaId);
	const choice = { refundResolutions: 'RefundToPaymentMethod' };
	const first = await settle(rmaId, 'storeCredit', operation, choice);
	expect(first.attention).toEqual([]);
	expect(first.settled).toMatchObject([{ outcome: 'done', [operation === 'refund' ? 'refund' : 'credit']: { amount: '100.00', currency: 'USD' } }]);
	const again = await settle(rmaId, 'storeCredit', operation, choice);
	expect(again.settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds, tags: ['return-credited'] });
	const { giftCards } = await shop.ask<{ giftCards: { nodes: Array<{ initialValue: { amount: string } }> } }>('{ giftCards(first: 5) { nodes { initialValue { amount } } } }', {});
	expect(giftCards.nodes.map((card) => Number(card.initialValue.amount))).toEqual(operation === 'createGiftCard' ? [100] : []);
	// What the refund operation does afterwards: nothing, because the units are paid.
	expect((await settle(rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
});

const CANCELLING = (): INodeParameters => ({ options: { unshippedUnits: 'cancel', cancelLocationId: location } });

it('outcomes: units that came back are refunded in their return, units never shipped are cancelled beside it', async () => {
	const lines = [{ sku: 'BED', title: 'Bed', quantity: 2, unitPrice: '40.00' }, { sku: 'LAMP', title: 'Lamp', quantity: 2, unitPrice: '15.00', fulfilled: 0 }];
	const placed = await shop.placeOrder({ currency: 'USD', lines, payments: [{ gateway: 'shopify_payments' }] });
	await shop.openReturn(placed, 1);
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }, { lineItemId: placed.lineItemIds[1], quantity: 1 }]);
	const { details } = await e2e.returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`);
	await shop.validate(rmaId, { units: [{ id: details.items[0]?.returnedItemId, isReturned: true, isRestockable: true }] });
	const { settled, attention } = await settle(rmaId, 'refund', 'post', CANCELLING());
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '40.00' }, cancellation: { amount: '15.00', moneyMoved: true } }]);
	expect((await settle(rmaId, 'refund', 'post', CANCELLING())).settled).toMatchObject([{ outcome: 'alreadyDone', everyUnitSettled: true }]);
	expect((await shop.outcome(placed.orderId)).refunds).toEqual(['SUCCESS 40.00', 'SUCCESS 15.00']);
});

it('outcomes: an even exchange is sent without money, and one that costs more is not sent', async () => {
	const swapFor = async (price: string) => {
		const made = await place(twoPieces([{ gateway: 'shopify_payments' }]));
		await shop.validate(made.rmaId);
		await shop.cancelReturn(made.orderId);
		const { variantId } = await e2e.shopify.post<{ variantId: string }>('/__sim/products', { sku: `SWAP-${price}`, title: 'Swap', price, available: 5 });
		await shop.openReturn(made, 2, [{ variantId, quantity: 1 }]);
		return made;
	};
	const process = { options: { exchangeItems: 'process' } };
	const even = await swapFor('100.00');
	const first = await settle(even.rmaId, 'refund', 'post', process);
	expect(first.attention).toEqual([]);
	expect(first.settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: null, exchange: { items: [{ quantity: 1 }] } }]);
	expect((await settle(even.rmaId, 'refund', 'post', process)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	expect((await shop.outcome(even.orderId)).refunds).toEqual([]);
	const dear = await swapFor('120.00');
	expect(codesOf((await settle(dear.rmaId, 'refund', 'post', process)).attention[0])).toEqual(['customerOwes']);
});

it('outcomes: of an edited order the pieces that are left are paid, and what was taken off is not', async () => {
	const placed = await shop.placeOrder({ currency: 'USD', lines: [{ sku: 'VASE', title: 'Vase', quantity: 3, unitPrice: '12.00', fulfilled: 2 }], payments: [{ gateway: 'shopify_payments' }] });
	await e2e.shopify.post('/__sim/admin/edit-order', { orderId: placed.orderId, remove: [{ lineItemId: placed.lineItemIds[0], quantity: 1 }] });
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId);
	expect((await settle(rmaId)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '24.00' } }]);
});

it('currencies: cash that coins made differ, and duties with a tax of their own', async () => {
	const cash = await place({ currency: 'EUR', lines: [{ sku: 'PEN', title: 'Pen', quantity: 2, unitPrice: '5.01' }], payments: [{ gateway: 'cash', manual: true, roundTo: '0.05' }] });
	await shop.validate(cash.rmaId);
	expect((await settle(cash.rmaId)).settled).toMatchObject([{ outcome: 'done', refund: { amount: '10.02' } }]);
	const imported = await place({ currency: 'EUR', lines: [{ sku: 'TILE', title: 'Tile', quantity: 3, unitPrice: '10.00' }], duties: [{ line: 0, amount: '10.00', taxes: [{ title: 'Import VAT', rate: 0.0725 }] }], payments: [{ gateway: 'shopify_payments' }] });
	await shop.validate(imported.rmaId);
	expect((await settle(imported.rmaId, 'refund', 'post', { options: { refundDuties: 'proportional' } })).settled).toMatchObject([{ outcome: 'done', refund: { amount: '27.16' } }]);
});
