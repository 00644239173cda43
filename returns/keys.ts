/** Keys and hashes that are the same for the same facts for ever (architecture: settlement, step "act"). */
import { createHash, createHmac } from 'crypto';
import type { LedgerAction } from './ledger';

/** JSON with sorted keys, so that equal facts give equal text. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		entries.sort(([left], [right]) => (left < right ? -1 : 1));
		return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
	}
	return JSON.stringify(value);
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function hashOf(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Identity of one act: the shop, the RMA, the action and the units. A UUID (version 8), as Shopify recommends for keys. */
export function settlementKey(shopDomain: string, rmaId: string, action: LedgerAction, unitIds: readonly string[]): string {
	return uuidFrom(hashOf({ shopDomain, rmaId, action, unitIds: [...unitIds].sort() }));
}

/** The key to send with an act. The first attempt uses the act's own key; a key that Shopify declared burnt is followed by the next. */
export function idempotencyKey(key: string, attempt: number): string {
	return attempt === 1 ? key : uuidFrom(hashOf({ key, attempt }));
}

/** The key to send with changes of stock: derived from the act and from what it changes, so that other changes never meet a used key. */
export function stockKey(key: string, changes: unknown, attempt: number): string {
	return uuidFrom(hashOf({ key, changes, attempt }));
}

/** Characters of a gift card's code that nobody mixes up when reading it aloud; 32 of them, five bits each. */
const CODE_CHARACTERS = '23456789abcdefghjklmnpqrstuvwxyz';
const CODE_LENGTH = 16;

/**
 * Code of the gift card for these units: the same for ever, and unknown to whoever does not have the secret. Shopify refuses a second card with
 * it, which is what keeps a gift card from being made twice (N15).
 */
export function giftCardCode(secret: string, shopDomain: string, rmaId: string, unitIds: readonly string[]): string {
	const digest = createHmac('sha256', secret).update(canonicalJson({ shopDomain, rmaId, unitIds: [...unitIds].sort() })).digest();
	return [...digest.subarray(0, CODE_LENGTH)].map((byte) => CODE_CHARACTERS[byte % CODE_CHARACTERS.length]).join('');
}

const SECONDS_OF_A_DAY = 86_400;

/**
 * The second at which a credit ends: up to a day after it is to end at the earliest, and by which second follows from the act. Shopify keeps no note and no key with
 * a credit, and shows this time.
 */
export function markedExpiry(earliest: string, key: string): string {
	const seconds = parseInt(hashOf({ key, mark: 'expiry' }).slice(0, 8), 16) % SECONDS_OF_A_DAY;
	return new Date((Math.ceil(new Date(earliest).getTime() / 1000) + seconds) * 1000).toISOString();
}

function uuidFrom(hash: string): string {
	return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
