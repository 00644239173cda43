/** *Close the month*, as shipped but for its schedule: three books of the month before, to the cent, in two currencies. */
import { Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';
import { Outlets } from './harness/outlets';

const TEMPLATE = 'close-the-month';
const DOLLARS = { currency: 'USD', lines: [{ sku: 'HAT', title: 'Hat', quantity: 2, unitPrice: '10.00' }], payments: [{ gateway: 'shopify_payments' }] };
const EUROS = { currency: 'USD', presentmentCurrency: 'EUR', exchangeRate: '1.5', lines: [{ sku: 'COAT', title: 'Coat', quantity: 2, unitPrice: '33.40' }], payments: [{ gateway: 'shopify_payments' }] };

let e2e: E2e;
let shop: Shop;
let outlets: Outlets;
beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
beforeEach(async () => {
	outlets = await Outlets.open();
	const now = new Date();
	await e2e.shopify.changeClock({ set: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 10)).toISOString() });
});
afterEach(async () => {
	await e2e.shopify.changeClock({ set: new Date().toISOString() });
	await e2e.cleanUp();
	await outlets.close();
});

async function importMonth(settings: Record<string, string | number | boolean> = {}): Promise<StoredWorkflow> {
	await e2e.shopify.changeClock({ set: new Date().toISOString() });
	return await outlets.importScheduled(e2e, TEMPLATE, { emailTo: 'finance@shop.example', ...settings });
}

const close = async (workflow: StoredWorkflow): Promise<Execution> => await e2e.n8n.executeWorkflow(workflow.id, 'On the fifth of the month', 150_000);

/** Refunded by ReturnGO in the middle of the month before. */
async function refunded(order: object): Promise<void> {
	const { rmaId } = await shop.inspectedReturn(order);
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/refund`, {});
	await e2e.returnGo.changeClock({ advanceMs: 4 * 3_600_000 });
}

const totals = (execution: Execution) => itemsOf(execution, 'Close the month', 1)[0]?.json.totals;
const lines = (execution: Execution) => itemsOf(execution, 'Close the month').map(({ json }) => [json.code, json.difference, json.currency]);

it('everything refunded and paid out: the month is closed in both currencies, and closing it again gives the same figures', async () => {
	await refunded(DOLLARS);
	await refunded(EUROS);
	await e2e.shopify.post('/__sim/payouts', { everything: true });
	const workflow = await importMonth();
	const first = await close(workflow);
	expect(failureOf(first)).toBeUndefined();
	expect(lines(first)).toEqual([]);
	expect(itemsOf(first, 'The month is closed')).toHaveLength(1);
	expect(totals(first)).toMatchObject([
		{ currency: 'EUR', amounts: [{ amount: '66.80' }, { amount: '66.80' }, { amount: '0.00' }] },
		{ currency: 'USD', amounts: [{ amount: '20.00' }, { amount: '20.00' }, { amount: '0.00' }, { amount: '120.20' }, { amount: '120.20' }, { amount: '0.00' }] },
	]);
	expect(outlets.mailbox.mails.map(({ to }) => to)).toEqual([['finance@shop.example']]);
	expect(outlets.mailbox.mails[0]?.text).toMatch(/filename="?month-end-[\d-]+\.html/);
	expect(String(outlets.chat.received[0]?.body.text)).toContain('USD: ');

	const second = await close(workflow);
	expect(failureOf(second)).toBeUndefined();
	expect(totals(second)).toEqual(totals(first));
});

it('lists to the cent what no payout can hold and what ReturnGO does not know, with a spreadsheet', async () => {
	await refunded(DOLLARS);
	const { orderId, lineItemIds } = await shop.placeOrder({ ...DOLLARS, payments: [{ gateway: 'cash', manual: true }] });
	await e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1 }] });
	const run = await close(await importMonth());
	expect(failureOf(run)).toBeUndefined();
	expect(lines(run)).toEqual(expect.arrayContaining([['otherGateway', '10.00', 'USD'], ['refundOutsideReturns', '10.00', 'USD']]));
	expect(totals(run)).toMatchObject([{ currency: 'USD', amounts: [{ amount: '20.00' }, { amount: '30.00' }, { amount: '10.00' }, { amount: '30.00' }, { amount: '20.00' }, { amount: '10.00' }] }]);
	expect(outlets.mailbox.mails[0]?.text).toMatch(/filename="?month-end\.xlsx/);
});

it('a month that is not over is sent, and not called closed', async () => {
	const run = await close(await importMonth({ month: new Date().toISOString().slice(0, 7), tellBy: 'chat' }));
	expect(failureOf(run)).toMatch(/notRead: Not compared: not everything was read\. The month is not over.*Owner: integration\. Next step: /s);
	expect(outlets.chat.received).toHaveLength(1);
});

it('both ways, and the channel is down: the month is judged all the same, and the error workflow hears of the channel', async () => {
	await refunded(DOLLARS);
	await e2e.shopify.post('/__sim/payouts', { everything: true });
	outlets.chat.status = 500;
	const run = await close(await importMonth());
	expect(failureOf(run)).toMatch(/Not everybody was told: serviceUnavailable: A service did not answer\. .*into the channel.*Owner: integration\. Next step: /s);
	expect(itemsOf(run, 'May it be booked?')).toHaveLength(1);
	expect(outlets.mailbox.mails).toHaveLength(1);
});

it('nobody to tell: the run ends in the error workflow instead of in silence', async () => {
	expect(failureOf(await close(await importMonth({ tellBy: '' })))).toMatch(/invalidInput: The input cannot be used\. Nobody gets the report .*tellBy.*Owner: integration\. Next step: /s);
});
