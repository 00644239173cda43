/** The two credentials with which a node signs in to a store, and which of them a node uses. */
import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, INodeProperties, INodePropertyOptions, IWebhookFunctions } from 'n8n-workflow';

export type ShopifyContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

/** The first holds an access token, or client credentials that fetch one; the second an app of an agency that the store has approved in the browser. */
export type CredentialName = 'shopifyReturnsApi' | 'shopifyReturnsOAuth2Api';

const CHOICES: Array<INodePropertyOptions & { value: string }> = [
	{ name: 'Access Token or Client Credentials', value: 'api' },
	{ name: 'OAuth2', value: 'oAuth2' },
];

/** The node's parameter that chooses the credential. */
export const authenticationParameter: INodeProperties = { displayName: 'Authentication', name: 'authentication', type: 'options', noDataExpression: true, options: CHOICES, default: 'api' };

/** The credential that the node is set to. */
export function credentialNameOf(context: ShopifyContext, itemIndex = 0): CredentialName {
	return readNodeSetting(context, 'authentication', 'api', itemIndex) === 'oAuth2' ? 'shopifyReturnsOAuth2Api' : 'shopifyReturnsApi';
}

/** A node may be older than the parameter, and the editor's look-ups see the parameters as they are being edited. */
export function readNodeSetting(context: ShopifyContext, name: string, fallback: string, itemIndex: number): string {
	if ('getInputData' in context) return context.getNodeParameter(name, itemIndex, fallback) as string;
	const current = 'getCurrentNodeParameter' in context ? context.getCurrentNodeParameter(name) : context.getNodeParameter(name, fallback);
	return typeof current === 'string' && current !== '' ? current : fallback;
}
