/** Whatever happened to a return, and in whatever order its events are worked on: the order ends up showing the same. */
import fc from 'fast-check';
import type { LedgerEntry } from '../../../returns/ledger';
import type { OrderSnapshot, ReturnStatus as ShopifyReturnStatus, TransactionStatus } from '../../../returns/order';
import type { Rma } from '../../../returns/rma';
import { nextStatus } from '../../../returns/status';
import { parseStatusField, statusUpdate } from '../../../returns/statusField';
import { lineId, pair, refund, transaction } from './orders';
import { entry, orderWithReturn, returnGoTransaction, rma, RETURN_ID, shopifyReturn, unit, type Finding } from './returns';

const NOW = new Date('2026-11-20T10:00:00Z');
const OWN_TAGS = /^return-/;

/** What ReturnGO showed at one moment. Nothing keeps a moment from contradicting the one before: people correct, cancel and reopen. */
const moment = fc.record({
	status: fc.constantFrom('Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled'),
	parcel: fc.constantFrom('Pending', 'LabelCreated', 'Shipped', 'Received', 'Validated', 'Canceled'),
	findings: fc.tuple(fc.constantFrom<Finding>('sellable', 'damaged', 'missing', 'none'), fc.constantFrom<Finding>('sellable', 'none')),
	payout: fc.constantFrom(null, 'Requested', 'Success', 'Failed'),
	paidUnits: fc.subarray(['1', '2']),
	isCredit: fc.boolean(),
	exchange: fc.constantFrom(null, 'draft', 'released'),
});
type Moment = typeof moment extends fc.Arbitrary<infer TMoment> ? TMoment : never;

/** What Shopify and the ledger show by the time the events are worked on. */
const shop = fc.record({
	refunded: fc.constantFrom(0, 1, 2),
	money: fc.constantFrom<TransactionStatus>('SUCCESS', 'PENDING', 'FAILURE'),
	isOurs: fc.boolean(),
	returnStatus: fc.constantFrom<ShopifyReturnStatus>('OPEN', 'CLOSED', 'CANCELED', 'REQUESTED'),
	restocked: fc.constantFrom(0, 1, 2),
});
type ShopFacts = typeof shop extends fc.Arbitrary<infer TShop> ? TShop : never;

function requestAt({ status, parcel, findings, payout, paidUnits, isCredit, exchange }: Moment, minute: number): Rma {
	const resolutionType = exchange === null ? 'RefundToPaymentMethod' : 'InstantVariantExchange';
	return rma(
		findings.map((finding, index) => unit(String(index + 1), finding, { resolutionType })),
		{
			status,
			lastActivityAt: new Date(Date.UTC(2026, 10, 10, 8, minute)).toISOString(),
			shipments: [{ id: '901', status: parcel, carrierName: null, trackingNumber: null, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: null }],
			transactions: payout === null ? [] : [{ ...returnGoTransaction(payout, paidUnits), type: isCredit ? 'RefundToStoreCredit' : 'RefundToPaymentMethod' }],
			exchangeOrders: exchange === null ? [] : [{ draftOrderId: 'gid://shopify/DraftOrder/1', orderId: exchange === 'released' ? 'gid://shopify/Order/2' : null, orderName: '#D1', type: 'Exchange' }],
		},
	);
}

function orderOf({ refunded, money, isOurs, returnStatus, restocked }: ShopFacts): OrderSnapshot {
	const amount = pair(`${20 * refunded}.00`);
	const made = refund(1, {
		returnId: RETURN_ID,
		createdAt: '2026-11-10T09:00:00Z',
		lines: [{ lineItemId: lineId(1), quantity: refunded, restockType: 'NO_RESTOCK', subtotal: amount, tax: pair('0.00') }],
		transactions: [transaction(2, { kind: 'REFUND', status: money, amount, parentId: 'gid://shopify/OrderTransaction/1' })],
	});
	const unitIds = ['1', '2'].slice(0, refunded);
	const recorded: LedgerEntry[] = refunded > 0 && isOurs ? [entry({ state: 'done', unitIds, quantities: [{ lineItemId: lineId(1), quantity: refunded }], refundId: made.id })] : [];
	const dispositions = restocked === 0 ? [] : [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'RESTOCKED' as const, quantity: restocked, locationId: 'gid://shopify/Location/11', createdAt: '2026-11-10T09:00:00Z' }];
	return orderWithReturn({ returns: [shopifyReturn(2, { status: returnStatus }, {}, dispositions)], refunds: refunded > 0 ? [made] : [], ledger: { ledger: { version: 1, entries: recorded }, compareDigest: null } });
}

/** The order after an event was worked on, as Shopify would show it. */
function afterEvent(order: OrderSnapshot, request: Rma): OrderSnapshot {
	const { value, tags } = statusUpdate(request, order, NOW);
	return { ...order, statusField: { value, compareDigest: 'digest' }, tags: [...order.tags.filter((tag) => !tags.remove.includes(tag)), ...tags.add] };
}

const history = fc.tuple(fc.array(moment, { minLength: 1, maxLength: 6 }), shop, fc.array(fc.nat({ max: 999 }), { maxLength: 8 }));

/** Every event once, in any order, and some of them again. */
function shuffled(count: number, picks: readonly number[]): number[] {
	const order = Array.from({ length: count }, (_value, index) => index);
	picks.forEach((pick, index) => {
		const [moved] = order.splice(pick % order.length, 1);
		if (moved !== undefined) order.splice((pick * 7 + index) % (order.length + 1), 0, moved);
	});
	return [...order, ...picks.map((pick) => pick % count)];
}

describe('events of a return', () => {
	it('end in the same state, tags and next step in whatever order, and however often, they are worked on', () => {
		fc.assert(
			fc.property(history, ([moments, facts, picks]) => {
				const requests = moments.map(requestAt);
				const newest = requests.at(-1) ?? rma([]);
				const order = orderOf(facts);
				const expected = nextStatus(null, newest, order, NOW);
				const after = shuffled(requests.length, picks).reduce((current, index) => afterEvent(current, requests[index] ?? newest), order);
				const [shown] = parseStatusField(after.statusField.value).statuses;
				expect(shown).toMatchObject({ state: expected.state, nextStep: expected.nextStep, asOf: expected.asOf });
				expect(after.tags.filter((tag) => OWN_TAGS.test(tag) && tag !== 'return-in-transit')).toEqual(afterEvent(order, newest).tags.filter((tag) => tag !== 'return-in-transit'));
			}),
			{ numRuns: 1000 },
		);
	});

	it('change nothing when they come again', () => {
		fc.assert(
			fc.property(history, ([moments, facts, picks]) => {
				const requests = moments.map(requestAt);
				const done = shuffled(requests.length, picks).reduce((current, index) => afterEvent(current, requests[index] ?? rma([])), orderOf(facts));
				for (const request of requests) expect(statusUpdate(request, done, new Date('2026-12-24T00:00:00Z'))).toMatchObject({ isValueNew: false, tags: { add: [], remove: [] } });
			}),
			{ numRuns: 1000 },
		);
	});

	it('never touch a tag or a line of somebody else', () => {
		const foreign = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/^return-/i.test(text.trim()) && !/^RMA\d+: /.test(text));
		fc.assert(
			fc.property(history, fc.array(foreign, { maxLength: 4 }), ([moments, facts], others) => {
				const order = { ...orderOf(facts), tags: others, statusField: { value: JSON.stringify(others), compareDigest: 'digest' } };
				const after = moments.map(requestAt).reduce(afterEvent, order);
				expect(after.tags).toEqual(expect.arrayContaining(others));
				expect(parseStatusField(after.statusField.value).others).toEqual(others);
			}),
			{ numRuns: 500 },
		);
	});
});
