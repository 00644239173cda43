/** Packing the connector as it would be published, and installing it as n8n does on a user's instance. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { reportOnStderr, runWithProgress, withInstallLock, type Report } from '../installing.mjs';
import { node24Environment, repositoryRoot } from './node24';

const PACKING_LOCK = path.join(os.tmpdir(), `returngo-shopify-packing-${createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12)}.lock`);

/** Builds the package and packs it into `directory`. Returns the path of the tarball. */
export async function packPackage(directory: string, report: Report = reportOnStderr): Promise<string> {
	const env = node24Environment({ npm_config_loglevel: 'error' });
	await mkdir(directory, { recursive: true });
	// Another test run or demo must not empty dist/ while this one packs it.
	await withInstallLock(PACKING_LOCK, async () => {
		// What "gulp build" makes, without the type check before it: `npm run build` and `npm run lint` are there to tell.
		await runWithProgress({
			title: 'Building the package',
			command: path.join(repositoryRoot, 'node_modules', '.bin', 'gulp'),
			args: ['bundle', '--silent'],
			cwd: repositoryRoot,
			env,
			report,
		});
		// The build has just run; npm's own hook would run it a second time.
		await runWithProgress({
			title: 'Packing the package',
			command: 'npm',
			args: ['pack', '--ignore-scripts', '--pack-destination', directory],
			cwd: repositoryRoot,
			env,
			report,
		});
	}, report);
	const { name, version } = JSON.parse(await readFile(path.join(repositoryRoot, 'package.json'), 'utf8')) as { name: string; version: string };
	return path.join(directory, `${name}-${version}.tgz`);
}

/**
 * Installs a packed community package below a user folder, where n8n looks for the packages a user has installed.
 * n8n has to be started afterwards: it reads that folder once.
 */
export async function installPackage(userFolder: string, tarball: string, report: Report = reportOnStderr): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const manifest = path.join(nodes, 'package.json');
	// An existing one lists what is installed already; npm would remove whatever is missing from it.
	if (!existsSync(manifest)) await writeFile(manifest, JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }, null, 2));
	await runWithProgress({
		title: `Installing ${path.basename(tarball)} into n8n`,
		command: 'npm',
		args: ['install', tarball, '--ignore-scripts', '--legacy-peer-deps', '--omit=dev', '--no-audit', '--no-fund'],
		cwd: nodes,
		env: node24Environment({ npm_config_loglevel: 'error' }),
		report,
	});
}
