/** A token that dies in the middle of a batch costs one renewal and no item; what is shared between requests, and what is not. */
import '../harness/environment';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../../credentials/ShopifyReturnsApi.credentials';
import { SHARED_FOR_MS } from '../../../nodes/ShopifyReturns/api/sharedToken';
import { ShopifyReturnsTrigger } from '../../../nodes/ShopifyReturns/ShopifyReturnsTrigger.node';
import type { Placed } from '../../support/shop';
import { startTrigger } from '../harness';
import { ShopStage } from './shopStage';

const DAY_MS = 86_400_000;
const TOKEN_REQUEST = 'POST /admin/oauth/access_token';
const APP = { clientId: 'sim-full', clientSecret: 'sim-full-secret' };

describe('at a shop', () => {
	let stage: ShopStage;
	beforeAll(async () => {
		stage = await ShopStage.open('order');
	}, 240_000);
	afterAll(async () => await stage.close());
	beforeEach(async () => await stage.reset());

	const credentials = () => ({ shopifyReturnsApi: { ...stage.credentials().shopifyReturnsApi, authentication: 'clientCredentials', ...APP } });
	const tokenRequests = async () => (await stage.shop.shopify.requests({ operation: TOKEN_REQUEST })).map(({ status }) => status);

	/** Lets every token of the shop end once so many changes have arrived. */
	async function endTokensAfter(changes: number): Promise<void> {
		while ((await stage.sent('tagsAdd')) < changes) await new Promise((resolve) => setTimeout(resolve, 5));
		await stage.shop.shopify.changeClock({ advanceMs: DAY_MS });
	}

	it('a token that dies in the middle of a batch of 60 costs one renewal and no item', async () => {
		const orders: Placed[] = [];
		for (let index = 0; index < 60; index += 1) orders.push(await stage.shop.placeOrder());
		await stage.fault('tagsAdd', { kind: 'delay', ms: 40 }, -1);
		const [{ outputs, error }] = await Promise.all([
			stage.run('addTags', { order: { __rl: true, mode: 'id', value: '={{ $json.orderId }}' }, tags: 'seen' }, { input: orders.map(({ orderId }) => ({ orderId })), credentials: credentials() }),
			endTokensAfter(20),
		]);
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual(orders.map((_order, item) => ['done', { item }]));
		const refused = (await stage.shop.shopify.requests()).filter(({ status, path }) => status === 401 && path.endsWith('/graphql.json'));
		expect(refused.length).toBeGreaterThan(1);
		// One at the start, where nobody has a token, and one for all who find theirs dead.
		expect(await tokenRequests()).toEqual([200, 200]);
	}, 60_000);

	it('tokens that die twice within half a minute are renewed twice', async () => {
		const { orderId } = await stage.shop.placeOrder();
		const data = credentials();
		const tag = async (tags: string) => (await stage.run('addTags', { order: { __rl: true, mode: 'id', value: orderId }, tags }, { credentials: data })).outputs[0]?.[0]?.json.outcome;
		expect(await tag('first')).toBe('done');
		await stage.shop.shopify.changeClock({ advanceMs: DAY_MS });
		expect(await tag('second')).toBe('done');
		await stage.shop.shopify.changeClock({ advanceMs: DAY_MS });
		expect(await tag('third')).toBe('done');
		expect(await tokenRequests()).toEqual([200, 200, 200]);
	});

	it('a secret that was changed gets nothing that another secret was given', async () => {
		const { orderId } = await stage.shop.placeOrder();
		const tag = async (clientSecret: string) => await stage.run('addTags', { order: { __rl: true, mode: 'id', value: orderId }, tags: clientSecret }, { credentials: { shopifyReturnsApi: { ...credentials().shopifyReturnsApi, clientSecret } } });
		expect((await tag(APP.clientSecret)).error).toBeUndefined();
		expect((await tag('mistyped')).error).toMatchObject({ httpCode: '401' });
	});

	it('the trigger renews a token that died, whichever of its calls meets it', async () => {
		const data = credentials();
		const trigger = await startTrigger({ node: ShopifyReturnsTrigger, parameters: { topics: ['RETURNS_APPROVE', 'REFUNDS_CREATE'] }, credentials: data, credentialTypes: [new ShopifyReturnsApi()] });
		try {
			await trigger.activate();
			await stage.shop.shopify.changeClock({ advanceMs: DAY_MS });
			await trigger.activate();
			await stage.shop.shopify.changeClock({ advanceMs: DAY_MS });
			expect(await trigger.deactivate()).toBe(true);
			expect(await tokenRequests()).toEqual([200, 200, 200]);
			expect((await stage.shop.shopifyRequests('webhookSubscriptionDelete')).filter(({ status }) => status === 200)).toHaveLength(2);
		} finally {
			await trigger.close();
		}
	});
});

describe('what requests of an app share', () => {
	let clientId = 0;
	let answers: Array<() => Promise<unknown>>;
	let asked: number;
	let secrets: ICredentialDataDecryptedObject;
	beforeEach(() => {
		asked = 0;
		answers = [];
		secrets = { shopDomain: 'shop.myshopify.com', authentication: 'clientCredentials', clientId: `app-${(clientId += 1)}`, clientSecret: 'the-secret' };
	});
	afterEach(() => jest.useRealTimers());

	const helpers = {
		httpRequest: async () => {
			asked += 1;
			const answer = answers.shift();
			return answer === undefined ? { access_token: `token-${asked}` } : await answer();
		},
	} as unknown as IHttpRequestHelper['helpers'];
	const renew = async (changes: ICredentialDataDecryptedObject = {}) => (await new ShopifyReturnsApi().preAuthentication.call({ helpers }, { ...secrets, ...changes })).sessionToken;

	it('is one request for all who ask while it is under way', async () => {
		expect(new Set(await Promise.all(Array.from({ length: 10 }, async () => await renew({ sessionToken: 'dead' }))))).toEqual(new Set(['token-1']));
		expect(asked).toBe(1);
	});

	it('is its token for those who come a moment later with the dead one, and for nobody after that', async () => {
		jest.useFakeTimers({ now: 0 });
		await renew({ sessionToken: 'dead' });
		jest.setSystemTime(SHARED_FOR_MS - 1);
		expect(await renew({ sessionToken: 'dead' })).toBe('token-1');
		jest.setSystemTime(SHARED_FOR_MS);
		expect(await renew({ sessionToken: 'dead' })).toBe('token-2');
		jest.setSystemTime(-SHARED_FOR_MS);
		expect(await renew({ sessionToken: 'dead' })).toBe('token-3');
	});

	it('is never the very token that the caller found dead', async () => {
		const token = await renew();
		expect(await renew({ sessionToken: String(token) })).toBe('token-2');
		expect(await renew({ sessionToken: String(token) })).toBe('token-2');
	});

	it.each<[string, ICredentialDataDecryptedObject]>([
		['another store', { shopDomain: 'other.myshopify.com' }],
		['another app', { clientId: 'another-app' }],
		['another secret', { clientSecret: 'the-new-secret' }],
	])('is nothing for %s', async (_whose, changes) => {
		await renew();
		expect(await renew(changes)).toBe('token-2');
	});

	it('is a refusal only for those who wait for it: the next one asks again', async () => {
		const refusal = async () => await Promise.reject(Object.assign(new Error('401'), { response: { status: 401 } }));
		answers = [refusal];
		const outcomes = await Promise.allSettled([renew(), renew()]);
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(asked).toBe(1);
		expect(await renew()).toBe('token-2');
	});

	it('is not an answer without a token either', async () => {
		answers = [async () => await Promise.resolve({})];
		await expect(renew()).rejects.toThrow('did not hand out an access token');
		expect(await renew()).toBe('token-2');
	});
});
