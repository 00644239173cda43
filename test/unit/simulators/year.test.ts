import { createHash } from 'node:crypto';

import { startReturnGoSimulator, type ReturnGoSimulator } from '../../../simulators/returngo';
import { Clock } from '../../../simulators/shared/clock';
import { startShopifySimulator, type ShopifySimulator } from '../../../simulators/shopify';
import { findMetafield } from '../../../simulators/shopify/metafields';
import type { Order, OrderTransaction, Refund, Return, ReverseFulfillmentOrderLineItem } from '../../../simulators/shopify/model';
import { nameKey } from '../../../simulators/shopify/store';
import { plantYear, type PlantedFault, type Year } from '../../support/year';
import { FAULTS } from '../../support/year/faults';

interface Rma {
	rmaId: number;
	status: string;
	orderId: string;
	orderName: string;
	shopifyReturn: { id: string } | null;
	details: {
		comments: Array<{ commentType: string; htmlText: string; datetime: string }>;
		shipments: Array<{ status: string; trackingNumber: string | null }>;
		items: Array<{ returnedItemId: string; shopLineItemId: string; sku: string; resolutionType: string; itemValidationStatusResponse: { lastValidationDate: string | null; isRestockable: boolean } }>;
		exchangeOrders: Array<{ orderId: string }>;
		transactions: Array<{ type: string; status: string; externalReferenceId: string | null; externalReferenceType: string | null; returnItemIds: string[]; createdAt: string; amount: { amount: number; currency: string } }>;
	};
}

/** What our own workflows keep on the order, as far as it tells one fault from another. */
interface LedgerEntry {
	rmaId: string;
	action: string;
	state: string;
	unitIds: string[];
	quantities: Array<{ lineItemId: string; quantity: number }>;
	leaseUntil: string;
	refundId: string | null;
	credit?: { id: string | null };
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
	// ReturnGO counts its calls a second on the real clock: how often somebody is asked to wait would depend on the machine.
	const returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } });
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
	const kindOf = ({ code, variant }: { code: string; variant?: string }): string => (variant === undefined ? code : `${code}: ${variant}`);
	const transactionsOf = (fault: PlantedFault) => rmaOf(fault)?.details.transactions ?? [];

	it('has as many orders and requests as asked for, and as many faults of each kind as are listed: at least sixty, each with an order of its own', () => {
		const all = [...planted.year.faults, ...planted.year.monthFaults];
		const sum = (kinds: typeof FAULTS) => kinds.reduce((total, { count }) => total + count, 0);
		expect(planted.year).toMatchObject({ orders: 1_200, rmas: 130 });
		expect(planted.rmas).toHaveLength(130);
		expect(sum(FAULTS)).toBeGreaterThanOrEqual(60);
		expect(all).toHaveLength(sum(FAULTS));
		expect(planted.year.monthFaults).toHaveLength(sum(FAULTS.filter(({ foundBy }) => foundBy === 'month')));
		expect(FAULTS.map((kind) => [kindOf(kind), all.filter((fault) => kindOf(fault) === kindOf(kind)).length])).toEqual(FAULTS.map((kind) => [kindOf(kind), kind.count]));
		expect(new Set(all.map(({ orderId }) => orderId)).size).toBe(sum(FAULTS));
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

	const ledgerOf = ({ orderId }: PlantedFault): { version: unknown; entries: unknown } | undefined => {
		const metafield = findMetafield(planted.shopify.store, `gid://shopify/Order/${orderId}`, 'return_settlement', 'ledger');
		return metafield && (JSON.parse(metafield.value) as { version: unknown; entries: unknown });
	};
	/** The only entry of the order's record, if it is about what the request names in both services. */
	const entryOf = (fault: PlantedFault): LedgerEntry | undefined => {
		const ledger = ledgerOf(fault);
		if (ledger?.version !== 1 || !Array.isArray(ledger.entries) || ledger.entries.length !== 1) return undefined;
		const entry = ledger.entries[0] as LedgerEntry;
		const items = rmaOf(fault)?.details.items ?? [];
		const isOfRequest = entry.rmaId === String(fault.rmaId) && JSON.stringify(entry.unitIds) === JSON.stringify(items.map(({ returnedItemId }) => returnedItemId));
		const isOfOrder = entry.quantities.every(({ lineItemId }) => (orderOf(fault)?.lineItemIds ?? []).some((id) => lineItemId === `gid://shopify/LineItem/${id}`));
		return isOfRequest && isOfOrder ? entry : undefined;
	};
	const isLeaseOver = (entry: LedgerEntry | undefined) => entry !== undefined && Date.parse(entry.leaseUntil) < Date.parse(planted.year.now);
	const isUnpaid = (fault: PlantedFault) => rmaOf(fault) !== undefined && refundsOf(fault).length === 0 && transactionsOf(fault).length === 0;
	const stands = (fault: PlantedFault, status: string, inShopify: Return['status']) => rmaOf(fault)?.status === status && returnsOf(fault).length === 1 && returnsOf(fault)[0]?.status === inShopify;
	const isRestocked = (fault: PlantedFault) => dispositionsOf(fault).length === 1 && dispositionsOf(fault)[0] === 'RESTOCKED';
	/** The one refund of the order, paid, and the one transaction of the request, which names it and its money. */
	const settledTogether = (fault: PlantedFault, outcome: string): { refund: Refund; payment: OrderTransaction; announced: string } | undefined => {
		const [refund, otherRefund] = refundsOf(fault);
		const [payment, otherPayment] = refundsOf(fault).flatMap(paymentsOf);
		const [transaction, otherTransaction] = transactionsOf(fault);
		if (!refund || !payment || !transaction || otherRefund || otherPayment || otherTransaction) return undefined;
		const isNamed = transaction.externalReferenceType === 'PlatformRefundId' && transaction.externalReferenceId === String(refund.id);
		const isSameMoney = Math.round(transaction.amount.amount * 100) === payment.amount.presentment && transaction.amount.currency === orderOf(fault)?.presentmentCurrency;
		return isNamed && isSameMoney && payment.status === 'SUCCESS' && transaction.status === outcome ? { refund, payment, announced: transaction.createdAt } : undefined;
	};
	const movementOf = (payment: OrderTransaction | undefined) => planted.shopify.store.balanceTransactions.get(planted.shopify.store.balanceOfTransaction.get(payment?.id ?? 0) ?? 0);

	const received = (fault: PlantedFault) => rmaOf(fault)?.details.shipments[0]?.status;
	const CHECKS: Readonly<Record<string, (fault: PlantedFault) => boolean>> = {
		orderNotInPortal: (one) => one.rmaId === undefined && returnsOf(one).length === 1 && !planted.rmas.some(({ orderId }) => orderId === one.orderId),
		rmaWithoutOrder: (one) =>
			Number(rmaOf(one)?.orderId) > 0 && planted.shopify.store.orders.get(Number(rmaOf(one)?.orderId)) === undefined && rmaOf(one)?.orderName !== '' && !planted.shopify.store.ordersByName.has(nameKey(rmaOf(one)?.orderName ?? '')),
		'rmaWithoutOrder: names no order': (one) => one.orderName === '' && rmaOf(one)?.orderId === '' && rmaOf(one)?.orderName === '' && rmaOf(one)?.shopifyReturn === null && orderOf(one)?.returnIds.length === 0,
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
		'paidThoughEnded: paid in the return before it was canceled': (one) => stands(one, 'Canceled', 'CLOSED') && settledTogether(one, 'Success')?.refund.returnId === returnsOf(one)[0]?.id,
		'paidThoughEnded: canceled, and paid by a person afterwards': (one) => {
			const [refund, other] = refundsOf(one);
			const canceled = rmaOf(one)?.details.comments.find(({ htmlText }) => htmlText.startsWith('The return request was canceled'))?.datetime;
			if (!stands(one, 'Canceled', 'CANCELED') || !refund || other || canceled === undefined) return false;
			return refund.returnId === null && refund.by === 'A person in the admin' && paymentsOf(refund)[0]?.status === 'SUCCESS' && Date.parse(refund.createdAt) > Date.parse(canceled) && transactionsOf(one).length === 0;
		},
		paymentUnfinished: (one) => stands(one, 'Validated', 'OPEN') && isRestocked(one) && isUnpaid(one) && isLeaseOver(entryOf(one)) && entryOf(one)?.action === 'refund' && entryOf(one)?.state === 'claimed' && entryOf(one)?.refundId === null,
		refundRecordMissing: (one) => {
			const entry = entryOf(one);
			const id = Number(/^gid:\/\/shopify\/Refund\/(\d+)$/.exec(entry?.refundId ?? '')?.[1]);
			return stands(one, 'Done', 'CLOSED') && isRestocked(one) && isUnpaid(one) && entry?.action === 'refund' && entry.state === 'done' && id > 0 && !planted.shopify.store.refunds.has(id);
		},
		creditRecordMissing: (one) => {
			const entry = entryOf(one);
			const cards = [...planted.shopify.store.giftCards.values()].filter(({ customerId, orderId }) => customerId === orderOf(one)?.customerId || orderId === Number(one.orderId));
			const isCredit = rmaOf(one)?.details.items[0]?.resolutionType === 'RefundToStoreCredit' && entry?.action === 'giftCard' && entry.state === 'done' && entry.credit?.id === null;
			return stands(one, 'Done', 'CLOSED') && isUnpaid(one) && isCredit && cards.length === 0;
		},
		ledgerUnreadable: (one) => stands(one, 'Done', 'CLOSED') && isRestocked(one) && isUnpaid(one) && ledgerOf(one) !== undefined && typeof ledgerOf(one)?.version !== 'number' && !Array.isArray(ledgerOf(one)?.entries),
		stockUnclear: (one) =>
			stands(one, 'Done', 'CLOSED') &&
			settledTogether(one, 'Success') !== undefined &&
			rmaOf(one)?.details.items[0]?.itemValidationStatusResponse.isRestockable === true &&
			dispositionsOf(one).length === 0 &&
			isLeaseOver(entryOf(one)) &&
			entryOf(one)?.action === 'components' &&
			entryOf(one)?.state === 'claimed',
		paidThoughFailed: (one) => stands(one, 'Done', 'CLOSED') && settledTogether(one, 'Failed')?.refund.returnId === returnsOf(one)[0]?.id,
		refundNotFound: (one) => {
			const [transaction, other] = transactionsOf(one);
			if (!stands(one, 'Done', 'CLOSED') || !transaction || other || refundsOf(one).length > 0) return false;
			return transaction.status === 'Success' && transaction.externalReferenceType === 'PlatformRefundId' && Number(transaction.externalReferenceId) > 0 && !planted.shopify.store.refunds.has(Number(transaction.externalReferenceId));
		},
		returnGoRefundFailed: (one) => {
			const [transaction, other] = transactionsOf(one);
			if (!stands(one, 'Validated', 'OPEN') || !isRestocked(one) || !transaction || other || refundsOf(one).length > 0) return false;
			return transaction.status === 'Failed' && transaction.externalReferenceId === null && (rmaOf(one)?.details.comments ?? []).some(({ commentType }) => commentType === 'error');
		},
		refundUnclear: (one) => {
			const [refund, other] = refundsOf(one);
			const items = rmaOf(one)?.details.items ?? [];
			const named = (refund?.lines ?? []).map(({ lineItemId }) => String(lineItemId));
			if (!stands(one, 'Validated', 'OPEN') || !refund || other || transactionsOf(one).length > 0 || paymentsOf(refund)[0]?.status !== 'SUCCESS') return false;
			return refund.returnId === null && named.length > items.length && items.every(({ shopLineItemId }) => named.includes(shopLineItemId));
		},
		settlementUnseen: (one) => stands(one, 'Validated', 'OPEN') && isRestocked(one) && isUnpaid(one) && rmaOf(one)?.details.items[0]?.resolutionType === 'RefundToBankAccount',
		'settlementUnseen: done': (one) => stands(one, 'Done', 'CLOSED') && isRestocked(one) && isUnpaid(one) && rmaOf(one)?.details.items[0]?.resolutionType === 'RefundToGiftCard',
	};
	/** For the audit these are in order; what sets them apart is where and when the money moved. */
	const MONTH_CHECKS: typeof CHECKS = {
		otherGateway: (one) => stands(one, 'Done', 'CLOSED') && settledTogether(one, 'Success')?.payment.gateway === 'invoice_bank' && movementOf(settledTogether(one, 'Success')?.payment) === undefined,
		otherPeriod: (one) => {
			const settled = settledTogether(one, 'Success');
			const month = (moment: string | null | undefined) => moment && new Date(moment).toISOString().slice(0, 7);
			return stands(one, 'Done', 'CLOSED') && settled !== undefined && movementOf(settled.payment)?.transactionDate.slice(0, 7) === month(settled.payment.processedAt) && month(settled.announced) !== month(settled.payment.processedAt);
		},
		payoutNotMade: (one) => stands(one, 'Done', 'CLOSED') && planted.shopify.store.payouts.get(movementOf(settledTogether(one, 'Success')?.payment)?.payoutId ?? 0)?.status === 'FAILED',
	};

	it('plants every kind of fault so that both services show it', () => {
		expect(new Set(planted.year.faults.map(kindOf))).toEqual(new Set(Object.keys(CHECKS)));
		expect(planted.year.faults.filter((fault) => CHECKS[kindOf(fault)]?.(fault) !== true)).toEqual([]);
	});

	it('plants what only the close of a month finds so that both services show it', () => {
		expect(new Set(planted.year.monthFaults.map(kindOf))).toEqual(new Set(Object.keys(MONTH_CHECKS)));
		expect(planted.year.monthFaults.filter((fault) => MONTH_CHECKS[kindOf(fault)]?.(fault) !== true)).toEqual([]);
	});

	it('shows no fault in a request that has ended well', () => {
		const faulty = new Set([...planted.year.faults, ...planted.year.monthFaults].map(({ rmaId }) => rmaId));
		const ended = planted.rmas.filter(({ rmaId, status }) => status === 'Done' && !faulty.has(rmaId)).map(({ rmaId, orderId, orderName }) => ({ code: 'none', rmaId, orderId, orderName }));
		expect(ended.length).toBeGreaterThan(30);
		expect(Object.entries({ ...CHECKS, ...MONTH_CHECKS }).flatMap(([kind, check]) => ended.filter(check).map(({ rmaId }) => ({ kind, rmaId })))).toEqual([]);
	});

	it('is the same year for the same seed', async () => {
		const again = await plant(7);
		try {
			expect(again.year).toEqual({ ...planted.year, repair: expect.any(Function) as unknown });
			expect(digest(again)).toBe(digest(planted));
		} finally {
			await again.returnGo.close();
			await again.shopify.close();
		}
	}, 240_000);
});
