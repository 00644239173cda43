/** Further runs of the Shopify Returns node, in which fields have values that the table's runs leave empty. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ShopifyReturns } from '../../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { codesOf, FLAGSHIP, type Placed } from '../../../support/shop';
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

/** The order of the operation's row, chosen by its name. */
const byName = (operation: string): Scene => async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, operation, services);
	const { value } = parameters.order as { value: string };
	const { order } = await services.ask<{ order: { name: string } }>('query ($id: ID!) { order(id: $id) { name } }', { id: value });
	return { parameters: { ...parameters, order: { __rl: true, mode: 'name', value: order.name } } };
};

/** The return of the operation's row, chosen by its name. */
const byReturnName = (operation: string): Scene => async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, operation, services);
	const { return: found } = await services.ask<{ return: { name: string } }>('query ($id: ID!) { return(id: $id) { name } }', { id: (parameters.return as { value: string }).value });
	return { parameters: { ...parameters, return: { __rl: true, mode: 'name', value: found.name } } };
};

/** The simulated requests ask for a refund; store credit is paid for that resolution, too. */
const ANY_RESOLUTION = { refundResolutions: 'RefundToPaymentMethod' };

/** Another run has begun to issue a credit for the same units, and nobody knows what came of it. */
const whileCreditIsUnderWay = (way: 'creditAccount' | 'createGiftCard', more: IDataObject = {}): Scene => async (services) => {
	const { orderId, rmaId } = await services.inspectedReturn(KNOWN_ORDER);
	const rma = await readRma(services, rmaId);
	// An account with a movement on it, so that there is something to look at.
	const { order } = await services.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: orderId });
	await services.mutate('mutation ($id: ID!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: { amount: "5.00", currencyCode: EUR } }) { userErrors { message } } }', { id: order.customer.id });
	// The answer is lost for as long as that run asks.
	await services.shopify.addFaults({ match: { operation: way === 'creditAccount' ? 'storeCreditAccountCredit' : 'giftCardCreate' }, times: 9, action: { kind: 'dropBefore' } });
	const parameters = { resource: 'storeCredit', operation: way, rma, ...ANY_RESOLUTION };
	const { outputs, error } = await runNode({ node: ShopifyReturns, credentialTypes: services.credentialTypes, credentials: services.credentials(['shopifyReturnsApi']), parameters });
	if (error !== undefined) throw error;
	if (codesOf(outputs[1]?.[0]?.json)[0] !== 'answerUnknown') throw new Error(`It is not under way: ${JSON.stringify(outputs)}`);
	await services.shopify.clearFaults();
	return { parameters: { rma, ...more } as INodeParameters };
};
const WHILE_CREDITS_ARE_UNDER_WAY = [whileCreditIsUnderWay('creditAccount'), whileCreditIsUnderWay('createGiftCard')];

/** Whoever made the return in Shopify has taken it back. */
const withoutReturn = (more: IDataObject = {}): Scene => async (services) => {
	const { orderId, rmaId } = await services.inspectedReturn(KNOWN_ORDER);
	await services.cancelReturn(orderId);
	return { parameters: { rma: await readRma(services, rmaId), ...more } as INodeParameters };
};

/** The card is for somebody else, who is told of it. */
const forSomebodyElse: Scene = async (services) => {
	const { rmaId } = await services.inspectedReturn(KNOWN_ORDER);
	const { legacyId } = await services.shopify.post<{ legacyId: number }>('/__sim/customers', { email: 'gift@customer.example', firstName: 'Ada' });
	return { parameters: { rma: await readRma(services, rmaId), ...ANY_RESOLUTION, options: { notifyCustomer: true, recipientCustomerId: String(legacyId) } } as INodeParameters };
};

/** The return holds an item that goes out in exchange. */
const withExchange = (more: IDataObject = {}): Scene => async (services) => {
	const placed = await services.inspectedReturn(KNOWN_ORDER);
	await services.cancelReturn(placed.orderId);
	const { variantId } = await services.shopify.post<{ variantId: string }>('/__sim/products', { sku: 'SWAP', title: 'Swap', price: '10.00', available: 5 });
	await services.openReturn(placed, 2, [{ variantId, quantity: 1 }]);
	return { parameters: { rma: await readRma(services, placed.rmaId), options: { exchangeItems: 'process' }, ...more } as INodeParameters };
};

const withShipping = (more: IDataObject = {}): Scene => async (services) => {
	const { rmaId } = await services.inspectedReturn({ ...KNOWN_ORDER, shipping: { price: '6.00' } });
	return { parameters: { rma: await readRma(services, rmaId), options: { refundShipping: 'full' }, ...more } as INodeParameters };
};

/** Sets whose parts the consultant names, because Shopify does not know them. */
const withBundleTable: Scene = async (services) => {
	await services.shopify.post('/__sim/products', { sku: 'CUP', price: '8.00', available: 0 });
	await services.shopify.post('/__sim/products', { sku: 'PAIR', price: '15.00', available: 0 });
	const { rmaId } = await services.inspectedReturn({ currency: 'EUR', lines: [{ sku: 'PAIR', title: 'Pair of cups', quantity: 3, unitPrice: '15.00' }], payments: [{ gateway: 'shopify_payments' }] });
	return { parameters: { ...(await withLocation(services, await readRma(services, rmaId))), options: { bundleTable: '{"PAIR":{"CUP":2}}' } } };
};

/** Refunded already: what is left is the stock. */
const refundedReturn: Scene = async (services) => {
	const { rmaId } = await services.inspectedReturn(KNOWN_ORDER);
	const rma = await readRma(services, rmaId);
	const { error } = await runNode({ node: ShopifyReturns, credentialTypes: services.credentialTypes, credentials: services.credentials(['shopifyReturnsApi']), parameters: { resource: 'refund', operation: 'post', rma } });
	if (error !== undefined) throw error;
	return { parameters: await withLocation(services, rma) };
};

/** A customer who is tagged already. */
const tagsOfCustomer: Scene = async (services) => {
	const { orderId } = await services.placeOrder(KNOWN_ORDER);
	const { order } = await services.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: orderId });
	await services.mutate('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["vip"]) { userErrors { message } } }', { id: order.customer.id });
	return { parameters: { order: byId(orderId), tags: 'vip', target: 'customer' } };
};

/** More refunds than come with the order itself. */
async function oftenRefunded(services: Services): Promise<Placed> {
	const placed = await services.placeOrder(KNOWN_ORDER);
	for (let number = 0; number < 6; number += 1) await services.shopify.post('/__sim/admin/refund', { orderId: placed.orderId, lines: [{ lineItemId: placed.lineItemIds[0], quantity: 1 }] });
	return placed;
}

const taggedAsPending: Scene = async (services) => {
	const { orderId } = await refundOfReturn(services);
	await services.mutate('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["return-refund-pending"]) { userErrors { message } } }', { id: orderId });
	return { parameters: { lookUpBy: 'tagged', returnAll: true, onlyUnsettled: false } };
};

const moveOfVariant: Scene = async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, 'restock.moveToUnavailable', services);
	const { productVariants } = await services.ask<{ productVariants: { nodes: Array<{ id: string }> } }>('{ productVariants(first: 1, query: "sku:COAT-M") { nodes { id } } }', {});
	return { parameters: { ...parameters, item: { __rl: true, mode: 'variant', value: productVariants.nodes[0]?.id ?? '' } } };
};

/** The parcel has another number than was recorded. */
const otherTracking: Scene = async (services) => {
	const id = await approvedReturn(services, await services.placeOrder(KNOWN_ORDER));
	const parameters = { resource: 'return', operation: 'addTracking', return: byId(id), trackingNumber: 'PP1' };
	await runNode({ node: ShopifyReturns, credentialTypes: services.credentialTypes, credentials: services.credentials(['shopifyReturnsApi']), parameters });
	return { parameters: { return: byId(id), trackingNumber: 'PP2', options: { whenTracked: 'replace' } } };
};

const ofOrdersInProgress: Scene = async (services) => {
	await approvedReturn(services, await services.placeOrder(KNOWN_ORDER));
	return { parameters: { lookUpBy: 'orderStatus', orderReturnStatus: 'in_progress', returnAll: true } };
};

/** Of a line that is on the order, and on another return than this one. */
const notOnReturn: Scene = async (services) => {
	const placed = await services.placeOrder({ ...KNOWN_ORDER, lines: [...KNOWN_ORDER.lines, { sku: 'HAT', title: 'Rain hat', quantity: 1, unitPrice: '15.00' }] });
	return { parameters: { return: byId(await approvedReturn(services, placed)), specifyItems: 'json', removalsJson: '[{"line":"HAT","keep":0}]' } };
};

const balanceOfCustomer: Scene = async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, 'storeCredit.getBalance', services);
	const { order } = await services.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: (parameters.order as { value: string }).value });
	return { parameters: { lookUpBy: 'customer', customerId: order.customer.id, simplify: false } };
};

const balanceOfGiftCard: Scene = async (services) => {
	const { parameters } = await preparedBy(SHOPIFY_RETURNS_TABLE, 'storeCredit.deactivateGiftCard', services);
	return { parameters: { lookUpBy: 'giftCard', giftCard: parameters.giftCard } as INodeParameters };
};

const SCENES: Scenes = {
	'order.addTags': [byName('order.addTags'), async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), tags: 'looked-at', target: 'both' } })],
	'order.removeTags': [byName('order.removeTags'), async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), tags: 'vip', target: 'both' } }), tagsOfCustomer],
	'order.setNote': [byName('order.setNote'), async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), note: 'Inspected', noteMode: 'append' } })],
	'order.setReturnStatus': [
		async (services) => {
			const placed = await services.placeOrder(KNOWN_ORDER);
			const { rmaId } = await services.returnGo.post<{ rmaId: number }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0] }], autoApprove: true });
			await services.returnGo.post(`/__sim/rmas/${rmaId}/ship`, { trackingNumber: 'PP1', carrierName: 'Parcel Post', trackingURL: 'https://carrier.example/PP1' });
			await services.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
			return { parameters: { rma: await readRma(services, String(rmaId)) } };
		},
	],
	'order.checkEligibility': [byName('order.checkEligibility'), 
		async (services) => {
			const { orderId } = await services.placeOrder(KNOWN_ORDER);
			const windowRulesJson = '[{"kind":"orderTag","value":"vip","windowDays":0}]';
			return { parameters: { order: byId(orderId), ...TWO_COATS, windowDays: 30, windowFrom: 'fulfillment', transitDays: 0, specifyWindowRules: 'json', windowRulesJson, options: { asOf: '2099-01-01T00:00:00Z' } } };
		},
	],
	'order.find': [async (services) => ({ parameters: { findBy: 'name', value: (await services.placeOrder(KNOWN_ORDER)).orderName, returnAll: false, limit: 50 } }), async (services) => ({ parameters: { findBy: 'id', value: (await services.placeOrder(KNOWN_ORDER)).orderId } })],
	'order.getReturnContext': [byName('order.getReturnContext'), async (services) => ({ parameters: { order: byId((await busyOrder(services)).orderId) } }), async (services) => ({ parameters: { order: byId((await oftenRefunded(services)).orderId) } })],
	'refund.checkPending': [byName('refund.checkPending'), async (services) => ({ parameters: { lookUpBy: 'order', order: byId((await refundOfReturn(services)).orderId), returnAll: true, onlyUnsettled: false } }), taggedAsPending],
	'refund.get': [async (services) => ({ parameters: { refundId: (await refundOfReturn(services)).refundId } })],
	'refund.getAll': [byName('refund.getAll'), async (services) => ({ parameters: { order: byId((await refundOfReturn(services)).orderId), returnAll: true } })],
	'refund.preview': [async (services) => ({ parameters: { rma: await waitingRequest(services) } }), async (services) => ({ parameters: { rma: (await settledReturn(services)).rma } }), withShipping(), ...WHILE_CREDITS_ARE_UNDER_WAY],
	'refund.post': [async (services) => ({ parameters: { rma: await waitingRequest(services) } }), whileShopifyIsDown('refund.post'), withShipping(), withoutReturn(), withExchange(), ...WHILE_CREDITS_ARE_UNDER_WAY],
	'restock.preview': [
		async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }),
		async (services) => ({ parameters: await withLocation(services, await bundles(services)) }),
		async (services) => ({ parameters: await withLocation(services, (await settledReturn(services)).rma) }),
		withBundleTable,
		...WHILE_CREDITS_ARE_UNDER_WAY,
	],
	'restock.execute': [async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }), async (services) => ({ parameters: await withLocation(services, await bundles(services)) }), whileShopifyIsDown('restock.execute'), withBundleTable, ...WHILE_CREDITS_ARE_UNDER_WAY],
	'restock.moveToUnavailable': [byName('restock.moveToUnavailable'), moveOfVariant],
	'return.process': [async (services) => ({ parameters: await withLocation(services, await waitingRequest(services)) }), async (services) => ({ parameters: await withLocation(services, await bundles(services)) }), whileShopifyIsDown('return.process'), withShipping(), withoutReturn(), withExchange(), withBundleTable, refundedReturn, ...WHILE_CREDITS_ARE_UNDER_WAY],
	'return.addTracking': [byReturnName('return.addTracking'), 
		async (services) => {
			const id = await approvedReturn(services, await services.placeOrder(KNOWN_ORDER));
			return { parameters: { return: byId(id), trackingNumber: 'PP1', options: { trackingUrl: 'https://carrier.example/PP1', labelUrl: 'https://carrier.example/label.pdf' } } };
		},
		otherTracking,
	],
	'return.approve': [byReturnName('return.approve'), async (services) => ({ parameters: { return: byId(await requestedReturn(services, await services.placeOrder(KNOWN_ORDER))) } })],
	'return.cancel': [byReturnName('return.cancel'), async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))) } })],
	'return.close': [byReturnName('return.close'), async (services) => ({ parameters: { return: byId((await settledReturn(services)).returnId) } })],
	'return.create': [byName('return.create'), async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), ...TWO_COATS } })],
	'return.decline': [byReturnName('return.decline'), async (services) => ({ parameters: { return: byId(await requestedReturn(services, await services.placeOrder(KNOWN_ORDER))), declineReason: 'OTHER', declineNote: 'Worn' } })],
	'return.get': [byReturnName('return.get'), 
		async (services) => ({ parameters: { return: byId(await closedReturn(services)) } }),
		async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))) } }),
		async (services) => ({ parameters: { return: byId(await declinedReturn(services, await services.placeOrder(KNOWN_ORDER))) } }),
	],
	'return.getAll': [byName('return.getAll'), async (services) => ({ parameters: { lookUpBy: 'order', order: byId((await busyOrder(services)).orderId), returnAll: true } }), ofOrdersInProgress],
	'return.removeItems': [byReturnName('return.removeItems'), async (services) => ({ parameters: { return: byId(await approvedReturn(services, await services.placeOrder(KNOWN_ORDER))), specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":0}]' } }), notOnReturn],
	'return.reopen': [byReturnName('return.reopen'), async (services) => ({ parameters: { return: byId(await closedReturn(services)) } })],
	'return.request': [byName('return.request'), async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), ...TWO_COATS } })],
	'store.checkAccess': [async (services) => ({ parameters: { apiVersion: '2026-10' }, keys: { accessToken: await services.tokenWith(['read_locations']) } })],
	'storeCredit.createGiftCard': [whileShopifyIsDown('storeCredit.createGiftCard'), withoutReturn({ ...ANY_RESOLUTION, options: { notifyCustomer: true } }), forSomebodyElse, whileCreditIsUnderWay('creditAccount', ANY_RESOLUTION)],
	'storeCredit.creditAccount': [whileShopifyIsDown('storeCredit.creditAccount'), withoutReturn(ANY_RESOLUTION), whileCreditIsUnderWay('createGiftCard', ANY_RESOLUTION)],
	'storeCredit.debitAccount': [byName('storeCredit.debitAccount')],
	'storeCredit.getBalance': [byName('storeCredit.getBalance'), balanceOfCustomer, balanceOfGiftCard],
	'storeCredit.refund': [
		whileShopifyIsDown('storeCredit.refund'),
		withShipping(ANY_RESOLUTION),
		withoutReturn(ANY_RESOLUTION),
		withExchange(ANY_RESOLUTION),
		whileCreditIsUnderWay('creditAccount', ANY_RESOLUTION),
		whileCreditIsUnderWay('createGiftCard', ANY_RESOLUTION),
	],
};

export const SHOPIFY_RETURNS_SCENES: Scenes = withRehearsals(SCENES, SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE);

const ofSettledReturn = (more: INodeParameters = {}): Scene => async (services) => ({ parameters: { return: byId((await settledReturn(services)).returnId), ...more } });

/** The stock was decided on already, at a location that shows with the order: what is left is the money. */
const restockedReturn = (more: INodeParameters = {}): Scene => async (services) => {
	const { rmaId } = await services.inspectedReturn(KNOWN_ORDER);
	const rma = await readRma(services, rmaId);
	const parameters = { resource: 'restock', operation: 'execute', ...(await withLocation(services, rma)) };
	const { error } = await runNode({ node: ShopifyReturns, credentialTypes: services.credentialTypes, credentials: services.credentials(['shopifyReturnsApi']), parameters });
	if (error !== undefined) throw error;
	return { parameters: { rma, ...more } };
};

const twoCoatsAgain: Scene = async (services) => ({ parameters: { order: byId((await settledReturn(services)).orderId), ...TWO_COATS } });
const tagBoth: Scene = async (services) => ({ parameters: { order: byId((await services.placeOrder(KNOWN_ORDER)).orderId), tags: 'looked-at', target: 'both' } });
const bundlesAtLocation: Scene = async (services) => ({ parameters: await withLocation(services, await bundles(services)) });
const underWay = (more: IDataObject = {}): Record<string, Scene> => {
	const [account, card] = [whileCreditIsUnderWay('creditAccount', more), whileCreditIsUnderWay('createGiftCard', more)];
	return { read_customers: account, read_store_credit_accounts: account, read_store_credit_account_transactions: account, read_gift_cards: card };
};

/** By operation and scope: where the scope counts, if not in the operation's row. A location counts where Shopify names one. */
export const SHOWING_SCOPES: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
	'order.addTags': { write_customers: tagBoth },
	'order.getReturnContext': { read_locations: async (services) => ({ parameters: { order: byId((await settledReturn(services)).orderId) } }) },
	'order.removeTags': { write_customers: tagsOfCustomer },
	'order.setReturnStatus': { read_locations: async (services) => ({ parameters: { rma: (await settledReturn(services)).rma } }) },
	'refund.post': { read_locations: restockedReturn(), ...underWay() },
	'refund.preview': { read_locations: restockedReturn(), ...underWay() },
	'restock.execute': { write_inventory: bundlesAtLocation, ...underWay() },
	'restock.preview': underWay(),
	'return.approve': { read_locations: ofSettledReturn() },
	'return.cancel': { read_locations: ofSettledReturn() },
	'return.close': { read_locations: ofSettledReturn() },
	'return.create': { read_locations: twoCoatsAgain },
	'return.decline': { read_locations: ofSettledReturn({ declineReason: 'OTHER', declineNote: 'Worn' }) },
	'return.get': { read_locations: ofSettledReturn() },
	'return.process': { write_inventory: bundlesAtLocation, ...underWay() },
	'return.removeItems': { read_locations: ofSettledReturn({ specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":0}]' }), read_products: notOnReturn },
	'return.reopen': { read_locations: ofSettledReturn() },
	'return.request': { read_locations: twoCoatsAgain },
	'storeCredit.createGiftCard': { ...underWay(ANY_RESOLUTION), read_locations: restockedReturn(ANY_RESOLUTION) },
	'storeCredit.creditAccount': { ...underWay(ANY_RESOLUTION), read_locations: restockedReturn(ANY_RESOLUTION) },
	'storeCredit.getBalance': { read_gift_cards: balanceOfGiftCard },
	'storeCredit.refund': { ...underWay(ANY_RESOLUTION), read_customers: restockedReturn(ANY_RESOLUTION), read_locations: restockedReturn(ANY_RESOLUTION) },
};
