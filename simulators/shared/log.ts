/** The record of what was asked of a simulator: enough to count and compare calls, nothing that would be a secret. */

import { isObject } from './input';

export interface LoggedRequest {
	seq: number;
	/** Simulator time at which the request arrived. */
	at: string;
	method: string;
	path: string;
	query: string;
	/** GraphQL root fields, or the one REST route key. */
	operations: string[];
	/** Who asked, when the simulator can tell (the name of an app, of a key). */
	actor: string | null;
	/** null when the connection was destroyed without an answer. */
	status: number | null;
	faultIds: string[];
	/** False when a fault kept the request from reaching the simulated service. */
	executed: boolean;
	/** Variables or body, with secrets blanked out. */
	summary: unknown;
	headers: Record<string, string>;
}

const KEPT = 20_000;
const LONGEST_TEXT = 4_000;
const SECRET_HEADERS = new Set(['x-api-key', 'x-shopify-access-token', 'authorization', 'cookie', 'proxy-authorization', 'x-shopify-hmac-sha256']);
const SECRET_FIELDS = new Set(['client_secret', 'clientsecret', 'access_token', 'accesstoken', 'password', 'apikey', 'api_key', 'token']);

export class RequestLog {
	private entries: LoggedRequest[] = [];

	private seq = 0;

	record(entry: Omit<LoggedRequest, 'seq'>): LoggedRequest {
		const logged: LoggedRequest = { ...entry, seq: (this.seq += 1), headers: withoutSecretHeaders(entry.headers), summary: withoutSecretFields(entry.summary) };
		this.entries.push(logged);
		if (this.entries.length > KEPT) this.entries.shift();
		return logged;
	}

	/** Oldest first; `since` gives only later ones, `limit` the newest so many. */
	list(filter: { operation?: string; since?: number; actor?: string; limit?: number } = {}): LoggedRequest[] {
		const found = this.entries.filter(
			(entry) =>
				(filter.operation === undefined || entry.operations.includes(filter.operation)) &&
				(filter.since === undefined || entry.seq > filter.since) &&
				(filter.actor === undefined || entry.actor === filter.actor),
		);
		return filter.limit === undefined ? found : found.slice(-filter.limit);
	}

	/** Forgets the entries; numbering goes on, so that a remembered `since` stays valid. */
	clear(): void {
		this.entries = [];
	}
}

function withoutSecretHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '***' : value]));
}

function withoutSecretFields(value: unknown): unknown {
	if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
	if (Array.isArray(value)) return value.map(withoutSecretFields);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [name, SECRET_FIELDS.has(name.toLowerCase()) && typeof field === 'string' ? '***' : withoutSecretFields(field)]),
	);
}
