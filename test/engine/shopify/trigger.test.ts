/** The Shopify Returns Trigger through its life: signed deliveries of the simulated shop, and answers that a well-behaved shop would never give. */
import '../harness/environment';
import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturnsTrigger } from '../../../nodes/ShopifyReturns/ShopifyReturnsTrigger.node';
import { readTopic, TOPICS, topicOptions } from '../../../nodes/ShopifyReturns/trigger/topics';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { loadAdminSchema } from '../../../scripts/shopify-schema';
import { startShopifySimulator } from '../../../simulators/shopify';
import { topicHeader } from '../../../simulators/shopify/webhooks';
import { Shop } from '../../support/shop';
import { startTrigger, TESTED_NODE, type CredentialData, type TestTrigger } from '../harness';
import { page, startSchemaStore, type SchemaStore } from './schemaStore';
import { dropped, json } from './scriptedStore';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

const NODE_DATA = `node:${TESTED_NODE}`;
const SECRET = 'sim-full-secret';
const triggers: TestTrigger[] = [];
afterEach(async () => void (await Promise.all(triggers.splice(0).map(async (trigger) => await trigger.close()))));

async function open(origin: string, topics: string[], options: INodeParameters = {}, more: { staticData?: IDataObject; credential?: IDataObject } = {}): Promise<TestTrigger> {
	const credentials = { shopifyReturnsApi: { shopDomain: origin, authentication: 'accessToken', accessToken: 'shpat_sim_full', apiSecretKey: SECRET, ...more.credential } } as CredentialData;
	const started = await startTrigger({ node: ShopifyReturnsTrigger, credentialTypes: [new ShopifyReturnsApi()], credentials, parameters: { topics, options }, staticData: more.staticData });
	triggers.push(started);
	return started;
}

/** Signs and sends one message as Shopify would. */
async function deliver(url: string, body: object | string, headers: Record<string, string> = {}, secret = SECRET): Promise<number> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const signature = createHmac('sha256', secret).update(text).digest('base64');
	return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-topic': 'returns/approve', 'x-shopify-hmac-sha256': signature, ...headers }, body: text })).status;
}

const RETURN_BODY = { id: 77, admin_graphql_api_id: 'gid://shopify/Return/77', order: { id: 1001, admin_graphql_api_id: 'gid://shopify/Order/1001' } };

describe('the offered events', () => {
	it('exist in Shopify under these names, in every version of its API', async () => {
		for (const version of ['2026-04', '2026-07', '2026-10'] as const) {
			const type = (await loadAdminSchema(version)).schema.getType('WebhookSubscriptionTopic') as unknown as { getValues(): Array<{ name: string }> };
			expect(type.getValues().map(({ name }) => name)).toEqual(expect.arrayContaining([...TOPICS]));
		}
	}, 240_000);

	it('are all offered, and recognised by the header of a delivery', () => {
		expect(topicOptions.map(({ value }) => value).sort()).toEqual([...TOPICS].sort());
		expect(TOPICS.map((topic) => readTopic(topicHeader(topic)))).toEqual([...TOPICS]);
		expect([readTopic('products/update'), readTopic(undefined), readTopic(['returns/approve'])]).toEqual([null, null, null]);
	});
});

describe('at the simulated shop', () => {
	let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
	let shop: Shop;
	beforeAll(async () => {
		shopify = await startShopifySimulator({ port: 0, seed: 5 });
		const control = new SimulatorControl(shopify.url);
		shop = new Shop(control, control);
	}, 240_000);
	afterAll(async () => await shopify.close());
	beforeEach(async () => {
		await shop.shopify.clearFaults();
		await shop.shopify.clearWebhookFaults();
		await shop.shopify.reset();
	});

	const registered = async () => {
		const { webhookSubscriptions } = await asApp<{ webhookSubscriptions: { nodes: Array<{ id: string; topic: string; uri: string }> } }>('{ webhookSubscriptions(first: 50) { nodes { id topic uri } } }', {});
		return webhookSubscriptions.nodes;
	};
	const asApp = async <TAnswer>(query: string, variables: object): Promise<TAnswer> => {
		const response = await fetch(`${shopify.url}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_sim_full' }, body: JSON.stringify({ query, variables }) });
		const { data, errors } = (await response.json()) as { data: TAnswer; errors?: unknown };
		if (errors) throw new Error(JSON.stringify(errors));
		return data;
	};
	/** An order with one piece on an open return. */
	const openReturn = async () => {
		const placed = await shop.placeOrder();
		const { returnableFulfillments } = await shop.ask<{ returnableFulfillments: { nodes: Array<{ returnableFulfillmentLineItems: { nodes: Array<{ fulfillmentLineItem: { id: string } }> } }> } }>(
			'query ($id: ID!) { returnableFulfillments(orderId: $id, first: 1) { nodes { returnableFulfillmentLineItems(first: 1) { nodes { fulfillmentLineItem { id } } } } } }',
			{ id: placed.orderId },
		);
		const unit = returnableFulfillments.nodes[0]?.returnableFulfillmentLineItems.nodes[0]?.fulfillmentLineItem.id;
		const { returnCreate } = await shop.ask<{ returnCreate: { return: { id: string } } }>(
			'mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id } userErrors { message } } }',
			{ input: { orderId: placed.orderId, returnLineItems: [{ fulfillmentLineItemId: unit, quantity: 1, returnReason: 'UNKNOWN' }] } },
		);
		return { ...placed, returnId: returnCreate.return.id };
	};

	it('subscribes to each chosen event once, finds all in place at the next start, and removes its own at the end', async () => {
		const trigger = await open(shopify.url, [...TOPICS]);
		await trigger.activate();
		expect((await registered()).map(({ topic }) => topic).sort()).toEqual([...TOPICS].sort());
		expect(new Set((await registered()).map(({ uri }) => uri))).toEqual(new Set([trigger.url]));
		const changes = await shop.shopify.requests();
		expect(await trigger.hook('checkExists')).toBe(true);
		await trigger.activate();
		expect((await shop.shopify.requests({ since: changes.at(-1)?.seq })).filter(({ operations }) => operations.some((operation) => operation !== 'webhookSubscriptions'))).toEqual([]);

		await asApp('mutation { webhookSubscriptionCreate(topic: RETURNS_CLOSE, webhookSubscription: { uri: "https://warehouse.example/hook", format: JSON }) { userErrors { message } } }', {});
		expect(await trigger.deactivate()).toBe(true);
		expect((await registered()).map(({ uri }) => uri)).toEqual(['https://warehouse.example/hook']);
		expect(trigger.staticData).toEqual({ [NODE_DATA]: {} });
	});

	it('repairs what drifted: a lost event, one that is no longer chosen, another address', async () => {
		const before = await open(shopify.url, ['RETURNS_APPROVE', 'REFUNDS_CREATE']);
		await before.activate();
		await before.hook('checkExists');
		const lost = (await registered()).find(({ topic }) => topic === 'REFUNDS_CREATE');
		await asApp('mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { userErrors { message } } }', { id: lost?.id });
		expect(await before.hook('checkExists')).toBe(false);
		await before.activate();
		expect((await registered()).map(({ topic }) => topic)).toEqual(['RETURNS_APPROVE', 'REFUNDS_CREATE']);

		const after = await open(shopify.url, ['RETURNS_APPROVE', 'RETURNS_CLOSE'], {}, { staticData: before.staticData });
		expect(after.url).not.toBe(before.url);
		expect(await after.hook('checkExists')).toBe(false);
		await after.activate();
		expect((await registered()).map(({ topic, uri }) => [topic, uri])).toEqual([
			['RETURNS_APPROVE', after.url],
			['RETURNS_CLOSE', after.url],
		]);
		expect(await after.hook('checkExists')).toBe(true);
	});

	it('starts the workflow with a signed delivery, with the ids that belong together', async () => {
		const trigger = await open(shopify.url, ['RETURNS_APPROVE', 'ORDERS_UPDATED']);
		await trigger.activate();
		const { orderId, returnId } = await openReturn();
		await trigger.waitForCalls(1);
		const deliveries = await shop.shopify.webhookDeliveries();
		const approved = deliveries.find(({ topic }) => topic === 'returns/approve');
		expect(deliveries.map(({ outcome }) => outcome)).toEqual(deliveries.map(() => 'delivered'));
		const event = trigger.calls.flatMap(({ items }) => items.map((item) => item.json)).find(({ type }) => type === 'RETURNS_APPROVE');
		expect(event).toMatchObject({
			type: 'RETURNS_APPROVE',
			id: approved?.id,
			webhookId: approved?.id,
			eventId: expect.any(String),
			triggeredAt: approved?.headers['x-shopify-triggered-at'],
			shopDomain: approved?.headers['x-shopify-shop-domain'],
			apiVersion: '2026-10',
			resourceId: returnId,
			returnId,
			orderId,
			refundId: null,
			isLate: false,
			raw: JSON.parse(approved?.body ?? '{}') as object,
		});
	});

	it('takes the client secret of an app that authenticates with client credentials', async () => {
		const credential = { authentication: 'clientCredentials', clientId: 'sim-client', clientSecret: 'sim-secret' };
		const trigger = await open(shopify.url, ['RETURNS_APPROVE'], {}, { credential });
		await trigger.activate();
		await openReturn();
		await trigger.waitForCalls(1);
		expect(trigger.calls.map(({ started }) => started)).toEqual([true]);
	});

	it('turns away what another app signed', async () => {
		const trigger = await open(shopify.url, ['RETURNS_APPROVE'], {}, { credential: { apiSecretKey: 'another-secret' } });
		await trigger.activate();
		await openReturn();
		await trigger.waitForCalls(1);
		expect(trigger.calls[0]?.started).toBe(false);
		expect((await shop.shopify.webhookDeliveries())[0]).toMatchObject({ outcome: 'refused', status: 401 });
	});

	it('starts once for a delivery that comes three times, if asked to, and three times otherwise', async () => {
		for (const [ignoreRepeated, starts] of [[true, 1], [false, 3]] as const) {
			await shop.shopify.reset();
			const trigger = await open(shopify.url, ['RETURNS_APPROVE'], { ignoreRepeated });
			await trigger.activate();
			await shop.shopify.addWebhookFault({ topic: 'returns/approve', duplicate: 3 });
			await openReturn();
			await trigger.waitForCalls(3);
			expect(trigger.calls.filter(({ started }) => started)).toHaveLength(starts);
			expect((await shop.shopify.webhookDeliveries()).map(({ status }) => status)).toEqual([200, 200, 200]);
		}
	});

	it('waits when throttled, and names a refused token', async () => {
		await shop.shopify.post('/__sim/faults', { match: { operation: 'webhookSubscriptionCreate' }, times: 1, action: { kind: 'throttled' } });
		const trigger = await open(shopify.url, ['RETURNS_APPROVE']);
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
		const stranger = await open(shopify.url, ['RETURNS_APPROVE'], {}, { credential: { accessToken: 'shpat_wrong' } });
		await expect(stranger.activate()).rejects.toMatchObject({ message: 'Shopify does not accept the credential', httpCode: '401' });
		await expect(stranger.deactivate()).rejects.toMatchObject({ httpCode: '401' });
	});

	it('says which scope an event needs when the app lacks it', async () => {
		await shop.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: SECRET, token: 'shpat_narrow', scopes: ['read_returns'] });
		const trigger = await open(shopify.url, ['INVENTORY_LEVELS_UPDATE'], {}, { credential: { accessToken: 'shpat_narrow' } });
		await expect(trigger.activate()).rejects.toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining('INVENTORY_LEVELS_UPDATE') as string });
		expect(trigger.staticData).toEqual({ [NODE_DATA]: {} });
	});

	it.each([
		['made', { kind: 'dropAfter' }],
		['not made', { kind: 'dropBefore' }],
	])('reads back after a lost answer to a subscription that was %s, and never sends it twice', async (name, action) => {
		await shop.shopify.post('/__sim/faults', { match: { operation: 'webhookSubscriptionCreate' }, times: 1, action });
		const trigger = await open(shopify.url, ['RETURNS_APPROVE']);
		if (name === 'made') await trigger.activate();
		else await expect(trigger.activate()).rejects.toThrow('Shopify did not confirm the change');
		expect((await shop.shopifyRequests('webhookSubscriptionCreate')).length).toBe(1);
		await trigger.activate();
		expect(await registered()).toHaveLength(1);
	});
});

describe('whatever a delivery looks like', () => {
	let store: SchemaStore;
	beforeAll(async () => {
		store = await startSchemaStore();
	}, 240_000);
	afterAll(async () => await store.close());

	it.each([
		['no signature', { 'x-shopify-hmac-sha256': '' }],
		['a signature of another length', { 'x-shopify-hmac-sha256': 'c2hvcnQ=' }],
		['a signature that is no base64', { 'x-shopify-hmac-sha256': '§§§' }],
		['the signature in hex', { 'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(JSON.stringify(RETURN_BODY)).digest('hex') }],
		['the signature of another message', { 'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update('{}').digest('base64') }],
	])('answers 401 to %s and starts nothing', async (_name, headers) => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		const safe = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]));
		expect(await deliver(trigger.url, RETURN_BODY, safe)).toBe(401);
		expect(trigger.calls.map(({ started }) => started)).toEqual([false]);
	});

	it.each(['', '   '])('answers 401 when the credential has no secret (%j), even to a message signed with nothing', async (apiSecretKey) => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE'], {}, { credential: { apiSecretKey } });
		expect(await deliver(trigger.url, RETURN_BODY, {}, '')).toBe(401);
		expect(await deliver(trigger.url, RETURN_BODY, {}, apiSecretKey)).toBe(401);
		await expect(trigger.hook('create')).rejects.toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining('secret') as string, description: expect.stringContaining('API Secret Key') as string });
	});

	it('checks the exact bytes, not what they mean', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		const spaced = `{ "id" : 77,  "admin_graphql_api_id":"gid://shopify/Return/77", "note":"f\\u00fcr" }`;
		expect(await deliver(trigger.url, spaced)).toBe(200);
		const signature = createHmac('sha256', SECRET).update(spaced).digest('base64');
		expect(await deliver(trigger.url, JSON.stringify(JSON.parse(spaced)), { 'x-shopify-hmac-sha256': signature })).toBe(401);
		expect(trigger.calls.map(({ started }) => started)).toEqual([true, false]);
	});

	it('takes no notice of events that are not chosen, nor of bodies that are no object', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		expect(await deliver(trigger.url, RETURN_BODY, { 'x-shopify-topic': 'returns/close' })).toBe(200);
		expect(await deliver(trigger.url, RETURN_BODY, { 'x-shopify-topic': 'products/update' })).toBe(200);
		expect(await deliver(trigger.url, '[1]')).toBe(400);
		expect(trigger.calls.some(({ started }) => started)).toBe(false);
	});

	it('flags what comes late, by the minute that the node allows', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE'], { lateAfterMinutes: 10 });
		const ago = (minutes: number) => ({ 'x-shopify-triggered-at': new Date(Date.now() - minutes * 60_000).toISOString() });
		await deliver(trigger.url, RETURN_BODY, ago(9));
		await deliver(trigger.url, RETURN_BODY, ago(11));
		await deliver(trigger.url, RETURN_BODY, { 'x-shopify-triggered-at': 'yesterday' });
		const events = trigger.calls.map(({ items }) => items[0]?.json);
		expect(events.map((event) => event?.isLate)).toEqual([false, true, false]);
		expect(events[2]).toMatchObject({ triggeredAt: null, delaySeconds: null });
	});

	it.each([
		['refunds/create', { id: 5, order_id: 1001, return: { id: 77, admin_graphql_api_id: 'gid://shopify/Return/77' } }, { refundId: 'gid://shopify/Refund/5', orderId: 'gid://shopify/Order/1001', returnId: 'gid://shopify/Return/77' }],
		['order_transactions/create', { id: 9, order_id: 1001 }, { orderId: 'gid://shopify/Order/1001', returnId: null, refundId: null }],
		['orders/cancelled', { id: 1001 }, { orderId: 'gid://shopify/Order/1001' }],
		['disputes/create', { id: 3, order_id: 1001 }, { orderId: 'gid://shopify/Order/1001' }],
		['inventory_levels/update', { inventory_item_id: 8, location_id: 2 }, { orderId: null, returnId: null, refundId: null }],
	])('names what %s is about', async (header, body, expected) => {
		const trigger = await open(store.store.origin, [...TOPICS]);
		await deliver(trigger.url, body, { 'x-shopify-topic': header });
		expect(trigger.calls[0]?.items[0]?.json).toMatchObject({ ...expected, raw: body, id: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
	});

	it('remembers no more than the last 500 deliveries', async () => {
		const staticData = { [NODE_DATA]: { deliveries: Array.from({ length: 500 }, (_, index) => `old-${index}`) } };
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE'], { ignoreRepeated: true }, { staticData });
		await deliver(trigger.url, RETURN_BODY, { 'x-shopify-webhook-id': 'old-499' });
		await deliver(trigger.url, RETURN_BODY, { 'x-shopify-webhook-id': 'new' });
		expect(trigger.calls.map(({ started }) => started)).toEqual([false, true]);
		const { deliveries } = trigger.staticData[NODE_DATA] as { deliveries: string[] };
		expect([deliveries.length, deliveries[0], deliveries.at(-1)]).toEqual([500, 'old-1', 'new']);
	});
});

describe('subscriptions that somebody changed', () => {
	interface Kept {
		id: string;
		topic: string;
		uri: string;
		filter: string | null;
		format: string;
		includeFields: string[];
	}
	let store: SchemaStore;
	let kept: Kept[];
	let obeys: boolean;
	beforeAll(async () => {
		store = await startSchemaStore();
	}, 240_000);
	afterAll(async () => await store.close());
	beforeEach(() => {
		kept = [];
		obeys = true;
		let next = 100;
		store.answerFrom({
			webhookSubscriptions: () => page(kept),
			webhookSubscriptionCreate: ({ topic, webhookSubscription: { uri, filter = null } }: { topic: string; webhookSubscription: { uri: string; filter?: string | null } }) => {
				const made = { id: `gid://shopify/WebhookSubscription/${++next}`, topic, uri, filter, format: 'JSON', includeFields: [] };
				kept.push(made);
				return { webhookSubscription: made, userErrors: [] };
			},
			webhookSubscriptionUpdate: ({ id, webhookSubscription: { uri, filter } }: { id: string; webhookSubscription: { uri: string; filter: string } }) => {
				const known = kept.find((one) => one.id === id);
				if (known && obeys) Object.assign(known, { uri, filter, includeFields: [], format: 'JSON' });
				return { webhookSubscription: known, userErrors: [] };
			},
			webhookSubscriptionDelete: ({ id }: { id: string }) => {
				kept = kept.filter((one) => one.id !== id);
				return { deletedWebhookSubscriptionId: id, userErrors: [] };
			},
		});
	});
	const changes = () => store.operations.filter((name) => name !== 'WebhookSubscriptions');

	it('asks for the filter, and corrects it in place when it is another one', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE'], { filter: ' status:open ' });
		await trigger.activate();
		expect(kept).toMatchObject([{ filter: 'status:open' }]);
		for (const drift of [{ filter: 'status:closed' }, { filter: null }, { includeFields: ['id'] }, { format: 'XML' }]) {
			Object.assign(kept[0] ?? {}, drift);
			expect(await trigger.hook('checkExists')).toBe(false);
			await trigger.activate();
			expect(kept).toMatchObject([{ id: 'gid://shopify/WebhookSubscription/101', filter: 'status:open', includeFields: [], format: 'JSON' }]);
		}
		expect(changes()).toEqual(['CreateWebhookSubscription', ...Array<string>(4).fill('UpdateWebhookSubscription')]);
	});

	it('replaces a subscription that Shopify does not correct', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		await trigger.activate();
		Object.assign(kept[0] ?? {}, { filter: 'status:closed' });
		obeys = false;
		await trigger.activate();
		expect(kept).toMatchObject([{ id: 'gid://shopify/WebhookSubscription/102', filter: null }]);
		expect(await trigger.hook('checkExists')).toBe(true);
	});

	it('keeps one of several copies', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		await trigger.activate();
		const [one] = kept;
		if (one !== undefined) kept.unshift({ ...one, id: 'gid://shopify/WebhookSubscription/9', filter: 'old' });
		await trigger.activate();
		expect(kept.map(({ id }) => id)).toEqual([one?.id]);
	});

	it('reads every page of the list', async () => {
		const far = { id: 'gid://shopify/WebhookSubscription/1', topic: 'RETURNS_APPROVE', filter: null, format: 'JSON', includeFields: [] };
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		store.answerFrom({ webhookSubscriptions: ({ after }: { after?: string }) => (after === 'p2' ? page([{ ...far, uri: trigger.url }]) : page([{ ...far, id: 'gid://shopify/WebhookSubscription/2', uri: 'https://other.example/hook' }], 'p2')) });
		expect(await trigger.hook('checkExists')).toBe(true);
	});

	it('lets no refusal and no lost answer pass in silence', async () => {
		const trigger = await open(store.store.origin, ['RETURNS_APPROVE']);
		const refusal = (field: string) => json({ data: { [field]: { webhookSubscription: null, deletedWebhookSubscriptionId: null, userErrors: [{ field: ['id'], message: 'Not today.' }] } } });
		store.interfere('CreateWebhookSubscription', refusal('webhookSubscriptionCreate'));
		await expect(trigger.activate()).rejects.toThrow('Not today.');
		await trigger.activate();
		store.interfere('DeleteWebhookSubscription', refusal('webhookSubscriptionDelete'));
		await expect(trigger.deactivate()).rejects.toThrow('Not today.');
		store.interfere('DeleteWebhookSubscription', dropped);
		await expect(trigger.deactivate()).rejects.toThrow('Shopify did not confirm the change');
		store.interfere('DeleteWebhookSubscription', dropped, { then: () => void kept.splice(0) });
		expect(await trigger.deactivate()).toBe(true);
		store.interfere('WebhookSubscriptions', json({ errors: 'down' }, 503), { once: false });
		await expect(trigger.hook('checkExists')).rejects.toThrow('Shopify is not answering');
	});
});
