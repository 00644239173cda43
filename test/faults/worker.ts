/**
 * A process that settles: n8n's engine with our nodes in it, or the pipeline alone. Waits are shorter than in earnest, and every
 * settlement has a clock of its own, so that a lease runs out without anybody waiting for it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ClientRequest, IncomingMessage } from 'node:http';
import type { FromWorker, Job, ToWorker } from './messages';

/** By how much waits between attempts are shortened. */
const PACE = Number(process.env.FAULTS_PACE ?? 10);
/** What a time-out of 30 s becomes; long enough for a busy machine to answer in. */
const PATIENCE_MS = 12_000;

/** A settlement's own clock: how far it is ahead. */
interface OwnClock {
	ms: number;
}

const ahead = new AsyncLocalStorage<OwnClock>();
const clocks = new Map<number, OwnClock>();
shiftClock();
shortenWaits();

process.on('message', (message: ToWorker) => void take(message));
tell({ ready: true });

async function take(message: ToWorker): Promise<void> {
	const { id } = message;
	if ('advanceMs' in message) {
		const clock = clocks.get(id);
		if (clock !== undefined) clock.ms += message.advanceMs;
		return;
	}
	const clock = { ms: message.job.kind === 'settle' ? message.job.aheadMs : 0 };
	clocks.set(id, clock);
	try {
		tell({ id, ...(await ahead.run(clock, async () => await perform(message.job))) });
	} catch (error) {
		tell({ id, answer: { settled: [], attention: [], error: error instanceof Error ? (error.stack ?? error.message) : String(error) } });
	} finally {
		clocks.delete(id);
	}
}

async function perform(job: Job): Promise<Omit<Extract<FromWorker, { id: number }>, 'id'>> {
	if (job.kind === 'readRma') {
		const { readRma } = await import('./engine');
		return { answer: { settled: [], attention: [], error: null }, rma: await readRma(job) };
	}
	// Loaded when needed: most processes that are to be killed never need the engine.
	const settle = job.via === 'node' ? (await import('./engine')).settleByNode : (await import('./pipeline')).settleByPipeline;
	return { answer: await settle(job) };
}

function tell(message: FromWorker): void {
	if (process.connected) process.send?.(message);
}

function shiftClock(): void {
	const RealDate = Date;
	const now = () => RealDate.now() + (ahead.getStore()?.ms ?? 0);
	class ShiftedDate extends RealDate {
		constructor(...parts: ConstructorParameters<typeof Date> | []) {
			if (parts.length === 0) super(now());
			else super(...(parts as ConstructorParameters<typeof Date>));
		}

		static override now(): number {
			return now();
		}
	}
	globalThis.Date = ShiftedDate as DateConstructor;
	// Time passes for everybody: Shopify's answers are as far ahead as the settlement that asked.
	const realEmit = ClientRequest.prototype.emit;
	ClientRequest.prototype.emit = function shifted(this: ClientRequest, event: string | symbol, ...values: unknown[]) {
		const [response] = values;
		if (event === 'response' && response instanceof IncomingMessage && response.headers.date !== undefined) {
			response.headers.date = new RealDate(RealDate.parse(response.headers.date) + (ahead.getStore()?.ms ?? 0)).toUTCString();
		}
		return realEmit.call(this, event, ...values);
	};
}

function shortenWaits(): void {
	const realTimeout = globalThis.setTimeout;
	globalThis.setTimeout = ((callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) => realTimeout(callback, milliseconds / PACE, ...values)) as typeof setTimeout;
	const realRequestTimeout = ClientRequest.prototype.setTimeout;
	ClientRequest.prototype.setTimeout = function shortened(this: ClientRequest, milliseconds: number, callback?: () => void) {
		return realRequestTimeout.call(this, PACE > 1 ? Math.min(milliseconds, PATIENCE_MS) : milliseconds, callback);
	};
}
