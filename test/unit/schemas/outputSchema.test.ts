import fc from 'fast-check';
import { inferSchema, misfits } from '../../../scripts/schemas/outputSchema';

it('keeps names and types in the order in which the node gives them out, and no value', () => {
	const schema = inferSchema([{ zeta: 'secret', alpha: 2.5, yes: true, deep: { list: ['a'] } }]);
	expect(JSON.stringify(schema)).toBe(
		JSON.stringify({
			type: 'object',
			properties: { zeta: { type: 'string' }, alpha: { type: 'number' }, yes: { type: 'boolean' }, deep: { type: 'object', properties: { list: { type: 'array', items: { type: 'string' } } } } },
		}),
	);
});

it('says that a field may be null, and keeps its one type for the editor', () => {
	expect(inferSchema([{ address: null }, { address: { city: 'Graz' } }]).properties).toEqual({ address: { type: 'object', nullable: true, properties: { city: { type: 'string' } } } });
});

it('has the fields of all samples and of all entries of a list', () => {
	expect(inferSchema([{ list: [{ a: 1 }] }, { list: [{ a: null }, { b: '' }], more: [] }]).properties).toEqual({
		list: { type: 'array', items: { type: 'object', properties: { a: { type: 'number', nullable: true }, b: { type: 'string' } } } },
		more: { type: 'array' },
	});
});

it('names every kind that was seen, and does not make up what was not', () => {
	expect(inferSchema([{ id: 1, none: null }, { id: 'one' }]).properties).toEqual({ id: { type: ['number', 'string'] }, none: { type: 'null' } });
});

it('finds what a schema does not know: new fields, other types, null where there was none', () => {
	const schema = inferSchema([{ name: '#1001', lines: [{ sku: 'A', at: null }], total: { amount: '1.00' } }]);
	expect(misfits(schema, { name: '#1002', lines: [], total: {} })).toEqual([]);
	expect(misfits(schema, { name: null, lines: [{ sku: 1, at: '2026-01-01' }], total: ['1.00'], extra: {} })).toEqual(['$.name (null)', '$.lines[].sku (number)', '$.lines[].at (string)', '$.total (array)', '$.extra (object)']);
});

it('infers what every one of its samples fits', () => {
	fc.assert(
		fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), (samples) => {
			const schema = inferSchema(samples);
			expect(samples.flatMap((sample) => misfits(schema, sample))).toEqual([]);
		}),
	);
});
