/** How the nodes prove themselves to ReturnGO, for one Shopify store. */
import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { readAddress } from '../nodes/ReturnGo/api/address';
import { authenticateRequest } from '../nodes/ReturnGo/api/authentication';

export class ReturnGoApi implements ICredentialType {
	name = 'returnGoApi';

	displayName = 'ReturnGO API';

	icon = { light: 'file:../icons/returngo.svg', dark: 'file:../icons/returngo.dark.svg' } as const;

	documentationUrl = 'https://docs.returngo.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From the ReturnGO dashboard: Settings, Integrations, API. One key serves all stores of the same owner.',
		},
		{
			displayName: 'Store Domain',
			name: 'storeDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.myshopify.com',
			description: 'The store’s own Shopify domain, which ends with .myshopify.com. The copy icon beside the store’s name at the top of the ReturnGO dashboard copies it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.returngo.ai',
			description: 'Where ReturnGO’s API is. Plain http is accepted for a development server on this machine only.',
		},
	];

	/** A function, because the key must not leave for a place that the credential does not name: a template can only be trusted to add headers. */
	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return authenticateRequest(credentials, readAddress(credentials), requestOptions);
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/rmas?pagesize=1', method: 'GET' },
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: 'ReturnGO does not know this API key. Copy it again from Settings, Integrations, API in the ReturnGO dashboard.' } },
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'ReturnGO refuses this API key for this store. The key belongs to another owner than the store, or the store domain is not the one ReturnGO knows.',
				},
			},
			{ type: 'responseCode', properties: { value: 404, message: 'ReturnGO’s API is not at this base URL. The usual one is https://api.returngo.ai.' } },
			{ type: 'responseCode', properties: { value: 429, message: 'The key and the store were not checked: ReturnGO’s limit of calls is used up (2,000 a day unless agreed otherwise). Try again later.' } },
			{ type: 'responseCode', properties: { value: 500, message: 'The key and the store were not checked: ReturnGO could not answer. Try again later.' } },
			{ type: 'responseCode', properties: { value: 502, message: 'The key and the store were not checked: ReturnGO could not be reached behind its gateway. Try again later.' } },
			{ type: 'responseCode', properties: { value: 503, message: 'The key and the store were not checked: ReturnGO is not available right now. Try again later.' } },
		],
	};
}
