/** Audit → Run and Exception → Find Open in n8n's engine, between both simulators. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../harness';
import { jsonOf, ReconciliationStage } from './stage';

jest.setTimeout(120_000);

let stage: ReconciliationStage;
beforeAll(async () => {
	stage = await ReconciliationStage.open();
});
beforeEach(async () => await stage.clear());
afterAll(async () => await stage.close());

const AT_ONCE = { allowedDays: { receivedNotInShopify: 0, statusConflict: 0, inspectedNotRestocked: 0, refundMissing: 0, approvedWithoutTracking: 0 } };

async function search(resource: 'audit' | 'exception', parameters: INodeParameters = {}, more: Partial<NodeRun> = {}) {
	const { outputs, error } = await stage.run(resource, resource === 'audit' ? 'run' : 'findOpen', { ...AT_ONCE, ...parameters }, more);
	const [findings = [], summary = []] = outputs.map((items) => jsonOf(items));
	return { findings, codes: findings.map(({ code }) => code), summary: summary[0] ?? {}, error, outputs };
}

describe.each(['audit', 'exception'] as const)('%s', (resource) => {
	it('finds what is stuck, says who has to do what, and is done when it is repaired', async () => {
		const { rmaId, orderId, orderName } = await stage.inspectedReturn();
		const first = await search(resource);
		expect(first.error).toBeUndefined();
		expect(first.codes).toEqual(['inspectedNotRestocked', 'refundMissing']);
		expect(first.findings[1]).toMatchObject({ incident: `refundMissing/${rmaId}`, rmaId, orderId, orderName, owner: 'finance', severity: 'critical', nextStep: expect.stringContaining('refund') as unknown });
		expect(first.summary).toMatchObject({ complete: true, agreeing: 0, findings: 2, byCode: { inspectedNotRestocked: 1, refundMissing: 1 }, byOwner: { finance: 1, warehouse: 1 }, notRead: [] });
		await stage.ask('mutation ($id: ID!) { tagsAdd(id: $id, tags: ["seen"]) { userErrors { message } } }', { id: orderId });
		await stage.setRmaStatus(rmaId, 'Canceled');
		const after = await search(resource);
		expect(after.codes).toEqual([]);
		expect(after.summary).toMatchObject({ findings: 0, complete: true });
	});

	it('finds the same under the same names when it runs again', async () => {
		await stage.inspectedReturn();
		const names = ({ findings }: { findings: IDataObject[] }) => findings.map(({ incident }) => incident);
		expect(names(await search(resource))).toEqual(names(await search(resource)));
	});

	it('tells of nothing that is within its days', async () => {
		await stage.inspectedReturn();
		expect((await search(resource, { allowedDays: {} })).codes).toEqual([]);
	});

	it('gives no rows and a summary for a store without returns', async () => {
		expect(await search(resource)).toMatchObject({ findings: [], error: undefined, summary: { findings: 0, agreeing: 0, complete: true } });
	});

	it('says what it did not look at when its calls are used up, and guesses nothing', async () => {
		await stage.inspectedReturn();
		await stage.inspectedReturn();
		const { summary, codes } = await search(resource, { callLimit: resource === 'audit' ? 4 : 3 });
		expect(summary.complete).toBe(false);
		expect(summary.notRead).toEqual([expect.stringContaining('calls to ReturnGO were used up')]);
		expect(codes.filter((code) => code !== 'callBudgetLow').length).toBeLessThan(4);
	});

	it('waits when Shopify asks for a slower pace, names what is refused, and goes on after a failed item', async () => {
		await stage.inspectedReturn();
		await stage.shopifyFault(resource === 'audit' ? 'currentAppInstallation' : 'order', { kind: 'throttled' });
		expect((await search(resource)).codes).toHaveLength(2);
		expect((await search(resource, {}, { credentials: stage.credentials({ apiKey: 'wrong' }) })).error?.message).toContain('ReturnGO refuses the key');
		expect((await search(resource, {}, { credentials: stage.credentials({ accessToken: 'wrong' }) })).error?.message).toBe('Shopify does not accept the credential');
		expect((await search(resource, { allowedDays: { inTransit: -1 } })).error?.message).toContain('In Transit is not a whole number');
		const both = await search(resource, { callLimit: '={{ $json.limit }}' as never }, { input: [{ limit: 'many' }, { limit: 50 }], continueOnFail: true });
		expect(both.error).toBeUndefined();
		expect(both.outputs[0]).toMatchObject([{ json: { code: 'invalidInput' }, pairedItem: { item: 0 } }, { pairedItem: { item: 1 } }, { pairedItem: { item: 1 } }]);
	});
});

describe('the store', () => {
	it('nearly uses up its calls: told by a run that makes nine tenths of them, and by no run that may make more', async () => {
		// A call that is asked to come again counts as well, and here each run must make as many as the one before.
		await stage.returnGo.setOptions({ perSecondLimit: 0 });
		await stage.inspectedReturn();
		await stage.inspectedReturn();
		const calls = ({ summary }: { summary: IDataObject }) => (summary.read as Array<{ name: string; count: number }>).find(({ name }) => name === 'Calls to ReturnGO')?.count ?? 0;
		const made = calls(await search('audit'));
		expect(made).toBeGreaterThan(2);
		const tight = await search('audit', { callLimit: made });
		expect([tight.summary.complete, calls(tight)]).toEqual([true, made]);
		expect(tight.findings[0]).toMatchObject({ code: 'callBudgetLow', incident: 'callBudgetLow/store', owner: 'integration', severity: 'warning', message: `This run made ${made} of the ${made} calls to ReturnGO that it may make.` });
		expect((await search('audit', { callLimit: made * 2 })).codes).not.toContain('callBudgetLow');
	});

	it('lacks a scope, and a subscription of an event', async () => {
		await stage.shopify.post('/__sim/apps', { clientId: 'poor', clientSecret: 'poor-secret', token: 'shpat_poor', scopes: ['read_orders', 'read_returns', 'read_products', 'read_locations', 'read_inventory', 'write_orders', 'write_returns'] });
		const expected = { eventAddress: 'https://n8n.example.com/', returnGoEvents: ['RMA_CREATED'], shopifyTopics: 'returns/approve' };
		const { findings } = await search('audit', { options: expected }, { credentials: stage.credentials({ accessToken: 'shpat_poor' }) });
		expect(findings).toMatchObject([
			{ code: 'scopeMissing', incident: 'scopeMissing/store', message: 'The app lacks write_inventory.' },
			{ code: 'webhookRegistrationLost', incident: 'webhookRegistrationLost/store/ReturnGO/RMA_CREATED' },
			{ code: 'webhookRegistrationLost', incident: 'webhookRegistrationLost/store/Shopify/RETURNS_APPROVE' },
		]);
	});

	it('needs an address to tell its subscriptions from others', async () => {
		expect((await search('audit', { options: { shopifyTopics: 'RETURNS_APPROVE' } })).error?.message).toContain('Event Address is empty');
	});

	it('has a second payer where ReturnGO refunds what this workflow should', async () => {
		const { rmaId } = await stage.inspectedReturn();
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/refund`);
		expect((await search('audit', { refundOwner: 'thisWorkflow' })).codes).toContain('returnGoAutoRefundActive');
		expect((await search('audit', { refundOwner: 'returnGo' })).codes).not.toContain('returnGoAutoRefundActive');
	});
});
