/** Cases for tests of reconciliation: an invented order of two lines, and what the test wants to happen to it. */
import type { Case, CaseOrder, CaseRefund, CaseRma, CaseTransaction } from '../../../returns/case';
import { EMPTY_LEDGER, type LedgerEntry } from '../../../returns/ledger';
import { moneyOf, type MoneyPair } from '../../../returns/money';
import type { Rma, RmaUnit } from '../../../returns/rma';

export const ORDER_ID = 'gid://shopify/Order/5001';
export const LINE_A = 'gid://shopify/LineItem/71';
export const LINE_B = 'gid://shopify/LineItem/72';
export const refundGid = (number: number | string) => `gid://shopify/Refund/${number}`;

/** The same number of minor units in both currencies. */
export const pair = (minor: number, currency = 'EUR'): MoneyPair => ({ presentment: moneyOf(minor, currency), shop: moneyOf(minor, 'USD') });

export function refund(number: number | string, minor: number, more: Partial<CaseRefund> = {}): CaseRefund {
	const currency = more.total?.presentment.currency ?? 'EUR';
	return {
		id: refundGid(number),
		createdAt: '2026-03-10T10:00:00Z',
		note: null,
		returnId: null,
		total: pair(minor, currency),
		transactions: [{ id: `gid://shopify/OrderTransaction/${number}`, status: 'SUCCESS', gateway: 'shopify_payments', isManualGateway: false, amount: pair(minor, currency), processedAt: '2026-03-10T10:00:00Z' }],
		lines: [],
		...more,
	};
}

export const refundedLine = (lineItemId: string, quantity: number, restockType = 'NO_RESTOCK') => ({ lineItemId, quantity, restockType, isRestocked: restockType === 'RETURN', locationId: null, subtotal: pair(0), tax: pair(0) });

export function transaction(id: string, amount: string, more: Partial<CaseTransaction> = {}): CaseTransaction {
	return {
		id,
		type: 'RefundToPaymentMethod',
		status: 'Success',
		amount: { amount, currency: 'EUR', shopAmount: amount, shopCurrency: 'USD' },
		externalReferenceId: null,
		externalReferenceType: null,
		processor: 'Shopify',
		unitIds: [],
		createdAt: '2026-03-10T09:59:00Z',
		lastUpdated: '2026-03-10T13:00:00Z',
		rmaId: null,
		...more,
	};
}

export const naming = (number: number | string) => ({ externalReferenceId: String(number), externalReferenceType: 'PlatformRefundId' });

export function unit(id: string, more: Partial<RmaUnit> = {}): RmaUnit {
	return {
		id,
		lineItemId: LINE_A,
		productId: null,
		variantId: null,
		sku: 'COAT-M',
		title: 'Rain coat M',
		returnReason: null,
		resolutionType: 'RefundToPaymentMethod',
		resolutionName: null,
		pricePaid: { amount: '40.00', currency: 'EUR', shopAmount: '40.00', shopCurrency: 'USD' },
		taxPaid: null,
		taxIncluded: true,
		fees: { restocking: '0', return: '0', shipment: '0' },
		shipmentId: null,
		validation: { validatedAt: null, validatedBy: null, isReturned: false, isRestockable: false, nonReturnedReason: null, nonRestockableReason: null, storeLocationId: null },
		...more,
	};
}

export const validated = (isRestockable: boolean, isReturned = true) => ({ validation: { ...unit('0').validation, validatedAt: '2026-03-09T10:00:00Z', isReturned, isRestockable } });

/** An RMA read in detail. */
export function rma(id: string, status: string, units: RmaUnit[], more: Partial<Rma> = {}): CaseRma {
	const details: Rma = {
		id,
		status,
		order: { id: ORDER_ID, name: '1001' },
		createdAt: '2026-03-01T10:00:00Z',
		lastUpdated: null,
		isOutOfPolicy: false,
		cancellationFee: '0',
		units,
		shipments: [],
		transactions: [],
		exchangeOrders: [],
		shopifyReturnName: null,
		...more,
	};
	return { ...row(id, status), orderName: details.order.name, details };
}

/** An RMA as the list gives it. */
export const row = (id: string, status: string): CaseRma => ({ id, status, orderName: '1001', createdAt: '2026-03-01T10:00:00Z', approvedAt: null, details: null });

export function paid(key: string, rmaId: string, unitIds: string[], amount: string, more: Partial<LedgerEntry> = {}): LedgerEntry {
	return {
		key,
		rmaId,
		action: 'refund',
		unitIds,
		quantities: [],
		state: 'done',
		attempt: 1,
		claimant: 'c',
		claimedAt: '2026-03-10T09:59:00Z',
		leaseUntil: '2026-03-10T10:01:00Z',
		planHash: 'h',
		amount,
		currency: 'EUR',
		returnId: null,
		refundsBefore: [],
		refundId: null,
		transactions: [],
		dispositions: [],
		doneAt: '2026-03-10T10:00:00Z',
		...more,
	};
}

export interface CaseParts extends Partial<Pick<Case, 'rmas' | 'transactions' | 'explainedRefundIds' | 'unread'>> {
	order?: Partial<CaseOrder> | null;
	entries?: LedgerEntry[];
}

export function caseOf({ order = {}, entries = [], ...parts }: CaseParts): Case {
	return {
		orderId: ORDER_ID,
		orderName: '#1001',
		order:
			order === null
				? null
				: {
						id: ORDER_ID,
						name: '#1001',
						createdAt: '2026-02-01T10:00:00Z',
						updatedAt: '2026-03-10T10:00:00Z',
						cancelledAt: null,
						tags: [],
						presentmentCurrency: 'EUR',
						shopCurrency: 'USD',
						refunds: [],
						returns: [],
						ledger: { ...EMPTY_LEDGER, entries },
						isLedgerUnreadable: false,
						lines: [
							{ id: LINE_A, sku: 'COAT-M', name: 'Rain coat M', quantity: 9, unfulfilledQuantity: 0, bundleId: null, isBundleParent: false },
							{ id: LINE_B, sku: 'HAT', name: 'Hat', quantity: 9, unfulfilledQuantity: 0, bundleId: null, isBundleParent: false },
						],
						...order,
					},
		rmas: [],
		transactions: [],
		explainedRefundIds: [],
		unread: [],
		...parts,
	};
}
