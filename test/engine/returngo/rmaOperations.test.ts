/** Every operation of the ReturnGO node in n8n's engine, against a ReturnGO that answers what the test says. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { parseRma } from '../../../returns/rmaSchema';
import { askTool, runNode, searchList, type NodeRun } from '../harness';
import { rawRma, rawRow } from './rmaFixture';
import { API_KEY, credentialsFor, startScriptedReturnGo, STORE, type ScriptedReturnGo } from './scriptedReturnGo';

const sleeps: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		sleeps.push(milliseconds);
	},
}));

let server: ScriptedReturnGo;
beforeAll(async () => {
	server = await startScriptedReturnGo();
});
afterAll(async () => await server.close());
beforeEach(() => {
	server.reset();
	sleeps.length = 0;
});

const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });
const run = async (parameters: INodeParameters, rest: Partial<NodeRun> = {}) =>
	await runNode({ node: ReturnGo, parameters: { resource: 'rma', ...parameters }, ...credentialsFor(server), ...rest });
const jsonOf = (result: Awaited<ReturnType<typeof run>>) => (result.outputs[0] ?? []).map((item) => item.json);
const pausesLongerThanPacing = () => sleeps.filter((milliseconds) => milliseconds >= 500);

/** What must never be in anything n8n stores or shows. */
function expectNoSecret(value: unknown) {
	expect(JSON.stringify(value)).not.toContain(API_KEY);
}

describe('Get', () => {
	it('returns the normalised RMA and sends the key and the store', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(1);
		expect(jsonOf(result)[0]).toMatchObject({
			id: '1000001',
			status: 'Received',
			order: { id: 'gid://shopify/Order/5100000000001', name: '1001' },
			isOutOfPolicy: false,
			shopifyReturnName: '#1001-R1',
			transactions: [{ id: '7000001', amount: { amount: '100.5', currency: 'EUR' }, unitIds: ['40000001'] }],
		});
		expect(server.calls).toHaveLength(1);
		expect(server.calls[0]?.headers).toMatchObject({ 'x-api-key': API_KEY, 'x-shop-name': STORE, accept: 'application/json' });
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expectNoSecret(result.run);
	});

	it('returns the answer as it came when Simplify is off, unknown fields included', async () => {
		const raw = rawRma('1000001', { fieldOfTomorrow: { kept: true } });
		server.on('GET /rma/1000001', { body: raw });
		const result = await run({ operation: 'get', rmaId: byId('1000001'), simplify: false, options: { includeMedia: true } });
		expect(jsonOf(result)).toEqual([raw]);
		expect(server.calls[0]?.query).toEqual({ includeMedia: 'true' });
	});

	it('reads the id from each input item', async () => {
		server.on('GET /rma/1000001', { body: rawRma('1000001') });
		server.on('GET /rma/1000002', { body: rawRma('1000002') });
		const result = await run({ operation: 'get', rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000002' }, { rma: 1000001 }] });
		expect(jsonOf(result).map((json) => json.id)).toEqual(['1000002', '1000001']);
		expect(result.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('takes the id as ReturnGO’s screens show it', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		expect(jsonOf(await run({ operation: 'get', rmaId: byId(' RMA1000001 ') }))[0]).toMatchObject({ id: '1000001' });
	});

	it.each(['   ', 'abc', '10 01', '1000001/comment', '1000001?x=1', '../webhooks', '-5', '1.5', '0', '#1001', 'RMA', '１００', '9'.repeat(30)])(
		'refuses %j before anything is sent',
		async (value) => {
			const result = await run({ operation: 'get', rmaId: byId(value) });
			expect(result.outputs).toEqual([]);
			expect(result.error?.message).toMatch(/^“.+” is not an RMA ID$/);
			expect(server.calls).toHaveLength(0);
		},
	);

	it('refuses an empty id before anything is sent, whether typed or from an input item', async () => {
		await expect(run({ operation: 'get', rmaId: byId('') })).rejects.toThrow('Parameter "RMA" is required');
		const fromItem = await run({ operation: 'get', rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '' }] });
		expect(fromItem.error?.message).toBe('No RMA is chosen');
		expect(server.calls).toHaveLength(0);
	});

	it.each([
		[401, { message: 'Unauthorized' }, 'ReturnGO refuses the key of this credential', /Check the key and the store domain/],
		[403, { message: 'Forbidden' }, 'ReturnGO refuses the key of this credential, or refuses it for this store', /belong to an owner of exactly this store/],
		[403, '', 'ReturnGO refuses the key of this credential, or refuses it for this store', /Check the key and the store domain/],
		[404, { message: 'RMA not found' }, 'ReturnGO does not know RMA 1000001', /credential is for the store/],
		[400, { message: 'invalid rmaId' }, 'ReturnGO does not accept this for RMA 1000001', /ReturnGO said: invalid rmaId/],
	])('says what a %i with %j means, once, with the request id', async (status, body, message, advice) => {
		server.on('GET /rma/1000001', { status, body });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(advice);
		expect(error?.description).toContain('request-1');
		expect(error?.httpCode).toBe(String(status));
		expect(error?.context?.itemIndex).toBe(0);
		expect(server.calls).toHaveLength(1);
		expectNoSecret(error);
	});

	it('waits out a throttled call and goes on', async () => {
		server.on('GET /rma/1000001', { status: 429, body: { message: 'Too Many Requests' } }, { status: 429 }, { body: rawRma() });
		const result = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(jsonOf(result)[0]).toMatchObject({ id: '1000001' });
		expect(pausesLongerThanPacing()).toEqual([1000, 2000]);
	});

	it('waits as long as Retry-After asks for', async () => {
		server.on('GET /rma/1000001', { status: 429, headers: { 'retry-after': '7' } }, { body: rawRma() });
		await run({ operation: 'get', rmaId: byId('1000001') });
		expect(pausesLongerThanPacing()).toEqual([7000]);
	});

	it('does not wait longer than a minute for one answer', async () => {
		server.on('GET /rma/1000001', { status: 429, headers: { 'retry-after': '61' } }, { body: rawRma() });
		expect((await run({ operation: 'get', rmaId: byId('1000001') })).error?.httpCode).toBe('429');
		expect(pausesLongerThanPacing()).toEqual([]);
	});

	it('gives up on throttling after a bounded number of attempts', async () => {
		server.on('GET /rma/1000001', { status: 429, body: { message: 'Too Many Requests' } });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.message).toBe('ReturnGO’s limit of calls is used up');
		expect(error?.httpCode).toBe('429');
		expect(server.calls).toHaveLength(6);
		expect(pausesLongerThanPacing()).toEqual([1000, 2000, 4000, 8000, 16_000]);
	});

	it('does not wait for a daily limit to come back', async () => {
		server.on('GET /rma/1000001', { status: 429, body: { message: 'Limit Exceeded' } });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.message).toBe('ReturnGO’s limit of calls is used up');
		expect(server.calls).toHaveLength(1);
	});

	it.each(['drop' as const, { status: 500, body: { message: 'Internal server error' } }, { status: 503, body: '<html>no</html>' }])('reads again after %j', async (reply) => {
		server.on('GET /rma/1000001', reply, { body: rawRma() });
		expect(jsonOf(await run({ operation: 'get', rmaId: byId('1000001') }))[0]).toMatchObject({ id: '1000001' });
		expect(server.calls).toHaveLength(2);
	});

	it('says that ReturnGO cannot be reached, and never shows the key', async () => {
		const result = await run({ operation: 'get', rmaId: byId('1000001') }, credentialsFor(server, { baseUrl: 'http://127.0.0.1:9' }));
		expect(result.error?.message).toBe('ReturnGO could not be reached');
		expect(result.error?.description).toContain('ECONNREFUSED');
		expectNoSecret(result.run);
	});

	it('does not follow a redirect with the key', async () => {
		server.on('GET /rma/1000001', { status: 302, headers: { location: `${server.baseUrl}/elsewhere` } });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.message).toBe('The base URL sends the call elsewhere');
		expect(server.calls).toHaveLength(1);
	});

	it('refuses an answer it would have to guess about, and names the place', async () => {
		const raw = rawRma();
		(raw.items as IDataObject[])[1] = { ...(raw.items as IDataObject[])[1], returnedItemId: null };
		server.on('GET /rma/1000001', { body: raw });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.message).toBe('ReturnGO’s answer for RMA 1000001 is not in the form this node knows');
		expect(error?.description).toContain('items.1.returnedItemId');
	});

	it.each([[''], ['<html>maintenance</html>'], [{ rmaSummary: {} }], [[]]])('names the request of an answer %j that says 200 and cannot be read, for ReturnGO’s support', async (body) => {
		server.on('GET /rma/1000001', { body });
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') });
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toBe('ReturnGO’s answer for RMA 1000001 is not in the form this node knows');
		expect(error?.description).toContain('Request id for ReturnGO’s support: request-1');
	});

	it.each([
		['GET /rmas', { operation: 'getAll' }, 'the list of RMAs'],
		['GET /transactions', { resource: 'transaction', operation: 'getAll' }, 'the list of transactions'],
		['GET /webhooks', { resource: 'webhook', operation: 'getAll' }, 'the list of webhooks'],
		['POST /rma/getEligiblePolicies', { operation: 'getEligiblePolicies', order: '5100000001', specifyItems: 'json', itemsJson: '[{"lineItemId":"1"}]' }, 'order 5100000001'],
	])('names the request of an answer to %s that cannot be read, too', async (route, parameters, subject) => {
		server.on(route, { body: { rmas: 5, transactions: 5, items: 5 } });
		const { error } = await run(parameters);
		expect(error?.message).toBe(`ReturnGO’s answer for ${subject} is not in the form this node knows`);
		expect(error?.description).toContain('Request id for ReturnGO’s support: request-1');
	});

	it('keeps the item that worked when another one does not, with Continue On Fail', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await run({ operation: 'get', rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000009' }, { rma: 'nonsense' }, { rma: '1000001' }], continueOnFail: true });
		const [unknown, refused, worked] = result.outputs[0] ?? [];
		expect(result.error).toBeUndefined();
		expect(unknown?.json.error).toBe('ReturnGO does not know RMA 1000009');
		expect(refused?.json.error).toBe('“nonsense” is not an RMA ID');
		expect(worked?.json.id).toBe('1000001');
		expect(result.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('sends failed items to their own output with On Error: Continue (Using Error Output)', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await run({ operation: 'get', rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000001' }, { rma: '1000009' }], onError: 'continueErrorOutput' });
		expect(result.outputs[0]?.map((item) => item.json.id)).toEqual(['1000001']);
		expect(result.outputs[1]).toHaveLength(1);
		expect(result.outputs[1]?.[0]?.json.error).toBe('ReturnGO does not know RMA 1000009');
	});

	it.each([
		[{ storeDomain: 'https://example-store.myshopify.com' }, 'The store domain of the ReturnGO credential does not name a Shopify store'],
		[{ storeDomain: 'shop.example.com' }, 'The store domain of the ReturnGO credential does not name a Shopify store'],
		[{ storeDomain: '' }, 'The store domain of the ReturnGO credential does not name a Shopify store'],
		[{ baseUrl: 'http://api.returngo.ai' }, 'The base URL of the ReturnGO credential cannot be used'],
		[{ baseUrl: 'api.returngo.ai' }, 'The base URL of the ReturnGO credential cannot be used'],
	])('refuses a credential with %j before anything is sent', async (overrides, message) => {
		const { error } = await run({ operation: 'get', rmaId: byId('1000001') }, credentialsFor(server, overrides));
		expect(error?.message).toBe(message);
		expect(server.calls).toHaveLength(0);
	});

	it('accepts a store domain with spaces around it and in capitals', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		await run({ operation: 'get', rmaId: byId('1000001') }, credentialsFor(server, { storeDomain: ' Example-Store.MyShopify.com ' }));
		expect(server.calls[0]?.headers['x-shop-name']).toBe(STORE);
	});
});

describe('Get Inspection', () => {
	it('returns one item per unit with what is physically known of it', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await run({ operation: 'getInspection', rmaId: byId('1000001') });
		expect(jsonOf(result).map(({ unitId, state, received, inspected, reason, locationId }) => ({ unitId, state, received, inspected, reason, locationId }))).toEqual([
			{ unitId: '40000001', state: 'sellable', received: true, inspected: true, reason: null, locationId: '77' },
			{ unitId: '40000002', state: 'awaitingInspection', received: true, inspected: false, reason: null, locationId: null },
			{ unitId: '40000003', state: 'damaged', received: true, inspected: true, reason: 'Stained', locationId: null },
		]);
		expect(jsonOf(result)[0]).toMatchObject({
			rmaId: '1000001',
			rmaStatus: 'Received',
			orderId: 'gid://shopify/Order/5100000000001',
			lineItemId: 'gid://shopify/LineItem/13000000000001',
			sku: 'SHIRT-BLUE-M',
			resolutionType: 'RefundToPaymentMethod',
			pricePaid: { amount: '22.5', currency: 'EUR', shopAmount: '22.5', shopCurrency: 'EUR' },
			inspectedAt: '2026-01-25T09:30:00Z',
			inspectedBy: 'Warehouse One',
		});
		expect(result.outputs[0]?.every((item) => JSON.stringify(item.pairedItem) === '{"item":0}')).toBe(true);
		expect(server.calls).toHaveLength(1);
	});

	it('counts nothing as inspected by status until the status is Validated', async () => {
		server.on('GET /rma/1000001', { body: rawRma() }, { body: rawRma('1000001', { rmaSummary: { rmaId: '1000001', status: 'Validated', order_name: '1001', events: [] } }) });
		const before = await run({ operation: 'getInspection', rmaId: byId('1000001'), inspectionSource: 'validatedStatus' });
		expect(jsonOf(before).map((json) => json.state)).toEqual(['awaitingInspection', 'awaitingInspection', 'awaitingInspection']);
		const after = await run({ operation: 'getInspection', rmaId: byId('1000001'), inspectionSource: 'validatedStatus' });
		expect(jsonOf(after).map((json) => json.state)).toEqual(['sellable', 'sellable', 'sellable']);
	});

	it('says that an RMA without units has nothing to inspect', async () => {
		server.on('GET /rma/1000001', { body: rawRma('1000001', { items: [] }) });
		const result = await run({ operation: 'getInspection', rmaId: byId('1000001') });
		expect(jsonOf(result)).toEqual([]);
		expect(result.hints[0]?.message).toContain('has no units');
	});

	it('is refused, throttled and not found like Get', async () => {
		server.on('GET /rma/1000001', { status: 401 });
		expect((await run({ operation: 'getInspection', rmaId: byId('1000001') })).error?.httpCode).toBe('401');
		expect((await run({ operation: 'getInspection', rmaId: byId('1000002') })).error?.message).toBe('ReturnGO does not know RMA 1000002');
		server.on('GET /rma/1000001', { status: 429 }, { body: rawRma() });
		expect(jsonOf(await run({ operation: 'getInspection', rmaId: byId('1000001') }))).toHaveLength(3);
	});

	it('keeps the units of the item that worked, with Continue On Fail', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await run({ operation: 'getInspection', rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000009' }, { rma: '1000001' }], continueOnFail: true });
		expect(result.outputs[0]?.map((item) => [item.pairedItem, item.json.error ?? item.json.unitId])).toEqual([
			[{ item: 0 }, 'ReturnGO does not know RMA 1000009'],
			[{ item: 1 }, '40000001'],
			[{ item: 1 }, '40000002'],
			[{ item: 1 }, '40000003'],
		]);
	});
});

describe('Get Many', () => {
	it('asks for one page of the limit, newest first, and returns rows', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000002'), rawRow('1000001')], next_cursor: 'bmV4dA==' } });
		const result = await run({ operation: 'getAll', limit: 2 });
		expect(jsonOf(result)).toEqual([
			{ id: '1000002', status: 'Approved', orderName: '1001', createdAt: '2026-01-18T10:00:00Z', approvedAt: '2026-01-18T10:00:05Z' },
			{ id: '1000001', status: 'Approved', orderName: '1001', createdAt: '2026-01-18T10:00:00Z', approvedAt: '2026-01-18T10:00:05Z' },
		]);
		expect(server.calls.map((call) => call.query)).toEqual([{ pagesize: '2', sort_by: '-rma_created_at' }]);
	});

	it('sends every filter as ReturnGO documents it, times in UTC and the plus sign as %2B', async () => {
		server.on('GET /rmas', { body: { rmas: [], next_cursor: null } });
		await run(
			{
				operation: 'getAll',
				returnAll: true,
				filters: {
					createdAfter: '2026-01-20T01:00:00',
					updatedBefore: '2026-02-01T00:00:00+02:00',
					statuses: ['Received', 'Validated'],
					orderNames: '1001, 1002',
					customerIds: '7000000000001',
					trackingNumbers: 'PP0001,,PP0002 ',
				},
				options: { sort: '+rma_updated_at' },
			},
			{ settings: { timezone: 'Europe/Berlin' } },
		);
		expect(server.calls[0]?.query).toEqual({
			pagesize: '500',
			sort_by: '+rma_updated_at',
			rma_created_at: 'gte:2026-01-20T00:00:00',
			rma_updated_at: 'lt:2026-01-31T22:00:00',
			status: 'Received,Validated',
			order_name: '1001,#1001,1002,#1002',
			customer_ids: '7000000000001',
			tracking_numbers: 'PP0001,PP0002',
		});
		expect(server.calls[0]?.url).toContain('sort_by=%2Brma_updated_at');
	});

	it.each([
		[{ orderNames: '#1001' }, { order_name: '1001,#1001' }],
		[{ orderNames: '1001,#1001, # 1001' }, { order_name: '1001,#1001' }],
		[{ orderNames: 'EU-7' }, { order_name: 'EU-7,#EU-7' }],
		[{ orderNames: ' # , ' }, {}],
		[{ orderNames: '={{ ["#1001", "1002"] }}' }, { order_name: '1001,#1001,1002,#1002' }],
		[{ customerIds: 'gid://shopify/Customer/123' }, { customer_ids: '123' }],
		[{ customerIds: '123, gid://shopify/Customer/123,gid://shopify/Customer/7000000000001' }, { customer_ids: '123,7000000000001' }],
		[{ customerIds: '={{ 7000000000001 }}' }, { customer_ids: '7000000000001' }],
	])('finds what %j means, however it is written', async (filters, expected) => {
		server.on('GET /rmas', { body: { rmas: [], next_cursor: null } });
		const { error } = await run({ operation: 'getAll', filters });
		expect(error).toBeUndefined();
		expect(server.calls[0]?.query).toEqual({ pagesize: '50', sort_by: '-rma_created_at', ...expected });
	});

	it.each([
		[{ operation: 'getAll', filters: { customerIds: 'jane@example.com' } }, '“jane@example.com” is not a Shopify customer ID'],
		[{ operation: 'getAll', filters: { customerIds: '1, gid://shopify/Order/5' } }, '“gid://shopify/Order/5” is not a Shopify customer ID'],
		[{ resource: 'transaction', operation: 'getAll', filters: { orderIds: '#1001' } }, '“#1001” is not a Shopify order ID'],
		[{ resource: 'transaction', operation: 'getAll', filters: { ids: 'TX7000001' } }, '“TX7000001” is not a Transaction ID'],
	])('refuses %j before anything is sent: an empty list would pass for an answer', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain('Nothing was sent to ReturnGO.');
		expect(server.calls).toHaveLength(0);
	});

	it('takes the time of an expression with $now', async () => {
		server.on('GET /rmas', { body: { rmas: [] } });
		await run({ operation: 'getAll', filters: { updatedAfter: '={{ $now.minus({ hours: 1 }) }}' } });
		const sent = server.calls[0]?.query.rma_updated_at ?? '';
		expect(sent).toMatch(/^gte:\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
		expect(Math.abs(Date.now() - 3_600_000 - new Date(`${sent.slice(4)}Z`).getTime())).toBeLessThan(60_000);
	});

	it('follows the cursor to the end, and gives a row that two pages share once', async () => {
		server.on(
			'GET /rmas',
			{ body: { rmas: [rawRow('1000003'), rawRow('1000002')], next_cursor: 'one' } },
			{ body: { rmas: [rawRow('1000002'), rawRow('1000001')], next_cursor: '' } },
		);
		const result = await run({ operation: 'getAll', returnAll: true });
		expect(jsonOf(result).map((json) => json.id)).toEqual(['1000003', '1000002', '1000001']);
		expect(server.calls.map((call) => call.query.cursor)).toEqual([undefined, 'one']);
	});

	it('ends at an empty page even if that names a next one', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: 'one' } }, { body: { rmas: [], next_cursor: 'two' } });
		expect(jsonOf(await run({ operation: 'getAll', returnAll: true }))).toHaveLength(1);
		expect(server.calls).toHaveLength(2);
	});

	it('does not go round in circles when a page names itself as the next one', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: 'same' } });
		const { error } = await run({ operation: 'getAll', returnAll: true });
		expect(error?.message).toBe('ReturnGO’s list of RMAs does not come to an end');
		expect(server.calls).toHaveLength(2);
	});

	it('returns no item when nothing matches', async () => {
		server.on('GET /rmas', { body: { rmas: [], next_cursor: null } });
		const result = await run({ operation: 'getAll' });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toEqual([]);
	});

	it('reads each RMA completely with Include Details', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000002'), rawRow('1000001')], next_cursor: null } });
		server.on('GET /rma/1000001', { body: rawRma('1000001') });
		server.on('GET /rma/1000002', { body: rawRma('1000002') });
		const result = await run({ operation: 'getAll', includeDetails: true });
		expect(jsonOf(result).map((json) => [json.id, (json.units as IDataObject[]).length])).toEqual([
			['1000002', 3],
			['1000001', 3],
		]);
		expect(server.calls).toHaveLength(3);
	});

	describe('with an RMA on the list that cannot be read', () => {
		const unread = [
			['was deleted since', { status: 404, body: { message: 'RMA not found' } }, 'notFound', 'ReturnGO does not know RMA 1000002', /may have been deleted/],
			['is in a form nobody knows', { body: { rmaSummary: { rmaId: '1000002' } } }, 'unreadable', 'ReturnGO’s answer for RMA 1000002 is not in the form this node knows', /rmaSummary\.status.*request-3/],
			['is refused', { status: 400, body: { message: 'invalid rmaId' } }, 'refused', 'ReturnGO does not accept this for RMA 1000002', /invalid rmaId/],
		] as const;
		beforeEach(() => {
			server.on('GET /rmas', { body: { rmas: [rawRow('1000003'), rawRow('1000002'), rawRow('1000001')], next_cursor: null } });
			server.on('GET /rma/1000003', { body: rawRma('1000003') });
			server.on('GET /rma/1000001', { body: rawRma('1000001') });
		});

		it.each(unread)('one that %s is an item of its own that says so, and the list goes on', async (_case, reply, code, message, nextStep) => {
			server.on('GET /rma/1000002', reply);
			const result = await run({ operation: 'getAll', includeDetails: true, returnAll: true });
			expect(result.error).toBeUndefined();
			expect(jsonOf(result).map(({ id }) => id)).toEqual(['1000003', '1000002', '1000001']);
			const [, item] = jsonOf(result);
			expect(item).toEqual({ id: '1000002', status: 'Approved', order: { id: null, name: '1001' }, createdAt: '2026-01-18T10:00:00Z', fetchError: { code, message, nextStep: expect.stringMatching(nextStep) as unknown } });
			expect(result.outputs[1]?.[0]?.json).toEqual({ returned: 3, callsMade: 4, complete: true, stoppedBy: 'end', resumeCursor: null, unread: 1 });
			expect(result.hints.map((hint) => [hint.type, hint.message])).toContainEqual(['warning', '1 item could not be read and only says why, in “fetchError”']);
			for (const index of [0, 2]) expect(jsonOf(result)[index]).not.toHaveProperty('fetchError');
		});

		it('no settlement takes it for an RMA in which there is nothing to do', async () => {
			server.on('GET /rma/1000002', { status: 404 });
			const [, item] = jsonOf(await run({ operation: 'getAll', includeDetails: true }));
			expect(() => parseRma(item)).toThrow(/units/);
		});

		it('shows the row of the list with Simplify off', async () => {
			server.on('GET /rma/1000002', { status: 404 });
			const [, item] = jsonOf(await run({ operation: 'getAll', includeDetails: true, simplify: false }));
			expect(item).toMatchObject({ rmaSummary: rawRow('1000002'), fetchError: { code: 'notFound' } });
		});

		it('goes on behind it in the next run, too', async () => {
			server.on('GET /rma/1000002', { status: 404 });
			const found: unknown[] = [];
			let resumeCursor: unknown = '';
			for (let runs = 0; resumeCursor !== null && runs < 9; runs++) {
				const result = await run({ operation: 'getAll', includeDetails: true, returnAll: true, options: { maximumCalls: 2, resumeCursor: String(resumeCursor) } });
				found.push(...jsonOf(result).map(({ id, fetchError }) => [id, fetchError === undefined]));
				resumeCursor = result.outputs[1]?.[0]?.json.resumeCursor;
			}
			expect(found).toEqual([['1000003', true], ['1000002', false], ['1000001', true]]);
		});

		it.each([
			[429, { message: 'Limit Exceeded' }, 'ReturnGO’s limit of calls is used up', 3],
			[500, { message: 'Internal server error' }, 'ReturnGO could not answer for RMA 1000002', 8],
		])('a %i in the middle says how far it came, and gives the cursor to go on with', async (status, body, message, calls) => {
			server.on('GET /rma/1000002', { status, body });
			const { error } = await run({ operation: 'getAll', includeDetails: true, returnAll: true });
			expect(error?.name).toBe('NodeApiError');
			expect(error?.message).toBe(message);
			expect(error?.description).toContain(`It stopped after ${calls} calls to ReturnGO and 1 item read; none of them is put out. To have them too, run this again as it was. To go on where it stopped, set Resume Cursor to `);
			expect(error?.context).toMatchObject({ itemIndex: 0, progress: { callsMade: calls, itemsRead: 1 } });
			const { resumeCursor } = (error?.context as { progress: { resumeCursor: string } }).progress;
			expect(error?.description).toContain(resumeCursor);
			server.on('GET /rma/1000002', { body: rawRma('1000002') });
			const rest = await run({ operation: 'getAll', includeDetails: true, returnAll: true, options: { resumeCursor } });
			expect(jsonOf(rest).map(({ id }) => id)).toEqual(['1000002', '1000001']);
		});

		it('on the very first call there is no cursor to give, and with Continue On Fail the item has the figures', async () => {
			server.on('GET /rmas', { status: 429, body: { message: 'Limit Exceeded' } });
			const result = await run({ operation: 'getAll', includeDetails: true }, { continueOnFail: true });
			expect(jsonOf(result)).toMatchObject([{ error: 'ReturnGO’s limit of calls is used up', progress: { callsMade: 1, itemsRead: 0, resumeCursor: null } }]);
			expect(jsonOf(result)[0]?.description).not.toContain('Resume Cursor');
			server.on('GET /transactions', { status: 429, body: { message: 'Limit Exceeded' } });
			expect((await run({ resource: 'transaction', operation: 'getAll' })).error?.description).toContain('It stopped after 1 call to ReturnGO and 0 items read');
		});
	});

	it('sends call after call, never faster than ReturnGO’s five a second', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: null } });
		server.on('GET /rma/1000001', { body: rawRma('1000001') });
		await run({ operation: 'getAll', includeDetails: true });
		expect(sleeps).toHaveLength(1);
		expect(sleeps[0]).toBeGreaterThan(100);
		expect(sleeps[0]).toBeLessThanOrEqual(210);
	});

	it.each([
		[{ limit: '={{ 0 }}' }, 'Limit is not a whole number of at least 1'],
		[{ limit: '={{ 1.5 }}' }, 'Limit is not a whole number of at least 1'],
		[{ options: { maximumCalls: '={{ -1 }}' } }, 'Maximum Calls is not a whole number of at least 1'],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await run({ operation: 'getAll', ...parameters });
		expect(error?.message).toBe(message);
		expect(server.calls).toHaveLength(0);
	});

	it('lists no more RMAs than it may read, and gives a cursor for the others', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000003'), rawRow('1000002')], next_cursor: 'more' } });
		server.on('GET /rma/1000003', { body: rawRma('1000003') });
		server.on('GET /rma/1000002', { body: rawRma('1000002') });
		const result = await run({ operation: 'getAll', includeDetails: true, options: { maximumCalls: 3 } });
		expect(server.calls[0]?.query.pagesize).toBe('2');
		expect(jsonOf(result).map((json) => json.id)).toEqual(['1000003', '1000002']);
		expect(result.outputs[1]?.[0]?.json).toEqual({ returned: 2, callsMade: 3, complete: false, stoppedBy: 'maximumCalls', resumeCursor: expect.stringMatching(/./) });
		expect(server.calls).toHaveLength(3);
	});

	it('stops before it reads more pages than allowed, and returns what it has', async () => {
		let page = 0;
		server.on('GET /rmas', () => ({ body: { rmas: [rawRow(String(1000000 + ++page))], next_cursor: `page-${page}` } }));
		const result = await run({ operation: 'getAll', returnAll: true, options: { maximumCalls: 4 } });
		expect(jsonOf(result)).toHaveLength(4);
		expect(result.outputs[1]?.[0]?.json).toMatchObject({ callsMade: 4, complete: false, stoppedBy: 'maximumCalls' });
		expect(result.hints[0]?.message).toContain('4 calls to ReturnGO made, no more are allowed');
		expect(server.calls).toHaveLength(4);
		await run({ operation: 'getAll', returnAll: true, options: { maximumCalls: 1, resumeCursor: String(result.outputs[1]?.[0]?.json.resumeCursor) } });
		expect(server.calls.at(-1)?.query.cursor).toBe('page-4');
	});

	it('refuses both ends of a period, and what is no time, before anything is sent', async () => {
		const both = await run({ operation: 'getAll', filters: { createdAfter: '2026-01-01T00:00:00', createdBefore: '2026-02-01T00:00:00' } });
		expect(both.error?.message).toBe('Created After and Created Before cannot be combined');
		const noTime = await run({ operation: 'getAll', filters: { updatedAfter: '={{ "yesterday" }}' } });
		expect(noTime.error?.message).toMatch(/Updated After|updatedAfter/);
		expect(server.calls).toHaveLength(0);
	});

	it('is unauthorised, refused and throttled with words for it', async () => {
		server.on('GET /rmas', { status: 403, body: { message: 'Forbidden' } });
		expect((await run({ operation: 'getAll' })).error?.description).toContain('owner of exactly this store');
		server.on('GET /rmas', { status: 400, body: { message: 'pagesize is required' } });
		expect((await run({ operation: 'getAll' })).error?.description).toContain('pagesize is required');
		server.on('GET /rmas', { status: 429 }, { body: { rmas: [rawRow('1000001')] } });
		expect(jsonOf(await run({ operation: 'getAll' }))).toHaveLength(1);
	});

	it('keeps the list that worked when another item asks for something impossible, with Continue On Fail', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: null } });
		const result = await run({ operation: 'getAll', filters: { createdAfter: '={{ $json.after }}' } }, { input: [{ after: '2026-01-01T00:00:00' }, { after: 'never' }], continueOnFail: true });
		expect(result.outputs[0]?.[0]?.json.id).toBe('1000001');
		expect(String(result.outputs[0]?.[1]?.json.error)).toMatch(/Created After|createdAfter/);
		expect(result.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('Add Comment', () => {
	it('writes the comment as HTML that shows what was typed', async () => {
		server.on('POST /rma/1000001/comment', { status: 201, body: { ok: true } });
		const result = await run({ operation: 'addComment', rmaId: byId('1000001'), comment: 'Refunded 25.00 EUR <done>\n& noted' });
		expect(server.calls[0]?.body).toEqual({ htmlText: 'Refunded 25.00 EUR &lt;done&gt;<br>&amp; noted' });
		expect(jsonOf(result)).toEqual([{ rmaId: '1000001', commented: true, comment: 'Refunded 25.00 EUR <done>\n& noted', answer: { ok: true } }]);
	});

	it('sends HTML as it is, and lays the additional fields over the body', async () => {
		server.on('POST /rma/1000001/comment', { body: '' });
		await run({ operation: 'addComment', rmaId: byId('1000001'), comment: '<b>x</b>', format: 'html', additionalBodyFields: '{"htmlText": null, "text": "x", "isPublic": false}' });
		expect(server.calls[0]?.body).toEqual({ text: 'x', isPublic: false });
	});

	it.each([
		[{ comment: '   ' }, 'The comment is empty'],
		[{ comment: 'x', additionalBodyFields: '[1]' }, 'Additional Body Fields is not a JSON object'],
		[{ comment: 'x', additionalBodyFields: '{nonsense' }, 'Additional Body Fields is not a JSON object'],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const { error } = await run({ operation: 'addComment', rmaId: byId('1000001'), ...parameters });
		expect(error?.message).toContain(message);
		expect(server.calls).toHaveLength(0);
	});

	it.each(['drop' as const, { status: 500 }, { status: 504 }])('is not sent again after %j, and says that it may have arrived', async (reply) => {
		server.on('POST /rma/1000001/comment', reply, { status: 201 });
		const { error } = await run({ operation: 'addComment', rmaId: byId('1000001'), comment: 'x' });
		expect(error?.description).toContain('look at RMA 1000001 in ReturnGO before it is sent again');
		expect(server.calls).toHaveLength(1);
	});

	it('is sent again after it was turned away by the limit', async () => {
		server.on('POST /rma/1000001/comment', { status: 429 }, { status: 201 });
		expect((await run({ operation: 'addComment', rmaId: byId('1000001'), comment: 'x' })).error).toBeUndefined();
		expect(server.calls).toHaveLength(2);
	});

	it('is unauthorised and not found with words for it; the other item is written, with Continue On Fail', async () => {
		server.on('POST /rma/1000001/comment', { status: 201 });
		server.on('POST /rma/1000002/comment', { status: 401 });
		const result = await run(
			{ operation: 'addComment', rmaId: byId('={{ $json.rma }}'), comment: 'x' },
			{ input: [{ rma: '1000002' }, { rma: '1000009' }, { rma: '1000001' }], continueOnFail: true },
		);
		expect(jsonOf(result).map((json) => json.error ?? json.commented)).toEqual(['ReturnGO refuses the key of this credential', 'ReturnGO does not know RMA 1000009', true]);
	});
});

describe('Update Status', () => {
	it('asks for the status and returns what ReturnGO answered', async () => {
		server.on('PUT /rma/1000001/status', { body: { rmaId: '1000001', status: 'Done' } });
		const result = await run({ operation: 'updateStatus', rmaId: byId('1000001'), status: 'Done', additionalBodyFields: '{"reason":"settled"}' });
		expect(server.calls[0]?.body).toEqual({ status: 'Done', reason: 'settled' });
		expect(jsonOf(result)).toEqual([{ rmaId: '1000001', requestedStatus: 'Done', answer: { rmaId: '1000001', status: 'Done' } }]);
	});

	it('asks somebody to choose a status, and so does Report Outcome with the outcome: neither has a default that moves a return on', async () => {
		await expect(run({ operation: 'updateStatus', rmaId: byId('1000001') })).rejects.toThrow('Parameter "Status" is required');
		await expect(run({ resource: 'transaction', operation: 'reportOutcome', transactionId: '7000001' })).rejects.toThrow('Parameter "Outcome" is required');
		expect((await run({ operation: 'updateStatus', rmaId: byId('1000001'), status: '={{ $json.status }}' })).error?.message).toBe('No status is chosen');
		expect((await run({ resource: 'transaction', operation: 'reportOutcome', transactionId: '7000001', outcome: '={{ "" }}' })).error?.message).toBe('The outcome is neither Success nor Failed');
		expect(server.calls).toHaveLength(0);
	});

	it('is refused with ReturnGO’s own words', async () => {
		server.on('PUT /rma/1000001/status', { status: 400, body: { error: 'Transition not allowed' } });
		const { error } = await run({ operation: 'updateStatus', rmaId: byId('1000001'), status: 'Pending' });
		expect(error?.message).toBe('ReturnGO does not accept this for RMA 1000001');
		expect(error?.description).toContain('Transition not allowed');
	});

	it('is sent again after throttling only', async () => {
		server.on('PUT /rma/1000001/status', { status: 429 }, { status: 502 }, { status: 200 });
		const { error } = await run({ operation: 'updateStatus', rmaId: byId('1000001'), status: 'Done' });
		expect(error?.httpCode).toBe('502');
		expect(server.calls).toHaveLength(2);
	});

	it('is unauthorised and not found with words for it; the other item is changed, with Continue On Fail', async () => {
		server.on('PUT /rma/1000001/status', { status: 200 });
		server.on('PUT /rma/1000002/status', { status: 403 });
		const result = await run(
			{ operation: 'updateStatus', rmaId: byId('={{ $json.rma }}'), status: 'Done' },
			{ input: [{ rma: '1000002' }, { rma: '1000009' }, { rma: '1000001' }], continueOnFail: true },
		);
		expect(jsonOf(result).map((json) => json.error ?? json.requestedStatus)).toEqual(['ReturnGO refuses the key of this credential, or refuses it for this store', 'ReturnGO does not know RMA 1000009', 'Done']);
	});
});

describe('From List', () => {
	const search = async (filter?: string, paginationToken?: string) => await searchList({ node: ReturnGo, method: 'searchRmas', filter, paginationToken, ...credentialsFor(server) });

	it('offers the newest RMAs, page by page', async () => {
		server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: 'more' } });
		expect(await search()).toEqual({ results: [{ name: 'RMA1000001 · order 1001 · Approved', value: '1000001' }], paginationToken: 'more' });
		await search(undefined, 'more');
		expect(server.calls.map((call) => call.query)).toEqual([
			{ pagesize: '50', sort_by: '-rma_created_at' },
			{ pagesize: '50', sort_by: '-rma_created_at', cursor: 'more' },
		]);
	});

	it('finds by order name, with and without the number sign', async () => {
		server.on('GET /rmas', { body: { rmas: [], next_cursor: null } });
		expect(await search(' #1001 ')).toEqual({ results: [] });
		expect(server.calls[0]?.query.order_name).toBe('1001,#1001');
	});

	it('finds by RMA id, and finds nothing for one that does not exist', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		expect(await search('rma1000001')).toEqual({ results: [{ name: 'RMA1000001 · order 1001 · Received', value: '1000001' }] });
		expect(await search('RMA1000009')).toEqual({ results: [] });
	});

	it('says what is wrong with the credential', async () => {
		server.on('GET /rmas', { status: 401 });
		await expect(search()).rejects.toMatchObject({ message: 'ReturnGO refuses the key of this credential' });
	});
});

describe('Match Inspection', () => {
	const match = async (counts: unknown, more: INodeParameters = {}, rest: Partial<NodeRun> = {}) =>
		await run({ operation: 'matchInspection', rmaId: byId('1000001'), counts: JSON.stringify(counts), ...more }, rest);
	const attentionOf = (result: Awaited<ReturnType<typeof match>>) => (result.outputs[1] ?? []).map(({ json }) => json as { outcome: string; reasons: Array<{ code: string; owner: string; nextStep: string }> });

	it('puts out the RMA with one result per counted unit, for one call', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await match([{ sku: 'shirt-blue-m', sellable: 1, damaged: 1, reason: 'Stained' }]);
		const [item] = jsonOf(result) as Array<{ rma: { units: Array<{ id: string; sku: string }> }; inspections: Array<{ unitId: string; state: string }>; orderId: string }>;
		const shirts = item?.rma.units.filter(({ sku }) => sku === 'SHIRT-BLUE-M').map(({ id }) => id) ?? [];
		expect(item?.inspections.map(({ unitId, state }) => [unitId, state])).toEqual([[shirts[0], 'sellable'], [shirts[1], 'damaged']]);
		expect(item?.orderId).toBe('gid://shopify/Order/5100000000001');
		expect(result.outputs[1]).toEqual([]);
		expect(server.calls).toHaveLength(1);
	});

	it.each([
		['a SKU the RMA does not have', [{ sku: 'SOFA', sellable: 1 }], 'unexpectedItem'],
		['more pieces than it has', [{ sku: 'SHIRT-BLUE-M', sellable: 9 }], 'tooManyPieces'],
	])('%s needs attention, with code, owner and next step', async (_case, counts, code) => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const result = await match(counts);
		expect(result.outputs[0]).toEqual([]);
		expect(attentionOf(result)).toMatchObject([{ outcome: 'blocked', reasons: [{ code, owner: 'warehouse', nextStep: expect.stringMatching(/./) as unknown }] }]);
	});

	it('an RMA that ReturnGO does not know, and one for another order, need attention', async () => {
		server.on('GET /rma/1000001', { status: 404, body: { message: 'Not Found' } });
		expect(attentionOf(await match([{ sku: 'CAP', sellable: 1 }]))).toMatchObject([{ reasons: [{ code: 'rmaNotFound' }] }]);
		server.on('GET /rma/1000001', { body: rawRma() });
		expect(attentionOf(await match([{ sku: 'CAP', sellable: 1 }], { expectedOrderId: '77' }))).toMatchObject([{ reasons: [{ code: 'orderMismatch' }] }]);
		expect((await match([{ sku: 'SHIRT-BLUE-M', sellable: 1 }], { expectedOrderId: '5100000000001' })).outputs[1]).toEqual([]);
	});

	it('tells an agent what does not match, as its tool', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const ask = async (counts: unknown) => await askTool({ node: ReturnGo, parameters: { resource: 'rma', operation: 'matchInspection', rmaId: byId('1000001'), counts: JSON.stringify(counts) }, ...credentialsFor(server) });
		expect(await ask([{ sku: 'SOFA', sellable: 1 }])).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'unexpectedItem' }] }]);
		expect(await ask([{ sku: 'SHIRT-BLUE-M', sellable: 1 }])).toMatchObject([{ inspections: [{ state: 'sellable' }] }]);
	});

	it('refuses counts that are no list before anything is sent, and goes on with the next item on Continue On Fail', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const refused = await match('many');
		expect(refused.error?.message).toBe('The counts cannot be read');
		expect(server.calls).toEqual([]);
		const { outputs } = await match([], { counts: '={{ $json.counts }}' }, { input: [{ counts: 'many' }, { counts: [{ sku: 'SHIRT-BLUE-M', sellable: 1 }] }], continueOnFail: true });
		expect(outputs.map((items) => items.map(({ json, pairedItem }) => [json.error ?? null, pairedItem]))).toEqual([[[null, { item: 1 }]], [['The counts cannot be read', { item: 0 }]]]);
	});

	it.each([
		[401, { outcome: 'blocked', error: 'ReturnGO refuses the key of this credential', reasons: [{ code: 'returnGoSignInRefused', owner: 'integration' }] }],
		[400, { outcome: 'blocked', error: 'ReturnGO does not accept this for RMA 1000001', reasons: [{ code: 'refusedByReturnGo' }] }],
		[500, { outcome: 'waiting', error: 'ReturnGO could not answer for RMA 1000001', reasons: [{ code: 'serviceUnavailable' }] }],
		[200, { outcome: 'blocked', error: 'ReturnGO’s answer for RMA 1000001 is not in the form this node knows', reasons: [{ code: 'refusedByReturnGo' }] }],
	] as const)('an item that ReturnGO answers with %i needs attention, in the form of its neighbours, and is not among the matched', async (status, expected) => {
		server.on('GET /rma/1000001', { status, body: { message: 'No' } });
		server.on('GET /rma/1000002', { body: rawRma('1000002') });
		const { outputs, error } = await match([{ sku: 'SHIRT-BLUE-M', sellable: 1 }], { rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000001' }, { rma: '1000002' }], continueOnFail: true });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.rmaId, pairedItem])).toEqual([['1000002', { item: 1 }]]);
		expect(outputs[1]).toMatchObject([{ json: expected, pairedItem: { item: 0 } }]);
		expect(outputs[1]?.[0]?.json.reasons).toMatchObject([{ message: expect.stringContaining(String(expected.error)) as unknown, nextStep: expect.stringMatching(/./) as unknown }]);
	});

	it('an item that does not go well takes n8n’s own output with On Error: Continue (Using Error Output)', async () => {
		server.on('GET /rma/1000001', { body: rawRma() });
		const { outputs } = await match([{ sku: 'SHIRT-BLUE-M', sellable: 1 }], { rmaId: byId('={{ $json.rma }}') }, { input: [{ rma: '1000001' }, { rma: '1000009x' }], onError: 'continueErrorOutput' });
		expect(outputs.map((items) => items.map(({ json }) => json.error ?? json.rmaId))).toEqual([['1000001'], [], ['“1000009x” is not an RMA ID']]);
	});

	it.each([[401, /refuses the key/], [500, /could not answer/]] as const)('passes %i on in words', async (status, words) => {
		server.on('GET /rma/1000001', { status, body: { message: 'No' } });
		const { error } = await match([{ sku: 'CAP', sellable: 1 }]);
		expect(error?.message).toMatch(words);
		expectNoSecret(error);
	});
});
