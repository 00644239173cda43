/** Times of filters, as ReturnGO's criteria want them. */
import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
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
