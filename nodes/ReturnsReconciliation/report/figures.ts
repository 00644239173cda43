/** The figures of a report, counted from its lines. */
import { add, isZero, parseMoney, type Money } from '../../../returns/money';
import type { ExceptionOwner, Severity } from '../../../returns/exceptions';
import type { Finding } from '../../../returns/finding';
import { OWNERS, SEVERITIES, namesOf } from './report';

export type SeverityCounts = Record<Severity, number>;

export interface Bar {
	name: string;
	counts: SeverityCounts;
}

/** Lines of one kind of trouble that one owner has. */
export interface LineGroup {
	title: string;
	severity: Severity;
	/** Null where the lines do not share one. */
	nextStep: string | null;
	lines: Finding[];
}

export interface OwnerGroup {
	owner: ExceptionOwner;
	counts: SeverityCounts;
	groups: LineGroup[];
}

/** Money that stands behind the lines of one kind of trouble. */
export interface Stake {
	title: string;
	severity: Severity;
	amount: Money;
}

/** Upper bounds in days; the last group is open. */
const AGES: ReadonlyArray<[string, number]> = [
	['Up to 2 days', 2],
	['3 to 7 days', 7],
	['8 to 14 days', 14],
	['15 to 30 days', 30],
	['31 to 60 days', 60],
	['Over 60 days', Infinity],
];

const RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** Lines in which something is to be looked at; the others agree. */
export function casesOf(lines: readonly Finding[]): Finding[] {
	return lines.filter(({ code }) => code !== null);
}

export function countSeverities(lines: readonly Finding[]): SeverityCounts {
	const counts: SeverityCounts = { critical: 0, warning: 0, info: 0 };
	for (const { severity } of lines) counts[severity] += 1;
	return counts;
}

/** Owners in the order of the report, each with the gravest trouble first and the oldest line of it on top. Owners without lines are left out. */
export function groupByOwner(lines: readonly Finding[]): OwnerGroup[] {
	return namesOf(OWNERS).flatMap((owner) => {
		const own = lines.filter((line) => line.owner === owner);
		return own.length === 0 ? [] : [{ owner, counts: countSeverities(own), groups: groupByTitle(own) }];
	});
}

/** One bar per title, the gravest and most frequent first. */
export function countTitles(lines: readonly Finding[]): Bar[] {
	return groupByTitle(lines).map(({ title, lines: own }) => ({ name: title, counts: countSeverities(own) }));
}

/** All age groups, also the empty ones between others. Lines of unknown age are not in it. */
export function countAges(lines: readonly Finding[]): Bar[] {
	const bars = AGES.map(([name]) => ({ name, counts: countSeverities([]) }));
	for (const { ageDays, severity } of lines) {
		if (ageDays === null) continue;
		const bar = bars[AGES.findIndex(([, most]) => ageDays <= most)];
		if (bar) bar.counts[severity] += 1;
	}
	return bars;
}

/**
 * Per currency, what stands behind each kind of trouble: the difference where both systems name an amount, the one amount otherwise.
 * Amounts are added without their signs: too much does not make up for too little.
 * @throws InvalidMoney when a line carries no exact amount.
 */
export function stakesOf(lines: readonly Finding[]): Map<string, Stake[]> {
	const byCurrency = new Map<string, Map<string, Stake>>();
	for (const line of lines) {
		const amount = stakeOf(line);
		if (amount === null || isZero(amount)) continue;
		const stakes = byCurrency.get(amount.currency) ?? new Map<string, Stake>();
		byCurrency.set(amount.currency, stakes);
		const known = stakes.get(line.title);
		stakes.set(line.title, {
			title: line.title,
			severity: known && RANK[known.severity] < RANK[line.severity] ? known.severity : line.severity,
			amount: known ? add(known.amount, amount) : amount,
		});
	}
	return new Map(
		[...byCurrency]
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([currency, stakes]) => [currency, [...stakes.values()].sort((left, right) => right.amount.minor - left.amount.minor)]),
	);
}

function stakeOf({ currency, difference, returnGoAmount, shopifyAmount }: Finding): Money | null {
	const decimal = difference ?? shopifyAmount ?? returnGoAmount;
	return currency === null || decimal === null ? null : parseMoney(decimal.replace(/^-/, ''), currency);
}

function groupByTitle(lines: readonly Finding[]): LineGroup[] {
	const groups = new Map<string, LineGroup>();
	for (const line of lines) {
		const name = `${line.severity} ${line.title}`;
		const group = groups.get(name) ?? { title: line.title, severity: line.severity, nextStep: line.nextStep, lines: [] };
		groups.set(name, group);
		group.lines.push(line);
		if (group.nextStep !== line.nextStep) group.nextStep = null;
	}
	for (const group of groups.values()) group.lines.sort(oldestFirst);
	return [...groups.values()].sort((left, right) => RANK[left.severity] - RANK[right.severity] || right.lines.length - left.lines.length || (left.title < right.title ? -1 : 1));
}

function oldestFirst(left: Finding, right: Finding): number {
	const [first, second] = [left.at ?? '', right.at ?? ''];
	if (first !== second) return first < second ? -1 : 1;
	return left.incident < right.incident ? -1 : 1;
}

/** For charts and tables that show severities in their order. */
export const SEVERITY_NAMES = namesOf(SEVERITIES);
