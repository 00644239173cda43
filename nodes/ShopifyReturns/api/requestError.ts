/** What can become of a call to Shopify other than a complete answer, and how n8n shows it. */
import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/**
 * - `notSent`: nothing reached Shopify.
 * - `throttled`: refused for its cost, not carried out; the waiting time allowed is used up.
 * - `unauthorised`: the token is not accepted, also after n8n renewed it.
 * - `accessDenied`: the app lacks an access scope or a permission; not carried out.
 * - `notFound`: no such store or API version, or an id of a kind Shopify does not have.
 * - `invalid`: Shopify refused the request as it is; not carried out.
 * - `ambiguous`: a change may or may not have been carried out. Read back before anything else.
 * - `unavailable`: Shopify could not answer; nothing was changed, because nothing was to be changed or because it said so.
 */
export type ShopifyFailureKind = 'notSent' | 'throttled' | 'unauthorised' | 'accessDenied' | 'notFound' | 'invalid' | 'ambiguous' | 'unavailable';

/** One top-level entry of `errors` in an answer, reduced to what may be shown and stored. */
export interface ShopifyGraphQLError {
	readonly message: string;
	readonly code: string | null;
	readonly path: ReadonlyArray<string | number>;
	readonly requiredAccess: string | null;
}

export interface ShopifyFailureDetails {
	readonly httpStatus?: number | null;
	readonly requestId?: string | null;
	readonly graphQLErrors?: readonly ShopifyGraphQLError[];
	readonly requiredAccess?: string;
}

/** Thrown by the client. It carries no request, so no token and no customer data can leak through it. */
export class ShopifyRequestError extends Error {
	readonly httpStatus: number | null;
	readonly requestId: string | null;
	readonly graphQLErrors: readonly ShopifyGraphQLError[];
	readonly requiredAccess?: string;

	constructor(
		readonly kind: ShopifyFailureKind,
		message: string,
		details: ShopifyFailureDetails = {},
	) {
		super(message);
		this.name = 'ShopifyRequestError';
		this.httpStatus = details.httpStatus ?? null;
		this.requestId = details.requestId ?? null;
		this.graphQLErrors = details.graphQLErrors ?? [];
		if (details.requiredAccess !== undefined) this.requiredAccess = details.requiredAccess;
	}
}

/** Turns what the client threw into n8n's own form; anything else passes through n8n's reading of it. */
export function toNodeApiError(error: unknown, node: INode, itemIndex?: number): NodeApiError {
	if (error instanceof NodeApiError) return error;
	const place = itemIndex === undefined ? {} : { itemIndex };
	if (!(error instanceof ShopifyRequestError)) {
		const message = error instanceof Error ? error.message : String(error);
		return new NodeApiError(node, { message }, { message, ...place });
	}
	const { title, remedy, fallbackCode } = PRESENTATION[error.kind](error);
	return new NodeApiError(node, summaryOf(error), {
		message: title,
		description: `${remedy} ${sentence(error.message)}${requestReference(error.requestId)}`,
		httpCode: error.httpStatus === null || error.httpStatus === 200 ? fallbackCode : String(error.httpStatus),
		...place,
	});
}

/** The sentence that names a request to Shopify's support; empty without an id. */
export function requestReference(requestId: string | null): string {
	return requestId === null ? '' : ` Shopify's request id is ${requestId}.`;
}

interface Presentation {
	title: string;
	remedy: string;
	/** The HTTP status that says the same, for answers that came with 200 or not at all. */
	fallbackCode: string | undefined;
}

const PRESENTATION: Record<ShopifyFailureKind, (error: ShopifyRequestError) => Presentation> = {
	notSent: () => ({
		title: 'Shopify could not be reached',
		remedy: 'Nothing was sent. Check the store domain in the credential and the network of this n8n, then run the workflow again.',
		fallbackCode: undefined,
	}),
	throttled: () => ({
		title: 'Shopify is asking for a slower pace',
		remedy: 'The request was not carried out. Run fewer items at a time, or try again in a minute.',
		fallbackCode: '429',
	}),
	unauthorised: () => ({
		title: 'Shopify does not accept the credential',
		remedy: 'Open the Shopify Returns credential, renew its access token or client secret, and test it; an OAuth2 credential, connect it again.',
		fallbackCode: '401',
	}),
	accessDenied: (error) => ({
		title: error.requiredAccess === undefined ? 'The app is not allowed to do this' : `The app lacks access: ${error.requiredAccess.replace(/\.$/, '')}`,
		remedy: 'Add the missing access scope to the app in Shopify, release it, approve it in the store, then test the credential.',
		fallbackCode: '403',
	}),
	notFound: () => ({
		title: 'Shopify does not know what was asked for',
		remedy: 'Check the store domain in the credential, the API version in the node, and the id.',
		fallbackCode: '404',
	}),
	invalid: () => ({
		title: 'Shopify refused the request',
		remedy: 'Nothing was changed. Check the parameters of this node.',
		fallbackCode: '400',
	}),
	ambiguous: () => ({
		title: 'Shopify did not confirm the change',
		remedy: 'It may or may not have been carried out. Run this step again: it looks at the order first and does nothing twice.',
		fallbackCode: undefined,
	}),
	unavailable: () => ({
		title: 'Shopify is not answering',
		remedy: 'Nothing was changed. Try again in a few minutes.',
		fallbackCode: '503',
	}),
};

function summaryOf(error: ShopifyRequestError): JsonObject {
	return {
		message: error.message,
		kind: error.kind,
		requestId: error.requestId,
		answers: error.graphQLErrors.map(({ message, code, path }) => ({ message, code, path: path.join('.') })),
	};
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
