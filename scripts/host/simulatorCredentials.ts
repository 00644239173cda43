/** The credentials with which n8n reaches the simulators. */
import type { CredentialInput } from './n8n';

/** The simulators' own invented access data; see docs/simulators.md. */
const SHOP_DOMAIN = 'sim-shop.myshopify.com';
const RETURNGO_KEY = 'rg_sim_key';
const SHOPIFY_TOKEN = 'shpat_sim_full';
const SHOPIFY_SECRET = 'sim-full-secret';

/** Under these names the simulators' request logs list who uses those credentials. */
export const N8N_ACTORS = { shopify: 'Custom app', returnGo: 'owner 1' };

/** What a consultant would type into n8n's credential forms for a real store. */
export function simulatorCredentials({ shopifyUrl, returnGoUrl }: { shopifyUrl: string; returnGoUrl: string }): CredentialInput[] {
	return [
		{ name: 'ReturnGO', type: 'returnGoApi', data: { apiKey: RETURNGO_KEY, storeDomain: SHOP_DOMAIN, baseUrl: returnGoUrl } },
		{ name: 'Shopify', type: 'shopifyReturnsApi', data: { shopDomain: shopifyUrl, authentication: 'accessToken', accessToken: SHOPIFY_TOKEN, apiSecretKey: SHOPIFY_SECRET } },
	];
}
