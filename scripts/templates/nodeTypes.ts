/** The node types that a template may use: those of this package as they are built, and those that one n8n brings. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode, INodeType, INodeTypeDescription } from 'n8n-workflow';

const PROJECT = path.join(__dirname, '..', '..');

/** What a node's registry knows of an operation. */
interface RegisteredOperation {
	isWrite?: boolean;
}

export interface OwnNodes {
	types: INodeTypeDescription[];
	/** Whether a node of this package changes something in a service. */
	isWrite: (node: INode) => boolean;
}

interface Manifest {
	name: string;
	n8n: { nodes: string[] };
}

/** The nodes of this package, with their types named as an installed package names them. */
export async function ownNodes(): Promise<OwnNodes> {
	const { name: packageName, n8n } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as Manifest;
	const types: INodeTypeDescription[] = [];
	const registries = new Map<string, Record<string, { operations: Record<string, RegisteredOperation> }>>();
	for (const built of n8n.nodes) {
		const source = path.join(PROJECT, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const className = path.basename(source, '.node.ts');
		const loaded = (await import(source)) as Record<string, new () => INodeType>;
		const NodeClass = loaded[className];
		if (NodeClass === undefined) throw new Error(`${source} exports no ${className}.`);
		const description = { ...new NodeClass().description };
		description.name = `${packageName}.${description.name}`;
		types.push(description);
		const registry = path.join(path.dirname(source), 'registry.ts');
		if (!description.group.includes('trigger') && existsSync(registry)) {
			registries.set(description.name, ((await import(registry)) as { RESOURCES: Record<string, { operations: Record<string, RegisteredOperation> }> }).RESOURCES);
		}
	}
	const isWrite = ({ type, parameters }: INode) => registries.get(type)?.[String(parameters.resource)]?.operations[String(parameters.operation)]?.isWrite === true;
	return { types, isWrite };
}

/** What n8n brings itself, read from its installation. */
export function installedNodeTypes(n8nDirectory: string): INodeTypeDescription[] {
	const types = JSON.parse(readFileSync(path.join(n8nDirectory, 'node_modules', 'n8n-nodes-base', 'dist', 'types', 'nodes.json'), 'utf8')) as INodeTypeDescription[];
	return types.map((type) => ({ ...type, name: `n8n-nodes-base.${type.name}` }));
}
