/** RMAs, returns and settings for the settlement tests. Every value is invented. */
import type { LedgerEntry } from '../../../returns/ledger';
import type { OrderReturn, OrderReturnLine, OrderSnapshot, ReverseLine } from '../../../returns/order';
import type { Rma, RmaTransaction, RmaUnit } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { line, lineId, order, pair, transaction } from './orders';

export const LOCATION = 'gid://shopify/Location/11';
export const RETURN_ID = 'gid://shopify/Return/501';

export function settings(facts: Partial<SettlementSettings> = {}): SettlementSettings {
	return {
		actions: ['refund', 'restock'],
		refundOwner: 'thisWorkflow',
		restockOwner: 'thisWorkflow',
		inspectionSource: 'itemValidation',
		providedInspections: [],
		refundResolutions: ['RefundToPaymentMethod'],
		damagedUnits: 'doNotRefund',
		partialInspection: 'settleInspected',
		afterFailedReturnGoRefund: 'stop',
		requestedTransactionId: null,
		shopifyReturnId: null,
		acknowledgedRefundIds: [],
		locationId: LOCATION,
		locationMap: {},
		stockWithoutReturn: 'stop',
		unsellableState: 'none',
		bundleTable: {},
		bundleMetafield: null,
		expectedAmount: null,
		expectedPlanHash: null,
		maximumAmount: null,
		maximumRunAmount: null,
		payout: 'tenders',
		refundShipping: 'none',
		refundShippingAmount: null,
		refundDuties: 'none',
		refundTip: 'none',
		otherReturnGoAmount: 'stop',
		exchangeItems: 'stop',
		unshippedUnits: 'stop',
		cancelLocationId: null,
		...facts,
	};
}

export type Finding = 'sellable' | 'damaged' | 'missing' | 'none';

export function unit(id: string, finding: Finding, facts: Partial<RmaUnit> = {}): RmaUnit {
	return {
		id,
		lineItemId: lineId(1),
		productId: null,
		variantId: null,
		sku: 'ART-1',
		title: 'Article 1',
		returnReason: null,
		resolutionType: 'RefundToPaymentMethod',
		resolutionName: null,
		pricePaid: null,
		taxPaid: null,
		taxIncluded: false,
		fees: { restocking: '0', return: '0', shipment: '0' },
		shipmentId: '901',
		validation: {
			validatedAt: finding === 'none' ? null : '2026-11-10T08:00:00+00:00',
			validatedBy: null,
			isReturned: finding === 'sellable' || finding === 'damaged',
			isRestockable: finding === 'sellable',
			nonReturnedReason: null,
			nonRestockableReason: finding === 'damaged' ? 'Torn' : null,
			storeLocationId: null,
		},
		...facts,
	};
}

export function rma(units: RmaUnit[], facts: Partial<Rma> = {}): Rma {
	return {
		id: '1000001',
		status: 'Received',
		order: { id: 'gid://shopify/Order/1', name: '#1001' },
		createdAt: '2026-11-05T09:00:00+00:00',
		lastUpdated: '2026-11-06T09:00:00+00:00',
		isOutOfPolicy: false,
		cancellationFee: '0',
		units,
		shipments: [{ id: '901', status: 'Received', carrierName: null, trackingNumber: null, trackingUrl: null, labelUrl: null, isOutbound: false, originCountry: 'DE' }],
		transactions: [],
		exchangeOrders: [],
		shopifyReturnName: '#1001-R1',
		...facts,
	};
}

export function returnGoTransaction(status: string, unitIds: string[] = []): RmaTransaction {
	return { id: '7000001', type: 'RefundToPaymentMethod', status, amount: null, externalReferenceId: null, externalReferenceType: null, processor: 'Shopify', unitIds, createdAt: null, lastUpdated: null };
}

export function shopifyReturn(quantity: number, facts: Partial<OrderReturn> = {}, lineFacts: Partial<OrderReturnLine> = {}, dispositions: ReverseLine['dispositions'] = []): OrderReturn {
	return {
		id: RETURN_ID,
		name: '#1001-R1',
		status: 'OPEN',
		createdAt: '2026-11-05T10:00:00Z',
		hasExchangeItems: false,
		shippingFees: [],
		lines: [{ id: 'gid://shopify/ReturnLineItem/601', lineItemId: lineId(1), quantity, refundableQuantity: quantity, refundedQuantity: 0, processableQuantity: quantity, processedQuantity: 0, restockingFeePercentage: null, ...lineFacts }],
		reverseLines: [{ id: 'gid://shopify/ReverseFulfillmentOrderLineItem/701', reverseFulfillmentOrderId: 'gid://shopify/ReverseFulfillmentOrder/700', lineItemId: lineId(1), quantity, dispositions }],
		...facts,
	};
}

/** Three pieces at 20.00, paid 60.00 by card; a return of two of them. */
export function orderWithReturn(facts: Partial<OrderSnapshot> = {}): OrderSnapshot {
	return order({
		lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00') })],
		transactions: [transaction(1, { amount: pair('60.00') })],
		netPayment: pair('60.00'),
		returns: [shopifyReturn(2)],
		...facts,
	});
}

export function entry(facts: Partial<LedgerEntry>): LedgerEntry {
	return {
		key: 'key-of-the-entry',
		rmaId: '1000001',
		action: 'refund',
		unitIds: ['1', '2'],
		quantities: [{ lineItemId: lineId(1), quantity: 2 }],
		state: 'claimed',
		attempt: 1,
		claimant: 'another-run',
		claimedAt: '2026-11-10T09:00:00.000Z',
		leaseUntil: '2026-11-10T09:02:00.000Z',
		planHash: '',
		amount: '40.00',
		currency: 'USD',
		returnId: RETURN_ID,
		refundsBefore: [],
		refundId: null,
		transactions: [],
		dispositions: [],
		doneAt: null,
		...facts,
	};
}
