/**
 * Does a single act once: read the order's record, claim, act, record. After a lost answer the shop is read back; whoever finds a claim that
 * has run out first looks whether the act took place.
 */
import { reason, type Reason } from '../../../returns/exceptions';
import { actKey, isKeyRemembered, standingOf, UnreadableActs, withAct, withoutAct, type ActKind, type Facts, type RecordedAct } from '../../../returns/recordedActs';
import { LONGEST_REQUEST_MS, ShopifyRequestError, type ShopifyClient } from '../api/client';
import { rehearsal, type Rehearsal } from '../../dryRun';
import type { WriteResult } from '../outcome';
import { attempt } from '../settlement/attempt';
import { byShopifysClock } from '../settlement/clock';
import type { Surroundings } from '../settlement/pipeline';
import { readActs, writeActs, type OrderWithActs } from './record';

/** What a kind of act knows about itself. */
export interface SingleAct {
	readonly kind: ActKind;
	readonly reference: string;
	/** What is asked for. */
	readonly asked: Facts;
	/** As in "A real run would take 5.00 EUR back". */
	readonly sentence: string;
	/** Looks whether it can be done, and at what a later run has to know; a reason when something stands in the way. */
	prepare(order: OrderWithActs): Promise<Prepared | Reason>;
	/** Sends it. */
	send(act: RecordedAct, sendWithinMs: number): Promise<Sent>;
	/** Id of the act, where the shop itself shows it; null where it does not, or cannot. */
	find(act: RecordedAct, order: OrderWithActs): Promise<string | null>;
	/** Whether sending the very same again is harmless as long as Shopify remembers its key. */
	readonly hasKey: boolean;
}

export interface Prepared {
	readonly sent: Facts;
	readonly idsBefore: string[];
}

/**
 * - `refused`: nothing was done.
 * - `stale`: nothing was done, because the figures have changed since they were read.
 * - `unknown`: nobody can tell yet.
 */
export type Sent = { kind: 'done'; id: string } | { kind: 'refused'; reason: Reason } | { kind: 'stale' } | { kind: 'unknown'; message: string };

export interface OnceResult extends WriteResult {
	readonly order: { id: string; name: string } | null;
	readonly reference: string;
	/** Shopify's record of the act. */
	readonly resultId: string | null;
	readonly retryAt?: string;
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

/** How often a lost race or changed figures are looked at again. */
const ROUNDS = 6;
const LEASE_MS = 120_000;
const READ_BACK_WAITS_MS = [500, 1500, 4000];
const RETRY_AFTER_MS = 60_000;

/**
 * @param orderId GID of the order whose record it goes into
 * @throws ShopifyRequestError when Shopify could not be asked at all; nothing was done then
 */
export async function doOnce(client: ShopifyClient, orderId: string, act: SingleAct, isDryRun: boolean, world: Surroundings): Promise<OnceResult> {
	const surroundings = byShopifysClock(client, world);
	const claimant = surroundings.token();
	for (let round = 0; round < ROUNDS; round += 1) {
		const result = await tryOnce(client, orderId, act, isDryRun, claimant, surroundings);
		if (result !== 'again') return result;
		await surroundings.sleep(100 * 2 ** round);
	}
	return { ...waiting(act, null, reason('claimedElsewhere', 'Others kept changing the same figures.')), retryAt: later(surroundings, RETRY_AFTER_MS) };
}

async function tryOnce(client: ShopifyClient, orderId: string, act: SingleAct, isDryRun: boolean, claimant: string, surroundings: Surroundings): Promise<OnceResult | 'again'> {
	const read = await attempt(async () => await readActs(client, orderId), UnreadableActs);
	if (!read.ok) return blocked(act, null, reason('ledgerUnreadable', read.failure.message));
	const order = read.value;
	if (order === null) return blocked(act, null, reason('orderNotFound', `The store has no order ${orderId}.`));
	const key = actKey(client.shopDomain, order.id, act.kind, act.reference);
	const standing = standingOf(order.record, key, act.asked, claimant, surroundings.now());
	if (standing.kind === 'other') return blocked(act, order, reason('referenceReused', `The order ${order.name} has other figures under the reference ${act.reference}: ${shown(standing.act.asked)}.`));
	if (standing.kind === 'done') return settledBefore(act, order, standing.act.resultId, `It was done at ${standing.act.doneAt ?? 'an unknown time'}.`);
	if (standing.kind === 'busy') return { ...waiting(act, order, reason('claimedElsewhere', `Another run is doing it until ${standing.act.leaseUntil}.`)), retryAt: standing.act.leaseUntil };
	const dead = standing.kind === 'dead' ? standing.act : null;
	const found = dead === null ? null : await act.find(dead, order);
	if (dead !== null && found !== null) {
		if (!isDryRun) await record(client, order, finished(dead, found, surroundings), surroundings);
		return settledBefore(act, order, found, 'A run that ended early had done it.');
	}
	if (dead !== null && act.hasKey && !isKeyRemembered(dead, order.installationId, surroundings.now())) {
		return blocked(act, order, reason('stockUnclear', `A run that began at ${dead.since} ended early, and Shopify no longer tells whether it was done (reference ${key}).`));
	}
	// With a key the claim stands as it is and is sent again; without one, nothing shows that it was done, so it is begun anew.
	const isResumed = dead !== null && act.hasKey;
	const prepared = isResumed ? { sent: dead.sent, idsBefore: dead.idsBefore } : await act.prepare(order);
	if ('code' in prepared) return blocked(act, order, prepared);
	if (isDryRun) return { ...rehearsal(act.sentence, act.asked), order: placeOf(order), reference: act.reference, resultId: null };

	const now = surroundings.now();
	const claim: RecordedAct = {
		key,
		kind: act.kind,
		reference: act.reference,
		asked: act.asked,
		...prepared,
		state: 'claimed',
		claimant,
		claimedAt: now.toISOString(),
		leaseUntil: new Date(now.getTime() + LEASE_MS).toISOString(),
		since: isResumed ? dead.since : now.toISOString(),
		installationId: order.installationId,
		resultId: null,
		doneAt: null,
	};
	const claimed = await writeActs(client, order, withAct(order.record, claim));
	if (claimed.kind === 'lost') return 'again';
	if (claimed.kind === 'refused') return blocked(act, order, reason('refusedByShopify', `The claim was refused: ${claimed.message}`));
	return await perform(client, claimed.order, act, claim, isResumed, surroundings);
}

async function perform(client: ShopifyClient, order: OrderWithActs, act: SingleAct, claim: RecordedAct, isResumed: boolean, surroundings: Surroundings): Promise<OnceResult | 'again'> {
	const sent = await act.send(claim, LEASE_MS - LONGEST_REQUEST_MS);
	if (sent.kind === 'done') return await recorded(client, order, act, claim, sent.id, surroundings);
	if (sent.kind === 'unknown') {
		const found = act.hasKey ? null : await readBack(act, claim, order, surroundings);
		if (found !== null) return await recorded(client, order, act, claim, found, surroundings);
		return { ...waiting(act, order, reason('answerUnknown', `${sent.message} Nobody can tell yet whether it was done.`)), retryAt: claim.leaseUntil };
	}
	// To a repeated request "not found" may also mean that it was done and the item is gone since: the claim stays, and somebody looks.
	if (sent.kind === 'refused' && isResumed) return refusedResult(act, order, sent.reason.code === 'serviceUnavailable' ? sent.reason : reason('stockUnclear', `Shopify refused to repeat it: ${sent.reason.message}`), surroundings);
	await attempt(async () => await writeActs(client, order, withoutAct(order.record, claim.key)), ShopifyRequestError);
	return sent.kind === 'stale' ? 'again' : refusedResult(act, order, sent.reason, surroundings);
}

/** A service that was only busy is asked again by the next run; the rest needs somebody. */
function refusedResult(act: SingleAct, order: OrderWithActs, why: Reason, surroundings: Surroundings): OnceResult {
	return why.code === 'serviceUnavailable' ? { ...waiting(act, order, why), retryAt: later(surroundings, RETRY_AFTER_MS) } : blocked(act, order, why);
}

async function readBack(act: SingleAct, claim: RecordedAct, order: OrderWithActs, surroundings: Surroundings): Promise<string | null> {
	for (const wait of READ_BACK_WAITS_MS) {
		await surroundings.sleep(wait);
		const looked = await attempt(async () => await act.find(claim, order), ShopifyRequestError);
		if (looked.ok && looked.value !== null) return looked.value;
	}
	return null;
}

async function recorded(client: ShopifyClient, order: OrderWithActs, act: SingleAct, claim: RecordedAct, resultId: string, surroundings: Surroundings): Promise<OnceResult> {
	const isWritten = await record(client, order, finished(claim, resultId, surroundings), surroundings);
	const result = { order: placeOf(order), reference: act.reference, resultId };
	if (isWritten) return { ...result, outcome: 'done', reasons: [] };
	return { ...result, outcome: 'waiting', reasons: [reason('serviceUnavailable', 'It was done, and Shopify did not take the record of it. The next run records it.')], retryAt: claim.leaseUntil };
}

/** The act stands whatever happens here. */
async function record(client: ShopifyClient, order: OrderWithActs, act: RecordedAct, surroundings: Surroundings): Promise<boolean> {
	let current: OrderWithActs = order;
	for (let round = 0; round < ROUNDS; round += 1) {
		const base = current;
		const written = await attempt(async () => await writeActs(client, base, withAct(base.record, act)), ShopifyRequestError);
		if (!written.ok || written.value.kind === 'refused') return false;
		if (written.value.kind === 'written') return true;
		await surroundings.sleep(50 * 2 ** round);
		const fresh = await attempt(async () => await readActs(client, order.id), Error);
		if (!fresh.ok || fresh.value === null) return false;
		current = fresh.value;
	}
	return false;
}

function finished(act: RecordedAct, resultId: string, surroundings: Surroundings): RecordedAct {
	return { ...act, state: 'done', resultId, doneAt: surroundings.now().toISOString() };
}

function blocked(act: SingleAct, order: OrderWithActs | null, why: Reason): OnceResult {
	return { outcome: 'blocked', reasons: [why], order: placeOf(order), reference: act.reference, resultId: null };
}

function waiting(act: SingleAct, order: OrderWithActs | null, why: Reason): OnceResult {
	return { outcome: 'waiting', reasons: [why], order: placeOf(order), reference: act.reference, resultId: null };
}

function settledBefore(act: SingleAct, order: OrderWithActs, resultId: string | null, message: string): OnceResult {
	return { outcome: 'alreadyDone', reasons: [reason('settledBefore', message)], order: placeOf(order), reference: act.reference, resultId };
}

function placeOf(order: OrderWithActs | null): OnceResult['order'] {
	return order === null ? null : { id: order.id, name: order.name };
}

function shown(asked: Facts): string {
	return Object.entries(asked)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');
}

function later(surroundings: Surroundings, milliseconds: number): string {
	return new Date(surroundings.now().getTime() + milliseconds).toISOString();
}
