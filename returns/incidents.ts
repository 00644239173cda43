/**
 * What is new since the last look: findings are compared with the incidents that were told of before, so that an alert comes once per incident and
 * again only when the incident changes (business rule N11).
 */
import type { ExceptionCode, ExceptionOwner, Severity } from './exceptions';
import type { Finding } from './finding';
import { hashOf } from './keys';

/** One incident that somebody was told of; as much of it as is needed to say that it is over. */
export interface KnownIncident {
	incident: string;
	/** Of the facts by which a change is recognised. */
	fingerprint: string;
	/** ISO 8601 in UTC. */
	firstSeenAt: string;
	code: ExceptionCode | null;
	title: string;
	owner: ExceptionOwner;
	severity: Severity;
	rmaId: string | null;
	orderName: string | null;
	orderUrl: string | null;
	rmaUrl: string | null;
}

/** What is kept from one look to the next; plain JSON. */
export interface IncidentMemory {
	version: 1;
	/** When the look was that it is from; ISO 8601 in UTC. */
	at: string;
	incidents: KnownIncident[];
}

export interface ToTell extends Finding {
	news: 'new' | 'changed';
	firstSeenAt: string;
}

export interface Comparison {
	toTell: ToTell[];
	/** Incidents that are over. */
	cleared: KnownIncident[];
	unchanged: number;
	/** Known incidents that were not found by a look that did not see everything: they may be over or not, and are kept. */
	unseen: number;
	/** Incidents that found no room in the memory; the next look tells of them again. */
	forgotten: number;
	memory: IncidentMemory;
}

export interface Look {
	/** ISO 8601 in UTC. */
	now: string;
	/** Whether everything was read; only then does "not found" mean "over". */
	isComplete: boolean;
	/** So many incidents are kept. */
	mostKept: number;
}

const RANK: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/**
 * Compares findings with the memory of the last look (null: there was none, so that everything is new). Lines of one incident are one. The memory
 * that comes back takes the place of the old one when everybody was told.
 */
export function compareIncidents(findings: readonly Finding[], last: IncidentMemory | null, { now, isComplete, mostKept }: Look): Comparison {
	const known = new Map((last?.incidents ?? []).map((incident) => [incident.incident, incident]));
	const found = groupByIncident(findings);
	const toTell: ToTell[] = [];
	const kept: KnownIncident[] = [];
	for (const [incident, lines] of found) {
		const before = known.get(incident);
		const present = knownIncident(incident, lines, before?.firstSeenAt ?? now);
		kept.push(present);
		if (before?.fingerprint === present.fingerprint) continue;
		for (const line of lines) toTell.push({ ...line, news: before === undefined ? 'new' : 'changed', firstSeenAt: present.firstSeenAt });
	}
	const missing = [...known.values()].filter(({ incident }) => !found.has(incident));
	if (!isComplete) kept.push(...missing);
	kept.sort((left, right) => RANK[left.severity] - RANK[right.severity] || (left.firstSeenAt < right.firstSeenAt ? -1 : 1));
	return {
		toTell,
		cleared: isComplete ? missing : [],
		unchanged: found.size - new Set(toTell.map(({ incident }) => incident)).size,
		unseen: isComplete ? 0 : missing.length,
		forgotten: Math.max(0, kept.length - mostKept),
		memory: { version: 1, at: now, incidents: kept.slice(0, mostKept) },
	};
}

function groupByIncident(findings: readonly Finding[]): Map<string, Finding[]> {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const lines = groups.get(finding.incident);
		if (lines === undefined) groups.set(finding.incident, [finding]);
		else lines.push(finding);
	}
	return groups;
}

function knownIncident(incident: string, lines: readonly Finding[], firstSeenAt: string): KnownIncident {
	const [gravest] = [...lines].sort((left, right) => RANK[left.severity] - RANK[right.severity]);
	return {
		incident,
		fingerprint: hashOf(lines.map(factsOf).map(hashOf).sort()).slice(0, 16),
		firstSeenAt,
		code: gravest?.code ?? null,
		title: gravest?.title ?? '',
		owner: gravest?.owner ?? 'nobody',
		severity: gravest?.severity ?? 'info',
		rmaId: gravest?.rmaId ?? null,
		orderName: gravest?.orderName ?? null,
		orderUrl: gravest?.orderUrl ?? null,
		rmaUrl: gravest?.rmaUrl ?? null,
	};
}

/** What makes an incident another one when it changes. An age that grows and words that are written anew do not. */
function factsOf({ code, class: comparison, severity, owner, currency, returnGoAmount, shopifyAmount, refundId, transactionIds, unitIds }: Finding): object {
	return { code, comparison, severity, owner, currency, returnGoAmount, shopifyAmount, refundId, transactionIds, unitIds };
}
