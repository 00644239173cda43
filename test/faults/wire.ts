/**
 * The wire between one settlement and the Shopify simulator, as a server of its own for each cell, so that hundreds of cells can go wrong at
 * the same time without meeting each other's faults. It passes requests on, and breaks or holds the ones it was told to.
 */
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StepReader, type Asked, type Asking } from './steps';

/** What becomes of a request at the faulty step. */
export type Ending =
	/** Shopify never sees it, and answers nothing: the connection is closed. */
	| { kind: 'dropBefore' }
	/** Shopify never sees it, and the caller waits until it gives up. */
	| { kind: 'hang' }
	/** Shopify never sees it; this is answered. */
	| { kind: 'answerBefore'; status: number; body: string; headers?: Record<string, string> }
	/** Shopify carries it out; the connection is closed without an answer. */
	| { kind: 'dropAfter' }
	/** Shopify carries it out; something else is answered. */
	| { kind: 'answerAfter'; status: number; body: string };

/** When the settlement has come this far, something happens to it. */
export interface Trigger {
	step: Asking;
	/** Which act of a settlement that sends several; 1 is the first. */
	act?: number;
	/** Before Shopify sees the request, or when it has carried it out and nobody has been told. */
	when: 'before' | 'after';
	/** Runs while the request is held. */
	event?: () => Promise<void>;
	ending?: Ending;
	/** How many requests of this step it hits. */
	times: 'once' | 'always';
}

/** While it lasts, nobody listens at the wire's address. */
export interface Refusal {
	/** The address closes when this request has been answered; null: before the first one. */
	after: Asked | null;
	times: 'once' | 'always';
}

/** How long a refusal lasts that is to hit about one attempt. */
const SHORT_REFUSAL_MS = 40;
/** Ports that the system does not hand out by itself, so that a closed wire's port is not taken by somebody else. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_000;
let nextPort = FIRST_PORT + (process.pid % 500) * 20;

export class Wire {
	private readonly server: Server;

	private port = 0;

	private steps = new StepReader();

	private triggers: Array<Trigger & { hits: number }> = [];

	private refusal: Refusal | null = null;

	/** How often a fault of this wire has come into effect. */
	hits = 0;

	/** Requests of the watched settlement by step, for the report of a cell that went wrong. */
	readonly seen: string[] = [];

	private constructor(
		private readonly target: URL,
		/** Requests with this token belong to somebody else, and are passed on unharmed. */
		private readonly rivalToken: string,
	) {
		this.server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing).catch(() => incoming.socket.destroy()));
	}

	static async open(targetUrl: string, rivalToken: string): Promise<Wire> {
		const wire = new Wire(new URL(targetUrl), rivalToken);
		for (;;) {
			wire.port = nextPort;
			nextPort = nextPort >= LAST_PORT ? FIRST_PORT : nextPort + 1;
			if (await wire.listen()) return wire;
		}
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Plans what is to go wrong with the next settlement, and starts counting its steps. */
	async arm(triggers: Trigger[], refusal: Refusal | null = null): Promise<void> {
		this.steps = new StepReader();
		this.triggers = triggers.map((trigger) => ({ ...trigger, hits: 0 }));
		this.refusal = refusal;
		if (refusal?.after === null) this.refuse(refusal);
	}

	/** From now on everything is passed on. */
	async disarm(): Promise<void> {
		this.triggers = [];
		this.refusal = null;
		this.steps = new StepReader();
		if (!this.server.listening) await this.listen();
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		if (!this.server.listening) return;
		this.server.close();
		await once(this.server, 'close');
	}

	private async listen(): Promise<boolean> {
		return await new Promise((resolve, reject) => {
			const failed = (error: NodeJS.ErrnoException) => {
				if (error.code === 'EADDRINUSE') resolve(false);
				else reject(error);
			};
			this.server.once('error', failed);
			this.server.listen(this.port, '127.0.0.1', () => {
				this.server.removeListener('error', failed);
				this.port = (this.server.address() as AddressInfo).port;
				resolve(true);
			});
		});
	}

	private refuse(refusal: Refusal): void {
		this.refusal = null;
		this.hits += 1;
		this.server.close();
		if (refusal.times === 'once') setTimeout(() => void this.listen(), SHORT_REFUSAL_MS);
	}

	private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		// Every request has a connection of its own, so that a closed address is noticed at once.
		outgoing.shouldKeepAlive = false;
		const body = await readAll(incoming);
		const isWatched = incoming.url?.includes('/graphql') === true && incoming.headers['x-shopify-access-token'] !== this.rivalToken;
		if (!isWatched) return answer(outgoing, await this.pass(incoming, body));

		const asked = this.steps.read(documentOf(body));
		const { step, act } = asked;
		this.seen.push(act > 1 ? `${step} ${act}` : step);
		const trigger = this.triggers.find((candidate) => candidate.step === step && (candidate.act ?? act) === act && (candidate.times === 'always' || candidate.hits === 0));
		if (trigger === undefined) {
			const passed = await this.pass(incoming, body);
			this.refuseAfter(asked);
			return answer(outgoing, passed);
		}
		trigger.hits += 1;
		this.hits += 1;
		if (trigger.when === 'before') await trigger.event?.();
		await this.end(trigger, incoming, outgoing, body, asked);
	}

	private async end(trigger: Trigger, incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, asked: Asked): Promise<void> {
		const { ending } = trigger;
		switch (ending?.kind) {
			case 'dropBefore':
				incoming.socket.destroy();
				return;
			case 'hang':
				return;
			case 'answerBefore':
				return answer(outgoing, { status: ending.status, headers: { 'content-type': 'application/json', ...ending.headers }, body: Buffer.from(ending.body) });
			default:
		}
		const passed = await this.pass(incoming, body);
		if (trigger.when === 'after') await trigger.event?.();
		this.refuseAfter(asked);
		if (ending?.kind === 'dropAfter') incoming.socket.destroy();
		else if (ending?.kind === 'answerAfter') answer(outgoing, { status: ending.status, headers: { 'content-type': 'application/json' }, body: Buffer.from(ending.body) });
		else answer(outgoing, passed);
	}

	/** Closes the address when the request before the refused one has been dealt with. */
	private refuseAfter({ step, act }: Asked): void {
		const { refusal } = this;
		if (refusal?.after?.step === step && refusal.after.act === act) this.refuse(refusal);
	}

	private async pass(incoming: IncomingMessage, body: Buffer): Promise<Passed> {
		const { hostname, port } = this.target;
		return await new Promise((resolve, reject) => {
			const outgoing = httpRequest({ hostname, port, method: incoming.method, path: incoming.url, headers: { ...incoming.headers, connection: 'close' } }, (response) => {
				readAll(response).then((text) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: text }), reject);
			});
			outgoing.once('error', reject);
			outgoing.end(body);
		});
	}
}

interface Passed {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

function answer(outgoing: ServerResponse, { status, headers, body }: Passed): void {
	if (outgoing.destroyed) return;
	outgoing.writeHead(status, { ...headers, connection: 'close', 'content-length': String(body.length) });
	outgoing.end(body);
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

function documentOf(body: Buffer): string {
	const { query } = JSON.parse(body.toString('utf8')) as { query?: unknown };
	return typeof query === 'string' ? query : '';
}
