/** The acts (step 5): what is sent to Shopify for a plan, and what an answer to it means. */
import { idempotencyKey } from '../../../returns/keys';
import { formatMoney } from '../../../returns/money';
import type { OrderSnapshot } from '../../../returns/order';
import { settlementMark } from '../../../returns/readback';
import type { TenderAllocation } from '../../../returns/refund';
import type { PlannedDisposition } from '../../../returns/restock';
import type { RefundAct, RestockAct, SettlementPlan } from '../../../returns/settlement';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { DisposeUnitsDocument, ProcessReturnDocument, RefundOrderDocument, type ProcessReturnMutationVariables } from '../api/generated';
import { attempt } from './attempt';
import { toDispositions, toOrderState, type OrderState } from './snapshot';

/**
 * - `accepted`: Shopify says it is done; `state` is the order after it, where the answer tells.
 * - `refused`: Shopify says it is not done, in `messages`.
 * - `unknown`: nobody can tell; the order has to be read.
 */
export type ActAnswer =
	| { kind: 'accepted'; state: OrderState }
	| { kind: 'refused'; messages: string[]; cause: 'userErrors' | ShopifyRequestError }
	| { kind: 'unknown'; message: string };

/** Keys that Shopify may declare burnt before we stop asking for a fresh one. */
const LONGEST_KEY_CHAIN = 4;

/** Whether the dispositions can travel with the refund: every one belongs to a return line that is processed in the same call. */
export function isOneCall(plan: SettlementPlan): boolean {
	const { refund, restock } = plan;
	if (refund === null || restock === null || refund.route !== 'returnProcess' || refund.returnId !== restock.returnId) return false;
	return restock.quantities.every(({ lineItemId, quantity }) => {
		const lines = refund.returnLines.filter((line) => line.lineItemId === lineItemId);
		return lines.length === 1 && (lines[0]?.quantity ?? 0) >= quantity;
	});
}

/** Pays within the Shopify return; with `restock`, the dispositions go in the same call. Sent once: Shopify has no key for it. */
export async function processReturn(client: ShopifyClient, order: OrderSnapshot, refund: RefundAct, tenders: readonly TenderAllocation[], restock: RestockAct | null, act: ActOptions): Promise<ActAnswer> {
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
		financialTransfer: {
			issueRefund: {
				orderTransactions: tenders.map((tender) => ({
					parentId: tender.parentId,
					transactionAmount: { amount: formatMoney(tender.amount), currencyCode: order.presentmentCurrency as never },
				})),
			},
		},
	};
	return await answerOf(async () => {
		const { returnProcess } = await client.request(ProcessReturnDocument, { input }, 'once');
		if (!returnProcess?.return || returnProcess.userErrors.length > 0) return refusal(returnProcess?.userErrors ?? []);
		return { kind: 'accepted', state: toOrderState(returnProcess.return.order) };
	});
}

/** Pays on the order, where there is no return to process. Carries a key, so that sending it again does no harm. */
export async function refundOrder(client: ShopifyClient, order: OrderSnapshot, refund: RefundAct, tenders: readonly TenderAllocation[], act: ActOptions): Promise<ActAnswer> {
	const input = {
		orderId: order.id,
		currency: order.presentmentCurrency as never,
		note: noteOf(act.rmaId, refund.key),
		notify: act.notifyCustomer,
		refundLineItems: refund.quantities.map(({ lineItemId, quantity }) => ({ lineItemId, quantity, restockType: 'NO_RESTOCK' as const })),
		transactions: tenders.map((tender) => ({ orderId: order.id, parentId: tender.parentId, gateway: tender.gateway, kind: 'REFUND' as const, amount: formatMoney(tender.amount) })),
	};
	for (let attempt = 1; ; attempt += 1) {
		const answer = await answerOf(async () => {
			const { refundCreate } = await client.request(RefundOrderDocument, { input, key: idempotencyKey(refund.key, attempt) }, 'idempotent');
			if (!refundCreate?.refund || refundCreate.userErrors.length > 0) return refusal(refundCreate?.userErrors ?? []);
			if (!refundCreate.order) return { kind: 'unknown', message: 'Shopify’s answer holds no order.' };
			return { kind: 'accepted', state: toOrderState(refundCreate.order) };
		});
		const isBurnt = answer.kind === 'refused' && answer.messages.some((message) => /previous request with this idempotency key failed/i.test(message));
		if (!isBurnt || attempt === LONGEST_KEY_CHAIN) return answer;
	}
}

/** Decides on stock without touching money. Sent once: Shopify has no key for it. */
export async function disposeUnits(client: ShopifyClient, state: OrderState, restock: RestockAct): Promise<ActAnswer> {
	return await answerOf(async () => {
		const { reverseFulfillmentOrderDispose: answer } = await client.request(DisposeUnitsDocument, { dispositionInputs: restock.dispositions.map(toDisposeInput) }, 'once');
		if (!answer?.reverseFulfillmentOrderLineItems || answer.userErrors.length > 0) return refusal(answer?.userErrors ?? []);
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
}

/** Text on the refund: for people first, and with the mark by which a later run recognises it. */
function noteOf(rmaId: string, key: string): string {
	return `ReturnGO RMA${rmaId}, ${settlementMark(key)}`;
}

function toDisposeInput({ reverseLineId, type, quantity, locationId }: PlannedDisposition): { reverseFulfillmentOrderLineItemId: string; dispositionType: PlannedDisposition['type']; quantity: number; locationId?: string } {
	return { reverseFulfillmentOrderLineItemId: reverseLineId, dispositionType: type, quantity, ...(locationId === null ? {} : { locationId }) };
}

function refusal(userErrors: ReadonlyArray<{ message: string; field?: string[] | null }>): ActAnswer {
	const messages = userErrors.map(({ message, field }) => (field && field.length > 0 ? `${message} (${field.join('.')})` : message));
	return { kind: 'refused', messages: messages.length > 0 ? messages : ['Shopify gave no reason.'], cause: 'userErrors' };
}

async function answerOf(send: () => Promise<ActAnswer>): Promise<ActAnswer> {
	const sent = await attempt(send, ShopifyRequestError);
	if (sent.ok) return sent.value;
	const { failure } = sent;
	if (failure.kind === 'ambiguous' || failure.kind === 'unavailable') return { kind: 'unknown', message: failure.message };
	return { kind: 'refused', messages: [failure.message], cause: failure };
}
