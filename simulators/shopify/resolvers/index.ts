/** All resolvers of the simulated shop, and the queries that belong to no domain of their own. */

import { GraphQLError } from 'graphql';
import { fieldsOf, type Context, type Resolvers } from '../context';
import { gid, idOf } from '../gid';
import type { App, BulkOperation, Order, ShopEvent } from '../model';
import { currentTotal } from '../orders';
import { financialStatus } from '../payments';
import { matchesEvent, searchOrders } from '../search';
import type { ShopStore } from '../store';
import { bulkResolvers } from './bulk';
import { catalogResolvers } from './catalog';
import { customerResolvers } from './customers';
import { metafieldFields, metafieldResolvers } from './metafields';
import { orderResolvers } from './orders';
import { paymentsResolvers } from './payments';
import { recordOf, shopRecord } from './records';
import { refundResolvers } from './refunds';
import { returnResolvers } from './returns';
import { webhookResolvers } from './webhooks';

function sortOrders(store: ShopStore, orders: readonly Order[], key: unknown): Order[] {
	const by = (value: (order: Order) => number | string) =>
		[...orders].sort((a, b) => {
			const [left, right] = [value(a), value(b)];
			return left < right ? -1 : left > right ? 1 : a.id - b.id;
		});
	switch (key) {
		case 'ID':
			return by(({ id }) => id);
		case 'ORDER_NUMBER':
			return by(({ number }) => number);
		case 'CREATED_AT':
			return by(({ createdAt }) => createdAt);
		case 'UPDATED_AT':
			return by(({ updatedAt }) => updatedAt);
		case 'PROCESSED_AT':
		case null:
		case undefined:
			return by(({ processedAt }) => processedAt);
		case 'TOTAL_PRICE':
			return by(({ total }) => total.shop);
		case 'CURRENT_TOTAL_PRICE':
			return by((order) => currentTotal(store, order).shop);
		case 'FINANCIAL_STATUS':
			return by((order) => financialStatus(store, order));
		default:
			throw new GraphQLError(`The simulator does not model the sort key ${String(key)}`, { extensions: { code: 'NOT_SIMULATED' } });
	}
}

/** A bulk operation is its app's own affair, and moves on when it is looked at. */
async function seenBy({ app, bulk }: Context, record: unknown): Promise<unknown> {
	const operation = record as BulkOperation | undefined;
	if (operation?.__typename !== 'BulkOperation') return record ?? null;
	return operation.appId === app.id ? await bulk.look(operation) : null;
}

const shopResolvers: Resolvers = {
	Shop: fieldsOf<{ __typename: 'Shop'; id: number }>({
		...metafieldFields,
		name: (_shop, _args, { store }) => store.settings.shopName,
		email: () => 'shop@example.com',
		contactEmail: () => 'shop@example.com',
		myshopifyDomain: (_shop, _args, { store }) => store.settings.shopDomain,
		primaryDomain: (_shop, _args, { store }) => ({ id: gid('Domain', 1), host: store.settings.shopDomain, url: `https://${store.settings.shopDomain}`, sslEnabled: true }),
		url: (_shop, _args, { store }) => `https://${store.settings.shopDomain}`,
		currencyCode: (_shop, _args, { store }) => store.settings.currency,
		ianaTimezone: () => 'Etc/UTC',
		timezoneAbbreviation: () => 'UTC',
		timezoneOffset: () => '+0000',
		taxesIncluded: () => false,
		plan: () => ({ publicDisplayName: 'Development', partnerDevelopment: true, shopifyPlus: false }),
	}),
	App: fieldsOf<App>({
		apiKey: ({ clientId }) => clientId,
		handle: ({ clientId }) => clientId,
		embedded: () => false,
	}),
	AppInstallation: fieldsOf<{ __typename: 'AppInstallation'; id: number }>({
		...metafieldFields,
		app: ({ id }, _args, { store }) => store.apps.get(id),
		accessScopes: ({ id }, _args, { store }) => (store.apps.get(id)?.scopes ?? []).map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
	}),
	BasicEvent: fieldsOf<ShopEvent>({
		attributeToApp: ({ appTitle }) => appTitle !== null,
		attributeToUser: () => false,
		criticalAlert: () => false,
	}),
	QueryRoot: fieldsOf({
		shop: () => shopRecord(),
		order: (_source, { id }, { store }) => store.orders.get(idOf(String(id), 'Order')) ?? null,
		orderByIdentifier: (_source, { identifier }, { store }) => {
			const { id } = identifier as { id?: string };
			if (id === undefined) throw new GraphQLError('The simulator finds orders by id only', { extensions: { code: 'NOT_SIMULATED' } });
			return store.orders.get(idOf(id, 'Order')) ?? null;
		},
		orders: (_source, { query, sortKey }, { store }) =>
			store.orderLists.get(JSON.stringify([query ?? null, sortKey ?? null]), store.revision, () => sortOrders(store, searchOrders(store, query as string | null), sortKey)),
		ordersCount: (_source, { query, limit }, { store }) => {
			const count = searchOrders(store, query as string | null).length;
			return typeof limit === 'number' && count > limit ? { count: limit, precision: 'AT_LEAST' } : { count, precision: 'EXACT' };
		},
		refund: (_source, { id }, { store }) => store.refunds.get(idOf(String(id), 'Refund')) ?? null,
		node: (_source, { id }, context) => seenBy(context, recordOf(context.store, String(id))),
		nodes: (_source, { ids }, context) => Promise.all((ids as readonly string[]).map((id) => seenBy(context, recordOf(context.store, id)))),
		event: (_source, { id }, { store }) => store.events.get(idOf(String(id), 'BasicEvent')) ?? null,
		events: (_source, { query }, { store }) => [...store.events.values()].filter((event) => matchesEvent(event, query as string | null)),
		currentAppInstallation: (_source, _args, { app }) => ({ __typename: 'AppInstallation', id: app.id }),
		publicApiVersions: () => ['2026-04', '2026-07', '2026-10'].map((handle) => ({ handle, displayName: handle, supported: true })),
	}),
};

/** One map from many: types may be spread over several domains. */
export function allResolvers(): Resolvers {
	const merged: Resolvers = {};
	for (const part of [orderResolvers, refundResolvers, returnResolvers, catalogResolvers, customerResolvers, metafieldResolvers, webhookResolvers, bulkResolvers, paymentsResolvers, shopResolvers]) {
		for (const [type, fields] of Object.entries(part)) merged[type] = { ...merged[type], ...fields };
	}
	return merged;
}
