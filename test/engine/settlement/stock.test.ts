/** Stock that no disposition can move, inside n8n's engine and against the simulators: bundles, units without a Shopify return, unsellable units, places. */
import type { IDataObject } from 'n8n-workflow';
import { codesOf, FLAGSHIP, type Placed } from '../../support/shop';
import { travel } from '../../support/travel';
import { Stage } from './stage';

jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(async () => await stage.close());
afterEach(async () => {
	jest.useRealTimers();
	await stage.clear();
});

/** Figures of a SKU at the stage's location. */
async function figures(sku: string, locationId = stage.locationId): Promise<Record<string, number>> {
	const levels = await stage.shopify.get<Array<{ locationId: string; quantities: Record<string, number> }>>(`/__sim/inventory?sku=${sku}`);
	return levels.find((level) => level.locationId === locationId)?.quantities ?? {};
}

async function available(...skus: string[]): Promise<number[]> {
	return await Promise.all(skus.map(async (sku) => (await figures(sku)).available ?? 0));
}

const TAX = [{ title: 'VAT', rate: 0.19 }];

/** Cups, plates and a set of two cups and one plate that is a variant of its own, with nothing in stock. */
async function catalogue(facts: { native?: boolean; plateTracked?: boolean } = {}): Promise<{ setId: string }> {
	await stage.shopify.post('/__sim/products', { sku: 'CUP', price: '8.00', available: 0 });
	await stage.shopify.post('/__sim/products', { sku: 'PLATE', price: '14.00', available: 0, tracked: facts.plateTracked ?? true });
	const components = facts.native === false ? [] : [{ sku: 'CUP', quantity: 2 }, { sku: 'PLATE', quantity: 1 }];
	const set = await stage.shopify.post<{ variantId: string }>('/__sim/products', { sku: 'SET', price: '30.00', available: 0, components });
	return { setId: set.variantId };
}

/** Three sets on one line of their own SKU; two come back and are inspected. */
async function setsCameBack(findings?: object, count = 2): Promise<Placed & { rmaId: string }> {
	const placed = await stage.placeOrder({ currency: 'EUR', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 3, unitPrice: '30.00', taxes: TAX }], payments: [{ gateway: 'shopify_payments' }] });
	const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: count }]);
	await stage.validate(rmaId, findings);
	return { ...placed, rmaId };
}

describe('a bundle that came back on its own SKU', () => {
	it('gives its components back in one request, and the bundle itself is never restocked', async () => {
		await catalogue();
		const { rmaId, orderId } = await setsCameBack();
		const { settled, attention } = await stage.restock(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, stock: { bundles: [{ sku: 'SET', quantity: 2, source: 'shopify', worth: '60.00', components: [{ sku: 'CUP', quantity: 4 }, { sku: 'PLATE', quantity: 2 }] }] } }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: ['2 NOT_RESTOCKED'], tags: ['return-inspected'] });
		const sent = await stage.shopifyRequests('inventoryAdjustQuantities');
		expect(sent).toHaveLength(1);
		expect(await stage.shopifyRequests()).toHaveLength(6);
		const [bundle] = (settled[0]?.stock as { bundles: Array<{ components: Array<{ worth: string }> }> }).bundles;
		expect(bundle?.components.map(({ worth }) => Number(worth)).reduce((sum, worth) => sum + worth, 0)).toBeCloseTo(60, 2);
	});

	it('is refunded and put back in one step', async () => {
		await catalogue();
		const { rmaId, orderId } = await setsCameBack();
		const { settled, attention } = await stage.process(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '71.40' } }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
		expect(await stage.outcome(orderId)).toMatchObject({ refunds: ['SUCCESS 71.40'], dispositions: ['2 NOT_RESTOCKED'], tags: ['return-refunded'] });
	});

	it('gives them back once, however often it is asked for, and by eight runs at the same time', async () => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await Promise.all(Array.from({ length: 8 }, async () => await stage.restock(rma)));
		const again = await stage.restock(rma);
		expect(again.settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
	});

	it('gives back what has been inspected so far, and the rest when it is', async () => {
		await catalogue();
		const { rmaId, orderId } = await setsWaiting();
		const rma = await stage.readRma(rmaId);
		const [first, second] = (rma.units as Array<{ id: string }>).map((unit) => unit.id);
		const provided = (ids: Array<string | undefined>) => ({ inspectionSource: 'provided', inspections: ids.map((unitId) => ({ unitId, state: 'sellable' })) }) as never;
		expect((await stage.restock(rma, provided([first]))).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: false }]);
		expect(await available('CUP', 'PLATE')).toEqual([2, 1]);
		expect((await stage.restock(rma, provided([first, second]))).settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: ['1 NOT_RESTOCKED', '1 NOT_RESTOCKED'] });
	});

	it('gives back only the pieces that the inspection counted', async () => {
		await catalogue();
		const { rmaId } = await setsWaiting(1);
		const rma = await stage.readRma(rmaId);
		const unitId = (rma.units as Array<{ id: string }>)[0]?.id;
		const counted = (components: object[]) => ({ inspectionSource: 'provided', inspections: [{ unitId, state: 'sellable', components }] }) as never;
		const tooMany = await stage.restock(rma, counted([{ sku: 'CUP', quantity: 3 }]));
		expect(codesOf(tooMany.attention[0])).toEqual(['bundleUnclear']);
		expect(await available('CUP', 'PLATE')).toEqual([0, 0]);
		expect((await stage.restock(rma, counted([{ sku: 'CUP', quantity: 1 }, { sku: 'PLATE', quantity: 1 }]))).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await available('CUP', 'PLATE')).toEqual([1, 1]);
	});

	it('takes its components from the table of the settings, or from a metafield', async () => {
		const { setId } = await catalogue({ native: false });
		const byTable = await setsCameBack(undefined, 1);
		expect((await stage.restock(byTable.rmaId, { options: { bundleTable: '{"SET": {"CUP": 3}}' } })).settled).toMatchObject([{ outcome: 'done', stock: { bundles: [{ source: 'settings' }] } }]);
		// The bundle's own figure shows what was sold, and nothing that came back.
		expect(await available('CUP', 'PLATE', 'SET')).toEqual([3, 0, -3]);

		await stage.ask('mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }', { metafields: [{ ownerId: setId, namespace: 'custom', key: 'components', type: 'json', value: '[{"sku":"PLATE","quantity":2}]' }] });
		const byMetafield = await setsCameBack(undefined, 1);
		expect((await stage.restock(byMetafield.rmaId, { options: { bundleMetafield: 'custom.components' } })).settled).toMatchObject([{ outcome: 'done', stock: { bundles: [{ source: 'metafield' }] } }]);
		expect(await available('CUP', 'PLATE', 'SET')).toEqual([3, 2, -6]);
	});

	it('moves nothing when a component cannot be found', async () => {
		await catalogue({ native: false });
		const { rmaId, orderId } = await setsCameBack();
		const { settled, attention } = await stage.restock(rmaId, { options: { bundleTable: '{"SET": {"CUP": 1, "SPOON": 1}}' } });
		expect(settled).toEqual([]);
		expect(new Set(codesOf(attention[0]))).toEqual(new Set(['bundleUnclear']));
		expect(await available('CUP', 'PLATE')).toEqual([0, 0]);
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: [], ledger: null });
	});

	it('is left alone when somebody else decided on its return', async () => {
		await catalogue();
		const { rmaId, orderId } = await setsCameBack();
		const { order } = await stage.ask<{ order: { returns: { nodes: Array<{ reverseFulfillmentOrders: { nodes: Array<{ lineItems: { nodes: Array<{ id: string }> } }> } }> } } }>(
			'query ($id: ID!) { order(id: $id) { returns(first: 1) { nodes { reverseFulfillmentOrders(first: 1) { nodes { lineItems(first: 1) { nodes { id } } } } } } } }',
			{ id: orderId },
		);
		const lineId = order.returns.nodes[0]?.reverseFulfillmentOrders.nodes[0]?.lineItems.nodes[0]?.id;
		await stage.ask('mutation ($inputs: [ReverseFulfillmentOrderDisposeInput!]!) { reverseFulfillmentOrderDispose(dispositionInputs: $inputs) { userErrors { message } } }', { inputs: [{ reverseFulfillmentOrderLineItemId: lineId, dispositionType: 'NOT_RESTOCKED', quantity: 2 }] });
		expect(codesOf((await stage.restock(rmaId)).attention[0])).toEqual(['componentsUnclear']);
		expect(await available('CUP', 'PLATE')).toEqual([0, 0]);
	});

	it('says what is not counted, and counts the rest', async () => {
		await catalogue({ plateTracked: false });
		const { rmaId } = await setsCameBack();
		const { settled } = await stage.restock(rmaId);
		expect(settled).toMatchObject([{ outcome: 'done', stock: { bundles: [{ components: [{ sku: 'CUP', isCounted: true }, { sku: 'PLATE', isCounted: false }] }] } }]);
		expect((settled[0]?.stock as { changes: unknown[] }).changes).toHaveLength(1);
		expect(await available('CUP')).toEqual([4]);
	});

	it('whose components are order lines of their own: each is an ordinary line', async () => {
		await catalogue();
		const placed = await stage.placeOrder({ currency: 'EUR', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 1, unitPrice: '30.00', bundle: { components: [{ sku: 'CUP', quantity: 2, unitPrice: '8.00' }, { sku: 'PLATE', quantity: 1, unitPrice: '14.00' }] } }], payments: [{ gateway: 'shopify_payments' }] });
		const before = await available('CUP', 'PLATE');
		const rmaId = await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: 1 }, { lineItemId: placed.lineItemIds[1], quantity: 1 }]);
		await stage.validate(rmaId);
		const { settled } = await stage.restock(rmaId);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, stock: null }]);
		expect(await available('CUP', 'PLATE')).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
		expect(await stage.shopifyRequests('inventoryAdjustQuantities')).toEqual([]);
		expect(await stage.shopifyRequests()).toHaveLength(4);
	});
});

async function setsWaiting(count = 2): Promise<Placed & { rmaId: string }> {
	const placed = await stage.placeOrder({ currency: 'EUR', lines: [{ sku: 'SET', title: 'Breakfast set', quantity: 3, unitPrice: '30.00', taxes: TAX }], payments: [{ gateway: 'shopify_payments' }] });
	return { ...placed, rmaId: await stage.receiveReturn(placed, [{ lineItemId: placed.lineItemIds[0], quantity: count }]) };
}

describe('when the change of stock meets trouble', () => {
	it.each([
		['the answer is lost after it was done', { kind: 'dropAfter' }],
		['a gateway answers 502 after it was done', { kind: 'statusAfter', status: 502 }],
		['the answer is not JSON', { kind: 'malformed' }],
		['Shopify throttles it', { kind: 'throttled' }],
		['a gateway answers 503', { kind: 'status', status: 503 }],
	] as const)('%s: the same key is sent again, and the pieces are there once', async (_case, action) => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'inventoryAdjustQuantities' }, action });
		const { settled, attention } = await stage.restock(rma);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
	});

	it('every answer is lost although it was done: the claim stays, and after the lease the same changes are recognised', async () => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'inventoryAdjustQuantities' }, action: { kind: 'dropAfter' }, times: -1 });
		const first = await stage.restock(rma);
		expect(codesOf(first.attention[0])).toEqual(['answerUnknown']);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
		await stage.shopify.clearFaults();
		expect(codesOf((await stage.restock(rma)).attention[0])).toEqual(['claimedElsewhere']);
		travel(180);
		// Another place in the settings changes nothing: what was claimed is what is sent.
		const other = await stage.shopify.post<{ id: string }>('/__sim/locations', { name: 'Elsewhere' });
		const later = await stage.restock(rma, { locationId: { __rl: true, mode: 'id', value: other.id } as never });
		expect(later.settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
		expect(await figures('CUP', other.id)).toEqual({});
	});

	it('a claim whose outcome nobody can tell after a day is handed to a person', async () => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'inventoryAdjustQuantities' }, action: { kind: 'dropAfter' }, times: -1 });
		await stage.restock(rma);
		await stage.shopify.clearFaults();
		travel(24 * 3600);
		for (let run = 0; run < 2; run += 1) {
			expect((await stage.restock(rma)).attention).toMatchObject([{ outcome: 'blocked', reasons: [{ code: 'stockUnclear', owner: 'warehouse' }] }]);
		}
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
	});

	it('a claim of another app is not repeated by this one, which has keys of its own', async () => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'inventoryAdjustQuantities' }, action: { kind: 'dropAfter' }, times: -1 });
		await stage.restock(rma);
		await stage.shopify.clearFaults();
		travel(180);
		const answer = await stage.run('restock', 'execute', rma, { locationId: { __rl: true, mode: 'id', value: stage.locationId } as never }, 'shpat_sim_returngo');
		expect(codesOf(answer.attention[0])).toContain('stockUnclear');
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
	});

	it('a record that cannot be written is made up for by the next run', async () => {
		await catalogue();
		const { rmaId } = await setsCameBack();
		const rma = await stage.readRma(rmaId);
		await stage.shopify.addFaults({ match: { operation: 'tagsAdd' }, action: { kind: 'status', status: 503 }, times: -1 });
		expect((await stage.restock(rma)).settled).toMatchObject([{ outcome: 'done' }]);
		await stage.shopify.clearFaults();
		travel(180);
		await stage.restock(rma);
		expect((await stage.restock(rma)).settled).toMatchObject([{ outcome: 'alreadyDone' }]);
		expect(await available('CUP', 'PLATE')).toEqual([4, 2]);
	});
});

describe('no Shopify return', () => {
	async function withoutReturn(order: object = FLAGSHIP, findings?: object): Promise<{ rma: IDataObject; orderId: string }> {
		const placed = await stage.placeOrder(order);
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId, findings);
		const rma = await stage.readRma(rmaId);
		await stage.cancelReturn(placed.orderId);
		return { rma, orderId: placed.orderId };
	}

	it('stops by default, and adjusts the figure directly where asked, once', async () => {
		const { rma, orderId } = await withoutReturn();
		const [before] = await available('COAT-M');
		expect(codesOf((await stage.restock(rma)).attention[0])).toEqual(['returnMissing']);
		const directly = { options: { stockWithoutReturn: 'adjust' } };
		const first = await stage.restock(rma, directly);
		expect(first.attention).toEqual([]);
		expect(first.settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, stock: { changes: [{ quantity: 2, locationId: stage.locationId, state: 'available' }] } }]);
		expect((await stage.restock(rma, directly)).settled).toMatchObject([{ outcome: 'alreadyDone', everyUnitSettled: true }]);
		expect(await available('COAT-M')).toEqual([(before ?? 0) + 2]);
		expect((await stage.outcome(orderId)).ledger?.entries.map(({ action, state }) => `${action} ${state}`)).toEqual(['components done']);
	});

	it('refunds on the order and adjusts the figure in one step', async () => {
		const { rma, orderId } = await withoutReturn();
		const [before] = await available('COAT-M');
		const { settled, attention } = await stage.process(rma, { options: { stockWithoutReturn: 'adjust' } });
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, refund: { amount: '81.72' } }]);
		expect(await available('COAT-M')).toEqual([(before ?? 0) + 2]);
		expect((await stage.outcome(orderId)).refunds).toEqual(['SUCCESS 81.72']);
	});

	it('counts damaged units in the state that was asked for, and leaves them out of stock otherwise', async () => {
		const { rma } = await withoutReturn(FLAGSHIP, { all: true, isReturned: true, isRestockable: false });
		const before = await figures('COAT-M');
		expect(codesOf((await stage.restock(rma, { options: { stockWithoutReturn: 'adjust' } })).settled[0])).toEqual(['damagedNotStocked', 'damagedNotStocked']);
		expect(await figures('COAT-M')).toEqual(before);
		expect((await stage.restock(rma, { options: { stockWithoutReturn: 'adjust', unsellableState: 'quality_control' } })).settled).toMatchObject([{ outcome: 'done' }]);
		expect(await figures('COAT-M')).toMatchObject({ available: before.available, quality_control: 2, on_hand: (before.on_hand ?? 0) + 2 });
	});
});

describe('unsellable units of a Shopify return', () => {
	it.each(['damaged', 'quality_control', 'safety_stock'])('are counted as %s where asked, and never as available', async (state) => {
		const placed = await stage.placeOrder();
		const rmaId = await stage.receiveReturn(placed);
		await stage.validate(rmaId, { all: true, isReturned: true, isRestockable: false });
		const before = await figures('COAT-M');
		const { settled, attention } = await stage.restock(rmaId, { options: { unsellableState: state } });
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true, stock: { changes: [{ state, quantity: 2 }] } }]);
		expect(await figures('COAT-M')).toMatchObject({ available: before.available, [state]: 2 });
		expect(await stage.outcome(placed.orderId)).toMatchObject({ dispositions: ['2 NOT_RESTOCKED'] });
		await stage.restock(rmaId, { options: { unsellableState: state } });
		expect(await figures('COAT-M')).toMatchObject({ [state]: 2 });
	});
});

describe('places and items', () => {
	it('a place that is closed or unknown stops the unit with a reason of its own', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn();
		const closed = await stage.shopify.post<{ id: string }>('/__sim/locations', { name: 'Old warehouse', isActive: false });
		expect(codesOf((await stage.restock(rmaId, { locationId: { __rl: true, mode: 'id', value: closed.id } as never })).attention[0])).toContain('locationInactive');
		expect(codesOf((await stage.restock(rmaId, { locationId: { __rl: true, mode: 'id', value: '999' } as never })).attention[0])).toContain('locationUnknown');
		expect(codesOf((await stage.restock(rmaId, { locationId: { __rl: true, mode: 'id', value: '' } as never })).attention[0])).toContain('locationUnknown');
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: [], ledger: null });
	});

	it('the map goes by ReturnGO’s location, then by return reason, then by country, before the settings', async () => {
		const { rmaId } = await stage.inspectedReturn();
		const rma = await stage.readRma(rmaId);
		const place = async (name: string) => (await stage.shopify.post<{ id: string; legacyId: number }>('/__sim/locations', { name })).id;
		const [byPlace, byReason, byCountry] = [await place('A'), await place('B'), await place('C')];
		const units = (rma.units as IDataObject[]).map((unit) => ({ ...unit, returnReason: 'Does not fit', validation: { ...(unit.validation as IDataObject), storeLocationId: 'store-7' } }));
		const shipments = (rma.shipments as IDataObject[]).map((shipment) => ({ ...shipment, originCountry: 'DE' }));
		const goesTo = async (map: Record<string, string>) => {
			const preview = await stage.run('restock', 'preview', { ...rma, units, shipments }, { locationId: { __rl: true, mode: 'id', value: stage.locationId } as never, locationMap: JSON.stringify(map) });
			return (preview.settled[0]?.restock as { dispositions: Array<{ locationId: string }> }).dispositions[0]?.locationId;
		};
		expect(await goesTo({ 'store-7': byPlace, 'Does not fit': byReason, DE: byCountry })).toBe(byPlace);
		expect(await goesTo({ 'Does not fit': byReason, DE: byCountry })).toBe(byReason);
		expect(await goesTo({ DE: byCountry })).toBe(byCountry);
		expect(await goesTo({ FR: byCountry })).toBe(stage.locationId);
	});

	it('an item whose stock is not counted is disposed of, and the settled item says so', async () => {
		await stage.shopify.post('/__sim/products', { sku: 'VOUCHER-BOOK', price: '10.00', tracked: false });
		const { rmaId, orderId } = await stage.inspectedReturn({ currency: 'EUR', lines: [{ sku: 'VOUCHER-BOOK', title: 'Voucher book', quantity: 2, unitPrice: '10.00' }], payments: [{ gateway: 'shopify_payments' }] });
		const { settled, attention } = await stage.restock(rmaId);
		expect(attention).toEqual([]);
		expect(settled).toMatchObject([{ outcome: 'done', everyUnitSettled: true }]);
		expect(codesOf(settled[0])).toEqual(['stockNotCounted', 'stockNotCounted']);
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: [`2 RESTOCKED ${stage.locationId}`] });
	});

	it('a custom item is not restocked, and the settled item says so', async () => {
		const { rmaId, orderId } = await stage.inspectedReturn({ currency: 'EUR', lines: [{ custom: true, title: 'Engraving', quantity: 2, unitPrice: '10.00' }], payments: [{ gateway: 'shopify_payments' }] });
		const { settled, attention } = await stage.restock(rmaId);
		expect(attention).toEqual([]);
		expect(codesOf(settled[0])).toEqual(['customItem', 'customItem']);
		expect(await stage.outcome(orderId)).toMatchObject({ dispositions: ['2 NOT_RESTOCKED'] });
	});
});
