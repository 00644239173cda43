import { createHash } from 'node:crypto';

import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { Clock } from '../../../simulators/shared/clock';
import { startShopifySimulator, type ShopifySimulator } from '../../../simulators/shopify';
import type { Order, OrderTransaction, Refund, Return, ReverseFulfillmentOrderLineItem } from '../../../simulators/shopify/model';
import { plantYear, type PlantedFault, type Year } from '../../support/year';

interface Rma {
	rmaId: number;
	status: string;
	orderId: string;
	shopifyReturn: { id: string } | null;
	details: {
		comments: Array<{ commentType: string }>;
		shipments: Array<{ status: string; trackingNumber: string | null }>;
		items: Array<{ returnedItemId: string; sku: string; resolutionType: string; itemValidationStatusResponse: { lastValidationDate: string | null; isRestockable: boolean } }>;
		exchangeOrders: Array<{ orderId: string }>;
		transactions: Array<{ type: string; status: string; externalReferenceId: string | null; externalReferenceType: string | null; returnItemIds: string[]; amount: { amount: number; currency: string } }>;
	};
}

interface Planted {
	shopify: ShopifySimulator;
	returnGo: ReturnGoSimulator;
	year: Year;
	rmas: Rma[];
}

const SMALL = { orders: 1_200, rmas: 130 };

async function plant(seed: number): Promise<Planted> {
	const clock = new Clock();
	// What a shop has from its first moment on is then as old in every run.
	clock.freeze();
	await clock.set('2025-11-01T00:00:00Z');
	const shopify = await startShopifySimulator({ clock });
	const returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url });
	const year = await plantYear({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url }, { seed, ...SMALL });
	return { shopify, returnGo, year, rmas: (returnGo.state() as { rmas: Rma[] }).rmas };
}

function digest({ shopify, returnGo }: Planted): string {
	const urls = new RegExp(shopify.url, 'g');
	return createHash('sha256').update(JSON.stringify([shopify.state(), returnGo.state()]).replace(urls, '')).digest('hex');
}

describe('the seeded year of a shop', () => {
	let planted: Planted;

	beforeAll(async () => {
		planted = await plant(7);
	}, 240_000);

	afterAll(async () => {
		await planted.returnGo.close();
		await planted.shopify.close();
	});

	const rmaOf = ({ rmaId }: PlantedFault) => planted.rmas.find((rma) => rma.rmaId === rmaId);
	const orderOf = ({ orderId }: PlantedFault): Order | undefined => planted.shopify.store.orders.get(Number(orderId));
	const returnsOf = (fault: PlantedFault): Return[] => (orderOf(fault)?.returnIds ?? []).flatMap((id) => planted.shopify.store.returns.get(id) ?? []);
	const refundsOf = (fault: PlantedFault): Refund[] => (orderOf(fault)?.refundIds ?? []).flatMap((id) => planted.shopify.store.refunds.get(id) ?? []);
	const paymentsOf = (refund: Refund): OrderTransaction[] => refund.transactionIds.flatMap((id) => planted.shopify.store.transactions.get(id) ?? []);
	const dispositionsOf = (fault: PlantedFault): string[] =>
		returnsOf(fault)
			.flatMap(({ reverseFulfillmentOrderIds }) => reverseFulfillmentOrderIds)
			.flatMap((id) => planted.shopify.store.reverseFulfillmentOrders.get(id)?.lineItemIds ?? [])
			.flatMap((id): ReverseFulfillmentOrderLineItem['dispositions'] => planted.shopify.store.reverseFulfillmentOrderLineItems.get(id)?.dispositions ?? [])
			.map(({ type }) => type);
	const transactionsOf = (fault: PlantedFault) => rmaOf(fault)?.details.transactions ?? [];

	it('has as many orders and requests as asked for, and sixty faults', () => {
		expect(planted.year).toMatchObject({ orders: 1_200, rmas: 130 });
		expect(planted.rmas).toHaveLength(130);
		expect(planted.year.faults).toHaveLength(60);
		expect(new Set(planted.year.faults.map(({ orderId }) => orderId)).size).toBe(60);
		expect(planted.shopify.store.orders.size).toBe(1_200 + (planted.year.sound['exchange released'] ?? 0));
	});

	it('has two currencies, requests in every state, and every kind of sound life', () => {
		expect(new Set([...planted.shopify.store.orders.values()].map(({ presentmentCurrency }) => presentmentCurrency))).toEqual(new Set(['USD', 'EUR']));
		expect(new Set(planted.rmas.map(({ status }) => status))).toEqual(new Set(['Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled']));
		expect(Object.keys(planted.year.sound).length).toBeGreaterThan(12);
	});

	it('tells one story where nothing is planted: the same money, no error, nothing left open', () => {
		const faulty = new Set(planted.year.faults.map(({ rmaId }) => rmaId));
		const sound = planted.rmas.filter(({ rmaId }) => !faulty.has(rmaId));
		expect(sound.filter(({ details }) => details.comments.some(({ commentType }) => commentType === 'error'))).toEqual([]);
		let compared = 0;
		for (const { details, orderId, status } of sound) {
			for (const { externalReferenceId, externalReferenceType, amount, status: outcome } of details.transactions) {
				if (externalReferenceType !== 'PlatformRefundId') continue;
				const refund = planted.shopify.store.refunds.get(Number(externalReferenceId));
				expect(outcome).toBe('Success');
				expect(refund?.orderId).toBe(Number(orderId));
				expect(refund && paymentsOf(refund).reduce((sum, payment) => sum + payment.amount.presentment, 0)).toBe(Math.round(amount.amount * 100));
				expect(refund?.adjustments).toEqual([]);
				compared += 1;
			}
			const statuses = (planted.shopify.store.orders.get(Number(orderId))?.returnIds ?? []).map((id) => planted.shopify.store.returns.get(id)?.status);
			if (status === 'Done') expect(statuses).toEqual(['CLOSED']);
			if (status === 'Canceled') expect(statuses).toEqual(['CANCELED']);
			if (status === 'Approved' || status === 'Received' || status === 'Validated') expect(statuses).toEqual(['OPEN']);
		}
		expect(compared).toBeGreaterThan(20);
	});

	const received = (fault: PlantedFault) => rmaOf(fault)?.details.shipments[0]?.status;
	const CHECKS: Readonly<Record<string, (fault: PlantedFault) => boolean>> = {
		orderNotInPortal: (one) => one.rmaId === undefined && returnsOf(one).length === 1 && !planted.rmas.some(({ orderId }) => orderId === one.orderId),
		rmaWithoutOrder: (one) => planted.shopify.store.orders.get(Number(rmaOf(one)?.orderId)) === undefined,
		skuMismatch: (one) => rmaOf(one)?.orderId === one.orderId && rmaOf(one)?.details.items[0]?.sku === 'NOT-SOLD-HERE',
		doneInReturnGoOpenInShopify: (one) => rmaOf(one)?.status === 'Done' && returnsOf(one)[0]?.status === 'OPEN',
		endedInReturnGoOpenInShopify: (one) => rmaOf(one)?.status === 'Canceled' && returnsOf(one)[0]?.status === 'OPEN',
		closedInShopifyOpenInReturnGo: (one) => rmaOf(one)?.status === 'Validated' && returnsOf(one)[0]?.status === 'CLOSED',
		endedInShopifyOpenInReturnGo: (one) => rmaOf(one)?.status === 'Approved' && returnsOf(one)[0]?.status === 'CANCELED',
		approvalMissingInShopify: (one) => rmaOf(one)?.status === 'Approved' && returnsOf(one).length === 0,
		receivedNotInShopify: (one) => rmaOf(one)?.status === 'Received' && dispositionsOf(one).length === 0 && refundsOf(one).length === 0,
		inspectedNotRestocked: (one) => rmaOf(one)?.details.items[0]?.itemValidationStatusResponse.lastValidationDate !== null && dispositionsOf(one).length === 0 && refundsOf(one).length === 1,
		restockedBeforeInspection: (one) => rmaOf(one)?.details.items[0]?.itemValidationStatusResponse.lastValidationDate === null && dispositionsOf(one).includes('RESTOCKED'),
		restockedNotSellable: (one) => rmaOf(one)?.details.items[0]?.itemValidationStatusResponse.isRestockable === false && dispositionsOf(one).includes('RESTOCKED'),
		approvedWithoutTracking: (one) => rmaOf(one)?.status === 'Approved' && rmaOf(one)?.details.shipments[0]?.trackingNumber === null,
		inTransitTooLong: (one) => received(one) === 'Shipped',
		deliveredNotReceived: (one) => received(one) === 'Shipped' && planted.year.delivered.includes(one.rmaId ?? 0),
		refundMissing: (one) => rmaOf(one)?.status === 'Validated' && refundsOf(one).length === 0 && transactionsOf(one).length === 0,
		refundWithoutRma: (one) => one.rmaId === undefined && refundsOf(one).length === 1 && returnsOf(one).length === 0,
		refundTwice: (one) => transactionsOf(one).filter(({ status }) => status === 'Success').length === 2 && refundsOf(one).length === 2,
		valueMismatch: (one) => transactionsOf(one)[0]?.status === 'Success' && Math.round((transactionsOf(one)[0]?.amount.amount ?? 0) * 100) !== 1_234 && refundsOf(one).flatMap(paymentsOf)[0]?.amount.presentment === 1_234,
		currencyMismatch: (one) => transactionsOf(one)[0]?.amount.currency === 'GBP' && orderOf(one)?.presentmentCurrency === 'EUR',
		refundPendingTooLong: (one) => transactionsOf(one)[0]?.status === 'Requested' && refundsOf(one).flatMap(paymentsOf)[0]?.status === 'PENDING',
		refundFailed: (one) => transactionsOf(one)[0]?.status === 'Failed' && refundsOf(one).flatMap(paymentsOf)[0]?.status === 'FAILURE',
		storeCreditMissing: (one) => rmaOf(one)?.details.items[0]?.resolutionType === 'RefundToStoreCredit' && transactionsOf(one).length === 0,
		exchangeNotReleased: (one) => rmaOf(one)?.status === 'Validated' && rmaOf(one)?.details.exchangeOrders[0]?.orderId === '',
		bundleParentRestocked: (one) => (rmaOf(one)?.details.items[0]?.sku ?? '') in planted.year.bundles && dispositionsOf(one).includes('RESTOCKED'),
	};

	it('plants every kind of fault so that both services show it', () => {
		expect(new Set(planted.year.faults.map(({ code }) => code))).toEqual(new Set(Object.keys(CHECKS)));
		expect(planted.year.faults.filter((fault) => CHECKS[fault.code]?.(fault) !== true)).toEqual([]);
	});

	it('is the same year for the same seed', async () => {
		const again = await plant(7);
		try {
			expect(again.year).toEqual(planted.year);
			expect(digest(again)).toBe(digest(planted));
		} finally {
			await again.returnGo.close();
			await again.shopify.close();
		}
	}, 240_000);
});
