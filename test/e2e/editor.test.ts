/** The editor as a consultant sees it, in Chromium: every node can be found with its icon, every operation's form opens, and the credentials' tests pass and fail visibly. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { NodeHelpers, type INodeProperties, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';

import type { WorkflowFile } from '../../scripts/host/rest';
import { readSchema, storedSchemas } from '../../scripts/schemas/files';
import { simulatorCredentials } from '../../scripts/host/simulatorCredentials';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/screenshots';
import { E2e } from './harness';

const PACKAGE = 'n8n-nodes-returngo-shopify';
const LOADED_WITHIN_MS = 90_000;

let e2e: E2e;
let browser: Browser;
let page: Page;
/** What the browser's console said of n8n's own pages. */
const complaints: string[] = [];
let types: INodeTypeDescription[];

beforeAll(async () => {
	e2e = await E2e.connect();
	types = (await e2e.n8n.rest.nodeTypes()).filter(({ name }) => name.startsWith(`${PACKAGE}.`) && !name.endsWith('Tool'));
	const executablePath = findChromium();
	if (executablePath === undefined) throw new Error('There is no Chromium on this machine (Debian: apt-get install chromium); CHROMIUM_PATH may name one.');
	browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
	const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
	await context.addCookies(e2e.n8n.rest.sessionCookies().map(({ name, value }) => ({ name, value, url: e2e.n8n.url })));
	page = await context.newPage();
	page.on('pageerror', (failure) => complaints.push(failure.message));
	page.on('console', (message) => {
		// Of pages of other hosts (n8n's cloud services) nothing can be loaded here, and n8n says so.
		const isOwn = message.location().url.startsWith(e2e.n8n.url);
		if (message.type() === 'error' && isOwn) complaints.push(`${message.text()} (${message.location().url})`);
	});
}, 240_000);
afterAll(async () => {
	await browser?.close();
	// Only at the end: the editor asks again for workflows that it has shown before.
	await e2e.cleanUp();
});
beforeEach(() => void complaints.splice(0));

const shortName = ({ name }: INodeTypeDescription) => name.slice(PACKAGE.length + 1);

async function openWorkflow(file: WorkflowFile): Promise<void> {
	const { id } = await e2e.importFile(file);
	await page.goto(`${e2e.n8n.url}/workflow/${id}`, { timeout: LOADED_WITHIN_MS });
	await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: LOADED_WITHIN_MS });
}

const manual: WorkflowFile['nodes'][number] = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };

it('offers every node of the package, each with its icon', async () => {
	expect(types.map(shortName).sort()).toEqual(['returnGo', 'returnGoPollingTrigger', 'returnGoTrigger', 'returnsReconciliation', 'shopifyReturns', 'shopifyReturnsTrigger']);
	await openWorkflow({ name: 'Creator', nodes: [manual], connections: {} });
	for (const type of types) {
		await page.locator('body').press('Escape');
		await page.locator('[data-test-id="node-creator-plus-button"]').click();
		const search = page.locator('[data-test-id="node-creator-search-bar"]');
		await search.waitFor({ timeout: LOADED_WITHIN_MS });
		await search.fill(type.displayName);
		const item = page.locator('[data-test-id="item-iterator-item"]', { has: page.locator(`[data-test-id="node-creator-item-name"]:text-is("${type.displayName.replace(/ Trigger$/, '')}"), [data-test-id="node-creator-item-name"]:text-is("${type.displayName}")`) }).first();
		await item.waitFor({ timeout: LOADED_WITHIN_MS });
		const icon = item.locator('img').first();
		await icon.waitFor({ timeout: LOADED_WITHIN_MS });
		const isDrawn = await icon.evaluate(async (image) => {
			const picture = image as unknown as { src: string; naturalWidth: number; decode(): Promise<void> };
			await picture.decode();
			return [picture.src, picture.naturalWidth > 0];
		});
		expect(isDrawn).toEqual([expect.stringMatching(/\/icons\/n8n-nodes-returngo-shopify\/.*\.svg$/), true]);
	}
	expect(complaints).toEqual([]);
}, 300_000);

/** One node per operation, or one for a trigger. */
function nodesOf(type: INodeTypeDescription): WorkflowFile['nodes'] {
	const choices = type.properties.filter(({ name }) => name === 'operation').flatMap((property) => (property.options ?? []).map((option) => ({ resource: property.displayOptions?.show?.resource?.[0] as string, operation: (option as INodePropertyOptions).value as string })));
	const parameters = choices.length > 0 ? choices : [{}];
	return parameters.map((chosen, index) => ({
		id: `${shortName(type)}-${index}`,
		name: Object.values(chosen).join(' ') || type.displayName,
		type: type.name,
		typeVersion: 1,
		position: [240 * (index % 8), 260 * Math.floor(index / 8)],
		parameters: chosen,
	}));
}

/** The labels of the fields that n8n has to show for a fresh node with this operation. */
function labelsOf(type: INodeTypeDescription, node: WorkflowFile['nodes'][number]): string[] {
	const values = NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, node, type) ?? {};
	// What chooses between credentials is no field of the form: n8n offers all of them in the node's credential list and sets it by the one that is picked.
	const choosers = new Set((type.credentials ?? []).flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {})));
	const isShown = (property: INodeProperties) => !choosers.has(property.name) && property.type !== 'notice' && property.type !== 'hidden' && property.isNodeSetting !== true && NodeHelpers.displayParameter(values, property, node, type);
	return [...new Set(type.properties.filter(isShown).map(({ displayName }) => displayName))];
}

it('opens the form of every operation and trigger with all its fields, and the console stays quiet', async () => {
	let forms = 0;
	for (const type of types) {
		const nodes = nodesOf(type);
		await openWorkflow({ name: type.displayName, nodes: [...nodes, { ...manual, position: [-300, 0] }], connections: {} });
		await page.locator('body').press('Escape');
		await page.locator('body').press('1');
		await page.waitForTimeout(1_500);
		for (const node of nodes) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node.name}"]`).first().dblclick({ timeout: LOADED_WITHIN_MS });
			const panel = page.locator('[data-test-id="node-parameters"], [data-test-id="ndv-parameters"], .ndv-wrapper').first();
			await panel.waitFor({ timeout: LOADED_WITHIN_MS });
			for (const label of labelsOf(type, node)) {
				await panel.getByText(label, { exact: true }).first().waitFor({ state: 'attached', timeout: 20_000 }).catch(() => {
					throw new Error(`The form of "${node.name}" (${type.displayName}) does not show "${label}"`);
				});
			}
			forms += 1;
			await page.locator('body').press('Escape');
			await panel.waitFor({ state: 'hidden', timeout: 20_000 });
		}
		expect([type.displayName, complaints]).toEqual([type.displayName, []]);
	}
	expect(forms).toBeGreaterThan(50);
}, 900_000);

it('shows what a node gives out before it has run', async () => {
	const folders = ['ReturnGo', 'ShopifyReturns', 'ReturnsReconciliation'];
	for (const folder of folders) {
		const type = types.find((candidate) => shortName(candidate).toLowerCase() === folder.toLowerCase());
		for (const operation of storedSchemas(folder)) {
			const answer = await fetch(`${e2e.n8n.url}/schemas/${type?.name}/1.0.0/${operation.replace('.', '/')}.json`);
			expect([folder, operation, answer.status]).toEqual([folder, operation, 200]);
			expect(await answer.json()).toEqual(readSchema(folder, operation));
		}
	}

	const get: WorkflowFile['nodes'][number] = { id: 'get', name: 'Get RMA', type: `${PACKAGE}.returnGo`, typeVersion: 1, position: [240, 0], parameters: { resource: 'rma', operation: 'get' } };
	const next: WorkflowFile['nodes'][number] = { id: 'next', name: 'Next', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [480, 0], parameters: {} };
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	await openWorkflow({ name: 'Preview', nodes: [manual, get, next], connections: { Start: to('Get RMA'), 'Get RMA': to('Next') } });
	await page.locator('[data-test-id="canvas-node"][data-node-name="Next"]').first().dblclick({ timeout: LOADED_WITHIN_MS });
	const input = page.locator('[data-test-id="ndv-input-panel"]');
	await input.locator('[data-test-id="schema-preview-warning"]').waitFor({ timeout: LOADED_WITHIN_MS });
	// The list draws only what there is room for.
	for (const field of ['status', 'order', 'units']) await input.locator(`[data-test-id="run-data-schema-node-name"][data-name="${field}"]`).first().waitFor({ timeout: 20_000 });
	expect(complaints).toEqual([]);
}, 180_000);

it('says visibly whether a credential works', async () => {
	const addresses = { shopifyUrl: e2e.shopify.url, returnGoUrl: e2e.returnGo.url };
	const good = simulatorCredentials(addresses);
	const bad = good.map(({ name, type, data }) => ({ name: `${name}, wrong`, type, data: { ...data, ...(type === 'returnGoApi' ? { apiKey: 'nobody-knows-it' } : { accessToken: 'shpat_wrong' }) } }));
	const open = async (credential: (typeof good)[number]) => {
		const { id } = await e2e.n8n.rest.createCredential(credential);
		await page.goto(`${e2e.n8n.url}/home/credentials/${id}`, { timeout: LOADED_WITHIN_MS });
		const dialog = page.locator('[data-test-id="editCredential-modal"]');
		await dialog.waitFor({ timeout: LOADED_WITHIN_MS });
		return dialog;
	};
	for (const credential of good) await (await open(credential)).getByText('Connection tested successfully').waitFor({ timeout: 60_000 });
	for (const credential of bad) {
		const dialog = await open(credential);
		await dialog.getByText(/Couldn.t connect with these settings/).first().waitFor({ timeout: 60_000 });
		await dialog.getByText('More details').first().click();
		await dialog.getByText(/does not know this API key|refused the access token/).first().waitFor({ timeout: 60_000 });
	}
}, 300_000);

it('sends whoever connects an agency’s app to the store’s own page, with the scopes of the credential', async () => {
	const { id } = await e2e.n8n.rest.createCredential({ name: 'Agency', type: 'shopifyReturnsOAuth2Api', data: { shopDomain: 'example.myshopify.com', clientId: 'agency-app', clientSecret: 'agency-secret', scope: 'read_orders,write_returns' } });
	const cookie = e2e.n8n.rest.sessionCookies().map(({ name, value }) => `${name}=${value}`).join('; ');
	const answer = await fetch(`${e2e.n8n.url}/rest/oauth2-credential/auth?id=${id}`, { headers: { cookie } });
	const { data } = (await answer.json()) as { data: string };
	const address = new URL(data);
	expect(`${address.origin}${address.pathname}`).toBe('https://example.myshopify.com/admin/oauth/authorize');
	expect(Object.fromEntries(address.searchParams)).toMatchObject({ client_id: 'agency-app', scope: 'read_orders,write_returns', redirect_uri: expect.stringContaining('/rest/oauth2-credential/callback') as string });
	expect(data).not.toContain('agency-secret');
});
