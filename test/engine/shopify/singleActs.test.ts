/** Store credit that is taken back, gift cards that are deactivated, stock that is moved aside: each once, at the simulated shop. */
import '../harness/environment';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { codesOf, FLAGSHIP, type Placed } from '../../support/shop';
import { travel } from '../../support/travel';
import { byId, byName, first, items, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
let order: Placed;
beforeAll(async () => {
	stage = await ShopStage.open('storeCredit');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder({ ...FLAGSHIP, email: 'one@example.com', customer: { email: 'one@example.com' } });
});
afterEach(() => jest.useRealTimers());

const wrong = () => ({ credentials: stage.credentials('shpat_wrong') });
const limited = async (token: string, scopes: string[]) => {
	await stage.shop.shopify.post('/__sim/apps', { clientId: token, clientSecret: `${token}-secret`, token, scopes });
	return { credentials: stage.credentials(token) };
};
const refusing = async (field: string, code: string, message: string) =>
	await stage.shop.shopify.post('/__sim/faults', { match: { operation: field }, times: 1, action: { kind: 'status', status: 200, body: { data: { [field]: { userErrors: [{ field: null, message, code }] } } } } });
const recordOf = async (orderId: string) => {
	const { order: found } = await stage.shop.ask<{ order: { metafield: { value: string } | null } }>('query ($id: ID!) { order(id: $id) { metafield(namespace: "return_settlement", key: "acts") { value } } }', { id: orderId });
	return found.metafield === null ? [] : (JSON.parse(found.metafield.value) as { acts: Array<{ state: string; reference: string; resultId: string | null }> }).acts;
};
const writeRecord = async (orderId: string, value: string) =>
	await stage.shop.ask('mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }', { m: [{ ownerId: orderId, namespace: 'return_settlement', key: 'acts', type: 'json', value }] });
const customerOf = async ({ orderId }: Placed) => (await stage.shop.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: orderId })).order.customer.id;

describe('Store Credit: Debit Account', () => {
	const credit = async (amount: string, currencyCode = 'EUR') =>
		await stage.shop.ask('mutation ($id: ID!, $amount: MoneyInput!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: $amount }) { userErrors { message } } }', { id: await customerOf(order), amount: { amount, currencyCode } });
	const debit = (amount: string, reference = 'RMA1 damaged', more: INodeParameters = {}, setup = {}) => stage.run('debitAccount', { order: byId(order.orderId), reference, amount, currency: 'EUR', ...more }, setup);
	const balance = async () => first((await stage.run('getBalance', { lookUpBy: 'order', order: byId(order.orderId) })).outputs[0]).balance;

	it('takes the amount off once per reference, and the order remembers', async () => {
		await credit('20.00');
		const { outputs } = await debit('12.50');
		expect(first(outputs[0])).toMatchObject({ outcome: 'done', reasons: [], order: { id: order.orderId }, amount: '12.50', currency: 'EUR', resultId: expect.stringContaining('StoreCreditAccountDebitTransaction') as string });
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(Number(await balance())).toBe(7.5);
		expect(first((await debit('12.50')).outputs[0])).toMatchObject({ outcome: 'alreadyDone', resultId: first(outputs[0]).resultId });
		expect(await stage.sent('storeCreditAccountDebit')).toBe(1);
		expect(await recordOf(order.orderId)).toMatchObject([{ state: 'done', reference: 'RMA1 damaged' }]);
		// Another reference is another debit; other figures under a known one are none.
		expect(first((await debit('5.00', 'RMA2')).outputs[0]).outcome).toBe('done');
		expect(codesOf(first((await debit('1.00')).outputs[1]))).toEqual(['referenceReused']);
		expect(Number(await balance())).toBe(2.5);
	});

	it('takes nothing that is not there', async () => {
		expect(codesOf(first((await debit('1.00')).outputs[1]))).toEqual(['creditAccountMissing']);
		await credit('20.00');
		expect(codesOf(first((await debit('20.01')).outputs[1]))).toEqual(['creditTooSmall']);
		expect(codesOf(first((await debit('1.00', 'x', { currency: 'USD' })).outputs[1]))).toEqual(['creditAccountMissing']);
		expect(codesOf(first((await stage.run('debitAccount', { order: byId('31'), reference: 'x', amount: '1', currency: 'EUR' })).outputs[1]))).toEqual(['orderNotFound']);
		const guest = await stage.shop.placeOrder({ ...FLAGSHIP, customer: null });
		expect(codesOf(first((await stage.run('debitAccount', { order: byId(guest.orderId), reference: 'x', amount: '1', currency: 'EUR' })).outputs[1]))).toEqual(['customerMissing']);
		expect(await stage.sent('storeCreditAccountDebit')).toBe(0);
		expect(await recordOf(order.orderId)).toEqual([]);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }],
		['was carried out, behind a 502', { kind: 'statusAfter', status: 502 }],
	])('finds the debit after a lost answer to a request that %s', async (_name, action) => {
		await credit('20.00');
		await stage.fault('storeCreditAccountDebit', action);
		expect(first((await debit('5.00')).outputs[0]).outcome).toBe('done');
		expect(first((await debit('5.00')).outputs[0]).outcome).toBe('alreadyDone');
		expect([await stage.sent('storeCreditAccountDebit'), Number(await balance())]).toEqual([1, 15]);
	});

	it('waits after a request that may have been lost, and does it once when the claim has run out', async () => {
		await credit('20.00');
		await stage.fault('storeCreditAccountDebit', { kind: 'dropBefore' });
		const lost = first((await debit('5.00')).outputs[1]);
		expect([lost.outcome, codesOf(lost), typeof lost.retryAt]).toEqual(['waiting', ['answerUnknown'], 'string']);
		expect(codesOf(first((await debit('5.00')).outputs[1]))).toEqual(['claimedElsewhere']);
		travel(180);
		expect(first((await debit('5.00')).outputs[0]).outcome).toBe('done');
		expect(Number(await balance())).toBe(15);
	});

	it('adopts what a run did that died before it could record it', async () => {
		await credit('20.00');
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: 'metafieldsSet', afterMatches: 1 }, times: 20, action: { kind: 'status', status: 503 } });
		const unrecorded = first((await debit('5.00')).outputs[1]);
		expect([unrecorded.outcome, codesOf(unrecorded)]).toEqual(['waiting', ['serviceUnavailable']]);
		await stage.shop.shopify.clearFaults();
		travel(180);
		expect(first((await debit('5.00')).outputs[0])).toMatchObject({ outcome: 'alreadyDone', resultId: unrecorded.resultId });
		expect([await stage.sent('storeCreditAccountDebit'), Number(await balance())]).toEqual([1, 15]);
	});

	it('does it once when two items ask for the same', async () => {
		await credit('20.00');
		const { outputs } = await stage.run('debitAccount', { order: byId(order.orderId), reference: 'twice', amount: '5.00', currency: 'EUR' }, { input: [{}, {}] });
		expect(items(outputs[0]).map(({ outcome }) => outcome)).toEqual(['done', 'alreadyDone']);
		expect(Number(await balance())).toBe(15);
	});

	it('stops before writing in a dry run', async () => {
		await credit('20.00');
		expect(first((await debit('5.00', 'x', { options: { dryRun: true } })).outputs[1])).toMatchObject({ outcome: 'waiting', dryRun: true, planned: { amount: '5.00', currency: 'EUR' }, reasons: [{ code: 'dryRun' }] });
		expect([await recordOf(order.orderId), Number(await balance())]).toEqual([[], 20]);
	});

	it('does nothing over a record that somebody has changed', async () => {
		await credit('20.00');
		await writeRecord(order.orderId, '{"version":2}');
		expect(codesOf(first((await debit('5.00')).outputs[1]))).toEqual(['ledgerUnreadable']);
		expect(await stage.sent('storeCreditAccountDebit')).toBe(0);
	});

	it('waits when throttled, repeats a refusal, names a refused token and a missing scope, and goes on after a failed item', async () => {
		await credit('20.00');
		await stage.fault('storeCreditAccountDebit', { kind: 'throttled' });
		expect(first((await debit('1.00', 'a')).outputs[0]).outcome).toBe('done');
		await refusing('storeCreditAccountDebit', 'ACCOUNT_NOT_FOUND', 'Not today.');
		const refused = first((await debit('1.00', 'b')).outputs[1]);
		expect([codesOf(refused), JSON.stringify(refused.reasons).includes('Not today.')]).toEqual([['refusedByShopify'], true]);
		// What was refused may be asked for again.
		expect(first((await debit('1.00', 'b')).outputs[0]).outcome).toBe('done');
		expect((await debit('1.00', 'c', {}, wrong())).error?.httpCode).toBe('401');
		const blind = await limited('shpat_blind', ['write_orders', 'read_customers', 'read_store_credit_accounts', 'read_store_credit_account_transactions']);
		expect(codesOf(first((await debit('1.00', 'd', {}, blind)).outputs[1]))).toEqual(['accessDenied']);
		const { outputs } = await debit('1.00', '={{ $json.reference }}', {}, { input: [{ reference: '' }, { reference: 'e' }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem, codesOf(first(outputs[1]))]).toEqual([{ item: 1 }, { item: 0 }, ['invalidInput']]);
		expect(Number(await balance())).toBe(17);
	});

	it.each([['0', 'EUR'], ['-1', 'EUR'], ['1.001', 'EUR'], ['12,50', 'EUR'], ['1', 'XXX'], ['', 'EUR']])('sends nothing for %j %s', async (amount, currency) => {
		expect((await debit(amount === '' ? '={{ "" }}' : amount, 'x', { currency })).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(await stage.sent('metafieldsSet')).toBe(0);
	});
});

describe('Store Credit: Get Balance', () => {
	const get = (parameters: INodeParameters, more = {}) => stage.run('getBalance', parameters, more);

	it('gives one item per currency, by order or customer, with the transactions when asked', async () => {
		expect((await get({ lookUpBy: 'order', order: byId(order.orderId) })).outputs).toEqual([[]]);
		const id = await customerOf(order);
		for (const currencyCode of ['EUR', 'USD']) await stage.shop.ask('mutation ($id: ID!, $amount: MoneyInput!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: $amount }) { userErrors { message } } }', { id, amount: { amount: '9.00', currencyCode } });
		const found = items((await get({ lookUpBy: 'customer', customerId: id.slice(id.lastIndexOf('/') + 1) })).outputs[0]);
		expect(found.map(({ customerId, currency, balance }) => [customerId, currency, Number(balance)])).toEqual([[id, 'EUR', 9], [id, 'USD', 9]]);
		expect(found[0]).not.toHaveProperty('transactions');
		expect(first((await get({ lookUpBy: 'order', order: byName(order.orderName), simplify: false })).outputs[0])).toMatchObject({ transactions: [{ kind: 'credit', event: 'ADJUSTMENT' }] });
	});

	it('says what it does not find, waits when throttled, names a refused token and a missing scope, and goes on after a failed item', async () => {
		const id = await customerOf(order);
		await stage.shop.ask('mutation ($id: ID!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: { amount: "9.00", currencyCode: EUR } }) { userErrors { message } } }', { id });
		for (const [parameters, code] of [[{ lookUpBy: 'order', order: byId('31') }, 'orderNotFound'], [{ lookUpBy: 'customer', customerId: '31' }, 'customerMissing'], [{ lookUpBy: 'giftCard', giftCard: byId('31') }, 'giftCardNotFound']] as const) {
			expect([code, (await get(parameters)).error?.context?.code]).toEqual([code, code]);
		}
		const mine = { lookUpBy: 'order', order: byId(order.orderId) };
		await stage.fault('order', { kind: 'throttled' });
		expect(items((await get(mine)).outputs[0])).toHaveLength(1);
		expect((await get(mine, wrong())).error?.httpCode).toBe('401');
		expect((await get(mine, await limited('shpat_none', ['read_orders', 'read_customers']))).error?.message).toContain('read_store_credit');
		const { outputs } = await get({ lookUpBy: 'customer', customerId: '={{ $json.id }}' }, { input: [{ id: 'nobody' }, { id }], continueOnFail: true });
		expect(outputs[0]).toMatchObject([{ json: { error: expect.any(String) as string }, pairedItem: { item: 0 } }, { json: { customerId: id }, pairedItem: { item: 1 } }]);
	});
});

describe('Store Credit: Deactivate Gift Card', () => {
	const make = async (amount = '25.00'): Promise<string> =>
		(await stage.shop.ask<{ giftCardCreate: { giftCard: { id: string } } }>('mutation ($amount: MoneyInput!) { giftCardCreate(input: { initialAmount: $amount }) { giftCard { id } userErrors { message } } }', { amount: { amount, currencyCode: 'USD' } })).giftCardCreate.giftCard.id;
	const deactivate = (id: string, options: IDataObject = {}, more = {}) => stage.run('deactivateGiftCard', { giftCard: byId(id), options } as INodeParameters, more);

	it('does it once, and finds it done the second time', async () => {
		const id = await make();
		expect(first((await stage.run('getBalance', { lookUpBy: 'giftCard', giftCard: byId(id) })).outputs[0])).toMatchObject({ id, isEnabled: true, currency: 'USD' });
		expect(first((await deactivate(id)).outputs[0])).toMatchObject({ outcome: 'done', giftCard: { id, isEnabled: false } });
		expect(first((await deactivate(id)).outputs[0])).toMatchObject({ outcome: 'alreadyDone', reasons: [{ code: 'giftCardInactive' }] });
		expect(await stage.sent('giftCardDeactivate')).toBe(1);
	});

	it('leaves a used card to a person unless told otherwise, and stops before writing in a dry run', async () => {
		const id = await make('25.00');
		await stage.shop.placeOrder({ lines: [{ sku: 'TEA', title: 'Tea', quantity: 1, unitPrice: '10.00' }], payments: [{ gateway: 'gift_card', giftCardId: id }] });
		const { balance } = first((await stage.run('getBalance', { lookUpBy: 'giftCard', giftCard: byId(id) })).outputs[0]);
		expect(Number(balance)).toBe(15);
		expect(codesOf(first((await deactivate(id)).outputs[1]))).toEqual(['giftCardUsed']);
		expect(first((await deactivate(id, { onlyIfUnused: false, dryRun: true })).outputs[1])).toMatchObject({ outcome: 'waiting', dryRun: true, giftCard: { isEnabled: true } });
		expect(await stage.sent('giftCardDeactivate')).toBe(0);
		expect(first((await deactivate(id, { onlyIfUnused: false })).outputs[0]).outcome).toBe('done');
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }],
		['never arrived', { kind: 'dropBefore' }],
	])('is sure of it after a lost answer to a request that %s', async (_name, action) => {
		const id = await make();
		await stage.fault('giftCardDeactivate', action);
		expect(first((await deactivate(id)).outputs[0])).toMatchObject({ outcome: 'done', giftCard: { isEnabled: false } });
	});

	it('says when there is no such card, waits when throttled, repeats a refusal, names a refused token and a missing scope, and goes on after a failed item', async () => {
		expect(codesOf(first((await deactivate('31')).outputs[1]))).toEqual(['giftCardNotFound']);
		const [one, two] = [await make(), await make()];
		await stage.fault('giftCardDeactivate', { kind: 'throttled' });
		expect(first((await deactivate(one)).outputs[0]).outcome).toBe('done');
		await refusing('giftCardDeactivate', 'GIFT_CARD_NOT_FOUND', 'Not today.');
		expect(codesOf(first((await deactivate(two)).outputs[1]))).toEqual(['refusedByShopify']);
		expect((await deactivate(two, {}, wrong())).error?.httpCode).toBe('401');
		expect((await deactivate(two, {}, await limited('shpat_reader', ['read_gift_cards']))).error?.message).toContain('write_gift_cards');
		const { outputs } = await deactivate('={{ $json.id }}', {}, { input: [{ id: 'nonsense' }, { id: two }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
	});
});

describe('Restock: Move to Unavailable', () => {
	let location: string;
	beforeEach(async () => {
		location = await stage.shop.firstLocation();
	});
	const move = (quantity: number | string = 2, reference = 'RMA1 coats', more: INodeParameters = {}, setup = {}) =>
		stage.run('moveToUnavailable', { resource: 'restock', order: byId(order.orderId), reference, item: { __rl: true, mode: 'sku', value: 'COAT-M' }, location: byId(location), quantity, state: 'damaged', ...more }, setup);
	const stock = async () => {
		const levels = await stage.shop.shopify.get<Array<{ inventoryItemId: string; locationId: string; quantities: Record<string, number> }>>('/__sim/inventory?sku=COAT-M');
		const { quantities = {} } = levels.find(({ locationId }) => locationId === location) ?? {};
		return [quantities.available, quantities.damaged ?? 0];
	};
	const itemId = async () => (await stage.shop.shopify.get<Array<{ inventoryItemId: string }>>('/__sim/inventory?sku=COAT-M'))[0]?.inventoryItemId ?? '';

	it.each(['damaged', 'quality_control', 'safety_stock'])('takes pieces out of sale as %s, once per reference', async (state) => {
		const [before = 0] = await stock();
		const done = first((await move(2, 'RMA1', { state })).outputs[0]);
		expect(done).toMatchObject({ outcome: 'done', quantity: 2, state, locationId: location, resultId: expect.stringContaining('InventoryAdjustmentGroup') as string });
		expect(first((await move(2, 'RMA1', { state })).outputs[0])).toMatchObject({ outcome: 'alreadyDone', resultId: done.resultId });
		expect(codesOf(first((await move(1, 'RMA1', { state })).outputs[1]))).toEqual(['referenceReused']);
		expect((await stock())[0]).toBe(before - 2);
		expect(await stage.sent('inventoryMoveQuantities')).toBe(1);
	});

	it('takes the item by variant and by inventory item too', async () => {
		const { productVariants } = await stage.shop.ask<{ productVariants: { nodes: Array<{ id: string }> } }>('{ productVariants(first: 1, query: "sku:COAT-M") { nodes { id } } }', {});
		expect(first((await move(1, 'a', { item: { __rl: true, mode: 'variant', value: productVariants.nodes[0]?.id ?? '' } })).outputs[0]).outcome).toBe('done');
		expect(first((await move(1, 'b', { item: byId(await itemId()) })).outputs[0]).outcome).toBe('done');
		expect((await stock())[1]).toBe(2);
	});

	it('moves nothing that is not there', async () => {
		const [before = 0] = await stock();
		expect(codesOf(first((await move(before + 1)).outputs[1]))).toEqual(['stockTooSmall']);
		expect(codesOf(first((await move(1, 'x', { item: { __rl: true, mode: 'sku', value: 'HAT' } })).outputs[1]))).toEqual(['itemNotFound']);
		expect(codesOf(first((await move(1, 'x', { item: byId('31') })).outputs[1]))).toEqual(['itemNotFound']);
		expect(codesOf(first((await move(1, 'x', { location: byId('31') })).outputs[1]))).toEqual(['locationInactive']);
		expect(codesOf(first((await move(1, 'x', { order: byId('31') })).outputs[1]))).toEqual(['orderNotFound']);
		await stage.shop.shopify.post('/__sim/inventory', { sku: 'COAT-M', tracked: false });
		expect(codesOf(first((await move()).outputs[1]))).toEqual(['stockNotCounted']);
		expect([await stage.sent('inventoryMoveQuantities'), await stage.sent('metafieldsSet')]).toEqual([0, 0]);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }],
		['never arrived', { kind: 'dropBefore' }],
	])('sends the same again, and moves once, after a lost answer to a request that %s', async (_name, action) => {
		const [before = 0] = await stock();
		await stage.fault('inventoryMoveQuantities', action);
		expect(first((await move()).outputs[0]).outcome).toBe('done');
		expect((await stock())[0]).toBe(before - 2);
	});

	it('finishes a claim that ended early, as long as Shopify remembers its key', async () => {
		const [before = 0] = await stock();
		await stage.fault('inventoryMoveQuantities', { kind: 'statusAfter', status: 502 }, -1);
		const lost = first((await move()).outputs[1]);
		expect([lost.outcome, codesOf(lost)]).toEqual(['waiting', ['answerUnknown']]);
		await stage.shop.shopify.clearFaults();
		travel(180);
		expect(first((await move()).outputs[0]).outcome).toBe('done');
		expect((await stock())[0]).toBe(before - 2);
	});

	it('asks a person about a claim that ended so early that Shopify has forgotten its key', async () => {
		await stage.fault('inventoryMoveQuantities', { kind: 'statusAfter', status: 502 }, -1);
		await move();
		await stage.shop.shopify.clearFaults();
		const [before = 0] = await stock();
		travel(24 * 3600);
		expect(codesOf(first((await move()).outputs[1]))).toEqual(['stockUnclear']);
		expect((await stock())[0]).toBe(before);
	});

	it('reads the figures again when a piece is sold between reading and moving', async () => {
		const [before = 0] = await stock();
		await refusing('inventoryMoveQuantities', 'CHANGE_FROM_QUANTITY_STALE', 'The quantity has changed.');
		expect(first((await move()).outputs[0]).outcome).toBe('done');
		expect((await stock())[0]).toBe(before - 2);
	});

	it('stops before writing in a dry run', async () => {
		expect(first((await move(2, 'x', { options: { dryRun: true } })).outputs[1])).toMatchObject({ outcome: 'waiting', dryRun: true, planned: { quantity: 2, state: 'damaged' } });
		expect(await stage.sent('metafieldsSet')).toBe(0);
	});

	it('waits when throttled, repeats a refusal, names a refused token and a missing scope, and goes on after a failed item', async () => {
		await stage.fault('inventoryMoveQuantities', { kind: 'throttled' });
		expect(first((await move(1, 'a')).outputs[0]).outcome).toBe('done');
		await refusing('inventoryMoveQuantities', 'NON_MUTABLE_INVENTORY_ITEM', 'The item is a bundle.');
		const refused = first((await move(1, 'b')).outputs[1]);
		expect([codesOf(refused), JSON.stringify(refused.reasons).includes('bundle')]).toEqual([['refusedByShopify'], true]);
		expect((await move(1, 'c', {}, wrong())).error?.httpCode).toBe('401');
		expect(codesOf(first((await move(1, 'd', {}, await limited('shpat_reader', ['write_orders', 'read_inventory', 'read_products', 'read_locations']))).outputs[1]))).toEqual(['accessDenied']);
		const { outputs } = await move('={{ $json.quantity }}', 'e', {}, { input: [{ quantity: 1.5 }, { quantity: 1 }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
	});
});
