/** What is told of a credit outside the order. A gift card's code is masked unless the consultant asked for it. */
import { reason, type Reason } from '../../../returns/exceptions';
import { giftCardCode } from '../../../returns/keys';
import type { LedgerEntry } from '../../../returns/ledger';
import { formatMoney } from '../../../returns/money';
import type { OrderSnapshot } from '../../../returns/order';
import { findAct } from '../../../returns/readback';
import type { CreditChoices } from './credits';

export interface CreditReport {
	kind: 'accountCredit' | 'giftCard';
	/** GID of the store credit transaction, or of the gift card. */
	id: string;
	amount: string;
	currency: string;
	customerId: string;
	/** Gift cards only. */
	maskedCode?: string;
	/** Only when asked for. */
	code?: string;
	/** Whether Shopify took the order to mail the gift card, to its recipient where there is one, else to the customer. */
	isSent?: boolean;
	unitIds: string[];
}

/** The report of a credit that was made, with what is wrong about it; null when Shopify does not show it. */
export function creditReport(entry: LedgerEntry, order: OrderSnapshot, shopDomain: string, choices: CreditChoices | null): { report: CreditReport; reasons: Reason[] } | null {
	const trace = findAct(order, entry);
	if (trace === null || !('credit' in trace) || entry.credit === undefined) return null;
	const { id, amount, lastCharacters } = trace.credit;
	const reasons: Reason[] = [];
	if (entry.amount !== null && formatMoney(amount) !== entry.amount) reasons.push(reason('valueMismatch', `${formatMoney(amount)} ${amount.currency} were credited, and ${entry.amount} were planned.`, entry.unitIds));
	const report: CreditReport = {
		kind: entry.payout === 'giftCard' ? 'giftCard' : 'accountCredit',
		id,
		amount: formatMoney(amount),
		currency: amount.currency,
		customerId: entry.credit.customerId,
		...(lastCharacters === null ? {} : { maskedCode: `•••• •••• •••• ${lastCharacters}` }),
		unitIds: entry.unitIds,
	};
	return { report: { ...report, ...shownCode(entry, shopDomain, lastCharacters, choices) }, reasons };
}

/** The code is worked out again. A card made under another secret has another code, so it is shown only when its end agrees. */
function shownCode(entry: LedgerEntry, shopDomain: string, lastCharacters: string | null, choices: CreditChoices | null): { code?: string } {
	if (!choices?.showsCode || lastCharacters === null) return {};
	const code = giftCardCode(choices.codeSecret, shopDomain, entry.rmaId, entry.unitIds);
	return code.endsWith(lastCharacters.toLowerCase()) ? { code } : {};
}
