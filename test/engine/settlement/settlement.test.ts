/** The settlement pipeline inside n8n's engine, against the simulators over real HTTP: what is paid and put into stock, and how often. */
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => {
	jest.useRealTimers();
	await stage.clear();
});

describe('an inspected, sellable return', () => {
	it('is refunded and restocked in one step: four requests, the exact value, two pieces at the right place, and the order remembers', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const { settled, attention } = await stage.process(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: FLAGSHIP_REFUND, currency: 'EUR', moneyMoved: true }, restock: { dispositions: [{ type: 'RESTOCKED', quantity: 2, locationId: stage.locationId }] } }]);
		expect(await stage.shopifyRequests()).toHaveLength(4);
		const outcome = await stage.outcome(orderId);
		expect(outcome).toMatchObject({ tags: ['return-refunded'], refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`], status: expect.stringContaining(`RMA${rmaId}: refunded · since `) as unknown });
		expect(outcome.ledger?.entries.map(({ action, state }) => `${action} ${state}`).sort()).toEqual(['refund done', 'restock done']);
	});

	it.each([
		['refund', 'restock'],
		['restock', 'refund'],
	] as const)('can be settled in two steps, %s first, then %s: four requests each', async (first, second) => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		expect((await stage[first](rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await stage.shopifyRequests()).toHaveLength(4);
		expect((await stage[second](rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await stage.shopifyRequests()).toHaveLength(8);
		expect(await stage.outcome(orderId)).toMatchObject({ tags: ['return-refunded'], refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it('is settled once, however often it is asked for: the second time takes one request and changes nothing', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		await stage.process(rmaId);
		const before = await stage.outcome(orderId);
		await stage.shopify.clearRequests();
		const again = await stage.process(rmaId);
		expect(again.settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(again.attention).toEqual([]);
		expect(await stage.shopifyRequests()).toHaveLength(1);
		expect(await stage.outcome(orderId)).toEqual(before);
	});

	it('is settled once by eight runs at the same time', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		const answers = await Promise.all(Array.from({ length: 8 }, async () => await stage.process(rma)));
		expect(answers.filter(({ settled }) => settled[0]?.outcome === 'done')).toHaveLength(1);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it('is refunded on the order when there is no Shopify return, with a key that Shopify keeps', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId);
		await stage.cancelReturn(placed.orderId);
		const { settled } = await stage.refund(rmaId);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.shopifyRequests('refundCreate')).toHaveLength(1);
		expect(await stage.shopifyRequests()).toHaveLength(4);
	});
});

describe('previews', () => {
	it('a refund preview shows the value line by line and writes nothing; its hash confirms the refund, and stops one that has changed', async () => {
		const { rmaId, orderId, lineItemIds } = await stage.inspectedReturn();
		const { settled: [preview] } = await stage.run('refund', 'preview', rmaId);
		expect(preview).toMatchObject({ refund: { amount: FLAGSHIP_REFUND, currency: 'EUR', subtotal: '68.67', tax: '13.05', fees: '0.00', route: 'returnProcess', lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] }, reasons: { waiting: [], blocked: [], alreadyDone: [] } });
		expect(await stage.shopifyRequests()).toHaveLength(1);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [], ledger: null });
		const planHash = String(preview?.planHash);
		const changed = await stage.refund(rmaId, { options: { expectedPlanHash: planHash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) } });
		expect(codesOf(changed.attention[0])).toEqual(['planChanged']);
		expect((await stage.refund(rmaId, { options: { expectedPlanHash: planHash, expectedAmount: FLAGSHIP_REFUND } })).settled).toMatchObject([{ outcome: 'done' }]);
	});

	it('a restock preview shows what would go where, and writes nothing', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const { settled: [preview] } = await stage.run('restock', 'preview', rmaId, { locationId: { __rl: true, mode: 'id', value: stage.locationId } as never });
		expect(preview).toMatchObject({ restock: { dispositions: [{ type: 'RESTOCKED', quantity: 2, locationId: stage.locationId }] } });
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: [], ledger: null });
	});
});

describe('physical before digital', () => {
	it('received and not inspected: nothing moves, and the reason is named', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		const { settled, attention } = await stage.process(rmaId);
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'waiting' }]);
		expect(codesOf(attention[0])).toEqual(['awaitingInspection']);
		expect(await stage.shopifyRequests()).toHaveLength(1);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null, tags: [] });
	});

	it('requested, label made, shipped: no stock, no money', async () => {
		const placed = await stage.placeOrder();
		const { rmaId } = await stage.returnGo.post<{ rmaId: string }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }] });
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/ship`);
		expect(codesOf((await stage.process(String(rmaId))).attention[0])).toEqual(['notReceived']);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [] });
	});

	it('inspected, damaged: refunded as configured, and no sellable stock', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId, { all: true, isReturned: true, isRestockable: false, nonRestockableReason: 'Torn' });
		const kept = await stage.process(rmaId);
		expect(codesOf(kept.attention[0])).toEqual(['damagedNotRefunded']);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: ['2 NOT_RESTOCKED'] });
		const paid = await stage.refund(rmaId, { damagedUnits: 'refund' });
		expect(paid.settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: ['2 NOT_RESTOCKED'] });
	});
});

describe('what counts as inspected is a choice', () => {
	it('the status Validated counts for every unit where the settings say so, and for none where they do not', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		await stage.setRmaStatus(rmaId, 'Validated');
		expect(codesOf((await stage.process(rmaId)).attention[0])).toEqual(['awaitingInspection']);
		const { settled } = await stage.process(rmaId, { inspectionSource: 'validatedStatus' });
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it('results from outside count unit by unit, and bring their own location', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		const rma = await stage.readRma(rmaId);
		const [first, second] = (rma.units as Array<{ id: string }>).map((unit) => unit.id);
		const inspections = [
			{ unitId: first, state: 'sellable', locationId: stage.locationId },
			{ unitId: second, state: 'awaitingInspection' },
		];
		const { settled, attention } = await stage.run('return', 'process', rma, { inspectionSource: 'provided', inspections: JSON.stringify(inspections) });
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: false, unitIds: [first], refund: { unitIds: [first] } }]);
		expect(codesOf(attention[0])).toEqual(['awaitingInspection']);
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: ['SUCCESS 40.85'], dispositions: [`1 RESTOCKED ${stage.locationId}`] });

		// The rest follows: 34.33 + 6.52, then 34.34 + 6.53, together what two pieces are worth.
		inspections[1] = { unitId: second, state: 'sellable', locationId: stage.locationId };
		await stage.run('return', 'process', rma, { inspectionSource: 'provided', inspections: JSON.stringify(inspections) });
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: ['SUCCESS 40.85', 'SUCCESS 40.87'], dispositions: [`1 RESTOCKED ${stage.locationId}`, `1 RESTOCKED ${stage.locationId}`] });
	});
});

describe('somebody else was first', () => {
	it('ReturnGO refunded already: alreadyDone, and nothing is sent', async () => {
		const { rmaId } = await stage.inspectedReturn();
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/refund`);
		const waiting = await stage.refund(rmaId);
		expect(codesOf(waiting.attention[0])).toEqual(['returnGoRefundRequested']);
		await stage.returnGo.changeClock({ advanceMs: 4 * 3_600_000 });
		const done = await stage.refund(rmaId);
		expect(done.settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(codesOf(done.settled[0])).toEqual(['refundedByReturnGo']);
		expect((await stage.shopifyRequests()).filter((request) => JSON.stringify(request).includes('metafieldsSet'))).toEqual([]);
	});

	it('a person refunded in Shopify already: alreadyDone, and nothing is sent', async () => {
		const { rmaId, orderId, lineItemIds } = await stage.inspectedReturn();
		await stage.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] });
		await stage.shopify.clearRequests();
		const { settled } = await stage.refund(rmaId);
		expect(settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(codesOf(settled[0])).toEqual(['refundedInShopify']);
		expect(await stage.shopifyRequests()).toHaveLength(1);
		expect((await stage.outcome(orderId)).refunds).toHaveLength(1);
	});
});

describe('money is what transactions say', () => {
	it('a pending refund is reported as pending, and as settled when its transaction succeeds', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn({ ...FLAGSHIP, refundsSettle: 'pending' });
		const first = await stage.refund(rmaId);
		expect(first.settled).toEqual([]);
		expect(first.attention).toMatchObject([{ outcome: 'waiting', refund: { moneyMoved: false, status: 'pending' } }]);
		expect(await stage.outcome(orderId)).toMatchObject({ tags: ['return-refund-pending'], refunds: [`PENDING ${FLAGSHIP_REFUND}`] });
		expect(codesOf((await stage.refund(rmaId)).attention[0])).toEqual(['refundPending']);

		const [transaction] = (first.attention[0]?.refund as { transactions: Array<{ id: string }> }).transactions;
		await stage.shopify.post(`/__sim/transactions/${transaction?.id.split('/').pop()}`, { status: 'SUCCESS' });
		const later = await stage.refund(rmaId);
		expect(later.settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND, moneyMoved: true } }]);
		expect(await stage.outcome(orderId)).toMatchObject({ tags: ['return-refunded'], refunds: [`SUCCESS ${FLAGSHIP_REFUND}`] });
	});

	it('a refund that the provider refuses needs finance, and is never sent again', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn({ ...FLAGSHIP, refundsSettle: 'pending' });
		const first = await stage.refund(rmaId);
		const [transaction] = (first.attention[0]?.refund as { transactions: Array<{ id: string }> }).transactions;
		await stage.shopify.post(`/__sim/transactions/${transaction?.id.split('/').pop()}`, { status: 'FAILURE' });
		for (let run = 0; run < 2; run += 1) {
			const { attention } = await stage.refund(rmaId);
			expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'refundFailed', owner: 'finance' }] }]);
		}
		expect((await stage.outcome(orderId)).refunds).toHaveLength(1);
		expect((await stage.outcome(orderId)).tags).toEqual(['return-needs-attention']);
	});
});

describe('answers that are lost or refused', () => {
	it.each([
		['the answer to the act is lost after it was done', 'returnProcess', { kind: 'dropAfter' }],
		['a gateway answers 502 after the act was done', 'returnProcess', { kind: 'statusAfter', status: 502 }],
		['the answer to the act is not JSON', 'returnProcess', { kind: 'malformed' }],
		['the answer to the claim is lost after it was written', 'metafieldsSet', { kind: 'dropAfter' }],
		['Shopify throttles the act', 'returnProcess', { kind: 'throttled' }],
		['Shopify answers 429 to the act', 'returnProcess', { kind: 'status', status: 429 }],
		['the order cannot be read at first', 'order', { kind: 'status', status: 502 }],
		['the connection is dropped while reading', 'order', { kind: 'dropBefore' }],
		['a gateway answers 503 to the claim', 'metafieldsSet', { kind: 'status', status: 503 }],
	] as const)('%s: one refund, and the same run reports it', async (_case, operation, action) => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation }, action });
		const { settled, attention } = await stage.process(rma);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it.each([
		['a gateway answers 502 and nothing was done', { kind: 'status', status: 502 }],
		['the connection is dropped and nothing was done', { kind: 'dropBefore' }],
	] as const)('%s: the run waits for its lease, and the next one does it once', async (_case, action) => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action });
		const first = await stage.process(rma);
		expect(first.attention).toMatchObject([{ outcome: 'waiting' }]);
		expect(new Set(codesOf(first.attention[0]))).toEqual(new Set(['answerUnknown']));
		expect(first.attention[0]?.retryAt).toEqual(expect.any(String));
		expect(codesOf((await stage.process(rma)).attention[0])).toEqual(['claimedElsewhere', 'claimedElsewhere']);
		travel(180);
		const later = await stage.process(rma);
		expect(later.settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it('a record that cannot be written is made up for by the next run', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'tagsAdd' }, action: { kind: 'status', status: 503 }, times: -1 });
		const first = await stage.refund(rma);
		expect(first.settled).toMatchObject([{ outcome: 'done' }]);
		expect(codesOf(first.attention[0])).toEqual(['serviceUnavailable']);
		await stage.shopify.clearFaults();
		travel(180);
		const later = await stage.refund(rma);
		expect(later.settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.outcome(orderId)).toMatchObject({ tags: ['return-refunded'], refunds: [`SUCCESS ${FLAGSHIP_REFUND}`] });
	});
});

describe('clear answers to what cannot be done', () => {
	it('an unknown order, an RMA without an order, and units of another order', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		expect(codesOf((await stage.refund({ ...rma, order: { id: 'gid://shopify/Order/999999999', name: '#9' } })).attention[0])).toEqual(['orderNotFound']);
		expect(codesOf((await stage.refund({ ...rma, order: { id: null, name: '' } })).attention[0])).toEqual(['rmaWithoutOrder']);
		const other = await stage.placeOrder();
		expect(codesOf((await stage.refund({ ...rma, order: { id: other.orderId, name: other.orderName } })).attention[0])).toEqual(expect.arrayContaining(['skuMismatch']));
	});

	it('a wrong token and a missing scope', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		const wrong = await stage.run('refund', 'post', rma, {}, 'shpat_not_a_token');
		expect(wrong.attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'signInRefused', owner: 'integration' }] }]);
		await stage.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders'] });
		const narrow = await stage.run('refund', 'post', rma, {}, 'shpat_sim_narrow');
		expect(narrow.attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'accessDenied' }] }]);
		expect(JSON.stringify(wrong.result.run) + JSON.stringify(narrow.result.run)).not.toContain('shpat_');
	});

	it('an input that is no RMA', async () => {
		const { attention } = await stage.refund({ id: 'RMA1', units: 'none' });
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'invalidInput' }] }]);
		expect(await stage.shopifyRequests()).toEqual([]);
	});
});

it.each([
	['damagedUnits', { damagedUnits: 'donotrefund' }, '“Damaged Units” is “donotrefund”, and can be doNotRefund, refund.'],
	['damagedUnits, by an expression that finds nothing', { damagedUnits: '={{ $json.settings?.damagedUnit }}' }, '“Damaged Units” is “undefined”, and can be doNotRefund, refund.'],
	['partialInspection', { partialInspection: 'waitforall' }, '“waitforall”'],
	['an option', { options: { unsellableState: 'broken' } }, '“broken”'],
])('a setting that is none of the choices pays nothing and is named with what it can be: %s', async (_name, parameters, words) => {
	const { rmaId, orderId } = await stage.inspectedReturn();
	const { settled, attention } = await stage.process(rmaId, parameters);
	expect(settled).toEqual([]);
	expect(codesOf(attention[0])).toEqual(['invalidInput']);
	expect(JSON.stringify(attention)).toContain(words);
	expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ owner: 'integration' }] }]);
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null });
});
