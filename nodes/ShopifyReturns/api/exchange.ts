/** Reads one exchange with Shopify, whatever became of it, as one of the outcomes that the rules of sending know. */
import type { ShopifyGraphQLError } from './requestError';
import { ShopifyRequestError } from './requestError';

/**
 * - `read`: changes nothing.
 * - `idempotent`: a change that Shopify itself carries out once per key; it may be sent again as it is.
 * - `once`: a change that would be carried out twice if it were sent twice.
 */
export type SendSafety = 'read' | 'idempotent' | 'once';

/** Cost accounting of one answer, in points. */
export interface QueryCost {
	readonly requested: number;
	readonly actual: number | null;
	readonly bucket: { readonly maximum: number; readonly available: number; readonly restoreRate: number } | null;
}

/** What one attempt brought. Only `again` may be tried again, and `settled` says whether the request was carried out meanwhile. */
export type Attempt<TResult> =
	| { readonly kind: 'answer'; readonly data: TResult; readonly cost: QueryCost | null }
	| { readonly kind: 'final'; readonly error: ShopifyRequestError; readonly cost: QueryCost | null }
	/** Not carried out. `waitSeconds` is what Shopify asks for, null when it names no time. */
	| { readonly kind: 'notExecuted'; readonly error: ShopifyRequestError; readonly waitSeconds: number | null; readonly cost: QueryCost | null }
	/** Carried out or not: nobody on this side can tell. */
	| { readonly kind: 'unknown'; readonly error: ShopifyRequestError; readonly isCancelled: boolean };

/** The connection broke, or n8n could not make one. */
export interface TransportBreak {
	readonly code: string | null;
	readonly message: string;
	/** A token for the store could not be had, so the request itself was never sent. */
	readonly token: { readonly isRefused: boolean } | null;
}

/** What Shopify's client library makes of a response. */
export interface LibraryResponse {
	readonly data?: unknown;
	readonly extensions?: unknown;
	readonly errors?: { readonly networkStatusCode?: number; readonly message?: string; readonly graphQLErrors?: unknown };
}

export interface RawResponse {
	readonly status: number;
	readonly requestId: string | null;
	readonly retryAfter: string | null;
	readonly text: string;
}

/** Codes of broken connections that never carried a byte of the request. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Top-level codes that say nothing about whether a change was carried out. */
const SAYS_NOTHING = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT', 'REQUEST_TIMEOUT']);

export function readTransportBreak<TResult>(broken: TransportBreak, safety: SendSafety): Attempt<TResult> {
	if (broken.token !== null) {
		const kind = broken.token.isRefused ? 'unauthorised' : 'notSent';
		const error = new ShopifyRequestError(kind, broken.message);
		return broken.token.isRefused ? { kind: 'final', error, cost: null } : { kind: 'notExecuted', error, waitSeconds: null, cost: null };
	}
	if (broken.code !== null && NEVER_CONNECTED.has(broken.code)) {
		return { kind: 'notExecuted', error: new ShopifyRequestError('notSent', `The connection could not be made (${readable(broken.code)})`), waitSeconds: null, cost: null };
	}
	const isCancelled = broken.code === 'ERR_CANCELED';
	const message = isCancelled ? 'The execution was stopped while the request was under way' : 'The connection broke before the answer arrived';
	return { kind: 'unknown', error: new ShopifyRequestError(unknownKind(safety), message), isCancelled };
}

/** @param library how the client library interprets `raw` */
export function readResponse<TResult>(raw: RawResponse, library: LibraryResponse, safety: SendSafety): Attempt<TResult> {
	if (raw.status < 200 || raw.status > 299) return readRefusal(raw, safety);
	const cost = readCost(library.extensions);
	const graphQLErrors = readGraphQLErrors(library.errors?.graphQLErrors);
	const details = { httpStatus: raw.status, requestId: raw.requestId, graphQLErrors };
	const data = isRecord(library.data) ? library.data : null;
	if (graphQLErrors.length > 0) return readGraphQLRefusal(data, details, cost, safety);
	if (library.errors !== undefined || data === null) {
		return { kind: 'unknown', error: new ShopifyRequestError(unknownKind(safety), 'The answer was not readable', details), isCancelled: false };
	}
	return { kind: 'answer', data: data as TResult, cost };
}

function readRefusal<TResult>(raw: RawResponse, safety: SendSafety): Attempt<TResult> {
	const details = { httpStatus: raw.status, requestId: raw.requestId };
	const final = (kind: ShopifyRequestError['kind'], message: string): Attempt<TResult> => ({ kind: 'final', error: new ShopifyRequestError(kind, message, details), cost: null });
	if (raw.status === 429) {
		const error = new ShopifyRequestError('throttled', 'Shopify answered that there are too many requests', details);
		return { kind: 'notExecuted', error, waitSeconds: readSeconds(raw.retryAfter), cost: null };
	}
	if (raw.status >= 500 || raw.status === 408) {
		const error = new ShopifyRequestError(unknownKind(safety), `Shopify answered with HTTP status ${raw.status}`, details);
		return { kind: 'unknown', error, isCancelled: false };
	}
	if (raw.status === 401) return final('unauthorised', 'The access token is not valid for this store');
	if (raw.status === 403) return final('accessDenied', readPlainMessage(raw.text) ?? 'The store refused access');
	if (raw.status === 402 || raw.status === 423) return final('unavailable', 'The store is frozen or locked');
	if (raw.status >= 300 && raw.status < 400) return final('notFound', 'The store has moved to another address');
	if (raw.status === 404) return final('notFound', 'There is no such store, or it does not know this API version');
	return final('invalid', readPlainMessage(raw.text) ?? `Shopify answered with HTTP status ${raw.status}`);
}

interface GraphQLRefusalDetails {
	readonly httpStatus: number;
	readonly requestId: string | null;
	readonly graphQLErrors: readonly ShopifyGraphQLError[];
}

function readGraphQLRefusal<TResult>(data: Record<string, unknown> | null, details: GraphQLRefusalDetails, cost: QueryCost | null, safety: SendSafety): Attempt<TResult> {
	const { graphQLErrors } = details;
	const message = graphQLErrors.map((entry) => entry.message).join('; ');
	const isExecuted = data !== null && Object.values(data).some((value) => value !== null);
	if (!isExecuted && graphQLErrors.some((entry) => entry.code === 'THROTTLED')) {
		return { kind: 'notExecuted', error: new ShopifyRequestError('throttled', message, details), waitSeconds: secondsUntilAffordable(cost), cost };
	}
	if (graphQLErrors.some((entry) => entry.code !== null && SAYS_NOTHING.has(entry.code))) {
		return { kind: 'unknown', error: new ShopifyRequestError(unknownKind(safety), message, details), isCancelled: false };
	}
	// A change whose answer could not be completed has been made all the same: the fault lies below the mutation's own field.
	const isChanged = safety !== 'read' && (isExecuted || graphQLErrors.some(isBelowRootField));
	if (isChanged) return { kind: 'final', error: new ShopifyRequestError('ambiguous', message, details), cost };
	return { kind: 'final', error: refusalOf(graphQLErrors, message, details), cost };
}

function refusalOf(graphQLErrors: readonly ShopifyGraphQLError[], message: string, details: GraphQLRefusalDetails): ShopifyRequestError {
	const denied = graphQLErrors.find((entry) => entry.code === 'ACCESS_DENIED');
	if (denied) {
		const requiredAccess = denied.requiredAccess ?? readRequiredAccess(denied.message);
		return new ShopifyRequestError('accessDenied', message, requiredAccess === null ? details : { ...details, requiredAccess });
	}
	if (graphQLErrors.some((entry) => entry.code === 'RESOURCE_NOT_FOUND')) return new ShopifyRequestError('notFound', message, details);
	return new ShopifyRequestError('invalid', message, details);
}

/** Validation points into the document (`mutation name › field`), execution into the answer (`field › inner field`). */
function isBelowRootField({ path }: ShopifyGraphQLError): boolean {
	const [first] = path;
	return path.length > 1 && typeof first === 'string' && !/^(query|mutation|fragment)\b/.test(first);
}

/** A read that brings no answer changed nothing; of a change nobody can say. */
function unknownKind(safety: SendSafety): 'unavailable' | 'ambiguous' {
	return safety === 'read' ? 'unavailable' : 'ambiguous';
}

function secondsUntilAffordable(cost: QueryCost | null): number | null {
	if (cost === null || cost.bucket === null || cost.bucket.restoreRate <= 0) return null;
	return Math.max(0, (cost.requested - cost.bucket.available) / cost.bucket.restoreRate);
}

function readCost(extensions: unknown): QueryCost | null {
	const cost = isRecord(extensions) ? extensions.cost : undefined;
	if (!isRecord(cost) || typeof cost.requestedQueryCost !== 'number') return null;
	const actual = typeof cost.actualQueryCost === 'number' ? cost.actualQueryCost : null;
	const status = cost.throttleStatus;
	if (!isRecord(status) || typeof status.maximumAvailable !== 'number' || typeof status.currentlyAvailable !== 'number' || typeof status.restoreRate !== 'number') {
		return { requested: cost.requestedQueryCost, actual, bucket: null };
	}
	return { requested: cost.requestedQueryCost, actual, bucket: { maximum: status.maximumAvailable, available: status.currentlyAvailable, restoreRate: status.restoreRate } };
}

function readGraphQLErrors(value: unknown): ShopifyGraphQLError[] {
	if (typeof value === 'string') return [{ message: value, code: null, path: [], requiredAccess: null }];
	if (!Array.isArray(value)) return [];
	return value.map((entry: unknown) => {
		const record = isRecord(entry) ? entry : {};
		const extensions = isRecord(record.extensions) ? record.extensions : {};
		return {
			message: typeof record.message === 'string' ? record.message : 'Shopify gave no explanation',
			code: typeof extensions.code === 'string' ? extensions.code : null,
			path: Array.isArray(record.path) ? record.path.filter((part): part is string | number => typeof part === 'string' || typeof part === 'number') : [],
			requiredAccess: typeof extensions.requiredAccess === 'string' ? extensions.requiredAccess : null,
		};
	});
}

function readRequiredAccess(message: string): string | null {
	return /Required access: (.+?)\.?$/.exec(message)?.[1] ?? null;
}

/** Refusals outside GraphQL are `{"errors": "text"}`; anything longer is an HTML page nobody wants to read. */
function readPlainMessage(text: string): string | null {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return null;
	}
	const message = isRecord(body) ? body.errors : undefined;
	return typeof message === 'string' && message.length > 0 && message.length <= 300 ? message : null;
}

function readSeconds(header: string | null): number | null {
	if (header === null) return null;
	const seconds = Number(header);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** n8n replaces every sentence that holds a system code by one of its own, so the code is spelled out. */
function readable(code: string): string {
	if (code === 'ECONNREFUSED') return 'it was refused';
	return code === 'ENOTFOUND' ? 'there is no such host' : 'the name service does not answer';
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
