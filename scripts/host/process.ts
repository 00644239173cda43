/** One n8n process on loopback: its environment, its log, its start, its orderly and its violent end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { ensureN8n } from './install';
import { node24Binary, node24Environment } from './node24';

const READY_MESSAGE = 'Editor is now accessible';
const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 25_000;
const KEPT_OUTPUT_CHARACTERS = 20_000;

export interface N8nProcessOptions {
	/** Holds the folder `.n8n` with the database, the encryption key and the community packages. */
	userFolder: string;
	port: number;
	/** Added to, and winning over, the environment that every n8n of this project gets. */
	env: NodeJS.ProcessEnv;
}

export class N8nProcess {
	readonly logFile: string;
	private child: ChildProcess | undefined;
	private lastOutput = '';

	constructor(private readonly options: N8nProcessOptions) {
		this.logFile = path.join(options.userFolder, 'n8n.log');
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	get isRunning(): boolean {
		return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Resolves when the editor is served and the health check passes; throws with the end of the log when n8n ends before that. */
	async start(): Promise<void> {
		if (this.isRunning) throw new Error('This n8n is running already.');
		const { executable } = await ensureN8n();
		const brokerPort = await freePort();
		mkdirSync(this.options.userFolder, { recursive: true });
		const log = createWriteStream(this.logFile, { flags: 'a' });

		this.lastOutput = '';
		const child = spawn(node24Binary(), [executable, 'start'], {
			cwd: this.options.userFolder,
			env: this.environment(brokerPort),
			stdio: ['ignore', 'pipe', 'pipe'],
			// A group of its own: Ctrl-C in the terminal ends this program, which then ends n8n and n8n's task runner in order.
			detached: true,
		});
		this.child = child;
		const endWithUs = () => signalGroup(child, 'SIGKILL');
		process.once('exit', endWithUs);
		child.once('exit', () => process.removeListener('exit', endWithUs));

		const ready = new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				reject(new Error(`n8n was not ready within ${READY_WITHIN_MS / 1000} s.\n${this.lastOutput}`));
			}, READY_WITHIN_MS);
			const read = (chunk: string) => {
				log.write(chunk);
				this.lastOutput = (this.lastOutput + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
				if (this.lastOutput.includes(READY_MESSAGE)) {
					clearTimeout(timer);
					resolve();
				}
			};
			child.stdout?.setEncoding('utf8').on('data', read);
			child.stderr?.setEncoding('utf8').on('data', read);
			child.once('error', reject);
			child.once('close', (code, signal) => {
				clearTimeout(timer);
				log.end();
				reject(new Error(`n8n ended (${signal ?? `code ${code}`}) before it was ready.\n${this.lastOutput}`));
			});
		});
		try {
			await ready;
			await this.waitForHealth();
		} catch (error) {
			signalGroup(child, 'SIGKILL');
			throw error;
		}
	}

	/** Ends n8n in order: SIGTERM, and SIGKILL for what is left after a bound. */
	async stop(): Promise<void> {
		await this.end('SIGTERM', STOP_WITHIN_MS);
	}

	/** Ends n8n in the middle of whatever it does, as a crash or a lost machine would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL', STOP_WITHIN_MS);
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL', withinMs: number): Promise<void> {
		const child = this.child;
		if (!child || !this.isRunning) return;
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		signalGroup(child, signal);
		const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), withinMs);
		await ended;
		clearTimeout(timer);
		// The task runner is a process of the same group and may outlive its parent for a moment.
		signalGroup(child, 'SIGKILL');
	}

	private async waitForHealth(): Promise<void> {
		const deadline = Date.now() + READY_WITHIN_MS;
		for (;;) {
			const answer = await axios
				.get(`http://127.0.0.1:${this.options.port}/healthz`, { proxy: false, timeout: 5_000, validateStatus: () => true })
				.catch(() => undefined);
			if (answer?.status === 200) return;
			if (Date.now() > deadline || !this.isRunning) throw new Error(`n8n does not pass its health check.\n${this.lastOutput}`);
			await sleep(250);
		}
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
			WEBHOOK_URL: `http://127.0.0.1:${port}`,
			// The simulators are on loopback; with n8n's protection against requests to private addresses on, every call to them is refused.
			N8N_SSRF_PROTECTION_ENABLED: 'false',
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			N8N_SECURE_COOKIE: 'false',
			N8N_RUNNERS_ENABLED: 'true',
			// Two instances on one machine (two test runs, or the demo beside a test) must not share the runners' port.
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
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

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
