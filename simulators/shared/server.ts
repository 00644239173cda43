/**
 * The small HTTP kit both simulators are built on: service routes with faults and a request log, the control API under `/__sim/`,
 * and the state page at `/`. It listens on loopback only.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';

import { Clock } from './clock';
import { FaultPlan, type FaultVerdict } from './faults';
import { HttpError, type SimRequest, type SimResponse } from './http';
import { Input } from './input';
import { RequestLog } from './log';
import { renderPage, type PageTable } from './page';
import { SeededRandom } from './random';
import { WebhookDeliverer, type WebhookDelivery } from './webhooks';

export type Handler = (request: SimRequest) => SimResponse | Promise<SimResponse>;

/** What the log and the fault plan should know of a request before it is handled. */
export interface RequestDescription {
	/** Replaces the route key, e.g. by the GraphQL root fields. */
	operations?: string[];
	/** Who asks. */
	actor?: string;
	/** Replaces the parsed body in the log, e.g. by the GraphQL variables. */
	summary?: unknown;
}

export interface ServerOptions {
	/** Shown as the title of the state page. */
	title: string;
	/** Share one clock between simulators; without it the server has its own and resets it with everything else. */
	clock?: Clock;
	seed?: number;
	webhookRetryDelaysMs?: readonly number[];
	webhookTimeoutMs?: number;
	onWebhookExhausted?: (delivery: WebhookDelivery) => void;
	/** The service's own answer to a request over its rate limit, for the `throttled` fault. */
	throttled: (request: SimRequest) => SimResponse;
	/** Describes a service request; must not throw. */
	describe?: (request: SimRequest) => RequestDescription;
	/** Headers that the service puts on every answer. */
	serviceHeaders?: (request: SimRequest) => Readonly<Record<string, string>>;
	/** The service's answer to a path it does not know. */
	notFound?: (request: SimRequest) => SimResponse;
	/** The complete state as plain data. */
	state: () => unknown;
	/** Back to the state after the start. */
	reset: () => void | Promise<void>;
	/** Told when the control API may have changed something. */
	changed?: () => void;
	/** The simulator's part of the state page. */
	tables: () => PageTable[];
}

interface Route {
	method: string;
	key: string;
	parts: string[];
	handler: Handler;
	control: boolean;
}

const KEEP_ALIVE_MS = 120_000;

const LARGEST_BODY = 32 * 1024 * 1024;

export class SimulatorServer {
	readonly clock: Clock;

	readonly random: SeededRandom;

	readonly faults = new FaultPlan();

	readonly log = new RequestLog();

	readonly webhooks: WebhookDeliverer;

	private readonly routes: Route[] = [];

	private readonly server: Server;

	/** Waits that faults have begun; a closing server ends them. */
	private readonly waits = new Set<() => void>();

	private listening = false;

	constructor(private readonly options: ServerOptions) {
		this.clock = options.clock ?? new Clock();
		this.random = new SeededRandom(options.seed ?? 1);
		this.webhooks = new WebhookDeliverer({
			clock: this.clock,
			retryDelaysMs: options.webhookRetryDelaysMs,
			timeoutMs: options.webhookTimeoutMs,
			onExhausted: options.onWebhookExhausted,
		});
		this.server = createServer((request, response) => {
			response.setHeader('date', this.clock.now().toUTCString());
			void this.serve(request, response);
		});
		// On a busy machine a client may be slow to use a connection again that it believes to be open.
		this.server.keepAliveTimeout = KEEP_ALIVE_MS;
		this.addControlRoutes();
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** A route of the simulated service; `:name` parts become params. Its key in faults and log is "METHOD pattern". */
	route(method: string, pattern: string, handler: Handler): void {
		this.routes.push({ method, key: `${method} ${pattern}`, parts: split(pattern), handler, control: false });
	}

	/** A route of the control API; the pattern includes `/__sim`. No faults, no log. */
	control(method: string, pattern: string, handler: Handler): void {
		this.routes.push({ method, key: `${method} ${pattern}`, parts: split(pattern), handler, control: true });
	}

	async listen(port = 0): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(port, '127.0.0.1', () => {
				this.server.removeListener('error', reject);
				resolve();
			});
		});
		this.listening = true;
		this.clock.start();
	}

	async close(): Promise<void> {
		if (!this.listening) return;
		this.listening = false;
		this.clock.stop();
		this.webhooks.close();
		for (const end of this.waits) end();
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		this.server.closeIdleConnections();
		// A client that keeps its connection open must not keep the simulator alive.
		const impatience = setTimeout(() => this.server.closeAllConnections(), 500);
		await closed;
		clearTimeout(impatience);
	}

	/** Forgets everything that happened. A clock shared with another simulator keeps its time and its plans. */
	async reset(seed?: number): Promise<void> {
		this.random.reset(seed);
		this.faults.clear();
		this.log.clear();
		this.webhooks.reset();
		if (!this.options.clock) this.clock.reset();
		await this.options.reset();
	}

	private addControlRoutes(): void {
		this.control('GET', '/', () => this.page());
		this.control('GET', '/__sim/state', () => ({ status: 200, body: this.options.state() }));
		this.control('POST', '/__sim/reset', async (request) => {
			await this.reset(optionalBody(request).optionalNumber('seed'));
			return { status: 200, body: { seed: this.random.seed } };
		});
		this.control('GET', '/__sim/clock', () => this.clockState());
		this.control('POST', '/__sim/clock', async (request) => {
			const input = optionalBody(request);
			const freeze = input.optionalBoolean('freeze');
			if (freeze === true) this.clock.freeze();
			if (freeze === false) this.clock.unfreeze();
			const instant = input.optionalString('set');
			const advance = input.optionalNumber('advanceMs');
			if (instant !== undefined && Number.isNaN(Date.parse(instant))) throw new HttpError(400, { message: 'body.set must be an ISO date and time' });
			if (instant !== undefined) await this.clock.set(instant);
			if (advance !== undefined) await this.clock.advance(advance);
			return this.clockState();
		});
		this.control('POST', '/__sim/batch', async (request) => {
			const batch = new Input(request.json());
			const answers = batch.optionalOneOf('answers', ['all', 'refused'] as const) ?? 'all';
			const done = await this.runBatch(batch.list('requests'));
			return { status: 200, body: answers === 'all' ? done : done.filter(({ status }) => status >= 400) };
		});
		this.control('GET', '/__sim/faults', () => ({ status: 200, body: this.faults.list() }));
		this.control('POST', '/__sim/faults', (request) => ({ status: 201, body: this.faults.add(request.json()) }));
		this.control('DELETE', '/__sim/faults', () => {
			this.faults.clear();
			return { status: 204 };
		});
		this.control('GET', '/__sim/requests', ({ query }) => ({
			status: 200,
			body: this.log.list({
				operation: query.get('operation') ?? undefined,
				actor: query.get('actor') ?? undefined,
				since: numberFrom(query, 'since'),
				limit: numberFrom(query, 'limit'),
			}),
		}));
		this.control('DELETE', '/__sim/requests', () => {
			this.log.clear();
			return { status: 204 };
		});
		this.control('GET', '/__sim/webhooks', async ({ query }) => {
			if (query.get('wait') === 'true') await this.webhooks.idle();
			return { status: 200, body: this.webhooks.list() };
		});
		this.control('GET', '/__sim/webhooks/faults', () => ({ status: 200, body: this.webhooks.listFaults() }));
		this.control('POST', '/__sim/webhooks/faults', (request) => ({ status: 201, body: this.webhooks.addFault(request.json()) }));
		this.control('DELETE', '/__sim/webhooks/faults', () => {
			this.webhooks.clearFaults();
			return { status: 204 };
		});
		this.control('POST', '/__sim/webhooks/flush', () => {
			this.webhooks.flush();
			return { status: 204 };
		});
	}

	/** Control requests one after the other, each at its moment where it names one; a refused one does not stop those after it. */
	private async runBatch(requests: readonly Input[]): Promise<Array<{ index: number; status: number; body: unknown }>> {
		const answers: Array<{ index: number; status: number; body: unknown }> = [];
		for (const [index, wanted] of requests.entries()) {
			const at = wanted.optionalString('at');
			if (at !== undefined) await this.clock.set(at);
			const body = wanted.raw('body');
			const request: SimRequest = {
				method: wanted.optionalString('method') ?? 'POST',
				path: wanted.string('path'),
				params: {},
				query: new URLSearchParams(),
				headers: {},
				rawBody: Buffer.alloc(0),
				json: () => body,
			};
			const { route, params } = this.find(request);
			const answer = route?.control ? await this.handle(route.handler, { ...request, params }) : { status: 404, body: { message: `No control route ${request.method} ${request.path}` } };
			answers.push({ index, status: answer.status, body: answer.body });
		}
		return answers;
	}

	private clockState(): SimResponse {
		return { status: 200, body: { now: this.clock.now().toISOString(), mode: this.clock.mode, planned: this.clock.planned(), failures: this.clock.failures } };
	}

	private page(): SimResponse {
		const html = renderPage({
			title: this.options.title,
			subtitle: `Simulator time ${this.clock.now().toISOString()} (${this.clock.mode}). Nothing here is real: no money, no stock, no people.`,
			tables: this.options.tables(),
			webhooks: this.webhooks.list().slice(-20).reverse(),
			requests: this.log.list({ limit: 40 }).reverse(),
		});
		return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html };
	}

	private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		let request: SimRequest | undefined;
		try {
			request = await readRequest(incoming);
			await this.clock.runDue();
			const { route, params } = this.find(request);
			const routed: SimRequest = { ...request, params };
			if (route?.control ?? request.path.startsWith('/__sim')) {
				refuseForeignOrigin(routed);
				const answer = route ? await this.handle(route.handler, routed) : { status: 404, body: { message: `No control route ${request.method} ${request.path}` } };
				if (request.method !== 'GET') this.options.changed?.();
				send(outgoing, answer);
				return;
			}
			await this.serveService(routed, route, incoming, outgoing);
		} catch (error) {
			const answer = error instanceof HttpError ? { status: error.status, body: error.body, headers: error.headers } : internalError(error);
			send(outgoing, answer);
		}
	}

	private async serveService(request: SimRequest, route: Route | undefined, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const description = this.options.describe?.(request) ?? {};
		const operations = description.operations ?? [route?.key ?? `${request.method} ${request.path}`];
		const at = this.clock.now().toISOString();
		const verdict = this.faults.judge({ operations, path: request.path, method: request.method });
		const record = (status: number | null, executed: boolean) =>
			this.log.record({
				at,
				method: request.method,
				path: request.path,
				query: request.query.toString(),
				operations,
				actor: description.actor ?? null,
				status,
				faultIds: verdict.ids,
				executed,
				summary: description.summary ?? bodyForLog(request),
				headers: request.headers,
			});
		const answer = (response: SimResponse, executed: boolean) => {
			record(response.status, executed);
			send(outgoing, { ...response, headers: { ...this.options.serviceHeaders?.(request), ...response.headers } });
		};
		const drop = (executed: boolean) => {
			record(null, executed);
			incoming.socket.destroy();
		};

		await this.prepare(verdict);
		const { ending } = verdict;
		switch (ending?.kind) {
			case 'status':
				return answer({ status: ending.status, body: ending.body, headers: ending.headers }, false);
			case 'throttled':
				return answer(this.options.throttled(request), false);
			case 'malformedBefore':
				return answer(MALFORMED, false);
			case 'dropBefore':
				return drop(false);
			case 'hang':
				await this.wait(ending.ms);
				return drop(false);
			default:
		}
		const handler = route?.handler ?? this.options.notFound ?? (() => ({ status: 404, body: { message: 'Not Found' } }));
		const response = await this.handle(handler, request);
		switch (ending?.kind) {
			case 'dropAfter':
				return drop(true);
			case 'statusAfter':
				return answer({ status: ending.status, body: ending.body }, true);
			case 'malformed':
				return answer(MALFORMED, true);
			default:
				return answer(response, true);
		}
	}

	private async handle(handler: Handler, request: SimRequest): Promise<SimResponse> {
		try {
			return await handler(request);
		} catch (error) {
			if (error instanceof HttpError) return { status: error.status, body: error.body, headers: error.headers };
			return internalError(error);
		}
	}

	private async prepare(verdict: FaultVerdict): Promise<void> {
		for (const step of verdict.before) {
			if (step.kind === 'delay') await this.wait(step.ms);
			else await fetch(step.url, { method: 'POST', signal: AbortSignal.timeout(60_000) }).then((response) => response.arrayBuffer());
		}
	}

	private async wait(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				this.waits.delete(end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			this.waits.add(end);
		});
	}

	private find(request: SimRequest): { route: Route | undefined; params: Record<string, string> } {
		const parts = split(request.path);
		for (const route of this.routes) {
			if (route.method !== request.method) continue;
			const params = match(route.parts, parts);
			if (params) return { route, params };
		}
		return { route: undefined, params: {} };
	}
}

const MALFORMED: SimResponse = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data": {"interrupted": tr' };

/** The body of a control request that may also be sent without one. */
export function optionalBody(request: SimRequest): Input {
	return new Input(request.json() ?? {});
}

function split(path: string): string[] {
	return path.split('/').filter((part) => part !== '');
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
	if (pattern.length !== parts.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, expected] of pattern.entries()) {
		const part = parts[index] ?? '';
		if (expected.startsWith(':')) params[expected.slice(1)] = decode(part);
		else if (expected !== part) return undefined;
	}
	return params;
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

async function readRequest(incoming: IncomingMessage): Promise<SimRequest> {
	const url = new URL(incoming.url ?? '/', 'http://simulator.invalid');
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of incoming as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > LARGEST_BODY) throw new HttpError(413, { message: 'Request body too large' });
		chunks.push(chunk);
	}
	const rawBody = Buffer.concat(chunks);
	return {
		method: incoming.method ?? 'GET',
		path: url.pathname,
		params: {},
		query: url.searchParams,
		headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
		rawBody,
		json: () => parseJson(rawBody),
	};
}

function parseJson(rawBody: Buffer): unknown {
	if (rawBody.length === 0) return undefined;
	try {
		return JSON.parse(rawBody.toString('utf8')) as unknown;
	} catch {
		throw new HttpError(400, { message: 'Request body is not valid JSON' });
	}
}

function bodyForLog(request: SimRequest): unknown {
	try {
		return request.json() ?? null;
	} catch {
		return request.rawBody.toString('utf8');
	}
}

/** A page in a browser on this machine must not be able to drive the control API. */
function refuseForeignOrigin(request: SimRequest): void {
	const origin = request.headers.origin;
	if (origin !== undefined && origin !== `http://${request.headers.host ?? ''}`) throw new HttpError(403, { message: 'The control API does not answer other origins' });
}

function internalError(error: unknown): SimResponse {
	// A defect of the simulator must be visible in a test's output, not only as a 500 that looks like the service's.
	process.stderr.write(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	return { status: 500, body: { message: 'Internal server error', simulatorDefect: error instanceof Error ? error.message : String(error) } };
}

function send(outgoing: ServerResponse, response: SimResponse): void {
	if (outgoing.headersSent || outgoing.destroyed) return;
	const { body } = response;
	if (body instanceof Readable) {
		outgoing.writeHead(response.status, response.headers);
		// A stream that breaks off takes the connection with it.
		pipeline(body, outgoing, () => undefined);
		return;
	}
	const asJson = body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body);
	const payload = body === undefined ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	outgoing.writeHead(response.status, {
		...(asJson ? { 'content-type': 'application/json' } : {}),
		...(response.status === 204 ? {} : { 'content-length': String(payload.length) }),
		...response.headers,
	});
	outgoing.end(response.status === 204 ? undefined : payload);
}

function numberFrom(query: URLSearchParams, name: string): number | undefined {
	const text = query.get(name);
	if (text === null) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value)) throw new HttpError(400, { message: `${name} must be a whole number` });
	return value;
}
