import fc from 'fast-check';
import type { Case } from '../../../returns/case';
import { reconcile } from '../../../returns/reconciliation';
import { toFinding } from '../../../returns/reconciliationLine';
import { ReconciliationTotals } from '../../../returns/reconciliationTotals';
import { anyCase } from './anyCase';

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
