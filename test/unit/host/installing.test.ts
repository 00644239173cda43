import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runWithProgress, withInstallLock } from '../../../scripts/installing.mjs';

let folder: string;
let lock: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'installing-test-'));
	lock = path.join(folder, 'n8n.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silent = () => undefined;

describe('the lock of an installation', () => {
	it('lets one installer in at a time, and says to the other that it waits', async () => {
		const events: string[] = [];
		const said: string[] = [];
		const installer = (name: string) =>
			withInstallLock(lock, async () => {
				events.push(`${name} begins`);
				await sleep(700);
				events.push(`${name} ends`);
			}, (line) => said.push(line));
		await Promise.all([installer('a'), installer('b')]);
		expect(events).toHaveLength(4);
		expect(events[1]).toBe(events[0]?.replace('begins', 'ends'));
		expect(said).toEqual([expect.stringContaining('Another process is installing')]);
	});

	it('is free again after an installation that did not work', async () => {
		await expect(withInstallLock(lock, () => Promise.reject(new Error('no space')), silent)).rejects.toThrow('no space');
		expect(existsSync(lock)).toBe(false);
	});

	it('is taken over from an installer that died', async () => {
		const dead = spawnSync(process.execPath, ['--version']).pid;
		mkdirSync(lock);
		writeFileSync(path.join(lock, 'pid'), String(dead));
		await expect(withInstallLock(lock, () => Promise.resolve('installed'), silent)).resolves.toBe('installed');
	});

	it('is taken over from an installer that died before it wrote its name', async () => {
		mkdirSync(lock);
		const longAgo = new Date(Date.now() - 60_000);
		utimesSync(lock, longAgo, longAgo);
		await expect(withInstallLock(lock, () => Promise.resolve('installed'), silent)).resolves.toBe('installed');
	});
});

describe('a command with progress', () => {
	const command = (script: string, said: string[]) =>
		runWithProgress({ title: 'Building', command: process.execPath, args: ['-e', script], cwd: folder, report: (line) => said.push(line) });

	it('says when it begins and how long it took', async () => {
		const said: string[] = [];
		await command('console.log("noise")', said);
		expect(said).toEqual(['Building …', expect.stringMatching(/^Building: done in \d+ s$/)]);
	});

	it('throws with the exit code and the end of the output', async () => {
		await expect(command('console.error("cannot find headers"); process.exit(3)', [])).rejects.toThrow(/code 3[\s\S]*cannot find headers/);
	});

	it('throws when there is no such command', async () => {
		await expect(runWithProgress({ title: 'Building', command: path.join(folder, 'missing'), args: [], cwd: folder, report: silent })).rejects.toThrow('ENOENT');
	});
});
