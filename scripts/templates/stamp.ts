/**
 * `npm run templates -- --client FILE [--out FOLDER]` writes one client's copies of the templates and the client's operations manual;
 * `npm run templates -- --client FILE --manual FOLDER` writes the manual alone, from workflows exported out of the client's n8n.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { WorkflowFile } from '../host/rest';
import { readClient, UnusableClient, type Client } from './client';
import { operationsManual } from './manual';
import { ownNodes } from './nodeTypes';
import { settingsIn, stampTemplates } from './stamping';
import { readTemplates } from './template';

const MANUAL = 'operations-manual.md';

/**
 * Runs the command and answers the sentences to show.
 * @throws UnusableClient when the client file, or what it asks for, cannot be used; nothing is written then
 */
export async function run(args: readonly string[]): Promise<string[]> {
	const { values } = parseArgs({ args: [...args], options: { client: { type: 'string' }, out: { type: 'string' }, manual: { type: 'string' } } });
	if (values.client === undefined) throw new UnusableClient(['Name the client file: npm run templates -- --client FILE']);
	const client = readClient(read(values.client));
	if (values.manual !== undefined) {
		const file = path.join(values.manual, MANUAL);
		writeFileSync(file, await manualOf(client, exportedWorkflows(values.manual)));
		return [`Wrote ${file}.`];
	}
	const stamped = stampTemplates(client, readTemplates());
	const folder = values.out ?? path.join('stamped', slug(client.client));
	mkdirSync(folder, { recursive: true });
	for (const { file, workflow } of stamped) writeFileSync(path.join(folder, `${file}.json`), `${JSON.stringify(workflow, null, '\t')}\n`);
	writeFileSync(path.join(folder, MANUAL), await manualOf(client, stamped.map(({ workflow }) => workflow)));
	return [`Wrote ${stamped.length} workflow(s) and ${MANUAL} to ${folder}.`, ...leftToChoose(client, stamped.map(({ workflow }) => workflow))];
}

/** What the person who imports the files still has to choose in n8n. */
function leftToChoose(client: Client, workflows: readonly WorkflowFile[]): string[] {
	const types = [...new Set(workflows.flatMap(({ nodes }) => nodes.flatMap(({ credentials }) => Object.keys(credentials ?? {}))))].sort();
	const unnamed = types.filter((type) => client.credentials[type] === undefined);
	return [
		...(unnamed.length === 0 ? [] : [`The client file names no credential of the type ${unnamed.join(', ')}: choose it in the editor.`]),
		...(client.errorWorkflow === null ? ['The client file names no error workflow: choose one in each workflow’s settings.'] : []),
	];
}

async function manualOf(client: Client, workflows: readonly WorkflowFile[]): Promise<string> {
	const about = 'Made from the settings of this client’s workflows. Make it again whenever a setting changes.';
	return operationsManual({ client: { name: client.client, store: client.store, contacts: client.contacts, errorWorkflow: client.errorWorkflow }, workflows, about }, await ownNodes());
}

/** Workflows as n8n's editor downloads them; files of other kinds are left alone. */
function exportedWorkflows(folder: string): WorkflowFile[] {
	const workflows = readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => JSON.parse(read(path.join(folder, file))) as WorkflowFile)
		.filter((file) => Array.isArray(file.nodes) && settingsIn(file).length > 0);
	if (workflows.length === 0) throw new UnusableClient([`There is no workflow with a node Settings in ${folder}.`]);
	return workflows;
}

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (failure) {
		throw new UnusableClient([`${file} cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`]);
	}
}

function slug(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'client';
}

if (require.main === module) {
	run(process.argv.slice(2)).then(
		(sentences) => process.stdout.write(`${sentences.join('\n')}\n`),
		(failure: unknown) => {
			process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
			process.exitCode = 1;
		},
	);
}
