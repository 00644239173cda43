/** The record of single acts on the order: reading it, and writing it with compare-and-set. */
import { LEDGER_NAMESPACE } from '../../../returns/ledger';
import { ACTS_KEY, parseActs, type ActsRecord } from '../../../returns/recordedActs';
import type { ShopifyClient } from '../api/client';
import { RecordedActsDocument, WriteRecordedActsDocument } from '../api/generated';
import { refusalInWords } from '../api/refusal';

export interface OrderWithActs {
	readonly id: string;
	readonly name: string;
	readonly record: ActsRecord;
	/** Null: there is no record yet. */
	readonly digest: string | null;
	/** The app's installation that asks. */
	readonly installationId: string | null;
}

/**
 * @returns null when the store has no such order
 * @throws ShopifyRequestError, UnreadableActs
 */
export async function readActs(client: ShopifyClient, orderId: string): Promise<OrderWithActs | null> {
	const { order, currentAppInstallation } = await client.request(RecordedActsDocument, { orderId, namespace: LEDGER_NAMESPACE, key: ACTS_KEY }, 'read');
	if (order === null) return null;
	const { id, name, metafield } = order;
	return { id, name, record: parseActs(metafield?.value ?? null), digest: metafield?.compareDigest ?? null, installationId: currentAppInstallation?.id ?? null };
}

export type Written = { kind: 'written'; order: OrderWithActs } | { kind: 'lost' } | { kind: 'refused'; message: string };

/** Writes the record unless somebody has written it since it was read. @throws ShopifyRequestError */
export async function writeActs(client: ShopifyClient, order: OrderWithActs, record: ActsRecord): Promise<Written> {
	const metafield = { ownerId: order.id, namespace: LEDGER_NAMESPACE, key: ACTS_KEY, type: 'json', value: JSON.stringify(record), compareDigest: order.digest };
	const { metafieldsSet } = await client.request(WriteRecordedActsDocument, { metafields: [metafield] }, 'idempotent');
	const errors = metafieldsSet?.userErrors ?? [];
	if (errors.some(({ code }) => code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST')) return { kind: 'lost' };
	const [written] = metafieldsSet?.metafields ?? [];
	if (errors.length > 0 || written === undefined) return { kind: 'refused', message: refusalInWords(client, errors) };
	return { kind: 'written', order: { ...order, record, digest: written.compareDigest } };
}
