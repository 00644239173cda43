/** Amounts as the schema shows them. */

import { formatAmount, type Bag } from '../money';

export interface MoneyV2 {
	__typename: 'MoneyV2';
	amount: string;
	currencyCode: string;
}

export function moneyOf(minor: number, currency: string): MoneyV2 {
	return { __typename: 'MoneyV2', amount: formatAmount(minor, currency), currencyCode: currency };
}

export function bagOf({ currency, presentmentCurrency }: { currency: string; presentmentCurrency: string }, { shop, presentment }: Bag): { shopMoney: MoneyV2; presentmentMoney: MoneyV2 } {
	return { shopMoney: moneyOf(shop, currency), presentmentMoney: moneyOf(presentment, presentmentCurrency) };
}
