/** *Issue store credit* as shipped: inspected units become credit of their exact value in the chosen form, once, and never beside a refund. */
import { codesOf, FLAGSHIP_REFUND, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf } from './harness';

let e2e: E2e;
let shop: Shop;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
});
afterEach(async () => await e2e.cleanUp());

async function inspectedCredit(order?: object): Promise<{ orderId: string; rmaId: string }> {
	const placed = await shop.placeOrder(order);
	const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 2, resolutionType: 'RefundToStoreCredit' }]);
	await shop.validate(rmaId);
	return { orderId: placed.orderId, rmaId };
}

async function rest(): Promise<void> {
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
}

async function creditComments(rmaId: string): Promise<string[]> {
	const { details } = await e2e.returnGo.get<{ details: { comments: Array<{ htmlText: string }> } }>(`/__sim/rmas/${rmaId}`);
	return details.comments.map(({ htmlText }) => htmlText).filter((text) => /(Store credit|Gift card) of/.test(text));
}

async function giftCards(): Promise<number[]> {
	const answer = await shop.ask<{ giftCards: { nodes: Array<{ initialValue: { amount: string } }> } }>('{ giftCards(first: 5) { nodes { initialValue { amount } } } }', {});
	return answer.giftCards.nodes.map(({ initialValue }) => Number(initialValue.amount));
}

it.each([
	['refund', [`SUCCESS ${FLAGSHIP_REFUND}`], [], 'Store credit of'],
	['account', [], [], 'Store credit of'],
	['giftCard', [], [Number(FLAGSHIP_REFUND)], 'Gift card of'],
])('credit as %s: once, of the exact value, told to ReturnGO; the same message again changes nothing', async (creditAs, refunds, cards, words) => {
	await e2e.importTemplate('issue-store-credit', { settings: { creditAs } });
	const { orderId, rmaId } = await inspectedCredit();
	await rest();
	const settled = await shop.outcome(orderId);
	expect(settled).toMatchObject({ refunds, tags: ['return-credited'] });
	expect(await giftCards()).toEqual(cards);
	expect((await creditComments(rmaId)).join()).toContain(`${words} ${FLAGSHIP_REFUND} EUR`);

	await e2e.returnGo.redeliver('RMA_STATUS_UPDATED');
	await rest();
	expect(await shop.outcome(orderId)).toEqual(settled);
	expect(await giftCards()).toEqual(cards);
	expect(await creditComments(rmaId)).toHaveLength(1);
});

it('an exception: the highest amount is exceeded, nothing is credited, and a person gets the code, the owner and the next step', async () => {
	const workflow = await e2e.importTemplate('issue-store-credit', { settings: { maximumAmount: '50' } });
	const { orderId } = await inspectedCredit();
	await rest();
	const failed = await e2e.waitForExecution(workflow.id, (execution) => execution.status === 'error');
	expect(itemsOf(failed, 'Refund to store credit', 1).flatMap((item) => codesOf(item.json))).toEqual(['capExceeded']);
	expect(failureOf(failed)).toMatch(/capExceeded: .*Owner: finance\. Next step: .*RMA\d+, order #?\d+/);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], tags: [] });
});

it('one return is run again by hand, as the guide says: the RMA’s number as output of the trigger, and the workflow executed at it', async () => {
	const { orderId, rmaId } = await inspectedCredit();
	const trigger = 'When a return changes in ReturnGO';
	const { id } = await e2e.importDraft('issue-store-credit', { patch: (file) => ({ ...file, pinData: { [trigger]: [{ json: { rmaId } }] } }) });
	const run = await e2e.n8n.executeWorkflow(id, trigger, 150_000);
	expect(failureOf(run)).toBeUndefined();
	expect((await shop.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
});

it('leaves units alone whose customer chose a refund', async () => {
	const workflow = await e2e.importTemplate('issue-store-credit');
	const { orderId } = await shop.inspectedReturn();
	await rest();
	const [execution] = await e2e.n8n.waitForExecutions(workflow.id, 1);
	expect(execution && itemsOf(execution, 'Another resolution')).toHaveLength(1);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], ledger: null });
});

it.each([
	['creditAs', 'giftcard', /invalidInput: The input cannot be used\. The setting creditAs is “giftcard”, and can be refund, account or giftCard\. .*Owner: integration\. Next step: .*RMA\d+, order #?\d+/],
	['damagedUnits', 'donotrefund', /invalidInput: .*“Damaged Units” is “donotrefund”, and can be doNotRefund, refund\. .*Owner: integration/],
])('a setting that nobody knows is handed over with its name and what it can be, and nothing is credited: %s', async (name, value, words) => {
	const workflow = await e2e.importTemplate('issue-store-credit', { settings: { [name]: value } });
	const { orderId } = await inspectedCredit();
	await rest();
	expect(failureOf(await e2e.waitForExecution(workflow.id, (execution) => execution.status === 'error'))).toMatch(words);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], ledger: null });
});
