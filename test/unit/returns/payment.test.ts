import type { LedgerEntry } from '../../../returns/ledger';
import { giftCardCode, settlementKey } from '../../../returns/keys';
import type { CustomerCredit, OrderSnapshot } from '../../../returns/order';
import { findAct, settlementMark } from '../../../returns/readback';
import type { Rma, RmaUnit } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { planSettlement, type SettlementPlan } from '../../../returns/settlement';
import { line, lineId, money, pair } from './orders';
import { entry, orderWithReturn, RETURN_ID, returnGoTransaction, rma, settings, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-10T09:01:00.000Z');
const LATER = new Date('2026-11-10T12:00:00.000Z');
const CUSTOMER = 'gid://shopify/Customer/7';

/** How each way of paying is asked for. */
const WAYS = [
	['refund', { actions: ['refund'], payout: 'tenders' }],
	['store credit through the refund', { actions: ['storeCredit'], payout: 'storeCredit' }],
	['direct credit', { actions: ['storeCredit'], payout: 'account' }],
	['gift card', { actions: ['giftCard'], payout: 'giftCard' }],
] as const satisfies ReadonlyArray<readonly [string, Partial<SettlementSettings>]>;

function credit(facts: Partial<CustomerCredit> = {}): CustomerCredit {
	return { customerId: CUSTOMER, isStoreCreditEnabled: true, accountCredits: [], giftCards: [], ...facts };
}

function plan(order: OrderSnapshot, choice: Partial<SettlementSettings>, request: Rma = rma([unit('1', 'sellable'), unit('2', 'sellable')]), more: { now?: Date; paidInRun?: Map<string, number>; giftCardsInAnyCurrency?: boolean } = {}): SettlementPlan {
	const { now = NOW, ...rest } = more;
	return planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: request, settings: settings(choice), now, claimant: null, ...rest });
}

function codes(reasons: SettlementPlan['blocked']): string[] {
	return reasons.map((known) => known.code).sort();
}

function withEntries(entries: LedgerEntry[], facts: Partial<OrderSnapshot> = {}): OrderSnapshot {
	return orderWithReturn({ ledger: { ledger: { version: 1, entries }, compareDigest: 'digest' }, credit: credit(), ...facts });
}

const CARD: Partial<LedgerEntry> = { action: 'giftCard', payout: 'giftCard', credit: { customerId: CUSTOMER, idsBefore: [], id: null, lastCharacters: null } };
const ACCOUNT: Partial<LedgerEntry> = { action: 'storeCredit', payout: 'account', credit: { customerId: CUSTOMER, idsBefore: ['credit-before'], id: null, lastCharacters: null } };
const accountCredit = (id: string, amount = '40.00', isAdjustment = true): CustomerCredit['accountCredits'][number] => ({ id, amount: money(amount), isAdjustment, createdAt: '2026-11-10T09:00:30Z', expiresAt: null });
const card = (note: string): CustomerCredit['giftCards'][number] => ({ id: 'card-1', note, initialValue: money('40.00'), lastCharacters: 'ab12', customerId: CUSTOMER, createdAt: '2026-11-10T09:00:30Z' });

describe.each(WAYS)('a payment by %s', (_name, way) => {
	it('is worth what the order says, and has a key of its own', () => {
		const result = plan(orderWithReturn({ credit: credit() }), way);
		expect(result.refund).toMatchObject({ action: way.actions[0], payout: way.payout, unitIds: ['1', '2'] });
		expect(result.refund?.value.total.presentment).toEqual(money('40.00'));
		expect(result.refund?.key).toBe(settlementKey('sim-shop.myshopify.com', '1000001', way.actions[0], ['1', '2']));
	});

	it.each(WAYS.map(([name, other]) => [name, other] as const))('waits while another run has claimed the units for %s', (_other, other) => {
		const claimed = entry({ action: other.actions[0], payout: other.payout, leaseUntil: '2026-11-10T09:02:00.000Z' });
		const result = plan(withEntries([claimed]), way);
		expect(result.refund).toBeNull();
		expect(codes(result.waiting)).toEqual(['claimedElsewhere']);
	});

	it.each([
		['a gift card', { ...CARD, state: 'done', credit: { customerId: CUSTOMER, idsBefore: [], id: 'card-1', lastCharacters: 'ab12' } }, 'alreadyDone', 'settledBefore'],
		['a direct credit', { ...ACCOUNT, state: 'done', credit: { customerId: CUSTOMER, idsBefore: [], id: 'credit-1', lastCharacters: null } }, 'alreadyDone', 'settledBefore'],
		['a gift card that nobody could find', { ...CARD, state: 'done' }, 'blocked', 'creditRecordMissing'],
	] as const)('is not made beside %s for the same units', (_what, facts, outcome, code) => {
		const result = plan(withEntries([entry(facts as Partial<LedgerEntry>)]), way);
		expect(result.refund).toBeNull();
		expect(codes(result[outcome])).toEqual([code]);
	});

	it('adopts the gift card of a run that died', () => {
		const dead = entry(CARD);
		const result = plan(withEntries([dead], { credit: credit({ giftCards: [card(`RMA, ${settlementMark(dead.key)}`)] }) }), way, undefined, { now: LATER });
		expect(result.refund).toBeNull();
		expect(result.adopted).toMatchObject([{ trace: { credit: { id: 'card-1', lastCharacters: 'ab12' } } }]);
	});

	it('takes the units over when the run that died left nothing behind', () => {
		const result = plan(withEntries([entry(CARD), entry({ ...ACCOUNT, key: 'another' })]), way, undefined, { now: LATER });
		expect(result.refund?.unitIds).toEqual(['1', '2']);
		expect(result.adopted).toEqual([]);
	});

	it('leaves out pieces and money that another RMA was credited outside the order', () => {
		const credited = entry({ ...CARD, rmaId: '2000002', unitIds: ['9', '8'], state: 'done', credit: { customerId: CUSTOMER, idsBefore: [], id: 'card-9', lastCharacters: 'zz99' } });
		const result = plan(withEntries([credited]), way);
		expect(result.refund).toBeNull();
		expect(codes(result.blocked)).toEqual(['nothingReturnable']);
		expect(result.blocked[0]?.message).toContain('allows 1');
	});
});

describe('prerequisites of a credit', () => {
	it.each(WAYS.filter(([, way]) => way.payout !== 'tenders'))('%s needs a customer', (_name, way) => {
		expect(codes(plan(orderWithReturn({ credit: credit({ customerId: null }) }), way).blocked)).toEqual(['customerMissing']);
	});

	it.each([
		['storeCredit', 'storeCreditDisabled'],
		['account', 'storeCreditDisabled'],
		['giftCard', null],
	] as const)('a store without store credit stops %s: %s', (payout, code) => {
		const result = plan(orderWithReturn({ credit: credit({ isStoreCreditEnabled: false }) }), { actions: ['storeCredit'], payout });
		expect(codes(result.blocked)).toEqual(code === null ? [] : [code]);
	});

	it('a gift card in another currency needs an API version that makes it', () => {
		const abroad = orderWithReturn({ shopCurrency: 'CAD', credit: credit(), lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00', 'USD', '27.00', 'CAD') })], netPayment: pair('60.00', 'USD', '81.00', 'CAD') });
		const way = { actions: ['giftCard' as const], payout: 'giftCard' as const };
		expect(codes(plan(abroad, way).blocked)).toEqual(['creditCurrency']);
		expect(plan(abroad, way, undefined, { giftCardsInAnyCurrency: true }).refund).not.toBeNull();
	});
});

describe('reading a credit back', () => {
	const claimed = entry(ACCOUNT);
	const seen = (accountCredits: CustomerCredit['accountCredits']) => findAct(withEntries([claimed], { credit: credit({ accountCredits }) }), claimed);

	it('finds the one that is new, made by an app, and of exactly the amount', () => {
		expect(seen([accountCredit('new'), accountCredit('credit-before')])).toMatchObject({ credit: { id: 'new' } });
	});

	it.each([
		['was there before', [accountCredit('credit-before')]],
		['has another amount', [accountCredit('new', '40.01')]],
		['comes from an order', [accountCredit('new', '40.00', false)]],
	])('does not take one that %s', (_why, accountCredits) => {
		expect(seen(accountCredits)).toBeNull();
	});

	it('does not take one that another entry of the order has recorded', () => {
		const other = entry({ ...ACCOUNT, key: 'other', state: 'done', credit: { customerId: CUSTOMER, idsBefore: [], id: 'new', lastCharacters: null } });
		expect(findAct(withEntries([claimed, other], { credit: credit({ accountCredits: [accountCredit('new')] }) }), claimed)).toBeNull();
	});

	it('does not take a gift card with another mark', () => {
		const wanted = entry(CARD);
		expect(findAct(withEntries([wanted], { credit: credit({ giftCards: [card(settlementMark('another key'))] }) }), wanted)).toBeNull();
	});

	it('knows nothing without having looked', () => {
		expect(findAct(withEntries([claimed], { credit: undefined }), claimed)).toBeNull();
	});
});

describe('the code of a gift card', () => {
	const code = (secret: string, rmaId = '1', units = ['1', '2']) => giftCardCode(secret, 'sim-shop.myshopify.com', rmaId, units);

	it('is 16 letters and digits, the same for the same facts in any order, and another for any other', () => {
		expect(code('s')).toMatch(/^[a-z0-9]{16}$/);
		expect(code('s', '1', ['2', '1'])).toBe(code('s'));
		expect(new Set([code('s'), code('t'), code('s', '2'), code('s', '1', ['1']), code('s', '1', ['12'])]).size).toBe(5);
	});

	it('is worth its length: no two of 5,000 are alike', () => {
		expect(new Set(Array.from({ length: 5000 }, (_none, index) => code('s', String(index)))).size).toBe(5000);
	});
});

describe('the limit of a run', () => {
	it.each([
		[0, '40', null],
		[1, '40', 'capExceeded'],
		[6000, '100.00', null],
		[6001, '100.00', 'capExceeded'],
		[0, 'a lot', 'invalidInput'],
		[0, '1.234', 'invalidInput'],
	])('with %i minor units paid and a limit of %s: %s', (paid, maximumRunAmount, code) => {
		const result = plan(orderWithReturn(), { maximumRunAmount, actions: ['refund'] }, undefined, { paidInRun: new Map([['USD', paid], ['EUR', 999_999]]) });
		expect(codes(result.blocked)).toEqual(code === null ? [] : [code]);
		expect(result.refund === null).toBe(code !== null);
	});
});

describe('ReturnGO’s amount', () => {
	const priced = (id: string, amount: string, facts: Partial<RmaUnit> = {}) => unit(id, 'sellable', { pricePaid: { amount, currency: 'USD', shopAmount: amount, shopCurrency: 'USD' }, taxPaid: null, ...facts });
	const judge = (units: RmaUnit[], order = orderWithReturn(), choice: Partial<SettlementSettings> = {}) => codes(plan(order, { actions: ['refund'], ...choice }, rma(units)).blocked);

	it.each([
		['the same', ['20', '20'], []],
		['one cent more than a line that divides evenly has', ['20.01', '20'], ['valueMismatch']],
		['what no rounding explains, since each unit is worth 20.00 exactly', ['20.01', '20.02'], ['valueMismatch']],
		['one cent more than that', ['20.02', '20.02'], ['valueMismatch']],
		['one cent less than that', ['19.98', '19.98'], ['valueMismatch']],
		['no number', ['twenty', '20'], ['valueMismatch']],
		['an endless fraction', ['19.9999999999', '20.000000001'], []],
		['below nothing', ['-20', '20'], ['valueMismatch']],
	])('of %s', (_what, amounts, expected) => {
		expect(judge(amounts.map((amount, index) => priced(String(index + 1), amount)))).toEqual(expected);
	});

	it('is no figure at all when one unit has none, and the payment says so', () => {
		expect(judge([priced('1', '1'), unit('2', 'sellable')])).toEqual([]);
		expect(codes(plan(orderWithReturn(), { actions: ['refund'] }, rma([priced('1', '1'), unit('2', 'sellable')])).notes)).toEqual(['returnGoAmountMissing']);
	});

	/** Three pieces for 20.00, and 2.00 of each of two taxes on top: 6.66… and 0.66… twice apiece. Two of them are 13.33 and 2.66 by running sums. */
	const uneven = orderWithReturn({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('6.67'), discountAllocations: [pair('0.01')], taxes: [{ title: 'State', amount: pair('2.00') }, { title: 'City', amount: pair('2.00') }] })] });
	it.each([
		['each unit up', '6.67', '1.34', [], ['roundedDifferently']],
		['each unit down', '6.66', '1.32', [], ['roundedDifferently']],
		['one cent above that', '6.68', '1.34', ['valueMismatch'], []],
		['one cent below that', '6.65', '1.32', ['valueMismatch'], []],
	])('may be rounded %s where a line does not divide evenly, and a difference shows', (_how, price, tax, blocked, notes) => {
		const units = ['1', '2'].map((id) => priced(id, price, { taxPaid: { amount: tax, currency: 'USD', shopAmount: tax, shopCurrency: 'USD' } }));
		const result = plan(uneven, { actions: ['refund'] }, rma(units));
		expect([codes(result.blocked), codes(result.notes)]).toEqual([blocked, notes]);
	});

	it('has no slack of its own in a currency without minor units', () => {
		const yen = orderWithReturn({ presentmentCurrency: 'JPY', shopCurrency: 'JPY', lines: [line(1, { quantity: 3, originalUnitPrice: pair('2000', 'JPY') })], netPayment: pair('6000', 'JPY') });
		const of = (amount: string) => codes(plan(yen, { actions: ['refund'] }, rma([unit('1', 'sellable', { pricePaid: { amount, currency: 'JPY', shopAmount: amount, shopCurrency: 'JPY' } })])).blocked);
		expect([of('2000'), of('2001'), of('1999')]).toEqual([[], ['valueMismatch'], ['valueMismatch']]);
	});

	describe('that it asks to be paid', () => {
		const asking = (amount: string, units: RmaUnit[], choice: Partial<SettlementSettings> = {}, order = orderWithReturn()) =>
			plan(order, { actions: ['refund'], requestedTransactionId: '7000001', ...choice }, rma(units, { transactions: [{ ...returnGoTransaction('Requested'), amount: { amount, currency: 'USD', shopAmount: amount, shopCurrency: 'USD' } }] }));
		const both = [priced('1', '20'), priced('2', '20')];

		it('stops the payment when it is another one, with both figures', () => {
			for (const amount of ['5.00', '39.99', '40.01']) {
				const result = asking(amount, both);
				expect(result.refund).toBeNull();
				expect(codes(result.blocked)).toEqual(['valueMismatch']);
				expect(result.blocked[0]?.message).toContain(`asks for ${amount} USD, and by the order 40.00 USD`);
			}
			expect(asking('40.00', both).refund?.unitIds).toEqual(['1', '2']);
		});

		it('stands below what the caller expects, and above what the settings ignore', () => {
			expect(asking('5.00', both, { expectedAmount: '40.00' }).refund).not.toBeNull();
			expect(codes(asking('5.00', both, { otherReturnGoAmount: 'ignore' }).blocked)).toEqual(['valueMismatch']);
		});

		it('is an upper limit while some of its units wait', () => {
			const partly = [priced('1', '20'), { ...priced('2', '20'), validation: unit('2', 'none').validation }];
			expect(asking('40.00', partly).refund?.unitIds).toEqual(['1']);
			expect(codes(asking('5.00', partly).blocked)).toEqual(['valueMismatch']);
		});

		it('may be rounded unit by unit, and says so', () => {
			const result = asking('16.02', ['1', '2'].map((id) => priced(id, '6.67', { taxPaid: { amount: '1.34', currency: 'USD', shopAmount: '1.34', shopCurrency: 'USD' } })), {}, uneven);
			expect(result.refund).not.toBeNull();
			expect(codes(result.notes)).toEqual(['roundedDifferently', 'roundedDifferently']);
		});
	});

	it('counts tax only where the price does not contain it, and takes fees off', () => {
		const taxed = orderWithReturn({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), taxes: [{ title: 'VAT', amount: pair('6.00') }] })] });
		const tax = { amount: '2', currency: 'USD', shopAmount: '2', shopCurrency: 'USD' };
		expect(judge([priced('1', '20', { taxPaid: tax }), priced('2', '20', { taxPaid: tax })], taxed)).toEqual([]);
		expect(judge([priced('1', '22', { taxPaid: tax, taxIncluded: true }), priced('2', '22', { taxPaid: tax, taxIncluded: true })], taxed)).toEqual([]);
		expect(judge([priced('1', '22', { taxPaid: tax }), priced('2', '22', { taxPaid: tax })], taxed)).toEqual(['valueMismatch']);
		const fee = { restocking: '2', return: '0', shipment: '0' };
		expect(judge([priced('1', '20', { fees: fee }), priced('2', '20', { fees: fee })])).toEqual(['valueMismatch']);
		const charged = orderWithReturn({ returns: [shopifyReturn(2, {}, { restockingFeePercentage: '10' })] });
		expect(judge([priced('1', '20', { fees: fee }), priced('2', '20', { fees: fee })], charged)).toEqual([]);
	});

	it('is not asked for where the settings ignore it', () => {
		expect(judge([priced('1', '1'), priced('2', '1')], orderWithReturn(), { otherReturnGoAmount: 'ignore' })).toEqual([]);
	});
});

describe('exchange items that wait in the return', () => {
	const exchanged = orderWithReturn({ returns: [shopifyReturn(2, { hasExchangeItems: true, exchangeLines: [{ id: 'gid://shopify/ExchangeLineItem/1', quantity: 1 }] })], credit: credit() });

	it('stop every payment unless they may be processed', () => {
		for (const [, way] of WAYS) expect(codes(plan(exchanged, way).blocked)).toEqual(['exchangeInReturn']);
	});

	it('go with a refund of the return, and never with a credit outside it', () => {
		const results = WAYS.map(([, way]) => plan(exchanged, { ...way, exchangeItems: 'process' }));
		expect(results.map((result) => result.refund?.exchangeLines.length ?? null)).toEqual([1, 1, null, null]);
	});
});

describe('the return’s shipping fee', () => {
	it('is taken by the first payment only, even when that one left no refund', () => {
		const charged = [shopifyReturn(2, { shippingFees: [pair('5.00')] })];
		expect(plan(orderWithReturn({ returns: charged }), { actions: ['refund'] }).refund?.value.total.presentment).toEqual(money('35.00'));
		const before = entry({ ...CARD, unitIds: ['1'], quantities: [{ lineItemId: lineId(1), quantity: 1 }], state: 'done', returnId: RETURN_ID, credit: { customerId: CUSTOMER, idsBefore: [], id: 'card-1', lastCharacters: 'ab12' } });
		const result = plan(withEntries([before], { returns: charged }), { actions: ['refund'] });
		expect(result.refund).toMatchObject({ unitIds: ['2'], value: { total: { presentment: money('20.00') } } });
	});
});
