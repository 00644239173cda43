import type { IDataObject } from 'n8n-workflow';
import { jsonOf, ReconciliationStage } from './stage';

let stage: ReconciliationStage;
beforeAll(async () => {
	stage = await ReconciliationStage.open();
});
beforeEach(async () => await stage.clear());
afterAll(async () => await stage.close());

const get = async (rmaId: unknown, more = {}) => await stage.run('case', 'get', { rmaId: rmaId as string }, more);

describe('Case → Get', () => {
	it('shows the RMA with its units beside the order with its return', async () => {
		const { orderId, rmaId } = await stage.inspectedReturn();
		const { outputs, error } = await get(`RMA${rmaId}`);
		expect(error).toBeUndefined();
		const [found] = jsonOf(outputs[0]);
		expect(found).toMatchObject({ orderId, rmas: [{ id: rmaId, status: 'Validated', details: { units: [{ sku: 'COAT-M' }, { sku: 'COAT-M' }] } }], transactions: [] });
		expect(found?.order).toMatchObject({ id: orderId, presentmentCurrency: 'EUR', refunds: [], isLedgerUnreadable: false, lines: [{ sku: 'COAT-M', quantity: 3, bundleId: null }] });
		expect((found?.order as { returns: IDataObject[] }).returns).toMatchObject([{ status: 'OPEN', totalQuantity: 2, lines: [{ quantity: 2, refundedQuantity: 0 }], dispositions: [], exchangeItems: 0 }]);
	});

	it('shows the end of a store credit’s code, which is money to whoever holds it', async () => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1, resolutionType: 'RefundToStoreCredit' }]);
		await stage.returnGo.post(`/__sim/rmas/${rmaId}/issue-store-credit`);
		const { details } = await stage.returnGo.get<{ details: { transactions: Array<{ externalReferenceId: string }> } }>(`/__sim/rmas/${rmaId}`);
		const code = details.transactions[0]?.externalReferenceId ?? '';
		expect(code).toMatch(/^\w{8,}$/);
		const [found] = jsonOf((await get(rmaId)).outputs[0]);
		const shown = { externalReferenceType: 'StoreCreditCode', externalReferenceId: `•••${code.slice(-4)}` };
		expect(found).toMatchObject({ transactions: [shown], rmas: [{ details: { transactions: [shown] } }] });
		expect(JSON.stringify(found)).not.toContain(code);
	});

	it('asks each service once', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const before = (await stage.shopifyRequests()).length;
		await get(rmaId);
		expect((await stage.shopifyRequests()).length - before).toBe(1);
	});

	it('knows an order that Shopify does not have as none', async () => {
		const { rmaId } = await stage.returnGo.post<{ rmaId: string }>('/__sim/rmas', {
			orderId: '990000000001',
			orderName: '9001',
			withoutShopifyOrder: true,
			units: [{ lineItemId: '1', quantity: 1, sku: 'GHOST', title: 'Ghost', price: { amount: 10, currency: 'USD' } }],
		});
		const [found] = jsonOf((await get(rmaId)).outputs[0]);
		expect(found).toMatchObject({ orderId: 'gid://shopify/Order/990000000001', order: null, rmas: [{ id: String(rmaId) }] });
		expect((found?.unread as IDataObject[]).map(({ what }) => what)).toEqual(['rmasOfOrder']);
	});

	it('says which RMA there is not', async () => {
		const { error } = await get('4711');
		expect(error?.message).toBe('ReturnGO does not know RMA 4711');
	});

	it('sends nothing for what cannot be an id', async () => {
		const { error } = await get('order 1001');
		expect(error?.message).toBe('“order 1001” is not an RMA ID');
	});

	it('goes on with the other items when one is not found', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const { outputs, error } = await get('={{ $json.id }}', { input: [{ id: '4711' }, { id: rmaId }], continueOnFail: true });
		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0])).toMatchObject([{ code: 'rmaNotFound' }, { rmas: [{ id: rmaId }] }]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('names the credential that is refused', async () => {
		const { rmaId } = await stage.inspectedReturn();
		expect((await get(rmaId, { credentials: stage.credentials({ apiKey: 'wrong' }) })).error?.message).toContain('ReturnGO refuses the key');
		expect((await get(rmaId, { credentials: stage.credentials({ accessToken: 'wrong' }) })).error?.message).toBe('Shopify does not accept the credential');
	});

	it('waits for Shopify when it asks for a slower pace', async () => {
		const { rmaId } = await stage.inspectedReturn();
		await stage.shopifyFault('order', { kind: 'throttled' });
		const { outputs, error } = await get(rmaId);
		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0])).toHaveLength(1);
	});
});
