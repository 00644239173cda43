/** 10,000 returns are reconciled with at most 100 calls to ReturnGO, whatever of them is open or has to be looked at closely. */
import type * as Workflow from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { startBenchServer } from '../../../bench/reconcile/server';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ReturnsReconciliation } from '../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { runNode } from '../harness';

jest.setTimeout(120_000);

/** The pauses between calls are of no interest here. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof Workflow>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 50) };
});

it('10,000 RMAs: at most 100 calls, complete, and every order that needs somebody on a line', async () => {
	const server = await startBenchServer(10_000);
	const { outputs, error } = await runNode({
		node: ReturnsReconciliation,
		credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
		credentials: { returnGoApi: { apiKey: 'key', storeDomain: 'bench.myshopify.com', baseUrl: server.origin }, shopifyReturnsApi: { shopDomain: server.origin, authentication: 'accessToken', accessToken: 'shpat_bench' } },
		parameters: { resource: 'reconciliation', operation: 'run', since: '2025-12-31T00:00:00Z', options: { callLimit: 2000 } } as never,
	});
	server.close();
	if (error) throw error;
	const summary = outputs[1]?.[0]?.json ?? {};
	const count = (name: string) => (summary.read as Array<{ name: string; count: number }>).find((entry) => entry.name === name)?.count ?? 0;
	expect(summary).toMatchObject({ complete: true, totalsAgree: true, linesByCode: { refundMissing: 5, refundOutsideReturns: 50, valueMismatch: 95 } });
	// Paid by a person or not at all: only these cannot be decided without their details.
	expect(summary.linesByClass).toEqual({ matched: 8850, onlyInReturnGo: 5, onlyInShopify: 50, pending: 1000, valueDiffers: 95 });
	expect(count('RMAs in detail')).toBe(15);
	expect(count('Calls to ReturnGO')).toBeLessThanOrEqual(100);
	expect((outputs[0] ?? []).map(({ json }) => json as IDataObject).filter(({ code }) => code === 'notRead')).toEqual([]);
});
