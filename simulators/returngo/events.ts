/** Tells registered receivers what happened: unsigned, one registration per address and event, as ReturnGO does. */

import type { SeededRandom } from '../shared/random';
import type { WebhookDeliverer } from '../shared/webhooks';
import type { ReturnGoOptions } from './options';
import type { Store } from './store';
import type { EventName, KeptTransaction, Rma, Shipment } from './types';

export class Events {
	constructor(
		private readonly store: Store,
		private readonly options: ReturnGoOptions,
		private readonly webhooks: WebhookDeliverer,
		private readonly random: SeededRandom,
	) {}

	rma(eventName: 'RMA_CREATED' | 'RMA_STATUS_UPDATED', rma: Rma): void {
		this.fire(eventName, rma, 'rma', { rmaId: this.id(rma.id), status: rma.status });
	}

	shipment(eventName: 'SHIPMENT_CREATED' | 'SHIPMENT_STATUS_UPDATED', rma: Rma, shipment: Shipment): void {
		this.fire(eventName, rma, 'shipment', { shipmentId: this.id(shipment.shipmentId), status: shipment.status });
	}

	tracker(rma: Rma, shipment: Shipment, status: string): void {
		this.fire('SHIPMENT_TRACKER_STATUS_UPDATED', rma, 'shipment', {
			shipmentId: this.id(shipment.shipmentId),
			trackingNumber: shipment.trackingNumber,
			carrierName: shipment.carrierName,
			status,
		});
	}

	transaction(rma: Rma, { wire }: KeptTransaction): void {
		this.fire('TRANSACTION_CREATED', rma, 'transaction', { transactionId: this.id(wire.id), type: wire.type, status: wire.status });
	}

	refund(rma: Rma, { wire }: KeptTransaction): void {
		this.fire('REFUND_CREATED', rma, 'transaction', { transactionId: this.id(wire.id), type: wire.type, amount: wire.amount, returnItemIds: wire.returnItemIds });
	}

	private fire(eventName: EventName, rma: Rma, part: 'rma' | 'shipment' | 'transaction', fields: Record<string, unknown>): void {
		const receivers = [...this.store.webhooks.values()].filter((registration) => registration.shop === rma.shop && registration.eventName === eventName);
		if (receivers.length === 0) return;
		const body = JSON.stringify(this.payload(eventName, rma, part, fields));
		for (const { url } of receivers) {
			this.webhooks.enqueue({ id: this.random.uuid(), topic: eventName, url, headers: { 'user-agent': 'ReturnGO-Simulator' }, body });
		}
	}

	private payload(eventName: EventName, rma: Rma, part: 'rma' | 'shipment' | 'transaction', fields: Record<string, unknown>): unknown {
		const head = { eventName, shopName: rma.shop };
		const rmaId = { rmaId: this.id(rma.id) };
		switch (this.options.webhookShape) {
			case 'flat':
				return { ...head, ...rmaId, ...fields };
			case 'data':
				return { ...head, data: { ...rmaId, ...fields } };
			case 'rma':
				return part === 'rma' ? { ...head, rma: fields } : { ...head, rma: rmaId, [part]: fields };
		}
	}

	private id(id: number | string): number | string {
		return this.options.webhookIds === 'number' ? Number(id) : String(id);
	}
}
