/**
 * The record, kept on the Shopify order, of what was claimed and done per unit and action.
 * It is one JSON metafield, written with compare-and-set, in a namespace that every app of the shop shares.
 */
import { z } from 'zod';
import { isZero, parseMoney } from './money';

export const LEDGER_NAMESPACE = 'return_settlement';
export const LEDGER_KEY = 'ledger';

export type SettlementAction = 'refund' | 'restock' | 'storeCredit' | 'giftCard';

/** Actions that pay for units; a unit is paid once, by whichever of them. */
export type MoneyAction = Exclude<SettlementAction, 'restock'>;
export const MONEY_ACTIONS: readonly MoneyAction[] = ['refund', 'storeCredit', 'giftCard'];

/**
 * Where the money of a unit goes: back to the order's own payments, or to store credit, both by a refund of the order; straight to the
 * customer's store credit account; or onto a new gift card. The last two leave no refund on the order.
 */
export type Payout = 'tenders' | 'storeCredit' | 'account' | 'giftCard';

/** What the ledger keeps apart. `components` are direct changes of stock figures: of a bundle's components, and of units without a return. */
export type LedgerAction = SettlementAction | 'components';

const unitQuantity = z.object({ lineItemId: z.string(), quantity: z.number().int().positive() });

const transactionRecord = z.object({ id: z.string(), status: z.string(), amount: z.string() });

const dispositionRecord = z.object({
	reverseLineId: z.string(),
	type: z.enum(['RESTOCKED', 'NOT_RESTOCKED', 'MISSING', 'PROCESSING_REQUIRED']),
	quantity: z.number().int().positive(),
	locationId: z.string().nullable(),
	/** Dispositions the reverse line had when it was claimed: what is not among them is new. */
	idsBefore: z.array(z.string()),
	/** Disposition ids that Shopify gave; filled when the act is recorded. */
	ids: z.array(z.string()),
});

/** What was credited outside the order: a transaction of a store credit account, or a gift card. */
const creditRecord = z.object({
	customerId: z.string(),
	/** Credits the customer's account had when it was claimed: what is not among them is new. */
	idsBefore: z.array(z.string()),
	/** When the credit ends, to the second; derived from the claim, so that the second is a mark by which the credit is recognised. Null: never. */
	expiresAt: z.string().nullable().optional(),
	/** Id of the transaction or of the gift card; filled when the act is recorded. */
	id: z.string().nullable(),
	/** Last characters of a gift card's code; never the code. */
	lastCharacters: z.string().nullable(),
});

/**
 * What a payment consists of, as decimals in the currency the customer paid in. Shopify states it for its refunds only, and then by its own reckoning, which
 * knows nothing of payments outside the order. Entries of older versions do not have it.
 */
const partsRecord = z.object({
	lines: z.array(z.object({ lineItemId: z.string(), subtotal: z.string(), tax: z.string() })),
	/** As the order's prices state it. */
	shipping: z.string(),
	duties: z.array(z.object({ dutyId: z.string(), amount: z.string() })),
	tip: z.string(),
	/** The fee for the return's own shipping that was taken off, and the return that it belongs to. */
	returnFee: z.object({ returnId: z.string(), amount: z.string() }).nullable(),
});

/** Exchange items that are processed with the units. Whether they were is told by the return itself, because Shopify makes no refund for an even exchange. */
const exchangeRecord = z.object({
	/** Pieces of each return line, and how many of it had been processed when it was claimed. */
	returnLines: z.array(z.object({ id: z.string(), quantity: z.number().int().positive(), processedBefore: z.number().int() })),
	items: z.array(z.object({ id: z.string(), quantity: z.number().int().positive() })),
});

const stockRecord = z.object({
	state: z.enum(['available', 'damaged', 'quality_control', 'safety_stock']),
	/** Exactly what is sent, so that a later run can send the same again. */
	changes: z.array(z.object({ inventoryItemId: z.string(), locationId: z.string(), delta: z.number().int() })).min(1),
	/** When these changes were claimed first: Shopify remembers the key for 24 hours from then on. */
	since: z.string(),
	/** Installation of the app that claimed them; Shopify may know the key only with this one. */
	installationId: z.string().nullable(),
	/** Shopify's record of the change; filled when the act is recorded. */
	groupId: z.string().nullable(),
});

const ledgerEntry = z.object({
	/** Derived from shop, RMA, action and units: the same act has the same key for ever. */
	key: z.string(),
	rmaId: z.string(),
	action: z.enum(['refund', 'restock', 'storeCredit', 'giftCard', 'components']),
	/** Absent: back to the order's payments (or no money at all, for a restock). */
	payout: z.enum(['tenders', 'storeCredit', 'account', 'giftCard']).optional(),
	credit: creditRecord.optional(),
	parts: partsRecord.optional(),
	/** The tip that was paid back with the units. */
	tipLineId: z.string().optional(),
	/** Units that were never shipped: where their pieces become available again. Only entries that cancel units have it. */
	cancellations: z.array(unitQuantity.extend({ locationId: z.string() })).optional(),
	/** Exchange items processed with the units. `amount` is null until it is known what they leave to be paid: before that nothing was sent. */
	exchange: exchangeRecord.optional(),
	unitIds: z.array(z.string()).min(1),
	quantities: z.array(unitQuantity),
	state: z.enum(['claimed', 'done']),
	/** Counts the claims of this act, so that an idempotency key that Shopify burnt can be replaced. */
	attempt: z.number().int().positive(),
	/** Who claimed it: a random token per call, so that two workers can tell themselves apart. */
	claimant: z.string(),
	claimedAt: z.string(),
	leaseUntil: z.string(),
	planHash: z.string(),
	/** Decimal amount in the currency the customer paid in; refunds only. */
	amount: z.string().nullable(),
	currency: z.string().nullable(),
	returnId: z.string().nullable(),
	/** Refunds the order had when it was claimed: what is not among them is new. */
	refundsBefore: z.array(z.string()),
	refundId: z.string().nullable(),
	transactions: z.array(transactionRecord),
	dispositions: z.array(dispositionRecord),
	/** Direct changes of stock figures; entries of the action `components` only. */
	stock: stockRecord.optional(),
	doneAt: z.string().nullable(),
});

const ledgerSchema = z.object({ version: z.literal(1), entries: z.array(ledgerEntry) });

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type PaymentParts = z.infer<typeof partsRecord>;
export type Ledger = z.infer<typeof ledgerSchema>;

/** The ledger as read: its content, and the digest that the next write has to name (null: there is none yet). */
export interface LedgerRecord {
	ledger: Ledger;
	compareDigest: string | null;
}

/** The metafield holds something that is not a ledger of this version; nothing may be settled over it. */
export class UnreadableLedger extends Error {
	constructor(readonly reason: string) {
		super(`The settlement ledger on the order cannot be read: ${reason}`);
		this.name = 'UnreadableLedger';
	}
}

export const EMPTY_LEDGER: Ledger = { version: 1, entries: [] };

/**
 * Reads the metafield's value.
 * @throws UnreadableLedger when the value is not a ledger of this version.
 */
export function parseLedger(value: string): Ledger {
	let json: unknown;
	try {
		json = JSON.parse(value);
	} catch {
		throw new UnreadableLedger('its value is not JSON');
	}
	const parsed = ledgerSchema.safeParse(json);
	if (!parsed.success) throw new UnreadableLedger(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
	return parsed.data;
}

/** Canonical text of a ledger. */
export function serializeLedger(ledger: Ledger): string {
	return JSON.stringify(ledger);
}

/** Replaces the entry of the same key, or adds it. */
export function withEntry(ledger: Ledger, entry: LedgerEntry): Ledger {
	const others = ledger.entries.filter((candidate) => candidate.key !== entry.key);
	return { ...ledger, entries: [...others, entry] };
}

/** Takes an entry out again: a claim that was given back because nothing was done under it. */
export function withoutEntry(ledger: Ledger, key: string): Ledger {
	return { ...ledger, entries: ledger.entries.filter((entry) => entry.key !== key) };
}

/** Entries of these actions that touch any of the units. */
export function entriesFor(ledger: Ledger, rmaId: string, actions: readonly LedgerAction[], unitIds: readonly string[]): LedgerEntry[] {
	const wanted = new Set(unitIds);
	return ledger.entries.filter((entry) => entry.rmaId === rmaId && actions.includes(entry.action) && entry.unitIds.some((id) => wanted.has(id)));
}

export function isMoneyAction(action: LedgerAction): action is MoneyAction {
	return MONEY_ACTIONS.some((known) => known === action);
}

/** Whether two acts exclude each other on the same unit: both pay for it, or both do the same with its stock. */
export function excludeEachOther(left: LedgerAction, right: LedgerAction): boolean {
	return left === right || (isMoneyAction(left) && isMoneyAction(right));
}

/** Whether the entry's money leaves no refund on the order. */
export function isCreditOutsideOrder(entry: LedgerEntry): boolean {
	return entry.payout === 'account' || entry.payout === 'giftCard';
}

/** Whether the entry processes exchange items that leave nothing to be paid: such an act makes no refund. */
export function isEvenExchange({ exchange, amount, currency }: LedgerEntry): boolean {
	return exchange !== undefined && amount !== null && currency !== null && isZero(parseMoney(amount, currency));
}

export function isLeaseLive(entry: LedgerEntry, now: Date): boolean {
	return entry.state === 'claimed' && new Date(entry.leaseUntil).getTime() > now.getTime();
}
