/** Who may call: keys, shops, and the limits on how often. */

import { HttpError, type SimRequest } from '../shared/http';
import type { ApiKey } from './store';
import type { World } from './world';

const SECOND_MS = 1_000;

/** The owner of the request's key, for the log. */
export function ownerOf(world: World, request: SimRequest): string | undefined {
	return world.store.keys.get(request.headers['x-api-key'] ?? '')?.owner;
}

/** Checks key, limits and shop, in the order in which a gateway would; returns the shop's domain. */
export function admit(world: World, request: SimRequest): string {
	const key = world.store.keys.get(request.headers['x-api-key'] ?? '');
	if (!key) {
		const forbidden = world.options.badKeyStatus === 403;
		throw denial(world, world.options.badKeyStatus, forbidden ? 'Forbidden' : 'Unauthorized');
	}
	count(world, key);
	const shop = request.headers['x-shop-name'];
	if (shop === undefined || shop === '') throw new HttpError(400, { message: 'Missing required request parameters: [x-shop-name]' });
	if (!key.shops.includes(shop)) throw denial(world, 403, 'No such shop for this user');
	return shop;
}

/** The answer to one call too many. */
export function tooMany(world: World, message: string): { status: number; body: unknown; headers: Record<string, string> } {
	const { retryAfterSeconds } = world.options;
	return { status: 429, body: { message }, headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) } };
}

function count(world: World, key: ApiKey): void {
	const day = world.clock.now().toISOString().slice(0, 10);
	const kept = world.store.usage.get(key.key);
	const usage = kept?.day === day ? kept : { day, today: 0, recent: kept?.recent ?? [] };
	world.store.usage.set(key.key, usage);
	// The rate is one of real requests: a clock that stands still or jumps must not change it.
	const now = Date.now();
	usage.recent = usage.recent.filter((at) => now - at < SECOND_MS);
	const { perSecondLimit } = world.options;
	if (perSecondLimit > 0 && usage.recent.length >= perSecondLimit) throw refusal(world, 'Too Many Requests');
	const dailyLimit = key.dailyLimit ?? world.options.dailyLimit;
	if (dailyLimit > 0 && usage.today >= dailyLimit) throw refusal(world, 'Limit Exceeded');
	usage.recent.push(now);
	usage.today += 1;
}

function refusal(world: World, message: string): HttpError {
	const { status, body, headers } = tooMany(world, message);
	return new HttpError(status, body, headers);
}

function denial(world: World, status: number, message: string): HttpError {
	return new HttpError(status, world.options.authErrorBody === 'empty' ? undefined : { message });
}
