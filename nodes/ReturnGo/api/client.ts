/**
 * The only code that calls ReturnGO. n8n's authenticated request helper carries each call; this decides whether it may be sent again,
 * keeps within the calls a run may make, and turns every answer into our words or into a ReturnGoFailure.
 */
import type { IDataObject, IExecuteFunctions, IHookFunctions, IHttpRequestMethods, IHttpRequestOptions, ILoadOptionsFunctions, IN8nHttpFullResponse, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import { hideIn, hiding, type Hide } from '../../secrets';
import { InvalidAddress, readAddress } from './address';
import type { EligibleItem, RmaAnswer, RmaPage, TransactionPage, WebhookRegistration } from './contract';
import { paths, readEligiblePolicies, readRma, readRmaPage, readTransactionPage, readWebhooks, UnreadableAnswer } from './contract';
import { failureOf, ReturnGoFailure } from './failure';
import { hideSecrets, maskSecrets } from './secrets';

export const CREDENTIAL_NAME = 'returnGoApi';

export type ReturnGoContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** How long a client may go on for one call, and how many calls it may make. */
export interface Patience {
	/** Calls of the whole client, repeated ones included. */
	callBudget: number;
	/** Milliseconds that one request may take. */
	requestTimeoutMs: number;
	/** Pauses before a refused or unanswered call is sent again, in milliseconds; their number bounds the attempts. */
	pausesMs: readonly number[];
	/** The same after a call too many in a second, where these pauses have to be others. */
	throttledPausesMs?: readonly number[];
	/** A refusal that asks for a longer pause than this is final, in milliseconds. */
	longestPauseMs: number;
}

/** For executions: a run that goes on for longer than the day's 2,000 calls cannot end well. Get Many bounds itself far below. */
export const EXECUTION_PATIENCE: Patience = { callBudget: 2000, requestTimeoutMs: 30_000, pausesMs: [1000, 2000, 4000, 8000, 16_000], longestPauseMs: 60_000 };

/** For calls that somebody in the editor is waiting for, and for switching a workflow on. */
export const INTERACTIVE_PATIENCE: Patience = { callBudget: 50, requestTimeoutMs: 8000, pausesMs: [500, 1000], longestPauseMs: 2000 };

/**
 * Within a webhook: its sender wants an answer in a few seconds, and what cannot be read now can be read by the workflow. A burst of messages passes
 * ReturnGO's limit of calls a second by itself, so the pauses after a refusal for it outlast two such seconds.
 */
export const WEBHOOK_PATIENCE: Patience = { callBudget: 4, requestTimeoutMs: 2000, pausesMs: [300], throttledPausesMs: [300, 800, 1000], longestPauseMs: 1000 };

/** For a poll: what does not come now comes with the next poll, and the pauses must fit between two of them. */
export const POLL_PATIENCE: Patience = { callBudget: 200, requestTimeoutMs: 20_000, pausesMs: [1000, 3000], longestPauseMs: 5000 };

/** ReturnGO is said to allow 5 calls a second; one after the other, this stays below. */
const LEAST_INTERVAL_MS = 210;

export interface ReturnGoClient {
	/** Calls that were sent so far, repeated ones included. */
	readonly callsMade: number;
	/** Calls that may still be sent. */
	readonly callsLeft: number;
	/** The same client, with this many calls left at most; what one of them calls counts for both. */
	limitedTo(calls: number): ReturnGoClient;
	/** The same client for a dry run: it asks, and throws an UnsentWrite instead of sending a call that would change something. */
	withoutWrites(): ReturnGoClient;
	/** @throws ReturnGoFailure */
	getRma(rmaId: string, includeMedia?: boolean): Promise<RmaAnswer>;
	/** One page. `query` are ReturnGO's own parameters without the cursor. @throws ReturnGoFailure */
	listRmas(query: ListQuery, cursor: string | null): Promise<RmaPage>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	addComment(rmaId: string, body: IDataObject): Promise<IDataObject | null>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	updateStatus(rmaId: string, body: IDataObject): Promise<IDataObject | null>;
	/** @throws ReturnGoFailure */
	listWebhooks(): Promise<WebhookRegistration[]>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	createWebhook(body: IDataObject): Promise<IDataObject | null>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	updateWebhook(webhookId: string, body: IDataObject): Promise<IDataObject | null>;
	/** @throws ReturnGoFailure */
	deleteWebhook(webhookId: string): Promise<void>;
	/** @throws ReturnGoFailure */
	getEligiblePolicies(body: IDataObject, subject: string): Promise<EligibleItem[]>;
	/** @returns what ReturnGO answered. @throws ReturnGoFailure */
	createRma(body: IDataObject, subject: string): Promise<unknown>;
	/** @returns what ReturnGO answered. @throws ReturnGoFailure */
	updateShipment(shipmentId: string, body: IDataObject): Promise<unknown>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	deleteShipment(shipmentId: string): Promise<IDataObject | null>;
	/** @returns what ReturnGO answered, if it was an object. @throws ReturnGoFailure */
	trackShipment(shipmentId: string, body: IDataObject): Promise<IDataObject | null>;
	/** One page. `query` are ReturnGO's own parameters without the cursor. @throws ReturnGoFailure */
	listTransactions(query: ListQuery, cursor: string | null): Promise<TransactionPage>;
	/** `shownBody` is the body as a dry run may show it. @returns what ReturnGO answered. @throws ReturnGoFailure */
	reportTransaction(transactionId: string, body: IDataObject, shownBody: IDataObject): Promise<unknown>;
}

/** Parameters of `GET /rmas` and `GET /transactions`, by ReturnGO's names. */
export type ListQuery = Readonly<Record<string, string>>;

/**
 * A client for the store of the node's credential.
 * @throws NodeOperationError when the credential names no store or no usable address
 */
export async function createReturnGoClient(context: ReturnGoContext, patience: Patience): Promise<ReturnGoClient> {
	const credentials = await context.getCredentials<{ baseUrl?: unknown; storeDomain?: unknown; apiKey?: unknown }>(CREDENTIAL_NAME);
	try {
		return new HttpClient(context, readAddress(credentials).baseUrl, hiding([credentials.apiKey]), patience, { callsMade: 0, lastSentAt: 0 }, patience.callBudget, 'sent');
	} catch (refusal) {
		if (!(refusal instanceof InvalidAddress)) throw new NodeOperationError(context.getNode(), 'The ReturnGO credential could not be read', { description: 'Open the ReturnGO credential, fill in its fields and test it.' });
		throw new NodeOperationError(context.getNode(), refusal.message, { description: refusal.advice });
	}
}

interface AnyCall {
	method: IHttpRequestMethods;
	path: string;
	query?: ListQuery;
	body?: IDataObject;
	/** What the call is about, to complete a sentence. */
	subject: string;
}

interface Get extends AnyCall {
	method: 'GET';
}

/** A question that is asked with POST. */
interface Question extends AnyCall {
	method: 'POST';
	changesNothing: true;
}

interface Write extends AnyCall {
	method: 'POST' | 'PUT' | 'DELETE';
	/** What it does, as in "A real run would delete shipment 5000001". */
	act: string;
	/** The ids that it names in its path, by the names that the operations give them. */
	ids: Readonly<Record<string, string>>;
	/** The body as it may be seen, where it may hold a secret. */
	shownBody?: IDataObject | null;
}

type Call = Get | Question | Write;

/** A call that a dry run stopped before, in the form in which it may be seen. */
export class UnsentWrite extends Error {
	readonly act: string;
	readonly ids: Readonly<Record<string, string>>;
	readonly request: { method: string; path: string; body?: IDataObject };

	constructor({ act, ids, method, path, body, shownBody = body }: Write) {
		super(`Not sent: ${method} ${path}`);
		this.name = 'UnsentWrite';
		this.act = act;
		this.ids = ids;
		this.request = { method, path, ...(shownBody ? { body: shownBody } : {}) };
	}
}

/** What clients of one run share. */
interface Meter {
	callsMade: number;
	lastSentAt: number;
}

class HttpClient implements ReturnGoClient {
	constructor(
		private readonly context: ReturnGoContext,
		private readonly baseUrl: string,
		private readonly hide: Hide,
		private readonly patience: Patience,
		private readonly meter: Meter,
		/** As a reading of the meter. */
		private readonly lastCall: number,
		private readonly writesAre: 'sent' | 'stopped',
	) {}

	get callsMade(): number {
		return this.meter.callsMade;
	}

	get callsLeft(): number {
		return Math.max(0, this.lastCall - this.meter.callsMade);
	}

	limitedTo(calls: number): ReturnGoClient {
		return new HttpClient(this.context, this.baseUrl, this.hide, this.patience, this.meter, Math.min(this.lastCall, this.meter.callsMade + calls), this.writesAre);
	}

	withoutWrites(): ReturnGoClient {
		return new HttpClient(this.context, this.baseUrl, this.hide, this.patience, this.meter, this.lastCall, 'stopped');
	}

	async getRma(rmaId: string, includeMedia = false): Promise<RmaAnswer> {
		const subject = `RMA ${rmaId}`;
		const query: ListQuery = includeMedia ? { includeMedia: 'true' } : {};
		return await this.read({ method: 'GET', path: paths.rma(rmaId), query, subject }, readRma);
	}

	async listRmas(query: ListQuery, cursor: string | null): Promise<RmaPage> {
		const page = cursor === null ? query : { ...query, cursor };
		return await this.read({ method: 'GET', path: paths.rmas, query: page, subject: 'the list of RMAs' }, readRmaPage);
	}

	async addComment(rmaId: string, body: IDataObject): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'POST', path: paths.comment(rmaId), body, subject: `RMA ${rmaId}`, act: `add a comment to RMA ${rmaId}`, ids: { rmaId } }));
	}

	async updateStatus(rmaId: string, body: IDataObject): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'PUT', path: paths.status(rmaId), body, subject: `RMA ${rmaId}`, act: `update the status of RMA ${rmaId}`, ids: { rmaId } }));
	}

	async listWebhooks(): Promise<WebhookRegistration[]> {
		return await this.read({ method: 'GET', path: paths.webhooks, subject: 'the list of webhooks' }, readWebhooks);
	}

	async createWebhook(body: IDataObject): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'POST', path: paths.newWebhook, body, shownBody: hideSecrets(body), subject: `a webhook for ${String(body.eventName)}`, act: `create a webhook for ${String(body.eventName)}`, ids: {} }));
	}

	async updateWebhook(webhookId: string, body: IDataObject): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'PUT', path: paths.webhook(webhookId), body, shownBody: hideSecrets(body), subject: `webhook ${webhookId}`, act: `update webhook ${webhookId}`, ids: { webhookId } }));
	}

	async deleteWebhook(webhookId: string): Promise<void> {
		await this.send({ method: 'DELETE', path: paths.webhook(webhookId), subject: `webhook ${webhookId}`, act: `delete webhook ${webhookId}`, ids: { webhookId } });
	}

	async getEligiblePolicies(body: IDataObject, subject: string): Promise<EligibleItem[]> {
		return await this.read({ method: 'POST', path: paths.eligiblePolicies, body, subject, changesNothing: true }, readEligiblePolicies);
	}

	async createRma(body: IDataObject, subject: string): Promise<unknown> {
		return await this.send({ method: 'POST', path: paths.createByPolicy, body, subject, act: `make ${subject}`, ids: {} });
	}

	async updateShipment(shipmentId: string, body: IDataObject): Promise<unknown> {
		return await this.send({ method: 'PUT', path: paths.shipment(shipmentId), body, subject: `shipment ${shipmentId}`, act: `update shipment ${shipmentId}`, ids: { shipmentId } });
	}

	async deleteShipment(shipmentId: string): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'DELETE', path: paths.shipment(shipmentId), subject: `shipment ${shipmentId}`, act: `delete shipment ${shipmentId}`, ids: { shipmentId } }));
	}

	async trackShipment(shipmentId: string, body: IDataObject): Promise<IDataObject | null> {
		return asObject(await this.send({ method: 'POST', path: paths.tracker, body, subject: `shipment ${shipmentId}`, act: `have ReturnGO follow shipment ${shipmentId}`, ids: { shipmentId } }));
	}

	async listTransactions(query: ListQuery, cursor: string | null): Promise<TransactionPage> {
		const page = cursor === null ? query : { ...query, cursor };
		return await this.read({ method: 'GET', path: paths.transactions, query: page, subject: 'the list of transactions' }, readTransactionPage);
	}

	async reportTransaction(transactionId: string, body: IDataObject, shownBody: IDataObject): Promise<unknown> {
		return await this.send({ method: 'PUT', path: paths.transaction(transactionId), body, shownBody, subject: `transaction ${transactionId}`, act: `report the outcome of transaction ${transactionId}`, ids: { transactionId } });
	}

	private async read<Result>(call: Get | Question, understand: (answer: unknown) => Result): Promise<Result> {
		const { body, requestId } = await this.answerOf(call);
		const answer = understood(body, understand);
		if (!(answer instanceof UnreadableAnswer)) return answer;
		throw new ReturnGoFailure('unreadable', `ReturnGO’s answer for ${call.subject} is not in the form this node knows`, {
			subject: call.subject,
			requestId,
			detail: `Missing or of another kind: ${answer.places.join(', ')}. The live API may have changed; nothing was guessed.`,
		});
	}

	/** @returns the body of the answer. @throws ReturnGoFailure, or UnsentWrite in a dry run */
	private async send(call: Call): Promise<unknown> {
		return (await this.answerOf(call)).body;
	}

	/** @throws ReturnGoFailure, or UnsentWrite in a dry run */
	private async answerOf(call: Call): Promise<Answer> {
		if (isWrite(call) && this.writesAre === 'stopped') throw new UnsentWrite(call);
		const outcome = await this.settle(call);
		if (outcome instanceof ReturnGoFailure) throw outcome;
		return outcome;
	}

	/** Sends the call until it is answered, refused for good, or the pauses are used up. */
	private async settle(call: Call): Promise<Answer | ReturnGoFailure> {
		for (let attempt = 0; ; attempt++) {
			if (this.callsLeft <= 0) {
				return new ReturnGoFailure('callBudget', `This run has made the ${this.callsMade} calls to ReturnGO that it may make`, {
					subject: call.subject,
					detail: 'ReturnGO allows 2,000 calls a day unless agreed otherwise. Spread the items over several runs.',
				});
			}
			const outcome = await this.attempt(call);
			if (!(outcome instanceof Refusal)) return outcome;
			const { pausesMs, throttledPausesMs = pausesMs } = this.patience;
			const pause = (outcome.failure.kind === 'throttled' ? throttledPausesMs : pausesMs)[attempt];
			if (pause === undefined || outcome.retryAfterMs > this.patience.longestPauseMs || !mayRepeat(call, outcome)) return outcome.failure;
			await sleep(Math.max(pause, outcome.retryAfterMs));
		}
	}

	private async attempt(call: Call): Promise<Answer | Refusal> {
		const wait = this.meter.lastSentAt + LEAST_INTERVAL_MS - Date.now();
		if (wait > 0) await sleep(wait);
		this.meter.callsMade++;
		this.meter.lastSentAt = Date.now();
		const facts = { subject: call.subject, status: null, serverMessage: null, requestId: null, isWrite: isWrite(call), detail: null };
		let response: IN8nHttpFullResponse;
		try {
			response = (await this.context.helpers.httpRequestWithAuthentication.call(this.context, CREDENTIAL_NAME, this.requestFor(call))) as IN8nHttpFullResponse;
		} catch (broken) {
			// n8n's object holds the whole request, key included: only its code and text go on.
			return new Refusal(new ReturnGoFailure('unavailable', 'ReturnGO could not be reached', { ...facts, detail: describeBreak(broken, call) }), 0);
		}
		const { statusCode: status, headers } = response;
		const body = hideIn(response.body, this.hide);
		const requestId = this.hide(headerOf(headers, 'x-amzn-requestid'));
		if (status >= 200 && status < 300) return { body, requestId };
		const failure = failureOf({ ...facts, status, serverMessage: messageOf(body), requestId });
		return new Refusal(failure, retryAfterMs(headerOf(headers, 'retry-after')));
	}

	private requestFor(call: Call): IHttpRequestOptions {
		// Written out here because a plus sign in sort_by must arrive as %2B, and serialisers differ about that.
		const query = Object.entries(call.query ?? {})
			.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
			.join('&');
		return {
			method: call.method,
			url: `${this.baseUrl}${call.path}${query === '' ? '' : `?${query}`}`,
			...(call.body === undefined ? {} : { body: call.body }),
			json: true,
			timeout: this.patience.requestTimeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry the key to wherever it points.
			disableFollowRedirect: true,
		};
	}
}

interface Answer {
	body: unknown;
	/** ReturnGO's support asks for it, also where the answer is a good one that cannot be read. */
	requestId: string | null;
}

class Refusal {
	constructor(
		readonly failure: ReturnGoFailure,
		readonly retryAfterMs: number,
	) {}
}

/**
 * A throttled call was turned away before anything happened, so each kind may be sent again, except where the limit is the day's:
 * that does not come back within a run. Silence leaves open what happened, so after it only reads are repeated.
 */
function mayRepeat(call: Call, refusal: Refusal): boolean {
	const { kind, facts } = refusal.failure;
	if (kind === 'throttled') return !/limit exceeded|quota|daily/i.test(facts.serverMessage ?? '');
	return kind === 'unavailable' && !isWrite(call);
}

function isWrite(call: Call): call is Write {
	return call.method !== 'GET' && !('changesNothing' in call);
}

function messageOf(body: unknown): string | null {
	const text = typeof body === 'string' ? body : textOf(body);
	// ReturnGO may repeat the address of a webhook, and ours carries a secret. Masked before it is cut, because half a secret is one too.
	const short = maskSecrets(text).replace(/\s+/g, ' ').trim().slice(0, 300);
	return short === '' || short.startsWith('<') ? null : short;
}

function textOf(body: unknown): string {
	if (typeof body !== 'object' || body === null) return '';
	const { message, error } = body as { message?: unknown; error?: unknown };
	if (typeof message === 'string') return message;
	return typeof error === 'string' ? error : '';
}

function headerOf(headers: IDataObject, name: string): string | null {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : null;
}

/** ReturnGO documents no Retry-After; a proxy in between may send one, in seconds or as a date. */
function retryAfterMs(value: string | null): number {
	if (value === null) return 0;
	const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : new Date(value).getTime() - Date.now();
	return Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}

function describeBreak(broken: unknown, call: Call): string {
	const code = codeOf(broken);
	const what = code === null ? 'The connection ended without an answer.' : `The connection ended without an answer (${code}).`;
	return isWrite(call)
		? `${what} Whether it took effect is not known: look at ${call.subject} in ReturnGO before it is sent again.`
		: `${what} Check the base URL of the credential and this machine’s way to the internet, then try again.`;
}

function codeOf(broken: unknown): string | null {
	for (let current = broken, depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
		const { code, cause } = current as { code?: unknown; cause?: unknown };
		if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return code;
		current = cause;
	}
	return null;
}

function asObject(body: unknown): IDataObject | null {
	return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as IDataObject) : null;
}

function understood<Result>(answer: unknown, understand: (answer: unknown) => Result): Result | UnreadableAnswer {
	try {
		return understand(answer);
	} catch (refusal) {
		return refusal instanceof UnreadableAnswer ? refusal : new UnreadableAnswer(['the whole answer']);
	}
}
