/** The simulated ReturnGO: a stand-in for a service that no test can call. */

import type { Clock } from '../shared/clock';
import type { PageTable } from '../shared/page';
import { SimulatorServer } from '../shared/server';
import { ownerOf, tooMany } from './access';
import { addApiRoutes } from './api';
import { addControlRoutes, addShop, internalView, type ShopWish } from './control';
import { Desk } from './desk';
import { Events } from './events';
import { toDecimal, toMinor } from './money';
import { changeOptions, defaultOptions, type ReturnGoOptions } from './options';
import { Policies } from './policies';
import { Refunds } from './refunds';
import { Store } from './store';
import type { Money } from './types';
import { AUTOMATION, type World } from './world';

export type { ReturnGoOptions } from './options';

export interface ReturnGoStart {
	port?: number;
	seed?: number;
	/** Share a clock with the Shopify simulator. */
	clock?: Clock;
	/** Address of the Shopify simulator behind the default shop; without it requests need `withoutShopifyOrder`. */
	shopifyUrl?: string;
	/** Token of ReturnGO's own app in that Shopify. */
	shopifyToken?: string;
	shopDomain?: string;
	apiKey?: string;
	options?: Partial<ReturnGoOptions>;
}

export interface ReturnGoSimulator {
	url: string;
	port: number;
	clock: Clock;
	apiKey: string;
	shopDomain: string;
	state(): unknown;
	close(): Promise<void>;
}

export const DEFAULT_API_KEY = 'rg_sim_key';
export const DEFAULT_SHOP = 'sim-shop.myshopify.com';

/** Starts the simulator on loopback; port 0 (the default) takes a free one. */
export async function startReturnGoSimulator(start: ReturnGoStart = {}): Promise<ReturnGoSimulator> {
	const store = new Store();
	const options = defaultOptions();
	const shop: ShopWish = { domain: start.shopDomain ?? DEFAULT_SHOP, key: start.apiKey ?? DEFAULT_API_KEY, shopifyUrl: start.shopifyUrl, shopifyToken: start.shopifyToken };
	const reset = () => {
		store.clear();
		Object.assign(options, defaultOptions());
		changeOptions(options, start.options ?? {});
		addShop(world, shop);
	};
	const server: SimulatorServer = new SimulatorServer({
		title: 'ReturnGO simulator',
		clock: start.clock,
		seed: start.seed,
		throttled: () => tooMany(world, 'Too Many Requests'),
		describe: (request) => ({ actor: ownerOf(world, request) }),
		serviceHeaders: () => gatewayHeaders(server),
		notFound: () => ({ status: 403, body: { message: 'Missing Authentication Token' } }),
		state: () => stateOf(world),
		reset,
		changed: () => store.changed(),
		tables: () => tablesOf(world),
	});
	const world: World = { store, options, clock: server.clock, random: server.random, events: new Events(store, options, server.webhooks, server.random) };
	const refunds = new Refunds(world);
	const desk = new Desk(world, refunds);
	refunds.onPaid = (rma) => desk.markDone(rma, AUTOMATION);
	addApiRoutes(server, world, desk, refunds, new Policies(world, desk));
	addControlRoutes(server, world, desk, refunds);
	reset();
	await server.listen(start.port ?? 0);
	return {
		url: server.url,
		port: server.port,
		clock: server.clock,
		apiKey: shop.key ?? DEFAULT_API_KEY,
		shopDomain: shop.domain,
		state: () => stateOf(world),
		close: () => server.close(),
	};
}

/** The service stands behind an AWS gateway, whose ids its support asks for. */
function gatewayHeaders(server: SimulatorServer): Record<string, string> {
	const { random } = server;
	return {
		'x-amzn-requestid': random.uuid(),
		'x-amz-apigw-id': Buffer.from(random.hex(16), 'hex').toString('base64url'),
		'x-amzn-trace-id': `Root=1-${random.hex(8)}-${random.hex(24)}`,
		'access-control-allow-origin': '*',
	};
}

function stateOf({ store, options, clock }: World): unknown {
	return {
		now: clock.now().toISOString(),
		options,
		shops: [...store.shops.values()].map(({ domain, shopify }) => ({ domain, shopifyUrl: shopify?.url ?? null })),
		usage: [...store.keys.values()].map(({ key, owner, shops, dailyLimit }) => ({ owner, shops, dailyLimit: dailyLimit ?? options.dailyLimit, callsToday: store.usage.get(key)?.today ?? 0 })),
		webhooks: [...store.webhooks.values()],
		trackers: store.trackers,
		rmas: [...store.rmas.values()].map(internalView),
	};
}

function tablesOf({ store, options }: World): PageTable[] {
	const rmas = [...store.rmas.values()].sort((a, b) => b.id - a.id);
	return [
		{
			title: 'Return requests',
			columns: ['RMA', 'Order', 'Status', 'Units', 'Shipment', 'Shopify return', 'Last updated'],
			rows: rmas.map((rma) => [
				`RMA${rma.id}`,
				rma.orderName,
				rma.status,
				rma.items.map(({ sku }) => sku).join(', '),
				rma.shipments.map(({ status, trackingNumber }) => `${status}${trackingNumber === null ? '' : ` (${trackingNumber})`}`).join(', '),
				rma.shopifyReturn?.name ?? '',
				rma.lastUpdated,
			]),
		},
		{
			title: 'Units',
			columns: ['Unit', 'RMA', 'SKU', 'Paid', 'Resolution', 'Inspected', 'Finding'],
			rows: rmas.flatMap((rma) =>
				rma.items.map((item) => [
					item.returnedItemId,
					`RMA${rma.id}`,
					item.sku,
					`${shownMoney(item.paidPrice)}${item.taxIncluded ? ' incl. tax' : ` + tax ${shownMoney(item.paidTax)}`}`,
					item.resolutionType,
					item.itemValidationStatusResponse.lastValidationDate ?? '',
					findingOf(item.itemValidationStatusResponse),
				]),
			),
		},
		{
			title: 'Transactions',
			columns: ['Transaction', 'RMA', 'Type', 'Amount', 'Status', 'Reference', 'Updated'],
			rows: rmas.flatMap((rma) =>
				rma.transactions.map(({ wire }) => [String(wire.id), `RMA${rma.id}`, wire.type, shownMoney(wire.amount), wire.status, wire.externalReferenceId ?? '', wire.lastUpdated]),
			),
		},
		{
			title: 'Latest comments',
			columns: ['When', 'RMA', 'Kind', 'By', 'Text'],
			rows: rmas
				.flatMap((rma) => rma.comments.map(({ datetime, commentType, triggeredBy, htmlText }) => [datetime, `RMA${rma.id}`, commentType, triggeredBy, htmlText]))
				.sort((a, b) => (b[0] ?? '').localeCompare(a[0] ?? ''))
				.slice(0, 30),
		},
		{
			title: 'Calls today',
			note: `Limits: ${options.dailyLimit} a day, ${options.perSecondLimit} a second.`,
			columns: ['Key of', 'Shops', 'Calls'],
			rows: [...store.keys.values()].map(({ key, owner, shops }) => [owner, shops.join(', '), String(store.usage.get(key)?.today ?? 0)]),
		},
	];
}

function shownMoney({ amount, currency }: Money): string {
	return `${toDecimal(toMinor(amount, currency), currency)} ${currency}`;
}

function findingOf({ lastValidationDate, isReturned, isRestockable }: { lastValidationDate: string | null; isReturned: boolean; isRestockable: boolean }): string {
	if (lastValidationDate === null) return 'not inspected';
	if (!isReturned) return 'missing';
	return isRestockable ? 'sellable' : 'not restockable';
}
