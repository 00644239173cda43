/** Further runs of the Shopify Returns node, in which fields have values that the table's runs leave empty. */
import type { IDataObject } from 'n8n-workflow';
import { ShopifyReturns } from '../../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { FLAGSHIP, type Placed } from '../../../support/shop';
import { runNode } from '../../harness';
import { byId } from '../behaviours';
import type { Scene, Scenes } from '../outputs';
import { SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE } from '../rows/shopifyReturns';
import type { Services } from '../services';
import { preparedBy, withRehearsals } from './rehearsals';

const [coats] = FLAGSHIP.lines;
/** Ten coats for a customer, with note and tags. */
const KNOWN_ORDER = { ...FLAGSHIP, lines: [{ ...coats, quantity: 10 }], email: 'one@example.com', customer: { email: 'one@example.com' }, note: 'Call first', tags: ['vip', 'return-in-transit'] };
const TWO_COATS = { specifyItems: 'json', itemsJson: '[{"sku":"COAT-M","quantity":2,"note":"Sleeve too short"}]' };
const ASKED_BY_ID = 'query ($id: ID!) { order(id: $id) { returns(first: 9) { nodes { id status } } } }';

async function readRma(services: Services, rmaId: string): Promise<string> {
	return JSON.stringify(await services.readRma(rmaId));
}

/** What the node itself did before: the record on the order is written by nobody else. */
async function settle(services: Services, rma: string): Promise<void> {
	const parameters = { resource: 'return', operation: 'process', rma, locationId: byId(await services.firstLocation()) };
	const { outputs, error } = await runNode({ node: ShopifyReturns, credentialTypes: services.credentialTypes, credentials: services.credentials(['shopifyReturnsApi']), parameters });
	if (error !== undefined) throw error;
	if (outputs[0]?.length !== 1) throw new Error(`It was not settled: ${JSON.stringify(outputs[1])}`);
}

/** A return request that was refunded and restocked, on an order that has a note and tags. */
async function settledReturn(services: Services): Promise<Placed & { rma: string; returnId: string }> {
	const placed = await services.inspectedReturn(KNOWN_ORDER);
	const rma = await readRma(services, placed.rmaId);
	await settle(services, rma);
	return { ...placed, rma, returnId: (await returnsOf(services, placed.orderId))[0] ?? '' };
}

async function returnsOf(services: Services, orderId: string): Promise<string[]> {
	return (await services.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>(ASKED_BY_ID, { id: orderId })).order.returns.nodes.map(({ id }) => id);
}

/** As the customer asks for a return in the shop's own portal. */
async function requestedReturn(services: Services, placed: Placed): Promise<string> {
	const { returnableFulfillments } = await services.ask<{ returnableFulfillments: { nodes: Array<{ returnableFulfillmentLineItems: { nodes: Array<{ fulfillmentLineItem: { id: string } }> } }> } }>(
		'query ($id: ID!) { returnableFulfillments(orderId: $id, first: 1) { nodes { returnableFulfillmentLineItems(first: 1) { nodes { fulfillmentLineItem { id } } } } } }',
		{ id: placed.orderId },
	);
	const fulfillmentLineItemId = returnableFulfillments.nodes[0]?.returnableFulfillmentLineItems.nodes[0]?.fulfillmentLineItem.id;
	const before = await returnsOf(services, placed.orderId);
	await services.mutate('mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { userErrors { message } } }', {
		input: { orderId: placed.orderId, returnLineItems: [{ fulfillmentLineItemId, quantity: 1, returnReason: 'OTHER', customerNote: 'The colour is another one' }] },
	});
	return (await returnsOf(services, placed.orderId)).find((id) => !before.includes(id)) ?? '';
}

async function approvedReturn(services: Services, placed: Placed): Promise<string> {
	const id = await requestedReturn(services, placed);
	await services.mutate('mutation ($id: ID!) { returnApproveRequest(input: { id: $id }) { userErrors { message } } }', { id });
	return id;
}

async function declinedReturn(services: Services, placed: Placed): Promise<string> {
	const id = await requestedReturn(services, placed);
	await services.mutate('mutation ($id: ID!) { returnDeclineRequest(input: { id: $id, declineReason: FINAL_SALE, declineNote: "Sold as final" }) { userErrors { message } } }', { id });
	return id;
}

async function closedReturn(services: Services): Promise<string> {
	const { returnId: id } = await settledReturn(services);
	await closeReturn(services, id);
	return id;
}

async function closeReturn(services: Services, id: string): Promise<void> {
	await services.mutate('mutation ($id: ID!) { returnClose(id: $id) { userErrors { message } } }', { id });
}

/** One order with everything that can be on it: a return settled and closed, one approved, one declined, and a refund by hand. */
async function busyOrder(services: Services): Promise<Placed> {
	const settled = await settledReturn(services);
	await closeReturn(services, settled.returnId);
	await approvedReturn(services, settled);
	await declinedReturn(services, settled);
	return settled;
}

/** A refund by hand that belongs to a return, with a note and a piece put back. */
async function refundOfReturn(services: Services): Promise<{ orderId: string; refundId: string }> {
	const placed = await services.placeOrder(KNOWN_ORDER);
	const returnId = await approvedReturn(services, placed);
	const location = await services.firstLocation();
	const { id } = await services.shopify.post<{ id: string }>('/__sim/admin/refund', { orderId: placed.orderId, returnId, note: 'Goodwill', lines: [{ lineItemId: placed.lineItemIds[0], quantity: 1, restock: 'RETURN', locationId: location }] });
	return { orderId: placed.orderId, refundId: id };
}

/** Two sets came back whose parts are kept in stock one by one. */
async function bundles(services: Services): Promise<string> {
	await services.shopify.post('/__sim/products', { sku: 'CUP', price: '8.00', available: 0 });
	await services.shopify.post('/__sim/products', { sku: 'PLATE', price: '14.00', available: 0 });
	await services.shopify.post('/__sim/products', { sku: 'SET', price: '30.00', available: 0, components: [{ sku: 'CUP', quantity: 2 }, { sku: 'PLATE', quantity: 1 }] });
	const { rmaId } = await services.inspectedReturn({ currency: 'EUR', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 3, unitPrice: '30.00' }], payments: [{ gateway: 'shopify_payments' }] });
	return await readRma(services, rmaId);
}

const withLocation = async (services: Services, rma: string) => ({ rma, locationId: byId(await services.firstLocation()) });

/** Pieces of which one was not inspected yet. */
async function waitingRequest(services: Services): Promise<string> {
	const placed = await services.placeOrder();
	const rmaId = await services.receiveReturn(placed);
	const rma = await services.readRma(rmaId);
	const [unit] = rma.units as IDataObject[];
	await services.validate(rmaId, { units: [{ id: unit?.id }] });
	return await readRma(services, rmaId);
}

/** Shopify is down for everything that changes something. */
const whileShopifyIsDown = (operation: string): Scene => async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, operation, services);
	await services.shopify.addFaults({ match: { operation: 'metafieldsSet' }, times: -1, action: { kind: 'status', status: 503 } });
	return { parameters };
};

const SCENES: Scenes = {
	'order.addTags': [async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), tags: 'looked-at', target: 'both' } })],
	'order.removeTags': [async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), tags: 'vip', target: 'both' } })],
	'order.setNote': [async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), note: 'Inspected', noteMode: 'append' } })],
	'order.setReturnStatus': [
		async (services) => {
			const placed = await services.placeOrder(KNOWN_ORDER);
			const { rmaId } = await services.returnGo.post<{ rmaId: number }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0] }], autoApprove: true });
			await services.returnGo.post(`/__sim/rmas/${rmaId}/ship`, { trackingNumber: 'PP1', carrierName: 'Parcel Post', trackingURL: 'https://carrier.example/PP1' });
			await services.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
			return { parameters: { rma: await readRma(services, String(rmaId)) } };
		},
	],
	'order.checkEligibility': [
		async (services) => {
			const { orderId } = await services.placeOrder(KNOWN_ORDER);
			const windowRulesJson = '[{"kind":"orderTag","value":"vip","windowDays":0}]';
			return { parameters: { order: byId(orderId), ...TWO_COATS, windowDays: 30, windowFrom: 'fulfillment', transitDays: 0, specifyWindowRules: 'json', windowRulesJson, options: { asOf: '2099-01-01T00:00:00Z' } } };
		},
	],
	'order.find': [async (services) => ({ parameters: { findBy: 'name', value: (await services.placeOrder(KNOWN_ORDER)).orderName, returnAll: false, limit: 50 } })],
	'order.getReturnContext': [async (services) => ({ parameters: { order: byId((await busyOrder(services)).orderId) } })],
	'refund.checkPending': [async (services) => ({ parameters: { lookUpBy: 'order', order: byId((await refundOfReturn(services)).orderId), returnAll: true, onlyUnsettled: false } })],
	'refund.get': [async (services) => ({ parameters: { refundId: (await refundOfReturn(services)).refundId } })],
	'refund.getAll': [async (services) => ({ parameters: { order: byId((await refundOfReturn(services)).orderId), returnAll: true } })],
	'refund.preview': [async (services) => ({ parameters: { rma: await waitingRequest(services) } }), async (services) => ({ parameters: { rma: (await settledReturn(services)).rma } })],
	'refund.post': [async (services) => ({ parameters: { rma: await waitingRequest(services) } }), whileShopifyIsDown('refund.post')],
	'restock.preview': [
		async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }),
		async (services) => ({ parameters: await withLocation(services, await bundles(services)) }),
		async (services) => ({ parameters: await withLocation(services, (await settledReturn(services)).rma) }),
	],
	'restock.execute': [async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }), async (services) => ({ parameters: await withLocation(services, await bundles(services)) }), whileShopifyIsDown('restock.execute')],
	'return.process': [async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }), async (services) => ({ parameters: await withLocation(services, await bundles(services)) }), whileShopifyIsDown('return.process')],
	'return.addTracking': [
		async (services) => {
			const id = await approvedReturn(services, await services.placeOrder(KNOWN_ORDER));
			return { parameters: { return: byId(id), trackingNumber: 'PP1', options: { trackingUrl: 'https://carrier.example/PP1', labelUrl: 'https://carrier.example/label.pdf' } } };
		},
	],
	'return.approve': [async (services) => ({ parameters: { return: byId(await requestedReturn(services, await services.placeOrder(KNOWN_ORDER))) } })],
	'return.cancel': [async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))) } })],
	'return.close': [async (services) => ({ parameters: { return: byId((await settledReturn(services)).returnId) } })],
	'return.create': [async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), ...TWO_COATS } })],
	'return.decline': [async (services) => ({ parameters: { return: byId(await requestedReturn(services, await services.placeOrder(KNOWN_ORDER))), declineReason: 'OTHER', declineNote: 'Worn' } })],
	'return.get': [
		async (services) => ({ parameters: { return: byId(await closedReturn(services)) } }),
		async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))) } }),
		async (services) => ({ parameters: { return: byId(await declinedReturn(services, await services.placeOrder(KNOWN_ORDER))) } }),
	],
	'return.getAll': [async (services) => ({ parameters: { lookUpBy: 'order', order: byId((await busyOrder(services)).orderId), returnAll: true } })],
	'return.removeItems': [async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))), specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":0}]' } })],
	'return.reopen': [async (services) => ({ parameters: { return: byId(await closedReturn(services)) } })],
	'return.request': [async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), ...TWO_COATS } })],
	'store.checkAccess': [async (services) => ({ parameters: { apiVersion: '2026-10' }, keys: { accessToken: await services.tokenWith(['read_locations']) } })],
	'storeCredit.createGiftCard': [whileShopifyIsDown('storeCredit.createGiftCard')],
	'storeCredit.creditAccount': [whileShopifyIsDown('storeCredit.creditAccount')],
	'storeCredit.refund': [whileShopifyIsDown('storeCredit.refund')],
};

export const SHOPIFY_RETURNS_SCENES: Scenes = withRehearsals(SCENES, SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE);
