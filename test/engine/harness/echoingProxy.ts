/** Stands before a service and, when told to, refuses as a careless gateway does: it repeats in its answer everything that it was sent, secrets included. */
import { createServer, request as send, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What is answered, made of what was received; null: the connection is broken off. */
export type Refusal = (echo: string) => { status: number; headers?: Record<string, string>; body: string } | null;

export class EchoingProxy {
	private wanted: { matches: (received: Received) => boolean; refusal: Refusal } | null = null;

	/** Requests that were refused. */
	readonly refused: Received[] = [];

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async before(target: string): Promise<EchoingProxy> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const proxy = new EchoingProxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => proxy.answer({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }, response, target));
		});
		return proxy;
	}

	refuse(matches: (received: Received) => boolean, refusal: Refusal): void {
		this.wanted = { matches, refusal };
		this.refused.length = 0;
	}

	letPass(): void {
		this.wanted = null;
		this.refused.length = 0;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private answer(received: Received, response: ServerResponse, target: string): void {
		if (this.wanted?.matches(received) !== true) {
			const headers = { ...received.headers, host: new URL(target).host };
			send(`${target}${received.path}`, { method: received.method, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 500, answer.headers);
				answer.pipe(response);
			}).end(received.body);
			return;
		}
		this.refused.push(received);
		// The headers first: where only the beginning of an answer is shown, it is they.
		const { 'x-api-key': apiKey, 'x-shopify-access-token': token } = received.headers;
		const refusal = this.wanted.refusal([apiKey, token, received.body, JSON.stringify(received.headers)].filter(Boolean).join(' '));
		if (refusal === null) response.socket?.destroy();
		else response.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers }).end(refusal.body);
	}
}
