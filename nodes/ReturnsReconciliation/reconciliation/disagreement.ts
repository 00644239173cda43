/** The row that stands above all others when lines and totals do not agree: such figures must not be booked. */
import { EXCEPTIONS } from '../../../returns/exceptions';
import type { Finding } from '../../../returns/finding';

/** @param currencies in which they disagree; no row when there is none */
export function totalsDisagree(what: string, currencies: readonly string[], now: Date): Finding[] {
	const { title, owner, severity, nextStep } = EXCEPTIONS.totalsDisagree;
	return currencies.map((currency) => ({
		incident: `${what}/totals/${currency}`,
		class: null,
		code: 'totalsDisagree',
		title,
		owner,
		severity,
		nextStep,
		message: `The lines in ${currency} do not add up to what was read.`,
		rmaId: null,
		orderId: null,
		orderName: null,
		refundId: null,
		transactionIds: '',
		unitIds: '',
		currency,
		returnGoAmount: null,
		shopifyAmount: null,
		difference: null,
		payoutId: null,
		at: now.toISOString(),
		ageDays: 0,
		orderUrl: null,
		rmaUrl: null,
	}));
}
