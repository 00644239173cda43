/**
 * Installs n8n once per version into the user's cache directory, from the lock file beside this program, for the demo,
 * the end-to-end tests and the benchmarks to share.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { reportOnStderr, runWithProgress, withInstallLock, type Report } from '../installing.mjs';
import { node24Environment, node24Headers } from './node24';

export const N8N_VERSION = '2.41.1';

/** Packages whose own install scripts n8n cannot run without. Every other install script stays switched off. */
const PACKAGES_WITH_NATIVE_PARTS = ['sqlite3', 'isolated-vm'];
const MARKER = 'installed.json';

export interface N8nInstallation {
	directory: string;
	/** The JavaScript file that the command `n8n` runs. */
	executable: string;
}

/**
 * Returns the installation of n8n, installing it first where it is missing (about 2.8 GB, about five minutes).
 * Two processes that call this at once end up with the same, complete installation.
 */
export async function ensureN8n(report: Report = reportOnStderr): Promise<N8nInstallation> {
	const directory = installationDirectory();
	const lockHash = await hashOfLockFile();
	if (await isComplete(directory, lockHash)) return installationAt(directory);

	return await withInstallLock(
		`${directory}.lock`,
		async () => {
			if (!(await isComplete(directory, lockHash))) await install(directory, lockHash, report);
			return installationAt(directory);
		},
		report,
	);
}

/** The installation where there is a complete one; installs nothing. */
export async function installedN8n(): Promise<N8nInstallation | undefined> {
	const directory = installationDirectory();
	return (await isComplete(directory, await hashOfLockFile())) ? installationAt(directory) : undefined;
}

function installationDirectory(): string {
	const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
	return path.join(cache, 'n8n-nodes-returngo-shopify', `n8n-${N8N_VERSION}`);
}

function installationAt(directory: string): N8nInstallation {
	return { directory, executable: path.join(directory, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function hashOfLockFile(): Promise<string> {
	return createHash('sha256').update(await readFile(path.join(__dirname, 'package-lock.json'))).digest('hex');
}

async function isComplete(directory: string, lockHash: string): Promise<boolean> {
	const marker = await readFile(path.join(directory, MARKER), 'utf8').catch(() => '{}');
	return (JSON.parse(marker) as { lockHash?: string }).lockHash === lockHash;
}

async function install(directory: string, lockHash: string, report: Report): Promise<void> {
	report(`n8n ${N8N_VERSION} is not installed yet. It needs about 2.8 GB in ${directory} and takes about five minutes, once.`);
	// What an interrupted installer left behind is under this name; the name of a finished installation never holds half of one.
	const unfinished = `${directory}.unfinished`;
	await rm(unfinished, { recursive: true, force: true });
	await mkdir(unfinished, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) await copyFile(path.join(__dirname, file), path.join(unfinished, file));

	const headers = node24Headers();
	const env = node24Environment({ NODE_ENV: '', npm_config_loglevel: 'error', ...(headers ? { npm_config_nodedir: headers } : {}) });
	await runWithProgress({
		title: `Installing n8n ${N8N_VERSION}`,
		command: 'npm',
		args: ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'],
		cwd: unfinished,
		env,
		report,
	});
	await runWithProgress({
		title: `Building ${PACKAGES_WITH_NATIVE_PARTS.join(' and ')} for n8n`,
		command: 'npm',
		args: ['rebuild', ...PACKAGES_WITH_NATIVE_PARTS, '--ignore-scripts=false'],
		cwd: unfinished,
		env,
		report,
	});
	await stat(installationAt(unfinished).executable);
	await writeFile(path.join(unfinished, MARKER), JSON.stringify({ version: N8N_VERSION, lockHash }));
	await rm(directory, { recursive: true, force: true });
	await rename(unfinished, directory);
}

if (require.main === module) {
	ensureN8n().then(
		(installation) => process.stdout.write(`${installation.directory}\n`),
		(error: unknown) => {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			process.exitCode = 1;
		},
	);
}
