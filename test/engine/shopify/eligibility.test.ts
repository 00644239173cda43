/** Order: Check Eligibility with what the simulated shop does not have: deliveries, countries, product types and tags, and orders too large to judge. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { runNode } from '../harness';
import { page, startSchemaStore, type SchemaStore } from './schemaStore';
import { byId, first } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

const ORDER = 'gid://shopify/Order/1001';
const SHIRT = 'gid://shopify/LineItem/500000001';
const OLD_PARCEL = 'gid://shopify/FulfillmentLineItem/700000001';
const NEW_PARCEL = 'gid://shopify/FulfillmentLineItem/700000002';

let shop: SchemaStore;
beforeAll(async () => {
	shop = await startSchemaStore();
}, 240_000);
afterAll(async () => await shop.close());

const fulfillment = (number: number, createdAt: string, deliveredAt: string | null, lines: object) => ({ id: `gid://shopify/Fulfillment/${number}`, createdAt, deliveredAt, fulfillmentLineItems: lines });
const line = () => ({ id: SHIRT, name: 'Shirt', sku: 'SHIRT-M', quantity: 2, refundableQuantity: 2, unfulfilledQuantity: 0, isGiftCard: false, product: { id: 'gid://shopify/Product/1', productType: 'Shirts', tags: ['Sale'] } });
const order = (overrides: object = {}) => ({
	id: ORDER,
	name: '#1001',
	createdAt: '2026-10-01T00:00:00Z',
	processedAt: '2026-10-01T00:00:00Z',
	cancelledAt: null,
	tags: [],
	shippingAddress: { countryCodeV2: 'CH' },
	fulfillments: [fulfillment(1, '2026-10-02T00:00:00Z', '2026-10-05T00:00:00Z', page([{ id: OLD_PARCEL }])), fulfillment(2, '2026-11-02T00:00:00Z', null, page([{ id: NEW_PARCEL }]))],
	lineItems: ({ after }: { after?: string | null }) => (after ? page([line()]) : page([{ ...line(), id: 'gid://shopify/LineItem/500000009', sku: 'MUG', product: null }], 'behind-the-mug')),
	...overrides,
});
const returnable = (lines: object) => page([{ id: 'gid://shopify/ReturnableFulfillment/1', returnableFulfillmentLineItems: lines }]);
const piece = (id: string) => ({ quantity: 1, fulfillmentLineItem: { id, lineItem: { id: SHIRT, name: 'Shirt', sku: 'SHIRT-M' } } });
const answer = (found: object | null, lines: object = page([piece(OLD_PARCEL), piece(NEW_PARCEL)])) => shop.answerFrom({ order: found, returnableFulfillments: returnable(lines) });

const judge = (parameters: INodeParameters = {}) =>
	runNode({
		node: ShopifyReturns,
		credentialTypes: [new ShopifyReturnsApi()],
		credentials: { shopifyReturnsApi: { shopDomain: shop.store.origin, authentication: 'accessToken', accessToken: 'shpat_secret' } },
		parameters: { resource: 'order', operation: 'checkEligibility', order: byId(ORDER), specifyItems: 'json', itemsJson: '[{"sku":"SHIRT-M","quantity":1}]', windowDays: 30, windowFrom: 'delivery', transitDays: 3, options: { asOf: '2026-11-05T00:00:00Z' }, ...parameters },
	});
const itemsOf = async (parameters?: INodeParameters) => first((await judge(parameters)).outputs[0]).items as Array<{ eligibleQuantity: number; isEligible: boolean; deadline: string; windowDays: number; appliedRule: string | null }>;

it('gives each parcel its own window: from its delivery, or from its shipping and the days it travels', async () => {
	answer(order());
	// Delivered on 5 October, so over on 4 November; the other is taken to arrive on 5 November.
	expect(await itemsOf({ itemsJson: '[{"sku":"SHIRT-M","quantity":2}]' })).toMatchObject([{ eligibleQuantity: 1, isEligible: false, deadline: '2026-12-05T00:00:00.000Z' }]);
	expect(await itemsOf({ options: { asOf: '2026-11-04T00:00:00Z' }, itemsJson: '[{"sku":"SHIRT-M","quantity":2}]' })).toMatchObject([{ eligibleQuantity: 2, isEligible: true }]);
	expect(await itemsOf({ windowFrom: 'fulfillment', options: { asOf: '2026-11-02T00:00:00Z' }, itemsJson: '[{"sku":"SHIRT-M","quantity":2}]' })).toMatchObject([{ eligibleQuantity: 1, deadline: '2026-12-02T00:00:00.000Z' }]);
});

it.each([
	['productTag', 'sale'],
	['productType', 'shirts'],
	['country', 'ch'],
])('finds the rule by %s, also for a line on the second page', async (kind, value) => {
	answer(order());
	expect(await itemsOf({ windowRules: { rule: [{ kind, value, windowDays: 0 }] } })).toMatchObject([{ isEligible: false, windowDays: 0, appliedRule: `${kind}: ${value}` }]);
});

it('asks for the address only where a rule is about countries', async () => {
	answer(order());
	await judge();
	await judge({ windowRules: { rule: [{ kind: 'country', value: 'CH', windowDays: 0 }] } });
	expect(shop.variables.flatMap((variables) => ('withCountry' in variables ? [variables.withCountry] : []))).toEqual([false, true]);
});

it.each([
	['ten parcels', order({ fulfillments: Array.from({ length: 10 }, (_, index) => fulfillment(index + 1, '2026-10-02T00:00:00Z', null, page([]))) }), undefined],
	['a parcel with more lines than a page', order({ fulfillments: [fulfillment(1, '2026-10-02T00:00:00Z', null, page([{ id: OLD_PARCEL }], 'more'))] }), undefined],
	['a returnable parcel with more lines than a page', order(), page([piece(OLD_PARCEL)], 'more')],
])('does not judge an order by halves: %s', async (_name, found, lines) => {
	answer(found, lines);
	expect((await judge()).error?.context?.code).toBe('snapshotIncomplete');
});

it('takes other windows as JSON, and refuses what is no list of rules', async () => {
	answer(order());
	const windowRulesJson = '[{"kind":"productTag","value":"sale","windowDays":2}]';
	expect(await itemsOf({ specifyWindowRules: 'json', windowRulesJson })).toMatchObject([{ windowDays: 2, appliedRule: 'productTag: sale' }]);
	// What the fields hold does not count beside it.
	expect(await itemsOf({ specifyWindowRules: 'json', windowRulesJson: '[]', windowRules: { rule: [{ kind: 'productTag', value: 'sale', windowDays: 2 }] } })).toMatchObject([{ windowDays: 30, appliedRule: null }]);
	expect((await judge({ specifyWindowRules: 'json', windowRulesJson: '{"sale": 14}' })).error?.message).toContain('is not a JSON list');
	expect((await judge({ specifyWindowRules: 'json', windowRulesJson: '[{"kind":"weather","value":"rain","windowDays":2}]' })).error?.message).toContain('not complete');
	expect((await judge({ specifyWindowRules: 'json', windowRulesJson: '[null]' })).error?.message).toContain('not complete');
});
