/** Lines on a time axis: by day, or by week, month or year where days would be too many to see. */
import { DateTime } from 'luxon';
import type { Finding } from '../../../returns/finding';
import { countSeverities, type Bar } from './figures';

export interface TimeAxis {
	unit: 'day' | 'week' | 'month' | 'year';
	bars: Bar[];
	/** Lines that say no time. */
	undated: number;
}

const MOST_BARS = 45;

/** Neither Shopify nor ReturnGO is older; what claims to be would stretch the axis until nothing can be seen on it. */
const FIRST_YEAR = 2000;

const BY_YEAR = { unit: 'year', label: 'yyyy' } as const;
const SCALES = [{ unit: 'day', label: 'd LLL' }, { unit: 'week', label: 'd LLL' }, { unit: 'month', label: 'LLL yy' }, BY_YEAR] as const;

/** Every unit from the first line to the last, also the empty ones. `timeZone` decides to which day a moment belongs. */
export function countDays(lines: readonly Finding[], timeZone: string): TimeAxis {
	const dated = lines.flatMap((line) => {
		const at = line.at === null ? null : DateTime.fromISO(line.at, { zone: timeZone, locale: 'en-GB' });
		return at?.isValid && at.year >= FIRST_YEAR ? [{ line, at }] : [];
	});
	const undated = lines.length - dated.length;
	const [some] = dated;
	if (some === undefined) return { unit: 'day', bars: [], undated };
	let [first, last] = [some.at, some.at];
	for (const { at } of dated) [first, last] = [DateTime.min(first, at), DateTime.max(last, at)];
	const { unit, label } = SCALES.find((scale) => last.startOf(scale.unit).diff(first.startOf(scale.unit), scale.unit).as(scale.unit) < MOST_BARS) ?? BY_YEAR;
	const bars = new Map<string, Bar>();
	for (let at = first.startOf(unit); at <= last; at = at.plus({ [unit]: 1 })) bars.set(at.toISODate() ?? '', { name: at.toFormat(label), counts: countSeverities([]) });
	for (const { line, at } of dated) {
		const bar = bars.get(at.startOf(unit).toISODate() ?? '');
		if (bar) bar.counts[line.severity] += 1;
	}
	return { unit, bars: [...bars.values()], undated };
}
