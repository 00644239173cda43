/** *Show the return status on the order*, as shipped: both systems tell of a return, and the order says where it stands. */
import { Scene } from './harness/scene';

const TEMPLATE = 'show-the-return-status-on-the-order';

let scene: Scene;
beforeAll(async () => {
	scene = await Scene.open();
});
afterEach(async () => await scene.strike());

async function requested() {
	const placed = await scene.shop.placeOrder();
	const rmaId = await scene.request(placed.orderId, placed.lineItemIds[0]);
	return { ...placed, rmaId };
}
const returnTags = async (orderId: string) => (await scene.tagsOf(orderId)).filter((tag) => tag.startsWith('return-'));

it('the order follows the return from the request to the refund, with one tag at a time and a line that says what is next', async () => {
	await scene.play(TEMPLATE);
	const { orderId, orderName, lineItemIds, rmaId } = await requested();
	await scene.quiet();
	expect(await returnTags(orderId)).toEqual(['return-requested']);
	const steps = [
		['approve', 'return-approved'],
		['ship', 'return-in-transit'],
		['receive', 'return-awaiting-inspection'],
	] as const;
	for (const [action, tag] of steps) {
		await scene.staff(rmaId, action);
		await scene.quiet();
		expect(await returnTags(orderId)).toEqual([tag]);
	}
	expect((await scene.shop.outcome(orderId)).status).toMatch(new RegExp(`RMA${rmaId}: awaiting inspection .*next: inspect the units`));
	await scene.shop.validate(rmaId);
	// Somebody in the Shopify admin refunds: only Shopify tells of that.
	const { order } = await scene.shop.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: orderId });
	await scene.e2e.shopify.post('/__sim/admin/refund', { orderId, returnId: order.returns.nodes[0]?.id, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }], note: orderName });
	await scene.quiet();
	expect(await returnTags(orderId)).toEqual(['return-refunded']);
});

it('the same events again, and late ones, write nothing', async () => {
	await scene.play(TEMPLATE);
	const { orderId, rmaId } = await requested();
	await scene.staff(rmaId, 'approve');
	await scene.staff(rmaId, 'ship');
	await scene.quiet();
	const before = (await scene.shop.outcome(orderId)).status;
	await scene.e2e.shopify.clearRequests();
	for (const eventName of ['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_CREATED']) await scene.notify(rmaId, eventName);
	await scene.quiet();
	expect((await scene.shop.outcome(orderId)).status).toBe(before);
	expect(await scene.shop.shopifyRequests('metafieldsSet')).toEqual([]);
	expect(await scene.shop.shopifyRequests('tagsAdd')).toEqual([]);
});

it('a refund on an order without a return asks nothing of ReturnGO', async () => {
	const workflow = await scene.play(TEMPLATE);
	const plain = await scene.shop.placeOrder();
	await scene.e2e.returnGo.clearRequests();
	await scene.e2e.shopify.post('/__sim/admin/refund', { orderId: plain.orderId, lines: [{ lineItemId: plain.lineItemIds[0], quantity: 1 }] });
	await scene.quiet();
	expect((await scene.executions(workflow)).length).toBeGreaterThan(0);
	expect(await scene.e2e.returnGoRequests()).toEqual([]);
	expect(await returnTags(plain.orderId)).toEqual([]);
	expect(await scene.handedOver(workflow)).toEqual([]);
});

it('a return that is canceled in Shopify is shown where events of Shopify count, and not where they do not', async () => {
	for (const eventsOfShopify of [false, true]) {
		const workflow = await scene.play(TEMPLATE, { settings: { eventsOfShopify } });
		const { orderId, rmaId } = await requested();
		await scene.staff(rmaId, 'approve');
		await scene.quiet();
		await scene.shop.cancelReturn(orderId);
		await scene.quiet();
		expect([eventsOfShopify, await returnTags(orderId)]).toEqual([eventsOfShopify, [eventsOfShopify ? 'return-needs-attention' : 'return-approved']]);
		expect(await scene.handedOver(workflow)).toEqual([]);
		await scene.strike();
	}
});

it('an order with two returns that cannot be shown, by one event of Shopify: both are handed over, and a list that was cut is told of', async () => {
	const { orderId, lineItemIds } = await scene.shop.placeOrder();
	const rmaIds: string[] = [];
	for (let made = 0; made < 2; made += 1) {
		const rmaId = await scene.request(orderId, lineItemIds[0], { units: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
		await scene.staff(rmaId, 'approve');
		rmaIds.push(rmaId);
	}
	await scene.e2e.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders', 'read_products', 'read_locations', 'read_returns'] });
	const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Narrow', type: 'shopifyReturnsApi', data: { shopDomain: scene.e2e.shopify.url, accessToken: 'shpat_sim_narrow', authentication: 'accessToken', apiSecretKey: 'narrow-secret' } }]);
	const narrow = await scene.play(TEMPLATE, { credentials });
	await scene.e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
	await scene.quiet();
	const told = (await scene.handedOver(narrow)).join();
	for (const rmaId of rmaIds) expect(told).toContain(`(RMA${rmaId}, order `);
	expect(told).toContain(' || accessDenied: ');
	await scene.e2e.n8n.unpublish(narrow.id);

	const cut = await scene.play(TEMPLATE, { patch: (file) => ({ ...file, nodes: file.nodes.map((node) => (node.name === 'Find its RMAs' ? { ...node, parameters: { ...node.parameters, options: { maximumCalls: 2 } } } : node)) }) });
	await scene.e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
	await scene.quiet();
	expect((await scene.handedOver(cut)).join()).toMatch(/callBudgetLow: ReturnGO’s calls are nearly used up\. The order .*Owner: integration\. Next step: /s);
});

it('a permission that is missing is handed over with its owner', async () => {
	await scene.e2e.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders', 'read_products', 'read_locations', 'read_returns'] });
	const credentials = await scene.e2e.n8n.importCredentials([{ name: 'Narrow', type: 'shopifyReturnsApi', data: { shopDomain: scene.e2e.shopify.url, accessToken: 'shpat_sim_narrow', authentication: 'accessToken', apiSecretKey: 'narrow-secret' } }]);
	const workflow = await scene.play(TEMPLATE, { credentials });
	await requested();
	await scene.quiet();
	expect((await scene.handedOver(workflow)).join()).toMatch(/accessDenied.*Owner: integration/s);
});
