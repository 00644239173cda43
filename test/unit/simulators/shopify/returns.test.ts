import { at, freshKey, list, minor, openShop, OUTCOME, PROCESS, REFUND, text, type OrderSummary, type ReturnedOrder, type TestShop } from './client';

const CREATE = `mutation ($input: ReturnInput!) {
	returnCreate(returnInput: $input) {
		return { id name status totalQuantity returnLineItems(first: 5) { nodes { id quantity returnReason returnReasonDefinition { id handle } } } reverseFulfillmentOrders(first: 5) { nodes { id status } } }
		userErrors { field message code }
	}
}`;

const REQUEST = `mutation ($input: ReturnRequestInput!) {
	returnRequest(input: $input) { return { id name status reverseFulfillmentOrders(first: 5) { nodes { id } } } userErrors { field message code } }
}`;

const DISPOSE = `mutation ($inputs: [ReverseFulfillmentOrderDisposeInput!]!) {
	reverseFulfillmentOrderDispose(dispositionInputs: $inputs) {
		reverseFulfillmentOrderLineItems { id totalQuantity dispositions { type quantity location { id } } }
		userErrors { field message code }
	}
}`;

const WAREHOUSE = 'gid://shopify/Location/80000000001';
const RETURNS_CENTRE = 'gid://shopify/Location/80000000002';
const CLOSED = 'gid://shopify/Location/80000000003';

describe('returns in the Shopify simulator', () => {
	let shop: TestShop;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	afterEach(() => shop.simulator.reset());

	const SHIRTS = { lines: [{ sku: 'SHIRT', title: 'Shirt', quantity: 3, unitPrice: '20.00', taxes: [{ title: 'VAT', rate: 0.1 }] }, { sku: 'CAP', title: 'Cap', quantity: 1, unitPrice: '9.99' }] };
	const line = (order: OrderSummary, index: number, more: Record<string, unknown> = {}) => ({ fulfillmentLineItemId: order.lines[index]?.fulfillmentLineItems[0]?.id, quantity: 1, returnReason: 'DEFECTIVE', ...more });
	const create = (input: Record<string, unknown>) => shop.graphql(CREATE, { input });
	const request = (input: Record<string, unknown>) => shop.graphql(REQUEST, { input });
	const simple = async (mutation: string, id: string) => {
		const answer = await shop.graphql(`mutation ($id: ID!) { ${mutation}(id: $id) { return { id status closedAt } userErrors { field message code } } }`, { id });
		return at(answer, `data.${mutation}`);
	};
	const statusOf = async (order: OrderSummary) => at(await shop.graphql(`{ order(id: "${order.id}") { returnStatus } }`), 'data.order.returnStatus');
	const stock = async (sku: string, location = WAREHOUSE) => {
		const levels = (await shop.control('GET', `/__sim/inventory?sku=${sku}`)) as unknown[];
		return at(levels.find((level) => at(level, 'locationId') === location), 'quantities');
	};
	const process = async (input: Record<string, unknown>) => at(await shop.graphql(PROCESS, { input }), 'data.returnProcess');
	const issue = (order: OrderSummary, amount: string) => ({ issueRefund: { orderTransactions: [{ parentId: order.transactions[0]?.id, transactionAmount: { amount, currencyCode: 'USD' } }] } });

	it('calculates the restocking fee that the return then has: 12.5 % of one of three pieces at 19.99 each, of the exact part and rounded once', async () => {
		const order = await shop.order({ lines: [{ sku: 'SHIRT', title: 'Shirt', quantity: 3, unitPrice: '19.99' }], discounts: [{ target: 'order', kind: 'fixed', value: '0.05', type: 'code' }] });
		const wanted = { fulfillmentLineItemId: order.lines[0]?.fulfillmentLineItems[0]?.id, quantity: 1, restockingFee: { percentage: 12.5 } };
		const calculated = await shop.graphql(
			'query ($input: CalculateReturnInput!) { returnCalculate(input: $input) { returnLineItems { restockingFee { amountSet { presentmentMoney { amount } } } } } }',
			{ input: { orderId: order.id, returnLineItems: [wanted] } },
		);
		const made = await shop.graphql(
			'mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { return { returnLineItems(first: 1) { nodes { ... on ReturnLineItem { restockingFee { amountSet { presentmentMoney { amount } } } } } } } } }',
			{ input: { orderId: order.id, returnLineItems: [{ ...wanted, returnReason: 'UNWANTED' }] } },
		);
		// (59.97 - 0.05) / 3 x 12.5 % = 2.4966…
		expect(minor(calculated, 'data.returnCalculate.returnLineItems.0.restockingFee.amountSet.presentmentMoney.amount')).toBe(250);
		expect(minor(made, 'data.returnCreate.return.returnLineItems.nodes.0.restockingFee.amountSet.presentmentMoney.amount')).toBe(250);
	});

	describe('creating', () => {
		it('opens a return at once, with a name, a reverse fulfilment order, and a reason looked up', async () => {
			const order = await shop.order({ name: '#1880', ...SHIRTS });
			const answer = await create({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 2 })] });
			expect(at(answer, 'data.returnCreate')).toMatchObject({
				return: { name: '#1880-R1', status: 'OPEN', totalQuantity: 2, returnLineItems: { nodes: [{ quantity: 2, returnReason: 'DEFECTIVE', returnReasonDefinition: { handle: 'defective' } }] }, reverseFulfillmentOrders: { nodes: [{ status: 'OPEN' }] } },
				userErrors: [],
			});
			expect(text(await create({ orderId: order.id, returnLineItems: [line(order, 0)] }), 'data.returnCreate.return.name')).toBe('#1880-R2');
		});

		it('refuses more units than were fulfilled and are not on another return', async () => {
			const order = await shop.order(SHIRTS);
			await create({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 2 })] });
			const answer = await create({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 2 })] });
			expect(at(answer, 'data.returnCreate.userErrors')).toEqual([{ field: ['returnInput', 'returnLineItems', '0', 'quantity'], message: 'Return line item has an invalid quantity.', code: 'INVALID' }]);
			const requested = await request({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 2 })] });
			expect(at(requested, 'data.returnRequest.userErrors')).toMatchObject([{ field: ['input', 'returnLineItems', '0', 'quantity'], code: 'INVALID' }]);
		});

		it('refuses a fulfilment line of another order', async () => {
			const order = await shop.order(SHIRTS);
			const other = await shop.order(SHIRTS);
			const answer = await create({ orderId: order.id, returnLineItems: [line(other, 0)] });
			expect(at(answer, 'data.returnCreate.userErrors')).toMatchObject([{ message: 'Fulfillment Line Item was not found.', code: 'NOT_FOUND' }]);
		});

		it('asks for a reason: NOT_FOUND when creating, BLANK when requesting', async () => {
			const order = await shop.order(SHIRTS);
			const created = await create({ orderId: order.id, returnLineItems: [line(order, 0, { returnReason: undefined })] });
			expect(at(created, 'data.returnCreate.userErrors')).toMatchObject([{ message: expect.stringContaining('Either return reason or return reason definition must be provided') as unknown, code: 'NOT_FOUND' }]);
			const requested = await request({ orderId: order.id, returnLineItems: [line(order, 0, { returnReason: undefined })] });
			expect(at(requested, 'data.returnRequest.userErrors')).toMatchObject([{ code: 'BLANK' }]);
		});

		it('bounds the notes', async () => {
			const order = await shop.order(SHIRTS);
			expect(at(await create({ orderId: order.id, returnLineItems: [line(order, 0, { returnReasonNote: 'x'.repeat(256) })] }), 'data.returnCreate.userErrors')).toMatchObject([{ code: 'TOO_LONG' }]);
			expect(at(await request({ orderId: order.id, returnLineItems: [line(order, 0, { customerNote: 'x'.repeat(301) })] }), 'data.returnRequest.userErrors')).toMatchObject([{ code: 'TOO_LONG' }]);
		});

		it('offers what can still be returned, less what is on its way back or was refunded', async () => {
			const order = await shop.order(SHIRTS);
			const offered = async () =>
				list(
					await shop.graphql(`{ returnableFulfillments(orderId: "${order.id}", first: 5) { nodes { returnableFulfillmentLineItems(first: 5) { nodes { quantity fulfillmentLineItem { lineItem { sku } } } } } } }`),
					'data.returnableFulfillments.nodes',
				).flatMap((node) => list(node, 'returnableFulfillmentLineItems.nodes').map((one) => [at(one, 'fulfillmentLineItem.lineItem.sku'), at(one, 'quantity')]));
			expect(await offered()).toEqual([['SHIRT', 3], ['CAP', 1]]);
			await request({ orderId: order.id, returnLineItems: [line(order, 0)] });
			await shop.control('POST', '/__sim/admin/refund', { orderId: order.id, lines: [{ lineItemId: order.lines[1]?.id, quantity: 1 }] });
			expect(await offered()).toEqual([['SHIRT', 2]]);
		});
	});

	describe('the life cycle', () => {
		const requested = async () => {
			const order = await shop.order(SHIRTS);
			const answer = await request({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 2 })] });
			expect(at(answer, 'data.returnRequest.return')).toMatchObject({ status: 'REQUESTED', reverseFulfillmentOrders: { nodes: [] } });
			return { order, id: text(answer, 'data.returnRequest.return.id') };
		};
		const approve = async (id: string) => at(await shop.graphql('mutation ($input: ReturnApproveRequestInput!) { returnApproveRequest(input: $input) { return { status requestApprovedAt } userErrors { field message code } } }', { input: { id } }), 'data.returnApproveRequest');
		const decline = async (id: string, note = 'Too late') =>
			at(await shop.graphql('mutation ($input: ReturnDeclineRequestInput!) { returnDeclineRequest(input: $input) { return { status decline { reason note } } userErrors { field message code } } }', { input: { id, declineReason: 'RETURN_PERIOD_ENDED', declineNote: note } }), 'data.returnDeclineRequest');

		it('goes from requested to approved, closed and reopened, and the order follows', async () => {
			const { order, id } = await requested();
			expect(await statusOf(order)).toBe('RETURN_REQUESTED');
			expect(await approve(id)).toMatchObject({ return: { status: 'OPEN' }, userErrors: [] });
			expect(await statusOf(order)).toBe('IN_PROGRESS');
			expect(await simple('returnClose', id)).toMatchObject({ return: { status: 'CLOSED' }, userErrors: [] });
			expect(await statusOf(order)).toBe('RETURNED');
			expect(await simple('returnReopen', id)).toMatchObject({ return: { status: 'OPEN', closedAt: null } });
		});

		it('answers what it was asked for when it is so already, without moving the time stamp', async () => {
			const { id } = await requested();
			await approve(id);
			const closed = await simple('returnClose', id);
			await shop.control('POST', '/__sim/clock', { advanceMs: 60_000 });
			expect(await simple('returnClose', id)).toEqual(closed);
			await simple('returnReopen', id);
			expect(await simple('returnReopen', id)).toMatchObject({ return: { status: 'OPEN' }, userErrors: [] });
			await simple('returnCancel', id);
			expect(await simple('returnCancel', id)).toMatchObject({ return: { status: 'CANCELED' }, userErrors: [] });
		});

		it('refuses in the recorded words what does not fit the status', async () => {
			const { order, id } = await requested();
			expect(await simple('returnClose', id)).toMatchObject({ userErrors: [{ message: 'Return status is invalid.', code: 'INVALID_STATE' }] });
			expect(await simple('returnReopen', id)).toMatchObject({ userErrors: [{ message: 'Return status is invalid.', code: 'INVALID_STATE' }] });
			await decline(id);
			expect(await decline(id)).toMatchObject({ return: null, userErrors: [{ message: 'The return is already declined.', code: 'INVALID_STATE' }] });
			expect(await approve(id)).toMatchObject({ userErrors: [{ message: 'Return is not approvable. Only returns with status REQUESTED can be approved.', code: 'INVALID_STATE' }] });
			expect(await statusOf(order)).toBe('NO_RETURN');
			const second = await request({ orderId: order.id, returnLineItems: [line(order, 0, { quantity: 3 })] });
			const open = text(second, 'data.returnRequest.return.id');
			await approve(open);
			expect(await decline(open)).toMatchObject({ userErrors: [{ message: 'Return is not declinable. Only non-refunded returns with status REQUESTED can be declined.', code: 'INVALID_STATE' }] });
			expect(await simple('returnClose', 'gid://shopify/Return/1')).toMatchObject({ userErrors: [{ message: 'Return not found.', code: 'NOT_FOUND' }] });
		});

		it('can be cancelled until something was processed or inspected', async () => {
			const one = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			expect(await simple('returnCancel', one.returnId)).toMatchObject({ return: { status: 'CANCELED' } });
			expect(await statusOf(one.order)).toBe('NO_RETURN');
			const two = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			await process({ returnId: two.returnId, returnLineItems: [{ id: two.lines[0]?.id, quantity: 1 }] });
			expect(await simple('returnCancel', two.returnId)).toMatchObject({ userErrors: [{ message: 'Return is not cancelable.', code: 'INVALID_STATE' }] });
		});

		it('closes when its last unit is taken off', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const remove = async (quantity: number) =>
				at(
					await shop.graphql('mutation ($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) { removeFromReturn(returnId: $id, returnLineItems: $lines) { return { status totalQuantity } userErrors { field message code } } }', {
						id: returnId,
						lines: [{ returnLineItemId: lines[0]?.id, quantity }],
					}),
					'data.removeFromReturn',
				);
			expect(await remove(0)).toMatchObject({ userErrors: [{ field: null, message: 'Quantity must be greater than 0', code: 'GREATER_THAN' }] });
			expect(await remove(3)).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
			expect(await remove(1)).toMatchObject({ return: { status: 'OPEN', totalQuantity: 1 }, userErrors: [] });
			expect(await remove(1)).toMatchObject({ return: { status: 'CLOSED', totalQuantity: 0 } });
			expect(await statusOf(order)).toBe('RETURNED');
			expect(await remove(1)).toMatchObject({ userErrors: [{ message: 'Return status is invalid.', code: 'INVALID_STATE' }] });
		});

		it('is found among the returns of its order by id and status', async () => {
			const { order, returnId } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const found = async (query: string) => list(await shop.graphql('query ($id: ID!, $query: String) { order(id: $id) { returns(first: 5, query: $query) { nodes { id } } } }', { id: order.id, query }), 'data.order.returns.nodes');
			expect(await found(`id:${returnId.split('/').at(-1) ?? ''}`)).toEqual([{ id: returnId }]);
			expect(await found('status:CLOSED')).toEqual([]);
			expect(await found('status:OPEN')).toEqual([{ id: returnId }]);
		});
	});

	describe('dispositions', () => {
		const dispose = async (...inputs: object[]) => at(await shop.graphql(DISPOSE, { inputs }), 'data.reverseFulfillmentOrderDispose');
		const one = (returned: ReturnedOrder, dispositionType: string, quantity: number, more: object = {}, index = 0) => ({ reverseFulfillmentOrderLineItemId: returned.lines[index]?.reverseLineId, dispositionType, quantity, ...more });

		it('restocked: the units are on the shelf of that location, and no money moves', async () => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const before = await stock('SHIRT');
			expect(await dispose(one(returned, 'RESTOCKED', 1, { locationId: WAREHOUSE }), one(returned, 'RESTOCKED', 1, { locationId: RETURNS_CENTRE }))).toMatchObject({
				reverseFulfillmentOrderLineItems: [{ totalQuantity: 2, dispositions: [{ type: 'RESTOCKED', quantity: 1, location: { id: WAREHOUSE } }, { type: 'RESTOCKED', location: { id: RETURNS_CENTRE } }] }],
				userErrors: [],
			});
			expect(at(await stock('SHIRT'), 'available')).toBe(Number(at(before, 'available')) + 1);
			expect(at(await stock('SHIRT'), 'on_hand')).toBe(Number(at(before, 'on_hand')) + 1);
			expect(await stock('SHIRT', RETURNS_CENTRE)).toMatchObject({ available: 1, on_hand: 1 });
			const answer = await shop.graphql(`{ return(id: "${returned.returnId}") { refunds(first: 1) { nodes { id } } reverseFulfillmentOrders(first: 1) { nodes { status } } } }`);
			expect(at(answer, 'data.return')).toEqual({ refunds: { nodes: [] }, reverseFulfillmentOrders: { nodes: [{ status: 'CLOSED' }] } });
		});

		it.each(['NOT_RESTOCKED', 'MISSING', 'PROCESSING_REQUIRED'])('%s: nothing reaches a shelf', async (type) => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const before = await stock('SHIRT');
			expect(await dispose(one(returned, type, 1), one(returned, type, 1, { locationId: WAREHOUSE }))).toMatchObject({ userErrors: [] });
			expect(await stock('SHIRT')).toEqual(before);
		});

		it('set aside for processing: each unit can still be settled once', async () => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			await dispose(one(returned, 'PROCESSING_REQUIRED', 2));
			expect(await dispose(one(returned, 'PROCESSING_REQUIRED', 1))).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
			expect(await dispose(one(returned, 'RESTOCKED', 2, { locationId: WAREHOUSE }))).toMatchObject({ userErrors: [] });
			expect(await dispose(one(returned, 'NOT_RESTOCKED', 1))).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
		});

		it('never settle more units than came back, in one call or several', async () => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const before = await stock('SHIRT');
			expect(await dispose(one(returned, 'RESTOCKED', 2, { locationId: WAREHOUSE }), one(returned, 'MISSING', 1))).toMatchObject({ reverseFulfillmentOrderLineItems: null, userErrors: [{ field: ['dispositionInputs', '1', 'quantity'], code: 'INVALID' }] });
			expect(await stock('SHIRT')).toEqual(before);
			await dispose(one(returned, 'MISSING', 1));
			expect(await dispose(one(returned, 'RESTOCKED', 2, { locationId: WAREHOUSE }))).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
		});

		it('refuse in the recorded words: nothing, another parcel, a wrong id', async () => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const other = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			expect(await dispose()).toMatchObject({ userErrors: [{ message: 'The array cannot be empty.', code: 'BLANK' }] });
			expect(await dispose(one(returned, 'MISSING', 1), one(other, 'MISSING', 1))).toMatchObject({ userErrors: [{ message: 'Cannot dispose items from more than one reverse fulfillment order.', code: 'INVALID' }] });
			const wrong = await shop.graphql(DISPOSE, { inputs: [{ ...one(returned, 'MISSING', 1), reverseFulfillmentOrderLineItemId: returned.returnId }] });
			expect(wrong).toMatchObject({ data: { reverseFulfillmentOrderDispose: null }, errors: [{ message: `Invalid id: ${returned.returnId}`, extensions: { code: 'RESOURCE_NOT_FOUND' } }] });
		});

		it.each([
			['without a location', {}],
			['at a closed location', { locationId: CLOSED }],
			['at an unknown location', { locationId: 'gid://shopify/Location/1' }],
		])('do not restock %s', async (_what, more) => {
			const returned = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			expect(await dispose(one(returned, 'RESTOCKED', 1, more))).toMatchObject({ userErrors: [{ field: ['dispositionInputs', '0', 'locationId'] }] });
		});

		it('do not restock a custom item, nor anything of a closed return', async () => {
			const custom = await shop.returned({ lines: [{ title: 'Engraving', custom: true, quantity: 1, unitPrice: '5.00' }] }, [{ line: 0, quantity: 1 }]);
			expect(await dispose(one(custom, 'RESTOCKED', 1, { locationId: WAREHOUSE }))).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
			expect(await dispose(one(custom, 'NOT_RESTOCKED', 1))).toMatchObject({ userErrors: [] });
			const closed = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			await simple('returnClose', closed.returnId);
			expect(await dispose(one(closed, 'RESTOCKED', 1, { locationId: WAREHOUSE }))).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
		});
	});

	describe('returnProcess', () => {
		it('refunds and restocks in one call, linked to the return, with the note', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const before = Number(at(await stock('SHIRT'), 'available'));
			const answer = await process({
				returnId,
				note: 'RMA 7',
				returnLineItems: [{ id: lines[0]?.id, quantity: 2, dispositions: [{ reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity: 1, dispositionType: 'RESTOCKED', locationId: WAREHOUSE }, { reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity: 1, dispositionType: 'NOT_RESTOCKED' }] }],
				financialTransfer: issue(order, '44.00'),
			});
			expect(answer).toMatchObject({
				userErrors: [],
				return: {
					status: 'OPEN',
					returnLineItems: { nodes: [{ quantity: 2, processedQuantity: 2, unprocessedQuantity: 0, processableQuantity: 0, refundedQuantity: 2, refundableQuantity: 0 }] },
					refunds: {
						nodes: [
							{
								note: 'RMA 7',
								return: { id: returnId },
								totalRefundedSet: { presentmentMoney: { amount: '44.0' } },
								refundLineItems: { nodes: [{ quantity: 1, restockType: 'RETURN', restocked: true }, { quantity: 1, restockType: 'NO_RESTOCK', restocked: false }] },
								orderAdjustments: { nodes: [] },
							},
						],
					},
					order: { returnStatus: 'IN_PROGRESS', displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: { presentmentMoney: { amount: '44.0' } }, totalOutstandingSet: { presentmentMoney: { amount: '0.0' } } },
				},
			});
			expect(at(await stock('SHIRT'), 'available')).toBe(before + 1);
		});

		it('moves neither money nor stock unless told to', async () => {
			const { returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
			const before = await stock('SHIRT');
			expect(await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }] })).toMatchObject({
				userErrors: [],
				return: { returnLineItems: { nodes: [{ processedQuantity: 1, unprocessedQuantity: 1, refundedQuantity: 0 }] }, refunds: { nodes: [] }, order: { displayFinancialStatus: 'PAID' } },
			});
			expect(await stock('SHIRT')).toEqual(before);
		});

		it('can be repeated for the rest, and then has nothing left', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 3 }]);
			const some = (quantity: number, amount: string) => process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity }], financialTransfer: issue(order, amount) });
			expect(await some(1, '22.00')).toMatchObject({ userErrors: [] });
			expect(await some(3, '66.00')).toMatchObject({ return: null, userErrors: [{ field: ['input', 'returnLineItems', '0', 'quantity'], message: 'Return line item has an invalid quantity.', code: 'INVALID' }] });
			expect(await some(2, '44.00')).toMatchObject({ userErrors: [] });
			expect(await some(1, '1.00')).toMatchObject({ userErrors: [{ message: 'Return line item has an invalid quantity.' }] });
		});

		it('has no idempotency: the directive is refused', async () => {
			const { returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const answer = await shop.graphql(PROCESS.replace('returnProcess(input: $input)', 'returnProcess(input: $input) @idempotent(key: "k")'), { input: { returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }] } });
			expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_REQUEST');
		});

		it('refuses the line of another return, a closed return, and a call about nothing', async () => {
			const { returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const other = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			expect(await process({ returnId, returnLineItems: [{ id: other.lines[0]?.id, quantity: 1 }] })).toMatchObject({ userErrors: [{ message: 'Return line item was not found.', code: 'NOT_FOUND' }] });
			expect(await process({ returnId })).toMatchObject({ userErrors: [{ code: 'BLANK' }] });
			await simple('returnClose', returnId);
			expect(await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }] })).toMatchObject({ userErrors: [{ message: 'Return status is invalid.', code: 'INVALID_STATE' }] });
		});

		it('checks the money before it moves the stock', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const before = await stock('SHIRT');
			const dispositions = [{ reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity: 1, dispositionType: 'RESTOCKED', locationId: WAREHOUSE }];
			const answer = await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1, dispositions }], financialTransfer: issue(order, '500.00') });
			expect(answer).toMatchObject({ return: null, userErrors: [{ message: 'Refund amount $500.00 is greater than net payment received $75.99' }] });
			expect(await stock('SHIRT')).toEqual(before);
			const excessive = await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1, dispositions: [{ ...dispositions[0], quantity: 2 }] }], financialTransfer: issue(order, '22.00') });
			expect(excessive).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
		});

		it.each<[string, object | undefined]>([
			['the wrong currency', { transactionAmount: { amount: '1.00', currencyCode: 'EUR' } }],
			['a payment of nobody', { parentId: 'gid://shopify/OrderTransaction/1' }],
			['no money at all', undefined],
		])('refuses %s', async (_what, transaction) => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const orderTransactions = transaction === undefined ? [] : [{ parentId: order.transactions[0]?.id, transactionAmount: { amount: '1.00', currencyCode: 'USD' }, ...transaction }];
			const answer = await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }], financialTransfer: { issueRefund: { orderTransactions } } });
			expect(answer).toMatchObject({ return: null, userErrors: [{ field: expect.arrayContaining(['financialTransfer', 'issueRefund']) as unknown }] });
		});

		it('does not pay for units that were refunded outside the return', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 3 }]);
			await shop.graphql(REFUND, { input: { orderId: order.id, refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 2 }], transactions: [{ orderId: order.id, parentId: order.transactions[0]?.id, amount: '44.00', gateway: 'shopify_payments', kind: 'REFUND' }] }, key: freshKey() });
			const wanted = { returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 2 }] };
			expect(await process({ ...wanted, financialTransfer: issue(order, '31.00') })).toMatchObject({ userErrors: [{ field: ['input', 'returnLineItems', '0', 'quantity'], code: 'INVALID' }] });
			expect(await process(wanted)).toMatchObject({ userErrors: [] });
			expect(await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }], financialTransfer: issue(order, '22.00') })).toMatchObject({ userErrors: [] });
		});

		it('gives store credit only', async () => {
			const { order, returnId, lines } = await shop.returned(SHIRTS, [{ line: 1, quantity: 1 }]);
			const answer = await process({
				returnId,
				returnLineItems: [{ id: lines[0]?.id, quantity: 1 }],
				financialTransfer: { issueRefund: { orderTransactions: [], refundMethods: [{ storeCreditRefund: { amount: { amount: '9.99', currencyCode: 'USD' } } }] } },
			});
			expect(answer).toMatchObject({ userErrors: [], return: { refunds: { nodes: [{ totalRefundedSet: { presentmentMoney: { amount: '9.99' } }, orderAdjustments: { nodes: [] } }] } } });
			expect(text(await shop.graphql(`{ customer(id: "${order.customer.id}") { storeCreditAccounts(first: 1) { nodes { balance { amount } } } } }`), 'data.customer.storeCreditAccounts.nodes.0.balance.amount')).toBe('9.99');
		});

		it('is the business of the return scope alone', async () => {
			const { returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			await shop.control('POST', '/__sim/apps', { clientId: 'narrow', clientSecret: 's', token: 'shpat_narrow', scopes: ['read_returns', 'write_orders'] });
			const answer = await shop.graphql(PROCESS, { input: { returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }] } }, { token: 'shpat_narrow' });
			expect(answer).toMatchObject({ data: { returnProcess: null }, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
		});
	});

	describe('suggestedFinancialOutcome', () => {
		const outcome = async (returnId: string, lines: unknown[], more: Record<string, unknown> = {}) => at(await shop.graphql(OUTCOME, { id: returnId, lines, exchange: [], ...more }), 'data.return.suggestedFinancialOutcome');

		it('is what returnProcess then takes without a difference, fees and shipping included', async () => {
			const { order, returnId, lines } = await shop.returned({ ...SHIRTS, shipping: { price: '5.00' } }, [{ line: 0, quantity: 2, fee: 12.5 }]);
			const wanted = [{ id: lines[0]?.id, quantity: 2 }];
			// 40.00 + 4.00 tax − 12.5 % of 40.00 + 5.00 shipping
			const suggestion = await outcome(returnId, wanted, { shipping: { fullRefund: true } });
			expect(suggestion).toMatchObject({
				totalTax: { presentmentMoney: { amount: '4.0' } },
				financialTransfer: { __typename: 'RefundReturnOutcome', amount: { presentmentMoney: { amount: '44.0' } }, suggestedTransactions: [{ amountSet: { presentmentMoney: { amount: '44.0' } }, parentTransaction: { id: order.transactions[0]?.id } }] },
			});
			const answer = await process({ returnId, returnLineItems: wanted, refundShipping: { fullRefund: true }, financialTransfer: issue(order, '44.00') });
			expect(answer).toMatchObject({ userErrors: [], return: { refunds: { nodes: [{ orderAdjustments: { nodes: [] } }] }, order: { totalOutstandingSet: { presentmentMoney: { amount: '0.0' } } } } });
		});

		it('takes the same fee whether the units are processed together or one by one', async () => {
			const { order, returnId, lines } = await shop.returned({ lines: [{ sku: 'ODD', title: 'Odd', quantity: 3, unitPrice: '3.33' }] }, [{ line: 0, quantity: 3, fee: 10 }]);
			const amounts: number[] = [];
			for (let unit = 0; unit < 3; unit += 1) {
				const suggestion = await outcome(returnId, [{ id: lines[0]?.id, quantity: 1 }]);
				const amount = text(suggestion, 'financialTransfer.amount.presentmentMoney.amount');
				amounts.push(minor(suggestion, 'financialTransfer.amount.presentmentMoney.amount'));
				expect(await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }], financialTransfer: issue(order, amount) })).toMatchObject({ userErrors: [] });
			}
			// 9.99 less 10 % of it, which is 1.00
			expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(899);
		});

		it('is nothing when fees eat the value up', async () => {
			const { returnId, lines } = await shop.returned({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '5.00' }] }, [{ line: 0, quantity: 1, fee: 100 }]);
			expect(await outcome(returnId, [{ id: lines[0]?.id, quantity: 1 }])).toMatchObject({ financialTransfer: null });
		});

		it('is an invoice when the exchange is worth more, and the exchange line joins the order when processed', async () => {
			await shop.control('POST', '/__sim/products', { sku: 'COAT', title: 'Coat', price: '80.00', available: 4 });
			const variants = await shop.graphql('{ productVariants(first: 1, query: "sku:COAT") { nodes { id } } }');
			const order = await shop.order(SHIRTS);
			const created = await shop.graphql(
				'mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { return { id returnLineItems(first: 1) { nodes { id } } exchangeLineItems(first: 1) { nodes { id } } } userErrors { message } } }',
				{ input: { orderId: order.id, returnLineItems: [line(order, 0)], exchangeLineItems: [{ variantId: text(variants, 'data.productVariants.nodes.0.id'), quantity: 1 }] } },
			);
			const returnId = text(created, 'data.returnCreate.return.id');
			const lines = [{ id: text(created, 'data.returnCreate.return.returnLineItems.nodes.0.id'), quantity: 1 }];
			const exchange = [{ id: text(created, 'data.returnCreate.return.exchangeLineItems.nodes.0.id'), quantity: 1 }];
			expect(await outcome(returnId, lines, { exchange })).toMatchObject({ financialTransfer: { __typename: 'InvoiceReturnOutcome', invoice: { presentmentMoney: { amount: '58.0' } } } });
			expect(await process({ returnId, returnLineItems: lines, exchangeLineItems: exchange })).toMatchObject({ userErrors: [] });
			expect(list(await shop.graphql(`{ order(id: "${order.id}") { lineItems(first: 5) { nodes { sku unfulfilledQuantity } } } }`), 'data.order.lineItems.nodes').at(-1)).toEqual({ sku: 'COAT', unfulfilledQuantity: 1 });
			expect(await stock('COAT')).toMatchObject({ available: 3, committed: 1 });
		});

		it('refunds a tip when asked to', async () => {
			const { order, returnId, lines } = await shop.returned({ lines: [{ sku: 'A', title: 'A', quantity: 1, unitPrice: '5.00' }], tip: '2.00' }, [{ line: 0, quantity: 1 }]);
			const tip = order.lines.find(({ isTip }) => isTip)?.id;
			expect(await outcome(returnId, [{ id: lines[0]?.id, quantity: 1 }], { tip })).toMatchObject({ financialTransfer: { amount: { presentmentMoney: { amount: '7.0' } } } });
			expect(await process({ returnId, returnLineItems: [{ id: lines[0]?.id, quantity: 1 }], tipLineId: tip, financialTransfer: issue(order, '7.00') })).toMatchObject({ userErrors: [], return: { order: { displayFinancialStatus: 'REFUNDED' } } });
		});

		it('is an error for units that are not there', async () => {
			const { returnId, lines } = await shop.returned(SHIRTS, [{ line: 0, quantity: 1 }]);
			const answer = await shop.graphql(OUTCOME, { id: returnId, lines: [{ id: lines[0]?.id, quantity: 2 }], exchange: [] });
			expect(answer.errors?.[0]?.message).toBe('Return line item has an invalid quantity.');
		});
	});

	it('puts a label and tracking on the way back', async () => {
		const { returnId } = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
		const reverse = text(await shop.graphql(`{ return(id: "${returnId}") { reverseFulfillmentOrders(first: 1) { nodes { id } } } }`), 'data.return.reverseFulfillmentOrders.nodes.0.id');
		const answer = await shop.graphql(
			`mutation ($id: ID!) { reverseDeliveryCreateWithShipping(reverseFulfillmentOrderId: $id, reverseDeliveryLineItems: [], trackingInput: { number: "1Z", url: "https://carrier.example/1Z" }, labelInput: { fileUrl: "https://labels.example/1.pdf" }) {
				reverseDelivery { id deliverable { ... on ReverseDeliveryShippingDeliverable { tracking { number } label { publicFileUrl } } } reverseDeliveryLineItems(first: 5) { nodes { quantity } } }
				userErrors { message }
			} }`,
			{ id: reverse },
		);
		expect(at(answer, 'data.reverseDeliveryCreateWithShipping')).toMatchObject({
			reverseDelivery: { deliverable: { tracking: { number: '1Z' }, label: { publicFileUrl: 'https://labels.example/1.pdf' } }, reverseDeliveryLineItems: { nodes: [{ quantity: 2 }] } },
			userErrors: [],
		});
	});

	it('lets a person dispose and refund in the admin', async () => {
		const { order, returnId } = await shop.returned(SHIRTS, [{ line: 0, quantity: 2 }]);
		await shop.control('POST', '/__sim/admin/dispose', { returnId, lines: [{ lineItemId: order.lines[0]?.id, quantity: 1, type: 'RESTOCKED' }] });
		await shop.control('POST', '/__sim/admin/refund', { orderId: order.id, returnId, lines: [{ lineItemId: order.lines[0]?.id, quantity: 1 }] });
		const answer = await shop.graphql(`{ return(id: "${returnId}") { returnLineItems(first: 1) { nodes { processedQuantity refundedQuantity } } refunds(first: 1) { nodes { totalRefundedSet { presentmentMoney { amount } } } } } }`);
		expect(at(answer, 'data.return')).toEqual({ returnLineItems: { nodes: [{ processedQuantity: 1, refundedQuantity: 1 }] }, refunds: { nodes: [{ totalRefundedSet: { presentmentMoney: { amount: '22.0' } } }] } });
	});
});
