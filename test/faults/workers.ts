/** Processes that settle, from the runner's side: bundled once, started as often as needed. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { IDataObject } from 'n8n-workflow';
import type { Answer, FromWorker, ReadRmaJob, SettleJob } from './messages';

const ROOT = path.resolve(__dirname, '..', '..');

/** The program of a settling process, made anew from the sources as they are. */
export class WorkerProgram {
	private constructor(
		private readonly folder: string,
		private readonly file: string,
	) {}

	static async build(): Promise<WorkerProgram> {
		const folder = await mkdtemp(path.join(tmpdir(), 'returns-faults-'));
		await build({
			entryPoints: [path.join(__dirname, 'worker.ts')],
			outdir: folder,
			bundle: true,
			splitting: false,
			platform: 'node',
			target: 'node24',
			format: 'cjs',
			external: ['n8n-core', 'n8n-workflow'],
			resolveExtensions: ['.ts', '.js', '.json'],
			logLevel: 'error',
		});
		return new WorkerProgram(folder, path.join(folder, 'worker.js'));
	}

	/** @param pace by how much waits are shortened; 1 leaves them as they are */
	async start(pace = 10): Promise<Worker> {
		const child = fork(this.file, [], {
			execArgv: [],
			env: { ...process.env, NODE_PATH: path.join(ROOT, 'node_modules'), FAULTS_PACE: String(pace), NODE_OPTIONS: '' },
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		const worker = new Worker(child);
		await worker.ready;
		return worker;
	}

	async remove(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}
}

export class Worker {
	readonly ready: Promise<void>;

	private readonly pending = new Map<number, { resolve: (message: Extract<FromWorker, { id: number }>) => void; reject: (error: Error) => void }>();

	private asked = 0;

	private readonly gone: Promise<void>;

	constructor(private readonly child: ChildProcess) {
		this.ready = new Promise((resolve, reject) => {
			child.once('message', () => resolve());
			child.once('error', reject);
			child.once('exit', (code) => reject(new Error(`A settling process ended with ${code} before it was ready`)));
		});
		child.on('message', (message: FromWorker) => {
			if (!('id' in message)) return;
			this.pending.get(message.id)?.resolve(message);
			this.pending.delete(message.id);
		});
		this.gone = new Promise((resolve) => child.once('exit', () => resolve()));
		void this.gone.then(() => {
			for (const { reject } of this.pending.values()) reject(new WorkerGone());
			this.pending.clear();
		});
	}

	/** @throws WorkerGone when the process ended first */
	async settle(job: SettleJob): Promise<Answer> {
		return (await this.ask(job)).answer;
	}

	/** The same, for a settlement that something is to happen to meanwhile. */
	begin(job: SettleJob): { answer: Promise<Answer>; advance(ms: number): void } {
		const answer = this.settle(job);
		const id = this.asked;
		return { answer, advance: (ms) => void this.child.send({ id, advanceMs: ms }, () => undefined) };
	}

	async readRma(job: ReadRmaJob): Promise<IDataObject> {
		const { answer, rma } = await this.ask(job);
		if (rma === undefined) throw new Error(`The RMA ${job.rmaId} could not be read: ${answer.error ?? 'no answer'}`);
		return rma;
	}

	/** Ends the process as a power cut would. Resolves when it is gone. */
	async kill(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.gone;
	}

	private async ask(job: SettleJob | ReadRmaJob): Promise<Extract<FromWorker, { id: number }>> {
		const id = (this.asked += 1);
		return await new Promise((resolve, reject) => {
			if (this.child.exitCode !== null || this.child.signalCode !== null) {
				reject(new WorkerGone());
				return;
			}
			this.pending.set(id, { resolve, reject });
			// A process that dies now is reported by its exit.
			this.child.send({ id, job }, () => undefined);
		});
	}
}

/** The process was killed, or died, while it was settling. */
export class WorkerGone extends Error {
	constructor() {
		super('The settling process is gone');
		this.name = 'WorkerGone';
	}
}
