/** Operations on Shopify's returns, in the Shopify Returns node. */
import type { INodeParameters } from 'n8n-workflow';
import { FLAGSHIP_REFUND } from '../../../support/shop';
import { but, byId, never, shopify, userError, withoutScope, type Row, type Table } from '../behaviours';
import type { Services } from '../services';
import { asExchange, done, inspected, moved, NO_ORDER, NO_ORDER_OF_RMA, NO_RETURN, ONE_RETURN, only, putBackByHand, reading, writing } from './shopify';

interface ReturnInShopify {
	status: string;
	totalQuantity: number;
}

async function returnById(services: Services, id: string): Promise<ReturnInShopify> {
	return (await services.ask<{ return: ReturnInShopify }>('query ($id: ID!) { return(id: $id) { status totalQuantity } }', { id })).return;
}

/** Status and pieces of each return of the order. */
async function returnsOf(services: Services, id: string): Promise<ReturnInShopify[]> {
	return (await services.ask<{ order: { returns: { nodes: ReturnInShopify[] } } }>('query ($id: ID!) { order(id: $id) { returns(first: 5) { nodes { status totalQuantity } } } }', { id })).order.returns.nodes;
}

async function trackingNumbers(services: Services, id: string): Promise<string[]> {
	const answer = await services.ask<{ return: { reverseFulfillmentOrders: { nodes: Array<{ reverseDeliveries: { nodes: Array<{ deliverable: { tracking: { number: string } } }> } }> } } }>(
		'query ($id: ID!) { return(id: $id) { reverseFulfillmentOrders(first: 2) { nodes { reverseDeliveries(first: 5) { nodes { deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { number } } } } } } } } }',
		{ id },
	);
	return answer.return.reverseFulfillmentOrders.nodes.flatMap((order) => order.reverseDeliveries.nodes.map(({ deliverable }) => deliverable.tracking.number));
}

const open = async (services: Services) => await services.makeReturn(await services.placeOrder());
const requested = async (services: Services) => await services.makeReturn(await services.placeOrder(), 'REQUESTED');
const closed = async (services: Services) => {
	const id = await open(services);
	await services.mutate('mutation ($id: ID!) { returnClose(id: $id) { userErrors { message } } }', { id });
	return id;
};

/** A step in the life of a return: one mutation, after which the return has another status. */
function step(field: string, make: (services: Services) => Promise<string>, once: ReturnInShopify, parameters: INodeParameters = {}): Row {
	return writing(field, 'write_returns', {
		prepare: async (services) => {
			const id = await make(services);
			return { parameters: { return: byId(id), ...parameters }, shows: (shown) => expect(done(shown)).toMatchObject({ return: { id, ...once } }), effect: { read: async () => await returnById(services, id), once } };
		},
		empty: ONE_RETURN,
		notFound: NO_RETURN,
	});
}

/** Makes a return where there is none. */
function making(field: string, status: string): Row {
	return writing(field, 'write_returns', {
		prepare: async (services) => {
			const { orderId, lineItemIds } = await services.placeOrder();
			return {
				parameters: { order: byId(orderId), specifyItems: 'json', itemsJson: JSON.stringify([{ sku: 'COAT-M', quantity: 2 }]) },
				shows: (shown) => expect(done(shown)).toMatchObject({ return: { status, totalQuantity: 2, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] } }),
				effect: { read: async () => await returnsOf(services, orderId), once: [{ status, totalQuantity: 2 }] },
			};
		},
		empty: never('It makes one return, or uses the one that exists.'),
		notFound: NO_ORDER,
	});
}

export const RETURNS: Table = {
	'return.addTracking': writing('reverseDeliveryCreateWithShipping', 'write_returns', {
		prepare: async (services) => {
			const id = await open(services);
			return {
				parameters: { return: byId(id), trackingNumber: 'PP1' },
				shows: (shown) => expect(done(shown)).toMatchObject({ return: { id }, reverseDeliveries: [{ trackingNumber: 'PP1' }] }),
				effect: { read: async () => await trackingNumbers(services, id), once: ['PP1'] },
			};
		},
		empty: ONE_RETURN,
		notFound: NO_RETURN,
	}),
	'return.approve': step('returnApproveRequest', requested, { status: 'OPEN', totalQuantity: 2 }),
	'return.cancel': step('returnCancel', open, { status: 'CANCELED', totalQuantity: 2 }),
	'return.close': step('returnClose', open, { status: 'CLOSED', totalQuantity: 2 }),
	'return.create': making('returnCreate', 'OPEN'),
	'return.decline': step('returnDeclineRequest', requested, { status: 'DECLINED', totalQuantity: 2 }, { declineReason: 'FINAL_SALE', declineNote: 'Sold as final.' }),
	'return.get': reading('return', 'read_returns', {
		prepare: async (services) => {
			const id = await open(services);
			return { parameters: { return: byId(id) }, shows: (shown) => expect(only(shown)).toMatchObject({ id, status: 'OPEN', totalQuantity: 2 }) };
		},
		empty: ONE_RETURN,
		notFound: NO_RETURN,
	}),
	'return.getAll': reading('order', 'read_returns', {
		prepare: async (services) => {
			const order = await services.placeOrder();
			const id = await services.makeReturn(order);
			return { parameters: { lookUpBy: 'order', order: byId(order.orderId), returnAll: true }, shows: (shown) => expect(only(shown)).toMatchObject({ id }) };
		},
		empty: async (services, prepared) => {
			const { orderId } = await services.placeOrder();
			return { parameters: but(prepared, { order: byId(orderId) }), shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: NO_ORDER,
	}),
	'return.process': {
		asks: [shopify('order'), shopify('metafieldsSet'), shopify('returnProcess')],
		refused: [userError('returnProcess', { return: null }), withoutScope('write_orders')],
		prepare: async (services) => {
			const location = await services.firstLocation();
			const { orderId, rma } = await inspected(services);
			return {
				parameters: { rma, locationId: byId(location) },
				shows: (shown) => expect(done(shown)).toMatchObject({ everyUnitSettled: true, refund: { amount: FLAGSHIP_REFUND } }),
				effect: { read: async () => await moved(services, orderId), once: { refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${location}`] } },
			};
		},
		empty: async (services, prepared) => {
			await putBackByHand(services, prepared);
			return { parameters: asExchange(prepared), shows: (shown) => expect(shown).toMatchObject([[{ outcome: 'alreadyDone', refund: null, restock: null, stock: null, reasons: [{ code: 'restockedInShopify' }] }], [{ outcome: 'blocked', refund: null, restock: null, reasons: [{ code: 'otherResolution' }] }]]) };
		},
		notFound: NO_ORDER_OF_RMA,
	},
	'return.removeItems': step('removeFromReturn', open, { status: 'OPEN', totalQuantity: 1 }, { specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":1}]' }),
	'return.reopen': step('returnReopen', closed, { status: 'OPEN', totalQuantity: 2 }),
	'return.request': making('returnRequest', 'REQUESTED'),
};
