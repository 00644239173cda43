import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { at, freshKey, list, openShop, REFUND, type OrderSummary, type TestShop } from './client';

interface Movement {
	type: string;
	amount: { amount: string; currencyCode: string };
	fee: { amount: string };
	net: { amount: string };
	sourceType: string;
	sourceOrderTransactionId: string | null;
	associatedOrder: { id: string; name: string } | null;
	associatedPayout: { id: string | null; status: string };
}

interface Payout {
	id: string;
	legacyResourceId: string;
	status: string;
	issuedAt: string;
	net: { amount: string; currencyCode: string };
	transactionType: string;
	summary: Record<string, { amount: string }>;
}

describe('Shopify Payments of the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(async () => {
		await shop.simulator.reset();
		await shop.control('POST', '/__sim/clock', { freeze: true, set: '2026-10-01T10:00:00Z' });
	});

	const days = (count: number) => shop.control('POST', '/__sim/clock', { advanceMs: count * 24 * 3_600_000 });
	const movements = async (args = '') =>
		list(
			await shop.graphql(
				`{ shopifyPaymentsAccount { balanceTransactions(first: 100${args}) { nodes { type sourceType amount { amount currencyCode } fee { amount } net { amount } sourceOrderTransactionId associatedOrder { id name } associatedPayout { id status } } } } }`,
			),
			'data.shopifyPaymentsAccount.balanceTransactions.nodes',
		) as Movement[];
	const payouts = async (args = '') =>
		list(
			await shop.graphql(
				`{ shopifyPaymentsAccount { payouts(first: 100${args}) { nodes { id legacyResourceId status issuedAt transactionType net { amount currencyCode } summary { chargesGross { amount } chargesFee { amount } refundsFeeGross { amount } refundsFee { amount } adjustmentsGross { amount } retriedPayoutsGross { amount } } } } } }`,
			),
			'data.shopifyPaymentsAccount.payouts.nodes',
		) as Payout[];
	const refund = async (order: OrderSummary, amount: string, quantity = 1, currency?: string) => {
		const answer = await shop.graphql(REFUND, {
			input: { orderId: order.id, ...(currency === undefined ? {} : { currency }), refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity }], transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount, gateway: 'x', kind: 'REFUND' }] },
			key: freshKey(),
		});
		expect(at(answer, 'data.refundCreate.userErrors')).toEqual([]);
		return answer;
	};
	const order = (more: object = {}) => shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 2, unitPrice: '50.00' }], ...more });

	it('books a charge with its fee and a refund without, each linked to the order and its transaction', async () => {
		const made = await order({ name: '#1001' });
		await refund(made, '50.00');
		const [charge, back] = await movements();
		expect(charge).toEqual({
			type: 'CHARGE',
			sourceType: 'CHARGE',
			amount: { amount: '100.0', currencyCode: 'USD' },
			fee: { amount: '3.2' },
			net: { amount: '96.8' },
			sourceOrderTransactionId: made.transactions[0]?.id.split('/').at(-1),
			associatedOrder: { id: made.id, name: '#1001' },
			associatedPayout: { id: null, status: 'PENDING' },
		});
		const refundTransaction = at(await shop.graphql('query ($id: ID!) { order(id: $id) { transactions { id kind } } }', { id: made.id }), 'data.order.transactions.1.id') as string;
		expect(back).toMatchObject({ type: 'REFUND', sourceType: 'REFUND', amount: { amount: '-50.0' }, fee: { amount: '0.0' }, net: { amount: '-50.0' }, sourceOrderTransactionId: refundTransaction.split('/').at(-1) });
	});

	it('pays out after two days, one payout per day, scheduled first and paid a day later', async () => {
		const made = await order();
		await days(1);
		await order({ createdAt: '2026-10-02T10:00:00Z' });
		expect(await payouts()).toEqual([]);
		await days(1);
		expect(await payouts()).toMatchObject([{ status: 'SCHEDULED', issuedAt: '2026-10-03T00:00:00Z', net: { amount: '96.8', currencyCode: 'USD' }, transactionType: 'DEPOSIT' }]);
		expect((await movements()).map(({ associatedPayout: { status } }) => status)).toEqual(['SCHEDULED', 'PENDING', 'SCHEDULED']);
		await days(1);
		await refund(made, '50.00');
		expect(await payouts()).toMatchObject([
			{ status: 'PAID', summary: { chargesGross: { amount: '100.0' }, chargesFee: { amount: '3.2' } } },
			{ status: 'SCHEDULED', issuedAt: '2026-10-04T00:00:00Z' },
		]);
		const found = await movements(', hideTransfers: true, query: "transaction_type:refund"');
		expect(found).toMatchObject([{ type: 'REFUND', associatedPayout: { id: null, status: 'PENDING' } }]);
		await days(2);
		const third = (await payouts(', query: "issued_at:>=2026-10-05"'))[0];
		expect(third).toMatchObject({ net: { amount: '-50.0' }, transactionType: 'WITHDRAWAL', summary: { refundsFeeGross: { amount: '-50.0' } } });
		expect(await movements(`, hideTransfers: true, query: "payments_transfer_id:${third?.legacyResourceId ?? ''}"`)).toMatchObject([{ type: 'REFUND', associatedPayout: { id: third?.id, status: 'SCHEDULED' } }]);
		expect(await payouts(', transactionType: WITHDRAWAL')).toHaveLength(1);
	});

	it('keeps its books: what came in less fees and refunds is what was paid out and what is left', async () => {
		for (let day = 1; day <= 12; day += 1) {
			const made = await order({ createdAt: `2026-10-${String(day).padStart(2, '0')}T08:00:00Z`, ...(day % 3 === 0 ? { presentmentCurrency: 'EUR', exchangeRate: '1.0837' } : {}) });
			await refund(made, day % 3 === 0 ? '49.99' : '12.34', 1, day % 3 === 0 ? 'EUR' : undefined);
			await days(1);
		}
		const all = await movements();
		const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + Math.round(Number(amount) * 100), 0);
		const issued = await payouts();
		expect(issued.length).toBeGreaterThan(8);
		const earned = sum(all.filter(({ type }) => type !== 'TRANSFER').map(({ net }) => net.amount));
		const out = sum(issued.map(({ net }) => net.amount));
		const held = sum(list(await shop.graphql('{ shopifyPaymentsAccount { balance { amount } } }'), 'data.shopifyPaymentsAccount.balance').map((money) => String(at(money, 'amount'))));
		expect(out + held).toBe(earned);
		expect(sum(all.filter(({ type }) => type === 'TRANSFER').map(({ net }) => net.amount))).toBe(-out);
		expect(all.every(({ amount }) => amount.currencyCode === 'USD')).toBe(true);
	});

	it("books what was paid in another currency at the order's rate, with the fee for conversion", async () => {
		const made = await order({ presentmentCurrency: 'EUR', exchangeRate: '1.10' });
		await refund(made, '50.00', 1, 'EUR');
		expect(await movements()).toMatchObject([
			{ type: 'CHARGE', amount: { amount: '110.0', currencyCode: 'USD' }, fee: { amount: '5.14' } },
			{ type: 'REFUND', amount: { amount: '-55.0', currencyCode: 'USD' } },
		]);
		const answer = await shop.graphql('query ($id: ID!) { order(id: $id) { transactions { settlementCurrency settlementCurrencyRate fees { amount { amount } } } } }', { id: made.id });
		expect(at(answer, 'data.order.transactions.0')).toEqual({ settlementCurrency: 'USD', settlementCurrencyRate: '1.10', fees: [{ amount: { amount: '5.14' } }] });
	});

	it('has nothing to do with manual payments, gift cards, store credit and other gateways', async () => {
		const manual = await order({ payments: [{ gateway: 'manual' }] });
		await refund(manual, '50.00');
		await order({ payments: [{ gateway: 'paypal' }] });
		const card = at(await shop.graphql('mutation { giftCardCreate(input: { initialAmount: { amount: "200", currencyCode: USD } }) { giftCard { id } } }'), 'data.giftCardCreate.giftCard.id');
		const paid = await order({ payments: [{ gateway: 'gift_card', giftCardId: card }] });
		await refund(paid, '50.00');
		expect(await movements()).toEqual([]);
	});

	it('books a refund only when its money has moved', async () => {
		const made = await order({ refundsSettle: 'pending' });
		await refund(made, '50.00');
		expect(await movements()).toHaveLength(1);
		const id = (at(await shop.graphql('query ($id: ID!) { order(id: $id) { transactions { id } } }', { id: made.id }), 'data.order.transactions.1.id') as string).split('/').at(-1);
		await shop.control('POST', `/__sim/transactions/${id ?? ''}`, { status: 'SUCCESS' });
		expect(await movements()).toMatchObject([{ type: 'CHARGE' }, { type: 'REFUND' }]);
	});

	it('brings the money of a failed payout back, to leave with the next one', async () => {
		await order();
		await days(2);
		const [first] = await payouts();
		await shop.control('POST', `/__sim/payouts/${first?.legacyResourceId ?? ''}`, { status: 'FAILED' });
		expect((await movements(', hideTransfers: true')).map(({ type, associatedPayout }) => [type, associatedPayout.status])).toEqual([['CHARGE', 'FAILED']]);
		expect((await movements()).map(({ type }) => type)).toEqual(['CHARGE', 'TRANSFER', 'TRANSFER_FAILURE']);
		await days(2);
		expect(await payouts()).toMatchObject([{ status: 'FAILED' }, { status: 'SCHEDULED', net: { amount: '96.8' }, summary: { chargesGross: { amount: '0.0' }, retriedPayoutsGross: { amount: '96.8' } } }]);
		await expect(shop.control('POST', `/__sim/payouts/${first?.legacyResourceId ?? ''}`, { status: 'PAID' })).rejects.toThrow('409');
	});

	it('pays out weekly, or only when told', async () => {
		await shop.control('POST', '/__sim/settings', { payoutInterval: 'WEEKLY' });
		await order();
		await days(7);
		expect((await payouts()).map(({ issuedAt }) => issuedAt)).toEqual(['2026-10-05T00:00:00Z']);
		await shop.control('POST', '/__sim/settings', { payoutInterval: 'MANUAL' });
		await order({ createdAt: '2026-10-08T09:00:00Z' });
		await days(9);
		expect(await payouts()).toHaveLength(1);
		await shop.control('POST', '/__sim/payouts', {});
		expect(await payouts()).toHaveLength(2);
	});

	it('takes the money and a fee for a chargeback, gives both back when it is won, and tells so', async () => {
		const topics: unknown[] = [];
		const receiver = createServer((request, response) => {
			request.setEncoding('utf8').on('data', (body: string) => topics.push([request.headers['x-shopify-topic'], (JSON.parse(body) as { status: string }).status]));
			request.on('end', () => response.end());
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const uri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
		for (const topic of ['DISPUTES_CREATE', 'DISPUTES_UPDATE']) {
			await shop.graphql('mutation ($topic: WebhookSubscriptionTopic!, $uri: String!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri }) { userErrors { message } } }', { topic, uri });
		}
		const made = await order();
		const dispute = (await shop.control('POST', '/__sim/disputes', { orderId: made.id, amount: '40.00' })) as { legacyId: number };
		expect((await movements()).map(({ type, amount }) => [type, amount.amount])).toEqual([['CHARGE', '100.0'], ['CHARGEBACK_HOLD', '-40.0'], ['CHARGEBACK_FEE', '-15.0']]);
		expect(at(await shop.graphql('query ($id: ID!) { order(id: $id) { disputes { status initiatedAs } } }', { id: made.id }), 'data.order.disputes')).toEqual([{ status: 'NEEDS_RESPONSE', initiatedAs: 'CHARGEBACK' }]);
		await shop.control('POST', `/__sim/disputes/${dispute.legacyId}`, { status: 'WON' });
		expect((await movements()).slice(3).map(({ type, amount }) => [type, amount.amount])).toEqual([['CHARGEBACK_HOLD_RELEASE', '40.0'], ['CHARGEBACK_FEE_REFUND', '15.0']]);
		expect(at(await shop.graphql('{ disputes(first: 5, query: "status:won") { nodes { amount { amount } reasonDetails { reason } order { id } } } }'), 'data.disputes.nodes')).toEqual([{ amount: { amount: '40.0' }, reasonDetails: { reason: 'FRAUDULENT' }, order: { id: made.id } }]);
		await shop.control('GET', '/__sim/webhooks?wait=true');
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
		expect(topics).toEqual([['disputes/create', 'needs_response'], ['disputes/update', 'won']]);
	});

	it('shows the account only to an app that may see it, and none where the shop has none', async () => {
		await shop.control('POST', '/__sim/apps', { clientId: 'orders-only', clientSecret: 'x', token: 'shpat_orders_only', scopes: ['read_orders'] });
		const denied = await shop.graphql('{ shopifyPaymentsAccount { payouts(first: 1) { nodes { id } } } }', {}, { token: 'shpat_orders_only' });
		expect(denied.errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED');
		await shop.control('POST', '/__sim/settings', { shopifyPayments: false });
		expect((await shop.graphql('{ shopifyPaymentsAccount { id } }')).data).toEqual({ shopifyPaymentsAccount: null });
	});

	it('comes in bulk like everything else', async () => {
		await order();
		await days(3);
		const answer = await shop.graphql('mutation { bulkOperationRunQuery(query: "{ shopifyPaymentsAccount { balanceTransactions(hideTransfers: true) { edges { node { id type associatedPayout { id status } } } } } }") { bulkOperation { id } userErrors { message } } }');
		expect(at(answer, 'data.bulkOperationRunQuery.userErrors')).toEqual([]);
		await shop.control('POST', '/__sim/settings', { bulkRunningPolls: 0 });
		const url = at(await shop.graphql('query ($id: ID!) { bulkOperation(id: $id) { url } }', { id: at(answer, 'data.bulkOperationRunQuery.bulkOperation.id') }), 'data.bulkOperation.url');
		expect(JSON.parse(await (await fetch(String(url))).text())).toMatchObject({ type: 'CHARGE', associatedPayout: { status: 'PAID' } });
	});
});
