/** Filters of ReturnGO's lists, as its criteria want them. */
import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

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

/** Parts between commas, or the entries of a list, as ReturnGO wants several values; null when there is none. */
export function commaList(value: unknown): string | null {
	const parts = splitList(value);
	return parts.length === 0 ? null : parts.join(',');
}

export function splitList(value: unknown): string[] {
	return (Array.isArray(value) ? value : String(value ?? '').split(',')).map((part) => String(part).trim()).filter((part) => part !== '');
}
