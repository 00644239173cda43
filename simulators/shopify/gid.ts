/** Global ids: `gid://shopify/Order/1`. A record id the service issued, or the error it answers to anything else. */

import { GraphQLError } from 'graphql';

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(\?.*)?$/;

export function gid(type: string, id: number | string): string {
	return `gid://shopify/${type}/${id}`;
}

export interface ParsedGid {
	type: string;
	id: number;
	/** Query part, as inventory levels have one. */
	query: string;
}

/** Inventory levels carry the item in a query part; the path id alone does not name one. */
export function parseGid(text: string): ParsedGid | undefined {
	const match = GID.exec(text);
	if (!match || match[1] === undefined) return undefined;
	return { type: match[1], id: Number(match[2]), query: match[3] ?? '' };
}

export function invalidId(text: string): GraphQLError {
	return new GraphQLError(`Invalid id: ${text}`, { extensions: { code: 'RESOURCE_NOT_FOUND' } });
}

/**
 * The number in a global id of one of these types.
 * @throws GraphQLError "Invalid id: …" (RESOURCE_NOT_FOUND) for another type, as the service does
 */
export function idOf(text: string, ...types: readonly string[]): number {
	const parsed = parseGid(text);
	if (!parsed || !types.includes(parsed.type)) throw invalidId(text);
	return parsed.id;
}
