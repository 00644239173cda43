/**
 * Writes the types of all GraphQL documents of the Shopify node, from the real Admin schema.
 * `tsx scripts/codegen.ts` writes the file; `--check` writes nothing and exits with 1 when the file is not what it should be.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { codegenConfig, GENERATED_FILE } from '../codegen';
import { loadAdminSchema } from './shopify-schema';

const SCHEMA_VERSION = '2026-10';
const PROJECT = join(__dirname, '..');

const HEADER = `/**
 * Types of the GraphQL documents beside this file and under settlement/, made from the Admin schema ${SCHEMA_VERSION} by scripts/codegen.ts.
 * Change the documents and run the generator; what is written here by hand is lost.
 */
import { TypedDocumentString } from './typedDocument';
`;

/** The content that the generated file should have. */
export async function generateTypes(): Promise<string> {
	const { introspection } = await loadAdminSchema(SCHEMA_VERSION);
	const directory = await mkdtemp(join(tmpdir(), 'admin-introspection-'));
	try {
		const file = join(directory, 'schema.json');
		await writeFile(file, JSON.stringify(introspection));
		const outputs = (await generate({ ...codegenConfig(file), cwd: PROJECT }, false)) as Array<{ content: string }>;
		const [output] = outputs;
		if (output === undefined) throw new Error('The generator gave no output');
		return HEADER + body(output.content);
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

/**
 * Fits the generator's output to ours: its document class needs a module at run time, ours is a plain string with types; fragments are part of the
 * operations that use them, so they need no text of their own; and currency codes are data, which the money rules check.
 */
function body(content: string): string {
	return content
		.replace(/^import .*\n/gm, '')
		.replace(/^export class TypedDocumentString[\s\S]*?^}\n/m, '')
		.replace(/^\/\*\*.*Internal type.*\*\/\n/gm, '')
		.replace(/^export type Incremental<T>.*\n/m, '')
		.replace(/^export type CurrencyCode =\n(?: {2}\| '[A-Z]+';?\n)+/m, 'export type CurrencyCode = string;\n')
		.replace(/^export const \w+FragmentDoc = [\s\S]*?;\n/gm, '')
		.replace(/^(export const \w+ = new TypedDocumentString)\(([\s\S]*?)\) as unknown as TypedDocumentString(<.*>);$/gm, '$1$3($2);')
		.trim()
		.concat('\n');
}

async function main(): Promise<void> {
	const expected = await generateTypes();
	const path = join(PROJECT, GENERATED_FILE);
	if (!process.argv.includes('--check')) {
		await writeFile(path, expected);
		return;
	}
	const found = await readFile(path, 'utf8').catch(() => '');
	if (found === expected) return;
	process.stderr.write(`${GENERATED_FILE} does not match the documents: run npm run codegen\n`);
	process.exitCode = 1;
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
		process.exitCode = 1;
	});
}
