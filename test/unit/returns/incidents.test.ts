/** An incident is told once, again when it changes, and once more when it is over; whatever the order of the lines. */
import fc from 'fast-check';
import { compareIncidents, type IncidentMemory } from '../../../returns/incidents';
import { line } from '../report/invented';

const LOOK = { now: '2026-11-01T02:00:00Z', isComplete: true, mostKept: 100 };
const LATER = { ...LOOK, now: '2026-11-02T02:00:00Z' };

const names = (lines: ReadonlyArray<{ incident: string }>) => lines.map(({ incident }) => incident).sort();

it('tells everything the first time', () => {
	const { toTell, cleared, unchanged } = compareIncidents([line({ incident: 'a' }), line({ incident: 'b' })], null, LOOK);
	expect(toTell.map(({ incident, news, firstSeenAt }) => [incident, news, firstSeenAt])).toEqual([
		['a', 'new', LOOK.now],
		['b', 'new', LOOK.now],
	]);
	expect([cleared, unchanged]).toEqual([[], 0]);
});

it('tells nothing the second time', () => {
	const { memory } = compareIncidents([line({ incident: 'a' })], null, LOOK);
	expect(compareIncidents([line({ incident: 'a' })], memory, LATER)).toMatchObject({ toTell: [], cleared: [], unchanged: 1 });
});

it.each([
	['its severity', { severity: 'critical' as const }],
	['its code', { code: 'refundMissing' as const }],
	['its owner', { owner: 'warehouse' as const }],
	['how it compares', { class: 'duplicate' as const }],
	['an amount', { shopifyAmount: '40.87', difference: '-0.13' }],
	['its refund', { refundId: 'gid://shopify/Refund/9002' }],
	['its transactions', { transactionIds: '7001, 7002' }],
	['its units', { unitIds: '1, 2, 3' }],
])('tells it again when %s changes, and keeps when it was first seen', (_name, change) => {
	const before = line({ severity: 'warning' });
	const { memory } = compareIncidents([before], null, LOOK);
	const { toTell } = compareIncidents([{ ...before, ...change }], memory, LATER);
	expect(toTell).toMatchObject([{ ...change, news: 'changed', firstSeenAt: LOOK.now }]);
});

it('does not tell it again because it has grown older or is worded anew', () => {
	const { memory } = compareIncidents([line()], null, LOOK);
	const { toTell } = compareIncidents([line({ ageDays: 12, message: 'Still so.', title: 'Renamed', nextStep: 'Something else.', payoutId: 'gid://shopify/ShopifyPaymentsPayout/1' })], memory, LATER);
	expect(toTell).toEqual([]);
});

it('says what is over, with as much as is needed to find it', () => {
	const { memory } = compareIncidents([line({ incident: 'a' }), line({ incident: 'b' })], null, LOOK);
	const { cleared, memory: next } = compareIncidents([line({ incident: 'b' })], memory, LATER);
	expect(cleared).toMatchObject([{ incident: 'a', firstSeenAt: LOOK.now, code: 'valueMismatch', rmaId: '4001', orderName: '#1001', orderUrl: 'https://admin.example/orders/1001' }]);
	expect(names(next.incidents)).toEqual(['b']);
	expect(compareIncidents([line({ incident: 'b' })], next, LATER).cleared).toEqual([]);
});

it('tells an incident that comes back as a new one', () => {
	const first = compareIncidents([line()], null, LOOK);
	const over = compareIncidents([], first.memory, LATER);
	expect(compareIncidents([line()], over.memory, LATER).toTell).toMatchObject([{ news: 'new' }]);
});

it('does not call over what a look did not see that could not read everything', () => {
	const { memory } = compareIncidents([line({ incident: 'a' })], null, LOOK);
	const half = compareIncidents([line({ incident: 'b' })], memory, { ...LATER, isComplete: false });
	expect(half).toMatchObject({ cleared: [], unseen: 1, toTell: [{ incident: 'b' }] });
	expect(names(half.memory.incidents)).toEqual(['a', 'b']);
	expect(names(compareIncidents([line({ incident: 'b' })], half.memory, LATER).cleared)).toEqual(['a']);
});

it('takes several lines of one incident as one, and tells all of them when one changes', () => {
	const lines = [line({ incident: 'a', refundId: 'gid://shopify/Refund/1' }), line({ incident: 'a', refundId: 'gid://shopify/Refund/2' })];
	const { memory } = compareIncidents(lines, null, LOOK);
	expect(compareIncidents([...lines].reverse(), memory, LATER)).toMatchObject({ toTell: [], unchanged: 1 });
	expect(compareIncidents([lines[0] ?? line(), line({ incident: 'a', refundId: 'gid://shopify/Refund/3' })], memory, LATER).toTell).toHaveLength(2);
});

it('keeps the gravest where the memory is full, and tells the others again rather than never', () => {
	const lines = [line({ incident: 'mild', severity: 'warning' }), line({ incident: 'grave', severity: 'critical' })];
	const { memory, forgotten } = compareIncidents(lines, null, { ...LOOK, mostKept: 1 });
	expect(forgotten).toBe(1);
	expect(names(compareIncidents(lines, memory, LATER).toTell)).toEqual(['mild']);
});

it('is not misled by names that mean something to JavaScript', () => {
	const lines = ['__proto__', 'constructor', 'toString'].map((incident) => line({ incident }));
	const { toTell, memory } = compareIncidents(lines, null, LOOK);
	expect(names(toTell)).toEqual(['__proto__', 'constructor', 'toString']);
	expect(compareIncidents(lines, JSON.parse(JSON.stringify(memory)) as IncidentMemory, LATER)).toMatchObject({ toTell: [], cleared: [], unchanged: 3 });
});

it('for any two looks: every incident is told, unchanged or over exactly once, in whatever order the lines come', () => {
	const someLine = fc.record({ incident: fc.constantFrom('a', 'b', 'c', 'd', 'e'), severity: fc.constantFrom('critical' as const, 'warning' as const), shopifyAmount: fc.constantFrom('1.00', '2.00') }).map((fields) => line(fields));
	const look = fc.uniqueArray(someLine, { selector: ({ incident }) => incident });
	fc.assert(
		fc.property(look, look, fc.boolean(), (before, after, isReversed) => {
			const { memory } = compareIncidents(before, null, LOOK);
			const found = compareIncidents(isReversed ? [...after].reverse() : after, memory, LATER);
			const earlier = new Map(before.map((known) => [known.incident, known]));
			const same = after.filter((known) => earlier.get(known.incident)?.severity === known.severity && earlier.get(known.incident)?.shopifyAmount === known.shopifyAmount);
			expect(names(found.toTell)).toEqual(names(after.filter((known) => !same.includes(known))));
			expect(found.unchanged).toBe(same.length);
			expect(names(found.cleared)).toEqual(names(before.filter(({ incident }) => !after.some((known) => known.incident === incident))));
			expect(names(found.memory.incidents)).toEqual(names(after));
		}),
		{ numRuns: 500 },
	);
});
