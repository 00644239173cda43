/** Where n8n 2.41.1 looks for the schema of an operation: beside the node's file, by version, resource and operation. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OutputSchema } from './outputSchema';

const NODES = path.join(__dirname, '..', '..', 'nodes');
const FOLDER = path.join('__schema__', 'v1.0.0');

/** @param operation `resource.operation` */
export function schemaFile(nodeFolder: string, operation: string): string {
	const [resource = '', name = ''] = operation.split('.');
	return path.join(NODES, nodeFolder, FOLDER, resource, `${name}.json`);
}

/** `resource.operation` of all schemas that a node has. */
export function storedSchemas(nodeFolder: string): string[] {
	const folder = path.join(NODES, nodeFolder, FOLDER);
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)).split(path.sep).join('.').replace(/\.json$/, ''));
}

/** null when the operation has none yet. */
export function readSchema(nodeFolder: string, operation: string): OutputSchema | null {
	const file = schemaFile(nodeFolder, operation);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OutputSchema) : null;
}

export function writeSchema(nodeFolder: string, operation: string, schema: OutputSchema): void {
	const file = schemaFile(nodeFolder, operation);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
}
