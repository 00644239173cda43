/** The life of bulk operations: begun, run in the background, ended on the simulated clock, cancelled, gone wrong as planned. */

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { SimRequest, SimResponse } from '../shared/http';
import { HttpError } from '../shared/http';
import { Input } from '../shared/input';
import { readBulkQuery, type BulkQuery } from './bulk-query';
import { bulkRows, BulkRunFailed } from './bulk-rows';
import { RESULT_LIFETIME_MS, type BulkStorage, type StorageTrouble } from './bulk-storage';
import type { BulkEngine } from './context';
import { gid } from './gid';
import type { App, BulkOperation } from './model';
import type { ShopStore } from './store';
import { Refusal, refuse } from './user-errors';

/** Planned misbehaviour of the next operation. */
export type BulkFault =
	| StorageTrouble
	| { kind: 'fail'; errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT'; afterObjects: number }
	| { kind: 'hold' }
	| { kind: 'expire' }
	| { kind: 'limitReached' };

const CONCURRENT = 5;

/** An operation has to be through by then. */
const LONGEST_MS = 10 * 24 * 3_600_000;

/** How long somebody who looks waits for work that is nearly done, so that small shops are repeatable. */
const PATIENCE_MS = 250;

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED']);

/** The work behind an operation. */
interface Job {
	fault: BulkFault | null;
	/** How often somebody looked. */
	looks: number;
	/** Fulfilled when every row is written, or none will be any more. */
	work: Promise<void>;
}

export class BulkOperations {
	private faults: BulkFault[] = [];

	private readonly jobs = new Map<number, Job>();

	constructor(
		private readonly store: ShopStore,
		private readonly storage: BulkStorage,
	) {}

	/** @throws Refusal with the service's words */
	begin(app: App, engine: BulkEngine, text: string, grouped: boolean): BulkOperation {
		if (this.faults[0]?.kind === 'limitReached') {
			this.faults.shift();
			refuse(null, 'Bulk operations limit reached. Please try again later.', 'LIMIT_REACHED');
		}
		const query = readBulkQuery(engine.schema, text);
		if (!('root' in query)) throw new Refusal(query);
		const underWay = this.of(app).filter(({ status }) => !ENDED.has(status));
		if (underWay.length >= CONCURRENT) {
			refuse(null, `A bulk query operation for this app and shop is already in progress: ${underWay.map(({ id }) => gid('BulkOperation', id)).join(', ')}.`, 'OPERATION_IN_PROGRESS');
		}
		const operation: BulkOperation = {
			__typename: 'BulkOperation',
			id: this.store.id('BulkOperation'),
			appId: app.id,
			query: text,
			status: 'CREATED',
			errorCode: null,
			reason: null,
			objectCount: 0,
			rootObjectCount: 0,
			fileSize: null,
			file: null,
			createdAt: this.store.now(),
			endedAt: null,
		};
		this.store.bulkOperations.set(operation.id, operation);
		const job: Job = { fault: this.faults.shift() ?? null, looks: 0, work: Promise.resolve() };
		this.jobs.set(operation.id, job);
		job.work = this.work(operation, job, query, engine, grouped).catch((error: unknown) => {
			// Also when a reset took the directory away; then nobody asks any more.
			operation.errorCode = 'INTERNAL_SERVER_ERROR';
			operation.reason = error instanceof Error ? error.message : String(error);
		});
		this.store.clock.schedule(new Date(this.store.clock.now().getTime() + this.store.settings.bulkDurationMs), `bulk operation ${operation.id} ends`, () => this.endWhenWorked(operation, job));
		return operation;
	}

	/** An app's operations, oldest first. */
	of(app: App): BulkOperation[] {
		return [...this.store.bulkOperations.values()].filter(({ appId }) => appId === app.id);
	}

	/** The operation as an app sees it now; looking lets it move on. */
	async look(operation: BulkOperation): Promise<BulkOperation> {
		const job = this.jobs.get(operation.id);
		if (!job) return operation;
		const now = this.store.clock.now().getTime();
		if (operation.status === 'CANCELING') this.end(operation, 'CANCELED');
		if (operation.status === 'COMPLETED' && now - Date.parse(operation.endedAt ?? '') >= RESULT_LIFETIME_MS) operation.status = 'EXPIRED';
		if (operation.status === 'CREATED') operation.status = 'RUNNING';
		if (operation.status !== 'RUNNING') return operation;
		if (now - Date.parse(operation.createdAt) >= LONGEST_MS) this.fail(operation, 'TIMEOUT', 'It took more than ten days');
		job.looks += 1;
		if (job.looks <= this.store.settings.bulkRunningPolls) return operation;
		const giveUp = new AbortController();
		await Promise.race([this.endWhenWorked(operation, job), sleep(PATIENCE_MS, undefined, { signal: giveUp.signal }).catch(() => undefined)]);
		giveUp.abort();
		return operation;
	}

	/** @throws Refusal when there is no such operation, or it has ended */
	cancel(app: App, id: number): BulkOperation {
		const operation = this.of(app).find((candidate) => candidate.id === id) ?? refuse(['id'], 'Bulk operation does not exist');
		if (ENDED.has(operation.status)) refuse(null, `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`);
		operation.status = 'CANCELING';
		return operation;
	}

	urlOf({ status, file }: BulkOperation): string | null {
		return status === 'COMPLETED' && file !== null ? this.storage.urlOf(file) : null;
	}

	partialUrlOf({ status, file }: BulkOperation): string | null {
		return (status === 'FAILED' || status === 'CANCELED') && file !== null ? this.storage.urlOf(file) : null;
	}

	serve(request: SimRequest): SimResponse {
		return this.storage.serve(request);
	}

	/** @throws HttpError 400 for what is no fault */
	addFaults(body: unknown): BulkFault[] {
		for (const one of Array.isArray(body) ? (body as unknown[]) : [body]) {
			const input = new Input(one);
			for (let times = input.optionalCount('times', 1) ?? 1; times > 0; times -= 1) this.faults.push(faultFrom(input));
		}
		return this.faults;
	}

	plannedFaults(): readonly BulkFault[] {
		return this.faults;
	}

	reset(): void {
		this.faults = [];
		this.jobs.clear();
		this.storage.clear();
	}

	/** Writes the rows; whoever looks, or the clock, then ends the operation. */
	private async work(operation: BulkOperation, job: Job, query: BulkQuery, engine: BulkEngine, grouped: boolean): Promise<void> {
		await nextTurn();
		const forgotten = () => this.jobs.get(operation.id) !== job;
		if (forgotten()) return;
		const name = `bulk-${operation.id}.jsonl`;
		const planned = job.fault?.kind === 'fail' ? job.fault : null;
		const writer = await this.storage.writer(name);
		try {
			for await (const { lines, roots } of bulkRows(query, grouped, (feed) => engine.execute(query.document, feed))) {
				if (forgotten() || operation.status === 'CANCELING' || ENDED.has(operation.status)) break;
				const room = planned ? planned.afterObjects - operation.objectCount : lines.length;
				await writer.write(lines.slice(0, room));
				operation.objectCount += Math.min(room, lines.length);
				operation.rootObjectCount += Math.min(room, roots);
				if (planned && room <= lines.length) break;
				// Other requests have their turn.
				await nextTurn();
			}
			operation.errorCode = planned?.errorCode ?? null;
			operation.reason = planned && 'Planned';
		} catch (error) {
			operation.errorCode = error instanceof BulkRunFailed ? error.code : 'INTERNAL_SERVER_ERROR';
			operation.reason = error instanceof Error ? error.message : String(error);
		}
		const bytes = await writer.close();
		if (forgotten() || bytes === 0) return;
		await this.storage.publish(name, bytes, troubleOf(job.fault));
		operation.file = name;
		operation.fileSize = bytes;
	}

	private async endWhenWorked(operation: BulkOperation, job: Job): Promise<void> {
		if (job.fault?.kind === 'hold') return;
		await job.work;
		if (this.jobs.get(operation.id) !== job || ENDED.has(operation.status)) return;
		if (operation.status === 'CANCELING') this.end(operation, 'CANCELED');
		else if (operation.errorCode !== null) this.end(operation, 'FAILED');
		else if (job.fault?.kind === 'expire') this.end(operation, 'EXPIRED');
		else this.end(operation, 'COMPLETED');
	}

	private fail(operation: BulkOperation, errorCode: BulkOperation['errorCode'], reason: string): void {
		operation.errorCode = errorCode;
		operation.reason = reason;
		this.end(operation, 'FAILED');
	}

	private end(operation: BulkOperation, status: BulkOperation['status']): void {
		operation.status = status;
		operation.endedAt = this.store.now();
		this.store.notify('BULK_OPERATIONS_FINISH', operation.id);
	}
}

function troubleOf(fault: BulkFault | null): StorageTrouble | null {
	return fault?.kind === 'gone' || fault?.kind === 'truncate' || fault?.kind === 'cut' ? fault : null;
}

function faultFrom(input: Input): BulkFault {
	const kind = input.oneOf('kind', ['fail', 'hold', 'expire', 'limitReached', 'gone', 'truncate', 'cut'] as const);
	switch (kind) {
		case 'fail':
			return { kind, errorCode: input.oneOf('errorCode', ['ACCESS_DENIED', 'INTERNAL_SERVER_ERROR', 'TIMEOUT'] as const), afterObjects: input.optionalCount('afterObjects') ?? 0 };
		case 'gone': {
			const status = input.optionalCount('status', 400) ?? 404;
			if (status > 599) throw new HttpError(400, { message: 'body.status must be a status of a refused request' });
			return { kind, status };
		}
		case 'truncate':
		case 'cut':
			return { kind, bytes: input.optionalCount('bytes') ?? null };
		default:
			return { kind };
	}
}
