/** The dashboard and the outside world of the simulated ReturnGO: what people, carriers and merchants' settings do, under `/__sim/`. */

import { HttpError, isLoopback, type SimResponse } from '../shared/http';
import { Input, isObject } from '../shared/input';
import { optionalBody, type SimulatorServer } from '../shared/server';
import { detailsOf } from './api';
import { allGood, type Desk, type NewRma, type NewUnits, type UnitValidation } from './desk';
import { importRmas } from './imports';
import { readMoney, toMinor } from './money';
import { changeOptions } from './options';
import type { Refunds } from './refunds';
import { plainId } from './shopify';
import { EVENT_NAMES, type FollowUpQuestion, type Rma } from './types';
import { staff, type Actor, type World } from './world';

const DEFAULT_STAFF = 'Robin Warehouse';

/** Registers a shop (and a key for it), as the start does with the defaults. */
export interface ShopWish {
	domain: string;
	key?: string;
	dailyLimit?: number;
	shopifyUrl?: string;
	shopifyToken?: string;
	shopifyApiVersion?: string;
}

export function addShop(world: World, wish: ShopWish): void {
	world.store.shops.set(wish.domain, {
		domain: wish.domain,
		shopify: wish.shopifyUrl === undefined ? null : { url: wish.shopifyUrl.replace(/\/$/, ''), token: wish.shopifyToken ?? 'shpat_sim_returngo', apiVersion: wish.shopifyApiVersion ?? '2026-10' },
	});
	if (wish.key === undefined) return;
	const kept = world.store.keys.get(wish.key);
	const shops = new Set([...(kept?.shops ?? []), wish.domain]);
	world.store.keys.set(wish.key, { key: wish.key, owner: kept?.owner ?? `owner ${world.store.keys.size + 1}`, shops: [...shops], dailyLimit: wish.dailyLimit ?? kept?.dailyLimit });
}

export function addControlRoutes(server: SimulatorServer, world: World, desk: Desk, refunds: Refunds): void {
	const { store } = world;
	const act = (name: string, handler: (rma: Rma, body: Input, by: Actor) => void | Promise<void>) =>
		server.control('POST', `/__sim/rmas/:id/${name}`, async (request) => {
			const rma = anyRma(world, request.params.id);
			const body = optionalBody(request);
			await handler(rma, body, staff(body.optionalString('by') ?? DEFAULT_STAFF));
			return shown(rma);
		});

	server.control('POST', '/__sim/rmas', async (request) => {
		const rma = await desk.create(readNewRma(world, new Input(request.json())));
		return { ...shown(rma), status: 201 };
	});
	server.control('POST', '/__sim/rmas/import', (request) => ({ status: 201, body: { imported: importRmas(world, new Input(request.json())) } }));
	server.control('GET', '/__sim/rmas', () => ({ status: 200, body: [...store.rmas.values()].map(internalView) }));
	server.control('GET', '/__sim/rmas/:id', ({ params }) => shown(anyRma(world, params.id)));

	act('approve', (rma, _body, by) => desk.approve(rma, by));
	act('reject', (rma, body, by) => desk.reject(rma, by, body.optionalString('reason') ?? 'Not covered by the policy'));
	act('cancel', (rma, body, by) => desk.cancel(rma, by, body.optionalString('reason') ?? 'Customer changed their mind'));
	act('reopen', (rma, _body, by) => desk.reopen(rma, by));
	act('ship', (rma, body) =>
		desk.ship(rma, {
			trackingNumber: body.optionalString('trackingNumber') ?? null,
			carrierName: body.optionalString('carrierName') ?? null,
			trackingURL: body.optionalString('trackingURL') ?? null,
			scanned: body.optionalBoolean('scanned') ?? true,
		}),
	);
	act('receive', (rma) => desk.receive(rma));
	act('validate', (rma, body, by) => desk.validate(rma, readFindings(rma, body), by));
	act('refund', async (rma, body, by) => {
		await refunds.refundToPaymentMethod(rma, { itemIds: unitIds(body), amount: readAmount(rma, body), evenIfPaid: body.optionalBoolean('evenIfPaid') }, by);
	});
	act('issue-store-credit', (rma, body, by) => {
		refunds.issueStoreCredit(rma, unitIds(body), by);
	});
	act('mark-done', (rma, _body, by) => desk.markDone(rma, by));
	act('restock', (rma, body, by) => desk.restock(rma, unitIds(body) ?? rma.items.map(({ returnedItemId }) => returnedItemId), body.optionalString('locationId') ?? null, by));
	act('release-exchange', (rma, body, by) => {
		desk.releaseExchange(rma, by, { orderId: body.optionalId('orderId') ?? String(store.ids.next('order')), orderName: body.optionalString('orderName') ?? `EX${rma.id}` });
	});

	server.control('POST', '/__sim/shipments/:id/track', (request) => {
		const { rma, shipment } = store.shipmentOf(undefined, request.params.id ?? '');
		desk.track(rma, shipment, optionalBody(request).optionalString('status') ?? 'InTransit');
		return shown(rma);
	});

	server.control('GET', '/__sim/options', () => ({ status: 200, body: world.options }));
	server.control('PATCH', '/__sim/options', (request) => {
		changeOptions(world.options, request.json());
		return { status: 200, body: world.options };
	});

	server.control('POST', '/__sim/shops', (request) => {
		const wish = readShop(new Input(request.json()));
		addShop(world, wish);
		return { status: 201, body: { domain: wish.domain, keys: [...store.keys.values()].filter(({ shops }) => shops.includes(wish.domain)).length } };
	});

	server.control('POST', '/__sim/webhooks/send', async (request) => {
		const sent = sendAnything(server, world, new Input(request.json()));
		await server.webhooks.idle();
		return { status: 200, body: server.webhooks.list().filter(({ id }) => sent.includes(id)) };
	});
}

/** A request as the control API shows it: the wire object and what the service keeps to itself. */
export function internalView(rma: Rma): Record<string, unknown> {
	return {
		rmaId: rma.id,
		status: rma.status,
		shop: rma.shop,
		orderId: rma.orderId,
		orderName: rma.orderName,
		shopifyReturn: rma.shopifyReturn,
		restockedItemIds: rma.restockedItemIds,
		touchedAt: rma.touchedAt,
		transactions: rma.transactions.map(({ wire, shopifyRefundId, trouble }) => ({ id: wire.id, status: wire.status, shopifyRefundId, trouble })),
		details: detailsOf(rma, true),
	};
}

function shown(rma: Rma): SimResponse {
	return { status: 200, body: internalView(rma) };
}

function anyRma(world: World, id: string | undefined): Rma {
	return world.store.rmaOf(undefined, Number(id));
}

function readNewRma(world: World, body: Input): NewRma {
	const method = body.raw('returnMethod');
	const type = typeof method === 'string' ? method : (body.optionalObject('returnMethod')?.string('type') ?? 'Ship with any carrier');
	const withoutShopifyOrder = body.optionalBoolean('withoutShopifyOrder') ?? false;
	const autoApprove = body.optionalBoolean('autoApprove') ?? false;
	const address = body.optionalObject('customerAddress');
	const [firstShop] = world.store.shops.keys();
	const rmaId = body.optionalId('rmaId');
	if (rmaId !== undefined && !/^\d{1,15}$/.test(rmaId)) throw new HttpError(400, { message: 'body.rmaId must be a number' });
	const orderId = (body.optionalBoolean('namesNoOrder') ?? false) ? '' : body.optionalId('orderId');
	return {
		rmaId: rmaId === undefined ? undefined : Number(rmaId),
		shop: world.store.shop(body.optionalString('shop') ?? firstShop ?? '').domain,
		orderId: orderId === undefined || orderId === '' ? orderId : plainId(orderId),
		orderName: body.optionalString('orderName'),
		units: body.list('units').map(readUnits),
		returnMethod: { type, name: isObject(method) && typeof method.name === 'string' ? method.name : type },
		customerAddress: address === undefined ? undefined : Object.fromEntries(address.keys().map((name) => [name, address.optionalString(name) ?? ''])),
		outOfPolicy: body.optionalBoolean('outOfPolicy') ?? false,
		autoApprove,
		withoutShopifyOrder,
		evenIfTaken: body.optionalBoolean('evenIfTaken') ?? false,
		triggeredVia: body.optionalString('triggeredVia') ?? 'Return Portal',
	};
}

function readUnits(unit: Input): NewUnits {
	const price = unit.optionalObject('price');
	const tax = unit.optionalObject('tax');
	return {
		lineItemId: plainId(unit.id('lineItemId')),
		quantity: unit.optionalCount('quantity', 1) ?? 1,
		resolutionType: unit.optionalString('resolutionType') ?? 'RefundToPaymentMethod',
		resolutionName: unit.optionalString('resolutionName'),
		policyRuleName: unit.optionalString('policyRuleName') ?? 'Standard returns',
		reason: unit.optionalString('reason') ?? 'Does not fit',
		extendedReason: unit.optionalString('extendedReason') ?? '',
		restockingFee: unit.optionalNumber('restockingFee') ?? 0,
		returnFee: unit.optionalNumber('returnFee') ?? 0,
		shipmentFee: unit.optionalNumber('shipmentFee') ?? 0,
		exchangeItems: unit.values('exchangeItems'),
		followUpQuestions: unit.list('followUpQuestions').map(readQuestion),
		given: {
			price: price === undefined ? undefined : readMoney(price),
			tax: tax === undefined ? undefined : readMoney(tax),
			taxIncluded: unit.optionalBoolean('taxIncluded'),
			sku: unit.optionalString('sku'),
			title: unit.optionalString('title'),
			variantId: unit.optionalId('variantId'),
			productId: unit.optionalId('productId'),
		},
	};
}

function readQuestion(question: Input): FollowUpQuestion {
	const answer = question.raw('answer');
	return { type: question.optionalString('type') ?? 'Text', name: question.string('name'), answer: isObject(answer) ? answer : {} };
}

function readFindings(rma: Rma, body: Input): UnitValidation[] {
	if (body.optionalBoolean('all') ?? false) return rma.items.map(({ returnedItemId }) => finding(body, returnedItemId));
	const findings = body.list('units').map((unit) => finding(unit, unit.id('id')));
	if (findings.length === 0) throw new HttpError(400, { message: 'units or all:true is required' });
	return findings;
}

function finding(unit: Input, id: string): UnitValidation {
	const isReturned = unit.optionalBoolean('isReturned') ?? true;
	return {
		...allGood(id),
		isReturned,
		isRestockable: unit.optionalBoolean('isRestockable') ?? isReturned,
		nonReturnedReason: unit.optionalString('nonReturnedReason') ?? null,
		nonRestockableReason: unit.optionalString('nonRestockableReason') ?? null,
		storeLocationId: unit.optionalString('storeLocationId') ?? null,
	};
}

function unitIds(body: Input): string[] | undefined {
	return body.has('units') ? body.values('units').map(String) : undefined;
}

function readAmount(rma: Rma, body: Input): string | undefined {
	const amount = body.optionalId('amount');
	if (amount === undefined) return undefined;
	try {
		if (toMinor(amount, rma.items[0]?.paidPrice.currency ?? 'USD') <= 0) throw new RangeError('Nothing');
	} catch {
		throw new HttpError(400, { message: 'body.amount must be a positive amount' });
	}
	return amount;
}

function readShop(body: Input): ShopWish {
	return {
		domain: body.string('domain'),
		key: body.optionalString('key'),
		dailyLimit: body.optionalCount('dailyLimit'),
		shopifyUrl: body.optionalString('shopifyUrl'),
		shopifyToken: body.optionalString('shopifyToken'),
		shopifyApiVersion: body.optionalString('shopifyApiVersion'),
	};
}

/** Sends a delivery that ReturnGO never made: to one address, or to all that registered for the event. */
function sendAnything(server: SimulatorServer, world: World, body: Input): string[] {
	const eventName = body.optionalString('eventName') ?? 'RMA_STATUS_UPDATED';
	const url = body.optionalString('url');
	const known = EVENT_NAMES.find((name) => name === eventName);
	const urls = url === undefined ? [...world.store.webhooks.values()].filter((kept) => kept.eventName === known).map((kept) => kept.url) : [url];
	if (urls.length === 0) throw new HttpError(409, { message: `Nobody has registered for ${eventName}` });
	if (urls.some((one) => !isLoopback(one))) throw new HttpError(400, { message: 'Only loopback addresses are called' });
	const text = body.optionalString('rawBody') ?? JSON.stringify(body.raw('body') ?? {});
	const headers = body.optionalObject('headers');
	return urls.map((one) => {
		const id = world.random.uuid();
		server.webhooks.enqueue({ id, topic: eventName, url: one, headers: headers === undefined ? {} : Object.fromEntries(headers.keys().map((name) => [name, headers.string(name)])), body: text });
		return id;
	});
}

