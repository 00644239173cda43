/** What a simulator's handler receives and answers, free of node:http. */

export interface SimRequest {
	method: string;
	/** Path without the query string, percent-decoded per segment in `params` only. */
	path: string;
	params: Readonly<Record<string, string>>;
	query: URLSearchParams;
	/** Lower-case names; a repeated header is joined with commas. */
	headers: Readonly<Record<string, string>>;
	rawBody: Buffer;
	/** The body as JSON; `undefined` when empty; throws an HttpError 400 when it is not JSON. */
	json(): unknown;
}

export interface SimResponse {
	status: number;
	headers?: Readonly<Record<string, string>>;
	/** An object is sent as JSON; a string or buffer as it is; a stream as it comes, with a content-length of its own; `undefined` means an empty body. */
	body?: unknown;
}

/** Ends a request with this answer. */
export class HttpError extends Error {
	constructor(
		readonly status: number,
		readonly body?: unknown,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(`HTTP ${status}`);
	}
}

/** Names that stand for this machine: the simulators neither listen nor call anywhere else. */
export function isLoopback(url: string): boolean {
	try {
		const { protocol, hostname } = new URL(url);
		if (protocol !== 'http:' && protocol !== 'https:') return false;
		return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
	} catch {
		return false;
	}
}
