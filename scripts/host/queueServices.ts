/**
 * What n8n's queue mode needs besides n8n: Redis for the queue and PostgreSQL for the database that main process and workers share.
 * Both run as ordinary processes on loopback, with data that is thrown away; nothing of a machine's own services is touched.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freePort } from './process';

const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 10_000;
const POLL_MS = 100;
/** Where Debian keeps the programs of a PostgreSQL server, one folder per version. */
const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';
/** PostgreSQL does not run as root; Debian's package brings this user. */
const POSTGRESQL_USER = 'postgres';

export interface QueueServices {
	/** For the main process and for every worker. */
	env: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

interface Programs {
	redisServer: string;
	initdb: string;
	postgres: string;
	pgIsReady: string;
}

interface User {
	uid: number;
	gid: number;
}

/** @throws Error that names what this machine lacks */
export async function startQueueServices(): Promise<QueueServices> {
	const programs = findPrograms();
	const directory = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-queue-'));
	const started: ChildProcess[] = [];
	const stop = async () => {
		await Promise.all(started.map(end));
		rmSync(directory, { recursive: true, force: true });
	};
	try {
		const redisPort = await startRedis(programs, directory, started);
		const postgresPort = await startPostgres(programs, started);
		return {
			stop,
			env: {
				EXECUTIONS_MODE: 'queue',
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: String(redisPort),
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: String(postgresPort),
				DB_POSTGRESDB_USER: 'n8n',
				// The database that every new cluster has.
				DB_POSTGRESDB_DATABASE: 'postgres',
				// Workers have folders of their own, as on other machines, so they cannot read the key that the main process would make.
				N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
				// Runs that somebody starts in the editor go to the workers too, as they always will from n8n 3 on.
				OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			},
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

function findPrograms(): Programs {
	const redisServer = inPath('redis-server');
	const postgresql = postgresqlFolder();
	const missing = [...(redisServer === undefined ? ['redis-server'] : []), ...(postgresql === undefined ? ['postgresql'] : [])];
	if (redisServer === undefined || postgresql === undefined) throw new Error(`n8n's queue mode needs Redis and PostgreSQL. This machine has no ${missing.join(' and no ')}; on Debian: apt-get install ${missing.join(' ')}`);
	const program = (name: string) => path.join(postgresql, name);
	return { redisServer, initdb: program('initdb'), postgres: program('postgres'), pgIsReady: program('pg_isready') };
}

function inPath(program: string): string | undefined {
	return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, program)).find(isExecutable);
}

/** The folder that holds initdb: it is in the PATH, or is where Debian puts the newest version. */
function postgresqlFolder(): string | undefined {
	const named = inPath('initdb');
	// A link to it may stand alone in a folder of the PATH.
	if (named !== undefined) return path.dirname(realpathSync(named));
	const versions = existsSync(DEBIAN_POSTGRESQL) ? readdirSync(DEBIAN_POSTGRESQL).sort((one, other) => Number(other) - Number(one)) : [];
	return versions.map((version) => path.join(DEBIAN_POSTGRESQL, version, 'bin')).find((folder) => isExecutable(path.join(folder, 'initdb')));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

async function startRedis({ redisServer }: Programs, directory: string, started: ChildProcess[]): Promise<number> {
	const port = await freePort();
	const redis = launch(redisServer, ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', directory], started);
	await ready('Redis', redis, async () => (await askRedis(port)).startsWith('+PONG'));
	return port;
}

async function startPostgres({ initdb, postgres, pgIsReady }: Programs, started: ChildProcess[]): Promise<number> {
	const port = await freePort();
	const user = process.getuid?.() === 0 ? await userNamed(POSTGRESQL_USER) : undefined;
	// A folder of its own: the server's user cannot enter one of root's.
	const data = mkdtempSync(path.join(os.tmpdir(), 'returngo-shopify-postgres-'));
	if (user !== undefined) chownSync(data, user.uid, user.gid);
	// Nobody's data is in it, and it listens on loopback only: no password, and no waiting for the disk.
	await promisify(execFile)(initdb, ['--pgdata', data, '--username', 'n8n', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { cwd: data, ...user });
	const server = launch(postgres, ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'], started, { cwd: data, ...user });
	server.once('exit', () => rmSync(data, { recursive: true, force: true }));
	await ready('PostgreSQL', server, async () => await promisify(execFile)(pgIsReady, ['-h', '127.0.0.1', '-p', String(port)]).then(() => true));
	return port;
}

async function userNamed(name: string): Promise<User> {
	const id = async (option: string) => Number((await promisify(execFile)('id', [option, name])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

function launch(program: string, args: string[], started: ChildProcess[], options: { cwd?: string; uid?: number; gid?: number } = {}): ChildProcess {
	const child = spawn(program, args, { stdio: 'ignore', detached: true, ...options });
	started.push(child);
	// The last resort; an orderly program has called stop() before it ends.
	process.once('exit', () => child.kill('SIGKILL'));
	return child;
}

async function ready(name: string, child: ChildProcess, answers: () => Promise<boolean>): Promise<void> {
	const failed = new Promise<never>((_resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`${name} ended with code ${code} before it was ready.`)));
	});
	// Once it is ready, its end is no failure of the start.
	failed.catch(() => undefined);
	const deadline = Date.now() + READY_WITHIN_MS;
	while (!(await Promise.race([answers().catch(() => false), failed]))) {
		if (Date.now() > deadline) throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 1000} s.`);
		await sleep(POLL_MS);
	}
}

async function askRedis(port: number): Promise<string> {
	return await new Promise((resolve, reject) => {
		const connection = createConnection({ host: '127.0.0.1', port }, () => connection.write('PING\r\n'));
		connection.once('data', (answer) => {
			connection.end();
			resolve(answer.toString());
		});
		connection.once('error', reject);
	});
}

/** In order first: to PostgreSQL, SIGINT is a fast shutdown that does not wait for clients; to Redis it is the same as SIGTERM. */
async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill('SIGINT');
	const impatience = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
	await ended;
	clearTimeout(impatience);
}
