/**
 * A ReturnGO that answers what the test tells it to, on loopback. It knows no business: it is for single calls and for what can go wrong
 * on the way. Answers have the types that live answers have (ids as strings, transactions' ids as numbers, flags as 0 and 1).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';

export const API_KEY = 'invented-key-for-tests';
export const STORE = 'example-store.myshopify.com';

export interface ReceivedCall {
	method: string;
	/** Path and query as they were sent. */
	url: string;
	query: Record<string, string>;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	at: number;
}

/** `drop` ends the connection without an answer. */
export type Reply = { status?: number; body?: unknown; headers?: Record<string, string>; delayMs?: number } | 'drop';

export interface ScriptedReturnGo {
	readonly baseUrl: string;
	readonly calls: ReceivedCall[];
	/** Replies to `METHOD /path`, in order; the last one stays. Without any: 404. */
	on(route: string, ...replies: Array<Reply | ((call: ReceivedCall) => Reply)>): void;
	reset(): void;
	close(): Promise<void>;
}

export async function startScriptedReturnGo(): Promise<ScriptedReturnGo> {
	const calls: ReceivedCall[] = [];
	const routes = new Map<string, Array<Reply | ((call: ReceivedCall) => Reply)>>();
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://127.0.0.1');
			const text = Buffer.concat(chunks).toString('utf8');
			const call: ReceivedCall = {
				method: request.method ?? '',
				url: request.url ?? '',
				query: Object.fromEntries(url.searchParams),
				headers: request.headers,
				body: text === '' ? undefined : (JSON.parse(text) as unknown),
				at: Date.now(),
			};
			calls.push(call);
			const replies = routes.get(`${call.method} ${url.pathname}`) ?? [{ status: 404, body: { message: 'Not Found' } }];
			const next = replies.length > 1 ? replies.shift() : replies[0];
			const reply = typeof next === 'function' ? next(call) : next;
			if (reply === undefined || reply === 'drop') {
				request.socket.destroy();
				return;
			}
			const timer = setTimeout(() => {
				response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', 'x-amzn-requestid': `request-${calls.length}`, ...reply.headers });
				response.end(reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
			}, reply.delayMs ?? 0);
			response.on('close', () => clearTimeout(timer));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls,
		on: (route, ...replies) => routes.set(route, replies),
		reset: () => {
			calls.length = 0;
			routes.clear();
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** What a test gives the engine harness so that the node talks to the scripted ReturnGO. */
export function credentialsFor(server: ScriptedReturnGo, overrides: Record<string, string> = {}) {
	return { credentialTypes: [new ReturnGoApi()], credentials: { returnGoApi: { apiKey: API_KEY, storeDomain: STORE, baseUrl: server.baseUrl, ...overrides } } };
}
