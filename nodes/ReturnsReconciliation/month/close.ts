/** Month → Close: ReturnGO's payments, Shopify's refunds and Shopify's payouts of one calendar month, to the cent, each difference on a line. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Case } from '../../../returns/case';
import type { Finding } from '../../../returns/finding';
import { formatMoney, subtract } from '../../../returns/money';
import { isWithin, traceRefund, withinPeriod, type BalanceBook, type PayoutLine, type Period } from '../../../returns/monthEnd';
import { MonthTotals } from '../../../returns/monthTotals';
import { reconcile } from '../../../returns/reconciliation';
import { lastPart, toFinding, type LineContext } from '../../../returns/reconciliationLine';
import type { RunSummary } from '../../../returns/runSummary';
import type { Services } from '../operation';
import { refuse } from '../outcome';
import { bulkThresholdField, callLimitField, readRmaLink, readWholeNumber, rmaLinkField } from '../parameters';
import { gapsOf, readCases, startOfProgress, type CaseProgress } from '../reading/cases';
import { readOrderInDetail } from '../reading/orders';
import { readBalance, readShopZone } from '../reading/payouts';
import { totalsDisagree } from '../reconciliation/disagreement';

export const outputs = ['Differences', 'Summary'] as const;

export const description: INodeProperties[] = [
	{
		displayName: 'Month',
		name: 'month',
		type: 'string',
		default: '={{ $now.minus({ months: 1 }).toFormat("yyyy-MM") }}',
		required: true,
		placeholder: 'e.g. 2026-10',
		description: 'The month to close, as year and month. Its days begin at midnight in the time zone of the store.',
	},
	rmaLinkField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			bulkThresholdField,
			{
				displayName: 'Include Matched',
				name: 'includeMatched',
				type: 'boolean',
				default: false,
				description: 'Whether to list the refunds on which all sides agree as well, each with its payout',
			},
			callLimitField,
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]> {
	const now = new Date();
	const month = String(this.getNodeParameter('month', itemIndex, '')).trim();
	if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw refuse(this.getNode(), 'invalidInput', 'Month has to be a year and a month, e.g. 2026-10', itemIndex);
	const callLimit = readWholeNumber(this, itemIndex, 'options.callLimit', 'ReturnGO Call Limit', 1, 100);
	const bulkThreshold = readWholeNumber(this, itemIndex, 'options.bulkThreshold', 'Bulk Threshold', 0, 250);
	const isAll = this.getNodeParameter('options.includeMatched', itemIndex, false) === true;
	const rmaLink = readRmaLink(this, itemIndex);

	const sides = await services();
	const zone = await readShopZone(sides.shopify);
	const period = periodOf(month, zone);
	if (new Date(period.start) > now) throw refuse(this.getNode(), 'invalidInput', `The month ${month} has not begun`, itemIndex);
	const callsBefore = sides.returnGo.callsMade;
	const book = await readBalance(sides.shopify, period.start);
	const progress = startOfProgress();
	const totals = new MonthTotals(period);
	const context: LineContext = { now, shopDomain: sides.shopify.shopDomain, rmaLink };
	const findings: Finding[] = [];
	for await (const read of readCases(sides, { since: period.start, callLimit, bulkThreshold, details: 'needed' }, progress)) {
		const found = await withPayments(sides, read, period);
		totals.addCase(found);
		const payouts = new Map(refundsOf(found, period).map((refund) => [refund.id, traceRefund(refund, book ?? EMPTY_BOOK)]));
		for (const line of withinPeriod(found, reconcile(found), period)) {
			const isListed = totals.addLine(line);
			const payoutId = line.subject.kind === 'refund' ? (payouts.get(line.subject.id)?.payoutId ?? null) : null;
			if (isListed || isAll) findings.push({ ...toFinding(line, found, context), incident: `month/${month}/${line.subject.kind}/${lastPart(line.subject.id)}`, payoutId });
		}
		for (const line of payouts.values()) if (totals.addPayoutLine(line) || isAll) findings.push(payoutFinding(month, line, found, context));
	}
	findings.sort((left, right) => (left.incident < right.incident ? -1 : 1));
	const disagreements = totals.disagreements();
	findings.unshift(...totalsDisagree(`month/${month}`, disagreements, now));
	const notRead = missing(progress, book, period, now);
	const summary: RunSummary = {
		store: sides.shopify.shopDomain,
		since: period.start,
		until: period.end,
		agreeing: totals.agreeing,
		totals: totals.byCurrency(),
		read: [
			{ name: 'Refunds of the month', count: totals.refunds },
			{ name: 'RMAs', count: progress.rmas },
			{ name: 'RMAs in detail', count: progress.details },
			{ name: 'ReturnGO transactions', count: progress.transactions },
			{ name: 'Calls to ReturnGO', count: sides.returnGo.callsMade - callsBefore },
			{ name: 'Requests to Shopify', count: sides.shopify.usage.requests },
		],
		notRead,
	};
	const more = { month, timeZone: zone, complete: notRead.length === 0 && disagreements.length === 0, totalsAgree: disagreements.length === 0 };
	return [findings.map((json) => ({ json: { ...json } })), [{ json: { ...summary, ...more } as unknown as IDataObject }]];
}

const EMPTY_BOOK: BalanceBook = new Map();

function periodOf(month: string, zone: string): Period {
	const start = DateTime.fromISO(`${month}-01T00:00:00`, { zone });
	return { start: utc(start), end: utc(start.plus({ months: 1 })) };
}

function utc(moment: DateTime): string {
	return moment.toUTC().toJSDate().toISOString();
}

function refundsOf(found: Case, period: Period): NonNullable<Case['order']>['refunds'] {
	return (found.order?.refunds ?? []).filter(({ id, createdAt }) => !found.explainedRefundIds.includes(id) && isWithin(createdAt, period));
}

/** With several refunds on an order, only its details tell which payment belongs to which. */
async function withPayments({ shopify }: Services, found: Case, period: Period): Promise<Case> {
	if (found.order === null || !refundsOf(found, period).some(({ transactions }) => transactions === null)) return found;
	const reading = await readOrderInDetail(shopify, found.order.id);
	return reading === null ? found : { ...found, order: reading.order };
}

/** For payouts, `difference` is what was refunded less what payouts hold, in the currency of the store's books. */
function payoutFinding(month: string, line: PayoutLine, found: Case, { now, shopDomain, rmaLink }: LineContext): Finding {
	const { refund, refunded, paidOut, payoutId, code, message } = line;
	const row = toFinding({ subject: { kind: 'refund', id: refund.id }, class: 'matched', code, message, rmaId: null, transactionIds: [], unitIds: [], returnGo: null, shopify: refunded, at: refund.createdAt }, found, { now, shopDomain, rmaLink });
	return { ...row, ...(code === null ? { title: 'In a payout' } : {}), class: null, code, incident: `month/${month}/payout/${lastPart(refund.id)}`, difference: formatMoney(subtract(refunded, paidOut)), payoutId };
}

function missing(progress: CaseProgress, book: BalanceBook | null, { end }: Period, now: Date): string[] {
	return [
		...(new Date(end) > now ? ['The month is not over: these are the figures until now.'] : []),
		...gapsOf(progress, 'raise the limit', { verb: 'decided', advice: ': raise the limit' }),
		...(book === null ? ['The store has no Shopify Payments account, so there are no payouts to compare with.'] : []),
	];
}
