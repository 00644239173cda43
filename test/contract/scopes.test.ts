import { getNamedType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { CREDIT_SCOPES, NEEDED_SCOPES } from '../../nodes/ShopifyReturns/api/scopes';
import { ADMIN_VERSIONS, loadAdminSchema, type AdminSchema, type AdminVersion } from '../../scripts/shopify-schema';
import { sentDocuments, type SentDocument } from './documents';

/** Mutations that Shopify's access map leaves out or leaves to the type they change, and what an input of theirs asks for besides (a gift card's customer). */
const UNMAPPED: Readonly<Record<string, string>> = { refundCreate: 'write_orders', metafieldsSet: 'write_orders', tagsAdd: 'write_orders', tagsRemove: 'write_orders', giftCardCreate: 'write_customers' };

/** What one document touches, each with the scopes of which one is enough. */
interface Access {
	readonly what: string;
	readonly anyOf: readonly string[];
}

const documents = sentDocuments();
const held = [...NEEDED_SCOPES, ...CREDIT_SCOPES].map(({ handle }) => handle);
const always = NEEDED_SCOPES.map(({ handle }) => handle);

describe.each(ADMIN_VERSIONS)('the access scopes, Admin API %s', (version: AdminVersion) => {
	let admin: AdminSchema;
	beforeAll(async () => {
		admin = await loadAdminSchema(version);
	}, 240_000);

	it.each(documents)('are enough for $name', (document) => {
		expect(accessesOf(admin, document).filter((access) => !access.anyOf.some((scope) => held.includes(scope)))).toEqual([]);
	});

	it.each(documents.filter(({ name }) => !isCredit(name)))('that every store grants are enough for $name, which issues no credit', (document) => {
		expect(accessesOf(admin, document).filter((access) => !access.anyOf.some((scope) => always.includes(scope)))).toEqual([]);
	});

	it.each(held)('include %s because some document cannot do without it', (scope) => {
		const others = held.filter((handle) => handle !== scope);
		const needy = documents.filter((document) => accessesOf(admin, document).some((access) => !access.anyOf.some((handle) => others.includes(handle))));
		expect(needy.map(({ name }) => name)).not.toEqual([]);
	});
});

/** The documents of store credit and gift cards. */
function isCredit(name: string): boolean {
	return /Credit|GiftCard/.test(name);
}

function accessesOf({ schema, offlineScopes }: AdminSchema, { document }: SentDocument): Access[] {
	const byType = new Map(offlineScopes.filter((entry) => entry.type === 'type').map((entry) => [entry.typeName, entry.offlineScopes]));
	const byField = new Map(offlineScopes.filter((entry) => entry.type === 'field').map((entry) => [`${entry.typeName}.${entry.fieldName ?? ''}`, entry.offlineScopes]));
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
				for (const anyOf of [byField.get(name), byType.get(type)]) {
					if (anyOf !== undefined && anyOf.length > 0) accesses.push({ what: name, anyOf });
				}
				const unmapped = parent === schema.getMutationType() ? UNMAPPED[field.name] : undefined;
				if (unmapped !== undefined) accesses.push({ what: name, anyOf: [unmapped] });
			},
		}),
	);
	return accesses;
}
