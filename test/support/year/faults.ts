/** What goes wrong in the invented year: for every code of the catalogue, how it comes about in both services. */

import {
	AFTER,
	approved,
	asks,
	at,
	closesReturn,
	comesBack,
	damaged,
	dispose,
	marksDone,
	moveReturn,
	paysAndReports,
	received,
	refundByPerson,
	restocked,
	rg,
	shipped,
	shopify,
	withOptions,
	type Request,
} from './lives';
import { DAY, HOUR, type YearLine, type YearOrder } from './orders';
import type { Step } from './steps';

export interface FaultKind {
	code: string;
	count: number;
	/** How long before the end of the year it begins, in days. */
	daysAgo: number;
	/** False: nobody asked in the portal. */
	hasRma: boolean;
	/** Which orders it can happen to. */
	fits?: (order: YearOrder, line: YearLine) => boolean;
	/** Changes the order before it is placed. */
	order?: object;
	steps: (request: Request) => Step[];
}

const severalPieces = (_order: YearOrder, line: YearLine) => line.quantity > 1;

/** Ids from here on belong to no order. */
const NO_ORDER = 5_990_000_000_000;

export const FAULTS: readonly FaultKind[] = [
	{
		code: 'orderNotInPortal',
		count: 3,
		daysAgo: 20,
		hasRma: false,
		steps: (one) => [at(one, 0, shopify('admin/return', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: 1 }] }))],
	},
	{
		code: 'rmaWithoutOrder',
		count: 3,
		daysAgo: 1,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod', { rma: { withoutShopifyOrder: true, orderId: String(NO_ORDER + one.rmaId), orderName: `X${one.rmaId}` }, unit: { price: { amount: 40, currency: 'USD' }, sku: one.line.sku, title: one.line.sku } })],
	},
	{
		code: 'skuMismatch',
		count: 3,
		daysAgo: 1,
		hasRma: true,
		steps: (one) => [
			asks(one, 'RefundToPaymentMethod', {
				rma: { withoutShopifyOrder: true, orderName: one.order.name },
				unit: { lineItemId: `${one.line.id + 9_000_000_000}`, sku: 'NOT-SOLD-HERE', title: 'Somebody else’s article', variantId: '4900000000001', productId: '8900000000001', price: { amount: 40, currency: one.order.currency, shopAmount: 42, shopCurrency: 'USD' } },
			}),
		],
	},
	{
		code: 'doneInReturnGoOpenInShopify',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one)],
	},
	{
		code: 'endedInReturnGoOpenInShopify',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [
			asks(one, 'RefundToPaymentMethod'),
			approved(one),
			at(one, 30, { on: 'shopify', path: '/__sim/faults', body: { match: { operation: 'returnCancel' }, action: { kind: 'status', status: 503 } } }, rg(one, 'cancel')),
		],
	},
	{
		code: 'closedInShopifyOpenInReturnGo',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), closesReturn(one)],
	},
	{
		code: 'endedInShopifyOpenInReturnGo',
		count: 2,
		daysAgo: 3,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), at(one, 20, moveReturn(one, 'cancel')), shipped(one)],
	},
	{
		code: 'approvalMissingInShopify',
		count: 2,
		daysAgo: 4,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), at(one, AFTER.approved, ...withOptions({ failNextShopifyReturns: 1 }, { failNextShopifyReturns: 0 }, rg(one, 'approve'))), shipped(one)],
	},
	{
		code: 'receivedNotInShopify',
		count: 3,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one), received(one)],
	},
	{
		code: 'inspectedNotRestocked',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)],
	},
	{
		code: 'restockedBeforeInspection',
		count: 2,
		daysAgo: 3,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one), restocked(one, AFTER.shipped + 10)],
	},
	{
		code: 'restockedNotSellable',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => damaged(one, 'RESTOCKED'),
	},
	{
		code: 'approvedWithoutTracking',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one)],
	},
	{
		code: 'inTransitTooLong',
		count: 2,
		daysAgo: 50,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one)],
	},
	{
		code: 'deliveredNotReceived',
		count: 2,
		daysAgo: 9,
		hasRma: true,
		steps: (one) => [
			asks(one, 'RefundToPaymentMethod'),
			approved(one),
			shipped(one),
			{ at: one.asked + 80 * HOUR, acts: async (look) => [{ on: 'returnGo', path: `/__sim/shipments/${await look.shipmentId(one.rmaId)}/track`, body: { status: 'Delivered' } }] },
		],
	},
	{
		code: 'refundMissing',
		count: 3,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one)],
	},
	{
		code: 'refundWithoutRma',
		count: 2,
		daysAgo: 30,
		hasRma: false,
		steps: (one) => [at(one, 0, shopify('admin/refund', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: 1, restock: true }] }))],
	},
	{
		code: 'refundTwice',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		fits: severalPieces,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			{
				at: one.asked + AFTER.paid * HOUR,
				acts: async (look) => {
					const units = await look.unitIds(one.rmaId);
					return withOptions({ refundMutation: 'refundCreate' }, { refundMutation: 'returnProcess' }, rg(one, 'refund', { units }), rg(one, 'refund', { units, evenIfPaid: true }));
				},
			},
			marksDone(one),
			closesReturn(one),
		],
	},
	{
		code: 'valueMismatch',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), paysAndReports(one, { amount: '12.34' }), marksDone(one), closesReturn(one)],
	},
	{
		code: 'currencyMismatch',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		fits: ({ currency }, { sku }) => currency === 'EUR' && !sku.startsWith('KIT'),
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod', { unit: { price: { amount: 31, currency: 'GBP', shopAmount: 42, shopCurrency: 'USD' }, tax: { amount: 0, currency: 'GBP', shopAmount: 0, shopCurrency: 'USD' } } }),
			restocked(one),
			paysAndReports(one),
			marksDone(one),
			closesReturn(one),
		],
	},
	{
		code: 'refundPendingTooLong',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		order: { refundsSettle: 'pending' },
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			at(one, AFTER.paid, ...withOptions({ refundExecution: 'notifyOnly' }, { refundExecution: 'shopify' }, rg(one, 'refund')), refundByPerson(one)),
		],
	},
	{
		code: 'refundFailed',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		order: { refundsSettle: 'pending' },
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			at(one, AFTER.paid, rg(one, 'refund')),
			{ at: one.asked + (AFTER.paid + 1) * HOUR, acts: async (look) => [shopify(`transactions/${await look.refundTransactionId(one.order.id)}`, { status: 'FAILURE' })] },
		],
	},
	{
		code: 'storeCreditMissing',
		count: 2,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToStoreCredit'), restocked(one)],
	},
	{
		code: 'exchangeNotReleased',
		count: 2,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'InstantVariantExchange'), restocked(one)],
	},
	{
		code: 'bundleParentRestocked',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		fits: (_order, line) => line.sku.startsWith('KIT'),
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), at(one, AFTER.restocked, dispose(one, 'RESTOCKED')), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)],
	},
];

/** When a fault of this kind begins: a little apart from others of its kind. */
export function beginningOf(kind: FaultKind, now: number, index: number): number {
	return now - kind.daysAgo * DAY - index * 7 * 60_000;
}

