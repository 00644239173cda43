/** One process of n8n on loopback, the main one or a worker of queue mode: its environment, its log, its start, its orderly and its violent end. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { ensureN8n } from './install';
import { node24Binary, node24Environment } from './node24';

/** What n8n is started as, and what it prints when it has begun to work; only the main process answers requests. */
const ROLES = {
	main: { command: 'start', readyMessage: 'Editor is now accessible', isServer: true },
	worker: { command: 'worker', readyMessage: 'n8n worker is now ready', isServer: false },
} as const;
const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 25_000;
const SHOWN_LOG_CHARACTERS = 6_000;
const POLL_MS = 250;

export interface N8nProcessOptions {
	role: keyof typeof ROLES;
	/** Holds the folder `.n8n` with the database, the encryption key and the community packages. */
	userFolder: string;
	port: number;
	/** Added to, and winning over, the environment that every n8n of this project gets. */
	env: NodeJS.ProcessEnv;
}

/**
 * The process is known by its pid file, not by a handle: whoever has the user folder can stop, kill and start it, also from
 * another process (a test does it with the n8n that the test run's set-up has started).
 */
export class N8nProcess {
	readonly logFile: string;
	private readonly pidFile: string;
	private endsWithUs = false;

	constructor(private readonly options: N8nProcessOptions) {
		this.logFile = path.join(options.userFolder, 'n8n.log');
		this.pidFile = path.join(options.userFolder, 'n8n.pid');
	}

	get pid(): number | undefined {
		const pid = existsSync(this.pidFile) ? Number(readFileSync(this.pidFile, 'utf8')) : 0;
		return pid > 0 && isAlive(pid) ? pid : undefined;
	}

	/** Resolves when the editor is served and the health check passes, or the worker takes jobs; throws with the end of the log when n8n ends before that. */
	async start(): Promise<void> {
		if (this.pid !== undefined) throw new Error(`This n8n is running already (process ${this.pid}).`);
		const role = ROLES[this.options.role];
		const { executable } = await ensureN8n();
		mkdirSync(this.options.userFolder, { recursive: true });
		const log = openSync(this.logFile, 'a');
		const logStart = fstatSync(log).size;

		const child = spawn(node24Binary(), [executable, role.command], {
			cwd: this.options.userFolder,
			env: this.environment(await freePort()),
			stdio: ['ignore', log, log],
			// A group of its own: Ctrl-C in the terminal ends this program, which then ends n8n and n8n's task runner in order.
			detached: true,
		});
		closeSync(log);
		if (child.pid === undefined) throw await new Promise<Error>((resolve) => child.once('error', resolve));
		writeFileSync(this.pidFile, String(child.pid));
		child.unref();
		if (!this.endsWithUs) {
			// The last resort; an orderly program has called stop() before it ends.
			process.once('exit', () => this.signal('SIGKILL'));
			this.endsWithUs = true;
		}

		const endOfLog = () => readFileSync(this.logFile, 'utf8').slice(logStart).slice(-SHOWN_LOG_CHARACTERS);
		const deadline = Date.now() + READY_WITHIN_MS;
		while (!(endOfLog().includes(role.readyMessage) && (!role.isServer || (await this.isHealthy())))) {
			if (this.pid === undefined) throw new Error(`n8n ended before it was ready.\n${endOfLog()}`);
			if (Date.now() > deadline) {
				await this.kill();
				throw new Error(`n8n was not ready within ${READY_WITHIN_MS / 1000} s.\n${endOfLog()}`);
			}
			await sleep(POLL_MS);
		}
	}

	/** The end of what n8n has printed, without the migrations that fill most of it. */
	logTail(): string {
		if (!existsSync(this.logFile)) return '';
		const lines = readFileSync(this.logFile, 'utf8').split('\n');
		return lines.filter((line) => !/^(Starting|Finished) migration /.test(line)).join('\n').slice(-SHOWN_LOG_CHARACTERS);
	}

	/** Ends n8n in order: SIGTERM, and SIGKILL for what is left after a bound. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends n8n in the middle of whatever it does, as a crash or a lost machine would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		this.signal(signal);
		const deadline = Date.now() + STOP_WITHIN_MS;
		while (this.pid !== undefined) {
			if (Date.now() > deadline) this.signal('SIGKILL');
			await sleep(POLL_MS / 5);
		}
		// The task runner is a process of the same group and may outlive its parent for a moment.
		this.signal('SIGKILL');
		rmSync(this.pidFile, { force: true });
	}

	/** Signals n8n's whole process group, if there is one. */
	private signal(signal: NodeJS.Signals): void {
		const leader = existsSync(this.pidFile) ? Number(readFileSync(this.pidFile, 'utf8')) : 0;
		if (!(leader > 0)) return;
		try {
			process.kill(-leader, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}

	private async isHealthy(): Promise<boolean> {
		const answer = await axios
			.get(`http://127.0.0.1:${this.options.port}/healthz`, { proxy: false, timeout: 5_000, validateStatus: () => true })
			.catch(() => undefined);
		return answer?.status === 200;
	}

	private environment(brokerPort: number): NodeJS.ProcessEnv {
		const { port, userFolder, env } = this.options;
		return {
			...withoutForeignSettings(node24Environment()),
			N8N_USER_FOLDER: userFolder,
			N8N_PORT: String(port),
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PROTOCOL: 'http',
			N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
			// The address that triggers register with ReturnGO and Shopify. "localhost" may resolve to ::1, where nobody listens.
			N8N_WEBHOOK_URL: `http://127.0.0.1:${port}`,
			// The simulators are on loopback; with n8n's protection against requests to private addresses on, every call to them is refused.
			N8N_SSRF_PROTECTION_ENABLED: 'false',
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			N8N_SECURE_COOKIE: 'false',
			// Two instances on one machine (two test runs, or the demo beside a test) must not share the runners' port.
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			// Its catalogue is fetched from the internet at every start.
			N8N_DISABLED_MODULES: 'mcp-registry',
			N8N_LOG_LEVEL: 'info',
			DB_TYPE: 'sqlite',
			GENERIC_TIMEZONE: 'UTC',
			TZ: 'UTC',
			...env,
		};
	}
}

/** A port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => {
				if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
				else resolve(address.port);
			});
		});
	});
}

/** What the shell or the test runner set for itself must not decide how n8n behaves (NODE_ENV=test does, for one). */
function withoutForeignSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const foreign = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_ENV$|NODE_OPTIONS$|JEST_WORKER_ID$|npm_)/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
