/** What a reconciliation comes to, per class and currency; and the check that no line was lost or counted twice. */
import type { Case } from './case';
import type { ReconciliationClass } from './finding';
import { isCreditOutsideOrder, isMoneyAction } from './ledger';
import { add, formatMoney, subtract, zero, type Money } from './money';
import type { CurrencyTotals } from './runSummary';
import type { ReconciliationLine } from './reconciliationLine';
import { readAmount } from './returnGoAmount';

/** Decimal text in `currency`. `difference` is Shopify's amount less ReturnGO's. */
export interface ClassTotal {
	class: ReconciliationClass;
	currency: string;
	lines: number;
	returnGo: string;
	shopify: string;
	difference: string;
}

interface Sum {
	lines: number;
	returnGo: Money;
	shopify: Money;
}

/** Holds sums only: its size does not depend on the number of lines. */
export class ReconciliationTotals {
	private readonly byClass = new Map<string, Sum & { class: ReconciliationClass }>();

	private readonly counts = new Map<ReconciliationClass, number>();

	private readonly codes = new Map<string, number>();

	/** What both sides say, counted when a case is read, not when its lines are made. */
	private readonly read = new Map<string, Sum>();

	addCase(found: Case): void {
		const explained = new Set(found.explainedRefundIds);
		for (const { id, total } of found.order?.refunds ?? []) if (!explained.has(id)) this.count(null, total.presentment);
		for (const entry of found.order?.ledger.entries ?? []) {
			const isCredit = entry.state === 'done' && isMoneyAction(entry.action) && isCreditOutsideOrder(entry) && (entry.credit?.id ?? null) !== null;
			if (isCredit && entry.amount !== null && entry.currency !== null) this.count(null, readAmount({ amount: entry.amount, currency: entry.currency }));
		}
		for (const { status, type, amount } of found.transactions) if (status === 'Success' && type !== 'InvoicePayment') this.count(readAmount(amount), null);
	}

	addLine(line: ReconciliationLine): void {
		this.counts.set(line.class, (this.counts.get(line.class) ?? 0) + 1);
		if (line.code !== null) this.codes.set(line.code, (this.codes.get(line.code) ?? 0) + 1);
		const currency = (line.shopify ?? line.returnGo)?.currency;
		if (currency === undefined) return;
		const key = `${line.class} ${currency}`;
		const known = this.byClass.get(key) ?? { class: line.class, lines: 0, returnGo: zero(currency), shopify: zero(currency) };
		this.byClass.set(key, { ...known, ...plus(known, line) });
	}

	/** Lines with and without amounts. */
	linesByClass(): Partial<Record<ReconciliationClass, number>> {
		return Object.fromEntries([...this.counts].sort());
	}

	linesByCode(): Record<string, number> {
		return Object.fromEntries([...this.codes].sort());
	}

	/** One entry per class and currency, by name. */
	byClassAndCurrency(): ClassTotal[] {
		return [...this.byClass.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => toTotal(entry.class, entry));
	}

	/** ReturnGO's payments, Shopify's refunds and credits, and what they differ by; one entry per currency. */
	byCurrency(): CurrencyTotals[] {
		return [...this.linesPerCurrency().entries()]
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([currency, { returnGo, shopify }]) => ({
				currency,
				amounts: [
					{ name: 'Paid by ReturnGO', amount: formatMoney(returnGo) },
					{ name: 'Refunded and credited in Shopify', amount: formatMoney(shopify) },
					{ name: 'Difference', amount: formatMoney(subtract(shopify, returnGo)) },
				],
			}));
	}

	/** Currencies in which the lines do not add up to what was read; none when they do. */
	disagreements(): string[] {
		const lines = this.linesPerCurrency();
		return [...new Set([...lines.keys(), ...this.read.keys()])].filter((currency) => {
			const left = lines.get(currency) ?? nothing(currency);
			const right = this.read.get(currency) ?? nothing(currency);
			return left.returnGo.minor !== right.returnGo.minor || left.shopify.minor !== right.shopify.minor;
		});
	}

	private linesPerCurrency(): Map<string, Sum> {
		const sums = new Map<string, Sum>();
		for (const entry of this.byClass.values()) {
			const { currency } = entry.shopify;
			sums.set(currency, plus(sums.get(currency) ?? nothing(currency), entry, entry.lines));
		}
		return sums;
	}

	private count(returnGo: Money | null, shopify: Money | null): void {
		const currency = (shopify ?? returnGo)?.currency;
		if (currency === undefined) return;
		this.read.set(currency, plus(this.read.get(currency) ?? nothing(currency), { returnGo, shopify }));
	}
}

function nothing(currency: string): Sum {
	return { lines: 0, returnGo: zero(currency), shopify: zero(currency) };
}

function plus(total: Sum, more: { returnGo: Money | null; shopify: Money | null }, lines = 1): Sum {
	return {
		lines: total.lines + lines,
		returnGo: more.returnGo === null ? total.returnGo : add(total.returnGo, more.returnGo),
		shopify: more.shopify === null ? total.shopify : add(total.shopify, more.shopify),
	};
}

function toTotal(name: ReconciliationClass, { lines, returnGo, shopify }: Sum): ClassTotal {
	return { class: name, currency: shopify.currency, lines, returnGo: formatMoney(returnGo), shopify: formatMoney(shopify), difference: formatMoney(subtract(shopify, returnGo)) };
}
