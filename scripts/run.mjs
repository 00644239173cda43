/**
 * `node scripts/run.mjs <program> [arguments]`: installs what is missing, then runs a program of node_modules/.bin on Node 24,
 * handing on signals and the exit code. The npm scripts use it.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';

import { ensureDependencies, projectEnvironment, repositoryRoot } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
if (!program) {
	process.stderr.write('Usage: node scripts/run.mjs <program> [arguments]\n');
	process.exit(2);
}

try {
	await ensureDependencies();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exit(1);
}

const child = spawn(path.join(repositoryRoot, 'node_modules', '.bin', program), args, {
	env: projectEnvironment(),
	stdio: 'inherit',
	shell: process.platform === 'win32',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	// This process stays until the program has ended: the program decides what a signal means.
	process.on(signal, () => child.kill(signal));
}
child.once('error', (error) => {
	process.stderr.write(`${program} could not be started: ${error.message}\n`);
	process.exitCode = 1;
});
child.once('close', (code, signal) => {
	process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
});
