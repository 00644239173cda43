/** The Test button of the credential, with n8n's own request helper. */
import '../harness/environment';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { NEEDED_SCOPES, missingScopes } from '../../../nodes/ShopifyReturns/api/scopes';
import { testShopifyReturnsApi } from '../../../nodes/ShopifyReturns/methods/credentialTest';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { startSchemaStore, type SchemaStore } from './schemaStore';
import { dropped, json, startScriptedStore, text } from './scriptedStore';

const ALL = NEEDED_SCOPES.map(({ handle }) => handle);
const granting = (handles: readonly string[]) => ({ currentAppInstallation: { accessScopes: handles.map((handle) => ({ handle })) } });

describe('the Test button of the Shopify credential', () => {
	let shop: SchemaStore;
	beforeAll(async () => {
		shop = await startSchemaStore();
	}, 240_000);
	afterAll(async () => await shop.close());
	beforeEach(() => {
		shop.answerFrom(granting(ALL));
		shop.store.issue(json({ access_token: 'fresh-token' }));
	});

	const press = async (data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> =>
		await testShopifyReturnsApi.call(new CredentialTestContext(undefined as never), { id: '1', name: 'Shop', type: 'shopifyReturnsApi', data });
	const token = (shopDomain = shop.store.origin) => ({ shopDomain, authentication: 'accessToken', accessToken: 'shpat_secret' });
	const client = () => ({ shopDomain: shop.store.origin, authentication: 'clientCredentials', clientId: 'client-1', clientSecret: 'shh-secret' });

	it('is wired up', () => {
		const node = new ShopifyReturns();
		const [credential] = node.description.credentials ?? [];
		expect(credential).toMatchObject({ name: new ShopifyReturnsApi().name, required: true, testedBy: 'testShopifyReturnsApi' });
		expect(node.methods.credentialTest.testShopifyReturnsApi).toBe(testShopifyReturnsApi);
	});

	it('is green with a token that has every scope', async () => {
		expect(await press(token())).toMatchObject({ status: 'OK' });
		expect(shop.store.requests[0]?.headers['x-shopify-access-token']).toBe('shpat_secret');
	});

	it('is green with client credentials, which it asks the store to accept', async () => {
		expect(await press(client())).toMatchObject({ status: 'OK' });
		expect(shop.store.requests[0]?.headers['x-shopify-access-token']).toBe('fresh-token');
	});

	it('names every missing scope', async () => {
		shop.answerFrom(granting(ALL.filter((handle) => handle !== 'write_returns' && handle !== 'read_locations')));
		const { status, message } = await press(token());
		expect(status).toBe('Error');
		expect(message).toContain('missing: write_returns, read_locations.');
	});

	it.each([
		['a wrong token', json({ errors: '[API] Invalid API key or access token' }, 401), 'access token'],
		['a store that does not exist', text('Not Found', 404), 'There is no store at'],
		['a store that moved', text('', 302, { location: 'https://example.com/' }), 'There is no store at'],
		['a frozen store', text('', 402), 'frozen'],
		['a store that is down', text('', 503), 'HTTP status 503'],
		['a broken connection', dropped, 'could not be reached'],
		['an answer without scopes', json({ data: { currentAppInstallation: null } }), 'without the app’s access scopes'],
	])('tells %s apart', async (_name, script, words) => {
		shop.interfere('GrantedScopes', script, { once: false });
		const { status, message } = await press(token());
		expect(status).toBe('Error');
		expect(message).toContain(words);
		expect(message).not.toContain('shpat_secret');
	});

	it('tells a refused client secret, an empty one and a missing token apart', async () => {
		shop.store.issue(json({ error: 'invalid_client' }, 401));
		expect((await press(client())).message).toContain('refused the client id and client secret');
		shop.store.issue(json({}));
		expect((await press(client())).message).toContain('did not hand out an access token');
		expect((await press({ ...client(), clientSecret: '' })).message).toContain('is empty');
		expect((await press({ ...token(), accessToken: '' })).message).toContain('is empty');
	});

	it('refuses what is not a store, and sends it nothing', async () => {
		const elsewhere = await startScriptedStore();
		await elsewhere.close();
		for (const domain of ['', 'example.com', 'https://example.com', 'http://10.0.0.1']) {
			expect(await press(token(domain))).toMatchObject({ status: 'Error', message: expect.stringContaining('.myshopify.com') as string });
		}
		expect((await press(token(elsewhere.origin))).message).toContain('could not be reached');
	});
});

describe('missing scopes', () => {
	it('takes write access for read access, and not the other way round', () => {
		expect(missingScopes(ALL.filter((handle) => handle !== 'read_orders'))).toEqual([]);
		expect(missingScopes(ALL.filter((handle) => handle !== 'write_orders'))).toEqual(['write_orders']);
		expect(missingScopes([])).toEqual(ALL);
	});
});
