/** The webhook triggers in a real n8n: the services deliver, forged messages start nothing, and what drifted at the service is repaired when the workflow is published again. */
import axios from 'axios';

import type { WorkflowFile } from '../../scripts/host/rest';
import { FLAGSHIP, Shop } from '../support/shop';
import { E2e, itemsOf, type Execution } from './harness';

const TRIGGER = 'When it happens';

let e2e: E2e;
let shop: Shop;
beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
afterEach(async () => await e2e.cleanUp());

function workflowOf(type: string, parameters: WorkflowFile['nodes'][number]['parameters']): WorkflowFile {
	return {
		name: type,
		connections: { [TRIGGER]: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
		nodes: [
			{ id: '1', name: TRIGGER, type: `n8n-nodes-returngo-shopify.${type}`, typeVersion: 1, position: [0, 0], parameters },
			{ id: '2', name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
	};
}

async function publish(type: string, parameters: WorkflowFile['nodes'][number]['parameters']): Promise<string> {
	const { id } = await e2e.importFile(workflowOf(type, parameters));
	await e2e.n8n.publish(id);
	return id;
}

const eventsOf = (executions: Execution[]) => executions.flatMap((execution) => itemsOf(execution, TRIGGER).map(({ json }) => json));
const statusOf = async (url: string, body: object, headers: Record<string, string> = {}) => (await axios.post(url, body, { headers, proxy: false, validateStatus: () => true })).status;

describe('Shopify Returns Trigger', () => {
	const asApp = async <TAnswer>(query: string, variables: object = {}): Promise<TAnswer> => {
		const { data } = await axios.post<{ data: TAnswer; errors?: unknown }>(`${e2e.shopify.url}/admin/api/2026-10/graphql.json`, { query, variables }, { headers: { 'X-Shopify-Access-Token': 'shpat_sim_full' }, proxy: false });
		if (data.errors) throw new Error(JSON.stringify(data.errors));
		return data.data;
	};
	const subscriptions = async () => (await asApp<{ webhookSubscriptions: { nodes: Array<{ id: string; topic: string; uri: string }> } }>('{ webhookSubscriptions(first: 20) { nodes { id topic uri } } }')).webhookSubscriptions.nodes;
	const topics = async () => (await subscriptions()).map(({ topic }) => topic).sort();

	it('starts on what Shopify signs, on nothing else, and subscribes again to what was lost when it is published again', async () => {
		const id = await publish('shopifyReturnsTrigger', { topics: ['RETURNS_APPROVE', 'RETURNS_CLOSE'] });
		expect(await topics()).toEqual(['RETURNS_APPROVE', 'RETURNS_CLOSE']);
		const [{ uri } = { uri: '' }] = await subscriptions();

		await shop.receiveReturn(await shop.placeOrder(FLAGSHIP));
		const [approved] = eventsOf(await e2e.n8n.waitForExecutions(id, 1));
		expect(approved).toMatchObject({ type: 'RETURNS_APPROVE', isLate: false, shopDomain: 'sim-shop.myshopify.com', returnId: expect.stringMatching(/^gid:\/\/shopify\/Return\/\d+$/) });

		// A signature of another secret, none at all, and an old one under another body.
		const [delivered] = await e2e.shopify.webhookDeliveries();
		const headers = { 'x-shopify-topic': 'returns/approve', 'content-type': 'application/json' };
		expect(await statusOf(uri, { id: 1 }, { ...headers, 'x-shopify-hmac-sha256': Buffer.alloc(32, 7).toString('base64') })).toBe(401);
		expect(await statusOf(uri, { id: 1 }, headers)).toBe(401);
		expect(delivered?.status).toBe(200);
		await e2e.n8n.waitUntilAtRest();
		expect(await e2e.n8n.waitForExecutions(id, 1)).toHaveLength(1);

		for (const lost of await subscriptions()) {
			if (lost.topic === 'RETURNS_CLOSE') await asApp('mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { userErrors { message } } }', { id: lost.id });
			else await asApp('mutation ($id: ID!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: { uri: "https://elsewhere.example/hook" }) { userErrors { message } } }', { id: lost.id });
		}
		await e2e.n8n.restart();
		await publishAgain(id);
		expect((await subscriptions()).filter((subscription) => subscription.uri === uri).map(({ topic }) => topic).sort()).toEqual(['RETURNS_APPROVE', 'RETURNS_CLOSE']);
		await shop.receiveReturn(await shop.placeOrder(FLAGSHIP));
		expect(eventsOf(await e2e.n8n.waitForExecutions(id, 2)).map(({ type }) => type)).toEqual(['RETURNS_APPROVE', 'RETURNS_APPROVE']);

		await e2e.n8n.unpublish(id);
		await until(async () => (await subscriptions()).every((subscription) => subscription.uri !== uri));
	}, 240_000);
});

describe('ReturnGO Trigger', () => {
	const access = { headers: { 'x-api-key': 'rg_sim_key', 'x-shop-name': 'sim-shop.myshopify.com' }, proxy: false } as const;
	/** From the control interface: ReturnGO's own counts against its calls a second, of which n8n needs some at the same moment. */
	const webhooks = async () => (await e2e.returnGo.get<{ webhooks: Array<{ id: string; url: string; eventName: string }> }>('/__sim/state')).webhooks;

	it('reads the RMA of what ReturnGO reports, turns forged messages away, and registers again what was lost when it is published again', async () => {
		const id = await publish('returnGoTrigger', { events: ['RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED'] });
		expect((await webhooks()).map(({ eventName }) => eventName).sort()).toEqual(['RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']);
		const [{ url } = { url: '' }] = await webhooks();

		const rmaId = await shop.receiveReturn(await shop.placeOrder(FLAGSHIP));
		// Approved, shipped, and received: the parcel and the request tell of it.
		const events = eventsOf(await e2e.n8n.waitForExecutions(id, 4));
		expect(events.map(({ type }) => type).sort()).toEqual(['RMA_STATUS_UPDATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']);
		expect(events.map((event) => [event.rmaId, event.fetchError])).toEqual(events.map(() => [rmaId, null]));
		expect(events.some((event) => (event.rma as { status?: unknown } | null)?.status === 'Received')).toBe(true);

		const message = { eventName: 'RMA_STATUS_UPDATED', rmaId, status: 'Done' };
		const forged = new URL(url);
		forged.searchParams.set('secret', 'x'.repeat(43));
		const bare = new URL(url);
		bare.search = '';
		expect([await statusOf(forged.toString(), message), await statusOf(bare.toString(), message)]).toEqual([401, 401]);
		await e2e.n8n.waitUntilAtRest();
		expect(await e2e.n8n.waitForExecutions(id, 4)).toHaveLength(4);

		for (const lost of await webhooks()) if (lost.eventName === 'RMA_STATUS_UPDATED') await axios.delete(`${e2e.returnGo.url}/webhook/${lost.id}`, access);
		await e2e.n8n.restart();
		await publishAgain(id);
		const [{ url: current } = { url: '' }] = await webhooks();
		expect((await webhooks()).map((webhook) => [webhook.eventName, webhook.url]).sort()).toEqual([['RMA_STATUS_UPDATED', current], ['SHIPMENT_STATUS_UPDATED', current]]);
		await shop.validate(rmaId);
		await until(async () => eventsOf(await e2e.n8n.waitForExecutions(id, 5)).some((event) => (event.rma as { status?: unknown } | null)?.status === 'Validated'));

		await e2e.n8n.unpublish(id);
		await until(async () => (await webhooks()).length === 0);
	}, 240_000);
});

/** n8n itself compares registrations with its own table only, so a service that lost one is found out about when the workflow is published. */
async function publishAgain(id: string): Promise<void> {
	await e2e.n8n.unpublish(id);
	await e2e.n8n.publish(id);
}

/** n8n registers and unregisters a moment after it has answered. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error('It did not come to pass within a minute');
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}
