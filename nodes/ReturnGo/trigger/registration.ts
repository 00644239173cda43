/** Which webhooks ReturnGO should have for this node, which it has, and the steps in between. ReturnGO takes one event per webhook. */
import type { ReturnGoClient } from '../api/client';
import { bodies, type WebhookEvent, type WebhookRegistration } from '../api/contract';
import { ReturnGoFailure } from '../api/failure';

export interface WantedRegistration {
	/** With the secret. */
	url: string;
	events: readonly WebhookEvent[];
	/** The URL of an earlier activation, which may have been at another address; with its secret. */
	earlierUrl: string | null;
}

interface Difference {
	missing: WebhookEvent[];
	surplus: WebhookRegistration[];
}

/** Whether ReturnGO has exactly the wanted webhooks, and no other one of this node. @throws ReturnGoFailure */
export async function isRegistered(client: ReturnGoClient, wanted: WantedRegistration): Promise<boolean> {
	const { missing, surplus } = compare(await client.listWebhooks(), wanted);
	return missing.length === 0 && surplus.length === 0;
}

/**
 * Brings ReturnGO's list in line. New webhooks come before old ones go, so that no event falls in between; an event that both report has the same fingerprint.
 * @throws ReturnGoFailure
 */
export async function register(client: ReturnGoClient, wanted: WantedRegistration): Promise<void> {
	const { missing, surplus } = compare(await client.listWebhooks(), wanted);
	for (const event of missing) await client.createWebhook(bodies.webhook(wanted.url, event));
	for (const registration of surplus) await remove(client, registration.id);
}

/** Removes every webhook of this node, whatever its event. Those of others stay. @throws ReturnGoFailure */
export async function unregister(client: ReturnGoClient, url: string, earlierUrl: string | null): Promise<void> {
	for (const registration of await client.listWebhooks()) {
		if (isOurs(registration, url, earlierUrl)) await remove(client, registration.id);
	}
}

/** One that is gone already is fine. */
async function remove(client: ReturnGoClient, webhookId: string): Promise<void> {
	await client.deleteWebhook(webhookId).catch((failure: unknown) => {
		if (!(failure instanceof ReturnGoFailure && failure.kind === 'notFound')) throw failure;
	});
}

function compare(registrations: readonly WebhookRegistration[], wanted: WantedRegistration): Difference {
	const ours = registrations.filter((registration) => isOurs(registration, wanted.url, wanted.earlierUrl));
	const kept = new Map<string, WebhookRegistration>();
	for (const registration of ours) {
		const isWanted = registration.url === wanted.url && wanted.events.some((event) => event === registration.eventName);
		if (isWanted && !kept.has(registration.eventName)) kept.set(registration.eventName, registration);
	}
	return {
		missing: wanted.events.filter((event) => !kept.has(event)),
		surplus: ours.filter((registration) => kept.get(registration.eventName) !== registration),
	};
}

/** The path of a webhook URL belongs to one node of one n8n; only the secret in the query changes. */
function isOurs(registration: WebhookRegistration, url: string, earlierUrl: string | null): boolean {
	return registration.url === earlierUrl || placeOf(registration.url) === placeOf(url);
}

function placeOf(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}
