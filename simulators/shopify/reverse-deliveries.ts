/** Parcels on their way back: labels and tracking of a reverse fulfilment order. */

import { idOf } from './gid';
import type { ReverseDelivery } from './model';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export interface DeliveryInput {
	reverseFulfillmentOrderId?: string;
	reverseDeliveryId?: string;
	reverseDeliveryLineItems?: ReadonlyArray<{ reverseFulfillmentOrderLineItemId: string; quantity: number }>;
	labelInput?: { fileUrl: string } | null;
	trackingInput?: { number?: string | null; url?: string | null } | null;
}

/** An empty list of lines means everything that is coming back. */
export function createReverseDelivery(store: ShopStore, input: DeliveryInput): ReverseDelivery {
	const order = store.reverseFulfillmentOrders.get(idOf(input.reverseFulfillmentOrderId ?? '', 'ReverseFulfillmentOrder'));
	if (!order) return refuse(['reverseFulfillmentOrderId'], 'Reverse fulfillment order not found.', 'NOT_FOUND');
	if (order.status !== 'OPEN') refuse(['reverseFulfillmentOrderId'], 'Reverse fulfillment order status is invalid.', 'INVALID_STATE');
	const lines = order.lineItemIds.map((id) => mustHave(store.reverseFulfillmentOrderLineItems, id, 'reverse line'));
	const wanted = input.reverseDeliveryLineItems ?? [];
	const chosen =
		wanted.length === 0
			? lines.map((line) => ({ line, quantity: line.totalQuantity }))
			: wanted.map(({ reverseFulfillmentOrderLineItemId, quantity }, index) => {
					const line = lines.find(({ id }) => id === idOf(reverseFulfillmentOrderLineItemId, 'ReverseFulfillmentOrderLineItem'));
					if (!line) return refuse(['reverseDeliveryLineItems', index, 'reverseFulfillmentOrderLineItemId'], 'Reverse fulfillment order line item not found.', 'NOT_FOUND');
					if (quantity <= 0 || quantity > line.totalQuantity) refuse(['reverseDeliveryLineItems', index, 'quantity'], 'Quantity is invalid.', 'INVALID');
					return { line, quantity };
				});
	const delivery: ReverseDelivery = {
		__typename: 'ReverseDelivery',
		id: store.id('ReverseDelivery'),
		reverseFulfillmentOrderId: order.id,
		lines: chosen.map(({ line, quantity }) => ({ __typename: 'ReverseDeliveryLineItem', id: store.id('ReverseDeliveryLineItem'), reverseFulfillmentOrderLineItemId: line.id, quantity })),
		label: null,
		tracking: null,
	};
	attach(store, delivery, input);
	store.reverseDeliveries.set(delivery.id, delivery);
	order.reverseDeliveryIds.push(delivery.id);
	store.notify('REVERSE_DELIVERIES_ATTACH_DELIVERABLE', delivery.id);
	return delivery;
}

export function updateReverseDelivery(store: ShopStore, input: DeliveryInput): ReverseDelivery {
	const delivery = store.reverseDeliveries.get(idOf(input.reverseDeliveryId ?? '', 'ReverseDelivery'));
	if (!delivery) return refuse(['reverseDeliveryId'], 'Reverse delivery not found.', 'NOT_FOUND');
	attach(store, delivery, input);
	store.notify('REVERSE_DELIVERIES_ATTACH_DELIVERABLE', delivery.id);
	return delivery;
}

function attach(store: ShopStore, delivery: ReverseDelivery, { labelInput, trackingInput }: DeliveryInput): void {
	if (labelInput) delivery.label = { publicFileUrl: labelInput.fileUrl, createdAt: delivery.label?.createdAt ?? store.now(), updatedAt: store.now() };
	if (trackingInput) delivery.tracking = { number: trackingInput.number ?? null, url: trackingInput.url ?? null, carrierName: null };
}
