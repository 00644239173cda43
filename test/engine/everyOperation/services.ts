/** Both simulators for one test file, the credentials that lead to them, and what may never be seen outside of a credential. */
import type { IDataObject } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { startShopifySimulator } from '../../../simulators/shopify';
import { Shop, type Placed } from '../../support/shop';
import { runNode, type CredentialData } from '../harness';

type ShopifySimulator = Awaited<ReturnType<typeof startShopifySimulator>>;

export type ServiceName = 'ReturnGO' | 'Shopify';

export interface Keys {
	apiKey?: string;
	accessToken?: string;
}

const ACCESS_TOKEN = 'shpat_sim_full';
/** With it Shopify signs its messages to n8n's app. */
export const API_SECRET_KEY = 'sim-full-secret';
/** Keys that neither service knows. */
export const WRONG_KEYS: Record<ServiceName, Required<Keys>[keyof Keys]> = { ReturnGO: 'rg_nobodys_key', Shopify: 'shpat_nobodys_token' };
const POOR_TOKEN = 'shpat_without_access';

export class Services extends Shop {
	readonly credentialTypes = [new ReturnGoApi(), new ShopifyReturnsApi()];

	private constructor(
		private readonly shopifySimulator: ShopifySimulator,
		private readonly returnGoSimulator: ReturnGoSimulator,
	) {
		super(new SimulatorControl(shopifySimulator.url), new SimulatorControl(returnGoSimulator.url));
	}

	/** ReturnGO's limits of calls are off: only a limit that a cell asks for applies. */
	static async open(): Promise<Services> {
		const shopify = await startShopifySimulator({ port: 0, seed: 41 });
		return new Services(shopify, await startReturnGoSimulator({ port: 0, seed: 41, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } }));
	}

	async reset(): Promise<void> {
		await this.clearFaults();
		await this.shopify.reset();
		await this.returnGo.reset();
	}

	async close(): Promise<void> {
		await this.returnGoSimulator.close();
		await this.shopifySimulator.close();
	}

	control(service: ServiceName): SimulatorControl {
		return service === 'Shopify' ? this.shopify : this.returnGo;
	}

	async clearFaults(): Promise<void> {
		await this.shopify.clearFaults();
		await this.returnGo.clearFaults();
		await this.shopify.clearWebhookFaults();
		await this.returnGo.clearWebhookFaults();
	}

	/** Credential data for the node's credentials, with other keys where they are given. */
	credentials(names: readonly string[], keys: Keys = {}): CredentialData {
		const all: CredentialData = {
			returnGoApi: { apiKey: keys.apiKey ?? this.returnGoSimulator.apiKey, storeDomain: this.returnGoSimulator.shopDomain, baseUrl: this.returnGoSimulator.url },
			shopifyReturnsApi: { shopDomain: this.shopifySimulator.url, authentication: 'accessToken', accessToken: keys.accessToken ?? ACCESS_TOKEN, apiSecretKey: API_SECRET_KEY },
		};
		return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
	}

	/** Keys, tokens, and the codes of all gift cards that exist by now. */
	async secrets(): Promise<string[]> {
		const { giftCards } = await this.shopify.state<{ giftCards: Array<{ code: string }> }>();
		return [this.returnGoSimulator.apiKey, ACCESS_TOKEN, API_SECRET_KEY, POOR_TOKEN, ...Object.values(WRONG_KEYS), ...giftCards.map(({ code }) => code)];
	}

	/** The token of an app that was granted these scopes only. */
	async tokenWith(scopes: readonly string[]): Promise<string> {
		await this.shopify.post('/__sim/apps', { clientId: 'poor', clientSecret: 'poor-secret', token: POOR_TOKEN, scopes });
		return POOR_TOKEN;
	}

	/** The return request as ReturnGO itself keeps it. */
	async request(rmaId: string): Promise<RequestAtReturnGo> {
		return await this.returnGo.get(`/__sim/rmas/${rmaId}`);
	}

	/** A return request that is approved, with its parcel still at the customer. */
	async approvedRequest(): Promise<Placed & { rmaId: string; shipmentId: string }> {
		const placed = await this.placeOrder();
		const { rmaId } = await this.returnGo.post<{ rmaId: number | string }>('/__sim/rmas', { orderId: placed.orderId, units: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }], autoApprove: true });
		const { details } = await this.request(String(rmaId));
		return { ...placed, rmaId: String(rmaId), shipmentId: details.shipments[0]?.shipmentId ?? '' };
	}

	/** A return as a person in the admin makes it, for two pieces of the order's first line. */
	async makeReturn(placed: Placed, status: 'OPEN' | 'REQUESTED' = 'OPEN'): Promise<string> {
		const { returnableFulfillments } = await this.ask<{ returnableFulfillments: { nodes: Array<{ returnableFulfillmentLineItems: { nodes: Array<{ fulfillmentLineItem: { id: string } }> } }> } }>(
			'query ($id: ID!) { returnableFulfillments(orderId: $id, first: 1) { nodes { returnableFulfillmentLineItems(first: 1) { nodes { fulfillmentLineItem { id } } } } } }',
			{ id: placed.orderId },
		);
		const returnLineItems = [{ fulfillmentLineItemId: returnableFulfillments.nodes[0]?.returnableFulfillmentLineItems.nodes[0]?.fulfillmentLineItem.id, quantity: 2, returnReason: 'UNKNOWN' }];
		const [field, type, argument] = status === 'OPEN' ? ['returnCreate', 'ReturnInput', 'returnInput'] : ['returnRequest', 'ReturnRequestInput', 'input'];
		const answer = await this.ask<Record<string, { return: { id: string } | null }>>(`mutation ($input: ${type}!) { ${field}(${argument}: $input) { return { id } userErrors { message } } }`, { input: { orderId: placed.orderId, returnLineItems } });
		const made = answer[String(field)]?.return;
		if (!made) throw new Error(`The return could not be made: ${JSON.stringify(answer)}`);
		return made.id;
	}

	/** The return request as our ReturnGO node reads it. */
	async readRma(rmaId: string): Promise<IDataObject> {
		const { outputs, error } = await runNode({ node: ReturnGo, parameters: { resource: 'rma', operation: 'get', rmaId: { __rl: true, mode: 'id', value: rmaId } }, credentials: this.credentials(['returnGoApi']), credentialTypes: this.credentialTypes });
		if (error) throw error;
		return outputs[0]?.[0]?.json ?? {};
	}

	/** A mutation by somebody else, which has to be accepted. */
	async mutate(mutation: string, variables: object): Promise<void> {
		const answer = await this.ask<Record<string, { userErrors: unknown[] }>>(mutation, variables);
		const refusals = Object.values(answer).flatMap(({ userErrors }) => userErrors);
		if (refusals.length > 0) throw new Error(`Shopify did not accept it: ${JSON.stringify(refusals)}`);
	}
}

export interface RequestAtReturnGo {
	status: string;
	details: {
		rmaSummary: { status: string };
		shipments: Array<{ shipmentId: string; status: string; trackingNumber: string | null }>;
		comments: Array<{ htmlText: string }>;
		transactions: Array<{ id: number; status: string }>;
	};
}
