/** The Shopify part of the control API under `/__sim/`. */

import { HttpError } from '../shared/http';
import { Input } from '../shared/input';
import { optionalBody, type SimulatorServer } from '../shared/server';
import { adminCredit, adminDispose, adminEditOrder, adminFulfill, adminMoveReturn, adminPay, adminRefund, adminReturn, orderFrom } from './admin';
import { installApp, newAppFrom } from './apps';
import type { BulkOperations } from './bulk-operations';
import { addLocation, addVariant, ensureCustomer, itemOfVariant, variantBySku } from './catalog';
import { buildOrder, idFrom, orderSummary } from './checkout';
import type { Buckets } from './cost';
import { gid } from './gid';
import type { IdempotencyRecords } from './idempotency';
import { ensureLevel, findLevel, touch } from './inventory';
import type { Return } from './model';
import { formatAmount, parseAmount } from './money';
import { settleTransaction } from './payments';
import { changeDispute, disputeView, openDispute } from './disputes';
import { endPayout, issuePayouts, payoutView, runPayouts } from './payouts';
import { refundTransactions } from './refunds';
import { adjustBalance } from './shopify-payments';
import { DEFAULT_SETTINGS, type Settings, type ShopStore } from './store';

export function addControlRoutes(server: SimulatorServer, store: ShopStore, buckets: Buckets, idempotency: IdempotencyRecords, bulk: BulkOperations): void {
	server.control('POST', '/__sim/orders', (request) => ({ status: 201, body: orderSummary(store, buildOrder(store, new Input(request.json()))) }));
	server.control('GET', '/__sim/orders/:id', ({ params }) => ({ status: 200, body: orderSummary(store, orderFrom(store, new Input({ orderId: params.id }))) }));
	server.control('POST', '/__sim/customers', (request) => {
		const input = new Input(request.json());
		const customer = ensureCustomer(store, { id: idFrom(input, 'id'), email: input.optionalString('email'), firstName: input.optionalString('firstName'), lastName: input.optionalString('lastName') });
		return { status: 201, body: { ...customer, id: gid('Customer', customer.id), legacyId: customer.id } };
	});
	server.control('POST', '/__sim/products', (request) => ({ status: 201, body: addProduct(store, new Input(request.json())) }));
	server.control('POST', '/__sim/locations', (request) => {
		const input = new Input(request.json());
		const id = idFrom(input, 'id');
		const known = id === undefined ? undefined : store.locations.get(id);
		const location = known ?? addLocation(store, input.optionalString('name') ?? 'Location', true, id);
		location.name = input.optionalString('name') ?? location.name;
		location.isActive = input.optionalBoolean('isActive') ?? location.isActive;
		return { status: 201, body: { id: gid('Location', location.id), legacyId: location.id, name: location.name, isActive: location.isActive } };
	});
	server.control('POST', '/__sim/inventory', (request) => ({ status: 200, body: setInventory(store, new Input(request.json())) }));
	server.control('GET', '/__sim/inventory', ({ query }) => ({ status: 200, body: inventoryOf(store, query.get('sku')) }));
	server.control('POST', '/__sim/apps', (request) => {
		const { id, title, clientId, scopes } = installApp(store, newAppFrom(new Input(request.json())));
		return { status: 201, body: { id: gid('App', id), legacyId: id, title, clientId, scopes } };
	});
	server.control('POST', '/__sim/settings', (request) => ({ status: 200, body: changeSettings(store, new Input(request.json())) }));
	server.control('POST', '/__sim/bucket', (request) => {
		const input = new Input(request.json());
		const clientId = input.optionalString('clientId');
		for (const app of store.apps.values()) if (clientId === undefined || app.clientId === clientId) buckets.set(app.id, input.number('available'));
		return { status: 204 };
	});
	server.control('GET', '/__sim/idempotency', () => ({ status: 200, body: idempotency.list() }));
	server.control('POST', '/__sim/idempotency', (request) => {
		const input = new Input(request.json());
		const status = input.oneOf('status', ['underWay', 'done', 'failed'] as const);
		const key = input.string('key');
		const found = [...store.apps.keys()].map((appId) => idempotency.setStatus(appId, key, status)).includes(true);
		if (!found) throw new HttpError(404, { message: 'No request was made with this key' });
		return { status: 204 };
	});
	server.control('POST', '/__sim/transactions/:id', (request) => {
		const id = idFrom(new Input({ id: request.params.id?.split('/').at(-1) }), 'id');
		const transaction = id === undefined ? undefined : store.transactions.get(id);
		if (!transaction) throw new HttpError(404, { message: 'There is no such transaction' });
		const status = new Input(request.json()).oneOf('status', ['SUCCESS', 'FAILURE', 'ERROR'] as const);
		if (transaction.status !== 'PENDING') throw new HttpError(409, { message: `The transaction is ${transaction.status} already` });
		settleTransaction(store, transaction, status);
		return { status: 200, body: { id: gid('OrderTransaction', transaction.id), status: transaction.status } };
	});
	server.control('POST', '/__sim/payouts', (request) => ({ status: 201, body: issuePayouts(store, optionalBody(request).optionalBoolean('everything') ?? false).map((payout) => payoutView(store, payout)) }));
	server.control('GET', '/__sim/payouts', () => {
		runPayouts(store);
		return { status: 200, body: [...store.payouts.values()].map((payout) => payoutView(store, payout)) };
	});
	server.control('POST', '/__sim/payouts/:id', (request) => {
		const payout = store.payouts.get(Number(request.params.id?.split('/').at(-1)));
		if (!payout) throw new HttpError(404, { message: 'There is no such payout' });
		endPayout(store, payout, new Input(request.json()).oneOf('status', ['PAID', 'FAILED', 'CANCELED'] as const));
		return { status: 200, body: payoutView(store, payout) };
	});
	server.control('POST', '/__sim/disputes', (request) => ({ status: 201, body: disputeView(openDispute(store, new Input(request.json()))) }));
	server.control('POST', '/__sim/disputes/:id', (request) => {
		const dispute = store.disputes.get(Number(request.params.id?.split('/').at(-1)));
		if (!dispute) throw new HttpError(404, { message: 'There is no such dispute' });
		return { status: 200, body: disputeView(changeDispute(store, dispute, new Input(request.json()))) };
	});
	server.control('POST', '/__sim/balance', (request) => {
		const { id } = adjustBalance(store, new Input(request.json()));
		return { status: 201, body: { id: gid('ShopifyPaymentsBalanceTransaction', id), legacyId: id } };
	});
	server.control('POST', '/__sim/bulk/faults', (request) => ({ status: 201, body: bulk.addFaults(request.json()) }));
	server.control('GET', '/__sim/bulk/faults', () => ({ status: 200, body: bulk.plannedFaults() }));
	server.control('POST', '/__sim/admin/refund', (request) => {
		const refund = adminRefund(store, new Input(request.json()));
		return { status: 201, body: { id: gid('Refund', refund.id), legacyId: refund.id, transactions: refundTransactions(store, refund).map(({ id, status, amount }) => ({ id: gid('OrderTransaction', id), status, presentmentMinor: amount.presentment })) } };
	});
	server.control('POST', '/__sim/admin/dispose', (request) => ({
		status: 201,
		body: adminDispose(store, new Input(request.json())).map(({ id, dispositions }) => ({ id: gid('ReverseFulfillmentOrderLineItem', id), dispositions: dispositions.map(({ type, quantity }) => ({ type, quantity })) })),
	}));
	server.control('POST', '/__sim/admin/return', (request) => ({ status: 201, body: returnView(adminReturn(store, new Input(request.json()))) }));
	server.control('POST', '/__sim/admin/move-return', (request) => ({ status: 200, body: returnView(adminMoveReturn(store, new Input(request.json()))) }));
	server.control('POST', '/__sim/admin/fulfill', (request) => ({ status: 201, body: orderSummary(store, adminFulfill(store, new Input(request.json()))) }));
	server.control('POST', '/__sim/admin/pay', (request) => {
		const { id, status } = adminPay(store, new Input(request.json()));
		return { status: 201, body: { id: gid('OrderTransaction', id), legacyId: id, status } };
	});
	server.control('POST', '/__sim/admin/credit', (request) => {
		adminCredit(store, new Input(request.json()));
		return { status: 204 };
	});
	server.control('POST', '/__sim/admin/edit-order', (request) => ({ status: 200, body: orderSummary(store, adminEditOrder(store, new Input(request.json()))) }));
}

function returnView({ id, name, status }: Return): Record<string, unknown> {
	return { id: gid('Return', id), legacyId: id, name, status };
}

function addProduct(store: ShopStore, input: Input): Record<string, unknown> {
	const price = parseAmount(input.optionalString('price') ?? '0', store.settings.currency);
	if (price === undefined) throw new HttpError(400, { message: 'body.price must be an amount' });
	const variant = addVariant(store, {
		id: idFrom(input, 'variantId'),
		productId: idFrom(input, 'productId'),
		inventoryItemId: idFrom(input, 'inventoryItemId'),
		title: input.optionalString('title') ?? input.optionalString('sku') ?? 'Product',
		sku: input.optionalString('sku') ?? null,
		price,
		tracked: input.optionalBoolean('tracked') ?? true,
		available: input.optionalCount('available') ?? 0,
		components: input.list('components').map((component) => {
			const sku = component.string('sku');
			const found = variantBySku(store, sku);
			if (!found) throw new HttpError(400, { message: `There is no variant with the SKU ${sku}` });
			return { variantId: found.id, quantity: component.optionalCount('quantity', 1) ?? 1 };
		}),
	});
	return {
		productId: gid('Product', variant.productId),
		variantId: gid('ProductVariant', variant.id),
		inventoryItemId: gid('InventoryItem', variant.inventoryItemId),
		sku: variant.sku,
		price: formatAmount(variant.price, store.settings.currency),
	};
}

/** `{ sku | inventoryItemId, locationId?, available? | change?, tracked? }` */
function setInventory(store: ShopStore, input: Input): unknown {
	const sku = input.optionalString('sku');
	const variant = sku === undefined ? undefined : variantBySku(store, sku);
	const item = variant ? itemOfVariant(store, variant) : store.inventoryItems.get(idFrom(input, 'inventoryItemId') ?? 0);
	if (!item) throw new HttpError(404, { message: 'There is no such item' });
	item.tracked = input.optionalBoolean('tracked') ?? item.tracked;
	const locationId = idFrom(input, 'locationId') ?? [...store.locations.keys()][0] ?? 0;
	if (!store.locations.has(locationId)) throw new HttpError(404, { message: 'There is no such location' });
	const change = input.optionalNumber('change');
	const available = input.optionalNumber('available') ?? (change === undefined ? undefined : ensureLevel(store, item.id, locationId).quantities.available + change);
	if (available !== undefined) {
		const level = ensureLevel(store, item.id, locationId);
		level.quantities.on_hand += available - level.quantities.available;
		level.quantities.available = available;
		touch(store, level);
	}
	if (input.optionalBoolean('stocked') === false) store.inventoryLevels.delete(findLevel(store, item.id, locationId)?.key ?? '');
	return inventoryOf(store, store.variants.get(item.variantId)?.sku ?? null);
}

function inventoryOf(store: ShopStore, sku: string | null): unknown {
	return [...store.inventoryLevels.values()].flatMap((level) => {
		const variant = store.variants.get(store.inventoryItems.get(level.inventoryItemId)?.variantId ?? 0);
		if (sku !== null && variant?.sku !== sku) return [];
		return [{ sku: variant?.sku ?? null, inventoryItemId: gid('InventoryItem', level.inventoryItemId), locationId: gid('Location', level.locationId), quantities: level.quantities }];
	});
}

/** Changes settings by name; each keeps its type. */
export function changeSettings(store: ShopStore, input: Input): Settings {
	const changed: Record<string, unknown> = { ...store.settings };
	for (const name of input.keys()) {
		if (!Object.hasOwn(DEFAULT_SETTINGS, name)) throw new HttpError(400, { message: `There is no setting ${name}` });
		const value = input.raw(name);
		const usual = DEFAULT_SETTINGS[name as keyof Settings];
		if (usual !== null && typeof value !== typeof usual) throw new HttpError(400, { message: `The setting ${name} must be a ${typeof usual}` });
		changed[name] = value;
	}
	store.settings = changed as unknown as Settings;
	return store.settings;
}
