import { componentShares, InvalidBundleTable, parseBundleMetafield, parseBundleTable, resolveBundle, worthOf, type BundleComponent, type BundleFacts, type StockVariant } from '../../../returns/bundles';
import { line, money, pair } from './orders';

const variant = (number: number, facts: Partial<StockVariant> = {}): StockVariant => ({
	variantId: `gid://shopify/ProductVariant/${number}`,
	inventoryItemId: `gid://shopify/InventoryItem/${number}`,
	sku: `PART-${number}`,
	title: `Part ${number}`,
	tracked: true,
	requiresComponents: false,
	price: 1000,
	...facts,
});
const part = (number: number, quantity: number, facts: Partial<StockVariant> = {}): BundleComponent => ({ ...variant(number, facts), quantity });
const SET = line(1, { quantity: 3, originalUnitPrice: pair('30.00'), sku: 'SET' });
const NOTHING: BundleFacts = { metafield: null, native: null, isNativeIncomplete: false };

describe('what a line is made of', () => {
	it('is nothing special without a table, a metafield or components of Shopify’s own', () => {
		expect(resolveBundle(SET, NOTHING, {}, [])).toBeNull();
		expect(resolveBundle(SET, NOTHING, { OTHER: { 'PART-1': 1 } }, [variant(1)])).toBeNull();
	});

	it('is told by the table first, then by the metafield, then by Shopify', () => {
		const facts: BundleFacts = { metafield: '{"PART-2": 2}', native: [part(3, 3)], isNativeIncomplete: false };
		const variants = [variant(1), variant(2)];
		expect(resolveBundle(SET, facts, { SET: { 'PART-1': 1 } }, variants)).toMatchObject({ source: 'settings', components: [{ sku: 'PART-1', quantity: 1 }] });
		expect(resolveBundle(SET, facts, {}, variants)).toMatchObject({ source: 'metafield', components: [{ sku: 'PART-2', quantity: 2 }] });
		expect(resolveBundle(SET, { ...facts, metafield: null }, {}, variants)).toMatchObject({ source: 'shopify', components: [{ sku: 'PART-3', quantity: 3 }] });
	});

	it('counts a component that is named twice once, with all its pieces', () => {
		expect(resolveBundle(SET, { ...NOTHING, native: [part(1, 2), part(2, 1), part(1, 1)] }, {}, [])).toMatchObject({ components: [{ sku: 'PART-1', quantity: 3 }, { sku: 'PART-2', quantity: 1 }] });
	});

	it.each<[string, BundleFacts, Record<string, Record<string, number>>, StockVariant[], RegExp]>([
		['a component that Shopify does not have', NOTHING, { SET: { 'PART-9': 1 } }, [variant(1)], /no variant with the SKU PART-9/],
		['a SKU that two variants share', NOTHING, { SET: { 'PART-1': 1 } }, [variant(1), variant(2, { sku: 'PART-1' })], /2 variants have the SKU PART-1/],
		['a SKU in another spelling', NOTHING, { SET: { 'part-1': 1 } }, [variant(1)], /no variant/],
		['a component that is a bundle itself', NOTHING, { SET: { 'PART-1': 1 } }, [variant(1, { requiresComponents: true })], /is a bundle itself/],
		['a metafield that names no components', { ...NOTHING, metafield: 'cup and plate' }, {}, [], /does not name components/],
		['more components than were read', { ...NOTHING, native: [part(1, 1)], isNativeIncomplete: true }, {}, [], /more components/],
		['a bundle of Shopify’s without components', { ...NOTHING, native: [] }, {}, [], /names no components/],
	])('is unclear with %s', (_case, facts, table, variants, why) => {
		const bundle = resolveBundle(SET, facts, table, variants);
		expect(bundle?.kind).toBe('unclear');
		expect(bundle?.kind === 'unclear' ? bundle.why : '').toMatch(why);
	});
});

describe('a metafield', () => {
	it.each([
		['pieces by SKU', '{"CUP": 2, "PLATE": 1}', [{ sku: 'CUP', quantity: 2 }, { sku: 'PLATE', quantity: 1 }]],
		['a list with SKUs and variants', '[{"sku": "CUP", "quantity": 2}, {"variantId": "gid://shopify/ProductVariant/7"}]', [{ sku: 'CUP', quantity: 2 }, { variantId: 'gid://shopify/ProductVariant/7', quantity: 1 }]],
		['a list of variant references', '["gid://shopify/ProductVariant/7", "gid://shopify/ProductVariant/7"]', [{ variantId: 'gid://shopify/ProductVariant/7', quantity: 1 }, { variantId: 'gid://shopify/ProductVariant/7', quantity: 1 }]],
	])('may hold %s', (_case, value, expected) => {
		expect(parseBundleMetafield(value)).toEqual(expected);
	});

	it.each(['', 'CUP', '[]', '{}', '{"CUP": 0}', '{"CUP": 1.5}', '{"CUP": -1}', '{"CUP": "2"}', '{"": 1}', 'null', '["CUP"]', '["gid://shopify/Product/7"]', '[{"sku": "CUP", "quantity": 2, "price": 1}]', '{"CUP": 100000}'])('that reads %s names nothing', (value) => {
		expect(parseBundleMetafield(value)).toBeNull();
	});
});

describe('the table of the settings', () => {
	it('may be empty, and takes pieces by SKU', () => {
		expect(parseBundleTable(null)).toEqual({});
		expect(parseBundleTable({ SET: { CUP: 2 } })).toEqual({ SET: { CUP: 2 } });
	});

	it.each([[[]], ['SET'], [{ SET: {} }], [{ SET: { CUP: 0 } }], [{ SET: { CUP: 1.5 } }], [{ SET: ['CUP'] }], [{ SET: 'CUP' }], [{ '': { CUP: 1 } }]])('is refused as %j', (value) => {
		expect(() => parseBundleTable(value)).toThrow(InvalidBundleTable);
	});

	it('answers nothing for the names that every object has', () => {
		expect(resolveBundle({ ...SET, sku: 'constructor' }, NOTHING, {}, [])).toBeNull();
		expect(resolveBundle({ ...SET, sku: '__proto__' }, NOTHING, parseBundleTable(JSON.parse('{"__proto__": {"CUP": 1}}')), [])).toBeNull();
	});
});

describe('the worth of components', () => {
	it('is the bundle’s after discounts, split by list price to the cent', () => {
		const set = line(1, { quantity: 3, originalUnitPrice: pair('30.00'), discountAllocations: [pair('10.00')] });
		expect(worthOf(set, 1)).toEqual(money('26.67'));
		expect(worthOf(set, 3)).toEqual(money('80.00'));
		expect(componentShares(money('26.67'), [part(1, 2, { price: 800 }), part(2, 1, { price: 1400 })])).toEqual([money('14.22'), money('12.45')]);
	});

	it('is split by pieces when no component has a price', () => {
		expect(componentShares(money('10.00'), [part(1, 2, { price: 0 }), part(2, 1, { price: 0 })])).toEqual([money('6.67'), money('3.33')]);
	});

	it('was off by a cent in somebody else’s assembly: three thirds are the whole', () => {
		const shares = componentShares(money('100.00'), [part(1, 1), part(2, 1), part(3, 1)]);
		expect(shares.map(({ minor }) => minor)).toEqual([3334, 3333, 3333]);
	});
});
