/**
 * Makes sure that node_modules is what package-lock.json says, on a machine that has nothing but Node 20 (or newer) and npm.
 * Every npm script of this project begins here, so that a bare clone needs no separate installation step.
 */
import { createHash } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { reportOnStderr, runWithProgress, withInstallLock } from './installing.mjs';

export const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const MODULES = path.join(repositoryRoot, 'node_modules');
const BINARIES = path.join(MODULES, '.bin');
const STAMP = path.join(MODULES, '.installed-from-lock');
const OLDEST_NODE = 20;

/** The environment of every program started from here: node_modules/.bin first, whose `node` is the Node 24 that n8n needs. */
export function projectEnvironment() {
	return { ...process.env, PATH: `${BINARIES}${path.delimiter}${process.env.PATH ?? ''}` };
}

/** Installs what is missing, with visible progress. Returns at once when node_modules matches the lock file. */
export async function ensureDependencies() {
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
		throw new Error(`This project needs Node ${OLDEST_NODE} or newer to install itself; this is ${process.version}.`);
	}
	const lockHash = await hashOfLockFile();
	if (await isStamped(lockHash)) return;

	// Beside node_modules, not in it (npm ci empties that folder), and not in the repository, where git would see it.
	const cloneId = createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12);
	await withInstallLock(path.join(os.tmpdir(), `returngo-shopify-setup-${cloneId}.lock`), async () => {
		if (await isStamped(lockHash)) return;
		if (!(await isInstalledByHand())) await install();
		await writeFile(STAMP, lockHash);
	});
}

async function install() {
	reportOnStderr('The development dependencies are not installed, or not those of package-lock.json. This takes two to three minutes, once.');
	const common = { command: 'npm', cwd: repositoryRoot };
	const quiet = { npm_config_loglevel: 'error', NODE_ENV: '' };
	await runWithProgress({ ...common, title: 'Installing dependencies', args: ['ci'], env: { ...process.env, ...quiet } });
	// Install scripts are off (.npmrc); these two packages need theirs. `node` first: isolated-vm has to match that Node.
	for (const name of ['node', 'isolated-vm']) {
		await runWithProgress({
			...common,
			title: `Preparing ${name}`,
			args: ['rebuild', name, '--ignore-scripts=false'],
			env: { ...projectEnvironment(), ...quiet },
		});
	}
	await access(path.join(BINARIES, 'node'));
}

async function hashOfLockFile() {
	return createHash('sha256').update(await readFile(path.join(repositoryRoot, 'package-lock.json'))).digest('hex');
}

async function isStamped(lockHash) {
	return (await readFile(STAMP, 'utf8').catch(() => '')) === lockHash;
}

/**
 * Whether somebody ran npm by hand: npm's record of what it put into node_modules has every package of the lock file in the
 * same version (but for those of other platforms), and Node 24 is in place.
 */
async function isInstalledByHand() {
	const require = createRequire(import.meta.url);
	let wanted;
	let present;
	try {
		wanted = require(path.join(repositoryRoot, 'package-lock.json')).packages;
		present = require(path.join(MODULES, '.package-lock.json')).packages;
		await access(path.join(BINARIES, 'node'));
	} catch {
		return false;
	}
	return Object.entries(wanted).every(
		([location, entry]) => location === '' || (present[location] ? present[location].version === entry.version : entry.optional === true),
	);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	try {
		await ensureDependencies();
		reportOnStderr('The development dependencies are installed.');
	} catch (error) {
		reportOnStderr(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	}
}
