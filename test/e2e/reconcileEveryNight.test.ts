/** *Reconcile returns every night*, as shipped but for its schedule: a report when something is news, and no second one for the same. */
import { FLAGSHIP, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type StoredWorkflow } from './harness';
import { Outlets } from './harness/outlets';
import { runOnce } from './harness/scheduled';

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

/** Done in ReturnGO, and nobody has paid the customer. */
async function unpaid(): Promise<{ rmaId: string; orderId: string; lineItemIds: string[]; orderName: string }> {
	const found = await shop.inspectedReturn(FLAGSHIP);
	await shop.setRmaStatus(found.rmaId, 'Done');
	return found;
}

it('mails the report and a spreadsheet of what differs, posts the figures, and is silent the next night', async () => {
	const { rmaId, orderName } = await unpaid();
	const workflow = await importNightly();
	const first = await runOnce(e2e, workflow);
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

	const second = await runOnce(e2e, workflow);
	expect(failureOf(second)).toBeUndefined();
	expect(itemsOf(second, 'Nothing to send')).toHaveLength(1);
	expect(outlets.told).toEqual([1, 1]);
});

it('reports again when another return differs, and once more when a fault was repaired', async () => {
	const { orderId, lineItemIds } = await unpaid();
	const workflow = await importNightly({ tellBy: 'chat' });
	await runOnce(e2e, workflow);
	await unpaid();
	const second = await runOnce(e2e, workflow);
	expect(itemsOf(second, 'What is news?').map(({ json }) => json.news)).toEqual(['new']);
	expect(outlets.told).toEqual([0, 2]);
	await e2e.shopify.post('/__sim/admin/refund', { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] });
	const third = await runOnce(e2e, workflow);
	expect(itemsOf(third, 'What is news?', 1)).toHaveLength(1);
	expect(outlets.told).toEqual([0, 3]);
});

it('a report that cannot be sent ends in the error workflow, and is sent by the next night', async () => {
	await unpaid();
	outlets.chat.status = 500;
	const workflow = await importNightly({ tellBy: 'chat' });
	const failed = await runOnce(e2e, workflow);
	expect(failed.status).toBe('error');
	outlets.chat.status = 200;
	outlets.chat.received.splice(0);
	const next = await runOnce(e2e, workflow);
	expect(failureOf(next)).toBeUndefined();
	expect(outlets.chat.received).toHaveLength(1);
});

it('does not take for agreement what it had no calls left for', async () => {
	await unpaid();
	await unpaid();
	const workflow = await importNightly({ tellBy: 'chat', callLimit: 1 });
	const run = await runOnce(e2e, workflow);
	expect(failureOf(run)).toBeUndefined();
	expect(String(outlets.chat.received[0]?.body.text)).toContain('Not read:');
});

it('nobody to tell: the run ends in the error workflow instead of in silence', async () => {
	await unpaid();
	expect(failureOf(await runOnce(e2e, await importNightly({ tellBy: '' })))).toMatch(/Nobody is told/);
});

it('always sends where the settings say so, also when everything agrees', async () => {
	const run = await runOnce(e2e, await importNightly({ tellBy: 'email', sendWhen: 'always' }));
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
