/** Money has moved and the record of it loses its races: the report of the refund stands, and says that the next run records it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codesOf, FLAGSHIP_REFUND } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
beforeEach(async () => {
	await stage.shopify.post('/__sim/settings', { bucketSize: 1_000_000, restoreRate: 1_000_000 });
});
afterEach(async () => {
	jest.useRealTimers();
	await stage.clear();
});

/** Somebody else writes to the order right before each record of this run: so many times. */
async function withRival(orderId: string, times: number, work: () => Promise<void>): Promise<void> {
	let since = 0;
	let isWriting = false;
	const rival = createServer((_request, response) => {
		// Its own request meets the hook too.
		if (isWriting) {
			response.end();
			return;
		}
		isWriting = true;
		since += 1;
		const value = `RMA0: refunded · since 2026-01-01T00:00:0${since % 10}Z`;
		void stage
			.ask('mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }', { metafields: [{ ownerId: orderId, namespace: 'return_settlement', key: 'status', type: 'list.single_line_text_field', value: JSON.stringify([value]) }] })
			.finally(() => {
				isWriting = false;
				response.end();
			});
	});
	await new Promise<void>((resolve) => rival.listen(0, '127.0.0.1', resolve));
	try {
		const { port } = rival.address() as AddressInfo;
		await stage.shopify.addFaults({ match: { operation: 'metafieldsSet', afterMatches: 1 }, action: { kind: 'hook', url: `http://127.0.0.1:${port}/` }, times });
		await work();
	} finally {
		await new Promise((resolve) => rival.close(resolve));
		await stage.shopify.clearFaults();
	}
}

async function isRecordedByTheNextRun(rmaId: string, orderId: string): Promise<void> {
	expect((await stage.outcome(orderId)).ledger?.entries).toMatchObject([{ action: 'refund', state: 'claimed', refundId: null }]);
	travel(180);
	const next = await stage.refund(rmaId);
	expect(next.attention).toEqual([]);
	const outcome = await stage.outcome(orderId);
	expect(outcome.refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	expect(outcome.ledger?.entries).toMatchObject([{ action: 'refund', state: 'done', refundId: expect.any(String) as unknown }]);
}

it('and the order cannot be read again: the refund is reported, and the record waits', async () => {
	const { rmaId, orderId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	await withRival(orderId, 1, async () => {
		await stage.shopify.addFaults({ match: { operation: 'currentAppInstallation', afterMatches: 1 }, action: { kind: 'status', status: 503 }, times: -1 });
		const { settled, attention, result } = await stage.refund(rma);
		expect(result.error).toBeUndefined();
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND, moneyMoved: true } }]);
		expect(codesOf(attention[0])).toEqual(['serviceUnavailable']);
		expect(attention).toMatchObject([{ outcome: 'waiting', reasons: [{ message: expect.stringContaining('The next run records it.') as string }], retryAt: expect.any(String) as unknown }]);
	});
	await isRecordedByTheNextRun(rmaId, orderId);
});

it('and no race is won: the report does not say done without saying that the record is missing', async () => {
	const { rmaId, orderId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	await withRival(orderId, -1, async () => {
		const { settled, attention } = await stage.refund(rma);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND, moneyMoved: true } }]);
		expect(attention).toMatchObject([{ outcome: 'waiting', reasons: [{ code: 'serviceUnavailable', message: expect.stringContaining('other runs kept writing') as string }], retryAt: expect.any(String) as unknown }]);
	});
	await isRecordedByTheNextRun(rmaId, orderId);
});

it('and a race is lost once: it is recorded, and nothing waits', async () => {
	const { rmaId, orderId } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	await withRival(orderId, 1, async () => {
		expect(await stage.refund(rma)).toMatchObject({ attention: [], settled: [{ outcome: 'done' }] });
	});
	expect((await stage.outcome(orderId)).ledger?.entries).toMatchObject([{ action: 'refund', state: 'done' }]);
});
