/**
 * ReturnGO's own figures for the units against ours (issue: "ReturnGO's amount is compared with it, and a difference is an exception").
 * Its figures are never paid; a difference usually means a fee or a custom amount that Shopify does not know of.
 */
import { reason, type Reason } from './exceptions';
import { addPair, formatMoney, moneyOf, subtract, decimalsOf, type Money } from './money';
import type { OrderSnapshot } from './order';
import type { RefundValue } from './refund';
import type { RmaMoney, RmaUnit } from './rma';

/**
 * A reason when ReturnGO shows another amount for these units; null when it agrees, or gives no price for some of them.
 *
 * ReturnGO rounds each unit's price and each unit's tax, half a minor unit either way; we split a line by running sums, which moves a unit's
 * price and each of its taxes by less than one. So figures that are no further apart than one minor unit for each unit, and one for the price and
 * for each tax of each line, say the same. Beyond that it is another amount. Shipping, duties and tips are not part of the comparison.
 */
export function compareWithReturnGo(order: OrderSnapshot, value: RefundValue, units: readonly RmaUnit[]): Reason | null {
	const currency = order.presentmentCurrency;
	if (units.length === 0 || units.some((unit) => unit.pricePaid === null)) return null;
	const ids = units.map((unit) => unit.id).sort();
	const foreign = units.find((unit) => unit.pricePaid?.currency !== currency);
	if (foreign) return reason('valueMismatch', `ReturnGO states ${foreign.title} in ${foreign.pricePaid?.currency ?? 'no currency'}, and the order was paid in ${currency}.`, ids);
	const theirs = units.reduce<number | null>((total, unit) => plus(total, unitAmount(unit, currency)), 0);
	if (theirs === null) return reason('valueMismatch', 'ReturnGO’s amounts for these units cannot be read.', ids);
	const merchandise = order.taxesIncluded ? value.subtotal : addPair(value.subtotal, value.tax);
	const ours = subtract(merchandise.presentment, value.fees.presentment);
	const tolerance = units.length + value.lines.reduce((slack, line) => slack + 1 + (order.lines.find((known) => known.id === line.lineItemId)?.taxes.length ?? 0), 0);
	if (Math.abs(ours.minor - Math.max(0, theirs)) <= tolerance) return null;
	return reason('valueMismatch', `The order says ${text(ours)} for these units after fees, and ReturnGO says ${text(moneyOf(theirs, currency))}.`, ids);
}

/**
 * An amount as ReturnGO and our ledger write it, in whole minor units; ReturnGO's floating-point numbers are rounded half up. Null when it is no amount of a known currency.
 * `currency` is the one the customer paid in.
 */
export function readAmount(money: Pick<RmaMoney, 'amount' | 'currency'> | null): Money | null {
	if (money === null) return null;
	try {
		const minor = minorOf(money.amount, money.currency);
		return minor === null ? null : moneyOf(minor, money.currency);
	} catch {
		return null;
	}
}

/** What ReturnGO pays for a unit, in minor units: its price, its tax where the price does not contain it, less its fees. Null when a figure is no number. */
export function unitAmount(unit: RmaUnit, currency: string): number | null {
	const taxes = unit.taxIncluded ? 0 : minorOf(unit.taxPaid?.amount ?? '0', currency);
	const fees = [unit.fees.restocking, unit.fees.return, unit.fees.shipment].map((fee) => minorOf(fee, currency));
	const total = plus(minorOf(unit.pricePaid?.amount ?? '', currency), taxes);
	return fees.reduce<number | null>((rest, fee) => plus(rest, fee === null ? null : -fee), total);
}

function plus(left: number | null, right: number | null): number | null {
	return left === null || right === null ? null : left + right;
}

/** ReturnGO writes floating-point numbers, so there may be more decimals than the currency has; they are rounded half up. */
function minorOf(decimal: string, currency: string): number | null {
	const found = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(decimal.trim());
	if (!found) return null;
	const [, sign, whole = '0', fraction = ''] = found;
	const decimals = decimalsOf(currency);
	const digits = fraction.padEnd(decimals + 1, '0');
	const minor = Number(whole + digits.slice(0, decimals)) + (Number(digits[decimals]) >= 5 ? 1 : 0);
	return sign === '-' ? -minor : minor;
}

function text(amount: Money): string {
	return `${formatMoney(amount)} ${amount.currency}`;
}
