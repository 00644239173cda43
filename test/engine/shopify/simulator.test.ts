/** The same operations against the simulated shop, which is stricter about Shopify's rules than any list of prepared answers. */
import '../harness/environment';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { startShopifySimulator } from '../../../simulators/shopify';
import { codesOf, Shop, type Placed } from '../../support/shop';
import { runNode, searchList, type CredentialData, type NodeRun } from '../harness';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

describe('the Shopify Returns node at the simulated shop', () => {
	let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
	let returnGo: ReturnGoSimulator;
	let shop: Shop;
	let order: Placed;

	beforeAll(async () => {
		shopify = await startShopifySimulator({ port: 0, seed: 11 });
		returnGo = await startReturnGoSimulator({ port: 0, seed: 11, shopifyUrl: shopify.url });
		shop = new Shop(new SimulatorControl(shopify.url), new SimulatorControl(returnGo.url));
	}, 240_000);
	afterAll(async () => {
		await returnGo.close();
		await shopify.close();
	});
	beforeEach(async () => {
		await shop.shopify.clearFaults();
		await shop.shopify.reset();
		await shop.returnGo.reset();
		order = await shop.placeOrder();
	});

	const withToken = (): CredentialData => ({ shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' } });
	const run = async (operation: string, parameters: INodeParameters, more: Partial<NodeRun> = {}) =>
		await runNode({ node: ShopifyReturns, credentialTypes: [new ShopifyReturnsApi()], credentials: withToken(), parameters: { resource: 'return', operation, ...parameters }, ...more });
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const create = async (quantity: number, more: Partial<NodeRun> = {}) =>
		await run('create', { order: byId(order.orderId), specifyItems: 'json', itemsJson: JSON.stringify([{ lineItemId: order.lineItemIds[0], quantity }]) }, more);
	const first = (output: INodeExecutionData[] | undefined): IDataObject => output?.[0]?.json ?? {};
	const returnOf = (item: IDataObject) => item.return as { id: string; name: string; status: string; totalQuantity: number; lines: unknown[] };
	const sent = async (field: string) => (await shop.shopifyRequests(field)).length;
	const fault = async (operation: string, action: object, times = 1) => void (await shop.shopify.post('/__sim/faults', { match: { operation }, times, action }));

	it('makes a return, shows it everywhere, closes it, and leaves it closed', async () => {
		const made = returnOf(first((await create(2)).outputs[0]));
		expect(made).toMatchObject({ status: 'OPEN', totalQuantity: 2, lines: [{ lineItemId: order.lineItemIds[0], quantity: 2 }] });

		const got = first((await run('get', { return: byId(made.id) })).outputs[0]);
		expect(got).toMatchObject({ id: made.id, name: made.name, orderId: order.orderId, reverseFulfillmentLines: [{ quantity: 2, disposedQuantity: 0 }] });
		const listed = await run('getAll', { lookUpBy: 'order', order: { __rl: true, mode: 'name', value: order.orderName }, returnAll: true });
		expect(listed.outputs[0]?.map((item) => item.json.id)).toEqual([made.id]);
		const across = await run('getAll', { lookUpBy: 'orderStatus', orderReturnStatus: 'in_progress', returnAll: true });
		expect(across.outputs[0]?.map((item) => item.json.id)).toEqual([made.id]);
		const context = first((await runNode({ node: ShopifyReturns, credentialTypes: [new ShopifyReturnsApi()], credentials: withToken(), parameters: { resource: 'order', operation: 'getReturnContext', order: byId(order.orderId) } })).outputs[0]);
		expect(context).toMatchObject({ returnStatus: 'IN_PROGRESS', returns: [{ id: made.id }], lines: [{ refundableQuantity: 3, unitPriceAfterDiscounts: { amount: '34.33' } }] });

		expect(first((await run('close', { return: byId(made.id) })).outputs[0])).toMatchObject({ outcome: 'done', return: { status: 'CLOSED' } });
		expect(first((await run('close', { return: byId(made.id) })).outputs[0])).toMatchObject({ outcome: 'alreadyDone', return: { status: 'CLOSED' } });
		expect(await sent('returnClose')).toBe(1);
	});

	it('uses the return that ReturnGO made on approval', async () => {
		await shop.receiveReturn(order);
		const found = first((await create(2)).outputs[0]);
		expect(found.outcome).toBe('alreadyDone');
		expect(codesOf(found)).toEqual(['returnExists']);
		expect(await sent('returnCreate')).toBe(0);
	});

	it('asks for no more pieces than can come back', async () => {
		await create(2);
		const refused = first((await create(3)).outputs[1]);
		expect(codesOf(refused)).toEqual(['nothingReturnable']);
		expect(await sent('returnCreate')).toBe(1);
	});

	it.each([
		['a reset connection', { kind: 'dropAfter' }],
		['a 502', { kind: 'statusAfter', status: 502 }],
		['a body that is no JSON', { kind: 'malformed' }],
	])('makes one return although its confirmation was %s', async (_name, action) => {
		await fault('returnCreate', action);
		expect(first((await create(2)).outputs[0])).toMatchObject({ outcome: 'done', return: { totalQuantity: 2 } });
		expect(await sent('returnCreate')).toBe(1);
		expect(first((await create(2)).outputs[0]).outcome).toBe('alreadyDone');
	});

	it.each([
		['a reset connection', { kind: 'dropBefore' }],
		['a 503', { kind: 'status', status: 503 }],
	])('does not guess after %s: it waits, and the next run makes the return', async (_name, action) => {
		await fault('returnCreate', action);
		const unclear = first((await create(2)).outputs[1]);
		expect(unclear.outcome).toBe('waiting');
		expect(codesOf(unclear)).toEqual(['answerUnknown']);
		expect(await sent('returnCreate')).toBe(1);
		expect(first((await create(2)).outputs[0]).outcome).toBe('done');
		expect(await sent('returnCreate')).toBe(2);
	});

	it.each([
		['a lost confirmation', { kind: 'dropAfter' }, 'done'],
		['a request that never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('reads a return before it says anything of its closing after %s', async (_name, action, outcome) => {
		const { id } = returnOf(first((await create(1)).outputs[0]));
		await fault('returnClose', action);
		const { outputs } = await run('close', { return: byId(id) });
		expect(first(outputs[outcome === 'done' ? 0 : 1]).outcome).toBe(outcome);
		expect(await sent('returnClose')).toBe(1);
	});

	it('carries a throttled request out once', async () => {
		await fault('returnCreate', { kind: 'throttled' }, 2);
		expect(first((await create(1)).outputs[0]).outcome).toBe('done');
		const requests = await shop.shopifyRequests('returnCreate');
		expect(requests.map((request) => request.executed)).toEqual([false, false, true]);
	});

	it('says what it could not find', async () => {
		expect((await run('get', { return: byId('987654321') })).error?.context?.code).toBe('returnNotFound');
		expect(codesOf(first((await run('close', { return: byId('987654321') })).outputs[1]))).toEqual(['returnNotFound']);
		expect((await run('getAll', { lookUpBy: 'order', order: byId('987654321'), returnAll: true })).error?.context?.code).toBe('orderNotFound');
		expect((await run('getAll', { lookUpBy: 'order', order: { __rl: true, mode: 'name', value: '#987654' }, returnAll: true })).error?.context?.code).toBe('orderNotFound');
	});

	it('renews a day-old token by itself and goes on', async () => {
		const credentials: CredentialData = { shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'clientCredentials', clientId: 'sim-client', clientSecret: 'sim-secret' } };
		const made = returnOf(first((await create(1, { credentials })).outputs[0]));
		const before = credentials.shopifyReturnsApi?.sessionToken;
		expect(before).toMatch(/^shpat_/);
		await shop.shopify.post('/__sim/clock', { advanceMs: 25 * 3_600_000 });
		expect(first((await run('close', { return: byId(made.id) }, { credentials })).outputs[0]).outcome).toBe('done');
		expect(credentials.shopifyReturnsApi?.sessionToken).not.toBe(before);
	});

	it('names a refused token, and the item it happened on', async () => {
		const credentials: CredentialData = { shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_wrong' } };
		const { outputs } = await create(1, { credentials, continueOnFail: true });
		expect(codesOf(first(outputs[1]))).toEqual(['signInRefused']);
		expect(outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it.each(['2026-04', '2026-07', '2026-10'])('works in API version %s', async (apiVersion) => {
		const { id } = returnOf(first((await run('create', { apiVersion, order: byId(order.orderId), specifyItems: 'json', itemsJson: JSON.stringify([{ sku: 'COAT-M', quantity: 1 }]) })).outputs[0]));
		expect(first((await run('close', { apiVersion, return: byId(id) })).outputs[0]).outcome).toBe('done');
	});

	it('finds the order for the editor', async () => {
		const found = await searchList({ node: ShopifyReturns, credentialTypes: [new ShopifyReturnsApi()], credentials: withToken(), method: 'searchOrders', filter: order.orderName });
		expect(found.results.map(({ value }) => value)).toEqual([order.orderId]);
	});
});
