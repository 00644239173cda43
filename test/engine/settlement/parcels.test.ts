/** Returns whose units were sent in several parcels: Shopify takes the dispositions of one parcel at a time. Inside n8n's engine, over real HTTP. */
import { codesOf, type Placed } from '../../support/shop';
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

/** Two shirts and two hats, one of each in each of two parcels; everything comes back and is sellable. */
async function twoParcels(findings?: object): Promise<Placed & { rmaId: string }> {
	const placed = await stage.placeOrder({
		currency: 'EUR',
		lines: [
			{ sku: 'SHIRT', title: 'Shirt', quantity: 2, unitPrice: '20.00' },
			{ sku: 'HAT', title: 'Hat', quantity: 2, unitPrice: '15.00' },
		],
		parcels: 2,
		payments: [{ gateway: 'shopify_payments' }],
	});
	const rmaId = await stage.receiveReturn(placed, placed.lineItemIds.map((lineItemId) => ({ lineItemId, quantity: 2 })));
	await stage.validate(rmaId, findings);
	return { ...placed, rmaId };
}

async function available(): Promise<number[]> {
	return await Promise.all(
		['SHIRT', 'HAT'].map(async (sku) => {
			const levels = await stage.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`);
			return levels.find((level) => level.locationId === stage.locationId)?.quantities.available ?? 0;
		}),
	);
}

const RESTOCKED = () => Array.from({ length: 4 }, () => `1 RESTOCKED ${stage.locationId}`);

it('are restocked parcel by parcel, each in a request of its own, and once', async () => {
	const { rmaId, orderId } = await twoParcels();
	const [shirts = 0, hats = 0] = await available();
	const { settled, attention } = await stage.restock(rmaId);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
	expect((settled[0]?.restock as { dispositions: unknown[]; unitIds: string[] }).dispositions).toHaveLength(4);
	expect((settled[0]?.restock as { unitIds: string[] }).unitIds).toHaveLength(4);
	expect(await stage.shopifyRequests('reverseFulfillmentOrderDispose')).toHaveLength(2);
	expect(await stage.shopifyRequests()).toHaveLength(5);
	const outcome = await stage.outcome(orderId);
	expect(outcome.dispositions).toEqual(RESTOCKED());
	expect(outcome.ledger?.entries.map(({ action, state, unitIds }) => `${action} ${state} ${unitIds.length}`)).toEqual(['restock done 2', 'restock done 2']);
	expect(await stage.restock(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'alreadyDone' }] });
	expect(await available()).toEqual([shirts + 2, hats + 2]);
});

it('are refunded and restocked in one step: one refund, one request for each parcel', async () => {
	const { rmaId, orderId } = await twoParcels();
	const { settled, attention } = await stage.process(rmaId);
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '70.00', moneyMoved: true } }]);
	expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
	expect(await stage.shopifyRequests('reverseFulfillmentOrderDispose')).toHaveLength(2);
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: ['SUCCESS 70.00'], dispositions: RESTOCKED(), tags: ['return-refunded'] });
	expect(await stage.process(rmaId)).toMatchObject({ attention: [], settled: [{ outcome: 'alreadyDone' }] });
});

it('are refunded first and restocked later', async () => {
	const { rmaId, orderId } = await twoParcels();
	expect((await stage.refund(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
	expect((await stage.restock(rmaId)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: ['SUCCESS 70.00'], dispositions: RESTOCKED() });
});

it('are put back once by eight runs at the same time', async () => {
	const { rmaId, orderId } = await twoParcels();
	const before = await available();
	const rma = await stage.readRma(rmaId);
	await Promise.all(Array.from({ length: 8 }, async () => await stage.process(rma)));
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: ['SUCCESS 70.00'], dispositions: RESTOCKED() });
	expect(await available()).toEqual(before.map((figure) => figure + 2));
});

describe('when a request about one parcel', () => {
	it.each([
		['never arrives', 'first', 0, 'dropBefore', 2],
		['never arrives', 'second', 1, 'dropBefore', 2],
		['is done and its answer is lost', 'first', 0, 'dropAfter', 4],
		['is done and its answer is lost', 'second', 1, 'dropAfter', 4],
	] as const)('%s (the %s one), the other one is not repeated', async (_what, _which, afterMatches, kind, disposedAtFirst) => {
		const { rmaId, orderId } = await twoParcels();
		const before = await available();
		await stage.shopify.addFaults({ match: { operation: 'reverseFulfillmentOrderDispose', afterMatches }, action: { kind } });
		const first = await stage.process(rmaId);
		expect(first.settled).toMatchObject([{ outcome: 'done', refund: { amount: '70.00' }, everyUnitSettled: disposedAtFirst === 4 }]);
		expect(codesOf(first.attention[0])).toEqual(disposedAtFirst === 4 ? [] : ['answerUnknown']);
		expect((await stage.outcome(orderId)).dispositions).toHaveLength(disposedAtFirst);
		travel(180);
		const second = await stage.process(rmaId);
		expect(second.attention).toEqual([]);
		expect(second.settled).toMatchObject([{ outcome: disposedAtFirst === 4 ? 'alreadyDone' : 'done', everyUnitSettled: true }]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: ['SUCCESS 70.00'], dispositions: RESTOCKED() });
		expect(await available()).toEqual(before.map((figure) => figure + 2));
	});

	it('was answered and the run dies before the next and before its record, the next run takes over what is there and does the rest', async () => {
		const { rmaId, orderId } = await twoParcels();
		const before = await available();
		// The claim passes; after the first parcel nothing arrives any more.
		await stage.shopify.addFaults(
			{ match: { operation: 'reverseFulfillmentOrderDispose', afterMatches: 1 }, action: { kind: 'dropBefore' }, times: -1 },
			{ match: { operation: 'metafieldsSet', afterMatches: 1 }, action: { kind: 'dropBefore' }, times: -1 },
		);
		const first = await stage.process(rmaId);
		expect(first.settled).toMatchObject([{ outcome: 'done', refund: { amount: '70.00' } }]);
		expect(codesOf(first.attention[0]).sort()).toEqual(['answerUnknown', 'serviceUnavailable']);
		await stage.shopify.clearFaults();
		expect((await stage.outcome(orderId)).ledger?.entries.map(({ state }) => state)).toEqual(['claimed', 'claimed', 'claimed']);
		expect(codesOf((await stage.process(rmaId)).attention[0])).toContain('claimedElsewhere');

		travel(180);
		const second = await stage.process(rmaId);
		expect(second.attention).toEqual([]);
		expect(second.settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		const outcome = await stage.outcome(orderId);
		expect(outcome).toMatchObject({ refunds: ['SUCCESS 70.00'], dispositions: RESTOCKED() });
		expect(outcome.ledger?.entries.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
		expect(await available()).toEqual(before.map((figure) => figure + 2));
	});
});
