/**
 * Every code that audit, search for stuck returns, reconciliation and month end can put out is planted in the seeded year, or it is said why not and
 * which test has it instead. A new code that is in neither list fails here.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXCEPTIONS } from '../../../returns/exceptions';
import { FAULTS } from '../../support/year/faults';

const ROOT = path.join(__dirname, '..', '..', '..');
/** Where findings are made. */
const SOURCES = ['returns/{detection,paymentRules,statusRules,stockRules,storeRules,restockComparison,monthEnd,monthTotals}.ts', 'returns/reconciliation*.ts', 'nodes/ReturnsReconciliation/**/*.ts', 'nodes/ReturnGo/api/failure.ts'];

const YEAR = 'test/year/reconciliation.test.ts';
const AUDIT = 'test/year/audit.test.ts';
const RUNS = 'test/engine/reconciliation/run.test.ts';
const RULES = 'test/unit/returns/reconciliation.test.ts';
const OUTCOMES = 'test/unit/reconciliation/outcome.test.ts';
const A_CALL = 'It is how a call failed, not what two services show.';
const IN_ORDER = 'It is no fault: it says what a line is.';

const ELSEWHERE: Readonly<Record<string, { because: string; test: string }>> = {
	accessDenied: { because: A_CALL, test: OUTCOMES },
	answerUnknown: { because: 'The reconciliation’s name for a claim of any age; planted as paymentUnfinished.', test: YEAR },
	bulkReadFailed: { because: A_CALL, test: RUNS },
	callBudgetLow: { because: 'It is about a run’s calls, not about a return.', test: AUDIT },
	creditOnlyInReturnGo: { because: IN_ORDER, test: RULES },
	invalidInput: { because: 'It is about a node’s parameters.', test: 'test/engine/reconciliation/audit.test.ts' },
	notPaidOut: { because: 'Every year has refunds of the last days.', test: YEAR },
	notRead: { because: 'It is about what a run had no calls left for.', test: RUNS },
	orderNotFound: { because: 'The reconciliation’s name for an order that Shopify does not have; planted as rmaWithoutOrder.', test: YEAR },
	payoutDiffers: { because: 'Shopify’s books never contradict Shopify’s refunds in the simulator, and no reference says how the real ones would.', test: 'test/unit/returns/monthEnd.test.ts' },
	refundOutsideReturns: { because: IN_ORDER, test: RULES },
	refundPending: { because: 'The reconciliation’s name for it at any age; planted as refundPendingTooLong.', test: YEAR },
	refusedByReturnGo: { because: A_CALL, test: OUTCOMES },
	returnGoAutoRefundActive: { because: 'It is about the store’s settings.', test: AUDIT },
	returnGoRefundRequested: { because: 'A refund of ReturnGO’s that is younger than the allowed days; older ones are planted as refundPendingTooLong.', test: RULES },
	returnGoSignInRefused: { because: A_CALL, test: OUTCOMES },
	rmaNotFound: { because: A_CALL, test: OUTCOMES },
	scopeMissing: { because: 'It is about the app, not about a return.', test: AUDIT },
	serviceUnavailable: { because: A_CALL, test: OUTCOMES },
	totalsDisagree: { because: 'It would be a mistake of this pack: no state of the services makes it.', test: 'test/unit/reconciliation/totalsDisagree.test.ts' },
	webhookRegistrationLost: { because: 'It is about the store’s subscriptions.', test: AUDIT },
};

function codesOf(file: string): string[] {
	return [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/'(\w+)'/g)].flatMap(([, word]) => (word !== undefined && Object.hasOwn(EXCEPTIONS, word) ? [word] : []));
}

const emitted = [...new Set(SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).flatMap(codesOf))].sort();
const planted = [...new Set(FAULTS.map(({ code }) => code))].sort();

it('every code is planted in the year or has a reason, and none has both', () => {
	expect(emitted.length).toBeGreaterThan(50);
	expect([...planted, ...Object.keys(ELSEWHERE)].sort()).toEqual(emitted);
});

it('the year has sixty faults or more, at least one of every kind, and each kind says how it is repaired or why it cannot be', () => {
	expect(FAULTS.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(60);
	for (const { count, repair } of FAULTS) {
		expect(count).toBeGreaterThan(0);
		if (typeof repair === 'string') expect(repair).toMatch(/\w+ \w+ .*\.$/);
	}
});

it.each(Object.entries(ELSEWHERE))('%s, which is not planted, is in the test that is named for it', (code, { because, test }) => {
	expect(because).not.toBe('');
	expect(existsSync(path.join(ROOT, test))).toBe(true);
	expect(readFileSync(path.join(ROOT, test), 'utf8')).toContain(code);
});
