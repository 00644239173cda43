/** Copies of the templates for one client: settings filled in, names prefixed, credentials named. The shipped files stay as they are. */
import type { INode } from 'n8n-workflow';
import type { WorkflowFile } from '../host/rest';
import { UnusableClient, type Client, type SettingValue } from './client';
import { SETTINGS_NODE, STICKY_NOTE, type Template } from './template';

const OVERVIEW = 'Overview';
/** Room for the client's part in the overview note. */
const ADDED_HEIGHT = 160;

export interface StampedWorkflow {
	/** Name of the template's file without its extension. */
	file: string;
	workflow: WorkflowFile;
}

interface Setting {
	id: string;
	name: string;
	value: unknown;
	type: string;
}

/**
 * One copy per template that the client file names, in its order.
 * @throws UnusableClient that says everything that cannot be used: unknown templates and settings, values of another type
 */
export function stampTemplates(client: Client, templates: readonly Template[]): StampedWorkflow[] {
	const wanted = Object.entries(client.templates);
	const reasons = wanted.flatMap(([file, { settings }]) => {
		const template = templates.find((candidate) => candidate.file === file);
		if (template === undefined) return [`There is no template “${file}”. There are: ${templates.map((known) => known.file).join(', ')}.`];
		return Object.entries(settings).flatMap(([name, value]) => unusable(template, name, value));
	});
	if (reasons.length > 0) throw new UnusableClient(reasons);
	return wanted.flatMap(([file, { settings }]) => {
		const template = templates.find((candidate) => candidate.file === file);
		return template === undefined ? [] : [{ file, workflow: stamp(client, template, settings) }];
	});
}

function unusable({ file, workflow }: Template, name: string, value: SettingValue): string[] {
	const settings = settingsIn(workflow);
	const setting = settings.find((candidate) => candidate.name === name);
	if (setting === undefined) return [`“${file}” has no setting “${name}”. It has: ${settings.map((known) => known.name).join(', ')}.`];
	return typeof value === setting.type ? [] : [`The setting “${name}” of “${file}” takes a ${setting.type}, and ${JSON.stringify(value)} is a ${typeof value}.`];
}

function stamp(client: Client, { workflow }: Template, settings: Record<string, SettingValue>): WorkflowFile {
	return { ...workflow, name: `${client.client}: ${workflow.name}`, nodes: workflow.nodes.map((node) => stampNode(client, workflow.name, node, settings)) };
}

function stampNode(client: Client, templateName: string, node: INode, settings: Record<string, SettingValue>): INode {
	if (node.name === SETTINGS_NODE) return withValues(node, settings);
	if (node.name === OVERVIEW && node.type === STICKY_NOTE) return withClient(node, client, templateName);
	if (node.credentials === undefined) return node;
	// n8n assigns a credential by its name when the file is imported and there is one of that type and name.
	const credentials = Object.entries(node.credentials).map(([type, reference]) => [type, { ...reference, name: client.credentials[type] ?? reference.name }]);
	return { ...node, credentials: Object.fromEntries(credentials) as INode['credentials'] };
}

function withValues(node: INode, values: Record<string, SettingValue>): INode {
	const assignments = assignmentsOf(node).map((setting) => (Object.hasOwn(values, setting.name) ? { ...setting, value: values[setting.name] } : setting));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments } } } as INode;
}

function withClient(node: INode, client: Client, templateName: string): INode {
	const { content, height } = node.parameters;
	const lines = [`### ${client.client}`, `Store: ${client.store}`, `Stamped from the template *${templateName}*.`, ...(client.errorWorkflow === null ? [] : [`Error workflow to choose: **${client.errorWorkflow}**`])];
	return { ...node, parameters: { ...node.parameters, content: `${String(content)}\n\n${lines.join('\n')}`, height: Number(height) + ADDED_HEIGHT } };
}

/** The fields of a workflow's node Settings; none where it has no such node. */
export function settingsIn(workflow: WorkflowFile): Setting[] {
	const node = workflow.nodes.find(({ name }) => name === SETTINGS_NODE);
	return node === undefined ? [] : assignmentsOf(node);
}

function assignmentsOf({ parameters }: INode): Setting[] {
	return (parameters.assignments as { assignments?: Setting[] } | undefined)?.assignments ?? [];
}
