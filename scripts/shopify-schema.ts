/**
 * The real Admin GraphQL schema, never a hand-written copy.
 *
 * It is taken from the pinned npm tarball of Shopify's own developer tool server, checked against
 * known digests, and kept in a cache outside the repository. Code generation, the contract tests
 * and the Shopify simulator all read it from here.
 */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

export type AdminVersion = '2026-04' | '2026-07' | '2026-10';

export const ADMIN_VERSIONS: readonly AdminVersion[] = ['2026-04', '2026-07', '2026-10'];

/** One entry of the access map that Shopify ships next to the schema. */
export interface OfflineScope {
	readonly type: 'type' | 'field';
	readonly typeName: string;
	readonly fieldName?: string;
	readonly kind?: string;
	readonly returnType?: string;
	readonly requiredAccess: string;
	readonly offlineScopes: readonly string[];
}

export interface AdminSchema {
	readonly schema: GraphQLSchema;
	readonly introspection: IntrospectionQuery;
	readonly offlineScopes: readonly OfflineScope[];
}

const PACKAGE = '@shopify/dev-mcp@1.16.0';
const TARBALL_SHA256 = '4663c79229028e98f825a09d5f04ec6c3736331b740ce50260f9ffac10709474';
const FILE_SHA256: Readonly<Record<AdminVersion, string>> = {
	'2026-04': 'f14a1d924a2ce4a5824dcaa832a90a9fe8d20d0ad16f71240b854401c08b5769',
	'2026-07': '5bcde995c89c59acdb2ee494378d96f45ce7378a16ec829a74b71d696a08ef19',
	'2026-10': 'f3b522f264556925eada700e795e4a002a9cba83444ebcc6c0d724254a0c6593',
};

const run = promisify(execFile);
const loaded = new Map<AdminVersion, Promise<AdminSchema>>();

/** The directory the schema files are kept in; nothing is created by asking. */
export function schemaCacheDirectory(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-returngo-shopify', 'shopify-schema-1.16.0');
}

/**
 * Makes sure that every supported version is in the cache and intact, and answers the file paths.
 * @throws Error when the tarball or a file inside it does not have the pinned digest
 */
export async function ensureAdminSchemas(): Promise<Readonly<Record<AdminVersion, string>>> {
	const directory = schemaCacheDirectory();
	const paths = pathsIn(directory);
	if (await allIntact(paths)) return paths;
	await fill(directory);
	if (!(await allIntact(paths))) throw new Error(`The schema cache at ${directory} is not what was written to it`);
	return paths;
}

/**
 * Loads one version: the executable schema, its introspection, and the access map.
 * The result is shared by all callers of the process.
 * @throws Error when the schema cannot be fetched or does not have the pinned digest
 */
export function loadAdminSchema(version: AdminVersion): Promise<AdminSchema> {
	const known = loaded.get(version);
	if (known) return known;
	const loading = load(version);
	loaded.set(version, loading);
	loading.catch(() => loaded.delete(version));
	return loading;
}

async function load(version: AdminVersion): Promise<AdminSchema> {
	const paths = await ensureAdminSchemas();
	const file = JSON.parse(gunzipSync(await readFile(paths[version])).toString('utf8')) as {
		data: IntrospectionQuery;
		offline_scopes: { items: OfflineScope[] };
	};
	return { schema: buildClientSchema(file.data), introspection: file.data, offlineScopes: file.offline_scopes.items };
}

function pathsIn(directory: string): Record<AdminVersion, string> {
	return {
		'2026-04': join(directory, 'admin_2026-04.json.gz'),
		'2026-07': join(directory, 'admin_2026-07.json.gz'),
		'2026-10': join(directory, 'admin_2026-10.json.gz'),
	};
}

async function allIntact(paths: Readonly<Record<AdminVersion, string>>): Promise<boolean> {
	for (const version of ADMIN_VERSIONS) {
		const content = await readFile(paths[version]).catch(() => undefined);
		if (content === undefined || sha256(content) !== FILE_SHA256[version]) return false;
	}
	return true;
}

/** Fetches into a temporary directory beside the target, then renames: a half-filled cache never has the final name. */
async function fill(directory: string): Promise<void> {
	const parent = join(directory, '..');
	await mkdir(parent, { recursive: true });
	const work = await mkdtemp(join(tmpdir(), 'shopify-schema-'));
	const staged = join(parent, `.staged-${randomUUID()}`);
	try {
		await writeFile(join(work, 'package.json'), '{"name":"schema-fetch","version":"0.0.0","private":true}\n');
		await run('npm', ['pack', PACKAGE, '--pack-destination', work, '--silent'], { cwd: work, timeout: 180_000 });
		const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
		if (name === undefined) throw new Error(`npm pack ${PACKAGE} left no tarball`);
		const tarball = join(work, name);
		const digest = sha256(await readFile(tarball));
		if (digest !== TARBALL_SHA256) throw new Error(`${PACKAGE} has sha256 ${digest}, expected ${TARBALL_SHA256}`);
		const members = ADMIN_VERSIONS.map((version) => `package/dist/data/admin_${version}.json.gz`);
		await run('tar', ['-xzf', tarball, '-C', work, 'package/LICENSE', ...members], { timeout: 60_000 });
		await mkdir(staged);
		for (const version of ADMIN_VERSIONS) {
			const content = await readFile(join(work, 'package', 'dist', 'data', `admin_${version}.json.gz`));
			const found = sha256(content);
			if (found !== FILE_SHA256[version]) throw new Error(`admin_${version}.json.gz has sha256 ${found}, expected ${FILE_SHA256[version]}`);
			await writeFile(join(staged, `admin_${version}.json.gz`), content);
		}
		await writeFile(join(staged, 'LICENSE'), await readFile(join(work, 'package', 'LICENSE')));
		await putInPlace(staged, directory);
	} finally {
		await rm(work, { recursive: true, force: true });
		await rm(staged, { recursive: true, force: true });
	}
}

/** Another process may have filled the cache meanwhile; its content is just as good if it is intact. */
async function putInPlace(staged: string, directory: string): Promise<void> {
	if (await allIntact(pathsIn(directory))) return;
	await rm(directory, { recursive: true, force: true });
	try {
		await rename(staged, directory);
	} catch (error) {
		if (!(await allIntact(pathsIn(directory)))) throw error;
	}
}

function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

async function main(): Promise<void> {
	const paths = await ensureAdminSchemas();
	for (const version of ADMIN_VERSIONS) process.stdout.write(`${version} ${paths[version]}\n`);
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
