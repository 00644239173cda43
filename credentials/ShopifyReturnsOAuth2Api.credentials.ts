/** How the nodes prove themselves to one Shopify store by an app of an agency: the store approves it in the browser, once. */
import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../nodes/ShopifyReturns/api/scopes';

/**
 * The store's origin, worked out in the editor. A secret must never travel to a host that is not Shopify's: anything but a myshopify.com domain, or a
 * development server on this machine, leads nowhere.
 */
const ORIGIN = [
	'{{ ((domain) => ',
	'/^[a-z0-9][a-z0-9-]*\\.myshopify\\.com$/.test(domain) ? "https://" + domain : ',
	'/^http:\\/\\/(127\\.0\\.0\\.1|localhost)(:[0-9]+)?$/.test(domain) ? domain : "https://store-domain.invalid"',
	')(String($self["shopDomain"]).trim().toLowerCase().replace(/^https:\\/\\//, "").replace(/\\/+$/, "")) }}',
].join('');

export class ShopifyReturnsOAuth2Api implements ICredentialType {
	name = 'shopifyReturnsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Shopify Returns OAuth2 API';

	icon = { light: 'file:../icons/shopify-returns.svg', dark: 'file:../icons/shopify-returns.dark.svg' } as const;

	documentationUrl = 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant';

	properties: INodeProperties[] = [
		{
			displayName: 'Store Domain',
			name: 'shopDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.myshopify.com',
			description: 'The store’s own domain, which ends with .myshopify.com. Enter it before you connect.',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: `=${ORIGIN}/admin/oauth/authorize` },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: `=${ORIGIN}/admin/oauth/access_token` },
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: NEEDED_SCOPES.map(({ handle }) => handle).join(','),
			description: `The access scopes to ask the store for, separated by commas. Add these where store credit, gift cards or customers’ tags are used: ${OPTIONAL_SCOPES.map(({ handle }) => handle).join(', ')}. The app in Shopify has to be allowed the same.`,
		},
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Allow n8n’s OAuth redirect URL (shown above) in the app’s settings in Shopify. The Client Secret also proves that webhooks come from Shopify; the token is permanent until the app is removed from the store.',
			name: 'connectNotice',
			type: 'notice',
			default: '',
		},
	];
}
