/** Store credit and gift cards inside n8n's engine, against the simulators over real HTTP: what the customer gets, and how often. */
import type { INodeParameters } from 'n8n-workflow';
import { codesOf, FLAGSHIP, FLAGSHIP_REFUND, type Placed } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage, type Answer } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => {
	jest.useRealTimers();
	stage.apiSecretKey = 'an-invented-app-secret';
	await stage.clear();
});

/** The simulated RMAs ask for a refund; the tests let that resolution be paid with credit. */
const ANY = { refundResolutions: 'RefundToPaymentMethod' };

type Way = 'refund' | 'creditAccount' | 'createGiftCard';

async function issue(way: Way, rma: Parameters<Stage['run']>[2], options: INodeParameters = {}, token?: string): Promise<Answer> {
	return await stage.run('storeCredit', way, rma, { ...ANY, options }, token);
}

interface Wallet {
	/** Balances of the customer's store credit, e.g. "81.72 EUR". */
	balances: string[];
	/** Number of credits on those accounts. */
	credits: number;
	cards: Array<{ value: string; customer: string | null; note: string | null; lastCharacters: string; expiresOn: string | null }>;
}

/** What the customer of the order has, read as any app would read it. */
async function walletOf({ orderId }: Pick<Placed, 'orderId'>): Promise<Wallet> {
	const { order, giftCards } = await stage.ask<{
		order: { customer: { storeCreditAccounts: { nodes: Array<{ balance: { amount: string; currencyCode: string }; transactions: { nodes: unknown[] } }> } } | null };
		giftCards: { nodes: Array<{ note: string | null; lastCharacters: string; expiresOn: string | null; customer: { id: string } | null; initialValue: { amount: string; currencyCode: string } }> };
	}>(
		`query ($id: ID!) {
			order(id: $id) { customer { storeCreditAccounts(first: 5) { nodes { balance { amount currencyCode } transactions(first: 10) { nodes { __typename } } } } } }
			giftCards(first: 10) { nodes { note lastCharacters expiresOn customer { id } initialValue { amount currencyCode } } }
		}`,
		{ id: orderId },
	);
	const accounts = order.customer?.storeCreditAccounts.nodes ?? [];
	const text = ({ amount, currencyCode }: { amount: string; currencyCode: string }) => `${Number(amount).toFixed(2)} ${currencyCode}`;
	return {
		balances: accounts.map((account) => text(account.balance)),
		credits: accounts.reduce((sum, account) => sum + account.transactions.nodes.length, 0),
		cards: giftCards.nodes.map(({ note, lastCharacters, expiresOn, customer, initialValue }) => ({ value: text(initialValue), customer: customer?.id ?? null, note, lastCharacters, expiresOn })),
	};
}

const IN_EUR = `${FLAGSHIP_REFUND} EUR`;

/** What one payment of the flagship units has to leave behind, whatever happened on the way. */
async function expectPaidOnce(way: Way, order: Placed): Promise<void> {
	const wallet = await walletOf(order);
	const { refunds, tags } = await stage.outcome(order.orderId);
	expect(tags).toEqual(['return-credited']);
	expect({ refunds, balances: wallet.balances, credits: wallet.credits, cards: wallet.cards.map((card) => card.value) }).toEqual({
		refund: { refunds: [`SUCCESS ${FLAGSHIP_REFUND}`], balances: [IN_EUR], credits: 1, cards: [] },
		creditAccount: { refunds: [], balances: [IN_EUR], credits: 1, cards: [] },
		createGiftCard: { refunds: [], balances: [], credits: 0, cards: [IN_EUR] },
	}[way]);
}

/** Of a credit on the account only the second at which it ends tells later whose it was. */
const RECOGNISABLE: Record<Way, INodeParameters> = { refund: {}, creditAccount: { expiresAfterDays: 30 }, createGiftCard: {} };

const MUTATION: Record<Way, string> = { refund: 'returnProcess', creditAccount: 'storeCreditAccountCredit', createGiftCard: 'giftCardCreate' };
const WAYS: Way[] = ['refund', 'creditAccount', 'createGiftCard'];

it('decided stock is no answer to the question of money: a credit that is not paid, and an exchange that is not released, leave it open', async () => {
	const credited = await stage.inspectedReturn();
	expect((await stage.restock(credited.rmaId)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, moneyIsSettled: false }]);
	expect((await issue('refund', credited.rmaId, { maximumAmount: '1' })).attention).toMatchObject([{ outcome: 'blocked', moneyIsSettled: false }]);
	await issue('creditAccount', credited.rmaId);
	expect((await stage.restock(credited.rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone', moneyIsSettled: true }]);

	const placed = await stage.placeOrder();
	const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1, resolutionType: 'InstantVariantExchange', exchangeItems: [{ sku: 'COAT-L', variantId: '8100000001', quantity: 1 }] }]);
	await stage.validate(rmaId);
	expect((await stage.restock(rmaId)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, moneyIsSettled: false }]);
	await stage.returnGo.post(`/__sim/rmas/${rmaId}/release-exchange`, { orderId: '5900000001', orderName: '#2001' });
	expect((await stage.restock(rmaId)).settled).toMatchObject([{ outcome: 'alreadyDone', moneyIsSettled: true }]);
});

it('a unit with a resolution that nobody knows leaves the question of money open beside one that was paid', async () => {
	const placed = await stage.placeOrder();
	const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }, { lineItemId: placed.lineItemIds[0], quantity: 1, resolutionType: 'SomethingNew' }]);
	await stage.validate(rmaId);
	expect((await stage.process(rmaId)).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, moneyIsSettled: false, refund: { unitIds: [expect.any(String)] } }]);
});

describe.each(WAYS)('paying an inspected return with storeCredit.%s', (way) => {
	it('gives the exact value once, in five requests, and the order remembers', async () => {
		const order = await stage.inspectedReturn();
		const { settled, attention } = await issue(way, order.rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, moneyIsSettled: true, [way === 'refund' ? 'refund' : 'credit']: { amount: FLAGSHIP_REFUND, currency: 'EUR' } }]);
		expect(await stage.shopifyRequests()).toHaveLength(5);
		expect((await stage.outcome(order.orderId)).status).toContain(`RMA${order.rmaId}: store credit issued · since `);
		await expectPaidOnce(way, order);
	});

	it('is alreadyDone for every later run, whichever way that one would pay', async () => {
		const order = await stage.inspectedReturn();
		await issue(way, order.rmaId);
		for (const later of [() => issue('refund', order.rmaId), () => issue('creditAccount', order.rmaId), () => issue('createGiftCard', order.rmaId), () => stage.refund(order.rmaId)]) {
			const { settled, attention } = await later();
			expect(attention).toEqual([]);
			expect(settled).toMatchObject([{ outcome: 'alreadyDone', reasons: [{ code: 'settledBefore' }] }]);
		}
		await expectPaidOnce(way, order);
	});

	it('is paid once by six runs at the same time, half of which would refund to the card', async () => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		const answers = await Promise.all(Array.from({ length: 6 }, async (_none, index) => (index % 2 === 0 ? await issue(way, rma) : await stage.refund(rma))));
		expect(answers.filter(({ settled }) => settled[0]?.outcome === 'done')).toHaveLength(1);
		const wallet = await walletOf(order);
		const { refunds } = await stage.outcome(order.orderId);
		const payments = refunds.length + (way === 'refund' ? 0 : wallet.credits + wallet.cards.length);
		expect(payments).toBe(1);
	});

	it.each([
		['the answer is lost after it was done', { kind: 'dropAfter' }],
		['a gateway answers 502 after it was done', { kind: 'statusAfter', status: 502 }],
		['the answer is not JSON', { kind: 'malformed' }],
		['Shopify throttles it', { kind: 'throttled' }],
	] as const)('pays once when %s, and the same run reports it', async (_case, action) => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: MUTATION[way] }, action });
		const { settled, attention } = await issue(way, rma);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done' }]);
		await expectPaidOnce(way, order);
	});

	it('is adopted by the next run when its own died after the payment', async () => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: MUTATION[way] }, action: { kind: 'dropAfter' } });
		// From then on nothing can be read or recorded, as if the process were gone.
		await stage.shopify.addFaults({ match: { operation: 'order', afterMatches: 2 }, action: { kind: 'status', status: 403 }, times: -1 });
		const first = await issue(way, rma, RECOGNISABLE[way]);
		expect(codesOf(first.attention[0])).toEqual(['answerUnknown']);
		await stage.shopify.clearFaults();
		expect(codesOf((await issue(way, rma, RECOGNISABLE[way])).attention[0])).toEqual(['claimedElsewhere']);
		travel(180);
		const later = await issue(way, rma, RECOGNISABLE[way]);
		expect(later.settled).toMatchObject([{ outcome: 'done' }]);
		await expectPaidOnce(way, order);
	});

	it('is adopted even by a run that would pay another way', async () => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: MUTATION[way] }, action: { kind: 'dropAfter' } });
		await stage.shopify.addFaults({ match: { operation: 'order', afterMatches: 2 }, action: { kind: 'status', status: 403 }, times: -1 });
		await issue(way, rma, RECOGNISABLE[way]);
		await stage.shopify.clearFaults();
		travel(180);
		await stage.refund(rma);
		await expectPaidOnce(way, order);
	});

	it('waits for its lease when nothing was done, and the next run does it once', async () => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: MUTATION[way] }, action: { kind: 'dropBefore' }, times: -1 });
		const first = await issue(way, rma);
		expect(codesOf(first.attention[0])).toEqual(['answerUnknown']);
		await stage.shopify.clearFaults();
		travel(180);
		expect((await issue(way, rma)).settled).toMatchObject([{ outcome: 'done' }]);
		await expectPaidOnce(way, order);
	});

	it('moves nothing before the inspection', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		expect(codesOf((await issue(way, rmaId)).attention[0])).toEqual(['awaitingInspection']);
		expect(await walletOf(placed)).toEqual({ balances: [], credits: 0, cards: [] });
	});

	it('needs a customer on the order, and says how to go on', async () => {
		const order = await stage.inspectedReturn({ ...FLAGSHIP, customer: null });
		const { attention } = await issue(way, order.rmaId);
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'customerMissing', nextStep: expect.stringContaining('Add the customer') as string }] }]);
		expect((await stage.outcome(order.orderId)).ledger).toBeNull();
	});

	it('names the scope that the app lacks, and nothing is claimed', async () => {
		const order = await stage.inspectedReturn();
		await stage.shopify.post('/__sim/apps', { clientId: 'narrow', clientSecret: 'narrow-secret', token: 'shpat_sim_narrow', scopes: ['read_orders', 'write_orders', 'read_returns', 'write_returns', 'read_products', 'read_locations'] });
		const { attention } = await issue(way, order.rmaId, {}, 'shpat_sim_narrow');
		expect(attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'accessDenied', message: expect.stringMatching(/read_(customers|gift_cards|store_credit)/) as string }] }]);
		expect((await stage.outcome(order.orderId)).ledger).toBeNull();
	});

	it('plans and writes nothing in a dry run', async () => {
		const order = await stage.inspectedReturn();
		const { settled, attention } = await issue(way, order.rmaId, { dryRun: true });
		expect(settled).toEqual([]);
		expect(attention).toMatchObject([{ outcome: 'waiting', dryRun: true, planned: { refund: { amount: FLAGSHIP_REFUND } } }]);
		expect(await walletOf(order)).toEqual({ balances: [], credits: 0, cards: [] });
		expect(await stage.outcome(order.orderId)).toMatchObject({ refunds: [], ledger: null, tags: [] });
	});
});

describe('store credit', () => {
	it.each(['refund', 'creditAccount'] as const)('is refused by a store that does not issue any (%s)', async (way) => {
		const order = await stage.inspectedReturn();
		await stage.shopify.post('/__sim/settings', { newCustomerAccounts: false });
		const { attention } = await issue(way, order.rmaId);
		expect(codesOf(attention[0])).toEqual(['storeCreditDisabled']);
		await stage.shopify.post('/__sim/settings', { newCustomerAccounts: true });
	});

	it('is refunded on the order when there is no Shopify return', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId);
		await stage.cancelReturn(placed.orderId);
		expect((await issue('refund', rmaId)).settled).toMatchObject([{ outcome: 'done', refund: { amount: FLAGSHIP_REFUND } }]);
		expect(await stage.shopifyRequests('refundCreate')).toHaveLength(1);
		await expectPaidOnce('refund', { ...placed });
	});

	it('ends when the consultant says so', async () => {
		const order = await stage.inspectedReturn();
		await issue('creditAccount', order.rmaId, { expiresAfterDays: 30 });
		const [request] = await stage.shopifyRequests('storeCreditAccountCredit');
		expect(JSON.stringify(request)).toContain('expiresAt');
		await expectPaidOnce('creditAccount', order);
	});

	it('given by hand in the same amount meanwhile is not taken for ours', async () => {
		const order = await stage.inspectedReturn();
		const { order: found } = await stage.ask<{ order: { customer: { id: string } } }>('query ($id: ID!) { order(id: $id) { customer { id } } }', { id: order.orderId });
		await stage.ask('mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $input) { userErrors { message } } }', {
			id: found.customer.id,
			input: { creditAmount: { amount: FLAGSHIP_REFUND, currencyCode: 'EUR' } },
		});
		await stage.shopify.addFaults({ match: { operation: 'storeCreditAccountCredit' }, action: { kind: 'dropAfter' } });
		expect((await issue('creditAccount', order.rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		expect((await walletOf(order)).credits).toBe(2);
	});

	it('that never ends and whose run died is neither called done nor given twice: a person has to look', async () => {
		const order = await stage.inspectedReturn();
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: 'storeCreditAccountCredit' }, action: { kind: 'dropAfter' } });
		await stage.shopify.addFaults({ match: { operation: 'order', afterMatches: 2 }, action: { kind: 'status', status: 403 }, times: -1 });
		await issue('creditAccount', rma);
		await stage.shopify.clearFaults();
		travel(180);
		for (const later of [await issue('creditAccount', rma), await issue('createGiftCard', rma), await stage.refund(rma)]) {
			expect(later.settled).toEqual([]);
			expect(codesOf(later.attention[0])).toEqual(['creditUnclear']);
		}
		expect(await walletOf(order)).toMatchObject({ credits: 1, cards: [] });
		expect((await stage.outcome(order.orderId)).refunds).toEqual([]);
	});

	it('of another order in the same amount is not taken for the one that a dead run never gave', async () => {
		const ofOneCustomer = { ...FLAGSHIP, customer: { email: 'ada@customer.example', firstName: 'Ada', lastName: 'Stone' } };
		const [order, other] = [await stage.inspectedReturn(ofOneCustomer), await stage.inspectedReturn(ofOneCustomer)];
		const rma = await stage.readRma(order.rmaId);
		await stage.shopify.addFaults({ match: { operation: 'storeCreditAccountCredit' }, action: { kind: 'dropBefore' } });
		await stage.shopify.addFaults({ match: { operation: 'order', afterMatches: 2 }, action: { kind: 'status', status: 403 }, times: -1 });
		await issue('creditAccount', rma);
		await stage.shopify.clearFaults();
		expect((await issue('creditAccount', other.rmaId)).settled).toMatchObject([{ outcome: 'done' }]);
		const theirs = (await stage.outcome(other.orderId)).ledger as { entries: Array<{ credit: { id: string } }> } | null;
		travel(180);
		expect(codesOf((await issue('creditAccount', rma)).attention[0])).toEqual(['creditUnclear']);
		expect((await walletOf(order)).credits).toBe(1);
		const acknowledged = await issue('creditAccount', rma, { acknowledgedRefundIds: theirs?.entries[0]?.credit.id ?? '' });
		expect(acknowledged.settled).toMatchObject([{ outcome: 'done' }]);
		expect((await walletOf(order)).credits).toBe(2);
	});

	it('does not make the same piece payable again for another RMA', async () => {
		const placed = await stage.placeOrder({ ...FLAGSHIP, lines: [{ ...FLAGSHIP.lines[0], quantity: 2 }] });
		const first = await stage.receiveReturn(placed);
		await stage.validate(first);
		await issue('creditAccount', first);
		const rma = await stage.readRma(first);
		// Shopify still shows both pieces as refundable; a second RMA for them must not be paid.
		const units = (rma.units as Array<Record<string, string>>).map((unit) => ({ ...unit, id: `9${unit.id}` }));
		const { attention } = await stage.refund({ ...rma, id: '999', units, shopifyReturnName: null } as never);
		expect(attention).toMatchObject([{ outcome: 'blocked' }]);
		expect((await stage.outcome(placed.orderId)).refunds).toEqual([]);
	});
});

describe('a gift card', () => {
	it('is tied to the customer, carries the mark of its settlement, and its code is nowhere in the execution', async () => {
		const order = await stage.inspectedReturn();
		const { settled, result } = await issue('createGiftCard', order.rmaId, { expiresAfterDays: 365 });
		const [card] = (await walletOf(order)).cards;
		expect(card).toMatchObject({ value: IN_EUR, customer: expect.stringContaining('gid://shopify/Customer/') as string, note: expect.stringContaining(`RMA${order.rmaId}`) as string, expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string });
		const credit = settled[0]?.credit as { maskedCode: string; code?: string };
		expect(credit).toMatchObject({ kind: 'giftCard', maskedCode: `•••• •••• •••• ${card?.lastCharacters}` });
		expect(credit.code).toBeUndefined();
		const [request] = await stage.shopifyRequests('giftCardCreate');
		const code = /"code":"([a-z0-9]{16})"/.exec(JSON.stringify(request))?.[1] ?? '';
		expect(code).toHaveLength(16);
		expect(JSON.stringify(result.run)).not.toContain(code);
		expect(JSON.stringify(await stage.outcome(order.orderId))).not.toContain(code);
		expect(JSON.stringify(result.run)).not.toContain(stage.apiSecretKey);
	});

	it('shows its code when the consultant asks for it', async () => {
		const order = await stage.inspectedReturn();
		const { settled } = await issue('createGiftCard', order.rmaId, { returnTheCode: true });
		const [request] = await stage.shopifyRequests('giftCardCreate');
		const code = /"code":"([a-z0-9]{16})"/.exec(JSON.stringify(request))?.[1];
		expect(settled).toMatchObject([{ credit: { code } }]);
	});

	it('is mailed once to the customer where asked, and a failed mail leaves the card as it is', async () => {
		const first = await stage.inspectedReturn();
		expect((await issue('createGiftCard', first.rmaId, { notifyCustomer: true })).settled).toMatchObject([{ credit: { isSent: true } }]);
		expect(await stage.shopifyRequests('giftCardSendNotificationToCustomer')).toHaveLength(1);
		const second = await stage.inspectedReturn();
		await stage.shopify.addFaults({ match: { operation: 'giftCardSendNotificationToCustomer' }, action: { kind: 'status', status: 503 }, times: -1 });
		const { settled, attention } = await issue('createGiftCard', second.rmaId, { notifyCustomer: true });
		expect(settled).toMatchObject([{ outcome: 'done' }]);
		expect(codesOf(attention[0])).toEqual(['giftCardNotSent']);
		expect((await walletOf(second)).cards).toHaveLength(2);
	});

	it('goes to a recipient with a message', async () => {
		const order = await stage.inspectedReturn();
		const recipient = await stage.shopify.post<{ id: string; legacyId: number }>('/__sim/customers', { email: 'gift@example.test', firstName: 'Ada' });
		await issue('createGiftCard', order.rmaId, { recipientCustomerId: String(recipient.legacyId), recipientName: 'Ada', giftCardMessage: 'For you' });
		const [request] = await stage.shopifyRequests('giftCardCreate');
		expect(JSON.stringify(request)).toContain(`"recipientAttributes":{"id":"${recipient.id}","preferredName":"Ada","message":"For you"}`);
		await expectPaidOnce('createGiftCard', order);
	});

	it('is mailed to the recipient where one is named, exactly once, and to nobody else', async () => {
		const { order, options } = await forRecipient();
		expect((await issue('createGiftCard', order.rmaId, options)).settled).toMatchObject([{ outcome: 'done', credit: { isSent: true } }]);
		expect((await issue('createGiftCard', order.rmaId, options)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(await toldOf()).toEqual([['recipient gift@example.test']]);
	});

	it('is mailed to nobody unless asked, also where a recipient is named', async () => {
		const { order, options } = await forRecipient();
		await issue('createGiftCard', order.rmaId, { ...options, notifyCustomer: false });
		expect(await toldOf()).toEqual([[]]);
	});

	it.each([
		['the answer about its mail is lost', { kind: 'dropAfter' }, ['recipient gift@example.test']],
		['its mail is not answered', { kind: 'dropBefore' }, []],
		['its mail is refused', { kind: 'status', status: 200, body: { data: { giftCardSendNotificationToRecipient: { giftCard: null, userErrors: [{ code: 'RECIPIENT_NOT_FOUND', field: ['id'], message: 'The recipient could not be found.' }] } } } }, []],
	] as const)('stays one card, and the recipient is told at most once, when %s', async (_what, action, told) => {
		const { order, options } = await forRecipient();
		await stage.shopify.addFaults({ match: { operation: 'giftCardSendNotificationToRecipient' }, action: action as never, times: -1 });
		const { settled, attention } = await issue('createGiftCard', order.rmaId, options);
		expect(settled).toMatchObject([{ outcome: 'done' }]);
		expect(attention).toMatchObject([{ outcome: 'waiting' }]);
		expect(codesOf(attention[0])).toEqual(['giftCardNotSent']);
		await stage.shopify.clearFaults();
		expect((await issue('createGiftCard', order.rmaId, options)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect((await walletOf(order)).cards).toHaveLength(1);
		expect(await toldOf()).toEqual([told]);
	});

	/** An order whose gift card goes to somebody else, with a message and a mail. */
	async function forRecipient() {
		const order = await stage.inspectedReturn();
		const { legacyId } = await stage.shopify.post<{ legacyId: number }>('/__sim/customers', { email: 'gift@example.test', firstName: 'Ada' });
		return { order, options: { notifyCustomer: true, recipientCustomerId: String(legacyId), giftCardMessage: 'For you' } };
	}

	/** Whom the shop has written to about each of its gift cards. */
	async function toldOf(): Promise<string[][]> {
		const { giftCards } = await stage.shopify.state<{ giftCards: Array<{ notifications: string[] }> }>();
		return giftCards.map(({ notifications }) => notifications.map((text) => text.replace(/^\S+ /, '')));
	}

	it('is not made without a secret to derive its code from', async () => {
		const order = await stage.inspectedReturn();
		stage.apiSecretKey = '';
		const { attention } = await issue('createGiftCard', order.rmaId);
		expect(codesOf(attention[0])).toEqual(['invalidInput']);
		expect((await walletOf(order)).cards).toEqual([]);
	});

	it('is refused by Shopify a second time even when the order has lost its record', async () => {
		const order = await stage.inspectedReturn();
		await issue('createGiftCard', order.rmaId);
		await stage.ask('mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }', {
			m: [{ ownerId: order.orderId, namespace: 'return_settlement', key: 'ledger', type: 'json', value: JSON.stringify({ version: 1, entries: [] }) }],
		});
		const { settled } = await issue('createGiftCard', order.rmaId);
		expect(settled).toMatchObject([{ outcome: 'done', credit: { kind: 'giftCard' } }]);
		expect((await walletOf(order)).cards).toHaveLength(1);
	});

	it('in another currency than the shop’s needs an API version that makes such cards', async () => {
		const abroad = { ...FLAGSHIP, currency: 'USD', presentmentCurrency: 'EUR', exchangeRate: '1.1' };
		const order = await stage.inspectedReturn(abroad);
		const old = await stage.run('storeCredit', 'createGiftCard', order.rmaId, { ...ANY, apiVersion: '2026-04' });
		expect(codesOf(old.attention[0])).toEqual(['creditCurrency']);
		const { settled } = await issue('createGiftCard', order.rmaId);
		expect(settled).toMatchObject([{ credit: { amount: FLAGSHIP_REFUND, currency: 'EUR' } }]);
	});

	it('is made on the oldest supported API version in the shop’s own currency', async () => {
		const order = await stage.inspectedReturn({ ...FLAGSHIP, currency: 'USD' });
		const { settled } = await stage.run('storeCredit', 'createGiftCard', order.rmaId, { ...ANY, apiVersion: '2026-04' });
		expect(settled).toMatchObject([{ credit: { amount: FLAGSHIP_REFUND, currency: 'USD' } }]);
	});
});
