/** How often, and after what wait, a request may be sent again. One place, because sending twice moves money twice. */
import { sleep } from 'n8n-workflow';
import type { Attempt, SendSafety } from './exchange';
import { ShopifyRequestError } from './requestError';

/** Attempts after the first one, for requests that Shopify did not carry out. */
const REPEATS_WHEN_NOT_EXECUTED = 8;
/** Attempts after the first one, when nobody can tell whether the request was carried out and a second one does no harm. */
const REPEATS_WHEN_UNKNOWN = 4;
/** All waiting for one request together, in seconds. */
const PATIENCE_SECONDS = 60;
const FIRST_BACKOFF_SECONDS = 0.5;
const LONGEST_BACKOFF_SECONDS = 10;

/**
 * Sends until there is an answer or the rules say stop.
 * @throws ShopifyRequestError with the kind of the last attempt
 */
export async function sendUntilSettled<TResult>(attempt: () => Promise<Attempt<TResult>>, safety: SendSafety): Promise<TResult> {
	let repeatsNotExecuted = 0;
	let repeatsUnknown = 0;
	let patience = PATIENCE_SECONDS;
	/** Once an attempt may have been carried out, no later refusal can make that undone. */
	let doubt: ShopifyRequestError | null = null;
	for (;;) {
		const result = await attempt();
		if (result.kind === 'answer') return result.data;
		if (result.kind === 'final') throw inDoubt(result.error, doubt);
		let wait: number;
		if (result.kind === 'notExecuted') {
			if (repeatsNotExecuted >= REPEATS_WHEN_NOT_EXECUTED) throw inDoubt(result.error, doubt);
			wait = result.waitSeconds === null ? backoff(repeatsNotExecuted) : Math.max(result.waitSeconds, 0.05);
			repeatsNotExecuted++;
		} else {
			if (safety === 'once' || result.isCancelled || repeatsUnknown >= REPEATS_WHEN_UNKNOWN) throw result.error;
			if (safety !== 'read') doubt = result.error;
			wait = backoff(repeatsUnknown);
			repeatsUnknown++;
		}
		if (wait > patience) throw inDoubt(result.error, doubt);
		patience -= wait;
		await sleep(Math.ceil(wait * 1000));
	}
}

/** A change that may have been carried out stays in doubt, whatever the attempts after it were told. */
function inDoubt(error: ShopifyRequestError, doubt: ShopifyRequestError | null): ShopifyRequestError {
	if (doubt === null || error.kind === 'ambiguous') return error;
	return new ShopifyRequestError('ambiguous', `${doubt.message}; sent again, Shopify answered: ${error.message}`, {
		httpStatus: error.httpStatus,
		requestId: error.requestId,
		graphQLErrors: error.graphQLErrors,
	});
}

function backoff(repeats: number): number {
	return Math.min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** repeats);
}
