/** Payments that the order's own figures do not show: their pieces, their money, and what they carried besides, for this RMA and for the order's others. */
import fc from 'fast-check';
import { markedExpiry, settlementKey } from '../../../returns/keys';
import type { LedgerEntry } from '../../../returns/ledger';
import type { CustomerCredit, OrderSnapshot } from '../../../returns/order';
import { findAct } from '../../../returns/readback';
import type { Rma } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { planSettlement, type RefundAct, type SettlementPlan } from '../../../returns/settlement';
import { line, lineId, money, pair, refund } from './orders';
import { entry, orderWithReturn, RETURN_ID, returnGoTransaction, rma, settings, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-10T09:01:00.000Z');
const LATER = new Date('2026-11-10T12:00:00.000Z');
const CUSTOMER = 'gid://shopify/Customer/7';
/** As many as for refunds alone. */
const ORDERS = 10_000;
const SHOP = 'sim-shop.myshopify.com';
const CARD: Partial<SettlementSettings> = { actions: ['giftCard'], payout: 'giftCard' };
const ACCOUNT: Partial<SettlementSettings> = { actions: ['storeCredit'], payout: 'account' };
const REFUND: Partial<SettlementSettings> = { actions: ['refund'] };

const customer = (facts: Partial<CustomerCredit> = {}): CustomerCredit => ({ customerId: CUSTOMER, isStoreCreditEnabled: true, accountCredits: [], giftCards: [], ...facts });

function plan(order: OrderSnapshot, request: Rma, choice: Partial<SettlementSettings>, now = NOW): SettlementPlan {
	return planSettlement({ shopDomain: SHOP, order: { credit: customer(), ...order }, rma: request, settings: settings(choice), now, claimant: null });
}

const codes = (reasons: SettlementPlan['blocked']): string[] => reasons.map((known) => known.code).sort();
const totalOf = (result: SettlementPlan): number | undefined => result.refund?.value.total.presentment.minor;

/** The ledger entry that the pipeline would have written for an act. */
function claimOf(act: RefundAct, rmaId: string, facts: Partial<LedgerEntry> = {}): LedgerEntry {
	const outside = act.payout === 'account' || act.payout === 'giftCard';
	return entry({
		key: act.key,
		rmaId,
		action: act.action,
		payout: act.payout,
		...(outside ? { credit: { customerId: CUSTOMER, idsBefore: [], id: null, lastCharacters: null } } : {}),
		parts: act.parts,
		unitIds: act.unitIds,
		quantities: act.quantities,
		amount: (act.value.total.presentment.minor / 100).toFixed(2),
		returnId: act.returnId,
		...facts,
	});
}

const doneCard = (act: RefundAct, rmaId: string): LedgerEntry => claimOf(act, rmaId, { state: 'done', credit: { customerId: CUSTOMER, idsBefore: [], id: `card ${act.key}`, lastCharacters: 'ab12' } });
const withEntries = (order: OrderSnapshot, entries: LedgerEntry[]): OrderSnapshot => ({ ...order, ledger: { ledger: { version: 1, entries }, compareDigest: 'digest' } });
const actOf = (result: SettlementPlan): RefundAct => result.refund ?? raise(JSON.stringify(result.blocked));
function raise(why: string): never {
	throw new Error(why);
}

describe('a line that is paid piece by piece outside the order', () => {
	/** Three pieces that cost 20.00 together. */
	const threeFor20 = orderWithReturn({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('6.67'), discountAllocations: [pair('0.01')] })], netPayment: pair('20.00'), returns: [shopifyReturn(3)] });

	it.each([['done', doneCard], ['claimed by a living run', (act: RefundAct, rmaId: string) => claimOf(act, rmaId)]] as const)('pays the whole and no more, with what came before %s', (_state, stateOf) => {
		let order = threeFor20;
		const paid = ['1', '2', '3'].map((id) => {
			const act = actOf(plan(order, rma([unit(id, 'sellable')]), CARD));
			order = withEntries(order, [...order.ledger.ledger.entries, stateOf(act, '1000001')]);
			return act.value.total.presentment.minor;
		});
		expect(paid).toEqual([667, 666, 667]);
	});

	it('is compared with Shopify’s suggestion as Shopify sees it', () => {
		const first = doneCard(actOf(plan(threeFor20, rma([unit('1', 'sellable')]), CARD)), '1000001');
		const next = actOf(plan(withEntries(threeFor20, [first]), rma([unit('2', 'sellable')]), CARD));
		expect([next.value.total.presentment.minor, next.shopifyValue.total.presentment.minor]).toEqual([666, 667]);
		expect(next.unshown).toEqual(money('6.67'));
	});

	it('whose refund was paid by the same reckoning goes on with what was paid, not with what Shopify states', () => {
		const first = doneCard(actOf(plan(threeFor20, rma([unit('1', 'sellable')]), CARD)), '1000001');
		const second = actOf(plan(withEntries(threeFor20, [first]), rma([unit('2', 'sellable')]), REFUND));
		const made = refund(1, { returnId: RETURN_ID, lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK', subtotal: pair('6.67'), tax: pair('0') }] });
		const after = { ...withEntries(threeFor20, [first, claimOf(second, '1000001', { state: 'done', refundId: made.id })]), refunds: [made], lines: threeFor20.lines.map((each) => ({ ...each, refundableQuantity: 2 })) };
		expect([second.value.total.presentment.minor, totalOf(plan(after, rma([unit('3', 'sellable')]), CARD))]).toEqual([666, 667]);
	});

	it('whose refund Shopify shows in two parts, because its pieces lay on two lines of the return, counts what was paid once', () => {
		const first = actOf(plan(threeFor20, rma([unit('1', 'sellable'), unit('2', 'sellable')]), REFUND));
		const piece = { lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK' as const, tax: pair('0') };
		const made = refund(1, { returnId: RETURN_ID, lines: [{ ...piece, subtotal: pair('6.67') }, { ...piece, subtotal: pair('6.66') }] });
		const after = { ...withEntries(threeFor20, [claimOf(first, '1000001', { state: 'done', refundId: made.id })]), refunds: [made], lines: threeFor20.lines.map((each) => ({ ...each, refundableQuantity: 1 })), netPayment: pair('6.67') };
		expect([first.value.total.presentment.minor, totalOf(plan(after, rma([unit('3', 'sellable')]), REFUND))]).toEqual([1333, 667]);
	});
});

describe('the return’s shipping fee', () => {
	const charged = orderWithReturn({ returns: [shopifyReturn(2, { shippingFees: [pair('5.00')] })] });
	const first = actOf(plan(charged, rma([unit('1', 'sellable')]), CARD));

	it.each([['done', doneCard(first, '1000001')], ['claimed by a living run', claimOf(first, '1000001')]])('was taken by a card that is %s, though Shopify would take it again', (_state, before) => {
		const next = actOf(plan(withEntries(charged, [before]), rma([unit('2', 'sellable')]), CARD));
		expect(first.value.total.presentment).toEqual(money('15.00'));
		expect(next.value.total.presentment).toEqual(money('20.00'));
		expect(next.shopifyValue.total.presentment).toEqual(money('15.00'));
	});

	it('is taken by the next payment when the run that claimed it left nothing behind', () => {
		expect(totalOf(plan(withEntries(charged, [claimOf(first, '1000001')]), rma([unit('2', 'sellable')]), CARD, LATER))).toBe(1500);
	});
});

describe('shipping, duties and tip', () => {
	const shipped = orderWithReturn({ shipping: { price: pair('4.90'), tax: pair('0'), refundedPrice: pair('0'), refundedTax: pair('0') }, netPayment: pair('64.90') });
	const exact: Partial<SettlementSettings> = { ...REFUND, refundShipping: 'exact', refundShippingAmount: '4.90' };
	const first = actOf(plan(shipped, rma([unit('1', 'sellable')]), exact));
	const made = refund(1, { returnId: RETURN_ID, note: `settlement ${first.key}`, lines: [{ lineItemId: lineId(1), quantity: 1, restockType: 'NO_RESTOCK', subtotal: pair('20.00'), tax: pair('0') }] });
	const after = (entries: LedgerEntry[], facts: Partial<OrderSnapshot> = {}) => withEntries({ ...shipped, ...facts }, entries);
	const second = (order: OrderSnapshot, choice = exact, now = NOW) => totalOf(plan(order, rma([unit('2', 'sellable')]), choice, now));

	it('a fixed amount goes with one payment: of a run that is about to pay, that died after it, that ended', () => {
		expect(first.value.total.presentment).toEqual(money('24.90'));
		const gone = { refunds: [made], lines: shipped.lines.map((each) => ({ ...each, refundableQuantity: 2 })) };
		expect(second(after([claimOf(first, '1000001')]))).toBe(2000);
		expect(second(after([claimOf(first, '1000001')], gone), exact, LATER)).toBe(2000);
		expect(second(after([claimOf(first, '1000001', { state: 'done', refundId: made.id })], gone))).toBe(2000);
	});

	it('a fixed amount is not lost with a payment that did not carry it, or that never took place', () => {
		expect(second(after([claimOf(first, '1000001')]), exact, LATER)).toBe(2490);
		const plain = actOf(plan(after([claimOf(first, '1000001')]), rma([unit('2', 'sellable')]), exact));
		const order = after([claimOf(plain, '1000001', { state: 'done', refundId: made.id })], { refunds: [made], lines: shipped.lines.map((each) => ({ ...each, refundableQuantity: 2 })) });
		expect(totalOf(plan(order, rma([unit('1', 'sellable')]), exact))).toBe(2490);
	});

	it('an entry of an older version, which does not tell, counts as having carried it', () => {
		expect(second(after([claimOf(first, '1000001', { parts: undefined })]))).toBe(2000);
	});

	it('all that is left is what no claim and no credit has paid, of every RMA', () => {
		const full: Partial<SettlementSettings> = { ...CARD, refundShipping: 'full', refundTip: 'full', refundDuties: 'full' };
		const dutiable = { ...shipped, lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), duties: [{ id: 'gid://shopify/Duty/1', amount: pair('3.00') }] })], tip: { lineItemId: lineId(9), amount: pair('2.00'), refunded: pair('0') }, netPayment: pair('69.90') };
		const card = actOf(plan(dutiable, rma([unit('1', 'sellable')]), full));
		expect(card.value.total.presentment).toEqual(money('29.90'));
		for (const before of [doneCard(card, '1000001'), claimOf(card, '1000001'), { ...doneCard(card, '2000002'), returnId: null }]) {
			const next = actOf(plan(withEntries(dutiable, [before]), rma([unit('2', 'sellable')]), full));
			expect(next.value.total.presentment).toEqual(money('20.00'));
			expect(next.extras).toEqual({ shipping: null, duties: [], tipLineId: null });
		}
	});
});

describe('pieces that another RMA is paid for', () => {
	const single = orderWithReturn({ lines: [line(1, { quantity: 1, originalUnitPrice: pair('20.00') })], netPayment: pair('20.00'), returns: [] });
	const other = rma([unit('9', 'sellable')], { id: '2000002', shopifyReturnName: null });
	const mine = rma([unit('1', 'sellable')], { shopifyReturnName: null });

	it.each([['gift card', CARD], ['account credit', ACCOUNT], ['refund', REFUND]])('by a living claim for a %s are waited for, whichever way this one would be paid', (_name, way) => {
		const claimed = claimOf(actOf(plan(single, other, way)), '2000002');
		for (const choice of [CARD, ACCOUNT, REFUND]) {
			const result = plan(withEntries(single, [claimed]), mine, choice);
			expect(result.refund).toBeNull();
			expect(codes(result.waiting)).toEqual(['claimedElsewhere']);
			expect(result.retryAt).toBe(claimed.leaseUntil);
		}
	});

	it('by a card whose run died before it was recorded are gone', () => {
		const act = actOf(plan(single, other, CARD));
		const card = { id: 'card-1', note: `settlement ${act.key}`, initialValue: money('20.00'), lastCharacters: 'ab12', customerId: CUSTOMER, createdAt: '2026-11-10T09:00:30Z' };
		const result = plan({ ...withEntries(single, [claimOf(act, '2000002')]), credit: customer({ giftCards: [card] }) }, mine, REFUND, LATER);
		expect(codes(result.blocked)).toEqual(['nothingReturnable']);
	});

	it('by a run that died before it paid are free again', () => {
		const act = actOf(plan(single, other, CARD));
		expect(totalOf(plan(withEntries(single, [claimOf(act, '2000002')]), mine, REFUND, LATER))).toBe(2000);
	});

	it('by a credit of which nobody can tell whether it was made need a person', () => {
		const act = actOf(plan(single, other, ACCOUNT));
		const order = { ...withEntries(single, [claimOf(act, '2000002')]), credit: customer({ accountCredits: [accountCredit('gid://shopify/StoreCreditAccountCreditTransaction/5', '20.00')] }) };
		expect(codes(plan(order, mine, REFUND, LATER).blocked)).toEqual(['creditUnclear']);
	});
});

const accountCredit = (id: string, amount: string, facts: Partial<CustomerCredit['accountCredits'][number]> = {}) => ({ id, amount: money(amount), isAdjustment: true, createdAt: '2026-11-10T09:00:30Z', expiresAt: null, ...facts });

describe('a credit on the account whose run ended early', () => {
	const request = rma([unit('1', 'sellable'), unit('2', 'sellable')]);
	const act = actOf(plan(orderWithReturn(), request, ACCOUNT));
	const SUSPECT = 'gid://shopify/StoreCreditAccountCreditTransaction/5';
	const claimed = (credit: Partial<NonNullable<LedgerEntry['credit']>> = {}) => claimOf(act, '1000001', { credit: { customerId: CUSTOMER, idsBefore: ['before'], expiresAt: null, id: null, lastCharacters: null, ...credit } });
	const seen = (accountCredits: CustomerCredit['accountCredits'], choice: Partial<SettlementSettings> = ACCOUNT, facts: Partial<CustomerCredit> = {}, claim = claimed(), asked = request) =>
		plan({ ...withEntries(orderWithReturn(), [claim]), credit: customer({ accountCredits, ...facts }) }, asked, choice, LATER);

	it.each([['direct credit', ACCOUNT], ['gift card', CARD], ['refund', REFUND]])('is not called done because of a credit that may be somebody else’s, and is not made again as a %s', (_name, way) => {
		const result = seen([accountCredit(SUSPECT, '40.00')], way);
		expect([result.refund, result.adopted, result.alreadyDone]).toEqual([null, [], []]);
		expect(codes(result.blocked)).toEqual(['creditUnclear']);
		expect(result.blocked[0]?.message).toMatch(/40\.00 USD for 2 pieces at 2026-11-10T09:00:00\.000Z.*StoreCreditAccountCreditTransaction\/5 of 2026-11-10T09:00:30Z/);
	});

	it('is made once a person has found the other credit to be for something else', () => {
		expect(totalOf(seen([accountCredit(SUSPECT, '40.00')], { ...ACCOUNT, acknowledgedRefundIds: [SUSPECT] }))).toBe(4000);
	});

	it('is settled when ReturnGO shows that the units are paid', () => {
		const result = seen([accountCredit(SUSPECT, '40.00')], ACCOUNT, {}, claimed(), { ...request, transactions: [returnGoTransaction('Success')] });
		expect(codes(result.alreadyDone)).toEqual(['refundedByReturnGo']);
	});

	it.each([
		['was there before', [accountCredit('before', '40.00')]],
		['is of another amount', [accountCredit(SUSPECT, '40.01')]],
		['was made long after the claim had ended', [accountCredit(SUSPECT, '40.00', { createdAt: '2026-11-10T11:00:00Z' })]],
		['comes from an order', [accountCredit(SUSPECT, '40.00', { isAdjustment: false })]],
	])('is made when the only other credit %s', (_why, credits) => {
		expect(totalOf(seen(credits))).toBe(4000);
	});

	it('needs a person when the account has more movements than can be read back to the claim', () => {
		const newer = Array.from({ length: 20 }, (_none, index) => accountCredit(`new-${index}`, '1.00', { createdAt: '2026-11-10T11:30:00Z' }));
		expect(codes(seen(newer, ACCOUNT, { hasOlderCredits: true }).blocked)).toEqual(['creditUnclear']);
		expect(totalOf(seen([...newer.slice(1), accountCredit('before', '1.00')], ACCOUNT, { hasOlderCredits: true }))).toBe(4000);
	});

	it('that ends is recognised by the second at which it ends, and by nothing else', () => {
		const expiresAt = markedExpiry('2026-12-10T09:00:00.000Z', act.key);
		const own = accountCredit(SUSPECT, '40.00', { expiresAt: expiresAt.replace('.000Z', 'Z') });
		const another = accountCredit('another', '40.00', { expiresAt: '2026-12-10T09:00:00Z' });
		expect(seen([another, own], ACCOUNT, {}, claimed({ expiresAt })).adopted).toMatchObject([{ trace: { credit: { id: SUSPECT } } }]);
		expect(codes(seen([another], ACCOUNT, {}, claimed({ expiresAt })).blocked)).toEqual(['creditUnclear']);
		expect(totalOf(seen([], ACCOUNT, {}, claimed({ expiresAt })))).toBe(4000);
	});

	it('is its own to the run that has just sent it, when it is the only new one', () => {
		const order = (credits: CustomerCredit['accountCredits']) => ({ ...withEntries(orderWithReturn(), [claimed()]), credit: customer({ accountCredits: credits }) });
		expect(findAct(order([accountCredit(SUSPECT, '40.00')]), claimed())).toMatchObject({ credit: { id: SUSPECT } });
		expect(findAct(order([accountCredit(SUSPECT, '40.00'), accountCredit('another', '40.00')]), claimed())).toBeNull();
	});
});

test('the second at which a credit ends lies within a day after the earliest, and differs between acts', () => {
	const ends = Array.from({ length: 200 }, (_none, index) => markedExpiry('2026-12-10T09:00:00.500Z', settlementKey(SHOP, String(index), 'storeCredit', ['1'])));
	for (const end of ends) {
		const after = new Date(end).getTime() - new Date('2026-12-10T09:00:00.500Z').getTime();
		expect(after).toBeGreaterThanOrEqual(0);
		expect(after).toBeLessThan(86_401_000);
	}
	expect(new Set(ends).size).toBeGreaterThan(195);
});

test(
	'whatever is paid by cards, credits and refunds, in any order, by any RMA, done or claimed, adds up to the order exactly',
	() => {
		const facts = fc.record({
			lines: fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 6 }), price: fc.integer({ min: 0, max: 3_000 }), discount: fc.integer({ min: 0, max: 100 }), tax: fc.integer({ min: 0, max: 500 }) }), { minLength: 1, maxLength: 3 }),
			taxesIncluded: fc.boolean(),
			fee: fc.integer({ min: 0, max: 300 }),
			shipping: fc.integer({ min: 0, max: 900 }),
			steps: fc.infiniteStream(fc.record({ way: fc.constantFrom(CARD, ACCOUNT, REFUND), isClaimed: fc.boolean(), pieces: fc.integer({ min: 1, max: 3 }), rmaId: fc.constantFrom('1000001', '2000002') })),
		});
		const cents = (minor: number) => pair((minor / 100).toFixed(2));
		fc.assert(
			fc.property(facts, ({ lines, taxesIncluded, fee, shipping, steps }) => {
				const sold = lines.map((each, index) => line(index + 1, { quantity: each.quantity, originalUnitPrice: cents(each.price), discountAllocations: [cents(Math.min(each.discount, each.price * each.quantity))], taxes: [{ title: 'VAT', amount: cents(each.tax) }] }));
				const worth = lines.reduce((sum, each) => sum + each.price * each.quantity - Math.min(each.discount, each.price * each.quantity) + (taxesIncluded ? 0 : each.tax), 0);
				const returnLine = shopifyReturn(1).lines[0] ?? raise('a return has a line');
				const back = shopifyReturn(1, { shippingFees: fee > 0 ? [cents(fee)] : [], lines: lines.map((each, index) => ({ ...returnLine, id: `gid://shopify/ReturnLineItem/${index}`, lineItemId: lineId(index + 1), quantity: each.quantity, refundableQuantity: each.quantity, processableQuantity: each.quantity })) });
				let order = orderWithReturn({ lines: sold, taxesIncluded, returns: [back], netPayment: cents(worth + shipping), shipping: { price: cents(shipping), tax: pair('0'), refundedPrice: pair('0'), refundedTax: pair('0') }, credit: customer() });
				const pieces = lines.flatMap((each, index) => Array.from({ length: each.quantity }, (_none, piece) => ({ id: `${index}-${piece}`, lineItemId: lineId(index + 1) })));
				let paid = 0;
				let stuck = false;
				for (const step of steps) {
					if (pieces.length === 0) break;
					const units = pieces.splice(0, step.pieces).map(({ id, lineItemId }) => unit(id, 'sellable', { lineItemId }));
					const choice = { ...step.way, refundShipping: 'full' as const, shopifyReturnId: RETURN_ID };
					const result = plan(order, rma(units, { id: step.rmaId, shopifyReturnName: '#1001-R1' }), choice);
					const act = result.refund;
					if (act === null) {
						// Worth nothing, or the fee is more than the pieces: nobody is paid by such a step.
						expect(['nothingToPay', 'customerOwes']).toContain(codes(result.blocked)[0]);
						stuck = true;
						break;
					}
					paid += act.value.total.presentment.minor;
					const outside = act.payout !== 'tenders';
					const claim = outside && !step.isClaimed ? doneCard(act, step.rmaId) : claimOf(act, step.rmaId, outside ? {} : { state: 'done', refundId: `gid://shopify/Refund/${paid}-${pieces.length}` });
					order = withEntries(outside ? order : refunded(order, act, claim.refundId ?? ''), [...order.ledger.ledger.entries, claim]);
				}
				if (!stuck) expect(paid).toBe(worth + shipping - fee);
				else expect(paid).toBeLessThanOrEqual(worth + shipping);
			}),
			{ numRuns: ORDERS },
		);
	},
	120_000,
);

/** As Shopify books it: by its own reckoning, which knows of no credit, whatever was paid. */
function refunded(order: OrderSnapshot, act: RefundAct, id: string): OrderSnapshot {
	const { shopifyValue: stated } = act;
	const takenOf = (lineItemId: string) => act.quantities.find((piece) => piece.lineItemId === lineItemId)?.quantity ?? 0;
	const { shipping } = order;
	return {
		...order,
		refunds: [...order.refunds, refund(1, { id, returnId: RETURN_ID, lines: stated.lines.map(({ lineItemId, quantity, restockType, subtotal, tax }) => ({ lineItemId, quantity, restockType, subtotal, tax })) })],
		lines: order.lines.map((each) => ({ ...each, refundableQuantity: each.refundableQuantity - takenOf(each.id) })),
		returns: order.returns.map((each) => ({ ...each, lines: each.lines.map((part) => ({ ...part, processedQuantity: part.processedQuantity + takenOf(part.lineItemId ?? ''), processableQuantity: part.processableQuantity - takenOf(part.lineItemId ?? ''), refundableQuantity: part.refundableQuantity - takenOf(part.lineItemId ?? '') })) })),
		netPayment: { ...order.netPayment, presentment: { ...order.netPayment.presentment, minor: order.netPayment.presentment.minor - act.value.total.presentment.minor } },
		...(shipping === undefined ? {} : { shipping: { ...shipping, refundedPrice: { presentment: { ...shipping.price.presentment, minor: shipping.refundedPrice.presentment.minor + stated.shippingPrice.presentment.minor }, shop: shipping.refundedPrice.shop } } }),
	};
}
