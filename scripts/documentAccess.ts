/** Which access scopes a document needs, by Shopify's own map of types and fields. */
import { getNamedType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { AdminSchema } from './shopify-schema';
import type { SentDocument } from './sentDocuments';

/** Mutations that Shopify's access map leaves out or leaves to the type they change, and what an input of theirs asks for besides (a gift card's customer). */
const UNMAPPED: Readonly<Record<string, string>> = { refundCreate: 'write_orders', metafieldsSet: 'write_orders', metafieldDefinitionCreate: 'write_orders', tagsAdd: 'write_orders', tagsRemove: 'write_orders', giftCardCreate: 'write_customers' };

/** Documents whose target decides: the same field changes a record of another kind. */
const BY_DOCUMENT: Readonly<Record<string, string>> = { AddCustomerTags: 'write_customers', RemoveCustomerTags: 'write_customers' };

/** What one document touches, each with the scopes of which one is enough. */
export interface Access {
	readonly what: string;
	readonly anyOf: readonly string[];
}

/**
 * The scopes that a document needs, one of each choice, the store's own app's first. A granted write scope lets read as well, so it stands for both.
 * @param known scopes to choose from
 */
export function scopesOf(admin: AdminSchema, document: SentDocument, known: readonly string[]): string[] {
	const chosen = new Set(
		accessesOf(admin, document).map(({ what, anyOf }) => {
			const scope = known.find((candidate) => anyOf.includes(candidate));
			if (scope === undefined) throw new Error(`${document.name}: ${what} needs one of ${anyOf.join(', ')}, and none of them is in api/scopes.ts`);
			return scope;
		}),
	);
	return [...chosen].filter((scope) => !chosen.has(scope.replace(/^read_/, 'write_')) || scope.startsWith('write_')).sort();
}

/** Everything in the document that Shopify guards. */
export function accessesOf({ schema, offlineScopes }: AdminSchema, { document, name: documentName }: SentDocument): Access[] {
	const byType = new Map(offlineScopes.filter((entry) => entry.type === 'type').map((entry) => [entry.typeName, conditionsOf(entry)]));
	const byField = new Map(offlineScopes.filter((entry) => entry.type === 'field').map((entry) => [`${entry.typeName}.${entry.fieldName ?? ''}`, conditionsOf(entry)]));
	const accesses: Access[] = [];
	const info = new TypeInfo(schema);
	visit(
		document,
		visitWithTypeInfo(info, {
			Field(node) {
				const parent = info.getParentType();
				const field = info.getFieldDef();
				if (!parent || !field || node.kind !== Kind.FIELD) return;
				const name = `${parent.name}.${field.name}`;
				const type = getNamedType(field.type).name;
				for (const anyOf of [...(byField.get(name) ?? []), ...(byType.get(type) ?? [])]) accesses.push({ what: name, anyOf });
				const unmapped = parent === schema.getMutationType() ? (BY_DOCUMENT[documentName] ?? UNMAPPED[field.name]) : undefined;
				if (unmapped !== undefined) accesses.push({ what: name, anyOf: [unmapped] });
			},
		}),
	);
	return accesses;
}

/**
 * Sets of scopes, of each of which one is needed. Shopify lists all scopes of an entry in one row; that two of them are needed together only its sentence says:
 * "`a` access scope or `b` access scope. Also: Requires the `c` access scope".
 */
function conditionsOf({ requiredAccess, offlineScopes }: AdminSchema['offlineScopes'][number]): string[][] {
	const [main = '', also = ''] = requiredAccess.split('Also:');
	const besides = also.includes('Requires') ? offlineScopes.filter((scope) => also.includes(`\`${scope}\``)) : [];
	const enough = besides.length > 0 ? offlineScopes.filter((scope) => main.includes(`\`${scope}\``)) : offlineScopes;
	return [[...enough], [...besides]].filter((scopes) => scopes.length > 0);
}
