/** How the nodes prove themselves to one Shopify store. */
import type { IAuthenticateGeneric, ICredentialDataDecryptedObject, ICredentialType, IDataObject, IHttpRequestHelper, INodeProperties } from 'n8n-workflow';
import { sharedAccessToken } from '../nodes/ShopifyReturns/api/sharedToken';
import { parseStoreDomain } from '../nodes/ShopifyReturns/api/storeDomain';

export class ShopifyReturnsApi implements ICredentialType {
	name = 'shopifyReturnsApi';

	displayName = 'Shopify Returns API';

	icon = { light: 'file:../icons/shopify-returns.svg', dark: 'file:../icons/shopify-returns.dark.svg' } as const;

	documentationUrl = 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant';

	properties: INodeProperties[] = [
		{
			displayName: 'Store Domain',
			name: 'shopDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.myshopify.com',
			description: 'The store’s own domain, which ends with .myshopify.com. Plain http is accepted for a development server on this machine only.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Client Credentials', value: 'clientCredentials', description: 'An app of the Dev Dashboard; its tokens last a day and renew themselves' },
				{ name: 'Access Token', value: 'accessToken', description: 'A custom app that was made in the store’s admin and has a permanent token' },
			],
			default: 'clientCredentials',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			description: 'From the app’s settings in the Dev Dashboard',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			description: 'From the app’s settings in the Dev Dashboard. It also proves that webhooks come from Shopify.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description: 'The Admin API access token of the custom app; it begins with shpat_',
		},
		{
			displayName: 'API Secret Key',
			name: 'apiSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description: 'The API secret key of the custom app. Needed to prove that webhooks come from Shopify, and to derive the codes of gift cards.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'X-Shopify-Access-Token': '={{$credentials.authentication === "accessToken" ? $credentials.accessToken : $credentials.sessionToken}}',
			},
		},
	};

	/** n8n calls this when there is no session token yet, and again for each request that the store answers with 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (credentials.authentication === 'accessToken') return {};
		const store = parseStoreDomain(String(credentials.shopDomain ?? ''));
		const app = { clientId: String(credentials.clientId ?? ''), clientSecret: String(credentials.clientSecret ?? '') };
		const sessionToken = await sharedAccessToken(this.helpers, store, app, String(credentials.sessionToken ?? ''));
		return { sessionToken };
	}
}
