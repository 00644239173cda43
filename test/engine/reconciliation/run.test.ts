import type { IDataObject } from 'n8n-workflow';
import { jsonOf, ReconciliationStage } from './stage';

let stage: ReconciliationStage;
beforeAll(async () => {
	stage = await ReconciliationStage.open();
});
beforeEach(async () => await stage.clear());
afterAll(async () => await stage.close());

const LONG_AGO = '2020-01-01T00:00:00Z';

async function run(parameters: IDataObject = {}, more = {}) {
	const { outputs, error } = await stage.run('reconciliation', 'run', { since: LONG_AGO, ...parameters } as never, more);
	return { error, rows: jsonOf(outputs[0]), summary: jsonOf(outputs[1])[0] ?? {} };
}

const shown = (rows: IDataObject[]) => rows.map(({ class: name, code, rmaId, returnGoAmount, shopifyAmount }) => [name, code ?? '-', rmaId ?? '-', returnGoAmount ?? '-', shopifyAmount ?? '-'].join(' '));

/** ReturnGO pays from its dashboard, and its transaction settles three hours later. */
async function paidByReturnGo(): Promise<{ rmaId: string; orderId: string }> {
	const found = await stage.inspectedReturn();
	await stage.returnGo.post(`/__sim/rmas/${found.rmaId}/refund`, {});
	await stage.returnGo.post('/__sim/clock', { advanceMs: 4 * 3600 * 1000 });
	return found;
}

async function done(rmaId: string): Promise<void> {
	await stage.returnGo.post(`/__sim/rmas/${rmaId}/mark-done`, {});
}

describe('Reconciliation → Run', () => {
	it('finds nothing in an empty shop', async () => {
		const { rows, summary, error } = await run();
		expect(error).toBeUndefined();
		expect(rows).toEqual([]);
		expect(summary).toMatchObject({ complete: true, resumeCursor: null, totals: [], totalsAgree: true, notRead: [], agreeing: 0 });
	});

	it('matches what ReturnGO refunded, in few calls', async () => {
		const { rmaId } = await paidByReturnGo();
		await done(rmaId);
		const { rows, summary } = await run();
		expect(rows).toEqual([]);
		expect(summary).toMatchObject({ linesByClass: { matched: 1 }, totals: [{ currency: 'EUR', amounts: [{ amount: '81.70' }, { amount: '81.70' }, { amount: '0.00' }] }] });
		expect(summary.read).toContainEqual({ name: 'RMAs in detail', count: 0 });
		expect(summary.read).toContainEqual({ name: 'Calls to ReturnGO', count: 3 });
	});

	it('lists what matched where it is asked for', async () => {
		const { rmaId, orderId } = await paidByReturnGo();
		await done(rmaId);
		const { rows } = await run({ options: { includeMatched: true }, rmaLink: 'https://returns.example/{rmaId}' });
		expect(rows).toMatchObject([{ class: 'matched', rmaId, orderId, code: null, difference: '0.00', rmaUrl: `https://returns.example/${rmaId}`, payoutId: null }]);
	});

	it('lists an open return as under way', async () => {
		const { rmaId } = await stage.inspectedReturn();
		expect(shown((await run()).rows)).toEqual([`pending - ${rmaId} - -`]);
	});

	it('finds an RMA that is done and was never paid, with its details and those of its order', async () => {
		const { rmaId } = await stage.inspectedReturn();
		await stage.setRmaStatus(rmaId, 'Done');
		const { rows, summary } = await run();
		expect(shown(rows)).toEqual([`onlyInReturnGo refundMissing ${rmaId} - -`]);
		expect(summary.read).toContainEqual({ name: 'RMAs in detail', count: 1 });
	});

	it('tells a refund of other amount from one that nobody asked for', async () => {
		const { rmaId, orderId, lineItemIds } = await stage.inspectedReturn();
		await stage.setRmaStatus(rmaId, 'Done');
		await stage.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }], amount: '50.00' });
		const other = await stage.placeOrder();
		await stage.shopify.post('/__sim/admin/refund', { orderId: other.orderId, lines: [{ lineItemId: other.lineItemIds[0], quantity: 1, restock: true }] });
		expect(shown((await run()).rows).sort()).toEqual([expect.stringMatching(/^onlyInShopify refundWithoutRma - - \d/), `valueDiffers valueMismatch ${rmaId} - 50.00`]);
	});

	it('gives the same rows when it runs again', async () => {
		await stage.inspectedReturn();
		const { rmaId } = await stage.inspectedReturn();
		await stage.setRmaStatus(rmaId, 'Done');
		const [first, second] = [await run(), await run()];
		expect(first.rows).toHaveLength(2);
		expect(second.rows.map((row) => ({ ...row, ageDays: 0 }))).toEqual(first.rows.map((row) => ({ ...row, ageDays: 0 })));
	});

	it('says the same whether the orders come by pages or in bulk', async () => {
		for (let index = 0; index < 3; index += 1) await paidByReturnGo();
		const { rmaId } = await stage.inspectedReturn();
		await stage.setRmaStatus(rmaId, 'Done');
		const paged = await run({ options: { includeMatched: true } });
		const bulk = await run({ options: { includeMatched: true, bulkThreshold: 0 } });
		expect(paged.rows).toHaveLength(4);
		expect(bulk.rows.map((row) => ({ ...row, ageDays: 0 }))).toEqual(paged.rows.map((row) => ({ ...row, ageDays: 0 })));
		expect(await stage.sent('bulkOperationRunQuery')).toBe(1);
	});

	it('goes on from where it stopped', async () => {
		const { rmaId } = await paidByReturnGo();
		await done(rmaId);
		const { summary } = await run();
		const next = await run({ since: summary.nextSince as string, options: { overlap: 0 } });
		expect(next.summary).toMatchObject({ linesByClass: {}, complete: true });
	});

	it.each([
		['was deleted meanwhile', { kind: 'status', status: 404, body: { message: 'Not found' } }],
		['has a form that is not known here', { kind: 'status', status: 200, body: { rmaSummary: 'gone' } }],
	])('goes on past a return that %s, names it, and decides the others', async (_how, action) => {
		const [lost, other] = [await stage.inspectedReturn(), await stage.inspectedReturn()];
		for (const { rmaId } of [lost, other]) await stage.setRmaStatus(rmaId, 'Done');
		await stage.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${lost.rmaId}` }, action, times: -1 } as never);
		const { rows, summary, error } = await run();
		expect(error).toBeUndefined();
		expect(shown(rows).sort()).toEqual([`onlyInReturnGo refundMissing ${other.rmaId} - -`, `pending notRead ${lost.rmaId} - -`]);
		expect(summary).toMatchObject({ complete: false, resumeCursor: null, notRead: [expect.stringContaining(`RMA${lost.rmaId} could not be read: `)] });
	});

	describe('within a number of calls', () => {
		it('lists what it could not decide, and decides it in the next run', async () => {
			const rmaIds: string[] = [];
			for (let index = 0; index < 3; index += 1) {
				const { rmaId } = await stage.inspectedReturn();
				await stage.setRmaStatus(rmaId, 'Done');
				rmaIds.push(rmaId);
			}
			// ReturnGO turns away the sixth call within a second, and a call that is sent again counts.
			await new Promise((resolve) => setTimeout(resolve, 1100));
			const cut = await run({ options: { callLimit: 4 } });
			expect(shown(cut.rows).map((row) => row.split(' ').slice(0, 2).join(' ')).sort()).toEqual(['onlyInReturnGo refundMissing', 'pending notRead', 'pending notRead']);
			expect(cut.summary).toMatchObject({ complete: false, notRead: [expect.stringContaining('2 returns were not decided')] });
			const resumed = await run({ options: { callLimit: 4, resumeCursor: cut.summary.resumeCursor as string } });
			expect(shown(resumed.rows).map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual(['onlyInReturnGo refundMissing', 'onlyInReturnGo refundMissing']);
			expect(resumed.summary).toMatchObject({ complete: true, resumeCursor: null, nextSince: cut.summary.nextSince });
		});

		it('calls nothing missing when the lists themselves were cut, and does not move on', async () => {
			await paidByReturnGo();
			const { rows, summary } = await run({ options: { callLimit: 1 } });
			expect(rows.map(({ code }) => code)).toEqual(['notRead', 'notRead']);
			expect(summary).toMatchObject({ complete: false, nextSince: LONG_AGO });
		});
	});

	describe('the bulk read', () => {
		const bulk = { options: { bulkThreshold: 0 } };
		it.each([
			['fails', { kind: 'fail', errorCode: 'INTERNAL_SERVER_ERROR' }, 'ended the bulk read as FAILED (INTERNAL_SERVER_ERROR)'],
			['lacks a scope', { kind: 'fail', errorCode: 'ACCESS_DENIED' }, 'may not read'],
			['expires', { kind: 'expire' }, 'ended the bulk read as EXPIRED'],
			['is refused', { kind: 'limitReached' }, 'did not begin the bulk read'],
			['has no file any more', { kind: 'gone', status: 404 }, 'cannot be fetched'],
			['leaves half a file', { kind: 'truncate' }, 'bulk read'],
			['breaks off', { kind: 'cut' }, 'bulk read'],
		])('that %s stops the run with that reason', async (_name, fault, words) => {
			await paidByReturnGo();
			await stage.shopify.post('/__sim/bulk/faults', fault);
			const { error, rows } = await run(bulk);
			expect(error?.message).toContain(words);
			expect(rows).toEqual([]);
		});

		it('that stops goes to the item when the workflow continues', async () => {
			await stage.inspectedReturn();
			await stage.shopify.post('/__sim/bulk/faults', { kind: 'expire' });
			const { rows, error } = await run({ options: { bulkThreshold: '={{ $json.threshold }}' } }, { input: [{ threshold: 0 }, { threshold: 100 }], continueOnFail: true });
			expect(error).toBeUndefined();
			expect(rows).toMatchObject([{ code: 'bulkReadFailed' }, { class: 'pending' }]);
		});
	});

	it('needs a time to begin with', async () => {
		expect((await run({ since: '={{ "" }}' })).error?.message).toBe('Since is empty');
		expect((await run({ since: 'yesterday' })).error?.message).toBe('Since is not a time');
		expect((await run({ options: { resumeCursor: 'xyz' } })).error?.message).toContain('Resume Cursor');
		expect((await run({ rmaLink: 'returns.example' })).error?.message).toContain('{rmaId}');
	});

	it('names the credential that is refused, and waits where a slower pace is asked for', async () => {
		await paidByReturnGo();
		expect((await run({}, { credentials: stage.credentials({ apiKey: 'wrong' }) })).error?.message).toContain('ReturnGO refuses the key');
		expect((await run({}, { credentials: stage.credentials({ accessToken: 'wrong' }) })).error?.message).toBe('Shopify does not accept the credential');
		await stage.shopifyFault('orders', { kind: 'throttled' });
		expect((await run()).error).toBeUndefined();
	});
});
