/** Which Shopify return belongs to an RMA. ReturnGO usually made it on approval; a second one is never made. */
import type { Ledger } from './ledger';
import type { OrderLine, OrderRefund, ReturnStatus } from './order';
import type { Rma } from './rma';
import { shippedPieces } from './unshipped';

/** What has to be known of a Shopify return to tell whose it is. */
interface MatchableReturn {
	id: string;
	name: string;
	status: ReturnStatus;
	lines: ReadonlyArray<{ lineItemId: string | null; quantity: number }>;
}

interface MatchableOrder<TReturn> {
	returns: readonly TReturn[];
	ledger: { ledger: Ledger };
	/** Lines as far as they were read. */
	lines: readonly OrderLine[];
	refunds: readonly OrderRefund[];
}

export type ReturnMatch<TReturn> = { kind: 'found'; return: TReturn } | { kind: 'none' } | { kind: 'unclear'; candidates: TReturn[] };

/**
 * In this order: the return the caller named; the one this RMA's ledger entries name; the one ReturnGO's timeline names;
 * the only one whose lines hold the RMA's units, leaving out those that other RMAs are known to use.
 */
export function matchReturn<TReturn extends MatchableReturn>(order: MatchableOrder<TReturn>, rma: Rma, named: string | null): ReturnMatch<TReturn> {
	const usable = order.returns.filter((candidate) => candidate.status !== 'DECLINED' && candidate.status !== 'CANCELED');
	if (named !== null) return one(order.returns.filter((candidate) => candidate.id === named));

	const fromLedger = new Set(order.ledger.ledger.entries.filter((entry) => entry.rmaId === rma.id).map((entry) => entry.returnId));
	const recorded = usable.filter((candidate) => fromLedger.has(candidate.id));
	if (recorded.length > 0) return one(recorded);

	const byName = usable.filter((candidate) => rma.shopifyReturnName !== null && sameReturnName(candidate.name, rma.shopifyReturnName));
	if (byName.length === 1) return one(byName);

	const usedByOthers = new Set(order.ledger.ledger.entries.filter((entry) => entry.rmaId !== rma.id).map((entry) => entry.returnId));
	const needed = shippedUnits(order, rma);
	const fitting = usable.filter((candidate) => !usedByOthers.has(candidate.id) && holdsUnits(candidate, needed));
	const exact = fitting.filter((candidate) => quantityOf(candidate) === [...needed.values()].reduce((sum, count) => sum + count, 0));
	return one(exact.length > 0 ? exact : fitting);
}

function one<TReturn>(candidates: TReturn[]): ReturnMatch<TReturn> {
	const [first] = candidates;
	if (first === undefined) return { kind: 'none' };
	return candidates.length === 1 ? { kind: 'found', return: first } : { kind: 'unclear', candidates };
}

/** Whether both name the same Shopify return, with or without its "#". */
export function sameReturnName(left: string, right: string): boolean {
	return left.replace(/^#/, '').toLowerCase() === right.replace(/^#/, '').toLowerCase();
}

function holdsUnits(candidate: MatchableReturn, needed: ReadonlyMap<string, number>): boolean {
	return needed.size > 0 && [...needed].every(([lineItemId, count]) => {
		const held = candidate.lines.filter((line) => line.lineItemId === lineItemId).reduce((sum, line) => sum + line.quantity, 0);
		return held >= count;
	});
}

function quantityOf(candidate: MatchableReturn): number {
	return candidate.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** Units per line that a return can hold: what was never shipped is in none. A line that was not read counts in full. */
function shippedUnits(order: Pick<MatchableOrder<unknown>, 'lines' | 'refunds'>, rma: Rma): Map<string, number> {
	const counts = [...countBy(rma.units.map((unit) => unit.lineItemId))].map(([lineItemId, count]): [string, number] => {
		const line = order.lines.find((candidate) => candidate.id === lineItemId);
		return [lineItemId, line === undefined ? count : Math.min(count, shippedPieces(order, line))];
	});
	return new Map(counts.filter(([, count]) => count > 0));
}

/** How many pieces of each order line; units without a line are left out. */
export function countBy(lineItemIds: ReadonlyArray<string | null>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const id of lineItemIds) {
		if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
