/** Where a return stands: the state that the facts of both systems make, and how the record of it may move. */
import { EXCEPTIONS } from '../../../returns/exceptions';
import type { LedgerEntry } from '../../../returns/ledger';
import type { OrderSnapshot } from '../../../returns/order';
import type { Rma, RmaShipment } from '../../../returns/rma';
import { nextStatus, type ReturnState, type ReturnStatus } from '../../../returns/status';
import type { TransactionStatus } from '../../../returns/order';
import { lineId, pair, refund, transaction } from './orders';
import { entry, orderWithReturn, returnGoTransaction, rma, RETURN_ID, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-12T10:00:00Z');
const LATER = new Date('2026-11-13T10:00:00Z');

const shipment = (status: string, facts: Partial<RmaShipment> = {}): RmaShipment => ({ id: '901', status, carrierName: null, trackingNumber: null, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: null, ...facts });
const parcels = (...statuses: string[]) => statuses.map((status, index) => shipment(status, { id: String(901 + index) }));
const waiting = (facts: Partial<Rma> = {}) => rma([unit('1', 'none'), unit('2', 'none')], facts);
const inspected = (facts: Partial<Rma> = {}) => rma([unit('1', 'sellable'), unit('2', 'sellable')], { status: 'Received', ...facts });
const state = (request: Rma, order: OrderSnapshot = orderWithReturn()): ReturnState => nextStatus(null, request, order, NOW).state;
const withEntry = (facts: Partial<LedgerEntry>, order: Partial<OrderSnapshot> = {}) => orderWithReturn({ ledger: { ledger: { version: 1, entries: [entry({ state: 'done', ...facts })] }, compareDigest: 'digest' }, ...order });
const refunded = (quantity: number, status: TransactionStatus) => [
	refund(1, {
		returnId: RETURN_ID,
		createdAt: '2026-11-10T09:00:00Z',
		lines: [{ lineItemId: lineId(1), quantity, restockType: 'NO_RESTOCK', subtotal: pair(`${20 * quantity}.00`), tax: pair('0.00') }],
		transactions: [transaction(2, { kind: 'REFUND', status, amount: pair(`${20 * quantity}.00`), parentId: 'gid://shopify/OrderTransaction/1' })],
	}),
];
const paid = (status: TransactionStatus) => refunded(2, status);

describe('the state of a return', () => {
	it.each<[string, ReturnState, Rma]>([
		['has been asked for', 'requested', waiting({ status: 'Pending', shipments: [shipment('Pending')] })],
		['is approved', 'approved', waiting({ status: 'Approved', shipments: [shipment('LabelCreated')] })],
		['has its parcel on the way', 'inTransit', waiting({ status: 'Approved', shipments: [shipment('Shipped')] })],
		['has one of two parcels here', 'received', rma([unit('1', 'none'), unit('2', 'none', { shipmentId: '902' })], { status: 'Received', shipments: parcels('Received', 'Shipped') })],
		['has its parcel here', 'awaitingInspection', waiting({ status: 'Received', shipments: [shipment('Received')] })],
		['has one of two units inspected', 'awaitingInspection', rma([unit('1', 'sellable'), unit('2', 'none')], { status: 'Received', shipments: [shipment('Received')] })],
		['is inspected unit by unit', 'inspected', inspected()],
		['is inspected as a whole', 'inspected', waiting({ status: 'Validated', shipments: [shipment('Validated')] })],
		['is being refunded by ReturnGO', 'refundPending', inspected({ transactions: [returnGoTransaction('Requested')] })],
		['was refunded by ReturnGO', 'refunded', inspected({ transactions: [returnGoTransaction('Success')] })],
		['is being credited by ReturnGO', 'creditPending', inspected({ transactions: [{ ...returnGoTransaction('Requested'), type: 'RefundToStoreCredit' }] })],
		['was credited by ReturnGO', 'credited', inspected({ transactions: [{ ...returnGoTransaction('Success'), type: 'RefundToStoreCredit' }] })],
		['was refused', 'rejected', waiting({ status: 'Rejected' })],
		['was taken back', 'canceled', inspected({ status: 'Canceled' })],
		['ended without a payment', 'closed', waiting({ status: 'Done' })],
		['ended with a payment', 'refunded', inspected({ status: 'Done', transactions: [returnGoTransaction('Success')] })],
		['was refused its refund by the payment provider, as ReturnGO says', 'needsAttention', inspected({ transactions: [returnGoTransaction('Failed')] })],
		['has no units', 'inTransit', rma([], { status: 'Approved', shipments: [shipment('Shipped')] })],
	])('that %s is %s', (_facts, expected, request) => {
		expect(state(request)).toBe(expected);
	});

	it.each<[string, ReturnState, OrderSnapshot]>([
		['our refund went through', 'refunded', withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: paid('SUCCESS') })],
		['our refund is pending', 'refundPending', withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: paid('PENDING') })],
		['our refund was refused', 'needsAttention', withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: paid('FAILURE') })],
		['our refund cannot be found', 'needsAttention', withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/9', returnId: RETURN_ID })],
		['we gave a gift card', 'credited', withEntry({ action: 'giftCard', payout: 'giftCard', credit: { customerId: 'c', idsBefore: [], id: 'card-1', lastCharacters: 'ab12' } })],
		['our gift card cannot be found', 'needsAttention', withEntry({ action: 'giftCard', payout: 'giftCard', credit: { customerId: 'c', idsBefore: [], id: null, lastCharacters: null } })],
		['a person refunded it within the return', 'refunded', orderWithReturn({ refunds: paid('SUCCESS') })],
		['a person’s refund within the return is pending', 'refundPending', orderWithReturn({ refunds: paid('PENDING') })],
		['a person’s refund within the return was refused', 'needsAttention', orderWithReturn({ refunds: paid('FAILURE') })],
		['stock was decided and nothing paid', 'inspected', withEntry({ action: 'restock', key: 'restock' })],
	])('follows Shopify and the ledger: %s', (_facts, expected, order) => {
		expect(state(waiting({ status: 'Received', shipments: [shipment('Received')] }), order)).toBe(expected);
	});

	it('is that of the units that lag behind, when some are settled already', () => {
		const half = withEntry({ action: 'refund', unitIds: ['1'], quantities: [{ lineItemId: lineId(1), quantity: 1 }], refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: refunded(1, 'SUCCESS') });
		const split = (second: string) => rma([unit('1', 'sellable'), unit('2', 'none', { shipmentId: '902' })], { status: 'Received', shipments: parcels('Received', second) });
		expect(state(split('Shipped'), half)).toBe('received');
		expect(state(split('Received'), half)).toBe('awaitingInspection');
		expect(state(rma([unit('1', 'sellable'), unit('2', 'damaged')]), half)).toBe('refunded');
	});

	it('is an exchange that waits for its release, then one that is done', () => {
		const exchange = (orderId: string | null, finding: 'sellable' | 'none') => rma([unit('1', finding, { resolutionType: 'InstantVariantExchange' })], { status: 'Received', shipments: [shipment('Received')], exchangeOrders: [{ draftOrderId: 'gid://shopify/DraftOrder/1', orderId, orderName: '#D1', type: 'Exchange' }] });
		expect([state(exchange(null, 'none')), state(exchange(null, 'sellable')), state(exchange('gid://shopify/Order/2', 'sellable'))]).toEqual(['awaitingInspection', 'exchangePending', 'exchanged']);
	});

	it('needs attention when Shopify’s return was cancelled under an open request, with the next step of the catalogue', () => {
		const order = orderWithReturn({ returns: [shopifyReturn(2, { status: 'CANCELED' })] });
		const status = nextStatus(null, waiting({ status: 'Approved', shopifyReturnName: order.returns[0]?.name ?? '' }), order, NOW);
		expect(status).toMatchObject({ state: 'needsAttention', nextStep: EXCEPTIONS.endedInShopifyOpenInReturnGo.nextStep });
	});

	it('names the parcel that is on its way', () => {
		const tracked = waiting({ status: 'Approved', shipments: [shipment('Received', { trackingUrl: 'https://parcels.example/1' }), shipment('Shipped', { id: '902', trackingUrl: 'https://parcels.example/2' }), shipment('Shipped', { id: '903', isOutbound: true, trackingUrl: 'https://parcels.example/3' })] });
		expect(nextStatus(null, tracked, orderWithReturn(), NOW).trackingUrl).toBe('https://parcels.example/2');
	});
});

describe('the record of a return', () => {
	const at = (minute: number) => `2026-11-10T08:${String(minute).padStart(2, '0')}:00Z`;
	const recorded = (facts: Partial<ReturnStatus> = {}): ReturnStatus => ({ rmaId: '1000001', state: 'awaitingInspection', since: at(0), nextStep: 'inspect the units', trackingUrl: null, asOf: at(10), ...facts });
	const approved = (lastActivityAt: string | null) => waiting({ status: 'Approved', shipments: [shipment('LabelCreated')], lastActivityAt });
	const received = (lastActivityAt: string | null) => waiting({ status: 'Received', shipments: [shipment('Received')], lastActivityAt });

	it('keeps its date while the state is the same, and takes a new one when it changes', () => {
		expect(nextStatus(recorded(), received(at(20)), orderWithReturn(), NOW)).toMatchObject({ state: 'awaitingInspection', since: at(0), asOf: at(20) });
		expect(nextStatus(recorded(), inspected({ lastActivityAt: at(20) }), orderWithReturn(), LATER)).toMatchObject({ state: 'inspected', since: '2026-11-13T10:00:00Z' });
	});

	it('does not move for facts of ReturnGO that are older than its own', () => {
		expect(nextStatus(recorded(), approved(at(5)), orderWithReturn(), NOW)).toEqual(recorded());
		expect(nextStatus(recorded({ state: 'approved' }), waiting({ status: 'Canceled', lastActivityAt: at(5) }), orderWithReturn(), NOW)).toEqual(recorded({ state: 'approved' }));
	});

	it('moves for what Shopify shows by now, even beside older facts of ReturnGO', () => {
		const order = withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: paid('SUCCESS') });
		expect(nextStatus(recorded(), approved(at(5)), order, NOW)).toMatchObject({ state: 'refunded', asOf: at(10) });
	});

	it('goes back where newer facts say so: a request that was reopened', () => {
		expect(nextStatus(recorded({ state: 'canceled' }), approved(at(20)), orderWithReturn(), NOW).state).toBe('approved');
	});

	it('goes only forwards where ReturnGO shows no times, unless Shopify shows an open return', () => {
		expect(nextStatus(recorded({ asOf: null }), approved(null), orderWithReturn(), NOW).state).toBe('awaitingInspection');
		expect(nextStatus(recorded({ asOf: null }), inspected(), orderWithReturn(), NOW).state).toBe('inspected');
		expect(nextStatus(recorded({ state: 'canceled', asOf: null }), approved(null), orderWithReturn(), NOW).state).toBe('approved');
		expect(nextStatus(recorded({ state: 'canceled', asOf: null }), approved(null), orderWithReturn({ returns: [shopifyReturn(2, { status: 'CANCELED' })] }), NOW).state).toBe('canceled');
	});

	it('leaves “needs attention” when the facts are in order again', () => {
		const settled = withEntry({ action: 'refund', refundId: 'gid://shopify/Refund/1', returnId: RETURN_ID }, { refunds: paid('SUCCESS') });
		expect(nextStatus(recorded({ state: 'needsAttention' }), inspected({ lastActivityAt: at(10) }), settled, NOW).state).toBe('refunded');
	});
});
