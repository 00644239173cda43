/** What goes back besides the units, and what stops a payment: inside n8n's engine, against the simulators over real HTTP. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND, type Placed } from '../../support/shop';
import { Stage, type Answer } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

/** Four pieces at 25.00 with 10 % tax on top; shipping 8.00 with 10 % tax; a tip of 3.00; a duty of 6.00 on the line. */
const LADEN = {
	currency: 'EUR',
	lines: [{ sku: 'MUG', title: 'Mug', quantity: 4, unitPrice: '25.00', taxes: [{ title: 'VAT', rate: 0.1 }] }],
	shipping: { price: '8.00', taxes: [{ title: 'VAT', rate: 0.1 }] },
	duties: [{ line: 0, amount: '6.00' }],
	tip: '3.00',
	payments: [{ gateway: 'shopify_payments' }],
};

/** Two of the four: 50.00 and 5.00 tax. */
const UNITS = 55;

async function refundOf(order: Placed & { rmaId: string }, options: INodeParameters = {}): Promise<Answer> {
	return await stage.refund(order.rmaId, { options });
}

async function withoutReturn(order: object): Promise<Placed & { rmaId: string }> {
	const placed = await stage.placeOrder(order);
	const rmaId = await stage.receiveReturn(placed);
	await stage.validate(rmaId);
	await stage.cancelReturn(placed.orderId);
	return { ...placed, rmaId };
}

const ROUTES = [
	['in its Shopify return', async (order: object) => await stage.inspectedReturn(order)],
	['on the order, which has no return', withoutReturn],
] as const;

describe.each(ROUTES)('a refund %s', (_route, prepare) => {
	it.each<[string, INodeParameters, number]>([
		['nothing but the units', {}, UNITS],
		['all of the shipping with its tax', { refundShipping: 'full' }, UNITS + 8.8],
		['half of the shipping with half of the value', { refundShipping: 'proportional' }, UNITS + 4.4],
		['exactly 5.00 of the shipping, and its tax', { refundShipping: 'exact', refundShippingAmount: '5.00' }, UNITS + 5.5],
		['up to 20.00 of the shipping, which has 8.00', { refundShipping: 'capped', refundShippingAmount: '20' }, UNITS + 8.8],
		['the duty of the returned pieces', { refundDuties: 'proportional' }, UNITS + 3],
		['all of the duty', { refundDuties: 'full' }, UNITS + 6],
		['the tip', { refundTip: true }, UNITS + 3],
		['everything', { refundShipping: 'full', refundDuties: 'full', refundTip: true }, UNITS + 8.8 + 6 + 3],
	])('pays back %s', async (_what, options, expected) => {
		const order = await prepare(LADEN);
		const { settled, attention } = await refundOf(order, options);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: expected.toFixed(2) } }]);
		expect((await stage.outcome(order.orderId)).refunds).toEqual([`SUCCESS ${expected.toFixed(2)}`]);
	});

	it('is found again when its answer was lost, shipping and tip included', async () => {
		const order = await prepare(LADEN);
		const rma = await stage.readRma(order.rmaId);
		for (const operation of ['returnProcess', 'refundCreate']) await stage.shopify.addFaults({ match: { operation }, action: { kind: 'dropAfter' } });
		const { settled } = await stage.refund(rma, { options: { refundShipping: 'full', refundTip: true } });
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '66.80' } }]);
		expect((await stage.outcome(order.orderId)).refunds).toHaveLength(1);
	});
});

describe('shipping', () => {
	it('is paid back once over two partial refunds, whatever is asked for', async () => {
		const placed = await stage.placeOrder(LADEN);
		const rmaId = await stage.receiveReturn(placed);
		const units = (await stage.readRma(rmaId)).units as Array<{ id: string }>;
		const inspected = (unit: { id: string } | undefined) => ({ inspectionSource: 'provided', inspections: JSON.stringify([{ unitId: unit?.id, state: 'sellable' }]), options: { refundShipping: 'capped', refundShippingAmount: '4.00' } });
		expect((await stage.refund(rmaId, inspected(units[0]))).settled).toMatchObject([{ refund: { amount: '31.90' } }]);
		expect((await stage.refund(rmaId, inspected(units[1]))).settled).toMatchObject([{ refund: { amount: '27.50' } }]);
	});

	it.each(['', 'much', '-1', '1.234'])('of the amount "%s" is a question for the consultant', async (refundShippingAmount) => {
		const order = await stage.inspectedReturn(LADEN);
		expect(codesOf((await refundOf(order, { refundShipping: 'exact', refundShippingAmount })).attention[0])).toEqual(['invalidInput']);
	});

	it('of more than was charged is refused', async () => {
		const order = await stage.inspectedReturn(LADEN);
		const { attention } = await refundOf(order, { refundShipping: 'exact', refundShippingAmount: '9.00' });
		expect(attention).toMatchObject([{ outcome: 'blocked' }]);
		expect((await stage.outcome(order.orderId)).refunds).toEqual([]);
	});
});

describe('duties with a tax of their own', () => {
	/** Three pieces at 10.00 and a duty of 10.00 with 7.25 % tax on it: 0.73. */
	const IMPORTED = { currency: 'EUR', lines: [{ sku: 'TILE', title: 'Tile', quantity: 3, unitPrice: '10.00' }], duties: [{ line: 0, amount: '10.00', taxes: [{ title: 'Import VAT', rate: 0.0725 }] }], payments: [{ gateway: 'shopify_payments' }] };

	it.each([
		['prices before tax', false],
		['prices that contain tax', true],
	])('come back piece by piece and add up, with %s', async (_prices, taxesIncluded) => {
		const placed = await stage.placeOrder({ ...IMPORTED, taxesIncluded });
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 3 }]);
		const units = (await stage.readRma(rmaId)).units as Array<{ id: string }>;
		const amounts: string[] = [];
		for (const unit of units) {
			const { settled, attention } = await stage.refund(rmaId, { inspectionSource: 'provided', inspections: JSON.stringify([{ unitId: unit.id, state: 'sellable' }]), options: { refundDuties: 'proportional' } });
			expect(attention.flatMap((item) => codesOf(item)).filter((code) => code !== 'awaitingInspection')).toEqual([]);
			amounts.push((settled[0]?.refund as { amount: string }).amount);
		}
		expect(amounts).toEqual(['13.57', '13.59', '13.57']);
	});

	it('come back in full with the first piece', async () => {
		const order = await stage.inspectedReturn(IMPORTED);
		expect((await refundOf(order, { refundDuties: 'full' })).settled).toMatchObject([{ refund: { amount: '30.73' } }]);
	});
});

describe('a cash payment that coins made differ', () => {
	it.each([
		['down', '10.02', 1],
		['up', '10.03', 1],
		['down, two of three pieces', '10.02', 3],
	])('%s is paid back with the exact value', async (_way, unitPrice, pieces) => {
		const order = { currency: 'EUR', lines: [{ sku: 'PEN', title: 'Pen', quantity: pieces, unitPrice }], payments: [{ gateway: 'cash', manual: true, roundTo: '0.05' }] };
		const placed = await stage.placeOrder(order);
		const quantity = Math.min(pieces, 2);
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity }]);
		await stage.validate(rmaId);
		const { settled, attention } = await stage.refund(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: (Number(unitPrice) * quantity).toFixed(2) } }]);
	});
});

describe('an edited order', () => {
	const EDITED = { currency: 'EUR', lines: [{ sku: 'BOWL', title: 'Bowl', quantity: 4, unitPrice: '10.00', fulfilled: 2, taxes: [{ title: 'VAT', rate: 0.19 }] }], discounts: [{ target: 'order', kind: 'fixed', value: '1.00', type: 'code', title: 'ONE' }], payments: [{ gateway: 'shopify_payments' }] };

	it('with pieces taken off pays the others what they cost, and never the ones that are gone', async () => {
		const placed = await stage.placeOrder(EDITED);
		await stage.shopify.post('/__sim/admin/edit-order', { orderId: placed.orderId, remove: [{ lineItemId: placed.lineItemIds[0], quantity: 2 }] });
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId);
		const { settled, attention } = await stage.refund(rmaId);
		expect(attention).toEqual([]);
		// Half of 39.00 and half of the 7.41 tax.
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '23.20' } }]);
	});

	it('with a line added and paid pays it back like any other', async () => {
		const placed = await stage.placeOrder({ ...EDITED, lines: [{ ...EDITED.lines[0], fulfilled: 4 }] });
		await stage.shopify.post('/__sim/admin/edit-order', { orderId: placed.orderId, add: [{ sku: 'SPOON', title: 'Spoon', quantity: 2, unitPrice: '5.00', taxes: [{ title: 'VAT', rate: 0.19 }] }] });
		await stage.shopify.post('/__sim/admin/pay', { orderId: placed.orderId });
		const { lines } = await stage.shopify.get<{ lines: Array<{ id: string }> }>(`/__sim/orders/${placed.orderId.split('/').pop() ?? ''}`);
		await stage.shopify.post('/__sim/admin/fulfill', { orderId: placed.orderId });
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: lines[1]?.id, quantity: 2 }]);
		await stage.validate(rmaId);
		const { settled, attention } = await stage.refund(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '11.90' } }]);
	});

	it('with a whole line taken off refuses units of it', async () => {
		const placed = await stage.placeOrder({ ...EDITED, lines: [...EDITED.lines, { sku: 'LID', title: 'Lid', quantity: 1, unitPrice: '3.00', fulfilled: 0 }] });
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[1], quantity: 1 }]);
		await stage.shopify.post('/__sim/admin/edit-order', { orderId: placed.orderId, remove: [{ lineItemId: placed.lineItemIds[1], quantity: 1 }] });
		await stage.validate(rmaId);
		const { settled, attention } = await stage.refund(rmaId);
		expect(settled).toEqual([]);
		expect(codesOf(attention[0])).toEqual(['nothingReturnable']);
	});
});

describe('the limit of a run', () => {
	async function runOf(count: number, options: INodeParameters): Promise<Answer> {
		const rmas: IDataObject[] = [];
		for (let index = 0; index < count; index += 1) rmas.push(await stage.readRma((await stage.inspectedReturn()).rmaId));
		return await stage.runAll('refund', 'post', rmas, { options });
	}

	it('lets as many items through as fit, and stops the others with both figures', async () => {
		const { settled, attention } = await runOf(3, { maximumRunAmount: '170' });
		expect(settled.map((item) => item.outcome)).toEqual(['done', 'done']);
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'capExceeded', message: expect.stringContaining('163.44') as string }] }]);
	});

	it('is another one for the next run', async () => {
		expect((await runOf(2, { maximumRunAmount: '100' })).settled).toHaveLength(1);
		expect((await runOf(1, { maximumRunAmount: '100' })).settled).toHaveLength(1);
	});

	it('holds for one execution: for every round of a loop that calls the node once per return, and for its other nodes', async () => {
		const round = async (executionId: string, resource = 'refund', operation = 'post') => await stage.runAll(resource, operation, [await stage.readRma((await stage.inspectedReturn()).rmaId)], { refundResolutions: 'RefundToPaymentMethod', options: { maximumRunAmount: '170' } }, undefined, executionId);
		expect((await round('loop-1')).settled).toMatchObject([{ outcome: 'done' }]);
		expect((await round('loop-1')).settled).toMatchObject([{ outcome: 'done' }]);
		for (const third of [await round('loop-1'), await round('loop-1', 'storeCredit', 'refund')]) {
			expect(third.settled).toEqual([]);
			expect(third.attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'capExceeded', message: expect.stringContaining('163.44') as string }] }]);
		}
		expect((await round('loop-2')).settled).toMatchObject([{ outcome: 'done' }]);
	});

	it('does not count what was only rehearsed in the same execution', async () => {
		const once = async (options: IDataObject) => await stage.runAll('refund', 'post', [await stage.readRma((await stage.inspectedReturn()).rmaId)], { refundResolutions: 'RefundToPaymentMethod', options: { maximumRunAmount: '100', ...options } } as never, undefined, 'rehearsed-first');
		expect((await once({ dryRun: true })).attention.flatMap(codesOf)).toContain('dryRun');
		expect((await once({ dryRun: true })).attention.flatMap(codesOf)).toContain('capExceeded');
		expect((await once({})).settled).toMatchObject([{ outcome: 'done' }]);
	});

	it('does not count what Shopify refused: the next item of the same order is paid', async () => {
		const placed = await stage.placeOrder();
		const rmas: IDataObject[] = [];
		for (let index = 0; index < 2; index += 1) {
			const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }]);
			await stage.validate(rmaId);
			rmas.push(await stage.readRma(rmaId));
		}
		await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'status', status: 403 } });
		// One piece is worth 40.85 or 40.86, so there is room for one of the two.
		const { settled, attention } = await stage.runAll('refund', 'post', rmas, { options: { maximumRunAmount: '45' } });
		expect(codesOf(attention[0])).toEqual(['accessDenied']);
		expect(settled).toMatchObject([{ outcome: 'done' }]);
	});
});

describe('a dry run', () => {
	it.each(['refund', 'restock', 'process'] as const)('of %s says what it would do, and writes nothing', async (way) => {
		const order = await stage.inspectedReturn();
		const { settled, attention } = await stage[way](order.rmaId, { options: { dryRun: true } });
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'waiting', dryRun: true, reasons: [{ code: 'dryRun' }] }]);
		const planned = attention[0]?.planned as { refund: { amount: string } | null; restock: { unitIds: string[] } | null };
		expect(planned.refund?.amount).toBe(way === 'restock' ? undefined : FLAGSHIP_REFUND);
		expect(planned.restock?.unitIds).toEqual(way === 'refund' ? undefined : [expect.any(String), expect.any(String)]);
		expect(await stage.shopifyRequests()).toHaveLength(1);
		expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null, tags: [] });
	});

	it('names what stands in the way, like a real one', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		const { attention } = await stage.refund(rmaId, { options: { dryRun: true } });
		expect(attention).toMatchObject([{ dryRun: true, reasons: [{ code: 'awaitingInspection' }] }]);
	});
});

describe('another amount in ReturnGO', () => {
	type Unit = { pricePaid: { amount: string; currency: string }; fees: Record<string, string> };

	async function rmaWith(change: (unit: Unit) => Partial<Unit>): Promise<{ orderId: string; rma: IDataObject }> {
		const { orderId, rmaId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		return { orderId, rma: { ...rma, units: (rma.units as unknown as Unit[]).map((unit) => ({ ...unit, ...change(unit) })) as unknown as IDataObject[] } };
	}

	it('stops the refund with both figures, and is ignored where the settings say so', async () => {
		const { orderId, rma } = await rmaWith((unit) => ({ pricePaid: { ...unit.pricePaid, amount: '30.00' } }));
		const { attention } = await stage.refund(rma);
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'valueMismatch', message: expect.stringMatching(/81\.72 EUR.*73\.0\d EUR/) as string }] }]);
		expect((await stage.outcome(orderId)).ledger).toBeNull();
		expect((await stage.refund(rma, { options: { otherReturnGoAmount: 'ignore' } })).settled).toMatchObject([{ refund: { amount: FLAGSHIP_REFUND } }]);
	});

	it('because of a fee that Shopify does not know stops it', async () => {
		const { rma } = await rmaWith((unit) => ({ fees: { ...unit.fees, restocking: '5' } }));
		expect(codesOf((await stage.refund(rma)).attention[0])).toEqual(['valueMismatch']);
	});

	it('in another currency stops it', async () => {
		const { rma } = await rmaWith((unit) => ({ pricePaid: { ...unit.pricePaid, currency: 'SEK' } }));
		expect(codesOf((await stage.refund(rma)).attention[0])).toEqual(['valueMismatch']);
	});
});

describe('exchange items in the same return', () => {
	/** The return of two pieces, worth 81.72, with one exchange item of this price in it. */
	async function exchangedFor(price: string): Promise<Placed & { rmaId: string }> {
		const order = await withoutReturn(FLAGSHIP);
		const { variantId } = await stage.shopify.post<{ variantId: string }>('/__sim/products', { sku: `SWAP-${price}`, title: 'Swap', price, available: 5 });
		await stage.openReturn(order, 2, [{ variantId, quantity: 1 }]);
		return order;
	}

	const PROCESS = { exchangeItems: 'process' };

	interface OpenReturn {
		id: string;
		returnLineItems: { nodes: Array<{ id: string; quantity: number }> };
		exchangeLineItems: { nodes: Array<{ id: string; processableQuantity: number }> };
	}

	async function openReturn({ orderId }: Placed): Promise<OpenReturn | undefined> {
		const { order } = await stage.ask<{ order: { returns: { nodes: OpenReturn[] } } }>(
			'query ($id: ID!) { order(id: $id) { returns(first: 1, reverse: true) { nodes { id returnLineItems(first: 2) { nodes { id quantity } } exchangeLineItems(first: 2) { nodes { id processableQuantity } } } } } }',
			{ id: orderId },
		);
		return order.returns.nodes[0];
	}

	/** Pieces of each exchange item that have not been sent. */
	async function openItems(order: Placed): Promise<number[]> {
		return (await openReturn(order))?.exchangeLineItems.nodes.map((item) => item.processableQuantity) ?? [];
	}

	/** A person processes the return, with its exchange items or without. */
	async function processInAdmin(order: Placed, { items }: { items: boolean }): Promise<void> {
		const open = await openReturn(order);
		const input = {
			returnId: open?.id,
			returnLineItems: open?.returnLineItems.nodes.map(({ id, quantity }) => ({ id, quantity })),
			...(items ? { exchangeLineItems: open?.exchangeLineItems.nodes.map(({ id, processableQuantity: quantity }) => ({ id, quantity })) } : {}),
		};
		const { returnProcess } = await stage.ask<{ returnProcess: { userErrors: unknown[] } }>('mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', { input });
		expect(returnProcess.userErrors).toEqual([]);
	}

	it('stop the refund unless the consultant lets them be processed', async () => {
		const order = await exchangedFor('40.00');
		expect(codesOf((await refundOf(order)).attention[0])).toEqual(['exchangeInReturn']);
	});

	it('that cost less: the difference is paid, the item is sent, once', async () => {
		const order = await exchangedFor('40.00');
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'dropAfter' } });
		const { settled, attention } = await stage.refund(rma, { options: PROCESS });
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: '41.72' } }]);
		expect((await stage.refund(rma, { options: PROCESS })).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect((await stage.outcome(order.orderId)).refunds).toEqual(['SUCCESS 41.72']);
	});

	it('that cost more: the customer owes money, and nothing is sent', async () => {
		const order = await exchangedFor('100.00');
		const { attention } = await refundOf(order, PROCESS);
		expect(attention).toMatchObject([{ reasons: [{ code: 'customerOwes', message: expect.stringContaining('18.28 EUR') as string }] }]);
		expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [], ledger: { entries: [] } });
		expect(await openItems(order)).toEqual([1]);
	});

	describe('that cost exactly as much', () => {
		it('are sent without any refund, once', async () => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			const { settled, attention } = await refundOf(order, PROCESS);
			expect(attention).toEqual([]);
			expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: null, exchange: { items: [{ quantity: 1 }], unitIds: [expect.any(String), expect.any(String)] } }]);
			expect(await openItems(order)).toEqual([0]);
			const again = await refundOf(order, PROCESS);
			expect(again.attention).toEqual([]);
			expect(again.settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'settledBefore' }] }]);
			expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
			expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [], tags: ['return-exchanged'], ledger: { entries: [{ state: 'done', refundId: null }] } });
		});

		it('are found again when the answer was lost', async () => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			const rma = await stage.readRma(order.rmaId);
			await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'dropAfter' } });
			expect((await stage.refund(rma, { options: PROCESS })).settled).toMatchObject([{ outcome: 'done', exchange: { items: [{ quantity: 1 }] } }]);
			expect(await openItems(order)).toEqual([0]);
		});

		it('are not called done when the request never arrived', async () => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			const rma = await stage.readRma(order.rmaId);
			await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'dropBefore' } });
			const { settled, attention } = await stage.refund(rma, { options: PROCESS });
			expect(settled).toEqual([]);
			expect(codesOf(attention[0])).toEqual(['answerUnknown']);
			expect(await openItems(order)).toEqual([1]);
		});

		it('stop where a person has processed the units without the items, which would hide what is owed', async () => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			await processInAdmin(order, { items: false });
			const { settled, attention } = await refundOf(order, PROCESS);
			expect(settled).toEqual([]);
			expect(codesOf(attention[0])).toEqual(['returnPartlyProcessed']);
			expect(await openItems(order)).toEqual([1]);
		});

		it('and are put into stock in the same call', async () => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			const { settled, attention } = await stage.process(order.rmaId, { options: PROCESS });
			expect(attention).toEqual([]);
			expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, exchange: { items: [{ quantity: 1 }] }, restock: { dispositions: [{ type: 'RESTOCKED', quantity: 2 }] } }]);
			expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
			expect(await stage.shopifyRequests('reverseFulfillmentOrderDispose')).toHaveLength(0);
		});

		it.each([
			['0', 'done'],
			['10.00', undefined],
		])('leave %s as the expected amount', async (expectedAmount, outcome) => {
			const order = await exchangedFor(FLAGSHIP_REFUND);
			const { settled, attention } = await refundOf(order, { ...PROCESS, expectedAmount });
			expect(settled[0]?.outcome).toBe(outcome);
			if (outcome === undefined) expect(codesOf(attention[0])).toEqual(['amountNotExpected']);
		});
	});

	it('that a person has sent are what the units were paid with, and no money follows', async () => {
		const order = await exchangedFor(FLAGSHIP_REFUND);
		await processInAdmin(order, { items: true });
		const { settled, attention } = await refundOf(order, PROCESS);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'alreadyDone', everyUnitSettled: true, reasons: [{ code: 'exchangedInShopify' }] }]);
		expect((await stage.outcome(order.orderId)).refunds).toEqual([]);
	});

	it('stop when ReturnGO has made an order for the exchange too', async () => {
		const order = await exchangedFor(FLAGSHIP_REFUND);
		const rma = await stage.readRma(order.rmaId);
		const made = { draftOrderId: null, orderId: '77', orderName: '#1077', type: 'Exchange' };
		const { attention } = await stage.refund({ ...rma, exchangeOrders: [made] }, { options: PROCESS });
		expect(attention).toMatchObject([{ reasons: [{ code: 'exchangeInReturn', message: expect.stringContaining('#1077') as string }] }]);
	});

	it('count into the expected amount', async () => {
		const order = await exchangedFor('40.00');
		expect(codesOf((await refundOf(order, { ...PROCESS, expectedAmount: FLAGSHIP_REFUND })).attention[0])).toEqual(['amountNotExpected']);
		expect((await refundOf(order, { ...PROCESS, expectedAmount: '41.72' })).settled).toMatchObject([{ outcome: 'done' }]);
	});
});
