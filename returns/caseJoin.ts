/**
 * Joins three streams, Shopify's orders, ReturnGO's RMAs and ReturnGO's transactions, into cases. A case that is explained leaves at once, so what
 * is held is what is still open; of explained ones only the orders' numbers are kept. The order of arrival changes nothing but what is held when.
 */
import type { Case, CaseOrder, CaseRma, CaseTransaction, Unread } from './case';
import { isExplained } from './reconciliation';
import { lastPart } from './reconciliationLine';
import { refundNamed } from './reconciliationPayments';

/** A case that is not complete yet. */
export interface OpenCase {
	/** The order's name as both systems spell it. */
	readonly name: string;
	order: CaseOrder | null;
	/** Whether the order was read as far as its payments have to be known. */
	isOrderSettled: boolean;
	rmas: CaseRma[];
	transactions: CaseTransaction[];
	unread: Unread[];
}

export class CaseJoin {
	private readonly open = new Map<string, OpenCase>();

	/** Where the refunds and units of open orders are, and transactions that wait for one. */
	private readonly nameByRefund = new Map<string, string>();

	private readonly nameByUnit = new Map<string, string>();

	private readonly waiting = new Map<string, CaseTransaction>();

	private readonly waitingByRefund = new Map<string, string[]>();

	private readonly waitingByUnit = new Map<string, string[]>();

	/**
	 * Numbers of the orders that have left. None can be forgotten: a further request of an order may be read at any later time, and the order's
	 * refunds would count twice. A number takes less than 64 bytes; 100,000 orders, five megabytes.
	 */
	private readonly given = new Set<number>();

	private transactionsReadUntil = '';

	/** @param keepsAll holds every case until `takeOpen`, for rules that look at explained ones in detail as well */
	constructor(private readonly keepsAll = false) {}

	/** @returns the case, if it is explained now */
	addOrder(order: CaseOrder, isOrderSettled: boolean): Case | null {
		if (this.wasGiven(order.id)) return null;
		const entry = this.entryFor(order.name);
		// The same order on two pages: the later reading is the newer one.
		entry.order = order;
		entry.isOrderSettled = isOrderSettled;
		const refunds = order.refunds.map(({ id }) => lastPart(id));
		const units = order.ledger.entries.flatMap(({ unitIds }) => unitIds);
		refunds.forEach((refund) => this.nameByRefund.set(refund, entry.name));
		units.forEach((unit) => this.nameByUnit.set(unit, entry.name));
		for (const id of [...refunds.flatMap((refund) => this.waitingByRefund.get(refund) ?? []), ...units.flatMap((unit) => this.waitingByUnit.get(unit) ?? [])]) {
			const transaction = this.waiting.get(id);
			if (transaction !== undefined) this.assign(transaction, entry);
		}
		return this.giveIfExplained(entry);
	}

	/** Adds an order that was looked for, whether or not a case of it has left; then its refunds count there. */
	adopt(order: CaseOrder, isOrderSettled: boolean): OpenCase {
		const entry = this.entryFor(order.name);
		entry.order = order;
		entry.isOrderSettled = isOrderSettled;
		return entry;
	}

	/** @returns the case, if it is explained now */
	addRma(rma: CaseRma): Case | null {
		// An RMA without an order is a case of its own.
		const entry = this.entryFor(rma.orderName === '' ? `RMA${rma.id}` : rma.orderName);
		if (!entry.rmas.some(({ id }) => id === rma.id)) entry.rmas.push(rma);
		return this.giveIfExplained(entry);
	}

	/** @returns the case, if it is explained now */
	addTransaction(transaction: CaseTransaction): Case | null {
		const refund = refundNamed(transaction);
		const name = refund === null ? transaction.unitIds.map((id) => this.nameByUnit.get(id)).find((found) => found !== undefined) : this.nameByRefund.get(refund);
		const entry = name === undefined ? undefined : this.open.get(name);
		if (entry !== undefined) {
			this.assign(transaction, entry);
			return this.giveIfExplained(entry);
		}
		if (this.waiting.has(transaction.id)) return null;
		this.waiting.set(transaction.id, transaction);
		if (refund !== null) this.waitingByRefund.set(refund, [...(this.waitingByRefund.get(refund) ?? []), transaction.id]);
		else for (const id of transaction.unitIds) this.waitingByUnit.set(id, [...(this.waitingByUnit.get(id) ?? []), transaction.id]);
		return null;
	}

	/**
	 * ReturnGO may keep a transaction for a refund of ours, so such a case stays until the transactions have come that far. Tells how far they have
	 * come, and gives the cases that are explained now.
	 */
	transactionsCame(until: string): Case[] {
		if (until > this.transactionsReadUntil) this.transactionsReadUntil = until;
		return [...this.open.values()].flatMap((entry) => this.giveIfExplained(entry) ?? []);
	}

	/** Cases that are not explained, oldest arrival first. */
	openCases(): OpenCase[] {
		return [...this.open.values()];
	}

	/** Transactions that no order was found for. */
	waitingTransactions(): CaseTransaction[] {
		return [...this.waiting.values()];
	}

	/** Takes out the waiting transactions that belong to units of an RMA that was read in detail. */
	takeWaiting(unitIds: readonly string[]): CaseTransaction[] {
		const found = [...new Set(unitIds.flatMap((id) => this.waitingByUnit.get(id) ?? []))].flatMap((id) => this.waiting.get(id) ?? []);
		found.forEach((transaction) => this.forgetWaiting(transaction));
		return found;
	}

	/** Takes a waiting transaction out. */
	forgetWaiting(transaction: CaseTransaction): void {
		this.waiting.delete(transaction.id);
		const refund = refundNamed(transaction);
		if (refund !== null) removeFrom(this.waitingByRefund, refund, transaction.id);
		for (const unit of transaction.unitIds) removeFrom(this.waitingByUnit, unit, transaction.id);
	}

	/** Takes an open case out and gives it as it stands. */
	give(entry: OpenCase): Case {
		const found = this.asCase(entry);
		this.open.delete(entry.name);
		for (const { id } of found.order?.refunds ?? []) this.nameByRefund.delete(lastPart(id));
		for (const { unitIds } of found.order?.ledger.entries ?? []) unitIds.forEach((id) => this.nameByUnit.delete(id));
		if (found.order !== null) this.given.add(numberOf(found.order.id));
		return found;
	}

	/** Whether a case of the order has left: its refunds are explained there. */
	wasGiven(orderId: string): boolean {
		return this.given.has(numberOf(orderId));
	}

	asCase(entry: OpenCase): Case {
		const { order, rmas, transactions, unread } = entry;
		const found: Case = {
			orderId: order?.id ?? rmas.map(({ details }) => details?.order.id ?? null).find((id) => id !== null) ?? null,
			orderName: order?.name ?? (rmas.find(({ orderName }) => orderName !== '')?.orderName || null),
			order,
			rmas,
			transactions,
			explainedRefundIds: [],
			unread,
		};
		return order !== null && this.wasGiven(order.id) ? givenBefore(found, order) : found;
	}

	private giveIfExplained(entry: OpenCase): Case | null {
		if (this.keepsAll || entry.order === null || !entry.isOrderSettled || this.mayBeReported(entry)) return null;
		const found = this.asCase(entry);
		return isExplained(found) ? this.give(entry) : null;
	}

	/** Whether a transaction of ReturnGO may still come for a refund of ours. */
	private mayBeReported({ order, transactions }: OpenCase): boolean {
		const named = new Set(transactions.map(refundNamed));
		return order?.refunds.some(({ id, createdAt }) => !named.has(lastPart(id)) && dayAfter(createdAt) > this.transactionsReadUntil) === true;
	}

	private assign(transaction: CaseTransaction, entry: OpenCase): void {
		this.forgetWaiting(transaction);
		if (!entry.transactions.some(({ id }) => id === transaction.id)) entry.transactions.push(transaction);
	}

	private entryFor(name: string): OpenCase {
		const bare = bareName(name);
		const known = this.open.get(bare) ?? { name: bare, order: null, isOrderSettled: false, rmas: [], transactions: [], unread: [] };
		this.open.set(bare, known);
		return known;
	}
}

/**
 * The order again, because another RMA or transaction of it turned up after its case had left. What its refunds and our credits pay for is explained
 * there, and so are the transactions that an RMA's own details show for them; one that only the list shows is one too many.
 */
function givenBefore(found: Case, order: CaseOrder): Case {
	const refunds = new Set(order.refunds.map(({ id }) => lastPart(id)));
	const isExplainedThere = (transaction: CaseTransaction) => transaction.rmaId !== null && refunds.has(refundNamed(transaction) ?? '');
	return {
		...found,
		transactions: found.transactions.filter((transaction) => !isExplainedThere(transaction)),
		explainedRefundIds: order.refunds.map(({ id }) => id),
		explainedUnitIds: [...order.ledger.entries.filter(({ state }) => state === 'done').flatMap(({ unitIds }) => unitIds), ...found.transactions.filter(isExplainedThere).flatMap(({ unitIds }) => unitIds)],
	};
}

function dayAfter(time: string): string {
	return new Date(new Date(time).getTime() + 86_400_000).toISOString();
}

/** An order's name without the sign that Shopify puts in front and ReturnGO leaves out. */
export function bareName(name: string): string {
	return name.trim().replace(/^#/, '').toLowerCase();
}

function removeFrom(index: Map<string, string[]>, key: string, id: string): void {
	const left = (index.get(key) ?? []).filter((known) => known !== id);
	if (left.length === 0) index.delete(key);
	else index.set(key, left);
}

function numberOf(orderId: string): number {
	return Number(lastPart(orderId));
}
