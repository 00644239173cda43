import fc from 'fast-check';

import { decimalsOf, fromMinor, perPiece, sumMoney, toDecimal, toMinor } from '../../../../simulators/returngo/money';

describe('the simulated ReturnGO\'s arithmetic', () => {
	it.each([
		['19.90', 'USD', 1990],
		['15.0', 'EUR', 1500],
		['0.005', 'USD', 1],
		['-3.456', 'USD', -346],
		['1200', 'JPY', 1200],
		['1200.5', 'JPY', 1201],
		['1.2345', 'KWD', 1235],
		[34.33, 'EUR', 3433],
		[0.1 + 0.2, 'EUR', 30],
	])('reads %s %s as %i minor units', (amount, currency, minor) => {
		expect(toMinor(amount, currency)).toBe(minor);
	});

	it('refuses what is no amount', () => {
		for (const text of ['', '1,50', 'NaN', '1e3']) expect(() => toMinor(text, 'USD')).toThrow(RangeError);
	});

	it('writes what it reads, for 0, 2 and 3 decimals', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.constantFrom('JPY', 'USD', 'KWD'), (minor, currency) => {
				expect(toMinor(toDecimal(minor, currency), currency)).toBe(minor);
				expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor);
				expect(toDecimal(minor, currency).split('.')[1]?.length ?? 0).toBe(decimalsOf(currency));
			}),
		);
	});

	it('adds without the errors of binary fractions, and rounds a share per piece', () => {
		const money = { amount: 0.1, currency: 'EUR', shopAmount: 0.2, shopCurrency: 'USD' };
		expect(sumMoney([money, money, money], 'EUR', 'USD')).toEqual({ amount: 0.3, currency: 'EUR', shopAmount: 0.6, shopCurrency: 'USD' });
		expect([perPiece(1957, 3), perPiece(5, 0)]).toEqual([652, 0]);
	});
});
