/** The events that the trigger offers, by the names that Shopify gives their topics. */
import type { INodePropertyOptions } from 'n8n-workflow';

export const TOPICS = [
	'DISPUTES_CREATE',
	'DISPUTES_UPDATE',
	'INVENTORY_LEVELS_UPDATE',
	'ORDERS_CANCELLED',
	'ORDERS_UPDATED',
	'ORDER_TRANSACTIONS_CREATE',
	'REFUNDS_CREATE',
	'RETURNS_APPROVE',
	'RETURNS_CANCEL',
	'RETURNS_CLOSE',
	'RETURNS_DECLINE',
	'RETURNS_PROCESS',
	'RETURNS_REOPEN',
	'RETURNS_REQUEST',
	'RETURNS_UPDATE',
	'REVERSE_DELIVERIES_ATTACH_DELIVERABLE',
	'REVERSE_FULFILLMENT_ORDERS_DISPOSE',
] as const;

export type Topic = (typeof TOPICS)[number];

/** The scope that lets an app hear of a topic. */
export function scopeOfTopic(topic: Topic): string {
	if (topic.startsWith('RETURNS_') || topic.startsWith('REVERSE_')) return 'read_returns';
	if (topic.startsWith('INVENTORY_')) return 'read_inventory';
	return topic.startsWith('DISPUTES_') ? 'read_shopify_payments_disputes' : 'read_orders';
}

/** The topic that a delivery names in its header (`returns/approve`); null for one that is not offered. */
export function readTopic(header: unknown): Topic | null {
	if (typeof header !== 'string') return null;
	const name = header.trim().replaceAll('/', '_').toUpperCase();
	return TOPICS.find((topic) => topic === name) ?? null;
}

export const topicOptions: INodePropertyOptions[] = [
	{ name: 'Dispute Opened', value: 'DISPUTES_CREATE', description: 'A customer’s bank takes a payment back or asks about it; needs the scope read_shopify_payments_disputes' },
	{ name: 'Dispute Updated', value: 'DISPUTES_UPDATE', description: 'A dispute got another state; needs the scope read_shopify_payments_disputes' },
	{ name: 'Inventory Level Updated', value: 'INVENTORY_LEVELS_UPDATE', description: 'The stock of an item at a location changed; needs the scope read_inventory' },
	{ name: 'Order Cancelled', value: 'ORDERS_CANCELLED' },
	{ name: 'Order Updated', value: 'ORDERS_UPDATED', description: 'Anything about an order changed; Shopify sends many of these' },
	{ name: 'Payment Recorded on an Order', value: 'ORDER_TRANSACTIONS_CREATE', description: 'A payment or refund transaction was made or settled: the moment when money has really moved' },
	{ name: 'Refund Created', value: 'REFUNDS_CREATE', description: 'A refund was posted, whether or not its money has moved' },
	{ name: 'Return Approved', value: 'RETURNS_APPROVE', description: 'A return is open: its request was approved, or it was made without one' },
	{ name: 'Return Canceled', value: 'RETURNS_CANCEL' },
	{ name: 'Return Closed', value: 'RETURNS_CLOSE' },
	{ name: 'Return Declined', value: 'RETURNS_DECLINE' },
	{ name: 'Return Delivery Shipped', value: 'REVERSE_DELIVERIES_ATTACH_DELIVERABLE', description: 'A label or a tracking number was added to a parcel on its way back' },
	{ name: 'Return Processed', value: 'RETURNS_PROCESS', description: 'Units of a return were processed, with or without a refund' },
	{ name: 'Return Reopened', value: 'RETURNS_REOPEN' },
	{ name: 'Return Requested', value: 'RETURNS_REQUEST', description: 'A customer or a store employee asked for a return' },
	{ name: 'Return Updated', value: 'RETURNS_UPDATE', description: 'The units of a return changed' },
	{ name: 'Returned Units Disposed', value: 'REVERSE_FULFILLMENT_ORDERS_DISPOSE', description: 'Somebody decided what becomes of returned units: back to stock or not' },
];
