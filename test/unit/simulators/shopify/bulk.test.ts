import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { at, list, openShop, text, type TestShop } from './client';

const ORDERS = '{ orders { edges { node { id name lineItems { edges { node { id sku quantity } } } returns { edges { node { id status } } } } } } }';
const OPERATION = 'id status errorCode objectCount rootObjectCount fileSize url partialDataUrl createdAt completedAt query type';

interface Row {
	id: string;
	__parentId?: string;
	[field: string]: unknown;
}

describe('bulk operations of the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(async () => {
		await shop.simulator.reset();
		await shop.control('POST', '/__sim/clock', { freeze: true, set: '2026-11-01T00:00:00Z' });
	});

	const run = async (query: string, groupObjects = false, token?: string) =>
		at(
			await shop.graphql(
				`mutation ($query: String!, $groupObjects: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) { bulkOperation { ${OPERATION} } userErrors { field message code } } }`,
				{ query, groupObjects },
				token === undefined ? {} : { token },
			),
			'data.bulkOperationRunQuery',
		);
	const look = async (id: string, token?: string) =>
		at(await shop.graphql(`query ($id: ID!) { bulkOperation(id: $id) { ${OPERATION} } }`, { id }, token === undefined ? {} : { token }), 'data.bulkOperation') as Record<string, unknown> | null;
	const ended = async (query: string, groupObjects = false) => {
		const id = text(await run(query, groupObjects), 'bulkOperation.id');
		// The second look finds it ended, unless the machine is busy.
		for (let looks = 1; looks < 40; looks += 1) if ((await look(id))?.status !== 'RUNNING') break;
		return await look(id);
	};
	const rowsAt = async (url: unknown): Promise<Row[]> => {
		const response = await fetch(String(url));
		expect(response.status).toBe(200);
		const body = await response.text();
		expect(body.endsWith('\n')).toBe(true);
		return body
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as Row);
	};
	const refusal = async (query: string) => (await run(query)) as { bulkOperation: null; userErrors: Array<{ field: string[]; message: string; code: string }> };
	const threeOrders = async () => {
		for (const name of ['#1', '#2', '#3']) {
			await shop.order({ name, createdAt: `2026-10-0${name.slice(1)}T00:00:00Z`, lines: [{ sku: `${name}-A`, title: 'A', quantity: 2, unitPrice: '10.00' }, { sku: `${name}-B`, title: 'B', quantity: 1, unitPrice: '5.00' }] });
		}
		await shop.returned({ name: '#4', createdAt: '2026-10-04T00:00:00Z', lines: [{ sku: 'R', title: 'R', quantity: 2, unitPrice: '10.00' }] }, [{ line: 0, quantity: 1 }]);
	};

	it('is created, seen running, then completed with counts, size and an address that needs no token', async () => {
		await threeOrders();
		const begun = (await run(ORDERS)) as { bulkOperation: Record<string, unknown>; userErrors: unknown[] };
		expect(begun.userErrors).toEqual([]);
		expect(begun.bulkOperation).toMatchObject({ status: 'CREATED', objectCount: '0', url: null, query: ORDERS, type: 'QUERY', completedAt: null });
		const id = String(begun.bulkOperation.id);
		expect(await look(id)).toMatchObject({ status: 'RUNNING', url: null });
		const done = await look(id);
		expect(done).toMatchObject({ status: 'COMPLETED', objectCount: '12', rootObjectCount: '4', errorCode: null, partialDataUrl: null, completedAt: '2026-11-01T00:00:00Z' });
		const rows = await rowsAt(done?.url);
		expect(rows).toHaveLength(12);
		const response = await fetch(String(done?.url));
		expect(response.headers.get('content-type')).toBe('application/jsonl');
		expect(Buffer.byteLength(await response.text())).toBe(Number(done?.fileSize));
		expect(await look(id)).toMatchObject({ status: 'COMPLETED' });
	});

	it('writes one row per object, without its connections, that names its parent', async () => {
		await threeOrders();
		const rows = await rowsAt((await ended(ORDERS))?.url);
		expect(rows.slice(0, 4).map(({ name, lineItems, __parentId }) => ({ name, lineItems, __parentId }))).toEqual(['#1', '#2', '#3', '#4'].map((name) => ({ name, lineItems: undefined, __parentId: undefined })));
		const ofFirst = rows.filter(({ __parentId }) => __parentId === rows[0]?.id);
		expect(ofFirst.map(({ sku, quantity }) => ({ sku, quantity }))).toEqual([{ sku: '#1-A', quantity: 2 }, { sku: '#1-B', quantity: 1 }]);
		expect(rows.filter(({ status }) => status === 'OPEN').map(({ __parentId }) => __parentId)).toEqual([rows[3]?.id]);
	});

	it('puts each object right after its parent when objects are grouped', async () => {
		await threeOrders();
		const rows = await rowsAt((await ended(ORDERS, true))?.url);
		expect(rows.map(({ name, sku, status }) => name ?? sku ?? status)).toEqual(['#1', '#1-A', '#1-B', '#2', '#2-A', '#2-B', '#3', '#3-A', '#3-B', '#4', 'R', 'OPEN']);
	});

	it('reaches three connections deep, with search, sorting and objects between', async () => {
		await threeOrders();
		const done = await ended(
			'query Deep { orders(query: "created_at:>=2026-10-03", reverse: true) { edges { node { ...Known refunds { id } returns { edges { node { id returnLineItems { edges { node { id quantity ... on ReturnLineItem { fulfillmentLineItem { lineItem { sku } } } } } } } } } } } } } fragment Known on Order { id name customer { id } }',
			true,
		);
		const rows = await rowsAt(done?.url);
		expect(rows.map(({ id, name, quantity, fulfillmentLineItem, refunds }) => ({ type: id.split('/').at(-2), name, quantity, fulfillmentLineItem, refunds }))).toEqual([
			{ type: 'Order', name: '#4', refunds: [] },
			{ type: 'Return' },
			{ type: 'ReturnLineItem', quantity: 1, fulfillmentLineItem: { lineItem: { sku: 'R' } } },
			{ type: 'Order', name: '#3', refunds: [] },
		]);
		expect(rows[2]?.__parentId).toBe(rows[1]?.id);
	});

	it('has no page sizes: more orders and lines than a page holds come whole and once', async () => {
		for (let index = 0; index < 300; index += 1) await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '1.00' }], customer: null });
		const rows = await rowsAt((await ended('{ orders(first: 5) { edges { node { id lineItems(first: 1) { edges { node { id } } } } } } }'))?.url);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(600);
		expect(rows).toHaveLength(600);
	});

	it('answers no address when there is nothing to fetch', async () => {
		expect(await ended('{ orders(query: "name:none") { edges { node { id } } } }')).toMatchObject({ status: 'COMPLETED', objectCount: '0', url: null, fileSize: null });
	});

	it('ends on the clock too, and tells the app that began it', async () => {
		const received: unknown[] = [];
		const receiver: Server = createServer((request, response) => {
			request.setEncoding('utf8').on('data', (body: string) => received.push({ topic: request.headers['x-shopify-topic'], body: JSON.parse(body) }));
			request.on('end', () => response.end());
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		try {
			for (const token of ['shpat_sim_full', 'shpat_sim_returngo']) {
				await shop.graphql('mutation ($uri: String!) { webhookSubscriptionCreate(topic: BULK_OPERATIONS_FINISH, webhookSubscription: { uri: $uri }) { userErrors { message } } }', { uri: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` }, { token });
			}
			const id = text(await run(ORDERS), 'bulkOperation.id');
			await shop.control('POST', '/__sim/clock', { advanceMs: 59_000 });
			expect(await look(id)).toMatchObject({ status: 'RUNNING' });
			await shop.control('POST', '/__sim/clock', { advanceMs: 1_000 });
			await shop.control('GET', '/__sim/webhooks?wait=true');
			expect(received).toEqual([
				{
					topic: 'bulk_operations/finish',
					body: { admin_graphql_api_id: id, created_at: '2026-11-01T00:00:00Z', completed_at: '2026-11-01T00:01:00Z', error_code: null, status: 'completed', type: 'query' },
				},
			]);
		} finally {
			receiver.closeAllConnections();
			await new Promise((resolve) => receiver.close(resolve));
		}
	});

	describe('refuses, in the words that were recorded,', () => {
		it.each([
			['an empty query', '', ['Invalid bulk query: syntax error, unexpected end of file']],
			['a mutation', 'mutation { tagsAdd(id: "gid://shopify/Order/1", tags: ["a"]) { userErrors { message } } }', ['Invalid operation type. Only `query` operations are supported.']],
			['nodes instead of edges', '{ orders { nodes { id } } }', ["All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'orders { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'orders'."]],
			['a top-level node', '{ node(id: "gid://shopify/Order/1") { id } }', ['Bulk queries cannot contain a top level `node` field.', 'Bulk queries must contain at least one connection.']],
			['no connection', '{ shop { name } }', ['Bulk queries must contain at least one connection.']],
			[
				'a fourth connection below another',
				'{ orders { edges { node { id returns { edges { node { id reverseFulfillmentOrders { edges { node { id lineItems { edges { node { id } } } } } } } } } } } } }',
				['Bulk queries cannot contain connections with a nesting depth greater than 2.'],
			],
			[
				'six connections',
				'{ orders { edges { node { id a: lineItems { edges { node { id } } } b: lineItems { edges { node { id } } } c: lineItems { edges { node { id } } } d: lineItems { edges { node { id } } } e: returns { edges { node { id } } } } } } }',
				['Bulk queries cannot contain more than 5 connections.'],
			],
			[
				'children of a node without its id',
				'{ orders { edges { node { orderId: id lineItems { edges { node { id } } } } } } }',
				["The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': orders."],
			],
			['a connection inside a list', '{ orders { edges { node { id refunds { refundLineItems(first: 5) { edges { node { id } } } } } } } }', ['Queries that contain a connection field within a list field are not currently supported.']],
		])('%s', async (_what, query, messages) => {
			const { bulkOperation, userErrors } = await refusal(query);
			expect(bulkOperation).toBeNull();
			expect(userErrors).toEqual(messages.map((message) => ({ field: ['query'], message, code: 'INVALID' })));
		});

		it('a sixth operation at a time', async () => {
			await shop.control('POST', '/__sim/bulk/faults', { kind: 'hold', times: 5 });
			const ids: string[] = [];
			for (let index = 0; index < 5; index += 1) ids.push(text(await run(ORDERS), 'bulkOperation.id'));
			expect((await refusal(ORDERS)).userErrors).toEqual([{ field: null, message: `A bulk query operation for this app and shop is already in progress: ${ids.join(', ')}.`, code: 'OPERATION_IN_PROGRESS' }]);
			expect(at(await run(ORDERS, false, 'shpat_sim_returngo'), 'userErrors')).toEqual([]);
			await shop.graphql('mutation ($id: ID!) { bulkOperationCancel(id: $id) { userErrors { message } } }', { id: ids[0] });
			await look(String(ids[0]));
			expect(at(await run(ORDERS), 'userErrors')).toEqual([]);
		});

		it('what the schema does not have, and variables', async () => {
			expect((await refusal('{ orders { edges { node { id colour } } } }')).userErrors).toMatchObject([{ message: expect.stringContaining("Field 'colour' doesn't exist") as string, code: 'INVALID' }]);
			expect((await refusal('query ($q: String) { orders(query: $q) { edges { node { id } } } }')).userErrors).toMatchObject([{ code: 'INVALID' }]);
		});
	});

	it('cancels what runs, refuses to cancel what has ended, and knows no others', async () => {
		const cancel = async (id: string) =>
			at(await shop.graphql('mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors { field message } } }', { id }), 'data.bulkOperationCancel');
		await threeOrders();
		const id = text(await run(ORDERS), 'bulkOperation.id');
		expect(await cancel(id)).toEqual({ bulkOperation: { id, status: 'CANCELING' }, userErrors: [] });
		expect(await look(id)).toMatchObject({ status: 'CANCELED', url: null });
		expect(await cancel(id)).toEqual({ bulkOperation: { id, status: 'CANCELED' }, userErrors: [{ field: null, message: 'A bulk operation cannot be canceled when it is canceled' }] });
		expect(await cancel('gid://shopify/BulkOperation/1')).toEqual({ bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] });
	});

	it('fails with ACCESS_DENIED when the app may not see what it asks for', async () => {
		await threeOrders();
		await shop.control('POST', '/__sim/apps', { clientId: 'orders-only', clientSecret: 'x', token: 'shpat_orders_only', scopes: ['read_orders'] });
		const id = text(await run('{ orders { edges { node { id returns { edges { node { id } } } } } } }', false, 'shpat_orders_only'), 'bulkOperation.id');
		await look(id, 'shpat_orders_only');
		expect(await look(id, 'shpat_orders_only')).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED', url: null, partialDataUrl: null, objectCount: '0' });
		expect(await look(id)).toBeNull();
	});

	it('goes wrong as planned: part of the rows, no end, an expired or missing or broken file', async () => {
		await threeOrders();
		const plan = (fault: object) => shop.control('POST', '/__sim/bulk/faults', fault);
		await plan({ kind: 'fail', errorCode: 'TIMEOUT', afterObjects: 3 });
		const failed = await ended(ORDERS);
		expect(failed).toMatchObject({ status: 'FAILED', errorCode: 'TIMEOUT', objectCount: '3', url: null });
		expect(await rowsAt(failed?.partialDataUrl)).toHaveLength(3);
		await plan({ kind: 'hold' });
		const held = text(await run(ORDERS), 'bulkOperation.id');
		await shop.control('POST', '/__sim/clock', { advanceMs: 3_600_000 });
		await look(held);
		expect(await look(held)).toMatchObject({ status: 'RUNNING' });
		await plan({ kind: 'expire' });
		expect(await ended(ORDERS)).toMatchObject({ status: 'EXPIRED', url: null });
		await plan({ kind: 'gone', status: 403 });
		expect((await fetch(String((await ended(ORDERS))?.url))).status).toBe(403);
		await plan({ kind: 'truncate', bytes: 100 });
		const truncated = await ended(ORDERS);
		expect(Buffer.byteLength(await (await fetch(String(truncated?.url))).text())).toBe(100);
		expect(Number(truncated?.fileSize)).toBeGreaterThan(100);
		await plan({ kind: 'cut', bytes: 100 });
		const cut = await ended(ORDERS);
		await expect(fetch(String(cut?.url)).then((response) => response.text())).rejects.toThrow();
		await plan({ kind: 'limitReached' });
		expect(at(await run(ORDERS), 'userErrors.0.code')).toBe('LIMIT_REACHED');
	});

	it('keeps results for seven days, behind a signature', async () => {
		await threeOrders();
		const done = await ended(ORDERS);
		const url = new URL(String(done?.url));
		url.searchParams.set('Signature', 'forged');
		expect((await fetch(url)).status).toBe(403);
		await shop.control('POST', '/__sim/clock', { advanceMs: 7 * 24 * 3_600_000 });
		expect((await fetch(String(done?.url))).status).toBe(403);
		expect(await look(String(done?.id))).toMatchObject({ status: 'EXPIRED', url: null });
	});

	it('lists an app\'s operations newest first, by status, and answers them as nodes', async () => {
		await ended(ORDERS);
		const second = text(await run(ORDERS), 'bulkOperation.id');
		const answer = await shop.graphql(`query ($id: ID!) { bulkOperations(first: 5) { nodes { id } } completed: bulkOperations(first: 5, query: "status:completed") { nodes { id } } node(id: $id) { ... on BulkOperation { status } } currentBulkOperation { id } }`, { id: second });
		expect(list(answer, 'data.bulkOperations.nodes')).toHaveLength(2);
		expect(at(answer, 'data.bulkOperations.nodes.0.id')).toBe(second);
		expect(at(answer, 'data.currentBulkOperation.id')).toBe(second);
		expect(at(await shop.graphql('{ bulkOperations(first: 5, query: "status:completed") { nodes { status } } }'), 'data.bulkOperations.nodes.0.status')).toBe('COMPLETED');
	});
});
