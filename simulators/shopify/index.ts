/** Starts a simulated Shopify shop: the real Admin schema, resolvers of our own, a control API, a state page. */

import { ADMIN_VERSIONS, loadAdminSchema, type AdminVersion } from '../../scripts/shopify-schema';
import type { Clock } from '../shared/clock';
import { SimulatorServer } from '../shared/server';
import { DEFAULT_APPS, installApp } from './apps';
import { addLocation } from './catalog';
import { addControlRoutes } from './control';
import { Buckets } from './cost';
import { Engine } from './engine';
import { addServiceRoutes, describeRequest, serviceHeaders, throttledAnswer } from './http';
import { IdempotencyRecords } from './idempotency';
import { shopTables } from './page';
import { allResolvers } from './resolvers';
import { DEFAULT_SETTINGS, ShopStore, type Settings } from './store';
import { WEBHOOK_RETRY_DELAYS_MS, WEBHOOK_TIMEOUT_MS, ShopWebhooks } from './webhooks';

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

const WEBHOOK_VERSION = '2026-10';

/** @throws Error when the schema cannot be had, or the port is taken */
export async function startShopifySimulator(options: ShopifySimulatorOptions = {}): Promise<ShopifySimulator> {
	const settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
	let store: ShopStore | undefined;
	let webhooks: ShopWebhooks | undefined;
	const shop = (): ShopStore => {
		if (!store) throw new Error('The simulated shop has not been set up');
		return store;
	};
	const server: SimulatorServer = new SimulatorServer({
		title: 'Shopify simulator',
		clock: options.clock,
		seed: options.seed ?? 42,
		webhookRetryDelaysMs: WEBHOOK_RETRY_DELAYS_MS,
		webhookTimeoutMs: WEBHOOK_TIMEOUT_MS,
		onWebhookExhausted: (delivery) => webhooks?.exhausted(delivery),
		throttled: (request) => throttledAnswer(shop(), request),
		describe: (request) => describeRequest(shop(), request),
		serviceHeaders: (request) => serviceHeaders(shop(), request),
		notFound: () => ({ status: 404, body: { errors: 'Not Found' } }),
		state: () => ({ ...shop().dump(), idempotency: idempotency.list() }),
		reset: () => {
			shop().clear();
			buckets.reset();
			idempotency.reset();
			furnish(shop());
		},
		tables: () => shopTables(shop()),
	});
	store = new ShopStore(settings, server.clock, server.random);
	const buckets: Buckets = new Buckets(store);
	const idempotency: IdempotencyRecords = new IdempotencyRecords(store);
	webhooks = new ShopWebhooks(store, (delivery) => server.webhooks.enqueue(delivery), WEBHOOK_VERSION);
	furnish(store);

	const engines = new Map<AdminVersion, Promise<Engine>>();
	const engineOf = (version: AdminVersion): Promise<Engine> => {
		const known = engines.get(version);
		if (known) return known;
		const made = loadAdminSchema(version).then((schema) => new Engine(shop(), schema, version, allResolvers(), buckets, idempotency));
		engines.set(version, made);
		return made;
	};
	// The newest version is what nearly everyone asks for: a broken cache shows at the start, not at the first request.
	await engineOf(ADMIN_VERSIONS.at(-1) ?? '2026-10');
	addServiceRoutes(server, store, engineOf);
	addControlRoutes(server, store, buckets, idempotency);
	await server.listen(options.port ?? 0);
	const records = store;
	return {
		url: server.url,
		port: server.port,
		shopDomain: settings.shopDomain,
		clock: server.clock,
		close: () => server.close(),
		state: () => ({ ...records.dump(), idempotency: idempotency.list() }),
		reset: (seed) => server.reset(seed),
		store: records,
		webhooksIdle: () => server.webhooks.idle(),
	};
}

/** What every shop starts with. */
function furnish(store: ShopStore): void {
	addLocation(store, 'Main Warehouse', true);
	addLocation(store, 'Returns Centre', true);
	addLocation(store, 'Closed Store', false);
	for (const app of DEFAULT_APPS) installApp(store, app);
}
