/** ReturnGO refers to store credit by a code that is money to whoever holds it: outputs show its end, and only the raw data has all of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ReturnGo } from '../../../nodes/ReturnGo/ReturnGo.node';
import { ReturnGoPollingTrigger } from '../../../nodes/ReturnGo/ReturnGoPollingTrigger.node';
import { ReturnGoTrigger } from '../../../nodes/ReturnGo/ReturnGoTrigger.node';
import { runNode } from '../harness';
import { startPolling } from '../harness/poll';
import { startTrigger } from '../harness/trigger';
import { rawRma, rawRow } from './rmaFixture';
import { credentialsFor, startScriptedReturnGo, type ReceivedCall, type ScriptedReturnGo } from './scriptedReturnGo';

jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const CODE = 'a1b2c3d4e5f6';
const SHOWN = '•••e5f6';

let server: ScriptedReturnGo;
beforeAll(async () => {
	server = await startScriptedReturnGo();
});
afterAll(async () => await server.close());
beforeEach(() => {
	server.reset();
	server.on('GET /rma/1000001', { body: rawRma() });
	server.on('GET /rmas', { body: { rmas: [rawRow('1000001')], next_cursor: null } });
	server.on('GET /transactions', { body: { transactions: rawRma().transactions, next_cursor: null } });
	server.on('POST /rma/createByPolicy', { body: rawRma() });
	server.on('PUT /transaction/7000001', ({ body }) => ({ body: { ...(rawRma().transactions as IDataObject[])[0], ...(body as IDataObject) } }));
});

const RMA = { __rl: true, mode: 'id', value: '1000001' };
const run = async (parameters: INodeParameters) => {
	const result = await runNode({ node: ReturnGo, parameters, ...credentialsFor(server) });
	if (result.error) throw result.error;
	return { json: result.outputs[0]?.[0]?.json ?? {}, text: JSON.stringify([result.outputs, result.hints]) };
};
const creditOf = (rma: unknown) => (rma as { transactions: Array<{ externalReferenceType: string; externalReferenceId: string }> }).transactions.filter(({ externalReferenceType }) => externalReferenceType === 'StoreCreditCode').map(({ externalReferenceId }) => externalReferenceId);

it.each<[string, INodeParameters, (json: IDataObject) => unknown]>([
	['RMA: Get', { resource: 'rma', operation: 'get', rmaId: RMA }, (json) => json],
	['RMA: Get Many', { resource: 'rma', operation: 'getAll', includeDetails: true }, (json) => json],
	['RMA: Match Inspection', { resource: 'rma', operation: 'matchInspection', rmaId: RMA, counts: '[{"sku":"SHIRT-BLUE-M","sellable":1}]' }, (json) => json.rma],
	['RMA: Create by Policy', { resource: 'rma', operation: 'createByPolicy', order: '5100000001', specifyItems: 'json', itemsJson: '[{"lineItemId":"1","policyId":"1"}]' }, (json) => json.rma],
	['Transaction: Get Many', { resource: 'transaction', operation: 'getAll' }, (json) => ({ transactions: [json] })],
])('%s shows the last four characters of it', async (_name, parameters, rmaOf) => {
	const { json, text } = await run(parameters);
	expect(creditOf(rmaOf(json))).toEqual([SHOWN]);
	expect(text).not.toContain(CODE);
});

it.each<[string, INodeParameters]>([
	['RMA: Get', { resource: 'rma', operation: 'get', rmaId: RMA }],
	['RMA: Get Many', { resource: 'rma', operation: 'getAll', includeDetails: true }],
	['Transaction: Get Many', { resource: 'transaction', operation: 'getAll' }],
])('%s gives what ReturnGO gave with Simplify off', async (_name, parameters) => {
	expect((await run({ ...parameters, simplify: false })).text).toContain(CODE);
});

it('Report Outcome sends the whole code, and shows its end, in a rehearsal, too', async () => {
	const report = { resource: 'transaction', operation: 'reportOutcome', transactionId: '7000001', outcome: 'Success', reference: CODE, referenceType: 'StoreCreditCode' };
	const rehearsed = await run({ ...report, options: { dryRun: true } });
	expect(rehearsed.json).toMatchObject({ planned: { body: { status: 'Success', externalReferenceId: SHOWN, externalReferenceType: 'StoreCreditCode' } } });
	const real = await run(report);
	expect(real.json).toMatchObject({ reference: SHOWN, transaction: { externalReferenceId: SHOWN } });
	expect(server.calls.map(({ body }) => body)).toEqual([{ status: 'Success', externalReferenceId: CODE, externalReferenceType: 'StoreCreditCode' }]);
	for (const { text } of [rehearsed, real]) expect(text).not.toContain(CODE);
});

it('a number of Shopify’s is shown as it is', async () => {
	const raw = rawRma();
	server.on('GET /rma/1000001', { body: { ...raw, transactions: [{ ...(raw.transactions as IDataObject[])[0], externalReferenceId: '880001234', externalReferenceType: 'PlatformRefundId' }] } });
	expect((await run({ resource: 'rma', operation: 'get', rmaId: RMA })).json).toMatchObject({ transactions: [{ externalReferenceId: '880001234' }] });
});

it('a reference of store credit without a kind is taken for a code', async () => {
	const raw = rawRma();
	server.on('GET /rma/1000001', { body: { ...raw, transactions: [{ ...(raw.transactions as IDataObject[])[0], externalReferenceType: null }] } });
	expect((await run({ resource: 'rma', operation: 'get', rmaId: RMA })).json).toMatchObject({ transactions: [{ externalReferenceId: SHOWN }] });
});

it('both triggers show its end', async () => {
	const registrations: IDataObject[] = [];
	server.on('GET /webhooks', () => ({ body: registrations }));
	server.on('POST /webhook', ({ body }: ReceivedCall) => {
		registrations.push({ id: '18001', ...(body as IDataObject) });
		return { status: 201, body: registrations[0] };
	});
	server.on('DELETE /webhook/18001', { status: 200 });
	const trigger = await startTrigger({ node: ReturnGoTrigger, parameters: { events: ['RMA_STATUS_UPDATED'] }, ...credentialsFor(server) });
	await trigger.activate();
	await fetch(String(registrations[0]?.url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ eventName: 'RMA_STATUS_UPDATED', rmaId: '1000001', status: 'Received' }) });
	const polled = startPolling({ node: ReturnGoPollingTrigger, parameters: { events: ['RMA_STATUS_UPDATED'] }, ...credentialsFor(server) });
	const items = [...((await trigger.waitForCalls(1))[0]?.items ?? []), ...(await polled.test())];
	expect(items.map(({ json }) => creditOf(json.rma))).toEqual([[SHOWN], [SHOWN]]);
	expect(JSON.stringify(items)).not.toContain(CODE);
	await trigger.close();
});
