/** The row that stands above all others when lines and totals do not agree: such figures must not be booked. */
import { bareFinding, type Finding } from '../../../returns/finding';

/** @param currencies in which they disagree; no row when there is none */
export function totalsDisagree(what: string, currencies: readonly string[], now: Date): Finding[] {
	return currencies.map((currency) => ({
		...bareFinding('totalsDisagree', `${what}/totals/${currency}`, `The lines in ${currency} do not add up to what was read.`),
		currency,
		at: now.toISOString(),
		ageDays: 0,
	}));
}
