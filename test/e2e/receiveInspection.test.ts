/** Inspections from outside ReturnGO, as shipped: a ShipHero and another warehouse system call their webhooks, a person fills in the form. */
import { createHmac } from 'node:crypto';
import axios from 'axios';
import { FLAGSHIP, FLAGSHIP_REFUND, type Placed } from '../support/shop';
import type { StoredWorkflow } from './harness';
import { Scene } from './harness/scene';

let scene: Scene;
let location: string;
beforeAll(async () => {
	scene = await Scene.open();
	location = await scene.shop.firstLocation();
});
afterEach(async () => await scene.strike());

/** Two of three coats on their way back; ReturnGO knows nothing of their arrival. */
async function onItsWay(trackingNumber = 'TRACK-1'): Promise<Placed & { rmaId: string }> {
	const placed = await scene.shop.placeOrder(FLAGSHIP);
	const rmaId = await scene.request(placed.orderId, placed.lineItemIds[0]);
	await scene.staff(rmaId, 'approve');
	await scene.staff(rmaId, 'ship', { trackingNumber });
	return { ...placed, rmaId };
}

const settings = () => ({ locationId: location.split('/').pop() ?? '' });
const post = async (path: string, body: string, headers: Record<string, string>) =>
	(await axios.post(`${scene.e2e.n8n.url}/webhook/${path}`, body, { headers: { 'content-type': 'application/json', ...headers }, transformRequest: (text: string) => text, validateStatus: () => true, proxy: false })).status;
const SETTLED = () => ({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${location}`] });
const NOTHING = { refunds: [], dispositions: [], ledger: null };

describe('ShipHero', () => {
	const TEMPLATE = 'receive-an-inspection-from-shiphero';
	const SECRET = 'invented-shiphero-secret';

	async function play(more: Record<string, string | boolean> = {}): Promise<StoredWorkflow> {
		const credentials = await scene.e2e.n8n.importCredentials([{ name: 'ShipHero', type: 'crypto', data: { hmacSecret: SECRET } }]);
		return await scene.play(TEMPLATE, { settings: { ...settings(), ...more }, credentials });
	}

	/** A message in the form that ShipHero documents. */
	const message = ({ orderId, orderName }: Placed, items: Array<Record<string, unknown>>, more: object = {}) =>
		JSON.stringify({ test: '0', webhook_type: 'Return Update', return_id: 3300001, status: 'pending', items, partner_order_id: orderId.split('/').pop(), order_number: orderName, tracking_number: 'TRACK-1', ...more }, null, 4);
	const coats = (received: number, restock: number) => ({ id: 5300001, sku: 'COAT-M', quantity: 2, quantity_received: received, restock, item_reason: 'Too small' });
	const send = async (text: string, secret = SECRET) => await post('shiphero-returns', text, { 'x-shiphero-hmac-sha256': createHmac('sha256', secret).update(text).digest('base64') });

	it('a counted return: the exact refund, the pieces in stock, ReturnGO told; and the same message twice more changes nothing', async () => {
		await play();
		const placed = await onItsWay();
		const text = message(placed, [coats(2, 2)]);
		expect(await send(text)).toBe(200);
		await scene.quiet();
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(SETTLED());
		expect([await send(text), await send(text)]).toEqual([200, 200]);
		await scene.quiet();
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(SETTLED());
		expect((await scene.comments(placed.rmaId)).filter((comment) => comment.includes('Inspected by the warehouse'))).toHaveLength(1);
	});

	it('counted in two messages: each piece when it is counted, a damaged one not into stock', async () => {
		await play({ damagedUnits: 'refund' });
		const placed = await onItsWay();
		await send(message(placed, [coats(0, 0)]));
		await scene.quiet();
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(NOTHING);
		await send(message(placed, [coats(1, 1)]));
		await scene.quiet();
		expect((await scene.shop.outcome(placed.orderId)).dispositions).toEqual([`1 RESTOCKED ${location}`]);
		await send(message(placed, [coats(2, 1)], { status: 'complete' }));
		await scene.quiet();
		const outcome = await scene.shop.outcome(placed.orderId);
		expect(outcome.dispositions.sort()).toEqual(['1 NOT_RESTOCKED', `1 RESTOCKED ${location}`]);
		expect(outcome.refunds).toHaveLength(2);
	});

	it('a signature of somebody else is turned away; an unknown SKU, too many pieces and an unknown order are handed over by name', async () => {
		const workflow = await play();
		const placed = await onItsWay();
		expect(await send(message(placed, [coats(2, 2)]), 'another-secret')).toBe(401);
		await send(message(placed, [{ ...coats(1, 1), sku: 'SOFA' }]));
		await send(message(placed, [coats(3, 3)]));
		await send(message({ ...placed, orderName: '#9999', orderId: 'gid://shopify/Order/4999999999' }, [coats(1, 1)]));
		await send(message({ ...placed, orderId: 'gid://shopify/Order/4999999999' }, [coats(1, 1)]));
		await scene.quiet();
		const handedOver = (await scene.handedOver(workflow)).join('\n');
		for (const code of ['unexpectedItem', 'tooManyPieces', 'orderNotInPortal', 'orderMismatch']) expect(handedOver).toContain(code);
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(NOTHING);
	});

	it('of two returns of one order, the parcel’s tracking number tells which; without it nobody guesses', async () => {
		const workflow = await play();
		const placed = await scene.shop.placeOrder({ ...FLAGSHIP, lines: FLAGSHIP.lines.map((line) => ({ ...line, quantity: 4 })) });
		const [first = '', second = ''] = [await scene.request(placed.orderId, placed.lineItemIds[0]), await scene.request(placed.orderId, placed.lineItemIds[0])];
		for (const [rmaId, trackingNumber] of [[first, 'TRACK-A'], [second, 'TRACK-B']] as const) {
			await scene.staff(rmaId, 'approve');
			await scene.staff(rmaId, 'ship', { trackingNumber });
		}
		await send(message(placed, [coats(2, 2)], { tracking_number: 'TRACK-C' }));
		await scene.quiet();
		expect((await scene.handedOver(workflow)).join()).toContain('rmaUnclear');
		expect((await scene.shop.outcome(placed.orderId)).refunds).toEqual([]);
		await send(message(placed, [coats(2, 2)], { tracking_number: 'TRACK-B' }));
		await scene.quiet();
		expect((await scene.comments(second)).join()).toContain('Refunded');
		expect((await scene.comments(first)).join()).not.toContain('Refunded');
	});
});

describe('another warehouse system', () => {
	const TEMPLATE = 'receive-an-inspection-from-the-warehouse';
	const send = async (body: object, key = 'invented-dock-key') => await post('warehouse-inspections', JSON.stringify(body), { 'x-dock-key': key });

	async function play(more: Record<string, string> = {}): Promise<StoredWorkflow> {
		const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Dock', type: 'httpHeaderAuth', data: { name: 'x-dock-key', value: 'invented-dock-key' } }]);
		return await scene.play(TEMPLATE, { settings: { ...settings(), ...more }, credentials });
	}

	it('where a person refunds, only the stock moves, and nobody is bothered', async () => {
		const workflow = await play({ refundOwner: 'person' });
		const placed = await onItsWay();
		await send({ rmaId: placed.rmaId, items: [{ sku: 'COAT-M', sellable: 2 }] });
		await scene.quiet();
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [`2 RESTOCKED ${location}`] });
		expect(await scene.handedOver(workflow)).toEqual([]);
	});

	it.each([
		['the RMA number', ({ rmaId }: Placed & { rmaId: string }) => ({ rmaId: `RMA${rmaId}` })],
		['the order and the tracking number', ({ orderName }: Placed) => ({ orderName, trackingNumber: 'TRACK-1' })],
	])('by %s: settled once, however often it is reported', async (_case, name) => {
		await play();
		const placed = await onItsWay();
		const report = { ...name(placed), items: [{ sku: 'coat-m', sellable: 2 }] };
		for (let time = 0; time < 3; time += 1) {
			expect(await send(report)).toBe(202);
			await scene.quiet();
		}
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(SETTLED());
	});

	it('a wrong secret gets 403, an unusable message 400; unknown requests and items are handed over by name', async () => {
		const workflow = await play();
		const placed = await onItsWay();
		expect(await send({ rmaId: placed.rmaId, items: [{ sku: 'COAT-M', sellable: 1 }] }, 'guess')).toBe(403);
		expect(await send({ rmaId: placed.rmaId, items: [] })).toBe(400);
		expect(await send({ rmaId: placed.rmaId, items: [{ sku: 'COAT-M', sellable: 0.5 }] })).toBe(400);
		expect(await send({ items: [{ sku: 'COAT-M', sellable: 1 }] })).toBe(400);
		expect(await send({ rmaId: '1999999', items: [{ sku: 'COAT-M', sellable: 1 }] })).toBe(202);
		expect(await send({ rmaId: placed.rmaId, items: [{ sku: 'SOFA', damaged: 1 }] })).toBe(202);
		await scene.quiet();
		const handedOver = (await scene.handedOver(workflow)).join('\n');
		expect(handedOver).toMatch(/rmaNotFound.*Owner: integration/s);
		expect(handedOver).toContain('unexpectedItem');
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(NOTHING);
	});
});

describe('the form', () => {
	const TEMPLATE = 'record-an-inspection-by-form';
	const auth = { username: 'dock', password: 'invented-password' };

	async function play(): Promise<StoredWorkflow> {
		const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Dock', type: 'httpBasicAuth', data: { user: auth.username, password: auth.password } }]);
		return await scene.play(TEMPLATE, { settings: settings(), credentials });
	}

	/** Sends a page of the form as a browser does and returns the next page's address and text. */
	async function submit(address: string, answers: string[]): Promise<{ address: string; page: string }> {
		const form = new FormData();
		answers.forEach((answer, position) => form.append(`field-${position}`, answer));
		const { data } = await axios.post<{ formWaitingUrl?: string }>(address, form, { auth, proxy: false });
		const next = data.formWaitingUrl ?? address;
		await scene.quiet();
		return { address: next, page: await pageAt(next) };
	}

	/** The last page: its ending lets the workflow go on as soon as the browser has shown it. */
	async function finish(address: string, answers: string[]): Promise<{ page: string }> {
		const end = await submit(address, answers);
		await axios.post(end.address, {}, { auth, proxy: false, validateStatus: () => true });
		await scene.quiet();
		return end;
	}

	async function pageAt(address: string): Promise<string> {
		return (await axios.get<string>(address, { auth, proxy: false, validateStatus: () => true })).data;
	}

	const first = () => `${scene.e2e.n8n.url}/form/inspect-a-return`;

	it('asks about every unit, settles what was inspected, and the rest when the form is used again', async () => {
		await play();
		const placed = await onItsWay();
		const units = await submit(first(), [`RMA${placed.rmaId}`, 'Kim']);
		expect(units.page).toContain(`RMA${placed.rmaId}, order ${placed.orderName.replace('#', '')}`);
		expect(units.page).toMatch(/1\. Rain coat M[\s\S]*2\. Rain coat M/);
		expect((await finish(units.address, ['Sellable', 'Not here yet', ''])).page).toContain(`1 unit(s) of RMA${placed.rmaId} recorded`);
		expect((await scene.shop.outcome(placed.orderId)).dispositions).toEqual([`1 RESTOCKED ${location}`]);
		const again = await submit(first(), [placed.rmaId, 'Kim']);
		await finish(again.address, ['Sellable', 'Sellable', '']);
		const outcome = await scene.shop.outcome(placed.orderId);
		expect(outcome.dispositions).toEqual([`1 RESTOCKED ${location}`, `1 RESTOCKED ${location}`]);
		expect(outcome.refunds).toHaveLength(2);
	});

	it('the same answers again change nothing', async () => {
		await play();
		const placed = await onItsWay();
		for (let time = 0; time < 2; time += 1) {
			const units = await submit(first(), [placed.rmaId, '']);
			await finish(units.address, ['Sellable', 'Sellable', '']);
		}
		expect(await scene.shop.outcome(placed.orderId)).toMatchObject(SETTLED());
	});

	it('ReturnGO does not answer: the form says that nothing was recorded, and not that there is no such return', async () => {
		await play();
		const placed = await onItsWay();
		await scene.e2e.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${placed.rmaId}` }, action: { kind: 'status', status: 503 }, times: -1 });
		const { page } = await submit(first(), [placed.rmaId, 'Kim']);
		expect(page).toContain('ReturnGO did not answer, so nothing was recorded');
		expect(page).not.toContain('does not show a return');
		await scene.e2e.returnGo.clearFaults();
		expect((await scene.shop.outcome(placed.orderId)).dispositions).toEqual([]);
	});

	it('a number that nobody knows is said on the form; without the password there is no form; a damaged unit is handed over', async () => {
		const workflow = await play();
		expect((await submit(first(), ['1999999', ''])).page).toContain('ReturnGO does not show a return with the number 1999999');
		expect((await axios.get(first(), { proxy: false, validateStatus: () => true })).status).toBe(401);
		const placed = await onItsWay();
		const units = await submit(first(), [placed.rmaId, '']);
		await finish(units.address, ['Damaged', 'Damaged', 'Torn sleeve']);
		expect((await scene.handedOver(workflow)).join()).toContain('damagedNotRefunded');
		expect((await scene.shop.outcome(placed.orderId)).refunds).toEqual([]);
	});
});
