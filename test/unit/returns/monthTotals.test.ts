/** The sums of a month: ReturnGO's payments, Shopify's refunds and the payouts, and the lines that explain the differences between the three. */
import fc from 'fast-check';
import type { Case } from '../../../returns/case';
import { isWithin, traceRefund, withinPeriod, type BalanceBook, type BalanceEntry, type PayoutLine, type Period } from '../../../returns/monthEnd';
import { MonthTotals } from '../../../returns/monthTotals';
import { moneyOf, type Money } from '../../../returns/money';
import { reconcile } from '../../../returns/reconciliation';
import { lastPart, type ReconciliationLine } from '../../../returns/reconciliationLine';
import { anyCase } from './anyCase';
import { caseOf, naming, paid, pair, refund, rma, transaction, unit } from './cases';

const MARCH: Period = { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' };

interface Closed {
	totals: MonthTotals;
	listed: ReconciliationLine[];
	listedPayouts: PayoutLine[];
}

/** The month as it is closed: every case counted, every line of it added, every refund of it traced. */
function close(cases: readonly Case[], book: BalanceBook = new Map(), period = MARCH): Closed {
	const totals = new MonthTotals(period);
	const listed: ReconciliationLine[] = [];
	const listedPayouts: PayoutLine[] = [];
	for (const found of cases) {
		totals.addCase(found);
		listed.push(...withinPeriod(found, reconcile(found), period).filter((line) => totals.addLine(line)));
		const refunds = (found.order?.refunds ?? []).filter(({ id, createdAt }) => !found.explainedRefundIds.includes(id) && isWithin(createdAt, period));
		listedPayouts.push(...refunds.map((entry) => traceRefund(entry, book)).filter((line) => totals.addPayoutLine(line)));
	}
	return { totals, listed, listedPayouts };
}

const amountsOf = ({ totals }: Closed) => Object.fromEntries(totals.byCurrency().map(({ currency, amounts }) => [currency, amounts.map(({ amount }) => amount)]));
const inCurrency = (minor: number, currency: string) => ({ total: pair(minor, currency), transactions: [{ id: `gid://shopify/OrderTransaction/${currency}`, status: 'SUCCESS' as const, gateway: 'shopify_payments', isManualGateway: false, amount: pair(minor, currency), processedAt: null }] });
const money = (amount: string, currency: string) => ({ amount: { amount, currency, shopAmount: amount, shopCurrency: 'USD' } });
const booked = (minor: number): BalanceEntry => ({ amount: moneyOf(minor, 'USD'), payoutId: 'gid://shopify/ShopifyPaymentsPayout/8', payoutStatus: 'PAID' });
const done = rma('900', 'Done', [unit('51')]);

it('an empty month has no currency and nothing to explain', () => {
	const empty = close([]);
	expect([empty.totals.byCurrency(), empty.totals.disagreements(), empty.totals.agreeing, empty.totals.refunds]).toEqual([[], [], 0, 0]);
});

it('two currencies, each to the cent; payouts in the money of the books', () => {
	const euro = caseOf({ order: { refunds: [refund(1, 3999, inCurrency(3999, 'EUR'))] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] })] });
	const pound = caseOf({ order: { refunds: [refund(2, 1001, inCurrency(1001, 'GBP'))] }, rmas: [done], transactions: [transaction('72', '10.01', { ...naming(2), unitIds: ['51'], ...money('10.01', 'GBP') })] });
	const closed = close([euro, pound], new Map([['EUR', [booked(3999)]]]));
	expect(amountsOf(closed)).toEqual({ EUR: ['40.00', '39.99', '-0.01'], GBP: ['10.01', '10.01', '0.00'], USD: ['50.00', '39.99', '10.01'] });
	expect(closed.listed.map(({ code }) => code)).toEqual(['valueMismatch']);
	expect(closed.listedPayouts.map(({ code }) => code)).toEqual(['notPaidOut']);
	expect([closed.totals.disagreements(), closed.totals.agreeing, closed.totals.refunds]).toEqual([[], 1, 2]);
});

it.each<[string, Case, string[], Array<string | null>]>([
	['a refund without a transaction', caseOf({ order: { refunds: [refund(1, 4000, { returnId: 'gid://shopify/Return/1' })] } }), ['0.00', '40.00', '40.00'], ['refundWithoutRma']],
	['a refund of a workflow, which ReturnGO keeps no transaction of', caseOf({ order: { refunds: [refund(1, 4000)] }, rmas: [done], entries: [paid('key', '900', ['51'], '40.00', { refundId: refund(1, 0).id })] }), ['0.00', '40.00', '40.00'], [null]],
	['a transaction without a refund', caseOf({ rmas: [done], transactions: [transaction('71', '40.00', { unitIds: ['51'] })] }), ['40.00', '0.00', '-40.00'], ['refundMissing']],
	['a fee that only Shopify’s side has', caseOf({ order: { refunds: [refund(1, 3601)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] })] }), ['40.00', '36.01', '-3.99'], ['valueMismatch']],
	['a payment that began in February', caseOf({ order: { refunds: [refund(1, 4000)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], createdAt: '2026-02-28T23:00:00Z' })] }), ['0.00', '40.00', '40.00'], ['otherPeriod']],
	['a second payment', caseOf({ order: { refunds: [refund(1, 4000), refund(2, 4000)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] }), transaction('72', '40.00', { ...naming(2), unitIds: ['51'] })] }), ['80.00', '80.00', '0.00'], ['refundTwice']],
	['a payment of the customer beside the refund', caseOf({ order: { refunds: [refund(1, 4000)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] }), transaction('72', '12.50', { ...naming(1), type: 'InvoicePayment' })] }), ['40.00', '40.00', '0.00'], []],
])('%s', (_name, found, [returnGo, shopify, difference], codes) => {
	const closed = close([found]);
	expect(amountsOf(closed).EUR).toEqual([returnGo, shopify, difference]);
	expect(closed.listed.map(({ code }) => code)).toEqual(codes);
	expect(closed.totals.disagreements()).toEqual([]);
});

it('what is pending at the end of the month is in none of the three sums, and is listed', () => {
	const pending = refund(1, 0, { createdAt: '2026-03-31T23:59:59Z', transactions: [{ id: 'gid://shopify/OrderTransaction/1', status: 'PENDING', gateway: 'shopify_payments', isManualGateway: false, amount: pair(4000), processedAt: null }] });
	const closed = close([caseOf({ order: { refunds: [pending] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], status: 'Requested' })] })]);
	expect(amountsOf(closed)).toEqual({ EUR: ['0.00', '0.00', '0.00'], USD: ['0.00', '0.00', '0.00'] });
	expect([closed.listed.map(({ code }) => code), closed.listedPayouts, closed.totals.disagreements()]).toEqual([['refundPending'], [], []]);
});

it('a payout in the next month takes the refund of this one up', () => {
	const found = caseOf({ order: { refunds: [refund(1, 4000, { createdAt: '2026-03-31T23:59:59Z' })] } });
	expect(amountsOf(close([found])).USD).toEqual(['40.00', '0.00', '40.00']);
	const later = close([found], new Map([['1', [booked(4000)]]]));
	expect([amountsOf(later).USD, later.listedPayouts]).toEqual([['40.00', '40.00', '0.00'], []]);
});

it('counts a refund once that an earlier case of the run has explained', () => {
	const found = caseOf({ order: { refunds: [refund(1, 4000)] }, rmas: [done] });
	const closed = close([found, { ...found, explainedRefundIds: [refund(1, 0).id], explainedUnitIds: ['51'] }]);
	expect([amountsOf(closed).EUR?.[1], closed.totals.refunds, closed.totals.disagreements()]).toEqual(['40.00', 1, []]);
});

it.each(['line', 'payout line'])('does not call a month explained whose %s is missing', (what) => {
	const found = caseOf({ order: { refunds: [refund(1, 4000, { returnId: 'gid://shopify/Return/1' })] } });
	const totals = new MonthTotals(MARCH);
	totals.addCase(found);
	if (what === 'payout line') for (const line of withinPeriod(found, reconcile(found), MARCH)) totals.addLine(line);
	else for (const entry of found.order?.refunds ?? []) totals.addPayoutLine(traceRefund(entry, new Map()));
	expect(totals.disagreements()).toEqual([what === 'line' ? 'EUR' : 'USD']);
});

describe('any month', () => {
	const anyBook = fc.dictionary(fc.constantFrom('0', '1', '2', '3'), fc.array(fc.record({ minor: fc.integer({ min: -500, max: 20_000 }), currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'), status: fc.constantFrom(null, 'SCHEDULED', 'PAID', 'FAILED', 'CANCELED') }), { maxLength: 3 })).map(
		(entries): BalanceBook => new Map(Object.entries(entries).map(([id, rows]) => [id, rows.map(({ minor, currency, status }) => ({ amount: moneyOf(minor, currency), payoutId: status === null ? null : 'gid://shopify/ShopifyPaymentsPayout/8', payoutStatus: status }))])),
	);
	const exactBook = (cases: readonly Case[]): BalanceBook => new Map(cases.flatMap(({ order }) => (order?.refunds ?? []).map(({ id, total }) => [lastPart(id), [{ amount: total.shop, payoutId: 'gid://shopify/ShopifyPaymentsPayout/8', payoutStatus: 'PAID' }]] as const)));
	const minorOf = (amounts: ReadonlyArray<Money | null>, currency: string) => amounts.reduce((sum, amount) => sum + (amount?.currency === currency ? amount.minor : 0), 0);
	const check = (property: (cases: Case[], book: BalanceBook) => void) => fc.assert(fc.property(fc.array(anyCase, { minLength: 1, maxLength: 3 }), anyBook, property), { numRuns: 1000 });

	it('the listed lines come to the differences between the three sums, in each currency', () => {
		check((cases, book) => {
			const { totals, listed, listedPayouts } = close(cases, book);
			expect(totals.disagreements()).toEqual([]);
			for (const currency of ['EUR', 'USD']) {
				// Counted here once more, from what was read.
				const transactions = cases.flatMap((found) => found.transactions).filter(({ status, type, createdAt }) => status === 'Success' && type !== 'InvoicePayment' && isWithin(createdAt, MARCH));
				const returnGo = transactions.reduce((sum, { amount }) => sum + (amount?.currency === currency ? Math.round(Number(amount.amount) * 100) : 0), 0);
				const refunds = cases.flatMap((found) => (found.order?.refunds ?? []).filter(({ id, createdAt }) => !found.explainedRefundIds.includes(id) && isWithin(createdAt, MARCH)));
				const credits = cases.flatMap((found) => found.order?.ledger.entries ?? []).filter(({ state, payout, credit, doneAt }) => state === 'done' && payout === 'giftCard' && (credit?.id ?? null) !== null && isWithin(doneAt, MARCH));
				const shopify = minorOf(refunds.map(({ total }) => total.presentment), currency) + credits.reduce((sum, entry) => sum + (entry.currency === currency ? Math.round(Number(entry.amount) * 100) : 0), 0);
				expect(minorOf(listed.map((line) => line.shopify), currency) - minorOf(listed.map((line) => line.returnGo), currency)).toBe(shopify - returnGo);

				const refunded = minorOf(refunds.map(({ total }) => total.shop), currency);
				const paidOut = minorOf(refunds.map((entry) => traceRefund(entry, book).paidOut), currency);
				expect(minorOf(listedPayouts.map((line) => line.refunded), currency) - minorOf(listedPayouts.map((line) => line.paidOut), currency)).toBe(refunded - paidOut);
			}
		});
	});

	it('lists no refund that payouts hold exactly, and every other one with its cause', () => {
		check((cases, book) => {
			for (const { code, refunded, paidOut } of close(cases, book).listedPayouts) expect([code === null, refunded.minor === paidOut.minor]).toEqual([false, false]);
			// One order's refunds have numbers of their own.
			const one = cases.slice(0, 1);
			expect(close(one, exactBook(one)).listedPayouts).toEqual([]);
		});
	});

	it('leaves no line out over the months: each counts where it belongs, and nowhere twice', () => {
		const months = ['2026-02', '2026-03', '2026-04'].map((month, index) => ({ start: `${month}-01T00:00:00.000Z`, end: `2026-0${index + 3}-01T00:00:00.000Z` }));
		check((cases) => {
			const dated = cases.map((found) => ({ ...found, transactions: found.transactions.filter(({ createdAt }) => createdAt !== null) }));
			const lines = dated.flatMap((found) => reconcile(found));
			const inMonths = months.flatMap((period) => dated.flatMap((found) => withinPeriod(found, reconcile(found), period)));
			for (const currency of ['EUR', 'USD']) {
				expect(minorOf(inMonths.map((line) => line.shopify), currency)).toBe(minorOf(lines.map((line) => line.shopify), currency));
				expect(minorOf(inMonths.map((line) => line.returnGo), currency)).toBe(minorOf(lines.map((line) => line.returnGo), currency));
			}
		});
	});
});
