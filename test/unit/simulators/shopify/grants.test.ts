import { createHmac } from 'node:crypto';
import { at, openShop, text, type TestShop } from './client';

const APP = { clientId: 'agency', clientSecret: 'agency-secret', scopes: [], redirectUrls: ['http://127.0.0.1:5678/rest/oauth2-credential/callback'] };
const CLIENT = { client_id: 'agency', client_secret: 'agency-secret' };

describe('the authorization code grant of the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});
	afterAll(() => shop.simulator.close());
	beforeEach(async () => {
		await shop.simulator.reset();
		await shop.control('POST', '/__sim/apps', APP);
		await shop.control('POST', '/__sim/settings', { approvesAtOnce: true });
	});

	const address = (changes: Record<string, string> = {}) => {
		const query = new URLSearchParams({ client_id: 'agency', scope: 'read_orders,write_returns', redirect_uri: APP.redirectUrls[0] ?? '', state: 'a-state', ...changes });
		return `${shop.simulator.url}/admin/oauth/authorize?${query.toString()}`;
	};
	const consent = async (changes?: Record<string, string>) => await fetch(address(changes), { redirect: 'manual' });
	const press = async (answer: string, changes?: Record<string, string>) => await fetch(address(changes), { method: 'POST', redirect: 'manual', body: new URLSearchParams({ answer }) });

	async function token(fields: Record<string, string>): Promise<{ status: number; body: unknown }> {
		const response = await fetch(`${shop.simulator.url}/admin/oauth/access_token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ ...CLIENT, ...fields }).toString() });
		return { status: response.status, body: (await response.json()) as unknown };
	}

	async function code(): Promise<string> {
		const location = (await consent()).headers.get('location') ?? '';
		return new URL(location).searchParams.get('code') ?? '';
	}

	const shopName = async (accessToken: string) => await shop.graphql('{ shop { name } }', {}, { token: accessToken });

	it('sends the merchant back with a code, the state, and a signature over all of it', async () => {
		const response = await consent();
		expect(response.status).toBe(302);
		const { searchParams } = new URL(response.headers.get('location') ?? '');
		expect(searchParams.get('state')).toBe('a-state');
		const signed = [...searchParams].filter(([name]) => name !== 'hmac').sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}=${value}`).join('&');
		expect(searchParams.get('hmac')).toBe(createHmac('sha256', 'agency-secret').update(signed).digest('hex'));
	});

	it.each([
		['an unknown app', { client_id: 'nobody' }, 'application_cannot_be_found'],
		['an address the app did not name', { redirect_uri: 'http://127.0.0.1:1/elsewhere' }, 'not whitelisted'],
		['a scope that Shopify does not have', { scope: 'read_orders,read_everything' }, 'invalid: read_everything'],
		['scopes with spaces between them', { scope: 'read_orders, write_returns' }, 'invalid:  write_returns'],
		['no scope', { scope: '' }, 'invalid_scope'],
	])('shows a page instead of sending %s anywhere', async (_name, changes, words) => {
		for (const response of [await consent(changes), await press('install', changes)]) {
			expect(response.status).toBe(400);
			expect(await response.text()).toContain(words);
		}
	});

	it('asks the merchant, and goes back with a code only when Install is pressed', async () => {
		await shop.control('POST', '/__sim/settings', { approvesAtOnce: false });
		const page = await consent();
		expect([page.status, page.headers.get('location')]).toEqual([200, null]);
		expect(await page.text()).toMatch(/Install agency\?.*read_orders.*write_returns/s);
		const canceled = await press('cancel');
		expect([canceled.status, canceled.headers.get('location')]).toEqual([200, null]);
		expect((await press('perhaps')).status).toBe(400);
		const approved = new URL((await press('install')).headers.get('location') ?? '').searchParams;
		expect(await token({ code: approved.get('code') ?? '' })).toMatchObject({ status: 200 });
	});

	it('tells the app of a merchant who canceled where the settings say so', async () => {
		await shop.control('POST', '/__sim/settings', { approvesAtOnce: false, cancelReturnsError: true });
		const { searchParams } = new URL((await press('cancel')).headers.get('location') ?? '');
		expect([searchParams.get('error'), searchParams.get('code'), searchParams.get('state')]).toEqual(['access_denied', null, 'a-state']);
	});

	it('gives a permanent token with the scopes the merchant agreed to, once per code', async () => {
		const used = await code();
		const { status, body } = await token({ code: used });
		expect(status).toBe(200);
		expect(body).toEqual({ access_token: expect.stringMatching(/^shpat_/) as unknown, scope: 'read_orders,write_returns' });
		expect(at(await shopName(text(body, 'access_token')), 'data.shop.name')).toBe('Simulated Shop');
		expect(await token({ code: used })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
	});

	it('refuses a code after ten minutes, and with another secret', async () => {
		const used = await code();
		expect((await token({ code: used, client_secret: 'guess' })).status).toBe(401);
		await shop.control('POST', '/__sim/clock', { advanceMs: 600_000 });
		expect((await token({ code: used })).status).toBe(400);
	});

	it('gives an expiring token that a refresh token renews', async () => {
		const { body: first } = await token({ code: await code(), expiring: '1' });
		expect(first).toMatchObject({ expires_in: 3_600, refresh_token_expires_in: 7_776_000 });
		await shop.control('POST', '/__sim/clock', { advanceMs: 3_600_000 });
		expect(await shopName(text(first, 'access_token'))).toEqual({ errors: expect.stringContaining('Invalid API key') as unknown });
		const { body: second } = await token({ grant_type: 'refresh_token', refresh_token: text(first, 'refresh_token') });
		expect(at(await shopName(text(second, 'access_token')), 'data.shop.name')).toBe('Simulated Shop');
	});

	it('takes the old refresh token again while the answer may have been lost, and no longer once the new token is used', async () => {
		const { body: first } = await token({ code: await code(), expiring: '1' });
		const old = { grant_type: 'refresh_token', refresh_token: text(first, 'refresh_token') };
		await token(old);
		const { status, body: again } = await token(old);
		expect(status).toBe(200);
		await shopName(text(again, 'access_token'));
		expect(await token(old)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
	});

	it('keeps codes and tokens out of the state that it shows', async () => {
		await token({ code: await code(), expiring: '1' });
		const state = JSON.stringify(await shop.control('GET', '/__sim/state'));
		expect(state).not.toMatch(/shprt_|authorizationCodes|agency-secret/);
	});
});
