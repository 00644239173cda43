/** Which store a credential points at, and nothing that is not a store. */

export interface Store {
	/** `example.myshopify.com`, or `127.0.0.1:4010` for a development server. */
	readonly host: string;
	/** Origin that requests go to, without a trailing slash. */
	readonly origin: string;
}

/** The value is neither a myshopify.com domain nor a development server on this machine. */
export class NotAStore extends Error {
	constructor() {
		super('The store domain must end with .myshopify.com, e.g. example.myshopify.com');
		this.name = 'NotAStore';
	}
}

const SHOP_HOST = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Reads what somebody typed or pasted as the store's domain. A token must never travel to a host that is not Shopify's, so custom domains
 * are refused; plain http is accepted for a development server on the same machine and nowhere else.
 * @throws NotAStore
 */
export function parseStoreDomain(value: string): Store {
	const typed = value.trim().toLowerCase();
	if (typed.startsWith('http://')) return parseDevelopmentServer(typed);
	const host = typed.replace(/^https:\/\//, '').replace(/\/(admin\/?)?$/, '');
	if (!SHOP_HOST.test(host)) throw new NotAStore();
	return { host, origin: `https://${host}` };
}

function parseDevelopmentServer(typed: string): Store {
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (url === undefined || !LOOPBACK_HOSTS.has(url.hostname) || url.username !== '' || url.password !== '') throw new NotAStore();
	return { host: url.host, origin: url.origin };
}
