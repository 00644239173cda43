/** *Tag returns in transit* and its variant for carrier services, as shipped: parcels move, and the order's tag follows them. */
import { createHmac } from 'node:crypto';
import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { FLAGSHIP } from '../support/shop';
import { failureOf } from './harness';
import { Scene } from './harness/scene';

const TAG = 'return-in-transit';

let scene: Scene;
beforeAll(async () => {
	scene = await Scene.open();
});
beforeEach(async () => await forgetArrivals());
afterEach(async () => await scene.strike());

/** The simulated ReturnGO counts its parcels from the beginning for each test; n8n's table would take a new one for an old one that was delivered. */
async function forgetArrivals(): Promise<void> {
	const table = (name: string, x: number, parameters: INode['parameters']): INode => ({ id: name, name, type: 'n8n-nodes-base.dataTable', typeVersion: 1.1, position: [x, 0], parameters: { resource: 'table', ...parameters } });
	const columns = { column: [{ name: 'parcel', type: 'string' }, { name: 'order', type: 'string' }, { name: 'arrivedAt', type: 'number' }] };
	const { id } = await scene.e2e.importFile({
		name: 'Forget all arrivals',
		nodes: [
			{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			table('Open', 200, { operation: 'create', tableName: 'returns_arrivals', columns, options: { createIfNotExists: true } }),
			table('Clear', 400, { operation: 'clear', dataTableId: { __rl: true, mode: 'name', value: 'returns_arrivals' } }),
		],
		connections: { Start: { main: [[{ node: 'Open', type: 'main', index: 0 }]] }, Open: { main: [[{ node: 'Clear', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	const cleared = await scene.e2e.n8n.executeWorkflow(id, 'Start');
	if (cleared.status !== 'success') throw new Error(`The arrivals could not be forgotten: ${failureOf(cleared)}`);
}

async function approved(quantity = 2, order?: Awaited<ReturnType<Scene['shop']['placeOrder']>>) {
	const placed = order ?? (await scene.shop.placeOrder());
	const rmaId = await scene.request(placed.orderId, placed.lineItemIds[0], { units: [{ lineItemId: placed.lineItemIds[0], quantity }] });
	await scene.staff(rmaId, 'approve');
	return { ...placed, rmaId };
}

async function shipmentOf(rmaId: string): Promise<string> {
	const { details } = await scene.e2e.returnGo.get<{ details: { shipments: Array<{ shipmentId: string }> } }>(`/__sim/rmas/${rmaId}`);
	return details.shipments[0]?.shipmentId ?? '';
}

describe('from ReturnGO', () => {
	const TEMPLATE = 'tag-returns-in-transit';

	it('the first scan sets the tag, the parcel’s arrival takes it away, and other tags stay', async () => {
		await scene.play(TEMPLATE);
		const { orderId, rmaId } = await approved(2, await scene.shop.placeOrder({ ...FLAGSHIP, tags: ['vip'] }));
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual(['vip']);
		await scene.staff(rmaId, 'ship');
		await scene.quiet();
		expect((await scene.tagsOf(orderId)).sort()).toEqual([TAG, 'vip']);
		await scene.staff(rmaId, 'receive');
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual(['vip']);
	});

	it('the carrier’s word that it was delivered is an arrival; a late scan and a repeated message change nothing any more', async () => {
		await scene.play(TEMPLATE);
		const { orderId, rmaId } = await approved();
		await scene.staff(rmaId, 'ship');
		await scene.quiet();
		const shipmentId = await shipmentOf(rmaId);
		await scene.e2e.returnGo.post(`/__sim/shipments/${shipmentId}/track`, { status: 'Delivered' });
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		await scene.staff(rmaId, 'receive');
		await scene.quiet();
		await scene.e2e.shopify.clearRequests();
		await scene.notify(rmaId, 'SHIPMENT_TRACKER_STATUS_UPDATED', { shipmentId, status: 'In Transit' });
		await scene.notify(rmaId, 'SHIPMENT_STATUS_UPDATED', { shipmentId, status: 'Shipped' });
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		expect(await scene.shop.shopifyRequests('tagsAdd')).toEqual([]);
	});

	it('delivered, and then older news before the warehouse receives it: a late scan, a repeated message and a change of the request set no tag', async () => {
		await scene.play(TEMPLATE);
		const { orderId, rmaId } = await approved();
		await scene.staff(rmaId, 'ship');
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([TAG]);
		const shipmentId = await shipmentOf(rmaId);
		await scene.e2e.returnGo.post(`/__sim/shipments/${shipmentId}/track`, { status: 'Delivered' });
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		await scene.e2e.shopify.clearRequests();
		await scene.notify(rmaId, 'SHIPMENT_TRACKER_STATUS_UPDATED', { shipmentId, status: 'In Transit' });
		await scene.notify(rmaId, 'SHIPMENT_STATUS_UPDATED', { shipmentId, status: 'Shipped' });
		await scene.notify(rmaId, 'RMA_STATUS_UPDATED');
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		expect(await scene.shop.shopifyRequests('tagsAdd')).toEqual([]);
	});

	it('a run with older facts sets the tag after a newer one has taken it away: it looks again, and takes it away too', async () => {
		const workflow = await scene.play(TEMPLATE);
		const { orderId, rmaId } = await approved();
		await scene.quiet();
		// The scan's run is held up on its way to the tag while the parcel is received.
		await scene.e2e.shopify.addFaults({ match: { operation: 'tagsAdd' }, action: { kind: 'delay', ms: 6_000 } });
		await scene.staff(rmaId, 'ship', { scanned: false });
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		await scene.staff(rmaId, 'receive');
		await scene.quiet();
		expect((await scene.itemsOf(workflow, 'Set the tag')).length).toBeGreaterThan(0);
		expect(await scene.tagsOf(orderId)).toEqual([]);
	});

	it('one of two returns of an order arrives: the tag stays for the other', async () => {
		await scene.play(TEMPLATE);
		const first = await approved(1);
		const second = await approved(1, first);
		await scene.staff(first.rmaId, 'ship');
		await scene.staff(second.rmaId, 'ship');
		await scene.quiet();
		await scene.staff(first.rmaId, 'receive');
		await scene.quiet();
		expect(await scene.tagsOf(first.orderId)).toEqual([TAG]);
		await scene.staff(second.rmaId, 'receive');
		await scene.quiet();
		expect(await scene.tagsOf(first.orderId)).toEqual([]);
	});

	it('a canceled request loses the tag, and the tag may be the customer’s', async () => {
		await scene.play(TEMPLATE, { settings: { tagOn: 'both' } });
		const { orderId, rmaId } = await approved();
		const customerTags = async () => (await scene.shop.ask<{ order: { customer: { tags: string[] } } }>('query ($id: ID!) { order(id: $id) { customer { tags } } }', { id: orderId })).order.customer.tags;
		await scene.staff(rmaId, 'ship');
		await scene.quiet();
		expect([await scene.tagsOf(orderId), await customerTags()]).toEqual([[TAG], [TAG]]);
		await scene.staff(rmaId, 'cancel', { reason: 'Kept it' });
		await scene.quiet();
		expect([await scene.tagsOf(orderId), await customerTags()]).toEqual([[], []]);
	});

	it('a permission that is missing is handed over with its owner', async () => {
		await scene.e2e.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders'] });
		const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Narrow', type: 'shopifyReturnsApi', data: { shopDomain: scene.e2e.shopify.url, accessToken: 'shpat_sim_narrow', authentication: 'accessToken' } }]);
		const workflow = await scene.play(TEMPLATE, { credentials });
		const { rmaId } = await approved();
		await scene.staff(rmaId, 'ship');
		await scene.quiet();
		expect((await scene.handedOver(workflow)).join()).toMatch(/accessDenied.*Owner: integration/s);
	});
});

describe('from a carrier service', () => {
	const TEMPLATE = 'tag-returns-in-transit-from-a-carrier-service';
	const SECRET = 'invented-webhook-secret';
	const TRACKING = '1Z999AA10123456784';

	const hmac = (text: string, encoding: 'hex' | 'base64') => createHmac('sha256', SECRET).update(text).digest(encoding);
	const now = () => Math.floor(Date.now() / 1000);
	/** Each service's message and signature as its documentation describes them. */
	const SERVICES = {
		aftership: {
			moving: { event: 'tracking_update', msg: { tracking_number: TRACKING, tag: 'InTransit' } },
			arrived: { event: 'tracking_update', msg: { tracking_number: TRACKING, tag: 'Delivered' } },
			sign: (text: string) => ({ 'aftership-hmac-sha256': hmac(text, 'base64') }),
		},
		easypost: {
			moving: { object: 'Event', description: 'tracker.updated', result: { object: 'Tracker', tracking_code: TRACKING, status: 'in_transit' } },
			arrived: { object: 'Event', description: 'tracker.updated', result: { object: 'Tracker', tracking_code: TRACKING, status: 'delivered' } },
			sign: (text: string) => ({ 'x-hmac-signature': `hmac-sha256-hex=${hmac(text, 'hex')}` }),
		},
		shippo: {
			moving: { event: 'track_updated', data: { tracking_number: TRACKING, tracking_status: { status: 'TRANSIT' } } },
			arrived: { event: 'track_updated', data: { tracking_number: TRACKING, tracking_status: { status: 'DELIVERED' } } },
			sign: (text: string, time = now()) => ({ 'shippo-auth-signature': `t=${time},v1=${hmac(`${time}.${text}`, 'hex')}` }),
		},
	};
	type Service = keyof typeof SERVICES;

	async function play(service: string, more: Record<string, string> = {}) {
		const tagging = await scene.play('tag-returns-in-transit');
		const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Carrier service', type: 'crypto', data: { hmacSecret: SECRET } }]);
		return await scene.play(TEMPLATE, { settings: { service, tagWorkflowId: tagging.id, ...more }, credentials });
	}

	async function send(message: object, headersFor: (text: string) => Record<string, string>): Promise<number> {
		const text = JSON.stringify(message, null, 1);
		const answer = await axios.post(`${scene.e2e.n8n.url}/webhook/return-parcels`, text, { headers: { 'content-type': 'application/json', ...headersFor(text) }, transformRequest: (body: string) => body, validateStatus: () => true, proxy: false });
		return answer.status;
	}

	it.each(Object.keys(SERVICES) as Service[])('%s: first scan, delivery, and both once more', async (service) => {
		await play(service);
		const { moving, arrived, sign } = SERVICES[service];
		const { orderId, rmaId } = await approved();
		await scene.staff(rmaId, 'ship', { trackingNumber: TRACKING, scanned: false });
		expect(await send(moving, sign)).toBe(200);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([TAG]);
		expect(await send(arrived, sign)).toBe(200);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		expect(await send(moving, sign)).toBe(200);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
		await scene.staff(rmaId, 'receive');
		expect([await send(moving, sign), await send(moving, sign), await send(arrived, sign)]).toEqual([200, 200, 200]);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
	});

	it.each(['receive', 'cancel'])('a parcel that no carrier has delivered loses its tag all the same: %s', async (action) => {
		await play('aftership');
		const { moving, sign } = SERVICES.aftership;
		const { orderId, rmaId } = await approved();
		await scene.staff(rmaId, 'ship', { trackingNumber: TRACKING, scanned: false });
		await send(moving, sign);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([TAG]);
		await scene.staff(rmaId, action, action === 'cancel' ? { reason: 'Kept it' } : {});
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([]);
	});

	it('a workflow that is not there, and a service that nobody knows, are handed over with their settings', async () => {
		const { moving, sign } = SERVICES.aftership;
		const nobody = await play('aftership', { tagWorkflowId: '' });
		const { rmaId } = await approved();
		await scene.staff(rmaId, 'ship', { trackingNumber: TRACKING, scanned: false });
		expect(await send(moving, sign)).toBe(200);
		await scene.quiet();
		expect((await scene.handedOver(nobody)).join()).toMatch(/invalidInput: The input cannot be used\. The setting tagWorkflowId.*Owner: integration\. Next step: .*\(RMA\d+, order #?\d+\)/s);
		await scene.strike();

		const unknown = await play('after-ship');
		expect(await send(moving, sign)).toBe(401);
		await scene.quiet();
		expect((await scene.handedOver(unknown)).join()).toMatch(/The setting service is “after-ship”, and can be aftership, easypost or shippo.*Owner: integration/s);
	});

	it('a forged, an unsigned and an old message are turned away and look for nothing', async () => {
		await play('shippo');
		const { arrived, sign } = SERVICES.shippo;
		const { orderId, rmaId } = await approved();
		await scene.staff(rmaId, 'ship', { trackingNumber: TRACKING, scanned: false });
		await scene.quiet();
		await scene.e2e.returnGo.clearRequests();
		expect(await send(arrived, () => ({ 'shippo-auth-signature': `t=${now()},v1=${'0'.repeat(64)}` }))).toBe(401);
		expect(await send(arrived, () => ({}))).toBe(401);
		expect(await send(arrived, (text) => sign(text, now() - 3600))).toBe(401);
		expect(await send(arrived, SERVICES.easypost.sign)).toBe(401);
		await scene.quiet();
		expect(await scene.tagsOf(orderId)).toEqual([TAG]);
		expect(await scene.e2e.returnGoRequests()).toEqual([]);
	});

	it('a parcel that belongs to no return ends quietly, and states in between cost no call', async () => {
		const workflow = await play('aftership');
		const { sign } = SERVICES.aftership;
		await scene.e2e.returnGo.clearRequests();
		await scene.e2e.shopify.clearRequests();
		expect(await send({ msg: { tracking_number: TRACKING, tag: 'InfoReceived' } }, sign)).toBe(200);
		await scene.quiet();
		expect(await scene.e2e.returnGoRequests()).toEqual([]);
		expect(await send({ msg: { tracking_number: 'NOT-OURS', tag: 'Delivered' } }, sign)).toBe(200);
		await scene.quiet();
		expect(await scene.handedOver(workflow)).toEqual([]);
		expect(await scene.shop.shopifyRequests()).toEqual([]);
	});
});
