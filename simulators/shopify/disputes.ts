/** Disputes: a customer's bank asks for money back. */

import { HttpError } from '../shared/http';
import type { Input } from '../shared/input';
import { orderFrom } from './admin';
import { gid } from './gid';
import { parseAmount, partOf } from './money';
import type { BalanceTransaction, Dispute } from './model';
import { received } from './payments';
import { book } from './shopify-payments';
import { mustHave, type ShopStore } from './store';

/** Time the shop has to answer. */
const ANSWER_MS = 10 * 24 * 3_600_000;

/** `{ orderId, amount?, type?, reason? }`. A chargeback takes the money and a fee at once, an inquiry takes nothing. */
export function openDispute(store: ShopStore, input: Input): Dispute {
	const order = orderFrom(store, input);
	const text = input.optionalString('amount');
	const amount = text === undefined ? received(store, order).presentment : parseAmount(text, order.presentmentCurrency);
	if (amount === undefined || amount <= 0) throw new HttpError(400, { message: `body.amount must be an amount of ${order.presentmentCurrency}` });
	const type = input.optionalOneOf('type', ['CHARGEBACK', 'INQUIRY'] as const) ?? 'CHARGEBACK';
	const dispute: Dispute = {
		__typename: 'ShopifyPaymentsDispute',
		id: store.id('ShopifyPaymentsDispute'),
		orderId: order.id,
		initiatedAs: type,
		type,
		status: 'NEEDS_RESPONSE',
		reason: input.optionalString('reason') ?? 'FRAUDULENT',
		amount,
		initiatedAt: store.now(),
		evidenceDueBy: new Date(store.clock.now().getTime() + ANSWER_MS).toISOString().replace(/\.\d{3}Z$/, 'Z'),
		evidenceSentOn: null,
		finalizedOn: null,
	};
	store.disputes.set(dispute.id, dispute);
	if (type === 'CHARGEBACK') takeMoney(store, dispute);
	store.notify('DISPUTES_CREATE', dispute.id);
	return dispute;
}

/** `{ status?, type? }`: an inquiry becomes a chargeback; the bank decides. Won, the money and the fee come back. */
export function changeDispute(store: ShopStore, dispute: Dispute, input: Input): Dispute {
	if (dispute.finalizedOn !== null) throw new HttpError(409, { message: `The dispute is ${dispute.status} already` });
	if (input.optionalOneOf('type', ['CHARGEBACK'] as const) && dispute.type === 'INQUIRY') {
		dispute.type = 'CHARGEBACK';
		takeMoney(store, dispute);
	}
	dispute.status = input.optionalOneOf('status', ['NEEDS_RESPONSE', 'UNDER_REVIEW', 'ACCEPTED', 'WON', 'LOST', 'PREVENTED'] as const) ?? dispute.status;
	if (dispute.status === 'UNDER_REVIEW') dispute.evidenceSentOn ??= store.now();
	if (dispute.status !== 'UNDER_REVIEW' && dispute.status !== 'NEEDS_RESPONSE') dispute.finalizedOn = store.now();
	if (dispute.status === 'WON' && dispute.type === 'CHARGEBACK') move(store, dispute, ['CHARGEBACK_HOLD_RELEASE', 'CHARGEBACK_FEE_REFUND'], 1);
	store.notify('DISPUTES_UPDATE', dispute.id);
	return dispute;
}

export function disputeView(dispute: Dispute): Record<string, unknown> {
	return { ...dispute, id: gid('ShopifyPaymentsDispute', dispute.id), legacyId: dispute.id };
}

function takeMoney(store: ShopStore, dispute: Dispute): void {
	move(store, dispute, ['CHARGEBACK_HOLD', 'CHARGEBACK_FEE'], -1);
}

function move(store: ShopStore, dispute: Dispute, [ofMoney, ofFee]: [BalanceTransaction['type'], BalanceTransaction['type']], sign: 1 | -1): void {
	const order = mustHave(store.orders, dispute.orderId, 'order');
	const common = { sourceType: 'DISPUTE' as const, sourceId: dispute.id, currency: order.currency, fee: 0, orderId: order.id, orderTransactionId: null, adjustmentReason: null, transactionDate: store.now() };
	book(store, { ...common, type: ofMoney, amount: sign * partOf(received(store, order), dispute.amount).shop });
	if (store.settings.chargebackFee > 0) book(store, { ...common, type: ofFee, amount: sign * store.settings.chargebackFee });
}
