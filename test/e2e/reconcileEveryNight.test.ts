/** *Reconcile returns every night*, as shipped but for its schedule: a report when something is news, and no second one for the same. */
import { FLAGSHIP, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';
import { Outlets } from './harness/outlets';

const TEMPLATE = 'reconcile-returns-every-night';

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

async function importNightly(settings: Record<string, string | number | boolean> = {}): Promise<StoredWorkflow> {
	return await outlets.importScheduled(e2e, TEMPLATE, { emailTo: 'finance@shop.example', rmaLink: 'https://returns.example/rma/{rmaId}', ...settings });
}

const night = async (workflow: StoredWorkflow): Promise<Execution> => await e2e.n8n.executeWorkflow(workflow.id, 'Every night at two', 150_000);

/** Done in ReturnGO, and nobody has paid the customer. */
async function unpaid(): Promise<{ rmaId: string; orderId: string; lineItemIds: string[]; orderName: string }> {
	const found = await shop.inspectedReturn(FLAGSHIP);
	await shop.setRmaStatus(found.rmaId, 'Done');
	return found;
}

it('mails the report and a spreadsheet of what differs, posts the figures, and is silent the next night', async () => {
	const { rmaId, orderName } = await unpaid();
	const workflow = await importNightly();
	const first = await night(workflow);
	expect(failureOf(first)).toBeUndefined();
	expect(itemsOf(first, 'Reconcile returns').map(({ json }) => [json.code, json.rmaId])).toEqual([['refundMissing', rmaId]]);
	expect(outlets.told).toEqual([1, 1]);
	const [mail] = outlets.mailbox.mails;
	expect(mail?.to).toEqual(['finance@shop.example']);
	expect(mail?.text).toContain('1 case needs somebody');
	expect(mail?.text).toMatch(/filename="?reconciliation-[\d-]+\.html/);
	expect(mail?.text).toMatch(/filename="?reconciliation\.xlsx/);
	expect(String(outlets.chat.received[0]?.body.text)).toContain('1 case needs somebody; 1 of them is critical.');
	const page = attachmentOf(mail?.text ?? '', 'html');
	expect(page).toContain(orderName);
	expect(page).toContain(`https://returns.example/rma/${rmaId}`);

	const second = await night(workflow);
	expect(failureOf(second)).toBeUndefined();
	expect(itemsOf(second, 'Nothing to send')).toHaveLength(1);
	expect(outlets.told).toEqual([1, 1]);
});

it('reports again when another return differs, and once more when a fault was repaired', async () => {
	const { orderId, lineItemIds } = await unpaid();
	const workflow = await importNightly({ tellBy: 'chat' });
	await night(workflow);
	await unpaid();
	const second = await night(workflow);
	expect(itemsOf(second, 'What is news?').map(({ json }) => json.news)).toEqual(['new']);
	expect(outlets.told).toEqual([0, 2]);
	await e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] });
	const third = await night(workflow);
	expect(itemsOf(third, 'What is news?', 1)).toHaveLength(1);
	expect(outlets.told).toEqual([0, 3]);
});

it('a report that cannot be sent ends in the error workflow, and is sent by the next night', async () => {
	await unpaid();
	outlets.chat.status = 500;
	const workflow = await importNightly({ tellBy: 'chat' });
	const failed = await night(workflow);
	expect(failed.status).toBe('error');
	outlets.chat.status = 200;
	outlets.chat.received.splice(0);
	const next = await night(workflow);
	expect(failureOf(next)).toBeUndefined();
	expect(outlets.chat.received).toHaveLength(1);
});

it('does not take for agreement what it had no calls left for', async () => {
	await unpaid();
	await unpaid();
	const workflow = await importNightly({ tellBy: 'chat', callLimit: 1 });
	const cut = await night(workflow);
	expect(failureOf(cut)).toBeUndefined();
	expect(String(outlets.chat.received[0]?.body.text)).toContain('Not read:');
});

it('goes on the next night with what the calls did not suffice for, and begins anew when all was read', async () => {
	const returns = [];
	for (let made = 0; made < 6; made += 1) {
		returns.push((await unpaid()).rmaId);
		// ReturnGO takes five calls a second.
		await new Promise((resolve) => setTimeout(resolve, 400));
	}
	const workflow = await importNightly({ tellBy: 'chat', callLimit: 4 });
	const told: string[] = [];
	let nights = 0;
	for (let cursor: unknown = ''; cursor !== null && nights < 6; nights += 1) {
		const run = await night(workflow);
		expect(failureOf(run)).toBeUndefined();
		const news = itemsOf(run, 'What is news?').filter(({ json }) => json.code === 'refundMissing').map(({ json }) => String(json.rmaId));
		expect(itemsOf(run, 'What is news?', 1)).toEqual([]);
		expect(news.filter((rmaId) => told.includes(rmaId))).toEqual([]);
		told.push(...news);
		cursor = itemsOf(run, 'Reconcile returns', 1)[0]?.json.resumeCursor;
	}
	expect(nights).toBeGreaterThan(1);
	expect([...told].sort()).toEqual([...returns].sort());

	const anew = await night(workflow);
	expect(itemsOf(anew, 'What is news?').filter(({ json }) => json.code === 'refundMissing')).toEqual([]);
	expect(itemsOf(anew, 'Reconcile returns', 1)[0]?.json.resumeCursor).toEqual(expect.any(String));
});

it('both ways, and the channel is down: the mail is sent once, and the error workflow hears of the channel', async () => {
	await unpaid();
	outlets.chat.status = 500;
	const workflow = await importNightly();
	expect(failureOf(await night(workflow))).toMatch(/Not everybody was told: serviceUnavailable: A service did not answer\. .*into the channel.*Owner: integration\. Next step: /s);
	expect(outlets.mailbox.mails).toHaveLength(1);
	outlets.chat.status = 200;
	expect(itemsOf(await night(workflow), 'Nothing to send')).toHaveLength(1);
	expect(outlets.mailbox.mails).toHaveLength(1);
});

it('a word that sendWhen does not know: the report is sent, and the error workflow hears of the setting', async () => {
	expect(failureOf(await night(await importNightly({ tellBy: 'email', sendWhen: 'newz' })))).toMatch(/invalidInput: .*sendWhen is “newz”, and can be news, differences or always.*Owner: integration/s);
	expect(outlets.mailbox.mails).toHaveLength(1);
});

it('nobody to tell: the run ends in the error workflow instead of in silence', async () => {
	await unpaid();
	expect(failureOf(await night(await importNightly({ tellBy: '' })))).toMatch(/invalidInput: The input cannot be used\. Nobody gets the report .*tellBy.*Owner: integration\. Next step: /s);
});

it('always sends where the settings say so, also when everything agrees', async () => {
	const run = await night(await importNightly({ tellBy: 'email', sendWhen: 'always' }));
	expect(failureOf(run)).toBeUndefined();
	expect(outlets.mailbox.mails.map(({ text }) => text.includes('Nothing needs anybody in what was read.'))).toEqual([true]);
	expect(outlets.mailbox.mails[0]?.text).not.toContain('.xlsx');
});

/** The text of an attachment by the ending of its name. */
function attachmentOf(mail: string, ending: string): string {
	const part = mail.split(/^--/m).find((candidate) => new RegExp(`filename="?[^"\n]+\\.${ending}`).test(candidate)) ?? '';
	const body = part.split(/\n\n/).slice(1).join('').replace(/\s/g, '');
	return Buffer.from(body, 'base64').toString('utf8');
}
