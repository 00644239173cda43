/** A year of a shop, reconciled: each planted fault of money is found, and nothing that is in order is called wrong. */
import type * as Workflow from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { ReturnGoApi } from '../../credentials/ReturnGoApi.credentials';
import { ShopifyReturnsApi } from '../../credentials/ShopifyReturnsApi.credentials';
import { ReturnsReconciliation } from '../../nodes/ReturnsReconciliation/ReturnsReconciliation.node';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../simulators/returngo';
import { Clock } from '../../simulators/shared/clock';
import { startShopifySimulator, type ShopifySimulator } from '../../simulators/shopify';
import { runNode } from '../engine/harness';
import { plantYear, type PlantedFault, type Year } from '../support/year';
import { YEAR_SIZE } from './size';

/** The connector keeps to the services' calls per second, in real time; a year of it would be nothing but waiting. */
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof Workflow>('n8n-workflow');
	return { ...actual, sleep: async (ms: number) => await actual.sleep(ms / 50) };
});

jest.setTimeout(1_800_000);

const DAY_MS = 86_400_000;
const NOW = Date.now();

let shopify: ShopifySimulator;
let returnGo: ReturnGoSimulator;
let year: Year;

beforeAll(async () => {
	const clock = new Clock();
	clock.freeze();
	await clock.set(new Date(NOW - 400 * DAY_MS).toISOString());
	shopify = await startShopifySimulator({ clock, settings: { restoreRate: 5_000, bucketSize: 20_000 } });
	returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url, options: { perSecondLimit: 0, dailyLimit: 0 } });
	year = await plantYear({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url }, { seed: 11, ...YEAR_SIZE, now: new Date(NOW).toISOString() });
	// In a time that stands still Shopify's query points do not come back.
	clock.unfreeze();
});

afterAll(async () => {
	await returnGo.close();
	await shopify.close();
});

async function run(resource: string, operation: string, parameters: IDataObject): Promise<{ rows: IDataObject[]; summary: IDataObject }> {
	const { outputs, error } = await runNode({
		node: ReturnsReconciliation,
		credentialTypes: [new ReturnGoApi(), new ShopifyReturnsApi()],
		credentials: {
			returnGoApi: { apiKey: returnGo.apiKey, storeDomain: returnGo.shopDomain, baseUrl: returnGo.url },
			shopifyReturnsApi: { shopDomain: shopify.url, authentication: 'accessToken', accessToken: 'shpat_sim_full' },
		},
		parameters: { resource, operation, ...parameters } as never,
	});
	if (error) throw error;
	return { rows: (outputs[0] ?? []).map(({ json }) => json), summary: outputs[1]?.[0]?.json ?? {} };
}

/**
 * Class and code of every planted fault in the reconciliation, with the details of every RMA read. Those without are about states and parcels: the
 * audit tells of them, and here their lines are no alarm. `inTime`: so without the details, too.
 */
const SHOWN_AS: Readonly<Record<string, { as: readonly string[]; inTime: boolean } | null>> = {
	approvalMissingInShopify: null,
	approvedWithoutTracking: null,
	bundleParentRestocked: { as: ['restockDiffers bundleParentRestocked'], inTime: false },
	closedInShopifyOpenInReturnGo: null,
	creditRecordMissing: { as: ['valueDiffers creditRecordMissing'], inTime: true },
	// Two currencies make two lines.
	currencyMismatch: { as: ['valueDiffers currencyMismatch', 'valueDiffers currencyMismatch'], inTime: true },
	deliveredNotReceived: null,
	doneInReturnGoOpenInShopify: null,
	endedInReturnGoOpenInShopify: null,
	endedInShopifyOpenInReturnGo: null,
	exchangeNotReleased: null,
	inTransitTooLong: null,
	inspectedNotRestocked: { as: ['restockDiffers inspectedNotRestocked'], inTime: false },
	ledgerUnreadable: { as: ['pending ledgerUnreadable'], inTime: true },
	orderNotInPortal: null,
	paidThoughEnded: { as: ['valueDiffers paidThoughEnded'], inTime: true },
	paidThoughFailed: { as: ['valueDiffers paidThoughFailed'], inTime: true },
	paymentUnfinished: { as: ['pending answerUnknown'], inTime: true },
	receivedNotInShopify: null,
	refundFailed: { as: ['onlyInReturnGo returnGoRefundFailed', 'valueDiffers refundFailed'], inTime: true },
	// The request is open: whether it takes too long is the audit's to say.
	refundMissing: null,
	refundNotFound: { as: ['onlyInReturnGo refundNotFound'], inTime: true },
	refundPendingTooLong: { as: ['pending refundPending'], inTime: true },
	refundRecordMissing: { as: ['valueDiffers refundRecordMissing'], inTime: true },
	refundTwice: { as: ['duplicate refundTwice'], inTime: true },
	refundUnclear: { as: ['onlyInShopify refundUnclear'], inTime: true },
	refundWithoutRma: { as: ['onlyInShopify refundWithoutRma'], inTime: true },
	restockedBeforeInspection: null,
	restockedNotSellable: { as: ['restockDiffers restockedNotSellable'], inTime: false },
	// Until its RMA is read, ReturnGO's list does not say whose the failed transaction is.
	returnGoRefundFailed: { as: ['onlyInReturnGo returnGoRefundFailed'], inTime: false },
	rmaWithoutOrder: { as: ['onlyInReturnGo orderNotFound'], inTime: true },
	'rmaWithoutOrder names no order': { as: ['onlyInReturnGo rmaWithoutOrder'], inTime: true },
	settlementUnseen: null,
	'settlementUnseen done': { as: ['onlyInReturnGo settlementUnseen'], inTime: true },
	skuMismatch: null,
	stockUnclear: null,
	storeCreditMissing: null,
	valueMismatch: { as: ['valueDiffers valueMismatch'], inTime: true },
};

const kindOf = ({ code, variant }: PlantedFault) => (variant !== undefined && Object.hasOwn(SHOWN_AS, `${code} ${variant}`) ? `${code} ${variant}` : code);
const bare = (name: unknown) => String(name ?? '').replace('#', '');
const isAbout = (row: IDataObject, { rmaId, orderName }: PlantedFault) => (rmaId !== undefined && row.rmaId === String(rmaId)) || (orderName !== '' && bare(row.orderName) === bare(orderName));
const shown = (rows: IDataObject[], fault: PlantedFault) => rows.filter((row) => isAbout(row, fault) && row.code !== null).map((row) => `${String(row.class)} ${String(row.code)}`).sort();

/** One run over all of it; a refund that ReturnGO did not report takes a call for its order. */
const wholeYear = (options: IDataObject = {}) => ({ since: new Date(NOW - 370 * DAY_MS).toISOString(), options: { callLimit: 2000, bundleTable: JSON.stringify(year.bundles), ...options } });
const alarmsIn = (rows: IDataObject[]) => rows.filter(({ severity }) => severity !== 'info');

it('says of every kind of fault that the year holds how it is shown', () => {
	expect(Object.keys(SHOWN_AS).sort()).toEqual([...new Set(year.faults.map(kindOf))].sort());
});

it('shows every planted fault of money and stock in its class under its code, and no other line is an alarm', async () => {
	const { rows, summary } = await run('reconciliation', 'run', wholeYear({ details: 'all' }));
	expect(summary).toMatchObject({ complete: true, totalsAgree: true });
	for (const fault of year.faults) expect([kindOf(fault), fault.rmaId, shown(rows, fault)]).toEqual([kindOf(fault), fault.rmaId, SHOWN_AS[kindOf(fault)]?.as ?? []]);
	expect(alarmsIn(rows).filter((row) => !year.faults.some((fault) => isAbout(row, fault)))).toEqual([]);
});

it('finds the faults of money without reading every RMA, calls nothing wrong that is in order, needs few calls, and says the same again', async () => {
	const { rows, summary } = await run('reconciliation', 'run', wholeYear());
	for (const fault of year.faults) if (SHOWN_AS[kindOf(fault)]?.inTime === true) expect([kindOf(fault), fault.rmaId, shown(rows, fault)]).toEqual([kindOf(fault), fault.rmaId, SHOWN_AS[kindOf(fault)]?.as]);
	const unknown = alarmsIn(rows).filter((row) => !year.faults.some((fault) => isAbout(row, fault)));
	expect(unknown.map(({ code }) => code)).toEqual(year.faults.filter(({ code }) => code === 'returnGoRefundFailed').map(({ code }) => code));
	expect(alarmsIn(rows).filter((row) => year.faults.some((fault) => isAbout(row, fault) && SHOWN_AS[kindOf(fault)] === null))).toEqual([]);
	expect(summary).toMatchObject({ complete: true, totalsAgree: true });
	expect((summary.read as Array<{ name: string; count: number }>).find(({ name }) => name === 'Calls to ReturnGO')?.count).toBeLessThan(YEAR_SIZE.rmas * 0.3);
	const again = await run('reconciliation', 'run', wholeYear());
	expect(again.rows.map(({ incident, code }) => [incident, code])).toEqual(rows.map(({ incident, code }) => [incident, code]));
});

/** Months (UTC) in which the year's money moved, the running one first. */
function lastMonths(count: number): string[] {
	const now = new Date(NOW);
	return Array.from({ length: count }, (_none, ago) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1)).toISOString().slice(0, 7));
}

it('closes the months to the cent, in both currencies, with each difference on a line', async () => {
	const currencies = new Set<string>();
	const all: IDataObject[] = [];
	for (const month of lastMonths(5)) {
		const { rows, summary } = await run('month', 'close', { month, options: { callLimit: 1000 } });
		all.push(...rows);
		expect([month, summary.totalsAgree]).toEqual([month, true]);
		for (const { currency, amounts } of summary.totals as Array<{ currency: string; amounts: Array<{ name: string; amount: string }> }>) {
			currencies.add(currency);
			const listed = (kind: string) => cents(rows.filter((row) => row.currency === currency && String(row.incident).split('/')[2] === kind).map(({ difference }) => difference));
			const named = (name: string) => cents(amounts.filter((entry) => entry.name.startsWith(name)).map(({ amount }) => amount));
			expect([month, currency, listed('refund') + listed('credit') + listed('transaction')]).toEqual([month, currency, named('Refunded and') - named('Paid by')]);
			expect([month, currency, listed('payout')]).toEqual([month, currency, named('Refunded, all') - named('Of it')]);
		}
	}
	expect([...currencies].sort()).toEqual(expect.arrayContaining(['EUR', 'USD']));
	// What only a month shows: another gateway, two months for one payment, a payout that the bank refused.
	for (const fault of year.monthFaults) expect([fault.code, fault.rmaId, all.filter((row) => isAbout(row, fault)).map(({ code }) => code)]).toEqual([fault.code, fault.rmaId, expect.arrayContaining([fault.code])]);
	expect(all.map(({ code }) => code)).toContain('notPaidOut');
	const isKnown = (row: IDataObject) => [...year.faults, ...year.monthFaults].some((fault) => isAbout(row, fault));
	expect(alarmsIn(all).filter((row) => !isKnown(row))).toEqual([]);
});

function cents(amounts: unknown[]): number {
	return amounts.reduce<number>((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
}
