/** Which units of a case are accounted for: each is handed out once. */
import type { CaseRma } from './case';
import type { Rma, RmaUnit } from './rma';

export class Coverage {
	private readonly covered = new Set<string>();

	private readonly owners = new Map<string, string>();

	constructor(private readonly rmas: readonly CaseRma[]) {
		for (const { details } of rmas) for (const unit of details?.units ?? []) this.owners.set(unit.id, details?.id ?? '');
	}

	/** Those of the units that no line has yet; from now on they are this line's. */
	take(unitIds: readonly string[]): string[] {
		const fresh = [...new Set(unitIds)].filter((id) => !this.covered.has(id)).sort();
		fresh.forEach((id) => this.covered.add(id));
		return fresh;
	}

	has(unitId: string): boolean {
		return this.covered.has(unitId);
	}

	/** Whether there are units, and all of them are paid for by an earlier line. */
	hasAll(unitIds: readonly string[]): boolean {
		return unitIds.length > 0 && unitIds.every((id) => this.covered.has(id));
	}

	open(rma: Rma): RmaUnit[] {
		return rma.units.filter(({ id }) => !this.covered.has(id)).sort((left, right) => (left.id < right.id ? -1 : 1));
	}

	/** The RMA that these units belong to: by the details that were read, or because only one of the order's RMAs can have been paid. */
	ownerOf(unitIds: readonly string[]): string | null {
		for (const id of unitIds) {
			const owner = this.owners.get(id);
			if (owner !== undefined) return owner;
		}
		const payable = this.rmas.filter(({ status }) => status !== 'Rejected' && status !== 'Canceled');
		return payable.length === 1 ? (payable[0]?.id ?? null) : null;
	}
}
