import fc from 'fast-check';
import type { Case } from '../../../returns/case';
import { reconcile } from '../../../returns/reconciliation';
import { toFinding } from '../../../returns/reconciliationLine';
import { ReconciliationTotals } from '../../../returns/reconciliationTotals';
import { caseOf, LINE_A, LINE_B, naming, pair, paid, refund, refundedLine, refundGid, rma, row, transaction, unit, validated } from './cases';

const currency = fc.constantFrom('EUR', 'USD');
const cents = fc.integer({ min: 0, max: 20_000 });
const decimal = (minor: number) => (minor / 100).toFixed(2);

/** Anything that may be found on an order, in any combination, sensible or not. */
const anyCase: fc.Arbitrary<Case> = fc
	.record({
		statuses: fc.array(fc.constantFrom('Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled'), { maxLength: 3 }),
		isDetailed: fc.boolean(),
		units: fc.array(fc.record({ rma: fc.nat(2), line: fc.constantFrom(LINE_A, LINE_B), isExchange: fc.boolean(), found: fc.option(fc.boolean()) }), { maxLength: 6 }),
		refunds: fc.array(fc.record({ minor: cents, currency, pieces: fc.option(fc.nat(3)), inReturn: fc.boolean(), state: fc.constantFrom('SUCCESS' as const, 'PENDING' as const, 'FAILURE' as const) }), { maxLength: 4 }),
		transactions: fc.array(fc.record({ minor: cents, currency, status: fc.constantFrom('Success', 'Requested', 'Failed'), type: fc.constantFrom('RefundToPaymentMethod', 'RefundToStoreCredit', 'InvoicePayment'), names: fc.option(fc.nat(5)), units: fc.array(fc.nat(5), { maxLength: 2 }) }), { maxLength: 5 }),
		entries: fc.array(fc.record({ minor: cents, refund: fc.option(fc.nat(5)), payout: fc.constantFrom('tenders' as const, 'giftCard' as const), isDone: fc.boolean(), units: fc.array(fc.nat(5), { minLength: 1, maxLength: 2 }), rma: fc.nat(2) }), { maxLength: 3 }),
		isExplained: fc.boolean(),
		hasOrder: fc.boolean(),
		lacks: fc.constantFrom('nothing', 'order', 'rmas'),
	})
	.map((parts) => {
		const unitIds = (indexes: readonly number[]) => [...new Set(indexes.map((index) => `5${index}`))];
		const units = parts.units.map(({ line, isExchange, found }, index) => unit(`5${index}`, { lineItemId: line, ...(isExchange ? { resolutionType: 'InstantVariantExchange' } : {}), ...(found === null ? {} : validated(found)) }));
		return caseOf({
			order: parts.hasOrder
				? {
						refunds: parts.refunds.map(({ minor, currency: paidIn, pieces, inReturn, state }, index) => {
							const moved = state === 'SUCCESS' ? minor : 0;
							const base = refund(index, moved, { total: pair(moved, paidIn), returnId: inReturn ? 'gid://shopify/Return/1' : null });
							return { ...base, transactions: (base.transactions ?? []).map((entry) => ({ ...entry, status: state })), lines: pieces === null ? null : pieces === 0 ? [] : [refundedLine(LINE_A, pieces)] };
						}),
					}
				: null,
			rmas: parts.statuses.map((status, index) => (parts.isDetailed ? rma(`90${index}`, status, units.filter((_unit, at) => parts.units[at]?.rma === index)) : row(`90${index}`, status))),
			transactions: parts.transactions.map(({ minor, currency: paidIn, status, type, names, units: of }, index) =>
				transaction(`7${index}`, decimal(minor), { type, status, amount: { amount: decimal(minor), currency: paidIn, shopAmount: decimal(minor), shopCurrency: 'USD' }, ...(names === null ? {} : naming(names)), unitIds: unitIds(of) }),
			),
			entries: parts.entries.map(({ minor, refund: names, payout, isDone, units: of, rma: owner }, index) =>
				paid(`key-${index}`, `90${owner}`, unitIds(of), decimal(minor), {
					state: isDone ? 'done' : 'claimed',
					...(payout === 'giftCard'
						? { action: 'giftCard' as const, payout, credit: { customerId: 'c', idsBefore: [], id: names === null ? null : `gid://shopify/GiftCard/${names}`, lastCharacters: null } }
						: { refundId: names === null ? null : refundGid(names) }),
				}),
			),
			explainedRefundIds: parts.isExplained ? [refundGid(0)] : [],
			unread: parts.lacks === 'order' && !parts.hasOrder ? [{ what: 'order', id: '5001', because: 'x' }] : parts.lacks === 'rmas' ? [{ what: 'rmasOfOrder', id: '5001', because: 'x' }] : [],
		});
	});

const check = (property: (found: Case) => void) => fc.assert(fc.property(anyCase, property), { numRuns: 1500 });

describe('reconciling any case', () => {
	it('puts every refund that counts here into exactly one line', () => {
		check((found) => {
			const counted = (found.order?.refunds ?? []).map(({ id }) => id).filter((id) => !found.explainedRefundIds.includes(id));
			expect(reconcile(found).flatMap(({ subject }) => (subject.kind === 'refund' ? [subject.id] : [])).sort()).toEqual(counted.sort());
		});
	});

	it('puts every transaction of ReturnGO into exactly one line', () => {
		check((found) => expect(reconcile(found).flatMap(({ transactionIds }) => transactionIds).sort()).toEqual(found.transactions.map(({ id }) => id).sort()));
	});

	it('puts every unit that was read into exactly one line', () => {
		check((found) => {
			const units = found.rmas.flatMap(({ details }) => details?.units.map(({ id }) => id) ?? []);
			const listed = reconcile(found).flatMap(({ unitIds }) => unitIds);
			expect(new Set(listed).size).toBe(listed.length);
			expect(units.filter((id) => !listed.includes(id))).toEqual([]);
		});
	});

	it('adds up to both sides, to the minor unit, in each currency', () => {
		check((found) => {
			const totals = new ReconciliationTotals();
			totals.addCase(found);
			reconcile(found).forEach((line) => totals.addLine(line));
			expect(totals.disagreements()).toEqual([]);
			const paidByReturnGo = found.transactions.filter(({ status, type }) => status === 'Success' && type !== 'InvoicePayment' ).reduce((sum, { amount }) => sum + (amount?.currency === 'EUR' ? Math.round(Number(amount.amount) * 100) : 0), 0);
			const listed = totals.byClassAndCurrency().filter((entry) => entry.currency === 'EUR').reduce((sum, { returnGo }) => sum + Math.round(Number(returnGo) * 100), 0);
			expect(listed).toBe(paidByReturnGo);
		});
	});

	it('does not depend on the order in which anything was read', () => {
		check((found) => {
			const backwards: Case = {
				...found,
				order: found.order === null ? null : { ...found.order, refunds: [...found.order.refunds].reverse(), ledger: { ...found.order.ledger, entries: [...found.order.ledger.entries].reverse() } },
				rmas: [...found.rmas].reverse(),
				transactions: [...found.transactions].reverse(),
			};
			const rows = (which: Case) => reconcile(which).map((line) => ({ ...line, message: '' }));
			expect(rows(backwards)).toEqual(rows(found));
		});
	});

	it('names every line, and no two lines alike', () => {
		check((found) => {
			const incidents = reconcile(found).map((line) => toFinding(line, found, { now: new Date(0), shopDomain: 'sample.myshopify.com', rmaLink: '' }).incident);
			expect(new Set(incidents).size).toBe(incidents.length);
		});
	});
});
