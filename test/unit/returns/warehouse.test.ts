/** Pieces that a warehouse counted become units of the RMA: each once, the same ones every time. */
import fc from 'fast-check';
import { parseWarehouseCounts } from '../../../returns/rmaSchema';
import { matchWarehouseCounts, type WarehouseCount } from '../../../returns/warehouse';
import { rma, unit } from './returns';

const count = (sku: string, facts: Partial<WarehouseCount> = {}): WarehouseCount => ({ sku, sellable: 0, damaged: 0, missing: 0, reason: null, locationId: null, ...facts });
const shirts = (ids: string[]) => rma(ids.map((id) => unit(id, 'none', { sku: 'SHIRT' })));
const states = (found: ReturnType<typeof matchWarehouseCounts>) => found.inspections.map(({ unitId, state }) => `${unitId} ${state}`);
const codes = (found: ReturnType<typeof matchWarehouseCounts>) => found.reasons.map(({ code }) => code);

it('gives every counted piece a unit of its own and leaves the others open', () => {
	const found = matchWarehouseCounts(shirts(['1', '2', '3', '4', '5']), [count('SHIRT', { sellable: 2, damaged: 1, missing: 1, reason: 'Stained', locationId: 'gid://shopify/Location/7' })]);
	expect(states(found)).toEqual(['1 sellable', '2 sellable', '4 missing', '5 damaged']);
	expect(found.inspections[0]).toMatchObject({ locationId: 'gid://shopify/Location/7', reason: null });
	expect(found.inspections[3]).toMatchObject({ locationId: null, reason: 'Stained' });
});

it('takes units in the order of their ids as numbers, whatever the order of the RMA', () => {
	expect(states(matchWarehouseCounts(shirts(['100', '9', '20']), [count('SHIRT', { sellable: 1, damaged: 1 })]))).toEqual(['9 sellable', '100 damaged']);
});

it('adds up lines of one SKU, and reads SKUs without regard to case and spaces', () => {
	expect(states(matchWarehouseCounts(shirts(['1', '2']), [count(' shirt '), count('Shirt', { sellable: 1 }), count('SHIRT', { sellable: 1 })]))).toEqual(['1 sellable', '2 sellable']);
});

it('a SKU that the RMA does not have, or more pieces than it has, stops the whole message', () => {
	const found = matchWarehouseCounts(shirts(['1', '2']), [count('SHIRT', { sellable: 1 }), count('MUG', { damaged: 1 })]);
	expect([codes(found), states(found)]).toEqual([['unexpectedItem'], []]);
	const tooMany = matchWarehouseCounts(shirts(['1', '2']), [count('SHIRT', { sellable: 2 }), count('shirt', { damaged: 1 })]);
	expect([codes(tooMany), states(tooMany)]).toEqual([['tooManyPieces'], []]);
	expect(tooMany.reasons[0]?.message).toContain('counted 3 of SHIRT');
});

it('a line of which nothing was counted yet says nothing, even with a foreign SKU', () => {
	expect(matchWarehouseCounts(shirts(['1']), [count('MUG'), count('SHIRT')])).toEqual({ inspections: [], reasons: [] });
});

it('as figures grow, no unit that had a state gets another one', () => {
	const pieces = fc.array(fc.constantFrom('sellable' as const, 'damaged' as const), { maxLength: 8 });
	fc.assert(
		fc.property(pieces, fc.nat({ max: 3 }), (order, spare) => {
			const request = shirts(Array.from({ length: order.length + spare + 1 }, (_, index) => String(index + 1)));
			const known = new Map<string, string>();
			for (let counted = 1; counted <= order.length; counted += 1) {
				const sofar = order.slice(0, counted);
				const of = (state: string) => sofar.filter((found) => found === state).length;
				const { inspections, reasons } = matchWarehouseCounts(request, [count('SHIRT', { sellable: of('sellable'), damaged: of('damaged') })]);
				expect(reasons).toEqual([]);
				expect(inspections).toHaveLength(counted);
				for (const { unitId, state } of inspections) {
					expect(known.get(unitId) ?? state).toBe(state);
					known.set(unitId, state);
				}
			}
		}),
	);
});

it.each([[[]], ['SHIRT'], [[{ sku: '', sellable: 1 }]], [[{ sku: 'A', sellable: -1 }]], [[{ sku: 'A', sellable: 1.5 }]], [[{ sku: 'A', damaged: '1' }]], [[{ sku: 'A', locationId: '7' }]]])('refuses counts that are none: %j', (value) => {
	expect(() => parseWarehouseCounts(value)).toThrow();
});
