/** Writes what the order shows of its returns: metafield and tags in one request, compare-and-set. */
import type { OrderSnapshot } from '../../../returns/order';
import type { Rma } from '../../../returns/rma';
import { STATUS_FIELD, statusUpdate, type StatusUpdate } from '../../../returns/statusField';
import type { ShopifyClient } from '../api/client';
import { RecordSettlementDocument } from '../api/generated';
import { refusalInWords } from '../api/refusal';

export type Recorded = { kind: 'recorded'; update: StatusUpdate } | { kind: 'lost' } | { kind: 'refused'; message: string };

interface MetafieldWrite {
	ownerId: string;
	namespace: string;
	key: string;
	type: string;
	value: string;
	compareDigest: string | null;
}

/**
 * One request, together with the metafields that belong to it; none when there is nothing to write. `lost`: somebody wrote meanwhile, read again.
 * @throws ShopifyRequestError
 */
export async function writeStatus(client: ShopifyClient, order: OrderSnapshot, rma: Rma, now: Date, alongside: readonly MetafieldWrite[] = []): Promise<Recorded> {
	const update = statusUpdate(rma, order, now);
	const { namespace, key, type } = STATUS_FIELD;
	const { add, remove } = update.tags;
	const metafields = [...alongside, ...(update.isValueNew || alongside.length === 0 ? [{ ownerId: order.id, namespace, key, type, value: update.value, compareDigest: order.statusField.compareDigest }] : [])];
	const { metafieldsSet: answer, tagsAdd, tagsRemove } = await client.request(
		RecordSettlementDocument,
		{ orderId: order.id, metafields, addTags: add, hasTagsToAdd: add.length > 0, removeTags: remove, hasTagsToRemove: remove.length > 0 },
		'idempotent',
	);
	const refusals = [...(answer?.userErrors ?? [])];
	if (refusals.some(({ code }) => isStale(code))) return { kind: 'lost' };
	const all = [...refusals, ...(tagsAdd?.userErrors ?? []), ...(tagsRemove?.userErrors ?? [])];
	return all.length > 0 ? { kind: 'refused', message: refusalInWords(client, all) } : { kind: 'recorded', update };
}

/** Whether a metafield was written by somebody else since it was read. */
export function isStale(code: string | null | undefined): boolean {
	return code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST';
}
