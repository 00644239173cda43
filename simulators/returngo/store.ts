/** Everything the simulated ReturnGO remembers. */

import { HttpError } from '../shared/http';
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

	/** Requests of one shop, oldest first. */
	rmasOf(shop: string): Rma[] {
		return [...this.rmas.values()].filter((rma) => rma.shop === shop).sort((a, b) => a.id - b.id);
	}

	rmaOf(shop: string | undefined, id: number): Rma {
		const rma = this.rmas.get(id);
		if (!rma || (shop !== undefined && rma.shop !== shop)) throw new HttpError(404, { message: 'RMA not found' });
		return rma;
	}

	shipmentOf(shop: string | undefined, shipmentId: string): { rma: Rma; shipment: Shipment } {
		for (const rma of this.rmas.values()) {
			if (shop !== undefined && rma.shop !== shop) continue;
			const shipment = rma.shipments.find((candidate) => candidate.shipmentId === shipmentId);
			if (shipment) return { rma, shipment };
		}
		throw new HttpError(404, { message: 'Shipment not found' });
	}

	transactionOf(shop: string, id: number): { rma: Rma; transaction: KeptTransaction } {
		for (const rma of this.rmasOf(shop)) {
			const transaction = rma.transactions.find(({ wire }) => wire.id === id);
			if (transaction) return { rma, transaction };
		}
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
		this.webhooks.clear();
		this.trackers.length = 0;
		this.usage.clear();
	}
}
