/** *Execute refunds ReturnGO requests* as shipped, against a ReturnGO that only announces refunds: paid once, exactly, and reported. */
import { FLAGSHIP, FLAGSHIP_REFUND, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution } from './harness';

const TEMPLATE = 'execute-refunds-returngo-requests';
const AMOUNT = { amount: FLAGSHIP_REFUND };

let e2e: E2e;
let shop: Shop;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
beforeEach(async () => await e2e.returnGo.setOptions({ refundExecution: 'notifyOnly' }));
afterEach(async () => await e2e.cleanUp());

async function publish(settings: Record<string, boolean | string> = { returnGoOnlyAnnounces: true }): Promise<string> {
	return (await e2e.importTemplate(TEMPLATE, { settings })).id;
}

async function rest(): Promise<void> {
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
}

async function announce(rmaId: string, refund: object = AMOUNT): Promise<void> {
	await e2e.returnGo.post(`/__sim/rmas/${rmaId}/refund`, refund);
}

interface Transaction {
	id: number;
	status: string;
	externalReferenceId: string | null;
}

async function transactionsOf(rmaId: string): Promise<Transaction[]> {
	return (await e2e.returnGo.get<{ details: { transactions: Transaction[] } }>(`/__sim/rmas/${rmaId}`)).details.transactions;
}

/** Runs from the schedule, as n8n does four times a day. */
async function regularLook(workflowId: string): Promise<Execution> {
	return await e2e.n8n.executeWorkflow(workflowId, 'Four times a day', 150_000);
}

it('an announced refund is paid exactly, reported with the number of the refund, and not paid again by the next look', async () => {
	const workflowId = await publish();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await announce(rmaId);
	await rest();
	const { refunds, ledger } = await shop.outcome(orderId);
	expect(refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	const refundId = ledger?.entries.find(({ action }) => action === 'refund')?.refundId?.split('/').pop();
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Success', externalReferenceId: refundId }]);

	await e2e.returnGo.redeliver('TRANSACTION_CREATED');
	await rest();
	expect(failureOf(await regularLook(workflowId))).toBeUndefined();
	expect((await shop.outcome(orderId)).refunds).toHaveLength(1);
});

it('both ways at once: the message, its repetitions and the regular look pay one refund', async () => {
	const workflowId = await publish();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await e2e.returnGo.addWebhookFault({ topic: 'TRANSACTION_CREATED', duplicate: 4, concurrent: true });
	await announce(rmaId);
	await Promise.all([regularLook(workflowId), regularLook(workflowId)]);
	await rest();
	await regularLook(workflowId);
	expect((await shop.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Success' }]);
});

it('a lost message is caught up with by the regular look, which reads no RMA when nothing is open', async () => {
	const workflowId = await publish();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await rest();
	await e2e.returnGo.clearRequests();
	await regularLook(workflowId);
	expect((await e2e.returnGoRequests()).map((request) => request.operations.join())).toEqual(['GET /transactions']);

	await e2e.returnGo.addWebhookFault({ topic: 'TRANSACTION_CREATED', drop: true });
	await announce(rmaId);
	await rest();
	expect((await shop.outcome(orderId)).refunds).toEqual([]);
	await regularLook(workflowId);
	expect((await shop.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Success' }]);
});

it('waits for the inspection, and pays as soon as it is recorded', async () => {
	await publish();
	const placed = await shop.placeOrder();
	const rmaId = await shop.receiveReturn(placed);
	await announce(rmaId);
	await rest();
	expect((await shop.outcome(placed.orderId)).refunds).toEqual([]);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Requested' }]);
	await shop.validate(rmaId);
	await rest();
	expect((await shop.outcome(placed.orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Success' }]);
});

it('another amount than the order’s is not paid, and a person gets both figures', async () => {
	const workflowId = await publish();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await announce(rmaId, { amount: '80.00' });
	await rest();
	const failed = await e2e.waitForExecution(workflowId, (execution) => execution.status === 'error');
	expect(failureOf(failed)).toMatch(/Hand over to a person: amountNotExpected.*Owner: finance.*RMA\d+, order #/s);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], ledger: null });
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Requested' }]);
});

it('pending money is not reported; when the payment provider refuses it, ReturnGO hears Failed and a person is told', async () => {
	const workflowId = await publish();
	const placed = await shop.placeOrder({ ...FLAGSHIP, refundsSettle: 'pending' });
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId);
	await announce(rmaId);
	await rest();
	expect((await shop.outcome(placed.orderId)).refunds).toEqual([`PENDING ${FLAGSHIP_REFUND}`]);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Requested' }]);

	const { order } = await shop.ask<{ order: { refunds: Array<{ transactions: { nodes: Array<{ id: string }> } }> } }>('query ($id: ID!) { order(id: $id) { refunds(first: 5) { transactions(first: 5) { nodes { id } } } } }', { id: placed.orderId });
	await e2e.shopify.post(`/__sim/transactions/${order.refunds[0]?.transactions.nodes[0]?.id.split('/').pop()}`, { status: 'FAILURE' });
	expect(failureOf(await regularLook(workflowId))).toMatch(/Hand over to a person: refundFailed.*Owner: finance/s);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Failed' }]);
	expect(failureOf(await regularLook(workflowId))).toBeUndefined();
	expect((await shop.outcome(placed.orderId)).refunds).toHaveLength(1);
});

it('ReturnGO cannot be told: nothing is paid again, and the next look reports it', async () => {
	const workflowId = await publish();
	const { orderId, rmaId } = await shop.inspectedReturn();
	await e2e.returnGo.addFaults({ match: { operation: 'PUT /transaction/:id' }, action: { kind: 'status', status: 400 }, times: -1 });
	await announce(rmaId);
	await rest();
	const failed = await e2e.waitForExecution(workflowId, (execution) => execution.status === 'error');
	expect(failureOf(failed)).toContain('writeBackFailed');
	await e2e.returnGo.clearFaults();
	await regularLook(workflowId);
	expect(await transactionsOf(rmaId)).toMatchObject([{ status: 'Success' }]);
	expect((await shop.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
});

it.each([
	['alone', undefined, [`SUCCESS ${FLAGSHIP_REFUND}`], /Hand over to a person: callBudgetLow: ReturnGO’s calls are nearly used up\. Not every RMA was looked at.*Owner: integration/s],
	['beside what a person has to decide', { amount: '80.00' }, [], /Hand over to a person: amountNotExpected.* \|\| callBudgetLow: .*Owner: integration/s],
])('a list that is longer than the limits is told of, after everything else was done: %s', async (_name, refund, refunds, told) => {
	const { id } = await e2e.importDraft(TEMPLATE, { settings: { returnGoOnlyAnnounces: true, maximumReturns: 1 } });
	// Made in one second, both would be equally old.
	await e2e.returnGo.changeClock({ advanceMs: -60_000 });
	const first = await shop.inspectedReturn();
	await e2e.returnGo.changeClock({ advanceMs: 60_000 });
	const second = await shop.inspectedReturn();
	await announce(first.rmaId, refund);
	await announce(second.rmaId);
	const look = await regularLook(id);
	expect(failureOf(look)).toMatch(told);
	expect((await shop.outcome(first.orderId)).refunds).toEqual(refunds);
	expect((await shop.outcome(second.orderId)).refunds).toEqual([]);
});

it('a message that names no RMA reads nothing; the regular look finds what it was about', async () => {
	await publish();
	const { rmaId, orderId } = await shop.inspectedReturn();
	await rest();
	await e2e.returnGo.addWebhookFault({ topic: 'TRANSACTION_CREATED', drop: true });
	await announce(rmaId);
	await rest();
	await e2e.returnGo.clearRequests();
	await e2e.returnGo.post('/__sim/webhooks/send', { eventName: 'TRANSACTION_CREATED', body: { eventName: 'TRANSACTION_CREATED', transactionId: '1' } });
	await rest();
	expect(await e2e.returnGoRequests()).toEqual([]);
	expect((await shop.outcome(orderId)).refunds).toEqual([]);
});

it('a request of an RMA that was marked as done is not paid in silence nor forgotten: finance hears of it', async () => {
	const { id } = await e2e.importDraft(TEMPLATE, { settings: { returnGoOnlyAnnounces: true } });
	const { rmaId, orderId } = await shop.inspectedReturn();
	await announce(rmaId);
	await shop.setRmaStatus(rmaId, 'Done');
	const other = await shop.inspectedReturn();
	await announce(other.rmaId);
	const look = await regularLook(id);
	const [transaction] = await transactionsOf(rmaId);
	expect(failureOf(look)).toMatch(new RegExp(`Hand over to a person: refundMissing: Refund is missing\\. .*Owner: finance\\. Next step: Look for the transaction ${transaction?.id} in ReturnGO`, 's'));
	expect(failureOf(look)).not.toContain(' || ');
	expect((await shop.outcome(orderId)).refunds).toEqual([]);
	expect((await shop.outcome(other.orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
});

it('as shipped it pays nothing, and asks who pays', async () => {
	const workflowId = await publish({});
	const { orderId, rmaId } = await shop.inspectedReturn();
	await announce(rmaId);
	await rest();
	const failed = await e2e.waitForExecution(workflowId, (execution) => execution.status === 'error');
	expect(failureOf(failed)).toMatch(/Who pays\?: ownedElsewhere.*returnGoOnlyAnnounces/s);
	expect(itemsOf(failed, 'Post the refund')).toEqual([]);
	expect((await shop.outcome(orderId)).refunds).toEqual([]);
});
