import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Clock } from '../../../../simulators/shared/clock';
import type { LoggedRequest } from '../../../../simulators/shared/log';
import { SimulatorServer } from '../../../../simulators/shared/server';
import type { WebhookAttempt } from '../../../../simulators/shared/webhooks';

/** The least service there can be: a counter. */
async function startCounter(webhookRetryDelaysMs?: number[], clock?: Clock) {
	let count = 0;
	const server = new SimulatorServer({
		title: 'Counter <simulator>',
		webhookRetryDelaysMs,
		clock,
		throttled: () => ({ status: 429, body: { message: 'slow down' } }),
		describe: (request) => (request.path === '/graphql' ? { operations: ['increase', 'read'], actor: 'tester' } : {}),
		serviceHeaders: () => ({ 'x-service': 'counter' }),
		state: () => ({ count }),
		reset: () => {
			count = 0;
		},
		tables: () => [{ title: 'Count', columns: ['count'], rows: [[`<b>${count}</b>`]] }],
	});
	const increase = () => ({ status: 200, body: { count: (count += 1) } });
	server.route('POST', '/count/:name', increase);
	server.route('POST', '/graphql', increase);
	await server.listen();
	return server;
}

async function post(url: string, body?: unknown): Promise<{ status: number; text: string; headers: Headers }> {
	const response = await fetch(url, { method: 'POST', body: body === undefined ? undefined : JSON.stringify(body) });
	return { status: response.status, text: await response.text(), headers: response.headers };
}

const getJson = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

describe('the simulators\' HTTP kit', () => {
	let server: SimulatorServer;
	const count = async () => (await getJson<{ count: number }>(`${server.url}/__sim/state`)).count;
	const fault = (action: object, rest: object = {}) => post(`${server.url}/__sim/faults`, { match: { operation: 'POST /count/:name' }, action, ...rest });
	const increase = () => post(`${server.url}/count/a`);

	beforeEach(async () => {
		server = await startCounter();
	});
	afterEach(() => server.close());

	it('listens on loopback and answers with the service\'s own headers', async () => {
		expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		const answer = await increase();
		expect([answer.status, answer.text, answer.headers.get('x-service')]).toEqual([200, '{"count":1}', 'counter']);
	});

	it.each([
		['status', { kind: 'status', status: 503, body: 'out' }, 503],
		['throttled', { kind: 'throttled' }, 429],
		['malformedBefore', { kind: 'malformedBefore' }, 200],
	])('%s answers without doing the work, once', async (_name, action, status) => {
		await fault(action);
		const answer = await increase();
		expect(answer.status).toBe(status);
		if (status === 200) expect(() => JSON.parse(answer.text) as unknown).toThrow();
		expect(await count()).toBe(0);
		expect((await increase()).text).toBe('{"count":1}');
	});

	it.each([
		['dropBefore', { kind: 'dropBefore' }, 0],
		['hang', { kind: 'hang', ms: 20 }, 0],
		['dropAfter', { kind: 'dropAfter' }, 1],
	])('%s destroys the connection and leaves the count at the right value', async (_name, action, expected) => {
		await fault(action);
		await expect(increase()).rejects.toThrow();
		expect(await count()).toBe(expected);
		const [entry] = await getJson<LoggedRequest[]>(`${server.url}/__sim/requests`);
		expect([entry?.status, entry?.executed, entry?.faultIds]).toEqual([null, expected === 1, ['fault-1']]);
	});

	it.each([
		['statusAfter', { kind: 'statusAfter', status: 502 }, 502],
		['malformed', { kind: 'malformed' }, 200],
	])('%s does the work and hides the answer', async (_name, action, status) => {
		await fault(action);
		expect((await increase()).status).toBe(status);
		expect(await count()).toBe(1);
	});

	it('lets the planned number of matches pass, hits the planned number, and counts both', async () => {
		await fault({ kind: 'status', status: 500 }, { id: 'third', match: { operation: 'POST /count/:name', afterMatches: 2 }, times: 2 });
		const statuses: number[] = [];
		for (let index = 0; index < 6; index += 1) statuses.push((await increase()).status);
		expect(statuses).toEqual([200, 200, 500, 500, 200, 200]);
		const [report] = await getJson<Array<{ id: string; matched: number; applied: number }>>(`${server.url}/__sim/faults`);
		expect(report).toMatchObject({ id: 'third', matched: 6, applied: 2 });
		await fetch(`${server.url}/__sim/faults`, { method: 'DELETE' });
		expect(await getJson(`${server.url}/__sim/faults`)).toEqual([]);
	});

	it('matches a root field among several of one request', async () => {
		await post(`${server.url}/__sim/faults`, { match: { operation: 'read' }, times: -1, action: { kind: 'status', status: 418 } });
		expect((await post(`${server.url}/graphql`, {})).status).toBe(418);
		expect((await increase()).status).toBe(200);
	});

	it('calls the hook and waits for it before it acts', async () => {
		let countDuringHook = -1;
		const hook = createServer((_request, response) => {
			void count().then((value) => {
				countDuringHook = value;
				response.end();
			});
		});
		await listen(hook);
		await fault({ kind: 'hook', url: `http://127.0.0.1:${portOf(hook)}/` });
		await fault({ kind: 'dropAfter' });
		await expect(increase()).rejects.toThrow();
		await new Promise((resolve) => hook.close(resolve));
		expect(countDuringHook).toBe(0);
		expect(await count()).toBe(1);
	});

	it('refuses a fault it does not understand, a hook elsewhere, and a browser of another origin', async () => {
		expect((await fault({ kind: 'explode' })).status).toBe(400);
		expect((await fault({ kind: 'hook', url: 'http://192.0.2.1/' })).status).toBe(400);
		expect((await fetch(`${server.url}/__sim/state`, { headers: { origin: 'http://elsewhere.example' } })).status).toBe(403);
	});

	it('records every service request with secrets blanked out, and none of the control requests', async () => {
		await fetch(`${server.url}/count/a?x=1`, { method: 'POST', headers: { 'X-Api-Key': 'secret-key' }, body: JSON.stringify({ client_secret: 'secret-field', note: 'kept' }) });
		await post(`${server.url}/graphql`, {});
		await count();
		const all = await getJson<LoggedRequest[]>(`${server.url}/__sim/requests`);
		expect(all.map(({ operations, status, query, actor }) => ({ operations, status, query, actor }))).toEqual([
			{ operations: ['POST /count/:name'], status: 200, query: 'x=1', actor: null },
			{ operations: ['increase', 'read'], status: 200, query: '', actor: 'tester' },
		]);
		expect(JSON.stringify(all)).not.toContain('secret-');
		expect(all[0]?.summary).toEqual({ client_secret: '***', note: 'kept' });
		expect(await getJson<LoggedRequest[]>(`${server.url}/__sim/requests?operation=read&since=${all[0]?.seq}`)).toHaveLength(1);
	});

	it('shows a page on which nothing from outside is markup', async () => {
		await increase();
		const page = await (await fetch(server.url)).text();
		expect(page).toContain('Counter &#60;simulator&#62;');
		expect(page).toContain('&#60;b&#62;1&#60;/b&#62;');
		expect(page).not.toContain('<b>');
		expect(page).toContain('POST /count/a');
	});

	it('moves the clock and resets everything', async () => {
		await increase();
		const clock = await post(`${server.url}/__sim/clock`, { freeze: true, set: '2026-11-01T00:00:00Z', advanceMs: 60_000 });
		expect(JSON.parse(clock.text)).toMatchObject({ now: '2026-11-01T00:01:00.000Z', mode: 'frozen' });
		expect((await post(`${server.url}/__sim/clock`, { set: 'yesterday' })).status).toBe(400);
		await fault({ kind: 'throttled' });
		await post(`${server.url}/__sim/reset`, { seed: 9 });
		expect(await count()).toBe(0);
		expect(server.random.seed).toBe(9);
		expect(server.clock.mode).toBe('real');
		expect(server.faults.list()).toEqual([]);
		expect(server.log.list()).toEqual([]);
	});
});

describe('webhook delivery', () => {
	let server: SimulatorServer;
	let receiver: Server;
	let received: string[];
	let answer: number;
	const send = (id: string, topic = 't') => server.webhooks.enqueue({ id, topic, url: `http://127.0.0.1:${portOf(receiver)}/hook?token=x`, headers: { 'x-id': id }, body: JSON.stringify({ id }) });
	const plan = (fault: object) => post(`${server.url}/__sim/webhooks/faults`, fault);

	beforeEach(async () => {
		received = [];
		answer = 200;
		receiver = createServer((request, response) => {
			request.resume();
			received.push(String(request.headers['x-id']));
			response.statusCode = answer;
			response.end();
		});
		await listen(receiver);
		server = await startCounter([1_000, 2_000]);
	});
	afterEach(async () => {
		await server.close();
		await new Promise((resolve) => receiver.close(resolve));
	});

	it('delivers in order and records what was answered', async () => {
		for (const id of ['a', 'b', 'c']) send(id);
		const attempts = await getJson<WebhookAttempt[]>(`${server.url}/__sim/webhooks?wait=true`);
		expect(received).toEqual(['a', 'b', 'c']);
		expect(attempts.map(({ status, outcome, body }) => ({ status, outcome, body }))).toEqual(['a', 'b', 'c'].map((id) => ({ status: 200, outcome: 'delivered', body: `{"id":"${id}"}` })));
	});

	it('drops, duplicates and reverses as planned', async () => {
		await plan([{ drop: true }, { duplicate: 3, concurrent: true }, { reorder: 3 }]);
		for (const id of ['dropped', 'copied']) send(id);
		await server.webhooks.idle();
		expect(received).toEqual(['copied', 'copied', 'copied']);
		for (const id of ['1', '2', '3']) send(id);
		await server.webhooks.idle();
		expect(received.slice(3)).toEqual(['3', '2', '1']);
		expect(server.webhooks.list().filter(({ outcome }) => outcome === 'dropped')).toHaveLength(1);
	});

	it('limits a fault to its topic and sends what is still held when asked', async () => {
		await plan({ topic: 'orders', reorder: 5 });
		send('free', 'returns');
		send('held', 'orders');
		await server.webhooks.idle();
		expect(received).toEqual(['free']);
		await post(`${server.url}/__sim/webhooks/flush`);
		await server.webhooks.idle();
		expect(received).toEqual(['free', 'held']);
	});

	it('delays on the simulator\'s clock', async () => {
		server.clock.freeze();
		await plan({ delayMs: 60_000 });
		send('late');
		await server.webhooks.idle();
		expect(received).toEqual([]);
		await server.clock.advance(60_000);
		await server.webhooks.idle();
		expect(received).toEqual(['late']);
	});

	it('tries again as often as the service would, then gives up', async () => {
		server.clock.freeze();
		answer = 500;
		send('refused');
		await server.webhooks.idle();
		await server.clock.advance(1_000);
		await server.webhooks.idle();
		answer = 204;
		await server.clock.advance(2_000);
		await server.webhooks.idle();
		expect(server.webhooks.list().map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual([
			[1, 'refused', 500],
			[2, 'refused', 500],
			[3, 'delivered', 204],
		]);
		expect(server.clock.planned()).toEqual([]);
	});

	it('sends nothing after a reset that was planned before it, also on a shared clock', async () => {
		const clock = new Clock();
		clock.freeze();
		const sharing = await startCounter([1_000], clock);
		answer = 500;
		const delivery = { id: 'refused', topic: 't', url: `http://127.0.0.1:${portOf(receiver)}/`, headers: { 'x-id': 'refused' }, body: '{}' };
		sharing.webhooks.enqueue(delivery);
		await sharing.webhooks.idle();
		sharing.webhooks.addFault({ delayMs: 500 });
		sharing.webhooks.enqueue({ ...delivery, id: 'delayed' });
		await sharing.reset();
		await clock.advance(5_000);
		await sharing.webhooks.idle();
		await sharing.close();
		expect(received).toEqual(['refused']);
	});

	it('never calls another machine', async () => {
		server.webhooks.enqueue({ id: 'x', topic: 't', url: 'http://192.0.2.1/hook', headers: {}, body: '{}' });
		await server.webhooks.idle();
		expect(server.webhooks.list()[0]).toMatchObject({ outcome: 'noAnswer', status: null });
	});
});

async function listen(server: Server): Promise<void> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}
