/** What findings come to: how many there are of each kind, whose they are, how old, how much money they concern, and on which day they began. */
import type { Finding } from './finding';
import { add, formatMoney, parseMoney, zero, type Money } from './money';

export interface FindingCounts {
	findings: number;
	byCode: Record<string, number>;
	byOwner: Record<string, number>;
	bySeverity: Record<string, number>;
	/** By whole days: "0–2", "3–7", "8–14", "15–30", "31 and more", "unknown". */
	byAge: Record<string, number>;
	/** By the day on which the case began, in UTC. */
	byDay: Record<string, number>;
	/** Sum of the amounts that are named, by currency: Shopify's where it states one, else ReturnGO's. */
	valueByCurrency: Record<string, string>;
}

/** Counts findings; `byDay` in the order of the days. */
export function countFindings(findings: readonly Finding[]): FindingCounts {
	const by = (keyOf: (finding: Finding) => string | null) => tally(findings.map(keyOf).filter((key) => key !== null));
	return {
		findings: findings.length,
		byCode: by(({ code }) => code),
		byOwner: by(({ owner }) => owner),
		bySeverity: by(({ severity }) => severity),
		byAge: by(({ ageDays }) => ageOf(ageDays)),
		byDay: by(({ at }) => at?.slice(0, 10) ?? null),
		valueByCurrency: Object.fromEntries(valuesOf(findings)),
	};
}

function tally(keys: readonly string[]): Record<string, number> {
	const counts = new Map<string, number>();
	for (const key of [...keys].sort()) counts.set(key, (counts.get(key) ?? 0) + 1);
	return Object.fromEntries(counts);
}

const AGES: ReadonlyArray<readonly [number, string]> = [
	[2, '0–2'],
	[7, '3–7'],
	[14, '8–14'],
	[30, '15–30'],
];

function ageOf(days: number | null): string {
	if (days === null) return 'unknown';
	return AGES.find(([most]) => days <= most)?.[1] ?? '31 and more';
}

function valuesOf(findings: readonly Finding[]): Array<[string, string]> {
	const sums = new Map<string, Money>();
	for (const { currency, shopifyAmount, returnGoAmount } of findings) {
		const amount = shopifyAmount ?? returnGoAmount;
		if (currency === null || amount === null) continue;
		sums.set(currency, add(sums.get(currency) ?? zero(currency), parseMoney(amount, currency)));
	}
	return [...sums].sort().map(([currency, sum]) => [currency, formatMoney(sum)]);
}
