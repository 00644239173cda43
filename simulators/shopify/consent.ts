/** The page on which a merchant lets an app in, and what the merchant's answer leads to. */

import { createHmac } from 'node:crypto';
import type { SimRequest, SimResponse } from '../shared/http';
import { escapeHtml } from '../shared/page';
import { ALL_SCOPES } from './apps';
import type { App } from './model';
import type { ShopStore } from './store';

const CODE_MINUTES = 10;

interface Asked {
	app: App;
	scopes: string[];
	redirect: string;
	state: string;
}

/** What an app asks for, as a page with two buttons. A merchant who always agrees (setting `approvesAtOnce`) does not see it. */
export function askForConsent(store: ShopStore, request: SimRequest): SimResponse {
	const asked = askedFor(store, request);
	if ('status' in asked) return asked;
	if (store.settings.approvesAtOnce) return goBackWithCode(store, asked);
	const { app, scopes } = asked;
	const action = escapeHtml(`${request.path}?${request.query.toString()}`);
	return html(200, `Install ${app.title}?`, `<p>${escapeHtml(app.title)} wants to:</p><ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post" action="${action}"><button id="approve" name="answer" value="install">Install</button> <button id="cancel" name="answer" value="cancel">Cancel</button></form>`);
}

/** The button that the merchant pressed. */
export function answerConsent(store: ShopStore, request: SimRequest): SimResponse {
	const asked = askedFor(store, request);
	if ('status' in asked) return asked;
	const answer = new URLSearchParams(request.rawBody.toString('utf8')).get('answer');
	if (answer === 'install') return goBackWithCode(store, asked);
	if (answer !== 'cancel') return text(400, 'Neither Install nor Cancel was pressed.');
	if (store.settings.cancelReturnsError) return goBack(store, asked, { error: 'access_denied', error_description: 'The merchant canceled the installation.' });
	return html(200, 'Apps', `<p>${escapeHtml(asked.app.title)} was not installed.</p>`);
}

function askedFor(store: ShopStore, { query }: SimRequest): Asked | SimResponse {
	const app = [...store.apps.values()].find(({ clientId }) => clientId === query.get('client_id'));
	if (!app) return text(400, 'Oauth error application_cannot_be_found: The application cannot be found.');
	const redirect = query.get('redirect_uri') ?? '';
	if (!app.redirectUrls.includes(redirect)) return text(400, 'Oauth error invalid_request: The redirect_uri is not whitelisted');
	const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
	const unknown = scopes.filter((scope) => !ALL_SCOPES.includes(scope));
	if (scopes.length === 0 || unknown.length > 0) return text(400, `Oauth error invalid_scope: The access scope is invalid: ${unknown.join(', ')}`);
	return { app, scopes, redirect, state: query.get('state') ?? '' };
}

function goBackWithCode(store: ShopStore, asked: Asked): SimResponse {
	const code = store.random.hex(32);
	const expiresAt = new Date(store.clock.now().getTime() + CODE_MINUTES * 60_000).toISOString();
	store.authorizationCodes.set(code, { code, appId: asked.app.id, scopes: asked.scopes, expiresAt });
	return goBack(store, asked, { code });
}

/** To the app's own address, with everything signed. */
function goBack(store: ShopStore, { app, redirect, state }: Asked, result: Readonly<Record<string, string>>): SimResponse {
	const { shopDomain } = store.settings;
	const answer = { ...result, host: Buffer.from(`${shopDomain}/admin`).toString('base64url'), shop: shopDomain, state, timestamp: String(Math.floor(store.clock.now().getTime() / 1_000)) };
	const target = new URL(redirect);
	for (const [name, value] of Object.entries({ ...answer, hmac: signature(answer, app) })) target.searchParams.set(name, value);
	return { status: 302, headers: { location: target.toString() } };
}

/** HMAC-SHA256 in hex over the other parameters, sorted and joined as in a query string. */
function signature(parameters: Readonly<Record<string, string>>, app: App): string {
	const message = Object.keys(parameters).sort().map((name) => `${name}=${parameters[name] ?? ''}`).join('&');
	return createHmac('sha256', app.clientSecret).update(message).digest('hex');
}

function text(status: number, words: string): SimResponse {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: words };
}

function html(status: number, title: string, content: string): SimResponse {
	const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<!doctype html><html lang="en"><head>${head}</head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>` };
}
