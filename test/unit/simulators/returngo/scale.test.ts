import { startClient, type WireSummary } from './client';

interface List {
	rmas: WireSummary[];
	transactions: Array<{ id: number; externalReferenceId: string | null; status: string }>;
	next_cursor: string | null;
}

describe('a ReturnGO with many requests', () => {
	let client: Awaited<ReturnType<typeof startClient>>;

	beforeAll(async () => {
		client = await startClient();
		const money = { amount: 20, currency: 'EUR', shopAmount: 22, shopCurrency: 'USD' };
		const rmas = Array.from({ length: 1_300 }, (_, index) => ({
			rmaId: 1_500_000 + index,
			orderId: String(9_000 + index),
			orderName: `#${index + 1}`,
			status: index % 2 === 0 ? 'Received' : 'Validated',
			createdAt: new Date(Date.parse('2026-01-01T00:00:00Z') + index * 3_600_000).toISOString(),
			shipment: { status: 'Received', trackingNumber: `T${index}` },
			items: [{ lineItemId: String(70_000 + index), sku: 'SHIRT', price: money, ...(index % 2 === 1 ? { inspectedAt: '2026-03-01T00:00:00Z', isRestockable: false } : {}) }],
			transactions: index % 3 === 0 ? [{ status: 'Success', amount: money, externalReferenceId: String(800_000 + index), createdAt: '2026-03-02T00:00:00Z' }] : [],
		}));
		expect(await client.control('/rmas/import', { rmas })).toEqual({ imported: 1_300 });
	});

	afterAll(() => client.simulator.close());

	const all = async (path: string): Promise<List[]> => {
		const pages: List[] = [];
		for (let cursor: string | null = ''; cursor !== null; ) {
			const { body }: { body: List } = await client.call<List>('GET', `${path}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
			pages.push(body);
			cursor = body.next_cursor;
		}
		return pages;
	};

	it('lists each once, newest first, in pages of the wanted size', async () => {
		const pages = await all('/rmas?pagesize=500');
		expect(pages.map(({ rmas }) => rmas.length)).toEqual([500, 500, 300]);
		expect(pages.flatMap(({ rmas }) => rmas.map(({ rmaId }) => rmaId))).toEqual(Array.from({ length: 1_300 }, (_, index) => String(1_501_299 - index)));
	});

	it('filters and sorts over pages', async () => {
		const pages = await all('/rmas?pagesize=100&status=Validated&rma_created_at=gte:2026-02-01T00:00:00&sort_by=%2Brma_created_at');
		const ids = pages.flatMap(({ rmas }) => rmas.map(({ rmaId }) => Number(rmaId)));
		expect(ids).toEqual(Array.from({ length: 278 }, (_, index) => 1_500_745 + index * 2));
		const transactions = await all('/transactions?pagesize=200&statuses=Success');
		expect(transactions.flatMap(({ transactions: rows }) => rows.map(({ externalReferenceId }) => externalReferenceId))).toEqual(Array.from({ length: 434 }, (_, index) => String(800_000 + index * 3)));
	});

	it('shows imported requests whole', async () => {
		const rma = await client.rma(1_500_003);
		expect(rma).toMatchObject({ rmaSummary: { status: 'Validated' }, items: [{ sku: 'SHIRT', itemValidationStatusResponse: { isReturned: true, isRestockable: false } }], transactions: [{ externalReferenceType: 'PlatformRefundId', amount: { amount: 20 } }] });
		await expect(client.control('/rmas/import', { rmas: [{ rmaId: 1_500_003, orderId: '1', orderName: '#1', status: 'Done', createdAt: '2026-01-01T00:00:00Z' }] })).rejects.toThrow('exists');
	});

	it('sees a change at once, although lists are remembered between pages', async () => {
		const count = async (query: string) => (await all(`/rmas?pagesize=500${query}`)).reduce((sum, { rmas }) => sum + rmas.length, 0);
		expect(await count('&status=Done')).toBe(0);
		await client.control('/rmas/1500003/mark-done');
		expect(await count('&status=Done')).toBe(1);
		await client.call('PUT', '/rma/1500001/status', { status: 'Done' });
		expect(await count('&status=Done')).toBe(2);
		expect(await count('')).toBe(1_300);
		await client.control('/rmas', { orderId: '1', orderName: '#1', withoutShopifyOrder: true, units: [{ lineItemId: '1', quantity: 1, price: { amount: 1, currency: 'EUR' }, sku: 'A' }] });
		expect(await count('')).toBe(1_301);
	});
});
