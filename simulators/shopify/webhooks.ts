/** Subscriptions, and the signed deliveries that follow what happens in the shop. */

import { createHmac } from 'node:crypto';
import type { WebhookDelivery } from '../shared/webhooks';
import type { App, WebhookSubscription } from './model';
import type { ShopStore } from './store';
import { bodyOf, concerns } from './webhook-bodies';

export const WEBHOOK_TIMEOUT_MS = 5_000;

/** Eight more tries over about four hours, ever further apart. */
export const WEBHOOK_RETRY_DELAYS_MS: readonly number[] = [10, 50, 110, 290, 590, 1_790, 3_590, 7_970].map((seconds) => seconds * 1_000);

const RESOURCES: readonly string[] = [
	'ORDER_TRANSACTIONS',
	'TENDER_TRANSACTIONS',
	'REVERSE_FULFILLMENT_ORDERS',
	'REVERSE_DELIVERIES',
	'INVENTORY_LEVELS',
	'INVENTORY_ITEMS',
	'FULFILLMENT_ORDERS',
	'BULK_OPERATIONS',
	'APP',
];

/** RETURNS_APPROVE → returns/approve. */
export function topicHeader(topic: string): string {
	const resource = RESOURCES.find((prefix) => topic.startsWith(`${prefix}_`)) ?? topic.slice(0, topic.indexOf('_'));
	return `${resource}/${topic.slice(resource.length + 1)}`.toLowerCase();
}

/** Scope an app needs to be told of a topic. */
export function scopeOfTopic(topic: string): string | undefined {
	if (topic.startsWith('RETURNS_') || topic.startsWith('REVERSE_')) return 'read_returns';
	if (topic.startsWith('ORDERS_') || topic.startsWith('ORDER_') || topic.startsWith('REFUNDS_') || topic.startsWith('TENDER_')) return 'read_orders';
	if (topic.startsWith('INVENTORY_')) return 'read_inventory';
	if (topic.startsWith('PRODUCTS_')) return 'read_products';
	if (topic.startsWith('DISPUTES_')) return 'read_shopify_payments_disputes';
	if (topic.startsWith('CUSTOMERS_')) return 'read_customers';
	return undefined;
}

export class ShopWebhooks {
	private waiting = new Map<string, { topic: string; record: number | string }>();

	private planned = false;

	/** Delivery id → subscription id. */
	private readonly subscriptionOf = new Map<string, number>();

	constructor(
		private readonly store: ShopStore,
		private readonly enqueue: (delivery: WebhookDelivery) => void,
		private readonly apiVersion: string,
	) {
		store.tell = (topic, record) => this.note(topic, record);
	}

	/** Takes a subscription off after its last try failed. */
	exhausted(delivery: WebhookDelivery): void {
		const subscription = this.subscriptionOf.get(delivery.id);
		if (subscription !== undefined) this.store.webhookSubscriptions.delete(subscription);
	}

	/** One act may change a record several times; subscribers hear of it once, when the act is over. */
	private note(topic: string, record: number | string): void {
		this.waiting.set(`${topic} ${record}`, { topic, record });
		if (this.planned) return;
		this.planned = true;
		queueMicrotask(() => this.flush());
	}

	private flush(): void {
		this.planned = false;
		const notices = [...this.waiting.values()];
		this.waiting = new Map();
		const subscriptions = [...this.store.webhookSubscriptions.values()];
		if (subscriptions.length === 0) return;
		const eventId = this.store.random.uuid();
		for (const { topic, record } of notices) {
			const interested = subscriptions.filter((subscription) => subscription.topic === topic && concerns(this.store, topic, record, subscription.appId));
			const body = interested.length > 0 ? bodyOf(this.store, topic, record) : undefined;
			if (body === undefined) continue;
			for (const subscription of interested) this.deliver(subscription, body, eventId);
		}
	}

	private deliver(subscription: WebhookSubscription, whole: Record<string, unknown>, eventId: string): void {
		const app: App | undefined = this.store.apps.get(subscription.appId);
		if (!app) return;
		const chosen = subscription.includeFields.length > 0 ? Object.fromEntries(Object.entries(whole).filter(([name]) => subscription.includeFields.includes(name))) : whole;
		const body = JSON.stringify(chosen);
		const id = this.store.random.uuid();
		this.subscriptionOf.set(id, subscription.id);
		this.enqueue({
			id,
			topic: topicHeader(subscription.topic),
			url: subscription.uri,
			body,
			headers: {
				'content-type': 'application/json',
				'user-agent': 'Shopify-Captain-Hook',
				'x-shopify-topic': topicHeader(subscription.topic),
				'x-shopify-hmac-sha256': createHmac('sha256', app.clientSecret).update(body).digest('base64'),
				'x-shopify-shop-domain': this.store.settings.shopDomain,
				'x-shopify-api-version': this.apiVersion,
				'x-shopify-webhook-id': id,
				'x-shopify-event-id': eventId,
				'x-shopify-triggered-at': this.store.clock.now().toISOString(),
				...(subscription.name === null ? {} : { 'x-shopify-name': subscription.name }),
			},
		});
	}
}
