/** ReturnGO's public API as documented, with the types it really answers. */

import { HttpError, type SimRequest, type SimResponse } from '../shared/http';
import { Input, isObject } from '../shared/input';
import type { SimulatorServer } from '../shared/server';
import { admit } from './access';
import { canMove, type Desk } from './desk';
import { listBody, listRmas, listTransactions } from './lists';
import type { Policies } from './policies';
import type { Refunds } from './refunds';
import { EVENT_NAMES, RMA_STATUSES, SHIPMENT_STATUSES, TRANSACTION_STATUSES, type Rma, type RmaStatus } from './types';
import { addComment, API, touch, type World } from './world';

type ShopHandler = (request: SimRequest, shop: string) => SimResponse | Promise<SimResponse>;

export function addApiRoutes(server: SimulatorServer, world: World, desk: Desk, refunds: Refunds, policies: Policies): void {
	const { store, options } = world;
	const route = (method: string, pattern: string, handler: ShopHandler) => server.route(method, pattern, async (request) => {
			try {
				return await handler(request, admit(world, request));
			} finally {
				if (method !== 'GET') store.changed();
			}
		});

	route('GET', '/rmas', ({ query }, shop) => {
		const { rows, next } = listRmas({ shop, all: store.rmasOf(shop), lists: store.rmaLists, revision: store.revision }, query, options);
		return ok(listBody('rmas', rows.map(summaryOf), next, options));
	});

	route('GET', '/rma/:id', ({ params, query }, shop) => ok(detailsOf(rmaAt(world, shop, params.id), query.get('includeMedia') === 'true')));

	route('POST', '/rma/:id/comment', (request, shop) => {
		const rma = rmaAt(world, shop, request.params.id);
		const body = writeBody(world, request, [options.commentField]);
		const text = body.optionalString(options.commentField);
		if (text === undefined || text === '') throw new HttpError(400, { message: `${options.commentField} is required` });
		const at = world.clock.now();
		const comment = addComment(rma, at, 'merchant', API.name, text);
		touch(world, rma, 'comment', at);
		return { status: options.commentStatus, body: comment };
	});

	route('PUT', '/rma/:id/status', async (request, shop) => {
		const rma = rmaAt(world, shop, request.params.id);
		const status = writeBody(world, request, [options.statusField]).optionalOneOf(options.statusField, RMA_STATUSES);
		if (status === undefined) throw new HttpError(400, { message: `${options.statusField} is required` });
		await asBadRequest(() => setStatus(world, desk, rma, status));
		return ok(summaryOf(rma));
	});

	route('PUT', '/shipment/:id', async (request, shop) => {
		const { rma, shipment } = store.shipmentOf(shop, request.params.id ?? '');
		const body = writeBody(world, request, ['status', 'carrierName', 'trackingNumber', 'trackingURL', 'labelURL']);
		const status = body.optionalOneOf('status', SHIPMENT_STATUSES) ?? shipment.status;
		if (!canMove(shipment.status, status)) throw new HttpError(400, { message: `Invalid status transition from ${shipment.status} to ${status}` });
		for (const name of ['carrierName', 'trackingNumber', 'trackingURL', 'labelURL'] as const) if (body.has(name)) shipment[name] = body.optionalString(name) ?? null;
		const at = world.clock.now();
		addComment(rma, at, 'system', API.name, `Shipment ${shipment.shipmentId} was updated`);
		touch(world, rma, 'shipmentData', at);
		await asBadRequest(() => desk.changeShipment(rma, shipment, status));
		return ok(shipment);
	});

	route('DELETE', '/shipment/:id', ({ params }, shop) => {
		const { rma, shipment } = store.shipmentOf(shop, params.id ?? '');
		desk.deleteShipment(rma, shipment);
		return ok({});
	});

	route('POST', '/shipment-tracker', (request, shop) => {
		const body = writeBody(world, request, ['shipmentId', 'trackingNumber', 'carrierName']);
		const { shipment } = store.shipmentOf(shop, body.id('shipmentId'));
		shipment.trackingNumber = body.optionalString('trackingNumber') ?? shipment.trackingNumber;
		shipment.carrierName = body.optionalString('carrierName') ?? shipment.carrierName;
		if (shipment.trackingNumber === null) throw new HttpError(400, { message: 'trackingNumber is required' });
		const tracker = { id: String(store.ids.next('tracker')), shipmentId: shipment.shipmentId, trackingNumber: shipment.trackingNumber, carrierName: shipment.carrierName, status: 'Pending' };
		store.trackers.push(tracker);
		return ok(tracker);
	});

	route('GET', '/webhooks', (_request, shop) => ok(registrationsOf(world, shop)));

	route('POST', '/webhook', (request, shop) => {
		const body = writeBody(world, request, ['url', 'eventName']);
		// Addresses are taken as they come: a live list held one that was no address at all.
		const wish = { url: body.string('url'), eventName: body.oneOf('eventName', EVENT_NAMES) };
		const id = String(store.ids.next('webhook'));
		store.webhooks.set(id, { id, ...wish, shop });
		return ok(registrationOf(world, shop, id));
	});

	route('PUT', '/webhook/:id', (request, shop) => {
		const kept = registrationOf(world, shop, request.params.id ?? '');
		const body = writeBody(world, request, ['url', 'eventName']);
		store.webhooks.set(kept.id, { id: kept.id, url: body.optionalString('url') ?? kept.url, eventName: body.optionalOneOf('eventName', EVENT_NAMES) ?? kept.eventName, shop });
		return ok(registrationOf(world, shop, kept.id));
	});

	route('DELETE', '/webhook/:id', ({ params }, shop) => {
		store.webhooks.delete(registrationOf(world, shop, params.id ?? '').id);
		return ok({});
	});

	route('GET', '/transactions', ({ query }, shop) => {
		const { rows, next } = listTransactions({ shop, all: store.rmasOf(shop), lists: store.transactionLists, revision: store.revision }, query);
		return ok(listBody('transactions', rows.map(({ wire }) => wire), next, options));
	});

	route('PUT', '/transaction/:id', (request, shop) => {
		const id = numeric(request.params.id, 'transactionId');
		const { rma, transaction } = store.transactionOf(shop, id);
		const body = writeBody(world, request, ['status', 'externalReferenceId', 'externalReferenceType']);
		refunds.report(rma, transaction, {
			status: body.oneOf('status', TRANSACTION_STATUSES),
			externalReferenceId: body.optionalId('externalReferenceId'),
			externalReferenceType: body.optionalString('externalReferenceType'),
		});
		return ok(transaction.wire);
	});

	route('POST', '/rma/getEligiblePolicies', async (request, shop) => ok(await policies.eligible(shop, writeBody(world, request, ['orderId', 'order_name', 'items']))));

	route('POST', '/rma/createByPolicy', async (request, shop) => {
		const rma = await asBadRequest(() => policies.create(shop, writeBody(world, request, ['orderId', 'order_name', 'items', 'customerAddress'])));
		return ok(detailsOf(rma, false));
	});
}

export function summaryOf(rma: Rma): unknown {
	return { rmaId: String(rma.id), status: rma.status, order_name: rma.orderName, events: rma.events };
}

export function detailsOf(rma: Rma, includeMedia: boolean): unknown {
	return {
		rmaSummary: summaryOf(rma),
		orderDetails: { orderId: rma.orderId, order_name: rma.orderName },
		shipments: rma.shipments,
		items: rma.items.map((item) => ({
			...item,
			followUpQuestions: item.followUpQuestions.map(({ type, name, answer }) => ({ type, name, answer: includeMedia ? answer : withoutMedia(answer) })),
		})),
		comments: [...rma.comments].reverse(),
		exchangeOrders: rma.exchangeOrders,
		exchangeItems: [],
		cancellationFee: rma.cancellationFee,
		transactions: rma.transactions.map(({ wire }) => wire),
		createdAt: rma.createdAt,
		lastUpdated: rma.lastUpdated,
		isOutOfPolicy: rma.isOutOfPolicy,
	};
}

async function setStatus(world: World, desk: Desk, rma: Rma, status: RmaStatus): Promise<void> {
	if (status === rma.status) return;
	if (!world.options.statusTransitions[rma.status].includes(status)) throw new HttpError(400, { message: `Invalid status transition from ${rma.status} to ${status}` });
	if (rma.status === 'Rejected' || rma.status === 'Canceled') return await desk.reopen(rma, API);
	switch (status) {
		case 'Approved':
			return await desk.approve(rma, API);
		case 'Rejected':
			return desk.reject(rma, API, '');
		case 'Canceled':
			return await desk.cancel(rma, API, '');
		case 'Received':
			addComment(rma, world.clock.now(), 'system', API.name, 'The return request was set to Received');
			return desk.receive(rma);
		case 'Validated':
			return desk.markValidated(rma, API);
		case 'Done':
			return desk.markDone(rma, API);
		case 'Pending':
			throw new HttpError(400, { message: `Invalid status transition from ${rma.status} to Pending` });
	}
}

/** What the dashboard refuses as a conflict, the API refuses as a bad request. */
async function asBadRequest<T>(act: () => T | Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		if (error instanceof HttpError && error.status === 409) throw new HttpError(400, error.body);
		throw error;
	}
}

/** The JSON object of a write; in strict mode with no field but the expected ones. */
function writeBody(world: World, request: SimRequest, expected: readonly string[]): Input {
	const json = request.json();
	if (!isObject(json)) throw new HttpError(400, { message: 'Invalid request body' });
	const surplus = Object.keys(json).find((name) => !expected.includes(name));
	if (world.options.strictBodies && surplus !== undefined) throw new HttpError(400, { message: `Invalid request body: unexpected ${surplus}` });
	return new Input(json);
}

function rmaAt(world: World, shop: string, id: string | undefined): Rma {
	return world.store.rmaOf(shop, numeric(id, 'rmaId'));
}

function numeric(text: string | undefined, name: string): number {
	if (text === undefined || !/^\d{1,15}$/.test(text)) throw new HttpError(400, { message: `Invalid ${name}` });
	return Number(text);
}

function registrationsOf(world: World, shop: string): Array<{ id: string; url: string; eventName: string }> {
	return [...world.store.webhooks.values()].filter((kept) => kept.shop === shop).map(({ id, url, eventName }) => ({ id, url, eventName }));
}

function registrationOf(world: World, shop: string, id: string) {
	const kept = world.store.webhooks.get(id);
	if (!kept || kept.shop !== shop) throw new HttpError(404, { message: 'Webhook not found' });
	return { id: kept.id, url: kept.url, eventName: kept.eventName };
}

function withoutMedia(answer: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'mediaAnswer'));
}

function ok(body: unknown): SimResponse {
	return { status: 200, body };
}
