import { at, list, openShop, text, type TestShop } from './client';

const CREATE = `mutation ($input: GiftCardCreateInput!) {
	giftCardCreate(input: $input) {
		giftCard { id balance { amount currencyCode } initialValue { amount } lastCharacters maskedCode enabled note customer { id } recipientAttributes { message recipient { id } } }
		giftCardCode
		userErrors { field message code }
	}
}`;

const USD = (amount: string) => ({ amount, currencyCode: 'USD' });

describe('gift cards and store credit in the Shopify simulator', () => {
	let shop: TestShop;
	let customer: string;

	beforeAll(async () => {
		shop = await openShop();
	});

	afterAll(() => shop.simulator.close());

	beforeEach(async () => {
		await shop.simulator.reset();
		customer = text(await shop.control('POST', '/__sim/customers', { email: 'kim@example.com' }), 'id');
	});

	describe('a gift card', () => {
		const create = async (input: object) => at(await shop.graphql(CREATE, { input: { initialAmount: USD('25.00'), ...input } }), 'data.giftCardCreate');

		it('carries the code of the caller, tells it once, and belongs to the customer', async () => {
			const made = await create({ code: 'rma7abcd1234', customerId: customer, note: 'RMA 7', recipientAttributes: { id: customer, message: 'Enjoy' } });
			expect(made).toMatchObject({
				giftCardCode: 'rma7abcd1234',
				giftCard: { balance: USD('25.0'), initialValue: { amount: '25.0' }, lastCharacters: '1234', enabled: true, note: 'RMA 7', customer: { id: customer }, recipientAttributes: { message: 'Enjoy', recipient: { id: customer } } },
				userErrors: [],
			});
			expect(text(made, 'giftCard.maskedCode')).not.toContain('rma7');
		});

		it('refuses a code that exists, whatever its case, even of a deactivated card', async () => {
			const made = await create({ code: 'rma7abcd1234' });
			const taken = [{ field: ['input', 'code'], message: 'Code has already been taken', code: null }];
			expect(await create({ code: 'RMA7ABCD1234' })).toEqual({ giftCard: null, giftCardCode: null, userErrors: taken });
			await shop.graphql('mutation ($id: ID!) { giftCardDeactivate(id: $id) { userErrors { code } } }', { id: text(made, 'giftCard.id') });
			expect(await create({ code: 'rma7abcd1234' })).toMatchObject({ userErrors: taken });
			expect(list(await shop.graphql('{ giftCards(first: 5) { nodes { id } } }'), 'data.giftCards.nodes')).toHaveLength(1);
		});

		it('draws a code when none is given', async () => {
			expect(text(await create({}), 'giftCardCode')).toMatch(/^[a-z0-9]{16}$/);
		});

		it.each([
			['too short a code', { code: 'abc1234' }, 'TOO_SHORT'],
			['too long a code', { code: 'a'.repeat(21) }, 'TOO_LONG'],
			['a code with a dash', { code: 'rma-7-abcd' }, 'INVALID'],
			['nothing on it', { initialAmount: USD('0.00') }, 'GREATER_THAN'],
			['no amount', { initialAmount: undefined }, 'MISSING_ARGUMENT'],
			['an unknown customer', { customerId: 'gid://shopify/Customer/1' }, 'CUSTOMER_NOT_FOUND'],
			['an unknown recipient', { recipientAttributes: { id: 'gid://shopify/Customer/1' } }, 'RECIPIENT_NOT_FOUND'],
		])('refuses %s', async (_what, input, code) => {
			expect(await create(input)).toMatchObject({ giftCard: null, giftCardCode: null, userErrors: [{ code }] });
		});

		it('does not take initialAmount before 2026-07', async () => {
			const answer = await shop.graphql(CREATE, { input: { initialAmount: USD('1.00') } }, { version: '2026-04' });
			expect(answer.errors?.[0]?.message).toContain('initialAmount (Field is not defined on GiftCardCreateInput)');
		});

		it('needs write_customers to be given to someone', async () => {
			await shop.control('POST', '/__sim/apps', { clientId: 'narrow', clientSecret: 's', token: 'shpat_narrow', scopes: ['write_gift_cards'] });
			const answer = await shop.graphql('mutation ($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { userErrors { code } } }', { input: { initialAmount: USD('1.00'), customerId: customer } }, { token: 'shpat_narrow' });
			expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'ACCESS_DENIED', requiredAccess: expect.stringContaining('write_customers') as unknown } });
		});

		it('is credited and debited within its balance and currency', async () => {
			const id = text(await create({}), 'giftCard.id');
			const move = async (direction: 'Credit' | 'Debit', amount: object) => {
				const lower = direction.toLowerCase();
				const answer = await shop.graphql(`mutation ($id: ID!, $input: GiftCard${direction}Input!) { giftCard${direction}(id: $id, ${lower}Input: $input) { giftCard${direction}Transaction { amount { amount } giftCard { balance { amount } } } userErrors { code } } }`, { id, input: { [`${lower}Amount`]: amount } });
				return at(answer, `data.giftCard${direction}`);
			};
			expect(await move('Credit', USD('5.00'))).toMatchObject({ giftCardCreditTransaction: { amount: { amount: '5.0' }, giftCard: { balance: { amount: '30.0' } } } });
			expect(await move('Debit', USD('30.01'))).toMatchObject({ userErrors: [{ code: 'INSUFFICIENT_FUNDS' }] });
			expect(await move('Debit', USD('-1.00'))).toMatchObject({ userErrors: [{ code: 'NEGATIVE_OR_ZERO_AMOUNT' }] });
			expect(await move('Debit', { amount: '1.00', currencyCode: 'EUR' })).toMatchObject({ userErrors: [{ code: 'MISMATCHING_CURRENCY' }] });
			expect(await move('Debit', USD('30.00'))).toMatchObject({ giftCardDebitTransaction: { giftCard: { balance: { amount: '0.0' } } } });
		});

		it('is sent to its customer only when it has one', async () => {
			const send = async (id: string) => at(await shop.graphql('mutation ($id: ID!) { giftCardSendNotificationToCustomer(id: $id) { giftCard { id } userErrors { code } } }', { id }), 'data.giftCardSendNotificationToCustomer');
			expect(await send(text(await create({ customerId: customer }), 'giftCard.id'))).toMatchObject({ userErrors: [] });
			expect(await send(text(await create({}), 'giftCard.id'))).toMatchObject({ giftCard: null, userErrors: [{ code: 'CUSTOMER_NOT_FOUND' }] });
			expect(JSON.stringify(await shop.control('GET', '/__sim/state'))).toContain('customer kim@example.com');
		});

		it('is sent to its recipient only when asked, only when it has one, and the customer is told nothing then', async () => {
			const send = async (id: string) => at(await shop.graphql('mutation ($id: ID!) { giftCardSendNotificationToRecipient(id: $id) { giftCard { id } userErrors { code } } }', { id }), 'data.giftCardSendNotificationToRecipient');
			const told = async () => list(await shop.control('GET', '/__sim/state'), 'giftCards').map((card) => (card as { notifications: string[] }).notifications.map((entry) => entry.replace(/^\S+ /, '')));
			const recipient = text(await shop.control('POST', '/__sim/customers', { email: 'ada@example.com' }), 'id');
			const id = text(await create({ customerId: customer, recipientAttributes: { id: recipient } }), 'giftCard.id');
			expect(await told()).toEqual([[]]);
			expect(await send(id)).toMatchObject({ giftCard: { id }, userErrors: [] });
			expect(await told()).toEqual([['recipient ada@example.com']]);
			expect(await send(text(await create({ customerId: customer }), 'giftCard.id'))).toMatchObject({ giftCard: null, userErrors: [{ code: 'RECIPIENT_NOT_FOUND' }] });
			expect(await send('gid://shopify/GiftCard/1')).toMatchObject({ giftCard: null, userErrors: [{ code: 'GIFT_CARD_NOT_FOUND' }] });
		});
	});

	describe('store credit', () => {
		const credit = async (id: string, creditInput: object) =>
			at(await shop.graphql('mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $input) { storeCreditAccountTransaction { id amount { amount } balanceAfterTransaction { amount } account { id } } userErrors { field message code } } }', { id, input: creditInput }), 'data.storeCreditAccountCredit');
		const debit = async (id: string, debitAmount: object) =>
			at(await shop.graphql('mutation ($id: ID!, $input: StoreCreditAccountDebitInput!) { storeCreditAccountDebit(id: $id, debitInput: $input) { storeCreditAccountTransaction { amount { amount } balanceAfterTransaction { amount } } userErrors { code } } }', { id, input: { debitAmount } }), 'data.storeCreditAccountDebit');

		it('opens an account per currency and adds up, twice when asked twice', async () => {
			const first = await credit(customer, { creditAmount: USD('10.00') });
			expect(first).toMatchObject({ storeCreditAccountTransaction: { amount: { amount: '10.0' }, balanceAfterTransaction: { amount: '10.0' } }, userErrors: [] });
			expect(await credit(customer, { creditAmount: USD('10.00') })).toMatchObject({ storeCreditAccountTransaction: { balanceAfterTransaction: { amount: '20.0' } } });
			await credit(customer, { creditAmount: { amount: '5.00', currencyCode: 'EUR' } });
			const answer = await shop.graphql(`{ customer(id: "${customer}") { storeCreditAccounts(first: 5) { nodes { balance { amount currencyCode } transactions(first: 5) { nodes { event amount { amount } } } } } } }`);
			expect(list(answer, 'data.customer.storeCreditAccounts.nodes')).toMatchObject([{ balance: USD('20.0'), transactions: { nodes: [{ event: 'ADJUSTMENT' }, { event: 'ADJUSTMENT' }] } }, { balance: { amount: '5.0', currencyCode: 'EUR' } }]);
		});

		it('refuses with the recorded codes, the expiry first', async () => {
			const account = text(await credit(customer, { creditAmount: USD('10.00') }), 'storeCreditAccountTransaction.account.id');
			expect(await credit('gid://shopify/Customer/1', { creditAmount: USD('1.00'), expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({ userErrors: [{ code: 'EXPIRES_AT_IN_PAST' }] });
			expect(await credit('gid://shopify/Customer/1', { creditAmount: USD('1.00') })).toMatchObject({ userErrors: [{ field: ['id'], message: 'Owner does not exist', code: 'OWNER_NOT_FOUND' }] });
			expect(await credit('gid://shopify/StoreCreditAccount/1', { creditAmount: USD('1.00') })).toMatchObject({ userErrors: [{ code: 'ACCOUNT_NOT_FOUND' }] });
			expect(await credit(account, { creditAmount: { amount: '1.00', currencyCode: 'EUR' } })).toMatchObject({ userErrors: [{ code: 'MISMATCHING_CURRENCY' }] });
			expect(await credit(customer, { creditAmount: USD('0.00') })).toMatchObject({ userErrors: [{ code: 'NEGATIVE_OR_ZERO_AMOUNT' }] });
			expect(await credit(customer, { creditAmount: USD('100000.00') })).toMatchObject({ userErrors: [{ code: 'CREDIT_LIMIT_EXCEEDED' }] });
			expect(await debit(customer, USD('10.01'))).toMatchObject({ userErrors: [{ code: 'INSUFFICIENT_FUNDS' }] });
			expect(await debit(customer, { amount: '1.00', currencyCode: 'EUR' })).toMatchObject({ userErrors: [{ code: 'ACCOUNT_NOT_FOUND' }] });
			expect(await debit(account, USD('10.00'))).toMatchObject({ storeCreditAccountTransaction: { amount: { amount: '-10.0' }, balanceAfterTransaction: { amount: '0.0' } }, userErrors: [] });
		});
	});
});
