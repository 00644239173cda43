/**
 * An agency's own app, as a consultant connects it: the credential is made in the editor, Connect leads to the store's page, the merchant answers, and
 * the workflow works with what the merchant granted. Also a token that ends, and every way in which connecting does not work.
 */
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

import type { CredentialReference } from '../../scripts/host/n8n';
import type { WorkflowFile } from '../../scripts/host/rest';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/screenshots';
import { E2e, failureOf, itemsOf, type Execution } from './harness';

const TYPE = 'shopifyReturnsOAuth2Api';
const APP = { clientId: 'agency-app', clientSecret: 'agency-secret', title: 'Returns by Agency' };
const TOKEN_REQUEST = 'POST /admin/oauth/access_token';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_WITHIN_MS = 60_000;
const ITEMS = 3;

let e2e: E2e;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
	e2e = await E2e.connect();
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error('There is no Chromium on this machine (Debian: apt-get install chromium); CHROMIUM_PATH may name one.');
	browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
}, 240_000);
beforeEach(async () => {
	await e2e.shopify.post('/__sim/apps', { ...APP, scopes: [], redirectUrls: [`${e2e.n8n.url}/rest/oauth2-credential/callback`] });
	context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
	await context.addCookies(e2e.n8n.rest.sessionCookies().map(({ name, value }) => ({ name, value, url: e2e.n8n.url })));
	page = await context.newPage();
	page.setDefaultTimeout(SHOWN_WITHIN_MS);
});
afterEach(async () => {
	await context.close();
	await e2e.shopify.changeClock({ set: new Date().toISOString() });
	await e2e.cleanUp();
});
afterAll(async () => await browser?.close());

const dialog = (): Locator => page.locator('[data-test-id="editCredential-modal"]');
const field = (name: string): Locator => dialog().locator(`[data-test-id="parameter-input-${name}"]`).first();

const isConnected = (): Locator => page.locator('[data-test-id="oauth-connect-success-banner"]').filter({ visible: true });

/** Presses Connect; the store's page opens in a window of its own. */
async function pressConnect(): Promise<Page> {
	const opened = page.waitForEvent('popup');
	await dialog().getByRole('button', { name: 'Connect' }).filter({ visible: true }).first().click();
	const store = await opened;
	store.setDefaultTimeout(SHOWN_WITHIN_MS);
	return store;
}

/** The merchant agrees; the window then closes by itself. */
async function install(store: Page): Promise<void> {
	const closed = store.waitForEvent('close');
	await store.locator('#approve').click();
	await closed;
}

async function approve(): Promise<void> {
	await install(await pressConnect());
	await isConnected().waitFor();
}

async function openCredential(data: object): Promise<CredentialReference> {
	const credential = await e2e.n8n.rest.createCredential({ name: 'Agency', type: TYPE, data: { shopDomain: e2e.shopify.url, clientId: APP.clientId, clientSecret: APP.clientSecret, scope: 'read_orders,read_locations', ...data } });
	await page.goto(`${e2e.n8n.url}/home/credentials/${credential.id}`);
	await dialog().waitFor();
	return credential;
}

/** Check Access for three items at once, with the consultant's credential. */
function workflowWith(credential: CredentialReference | undefined): WorkflowFile {
	return {
		name: 'Access of the agency’s app',
		nodes: [
			{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: 'items', name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, position: [220, 0], parameters: { jsCode: `return Array.from({ length: ${ITEMS} }, (_, index) => ({ json: { index } }));` } },
			{
				id: 'check',
				name: 'Check access',
				type: 'n8n-nodes-returngo-shopify.shopifyReturns',
				typeVersion: 1,
				position: [440, 0],
				parameters: { authentication: 'oAuth2', resource: 'store', operation: 'checkAccess' },
				...(credential === undefined ? {} : { credentials: { [TYPE]: credential } }),
			},
		],
		connections: { Start: { main: [[{ node: 'Items', type: 'main', index: 0 }]] }, Items: { main: [[{ node: 'Check access', type: 'main', index: 0 }]] } },
	};
}

async function checkAccess(workflowId: string): Promise<Execution> {
	return await e2e.n8n.executeWorkflow(workflowId, 'Start');
}

const grantedIn = (execution: Execution) => itemsOf(execution, 'Check access').map(({ json }) => json.granted);
const tokenRequests = async () => (await e2e.shopifyRequests({ operation: TOKEN_REQUEST })).map(({ status, summary }) => [status, new URLSearchParams(String(summary)).get('grant_type')]);

it('is connected in the editor by a consultant, and works with exactly the scopes that the merchant granted', async () => {
	// Other tests of this n8n leave credentials behind.
	const before = new Set((await e2e.n8n.rest.credentials()).map(({ id }) => id));
	const workflow = await e2e.importFile(workflowWith(undefined));
	await page.goto(`${e2e.n8n.url}/workflow/${workflow.id}`);
	await page.locator('[data-test-id="canvas-node"][data-node-name="Check access"]').first().dblclick();
	await page.locator('[data-test-id="node-credentials-select"]').first().click();
	await page.locator('[data-test-id="node-credentials-select-item-new"]').first().click();
	await dialog().locator('[data-test-id="credential-mode-dropdown-trigger"]').click();
	await page.getByRole('menuitem', { name: 'OAuth2' }).or(page.getByText('OAuth2', { exact: true })).first().click();

	await dialog().getByText(`${e2e.n8n.url}/rest/oauth2-credential/callback`).waitFor();
	await field('clientId').locator('input').fill(APP.clientId);
	await field('clientSecret').locator('input').fill(APP.clientSecret);
	await field('scope').locator('input').fill('read_orders,write_returns,read_locations');
	await field('shopDomain').locator('input').fill(e2e.shopify.url);

	const store = await pressConnect();
	expect(await store.locator('h1').textContent()).toBe('Install Returns by Agency?');
	expect(await store.locator('li').allTextContents()).toEqual(['read_orders', 'write_returns', 'read_locations']);
	expect(store.url()).not.toContain(APP.clientSecret);
	await install(store);
	// Connected, the editor stores the credential and closes its form.
	await dialog().waitFor({ state: 'hidden' });
	const credentials = await e2e.n8n.rest.credentials();
	const made = credentials.find(({ id, type }) => type === TYPE && !before.has(id));
	if (made === undefined) throw new Error(`The editor has stored no credential of this type: ${JSON.stringify(credentials)}`);
	const { id } = await e2e.importFile(workflowWith({ id: made.id, name: made.name }));
	const execution = await checkAccess(id);
	expect(failureOf(execution)).toBeUndefined();
	expect(grantedIn(execution)).toEqual(Array.from({ length: ITEMS }, () => ['read_locations', 'read_orders', 'write_returns']));
	expect(itemsOf(execution, 'Check access')[0]?.json).toMatchObject({ isComplete: false, missing: expect.arrayContaining(['write_orders', 'read_products']) as unknown });
	expect(JSON.stringify(execution)).not.toMatch(/shpat_|agency-secret/);
	expect(await tokenRequests()).toEqual([[200, 'authorization_code']]);
	expect(new Set((await e2e.shopifyRequests({ operation: 'currentAppInstallation' })).map(({ actor }) => actor))).toEqual(new Set([APP.title]));
}, 300_000);

it('renews a token that has ended once for all items of a run, loses none, and keeps the new token', async () => {
	const credential = await openCredential({ lifetime: 'oneHour' });
	await approve();
	const { id } = await e2e.importFile(workflowWith(credential));
	expect(failureOf(await checkAccess(id))).toBeUndefined();

	await e2e.shopify.changeClock({ advanceMs: HOUR_MS });
	const execution = await checkAccess(id);
	expect(failureOf(execution)).toBeUndefined();
	expect(grantedIn(execution)).toEqual(Array.from({ length: ITEMS }, () => ['read_locations', 'read_orders']));
	expect(await tokenRequests()).toEqual([[200, 'authorization_code'], [200, 'refresh_token']]);

	expect(failureOf(await checkAccess(id))).toBeUndefined();
	expect(await tokenRequests()).toHaveLength(2);

	// The refresh token ends too, and then only the merchant can help.
	await e2e.shopify.changeClock({ advanceMs: 91 * DAY_MS });
	expect(failureOf(await checkAccess(id))).toMatch(/Shopify does not accept the credential.*connect it again/);
	await page.locator('[data-test-id="oauth-switch-account-button"]').filter({ visible: true }).waitFor();
	const again = page.waitForEvent('popup');
	await page.locator('[data-test-id="oauth-switch-account-button"]').filter({ visible: true }).click();
	await install(await again);
	expect(failureOf(await checkAccess(id))).toBeUndefined();
}, 300_000);

it('says so when the merchant cancels, in the store or back in n8n, and stays unconnected', async () => {
	const credential = await openCredential({});
	const left = await pressConnect();
	await left.locator('#cancel').click();
	await left.getByText('Returns by Agency was not installed.').waitFor();
	await left.close();

	await e2e.shopify.post('/__sim/settings', { cancelReturnsError: true });
	const told = await pressConnect();
	await told.locator('#cancel').click();
	await told.getByText('Failed to connect').waitFor();
	expect(await told.locator('body').innerText()).toContain('Insufficient parameters for OAuth2 callback');
	await told.locator('summary').click();
	expect(await told.locator('.reason').innerText()).toContain('access_denied');
	expect(await isConnected().count()).toBe(0);

	const { id } = await e2e.importFile(workflowWith(credential));
	expect(failureOf(await checkAccess(id))).toMatch(/The credential is not connected to the store.*press Connect/);
	expect(await tokenRequests()).toEqual([]);
}, 300_000);

it.each([
	['the app does not allow n8n’s address', { redirectUrls: ['https://elsewhere.example/callback'] }, {}, 'The redirect_uri is not whitelisted'],
	['Shopify does not know the app', {}, { clientId: 'another-app' }, 'application_cannot_be_found'],
	['a scope does not exist', {}, { scope: 'read_orders,read_everything' }, 'read_everything'],
])('shows the store’s own words when %s', async (_why, app, data, words) => {
	await e2e.shopify.post('/__sim/apps', { ...APP, scopes: [], ...app });
	await openCredential(data);
	const store = await pressConnect();
	await store.getByText(words).waitFor();
	expect(await isConnected().count()).toBe(0);
}, 300_000);

it('says so when the client secret is wrong', async () => {
	await openCredential({ clientSecret: 'mistyped' });
	const store = await pressConnect();
	await store.locator('#approve').click();
	await store.getByText('Client authentication failed').waitFor();
	await store.getByText('Failed to connect').waitFor();
	expect(await isConnected().count()).toBe(0);
	expect(await tokenRequests()).toEqual([[401, 'authorization_code']]);
}, 300_000);
