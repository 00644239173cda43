/** The sub-workflow *Settle one return* and its caller, as shipped: by webhook and by batch, each unit paid and restocked once. */
import { FLAGSHIP, FLAGSHIP_REFUND, Shop } from '../support/shop';
import { E2e, failureOf, itemsOf, type Execution, type StoredWorkflow } from './harness';

let e2e: E2e;
let shop: Shop;
let location: string;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
	location = await shop.firstLocation();
});
afterEach(async () => await e2e.cleanUp());

async function importBoth(settings: Record<string, string | number | boolean> = {}): Promise<{ settle: StoredWorkflow; caller: StoredWorkflow }> {
	const settle = await e2e.importTemplate('settle-one-return', { settings: { locationId: location.split('/').pop() ?? '', ...settings } });
	const caller = await e2e.importTemplate('settle-received-returns', { settings: { settleWorkflowId: settle.id } });
	return { settle, caller };
}

/** What the sub-workflow answered to its caller, in an execution of the caller. */
function answersIn(execution: Execution): string[] {
	return itemsOf(execution, 'Settle this return').map(({ json }) => `RMA${String(json.rmaId)} ${String(json.outcome)}`).sort();
}

async function runAtNight(caller: StoredWorkflow): Promise<Execution> {
	return await e2e.n8n.executeWorkflow(caller.id, 'Every night', 150_000);
}

async function rest(): Promise<void> {
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
}

async function commentsOf(rmaId: string): Promise<string[]> {
	const { details } = await e2e.returnGo.get<{ details: { comments: Array<{ htmlText: string; triggeredBy: string }> } }>(`/__sim/rmas/${rmaId}`);
	return details.comments.filter((comment) => comment.triggeredBy === 'ReturnGO API').map((comment) => comment.htmlText);
}

const withResolution = (resolutionType: string) => (lineItemId: string | undefined) => [{ lineItemId, quantity: 2, resolutionType }];
const SETTLED = { refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], tags: ['return-refunded'] };

it('one return by webhook: refunded and restocked in one step, told to ReturnGO, and a repeated message changes nothing', async () => {
	const { caller } = await importBoth({ markDone: true });
	const { orderId, rmaId } = await shop.inspectedReturn();
	await rest();
	expect(await shop.outcome(orderId)).toMatchObject({ ...SETTLED, dispositions: [`2 RESTOCKED ${location}`] });
	expect((await e2e.returnGo.get<{ status: string }>(`/__sim/rmas/${rmaId}`)).status).toBe('Done');
	expect((await commentsOf(rmaId)).filter((text) => text.includes(`Refunded ${FLAGSHIP_REFUND} EUR`) && text.includes('2 × restocked'))).toHaveLength(1);

	await e2e.returnGo.redeliver('RMA_STATUS_UPDATED');
	await rest();
	const last = (await e2e.n8n.waitForExecutions(caller.id, 2, 150_000)).at(-1);
	expect(last && answersIn(last)).toEqual([`RMA${rmaId} alreadyDone`]);
	expect((await shop.outcome(orderId)).refunds).toHaveLength(1);
	expect((await commentsOf(rmaId)).filter((text) => text.includes('Refunded'))).toHaveLength(1);
});

it('all returns at night: each unit by its resolution, one message for what needs a person, and the next night pays nothing again', async () => {
	const { caller } = await importBoth({ storeCreditAs: 'account', giftCardResolutions: 'GiftCard' });
	await e2e.n8n.unpublish(caller.id);
	const arrive = async (resolution: string, inspected: boolean) => {
		const placed = await shop.placeOrder();
		const rmaId = await shop.receiveReturn(placed, withResolution(resolution)(placed.lineItemIds[0]));
		if (inspected) await shop.validate(rmaId);
		return { ...placed, rmaId };
	};
	const refunded = await arrive('RefundToPaymentMethod', true);
	const credited = await arrive('RefundToStoreCredit', true);
	const carded = await arrive('GiftCard', true);
	const uninspected = await arrive('RefundToPaymentMethod', false);
	const byHand = await arrive('RefundToPaymentMethod', true);
	await e2e.shopify.post('/__sim/admin/refund', { orderId: byHand.orderId, lines: [{ lineItemId: byHand.lineItemIds[0], quantity: 1 }] });

	const night = await runAtNight(caller);
	expect(answersIn(night)).toEqual([
		`RMA${refunded.rmaId} done`,
		`RMA${credited.rmaId} done`, `RMA${credited.rmaId} done`,
		`RMA${carded.rmaId} done`, `RMA${carded.rmaId} done`,
		`RMA${uninspected.rmaId} waiting`,
		`RMA${byHand.rmaId} blocked`, `RMA${byHand.rmaId} done`,
	].sort());
	expect(failureOf(night)).toMatch(/Hand over to a person.*refundUnclear.*Owner: finance.*Next step/s);
	expect(failureOf(night)).not.toContain(`RMA${uninspected.rmaId}`);
	expect(await shop.outcome(refunded.orderId)).toMatchObject({ ...SETTLED, dispositions: [`2 RESTOCKED ${location}`] });
	for (const { orderId } of [credited, carded]) expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], tags: ['return-credited'], dispositions: [`2 RESTOCKED ${location}`] });
	expect((await commentsOf(credited.rmaId)).join()).toContain(`Store credit of ${FLAGSHIP_REFUND} EUR`);
	expect((await commentsOf(carded.rmaId)).join()).toContain(`Gift card of ${FLAGSHIP_REFUND} EUR`);
	expect(await shop.outcome(uninspected.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null });

	const before = await Promise.all([refunded, credited, carded, byHand].map(async ({ orderId }) => await shop.outcome(orderId)));
	const again = await runAtNight(caller);
	expect(answersIn(again).filter((answer) => answer.endsWith(' done'))).toEqual([]);
	expect(await Promise.all([refunded, credited, carded, byHand].map(async ({ orderId }) => await shop.outcome(orderId)))).toEqual(before);
});

it('a list that is longer than the limit is told of, after what was read has been settled', async () => {
	const settle = await e2e.importTemplate('settle-one-return', { settings: { locationId: location.split('/').pop() ?? '' } });
	const caller = await e2e.importDraft('settle-received-returns', { settings: { settleWorkflowId: settle.id, maximumReturns: 1 } });
	// Made in one second, both would be equally old.
	await e2e.returnGo.changeClock({ advanceMs: -60_000 });
	const first = await shop.inspectedReturn();
	await e2e.returnGo.changeClock({ advanceMs: 60_000 });
	const second = await shop.inspectedReturn();
	const night = await runAtNight(caller);
	expect(await shop.outcome(first.orderId)).toMatchObject(SETTLED);
	expect((await shop.outcome(second.orderId)).refunds).toEqual([]);
	expect(failureOf(night)).toMatch(/callBudgetLow: ReturnGO’s calls are nearly used up\. Not every received return was looked at.*Owner: integration/s);
});

it('store credit as a refund of the order', async () => {
	await importBoth();
	const placed = await shop.placeOrder(FLAGSHIP);
	const rmaId = await shop.receiveReturn(placed, withResolution('RefundToStoreCredit')(placed.lineItemIds[0]));
	await shop.validate(rmaId);
	await rest();
	expect(await shop.outcome(placed.orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], tags: ['return-credited'] });
	expect((await commentsOf(rmaId)).join()).toContain(`${FLAGSHIP_REFUND} EUR as store credit`);
});

it('a caller that was not told which workflow settles says so instead of staying silent', async () => {
	const caller = await e2e.importDraft('settle-received-returns');
	const { orderId } = await shop.inspectedReturn();
	expect(failureOf(await runAtNight(caller))).toMatch(/serviceUnavailable.*Settle one return/s);
	expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], ledger: null });
});

it('one return that ReturnGO does not find does not stop the others, and is caught up with the next night', async () => {
	const { caller } = await importBoth();
	await e2e.n8n.unpublish(caller.id);
	const first = await shop.inspectedReturn();
	const second = await shop.inspectedReturn();
	await e2e.returnGo.addFaults({ match: { method: 'GET', path: `/rma/${first.rmaId}` }, action: { kind: 'status', status: 404 }, times: -1 });
	const night = await runAtNight(caller);
	expect(answersIn(night)).toEqual(expect.arrayContaining([`RMA${first.rmaId} blocked`, `RMA${second.rmaId} done`]));
	expect(failureOf(night)).toMatch(/serviceUnavailable.*Owner: integration/s);
	await e2e.returnGo.clearFaults();
	expect(answersIn(await runAtNight(caller))).toEqual(expect.arrayContaining([`RMA${first.rmaId} done`, `RMA${second.rmaId} alreadyDone`]));
	expect(await shop.outcome(first.orderId)).toMatchObject(SETTLED);
});

describe('marked as done', () => {
	const status = async (rmaId: string) => (await e2e.returnGo.get<{ status: string }>(`/__sim/rmas/${rmaId}`)).status;

	async function inspected(wish: object): Promise<{ orderId: string; rmaId: string }> {
		const placed = await shop.placeOrder(FLAGSHIP);
		const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 2, ...wish }]);
		await shop.validate(rmaId);
		return { orderId: placed.orderId, rmaId };
	}

	async function draftBoth(settings: Record<string, string | number | boolean>): Promise<StoredWorkflow> {
		const settle = await e2e.importTemplate('settle-one-return', { settings: { locationId: location.split('/').pop() ?? '', markDone: true, ...settings } });
		return await e2e.importDraft('settle-received-returns', { settings: { settleWorkflowId: settle.id } });
	}

	it('not while a store credit is stopped by its highest amount, though the units are in stock; and as soon as it is given', async () => {
		const { orderId, rmaId } = await inspected({ resolutionType: 'RefundToStoreCredit' });
		const night = await runAtNight(await draftBoth({ maximumAmount: '50' }));
		expect(answersIn(night)).toEqual([`RMA${rmaId} blocked`, `RMA${rmaId} done`]);
		expect(failureOf(night)).toMatch(/capExceeded.*Owner: finance/s);
		expect(await shop.outcome(orderId)).toMatchObject({ refunds: [], dispositions: [`2 RESTOCKED ${location}`] });
		expect(await status(rmaId)).not.toBe('Done');

		await runAtNight(await draftBoth({}));
		expect((await shop.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
		expect(await status(rmaId)).toBe('Done');
	});

	it('not while an exchange is not released; and as soon as it is', async () => {
		const { orderId, rmaId } = await inspected({ quantity: 1, resolutionType: 'InstantVariantExchange', exchangeItems: [{ sku: 'COAT-L', variantId: '8100000001', quantity: 1 }] });
		const caller = await draftBoth({});
		expect(answersIn(await runAtNight(caller))).toEqual([`RMA${rmaId} done`]);
		expect((await shop.outcome(orderId)).dispositions).toEqual([`1 RESTOCKED ${location}`]);
		expect(await status(rmaId)).not.toBe('Done');
		await e2e.returnGo.post(`/__sim/rmas/${rmaId}/release-exchange`, { orderId: '5900000001', orderName: '#2001' });
		await runAtNight(caller);
		expect(await status(rmaId)).toBe('Done');
	});

	it('not with a resolution that nobody knows beside one that was paid', async () => {
		const placed = await shop.placeOrder(FLAGSHIP);
		const rmaId = await shop.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }, { lineItemId: placed.lineItemIds[0], quantity: 1, resolutionType: 'SomethingNew' }]);
		await shop.validate(rmaId);
		await runAtNight(await draftBoth({}));
		expect((await shop.outcome(placed.orderId)).refunds).toHaveLength(1);
		expect(await status(rmaId)).not.toBe('Done');
	});

	it('a form of store credit that nobody knows is handed over with what it can be; nothing is paid and nothing is marked as done', async () => {
		const { orderId, rmaId } = await inspected({ resolutionType: 'RefundToStoreCredit' });
		const night = await runAtNight(await draftBoth({ storeCreditAs: 'giftcard' }));
		expect(failureOf(night)).toMatch(/invalidInput: The input cannot be used\. The setting storeCreditAs is “giftcard”, and can be refund, account or giftCard\..*Owner: integration/s);
		expect((await shop.outcome(orderId)).refunds).toEqual([]);
		expect(await status(rmaId)).not.toBe('Done');
	});
});
