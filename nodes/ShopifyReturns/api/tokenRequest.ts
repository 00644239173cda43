/** Fetches the short-lived token of an app that authenticates with client credentials. */
import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import type { Store } from './storeDomain';

/**
 * Marks what is thrown when no token could be had, with `refused` or `unavailable`. n8n wraps it on its way up; the mark tells
 * the client that the request itself was never sent.
 */
export const TOKEN_REQUEST_FAILED = 'shopifyTokenRequest';

/** No token for the store. The message holds neither the client id nor the secret. */
export class TokenRequestFailed extends Error {
	readonly [TOKEN_REQUEST_FAILED]: 'refused' | 'unavailable';

	constructor(isRefused: boolean) {
		super(
			isRefused
				? 'The store refused the client id and client secret. Check both, that the app is installed in this store, and that store and app belong to the same organisation'
				: 'The store did not hand out an access token',
		);
		this.name = 'TokenRequestFailed';
		this[TOKEN_REQUEST_FAILED] = isRefused ? 'refused' : 'unavailable';
	}
}

export interface ClientCredentials {
	readonly clientId: string;
	readonly clientSecret: string;
}

/** URL and form of the client credentials grant. */
export function tokenRequestOf(store: Store, { clientId, clientSecret }: ClientCredentials): { url: string; form: Record<string, string> } {
	return {
		url: `${store.origin}/admin/oauth/access_token`,
		form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
	};
}

/**
 * Asks the store for a token; it is good for 24 hours and cannot be refreshed, only asked for again.
 * @throws TokenRequestFailed
 */
export async function fetchAccessToken(helpers: IHttpRequestHelper['helpers'], store: Store, credentials: ClientCredentials): Promise<string> {
	const { url, form } = tokenRequestOf(store, credentials);
	const answer = await helpers
		.httpRequest({
			method: 'POST',
			url,
			headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
			body: new URLSearchParams(form).toString(),
			json: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		})
		.catch((failure: unknown) => {
			throw new TokenRequestFailed(isRefusal(failure));
		});
	const token = (answer as IDataObject | undefined)?.access_token;
	if (typeof token !== 'string' || token === '') throw new TokenRequestFailed(false);
	return token;
}

function isRefusal(failure: unknown): boolean {
	const status = (failure as { response?: { status?: unknown } } | undefined)?.response?.status;
	return typeof status === 'number' && status >= 400 && status < 500 && status !== 429 && status !== 408;
}
