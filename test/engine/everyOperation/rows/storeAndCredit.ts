/** Operations on the store, and on store credit and gift cards, in the Shopify Returns node. */
import { FLAGSHIP_REFUND } from '../../../support/shop';
import { but, byId, frozenStore, never, shopify, userError, withoutScope, type Row, type Table } from '../behaviours';
import type { Services } from '../services';
import { A_LIST, customerOf, done, inspected, moved, no, NO_LIMIT, NO_ORDER, NO_ORDER_OF_RMA, NOTHING_TO_PAY, ONE_ORDER, only, orderOfCustomer, reading, wallet, writing } from './shopify';

const ONE_STORE = never('It looks at the store itself, of which there is always one.');
const OLD_VERSION = no({ apiVersion: '2019-04' }, /Shopify does not know what was asked for/);

async function statusFields(services: Services): Promise<string[]> {
	const { metafieldDefinitions } = await services.ask<{ metafieldDefinitions: { nodes: Array<{ key: string }> } }>('{ metafieldDefinitions(first: 5, ownerType: ORDER, namespace: "return_settlement") { nodes { key } } }', {});
	return metafieldDefinitions.nodes.map(({ key }) => key);
}

async function makeGiftCard(services: Services): Promise<string> {
	const { giftCardCreate } = await services.ask<{ giftCardCreate: { giftCard: { id: string } } }>('mutation { giftCardCreate(input: { initialAmount: { amount: "25.00", currencyCode: USD } }) { giftCard { id } userErrors { message } } }', {});
	return giftCardCreate.giftCard.id;
}

async function isUsable(services: Services, id: string): Promise<boolean> {
	return (await services.ask<{ giftCard: { enabled: boolean } }>('query ($id: ID!) { giftCard(id: $id) { enabled } }', { id })).giftCard.enabled;
}

async function credit(services: Services, customerId: string, amount: string): Promise<void> {
	await services.mutate('mutation ($id: ID!, $amount: Decimal!) { storeCreditAccountCredit(id: $id, creditInput: { creditAmount: { amount: $amount, currencyCode: EUR } }) { userErrors { message } } }', { id: customerId, amount });
}

/** Pays the flagship units with credit, one way or another. */
function paying(field: string, once: { refunds: string[]; balances: string[]; cards: string[] }, told: object): Row {
	return {
		asks: [shopify('order'), shopify('metafieldsSet'), shopify(field)],
		refused: [userError(field), withoutScope('write_orders')],
		prepare: async (services) => {
			const { orderId, rma } = await inspected(services);
			return {
				// The simulated request asks for a refund; here that resolution is paid with credit.
				parameters: { rma, refundResolutions: 'RefundToPaymentMethod' },
				shows: (shown) => expect(done(shown)).toMatchObject({ everyUnitSettled: true, ...told }),
				effect: {
					read: async () => {
						const { refunds } = await moved(services, orderId);
						return { refunds, ...(await wallet(services, orderId)) };
					},
					once,
				},
			};
		},
		empty: NOTHING_TO_PAY,
		notFound: NO_ORDER_OF_RMA,
	};
}

const IN_EUR = `${FLAGSHIP_REFUND} EUR`;

export const STORE_AND_CREDIT: Table = {
	'store.checkAccess': {
		asks: [shopify('currentAppInstallation')],
		refused: [frozenStore('currentAppInstallation')],
		prepare: async () => ({ parameters: { apiVersion: '2026-10' }, shows: (shown) => expect(only(shown)).toMatchObject({ isComplete: true, missing: [] }) }),
		empty: ONE_STORE,
		notFound: ONE_STORE,
		failing: OLD_VERSION,
	},
	'store.getLocations': reading('locations', 'read_locations', {
		prepare: async (services) => {
			const location = await services.firstLocation();
			return { parameters: { returnAll: false, limit: 1 }, shows: (shown) => expect(only(shown)).toMatchObject({ id: location, isActive: true }) };
		},
		empty: async (services, prepared) => {
			const { locations } = await services.ask<{ locations: { nodes: Array<{ id: string; name: string }> } }>('{ locations(first: 20) { nodes { id name } } }', {});
			for (const { id, name } of locations.nodes) await services.shopify.post('/__sim/locations', { id, name, isActive: false });
			return { parameters: prepared.parameters, shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: A_LIST,
		failing: NO_LIMIT,
	}),
	'store.setUpStatusField': {
		asks: [shopify('metafieldDefinitions'), shopify('metafieldDefinitionCreate')],
		refused: [userError('metafieldDefinitionCreate', { createdDefinition: null }), withoutScope('write_orders')],
		prepare: async (services) => ({
			parameters: { apiVersion: '2026-10' },
			shows: (shown) => expect(done(shown)).toMatchObject({ field: { name: 'Returns', isPinned: true } }),
			effect: { read: async () => await statusFields(services), once: ['status'] },
		}),
		empty: ONE_STORE,
		notFound: ONE_STORE,
		failing: OLD_VERSION,
	},
	'storeCredit.createGiftCard': paying('giftCardCreate', { refunds: [], balances: [], cards: [IN_EUR] }, { credit: { amount: FLAGSHIP_REFUND } }),
	'storeCredit.creditAccount': paying('storeCreditAccountCredit', { refunds: [], balances: [IN_EUR], cards: [] }, { credit: { amount: FLAGSHIP_REFUND } }),
	'storeCredit.deactivateGiftCard': writing('giftCardDeactivate', 'write_gift_cards', {
		prepare: async (services) => {
			const id = await makeGiftCard(services);
			return { parameters: { giftCard: byId(id) }, shows: (shown) => expect(done(shown)).toMatchObject({ giftCard: { id, isEnabled: false } }), effect: { read: async () => await isUsable(services, id), once: false } };
		},
		empty: never('It works on the one gift card that it is given.'),
		notFound: no({ giftCard: byId('31') }, /giftCardNotFound/),
	}),
	'storeCredit.debitAccount': {
		asks: [shopify('metafieldsSet'), shopify('storeCreditAccountDebit')],
		refused: [userError('storeCreditAccountDebit', {}, 'ACCOUNT_NOT_FOUND'), withoutScope('write_orders')],
		prepare: async (services) => {
			const order = await orderOfCustomer(services);
			await credit(services, await customerOf(services, order), '20.00');
			return {
				parameters: { order: byId(order.orderId), reference: 'RMA1 damaged', amount: '12.50', currency: 'EUR' },
				shows: (shown) => expect(done(shown)).toMatchObject({ amount: '12.50', currency: 'EUR' }),
				effect: { read: async () => (await wallet(services, order.orderId)).balances, once: ['7.50 EUR'] },
			};
		},
		empty: ONE_ORDER,
		notFound: NO_ORDER,
	},
	'storeCredit.getBalance': reading('order', 'read_store_credit_accounts', {
		prepare: async (services) => {
			const order = await orderOfCustomer(services);
			const customerId = await customerOf(services, order);
			await credit(services, customerId, '9.00');
			return { parameters: { lookUpBy: 'order', order: byId(order.orderId) }, shows: (shown) => expect(only(shown)).toMatchObject({ customerId, currency: 'EUR' }) };
		},
		empty: async (services, prepared) => {
			const { orderId } = await orderOfCustomer(services, { email: 'two@example.com', customer: { email: 'two@example.com' } });
			return { parameters: but(prepared, { order: byId(orderId) }), shows: (shown) => expect(shown).toEqual([[]]) };
		},
		notFound: NO_ORDER,
	}),
	'storeCredit.refund': paying('returnProcess', { refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], balances: [IN_EUR], cards: [] }, { refund: { amount: FLAGSHIP_REFUND } }),
};
