/** Whatever the order in which bundles come back, are inspected and are interrupted: every component is put back once, and never more than was sold. */
import fc from 'fast-check';
import { componentShares, worthOf, type Bundle, type BundleComponent } from '../../../returns/bundles';
import { stockKey } from '../../../returns/keys';
import type { LedgerEntry } from '../../../returns/ledger';
import { sum } from '../../../returns/money';
import type { OrderSnapshot } from '../../../returns/order';
import { planSettlement, type SettlementPlan } from '../../../returns/settlement';
import type { StockAct } from '../../../returns/stock';
import { line, lineId, pair } from './orders';
import { entry, orderWithReturn, rma, settings, shopifyReturn, unit, type Finding } from './returns';

const RUNS = 2_000;
const START = new Date('2026-11-10T09:00:00.000Z').getTime();

interface Step {
	/** Units inspected before this step, by number; later findings of the same unit are ignored. */
	inspected: number[];
	finding: Exclude<Finding, 'none'>;
	/** How the run ends. */
	end: 'recorded' | 'diedBeforeSending' | 'diedAfterSending';
}

interface Story {
	ordered: number;
	returned: number;
	quantities: number[];
	withReturn: boolean;
	steps: Step[];
}

const story: fc.Arbitrary<Story> = fc
	.record({ ordered: fc.integer({ min: 1, max: 6 }), part: fc.integer({ min: 1, max: 6 }), quantities: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), withReturn: fc.boolean() })
	.chain(({ ordered, part, quantities, withReturn }) => {
		const returned = Math.min(part, ordered);
		const step: fc.Arbitrary<Step> = fc.record({
			inspected: fc.array(fc.integer({ min: 1, max: returned }), { maxLength: returned }),
			finding: fc.constantFrom('sellable', 'sellable', 'damaged', 'missing'),
			end: fc.constantFrom('recorded', 'recorded', 'diedBeforeSending', 'diedAfterSending'),
		});
		return fc.record({ ordered: fc.constant(ordered), returned: fc.constant(returned), quantities: fc.constant(quantities), withReturn: fc.constant(withReturn), steps: fc.array(step, { minLength: 1, maxLength: 6 }) });
	});

/** Shopify as far as it matters here: a change of stock happens once per key. */
class Shelf {
	readonly pieces = new Map<string, number>();

	private readonly keys = new Set<string>();

	take(act: StockAct): void {
		const key = stockKey(act.key, { state: act.state, changes: act.changes }, 1);
		if (this.keys.has(key)) return;
		this.keys.add(key);
		for (const { inventoryItemId, delta } of act.changes) this.pieces.set(inventoryItemId, (this.pieces.get(inventoryItemId) ?? 0) + delta);
	}
}

function componentsOf(quantities: readonly number[]): BundleComponent[] {
	return quantities.map((quantity, index) => ({ variantId: `gid://shopify/ProductVariant/${30 + index}`, inventoryItemId: `gid://shopify/InventoryItem/${30 + index}`, sku: `PART-${index}`, title: `Part ${index}`, tracked: true, requiresComponents: false, price: 100 * (index + 1), quantity }));
}

function played({ ordered, returned, quantities, withReturn, steps }: Story): { shelf: Shelf; findings: Map<string, Finding>; last: SettlementPlan } {
	const shelf = new Shelf();
	const findings = new Map<string, Finding>();
	const bundle: Bundle = { kind: 'known', source: 'shopify', components: componentsOf(quantities) };
	const dispositions: Array<{ id: string; type: 'NOT_RESTOCKED' | 'MISSING'; quantity: number; locationId: null; createdAt: string }> = [];
	let entries: LedgerEntry[] = [];
	let now = START;
	const planNow = () => {
		const order: OrderSnapshot = orderWithReturn({
			lines: [line(1, { quantity: ordered, originalUnitPrice: pair('20.00') })],
			bundles: { [lineId(1)]: bundle },
			returns: withReturn ? [shopifyReturn(returned, {}, {}, dispositions)] : [],
			ledger: { ledger: { version: 1, entries }, compareDigest: entries.length > 0 ? 'digest' : null },
		});
		const units = Array.from({ length: returned }, (_, index) => unit(String(index + 1), findings.get(String(index + 1)) ?? 'none'));
		return planSettlement({ shopDomain: 'sim-shop.myshopify.com', order, rma: rma(units), settings: settings({ actions: ['restock'], stockWithoutReturn: 'adjust' }), now: new Date(now), claimant: `run at ${now}` });
	};
	const run = (end: Step['end']) => {
		now += 600_000;
		const plan = planNow();
		const claim = { claimant: `run at ${now}`, claimedAt: new Date(now).toISOString(), leaseUntil: new Date(now + 120_000).toISOString() };
		const doneAt = new Date(now + 1000).toISOString();
		const isDone = end === 'recorded';
		const made: LedgerEntry[] = [];
		if (plan.restock && end !== 'diedBeforeSending') {
			// A run that died after its disposition left it on the order: the next one finds it there.
			const ids = plan.restock.dispositions.map(({ type, quantity }) => {
				const id = `gid://shopify/ReverseFulfillmentOrderDisposition/${dispositions.length + 1}`;
				dispositions.push({ id, type: type as 'NOT_RESTOCKED', quantity, locationId: null, createdAt: doneAt });
				return [id];
			});
			const { key, unitIds, quantities: counts, returnId } = plan.restock;
			made.push(entry({ ...claim, key, action: 'restock', unitIds, quantities: counts, returnId, state: isDone ? 'done' : 'claimed', doneAt: isDone ? doneAt : null, dispositions: plan.restock.dispositions.map(({ reverseLineId, type, quantity, locationId, idsBefore }, index) => ({ reverseLineId, type, quantity, locationId, idsBefore, ids: isDone ? (ids[index] ?? []) : [] })) }));
		}
		for (const { entry: adopted } of plan.adopted) made.push({ ...adopted, state: 'done', doneAt, dispositions: adopted.dispositions.map((disposition, index) => ({ ...disposition, ids: [dispositions.filter(({ id }) => !disposition.idsBefore.includes(id))[index]?.id ?? ''] })) });
		for (const act of plan.stock) {
			if (end !== 'diedBeforeSending') shelf.take(act);
			made.push(entry({ ...claim, key: act.key, action: 'components', unitIds: act.unitIds, quantities: act.quantities, returnId: plan.shopifyReturn?.id ?? null, state: isDone ? 'done' : 'claimed', doneAt: isDone ? doneAt : null, stock: act.resumes?.stock ?? { state: act.state, changes: act.changes, since: new Date(now).toISOString(), installationId: null, groupId: null } }));
		}
		const keys = new Set(made.map(({ key }) => key));
		entries = [...entries.filter(({ key }) => !keys.has(key)), ...made];
	};
	for (const { inspected, finding, end } of steps) {
		for (const number of inspected) if (!findings.has(String(number))) findings.set(String(number), finding);
		run(end);
	}
	// However it went, quiet runs at the end finish the work.
	for (let quiet = 0; quiet < 4; quiet += 1) run('recorded');
	return { shelf, findings, last: planNow() };
}

it('puts every component of every sellable bundle back once, in any sequence of partial returns and interruptions', () => {
	fc.assert(
		fc.property(story, (told) => {
			const { shelf, findings, last } = played(told);
			const sellable = [...findings.values()].filter((finding) => finding === 'sellable').length;
			for (const { inventoryItemId, quantity } of componentsOf(told.quantities)) {
				expect(shelf.pieces.get(inventoryItemId) ?? 0).toBe(quantity * sellable);
				expect(shelf.pieces.get(inventoryItemId) ?? 0).toBeLessThanOrEqual(quantity * told.ordered);
			}
			expect([last.restock, last.stock]).toEqual([null, []]);
		}),
		{ numRuns: RUNS },
	);
});

it('splits the worth of bundles over their components exactly, and partial returns never exceed the whole', () => {
	const amounts = fc.record({ unitPrice: fc.integer({ min: 0, max: 1_000_000 }), quantity: fc.integer({ min: 1, max: 20 }), discountPercent: fc.integer({ min: 0, max: 100 }), prices: fc.array(fc.record({ price: fc.integer({ min: 0, max: 100_000 }), quantity: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 8 }), count: fc.integer({ min: 1, max: 20 }) });
	fc.assert(
		fc.property(amounts, ({ unitPrice, quantity, discountPercent, prices, count }) => {
			const each = pair((unitPrice / 100).toFixed(2));
			const discount = Math.floor((unitPrice * quantity * discountPercent) / 100);
			const bought = { quantity, originalUnitPrice: each, discountAllocations: [pair((discount / 100).toFixed(2))] };
			const some = worthOf(bought, Math.min(count, quantity));
			const shares = componentShares(some, prices);
			expect(sum(shares, 'USD')).toEqual(some);
			expect(shares.every(({ minor }) => minor >= 0)).toBe(true);
			expect(some.minor).toBeLessThanOrEqual(worthOf(bought, quantity).minor);
			expect(worthOf(bought, quantity).minor).toBe(unitPrice * quantity - discount);
		}),
		{ numRuns: RUNS },
	);
});
