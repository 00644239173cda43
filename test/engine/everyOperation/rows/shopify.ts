/** What rows of the Shopify Returns node have in common. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { FLAGSHIP, type Placed } from '../../../support/shop';
import { but, byId, never, shopify, userError, withoutScope, type Failing, type Prepared, type Row, type Shown } from '../behaviours';
import type { Services } from '../services';

export const ONE_ORDER = never('It works on the one order that it is given.');
export const ONE_RETURN = never('It works on the one return that it is given.');
export const A_LIST = never('A list of what does not exist is an empty list.');

/** A number that nothing in the store has. */
const NOBODY = '31';

/** Fails for another value of these parameters. */
export const no = (changes: INodeParameters, says: RegExp) => (prepared: Prepared): Failing => ({ parameters: but(prepared, changes), says });
export const NO_ORDER = no({ order: byId(NOBODY) }, /orderNotFound/);
export const NO_RETURN = no({ return: byId(NOBODY) }, /returnNotFound/);
export const NO_LIMIT = no({ returnAll: false, limit: 0 }, /Limit is not a whole number of at least 1/);

/** A read: one query does the work; without its scope Shopify denies access. */
export const reading = (field: string, scope: string, row: Omit<Row, 'asks' | 'refused'>): Row => ({ asks: [shopify(field)], refused: [withoutScope(scope)], ...row });

/** A write: one mutation does the work; Shopify may refuse it in its own words, or for want of the scope. */
export const writing = (field: string, scope: string, row: Omit<Row, 'asks' | 'refused'>): Row => ({ asks: [shopify(field)], refused: [userError(field), withoutScope(scope)], ...row });

export const only = ([items = []]: Shown): IDataObject => {
	expect(items).toHaveLength(1);
	return items[0] ?? {};
};

/** Settled, and nothing for people to look at. */
export function done(shown: Shown): IDataObject {
	expect(shown[1]).toEqual([]);
	expect(only(shown)).toMatchObject({ outcome: 'done' });
	return only(shown);
}

export async function orderOfCustomer(services: Services, more: object = {}): Promise<Placed> {
	return await services.placeOrder({ ...FLAGSHIP, email: 'one@example.com', customer: { email: 'one@example.com' }, ...more });
}

export async function customerOf(services: Services, { orderId }: Placed): Promise<string> {
	return (await services.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: orderId })).order.customer.id;
}

/** An RMA whose units are inspected, and the same as if it were of an order that the store does not have. */
export async function inspected(services: Services): Promise<Placed & { rmaId: string; rma: string }> {
	const placed = await services.inspectedReturn();
	return { ...placed, rma: JSON.stringify(await services.readRma(placed.rmaId)) };
}

export function withoutOrder({ parameters }: Prepared): INodeParameters {
	const rma = JSON.parse(String(parameters.rma)) as IDataObject;
	return { ...parameters, rma: JSON.stringify({ ...rma, order: { id: `gid://shopify/Order/${NOBODY}`, name: '#31' } }) };
}

export const NO_ORDER_OF_RMA = (prepared: Prepared): Failing => ({ parameters: withoutOrder(prepared), says: /orderNotFound/ });
export const NO_RMA = no({ rma: '{"id":"nonsense"}' }, /RMA/);

interface GivenRma {
	order: { id: string };
	units: Array<{ lineItemId: string; resolutionType: string }>;
}

export function asExchange(prepared: Prepared): INodeParameters {
	const rma = JSON.parse(String(prepared.parameters.rma)) as GivenRma;
	return but(prepared, { rma: JSON.stringify({ ...rma, units: rma.units.map((unit) => ({ ...unit, resolutionType: 'Exchange' })) }) });
}

/** The customer chose an exchange for every unit: there is nothing to pay, and that is said. */
export const NOTHING_TO_PAY: Row['empty'] = async (_services, prepared) => ({
	parameters: asExchange(prepared),
	shows: (shown) => {
		expect(shown[0]).toEqual([]);
		expect(shown[1]).toMatchObject([{ outcome: 'blocked', refund: null, restock: null, reasons: [{ code: 'otherResolution', owner: 'nobody' }] }]);
		expect(shown[1]?.[0]).not.toHaveProperty('credit');
	},
});

/** A person put all pieces back in the admin, so no stock is left to move, whatever the customer chose. */
export async function putBackByHand(services: Services, { parameters }: Prepared): Promise<void> {
	const rma = JSON.parse(String(parameters.rma)) as GivenRma;
	const { order } = await services.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: rma.order.id });
	await services.shopify.post('/__sim/admin/dispose', { returnId: order.returns.nodes[0]?.id, lines: [{ lineItemId: rma.units[0]?.lineItemId, quantity: rma.units.length, type: 'RESTOCKED', locationId: await services.firstLocation() }] });
}

/** What the order shows of money and stock. */
export async function moved(services: Services, orderId: string): Promise<{ refunds: string[]; dispositions: string[] }> {
	const { refunds, dispositions } = await services.outcome(orderId);
	return { refunds, dispositions };
}

/** What the customer of the order holds, and all gift cards of the store. */
export async function wallet(services: Services, orderId: string): Promise<{ balances: string[]; cards: string[] }> {
	interface Amount {
		amount: string;
		currencyCode: string;
	}
	const text = ({ amount, currencyCode }: Amount) => `${Number(amount).toFixed(2)} ${currencyCode}`;
	const { order, giftCards } = await services.ask<{ order: { customer: { storeCreditAccounts: { nodes: Array<{ balance: Amount }> } } | null }; giftCards: { nodes: Array<{ initialValue: Amount }> } }>(
		'query ($id: ID!) { order(id: $id) { customer { storeCreditAccounts(first: 5) { nodes { balance { amount currencyCode } } } } } giftCards(first: 10) { nodes { initialValue { amount currencyCode } } } }',
		{ id: orderId },
	);
	return { balances: (order.customer?.storeCreditAccounts.nodes ?? []).map(({ balance }) => text(balance)), cards: giftCards.nodes.map(({ initialValue }) => text(initialValue)) };
}
