/** The ReturnGO Polling Trigger in a real n8n: it polls by n8n's schedule, and neither a crash nor a start lets a change be lost or told twice. */
import type { WorkflowFile } from '../../scripts/host/rest';
import { E2e, itemsOf, type Execution } from './harness';

const TRIGGER = 'When something changes in ReturnGO';

let e2e: E2e;
beforeAll(async () => {
	e2e = await E2e.connect();
});
afterEach(async () => await e2e.cleanUp());

const workflow: WorkflowFile = {
	name: 'Poll ReturnGO',
	connections: { [TRIGGER]: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
	nodes: [
		{
			id: '1',
			name: TRIGGER,
			type: 'n8n-nodes-returngo-shopify.returnGoPollingTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, events: ['RMA_STATUS_UPDATED'], options: { callsPerDay: 20_000 } },
			credentials: { returnGoApi: { id: '', name: '' } },
		},
		{ id: '2', name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
	],
};

async function requestReturn(): Promise<number> {
	const { rmaId } = await e2e.returnGo.post<{ rmaId: number }>('/__sim/rmas', {
		withoutShopifyOrder: true,
		orderId: '5100000001',
		orderName: '#1001',
		autoApprove: true,
		units: [{ lineItemId: '7100000001', price: { amount: 10, currency: 'USD' }, sku: 'MUG-BLUE', title: 'Mug, blue' }],
	});
	return rmaId;
}

const told = (executions: Execution[]) => executions.flatMap((execution) => itemsOf(execution, TRIGGER).map(({ json }) => `${String(json.rmaId)} ${String((json.rma as { status?: unknown }).status)}`));

it('tells each change once, over a crash and a start of n8n', async () => {
	const [one, two] = [await requestReturn(), await requestReturn()];
	const { id } = await e2e.importFile(workflow);
	await e2e.n8n.publish(id);

	await e2e.returnGo.post(`/__sim/rmas/${one}/receive`);
	const [first] = await e2e.n8n.waitForExecutions(id, 1, 120_000);
	expect(first?.status).toBe('success');
	expect(told([first].flatMap((execution) => execution ?? []))).toEqual([`${one} Received`]);

	await e2e.n8n.kill();
	await e2e.returnGo.post(`/__sim/rmas/${two}/receive`);
	await e2e.returnGo.post(`/__sim/rmas/${one}/validate`, { all: true });
	await e2e.n8n.start();
	await e2e.n8n.waitForExecutions(id, 2, 120_000);

	// Two more polls, in which there is nothing to tell.
	const calls = async () => (await e2e.returnGoRequests({ operation: 'GET /rmas' })).length;
	const before = await calls();
	const deadline = Date.now() + 200_000;
	while ((await calls()) < before + 4 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 1000));
	expect(await calls()).toBeGreaterThanOrEqual(before + 4);
	const executions = await e2e.n8n.waitForExecutions(id, 2, 10_000);
	expect(told(executions).sort()).toEqual([`${one} Received`, `${one} Validated`, `${two} Received`].sort());
}, 420_000);
