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
	paysAndReportsLater,
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
import type { Act, Look, Step } from './steps';

export interface FaultKind {
	code: string;
	/** Tells kinds of the same code apart. */
	variant?: string;
	/** `month`: only the close of a month finds it; for the audit such a request is in order. */
	foundBy?: 'month';
	count: number;
	/** How long before the end of the year it begins, in days. */
	daysAgo: number;
	/** Hours around the beginning of a month at which it begins, instead of `daysAgo`. */
	aroundMonth?: number;
	/** False: nobody asked in the portal. */
	hasRma: boolean;
	/** Which orders it can happen to. */
	fits?: (order: YearOrder, line: YearLine) => boolean;
	/** Changes the order before it is placed. */
	order?: object;
	steps: (request: Request) => Step[];
	/** What a person, or an operation, does about it today; or why nobody can undo it. */
	repair: ((request: Request) => Step['acts']) | string;
}

const severalPieces = (_order: YearOrder, line: YearLine) => line.quantity > 1;

/** A request that staff writes down afterwards. */
const BELATED_RMA = 1_290_001;

/** Ids from here on belong to no order. */
const NO_ORDER = 5_990_000_000_000;

export const FAULTS: readonly FaultKind[] = [
	{
		code: 'orderNotInPortal',
		count: 3,
		daysAgo: 20,
		hasRma: false,
		steps: (one) => [at(one, 0, shopify('admin/return', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: 1 }] }))],
		repair: (one) => [moveReturn(one, 'cancel')],
	},
	{
		code: 'rmaWithoutOrder',
		count: 3,
		daysAgo: 1,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod', { rma: { withoutShopifyOrder: true, orderId: String(NO_ORDER + one.rmaId), orderName: `X${one.rmaId}` }, unit: { price: { amount: 40, currency: 'USD' }, sku: one.line.sku, title: one.line.sku } })],
		repair: (one) => [rg(one, 'cancel')],
	},
	{
		code: 'rmaWithoutOrder',
		variant: 'names no order',
		count: 1,
		daysAgo: 1,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod', { rma: { withoutShopifyOrder: true, namesNoOrder: true }, unit: { price: { amount: 40, currency: 'USD' }, sku: one.line.sku, title: one.line.sku } })],
		repair: (one) => [rg(one, 'cancel')],
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
		repair: (one) => [rg(one, 'cancel')],
	},
	{
		code: 'doneInReturnGoOpenInShopify',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one)],
		repair: (one) => [moveReturn(one, 'close')],
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
		repair: (one) => [moveReturn(one, 'cancel')],
	},
	{
		code: 'closedInShopifyOpenInReturnGo',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), closesReturn(one)],
		repair: (one) => [rg(one, 'mark-done')],
	},
	{
		code: 'endedInShopifyOpenInReturnGo',
		count: 2,
		daysAgo: 3,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), at(one, 20, moveReturn(one, 'cancel')), shipped(one)],
		repair: (one) => [rg(one, 'cancel')],
	},
	{
		code: 'approvalMissingInShopify',
		count: 2,
		daysAgo: 4,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), at(one, AFTER.approved, ...withOptions({ failNextShopifyReturns: 1 }, { failNextShopifyReturns: 0 }, rg(one, 'approve'))), shipped(one)],
		repair: (one) => [shopify('admin/return', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: one.quantity }] })],
	},
	{
		code: 'receivedNotInShopify',
		count: 3,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one), received(one)],
		repair: (one) => [rg(one, 'validate', { all: true }), rg(one, 'restock')],
	},
	{
		code: 'inspectedNotRestocked',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)],
		repair: (one) => [shopify('admin/move-return', { orderId: one.order.id, latestReturn: true, act: 'reopen' }), dispose(one, 'RESTOCKED'), moveReturn(one, 'close')],
	},
	{
		code: 'restockedBeforeInspection',
		count: 2,
		daysAgo: 3,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one), restocked(one, AFTER.shipped + 10)],
		repair: (one) => [rg(one, 'receive'), rg(one, 'validate', { all: true })],
	},
	{
		code: 'restockedNotSellable',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => damaged(one, 'RESTOCKED'),
		repair: (one) => [rg(one, 'validate', { all: true })],
	},
	{
		code: 'approvedWithoutTracking',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one)],
		repair: (one) => [rg(one, 'ship', { carrierName: 'Blue Post', trackingNumber: 'TRK1' })],
	},
	{
		code: 'inTransitTooLong',
		count: 2,
		daysAgo: 50,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one)],
		repair: (one) => [rg(one, 'receive')],
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
		repair: (one) => [rg(one, 'receive')],
	},
	{
		code: 'refundMissing',
		count: 3,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one)],
		repair: (one) => [rg(one, 'refund')],
	},
	{
		code: 'refundWithoutRma',
		count: 2,
		daysAgo: 30,
		hasRma: false,
		steps: (one) => [at(one, 0, shopify('admin/refund', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: 1, restock: true }] }))],
		repair: (one) => {
			const belated = { ...one, rmaId: BELATED_RMA };
			const asked: Act = { on: 'returnGo', path: '/__sim/rmas', body: { rmaId: BELATED_RMA, orderId: String(one.order.id), evenIfTaken: true, units: [{ lineItemId: String(one.line.id), quantity: 1 }] } };
			return [asked, ...['approve', 'ship', 'receive'].map((act) => rg(belated, act)), rg(belated, 'validate', { all: true })];
		},
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
		repair: 'The money has gone twice. Whatever the customer pays back, both refunds stay in the books.',
	},
	{
		code: 'valueMismatch',
		count: 3,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), paysAndReports(one, { amount: '12.34' }), marksDone(one), closesReturn(one)],
		repair: 'A refund cannot be changed, and ReturnGO’s interface changes no amount.',
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
		repair: 'ReturnGO’s interface changes no currency of a transaction.',
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
		repair: (one) => async (look) => { await reports(look, one, { status: 'Success' }); return [shopify(`transactions/${await look.refundTransactionId(one.order.id)}`, { status: 'SUCCESS' })]; },
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
		repair: 'The refused payment stays on the refund; paying another way makes a second one beside it.',
	},
	{
		code: 'storeCreditMissing',
		count: 2,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToStoreCredit'), restocked(one)],
		repair: (one) => [rg(one, 'issue-store-credit')],
	},
	{
		code: 'exchangeNotReleased',
		count: 2,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'InstantVariantExchange'), restocked(one)],
		repair: (one) => [rg(one, 'release-exchange')],
	},
	{
		code: 'bundleParentRestocked',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		fits: (_order, line) => line.sku.startsWith('KIT'),
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), at(one, AFTER.restocked, dispose(one, 'RESTOCKED')), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)],
		repair: 'Shopify takes no disposition back; a person corrects the stock figures, which no order shows.',
	},
	{
		code: 'paidThoughEnded',
		variant: 'paid in the return before it was canceled',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), closesReturn(one), at(one, AFTER.closed + 5, rg(one, 'cancel', { reason: 'Not what was sold' }))],
		repair: (one) => [rg(one, 'reopen'), rg(one, 'mark-done'), moveReturn(one, 'close')],
	},
	{
		code: 'paidThoughEnded',
		variant: 'canceled, and paid by a person afterwards',
		count: 1,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), at(one, 30, rg(one, 'cancel')), at(one, 60, shopify('admin/refund', { orderId: one.order.id, lines: [{ lineItemId: one.line.id, quantity: one.quantity }] }))],
		repair: (one) => [rg(one, 'reopen'), rg(one, 'mark-done')],
	},
	{
		code: 'paymentUnfinished',
		count: 2,
		daysAgo: 50,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), records(one, AFTER.paid, { state: 'claimed' })],
		repair: (one) => [rg(one, 'refund')],
	},
	{
		code: 'refundRecordMissing',
		count: 1,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), records(one, AFTER.paid, { state: 'done', refundId: 'gid://shopify/Refund/9990000000001' }), marksDone(one), closesReturn(one)],
		repair: (one) => [paidByHand(one)],
	},
	{
		code: 'creditRecordMissing',
		count: 1,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [
			...comesBack(one, 'RefundToStoreCredit'),
			restocked(one),
			records(one, AFTER.paid, { state: 'done', action: 'giftCard', payout: 'giftCard', credit: { customerId: 'gid://shopify/Customer/1', idsBefore: [], id: null, lastCharacters: null } }),
			marksDone(one),
			closesReturn(one),
		],
		repair: (one) => records(one, 0, { state: 'done', action: 'giftCard', payout: 'giftCard', credit: { customerId: 'gid://shopify/Customer/1', idsBefore: [], id: 'gid://shopify/GiftCard/1', lastCharacters: 'abcd' } }).acts,
	},
	{
		code: 'ledgerUnreadable',
		count: 1,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			{ at: one.asked + AFTER.paid * HOUR, acts: async (look) => { await look.record(one.order.id, { version: 'two', entries: 'gone' }); return []; } },
			marksDone(one),
			closesReturn(one),
		],
		repair: (one) => async (look) => { await look.record(one.order.id, { version: 1, entries: [] }); return [paidByHand(one)]; },
	},
	{
		code: 'stockUnclear',
		count: 1,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			records(one, AFTER.restocked, { state: 'claimed', action: 'components', amount: null, currency: null }),
			at(one, AFTER.paid, rg(one, 'refund')),
			marksDone(one),
			closesReturn(one),
		],
		repair: (one) => records(one, 0, { state: 'done', action: 'components', amount: null, currency: null }).acts,
	},
	{
		code: 'paidThoughFailed',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), paysAndReports(one, {}, { status: 'Failed' }), marksDone(one), closesReturn(one)],
		repair: (one) => async (look) => { await reports(look, one, { status: 'Success' }); return []; },
	},
	{
		code: 'refundNotFound',
		count: 2,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			{
				at: one.asked + AFTER.paid * HOUR,
				acts: async (look) => {
					for (const act of withOptions({ refundExecution: 'notifyOnly' }, { refundExecution: 'shopify' }, rg(one, 'refund'))) await look.send(act);
					await look.returnGoApi('PUT', `/transaction/${await look.transactionId(one.rmaId)}`, { status: 'Success', externalReferenceId: '9990000000002', externalReferenceType: 'PlatformRefundId' });
					return [];
				},
			},
			marksDone(one),
			closesReturn(one),
		],
		repair: (one) => async (look) => { const made = await look.send(paidByHand(one)); await reports(look, one, { status: 'Success', externalReferenceId: String(made.legacyId), externalReferenceType: 'PlatformRefundId' }); return []; },
	},
	{
		code: 'returnGoRefundFailed',
		count: 2,
		// Inspected less than three days ago: later the missing money is told of as well.
		daysAgo: 7.6,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, ...withOptions({ failNextRefunds: 1 }, { failNextRefunds: 0 }, rg(one, 'refund')))],
		repair: (one) => [paidByHand(one)],
	},
	{
		code: 'refundUnclear',
		count: 1,
		daysAgo: 6.6,
		hasRma: true,
		fits: ({ lines }, { sku }) => lines.length > 1 && !sku.startsWith('KIT') && new Set(lines.map((line) => line.sku)).size === lines.length,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			at(one, AFTER.restocked + 1, shopify('admin/refund', { orderId: one.order.id, lines: one.order.lines.slice(0, 2).map(({ id }) => ({ lineItemId: id, quantity: 1 })) })),
		],
		repair: 'The refund names other pieces than the request, and a refund cannot be changed.',
	},
	{
		code: 'settlementUnseen',
		count: 2,
		daysAgo: 30,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod', { unit: { resolutionType: 'RefundToBankAccount', resolutionName: 'Bank transfer' } }), restocked(one)],
		repair: (one) => [paidByHand(one)],
	},
	{
		code: 'settlementUnseen',
		variant: 'done',
		count: 1,
		daysAgo: 40,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod', { unit: { resolutionType: 'RefundToGiftCard', resolutionName: 'Gift card' } }), restocked(one), marksDone(one), closesReturn(one)],
		repair: (one) => [paidByHand(one)],
	},
	{
		code: 'otherGateway',
		foundBy: 'month',
		count: 2,
		daysAgo: 45,
		hasRma: true,
		order: { payments: [{ gateway: 'invoice_bank' }] },
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)],
		repair: 'Nothing is wrong: the gateway’s own statement shows it.',
	},
	{
		code: 'otherPeriod',
		foundBy: 'month',
		count: 2,
		daysAgo: 0,
		aroundMonth: -14 - AFTER.paid,
		hasRma: true,
		steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), ...paysAndReportsLater(one, 28), at(one, AFTER.paid + 30, rg(one, 'mark-done')), closesReturn(one, AFTER.paid + 31)],
		repair: 'Nothing is wrong: the neighbouring month shows the other side.',
	},
	{
		code: 'payoutNotMade',
		foundBy: 'month',
		count: 1,
		daysAgo: 60,
		hasRma: true,
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			at(one, AFTER.paid, rg(one, 'refund')),
			marksDone(one),
			closesReturn(one),
			{ at: one.asked + (AFTER.paid + 24 * 8) * HOUR, acts: async (look) => [shopify(`payouts/${await look.payoutOf(one.order.id)}`, { status: 'FAILED' })] },
		],
		repair: 'The payout stays failed in the books of that month; the bank takes the money with a later one.',
	},
];

/** A person pays for what came back, on the order and not within a return. */
function paidByHand({ order, line, quantity }: Request): Act {
	return shopify('admin/refund', { orderId: order.id, lines: [{ lineItemId: line.id, quantity }] });
}

/** Somebody tells ReturnGO what became of the request's latest transaction. */
async function reports(look: Look, { rmaId }: Request, outcome: object): Promise<void> {
	await look.returnGoApi('PUT', `/transaction/${await look.transactionId(rmaId)}`, outcome);
}

/** An entry of the record that workflows of ours keep on the order. */
function records(one: Request, hours: number, entry: { state: 'claimed' | 'done'; [field: string]: unknown }): Step {
	const moment = one.asked + hours * HOUR;
	return {
		at: moment,
		acts: async (look) => {
			const claimedAt = new Date(moment).toISOString();
			const made = {
				key: `year-${one.rmaId}`,
				rmaId: String(one.rmaId),
				action: 'refund',
				unitIds: await look.unitIds(one.rmaId),
				quantities: [{ lineItemId: `gid://shopify/LineItem/${one.line.id}`, quantity: one.quantity }],
				attempt: 1,
				claimant: 'a-run-of-the-year',
				claimedAt,
				leaseUntil: new Date(moment + 120_000).toISOString(),
				planHash: '',
				amount: '20.00',
				currency: one.order.currency,
				returnId: null,
				refundsBefore: [],
				refundId: null,
				transactions: [],
				dispositions: [],
				doneAt: entry.state === 'done' ? claimedAt : null,
				...entry,
			};
			await look.record(one.order.id, { version: 1, entries: [made] });
			return [];
		},
	};
}

/** When a fault of this kind begins: a little apart from others of its kind. */
export function beginningOf(kind: FaultKind, now: number, index: number): number {
	if (kind.aroundMonth === undefined) return now - kind.daysAgo * DAY - index * 7 * 60_000;
	const { year, month } = { year: new Date(now - 40 * DAY).getUTCFullYear(), month: new Date(now - 40 * DAY).getUTCMonth() };
	return Date.UTC(year, month, 1) + kind.aroundMonth * HOUR - index * 7 * 60_000;
}

