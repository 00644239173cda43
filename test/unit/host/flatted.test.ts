import { parseFlatted } from '../../../scripts/host/flatted';

describe('the format of stored executions', () => {
	it('puts values back where their indexes stand', () => {
		const text = JSON.stringify([{ startData: '1', status: '2', runs: '3' }, {}, 'success', ['4', '4', 7, true, null], { json: '5' }, { amount: '6', empty: '7' }, '12.50', '']);
		expect(parseFlatted(text)).toEqual({
			startData: {},
			status: 'success',
			runs: [{ json: { amount: '12.50', empty: '' } }, { json: { amount: '12.50', empty: '' } }, 7, true, null],
		});
	});

	it('keeps strings that look like indexes', () => {
		expect(parseFlatted(JSON.stringify([{ quantity: '1', id: '2' }, '2', '0']))).toEqual({ quantity: '2', id: '0' });
	});

	it('keeps one object that is referred to twice one object', () => {
		const parsed = parseFlatted<{ a: object; b: object }>(JSON.stringify([{ a: '1', b: '1' }, { n: 1 }]));
		expect(parsed.a).toBe(parsed.b);
	});

	it('follows an object that contains itself', () => {
		const parsed = parseFlatted<{ self: unknown; name: string }>(JSON.stringify([{ self: '0', name: '1' }, 'loop']));
		expect(parsed.self).toBe(parsed);
		expect(parsed.name).toBe('loop');
	});
});
