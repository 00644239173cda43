/** A system on loopback that takes JSON over HTTP, such as a warehouse's, and keeps what it was sent. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	headers: IncomingHttpHeaders;
	body: Record<string, unknown>;
}

export class Receiver {
	readonly received: Received[] = [];
	/** What it answers. */
	status = 200;

	private constructor(private readonly server: Server) {}

	static async open(): Promise<Receiver> {
		const server = createServer();
		const receiver = new Receiver(server);
		server.on('request', (request, response) => {
			let text = '';
			request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
			request.on('end', () => {
				receiver.received.push({ headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
				response.writeHead(receiver.status, { 'content-type': 'application/json' }).end('{}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return receiver;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notices`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}
}
