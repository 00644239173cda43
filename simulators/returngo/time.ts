/** Instants as ReturnGO writes them, and as its filters take them. */

/** Seconds, and the zone as "+00:00". */
export function timestamp(date: Date): string {
	return `${date.toISOString().slice(0, 19)}+00:00`;
}

/** Milliseconds of a filter's value; without a zone it counts as UTC. `undefined` when it is not a time. */
export function parseInstant(text: string): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text)) return undefined;
	const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) ? text : text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`;
	const time = Date.parse(zoned);
	return Number.isNaN(time) ? undefined : time;
}
