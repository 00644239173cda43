/** Amounts, days and counts as the report writes them. */

/** "1,204.50" for "1204.5" with the digits as given; amounts never pass through a floating-point number. */
export function groupedAmount(decimal: string): string {
	const [whole = '', fraction] = decimal.split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace(/^-/, '−');
	return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
	return `${groupedAmount(String(count))} ${count === 1 ? one : many}`;
}

/** "3 Nov 2026". @throws RangeError when the time zone is none. */
export function dayOf(at: string, timeZone: string): string {
	return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/** "3 Nov 2026, 14:05". @throws RangeError when the time zone is none. */
export function momentOf(at: string, timeZone: string): string {
	return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at));
}

/** The number at the end of a GID; a text that is none stays as it is. */
export function shortId(id: string): string {
	return id.startsWith('gid://') ? (id.split('/').pop() ?? id) : id;
}
