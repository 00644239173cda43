/** Requests that were rejected or canceled after their goods had arrived: inside n8n's engine, against the simulators over real HTTP. */
import { codesOf, FLAGSHIP_REFUND } from '../../support/shop';
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

const ANY = { refundResolutions: 'RefundToPaymentMethod' };

describe.each(['Canceled', 'Rejected'])('a request that is %s after the inspection', (status) => {
	it.each([
		['refund', 'post', 1],
		['restock', 'execute', 1],
		['return', 'process', 2],
		['storeCredit', 'refund', 1],
		['storeCredit', 'creditAccount', 1],
		['storeCredit', 'createGiftCard', 1],
	])('is left to a person by %s > %s, and nothing is written to Shopify', async (resource, operation, reasons) => {
		const { orderId, rmaId } = await stage.inspectedReturn();
		const rma = { ...(await stage.readRma(rmaId)), status };
		const before = await stage.outcome(orderId);
		const { settled, attention } = await stage.run(resource, operation, rma, resource === 'restock' || resource === 'return' ? {} : ANY);
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'blocked' }]);
		expect(codesOf(attention[0])).toEqual(Array.from({ length: reasons }, () => 'rmaEnded'));
		expect(await stage.outcome(orderId)).toEqual(before);
		expect((await stage.shopifyRequests()).filter(({ operations }) => operations.some((name) => /refundCreate|returnProcess|Dispose|Adjust|giftCardCreate|storeCredit.*Credit|metafieldsSet/i.test(name)))).toEqual([]);
	});
});

it('a cancellation that ReturnGO reports itself stops the refund, and a refund from before it is still shown', async () => {
	const first = await stage.inspectedReturn();
	await stage.setRmaStatus(first.rmaId, 'Canceled');
	expect(codesOf((await stage.refund(first.rmaId)).attention[0])).toEqual(['rmaEnded']);
	expect((await stage.outcome(first.orderId)).refunds).toEqual([]);

	const second = await stage.inspectedReturn();
	expect((await stage.refund(second.rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
	await stage.setRmaStatus(second.rmaId, 'Canceled');
	expect((await stage.refund(second.rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'settledBefore' }] }]);
});

it('records the refund of a run that could not write its record, though the request was canceled since, and pays nothing again', async () => {
	const { orderId, rmaId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	await stage.shopify.addFaults({ match: { operation: 'tagsAdd' }, action: { kind: 'status', status: 503 }, times: -1 });
	await stage.refund(rma);
	await stage.shopify.clearFaults();
	travel(180);
	const { settled, attention } = await stage.refund({ ...rma, status: 'Canceled' });
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
	expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], ledger: { entries: [{ state: 'done' }] } });
});
