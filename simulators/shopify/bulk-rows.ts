/** Runs a bulk query stretch by stretch through the ordinary resolvers and makes its rows. */

import type { ExecutionResult } from 'graphql';
import { isObject, type JsonObject } from '../shared/input';
import type { BulkConnection, BulkQuery } from './bulk-query';

/** How many members of the outermost connection are looked at together. */
const STRETCH = 250;

/**
 * Hands the members of the outermost connection to the engine, one stretch per run. They are found once: neither are later pages sorted
 * again, nor does a record that is added meanwhile move the others.
 */
export class BulkFeed {
	private members: readonly unknown[] | undefined;

	private from = 0;

	/** Only the first connection that a run meets is the outermost one. */
	private met = false;

	/** The members of a connection that this run is about: a stretch of the outermost one, all of an inner one. */
	membersOf(find: () => readonly unknown[]): readonly unknown[] {
		if (this.met) return find();
		this.met = true;
		this.members ??= find();
		return this.members.slice(this.from, this.from + STRETCH);
	}

	/** Moves on; false when nothing is left. */
	next(): boolean {
		this.met = false;
		this.from += STRETCH;
		return this.from < (this.members?.length ?? 0);
	}
}

export interface BulkStretch {
	lines: readonly string[];
	/** Members of the outermost connection among them. */
	roots: number;
}

/** A query that did not come through: the code an operation ends with, and why. */
export class BulkRunFailed extends Error {
	constructor(
		readonly code: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR',
		message: string,
	) {
		super(message);
	}
}

/**
 * The rows of a query as JSON texts. Grouped: each object is followed by what hangs on it. Otherwise only this much is certain: an object comes after its parent.
 * @throws BulkRunFailed when a stretch answers with errors; nothing of that stretch is given out
 */
export async function* bulkRows(query: BulkQuery, grouped: boolean, execute: (feed: BulkFeed) => Promise<ExecutionResult>): AsyncGenerator<BulkStretch> {
	const feed = new BulkFeed();
	do {
		const result = await execute(feed);
		const [first] = result.errors ?? [];
		if (first) throw new BulkRunFailed(result.errors?.some(({ extensions }) => extensions.code === 'ACCESS_DENIED') ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR', first.message);
		const members = takeOut(result.data ?? {}, query.root);
		const lines = grouped ? members.flatMap((member) => family(member, query.root, undefined)) : generations(members, query.root);
		yield { lines, roots: members.length };
	} while (feed.next());
}

/** Takes a connection out of the object it hangs on; its members remain. */
function takeOut(holder: JsonObject, { path }: BulkConnection): JsonObject[] {
	const trail: Array<{ holder: JsonObject; key: string }> = [];
	let value: unknown = holder;
	for (const key of path) {
		if (!isObject(value)) return [];
		trail.push({ holder: value, key });
		value = value[key];
	}
	// An object that held nothing but the connection would be left empty.
	for (const { holder: at, key } of trail.reverse()) {
		const inner = at[key];
		if (inner === value || (isObject(inner) && Object.keys(inner).length === 0)) delete at[key];
	}
	return isObject(value) ? arrayOf(value.edges).flatMap((edge) => (isObject(edge) && isObject(edge.node) ? [edge.node] : [])) : [];
}

/** A member and everything below it, each right after its parent. */
function family(member: JsonObject, connection: BulkConnection, parentId: unknown): string[] {
	const children = connection.children.map((child) => ({ child, members: takeOut(member, child) }));
	return [rowOf(member, parentId), ...children.flatMap(({ child, members }) => members.flatMap((one) => family(one, child, member.id)))];
}

/** First all members, then all their children, then theirs. */
function generations(members: readonly JsonObject[], root: BulkConnection): string[] {
	const lines: string[] = [];
	let generation = members.map((member) => ({ member, connection: root, parentId: undefined as unknown }));
	while (generation.length > 0) {
		const next: typeof generation = [];
		for (const { member, connection, parentId } of generation) {
			for (const child of connection.children) for (const one of takeOut(member, child)) next.push({ member: one, connection: child, parentId: member.id });
			lines.push(rowOf(member, parentId));
		}
		generation = next;
	}
	return lines;
}

function rowOf(member: JsonObject, parentId: unknown): string {
	return JSON.stringify(parentId === undefined ? member : { ...member, __parentId: parentId });
}

function arrayOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}
