/** Lives of return requests that both services agree on, from the portal to the end or to where they stand now. */

import { BUNDLES, DAY, HOUR, type YearLine, type YearOrder } from './orders';
import type { Act, Step } from './steps';

export interface Request {
	rmaId: number;
	order: YearOrder;
	line: YearLine;
	quantity: number;
	/** When the customer asks. */
	asked: number;
}

export type Resolution = 'RefundToPaymentMethod' | 'RefundToStoreCredit' | 'InstantVariantExchange';

/** How far a life has come, in hours after the request. */
export const AFTER = { approved: 2, shipped: 40, received: 130, inspected: 150, restocked: 151, paid: 170, done: 175, closed: 176 } as const;

const CARRIERS = ['Parcel Express', 'Blue Post'];

export function rg({ rmaId }: Request, act: string, body: object = {}): Act {
	return { on: 'returnGo', path: `/__sim/rmas/${rmaId}/${act}`, body };
}

export function shopify(path: string, body: object): Act {
	return { on: 'shopify', path: `/__sim/${path}`, body };
}

/** Switches of ReturnGO for one act only. */
export function withOptions(changes: object, back: object, ...acts: readonly Act[]): Act[] {
	const patch = (body: object): Act => ({ on: 'returnGo', path: '/__sim/options', method: 'PATCH', body });
	return [patch(changes), ...acts, patch(back)];
}

export function at(request: Request, hours: number, ...acts: readonly Act[]): Step {
	return { at: request.asked + hours * HOUR, acts };
}

export function asks(request: Request, resolution: Resolution, more: { autoApprove?: boolean; unit?: object; rma?: object } = {}): Step {
	const { rmaId, order, line, quantity } = request;
	const exchangeItems =
		resolution === 'InstantVariantExchange'
			? [{ productId: '8000001', variantId: '4000001', quantity: 1, sku: line.sku, itemPriceMethod: 'PaidPrice', freeExchangePriceRange: { min: 0, max: 0 } }]
			: [];
	return at(request, 0, {
		on: 'returnGo',
		path: '/__sim/rmas',
		body: { rmaId, orderId: String(order.id), autoApprove: more.autoApprove ?? false, units: [{ lineItemId: String(line.id), quantity, resolutionType: resolution, exchangeItems, ...more.unit }], ...more.rma },
	});
}

export function approved(request: Request): Step {
	return at(request, AFTER.approved, rg(request, 'approve'));
}

export function shipped(request: Request, hours: number = AFTER.shipped): Step {
	return at(request, hours, rg(request, 'ship', { carrierName: CARRIERS[request.rmaId % 2], trackingNumber: `TRK${request.rmaId}` }));
}

export function received(request: Request, hours: number = AFTER.received): Step {
	return at(request, hours, rg(request, 'receive'));
}

export function inspected(request: Request, hours: number = AFTER.inspected): Step {
	return at(request, hours, rg(request, 'validate', { all: true }));
}

/** Asked, approved, sent, received and found good. */
export function comesBack(request: Request, resolution: Resolution, more?: Parameters<typeof asks>[2]): Step[] {
	return [asks(request, resolution, more), approved(request), shipped(request), received(request), inspected(request)];
}

export function restocked(request: Request, hours: number = AFTER.restocked): Step {
	return at(request, hours, rg(request, 'restock'));
}

export function marksDone(request: Request): Step {
	return at(request, AFTER.done, rg(request, 'mark-done'));
}

export function closesReturn(request: Request, hours: number = AFTER.closed): Step {
	return at(request, hours, moveReturn(request, 'close'));
}

export function moveReturn({ order }: Request, act: 'close' | 'cancel'): Act {
	return shopify('admin/move-return', { orderId: order.id, latestReturn: true, act });
}

export function refundByPerson({ order, line, quantity }: Request, more: object = {}): Act {
	return shopify('admin/refund', { orderId: order.id, latestReturn: true, lines: [{ lineItemId: line.id, quantity }], ...more });
}

/** ReturnGO only announces the refund; somebody makes it in Shopify and reports it. */
export function paysAndReports(request: Request, refund: { amount?: string } = {}, report: { status: 'Success' | 'Failed' } = { status: 'Success' }): Step {
	return {
		at: request.asked + AFTER.paid * HOUR,
		acts: async (look) => {
			for (const act of withOptions({ refundExecution: 'notifyOnly' }, { refundExecution: 'shopify' }, rg(request, 'refund'))) await look.send(act);
			const made = await look.send(refundByPerson(request, refund));
			await look.returnGoApi('PUT', `/transaction/${await look.transactionId(request.rmaId)}`, { ...report, externalReferenceId: String(made.legacyId), externalReferenceType: 'PlatformRefundId' });
			return [];
		},
	};
}

/** The same, with hours between what ReturnGO announces and what is done in Shopify. */
export function paysAndReportsLater(request: Request, hours: number): Step[] {
	return [
		at(request, AFTER.paid, ...withOptions({ refundExecution: 'notifyOnly' }, { refundExecution: 'shopify' }, rg(request, 'refund'))),
		{
			at: request.asked + (AFTER.paid + hours) * HOUR,
			acts: async (look) => {
				const made = await look.send(refundByPerson(request));
				await look.returnGoApi('PUT', `/transaction/${await look.transactionId(request.rmaId)}`, { status: 'Success', externalReferenceId: String(made.legacyId), externalReferenceType: 'PlatformRefundId' });
				return [];
			},
		},
	];
}

/** Every life here has ended well, or stands where it may stand today. */
export const SOUND: ReadonlyArray<{ name: string; weight: number; days: { oldest: number; newest: number }; steps: (request: Request) => Step[] }> = [
	{ name: 'refunded by ReturnGO within the return', weight: 30, days: { oldest: 340, newest: 12 }, steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)] },
	{
		name: 'refunded by ReturnGO beside the return',
		weight: 10,
		days: { oldest: 340, newest: 12 },
		steps: (one) => [
			...comesBack(one, 'RefundToPaymentMethod'),
			restocked(one),
			at(one, AFTER.paid, ...withOptions({ refundMutation: 'refundCreate' }, { refundMutation: 'returnProcess' }, rg(one, 'refund'))),
			marksDone(one),
			closesReturn(one),
		],
	},
	{ name: 'refunded in Shopify', weight: 10, days: { oldest: 340, newest: 12 }, steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, refundByPerson(one)), marksDone(one), closesReturn(one)] },
	{ name: 'refunded in Shopify and reported', weight: 6, days: { oldest: 340, newest: 12 }, steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), paysAndReports(one), marksDone(one), closesReturn(one)] },
	{ name: 'damaged, refunded, not restocked', weight: 6, days: { oldest: 340, newest: 12 }, steps: (one) => damaged(one) },
	{ name: 'store credit', weight: 8, days: { oldest: 340, newest: 12 }, steps: (one) => [...comesBack(one, 'RefundToStoreCredit'), restocked(one), at(one, AFTER.paid, rg(one, 'issue-store-credit')), marksDone(one), closesReturn(one)] },
	{ name: 'exchange released', weight: 6, days: { oldest: 340, newest: 12 }, steps: exchanged },
	{ name: 'rejected', weight: 4, days: { oldest: 340, newest: 5 }, steps: (one) => [asks(one, 'RefundToPaymentMethod'), at(one, 5, rg(one, 'reject'))] },
	{ name: 'canceled', weight: 4, days: { oldest: 340, newest: 5 }, steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), at(one, 30, rg(one, 'cancel'))] },
	{ name: 'kept by the customer, refunded', weight: 2, days: { oldest: 340, newest: 12 }, steps: (one) => [asks(one, 'RefundToPaymentMethod', { rma: { returnMethod: 'No shipment required' } }), approved(one), at(one, AFTER.paid, rg(one, 'refund')), marksDone(one), closesReturn(one)] },
	{ name: 'asked for', weight: 3, days: { oldest: 1.5, newest: 0.1 }, steps: (one) => [asks(one, 'RefundToPaymentMethod')] },
	{ name: 'approved', weight: 3, days: { oldest: 1.5, newest: 0.2 }, steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one)] },
	{ name: 'on its way', weight: 4, days: { oldest: 4, newest: 2 }, steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one)] },
	{ name: 'received', weight: 2, days: { oldest: 130 / 24 + 0.5, newest: 130 / 24 + 0.1 }, steps: (one) => [asks(one, 'RefundToPaymentMethod'), approved(one), shipped(one), received(one)] },
	{ name: 'inspected and restocked', weight: 2, days: { oldest: 151 / 24 + 0.2, newest: 151 / 24 + 0.05 }, steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one)] },
	{ name: 'refund under way', weight: 1, days: { oldest: 170 / 24 + 0.1, newest: 170 / 24 + 0.02 }, steps: (one) => [...comesBack(one, 'RefundToPaymentMethod'), restocked(one), at(one, AFTER.paid, rg(one, 'refund'))] },
];

/** A bundle comes back as one piece and is restocked by component. */
export function bundleComesBack(one: Request): Step[] {
	const components = (BUNDLES[one.line.sku] ?? []).map(({ sku, quantity }) => shopify('inventory', { sku, change: quantity * one.quantity }));
	return [
		...comesBack(one, 'RefundToPaymentMethod'),
		at(one, AFTER.restocked, dispose(one, 'NOT_RESTOCKED'), ...components),
		at(one, AFTER.paid, rg(one, 'refund')),
		marksDone(one),
		closesReturn(one),
	];
}

export function dispose({ order, line, quantity }: Request, type: 'NOT_RESTOCKED' | 'RESTOCKED'): Act {
	return shopify('admin/dispose', { orderId: order.id, latestReturn: true, lines: [{ lineItemId: line.id, quantity, type }] });
}

export function damaged(one: Request, disposition: 'NOT_RESTOCKED' | 'RESTOCKED' = 'NOT_RESTOCKED'): Step[] {
	return [
		asks(one, 'RefundToPaymentMethod'),
		approved(one),
		shipped(one),
		received(one),
		at(one, AFTER.inspected, rg(one, 'validate', { all: true, isReturned: true, isRestockable: false, nonRestockableReason: 'Damaged' })),
		at(one, AFTER.restocked, dispose(one, disposition)),
		at(one, AFTER.paid, rg(one, 'refund')),
		marksDone(one),
		closesReturn(one),
	];
}

/** The new piece goes out as an order of its own that costs nothing. */
function exchanged(one: Request): Step[] {
	const id = EXCHANGE_ORDERS + one.rmaId;
	const name = `#EX${one.rmaId}`;
	return [
		...comesBack(one, 'InstantVariantExchange'),
		restocked(one),
		at(
			one,
			AFTER.paid,
			shopify('orders', {
				id,
				name,
				tags: ['exchange'],
				lines: [{ sku: one.line.sku, title: one.line.sku, quantity: one.quantity, unitPrice: '20.00' }],
				discounts: [{ target: 'order', kind: 'percentage', value: '100', type: 'manual', title: 'Exchange' }],
				payments: [],
			}),
			rg(one, 'release-exchange', { orderId: String(id), orderName: name }),
		),
		marksDone(one),
		closesReturn(one),
	];
}

const EXCHANGE_ORDERS = 5_690_000_000_000;

/** Days before the end of the year in which a life may begin, as moments. */
export function beginnings(now: number, { oldest, newest }: { oldest: number; newest: number }): { from: number; until: number } {
	return { from: now - oldest * DAY, until: now - newest * DAY };
}
