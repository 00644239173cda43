/** Everything the simulated ReturnGO remembers. */

import { HttpError } from '../shared/http';
import { ListCache } from '../shared/list-cache';
import { IdSequence } from '../shared/random';
import type { KeptTransaction, Rma, Shipment, Tracker, WebhookRegistration } from './types';

/** A shop in ReturnGO, and how ReturnGO's own app reaches its Shopify. */
export interface Shop {
	domain: string;
	/** null: the shop has no Shopify behind it, requests can only be made without an order there. */
	shopify: { url: string; token: string; apiVersion: string } | null;
}

export interface ApiKey {
	key: string;
	/** Shown in the request log instead of the key. */
	owner: string;
	shops: string[];
	/** Instead of the general daily limit, e.g. for a bulk key. */
	dailyLimit?: number;
}

interface Usage {
	day: string;
	today: number;
	recent: number[];
}

export class Store {
	readonly ids = new IdSequence({ rma: 1_000_001, unit: 40_000_001, shipment: 5_000_001, transaction: 7_000_001, webhook: 18_001, tracker: 90_001, draft: 1, draftOrder: 880_001, order: 9_000_001 });

	readonly shops = new Map<string, Shop>();

	readonly keys = new Map<string, ApiKey>();

	readonly rmas = new Map<number, Rma>();

	readonly webhooks = new Map<string, WebhookRegistration & { shop: string }>();

	readonly trackers: Tracker[] = [];

	readonly usage = new Map<string, Usage>();

	/** Lists while nothing changes; a page is a slice of one. */
	readonly rmaLists = new ListCache<Rma>();

	readonly transactionLists = new ListCache<KeptTransaction>();

	private readonly rmasOfShop = new ListCache<Rma>();

	/** Order id → ids of its requests. */
	private readonly rmasByOrder = new Map<string, number[]>();

	private readonly rmaByShipment = new Map<string, number>();

	private readonly rmaByTransaction = new Map<number, number>();

	private changes = 0;

	/** Goes up with every change, so that what was listed before it is not taken for what is there now. */
	get revision(): number {
		return this.changes;
	}

	changed(): void {
		this.changes += 1;
	}

	addRma(rma: Rma): void {
		this.rmas.set(rma.id, rma);
		const ofOrder = this.rmasByOrder.get(rma.orderId);
		if (ofOrder) ofOrder.push(rma.id);
		else this.rmasByOrder.set(rma.orderId, [rma.id]);
		for (const { shipmentId } of rma.shipments) this.rmaByShipment.set(shipmentId, rma.id);
		for (const transaction of rma.transactions) this.rmaByTransaction.set(transaction.wire.id, rma.id);
		this.changed();
	}

	addTransaction(rma: Rma, transaction: KeptTransaction): void {
		rma.transactions.push(transaction);
		this.rmaByTransaction.set(transaction.wire.id, rma.id);
		this.changed();
	}

	/** Requests of one shop, oldest first. */
	rmasOf(shop: string): readonly Rma[] {
		return this.rmasOfShop.get(shop, this.changes, () => [...this.rmas.values()].filter((rma) => rma.shop === shop).sort((a, b) => a.id - b.id));
	}

	/** Requests for one order of a shop. */
	rmasForOrder(shop: string, orderId: string): Rma[] {
		return (this.rmasByOrder.get(orderId) ?? []).flatMap((id) => this.rmas.get(id) ?? []).filter((rma) => rma.shop === shop);
	}

	rmaOf(shop: string | undefined, id: number): Rma {
		const rma = this.rmas.get(id);
		if (!rma || (shop !== undefined && rma.shop !== shop)) throw new HttpError(404, { message: 'RMA not found' });
		return rma;
	}

	shipmentOf(shop: string | undefined, shipmentId: string): { rma: Rma; shipment: Shipment } {
		const rma = this.rmas.get(this.rmaByShipment.get(shipmentId) ?? 0);
		const shipment = rma && (shop === undefined || rma.shop === shop) ? rma.shipments.find((candidate) => candidate.shipmentId === shipmentId) : undefined;
		if (rma && shipment) return { rma, shipment };
		throw new HttpError(404, { message: 'Shipment not found' });
	}

	transactionOf(shop: string, id: number): { rma: Rma; transaction: KeptTransaction } {
		const rma = this.rmas.get(this.rmaByTransaction.get(id) ?? 0);
		const transaction = rma?.shop === shop ? rma.transactions.find(({ wire }) => wire.id === id) : undefined;
		if (rma && transaction) return { rma, transaction };
		throw new HttpError(404, { message: 'Transaction not found' });
	}

	shop(domain: string): Shop {
		const shop = this.shops.get(domain);
		if (!shop) throw new HttpError(404, { message: `No shop ${domain}` });
		return shop;
	}

	clear(): void {
		this.ids.reset();
		this.shops.clear();
		this.keys.clear();
		this.rmas.clear();
		this.rmasByOrder.clear();
		this.rmaByShipment.clear();
		this.rmaByTransaction.clear();
		this.changed();
		this.webhooks.clear();
		this.trackers.length = 0;
		this.usage.clear();
	}
}
