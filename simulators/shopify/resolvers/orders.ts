/** Orders, their lines, parcels and payments. */

import { GraphQLError } from 'graphql';
import { fieldsOf, type Args, type Context, type Resolvers } from '../context';
import { add, NOTHING, parseAmount, ratio, subtract, type Bag } from '../money';
import type {
	DiscountApplication,
	Duty,
	Fulfillment,
	FulfillmentLineItem,
	LineItem,
	Order,
	OrderTransaction,
	ShippingLine,
	TaxLine,
} from '../model';
import {
	currentQuantity,
	currentTotal,
	currentValue,
	discountOf,
	dutiesTotal,
	lineTax,
	linesOf,
	lineValue,
	orderOfLine,
	refundsOf,
	shippingLinesOf,
	shippingPrice,
	unfulfilledQuantity,
	unitsValue,
} from '../orders';
import { financialStatus, netPayment, outstanding, received, refundableMoney, refundedTotal, refundableParents, remainingOn, spread, totalRounding, transactionsOf } from '../payments';
import { everythingLeft, refundableShipping, valueOf, type LinePart, type RefundValue } from '../refund-value';
import { checkDuties, checkShipping, type RefundLineInput } from '../refunds';
import { idOf } from '../gid';
import { orderReturnStatus, returnsOf } from '../returns';
import { matchesEvent, searchReturns } from '../search';
import { mustHave, type ShopStore } from '../store';
import { Refusal } from '../user-errors';
import { balanceOfTransaction, disputesOf, throughShopifyPayments } from '../shopify-payments';
import { metafieldFields } from './metafields';
import { bagOf, moneyOf } from './money';
import { gidOf } from './records';

type BagOfOrder = (order: Order, store: ShopStore) => Bag;

function bagField(compute: BagOfOrder) {
	return (order: Order, _args: Args, { store }: Context) => bagOf(order, compute(order, store));
}

/** A tax line together with the order whose currencies it is in. */
interface TaxLineView extends TaxLine {
	order: Order;
}

function taxLineViews(order: Order, lines: readonly TaxLine[]): TaxLineView[] {
	return lines.map((line) => ({ ...line, order }));
}

function lineBag(compute: (store: ShopStore, line: LineItem) => Bag) {
	return (line: LineItem, _args: Args, { store }: Context) => bagOf(orderOfLine(store, line), compute(store, line));
}

function perUnit(total: Bag, quantity: number): Bag {
	return { shop: ratio(total.shop, 1n, BigInt(quantity)), presentment: ratio(total.presentment, 1n, BigInt(quantity)) };
}

/** Discounts of a line that come from a code entered by the customer are left out unless asked for. */
function lineDiscounts(store: ShopStore, line: LineItem, withCodes: boolean): Bag {
	const order = orderOfLine(store, line);
	return add(
		...line.discounts
			.filter(({ application }) => {
				const found = order.discountApplications[application];
				return found?.target === 'line' && (withCodes || found.type !== 'code');
			})
			.map(({ amount }) => amount),
	);
}

function originalTotal(line: LineItem): Bag {
	return { shop: line.unitPrice.shop * line.quantity, presentment: line.unitPrice.presentment * line.quantity };
}

function fulfillmentStatus(store: ShopStore, order: Order): string {
	const shippable = linesOf(store, order).filter(({ requiresShipping }) => requiresShipping);
	if (shippable.every((line) => unfulfilledQuantity(line) === 0)) return shippable.some(({ fulfilled }) => fulfilled > 0) ? 'FULFILLED' : 'UNFULFILLED';
	return shippable.some(({ fulfilled }) => fulfilled > 0) ? 'PARTIALLY_FULFILLED' : 'UNFULFILLED';
}

/** A suggestion is a question: what makes a mutation refuse makes the question an error. */
export function asQuestion<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof Refusal) throw new GraphQLError(error.errors.map(({ message }) => message).join(' '), { extensions: { code: 'BAD_REQUEST' } });
		throw error;
	}
}

function suggestedRefund(store: ShopStore, order: Order, args: Args): unknown {
	const inputs = (args.refundLineItems as readonly RefundLineInput[] | null | undefined) ?? [];
	const value = asQuestion(() => {
		if (args.suggestFullRefund === true) return valueOf(store, order, everythingLeft(store, order));
		const lines = inputs.map((input): LinePart => {
			const id = idOf(input.lineItemId, 'LineItem');
			const line = linesOf(store, order).find((candidate) => candidate.id === id);
			if (!line) throw new GraphQLError('Line item does not belong to the order', { extensions: { code: 'BAD_REQUEST' } });
			const wanted = inputs.filter(({ lineItemId }) => lineItemId === input.lineItemId).reduce((sum, { quantity }) => sum + quantity, 0);
			if (input.quantity <= 0 || wanted > currentQuantity(line)) throw new GraphQLError('Quantity cannot refund more items than were purchased', { extensions: { code: 'BAD_REQUEST' } });
			return { line, quantity: input.quantity, restockType: input.restockType === 'RETURN' || input.restockType === 'CANCEL' ? input.restockType : 'NO_RESTOCK', locationId: input.locationId ? idOf(input.locationId, 'Location') : null };
		});
		const amount = args.shippingAmount as string | null | undefined;
		const shipping = checkShipping(store, order, { amount: amount === undefined || amount === null ? null : String(amount), fullRefund: args.refundShipping === true }, ['shippingAmount']);
		return valueOf(store, order, { lines, shipping, duties: checkDuties(store, order, (args.refundDuties as never) ?? [], lines, ['refundDuties']) });
	});
	return suggestion(store, order, value, value.total, args.refundMethodAllocation === 'STORE_CREDIT');
}

/** The shape that suggestions of orders and returns share. */
export function suggestion(store: ShopStore, order: Order, value: RefundValue, wanted: Bag, asStoreCredit: boolean): Record<string, unknown> {
	const most = atLeastNothing(refundableMoney(store, order));
	const amount = wanted.presentment > most.presentment ? most : atLeastNothing(wanted);
	const tenders = spread(store, order, asStoreCredit ? 0 : amount.presentment);
	return {
		__typename: 'SuggestedRefund',
		amountSet: bagOf(order, amount),
		maximumRefundableSet: bagOf(order, most),
		subtotalSet: bagOf(order, value.subtotal),
		discountedSubtotalSet: bagOf(order, value.discountedSubtotal),
		totalCartDiscountAmountSet: bagOf(order, value.cartDiscount),
		totalTaxSet: bagOf(order, value.tax),
		totalDutiesSet: bagOf(order, value.dutiesTotal),
		refundLineItems: value.lines.map((line) => ({
			__typename: 'RefundLineItem',
			id: null,
			orderOf: order,
			lineItemId: line.line.id,
			quantity: line.quantity,
			restockType: line.restockType,
			locationId: line.locationId,
			restocked: false,
			price: line.line.unitPrice,
			subtotal: line.subtotal,
			totalTax: line.tax,
		})),
		refundDuties: value.duties.map(({ duty, amount: part }) => ({ amountSet: bagOf(order, part), originalDuty: { ...duty, order } })),
		shipping: {
			amountSet: bagOf(order, value.shippingAmount),
			taxSet: bagOf(order, value.shippingTax),
			maximumRefundableSet: bagOf(order, refundableShipping(store, order)),
		},
		suggestedTransactions: tenders.map(({ parent, amount: part, maximum }) => ({
			__typename: 'SuggestedOrderTransaction',
			amountSet: bagOf(order, part),
			maximumRefundableSet: bagOf(order, maximum),
			gateway: parent.gateway,
			formattedGateway: formattedGateway(parent.gateway),
			accountNumber: null,
			kind: 'SUGGESTED_REFUND',
			parentTransaction: parent,
			paymentDetails: null,
		})),
		suggestedRefundMethods: asStoreCredit ? [{ __typename: 'SuggestedStoreCreditRefund', amount: bagOf(order, amount), maximumRefundable: bagOf(order, most), expiresAt: null }] : [],
	};
}

function atLeastNothing(bag: Bag): Bag {
	return bag.presentment > 0 ? bag : { ...NOTHING };
}

function formattedGateway(gateway: string): string {
	return gateway.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

function pricingValue(application: DiscountApplication, order: Order): unknown {
	if (application.kind === 'percentage') return { __typename: 'PricingPercentageValue', percentage: Number(application.value) };
	return moneyOf(parseAmount(application.value, order.presentmentCurrency) ?? 0, order.presentmentCurrency);
}

function applicationView(order: Order, application: DiscountApplication): Record<string, unknown> {
	return {
		__typename: application.type === 'code' ? 'DiscountCodeApplication' : application.type === 'automatic' ? 'AutomaticDiscountApplication' : 'ManualDiscountApplication',
		index: application.index,
		allocationMethod: application.target === 'line' && application.kind === 'fixed' ? 'EACH' : 'ACROSS',
		targetSelection: application.target === 'line' ? 'EXPLICIT' : 'ALL',
		targetType: application.target === 'shipping' ? 'SHIPPING_LINE' : 'LINE_ITEM',
		title: application.title,
		code: application.title,
		description: null,
		value: pricingValue(application, order),
	};
}

function allocations(order: Order, discounts: ReadonlyArray<{ application: number; amount: Bag }>): unknown[] {
	return discounts.flatMap(({ application, amount }) => {
		const found = order.discountApplications[application];
		return found ? [{ allocatedAmountSet: bagOf(order, amount), discountApplication: applicationView(order, found) }] : [];
	});
}

function currentDuties(store: ShopStore, order: Order): Bag {
	return add(...linesOf(store, order).flatMap(({ duties }) => duties.map((duty) => subtract(duty.price, duty.refunded))));
}

export const orderResolvers: Resolvers = {
	Order: fieldsOf<Order>({
		...metafieldFields,
		legacyResourceId: ({ id }) => String(id),
		currencyCode: ({ currency }) => currency,
		presentmentCurrencyCode: ({ presentmentCurrency }) => presentmentCurrency,
		confirmed: () => true,
		test: () => false,
		closed: ({ closedAt }) => closedAt !== null,
		cancelReason: () => null,
		dutiesIncluded: () => false,
		estimatedTaxes: () => false,
		taxExempt: () => false,
		sourceName: () => 'web',
		fullyPaid: (order, _args, { store }) => received(store, order).presentment >= order.total.presentment,
		unpaid: (order, _args, { store }) => received(store, order).presentment === 0,
		customer: ({ customerId }, _args, { store }) => (customerId === null ? null : store.customers.get(customerId)),
		lineItems: (order, _args, { store }) => linesOf(store, order),
		nonFulfillableLineItems: (order, _args, { store }) => linesOf(store, order).filter(({ requiresShipping }) => !requiresShipping),
		shippingLines: (order, _args, { store }) => shippingLinesOf(store, order),
		shippingLine: (order, _args, { store }) => shippingLinesOf(store, order)[0] ?? null,
		fulfillments: (order, _args, { store }) => order.fulfillmentIds.map((id) => store.fulfillments.get(id)),
		fulfillmentsCount: (order) => ({ count: order.fulfillmentIds.length, precision: 'EXACT' }),
		transactions: (order, _args, { store }) => transactionsOf(store, order),
		transactionsCount: (order) => ({ count: order.transactionIds.length, precision: 'EXACT' }),
		refunds: (order, _args, { store }) => refundsOf(store, order),
		returns: (order, { query }, { store }) => searchReturns(returnsOf(store, order), query as string | null | undefined),
		returnStatus: (order, _args, { store }) => orderReturnStatus(store, order),
		events: (order, { query }, { store }) => (store.eventsBySubject.get(gidOf(order)) ?? []).map((id) => mustHave(store.events, id, 'event')).filter((event) => matchesEvent(event, query as string | null | undefined)),
		discountApplications: (order) => order.discountApplications.map((application) => applicationView(order, application)),
		discountCodes: (order) => order.discountApplications.filter(({ type }) => type === 'code').map(({ title }) => title),
		discountCode: (order) => order.discountApplications.find(({ type }) => type === 'code')?.title ?? null,
		paymentGatewayNames: (order, _args, { store }) => [...new Set(transactionsOf(store, order).filter(({ kind }) => kind !== 'REFUND').map(({ gateway }) => gateway))],
		displayFinancialStatus: (order, _args, { store }) => financialStatus(store, order),
		displayFulfillmentStatus: (order, _args, { store }) => fulfillmentStatus(store, order),
		refundable: (order, _args, { store }) => refundableParents(store, order).some((parent) => remainingOn(store, parent).presentment > 0) && refundableMoney(store, order).presentment > 0,
		restockable: (order, _args, { store }) => linesOf(store, order).some((line) => line.variantId !== null && currentQuantity(line) > 0),
		merchantEditable: ({ cancelledAt }) => cancelledAt === null,
		additionalFees: () => [],
		suggestedRefund: (order, args, { store }) => suggestedRefund(store, order, args),
		subtotalLineItemsQuantity: (order, _args, { store }) => linesOf(store, order).filter(({ isTip }) => !isTip).reduce((sum, { quantity }) => sum + quantity, 0),
		currentSubtotalLineItemsQuantity: (order, _args, { store }) => linesOf(store, order).filter(({ isTip }) => !isTip).reduce((sum, line) => sum + currentQuantity(line), 0),
		taxLines: (order, _args, { store }) => taxLineViews(order, [...linesOf(store, order), ...shippingLinesOf(store, order)].flatMap(({ taxLines }) => taxLines)),
		totalPriceSet: bagField(({ total }) => total),
		originalTotalPriceSet: bagField(({ originalTotal: total }) => total),
		currentTotalPriceSet: bagField((order, store) => currentTotal(store, order)),
		subtotalPriceSet: bagField((order, store) => add(...linesOf(store, order).filter(({ isTip }) => !isTip).map((line) => lineValue(store, line).subtotal))),
		currentSubtotalPriceSet: bagField((order, store) => currentValue(store, order).subtotal),
		totalTaxSet: bagField((order, store) => add(...[...linesOf(store, order), ...shippingLinesOf(store, order)].map(lineTax))),
		currentTotalTaxSet: bagField((order, store) => add(currentValue(store, order).tax, ...shippingLinesOf(store, order).map((line) => subtract(lineTax(line), line.refundedTax)))),
		totalDiscountsSet: bagField((order, store) => add(...linesOf(store, order).map((line) => discountOf(store, line, 'line', 'order')), ...shippingLinesOf(store, order).map((line) => discountOf(store, line, 'shipping')))),
		cartDiscountAmountSet: bagField((order, store) => add(...linesOf(store, order).map((line) => discountOf(store, line, 'order')))),
		currentCartDiscountAmountSet: bagField((order, store) => currentValue(store, order).cartDiscount),
		currentTotalDiscountsSet: bagField((order, store) => {
			const value = currentValue(store, order);
			return subtract(value.original, value.subtotal);
		}),
		totalShippingPriceSet: bagField((order, store) => add(...shippingLinesOf(store, order).map((line) => shippingPrice(store, line)))),
		currentShippingPriceSet: bagField((order, store) => refundableShipping(store, order)),
		originalTotalDutiesSet: bagField((order, store) => dutiesTotal(linesOf(store, order))),
		currentTotalDutiesSet: bagField((order, store) => currentDuties(store, order)),
		originalTotalAdditionalFeesSet: () => null,
		currentTotalAdditionalFeesSet: () => null,
		totalTipReceivedSet: bagField((order, store) => add(...linesOf(store, order).filter(({ isTip }) => isTip).map(originalTotal))),
		totalReceivedSet: bagField((order, store) => received(store, order)),
		totalRefundedSet: bagField((order, store) => refundedTotal(store, order)),
		totalRefundedShippingSet: bagField((order, store) => add(...refundsOf(store, order).flatMap(({ shippingLines }) => shippingLines.map(({ subtotal, tax }) => (order.taxesIncluded ? subtotal : add(subtotal, tax)))))),
		netPaymentSet: bagField((order, store) => netPayment(store, order)),
		totalOutstandingSet: bagField((order, store) => outstanding(store, order)),
		totalCapturableSet: bagField((order, store) => capturable(store, order)),
		capturable: (order, _args, { store }) => capturable(store, order).presentment > 0,
		refundDiscrepancySet: bagField((order, store) => add(...refundsOf(store, order).flatMap(({ adjustments }) => adjustments.map(({ amount }) => amount)))),
		totalCashRoundingAdjustment: (order, _args, { store }) => ({ paymentSet: bagOf(order, totalRounding(store, order, ['SALE', 'CAPTURE'])), refundSet: bagOf(order, totalRounding(store, order, ['REFUND'])) }),
		disputes: (order, _args, { store }) => disputesOf(store, order).map(({ id, initiatedAs, status }) => ({ __typename: 'OrderDisputeSummary', id, initiatedAs, status })),
		shippingAddress: () => null,
		billingAddress: () => null,
		staffMember: () => null,
	}),
	LineItem: fieldsOf<LineItem>({
		name: ({ title }) => title,
		currentQuantity: (line) => currentQuantity(line),
		refundableQuantity: (line) => currentQuantity(line),
		unfulfilledQuantity: (line) => unfulfilledQuantity(line),
		nonFulfillableQuantity: (line) => (line.requiresShipping ? line.unfulfilledGone : line.quantity),
		restockable: (line) => line.variantId !== null && currentQuantity(line) > 0,
		merchantEditable: (line) => unfulfilledQuantity(line) > 0,
		taxable: ({ taxLines }) => taxLines.length > 0,
		customAttributes: () => [],
		vendor: () => null,
		image: () => null,
		variantTitle: () => null,
		sellingPlan: () => null,
		staffMember: () => null,
		variant: ({ variantId }, _args, { store }) => (variantId === null ? null : store.variants.get(variantId)),
		product: ({ productId }, _args, { store }) => (productId === null ? null : store.products.get(productId)),
		lineItemGroup: ({ groupId }, _args, { store }) => (groupId === null ? null : store.lineItemGroups.get(groupId)),
		duties: (line, _args, { store }) => line.duties.map((duty) => ({ ...duty, order: orderOfLine(store, line) })),
		taxLines: (line, _args, { store }) => taxLineViews(orderOfLine(store, line), line.taxLines),
		discountAllocations: (line, _args, { store }) => allocations(orderOfLine(store, line), line.discounts),
		originalUnitPriceSet: lineBag((_store, { unitPrice }) => unitPrice),
		originalTotalSet: lineBag((_store, line) => originalTotal(line)),
		discountedTotalSet: (line, { withCodeDiscounts }, { store }) => bagOf(orderOfLine(store, line), subtract(originalTotal(line), lineDiscounts(store, line, withCodeDiscounts === true))),
		discountedUnitPriceSet: lineBag((store, line) => perUnit(subtract(originalTotal(line), lineDiscounts(store, line, false)), line.quantity)),
		discountedUnitPriceAfterAllDiscountsSet: lineBag((store, line) => perUnit(lineValue(store, line).subtotal, line.quantity)),
		totalDiscountSet: lineBag((store, line) => discountOf(store, line, 'line')),
		priceAfterAllDiscountsBeforeTaxesSet: lineBag((store, line) => {
			const value = unitsValue(store, line, line.refunded + line.removed, line.quantity);
			return orderOfLine(store, line).taxesIncluded ? subtract(value.subtotal, value.tax) : value.subtotal;
		}),
		unfulfilledOriginalTotalSet: lineBag((_store, line) => ({ shop: line.unitPrice.shop * unfulfilledQuantity(line), presentment: line.unitPrice.presentment * unfulfilledQuantity(line) })),
		unfulfilledDiscountedTotalSet: lineBag((store, line) => unitsValue(store, line, line.quantity - unfulfilledQuantity(line), line.quantity).discountedTotal),
	}),
	LineItemGroup: fieldsOf({ customAttributes: () => [] }),
	Duty: fieldsOf<Duty & { order: Order }>({
		price: ({ price, order }) => bagOf(order, price),
		taxLines: ({ taxLines, order }) => taxLineViews(order, taxLines),
		countryCodeOfOrigin: () => null,
	}),
	TaxLine: fieldsOf<TaxLineView>({
		priceSet: ({ order, price }) => bagOf(order, price),
		ratePercentage: ({ rate }) => Math.round(rate * 100 * 1e6) / 1e6,
		channelLiable: () => false,
		source: () => 'Shopify',
	}),
	ShippingLine: fieldsOf<ShippingLine>({
		code: ({ title }) => title,
		custom: () => false,
		isRemoved: () => false,
		carrierIdentifier: () => null,
		source: () => 'shopify',
		taxLines: (line, _args, { store }) => taxLineViews(orderOfShipping(store, line), line.taxLines),
		discountAllocations: (line, _args, { store }) => allocations(orderOfShipping(store, line), line.discounts),
		originalPriceSet: (line, _args, { store }) => bagOf(orderOfShipping(store, line), line.price),
		discountedPriceSet: (line, _args, { store }) => bagOf(orderOfShipping(store, line), shippingPrice(store, line)),
		currentDiscountedPriceSet: (line, _args, { store }) => bagOf(orderOfShipping(store, line), subtract(shippingPrice(store, line), line.refunded)),
	}),
	Fulfillment: fieldsOf<Fulfillment>({
		legacyResourceId: ({ id }) => String(id),
		status: () => 'SUCCESS',
		displayStatus: () => 'FULFILLED',
		deliveredAt: () => null,
		inTransitAt: () => null,
		estimatedDeliveryAt: () => null,
		requiresShipping: () => true,
		order: ({ orderId }, _args, { store }) => store.orders.get(orderId),
		location: ({ locationId }, _args, { store }) => store.locations.get(locationId),
		trackingInfo: ({ tracking }) => (tracking ? [tracking] : []),
		totalQuantity: ({ lineItemIds }, _args, { store }) => lineItemIds.reduce((sum, id) => sum + mustHave(store.fulfillmentLineItems, id, 'fulfillment line item').quantity, 0),
		fulfillmentLineItems: ({ lineItemIds }, _args, { store }) => lineItemIds.map((id) => store.fulfillmentLineItems.get(id)),
	}),
	FulfillmentLineItem: fieldsOf<FulfillmentLineItem>({
		lineItem: ({ lineItemId }, _args, { store }) => store.lineItems.get(lineItemId),
		originalTotalSet: ({ lineItemId, quantity }, _args, { store }) => {
			const line = mustHave(store.lineItems, lineItemId, 'line item');
			return bagOf(orderOfLine(store, line), { shop: line.unitPrice.shop * quantity, presentment: line.unitPrice.presentment * quantity });
		},
		discountedTotalSet: ({ lineItemId, quantity }, _args, { store }) => {
			const line = mustHave(store.lineItems, lineItemId, 'line item');
			return bagOf(orderOfLine(store, line), unitsValue(store, line, 0, quantity).discountedTotal);
		},
	}),
	OrderTransaction: fieldsOf<OrderTransaction>({
		order: ({ orderId }, _args, { store }) => store.orders.get(orderId),
		parentTransaction: ({ parentId }, _args, { store }) => (parentId === null ? null : store.transactions.get(parentId)),
		manualPaymentGateway: ({ manual }) => manual,
		manuallyCapturable: () => false,
		multiCapturable: () => false,
		formattedGateway: ({ gateway }) => formattedGateway(gateway),
		accountNumber: () => null,
		amountSet: ({ orderId, amount }, _args, { store }) => bagOf(mustHave(store.orders, orderId, 'order'), amount),
		amountRoundingSet: ({ orderId, roundTo, rounding }, _args, { store }) => (roundTo === null ? null : bagOf(mustHave(store.orders, orderId, 'order'), rounding)),
		fees: (transaction, _args, { store }) => feesOf(store, transaction),
		paymentDetails: () => null,
		paymentId: ({ id }) => `pay-${id}`,
		receiptJson: () => '{}',
		settlementCurrency: ({ orderId }, _args, { store }) => mustHave(store.orders, orderId, 'order').currency,
		settlementCurrencyRate: (transaction, _args, { store }) => {
			const order = mustHave(store.orders, transaction.orderId, 'order');
			return throughShopifyPayments(store, transaction) && order.currency !== order.presentmentCurrency ? order.exchangeRate : null;
		},
		test: () => false,
		user: () => null,
		location: () => null,
		authorizationExpiresAt: () => null,
		totalUnsettledSet: ({ orderId }, _args, { store }) => bagOf(mustHave(store.orders, orderId, 'order'), { ...NOTHING }),
		maximumRefundableV2: () => null,
	}),
};

/** What Shopify Payments kept of a charge. */
function feesOf(store: ShopStore, transaction: OrderTransaction): unknown[] {
	const booked = balanceOfTransaction(store, transaction);
	if (!booked || booked.fee === 0) return [];
	const { chargeFeeFixed, chargeFeePercent } = store.settings;
	return [
		{
			__typename: 'TransactionFee',
			id: transaction.id,
			type: 'processing_fee',
			amount: moneyOf(booked.fee, booked.currency),
			flatFee: moneyOf(chargeFeeFixed, booked.currency),
			flatFeeName: null,
			rate: chargeFeePercent,
			rateName: null,
			taxAmount: moneyOf(0, booked.currency),
		},
	];
}

function capturable(store: ShopStore, order: Order): Bag {
	const transactions = transactionsOf(store, order);
	return add(
		...transactions
			.filter(({ kind, status }) => kind === 'AUTHORIZATION' && status === 'SUCCESS')
			.map((authorization) => subtract(authorization.amount, ...transactions.filter(({ kind, status, parentId }) => (kind === 'CAPTURE' || kind === 'VOID') && status === 'SUCCESS' && parentId === authorization.id).map(({ amount }) => amount))),
	);
}

function orderOfShipping(store: ShopStore, line: ShippingLine): Order {
	return mustHave(store.orders, line.orderId, 'order');
}
