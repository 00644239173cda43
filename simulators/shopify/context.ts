/** What every resolver of one request shares, and how resolvers are written down. */

import type { GraphQLResolveInfo } from 'graphql';
import type { App } from './model';
import type { ShopStore } from './store';

export interface Context {
	store: ShopStore;
	app: App;
	version: string;
	requestId: string;
	/** Variables as they came, before coercion. */
	rawVariables: Readonly<Record<string, unknown>>;
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
