import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WEBHOOK_RETRY_DELAYS_MS } from '../../../../simulators/shopify/webhooks';
import { at, freshKey, list, openShop, REFUND, text, type TestShop } from './client';

interface Received {
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

describe('webhooks of the Shopify simulator', () => {
	let shop: TestShop;
	let receiver: Server;
	let received: Received[] = [];
	let answerWith = 200;

	beforeAll(async () => {
		shop = await openShop();
		receiver = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
				response.writeHead(answerWith).end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	});

	afterAll(async () => {
		await shop.simulator.close();
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
	});

	beforeEach(async () => {
		await shop.simulator.reset();
		await shop.control('POST', '/__sim/clock', { freeze: true });
		received = [];
		answerWith = 200;
	});

	const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
	const subscribe = async (topic: string, more: object = {}, token?: string) =>
		at(
			await shop.graphql(
				'mutation ($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) { webhookSubscription { id topic uri } userErrors { field message } } }',
				{ topic, input: { uri: address(), ...more } },
				token === undefined ? {} : { token },
			),
			'data.webhookSubscriptionCreate',
		);
	const refunded = async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
		const answer = await shop.graphql(REFUND, {
			input: { orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount: '10.00', gateway: 'x', kind: 'REFUND' }] },
			key: freshKey(),
		});
		await shop.simulator.webhooksIdle();
		return { order, refundId: text(answer, 'data.refundCreate.refund.id') };
	};

	it('are signed with the secret of the app over the exact bytes, and shaped like REST', async () => {
		await subscribe('REFUNDS_CREATE', { name: 'my-hook' });
		const { order, refundId } = await refunded();
		expect(received).toHaveLength(1);
		const [delivery] = received;
		expect(delivery?.headers).toMatchObject({
			'x-shopify-topic': 'refunds/create',
			'x-shopify-shop-domain': 'sim-shop.myshopify.com',
			'x-shopify-api-version': '2026-10',
			'x-shopify-webhook-id': expect.any(String) as unknown,
			'x-shopify-event-id': expect.any(String) as unknown,
			'x-shopify-triggered-at': expect.any(String) as unknown,
			'x-shopify-name': 'my-hook',
			'x-shopify-hmac-sha256': createHmac('sha256', 'sim-full-secret').update(delivery?.body ?? '').digest('base64'),
		});
		expect(JSON.parse(delivery?.body ?? '')).toMatchObject({
			admin_graphql_api_id: refundId,
			order_id: order.legacyId,
			return: null,
			refund_line_items: [{ quantity: 1, restock_type: 'no_restock', subtotal: '10.00', line_item: { sku: 'A' } }],
			transactions: [{ kind: 'refund', status: 'success', amount: '10.00', currency: 'USD' }],
		});
	});

	it('of one act share an event id, and each has its own id', async () => {
		for (const topic of ['REFUNDS_CREATE', 'ORDER_TRANSACTIONS_CREATE', 'ORDERS_UPDATED']) await subscribe(topic);
		await refunded();
		expect(received.map(({ headers }) => headers['x-shopify-topic']).sort()).toEqual(['order_transactions/create', 'orders/updated', 'refunds/create']);
		expect(new Set(received.map(({ headers }) => headers['x-shopify-event-id'])).size).toBe(1);
		expect(new Set(received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(3);
	});

	it('tell of returns, dispositions and stock', async () => {
		for (const topic of ['RETURNS_APPROVE', 'RETURNS_PROCESS', 'RETURNS_CLOSE', 'REVERSE_FULFILLMENT_ORDERS_DISPOSE', 'INVENTORY_LEVELS_UPDATE']) await subscribe(topic);
		const { order, returnId, lines } = await shop.returned({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] }, [{ line: 0, quantity: 1 }]);
		await shop.simulator.webhooksIdle();
		received = [];
		await shop.graphql('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', {
			input: { returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1, dispositions: [{ reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity: 1, dispositionType: 'RESTOCKED', locationId: order.lines[0]?.locationId }] }] },
		});
		await shop.graphql('mutation ($id: ID!) { returnClose(id: $id) { userErrors { message } } }', { id: returnId });
		await shop.simulator.webhooksIdle();
		expect(received.map(({ headers }) => headers['x-shopify-topic']).sort()).toEqual(['inventory_levels/update', 'returns/close', 'returns/process', 'reverse_fulfillment_orders/dispose']);
		const stock = received.find(({ headers }) => headers['x-shopify-topic'] === 'inventory_levels/update');
		expect(JSON.parse(stock?.body ?? '')).toMatchObject({ available: 10 });
	});

	it('are not sent before the money moved, and then tell how it ended', async () => {
		await subscribe('ORDER_TRANSACTIONS_CREATE');
		const order = await shop.order({ refundsSettle: 'pending', lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
		const answer = await shop.graphql(REFUND, { input: { orderId: order.id, transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount: '10.00', gateway: 'x', kind: 'REFUND' }] }, key: freshKey() });
		await shop.simulator.webhooksIdle();
		expect(received).toEqual([]);
		await shop.control('POST', `/__sim/transactions/${text(answer, 'data.refundCreate.refund.transactions.nodes.0.id').split('/').at(-1) ?? ''}`, { status: 'FAILURE' });
		await shop.simulator.webhooksIdle();
		expect(JSON.parse(received[0]?.body ?? '{}')).toMatchObject({ kind: 'refund', status: 'failure' });
	});

	it('come again with the same id and body after a refusal, later and later', async () => {
		await subscribe('REFUNDS_CREATE');
		answerWith = 500;
		await refunded();
		expect(received).toHaveLength(1);
		await shop.control('POST', '/__sim/clock', { advanceMs: 9_000 });
		await shop.simulator.webhooksIdle();
		expect(received).toHaveLength(1);
		answerWith = 200;
		await shop.control('POST', '/__sim/clock', { advanceMs: 2_000 });
		await shop.simulator.webhooksIdle();
		expect(received).toHaveLength(2);
		expect(received[1]?.body).toBe(received[0]?.body);
		expect(received[1]?.headers['x-shopify-webhook-id']).toBe(received[0]?.headers['x-shopify-webhook-id']);
	});

	it('stop, and the subscription is gone, after the eighth repetition within four hours', async () => {
		await subscribe('REFUNDS_CREATE');
		answerWith = 500;
		await refunded();
		const subscriptions = async () => list(await shop.graphql('{ webhookSubscriptions(first: 5) { nodes { id } } }'), 'data.webhookSubscriptions.nodes').length;
		expect(WEBHOOK_RETRY_DELAYS_MS.reduce((sum, ms) => sum + ms, 0)).toBe(4 * 3_600_000);
		for (const ms of WEBHOOK_RETRY_DELAYS_MS) {
			expect(await subscriptions()).toBe(1);
			await shop.control('POST', '/__sim/clock', { advanceMs: ms });
			await shop.simulator.webhooksIdle();
		}
		expect(received).toHaveLength(9);
		expect(await subscriptions()).toBe(0);
	});

	it('are an app\'s own: seen, changed and deleted by nobody else', async () => {
		const made = text(await subscribe('REFUNDS_CREATE'), 'webhookSubscription.id');
		expect(await subscribe('REFUNDS_CREATE')).toMatchObject({ webhookSubscription: null, userErrors: [{ message: 'Address for this topic has already been taken' }] });
		const remove = async (token: string) => at(await shop.graphql('mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { message } } }', { id: made }, { token }), 'data.webhookSubscriptionDelete');
		expect(list(await shop.graphql('{ webhookSubscriptions(first: 5) { nodes { id } } }', {}, { token: 'shpat_sim_returngo' }), 'data.webhookSubscriptions.nodes')).toEqual([]);
		expect(await remove('shpat_sim_returngo')).toMatchObject({ deletedWebhookSubscriptionId: null, userErrors: [{ message: 'Webhook subscription does not exist' }] });
		expect(await remove('shpat_sim_full')).toEqual({ deletedWebhookSubscriptionId: made, userErrors: [] });
	});

	it('need an address, an honest protocol and the scope of the topic', async () => {
		expect(await subscribe('REFUNDS_CREATE', { uri: undefined })).toMatchObject({ userErrors: [{ field: ['webhookSubscription', 'uri'] }] });
		expect(await subscribe('REFUNDS_CREATE', { uri: 'http://shop.example/hook' })).toMatchObject({ userErrors: [{ field: ['webhookSubscription', 'uri'] }] });
		await shop.control('POST', '/__sim/apps', { clientId: 'narrow', clientSecret: 's', token: 'shpat_narrow', scopes: ['read_products'] });
		expect(await subscribe('REFUNDS_CREATE', {}, 'shpat_narrow')).toMatchObject({ webhookSubscription: null, userErrors: [{ field: ['topic'] }] });
	});
});
