/** The simulated ReturnGO's own arithmetic with decimal amounts: whole minor units inside, decimal strings for Shopify, numbers on its own wire. */

import type { Input } from '../shared/input';
import type { Money } from './types';

/** How many decimals the currency has (ISO 4217). */
export function decimalsOf(currency: string): number {
	return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A decimal text or number as whole minor units, rounded half away from zero. */
export function toMinor(amount: string | number, currency: string): number {
	const text = typeof amount === 'number' ? amount.toFixed(6) : amount.trim();
	const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
	if (!found) throw new RangeError(`Not an amount: ${text}`);
	const [, sign = '', whole = '0', fraction = ''] = found;
	const decimals = decimalsOf(currency);
	const digits = fraction.padEnd(decimals + 1, '0');
	const minor = Number(whole) * 10 ** decimals + Number(digits.slice(0, decimals) || '0') + (Number(digits[decimals]) >= 5 ? 1 : 0);
	return sign === '-' ? -minor : minor;
}

/** Minor units as the decimal text that Shopify takes. */
export function toDecimal(minor: number, currency: string): string {
	const decimals = decimalsOf(currency);
	const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	return `${minor < 0 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(digits.length - decimals)}`}`;
}

export function fromMinor(minor: number, currency: string): number {
	return Number(toDecimal(minor, currency));
}

/** A total divided by a number of pieces, rounded per piece, as a per-unit figure is. */
export function perPiece(total: number, pieces: number): number {
	return pieces === 0 ? 0 : Math.round(total / pieces);
}

export function sumMoney(amounts: readonly Money[], currency: string, shopCurrency: string): Money {
	const amount = amounts.reduce((sum, money) => sum + toMinor(money.amount, currency), 0);
	const shopAmount = amounts.reduce((sum, money) => sum + toMinor(money.shopAmount, shopCurrency), 0);
	return { amount: fromMinor(amount, currency), currency, shopAmount: fromMinor(shopAmount, shopCurrency), shopCurrency };
}

/** `{ amount, currency, shopAmount?, shopCurrency? }` of a control request. */
export function readMoney(money: Input): Money {
	const amount = money.number('amount');
	const currency = money.string('currency');
	return { amount, currency, shopAmount: money.optionalNumber('shopAmount') ?? amount, shopCurrency: money.optionalString('shopCurrency') ?? currency };
}
