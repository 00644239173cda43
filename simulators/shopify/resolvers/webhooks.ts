/** Webhook subscriptions made through the API: each app sees and changes its own. */

import { hasScope } from '../access';
import { fieldsOf, type Resolvers } from '../context';
import { idOf } from '../gid';
import type { App, WebhookSubscription } from '../model';
import type { ShopStore } from '../store';
import { answering, refuse } from '../user-errors';
import { scopeOfTopic } from '../webhooks';
import { gidOf } from './records';

interface SubscriptionInput {
	callbackUrl?: string | null;
	uri?: string | null;
	filter?: string | null;
	format?: string | null;
	includeFields?: readonly string[] | null;
	metafieldNamespaces?: readonly string[] | null;
	name?: string | null;
}

function ownSubscriptions(store: ShopStore, app: App): WebhookSubscription[] {
	return [...store.webhookSubscriptions.values()].filter(({ appId }) => appId === app.id);
}

function ownSubscription(store: ShopStore, app: App, id: string): WebhookSubscription {
	const numeric = idOf(id, 'WebhookSubscription');
	return ownSubscriptions(store, app).find((subscription) => subscription.id === numeric) ?? refuse(['id'], 'Webhook subscription does not exist');
}

/** The real service delivers to HTTPS, Pub/Sub and EventBridge; a simulator also to plain HTTP on this machine. */
function checkUri(store: ShopStore, uri: string | null | undefined, topic: string, app: App, except: number | null, filter: string | null): string {
	if (!uri) return refuse(['webhookSubscription', 'uri'], "Address can't be blank");
	const loopback = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?(\/|$)/.test(uri);
	if (!uri.startsWith('https://') && !loopback) refuse(['webhookSubscription', 'uri'], 'Address protocol http:// is not supported');
	const taken = ownSubscriptions(store, app).some((other) => other.id !== except && other.topic === topic && other.uri === uri && other.filter === filter);
	if (taken) refuse(['webhookSubscription', 'uri'], 'Address for this topic has already been taken');
	return uri;
}

export const webhookResolvers: Resolvers = {
	WebhookSubscription: fieldsOf<WebhookSubscription>({
		legacyResourceId: ({ id }) => String(id),
		apiVersion: () => ({ handle: '2026-10', displayName: '2026-10', supported: true }),
		callbackUrl: ({ uri }) => uri,
		endpoint: ({ uri }) => ({ __typename: 'WebhookHttpEndpoint', callbackUrl: uri }),
		metafields: () => [],
	}),
	QueryRoot: fieldsOf({
		webhookSubscription: (_source, { id }, { store, app }) => ownSubscriptions(store, app).find((subscription) => subscription.id === idOf(String(id), 'WebhookSubscription')) ?? null,
		webhookSubscriptions: (_source, { topics, uri, callbackUrl, format }, { store, app }) =>
			ownSubscriptions(store, app).filter(
				(subscription) =>
					(!Array.isArray(topics) || topics.includes(subscription.topic)) &&
					(typeof uri !== 'string' || subscription.uri === uri) &&
					(typeof callbackUrl !== 'string' || subscription.uri === callbackUrl) &&
					(typeof format !== 'string' || subscription.format === format),
			),
		webhookSubscriptionsCount: (_source, _args, { store, app }) => ({ count: ownSubscriptions(store, app).length, precision: 'EXACT' }),
	}),
	Mutation: fieldsOf({
		webhookSubscriptionCreate: (_source, { topic, webhookSubscription }, { store, app }) => {
			const input = webhookSubscription as SubscriptionInput;
			return answering(() => {
				const name = String(topic);
				const scope = scopeOfTopic(name);
				if (scope !== undefined && !hasScope(app, scope)) refuse(['topic'], `You do not have permission to create or update webhooks with the ${name} topic. This topic requires the ${scope} scope.`);
				if ((input.format ?? 'JSON') !== 'JSON') refuse(['webhookSubscription', 'format'], 'Format is not supported');
				const uri = checkUri(store, input.uri ?? input.callbackUrl, name, app, null, input.filter ?? null);
				if (input.filter) refuse(['webhookSubscription', 'filter'], 'The simulator does not model webhook filters');
				const created: WebhookSubscription = {
					__typename: 'WebhookSubscription',
					id: store.id('WebhookSubscription'),
					appId: app.id,
					topic: name,
					uri,
					format: 'JSON',
					filter: null,
					includeFields: [...(input.includeFields ?? [])],
					metafieldNamespaces: [...(input.metafieldNamespaces ?? [])],
					name: input.name ?? null,
					createdAt: store.now(),
					updatedAt: store.now(),
				};
				store.webhookSubscriptions.set(created.id, created);
				return { webhookSubscription: created };
			});
		},
		webhookSubscriptionUpdate: (_source, { id, webhookSubscription }, { store, app }) => {
			const input = webhookSubscription as SubscriptionInput;
			return answering(() => {
				const known = ownSubscription(store, app, String(id));
				const uri = input.uri ?? input.callbackUrl;
				if (uri) known.uri = checkUri(store, uri, known.topic, app, known.id, known.filter);
				if (input.includeFields) known.includeFields = [...input.includeFields];
				if (input.name !== undefined) known.name = input.name;
				known.updatedAt = store.now();
				return { webhookSubscription: known };
			});
		},
		webhookSubscriptionDelete: (_source, { id }, { store, app }) =>
			answering(() => {
				const known = ownSubscription(store, app, String(id));
				store.webhookSubscriptions.delete(known.id);
				return { deletedWebhookSubscriptionId: gidOf(known) };
			}),
	}),
};
