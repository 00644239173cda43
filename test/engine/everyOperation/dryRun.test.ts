/** Dry Run of every write that is registered, in both nodes: it reads and judges as a real run does, sends nothing that changes anything, and says what would be sent. */
import '../harness/environment';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { RESOURCES as RETURN_GO_RESOURCES } from '../../../nodes/ReturnGo/registry';
import { RESOURCES as SHOPIFY_RESOURCES } from '../../../nodes/ShopifyReturns/registry';
import { runNode, type NodeRun, type NodeRunResult } from '../harness';
import { prepareNode } from '../harness/workflow';
import { byId, type Prepared, type Row, type Table } from './behaviours';
import { expectNoSecret, type NodeUnderTest } from './play';
import { RETURN_GO, RETURN_GO_TABLE } from './rows/returnGo';
import { SHOPIFY_RETURNS, SHOPIFY_RETURNS_TABLE } from './rows/shopifyReturns';
import { Services } from './services';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));
jest.setTimeout(60_000);

let services: Services;
beforeAll(async () => {
	services = await Services.open();
}, 240_000);
beforeEach(async () => await services.reset());
afterAll(async () => await services.close());

type Registry = Readonly<Record<string, { operations: Readonly<Record<string, { isWrite: boolean }>> }>>;

/** The table's rows of the operations that the registry calls writes; one that has no row ends the file. */
function writesOf(registry: Registry, table: Table): Array<[string, Row]> {
	const names = Object.entries(registry).flatMap(([resource, { operations }]) => Object.keys(operations).filter((operation) => operations[operation]?.isWrite).map((operation) => `${resource}.${operation}`));
	return names.map((name) => {
		const row = table[name];
		if (row === undefined) throw new Error(`The write ${name} has no row`);
		return [name, row];
	});
}

const RETURN_GO_WRITES = writesOf(RETURN_GO_RESOURCES, RETURN_GO_TABLE);

async function run(node: NodeUnderTest, name: string, parameters: INodeParameters, more: Partial<NodeRun> = {}): Promise<NodeRunResult> {
	const [resource = '', operation = ''] = name.split('.');
	return await runNode({ node: node.node, credentialTypes: services.credentialTypes, credentials: services.credentials(node.credentials), parameters: { resource, operation, ...parameters }, ...more });
}

const withDryRun = (parameters: INodeParameters, dryRun: boolean | string = true): INodeParameters => ({ ...parameters, options: { ...(parameters.options as INodeParameters | undefined), dryRun } });
const rehearse = async (node: NodeUnderTest, name: string, { parameters }: Pick<Prepared, 'parameters'>) => await run(node, name, withDryRun(parameters));

function only(result: NodeRunResult): IDataObject {
	if (result.error) throw result.error;
	const items = result.outputs.flat();
	expect(items).toHaveLength(1);
	return items[0]?.json ?? {};
}

/** All that the services hold; their clocks go on, and they count the calls that only ask, too. */
async function statesOf({ shopify, returnGo }: Services): Promise<object[]> {
	const states = [await shopify.state<IDataObject>(), await returnGo.state<IDataObject>()];
	return states.map((state) => ({ ...state, now: null, usage: null }));
}

/** Since the log was cleared; those that only ask left out. */
async function changingCalls(): Promise<object[]> {
	const calls = await services.returnGo.requests();
	return calls.filter(({ method }) => method !== 'GET').map(({ method, path, summary }) => ({ method, path, summary }));
}

describe.each([
	['ReturnGO', RETURN_GO, RETURN_GO_WRITES] as const,
	['Shopify Returns', SHOPIFY_RETURNS, writesOf(SHOPIFY_RESOURCES, SHOPIFY_RETURNS_TABLE)] as const,
])('%s', (_name, node, writes) => {
	it.each(writes)('%s changes nothing with Dry Run, and says what it would do', async (name, row) => {
		const prepared = await row.prepare(services);
		const before = await statesOf(services);
		const result = await rehearse(node, name, prepared);
		const item = only(result);
		expect(item).toMatchObject({ outcome: 'waiting', dryRun: true, planned: expect.any(Object) as unknown });
		const reasons = item.reasons as Array<{ code: string; message: string }>;
		expect(reasons.map(({ code }) => code)).toEqual(['dryRun']);
		expect(reasons[0]?.message).toMatch(/^A real run would \S+ .*\S\.$/);
		expect(Object.keys(item.planned as object)).not.toEqual([]);
		expect(result.outputs.flat()[0]?.pairedItem).toEqual({ item: 0 });
		expectNoSecret(result, [...(await services.secrets()), ...(prepared.secrets ?? [])]);
		expect(await statesOf(services)).toEqual(before);
		// The word for the value rehearses too: expressions often give it.
		expect(only(await run(node, name, withDryRun(prepared.parameters, '={{ "true" }}')))).toMatchObject({ dryRun: true });
		expect(await statesOf(services)).toEqual(before);
		// The same without Dry Run does it.
		const real = await run(node, name, prepared.parameters);
		if (real.error) throw real.error;
		prepared.shows(real.outputs.map((items) => items.map(({ json }) => json)));
		expect(await statesOf(services)).not.toEqual(before);
		if (prepared.effect !== undefined) expect(await prepared.effect.read()).toEqual(prepared.effect.once);
	});
});

describe('ReturnGO', () => {
	it.each(RETURN_GO_WRITES)('%s names the very call that a real run sends', async (name, row) => {
		const prepared = await row.prepare(services);
		await services.returnGo.clearRequests();
		const { planned } = only(await rehearse(RETURN_GO, name, prepared));
		expect(await changingCalls()).toEqual([]);
		only(await run(RETURN_GO, name, prepared.parameters));
		const [sent, ...others] = await changingCalls();
		expect(others).toEqual([]);
		const { method, path, body = null } = planned as { method: string; path: string; body?: object };
		expect({ method, path, summary: body }).toEqual(masked(sent, prepared.secrets ?? []));
	});

	it.each(RETURN_GO_WRITES)('%s puts the item of a rehearsal where that of a real run comes out, with the ids that it has', async (name, row) => {
		const prepared = await row.prepare(services);
		const rehearsed = await rehearse(RETURN_GO, name, prepared);
		const real = await run(RETURN_GO, name, prepared.parameters);
		expect(rehearsed.outputs.map((items) => items.length)).toEqual(real.outputs.map((items) => items.length));
		const ids = Object.entries(only(real)).filter(([field]) => field.endsWith('Id') && Object.hasOwn(prepared.parameters, field));
		expect(only(rehearsed)).toMatchObject(Object.fromEntries(ids));
	});

	const NOT_AN_ID = /is not an? /;
	const textOf = ({ error }: NodeRunResult) => [error?.message, error?.description?.replace(/Request id .*/, '')];
	it.each([
		['rma.addComment', { rmaId: byId('../webhooks') }, NOT_AN_ID],
		['rma.addComment', { comment: '={{ "  " }}' }, /The comment is empty/],
		['rma.createByPolicy', { itemsJson: '[{ "lineItemId": "7100000001" }]' }, /Item 1 has no policy/],
		['rma.updateStatus', { additionalBodyFields: '[1]' }, /not a JSON object/],
		['shipment.delete', { shipmentId: 'x' }, NOT_AN_ID],
		['shipment.track', { shipmentId: '0' }, NOT_AN_ID],
		['shipment.update', { presentStatus: 'Received', status: 'Shipped' }, /is Received and cannot become Shipped/],
		['shipment.update', { presentStatus: 'fromRma', rmaId: byId('4711') }, /ReturnGO does not know RMA 4711/],
		['transaction.reportOutcome', { outcome: '={{ "Requested" }}' }, /neither Success nor Failed/],
		['webhook.create', { url: 'http://warehouse.example/hook' }, /The URL is not an address/],
		['webhook.delete', { webhookId: 'x' }, NOT_AN_ID],
		['webhook.update', { webhookId: '4711' }, /ReturnGO does not know webhook 4711/],
	] as Array<[string, INodeParameters, RegExp]>)('%s refuses %j in a rehearsal as in a real run', async (name, wrong, says) => {
		const { parameters } = (await RETURN_GO_TABLE[name]?.prepare(services)) ?? { parameters: {} };
		await services.returnGo.clearRequests();
		const rehearsed = await rehearse(RETURN_GO, name, { parameters: { ...parameters, ...wrong } });
		const real = await run(RETURN_GO, name, { ...parameters, ...wrong });
		expect(rehearsed.error?.message).toMatch(says);
		expect(textOf(rehearsed)).toEqual(textOf(real));
		expect(await changingCalls()).toEqual([]);
	});

	it('reads the parcel from its RMA, refuses what it cannot become, and shows the data that is kept', async () => {
		const { rmaId, shipmentId } = await services.approvedRequest();
		const parcel = { shipmentId, rmaId: byId(rmaId), presentStatus: 'fromRma' };
		only(await run(RETURN_GO, 'shipment.update', { ...parcel, status: 'Received', updateFields: { trackingNumber: 'PP1', carrierName: 'Parcel Post' } }));
		await services.returnGo.clearRequests();
		expect((await rehearse(RETURN_GO, 'shipment.update', { parameters: { ...parcel, status: 'Shipped' } })).error?.message).toBe(`Shipment ${shipmentId} is Received and cannot become Shipped`);
		expect(only(await rehearse(RETURN_GO, 'shipment.update', { parameters: { ...parcel, status: 'Validated', updateFields: { trackingNumber: 'PP2' } } }))).toMatchObject({
			shipmentId,
			planned: { method: 'PUT', path: `/shipment/${shipmentId}`, body: { status: 'Validated', carrierName: 'Parcel Post', trackingNumber: 'PP2' } },
		});
		expect((await services.returnGo.requests()).map(({ method }) => method)).toEqual(['GET', 'GET']);
	});

	it('hides secrets in addresses, those of the Additional Body Fields too', async () => {
		const result = await rehearse(RETURN_GO, 'webhook.create', {
			parameters: { url: 'https://user:word-of-day@warehouse.example/hook?token=first-secret', eventName: 'RMA_CREATED', additionalBodyFields: { fallback: { url: 'https://spare.example/hook?token=second-secret' } } as unknown as INodeParameters },
		});
		expect(only(result).planned).toEqual({ method: 'POST', path: '/webhook', body: { url: 'https://•••@warehouse.example/hook?token=•••', eventName: 'RMA_CREATED', fallback: { url: 'https://spare.example/hook?token=•••' } } });
		expectNoSecret(result, ['word-of-day', 'first-secret', 'second-secret']);
	});

	it.each([
		['rma', 'updateStatus', {}],
		['rma', 'addComment', {}],
		['rma', 'createByPolicy', {}],
		['shipment', 'update', { status: 'Received' }],
		['transaction', 'reportOutcome', { outcome: 'Success' }],
	])('warns of what %s %s does, and only before a real run', (resource, operation, more) => {
		const warningsFor = (options: INodeParameters) => {
			const { workflow: prepared, node, nodeType } = prepareNode({ node: RETURN_GO.node, parameters: { resource, operation, ...more, ...options } });
			const hints = nodeType.description.hints ?? [];
			// The editor decides by this expression.
			return hints.filter(({ displayCondition = '' }) => prepared.expression.getSimpleParameterValue(node, displayCondition, 'internal', {}) === true).length;
		};
		expect([warningsFor({}), warningsFor({ options: { dryRun: false } }), warningsFor({ options: { dryRun: true } })]).toEqual([1, 1, 0]);
	});

	it('is decided item by item, and whatever is not clearly off rehearses', async () => {
		const { rmaId } = await services.inspectedReturn();
		const parameters = withDryRun({ rmaId: byId(rmaId), comment: '={{ $json.text }}' }, '={{ $json.rehearse }}');
		const input = [true, false, 'true', 'false', 'TRUE ', 'False', 'yes', '', 1, 0, null].map((rehearse) => ({ rehearse, text: `Dry run: ${JSON.stringify(rehearse)}` }));
		const { outputs, error } = await run(RETURN_GO, 'rma.addComment', parameters, { input });
		if (error) throw error;
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_item, item) => ({ item })));
		const written = ['false', '"false"', '"False"', '""', '0', 'null'].map((value) => `Dry run: ${value}`);
		expect(outputs[0]?.filter(({ json }) => json.commented === true).map(({ json }) => json.comment)).toEqual(written);
		expect(outputs[0]?.filter(({ json }) => json.dryRun === true)).toHaveLength(input.length - written.length);
		expect((await services.request(rmaId)).details.comments.map(({ htmlText }) => htmlText).filter((text) => text.startsWith('Dry run')).sort()).toEqual([...written].sort());
	});
});

/** The call as a node may show it: each secret of the call as dots. */
function masked<Value>(call: Value, secrets: readonly string[]): Value {
	return JSON.parse(secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), JSON.stringify(call))) as Value;
}
