/** The node's own operations in n8n's engine, with answers that graphql executes over the real Admin schema. */
import '../harness/environment';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { RESOURCES } from '../../../nodes/ShopifyReturns/registry';
import { runNode, searchList, type NodeRun } from '../harness';
import { prepareNode } from '../harness/workflow';
import { DEFECT_REASON, MUG, MUG_PARCEL, NEUTRAL_REASON, ORDER, OrderBook, refund, SHIRT, SHIRT_PARCEL, SHIRT_SECOND_PARCEL } from './orderBook';
import { startSchemaStore, type SchemaStore } from './schemaStore';
import { dropped, json, text } from './scriptedStore';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let shop: SchemaStore;
let book: OrderBook;

beforeAll(async () => {
	shop = await startSchemaStore();
}, 240_000);
afterAll(async () => await shop.close());
beforeEach(() => {
	book = new OrderBook();
	shop.answerFrom(book.root());
});

const setup = () => ({
	node: ShopifyReturns,
	credentialTypes: [new ShopifyReturnsApi()],
	credentials: { shopifyReturnsApi: { shopDomain: shop.store.origin, authentication: 'accessToken', accessToken: 'shpat_secret' } },
});
const run = async (parameters: INodeParameters, more: Partial<NodeRun> = {}) => await runNode({ ...setup(), parameters, ...more });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const items = (output: INodeExecutionData[] | undefined) => (output ?? []).map((item) => item.json);
const codes = (item: INodeExecutionData['json'] | undefined) => (item?.reasons as unknown as Array<{ code: string }>).map(({ code }) => code);

const throttledOnce = json({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost: { requestedQueryCost: 10, actualQueryCost: null, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 } } } });

describe('Order: Get Return Context', () => {
	const context = (order: INodeParameters[string], more?: Partial<NodeRun>) => run({ resource: 'order', operation: 'getReturnContext', order }, more);

	it('puts everything about an order’s returns into one item, all pages of it', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		book.refunds = [refund(1, ['SUCCESS']), refund(2, ['PENDING'])];
		const { outputs } = await context(byId(ORDER));
		expect(outputs).toHaveLength(1);
		const [found] = outputs[0] ?? [];
		expect(found?.pairedItem).toEqual({ item: 0 });
		expect(found?.json).toMatchObject({
			id: ORDER,
			name: '#1001',
			currency: 'USD',
			shopCurrency: 'EUR',
			tags: ['vip'],
			netPayment: { amount: '110.0', currency: 'USD', shopAmount: '100.0', shopCurrency: 'EUR' },
			lines: [
				{ id: SHIRT, sku: 'SHIRT-M', refundableQuantity: 3, unitPriceAfterDiscounts: { amount: '22.0', currency: 'USD' } },
				{ id: MUG, sku: 'MUG', refundableQuantity: 1 },
			],
			returns: [{ name: '#1001-R1', status: 'OPEN', lines: [{ lineItemId: SHIRT, quantity: 1 }], reverseFulfillmentLines: [{ quantity: 1, disposedQuantity: 0 }] }],
			refunds: [
				{ id: 'gid://shopify/Refund/1', moneyState: 'paid' },
				{ id: 'gid://shopify/Refund/2', moneyState: 'pending' },
			],
			ledger: null,
			ledgerUnreadable: null,
		});
		expect(shop.operations).toEqual(['OrderReturnContext', 'OrderLines', 'ReturnById']);
	});

	it('finds the order by name and is not fooled by similar names', async () => {
		const { outputs } = await context(byName('1001'));
		expect(items(outputs[0])[0]).toMatchObject({ id: ORDER, returns: [], refunds: [] });
	});

	it('asks for all refunds when the first page is full', async () => {
		book.refunds = [1, 2, 3, 4, 5, 6].map((number) => refund(number, ['SUCCESS']));
		shop.answerFrom({ ...book.root(), refund: ({ id }: { id: string }) => book.refunds.find((candidate) => (candidate as { id: string }).id === id) });
		const { outputs } = await context(byId('1001'));
		expect((items(outputs[0])[0]?.refunds as unknown[]).length).toBe(6);
	});

	it('shows the settlement record, and a damaged one as what it is', async () => {
		book.metafield = { value: '{"version":1,"entries":[]}', updatedAt: '2026-11-01T00:00:00Z' };
		expect(items((await context(byId(ORDER))).outputs[0])[0]).toMatchObject({ ledger: { version: 1, entries: [] }, ledgerUnreadable: null });
		book.metafield = { value: 'scribbled over', updatedAt: '2026-11-01T00:00:00Z' };
		const [damaged] = items((await context(byId(ORDER))).outputs[0]);
		expect(damaged?.ledger).toBeNull();
		expect(damaged?.ledgerUnreadable).toContain('not JSON');
	});

	it.each([
		['an id', byId('4711')],
		['a name', byName('#4711')],
	])('stops at %s that the store does not have', async (_name, order) => {
		const { error } = await context(order);
		expect(error?.message).toContain('4711');
		expect(error?.context?.itemIndex).toBe(0);
	});

	it('stops at an id that is none, before anything is sent', async () => {
		for (const [mode, value] of [['id', 'gid://shopify/Product/1'], ['id', '12; drop'], ['name', ''], ['id', ''], ['id', null], ['id', 1.5]]) {
			const { error } = await context({ __rl: true, mode, value: '={{ $json.value }}' } as never, { input: [{ value } as never] });
			expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		}
		await expect(context(byId('12; drop'))).rejects.toThrow('GID');
		expect(shop.operations).toEqual([]);
	});

	it('waits when throttled', async () => {
		shop.interfere('OrderReturnContext', throttledOnce);
		expect(items((await context(byId(ORDER))).outputs[0])[0]).toMatchObject({ id: ORDER });
	});

	it('names a refused token', async () => {
		shop.interfere('OrderReturnContext', json({ errors: '[API] Invalid API key or access token' }, 401), { once: false });
		expect((await context(byId(ORDER))).error).toMatchObject({ message: 'Shopify does not accept the credential', httpCode: '401' });
	});

	it('goes on after one item of two fails, and says which one', async () => {
		const { outputs } = await context('={{ $json.order }}' as never, { input: [{ order: '4711' }, { order: '1001' }], continueOnFail: true });
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[0]?.[0]).toMatchObject({ json: { code: 'orderNotFound' }, pairedItem: { item: 0 } });
		expect(outputs[0]?.[1]).toMatchObject({ json: { id: ORDER }, pairedItem: { item: 1 } });
	});
});

describe('Return: Get', () => {
	it('shows one return', async () => {
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 2 }]);
		const { outputs } = await run({ resource: 'return', operation: 'get', return: byId(id) });
		expect(items(outputs[0])).toMatchObject([{ id, name: '#1001-R1', status: 'OPEN', totalQuantity: 2, orderId: ORDER, lines: [{ sku: 'SHIRT-M', quantity: 2, reason: 'Unknown' }] }]);
	});

	it('stops at a return that the store does not have', async () => {
		const { error } = await run({ resource: 'return', operation: 'get', return: byId('31') });
		expect(error).toMatchObject({ message: 'The store has no return gid://shopify/Return/31', context: { itemIndex: 0, code: 'returnNotFound' } });
	});

	it('names the missing scope', async () => {
		shop.interfere('ReturnById', json({ data: { return: null }, errors: [{ message: 'Access denied for return field.', path: ['return'], extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_returns` access scope.' } }] }));
		const { error } = await run({ resource: 'return', operation: 'get', return: byId('31') });
		expect(error?.message).toBe('The app lacks access: `read_returns` access scope');
	});
});

describe('Return: Get Many', () => {
	const many = (parameters: INodeParameters) => run({ resource: 'return', operation: 'getAll', ...parameters });

	it('lists the returns of an order', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		book.add('CLOSED', [{ lineItem: MUG, quantity: 1 }]);
		const { outputs } = await many({ lookUpBy: 'order', order: byName('#1001'), returnAll: true });
		expect(items(outputs[0]).map(({ name }) => name)).toEqual(['#1001-R1', '#1001-R2']);
		expect(outputs[0]?.every((item) => (item.pairedItem as { item: number }).item === 0)).toBe(true);
	});

	it('filters by status and keeps to the limit', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		book.add('CLOSED', [{ lineItem: MUG, quantity: 1 }]);
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		const closed = await many({ lookUpBy: 'order', order: byId(ORDER), returnAll: true, filters: { status: ['CLOSED'] } });
		expect(items(closed.outputs[0]).map(({ name }) => name)).toEqual(['#1001-R2']);
		const limited = await many({ lookUpBy: 'order', order: byId(ORDER), returnAll: false, limit: 1, filters: { status: ['OPEN'] } });
		expect(items(limited.outputs[0]).map(({ name }) => name)).toEqual(['#1001-R1']);
	});

	it('gives no items for an order without returns', async () => {
		expect((await many({ lookUpBy: 'order', order: byId(ORDER), returnAll: true })).outputs).toEqual([[]]);
	});

	it('looks across orders by their return status', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		const { outputs } = await many({ lookUpBy: 'orderStatus', orderReturnStatus: 'in_progress', returnAll: true, filters: { updatedAfter: '2026-11-01T00:00:00+01:00' } });
		expect(items(outputs[0])).toMatchObject([{ name: '#1001-R1', orderName: '#1001' }]);
		expect(shop.variables[0]?.search).toBe("return_status:in_progress AND updated_at:>'2026-10-31T23:00:00Z'");
	});

	it('stops at an order that the store does not have', async () => {
		expect((await many({ lookUpBy: 'order', order: byId('4711'), returnAll: true })).error?.context?.code).toBe('orderNotFound');
	});
});

describe('Return: Create', () => {
	const create = (itemsJson: unknown, more: INodeParameters = {}, setupMore: Partial<NodeRun> = {}) =>
		run({ resource: 'return', operation: 'create', order: byId(ORDER), specifyItems: 'json', itemsJson: typeof itemsJson === 'string' ? itemsJson : JSON.stringify(itemsJson), ...more }, setupMore);
	const created = () => shop.operations.filter((name) => name === 'CreateReturn').length;

	it('makes a return for the units, spread over the parcels they came in', async () => {
		const { outputs } = await create([{ lineItemId: SHIRT, quantity: 3, note: 'too small' }, { sku: 'MUG', reason: 'Defective' }]);
		expect(outputs).toHaveLength(2);
		expect(outputs[1]).toEqual([]);
		expect(items(outputs[0])).toMatchObject([{ outcome: 'done', reasons: [], return: { name: '#1001-R1', status: 'OPEN', totalQuantity: 4 } }]);
		expect(shop.variables[shop.operations.indexOf('CreateReturn')]).toEqual({
			input: {
				orderId: ORDER,
				returnLineItems: [
					{ fulfillmentLineItemId: SHIRT_PARCEL, quantity: 2, returnReasonDefinitionId: NEUTRAL_REASON, returnReasonNote: 'too small' },
					{ fulfillmentLineItemId: SHIRT_SECOND_PARCEL, quantity: 1, returnReasonDefinitionId: NEUTRAL_REASON, returnReasonNote: 'too small' },
					{ fulfillmentLineItemId: MUG_PARCEL, quantity: 1, returnReasonDefinitionId: DEFECT_REASON },
				],
			},
		});
	});

	it('takes one entry per unit, as ReturnGO lists them, and the fields of the form', async () => {
		await create([{ lineItemId: '500000001' }, { lineItemId: '500000001' }]);
		expect(book.returns[0]?.lines).toEqual([{ lineItem: SHIRT, quantity: 2 }]);
		await run({ resource: 'return', operation: 'create', order: byId(ORDER), specifyItems: 'fields', items: { item: [{ line: 'MUG', quantity: 1, reason: '', note: '' }] }, returnReason: { __rl: true, mode: 'list', value: DEFECT_REASON } });
		expect(book.returns[1]?.lines).toEqual([{ lineItem: MUG, quantity: 1 }]);
	});

	it.each(['OPEN', 'REQUESTED'])('uses the return that ReturnGO made, %s, and never makes a second', async (status) => {
		const existing = book.add(status, [{ lineItem: SHIRT, quantity: 1 }]);
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(items(outputs[0])).toMatchObject([{ outcome: 'alreadyDone', return: { id: existing.id } }]);
		expect(codes(items(outputs[0])[0])).toEqual(['returnExists']);
		expect(created()).toBe(0);
	});

	it('gives the same return however often it is run', async () => {
		const first = await create([{ lineItemId: SHIRT }]);
		const second = await create([{ lineItemId: SHIRT }]);
		expect(items(second.outputs[0])[0]).toMatchObject({ outcome: 'alreadyDone', return: { id: (items(first.outputs[0])[0]?.return as { id: string }).id } });
		expect(book.returns).toHaveLength(1);
	});

	it('prefers the return with exactly these units, and asks a person when two fit', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }, { lineItem: MUG, quantity: 1 }]);
		const exact = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		expect(items((await create([{ lineItemId: SHIRT }])).outputs[0])).toMatchObject([{ return: { id: exact.id } }]);
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		const unclear = await create([{ lineItemId: SHIRT }]);
		expect(unclear.outputs[0]).toEqual([]);
		expect(codes(items(unclear.outputs[1])[0])).toEqual(['returnUnclear']);
	});

	it('leaves the returns of other requests alone', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		const { outputs } = await create([{ lineItemId: SHIRT }], { options: { otherReturns: '#1001-R1, 999' } });
		expect(items(outputs[0])).toMatchObject([{ outcome: 'done', return: { name: '#1001-R2' } }]);
	});

	it.each(['CLOSED', 'CANCELED', 'DECLINED'])('does not take a return that is %s for an open one', async (status) => {
		book.add(status, [{ lineItem: MUG, quantity: 1 }]);
		const { outputs } = await create([{ lineItemId: MUG }]);
		if (status === 'CLOSED') expect(codes(items(outputs[1])[0])).toEqual(['nothingReturnable']);
		else expect(items(outputs[0])).toMatchObject([{ outcome: 'done' }]);
	});

	it.each([
		['more pieces than were shipped', [{ lineItemId: SHIRT, quantity: 4 }], 'nothingReturnable'],
		['a line that is not on the order', [{ lineItemId: '999999999' }], 'nothingReturnable'],
		['an unknown SKU', [{ sku: 'HAT' }], 'skuMismatch'],
		['an unknown reason', [{ lineItemId: MUG, reason: 'gone' }], 'invalidInput'],
	])('hands %s to a person', async (_name, asked, code) => {
		const { outputs } = await create(asked);
		expect(outputs[0]).toEqual([]);
		expect(items(outputs[1])).toMatchObject([{ outcome: 'blocked', return: null }]);
		expect(codes(items(outputs[1])[0])).toEqual([code]);
		expect(outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(created()).toBe(0);
	});

	it.each(['[]', '{}', 'nonsense', '[{}]', '[{"lineItemId":"gid://shopify/Order/1"}]', '[{"sku":"MUG","quantity":0}]', '[{"sku":"MUG","quantity":1.5}]', `[{"sku":"MUG","note":"${'x'.repeat(256)}"}]`])(
		'refuses %s before anything is sent',
		async (itemsJson) => {
			expect((await create(itemsJson)).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
			expect(shop.operations).toEqual([]);
		},
	);

	it('says that the order does not exist', async () => {
		const { outputs } = await create([{ lineItemId: SHIRT }], { order: byName('#4711') });
		expect(codes(items(outputs[1])[0])).toEqual(['orderNotFound']);
	});

	it('hands over Shopify’s own words when it refuses', async () => {
		book.userErrors = [{ field: ['returnInput', 'returnLineItems', '0', 'quantity'], message: 'Return line item has an invalid quantity.', code: 'INVALID' }];
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(codes(items(outputs[1])[0])).toEqual(['refusedByShopify']);
		expect(JSON.stringify(outputs[1])).toContain('Return line item has an invalid quantity.');
	});

	it('finds the return whose creation was never confirmed, and sends nothing twice', async () => {
		shop.interfere('CreateReturn', dropped, { then: () => void book.create([{ fulfillmentLineItemId: SHIRT_PARCEL, quantity: 1 }]) });
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(items(outputs[0])).toMatchObject([{ outcome: 'done', return: { name: '#1001-R1' } }]);
		expect(created()).toBe(1);
		expect(book.returns).toHaveLength(1);
	});

	it('waits for the next run when nobody can tell, and sends nothing twice', async () => {
		shop.interfere('CreateReturn', text('', 502), { once: false });
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(items(outputs[1])).toMatchObject([{ outcome: 'waiting', retryAt: expect.any(String) as string }]);
		expect(codes(items(outputs[1])[0])).toEqual(['answerUnknown']);
		expect(created()).toBe(1);
	});

	it('does not take another request’s return for the one whose creation was not confirmed', async () => {
		book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		shop.interfere('CreateReturn', dropped);
		const { outputs } = await create([{ lineItemId: SHIRT }], { options: { otherReturns: '#1001-R1' } });
		expect(codes(items(outputs[1])[0])).toEqual(['answerUnknown']);
	});

	it('stays unclear when Shopify cannot be read afterwards either', async () => {
		let isAway = false;
		const root = book.root();
		shop.answerFrom(root);
		shop.interfere('CreateReturn', dropped, {
			then: () => {
				isAway = true;
				shop.interfere('ReturnsOfOrder', text('', 503), { once: false });
			},
		});
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(isAway).toBe(true);
		expect(codes(items(outputs[1])[0])).toEqual(['answerUnknown']);
		expect(created()).toBe(1);
	});

	it('reports a created return although it cannot be read in full', async () => {
		shop.interfere('ReturnById', text('', 503), { once: false });
		const { outputs } = await create([{ lineItemId: SHIRT }]);
		expect(items(outputs[0])).toMatchObject([{ outcome: 'done', return: { name: '#1001-R1', totalQuantity: 1 } }]);
	});

	it('waits when throttled, and creates one return', async () => {
		shop.interfere('CreateReturn', throttledOnce);
		expect(items((await create([{ lineItemId: SHIRT }])).outputs[0])).toMatchObject([{ outcome: 'done' }]);
		expect(book.returns).toHaveLength(1);
	});

	it('goes on after one item of two fails, on the output that needs attention', async () => {
		shop.interfere('CreateReturn', json({ data: { returnCreate: null }, errors: [{ message: 'Access denied for returnCreate field.', path: ['returnCreate'], extensions: { code: 'ACCESS_DENIED' } }] }));
		const { outputs } = await create('={{ $json.items }}', {}, { input: [{ items: [{ lineItemId: SHIRT }] }, { items: [{ lineItemId: MUG }] }], continueOnFail: true });
		expect(items(outputs[0])).toMatchObject([{ outcome: 'done', return: { name: '#1001-R1' } }]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 1 });
		expect(items(outputs[1])).toMatchObject([{ outcome: 'blocked' }]);
		expect(codes(items(outputs[1])[0])).toEqual(['accessDenied']);
		expect(outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('stops the workflow when nobody asked to go on', async () => {
		shop.interfere('CreateReturn', json({ errors: '[API] Invalid API key or access token' }, 401), { once: false });
		expect((await create([{ lineItemId: SHIRT }])).error).toMatchObject({ name: 'NodeApiError', httpCode: '401', context: { itemIndex: 0 } });
	});
});

describe('Return: Close', () => {
	const close = (id: string, more?: Partial<NodeRun>) => run({ resource: 'return', operation: 'close', return: byId(id) }, more);
	const sent = () => shop.operations.filter((name) => name === 'CloseReturn').length;

	it('closes an open return', async () => {
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		expect(items((await close(id)).outputs[0])).toMatchObject([{ outcome: 'done', return: { id, status: 'CLOSED' } }]);
	});

	it('leaves a closed return as it is', async () => {
		const { id } = book.add('CLOSED', [{ lineItem: SHIRT, quantity: 1 }]);
		const { outputs } = await close(id);
		expect(items(outputs[0])).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(codes(items(outputs[0])[0])).toEqual(['returnClosed']);
		expect(sent()).toBe(0);
	});

	it.each(['REQUESTED', 'DECLINED', 'CANCELED'])('does not close a return that is %s', async (status) => {
		const { id } = book.add(status, [{ lineItem: SHIRT, quantity: 1 }]);
		const { outputs } = await close(id);
		expect(codes(items(outputs[1])[0])).toEqual(['returnNotOpen']);
		expect(sent()).toBe(0);
	});

	it('says that the return does not exist', async () => {
		expect(codes(items((await close('31')).outputs[1])[0])).toEqual(['returnNotFound']);
	});

	it('hands over Shopify’s own words when it refuses', async () => {
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		book.userErrors = [{ field: ['id'], message: 'Return status is invalid.', code: 'INVALID_STATE' }];
		const { outputs } = await close(id);
		expect(codes(items(outputs[1])[0])).toEqual(['refusedByShopify']);
		expect(JSON.stringify(outputs[1])).toContain('Return status is invalid.');
	});

	it('believes the return, not the lost answer', async () => {
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		shop.interfere('CloseReturn', dropped, { then: () => void book.close(id) });
		expect(items((await close(id)).outputs[0])).toMatchObject([{ outcome: 'done', return: { status: 'CLOSED' } }]);
		expect(sent()).toBe(1);
	});

	it('waits for the next run when the return is still open after a lost answer', async () => {
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		shop.interfere('CloseReturn', dropped);
		const { outputs } = await close(id);
		expect(items(outputs[1])).toMatchObject([{ outcome: 'waiting' }]);
		expect(codes(items(outputs[1])[0])).toEqual(['answerUnknown']);
		expect(sent()).toBe(1);
	});
});

describe('the node', () => {
	it('offers two outputs for what changes Shopify and one for what reads', () => {
		const outputs = (parameters: INodeParameters) => {
			const { workflow: editor, node, nodeType } = prepareNode({ ...setup(), parameters });
			return NodeHelpers.getNodeOutputs(editor, node, nodeType.description).map((output) => (typeof output === 'string' ? output : (output.displayName ?? output.type)));
		};
		const found = Object.entries(RESOURCES).flatMap(([resource, { operations }]) => Object.entries(operations).map(([operation, { isWrite }]) => ({ isWrite, outputs: outputs({ resource, operation }) })));
		expect(found.length).toBeGreaterThan(4);
		for (const operation of found) expect(operation.outputs).toEqual(operation.isWrite ? ['Settled', 'Needs Attention'] : ['main']);
	});

	it('lists in the editor every operation that it can carry out, and no other', () => {
		const { properties } = new ShopifyReturns().description;
		const listed = (name: string, resource?: string) =>
			properties.filter((property) => property.name === name && (resource === undefined || property.displayOptions?.show?.resource?.includes(resource))).flatMap((property) => (property.options ?? []).map((option) => ('value' in option ? option.value : '')));
		expect(listed('resource')).toEqual(Object.keys(RESOURCES));
		for (const [resource, { operations }] of Object.entries(RESOURCES)) expect(listed('operation', resource).sort()).toEqual(Object.keys(operations).sort());
	});

	it('changes nothing as an agent’s tool unless somebody allowed it; reading is free', async () => {
		class AsTool extends ShopifyReturns {
			constructor() {
				super();
				this.description = { ...this.description, name: 'shopifyReturnsTool' };
			}
		}
		const { id } = book.add('OPEN', [{ lineItem: SHIRT, quantity: 1 }]);
		const asTool = (operation: string, allowAsTool?: boolean) => run({ resource: 'return', operation, return: byId(id), ...(allowAsTool === undefined ? {} : { allowAsTool }) }, { node: AsTool });
		expect((await asTool('close')).error).toMatchObject({ message: 'This operation changes something in Shopify and is not allowed as a tool', context: { code: 'toolNotAllowed' } });
		expect(shop.operations).toEqual([]);
		expect(items((await asTool('get')).outputs[0])).toMatchObject([{ status: 'OPEN' }]);
		expect(items((await asTool('close', true)).outputs[0])).toMatchObject([{ outcome: 'done' }]);
	});

	it('hands what failed to n8n’s own error output when a read is set to use it', async () => {
		const { outputs } = await run({ resource: 'return', operation: 'get', return: { __rl: true, mode: 'id', value: '={{ $json.id }}' } as never }, { input: [{ id: '31' }, { id: book.add('OPEN', []).id }], onError: 'continueErrorOutput' });
		expect(items(outputs[0])).toMatchObject([{ name: '#1001-R1' }]);
		expect(outputs[1]?.[0]?.pairedItem).toMatchObject({ item: 0 });
	});

	it('refuses an operation it does not have', async () => {
		for (const operation of ['destroy', 'constructor', 'toString']) {
			expect((await run({ resource: 'return', operation })).error?.message).toContain(`no operation "${operation}"`);
		}
	});

	it('speaks the API version it is set to', async () => {
		await run({ resource: 'order', operation: 'getReturnContext', order: byId(ORDER), apiVersion: '2026-04' });
		expect(shop.store.requests[0]?.path).toBe('/admin/api/2026-04/graphql.json');
	});

	it('finds orders, locations and return reasons for the editor', async () => {
		shop.answerFrom({
			...book.root(),
			orders: ({ query, after }: { query?: string; after?: string | null }) => ({
				nodes: [{ id: ORDER, name: '#1001', processedAt: '2026-10-01T10:00:00Z', returnStatus: 'IN_PROGRESS', displayFinancialStatus: query === 'name:10*' && after === 'next' ? 'PAID' : null }],
				pageInfo: { hasNextPage: !after, endCursor: 'next' },
			}),
			locations: () => ({
				nodes: [
					{ id: 'gid://shopify/Location/1', name: 'Warehouse', isActive: true },
					{ id: 'gid://shopify/Location/2', name: 'Closed shop', isActive: false },
				],
				pageInfo: { hasNextPage: false, endCursor: null },
			}),
		});
		const orders = await searchList({ ...setup(), method: 'searchOrders', filter: '#10' });
		expect(orders).toEqual({ results: [{ name: '#1001 · 2026-10-01 · In progress', value: ORDER }], paginationToken: 'next' });
		expect(await searchList({ ...setup(), method: 'searchOrders', filter: '#10', paginationToken: 'next' })).not.toHaveProperty('paginationToken');
		expect(shop.variables[0]?.search).toBe('name:10*');
		expect(await searchList({ ...setup(), method: 'searchLocations' })).toEqual({ results: [{ name: 'Warehouse', value: 'gid://shopify/Location/1' }] });
		expect(await searchList({ ...setup(), method: 'searchReturnReasons', filter: 'def' })).toEqual({ results: [{ name: 'Defective', value: DEFECT_REASON }] });
	});
});
