/** *Audit a store's returns*, as shipped: started by hand, it puts out a report and a table, and sends them where the settings say so. */
import { FLAGSHIP, Shop } from '../support/shop';
import { Mailbox } from '../support/mailbox';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';

const TEMPLATE = 'audit-a-stores-returns';
const START = 'When you start it';
const MONTH_MS = 30 * 86_400_000;

let e2e: E2e;
let shop: Shop;
let mailbox: Mailbox;
beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
beforeEach(async () => {
	mailbox = await Mailbox.open();
});
afterEach(async () => {
	await e2e.cleanUp();
	await mailbox.close();
});

async function importAudit(settings: Record<string, string | number | boolean> = {}): Promise<StoredWorkflow> {
	const credentials = await e2e.n8n.importCredentials([{ name: 'Mail', type: 'smtp', data: { user: '', password: '', host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true } }]);
	return await e2e.importDraft(TEMPLATE, { settings, credentials });
}

/** What the report says of settings that are empty. */
const NOT_CHECKED = [expect.stringContaining('eventAddress'), expect.stringContaining('bundleTable'), expect.stringContaining('deliveredParcels')];

const audit = async ({ id }: StoredWorkflow) => await e2e.n8n.executeWorkflow(id, START, 120_000);
const incidents = (execution: Execution) => itemsOf(execution, 'Audit the store').map(({ json }) => String(json.incident)).sort();

it('finds what was forgotten, puts out both files, and finds the same when it runs again', async () => {
	await e2e.returnGo.changeClock({ set: new Date(Date.now() - MONTH_MS).toISOString() });
	const { rmaId } = await shop.inspectedReturn(FLAGSHIP);
	await e2e.returnGo.changeClock({ set: new Date().toISOString() });
	const workflow = await importAudit();
	const first = await audit(workflow);
	expect(failureOf(first)).toBeUndefined();
	const found = itemsOf(first, 'Audit the store').map(({ json }) => json).filter((json) => json.rmaId === rmaId);
	expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['inspectedNotRestocked', 'refundMissing']));
	const [files] = itemsOf(first, 'Download the files');
	expect(Object.values(files?.binary ?? {}).map(({ fileName }) => fileName)).toEqual([expect.stringMatching(/^audit-[\d-]+\.html$/), 'audit.csv']);
	expect(mailbox.mails).toEqual([]);
	expect(incidents(await audit(workflow))).toEqual(incidents(first));
});

it('mails both files where the settings say so', async () => {
	await e2e.shopify.post('/__sim/admin/refund', await somebodysRefund());
	const run = await audit(await importAudit({ tellBy: 'email', emailFrom: 'audit@shop.example', emailTo: 'owner@shop.example' }));
	expect(failureOf(run)).toBeUndefined();
	expect(itemsOf(run, 'Audit the store').map(({ json }) => json.code)).toContain('refundWithoutRma');
	expect(mailbox.mails.map(({ to }) => to)).toEqual([['owner@shop.example']]);
	expect(mailbox.mails[0]?.text).toMatch(/filename="?audit-[\d-]+\.html[\s\S]*filename="?audit\.csv/);
});

it('a store without anything to find gives a report that says so', async () => {
	const run = await audit(await importAudit());
	expect(failureOf(run)).toBeUndefined();
	expect(itemsOf(run, 'Build the report').map(({ json }) => json.verdict)).toEqual(['Nothing needs anybody in what was read. Not everything was read.']);
	expect(itemsOf(run, 'Build the report')[0]?.json.notRead).toEqual(NOT_CHECKED);
});

it('looks for lost subscriptions, bundles and delivered parcels where the settings name them, and then nothing is left out', async () => {
	await e2e.returnGo.changeClock({ set: new Date(Date.now() - MONTH_MS).toISOString() });
	const placed = await shop.placeOrder(FLAGSHIP);
	const { rmaId } = await e2e.returnGo.post<{ rmaId: number }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 1 }] });
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/approve`, {});
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/ship`, {});
	await e2e.returnGo.changeClock({ set: new Date().toISOString() });
	const delivered = new Date(Date.now() - MONTH_MS / 2).toISOString();
	const run = await audit(await importAudit({ eventAddress: 'https://n8n.example.com/', returnGoEvents: 'RMA_CREATED, SHIPMENT_STATUS_UPDATED', shopifyTopics: 'RETURNS_APPROVE', bundleTable: '{"SET": {"CUP": 2}}', deliveredParcels: JSON.stringify({ [rmaId]: delivered }) }));
	expect(failureOf(run)).toBeUndefined();
	const found = incidents(run);
	for (const subscription of ['ReturnGO/RMA_CREATED', 'ReturnGO/SHIPMENT_STATUS_UPDATED', 'Shopify/RETURNS_APPROVE']) expect(found).toContain(`webhookRegistrationLost/store/${subscription}`);
	expect(found).toContain(`deliveredNotReceived/${rmaId}`);
	expect(itemsOf(run, 'Build the report')[0]?.json.notRead).toEqual([]);
});

it('ReturnGO does not answer, and the mail server refuses: the run says so instead of calling it an audit', async () => {
	await e2e.returnGo.addFaults({ match: { operation: 'GET /rmas' }, action: { kind: 'status', status: 403 }, times: -1 });
	expect(failureOf(await audit(await importAudit()))).toMatch(/Audit the store: .*ReturnGO refuses the key/s);
	await e2e.returnGo.clearFaults();
	mailbox.refused.add('owner@shop.example');
	const run = await audit(await importAudit({ tellBy: 'email', emailFrom: 'audit@shop.example', emailTo: 'owner@shop.example' }));
	expect(failureOf(run)).toMatch(/Send the report: /);
});

it('names what it had no calls left for', async () => {
	for (let index = 0; index < 3; index += 1) await shop.inspectedReturn(FLAGSHIP);
	const run = await audit(await importAudit({ callLimit: 4 }));
	expect(failureOf(run)).toBeUndefined();
	expect(itemsOf(run, 'Build the report')[0]?.json.notRead).toEqual([expect.stringContaining('not looked at'), ...NOT_CHECKED]);
});

async function somebodysRefund(): Promise<object> {
	const { orderId, lineItemIds } = await shop.placeOrder(FLAGSHIP);
	return { orderId, lines: [{ lineItemId: lineItemIds[0], quantity: 1, restock: true }] };
}
