/**
 * Input that no honest caller sends, given to the node itself: every case ends in a typed answer, and nothing is changed in Shopify. The arithmetic
 * behind has cases of its own in test/unit/returns/refund.hostile.test.ts; together they are more than two hundred.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import { ShopifyReturns } from '../../nodes/ShopifyReturns/ShopifyReturns.node';
import { EXCEPTIONS } from '../../returns/exceptions';
import { runNode, searchList } from '../engine/harness';
import { Stage } from '../engine/settlement/stage';
import { codesOf, FLAGSHIP_REFUND, type Placed } from '../support/shop';

jest.setTimeout(60_000);

interface HonestUnit extends IDataObject {
	id: string;
	lineItemId: string;
}
interface HonestRma extends IDataObject {
	id: string;
	order: { id: string; name: string };
	units: HonestUnit[];
}

let stage: Stage;
let placed: Placed & { rmaId: string };
let foreign: Placed;
let honest: HonestRma;
beforeAll(async () => {
	stage = await Stage.open();
	await stage.shopify.post('/__sim/settings', { bucketSize: 1_000_000, restoreRate: 1_000_000 });
	placed = await stage.inspectedReturn();
	foreign = await stage.placeOrder();
	honest = (await stage.readRma(placed.rmaId)) as HonestRma;
	await stage.shopify.clearRequests();
});
afterAll(async () => await stage.close());
afterEach(async () => {
	const changes = (await stage.shopifyRequests()).filter((request) => JSON.stringify(request).includes('mutation'));
	expect(changes).toEqual([]);
	await stage.shopify.clearRequests();
});

const LONG = 'x'.repeat(100_000);
/** A code of ours for what is wrong with the input; "a service did not answer" would mean that something broke inside. */
const TYPED = Object.keys(EXCEPTIONS).filter((code) => code !== 'serviceUnavailable' && code !== 'answerUnknown');

/** Asks for refund and restock, and returns the codes of the answer. */
async function codesFor(rma: unknown, parameters: INodeParameters = {}, operation: 'post' | 'process' = 'process'): Promise<string[]> {
	const given = typeof rma === 'object' && rma !== null && !Array.isArray(rma) ? (rma as IDataObject) : null;
	const settings = given === null ? { rma: rma as string, ...parameters } : parameters;
	const { settled, attention, result } = operation === 'process' ? await stage.process(given ?? {}, settings) : await stage.refund(given ?? {}, settings);
	expect(result.error).toBeUndefined();
	expect(settled).toEqual([]);
	expect(attention).toHaveLength(1);
	expect(attention[0]).toMatchObject({ outcome: 'blocked' });
	const codes = codesOf(attention[0]);
	expect(codes.length).toBeGreaterThan(0);
	for (const code of codes) expect(TYPED).toContain(code);
	expect(JSON.stringify(attention[0]).length).toBeLessThan(20_000);
	return [...new Set(codes)];
}

const changed = (change: (rma: HonestRma) => unknown): unknown => {
	const copy = structuredClone(honest);
	return change(copy) ?? copy;
};
const withUnit = (facts: object): unknown => changed((rma) => ({ ...rma, units: [{ ...rma.units[0], ...facts }, ...rma.units.slice(1)] }));

describe('an RMA that is none', () => {
	it.each([[''], ['null'], ['[]'], ['{}'], ['not json'], ['{"id":'], ['true'], ['42'], ['"text"'], ['[{"id":"1"}]'], ['{"__proto__":{"polluted":true}}'], ['{"constructor":{"prototype":{"polluted":true}}}'], ['undefined'], ['NaN'], ['{{ $json }}'], ['\u0000'], ['💸'], [LONG]])(
		'is refused (%#)',
		async (text) => {
			expect(await codesFor(text)).toEqual(['invalidInput']);
			expect({}).not.toHaveProperty('polluted');
		},
	);

	it.each([['__proto__'], ['constructor'], ['1; DROP TABLE'], [''], ['-1'], ['0x10'], ['1e3'], ['9'.repeat(21)], ['１２３'], ['١٢٣'], ['1\u0000'], ['1 2'], [1000001], [null], [Number.NaN], [{}], [['1']], [true], [LONG]])('with such an id is refused (%#)', async (id) => {
		expect(await codesFor(changed((rma) => ({ ...rma, id })))).toEqual(['invalidInput']);
	});

	it.each([
		[null, 'invalidInput'],
		[{}, 'invalidInput'],
		[{ id: '', name: '#1' }, 'invalidInput'],
		[{ id: '1', name: '#1' }, 'invalidInput'],
		[{ id: 1, name: '#1' }, 'invalidInput'],
		[{ id: 'gid://shopify/LineItem/1', name: '#1' }, 'invalidInput'],
		[{ id: 'gid://shopify/Order/1?x=1', name: '#1' }, 'invalidInput'],
		[{ id: 'gid://shopify/Order/1" OR id:*', name: '#1' }, 'invalidInput'],
		[{ id: 'gid://shopify/Order/-1', name: '#1' }, 'invalidInput'],
		[{ id: 'gid://shopify/Order/1', name: LONG }, 'invalidInput'],
		[{ id: null, name: '#1' }, 'rmaWithoutOrder'],
		[{ id: 'gid://shopify/Order/1', name: '#1' }, 'orderNotFound'],
	])('with the order %j is refused as %s', async (order, code) => {
		expect(await codesFor(changed((rma) => ({ ...rma, order })))).toEqual([code]);
	});

	it.each([[undefined], [null], ['none'], [{}], [[null]], [[{}]], [[{ id: '1' }]]])('with the transactions %j is refused, because nobody could tell who has paid', async (transactions) => {
		expect(await codesFor(changed((rma) => ({ ...rma, transactions })))).toEqual(['invalidInput']);
	});
});

describe('units that are none', () => {
	it.each([[null], [undefined], [{}], ['two'], [[]], [[null]], [['1']], [[[]]]])('%j in place of the list are refused', async (units) => {
		expect(await codesFor(changed((rma) => ({ ...rma, units })))).toEqual(['invalidInput']);
	});

	it('a unit named twice is not paid twice', async () => {
		expect(await codesFor(changed((rma) => ({ ...rma, units: [...rma.units, rma.units[0]] })))).toEqual(['invalidInput']);
	});

	it('a thousand units of a line with three pieces are refused, and one more is not even read', async () => {
		const many = (count: number) => changed((rma) => ({ ...rma, units: Array.from({ length: count }, (_, index) => ({ ...rma.units[0], id: String(index + 1) })) }));
		expect(await codesFor(many(1_000), {}, 'post')).toEqual(['nothingReturnable']);
		expect(await codesFor(many(1_001))).toEqual(['invalidInput']);
	});

	it('units of another order are not paid on this one', async () => {
		const lineItemId = foreign.lineItemIds[0];
		expect(await codesFor(changed((rma) => ({ ...rma, units: rma.units.map((unit) => ({ ...unit, lineItemId })) })))).toEqual(['skuMismatch']);
	});

	it('units that name no line are not guessed from their SKU', async () => {
		expect(await codesFor(changed((rma) => ({ ...rma, units: rma.units.map((unit) => ({ ...unit, lineItemId: null })) })))).toEqual(['skuMismatch']);
	});

	it.each<[object]>([
		[{ id: '__proto__' }],
		[{ id: 12 }],
		[{ id: '' }],
		[{ id: '1e1' }],
		[{ lineItemId: '1' }],
		[{ lineItemId: 'gid://shopify/ProductVariant/1' }],
		[{ lineItemId: 'gid://shopify/LineItem/1 OR 1=1' }],
		[{ lineItemId: 'gid://shopify/LineItem/' }],
		[{ lineItemId: {} }],
		[{ title: LONG }],
		[{ sku: { toString: 'x' } }],
		[{ resolutionType: 7 }],
		[{ validation: null }],
		[{ validation: undefined }],
		[{ validation: {} }],
		[{ validation: { validatedAt: '2026-11-01T00:00:00Z', isReturned: 'true', isRestockable: true } }],
		[{ validation: { validatedAt: 1, isReturned: true, isRestockable: true } }],
		[{ pricePaid: { amount: 'NaN', currency: 'EUR', shopAmount: '1', shopCurrency: 'EUR' } }],
		[{ pricePaid: { amount: '1e3', currency: 'EUR', shopAmount: '1', shopCurrency: 'EUR' } }],
		[{ pricePaid: '100' }],
		[{ taxPaid: { amount: 1 } }],
		[{ fees: { restocking: 'ten', return: '0', shipment: '0' } }],
		[{ fees: [] }],
		[{ taxIncluded: 'yes' }],
	])('a unit with %j is refused', async (facts) => {
		expect(await codesFor(withUnit(facts))).toEqual(['invalidInput']);
	});

	it('a price in the RMA, however high, is never what is paid', async () => {
		const dear = { amount: '999999.99', currency: 'XXX', shopAmount: '999999.99', shopCurrency: 'ZZZ' };
		expect(await codesFor(withUnit({ pricePaid: dear, taxPaid: dear }), { options: { expectedAmount: '999999.99' } }, 'post')).toEqual(['amountNotExpected']);
	});
});

describe('parameters of a refund', () => {
	it.each([['-1'], ['-81.72'], ['NaN'], ['Infinity'], ['1e2'], ['81,72'], ['81.720001'], ['٨١.٧٢'], ['81.72 EUR'], ['USD 81.72'], ['€81.72'], ['0x51'], ['81.72;'], ['081.72'], ['.5'], ['__proto__'], ['9'.repeat(40)], ['81.72\u0000'], ['81.7２']])('Expected Amount "%s" stops the refund', async (expectedAmount) => {
		expect(['invalidInput', 'amountNotExpected']).toContain((await codesFor(honest, { options: { expectedAmount } }, 'post')).join());
	});

	it.each([['0'], ['0.00'], ['81.71'], ['81.73'], ['163.44']])('Expected Amount %s is not the value, and stops the refund', async (expectedAmount) => {
		expect(await codesFor(honest, { options: { expectedAmount } }, 'post')).toEqual(['amountNotExpected']);
	});

	it.each([['-1'], ['0'], ['81.71'], ['NaN'], ['Infinity'], ['1e9'], ['unlimited'], ['∞'], ['9'.repeat(40)], ['250 EUR'], ['1.000,00'], ['81.719']])('Maximum Amount "%s" lets nothing through', async (maximumAmount) => {
		expect(['invalidInput', 'capExceeded']).toContain((await codesFor(honest, { options: { maximumAmount } }, 'post')).join());
	});

	it.each([['x'], ['0'.repeat(64)], ['__proto__'], [LONG], ['null']])('Expected Plan Hash is no formality (%#)', async (expectedPlanHash) => {
		expect(await codesFor(honest, { options: { expectedPlanHash } }, 'post')).toEqual(['planChanged']);
	});

	it.each([['-1'], ['0'], ['abc'], ['1e5'], ['１'], ['1"'], ['1 OR 1=1'], ['gid://shopify/Order/1'], ['gid://shopify/Return/1/2'], ['gid://shopify/Return/0'], ['__proto__'], [LONG]])('Shopify Return ID is an id or nothing (%#)', async (shopifyReturnId) => {
		expect(await codesFor(honest, { options: { shopifyReturnId } }, 'post')).toEqual(['invalidInput']);
	});

	it('an unknown Shopify return is not replaced by another', async () => {
		expect(await codesFor(honest, { options: { shopifyReturnId: '987654321' } }, 'post')).toEqual(['returnNotFound']);
	});

	it.each([['x'], ['1;2'], ['1,x'], ['gid://shopify/Return/1'], ['*'], ['-1'], ['1 2']])('Acknowledged Refund IDs "%s" are refused', async (acknowledgedRefundIds) => {
		expect(await codesFor(honest, { options: { acknowledgedRefundIds } }, 'post')).toEqual(['invalidInput']);
	});

	it.each([[''], ['*'], ['__proto__'], ['refundtopaymentmethod'], ['RefundToPaymentMethod;ExchangeOrder'], ['Refund'], [LONG]])('Resolutions to Refund are names, not patterns (%#)', async (refundResolutions) => {
		expect(await codesFor(honest, { refundResolutions }, 'post')).toEqual(['otherResolution']);
	});
});

describe('parameters of a restock', () => {
	const at = (value: unknown): INodeParameters => ({ locationId: { __rl: true, mode: 'id', value } as unknown as INodeParameters });

	it.each([['-1'], ['0'], ['abc'], ['1e5'], ['１'], ['gid://shopify/Order/1'], ['gid://shopify/Location/1 OR 1'], ['__proto__'], [LONG]])('Restock Location is an id or nothing (%#)', async (value) => {
		expect(await codesFor(honest, at(value))).toEqual(['invalidInput']);
	});

	it.each([['[]'], ['"x"'], ['7'], ['not json'], ['{"DE":"abc"}'], ['{"DE":-1}'], ['{"DE":{}}'], ['{"DE":null}'], ['{"DE":"1 OR 1=1"}'], ['{"DE":"gid://shopify/Order/1"}'], ['{"__proto__":"x"}']])('Location Map %s is refused', async (locationMap) => {
		expect(await codesFor(honest, { locationMap })).toEqual(['invalidInput']);
	});
});

describe('inspection results given with the item', () => {
	const given = (inspections: unknown): INodeParameters => ({ inspectionSource: 'provided', inspections: typeof inspections === 'string' ? inspections : JSON.stringify(inspections) });
	const unitId = () => honest.units[0]?.id ?? '';

	it.each<[string, () => unknown, string]>([
		['a unit of another RMA', () => [{ unitId: '999999', state: 'sellable' }], 'unknownUnit'],
		['a unit judged twice', () => [{ unitId: unitId(), state: 'sellable' }, { unitId: unitId(), state: 'damaged' }], 'invalidInput'],
		['a key of the prototype', () => [{ unitId: '__proto__', state: 'sellable' }], 'invalidInput'],
		['a number for an id', () => [{ unitId: Number(unitId()), state: 'sellable' }], 'invalidInput'],
		['no id', () => [{ state: 'sellable' }], 'invalidInput'],
		['an empty id', () => [{ unitId: '', state: 'sellable' }], 'invalidInput'],
		['no state', () => [{ unitId: unitId() }], 'invalidInput'],
		['a state in capitals', () => [{ unitId: unitId(), state: 'SELLABLE' }], 'invalidInput'],
		['a state that does not exist', () => [{ unitId: unitId(), state: 'great' }], 'invalidInput'],
		['the state "__proto__"', () => [{ unitId: unitId(), state: '__proto__' }], 'invalidInput'],
		['a yes for a state', () => [{ unitId: unitId(), state: true }], 'invalidInput'],
		['a location of another kind', () => [{ unitId: unitId(), state: 'sellable', locationId: 'gid://shopify/Order/1' }], 'invalidInput'],
		['a location with more behind it', () => [{ unitId: unitId(), state: 'sellable', locationId: 'gid://shopify/Location/1"' }], 'invalidInput'],
		['a reason of a hundred thousand characters', () => [{ unitId: unitId(), state: 'damaged', reason: LONG }], 'invalidInput'],
		['nothing at all', () => 'null', 'invalidInput'],
		['an object', () => '{}', 'invalidInput'],
		['a text', () => '"sellable"', 'invalidInput'],
		['no JSON', () => 'sellable', 'invalidInput'],
		['a null among results', () => [null], 'invalidInput'],
		['a thousand and one results', () => Array.from({ length: 1_001 }, (_, index) => ({ unitId: String(index), state: 'sellable' })), 'invalidInput'],
	])('%s', async (_name, inspections, code) => {
		expect(await codesFor(honest, given(inspections()))).toEqual([code]);
	});
});

describe('names and ids of orders and returns', () => {
	/** As an expression hands it over: n8n checks what is typed into the editor itself, and nothing of what an expression finds. */
	const read = async (resource: string, operation: string, parameters: INodeParameters, hostile: unknown = null): Promise<IDataObject> => {
		const { outputs, error } = await runNode({
			node: ShopifyReturns,
			parameters: { resource, operation, ...parameters },
			credentials: { shopifyReturnsApi: { shopDomain: stage.shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' } },
			credentialTypes: [new ShopifyReturnsApi()],
			input: [{ hostile } as IDataObject],
			continueOnFail: true,
		});
		expect(error).toBeUndefined();
		const [item] = outputs.flat();
		expect(outputs.flat()).toHaveLength(1);
		return item?.json ?? {};
	};
	const locator = (mode: string, value = '={{ $json.hostile }}'): INodeParameters => ({ __rl: true, mode, value });
	const searches = async (): Promise<string[]> => (await stage.shopifyRequests('orders')).map((request) => (request.summary as { variables: { search: string } }).variables.search);

	it.each([['*'], ['#*'], ['#'], ['""'], ['" OR name:*'], ['#1001 OR #1002'], ['name:#1001'], [`#1001" OR "1"="1`], ['#1001\\'], ['\\" OR id:>0 OR "'], ['(#1001)'], ['-#9'], ['NOT #9'], ['#100*'], ['id:>0'], ['＃1001'], ['#１００１'], ['💸'], ['\u0000'], ['\u202e1001#'], ['__proto__'], ['constructor'], ["'; DROP TABLE orders;--"], ['%'], ['_'], ['${7*7}'], ['x'.repeat(1_000)]])('the name %j finds no order, and is one quoted term to Shopify', async (name) => {
		const answer = await read('order', 'getReturnContext', { order: locator('name') }, name);
		expect(['orderNotFound', 'invalidInput']).toContain(answer.code);
		const asked = await searches();
		expect(asked).toHaveLength(1);
		for (const search of asked) expect(search).toMatch(/^name:"[^"\\]*"$/);
	});

	it.each([['0'], ['-1'], ['1e5'], ['abc'], ['1.5'], ['１'], ['1 OR 1=1'], ['gid://shopify/Return/1'], ['gid://shopify/Order/'], ['gid://shopify/Order/0'], ['gid://shopify/Order/1/2'], ['gid://shopify/Order/1?'], ['{"id":1}'], ['__proto__'], [LONG]])('the order id is an id or nothing (%#)', async (id) => {
		expect(await read('order', 'getReturnContext', { order: locator('id') }, id)).toMatchObject({ code: 'invalidInput' });
		expect(await stage.shopifyRequests()).toEqual([]);
	});

	it.each([['0'], ['-1'], ['abc'], ['gid://shopify/Order/1'], ['gid://shopify/Return/1"'], ['1,2'], ['__proto__'], [LONG]])('the return id is an id or nothing (%#)', async (id) => {
		expect(await read('return', 'get', { return: locator('id') }, id)).toMatchObject({ code: 'invalidInput' });
		expect(await stage.shopifyRequests()).toEqual([]);
	});

	it.each([[null], [undefined], [{}], [[]], [true], ['']])('%j in place of an id is refused', async (id) => {
		expect(await read('order', 'getReturnContext', { order: locator('id') }, id)).toMatchObject({ code: 'invalidInput' });
	});

	it.each([['" OR name:*'], ['*'], ['\\"'], ['name:x OR id:>0'], ['💸'], ['\u0000'], ['x'.repeat(1_000)]])('the filter %j of the editor’s list is one term to Shopify', async (filter) => {
		await searchList({
			node: ShopifyReturns,
			credentials: { shopifyReturnsApi: { shopDomain: stage.shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' } },
			credentialTypes: [new ShopifyReturnsApi()],
			method: 'searchOrders',
			filter,
		});
		for (const search of await searches()) expect(search).toMatch(/^(|name:([\w-]+|"[^"\\]*")\*)$/);
	});

	it.each<[string, unknown]>([
		['no piece', [{ sku: 'COAT-M', quantity: 0 }]],
		['a negative number of pieces', [{ sku: 'COAT-M', quantity: -2 }]],
		['half a piece', [{ sku: 'COAT-M', quantity: 0.5 }]],
		['NaN pieces', [{ sku: 'COAT-M', quantity: 'NaN' }]],
		['a thousand pieces', [{ sku: 'COAT-M', quantity: 1_000 }]],
		['more pieces than a number can count', [{ sku: 'COAT-M', quantity: 2 ** 60 }]],
		['a SKU that is not on the order', [{ sku: '__proto__', quantity: 1 }]],
		['a SKU as a pattern', [{ sku: 'COAT-*', quantity: 1 }]],
		['a SKU in other letters', [{ sku: 'ＣＯＡＴ-M', quantity: 1 }]],
		['a line id of another kind', [{ lineItemId: 'gid://shopify/Order/1', quantity: 1 }]],
		['a line of another order', [{ lineItemId: 'gid://shopify/LineItem/1', quantity: 1 }]],
		['neither line nor SKU', [{ quantity: 1 }]],
		['a note of a thousand characters', [{ sku: 'COAT-M', quantity: 1, note: 'n'.repeat(1_000) }]],
		['an empty list', []],
		['nulls', [null]],
		['no list', { sku: 'COAT-M' }],
	])('a return of %s is not created', async (_name, items) => {
		const answer = await read('return', 'create', { order: locator('id', foreign.orderId), specifyItems: 'json', itemsJson: JSON.stringify(items) });
		expect(answer.outcome).toBe('blocked');
		for (const code of codesOf(answer)) expect(TYPED).toContain(code);
		expect(codesOf(answer)).toHaveLength(1);
	});
});

describe('after all of it', () => {
	it('the order is as it was, and the honest request pays the exact amount, once', async () => {
		expect(await stage.outcome(placed.orderId)).toMatchObject({ refunds: [], dispositions: [], ledger: null, tags: [], status: null });
		const { settled } = await stage.process(honest);
		expect(settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND, moneyMoved: true } }]);
		await stage.shopify.clearRequests();
	});
});
