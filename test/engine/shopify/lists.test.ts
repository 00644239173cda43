/** The *From List* modes of returns, refunds, gift cards and items, as the editor asks for them, at the simulated shop. */
import '../harness/environment';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import type { Placed } from '../../support/shop';
import { searchList } from '../harness';
import { first, ShopStage } from './shopStage';

let stage: ShopStage;
let order: Placed;
beforeAll(async () => {
	stage = await ShopStage.open('return');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder();
});

const search = async (method: string, filter?: string, token?: string) => await searchList({ node: ShopifyReturns, credentials: stage.credentials(token), credentialTypes: [new ShopifyReturnsApi()], method, filter });
const values = async (method: string, filter?: string) => (await search(method, filter)).results.map(({ value }) => value);

it('lists open and requested returns, and all returns of an order that is searched for', async () => {
	expect(await values('searchReturns')).toEqual([]);
	const open = await stage.makeReturn(order);
	const other = await stage.shop.placeOrder();
	const requested = await stage.makeReturn(other, 'REQUESTED');
	expect((await values('searchReturns')).sort()).toEqual([open.id, requested.id].sort());
	expect((await search('searchReturns')).results.find(({ value }) => value === open.id)?.name).toBe(`${open.name} · Open · 2 pieces`);
	await stage.step('returnClose', open.id);
	expect(await values('searchReturns')).toEqual([requested.id]);
	for (const filter of [order.orderName, order.orderName.slice(1), open.name]) expect([filter, await values('searchReturns', filter)]).toEqual([filter, [open.id]]);
	// What was chosen is what the operation takes.
	expect(first((await stage.run('get', { return: { __rl: true, mode: 'list', value: open.id } })).outputs[0])).toMatchObject({ id: open.id });
});

it('lists the refunds of orders that have some, or of one order', async () => {
	expect(await values('searchRefunds')).toEqual([]);
	const { id } = await stage.shop.shopify.post<{ id: string }>('/__sim/admin/refund', { orderId: order.orderId, lines: [{ lineItemId: order.lineItemIds[0], quantity: 1 }] });
	expect(await values('searchRefunds')).toEqual([id]);
	expect((await search('searchRefunds', order.orderName)).results).toMatchObject([{ name: expect.stringContaining(`${order.orderName} · `) as string, value: id }]);
	expect(await values('searchRefunds', '#999999')).toEqual([]);
	expect(first((await stage.run('get', { resource: 'refund', refundId: { __rl: true, mode: 'list', value: id } })).outputs[0])).toMatchObject({ id });
});

it('finds gift cards by the end of their code, their note or their value, over several pages', async () => {
	const make = async (amount: string, note: string) =>
		(await stage.shop.ask<{ giftCardCreate: { giftCard: { id: string; lastCharacters: string } } }>('mutation ($amount: MoneyInput!, $note: String!) { giftCardCreate(input: { initialAmount: $amount, note: $note }) { giftCard { id lastCharacters } userErrors { message } } }', { amount: { amount, currencyCode: 'USD' }, note })).giftCardCreate.giftCard;
	const wanted = await make('12.34', 'ReturnGO RMA77');
	for (let made = 0; made < 55; made += 1) await make('20.00', 'other');
	expect(await values('searchGiftCards', wanted.lastCharacters)).toContain(wanted.id);
	expect(await values('searchGiftCards', 'rma77')).toEqual([wanted.id]);
	expect(await values('searchGiftCards', '12.34')).toEqual([wanted.id]);
	expect(await values('searchGiftCards', 'nobody has this')).toEqual([]);
	expect((await search('searchGiftCards')).results).toHaveLength(50);
});

it('lists items by their SKU', async () => {
	const found = (await search('searchItems', 'COAT')).results;
	expect(found).toMatchObject([{ name: expect.stringContaining('COAT-M') as string, value: expect.stringMatching(/^gid:\/\/shopify\/InventoryItem\//) as string }]);
	expect(await values('searchItems', 'HAT')).toEqual([]);
	expect((await search('searchItems')).results.length).toBeGreaterThan(0);
});

it.each(['searchReturns', 'searchRefunds', 'searchGiftCards', 'searchItems', 'searchOrders', 'searchLocations', 'searchReturnReasons'])('%s says when the token is refused, and waits when throttled', async (method) => {
	await expect(search(method, undefined, 'shpat_wrong')).rejects.toMatchObject({ httpCode: '401' });
	const fields: Record<string, string> = { searchGiftCards: 'giftCards', searchItems: 'productVariants', searchLocations: 'locations', searchReturnReasons: 'returnReasonDefinitions' };
	await stage.fault(fields[method] ?? 'orders', { kind: 'throttled' });
	await expect(search(method)).resolves.toHaveProperty('results');
});
