/** The orders of the invented year: who bought what, when, in which currency. */

import type { SeededRandom } from '../../../simulators/shared/random';

export const DAY = 24 * 3_600_000;
export const HOUR = 3_600_000;

export interface YearLine {
	id: number;
	sku: string;
	quantity: number;
}

export interface YearOrder {
	id: number;
	name: string;
	createdAt: number;
	/** What the customer paid in; the shop's books are in USD. */
	currency: 'USD' | 'EUR';
	lines: YearLine[];
	/** What the control interface is asked to build. */
	request: Record<string, unknown>;
}

/** Sold as one piece, stocked as its components: the shop keeps this table in its settings. */
export const BUNDLES: Readonly<Record<string, ReadonlyArray<{ sku: string; quantity: number }>>> = {
	'KIT-DESK': [
		{ sku: 'YEAR-01', quantity: 1 },
		{ sku: 'YEAR-02', quantity: 2 },
	],
	'KIT-BATH': [
		{ sku: 'YEAR-03', quantity: 1 },
		{ sku: 'YEAR-04', quantity: 1 },
	],
};

const SINGLE_SKUS = Array.from({ length: 40 }, (_, index) => `YEAR-${String(index + 1).padStart(2, '0')}`);
const FIRST_ORDER = 5_610_000_000_001;
const FIRST_LINE = 13_210_000_000_001;
const FIRST_NUMBER = 20_001;

/** Requests that put every article on the shelf. */
export function articles(): Array<Record<string, unknown>> {
	return [...SINGLE_SKUS, ...Object.keys(BUNDLES)].map((sku) => ({ sku, title: sku, price: priceOf(sku), available: 50_000 }));
}

/** Orders from `from` to `until`, oldest first, evenly spread; every seventh has a bundle. */
export function inventOrders(random: SeededRandom, count: number, from: number, until: number): YearOrder[] {
	const step = (until - from) / count;
	return Array.from({ length: count }, (_, index) => inventOrder(random, index, Math.floor((from + (index + random.next()) * step) / 1_000) * 1_000));
}

function inventOrder(random: SeededRandom, index: number, createdAt: number): YearOrder {
	const id = FIRST_ORDER + index;
	const name = `#${FIRST_NUMBER + index}`;
	const currency = random.next() < 0.25 ? 'EUR' : 'USD';
	const skus = index % 7 === 0 ? [random.pick(Object.keys(BUNDLES)), random.pick(SINGLE_SKUS)] : Array.from({ length: random.int(1, 3) }, () => random.pick(SINGLE_SKUS));
	const lines = skus.map((sku, line) => ({ id: FIRST_LINE + index * 10 + line, sku, quantity: sku.startsWith('KIT') ? 1 : random.int(1, 3) }));
	const discounted = random.next() < 0.3;
	return {
		id,
		name,
		createdAt,
		currency,
		lines,
		request: {
			id,
			name,
			createdAt: new Date(createdAt).toISOString(),
			presentmentCurrency: currency,
			...(currency === 'EUR' ? { exchangeRate: random.pick(['1.05', '1.08', '1.10']), taxesIncluded: true } : {}),
			customer: { email: `buyer-${random.int(1, 3_000)}@customer.example` },
			lines: lines.map(({ id: lineId, sku, quantity }) => ({ id: lineId, sku, title: sku, quantity, unitPrice: priceOf(sku), taxes: [{ title: currency === 'EUR' ? 'VAT' : 'State tax', rate: currency === 'EUR' ? 0.21 : 0.08 }] })),
			...(discounted ? { discounts: [{ target: 'order', kind: 'percentage', value: '10', type: 'code', title: 'TENOFF' }] } : {}),
			shipping: { price: '6.90' },
		},
	};
}

/**
 * Fixed per article, between 20.00 and 130.00. Whole tens, so that price, discount and tax of one piece are whole cents in both currencies: what
 * ReturnGO works out piece by piece is then what Shopify works out for the line, and only what is planted differs.
 */
function priceOf(sku: string): string {
	const number = Number(/\d+/.exec(sku)?.[0] ?? 8);
	return `${20 + ((number * 7) % 12) * 10}.00`;
}
