/** What is found in a case: for every code a case that has it, one that looks alike and is in order, and the same case after the repair. */
import type { Case, CaseReturn, CaseRma } from '../../../returns/case';
import { DEFAULT_DAYS, type DetectionSettings, type InspectionRule } from '../../../returns/sighting';
import { detect } from '../../../returns/detection';
import type { ExceptionCode } from '../../../returns/exceptions';
import type { LedgerEntry } from '../../../returns/ledger';
import type { Rma, RmaUnit } from '../../../returns/rma';
import { caseOf, LINE_A, naming, ORDER_ID, paid, pair, refund, refundedLine, rma, row, transaction, unit, validated } from './cases';

const NOW = new Date('2026-04-20T10:00:00Z');
const LONG_AGO = '2026-03-09T10:00:00Z';
const LATELY = '2026-04-20T01:00:00Z';
const RETURN = 'gid://shopify/Return/901';
const CONTEXT = { now: NOW, shopDomain: 'example.myshopify.com', rmaLink: 'https://returns.example/{rmaId}' };

const settings = (inspection: InspectionRule = 'itemValidation'): DetectionSettings => ({ days: DEFAULT_DAYS, inspection, bundleSkus: [], deliveredAt: {} });
const codes = (found: Case, inspection?: InspectionRule): Array<ExceptionCode | null> => detect(found, settings(inspection), CONTEXT).map(({ code }) => code);

const shopifyReturn = (more: Partial<CaseReturn> = {}): CaseReturn => ({ id: RETURN, name: '#1001-R1', status: 'OPEN', createdAt: LONG_AGO, closedAt: null, totalQuantity: 1, lines: [{ id: 'gid://shopify/ReturnLineItem/1', lineItemId: LINE_A, quantity: 1, processedQuantity: 0, refundedQuantity: 0 }], dispositions: [], exchangeItems: 0, ...more });
const restocked = (quantity = 1, createdAt = LATELY, lineItemId = LINE_A) => ({ dispositions: [{ id: 'gid://shopify/Disposition/1', lineItemId, type: 'RESTOCKED' as const, quantity, locationId: 'gid://shopify/Location/1', createdAt }] });
const parcel = (status: string, trackingNumber: string | null = null) => ({ id: '901', status, carrierName: null, trackingNumber, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: null });
const milestones = (facts: Partial<NonNullable<Rma['milestones']>>) => ({ milestones: { approvedAt: LONG_AGO, shippedAt: null, deliveredAt: null, receivedAt: null, ...facts } });

/** An RMA of one coat, last touched long ago. */
const request = (status: string, more: Partial<Rma> = {}, piece: Partial<RmaUnit> = {}): CaseRma => ({ ...rma('1', status, [unit('11', { shipmentId: '901', ...piece })], { shopifyReturnName: '1001-R1', lastActivityAt: LONG_AGO, shipments: [parcel(status === 'Approved' ? 'LabelCreated' : 'Received', 'T1')], ...more }), approvedAt: LONG_AGO });
const bundle = { lines: [{ id: LINE_A, sku: 'COAT-M', name: 'Gift set', quantity: 1, unfulfilledQuantity: 0, bundleId: null, isBundleParent: true }] };
const paidBy = (number: number, status: 'SUCCESS' | 'PENDING' | 'FAILURE' = 'SUCCESS', createdAt = LONG_AGO) => {
	const made = refund(number, 4000, { returnId: RETURN, createdAt, lines: [{ ...refundedLine(LINE_A, 1), subtotal: pair(4000) }] });
	return { ...made, total: pair(status === 'SUCCESS' ? 4000 : 0), transactions: (made.transactions ?? []).map((entry) => ({ ...entry, status })) };
};
const closed = shopifyReturn({ status: 'CLOSED', closedAt: LONG_AGO, ...restocked() });
const settledCase = caseOf({ order: { returns: [closed], refunds: [paidBy(1)] }, rmas: [request('Done', {}, validated(true))], transactions: [transaction('t1', '40.00', { ...naming(1), unitIds: ['11'], rmaId: '1' })] });

interface Example {
	code: ExceptionCode;
	facts: string;
	found: Case;
	/** Looks like it, and is in order. */
	calm: Case;
	repaired: Case;
}

const EXAMPLES: Example[] = [
	{
		code: 'rmaWithoutOrder',
		facts: 'a request that names no order',
		found: { ...caseOf({ order: null, rmas: [request('Approved', { order: { id: null, name: '' }, shipments: [] })] }), orderId: null, orderName: null },
		calm: { ...caseOf({ order: null, rmas: [request('Canceled', { order: { id: null, name: '' }, shipments: [] })] }), orderId: null, orderName: null },
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved')] }),
	},
	{
		code: 'orderNotInPortal',
		facts: 'a Shopify return that no request explains',
		found: caseOf({ order: { returns: [shopifyReturn()] } }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, unread: [{ what: 'rmasOfOrder', id: '1001', because: 'the call limit was reached' }] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved')] }),
	},
	{
		code: 'skuMismatch',
		facts: 'a unit whose SKU is not the line’s',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', {}, { sku: 'COAT-XL' })] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', {}, { sku: null })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved')] }),
	},
	{
		code: 'doneInReturnGoOpenInShopify',
		facts: 'done there, open here',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [shopifyReturn(restocked())] } },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [shopifyReturn(restocked())] }, rmas: [request('Done', { lastActivityAt: LATELY }, validated(true))] },
		repaired: settledCase,
	},
	{
		code: 'endedInReturnGoOpenInShopify',
		facts: 'canceled there, open here',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Canceled')] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Canceled', { lastActivityAt: LATELY })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn({ status: 'CANCELED' })] }, rmas: [request('Canceled')] }),
	},
	{
		code: 'closedInShopifyOpenInReturnGo',
		facts: 'closed here, in work there',
		found: { ...settledCase, rmas: [request('Validated', {}, validated(true))] },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, closedAt: LATELY }] }, rmas: [request('Validated', {}, validated(true))] },
		repaired: settledCase,
	},
	{
		code: 'endedInShopifyOpenInReturnGo',
		facts: 'canceled here, in work there',
		found: caseOf({ order: { returns: [shopifyReturn({ status: 'CANCELED' })] }, rmas: [request('Approved')] }),
		calm: caseOf({ order: { returns: [shopifyReturn({ status: 'CANCELED' })] }, rmas: [request('Approved', { lastActivityAt: LATELY })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn({ status: 'CANCELED' })] }, rmas: [request('Canceled')] }),
	},
	{
		code: 'approvalMissingInShopify',
		facts: 'an approved request without a return',
		found: caseOf({ rmas: [request('Approved')] }),
		calm: caseOf({ rmas: [request('Approved', { lastActivityAt: LATELY })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved')] }),
	},
	{
		code: 'receivedNotInShopify',
		facts: 'a parcel that is here, and nothing done with it',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Received', milestones({ receivedAt: LONG_AGO }))] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Received', milestones({ receivedAt: LATELY }))] }),
		repaired: caseOf({ order: { returns: [shopifyReturn({ dispositions: [{ id: 'gid://shopify/Disposition/1', lineItemId: LINE_A, type: 'PROCESSING_REQUIRED', quantity: 1, locationId: null, createdAt: LATELY }] })] }, rmas: [request('Received', milestones({ receivedAt: LONG_AGO }))] }),
	},
	{
		code: 'inspectedNotRestocked',
		facts: 'a sellable unit that is not in stock',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, dispositions: [] }] } },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, dispositions: [] }] }, rmas: [request('Done', {}, { validation: { ...validated(true).validation, validatedAt: LATELY } })] },
		repaired: settledCase,
	},
	{
		code: 'restockedBeforeInspection',
		facts: 'a piece in stock that nobody looked at',
		found: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Received', milestones({ receivedAt: LATELY }))] }),
		calm: caseOf({ order: { returns: [shopifyReturn(restocked())] }, entries: [paid('k', '1', ['11'], '', { action: 'restock', amount: null })], rmas: [request('Received', milestones({ receivedAt: LATELY }))] }),
		repaired: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Validated', {}, { validation: { ...validated(true).validation, validatedAt: LATELY } })] }),
	},
	{
		code: 'restockedNotSellable',
		facts: 'a damaged piece in stock',
		found: { ...settledCase, rmas: [request('Done', {}, validated(false))] },
		calm: settledCase,
		repaired: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, dispositions: [] }] }, rmas: [request('Done', {}, validated(false))] },
	},
	{
		code: 'approvedWithoutTracking',
		facts: 'an approved request of which nothing was sent',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Pending')] })] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [] }, { shipmentId: null })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('LabelCreated', 'T1')] })] }),
	},
	{
		code: 'inTransitTooLong',
		facts: 'a parcel that is long on its way',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Shipped', 'T1')], ...milestones({ shippedAt: LONG_AGO }) })] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Shipped', 'T1')], lastActivityAt: LATELY })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Received', milestones({ shippedAt: LONG_AGO, receivedAt: LATELY }))] }),
	},
	{
		code: 'deliveredNotReceived',
		facts: 'a delivered parcel that nobody recorded',
		found: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Shipped', 'T1')], ...milestones({ shippedAt: LONG_AGO, deliveredAt: LONG_AGO }) })] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Shipped', 'T1')], ...milestones({ shippedAt: LONG_AGO, deliveredAt: LATELY }) })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Received', milestones({ deliveredAt: LONG_AGO, receivedAt: LATELY }))] }),
	},
	{
		code: 'refundMissing',
		facts: 'an inspected unit that nobody paid for',
		found: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Validated', {}, validated(true))] }),
		calm: caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Validated', {}, validated(false))] }),
		repaired: settledCase,
	},
	{
		code: 'storeCreditMissing',
		facts: 'a finished request without its store credit',
		found: caseOf({ order: { returns: [closed] }, rmas: [request('Done', {}, { ...validated(true), resolutionType: 'RefundToStoreCredit' })] }),
		calm: caseOf({ order: { returns: [closed] }, rmas: [request('Done', { lastActivityAt: LATELY }, { ...validated(true), validation: { ...validated(true).validation, validatedAt: LATELY }, resolutionType: 'RefundToStoreCredit' })] }),
		repaired: caseOf({ order: { returns: [closed] }, rmas: [request('Done', {}, { ...validated(true), resolutionType: 'RefundToStoreCredit' })], transactions: [transaction('t1', '40.00', { type: 'RefundToStoreCredit', externalReferenceType: 'StoreCreditCode', externalReferenceId: 'code', unitIds: ['11'], rmaId: '1' })] }),
	},
	{
		code: 'refundWithoutRma',
		facts: 'a refunded return without a request',
		found: caseOf({ order: { returns: [closed], refunds: [paidBy(1)] } }),
		calm: caseOf({ order: { refunds: [refund(1, 500)] } }),
		repaired: settledCase,
	},
	{
		code: 'refundTwice',
		facts: 'two refunds for one unit',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, refunds: [paidBy(1), paidBy(2)] } },
		calm: settledCase,
		repaired: settledCase,
	},
	{
		code: 'valueMismatch',
		facts: 'two figures for one refund',
		found: { ...settledCase, transactions: [transaction('t1', '39.00', { ...naming(1), unitIds: ['11'], rmaId: '1' })] },
		calm: settledCase,
		repaired: settledCase,
	},
	{
		code: 'currencyMismatch',
		facts: 'two currencies for one refund',
		found: { ...settledCase, transactions: [transaction('t1', '40.00', { ...naming(1), unitIds: ['11'], rmaId: '1', amount: { amount: '40.00', currency: 'USD', shopAmount: '40.00', shopCurrency: 'USD' } })] },
		calm: settledCase,
		repaired: settledCase,
	},
	{
		code: 'refundPendingTooLong',
		facts: 'a refund whose money does not move',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, refunds: [paidBy(1, 'PENDING')] } },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, refunds: [paidBy(1, 'PENDING', LATELY)] } },
		repaired: settledCase,
	},
	{
		code: 'refundFailed',
		facts: 'a refund that the provider refused',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, refunds: [paidBy(1, 'FAILURE')] } },
		calm: settledCase,
		repaired: settledCase,
	},
	{
		code: 'exchangeNotReleased',
		facts: 'an exchange that stays a draft',
		found: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Validated', { exchangeOrders: [{ draftOrderId: 'gid://shopify/DraftOrder/1', orderId: null, orderName: '#D1', type: 'Exchange' }] }, { ...validated(true), resolutionType: 'InstantVariantExchange' })] }),
		calm: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Validated', { exchangeOrders: [{ draftOrderId: 'gid://shopify/DraftOrder/1', orderId: null, orderName: '#D2', type: 'Fee' }] }, { ...validated(true), resolutionType: 'InstantVariantExchange' })] }),
		repaired: caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Validated', { exchangeOrders: [{ draftOrderId: 'gid://shopify/DraftOrder/1', orderId: ORDER_ID, orderName: '#1002', type: 'Exchange' }] }, { ...validated(true), resolutionType: 'InstantVariantExchange' })] }),
	},
	{
		code: 'bundleParentRestocked',
		facts: 'a bundle that went into stock as one piece',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, ...bundle } },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, ...bundle, returns: [{ ...closed, dispositions: [] }] } },
		repaired: { ...settledCase, order: settledCase.order && { ...settledCase.order, ...bundle, returns: [{ ...closed, dispositions: [] }] } },
	},
	{
		code: 'paidThoughEnded',
		facts: 'a refund of a request that was canceled',
		found: { ...settledCase, rmas: [request('Canceled', {}, validated(true))] },
		calm: { ...settledCase, rmas: [request('Canceled', { createdAt: LATELY }, validated(true))].map((entry) => ({ ...entry, createdAt: LATELY })) },
		repaired: settledCase,
	},
	{
		code: 'paidThoughEnded',
		facts: 'a refund that a person made for a request that was canceled',
		found: caseOf({ order: { returns: [closed], refunds: [paidBy(1)] }, rmas: [request('Canceled', {}, validated(true))] }),
		calm: caseOf({ order: { returns: [closed] }, rmas: [request('Canceled', {}, validated(true))] }),
		repaired: caseOf({ order: { returns: [closed], refunds: [paidBy(1)] }, rmas: [request('Done', {}, validated(true))] }),
	},
	{
		code: 'paidThoughEnded',
		facts: 'a refund of ours for a request that was rejected',
		found: caseOf({ order: { returns: [closed], refunds: [paidBy(1)] }, entries: [paid('k', '1', ['11'], '40.00', { refundId: 'gid://shopify/Refund/1' })], rmas: [request('Rejected', {}, validated(true))] }),
		calm: caseOf({ order: { returns: [closed], refunds: [paidBy(1)] }, entries: [paid('k', '1', ['11'], '40.00', { refundId: 'gid://shopify/Refund/1' })], rmas: [request('Done', {}, validated(true))] }),
		repaired: settledCase,
	},
	{
		code: 'paidThoughEnded',
		facts: 'a store credit of ReturnGO’s for a request that was canceled',
		found: caseOf({ order: { returns: [closed] }, rmas: [request('Canceled', {}, { ...validated(true), resolutionType: 'RefundToStoreCredit' })], transactions: [transaction('t1', '40.00', { type: 'RefundToStoreCredit', externalReferenceType: 'StoreCreditCode', externalReferenceId: 'code', unitIds: ['11'], rmaId: '1' })] }),
		calm: caseOf({ order: { returns: [closed] }, rmas: [request('Canceled', {}, validated(true))], transactions: [transaction('t1', '40.00', { status: 'Requested', unitIds: ['11'], rmaId: '1', createdAt: LATELY })] }),
		repaired: settledCase,
	},
	...(['refund', 'giftCard'] as const).map((action): Example => ({
		code: 'paymentUnfinished',
		facts: `a claim (${action}) that is weeks old and never ended`,
		found: caseOf({ order: { returns: [shopifyReturn(restocked())] }, entries: [paid('k', '1', ['11'], '40.00', { action, ...(action === 'giftCard' ? { payout: action } : {}), state: 'claimed', claimedAt: LONG_AGO, doneAt: null })], rmas: [request('Validated', {}, validated(true))] }),
		calm: caseOf({ order: { returns: [shopifyReturn(restocked())] }, entries: [paid('k', '1', ['11'], '40.00', { action, ...(action === 'giftCard' ? { payout: action } : {}), state: 'claimed', claimedAt: LATELY, doneAt: null })], rmas: [request('Validated', {}, validated(true))] }),
		repaired: settledCase,
	})),
	...([['Validated', 'GiftCard'], ['Validated', null], ['Validated', 'toString'], ['Done', 'RefundToBankAccount'], ['Done', null]] as const).map(([status, resolutionType]): Example => ({
		code: 'settlementUnseen',
		facts: `a unit that came back, ${status}, resolution ${String(resolutionType)}`,
		found: caseOf({ order: { returns: [shopifyReturn({ ...(status === 'Done' ? { status: 'CLOSED', closedAt: LONG_AGO } : {}), ...restocked() })] }, rmas: [request(status, {}, { ...validated(true), resolutionType })] }),
		calm: caseOf({ order: { returns: [closed] }, rmas: [request(status, { lastActivityAt: LATELY }, { validation: { ...validated(true).validation, validatedAt: LATELY }, resolutionType })] }),
		repaired: { ...settledCase, rmas: [request('Done', {}, { ...validated(true), resolutionType })] },
	})),
	{
		code: 'stockUnclear',
		facts: 'a change of stock that was begun weeks ago and never ended',
		found: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, dispositions: [] }], ledger: { version: 1, entries: [paid('k', '1', ['11'], '', { action: 'components', amount: null, state: 'claimed', claimedAt: LONG_AGO, quantities: [{ lineItemId: LINE_A, quantity: 1 }] })] } } },
		calm: { ...settledCase, order: settledCase.order && { ...settledCase.order, returns: [{ ...closed, dispositions: [] }], ledger: { version: 1, entries: [paid('k', '1', ['11'], '', { action: 'components', amount: null, quantities: [{ lineItemId: LINE_A, quantity: 1 }] })] } } },
		repaired: settledCase,
	},
];

it('a change of stock that never ended is told of every request of the line that has one', () => {
	const begun = (rmaId: string, unitId: string, facts: Partial<LedgerEntry>) => paid(`k${rmaId}`, rmaId, [unitId], '', { action: 'components', amount: null, returnId: null, quantities: [{ lineItemId: LINE_A, quantity: 1 }], ...facts });
	const second = { ...request('Done', {}, validated(true)), id: '2' };
	const both = caseOf({ order: { returns: [{ ...closed, dispositions: [] }] }, entries: [begun('1', '11', {}), begun('2', '12', { state: 'claimed', claimedAt: LONG_AGO, doneAt: null })], rmas: [request('Done', {}, validated(true)), second.details ? { ...second, details: { ...second.details, id: '2', units: second.details.units.map((unit) => ({ ...unit, id: '12' })) } } : second] });
	expect(detect(both, settings(), CONTEXT).filter(({ code }) => code === 'stockUnclear').map(({ rmaId }) => rmaId)).toEqual(['2']);
});

describe.each(EXAMPLES)('$code in $facts', ({ code, found, calm, repaired }) => {
	it('is found, and nothing else is', () => {
		expect(codes(found)).toEqual([code]);
	});

	it('is not told where everything is in order', () => {
		expect(codes(calm)).not.toContain(code);
	});

	it('is gone after the repair', () => {
		expect(codes(repaired)).not.toContain(code);
	});

	it('has the same name on the next day, and says who does what', () => {
		const [today] = detect(found, settings(), CONTEXT);
		const [tomorrow] = detect(found, settings(), { ...CONTEXT, now: new Date('2026-04-21T10:00:00Z') });
		expect(tomorrow?.incident).toBe(today?.incident);
		expect(today).toMatchObject({ code, message: expect.stringMatching(/\w/) as unknown, nextStep: expect.stringMatching(/\w/) as unknown });
	});
});

describe('a case that is in order', () => {
	it('has no finding, whatever counts as an inspection', () => {
		for (const inspection of ['itemValidation', 'validatedStatus', 'receipt'] as const) expect(codes(settledCase, inspection)).toEqual([]);
	});

	it('is not told to be restocked too early where the receipt counts as the inspection', () => {
		const taken = caseOf({ order: { returns: [shopifyReturn(restocked())] }, rmas: [request('Received', milestones({ receivedAt: LATELY }))] });
		expect(codes(taken, 'receipt')).toEqual([]);
		expect(codes(taken, 'validatedStatus')).toEqual(['restockedBeforeInspection']);
	});
});

describe('one incident', () => {
	it('is told once, though both systems show the failed refund', () => {
		const failed = { ...settledCase, order: settledCase.order && { ...settledCase.order, refunds: [paidBy(1, 'FAILURE')] }, transactions: [transaction('t1', '40.00', { status: 'Failed', unitIds: ['11'], rmaId: '1' })] };
		expect(codes(failed)).toEqual(['refundFailed']);
	});

	it('is an RMA without an order, too, where the store does not have the order it names', () => {
		expect(codes(caseOf({ order: null, rmas: [request('Approved', { shipments: [] })] }))).toEqual(['rmaWithoutOrder']);
	});

	it('is found by what the shop knows: its table of bundles, and what a carrier told', () => {
		const kit = { ...settledCase.order, lines: [{ ...bundle.lines[0], sku: 'COAT-M', isBundleParent: false }] };
		const known = { ...settings(), bundleSkus: ['COAT-M'], deliveredAt: { 1: LONG_AGO } };
		const found = { ...settledCase, order: { ...settledCase.order, ...kit } as Case['order'] };
		expect(detect(found, known, CONTEXT).map(({ code }) => code)).toEqual(['bundleParentRestocked']);
		const parcelled = caseOf({ order: { returns: [shopifyReturn()] }, rmas: [request('Approved', { shipments: [parcel('Shipped', 'T1')], lastActivityAt: LATELY })] });
		expect(detect(parcelled, known, CONTEXT).map(({ code }) => code)).toEqual(['deliveredNotReceived']);
	});
});

describe('a case that was not read completely', () => {
	it('is judged by what was read alone', () => {
		const unread = caseOf({ order: { returns: [shopifyReturn({ lines: null, dispositions: null })], lines: null }, rmas: [row('1', 'Received')], unread: [{ what: 'rma', id: '1', because: 'the call limit was reached' }] });
		expect(codes(unread)).toEqual([]);
	});
});
