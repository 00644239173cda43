/** What is wrong with the store's set-up, code by code, and what is not told. */
import { findStoreCases, type StoreFacts } from '../../../returns/storeRules';

const facts = (more: Partial<StoreFacts> = {}): StoreFacts => ({ missingScopes: [], subscriptions: [], address: 'https://n8n.example.com/', calls: { made: 0, limit: 100 }, paidByReturnGo: [], ...more });
const codes = (given: StoreFacts) => findStoreCases(given).map(({ code }) => code);

it('says nothing of a store in order', () => {
	expect(findStoreCases(facts())).toEqual([]);
});

it.each([
	[89, 100, false],
	[90, 100, true],
	[100, 100, true],
	[8, 9, false],
	[9, 9, true],
	[1, 1, true],
	[899, 1000, false],
	[900, 1000, true],
])('%i of %i calls to ReturnGO: told %s', (made, limit, isTold) => {
	expect(codes(facts({ calls: { made, limit } }))).toEqual(isTold ? ['callBudgetLow'] : []);
});

it('tells of the calls in figures, under one name for the store, and to whom', () => {
	expect(findStoreCases(facts({ calls: { made: 95, limit: 100 } }))).toMatchObject([
		{ code: 'callBudgetLow', incident: 'callBudgetLow/store', severity: 'warning', owner: 'integration', message: 'This run made 95 of the 100 calls to ReturnGO that it may make.', rmaId: null, orderId: null },
	]);
});

it('names the same incident however the figures move', () => {
	const name = (made: number) => findStoreCases(facts({ calls: { made, limit: 100 } })).map(({ incident }) => incident);
	expect(name(91)).toEqual(name(100));
});

it('names the scopes that are missing', () => {
	expect(findStoreCases(facts({ missingScopes: ['read_returns', 'write_returns'] }))).toMatchObject([{ code: 'scopeMissing', message: 'The app lacks read_returns, write_returns.' }]);
});

it('looks for each expected event at the address, and says what goes elsewhere', () => {
	const found = [{ event: 'RMA_CREATED', address: 'https://n8n.example.com/webhook/1' }, { event: 'RMA_STATUS_UPDATED', address: 'https://old.example.com/1' }, { event: 'RMA_STATUS_UPDATED', address: 'https://old.example.com/2' }];
	const subscriptions = [{ service: 'ReturnGO' as const, found, expected: ['RMA_CREATED', 'RMA_STATUS_UPDATED', 'TRANSACTION_CREATED'] }];
	expect(findStoreCases(facts({ subscriptions })).map(({ incident, message }) => [incident, message])).toEqual([
		['webhookRegistrationLost/store/ReturnGO/RMA_STATUS_UPDATED', 'ReturnGO has no subscription of RMA_STATUS_UPDATED to https://n8n.example.com/; 2 go elsewhere.'],
		['webhookRegistrationLost/store/ReturnGO/TRANSACTION_CREATED', 'ReturnGO has no subscription of TRANSACTION_CREATED to https://n8n.example.com/.'],
	]);
});

it('tells of a second payer once, however many requests it paid', () => {
	expect(findStoreCases(facts({ paidByReturnGo: ['7'] }))).toMatchObject([{ code: 'returnGoAutoRefundActive', message: expect.stringContaining('of RMA7,') as unknown }]);
	expect(findStoreCases(facts({ paidByReturnGo: ['7', '9'] }))).toMatchObject([{ code: 'returnGoAutoRefundActive', message: expect.stringContaining('of 2 requests, RMA7 among them,') as unknown }]);
});
