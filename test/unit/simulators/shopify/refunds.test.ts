import { at, freshKey, list, minor, openShop, REFUND, SUGGEST, text, type OrderSummary, type TestShop } from './client';

describe('refundCreate in the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	afterEach(() => shop.simulator.reset());

	const refund = (input: Record<string, unknown>, key = freshKey()) => shop.graphql(REFUND, { input, key });
	const errorsOf = async (input: Record<string, unknown>) => at(await refund(input), 'data.refundCreate.userErrors');
	const simple = (more: Record<string, unknown> = {}) => shop.order({ lines: [{ sku: 'SHIRT', title: 'Shirt', quantity: 2, unitPrice: '7.50' }], ...more });
	const pay = (order: OrderSummary, amount: string, index = 0) => ({ orderId: order.id, parentId: order.transactions[index]?.id, amount, gateway: 'shopify_payments', kind: 'REFUND' });
	const money = async (order: OrderSummary) => {
		const answer = await shop.graphql(
			`{ order(id: "${order.id}") { displayFinancialStatus totalRefundedSet { presentmentMoney { amount } } netPaymentSet { presentmentMoney { amount } } totalOutstandingSet { presentmentMoney { amount } } refundable lineItems(first: 10) { nodes { refundableQuantity currentQuantity } } } }`,
		);
		return at(answer, 'data.order');
	};

	describe('refuses, in the recorded words,', () => {
		it('an order that does not exist', async () => {
			expect(await errorsOf({ orderId: 'gid://shopify/Order/1', note: 'x' })).toEqual([{ field: ['orderId'], message: 'Order does not exist' }]);
		});

		it('more units than were bought, over all lines of the request', async () => {
			const order = await simple();
			const line = order.lines[0]?.id;
			expect(await errorsOf({ orderId: order.id, refundLineItems: [{ lineItemId: line, quantity: 3 }] })).toEqual([
				{ field: ['refundLineItems', '0', 'quantity'], message: 'Quantity cannot refund more items than were purchased' },
			]);
			expect(await errorsOf({ orderId: order.id, refundLineItems: [{ lineItemId: line, quantity: 1 }, { lineItemId: line, quantity: 2 }] })).toEqual([
				{ field: ['refundLineItems', '0', 'quantity'], message: 'Quantity cannot refund more items than were purchased' },
			]);
		});

		it('a parent payment of another order, or none', async () => {
			const order = await simple();
			const other = await simple();
			const expected = [{ field: ['transactions'], message: 'Transactions require a parent_id associated with the order' }];
			expect(await errorsOf({ orderId: order.id, transactions: [{ ...pay(order, '1.00'), parentId: other.transactions[0]?.id }] })).toEqual(expected);
			expect(await errorsOf({ orderId: order.id, transactions: [{ ...pay(order, '1.00'), parentId: undefined }] })).toEqual(expected);
		});

		it('another kind of transaction', async () => {
			const order = await simple();
			expect(await errorsOf({ orderId: order.id, transactions: [{ ...pay(order, '1.00'), kind: 'AUTHORIZATION' }] })).toEqual([{ field: ['transactions'], message: 'Kind authorization is not a valid transaction' }]);
		});

		it('more money than was received, and answers the order all the same', async () => {
			const order = await simple();
			const answer = await refund({ orderId: order.id, transactions: [pay(order, '25.00')] });
			expect(at(answer, 'data.refundCreate')).toEqual({
				order: { id: order.id, name: order.name },
				refund: null,
				userErrors: [{ field: null, message: 'Refund amount $25.00 is greater than net payment received $15.00' }],
			});
		});

		it('more than a manual payment brought in even where over-refunding is allowed', async () => {
			const order = await simple({ payments: [{ gateway: 'manual', manual: true }] });
			expect(await errorsOf({ orderId: order.id, allowOverRefunding: true, transactions: [pay(order, '999.00')] })).toEqual([
				{ field: null, message: 'Refund amount $999.00 is greater than net payment received $15.00' },
			]);
		});
	});

	it.each([
		['a negative amount', { transactions: [{ amount: '-1.00' }] }],
		['an amount of nothing', { transactions: [{ amount: '0.00' }] }],
		['a fraction of a cent', { transactions: [{ amount: '1.005' }] }],
		['LEGACY_RESTOCK', { lines: [{ quantity: 1, restockType: 'LEGACY_RESTOCK', locationId: 'gid://shopify/Location/80000000001' }] }],
		['CANCEL for fulfilled units', { lines: [{ quantity: 1, restockType: 'CANCEL', locationId: 'gid://shopify/Location/80000000001' }] }],
		['RETURN without a location', { lines: [{ quantity: 1, restockType: 'RETURN' }] }],
		['RETURN to an inactive location', { lines: [{ quantity: 1, restockType: 'RETURN', locationId: 'gid://shopify/Location/80000000003' }] }],
		['a quantity of nothing', { lines: [{ quantity: 0 }] }],
		['another currency than the customer paid in', { currency: 'EUR', transactions: [{ amount: '1.00' }] }],
		['nothing at all', {}],
	])('refuses %s and changes nothing', async (_what, { transactions = [], lines = [], ...rest }: Record<string, unknown> & { transactions?: object[]; lines?: object[] }) => {
		const order = await simple();
		const before = await money(order);
		const answer = await refund({
			orderId: order.id,
			...rest,
			transactions: transactions.map((transaction) => ({ ...pay(order, '1.00'), ...transaction })),
			refundLineItems: lines.map((line) => ({ lineItemId: order.lines[0]?.id, ...line })),
		});
		expect(list(answer, 'data.refundCreate.userErrors')).toHaveLength(1);
		expect(at(answer, 'data.refundCreate.refund')).toBeNull();
		expect(await money(order)).toEqual(before);
	});

	it('gives back what the units are worth after line and order discounts with their tax', async () => {
		const order = await shop.order({
			lines: [
				{ sku: 'A', title: 'A', quantity: 3, unitPrice: '40.00', taxes: [{ title: 'State', rate: 0.0725 }, { title: 'City', rate: 0.01 }] },
				{ sku: 'B', title: 'B', quantity: 1, unitPrice: '19.99' },
			],
			discounts: [
				{ target: 'line', line: 0, kind: 'fixed', value: '10.00', type: 'automatic', title: 'Ten off' },
				{ target: 'order', kind: 'percentage', value: '15', type: 'code', title: 'FIFTEEN' },
			],
		});
		// A: 120 − 10 = 110; order discount 15 % of 129.99 = 19.50, of it 16.50 on A (19.4985 → 19.50; 110/129.99 of it = 16.5013).
		// 93.50 for three; the first unit: 31.17. Tax 6.78 + 0.94 = 7.72 (93.5 × 0.0725 = 6.77875, × 0.01 = 0.935 → 0.94): a third is 2.57.
		expect(order.lines[0]).toMatchObject({ subtotal: { presentmentMinor: 9350 }, tax: { presentmentMinor: 772 } });
		const suggestion = at(await shop.graphql(SUGGEST, { id: order.id, lines: [{ lineItemId: order.lines[0]?.id, quantity: 1 }] }), 'data.order.suggestedRefund');
		expect(minor(suggestion, 'subtotalSet.presentmentMoney.amount')).toBe(3117);
		expect(minor(suggestion, 'totalTaxSet.presentmentMoney.amount')).toBe(257);
		expect(minor(suggestion, 'amountSet.presentmentMoney.amount')).toBe(3374);
		expect(minor(suggestion, 'discountedSubtotalSet.presentmentMoney.amount') - minor(suggestion, 'totalCartDiscountAmountSet.presentmentMoney.amount')).toBe(3117);
		const answer = await refund({ orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], transactions: [pay(order, '33.74')] });
		expect(at(answer, 'data.refundCreate.userErrors')).toEqual([]);
		expect(at(answer, 'data.refundCreate.refund')).toMatchObject({
			return: null,
			totalRefundedSet: { shopMoney: { amount: '33.74' } },
			refundLineItems: { nodes: [{ quantity: 1, restockType: 'NO_RESTOCK', restocked: false, location: null, subtotalSet: { presentmentMoney: { amount: '31.17' } }, totalTaxSet: { presentmentMoney: { amount: '2.57' } } }] },
			orderAdjustments: { nodes: [] },
			transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS', gateway: 'shopify_payments', parentTransaction: { id: order.transactions[0]?.id } }] },
		});
		expect(await money(order)).toMatchObject({ displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: { presentmentMoney: { amount: '33.74' } }, totalOutstandingSet: { presentmentMoney: { amount: '0.0' } } });
	});

	it('keeps tax inside the price where prices include it', async () => {
		const order = await shop.order({ taxesIncluded: true, currency: 'EUR', lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '119.00', taxes: [{ title: 'MwSt', rate: 0.19 }] }] });
		const suggestion = at(await shop.graphql(SUGGEST, { id: order.id, full: true }), 'data.order.suggestedRefund');
		expect(suggestion).toMatchObject({ amountSet: { presentmentMoney: { amount: '119.0' } }, subtotalSet: { presentmentMoney: { amount: '119.0' } }, totalTaxSet: { presentmentMoney: { amount: '19.0' } } });
	});

	it('refunds a part of the shipping with its tax, and not more than is left', async () => {
		const order = await simple({ shipping: { price: '10.00', taxes: [{ title: 'VAT', rate: 0.2 }] } });
		const answer = await refund({ orderId: order.id, shipping: { amount: '4.00' }, transactions: [pay(order, '4.80')] });
		expect(at(answer, 'data.refundCreate.refund')).toMatchObject({
			refundShippingLines: { nodes: [{ subtotalAmountSet: { presentmentMoney: { amount: '4.0' } }, taxAmountSet: { presentmentMoney: { amount: '0.8' } } }] },
			orderAdjustments: { nodes: [] },
		});
		expect(list(await refund({ orderId: order.id, shipping: { amount: '6.01' } }), 'data.refundCreate.userErrors')).toHaveLength(1);
		const rest = at(await shop.graphql(SUGGEST, { id: order.id, shipping: true }), 'data.order.suggestedRefund');
		expect(rest).toMatchObject({ shipping: { amountSet: { presentmentMoney: { amount: '6.0' } }, taxSet: { presentmentMoney: { amount: '1.2' } } }, amountSet: { presentmentMoney: { amount: '7.2' } } });
	});

	it('refunds a duty in full or in proportion to the units', async () => {
		const order = await simple({ duties: [{ line: 0, amount: '3.00' }] });
		const [duty] = order.lines[0]?.duties ?? [];
		const lineItemId = order.lines[0]?.id;
		const suggest = async (duties: unknown, lines: unknown[]) => at(await shop.graphql(SUGGEST, { id: order.id, lines, duties }), 'data.order.suggestedRefund');
		expect(await suggest([{ dutyId: duty?.id, refundType: 'FULL' }], [])).toMatchObject({ totalDutiesSet: { presentmentMoney: { amount: '3.0' } } });
		expect(await suggest([{ dutyId: duty?.id, refundType: 'PROPORTIONAL' }], [{ lineItemId, quantity: 1 }])).toMatchObject({ totalDutiesSet: { presentmentMoney: { amount: '1.5' } }, amountSet: { presentmentMoney: { amount: '9.0' } } });
		expect(list(await refund({ orderId: order.id, refundDuties: [{ dutyId: duty?.id, refundType: 'PROPORTIONAL' }] }), 'data.refundCreate.userErrors')).toHaveLength(1);
	});

	it('spreads over several payments and gives no payment back more than it brought in', async () => {
		const order = await simple({ payments: [{ gateway: 'gift_card', amount: '6.00' }, { gateway: 'shopify_payments', amount: '9.00' }] });
		const suggestion = await shop.graphql(SUGGEST, { id: order.id, full: true });
		expect(list(suggestion, 'data.order.suggestedRefund.suggestedTransactions')).toMatchObject([
			{ gateway: 'gift_card', amountSet: { presentmentMoney: { amount: '6.0' } }, maximumRefundableSet: { presentmentMoney: { amount: '6.0' } } },
			{ gateway: 'shopify_payments', amountSet: { presentmentMoney: { amount: '9.0' } } },
		]);
		expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '6.01', 0)] })).toEqual([{ field: null, message: 'Refund amount $6.01 is greater than net payment received $6.00' }]);
		// Two payments in one refund; the gateway of the parent wins over the one named.
		const answer = await refund({ orderId: order.id, transactions: [pay(order, '6.00', 0), pay(order, '9.00', 1)], refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 2 }] });
		expect(list(answer, 'data.refundCreate.refund.transactions.nodes')).toMatchObject([{ gateway: 'gift_card' }, { gateway: 'shopify_payments' }]);
		expect(await money(order)).toMatchObject({ displayFinancialStatus: 'REFUNDED', refundable: false });
	});

	it('gives store credit in the same refund, and over-refunding lets the original payment follow', async () => {
		const order = await simple();
		const credit = await refund({ orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 2 }], refundMethods: [{ storeCreditRefund: { amount: { amount: '15.00', currencyCode: 'USD' } } }] });
		expect(at(credit, 'data.refundCreate.userErrors')).toEqual([]);
		const accounts = await shop.graphql(`{ customer(id: "${order.customer.id}") { storeCreditAccounts(first: 1) { nodes { balance { amount currencyCode } transactions(first: 1) { nodes { event origin { __typename } } } } } } }`);
		expect(list(accounts, 'data.customer.storeCreditAccounts.nodes')).toEqual([
			{ balance: { amount: '15.0', currencyCode: 'USD' }, transactions: { nodes: [{ event: 'ORDER_REFUND', origin: { __typename: 'OrderTransaction' } }] } },
		]);
		expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '5.00')] })).toEqual([{ field: null, message: 'Refund amount $5.00 is greater than net payment received $0.00' }]);
		expect(await errorsOf({ orderId: order.id, allowOverRefunding: true, transactions: [pay(order, '5.00')] })).toEqual([]);
		expect(await errorsOf({ orderId: order.id, allowOverRefunding: true, transactions: [pay(order, '10.01')] })).toHaveLength(1);
	});

	it('suggests store credit when asked to', async () => {
		const order = await simple();
		const suggestion = at(await shop.graphql(SUGGEST, { id: order.id, full: true, allocation: 'STORE_CREDIT' }), 'data.order.suggestedRefund');
		expect(suggestion).toMatchObject({ suggestedRefundMethods: [{ amount: { presentmentMoney: { amount: '15.0' } }, maximumRefundable: { presentmentMoney: { amount: '15.0' } } }], suggestedTransactions: [{ amountSet: { presentmentMoney: { amount: '0.0' } } }] });
	});

	it('keeps both currencies: asks for the one the customer paid in and books its share in the other', async () => {
		const order = await shop.order({ currency: 'USD', presentmentCurrency: 'JPY', exchangeRate: 0.0067, lines: [{ sku: 'A', title: 'A', quantity: 3, unitPrice: '1500' }] });
		expect(order.total).toEqual({ presentmentMinor: 4500, shopMinor: 3015 });
		const lines = [{ lineItemId: order.lines[0]?.id, quantity: 1 }];
		expect(await errorsOf({ orderId: order.id, refundLineItems: lines, transactions: [pay(order, '1500')] })).toMatchObject([{ field: ['currency'] }]);
		expect(await errorsOf({ orderId: order.id, currency: 'USD', refundLineItems: lines, transactions: [pay(order, '10.05')] })).toMatchObject([{ field: ['currency'] }]);
		expect(await errorsOf({ orderId: order.id, currency: 'JPY', refundLineItems: lines, transactions: [pay(order, '1500.5')] })).toHaveLength(1);
		const answer = await refund({ orderId: order.id, currency: 'JPY', refundLineItems: lines, transactions: [pay(order, '1500')] });
		expect(at(answer, 'data.refundCreate.refund.totalRefundedSet')).toEqual({ shopMoney: { amount: '10.05' }, presentmentMoney: { amount: '1500.0', currencyCode: 'JPY' } });
	});

	it('writes down the difference when the money is not what the lines are worth', async () => {
		const order = await simple();
		const less = await refund({ orderId: order.id, discrepancyReason: 'DAMAGE', refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], transactions: [pay(order, '5.00')] });
		expect(list(less, 'data.refundCreate.refund.orderAdjustments.nodes')).toEqual([{ reason: 'DAMAGE', amountSet: { presentmentMoney: { amount: '2.5' } } }]);
		const more = await refund({ orderId: order.id, transactions: [pay(order, '1.00')] });
		expect(list(more, 'data.refundCreate.refund.orderAdjustments.nodes')).toEqual([{ reason: 'REFUND_DISCREPANCY', amountSet: { presentmentMoney: { amount: '-1.0' } } }]);
		const answer = await shop.graphql(`{ order(id: "${order.id}") { refundDiscrepancySet { presentmentMoney { amount } } } }`);
		expect(text(answer, 'data.order.refundDiscrepancySet.presentmentMoney.amount')).toBe('1.5');
	});

	it('restocks returned units where told, and unpromises cancelled ones', async () => {
		const order = await shop.order({ lines: [{ sku: 'HALF', title: 'Half', quantity: 4, unitPrice: '5.00', fulfilled: 2 }] });
		const stock = async () => at(await shop.control('GET', '/__sim/inventory?sku=HALF'), '0.quantities');
		expect(await stock()).toMatchObject({ available: 6, committed: 2, on_hand: 8 });
		const { id: lineItemId, locationId } = order.lines[0] ?? { id: '', locationId: '' };
		const answer = await refund({ orderId: order.id, refundLineItems: [{ lineItemId, quantity: 1, restockType: 'RETURN', locationId }, { lineItemId, quantity: 1, restockType: 'CANCEL', locationId }] });
		expect(list(answer, 'data.refundCreate.refund.refundLineItems.nodes')).toMatchObject([{ restockType: 'RETURN', restocked: true, location: { id: locationId } }, { restockType: 'CANCEL', restocked: true }]);
		expect(await stock()).toMatchObject({ available: 8, committed: 1, on_hand: 9 });
		expect(await errorsOf({ orderId: order.id, refundLineItems: [{ lineItemId, quantity: 2, restockType: 'RETURN', locationId }] })).toHaveLength(1);
	});

	describe('money that settles later', () => {
		const pending = async () => {
			const order = await simple({ refundsSettle: 'pending' });
			const answer = await refund({ orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 2 }], transactions: [pay(order, '15.00')] });
			return { order, transactionId: text(answer, 'data.refundCreate.refund.transactions.nodes.0.id'), status: text(answer, 'data.refundCreate.refund.transactions.nodes.0.status') };
		};

		it('is not refunded yet, but cannot be given back again', async () => {
			const { order, status } = await pending();
			expect(status).toBe('PENDING');
			expect(await money(order)).toMatchObject({ displayFinancialStatus: 'PAID', totalRefundedSet: { presentmentMoney: { amount: '0.0' } }, netPaymentSet: { presentmentMoney: { amount: '15.0' } }, refundable: false });
			expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '0.01')] })).toHaveLength(1);
		});

		it('counts against the order and against its own payment', async () => {
			const { order } = await pending();
			expect(await errorsOf({ orderId: order.id, refundMethods: [{ storeCreditRefund: { amount: { amount: '1.00', currencyCode: 'USD' } } }] })).toEqual([{ field: null, message: 'Refund amount $1.00 is greater than net payment received $0.00' }]);
			const split = await simple({ refundsSettle: 'pending', payments: [{ gateway: 'one', amount: '6.00' }, { gateway: 'two', amount: '9.00' }] });
			expect(await errorsOf({ orderId: split.id, transactions: [pay(split, '6.00', 0)] })).toEqual([]);
			expect(await errorsOf({ orderId: split.id, transactions: [pay(split, '6.00', 0)] })).toEqual([{ field: null, message: 'Refund amount $6.00 is greater than net payment received $0.00' }]);
			expect(await errorsOf({ orderId: split.id, transactions: [pay(split, '9.00', 1)] })).toEqual([]);
		});

		it('is refunded once the payment service says so', async () => {
			const { order, transactionId } = await pending();
			await shop.control('POST', `/__sim/transactions/${transactionId.split('/').at(-1) ?? ''}`, { status: 'SUCCESS' });
			expect(await money(order)).toMatchObject({ displayFinancialStatus: 'REFUNDED', totalRefundedSet: { presentmentMoney: { amount: '15.0' } } });
		});

		it('is there to be refunded again after the payment service failed', async () => {
			const { order, transactionId } = await pending();
			await shop.control('POST', `/__sim/transactions/${transactionId.split('/').at(-1) ?? ''}`, { status: 'FAILURE' });
			expect(await money(order)).toMatchObject({ displayFinancialStatus: 'PAID', refundable: true });
			expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '15.00')] })).toEqual([]);
		});

		it('settles by itself when its time has come', async () => {
			const order = await simple({ refundsSettle: 'pending', refundsSettleAfterMs: 3_600_000 });
			await refund({ orderId: order.id, transactions: [pay(order, '15.00')] });
			await shop.control('POST', '/__sim/clock', { advanceMs: 3_599_000 });
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '0.0' } } });
			await shop.control('POST', '/__sim/clock', { advanceMs: 2_000 });
			expect(await money(order)).toMatchObject({ displayFinancialStatus: 'REFUNDED', totalRefundedSet: { presentmentMoney: { amount: '15.0' } } });
		});

		it('goes back onto the gift card that paid', async () => {
			const created = await shop.graphql('mutation { giftCardCreate(input: { initialAmount: { amount: "20.00", currencyCode: USD } }) { giftCard { id } } }');
			const id = text(created, 'data.giftCardCreate.giftCard.id');
			const order = await simple({ payments: [{ giftCardId: id }] });
			const balance = async () => text(await shop.graphql(`{ giftCard(id: "${id}") { balance { amount } } }`), 'data.giftCard.balance.amount');
			expect(await balance()).toBe('5.0');
			await refund({ orderId: order.id, transactions: [pay(order, '15.00')] });
			expect(await balance()).toBe('20.0');
		});
	});

	it('gives back captured money only, to the capture', async () => {
		const order = await simple({ payments: [{ gateway: 'shopify_payments', kind: 'AUTHORIZATION', amount: '15.00' }, { gateway: 'shopify_payments', kind: 'CAPTURE', amount: '9.00' }] });
		expect(await money(order)).toMatchObject({ displayFinancialStatus: 'PARTIALLY_PAID' });
		expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '1.00', 0)] })).toEqual([{ field: ['transactions'], message: 'Transactions require a parent_id associated with the order' }]);
		expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '9.01', 1)] })).toEqual([{ field: null, message: 'Refund amount $9.01 is greater than net payment received $9.00' }]);
		expect(await errorsOf({ orderId: order.id, transactions: [pay(order, '9.00', 1)] })).toEqual([]);
		const unpaid = await simple({ payments: [{ gateway: 'shopify_payments', kind: 'AUTHORIZATION' }] });
		expect(await money(unpaid)).toMatchObject({ displayFinancialStatus: 'AUTHORIZED', refundable: false });
	});

	it('values what is left of a line whose units a person took off the order', async () => {
		const order = await shop.order({ lines: [{ sku: 'EDIT', title: 'Edit', quantity: 3, unitPrice: '10.00', fulfilled: 1, taxes: [{ title: 'VAT', rate: 0.1 }] }], discounts: [{ target: 'order', kind: 'fixed', value: '1.00', type: 'manual' }] });
		await shop.control('POST', '/__sim/admin/edit-order', { orderId: order.id, remove: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], add: [{ sku: 'MORE', title: 'More', quantity: 1, unitPrice: '4.00' }] });
		const answer = await shop.graphql(`{ order(id: "${order.id}") { edited totalPriceSet { presentmentMoney { amount } } originalTotalPriceSet { presentmentMoney { amount } } lineItems(first: 5) { nodes { sku currentQuantity refundableQuantity unfulfilledQuantity } } } }`);
		// 29.00 + 2.90 = 31.90; one unit off is 9.67 + 0.97 = 10.64; 4.00 more.
		expect(at(answer, 'data.order')).toMatchObject({
			edited: true,
			originalTotalPriceSet: { presentmentMoney: { amount: '31.9' } },
			totalPriceSet: { presentmentMoney: { amount: '25.26' } },
			lineItems: { nodes: [{ sku: 'EDIT', currentQuantity: 2, refundableQuantity: 2, unfulfilledQuantity: 1 }, { sku: 'MORE', currentQuantity: 1 }] },
		});
		expect(await errorsOf({ orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 3 }] })).toHaveLength(1);
		const suggestion = await shop.graphql(SUGGEST, { id: order.id, lines: [{ lineItemId: order.lines[0]?.id, quantity: 2 }] });
		expect(minor(suggestion, 'data.order.suggestedRefund.amountSet.presentmentMoney.amount')).toBe(3190 - 1064);
	});

	it('counts a refund that a person made in the admin', async () => {
		const order = await simple();
		await shop.control('POST', '/__sim/admin/refund', { orderId: order.id, lines: [{ lineItemId: order.lines[0]?.id, quantity: 1, restock: true }] });
		expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '7.5' } }, lineItems: { nodes: [{ refundableQuantity: 1 }] } });
		expect(await errorsOf({ orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 2 }] })).toHaveLength(1);
	});

	describe('@idempotent', () => {
		const once = async (key: string, more: Record<string, unknown> = {}, order?: OrderSummary) => {
			const made = order ?? (await simple());
			const answer = await refund({ orderId: made.id, refundLineItems: [{ lineItemId: made.lines[0]?.id, quantity: 1 }], transactions: [pay(made, '7.50')], ...more }, key);
			return { order: made, answer };
		};

		it('is required', async () => {
			const order = await simple();
			const answer = await shop.graphql('mutation ($input: RefundInput!) { refundCreate(input: $input) { userErrors { message } } }', { input: { orderId: order.id, note: 'x' } });
			expect(answer.data).toEqual({ refundCreate: null });
			expect(answer.errors?.[0]).toMatchObject({ message: 'The @idempotent directive is required for this mutation but was not provided.', extensions: { code: 'BAD_REQUEST' }, path: ['refundCreate'] });
		});

		it.each([' ', ''])('needs a key that is not blank (%j)', async (key) => {
			const { answer } = await once(key);
			expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
		});

		it('is refused where Shopify does not document it', async () => {
			const answer = await shop.graphql('mutation { storeCreditAccountCredit(id: "gid://shopify/Customer/1", creditInput: { creditAmount: { amount: "1.00", currencyCode: USD } }) @idempotent(key: "a") { userErrors { code } } }');
			expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
			expect(answer.data).toEqual({ storeCreditAccountCredit: null });
		});

		it('answers a repetition with the first refund as it is now, and refunds nothing', async () => {
			const order = await simple({ refundsSettle: 'pending' });
			const first = await once('again', {}, order);
			const id = text(first.answer, 'data.refundCreate.refund.id');
			const transaction = text(first.answer, 'data.refundCreate.refund.transactions.nodes.0.id');
			await shop.control('POST', `/__sim/transactions/${transaction.split('/').at(-1) ?? ''}`, { status: 'SUCCESS' });
			const second = await once('again', {}, order);
			expect(at(second.answer, 'data.refundCreate.userErrors')).toEqual([]);
			expect(text(second.answer, 'data.refundCreate.refund.id')).toBe(id);
			expect(text(second.answer, 'data.refundCreate.refund.transactions.nodes.0.status')).toBe('SUCCESS');
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '7.5' } }, lineItems: { nodes: [{ refundableQuantity: 1 }] } });
		});

		it('refuses other parameters under the same key, be it only their order', async () => {
			const { order } = await once('same');
			const expected = [{ field: null, message: 'The same idempotency key cannot be used with different operation parameters.' }];
			expect(at((await once('same', { note: 'more' }, order)).answer, 'data.refundCreate.userErrors')).toEqual(expected);
			const reordered = await refund({ transactions: [pay(order, '7.50')], refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], orderId: order.id }, 'same');
			expect(at(reordered, 'data.refundCreate.userErrors')).toEqual(expected);
		});

		it('turns a second request away while the first is under way', async () => {
			const order = await simple();
			await shop.control('POST', '/__sim/settings', { mutationLatencyMs: 100 });
			const answers = await Promise.all([once('race', {}, order), once('race', {}, order)]);
			const messages = answers.flatMap(({ answer }) => list(answer, 'data.refundCreate.userErrors'));
			expect(messages).toEqual([{ field: null, message: 'This request is currently in progress, please try again.' }]);
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '7.5' } } });
		});

		it('spends a key on an attempt that was refused', async () => {
			const order = await simple();
			const tooMany = { orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 3 }] };
			await refund(tooMany, 'spent');
			expect(at(await refund(tooMany, 'spent'), 'data.refundCreate.userErrors')).toEqual([{ field: null, message: 'A previous request with this idempotency key failed. Retry with a new idempotency key.' }]);
		});

		it('forgets after a day: the same request refunds again', async () => {
			const { order } = await once('day');
			await shop.control('POST', '/__sim/clock', { advanceMs: 24 * 3_600_000 });
			await once('day', {}, order);
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '15.0' } } });
		});

		it('belongs to one app', async () => {
			const { order } = await once('shared');
			const input = { orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }], transactions: [pay(order, '7.50')] };
			await shop.graphql(REFUND, { input, key: 'shared' }, { token: 'shpat_sim_returngo' });
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '15.0' } } });
		});

		it('finds the work done when the answer was lost', async () => {
			const order = await simple();
			await shop.control('POST', '/__sim/faults', { match: { operation: 'refundCreate' }, action: { kind: 'dropAfter' } });
			await expect(once('lost', {}, order)).rejects.toThrow();
			const { answer } = await once('lost', {}, order);
			expect(at(answer, 'data.refundCreate.userErrors')).toEqual([]);
			expect(await money(order)).toMatchObject({ totalRefundedSet: { presentmentMoney: { amount: '7.5' } } });
		});
	});
});
