/** The settlement's view of Shopify without n8n in between: our documents, sent over HTTP to a simulated shop. */
import { spawn } from 'node:child_process';
import { request, Agent } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ShopifyClient } from '../../nodes/ShopifyReturns/api/client';

const TOKEN = 'shpat_sim_full';

export interface StoreClient extends ShopifyClient {
	/** Places an order, as the simulator's control API takes it. */
	placeOrder(order: object): Promise<PlacedOrder>;
	/** A person edits the order, or its customer pays; false where the shop says that there is nothing to be edited or paid. */
	change(what: 'edit-order' | 'pay', request: object): Promise<boolean>;
	/** The order as it is now. */
	readOrder(id: string): Promise<PlacedOrder>;
	/** The shop's first location. */
	location(): Promise<string>;
	/** Puts an article of this price into the catalogue. */
	makeProduct(price: string): Promise<{ variantId: string }>;
	/** Forgets every order. */
	reset(): Promise<void>;
	close(): Promise<void>;
}

export interface PlacedOrder {
	id: string;
	total: { presentmentMinor: number };
	lines: Array<{
		id: string;
		quantity: number;
		fulfilled: number;
		isTip: boolean;
		isGiftCard: boolean;
		/** Pieces that an edit took off. */
		removed: number;
		/** Pieces that were neither refunded nor taken off, and what they are worth by the shop's own books. */
		left: { quantity: number; subtotal: { presentmentMinor: number; shopMinor: number }; tax: { presentmentMinor: number; shopMinor: number } };
		subtotal: { presentmentMinor: number; shopMinor: number };
		tax: { presentmentMinor: number; shopMinor: number };
		fulfillmentLineItems: Array<{ id: string; quantity: number }>;
	}>;
}

interface GraphqlAnswer {
	data?: unknown;
	errors?: Array<{ message: string }>;
}

/**
 * Starts a simulated shop and a client that hands out complete answers only, and fails loudly on everything else: a lost answer here is a broken test.
 */
export async function openStoreClient(): Promise<StoreClient> {
	const { url, end } = await startShop();
	// One connection, kept: a new one for each of some ten thousand requests is half of their time.
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	let products = 0;
	let place: Promise<string> | undefined;
	const usage = { requests: 0, requestedPoints: 0, actualPoints: 0, apiVersionAnswered: null, requestId: null };
	const post = async <TAnswer>(path: string, body: object): Promise<TAnswer> => {
		const text = await send(agent, `${url}${path}`, JSON.stringify(body));
		return (text === '' ? undefined : JSON.parse(text)) as TAnswer;
	};
	return {
		shopDomain: 'sim-shop.myshopify.com',
		apiVersion: '2026-10',
		usage,
		serverNow: () => null,
		request: async <TResult, TVariables>(document: { toString(): string }, variables: TVariables): Promise<TResult> => {
			usage.requests += 1;
			const answer = await post<GraphqlAnswer>('/admin/api/2026-10/graphql.json', { query: document.toString(), variables });
			if (answer.errors !== undefined || answer.data === undefined || answer.data === null) throw new Error(JSON.stringify(answer.errors ?? answer));
			return answer.data as TResult;
		},
		change: async (what, request) => {
			try {
				await post(`/__sim/admin/${what}`, request);
				return true;
			} catch (error) {
				if (String(error).includes(': 422 ')) return false;
				throw error;
			}
		},
		readOrder: async (id) => JSON.parse(await send(agent, `${url}/__sim/orders/${id.split('/').at(-1) ?? ''}`, null)) as PlacedOrder,
		// Starting anew gives the same shop the same places.
		location: async () => await (place ??= post<{ data: { locations: { nodes: Array<{ id: string }> } } }>('/admin/api/2026-10/graphql.json', { query: '{ locations(first: 1) { nodes { id } } }' }).then(({ data }) => data.locations.nodes[0]?.id ?? '')),
		placeOrder: async (order) => await post<PlacedOrder>('/__sim/orders', order),
		makeProduct: async (price) => await post<{ variantId: string }>('/__sim/products', { sku: `SWAP-${price}-${(products += 1)}`, title: 'Swap', price, available: 5 }),
		reset: async () => await post('/__sim/reset', {}),
		close: async () => {
			agent.destroy();
			await end();
		},
	};
}

async function startShop(): Promise<{ url: string; end: () => Promise<void> }> {
	// Built once: a program that is translated while it runs is slower by a tenth, through thousands of orders.
	const folder = await mkdtemp(join(tmpdir(), 'returns-differential-'));
	const root = join(__dirname, '..', '..');
	await build({ entryPoints: [join(__dirname, 'simulatedShop.ts')], outfile: join(folder, 'shop.cjs'), bundle: true, packages: 'external', platform: 'node', target: 'node24', format: 'cjs', logLevel: 'error', define: { 'require.main': 'null' } });
	const child = spawn(process.execPath, [join(folder, 'shop.cjs')], { cwd: root, env: { ...process.env, NODE_PATH: join(root, 'node_modules') }, stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const url = await new Promise<string>((resolve, reject) => {
		child.stdout.once('data', (text: Buffer) => resolve(String(text).trim()));
		child.once('exit', (code) => reject(new Error(`The simulated shop ended with ${code}`)));
		child.once('error', reject);
	});
	const end = async (): Promise<void> => {
		child.stdin.end();
		await ended;
		await rm(folder, { recursive: true, force: true });
	};
	return { url, end };
}

/** @param body null for a question that has none */
function send(agent: Agent, url: string, body: string | null): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body ?? ''), 'x-shopify-access-token': TOKEN };
		const sent = request(url, { method: body === null ? 'GET' : 'POST', agent, headers }, (answer) => {
			let text = '';
			answer.setEncoding('utf8');
			answer.on('data', (chunk: string) => (text += chunk));
			answer.on('end', () => ((answer.statusCode ?? 500) < 300 ? resolve(text) : reject(new Error(`${url}: ${answer.statusCode} ${text}`))));
		});
		sent.on('error', reject);
		sent.end(body ?? undefined);
	});
}
