/** Payouts: what is due leaves the account on the days of the schedule, and may come back. */

import { HttpError } from '../shared/http';
import { gid } from './gid';
import { formatFixed } from './money';
import type { BalanceTransaction, Payout } from './model';
import { availableOn, book } from './shopify-payments';
import type { ShopStore } from './store';

const DAY_MS = 24 * 3_600_000;

/** Makes every payout that has fallen due by now, and marks those paid whose time has come. Whoever asks about the account calls it first. */
export function runPayouts(store: ShopStore): void {
	const now = store.clock.now().getTime();
	if (store.settings.payoutInterval !== 'MANUAL') issueDue(store, now);
	for (const payout of store.payouts.values()) {
		if (payout.status === 'SCHEDULED' && Date.parse(payout.issuedAt) + store.settings.payoutTransitDays * DAY_MS <= now) payout.status = 'PAID';
	}
}

/** One payout per currency, now: of what may be paid out by now, or of everything. */
export function issuePayouts(store: ShopStore, everything: boolean): Payout[] {
	runPayouts(store);
	const now = store.now();
	return [...byCurrency(unpaid(store)).entries()].flatMap(([currency, movements]) => {
		const due = movements.filter((movement) => everything || availableOn(store, movement) <= now);
		return issue(store, currency, due, now);
	});
}

/**
 * The bank's answer. What a payout that failed or was cancelled held comes back to the account, and leaves again with the next payout.
 * @throws HttpError 409 for a payout that has ended otherwise
 */
export function endPayout(store: ShopStore, payout: Payout, status: 'PAID' | 'FAILED' | 'CANCELED'): void {
	if (payout.status === status) return;
	if (payout.status === 'FAILED' || payout.status === 'CANCELED' || (status === 'CANCELED' && payout.status === 'PAID')) throw new HttpError(409, { message: `The payout is ${payout.status} already` });
	payout.status = status;
	if (status === 'PAID') return;
	book(store, {
		type: status === 'FAILED' ? 'TRANSFER_FAILURE' : 'TRANSFER_CANCEL',
		sourceType: 'TRANSFER',
		sourceId: payout.id,
		currency: payout.currency,
		amount: payout.net,
		fee: 0,
		orderId: null,
		orderTransactionId: null,
		adjustmentReason: null,
		transactionDate: store.now(),
	});
}

export function movementsOf(store: ShopStore, payout: Payout): BalanceTransaction[] {
	return (store.movementsOfPayout.get(payout.id) ?? []).flatMap((id) => store.balanceTransactions.get(id) ?? []);
}

/** What the account holds that no payout has taken, by currency. */
export function balances(store: ShopStore): Map<string, number> {
	return new Map([...byCurrency(unpaid(store)).entries()].map(([currency, movements]) => [currency, netOf(movements)]));
}

export function payoutView(store: ShopStore, payout: Payout): Record<string, unknown> {
	return {
		id: gid('ShopifyPaymentsPayout', payout.id),
		legacyId: payout.id,
		issuedAt: payout.issuedAt,
		status: payout.status,
		net: formatFixed(payout.net, payout.currency),
		currency: payout.currency,
		transactions: movementsOf(store, payout).map(({ id, type, amount, fee, orderTransactionId }) => ({ id, type, amountMinor: amount, feeMinor: fee, orderTransactionId })),
	};
}

export function netOf(movements: readonly BalanceTransaction[]): number {
	return movements.reduce((sum, { amount, fee }) => sum + amount - fee, 0);
}

function issueDue(store: ShopStore, now: number): void {
	for (const [currency, movements] of byCurrency(unpaid(store))) {
		const last = [...store.payouts.values()].filter((payout) => payout.currency === currency).reduce((latest, { issuedAt }) => Math.max(latest, Date.parse(issuedAt)), 0);
		const days = new Map<number, BalanceTransaction[]>();
		for (const movement of movements) {
			const day = payoutDay(store, Math.max(Date.parse(availableOn(store, movement)), dayAfter(last)));
			if (day > now) continue;
			const ofDay = days.get(day) ?? [];
			ofDay.push(movement);
			days.set(day, ofDay);
		}
		for (const [day, ofDay] of [...days.entries()].sort(([a], [b]) => a - b)) issue(store, currency, ofDay, new Date(day).toISOString().replace('.000Z', 'Z'));
	}
}

/** An amount of nothing is not paid out; it waits for the next day. */
function issue(store: ShopStore, currency: string, movements: readonly BalanceTransaction[], issuedAt: string): Payout[] {
	const net = netOf(movements);
	if (net === 0) return [];
	const payout: Payout = { __typename: 'ShopifyPaymentsPayout', id: store.id('ShopifyPaymentsPayout'), currency, net, status: 'SCHEDULED', issuedAt };
	store.payouts.set(payout.id, payout);
	store.movementsOfPayout.set(payout.id, movements.map(({ id }) => id));
	for (const movement of movements) movement.payoutId = payout.id;
	const transfer = book(store, { type: 'TRANSFER', sourceType: 'TRANSFER', sourceId: payout.id, currency, amount: -net, fee: 0, orderId: null, orderTransactionId: null, adjustmentReason: null, transactionDate: issuedAt });
	transfer.payoutId = payout.id;
	return [payout];
}

function unpaid(store: ShopStore): BalanceTransaction[] {
	return [...store.balanceTransactions.values()].filter(({ payoutId }) => payoutId === null);
}

function byCurrency(movements: readonly BalanceTransaction[]): Map<string, BalanceTransaction[]> {
	const groups = new Map<string, BalanceTransaction[]>();
	for (const movement of movements) {
		const group = groups.get(movement.currency);
		if (group) group.push(movement);
		else groups.set(movement.currency, [movement]);
	}
	return groups;
}

function dayAfter(moment: number): number {
	return (Math.floor(moment / DAY_MS) + 1) * DAY_MS;
}

/** The first day of the schedule at or after a moment. */
function payoutDay(store: ShopStore, from: number): number {
	let day = Math.ceil(from / DAY_MS) * DAY_MS;
	while (!isPayoutDay(store, new Date(day))) day += DAY_MS;
	return day;
}

function isPayoutDay({ settings }: ShopStore, day: Date): boolean {
	if (settings.payoutInterval === 'WEEKLY') return day.getUTCDay() === 1;
	return settings.payoutInterval === 'MONTHLY' ? day.getUTCDate() === 1 : true;
}
