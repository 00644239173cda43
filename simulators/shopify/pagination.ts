/** Connections over lists that are complete in memory. */

import { GraphQLError } from 'graphql';
import type { Args } from './context';

export interface Page {
	nodes: unknown[];
	edges: Array<{ cursor: string; node: unknown }>;
	pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const LARGEST_PAGE = 250;

/** @throws GraphQLError for a page without a size, an oversized one, or a cursor that is not of this list */
export function paginate(items: readonly unknown[], args: Args): Page {
	const { first, last, after, before } = args;
	if (typeof first !== 'number' && typeof last !== 'number') throw bad('you must provide one of first or last');
	if (typeof first === 'number' && typeof last === 'number') throw bad('providing both first and last is not supported');
	for (const [name, size] of [['first', first], ['last', last]] as const) {
		if (typeof size !== 'number') continue;
		if (size < 0) throw bad(`${name} cannot be less than 0`);
		if (size > LARGEST_PAGE) throw bad(`${name} cannot exceed ${LARGEST_PAGE}`);
	}
	const listed = ordered(items, args);
	const from = typeof after === 'string' ? position(listed, after) + 1 : 0;
	const to = typeof before === 'string' ? position(listed, before) : listed.length;
	const start = typeof last === 'number' ? Math.max(from, to - last) : from;
	const end = typeof first === 'number' ? Math.min(to, from + first) : to;
	const edges = listed.slice(start, end).map((node, index) => ({ cursor: cursorOf(node, start + index), node }));
	return {
		nodes: edges.map(({ node }) => node),
		edges,
		pageInfo: { hasNextPage: end < listed.length, hasPreviousPage: start > 0, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
	};
}

/** The members in the order that is asked for. */
export function ordered(items: readonly unknown[], { reverse }: Args): readonly unknown[] {
	return reverse === true ? [...items].reverse() : items;
}

/** All members at once, as a bulk operation gets them. */
export function wholePage(items: readonly unknown[]): Page {
	const edges = items.map((node) => ({ cursor: '', node }));
	return { nodes: [...items], edges, pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } };
}

function cursorOf(item: unknown, index: number): string {
	return Buffer.from(JSON.stringify({ last: keyOf(item, index) })).toString('base64');
}

function keyOf(item: unknown, index: number): unknown {
	const { id, key } = item as { id?: unknown; key?: unknown };
	return id ?? key ?? index;
}

function position(items: readonly unknown[], cursor: string): number {
	const wanted = lastOf(cursor);
	const found = items.findIndex((item, index) => keyOf(item, index) === wanted);
	if (found < 0) throw bad('Invalid cursor for current pagination sort.');
	return found;
}

/** What a cursor names; nothing, when it is none of ours. */
function lastOf(cursor: string): unknown {
	try {
		return (JSON.parse(Buffer.from(cursor, 'base64').toString()) as { last?: unknown }).last ?? null;
	} catch {
		return null;
	}
}

function bad(message: string): GraphQLError {
	return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
