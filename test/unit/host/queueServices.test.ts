import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { startQueueServices } from '../../../scripts/host/queueServices';

describe('the services of queue mode', () => {
	const { PATH } = process.env;
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'queue-services-test-'));
		process.env.PATH = folder;
	});
	afterEach(() => {
		process.env.PATH = PATH;
		rmSync(folder, { recursive: true, force: true });
	});

	it('are asked for by name where the machine lacks them', async () => {
		// A PostgreSQL server is found outside the PATH too, so only Redis is missing for certain.
		writeFileSync(path.join(folder, 'initdb'), '', { mode: 0o755 });
		await expect(startQueueServices()).rejects.toThrow("n8n's queue mode needs Redis and PostgreSQL. This machine has no redis-server; on Debian: apt-get install redis-server");
	});
});
