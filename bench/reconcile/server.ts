/** Answers for both services out of a BenchShop. Run by bench/reconcile.ts in a process of its own, with the number of orders; then it prints its address. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BenchShop } from './shop';

let shop = new BenchShop(0);
let origin = '';

/** One at a time in a process. */
export async function startBenchServer(size: number): Promise<{ origin: string; close(): void }> {
	shop = new BenchShop(size);
	const server = createServer((request, response) => {
		answer(request, response).catch((failure: unknown) => {
			response.writeHead(500).end(String(failure));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	origin = `http://127.0.0.1:${address.port}`;
	return {
		origin,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', origin);
	if (url.pathname === '/rmas') return send(response, rmas(url));
	if (url.pathname === '/transactions') return send(response, list(url, 'transactions', (index) => shop.transaction(index)));
	if (url.pathname.startsWith('/rma/')) return send(response, shop.rmaDetails(Number(url.pathname.split('/').at(-1))));
	if (url.pathname === '/bulk.jsonl') return await sendBulk(response);
	return send(response, { data: graphql(JSON.parse(await bodyOf(request)) as { query: string; variables: Record<string, string> }) });
}

function rmas(url: URL): object {
	const statuses = url.searchParams.get('status')?.split(',');
	const names = url.searchParams.get('order_name')?.split(',');
	if (names !== undefined) return { rmas: names.flatMap((name) => shop.rmaRow(shop.indexOfName(name)) ?? []), next_cursor: null };
	return list(url, 'rmas', (index) => (statuses === undefined || statuses.includes(shop.statusOf(index)) ? shop.rmaRow(index) : null));
}

/** A page of those that there are; the cursor is the next index. */
function list(url: URL, name: string, rowOf: (index: number) => object | null): object {
	const rows: object[] = [];
	let index = Number(url.searchParams.get('cursor') ?? '0');
	for (; index < shop.size && rows.length < 500; index += 1) {
		const row = rowOf(index);
		if (row !== null) rows.push(row);
	}
	return { [name]: rows, next_cursor: index < shop.size ? String(index) : null };
}

function graphql({ query, variables }: { query: string; variables: Record<string, string> }): object {
	if (query.includes('bulkOperationRunQuery')) return { bulkOperationRunQuery: { bulkOperation: { id: 'gid://shopify/BulkOperation/1', status: 'CREATED', errorCode: null, objectCount: '0', url: null }, userErrors: [] } };
	if (query.includes('query BulkOperationById')) return { bulkOperation: { id: 'gid://shopify/BulkOperation/1', status: 'COMPLETED', errorCode: null, objectCount: String(shop.rowCount()), url: `${origin}/bulk.jsonl` } };
	if (query.includes('query CaseOrderInDetail')) return { order: inDetail(variables.id ?? '') };
	const from = Number(variables.after ?? '0');
	const nodes = Array.from({ length: 12 }, (_none, offset) => lightOrder(from + offset));
	return { orders: { nodes, pageInfo: { hasNextPage: true, endCursor: String(from + 12) } } };
}

function lightOrder(index: number): object {
	const { returns, ...order } = shop.order(index);
	return { ...order, returns: { nodes: returns, pageInfo: { hasNextPage: false } } };
}

function inDetail(id: string): object {
	const none = { nodes: [], pageInfo: { hasNextPage: false } };
	const { returns, refunds, ...order } = shop.order(shop.indexOf(id));
	return {
		...order,
		lineItems: { ...none, nodes: shop.lines(shop.indexOf(id)) },
		refunds: refunds.map((refund) => ({ ...refund, transactions: { ...none, nodes: order.transactions }, refundLineItems: { ...none, nodes: shop.refundLines(shop.indexOf(id)) } })),
		returns: { nodes: returns.map((entry) => ({ ...entry, returnLineItems: none, exchangeLineItems: none, reverseFulfillmentOrders: none })), pageInfo: none.pageInfo },
	};
}

async function sendBulk(response: ServerResponse): Promise<void> {
	response.writeHead(200, { 'content-type': 'application/jsonl' });
	for (let index = 0; index < shop.size; index += 1) {
		const isRoom = response.write(`${shop.orderRows(index).map((row) => JSON.stringify(row)).join('\n')}\n`);
		if (!isRoom) await new Promise((resolve) => response.once('drain', resolve));
	}
	response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString('utf8');
}

function send(response: ServerResponse, body: object | null): void {
	response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
}

if (require.main === module) {
	startBenchServer(Number(process.argv[2])).then(
		(server) => console.log(server.origin),
		(failure: unknown) => {
			console.error(failure);
			process.exitCode = 1;
		},
	);
}
