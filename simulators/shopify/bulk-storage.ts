/** Where results of bulk operations lie: files in a directory of their own, fetched with a signed address and no token. */

import { createHmac } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { mkdtemp, open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { SimRequest, SimResponse } from '../shared/http';
import type { Clock } from '../shared/clock';

/** Results stay for seven days. */
export const RESULT_LIFETIME_MS = 7 * 24 * 3_600_000;

/** What happens to whoever fetches a result. */
export type StorageTrouble = { kind: 'gone'; status: number } | { kind: 'truncate'; bytes: number | null } | { kind: 'cut'; bytes: number | null };

interface StoredFile {
	path: string;
	bytes: number;
	expiresAt: number;
	trouble: StorageTrouble | null;
}

/** A result being written. */
export interface ResultWriter {
	write(lines: readonly string[]): Promise<void>;
	/** Bytes written in all. */
	close(): Promise<number>;
}

export class BulkStorage {
	private directory: Promise<string> | undefined;

	private files = new Map<string, StoredFile>();

	/** @param addressOf the simulator's own address, known once it listens */
	constructor(
		private readonly clock: Clock,
		private readonly addressOf: () => string,
	) {}

	async writer(name: string): Promise<ResultWriter> {
		const handle = await open(await this.pathOf(name), 'w');
		return new LineWriter(handle);
	}

	/** Makes a written result available until its time is over. */
	async publish(name: string, bytes: number, trouble: StorageTrouble | null): Promise<void> {
		this.files.set(name, { path: await this.pathOf(name), bytes, expiresAt: this.clock.now().getTime() + RESULT_LIFETIME_MS, trouble });
	}

	urlOf(name: string): string | null {
		const file = this.files.get(name);
		if (!file) return null;
		const expires = String(Math.floor(file.expiresAt / 1_000));
		return `${this.addressOf()}/bulk-storage/${name}?Expires=${expires}&Signature=${signature(name, expires)}`;
	}

	serve({ params, query }: SimRequest): SimResponse {
		const name = params.file ?? '';
		const file = this.files.get(name);
		if (!file || query.get('Signature') !== signature(name, query.get('Expires') ?? '')) return refusal(403, 'SignatureDoesNotMatch');
		if (this.clock.now().getTime() >= file.expiresAt) return refusal(403, 'ExpiredToken');
		const { trouble } = file;
		if (trouble?.kind === 'gone') return refusal(trouble.status, trouble.status === 404 ? 'NoSuchKey' : 'AccessDenied');
		const served = trouble === null ? file.bytes : Math.min(file.bytes, trouble.bytes ?? Math.floor(file.bytes / 2));
		return {
			status: 200,
			headers: {
				'content-type': 'application/jsonl',
				'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
				'content-length': String(trouble?.kind === 'truncate' ? served : file.bytes),
			},
			body: trouble?.kind === 'cut' ? Readable.from(brokenOff(file.path, served)) : beginningOf(file.path, served),
		};
	}

	/** Throws every result away. */
	clear(): void {
		this.files = new Map();
		const { directory } = this;
		this.directory = undefined;
		void directory?.then((path) => rmSync(path, { recursive: true, force: true }));
	}

	private async pathOf(name: string): Promise<string> {
		this.directory ??= mkdtemp(join(tmpdir(), 'shopify-simulator-bulk-'));
		return join(await this.directory, name);
	}
}

class LineWriter implements ResultWriter {
	private bytes = 0;

	constructor(private readonly handle: FileHandle) {}

	async write(lines: readonly string[]): Promise<void> {
		if (lines.length === 0) return;
		const chunk = Buffer.from(`${lines.join('\n')}\n`);
		this.bytes += chunk.length;
		await this.handle.writeFile(chunk);
	}

	async close(): Promise<number> {
		await this.handle.close();
		return this.bytes;
	}
}

function signature(name: string, expires: string): string {
	return createHmac('sha256', 'bulk storage of the simulated shop').update(`${name}\n${expires}`).digest('base64url');
}

/** The storage is not Shopify's API, and answers in XML. */
function refusal(status: number, code: string): SimResponse {
	return { status, headers: { 'content-type': 'application/xml; charset=UTF-8' }, body: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>` };
}

function beginningOf(path: string, bytes: number): Readable {
	return bytes === 0 ? Readable.from([]) : createReadStream(path, { end: bytes - 1 });
}

async function* brokenOff(path: string, bytes: number): AsyncGenerator<Buffer> {
	yield* beginningOf(path, bytes) as AsyncIterable<Buffer>;
	throw new Error('The connection breaks off');
}
