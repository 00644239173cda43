/** Store > Set Up Status Field: the order field in which returns show is defined once, whatever happens on the way. */
import '../harness/environment';
import type * as workflow from 'n8n-workflow';
import { codesOf } from '../../support/shop';
import { first, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

const FIELD = { name: 'Returns', type: 'list.single_line_text_field', isPinned: true };

let stage: ShopStage;
beforeAll(async () => {
	stage = await ShopStage.open('store');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

const run = (parameters = {}, setup = {}) => stage.run('setUpStatusField', parameters, setup);
const definitions = async () =>
	(await stage.shop.ask<{ metafieldDefinitions: { nodes: Array<{ key: string }> } }>('{ metafieldDefinitions(first: 5, ownerType: ORDER, namespace: "return_settlement") { nodes { key } } }', {})).metafieldDefinitions.nodes;

it('defines and pins the field, once', async () => {
	expect(first((await run()).outputs[0])).toMatchObject({ outcome: 'done', reasons: [], field: FIELD });
	const again = first((await run()).outputs[0]);
	expect(again).toMatchObject({ outcome: 'alreadyDone', field: FIELD });
	expect(codesOf(again)).toEqual(['statusFieldDefined']);
	expect(await stage.sent('metafieldDefinitionCreate')).toBe(1);
	expect(await definitions()).toEqual([{ key: 'status' }]);
});

it('says in a dry run what it would define, and defines nothing', async () => {
	const item = first((await run({ options: { dryRun: true } })).outputs[1]);
	expect(item).toMatchObject({ outcome: 'waiting', dryRun: true, planned: { key: 'status', pin: true } });
	expect(await definitions()).toEqual([]);
});

it('leaves a field that is defined as something else to a person', async () => {
	await stage.shop.ask('mutation ($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) { userErrors { message } } }', { d: { ownerType: 'ORDER', namespace: 'return_settlement', key: 'status', name: 'Mine', type: 'json' } });
	expect(codesOf(first((await run()).outputs[1]))).toEqual(['statusFieldTaken']);
	expect(await stage.sent('metafieldDefinitionCreate')).toBe(0);
});

it('looks again when the answer is lost, and finds the field', async () => {
	await stage.fault('metafieldDefinitionCreate', { kind: 'dropAfter' });
	expect(first((await run()).outputs[0])).toMatchObject({ outcome: 'done', field: FIELD });
	expect(await stage.sent('metafieldDefinitionCreate')).toBe(1);
});

it('hands Shopify’s refusal on in its own words', async () => {
	await stage.shop.shopify.post('/__sim/faults', { match: { operation: 'metafieldDefinitionCreate' }, times: 1, action: { kind: 'status', status: 200, body: { data: { metafieldDefinitionCreate: { createdDefinition: null, userErrors: [{ code: 'RESOURCE_TYPE_LIMIT_EXCEEDED', message: 'Too many definitions.' }] } } } } });
	const item = first((await run()).outputs[1]);
	expect(item).toMatchObject({ outcome: 'blocked', reasons: [{ code: 'refusedByShopify', message: expect.stringContaining('Too many definitions.') as string }] });
});

it('waits a throttled request out', async () => {
	await stage.fault('metafieldDefinitions', { kind: 'throttled' });
	expect(first((await run()).outputs[0])).toMatchObject({ outcome: 'done' });
});

it('says so when the credential is refused', async () => {
	expect((await run({}, { credentials: stage.credentials('shpat_wrong') })).error).toMatchObject({ httpCode: '401' });
});

it('goes on with the next item when the service does not answer the first', async () => {
	await stage.fault('metafieldDefinitionCreate', { kind: 'status', status: 404 });
	const { outputs } = await run({}, { continueOnFail: true, input: [{ json: {} }, { json: {} }] });
	expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
	expect(codesOf(first(outputs[1]))).toEqual(['refusedByShopify']);
	expect(outputs[0]).toMatchObject([{ json: { outcome: 'done' }, pairedItem: { item: 1 } }]);
});
