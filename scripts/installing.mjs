/**
 * What every installation of this project has in common: one installer at a time, a sign of life while it runs, and the
 * end of its output when it does not work. Plain JavaScript on Node's own modules, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGN_OF_LIFE_MS = 10_000;
const KEPT_OUTPUT_CHARACTERS = 6_000;
/** A lock that has no readable owner after this long was left by an installer that died between its first two steps. */
const OWNERLESS_LOCK_MS = 10_000;

/**
 * Runs one command quietly. Says every ten seconds that it is still at work, and on a non-zero exit throws with the end
 * of what the command printed.
 */
export async function runWithProgress({ title, command, args, cwd, env = process.env, report = reportOnStderr }) {
	const started = Date.now();
	report(`${title} …`);
	const ticker = setInterval(() => report(`${title} … ${elapsed(started)}`), SIGN_OF_LIFE_MS);
	let output = '';
	const keep = (chunk) => {
		output = (output + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
	};

	try {
		const exit = await new Promise((resolve, reject) => {
			const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
			// Ctrl-C reaches the child through the terminal; a signal sent to this process alone has to be handed on.
			const handOn = () => child.kill('SIGTERM');
			process.once('SIGTERM', handOn);
			child.stdout.setEncoding('utf8').on('data', keep);
			child.stderr.setEncoding('utf8').on('data', keep);
			child.once('error', reject);
			child.once('close', (code, signal) => {
				process.removeListener('SIGTERM', handOn);
				resolve({ code, signal });
			});
		});
		if (exit.code !== 0) {
			throw new Error(`${title}: ${command} ${args.join(' ')} ended with ${exit.signal ?? `code ${exit.code}`}.\n${output.trim()}`);
		}
	} finally {
		clearInterval(ticker);
	}
	report(`${title}: done in ${elapsed(started)}`);
}

/**
 * Runs `work` while holding the lock directory `lockPath`. Waits for another living holder, takes over from a dead one.
 */
export async function withInstallLock(lockPath, work, report = reportOnStderr) {
	await mkdir(path.dirname(lockPath), { recursive: true });
	const ownerFile = path.join(lockPath, 'pid');
	const started = Date.now();
	let lastSign = -Infinity;

	for (;;) {
		try {
			await mkdir(lockPath);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (await isAbandoned(lockPath, ownerFile)) {
			await rm(lockPath, { recursive: true, force: true });
			continue;
		}
		if (Date.now() - lastSign >= SIGN_OF_LIFE_MS) {
			report(`Another process is installing (${path.basename(lockPath)}); waiting … ${elapsed(started)}`);
			lastSign = Date.now();
		}
		await sleep(500);
	}

	try {
		await writeFile(ownerFile, String(process.pid));
		return await work();
	} finally {
		await rm(lockPath, { recursive: true, force: true });
	}
}

async function isAbandoned(lockPath, ownerFile) {
	const owner = Number(await readFile(ownerFile, 'utf8').catch(() => ''));
	if (owner > 0) return !isAlive(owner);
	const created = await stat(lockPath).catch(() => undefined);
	return created !== undefined && Date.now() - created.mtimeMs > OWNERLESS_LOCK_MS;
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function elapsed(started) {
	const seconds = Math.round((Date.now() - started) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Progress goes to stderr, so that a program's own output stays clean. */
export function reportOnStderr(line) {
	process.stderr.write(`${line}\n`);
}
