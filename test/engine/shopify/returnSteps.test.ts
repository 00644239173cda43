/** The steps in the life of a return at the simulated shop: each is sent once, and believed only when the return shows it. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { codesOf, type Placed } from '../../support/shop';
import { byId, first, items, ShopStage } from './shopStage';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

let stage: ShopStage;
let order: Placed;
beforeAll(async () => {
	stage = await ShopStage.open('return');
}, 240_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.reset();
	order = await stage.shop.placeOrder();
});

interface Step {
	operation: string;
	field: string;
	/** Makes the return that the step is for. */
	prepare: () => Promise<string>;
	parameters?: INodeParameters;
	/** The return's status afterwards. */
	status: string;
	/** A return for which the step is not possible. */
	unfit: () => Promise<string>;
}

const open = async () => (await stage.makeReturn(order)).id;
const requested = async () => (await stage.makeReturn(order, 'REQUESTED')).id;
const closed = async () => {
	const id = await open();
	await stage.step('returnClose', id);
	return id;
};
const canceled = async () => {
	const id = await open();
	await stage.step('returnCancel', id);
	return id;
};

const STEPS: Step[] = [
	{ operation: 'approve', field: 'returnApproveRequest', prepare: requested, status: 'OPEN', unfit: closed },
	{ operation: 'decline', field: 'returnDeclineRequest', prepare: requested, parameters: { declineReason: 'FINAL_SALE', declineNote: 'Sold as final.' }, status: 'DECLINED', unfit: open },
	{ operation: 'close', field: 'returnClose', prepare: open, status: 'CLOSED', unfit: requested },
	{ operation: 'reopen', field: 'returnReopen', prepare: closed, status: 'OPEN', unfit: canceled },
	{ operation: 'cancel', field: 'returnCancel', prepare: open, status: 'CANCELED', unfit: closed },
	{ operation: 'removeItems', field: 'removeFromReturn', prepare: open, parameters: { specifyItems: 'json', removalsJson: '[{"line":"COAT-M","keep":0}]' }, status: 'CLOSED', unfit: canceled },
];

describe.each(STEPS)('Return: $operation', ({ operation, field, prepare, parameters = {}, status, unfit }) => {
	const run = (id: string, more = {}) => stage.run(operation, { return: byId(id), ...parameters }, more);

	it('does it once, and finds it done the second time', async () => {
		const id = await prepare();
		const { outputs } = await run(id);
		expect(first(outputs[0])).toMatchObject({ outcome: 'done', reasons: [], return: { id, status } });
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect((await stage.statusOf(id)).status).toBe(status);
		expect(first((await run(id)).outputs[0])).toMatchObject({ outcome: 'alreadyDone', return: { status } });
		expect(await stage.sent(field)).toBe(1);
	});

	it('hands a return that it does not fit to a person, and sends nothing', async () => {
		const id = await unfit();
		const before = await stage.statusOf(id);
		const { outputs } = await run(id);
		expect(outputs[0]).toEqual([]);
		expect(first(outputs[1])).toMatchObject({ outcome: 'blocked', return: { id } });
		expect(await stage.sent(field)).toBe(0);
		expect(await stage.statusOf(id)).toEqual(before);
	});

	it('says when there is no such return', async () => {
		expect(codesOf(first((await run('31')).outputs[1]))).toEqual(['returnNotFound']);
	});

	it('reports Shopify’s own words when it refuses', async () => {
		const id = await prepare();
		const refusal = { data: { [field]: { return: null, userErrors: [{ field: ['id'], message: 'Not today.', code: 'INVALID' }] } } };
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: field }, times: 1, action: { kind: 'status', status: 200, body: refusal } });
		const refused = first((await run(id)).outputs[1]);
		expect(codesOf(refused)).toEqual(['refusedByShopify']);
		expect((refused.reasons as Array<{ message: string }>)[0]?.message).toContain('Not today.');
	});

	it('waits when throttled, and does it once', async () => {
		const id = await prepare();
		await stage.fault(field, { kind: 'throttled' }, 2);
		expect(first((await run(id)).outputs[0]).outcome).toBe('done');
		expect((await stage.shop.shopifyRequests(field)).map(({ executed }) => executed)).toEqual([false, false, true]);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }, 'done'],
		['was carried out, behind a 502', { kind: 'statusAfter', status: 502 }, 'done'],
		['never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('reads back after a lost answer to a request that %s, and sends no second one', async (_name, action, outcome) => {
		const id = await prepare();
		await stage.fault(field, action);
		const { outputs } = await run(id);
		const result = first(outputs[outcome === 'done' ? 0 : 1]);
		expect(result.outcome).toBe(outcome);
		if (outcome === 'waiting') expect([codesOf(result), typeof result.retryAt]).toEqual([['answerUnknown'], 'string']);
		expect(await stage.sent(field)).toBe(1);
	});

	it('names a refused token, and goes on with the next item after one that failed', async () => {
		const id = await prepare();
		const refused = await run(id, { credentials: stage.credentials('shpat_wrong') });
		expect(refused.error).toMatchObject({ message: 'Shopify does not accept the credential', httpCode: '401' });
		const { outputs } = await stage.run(operation, { return: '={{ $json.id }}' as never, ...parameters }, { input: [{ id: 'nonsense' }, { id }], continueOnFail: true });
		expect(outputs[0]).toMatchObject([{ json: { outcome: 'done' }, pairedItem: { item: 1 } }]);
		expect(outputs[1]).toMatchObject([{ json: { outcome: 'blocked' }, pairedItem: { item: 0 } }]);
		expect(codesOf(first(outputs[1]))).toEqual(['invalidInput']);
	});

	it('says which scope is missing', async () => {
		const id = await prepare();
		await stage.shop.shopify.post('/__sim/apps', { clientId: 'reader', clientSecret: 'reader-secret', token: 'shpat_reader', scopes: ['read_orders', 'read_returns', 'read_products', 'read_locations'] });
		const { error } = await run(id, { credentials: stage.credentials('shpat_reader') });
		expect(error?.message).toContain('write_returns');
	});

	it.each(['2026-04', '2026-07'])('works in API version %s', async (apiVersion) => {
		const id = await prepare();
		expect(first((await stage.run(operation, { apiVersion, return: byId(id), ...parameters })).outputs[0]).outcome).toBe('done');
	});
});

describe('Return: Decline', () => {
	it('tells Shopify the reason and the note, and asks for no message to the customer', async () => {
		const id = await requested();
		const { outputs } = await stage.run('decline', { return: byId(id), declineReason: 'FINAL_SALE', declineNote: ' Sold as final. ' });
		expect(first(outputs[0])).toMatchObject({ return: { decline: { reason: 'FINAL_SALE', note: 'Sold as final.' } } });
		const [request] = await stage.shop.shopifyRequests('returnDeclineRequest');
		expect(JSON.stringify(request?.summary)).toContain('"notifyCustomer":false');
	});

	it('refuses a note that Shopify would cut, and a reason that it does not know', async () => {
		const id = await requested();
		expect((await stage.run('decline', { return: byId(id), declineReason: 'OTHER', declineNote: 'x'.repeat(501) })).error?.message).toContain('501');
		expect((await stage.run('decline', { return: byId(id), declineReason: '={{ "BECAUSE" }}' })).error?.message).toContain('“Decline Reason” is “BECAUSE”');
		expect((await stage.statusOf(id)).status).toBe('REQUESTED');
	});
});

describe('Return: Cancel', () => {
	it('leaves a return alone of which a unit is processed', async () => {
		const { id, lineId } = await stage.makeReturn(order);
		await stage.shop.ask('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', { input: { returnId: id, returnLineItems: [{ id: lineId, quantity: 1 }] } });
		expect(codesOf(first((await stage.run('cancel', { return: byId(id) })).outputs[1]))).toEqual(['returnStateForbids']);
		expect(await stage.sent('returnCancel')).toBe(0);
	});
});

describe('Return: Remove Items', () => {
	const remove = (id: string, removals: unknown) => stage.run('removeItems', { return: byId(id), specifyItems: 'json', removalsJson: typeof removals === 'string' ? removals : JSON.stringify(removals) });

	it('leaves as many pieces as are to stay, however often it runs', async () => {
		const { id, lineId } = await stage.makeReturn(order, 'OPEN', 3);
		for (const line of ['COAT-M', order.lineItemIds[0], lineId, lineId.slice(lineId.lastIndexOf('/') + 1)]) {
			expect(first((await remove(id, [{ line, keep: 1 }])).outputs[0])).toMatchObject({ return: { totalQuantity: 1, status: 'OPEN' } });
		}
		expect(await stage.sent('removeFromReturn')).toBe(1);
	});

	it('takes the fields of the form', async () => {
		const { id } = await stage.makeReturn(order, 'REQUESTED');
		const { outputs } = await stage.run('removeItems', { return: byId(id), specifyItems: 'fields', removals: { item: [{ line: 'COAT-M', keep: 1 }] } });
		expect(first(outputs[0])).toMatchObject({ outcome: 'done', return: { totalQuantity: 1, status: 'REQUESTED' } });
	});

	it('does not remove what is processed, nor what was never on the return', async () => {
		const { id, lineId } = await stage.makeReturn(order);
		await stage.shop.ask('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', { input: { returnId: id, returnLineItems: [{ id: lineId, quantity: 1 }] } });
		expect(codesOf(first((await remove(id, [{ line: 'COAT-M', keep: 0 }])).outputs[1]))).toEqual(['returnStateForbids']);
		expect(first((await remove(id, [{ line: 'COAT-M', keep: 1 }])).outputs[0])).toMatchObject({ outcome: 'done', return: { totalQuantity: 1 } });
		expect(codesOf(first((await remove(id, [{ line: 'HAT', keep: 0 }])).outputs[1]))).toEqual(['skuMismatch']);
		expect(await stage.sent('removeFromReturn')).toBe(1);
	});

	it.each(['[]', '{}', 'nonsense', '[{}]', '[{"line":"COAT-M","keep":-1}]', '[{"line":"COAT-M","keep":1.5}]', '[{"line":"COAT-M","keep":null}]', '[{"line":"COAT-M"},{"line":"COAT-M","keep":1}]'])('sends nothing for %s', async (removals) => {
		const { id } = await stage.makeReturn(order);
		expect((await remove(id, removals)).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(await stage.sent('removeFromReturn')).toBe(0);
		expect((await stage.statusOf(id)).totalQuantity).toBe(2);
	});
});

describe('Return: Request', () => {
	const request = (quantity: number, more = {}) => stage.run('request', { order: byId(order.orderId), specifyItems: 'json', itemsJson: JSON.stringify([{ lineItemId: order.lineItemIds[0], quantity, note: 'too small' }]) }, more);

	it('asks for a return that waits for approval, and takes the existing one the second time', async () => {
		const made = first((await request(2)).outputs[0]);
		expect(made).toMatchObject({ outcome: 'done', return: { status: 'REQUESTED', totalQuantity: 2, lines: [{ customerNote: 'too small' }] } });
		const again = first((await request(2)).outputs[0]);
		expect(again).toMatchObject({ outcome: 'alreadyDone', return: { id: (made.return as { id: string }).id } });
		expect(await stage.sent('returnRequest')).toBe(1);
	});

	it('asks for no more pieces than can come back, and says which order or SKU it does not find', async () => {
		expect(codesOf(first((await request(4)).outputs[1]))).toEqual(['nothingReturnable']);
		expect(codesOf(first((await stage.run('request', { order: byId('31'), specifyItems: 'json', itemsJson: '[{"sku":"COAT-M"}]' })).outputs[1]))).toEqual(['orderNotFound']);
		expect(codesOf(first((await stage.run('request', { order: byId(order.orderId), specifyItems: 'json', itemsJson: '[{"sku":"HAT"}]' })).outputs[1]))).toEqual(['skuMismatch']);
		expect(await stage.sent('returnRequest')).toBe(0);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }, 'done'],
		['never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('makes no second one after a lost answer to a request that %s', async (_name, action, outcome) => {
		await stage.fault('returnRequest', action);
		expect(first((await request(1)).outputs[outcome === 'done' ? 0 : 1]).outcome).toBe(outcome);
		expect(await stage.sent('returnRequest')).toBe(1);
		expect((await request(1)).outputs[0]).toHaveLength(1);
	});

	it('waits when throttled, names a refused token, and goes on after a failed item', async () => {
		await stage.fault('returnRequest', { kind: 'throttled' }, 1);
		expect(first((await request(1)).outputs[0]).outcome).toBe('done');
		expect((await request(1, { credentials: stage.credentials('shpat_wrong') })).error?.httpCode).toBe('401');
		const { outputs } = await stage.run('request', { order: '={{ $json.id }}' as never, specifyItems: 'json', itemsJson: '[{"sku":"COAT-M"}]' }, { input: [{ id: 'nonsense' }, { id: order.orderId }], continueOnFail: true });
		expect([outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([{ item: 1 }, { item: 0 }]);
	});
});

describe('Return: Add Tracking', () => {
	const track = (id: string, trackingNumber: string, more: INodeParameters = {}, setup = {}) => stage.run('addTracking', { return: byId(id), trackingNumber, ...more }, setup);
	const numbers = (item: object) => (item as { reverseDeliveries: Array<{ trackingNumber: string | null }> }).reverseDeliveries.map(({ trackingNumber }) => trackingNumber);

	it('records the parcel once, with its pages, and without a message to the customer', async () => {
		const id = await open();
		const result = first((await track(id, '1Z 999', { options: { trackingUrl: 'https://carrier.example/1Z999', labelUrl: 'https://carrier.example/label.pdf' } })).outputs[0]);
		expect(result).toMatchObject({ outcome: 'done', return: { id, status: 'OPEN' }, reverseDeliveries: [{ trackingNumber: '1Z 999', trackingUrl: 'https://carrier.example/1Z999', labelUrl: 'https://carrier.example/label.pdf' }] });
		expect(first((await track(id, '1z999')).outputs[0]).outcome).toBe('alreadyDone');
		const requests = await stage.shop.shopifyRequests('reverseDeliveryCreateWithShipping');
		expect(requests).toHaveLength(1);
		expect(JSON.stringify(requests[0]?.summary)).toContain('"notifyCustomer":false');
	});

	it('asks a person about another number, replaces it, or adds a second parcel', async () => {
		const id = await open();
		await track(id, 'A1');
		expect(codesOf(first((await track(id, 'B2')).outputs[1]))).toEqual(['trackingDiffers']);
		expect(numbers(first((await track(id, 'B2', { options: { whenTracked: 'replace' } })).outputs[0]))).toEqual(['B2']);
		expect(numbers(first((await track(id, 'C3', { options: { whenTracked: 'addParcel' } })).outputs[0]))).toEqual(['B2', 'C3']);
		expect([await stage.sent('reverseDeliveryCreateWithShipping'), await stage.sent('reverseDeliveryShippingUpdate')]).toEqual([2, 1]);
	});

	it('needs an open return', async () => {
		expect(codesOf(first((await track(await requested(), 'A1')).outputs[1]))).toEqual(['returnNotOpen']);
		expect(codesOf(first((await track('31', 'A1')).outputs[1]))).toEqual(['returnNotFound']);
	});

	it.each([
		['was carried out', { kind: 'dropAfter' }, 'done'],
		['never arrived', { kind: 'dropBefore' }, 'waiting'],
	])('reads back after a lost answer to a request that %s, and sends no second one', async (_name, action, outcome) => {
		const id = await open();
		await stage.fault('reverseDeliveryCreateWithShipping', action);
		expect(first((await track(id, 'A1')).outputs[outcome === 'done' ? 0 : 1]).outcome).toBe(outcome);
		expect(await stage.sent('reverseDeliveryCreateWithShipping')).toBe(1);
		expect(numbers(first((await track(id, 'A1')).outputs[0]))).toEqual(['A1']);
	});

	it('waits when throttled, repeats Shopify’s refusal, and names a refused token', async () => {
		const id = await open();
		const refusal = { data: { reverseDeliveryCreateWithShipping: { reverseDelivery: null, userErrors: [{ field: ['trackingInput'], message: 'Not today.', code: 'INVALID' }] } } };
		await stage.shop.shopify.post('/__sim/faults', { match: { operation: 'reverseDeliveryCreateWithShipping' }, times: 1, action: { kind: 'status', status: 200, body: refusal } });
		expect(codesOf(first((await track(id, 'A1')).outputs[1]))).toEqual(['refusedByShopify']);
		await stage.fault('reverseDeliveryCreateWithShipping', { kind: 'throttled' });
		expect(first((await track(id, 'A1')).outputs[0]).outcome).toBe('done');
		expect((await track(id, 'A1', {}, { credentials: stage.credentials('shpat_wrong') })).error?.httpCode).toBe('401');
	});

	it.each([
		['no number', '  ', {}],
		['an address that is none', 'A1', { options: { trackingUrl: 'javascript:alert(1)' } }],
	])('sends nothing for %s, and goes on with the next item', async (_name, trackingNumber, more) => {
		const id = await open();
		expect((await track(id, trackingNumber, more)).error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		const { outputs } = await stage.run('addTracking', { return: byId(id), trackingNumber: '={{ $json.number }}' }, { input: [{ number: '' }, { number: 'A1' }], continueOnFail: true });
		expect([items(outputs[0]).length, outputs[0]?.[0]?.pairedItem, outputs[1]?.[0]?.pairedItem]).toEqual([1, { item: 1 }, { item: 0 }]);
	});
});
