/** Shopify's refusals as the reasons of an item say them: in its own words, with the id by which its support finds the request. */
import type { ShopifyClient } from './client';
import { requestReference, type ShopifyRequestError } from './requestError';

/** What Shopify says next to the result of a mutation. */
export interface UserError {
	readonly message: string;
	readonly field?: readonly string[] | null;
}

/** @param client which got the refusals with its latest answer */
export function refusalInWords({ usage }: Pick<ShopifyClient, 'usage'>, userErrors: readonly UserError[]): string {
	const sentences = userErrors.map(({ message, field }) => (field && field.length > 0 ? `${message} (${field.join('.')})` : message));
	return `${sentences.join(' ') || 'Shopify gave no reason.'}${requestReference(usage.requestId)}`;
}

/** The same of a request that was not carried out at all, or of which nobody knows. */
export function failureInWords({ message, requestId }: ShopifyRequestError): string {
	return requestId === null ? message : `${/[.!?]$/.test(message) ? message : `${message}.`}${requestReference(requestId)}`;
}
