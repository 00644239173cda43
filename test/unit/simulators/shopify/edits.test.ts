import { at, freshKey, list, openShop, REFUND, type TestShop } from './client';

describe('orders of the Shopify simulator after they were placed', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(() => shop.simulator.reset());

	const read = async (id: string, fields: string) => at(await shop.graphql(`query ($id: ID!) { order(id: $id) { ${fields} } }`, { id }), 'data.order');

	it('grow by a line with tax in both currencies, which the customer then pays', async () => {
		const order = await shop.order({ presentmentCurrency: 'EUR', exchangeRate: '1.10', lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }] });
		await shop.control('POST', '/__sim/admin/edit-order', { orderId: order.id, add: [{ sku: 'B', title: 'B', quantity: 2, unitPrice: '4.99', taxes: [{ title: 'VAT', rate: 0.2 }] }] });
		const fields = 'edited totalPriceSet { shopMoney { amount } presentmentMoney { amount } } totalOutstandingSet { presentmentMoney { amount } } totalReceivedSet { shopMoney { amount } } displayFinancialStatus';
		// 9.98 EUR at 1.10 is 2 × 5.49 USD; tax 2.00 EUR and 2.20 USD.
		expect(await read(order.id, fields)).toEqual({
			edited: true,
			totalPriceSet: { shopMoney: { amount: '24.18' }, presentmentMoney: { amount: '21.98' } },
			totalOutstandingSet: { presentmentMoney: { amount: '11.98' } },
			totalReceivedSet: { shopMoney: { amount: '11.0' } },
			displayFinancialStatus: 'PARTIALLY_PAID',
		});
		await shop.control('POST', '/__sim/admin/pay', { orderId: order.id });
		expect(await read(order.id, fields)).toMatchObject({ totalOutstandingSet: { presentmentMoney: { amount: '0.0' } }, totalReceivedSet: { shopMoney: { amount: '24.18' } }, displayFinancialStatus: 'PAID' });
		await expect(shop.control('POST', '/__sim/admin/pay', { orderId: order.id })).rejects.toThrow('422');
	});

	it('lose a whole line, which stays in the list with nothing left of it', async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }, { sku: 'B', title: 'B', quantity: 2, unitPrice: '4.00', fulfilled: 0 }] });
		await shop.control('POST', '/__sim/admin/edit-order', { orderId: order.id, remove: [{ lineItemId: order.lines[1]?.id, quantity: 2 }] });
		expect(await read(order.id, 'currentTotalPriceSet { shopMoney { amount } } lineItems(first: 5) { nodes { sku quantity currentQuantity refundableQuantity unfulfilledQuantity } } totalOutstandingSet { shopMoney { amount } }')).toMatchObject({
			currentTotalPriceSet: { shopMoney: { amount: '10.0' } },
			totalOutstandingSet: { shopMoney: { amount: '-8.0' } },
			lineItems: { nodes: [{ sku: 'A', currentQuantity: 1 }, { sku: 'B', quantity: 2, currentQuantity: 0, refundableQuantity: 0, unfulfilledQuantity: 0 }] },
		});
	});

	it('make a line cheaper that was sent already; its tax follows, and the customer is owed the difference', async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 4, unitPrice: '10.00', taxes: [{ title: 'VAT', rate: 0.2 }] }], discounts: [{ target: 'line', line: 0, kind: 'percentage', value: '10', type: 'code' }, { target: 'order', kind: 'fixed', value: '6.00', type: 'automatic' }] });
		await shop.control('POST', '/__sim/admin/edit-order', { orderId: order.id, discount: [{ lineItemId: order.lines[0]?.id, percent: '5' }] });
		// 36.00 after the code, less 1.80, less 6.00 of the order's discount: 28.20, and 5.64 tax. It was 30.00 and 6.00.
		expect(await read(order.id, 'currentTotalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } } lineItems(first: 1) { nodes { discountAllocations { allocatedAmountSet { shopMoney { amount } } } taxLines { rate priceSet { shopMoney { amount } } } } } suggestedRefund(suggestFullRefund: true) { amountSet { shopMoney { amount } } }')).toEqual({
			currentTotalPriceSet: { shopMoney: { amount: '33.84' } },
			totalOutstandingSet: { shopMoney: { amount: '-2.16' } },
			lineItems: { nodes: [{ discountAllocations: ['4.0', '6.0', '1.8'].map((amount) => ({ allocatedAmountSet: { shopMoney: { amount } } })), taxLines: [{ rate: 0.2, priceSet: { shopMoney: { amount: '5.64' } } }] }] },
			suggestedRefund: { amountSet: { shopMoney: { amount: '33.84' } } },
		});
		await expect(shop.control('POST', '/__sim/admin/edit-order', { orderId: order.id, discount: [{ lineItemId: order.lines[0]?.id, percent: '100' }] })).rejects.toThrow('422');
	});

	it('come with credit by hand, which says nothing of what it is for', async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '10.00' }], customer: { email: 'ada@customer.example' } });
		for (const as of ['account', 'giftCard']) await shop.control('POST', '/__sim/admin/credit', { orderId: order.id, amount: '7.50', as });
		expect(at(await shop.graphql(`{ customer(id: "${order.customer.id}") { storeCreditAccounts(first: 1) { nodes { balance { amount } transactions(first: 1) { nodes { event origin { __typename } } } } } } giftCards(first: 1) { nodes { note customer { id } initialValue { amount } } } }`), 'data')).toEqual({
			customer: { storeCreditAccounts: { nodes: [{ balance: { amount: '7.5' }, transactions: { nodes: [{ event: 'ADJUSTMENT', origin: null }] } }] } },
			giftCards: { nodes: [{ note: null, customer: { id: order.customer.id }, initialValue: { amount: '7.5' } }] },
		});
	});

	it('ship the rest later, from stock that was promised', async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 3, unitPrice: '10.00', fulfilled: 1 }] });
		const stock = async () => at(await shop.control('GET', '/__sim/inventory?sku=A'), '0.quantities');
		expect(await stock()).toMatchObject({ available: 7, committed: 2, on_hand: 9 });
		await shop.control('POST', '/__sim/admin/fulfill', { orderId: order.id, lines: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], tracking: { company: 'Parcel', number: '1Z' } });
		expect(await read(order.id, 'displayFulfillmentStatus fulfillments { name trackingInfo { number } fulfillmentLineItems(first: 5) { nodes { quantity } } }')).toEqual({
			displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
			fulfillments: [
				{ name: `${order.name}-F1`, trackingInfo: [], fulfillmentLineItems: { nodes: [{ quantity: 1 }] } },
				{ name: `${order.name}-F2`, trackingInfo: [{ number: '1Z' }], fulfillmentLineItems: { nodes: [{ quantity: 1 }] } },
			],
		});
		expect(await stock()).toMatchObject({ available: 7, committed: 1, on_hand: 8 });
		await shop.control('POST', '/__sim/admin/fulfill', { orderId: order.id });
		expect(await read(order.id, 'displayFulfillmentStatus')).toEqual({ displayFulfillmentStatus: 'FULFILLED' });
		await expect(shop.control('POST', '/__sim/admin/fulfill', { orderId: order.id })).rejects.toThrow('422');
	});

	it('round cash, both ways, beside amounts that stay exact', async () => {
		const order = await shop.order({ currency: 'CAD', lines: [{ sku: 'A', title: 'A', quantity: 2, unitPrice: '5.01' }], payments: [{ gateway: 'cash', manual: true, roundTo: '0.05' }] });
		const answer = await shop.graphql(REFUND, {
			input: { orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount: '5.01', gateway: 'cash', kind: 'REFUND' }] },
			key: freshKey(),
		});
		expect(list(answer, 'data.refundCreate.userErrors')).toEqual([]);
		const second = await shop.graphql(REFUND, {
			input: { orderId: order.id, transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount: '1.03', gateway: 'cash', kind: 'REFUND' }] },
			key: freshKey(),
		});
		expect(list(second, 'data.refundCreate.userErrors')).toEqual([]);
		const money = (amount: string) => ({ presentmentMoney: { amount, currencyCode: 'CAD' } });
		expect(await read(order.id, 'totalCashRoundingAdjustment { paymentSet { presentmentMoney { amount currencyCode } } refundSet { presentmentMoney { amount currencyCode } } } transactions { amountSet { presentmentMoney { amount currencyCode } } amountRoundingSet { presentmentMoney { amount currencyCode } } }')).toEqual({
			totalCashRoundingAdjustment: { paymentSet: money('-0.02'), refundSet: money('0.01') },
			transactions: [
				{ amountSet: money('10.02'), amountRoundingSet: money('-0.02') },
				{ amountSet: money('5.01'), amountRoundingSet: money('-0.01') },
				{ amountSet: money('1.03'), amountRoundingSet: money('0.02') },
			],
		});
		const card = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '5.01' }] });
		expect(await read(card.id, 'transactions { amountRoundingSet { presentmentMoney { amount } } }')).toEqual({ transactions: [{ amountRoundingSet: null }] });
	});

	it('show the taxes of a duty beside it', async () => {
		const order = await shop.order({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '50.00' }], duties: [{ line: 0, amount: '7.00', taxes: [{ title: 'Import VAT', rate: 0.2 }] }] });
		expect(await read(order.id, 'lineItems(first: 1) { nodes { duties { price { shopMoney { amount } } taxLines { title rate priceSet { shopMoney { amount } } } } } } totalPriceSet { shopMoney { amount } }')).toEqual({
			lineItems: { nodes: [{ duties: [{ price: { shopMoney: { amount: '7.0' } }, taxLines: [{ title: 'Import VAT', rate: 0.2, priceSet: { shopMoney: { amount: '1.4' } } }] }] }] },
			totalPriceSet: { shopMoney: { amount: '58.4' } },
		});
	});
});
