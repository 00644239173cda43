/** Operations on orders, in the Shopify Returns node. */
import type { Prepared, Table } from '../behaviours';
import { but, byId, never, shopify, userError, withoutScope } from '../behaviours';
import type { Services } from '../services';
import { done, inspected, NO_LIMIT, NO_ORDER, NO_ORDER_OF_RMA, ONE_ORDER, only, orderOfCustomer, reading, writing } from './shopify';

async function tagsAndNote(services: Services, id: string): Promise<{ tags: string[]; note: string | null }> {
	return (await services.ask<{ order: { tags: string[]; note: string | null } }>('query ($id: ID!) { order(id: $id) { tags note } }', { id })).order;
}

async function tagByHand(services: Services, id: string, tags: string[]): Promise<void> {
	await services.mutate('mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }', { id, tags });
}

const judging = async (services: Services): Promise<Prepared> => {
	const { orderId, lineItemIds } = await services.placeOrder();
	return {
		parameters: { order: byId(orderId), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M","quantity":2}]', windowDays: 30, windowFrom: 'fulfillment', transitDays: 0, windowRules: {}, options: {} },
		shows: (shown) => expect(only(shown)).toMatchObject({ isEligible: true, orderId, items: [{ sku: 'COAT-M', lineItemId: lineItemIds[0], eligibleQuantity: 2 }] }),
	};
};

export const ORDERS: Table = {
	'order.addTags': writing('tagsAdd', 'write_orders', {
		prepare: async (services) => {
			const { orderId } = await services.placeOrder();
			return {
				parameters: { order: byId(orderId), tags: 'looked-at', target: 'order' },
				shows: (shown) => expect(done(shown)).toMatchObject({ order: { id: orderId, tags: ['looked-at'] } }),
				effect: { read: async () => (await tagsAndNote(services, orderId)).tags, once: ['looked-at'] },
			};
		},
		empty: ONE_ORDER,
		notFound: NO_ORDER,
	}),
	'order.checkEligibility': reading('returnableFulfillments', 'read_orders', { prepare: judging, empty: never('It gives one verdict on the items that it is given.'), notFound: NO_ORDER }),
	'order.find': reading('orders', 'read_orders', {
		prepare: async (services) => {
			const { orderId } = await orderOfCustomer(services);
			return { parameters: { findBy: 'email', value: 'one@example.com', returnAll: false, limit: 50 }, shows: (shown) => expect(only(shown)).toMatchObject({ id: orderId }) };
		},
		empty: async (_services, prepared) => ({ parameters: but(prepared, { value: 'nobody@example.com' }), shows: (shown) => expect(shown).toEqual([[]]) }),
		notFound: never('What is not found is an empty result.'),
		failing: NO_LIMIT,
	}),
	'order.getReturnContext': reading('order', 'read_orders', {
		prepare: async (services) => {
			const { orderId } = await services.inspectedReturn();
			return { parameters: { order: byId(orderId) }, shows: (shown) => expect(only(shown)).toMatchObject({ returnStatus: 'IN_PROGRESS', returns: [{ status: 'OPEN' }], lines: [{ refundableQuantity: 3 }] }) };
		},
		empty: async (services, prepared) => {
			const { orderId } = await services.placeOrder();
			return { parameters: but(prepared, { order: byId(orderId) }), shows: (shown) => expect(only(shown)).toMatchObject({ returnStatus: 'NO_RETURN', returns: [], refunds: [] }) };
		},
		notFound: NO_ORDER,
	}),
	'order.removeTags': writing('tagsRemove', 'write_orders', {
		prepare: async (services) => {
			const { orderId } = await services.placeOrder();
			await tagByHand(services, orderId, ['looked-at', 'vip']);
			return {
				parameters: { order: byId(orderId), tags: 'looked-at', target: 'order' },
				shows: (shown) => expect(done(shown)).toMatchObject({ order: { id: orderId, tags: ['vip'] } }),
				effect: { read: async () => (await tagsAndNote(services, orderId)).tags, once: ['vip'] },
			};
		},
		empty: ONE_ORDER,
		notFound: NO_ORDER,
	}),
	'order.setNote': writing('orderUpdate', 'write_orders', {
		prepare: async (services) => {
			const { orderId } = await services.placeOrder();
			return {
				parameters: { order: byId(orderId), note: 'Inspected', noteMode: 'append' },
				shows: (shown) => expect(done(shown)).toMatchObject({ order: { note: 'Inspected' } }),
				effect: { read: async () => (await tagsAndNote(services, orderId)).note, once: 'Inspected' },
			};
		},
		empty: ONE_ORDER,
		notFound: NO_ORDER,
	}),
	'order.setReturnStatus': {
		asks: [shopify('order'), shopify('metafieldsSet')],
		refused: [userError('metafieldsSet', { metafields: null }, 'INVALID_VALUE'), withoutScope('write_orders')],
		prepare: async (services) => {
			const { orderId, rmaId, rma } = await inspected(services);
			return {
				parameters: { rma },
				shows: (shown) => expect(done(shown)).toMatchObject({ rmaId, orderId, status: { state: 'inspected' }, tags: { added: ['return-inspected'] } }),
				effect: {
					read: async () => {
						const { tags, status } = await services.outcome(orderId);
						return [tags, status === null ? 0 : (JSON.parse(status) as unknown[]).length];
					},
					once: [['return-inspected'], 1],
				},
			};
		},
		empty: ONE_ORDER,
		notFound: NO_ORDER_OF_RMA,
	},
};
