/** The acts (step 5): what is sent to Shopify for a plan, and what an answer to it means. */
import { idempotencyKey } from '../../../returns/keys';
import { formatMoney, isZero, type Money } from '../../../returns/money';
import type { OrderSnapshot } from '../../../returns/order';
import { settlementMark } from '../../../returns/readback';
import type { TenderAllocation } from '../../../returns/refund';
import type { ParcelDispositions, PlannedDisposition } from '../../../returns/restock';
import type { RefundAct, RestockAct, SettlementPlan } from '../../../returns/settlement';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { DisposeUnitsDocument, ProcessReturnDocument, RefundOrderDocument, type ProcessReturnMutationVariables, type SettlementStateFragment } from '../api/generated';
import { failureInWords, refusalInWords, type UserError } from '../api/refusal';
import { attempt } from './attempt';
import { readWhole, toDispositions, type OrderState } from './snapshot';

/**
 * - `accepted`: Shopify says it is done; `state` is the order after it, where the answer tells.
 * - `refused`: Shopify says it is not done, in `message`.
 * - `unknown`: nobody can tell; the order has to be read.
 */
export type ActAnswer =
	| { kind: 'accepted'; state: Partial<OrderSnapshot> }
	| { kind: 'refused'; message: string; cause: 'userErrors' | ShopifyRequestError }
	| { kind: 'unknown'; message: string };

/** Keys that Shopify may declare burnt before we stop asking for a fresh one. */
const LONGEST_KEY_CHAIN = 4;

/**
 * Whether the dispositions can travel with the refund: every one belongs to a return line that is processed in the same call, and all to one parcel.
 * (A call of their own is refused when they are of several; whether returnProcess takes them is not known, so nobody relies on it.)
 */
export function isOneCall(plan: SettlementPlan): boolean {
	const { refund, restock } = plan;
	if (refund === null || restock === null || refund.route !== 'returnProcess' || refund.returnId !== restock.returnId || restock.parcels.length > 1) return false;
	return restock.quantities.every(({ lineItemId, quantity }) => {
		const lines = refund.returnLines.filter((line) => line.lineItemId === lineItemId);
		return lines.length === 1 && (lines[0]?.quantity ?? 0) >= quantity;
	});
}

/** Pays within the Shopify return, or only processes it where an even exchange leaves nothing to pay; with `restock`, the dispositions go in the same call. Sent once: Shopify has no key for it. */
export async function processReturn(client: ShopifyClient, refund: RefundAct, payment: Payment, restock: RestockAct | null, act: ActOptions): Promise<ActAnswer> {
	const returnId = refund.returnId ?? '';
	const input: ProcessReturnMutationVariables['input'] = {
		returnId,
		note: noteOf(act.rmaId, refund.key),
		notifyCustomer: act.notifyCustomer,
		returnLineItems: refund.returnLines.map((line) => ({
			id: line.id,
			quantity: line.quantity,
			...(restock ? { dispositions: restock.dispositions.filter((disposition) => disposition.lineItemId === line.lineItemId).map(toDisposeInput) } : {}),
		})),
		...(refund.exchangeLines.length > 0 ? { exchangeLineItems: refund.exchangeLines } : {}),
		...returnExtras(refund),
		...(isZero(payment.amount)
			? {}
			: {
					financialTransfer: {
						issueRefund: {
							orderTransactions: payment.tenders.map((tender) => ({ parentId: tender.parentId, transactionAmount: toMoneyInput(tender.amount) })),
							...refundMethods(refund, payment, act),
						},
					},
				}),
	};
	return await answerOf(async () => {
		const { returnProcess } = await client.request(ProcessReturnDocument, { input }, 'once');
		if (!returnProcess?.return || returnProcess.userErrors.length > 0) return refusal(client, returnProcess?.userErrors ?? []);
		return await acceptedAs(client, returnProcess.return.order);
	});
}

/** Pays on the order, where there is no return to process. Carries a key, so that sending it again does no harm. */
export async function refundOrder(client: ShopifyClient, order: OrderSnapshot, refund: RefundAct, payment: Payment, act: ActOptions): Promise<ActAnswer> {
	const input = {
		orderId: order.id,
		currency: order.presentmentCurrency as never,
		note: noteOf(act.rmaId, refund.key),
		notify: act.notifyCustomer,
		refundLineItems: refundLines(refund),
		...orderExtras(refund),
		...refundMethods(refund, payment, act),
		transactions: payment.tenders.map((tender) => ({ orderId: order.id, parentId: tender.parentId, gateway: tender.gateway, kind: 'REFUND' as const, amount: formatMoney(tender.amount) })),
	};
	for (let turn = 1; ; turn += 1) {
		const answer = await answerOf(async () => {
			const { refundCreate } = await client.request(RefundOrderDocument, { input, key: idempotencyKey(refund.key, turn) }, 'idempotent');
			if (!refundCreate?.refund || refundCreate.userErrors.length > 0) return refusal(client, refundCreate?.userErrors ?? []);
			if (!refundCreate.order) return { kind: 'unknown', message: 'Shopify’s answer holds no order.' };
			return await acceptedAs(client, refundCreate.order);
		});
		const isBurnt = answer.kind === 'refused' && /previous request with this idempotency key failed/i.test(answer.message);
		if (!isBurnt || turn === LONGEST_KEY_CHAIN) return answer;
	}
}

/** The act stands, whether or not what the answer's page does not hold can be read: where it cannot, the order is read back. */
async function acceptedAs(client: ShopifyClient, order: SettlementStateFragment): Promise<ActAnswer> {
	const read = await attempt(async () => await readWhole(client, order), ShopifyRequestError);
	if (read.ok && read.value !== null) return { kind: 'accepted', state: read.value };
	return { kind: 'unknown', message: `Shopify accepted it, and the order could not be read to its end${read.ok ? ', because it kept changing.' : `: ${read.failure.message}`}` };
}

/** Decides on the stock of one parcel without touching money. Sent once: Shopify has no key for it. */
export async function disposeUnits(client: ShopifyClient, state: OrderState, parcel: ParcelDispositions): Promise<ActAnswer> {
	return await answerOf(async () => {
		const { reverseFulfillmentOrderDispose: answer } = await client.request(DisposeUnitsDocument, { dispositionInputs: parcel.dispositions.map(toDisposeInput) }, 'once');
		if (!answer?.reverseFulfillmentOrderLineItems || answer.userErrors.length > 0) return refusal(client, answer?.userErrors ?? []);
		const after = new Map(answer.reverseFulfillmentOrderLineItems.map((line) => [line.id, toDispositions(line.dispositions)]));
		const returns = state.returns.map((candidate) => ({
			...candidate,
			reverseLines: candidate.reverseLines.map((line) => ({ ...line, dispositions: after.get(line.id) ?? line.dispositions })),
		}));
		return { kind: 'accepted', state: { ...state, returns } };
	});
}

export interface ActOptions {
	rmaId: string;
	notifyCustomer: boolean;
	/** When store credit that is paid by the refund ends; null: never. */
	creditExpiresAt: string | null;
}

/** What is paid, and by which of the order's payments; none of them when it becomes store credit. */
export interface Payment {
	amount: Money;
	tenders: TenderAllocation[];
}

/** Shipping, duties and tip of a return, as the suggestion is asked for them and as the processing is told. */
export function returnExtras({ extras }: RefundAct): { refundShipping?: { shippingRefundAmount: MoneyArgument }; refundDuties?: RefundAct['extras']['duties']; tipLineId?: string } {
	return {
		...(extras.shipping === null ? {} : { refundShipping: { shippingRefundAmount: toMoneyInput(extras.shipping) } }),
		...(extras.duties.length === 0 ? {} : { refundDuties: extras.duties }),
		...(extras.tipLineId === null ? {} : { tipLineId: extras.tipLineId }),
	};
}

interface RefundLine {
	lineItemId: string;
	quantity: number;
	restockType: 'NO_RESTOCK' | 'CANCEL';
	locationId?: string;
}

/** Lines of a refund on the order; money alone moves no stock. It has no field for a tip, so that one is paid back as the line it is. */
export function refundLines({ quantities, extras, cancellations }: RefundAct): RefundLine[] {
	const tip = extras.tipLineId === null ? [] : [{ lineItemId: extras.tipLineId, quantity: 1 }];
	const unmoved = (pieces: ReadonlyArray<{ lineItemId: string; quantity: number }>) => pieces.map(({ lineItemId, quantity }) => ({ lineItemId, quantity, restockType: 'NO_RESTOCK' as const }));
	if (cancellations === undefined) return unmoved([...quantities, ...tip]);
	return [...cancellations.map(({ lineItemId, quantity, locationId }) => ({ lineItemId, quantity, restockType: 'CANCEL' as const, locationId })), ...unmoved(tip)];
}

function orderExtras({ extras }: RefundAct): { shipping?: { amount: string }; refundDuties?: RefundAct['extras']['duties'] } {
	return {
		...(extras.shipping === null ? {} : { shipping: { amount: formatMoney(extras.shipping) } }),
		...(extras.duties.length === 0 ? {} : { refundDuties: extras.duties }),
	};
}

function refundMethods({ payout }: RefundAct, { amount }: Payment, { creditExpiresAt }: ActOptions): { refundMethods?: Array<{ storeCreditRefund: { amount: MoneyArgument; expiresAt?: string } }> } {
	if (payout !== 'storeCredit') return {};
	return { refundMethods: [{ storeCreditRefund: { amount: toMoneyInput(amount), ...(creditExpiresAt === null ? {} : { expiresAt: creditExpiresAt }) } }] };
}

interface MoneyArgument {
	amount: string;
	currencyCode: never;
}

function toMoneyInput(amount: Money): MoneyArgument {
	return { amount: formatMoney(amount), currencyCode: amount.currency as never };
}

/** Text on the refund: for people first, and with the mark by which a later run recognises it. */
export function noteOf(rmaId: string, key: string): string {
	return `ReturnGO RMA${rmaId}, ${settlementMark(key)}`;
}

function toDisposeInput({ reverseLineId, type, quantity, locationId }: PlannedDisposition): { reverseFulfillmentOrderLineItemId: string; dispositionType: PlannedDisposition['type']; quantity: number; locationId?: string } {
	return { reverseFulfillmentOrderLineItemId: reverseLineId, dispositionType: type, quantity, ...(locationId === null ? {} : { locationId }) };
}

/** A refusal in Shopify's words. */
export function refusal(client: ShopifyClient, userErrors: readonly UserError[]): ActAnswer {
	return { kind: 'refused', message: refusalInWords(client, userErrors), cause: 'userErrors' };
}

/** What became of a request, with its failing as a value. */
export async function answerOf(send: () => Promise<ActAnswer>): Promise<ActAnswer> {
	const sent = await attempt(send, ShopifyRequestError);
	if (sent.ok) return sent.value;
	const { failure } = sent;
	if (failure.kind === 'ambiguous' || failure.kind === 'unavailable') return { kind: 'unknown', message: failureInWords(failure) };
	return { kind: 'refused', message: failureInWords(failure), cause: failure };
}
