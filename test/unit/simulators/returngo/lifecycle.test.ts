import { startClient, startReceiver, type Client, type ControlRma } from './client';
import { LINE_ID, ORDER_ID, ShopifyStub } from './shopifyStub';

describe('the life of a request in the ReturnGO simulator', () => {
	let shopify: ShopifyStub;
	let client: Client;
	const create = (wish: object = {}) => client.control('/rmas', { orderId: ORDER_ID, units: [{ lineItemId: LINE_ID, quantity: 2 }], ...wish });
	const unitsOf = (rma: ControlRma) => rma.details.items.map(({ returnedItemId }) => returnedItemId);

	beforeEach(async () => {
		shopify = new ShopifyStub();
		await shopify.start();
		client = await startClient({ shopifyUrl: shopify.url });
	});
	afterEach(async () => {
		await client.simulator.close();
		await shopify.close();
	});

	describe('creation', () => {
		it('reads what a piece is worth from Shopify, in both currencies, with its own app\'s token', async () => {
			const { details } = await create();
			expect(shopify.calls[0]).toMatchObject({ operation: 'OrderById', token: 'shpat_sim_returngo', variables: { id: `gid://shopify/Order/${ORDER_ID}` } });
			expect(details.items).toHaveLength(2);
			expect(details.items[0]).toMatchObject({
				sku: 'SHIRT-M',
				fullName: 'Shirt - M',
				variantId: '401',
				shopProductId: '801',
				taxIncluded: false,
				paidPrice: { amount: 34.33, currency: 'EUR', shopAmount: 37.76, shopCurrency: 'USD' },
				paidTax: { amount: 6.52, currency: 'EUR', shopAmount: 7.18, shopCurrency: 'USD' },
			});
			expect(details.shipments[0]?.customerAddress).toMatchObject({ name: 'Ada Sample', city: 'Berlin', country: 'DE', email: 'ada@customer.example' });
			expect(details.orderDetails).toEqual({ orderId: ORDER_ID, order_name: '1001' });
		});

		it('finds an order by its exact name only', async () => {
			expect((await create({ orderId: undefined, orderName: '1001' })).details.orderDetails.orderId).toBe(ORDER_ID);
			expect(await client.refused('/rmas', { orderName: '100', units: [{ lineItemId: LINE_ID }] })).toBe(404);
		});

		it('takes no piece twice while its request lives', async () => {
			const first = await create();
			expect(await client.refused('/rmas', { orderId: ORDER_ID, units: [{ lineItemId: LINE_ID, quantity: 2 }] })).toBe(409);
			await create({ evenIfTaken: true });
			await client.control(`/rmas/${first.rmaId}/cancel`);
			expect(await client.refused('/rmas', { orderId: ORDER_ID, units: [{ lineItemId: LINE_ID, quantity: 2 }] })).toBe(409);
			await create({ units: [{ lineItemId: LINE_ID, quantity: 1 }] });
		});

		it('takes the ids it is given and refuses them a second time', async () => {
			expect((await create({ rmaId: 1234567 })).rmaId).toBe(1234567);
			expect(await client.refused('/rmas', { rmaId: 1234567, orderId: ORDER_ID, units: [{ lineItemId: LINE_ID }] })).toBe(409);
			expect((await create({ units: [{ lineItemId: LINE_ID }] })).rmaId).toBe(1234568);
		});

		it('refuses lines and orders that are not there', async () => {
			expect(await client.refused('/rmas', { orderId: 1, units: [{ lineItemId: LINE_ID }] })).toBe(404);
			expect(await client.refused('/rmas', { orderId: ORDER_ID, units: [{ lineItemId: 1 }] })).toBe(400);
			expect(await client.refused('/rmas', { orderId: ORDER_ID, units: [] })).toBe(400);
		});
	});

	describe('approval', () => {
		it('makes the Shopify return over all parcels and says so in the timeline', async () => {
			const rma = await create({ autoApprove: true });
			expect(rma.shopifyReturn?.name).toBe('#1001-R1');
			expect(shopify.last('ReturnCreate')?.variables).toEqual({
				returnInput: {
					orderId: `gid://shopify/Order/${ORDER_ID}`,
					returnLineItems: [
						{ fulfillmentLineItemId: 'gid://shopify/FulfillmentLineItem/601', quantity: 1, returnReason: 'OTHER', returnReasonNote: 'Does not fit' },
						{ fulfillmentLineItemId: 'gid://shopify/FulfillmentLineItem/602', quantity: 1, returnReason: 'OTHER', returnReasonNote: 'Does not fit' },
					],
				},
			});
			expect(rma.details.comments[0]?.htmlText).toContain('#1001-R1');
			expect(rma.details.rmaSummary).toMatchObject({ status: 'Approved', events: [{ eventName: 'RMA_CREATED' }, { eventName: 'RMA_APPROVED' }] });
			expect(rma.details.items[0]?.isAutoApprove).toBe(1);
		});

		it('stands although Shopify refuses the return, with an error in the timeline', async () => {
			shopify.answers.ReturnCreate = () => ({ returnCreate: { return: null, userErrors: [{ message: 'Fulfillment Line Item was not found.' }] } });
			const rma = await create({ autoApprove: true });
			expect([rma.status, rma.shopifyReturn]).toEqual(['Approved', null]);
			expect(rma.details.comments[0]).toMatchObject({ commentType: 'error', htmlText: expect.stringContaining('Fulfillment Line Item was not found.') });
		});

		it('can be made to fail at Shopify, or to leave Shopify alone', async () => {
			await client.options({ failNextShopifyReturns: 1 });
			expect((await create({ autoApprove: true })).details.comments[0]?.commentType).toBe('error');
			await client.options({ createsShopifyReturns: false });
			await create({ autoApprove: true, units: [{ lineItemId: LINE_ID, quantity: 1 }] });
			expect(shopify.operations()).not.toContain('ReturnCreate');
		});

		it('happens once', async () => {
			const rma = await create();
			await client.control(`/rmas/${rma.rmaId}/approve`);
			expect(await client.refused(`/rmas/${rma.rmaId}/approve`)).toBe(409);
			expect(shopify.operations().filter((operation) => operation === 'ReturnCreate')).toHaveLength(1);
		});
	});

	it('is canceled with its Shopify return and reopened with a new one, at the stage it had', async () => {
		const rma = await create({ autoApprove: true });
		const canceled = await client.control(`/rmas/${rma.rmaId}/cancel`, { reason: 'Changed mind' });
		expect(canceled).toMatchObject({ status: 'Canceled', shopifyReturn: null });
		expect(canceled.details.shipments[0]?.status).toBe('Canceled');
		expect(shopify.last('ReturnCancel')?.variables).toEqual({ id: 'gid://shopify/Return/901' });
		const reopened = await client.control(`/rmas/${rma.rmaId}/reopen`);
		expect(reopened).toMatchObject({ status: 'Approved', shopifyReturn: { name: '#1001-R2' } });
	});

	it('keeps a Shopify return that cannot be canceled, with an error in the timeline', async () => {
		shopify.answers.ReturnCancel = () => ({ returnCancel: { return: null, userErrors: [{ message: 'Return is not cancelable.' }] } });
		const rma = await create({ autoApprove: true });
		const canceled = await client.control(`/rmas/${rma.rmaId}/cancel`);
		expect(canceled).toMatchObject({ status: 'Canceled', shopifyReturn: { name: '#1001-R1' } });
		expect(canceled.details.comments[0]).toMatchObject({ commentType: 'error' });
	});

	describe('inspection', () => {
		it('is validated with its last unit, and lastUpdated has not moved since the approval', async () => {
			const rma = await create({ autoApprove: true });
			const [first = '', second = ''] = unitsOf(rma);
			await client.simulator.clock.advance(24 * 3_600_000);
			await client.control(`/rmas/${rma.rmaId}/ship`, { trackingNumber: 'T1' });
			await client.control(`/rmas/${rma.rmaId}/receive`);
			await client.control(`/rmas/${rma.rmaId}/validate`, { by: 'Robin Sample', units: [{ id: first }] });
			expect((await client.rma(rma.rmaId)).rmaSummary.status).toBe('Received');
			await client.control(`/rmas/${rma.rmaId}/validate`, { units: [{ id: second, isRestockable: false, nonRestockableReason: 'Stained', storeLocationId: '77' }] });
			const done = await client.rma(rma.rmaId);
			expect(done.rmaSummary.status).toBe('Validated');
			expect(done.shipments[0]?.status).toBe('Validated');
			expect(done.items.map(({ itemValidationStatusResponse }) => itemValidationStatusResponse)).toMatchObject([
				{ isReturned: true, isRestockable: true, lastValidationDate: '2026-11-11T12:00:00+00:00', lastValidatedBy: 'Robin Sample', nonRestockableReason: null },
				{ isReturned: true, isRestockable: false, nonRestockableReason: 'Stained', storeLocationId: '77' },
			]);
			expect(done.lastUpdated).toBe('2026-11-10T12:00:00+00:00');
		});

		it('moves lastUpdated when the option says so', async () => {
			await client.options({ lastUpdatedMovesOn: ['received'] });
			const rma = await create({ autoApprove: true });
			await client.simulator.clock.advance(60_000);
			await client.control(`/rmas/${rma.rmaId}/receive`);
			expect((await client.rma(rma.rmaId)).lastUpdated).toBe('2026-11-10T12:01:00+00:00');
		});

		it('records missing units and corrections without another status', async () => {
			const rma = await create({ autoApprove: true });
			await client.control(`/rmas/${rma.rmaId}/receive`);
			await client.control(`/rmas/${rma.rmaId}/validate`, { all: true });
			const [first = ''] = unitsOf(rma);
			await client.control(`/rmas/${rma.rmaId}/validate`, { units: [{ id: first, isReturned: false, nonReturnedReason: 'Empty box' }] });
			const { items, rmaSummary } = await client.rma(rma.rmaId);
			expect(rmaSummary.status).toBe('Validated');
			expect(items[0]?.itemValidationStatusResponse).toMatchObject({ isReturned: false, isRestockable: false, nonReturnedReason: 'Empty box' });
		});

		it('refuses units of another request, and changes nothing then', async () => {
			const rma = await create({ autoApprove: true });
			const [first = ''] = unitsOf(rma);
			expect(await client.refused(`/rmas/${rma.rmaId}/validate`, { units: [{ id: first }, { id: '1' }] })).toBe(404);
			expect((await client.rma(rma.rmaId)).items[0]?.itemValidationStatusResponse.lastValidationDate).toBeNull();
			expect(await client.refused(`/rmas/${rma.rmaId}/validate`, {})).toBe(400);
		});
	});

	describe('refund to the payment method', () => {
		it('is in the timeline at once and succeeds exactly three hours later', async () => {
			const rma = await create({ autoApprove: true });
			const requested = await client.control(`/rmas/${rma.rmaId}/refund`, { by: 'Robin Sample' });
			expect(requested.details.transactions[0]).toMatchObject({ id: 7000001, status: 'Requested', externalReferenceId: null, amount: { amount: 81.7, currency: 'EUR', shopAmount: 89.88, shopCurrency: 'USD' } });
			expect(requested.details.comments[0]).toMatchObject({ triggeredBy: 'Robin Sample', htmlText: 'Total refund amount: 81.7 EUR. Transaction ID: 7000001' });
			const { variables } = shopify.last('RefundCreate') ?? { variables: {} };
			expect(variables).toMatchObject({
				input: {
					currency: 'EUR',
					refundLineItems: [{ lineItemId: `gid://shopify/LineItem/${LINE_ID}`, quantity: 2, restockType: 'NO_RESTOCK' }],
					transactions: [
						{ gateway: 'gift_card', amount: '20.00', kind: 'REFUND', parentId: 'gid://shopify/OrderTransaction/1' },
						{ gateway: 'shopify_payments', amount: '61.70', kind: 'REFUND', parentId: 'gid://shopify/OrderTransaction/2' },
					],
				},
				key: expect.stringMatching(/^[0-9a-f-]{36}$/),
			});
			await client.simulator.clock.advance(3 * 3_600_000 - 1_000);
			expect((await client.rma(rma.rmaId)).transactions[0]?.status).toBe('Requested');
			await client.simulator.clock.advance(60_000);
			expect((await client.rma(rma.rmaId)).transactions[0]).toMatchObject({
				status: 'Success',
				externalReferenceId: '950',
				externalReferenceType: 'PlatformRefundId',
				createdAt: '2026-11-10T12:00:00+00:00',
				lastUpdated: '2026-11-10T15:00:00+00:00',
			});
			expect((await client.rma(rma.rmaId)).rmaSummary.status).toBe('Approved');
		});

		it('takes fees off and can settle at once', async () => {
			await client.options({ refundSettlesAfterMs: 0 });
			const rma = await create({ autoApprove: true, units: [{ lineItemId: LINE_ID, quantity: 1, restockingFee: 5 }] });
			const { details } = await client.control(`/rmas/${rma.rmaId}/refund`);
			expect(details.transactions[0]).toMatchObject({ status: 'Success', amount: { amount: 35.85, currency: 'EUR' } });
		});

		it('fails later with an error in the timeline when Shopify refused it or its payment failed', async () => {
			const rma = await create({ autoApprove: true });
			const [first = '', second = ''] = unitsOf(rma);
			await client.options({ failNextRefunds: 1 });
			await client.control(`/rmas/${rma.rmaId}/refund`, { units: [first] });
			shopify.refundStatus = 'FAILURE';
			await client.control(`/rmas/${rma.rmaId}/refund`, { units: [second] });
			await client.simulator.clock.advance(3 * 3_600_000);
			const { transactions, comments } = await client.rma(rma.rmaId);
			expect(transactions.map(({ status }) => status)).toEqual(['Failed', 'Failed']);
			expect(comments.filter(({ commentType }) => commentType === 'error')).toHaveLength(2);
		});

		it('waits on while Shopify\'s payment is pending', async () => {
			shopify.refundStatus = 'PENDING';
			const rma = await create({ autoApprove: true });
			await client.control(`/rmas/${rma.rmaId}/refund`);
			await client.simulator.clock.advance(3 * 3_600_000);
			expect((await client.rma(rma.rmaId)).transactions[0]?.status).toBe('Requested');
			shopify.refundStatus = 'SUCCESS';
			await client.simulator.clock.advance(3_600_000);
			expect((await client.rma(rma.rmaId)).transactions[0]?.status).toBe('Success');
		});

		it('pays no unit twice, except on purpose, but pays one again whose refund failed', async () => {
			const rma = await create({ autoApprove: true });
			await client.control(`/rmas/${rma.rmaId}/refund`);
			expect(await client.refused(`/rmas/${rma.rmaId}/refund`)).toBe(409);
			expect(await client.refused(`/rmas/${rma.rmaId}/refund`, { units: unitsOf(rma) })).toBe(409);
			await client.control(`/rmas/${rma.rmaId}/refund`, { units: unitsOf(rma), evenIfPaid: true, amount: '1.00' });
			expect((await client.rma(rma.rmaId)).transactions).toHaveLength(2);
		});

		it('is only announced in notify-only mode', async () => {
			await client.options({ refundExecution: 'notifyOnly' });
			const rma = await create({ autoApprove: true });
			await client.control(`/rmas/${rma.rmaId}/refund`);
			await client.simulator.clock.advance(72 * 3_600_000);
			expect((await client.rma(rma.rmaId)).transactions[0]?.status).toBe('Requested');
			expect(shopify.operations()).not.toContain('RefundCreate');
			await client.call('PUT', '/transaction/7000001', { status: 'Failed' });
			expect((await client.rma(rma.rmaId)).comments[0]).toMatchObject({ commentType: 'error' });
		});
	});

	it('gives store credit at once, one transaction per unit with one code', async () => {
		const rma = await create({ autoApprove: true, units: [{ lineItemId: LINE_ID, quantity: 2, resolutionType: 'RefundToStoreCredit' }] });
		const { details } = await client.control(`/rmas/${rma.rmaId}/issue-store-credit`);
		expect(details.transactions.map(({ status, type, amount, returnItemIds }) => ({ status, type, amount: amount.amount, returnItemIds }))).toEqual(
			unitsOf(rma).map((id) => ({ status: 'Success', type: 'RefundToStoreCredit', amount: 40.85, returnItemIds: [id] })),
		);
		expect(new Set(details.transactions.map(({ externalReferenceId }) => externalReferenceId)).size).toBe(1);
		expect(shopify.operations()).not.toContain('RefundCreate');
	});

	describe('automatic refund', () => {
		const received = async () => {
			const rma = await create({ autoApprove: true });
			await client.control(`/rmas/${rma.rmaId}/receive`);
			return rma;
		};
		const refundCount = () => shopify.operations().filter((operation) => operation === 'RefundCreate').length;

		it('is off unless the merchant switches it on', async () => {
			await received();
			await client.simulator.clock.advance(48 * 3_600_000);
			expect(refundCount()).toBe(0);
		});

		it('comes after its delay, once', async () => {
			await client.options({ autoRefund: { trigger: 'received', delayMs: 3_600_000 } });
			const rma = await received();
			await client.simulator.clock.advance(3_599_000);
			expect(refundCount()).toBe(0);
			await client.simulator.clock.advance(1_000);
			expect(refundCount()).toBe(1);
			expect((await client.rma(rma.rmaId)).comments[0]?.triggeredBy).toBe('Automation');
			await client.control(`/rmas/${rma.rmaId}/validate`, { all: true });
			await client.simulator.clock.advance(48 * 3_600_000);
			expect(refundCount()).toBe(1);
		});

		it('does not come when Shopify shows a refund of these lines', async () => {
			await client.options({ autoRefund: { trigger: 'validated', delayMs: 0 } });
			const refundOf = (line: string) => [{ id: 'gid://shopify/Refund/1', refundLineItems: { nodes: [{ quantity: 2, lineItem: { id: `gid://shopify/LineItem/${line}` } }] } }];
			shopify.refunds = refundOf(LINE_ID);
			const rma = await received();
			await client.control(`/rmas/${rma.rmaId}/validate`, { all: true });
			await client.simulator.clock.settle();
			expect(refundCount()).toBe(0);
			expect((await client.rma(rma.rmaId)).transactions).toEqual([]);
		});

		it('comes in spite of a refund of other lines, unless any refund counts', async () => {
			await client.options({ autoRefund: { trigger: 'received', delayMs: 60_000 } });
			shopify.refunds = [{ id: 'gid://shopify/Refund/1', refundLineItems: { nodes: [{ quantity: 1, lineItem: { id: 'gid://shopify/LineItem/1' } }] } }];
			const rma = await received();
			await client.options({ autoRefundSuppressedBy: 'anyOrderRefund' });
			await client.simulator.clock.advance(60_000);
			expect(refundCount()).toBe(0);
			await client.options({ autoRefundSuppressedBy: 'refundOfTheseLines' });
			await client.control(`/rmas/${rma.rmaId}/cancel`);
			await client.options({ autoRefund: { trigger: 'received', delayMs: 0 } });
			await received();
			await client.simulator.clock.settle();
			expect(refundCount()).toBe(1);
		});

		it('leaves a window between looking and acting in which somebody else can refund', async () => {
			await client.options({ autoRefund: { trigger: 'received', delayMs: 0 }, autoRefundRaceMs: 60 });
			await received();
			await new Promise((resolve) => setTimeout(resolve, 20));
			expect(shopify.operations()).toContain('RefundsOfOrder');
			expect(refundCount()).toBe(0);
			await client.simulator.clock.settle();
			expect(refundCount()).toBe(1);
		});
	});

	it('is marked done by itself when all money is out and the merchant wants that', async () => {
		await client.options({ autoMarkDone: true, refundSettlesAfterMs: 0 });
		const rma = await create({ autoApprove: true });
		const [first = '', second = ''] = unitsOf(rma);
		expect((await client.control(`/rmas/${rma.rmaId}/refund`, { units: [first] })).status).toBe('Approved');
		expect((await client.control(`/rmas/${rma.rmaId}/refund`, { units: [second] })).status).toBe('Done');
	});

	it('is not done before validation where validation is mandatory', async () => {
		await client.options({ validationMandatory: true });
		const rma = await create({ autoApprove: true });
		expect(await client.refused(`/rmas/${rma.rmaId}/mark-done`)).toBe(409);
		await client.control(`/rmas/${rma.rmaId}/receive`);
		await client.control(`/rmas/${rma.rmaId}/validate`, { all: true });
		expect((await client.control(`/rmas/${rma.rmaId}/mark-done`)).status).toBe('Done');
	});

	it('drafts an exchange on approval and releases it', async () => {
		const rma = await create({ autoApprove: true, units: [{ lineItemId: LINE_ID, resolutionType: 'InstantVariantExchange', exchangeItems: [{ variantId: '402', quantity: 1 }] }] });
		expect(rma.details.exchangeOrders).toEqual([{ draftOrderId: '880001', orderId: '', orderName: '#D1', type: 'Exchange' }]);
		const { details } = await client.control(`/rmas/${rma.rmaId}/release-exchange`, { orderId: '9009', orderName: '#1009' });
		expect(details.exchangeOrders).toEqual([{ draftOrderId: '880001', orderId: '9009', orderName: '#1009', type: 'Exchange' }]);
	});

	describe('creation by policy', () => {
		const items = [{ shopLineItemId: LINE_ID, quantity: 2, policyId: '501', returnReason: 'Too big' }];

		it('names the policies inside their window and makes the request', async () => {
			const eligible = await client.call<{ items: Array<{ eligiblePolicies: Array<{ policyId: string }> }> }>('POST', '/rma/getEligiblePolicies', { orderId: ORDER_ID, items });
			expect(eligible.body.items[0]?.eligiblePolicies.map(({ policyId }) => policyId)).toEqual(['501', '502']);
			const made = await client.call<{ rmaSummary: { events: Array<{ triggeredVia: string }> }; items: unknown[] }>('POST', '/rma/createByPolicy', { orderId: ORDER_ID, items });
			expect([made.status, made.body.items.length, made.body.rmaSummary.events[0]?.triggeredVia]).toEqual([200, 2, 'API']);
		});

		it('refuses a closed window and pieces that are gone', async () => {
			await client.simulator.clock.set('2027-01-10T00:00:00Z');
			expect((await client.call('POST', '/rma/createByPolicy', { orderId: ORDER_ID, items })).status).toBe(400);
			const late = [{ ...items[0], policyId: '502' }];
			expect((await client.call('POST', '/rma/createByPolicy', { orderId: ORDER_ID, items: late })).status).toBe(200);
			expect((await client.call('POST', '/rma/createByPolicy', { orderId: ORDER_ID, items: late })).status).toBe(400);
		});
	});

	describe('webhooks', () => {
		it('tell what happened in order, unsigned, to whoever registered for the event', async () => {
			const receiver = await startReceiver();
			for (const eventName of ['RMA_CREATED', 'RMA_STATUS_UPDATED', 'SHIPMENT_CREATED', 'SHIPMENT_STATUS_UPDATED', 'SHIPMENT_TRACKER_STATUS_UPDATED', 'TRANSACTION_CREATED', 'REFUND_CREATED']) {
				await client.call('POST', '/webhook', { url: `${receiver.url}?token=t`, eventName });
			}
			const { rmaId } = await create({ autoApprove: true });
			await client.control(`/rmas/${rmaId}/ship`, { trackingNumber: 'T1' });
			await client.control(`/rmas/${rmaId}/receive`);
			await client.control(`/rmas/${rmaId}/refund`);
			await fetch(`${client.simulator.url}/__sim/webhooks?wait=true`);
			const shopName = 'sim-shop.myshopify.com';
			const head = { shopName, rmaId: '1000001' };
			expect(receiver.received.map(({ body }) => body)).toEqual([
				{ eventName: 'RMA_CREATED', ...head, status: 'Pending' },
				{ eventName: 'SHIPMENT_CREATED', ...head, shipmentId: '5000001', status: 'Pending' },
				{ eventName: 'RMA_STATUS_UPDATED', ...head, status: 'Approved' },
				{ eventName: 'SHIPMENT_TRACKER_STATUS_UPDATED', ...head, shipmentId: '5000001', status: 'InTransit', trackingNumber: 'T1', carrierName: null },
				{ eventName: 'SHIPMENT_STATUS_UPDATED', ...head, shipmentId: '5000001', status: 'Shipped' },
				{ eventName: 'SHIPMENT_STATUS_UPDATED', ...head, shipmentId: '5000001', status: 'Received' },
				{ eventName: 'RMA_STATUS_UPDATED', ...head, status: 'Received' },
				expect.objectContaining({ eventName: 'TRANSACTION_CREATED', ...head, transactionId: '7000001', status: 'Requested' }),
				expect.objectContaining({ eventName: 'REFUND_CREATED', ...head, transactionId: '7000001' }),
			]);
			expect(Object.keys(receiver.received[0]?.headers ?? {}).join()).not.toMatch(/hmac|signature/);
			await receiver.close();
		});

		it('can have other shapes and numeric ids', async () => {
			const receiver = await startReceiver();
			await client.call('POST', '/webhook', { url: receiver.url, eventName: 'RMA_CREATED' });
			await client.options({ webhookShape: 'data', webhookIds: 'number' });
			await create({ units: [{ lineItemId: LINE_ID }] });
			await client.options({ webhookShape: 'rma' });
			await create({ units: [{ lineItemId: LINE_ID }] });
			await fetch(`${client.simulator.url}/__sim/webhooks?wait=true`);
			expect(receiver.received.map(({ body }) => body)).toMatchObject([{ data: { rmaId: 1000001, status: 'Pending' } }, { rma: { rmaId: 1000002, status: 'Pending' } }]);
			await receiver.close();
		});

		it('are not repeated when the receiver refuses', async () => {
			const receiver = await startReceiver(500);
			await client.call('POST', '/webhook', { url: receiver.url, eventName: 'RMA_CREATED' });
			await create();
			await fetch(`${client.simulator.url}/__sim/webhooks?wait=true`);
			await client.simulator.clock.advance(72 * 3_600_000);
			await fetch(`${client.simulator.url}/__sim/webhooks?wait=true`);
			expect(receiver.received).toHaveLength(1);
			await receiver.close();
		});

		it('can be forged and malformed, to loopback addresses only', async () => {
			const receiver = await startReceiver();
			await client.control('/webhooks/send', { url: receiver.url, eventName: 'RMA_STATUS_UPDATED', rawBody: '{not json', headers: { 'x-forged': 'yes' } });
			expect(receiver.received[0]).toMatchObject({ text: '{not json', headers: { 'x-forged': 'yes' } });
			expect(await client.refused('/webhooks/send', { url: 'http://192.0.2.7/', body: {} })).toBe(400);
			expect(await client.refused('/webhooks/send', { eventName: 'RMA_CREATED', body: {} })).toBe(409);
			await receiver.close();
		});
	});

	it('is shown on a page with what a person wants to know', async () => {
		const rma = await create({ autoApprove: true });
		await client.control(`/rmas/${rma.rmaId}/refund`);
		const page = await (await fetch(client.simulator.url)).text();
		for (const text of ['RMA1000001', '#1001-R1', 'SHIRT-M', 'not inspected', '34.33 EUR + tax 6.52 EUR', '81.70 EUR', 'Requested']) expect(page).toContain(text);
		expect(page).not.toContain('rg_sim_key');
	});

	it('starts over on reset, with the same ids and its first options', async () => {
		await create();
		await client.options({ autoMarkDone: true });
		await client.control('/reset', { seed: 42 });
		expect((await create()).rmaId).toBe(1000001);
		expect(await (await fetch(`${client.simulator.url}/__sim/options`)).json()).toMatchObject({ autoMarkDone: false, perSecondLimit: 0 });
	});

	it('refuses options it does not have', async () => {
		await expect(client.options({ autoRefunds: true })).rejects.toThrow(/no option/);
		await expect(client.options({ webhookShape: 'xml' })).rejects.toThrow(/one of/);
		await expect(client.options({ dailyLimit: '5' })).rejects.toThrow(/another type/);
		await expect(client.options({ autoRefund: { trigger: 'never' } })).rejects.toThrow(/autoRefund/);
	});
});
