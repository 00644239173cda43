/** Order → Set Return Status, inside n8n's engine, against both simulators: what the order shows, and that it never shows what is no longer true. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { codesOf } from '../../support/shop';
import { Stage } from './stage';

jest.setTimeout(120_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

const setStatus = async (rma: IDataObject | string, options: INodeParameters = {}, token?: string) => await stage.run('order', 'setReturnStatus', rma, { options }, token);
const step = async (rmaId: string, name: string, body: object = {}) => await stage.returnGo.post(`/__sim/rmas/${rmaId}/${name}`, body);
const tagByHand = async (id: string, tags: string[]) => await stage.ask('mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }', { id, tags });
const returnTags = async (orderId: string) => (await stage.outcome(orderId)).tags.filter((tag) => tag.startsWith('return-'));
const lines = async (orderId: string) => JSON.parse((await stage.outcome(orderId)).status ?? '[]') as string[];

async function requested(): Promise<{ orderId: string; rmaId: string }> {
	const placed = await stage.placeOrder();
	const { rmaId } = await stage.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }] });
	return { orderId: placed.orderId, rmaId: String(rmaId) };
}

it('shows a return from its request to its refund, with one tag at a time and other people’s tags left alone', async () => {
	const { orderId, rmaId } = await requested();
	await tagByHand(orderId, ['vip', 'return-policy-accepted']);
	const shown: unknown[] = [];
	const look = async () => {
		const { settled } = await setStatus(rmaId);
		shown.push([(settled[0]?.status as IDataObject | undefined)?.state, await returnTags(orderId)]);
	};
	await look();
	await step(rmaId, 'approve');
	await look();
	await step(rmaId, 'ship');
	await look();
	await step(rmaId, 'receive');
	await look();
	await stage.validate(rmaId);
	await look();
	const foreign = 'return-policy-accepted';
	expect(shown).toEqual([
		['requested', [foreign, 'return-requested']],
		['approved', ['return-approved', foreign]],
		['inTransit', ['return-in-transit', foreign]],
		['awaitingInspection', ['return-awaiting-inspection', foreign]],
		['inspected', ['return-inspected', foreign]],
	]);
	expect((await stage.refund(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
	expect(await returnTags(orderId)).toEqual([foreign, 'return-refunded']);
	expect(await lines(orderId)).toEqual([expect.stringMatching(new RegExp(`^RMA${rmaId}: refunded · since .* · next: nothing to do`))]);
	// The settlement's record and this operation say the same, in the same words.
	expect((await setStatus(rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone', status: { state: 'refunded', tag: 'return-refunded' } }]);
});

it('takes two requests to write and one to find that nothing changed', async () => {
	const { rmaId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	expect((await setStatus(rma)).settled).toMatchObject([{ outcome: 'done', tags: { added: ['return-inspected'], removed: [] }, usage: { requests: 2 } }]);
	expect((await setStatus(rma)).settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'orderAsWanted' }], usage: { requests: 1 } }]);
});

it('is not led back by an item that was read before newer ones', async () => {
	const { orderId, rmaId } = await requested();
	const early = await stage.readRma(rmaId);
	await step(rmaId, 'approve');
	const middle = await stage.readRma(rmaId);
	await step(rmaId, 'ship');
	await step(rmaId, 'receive');
	await stage.validate(rmaId);
	await setStatus(rmaId);
	for (const late of [middle, early, middle]) expect((await setStatus(late)).settled).toMatchObject([{ outcome: 'alreadyDone', status: { state: 'inspected' } }]);
	expect(await returnTags(orderId)).toEqual(['return-inspected']);
});

it('shows a request that was canceled and reopened', async () => {
	const { orderId, rmaId } = await requested();
	await step(rmaId, 'approve');
	await step(rmaId, 'cancel');
	await setStatus(rmaId);
	expect(await returnTags(orderId)).toEqual(['return-canceled']);
	await step(rmaId, 'reopen');
	await setStatus(rmaId);
	expect(await returnTags(orderId)).toEqual(['return-approved']);
});

it('keeps a line and a tag for each return of an order, whoever writes first', async () => {
	const placed = await stage.placeOrder();
	const first = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }]);
	const { rmaId: second } = await stage.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 1 }] });
	const [one, two] = [await stage.readRma(first), await stage.readRma(String(second))];
	// From two executions at once: each has to find the other's line before it writes.
	const answers = await Promise.all([setStatus(one), setStatus(two), setStatus(one), setStatus(two)]);
	expect(answers.flatMap(({ attention }) => attention)).toEqual([]);
	expect(await returnTags(placed.orderId)).toEqual(['return-awaiting-inspection', 'return-requested']);
	expect((await lines(placed.orderId)).map((line) => line.split(' · ')[0])).toEqual([`RMA${first}: awaiting inspection`, `RMA${second}: requested`]);
});

it('writes nothing in a dry run, and says what it would show', async () => {
	const { orderId, rmaId } = await stage.inspectedReturn();
	const { attention } = await setStatus(rmaId, { dryRun: true });
	expect(attention).toMatchObject([{ outcome: 'waiting', dryRun: true, status: { state: 'inspected' }, tags: { added: [], removed: [] }, planned: { status: { state: 'inspected' }, tags: { add: ['return-inspected'], remove: [] } } }]);
	expect(codesOf(attention[0])).toEqual(['dryRun']);
	expect(await stage.outcome(orderId)).toMatchObject({ tags: [], status: null });
});

it('names an order that is not there, and one that the request does not name', async () => {
	const { rmaId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	expect(codesOf((await setStatus({ ...rma, order: { id: 'gid://shopify/Order/31', name: '#31' } })).attention[0])).toEqual(['orderNotFound']);
	expect(codesOf((await setStatus({ ...rma, order: { id: null, name: '#31' } })).attention[0])).toEqual(['rmaWithoutOrder']);
});

it('passes on what Shopify refuses, waits when throttled, and names a refused token', async () => {
	const { orderId, rmaId } = await stage.inspectedReturn();
	const refusal = { data: { metafieldsSet: { metafields: null, userErrors: [{ code: 'INVALID_VALUE', field: ['metafields', '0', 'value'], message: 'Not today.' }] } } };
	await stage.shopify.post('/__sim/faults', { match: { operation: 'metafieldsSet' }, times: 1, action: { kind: 'status', status: 200, body: refusal } });
	const refused = (await setStatus(rmaId)).attention;
	expect(refused).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'refusedByShopify', message: expect.stringContaining('Not today.') as unknown }] }]);
	await stage.shopify.post('/__sim/faults', { match: { operation: 'metafieldsSet' }, times: 1, action: { kind: 'throttled' } });
	expect((await setStatus(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
	expect(codesOf((await setStatus(rmaId, {}, 'shpat_wrong')).attention[0])).toEqual(['signInRefused']);
	expect(await returnTags(orderId)).toEqual(['return-inspected']);
});

it('repeats a write whose answer was lost, without harm', async () => {
	const { orderId, rmaId } = await stage.inspectedReturn();
	await stage.shopify.post('/__sim/faults', { match: { operation: 'metafieldsSet' }, times: 1, action: { kind: 'dropAfter' } });
	expect((await setStatus(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
	expect(await returnTags(orderId)).toEqual(['return-inspected']);
	expect(await lines(orderId)).toHaveLength(1);
});

it('goes on with the other item when one cannot be read', async () => {
	const { rmaId } = await stage.inspectedReturn();
	const { result } = await stage.runAll('order', 'setReturnStatus', [{ id: 'nonsense' }, await stage.readRma(rmaId)]);
	const [settled, attention] = result.outputs;
	expect(settled?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	expect(attention).toMatchObject([{ json: { outcome: 'blocked', reasons: [{ code: 'invalidInput' }] }, pairedItem: { item: 0 } }]);
});
