/**
 * Twenty bugs that other projects had with refunds and returns, each from a public thread, and where each has a test with its letter in the name:
 *
 * | bug | had by | tested in |
 * |---|---|---|
 * | a) discount taxed twice on a partial return | Medusa 15885 | test/unit/returns/refund.test.ts |
 * | b) tax-inclusive: refundable above the order total | Medusa 13883 | test/unit/returns/refund.test.ts |
 * | c) a cent lost or invented over partial refunds | WooCommerce 64668, Solidus assembly 43 | test/unit/returns/refund.test.ts, and every order of differential.test.ts |
 * | d) discount spread again over the lines that stay | Vendure 4811 | test/unit/returns/refund.test.ts |
 * | e) tax on shipping forgotten | Vendure 989 | test/unit/returns/refund.test.ts |
 * | f) shop and presentment currency mixed | BCApps 6138, 6139, 4829 | test/unit/returns/refund.test.ts, and differential.test.ts |
 * | g) pending refund taken for none | BCApps 9112 | test/unit/returns/refund.test.ts; through n8n: test/engine/settlement/settlement.test.ts, "a pending refund …" |
 * | h) exchange in the same return | BCApps 8554, 10467, 10741 | here; the arithmetic in test/unit/returns/refund.test.ts |
 * | i) return worth nothing | BCApps 5115 | test/unit/returns/refund.test.ts, and l) here |
 * | j) fewer units received than approved | Spree 14678 | here; the ceiling in test/unit/returns/refund.test.ts |
 * | k) store credit issued twice on replay | Solidus 3989 | here |
 * | l) reimbursement that creates nothing, silently | Solidus 2645 | here |
 * | m) amount left out means the whole order | Synesty, aden-hive 7079 | test/unit/returns/refund.test.ts |
 * | n) two returns on one order | NetSuite Loop | here; the arithmetic in test/unit/returns/refund.test.ts |
 * | o) gift card and card | AfterShip, ReturnGO | test/unit/returns/refund.test.ts, and differential.test.ts |
 * | p) currencies without decimals, and with three | – | test/unit/returns/refund.test.ts, and differential.test.ts |
 * | q) the same webhook twice, milliseconds apart | n8n 31837 | here |
 * | r) refund tied to restock | frappe 225 | here |
 * | s) a refusal without code and field | recorded from a live store | here |
 * | t) an idempotency key with other variables | – | here |
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { idempotencyKey, settlementKey } from '../../returns/keys';
import { Stage } from '../engine/settlement/stage';
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND, type Placed } from '../support/shop';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => await stage.clear());

/** Pieces of the flagship's article on the shelf. */
async function available(): Promise<number> {
	const levels = await stage.shopify.get<Array<{ quantities: { available: number } }>>('/__sim/inventory?sku=COAT-M');
	return levels.reduce((pieces, level) => pieces + level.quantities.available, 0);
}

/** Inspected, and without a Shopify return: the refund goes through refundCreate. */
async function inspectedWithoutReturn(): Promise<{ orderId: string; lineItemId: string; rma: IDataObject }> {
	const { rmaId, orderId, lineItemIds } = await stage.inspectedReturn();
	await stage.cancelReturn(orderId);
	return { orderId, lineItemId: lineItemIds[0] ?? '', rma: await stage.readRma(rmaId) };
}

async function stateOf(orderId: string): Promise<unknown> {
	const { ledger, refunds } = await stage.outcome(orderId);
	return { entries: ledger?.entries ?? [], refunds };
}

describe('k) store credit is issued once, however often it is asked for (Solidus 3989)', () => {
	it.each([
		['through the refund', 'refund', 'returnProcess'],
		['to the account', 'creditAccount', 'storeCreditAccountCredit'],
		['as a gift card', 'createGiftCard', 'giftCardCreate'],
	])('%s: replayed after success, after a lost answer and by the other ways', async (_how, operation, mutation) => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		const pay = async (way: string) => await stage.run('storeCredit', way, rma, { refundResolutions: 'RefundToPaymentMethod' });
		await stage.shopify.addFaults({ match: { operation: mutation }, action: { kind: 'dropAfter' } });
		expect((await pay(operation)).settled).toMatchObject([{ outcome: 'done' }]);
		for (const way of [operation, operation, 'refund', 'creditAccount', 'createGiftCard']) expect((await pay(way)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect((await stage.refund(rma)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(await creditsOf(orderId)).toEqual([FLAGSHIP_REFUND]);
	});

	/** What the order's customer has on accounts and gift cards. */
	async function creditsOf(orderId: string): Promise<string[]> {
		const { order, giftCards } = await stage.ask<{ order: { customer: { storeCreditAccounts: { nodes: Array<{ balance: { amount: string } }> } } }; giftCards: { nodes: Array<{ initialValue: { amount: string } }> } }>(
			'query ($id: ID!) { order(id: $id) { customer { storeCreditAccounts(first: 3) { nodes { balance { amount } } } } } giftCards(first: 5) { nodes { initialValue { amount } } } }',
			{ id: orderId },
		);
		return [...order.customer.storeCreditAccounts.nodes.map(({ balance }) => balance), ...giftCards.nodes.map(({ initialValue }) => initialValue)].map(({ amount }) => Number(amount).toFixed(2));
	}
});

describe('l) a reimbursement that creates nothing is loud (Solidus 2645)', () => {
	it('a success of Shopify’s without a refund goes to finance, and is never paid on suspicion', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		const nothingHappened = { data: { returnProcess: { return: { id: 'gid://shopify/Return/1', order: { id: orderId, refunds: [], returns: { nodes: [], pageInfo: { hasNextPage: false } } } }, userErrors: [] } } };
		await stage.shopify.addFaults({ match: { operation: 'returnProcess' }, action: { kind: 'status', status: 200, body: nothingHappened } });
		const { settled, attention } = await stage.refund(rma);
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'blocked', refund: null, reasons: [{ code: 'refundRecordMissing', owner: 'finance', severity: 'critical' }] }]);
		const again = await stage.refund(rma);
		expect(again.settled).toEqual([]);
		expect(codesOf(again.attention[0])).toEqual(['refundRecordMissing']);
		expect(await stage.shopifyRequests('returnProcess')).toHaveLength(1);
		expect((await stage.outcome(orderId)).refunds).toEqual([]);
	});

	it('i) units worth nothing are named, and no refund of nothing is made (BCApps 5115)', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn({ ...FLAGSHIP, discounts: [{ target: 'order', kind: 'percentage', value: '100', type: 'code', title: 'FREE' }] });
		const { settled, attention } = await stage.refund(rmaId);
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'blocked', refund: null, reasons: [{ code: 'nothingToPay' }] }]);
		expect(await stateOf(orderId)).toEqual({ entries: [], refunds: [] });
	});
});

describe('h) an exchange in the same return ends in exactly one of refund, even and customer owes (BCApps 8554, 10467, 10741)', () => {
	it.each([
		['40.00', { settled: [{ outcome: 'done', refund: { amount: '41.72' } }], attention: [] }, ['SUCCESS 41.72'], 1],
		[FLAGSHIP_REFUND, { settled: [{ outcome: 'done', refund: null, exchange: { items: [{ quantity: 1 }] } }], attention: [] }, [], 1],
		['100.00', { settled: [], attention: [{ outcome: 'blocked', refund: null, reasons: [{ code: 'customerOwes', message: expect.stringContaining('18.28 EUR') as string }] }] }, [], 0],
	])('h) units worth 81.72 against an article for %s', async (price, answer, refunds, sent) => {
		const { orderId, orderName, lineItemIds, rmaId } = await stage.inspectedReturn();
		await stage.cancelReturn(orderId);
		const { variantId } = await stage.shopify.post<{ variantId: string }>('/__sim/products', { sku: `SWAP-${price}`, title: 'Swap', price, available: 5 });
		await stage.openReturn({ orderId, orderName, lineItemIds }, 2, [{ variantId, quantity: 1 }]);
		const rma = await stage.readRma(rmaId);
		expect(await stage.refund(rma, { options: { exchangeItems: 'process' } })).toMatchObject(answer);
		// Asked again, the same; the article leaves once, and never a negative or a second refund.
		const again = await stage.refund(rma, { options: { exchangeItems: 'process' } });
		if (sent === 1) expect(again.settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		else expect(codesOf(again.attention[0])).toEqual(['customerOwes']);
		expect((await stage.outcome(orderId)).refunds).toEqual(refunds);
		const { order } = await stage.ask<{ order: { returns: { nodes: Array<{ exchangeLineItems: { nodes: Array<{ processedQuantity: number }> } }> } } }>('query ($id: ID!) { order(id: $id) { returns(first: 1, reverse: true) { nodes { exchangeLineItems(first: 2) { nodes { processedQuantity } } } } } }', { id: orderId });
		expect(order.returns.nodes[0]?.exchangeLineItems.nodes).toEqual([{ processedQuantity: sent }]);
	});
});

describe('j) fewer units received than approved are a ceiling on the refund (Spree 14678)', () => {
	/** Three pieces were approved and are on the Shopify return; what the warehouse found decides. */
	async function approved(findings: Array<Record<string, boolean> | null>): Promise<{ orderId: string; rmaId: string }> {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 3 }]);
		const units = (await stage.readRma(rmaId)).units as Array<{ id: string }>;
		await stage.validate(rmaId, { units: findings.flatMap((finding, index) => (finding === null ? [] : [{ id: units[index]?.id, ...finding }])) });
		return { orderId: placed.orderId, rmaId };
	}
	const found = { isReturned: true, isRestockable: true };

	it.each([
		['never arrived', { isReturned: false, isRestockable: false }, 'unitMissing'],
		['has not been looked at', null, 'awaitingInspection'],
	])('j) two of three are there, and the third %s: two are paid, and one is named', async (_what, third, code) => {
		const { orderId, rmaId } = await approved([found, found, third]);
		const { settled, attention } = await stage.refund(rmaId);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: false, unitIds: [expect.any(String), expect.any(String)], refund: { amount: FLAGSHIP_REFUND } }]);
		expect(codesOf(attention[0])).toEqual([code]);
		expect((await stage.refund(rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect((await stage.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
	});

	it('j) nothing is there: nothing is paid, whatever was approved', async () => {
		const missing = { isReturned: false, isRestockable: false };
		const { orderId, rmaId } = await approved([missing, missing, missing]);
		const { settled, attention } = await stage.refund(rmaId);
		expect(settled).toEqual([]);
		expect(codesOf(attention[0])).toEqual(['unitMissing']);
		expect(await stateOf(orderId)).toEqual({ entries: [], refunds: [] });
	});
});

describe('n) two returns on one order never pay the same unit (NetSuite Loop)', () => {
	/** One RMA for a piece of the same line, with a Shopify return of its own. */
	async function another(placed: Placed): Promise<IDataObject> {
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }]);
		await stage.validate(rmaId);
		return await stage.readRma(rmaId);
	}
	const sumOf = (refunds: readonly string[]): string => refunds.reduce((sum, text) => sum + Number(text.replace('SUCCESS ', '')), 0).toFixed(2);

	it.each([
		['one after the other', async (rmas: IDataObject[]) => {
			for (const rma of rmas) expect((await stage.refund(rma)).settled).toMatchObject([{ outcome: 'done' }]);
		}],
		['at the same moment', async (rmas: IDataObject[]) => {
			const answers = await Promise.all(rmas.map(async (rma) => await stage.refund(rma)));
			for (const { settled } of answers) expect(settled).toMatchObject([{ outcome: 'done' }]);
		}],
	])('n) three RMAs for the three pieces of a line, settled %s, pay the line exactly', async (_way, settle) => {
		const placed = await stage.placeOrder();
		const rmas = [await another(placed), await another(placed), await another(placed)];
		await settle(rmas);
		for (const rma of rmas) expect((await stage.refund(rma)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		const { refunds, ledger } = await stage.outcome(placed.orderId);
		expect(refunds).toHaveLength(3);
		// 103.00 and 19.57 tax.
		expect(sumOf(refunds)).toBe('122.57');
		expect(ledger?.entries.map(({ action, state }) => `${action} ${state}`)).toEqual(['refund done', 'refund done', 'refund done']);
	});

	it('n) an RMA whose pieces another one was paid for is stopped, and nothing is paid twice', async () => {
		const placed = await stage.placeOrder({ ...FLAGSHIP, lines: [{ ...FLAGSHIP.lines[0], quantity: 1 }] });
		const first = await another(placed);
		expect((await stage.refund(first)).settled).toMatchObject([{ outcome: 'done' }]);
		const { refunds } = await stage.outcome(placed.orderId);
		// The same piece under another number, as two systems that each made a request would have it.
		const units = (first.units as IDataObject[]).map((unit) => ({ ...unit, id: `${String(unit.id)}9` }));
		const { settled, attention } = await stage.refund({ ...first, id: `${String(first.id)}9`, units });
		expect(settled.filter(({ outcome }) => outcome === 'done')).toEqual([]);
		expect([...settled, ...attention].flatMap((item) => codesOf(item)).length).toBeGreaterThan(0);
		expect((await stage.outcome(placed.orderId)).refunds).toEqual(refunds);
	});
});

describe('q) the same webhook twice, milliseconds apart (n8n 31837)', () => {
	it('starts two runs, and one refund and one restock come of it', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const shelf = await available();
		// Each delivery reads the RMA for itself, as the trigger does.
		const deliveries = [0, 3, 6, 40].map(async (milliseconds) => {
			await new Promise((resolve) => setTimeout(resolve, milliseconds));
			return await stage.process(rmaId);
		});
		const answers = await Promise.all(deliveries);
		expect(answers.filter(({ settled }) => settled[0]?.outcome === 'done')).toHaveLength(1);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
		expect(await available()).toBe(shelf + 2);
	});
});

describe('r) refund and restock are two things (frappe 225)', () => {
	it('a refund moves no stock', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const shelf = await available();
		expect((await stage.refund(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], dispositions: [] });
		expect(await available()).toBe(shelf);
	});

	it('a refund on the order, without any Shopify return, moves none either', async () => {
		const { orderId, rma } = await inspectedWithoutReturn();
		const shelf = await available();
		expect((await stage.refund(rma)).settled).toMatchObject([{ outcome: 'done' }]);
		expect((await stage.outcome(orderId)).refunds).toEqual([`SUCCESS ${FLAGSHIP_REFUND}`]);
		expect(await available()).toBe(shelf);
	});

	it('a restock moves no money', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const shelf = await available();
		expect((await stage.restock(rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: [], dispositions: [`2 RESTOCKED ${stage.locationId}`] });
		expect(await available()).toBe(shelf + 2);
	});
});

describe('s) a refusal that has neither code nor field (recorded from a live store)', () => {
	it('is passed on in Shopify’s words, pays nothing, and leaves no claim behind', async () => {
		const { orderId, rma } = await inspectedWithoutReturn();
		// Between our claim and our act a person gives most of the money back, so that Shopify’s own ceiling refuses ours.
		const competitor = createServer((_request, response) => {
			void stage.shopify.post('/__sim/admin/refund', { orderId, lines: [], amount: '100.00' }).finally(() => response.end());
		});
		await new Promise<void>((resolve) => competitor.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = competitor.address() as AddressInfo;
			await stage.shopify.addFaults({ match: { operation: 'refundCreate' }, action: { kind: 'hook', url: `http://127.0.0.1:${port}/` } });
			const { settled, attention } = await stage.refund(rma);
			expect(settled).toEqual([]);
			expect(attention).toMatchObject([{ outcome: 'blocked', refund: null, reasons: [{ code: 'refusedByShopify' }] }]);
			expect(JSON.stringify(attention[0]?.reasons)).toContain('Refund amount €81.72 is greater than net payment received €22.57');
			expect(await stateOf(orderId)).toEqual({ entries: [], refunds: ['SUCCESS 100.00'] });
		} finally {
			await new Promise((resolve) => competitor.close(resolve));
		}
		// What is left is a question for finance, not a reason to try again.
		expect(codesOf((await stage.refund(rma)).attention[0])).toEqual(['refundUnclear']);
		expect(await stage.shopifyRequests('refundCreate')).toHaveLength(1);
	});
});

describe('t) an idempotency key that was used with other variables', () => {
	it('stops, is sent once, and leaves no second refund', async () => {
		const { orderId, lineItemId, rma } = await inspectedWithoutReturn();
		const key = idempotencyKey(settlementKey(new URL(stage.shopify.url).host, String(rma.id), 'refund', (rma.units as Array<{ id: string }>).map((unit) => unit.id)), 1);
		const earlier = await refundOnePiece(orderId, lineItemId, key);
		await stage.shopify.clearRequests();
		const { settled, attention } = await stage.refund(rma, { options: { acknowledgedRefundIds: earlier } });
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'blocked', refund: null, reasons: [{ code: 'idempotencyMismatch', owner: 'finance' }] }]);
		expect(await stage.shopifyRequests('refundCreate')).toHaveLength(1);
		expect((await stage.outcome(orderId)).refunds).toEqual(['SUCCESS 40.85']);
	});

	/** As our own app would, under the key that is about to be used. */
	async function refundOnePiece(orderId: string, lineItemId: string, key: string): Promise<string> {
		const { order } = await stage.ask<{ order: { transactions: Array<{ id: string }> } }>('query ($id: ID!) { order(id: $id) { transactions(first: 1) { id } } }', { id: orderId });
		const input = { orderId, note: 'By hand', refundLineItems: [{ lineItemId, quantity: 1, restockType: 'NO_RESTOCK' }], transactions: [{ orderId, parentId: order.transactions[0]?.id, gateway: 'shopify_payments', kind: 'REFUND', amount: '40.85' }] };
		const query = 'mutation ($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { message } } }';
		const answer = await fetch(`${stage.shopify.url}/admin/api/2026-10/graphql.json`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_sim_full' }, body: JSON.stringify({ query, variables: { input, key } }) });
		const { data } = (await answer.json()) as { data: { refundCreate: { refund: { id: string } | null; userErrors: object[] } } };
		expect(data.refundCreate.userErrors).toEqual([]);
		return data.refundCreate.refund?.id ?? '';
	}
});

it('every bug of the list has a test with its letter', () => {
	const sources = ['../unit/returns/refund.test.ts', './bugsOfOthers.test.ts'].map((path) => readFileSync(join(__dirname, path), 'utf8'));
	const named = new Set(sources.flatMap((source) => [...source.matchAll(/\('([a-t])\) /g)].map((match) => match[1])));
	expect([...named].sort().join('')).toBe('abcdefghijklmnopqrst');
});
