import { OPERATION_ACCESS, OPERATION_CALLS, OTHER_CALLS } from '../../nodes/ShopifyReturns/access';
import { OPERATION_CALLS as RECONCILIATION_CALLS } from '../../nodes/ReturnsReconciliation/access';
import { RESOURCES as RECONCILIATION_RESOURCES } from '../../nodes/ReturnsReconciliation/registry';
import { DOCUMENT_ACCESS } from '../../nodes/ShopifyReturns/api/documentAccess';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../nodes/ShopifyReturns/api/scopes';
import { RESOURCES } from '../../nodes/ShopifyReturns/registry';
import { scopesOf } from '../../scripts/documentAccess';
import { estimateCost } from '../../scripts/documentCost';
import { sentDocuments } from '../../scripts/sentDocuments';
import { loadAdminSchema } from '../../scripts/shopify-schema';

const documents = sentDocuments();

it('lists the calls of every operation, and of no other', () => {
	const registered = (resources: Readonly<Record<string, { operations: object }>>) =>
		Object.entries(resources).flatMap(([resource, { operations }]) => Object.keys(operations).map((operation) => `${resource}.${operation}`));
	expect(Object.keys(OPERATION_CALLS).sort()).toEqual(registered(RESOURCES).sort());
	expect(Object.keys(RECONCILIATION_CALLS).sort()).toEqual(registered(RECONCILIATION_RESOURCES).sort());
});

it('knows every document that is named, and names every document there is', () => {
	const named = new Set([...[...Object.values(OPERATION_CALLS), ...Object.values(RECONCILIATION_CALLS)].flatMap((calls) => calls.map(({ document }) => document)), ...Object.keys(OTHER_CALLS)]);
	expect([...named].sort()).toEqual(documents.map(({ name }) => name).sort());
});

it('gives writes a write scope and reads none', () => {
	for (const { resource, operation, scopes } of OPERATION_ACCESS) {
		expect([resource, operation, scopes.some((scope) => scope.startsWith('write_'))]).toEqual([resource, operation, RESOURCES[resource]?.operations[operation]?.isWrite]);
	}
});

it('asks for optional scopes only where an operation works without them', () => {
	const optional = OPTIONAL_SCOPES.map(({ handle }) => handle);
	expect(OPERATION_ACCESS.filter(({ resource }) => resource !== 'storeCredit').flatMap(({ scopes }) => scopes).filter((scope) => optional.includes(scope))).toEqual([]);
});

it('holds the scopes and costs that the real schema gives', async () => {
	const admin = await loadAdminSchema('2026-10');
	const known = [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].map(({ handle }) => handle);
	for (const document of documents) {
		expect([document.name, DOCUMENT_ACCESS[document.name]]).toEqual([document.name, { scopes: scopesOf(admin, document, known), cost: estimateCost(admin.schema, document) }]);
	}
}, 240_000);
