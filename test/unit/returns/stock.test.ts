import { entriesOf } from '../../../nodes/ShopifyReturns/settlement/claims';
import type { Bundle, BundleComponent } from '../../../returns/bundles';
import type { LedgerEntry } from '../../../returns/ledger';
import { namedLocations } from '../../../returns/location';
import type { OrderSnapshot } from '../../../returns/order';
import type { RmaUnit } from '../../../returns/rma';
import type { SettlementSettings } from '../../../returns/settings';
import { planSettlement, type SettlementPlan } from '../../../returns/settlement';
import { line, lineId, pair } from './orders';
import { entry, LOCATION, orderWithReturn, rma, settings, shopifyReturn, unit } from './returns';

const NOW = new Date('2026-11-10T09:10:00.000Z');
const OTHER_PLACE = 'gid://shopify/Location/12';

const component = (number: number, quantity: number, tracked = true): BundleComponent => ({ variantId: `gid://shopify/ProductVariant/${number}`, inventoryItemId: `gid://shopify/InventoryItem/${number}`, sku: `PART-${number}`, title: `Part ${number}`, tracked, requiresComponents: false, price: 1000, quantity });
const SET: Bundle = { kind: 'known', source: 'shopify', components: [component(21, 2), component(22, 1)] };

function plan(order: OrderSnapshot, units: RmaUnit[], choice: Partial<SettlementSettings> = {}, claimant: string | null = null, now = NOW): SettlementPlan {
	return planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: rma(units), settings: settings({ actions: ['restock'], ...choice }), now, claimant });
}

function codes(reasons: SettlementPlan['blocked']): string[] {
	return [...new Set(reasons.map((known) => known.code))].sort();
}

function bundleOrder(facts: Partial<OrderSnapshot> = {}, entries: LedgerEntry[] = []): OrderSnapshot {
	return orderWithReturn({ bundles: { [lineId(1)]: SET }, installationId: 'gid://shopify/AppInstallation/1', ledger: { ledger: { version: 1, entries }, compareDigest: entries.length > 0 ? 'digest' : null }, ...facts });
}

const disposed = (facts: Partial<LedgerEntry> = {}) =>
	entry({ key: 'disposed', action: 'restock', state: 'done', doneAt: '2026-11-10T09:00:30.000Z', dispositions: [{ reverseLineId: 'gid://shopify/ReverseFulfillmentOrderLineItem/701', type: 'NOT_RESTOCKED', quantity: 2, locationId: null, idsBefore: [], ids: ['gid://shopify/ReverseFulfillmentOrderDisposition/1'] }], ...facts });
const figures = (facts: Partial<LedgerEntry> = {}, stock: Partial<NonNullable<LedgerEntry['stock']>> = {}) =>
	entry({
		key: 'figures',
		action: 'components',
		stock: { state: 'available', changes: [{ inventoryItemId: 'gid://shopify/InventoryItem/21', locationId: OTHER_PLACE, delta: 4 }], since: '2026-11-10T09:00:00.000Z', installationId: 'gid://shopify/AppInstallation/1', groupId: null, ...stock },
		...facts,
	});
const TWO = [unit('1', 'sellable'), unit('2', 'sellable')];
const disposedReturn = [shopifyReturn(2, {}, {}, [{ id: 'gid://shopify/ReverseFulfillmentOrderDisposition/1', type: 'NOT_RESTOCKED', quantity: 2, locationId: null, createdAt: '2026-11-10T09:00:30Z' }])];

describe('a bundle on its own line', () => {
	it('is disposed of without a place, and its components are put back in one change', () => {
		const result = plan(bundleOrder(), TWO);
		expect(result.restock?.dispositions).toMatchObject([{ type: 'NOT_RESTOCKED', quantity: 2, locationId: null }]);
		expect(result.stock).toMatchObject([{ state: 'available', unitIds: ['1', '2'], changes: [{ inventoryItemId: 'gid://shopify/InventoryItem/21', locationId: LOCATION, delta: 4 }, { inventoryItemId: 'gid://shopify/InventoryItem/22', locationId: LOCATION, delta: 2 }] }]);
		expect([result.alreadyDone, result.waiting, result.blocked]).toEqual([[], [], []]);
	});

	it('and another bundle with the same component: one change, and one entry per component', () => {
		const order = bundleOrder({
			lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00') }), line(2, { quantity: 1, originalUnitPrice: pair('10.00') })],
			bundles: { [lineId(1)]: SET, [lineId(2)]: { kind: 'known', source: 'settings', components: [component(22, 5)] } },
			returns: [{ ...shopifyReturn(1), lines: [1, 2].map((number) => ({ ...shopifyReturn(1).lines[0], id: `gid://shopify/ReturnLineItem/60${number}`, lineItemId: lineId(number) })) as never, reverseLines: [1, 2].map((number) => ({ id: `gid://shopify/ReverseFulfillmentOrderLineItem/70${number}`, reverseFulfillmentOrderId: 'gid://shopify/ReverseFulfillmentOrder/700', lineItemId: lineId(number), quantity: 1, dispositions: [] })) }],
		});
		const result = plan(order, [unit('1', 'sellable'), unit('2', 'sellable', { lineItemId: lineId(2) })]);
		expect(result.stock).toHaveLength(1);
		expect(result.stock[0]?.changes.map(({ delta }) => delta)).toEqual([2, 6]);
		expect(result.stock[0]?.bundles).toHaveLength(2);
	});

	it('that nobody can tell apart moves neither the return nor the figures, and other units go on', () => {
		const order = bundleOrder({ bundles: { [lineId(1)]: { kind: 'unclear', why: 'nobody knows' } } });
		const result = plan(order, TWO);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.blocked)).toEqual(['bundleUnclear']);
	});

	it('with one damaged piece: only the sellable one’s components are put back', () => {
		const result = plan(bundleOrder(), [unit('1', 'sellable'), unit('2', 'damaged')]);
		expect(result.restock?.dispositions).toMatchObject([{ type: 'NOT_RESTOCKED', quantity: 2 }]);
		expect(result.stock).toMatchObject([{ unitIds: ['1'], changes: [{ delta: 2 }, { delta: 1 }] }]);
	});

	it('that did not arrive is missing, and no component is put back', () => {
		const result = plan(bundleOrder(), [unit('1', 'missing'), unit('2', 'missing')]);
		expect(result.restock?.dispositions).toMatchObject([{ type: 'MISSING', quantity: 2 }]);
		expect(result.stock).toEqual([]);
	});

	it('whose components are not counted is disposed of, and says so', () => {
		const result = plan(bundleOrder({ bundles: { [lineId(1)]: { kind: 'known', source: 'shopify', components: [component(21, 1, false)] } } }), TWO);
		expect(result.stock).toEqual([]);
		expect(result.restock?.unitIds).toEqual(['1', '2']);
		expect(codes(result.notes)).toEqual(['stockNotCounted']);
	});

	it('waits with both until it is inspected', () => {
		const result = plan(bundleOrder(), [unit('1', 'none'), unit('2', 'none')]);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.waiting)).toEqual(['awaitingInspection']);
	});

	it('is nobody’s here when the stock belongs to somebody else', () => {
		for (const restockOwner of ['returnGo', 'person'] as const) {
			const result = plan(bundleOrder(), TWO, { restockOwner });
			expect([result.restock, result.stock]).toEqual([null, []]);
			expect(codes(result.waiting)).toEqual(['ownedElsewhere']);
		}
	});

	it('has another plan hash when its components differ, and the same one for the same facts', () => {
		const other = bundleOrder({ bundles: { [lineId(1)]: { kind: 'known', source: 'shopify', components: [component(21, 3), component(22, 1)] } } });
		expect(plan(bundleOrder(), TWO).planHash).toBe(plan(bundleOrder(), [...TWO].reverse()).planHash);
		expect(plan(other, TWO).planHash).not.toBe(plan(bundleOrder(), TWO).planHash);
	});
});

describe('evidence of changes of stock figures', () => {
	it('done before: nothing is planned again', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [disposed(), figures({ state: 'done', doneAt: '2026-11-10T09:00:40.000Z' })]), TWO);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.alreadyDone)).toEqual(['settledBefore']);
	});

	it('disposed of by us and refused after that: only the figures are left to do', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [disposed()]), TWO);
		expect(result.restock).toBeNull();
		expect(result.stock).toMatchObject([{ unitIds: ['1', '2'], resumes: null }]);
	});

	it('disposed of by somebody else: the figures are left alone, and a person is told', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }), TWO);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.blocked)).toEqual(['componentsUnclear']);
	});

	it('claimed by a living run: it waits', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [disposed(), figures({ leaseUntil: '2026-11-10T09:12:00.000Z' })]), TWO);
		expect(result.stock).toEqual([]);
		expect(codes(result.waiting)).toEqual(['claimedElsewhere']);
		expect(result.retryAt).toBe('2026-11-10T09:12:00.000Z');
	});

	it('claimed by a dead run: exactly its changes are sent again, whatever the settings say now', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [disposed(), figures()]), TWO);
		expect(result.stock).toMatchObject([{ key: 'figures', changes: [{ locationId: OTHER_PLACE, delta: 4 }], resumes: { key: 'figures' } }]);
	});

	it('claimed by this run: the plan under the claim is the plan before it', () => {
		const before = plan(bundleOrder(), TWO);
		const [act] = before.stock;
		const claims = [
			entry({ key: before.restock?.key, action: 'restock', claimant: 'me', leaseUntil: '2026-11-10T09:12:00.000Z', dispositions: [] }),
			figures({ key: act?.key, claimant: 'me', leaseUntil: '2026-11-10T09:12:00.000Z' }, { changes: act?.changes }),
		];
		expect(plan(bundleOrder({}, claims), TWO, {}, 'me').planHash).toBe(before.planHash);
	});

	it.each<[string, Partial<NonNullable<LedgerEntry['stock']>>]>([
		['Shopify no longer remembers the key', { since: '2026-11-09T10:00:00.000Z' }],
		['another app made the claim', { installationId: 'gid://shopify/AppInstallation/2' }],
	])('claimed by a dead run, and %s: a person has to look', (_case, stock) => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [disposed(), figures({}, stock)]), TWO);
		expect(result.stock).toEqual([]);
		expect(codes(result.blocked)).toEqual(['stockUnclear']);
	});

	it('claimed by a dead run whose units somebody else disposed of: nothing is sent', () => {
		const result = plan(bundleOrder({ returns: disposedReturn }, [figures()]), TWO);
		expect(result.stock).toEqual([]);
		expect(codes(result.blocked)).toEqual(['componentsUnclear']);
	});

	it('a claim of some units is resumed as it is, beside a new act for the others', () => {
		const result = plan(bundleOrder({ returns: [shopifyReturn(3, {}, {}, disposedReturn[0]?.reverseLines[0]?.dispositions)] }, [disposed(), figures()]), [...TWO, unit('3', 'sellable')]);
		expect(result.stock.map((act) => [act.unitIds, act.resumes !== null])).toEqual([[['1', '2'], true], [['3'], false]]);
		expect(result.restock?.unitIds).toEqual(['3']);
	});

	describe.each<[string, (facts: Partial<OrderSnapshot>, entries: LedgerEntry[]) => OrderSnapshot]>([
		['an ordinary piece', (facts, entries) => orderWithReturn({ installationId: 'gid://shopify/AppInstallation/1', ledger: { ledger: { version: 1, entries }, compareDigest: 'digest' }, ...facts })],
		['a bundle', bundleOrder],
	])('begun without a return by a run that died, and the return is there by now: %s', (_what, orderOf) => {
		const withoutReturn = { stockWithoutReturn: 'adjust' as const };
		const dead = figures({ returnId: null });
		const before = plan(orderOf({}, [dead]), TWO, withoutReturn);
		const claims = entriesOf(before, orderOf({}, [dead]), { token: 'me', now: NOW, leaseSeconds: 120, creditExpiresAt: null });

		it('is sent again as it stands, and the plan under the claim is the plan before it', () => {
			expect(before.stock).toMatchObject([{ key: 'figures', resumes: { key: 'figures' } }]);
			expect(claims).toMatchObject([{ key: 'figures', returnId: null, claimant: 'me' }]);
			expect(plan(orderOf({}, claims), TWO, withoutReturn, 'me').planHash).toBe(before.planHash);
		});

		it('is left alone where a person disposes of the pieces, before the claim, under it, and after a run that ended in between', () => {
			for (const result of [plan(orderOf({ returns: disposedReturn }, [dead]), TWO, withoutReturn), plan(orderOf({ returns: disposedReturn }, claims), TWO, withoutReturn, 'me'), plan(orderOf({ returns: disposedReturn }, claims.map((claim) => ({ ...claim, leaseUntil: dead.leaseUntil }))), TWO, withoutReturn)]) {
				expect(result.stock).toEqual([]);
				expect(codes(result.blocked)).toContain('componentsUnclear');
				expect(result.planHash).not.toBe(before.planHash);
			}
		});
	});

	it('put back by figures alone, and a Shopify return appears later: it is not restocked again', () => {
		const ordinary = orderWithReturn({ ledger: { ledger: { version: 1, entries: [figures({ state: 'done', returnId: null, doneAt: '2026-11-10T09:00:40.000Z' })] }, compareDigest: 'digest' } });
		const result = plan(ordinary, TWO);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.alreadyDone)).toEqual(['settledBefore']);
	});
});

describe('no Shopify return', () => {
	const loose = (facts: Partial<OrderSnapshot> = {}) => orderWithReturn({ returns: [], ...facts });
	const adjust: Partial<SettlementSettings> = { stockWithoutReturn: 'adjust' };

	it('stops unless the settings say otherwise', () => {
		expect(codes(plan(loose(), TWO).blocked)).toEqual(['returnMissing']);
		expect(plan(loose(), TWO, adjust).stock).toMatchObject([{ changes: [{ inventoryItemId: 'gid://shopify/InventoryItem/1', locationId: LOCATION, delta: 2 }] }]);
	});

	it('a unit of every kind has an outcome of its own', () => {
		const of = (facts: Partial<OrderSnapshot['lines'][number]>, finding: 'sellable' | 'damaged' | 'missing' = 'sellable', unitFacts: Partial<RmaUnit> = {}) => plan(loose({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), ...facts })] }), [unit('1', finding, unitFacts)], adjust);
		expect(codes(of({ inventoryTracked: false }).alreadyDone)).toEqual(['stockNotCounted']);
		expect(codes(of({ variantId: null, inventoryItemId: null, inventoryTracked: null }).alreadyDone)).toEqual(['customItem']);
		expect(codes(of({ variantId: null, inventoryItemId: null, inventoryTracked: null }, 'sellable', { variantId: '45' }).alreadyDone)).toEqual(['variantDeleted']);
		expect(codes(of({}, 'damaged').alreadyDone)).toEqual(['damagedNotStocked']);
		expect(codes(of({}, 'missing').blocked)).toEqual(['unitMissing']);
	});

	it('never puts back more than was shipped, other returns and other requests counted', () => {
		const held = shopifyReturn(2, { id: 'gid://shopify/Return/777', name: '#1001-R7' });
		const others = (state: 'claimed' | 'done', pieces: number) => figures({ rmaId: '2000002', unitIds: ['91'], quantities: [{ lineItemId: lineId(1), quantity: pieces }], returnId: null, state });
		const foreign = rma(TWO, { shopifyReturnName: '#1001-R1' });
		const planned = (order: OrderSnapshot) => planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: foreign, settings: settings({ actions: ['restock'], ...adjust }), now: NOW, claimant: null });
		const withEntries = (entries: LedgerEntry[]) => loose({ ledger: { ledger: { version: 1, entries }, compareDigest: 'digest' } });
		for (const order of [withEntries([others('done', 2)]), withEntries([others('claimed', 2)]), loose({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), unfulfilledQuantity: 2 })] })]) {
			expect(planned(order).stock).toEqual([]);
			expect(codes(planned(order).blocked)).toEqual(['nothingReturnable']);
		}
		const claimedByOther = figures({ rmaId: '2000002', action: 'restock', unitIds: ['91'], returnId: held.id, state: 'done', stock: undefined });
		const crowded = loose({ returns: [held], ledger: { ledger: { version: 1, entries: [claimedByOther] }, compareDigest: 'digest' } });
		expect(planned(crowded).stock).toEqual([]);
		expect(codes(planned(crowded).blocked)).toEqual(['nothingReturnable']);
		expect(planned({ ...crowded, returns: [{ ...held, status: 'CANCELED' }] }).stock).toHaveLength(1);
		expect(planned(withEntries([others('done', 1)])).stock).toHaveLength(1);
	});

	it('a refund that restocked the pieces counts as done', () => {
		const restocked = loose({ refunds: [{ id: 'gid://shopify/Refund/9', createdAt: '2026-11-09T09:00:00Z', note: null, returnId: null, lines: [{ lineItemId: lineId(1), quantity: 2, restockType: 'RETURN', subtotal: pair('40.00'), tax: pair('0') }], transactions: [], total: pair('40.00') }] });
		const result = plan(restocked, TWO, adjust);
		expect(result.stock).toEqual([]);
		expect(codes(result.alreadyDone)).toEqual(['restockedInShopify']);
	});
});

describe('items without stock in a Shopify return', () => {
	it.each<[string, Partial<OrderSnapshot['lines'][number]>, Partial<RmaUnit>, string, string]>([
		['not counted', { inventoryTracked: false }, {}, 'RESTOCKED', 'stockNotCounted'],
		['custom', { variantId: null, inventoryItemId: null, inventoryTracked: null }, {}, 'NOT_RESTOCKED', 'customItem'],
		['deleted since', { variantId: null, inventoryItemId: null, inventoryTracked: null }, { variantId: '45' }, 'NOT_RESTOCKED', 'variantDeleted'],
	])('%s: disposed of, and named', (_case, facts, unitFacts, type, code) => {
		const order = orderWithReturn({ lines: [line(1, { quantity: 3, originalUnitPrice: pair('20.00'), ...facts })] });
		const result = plan(order, [unit('1', 'sellable', unitFacts)]);
		expect(result.restock?.dispositions).toMatchObject([{ type, quantity: 1 }]);
		expect(codes(result.notes)).toEqual([code]);
	});
});

describe('unsellable units', () => {
	it('are counted in the state of the settings beside their disposition, in a change of their own', () => {
		const result = plan(orderWithReturn(), [unit('1', 'damaged'), unit('2', 'sellable')], { unsellableState: 'quality_control' });
		expect(result.restock?.dispositions.map(({ type }) => type).sort()).toEqual(['NOT_RESTOCKED', 'RESTOCKED']);
		expect(result.stock).toMatchObject([{ state: 'quality_control', unitIds: ['1'], changes: [{ delta: 1 }] }]);
	});

	it('stay out of stock otherwise', () => {
		expect(plan(orderWithReturn(), [unit('1', 'damaged')]).stock).toEqual([]);
	});

	it('of a bundle and sellable ones of it go by different changes', () => {
		const result = plan(bundleOrder(), [unit('1', 'damaged'), unit('2', 'sellable')], { unsellableState: 'damaged' });
		expect(result.stock.map(({ state, unitIds }) => [state, unitIds])).toEqual([['available', ['2']], ['damaged', ['1']]]);
		expect(new Set(result.stock.map(({ key }) => key)).size).toBe(2);
	});
});

describe('places', () => {
	it('that Shopify says are closed, or does not have, stop the unit', () => {
		const closed = orderWithReturn({ places: [{ id: LOCATION, name: 'Old warehouse', isActive: false }] });
		expect(codes(plan(closed, TWO).blocked)).toEqual(['locationInactive']);
		expect(codes(plan(orderWithReturn({ places: [] }), TWO).blocked)).toEqual(['locationUnknown']);
		expect(plan(orderWithReturn({ places: [{ id: LOCATION, name: 'Warehouse', isActive: true }] }), TWO).restock?.unitIds).toEqual(['1', '2']);
	});

	it('of components are judged before the bundle is disposed of', () => {
		const result = plan(bundleOrder({ places: [{ id: LOCATION, name: 'Old warehouse', isActive: false }] }), TWO);
		expect([result.restock, result.stock]).toEqual([null, []]);
		expect(codes(result.blocked)).toEqual(['locationInactive']);
	});

	it('are asked about once each, for units that somebody has inspected', () => {
		const inspected = rma([unit('1', 'sellable'), unit('2', 'damaged'), unit('3', 'none')]);
		expect(namedLocations(inspected, settings())).toEqual([LOCATION]);
		expect(namedLocations(rma([unit('1', 'none')]), settings())).toEqual([]);
		expect(namedLocations(inspected, settings({ locationId: null, locationMap: { DE: OTHER_PLACE } }))).toEqual([OTHER_PLACE]);
		expect(namedLocations(inspected, settings({ locationId: null, locationMap: { toString: OTHER_PLACE } }))).toEqual([]);
	});
});
