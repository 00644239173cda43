import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../nodes/ShopifyReturns/api/scopes';
import { accessesOf } from '../../scripts/documentAccess';
import { sentDocuments } from '../../scripts/sentDocuments';
import { ADMIN_VERSIONS, loadAdminSchema, type AdminSchema, type AdminVersion } from '../../scripts/shopify-schema';

const documents = sentDocuments();
const held = [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].map(({ handle }) => handle);
const always = NEEDED_SCOPES.map(({ handle }) => handle);

describe.each(ADMIN_VERSIONS)('the access scopes, Admin API %s', (version: AdminVersion) => {
	let admin: AdminSchema;
	beforeAll(async () => {
		admin = await loadAdminSchema(version);
	}, 240_000);

	it.each(documents)('are enough for $name', (document) => {
		expect(accessesOf(admin, document).filter((access) => !access.anyOf.some((scope) => held.includes(scope)))).toEqual([]);
	});

	it.each(documents.filter(({ name }) => !isOptional(name)))('that every store grants are enough for $name, which issues no credit, tags no customer and reads no payouts', (document) => {
		expect(accessesOf(admin, document).filter((access) => !access.anyOf.some((scope) => always.includes(scope)))).toEqual([]);
	});

	it.each(held)('include %s because some document cannot do without it', (scope) => {
		const others = held.filter((handle) => handle !== scope);
		const needy = documents.filter((document) => accessesOf(admin, document).some((access) => !access.anyOf.some((handle) => others.includes(handle))));
		expect(needy.map(({ name }) => name)).not.toEqual([]);
	});
});

/** The documents of store credit and gift cards, of customers' tags, and of payouts. */
function isOptional(name: string): boolean {
	return /Credit|GiftCard|Customer|Payouts/.test(name);
}
