/** The ReturnGO Trigger through its life, with real HTTP on both sides. */
import type { IDataObject } from 'n8n-workflow';
import { ReturnGoTrigger } from '../../../nodes/ReturnGo/ReturnGoTrigger.node';
import { startTrigger, type TestTrigger } from '../harness';
import { rawRma } from './rmaFixture';
import { API_KEY, credentialsFor, startScriptedReturnGo, type ReceivedCall, type ScriptedReturnGo } from './scriptedReturnGo';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => undefined,
}));

const EVENTS = ['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED', 'SHIPMENT_TRACKER_STATUS_UPDATED', 'TRANSACTION_CREATED', 'REFUND_CREATED'];

let server: ScriptedReturnGo;
let registrations: Array<{ id: string; url: string; eventName: string }>;
let nextId: number;
const triggers: TestTrigger[] = [];

beforeAll(async () => {
	server = await startScriptedReturnGo();
});
afterAll(async () => await server.close());
beforeEach(() => {
	server.reset();
	registrations = [];
	nextId = 18_000;
	server.on('GET /webhooks', () => ({ body: registrations }));
	server.on('POST /webhook', (call: ReceivedCall) => {
		const { url, eventName } = call.body as { url: string; eventName: string };
		const registration = { id: String(++nextId), url, eventName };
		registrations.push(registration);
		server.on(`DELETE /webhook/${registration.id}`, () => {
			registrations = registrations.filter((candidate) => candidate.id !== registration.id);
			return { status: 200 };
		});
		return { status: 201, body: registration };
	});
});
afterEach(async () => {
	await Promise.all(triggers.splice(0).map(async (trigger) => await trigger.close()));
});

async function trigger(events: string[] = ['RMA_STATUS_UPDATED'], staticData?: IDataObject): Promise<TestTrigger> {
	const started = await startTrigger({ node: ReturnGoTrigger, parameters: { events }, staticData, ...credentialsFor(server) });
	triggers.push(started);
	return started;
}

const registeredUrl = (index = 0) => registrations[index]?.url ?? '';
const secretOf = (url: string) => new URL(url).searchParams.get('secret') ?? '';
async function deliver(url: string, body: unknown, contentType = 'application/json'): Promise<number> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return (await fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body: text })).status;
}
const message = (overrides: IDataObject = {}) => ({ eventName: 'RMA_STATUS_UPDATED', shopName: 'example-store.myshopify.com', rmaId: '1000001', status: 'Received', ...overrides });

describe('registering', () => {
	it('registers one webhook per chosen event, all with the same unguessable URL', async () => {
		const started = await trigger(EVENTS);
		await started.activate();
		expect(registrations.map((registration) => registration.eventName)).toEqual(EVENTS);
		expect(new Set(registrations.map((registration) => registration.url)).size).toBe(1);
		expect(registeredUrl()).toMatch(new RegExp(`^${started.url}\\?secret=[\\w-]{43}$`));
	});

	it('gives every activation that starts from nothing another secret', async () => {
		await (await trigger()).activate();
		const first = secretOf(registeredUrl());
		registrations = [];
		await (await trigger()).activate();
		expect(secretOf(registeredUrl())).not.toBe(first);
	});

	it('finds everything in place at the next start and changes nothing', async () => {
		const started = await trigger(['RMA_CREATED', 'REFUND_CREATED']);
		await started.activate();
		server.calls.length = 0;
		expect(await started.hook('checkExists')).toBe(true);
		await started.activate();
		expect(server.calls.map((call) => call.method)).toEqual(['GET', 'GET']);
	});

	it('registers an event that went missing at ReturnGO again, with the same secret', async () => {
		const started = await trigger(['RMA_CREATED', 'REFUND_CREATED']);
		await started.activate();
		const url = registeredUrl();
		registrations = registrations.filter((registration) => registration.eventName !== 'REFUND_CREATED');
		expect(await started.hook('checkExists')).toBe(false);
		await started.activate();
		expect(registrations.map(({ url: at, eventName }) => [at, eventName])).toEqual([
			[url, 'RMA_CREATED'],
			[url, 'REFUND_CREATED'],
		]);
	});

	it('replaces webhooks of ours with another secret, another event or twice, and leaves those of others alone', async () => {
		const started = await trigger(['RMA_CREATED']);
		await started.activate();
		const [kept] = registrations;
		const add = (url: string, eventName: string) => {
			const id = String(++nextId);
			registrations.push({ id, url, eventName });
			server.on(`DELETE /webhook/${id}`, () => {
				registrations = registrations.filter((candidate) => candidate.id !== id);
				return { status: 204 };
			});
		};
		add(`${started.url}?secret=old`, 'RMA_CREATED');
		add(started.url, 'RMA_CREATED');
		add(registeredUrl(), 'RMA_CREATED');
		add(registeredUrl(), 'SHIPMENT_CREATED');
		add('https://warehouse.example/hook?token=x', 'RMA_CREATED');
		add('string', 'RMA_CREATED');
		expect(await started.hook('checkExists')).toBe(false);
		await started.activate();
		expect(registrations.map((registration) => registration.url)).toEqual([kept?.url, 'https://warehouse.example/hook?token=x', 'string']);
		expect(await started.hook('checkExists')).toBe(true);
	});

	it('takes along the webhooks of an n8n that has moved to another address', async () => {
		const before = await trigger(['RMA_CREATED']);
		await before.activate();
		const oldUrl = registeredUrl();
		const after = await trigger(['RMA_CREATED'], before.staticData);
		expect(after.url).not.toBe(before.url);
		await after.activate();
		expect(registrations.map((registration) => registration.url)).toEqual([`${after.url}?secret=${secretOf(oldUrl)}`]);
	});

	it('registers the new one before it removes the old one, so that no event falls in between', async () => {
		const before = await trigger(['RMA_CREATED']);
		await before.activate();
		server.calls.length = 0;
		await (await trigger(['RMA_CREATED'], before.staticData)).activate();
		expect(server.calls.map((call) => call.method).filter((method) => method !== 'GET')).toEqual(['POST', 'DELETE']);
	});

	it('removes its webhooks, those of others stay, and a later call is turned away', async () => {
		const started = await trigger(['RMA_CREATED', 'REFUND_CREATED']);
		await started.activate();
		const url = registeredUrl();
		registrations.push({ id: '1', url: 'https://warehouse.example/hook', eventName: 'RMA_CREATED' });
		expect(await started.deactivate()).toBe(true);
		expect(registrations.map((registration) => registration.id)).toEqual(['1']);
		expect(JSON.stringify(started.staticData)).not.toContain(secretOf(url));
		expect(await deliver(url, message())).toBe(401);
	});

	it('is content when a webhook is gone before it removes it', async () => {
		const started = await trigger(['RMA_CREATED']);
		await started.activate();
		server.on(`DELETE /webhook/${registrations[0]?.id}`, { status: 404 });
		expect(await started.deactivate()).toBe(true);
	});

	it.each([
		[{ status: 401 }, 'ReturnGO refuses the key of this credential'],
		[{ status: 403 }, 'ReturnGO refuses the key of this credential, or refuses it for this store'],
		[{ status: 400, body: { message: 'bad event' } }, 'ReturnGO does not accept this for a webhook for RMA_STATUS_UPDATED'],
	])('does not activate when ReturnGO answers %j, and says why without the secret', async (reply, expected) => {
		server.on('POST /webhook', reply);
		const started = await trigger();
		const refusal: unknown = await started.activate().then(
			() => null,
			(error: unknown) => error,
		);
		expect(refusal).toMatchObject({ message: expected });
		const secret = JSON.stringify(started.staticData).match(/"secret":"([\w-]{43})"/)?.[1] ?? '';
		expect(secret).toHaveLength(43);
		const shown = JSON.stringify(refusal) + String((refusal as Error).stack);
		expect(shown).not.toContain(secret);
		expect(shown).not.toContain(API_KEY);
	});
});

describe('receiving', () => {
	async function active(events?: string[]): Promise<TestTrigger> {
		const started = await trigger(events);
		await started.activate();
		server.calls.length = 0;
		return started;
	}

	it('reads the RMA once and starts the workflow with one event', async () => {
		const started = await active();
		server.on('GET /rma/1000001', { body: rawRma() });
		expect(await deliver(registeredUrl(), message())).toBe(200);
		const [call] = await started.waitForCalls(1);
		expect(call?.items).toHaveLength(1);
		expect(call?.items[0]?.json).toMatchObject({
			type: 'RMA_STATUS_UPDATED',
			rmaId: '1000001',
			rma: { id: '1000001', status: 'Received', order: { name: '1001' } },
			fetchError: null,
			raw: message(),
		});
		expect(call?.items[0]?.json.triggeredAt).toMatch(/^\d{4}-.*Z$/);
		expect(server.calls.map((received) => `${received.method} ${received.url}`)).toEqual(['GET /rma/1000001']);
		expect(JSON.stringify(call?.items)).not.toContain(secretOf(registeredUrl()));
		expect(JSON.stringify(call?.items)).not.toContain(API_KEY);
	});

	it('believes ReturnGO’s API, not the message', async () => {
		const started = await active();
		server.on('GET /rma/1000001', { body: rawRma() });
		await deliver(registeredUrl(), message({ status: 'Validated' }));
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rma: { status: 'Received' } });
	});

	it.each([
		['no secret', (url: string) => url.split('?')[0] ?? ''],
		['an empty secret', (url: string) => `${url.split('?')[0]}?secret=`],
		['a wrong secret', (url: string) => `${url.split('?')[0]}?secret=${'A'.repeat(43)}`],
		['a secret with a character more', (url: string) => `${url}x`],
		['the secret in capitals', (url: string) => url.replace(/secret=.*/, (secret) => secret.toUpperCase())],
	])('turns away a call with %s: 401, no execution, no call to ReturnGO', async (_, forge) => {
		const started = await active();
		expect(await deliver(forge(registeredUrl()), message())).toBe(401);
		const [call] = await started.waitForCalls(1);
		expect(call).toEqual({ started: false, items: [] });
		expect(server.calls).toHaveLength(0);
	});

	it.each([
		['an array', [message()]],
		['an empty object', {}],
		['no event', { rmaId: '1000001' }],
		['an event that ReturnGO does not have', { eventName: 'SOMETHING_ELSE', rmaId: '1000001' }],
		['an event of another kind', { eventName: { a: 1 }, rmaId: '1000001' }],
	])('turns away %s: 400, no execution', async (_, body) => {
		const started = await active();
		expect(await deliver(registeredUrl(), body)).toBe(400);
		const [call] = await started.waitForCalls(1);
		expect(call?.started).toBe(false);
		expect(server.calls).toHaveLength(0);
	});

	it('turns away what is not JSON', async () => {
		const started = await active();
		expect(await deliver(registeredUrl(), 'not json', 'text/plain')).toBe(400);
		expect(await deliver(registeredUrl(), '"text"', 'text/plain')).toBe(400);
		expect((await started.waitForCalls(2)).every((call) => !call.started)).toBe(true);
	});

	it.each(['text/plain', 'application/octet-stream'])('understands JSON that is sent as %s', async (contentType) => {
		const started = await active();
		server.on('GET /rma/1000001', { body: rawRma() });
		expect(await deliver(registeredUrl(), message(), contentType)).toBe(200);
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rmaId: '1000001', fetchError: null });
	});

	it('answers 200 to an event that is not chosen, and starts nothing', async () => {
		const started = await active(['REFUND_CREATED']);
		expect(await deliver(registeredUrl(), message())).toBe(200);
		const [call] = await started.waitForCalls(1);
		expect(call?.started).toBe(false);
	});

	it.each([
		{ rmaId: 1000001 },
		{ rmaId: undefined, data: { rmaId: '1000001' } },
		{ rmaId: undefined, rma: { rmaId: 'RMA1000001' } },
		{ rmaId: undefined, rmaSummary: { rmaId: '1000001' } },
		{ rmaId: undefined, rma: { rmaSummary: { rmaId: 1000001 } } },
	])('finds the RMA in %j', async (overrides) => {
		const started = await active();
		server.on('GET /rma/1000001', { body: rawRma() });
		await deliver(registeredUrl(), message(overrides));
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rmaId: '1000001', rma: { id: '1000001' } });
	});

	it('loses no message that names no RMA: the workflow starts and is told', async () => {
		const started = await active(['TRANSACTION_CREATED']);
		expect(await deliver(registeredUrl(), { eventName: 'TRANSACTION_CREATED', id: 7000001 })).toBe(200);
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ type: 'TRANSACTION_CREATED', transactionId: '7000001', rmaId: null, rma: null, fetchError: { code: 'rmaIdMissing' } });
		expect(server.calls).toHaveLength(0);
	});

	it.each([
		[{ status: 404 }, 'notFound', 1],
		[{ status: 401 }, 'unauthorised', 1],
		[{ status: 403 }, 'unauthorised', 1],
		[{ status: 500 }, 'unavailable', 2],
		['drop' as const, 'unavailable', 2],
		[{ status: 429 }, 'throttled', 4],
		[{ status: 429, headers: { 'retry-after': '30' } }, 'throttled', 1],
		[{ body: { surprise: true } }, 'unreadable', 1],
	])('loses no message when reading the RMA again ends in %j', async (reply, code, attempts) => {
		const started = await active();
		server.on('GET /rma/1000001', reply);
		expect(await deliver(registeredUrl(), message())).toBe(200);
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rmaId: '1000001', rma: null, fetchError: { code }, raw: message() });
		expect(String((call?.items[0]?.json.fetchError as IDataObject).nextStep)).toContain('before anything is decided');
		expect(server.calls).toHaveLength(attempts);
	});

	it('answers within five seconds when ReturnGO hangs, and tells the workflow', async () => {
		const started = await active();
		server.on('GET /rma/1000001', { body: rawRma(), delayMs: 20_000 });
		const before = Date.now();
		expect(await deliver(registeredUrl(), message())).toBe(200);
		expect(Date.now() - before).toBeLessThan(5000);
		const [call] = await started.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rma: null, fetchError: { code: 'unavailable' } });
	});

	it('loses no message when the credential can no longer be used', async () => {
		const started = await active();
		const url = registeredUrl();
		const broken = await startTrigger({ node: ReturnGoTrigger, parameters: { events: ['RMA_STATUS_UPDATED'] }, staticData: started.staticData, ...credentialsFor(server, { storeDomain: 'gone.example' }) });
		triggers.push(broken);
		expect(await deliver(`${broken.url}?secret=${secretOf(url)}`, message())).toBe(200);
		const [call] = await broken.waitForCalls(1);
		expect(call?.items[0]?.json).toMatchObject({ rmaId: '1000001', rma: null, fetchError: { code: 'credential' } });
	});

	it('gives the same news the same id, and other news another one', async () => {
		const started = await active(['RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']);
		const validated = rawRma('1000001', { rmaSummary: { rmaId: '1000001', status: 'Validated', order_name: '1001', events: [] } });
		server.on('GET /rma/1000001', { body: rawRma() }, { body: rawRma('1000001', { lastUpdated: '2026-02-01T00:00:00+00:00' }) }, { body: validated }, { body: validated });
		await deliver(registeredUrl(), message());
		await deliver(registeredUrl(), message());
		await deliver(registeredUrl(), message({ status: 'Validated' }));
		await deliver(registeredUrl(), message({ eventName: 'SHIPMENT_STATUS_UPDATED', shipmentId: '6000001' }));
		const ids = (await started.waitForCalls(4)).map((call) => call.items[0]?.json.id);
		expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
		expect(ids[1]).toBe(ids[0]);
		expect(new Set(ids).size).toBe(3);
	});

	it('takes each change that an event can be about for other news', async () => {
		const started = await active();
		const raw = rawRma();
		const [shipment] = raw.shipments as IDataObject[];
		const [transaction] = raw.transactions as IDataObject[];
		const [first, second, third] = raw.items as IDataObject[];
		const states = [
			raw,
			{ ...raw, shipments: [{ ...shipment, status: 'Validated' }] },
			{ ...raw, shipments: [{ ...shipment, trackingNumber: 'PP0002' }] },
			{ ...raw, transactions: [{ ...transaction, status: 'Failed' }] },
			{ ...raw, transactions: [] },
			{ ...raw, items: [first, { ...second, itemValidationStatusResponse: first?.itemValidationStatusResponse }, third] },
			{ ...raw, items: [first, second] },
		];
		server.on('GET /rma/1000001', ...states.map((body) => ({ body })));
		for (const state of states) expect([state, await deliver(registeredUrl(), message())]).toEqual([state, 200]);
		const ids = (await started.waitForCalls(states.length)).map((call) => call.items[0]?.json.id);
		expect(new Set(ids).size).toBe(states.length);
	});
});
