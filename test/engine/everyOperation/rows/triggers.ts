/** The triggers. They have no input items and no operations, so each behaviour is a short story of its own. */
import { createHmac } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ReturnGoPollingTrigger } from '../../../../nodes/ReturnGo/ReturnGoPollingTrigger.node';
import { ReturnGoTrigger } from '../../../../nodes/ReturnGo/ReturnGoTrigger.node';
import { ShopifyReturnsTrigger } from '../../../../nodes/ShopifyReturns/ShopifyReturnsTrigger.node';
import { startPolling, startTrigger, type TestPoller, type TestTrigger } from '../../harness';
import { badRequest, isNever, never, userError, type Behaviour, type Never } from '../behaviours';
import { expectError, expectNoSecretIn } from '../expectations';
import { API_SECRET_KEY, WRONG_KEYS, type Keys, type Services } from '../services';

export type Story = (stage: TriggerStage) => Promise<void>;
export type TriggerTable = Readonly<Record<string, Readonly<Record<Behaviour, Never | Story>>>>;

export const cellsOfTrigger = (row: TriggerTable[string]): Record<Behaviour, Never | 'played'> =>
	Object.fromEntries(Object.entries(row).map(([behaviour, cell]) => [behaviour, isNever(cell) ? cell : 'played'])) as Record<Behaviour, Never | 'played'>;

const RETURN_GO_EVENTS = ['RMA_STATUS_UPDATED'];
const SHOPIFY_TOPICS = ['RETURNS_APPROVE'];
const START = '2026-03-02T08:00:00Z';

/** Opens triggers at the services, and closes them at the end of a cell. */
export class TriggerStage {
	private readonly open: TestTrigger[] = [];

	constructor(readonly services: Services) {}

	async close(): Promise<void> {
		await Promise.all(this.open.splice(0).map(async (trigger) => await trigger.close()));
		jest.useRealTimers();
	}

	async returnGo(keys: Keys = {}): Promise<TestTrigger> {
		return await this.started(ReturnGoTrigger, ['returnGoApi'], { events: RETURN_GO_EVENTS }, keys);
	}

	async shopify(keys: Keys = {}): Promise<TestTrigger> {
		return await this.started(ShopifyReturnsTrigger, ['shopifyReturnsApi'], { topics: SHOPIFY_TOPICS, options: {} }, keys);
	}

	/** A published poller, and a ReturnGO whose clock goes with that of this process. */
	async poller(keys: Keys = {}, events: readonly string[] = RETURN_GO_EVENTS): Promise<TestPoller> {
		await this.services.returnGo.changeClock({ set: START, freeze: true });
		jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'], now: new Date(START) });
		return startPolling({ node: ReturnGoPollingTrigger, parameters: { events: [...events], options: { callsPerDay: 20_000 } }, credentialTypes: this.services.credentialTypes, credentials: this.services.credentials(['returnGoApi'], keys) });
	}

	async pass(minutes: number): Promise<void> {
		await this.services.returnGo.changeClock({ advanceMs: minutes * 60_000 });
		jest.setSystemTime(Date.now() + minutes * 60_000);
	}

	async atWarehouse(rmaId: string): Promise<void> {
		await this.services.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
	}

	/** Addresses that ReturnGO reports to. */
	async registrations(): Promise<Array<{ url: string; eventName: string }>> {
		return (await this.services.returnGo.state<{ webhooks: Array<{ url: string; eventName: string }> }>()).webhooks;
	}

	/** Addresses that Shopify reports to, for n8n's app. */
	async subscriptions(): Promise<Array<{ topic: string; uri: string }>> {
		const [{ shopDomain, accessToken } = {}] = Object.values(this.services.credentials(['shopifyReturnsApi']));
		const response = await fetch(`${String(shopDomain)}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': String(accessToken) }, body: JSON.stringify({ query: '{ webhookSubscriptions(first: 50) { nodes { topic uri } } }' }) });
		return ((await response.json()) as { data: { webhookSubscriptions: { nodes: Array<{ topic: string; uri: string }> } } }).data.webhookSubscriptions.nodes;
	}

	/** ReturnGO sends a message to the registered address, true or not. */
	async message(body: object): Promise<void> {
		const [registration] = await this.registrations();
		await this.services.returnGo.post('/__sim/webhooks/send', { url: registration?.url, body });
	}

	/** What a trigger gave out must not hold a secret; its own address carries one. */
	async expectClean(...given: unknown[]): Promise<void> {
		const own = (await this.registrations()).flatMap(({ url }) => new URL(url).searchParams.get('secret') ?? []);
		expectNoSecretIn(given, [...(await this.services.secrets()), ...own]);
	}

	/** The trigger cannot be published, or cannot poll: the error says why and how to go on. */
	async expectRefusal(attempt: Promise<unknown>, says: RegExp): Promise<void> {
		const error: unknown = await attempt.then(
			() => {
				throw new Error('Nothing was refused');
			},
			(failure: unknown) => failure,
		);
		expectError(error, says);
		await this.expectClean(error);
	}

	private async started(node: Parameters<typeof startTrigger>[0]['node'], credentials: string[], parameters: Parameters<typeof startTrigger>[0]['parameters'], keys: Keys): Promise<TestTrigger> {
		const trigger = await startTrigger({ node, parameters, credentialTypes: this.services.credentialTypes, credentials: this.services.credentials(credentials, keys) });
		this.open.push(trigger);
		return trigger;
	}
}

const jsonOf = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);
const startedBy = (trigger: TestTrigger): IDataObject[] => trigger.calls.filter(({ started }) => started).flatMap(({ items }) => jsonOf(items));
const WRONG_RETURN_GO_KEY = /ReturnGO refuses the key of this credential.*Check the key .* in the ReturnGO credential/;

/** Signs and sends one message, as Shopify does. */
async function deliver(trigger: TestTrigger, topic: string, body: object, secret: string): Promise<number> {
	const text = JSON.stringify(body);
	const response = await fetch(trigger.url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(text).digest('base64') }, body: text });
	return response.status;
}
const RETURN = (id: number) => ({ id, admin_graphql_api_id: `gid://shopify/Return/${id}`, order: { id: 1001, admin_graphql_api_id: 'gid://shopify/Order/1001' } });

const RETURN_GO_TRIGGER: TriggerTable[string] = {
	success: async (stage) => {
		const trigger = await stage.returnGo();
		await trigger.activate();
		expect((await stage.registrations()).map(({ eventName }) => eventName)).toEqual(RETURN_GO_EVENTS);
		const { rmaId } = await stage.services.approvedRequest();
		await stage.services.returnGo.webhookDeliveries();
		trigger.calls.length = 0;
		await stage.atWarehouse(rmaId);
		await trigger.waitForCalls(1);
		expect(startedBy(trigger)).toMatchObject([{ type: 'RMA_STATUS_UPDATED', rmaId, rma: { id: rmaId, status: 'Received' }, fetchError: null }]);
		await stage.expectClean(trigger.calls);
		await trigger.deactivate();
		expect(await stage.registrations()).toEqual([]);
	},
	'empty result': async (stage) => {
		const trigger = await stage.returnGo();
		await trigger.activate();
		await stage.message({ eventName: 'REFUND_CREATED', rmaId: '1' });
		expect(trigger.calls).toEqual([{ started: false, items: [] }]);
	},
	'not found': async (stage) => {
		const trigger = await stage.returnGo();
		await trigger.activate();
		await stage.message({ eventName: 'RMA_STATUS_UPDATED', rmaId: '4711' });
		expect(startedBy(trigger)).toMatchObject([{ rmaId: '4711', rma: null, fetchError: { code: 'notFound', message: 'ReturnGO does not know RMA 4711', nextStep: expect.stringContaining('Check the id') as unknown } }]);
		await stage.expectClean(trigger.calls);
	},
	'refused by the service': async (stage) => {
		const trigger = await stage.returnGo();
		await badRequest('POST /webhook').arrange(stage.services);
		await stage.expectRefusal(trigger.activate(), /ReturnGO said: Not today\./);
		expect(await stage.registrations()).toEqual([]);
	},
	throttled: async (stage) => {
		const trigger = await stage.returnGo();
		await stage.services.returnGo.addFaults({ match: { operation: 'POST /webhook' }, action: { kind: 'throttled' } }, { match: { operation: 'GET /rma/:id' }, action: { kind: 'throttled' } });
		await trigger.activate();
		expect(await stage.registrations()).toHaveLength(1);
		const { rmaId } = await stage.services.approvedRequest();
		await trigger.waitForCalls(1);
		expect(startedBy(trigger)).toMatchObject([{ rma: { id: rmaId }, fetchError: null }]);
		expect((await stage.services.returnGo.faults()).map(({ applied }) => applied)).toEqual([1, 1]);
	},
	unauthorised: async (stage) => {
		const trigger = await stage.returnGo({ apiKey: WRONG_KEYS.ReturnGO });
		await stage.expectRefusal(trigger.activate(), WRONG_RETURN_GO_KEY);
		expect(await stage.registrations()).toEqual([]);
	},
	// Two messages; the first one's RMA cannot be read.
	'one of two items fails': async (stage) => {
		const { rmaId } = await stage.services.approvedRequest();
		const trigger = await stage.returnGo();
		await trigger.activate();
		await badRequest('GET /rma/:id').arrange(stage.services);
		for (const status of ['Received', 'Validated']) await stage.message({ eventName: 'RMA_STATUS_UPDATED', rmaId, status });
		expect(startedBy(trigger)).toMatchObject([
			{ rmaId, rma: null, fetchError: { code: 'refused', nextStep: expect.stringContaining('ReturnGO said: Not today.') as unknown } },
			{ rmaId, rma: { id: rmaId }, fetchError: null },
		]);
		await stage.expectClean(trigger.calls);
	},
};

const POLLING_TRIGGER: TriggerTable[string] = {
	success: async (stage) => {
		const { rmaId } = await stage.services.approvedRequest();
		const poller = await stage.poller();
		expect(await poller.activate()).toEqual([]);
		await stage.atWarehouse(rmaId);
		await stage.pass(15);
		const items = await poller.poll();
		expect(jsonOf(items)).toMatchObject([{ type: 'RMA_STATUS_UPDATED', rmaId, rma: { id: rmaId, status: 'Received' }, fetchError: null }]);
		await stage.expectClean(items, poller.stored);
		await stage.pass(15);
		expect(await poller.poll()).toEqual([]);
	},
	'empty result': async (stage) => {
		await stage.services.approvedRequest();
		const poller = await stage.poller();
		await poller.activate();
		await stage.pass(15);
		expect(await poller.poll()).toEqual([]);
	},
	// The RMA is gone between the list and the reading of it.
	'not found': async (stage) => {
		const { rmaId } = await stage.services.approvedRequest();
		const poller = await stage.poller();
		await poller.activate();
		await stage.atWarehouse(rmaId);
		await stage.pass(15);
		await stage.services.returnGo.addFaults({ match: { operation: 'GET /rma/:id' }, action: { kind: 'status', status: 404, body: { message: 'Not Found' } } });
		expect(jsonOf(await poller.poll())).toMatchObject([{ rmaId, rma: null, fetchError: { code: 'notFound', message: `ReturnGO does not know RMA ${rmaId}` } }]);
	},
	'refused by the service': async (stage) => {
		const { rmaId } = await stage.services.approvedRequest();
		const poller = await stage.poller();
		await poller.activate();
		await stage.atWarehouse(rmaId);
		await stage.pass(15);
		await badRequest('GET /rmas').arrange(stage.services);
		await stage.expectRefusal(poller.poll(), /ReturnGO said: Not today\./);
		// What was not told is told by the next poll, once.
		await stage.pass(15);
		expect(jsonOf(await poller.poll())).toMatchObject([{ rmaId, rma: { status: 'Received' } }]);
	},
	throttled: async (stage) => {
		const { rmaId } = await stage.services.approvedRequest();
		const poller = await stage.poller();
		await poller.activate();
		await stage.atWarehouse(rmaId);
		await stage.pass(15);
		await stage.services.returnGo.addFaults({ match: { operation: 'GET /rmas' }, action: { kind: 'throttled' } }, { match: { operation: 'GET /rma/:id' }, action: { kind: 'throttled' } });
		expect(jsonOf(await poller.poll())).toMatchObject([{ rmaId, rma: { status: 'Received' }, fetchError: null }]);
		expect((await stage.services.returnGo.faults()).map(({ applied }) => applied)).toEqual([1, 1]);
	},
	unauthorised: async (stage) => {
		const poller = await stage.poller({ apiKey: WRONG_KEYS.ReturnGO });
		await stage.expectRefusal(poller.activate(), WRONG_RETURN_GO_KEY);
	},
	// Two RMAs have news; one of them cannot be read.
	'one of two items fails': async (stage) => {
		const both = [await stage.services.approvedRequest(), await stage.services.approvedRequest()];
		const poller = await stage.poller();
		await poller.activate();
		for (const { rmaId } of both) await stage.atWarehouse(rmaId);
		await stage.pass(15);
		await badRequest('GET /rma/:id').arrange(stage.services);
		const told = jsonOf(await poller.poll());
		expect(told.map(({ rmaId }) => rmaId).sort()).toEqual(both.map(({ rmaId }) => rmaId).sort());
		expect(told).toMatchObject([{ rma: null, fetchError: { code: 'refused', nextStep: expect.stringContaining('ReturnGO said: Not today.') as unknown } }, { rma: { status: 'Received' }, fetchError: null }]);
		await stage.expectClean(told);
	},
};

const SHOPIFY_TRIGGER: TriggerTable[string] = {
	success: async (stage) => {
		const trigger = await stage.shopify();
		await trigger.activate();
		expect((await stage.subscriptions()).map(({ topic }) => topic)).toEqual(SHOPIFY_TOPICS);
		const { orderId, lineItemIds } = await stage.services.placeOrder();
		const returnId = await stage.services.makeReturn({ orderId, orderName: '', lineItemIds });
		await trigger.waitForCalls(1);
		expect(startedBy(trigger)).toMatchObject([{ type: 'RETURNS_APPROVE', orderId, returnId, isLate: false }]);
		await stage.expectClean(trigger.calls);
		await trigger.deactivate();
		expect(await stage.subscriptions()).toEqual([]);
	},
	'empty result': async (stage) => {
		const trigger = await stage.shopify();
		await trigger.activate();
		expect(await deliver(trigger, 'returns/close', RETURN(77), API_SECRET_KEY)).toBe(200);
		expect(trigger.calls).toEqual([{ started: false, items: [] }]);
	},
	'not found': never('It reads nothing: the message itself is what the workflow gets.'),
	'refused by the service': async (stage) => {
		const trigger = await stage.shopify();
		await userError('webhookSubscriptionCreate', { webhookSubscription: null }).arrange(stage.services);
		await stage.expectRefusal(trigger.activate(), /Not today\./);
		await stage.services.clearFaults();
		expect(await stage.subscriptions()).toEqual([]);
	},
	throttled: async (stage) => {
		const trigger = await stage.shopify();
		await stage.services.shopify.addFaults({ match: { operation: 'webhookSubscriptionCreate' }, action: { kind: 'throttled' } });
		await trigger.activate();
		expect(await stage.subscriptions()).toHaveLength(1);
		expect((await stage.services.shopify.faults()).map(({ applied }) => applied)).toEqual([1]);
	},
	unauthorised: async (stage) => {
		const trigger = await stage.shopify({ accessToken: WRONG_KEYS.Shopify });
		await stage.expectRefusal(trigger.activate(), /Shopify does not accept the credential.*Open the Shopify Returns credential, renew/);
		expect(await stage.subscriptions()).toEqual([]);
	},
	// Two messages; the first one is signed by somebody else.
	'one of two items fails': async (stage) => {
		const trigger = await stage.shopify();
		await trigger.activate();
		expect(await deliver(trigger, 'returns/approve', RETURN(77), 'somebody-elses-secret')).toBe(401);
		expect(await deliver(trigger, 'returns/approve', RETURN(78), API_SECRET_KEY)).toBe(200);
		expect(startedBy(trigger)).toMatchObject([{ returnId: 'gid://shopify/Return/78' }]);
		await stage.expectClean(trigger.calls);
	},
};

/** By the name of the node's file. */
export const TRIGGER_TABLE: TriggerTable = { ReturnGoPollingTrigger: POLLING_TRIGGER, ReturnGoTrigger: RETURN_GO_TRIGGER, ShopifyReturnsTrigger: SHOPIFY_TRIGGER };
