/** Month end, line by line: what belongs to the month, and what became of a refund in the payouts. */
import type { CaseRefund } from '../../../returns/case';
import { isWithin, traceRefund, withinPeriod, type BalanceBook, type BalanceEntry, type Period } from '../../../returns/monthEnd';
import { formatMoney, moneyOf } from '../../../returns/money';
import { reconcile } from '../../../returns/reconciliation';
import { caseOf, LINE_A, naming, paid, pair, refund, refundedLine, refundGid, rma, transaction, unit, validated, type CaseParts } from './cases';

const MARCH: Period = { start: '2026-03-01T00:00:00.000Z', end: '2026-04-01T00:00:00.000Z' };
const FEBRUARY_28 = '2026-02-28T23:59:59Z';
const MARCH_31 = '2026-03-31T23:59:59Z';
const APRIL_1 = '2026-04-01T00:00:00Z';

/** Each line of March as "subject class code returnGo shopify". */
function march(parts: CaseParts): string[] {
	const found = caseOf(parts);
	return withinPeriod(found, reconcile(found), MARCH).map(({ subject, class: name, code, returnGo, shopify }) => [subject.kind, name, code ?? '-', returnGo === null ? '-' : formatMoney(returnGo), shopify === null ? '-' : formatMoney(shopify)].join(' '));
}

describe('the month', () => {
	it.each([
		['2026-02-28T23:59:59.999Z', false],
		['2026-03-01T00:00:00Z', true],
		['2026-03-31T23:59:59.999Z', true],
		['2026-04-01T00:00:00Z', false],
		['2026-04-01T01:30:00+02:00', true],
		[null, false],
	])('%s is in March: %s', (at, isIn) => {
		expect(isWithin(at, MARCH)).toBe(isIn);
	});
});

describe('lines of the month', () => {
	const done = rma('900', 'Done', [unit('51')]);

	it('both sides in the month agree', () => {
		expect(march({ order: { refunds: [refund(1, 4000)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] })] })).toEqual(['refund matched - 40.00 40.00']);
	});

	it('a refund without a transaction is Shopify’s alone: of a return that nobody knows, and of one that a workflow paid', () => {
		expect(march({ order: { refunds: [refund(1, 4000, { returnId: 'gid://shopify/Return/1' })] } })).toEqual(['refund onlyInShopify refundWithoutRma - 40.00']);
		expect(march({ order: { refunds: [refund(1, 4000)] }, rmas: [done], entries: [paid('key', '900', ['51'], '40.00', { refundId: refundGid(1) })] })).toEqual(['refund matched - - 40.00']);
	});

	it('a transaction without a refund is ReturnGO’s alone', () => {
		expect(march({ rmas: [done], transactions: [transaction('71', '40.00', { unitIds: ['51'] })] })).toEqual(['transaction onlyInReturnGo refundMissing 40.00 -']);
		expect(march({ rmas: [done], transactions: [transaction('71', '40.00', { ...naming(9), unitIds: ['51'] })] })).toEqual(['transaction onlyInReturnGo refundNotFound 40.00 -']);
	});

	it('a fee that only one side took off is the difference, to the cent', () => {
		expect(march({ order: { refunds: [refund(1, 3601)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] })] })).toEqual(['refund valueDiffers valueMismatch 40.00 36.01']);
		expect(march({ order: { refunds: [refund(1, 3601)] }, rmas: [done], transactions: [transaction('71', '36.01', { ...naming(1), unitIds: ['51'] })] })).toEqual(['refund matched - 36.01 36.01']);
	});

	it.each([
		['ReturnGO began in February, Shopify paid in March', FEBRUARY_28, '2026-03-01T00:00:00Z', ['refund pending otherPeriod - 40.00']],
		['ReturnGO began in March, Shopify paid in April', MARCH_31, APRIL_1, ['refund pending otherPeriod 40.00 -']],
		['both in February', FEBRUARY_28, FEBRUARY_28, []],
		['both in April', APRIL_1, APRIL_1, []],
	])('a payment over the end of a month counts on each side where it belongs: %s', (_name, began, moved, lines) => {
		expect(march({ order: { refunds: [refund(1, 4000, { createdAt: moved })] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], createdAt: began })] })).toEqual(lines);
	});

	it('a refund with a transaction in each of two months shows the part of this one', () => {
		const rmas = [rma('900', 'Done', [unit('51'), unit('52')])];
		const transactions = [transaction('71', '39.99', { ...naming(1), unitIds: ['51'], createdAt: FEBRUARY_28 }), transaction('72', '40.01', { ...naming(1), unitIds: ['52'], createdAt: '2026-03-02T00:00:00Z' })];
		expect(march({ order: { refunds: [refund(1, 8000)] }, rmas, transactions })).toEqual(['refund pending otherPeriod 40.01 80.00']);
	});

	it('a difference that is one in any month keeps its own code over the end of a month', () => {
		expect(march({ order: { refunds: [refund(1, 3999)] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], createdAt: FEBRUARY_28 })] })).toEqual(['refund valueDiffers valueMismatch - 39.99']);
	});

	it('a split payment says that it is split, also where the stock of its units differs', () => {
		const refunds = [refund(1, 4000, { lines: [refundedLine(LINE_A, 1)] })];
		const parts = { order: { refunds }, rmas: [rma('900', 'Done', [unit('51', validated(true))])], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], createdAt: FEBRUARY_28 })] };
		expect(reconcile(caseOf(parts)).map((line) => line.class)).toEqual(['restockDiffers']);
		expect(march(parts)).toEqual(['refund pending otherPeriod - 40.00']);
	});

	it('what is pending at the end of the month is no money yet, on either side', () => {
		const pending = refund(1, 0, { createdAt: MARCH_31, transactions: [{ id: 'gid://shopify/OrderTransaction/1', status: 'PENDING', gateway: 'shopify_payments', isManualGateway: false, amount: pair(4000), processedAt: null }] });
		expect(march({ order: { refunds: [pending] }, rmas: [done], transactions: [transaction('71', '40.00', { ...naming(1), unitIds: ['51'], status: 'Requested', createdAt: MARCH_31 })] })).toEqual(['refund pending refundPending - 0.00']);
	});

	it('a credit of ours counts in the month in which it was made', () => {
		const credit = (doneAt: string) => paid('key', '900', ['51'], '40.00', { action: 'giftCard', payout: 'giftCard', doneAt, credit: { customerId: 'c', idsBefore: [], id: 'gid://shopify/GiftCard/1', lastCharacters: null } });
		expect(march({ rmas: [done], entries: [credit(MARCH_31)] })).toEqual(['credit matched - - 40.00']);
		expect(march({ rmas: [done], entries: [credit(APRIL_1)] })).toEqual([]);
	});

	it('a payment of the customer is no refund, even where ReturnGO files it with one', () => {
		const transactions = [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] }), transaction('72', '12.50', { ...naming(1), type: 'InvoicePayment' })];
		expect(march({ order: { refunds: [refund(1, 4000)] }, rmas: [done], transactions })).toEqual(['refund matched - 40.00 40.00']);
	});

	it('the second refund of the same units stays a second payment', () => {
		const refunds = [refund(1, 4000), refund(2, 4000, { createdAt: '2026-03-11T10:00:00Z' })];
		const transactions = [transaction('71', '40.00', { ...naming(1), unitIds: ['51'] }), transaction('72', '40.00', { ...naming(2), unitIds: ['51'] })];
		expect(march({ order: { refunds }, rmas: [done], transactions })).toEqual(['refund matched - 40.00 40.00', 'refund duplicate refundTwice 40.00 40.00']);
	});
});

describe('a refund in the payouts', () => {
	const book = (...entries: BalanceEntry[]): BalanceBook => new Map([['1', entries]]);
	const entry = (minor: number, payoutStatus: string | null = 'PAID', currency = 'USD'): BalanceEntry => ({ amount: moneyOf(minor, currency), payoutId: payoutStatus === null ? null : 'gid://shopify/ShopifyPaymentsPayout/8', payoutStatus });
	const payment = (minor: number, more: Partial<NonNullable<CaseRefund['transactions']>[number]> = {}) => ({ id: 'gid://shopify/OrderTransaction/1', status: 'SUCCESS' as const, gateway: 'shopify_payments', isManualGateway: false, amount: pair(minor), processedAt: MARCH_31, ...more });
	const traced = (given: CaseRefund, of: BalanceBook = new Map()) => {
		const { code, refunded, paidOut, payoutId } = traceRefund(given, of);
		return [code ?? '-', formatMoney(refunded), formatMoney(paidOut), payoutId === null ? '-' : 'payout'].join(' ');
	};

	it('is in one, in the money of the store’s books', () => {
		const given = refund(1, 4000, { total: { presentment: moneyOf(4000, 'EUR'), shop: moneyOf(4321, 'USD') }, transactions: [payment(0, { amount: { presentment: moneyOf(4000, 'EUR'), shop: moneyOf(4321, 'USD') } })] });
		expect(traced(given, book(entry(4321)))).toBe('- 43.21 43.21 payout');
	});

	it.each(['SCHEDULED', 'IN_TRANSIT', 'PAID'])('is in one of the next month: the payout has taken it (%s)', (status) => {
		expect(traced(refund(1, 4000, { createdAt: MARCH_31, transactions: [payment(4000)] }), book(entry(4000, status)))).toBe('- 40.00 40.00 payout');
	});

	it('is booked and waits for a payout, or is not even booked', () => {
		expect(traced(refund(1, 4000), book(entry(4000, null)))).toBe('notPaidOut 40.00 0.00 -');
		expect(traced(refund(1, 4000))).toBe('notPaidOut 40.00 0.00 -');
	});

	it('is taken by two payouts, of which one is still to come', () => {
		expect(traced(refund(1, 4000), book(entry(1501), entry(2499)))).toBe('- 40.00 40.00 payout');
		expect(traced(refund(1, 4000), book(entry(1501), entry(2499, null)))).toBe('notPaidOut 40.00 15.01 payout');
	});

	it.each(['FAILED', 'CANCELED'])('is in a payout that was not made (%s)', (status) => {
		expect(traced(refund(1, 4000), book(entry(4000, status)))).toBe('payoutNotMade 40.00 0.00 payout');
	});

	it('was booked with another amount, by a cent or by a fee, or in another currency', () => {
		expect(traced(refund(1, 4000), book(entry(3999)))).toBe('payoutDiffers 40.00 39.99 payout');
		expect(traced(refund(1, 4000), book(entry(4000), entry(-30)))).toBe('payoutDiffers 40.00 39.70 payout');
		expect(traced(refund(1, 4000), book(entry(4000, 'PAID', 'EUR')))).toBe('payoutDiffers 40.00 0.00 payout');
	});

	it('was booked, and its booking was taken back', () => {
		expect(traced(refund(1, 4000), book(entry(4000), entry(-4000)))).toBe('payoutDiffers 40.00 0.00 payout');
		const failed = refund(1, 0, { transactions: [payment(4000, { status: 'FAILURE' })] });
		expect(traced(failed, book(entry(4000), entry(-4000)))).toBe('- 0.00 0.00 -');
	});

	it.each([
		['another gateway', { gateway: 'paypal' }],
		['cash', { gateway: 'cash', isManualGateway: true }],
	])('went back by %s, which Shopify’s payouts do not hold', (_name, how) => {
		expect(traced(refund(1, 4000, { transactions: [payment(4000, how)] }))).toBe('otherGateway 40.00 0.00 -');
	});

	it('went back by two ways: named after the one that is worse', () => {
		const split = refund(1, 4000, { transactions: [payment(2500), payment(1500, { id: 'gid://shopify/OrderTransaction/2', gateway: 'gift_card' })] });
		expect(traced(split, book(entry(2500)))).toBe('otherGateway 40.00 25.00 payout');
		expect(traced(split)).toBe('notPaidOut 40.00 0.00 -');
	});

	it('has moved no money at the end of the month, so nothing is missing from a payout', () => {
		expect(traced(refund(1, 0, { transactions: [payment(4000, { status: 'PENDING' })] }))).toBe('- 0.00 0.00 -');
	});

	it('was not read: that is said, not guessed', () => {
		expect(traced(refund(1, 4000, { transactions: null }), book(entry(4000)))).toBe('notRead 40.00 0.00 -');
	});
});
