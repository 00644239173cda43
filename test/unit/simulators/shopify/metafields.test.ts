import { at, list, openShop, text, type OrderSummary, type TestShop } from './client';

const SET = `mutation ($metafields: [MetafieldsSetInput!]!) {
	metafieldsSet(metafields: $metafields) {
		metafields { id namespace key type value compareDigest owner { ... on Order { name tags metafield(namespace: "ledger", key: "state") { value } } } }
		userErrors { field message code }
	}
}`;

describe('metafields, tags and searches in the Shopify simulator', () => {
	let shop: TestShop;
	let order: OrderSummary;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(async () => {
		await shop.simulator.reset();
		order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
	});

	const field = (more: object = {}) => ({ ownerId: order.id, namespace: 'ledger', key: 'state', type: 'json', value: '{"v":1}', ...more });
	const set = async (metafields: object[], token?: string) => at(await shop.graphql(SET, { metafields }, token === undefined ? {} : { token }), 'data.metafieldsSet');
	const stored = async () => at(await shop.graphql(`{ order(id: "${order.id}") { metafield(namespace: "ledger", key: "state") { value compareDigest } } }`), 'data.order.metafield');

	describe('compare and set', () => {
		it('null means there must be none yet: of two first claims one wins', async () => {
			expect(await set([field({ compareDigest: null })])).toMatchObject({ metafields: [{ value: '{"v":1}' }], userErrors: [] });
			expect(await set([field({ compareDigest: null, value: '{"v":2}' })])).toMatchObject({ metafields: null, userErrors: [{ code: 'STALE_OBJECT' }] });
			expect(await stored()).toMatchObject({ value: '{"v":1}' });
		});

		it('a digest that is still right lets through, one that is not does not', async () => {
			const first = text(await set([field()]), 'metafields.0.compareDigest');
			const second = text(await set([field({ value: '{"v":2}', compareDigest: first })]), 'metafields.0.compareDigest');
			expect(second).not.toBe(first);
			expect(await set([field({ value: '{"v":3}', compareDigest: first })])).toMatchObject({ userErrors: [{ code: 'STALE_OBJECT' }] });
			expect(await stored()).toEqual({ value: '{"v":2}', compareDigest: second });
		});

		it('a digest without a value is invalid; without any digest nothing is checked', async () => {
			expect(await set([field({ compareDigest: 'abc' })])).toMatchObject({ userErrors: [{ code: 'INVALID_COMPARE_DIGEST' }] });
			await set([field()]);
			expect(await set([field({ value: '{"v":9}' })])).toMatchObject({ userErrors: [] });
		});

		it('writing what is there already succeeds with any digest', async () => {
			await set([field()]);
			expect(await set([field({ compareDigest: 'wrong' })])).toMatchObject({ metafields: [{ value: '{"v":1}' }], userErrors: [] });
			expect(await set([field({ compareDigest: null })])).toMatchObject({ userErrors: [] });
		});

		it('is all or nothing', async () => {
			const answer = await set([field({ key: 'other' }), field({ compareDigest: 'abc' })]);
			expect(answer).toMatchObject({ metafields: null, userErrors: [{ field: ['metafields', '1', 'compareDigest'] }] });
			expect(list(await shop.graphql(`{ order(id: "${order.id}") { metafields(first: 5) { nodes { key } } } }`), 'data.order.metafields.nodes')).toEqual([]);
		});
	});

	it('answers the owner as it is after the write', async () => {
		expect(await set([field()])).toMatchObject({ metafields: [{ owner: { name: order.name, metafield: { value: '{"v":1}' } } }] });
	});

	it.each([
		['JSON that is none', { value: '{' }, 'INVALID_VALUE'],
		['an integer that is none', { type: 'number_integer', value: '1.5' }, 'INVALID_VALUE'],
		['an unknown type', { type: 'xml' }, 'INCLUSION'],
		['no type for a new field', { type: undefined }, 'BLANK'],
		['an empty value', { value: '' }, 'BLANK'],
		['a key with a blank', { key: 'my key' }, 'INVALID'],
		['too short a namespace', { namespace: 'ab' }, 'TOO_SHORT'],
		['too long a key', { key: 'k'.repeat(65) }, 'TOO_LONG'],
		['an owner that does not exist', { ownerId: 'gid://shopify/Order/1' }, 'INVALID'],
	])('refuses %s', async (_what, more, code) => {
		expect(await set([field(more)])).toMatchObject({ metafields: null, userErrors: [{ code }] });
	});

	it('takes 25 at once and not 26', async () => {
		const many = (count: number) => Array.from({ length: count }, (_, index) => field({ key: `key-${index}` }));
		expect(await set(many(26))).toMatchObject({ userErrors: [{ code: 'LESS_THAN_OR_EQUAL_TO' }] });
		expect(await set(many(25))).toMatchObject({ userErrors: [] });
	});

	it('keeps an app-reserved namespace from other apps, and shares the others', async () => {
		const reserved = await set([field({ namespace: undefined })]);
		const namespace = text(reserved, 'metafields.0.namespace');
		expect(namespace).toMatch(/^app--\d+$/);
		expect(text(await set([field({ namespace: '$app', value: '{"v":2}' })]), 'metafields.0.namespace')).toBe(namespace);
		expect(await set([field({ namespace })], 'shpat_sim_returngo')).toMatchObject({ userErrors: [{ code: 'APP_NOT_AUTHORIZED' }] });
		const read = async (token: string) => at(await shop.graphql(`{ order(id: "${order.id}") { metafield(namespace: "${namespace}", key: "state") { value } } }`, {}, { token }), 'data.order.metafield');
		expect(await read('shpat_sim_full')).toEqual({ value: '{"v":2}' });
		expect(await read('shpat_sim_returngo')).toBeNull();
		await set([field()]);
		expect(await set([field({ value: '{"by":"the other"}' })], 'shpat_sim_returngo')).toMatchObject({ userErrors: [] });
	});

	it('deletes, and answers null for what was not there', async () => {
		await set([field()]);
		const answer = await shop.graphql('mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key } userErrors { message } } }', {
			m: [{ ownerId: order.id, namespace: 'ledger', key: 'state' }, { ownerId: order.id, namespace: 'ledger', key: 'nothing' }],
		});
		expect(at(answer, 'data.metafieldsDelete')).toEqual({ deletedMetafields: [{ key: 'state' }, null], userErrors: [] });
		expect(await stored()).toBeNull();
	});

	it('holds a value to the type of its definition', async () => {
		const define = async () =>
			at(await shop.graphql('mutation { metafieldDefinitionCreate(definition: { ownerType: ORDER, namespace: "ledger", key: "state", name: "State", type: "json" }) { createdDefinition { id } userErrors { code } } }'), 'data.metafieldDefinitionCreate');
		expect(await define()).toMatchObject({ userErrors: [] });
		expect(await define()).toMatchObject({ createdDefinition: null, userErrors: [{ code: 'TAKEN' }] });
		expect(await set([field({ type: 'boolean', value: 'true' })])).toMatchObject({ userErrors: [{ code: 'INVALID_TYPE' }] });
		expect(await set([field({ type: undefined })])).toMatchObject({ userErrors: [] });
	});

	describe('tags', () => {
		const tag = async (mutation: string, tags: string[], id = order.id) =>
			at(await shop.graphql(`mutation ($id: ID!, $tags: [String!]!) { ${mutation}(id: $id, tags: $tags) { node { ... on Order { tags } ... on Customer { tags } } userErrors { field message } } }`, { id, tags }), `data.${mutation}`);

		it('are added once, whatever their case, and taken off again', async () => {
			expect(await tag('tagsAdd', ['b', 'a', 'B'])).toEqual({ node: { tags: ['a', 'b'] }, userErrors: [] });
			expect(await tag('tagsAdd', ['A', 'c, d'])).toEqual({ node: { tags: ['a', 'b', 'c', 'd'] }, userErrors: [] });
			expect(await tag('tagsRemove', ['B', 'x'])).toEqual({ node: { tags: ['a', 'c', 'd'] }, userErrors: [] });
		});

		it('are for customers, too, and bounded', async () => {
			expect(await tag('tagsAdd', ['vip'], order.customer.id)).toMatchObject({ node: { tags: ['vip'] } });
			expect(await tag('tagsAdd', ['x'.repeat(41)])).toMatchObject({ node: null, userErrors: [{ field: ['tags'] }] });
		});

		it('are overwritten by orderUpdate, which tagsAdd does not do', async () => {
			await tag('tagsAdd', ['kept']);
			await shop.graphql('mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }', { input: { id: order.id, tags: ['only'], note: 'Hello' } });
			expect(at(await shop.graphql(`{ order(id: "${order.id}") { tags note } }`), 'data.order')).toEqual({ tags: ['only'], note: 'Hello' });
		});

		it('of one document are changed one after the other', async () => {
			const answer = await shop.graphql(`mutation { one: tagsAdd(id: "${order.id}", tags: ["x"]) { node { ... on Order { tags } } } two: tagsRemove(id: "${order.id}", tags: ["x"]) { node { ... on Order { tags } } } }`);
			expect(answer.data).toEqual({ one: { node: { tags: ['x'] } }, two: { node: { tags: [] } } });
		});
	});

	describe('order searches', () => {
		const found = async (query: string, rest = 'sortKey: ID') => list(await shop.graphql(`query ($query: String) { orders(first: 10, query: $query, ${rest}) { nodes { name } } }`, { query }), 'data.orders.nodes').map((node) => text(node, 'name'));

		beforeEach(async () => {
			await shop.order({ name: '#2001', tags: ['return-in-transit'], customer: { email: 'kim@example.com' }, createdAt: '2026-01-05T10:00:00Z', lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
			await shop.order({ name: '#2002', createdAt: '2026-02-05T10:00:00Z', lines: [{ sku: 'B', title: 'B', quantity: 1, unitPrice: '10.00' }], payments: [{ status: 'PENDING' }] });
			await shop.returned({ name: '#2003', createdAt: '2026-03-05T10:00:00Z', lines: [{ sku: 'C', title: 'C', quantity: 1, unitPrice: '10.00' }] }, [{ line: 0, quantity: 1 }]);
		});

		it.each([
			['name:#2001', ['#2001']],
			['name:2001', ['#2001']],
			['name:"#2002"', ['#2002']],
			['email:kim@example.com', ['#2001']],
			['tag:return-in-transit', ['#2001']],
			["tag:'RETURN-IN-TRANSIT'", ['#2001']],
			['tag_not:return-in-transit created_at:<2026-06-01', ['#2002', '#2003']],
			['return_status:in_progress', ['#2003']],
			['return_status:IN_PROGRESS,no_return created_at:<2026-06-01', ['#2001', '#2002', '#2003']],
			['financial_status:pending', ['#2002']],
			["created_at:>='2026-02-01' AND created_at:<'2026-03-01T00:00:00Z'", ['#2002']],
			['NOT tag:return-in-transit created_at:<2026-03-01', ['#2002']],
			['name:#2001 OR name:#2003', ['#2001', '#2003']],
			['sku:C', ['#2003']],
			['name:nothing', []],
		])('%s', async (query, names) => {
			expect(await found(query)).toEqual(names);
		});

		it('refuses a key it does not know, which would otherwise find too much', async () => {
			const answer = await shop.graphql('{ orders(first: 1, query: "colour:red") { nodes { id } } }');
			expect(answer.errors?.[0]?.extensions?.code).toBe('NOT_SIMULATED');
		});

		it('sorts, reverses and pages', async () => {
			expect(await found('created_at:<2026-06-01', 'sortKey: CREATED_AT, reverse: true')).toEqual(['#2003', '#2002', '#2001']);
			const names: string[] = [];
			let after: string | null = null;
			do {
				const page: unknown = await shop.graphql('query ($after: String) { orders(first: 3, after: $after, sortKey: ID) { edges { node { name } } pageInfo { hasNextPage endCursor } } }', { after });
				names.push(...list(page, 'data.orders.edges').map((edge) => text(edge, 'node.name')));
				after = at(page, 'data.orders.pageInfo.hasNextPage') === true ? text(page, 'data.orders.pageInfo.endCursor') : null;
			} while (after !== null);
			expect(names).toEqual([order.name, '#2001', '#2002', '#2003']);
		});

		it('finds one by its identifier and several by node ids', async () => {
			const answer = await shop.graphql(`{ orderByIdentifier(identifier: { id: "${order.id}" }) { name } nodes(ids: ["${order.id}", "gid://shopify/Order/1"]) { ... on Order { name } } }`);
			expect(answer.data).toEqual({ orderByIdentifier: { name: order.name }, nodes: [{ name: order.name }, null] });
		});
	});
});
