/** Starts a simulated Shopify shop: the real Admin schema, resolvers of our own, a control API, a state page. */

import { loadAdminSchema, type AdminVersion } from '../../scripts/shopify-schema';
import type { Clock } from '../shared/clock';
import { SimulatorServer } from '../shared/server';
import { DEFAULT_APPS, installApp } from './apps';
import { BulkOperations } from './bulk-operations';
import { BulkStorage } from './bulk-storage';
import { addLocation } from './catalog';
import { addControlRoutes } from './control';
import { Buckets } from './cost';
import { Engine } from './engine';
import { addServiceRoutes, describeRequest, serviceHeaders, throttledAnswer } from './http';
import { IdempotencyRecords } from './idempotency';
import { shopTables } from './page';
import { allResolvers } from './resolvers';
import { DEFAULT_SETTINGS, ShopStore, type Settings } from './store';
import { ShopWebhooks, WEBHOOK_RETRY_DELAYS_MS, WEBHOOK_TIMEOUT_MS } from './webhooks';

export interface ShopifySimulatorOptions {
	/** 0 (the default) takes any free port. */
	port?: number;
	seed?: number;
	/** Share one clock between simulators. */
	clock?: Clock;
	settings?: Partial<Settings>;
}

export interface ShopifySimulator {
	url: string;
	port: number;
	/** The domain the shop believes to have. */
	shopDomain: string;
	clock: Clock;
	close(): Promise<void>;
	/** The complete state as plain data. */
	state(): Record<string, unknown>;
	reset(seed?: number): Promise<void>;
	/** The records themselves, for assertions inside one process. */
	store: ShopStore;
	/** Resolves when no webhook is being sent. */
	webhooksIdle(): Promise<void>;
}

const NEWEST: AdminVersion = '2026-10';

/** @throws Error when the schema cannot be had, or the port is taken */
export async function startShopifySimulator(options: ShopifySimulatorOptions = {}): Promise<ShopifySimulator> {
	const shop = new Shop(options);
	// A broken schema cache shows at the start, not at the first request.
	await shop.engine(NEWEST);
	await shop.server.listen(options.port ?? 0);
	const { server, store } = shop;
	return {
		url: server.url,
		port: server.port,
		shopDomain: store.settings.shopDomain,
		clock: server.clock,
		close: () => shop.close(),
		state: () => shop.state(),
		reset: (seed) => server.reset(seed),
		store,
		webhooksIdle: () => server.webhooks.idle(),
	};
}

/** The parts of one simulator, wired together. */
class Shop {
	readonly server: SimulatorServer;

	readonly store: ShopStore;

	private readonly buckets: Buckets;

	private readonly idempotency: IdempotencyRecords;

	private readonly webhooks: ShopWebhooks;

	private readonly bulk: BulkOperations;

	private readonly engines = new Map<AdminVersion, Promise<Engine>>();

	constructor(options: ShopifySimulatorOptions) {
		this.server = new SimulatorServer({
			title: 'Shopify simulator',
			clock: options.clock,
			seed: options.seed ?? 42,
			webhookRetryDelaysMs: WEBHOOK_RETRY_DELAYS_MS,
			webhookTimeoutMs: WEBHOOK_TIMEOUT_MS,
			onWebhookExhausted: (delivery) => this.webhooks.exhausted(delivery),
			throttled: (request) => throttledAnswer(this.store, request),
			describe: (request) => describeRequest(this.store, request),
			serviceHeaders: (request) => serviceHeaders(this.store, request),
			notFound: () => ({ status: 404, body: { errors: 'Not Found' } }),
			state: () => this.state(),
			reset: () => this.reset(),
			changed: () => this.store.changed(),
			tables: () => shopTables(this.store),
		});
		this.store = new ShopStore({ ...DEFAULT_SETTINGS, ...options.settings }, this.server.clock, this.server.random);
		this.buckets = new Buckets(this.store);
		this.idempotency = new IdempotencyRecords(this.store);
		this.webhooks = new ShopWebhooks(this.store, (delivery) => this.server.webhooks.enqueue(delivery), NEWEST);
		this.bulk = new BulkOperations(this.store, new BulkStorage(this.server.clock, () => this.server.url));
		furnish(this.store);
		addServiceRoutes(this.server, this.store, (version) => this.engine(version), this.bulk);
		addControlRoutes(this.server, this.store, this.buckets, this.idempotency, this.bulk);
	}

	engine(version: AdminVersion): Promise<Engine> {
		const known = this.engines.get(version);
		if (known) return known;
		const made = loadAdminSchema(version).then((schema) => new Engine(this.store, schema, version, allResolvers(), this.buckets, this.idempotency, this.bulk));
		this.engines.set(version, made);
		return made;
	}

	state(): Record<string, unknown> {
		return { ...this.store.dump(), idempotency: this.idempotency.list() };
	}

	async close(): Promise<void> {
		await this.server.close();
		this.bulk.reset();
	}

	private reset(): void {
		this.store.clear();
		this.buckets.reset();
		this.idempotency.reset();
		this.bulk.reset();
		furnish(this.store);
	}
}

/** What every shop starts with. */
function furnish(store: ShopStore): void {
	addLocation(store, 'Main Warehouse', true);
	addLocation(store, 'Returns Centre', true);
	addLocation(store, 'Closed Store', false);
	for (const app of DEFAULT_APPS) installApp(store, app);
}
