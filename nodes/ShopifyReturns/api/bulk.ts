/**
 * Bulk operations: Shopify runs one query over everything and leaves the rows in a file, which is read line by line. Rules of the query: at most five
 * connections, two below the outermost, none inside a list, `edges { node }` only. https://shopify.dev/docs/api/usage/bulk-operations/queries
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { ShopifyClient } from './client';
import { BulkOperationByIdDocument, CancelBulkOperationDocument, RunBulkQueryDocument, type BulkOperationFieldsFragment } from './generated';

/**
 * - `refused`: Shopify did not begin it (the query, or five are running already).
 * - `accessDenied`: the app lacks a scope for the query.
 * - `failed`, `canceled`, `expired`: how it ended.
 * - `tooSlow`: it had not ended when the time allowed for it was over; it was cancelled.
 * - `gone`: its file could not be fetched.
 * - `truncated`: the file ended before its last row.
 */
export type BulkFailureKind = 'refused' | 'accessDenied' | 'failed' | 'canceled' | 'expired' | 'tooSlow' | 'gone' | 'truncated';

/** A bulk operation that brought no complete result: what was read of it must not be taken for everything. */
export class BulkFailure extends Error {
	constructor(
		readonly kind: BulkFailureKind,
		message: string,
	) {
		super(message);
		this.name = 'BulkFailure';
	}
}

/** A row of the file: an object of the query with its id, or one that hangs on another. */
export type BulkRow = Record<string, unknown>;

/** Fetches a file as it comes; rejects when it cannot be fetched, and its iteration throws when it breaks off. */
export type Download = (url: string) => Promise<AsyncIterable<Uint8Array>>;

/** How long to wait for Shopify, in milliseconds. */
export interface BulkPatience {
	firstPauseMs: number;
	longestPauseMs: number;
	inAllMs: number;
}

export const BULK_PATIENCE: BulkPatience = { firstPauseMs: 500, longestPauseMs: 10_000, inAllMs: 30 * 60_000 };

/**
 * The rows of a query, each object right behind its parent, in bounded memory.
 * @throws BulkFailure, ShopifyRequestError
 */
export async function* readInBulk(client: ShopifyClient, download: Download, query: string, patience: BulkPatience = BULK_PATIENCE): AsyncGenerator<BulkRow> {
	const finished = await waitForEnd(client, await begin(client, query), patience);
	const expected = Number(finished.objectCount);
	// Without any object there is no file.
	if (finished.url === null && expected === 0) return;
	if (finished.url === null) throw new BulkFailure('gone', 'Shopify names no file for the result');
	let rows = 0;
	for await (const row of rowsOf(await open(download, finished.url))) {
		rows += 1;
		yield row;
	}
	if (rows !== expected) throw new BulkFailure('truncated', `The file of the bulk read holds ${rows} of ${expected} rows`);
}

/** Downloads by n8n's helper, which brings the proxy settings of this n8n; the address is signed and needs no token. */
export function createDownload(context: IExecuteFunctions): Download {
	return async (url) => (await context.helpers.httpRequest({ method: 'GET', url, encoding: 'stream', timeout: 120_000 })) as AsyncIterable<Uint8Array>;
}

async function begin(client: ShopifyClient, query: string): Promise<string> {
	// A query only reads: one that is begun twice after a lost answer does no harm.
	const { bulkOperationRunQuery: answer } = await client.request(RunBulkQueryDocument, { query }, 'read');
	const id = answer?.bulkOperation?.id;
	if (id !== undefined) return id;
	throw new BulkFailure('refused', `Shopify did not begin the bulk read: ${answer?.userErrors.map(({ message }) => message).join('; ') || 'no reason given'}`);
}

async function waitForEnd(client: ShopifyClient, id: string, patience: BulkPatience): Promise<BulkOperationFieldsFragment> {
	const notAfter = Date.now() + patience.inAllMs;
	for (let pause = patience.firstPauseMs; Date.now() < notAfter; pause = Math.min(pause * 1.5, patience.longestPauseMs)) {
		await sleep(pause);
		const operation = (await client.request(BulkOperationByIdDocument, { id }, 'read')).bulkOperation;
		if (!operation) throw new BulkFailure('gone', 'Shopify does not know the bulk read any more');
		if (operation.status === 'COMPLETED') return operation;
		const ended = ENDINGS[operation.status];
		if (ended !== undefined) throw operation.errorCode === 'ACCESS_DENIED' ? new BulkFailure('accessDenied', 'The app may not read what the bulk read asks for') : new BulkFailure(ended, `Shopify ended the bulk read as ${operation.status}${operation.errorCode ? ` (${operation.errorCode})` : ''}`);
	}
	// Left alone it would keep one of the five places of the app.
	await client.request(CancelBulkOperationDocument, { id }, 'read');
	throw new BulkFailure('tooSlow', 'Shopify did not finish the bulk read in time');
}

const ENDINGS: Partial<Record<BulkOperationFieldsFragment['status'], BulkFailureKind>> = { FAILED: 'failed', CANCELED: 'canceled', CANCELING: 'canceled', EXPIRED: 'expired' };

async function open(download: Download, url: string): Promise<AsyncIterable<Uint8Array>> {
	const file = await download(url).catch(() => null);
	if (file === null) throw new BulkFailure('gone', 'The file of the bulk read cannot be fetched');
	return file;
}

/** JSON lines out of pieces that end anywhere. */
async function* rowsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<BulkRow> {
	const decoder = new TextDecoder();
	const source = pieces[Symbol.asyncIterator]();
	let rest = '';
	for (;;) {
		const piece = await source.next().catch(() => null);
		if (piece === null) throw new BulkFailure('truncated', 'The file of the bulk read broke off');
		if (piece.done === true) break;
		const lines = (rest + decoder.decode(piece.value, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line !== '') yield parseRow(line);
	}
	if (rest.trim() !== '') yield parseRow(rest);
}

function parseRow(line: string): BulkRow {
	const row = parseJson(line);
	if (typeof row === 'object' && row !== null) return row as BulkRow;
	throw new BulkFailure('truncated', 'The file of the bulk read ends in the middle of a row');
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line) as unknown;
	} catch {
		return undefined;
	}
}
