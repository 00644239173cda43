/** Shopify's ids as people and other systems write them: a GID, or the number at its end. */

/** What to do about an ID that is none, for the description of an error. */
export const ID_ADVICE = 'Enter the number at the end of its address in the Shopify admin, or its GID, and check that an expression finds one. Nothing was sent to Shopify.';

/** The text is no id of this kind. */
export class NotAnId extends Error {
	constructor(kind: string, value: string) {
		super(`"${value}" is not the id of a Shopify ${kind}: expected a number or gid://shopify/${kind}/…`);
		this.name = 'NotAnId';
	}
}

/**
 * @param kind Shopify's type name, e.g. `Order`
 * @throws NotAnId
 */
export function toGid(kind: string, value: unknown): string {
	const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (/^[1-9]\d*$/.test(text)) return `gid://shopify/${kind}/${text}`;
	if (new RegExp(`^gid://shopify/${kind}/[1-9]\\d*$`).test(text)) return text;
	throw new NotAnId(kind, text.slice(0, 100));
}
