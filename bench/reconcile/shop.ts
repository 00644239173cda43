/**
 * A shop of any size for `npm run bench:reconcile`, made up row by row as it is asked for: what both services would answer, without keeping any of
 * it. It stands in for the simulators only here, where size matters and nothing changes.
 *
 * Of 100 RMAs: 85 refunded by ReturnGO, 9 by a workflow, 5 open, and one that differs by a cent; of 2,000, one is done and was never paid.
 */

const FIRST_ORDER = 5_000_000_000_000;
const FIRST_RMA = 1_000_000;
const FIRST_REFUND = 900_000_000_000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const YEAR_MS = 300 * 86_400_000;
const DAY_MS = 86_400_000;

export type Kind = 'byReturnGo' | 'byWorkflow' | 'open' | 'differs' | 'unpaid';

export class BenchShop {
	constructor(readonly size: number) {}

	kindOf(index: number): Kind {
		if (index % 2000 === 1999) return 'unpaid';
		const part = index % 100;
		if (part < 85) return 'byReturnGo';
		if (part < 94) return 'byWorkflow';
		return part < 99 ? 'open' : 'differs';
	}

	rmaRow(index: number): object {
		const created = this.at(index, 5);
		return { rmaId: String(FIRST_RMA + index), status: this.kindOf(index) === 'open' ? 'Approved' : 'Done', order_name: String(10_000 + index), events: [{ eventName: 'RMA_CREATED', eventDate: created, triggeredVia: 'Return Portal', storeLocationId: 'online', userDetails: null }] };
	}

	rmaDetails(id: number): object | null {
		const index = id - FIRST_RMA;
		if (index < 0 || index >= this.size) return null;
		const item = { shopLineItemId: String(7_000_000_000_000 + index), returnedItemId: String(40_000_000 + index), fullName: 'Coat', sku: 'COAT', paidPrice: money('40.00'), taxIncluded: true, resolutionType: 'RefundToPaymentMethod' };
		return { rmaSummary: this.rmaRow(index), orderDetails: { orderId: String(FIRST_ORDER + index), order_name: String(10_000 + index) }, shipments: [], items: [item], comments: [], exchangeOrders: [], transactions: [], createdAt: this.at(index, 5), lastUpdated: this.at(index, 5) };
	}

	/** ReturnGO's transaction for an RMA; none where a workflow paid, or nobody did. */
	transaction(index: number): object | null {
		const kind = this.kindOf(index);
		if (kind !== 'byReturnGo' && kind !== 'differs') return null;
		return {
			id: 7_000_000 + index,
			type: 'RefundToPaymentMethod',
			externalReferenceId: String(FIRST_REFUND + index),
			externalReferenceType: 'PlatformRefundId',
			amount: money(kind === 'differs' ? '40.01' : '40.00'),
			status: 'Success',
			processor: 'Shopify',
			returnItemIds: [String(40_000_000 + index)],
			createdAt: this.at(index, 15),
			lastUpdated: this.at(index, 15),
		};
	}

	/** The order as a bulk operation gives it: its own row, and that of its return. */
	orderRows(index: number): [object, object] {
		const { returns, ...order } = this.order(index);
		return [order, { ...returns[0], __parentId: order.id }];
	}

	order(index: number) {
		const id = `gid://shopify/Order/${FIRST_ORDER + index}`;
		const kind = this.kindOf(index);
		const isPaid = kind !== 'open' && kind !== 'unpaid';
		const refundId = `gid://shopify/Refund/${FIRST_REFUND + index}`;
		const createdAt = this.at(index, 15);
		const ledger = { version: 1, entries: [{ key: `key-${index}`, rmaId: String(FIRST_RMA + index), action: 'refund', unitIds: [String(40_000_000 + index)], quantities: [], state: 'done', attempt: 1, claimant: 'c', claimedAt: createdAt, leaseUntil: createdAt, planHash: 'h', amount: '40.00', currency: 'EUR', returnId: null, refundsBefore: [], refundId, transactions: [], dispositions: [], doneAt: createdAt }] };
		return {
			id,
			name: `#${10_000 + index}`,
			createdAt: this.at(index, 0),
			updatedAt: createdAt,
			cancelledAt: null,
			tags: [],
			currencyCode: 'EUR',
			presentmentCurrencyCode: 'EUR',
			metafield: kind === 'byWorkflow' ? { value: JSON.stringify(ledger) } : null,
			refunds: isPaid ? [{ id: refundId, createdAt, processedAt: createdAt, note: null, return: { id: `gid://shopify/Return/${FIRST_ORDER + index}` }, totalRefundedSet: bag('40.00') }] : [],
			transactions: isPaid ? [{ id: `gid://shopify/OrderTransaction/${FIRST_REFUND + index}`, kind: 'REFUND', status: 'SUCCESS', gateway: 'shopify_payments', manualPaymentGateway: false, processedAt: createdAt, amountSet: bag('40.00') }] : [],
			returns: [{ id: `gid://shopify/Return/${FIRST_ORDER + index}`, name: `#${10_000 + index}-R1`, status: isPaid ? 'CLOSED' : 'OPEN', createdAt: this.at(index, 6), closedAt: null, totalQuantity: 1 }],
		};
	}

	/** The index of an order by its GID. */
	indexOf(orderId: string): number {
		return Number(orderId.split('/').at(-1)) - FIRST_ORDER;
	}

	private at(index: number, days: number): string {
		return new Date(BEGIN + (index / this.size) * YEAR_MS + days * DAY_MS).toISOString().replace('.000', '');
	}
}

function money(amount: string): object {
	return { amount: Number(amount), currency: 'EUR', shopAmount: Number(amount), shopCurrency: 'EUR' };
}

function bag(amount: string): object {
	const value = { amount, currencyCode: 'EUR' };
	return { shopMoney: value, presentmentMoney: value };
}
