/** The least Shopify that ReturnGO's app can talk to: one order, answers by operation name, a record of every call. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubCall {
	operation: string;
	variables: Record<string, unknown>;
	token: string;
}

type Answer = (variables: Record<string, unknown>) => unknown;

export const ORDER_ID = '5001';
export const LINE_ID = '7001';

const money = (amount: string, shopAmount = amount) => ({ presentmentMoney: { amount, currencyCode: 'EUR' }, shopMoney: { amount: shopAmount, currencyCode: 'USD' } });

/** Three shirts at 40.00, 10 % off the line and 5.00 off the order, 19 % tax on top; paid in EUR, shop in USD. */
const ORDER = {
	id: `gid://shopify/Order/${ORDER_ID}`,
	name: '#1001',
	createdAt: '2026-11-01T00:00:00Z',
	taxesIncluded: false,
	currencyCode: 'USD',
	presentmentCurrencyCode: 'EUR',
	email: 'ada@customer.example',
	customer: { id: 'gid://shopify/Customer/301' },
	shippingAddress: { name: 'Ada Sample', address1: '1 Test Way', address2: null, city: 'Berlin', provinceCode: null, zip: '10115', countryCodeV2: 'DE', phone: null },
	lineItems: {
		pageInfo: { hasNextPage: false, endCursor: null },
		nodes: [
			{
				id: `gid://shopify/LineItem/${LINE_ID}`,
				sku: 'SHIRT-M',
				name: 'Shirt - M',
				title: 'Shirt',
				variantTitle: 'M',
				quantity: 3,
				product: { id: 'gid://shopify/Product/801' },
				variant: { id: 'gid://shopify/ProductVariant/401', barcode: null },
				image: null,
				discountedUnitPriceAfterAllDiscountsSet: money('34.33', '37.76'),
				taxLines: [{ priceSet: money('19.57', '21.53') }],
			},
		],
	},
};

export class ShopifyStub {
	readonly calls: StubCall[] = [];

	/** What every operation answers; a test replaces what it needs. */
	readonly answers: Record<string, Answer> = {
		OrderById: ({ id }) => ({ order: id === ORDER.id ? ORDER : null }),
		OrderByName: () => ({ orders: { nodes: [{ ...ORDER, id: 'gid://shopify/Order/5999', name: '#10011' }, ORDER] } }),
		Returnable: () => ({ returnableFulfillments: { nodes: [{ id: 'parcel/1' }, { id: 'parcel/2' }] } }),
		ReturnableLines: ({ id }) => ({
			returnableFulfillment: {
				returnableFulfillmentLineItems: {
					pageInfo: { hasNextPage: false, endCursor: null },
					nodes: [{ quantity: id === 'parcel/1' ? 1 : 2, fulfillmentLineItem: { id: `gid://shopify/FulfillmentLineItem/${id === 'parcel/1' ? 601 : 602}`, lineItem: { id: `gid://shopify/LineItem/${LINE_ID}` } } }],
				},
			},
		}),
		ReturnCreate: () => ({ returnCreate: { return: { id: `gid://shopify/Return/${900 + (this.returns += 1)}`, name: `#1001-R${this.returns}`, status: 'OPEN' }, userErrors: [] } }),
		ReturnCancel: ({ id }) => ({ returnCancel: { return: { id, status: 'CANCELED' }, userErrors: [] } }),
		RefundsOfOrder: () => ({ order: { refunds: this.refunds } }),
		SuggestedRefund: () => ({
			order: {
				suggestedRefund: {
					suggestedTransactions: [
						{ gateway: 'gift_card', parentTransaction: { id: 'gid://shopify/OrderTransaction/1' }, amountSet: money('20.00'), maximumRefundableSet: money('20.00') },
						{ gateway: 'shopify_payments', parentTransaction: { id: 'gid://shopify/OrderTransaction/2' }, amountSet: money('61.71'), maximumRefundableSet: money('102.57') },
					],
				},
			},
		}),
		RefundCreate: () => ({ refundCreate: { refund: { id: 'gid://shopify/Refund/950' }, userErrors: [] } }),
		RefundStatus: () => ({ refund: { transactions: { nodes: [{ status: 'SUCCESS' }, { status: this.refundStatus }] } } }),
	};

	refunds: unknown[] = [];

	refundStatus = 'SUCCESS';

	private returns = 0;

	private readonly server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
		request.on('end', () => {
			const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
			const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
			this.calls.push({ operation, variables, token: String(request.headers['x-shopify-access-token']) });
			const answer = this.answers[operation];
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answer ? { data: answer(variables) } : { errors: [{ message: `The stub does not know ${operation}` }] }));
		});
	});

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	operations(): string[] {
		return this.calls.map(({ operation }) => operation);
	}

	last(operation: string): StubCall | undefined {
		return this.calls.filter((call) => call.operation === operation).at(-1);
	}
}
