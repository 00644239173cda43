/** Access scopes: which ones a field needs, from Shopify's own map and the mutations that map leaves out. */

import { GraphQLError } from 'graphql';
import type { OfflineScope } from '../../scripts/shopify-schema';
import type { App } from './model';

interface Need {
	/** One of these … */
	anyOf: readonly string[];
	/** … and one of these. */
	alsoAnyOf: readonly string[];
	text: string;
}

export class AccessMap {
	private readonly types = new Map<string, Need>();

	private readonly fields = new Map<string, Need>();

	/** What is needed of a set of scopes is asked for every field of every record. */
	private readonly verdicts = new WeakMap<readonly string[], Map<Need, boolean>>();

	constructor(scopes: readonly OfflineScope[]) {
		for (const scope of scopes) {
			if (scope.offlineScopes.length === 0) continue;
			const need = needOf(scope);
			if (scope.type === 'type') this.types.set(scope.typeName, need);
			else this.fields.set(`${scope.typeName}.${scope.fieldName ?? ''}`, need);
		}
		for (const [field, need] of Object.entries(NOT_IN_THE_MAP)) this.fields.set(field, need);
	}

	/** @throws GraphQLError ACCESS_DENIED when the app may not use the field of the type */
	checkField(app: App, typeName: string, fieldName: string): void {
		const need = this.fields.get(`${typeName}.${fieldName}`);
		if (need && !this.grants(app, need)) throw denied(fieldName, need);
	}

	/** @throws GraphQLError ACCESS_DENIED when the app may not see records of the type the field answers */
	checkType(app: App, typeName: string, fieldName: string): void {
		const need = this.types.get(typeName);
		if (need && !this.grants(app, need)) throw denied(fieldName, need);
	}

	private grants(app: App, need: Need): boolean {
		let known = this.verdicts.get(app.scopes);
		if (!known) this.verdicts.set(app.scopes, (known = new Map<Need, boolean>()));
		let verdict = known.get(need);
		if (verdict === undefined) known.set(need, (verdict = granted(app, need)));
		return verdict;
	}
}

/** Scopes that the map does not list. */
const NOT_IN_THE_MAP: Readonly<Record<string, Need>> = {
	'Mutation.refundCreate': simple('write_orders', 'write_marketplace_orders'),
};

/** Write scope that tags and metafields of an owner need. */
const OWNER_SCOPES: Readonly<Record<string, string>> = {
	Order: 'orders',
	Customer: 'customers',
	Product: 'products',
	ProductVariant: 'products',
	Location: 'locations',
};

/** @throws GraphQLError ACCESS_DENIED */
export function checkOwner(app: App, ownerType: string, fieldName: string, access: 'read' | 'write'): void {
	const scope = OWNER_SCOPES[ownerType];
	if (scope === undefined) return;
	const need = simple(`${access}_${scope}`);
	if (!granted(app, need)) throw denied(fieldName, need);
}

export function hasScope(app: App, scope: string): boolean {
	return app.scopes.includes(scope) || (scope.startsWith('read_') && app.scopes.includes(scope.replace(/^read_/, 'write_')));
}

/** @throws GraphQLError ACCESS_DENIED */
export function requireScope(app: App, scope: string, fieldName: string): void {
	const need = simple(scope);
	if (!granted(app, need)) throw denied(fieldName, need);
}

function simple(...scopes: readonly string[]): Need {
	return { anyOf: scopes, alsoAnyOf: [], text: `${scopes.map((scope) => `\`${scope}\` access scope`).join(' or ')}.` };
}

/**
 * "A or B. Also: Requires the `C` or the `D` access scope." — such a sentence adds a condition. Scopes that the part after "Also"
 * names for special uses ("to assign events to another staff member") are neither enough nor needed.
 */
function needOf({ requiredAccess, offlineScopes }: OfflineScope): Need {
	const [main = '', ...rest] = requiredAccess.split('Also:');
	const also = rest.join(' ');
	const enough = offlineScopes.filter((scope) => main.includes(`\`${scope}\``));
	return {
		anyOf: enough.length > 0 ? enough : offlineScopes,
		alsoAnyOf: also.includes('Requires') ? offlineScopes.filter((scope) => also.includes(`\`${scope}\``)) : [],
		text: requiredAccess,
	};
}

function granted(app: App, { anyOf, alsoAnyOf }: Need): boolean {
	const holdsOneOf = (scopes: readonly string[]) => scopes.length === 0 || scopes.some((scope) => hasScope(app, scope));
	return holdsOneOf(anyOf) && holdsOneOf(alsoAnyOf);
}

function denied(fieldName: string, need: Need): GraphQLError {
	return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${need.text}`, {
		extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess: need.text },
	});
}
