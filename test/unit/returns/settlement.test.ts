import type { LedgerEntry } from '../../../returns/ledger';
import type { OrderSnapshot } from '../../../returns/order';
import { settlementMark } from '../../../returns/readback';
import type { Rma } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { planSettlement, type SettlementPlan } from '../../../returns/settlement';
import { line, lineId, pair, refund, transaction } from './orders';
import { entry, LOCATION, orderWithReturn, RETURN_ID, returnGoTransaction, rma, settings, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-10T09:01:00.000Z');
const TWO_SELLABLE = rma([unit('1', 'sellable'), unit('2', 'sellable')]);

function plan(order: OrderSnapshot, request: Rma = TWO_SELLABLE, choice: Partial<SettlementSettings> = {}, now = NOW): SettlementPlan {
	return planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: request, settings: settings(choice), now, claimant: null });
}

function codes(reasons: SettlementPlan['blocked']): string[] {
	return reasons.map((known) => known.code).sort();
}

function withLedger(entries: LedgerEntry[], facts: Partial<OrderSnapshot> = {}): OrderSnapshot {
	return orderWithReturn({ ledger: { ledger: { version: 1, entries }, compareDigest: 'digest' }, ...facts });
}

const refundInReturn = (number: number, status: 'SUCCESS' | 'PENDING' | 'FAILURE' = 'SUCCESS', note: string | null = null) =>
	refund(number, {
		returnId: RETURN_ID,
		note,
		createdAt: '2026-11-10T09:00:30Z',
		lines: [{ lineItemId: lineId(1), quantity: 2, restockType: 'NO_RESTOCK', subtotal: pair('40.00'), tax: pair('0') }],
		transactions: [transaction(90 + number, { kind: 'REFUND', status, amount: pair('40.00'), parentId: 'gid://shopify/OrderTransaction/1' })],
	});

describe('a return whose units were inspected', () => {
	it('is refunded through its Shopify return and restocked at the location of the settings', () => {
		const result = plan(orderWithReturn());
		expect(result.refund).toMatchObject({ route: 'returnProcess', returnId: RETURN_ID, unitIds: ['1', '2'], returnLines: [{ id: 'gid://shopify/ReturnLineItem/601', quantity: 2 }] });
		expect(result.refund?.value.total.presentment).toEqual({ minor: 4000, currency: 'USD' });
		expect(result.restock?.dispositions).toMatchObject([{ type: 'RESTOCKED', quantity: 2, locationId: LOCATION }]);
		expect([result.alreadyDone, result.waiting, result.blocked]).toEqual([[], [], []]);
	});

	it('is refunded on the order when there is no Shopify return, and its stock waits for one', () => {
		const result = plan(orderWithReturn({ returns: [] }));
		expect(result.refund).toMatchObject({ route: 'refundCreate', returnId: null, returnLines: [] });
		expect(result.restock).toBeNull();
		expect(codes(result.blocked)).toEqual(['returnMissing']);
	});

	it('has the same plan hash and the same keys for the same facts, and others for other units', () => {
		const first = plan(orderWithReturn());
		const second = plan(orderWithReturn(), rma([unit('2', 'sellable'), unit('1', 'sellable')]));
		const other = plan(orderWithReturn(), rma([unit('1', 'sellable')]));
		expect(second.planHash).toBe(first.planHash);
		expect(second.refund?.key).toBe(first.refund?.key);
		expect(other.refund?.key).not.toBe(first.refund?.key);
		expect(first.refund?.key).not.toBe(first.restock?.key);
	});
});

describe('physical before digital', () => {
	it('moves nothing before the parcel is received', () => {
		const request = rma([unit('1', 'none'), unit('2', 'none')], { status: 'Approved', shipments: [{ ...TWO_SELLABLE.shipments[0], id: '901', status: 'Shipped', carrierName: null, trackingNumber: null, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: null }] });
		const result = plan(orderWithReturn(), request);
		expect([result.refund, result.restock]).toEqual([null, null]);
		expect(codes(result.waiting)).toEqual(['notReceived']);
	});

	it('moves nothing while received units are not inspected, and says so once', () => {
		const result = plan(orderWithReturn(), rma([unit('1', 'none'), unit('2', 'none')]));
		expect([result.refund, result.restock]).toEqual([null, null]);
		expect(codes(result.waiting)).toEqual(['awaitingInspection']);
	});

	it('settles the inspected units and keeps the others waiting, unless all are to be waited for', () => {
		const request = rma([unit('1', 'sellable'), unit('2', 'none')]);
		expect(plan(orderWithReturn(), request).refund?.unitIds).toEqual(['1']);
		expect(codes(plan(orderWithReturn(), request).waiting)).toEqual(['awaitingInspection']);
		const patient = plan(orderWithReturn(), request, { partialInspection: 'waitForAll' });
		expect([patient.refund, patient.restock]).toEqual([null, null]);
	});

	it('never puts a damaged or missing unit back into stock', () => {
		const result = plan(orderWithReturn(), rma([unit('1', 'damaged'), unit('2', 'missing')]), { damagedUnits: 'refund' });
		expect(result.restock?.dispositions.map(({ type, quantity, locationId }) => ({ type, quantity, locationId }))).toEqual([
			{ type: 'NOT_RESTOCKED', quantity: 1, locationId: null },
			{ type: 'MISSING', quantity: 1, locationId: null },
		]);
		expect(result.refund?.unitIds).toEqual(['1']);
		expect(codes(result.blocked)).toEqual(['unitMissing']);
	});

	it('keeps the money of damaged units where the settings say so', () => {
		const result = plan(orderWithReturn(), rma([unit('1', 'damaged'), unit('2', 'damaged')]));
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual(['damagedNotRefunded']);
	});

	it('stops rather than restock at a location that nobody named', () => {
		const result = plan(orderWithReturn(), TWO_SELLABLE, { locationId: null });
		expect(result.restock).toBeNull();
		expect(codes(result.blocked)).toContain('locationUnknown');
		expect(result.refund).not.toBeNull();
	});

	it('takes the location of the map before the one of the settings, and ignores names of the prototype', () => {
		const mapped = plan(orderWithReturn(), TWO_SELLABLE, { locationMap: { DE: 'gid://shopify/Location/22' } });
		expect(mapped.restock?.dispositions[0]?.locationId).toBe('gid://shopify/Location/22');
		const hostile = rma([unit('1', 'sellable', { validation: { ...unit('1', 'sellable').validation, storeLocationId: 'constructor' } })]);
		expect(plan(orderWithReturn(), hostile).restock?.dispositions[0]?.locationId).toBe(LOCATION);
	});
});

describe.each(['Rejected', 'Canceled'])('a return request that is %s', (status) => {
	const ended = rma([unit('1', 'sellable'), unit('2', 'sellable')], { status });

	it('is neither paid nor restocked, though its units were inspected, and a person is asked', () => {
		const result = plan(orderWithReturn(), ended);
		expect([result.refund, result.cancellation, result.restock, result.stock, result.waiting]).toEqual([null, null, null, [], []]);
		expect(result.blocked).toMatchObject([
			{ code: 'rmaEnded', message: `RMA1000001 is ${status} in ReturnGO: nothing is paid for its units.`, unitIds: ['1', '2'] },
			{ code: 'rmaEnded', message: `RMA1000001 is ${status} in ReturnGO: its units are not put into stock.`, unitIds: ['1', '2'] },
		]);
	});

	it.each(['account', 'giftCard', 'storeCredit'] as const)('gives no credit (%s)', (payout) => {
		const action = payout === 'giftCard' ? 'giftCard' : 'storeCredit';
		const result = plan(orderWithReturn(), ended, { actions: [action], payout: payout === 'storeCredit' ? 'tenders' : payout });
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual(['rmaEnded']);
	});

	it('gets no direct change of stock figures either, and units that were never shipped are not cancelled', () => {
		expect(plan(orderWithReturn({ returns: [] }), ended, { actions: ['restock'], stockWithoutReturn: 'adjust' })).toMatchObject({ stock: [], blocked: [{ code: 'rmaEnded' }] });
		const unshipped = orderWithReturn({ returns: [], fulfillments: [], lines: [{ ...line(1, { quantity: 2, originalUnitPrice: pair('20.00') }), unfulfilledQuantity: 2 }] } as Partial<OrderSnapshot>);
		expect(plan(unshipped, ended, { unshippedUnits: 'cancel' })).toMatchObject({ refund: null, cancellation: null });
	});

	it('still shows what was paid before it ended, and records the act of a run that died', () => {
		const paid = withLedger([entry({ state: 'done', refundId: refundInReturn(81).id, doneAt: '2026-11-10T09:00:40.000Z' })], { refunds: [refundInReturn(81)] });
		expect(codes(plan(paid, ended, { actions: ['refund'] }).alreadyDone)).toEqual(['settledBefore']);
		expect(plan(paid, ended, { actions: ['refund'] }).blocked).toEqual([]);
		const claim = entry({ leaseUntil: '2026-11-10T09:00:45.000Z' });
		const dead = plan(withLedger([claim], { refunds: [refundInReturn(81, 'SUCCESS', settlementMark(claim.key))] }), ended, { actions: ['refund'] });
		expect(dead.adopted.map(({ entry: known }) => known.key)).toEqual([claim.key]);
		expect([dead.refund, dead.blocked]).toEqual([null, []]);
	});

	it('asks nobody about units that never arrived', () => {
		const result = plan(orderWithReturn(), rma([unit('1', 'none', { shipmentId: null })], { status, shipments: [] }));
		expect([result.refund, result.restock, result.blocked]).toEqual([null, null, []]);
		expect(codes(result.waiting)).toEqual(['notReceived']);
	});
});

describe('nothing executes twice', () => {
	it.each([
		['Success', 'alreadyDone', 'refundedByReturnGo'],
		['Requested', 'waiting', 'returnGoRefundRequested'],
		['Settling', 'waiting', 'returnGoRefundRequested'],
		['Failed', 'blocked', 'returnGoRefundFailed'],
	] as const)('a refund by ReturnGO with the status %s keeps ours away: %s', (status, outcome, code) => {
		const result = plan(orderWithReturn(), { ...TWO_SELLABLE, transactions: [returnGoTransaction(status)] }, { actions: ['refund'] });
		expect(result.refund).toBeNull();
		expect(codes(result[outcome])).toEqual([code]);
	});

	it('carries out the transaction that ReturnGO asks for, for its units only, and no other that is under way', () => {
		const asked = returnGoTransaction('Requested', ['1']);
		const carryOut = { requestedTransactionId: asked.id };
		const rmaWith = (...transactions: (typeof asked)[]) => ({ ...TWO_SELLABLE, transactions });
		expect(plan(orderWithReturn(), rmaWith(asked), { ...carryOut, actions: ['refund'] }).refund?.unitIds).toEqual(['1']);
		const other = { ...asked, id: 'another' };
		expect(codes(plan(orderWithReturn(), rmaWith(asked, other), { ...carryOut, actions: ['refund'] }).waiting)).toEqual(['returnGoRefundRequested']);
		expect(codes(plan(orderWithReturn(), rmaWith({ ...asked, status: 'Success' }), { ...carryOut, actions: ['refund'] }).alreadyDone)).toEqual(['refundedByReturnGo']);
		expect(codes(plan(orderWithReturn(), rmaWith({ ...asked, status: 'Failed' }), { ...carryOut, actions: ['refund'] }).blocked)).toEqual(['returnGoRefundFailed']);
		expect(codes(plan(orderWithReturn(), rmaWith(other), { ...carryOut, actions: ['refund'] }).blocked)).toEqual(['invalidInput']);
	});

	it('does not carry out a transaction in another currency than the customer’s', () => {
		const asked = { ...returnGoTransaction('Requested'), amount: { amount: '40.00', currency: 'JPY', shopAmount: '40.00', shopCurrency: 'JPY' } };
		const result = plan(orderWithReturn(), { ...TWO_SELLABLE, transactions: [asked] }, { actions: ['refund'], requestedTransactionId: asked.id });
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual(['currencyMismatch']);
	});

	it.each([
		['NewGiftCard', null],
		['Unknown', null],
		['InvoicePayment', ['1', '2']],
		['PaymentCapture', ['1', '2']],
	])('a transaction of the type %s leaves open: %j', (type, open) => {
		const result = plan(orderWithReturn(), { ...TWO_SELLABLE, transactions: [{ ...returnGoTransaction('Success'), type }] }, { actions: ['refund'] });
		expect(result.refund?.unitIds ?? null).toEqual(open);
	});

	it('refunds only the units that ReturnGO has not refunded', () => {
		const result = plan(orderWithReturn(), { ...TWO_SELLABLE, transactions: [returnGoTransaction('Success', ['1'])] }, { actions: ['refund'] });
		expect(result.refund?.unitIds).toEqual(['2']);
	});

	it('counts a refund that a person made within the return', () => {
		const processed = shopifyReturn(2, {}, { refundedQuantity: 2, refundableQuantity: 0, processableQuantity: 0, processedQuantity: 2 });
		const result = plan(orderWithReturn({ refunds: [refundInReturn(1)], returns: [processed] }), TWO_SELLABLE, { actions: ['refund'] });
		expect(result.refund).toBeNull();
		expect(codes(result.alreadyDone)).toEqual(['refundedInShopify']);
	});

	it('stops at a refund outside any return that covers some of the pieces, until a person has acknowledged it', () => {
		const loose = { ...refundInReturn(1), returnId: null, lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK', subtotal: pair('20.00'), tax: pair('0') }] };
		const order = orderWithReturn({ refunds: [loose], lines: orderWithReturn().lines.map((known) => ({ ...known, refundableQuantity: 2 })) });
		expect(codes(plan(order, TWO_SELLABLE, { actions: ['refund'] }).blocked)).toEqual(['refundUnclear']);
		expect(plan(order, TWO_SELLABLE, { actions: ['refund'], acknowledgedRefundIds: [loose.id] }).refund?.unitIds).toEqual(['1', '2']);
	});

	it('stops at an amount that was refunded without naming lines', () => {
		const loose = { ...refundInReturn(1), returnId: null, lines: [] };
		expect(codes(plan(orderWithReturn({ refunds: [loose] }), TWO_SELLABLE, { actions: ['refund'] }).blocked)).toEqual(['refundUnclear']);
	});

	it('is not disturbed by a refund from before the RMA', () => {
		const old = { ...refundInReturn(1), returnId: null, createdAt: '2026-11-02T09:00:00Z', lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK', subtotal: pair('20.00'), tax: pair('0') }] };
		const order = orderWithReturn({ refunds: [old], lines: orderWithReturn().lines.map((known) => ({ ...known, refundableQuantity: 2 })) });
		expect(plan(order, TWO_SELLABLE, { actions: ['refund'] }).refund?.unitIds).toEqual(['1', '2']);
	});

	it('waits while another run holds a live claim, and names the time to look again', () => {
		const result = plan(withLedger([entry({})]), TWO_SELLABLE, { actions: ['refund'] });
		expect(result.refund).toBeNull();
		expect(codes(result.waiting)).toEqual(['claimedElsewhere']);
		expect(result.retryAt).toBe('2026-11-10T09:02:00.000Z');
	});

	it('takes over a claim whose lease ran out and left no trace', () => {
		const result = plan(withLedger([entry({})]), TWO_SELLABLE, { actions: ['refund'] }, new Date('2026-11-10T09:03:00Z'));
		expect(result.refund?.unitIds).toEqual(['1', '2']);
	});

	it.each([
		['carries its mark', `something, ${settlementMark('key-of-the-entry')}`],
		['has no note, the same return and the same pieces', null],
	])('adopts the refund of a dead run when it %s', (_how, note) => {
		const result = plan(withLedger([entry({})], { refunds: [refundInReturn(1, 'SUCCESS', note)] }), TWO_SELLABLE, { actions: ['refund'] }, new Date('2026-11-10T09:03:00Z'));
		expect(result.refund).toBeNull();
		expect(result.adopted).toHaveLength(1);
		expect(codes([...result.alreadyDone, ...result.waiting, ...result.blocked])).toEqual([]);
	});

	it('a claim of one action does not block the other', () => {
		const result = plan(withLedger([entry({})]));
		expect(result.refund).toBeNull();
		expect(result.restock?.unitIds).toEqual(['1', '2']);
	});

	it.each([
		['SUCCESS', 'alreadyDone', 'settledBefore'],
		['PENDING', 'waiting', 'refundPending'],
		['FAILURE', 'blocked', 'refundFailed'],
	] as const)('a recorded refund counts as its transaction stands: %s is %s', (status, outcome, code) => {
		const made = refundInReturn(1, status);
		const result = plan(withLedger([entry({ state: 'done', refundId: made.id })], { refunds: [made] }), TWO_SELLABLE, { actions: ['refund'] });
		expect(result.refund).toBeNull();
		expect(codes(result[outcome])).toEqual([code]);
	});

	it('never pays again when a recorded refund cannot be found', () => {
		const result = plan(withLedger([entry({ state: 'done', refundId: null })]), TWO_SELLABLE, { actions: ['refund'] });
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual(['refundRecordMissing']);
	});

	it('leaves an action to its owner, and still sees what was done', () => {
		const result = plan(orderWithReturn(), TWO_SELLABLE, { refundOwner: 'returnGo', restockOwner: 'person' });
		expect([result.refund, result.restock]).toEqual([null, null]);
		expect(codes(result.waiting)).toEqual(['ownedElsewhere', 'ownedElsewhere']);
	});

	it('does not restock what somebody has decided on in Shopify', () => {
		const decided = shopifyReturn(2, {}, {}, [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'RESTOCKED', quantity: 2, locationId: LOCATION, createdAt: '2026-11-09T09:00:00Z' }]);
		const result = plan(orderWithReturn({ returns: [decided] }), TWO_SELLABLE, { actions: ['restock'] });
		expect(result.restock).toBeNull();
		expect(codes(result.alreadyDone)).toEqual(['restockedInShopify']);
	});
});

function raise(): never {
	throw new Error('The fixture has a line');
}

describe('the fees of a Shopify return', () => {
	const feeLine = (number: number, quantity: number, restockingFeePercentage: string | null, processedQuantity = 0) => ({
		...(shopifyReturn(quantity).lines[0] ?? raise()),
		id: `gid://shopify/ReturnLineItem/${number}`,
		quantity,
		restockingFeePercentage,
		processedQuantity,
		processableQuantity: quantity - processedQuantity,
	});
	const fee = (order: OrderSnapshot, request?: Rma) => plan(order, request).refund?.value.fees.presentment.minor;

	it('for restocking are those of each return line, where one order line came back in two parcels', () => {
		const inTwoParcels = shopifyReturn(2, { lines: [feeLine(601, 1, '10'), feeLine(602, 1, null)] });
		expect(fee(orderWithReturn({ returns: [inTwoParcels] }))).toBe(200);
		const otherWayRound = shopifyReturn(2, { lines: [feeLine(601, 1, '50'), feeLine(602, 1, '10')] });
		expect(fee(orderWithReturn({ returns: [otherWayRound] }))).toBe(1200);
	});

	it('for restocking are taken of the exact part and rounded once, whatever was refunded outside the return', () => {
		// 60.01 for three: 20.003… each. Half of one piece is 10.00, of two 20.00, of three 30.01.
		const odd = orderWithReturn({ lines: [line(1, { quantity: 3, refundableQuantity: 2, originalUnitPrice: pair('20.01'), discountAllocations: [pair('0.02')] })], returns: [shopifyReturn(2, { lines: [feeLine(601, 2, '50')] })] });
		const before = refund(1, { createdAt: '2026-11-02T09:00:00Z', lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK', subtotal: pair('20.00'), tax: pair('0') }] });
		expect(fee({ ...odd, refunds: [before] })).toBe(2000);
	});

	it('stay due on a return that somebody processed without a payment', () => {
		const processed = shopifyReturn(2, { lines: [feeLine(601, 2, '10', 2)] });
		const { refund: act } = plan(orderWithReturn({ returns: [processed] }));
		expect(act).toMatchObject({ route: 'refundCreate', value: { fees: { presentment: { minor: 400 } } } });
	});
});

describe('units that follow later', () => {
	it('are restocked although the refund of the first ones says RETURN', () => {
		const ours = { ...refundInReturn(1, 'SUCCESS', settlementMark('k')), lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'RETURN', subtotal: pair('20.00'), tax: pair('0') }] };
		const first = { id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'RESTOCKED' as const, quantity: 1, locationId: LOCATION, createdAt: '2026-11-10T09:00:30Z' };
		const recorded = entry({ key: 'stock', action: 'restock', state: 'done', unitIds: ['1'], dispositions: [{ reverseLineId: 'gid://shopify/ReverseFulfillmentOrderLineItem/701', type: 'RESTOCKED', quantity: 1, locationId: LOCATION, idsBefore: [], ids: [first.id] }] });
		const paid = entry({ key: 'money', state: 'done', unitIds: ['1'], refundId: ours.id });
		const result = plan(withLedger([recorded, paid], { refunds: [ours], returns: [shopifyReturn(2, {}, {}, [first])] }), TWO_SELLABLE, { actions: ['restock'] });
		expect(result.restock?.unitIds).toEqual(['2']);
	});
});

describe('ceilings and expectations', () => {
	it('refuses more pieces than the order allows', () => {
		const order = orderWithReturn({ lines: orderWithReturn().lines.map((known) => ({ ...known, refundableQuantity: 1 })) });
		expect(plan(order, TWO_SELLABLE, { actions: ['refund'] }).refund).toBeNull();
		expect(codes(plan(order, TWO_SELLABLE, { actions: ['refund'] }).blocked)).toEqual(['nothingReturnable']);
	});

	it.each([
		[{ expectedAmount: '39.99' }, 'amountNotExpected'],
		[{ expectedAmount: 'NaN' }, 'invalidInput'],
		[{ maximumAmount: '39.99' }, 'capExceeded'],
		[{ expectedPlanHash: '0'.repeat(64) }, 'planChanged'],
		[{ refundResolutions: ['RefundToStoreCredit'] }, 'otherResolution'],
		[{ shopifyReturnId: 'gid://shopify/Return/9' }, 'returnNotFound'],
		[{ inspectionSource: 'provided', providedInspections: [{ unitId: '77', state: 'sellable' }] }, 'unknownUnit'],
	] as Array<[Partial<SettlementSettings>, string]>)('with %j nothing is paid: %s', (choice, code) => {
		const result = plan(orderWithReturn(), TWO_SELLABLE, { actions: ['refund'], ...choice });
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual([code]);
	});

	it('pays when the expected amount and the confirmed plan agree to the cent', () => {
		const { planHash } = plan(orderWithReturn(), TWO_SELLABLE, { actions: ['refund'] });
		expect(plan(orderWithReturn(), TWO_SELLABLE, { actions: ['refund'], expectedAmount: '40.00', expectedPlanHash: planHash, maximumAmount: '40' }).refund).not.toBeNull();
	});

	it('names units that are not on the order', () => {
		const result = plan(orderWithReturn(), rma([unit('1', 'sellable', { lineItemId: lineId(99) })], { shopifyReturnName: null }));
		expect([result.refund, result.restock]).toEqual([null, null]);
		expect(codes(result.blocked)).toEqual(['skuMismatch']);
	});

	it('asks a person when two returns fit', () => {
		const result = plan(orderWithReturn({ returns: [shopifyReturn(2), shopifyReturn(2, { id: 'gid://shopify/Return/502', name: '#1001-R2' })] }), { ...TWO_SELLABLE, shopifyReturnName: null });
		expect(codes(result.blocked)).toEqual(['returnUnclear']);
	});

	it('refuses an order of which it could not read everything', () => {
		expect(codes(plan(orderWithReturn({ incomplete: ['refunds'] })).blocked)).toEqual(['snapshotIncomplete']);
	});
});

describe('units of a return with exchange items', () => {
	const processed = (facts: Parameters<typeof shopifyReturn>[2]) => shopifyReturn(3, { hasExchangeItems: true }, { processedQuantity: 1, processableQuantity: 2, ...facts });

	it.each([
		['counts them as refunded', 1],
		['does not count them as refunded', 0],
	])('that we have paid for do not make the others look exchanged, where Shopify %s', (_how, refundedQuantity) => {
		const ours = entry({ state: 'done', unitIds: ['1'], quantities: [{ lineItemId: lineId(1), quantity: 1 }], refundId: refund(1, {}).id, exchange: { returnLines: [], items: [] } });
		const made = refund(1, { returnId: RETURN_ID, lines: [] });
		const order = orderWithReturn({ returns: [processed({ refundedQuantity })], refunds: [{ ...made, transactions: [transaction(9, { kind: 'REFUND', amount: pair('5.00') })] }], ledger: { ledger: { version: 1, entries: [ours] }, compareDigest: 'x' } });
		const plan = planSettlement({ shopDomain: 'shop.example', order, rma: rma([unit('1', 'sellable'), unit('2', 'sellable')]), settings: settings({ actions: ['refund'] }), now: new Date('2026-11-11T09:00:00Z'), claimant: null });
		expect(plan.alreadyDone.map(({ code }) => code)).toEqual(['settledBefore']);
		expect(plan.refund?.unitIds).toEqual(['2']);
	});

	it('that somebody else has processed with them are not paid in money as well', () => {
		const plan = planSettlement({ shopDomain: 'shop.example', order: orderWithReturn({ returns: [processed({})] }), rma: rma([unit('1', 'sellable'), unit('2', 'none')]), settings: settings({ actions: ['refund'] }), now: new Date('2026-11-11T09:00:00Z'), claimant: null });
		expect(plan.alreadyDone.map(({ code }) => code)).toEqual(['exchangedInShopify']);
		expect(plan.refund).toBeNull();
	});
});

describe('what a run has done and not recorded yet', () => {
	const now = new Date('2026-11-10T09:01:00Z');
	const planned = (order: OrderSnapshot) => planSettlement({ shopDomain: 'shop.example', order, rma: rma([unit('1', 'sellable'), unit('2', 'sellable'), unit('3', 'none')]), settings: settings({ damagedUnits: 'refund' }), now, claimant: null });

	it('is nobody else’s refund of the other units', () => {
		const claim = entry({ returnId: null });
		const made = refund(1, { note: `ReturnGO RMA1000001, ${settlementMark(claim.key)}`, createdAt: '2026-11-10T09:00:30Z', lines: [{ lineItemId: lineId(1), quantity: 2, restockType: 'NO_RESTOCK', subtotal: pair('40.00'), tax: pair('0') }] });
		const plan = planned(orderWithReturn({ returns: [], refunds: [made], ledger: { ledger: { version: 1, entries: [claim] }, compareDigest: 'x' } }));
		expect(plan.waiting.map(({ code, unitIds }) => [code, unitIds])).toContainEqual(['claimedElsewhere', ['1', '2']]);
		expect(plan.alreadyDone).toEqual([]);
		expect(plan.blocked.map(({ code }) => code)).not.toContain('refundUnclear');
	});

	it('is nobody else’s decision on their stock', () => {
		const line = shopifyReturn(3, {}, {}, [{ id: 'gid://shopify/Disposition/1', type: 'RESTOCKED', quantity: 2, locationId: LOCATION, createdAt: '2026-11-10T09:00:30Z' }]);
		const reverseLineId = line.reverseLines[0]?.id ?? '';
		const claim = entry({ action: 'restock', amount: null, currency: null, dispositions: [{ reverseLineId, type: 'RESTOCKED', quantity: 2, locationId: LOCATION, idsBefore: [], ids: [] }] });
		const plan = planned(orderWithReturn({ returns: [line], ledger: { ledger: { version: 1, entries: [claim] }, compareDigest: 'x' } }));
		expect(plan.waiting.map(({ code, unitIds }) => [code, unitIds])).toContainEqual(['claimedElsewhere', ['1', '2']]);
		expect(plan.alreadyDone).toEqual([]);
	});
});
