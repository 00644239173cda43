/** *Alert on stuck returns*, as shipped but for its schedule: each incident is told once, again when it changes, and once more when it is over. */
import { FLAGSHIP, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';
import { Outlets } from './harness/outlets';
import { runOnce } from './harness/scheduled';

const TEMPLATE = 'alert-on-stuck-returns';
const MONTH_MS = 30 * 86_400_000;

let e2e: E2e;
let shop: Shop;
let outlets: Outlets;
beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
beforeEach(async () => {
	outlets = await Outlets.open();
});
afterEach(async () => {
	await e2e.cleanUp();
	await outlets.close();
});

async function importAlert(settings: Record<string, string | number | boolean> = {}): Promise<StoredWorkflow> {
	return await outlets.importScheduled(e2e, TEMPLATE, { emailTo: 'operations@shop.example', rmaLink: 'https://returns.example/rma/{rmaId}', ...settings });
}

/** A month ago the units came back and were inspected; nothing has happened since. */
async function forgotten(): Promise<{ rmaId: string; orderId: string; orderName: string; lineItemIds: string[] }> {
	await e2e.returnGo.changeClock({ set: new Date(Date.now() - MONTH_MS).toISOString() });
	try {
		return await shop.inspectedReturn(FLAGSHIP);
	} finally {
		await e2e.returnGo.changeClock({ set: new Date().toISOString() });
	}
}

/** Codes of what was told of an RMA in one run. */
const newsOf = (execution: Execution, output = 0) => itemsOf(execution, 'What is news?', output).map(({ json }) => String(json.code)).sort();

it('tells each incident once, by e-mail and chat, and nothing the next time', async () => {
	const { rmaId, orderName } = await forgotten();
	const workflow = await importAlert({ emailByOwner: '{"warehouse": "dock@shop.example"}' });
	const first = await runOnce(e2e, workflow);
	expect(failureOf(first)).toBeUndefined();
	expect(newsOf(first)).toEqual(expect.arrayContaining(['inspectedNotRestocked', 'refundMissing']));
	const told = newsOf(first).length;
	expect(outlets.told).toEqual([told, told]);
	const text = String(outlets.chat.received.find(({ body }) => String(body.text).includes('refundMissing'))?.body.text);
	expect(text).toContain(`Order ${orderName}`);
	expect(text).toContain(`https://returns.example/rma/${rmaId}`);
	expect(text).toMatch(/Owner: finance\nNext step: /);
	expect(outlets.mailbox.mails.find(({ text: mail }) => mail.includes('inspectedNotRestocked'))?.to).toEqual(['dock@shop.example']);
	expect(outlets.mailbox.mails.find(({ text: mail }) => mail.includes('refundMissing'))?.to).toEqual(['operations@shop.example']);

	const second = await runOnce(e2e, workflow);
	expect(failureOf(second)).toBeUndefined();
	expect([newsOf(second), newsOf(second, 1)]).toEqual([[], []]);
	expect(outlets.told).toEqual([told, told]);
});

it('tells of another return alone, and of a repaired one that it is over', async () => {
	const { orderId, lineItemIds } = await forgotten();
	const workflow = await importAlert({ tellBy: 'chat', oneMessage: true });
	const first = await runOnce(e2e, workflow);
	expect(newsOf(first)).toContain('refundMissing');
	expect(outlets.chat.received).toHaveLength(1);
	expect(String(outlets.chat.received[0]?.body.text).match(/Next step:/g)).toHaveLength(newsOf(first).length);

	const other = await forgotten();
	const second = await runOnce(e2e, workflow);
	expect([...new Set(itemsOf(second, 'What is news?').map(({ json }) => json.rmaId))]).toEqual([other.rmaId]);

	await e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2, restock: true }] });
	const third = await runOnce(e2e, workflow);
	expect(newsOf(third, 1)).toContain('refundMissing');
	expect(String(outlets.chat.received.at(-1)?.body.text)).toMatch(/^Over: /);
	const fourth = await runOnce(e2e, workflow);
	expect([newsOf(fourth), newsOf(fourth, 1)]).toEqual([[], []]);
});

it('what could not be sent ends in the error workflow and is told by the next run', async () => {
	await forgotten();
	outlets.chat.status = 500;
	const workflow = await importAlert({ tellBy: 'chat', oneMessage: true });
	expect((await runOnce(e2e, workflow)).status).toBe('error');
	outlets.chat.status = 200;
	outlets.chat.received.splice(0);
	expect(failureOf(await runOnce(e2e, workflow))).toBeUndefined();
	expect(outlets.chat.received).toHaveLength(1);
});

it('a limit of calls that is too low is no good news: the run names what was not looked at', async () => {
	await forgotten();
	await forgotten();
	const run = await runOnce(e2e, await importAlert({ tellBy: 'chat', callLimit: 2 }));
	expect(failureOf(run)).toMatch(/callBudgetLow: ReturnGO’s calls are nearly used up\. Not everything was read.*not looked at/s);
});

it('says nothing where nothing is stuck', async () => {
	await shop.inspectedReturn(FLAGSHIP);
	const run = await runOnce(e2e, await importAlert());
	expect(failureOf(run)).toBeUndefined();
	expect(outlets.told).toEqual([0, 0]);
});

it('nobody to tell: the run ends in the error workflow instead of in silence', async () => {
	await forgotten();
	expect(failureOf(await runOnce(e2e, await importAlert({ tellBy: '' })))).toMatch(/Nobody is told/);
});
