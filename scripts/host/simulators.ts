/** Both simulators in this process, and the credentials with which n8n reaches them. */
import { startReturnGoSimulator } from '../../simulators/returngo';
import { startShopifySimulator } from '../../simulators/shopify';
import type { CredentialInput } from './n8n';

/** The simulators' own invented access data; see docs/simulators.md. */
const SHOP_DOMAIN = 'sim-shop.myshopify.com';
const RETURNGO_KEY = 'rg_sim_key';
const SHOPIFY_TOKEN = 'shpat_sim_full';

export interface RunningSimulators {
	shopifyUrl: string;
	returnGoUrl: string;
	close(): Promise<void>;
}

export async function startSimulators(seed: number): Promise<RunningSimulators> {
	const shopify = await startShopifySimulator({ port: 0, seed });
	try {
		const returnGo = await startReturnGoSimulator({ port: 0, seed, shopifyUrl: shopify.url });
		return {
			shopifyUrl: shopify.url,
			returnGoUrl: returnGo.url,
			close: async () => {
				await returnGo.close();
				await shopify.close();
			},
		};
	} catch (error) {
		await shopify.close();
		throw error;
	}
}

/** What a consultant would type into n8n's credential forms for a real store. */
export function simulatorCredentials({ shopifyUrl, returnGoUrl }: Pick<RunningSimulators, 'shopifyUrl' | 'returnGoUrl'>): CredentialInput[] {
	return [
		{ name: 'ReturnGO', type: 'returnGoApi', data: { apiKey: RETURNGO_KEY, storeDomain: SHOP_DOMAIN, baseUrl: returnGoUrl } },
		{ name: 'Shopify', type: 'shopifyReturnsApi', data: { shopDomain: shopifyUrl, authentication: 'accessToken', accessToken: SHOPIFY_TOKEN } },
	];
}
