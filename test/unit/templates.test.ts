/** What a reviewer of n8n's template library, and a consultant's client, would look for in every shipped template. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
}

interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
	settings: Record<string, unknown>;
}

const FOLDER = path.join(__dirname, '../../workflows-templates');
const GUIDE = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const STICKY = 'n8n-nodes-base.stickyNote';
const WRITES = ['post', 'execute', 'process'];

function words(text: unknown): number {
	return String(text).split(/\s+/).filter((word) => /\w/.test(word)).length;
}

it('there are templates to look at', () => {
	expect(files.length).toBeGreaterThanOrEqual(2);
});

describe.each(files)('%s', (file) => {
	const text = readFileSync(path.join(FOLDER, file), 'utf8');
	const template = JSON.parse(text) as Template;
	const stickies = template.nodes.filter((node) => node.type === STICKY);
	const working = template.nodes.filter((node) => node.type !== STICKY);

	it('has one overview of 100 to 300 words that says how it works and how it is set up, and short notes for its sections', () => {
		const [overview, ...others] = stickies.filter((node) => node.parameters.color === undefined);
		expect(others).toEqual([]);
		expect(overview?.parameters.content).toMatch(/### How it works[\s\S]*### Setup/);
		expect(words(overview?.parameters.content)).toBeGreaterThanOrEqual(100);
		expect(words(overview?.parameters.content)).toBeLessThanOrEqual(300);
		for (const note of stickies.filter((node) => node.parameters.color !== undefined)) expect(words(note.parameters.content)).toBeLessThan(50);
	});

	it('is of a size that can be taken in, with names that say what a node does', () => {
		expect(working.length).toBeGreaterThanOrEqual(4);
		expect(working.length).toBeLessThanOrEqual(21);
		for (const node of working) expect(node.name).not.toMatch(/^(IF|If|Switch|Set|Edit Fields|HTTP Request|Wait|No Operation|ReturnGO|Shopify Returns)\d*$/);
	});

	it('carries nobody’s ids, credentials, shops or addresses', () => {
		for (const node of template.nodes) {
			for (const credential of Object.values(node.credentials ?? {})) expect(credential.id).toBe('');
			expect(node.webhookId).toBeUndefined();
		}
		expect(text).not.toMatch(/gid:\/\/shopify|myshopify\.com|@[\w-]+\.\w|shpat_|errorWorkflow": "\w/);
	});

	it('begins with Settings after its trigger, and the guide explains every setting with the value it is shipped with', () => {
		const trigger = working.find((node) => /Trigger$/i.test(node.type));
		expect(template.connections[trigger?.name ?? '']?.main[0]?.[0]?.node).toBe('Settings');
		const settings = working.find((node) => node.name === 'Settings')?.parameters.assignments as { assignments: Array<{ name: string }> };
		expect(settings.assignments.length).toBeGreaterThan(0);
		for (const { name } of settings.assignments) {
			expect(GUIDE).toContain(`\`${name}\``);
			expect(text).toContain(`.json.${name}`);
		}
		expect(GUIDE).toContain(template.name);
	});

	it('leads both outputs of every write somewhere, and lets it go on when the service refuses', () => {
		const writes = working.filter((node) => node.type.endsWith('.shopifyReturns') && WRITES.includes(String(node.parameters.operation)));
		expect(writes.length).toBeGreaterThan(0);
		for (const node of writes) {
			expect(template.connections[node.name]?.main.map((output) => output.length > 0)).toEqual([true, true]);
			expect(node).toMatchObject({ onError: 'continueRegularOutput' });
		}
	});

	it('connects only nodes it has', () => {
		const names = new Set(template.nodes.map((node) => node.name));
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) expect(names).toContain(node);
		}
	});
});
