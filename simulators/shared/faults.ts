/** Planned misbehaviour: which requests shall go wrong, how, and how often. */

import { HttpError, isLoopback } from './http';
import { Input, isObject } from './input';

export interface FaultMatch {
	/** GraphQL root field ("refundCreate") or REST route key ("GET /rma/:id"). */
	operation?: string;
	/** The request's exact path, without query. */
	path?: string;
	method?: string;
	/** Let this many matching requests pass first. */
	afterMatches?: number;
}

export type FaultAction =
	/** Answer this; nothing is done. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Answer as the service does when a rate limit is reached; nothing is done. */
	| { kind: 'throttled' }
	/** Wait, then go on as usual. */
	| { kind: 'delay'; ms: number }
	/** Call this loopback URL and wait for its answer, then go on as usual. */
	| { kind: 'hook'; url: string }
	/** Destroy the connection; nothing is done. */
	| { kind: 'dropBefore' }
	/** Do the work, then destroy the connection: the answer is lost. */
	| { kind: 'dropAfter' }
	/** Do the work, then answer this status instead. */
	| { kind: 'statusAfter'; status: number; body?: unknown }
	/** Do the work, then answer 200 with a body that is not JSON. */
	| { kind: 'malformed' }
	/** Answer 200 with a body that is not JSON; nothing is done. */
	| { kind: 'malformedBefore' }
	/** Hold the connection, then destroy it; nothing is done. */
	| { kind: 'hang'; ms: number };

export interface Fault {
	id: string;
	match: FaultMatch;
	/** How many requests it hits; -1 for every one. */
	times: number;
	action: FaultAction;
}

export interface FaultReport extends Fault {
	/** Requests that matched, including those let pass. */
	matched: number;
	/** Requests that were hit. */
	applied: number;
}

export interface FaultTarget {
	operations: readonly string[];
	path: string;
	method: string;
}

/** What is to happen to one request: preliminaries in order, then at most one ending. */
export interface FaultVerdict {
	before: Array<Extract<FaultAction, { kind: 'delay' | 'hook' }>>;
	ending: Exclude<FaultAction, { kind: 'delay' | 'hook' }> | undefined;
	ids: string[];
}

const KINDS = ['status', 'throttled', 'delay', 'hook', 'dropBefore', 'dropAfter', 'statusAfter', 'malformed', 'malformedBefore', 'hang'] as const;

export class FaultPlan {
	private faults: FaultReport[] = [];

	private added = 0;

	/** Adds one fault or a list of them, as read from a control request. */
	add(description: unknown): FaultReport[] {
		const parsed = (Array.isArray(description) ? description : [description]).map((one) => this.parse(one));
		this.faults.push(...parsed);
		return parsed;
	}

	list(): FaultReport[] {
		return this.faults.map((fault) => ({ ...fault }));
	}

	clear(): void {
		this.faults = [];
	}

	/** Counts the request against every fault it matches. Delays and hooks add up; of the endings, the earliest planned one wins. */
	judge(target: FaultTarget): FaultVerdict {
		const verdict: FaultVerdict = { before: [], ending: undefined, ids: [] };
		for (const fault of this.faults) {
			if (!matches(fault.match, target)) continue;
			fault.matched += 1;
			if (fault.matched <= (fault.match.afterMatches ?? 0)) continue;
			if (fault.times >= 0 && fault.applied >= fault.times) continue;
			const { action } = fault;
			if (action.kind === 'delay' || action.kind === 'hook') verdict.before.push(action);
			else if (verdict.ending === undefined) verdict.ending = action;
			else continue;
			fault.applied += 1;
			verdict.ids.push(fault.id);
		}
		return verdict;
	}

	private parse(description: unknown): FaultReport {
		const input = new Input(description, 'fault');
		const match = input.optionalObject('match');
		const times = input.optionalNumber('times') ?? 1;
		if (!Number.isInteger(times) || times < -1) throw new HttpError(400, { message: 'fault.times must be a whole number, or -1 for every request' });
		return {
			id: input.optionalString('id') ?? `fault-${(this.added += 1)}`,
			match: {
				operation: match?.optionalString('operation'),
				path: match?.optionalString('path'),
				method: match?.optionalString('method')?.toUpperCase(),
				afterMatches: match?.optionalCount('afterMatches'),
			},
			times,
			action: parseAction(input.object('action')),
			matched: 0,
			applied: 0,
		};
	}
}

function matches(match: FaultMatch, target: FaultTarget): boolean {
	return (
		(match.operation === undefined || target.operations.includes(match.operation)) &&
		(match.path === undefined || match.path === target.path) &&
		(match.method === undefined || match.method === target.method)
	);
}

function parseAction(input: Input): FaultAction {
	const kind = input.oneOf('kind', KINDS);
	switch (kind) {
		case 'status':
			return { kind, status: statusOf(input), body: input.raw('body'), headers: headersOf(input) };
		case 'statusAfter':
			return { kind, status: statusOf(input), body: input.raw('body') };
		case 'delay':
		case 'hang':
			return { kind, ms: input.number('ms') };
		case 'hook': {
			const url = input.string('url');
			if (!isLoopback(url)) throw new HttpError(400, { message: 'fault.action.url must be a loopback URL' });
			return { kind, url };
		}
		default:
			return { kind };
	}
}

function statusOf(input: Input): number {
	const status = input.number('status');
	if (!Number.isInteger(status) || status < 200 || status > 599) throw new HttpError(400, { message: 'fault.action.status must be an HTTP status from 200 to 599' });
	return status;
}

function headersOf(input: Input): Record<string, string> | undefined {
	const headers = input.raw('headers');
	if (!isObject(headers)) return undefined;
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
