/** Takes over requests that have a past already, thousands at a time: for measurements, where living through every one would take too long. */

import { HttpError } from '../shared/http';
import type { Input } from '../shared/input';
import { readMoney } from './money';
import { plainId } from './shopify';
import { parseInstant, timestamp } from './time';
import { RMA_STATUSES, SHIPMENT_STATUSES, TRANSACTION_STATUSES, type ItemValidation, type KeptTransaction, type Money, type ReturnedItem, type Rma, type Shipment } from './types';
import type { World } from './world';

const NOWHERE = { name: '', street1: '', street2: '', city: '', state: '', zip: '', country: 'US', phone: '', email: '' };

/**
 * `{ shop?, rmas: [{ rmaId?, orderId, orderName, status, createdAt, lastUpdated?, items, shipment?, transactions? }] }`. Nothing is asked of Shopify, nobody is told.
 * @throws HttpError 400 for what cannot be read, 409 for a number that is taken; what came before it is kept
 */
export function importRmas(world: World, body: Input): number {
	const [firstShop = ''] = world.store.shops.keys();
	const shop = world.store.shop(body.optionalString('shop') ?? firstShop).domain;
	const wanted = body.list('rmas');
	for (const input of wanted) world.store.addRma(rmaFrom(world, shop, input));
	return wanted.length;
}

function rmaFrom(world: World, shop: string, input: Input): Rma {
	const { store } = world;
	const id = input.optionalCount('rmaId', 1) ?? store.ids.next('rma');
	store.ids.reserve('rma', id);
	if (store.rmas.has(id)) throw new HttpError(409, { message: `RMA ${id} exists` });
	const createdAt = momentOf(input, 'createdAt');
	const lastUpdated = input.has('lastUpdated') ? momentOf(input, 'lastUpdated') : createdAt;
	const parcel = input.optionalObject('shipment');
	const shipment = parcel ? shipmentFrom(world, parcel) : undefined;
	const items = input.list('items').map((item) => itemFrom(world, item, shipment?.shipmentId ?? ''));
	const transactions = input.list('transactions').map((transaction) => transactionFrom(world, id, items, transaction));
	const status = input.oneOf('status', RMA_STATUSES);
	return {
		id,
		shop,
		status,
		statusBeforeEnd: null,
		orderId: plainId(input.id('orderId')),
		orderName: input.string('orderName').replace(/^#/, ''),
		customerId: null,
		events: (['RMA_CREATED', 'RMA_APPROVED'] as const)
			.slice(0, status === 'Pending' || status === 'Rejected' ? 1 : 2)
			.map((eventName) => ({ eventName, eventDate: createdAt, triggeredVia: 'Return Portal', storeLocationId: 'online', userDetails: null })),
		shipments: shipment ? [shipment] : [],
		items,
		comments: [],
		exchangeOrders: [],
		cancellationFee: 0,
		transactions,
		createdAt,
		lastUpdated,
		touchedAt: transactions.reduce((latest, { wire }) => (wire.lastUpdated > latest ? wire.lastUpdated : latest), lastUpdated),
		isOutOfPolicy: 0,
		inShopify: true,
		shopifyReturn: null,
		restockedItemIds: [],
	};
}

function shipmentFrom({ store }: World, input: Input): Shipment {
	return {
		shipmentId: String(store.ids.next('shipment')),
		status: input.oneOf('status', SHIPMENT_STATUSES),
		carrierName: input.optionalString('carrierName') ?? null,
		requestedServiceLevel: null,
		actualServiceLevel: null,
		trackingNumber: input.optionalString('trackingNumber') ?? null,
		trackingURL: null,
		labelURL: null,
		customerAddress: { ...NOWHERE },
		returnAddress: { ...NOWHERE },
		isOutbound: false,
	};
}

/** `{ lineItemId, sku, price, tax?, taxIncluded?, resolutionType?, inspectedAt?, isReturned?, isRestockable? }`: one piece. */
function itemFrom({ store }: World, input: Input, shipmentId: string): ReturnedItem {
	const price = readMoney(input.object('price'));
	const tax = input.optionalObject('tax');
	const nothing: Money = { ...price, amount: 0, shopAmount: 0 };
	const sku = input.string('sku');
	return {
		shopLineItemId: plainId(input.id('lineItemId')),
		shopProductId: '8000001',
		variantId: '4000001',
		returnedItemId: String(store.ids.next('unit')),
		fullName: sku,
		productName: sku,
		image: '',
		sku,
		paidPrice: price,
		paidTax: tax ? readMoney(tax) : nothing,
		taxIncluded: input.optionalBoolean('taxIncluded') ?? false,
		returnReason: 'Does not fit',
		extendedReason: '',
		resolutionName: 'Refund to original payment',
		policyRuleName: 'Standard returns',
		resolutionType: input.optionalString('resolutionType') ?? 'RefundToPaymentMethod',
		isAutoApprove: 0,
		restockingFee: 0,
		returnFee: 0,
		shipmentFee: 0,
		shipmentId,
		returnMethod: { type: 'Ship with any carrier', name: 'Ship with any carrier' },
		itemValidationStatusResponse: findingFrom(input),
		exchangeItems: [],
		followUpQuestions: [],
	};
}

function findingFrom(input: Input): ItemValidation {
	const inspectedAt = input.has('inspectedAt') ? momentOf(input, 'inspectedAt') : null;
	const isReturned = inspectedAt !== null && (input.optionalBoolean('isReturned') ?? true);
	return {
		isRestockable: isReturned && (input.optionalBoolean('isRestockable') ?? true),
		isReturned,
		nonRestockableReason: null,
		nonReturnedReason: null,
		storeLocationId: null,
		lastValidationDate: inspectedAt,
		lastValidatedBy: inspectedAt === null ? null : 'Robin Warehouse',
		thirdPartyName: null,
		userDetails: null,
	};
}

/** `{ id?, type?, status, amount, externalReferenceId?, externalReferenceType?, createdAt, lastUpdated? }`, for all pieces of the request. */
function transactionFrom({ store }: World, rmaId: number, items: readonly ReturnedItem[], input: Input): KeptTransaction {
	const id = input.optionalCount('id', 1) ?? store.ids.next('transaction');
	store.ids.reserve('transaction', id);
	const createdAt = momentOf(input, 'createdAt');
	const reference = input.optionalId('externalReferenceId') ?? null;
	return {
		rmaId,
		shopifyRefundId: null,
		trouble: null,
		wire: {
			id,
			type: input.optionalOneOf('type', ['RefundToPaymentMethod', 'RefundToStoreCredit', 'InvoicePayment'] as const) ?? 'RefundToPaymentMethod',
			externalReferenceId: reference,
			externalReferenceType: input.optionalString('externalReferenceType') ?? (reference === null ? null : 'PlatformRefundId'),
			amount: readMoney(input.object('amount')),
			status: input.oneOf('status', TRANSACTION_STATUSES),
			processor: 'Shopify',
			bankAccountDetails: null,
			returnItemIds: items.map(({ returnedItemId }) => returnedItemId),
			createdAt,
			lastUpdated: input.has('lastUpdated') ? momentOf(input, 'lastUpdated') : createdAt,
		},
	};
}

function momentOf(input: Input, name: string): string {
	const instant = parseInstant(input.string(name));
	if (instant === undefined) throw new HttpError(400, { message: `${name} must be a date and time` });
	return timestamp(new Date(instant));
}
