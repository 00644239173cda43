/** The Test button of the credential, and where its key may travel. */
import type { IHttpRequestOptions } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { testCredential } from '../harness';
import { API_KEY, startScriptedReturnGo, STORE, type ScriptedReturnGo } from './scriptedReturnGo';

let server: ScriptedReturnGo;
beforeAll(async () => {
	server = await startScriptedReturnGo();
});
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const data = (overrides: Record<string, string> = {}) => ({ apiKey: API_KEY, storeDomain: STORE, baseUrl: server.baseUrl, ...overrides });
const press = async (overrides: Record<string, string> = {}) => await testCredential(new ReturnGoApi(), data(overrides));

describe('the test button of the ReturnGO credential', () => {
	it('is content when ReturnGO lists RMAs for the key and the store', async () => {
		server.on('GET /rmas', { body: { rmas: [], next_cursor: null } });
		expect(await press()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(server.calls[0]?.query).toEqual({ pagesize: '1' });
		expect(server.calls[0]?.headers).toMatchObject({ 'x-api-key': API_KEY, 'x-shop-name': STORE });
	});

	it.each([
		[401, /does not know this API key/],
		[403, /refuses this API key for this store/],
		[404, /not at this base URL/],
		[429, /limit of calls is used up/],
		[500, /could not answer/],
		[503, /not available right now/],
	])('says what a %i means', async (status, message) => {
		server.on('GET /rmas', { status });
		const verdict = await press();
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toMatch(message);
		expect(verdict.message).not.toContain(API_KEY);
	});

	it.each([
		[{ storeDomain: 'https://example-store.myshopify.com' }, /does not name a Shopify store/],
		[{ storeDomain: 'shop.example.com' }, /does not name a Shopify store/],
		[{ storeDomain: 'example.myshopify.com.evil.example' }, /does not name a Shopify store/],
		[{ storeDomain: 'example.myshopify.com\r\nx-injected: 1' }, /does not name a Shopify store/],
		[{ baseUrl: 'http://api.returngo.ai' }, /base URL .* cannot be used/],
		[{ baseUrl: 'https://user:word@api.returngo.ai' }, /base URL .* cannot be used/],
		[{ baseUrl: 'http://127.0.0.1.evil.example' }, /base URL .* cannot be used/],
		[{ apiKey: '   ' }, /API key .* is empty/],
		[{ apiKey: 'two words' }, /API key .* cannot be a key/],
	])('refuses %j with the reason, and sends nothing', async (overrides, message) => {
		server.on('GET /rmas', { body: { rmas: [] } });
		const verdict = await press(overrides);
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toMatch(message);
		expect(server.calls).toHaveLength(0);
	});
});

describe('the key of the ReturnGO credential', () => {
	const authenticate = async (request: IHttpRequestOptions) => await new ReturnGoApi().authenticate(data({ baseUrl: 'https://api.returngo.ai' }), request);

	it('goes to ReturnGO, beside the headers that are there', async () => {
		const request = await authenticate({ url: '/rmas', baseURL: 'https://api.returngo.ai', headers: { accept: 'application/json' } });
		expect(request.headers).toEqual({ accept: 'application/json', 'x-api-key': API_KEY, 'x-shop-name': STORE });
	});

	it.each(['https://evil.example/rmas', 'http://api.returngo.ai/rmas', 'https://api.returngo.ai.evil.example/', 'https://api.returngo.ai@evil.example/', '//evil.example'])(
		'goes nowhere else, such as %s',
		async (url) => {
			await expect(authenticate({ url, baseURL: 'https://api.returngo.ai' })).rejects.toThrow('This ReturnGO credential is for another address');
		},
	);
});
