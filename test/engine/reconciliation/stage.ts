/** The Returns Reconciliation node between both simulators; requests of the two sides are counted by the simulators themselves. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ReturnsReconciliation } from '../../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { startShopifySimulator } from '../../../simulators/shopify';
import { Shop } from '../../support/shop';
import { runNode, type CredentialData, type NodeRun, type NodeRunResult } from '../harness';

type ShopifySimulator = Awaited<ReturnType<typeof startShopifySimulator>>;

export class ReconciliationStage extends Shop {
	private constructor(
		private readonly shopifySimulator: ShopifySimulator,
		private readonly returnGoSimulator: ReturnGoSimulator,
	) {
		super(new SimulatorControl(shopifySimulator.url), new SimulatorControl(returnGoSimulator.url));
	}

	static async open(): Promise<ReconciliationStage> {
		const shopify = await startShopifySimulator({ port: 0, seed: 31 });
		return new ReconciliationStage(shopify, await startReturnGoSimulator({ port: 0, seed: 31, shopifyUrl: shopify.url }));
	}

	async clear(): Promise<void> {
		await this.shopify.clearFaults();
		await this.returnGo.clearFaults();
		await this.shopify.reset();
		await this.returnGo.reset();
	}

	async close(): Promise<void> {
		await this.returnGoSimulator.close();
		await this.shopifySimulator.close();
	}

	credentials(keys: { apiKey?: string; accessToken?: string } = {}): CredentialData {
		return {
			returnGoApi: { apiKey: keys.apiKey ?? this.returnGoSimulator.apiKey, storeDomain: this.returnGoSimulator.shopDomain, baseUrl: this.returnGoSimulator.url },
			shopifyReturnsApi: { shopDomain: this.shopifySimulator.url, authentication: 'accessToken', accessToken: keys.accessToken ?? 'shpat_sim_full' },
		};
	}

	async run(resource: string, operation: string, parameters: INodeParameters = {}, more: Partial<NodeRun> = {}): Promise<NodeRunResult> {
		return await runNode({
			node: ReturnsReconciliation,
			credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
			credentials: this.credentials(),
			parameters: { resource, operation, ...parameters },
			...more,
		});
	}

	/** How often the node sent a query or mutation with this root field. */
	async sent(field: string): Promise<number> {
		return (await this.shopifyRequests(field)).length;
	}

	async shopifyFault(field: string, action: { kind: string; status?: number }, times = 1): Promise<void> {
		await this.shopify.post('/__sim/faults', { match: { operation: field }, times, action });
	}
}

export const jsonOf = (output: INodeExecutionData[] | undefined): IDataObject[] => (output ?? []).map((item) => item.json);
