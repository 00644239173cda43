/** A service that is only busy calls for nobody: the outcome waits, and says until when. */
import { codesOf } from '../../support/shop';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

it.each([
	['an act that Shopify throttles for the whole run', 'returnProcess', { kind: 'throttled' }, 'serviceUnavailable'],
	['a claim whose every answer is lost', 'metafieldsSet', { kind: 'dropBefore' }, 'answerUnknown'],
	['an order that cannot be read', 'order', { kind: 'status', status: 503 }, 'serviceUnavailable'],
] as const)('%s', async (_case, operation, action, code) => {
	const { rmaId, orderId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	await stage.shopify.addFaults({ match: { operation }, action, times: -1 });
	const { settled, attention } = await stage.process(rma);
	expect(settled).toEqual([]);
	expect(attention).toMatchObject([{ outcome: 'waiting', retryAt: expect.any(String) }]);
	expect(new Set(codesOf(attention[0]))).toEqual(new Set([code]));
	await stage.shopify.clearFaults();
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: [], dispositions: [] });
});
