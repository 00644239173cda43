/**
 * ReturnGO signs nothing, so the webhook URL itself carries the proof: a random secret in its query. It is kept in the workflow's static
 * data, stands in the registration at ReturnGO, and must appear nowhere else.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PARAMETER = 'secret';
const BYTES = 32;

export function createSecret(): string {
	return randomBytes(BYTES).toString('base64url');
}

export function addSecret(webhookUrl: string, secret: string): string {
	const url = new URL(webhookUrl);
	url.searchParams.set(PARAMETER, secret);
	return url.toString();
}

/** Whether the query of a call carries the secret. Takes the same time whatever is wrong with it. */
export function carriesSecret(query: unknown, secret: unknown): boolean {
	const given = typeof query === 'object' && query !== null ? (query as Record<string, unknown>)[PARAMETER] : undefined;
	const known = typeof secret === 'string' && secret !== '';
	const same = timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(known ? secret : createSecret()));
	return known && same;
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
