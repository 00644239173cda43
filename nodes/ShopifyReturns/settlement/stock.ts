/** Direct changes of stock figures (steps 5 and 6): the request, what an answer to it means, and how both are recorded. */
import { reason, type Reason } from '../../../returns/exceptions';
import { stockKey } from '../../../returns/keys';
import type { LedgerEntry } from '../../../returns/ledger';
import { stockReference, type StockAct, type StockState } from '../../../returns/stock';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { AdjustStockDocument, type AdjustStockMutation } from '../api/generated';
import { failureInWords, refusalInWords } from '../api/refusal';
import { codeOf } from '../outcome';
import { attempt } from './attempt';

/**
 * - `done`: Shopify names its record of exactly these changes.
 * - `refused`: nothing was changed, and the claim can be given back.
 * - `kept`: nothing was changed by this request, and nobody can tell of an earlier one; the claim stays.
 * - `unknown`: nobody can tell yet; the same request is sent again after the lease.
 */
export type StockVerdict = { kind: 'done'; groupId: string } | { kind: 'refused' | 'kept'; reason: Reason } | { kind: 'unknown'; message: string };

const REASON_OF: Record<StockState, string> = { available: 'restock', damaged: 'damaged', quality_control: 'quality_control', safety_stock: 'safety_stock' };

/** Keys that Shopify may declare burnt before we stop asking for a fresh one. */
const LONGEST_KEY_CHAIN = 4;

/** Sends the changes of an act. The key makes a second request for the same changes harmless for a day. */
export async function adjustStock(client: ShopifyClient, rmaId: string, act: StockAct): Promise<StockVerdict> {
	const reference = stockReference(rmaId, act.key);
	const input = {
		reason: REASON_OF[act.state],
		name: act.state,
		referenceDocumentUri: reference,
		changes: act.changes.map(({ inventoryItemId, locationId, delta }) => ({
			delta,
			inventoryItemId,
			locationId,
			// Sales go on meanwhile: pieces are added to whatever is there.
			changeFromQuantity: null,
			// Shopify wants a document for every figure but the sellable one.
			...(act.state === 'available' ? {} : { ledgerDocumentUri: reference }),
		})),
	};
	for (let repeat = 1; ; repeat += 1) {
		const key = stockKey(act.key, { state: act.state, changes: act.changes }, repeat);
		const sent = await attempt(async () => await client.request(AdjustStockDocument, { input, key }, 'idempotent'), ShopifyRequestError);
		if (!sent.ok) return failed(sent.failure, act);
		const answer = sent.value.inventoryAdjustQuantities;
		const isBurnt = answer?.userErrors.some((error) => error.code === 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED') === true;
		if (!isBurnt || repeat === LONGEST_KEY_CHAIN) return judge(client, answer, act);
	}
}

function failed(failure: ShopifyRequestError, act: StockAct): StockVerdict {
	if (failure.kind === 'ambiguous' || failure.kind === 'unavailable') return { kind: 'unknown', message: failureInWords(failure) };
	return { kind: act.resumes === null ? 'refused' : 'kept', reason: reason(codeOf(failure), failureInWords(failure), act.unitIds) };
}

type Answer = AdjustStockMutation['inventoryAdjustQuantities'];

function judge(client: ShopifyClient, answer: Answer, act: StockAct): StockVerdict {
	const errors = answer?.userErrors ?? [];
	const text = refusalInWords(client, errors);
	const codes = errors.map((error) => error.code);
	if (codes.some((code) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST' || code === 'SERVICE_UNAVAILABLE')) return { kind: 'unknown', message: text };
	if (codes.includes('IDEMPOTENCY_KEY_PARAMETER_MISMATCH')) return { kind: 'kept', reason: reason('idempotencyMismatch', text, act.unitIds) };
	if (errors.length > 0) return refusal(text, codes, act);
	const group = answer?.inventoryAdjustmentGroup ?? null;
	if (group === null) return { kind: 'unknown', message: 'Shopify’s answer names no change of stock.' };
	const missing = act.changes.filter((change) => !holds(group, act.state, change));
	if (missing.length > 0) return { kind: 'kept', reason: reason('stockUnclear', `Shopify’s record ${group.id.split('/').pop() ?? ''} does not show ${missing.length} of ${act.changes.length} changes.`, act.unitIds) };
	return { kind: 'done', groupId: group.id };
}

function refusal(text: string, codes: ReadonlyArray<string | null | undefined>, act: StockAct): StockVerdict {
	// To a repeated request, "not found" may also mean that it was done and the item is gone since.
	if (act.resumes !== null) return { kind: 'kept', reason: reason('stockUnclear', `Shopify refused to repeat the change of stock: ${text}`, act.unitIds) };
	if (codes.some((code) => code === 'INVALID_LOCATION' || code === 'ITEM_NOT_STOCKED_AT_LOCATION')) return { kind: 'refused', reason: reason('locationInactive', `Shopify refused the change of stock: ${text}`, act.unitIds) };
	return { kind: 'refused', reason: reason('refusedByShopify', `Shopify refused the change of stock: ${text}`, act.unitIds) };
}

function holds(group: NonNullable<NonNullable<Answer>['inventoryAdjustmentGroup']>, state: StockState, { inventoryItemId, locationId, delta }: StockAct['changes'][number]): boolean {
	// An item or a place that is gone since is null in a repeated answer; such a line is no proof against the change.
	return group.changes.some((change) => change.name === state && change.delta === delta && (change.item?.id ?? inventoryItemId) === inventoryItemId && (change.location?.id ?? locationId) === locationId);
}

/** The claim's part that says what is sent. A resumed claim keeps the time of its first sending, from which Shopify's memory counts. */
export function stockClaim(act: StockAct, installationId: string | null, now: Date): NonNullable<LedgerEntry['stock']> {
	return act.resumes?.stock ?? { state: act.state, changes: act.changes, since: now.toISOString(), installationId, groupId: null };
}

export interface StockReport {
	changes: Array<{ inventoryItemId: string; locationId: string; state: string; quantity: number }>;
	bundles: StockAct['bundles'];
	/** Shopify's records of the changes. */
	groupIds: string[];
	unitIds: string[];
}

/** What was changed, for the report; null when nothing was. */
export function stockReport(entries: readonly LedgerEntry[], acts: readonly StockAct[]): StockReport | null {
	const done = entries.filter((entry) => entry.action === 'components');
	if (done.length === 0) return null;
	return {
		changes: done.flatMap((entry) => (entry.stock?.changes ?? []).map(({ inventoryItemId, locationId, delta }) => ({ inventoryItemId, locationId, state: entry.stock?.state ?? '', quantity: delta }))),
		bundles: done.flatMap((entry) => acts.find((act) => act.key === entry.key)?.bundles ?? []),
		groupIds: done.flatMap((entry) => entry.stock?.groupId ?? []),
		unitIds: done.flatMap((entry) => entry.unitIds),
	};
}
