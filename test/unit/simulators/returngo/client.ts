/** Calls the ReturnGO simulator as an integration would, and its control API as a test does. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startReturnGoSimulator, type ReturnGoSimulator, type ReturnGoStart } from '../../../../simulators/returngo';
import type { Comment, ReturnedItem, RmaEvent, RmaStatus, Shipment, Transaction } from '../../../../simulators/returngo/types';

export interface WireRma {
	rmaSummary: WireSummary;
	orderDetails: { orderId: string; order_name: string };
	shipments: Shipment[];
	items: ReturnedItem[];
	comments: Comment[];
	exchangeOrders: unknown[];
	exchangeItems: unknown[];
	cancellationFee: number;
	transactions: Transaction[];
	createdAt: string;
	lastUpdated: string;
	isOutOfPolicy: number;
}

export interface WireSummary {
	rmaId: string;
	status: RmaStatus;
	order_name: string;
	events: RmaEvent[];
}

export interface ControlRma {
	rmaId: number;
	status: RmaStatus;
	shopifyReturn: { id: string; name: string } | null;
	restockedItemIds: string[];
	transactions: Array<{ id: number; shopifyRefundId: string | null; trouble: string | null }>;
	details: WireRma;
}

export interface Answer<T> {
	status: number;
	body: T;
	headers: Headers;
}

export class Client {
	constructor(readonly simulator: ReturnGoSimulator) {}

	async call<T = { message: string }>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
		return await this.send(method, path, body, { 'x-api-key': this.simulator.apiKey, 'x-shop-name': this.simulator.shopDomain, ...headers });
	}

	async control<T = ControlRma>(path: string, body: unknown = {}): Promise<T> {
		const answer = await this.send<T>('POST', `/__sim${path}`, body, {});
		if (answer.status >= 300) throw new Error(`control ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer.body;
	}

	/** The status with which the control API refuses. */
	async refused(path: string, body: unknown = {}): Promise<number> {
		return (await this.send('POST', `/__sim${path}`, body, {})).status;
	}

	async options(changes: object): Promise<void> {
		const answer = await this.send('PATCH', '/__sim/options', changes, {});
		if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
	}

	async rma(id: number | string, query = ''): Promise<WireRma> {
		return (await this.call<WireRma>('GET', `/rma/${id}${query}`)).body;
	}

	/** A request for two units that nothing in Shopify stands behind. */
	async create(wish: object = {}): Promise<ControlRma> {
		const price = { amount: 34.33, currency: 'EUR', shopAmount: 37.76, shopCurrency: 'USD' };
		const tax = { amount: 6.52, currency: 'EUR', shopAmount: 7.18, shopCurrency: 'USD' };
		return await this.control('/rmas', { orderId: '5001', orderName: '#1001', withoutShopifyOrder: true, units: [{ lineItemId: '7001', quantity: 2, price, tax, sku: 'SHIRT-M' }], ...wish });
	}

	private async send<T>(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer<T>> {
		const response = await fetch(this.simulator.url + path, { method, headers: { 'content-type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
		const text = await response.text();
		return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as T };
	}
}

/** A simulator with a standing clock and no rate limit, unless a test is about the limit. */
export async function startClient(start: ReturnGoStart = {}): Promise<Client> {
	const simulator = await startReturnGoSimulator({ seed: 42, ...start, options: { perSecondLimit: 0, ...start.options } });
	simulator.clock.freeze();
	await simulator.clock.set('2026-11-10T12:00:00Z');
	return new Client(simulator);
}

/** An address that collects what is sent to it and answers `status`. */
export async function startReceiver(status = 200) {
	const received: Array<{ body: unknown; text: string; headers: NodeJS.Dict<string | string[]> }> = [];
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
		request.on('end', () => {
			received.push({ text, body: parsed(text), headers: request.headers });
			response.statusCode = status;
			response.end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
