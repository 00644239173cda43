/** *Alert on stuck returns*, as shipped but for its schedule: each incident is told once, again when it changes, and once more when it is over. */
import { FLAGSHIP, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';
import { Outlets } from './harness/outlets';

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

const run = async (workflow: StoredWorkflow): Promise<Execution> => await e2e.n8n.executeWorkflow(workflow.id, 'Every six hours', 150_000);

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
	const first = await run(workflow);
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

	const second = await run(workflow);
	expect(failureOf(second)).toBeUndefined();
	expect([newsOf(second), newsOf(second, 1)]).toEqual([[], []]);
	expect(outlets.told).toEqual([told, told]);
});

it('tells of another return alone, and of a repaired one that it is over', async () => {
	const { orderId, lineItemIds } = await forgotten();
	const workflow = await importAlert({ tellBy: 'chat', oneMessage: true });
	const first = await run(workflow);
	expect(newsOf(first)).toContain('refundMissing');
	expect(outlets.chat.received).toHaveLength(1);
	expect(String(outlets.chat.received[0]?.body.text).match(/Next step:/g)).toHaveLength(newsOf(first).length);

	const other = await forgotten();
	const second = await run(workflow);
	expect([...new Set(itemsOf(second, 'What is news?').map(({ json }) => json.rmaId))]).toEqual([other.rmaId]);

	await e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2, restock: true }] });
	const third = await run(workflow);
	expect(newsOf(third, 1)).toContain('refundMissing');
	expect(String(outlets.chat.received.at(-1)?.body.text)).toMatch(/^Over: /);
	const fourth = await run(workflow);
	expect([newsOf(fourth), newsOf(fourth, 1)]).toEqual([[], []]);
});

it('one refused address among several: the others are told once, the run names it, and the next run tells only that one', async () => {
	for (let made = 0; made < 3; made += 1) await forgotten();
	outlets.mailbox.refused.add('dock@shop.example');
	const workflow = await importAlert({ tellBy: 'email', emailByOwner: '{"warehouse": "dock@shop.example"}' });
	const first = await run(workflow);
	const told = newsOf(first).filter((code) => code !== 'inspectedNotRestocked').length;
	expect(told).toBeGreaterThanOrEqual(3);
	expect(failureOf(first)).toMatch(/Not everything was read or told: .*serviceUnavailable: A service did not answer\. Not told: .*dock@shop\.example.*Owner: integration\. Next step: /s);
	expect(outlets.mailbox.mails.map(({ to }) => to.join())).toEqual(Array<string>(told).fill('operations@shop.example'));

	outlets.mailbox.refused.clear();
	const second = await run(workflow);
	expect(failureOf(second)).toBeUndefined();
	expect([...new Set(newsOf(second))]).toEqual(['inspectedNotRestocked']);
	expect(outlets.mailbox.mails.slice(told).map(({ to }) => to.join())).toEqual(Array<string>(3).fill('dock@shop.example'));
	expect(newsOf(await run(workflow))).toEqual([]);
});

it('both ways, and the channel is down: the mails are sent once, and the error workflow hears of the channel', async () => {
	await forgotten();
	outlets.chat.status = 500;
	const workflow = await importAlert();
	const first = await run(workflow);
	const told = newsOf(first).length;
	expect(failureOf(first)).toMatch(/Not told: .*in the channel.*Owner: integration/s);
	expect(outlets.mailbox.mails).toHaveLength(told);
	expect(newsOf(await run(workflow))).toEqual([]);
	expect(outlets.mailbox.mails).toHaveLength(told);
});

it('what could not be sent ends in the error workflow and is told by the next run', async () => {
	await forgotten();
	outlets.chat.status = 500;
	const workflow = await importAlert({ tellBy: 'chat', oneMessage: true });
	expect((await run(workflow)).status).toBe('error');
	outlets.chat.status = 200;
	outlets.chat.received.splice(0);
	expect(failureOf(await run(workflow))).toBeUndefined();
	expect(outlets.chat.received).toHaveLength(1);
});

it('a limit of calls that is too low is no good news: the run names what was not looked at', async () => {
	await forgotten();
	await forgotten();
	const cut = await run(await importAlert({ tellBy: 'chat', callLimit: 2 }));
	expect(failureOf(cut)).toMatch(/callBudgetLow: ReturnGO’s calls are nearly used up\. Not everything was read.*not looked at/s);
});

it('says nothing where nothing is stuck', async () => {
	await shop.inspectedReturn(FLAGSHIP);
	const quiet = await run(await importAlert());
	expect(failureOf(quiet)).toBeUndefined();
	expect(outlets.told).toEqual([0, 0]);
});

it('nobody to tell: the run ends in the error workflow instead of in silence', async () => {
	await forgotten();
	expect(failureOf(await run(await importAlert({ tellBy: '' })))).toMatch(/invalidInput: The input cannot be used\. Nobody is told .*can be email, chat or both\. Owner: integration/);
});
