/** One invented order with its returns, as the objects that a store answers from. */
import { bag, page, type Root } from './schemaStore';

export const ORDER = 'gid://shopify/Order/1001';
export const SHIRT = 'gid://shopify/LineItem/500000001';
export const MUG = 'gid://shopify/LineItem/500000002';
export const SHIRT_PARCEL = 'gid://shopify/FulfillmentLineItem/700000001';
export const SHIRT_SECOND_PARCEL = 'gid://shopify/FulfillmentLineItem/700000003';
export const MUG_PARCEL = 'gid://shopify/FulfillmentLineItem/700000002';
export const NEUTRAL_REASON = 'gid://shopify/ReturnReasonDefinition/1';
export const DEFECT_REASON = 'gid://shopify/ReturnReasonDefinition/2';

export interface ReturnRecord {
	id: string;
	name: string;
	status: string;
	lines: Array<{ lineItem: string; quantity: number }>;
	closedAt?: string | null;
}

const ITEMS: Record<string, { id: string; name: string; sku: string; quantity: number }> = {
	[SHIRT]: { id: SHIRT, name: 'Shirt', sku: 'SHIRT-M', quantity: 3 },
	[MUG]: { id: MUG, name: 'Mug', sku: 'MUG', quantity: 1 },
};

const PARCELS: Record<string, { lineItem: string; quantity: number }> = {
	[SHIRT_PARCEL]: { lineItem: SHIRT, quantity: 2 },
	[SHIRT_SECOND_PARCEL]: { lineItem: SHIRT, quantity: 1 },
	[MUG_PARCEL]: { lineItem: MUG, quantity: 1 },
};

/** The order `#1001`: three shirts in two parcels and a mug. What is in a return is not returnable again. */
export class OrderBook {
	returns: ReturnRecord[] = [];

	metafield: { value: string; updatedAt: string } | null = null;

	refunds: object[] = [];

	/** What the shop answers instead of carrying a change out. */
	userErrors: Array<{ field: string[]; message: string; code: string }> = [];

	private nextReturn = 1;

	add(status: string, lines: ReturnRecord['lines']): ReturnRecord {
		const number = this.nextReturn++;
		const record: ReturnRecord = { id: `gid://shopify/Return/${9000 + number}`, name: `#1001-R${number}`, status, lines, closedAt: status === 'CLOSED' ? '2026-11-02T00:00:00Z' : null };
		this.returns.push(record);
		return record;
	}

	root(): Root {
		return {
			order: ({ id }: { id: string }) => (id === ORDER ? this.order() : null),
			orders: ({ query }: { query?: string }) => page(query === 'name:"1001"' || query?.startsWith('return_status:in_progress') ? [this.order(), { ...this.order(), id: 'gid://shopify/Order/10010', name: '#10010', returns: page([]) }] : []),
			return: ({ id }: { id: string }) => this.find(id),
			returnableFulfillments: () => page([{ id: 'gid://shopify/ReturnableFulfillment/1', returnableFulfillmentLineItems: page(this.returnable()) }]),
			returnReasonDefinitions: () =>
				page([
					{ id: NEUTRAL_REASON, handle: 'unknown', name: 'Unknown', deleted: false },
					{ id: DEFECT_REASON, handle: 'defective', name: 'Defective', deleted: false },
					{ id: 'gid://shopify/ReturnReasonDefinition/3', handle: 'gone', name: 'Gone', deleted: true },
				]),
			returnCreate: ({ returnInput }: { returnInput: { returnLineItems: Array<{ fulfillmentLineItemId: string; quantity: number }> } }) =>
				this.userErrors.length > 0 ? { return: null, userErrors: this.userErrors } : { return: this.return(this.create(returnInput.returnLineItems)), userErrors: [] },
			returnClose: ({ id }: { id: string }) => (this.userErrors.length > 0 ? { return: null, userErrors: this.userErrors } : { return: this.close(id), userErrors: [] }),
		};
	}

	create(lines: Array<{ fulfillmentLineItemId: string; quantity: number }>): ReturnRecord {
		return this.add(
			'OPEN',
			lines.map(({ fulfillmentLineItemId, quantity }) => ({ lineItem: PARCELS[fulfillmentLineItemId]?.lineItem ?? '', quantity })),
		);
	}

	close(id: string): object | null {
		const record = this.returns.find((candidate) => candidate.id === id);
		if (record === undefined) return null;
		record.status = 'CLOSED';
		record.closedAt = '2026-11-03T00:00:00Z';
		return this.return(record);
	}

	private find(id: string): object | null {
		const record = this.returns.find((candidate) => candidate.id === id);
		return record === undefined ? null : this.return(record);
	}

	private returnable(): object[] {
		const held = new Map<string, number>();
		for (const record of this.returns.filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')) {
			for (const { lineItem, quantity } of record.lines) held.set(lineItem, (held.get(lineItem) ?? 0) + quantity);
		}
		return Object.entries(PARCELS).flatMap(([id, { lineItem, quantity }]) => {
			const taken = Math.min(quantity, held.get(lineItem) ?? 0);
			held.set(lineItem, (held.get(lineItem) ?? 0) - taken);
			return quantity - taken > 0 ? [{ quantity: quantity - taken, fulfillmentLineItem: { id, lineItem: ITEMS[lineItem] } }] : [];
		});
	}

	private order(): object {
		return {
			id: ORDER,
			name: '#1001',
			createdAt: '2026-10-01T10:00:00Z',
			processedAt: '2026-10-01T10:00:00Z',
			cancelledAt: null,
			currencyCode: 'EUR',
			presentmentCurrencyCode: 'USD',
			taxesIncluded: true,
			displayFinancialStatus: 'PAID',
			displayFulfillmentStatus: 'FULFILLED',
			returnStatus: 'IN_PROGRESS',
			tags: ['vip'],
			totalReceivedSet: bag('110.0', 'USD', '100.0', 'EUR'),
			totalRefundedSet: bag('0.0', 'USD', '0.0', 'EUR'),
			netPaymentSet: bag('110.0', 'USD', '100.0', 'EUR'),
			metafield: this.metafield,
			lineItems: ({ after }: { after?: string | null }) => (after ? page([this.line(MUG)]) : page([this.line(SHIRT)], 'behind-the-shirt')),
			refunds: ({ first }: { first: number }) => this.refunds.slice(0, first),
			returns: page(this.returns.map((record) => this.return(record))),
		};
	}

	private line(id: string): object {
		const item = ITEMS[id];
		return {
			...item,
			currentQuantity: item?.quantity,
			refundableQuantity: item?.quantity,
			unfulfilledQuantity: 0,
			nonFulfillableQuantity: 0,
			isGiftCard: false,
			discountedUnitPriceAfterAllDiscountsSet: bag('22.0', 'USD', '20.0', 'EUR'),
			variant: null,
			lineItemGroup: null,
		};
	}

	private return(record: ReturnRecord): object {
		const lines = record.lines.map(({ lineItem, quantity }, index) => ({
			__typename: 'ReturnLineItem',
			id: `${record.id.replace('Return', 'ReturnLineItem')}${index}`,
			quantity,
			processableQuantity: quantity,
			processedQuantity: 0,
			refundableQuantity: quantity,
			refundedQuantity: 0,
			returnReasonNote: '',
			customerNote: null,
			returnReasonDefinition: { id: NEUTRAL_REASON, handle: 'unknown', name: 'Unknown' },
			fulfillmentLineItem: { id: SHIRT_PARCEL, lineItem: ITEMS[lineItem] },
		}));
		return {
			...record,
			totalQuantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
			createdAt: '2026-11-01T00:00:00Z',
			requestApprovedAt: null,
			decline: null,
			order: { id: ORDER, name: '#1001' },
			returnLineItems: page(lines),
			exchangeLineItems: page([]),
			refunds: page([]),
			reverseFulfillmentOrders: page([
				{
					id: `${record.id.replace('Return', 'ReverseFulfillmentOrder')}`,
					status: 'OPEN',
					lineItems: page(
						record.lines.map(({ lineItem, quantity }, index) => ({
							id: `${record.id.replace('Return', 'ReverseFulfillmentOrderLineItem')}${index}`,
							totalQuantity: quantity,
							fulfillmentLineItem: { id: SHIRT_PARCEL, lineItem: ITEMS[lineItem] },
							dispositions: [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'PROCESSING_REQUIRED', quantity: 1, createdAt: '2026-11-02T00:00:00Z', location: null }],
						})),
					),
				},
			]),
		};
	}
}

/** A refund whose money is where the transactions say. */
export function refund(number: number, statuses: string[]): object {
	return {
		id: `gid://shopify/Refund/${number}`,
		createdAt: '2026-11-05T00:00:00Z',
		processedAt: '2026-11-05T00:00:00Z',
		note: null,
		return: null,
		totalRefundedSet: bag('22.0', 'USD', '20.0', 'EUR'),
		transactions: page(
			statuses.map((status, index) => ({ id: `gid://shopify/OrderTransaction/${number}${index}`, kind: 'REFUND', status, gateway: 'bogus', processedAt: null, amountSet: bag('22.0', 'USD', '20.0', 'EUR') })),
		),
		refundLineItems: page([{ quantity: 1, restockType: 'NO_RESTOCK', restocked: false, lineItem: { id: SHIRT }, location: null, subtotalSet: bag('20.0', 'USD', '18.0', 'EUR'), totalTaxSet: bag('2.0', 'USD', '2.0', 'EUR') }]),
	};
}
