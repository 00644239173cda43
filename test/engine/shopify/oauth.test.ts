/** The OAuth2 credential in n8n's own OAuth2 helpers: addresses, scopes, signing, a token that is refreshed, one that is revoked, and the trigger's signature. */
import '../harness/environment';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { Workflow, type ICredentialDataDecryptedObject, type INode, type INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturnsOAuth2Api } from '../../../credentials/ShopifyReturnsOAuth2Api.credentials';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../nodes/ShopifyReturns/api/scopes';
import { ShopifyReturns } from '../../../nodes/ShopifyReturns/ShopifyReturns.node';
import { ShopifyReturnsTrigger } from '../../../nodes/ShopifyReturns/ShopifyReturnsTrigger.node';
import { SimulatorControl } from '../../../scripts/host/simulatorControl';
import { startShopifySimulator } from '../../../simulators/shopify';
import { ALL_SCOPES } from '../../../simulators/shopify/apps';
import { Shop, type Placed } from '../../support/shop';
import { runNode, searchList, startTrigger, type NodeRunResult } from '../harness';
import { byId } from './shopStage';

const CLIENT_SECRET = 'the-agency-apps-secret';

let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
let shop: Shop;
let tokens: TokenServer;
beforeAll(async () => {
	shopify = await startShopifySimulator({ port: 0, seed: 5 });
	const control = new SimulatorControl(shopify.url);
	shop = new Shop(control, control);
	tokens = await TokenServer.start();
}, 240_000);
afterAll(async () => {
	await tokens.close();
	await shopify.close();
});
beforeEach(async () => {
	await shop.shopify.reset();
	tokens.asked.length = 0;
	tokens.refusal = null;
});

/** Gives out a working token for a refresh token, as Shopify does for tokens that end. */
class TokenServer {
	readonly asked: Array<Record<string, string>> = [];

	/** What it answers instead of a token. */
	refusal: { status: number; body: object } | null = null;

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	static async start(): Promise<TokenServer> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const started = new TokenServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/oauth/access_token`);
		server.on('request', (request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				started.asked.push(Object.fromEntries(new URLSearchParams(body)));
				response.setHeader('content-type', 'application/json');
				if (started.refusal !== null) {
					response.statusCode = started.refusal.status;
					response.end(JSON.stringify(started.refusal.body));
					return;
				}
				response.end(JSON.stringify({ access_token: 'shpat_sim_full', refresh_token: 'refresh-2', expires_in: 3600, scope: 'read_orders' }));
			});
		});
		return started;
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}
}

const connected = (oauthTokenData?: Record<string, string>): ICredentialDataDecryptedObject => ({
	shopDomain: shopify.url,
	grantType: 'authorizationCode',
	clientId: 'agency-app',
	clientSecret: CLIENT_SECRET,
	authentication: 'body',
	accessTokenUrl: tokens.url,
	scope: 'read_orders,write_orders',
	...(oauthTokenData === undefined ? {} : { oauthTokenData }),
});

async function getLocations(data: ICredentialDataDecryptedObject): Promise<NodeRunResult> {
	return await runNode({
		node: ShopifyReturns,
		parameters: { authentication: 'oAuth2', resource: 'store', operation: 'getLocations', returnAll: true },
		credentials: { shopifyReturnsOAuth2Api: data },
		credentialTypes: [new ShopifyReturnsOAuth2Api()],
	});
}

describe('addresses', () => {
	const properties = new ShopifyReturnsOAuth2Api().properties;
	const node: INode = { id: '1', name: 'Node', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: () => new ShopifyReturns(), getByNameAndVersion: () => new ShopifyReturns(), getKnownTypes: () => ({}) } });
	/** As n8n works out the hidden fields of a credential: `$self` is what was typed into the others. */
	const hiddenField = (name: string, typed: INodeParameters) => {
		const value = properties.find((property) => property.name === name)?.default as string;
		return workflow.expression.getComplexParameterValue(node, value, 'internal', {}, undefined, undefined, typed);
	};
	const addressFor = (name: string, shopDomain: string) => hiddenField(name, { shopDomain });

	it.each(['example.myshopify.com', ' https://Example.myshopify.com/ ', 'https://example.myshopify.com/admin', 'example.myshopify.com/admin/'])('belong to the store: %s', (domain) => {
		expect(addressFor('authUrl', domain)).toBe('https://example.myshopify.com/admin/oauth/authorize');
		expect(addressFor('accessTokenUrl', domain)).toBe('https://example.myshopify.com/admin/oauth/access_token');
	});

	it('may be those of a development server on this machine', () => {
		expect(addressFor('accessTokenUrl', 'http://127.0.0.1:4020')).toBe('http://127.0.0.1:4020/admin/oauth/access_token');
	});

	it.each(['evil.example', 'example.myshopify.com.evil.example', 'https://evil.example/?x=.myshopify.com', 'http://example.myshopify.com', 'user@evil.example#.myshopify.com', 'example.myshopify.com/admin/evil', ''])('lead nowhere for %j, so that no secret goes there', (domain) => {
		expect(addressFor('accessTokenUrl', domain)).toBe('https://store-domain.invalid/admin/oauth/access_token');
	});

	it('ask for the scopes that every store needs, which the consultant can change', () => {
		const scope = properties.find(({ name }) => name === 'scope');
		expect([scope?.type, scope?.default]).toEqual(['string', NEEDED_SCOPES.map(({ handle }) => handle).join(',')]);
	});

	it('name only scopes that Shopify lets an app ask for', () => {
		const named = [...NEEDED_SCOPES, ...OPTIONAL_SCOPES].map(({ handle }) => handle);
		expect(named.filter((handle) => !ALL_SCOPES.includes(handle))).toEqual([]);
	});

	it('ask for a token that ends only where the consultant wants one', () => {
		expect([undefined, 'permanent', 'oneHour'].map((lifetime) => hiddenField('additionalBodyProperties', { lifetime: lifetime ?? null }))).toEqual(['', '', '{"expiring":"1"}']);
	});
});

describe('the node', () => {
	it('signs with the token that the store gave out, and its lists do too', async () => {
		const data = connected({ access_token: 'shpat_sim_full', scope: 'read_locations' });
		const { outputs, error } = await getLocations(data);
		expect(error).toBeUndefined();
		expect(outputs[0]?.length).toBeGreaterThan(0);
		const found = await searchList({ node: ShopifyReturns, parameters: { authentication: 'oAuth2' }, credentials: { shopifyReturnsOAuth2Api: data }, credentialTypes: [new ShopifyReturnsOAuth2Api()], method: 'searchLocations' });
		expect(found.results.length).toBeGreaterThan(0);
	});

	it('says when nobody has connected the credential, and when the store is none', async () => {
		expect((await getLocations(connected())).error).toMatchObject({ message: 'The credential is not connected to the store', context: { itemIndex: 0 } });
		expect((await getLocations({ ...connected({ access_token: 'x' }), shopDomain: 'evil.example' })).error?.message).toContain('does not name a Shopify store');
		expect(await shop.shopify.requests()).toEqual([]);
	});

	it('says when the store has revoked the token, and asks nobody for another', async () => {
		const { error, run } = await getLocations(connected({ access_token: 'shpat_revoked' }));
		expect(error).toMatchObject({ message: 'Shopify does not accept the credential', httpCode: '401' });
		expect(tokens.asked).toEqual([]);
		expect(JSON.stringify(run)).not.toMatch(/shpat_revoked|agency-apps-secret/);
	});

	it('refreshes a token that has ended, once, and no item is lost', async () => {
		const data = connected({ access_token: 'shpat_ended', refresh_token: 'refresh-1' });
		const { outputs, error } = await getLocations(data);
		expect(error).toBeUndefined();
		expect(outputs[0]?.length).toBeGreaterThan(0);
		expect(tokens.asked).toMatchObject([{ grant_type: 'refresh_token', refresh_token: 'refresh-1', client_id: 'agency-app' }]);
	});

	it('refreshes a token that ends in the middle of a batch once for all its items', async () => {
		const { data: granted } = await axios.post<{ access_token: string }>(`${shopify.url}/admin/oauth/access_token`, { grant_type: 'client_credentials', client_id: 'sim-full', client_secret: 'sim-full-secret' }, { proxy: false });
		const orders: Placed[] = [];
		for (let index = 0; index < 40; index += 1) orders.push(await shop.placeOrder());
		await shop.shopify.addFaults({ match: { operation: 'tagsAdd' }, times: -1, action: { kind: 'delay', ms: 40 } });
		const tagAll = async () =>
			await runNode({
				node: ShopifyReturns,
				parameters: { authentication: 'oAuth2', resource: 'order', operation: 'addTags', order: byId('={{ $json.orderId }}'), tags: 'seen' },
				credentials: { shopifyReturnsOAuth2Api: connected({ access_token: granted.access_token, refresh_token: 'refresh-1' }) },
				credentialTypes: [new ShopifyReturnsOAuth2Api()],
				input: orders.map(({ orderId }) => ({ orderId })),
			});
		const endTheToken = async () => {
			while ((await shop.shopifyRequests('tagsAdd')).length < 15) await new Promise((resolve) => setTimeout(resolve, 5));
			await shop.shopify.changeClock({ advanceMs: 86_400_000 });
		};
		const [{ outputs, error }] = await Promise.all([tagAll(), endTheToken()]);
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.outcome)).toEqual(orders.map(() => 'done'));
		expect((await shop.shopify.requests()).filter(({ status }) => status === 401).length).toBeGreaterThan(1);
		expect(tokens.asked).toHaveLength(1);
	}, 60_000);

	it.each([
		['the refresh token has ended', { status: 400, body: { error: 'invalid_grant' } }],
		['the app’s secret was changed', { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed.' } }],
		['the app is gone', { status: 404, body: {} }],
	])('says that the credential has to be connected again when %s, and changes nothing', async (_why, refusal) => {
		tokens.refusal = refusal;
		const { error, run } = await runNode({
			node: ShopifyReturns,
			parameters: { authentication: 'oAuth2', resource: 'order', operation: 'addTags', order: byId('1'), tags: 'a-tag' },
			credentials: { shopifyReturnsOAuth2Api: connected({ access_token: 'shpat_ended', refresh_token: 'refresh-ended' }) },
			credentialTypes: [new ShopifyReturnsOAuth2Api()],
		});
		expect(error).toMatchObject({ message: 'Shopify does not accept the credential', httpCode: '401' });
		expect(error?.description).toContain('connect it again');
		expect(tokens.asked).toHaveLength(1);
		expect(JSON.stringify(run)).not.toMatch(/shpat_ended|refresh-ended|agency-apps-secret/);
	});

	it('does not take the other credential', async () => {
		const { error } = await runNode({
			node: ShopifyReturns,
			parameters: { authentication: 'oAuth2', resource: 'return', operation: 'get', return: byId('1') },
			credentials: { shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' } },
			credentialTypes: [new ShopifyReturnsApi(), new ShopifyReturnsOAuth2Api(), new ReturnGoApi()],
		});
		expect(error).toBeDefined();
		expect(await shop.shopify.requests()).toEqual([]);
	});
});

describe('the trigger', () => {
	it('subscribes with the token, and takes messages that are signed with the app’s secret', async () => {
		const trigger = await startTrigger({
			node: ShopifyReturnsTrigger,
			parameters: { authentication: 'oAuth2', topics: ['RETURNS_APPROVE'] },
			credentials: { shopifyReturnsOAuth2Api: connected({ access_token: 'shpat_sim_full' }) },
			credentialTypes: [new ShopifyReturnsOAuth2Api()],
		});
		try {
			await trigger.activate();
			const body = JSON.stringify({ admin_graphql_api_id: 'gid://shopify/Return/1' });
			const deliver = async (secret: string) => (await axios.post(trigger.url, body, { headers: { 'content-type': 'application/json', 'x-shopify-topic': 'returns/approve', 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64') }, validateStatus: () => true, proxy: false, transformRequest: (data: string) => data })).status;
			expect([await deliver('another-secret'), await deliver(CLIENT_SECRET)]).toEqual([401, 200]);
			expect((await trigger.waitForCalls(2)).map(({ started }) => started)).toEqual([false, true]);
			expect(await trigger.deactivate()).toBe(true);
		} finally {
			await trigger.close();
		}
	});

	it('subscribes and unsubscribes with a token that has ended: n8n refreshes it', async () => {
		const data = { shopifyReturnsOAuth2Api: connected({ access_token: 'shpat_ended', refresh_token: 'refresh-1' }) };
		const trigger = await startTrigger({ node: ShopifyReturnsTrigger, parameters: { authentication: 'oAuth2', topics: ['RETURNS_APPROVE'] }, credentials: data, credentialTypes: [new ShopifyReturnsOAuth2Api()] });
		try {
			await trigger.activate();
			expect(tokens.asked).toHaveLength(1);
			data.shopifyReturnsOAuth2Api.oauthTokenData = { access_token: 'shpat_ended', refresh_token: 'refresh-2' };
			expect(await trigger.deactivate()).toBe(true);
			expect(tokens.asked.map(({ refresh_token: used }) => used)).toEqual(['refresh-1', 'refresh-2']);
			const { webhookSubscriptions } = await shop.ask<{ webhookSubscriptions: { nodes: unknown[] } }>('{ webhookSubscriptions(first: 5) { nodes { id } } }', {});
			expect(webhookSubscriptions.nodes).toEqual([]);
			expect((await shop.shopify.requests({ operation: 'webhookSubscriptionDelete' })).map(({ status }) => status)).toEqual([200]);
		} finally {
			await trigger.close();
		}
	});
});
