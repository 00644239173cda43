/** The sums of a month, taken where things are read and again where lines are made: both have to say the same. */
import type { Case } from './case';
import { isCreditOutsideOrder, isMoneyAction } from './ledger';
import { isWithin, type PayoutLine, type Period } from './monthEnd';
import { add, formatMoney, subtract, zero, type Money } from './money';
import type { ReconciliationLine } from './reconciliationLine';
import { readAmount } from './returnGoAmount';
import type { CurrencyTotals } from './runSummary';

interface Sums {
	returnGo: Money;
	shopify: Money;
	/** Of the listed lines. */
	difference: Money;
}

interface PayoutSums {
	refunded: Money;
	paidOut: Money;
	/** Of the listed lines. */
	difference: Money;
}

export class MonthTotals {
	/** By the currency the customer paid in. */
	private readonly sums = new Map<string, Sums>();

	/** By the currency of the shop's books. */
	private readonly payouts = new Map<string, PayoutSums>();

	private linesOfShopify = 0;

	private linesAgreeing = 0;

	constructor(private readonly period: Period) {}

	/** Counts what belongs to the month of what was read. */
	addCase(found: Case): void {
		const explained = new Set(found.explainedRefundIds);
		for (const { id, createdAt, total } of found.order?.refunds ?? []) {
			if (explained.has(id) || !isWithin(createdAt, this.period)) continue;
			this.linesOfShopify += 1;
			this.count(total.presentment.currency, 'shopify', total.presentment);
			const known = this.payoutsOf(total.shop.currency);
			this.payouts.set(total.shop.currency, { ...known, refunded: add(known.refunded, total.shop) });
		}
		const entries = found.explainedUnitIds === undefined ? (found.order?.ledger.entries ?? []) : [];
		for (const entry of entries.filter(({ state, action, credit }) => state === 'done' && isMoneyAction(action) && (credit?.id ?? null) !== null)) {
			const amount = entry.amount === null || entry.currency === null ? null : readAmount({ amount: entry.amount, currency: entry.currency });
			if (isCreditOutsideOrder(entry) && amount !== null && isWithin(entry.doneAt ?? entry.claimedAt, this.period)) this.count(amount.currency, 'shopify', amount);
		}
		for (const { status, type, amount, createdAt } of found.transactions) {
			const money = status === 'Success' && type !== 'InvoicePayment' && isWithin(createdAt, this.period) ? readAmount(amount) : null;
			if (money !== null) this.count(money.currency, 'returnGo', money);
		}
	}

	/** @returns whether the line has to be listed: it differs, or says something. */
	addLine({ returnGo, shopify, class: name }: ReconciliationLine): boolean {
		const currency = (shopify ?? returnGo)?.currency;
		if (currency === undefined) return false;
		const difference = subtract(shopify ?? zero(currency), returnGo ?? zero(currency));
		if (difference.minor === 0 && name === 'matched') {
			this.linesAgreeing += 1;
			return false;
		}
		this.count(currency, 'difference', difference);
		return true;
	}

	/** @returns whether the line has to be listed */
	addPayoutLine({ refunded, paidOut, code }: PayoutLine): boolean {
		const known = this.payoutsOf(refunded.currency);
		const difference = code === null ? zero(refunded.currency) : subtract(refunded, paidOut);
		this.payouts.set(refunded.currency, { ...known, paidOut: add(known.paidOut, paidOut), difference: add(known.difference, difference) });
		return code !== null;
	}

	/** Lines on which ReturnGO and Shopify agree. */
	get agreeing(): number {
		return this.linesAgreeing;
	}

	/** Refunds of the month. */
	get refunds(): number {
		return this.linesOfShopify;
	}

	/** One entry per currency; refunds against payouts stand with the currency of the shop's books. */
	byCurrency(): CurrencyTotals[] {
		return [...new Set([...this.sums.keys(), ...this.payouts.keys()])].sort().map((currency) => {
			const sums = this.sums.get(currency);
			const payouts = this.payouts.get(currency);
			return {
				currency,
				amounts: [
					...(sums === undefined
						? []
						: [
								{ name: 'Paid by ReturnGO', amount: formatMoney(sums.returnGo) },
								{ name: 'Refunded and credited in Shopify', amount: formatMoney(sums.shopify) },
								{ name: 'Difference, explained by the lines', amount: formatMoney(subtract(sums.shopify, sums.returnGo)) },
							]),
					...(payouts === undefined
						? []
						: [
								{ name: 'Refunded, all currencies in store currency', amount: formatMoney(payouts.refunded) },
								{ name: 'Of it in payouts', amount: formatMoney(payouts.paidOut) },
								{ name: 'Not in payouts, explained by the lines', amount: formatMoney(subtract(payouts.refunded, payouts.paidOut)) },
							]),
				],
			};
		});
	}

	/** Currencies in which the listed differences do not explain the difference of the sums; none when they do. */
	disagreements(): string[] {
		const returns = [...this.sums].filter(([, { returnGo, shopify, difference }]) => subtract(shopify, returnGo).minor !== difference.minor);
		const payouts = [...this.payouts].filter(([, { refunded, paidOut, difference }]) => subtract(refunded, paidOut).minor !== difference.minor);
		return [...new Set([...returns, ...payouts].map(([currency]) => currency))].sort();
	}

	private count(currency: string, side: keyof Sums, amount: Money): void {
		const known = this.sums.get(currency) ?? { returnGo: zero(currency), shopify: zero(currency), difference: zero(currency) };
		this.sums.set(currency, { ...known, [side]: add(known[side], amount) });
	}

	private payoutsOf(currency: string): PayoutSums {
		return this.payouts.get(currency) ?? { refunded: zero(currency), paidOut: zero(currency), difference: zero(currency) };
	}
}
