/** What became of returned units: reverse fulfilment orders and their dispositions, which alone move the stock of a return. */

import { idOf } from './gid';
import { restock } from './inventory';
import type { Disposition, ReverseFulfillmentOrderLineItem } from './model';
import { tell } from './returns';
import { mustHave, type ShopStore } from './store';
import { refuse } from './user-errors';

export interface DisposeInput {
	dispositionType: Disposition['type'];
	locationId?: string | null;
	quantity: number;
	reverseFulfillmentOrderLineItemId: string;
}

export interface CheckedDisposition {
	line: ReverseFulfillmentOrderLineItem;
	type: Disposition['type'];
	quantity: number;
	locationId: number | null;
}

/** Units that a disposition has not settled for good. */
export function undisposed(line: ReverseFulfillmentOrderLineItem): number {
	const settled = line.dispositions.filter(({ type }) => type !== 'PROCESSING_REQUIRED').reduce((sum, { quantity }) => sum + quantity, 0);
	return line.totalQuantity - settled;
}

/** Units nobody has said anything about yet: neither settled nor set aside for processing. */
function untouched(line: ReverseFulfillmentOrderLineItem): number {
	let waiting = 0;
	for (const { type, quantity } of line.dispositions) waiting = type === 'PROCESSING_REQUIRED' ? waiting + quantity : Math.max(0, waiting - quantity);
	return Math.max(0, undisposed(line) - waiting);
}

/**
 * Checks the dispositions of one call against each other and against what is there.
 * @param at where the list is in the mutation's arguments
 * @throws Refusal
 */
export function checkDispositions(store: ShopStore, inputs: readonly DisposeInput[], at: readonly string[]): CheckedDisposition[] {
	if (inputs.length === 0) refuse(at, 'The array cannot be empty.', 'BLANK');
	const found = inputs.map((input) => store.reverseFulfillmentOrderLineItems.get(idOf(input.reverseFulfillmentOrderLineItemId, 'ReverseFulfillmentOrderLineItem')));
	const orders = new Set(found.map((line) => line?.reverseFulfillmentOrderId));
	if (orders.size !== 1 || orders.has(undefined)) refuse(at, 'Cannot dispose items from more than one reverse fulfillment order.', 'INVALID');
	return inputs.map((input, index) => checkOne(store, input, found, inputs, index, [...at, String(index)]));
}

function checkOne(
	store: ShopStore,
	input: DisposeInput,
	found: ReadonlyArray<ReverseFulfillmentOrderLineItem | undefined>,
	inputs: readonly DisposeInput[],
	index: number,
	at: readonly string[],
): CheckedDisposition {
	const line = found[index];
	if (!line) return refuse(at, 'Cannot dispose items from more than one reverse fulfillment order.', 'INVALID');
	const reverse = mustHave(store.reverseFulfillmentOrders, line.reverseFulfillmentOrderId, 'reverse fulfilment order');
	const theReturn = mustHave(store.returns, reverse.returnId, 'return');
	if (theReturn.status !== 'OPEN') refuse(at, 'Return status is invalid.', 'INVALID_STATE');
	if (reverse.status === 'CANCELED') refuse(at, 'Reverse fulfillment order status is invalid.', 'INVALID_STATE');
	if (input.quantity <= 0) refuse([...at, 'quantity'], 'Quantity must be greater than 0', 'GREATER_THAN');
	const earlier = inputs.filter((_, other) => found[other] === line && other < index);
	const settled = earlier.filter(({ dispositionType }) => dispositionType !== 'PROCESSING_REQUIRED').reduce((sum, { quantity }) => sum + quantity, 0);
	const setAside = earlier.filter(({ dispositionType }) => dispositionType === 'PROCESSING_REQUIRED').reduce((sum, { quantity }) => sum + quantity, 0);
	const left = input.dispositionType === 'PROCESSING_REQUIRED' ? untouched(line) - settled - setAside : undisposed(line) - settled;
	if (input.quantity > left) refuse([...at, 'quantity'], 'Quantity is greater than the quantity that can be disposed.', 'INVALID');
	return { line, type: input.dispositionType, quantity: input.quantity, locationId: checkLocation(store, input, line, at) };
}

function checkLocation(store: ShopStore, input: DisposeInput, line: ReverseFulfillmentOrderLineItem, at: readonly string[]): number | null {
	const location = input.locationId ? store.locations.get(idOf(input.locationId, 'Location')) : undefined;
	if (input.locationId && !location) return refuse([...at, 'locationId'], 'Location not found.', 'NOT_FOUND');
	if (location && !location.isActive) refuse([...at, 'locationId'], 'Location is not active.', 'INVALID');
	if (input.dispositionType !== 'RESTOCKED') return location?.id ?? null;
	if (!location) return refuse([...at, 'locationId'], "Location can't be blank", 'BLANK');
	if (orderLine(store, line).variantId === null) refuse([...at, 'dispositionType'], 'Custom items cannot be restocked.', 'INVALID');
	return location.id;
}

function orderLine(store: ShopStore, line: ReverseFulfillmentOrderLineItem) {
	return mustHave(store.lineItems, mustHave(store.fulfillmentLineItems, line.fulfillmentLineItemId, 'fulfillment line item').lineItemId, 'line item');
}

/** Records checked dispositions; RESTOCKED ones put the units on the shelf. */
export function dispose(store: ShopStore, checked: readonly CheckedDisposition[]): ReverseFulfillmentOrderLineItem[] {
	for (const { line, type, quantity, locationId } of checked) {
		line.dispositions.push({ __typename: 'ReverseFulfillmentOrderDisposition', id: store.id('ReverseFulfillmentOrderDisposition'), type, quantity, locationId, createdAt: store.now() });
		if (type === 'RESTOCKED' && locationId !== null) restock(store, orderLine(store, line), quantity, locationId);
	}
	const first = checked[0];
	if (first) finishWhenDisposed(store, first.line.reverseFulfillmentOrderId);
	return [...new Set(checked.map(({ line }) => line))];
}

function finishWhenDisposed(store: ShopStore, reverseId: number): void {
	const reverse = mustHave(store.reverseFulfillmentOrders, reverseId, 'reverse fulfilment order');
	const lines = reverse.lineItemIds.map((id) => mustHave(store.reverseFulfillmentOrderLineItems, id, 'reverse fulfilment order line'));
	if (lines.every((line) => undisposed(line) === 0)) reverse.status = 'CLOSED';
	store.notify('REVERSE_FULFILLMENT_ORDERS_DISPOSE', reverseId);
	tell(store, mustHave(store.returns, reverse.returnId, 'return'), 'RETURNS_UPDATE');
}
