import { startClient, type Client, type WireSummary } from './client';
import type { Shipment, Transaction } from '../../../../simulators/returngo/types';

describe('the ReturnGO simulator\'s API', () => {
	let client: Client;
	beforeEach(async () => {
		client = await startClient();
	});
	afterEach(() => client.simulator.close());

	describe('access', () => {
		it('asks for a key it knows and a shop the key is for', async () => {
			const path = '/rmas?pagesize=1';
			expect(await client.call('GET', path, undefined, { 'x-api-key': '' })).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
			expect((await client.call('GET', path, undefined, { 'x-api-key': 'other' })).status).toBe(401);
			expect(await client.call('GET', path, undefined, { 'x-shop-name': 'other.myshopify.com' })).toMatchObject({ status: 403 });
			expect((await client.call('GET', path, undefined, { 'x-shop-name': '' })).status).toBe(400);
			expect((await client.call('GET', path)).status).toBe(200);
		});

		it('can answer a bad key as a bare gateway would, and without a body', async () => {
			await client.options({ badKeyStatus: 403 });
			expect(await client.call('GET', '/rmas?pagesize=1', undefined, { 'x-api-key': 'other' })).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
			await client.options({ authErrorBody: 'empty' });
			expect((await client.call('GET', '/rmas?pagesize=1', undefined, { 'x-api-key': 'other' })).body).toBeUndefined();
		});

		it('gives every answer the gateway\'s request ids, refusals too', async () => {
			const good = await client.call('GET', '/rmas?pagesize=1');
			const bad = await client.call('GET', '/rma/1');
			for (const { headers } of [good, bad]) expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
			expect(good.headers.get('x-amzn-requestid')).not.toBe(bad.headers.get('x-amzn-requestid'));
		});

		it('counts calls per day of its clock and answers 429 without Retry-After', async () => {
			await client.options({ dailyLimit: 2 });
			const statuses = [];
			for (let call = 0; call < 3; call += 1) statuses.push((await client.call('GET', '/rmas?pagesize=1')).status);
			expect(statuses).toEqual([200, 200, 429]);
			const refused = await client.call('GET', '/rmas?pagesize=1');
			expect(refused).toMatchObject({ status: 429, body: { message: 'Limit Exceeded' } });
			expect(refused.headers.get('retry-after')).toBeNull();
			await client.simulator.clock.set('2026-11-11T00:00:00Z');
			expect((await client.call('GET', '/rmas?pagesize=1')).status).toBe(200);
		});

		it('limits the calls of one second and can say when to come back', async () => {
			await client.options({ perSecondLimit: 3, retryAfterSeconds: 1 });
			const answers = await Promise.all(Array.from({ length: 8 }, () => client.call('GET', '/rmas?pagesize=1')));
			const refused = answers.filter(({ status }) => status === 429);
			expect(refused).toHaveLength(5);
			expect(refused[0]?.headers.get('retry-after')).toBe('1');
		});

		it('keeps the shops of other owners apart', async () => {
			await client.control('/shops', { domain: 'second.myshopify.com', key: 'second_key' });
			const { rmaId } = await client.create();
			const other = { 'x-api-key': 'second_key', 'x-shop-name': 'second.myshopify.com' };
			expect((await client.call('GET', `/rma/${rmaId}`, undefined, other)).status).toBe(404);
			expect((await client.call<{ rmas: unknown[] }>('GET', '/rmas?pagesize=5', undefined, other)).body.rmas).toEqual([]);
			expect((await client.call('GET', '/rmas?pagesize=5', undefined, { 'x-shop-name': 'second.myshopify.com' })).status).toBe(403);
		});
	});

	describe('lists', () => {
		const list = async (query: string) => (await client.call<{ rmas: WireSummary[]; next_cursor: string | null }>('GET', `/rmas?${query}`)).body;
		const ids = async (query: string) => (await list(query)).rmas.map(({ rmaId }) => rmaId);

		it.each(['', 'pagesize=0', 'pagesize=501', 'pagesize=ten', 'pagesize=10&status=Open', 'pagesize=10&cursor=nonsense', 'pagesize=10&rma_updated_at=2026-01-01', 'pagesize=10&rma_updated_at=gte:soon', 'pagesize=10&sort_by=%2Bname', 'pagesize=10&sort_by=+rma_created_at'])(
			'refuses "%s"',
			async (query) => {
				expect((await client.call('GET', `/rmas?${query}`)).status).toBe(400);
			},
		);

		it('gives thin rows, newest first, page by page, and an end', async () => {
			for (let count = 0; count < 5; count += 1) await client.create();
			const first = await list('pagesize=2');
			expect(first.rmas).toEqual([expect.objectContaining({ rmaId: '1000005' }), expect.objectContaining({ rmaId: '1000004' })]);
			expect(Object.keys(first.rmas[0] ?? {})).toEqual(['rmaId', 'status', 'order_name', 'events']);
			expect(Buffer.from(first.next_cursor ?? '', 'base64').toString()).toBe('returns.id:1000003');
			const second = await list(`pagesize=2&cursor=${encodeURIComponent(first.next_cursor ?? '')}`);
			const third = await list(`pagesize=2&cursor=${encodeURIComponent(second.next_cursor ?? '')}`);
			expect([...second.rmas, ...third.rmas].map(({ rmaId }) => rmaId)).toEqual(['1000003', '1000002', '1000001']);
			expect(third.next_cursor).toBeNull();
			await client.options({ lastPageCursor: 'absent' });
			expect(await list('pagesize=10')).not.toHaveProperty('next_cursor');
		});

		it('filters by status, order, tracking number and time, and sorts as asked', async () => {
			const first = await client.create({ orderName: '#2001' });
			await client.simulator.clock.advance(60_000);
			const second = await client.create();
			await client.control(`/rmas/${first.rmaId}/approve`);
			await client.control(`/rmas/${first.rmaId}/ship`, { trackingNumber: 'TRACK1' });
			expect(await ids('pagesize=9&status=Approved,Done')).toEqual([String(first.rmaId)]);
			expect(await ids('pagesize=9&order_name=2001')).toEqual([String(first.rmaId)]);
			expect(await ids('pagesize=9&tracking_numbers=TRACK1')).toEqual([String(first.rmaId)]);
			expect(await ids('pagesize=9&rma_created_at=lt:2026-11-10T12:01:00')).toEqual([String(first.rmaId)]);
			expect(await ids('pagesize=9&rma_created_at=gte:2026-11-10T12:01:00')).toEqual([String(second.rmaId)]);
			expect(await ids('pagesize=9&sort_by=%2Brma_created_at')).toEqual([String(first.rmaId), String(second.rmaId)]);
			expect(await ids('pagesize=9&rma_updated_at=gte:2026-11-10T12:01:00&sort_by=-rma_updated_at')).toEqual([String(second.rmaId), String(first.rmaId)]);
		});
	});

	describe('details', () => {
		it('have the types the live service sends, not the documented ones', async () => {
			const { rmaId } = await client.create({ outOfPolicy: true });
			const rma = await client.rma(rmaId);
			expect(rma).toMatchObject({ isOutOfPolicy: 1, exchangeItems: [], cancellationFee: 0, orderDetails: { orderId: '5001', order_name: '1001' }, createdAt: '2026-11-10T12:00:00+00:00' });
			expect(rma.items).toHaveLength(2);
			expect(rma.items[0]).toMatchObject({ isAutoApprove: 0, shopLineItemId: '7001', returnedItemId: '40000001', shipmentId: '5000001', paidPrice: { amount: 34.33, currency: 'EUR', shopAmount: 37.76, shopCurrency: 'USD' } });
			expect(rma.items[0]).not.toHaveProperty('quantity');
			expect(rma.items[0]).not.toHaveProperty('barcode');
			expect(rma.items[0]?.itemValidationStatusResponse).toEqual({
				isRestockable: false,
				isReturned: false,
				nonRestockableReason: null,
				nonReturnedReason: null,
				storeLocationId: null,
				lastValidationDate: null,
				lastValidatedBy: null,
				thirdPartyName: null,
				userDetails: null,
			});
			expect(rma.shipments[0]).toMatchObject({ status: 'Pending', trackingNumber: null, isOutbound: false });
		});

		it('have no shipment and an empty shipment id when nothing is to be sent', async () => {
			const { rmaId } = await client.create({ returnMethod: 'No shipment required' });
			const rma = await client.rma(rmaId);
			expect(rma.shipments).toEqual([]);
			expect(rma.items[0]?.shipmentId).toBe('');
			expect(await client.refused(`/rmas/${rmaId}/receive`)).toBe(409);
		});

		it('leave media answers out unless they are asked for', async () => {
			const answer = { mediaAnswer: [{ mediaType: 'image/png' }], textAnswer: 'torn' };
			const price = { amount: 1, currency: 'USD' };
			const { rmaId } = await client.create({ units: [{ lineItemId: 1, price, followUpQuestions: [{ type: 'Media', name: 'Photo', answer }] }] });
			expect((await client.rma(rmaId)).items[0]?.followUpQuestions[0]?.answer).toEqual({ textAnswer: 'torn' });
			expect((await client.rma(rmaId, '?includeMedia=true')).items[0]?.followUpQuestions[0]?.answer).toEqual(answer);
		});

		it('answers 400 for an id that is none and 404 for one that is unknown', async () => {
			expect((await client.call('GET', '/rma/RMA1000001')).status).toBe(400);
			expect(await client.call('GET', '/rma/999')).toMatchObject({ status: 404, body: { message: 'RMA not found' } });
		});
	});

	describe('comments', () => {
		it('go on top of the timeline, every time they are sent', async () => {
			const { rmaId } = await client.create();
			for (let count = 0; count < 2; count += 1) expect((await client.call('POST', `/rma/${rmaId}/comment`, { htmlText: '<b>Refunded</b>' })).status).toBe(200);
			const { comments, lastUpdated } = await client.rma(rmaId);
			expect(comments.slice(0, 2)).toEqual([1, 2].map(() => ({ commentType: 'merchant', triggeredBy: 'ReturnGO API', htmlText: '<b>Refunded</b>', datetime: '2026-11-10T12:00:00+00:00' })));
			expect(lastUpdated).toBe('2026-11-10T12:00:00+00:00');
		});

		it('need the field they are expected in; strict mode takes no other', async () => {
			const { rmaId } = await client.create();
			const comment = async (body: unknown) => (await client.call('POST', `/rma/${rmaId}/comment`, body)).status;
			expect(await comment({ comment: 'x' })).toBe(400);
			expect(await comment([])).toBe(400);
			expect(await comment({ htmlText: 'x', isPublic: false })).toBe(200);
			await client.options({ strictBodies: true });
			expect(await comment({ htmlText: 'x', isPublic: false })).toBe(400);
			await client.options({ commentField: 'text', commentStatus: 201 });
			expect(await comment({ text: 'x' })).toBe(201);
		});
	});

	describe('status by API', () => {
		const put = async (id: number, status: string) => (await client.call('PUT', `/rma/${id}/status`, { status })).status;

		it('takes the steps of the table and refuses the others', async () => {
			const { rmaId } = await client.create();
			expect(await put(rmaId, 'Received')).toBe(400);
			expect(await put(rmaId, 'Approved')).toBe(200);
			expect(await put(rmaId, 'Received')).toBe(200);
			expect((await client.rma(rmaId)).shipments[0]?.status).toBe('Received');
			expect(await put(rmaId, 'Validated')).toBe(200);
			expect(await put(rmaId, 'Approved')).toBe(400);
			expect(await put(rmaId, 'Done')).toBe(200);
			expect(await put(rmaId, 'Done')).toBe(200);
			expect(await put(rmaId, 'Canceled')).toBe(400);
			expect(await put(rmaId, 'Paid')).toBe(400);
		});

		it('sets Validated without claiming to know a single unit', async () => {
			const { rmaId } = await client.create({ autoApprove: true });
			await put(rmaId, 'Validated');
			const rma = await client.rma(rmaId);
			expect(rma.rmaSummary.status).toBe('Validated');
			expect(rma.items.map(({ itemValidationStatusResponse }) => itemValidationStatusResponse.lastValidationDate)).toEqual([null, null]);
		});
	});

	describe('shipments', () => {
		const TRANSITIONS: Record<string, string[]> = {
			Pending: ['LabelCreated', 'Shipped', 'Received', 'Canceled', 'Validated'],
			LabelCreated: ['Shipped', 'Received', 'Canceled', 'Validated'],
			Shipped: ['Received', 'Canceled', 'Validated'],
			Canceled: ['Received', 'Validated'],
			Received: ['Validated'],
			Validated: [],
		};
		const put = async (id: string, body: unknown) => await client.call<Shipment>('PUT', `/shipment/${id}`, body);

		it.each(Object.keys(TRANSITIONS))('leave %s only as the table allows', async (from) => {
			for (const to of Object.keys(TRANSITIONS)) {
				const { rmaId } = await client.create({ autoApprove: true });
				const shipmentId = (await client.rma(rmaId)).shipments[0]?.shipmentId ?? '';
				if (from !== 'Pending') expect((await put(shipmentId, { status: from })).status).toBe(200);
				const allowed = from === to || (TRANSITIONS[from] ?? []).includes(to);
				expect([to, (await put(shipmentId, { status: to })).status]).toEqual([to, allowed ? 200 : 400]);
			}
		});

		it('write a comment for every call and a second one for a change, and Received receives the request', async () => {
			const { rmaId } = await client.create({ autoApprove: true });
			const shipmentId = (await client.rma(rmaId)).shipments[0]?.shipmentId ?? '';
			await client.simulator.clock.advance(3_600_000);
			const before = (await client.rma(rmaId)).comments.length;
			const answer = await put(shipmentId, { status: 'Received', trackingNumber: 'T1', carrierName: 'Sample Post' });
			expect(answer.body).toMatchObject({ shipmentId, status: 'Received', trackingNumber: 'T1', carrierName: 'Sample Post', labelURL: null });
			await put(shipmentId, { status: 'Received' });
			const rma = await client.rma(rmaId);
			expect(rma.comments.slice(0, rma.comments.length - before).map(({ triggeredBy }) => triggeredBy)).toEqual(['ReturnGO API', 'Automation', 'ReturnGO API']);
			expect(rma.rmaSummary.status).toBe('Received');
			expect(rma.rmaSummary.events.map(({ eventName }) => eventName)).toEqual(['RMA_CREATED', 'RMA_APPROVED']);
			expect(rma.lastUpdated).toBe('2026-11-10T12:00:00+00:00');
		});

		it('can be deleted and then are gone', async () => {
			const { rmaId } = await client.create();
			const shipmentId = (await client.rma(rmaId)).shipments[0]?.shipmentId ?? '';
			expect((await client.call('DELETE', `/shipment/${shipmentId}`)).status).toBe(200);
			expect((await client.call('DELETE', `/shipment/${shipmentId}`)).status).toBe(404);
			expect((await client.rma(rmaId)).items[0]?.shipmentId).toBe('');
		});

		it('can be tracked: the first scan ships the parcel, delivered does not receive it', async () => {
			const { rmaId } = await client.create({ autoApprove: true });
			const shipmentId = (await client.rma(rmaId)).shipments[0]?.shipmentId ?? '';
			expect((await client.call('POST', '/shipment-tracker', { shipmentId })).status).toBe(400);
			expect((await client.call('POST', '/shipment-tracker', { shipmentId, trackingNumber: 'T9' })).status).toBe(200);
			await client.control(`/shipments/${shipmentId}/track`, { status: 'InTransit' });
			await client.control(`/shipments/${shipmentId}/track`, { status: 'Delivered' });
			const rma = await client.rma(rmaId);
			expect([rma.shipments[0]?.status, rma.rmaSummary.status]).toEqual(['Shipped', 'Approved']);
		});
	});

	describe('webhook registrations', () => {
		it('are made, listed as a bare array, changed and removed', async () => {
			expect((await client.call('POST', '/webhook', { url: 'string', eventName: 'ORDER_CREATED' })).status).toBe(400);
			const made = await client.call<{ id: string }>('POST', '/webhook', { url: 'string', eventName: 'RMA_CREATED' });
			expect(made.body).toEqual({ id: '18001', url: 'string', eventName: 'RMA_CREATED' });
			expect((await client.call('PUT', '/webhook/18001', { url: 'http://127.0.0.1:9/x', eventName: 'RMA_CREATED' })).status).toBe(200);
			expect((await client.call('GET', '/webhooks')).body).toEqual([{ id: '18001', url: 'http://127.0.0.1:9/x', eventName: 'RMA_CREATED' }]);
			expect((await client.call('DELETE', '/webhook/18001')).status).toBe(200);
			expect((await client.call('DELETE', '/webhook/18001')).status).toBe(404);
			expect((await client.call('GET', '/webhooks')).body).toEqual([]);
		});
	});

	describe('transactions', () => {
		const list = async (query: string) => (await client.call<{ transactions: Transaction[]; next_cursor: string | null }>('GET', `/transactions?pagesize=50${query}`)).body;

		it('are listed oldest first with their filters, and do not name their request', async () => {
			const one = await client.create({ autoApprove: true });
			const two = await client.create({ autoApprove: true, orderId: '6002' });
			await client.control(`/rmas/${one.rmaId}/refund`);
			await client.control(`/rmas/${two.rmaId}/issue-store-credit`, { units: two.details.items.map(({ returnedItemId }) => returnedItemId) });
			const all = await list('');
			expect(all.transactions.map(({ id, type }) => [id, type])).toEqual([
				[7000001, 'RefundToPaymentMethod'],
				[7000002, 'RefundToStoreCredit'],
				[7000003, 'RefundToStoreCredit'],
			]);
			expect(Object.keys(all.transactions[0] ?? {})).not.toContain('rmaId');
			expect((await list(`&rma_ids=${one.rmaId}`)).transactions).toHaveLength(1);
			expect((await list('&order_ids=6002&statuses=Success')).transactions).toHaveLength(2);
			expect((await list('&types=RefundToPaymentMethod&statuses=Requested')).transactions.map(({ id }) => id)).toEqual([7000001]);
			expect((await list('&ids=7000003,7000001')).transactions.map(({ id }) => id)).toEqual([7000001, 7000003]);
			const page = (await client.call<{ transactions: Transaction[]; next_cursor: string }>('GET', '/transactions?pagesize=2')).body;
			expect(Buffer.from(page.next_cursor, 'base64').toString()).toBe('7000002');
			expect((await list(`&cursor=${encodeURIComponent(page.next_cursor)}`)).transactions.map(({ id }) => id)).toEqual([7000003]);
		});

		it('take a reported outcome, refuse to take Success back, and cannot be invented', async () => {
			await client.options({ refundExecution: 'notifyOnly', refundSettlesAfterMs: 0 });
			const { rmaId } = await client.create({ autoApprove: true });
			await client.control(`/rmas/${rmaId}/refund`);
			await client.simulator.clock.advance(48 * 3_600_000);
			expect((await client.rma(rmaId)).transactions[0]?.status).toBe('Requested');
			const put = (id: number, body: unknown) => client.call<Transaction>('PUT', `/transaction/${id}`, body);
			expect((await put(7000001, { status: 'Paid' })).status).toBe(400);
			const done = await put(7000001, { status: 'Success', externalReferenceId: '950', externalReferenceType: 'PlatformRefundId' });
			expect(done.body).toMatchObject({ id: 7000001, status: 'Success', externalReferenceId: '950', lastUpdated: '2026-11-12T12:00:00+00:00' });
			expect((await put(7000001, { status: 'Success', externalReferenceId: '950' })).status).toBe(200);
			expect((await put(7000001, { status: 'Failed' })).status).toBe(400);
			expect((await put(7000099, { status: 'Success' })).status).toBe(404);
		});
	});

	it('answers an unknown path as the gateway does', async () => {
		expect(await client.call('GET', '/orders')).toMatchObject({ status: 403, body: { message: 'Missing Authentication Token' } });
	});

	it('loses an answer when told to, with the work done', async () => {
		const { rmaId } = await client.create();
		await client.control('/faults', { match: { operation: 'POST /rma/:id/comment' }, action: { kind: 'dropAfter' } });
		await expect(client.call('POST', `/rma/${rmaId}/comment`, { htmlText: 'once' })).rejects.toThrow();
		expect((await client.rma(rmaId)).comments.filter(({ htmlText }) => htmlText === 'once')).toHaveLength(1);
	});
});
