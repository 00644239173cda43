/**
 * The scopes that *Check Access* and docs/operations.md name for an operation of the Shopify Returns node are those that Shopify asks for: an app with exactly
 * these carries it out, and with one less it cannot. Shopify's side judges by its own map.
 */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { OPERATION_ACCESS } from '../../../nodes/ShopifyReturns/access';
import { runNode, type NodeRunResult } from '../harness';
import type { Scene } from './outputs';
import { SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE } from './rows/shopifyReturns';
import { SHOPIFY_RETURNS_SCENES, SHOWING_SCOPES } from './scenes/shopifyReturns';
import { preparedBy } from './scenes/rehearsals';
import { Services } from './services';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));
jest.setTimeout(60_000);

let services: Services;
beforeAll(async () => {
	services = await Services.open();
}, 240_000);
beforeEach(async () => await services.reset());
afterAll(async () => await services.close());

const ACCESS = OPERATION_ACCESS.map(({ resource, operation, ...access }) => ({ name: `${resource}.${operation}`, ...access }));

async function runWith(scopes: readonly string[], name: string, parameters: INodeParameters): Promise<NodeRunResult> {
	const accessToken = await services.tokenWith(scopes);
	const [resource = '', operation = ''] = name.split('.');
	return await runNode({ node: SHOPIFY_RETURNS.node, credentialTypes: services.credentialTypes, credentials: services.credentials(SHOPIFY_RETURNS.credentials, { accessToken }), parameters: { resource, operation, ...parameters } });
}

const isDenied = ({ error, outputs }: NodeRunResult) => error?.httpCode === '403' || outputs.flat().some(({ json }) => JSON.stringify(json.reasons ?? null).includes('"accessDenied"'));

/** A write scope lets read as well: the app that lacks one may still look. */
const withoutOne = (scopes: readonly string[], missing: string) => scopes.flatMap((scope) => (scope !== missing ? scope : scope.startsWith('write_') ? scope.replace('write_', 'read_') : []));

/** What an operation works on where the scope counts: not everything that it may do is in its plain case. */
async function parametersShowing(name: string, scope: string): Promise<INodeParameters> {
	const scene = SHOWING_SCOPES[name]?.[scope];
	return scene === undefined ? (await preparedBy(SHOPIFY_RETURNS_TABLE, name, services)).parameters : (await scene(services)).parameters;
}

it.each(ACCESS.map(({ name, scopes }) => [name, scopes] as const))('%s is carried out by an app with exactly the scopes that are named for it', async (name, scopes) => {
	const { parameters, shows } = await preparedBy(SHOPIFY_RETURNS_TABLE, name, services);
	const result = await runWith(scopes, name, parameters);
	if (result.error !== undefined) throw result.error;
	// What Check Access finds is what that app lacks.
	if (name !== 'store.checkAccess') shows(result.outputs.map((items) => items.map(({ json }) => json)));
});

const LESS = ACCESS.flatMap(({ name, scopes }) => scopes.map((scope) => [name, scope, scopes] as const));
it.each(LESS)('%s is not carried out by an app without %s', async (name, scope, scopes) => {
	expect(isDenied(await runWith(withoutOne(scopes, scope), name, await parametersShowing(name, scope)))).toBe(true);
});

const SCENES = ACCESS.flatMap(({ name, scopes, optionalScopes }) => (SHOPIFY_RETURNS_SCENES[name] ?? []).map((scene: Scene, number) => [name, number + 1, scene, [...scopes, ...optionalScopes]] as const));
it.each(SCENES)('%s, in its further scene %i, needs no scope beside those that are named', async (name, _number, scene, scopes) => {
	const { parameters, keys } = await scene(services);
	// Of the scene in which the app is a poor one.
	if (keys?.accessToken !== undefined) return;
	expect(isDenied(await runWith(scopes, name, parameters))).toBe(false);
});

const SOME = ACCESS.flatMap(({ name, scopes, optionalScopes }) => optionalScopes.map((scope) => [name, scope, [...scopes, ...optionalScopes]] as const));
it.each(SOME)('%s asks for %s in some cases', async (name, scope, scopes) => {
	const parameters = await parametersShowing(name, scope);
	expect(isDenied(await runWith(withoutOne(scopes, scope), name, parameters))).toBe(true);
});
