/** A shipped workflow as the checker looks at it: its nodes, what leads where, and what is said about it in the guide. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowFile } from '../host/rest';

export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
export const SETTINGS_NODE = 'Settings';
export const TEMPLATES_FOLDER = path.join(__dirname, '..', '..', 'workflows-templates');

export interface Template {
	/** Name of the file without its extension. */
	file: string;
	/** The file as it is shipped. */
	text: string;
	workflow: WorkflowFile;
	/** What workflows-templates/README.md says under the template's name; null when it says nothing. */
	guide: string | null;
}

/** All shipped templates, in alphabetical order. */
export function readTemplates(): Template[] {
	const guide = readFileSync(path.join(TEMPLATES_FOLDER, 'README.md'), 'utf8');
	return readdirSync(TEMPLATES_FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => toTemplate(path.basename(file, '.json'), readFileSync(path.join(TEMPLATES_FOLDER, file), 'utf8'), guide));
}

/** @throws SyntaxError when the text is no JSON */
export function toTemplate(file: string, text: string, guide: string): Template {
	const workflow = JSON.parse(text) as WorkflowFile;
	return { file, text, workflow, guide: sectionOf(guide, workflow.name) };
}

function sectionOf(guide: string, title: string): string | null {
	return guide.split(/^## /m).find((section) => section.split('\n', 1)[0]?.trim() === title) ?? null;
}

export function workingNodes({ workflow }: Template): INode[] {
	return workflow.nodes.filter((node) => node.type !== STICKY_NOTE);
}

export function notes({ workflow }: Template): INode[] {
	return workflow.nodes.filter((node) => node.type === STICKY_NOTE);
}

/** Names of the nodes that one output of a node leads to. */
export function targetsOf({ workflow }: Template, nodeName: string, output: number): string[] {
	return (workflow.connections[nodeName]?.main[output] ?? []).map(({ node }) => node);
}

/** Names of the nodes that any output of a node leads to. */
export function allTargetsOf({ workflow }: Template, nodeName: string): string[] {
	return (workflow.connections[nodeName]?.main ?? []).flatMap((output) => (output ?? []).map(({ node }) => node));
}
