/**
 * No secret reaches an output, what n8n stores of a failure, or its log, whatever a service or a gateway before it answers: secrets that are easily
 * recognised are planted, each kind of refusal repeats all that it was sent, and everything that comes of it is searched.
 */
import './harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import { ReturnGoApi } from '../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturnsOAuth2Api } from '../../credentials/ShopifyReturnsOAuth2Api.credentials';
import { ReturnGo } from '../../nodes/ReturnGo/ReturnGo.node';
import { ShopifyReturns } from '../../nodes/ShopifyReturns/ShopifyReturns.node';
import { SimulatorControl } from '../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../simulators/returngo';
import { startShopifySimulator } from '../../simulators/shopify';
import { Shop } from '../support/shop';
import { expectNoSecretIn } from './everyOperation/expectations';
import { runNode, TESTED_NODE, type NodeRunResult, type NodeSetup } from './harness';
import { EchoingProxy, type Received, type Refusal } from './harness/echoingProxy';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));
jest.setTimeout(60_000);

const PLANTED = {
	apiKey: 'planted-returngo-api-key',
	accessToken: 'shpat_planted0access0token',
	clientSecret: 'planted-shopify-client-secret',
	webhookSecret: 'planted-webhook-secret',
	sessionToken: 'planted-session-token',
	refreshToken: 'planted-refresh-token',
};

/** As text, as JSON, as GraphQL and as a page; where a service puts its words, the echo is. */
const json = (echo: string) => JSON.stringify({ message: echo, error: echo, errors: echo });
const REFUSALS: Array<[string, Refusal]> = [
	...[400, 401, 403, 404, 422, 429, 500, 503].map((status): [string, Refusal] => [`${status}`, (echo) => ({ status, body: json(echo) })]),
	['403 in plain text', (echo) => ({ status: 403, headers: { 'content-type': 'text/plain' }, body: echo })],
	['403 in few words', (echo) => ({ status: 403, body: json(echo.slice(0, 120)) })],
	['a request id', (echo) => ({ status: 500, headers: { 'x-amzn-requestid': echo.slice(0, 60).replace(/[^\x20-\x7e]/g, ''), 'x-request-id': echo.slice(0, 60).replace(/[^\x20-\x7e]/g, '') }, body: '{}' })],
	['an answer that is no JSON', (echo) => ({ status: 200, body: `{"half": "${echo}` })],
	['a list where an object should be', (echo) => ({ status: 200, body: JSON.stringify([echo]) })],
	['GraphQL’s refusal', (echo) => ({ status: 200, body: JSON.stringify({ errors: [{ message: echo, path: [echo], extensions: { code: 'BAD_USER_INPUT', value: echo } }] }) })],
	['a denied scope', (echo) => ({ status: 200, body: JSON.stringify({ data: null, errors: [{ message: echo, extensions: { code: 'ACCESS_DENIED', requiredAccess: echo } }] }) })],
	['a userError', (echo) => ({ status: 200, body: JSON.stringify({ data: { giftCardCreate: { giftCard: null, userErrors: [{ code: 'INVALID', field: ['input', echo], message: echo }] } } }) })],
	['a redirect', (echo) => ({ status: 302, headers: { location: `http://127.0.0.1:9/?${encodeURIComponent(echo)}` }, body: json(echo) })],
	['a broken connection', () => null],
];

let shopify: Awaited<ReturnType<typeof startShopifySimulator>>;
let returnGo: ReturnGoSimulator;
let beforeShopify: EchoingProxy;
let beforeReturnGo: EchoingProxy;
let shop: Shop;
let written: string[];
beforeAll(async () => {
	shopify = await startShopifySimulator({ port: 0, seed: 11 });
	returnGo = await startReturnGoSimulator({ port: 0, seed: 11, shopifyUrl: shopify.url, apiKey: PLANTED.apiKey });
	[beforeShopify, beforeReturnGo] = [await EchoingProxy.before(shopify.url), await EchoingProxy.before(returnGo.url)];
	shop = new Shop(new SimulatorControl(shopify.url), new SimulatorControl(returnGo.url));
}, 240_000);
afterAll(async () => {
	for (const server of [beforeShopify, beforeReturnGo, returnGo, shopify]) await server.close();
});
beforeEach(async () => {
	for (const proxy of [beforeShopify, beforeReturnGo]) proxy.letPass();
	await shop.shopify.reset();
	await shop.returnGo.reset();
	await shop.shopify.post('/__sim/apps', { clientId: 'planted', clientSecret: PLANTED.clientSecret, title: 'Planted', token: PLANTED.accessToken, scopes: ['write_orders', 'write_returns', 'read_locations', 'read_products', 'write_customers', 'write_gift_cards', 'read_fulfillments'] });
	// What is written to the process's streams is what a log could hold.
	written = [];
	for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const atReturnGo = (parameters: INodeParameters, baseUrl = beforeReturnGo.url): NodeSetup => ({
	node: ReturnGo,
	parameters,
	credentials: { returnGoApi: { apiKey: PLANTED.apiKey, storeDomain: returnGo.shopDomain, baseUrl } },
	credentialTypes: [new ReturnGoApi()],
});
const SIGN_IN: Record<string, object> = {
	'an access token': { authentication: 'accessToken', accessToken: PLANTED.accessToken, apiSecretKey: PLANTED.clientSecret },
	'client credentials': { authentication: 'clientCredentials', clientId: 'planted', clientSecret: PLANTED.clientSecret, sessionToken: PLANTED.sessionToken },
};
const atShopify = (parameters: INodeParameters, signIn: object = SIGN_IN['an access token'] ?? {}, shopDomain = beforeShopify.url): NodeSetup => ({
	node: ShopifyReturns,
	parameters,
	credentials: { shopifyReturnsApi: { shopDomain, ...signIn } },
	credentialTypes: [new ShopifyReturnsApi()],
});

/** Runs the node so that it stops, and so that it goes on, and searches everything that came of it. */
async function search(setup: () => NodeSetup, more: () => readonly string[] = () => []): Promise<NodeRunResult[]> {
	const results: NodeRunResult[] = [];
	for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
		const result = await runNode({ ...setup(), ...(onError === undefined ? {} : { onError }) });
		const { outputs, error, hints, run, staticData } = result;
		const failures = [error, ...outputs.flat().map((item) => item.error)].filter((failure) => failure !== undefined);
		expectNoSecretIn([outputs, hints, staticData, run.data.resultData.runData[TESTED_NODE], written, ...failures, ...failures.map(({ cause }) => cause)], [...Object.values(PLANTED), ...more()]);
		results.push(result);
	}
	return results;
}

const holds = (text: string) => (received: Received) => received.body.includes(text);

describe.each(REFUSALS)('when the answer is %s', (_what, refusal) => {
	it('a read at ReturnGO gives no secret away', async () => {
		beforeReturnGo.refuse(({ path }) => path.startsWith('/rma/'), refusal);
		await search(() => atReturnGo({ resource: 'rma', operation: 'get', rmaId: byId('1000001') }));
		expect(beforeReturnGo.refused[0]?.headers['x-api-key']).toBe(PLANTED.apiKey);
	});

	it('a write at ReturnGO gives no secret away', async () => {
		beforeReturnGo.refuse(({ method }) => method === 'POST', refusal);
		await search(() => atReturnGo({ resource: 'webhook', operation: 'create', url: `https://n8n.example/hook?secret=${PLANTED.webhookSecret}`, eventName: 'RMA_CREATED' }));
		expect(beforeReturnGo.refused[0]?.body).toContain(PLANTED.webhookSecret);
	});

	it.each(Object.entries(SIGN_IN))('a read at Shopify with %s gives no secret away', async (_how, signIn) => {
		beforeShopify.refuse(() => true, refusal);
		await search(() => atShopify({ resource: 'return', operation: 'get', return: byId('1') }, signIn));
		expect(beforeShopify.refused.length).toBeGreaterThan(2);
	});

	it('a gift card at Shopify gives no secret away, its code included', async () => {
		const codes: string[] = [];
		const { rmaId } = await shop.inspectedReturn();
		const [rma] = (await runNode(atReturnGo({ resource: 'rma', operation: 'get', rmaId: byId(rmaId) }))).outputs[0] ?? [];
		beforeShopify.refuse(holds('giftCardCreate'), (echo) => {
			const code = /"code":"([a-z0-9]{16})"/.exec(echo)?.[1];
			if (code !== undefined) codes.push(code);
			return refusal(echo);
		});
		await search(
			() => atShopify({ resource: 'storeCredit', operation: 'createGiftCard', rma: JSON.stringify(rma?.json), refundResolutions: 'RefundToPaymentMethod' }),
			() => codes,
		);
		expect(codes.length).toBeGreaterThan(0);
	});

	it('a token that Shopify’s OAuth2 would renew gives no secret away', async () => {
		beforeShopify.refuse(() => true, refusal);
		const oAuth2 = {
			shopDomain: beforeShopify.url,
			grantType: 'authorizationCode',
			clientId: 'planted',
			clientSecret: PLANTED.clientSecret,
			authentication: 'body',
			accessTokenUrl: `${beforeShopify.url}/admin/oauth/access_token`,
			oauthTokenData: { access_token: PLANTED.accessToken, refresh_token: PLANTED.refreshToken },
		};
		await search(() => ({ node: ShopifyReturns, parameters: { authentication: 'oAuth2', resource: 'return', operation: 'get', return: byId('1') }, credentials: { shopifyReturnsOAuth2Api: structuredClone(oAuth2) }, credentialTypes: [new ShopifyReturnsOAuth2Api()] }));
	});
});

it('a connection that nobody takes gives no secret away', async () => {
	const nobody = 'http://127.0.0.1:9';
	const results = [
		...(await search(() => atReturnGo({ resource: 'rma', operation: 'get', rmaId: byId('1000001') }, nobody))),
		...(await search(() => atReturnGo({ resource: 'webhook', operation: 'create', url: `https://n8n.example/hook?secret=${PLANTED.webhookSecret}`, eventName: 'RMA_CREATED' }, nobody))),
		...(await search(() => atShopify({ resource: 'return', operation: 'get', return: byId('1') }, SIGN_IN['client credentials'], nobody))),
		...(await search(() => atShopify({ resource: 'order', operation: 'addTags', order: byId('1'), tags: 'a' }, SIGN_IN['an access token'], nobody))),
	];
	expect(results.filter(({ error }) => error !== undefined)).toHaveLength(4);
});
