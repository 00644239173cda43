/** *Report a workflow error* as shipped, chosen as the error workflow of another template: one readable message per incident, by chat or e-mail. */
import { Mailbox } from '../support/mailbox';
import { Receiver } from '../support/receiver';
import { Shop } from '../support/shop';
import { E2e, failureOf, type StoredWorkflow } from './harness';

const REFUND = 'post-the-refund-after-inspection';
const REPORT = 'report-a-workflow-error';

let e2e: E2e;
let shop: Shop;
let channel: Receiver;
let mailbox: Mailbox;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
beforeEach(async () => {
	channel = await Receiver.open();
	mailbox = await Mailbox.open();
});
afterEach(async () => {
	await e2e.cleanUp();
	await channel.close();
	await mailbox.close();
});

/** The refund template with the report as its error workflow, as a consultant chooses it in the workflow's settings. */
async function publishBoth(report: Record<string, string | number>, refund: Record<string, string> = {}): Promise<{ report: StoredWorkflow; refund: StoredWorkflow }> {
	const smtp = (await e2e.n8n.importCredentials([{ name: 'Mail', type: 'smtp', data: { user: '', password: '', host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true } }])).smtp;
	const reporting = await e2e.importTemplate(REPORT, { settings: report, ...(smtp ? { credentials: { smtp } } : {}) });
	const refunding = await e2e.importDraft(REFUND, { settings: refund });
	await e2e.n8n.rest.updateWorkflow(refunding.id, { settings: { executionOrder: 'v1', errorWorkflow: reporting.id } });
	await e2e.n8n.publish(refunding.id);
	return { report: reporting, refund: refunding };
}

async function rest(): Promise<void> {
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
}

async function notify(rmaId: string): Promise<void> {
	await e2e.returnGo.post('/__sim/webhooks/send', { eventName: 'RMA_STATUS_UPDATED', body: { eventName: 'RMA_STATUS_UPDATED', rmaId } });
}

const byChat = () => ({ tellBy: 'chat', chatUrl: channel.url, shopName: 'Example shop' });
const messages = () => channel.received.map(({ body }) => String(body.text));

it('a case for a person: one message with title, RMA, owner, next step and a link to the execution; the same incident again sends none', async () => {
	const { refund } = await publishBoth(byChat(), { maximumAmount: '50' });
	const { rmaId, orderName } = await shop.inspectedReturn();
	await rest();
	expect(messages()).toHaveLength(1);
	const [message = ''] = messages();
	expect(message).toMatch(/^Example shop: Refund is above the limit/);
	expect(message).toContain(`(RMA${rmaId}, order ${orderName})`);
	expect(message).toMatch(/Owner: finance\nNext step: Approve it by hand.*\nCode: capExceeded/);
	expect(message).toMatch(new RegExp(`Workflow: Post the refund after inspection\\nNode: Hand over to a person\\nExecution: ${e2e.n8n.url}/workflow/${refund.id}/executions/\\d+`));

	await e2e.returnGo.redeliver('RMA_STATUS_UPDATED');
	await rest();
	expect((await e2e.n8n.executions(refund.id)).filter(({ status }) => status === 'error').length).toBeGreaterThanOrEqual(2);
	expect(messages()).toHaveLength(1);

	const another = await shop.inspectedReturn();
	await rest();
	expect(messages()).toHaveLength(2);
	expect(messages()[1]).toContain(`RMA${another.rmaId}`);
});

it('by e-mail, to everybody who is named', async () => {
	await publishBoth({ tellBy: 'email', emailFrom: 'returns@shop.example', emailTo: 'finance@shop.example, cx@shop.example' }, { maximumAmount: '50' });
	const { rmaId } = await shop.inspectedReturn();
	await rest();
	expect(mailbox.mails).toHaveLength(1);
	expect(mailbox.mails[0]).toMatchObject({ from: 'returns@shop.example', to: ['finance@shop.example', 'cx@shop.example'] });
	expect(mailbox.mails[0]?.text).toContain(`Subject: Refund is above the limit (RMA${rmaId}`);
	expect(mailbox.mails[0]?.text).toContain('Next step: Approve it by hand');
});

it('a workflow that cannot go on for another reason is told in n8n’s own words', async () => {
	const { refund } = await publishBoth(byChat());
	const draft = await e2e.n8n.rest.workflow(refund.id);
	const nodes = draft.nodes.map((node) => (node.name === 'Is a refund due?' ? { ...node, parameters: { ...node.parameters, conditions: { ...(node.parameters.conditions as object), conditions: [{ id: 'x', leftValue: "={{ 'a text' }}", rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } }] } } } : node));
	await e2e.n8n.rest.updateWorkflow(refund.id, { nodes });
	await e2e.n8n.publish(refund.id);
	await shop.inspectedReturn();
	await rest();
	expect(messages()).toHaveLength(1);
	expect(messages()[0]).toMatch(/^Example shop: Post the refund after inspection could not go on\n\n.+\n\nWorkflow: .*\nNode: Is a refund due\?\nExecution: http/s);
});

it('as shipped, with nobody chosen, and with a channel that does not answer, the message stays as a failed execution', async () => {
	const { report } = await publishBoth({}, { maximumAmount: '50' });
	await shop.inspectedReturn();
	await rest();
	const unsent = await e2e.waitForExecution(report.id, (execution) => execution.status === 'error');
	expect(failureOf(unsent)).toMatch(/Nobody is told: .*capExceeded/s);
	await e2e.removeWorkflows();

	channel.status = 500;
	const second = await publishBoth(byChat(), { maximumAmount: '50' });
	const { rmaId } = await shop.inspectedReturn();
	await rest();
	const refused = await e2e.waitForExecution(second.report.id, (execution) => execution.status === 'error');
	expect(failureOf(refused)).toMatch(/The message was not sent: .*500.*It says: Example shop: Refund is above the limit/s);

	// What nobody was told is told as soon as it can be.
	channel.status = 200;
	channel.received.splice(0);
	await notify(rmaId);
	await rest();
	expect(messages()).toHaveLength(1);
	expect(messages()[0]).toContain('Refund is above the limit');
});

it('reports of one incident at the same moment give one message, and none of them is lost among others', async () => {
	const { report } = await publishBoth(byChat(), { maximumAmount: '50' });
	const first = await shop.inspectedReturn();
	const second = await shop.inspectedReturn();
	await Promise.all([first, second].flatMap(({ rmaId }) => Array.from({ length: 3 }, async () => await notify(rmaId))));
	await rest();
	const reports = await e2e.n8n.executions(report.id);
	expect(reports.length).toBeGreaterThan(4);
	expect(reports.every(({ status }) => status === 'success')).toBe(true);
	expect(messages()).toHaveLength(2);
	for (const { rmaId } of [first, second]) expect(messages().filter((message) => message.includes(`RMA${rmaId}`))).toHaveLength(1);
});
