/** Which webhook subscriptions Shopify should have for this node, which it has, and the steps in between. */
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { CreateWebhookSubscriptionDocument, DeleteWebhookSubscriptionDocument, UpdateWebhookSubscriptionDocument, WebhookSubscriptionsDocument, type WebhookSubscriptionFieldsFragment } from '../api/generated';
import { readPages } from '../api/reads';
import { passOn } from '../outcome';
import { scopeOfTopic, type Topic } from './topics';

export interface WantedSubscriptions {
	/** The webhook URL of the node. */
	readonly uri: string;
	readonly topics: readonly Topic[];
	/** In Shopify's search syntax; null for everything. */
	readonly filter: string | null;
	/** The URL of an earlier activation, which may have been at another address. */
	readonly earlierUri: string | null;
}

type Subscription = WebhookSubscriptionFieldsFragment;

interface Difference {
	readonly missing: readonly Topic[];
	/** Ours, for a wanted topic, with another address, filter or format than wanted. */
	readonly drifted: readonly Subscription[];
	/** Ours, and not wanted at all. */
	readonly surplus: readonly Subscription[];
}

/** Shopify refused a change to the subscriptions, in its own words. */
export class SubscriptionRefused extends Error {
	constructor(
		message: string,
		readonly remedy: string,
	) {
		super(message);
		this.name = 'SubscriptionRefused';
	}
}

/** Whether Shopify has exactly the wanted subscriptions, and no other one of this node. @throws ShopifyRequestError */
export async function isSubscribed(client: ShopifyClient, wanted: WantedSubscriptions): Promise<boolean> {
	const { missing, drifted, surplus } = compare(await readSubscriptions(client), wanted);
	return missing.length === 0 && drifted.length === 0 && surplus.length === 0;
}

/**
 * Brings Shopify's subscriptions in line: drifted ones are corrected in place, missing ones made, and only then surplus ones removed, so that no
 * event falls in between.
 * @throws ShopifyRequestError, SubscriptionRefused
 */
export async function subscribe(client: ShopifyClient, wanted: WantedSubscriptions): Promise<void> {
	const { missing, drifted, surplus } = compare(await readSubscriptions(client), wanted);
	for (const subscription of drifted) await correct(client, wanted, subscription);
	for (const topic of missing) await create(client, wanted, topic);
	for (const { id } of surplus) await remove(client, id);
}

/** Removes every subscription of this node, whatever its topic. Those of others stay. @throws ShopifyRequestError, SubscriptionRefused */
export async function unsubscribe(client: ShopifyClient, uri: string, earlierUri: string | null): Promise<void> {
	for (const subscription of await readSubscriptions(client)) {
		if (isOurs(subscription, uri, earlierUri)) await remove(client, subscription.id);
	}
}

async function readSubscriptions(client: ShopifyClient): Promise<Subscription[]> {
	const page = async (after: string | null) => (await client.request(WebhookSubscriptionsDocument, { after }, 'read')).webhookSubscriptions;
	return await readPages(await page(null), page);
}

function compare(subscriptions: readonly Subscription[], wanted: WantedSubscriptions): Difference {
	const ours = subscriptions.filter((subscription) => isOurs(subscription, wanted.uri, wanted.earlierUri));
	const chosen = wanted.topics.map((topic) => {
		const ofTopic = ours.filter((subscription) => subscription.topic === topic);
		return { topic, kept: ofTopic.find((subscription) => isAsWanted(subscription, wanted)) ?? ofTopic[0] };
	});
	const kept = new Set(chosen.flatMap((choice) => (choice.kept === undefined ? [] : [choice.kept])));
	return {
		missing: chosen.filter((choice) => choice.kept === undefined).map(({ topic }) => topic),
		drifted: [...kept].filter((subscription) => !isAsWanted(subscription, wanted)),
		surplus: ours.filter((subscription) => !kept.has(subscription)),
	};
}

/** For a topic that is wanted. */
function isAsWanted(subscription: Subscription, { uri, filter }: WantedSubscriptions): boolean {
	return subscription.uri === uri && (subscription.filter ?? '') === (filter ?? '') && subscription.format === 'JSON' && subscription.includeFields.length === 0;
}

/** The path of a webhook URL belongs to one node of one n8n. */
function isOurs({ uri }: Subscription, wantedUri: string, earlierUri: string | null): boolean {
	return uri === earlierUri || placeOf(uri) === placeOf(wantedUri);
}

function placeOf(uri: string): string {
	if (!URL.canParse(uri)) return uri;
	const { origin, pathname } = new URL(uri);
	return `${origin}${pathname}`;
}

/** What Shopify does not take over in place (a filter that goes, fields that were left out) needs a new subscription. */
async function correct(client: ShopifyClient, wanted: WantedSubscriptions, subscription: Subscription): Promise<void> {
	const topic = wanted.topics.find((candidate) => candidate === subscription.topic);
	if (topic === undefined) return;
	const { uri, filter } = wanted;
	// The same values as often as it is sent.
	const { webhookSubscriptionUpdate } = await client.request(UpdateWebhookSubscriptionDocument, { id: subscription.id, subscription: { uri, format: 'JSON', includeFields: [], filter: filter ?? '' } }, 'idempotent');
	const refusals = webhookSubscriptionUpdate?.userErrors ?? [];
	if (refusals.length > 0) throw refused(`correct the subscription to ${topic}`, refusals, remedyFor(topic, uri));
	const corrected = webhookSubscriptionUpdate?.webhookSubscription;
	if (corrected && isAsWanted(corrected, wanted)) return;
	await remove(client, subscription.id);
	await create(client, wanted, topic);
}

async function create(client: ShopifyClient, wanted: WantedSubscriptions, topic: Topic): Promise<void> {
	const { uri, filter } = wanted;
	const variables = { topic, subscription: { uri, format: 'JSON' as const, ...(filter === null ? {} : { filter }) } };
	const answer = await client.request(CreateWebhookSubscriptionDocument, variables, 'once').catch(unlessAmbiguous);
	if (!(answer instanceof ShopifyRequestError)) {
		const refusals = answer.webhookSubscriptionCreate?.userErrors ?? [];
		if (refusals.length > 0) throw refused(`subscribe to ${topic}`, refusals, remedyFor(topic, uri));
		return;
	}
	// Whether it was made is read back rather than guessed.
	const { missing, drifted } = compare(await readSubscriptions(client), { ...wanted, topics: [topic] });
	if (missing.length > 0 || drifted.length > 0) passOn(answer);
}

async function remove(client: ShopifyClient, id: string): Promise<void> {
	const answer = await client.request(DeleteWebhookSubscriptionDocument, { id }, 'once').catch(unlessAmbiguous);
	const refusals = answer instanceof ShopifyRequestError ? [] : (answer.webhookSubscriptionDelete?.userErrors ?? []);
	if (!(answer instanceof ShopifyRequestError) && refusals.length === 0) return;
	// What is gone already is no reason to stop.
	if ((await readSubscriptions(client)).every((subscription) => subscription.id !== id)) return;
	if (answer instanceof ShopifyRequestError) passOn(answer);
	throw refused(`remove the subscription ${id}`, refusals, 'Remove the app’s webhook in Shopify, then publish the workflow again.');
}

function refused(what: string, refusals: ReadonlyArray<{ message: string }>, remedy: string): SubscriptionRefused {
	return new SubscriptionRefused(`Shopify did not ${what}: ${refusals.map(({ message }) => message).join(' ')}`, remedy);
}

function remedyFor(topic: Topic, uri: string): string {
	if (!uri.startsWith('https://')) return 'Shopify delivers to public https addresses only: give this n8n one, and set its WEBHOOK_URL.';
	return `Check that the app has the access scope ${scopeOfTopic(topic)}, that Shopify can reach ${new URL(uri).origin}, and that the filter uses fields of this event only.`;
}

function unlessAmbiguous(failure: unknown): ShopifyRequestError {
	return failure instanceof ShopifyRequestError && failure.kind === 'ambiguous' ? failure : passOn(failure);
}
