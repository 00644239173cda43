/** What can become of a call to ReturnGO other than an answer, in words for the person who has to act on it. */
import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { ExceptionCode } from '../../../returns/exceptions';

/**
 * - `unauthorised`: the key, or its right to the store, was refused (401, 403).
 * - `notFound`: there is no such RMA, webhook … (404).
 * - `refused`: ReturnGO did not accept the request (other 4xx).
 * - `throttled`: the limit of calls is used up, and waiting did not help within the time we wait (429).
 * - `unavailable`: ReturnGO, or the way to it, did not answer (5xx, network). A write may or may not have taken effect.
 * - `unreadable`: it answered in a form this node does not know.
 * - `callBudget`: the calls that this run may make are used up; nothing was sent.
 */
export type FailureKind = 'unauthorised' | 'notFound' | 'refused' | 'throttled' | 'unavailable' | 'unreadable' | 'callBudget';

export interface FailureFacts {
	/** What was attempted, to complete "ReturnGO … ", e.g. "RMA 1000001". */
	subject: string;
	status: number | null;
	/** What ReturnGO said, if anything. */
	serverMessage: string | null;
	/** `x-amzn-requestid`: ReturnGO's support asks for it. */
	requestId: string | null;
	/** Whether the request changes something, so that silence leaves open whether it did. */
	isWrite: boolean;
	/** More about what to do, where the kind alone does not say it. */
	detail: string | null;
}

/** A call to ReturnGO that brought no usable answer. Holds no header, no body that was sent and no query. */
export class ReturnGoFailure extends Error {
	readonly facts: FailureFacts;

	constructor(
		readonly kind: FailureKind,
		message: string,
		facts: Partial<FailureFacts> & Pick<FailureFacts, 'subject'>,
	) {
		super(message);
		this.name = 'ReturnGoFailure';
		this.facts = { status: null, serverMessage: null, requestId: null, isWrite: false, detail: null, ...facts };
	}

	/** How to go on, ReturnGO's own words and its request id; one sentence each. */
	get advice(): string {
		const { serverMessage, requestId, detail } = this.facts;
		const parts = [detail ?? adviceFor(this.kind, this.facts)];
		if (serverMessage !== null) parts.push(`ReturnGO said: ${serverMessage}`);
		if (requestId !== null) parts.push(`Request id for ReturnGO’s support: ${requestId}`);
		return parts.join(' ');
	}
}

/** The catalogue's code for each way in which a call can end without an answer. */
export const CODE_OF_KIND: Readonly<Record<FailureKind, ExceptionCode>> = {
	unauthorised: 'returnGoSignInRefused',
	notFound: 'rmaNotFound',
	refused: 'refusedByReturnGo',
	throttled: 'serviceUnavailable',
	unavailable: 'serviceUnavailable',
	unreadable: 'refusedByReturnGo',
	callBudget: 'callBudgetLow',
};

/** Whether it is about the one thing that was asked for, so that asking for another one may go well: it is gone, refused or not understood. */
export function concernsOneThing(failure: unknown): failure is ReturnGoFailure {
	return failure instanceof ReturnGoFailure && (failure.kind === 'notFound' || failure.kind === 'unreadable' || failure.kind === 'refused');
}

/** Reads a refusal by its status. ReturnGO documents 401 for the key and 403 for the store; its gateway answers 403 for both. */
export function failureOf(facts: FailureFacts & { status: number }): ReturnGoFailure {
	const { status, subject } = facts;
	if (status === 401) return new ReturnGoFailure('unauthorised', 'ReturnGO refuses the key of this credential', facts);
	if (status === 403) return new ReturnGoFailure('unauthorised', 'ReturnGO refuses the key of this credential, or refuses it for this store', facts);
	if (status === 404) return new ReturnGoFailure('notFound', `ReturnGO does not know ${subject}`, facts);
	if (status === 429) return new ReturnGoFailure('throttled', 'ReturnGO’s limit of calls is used up', facts);
	if (status >= 500) return new ReturnGoFailure('unavailable', `ReturnGO could not answer for ${subject}`, facts);
	if (status >= 300 && status < 400) {
		return new ReturnGoFailure('unreadable', 'The base URL sends the call elsewhere', { ...facts, detail: 'A redirect is not followed, because the key would travel with it. Check the base URL of the credential.' });
	}
	return new ReturnGoFailure('refused', `ReturnGO does not accept this for ${subject}`, facts);
}

/** For the editor and the execution log. */
export function toNodeApiError(node: INode, failure: ReturnGoFailure, itemIndex?: number): NodeApiError {
	const { status } = failure.facts;
	const response: JsonObject = { message: failure.message };
	return new NodeApiError(node, response, {
		message: failure.message,
		description: failure.advice,
		...(status === null ? {} : { httpCode: String(status) }),
		...(itemIndex === undefined ? {} : { itemIndex }),
	});
}

function adviceFor(kind: FailureKind, facts: FailureFacts): string {
	switch (kind) {
		case 'unauthorised':
			return facts.status === 403
				? 'Check the key and the store domain in the ReturnGO credential: the key has to belong to an owner of exactly this store.'
				: 'Check the key and the store domain in the ReturnGO credential: the key is in Settings, Integrations, API of the ReturnGO dashboard.';
		case 'notFound':
			return 'Check the id, and that the credential is for the store it belongs to.';
		case 'refused':
			return 'Check the values of this node. If it is a body that ReturnGO does not document, follow the live API with Additional Body Fields.';
		case 'throttled':
			return 'ReturnGO allows 2,000 calls a day unless agreed otherwise, and few of them per second. Run less often, or ask ReturnGO for a higher limit.';
		case 'unavailable':
			return facts.isWrite ? `Whether it took effect is not known: look at ${facts.subject} in ReturnGO before it is sent again.` : 'Try again later.';
		case 'unreadable':
			return 'The live API may have changed. Look at the raw answer, and update this package.';
		case 'callBudget':
			return 'Narrow the filters, or raise Maximum Calls in the options.';
	}
}
