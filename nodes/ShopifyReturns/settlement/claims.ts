/** The ledger's writes: claim (step 4), record (step 7), and giving a claim back. All are compare-and-set. */
import { excludeEachOther, LEDGER_KEY, LEDGER_NAMESPACE, serializeLedger, withEntry, withoutEntry, type Ledger, type LedgerEntry, type LedgerRecord } from '../../../returns/ledger';
import { formatMoney, type Money } from '../../../returns/money';
import type { OrderSnapshot, SuggestedOutcome } from '../../../returns/order';
import { markedExpiry } from '../../../returns/keys';
import type { SettlementPlan } from '../../../returns/settlement';
import type { Rma } from '../../../returns/rma';
import type { ShopifyClient } from '../api/client';
import { ClaimExchangeDocument, ClaimForOrderDocument, ClaimForReturnDocument, ClaimForStockDocument, ReleaseClaimDocument, type SettlementStateFragment } from '../api/generated';
import { refusalInWords } from '../api/refusal';
import { refundLines, returnExtras } from './acts';
import { isStale, writeStatus, type Recorded } from './statusWrites';
import { stockClaim } from './stock';
import { toLegs, toMoney, toSuggestedOutcome } from './snapshot';

/** What the order looks like under the claim, and what Shopify would pay for the claimed units (null: no money is claimed, or it gave no answer). */
export interface WonClaim {
	ledger: LedgerRecord;
	/** The first page of it, which has to be read on where it is longer. */
	state: SettlementStateFragment;
	suggested: SuggestedOutcome | null;
}

export type ClaimResult = { kind: 'won'; claim: WonClaim } | { kind: 'lost' } | { kind: 'refused'; message: string };

export interface Claimant {
	token: string;
	now: Date;
	leaseSeconds: number;
	/** When a credit on the customer's account is to end; null: never. */
	creditExpiresAt: string | null;
}

/** The ledger entries that a plan claims: one per action, and for a restock one per parcel. */
export function entriesOf(plan: SettlementPlan, order: OrderSnapshot, claimant: Claimant): LedgerEntry[] {
	const common = {
		rmaId: plan.rmaId,
		state: 'claimed' as const,
		attempt: 1,
		claimant: claimant.token,
		claimedAt: claimant.now.toISOString(),
		leaseUntil: new Date(claimant.now.getTime() + claimant.leaseSeconds * 1000).toISOString(),
		planHash: plan.planHash,
		refundsBefore: order.refunds.map((refund) => refund.id),
		refundId: null,
		transactions: [],
		doneAt: null,
	};
	const entries: LedgerEntry[] = [];
	if (plan.refund) {
		const { key, action, payout, unitIds, quantities, returnId, value, parts, extras, exchangeLines, cancellations } = plan.refund;
		const total = value.total.presentment;
		// What exchange items are set off against is known under the claim only.
		const amount = exchangeLines.length > 0 ? null : formatMoney(total);
		const idsBefore = order.credit?.accountCredits.map((credit) => credit.id) ?? [];
		entries.push({
			...common,
			key,
			action,
			...(payout === 'tenders' ? {} : { payout }),
			...(payout === 'account' || payout === 'giftCard' ? { credit: { customerId: order.credit?.customerId ?? '', idsBefore: payout === 'account' ? idsBefore : [], ...(payout === 'account' ? { expiresAt: claimant.creditExpiresAt === null ? null : markedExpiry(claimant.creditExpiresAt, key) } : {}), id: null, lastCharacters: null } } : {}),
			parts,
			...(extras.tipLineId === null ? {} : { tipLineId: extras.tipLineId }),
			...(cancellations === undefined ? {} : { cancellations }),
			...(exchangeLines.length === 0 ? {} : { exchange: exchangeClaim(plan) }),
			unitIds,
			quantities,
			returnId,
			amount,
			currency: total.currency,
			dispositions: [],
		});
	}
	for (const { key, unitIds, quantities, dispositions } of plan.restock?.parcels ?? []) {
		const claimed = dispositions.map(({ reverseLineId, type, quantity, locationId, idsBefore }) => ({ reverseLineId, type, quantity, locationId, idsBefore, ids: [] }));
		entries.push({ ...common, key, action: 'restock', unitIds, quantities, returnId: plan.restock?.returnId ?? null, amount: null, currency: null, dispositions: claimed });
	}
	for (const act of plan.stock) {
		const { key, unitIds, quantities } = act;
		const stock = stockClaim(act, order.installationId ?? null, claimant.now);
		entries.push({ ...common, key, action: 'components', unitIds, quantities, returnId: act.resumes === null ? (plan.shopifyReturn?.id ?? null) : act.resumes.returnId, amount: null, currency: null, dispositions: [], stock });
	}
	return entries;
}

/** What tells afterwards whether the exchange was processed. */
function exchangeClaim({ refund, shopifyReturn }: SettlementPlan): NonNullable<LedgerEntry['exchange']> {
	const processed = new Map(shopifyReturn?.lines.map((line) => [line.id, line.processedQuantity]));
	return { returnLines: (refund?.returnLines ?? []).map(({ id, quantity }) => ({ id, quantity, processedBefore: processed.get(id) ?? 0 })), items: refund?.exchangeLines ?? [] };
}

/** Writes the entries if the ledger is still the one that was read. Losing means: somebody else wrote; read again. */
export async function claimUnits(client: ShopifyClient, order: OrderSnapshot, plan: SettlementPlan, entries: readonly LedgerEntry[]): Promise<ClaimResult> {
	const ledger = entries.reduce(withEntry, withoutDeadClaims(order.ledger.ledger, entries));
	const metafields = [ledgerInput(order.id, ledger, order.ledger.compareDigest)];
	const { refund } = plan;
	if (refund === null) {
		const { metafieldsSet: answer } = await client.request(ClaimForStockDocument, { metafields }, 'idempotent');
		return readClaim(client, answer, ledger, () => null);
	}
	if (refund.route === 'returnProcess') {
		const returnId = refund.returnId ?? '';
		const variables = {
			metafields,
			returnQuery: `id:${returnId.split('/').pop() ?? ''}`,
			returnLineItems: refund.returnLines.map(({ id, quantity }) => ({ id, quantity })),
			exchangeLineItems: refund.exchangeLines,
			...returnExtras(refund),
		};
		const { metafieldsSet: answer } = await client.request(ClaimForReturnDocument, variables, 'idempotent');
		return readClaim(client, answer, ledger, (owner) => {
			// "Nothing to transfer" is an answer of its own; no answer at all must not pass for it.
			const asked = owner.asked.nodes.find((node) => node.id === returnId)?.suggestedFinancialOutcome;
			return asked ? toSuggestedOutcome(asked.financialTransfer ?? null, order.presentmentCurrency) : null;
		});
	}
	const { shipping, duties } = refund.extras;
	const variables = {
		metafields,
		refundLineItems: refundLines(refund),
		...(shipping === null ? {} : { shippingAmount: formatMoney(shipping) }),
		...(duties.length === 0 ? {} : { refundDuties: duties }),
	};
	const { metafieldsSet: answer } = await client.request(ClaimForOrderDocument, variables, 'idempotent');
	return readClaim(client, answer, ledger, ({ suggestedRefund }) => {
		if (!suggestedRefund) return toSuggestedOutcome(null, order.presentmentCurrency);
		return { kind: 'refund', amount: toMoney(suggestedRefund.amountSet).amount, legs: toLegs(suggestedRefund.suggestedTransactions) };
	});
}

/**
 * Writes into a claim what exchange items leave to be paid, before anything is sent under it: afterwards, processed units without a refund are what was
 * wanted, or a loss, and only this figure can tell.
 */
export async function stateAmount(client: ShopifyClient, orderId: string, claim: WonClaim, entry: LedgerEntry, amount: Money): Promise<{ kind: 'won'; claim: WonClaim; entry: LedgerEntry } | { kind: 'lost' } | { kind: 'refused'; message: string }> {
	const stated: LedgerEntry = { ...entry, amount: formatMoney(amount) };
	const ledger = withEntry(claim.ledger.ledger, stated);
	const { metafieldsSet: answer } = await client.request(ClaimExchangeDocument, { metafields: [ledgerInput(orderId, ledger, claim.ledger.compareDigest)] }, 'idempotent');
	const errors = answer?.userErrors ?? [];
	if (errors.some((error) => isStale(error.code))) return { kind: 'lost' };
	const [metafield] = answer?.metafields ?? [];
	if (metafield === undefined || errors.length > 0) return { kind: 'refused', message: refusalInWords(client, errors) };
	return { kind: 'won', claim: { ...claim, ledger: { ledger, compareDigest: metafield.compareDigest } }, entry: stated };
}

/**
 * Records what was done, with the order's status and tags. A ledger or a status that changed meanwhile is read again by the caller.
 * @param order as the act left it
 */
export async function recordEntries(client: ShopifyClient, order: OrderSnapshot, rma: Rma, entries: readonly LedgerEntry[], now: Date): Promise<Recorded> {
	const { compareDigest, ledger } = order.ledger;
	const next = entries.reduce(withEntry, ledger);
	return await writeStatus(client, { ...order, ledger: { ledger: next, compareDigest } }, rma, now, [ledgerInput(order.id, next, compareDigest)]);
}

/**
 * Gives claims back under which nothing was done. When the ledger changed meanwhile the lease ends them instead.
 * @param resumed claims of earlier runs among them: these stand again as they were, because nobody knows what came of them
 */
export async function releaseClaim(client: ShopifyClient, orderId: string, ledger: LedgerRecord, entries: readonly LedgerEntry[], resumed: readonly LedgerEntry[] = []): Promise<void> {
	const next = resumed.reduce(withEntry, entries.reduce((rest, entry) => withoutEntry(rest, entry.key), ledger.ledger));
	await client.request(ReleaseClaimDocument, { metafields: [ledgerInput(orderId, next, ledger.compareDigest)] }, 'idempotent');
}

interface ClaimAnswer<TOwner> {
	metafields?: Array<{ compareDigest: string; owner: TOwner }> | null;
	userErrors: Array<{ code?: string | null; message: string }>;
}

function readClaim<TOwner extends object>(client: ShopifyClient, answer: ClaimAnswer<TOwner> | null | undefined, ledger: Ledger, suggestionOf: (owner: Extract<TOwner, SettlementStateFragment>) => SuggestedOutcome | null): ClaimResult {
	const errors = answer?.userErrors ?? [];
	if (errors.some((error) => isStale(error.code))) return { kind: 'lost' };
	const [metafield] = answer?.metafields ?? [];
	if (metafield === undefined || errors.length > 0) return { kind: 'refused', message: refusalInWords(client, errors) };
	const owner = metafield.owner;
	if (!isOrder(owner)) return { kind: 'refused', message: 'The ledger does not belong to an order.' };
	return { kind: 'won', claim: { ledger: { ledger, compareDigest: metafield.compareDigest }, state: owner, suggested: suggestionOf(owner) } };
}

function isOrder<TOwner extends object>(owner: TOwner): owner is Extract<TOwner, SettlementStateFragment> {
	return 'refunds' in owner && 'returns' in owner;
}

/** Claims of the same units whose worker died before it acted. The plan found no trace of them. */
function withoutDeadClaims(ledger: Ledger, entries: readonly LedgerEntry[]): Ledger {
	const isDead = (candidate: LedgerEntry) =>
		candidate.state === 'claimed' && entries.some((entry) => entry.rmaId === candidate.rmaId && excludeEachOther(entry.action, candidate.action) && entry.unitIds.some((id) => candidate.unitIds.includes(id)));
	return { ...ledger, entries: ledger.entries.filter((entry) => !isDead(entry)) };
}

function ledgerInput(ownerId: string, ledger: Ledger, compareDigest: string | null): { ownerId: string; namespace: string; key: string; type: string; value: string; compareDigest: string | null } {
	return { ownerId, namespace: LEDGER_NAMESPACE, key: LEDGER_KEY, type: 'json', value: serializeLedger(ledger), compareDigest };
}
