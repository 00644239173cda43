/** *Restock bundles by component* as shipped: the components go back into stock once, the bundle's own SKU never does. */
import { Shop } from '../support/shop';
import { E2e, failureOf } from './harness';

let e2e: E2e;
let shop: Shop;
let location: string;

beforeAll(async () => {
	e2e = await E2e.connect();
	shop = new Shop(e2e.shopify, e2e.returnGo);
	location = await shop.firstLocation();
});
afterEach(async () => await e2e.cleanUp());

async function importTemplate(settings: Record<string, string | boolean> = {}): Promise<string> {
	return (await e2e.importTemplate('restock-bundles-by-component', { settings: { locationId: location.split('/').pop() ?? '', ...settings } })).id;
}

async function offer(sku: string, product: object = {}): Promise<void> {
	await e2e.shopify.post('/__sim/products', { sku, price: '10.00', available: 0, ...product });
}

/** The set as a product of its own, of which the order takes all three pieces. */
const SET_ON_STOCK = { available: 3 };

async function inspectedSets(): Promise<{ orderId: string; rmaId: string }> {
	const placed = await shop.placeOrder({ currency: 'USD', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 3, unitPrice: '30.00' }] });
	const rmaId = await shop.receiveReturn(placed);
	await shop.validate(rmaId);
	return { orderId: placed.orderId, rmaId };
}

async function stockOf(...skus: string[]): Promise<number[]> {
	return await Promise.all(skus.map(async (sku) => {
		const levels = await e2e.shopify.get<Array<{ locationId: string; quantities: { available: number } }>>(`/__sim/inventory?sku=${sku}`);
		return levels.find((level) => level.locationId === location)?.quantities.available ?? 0;
	}));
}

async function rest(): Promise<void> {
	await e2e.returnGo.webhookDeliveries();
	await e2e.n8n.waitUntilAtRest(150_000);
}

it('Shopify’s own bundle: its components are counted, ReturnGO is told which, and the same message again counts nothing', async () => {
	await importTemplate();
	await offer('CUP');
	await offer('PLATE');
	await offer('SET', { components: [{ sku: 'CUP', quantity: 2 }, { sku: 'PLATE', quantity: 1 }] });
	const { orderId, rmaId } = await inspectedSets();
	await rest();
	expect(await stockOf('CUP', 'PLATE')).toEqual([4, 2]);
	expect((await shop.outcome(orderId)).dispositions).toEqual(['2 NOT_RESTOCKED']);
	const { details } = await e2e.returnGo.get<{ details: { comments: Array<{ htmlText: string }> } }>(`/__sim/rmas/${rmaId}`);
	expect(details.comments.map(({ htmlText }) => htmlText).join('\n')).toContain('4 × CUP (of SET), 2 × PLATE (of SET)');
	await e2e.returnGo.redeliver('RMA_STATUS_UPDATED');
	await rest();
	expect(await stockOf('CUP', 'PLATE')).toEqual([4, 2]);
});

it('a table in Settings: its components are counted, and the bundle’s own SKU is not', async () => {
	await importTemplate({ bundleTable: '{"SET": {"CUP": 1, "PLATE": 3}}', onlyListedBundles: true });
	for (const sku of ['CUP', 'PLATE']) await offer(sku);
	await offer('SET', SET_ON_STOCK);
	await inspectedSets();
	await rest();
	expect(await stockOf('CUP', 'PLATE', 'SET')).toEqual([2, 6, 0]);
});

it('a table that names a SKU nobody sells: no stock changes, and a person gets the next step; once it is mended the pieces are counted', async () => {
	const workflowId = await importTemplate({ bundleTable: '{"SET": {"CUPP": 2}}' });
	await offer('CUP');
	await offer('SET', SET_ON_STOCK);
	const { orderId, rmaId } = await inspectedSets();
	await rest();
	const failed = await e2e.waitForExecution(workflowId, (execution) => execution.status === 'error');
	expect(failureOf(failed)).toMatch(/bundleUnclear: .*Owner: integration\. Next step/);
	expect(await stockOf('CUP', 'SET')).toEqual([0, 0]);
	expect((await shop.outcome(orderId)).dispositions).toEqual([]);

	await e2e.removeWorkflows();
	await importTemplate({ bundleTable: '{"SET": {"CUP": 2}}' });
	await e2e.returnGo.post('/__sim/webhooks/send', { eventName: 'RMA_STATUS_UPDATED', body: { eventName: 'RMA_STATUS_UPDATED', rmaId } });
	await rest();
	expect(await stockOf('CUP', 'SET')).toEqual([4, 0]);
});
