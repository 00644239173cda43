/** A small stage for settlement tests: both simulators, one order, one RMA, and our two nodes run in n8n's engine against them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { startShopifySimulator } from '../../../simulators/shopify';
import { Shop } from '../../support/shop';
import { askTool, runNode, type NodeRunResult, type NodeSetup } from '../harness';

type ShopifySimulator = Awaited<ReturnType<typeof startShopifySimulator>>;

export interface Answer {
	settled: IDataObject[];
	attention: IDataObject[];
	result: NodeRunResult;
}

export class Stage extends Shop {
	/** GID of the location that restocks go to. */
	locationId = '';

	/** The app's secret in the node's credential. */
	apiSecretKey = 'an-invented-app-secret';

	private constructor(
		private readonly shopifySimulator: ShopifySimulator,
		private readonly returnGoSimulator: ReturnGoSimulator,
	) {
		super(new SimulatorControl(shopifySimulator.url), new SimulatorControl(returnGoSimulator.url));
	}

	static async open(): Promise<Stage> {
		const shopify = await startShopifySimulator({ port: 0, seed: 7 });
		const stage = new Stage(shopify, await startReturnGoSimulator({ port: 0, seed: 7, shopifyUrl: shopify.url }));
		stage.locationId = await stage.firstLocation();
		return stage;
	}

	async close(): Promise<void> {
		await this.returnGoSimulator.close();
		await this.shopifySimulator.close();
	}

	async clear(): Promise<void> {
		await this.shopify.clearFaults();
		await this.shopify.reset();
		await this.returnGo.reset();
	}

	/** The RMA as our ReturnGO node reads it. */
	async readRma(rmaId: string): Promise<IDataObject> {
		const { outputs, error } = await runNode({
			node: ReturnGo,
			parameters: { resource: 'rma', operation: 'get', rmaId: { __rl: true, mode: 'id', value: rmaId } },
			credentials: { returnGoApi: { apiKey: this.returnGoSimulator.apiKey, storeDomain: this.returnGoSimulator.shopDomain, baseUrl: this.returnGoSimulator.url } },
			credentialTypes: [new ReturnGoApi()],
		});
		if (error) throw error;
		return outputs[0]?.[0]?.json ?? {};
	}

	async refund(rma: IDataObject | string, parameters: INodeParameters = {}): Promise<Answer> {
		return await this.run('refund', 'post', rma, parameters);
	}

	async restock(rma: IDataObject | string, parameters: INodeParameters = {}): Promise<Answer> {
		return await this.run('restock', 'execute', rma, { locationId: this.location(), ...parameters });
	}

	async process(rma: IDataObject | string, parameters: INodeParameters = {}): Promise<Answer> {
		return await this.run('return', 'process', rma, { locationId: this.location(), ...parameters });
	}

	async run(resource: string, operation: string, rma: IDataObject | string, parameters: INodeParameters = {}, token = 'shpat_sim_full'): Promise<Answer> {
		return await this.runAll(resource, operation, [typeof rma === 'string' ? await this.readRma(rma) : rma], parameters, token);
	}

	/** One execution of the node with several items; with an execution's id, one round of a loop in it. */
	async runAll(resource: string, operation: string, rmas: IDataObject[], parameters: INodeParameters = {}, token = 'shpat_sim_full', executionId?: string): Promise<Answer> {
		const result = await runNode({ ...this.setup(resource, operation, parameters, token), input: rmas, continueOnFail: true, ...(executionId === undefined ? {} : { executionId }) });
		const [settled = [], attention = []] = result.outputs;
		return { settled: settled.map((item) => item.json), attention: attention.map((item) => item.json), result };
	}

	/** What an agent is told that uses the node as its tool. */
	async asTool(resource: string, operation: string, rma: IDataObject | string, parameters: INodeParameters = {}): Promise<IDataObject[]> {
		return await askTool({ ...this.setup(resource, operation, { allowAsTool: true, ...parameters }, 'shpat_sim_full'), input: typeof rma === 'string' ? await this.readRma(rma) : rma });
	}

	private setup(resource: string, operation: string, parameters: INodeParameters, token: string): NodeSetup {
		return {
			node: ShopifyReturns,
			parameters: { resource, operation, rma: '={{ $json }}', ...parameters },
			credentials: { shopifyReturnsApi: { shopDomain: this.shopifySimulator.url, authentication: 'accessToken', accessToken: token, apiSecretKey: this.apiSecretKey } },
			credentialTypes: [new ShopifyReturnsApi()],
		};
	}

	private location(): INodeParameters {
		return { __rl: true, mode: 'id', value: this.locationId } as unknown as INodeParameters;
	}
}
