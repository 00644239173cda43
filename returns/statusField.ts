/**
 * How the Shopify order shows its returns: one metafield with a line per return (type list.single_line_text_field, which the admin shows as a list), and
 * one tag per state. Lines and tags that are not ours stay as they are.
 */
import type { OrderSnapshot } from './order';
import type { Rma } from './rma';
import { nextStatus, RETURN_STATES, type ReturnState, type ReturnStatus } from './status';

export const STATUS_FIELD = { namespace: 'return_settlement', key: 'status', type: 'list.single_line_text_field', name: 'Returns', description: 'Where each return of the order stands: state, since when, next step and parcel. Written by n8n.' } as const;

/** What the order is to show. */
export interface StatusUpdate {
	status: ReturnStatus;
	/** The metafield's whole value. */
	value: string;
	isValueNew: boolean;
	tags: { add: string[]; remove: string[] };
}

const LABELS: Record<ReturnState, string> = {
	requested: 'requested',
	approved: 'approved',
	inTransit: 'in transit',
	received: 'received in part',
	awaitingInspection: 'awaiting inspection',
	inspected: 'inspected',
	refundPending: 'refund pending',
	refunded: 'refunded',
	creditPending: 'store credit pending',
	credited: 'store credit issued',
	exchangePending: 'exchange pending',
	exchanged: 'exchanged',
	closed: 'closed',
	rejected: 'rejected',
	canceled: 'canceled',
	needsAttention: 'needs attention',
};

const TAGS: Record<ReturnState, string> = {
	requested: 'return-requested',
	approved: 'return-approved',
	inTransit: 'return-in-transit',
	received: 'return-received',
	awaitingInspection: 'return-awaiting-inspection',
	inspected: 'return-inspected',
	refundPending: 'return-refund-pending',
	refunded: 'return-refunded',
	creditPending: 'return-credit-pending',
	credited: 'return-credited',
	exchangePending: 'return-exchange-pending',
	exchanged: 'return-exchanged',
	closed: 'return-closed',
	rejected: 'return-rejected',
	canceled: 'return-canceled',
	needsAttention: 'return-needs-attention',
};

/** Orders that carry it have a refund whose money has not moved yet. */
export const REFUND_PENDING_TAG = TAGS.refundPending;

/**
 * Whether the tag says a state of ours: such tags follow the facts and are set by nobody else. The tag of a parcel on its way is an exception: a
 * carrier's scan may be known before ReturnGO tells of it.
 */
export function isStatusTag(tag: string): boolean {
	const wanted = tag.trim().toLowerCase();
	return wanted !== TAGS.inTransit && Object.values(TAGS).includes(wanted);
}

/**
 * What the order shows once the RMA's facts are on it. The lines of its other returns stay.
 * @param order read now, with its tags and the metafield
 */
export function statusUpdate(rma: Rma, order: OrderSnapshot, now: Date): StatusUpdate {
	const { statuses, others } = parseStatusField(order.statusField.value);
	const status = nextStatus(statuses.find(({ rmaId }) => rmaId === rma.id) ?? null, rma, order, now);
	const all = [...statuses.filter(({ rmaId }) => rmaId !== rma.id), status].sort((left, right) => (left.rmaId.padStart(20, '0') < right.rmaId.padStart(20, '0') ? -1 : 1));
	const value = JSON.stringify([...all.map(lineOf), ...others]);
	return { status, value, isValueNew: !isSameList(value, order.statusField.value), tags: tagChanges(all, order.tags) };
}

/** The tag that shows a state. */
export function tagOf(state: ReturnState): string {
	return TAGS[state];
}

/** Returns in a metafield's value; lines that are none of ours are `others`. Never throws: what cannot be read is written anew. */
export function parseStatusField(value: string | null): { statuses: ReturnStatus[]; others: string[] } {
	const lines = linesIn(value);
	const statuses = lines.map(readLine);
	return { statuses: statuses.filter((status) => status !== null), others: lines.filter((_line, index) => statuses[index] === null) };
}

/** Tags to add and to take away. Only tags that show a state are ever touched. */
function tagChanges(statuses: readonly ReturnStatus[], currentTags: readonly string[]): StatusUpdate['tags'] {
	const wanted = new Set(statuses.map(({ state }) => TAGS[state]));
	const present = new Set(currentTags.map((tag) => tag.toLowerCase()));
	// A carrier's scan may have set it before ReturnGO tells of the parcel; it goes when the parcel has arrived, or the return has ended.
	const mayBeOnItsWay = statuses.some(({ state }) => state === 'requested' || state === 'approved');
	const isLeft = (tag: string) => tag === TAGS.inTransit && mayBeOnItsWay;
	return { add: [...wanted].filter((tag) => !present.has(tag)), remove: Object.values(TAGS).filter((tag) => present.has(tag) && !wanted.has(tag) && !isLeft(tag)) };
}

const SEPARATOR = ' · ';
const LINE = /^RMA(\d+): ([a-z ]+) · since (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) · next: (.*?)(?: · parcel: (https?:\/\/\S+))?(?: · ReturnGO as of (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?$/;

/** e.g. "RMA1000001: in transit · since 2026-11-20T10:00:00Z · next: wait for the parcel · parcel: https://… · ReturnGO as of 2026-11-20T09:58:00Z" */
function lineOf({ rmaId, state, since, nextStep, trackingUrl, asOf }: ReturnStatus): string {
	const parcel = trackingUrl !== null && isPlainLink(trackingUrl) ? [`parcel: ${trackingUrl}`] : [];
	return [`RMA${rmaId}: ${LABELS[state]}`, `since ${since}`, `next: ${nextStep}`, ...parcel, ...(asOf === null ? [] : [`ReturnGO as of ${asOf}`])].join(SEPARATOR);
}

function readLine(line: string): ReturnStatus | null {
	const [, rmaId, label, since, nextStep, trackingUrl, asOf] = LINE.exec(line) ?? [];
	const state = RETURN_STATES.find((candidate) => LABELS[candidate] === label);
	if (rmaId === undefined || since === undefined || nextStep === undefined || state === undefined) return null;
	return { rmaId, state, since, nextStep, trackingUrl: trackingUrl ?? null, asOf: asOf ?? null };
}

/** A link that a line can hold; anything else that a carrier gave is left out. */
function isPlainLink(url: string): boolean {
	return /^https?:\/\/[\x21-\x7e]{1,500}$/.test(url);
}

function linesIn(value: string | null): string[] {
	try {
		const list: unknown = JSON.parse(value ?? '[]');
		return Array.isArray(list) ? list.filter((line): line is string => typeof line === 'string') : [];
	} catch {
		return [];
	}
}

function isSameList(value: string, present: string | null): boolean {
	return present !== null && value === JSON.stringify(linesIn(present));
}
