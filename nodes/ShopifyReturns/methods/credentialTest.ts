/** The Test button of the credential: says whether it is the store, the token or a missing access scope. */
import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { API_VERSIONS } from '../api/client';
import { GrantedScopesDocument } from '../api/generated';
import { missingScopes } from '../api/scopes';
import type { Store } from '../api/storeDomain';
import { parseStoreDomain } from '../api/storeDomain';
import { tokenRequestOf } from '../api/tokenRequest';

const TIMEOUT_MS = 15_000;

export async function testShopifyReturnsApi(this: ICredentialTestFunctions, credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>): Promise<INodeCredentialTestResult> {
	// A credential test is given no other way to send a request than this one.
	const { request } = this.helpers;
	const send = async (options: object): Promise<HttpAnswer> => readAnswer(await request({ method: 'POST', timeout: TIMEOUT_MS, followRedirect: false, followAllRedirects: false, simple: false, resolveWithFullResponse: true, ...options }));
	try {
		return await examine(credential.data ?? {}, send);
	} catch (failure) {
		return failed(failure instanceof TestVerdict ? failure.message : `The store could not be reached: check the Store Domain and the network of this n8n (${codeOf(failure)})`);
	}
}

interface HttpAnswer {
	status: number;
	body: unknown;
}

class TestVerdict extends Error {}

async function examine(data: ICredentialDataDecryptedObject, send: (options: object) => Promise<HttpAnswer>): Promise<INodeCredentialTestResult> {
	const store = readStore(data);
	const token = data.authentication === 'accessToken' ? String(data.accessToken ?? '') : await askForToken(store, data, send);
	if (token === '') throw new TestVerdict('The access token is empty');
	const answer = await send({
		url: `${store.origin}/admin/api/${API_VERSIONS[0]}/graphql.json`,
		headers: { 'content-type': 'application/json', accept: 'application/json', 'X-Shopify-Access-Token': token },
		body: JSON.stringify({ query: GrantedScopesDocument.toString() }),
	});
	if (answer.status === 401 || answer.status === 403) throw new TestVerdict('The store refused the access token: it is wrong, revoked, or belongs to another store');
	refuseOtherThanShopify(answer, store);
	const granted = readScopes(answer.body);
	if (granted === null) throw new TestVerdict('Shopify answered without the app’s access scopes');
	const missing = missingScopes(granted);
	if (missing.length > 0) {
		throw new TestVerdict(`The token works, and these access scopes are missing: ${missing.join(', ')}. Add them to the app in Shopify, release it and approve it in the store`);
	}
	return { status: 'OK', message: `Connected to ${store.host}; every access scope that is needed is granted` };
}

function readStore(data: ICredentialDataDecryptedObject): Store {
	try {
		return parseStoreDomain(String(data.shopDomain ?? ''));
	} catch (failure) {
		return rejectWith(failure instanceof Error ? failure.message : 'The store domain cannot be read');
	}
}

async function askForToken(store: Store, data: ICredentialDataDecryptedObject, send: (options: object) => Promise<HttpAnswer>): Promise<string> {
	const clientId = String(data.clientId ?? '').trim();
	const clientSecret = String(data.clientSecret ?? '').trim();
	if (clientId === '' || clientSecret === '') throw new TestVerdict('The client id or the client secret is empty');
	const { url, form } = tokenRequestOf(store, { clientId, clientSecret });
	const answer = await send({ url, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, body: new URLSearchParams(form).toString() });
	if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
		throw new TestVerdict('The store refused the client id and client secret: check both, that the app is installed in this store, and that store and app belong to the same organisation');
	}
	refuseOtherThanShopify(answer, store);
	const token = isRecord(answer.body) ? answer.body.access_token : undefined;
	if (typeof token !== 'string' || token === '') throw new TestVerdict('The store did not hand out an access token');
	return token;
}

function refuseOtherThanShopify({ status }: HttpAnswer, store: Store): void {
	if (status >= 200 && status < 300) return;
	if (status === 404 || (status >= 300 && status < 400)) throw new TestVerdict(`There is no store at ${store.host}`);
	if (status === 402 || status === 423) throw new TestVerdict('The store is frozen or locked');
	throw new TestVerdict(`Shopify answered with HTTP status ${status}; try again in a minute`);
}

function readAnswer(answer: unknown): HttpAnswer {
	if (!isRecord(answer)) return { status: 0, body: null };
	const body = typeof answer.body === 'string' ? readJson(answer.body) : answer.body;
	return { status: typeof answer.statusCode === 'number' ? answer.statusCode : 0, body };
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function readScopes(body: unknown): string[] | null {
	const data = isRecord(body) ? body.data : undefined;
	const installation = isRecord(data) ? data.currentAppInstallation : undefined;
	const scopes = isRecord(installation) ? installation.accessScopes : undefined;
	if (!Array.isArray(scopes)) return null;
	return scopes.flatMap((scope: unknown) => (isRecord(scope) && typeof scope.handle === 'string' ? [scope.handle] : []));
}

function codeOf(failure: unknown): string {
	const record = isRecord(failure) ? failure : {};
	const cause = isRecord(record.cause) ? record.cause : {};
	const code = cause.code ?? record.code;
	return typeof code === 'string' ? code : 'no answer';
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

function rejectWith(message: string): never {
	throw new TestVerdict(message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
