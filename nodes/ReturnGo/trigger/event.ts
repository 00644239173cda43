/** The item a workflow starts with, whether a webhook's message or a poll brought the news. */
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Rma } from '../../../returns/rma';
import type { ReturnGoClient } from '../api/client';
import type { WebhookEvent, WebhookMessage } from '../api/contract';
import { ReturnGoFailure } from '../api/failure';
import { shownRma } from '../api/shown';

/**
 * Why `rma` is null:
 * - `rmaIdMissing`: the message names no RMA (ReturnGO does not document its messages; a transaction, for one, knows none).
 * - `credential`: the node's credential is missing or incomplete.
 * - the others: the RMA could not be read again at once; see FailureKind.
 */
export interface FetchError {
	code: 'rmaIdMissing' | 'credential' | ReturnGoFailure['kind'];
	message: string;
	/** How to go on. */
	nextStep: string;
}

/** What a poll sees and ReturnGO has no webhook for. */
export const POLLED_EVENTS = ['RMA_UPDATED', 'SHIPMENT_UPDATED', 'TRANSACTION_STATUS_UPDATED'] as const;
export type EventType = WebhookEvent | (typeof POLLED_EVENTS)[number];

export interface ReturnGoEvent {
	type: EventType;
	/**
	 * The same for the same news: made of the event, the ids and the state of the RMA it reports. A message that is delivered twice, or
	 * reported by two webhooks, has one id; the next change has another.
	 */
	id: string;
	/** When the message arrived, or the poll saw it, UTC. */
	triggeredAt: string;
	rmaId: string | null;
	shipmentId: string | null;
	transactionId: string | null;
	/** The RMA as ReturnGO answered right after the message; null with a `fetchError`. */
	rma: Rma | null;
	fetchError: FetchError | null;
	/** The message as it came; of a poll, what it compared. */
	raw: IDataObject;
}

/**
 * Reads the RMA again, since an unsigned message proves nothing. ReturnGO is not known to send a message twice when it is not accepted, so
 * an event whose RMA cannot be read is not turned away: it starts the workflow with the reason, and the workflow can read the RMA later.
 */
export async function toEvent(type: WebhookEvent, message: WebhookMessage, raw: IDataObject, connect: () => Promise<ReturnGoClient>, now: Date): Promise<ReturnGoEvent> {
	const { rma, fetchError } = await readRmaOf(message, connect);
	return buildEvent(type, message, { rma, fetchError }, raw, now);
}

export interface EventFacts {
	rmaId: string | null;
	shipmentId: string | null;
	transactionId: string | null;
	/** The status that was reported. */
	status: string | null;
	/** What else tells this news from the one before, where the state of the RMA does not show it. */
	detail?: string;
}

export function buildEvent(type: EventType, facts: EventFacts, { rma, fetchError }: Pick<ReturnGoEvent, 'rma' | 'fetchError'>, raw: IDataObject, now: Date): ReturnGoEvent {
	return {
		type,
		id: fingerprint(type, facts, rma),
		triggeredAt: now.toISOString(),
		rmaId: facts.rmaId,
		shipmentId: facts.shipmentId,
		transactionId: facts.transactionId,
		rma: rma === null ? null : shownRma(rma),
		fetchError,
		raw,
	};
}

export const RMA_ID_MISSING: FetchError = {
	code: 'rmaIdMissing',
	message: 'The message names no RMA',
	nextStep: 'Find the RMA with ReturnGO: Get Many (Updated After), or look at “raw” for another field that names it.',
};

export function toFetchError(failure: ReturnGoFailure): FetchError {
	return { code: failure.kind, message: failure.message, nextStep: `${failure.advice} ${READ_LATER}` };
}

const READ_LATER = 'Read it with ReturnGO: Get, using “rmaId”, before anything is decided.';

async function readRmaOf(message: WebhookMessage, connect: () => Promise<ReturnGoClient>): Promise<Pick<ReturnGoEvent, 'rma' | 'fetchError'>> {
	if (message.rmaId === null) return { rma: null, fetchError: RMA_ID_MISSING };
	try {
		const client = await connect();
		return { rma: (await client.getRma(message.rmaId)).rma, fetchError: null };
	} catch (failure) {
		if (failure instanceof ReturnGoFailure) return { rma: null, fetchError: toFetchError(failure) };
		return { rma: null, fetchError: { code: 'credential', message: 'The ReturnGO credential cannot be used', nextStep: `Test the credential in n8n. ${READ_LATER}` } };
	}
}

function fingerprint(type: EventType, facts: EventFacts, rma: Rma | null): string {
	const state = rma === null ? ['message', facts.status] : stateOf(rma);
	const news = [type, facts.rmaId, facts.shipmentId, facts.transactionId, state, ...(facts.detail === undefined ? [] : [facts.detail])];
	return createHash('sha256').update(JSON.stringify(news)).digest('hex').slice(0, 32);
}

/** Everything of an RMA that an event can be about. Not its `lastUpdated`, which ReturnGO does not move with it. */
function stateOf(rma: Rma): unknown[] {
	return [
		rma.status,
		rma.shipments.map((shipment) => [shipment.id, shipment.status, shipment.trackingNumber]),
		rma.units.map((unit) => [unit.id, unit.validation.validatedAt, unit.validation.isReturned, unit.validation.isRestockable]),
		rma.transactions.map((transaction) => [transaction.id, transaction.status]),
	];
}
