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
	')(String($self["shopDomain"]).trim().toLowerCase().replace(/^https:\\/\\//, "").replace(/(\\/admin)?\\/*$/, "")) }}',
].join('');

/** What n8n sends along with the code: Shopify gives a token that ends, and one to renew it with, only where they are asked for. */
const EXPIRING = `={{ $self["lifetime"] === "oneHour" ? '{"expiring":"1"}' : "" }}`;

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
			description: `The access scopes to ask the store for, separated by commas without spaces. Add these where store credit, gift cards or customers’ tags are used: ${OPTIONAL_SCOPES.map(({ handle }) => handle).join(', ')}. The app in Shopify has to be allowed the same.`,
		},
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		{
			displayName: 'Token Lifetime',
			name: 'lifetime',
			type: 'options',
			options: [
				{ name: 'Until the App Is Removed', value: 'permanent', description: 'For an app with custom distribution' },
				{ name: 'One Hour, Renewed by n8n', value: 'oneHour', description: 'Required by Shopify for an app with public distribution. Connect again when it was not used for 90 days.' },
			],
			default: 'permanent',
			description: 'What Shopify is asked for when the credential is connected. Connect again after a change.',
		},
		{ displayName: 'Additional Body Properties', name: 'additionalBodyProperties', type: 'hidden', default: EXPIRING },
		{
			displayName: 'Before you connect, add the OAuth Redirect URL above to the app’s redirect URLs in Shopify’s Dev Dashboard, and allow the app the same scopes there. The Client Secret also proves that webhooks come from Shopify.',
			name: 'connectNotice',
			type: 'notice',
			default: '',
		},
	];
}
