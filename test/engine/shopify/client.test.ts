/** The client inside the real n8n-core, over real HTTP, against a store that misbehaves on demand. */
import '../harness/environment';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import * as workflow from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { createShopifyClient, ShopifyRequestError, toNodeApiError, TypedDocumentString, type SendSafety } from '../../../nodes/ShopifyReturns/api/client';
import { runNode, type CredentialData, type NodeRunResult } from '../harness';
import { dropped, json, startScriptedStore, text, type ScriptedStore } from './scriptedStore';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));

const document = new TypedDocumentString<IDataObject, { id: string }>('query Probe($id: ID!) { order(id: $id) { id } }');
const cost = (requested: number, actual: number | null, available = 2000) => ({ cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 } } });
const good = json({ data: { order: { id: 'gid://shopify/Order/1' } }, extensions: cost(3, 2) }, 200, { 'x-shopify-api-version': '2026-07' });
const throttled = json({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: cost(300, null, 100) });

class Probe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'shopifyReturnsApi', required: true }],
		properties: [
			{ displayName: 'Safety', name: 'safety', type: 'string', default: 'read' },
			{ displayName: 'Send Within', name: 'sendWithinMs', type: 'number', default: 60_000 },
			{ displayName: 'API Version', name: 'apiVersion', type: 'string', default: '2026-07' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const client = await createShopifyClient(this);
		const usage = () => ({ ...client.usage }) as unknown as IDataObject;
		try {
			const data = await client.request(document, { id: 'gid://shopify/Order/1' }, this.getNodeParameter('safety', 0) as SendSafety, this.getNodeParameter('sendWithinMs', 0) as number);
			return [[{ json: { data, usage: usage(), shop: client.shopDomain }, pairedItem: { item: 0 } }]];
		} catch (failure) {
			if (this.continueOnFail() && failure instanceof ShopifyRequestError) return [[{ json: { kind: failure.kind, usage: usage() }, pairedItem: { item: 0 } }]];
			throw toNodeApiError(failure, this.getNode(), 0);
		}
	}
}

describe('the Shopify client in n8n', () => {
	let store: ScriptedStore;
	beforeAll(async () => {
		store = await startScriptedStore();
	});
	afterAll(async () => await store.close());

	const withToken = (): CredentialData => ({ shopifyReturnsApi: { shopDomain: store.origin, authentication: 'accessToken', accessToken: 'shpat_secret' } });
	// An app of its own per test: for half a minute, what one has been given is shared with the others of the same app.
	let clientId = '';
	beforeEach(() => {
		clientId = `client-${Math.random()}`;
	});
	const withClient = (sessionToken = ''): CredentialData => ({ shopifyReturnsApi: { shopDomain: store.origin, authentication: 'clientCredentials', clientId, clientSecret: 'shh-secret', sessionToken } });
	const run = async (safety: SendSafety, credentials = withToken(), continueOnFail = false, sendWithinMs = 60_000): Promise<NodeRunResult> =>
		await runNode({ node: Probe, parameters: { safety, sendWithinMs }, credentials, credentialTypes: [new ShopifyReturnsApi()], continueOnFail });
	const kindOf = async (safety: SendSafety, credentials?: CredentialData) => (await run(safety, credentials, true)).outputs[0]?.[0]?.json.kind;

	it('sends one well-formed request to the store, with n8n’s token and without a placeholder', async () => {
		store.play(good);
		const { outputs } = await run('read');
		expect(outputs[0]?.[0]?.json).toEqual({
			data: { order: { id: 'gid://shopify/Order/1' } },
			usage: { requests: 1, requestedPoints: 3, actualPoints: 2, apiVersionAnswered: '2026-07', requestId: 'req-77' },
			shop: store.origin.replace('http://', ''),
		});
		const [request] = store.requests;
		expect(request).toMatchObject({ method: 'POST', path: '/admin/api/2026-07/graphql.json' });
		expect(request?.headers).toMatchObject({ 'x-shopify-access-token': 'shpat_secret', 'content-type': 'application/json' });
		expect(JSON.parse(request?.body ?? '')).toEqual({ query: document.toString(), variables: { id: 'gid://shopify/Order/1' } });
	});

	it.each<SendSafety>(['read', 'idempotent', 'once'])('waits as long as Shopify’s bucket needs, then carries on (%s)', async (safety) => {
		jest.mocked(workflow.sleep).mockClear();
		store.play(throttled, good);
		const { outputs } = await run(safety);
		expect(outputs[0]?.[0]?.json.usage).toMatchObject({ requests: 2, requestedPoints: 3, actualPoints: 2 });
		expect(jest.mocked(workflow.sleep).mock.calls[0]).toEqual([2_000]);
	});

	it('does not send a change when the time allowed for it is over, and says that nothing was done', async () => {
		store.play(good);
		const { outputs } = await run('once', withToken(), true, -1);
		expect(outputs[0]?.[0]?.json.kind).toBe('throttled');
		expect(store.requests).toHaveLength(0);
	});

	it('gives up a throttled request after nine attempts', async () => {
		store.play(text('', 429, { 'retry-after': '1' }));
		expect(await kindOf('once')).toBe('throttled');
		expect(store.requests).toHaveLength(9);
	});

	it.each<[string, Parameters<ScriptedStore['play']>]>([
		['a dropped connection', [dropped]],
		['a 502', [text('Bad Gateway', 502)]],
		['a 503', [text('', 503)]],
		['an HTML page', [text('<html></html>', 200, { 'content-type': 'text/html' })]],
		['half an answer', [text('{"data": {"refundCreate"', 200, { 'content-type': 'application/json' })]],
		['an answer with nothing in it', [json({})]],
		['an internal fault', [json({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })]],
	])('sends a change exactly once after %s', async (_name, scripts) => {
		store.play(...scripts, good);
		expect(await kindOf('once')).toBe('ambiguous');
		expect(store.requests).toHaveLength(1);
	});

	it('sends an idempotent change again, to the letter, after a lost answer', async () => {
		store.play(dropped, text('', 503), good);
		const { outputs } = await run('idempotent');
		expect(outputs[0]?.[0]?.json.data).toEqual({ order: { id: 'gid://shopify/Order/1' } });
		expect(new Set(store.requests.map(({ body }) => body)).size).toBe(1);
		expect(store.requests).toHaveLength(3);
	});

	it('reads again after a lost answer, and says so when none comes', async () => {
		store.play(dropped);
		expect(await kindOf('read')).toBe('unavailable');
		expect(store.requests).toHaveLength(5);
	});

	it.each<SendSafety>(['read', 'idempotent', 'once'])('says that nothing was sent when nobody is there (%s)', async (safety) => {
		const gone = await startScriptedStore();
		await gone.close();
		expect(await kindOf(safety, { shopifyReturnsApi: { shopDomain: gone.origin, authentication: 'accessToken', accessToken: 'shpat_secret' } })).toBe('notSent');
	});

	it('does not follow a redirect, which would carry the token away', async () => {
		const elsewhere = await startScriptedStore();
		elsewhere.play(good);
		store.play(text('', 301, { location: `${elsewhere.origin}/admin/api/2026-07/graphql.json` }));
		expect(await kindOf('read')).toBe('notFound');
		expect(elsewhere.requests).toHaveLength(0);
		await elsewhere.close();
	});

	it('fetches a token with client credentials before the first request and keeps it', async () => {
		clientId = 'client-1';
		const credentials = withClient();
		store.play(good);
		store.issue(json({ access_token: 'token-1', expires_in: 86_399 }));
		await run('read', credentials);
		expect(store.tokenRequests).toHaveLength(1);
		expect(Object.fromEntries(new URLSearchParams(store.tokenRequests[0]?.body))).toEqual({ grant_type: 'client_credentials', client_id: 'client-1', client_secret: 'shh-secret' });
		expect(store.requests[0]?.headers['x-shopify-access-token']).toBe('token-1');
		store.play(good);
		await run('read', credentials);
		expect(store.tokenRequests).toHaveLength(0);
	});

	it('renews an expired token once, and the change is carried out once', async () => {
		const credentials = withClient('old-token');
		store.issue(json({ access_token: 'token-2', expires_in: 86_399 }));
		store.play(json({ errors: '[API] Invalid API key or access token' }, 401), good);
		const { outputs } = await run('once', credentials);
		expect(outputs[0]?.[0]?.json.data).toBeDefined();
		expect(store.requests.map(({ headers }) => headers['x-shopify-access-token'])).toEqual(['old-token', 'token-2']);
		expect(credentials.shopifyReturnsApi?.sessionToken).toBe('token-2');
	});

	it('says that the credential is refused when a fresh token does not help', async () => {
		store.issue(json({ access_token: 'token-3' }));
		store.play(json({ errors: '[API] Invalid API key or access token' }, 401));
		expect(await kindOf('once', withClient('old-token'))).toBe('unauthorised');
		expect(store.requests).toHaveLength(2);
		expect(await kindOf('once')).toBe('unauthorised');
	});

	it('tells a refused client secret from a store that hands out no token; neither is in doubt', async () => {
		store.play(good);
		store.issue(json({ error: 'invalid_client' }, 401));
		expect(await kindOf('once', withClient())).toBe('unauthorised');
		store.issue(json({ error: 'application_cannot_be_found' }, 400));
		expect(await kindOf('once', withClient())).toBe('unauthorised');
		store.issue(text('', 503));
		expect(await kindOf('once', withClient())).toBe('notSent');
		expect(store.requests).toHaveLength(0);
	});

	it('speaks to people: what happened, what to do, whom to ask with which number', async () => {
		store.play(json({ data: { order: null }, errors: [{ message: 'Access denied for order field. Required access: `read_orders` access scope.', extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_orders` access scope.' }, path: ['order'] }] }));
		const { error } = await run('read');
		expect(error).toMatchObject({ name: 'NodeApiError', message: 'The app lacks access: `read_orders` access scope', httpCode: '403', context: { itemIndex: 0 } });
		expect(error?.description).toContain('Add the missing access scope');
		expect(error?.description).toContain('req-77');
	});

	it.each<[string, Parameters<ScriptedStore['play']>]>([
		['a refused token', [json({ errors: 'no' }, 401)]],
		['a dropped connection', [dropped]],
		['a server fault', [text('', 500)]],
	])('keeps token and secret out of what n8n stores after %s', async (_name, scripts) => {
		store.issue(json({ access_token: 'token-secret' }));
		for (const credentials of [withToken(), withClient()]) {
			store.play(...scripts);
			const { error, run: stored } = await run('once', credentials);
			expect(error).toBeDefined();
			const kept = JSON.stringify(stored, hideCycles()) + String(error?.stack) + JSON.stringify(error, hideCycles());
			expect(kept).not.toMatch(/shpat_secret|shh-secret|token-secret/);
		}
	});

	it('refuses a credential that does not name a store, before anything is sent', async () => {
		const { error } = await run('read', { shopifyReturnsApi: { shopDomain: 'shop.example.com', authentication: 'accessToken', accessToken: 'shpat_secret' } });
		expect(error?.message).toBe('The credential does not name a Shopify store');
	});
});

/** Everything reachable once, non-enumerable causes included. */
function hideCycles(): (key: string, value: unknown) => unknown {
	const seen = new Set<unknown>();
	return (_key, value) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		return value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value;
	};
}
