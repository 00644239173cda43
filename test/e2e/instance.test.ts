/** What every scenario relies on: templates go live and away completely, credentials work, and a crashed n8n comes back with its webhooks. */
import { simulatorCredentials } from '../../scripts/host/simulatorCredentials';
import { templateNames } from '../../scripts/host/templates';
import { unknownParameters } from '../../scripts/templates/parameters';
import { readTemplates } from '../../scripts/templates/template';
import { E2e } from './harness';

interface ReturnGoState {
	webhooks: Array<{ url: string; eventName: string }>;
}

let e2e: E2e;
beforeAll(async () => {
	e2e = await E2e.connect();
});
afterEach(async () => {
	await e2e.cleanUp();
});

describe('the instance under test', () => {
	it('passes the test of both credentials', async () => {
		const results = await Promise.all(
			simulatorCredentials({ shopifyUrl: e2e.shopify.url, returnGoUrl: e2e.returnGo.url }).map(async ({ type, data }) => {
				const reference = e2e.credentials[type];
				return reference ? await e2e.n8n.rest.testCredential({ ...reference, type, data }) : undefined;
			}),
		);
		expect(results.map((result) => result?.status)).toEqual(['OK', 'OK']);
	});

	it('has every node and every parameter that the templates use, n8n’s own and ours', async () => {
		const types = await e2e.n8n.rest.nodeTypes();
		expect(readTemplates().flatMap((template) => unknownParameters(template, types, () => true).map((finding) => `${template.file}: ${finding}`))).toEqual([]);
	});

	it('publishes every template of the package as it is shipped, once each node has the credential that it asks for', async () => {
		const credentials = await e2e.n8n.importCredentials([
			{ name: 'Mail', type: 'smtp', data: { user: '', password: '', host: '127.0.0.1', port: 9, secure: false, disableStartTls: true } },
			{ name: 'Signature', type: 'crypto', data: { hmacSecret: 'invented' } },
			{ name: 'Key', type: 'httpHeaderAuth', data: { name: 'x-key', value: 'invented' } },
			{ name: 'Sign-in', type: 'httpBasicAuth', data: { user: 'dock', password: 'invented' } },
		]);
		const names = await templateNames();
		expect(names).toEqual(expect.arrayContaining(['post-the-refund-after-inspection', 'restock-after-inspection']));
		const startedByHand: string[] = [];
		for (const name of names) {
			const draft = await e2e.importDraft(name, { credentials });
			if (draft.nodes.some(({ type }) => type === 'n8n-nodes-base.manualTrigger')) startedByHand.push(name);
			else await e2e.n8n.publish(draft.id);
			expect((await e2e.n8n.rest.workflow(draft.id)).active).toBe(!startedByHand.includes(name));
		}
		expect(startedByHand).toEqual(['audit-a-stores-returns']);
	});

	it('registers a published trigger with ReturnGO at an address of its own, and removes it again', async () => {
		await e2e.importTemplate('restock-after-inspection');
		await e2e.importTemplate('restock-after-inspection');
		const { webhooks } = await e2e.returnGo.state<ReturnGoState>();
		const addresses = new Set(webhooks.map(({ url }) => new URL(url).pathname));
		expect(addresses.size).toBe(2);
		expect(webhooks.every(({ url }) => url.startsWith(`${e2e.n8n.url}/webhook/`))).toBe(true);

		await e2e.removeWorkflows();
		expect((await e2e.returnGo.state<ReturnGoState>()).webhooks).toEqual([]);
	});

	it('names the trigger and the reason when a template cannot be published', async () => {
		await e2e.returnGo.addFaults({ match: { operation: 'GET /webhooks' }, times: -1, action: { kind: 'status', status: 403, body: { message: 'Forbidden' } } });
		await expect(e2e.importTemplate('restock-after-inspection')).rejects.toThrow(/could not publish "Restock after inspection"\. When a return changes in ReturnGO: .+/);
	});

	it('hears ReturnGO again after n8n was killed and started', async () => {
		const workflow = await e2e.importTemplate('restock-after-inspection');
		await e2e.n8n.kill();
		expect(e2e.n8n.pid).toBeUndefined();
		await e2e.n8n.start();

		const rma = await e2e.returnGo.post<{ rmaId: number }>('/__sim/rmas', {
			withoutShopifyOrder: true,
			orderId: '5100000001',
			orderName: '#1001',
			units: [{ lineItemId: '7100000001', price: { amount: 10, currency: 'USD' }, sku: 'MUG-BLUE', title: 'Mug, blue' }],
		});
		await e2e.returnGo.post(`/__sim/rmas/${rma.rmaId}/approve`);
		const [execution] = await e2e.n8n.waitForExecutions(workflow.id, 1);
		expect(execution?.mode).toBe('webhook');
		expect(execution?.status).toBe('success');
		expect((await e2e.returnGo.webhookDeliveries()).map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['delivered']));
	});
});
