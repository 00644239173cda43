/** The ReturnGO Polling Trigger in n8n's engine against the simulator: nothing lost, nothing told twice, within its calls. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { ReturnGoPollingTrigger } from '../../../nodes/ReturnGo/ReturnGoPollingTrigger.node';
import { ReturnGoTrigger } from '../../../nodes/ReturnGo/ReturnGoTrigger.node';
import { runNode, startPolling, startTrigger, type TestPoller } from '../harness';
import { Desk } from './desk';
import { rawRma, rawRow } from './rmaFixture';
import { credentialsFor, startScriptedReturnGo } from './scriptedReturnGo';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const ALL = ['REFUND_CREATED', 'RMA_CREATED', 'RMA_STATUS_UPDATED', 'RMA_UPDATED', 'SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED', 'SHIPMENT_UPDATED', 'TRANSACTION_CREATED', 'TRANSACTION_STATUS_UPDATED'];
const STATUS_AND_MONEY = ['RMA_STATUS_UPDATED', 'TRANSACTION_CREATED', 'TRANSACTION_STATUS_UPDATED'];

let desk: Desk;
beforeAll(async () => {
	// Only the date is ours: both sides have one clock.
	jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] });
	desk = await Desk.open();
});
afterAll(async () => {
	await desk.close();
	jest.useRealTimers();
});
beforeEach(async () => {
	await desk.reset();
	await desk.control('POST', '/clock', { set: '2026-03-02T08:00:00Z', freeze: true });
	jest.setSystemTime(desk.clock.now());
});

async function pass(minutes: number): Promise<void> {
	await desk.pass(minutes);
	jest.setSystemTime(desk.clock.now());
}

function start(events: string[] = ALL, options: INodeParameters = {}): TestPoller {
	return startPolling({ node: ReturnGoPollingTrigger, parameters: { events, options: { callsPerDay: 20_000, ...options } }, ...desk.access() });
}

type Poller = Pick<TestPoller, 'poll' | 'activate'>;
const brief = (items: Awaited<ReturnType<TestPoller['poll']>>) => items.map(({ json }) => [json.type, json.rmaId, (json.raw as IDataObject).previousStatus, (json.raw as IDataObject).status]);
/** Polls every quarter of an hour and gives the news of all polls. */
async function pollFor(poller: Poller, polls: number): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (let count = 0; count < polls; count++) {
		await pass(15);
		found.push(...(await poller.poll()).map(({ json }) => json));
	}
	return found;
}

it('tells nothing of what was there when it was published, and each change after that once', async () => {
	const { rmaId } = await desk.request();
	await desk.staff(rmaId, 'refund');
	const poller = start();
	expect(await poller.activate()).toEqual([]);
	expect(await pollFor(poller, 3)).toEqual([]);
	await desk.staff(rmaId, 'receive');
	await pass(15);
	expect(brief(await poller.poll())).toEqual([
		['RMA_STATUS_UPDATED', rmaId, 'Approved', 'Received'],
		['SHIPMENT_STATUS_UPDATED', rmaId, 'Pending', 'Received'],
	]);
	expect(await pollFor(poller, 3)).toEqual([]);
});

it('gives the event of the webhook trigger, with the RMA as it is now', async () => {
	const { rmaId, shipmentId } = await desk.request();
	const poller = start(['RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED']);
	await poller.activate();
	await desk.staff(rmaId, 'receive');
	await pass(15);
	const items = await poller.poll();
	expect(Object.keys(items[0]?.json ?? {})).toEqual(['type', 'id', 'triggeredAt', 'rmaId', 'shipmentId', 'transactionId', 'rma', 'fetchError', 'raw']);
	expect(items[0]?.json).toMatchObject({
		type: 'RMA_STATUS_UPDATED',
		id: expect.stringMatching(/^[0-9a-f]{32}$/),
		triggeredAt: '2026-03-02T08:15:00.000Z',
		rmaId,
		shipmentId: null,
		transactionId: null,
		rma: { id: rmaId, status: 'Received', units: [{ sku: 'SHIRT' }] },
		fetchError: null,
		raw: { eventName: 'RMA_STATUS_UPDATED', rmaId, status: 'Received', previousStatus: 'Approved' },
	});
	expect(items[1]?.json).toMatchObject({ type: 'SHIPMENT_STATUS_UPDATED', shipmentId });
	expect(JSON.stringify(items)).not.toMatch(/Sample Street|customer\.example/);
});

it('gives the same news the same id as the webhook trigger, so that both can run side by side', async () => {
	const { rmaId } = await desk.request();
	const events = ['RMA_STATUS_UPDATED', 'SHIPMENT_STATUS_UPDATED', 'TRANSACTION_CREATED'];
	const poller = start(events);
	await poller.activate();
	const hooked = await startTrigger({ node: ReturnGoTrigger, parameters: { events }, ...desk.access() });
	try {
		await hooked.activate();
		const idsOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => `${String(json.type)} ${String(json.id)}`).sort();
		for (const act of ['receive', 'refund']) {
			await desk.staff(rmaId, act);
			await desk.control('GET', '/webhooks?wait=true');
			await pass(15);
			const polled = await poller.poll();
			expect(polled).toHaveLength(act === 'receive' ? 2 : 1);
			// Of several messages about one change the last ones were read when all of it had happened.
			const messages = idsOf(hooked.calls.splice(0).flatMap((call) => call.items));
			expect(messages).toEqual(expect.arrayContaining(idsOf(polled)));
		}
	} finally {
		await hooked.close();
	}
});

describe('what lastUpdated does not show', () => {
	it.each(['lastUpdated', 'anyChange'] as const)('does not miss Received, Validated, a refund and its success (filter: %s)', async (updatedAtFilter) => {
		await desk.options({ updatedAtFilter });
		const others = [];
		for (let count = 0; count < 6; count++) others.push(await desk.request());
		const { rmaId } = others[3] ?? { rmaId: '' };
		const poller = start(STATUS_AND_MONEY);
		await poller.activate();
		const before = (await desk.rma(rmaId)).lastUpdated;
		const seen: unknown[] = [];
		for (const act of ['ship', 'receive', 'validate', 'refund']) {
			await desk.staff(rmaId, act, act === 'validate' ? { all: true } : {});
			await pass(15);
			seen.push(...brief(await poller.poll()));
		}
		expect((await desk.rma(rmaId)).lastUpdated).toBe(before);
		for (let hour = 0; hour < 4; hour++) {
			await pass(60);
			seen.push(...brief(await poller.poll()));
		}
		expect((await desk.rma(rmaId)).lastUpdated).toBe(before);
		expect(seen).toEqual([
			['RMA_STATUS_UPDATED', rmaId, 'Approved', 'Received'],
			['RMA_STATUS_UPDATED', rmaId, 'Received', 'Validated'],
			['TRANSACTION_CREATED', rmaId, null, 'Requested'],
			['TRANSACTION_STATUS_UPDATED', rmaId, 'Requested', 'Success'],
		]);
	});

	it('sees a parcel that is shipped, one that gets a tracking number, and the inspection of one unit', async () => {
		const price = { amount: 10, currency: 'EUR', shopAmount: 10, shopCurrency: 'EUR' };
		const { rmaId, shipmentId, unitIds } = await desk.request({ units: [{ lineItemId: '7100000001', sku: 'SHIRT', title: 'Shirt', variantId: '1', productId: '1', price, tax: price, taxIncluded: true, quantity: 2 }] });
		const poller = start(ALL);
		await poller.activate();
		const news = async () => {
			await pass(61);
			return brief(await poller.poll());
		};
		await desk.staff(rmaId, 'ship', { trackingNumber: 'PP1' });
		expect(await news()).toEqual([
			['SHIPMENT_STATUS_UPDATED', rmaId, 'Pending', 'Shipped'],
			['SHIPMENT_UPDATED', rmaId, 'Pending', 'Shipped'],
		]);
		await desk.staff(rmaId, 'receive');
		await news();
		await desk.staff(rmaId, 'validate', { units: [{ id: unitIds[0] }] });
		expect(await news()).toEqual([['RMA_UPDATED', rmaId, 'Received', 'Received']]);
		await desk.staff(rmaId, 'validate', { units: [{ id: unitIds[0], isRestockable: false, nonRestockableReason: 'Stained' }] });
		expect(await news()).toEqual([['RMA_UPDATED', rmaId, 'Received', 'Received']]);
		const update = await runNode({ node: ReturnGo, parameters: { resource: 'shipment', operation: 'delete', shipmentId }, ...desk.access() });
		expect(update.error).toBeUndefined();
		expect(await news()).toEqual([['RMA_UPDATED', rmaId, 'Received', 'Received']]);
		expect(await news()).toEqual([]);
	});

	it.each(['reject', 'cancel', 'mark-done'])('sees that an RMA is no longer open: %s', async (act) => {
		const { rmaId } = await desk.request({ autoApprove: act !== 'reject' });
		await desk.options({ lastUpdatedMovesOn: [] });
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(rmaId, act);
		const [event, ...others] = await pollFor(poller, 4);
		expect(others).toEqual([]);
		expect(event).toMatchObject({ rmaId, raw: { previousStatus: act === 'reject' ? 'Pending' : 'Approved', status: { reject: 'Rejected', cancel: 'Canceled', 'mark-done': 'Done' }[act] } });
	});

	it('sees that a closed RMA is reopened, one that was closed before the start too', async () => {
		const [one, two] = [await desk.request(), await desk.request()];
		await desk.staff(one.rmaId, 'cancel');
		const poller = start(['RMA_CREATED', 'RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(two.rmaId, 'cancel');
		await pollFor(poller, 1);
		await desk.staff(one.rmaId, 'reopen');
		await desk.staff(two.rmaId, 'reopen');
		expect((await pollFor(poller, 3)).map(({ type, rmaId, raw }) => [type, rmaId, (raw as IDataObject).previousStatus])).toEqual([
			['RMA_STATUS_UPDATED', one.rmaId, 'Canceled'],
			['RMA_STATUS_UPDATED', two.rmaId, 'Canceled'],
		]);
	});
});

describe('new RMAs', () => {
	it('tells of each once, and of how far it came since', async () => {
		const poller = start();
		await poller.activate();
		await pass(30);
		const pending = await desk.request({ autoApprove: false });
		const received = await desk.request();
		await desk.staff(received.rmaId, 'receive');
		const gone = await desk.request({ autoApprove: false });
		await desk.staff(gone.rmaId, 'reject');
		const news = (await pollFor(poller, 4)).map(({ type, rmaId }) => [type, rmaId]);
		expect(news.filter(([, rmaId]) => rmaId === pending.rmaId)).toEqual([['RMA_CREATED', pending.rmaId], ['SHIPMENT_CREATED', pending.rmaId]]);
		expect(news.filter(([, rmaId]) => rmaId === received.rmaId).map(([type]) => type)).toEqual(['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED']);
		expect(news.filter(([, rmaId]) => rmaId === gone.rmaId).map(([type]) => type)).toEqual(['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED']);
	});

	it('tells what is open at the start when asked to, and nothing closed', async () => {
		const [one, two, three] = [await desk.request(), await desk.request(), await desk.request()];
		await desk.staff(two.rmaId, 'mark-done');
		const statuses = start(['RMA_STATUS_UPDATED'], { emitExisting: true });
		const found = [...(await statuses.activate()).map(({ json }) => json), ...(await pollFor(statuses, 3))];
		expect(found.map(({ type, rmaId }) => [type, rmaId])).toEqual([['RMA_STATUS_UPDATED', one.rmaId], ['RMA_STATUS_UPDATED', three.rmaId]]);
		const created = start(['RMA_CREATED'], { emitExisting: true });
		expect((await created.activate()).map(({ json }) => [json.type, json.rmaId])).toEqual([['RMA_CREATED', one.rmaId], ['RMA_CREATED', three.rmaId]]);
	});
});

describe('transactions', () => {
	it('finds whose they are among many RMAs, in few calls', async () => {
		const made: string[] = [];
		for (let count = 0; count < 100; count++) made.push((await desk.request()).rmaId);
		const [one = '', two = ''] = [made[17], made[80]];
		const poller = start(['TRANSACTION_CREATED', 'REFUND_CREATED'], { maximumCalls: 40 });
		await poller.activate();
		await pass(15);
		await desk.staff(one, 'refund');
		await desk.staff(two, 'refund');
		await desk.forgetCalls();
		const items = await poller.poll();
		expect(items.map(({ json }) => [json.type, json.rmaId, json.transactionId, (json.rma as IDataObject).id]).sort()).toEqual([
			['REFUND_CREATED', one, '7000001', one],
			['REFUND_CREATED', two, '7000002', two],
			['TRANSACTION_CREATED', one, '7000001', one],
			['TRANSACTION_CREATED', two, '7000002', two],
		]);
		expect((await desk.calls()).length).toBeLessThanOrEqual(3 + 2 * 7 + 2);
	});

	it('goes on searching with the next polls when the calls do not suffice', async () => {
		const made: string[] = [];
		for (let count = 0; count < 40; count++) made.push((await desk.request()).rmaId);
		const poller = start(['TRANSACTION_CREATED'], { maximumCalls: 5 });
		await poller.activate();
		await pass(15);
		for (const index of [3, 21, 38]) await desk.staff(made[index] ?? '', 'refund');
		const found = await pollFor(poller, 20);
		expect(found.map(({ rmaId }) => rmaId).sort()).toEqual([made[3], made[21], made[38]]);
		expect(found.every(({ rma }) => rma !== null)).toBe(true);
	});

	it('loses none whose RMA cannot be found: the workflow starts and is told', async () => {
		const { rmaId } = await desk.request();
		const poller = start(['TRANSACTION_CREATED']);
		await poller.activate();
		const { rmaId: refunded } = await desk.request();
		await desk.staff(refunded, 'refund');
		// The list of RMAs does not show the RMA, for whatever reason: only its transaction is there.
		await desk.fault('GET /rmas', { kind: 'status', status: 200, body: { rmas: [{ rmaId, status: 'Approved', order_name: '1001', events: [] }], next_cursor: null } }, -1);
		expect(await pollFor(poller, 4)).toMatchObject([{ type: 'TRANSACTION_CREATED', rmaId: null, transactionId: '7000001', rma: null, fetchError: { code: 'rmaIdMissing' } }]);
	});

	it('tells of a refund that fails, and of one that was asked for before the start', async () => {
		const { rmaId } = await desk.request();
		await desk.options({ failNextRefunds: 1 });
		await desk.staff(rmaId, 'refund');
		await pass(120);
		const poller = start(STATUS_AND_MONEY);
		await poller.activate();
		await pass(70);
		expect(brief(await poller.poll())).toEqual([['TRANSACTION_STATUS_UPDATED', rmaId, null, 'Failed']]);
		expect(await pollFor(poller, 3)).toEqual([]);
	});
});

describe('restarts and lost polls', () => {
	/** Something happens in every quarter of an hour; returns what should be told. */
	async function live(rmas: string[], step: number): Promise<string[]> {
		const rmaId = rmas[step % rmas.length] ?? '';
		const way = ['receive', 'validate', 'mark-done'] as const;
		const act = way[Math.floor(step / rmas.length)] ?? 'receive';
		await desk.staff(rmaId, act, act === 'validate' ? { all: true } : {});
		return [`${rmaId} ${{ receive: 'Received', validate: 'Validated', 'mark-done': 'Done' }[act]}`];
	}
	const told = (events: IDataObject[]) => events.map(({ rmaId, rma }) => `${String(rmaId)} ${String((rma as IDataObject).status)}`);

	it.each(['never', 'after every poll', 'in place of every third poll', 'while every fourth poll is answered'])('tells each change once when n8n dies: %s', async (when) => {
		const rmas: string[] = [];
		for (let count = 0; count < 4; count++) rmas.push((await desk.request()).rmaId);
		const poller = start(['RMA_STATUS_UPDATED'], { maximumCalls: 6 });
		await poller.activate();
		const expected: string[] = [];
		const events: IDataObject[] = [];
		for (let step = 0; step < 12; step++) {
			expected.push(...(await live(rmas, step)));
			await pass(15);
			if (when === 'in place of every third poll' && step % 3 === 2) {
				poller.restart();
				continue;
			}
			if (when === 'while every fourth poll is answered' && step % 4 === 3) poller.loseNext();
			events.push(...(await poller.poll()).map(({ json }) => json));
			if (when === 'after every poll') {
				poller.restart();
				events.push(...(await poller.activate()).map(({ json }) => json));
			}
		}
		events.push(...(await pollFor(poller, 4)));
		// Two changes that one poll finds have no order; those of one RMA have.
		expect(told(events).sort()).toEqual([...expected].sort());
		for (const rmaId of rmas) expect(told(events).filter((news) => news.startsWith(rmaId))).toEqual(expected.filter((news) => news.startsWith(rmaId)));
		expect(new Set(events.map(({ id }) => id)).size).toBe(expected.length);
	});

	it('remembers nothing of a poll that ended in an error', async () => {
		const { rmaId } = await desk.request();
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(rmaId, 'receive');
		await pass(15);
		const before = JSON.stringify((poller.stored as IDataObject)['node:Node Under Test']);
		await desk.fault('GET /rma/:id', { kind: 'status', status: 500 }, -1);
		await expect(poller.poll()).rejects.toMatchObject({ message: `ReturnGO could not answer for RMA ${rmaId}` });
		await desk.control('DELETE', '/faults');
		expect(JSON.stringify((poller.stored as IDataObject)['node:Node Under Test'])).toBe(before);
		await pass(15);
		expect(brief(await poller.poll())).toEqual([['RMA_STATUS_UPDATED', rmaId, 'Approved', 'Received']]);
	});

	it('tells what it has when ReturnGO fails in the middle, and the rest with the next poll', async () => {
		const made = [await desk.request(), await desk.request(), await desk.request()];
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		for (const { rmaId } of made) await desk.staff(rmaId, 'receive');
		await pass(15);
		await desk.control('POST', '/faults', { match: { operation: 'GET /rma/:id', afterMatches: 1 }, times: 3, action: { kind: 'status', status: 500 } });
		const first = await poller.poll();
		expect(first).toHaveLength(1);
		await desk.control('DELETE', '/faults');
		await pass(15);
		const second = await poller.poll();
		expect([...first, ...second].map(({ json }) => json.rmaId).sort()).toEqual(made.map(({ rmaId }) => rmaId));
	});

	it('tells after a week without polls what has changed, once', async () => {
		const made = [await desk.request(), await desk.request()];
		const poller = start(STATUS_AND_MONEY);
		await poller.activate();
		for (const { rmaId } of made) {
			await desk.staff(rmaId, 'receive');
			await desk.staff(rmaId, 'refund');
		}
		await pass(7 * 24 * 60);
		poller.restart();
		const events = [...(await poller.activate()), ...(await poller.poll())].map(({ json }) => `${String(json.type)} ${String(json.rmaId)} ${String((json.raw as IDataObject).status)}`);
		expect(events.sort()).toEqual(made.flatMap(({ rmaId }) => [`RMA_STATUS_UPDATED ${rmaId} Received`, `TRANSACTION_CREATED ${rmaId} Success`]).sort());
	});

	it('does not tell twice when n8n begins a poll before the last one has ended', async () => {
		const { rmaId } = await desk.request();
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(rmaId, 'receive');
		await pass(15);
		await desk.fault('GET /rma/:id', { kind: 'delay', ms: 300 });
		const both = await Promise.all([poller.poll(), poller.poll()]);
		expect(both.flat()).toHaveLength(1);
	});

	it('starts anew for another store', async () => {
		await desk.request();
		await desk.control('POST', '/shops', { domain: 'other-shop.myshopify.com', key: desk.simulator.apiKey });
		const poller = start(['RMA_STATUS_UPDATED', 'RMA_CREATED']);
		await poller.activate();
		poller.restart(desk.access({ storeDomain: 'other-shop.myshopify.com' }));
		expect(await poller.activate()).toEqual([]);
		expect(await pollFor(poller, 2)).toEqual([]);
	});
});

describe('many RMAs', () => {
	it('tells each change among 520 open RMAs once, with no poll over its calls', async () => {
		const made: string[] = [];
		for (let count = 0; count < 520; count++) made.push((await desk.request({ autoApprove: true })).rmaId);
		const maximumCalls = 25;
		const poller = start(STATUS_AND_MONEY, { maximumCalls });
		expect(await poller.activate()).toEqual([]);
		const changed = made.filter((_, index) => index % 13 === 0);
		for (const rmaId of changed) await desk.staff(rmaId, 'receive');
		const closed = made.filter((_, index) => index % 13 === 1);
		for (const rmaId of closed) await desk.staff(rmaId, 'cancel');
		const events: IDataObject[] = [];
		for (let count = 0; count < 12; count++) {
			await pass(15);
			await desk.forgetCalls();
			events.push(...(await poller.poll()).map(({ json }) => json));
			expect((await desk.calls()).length).toBeLessThanOrEqual(maximumCalls);
			if (count % 3 === 1) poller.restart();
		}
		const told = (status: string) => events.filter(({ raw }) => (raw as IDataObject).status === status).map(({ rmaId }) => rmaId);
		expect([...told('Received')].sort()).toEqual(changed);
		expect([...told('Canceled')].sort()).toEqual(closed);
		expect(events).toHaveLength(changed.length + closed.length);
		expect(JSON.stringify(poller.stored).length).toBeLessThan(200_000);
	}, 120_000);

	it('goes through more pages than a poll may read, and calls no RMA of a later page new or closed', async () => {
		const server = await startScriptedReturnGo();
		try {
			// Eleven pages of two rows, as if there were thousands; the last RMA changes while they are gone through.
			let lastStatus = 'Approved';
			const row = (index: number) => rawRow(String(1_000_100 - index), { status: index === 21 ? lastStatus : 'Approved' });
			server.on('GET /transactions', { body: { transactions: [], next_cursor: null } });
			server.on('GET /rmas', ({ query }) => {
				if (query.status !== 'Pending,Approved,Received,Validated') return { body: { rmas: [], next_cursor: null } };
				const page = Number(query.cursor ?? 0);
				return { body: { rmas: [row(page * 2), row(page * 2 + 1)], next_cursor: page < 10 ? String(page + 1) : null } };
			});
			server.on('GET /rma/1000079', () => ({ body: rawRma('1000079', { rmaSummary: { rmaId: '1000079', status: lastStatus, order_name: '1001', events: [] } }) }));
			const poller = startPolling({ node: ReturnGoPollingTrigger, parameters: { events: STATUS_AND_MONEY, options: { maximumCalls: 5, callsPerDay: 20_000 } }, ...credentialsFor(server) });
			expect(await poller.activate()).toEqual([]);
			expect(await pollFor(poller, 14)).toEqual([]);
			lastStatus = 'Received';
			expect((await pollFor(poller, 24)).map(({ type, rmaId }) => [type, rmaId])).toEqual([['RMA_STATUS_UPDATED', '1000079']]);
			expect(server.calls.filter(({ url }) => url.startsWith('/rma/'))).toHaveLength(1);
		} finally {
			await server.close();
		}
	});
});

describe('calls', () => {
	it('polls of every minute stay within the calls of the day', async () => {
		await desk.request();
		const poller = start(ALL, { callsPerDay: 480, maximumCalls: 10 });
		await poller.activate();
		await desk.forgetCalls();
		for (let minute = 0; minute < 6 * 60; minute++) {
			await pass(1);
			await poller.poll();
		}
		const calls = (await desk.calls()).length;
		expect(calls).toBeLessThanOrEqual(480 / 4 + 10);
		expect(calls).toBeGreaterThan(80);
	});

	it('takes three calls when there is no news', async () => {
		for (let count = 0; count < 5; count++) await desk.request();
		await pass(15);
		const poller = start(STATUS_AND_MONEY);
		await poller.activate();
		await pass(15);
		await desk.forgetCalls();
		await poller.poll();
		expect((await desk.calls()).map(({ path }) => path)).toEqual(['/transactions', '/rmas', '/rmas']);
	});

	it.each([
		[['TRANSACTION_CREATED'], ['/transactions', '/rmas']],
		[['RMA_STATUS_UPDATED'], ['/rmas', '/rmas']],
	])('reads no list of what nobody listens to: %j', async (events, expected) => {
		const { rmaId } = await desk.request();
		const poller = start(events);
		await poller.activate();
		await pass(15);
		await desk.forgetCalls();
		await poller.poll();
		expect((await desk.calls()).map(({ path }) => path)).toEqual(expected);
		// A change that nobody listens to takes no call, and is no news after it is listened to.
		await desk.staff(rmaId, events.includes('RMA_STATUS_UPDATED') ? 'refund' : 'receive');
		await pass(90);
		await desk.forgetCalls();
		expect(await poller.poll()).toEqual([]);
		expect((await desk.calls()).map(({ path }) => path)).toEqual(expected);
		if (events.includes('TRANSACTION_CREATED')) {
			await desk.staff(rmaId, 'refund');
			expect((await pollFor(poller, 2)).map((event) => event.type)).toEqual(['TRANSACTION_CREATED']);
		}
	});

	it('waits out throttling, within its calls', async () => {
		const { rmaId } = await desk.request();
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(rmaId, 'receive');
		await pass(15);
		await desk.fault('GET /rmas', { kind: 'throttled' }, 2);
		expect(brief(await poller.poll())).toHaveLength(1);
	});

	it.each([
		[{ kind: 'status', status: 401 }, 'ReturnGO refuses the key of this credential'],
		[{ kind: 'throttled' }, 'ReturnGO’s limit of calls is used up'],
		[{ kind: 'status', status: 400, body: { message: 'Not like this' } }, 'ReturnGO does not accept this for the list of transactions'],
	])('says what keeps it from polling: %j', async (action, message) => {
		const poller = start();
		await poller.activate();
		await pass(15);
		await desk.fault('GET /transactions', action, -1);
		await expect(poller.poll()).rejects.toMatchObject({ message });
	});

	it('cannot be published with a key that is refused', async () => {
		const poller = startPolling({ node: ReturnGoPollingTrigger, parameters: { events: ALL }, ...desk.access({ apiKey: 'another_key' }) });
		await expect(poller.activate()).rejects.toMatchObject({ message: 'ReturnGO refuses the key of this credential' });
		expect(JSON.stringify(poller.stored)).not.toContain('another_key');
	});

	it('begins a list again when ReturnGO no longer takes the cursor', async () => {
		const { rmaId } = await desk.request();
		const poller = start(['RMA_STATUS_UPDATED']);
		await poller.activate();
		await desk.staff(rmaId, 'receive');
		await pass(15);
		await desk.control('POST', '/faults', { match: { operation: 'GET /rmas' }, times: 1, action: { kind: 'status', status: 200, body: { rmas: [], next_cursor: 'not-a-cursor' } } });
		const events = [...(await poller.poll()).map(({ json }) => json), ...(await pollFor(poller, 3))];
		expect(events.map((event) => [event.rmaId, (event.rma as IDataObject).status])).toEqual([[rmaId, 'Received']]);
	});
});

it('lets one RMA that cannot be read not keep the others from being told', async () => {
	const [one, two] = [await desk.request(), await desk.request()];
	const poller = start(['RMA_STATUS_UPDATED']);
	await poller.activate();
	await desk.staff(one.rmaId, 'receive');
	await desk.staff(two.rmaId, 'receive');
	await pass(15);
	await desk.control('POST', '/faults', { match: { path: `/rma/${one.rmaId}` }, times: 1, action: { kind: 'status', status: 200, body: { surprise: true } } });
	const events = [...(await poller.poll()).map(({ json }) => json), ...(await pollFor(poller, 2))];
	expect(events).toMatchObject([
		{ type: 'RMA_STATUS_UPDATED', rmaId: one.rmaId, rma: null, fetchError: { code: 'unreadable' }, raw: { status: 'Received' } },
		{ type: 'RMA_STATUS_UPDATED', rmaId: two.rmaId, rma: { status: 'Received' }, fetchError: null },
	]);
	expect(events).toHaveLength(2);
});

it('shows the newest RMA in the editor’s test, and remembers nothing of it', async () => {
	const poller = start(['RMA_CREATED']);
	expect(await poller.test()).toEqual([]);
	const { rmaId } = await desk.request();
	expect((await poller.test()).map(({ json }) => [json.type, json.rmaId])).toEqual([['RMA_CREATED', rmaId]]);
	expect(poller.stored).toEqual({});
});
