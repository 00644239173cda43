/** A ReturnGO simulator with its staff: requests are made and moved on through its control interface, and asked for by our nodes. */
import type { IDataObject } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { startReturnGoSimulator, type ReturnGoOptions, type ReturnGoSimulator } from '../../../simulators/returngo';
import { Clock } from '../../../simulators/shared/clock';

export interface MadeRma {
	rmaId: string;
	shipmentId: string;
	unitIds: string[];
}

export class Desk {
	private constructor(
		readonly simulator: ReturnGoSimulator,
		readonly clock: Clock,
	) {}

	/** Its clock stands still at the given time, and only a limit that a test asks for applies. */
	static async open(options: Partial<ReturnGoOptions> = {}, shopifyUrl?: string, clock = new Clock()): Promise<Desk> {
		clock.freeze();
		return new Desk(await startReturnGoSimulator({ seed: 7, clock, ...(shopifyUrl === undefined ? {} : { shopifyUrl }), options: { perSecondLimit: 0, dailyLimit: 0, ...options } }), clock);
	}

	async close(): Promise<void> {
		await this.simulator.close();
	}

	async control(method: string, path: string, body?: unknown): Promise<IDataObject> {
		const response = await fetch(`${this.simulator.url}/__sim${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (text === '' ? {} : JSON.parse(text)) as IDataObject;
	}

	async reset(): Promise<void> {
		await this.control('POST', '/reset', {});
		await this.control('DELETE', '/faults');
	}

	/** One shirt on its way back, approved unless told otherwise; without an order in Shopify, because no Shopify is needed here. */
	async request(wish: IDataObject = {}): Promise<MadeRma> {
		const price = (amount: number) => ({ amount, currency: 'EUR', shopAmount: amount, shopCurrency: 'EUR' });
		const rma = await this.control('POST', '/rmas', {
			withoutShopifyOrder: true,
			orderId: '5100000001',
			orderName: '#1001',
			units: [{ lineItemId: '7100000001', sku: 'SHIRT', title: 'Shirt', variantId: '9100000001', productId: '8100000001', price: price(22.33), tax: price(1.9), taxIncluded: true, quantity: 1 }],
			autoApprove: true,
			...wish,
		});
		const details = rma.details as { shipments: Array<{ shipmentId: string }>; items: Array<{ returnedItemId: string }> };
		return { rmaId: String(rma.rmaId), shipmentId: details.shipments[0]?.shipmentId ?? '', unitIds: details.items.map(({ returnedItemId }) => returnedItemId) };
	}

	async staff(rmaId: string, action: string, body: unknown = {}): Promise<IDataObject> {
		return await this.control('POST', `/rmas/${rmaId}/${action}`, body);
	}

	async options(changes: Partial<ReturnGoOptions>): Promise<void> {
		await this.control('PATCH', '/options', changes);
	}

	async fault(operation: string, action: IDataObject, times = 1): Promise<void> {
		await this.control('POST', '/faults', { match: { operation }, times, action });
	}

	async pass(minutes: number): Promise<void> {
		await this.control('POST', '/clock', { advanceMs: minutes * 60_000 });
	}

	/** Calls to the service of one route, or of all. */
	async calls(operation?: string): Promise<IDataObject[]> {
		const answer: unknown = await this.control('GET', `/requests${operation === undefined ? '' : `?operation=${encodeURIComponent(operation)}`}`);
		return (Array.isArray(answer) ? answer : (answer as { requests: unknown[] }).requests) as IDataObject[];
	}

	async forgetCalls(): Promise<void> {
		await this.control('DELETE', '/requests');
	}

	/** The RMA as the API shows it. */
	async rma(rmaId: string): Promise<IDataObject> {
		return (await this.control('GET', `/rmas/${rmaId}`)).details as IDataObject;
	}

	/** What a test gives the engine harness so that a node talks to this ReturnGO. */
	access(overrides: Record<string, string> = {}) {
		return {
			credentialTypes: [new ReturnGoApi()],
			credentials: { returnGoApi: { apiKey: this.simulator.apiKey, storeDomain: this.simulator.shopDomain, baseUrl: this.simulator.url, ...overrides } },
		};
	}
}
