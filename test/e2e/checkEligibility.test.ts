/** *Check eligibility when a return is requested*, as shipped: customers ask at the simulated portal, and the order decides. */
import { FLAGSHIP } from '../support/shop';
import { readClient } from '../../scripts/templates/client';
import { stampTemplates } from '../../scripts/templates/stamping';
import { readTemplates } from '../../scripts/templates/template';
import { Scene } from './harness/scene';

const TEMPLATE = 'check-eligibility-when-a-return-is-requested';
const FITS = 'Eligibility: everything may come back.';
const DOES_NOT_FIT = 'Eligibility: not everything may come back as asked.';
const LONG_AGO = new Date(Date.now() - 90 * 86_400_000).toISOString();

let scene: Scene;
beforeAll(async () => {
	scene = await Scene.open();
});
afterEach(async () => await scene.strike());

async function requestFor(order: object, wish: object = {}): Promise<string> {
	const placed = await scene.shop.placeOrder(order);
	return await scene.request(placed.orderId, placed.lineItemIds[0], wish);
}

it('a request that fits: the verdict with its dates is in the timeline, and as shipped the decision stays with ReturnGO’s people', async () => {
	const workflow = await scene.play(TEMPLATE);
	const rmaId = await requestFor(FLAGSHIP);
	await scene.quiet();
	const [comment = '', ...others] = await scene.comments(rmaId);
	expect(others).toEqual([]);
	expect(comment).toContain(FITS);
	expect(comment).toMatch(/Rain coat M: 2 of 2, until \d{4}-\d{2}-\d{2}\./);
	expect(await scene.rmaStatus(rmaId)).toBe('Pending');
	expect(await scene.handedOver(workflow)).toEqual([]);
});

it('approves or rejects by itself where the settings say so', async () => {
	await scene.play(TEMPLATE, { settings: { whenEligible: 'approve', whenNotEligible: 'reject' } });
	const fitting = await requestFor(FLAGSHIP);
	const late = await requestFor({ ...FLAGSHIP, createdAt: LONG_AGO });
	await scene.quiet();
	expect(await scene.rmaStatus(fitting)).toBe('Approved');
	expect(await scene.rmaStatus(late)).toBe('Rejected');
	expect((await scene.comments(late)).join()).toContain('Return window is over');
});

it('a request after the window: nothing is decided, and customer service is asked once', async () => {
	const workflow = await scene.play(TEMPLATE, { settings: { whenEligible: 'approve' } });
	const rmaId = await requestFor({ ...FLAGSHIP, createdAt: LONG_AGO });
	await scene.quiet();
	await scene.notify(rmaId, 'RMA_CREATED');
	await scene.quiet();
	expect(await scene.rmaStatus(rmaId)).toBe('Pending');
	expect(await scene.handedOver(workflow)).toEqual([expect.stringMatching(/notEligible: .*Return window is over.*Owner: customerService/s)]);
	expect((await scene.comments(rmaId)).filter((text) => text.includes(DOES_NOT_FIT))).toHaveLength(1);
});

it('the request is announced five times at the same moment: one verdict, and customer service is asked once', async () => {
	const workflow = await scene.play(TEMPLATE);
	await scene.e2e.returnGo.addWebhookFault({ duplicate: 5, concurrent: true });
	const rmaId = await requestFor({ ...FLAGSHIP, createdAt: LONG_AGO });
	await scene.quiet();
	await scene.e2e.returnGo.clearWebhookFaults();
	expect((await scene.executions(workflow)).length).toBeGreaterThanOrEqual(5);
	expect((await scene.comments(rmaId)).filter((text) => text.includes(DOES_NOT_FIT))).toHaveLength(1);
	expect(await scene.handedOver(workflow)).toHaveLength(1);
});

it('a word that the settings do not know is handed over with what they can be, and nothing is decided', async () => {
	const workflow = await scene.play(TEMPLATE, { settings: { whenEligible: 'aprove' } });
	const rmaId = await requestFor(FLAGSHIP);
	await scene.quiet();
	expect(await scene.handedOver(workflow)).toEqual([expect.stringMatching(/invalidInput: The input cannot be used\. The setting whenEligible is “aprove”, and can be approve or leave.*Owner: integration\. Next step: /s)]);
	expect(await scene.rmaStatus(rmaId)).toBe('Pending');
	const misspelt = await scene.play(TEMPLATE, { settings: { windowFrom: 'delivered' } });
	await scene.notify(rmaId, 'RMA_CREATED');
	await scene.quiet();
	expect(await scene.handedOver(misspelt)).toEqual([expect.stringMatching(/invalidInput: .*“delivered”, and can be .*Owner: integration/s)]);
});

it('other windows and final sale come from the settings', async () => {
	await scene.play(TEMPLATE, { settings: { whenNotEligible: 'reject', otherWindows: '[{"kind":"orderTag","value":"outlet","windowDays":0}]', finalSaleTags: 'final-sale' } });
	const outlet = await requestFor({ ...FLAGSHIP, tags: ['outlet'] });
	const final = await requestFor({ ...FLAGSHIP, tags: ['final-sale'] });
	await scene.quiet();
	expect([await scene.rmaStatus(outlet), await scene.rmaStatus(final)]).toEqual(['Rejected', 'Rejected']);
	expect((await scene.comments(final)).join()).toContain('Sold as final');
});

it('the same message again after the decision changes nothing', async () => {
	await scene.play(TEMPLATE, { settings: { whenEligible: 'approve' } });
	const rmaId = await requestFor(FLAGSHIP);
	await scene.quiet();
	await scene.e2e.returnGo.clearRequests();
	for (let time = 0; time < 3; time += 1) await scene.notify(rmaId, 'RMA_CREATED');
	await scene.quiet();
	expect((await scene.comments(rmaId)).filter((text) => text.includes('Eligibility'))).toHaveLength(1);
	expect((await scene.e2e.returnGoRequests()).map(({ operations }) => operations.join())).toEqual(['GET /rma/:id', 'GET /rma/:id', 'GET /rma/:id']);
});

it('an order that nobody finds is handed over with its code and the next step', async () => {
	const workflow = await scene.play(TEMPLATE);
	const unit = { lineItemId: '9999999', price: { amount: 10, currency: 'EUR' }, tax: { amount: 0, currency: 'EUR' }, title: 'Blind return' };
	await scene.e2e.returnGo.post('/__sim/rmas', { orderId: '4999999999', orderName: '#9999', withoutShopifyOrder: true, units: [unit] });
	await scene.quiet();
	expect(await scene.handedOver(workflow)).toEqual([expect.stringMatching(/orderNotFound: RMA\d+ cannot be judged.*Next step: Check that the Shopify credential/s)]);
});

it('a request without an order is handed over with its code, and nothing is asked of Shopify or decided', async () => {
	const rmaId = await requestFor(FLAGSHIP);
	const { details } = await scene.e2e.returnGo.get<{ details: Record<string, unknown> & { rmaSummary: object } }>(`/__sim/rmas/${rmaId}`);
	const body = { ...details, rmaSummary: { ...details.rmaSummary, order_name: '' }, orderDetails: { orderId: '', order_name: '' } };
	await scene.e2e.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${rmaId}` }, action: { kind: 'status', status: 200, body }, times: -1 });
	const workflow = await scene.play(TEMPLATE, { settings: { whenEligible: 'approve', whenNotEligible: 'reject' } });
	await scene.e2e.shopify.clearRequests();
	await scene.notify(rmaId, 'RMA_CREATED');
	await scene.quiet();
	expect(await scene.handedOver(workflow)).toEqual([expect.stringMatching(new RegExp(`Hand over: cannot be judged: rmaWithoutOrder: Return request without an order\\. RMA${rmaId} .*Owner: customerService\\. Next step: Find the order`, 's'))]);
	expect(await scene.itemsOf(workflow, 'Check eligibility')).toEqual([]);
	expect(await scene.e2e.shopifyRequests()).toEqual([]);
	expect([await scene.rmaStatus(rmaId), await scene.comments(rmaId)]).toEqual(['Pending', []]);
});

it('a SKU that is not the line’s does not pass, and the timeline names both', async () => {
	const rmaId = await requestFor(FLAGSHIP);
	const { details } = await scene.e2e.returnGo.get<{ details: Record<string, unknown> & { items: object[] } }>(`/__sim/rmas/${rmaId}`);
	await scene.e2e.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${rmaId}` }, action: { kind: 'status', status: 200, body: { ...details, items: details.items.map((item) => ({ ...item, sku: 'HAT' })) } }, times: -1 });
	const workflow = await scene.play(TEMPLATE, { settings: { whenEligible: 'approve' } });
	await scene.notify(rmaId, 'RMA_CREATED');
	await scene.quiet();
	expect(await scene.rmaStatus(rmaId)).toBe('Pending');
	expect((await scene.comments(rmaId)).join()).toMatch(/Unit is not on the order\. The line .* has the SKU COAT-M, not HAT/);
	expect(await scene.handedOver(workflow)).toEqual([expect.stringContaining('notEligible')]);
});

it('a copy that was stamped for a client works with the client’s settings', async () => {
	const client = readClient(JSON.stringify({ client: 'Example Outfitters', store: 'example-outfitters.myshopify.com', templates: { [TEMPLATE]: { settings: { windowDays: 120, whenEligible: 'approve' } } } }));
	const [stamped] = stampTemplates(client, readTemplates());
	if (stamped === undefined) throw new Error('nothing was stamped');
	const workflow = await scene.playFile(stamped.workflow);
	expect(workflow.name).toBe('Example Outfitters: Check eligibility when a return is requested');
	const rmaId = await requestFor({ ...FLAGSHIP, createdAt: LONG_AGO });
	await scene.quiet();
	expect(await scene.rmaStatus(rmaId)).toBe('Approved');
});
