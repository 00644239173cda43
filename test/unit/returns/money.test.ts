import {
	CurrencyMismatch,
	InvalidMoney,
	add,
	addPair,
	allocate,
	compare,
	decimalsOf,
	equals,
	formatMoney,
	isNegative,
	isPositive,
	isZero,
	mapPair,
	max,
	min,
	moneyOf,
	multiply,
	negate,
	parseMoney,
	percentageOf,
	share,
	subtract,
	subtractPair,
	sum,
	sumPairs,
	zero,
	zeroPair,
} from '../../../returns/money';

const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('Reading an amount', () => {
	test.each([
		['0', 'USD', 0],
		['0.00', 'EUR', 0],
		['-0.00', 'EUR', 0],
		['12.5', 'EUR', 1250],
		['12.50', 'EUR', 1250],
		['15.0', 'USD', 1500],
		['-3.05', 'USD', -305],
		['0.01', 'USD', 1],
		['9.500000', 'USD', 950],
		['1250', 'JPY', 1250],
		['1250.0', 'JPY', 1250],
		['100.00', 'KRW', 100],
		['1.25', 'KWD', 1250],
		['1.255', 'KWD', 1255],
		['0.001', 'BHD', 1],
		['1500.5', 'MGA', 150050],
		['20', 'MRU', 2000],
		['7.10', 'HRK', 710],
		['3.00', 'JEP', 300],
		['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
	])('"%s" %s is %d minor units', (decimal, currency, minor) => {
		expect(parseMoney(decimal, currency)).toStrictEqual({ minor, currency });
	});

	test.each([
		['', 'notDecimal'],
		[' ', 'notDecimal'],
		[' 1.00', 'notDecimal'],
		['1.00\n', 'notDecimal'],
		['1,00', 'notDecimal'],
		['1 000.00', 'notDecimal'],
		['+1.00', 'notDecimal'],
		['--1.00', 'notDecimal'],
		['-', 'notDecimal'],
		['.50', 'notDecimal'],
		['1.', 'notDecimal'],
		['01.00', 'notDecimal'],
		['1e2', 'notDecimal'],
		['1E2', 'notDecimal'],
		['0x10', 'notDecimal'],
		['NaN', 'notDecimal'],
		['Infinity', 'notDecimal'],
		['-Infinity', 'notDecimal'],
		['null', 'notDecimal'],
		['1.0.0', 'notDecimal'],
		['$1.00', 'notDecimal'],
		['1.00 USD', 'notDecimal'],
		['١٢', 'notDecimal'],
		['１２', 'notDecimal'],
		['1.001', 'tooManyDecimals'],
		['0.005', 'tooManyDecimals'],
		['90071992547409.92', 'tooLarge'],
		['-90071992547409.92', 'tooLarge'],
		['99999999999999999999', 'tooLarge'],
	])('%j is refused as %s', (decimal, reason) => {
		expect(() => parseMoney(decimal, 'USD')).toThrow(expect.objectContaining({ name: 'InvalidMoney', reason }));
	});

	test.each(['usd', 'US', 'USDC', 'XXX', 'ZZZ', '', 'constructor', '__proto__', 'toString', 'add', 'EUR '])('the currency "%s" is refused', (currency) => {
		expect(() => parseMoney('1.00', currency)).toThrow(expect.objectContaining({ name: 'InvalidMoney', reason: 'unknownCurrency' }));
	});

	test.each([[12.5], [null], [undefined], [{}], [['1.00']], [Number.NaN]])('%p, which is no text, is refused although the types forbid it', (value) => {
		expect(() => parseMoney(value as unknown as string, 'USD')).toThrow(InvalidMoney);
	});

	test('a yen has no decimals and a dinar has three', () => {
		expect(() => parseMoney('1.5', 'JPY')).toThrow(expect.objectContaining({ reason: 'tooManyDecimals' }));
		expect(() => parseMoney('1.2345', 'KWD')).toThrow(expect.objectContaining({ reason: 'tooManyDecimals' }));
		expect(['JPY', 'EUR', 'KWD', 'MGA', 'ISK', 'HUF'].map(decimalsOf)).toEqual([0, 2, 3, 2, 0, 2]);
	});

	test('a hundred thousand digits are refused without being converted', () => {
		expect(() => parseMoney('9'.repeat(100_000), 'USD')).toThrow(expect.objectContaining({ reason: 'tooLarge' }));
	});

	test('a message quotes only the beginning of a hostile amount', () => {
		expect(() => parseMoney('x'.repeat(1_000_000), 'USD')).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,200}$/) }));
	});
});

describe('Writing an amount', () => {
	test.each([
		[0, 'USD', '0.00'],
		[5, 'USD', '0.05'],
		[-5, 'USD', '-0.05'],
		[1250, 'EUR', '12.50'],
		[-125000, 'EUR', '-1250.00'],
		[1250, 'JPY', '1250'],
		[-1, 'JPY', '-1'],
		[1250, 'KWD', '1.250'],
		[1, 'KWD', '0.001'],
		[150050, 'MGA', '1500.50'],
		[Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
		[Number.MAX_SAFE_INTEGER, 'KWD', '9007199254740.991'],
		[-Number.MAX_SAFE_INTEGER, 'JPY', '-9007199254740991'],
	])('%d minor units of %s read "%s"', (minor, currency, text) => {
		expect(formatMoney({ minor, currency })).toBe(text);
	});

	test.each([[1.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53]])('%d minor units are never written', (minor) => {
		expect(() => formatMoney(usd(minor))).toThrow(InvalidMoney);
	});
});

describe('Adding and comparing', () => {
	test('sums are exact where floats are not', () => {
		expect(formatMoney(add(parseMoney('0.10', 'USD'), parseMoney('0.20', 'USD')))).toBe('0.30');
		expect(formatMoney(subtract(parseMoney('0.30', 'USD'), parseMoney('0.10', 'USD')))).toBe('0.20');
	});

	test('two currencies are never added, subtracted, compared or summed', () => {
		const euro = { minor: 100, currency: 'EUR' };
		const mixed = [() => add(usd(1), euro), () => subtract(usd(1), euro), () => compare(usd(1), euro), () => min(usd(1), euro), () => max(usd(1), euro), () => sum([usd(1), euro], 'USD')];
		for (const act of mixed) expect(act).toThrow(CurrencyMismatch);
		expect(() => add(usd(1), euro)).toThrow(expect.objectContaining({ left: 'USD', right: 'EUR' }));
	});

	test('the same number of two currencies is not equal', () => {
		expect(equals(usd(100), { minor: 100, currency: 'EUR' })).toBe(false);
		expect(equals(usd(100), usd(100))).toBe(true);
		expect(equals(usd(100), usd(101))).toBe(false);
	});

	test('a sum that no longer counts exactly is refused', () => {
		expect(() => add(usd(Number.MAX_SAFE_INTEGER), usd(1))).toThrow(expect.objectContaining({ reason: 'tooLarge' }));
		expect(() => subtract(usd(-Number.MAX_SAFE_INTEGER), usd(1))).toThrow(expect.objectContaining({ reason: 'tooLarge' }));
		expect(() => multiply(usd(Number.MAX_SAFE_INTEGER), 2)).toThrow(expect.objectContaining({ reason: 'tooLarge' }));
	});

	test('a product that passes through big numbers and would round as a float is exact', () => {
		expect(multiply(usd(3_002_399_751_580_330), 3)).toStrictEqual(usd(9_007_199_254_740_990));
	});

	test('nothing is ever minus zero', () => {
		expect(negate(zero('USD'))).toStrictEqual(usd(0));
		expect(Object.is(moneyOf(-0, 'USD').minor, 0)).toBe(true);
		expect(Object.is(share(usd(-1), 1, 3).minor, 0)).toBe(true);
	});

	test('signs are told apart', () => {
		expect([usd(-1), usd(0), usd(1)].map(isNegative)).toEqual([true, false, false]);
		expect([usd(-1), usd(0), usd(1)].map(isZero)).toEqual([false, true, false]);
		expect([usd(-1), usd(0), usd(1)].map(isPositive)).toEqual([false, false, true]);
	});

	test('the smaller and the larger one are found, the sum of nothing is zero', () => {
		expect(min(usd(1), usd(2))).toStrictEqual(usd(1));
		expect(max(usd(1), usd(2))).toStrictEqual(usd(2));
		expect(sum([], 'JPY')).toStrictEqual({ minor: 0, currency: 'JPY' });
		expect(sum([usd(1), usd(2), usd(-4)], 'USD')).toStrictEqual(usd(-1));
	});

	test.each([[-1], [1.5], [Number.NaN], [2 ** 53]])('a price is not multiplied by %d pieces', (pieces) => {
		expect(() => multiply(usd(100), pieces)).toThrow(expect.objectContaining({ reason: 'invalidSplit' }));
	});

	test('both currencies of a pair are handled by the same rule', () => {
		const left = { presentment: { minor: 500, currency: 'EUR' }, shop: usd(550) };
		const right = { presentment: { minor: 200, currency: 'EUR' }, shop: usd(220) };
		expect(addPair(left, right)).toStrictEqual({ presentment: { minor: 700, currency: 'EUR' }, shop: usd(770) });
		expect(subtractPair(left, right)).toStrictEqual({ presentment: { minor: 300, currency: 'EUR' }, shop: usd(330) });
		expect(sumPairs([left, right], zeroPair('EUR', 'USD'))).toStrictEqual(addPair(left, right));
		expect(mapPair(left, negate)).toStrictEqual({ presentment: { minor: -500, currency: 'EUR' }, shop: usd(-550) });
		expect(() => addPair(left, { presentment: right.shop, shop: right.presentment })).toThrow(CurrencyMismatch);
	});
});

describe('Splitting', () => {
	const minors = (amount: number, weights: number[]) => allocate(usd(amount), weights).map((part) => part.minor);

	test('a hundred in three equal parts gives the spare cent to the first', () => {
		expect(minors(100, [1, 1, 1])).toEqual([34, 33, 33]);
	});

	test('the spare cent goes where most was cut off, not to the first', () => {
		expect(minors(100, [3333, 3333, 3334])).toEqual([33, 33, 34]);
		expect(minors(10, [1, 5])).toEqual([2, 8]);
		expect(minors(5, [2, 1])).toEqual([3, 2]);
	});

	test('a weight of zero gets nothing, even of the remainder', () => {
		expect(minors(101, [0, 1, 0, 1])).toEqual([0, 51, 0, 50]);
	});

	test('a debt is split like a credit', () => {
		expect(minors(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
	});

	test('weights and amounts whose product is no safe integer are split exactly', () => {
		const parts = minors(Number.MAX_SAFE_INTEGER, [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 1]);
		expect(parts.reduce((total, part) => total + BigInt(part), 0n)).toBe(BigInt(Number.MAX_SAFE_INTEGER));
		expect(parts[0]).toBe(4_503_599_627_370_496);
	});

	test.each([[[]], [[0]], [[0, 0]], [[-1, 2]], [[0.5, 0.5]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])('the weights %p are refused', (weights) => {
		expect(() => allocate(usd(100), weights)).toThrow(expect.objectContaining({ reason: 'invalidSplit' }));
	});

	test.each([
		[100, 1, 3, 33],
		[100, 2, 3, 67],
		[100, 3, 3, 100],
		[100, 0, 3, 0],
		[1, 1, 2, 1],
		[-1, 1, 2, -1],
		[5, 1, 10, 1],
		[4, 1, 10, 0],
		[Number.MAX_SAFE_INTEGER, 999_999_999, 1_000_000_000, 9_007_199_245_733_792],
	])('of %d, %d of %d pieces are worth %d', (minor, part, whole, expected) => {
		expect(share(usd(minor), part, whole)).toStrictEqual(usd(expected));
	});

	test.each([
		[-1, 3],
		[4, 3],
		[0, 0],
		[1, -1],
		[1.5, 3],
		[1, 2.5],
		[Number.NaN, 1],
	])('%d of %d is no share', (part, whole) => {
		expect(() => share(usd(100), part, whole)).toThrow(expect.objectContaining({ reason: 'invalidSplit' }));
	});

	test.each([
		['0', 0],
		['100', 999],
		['10', 100],
		['12.5', 125],
		['0.1', 1],
		['33.333333333333336', 333],
		['50', 500],
	])('%s percent of 9.99 are %d cents', (percentage, expected) => {
		expect(percentageOf(usd(999), percentage)).toStrictEqual(usd(expected));
	});

	test.each(['-1', '100.01', '101', '1e1', 'ten', '', '10%', '0.'.padEnd(40, '1')])('"%s" is no percentage', (percentage) => {
		expect(() => percentageOf(usd(999), percentage)).toThrow(expect.objectContaining({ reason: 'invalidSplit' }));
	});
});
