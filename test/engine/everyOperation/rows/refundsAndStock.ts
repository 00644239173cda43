/** Operations on refunds and on stock, in the Shopify Returns node. */
import { FLAGSHIP, FLAGSHIP_REFUND } from '../../../support/shop';
import { but, byId, never, shopify, userError, withoutScope, type Table } from '../behaviours';
import type { Services } from '../services';
import { asExchange, done, inspected, moved, no, NO_ORDER, NO_ORDER_OF_RMA, NO_RMA, NOTHING_TO_PAY, ONE_ORDER, only, putBackByHand, reading, withoutOrder } from './shopify';

const NO_REASONS = { alreadyDone: [], blocked: [], waiting: [] };

/** A refund by a person in the admin. */
async function refundByHand(services: Services, order: object = FLAGSHIP): Promise<{ orderId: string; refundId: string }> {
	const { orderId, lineItemIds } = await services.placeOrder(order);
	const { id } = await services.shopify.post<{ id: string }>('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
	return { orderId, refundId: id };
}

/** Pieces of the flagship article at the location: for sale, and set aside as damaged. */
async function stockAt(services: Services, location: string): Promise<Array<number | undefined>> {
	const levels = await services.shopify.get<Array<{ locationId: string; quantities: Record<string, number> }>>('/__sim/inventory?sku=COAT-M');
	const quantities = levels.find(({ locationId }) => locationId === location)?.quantities;
	return [quantities?.available, quantities?.damaged ?? 0];
}

export const REFUNDS_AND_STOCK: Table = {
	'refund.checkPending': reading('order', 'read_orders', {
		prepare: async (services) => {
			const { orderId, refundId } = await refundByHand(services, { ...FLAGSHIP, refundsSettle: 'pending' });
			return { parameters: { lookUpBy: 'order', order: byId(orderId), returnAll: true, onlyUnsettled: true }, shows: (shown) => expect(only(shown)).toMatchObject({ id: refundId, moneyState: 'pending', isSettled: false, reasons: [{ code: 'refundPending' }] }) };
		},
		empty: async (services, prepared) => {
			const { orderId } = await refundByHand(services);
			return { parameters: but(prepared, { order: byId(orderId) }), shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: NO_ORDER,
	}),
	'refund.get': reading('refund', 'read_orders', {
		prepare: async (services) => {
			const { refundId } = await refundByHand(services);
			return { parameters: { refundId }, shows: (shown) => expect(only(shown)).toMatchObject({ id: refundId, moneyState: 'paid' }) };
		},
		empty: never('It reads the one refund that it is given.'),
		notFound: no({ refundId: '31' }, /refundNotFound/),
	}),
	'refund.getAll': reading('order', 'read_orders', {
		prepare: async (services) => {
			const { orderId, refundId } = await refundByHand(services);
			return { parameters: { order: byId(orderId), returnAll: true }, shows: (shown) => expect(only(shown)).toMatchObject({ id: refundId }) };
		},
		empty: async (services, prepared) => {
			const { orderId } = await services.placeOrder();
			return { parameters: but(prepared, { order: byId(orderId) }), shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: NO_ORDER,
	}),
	'refund.post': {
		asks: [shopify('order'), shopify('metafieldsSet'), shopify('returnProcess')],
		refused: [userError('returnProcess', { return: null }), withoutScope('write_orders')],
		prepare: async (services) => {
			const { orderId, rma } = await inspected(services);
			return {
				parameters: { rma },
				shows: (shown) => expect(done(shown)).toMatchObject({ everyUnitSettled: true, refund: { amount: FLAGSHIP_REFUND, currency: 'EUR' } }),
				effect: { read: async () => await moved(services, orderId), once: { refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [] } },
			};
		},
		empty: NOTHING_TO_PAY,
		notFound: NO_ORDER_OF_RMA,
	},
	'refund.preview': reading('order', 'read_orders', {
		prepare: async (services) => {
			const { rma } = await inspected(services);
			return { parameters: { rma }, shows: (shown) => expect(only(shown)).toMatchObject({ reasons: NO_REASONS, refund: { amount: FLAGSHIP_REFUND } }) };
		},
		empty: async (_services, prepared) => ({
			parameters: asExchange(prepared),
			shows: (shown) => expect(only(shown)).toMatchObject({ refund: null, restock: null, reasons: { ...NO_REASONS, blocked: [{ code: 'otherResolution' }] } }),
		}),
		notFound: (prepared) => ({ parameters: withoutOrder(prepared), says: /orderNotFound/, answeredOn: 0 }),
		failing: NO_RMA,
	}),
	'restock.execute': {
		asks: [shopify('order'), shopify('metafieldsSet'), shopify('reverseFulfillmentOrderDispose')],
		refused: [userError('reverseFulfillmentOrderDispose', { reverseFulfillmentOrderLineItems: null }), withoutScope('write_orders')],
		prepare: async (services) => {
			const location = await services.firstLocation();
			const { orderId, rma } = await inspected(services);
			return {
				parameters: { rma, locationId: byId(location) },
				shows: (shown) => expect(done(shown)).toMatchObject({ everyUnitSettled: true, refund: null }),
				effect: { read: async () => await moved(services, orderId), once: { refunds: [], dispositions: [`2 RESTOCKED ${location}`] } },
			};
		},
		empty: async (services, prepared) => {
			await putBackByHand(services, prepared);
			return { parameters: prepared.parameters, shows: (shown) => expect(shown).toMatchObject([[{ outcome: 'alreadyDone', everyUnitSettled: true, refund: null, restock: null, stock: null, reasons: [{ code: 'restockedInShopify' }] }], []]) };
		},
		notFound: NO_ORDER_OF_RMA,
	},
	'restock.moveToUnavailable': {
		asks: [shopify('metafieldsSet'), shopify('inventoryMoveQuantities')],
		refused: [userError('inventoryMoveQuantities', {}, 'NON_MUTABLE_INVENTORY_ITEM'), withoutScope('write_orders')],
		prepare: async (services) => {
			const location = await services.firstLocation();
			const { orderId } = await services.placeOrder();
			const [available = 0, damaged = 0] = await stockAt(services, location);
			return {
				parameters: { order: byId(orderId), reference: 'two coats', item: { __rl: true, mode: 'sku', value: 'COAT-M' }, location: byId(location), quantity: 2, state: 'damaged' },
				shows: (shown) => expect(done(shown)).toMatchObject({ quantity: 2, state: 'damaged' }),
				effect: { read: async () => await stockAt(services, location), once: [available - 2, damaged + 2] },
			};
		},
		empty: ONE_ORDER,
		notFound: no({ item: { __rl: true, mode: 'sku', value: 'HAT' } }, /itemNotFound/),
	},
	'restock.preview': reading('order', 'read_orders', {
		prepare: async (services) => {
			const location = await services.firstLocation();
			const { rma } = await inspected(services);
			return { parameters: { rma, locationId: byId(location) }, shows: (shown) => expect(only(shown)).toMatchObject({ reasons: NO_REASONS, refund: null, restock: { dispositions: [{ type: 'RESTOCKED', quantity: 2, locationId: location }] } }) };
		},
		empty: async (services, prepared) => {
			await putBackByHand(services, prepared);
			return { parameters: prepared.parameters, shows: (shown) => expect(only(shown)).toMatchObject({ refund: null, restock: null, stock: [], reasons: { ...NO_REASONS, alreadyDone: [{ code: 'restockedInShopify' }] } }) };
		},
		notFound: (prepared) => ({ parameters: withoutOrder(prepared), says: /orderNotFound/, answeredOn: 0 }),
		failing: NO_RMA,
	}),
};

