/** What is known of one client: the file that the templates are stamped from. It names credentials and holds none. */
import { z } from 'zod';
import type { ExceptionOwner } from '../../returns/exceptions';

export type SettingValue = string | number | boolean;

/** Who answers for each kind of exception at this client, e.g. a team or a name. */
export type Contacts = Partial<Record<Exclude<ExceptionOwner, 'nobody'>, string>>;

export interface Client {
	/** Stands before the name of every workflow. */
	client: string;
	store: string;
	/** Names of the client's credentials in n8n, by credential type. */
	credentials: Record<string, string>;
	/** Name of the workflow that hears of runs that did not end well. */
	errorWorkflow: string | null;
	contacts: Contacts;
	/** Settings that differ from the shipped ones, by template. */
	templates: Record<string, { settings: Record<string, SettingValue> }>;
}

/** Why a client file cannot be used: one sentence for each reason. */
export class UnusableClient extends Error {
	constructor(readonly reasons: readonly string[]) {
		super(reasons.join('\n'));
		this.name = 'UnusableClient';
	}
}

const name = z.string().trim().min(1).max(80);

const clientSchema = z
	.object({
		client: name,
		store: z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'must be the store’s address, such as example-shop.myshopify.com'),
		credentials: z.record(name).default({}),
		errorWorkflow: name.nullable().default(null),
		contacts: z.object({ customerService: name, warehouse: name, finance: name, integration: name }).partial().strict().default({}),
		templates: z.record(z.object({ settings: z.record(z.union([z.string(), z.number(), z.boolean()])).default({}) }).strict()).refine((templates) => Object.keys(templates).length > 0, 'names no template'),
	})
	.strict();

/** What credentials look like. They belong into n8n's credentials, not into files that are handed around. */
const SECRETS = /shp(at|ss|ca|pa)_|xox[abp]-|hooks\.slack\.com\/services\/|-----BEGIN|^Bearer |\/\/[^/\s:]+:[^/\s@]+@/;
const SECRET_NAMES = /(password|secret|token|api-?key|accesskey)$/i;

/**
 * Reads a client file.
 * @throws UnusableClient
 */
export function readClient(text: string): Client {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (failure) {
		throw new UnusableClient([`The client file is not JSON: ${failure instanceof Error ? failure.message : String(failure)}`]);
	}
	const secrets = placesOfSecrets(value, []);
	if (secrets.length > 0) throw new UnusableClient(secrets.map((place) => `“${place}” looks like a secret. Keep it in a credential of n8n, and name only the credential here.`));
	const parsed = clientSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new UnusableClient(parsed.error.issues.map(({ path, message }) => `“${path.join('.') || 'the file'}”: ${message}`));
}

function placesOfSecrets(value: unknown, path: string[]): string[] {
	if (typeof value === 'string') return SECRETS.test(value) || SECRET_NAMES.test(path.at(-1) ?? '') ? [path.join('.')] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) => placesOfSecrets(entry, [...path, key]));
}
