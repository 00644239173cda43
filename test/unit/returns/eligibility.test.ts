import { judgeEligibility, type EligibilityLine, type EligibilityOrder, type RequestedItem, type ReturnableUnits, type ReturnPolicy } from '../../../returns/eligibility';

const NOW = new Date('2026-11-23T12:00:00Z');
const SHIRT = 'gid://shopify/LineItem/1';

const line = (overrides: Partial<EligibilityLine> = {}): EligibilityLine => ({ id: SHIRT, name: 'Shirt', sku: 'SHIRT-M', quantity: 3, unfulfilledQuantity: 0, isGiftCard: false, productType: 'Shirts', productTags: ['cotton'], ...overrides });
const units = (overrides: Partial<ReturnableUnits> = {}): ReturnableUnits => ({ lineItemId: SHIRT, quantity: 3, shippedAt: '2026-11-01T12:00:00Z', deliveredAt: null, ...overrides });
const order = (overrides: Partial<EligibilityOrder> = {}): EligibilityOrder => ({ id: 'gid://shopify/Order/1', name: '#1', cancelledAt: null, placedAt: '2026-10-30T00:00:00Z', tags: [], country: null, lines: [line()], returnable: [units()], ...overrides });
const policy = (overrides: Partial<ReturnPolicy> = {}): ReturnPolicy => ({ windowDays: 30, windowFrom: 'fulfillment', transitDays: 0, rules: [], finalSaleTags: [], ...overrides });
const item = (overrides: Partial<RequestedItem> = {}): RequestedItem => ({ lineItemId: SHIRT, sku: null, quantity: 1, ...overrides });
const codes = (verdict: ReturnType<typeof judgeEligibility>) => [...verdict.reasons, ...verdict.items.flatMap(({ reasons }) => reasons)].map(({ code }) => code);

it('lets units come back inside the window', () => {
	expect(judgeEligibility(order(), [item({ quantity: 3 })], policy(), NOW)).toEqual({
		isEligible: true,
		reasons: [],
		items: [{ lineItemId: SHIRT, sku: 'SHIRT-M', name: 'Shirt', requestedQuantity: 3, eligibleQuantity: 3, isEligible: true, windowDays: 30, appliedRule: null, deadline: '2026-12-01T12:00:00.000Z', reasons: [] }],
	});
});

it('closes the window to the second', () => {
	const closes = new Date('2026-12-01T12:00:00Z');
	expect(judgeEligibility(order(), [item()], policy(), closes).isEligible).toBe(true);
	const late = judgeEligibility(order(), [item()], policy(), new Date(closes.getTime() + 1));
	expect(codes(late)).toEqual(['returnWindowOver']);
	expect(late.items[0]?.reasons[0]?.message).toContain('2026-12-01T12:00:00.000Z');
});

it.each([
	['fulfillment', null, 0, false],
	['delivery', null, 0, false],
	['delivery', null, 5, true],
	['delivery', '2026-11-04T12:00:00Z', 0, true],
	['delivery', '2026-11-02T12:00:00Z', 20, false],
] as const)('counts from the %s (%s, transit %i days)', (windowFrom, deliveredAt, transitDays, isEligible) => {
	expect(judgeEligibility(order({ returnable: [units({ deliveredAt })] }), [item()], policy({ windowDays: 20, windowFrom, transitDays }), NOW).isEligible).toBe(isEligible);
});

it('judges each parcel by its own date', () => {
	const parcels = [units({ quantity: 1, shippedAt: '2026-10-01T00:00:00Z' }), units({ quantity: 2 })];
	const verdict = judgeEligibility(order({ returnable: parcels }), [item({ quantity: 3 })], policy(), NOW);
	expect(verdict.items[0]).toMatchObject({ eligibleQuantity: 2, isEligible: false, deadline: '2026-12-01T12:00:00.000Z' });
	expect(codes(verdict)).toEqual(['returnWindowOver']);
	expect(verdict.items[0]?.reasons[0]?.message).toContain('2026-10-31');
	expect(judgeEligibility(order({ returnable: parcels }), [item({ quantity: 2 })], policy(), NOW).isEligible).toBe(true);
});

it('gives each piece once, however the entries are spread', () => {
	const verdict = judgeEligibility(order({ lines: [line({ quantity: 2 })], returnable: [units({ quantity: 2 })] }), [item(), item({ sku: 'SHIRT-M', lineItemId: null }), item()], policy(), NOW);
	expect(verdict.items.map(({ isEligible }) => isEligible)).toEqual([true, true, false]);
	expect(verdict.isEligible).toBe(false);
	// Nothing was returned before: the request itself asks for one piece too many.
	expect(codes(verdict)).toEqual(['nothingReturnable']);
	expect(verdict.items[2]?.reasons[0]?.message).toContain('3 pieces of Shirt are to come back, and #1 has 2 of them');
});

it('counts together what several entries ask of a line, also where nothing of it is in time', () => {
	const late = order({ lines: [line({ quantity: 2 })], returnable: [units({ quantity: 2, shippedAt: '2026-01-01T00:00:00Z' })] });
	const verdict = judgeEligibility(late, [item(), item(), item()], policy(), NOW);
	expect(verdict.items.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([['returnWindowOver'], ['returnWindowOver'], ['nothingReturnable', 'returnWindowOver']]);
});

it('names the other return for the piece that is too many, and lets the others come back', () => {
	const verdict = judgeEligibility(order({ returnable: [units({ quantity: 2 })] }), [item(), item(), item()], policy(), NOW);
	expect(verdict.items.map(({ eligibleQuantity, reasons }) => [eligibleQuantity, ...reasons.map(({ code }) => code)])).toEqual([[1], [1], [0, 'returnedAlready']]);
});

it('gives first the pieces whose window closes first', () => {
	const parcels = [units({ quantity: 1, shippedAt: '2026-11-20T12:00:00Z' }), units({ quantity: 1, shippedAt: '2026-10-25T12:00:00Z' }), units({ quantity: 1, shippedAt: '2026-09-01T12:00:00Z' })];
	const verdict = judgeEligibility(order({ returnable: parcels }), [item(), item(), item()], policy(), NOW);
	expect(verdict.items.map(({ isEligible }) => isEligible)).toEqual([true, true, false]);
	expect(codes(verdict)).toEqual(['returnWindowOver']);
	expect(verdict.items[2]?.reasons[0]?.message).toContain('2026-10-01');
});

it('keeps the lines of an order apart', () => {
	const two = order({ lines: [line(), line({ id: 'gid://shopify/LineItem/2', sku: 'MUG', name: 'Mug', quantity: 1, productTags: ['final-sale'] })], returnable: [units(), units({ lineItemId: 'gid://shopify/LineItem/2', quantity: 1 })] });
	const verdict = judgeEligibility(two, [item({ quantity: 3 }), item({ lineItemId: null, sku: 'MUG' })], policy({ finalSaleTags: ['final-sale'] }), NOW);
	expect(verdict.items.map(({ name, isEligible }) => [name, isEligible])).toEqual([['Shirt', true], ['Mug', false]]);
	expect(verdict.isEligible).toBe(false);
});

it.each([
	['more than were bought', order(), 4, ['nothingReturnable']],
	['pieces that are on another return', order({ returnable: [units({ quantity: 1 })] }), 2, ['returnedAlready']],
	['pieces that are not shipped', order({ lines: [line({ unfulfilledQuantity: 2 })], returnable: [units({ quantity: 1 })] }), 2, ['notShippedYet']],
	['some of each', order({ lines: [line({ unfulfilledQuantity: 1 })], returnable: [units({ quantity: 1 })] }), 3, ['notShippedYet', 'returnedAlready']],
	['nothing that is left', order({ returnable: [] }), 1, ['returnedAlready']],
])('explains why there are fewer pieces: %s', (_name, given, quantity, expected) => {
	const verdict = judgeEligibility(given, [item({ quantity })], policy(), NOW);
	expect(codes(verdict)).toEqual(expected);
	expect(verdict.isEligible).toBe(false);
});

it.each([
	['a line that is not on the order', item({ lineItemId: 'gid://shopify/LineItem/9' })],
	['a SKU that is not on the order', item({ lineItemId: null, sku: 'HAT' })],
	['a line and a SKU that do not agree', item({ sku: 'HAT' })],
	['a SKU in another spelling', item({ lineItemId: null, sku: 'shirt-m' })],
	['neither', item({ lineItemId: null, sku: null })],
])('refuses %s', (_name, asked) => {
	expect(codes(judgeEligibility(order(), [asked], policy(), NOW))).toEqual(['skuMismatch']);
});

it.each([
	['spelled in another way', line(), ' shirt-m '],
	['where the line has none', line({ sku: null }), 'SHIRT-M'],
])('takes a line that is named by its ID with a SKU %s', (_name, given, sku) => {
	expect(judgeEligibility(order({ lines: [given] }), [item({ sku })], policy(), NOW).isEligible).toBe(true);
});

it('asks which line is meant when two have the SKU', () => {
	const twice = order({ lines: [line(), line({ id: 'gid://shopify/LineItem/2' })] });
	expect(codes(judgeEligibility(twice, [item({ lineItemId: null, sku: 'SHIRT-M' })], policy(), NOW))).toEqual(['skuMismatch']);
	expect(judgeEligibility(twice, [item({ sku: 'SHIRT-M' })], policy(), NOW).isEligible).toBe(true);
});

it('does not mistake a line without a SKU for one that is asked for without', () => {
	expect(codes(judgeEligibility(order({ lines: [line({ sku: null })] }), [item({ lineItemId: null, sku: null })], policy(), NOW))).toEqual(['skuMismatch']);
});

it.each([
	['a product', order({ lines: [line({ productTags: ['Final-Sale'] })] })],
	['an order', order({ tags: ['final-sale'] })],
])('never takes back what a tag of %s marks as final', (_name, given) => {
	const verdict = judgeEligibility(given, [item()], policy({ finalSaleTags: ['clearance', 'final-sale'] }), NOW);
	expect([codes(verdict), verdict.items[0]?.eligibleQuantity]).toEqual([['finalSale'], 0]);
});

it('never takes back a gift card, a cancelled order, or the units of another order', () => {
	expect(codes(judgeEligibility(order({ lines: [line({ isGiftCard: true })] }), [item()], policy(), NOW))).toEqual(['giftCardLine']);
	expect(judgeEligibility(order({ cancelledAt: '2026-11-02T00:00:00Z' }), [item()], policy(), NOW)).toMatchObject({ isEligible: false, reasons: [{ code: 'orderCancelled' }] });
	expect(judgeEligibility(order(), [item()], policy(), NOW, 'gid://shopify/Order/2')).toMatchObject({ isEligible: false, reasons: [{ code: 'orderMismatch' }] });
	expect(judgeEligibility(order(), [item()], policy(), NOW, 'gid://shopify/Order/1').isEligible).toBe(true);
});

it.each([
	['a cancelled order', order({ cancelledAt: '2026-11-02T00:00:00Z' }), null, 'orderCancelled'],
	['another order than the request names', order(), 'gid://shopify/Order/2', 'orderMismatch'],
])('lets no piece of %s come back, and says so of each', (_name, given, expectedOrderId, code) => {
	const verdict = judgeEligibility(given, [item({ quantity: 2 }), item({ lineItemId: null, sku: 'HAT' })], policy(), NOW, expectedOrderId);
	expect(verdict.reasons.map((reason) => reason.code)).toEqual([code]);
	expect(verdict.items.map(({ eligibleQuantity, isEligible, reasons }) => [eligibleQuantity, isEligible, ...reasons.map((reason) => reason.code)])).toEqual([[0, false, code], [0, false, code, 'skuMismatch']]);
});

it('gives every reason that there is, not only the first', () => {
	const given = order({ lines: [line({ unfulfilledQuantity: 1, productTags: ['final-sale'] })], returnable: [units({ quantity: 1, shippedAt: '2026-01-01T00:00:00Z' })] });
	expect(codes(judgeEligibility(given, [item({ quantity: 3 })], policy({ finalSaleTags: ['final-sale'] }), NOW))).toEqual(['finalSale', 'notShippedYet', 'returnedAlready', 'returnWindowOver']);
});

it.each([
	['country', 'de', { country: 'DE' }],
	['orderTag', 'VIP', { tags: ['vip'] }],
	['productTag', 'Cotton', {}],
	['productType', 'shirts', {}],
] as const)('applies a window of its own by %s', (kind, value, overrides) => {
	const rules = [{ kind, value, windowDays: 10 }];
	const verdict = judgeEligibility(order(overrides), [item()], policy({ rules }), NOW);
	expect(codes(verdict)).toEqual(['returnWindowOver']);
	expect(verdict.items[0]).toMatchObject({ windowDays: 10, appliedRule: `${kind}: ${value}` });
	expect(judgeEligibility(order(overrides), [item()], policy({ rules: [{ kind, value: 'another', windowDays: 10 }] }), NOW).isEligible).toBe(true);
});

it('takes the first rule that fits, and never for a window of 0', () => {
	const rules = [{ kind: 'productTag', value: 'cotton', windowDays: 60 }, { kind: 'productType', value: 'Shirts', windowDays: 0 }] as const;
	expect(judgeEligibility(order(), [item()], policy({ windowDays: 1, rules }), NOW).isEligible).toBe(true);
	const never = judgeEligibility(order(), [item()], policy({ rules: [...rules].reverse() }), NOW);
	expect(never.items[0]).toMatchObject({ eligibleQuantity: 0, deadline: null, reasons: [{ code: 'returnWindowOver' }] });
	expect(judgeEligibility(order({ returnable: [units({ shippedAt: NOW.toISOString() })] }), [item()], policy({ windowDays: 0 }), NOW).isEligible).toBe(false);
});

it('applies no rule of a country to an order whose country is not known', () => {
	const verdict = judgeEligibility(order({ country: null }), [item()], policy({ rules: [{ kind: 'country', value: 'DE', windowDays: 0 }] }), NOW);
	expect(verdict.items[0]).toMatchObject({ isEligible: true, windowDays: 30, appliedRule: null });
});

it('counts the window of a rule from the same moment as the usual one', () => {
	const rules = [{ kind: 'productType', value: 'Shirts', windowDays: 10 }] as const;
	const given = order({ returnable: [units({ shippedAt: '2026-11-01T12:00:00Z', deliveredAt: '2026-11-13T12:00:00Z' })] });
	expect(judgeEligibility(given, [item()], policy({ windowFrom: 'delivery', rules }), NOW).isEligible).toBe(true);
	expect(judgeEligibility(given, [item()], policy({ windowFrom: 'fulfillment', rules }), NOW).isEligible).toBe(false);
});

it('is not satisfied by a request for nothing', () => {
	expect(judgeEligibility(order(), [], policy(), NOW).isEligible).toBe(false);
});

it('leaves what it is given as it was', () => {
	const given = order();
	const copy = structuredClone(given);
	judgeEligibility(given, [item({ quantity: 2 })], policy(), NOW);
	expect(given).toEqual(copy);
});
