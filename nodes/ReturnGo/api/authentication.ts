/** Puts the key and the store on a request, if the request goes to ReturnGO. */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import type { ReturnGoAddress } from './address';
import { InvalidAddress } from './address';

/**
 * Both headers are required on every operation of ReturnGO's API. Also n8n's own HTTP Request node may use the credential, hence the check.
 * @throws InvalidAddress when the request goes elsewhere, or the key is empty or cannot be a header
 */
export function authenticateRequest(credentials: ICredentialDataDecryptedObject, address: ReturnGoAddress, request: IHttpRequestOptions): IHttpRequestOptions {
	if (!goesTo(address, request)) {
		throw new InvalidAddress('This ReturnGO credential is for another address', `Its key is sent to ${new URL(address.baseUrl).host} only. Change the base URL in the credential if ReturnGO told you to.`);
	}
	const apiKey = typeof credentials.apiKey === 'string' ? credentials.apiKey.trim() : '';
	if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		throw new InvalidAddress('The API key of the ReturnGO credential is empty or cannot be a key', 'Copy it again from Settings, Integrations, API in the ReturnGO dashboard: it has no spaces and no line breaks.');
	}
	return { ...request, headers: { ...request.headers, 'x-api-key': apiKey, 'x-shop-name': address.storeDomain } };
}

function goesTo(address: ReturnGoAddress, request: IHttpRequestOptions): boolean {
	const base = request.baseURL === undefined || request.baseURL === '' ? undefined : request.baseURL;
	const url = URL.canParse(request.url, base) ? new URL(request.url, base) : undefined;
	return url !== undefined && url.origin === new URL(address.baseUrl).origin;
}
