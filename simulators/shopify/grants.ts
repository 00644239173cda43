/**
 * How an app comes to a token: client credentials, a code that the merchant's consent has given it, and the refresh of a token that expires.
 * Shopify's documentation of its access tokens is the source; what it leaves open is listed in docs/simulators-shopify.md.
 */

import { HttpError, type SimRequest, type SimResponse } from '../shared/http';
import { isObject } from '../shared/input';
import type { App } from './model';
import type { ShopStore } from './store';

const DAY_SECONDS = 86_399;
const HOUR_SECONDS = 3_600;
const REFRESH_DAYS = 90;

/** The token endpoint, for every kind of grant. */
export function grantToken(store: ShopStore, request: SimRequest): SimResponse {
	const fields = fieldsOf(request);
	const app = appOf(store, fields.client_id);
	const grant = fields.grant_type ?? 'authorization_code';
	if (!['client_credentials', 'authorization_code', 'refresh_token'].includes(grant)) return refused(400, 'unsupported_grant_type', 'The grant type is not supported.');
	if (!app) return refused(400, 'application_cannot_be_found', 'The application cannot be found.');
	if (app.clientSecret !== fields.client_secret) return refused(401, 'invalid_client', 'Client authentication failed.');
	if (grant === 'client_credentials') return { status: 200, body: { access_token: issue(store, app, DAY_SECONDS), scope: app.scopes.join(','), expires_in: DAY_SECONDS } };
	return grant === 'refresh_token' ? refresh(store, app, fields.refresh_token ?? '') : exchangeCode(store, app, fields);
}

function exchangeCode(store: ShopStore, app: App, fields: Readonly<Record<string, string>>): SimResponse {
	const known = store.authorizationCodes.get(fields.code ?? '');
	if (!known || known.appId !== app.id || isOver(store, known.expiresAt)) return refused(400, 'invalid_request', 'The authorization code was not found or was already used');
	store.authorizationCodes.delete(known.code);
	app.scopes = known.scopes;
	if (fields.expiring === '1' || fields.expiring === 'true') return { status: 200, body: expiringToken(store, app, null) };
	return { status: 200, body: { access_token: issue(store, app, null), scope: app.scopes.join(',') } };
}

function refresh(store: ShopStore, app: App, token: string): SimResponse {
	const known = store.refreshTokens.get(token);
	if (!known || known.appId !== app.id || isOver(store, known.expiresAt)) return refused(400, 'invalid_grant', 'The refresh token is invalid or expired.');
	return { status: 200, body: expiringToken(store, app, token) };
}

function expiringToken(store: ShopStore, app: App, replaces: string | null): Record<string, unknown> {
	const accessToken = issue(store, app, HOUR_SECONDS);
	const token = `shprt_${store.random.hex(32)}`;
	store.refreshTokens.set(token, { token, appId: app.id, expiresAt: after(store, REFRESH_DAYS * 86_400), accessToken, replaces });
	return { access_token: accessToken, scope: app.scopes.join(','), expires_in: HOUR_SECONDS, refresh_token: token, refresh_token_expires_in: REFRESH_DAYS * 86_400 };
}

function issue(store: ShopStore, app: App, lifetimeSeconds: number | null): string {
	const token = `shpat_${store.random.hex(32)}`;
	store.tokens.set(token, { token, appId: app.id, expiresAt: lifetimeSeconds === null ? null : after(store, lifetimeSeconds) });
	return token;
}

function appOf(store: ShopStore, clientId: string | undefined): App | undefined {
	return [...store.apps.values()].find((app) => app.clientId === clientId);
}

function after(store: ShopStore, seconds: number): string {
	return new Date(store.clock.now().getTime() + seconds * 1_000).toISOString();
}

function isOver(store: ShopStore, expiresAt: string): boolean {
	return Date.parse(expiresAt) <= store.clock.now().getTime();
}

function refused(status: number, error: string, description: string): SimResponse {
	return { status, body: { error, error_description: description } };
}

/** What a form or JSON says; the Authorization header is not looked at, because Shopify names only the body. */
function fieldsOf(request: SimRequest): Record<string, string> {
	const type = request.headers['content-type'] ?? '';
	if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(request.rawBody.toString('utf8')));
	if (!type.includes('application/json')) throw new HttpError(415, { error: 'invalid_request', error_description: 'Send JSON or a form.' });
	const body = request.json();
	if (!isObject(body)) throw new HttpError(400, { error: 'invalid_request', error_description: 'Send an object.' });
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}
