/** A year of a shop, reconciled: each planted fault of money is found, and nothing that is in order is called wrong. */
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

jest.setTimeout(900_000);

let shopify: ShopifySimulator;
let returnGo: ReturnGoSimulator;
let year: Year;

beforeAll(async () => {
	const clock = new Clock();
	clock.freeze();
	await clock.set('2025-11-01T00:00:00Z');
	shopify = await startShopifySimulator({ clock });
	returnGo = await startReturnGoSimulator({ clock, shopifyUrl: shopify.url });
	year = await plantYear({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url }, { seed: 11, ...YEAR_SIZE });
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

/** What a reconciliation calls the faults that are about money; the others are the audit's to find. */
const FOUND_AS: Readonly<Record<string, readonly string[]>> = {
	// ReturnGO names an order, and Shopify has none of that name.
	rmaWithoutOrder: ['orderNotFound'],
	refundWithoutRma: ['refundWithoutRma'],
	refundTwice: ['refundTwice'],
	valueMismatch: ['valueMismatch'],
	currencyMismatch: ['currencyMismatch'],
	refundPendingTooLong: ['refundPending'],
	refundFailed: ['refundFailed'],
};

const bare = (name: unknown) => String(name).replace('#', '');
const isAbout = (row: IDataObject, { rmaId, orderName }: PlantedFault) => (rmaId === undefined ? bare(row.orderName) === bare(orderName) : row.rmaId === String(rmaId) || bare(row.orderName) === bare(orderName));
/** One run over all of it; a refund that ReturnGO did not report takes a call for its order. */
const WHOLE_YEAR = { since: '2025-11-01T00:00:00Z', options: { callLimit: 1000 } };

it('finds every planted fault of money, with its code', async () => {
	const { rows } = await run('reconciliation', 'run', WHOLE_YEAR);
	const faults = year.faults.filter(({ code }) => FOUND_AS[code] !== undefined);
	expect(faults.length).toBeGreaterThan(15);
	expect(faults.filter((fault) => !rows.some((row) => isAbout(row, fault) && FOUND_AS[fault.code]?.includes(String(row.code))))).toEqual([]);
});

it('calls nothing wrong that is in order, and needs few calls', async () => {
	const { rows, summary } = await run('reconciliation', 'run', WHOLE_YEAR);
	const alarms = rows.filter(({ severity }) => severity !== 'info').filter((row) => !year.faults.some((fault) => isAbout(row, fault)));
	expect(alarms).toEqual([]);
	expect(summary).toMatchObject({ complete: true, totalsAgree: true });
	expect((summary.read as Array<{ name: string; count: number }>).find(({ name }) => name === 'Calls to ReturnGO')?.count).toBeLessThan(YEAR_SIZE.rmas * 0.3);
});

it('says the same when it runs again', async () => {
	const [first, second] = [await run('reconciliation', 'run', WHOLE_YEAR), await run('reconciliation', 'run', WHOLE_YEAR)];
	expect(second.rows.map(({ incident, code }) => [incident, code])).toEqual(first.rows.map(({ incident, code }) => [incident, code]));
});

it('closes the months to the cent, in both currencies, with each difference on a line', async () => {
	const currencies = new Set<string>();
	for (const month of ['2026-07', '2026-09', '2026-10', '2026-11']) {
		const { rows, summary } = await run('month', 'close', { month });
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
});

function cents(amounts: unknown[]): number {
	return amounts.reduce<number>((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
}
