/**
 * Web addresses without what may be a secret. ReturnGO signs nothing, so whoever receives its webhooks keeps strangers out by an address that cannot
 * be guessed, and that part may stand anywhere: in the path, as the whole query or as a value of it, as user name or password. What is secret does not
 * show by its form, so it is the other way round: only words that addresses are commonly made of stay, everything else is hidden.
 */
import type { IDataObject } from 'n8n-workflow';

const MASK = '•••';

/** Words of paths that are nobody's secret. Whoever misses one here sees dots; that is the harmless side. */
const WORDS = new Set(
	[
		'api app apps auth base bot bots bridge bus callback callbacks catch channel channels cloud connect connector consumer core custom data default demo dev endpoint endpoints event events ext external feed flow flows',
		'function functions gateway graphql handle handler hook hooks http https in inbound incoming index ingest input integration integrations internal json listen listener live log main message messages notification notifications',
		'notify open out outbound php post prod production proxy public push queue receive receiver rest returngo server service services shop shopify staging store stores string sub sync test tests topic trigger triggers v web webhook webhooks',
		'well-known workflow workflows xml zapier make n8n slack teams',
		'approved carrier created credit customer customers delivered erp exchange exchanges finance fulfilment fulfillment goods inspection inspections item items label labels logistics order orders parcel parcels payment payments received refund',
		'refunds request requests restock return returned returns reverse rma rmas shipment shipments shipped shipping status statuses stock tracker tracking transaction transactions update updated updates validated validation warehouse wms',
		'and by for from new of on the to with',
	]
		.join(' ')
		.split(' '),
);
/** A secret made of more words than this is none of a machine, and would be taken for one. */
const MOST_WORDS = 4;

/** A web address in running text; it ends where a space comes. */
const ADDRESSES = /(?:(?:https?|wss?|ftp):[\\/]{2}|\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?[\\/])\S*/gi;
const CLOSING = /[)\]}>"'’”,.;:!]+$/;

/** The same text with the secrets in its web addresses hidden. */
export function maskSecrets(text: string): string {
	const masked = text.replace(ADDRESSES, (found) => {
		const closing = CLOSING.exec(found)?.[0] ?? '';
		return `${maskAddress(found.slice(0, found.length - closing.length))}${closing}`;
	});
	// Parts of addresses, as in "…?token=abc".
	return masked.replace(/([?&][^=&#\s"']+=)[^&#\s"']+/g, `$1${MASK}`).replace(/(\/\/)[^/@\s"']+@/g, `$1${MASK}@`);
}

/** One web address, whatever is in it, with its secrets hidden: host and harmless words stay. */
export function maskAddress(address: string): string {
	const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:[\\/]{2})?(.*)$/is.exec(address) ?? [];
	// Where its parts are cannot be told, so none of them is shown.
	if (scheme !== '' && !URL.canParse(address)) return `${scheme}${MASK}`;
	const [, authority = '', path = '', query = '', fragment = ''] = /^([^\\/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? [];
	return [scheme, maskAuthority(authority), path.replace(/[^\\/]+/g, (segment) => (isReadable(segment) ? segment : MASK)), maskQuery(query), fragment.length > 1 ? `#${MASK}` : fragment].join('');
}

function maskAuthority(authority: string): string {
	const end = authority.lastIndexOf('@') + 1;
	const host = authority.slice(end);
	const isHost = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?|localhost|\[[0-9a-f:.]+\])(?::\d+)?$/i.test(host) || isReadable(host);
	return `${end > 0 ? `${MASK}@` : ''}${host === '' || isHost ? host : MASK}`;
}

function maskQuery(query: string): string {
	return query.replace(/(?<=[?&])[^&]+/g, (part) => {
		const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
		// "?c2VjcmV0==" is no name without a value, but a secret.
		if (!part.includes('=') || value.replace(/=/g, '') === '') return isReadable(name) && !value.includes('=') ? part : MASK;
		return `${isName(name) ? name : MASK}=${MASK}`;
	});
}

/** Made of a few words and versions, and of nothing else. */
function isReadable(segment: string): boolean {
	if (segment === MASK) return true;
	const parts = segment.replace(/([a-z])([A-Z])/g, '$1-$2').split(/[-_.]/);
	return WORDS.has(segment.toLowerCase()) || (parts.length <= MOST_WORDS && parts.every((part) => WORDS.has(part.toLowerCase()) || /^v\d{1,2}$/i.test(part)));
}

/** A parameter's name, as `token` or `X-Access-Key`. */
function isName(name: string): boolean {
	return name.length <= 24 && name.split(/[-_.]/).every((part) => /^[a-z]{1,10}$/i.test(part));
}

/** A field whose value is a secret whatever it looks like. */
const SECRET_FIELD = /secret|token|passw|authori[sz]ation|api[-_]?key|signature|credential/i;

/** The same object with the secrets in its web addresses hidden, and those of fields that are named so. */
export function hideSecrets(object: IDataObject | null): IDataObject | null {
	return object === null ? null : (hide(object, '') as IDataObject);
}

function hide(value: unknown, field: string): unknown {
	if (Array.isArray(value)) return value.map((entry: unknown) => hide(entry, field));
	if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, hide(entry, name)]));
	if (SECRET_FIELD.test(field) && (typeof value === 'number' || (typeof value === 'string' && value !== ''))) return MASK;
	if (typeof value !== 'string') return value;
	return /^[a-z][a-z0-9+.-]*:[\\/]{2}/i.test(value) && !value.startsWith('gid:') ? maskAddress(value) : maskSecrets(value);
}

export function isMasked(text: string): boolean {
	return text.includes(MASK) || text.includes(encodeURIComponent(MASK));
}

/** A code that is money to whoever holds it, by its last four characters as on a gift card; one that is hardly longer is hidden completely. */
export function maskCode(code: string): string {
	return code.length < 8 ? MASK : `${MASK}${code.slice(-4)}`;
}
