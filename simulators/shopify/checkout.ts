/**
 * Builds an order the way a checkout would have: prices, discounts spread over lines, taxes, shipping, duties, payments, parcels.
 * Amounts in the request are in the currency the customer pays (presentment); the shop's side is converted piece by piece.
 */

import { HttpError } from '../shared/http';
import { Input } from '../shared/input';
import { addVariant, ensureCustomer, firstLocation, itemOfVariant, variantBySku } from './catalog';
import { gid, parseGid } from './gid';
import { change, countedItem, ensureLevel } from './inventory';
import { add, allocate, convert, fraction, parseAmount, partOf, percentOf, ratio, subtract, times, type Bag } from './money';
import type { DiscountApplication, Duty, Fulfillment, LineItem, Order, OrderTransaction, ShippingLine, TaxLine, Variant } from './model';
import { currentQuantity, discountOf, grossTotal, lineValue, linesOf, shippingPrice, unitsValue } from './orders';
import { addTransaction, GIFT_CARD_GATEWAY, transactionsOf } from './payments';
import { bookTransaction } from './shopify-payments';
import { mustHave, type ShopStore } from './store';

interface Tax {
	title: string;
	rate: number;
}

/** One order being built or changed: the currencies and the exchange rate. */
export class Pricing {
	private readonly rate: { numerator: bigint; denominator: bigint };

	constructor(
		readonly currency: string,
		readonly presentment: string,
		readonly exchangeRate: string,
	) {
		this.rate = fraction(exchangeRate);
	}

	amount(text: string, at: string): Bag {
		const presentment = parseAmount(text, this.presentment);
		if (presentment === undefined || presentment < 0) throw new HttpError(400, { message: `${at} must be an amount of ${this.presentment}` });
		return this.bag(presentment);
	}

	bag(presentment: number): Bag {
		return { presentment, shop: convert(presentment, this.presentment, this.currency, this.rate) };
	}
}

/** @throws HttpError 400 when the request describes no possible order */
export function buildOrder(store: ShopStore, input: Input): Order {
	const currency = input.optionalString('currency') ?? store.settings.currency;
	const presentment = input.optionalString('presentmentCurrency') ?? currency;
	const rate = input.raw('exchangeRate');
	const pricing = new Pricing(currency, presentment, rate === undefined || rate === null ? '1' : String(rate));
	const createdAt = moment(input.optionalString('createdAt') ?? store.now());
	const number = numberOf(input.optionalString('name')) ?? store.orderNumber();
	const customer = customerOf(store, input);
	const order: Order = {
		__typename: 'Order',
		id: store.id('Order', idFrom(input, 'id')),
		number,
		name: input.optionalString('name') ?? `#${number}`,
		currency,
		presentmentCurrency: presentment,
		exchangeRate: pricing.exchangeRate,
		taxesIncluded: input.optionalBoolean('taxesIncluded') ?? false,
		customerId: customer?.id ?? null,
		email: input.optionalString('email') ?? customer?.email ?? null,
		note: input.optionalString('note') ?? null,
		tags: input.values('tags').map(String),
		customAttributes: [],
		phone: null,
		poNumber: null,
		lineItemIds: [],
		shippingLineIds: [],
		fulfillmentIds: [],
		transactionIds: [],
		refundIds: [],
		returnIds: [],
		discountApplications: [],
		total: { shop: 0, presentment: 0 },
		originalTotal: { shop: 0, presentment: 0 },
		refundsSettle: input.optionalOneOf('refundsSettle', ['immediately', 'pending'] as const) ?? 'immediately',
		refundsSettleAfterMs: input.optionalCount('refundsSettleAfterMs') ?? null,
		edited: false,
		cancelledAt: null,
		closedAt: null,
		createdAt,
		processedAt: createdAt,
		updatedAt: createdAt,
	};
	if (store.orders.has(order.id)) throw new HttpError(409, { message: `There is an order ${order.id} already` });
	const wantedLines = input.list('lines');
	if (wantedLines.length === 0) throw new HttpError(400, { message: 'body.lines must name at least one line' });
	store.addOrder(order);
	try {
		fill(store, order, pricing, input, wantedLines);
	} catch (error) {
		// A request that turns out to be impossible leaves nothing behind.
		for (const id of order.lineItemIds) store.lineItems.delete(id);
		store.removeOrder(order);
		throw error;
	}
	store.addEvent('ORDER', gid('Order', order.id), 'placed', `Order ${order.name} was placed.`, null);
	store.notify('ORDERS_CREATE', order.id);
	return order;
}

function fill(store: ShopStore, order: Order, pricing: Pricing, input: Input, wantedLines: readonly Input[]): void {
	const locationId = idFrom(input, 'fulfilledFrom') ?? firstLocation(store).id;
	if (!store.locations.has(locationId)) throw new HttpError(400, { message: 'body.fulfilledFrom is not a location' });
	/** Which of the order's lines each line of the request became; a bundle becomes several. */
	const made = wantedLines.map((line) => addLine(store, order, pricing, line, locationId));
	const lines = made.flat();
	addTip(store, order, pricing, input.optionalString('tip'), locationId);
	addDiscounts(store, order, pricing, input.list('discounts'), made);
	for (const { line, taxes } of lines) line.taxLines = taxLines(order, taxes, lineValue(store, line).subtotal);
	addShipping(store, order, pricing, input.optionalObject('shipping'));
	for (const duty of input.list('duties')) addDuty(store, pricing, duty, made);
	order.total = grossTotal(store, order);
	order.originalTotal = order.total;
	addPayments(store, order, pricing, input);
	for (const { line, fulfilled } of lines) takeStock(store, line, fulfilled);
	addFulfillments(store, order, input, lines, locationId);
}

interface MadeLine {
	line: LineItem;
	taxes: Tax[];
	fulfilled: number;
}

function customerOf(store: ShopStore, input: Input) {
	if (input.raw('customer') === null) return undefined;
	const wanted = input.optionalObject('customer');
	return ensureCustomer(store, {
		id: wanted ? idFrom(wanted, 'id') : undefined,
		email: wanted?.optionalString('email'),
		firstName: wanted?.optionalString('firstName'),
		lastName: wanted?.optionalString('lastName'),
	});
}

function numberOf(name: string | undefined): number | undefined {
	const digits = /(\d+)\D*$/.exec(name ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** The service writes moments to the second. */
function moment(text: string): string {
	const time = new Date(text);
	if (Number.isNaN(time.getTime())) throw new HttpError(400, { message: 'body.createdAt must be a date and time' });
	return time.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Ids in control requests may be numbers, digits or gids. */
export function idFrom(input: Input, name: string): number | undefined {
	const value = input.raw(name);
	if (value === undefined || value === null) return undefined;
	const id = typeof value === 'string' ? (parseGid(value)?.id ?? Number(value)) : value;
	if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) throw new HttpError(400, { message: `${name} must be an id` });
	return id;
}

export function taxesOf(input: Input): Tax[] {
	return input.list('taxes').map((tax) => ({ title: tax.optionalString('title') ?? 'Tax', rate: tax.number('rate') }));
}

function addLine(store: ShopStore, order: Order, pricing: Pricing, input: Input, locationId: number): MadeLine[] {
	const quantity = input.optionalCount('quantity', 1) ?? 1;
	const unitPrice = pricing.amount(input.string('unitPrice'), 'unitPrice');
	const fulfilled = input.optionalCount('fulfilled') ?? (input.optionalBoolean('isGiftCard') ? 0 : quantity);
	if (fulfilled > quantity) throw new HttpError(400, { message: 'A line cannot have more units fulfilled than ordered' });
	const taxes = taxesOf(input);
	const bundle = input.optionalObject('bundle');
	if (bundle) return addBundle(store, order, pricing, input, bundle, { quantity, unitPrice, fulfilled, taxes, locationId });
	const variant = input.optionalBoolean('custom') ? undefined : variantFor(store, input, unitPrice.shop);
	const line = newLine(store, order, {
		id: idFrom(input, 'id'),
		sku: variant?.sku ?? input.optionalString('sku') ?? null,
		title: input.optionalString('title') ?? input.optionalString('sku') ?? 'Item',
		quantity,
		unitPrice,
		variant,
		isGiftCard: input.optionalBoolean('isGiftCard') ?? false,
		locationId,
	});
	line.fulfilled = fulfilled;
	return [{ line, taxes, fulfilled }];
}

function variantFor(store: ShopStore, input: Input, price: number): Variant {
	const id = idFrom(input, 'variantId');
	const sku = input.optionalString('sku') ?? null;
	const known = id === undefined ? (sku === null ? undefined : variantBySku(store, sku)) : store.variants.get(id);
	return (
		known ??
		addVariant(store, {
			id,
			productId: idFrom(input, 'productId'),
			title: input.optionalString('title') ?? sku ?? 'Item',
			sku,
			price,
			tracked: input.optionalBoolean('tracked') ?? true,
			available: 10,
		})
	);
}

function newLine(
	store: ShopStore,
	order: Order,
	wanted: Pick<LineItem, 'sku' | 'title' | 'quantity' | 'unitPrice' | 'isGiftCard' | 'locationId'> & { id?: number; variant?: Variant; isTip?: boolean; groupId?: number },
): LineItem {
	const { id, variant, isTip = false, groupId = null, ...rest } = wanted;
	const line: LineItem = {
		__typename: 'LineItem',
		id: store.id('LineItem', id),
		orderId: order.id,
		...rest,
		variantId: variant?.id ?? null,
		productId: variant?.productId ?? null,
		isTip,
		requiresShipping: !isTip && !rest.isGiftCard,
		discounts: [],
		taxLines: [],
		duties: [],
		groupId,
		fulfilled: 0,
		refunded: 0,
		removed: 0,
		unfulfilledGone: 0,
		exchangeLineItemId: null,
	};
	if (store.lineItems.has(line.id)) throw new HttpError(409, { message: `There is a line item ${line.id} already` });
	store.lineItems.set(line.id, line);
	order.lineItemIds.push(line.id);
	return line;
}

/** A bundle becomes one line per component, tied together by a group; the parent is no line of its own. */
function addBundle(
	store: ShopStore,
	order: Order,
	pricing: Pricing,
	input: Input,
	bundle: Input,
	whole: { quantity: number; unitPrice: Bag; fulfilled: number; taxes: Tax[]; locationId: number },
): MadeLine[] {
	const components = bundle.list('components').map((component) => ({
		input: component,
		perBundle: component.optionalCount('quantity', 1) ?? 1,
		price: component.optionalString('unitPrice'),
	}));
	if (components.length === 0) throw new HttpError(400, { message: 'A bundle needs components' });
	const prices = componentPrices(pricing, components, whole.unitPrice.presentment);
	const variants = components.map(({ input: component }, index) => variantFor(store, component, pricing.bag(prices[index] ?? 0).shop));
	const sku = input.optionalString('sku') ?? null;
	const title = input.optionalString('title') ?? sku ?? 'Bundle';
	const parent =
		(sku === null ? undefined : variantBySku(store, sku)) ??
		addVariant(store, {
			id: idFrom(input, 'variantId'),
			productId: idFrom(input, 'productId'),
			title,
			sku,
			price: whole.unitPrice.shop,
			tracked: true,
			available: 0,
			components: variants.map((variant, index) => ({ variantId: variant.id, quantity: components[index]?.perBundle ?? 1 })),
		});
	const groupId = store.id('LineItemGroup');
	store.lineItemGroups.set(groupId, { __typename: 'LineItemGroup', id: groupId, title, quantity: whole.quantity, productId: parent.productId, variantId: parent.id, variantSku: sku });
	return components.map(({ input: component, perBundle }, index) => {
		const variant = variants[index];
		const line = newLine(store, order, {
			id: idFrom(component, 'id'),
			sku: variant?.sku ?? null,
			title: component.optionalString('title') ?? variant?.sku ?? 'Component',
			quantity: whole.quantity * perBundle,
			unitPrice: pricing.bag(prices[index] ?? 0),
			variant,
			isGiftCard: false,
			locationId: whole.locationId,
			groupId,
		});
		line.fulfilled = whole.fulfilled * perBundle;
		return { line, taxes: whole.taxes, fulfilled: line.fulfilled };
	});
}

/** Given prices must add up to the bundle's; otherwise the bundle's price is split evenly over its pieces. */
function componentPrices(pricing: Pricing, components: ReadonlyArray<{ perBundle: number; price: string | undefined }>, bundlePrice: number): number[] {
	const given = components.map(({ price }) => (price === undefined ? undefined : pricing.amount(price, 'unitPrice').presentment));
	if (given.every((price) => price !== undefined)) {
		const sum = given.reduce<number>((all, price, index) => all + (price ?? 0) * (components[index]?.perBundle ?? 1), 0);
		if (sum !== bundlePrice) throw new HttpError(400, { message: 'The prices of the components must add up to the price of the bundle' });
		return given.map((price) => price ?? 0);
	}
	const pieces = components.reduce((sum, { perBundle }) => sum + perBundle, 0);
	const each = Math.floor(bundlePrice / pieces);
	const rest = bundlePrice - each * pieces;
	const taker = components.findIndex(({ perBundle }) => perBundle === 1);
	if (rest > 0 && taker < 0) throw new HttpError(400, { message: 'The price of the bundle cannot be split over its components; give each a unitPrice' });
	return components.map((_, index) => each + (index === taker ? rest : 0));
}

function addTip(store: ShopStore, order: Order, pricing: Pricing, tip: string | undefined, locationId: number): void {
	if (tip === undefined) return;
	newLine(store, order, { sku: null, title: 'Tip', quantity: 1, unitPrice: pricing.amount(tip, 'tip'), isGiftCard: false, locationId, isTip: true });
}

/** Line discounts first, then order discounts on what is left, spread by value with the largest remainders first. */
function addDiscounts(store: ShopStore, order: Order, pricing: Pricing, inputs: readonly Input[], made: ReadonlyArray<readonly MadeLine[]>): void {
	const parsed = inputs.map((input, index) => {
		const target = input.oneOf('target', ['line', 'order', 'shipping'] as const);
		const application: DiscountApplication = {
			index,
			target,
			kind: input.oneOf('kind', ['percentage', 'fixed'] as const),
			value: input.string('value'),
			type: input.optionalOneOf('type', ['code', 'automatic', 'manual'] as const) ?? 'manual',
			title: input.optionalString('title') ?? `Discount ${index + 1}`,
		};
		return { application, line: input.optionalCount('line') };
	});
	order.discountApplications = parsed.map(({ application }) => application);
	for (const { application, line } of parsed.filter(({ application: { target } }) => target === 'line')) {
		const targets = line === undefined ? made.flat() : (made[line] ?? []);
		if (targets.length === 0) throw new HttpError(400, { message: 'A discount names a line that is not in the order' });
		spreadDiscount(store, pricing, application, targets.map((target) => target.line));
	}
	for (const { application } of parsed.filter(({ application: { target } }) => target === 'order')) {
		spreadDiscount(store, pricing, application, linesOf(store, order).filter(({ isGiftCard, isTip }) => !isGiftCard && !isTip));
	}
}

/** The shop's side of a part is the same part of what is left there, so that a line made free is free in both currencies. */
function spreadDiscount(store: ShopStore, pricing: Pricing, application: DiscountApplication, lines: readonly LineItem[]): void {
	const left = lines.map((line) => subtract(times(line.unitPrice, line.quantity), discountOf(store, line, 'line', 'order')));
	const values = left.map(({ presentment }) => presentment);
	const whole = values.reduce((sum, value) => sum + value, 0);
	const wanted = application.kind === 'fixed' ? pricing.amount(application.value, 'discount').presentment : percentOf(whole, application.value);
	allocate(Math.min(wanted, whole), values).forEach((part, index) => {
		const line = lines[index];
		const value = left[index];
		if (line && value && part > 0) line.discounts.push({ application: application.index, amount: partOf(value, part) });
	});
}

/** Each tax is computed on the whole line; included taxes are taken out of the price together. */
export function taxLines(order: Order, taxes: readonly Tax[], subtotal: Bag): TaxLine[] {
	const rates = taxes.map(({ rate }) => fraction(rate));
	const common = rates.reduce((product, { denominator }) => product * denominator, 1n);
	const sum = rates.reduce((total, { numerator, denominator }) => total + numerator * (common / denominator), 0n);
	return taxes.map(({ title, rate }, index) => {
		const { numerator, denominator } = rates[index] ?? { numerator: 0n, denominator: 1n };
		const of = (amount: number) => (order.taxesIncluded ? ratio(amount, numerator * (common / denominator), common + sum) : ratio(amount, numerator, denominator));
		return { title, rate, price: { shop: of(subtotal.shop), presentment: of(subtotal.presentment) } };
	});
}

function addShipping(store: ShopStore, order: Order, pricing: Pricing, input: Input | undefined): void {
	if (!input) return;
	const line: ShippingLine = {
		__typename: 'ShippingLine',
		id: store.id('ShippingLine'),
		orderId: order.id,
		title: input.optionalString('title') ?? 'Standard',
		price: pricing.amount(input.string('price'), 'shipping.price'),
		discounts: [],
		taxLines: [],
		refunded: { shop: 0, presentment: 0 },
		refundedTax: { shop: 0, presentment: 0 },
	};
	for (const application of order.discountApplications.filter(({ target }) => target === 'shipping')) {
		const left = shippingPrice(store, line).presentment;
		const wanted = application.kind === 'fixed' ? pricing.amount(application.value, 'discount').presentment : percentOf(left, application.value);
		line.discounts.push({ application: application.index, amount: pricing.bag(Math.min(left, wanted)) });
	}
	line.taxLines = taxLines(order, taxesOf(input), shippingPrice(store, line));
	store.shippingLines.set(line.id, line);
	order.shippingLineIds.push(line.id);
}

function addDuty(store: ShopStore, pricing: Pricing, input: Input, made: ReadonlyArray<readonly MadeLine[]>): void {
	const line = made[input.optionalCount('line') ?? 0]?.[0]?.line;
	if (!line) throw new HttpError(400, { message: 'A duty names a line that is not in the order' });
	const price = pricing.amount(input.string('amount'), 'duty.amount');
	const taxes = taxesOf(input).map(({ title, rate }) => {
		const { numerator, denominator } = fraction(rate);
		return { title, rate, price: { shop: ratio(price.shop, numerator, denominator), presentment: ratio(price.presentment, numerator, denominator) } };
	});
	const duty: Duty = {
		__typename: 'Duty',
		id: store.id('Duty', idFrom(input, 'id')),
		lineItemId: line.id,
		price,
		taxLines: taxes,
		refunded: { shop: 0, presentment: 0 },
		harmonizedSystemCode: input.optionalString('harmonizedSystemCode') ?? null,
	};
	line.duties.push(duty);
}

function takeStock(store: ShopStore, line: LineItem, fulfilled: number): void {
	const item = countedItem(store, line);
	if (!item) return;
	const level = ensureLevel(store, item.id, line.locationId);
	change(store, level, 'available', -line.quantity);
	change(store, level, 'committed', line.quantity - fulfilled);
}

function addFulfillments(store: ShopStore, order: Order, input: Input, lines: readonly MadeLine[], locationId: number): void {
	const shipped = lines.filter(({ fulfilled }) => fulfilled > 0);
	if (shipped.length === 0) return;
	const parcels = input.optionalCount('parcels', 1) ?? 1;
	for (let parcel = 0; parcel < parcels; parcel += 1) {
		const contents = shipped
			.map(({ line, fulfilled }) => ({ line, quantity: Math.floor(fulfilled / parcels) + (parcel < fulfilled % parcels ? 1 : 0) }))
			.filter(({ quantity }) => quantity > 0);
		if (contents.length > 0) addParcel(store, order, contents, { locationId, tracking: trackingOf(input), createdAt: order.createdAt });
	}
}

export function trackingOf(input: Input): Fulfillment['tracking'] {
	const tracking = input.optionalObject('tracking');
	return tracking ? { company: tracking.optionalString('company') ?? null, number: tracking.optionalString('number') ?? null, url: tracking.optionalString('url') ?? null } : null;
}

/** Records that units left in one parcel; what that does to stock and lines is the caller's. */
export function addParcel(
	store: ShopStore,
	order: Order,
	contents: ReadonlyArray<{ line: LineItem; quantity: number }>,
	parcel: Pick<Fulfillment, 'locationId' | 'tracking' | 'createdAt'>,
): void {
	const id = store.id('Fulfillment');
	const lineItemIds = contents.map(({ line, quantity }) => {
		const lineId = store.id('FulfillmentLineItem');
		store.fulfillmentLineItems.set(lineId, { __typename: 'FulfillmentLineItem', id: lineId, fulfillmentId: id, lineItemId: line.id, quantity });
		return lineId;
	});
	store.fulfillments.set(id, { __typename: 'Fulfillment', id, orderId: order.id, name: `${order.name}-F${order.fulfillmentIds.length + 1}`, lineItemIds, updatedAt: parcel.createdAt, ...parcel });
	order.fulfillmentIds.push(id);
}

function addPayments(store: ShopStore, order: Order, pricing: Pricing, input: Input): void {
	const wanted = input.has('payments') ? input.list('payments') : [new Input({ gateway: 'shopify_payments' })];
	for (const payment of wanted) addPayment(store, order, pricing, payment, order.createdAt);
	const overpaid = add(...transactionsOf(store, order).filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS').map(({ amount }) => amount));
	if (overpaid.presentment > order.total.presentment) throw new HttpError(400, { message: 'The payments come to more than the order' });
}

/** @param paidAt when the payment was made; at checkout that is when the order was */
export function addPayment(store: ShopStore, order: Order, pricing: Pricing, input: Input, paidAt: string): OrderTransaction {
	const kind = input.optionalOneOf('kind', ['SALE', 'AUTHORIZATION', 'CAPTURE', 'VOID'] as const) ?? 'SALE';
	const gateway = input.optionalString('gateway') ?? 'shopify_payments';
	const before = transactionsOf(store, order);
	const parent = kind === 'CAPTURE' || kind === 'VOID' ? before.findLast((transaction) => transaction.kind === 'AUTHORIZATION' && transaction.gateway === gateway) : undefined;
	if ((kind === 'CAPTURE' || kind === 'VOID') && !parent) throw new HttpError(400, { message: `A ${kind} needs an AUTHORIZATION of the same gateway before it` });
	const paid = add(...before.filter((transaction) => (transaction.kind === 'SALE' || transaction.kind === 'CAPTURE') && transaction.status === 'SUCCESS').map(({ amount }) => amount));
	const text = input.optionalString('amount');
	const presentment = text === undefined ? order.total.presentment - paid.presentment : pricing.amount(text, 'payment.amount').presentment;
	const giftCardId = idFrom(input, 'giftCardId');
	if (giftCardId !== undefined) {
		const card = store.giftCards.get(giftCardId);
		if (!card || card.balance < presentment) throw new HttpError(400, { message: 'The gift card does not cover this payment' });
		card.balance -= presentment;
	}
	const accountId = idFrom(input, 'storeCreditAccountId');
	const step = input.optionalString('roundTo');
	const transaction = addTransaction(
		store,
		order,
		{
			kind,
			status: input.optionalOneOf('status', ['SUCCESS', 'PENDING', 'FAILURE', 'ERROR'] as const) ?? 'SUCCESS',
			gateway: giftCardId === undefined ? gateway : GIFT_CARD_GATEWAY,
			manual: input.optionalBoolean('manual') ?? gateway === 'manual',
			amount: partOf(order.total, presentment, paid),
			parentId: parent?.id ?? null,
			refundId: null,
			returnId: null,
			giftCardId: giftCardId ?? null,
			storeCreditAccountId: accountId ?? null,
			roundTo: step === undefined ? null : pricing.amount(step, 'payment.roundTo').presentment,
			settlesAt: null,
		},
		idFrom(input, 'id'),
	);
	transaction.createdAt = paidAt;
	transaction.processedAt = transaction.status === 'PENDING' ? null : paidAt;
	transaction.refundsSettle = input.optionalOneOf('refundsSettle', ['immediately', 'pending'] as const) ?? null;
	bookTransaction(store, order, transaction);
	return transaction;
}

/** What a test needs to know of an order it had built. */
export function orderSummary(store: ShopStore, order: Order): Record<string, unknown> {
	const money = (bag: Bag) => ({ shopMinor: bag.shop, presentmentMinor: bag.presentment });
	const fulfillments = order.fulfillmentIds.map((id) => mustHave(store.fulfillments, id, 'fulfillment'));
	const fulfillmentLines = fulfillments.flatMap(({ lineItemIds }) => lineItemIds).map((id) => mustHave(store.fulfillmentLineItems, id, 'fulfillment line item'));
	return {
		id: gid('Order', order.id),
		legacyId: order.id,
		name: order.name,
		number: order.number,
		createdAt: order.createdAt,
		currency: order.currency,
		presentmentCurrency: order.presentmentCurrency,
		taxesIncluded: order.taxesIncluded,
		email: order.email,
		customer: order.customerId === null ? null : { id: gid('Customer', order.customerId), legacyId: order.customerId, email: store.customers.get(order.customerId)?.email ?? null },
		total: money(order.total),
		lines: linesOf(store, order).map((line) => {
			const variant = line.variantId === null ? undefined : store.variants.get(line.variantId);
			const value = lineValue(store, line);
			const left = unitsValue(store, line, line.refunded + line.removed, line.quantity);
			return {
				id: gid('LineItem', line.id),
				legacyId: line.id,
				sku: line.sku,
				title: line.title,
				quantity: line.quantity,
				fulfilled: line.fulfilled,
				removed: line.removed,
				isGiftCard: line.isGiftCard,
				left: { quantity: currentQuantity(line), subtotal: money(left.subtotal), tax: money(left.tax) },
				unitPrice: money(line.unitPrice),
				subtotal: money(value.subtotal),
				tax: money(value.tax),
				variantId: variant ? gid('ProductVariant', variant.id) : null,
				productId: variant ? gid('Product', variant.productId) : null,
				inventoryItemId: variant ? gid('InventoryItem', itemOfVariant(store, variant).id) : null,
				locationId: gid('Location', line.locationId),
				lineItemGroupId: line.groupId === null ? null : gid('LineItemGroup', line.groupId),
				isTip: line.isTip,
				fulfillmentLineItems: fulfillmentLines.filter(({ lineItemId }) => lineItemId === line.id).map(({ id, quantity }) => ({ id: gid('FulfillmentLineItem', id), legacyId: id, quantity })),
				duties: line.duties.map(({ id, price }) => ({ id: gid('Duty', id), price: money(price) })),
			};
		}),
		shippingLines: order.shippingLineIds.map((id) => ({ id: gid('ShippingLine', id), price: money(mustHave(store.shippingLines, id, 'shipping line').price) })),
		fulfillments: fulfillments.map(({ id, name }) => ({ id: gid('Fulfillment', id), legacyId: id, name })),
		transactions: transactionsOf(store, order).map((transaction) => ({
			id: gid('OrderTransaction', transaction.id),
			legacyId: transaction.id,
			kind: transaction.kind,
			status: transaction.status,
			gateway: transaction.gateway,
			amount: money(transaction.amount),
		})),
		bundles: [...new Set(linesOf(store, order).map(({ groupId }) => groupId))]
			.flatMap((id) => (id === null ? [] : [mustHave(store.lineItemGroups, id, 'group')]))
			.map((group) => ({
				id: gid('LineItemGroup', group.id),
				sku: group.variantSku,
				variantId: group.variantId === null ? null : gid('ProductVariant', group.variantId),
				inventoryItemId: group.variantId === null ? null : gid('InventoryItem', mustHave(store.variants, group.variantId, 'variant').inventoryItemId),
			})),
	};
}
