import { IdSequence, SeededRandom } from '../../../../simulators/shared/random';

describe('seeded chance', () => {
	it('repeats itself for the same seed and differs for another', () => {
		const sample = (seed: number) => {
			const random = new SeededRandom(seed);
			return [random.next(), random.int(1, 1_000), random.hex(12), random.uuid()];
		};
		expect(sample(42)).toEqual(sample(42));
		expect(sample(42)).not.toEqual(sample(43));
	});

	it('stays inside the bounds of a whole number and reaches both', () => {
		const random = new SeededRandom(7);
		const seen = new Set(Array.from({ length: 500 }, () => random.int(3, 6)));
		expect([...seen].sort()).toEqual([3, 4, 5, 6]);
	});

	it('never gives out an id that was taken by hand', () => {
		const ids = new IdSequence({ rma: 100 });
		expect(ids.next('rma')).toBe(100);
		ids.reserve('rma', 105);
		ids.reserve('rma', 50);
		expect(ids.next('rma')).toBe(106);
		expect(ids.next('unit')).toBe(1_000);
		ids.reset();
		expect(ids.next('rma')).toBe(100);
	});
});
