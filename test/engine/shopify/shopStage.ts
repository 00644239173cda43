/** The node at the simulated shop: orders and returns are made over the API by another app, the node's own requests are counted. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startShopifySimulator } from '../../../simulators/shopify';
import { Shop, type Placed } from '../../support/shop';
import { runNode, type CredentialData, type NodeRun, type NodeRunResult } from '../harness';

export type Action = { kind: string; status?: number; ms?: number };

export class ShopStage {
	private constructor(
		private readonly simulator: Awaited<ReturnType<typeof startShopifySimulator>>,
		readonly shop: Shop,
		private readonly resource: string,
	) {}

	/** @param resource the node's resource that `run` uses unless told otherwise */
	static async open(resource: string): Promise<ShopStage> {
		const simulator = await startShopifySimulator({ port: 0, seed: 23 });
		const control = new SimulatorControl(simulator.url);
		return new ShopStage(simulator, new Shop(control, control), resource);
	}

	async reset(): Promise<void> {
		await this.shop.shopify.clearFaults();
		await this.shop.shopify.reset();
	}

	async close(): Promise<void> {
		await this.simulator.close();
	}

	credentials(accessToken = 'shpat_sim_full'): CredentialData {
		return { shopifyReturnsApi: { shopDomain: this.simulator.url, authentication: 'accessToken', accessToken } };
	}

	async run(operation: string, parameters: INodeParameters, more: Partial<NodeRun> = {}): Promise<NodeRunResult> {
		return await runNode({ node: ShopifyReturns, credentialTypes: [new ShopifyReturnsApi()], credentials: this.credentials(), parameters: { resource: this.resource, operation, ...parameters }, ...more });
	}

	/** How often the node sent a mutation or query with this root field. */
	async sent(field: string): Promise<number> {
		return (await this.shop.shopifyRequests(field)).length;
	}

	async fault(field: string, action: Action, times = 1): Promise<void> {
		await this.shop.shopify.post('/__sim/faults', { match: { operation: field }, times, action });
	}

	/** A return for some pieces of the order's first line, open or only requested. */
	async makeReturn(order: Placed, status: 'OPEN' | 'REQUESTED' = 'OPEN', quantity = 2): Promise<{ id: string; name: string; lineId: string }> {
		const { returnableFulfillments } = await this.shop.ask<{ returnableFulfillments: { nodes: Array<{ returnableFulfillmentLineItems: { nodes: Array<{ fulfillmentLineItem: { id: string } }> } }> } }>(
			'query ($id: ID!) { returnableFulfillments(orderId: $id, first: 1) { nodes { returnableFulfillmentLineItems(first: 1) { nodes { fulfillmentLineItem { id } } } } } }',
			{ id: order.orderId },
		);
		const lines = [{ fulfillmentLineItemId: returnableFulfillments.nodes[0]?.returnableFulfillmentLineItems.nodes[0]?.fulfillmentLineItem.id, quantity, returnReason: 'UNKNOWN' }];
		const [field, type, argument] = status === 'OPEN' ? ['returnCreate', 'ReturnInput', 'returnInput'] : ['returnRequest', 'ReturnRequestInput', 'input'];
		const answer = await this.shop.ask<Record<string, { return: { id: string; name: string; returnLineItems: { nodes: Array<{ id: string }> } }; userErrors: Array<{ message: string }> }>>(
			`mutation ($input: ${type}!) { ${field}(${argument}: $input) { return { id name returnLineItems(first: 1) { nodes { id } } } userErrors { message } } }`,
			{ input: { orderId: order.orderId, returnLineItems: lines } },
		);
		const made = answer[field ?? '']?.return;
		if (made === undefined) throw new Error(JSON.stringify(answer));
		return { id: made.id, name: made.name, lineId: made.returnLineItems.nodes[0]?.id ?? '' };
	}

	/** What the shop itself says of a return. */
	async statusOf(id: string): Promise<{ status: string; totalQuantity: number }> {
		return (await this.shop.ask<{ return: { status: string; totalQuantity: number } }>('query ($id: ID!) { return(id: $id) { status totalQuantity } }', { id })).return;
	}

	/** One step of a return by somebody else, e.g. `returnClose`. */
	async step(field: string, id: string): Promise<void> {
		await this.shop.ask(`mutation ($id: ID!) { ${field}(id: $id) { userErrors { message } } }`, { id });
	}
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
export const items = (output: INodeExecutionData[] | undefined): IDataObject[] => (output ?? []).map((item) => item.json);
export const first = (output: INodeExecutionData[] | undefined): IDataObject => output?.[0]?.json ?? {};
