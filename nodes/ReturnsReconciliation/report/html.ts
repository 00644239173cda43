/** HTML as text in which every value is escaped unless it is HTML itself. */

/** Markup that may stand in a page as it is. */
export class Html {
	constructor(readonly text: string) {}
}

export type HtmlValue = Html | readonly Html[] | string | number | null;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that HTML forbids, halves of characters, and those that turn the direction of what follows them. */
const UNPRINTABLE = /[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Builds markup; everything between the given parts is escaped unless it is `Html`. Null is nothing. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
	return new Html(parts.map((part, index) => part + (index < values.length ? textOf(values[index] ?? null) : '')).join(''));
}

export const NOTHING = new Html('');

/** The address as it may stand in a link; null for what is no web address, so that a row cannot carry a script into the page. */
export function webAddress(address: string | null): string | null {
	if (address === null || !URL.canParse(address)) return null;
	const { protocol, href } = new URL(address);
	return protocol === 'https:' || protocol === 'http:' ? href : null;
}

function textOf(value: HtmlValue): string {
	if (value === null) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string') return escaped(value);
	return value.map(({ text }) => text).join('');
}

function escaped(text: string): string {
	return text.replace(UNPRINTABLE, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
