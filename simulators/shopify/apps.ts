/** Apps installed in the shop, and whose a token is. */

import type { Input } from '../shared/input';
import type { App } from './model';
import type { ShopStore } from './store';

export const ALL_SCOPES: readonly string[] = [
	'read_orders', 'write_orders', 'read_all_orders', 'read_returns', 'write_returns', 'read_customers', 'write_customers', 'read_products', 'write_products', 'read_inventory', 'write_inventory',
	'read_locations', 'read_fulfillments', 'write_fulfillments', 'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders', 'read_gift_cards', 'write_gift_cards',
	'read_gift_card_transactions', 'write_gift_card_transactions', 'read_store_credit_accounts', 'read_store_credit_account_transactions', 'write_store_credit_account_transactions',
	'read_shopify_payments_payouts', 'read_shopify_payments_accounts', 'read_shopify_payments_disputes', 'write_locations',
];

interface NewApp {
	clientId: string;
	clientSecret: string;
	title?: string;
	scopes: readonly string[];
	token?: string;
	redirectUrls?: readonly string[];
}

export const DEFAULT_APPS: readonly NewApp[] = [
	{ clientId: 'sim-full', clientSecret: 'sim-full-secret', title: 'Custom app', scopes: ALL_SCOPES, token: 'shpat_sim_full' },
	{ clientId: 'sim-returngo', clientSecret: 'sim-returngo-secret', title: 'ReturnGO', scopes: ALL_SCOPES, token: 'shpat_sim_returngo' },
	{ clientId: 'sim-client', clientSecret: 'sim-secret', title: 'Client credentials app', scopes: ALL_SCOPES },
];

/** Installs an app, or gives a known one other scopes, another secret, or one more permanent token. */
export function installApp(store: ShopStore, wanted: NewApp): App {
	const known = [...store.apps.values()].find(({ clientId }) => clientId === wanted.clientId);
	const app: App = known ?? { __typename: 'App', id: store.id('App'), title: wanted.title ?? wanted.clientId, clientId: wanted.clientId, clientSecret: wanted.clientSecret, scopes: [], redirectUrls: [] };
	app.clientSecret = wanted.clientSecret;
	app.title = wanted.title ?? app.title;
	app.scopes = [...wanted.scopes];
	app.redirectUrls = [...(wanted.redirectUrls ?? app.redirectUrls)];
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
		redirectUrls: input.has('redirectUrls') ? input.values('redirectUrls').map(String) : undefined,
	};
}

/** The app a token belongs to, while the token is good. */
export function appOfToken(store: ShopStore, token: string | undefined): App | undefined {
	const known = token === undefined ? undefined : store.tokens.get(token);
	if (!known) return undefined;
	if (known.expiresAt !== null && Date.parse(known.expiresAt) <= store.clock.now().getTime()) return undefined;
	forgetReplaced(store, known.token);
	return store.apps.get(known.appId);
}

/** Whoever uses the new access token has received the new refresh token too: the one before it is spent. */
function forgetReplaced(store: ShopStore, accessToken: string): void {
	for (const refresh of store.refreshTokens.values()) {
		if (refresh.accessToken !== accessToken || refresh.replaces === null) continue;
		store.refreshTokens.delete(refresh.replaces);
		refresh.replaces = null;
	}
}
