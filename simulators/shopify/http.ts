/** The Admin API's HTTP side: tokens, versions, headers, and what a body must look like. */

import { parse, Kind } from 'graphql';
import { ADMIN_VERSIONS, type AdminVersion } from '../../scripts/shopify-schema';
import type { SimRequest, SimResponse } from '../shared/http';
import { isObject } from '../shared/input';
import type { RequestDescription, SimulatorServer } from '../shared/server';
import { appOfToken } from './apps';
import type { BulkOperations } from './bulk-operations';
import { answerConsent, askForConsent } from './consent';
import type { Engine, GraphqlRequest } from './engine';
import { grantToken } from './grants';
import type { App } from './model';
import type { ShopStore } from './store';

const GRAPHQL_PATH = '/admin/api/:version/graphql.json';
const BAD_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)';

export function addServiceRoutes(server: SimulatorServer, store: ShopStore, engineOf: (version: AdminVersion) => Promise<Engine>, bulk: BulkOperations): void {
	server.route('GET', '/bulk-storage/:file', (request) => bulk.serve(request));
	server.route('GET', '/admin/oauth/authorize', (request) => askForConsent(store, request));
	server.route('POST', '/admin/oauth/authorize', (request) => answerConsent(store, request));
	server.route('POST', '/admin/oauth/access_token', (request) => grantToken(store, request));
	server.route('POST', GRAPHQL_PATH, async (request): Promise<SimResponse> => {
		const asked = ADMIN_VERSIONS.find((known) => known === request.params.version);
		const version = asked && (ADMIN_VERSIONS.find((known) => known === store.settings.answersWithVersion) ?? asked);
		if (!version) return { status: 404, body: { errors: 'Not Found' } };
		const app = appOfToken(store, request.headers['x-shopify-access-token']);
		if (!app) return { status: 401, body: { errors: BAD_TOKEN } };
		if (!(request.headers['content-type'] ?? '').includes('application/json')) return { status: 415, body: { errors: 'Unsupported Media Type' } };
		const wanted = readBody(request);
		if (wanted === undefined) return { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };
		const engine = await engineOf(version);
		const answer = await engine.run(wanted, app, store.random.uuid());
		return { status: 200, body: answer, headers: { 'content-type': 'application/json; charset=utf-8' } };
	});
}

function readBody(request: SimRequest): GraphqlRequest | undefined {
	const body = safeJson(request);
	if (!isObject(body) || typeof body.query !== 'string') return undefined;
	const variables = body.variables ?? {};
	if (!isObject(variables)) return undefined;
	return { query: body.query, variables, operationName: typeof body.operationName === 'string' ? body.operationName : null };
}

function safeJson(request: SimRequest): unknown {
	try {
		return request.json();
	} catch {
		return undefined;
	}
}

/** What the log and the fault plan call a request: the root fields of the operation it runs. */
export function describeRequest(store: ShopStore, request: SimRequest): RequestDescription {
	const app = appOfToken(store, request.headers['x-shopify-access-token']);
	const body = readBody(request);
	if (!body) return { actor: app?.title };
	return { actor: app?.title, operations: rootFields(body), summary: { query: body.query, variables: body.variables } };
}

function rootFields({ query, operationName }: GraphqlRequest): string[] {
	try {
		const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
		const operation = operationName === null ? operations[0] : operations.find(({ name }) => name?.value === operationName);
		return (operation?.selectionSet.selections ?? []).flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
	} catch {
		return [];
	}
}

export function serviceHeaders(store: ShopStore, request: SimRequest): Record<string, string> {
	const asked = /^\/admin\/api\/([^/]+)\//.exec(request.path)?.[1];
	const version = asked === undefined || store.settings.answersWithVersion === '' ? asked : store.settings.answersWithVersion;
	return { 'x-request-id': store.random.uuid(), 'x-shopid': '70000000001', ...(version === undefined ? {} : { 'x-shopify-api-version': version }) };
}

/** The service's answer over the limit, for the `throttled` fault. */
export function throttledAnswer(store: ShopStore, request: SimRequest): SimResponse {
	const app: App | undefined = appOfToken(store, request.headers['x-shopify-access-token']);
	const { bucketSize, restoreRate } = store.settings;
	return {
		status: app ? 200 : 401,
		body: app
			? {
					errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/concepts/about-apis/rate-limits' } }],
					extensions: { cost: { requestedQueryCost: 100, actualQueryCost: null, throttleStatus: { maximumAvailable: bucketSize, currentlyAvailable: 0, restoreRate } } },
				}
			: { errors: BAD_TOKEN },
	};
}
