/** Apps installed in the shop, and the tokens they act with. */

import { HttpError, type SimRequest, type SimResponse } from '../shared/http';
import { isObject, type Input } from '../shared/input';
import type { App } from './model';
import type { ShopStore } from './store';

export const ALL_SCOPES: readonly string[] = [
	'read_orders', 'write_orders', 'read_all_orders', 'read_returns', 'write_returns', 'read_customers', 'write_customers', 'read_products', 'write_products', 'read_inventory', 'write_inventory',
	'read_locations', 'read_fulfillments', 'write_fulfillments', 'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders', 'read_gift_cards', 'write_gift_cards',
	'read_gift_card_transactions', 'write_gift_card_transactions', 'read_store_credit_accounts', 'read_store_credit_account_transactions', 'write_store_credit_account_transactions',
	'read_shopify_payments_payouts', 'read_shopify_payments_accounts', 'read_shopify_payments_disputes', 'write_locations',
];

const LIFETIME_SECONDS = 86_399;

interface NewApp {
	clientId: string;
	clientSecret: string;
	title?: string;
	scopes: readonly string[];
	token?: string;
}

export const DEFAULT_APPS: readonly NewApp[] = [
	{ clientId: 'sim-full', clientSecret: 'sim-full-secret', title: 'Custom app', scopes: ALL_SCOPES, token: 'shpat_sim_full' },
	{ clientId: 'sim-returngo', clientSecret: 'sim-returngo-secret', title: 'ReturnGO', scopes: ALL_SCOPES, token: 'shpat_sim_returngo' },
	{ clientId: 'sim-client', clientSecret: 'sim-secret', title: 'Client credentials app', scopes: ALL_SCOPES },
];

/** Installs an app, or gives a known one other scopes, another secret, or one more permanent token. */
export function installApp(store: ShopStore, wanted: NewApp): App {
	const known = [...store.apps.values()].find(({ clientId }) => clientId === wanted.clientId);
	const app: App = known ?? { __typename: 'App', id: store.id('App'), title: wanted.title ?? wanted.clientId, clientId: wanted.clientId, clientSecret: wanted.clientSecret, scopes: [] };
	app.clientSecret = wanted.clientSecret;
	app.title = wanted.title ?? app.title;
	app.scopes = [...wanted.scopes];
	store.apps.set(app.id, app);
	if (wanted.token !== undefined) store.tokens.set(wanted.token, { token: wanted.token, appId: app.id, expiresAt: null });
	return app;
}

export function newAppFrom(input: Input): NewApp {
	return {
		clientId: input.string('clientId'),
		clientSecret: input.string('clientSecret'),
		title: input.optionalString('title'),
		token: input.optionalString('token'),
		scopes: input.has('scopes') ? input.values('scopes').map(String) : ALL_SCOPES,
	};
}

/** The app a token belongs to, while the token is good. */
export function appOfToken(store: ShopStore, token: string | undefined): App | undefined {
	const known = token === undefined ? undefined : store.tokens.get(token);
	if (!known) return undefined;
	if (known.expiresAt !== null && Date.parse(known.expiresAt) <= store.clock.now().getTime()) return undefined;
	return store.apps.get(known.appId);
}

/** The client credentials grant. */
export function grantToken(store: ShopStore, request: SimRequest): SimResponse {
	const fields = credentials(request);
	if (fields.grant_type !== 'client_credentials') return refused(400, 'unsupported_grant_type', 'The grant type is not supported.');
	const app = [...store.apps.values()].find(({ clientId }) => clientId === fields.client_id);
	if (!app) return refused(400, 'application_cannot_be_found', 'The application cannot be found.');
	if (app.clientSecret !== fields.client_secret) return refused(401, 'invalid_client', 'Client authentication failed.');
	const token = `shpat_${store.random.hex(32)}`;
	store.tokens.set(token, { token, appId: app.id, expiresAt: new Date(store.clock.now().getTime() + LIFETIME_SECONDS * 1_000).toISOString() });
	return { status: 200, body: { access_token: token, scope: app.scopes.join(','), expires_in: LIFETIME_SECONDS } };
}

function refused(status: number, error: string, description: string): SimResponse {
	return { status, body: { error, error_description: description } };
}

function credentials(request: SimRequest): Record<string, string> {
	const type = request.headers['content-type'] ?? '';
	if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(request.rawBody.toString('utf8')));
	if (!type.includes('application/json')) throw new HttpError(415, { error: 'invalid_request', error_description: 'Send JSON or a form.' });
	const body = request.json();
	if (!isObject(body)) throw new HttpError(400, { error: 'invalid_request', error_description: 'Send an object.' });
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}
