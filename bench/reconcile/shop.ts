/**
 * A shop of any size for `npm run bench:reconcile`, made up row by row as it is asked for: what both services would answer, without keeping any of
 * it. It stands in for the simulators only here, where size matters and nothing changes.
 *
 * Of 100 orders: 80 refunded by ReturnGO, 9 by a workflow, one that differs by a cent; five wait received or validated, five are open before that.
 * Of 2,000, ten are refunds without any request, two were refunded in Shopify by a person, and one is done and was never paid.
 */

const FIRST_ORDER = 5_000_000_000_000;
const FIRST_RMA = 1_000_000;
const FIRST_REFUND = 900_000_000_000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const YEAR_MS = 300 * 86_400_000;
const DAY_MS = 86_400_000;

export type Kind = 'byReturnGo' | 'byWorkflow' | 'byPerson' | 'withoutRma' | 'open' | 'received' | 'validated' | 'differs' | 'unpaid';

export class BenchShop {
	constructor(readonly size: number) {}

	kindOf(index: number): Kind {
		if (index % 2000 === 1999) return 'unpaid';
		if (index % 2000 === 401 || index % 2000 === 1402) return 'byPerson';
		if (index % 200 === 88) return 'withoutRma';
		const part = index % 100;
		if (part < 80) return 'byReturnGo';
		if (part < 89) return 'byWorkflow';
		if (part < 94) return 'open';
		if (part < 99) return part < 97 ? 'received' : 'validated';
		return 'differs';
	}

	statusOf(index: number): string {
		const kind = this.kindOf(index);
		return kind === 'open' ? 'Approved' : kind === 'received' ? 'Received' : kind === 'validated' ? 'Validated' : 'Done';
	}

	/** Null where nobody asked for a return. */
	rmaRow(index: number): object | null {
		if (this.kindOf(index) === 'withoutRma') return null;
		const created = this.at(index, 5);
		return { rmaId: String(FIRST_RMA + index), status: this.statusOf(index), order_name: String(10_000 + index), events: [{ eventName: 'RMA_CREATED', eventDate: created, triggeredVia: 'Return Portal', storeLocationId: 'online', userDetails: null }] };
	}

	rmaDetails(id: number): object | null {
		const index = id - FIRST_RMA;
		if (index < 0 || index >= this.size || this.kindOf(index) === 'withoutRma') return null;
		const item = { shopLineItemId: String(7_000_000_000_000 + index), returnedItemId: String(40_000_000 + index), fullName: 'Coat', sku: 'COAT', paidPrice: money('40.00'), taxIncluded: true, resolutionType: 'RefundToPaymentMethod', ...(this.kindOf(index) === 'byPerson' ? { itemValidationStatusResponse: { isReturned: true, isRestockable: true, lastValidationDate: this.at(index, 14) } } : {}) };
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
	orderRows(index: number): object[] {
		const { returns, ...order } = this.order(index);
		return [order, ...returns.map((entry) => ({ ...entry, __parentId: order.id }))];
	}

	rowCount(): number {
		let count = 0;
		for (let index = 0; index < this.size; index += 1) count += this.kindOf(index) === 'withoutRma' ? 1 : 2;
		return count;
	}

	/** What a refund of the order was for. */
	refundLines(index: number): object[] {
		const isReturn = this.kindOf(index) !== 'withoutRma';
		return [{ quantity: 1, restockType: isReturn ? 'RETURN' : 'NO_RESTOCK', restocked: isReturn, lineItem: { id: lineOf(index) }, location: null, subtotalSet: bag('40.00'), totalTaxSet: bag('0.00') }];
	}

	lines(index: number): object[] {
		return [{ id: lineOf(index), sku: 'COAT', name: 'Coat', quantity: 1, unfulfilledQuantity: 0, lineItemGroup: null, variant: { requiresComponents: false } }];
	}

	order(index: number) {
		const id = `gid://shopify/Order/${FIRST_ORDER + index}`;
		const kind = this.kindOf(index);
		const isPaid = !['open', 'received', 'validated', 'unpaid'].includes(kind);
		const hasReturn = kind !== 'withoutRma';
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
			refunds: isPaid ? [{ id: refundId, createdAt, processedAt: createdAt, note: null, return: hasReturn ? { id: `gid://shopify/Return/${FIRST_ORDER + index}` } : null, totalRefundedSet: bag('40.00') }] : [],
			transactions: isPaid ? [{ id: `gid://shopify/OrderTransaction/${FIRST_REFUND + index}`, kind: 'REFUND', status: 'SUCCESS', gateway: 'shopify_payments', manualPaymentGateway: false, processedAt: createdAt, amountSet: bag('40.00') }] : [],
			returns: !hasReturn ? [] : [{ id: `gid://shopify/Return/${FIRST_ORDER + index}`, name: `#${10_000 + index}-R1`, status: isPaid ? 'CLOSED' : 'OPEN', createdAt: this.at(index, 6), closedAt: null, totalQuantity: 1 }],
		};
	}

	/** The index of an order by its name, without a sign in front. */
	indexOfName(name: string): number {
		return Number(name) - 10_000;
	}

	/** The index of an order by its GID. */
	indexOf(orderId: string): number {
		return Number(orderId.split('/').at(-1)) - FIRST_ORDER;
	}

	private at(index: number, days: number): string {
		return new Date(BEGIN + (index / this.size) * YEAR_MS + days * DAY_MS).toISOString().replace('.000', '');
	}
}

function lineOf(index: number): string {
	return `gid://shopify/LineItem/${7_000_000_000_000 + index}`;
}

function money(amount: string): object {
	return { amount: Number(amount), currency: 'EUR', shopAmount: Number(amount), shopCurrency: 'EUR' };
}

function bag(amount: string): object {
	const value = { amount, currencyCode: 'EUR' };
	return { shopMoney: value, presentmentMoney: value };
}
