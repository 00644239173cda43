/** Money in the simulated ReturnGO: transactions, who executes them, when they settle, and the refund that ReturnGO makes by itself. */

import { HttpError } from '../shared/http';
import { fromMinor, sumMoney, toMinor } from './money';
import { ShopifyTrouble } from './shopify';
import { timestamp } from './time';
import type { KeptTransaction, Money, ReturnedItem, Rma, TransactionStatus, TransactionType } from './types';
import { addComment, AUTOMATION, htmlText, shopifyOf, touch, type Actor, type World } from './world';

const ASK_AGAIN_MS = 60 * 60 * 1_000;

export class Refunds {
	/** Set by the simulator: what marks a request done. */
	onPaid: (rma: Rma) => void = () => undefined;

	constructor(private readonly world: World) {}

	/**
	 * Staff (or the automation) refund units to the payment method. The timeline says so at once; the transaction stays Requested
	 * until it settles, or until somebody else reports the outcome in notify-only mode.
	 */
	async refundToPaymentMethod(rma: Rma, wish: { itemIds?: readonly string[]; amount?: string; evenIfPaid?: boolean }, by: Actor): Promise<KeptTransaction> {
		const items = this.unitsToPay(rma, 'RefundToPaymentMethod', wish.itemIds, wish.evenIfPaid ?? false);
		const amount = wish.amount === undefined ? worthOf(items) : customAmount(items, wish.amount);
		const transaction = this.open(rma, 'RefundToPaymentMethod', amount, items, by);
		if (this.world.options.refundExecution === 'notifyOnly') return transaction;
		await this.execute(rma, transaction, items);
		this.settleLater(rma, transaction, new Date(Date.parse(transaction.wire.createdAt) + this.world.options.refundSettlesAfterMs));
		if (this.world.options.refundSettlesAfterMs === 0) await this.world.clock.runDue();
		return transaction;
	}

	/** Store credit is out at once, one transaction per unit, all with the customer's one code. */
	issueStoreCredit(rma: Rma, itemIds: readonly string[] | undefined, by: Actor): KeptTransaction[] {
		const items = this.unitsToPay(rma, 'RefundToStoreCredit', itemIds, false);
		const code = this.creditCode(rma);
		const made = items.map((item) => {
			const transaction = this.open(rma, 'RefundToStoreCredit', worthOf([item]), [item], by);
			transaction.wire.externalReferenceId = code;
			transaction.wire.externalReferenceType = 'StoreCreditCode';
			this.conclude(rma, transaction, 'Success', this.world.clock.now());
			this.world.events.refund(rma, transaction);
			return transaction;
		});
		this.paid(rma);
		return made;
	}

	/** Somebody else executed a transaction and reports its outcome. */
	report(rma: Rma, transaction: KeptTransaction, outcome: { status: TransactionStatus; externalReferenceId?: string; externalReferenceType?: string }): void {
		const { wire } = transaction;
		if (wire.status === 'Success' && outcome.status !== 'Success') throw new HttpError(400, { message: `Transaction ${wire.id} is Success and cannot become ${outcome.status}` });
		const at = this.world.clock.now();
		if (outcome.externalReferenceId !== undefined) wire.externalReferenceId = outcome.externalReferenceId;
		if (outcome.externalReferenceType !== undefined) wire.externalReferenceType = outcome.externalReferenceType;
		addComment(rma, at, 'system', 'ReturnGO API', `Transaction ${wire.id} was updated to ${outcome.status}`);
		const news = wire.status !== outcome.status;
		this.conclude(rma, transaction, outcome.status, at);
		if (news && outcome.status === 'Failed') addComment(rma, at, 'error', 'Automation', `The refund of transaction ${wire.id} failed`);
		if (news && outcome.status === 'Success') this.paid(rma);
	}

	/** The automation's turn, when the merchant has switched it on for this moment. */
	automatic(rma: Rma, moment: 'shipped' | 'received' | 'validated'): void {
		const { trigger, delayMs } = this.world.options.autoRefund;
		if (trigger !== moment) return;
		const dueAt = new Date(this.world.clock.now().getTime() + delayMs);
		this.world.clock.schedule(dueAt, `automatic refund of RMA ${rma.id}`, () => this.refundAutomatically(rma));
		if (delayMs === 0) void this.world.clock.runDue();
	}

	private async refundAutomatically(rma: Rma): Promise<void> {
		if (!this.isKept(rma) || ['Canceled', 'Rejected', 'Pending'].includes(rma.status)) return;
		const cash = this.payable(rma, 'RefundToPaymentMethod');
		if (cash.length > 0 && !(await this.suppressed(rma, cash))) {
			const { autoRefundRaceMs } = this.world.options;
			if (autoRefundRaceMs > 0) await new Promise((resolve) => setTimeout(resolve, autoRefundRaceMs));
			await this.refundToPaymentMethod(rma, { itemIds: cash.map(({ returnedItemId }) => returnedItemId) }, AUTOMATION);
		}
		const credit = this.payable(rma, 'RefundToStoreCredit');
		if (credit.length > 0) this.issueStoreCredit(rma, credit.map(({ returnedItemId }) => returnedItemId), AUTOMATION);
	}

	/** Whether Shopify already shows the money as given back. */
	private async suppressed(rma: Rma, items: readonly ReturnedItem[]): Promise<boolean> {
		const shopify = shopifyOf(this.world, rma);
		if (!shopify) return false;
		try {
			const { anyRefund, byLine } = await shopify.refundedQuantities(`gid://shopify/Order/${rma.orderId}`);
			if (this.world.options.autoRefundSuppressedBy === 'anyOrderRefund') return anyRefund;
			return items.some(({ shopLineItemId }) => (byLine.get(shopLineItemId) ?? 0) > 0);
		} catch (error) {
			if (!(error instanceof ShopifyTrouble)) throw error;
			addComment(rma, this.world.clock.now(), 'error', 'Automation', `The automatic refund was not made: ${htmlText(error.message)}`);
			return true;
		}
	}

	/** Units of a resolution whose money is neither out nor on its way, and that are not known to be missing. */
	private payable(rma: Rma, resolutionType: string): ReturnedItem[] {
		return rma.items.filter((item) => {
			const { lastValidationDate, isReturned } = item.itemValidationStatusResponse;
			return item.resolutionType === resolutionType && !isCovered(rma, item.returnedItemId) && (lastValidationDate === null || isReturned);
		});
	}

	private unitsToPay(rma: Rma, resolutionType: string, itemIds: readonly string[] | undefined, evenIfPaid: boolean): ReturnedItem[] {
		if (['Pending', 'Rejected', 'Canceled'].includes(rma.status)) throw new HttpError(409, { message: `RMA ${rma.id} is ${rma.status}: nothing can be refunded` });
		const items = itemIds === undefined ? this.payable(rma, resolutionType) : rma.items.filter(({ returnedItemId }) => itemIds.includes(returnedItemId));
		if (items.length === 0 || (itemIds !== undefined && items.length !== new Set(itemIds).size)) throw new HttpError(409, { message: `RMA ${rma.id} has no such units left to refund` });
		const paid = items.filter(({ returnedItemId }) => isCovered(rma, returnedItemId));
		if (paid.length > 0 && !evenIfPaid) throw new HttpError(409, { message: `Refunded or requested already: ${paid.map(({ returnedItemId }) => returnedItemId).join(', ')}` });
		return items;
	}

	private open(rma: Rma, type: TransactionType, amount: Money, items: readonly ReturnedItem[], by: Actor): KeptTransaction {
		const at = this.world.clock.now();
		const id = this.world.store.ids.next('transaction');
		const transaction: KeptTransaction = {
			rmaId: rma.id,
			shopifyRefundId: null,
			trouble: null,
			wire: {
				id,
				type,
				externalReferenceId: null,
				externalReferenceType: null,
				amount,
				status: 'Requested',
				processor: 'Shopify',
				bankAccountDetails: null,
				returnItemIds: items.map(({ returnedItemId }) => returnedItemId),
				createdAt: timestamp(at),
				lastUpdated: timestamp(at),
			},
		};
		this.world.store.addTransaction(rma, transaction);
		touch(this.world, rma, 'refund', at);
		const words = type === 'RefundToStoreCredit' ? 'Credited amount' : 'Total refund amount';
		addComment(rma, at, 'system', by.name, `${words}: ${amount.amount} ${amount.currency}. Transaction ID: ${id}`);
		this.world.events.transaction(rma, transaction);
		return transaction;
	}

	private async execute(rma: Rma, transaction: KeptTransaction, items: readonly ReturnedItem[]): Promise<void> {
		try {
			if (this.world.options.failNextRefunds > 0) {
				this.world.options.failNextRefunds -= 1;
				throw new ShopifyTrouble('The platform returned FAILURE');
			}
			transaction.shopifyRefundId = await this.refundInShopify(rma, transaction, items);
			this.world.events.refund(rma, transaction);
		} catch (error) {
			if (!(error instanceof ShopifyTrouble)) throw error;
			transaction.trouble = error.message;
		}
	}

	private async refundInShopify(rma: Rma, { wire }: KeptTransaction, items: readonly ReturnedItem[]): Promise<string> {
		const shopify = shopifyOf(this.world, rma);
		if (!shopify) return `gid://shopify/Refund/${this.world.store.ids.next('order')}`;
		const quantities = new Map<string, number>();
		for (const { shopLineItemId } of items) quantities.set(shopLineItemId, (quantities.get(shopLineItemId) ?? 0) + 1);
		const request = {
			orderGid: `gid://shopify/Order/${rma.orderId}`,
			currency: wire.amount.currency,
			lines: [...quantities].map(([lineItemId, quantity]) => ({ lineItemId, quantity })),
			amountMinor: toMinor(wire.amount.amount, wire.amount.currency),
			note: `ReturnGO RMA${rma.id}`,
			idempotencyKey: this.world.random.uuid(),
			restockType: this.world.options.refundRestockType,
			locationId: null,
		};
		if (this.world.options.refundMutation === 'refundCreate') return await shopify.refundLines(request);
		if (!rma.shopifyReturn) throw new ShopifyTrouble('There is no Shopify return');
		return await shopify.refundThroughReturn(rma.shopifyReturn.id, request);
	}

	private settleLater(rma: Rma, transaction: KeptTransaction, dueAt: Date): void {
		this.world.clock.schedule(dueAt, `transaction ${transaction.wire.id} settles`, (at) => this.settle(rma, transaction, at));
	}

	private async settle(rma: Rma, transaction: KeptTransaction, at: Date): Promise<void> {
		if (!this.isKept(rma) || transaction.wire.status !== 'Requested') return;
		const outcome = await this.outcomeAtShopify(rma, transaction);
		if (outcome === 'PENDING') {
			this.settleLater(rma, transaction, new Date(this.world.clock.now().getTime() + ASK_AGAIN_MS));
			return;
		}
		if (outcome === 'SUCCESS') {
			transaction.wire.externalReferenceId = transaction.shopifyRefundId?.split('/').pop() ?? null;
			transaction.wire.externalReferenceType = 'PlatformRefundId';
			this.conclude(rma, transaction, 'Success', at);
			this.paid(rma);
			return;
		}
		this.conclude(rma, transaction, 'Failed', at);
		addComment(rma, at, 'error', 'Automation', `The refund of transaction ${transaction.wire.id} failed: ${htmlText(outcome)}`);
	}

	/** SUCCESS, PENDING, or what went wrong. */
	private async outcomeAtShopify(rma: Rma, transaction: KeptTransaction): Promise<string> {
		if (transaction.trouble !== null) return transaction.trouble;
		const shopify = shopifyOf(this.world, rma);
		if (!shopify || transaction.shopifyRefundId === null) return 'SUCCESS';
		try {
			const status = await shopify.refundStatus(transaction.shopifyRefundId);
			if (status === 'SUCCESS' || status === 'PENDING') return status;
			return `The platform returned ${status}`;
		} catch (error) {
			if (error instanceof ShopifyTrouble) return 'PENDING';
			throw error;
		}
	}

	private conclude(rma: Rma, { wire }: KeptTransaction, status: TransactionStatus, at: Date): void {
		wire.status = status;
		wire.lastUpdated = timestamp(at);
		touch(this.world, rma, 'refund', at);
	}

	private paid(rma: Rma): void {
		if (!this.world.options.autoMarkDone || !['Approved', 'Received', 'Validated'].includes(rma.status)) return;
		const open = rma.items.some((item) => !rma.transactions.some(({ wire }) => wire.status === 'Success' && wire.returnItemIds.includes(item.returnedItemId)));
		if (!open) this.onPaid(rma);
	}

	/** A reset forgets requests; what was planned for them on a shared clock still falls due. */
	private isKept(rma: Rma): boolean {
		return this.world.store.rmas.get(rma.id) === rma;
	}

	private creditCode(rma: Rma): string {
		const earlier = rma.transactions.find(({ wire }) => wire.externalReferenceType === 'StoreCreditCode');
		return earlier?.wire.externalReferenceId ?? this.world.random.hex(8);
	}
}

/** Whether a unit's money is out or on its way. */
export function isCovered(rma: Rma, returnedItemId: string): boolean {
	return rma.transactions.some(({ wire }) => wire.type !== 'InvoicePayment' && wire.status !== 'Failed' && wire.returnItemIds.includes(returnedItemId));
}

/** Price and, where it is not in the price, tax, less the unit's fees. */
function worthOf(items: readonly ReturnedItem[]): Money {
	const { currency, shopCurrency } = currenciesOf(items);
	const parts = items.flatMap((item) => (item.taxIncluded ? [item.paidPrice] : [item.paidPrice, item.paidTax]));
	const gross = sumMoney(parts, currency, shopCurrency);
	const fees = items.reduce((sum, item) => sum + toMinor(item.restockingFee + item.returnFee + item.shipmentFee, currency), 0);
	const rate = gross.amount === 0 ? 1 : gross.shopAmount / gross.amount;
	const net = Math.max(0, toMinor(gross.amount, currency) - fees);
	const netAmount = fromMinor(net, currency);
	return { amount: netAmount, currency, shopAmount: fees === 0 ? gross.shopAmount : fromMinor(toMinor(netAmount * rate, shopCurrency), shopCurrency), shopCurrency };
}

function customAmount(items: readonly ReturnedItem[], amount: string): Money {
	const { currency, shopCurrency } = currenciesOf(items);
	const full = worthOf(items);
	const wanted = fromMinor(toMinor(amount, currency), currency);
	const rate = full.amount === 0 ? 1 : full.shopAmount / full.amount;
	return { amount: wanted, currency, shopAmount: fromMinor(toMinor(wanted * rate, shopCurrency), shopCurrency), shopCurrency };
}

function currenciesOf(items: readonly ReturnedItem[]): { currency: string; shopCurrency: string } {
	const [first] = items;
	if (!first) throw new HttpError(409, { message: 'Nothing to refund' });
	return { currency: first.paidPrice.currency, shopCurrency: first.paidPrice.shopCurrency };
}
