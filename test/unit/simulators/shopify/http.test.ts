import { FULL, at, freshKey, openShop, REFUND, text, type TestShop } from './client';

describe('the Admin API endpoint of the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	afterEach(() => shop.simulator.reset());

	const post = (path: string, body: string, headers: Record<string, string>) => fetch(`${shop.simulator.url}${path}`, { method: 'POST', headers, body });
	const JSON_TYPE = { 'content-type': 'application/json' };
	const SHOP_NAME = JSON.stringify({ query: '{ shop { name } }' });

	it('refuses a token nobody issued with the recorded text', async () => {
		const response = await post('/admin/api/2026-10/graphql.json', SHOP_NAME, { ...JSON_TYPE, 'x-shopify-access-token': 'wrong' });
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
	});

	it.each(['2026-04', '2026-07', '2026-10'])('serves version %s and says so in a header', async (version) => {
		const response = await post(`/admin/api/${version}/graphql.json`, SHOP_NAME, { ...JSON_TYPE, 'x-shopify-access-token': FULL });
		expect(response.status).toBe(200);
		expect(response.headers.get('x-shopify-api-version')).toBe(version);
		expect(response.headers.get('x-request-id')).toBeTruthy();
		expect(await response.json()).toMatchObject({ data: { shop: { name: 'Simulated Shop' } } });
	});

	it('answers 404 to a version it does not have', async () => {
		const response = await post('/admin/api/2019-04/graphql.json', SHOP_NAME, { ...JSON_TYPE, 'x-shopify-access-token': FULL });
		expect(response.status).toBe(404);
	});

	it('answers 400 to a body without a query', async () => {
		const response = await post('/admin/api/2026-10/graphql.json', '{"variables":{}}', { ...JSON_TYPE, 'x-shopify-access-token': FULL });
		expect(response.status).toBe(400);
	});

	describe('client credentials', () => {
		const FIELDS = { grant_type: 'client_credentials', client_id: 'sim-client', client_secret: 'sim-secret' };

		it.each([
			['JSON', JSON_TYPE, JSON.stringify(FIELDS)],
			['a form', { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(FIELDS).toString()],
		])('are exchanged for a token when sent as %s', async (_name, headers, body) => {
			const response = await post('/admin/oauth/access_token', body, headers);
			const answer = (await response.json()) as unknown;
			expect(response.status).toBe(200);
			expect(answer).toMatchObject({ access_token: expect.stringMatching(/^shpat_/) as unknown, scope: expect.stringContaining('write_orders') as unknown, expires_in: 86_399 });
			const used = await shop.graphql('{ shop { name } }', {}, { token: text(answer, 'access_token') });
			expect(used.errors).toBeUndefined();
		});

		it('are refused when the secret is wrong', async () => {
			const response = await post('/admin/oauth/access_token', JSON.stringify({ ...FIELDS, client_secret: 'guess' }), JSON_TYPE);
			expect(response.status).toBe(401);
			expect(await response.json()).toMatchObject({ error: 'invalid_client' });
		});

		it('give a token that is worthless a day later, while a new one works', async () => {
			const ask = async () => text(await (await post('/admin/oauth/access_token', JSON.stringify(FIELDS), JSON_TYPE)).json(), 'access_token');
			const token = await ask();
			await shop.control('POST', '/__sim/clock', { advanceMs: 86_398_000 });
			expect(at(await shop.graphql('{ shop { name } }', {}, { token }), 'data.shop.name')).toBe('Simulated Shop');
			await shop.control('POST', '/__sim/clock', { advanceMs: 2_000 });
			expect(await shop.graphql('{ shop { name } }', {}, { token })).toEqual({ errors: expect.stringContaining('Invalid API key') as unknown });
			expect(at(await shop.graphql('{ shop { name } }', {}, { token: await ask() }), 'data.shop.name')).toBe('Simulated Shop');
		});
	});

	describe('documents and variables', () => {
		it('names a field that does not exist', async () => {
			const answer = await shop.graphql('{ shop { nickname } }');
			expect(answer.data).toBeUndefined();
			expect(answer.errors).toEqual([
				expect.objectContaining({ message: "Field 'nickname' doesn't exist on type 'Shop'", extensions: { code: 'undefinedField', typeName: 'Shop', fieldName: 'nickname' } }),
			]);
		});

		it('names an argument that does not exist', async () => {
			const answer = await shop.graphql('{ orders(first: 1, colour: "red") { nodes { id } } }');
			expect(answer.errors?.[0]).toMatchObject({ message: "Field 'orders' doesn't accept argument 'colour'", extensions: { code: 'argumentNotAccepted' } });
		});

		it('does not know a code on the errors of refundCreate, which are plain ones', async () => {
			const answer = await shop.graphql(REFUND.replace('userErrors { field message }', 'userErrors { field message code }'), { input: { orderId: 'gid://shopify/Order/1' }, key: freshKey() });
			expect(answer.errors?.[0]?.message).toBe("Field 'code' doesn't exist on type 'UserError'");
		});

		it('lists everything that is wrong with a variable', async () => {
			const answer = await shop.graphql(REFUND, { input: { ordreId: 'x', refundLineItems: [{ lineItemId: 'gid://shopify/LineItem/1', quantity: 'two', restockType: 'SHRED' }] }, key: freshKey() });
			expect(answer.data).toBeUndefined();
			expect(answer.errors?.[0]?.extensions?.code).toBe('INVALID_VARIABLE');
			expect(answer.errors?.[0]?.message).toMatch(/^Variable \$input of type RefundInput! was provided invalid value for /);
			expect(answer.errors?.[0]?.message).toContain('ordreId (Field is not defined on RefundInput)');
			expect(answer.errors?.[0]?.message).toContain('orderId (Expected value to not be null)');
			expect(answer.errors?.[0]?.message).toContain('refundLineItems.0.quantity (Could not coerce value "two" to Int)');
			expect(answer.errors?.[0]?.message).toContain('refundLineItems.0.restockType (Expected "SHRED" to be one of: CANCEL, LEGACY_RESTOCK, NO_RESTOCK, RETURN)');
		});

		it.each([
			['a decimal', { amount: 'ten', currencyCode: 'USD' }],
			['a decimal', { amount: '1,00', currencyCode: 'USD' }],
			['a currency', { amount: '1.00', currencyCode: 'ZZZ' }],
		])('refuses what is not %s, which graphql-js alone would not', async (_what, creditAmount) => {
			const answer = await shop.graphql('mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $input) { userErrors { code } } }', {
				id: 'gid://shopify/Customer/1',
				input: { creditAmount },
			});
			expect(answer.errors?.[0]?.extensions?.code).toBe('INVALID_VARIABLE');
		});

		it('refuses an id that is not a global id', async () => {
			const answer = await shop.graphql('query ($id: ID!) { order(id: $id) { id } }', { id: 'order one' });
			expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'INVALID_VARIABLE', problems: [{ path: [], explanation: "Invalid global id 'order one'" }] } });
		});

		it('answers an error to the id of another type, and null to an unknown one', async () => {
			const wrong = await shop.graphql('{ order(id: "gid://shopify/Return/1") { id } }');
			expect(wrong).toMatchObject({ data: { order: null }, errors: [{ message: 'Invalid id: gid://shopify/Return/1', extensions: { code: 'RESOURCE_NOT_FOUND' }, path: ['order'] }] });
			const unknown = await shop.graphql('{ order(id: "gid://shopify/Order/1") { id } }');
			expect(unknown.data).toEqual({ order: null });
			expect(unknown.errors).toBeUndefined();
		});

		it('asks for a page size and bounds it', async () => {
			expect((await shop.graphql('{ orders { nodes { id } } }')).errors?.[0]?.message).toBe('you must provide one of first or last');
			expect((await shop.graphql('{ orders(first: 251) { nodes { id } } }')).errors?.[0]?.message).toBe('first cannot exceed 250');
		});

		it('says so when a field is not modelled, instead of answering nothing', async () => {
			const tenders = await shop.graphql('{ tenderTransactions(first: 1) { nodes { id } } }');
			expect(tenders.errors?.[0]?.extensions?.code).toBe('NOT_SIMULATED');
			const mutation = await shop.graphql('mutation { bulkOperationRunMutation(mutation: "mutation { x }", stagedUploadPath: "x") { bulkOperation { id } userErrors { message } } }');
			expect(mutation.errors?.[0]?.extensions?.code).toBe('NOT_SIMULATED');
			expect(mutation.data).toEqual({ bulkOperationRunMutation: null });
		});
	});

	describe('access scopes', () => {
		const as = async (...scopes: string[]) => {
			await shop.control('POST', '/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_narrow', scopes });
			return { token: 'shpat_narrow' };
		};

		it('deny refundCreate without write_orders, in the recorded form', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			const answer = await shop.graphql(REFUND, { input: { orderId: order.id }, key: freshKey() }, await as('read_orders', 'write_returns'));
			expect(answer.data).toEqual({ refundCreate: null });
			expect(answer.errors?.[0]).toMatchObject({ path: ['refundCreate'], extensions: { code: 'ACCESS_DENIED', requiredAccess: expect.stringContaining('`write_orders`') as unknown } });
			expect(answer.errors?.[0]?.message).toMatch(/^Access denied for refundCreate field\. Required access: /);
		});

		it('follow the map that comes with the schema, read being part of write', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			const query = `{ order(id: "${order.id}") { id returns(first: 1) { nodes { id } } } }`;
			expect((await shop.graphql(query, {}, await as('write_orders'))).errors?.[0]).toMatchObject({ path: ['order', 'returns'], extensions: { code: 'ACCESS_DENIED' } });
			expect((await shop.graphql(query, {}, await as('write_orders', 'write_returns'))).errors).toBeUndefined();
			expect((await shop.graphql(query, {}, await as('write_products'))).data).toEqual({ order: null });
		});

		it('ask for both orders and returns to see what can be returned', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			const query = `{ returnableFulfillments(orderId: "${order.id}", first: 1) { nodes { id } } }`;
			expect((await shop.graphql(query, {}, await as('read_orders'))).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
			expect((await shop.graphql(query, {}, await as('read_returns'))).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
			expect((await shop.graphql(query, {}, await as('read_orders', 'read_returns'))).errors).toBeUndefined();
		});

		it('are checked for the owner of a metafield and behind a node', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			const set = 'mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }';
			const metafield = { ownerId: order.id, namespace: 'abc', key: 'note', type: 'single_line_text_field', value: 'x' };
			expect((await shop.graphql(set, { m: [metafield] }, await as('read_orders'))).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
			expect((await shop.graphql(`{ node(id: "${order.id}") { id } }`, {}, await as('read_products'))).errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
		});

		it('can be listed without any scope', async () => {
			const answer = await shop.graphql('{ currentAppInstallation { accessScopes { handle } } }', {}, await as('read_orders'));
			expect(answer.data).toEqual({ currentAppInstallation: { accessScopes: [{ handle: 'read_orders' }] } });
		});
	});

	describe('query cost', () => {
		const QUERY = '{ orders(first: 10) { nodes { id lineItems(first: 5) { nodes { id title } } customer { id } } } }';

		it('is objects 1, connections 2 plus their contents, counted again over what came back', async () => {
			// orders: 2 + 10 × (order 1 + customer 1 + lineItems (2 + 5 × 1)) = 92
			const empty = await shop.graphql(QUERY);
			expect(at(empty, 'extensions.cost')).toMatchObject({ requestedQueryCost: 92, actualQueryCost: 2 });
			await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			// one order 1 + customer 1 + lineItems (2 + 1)
			expect(at(await shop.graphql(QUERY), 'extensions.cost')).toMatchObject({ requestedQueryCost: 92, actualQueryCost: 7 });
		});

		it('is ten for a mutation, plus what is read from it', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			const answer = await shop.graphql(`mutation { tagsAdd(id: "${order.id}", tags: ["a"]) { node { id } userErrors { message } } }`);
			expect(at(answer, 'extensions.cost')).toMatchObject({ requestedQueryCost: 12, actualQueryCost: 11 });
		});

		it('counts the dearest of several possible types', async () => {
			const answer = await shop.graphql('{ node(id: "gid://shopify/Order/1") { id ... on Order { customer { id } lineItems(first: 3) { nodes { id } } } ... on Refund { order { id } } } }');
			expect(at(answer, 'extensions.cost.requestedQueryCost')).toBe(1 + 1 + 2 + 3);
		});

		it('above 1,000 is refused outright', async () => {
			const answer = await shop.graphql('{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id } } } } }');
			expect(answer.data).toBeUndefined();
			expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'MAX_COST_EXCEEDED', cost: 2 + 250 * 53, maxCost: 1_000 } });
		});

		it('is taken from a bucket of 2,000 that refills by 100 a second, per app', async () => {
			await shop.control('POST', '/__sim/clock', { freeze: true });
			await shop.control('POST', '/__sim/bucket', { clientId: 'sim-full', available: 50 });
			const throttled = await shop.graphql(QUERY);
			expect(throttled).toEqual({
				errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: expect.any(String) as unknown } }],
				extensions: { cost: { requestedQueryCost: 92, actualQueryCost: null, throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 50, restoreRate: 100 } } },
			});
			expect((await shop.graphql(QUERY, {}, { token: 'shpat_sim_returngo' })).errors).toBeUndefined();
			await shop.control('POST', '/__sim/clock', { advanceMs: 430 });
			const answer = await shop.graphql(QUERY);
			expect(answer.errors).toBeUndefined();
			expect(at(answer, 'extensions.cost.throttleStatus.currentlyAvailable')).toBe(91);
		});

		it('does nothing when throttled by a planned fault', async () => {
			const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			await shop.control('POST', '/__sim/faults', { match: { operation: 'tagsAdd' }, action: { kind: 'throttled' } });
			const add = `mutation { tagsAdd(id: "${order.id}", tags: ["a"]) { userErrors { message } } }`;
			expect((await shop.graphql(add)).errors?.[0]?.extensions?.code).toBe('THROTTLED');
			expect(at(await shop.graphql(`{ order(id: "${order.id}") { tags } }`), 'data.order.tags')).toEqual([]);
			expect((await shop.graphql(add)).errors).toBeUndefined();
			expect(at(await shop.graphql(`{ order(id: "${order.id}") { tags } }`), 'data.order.tags')).toEqual(['a']);
		});
	});

	it('records the operations of each request without the token', async () => {
		await shop.graphql('{ shop { name } locations(first: 1) { nodes { id } } }');
		const log = (await shop.control('GET', '/__sim/requests?operation=locations')) as unknown[];
		expect(log).toHaveLength(1);
		expect(log[0]).toMatchObject({ operations: ['shop', 'locations'], actor: 'Custom app', status: 200 });
		expect(JSON.stringify(log)).not.toContain(FULL);
	});

	it('shows its state to a person and as data, without secrets', async () => {
		await shop.order({ name: '#7001', lines: [{ sku: 'MUG', title: 'Mug', quantity: 1, unitPrice: '10.00' }] });
		const page = await (await fetch(shop.simulator.url)).text();
		expect(page).toContain('#7001');
		expect(page).toContain('MUG');
		const state = JSON.stringify(await shop.control('GET', '/__sim/state'));
		expect(state).toContain('#7001');
		expect(state).not.toContain('sim-secret');
		expect(state).not.toContain(FULL);
	});
});
