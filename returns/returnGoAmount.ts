/**
 * ReturnGO's own figures for the units against ours (issue: "ReturnGO's amount is compared with it, and a difference is an exception").
 * Its figures are never paid; a difference usually means a fee or a custom amount that Shopify does not know of.
 */
import { reason, type Reason } from './exceptions';
import { addPair, formatMoney, moneyOf, subtract, decimalsOf, type Money } from './money';
import type { OrderSnapshot } from './order';
import type { RefundValue } from './refund';
import type { RmaMoney, RmaUnit } from './rma';

/** What ReturnGO's figures for the units say: a reason to stop, or something that a person may want to know. */
export interface ReturnGoVerdict {
	stop: Reason | null;
	note: Reason | null;
}

const AGREES: ReturnGoVerdict = { stop: null, note: null };

/**
 * ReturnGO rounds the price and the tax of each unit by itself, we split a line by running sums; so its sum may be as far from ours as rounding each unit up or down
 * takes it, and no further. Where a line can be divided evenly, nothing is rounded, and every difference is another amount. Shipping, duties and tips are
 * not part of the comparison.
 */
export function compareWithReturnGo(order: OrderSnapshot, value: RefundValue, units: readonly RmaUnit[]): ReturnGoVerdict {
	const currency = order.presentmentCurrency;
	const ids = units.map((unit) => unit.id).sort();
	const stop = (message: string): ReturnGoVerdict => ({ stop: reason('valueMismatch', message, ids), note: null });
	if (units.length === 0) return AGREES;
	const unpriced = units.filter((unit) => unit.pricePaid === null);
	if (unpriced.length > 0) return { stop: null, note: reason('returnGoAmountMissing', `ReturnGO shows no price for ${unpriced.length} of ${units.length} units, so its amount was not compared.`, ids) };
	const foreign = units.find((unit) => unit.pricePaid?.currency !== currency);
	if (foreign) return stop(`ReturnGO states ${foreign.title} in ${foreign.pricePaid?.currency ?? 'no currency'}, and the order was paid in ${currency}.`);
	const sum = units.reduce<number | null>((total, unit) => plus(total, unitAmount(unit, currency)), 0);
	if (sum === null) return stop('ReturnGO’s amounts for these units cannot be read.');
	const theirs = moneyOf(Math.max(0, sum), currency);
	const ours = goodsOf(order, value);
	if (theirs.minor === ours.minor) return AGREES;
	const { least, most } = roundedByUnit(order, value, units);
	if (theirs.minor < least || theirs.minor > most) return stop(`The order says ${text(ours)} for these units after fees, and ReturnGO says ${text(moneyOf(sum, currency))}.`);
	return { stop: null, note: reason('roundedDifferently', `The order says ${text(ours)} for these units after fees; ReturnGO, which rounds each unit by itself, says ${text(theirs)}. The order’s figure counts.`, ids) };
}

/**
 * The amount that ReturnGO asks to be paid against what would be paid. Where not all of its units are paid now, it is an upper limit.
 * @param paid what would be paid in all, and the acts that make it up with their units
 */
export function compareWithRequest(order: OrderSnapshot, asked: Money, paid: Money, values: ReadonlyArray<{ value: RefundValue; units: readonly RmaUnit[] }>, isComplete: boolean): ReturnGoVerdict {
	const ids = values.flatMap(({ units }) => units.map((unit) => unit.id)).sort();
	const apart = asked.minor - paid.minor;
	if (apart === 0 || (apart > 0 && !isComplete)) return AGREES;
	const ranges = values.map(({ value, units }) => ({ ...roundedByUnit(order, value, units), ours: goodsOf(order, value).minor }));
	const less = ranges.reduce((sum, { least, ours }) => sum + Math.min(0, least - ours), 0);
	const more = ranges.reduce((sum, { most, ours }) => sum + Math.max(0, most - ours), 0);
	const both = `ReturnGO asks for ${text(asked)}, and by the order ${text(paid)} would be paid`;
	if (apart < less || apart > more) return { stop: reason('valueMismatch', `${both}. Expected Amount says which of them is wanted.`, ids), note: null };
	return { stop: null, note: reason('roundedDifferently', `${both}: ReturnGO rounds each unit by itself. The order’s figure counts.`, ids) };
}

/** What the order says for the units after fees. */
function goodsOf(order: OrderSnapshot, value: RefundValue): Money {
	const merchandise = order.taxesIncluded ? value.subtotal : addPair(value.subtotal, value.tax);
	return subtract(merchandise.presentment, value.fees.presentment);
}

/** The least and the most that the units can come to, in minor units, when each figure of each unit is rounded by itself, in whatever way. */
function roundedByUnit(order: OrderSnapshot, value: RefundValue, units: readonly RmaUnit[]): { least: number; most: number } {
	const fees = value.fees.presentment.minor;
	const range = { least: -fees, most: -fees };
	for (const unit of units) {
		for (const { whole, pieces } of figuresOf(order, unit)) {
			range.least += Math.floor(whole / pieces);
			range.most += Math.ceil(whole / pieces);
		}
		const rounded = [unit.fees.restocking, unit.fees.return, unit.fees.shipment].filter((fee) => minorOf(fee, order.presentmentCurrency) !== 0).length;
		range.least -= rounded;
		range.most += rounded;
	}
	return range;
}

/** The figures that ReturnGO has of a unit, each as a part of its whole line: price and taxes apart, or in one. */
function figuresOf(order: OrderSnapshot, unit: RmaUnit): Array<{ whole: number; pieces: number }> {
	const line = order.lines.find((candidate) => candidate.id === unit.lineItemId);
	if (line === undefined) return [];
	const pieces = line.quantity;
	const price = line.originalUnitPrice.presentment.minor * pieces - line.discountAllocations.reduce((sum, discount) => sum + discount.presentment.minor, 0);
	const taxes = line.taxes.map((tax) => tax.amount.presentment.minor);
	const tax = taxes.reduce((sum, amount) => sum + amount, 0);
	const gross = order.taxesIncluded ? price : price + tax;
	if (unit.taxIncluded) return [{ whole: gross, pieces }];
	// Without a tax of its own the unit's price is the line's as it stands.
	if (unit.taxPaid === null) return [{ whole: price, pieces }, ...(order.taxesIncluded ? [] : taxes.map((whole) => ({ whole, pieces })))];
	return [gross - tax, ...taxes].map((whole) => ({ whole, pieces }));
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
