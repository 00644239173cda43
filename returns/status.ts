/** What the Shopify order shows of its returns: one tag and one text per state, derived from the ledger alone (N6). */
import { isCreditOutsideOrder, isEvenExchange, isMoneyAction, type Ledger, type LedgerEntry } from './ledger';

export type SettlementState = 'inspected' | 'refundPending' | 'refunded' | 'credited' | 'exchanged' | 'needsAttention';

const TAGS: Record<SettlementState, string> = {
	inspected: 'return-inspected',
	refundPending: 'return-refund-pending',
	refunded: 'return-refunded',
	credited: 'return-credited',
	exchanged: 'return-exchanged',
	needsAttention: 'return-needs-attention',
};

const LABELS: Record<SettlementState, string> = {
	inspected: 'inspected',
	refundPending: 'refund pending',
	refunded: 'refunded',
	credited: 'store credit issued',
	exchanged: 'exchanged',
	needsAttention: 'needs attention',
};

/** Where an RMA stands by its recorded acts; null while nothing was done. A refund counts only when its money has moved. */
export function settlementState(ledger: Ledger, rmaId: string): SettlementState | null {
	const done = ledger.entries.filter((entry) => entry.rmaId === rmaId && entry.state === 'done');
	const payments = done.filter((entry) => isMoneyAction(entry.action));
	if (payments.some((entry) => isCreditOutsideOrder(entry) && !entry.credit?.id)) return 'needsAttention';
	const refunds = payments.filter((entry) => !isCreditOutsideOrder(entry) && !isEvenExchange(entry));
	if (refunds.some((entry) => entry.refundId === null || hasStatus(entry, ['FAILURE', 'ERROR']))) return 'needsAttention';
	if (refunds.some((entry) => entry.transactions.some((transaction) => transaction.status !== 'SUCCESS'))) return 'refundPending';
	if (refunds.some((entry) => entry.action === 'refund')) return 'refunded';
	if (payments.some((entry) => !isEvenExchange(entry))) return 'credited';
	if (payments.length > 0) return 'exchanged';
	return done.length > 0 ? 'inspected' : null;
}

/** Tags to add and to take away. Only tags of this list are ever touched; whatever else is on the order stays. */
export function tagChanges(ledger: Ledger, currentTags: readonly string[]): { add: string[]; remove: string[] } {
	const states = rmaIdsOf(ledger).map((rmaId) => settlementState(ledger, rmaId));
	const wanted = new Set(states.flatMap((state) => (state === null ? [] : [TAGS[state]])));
	const present = new Set(currentTags.map((tag) => tag.toLowerCase()));
	const own = Object.values(TAGS);
	return { add: [...wanted].filter((tag) => !present.has(tag)), remove: own.filter((tag) => present.has(tag) && !wanted.has(tag)) };
}

/** Orders that carry it have a refund whose money has not moved yet. */
export const REFUND_PENDING_TAG = TAGS.refundPending;

/** Whether the tag says a state of ours: such tags follow the ledger and are set by nobody else. */
export function isStatusTag(tag: string): boolean {
	return Object.values(TAGS).includes(tag.trim().toLowerCase());
}

/** One line for the order's page in the Shopify admin, such as "RMA1000001: refunded". */
export function statusText(ledger: Ledger): string {
	return rmaIdsOf(ledger)
		.flatMap((rmaId) => {
			const state = settlementState(ledger, rmaId);
			return state === null ? [] : [`RMA${rmaId}: ${LABELS[state]}`];
		})
		.join(' · ');
}

function rmaIdsOf(ledger: Ledger): string[] {
	return [...new Set(ledger.entries.map((entry) => entry.rmaId))].sort();
}

function hasStatus(entry: LedgerEntry, statuses: readonly string[]): boolean {
	return entry.transactions.some((transaction) => statuses.includes(transaction.status));
}
