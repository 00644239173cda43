/**
 * One token request for all requests of an app that find their token dead at about the same time.
 *
 * n8n renews by request, not by credential: each of the items under way that is answered 401 calls `preAuthentication` by itself, also those of another
 * workflow. Nothing of one call reaches the next except what this module remembers, because n8n gives `preAuthentication` neither the execution nor the
 * credential's id. The state is right here because a token belongs to the app and the store, not to an execution, and because forgetting it (a restart,
 * another worker) costs one more token request and nothing else.
 */
import { createHash } from 'node:crypto';
import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Store } from './storeDomain';
import { fetchAccessToken, type ClientCredentials } from './tokenRequest';

/**
 * How long a new token is handed to those who come with another one. A request that left with the dead token hears of it within the 30 seconds that a
 * request may take; whoever comes later has read the new token from the credential.
 */
export const SHARED_FOR_MS = 30_000;

interface Renewal {
	readonly token: Promise<string>;
	/** What was fetched and since when it is here; null while the request is under way. */
	fetched: { token: string; atMs: number } | null;
}

/** By store, app and a hash of its secret: with a secret that was changed nothing is shared, and the secret itself is not kept. */
const renewals = new Map<string, Renewal>();

/**
 * A token of the app for the store: the one that is being fetched, or one that was fetched a moment ago, or a new one. A refused request is not remembered.
 * @param deadToken what the caller has: never given back, since the store does not take it
 * @throws TokenRequestFailed
 */
export async function sharedAccessToken(helpers: IHttpRequestHelper['helpers'], store: Store, credentials: ClientCredentials, deadToken: string): Promise<string> {
	forgetOldRenewals();
	const key = keyOf(store, credentials);
	const known = renewals.get(key);
	if (known !== undefined && known.fetched?.token !== deadToken) return await known.token;
	const renewal = beginRenewal(key, fetchAccessToken(helpers, store, credentials));
	return await renewal.token;
}

function beginRenewal(key: string, request: Promise<string>): Renewal {
	const token = request.then(
		(fresh) => {
			renewal.fetched = { token: fresh, atMs: Date.now() };
			return fresh;
		},
		async (failure: unknown) => {
			renewals.delete(key);
			return await Promise.reject(failure);
		},
	);
	const renewal: Renewal = { token, fetched: null };
	renewals.set(key, renewal);
	return renewal;
}

function keyOf(store: Store, { clientId, clientSecret }: ClientCredentials): string {
	return JSON.stringify([store.origin, clientId, createHash('sha256').update(clientSecret).digest('hex')]);
}

function forgetOldRenewals(): void {
	const now = Date.now();
	for (const [key, { fetched }] of renewals) {
		// A clock that was set back must not keep a token alive.
		if (fetched !== null && Math.abs(now - fetched.atMs) >= SHARED_FOR_MS) renewals.delete(key);
	}
}
