/** *Tell the warehouse what is coming*, as shipped: a warehouse system and a mailbox on loopback hear of approved returns, once each. */
import { FLAGSHIP } from '../support/shop';
import { Mailbox } from '../support/mailbox';
import { Receiver } from '../support/receiver';
import { Scene } from './harness/scene';

const TEMPLATE = 'tell-the-warehouse-what-is-coming';

let scene: Scene;
let warehouse: Receiver;
let mailbox: Mailbox;
beforeAll(async () => {
	scene = await Scene.open();
});
beforeEach(async () => {
	warehouse = await Receiver.open();
	mailbox = await Mailbox.open();
});
afterEach(async () => {
	await scene.strike();
	await warehouse.close();
	await mailbox.close();
});

async function play(settings: Record<string, string | boolean> = {}) {
	const credentials = await scene.e2e.n8n.importCredentials([
		{ name: 'Warehouse', type: 'httpHeaderAuth', data: { name: 'x-warehouse-key', value: 'invented-key' } },
		{ name: 'Mail', type: 'smtp', data: { user: '', password: '', host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true } },
	]);
	return await scene.play(TEMPLATE, { settings: { warehouseUrl: warehouse.url, ...settings }, credentials });
}

async function requested(): Promise<{ orderName: string; rmaId: string }> {
	const { orderId, orderName, lineItemIds } = await scene.shop.placeOrder(FLAGSHIP);
	return { orderName: orderName.replace('#', ''), rmaId: await scene.request(orderId, lineItemIds[0]) };
}

it('an approved return is announced with its SKUs, and again when the parcel has a tracking number', async () => {
	await play();
	const { orderName, rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	expect(warehouse.received.map(({ body }) => body)).toMatchObject([{ rmaId, orderName, state: 'expected', isUpdate: false, items: [{ sku: 'COAT-M', title: 'Rain coat M', quantity: 2 }] }]);
	await scene.staff(rmaId, 'ship', { trackingNumber: 'TRACK-1', carrierName: 'Parcel Post' });
	await scene.quiet();
	expect(warehouse.received.at(-1)?.body).toMatchObject({ isUpdate: true, parcels: [{ carrier: 'Parcel Post', trackingNumber: 'TRACK-1' }] });
	const keys = warehouse.received.map(({ headers }) => headers['idempotency-key']);
	expect(new Set(keys).size).toBe(keys.length);
	expect(warehouse.received[0]?.headers['x-warehouse-key']).toBe('invented-key');
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Warehouse notice'))).toHaveLength(keys.length);
});

it('the same events again tell nothing new', async () => {
	await play();
	const { rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	const told = warehouse.received.length;
	expect(told).toBeGreaterThan(0);
	for (let time = 0; time < 4; time += 1) {
		await scene.notify(rmaId);
		await scene.quiet();
	}
	expect(warehouse.received).toHaveLength(told);
});

it('events at the same moment send one mail, and note it once', async () => {
	await play({ channel: 'email', mailTo: 'dock@warehouse.example', mailFrom: 'returns@shop.example' });
	const { rmaId } = await requested();
	await scene.quiet();
	// Nothing is told of a request, so the first notice is the one that all of these want to send.
	await scene.e2e.returnGo.addWebhookFault({ drop: true, times: -1 });
	await scene.staff(rmaId, 'approve');
	await scene.e2e.returnGo.webhookDeliveries();
	await scene.e2e.returnGo.clearWebhookFaults();
	await Promise.all(Array.from({ length: 6 }, async () => await scene.notify(rmaId)));
	await scene.quiet();
	expect(mailbox.mails).toHaveLength(1);
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Warehouse notice'))).toHaveLength(1);
});

it('a return that was announced, canceled and opened again is announced again, under a number of its own', async () => {
	await play();
	const { rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	await scene.staff(rmaId, 'cancel', { reason: 'Kept it' });
	await scene.quiet();
	await scene.staff(rmaId, 'reopen');
	await scene.quiet();
	expect(warehouse.received.map(({ body }) => body.state)).toEqual(['expected', 'canceled', 'expected']);
	expect(new Set(warehouse.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
});

it('a channel that does not exist is handed over, and nothing is noted', async () => {
	const workflow = await play({ channel: 'mail' });
	const { rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	expect((await scene.handedOver(workflow)).join()).toMatch(/warehouseNotTold: .*neither http, email nor both.*Owner: warehouse/s);
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Warehouse notice'))).toEqual([]);
});

it('a return that was announced and is canceled: the warehouse hears of it; one that never was is not mentioned', async () => {
	await play();
	const announced = await requested();
	await scene.staff(announced.rmaId, 'approve');
	await scene.quiet();
	await scene.staff(announced.rmaId, 'cancel', { reason: 'Kept it' });
	const never = await requested();
	await scene.staff(never.rmaId, 'reject', { reason: 'Too late' });
	await scene.quiet();
	expect(warehouse.received.map(({ body }) => `${String(body.rmaId)} ${String(body.state)}`)).toEqual([`${announced.rmaId} expected`, `${announced.rmaId} canceled`]);
});

it('waits for the tracking number where the settings say so', async () => {
	await play({ waitForTracking: true });
	const { rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	expect(warehouse.received).toEqual([]);
	await scene.staff(rmaId, 'ship', { trackingNumber: 'TRACK-2' });
	await scene.quiet();
	expect(warehouse.received.map(({ body }) => body.parcels)).toMatchObject([[{ trackingNumber: 'TRACK-2' }]]);
});

it('by e-mail, in words for people', async () => {
	const workflow = await play({ channel: 'email', mailTo: 'dock@warehouse.example', mailFrom: 'returns@shop.example' });
	const { orderName, rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	expect(warehouse.received).toEqual([]);
	expect(await scene.handedOver(workflow)).toEqual([]);
	expect(mailbox.mails).toMatchObject([{ from: 'returns@shop.example', to: ['dock@warehouse.example'] }]);
	expect(mailbox.mails[0]?.text).toContain(`Return on its way: RMA${rmaId}, order ${orderName}`);
	expect(mailbox.mails[0]?.text).toMatch(/2 (×|=C3=97) COAT-M/);
});

it('a warehouse that does not answer: handed over, nothing is noted, and the next event tells it', async () => {
	const workflow = await play();
	warehouse.status = 503;
	const { rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.quiet();
	expect((await scene.handedOver(workflow)).join()).toMatch(/warehouseNotTold: .*Owner: warehouse/s);
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Warehouse notice'))).toEqual([]);
	warehouse.status = 200;
	warehouse.received.splice(0);
	await scene.notify(rmaId);
	await scene.quiet();
	expect(warehouse.received).toHaveLength(1);
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Warehouse notice'))).toHaveLength(1);
});
