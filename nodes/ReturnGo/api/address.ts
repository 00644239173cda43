/** Which store a credential speaks for, and the only places its key may be sent to. */

/** The address is none the key may travel to, or the store is not named by its myshopify.com domain. */
export class InvalidAddress extends Error {
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
		this.name = 'InvalidAddress';
	}
}

export interface ReturnGoAddress {
	/** Base URL without a trailing slash. */
	readonly baseUrl: string;
	/** `example.myshopify.com` */
	readonly storeDomain: string;
}

const STORE_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Reads both from credential data. ReturnGO knows a store by its Shopify domain (header `x-shop-name`), never by its name or its own domain.
 * @throws InvalidAddress
 */
export function readAddress(credentials: { baseUrl?: unknown; storeDomain?: unknown }): ReturnGoAddress {
	return { baseUrl: parseBaseUrl(textOf(credentials.baseUrl)), storeDomain: parseStoreDomain(textOf(credentials.storeDomain)) };
}

/**
 * @returns the domain in lower case
 * @throws InvalidAddress
 */
export function parseStoreDomain(value: string): string {
	const domain = value.trim().toLowerCase();
	if (STORE_DOMAIN.test(domain)) return domain;
	throw new InvalidAddress(
		'The store domain of the ReturnGO credential does not name a Shopify store',
		'Enter the domain that ends with .myshopify.com and nothing else: no https://, no slash, no custom domain. Example: example.myshopify.com',
	);
}

/**
 * Encrypted everywhere; plain http only on this machine, for a development server. A key in clear on a network is a key given away.
 * @throws InvalidAddress
 */
export function parseBaseUrl(value: string): string {
	const typed = value.trim();
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	const reachable = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname)));
	if (!reachable || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new InvalidAddress(
			'The base URL of the ReturnGO credential cannot be used',
			'It begins with https:// and holds no user name, query or fragment. The usual one is https://api.returngo.ai. Plain http is accepted for a development server on this machine only.',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
