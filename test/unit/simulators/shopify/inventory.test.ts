import { at, freshKey, list, openShop, text, type TestShop } from './client';

const ADJUST = `mutation ($input: InventoryAdjustQuantitiesInput!, $key: String!) {
	inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
		inventoryAdjustmentGroup { id reason referenceDocumentUri changes { name delta quantityAfterChange item { sku } location { name } ledgerDocumentUri } }
		userErrors { field message code }
	}
}`;

const SET = `mutation ($input: InventorySetQuantitiesInput!, $key: String!) {
	inventorySetQuantities(input: $input) @idempotent(key: $key) { inventoryAdjustmentGroup { changes { name delta } } userErrors { field message code } }
}`;

const MOVE = `mutation ($input: InventoryMoveQuantitiesInput!, $key: String!) {
	inventoryMoveQuantities(input: $input) @idempotent(key: $key) { inventoryAdjustmentGroup { changes { name delta } } userErrors { field message code } }
}`;

const ACTIVATE = `mutation ($item: ID!, $location: ID!, $available: Int, $key: String!) {
	inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available) @idempotent(key: $key) { inventoryLevel { quantities(names: ["available"]) { quantity } } userErrors { field message } }
}`;

const WAREHOUSE = 'gid://shopify/Location/80000000001';
const RETURNS_CENTRE = 'gid://shopify/Location/80000000002';
const CLOSED = 'gid://shopify/Location/80000000003';

describe('stock in the Shopify simulator', () => {
	let shop: TestShop;
	let item: string;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(async () => {
		await shop.simulator.reset();
		item = text(await shop.control('POST', '/__sim/products', { sku: 'MUG', title: 'Mug', price: '8.00', available: 10 }), 'inventoryItemId');
	});

	const quantities = async (location = WAREHOUSE) => {
		const answer = await shop.graphql('query ($item: ID!, $location: ID!) { inventoryItem(id: $item) { inventoryLevel(locationId: $location) { quantities(names: ["available", "on_hand", "damaged", "committed"]) { name quantity } } } }', { item, location });
		const level = at(answer, 'data.inventoryItem.inventoryLevel');
		return level === null ? null : Object.fromEntries(list(level, 'quantities').map((one) => [at(one, 'name'), at(one, 'quantity')]));
	};
	const change = (more: object = {}) => ({ inventoryItemId: item, locationId: WAREHOUSE, delta: 1, changeFromQuantity: null, ...more });
	const adjust = async (input: object, key = freshKey()) => shop.graphql(ADJUST, { input: { name: 'available', reason: 'restock', changes: [change()], ...input }, key });
	const adjusted = async (input: object) => at(await adjust(input), 'data.inventoryAdjustQuantities');

	it('adjusts what can be sold and what is there together, and says by whom and why', async () => {
		expect(await adjusted({ referenceDocumentUri: 'gid://returns/Rma/7', changes: [change({ delta: 3, changeFromQuantity: 10 })] })).toMatchObject({
			inventoryAdjustmentGroup: { reason: 'restock', referenceDocumentUri: 'gid://returns/Rma/7', changes: [{ name: 'available', delta: 3, quantityAfterChange: 13, item: { sku: 'MUG' }, location: { name: 'Main Warehouse' }, ledgerDocumentUri: null }, { name: 'on_hand', delta: 3 }] },
			userErrors: [],
		});
		expect(await quantities()).toMatchObject({ available: 13, on_hand: 13 });
	});

	it('asks for changeFromQuantity to be present, null included', async () => {
		const answer = await adjust({ changes: [{ inventoryItemId: item, locationId: WAREHOUSE, delta: 1 }] });
		expect(answer).toMatchObject({ data: { inventoryAdjustQuantities: null }, errors: [{ message: 'InventoryChangeInput must include the following argument: changeFromQuantity.', extensions: { code: 'INVALID_FIELD_ARGUMENTS' } }] });
		expect(await quantities()).toMatchObject({ available: 10 });
	});

	it('answers no group when nothing changes', async () => {
		expect(await adjusted({ changes: [change({ delta: 0 })] })).toEqual({ inventoryAdjustmentGroup: null, userErrors: [] });
	});

	it.each<[string, { changes?: object[]; name?: string; reason?: string; referenceDocumentUri?: string }, string]>([
		['a stale quantity', { changes: [{ changeFromQuantity: 9 }] }, 'CHANGE_FROM_QUANTITY_STALE'],
		['a reason that is not on the list', { reason: 'because' }, 'INVALID_REASON'],
		['on_hand', { name: 'on_hand' }, 'INVALID_QUANTITY_NAME'],
		['committed', { name: 'committed' }, 'INVALID_QUANTITY_NAME'],
		['a ledger document on available', { changes: [{ ledgerDocumentUri: 'app://x/1' }] }, 'INVALID_AVAILABLE_DOCUMENT'],
		['no ledger document on damaged', { name: 'damaged' }, 'INVALID_QUANTITY_DOCUMENT'],
		['a ledger document of Shopify', { name: 'damaged', changes: [{ ledgerDocumentUri: 'gid://shopify/Order/1' }] }, 'INTERNAL_LEDGER_DOCUMENT'],
		['two ledger documents', { name: 'damaged', changes: [{ ledgerDocumentUri: 'app://x/1' }, { ledgerDocumentUri: 'app://x/2' }] }, 'MAX_ONE_LEDGER_DOCUMENT'],
		['too large a change', { changes: [{ delta: 2_000_000_001 }] }, 'INVALID_QUANTITY_TOO_HIGH'],
		['an unknown item', { changes: [{ inventoryItemId: 'gid://shopify/InventoryItem/1' }] }, 'INVALID_INVENTORY_ITEM'],
		['an unknown location', { changes: [{ locationId: 'gid://shopify/Location/1' }] }, 'INVALID_LOCATION'],
		['a closed location', { changes: [{ locationId: CLOSED }] }, 'INVALID_LOCATION'],
		['a reference that is no URI', { referenceDocumentUri: 'RMA 7' }, 'INVALID_REFERENCE_DOCUMENT'],
	])('refuses %s and changes nothing', async (_what, { changes, ...rest }, code) => {
		expect(await adjusted({ ...rest, ...(changes ? { changes: changes.map((one) => change(one)) } : {}) })).toMatchObject({ inventoryAdjustmentGroup: null, userErrors: [{ code }] });
		expect(await quantities()).toMatchObject({ available: 10, on_hand: 10 });
	});

	it('refuses one bad change and with it the good ones', async () => {
		expect(await adjusted({ changes: [change({ delta: 5 }), change({ changeFromQuantity: 3 })] })).toMatchObject({ userErrors: [{ field: ['input', 'changes', '1', 'changeFromQuantity'] }] });
		expect(await quantities()).toMatchObject({ available: 10 });
	});

	it('stocks an item at a location where it never was, since 2026-10', async () => {
		expect(await quantities(RETURNS_CENTRE)).toBeNull();
		expect(await adjusted({ changes: [change({ locationId: RETURNS_CENTRE, changeFromQuantity: 0 })] })).toMatchObject({ userErrors: [] });
		expect(await quantities(RETURNS_CENTRE)).toMatchObject({ available: 1, on_hand: 1 });
	});

	it('does a repeated request once', async () => {
		const input = { changes: [change({ delta: 2 })] };
		const first = await adjust(input, 'restock-7');
		const second = await adjust(input, 'restock-7');
		expect(text(second, 'data.inventoryAdjustQuantities.inventoryAdjustmentGroup.id')).toBe(text(first, 'data.inventoryAdjustQuantities.inventoryAdjustmentGroup.id'));
		expect(await quantities()).toMatchObject({ available: 12 });
		expect(at(await adjust({ changes: [change({ delta: 3 })] }, 'restock-7'), 'data.inventoryAdjustQuantities.userErrors')).toMatchObject([{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }]);
	});

	it.each(['inventoryAdjustQuantities', 'inventorySetQuantities', 'inventoryMoveQuantities'])('asks for @idempotent on %s', async (mutation) => {
		const input = mutation === 'inventorySetQuantities' ? { name: 'available', reason: 'restock', quantities: [] } : { reason: 'restock', changes: [], ...(mutation === 'inventoryAdjustQuantities' ? { name: 'available' } : { referenceDocumentUri: 'app://x/1' }) };
		const type = `I${mutation.slice(1)}Input`;
		const answer = await shop.graphql(`mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`, { input });
		expect(answer.errors?.[0]).toMatchObject({ message: 'The @idempotent directive is required for this mutation but was not provided.', path: [mutation] });
	});

	it('refuses the parent of a bundle, whose components can be restocked', async () => {
		const order = await shop.order({ lines: [{ sku: 'SET', title: 'Set', quantity: 2, unitPrice: '30.00', bundle: { components: [{ sku: 'CUP', title: 'Cup', quantity: 2 }, { sku: 'POT', title: 'Pot', quantity: 1 }] } }] });
		expect(order.lines.map(({ sku }) => sku)).toEqual(['CUP', 'POT']);
		expect(order.total.presentmentMinor).toBe(6000);
		expect(await adjusted({ changes: [change({ inventoryItemId: order.bundles[0]?.inventoryItemId })] })).toMatchObject({ userErrors: [{ code: 'NON_MUTABLE_INVENTORY_ITEM' }] });
		expect(await adjusted({ changes: [change({ inventoryItemId: order.lines[0]?.inventoryItemId })] })).toMatchObject({ userErrors: [] });
		const answer = await shop.graphql(`{ order(id: "${order.id}") { lineItems(first: 5) { nodes { sku quantity lineItemGroup { id quantity variantSku } } } } productVariant(id: "${order.bundles[0]?.variantId ?? ''}") { requiresComponents productVariantComponents(first: 5) { nodes { quantity productVariant { sku } } } } }`);
		expect(at(answer, 'data')).toMatchObject({
			order: { lineItems: { nodes: [{ sku: 'CUP', quantity: 4, lineItemGroup: { id: order.bundles[0]?.id, quantity: 2, variantSku: 'SET' } }, { sku: 'POT', quantity: 2 }] } },
			productVariant: { requiresComponents: true, productVariantComponents: { nodes: [{ quantity: 2, productVariant: { sku: 'CUP' } }, { quantity: 1, productVariant: { sku: 'POT' } }] } },
		});
	});

	it('sets available or on_hand to a number, compared with what was read', async () => {
		const set = async (name: string, quantity: number, changeFromQuantity: number | null) =>
			at(await shop.graphql(SET, { input: { name, reason: 'cycle_count_available', quantities: [{ inventoryItemId: item, locationId: WAREHOUSE, quantity, changeFromQuantity }] }, key: freshKey() }), 'data.inventorySetQuantities');
		expect(await set('available', 4, 10)).toMatchObject({ userErrors: [] });
		expect(await quantities()).toMatchObject({ available: 4, on_hand: 4 });
		expect(await set('on_hand', 9, 10)).toMatchObject({ userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }] });
		expect(await set('damaged', 1, null)).toMatchObject({ userErrors: [{ code: 'INVALID_NAME' }] });
		expect(await set('on_hand', -1, null)).toMatchObject({ userErrors: [{ code: 'INVALID_QUANTITY_NEGATIVE' }] });
		expect(await set('available', 1_000_000_001, null)).toMatchObject({ userErrors: [{ code: 'INVALID_QUANTITY_TOO_HIGH' }] });
	});

	it('moves between states at one place, with a document', async () => {
		const terminal = (name: string, more: object = {}) => ({ name, locationId: WAREHOUSE, changeFromQuantity: null, ...(name === 'available' ? {} : { ledgerDocumentUri: 'app://inspection/7' }), ...more });
		const move = async (from: object, to: object, more: object = {}) =>
			at(await shop.graphql(MOVE, { input: { reason: 'damaged', referenceDocumentUri: 'app://rma/7', changes: [{ inventoryItemId: item, quantity: 2, from, to }], ...more }, key: freshKey() }), 'data.inventoryMoveQuantities');
		expect(await move(terminal('available'), terminal('damaged'))).toMatchObject({ userErrors: [] });
		expect(await quantities()).toMatchObject({ available: 8, damaged: 2, on_hand: 10 });
		expect(await move(terminal('available'), terminal('damaged', { locationId: RETURNS_CENTRE }))).toMatchObject({ userErrors: [{ code: 'DIFFERENT_LOCATIONS' }] });
		expect(await move(terminal('damaged'), terminal('damaged'))).toMatchObject({ userErrors: [{ code: 'SAME_QUANTITY_NAME' }] });
		expect(await move(terminal('available'), terminal('damaged'), { referenceDocumentUri: 'none' })).toMatchObject({ userErrors: [{ code: 'INVALID_REFERENCE_DOCUMENT' }] });
	});

	it('activates an item at an active location, once', async () => {
		const activate = async (location: string, available?: number) => at(await shop.graphql(ACTIVATE, { item, location, available, key: freshKey() }), 'data.inventoryActivate');
		expect(await activate(RETURNS_CENTRE, 3)).toEqual({ inventoryLevel: { quantities: [{ quantity: 3 }] }, userErrors: [] });
		expect(await activate(RETURNS_CENTRE, 5)).toMatchObject({ userErrors: [{ field: ['available'] }] });
		expect(await activate(RETURNS_CENTRE)).toMatchObject({ userErrors: [] });
		expect(await activate(CLOSED, 1)).toMatchObject({ userErrors: [{ field: ['locationId'] }] });
	});

	it('finds items and variants by SKU, case by case, several when they share one', async () => {
		await shop.control('POST', '/__sim/products', { sku: 'MUG', title: 'Other mug', available: 1 });
		const answer = await shop.graphql('{ productVariants(first: 5, query: "sku:MUG") { nodes { sku } } lower: productVariants(first: 5, query: "sku:mug") { nodes { sku } } inventoryItems(first: 5, query: "sku:MUG") { nodes { duplicateSkuCount tracked } } }');
		expect(at(answer, 'data')).toEqual({ productVariants: { nodes: [{ sku: 'MUG' }, { sku: 'MUG' }] }, lower: { nodes: [] }, inventoryItems: { nodes: [{ duplicateSkuCount: 1, tracked: true }, { duplicateSkuCount: 1, tracked: true }] } });
	});

	it('lists active locations unless asked for all', async () => {
		const answer = await shop.graphql('{ active: locations(first: 5) { nodes { name } } all: locations(first: 5, includeInactive: true) { nodes { name isActive } } }');
		expect(list(answer, 'data.active.nodes')).toEqual([{ name: 'Main Warehouse' }, { name: 'Returns Centre' }]);
		expect(list(answer, 'data.all.nodes')).toHaveLength(3);
	});

	it('does not count what is not tracked', async () => {
		const { order, lines } = await shop.returned({ lines: [{ sku: 'FREE', title: 'Free', quantity: 1, unitPrice: '1.00', tracked: false }] }, [{ line: 0, quantity: 1 }]);
		const before = await shop.control('GET', '/__sim/inventory?sku=FREE');
		const answer = await shop.graphql('mutation ($inputs: [ReverseFulfillmentOrderDisposeInput!]!) { reverseFulfillmentOrderDispose(dispositionInputs: $inputs) { userErrors { message } } }', {
			inputs: [{ reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity: 1, dispositionType: 'RESTOCKED', locationId: WAREHOUSE }],
		});
		expect(at(answer, 'data.reverseFulfillmentOrderDispose.userErrors')).toEqual([]);
		expect(await shop.control('GET', '/__sim/inventory?sku=FREE')).toEqual(before);
		expect(order.lines).toHaveLength(1);
	});
});
