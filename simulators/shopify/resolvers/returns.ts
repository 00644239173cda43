/** Returns, what comes back with them, and the mutations of their life. */

import { GraphQLError } from 'graphql';
import { fieldsOf, type Resolvers } from '../context';
import { checkDispositions, dispose, type DisposeInput } from '../dispositions';
import { idOf } from '../gid';
import { NOTHING, subtract } from '../money';
import type {
	Disposition,
	ExchangeLineItem,
	Order,
	Return,
	ReturnLineItem,
	ReverseDelivery,
	ReverseFulfillmentOrder,
	ReverseFulfillmentOrderLineItem,
} from '../model';
import { fulfillmentLinesOf, refundsOf, unitsValue } from '../orders';
import { transactionsOf } from '../payments';
import { outcomeOf, processReturn, refundableQuantity, restockingFeeOn, restockingFeeTotal, suggestedTransfer, type OutcomeInput, type ProcessInput } from '../processing';
import {
	approveReturn,
	cancelReturn,
	closeReturn,
	createReturn,
	declineReturn,
	fulfillmentLineOf,
	linesOfReturn,
	orderLineOf,
	RETURN_REASONS,
	removeFromReturn,
	reopenReturn,
	returnableQuantity,
	totalQuantity,
	type RemoveInput,
	type ReturnInput,
} from '../returns';
import { createReverseDelivery, updateReverseDelivery, type DeliveryInput } from '../reverse-deliveries';
import { mustHave, type ShopStore } from '../store';
import { answering } from '../user-errors';
import { bagOf } from './money';
import { asQuestion, suggestion } from './orders';
import { reasonDefinition } from './records';

function orderOf(store: ShopStore, theReturn: Return): Order {
	return mustHave(store.orders, theReturn.orderId, 'order');
}

function returnOf(store: ShopStore, line: ReturnLineItem | ExchangeLineItem): Return {
	return mustHave(store.returns, line.returnId, 'return');
}

function processable(store: ShopStore, line: ReturnLineItem | ExchangeLineItem): number {
	return returnOf(store, line).status === 'OPEN' ? line.quantity - line.processed : 0;
}

function byProcessing<T extends ReturnLineItem | ExchangeLineItem>(store: ShopStore, lines: readonly T[], wanted: unknown): T[] {
	if (wanted === 'PROCESSABLE') return lines.filter((line) => processable(store, line) > 0);
	if (wanted === 'PROCESSED') return lines.filter((line) => line.processed > 0);
	return [...lines];
}

function suggestedOutcome(store: ShopStore, theReturn: Return, args: Readonly<Record<string, unknown>>): unknown {
	const outcome = asQuestion(() => outcomeOf(store, theReturn, args as unknown as OutcomeInput));
	const { order, value } = outcome;
	const transfer = suggestedTransfer(outcome);
	const asStoreCredit = args.refundMethodAllocation === 'STORE_CREDIT';
	const suggested = suggestion(store, order, value, outcome.net, asStoreCredit);
	return {
		__typename: 'SuggestedReturnFinancialOutcome',
		discountedSubtotal: suggested.discountedSubtotalSet,
		maximumRefundable: suggested.maximumRefundableSet,
		refundDuties: suggested.refundDuties,
		shipping: suggested.shipping,
		totalAdditionalFees: bagOf(order, { ...NOTHING }),
		totalCartDiscountAmount: suggested.totalCartDiscountAmountSet,
		totalDuties: suggested.totalDutiesSet,
		totalTax: suggested.totalTaxSet,
		financialTransfer:
			transfer === null
				? null
				: transfer.kind === 'invoice'
					? { __typename: 'InvoiceReturnOutcome', amount: bagOf(order, transfer.amount) }
					: {
							__typename: 'RefundReturnOutcome',
							amount: suggested.amountSet,
							suggestedTransactions: suggested.suggestedTransactions,
							suggestedRefundMethods: suggested.suggestedRefundMethods,
						},
	};
}

/** A return that does not exist yet, as amounts: what comes back is negative, fees are positive. */
function calculate(store: ShopStore, input: { orderId: string; returnLineItems?: ReadonlyArray<{ fulfillmentLineItemId: string; quantity: number; restockingFee?: { percentage: number } | null }> | null; returnShippingFee?: { amount: { amount: string | number } } | null; exchangeLineItems?: readonly unknown[] | null }): unknown {
	const order = store.orders.get(idOf(input.orderId, 'Order'));
	if (!order) return null;
	if ((input.exchangeLineItems ?? []).length > 0 || input.returnShippingFee) throw new GraphQLError('The simulator calculates returns without exchange items and shipping fees only', { extensions: { code: 'NOT_SIMULATED' } });
	const negative = (bag: { shop: number; presentment: number }) => bagOf(order, subtract(NOTHING, bag));
	return {
		id: `gid://shopify/CalculatedReturn/${order.id}`,
		exchangeLineItems: [],
		returnShippingFee: null,
		returnLineItems: (input.returnLineItems ?? []).map(({ fulfillmentLineItemId, quantity, restockingFee }) => {
			const fulfillmentLine = store.fulfillmentLineItems.get(idOf(fulfillmentLineItemId, 'FulfillmentLineItem'));
			if (!fulfillmentLine || !fulfillmentLinesOf(store, order).includes(fulfillmentLine) || quantity <= 0 || quantity > returnableQuantity(store, fulfillmentLine)) {
				throw new GraphQLError('Return line item has an invalid quantity.', { extensions: { code: 'BAD_REQUEST' } });
			}
			const line = mustHave(store.lineItems, fulfillmentLine.lineItemId, 'line item');
			const gone = line.refunded + line.removed;
			const value = unitsValue(store, line, gone, gone + quantity);
			const fee = restockingFee ? restockingFeeOn(store, line, restockingFee.percentage, 0, quantity) : null;
			return {
				id: null,
				fulfillmentLineItem: fulfillmentLine,
				quantity,
				restockingFee: fee ? { id: `gid://shopify/CalculatedRestockingFee/${line.id}`, amountSet: bagOf(order, fee), percentage: restockingFee?.percentage } : null,
				subtotalBeforeOrderDiscountsSet: negative(value.discountedTotal),
				subtotalSet: negative(value.subtotal),
				totalTaxSet: negative(value.tax),
			};
		}),
	};
}

export function returnableFulfillments(store: ShopStore, orderId: string): Array<{ __typename: 'ReturnableFulfillment'; id: number }> {
	const order = store.orders.get(idOf(orderId, 'Order'));
	if (!order || order.cancelledAt !== null) return [];
	return order.fulfillmentIds
		.filter((id) => mustHave(store.fulfillments, id, 'fulfillment').lineItemIds.some((lineId) => returnableQuantity(store, mustHave(store.fulfillmentLineItems, lineId, 'fulfillment line item')) > 0))
		.map((id) => ({ __typename: 'ReturnableFulfillment', id }));
}

export const returnResolvers: Resolvers = {
	Return: fieldsOf<Return>({
		order: (theReturn, _args, { store }) => orderOf(store, theReturn),
		staffMember: () => null,
		totalQuantity: (theReturn, _args, { store }) => totalQuantity(store, theReturn),
		refunds: (theReturn, _args, { store }) => refundsOf(store, orderOf(store, theReturn)).filter(({ returnId }) => returnId === theReturn.id),
		transactions: (theReturn, _args, { store }) => transactionsOf(store, orderOf(store, theReturn)).filter(({ returnId }) => returnId === theReturn.id),
		returnLineItems: (theReturn, { processingStatus }, { store }) => byProcessing(store, linesOfReturn(store, theReturn), processingStatus),
		exchangeLineItems: (theReturn, { processingStatus, includeRemovedItems }, { store }) =>
			byProcessing(store, theReturn.exchangeLineItemIds.map((id) => mustHave(store.exchangeLineItems, id, 'exchange line item')), processingStatus).filter(({ quantity }) => quantity > 0 || includeRemovedItems === true),
		returnShippingFees: (theReturn, _args, { store }) =>
			theReturn.shippingFee ? [{ __typename: 'ReturnShippingFee', id: theReturn.shippingFee.id, amountSet: bagOf(orderOf(store, theReturn), theReturn.shippingFee.amount) }] : [],
		reverseFulfillmentOrders: (theReturn, _args, { store }) => theReturn.reverseFulfillmentOrderIds.map((id) => store.reverseFulfillmentOrders.get(id)),
		suggestedFinancialOutcome: (theReturn, args, { store }) => suggestedOutcome(store, theReturn, args),
	}),
	ReturnLineItem: fieldsOf<ReturnLineItem>({
		fulfillmentLineItem: (line, _args, { store }) => fulfillmentLineOf(store, line),
		processableQuantity: (line, _args, { store }) => processable(store, line),
		processedQuantity: ({ processed }) => processed,
		unprocessedQuantity: ({ quantity, processed }) => quantity - processed,
		refundableQuantity: (line, _args, { store }) => refundableQuantity(store, line),
		refundedQuantity: ({ refunded }) => refunded,
		returnReasonDefinition: ({ returnReasonDefinitionId }) => (returnReasonDefinitionId === null ? null : reasonDefinition(returnReasonDefinitionId)),
		totalWeight: () => null,
		restockingFee: (line, _args, { store }) =>
			line.restockingFee
				? { __typename: 'RestockingFee', id: line.restockingFee.id, percentage: line.restockingFee.percentage, amountSet: bagOf(orderOf(store, returnOf(store, line)), restockingFeeTotal(store, line)) }
				: null,
		withCodeDiscountedTotalPriceSet: (line, _args, { store }) => {
			const orderLine = orderLineOf(store, line);
			return bagOf(orderOf(store, returnOf(store, line)), unitsValue(store, orderLine, 0, line.quantity).discountedTotal);
		},
	}),
	ExchangeLineItem: fieldsOf<ExchangeLineItem>({
		lineItems: ({ lineItemIds }, _args, { store }) => lineItemIds.map((id) => store.lineItems.get(id)),
		processableQuantity: (line, _args, { store }) => processable(store, line),
		processedQuantity: ({ processed }) => processed,
		unprocessedQuantity: ({ quantity, processed }) => quantity - processed,
		variantId: ({ variantId }) => `gid://shopify/ProductVariant/${variantId}`,
		productId: ({ variantId }, _args, { store }) => `gid://shopify/Product/${mustHave(store.variants, variantId, 'variant').productId}`,
		variantSku: ({ variantId }, _args, { store }) => store.variants.get(variantId)?.sku ?? null,
		variantTitle: ({ variantId }, _args, { store }) => store.variants.get(variantId)?.title ?? null,
		title: ({ variantId }, _args, { store }) => store.products.get(mustHave(store.variants, variantId, 'variant').productId)?.title ?? null,
	}),
	ReturnableFulfillment: fieldsOf<{ id: number }>({
		fulfillment: ({ id }, _args, { store }) => store.fulfillments.get(id),
		returnableFulfillmentLineItems: ({ id }, _args, { store }) =>
			mustHave(store.fulfillments, id, 'fulfillment')
				.lineItemIds.map((lineId) => mustHave(store.fulfillmentLineItems, lineId, 'fulfillment line item'))
				.map((line) => ({ key: line.id, fulfillmentLineItem: line, quantity: returnableQuantity(store, line) }))
				.filter(({ quantity }) => quantity > 0),
	}),
	ReverseFulfillmentOrder: fieldsOf<ReverseFulfillmentOrder>({
		order: ({ orderId }, _args, { store }) => store.orders.get(orderId),
		lineItems: ({ lineItemIds }, _args, { store }) => lineItemIds.map((id) => mustHave(store.reverseFulfillmentOrderLineItems, id, 'reverse line')).filter(({ totalQuantity: quantity }) => quantity > 0),
		reverseDeliveries: ({ reverseDeliveryIds }, _args, { store }) => reverseDeliveryIds.map((id) => store.reverseDeliveries.get(id)),
		thirdPartyConfirmation: () => null,
	}),
	ReverseFulfillmentOrderLineItem: fieldsOf<ReverseFulfillmentOrderLineItem>({
		fulfillmentLineItem: ({ fulfillmentLineItemId }, _args, { store }) => store.fulfillmentLineItems.get(fulfillmentLineItemId),
	}),
	ReverseFulfillmentOrderDisposition: fieldsOf<Disposition>({
		location: ({ locationId }, _args, { store }) => (locationId === null ? null : store.locations.get(locationId)),
	}),
	ReverseDelivery: fieldsOf<ReverseDelivery>({
		reverseFulfillmentOrder: ({ reverseFulfillmentOrderId }, _args, { store }) => store.reverseFulfillmentOrders.get(reverseFulfillmentOrderId),
		reverseDeliveryLineItems: ({ lines }) => lines,
		deliverable: ({ label, tracking }) => (label || tracking ? { __typename: 'ReverseDeliveryShippingDeliverable', label, tracking } : null),
	}),
	ReverseDeliveryLineItem: fieldsOf<ReverseDelivery['lines'][number]>({
		reverseFulfillmentOrderLineItem: ({ reverseFulfillmentOrderLineItemId }, _args, { store }) => store.reverseFulfillmentOrderLineItems.get(reverseFulfillmentOrderLineItemId),
		dispositions: ({ reverseFulfillmentOrderLineItemId }, _args, { store }) => mustHave(store.reverseFulfillmentOrderLineItems, reverseFulfillmentOrderLineItemId, 'reverse line').dispositions,
	}),
	QueryRoot: fieldsOf({
		return: (_source, { id }, { store }) => store.returns.get(idOf(String(id), 'Return')) ?? null,
		returnableFulfillment: (_source, { id }, { store }) => (store.fulfillments.has(idOf(String(id), 'ReturnableFulfillment')) ? { __typename: 'ReturnableFulfillment', id: idOf(String(id), 'ReturnableFulfillment') } : null),
		returnableFulfillments: (_source, { orderId }, { store }) => returnableFulfillments(store, String(orderId)),
		returnReasonDefinitions: (_source, { ids, handles }) =>
			RETURN_REASONS.flatMap((_reason, index) => reasonDefinition(index + 1) ?? []).filter(
				({ id, handle }) =>
					(!Array.isArray(ids) || ids.some((wanted) => idOf(String(wanted), 'ReturnReasonDefinition') === id)) && (!Array.isArray(handles) || handles.includes(handle)),
			),
		returnCalculate: (_source, { input }, { store }) => calculate(store, input as Parameters<typeof calculate>[1]),
		reverseFulfillmentOrder: (_source, { id }, { store }) => store.reverseFulfillmentOrders.get(idOf(String(id), 'ReverseFulfillmentOrder')) ?? null,
		reverseDelivery: (_source, { id }, { store }) => store.reverseDeliveries.get(idOf(String(id), 'ReverseDelivery')) ?? null,
	}),
	Mutation: fieldsOf({
		returnCreate: (_source, { returnInput }, { store, app }) => answering(() => ({ return: createReturn(store, returnInput as ReturnInput, 'OPEN', app.title) })),
		returnRequest: (_source, { input }, { store, app }) => answering(() => ({ return: createReturn(store, input as ReturnInput, 'REQUESTED', app.title) })),
		returnApproveRequest: (_source, { input }, { store }) => answering(() => ({ return: approveReturn(store, (input as { id: string }).id) })),
		returnDeclineRequest: (_source, { input }, { store }) => answering(() => ({ return: declineReturn(store, input as Parameters<typeof declineReturn>[1]) })),
		returnClose: (_source, { id }, { store }) => answering(() => ({ return: closeReturn(store, String(id)) })),
		returnReopen: (_source, { id }, { store }) => answering(() => ({ return: reopenReturn(store, String(id)) })),
		returnCancel: (_source, { id }, { store }) => answering(() => ({ return: cancelReturn(store, String(id)) })),
		removeFromReturn: (_source, args, { store }) => answering(() => ({ return: removeFromReturn(store, args as unknown as RemoveInput) })),
		returnProcess: (_source, { input }, { store, app }) => answering(() => ({ return: processReturn(store, input as ProcessInput, app.title) })),
		reverseFulfillmentOrderDispose: (_source, { dispositionInputs }, { store }) =>
			answering(() => ({ reverseFulfillmentOrderLineItems: dispose(store, checkDispositions(store, dispositionInputs as readonly DisposeInput[], ['dispositionInputs'])) })),
		reverseDeliveryCreateWithShipping: (_source, args, { store }) => answering(() => ({ reverseDelivery: createReverseDelivery(store, args as unknown as DeliveryInput) })),
		reverseDeliveryShippingUpdate: (_source, args, { store }) => answering(() => ({ reverseDelivery: updateReverseDelivery(store, args as unknown as DeliveryInput) })),
	}),
};
