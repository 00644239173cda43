/** Units of an RMA that were never shipped: cancelled by a refund of their own, beside the units that came back. Inside n8n's engine, over real HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { codesOf, type Placed } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage, type Answer } from './stage';

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

/** Three mugs at 10.00 of which two were shipped, three plates at 20.00 of which none was, and 1.00 off the order. */
const SPLIT = {
	currency: 'EUR',
	lines: [
		{ sku: 'MUG', title: 'Mug', quantity: 3, unitPrice: '10.00', fulfilled: 2, taxes: [{ title: 'VAT', rate: 0.19 }] },
		{ sku: 'PLATE', title: 'Plate', quantity: 3, unitPrice: '20.00', fulfilled: 0 },
	],
	discounts: [{ target: 'order', kind: 'fixed', value: '1.00', type: 'code', title: 'ONE' }],
	shipping: { price: '6.00' },
	payments: [{ gateway: 'shopify_payments' }],
};

interface Case extends Placed {
	rma: IDataObject;
}

interface Unit extends IDataObject {
	id: string;
	lineItemId: string;
}

/** The customer wants to give back mugs and plates; the mugs that were shipped are in a Shopify return, received and inspected. */
async function split({ mugs = 0, plates = 0 }: { mugs?: number; plates?: number }, order: object = SPLIT): Promise<Case> {
	const placed = await stage.placeOrder(order);
	const [mug, plate] = placed.lineItemIds;
	const shipped = Math.min(mugs, 2);
	if (shipped > 0) await stage.openReturn(placed, shipped);
	const units = [...(mugs > 0 ? [{ lineItemId: mug, quantity: mugs }] : []), ...(plates > 0 ? [{ lineItemId: plate, quantity: plates }] : [])];
	const { rmaId } = await stage.returnGo.post<{ rmaId: number }>('/__sim/rmas', { orderId: placed.orderId, units });
	await stage.returnGo.post(`/__sim/rmas/${rmaId}/approve`);
	if (shipped > 0) {
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/ship`);
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/receive`);
		const { details } = await stage.returnGo.get<{ details: { items: Array<{ returnedItemId: string }> } }>(`/__sim/rmas/${rmaId}`);
		await stage.validate(String(rmaId), { units: details.items.slice(0, shipped).map(({ returnedItemId }) => ({ id: returnedItemId, isReturned: true, isRestockable: true })) });
	}
	return { ...placed, rma: await stage.readRma(String(rmaId)) };
}

async function settle({ rma }: Case, options: INodeParameters = {}): Promise<Answer> {
	return await stage.refund(rma, { options: { unshippedUnits: 'cancel', cancelLocationId: stage.locationId, otherReturnGoAmount: 'ignore', ...options } });
}

interface Booked {
	/** One text per refund line, e.g. "2 CANCEL …/Location/1". */
	lines: string[];
	/** Sums of money per refund. */
	amounts: string[];
	unfulfilled: number[];
	available: number;
}

async function booked({ orderId }: Placed): Promise<Booked> {
	const { order } = await stage.ask<{ order: { lineItems: { nodes: Array<{ unfulfilledQuantity: number }> }; refunds: Array<{ totalRefundedSet: { presentmentMoney: { amount: string } }; refundLineItems: { nodes: Array<{ quantity: number; restockType: string; location: { id: string } | null }> } }> } }>(
		'query ($id: ID!) { order(id: $id) { lineItems(first: 3) { nodes { unfulfilledQuantity } } refunds(first: 5) { totalRefundedSet { presentmentMoney { amount } } refundLineItems(first: 5) { nodes { quantity restockType location { id } } } } } }',
		{ id: orderId },
	);
	const levels = await stage.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>('/__sim/inventory?sku=PLATE');
	return {
		lines: order.refunds.flatMap((refund) => refund.refundLineItems.nodes.map(({ quantity, restockType, location }) => `${quantity} ${restockType}${location ? ` ${location.id}` : ''}`)),
		amounts: order.refunds.map((refund) => Number(refund.totalRefundedSet.presentmentMoney.amount).toFixed(2)),
		unfulfilled: order.lineItems.nodes.map((line) => line.unfulfilledQuantity),
		available: levels.find((level) => level.locationId === stage.locationId)?.quantities.available ?? 0,
	};
}

describe('units that were not shipped', () => {
	it('stop by default, and nothing is paid for them', async () => {
		const order = await split({ plates: 2 });
		const { settled, attention } = await stage.refund(order.rma, { options: { otherReturnGoAmount: 'ignore' } });
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'notShippedYet' }] }]);
		expect((await booked(order)).lines).toEqual([]);
	});

	it('are cancelled at once where the settings say so: paid exactly, no longer to be shipped, available again', async () => {
		const order = await split({ plates: 2 });
		const before = await booked(order);
		const { settled, attention } = await settle(order);
		expect(attention).toEqual([]);
		// 60.00 of 90.00 carry 0.67 of the discount; two of three plates are worth 39.55.
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: null, cancellation: { amount: '39.55', currency: 'EUR', moneyMoved: true } }]);
		expect(await booked(order)).toEqual({ lines: [`2 CANCEL ${stage.locationId}`], amounts: ['39.55'], unfulfilled: [1, 1], available: before.available + 2 });
		const again = await settle(order);
		expect(again.attention).toEqual([]);
		expect(again.settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'settledBefore' }] }]);
		expect((await booked(order)).amounts).toEqual(['39.55']);
	});

	it('need a place, and one that is open', async () => {
		const order = await split({ plates: 1 });
		expect(codesOf((await settle(order, { cancelLocationId: '' })).attention[0])).toEqual(['locationUnknown']);
		expect(codesOf((await settle(order, { cancelLocationId: '80000000003' })).attention[0])).toEqual(['locationInactive']);
		expect(codesOf((await settle(order, { cancelLocationId: '123' })).attention[0])).toEqual(['locationUnknown']);
		expect((await booked(order)).lines).toEqual([]);
	});

	it.each(['list', 'id'])('go to the place that the locator names, whether from the list or by its ID: %s', async (mode) => {
		const order = await split({ plates: 1 });
		const value = mode === 'list' ? stage.locationId : (stage.locationId.split('/').at(-1) ?? '');
		const { settled } = await settle(order, { cancelLocationId: { __rl: true, mode, value } as unknown as INodeParameters, shopifyReturnId: { __rl: true, mode: 'list', value: '' } as unknown as INodeParameters });
		expect(settled).toMatchObject([{ outcome: 'done', cancellation: { moneyMoved: true } }]);
		expect((await booked(order)).lines).toEqual([`1 CANCEL ${stage.locationId}`]);
	});

	it('look for the Shopify return that the locator names', async () => {
		const order = await split({ mugs: 1 });
		const { attention } = await settle(order, { shopifyReturnId: { __rl: true, mode: 'id', value: '987654321' } as unknown as INodeParameters });
		expect(codesOf(attention[0])).toEqual(['returnNotFound']);
	});

	it('cannot be cancelled by a credit beside the order', async () => {
		const order = await split({ plates: 1 });
		const { attention } = await stage.run('storeCredit', 'createGiftCard', order.rma, { refundResolutions: 'RefundToPaymentMethod', options: { otherReturnGoAmount: 'ignore' } });
		expect(codesOf(attention[0])).toEqual(['notShippedYet']);
	});

	it('become store credit through the refund where that is asked for', async () => {
		const order = await split({ plates: 1 });
		const { settled } = await stage.run('storeCredit', 'refund', order.rma, { refundResolutions: 'RefundToPaymentMethod', options: { otherReturnGoAmount: 'ignore', unshippedUnits: 'cancel', cancelLocationId: stage.locationId } });
		expect(settled).toMatchObject([{ outcome: 'done', cancellation: { amount: '19.78' } }]);
		expect((await booked(order)).lines).toEqual([`1 CANCEL ${stage.locationId}`]);
	});

	it('are not taken for shipped ones, whatever the inspection says', async () => {
		const order = await split({ plates: 1 });
		const inspected = (order.rma.units as Unit[]).map(({ id }) => ({ unitId: id, state: 'sellable' }));
		const { attention } = await stage.refund(order.rma, { inspectionSource: 'provided', inspections: JSON.stringify(inspected), options: { otherReturnGoAmount: 'ignore', unshippedUnits: 'cancel', cancelLocationId: stage.locationId } });
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'notShippedYet', message: expect.stringContaining('Shopify has shipped 0') as string }] }]);
		expect((await booked(order)).lines).toEqual([]);
	});

	it('that a person has cancelled meanwhile are not paid again', async () => {
		const order = await split({ plates: 2 });
		await stage.shopify.post('/__sim/admin/refund', { orderId: order.orderId, lines: [{ lineItemId: order.lineItemIds[1], quantity: 2, restock: true, locationId: stage.locationId }] });
		const { settled, attention } = await settle(order);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'refundedInShopify' }] }]);
		expect((await booked(order)).amounts).toHaveLength(1);
	});

	it('are found again when the answer was lost, and cancelled once', async () => {
		const order = await split({ plates: 2 });
		await stage.shopify.addFaults({ match: { operation: 'refundCreate' }, action: { kind: 'dropAfter' }, times: -1 });
		const { settled } = await settle(order);
		expect(settled).toMatchObject([{ outcome: 'done', cancellation: { amount: '39.55' } }]);
		expect((await booked(order)).amounts).toEqual(['39.55']);
	});

	it('that are shipped between the claim and the act are not paid: Shopify refuses, the claim is given back, and the next run waits for them', async () => {
		const order = await split({ plates: 3 });
		const warehouse = createServer((_request, response) => {
			void stage.shopify.post('/__sim/admin/fulfill', { orderId: order.orderId }).finally(() => response.end());
		});
		await new Promise<void>((resolve) => warehouse.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = warehouse.address() as AddressInfo;
			await stage.shopify.addFaults({ match: { operation: 'refundCreate' }, action: { kind: 'hook', url: `http://127.0.0.1:${port}/` } });
			const { settled, attention } = await settle(order);
			expect(settled).toEqual([]);
			expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'refusedByShopify' }] }]);
		} finally {
			await new Promise((resolve) => warehouse.close(resolve));
		}
		expect(await booked(order)).toMatchObject({ lines: [], unfulfilled: [0, 0] });
		expect((await stage.outcome(order.orderId)).ledger?.entries).toEqual([]);
		expect(codesOf((await settle(order)).attention[0])).toEqual(['notReceived']);
	});

	it('have no stock of their own to decide on', async () => {
		const order = await split({ plates: 1 });
		expect(codesOf((await stage.restock(order.rma)).attention[0])).toEqual(['notShippedYet']);
		await settle(order);
		expect((await stage.restock(order.rma)).settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'settledBefore' }] }]);
	});
});

describe('beside units that came back', () => {
	it('a shop that answers no more after the first refund: the refund is told, and the units that were never shipped are named', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		await stage.shopify.addFaults({ match: { operation: 'order', afterMatches: 1 }, action: { kind: 'status', status: 403 }, times: -1 });
		const { settled, attention } = await settle(order);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { moneyMoved: true }, moneyIsSettled: false }]);
		expect(settled[0]?.cancellation ?? null).toBeNull();
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'accessDenied' }] }]);
		await stage.shopify.clearFaults();
		const again = await settle(order);
		expect(again.settled).toMatchObject([{ outcome: 'done', cancellation: { moneyMoved: true } }]);
		expect((await booked(order)).amounts).toHaveLength(2);
	});

	/** Of 30.00 less 0.33 and 5.64 tax, two thirds; of 60.00 less 0.67, one third. */
	const MUGS = '23.54';
	const PLATE = '19.78';

	it('both are settled in one run: the return pays for one, a refund of its own cancels the other', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		const { settled, attention } = await settle(order);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: MUGS }, cancellation: { amount: PLATE } }]);
		expect(await booked(order)).toMatchObject({ lines: ['2 NO_RESTOCK', `1 CANCEL ${stage.locationId}`], amounts: [MUGS, PLATE], unfulfilled: [1, 2] });
		expect((await settle(order)).settled).toMatchObject([{ outcome: 'alreadyDone', everyUnitSettled: true }]);
		expect((await booked(order)).amounts).toEqual([MUGS, PLATE]);
	});

	it('on one line they add up to the line, to the cent', async () => {
		const order = await split({ mugs: 3 });
		const { settled, attention } = await settle(order);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: MUGS } }]);
		const { amounts, lines } = await booked(order);
		expect(lines).toEqual(['2 NO_RESTOCK', `1 CANCEL ${stage.locationId}`]);
		expect(amounts.reduce((sum, amount) => sum + Number(amount), 0).toFixed(2)).toBe('35.31');
	});

	it('on one line, nobody is paid twice while it is not clear which piece was shipped', async () => {
		const order = await split({ mugs: 3 });
		const units = (order.rma.units as Unit[]).map((unit, index) => (index === 0 ? unit : { ...unit, validation: { ...(unit.validation as IDataObject), validatedAt: null } }));
		const { settled, attention } = await settle({ ...order, rma: { ...order.rma, units } });
		expect(settled).toMatchObject([{ outcome: 'done', unitIds: [units[0]?.id] }]);
		expect(codesOf(attention[0])).toEqual(['awaitingInspection']);
		expect((await booked(order)).lines).toEqual(['1 NO_RESTOCK']);
		expect((await settle(order)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		expect((await booked(order)).lines).toEqual(['1 NO_RESTOCK', '1 NO_RESTOCK', `1 CANCEL ${stage.locationId}`]);
	});

	it('shipping goes back once, with the first of the two', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		const { settled } = await settle(order, { refundShipping: 'full' });
		expect(settled).toMatchObject([{ refund: { amount: '29.54' }, cancellation: { amount: PLATE } }]);
	});

	it('the expected amount is that of both, and a limit is one on both', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		expect(codesOf((await settle(order, { expectedAmount: MUGS })).attention[0])).toEqual(['amountNotExpected']);
		expect(codesOf((await settle(order, { maximumAmount: '43.31' })).attention[0])).toEqual(['capExceeded']);
		expect((await booked(order)).amounts).toEqual([]);
		expect((await settle(order, { expectedAmount: '43.32' })).settled).toMatchObject([{ refund: { amount: MUGS }, cancellation: { amount: PLATE } }]);
	});

	it('a preview and a dry run show both, and the plan hash holds for both', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		const options = { unshippedUnits: 'cancel', cancelLocationId: stage.locationId, otherReturnGoAmount: 'ignore' };
		const preview = await stage.run('refund', 'preview', order.rma, { options });
		expect(preview.settled).toMatchObject([{ refund: { amount: MUGS }, cancellation: { amount: PLATE } }]);
		const rehearsal = await settle(order, { dryRun: true });
		expect(rehearsal.attention).toMatchObject([{ dryRun: true, planned: { refund: { amount: MUGS }, cancellation: { amount: PLATE } }, reasons: [{ code: 'dryRun', message: `A real run would pay ${MUGS} EUR and cancel 1 units and pay ${PLATE} EUR.` }] }]);
		expect((await booked(order)).amounts).toEqual([]);
		expect((await settle(order, { expectedPlanHash: String(preview.settled[0]?.planHash) })).settled).toMatchObject([{ refund: { amount: MUGS }, cancellation: { amount: PLATE } }]);
	});

	it('a run that dies between the two leaves one to the next, and none is done twice', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		await stage.shopify.addFaults({ match: { operation: 'refundCreate' }, action: { kind: 'dropBefore' }, times: -1 });
		const first = await settle(order);
		expect(first.settled).toMatchObject([{ outcome: 'done', refund: { amount: MUGS } }]);
		expect(codesOf(first.attention[0])).toEqual(['answerUnknown']);
		await stage.shopify.clearFaults();
		travel(180);
		expect((await settle(order)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: null, cancellation: { amount: PLATE } }]);
		expect((await booked(order)).amounts).toEqual([MUGS, PLATE]);
	});

	it('with their stock: what came back is restocked, what never left becomes available', async () => {
		const order = await split({ mugs: 2, plates: 1 });
		const { settled, attention } = await stage.process(order.rma, { options: { unshippedUnits: 'cancel', otherReturnGoAmount: 'ignore' } });
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: MUGS }, cancellation: { amount: PLATE }, restock: { dispositions: [{ type: 'RESTOCKED', quantity: 2 }] } }]);
		expect((await booked(order)).lines).toEqual([`2 RETURN ${stage.locationId}`, `1 CANCEL ${stage.locationId}`]);
	});
});
