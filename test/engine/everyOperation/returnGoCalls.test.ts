/** What the nodes and triggers say they call at ReturnGO is what they call: every operation is played, and the endpoints are compared with the lists behind docs/operations.md. */
import '../harness/environment';
import type { INodeParameters } from 'n8n-workflow';
import type * as workflow from 'n8n-workflow';
import { OPERATION_CALLS, TRIGGER_CALLS, type EndpointCall } from '../../../nodes/ReturnGo/api/access';
import { RETURNGO_CALLS } from '../../../nodes/ReturnsReconciliation/returnGoAccess';
import { returnGoSections } from '../../../scripts/returnGoOperations';
import { runNode } from '../harness';
import { byId, isNever, type Row } from './behaviours';
import { operationsOf, type NodeUnderTest } from './play';
import type { Scene } from './outputs';
import { RETURN_GO, RETURN_GO_TABLE } from './rows/returnGo';
import { RETURNS_RECONCILIATION, RETURNS_RECONCILIATION_TABLE } from './rows/returnsReconciliation';
import { TRIGGER_TABLE, TriggerStage } from './rows/triggers';
import { RETURN_GO_SCENES } from './scenes/returnGo';
import { RETURNS_RECONCILIATION_SCENES } from './scenes/returnsReconciliation';
import { Services } from './services';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<typeof workflow>('n8n-workflow'), sleep: jest.fn(async () => undefined) }));
jest.setTimeout(120_000);

let stage: TriggerStage;
let services: Services;
beforeAll(async () => {
	services = await Services.open();
	stage = new TriggerStage(services);
}, 240_000);
beforeEach(async () => await services.reset());
afterEach(async () => await stage.close());
afterAll(async () => await services.close());

/** Calls by endpoint, as ReturnGO's documentation writes it; registrations for a scene's own sake are made before. */
async function called(): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const operation of (await services.returnGo.requests()).flatMap(({ operations }) => operations)) {
		const endpoint = operation.replace(/:\w+/, '{id}');
		counts[endpoint] = (counts[endpoint] ?? 0) + 1;
	}
	return counts;
}

async function play({ node, credentials }: NodeUnderTest, name: string, parameters: INodeParameters): Promise<Record<string, number>> {
	const [resource = '', operation = ''] = name.split('.');
	await services.returnGo.clearRequests();
	await runNode({ node, credentialTypes: services.credentialTypes, credentials: services.credentials(credentials), parameters: { resource, operation, ...parameters }, continueOnFail: true });
	return await called();
}

/** Choices that neither a table nor a scene makes, and that lead to further calls. */
const CHOICES: Readonly<Record<string, Scene>> = {
	'rma.getAll': async () => {
		await services.inspectedReturn();
		return { parameters: { returnAll: true, includeDetails: true } };
	},
	'shipment.update': async () => {
		const { rmaId, shipmentId } = await services.approvedRequest();
		return { parameters: { shipmentId, presentStatus: 'fromRma', rmaId: byId(rmaId), status: 'Shipped' } };
	},
	'audit.run': async () => ({ parameters: { options: { eventAddress: 'https://n8n.example/', returnGoEvents: ['RMA_CREATED'] } } }),
};

const endpointsOf = (listed: readonly EndpointCall[]) => listed.map(({ endpoint }) => endpoint).sort();

function compares(node: NodeUnderTest, table: Readonly<Record<string, Row>>, scenes: Readonly<Record<string, readonly Scene[]>>, calls: Readonly<Record<string, readonly EndpointCall[]>>): void {
	it('has a list for every operation, and for no other', () => {
		expect(Object.keys(calls).sort()).toEqual(operationsOf(node).sort());
	});

	it.each(Object.entries(table))('%s calls what is listed for it, as often as is listed, and nothing else', async (name, row) => {
		const listed = calls[name] ?? [];
		const prepared = await row.prepare(services);
		const success = await play(node, name, prepared.parameters);
		const seen = new Set(Object.keys(success));
		for (const { endpoint, times } of listed) if (/^\d+$/.test(times)) expect([endpoint, success[endpoint]]).toEqual([endpoint, Number(times)]);
		const further: Scene[] = [...(scenes[name] ?? []), ...(CHOICES[name] === undefined ? [] : [CHOICES[name]])];
		if (!isNever(row.empty)) {
			const { empty } = row;
			further.push(async () => ({ parameters: (await empty(services, await row.prepare(services))).parameters }));
		}
		for (const scene of further) {
			await services.reset();
			for (const endpoint of Object.keys(await play(node, name, (await scene(services)).parameters))) seen.add(endpoint);
		}
		expect([...seen].sort()).toEqual(endpointsOf(listed));
	});
}

describe('ReturnGO', () => compares(RETURN_GO, RETURN_GO_TABLE, RETURN_GO_SCENES, OPERATION_CALLS));
describe('Returns Reconciliation', () => compares(RETURNS_RECONCILIATION, RETURNS_RECONCILIATION_TABLE, RETURNS_RECONCILIATION_SCENES, RETURNGO_CALLS));

describe('triggers', () => {
	it('have a list each', () => {
		expect(Object.keys(TRIGGER_CALLS).sort()).toEqual(['returnGoPollingTrigger', 'returnGoTrigger']);
	});

	it.each([
		['returnGoTrigger', 'ReturnGoTrigger'],
		['returnGoPollingTrigger', 'ReturnGoPollingTrigger'],
	])('%s calls what is listed for it, and nothing else', async (name, row) => {
		const story = TRIGGER_TABLE[row]?.success;
		if (story === undefined || isNever(story)) throw new Error(`${row} has no story`);
		await services.returnGo.clearRequests();
		await story(stage);
		const seen = new Set(Object.keys(await called()));
		if (name === 'returnGoPollingTrigger') {
			// The story listens to RMAs alone; transactions are asked for by whoever listens to them.
			await stage.close();
			await services.reset();
			await services.returnGo.clearRequests();
			await (await stage.poller({}, ['TRANSACTION_CREATED'])).activate();
			for (const endpoint of Object.keys(await called())) seen.add(endpoint);
		}
		expect([...seen].sort()).toEqual(endpointsOf(TRIGGER_CALLS[name] ?? []));
	});
});

it('the page names every one of them, with what it does and whether an agent may', async () => {
	const page = (await returnGoSections()).join('\n');
	expect(page).toContain('| RMA → Get | reads | yes | `GET /rma/{id}`: 1 |');
	expect(page).toContain('| RMA → Update Status | writes | with *Allow as Tool* | `PUT /rma/{id}/status`: 1 |');
	for (const listed of [OPERATION_CALLS, RETURNGO_CALLS, TRIGGER_CALLS]) for (const { endpoint, times } of Object.values(listed).flat()) expect(page).toContain(`\`${endpoint}\`: ${times}`);
});
