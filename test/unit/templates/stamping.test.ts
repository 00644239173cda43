/** Templates are stamped for a client: settings filled in, names prefixed, nothing secret written; and the manual says what the settings say. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXCEPTIONS } from '../../../returns/exceptions';
import { readClient, UnusableClient } from '../../../scripts/templates/client';
import { operationsManual } from '../../../scripts/templates/manual';
import { ownNodes, type OwnNodes } from '../../../scripts/templates/nodeTypes';
import { run } from '../../../scripts/templates/stamp';
import { settingsIn, stampTemplates } from '../../../scripts/templates/stamping';
import { readTemplates } from '../../../scripts/templates/template';
import type { WorkflowFile } from '../../../scripts/host/rest';

const EXAMPLE = path.join(__dirname, '../../../docs/example-client.json');
const templates = readTemplates();
const example = () => JSON.parse(readFileSync(EXAMPLE, 'utf8')) as Record<string, unknown>;
const clientWith = (changes: object) => readClient(JSON.stringify({ ...example(), ...changes }));
const RESTOCK = 'restock-after-inspection';

function refusal(act: () => unknown): string {
	try {
		act();
	} catch (failure) {
		if (failure instanceof UnusableClient) return failure.message;
		throw failure;
	}
	return 'it was not refused';
}

let own: OwnNodes;
let folder: string;
beforeAll(async () => {
	own = await ownNodes();
});
beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'stamped-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('stamping', () => {
	const stamped = (settings: object) => {
		const [only] = stampTemplates(clientWith({ templates: { [RESTOCK]: { settings } } }), templates);
		if (only === undefined) throw new Error('nothing was stamped');
		return only.workflow;
	};
	const value = (workflow: WorkflowFile, name: string) => settingsIn(workflow).find((setting) => setting.name === name)?.value;

	it('fills in the named settings, keeps the shipped value of the others, and changes no shipped file', () => {
		const before = readTemplates().map(({ text }) => text);
		const workflow = stamped({ locationId: '655441491', recheckMinutes: 60 });
		expect([value(workflow, 'locationId'), value(workflow, 'recheckMinutes'), value(workflow, 'restockOwner')]).toEqual(['655441491', 60, 'thisWorkflow']);
		expect(workflow.name).toBe('Example Outfitters: Restock after inspection');
		expect(readTemplates().map(({ text }) => text)).toEqual(before);
	});

	it('names the client’s credentials without an id, and the store and the error workflow in the overview', () => {
		const workflow = stamped({});
		const credentials = workflow.nodes.flatMap((node) => Object.entries(node.credentials ?? {}));
		expect(new Set(credentials.map(([type, { id, name }]) => `${type} ${id} ${name}`))).toEqual(new Set(['returnGoApi  ReturnGO – Example Outfitters', 'shopifyReturnsApi  Shopify – Example Outfitters']));
		const overview = String(workflow.nodes.find(({ name }) => name === 'Overview')?.parameters.content);
		expect(overview).toContain('Store: example-outfitters.myshopify.com');
		expect(overview).toContain('**Example Outfitters: Report a workflow error**');
	});

	it('keeps everything else of the template: nodes, parameters, connections', () => {
		const template = templates.find(({ file }) => file === RESTOCK)?.workflow;
		const workflow = stamped({});
		expect(workflow.connections).toEqual(template?.connections);
		const bare = (file: WorkflowFile | undefined) => file?.nodes.filter(({ name }) => name !== 'Overview').map((node) => ({ ...node, credentials: null }));
		expect(bare(workflow)).toEqual(bare(template));
	});

	it.each([
		['a template that is not there', { 'restock-before-inspection': { settings: {} } }, /no template “restock-before-inspection”.*restock-after-inspection/],
		['a setting that is not there', { [RESTOCK]: { settings: { warehouse: 'Main' } } }, /no setting “warehouse”.*locationId/],
		['a text for a number', { [RESTOCK]: { settings: { recheckMinutes: '60' } } }, /“recheckMinutes”.*takes a number, and "60" is a string/],
		['a number for a text', { [RESTOCK]: { settings: { locationId: 655441491 } } }, /“locationId”.*takes a string/],
		['a list for a setting', { [RESTOCK]: { settings: { locationMap: ['1'] } } }, /locationMap/],
	])('refuses %s in words', (_case, wanted, words) => {
		expect(refusal(() => stampTemplates(clientWith({ templates: wanted }), templates))).toMatch(words);
	});

	it('says everything that is wrong at once', () => {
		const wanted = { nowhere: { settings: {} }, [RESTOCK]: { settings: { recheckMinutes: 'soon', colour: 'red' } } };
		expect(refusal(() => stampTemplates(clientWith({ templates: wanted }), templates)).split('\n')).toHaveLength(3);
	});
});

describe('the client file', () => {
	it.each([
		['a Shopify token', { templates: { [RESTOCK]: { settings: { locationId: 'shpat_invented' } } } }, 'templates.restock-after-inspection.settings.locationId'],
		['a field that is named like a secret', { credentials: { returnGoApi: 'ReturnGO', apiKey: 'invented' } }, 'credentials.apiKey'],
		['an address with a password in it', { contacts: { finance: 'https://kim:invented@mail.example' } }, 'contacts.finance'],
	])('with %s is refused, and the value is not repeated', (_case, changes, place) => {
		const words = refusal(() => clientWith(changes));
		expect(words).toContain(place);
		expect(words).toContain('looks like a secret');
		expect(words).not.toContain('invented');
	});

	it.each([
		['no JSON', '{', /not JSON/],
		['another address than a store’s', JSON.stringify({ ...example(), store: 'www.shop.example' }), /“store”/],
		['no templates', JSON.stringify({ ...example(), templates: {} }), /names no template/],
		['a field that nobody knows', JSON.stringify({ ...example(), shop: 'x' }), /shop/],
		['a team that nobody knows', JSON.stringify({ ...example(), contacts: { sales: 'Kim' } }), /sales/],
	])('that is, or has, %s is refused', (_case, text, words) => {
		expect(refusal(() => readClient(text))).toMatch(words);
	});
});

describe('the operations manual', () => {
	const manual = (settings: Record<string, object>, contacts: object = {}) => {
		const client = clientWith({ templates: Object.fromEntries(Object.entries(settings).map(([file, values]) => [file, { settings: values }])), contacts });
		return operationsManual({ client: { name: client.client, store: client.store, contacts: client.contacts, errorWorkflow: client.errorWorkflow }, workflows: stampTemplates(client, templates).map(({ workflow }) => workflow), about: 'About.' }, own);
	};
	const row = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';

	it('says who executes what as the settings have it, and where two workflows disagree', () => {
		const agreed = manual({ [RESTOCK]: { restockOwner: 'person' } });
		expect(row(agreed, 'Restock')).toContain('Restock after inspection: a person');
		expect(row(agreed, 'Restock')).not.toContain('disagree');
		expect(row(agreed, 'Refund')).toContain('No workflow here does it');
		const disagreeing = manual({ [RESTOCK]: { restockOwner: 'returnGo' }, 'post-the-refund-after-inspection': { restockTogether: true } });
		expect(row(disagreeing, 'Restock')).toMatch(/ReturnGO, by its own rules.*disagree/);
	});

	it('says what starts each workflow and what it changes', () => {
		const text = manual({ 'tag-returns-in-transit': {}, 'record-an-inspection-by-form': {} });
		expect(row(text, 'Example Outfitters: Tag returns in transit')).toMatch(/ReturnGO tells: shipment status updated.*Shopify Returns: Order → Add Tags/);
		expect(row(text, 'Example Outfitters: Record an inspection by form')).toMatch(/a person, by the form “Inspect a return”.*Shopify Returns: Return → Process/);
	});

	it('names an owner for every exception that has one, and the client’s people', () => {
		const text = manual({ [RESTOCK]: {} }, { warehouse: 'shift lead' });
		for (const [code, { owner }] of Object.entries(EXCEPTIONS)) expect(text.includes(`| \`${code}\` |`)).toBe(owner !== 'nobody');
		expect(text).toContain('### Warehouse: shift lead');
	});

	it('names a workflow’s checks only where the client has it', () => {
		expect(manual({ 'tag-returns-in-transit': {} })).toContain('more than two weeks');
		expect(manual({ [RESTOCK]: {} })).not.toContain('more than two weeks');
	});

	it('shows every setting with its value', () => {
		expect(manual({ [RESTOCK]: { locationMap: '{"DE": "1"}' } })).toContain('| `locationMap` | `{"DE": "1"}` |');
	});
});

describe('the command', () => {
	it('stamps the example client into a folder, with the manual, and says what is left to choose', async () => {
		const sentences = await run(['--client', EXAMPLE, '--out', folder]);
		expect(readdirSync(folder).sort()).toEqual(['check-eligibility-when-a-return-is-requested.json', 'operations-manual.md', 'record-an-inspection-by-form.json', 'tag-returns-in-transit.json']);
		expect(readFileSync(path.join(folder, 'operations-manual.md'), 'utf8')).toContain('# Operations manual: Example Outfitters');
		expect(sentences.join()).toContain('Wrote 3 workflow(s)');
	});

	it('names credential types that the file does not', async () => {
		const file = path.join(folder, 'client.json');
		writeFileSync(file, JSON.stringify({ ...example(), credentials: { returnGoApi: 'ReturnGO' }, errorWorkflow: null }));
		expect((await run(['--client', file, '--out', path.join(folder, 'out')])).join('\n')).toMatch(/httpBasicAuth, shopifyReturnsApi[\s\S]*no error workflow/);
	});

	it('makes the manual again from workflows as n8n exports them, with their present settings', async () => {
		await run(['--client', EXAMPLE, '--out', folder]);
		const file = path.join(folder, 'tag-returns-in-transit.json');
		writeFileSync(file, readFileSync(file, 'utf8').replace('"return-in-transit"', '"on-its-way-back"'));
		await run(['--client', EXAMPLE, '--manual', folder]);
		expect(readFileSync(path.join(folder, 'operations-manual.md'), 'utf8')).toContain('| `tag` | `on-its-way-back` |');
	});

	it('writes nothing when something is wrong', async () => {
		const file = path.join(folder, 'client.json');
		const out = path.join(folder, 'out');
		writeFileSync(file, JSON.stringify({ ...example(), templates: { 'tag-returns-in-transit': { settings: {} }, nowhere: { settings: {} } } }));
		await expect(run(['--client', file, '--out', out])).rejects.toThrow(UnusableClient);
		expect(readdirSync(folder)).toEqual(['client.json']);
		await expect(run([])).rejects.toThrow('Name the client file');
		await expect(run(['--client', path.join(folder, 'missing.json')])).rejects.toThrow('cannot be read');
	});
});
