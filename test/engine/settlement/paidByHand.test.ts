/** A person refunds to the card while store credit is being given: the person's refund is never taken for the credit. */
import { codesOf, FLAGSHIP_REFUND } from '../../support/shop';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => {
	jest.useRealTimers();
	await stage.clear();
});

it('a claim whose answer was lost is dropped when a person has refunded in the return since, and the report names the person', async () => {
	const { rmaId, orderId, lineItemIds } = await stage.inspectedReturn();
	const rma = await stage.readRma(rmaId);
	const credit = async () => await stage.run('storeCredit', 'refund', rma, { refundResolutions: 'RefundToPaymentMethod' });
	await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'dropBefore' } });
	expect(codesOf((await credit()).attention[0])).toEqual(['answerUnknown']);
	const { order } = await stage.ask<{ order: { returns: { nodes: Array<{ id: string }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { id } } } }', { id: orderId });
	await stage.shopify.post('/__sim/admin/refund', { orderId, returnId: order.returns.nodes[0]?.id, lines: [{ lineItemId: lineItemIds[0], quantity: 2 }] });

	const now = Date.now();
	jest.useFakeTimers({ doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'], now: now + 180_000 });
	const { settled, attention } = await credit();
	expect(attention).toEqual([]);
	expect(settled).toMatchObject([{ outcome: 'alreadyDone' }]);
	expect(codesOf(settled[0])).toEqual(['refundedInShopify']);
	const { refunds, ledger, tags } = await stage.outcome(orderId);
	expect(refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	expect(ledger?.entries).toEqual([]);
	expect(tags).not.toContain('return-credited');
});
