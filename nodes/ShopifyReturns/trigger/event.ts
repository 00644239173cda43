/** One delivery of Shopify in the shape that every event of the trigger has. */
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Topic } from './topics';

export interface ShopifyEvent {
	/** Shopify's topic, e.g. RETURNS_APPROVE. */
	type: Topic;
	/** The same for every attempt and copy of one delivery. */
	id: string;
	/** Shared by all deliveries that one act in the shop brought about; null when Shopify names none. */
	eventId: string | null;
	webhookId: string | null;
	/** When it happened (UTC, ISO 8601); null when Shopify does not say. */
	triggeredAt: string | null;
	receivedAt: string;
	/** Seconds between the two; null when the former is not known. */
	delaySeconds: number | null;
	/** Whether it came later than the node's limit: what it says may be out of date by now. */
	isLate: boolean;
	shopDomain: string | null;
	/** Version that the body is written in; the app's settings in Shopify choose it. */
	apiVersion: string | null;
	/** GID of the record that the event is about. */
	resourceId: string | null;
	orderId: string | null;
	returnId: string | null;
	refundId: string | null;
	raw: IDataObject;
}

export interface Delivery {
	readonly topic: Topic;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly rawBody: Buffer;
	readonly body: IDataObject;
	readonly receivedAt: Date;
	readonly lateAfterSeconds: number;
}

export function toShopifyEvent({ topic, headers, rawBody, body, receivedAt, lateAfterSeconds }: Delivery): ShopifyEvent {
	const webhookId = textOf(headers['x-shopify-webhook-id']);
	const triggeredAt = momentOf(headers['x-shopify-triggered-at']);
	const delaySeconds = triggeredAt === null ? null : Math.max(0, Math.round((receivedAt.getTime() - Date.parse(triggeredAt)) / 1000));
	return {
		type: topic,
		id: webhookId ?? fingerprint(topic, rawBody),
		eventId: textOf(headers['x-shopify-event-id']),
		webhookId,
		triggeredAt,
		receivedAt: receivedAt.toISOString(),
		delaySeconds,
		isLate: delaySeconds !== null && delaySeconds > lateAfterSeconds,
		shopDomain: textOf(headers['x-shopify-shop-domain']),
		apiVersion: textOf(headers['x-shopify-api-version']),
		resourceId: textOf(body.admin_graphql_api_id),
		...relatedIds(topic, body),
		raw: body,
	};
}

function relatedIds(topic: Topic, body: IDataObject): Pick<ShopifyEvent, 'orderId' | 'returnId' | 'refundId'> {
	const isAbout = (kind: string) => topic.startsWith(kind);
	return {
		orderId: isAbout('ORDERS_') ? idOf('Order', body) : (idOf('Order', body.order) ?? gid('Order', body.order_id)),
		returnId: isAbout('RETURNS_') ? idOf('Return', body) : (idOf('Return', body.return) ?? gid('Return', body.return_id)),
		refundId: isAbout('REFUNDS_') ? idOf('Refund', body) : gid('Refund', body.refund_id),
	};
}

function idOf(kind: string, record: unknown): string | null {
	if (typeof record !== 'object' || record === null) return null;
	const { admin_graphql_api_id: given, id } = record as { admin_graphql_api_id?: unknown; id?: unknown };
	return gid(kind, given) ?? gid(kind, id);
}

function gid(kind: string, value: unknown): string | null {
	const text = textOf(value);
	if (text === null) return null;
	if (/^[1-9]\d*$/.test(text)) return `gid://shopify/${kind}/${text}`;
	return text.startsWith(`gid://shopify/${kind}/`) ? text : null;
}

function textOf(value: unknown): string | null {
	if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function momentOf(value: unknown): string | null {
	const text = textOf(value);
	const moment = text === null ? Number.NaN : Date.parse(text);
	return Number.isNaN(moment) ? null : new Date(moment).toISOString();
}

function fingerprint(topic: Topic, rawBody: Buffer): string {
	return createHash('sha256').update(topic).update('\n').update(rawBody).digest('hex');
}
