/** Two workers whose own clocks are minutes apart: a claim of one is judged by Shopify's clock, which both share. */
import type { SettlementRequest, Surroundings } from '../../../nodes/ShopifyReturns/settlement/pipeline';
import { settle } from '../../../nodes/ShopifyReturns/settlement/pipeline';
import type { ShopifyClient } from '../../../nodes/ShopifyReturns/api/client';
import { openStoreClient, type StoreClient } from '../../differential/storeClient';
import { rma, settings, unit } from '../../unit/returns/returns';

jest.setTimeout(60_000);

const MINUTES = 60_000;

let shop: StoreClient;
beforeAll(async () => {
	shop = await openStoreClient();
});
afterAll(async () => await shop.close());

async function inspected(): Promise<SettlementRequest> {
	const placed = await shop.placeOrder({ currency: 'EUR', lines: [{ sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: '10.00' }], payments: [{ gateway: 'shopify_payments' }] });
	const request = rma([unit('1', 'sellable', { lineItemId: placed.lines[0]?.id ?? null })], { order: { id: placed.id, name: '#1' }, shopifyReturnName: null });
	return { rma: request, settings: settings({ actions: ['refund'] }), leaseSeconds: 120, tenderPolicy: 'suggested', notifyCustomer: false, credit: null, isDryRun: false, paidInRun: new Map() };
}

/** A worker whose own clock is ahead by so much. */
function worker(aheadMs: number): Surroundings {
	return { now: () => new Date(Date.now() + aheadMs), sleep: async () => await Promise.resolve(), token: () => `worker ${aheadMs}` };
}

/** Shopify as a worker reaches it: its answers tell the time, and may stop coming after the claim. */
function reached(breaksAfterClaim: boolean): ShopifyClient {
	let requests = 0;
	return {
		...shop,
		serverNow: () => new Date(),
		request: async (document, variables, safety) => {
			requests += 1;
			if (breaksAfterClaim && requests > 2) throw new Error('The worker stands still');
			return await shop.request(document, variables, safety);
		},
	};
}

it.each([
	['ahead', 0, 10 * MINUTES],
	['behind', 10 * MINUTES, 0],
	['behind Shopify’s as well', -10 * MINUTES, 0],
])('a fresh claim keeps a worker away whose clock is %s', async (_case, first, second) => {
	const request = await inspected();
	await expect(settle(reached(true), request, worker(first))).rejects.toThrow('stands still');
	const report = await settle(reached(false), request, worker(second));
	expect(report.reasons.waiting.map(({ code }) => code)).toEqual(['claimedElsewhere']);
	expect(report.done.refund).toBeNull();
	const wait = new Date(report.retryAt ?? 0).getTime() - Date.now();
	expect(wait).toBeGreaterThan(100_000);
	expect(wait).toBeLessThan(121_000);
});
