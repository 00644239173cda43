/** A store that answers exactly what a test scripts, over real HTTP: for what a well-behaved simulator would never do. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** Answers one request; what it does not send, nobody sends. */
export type Script = (request: ReceivedRequest, response: ServerResponse) => void;

export interface ScriptedStore {
	readonly origin: string;
	/** API requests in the order of their arrival. */
	readonly requests: ReceivedRequest[];
	readonly tokenRequests: ReceivedRequest[];
	/** Scripts for the API requests to come; the last one stays. */
	play(...scripts: Script[]): void;
	/** What the token endpoint answers from now on. */
	issue(script: Script): void;
	close(): Promise<void>;
}

export async function startScriptedStore(): Promise<ScriptedStore> {
	let scripts: Script[] = [];
	let issuing: Script = json({ access_token: 'token-1', scope: '', expires_in: 86_399 });
	const requests: ReceivedRequest[] = [];
	const tokenRequests: ReceivedRequest[] = [];
	const server = createServer((request, response) => {
		void receive(request).then((received) => {
			if (received.path === '/admin/oauth/access_token') {
				tokenRequests.push(received);
				issuing(received, response);
				return;
			}
			requests.push(received);
			const script = scripts.length > 1 ? scripts.shift() : scripts[0];
			if (script === undefined) response.writeHead(500).end();
			else script(received, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		tokenRequests,
		play: (...next) => {
			scripts = next;
			requests.length = 0;
			tokenRequests.length = 0;
		},
		issue: (script) => {
			issuing = script;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Script {
	return (_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'req-77', ...headers }).end(JSON.stringify(body));
	};
}

export function text(body: string, status: number, headers: Record<string, string> = {}): Script {
	return (_request, response) => {
		response.writeHead(status, { 'x-request-id': 'req-77', ...headers }).end(body);
	};
}

/** Reads the request, then drops the connection: the answer that got lost. */
export const dropped: Script = (_request, response) => {
	response.socket?.destroy();
};

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
}
