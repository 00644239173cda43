/** Nothing of the two services is left out by oversight: each endpoint and root is used, or listed with the reason why not. */
import { clientCalls, NOT_USED, RETURNGO_ENDPOINTS, returnGoCoverage, shopifyCoverage } from '../../scripts/coverage';
import { loadAdminSchema } from '../../scripts/shopify-schema';

it('calls every endpoint that ReturnGO documents, and no other', () => {
	expect([...clientCalls().keys()].sort()).toEqual([...RETURNGO_ENDPOINTS].sort());
	expect(returnGoCoverage().filter(({ usedBy }) => usedBy.length === 0)).toEqual([]);
});

it('uses every root of Shopify that has to do with returns, or says why not', async () => {
	const { schema } = await loadAdminSchema('2026-10');
	const covered = shopifyCoverage(schema);
	expect(covered.filter(({ usedBy, reason }) => usedBy.length === 0 && reason === null).map(({ name }) => name)).toEqual([]);
	// A reason that is no longer needed, or is about nothing, goes.
	const unused = new Set(covered.filter(({ usedBy }) => usedBy.length === 0).map(({ name }) => name));
	expect(Object.keys(NOT_USED).filter((name) => !unused.has(name))).toEqual([]);
}, 240_000);
