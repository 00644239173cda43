/** Lines that do not add up to what was read: nobody may book such figures. */
import { totalsDisagree } from '../../../nodes/ReturnsReconciliation/reconciliation/disagreement';
import { MonthTotals } from '../../../returns/monthTotals';
import { reconcile } from '../../../returns/reconciliation';
import { ReconciliationTotals } from '../../../returns/reconciliationTotals';
import { traceRefund, withinPeriod } from '../../../returns/monthEnd';
import { caseOf, naming, refund, rma, transaction, unit } from '../returns/cases';

const found = caseOf({ order: { refunds: [refund(1, 4000)] }, rmas: [rma('900', 'Done', [unit('11')])], transactions: [transaction('1', '39.00', { ...naming(1), unitIds: ['11'] })] });
const PERIOD = { start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z' };

it('is a critical finding of its own, above all others, for each currency that disagrees', () => {
	expect(totalsDisagree('reconciliation', [], new Date())).toEqual([]);
	expect(totalsDisagree('reconciliation', ['EUR', 'USD'], new Date('2026-11-01T00:00:00Z'))).toMatchObject([
		{ code: 'totalsDisagree', severity: 'critical', incident: 'reconciliation/totals/EUR', currency: 'EUR' },
		{ code: 'totalsDisagree', severity: 'critical', incident: 'reconciliation/totals/USD', currency: 'USD' },
	]);
});

it('is not said of a run whose every line was counted, and is said when one is lost, counted twice, or off by a cent', () => {
	const lines = reconcile(found);
	const totalsOf = (counted: typeof lines) => {
		const totals = new ReconciliationTotals();
		totals.addCase(found);
		for (const line of counted) totals.addLine(line);
		return totals.disagreements();
	};
	expect(totalsOf(lines)).toEqual([]);
	expect(totalsOf([])).toEqual(['EUR']);
	expect(totalsOf([...lines, ...lines])).toEqual(['EUR']);
	expect(totalsOf(lines.map((line) => ({ ...line, shopify: line.shopify && { ...line.shopify, minor: line.shopify.minor + 1 } })))).toEqual(['EUR']);
});

it('is said of a month in the same way', () => {
	const lines = withinPeriod(found, reconcile(found), PERIOD);
	const totalsOf = (counted: typeof lines, isTraced = true) => {
		const totals = new MonthTotals(PERIOD);
		totals.addCase(found);
		for (const line of counted) totals.addLine(line);
		if (isTraced) for (const one of found.order?.refunds ?? []) totals.addPayoutLine(traceRefund(one, new Map()));
		return totals.disagreements();
	};
	expect(totalsOf(lines)).toEqual([]);
	expect(totalsOf([])).toEqual(['EUR']);
	// The payouts are in the currency of the store's books.
	expect(totalsOf(lines, false)).toEqual(['USD']);
});
