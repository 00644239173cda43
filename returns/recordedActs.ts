/**
 * Single acts outside a settlement (a debit of store credit, a move of stock), recorded on the Shopify order under a reference that the
 * consultant gives: the same reference is the same act, and it is done once. One JSON metafield beside the ledger, written with compare-and-set.
 */
import { z } from 'zod';
import { canonicalJson, hashOf } from './keys';

export const ACTS_KEY = 'acts';

export type ActKind = 'debit' | 'move';

const facts = z.record(z.string(), z.union([z.string(), z.number()]));

const recordedAct = z.object({
	/** Derived from shop, order, kind and reference: the same act has the same key for ever. */
	key: z.string(),
	kind: z.enum(['debit', 'move']),
	reference: z.string(),
	/** What is asked for; another question under the same reference is refused. */
	asked: facts,
	/** What is sent besides, so that a later run can send exactly the same again. */
	sent: facts,
	state: z.enum(['claimed', 'done']),
	/** Who claimed it: a random token per call. */
	claimant: z.string(),
	claimedAt: z.string(),
	leaseUntil: z.string(),
	/** When it was claimed first with these figures: Shopify remembers a key for 24 hours from then on. */
	since: z.string(),
	/** Installation of the app that claimed it; Shopify may know the key only with this one. */
	installationId: z.string().nullable(),
	/** What there was of the kind when it was claimed: what is not among them is new. */
	idsBefore: z.array(z.string()),
	/** Shopify's record of the act; filled when it is done. */
	resultId: z.string().nullable(),
	doneAt: z.string().nullable(),
});

const schema = z.object({ version: z.literal(1), acts: z.array(recordedAct) });

export type RecordedAct = z.infer<typeof recordedAct>;
export type Facts = z.infer<typeof facts>;
export type ActsRecord = z.infer<typeof schema>;

/** The metafield holds something that is no record of this version; nothing may be done over it. */
export class UnreadableActs extends Error {
	constructor(reason: string) {
		super(`The record return_settlement.${ACTS_KEY} on the order cannot be read: ${reason}`);
		this.name = 'UnreadableActs';
	}
}

/**
 * Reads the metafield's value; null is an order without a record.
 * @throws UnreadableActs
 */
export function parseActs(value: string | null): ActsRecord {
	if (value === null) return { version: 1, acts: [] };
	let json: unknown;
	try {
		json = JSON.parse(value);
	} catch {
		throw new UnreadableActs('its value is not JSON');
	}
	const parsed = schema.safeParse(json);
	if (!parsed.success) throw new UnreadableActs(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
	return parsed.data;
}

/** Identity of one act. */
export function actKey(shopDomain: string, orderId: string, kind: ActKind, reference: string): string {
	return hashOf({ shopDomain, orderId, kind, reference }).slice(0, 32);
}

/** Replaces the act of the same key, or adds it. */
export function withAct(record: ActsRecord, act: RecordedAct): ActsRecord {
	return { ...record, acts: [...record.acts.filter(({ key }) => key !== act.key), act] };
}

export function withoutAct(record: ActsRecord, key: string): ActsRecord {
	return { ...record, acts: record.acts.filter((act) => act.key !== key) };
}

/**
 * - `open`: nobody has begun it, or only this very call.
 * - `done`: it was done and recorded.
 * - `other`: the reference belongs to another question.
 * - `busy`: somebody else's claim is alive.
 * - `dead`: somebody's claim has run out, and nothing says what came of it.
 */
export type Standing = { kind: 'open' } | { kind: 'done' | 'other' | 'busy' | 'dead'; act: RecordedAct };

export function standingOf(record: ActsRecord, key: string, asked: Facts, claimant: string, now: Date): Standing {
	const act = record.acts.find((candidate) => candidate.key === key);
	if (act === undefined) return { kind: 'open' };
	if (canonicalJson(act.asked) !== canonicalJson(asked)) return { kind: 'other', act };
	if (act.state === 'done') return { kind: 'done', act };
	if (act.claimant === claimant) return { kind: 'open' };
	return { kind: new Date(act.leaseUntil).getTime() > now.getTime() ? 'busy' : 'dead', act };
}

/** Shopify remembers a key for 24 hours; the margin is for clocks and for a request under way. */
const KEY_REMEMBERED_MS = 23 * 3_600_000;

/** Whether sending a dead claim's request again is sure to meet Shopify's memory of the first one, if there was one. */
export function isKeyRemembered(act: RecordedAct, installationId: string | null, now: Date): boolean {
	const isOurs = act.installationId !== null && act.installationId === installationId;
	return isOurs && now.getTime() - new Date(act.since).getTime() < KEY_REMEMBERED_MS;
}
