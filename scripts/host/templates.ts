/** The workflow templates of the package as files, and the one change that programs make to them: values in the node "Settings". */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { repositoryRoot } from './node24';
import type { WorkflowFile } from './rest';

const FOLDER = path.join(repositoryRoot, 'workflows-templates');
const SETTINGS_NODE = 'Settings';

export type SettingValue = string | number | boolean;

interface Assignment {
	id: string;
	name: string;
	value: unknown;
	type: string;
}

/** Names of all templates, as `readTemplate` takes them, in alphabetical order. */
export async function templateNames(): Promise<string[]> {
	const files = await readdir(FOLDER);
	return files
		.filter((file) => file.endsWith('.json'))
		.map((file) => path.basename(file, '.json'))
		.sort();
}

/** Reads a template exactly as it is shipped. */
export async function readTemplate(name: string): Promise<WorkflowFile> {
	return JSON.parse(await readFile(path.join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
}

/**
 * Sets values of the node "Settings", as a consultant does by eye. A name that the node does not have is refused: a value that
 * nothing reads would look like a setting and change nothing.
 */
export function withSettings(workflow: WorkflowFile, values: Record<string, SettingValue>): WorkflowFile {
	const settings = workflow.nodes.find((node) => node.name === SETTINGS_NODE);
	const assignments = (settings?.parameters.assignments as { assignments?: Assignment[] } | undefined)?.assignments;
	if (!settings || !assignments) throw new Error(`"${workflow.name}" has no node "${SETTINGS_NODE}" with a list of fields.`);

	const unknown = Object.keys(values).filter((name) => !assignments.some((assignment) => assignment.name === name));
	if (unknown.length > 0) {
		throw new Error(`"${workflow.name}" has no setting ${unknown.join(', ')}; it has ${assignments.map(({ name }) => name).join(', ')}.`);
	}
	const changed = assignments.map((assignment) => (assignment.name in values ? { ...assignment, value: values[assignment.name] } : assignment));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node === settings ? { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } } as typeof node : node,
		),
	};
}
