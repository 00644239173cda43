/** Filters of ReturnGO's lists, as its criteria want them. */
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { shorten } from './operation';

/**
 * `YYYY-MM-DDTHH:mm:ss` in UTC, or null if no time is given. A time without a zone, as the editor's calendar gives it, is in the workflow's time zone.
 * @throws NodeOperationError when it is not a time
 */
export function readTime(context: IExecuteFunctions, itemIndex: number, value: unknown, name: string): string | null {
	if (value === undefined || value === null || value === '') return null;
	const time = toDateTime(value, context.getTimezone());
	if (time.isValid) return time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss");
	throw new NodeOperationError(context.getNode(), `${name} is not a date and time`, { itemIndex, description: 'Enter one such as 2026-01-31T08:00:00.' });
}

function toDateTime(value: unknown, zone: string): DateTime {
	// n8n's expressions bring along a luxon of their own, whose objects say what they are.
	if (value instanceof Date) return DateTime.fromJSDate(value);
	if (DateTime.isDateTime(value)) return value;
	const text = String(value).trim();
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}

/**
 * The criterion for one column from its *After* and *Before* filters, or null. ReturnGO takes one criterion per column as far as is known; a second
 * one might be ignored in silence.
 * @throws NodeOperationError before anything is sent
 */
export function readCriterion(context: IExecuteFunctions, itemIndex: number, filters: IDataObject, column: 'created' | 'updated'): string | null {
	const title = column === 'created' ? 'Created' : 'Updated';
	const after = readTime(context, itemIndex, filters[`${column}After`], `${title} After`);
	const before = readTime(context, itemIndex, filters[`${column}Before`], `${title} Before`);
	if (after !== null && before !== null) {
		throw new NodeOperationError(context.getNode(), `${title} After and ${title} Before cannot be combined`, {
			itemIndex,
			description: 'ReturnGO is not known to take both ends of a period. Keep one of them, and use a Filter node for the other.',
		});
	}
	if (after !== null) return `gte:${after}`;
	return before === null ? null : `lt:${before}`;
}

/** Each order name with and without its number sign: stores write them either way, and ReturnGO finds only what is written like its own. */
export function orderNames(value: unknown): string | null {
	const names = splitList(value).map((name) => name.replace(/^#\s*/, '')).filter((name) => name !== '');
	return commaList([...new Set(names.flatMap((name) => [name, `#${name}`]))]);
}

/**
 * Shopify's numbers between commas. Shopify's other nodes give ids as gid://shopify/Order/1; ReturnGO wants the number.
 * @throws NodeOperationError before anything is sent: ReturnGO finds nothing for what is no number, and an empty list would pass for an answer
 */
export function readShopifyIds(context: IExecuteFunctions, itemIndex: number, value: unknown, type: 'Customer' | 'Order'): string | null {
	const ids = splitList(value).map((given) => {
		const id = new RegExp(`^(?:gid://shopify/${type}/)?([1-9]\\d{0,18})$`).exec(given)?.[1];
		if (id !== undefined) return id;
		throw new NodeOperationError(context.getNode(), `“${shorten(given)}” is not a Shopify ${type.toLowerCase()} ID`, {
			itemIndex,
			description: `Enter Shopify’s number, e.g. 5100000001, or gid://shopify/${type}/5100000001. Nothing was sent to ReturnGO.`,
		});
	});
	return commaList([...new Set(ids)]);
}

/**
 * ReturnGO's own numbers between commas.
 * @throws NodeOperationError before anything is sent
 */
export function readNumbers(context: IExecuteFunctions, itemIndex: number, value: unknown, name: string): string | null {
	const wrong = splitList(value).find((given) => !/^[1-9]\d{0,17}$/.test(given));
	if (wrong === undefined) return commaList(value);
	throw new NodeOperationError(context.getNode(), `“${shorten(wrong)}” is not a ${name}`, { itemIndex, description: 'Enter the number that ReturnGO uses. Nothing was sent to ReturnGO.' });
}

/** Parts between commas, or the entries of a list, as ReturnGO wants several values; null when there is none. */
export function commaList(value: unknown): string | null {
	const parts = splitList(value);
	return parts.length === 0 ? null : parts.join(',');
}

export function splitList(value: unknown): string[] {
	return (Array.isArray(value) ? value : String(value ?? '').split(',')).map((part) => String(part).trim()).filter((part) => part !== '');
}
