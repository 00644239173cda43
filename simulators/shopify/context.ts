/** What every resolver of one request shares, and how resolvers are written down. */

import type { DocumentNode, ExecutionResult, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { BulkOperations } from './bulk-operations';
import type { BulkFeed } from './bulk-rows';
import type { App } from './model';
import type { ShopStore } from './store';

export interface Context {
	store: ShopStore;
	app: App;
	version: string;
	requestId: string;
	/** Variables as they came, before coercion. */
	rawVariables: Readonly<Record<string, unknown>>;
	bulk: BulkOperations;
	/** Runs queries in bulk against the schema of this request. */
	bulkEngine: BulkEngine;
	/** Set while a bulk operation's query runs: its connections have no pages. */
	feed: BulkFeed | null;
}

export interface BulkEngine {
	readonly schema: GraphQLSchema;
	execute(document: DocumentNode, feed: BulkFeed): Promise<ExecutionResult>;
}

export type Args = Readonly<Record<string, unknown>>;

/** Computes one field from a record of the store. */
export type FieldOf<T> = (source: T, args: Args, context: Context, info: GraphQLResolveInfo) => unknown;

/** Type name → field name → how it is computed. What is not here is read from the record itself. */
export type Resolvers = Record<string, Record<string, FieldOf<never>>>;

/** Writes down the fields of a type whose records are `T`; the engine hands in only records of that type. */
export function fieldsOf<T>(fields: Record<string, FieldOf<T>>): Record<string, FieldOf<never>> {
	return fields as Record<string, FieldOf<never>>;
}
