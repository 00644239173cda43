import type { IDataObject } from 'n8n-workflow';
import { FLAGSHIP } from '../../support/shop';
import { jsonOf, ReconciliationStage } from './stage';

let stage: ReconciliationStage;
beforeAll(async () => {
	stage = await ReconciliationStage.open();
});
beforeEach(async () => await stage.clear());
afterAll(async () => await stage.close());

const THIS_MONTH = new Date().toISOString().slice(0, 7);

async function close(parameters: IDataObject = {}, more = {}) {
	const { outputs, error } = await stage.run('month', 'close', { month: THIS_MONTH, ...parameters } as never, more);
	return { error, rows: jsonOf(outputs[0]), summary: jsonOf(outputs[1])[0] ?? {} };
}

const shown = (rows: IDataObject[]) => rows.map(({ incident, class: name, code, currency, difference }) => `${String(incident).split('/')[2]} ${name ?? '-'} ${code ?? '-'} ${difference ?? '-'} ${currency ?? '-'}`).sort();
const amountsOf = (summary: IDataObject, currency: string) => (summary.totals as Array<{ currency: string; amounts: Array<{ amount: string }> }>).find((entry) => entry.currency === currency)?.amounts.map(({ amount }) => amount);

/** Refunded by ReturnGO, whose transaction has ended. */
async function refunded(order: object = FLAGSHIP): Promise<{ rmaId: string; orderId: string }> {
	const found = await stage.inspectedReturn(order);
	await stage.returnGo.post(`/__sim/rmas/${found.rmaId}/refund`, {});
	await stage.returnGo.post('/__sim/clock', { advanceMs: 4 * 3600 * 1000 });
	return found;
}

const dollars = { currency: 'USD', lines: [{ sku: 'HAT', title: 'Hat', quantity: 2, unitPrice: '10.00' }], payments: [{ gateway: 'shopify_payments' }] };
const euros = { currency: 'USD', presentmentCurrency: 'EUR', exchangeRate: '1.5', lines: [{ sku: 'COAT', title: 'Coat', quantity: 2, unitPrice: '33.40' }], payments: [{ gateway: 'shopify_payments' }] };

describe('Month → Close', () => {
	it('has nothing to close in an empty shop', async () => {
		const { rows, summary, error } = await close();
		expect(error).toBeUndefined();
		expect(rows).toEqual([]);
		expect(summary).toMatchObject({ totals: [], totalsAgree: true, month: THIS_MONTH });
		expect(summary.notRead).toContainEqual('The month is not over: these are the figures until now.');
	});

	it('agrees to the cent in two currencies, and lists what no payout holds yet', async () => {
		await refunded(dollars);
		await refunded(euros);
		const { rows, summary } = await close();
		expect(shown(rows)).toEqual(['payout - notPaidOut 100.20 USD', 'payout - notPaidOut 20.00 USD']);
		expect(amountsOf(summary, 'EUR')).toEqual(['66.80', '66.80', '0.00']);
		expect(amountsOf(summary, 'USD')).toEqual(['20.00', '20.00', '0.00', '120.20', '0.00', '120.20']);
		expect(summary).toMatchObject({ totalsAgree: true, agreeing: 2 });
	});

	it('names the payout of each refund once there is one', async () => {
		await refunded(dollars);
		await stage.shopify.post('/__sim/payouts', { everything: true });
		const { rows, summary } = await close({ options: { includeMatched: true } });
		expect(shown(rows)).toEqual(['payout - - 0.00 USD', 'refund matched - 0.00 USD']);
		expect(rows.map(({ payoutId }) => payoutId)).toEqual([expect.stringMatching(/^gid:/), expect.stringMatching(/^gid:/)]);
		expect(amountsOf(summary, 'USD')).toEqual(['20.00', '20.00', '0.00', '20.00', '20.00', '0.00']);
		expect((await close()).rows).toEqual([]);
	});

	it('explains money that went another way, or that ReturnGO does not know', async () => {
		const { orderId, lineItemIds } = await stage.placeOrder({ ...dollars, payments: [{ gateway: 'cash', manual: true }] });
		await stage.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
		const { rows, summary } = await close();
		expect(shown(rows)).toEqual(['payout - otherGateway 10.00 USD', 'refund onlyInShopify refundOutsideReturns 10.00 USD']);
		expect(summary).toMatchObject({ totalsAgree: true });
		expect(amountsOf(summary, 'USD')).toEqual(['0.00', '10.00', '10.00', '10.00', '0.00', '10.00']);
	});

	it('says that a payout did not succeed', async () => {
		await refunded(dollars);
		await stage.shopify.post('/__sim/payouts', { everything: true });
		const [payout] = (await stage.shopify.get<{ payouts?: Array<{ id: string }> } & Array<{ id: string }>>('/__sim/payouts')) ?? [];
		await stage.shopify.post(`/__sim/payouts/${String(payout?.id).split('/').pop()}`, { status: 'FAILED' });
		expect(shown((await close()).rows)).toEqual(['payout - payoutNotMade 20.00 USD']);
	});

	it('tells the refunds of an order apart by their own payments', async () => {
		const { orderId, lineItemIds } = await stage.placeOrder({ ...dollars, payments: [{ gateway: 'shopify_payments', amount: '10.00' }, { gateway: 'cash', manual: true }] });
		for (let index = 0; index < 2; index += 1) await stage.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
		const { rows, summary } = await close();
		expect(shown(rows).filter((row) => row.startsWith('payout'))).toEqual(['payout - notPaidOut 10.00 USD', 'payout - otherGateway 10.00 USD']);
		expect(summary).toMatchObject({ totalsAgree: true });
	});

	it('leaves other months alone', async () => {
		await refunded(dollars);
		const { rows, summary } = await close({ month: '2024-02' });
		expect(rows).toEqual([]);
		expect(summary).toMatchObject({ totals: [], notRead: [], complete: true, since: expect.stringMatching(/^2024-0[12]-/), until: expect.stringMatching(/^2024-0[23]-/) });
	});

	it('gives the same rows when it runs again', async () => {
		await refunded(dollars);
		const [first, second] = [await close(), await close()];
		expect(first.rows).toHaveLength(1);
		expect(second.rows).toEqual(first.rows);
	});

	it('names what cannot be a month, the scope that is missing and the credential that is refused', async () => {
		expect((await close({ month: 'October' })).error?.message).toContain('Month has to be');
		expect((await close({ month: '2999-01' })).error?.message).toBe('The month 2999-01 has not begun');
		await stage.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 's', token: 'shpat_narrow', scopes: ['read_orders', 'read_returns'] });
		expect((await close({}, { credentials: stage.credentials({ accessToken: 'shpat_narrow' }) })).error?.message).toContain('read_shopify_payments');
		expect((await close({}, { credentials: stage.credentials({ accessToken: 'wrong' }) })).error?.message).toBe('Shopify does not accept the credential');
		await refunded(dollars);
		expect((await close({}, { credentials: stage.credentials({ apiKey: 'wrong' }) })).error?.message).toContain('ReturnGO refuses the key');
	});

	it('goes on with the other items, and waits where a slower pace is asked for', async () => {
		await stage.shopifyFault('shopifyPaymentsAccount', { kind: 'throttled' });
		const { outputs, error } = await stage.run('month', 'close', { month: '={{ $json.month }}' }, { input: [{ month: 'x' }, { month: THIS_MONTH }], continueOnFail: true });
		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0])).toMatchObject([{ code: 'invalidInput' }]);
		expect(jsonOf(outputs[1])).toHaveLength(1);
	});
});
