/**
 * The only code that calls Shopify. Shopify's own library builds each request and interprets each answer; n8n's authenticated request helper
 * carries it, so that credentials, proxies and n8n's own protections apply; whether it may be sent again is decided in sending.ts.
 */
import type { IAdditionalCredentialOptions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { hiding, type Hide } from '../../secrets';
import { createAdminApiClient } from '../../../vendor/shopify-admin-api-client';
import type { Attempt, QueryCost, RawResponse, SendSafety, TransportBreak } from './exchange';
import { readResponse, readTransportBreak } from './exchange';
import { credentialNameOf, readNodeSetting, type CredentialName, type ShopifyContext } from './credential';
import { ShopifyRequestError } from './requestError';
import { Pace } from './pace';
import { sendUntilSettled } from './sending';
import type { Store } from './storeDomain';
import { parseStoreDomain } from './storeDomain';
import { TOKEN_REQUEST_FAILED } from './tokenRequest';
import type { TypedDocumentString } from './typedDocument';

export type { SendSafety } from './exchange';
export { ShopifyRequestError, toNodeApiError } from './requestError';
export type { ShopifyFailureKind, ShopifyGraphQLError } from './requestError';
export { TypedDocumentString } from './typedDocument';

/** Versions of the Admin API that every document is checked against; the first is the default. */
export const API_VERSIONS = ['2026-10', '2026-07', '2026-04'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

const REQUEST_TIMEOUT_MS = 30_000;

/** Longest time that one request can be under way. */
export const LONGEST_REQUEST_MS = REQUEST_TIMEOUT_MS;

/** What the calls of one client have cost so far. */
export interface ShopifyUsage {
	/** HTTP requests, those that had to be repeated included. */
	requests: number;
	/** Points that Shopify reserved before it answered. */
	requestedPoints: number;
	/** Points that Shopify charged in the end. */
	actualPoints: number;
	/** The version that answered: another one than asked for once the asked one is retired. */
	apiVersionAnswered: string | null;
	/** Shopify's id of the latest request, which its support asks for; null when there was no answer. */
	requestId: string | null;
}

export interface ShopifyClient {
	readonly shopDomain: string;
	readonly apiVersion: string;
	readonly usage: ShopifyUsage;
	/** What time it is at Shopify, by the date of its last answer, to the second; null before there was one. Hosts whose own clocks differ agree on it. */
	serverNow(): Date | null;
	/**
	 * Sends one operation and answers its complete data; an answer with parts missing is never handed out.
	 * @param sendWithinMs how long it may still be sent, waits for Shopify's budget included; for what is done under a claim
	 * @throws ShopifyRequestError
	 */
	request<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>, variables: TVariables, safety: SendSafety, sendWithinMs?: number): Promise<TResult>;
}

/** What the clients of one execution know together: each store's budget. */
export class SharedPace {
	private readonly byStore = new Map<string, Pace>();

	for(store: Store): Pace {
		const known = this.byStore.get(store.origin) ?? new Pace();
		this.byStore.set(store.origin, known);
		return known;
	}
}

/**
 * A client for the store of the node's credential, in the API version the node is set to. Its usage starts at zero.
 * @param shared the pace to keep together with other clients of the same store
 * @throws NodeOperationError when the credential does not name a store
 */
export async function createShopifyClient(context: ShopifyContext, itemIndex = 0, shared: SharedPace = new SharedPace()): Promise<ShopifyClient> {
	const { store, access } = await readAccess(context, itemIndex);
	return new AdminClient(context, store, access, readNodeSetting(context, 'apiVersion', API_VERSIONS[0], itemIndex), shared.for(store));
}

/** How n8n's helper signs a request. */
interface Access {
	readonly credential: CredentialName;
	/** What the credential holds that nobody may read. */
	readonly secrets: readonly unknown[];
	readonly options?: IAdditionalCredentialOptions;
}

async function readAccess(context: ShopifyContext, itemIndex: number): Promise<{ store: Store; access: Access }> {
	const credential = credentialNameOf(context, itemIndex);
	const held = await context.getCredentials<{ shopDomain?: unknown; oauthTokenData?: unknown; accessToken?: unknown; apiSecretKey?: unknown; clientSecret?: unknown; sessionToken?: unknown }>(credential, itemIndex);
	const { shopDomain, oauthTokenData } = held;
	const secrets = [held.accessToken, held.apiSecretKey, held.clientSecret, held.sessionToken, ...(isRecord(oauthTokenData) ? [oauthTokenData.access_token, oauthTokenData.refresh_token] : [])];
	const store = readStore(context, shopDomain, itemIndex);
	if (credential === 'shopifyReturnsApi') return { store, access: { credential, secrets } };
	if (!isRecord(oauthTokenData) || typeof oauthTokenData.access_token !== 'string') {
		throw new NodeOperationError(context.getNode(), 'The credential is not connected to the store', { description: 'Open the Shopify Returns OAuth2 credential, press Connect and approve the app in the store.', itemIndex });
	}
	// Shopify's permanent tokens come without a refresh token; a 401 then means that the app was removed.
	const skipTokenRefresh = typeof oauthTokenData.refresh_token !== 'string' || oauthTokenData.refresh_token === '';
	return { store, access: { credential, secrets, options: { oauth2: { tokenType: 'Bearer', keyToIncludeInAccessTokenHeader: 'X-Shopify-Access-Token', skipTokenRefresh } } } };
}

function readStore(context: ShopifyContext, domain: unknown, itemIndex: number): Store {
	try {
		return parseStoreDomain(typeof domain === 'string' ? domain : '');
	} catch {
		throw new NodeOperationError(context.getNode(), 'The credential does not name a Shopify store', {
			description: 'Enter the domain that ends with .myshopify.com in the Shopify Returns credential, e.g. example.myshopify.com.',
			itemIndex,
		});
	}
}

class AdminClient implements ShopifyClient {
	readonly usage: ShopifyUsage = { requests: 0, requestedPoints: 0, actualPoints: 0, apiVersionAnswered: null, requestId: null };

	/** By how much Shopify's clock is ahead of this host's. */
	private serverAheadMs: number | null = null;

	constructor(
		private readonly context: ShopifyContext,
		private readonly store: Store,
		private readonly access: Access,
		readonly apiVersion: string,
		private readonly pace: Pace,
	) {}

	get shopDomain(): string {
		return this.store.host;
	}

	serverNow(): Date | null {
		return this.serverAheadMs === null ? null : new Date(Date.now() + this.serverAheadMs);
	}

	async request<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>, variables: TVariables, safety: SendSafety, sendWithinMs = Infinity): Promise<TResult> {
		const text = document.toString();
		const notAfter = Date.now() + sendWithinMs;
		return await sendUntilSettled(async () => {
			const admission = await this.pace.admit(text);
			if (Date.now() > notAfter) {
				admission.end(null);
				return { kind: 'final', error: new ShopifyRequestError('throttled', 'It was not sent: the time allowed for it was over'), cost: null };
			}
			let cost: QueryCost | null = null;
			try {
				const attempt = await this.attempt<TResult>(text, variables, safety);
				if (attempt.kind !== 'unknown') cost = attempt.cost;
				return attempt;
			} finally {
				admission.end(cost);
			}
		}, safety);
	}

	private async attempt<TResult>(text: string, variables: unknown, safety: SendSafety): Promise<Attempt<TResult>> {
		const hide = hiding([...this.access.secrets, giftCardCodeIn(variables)], TOKEN);
		// The library reports a broken connection as a sentence; the fetch function keeps what it knew.
		const seen: { response: RawResponse | null; broken: TransportBreak | null } = { response: null, broken: null };
		const library = createAdminApiClient({
			storeDomain: this.store.origin,
			apiVersion: this.apiVersion,
			// Never leaves this process: n8n adds the real one to the request.
			accessToken: 'kept-by-n8n',
			retries: 0,
			logger: (entry) => {
				if (entry.type === 'HTTP-Response-GraphQL-Deprecation-Notice') this.context.logger.warn('Shopify marked a call as deprecated');
			},
			customFetchApi: async (url, init) => {
				this.usage.requests++;
				this.usage.requestId = null;
				const answer = await this.carry(url, init, hide);
				if (!(answer instanceof Response)) {
					seen.broken = answer;
					// Ends the library's part; what really happened is in `seen`.
					return new Response(null, { status: 503 });
				}
				const date = Date.parse(answer.headers.get('date') ?? '');
				if (!Number.isNaN(date)) this.serverAheadMs = date - Date.now();
				seen.response = { status: answer.status, requestId: hide(answer.headers.get('x-request-id')), retryAfter: answer.headers.get('retry-after'), text: await answer.clone().text() };
				this.usage.requestId = seen.response.requestId;
				this.usage.apiVersionAnswered = answer.headers.get('x-shopify-api-version') ?? this.usage.apiVersionAnswered;
				return answer;
			},
		});
		const answer = await library.request(text, { variables: variables as Record<string, unknown> });
		if (seen.broken !== null) return readTransportBreak(seen.broken, safety);
		if (seen.response === null) return readTransportBreak({ code: null, message: '', token: null }, safety);
		const attempt = readResponse<TResult>(seen.response, answer, safety);
		if (attempt.kind !== 'unknown') this.account(attempt.cost);
		return attempt;
	}

	private account(cost: Extract<Attempt<unknown>, { kind: 'answer' }>['cost']): void {
		if (cost === null || cost.actual === null) return;
		this.usage.requestedPoints += cost.requested;
		this.usage.actualPoints += cost.actual;
	}

	/** One HTTP exchange by n8n's helper. Refusals must be thrown by the helper: a 401 is what makes n8n renew the token. */
	private async carry(url: Parameters<typeof fetch>[0], init: RequestInit | undefined, hide: Hide): Promise<Response | TransportBreak> {
		const options: IHttpRequestOptions = {
			method: 'POST',
			url: this.addressOf(String(url)),
			headers: withoutToken(init?.headers),
			body: typeof init?.body === 'string' ? init.body : '',
			encoding: 'text',
			returnFullResponse: true,
			// A redirect would carry the token to wherever it points.
			disableFollowRedirect: true,
			timeout: REQUEST_TIMEOUT_MS,
		};
		try {
			const answer = (await this.context.helpers.httpRequestWithAuthentication.call(this.context, this.access.credential, options, this.access.options)) as IN8nHttpFullResponse;
			return responseOf(answer.statusCode, answer.headers, answer.body, hide);
		} catch (failure) {
			return readHelperFailure(failure, hide);
		}
	}

	/** The library insists on https; a development server on this machine speaks http. */
	private addressOf(url: string): string {
		return this.store.origin.startsWith('http://') ? url.replace(/^https:/, 'http:') : url;
	}
}

/** Shopify's tokens and secrets, also one that n8n has renewed since the credential was read. */
const TOKEN = /\bshp[a-z]{2}_\w+/g;

/** Whoever reads the code of a gift card can spend it. */
function giftCardCodeIn(variables: unknown): unknown {
	return isRecord(variables) && isRecord(variables.input) ? variables.input.code : undefined;
}

function withoutToken(headers: RequestInit['headers']): Record<string, string> {
	const entries = Object.entries((headers ?? {}) as Record<string, string>);
	return Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== 'x-shopify-access-token'));
}

/** n8n's helper wraps what the HTTP client threw; the status, the code and the body are in its cause. */
function readHelperFailure(failure: unknown, hide: Hide): Response | TransportBreak {
	const chain = causesOf(failure);
	const tokenFailure = chain.find((link) => TOKEN_REQUEST_FAILED in link);
	if (tokenFailure !== undefined) {
		return { code: null, message: String(tokenFailure.message ?? ''), token: { isRefused: tokenFailure[TOKEN_REQUEST_FAILED] === 'refused' } };
	}
	if (chain.some(isRenewalRefused)) return { code: null, message: 'The store did not renew the access token', token: { isRefused: true } };
	for (const { response } of chain) {
		if (isRecord(response) && typeof response.status === 'number') return responseOf(response.status, response.headers, response.data, hide);
	}
	const code = chain.map((link) => link.code).find((candidate): candidate is string => typeof candidate === 'string');
	return { code: code ?? null, message: '', token: null };
}

/** Codes of n8n's OAuth2 library for what the token endpoint refused. */
const RENEWAL_REFUSED: readonly unknown[] = ['EAUTH', 'ESTATUS'];

/** n8n asked for another token, because the request itself had been turned away, and got none: nothing was carried out, and sending it again is no use. */
function isRenewalRefused({ code, failure }: Record<string, unknown>): boolean {
	return RENEWAL_REFUSED.includes(code) || (isRecord(failure) && failure.cause === 'credential-invalid');
}

function causesOf(failure: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	let link = failure;
	while (isRecord(link) && chain.length < 5) {
		chain.push(link);
		link = link.cause;
	}
	return chain;
}

function responseOf(status: number, headers: unknown, body: unknown, hide: Hide): Response {
	const entries = isRecord(headers) ? Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
	// The body is already decoded; its old length and encoding would only mislead.
	const kept = entries.filter(([name]) => !['content-length', 'content-encoding', 'transfer-encoding'].includes(name.toLowerCase()));
	const text = hide(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
	const hasNoBody = status === 204 || status === 205 || status === 304;
	return new Response(hasNoBody ? null : text, { status, headers: kept });
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
