/**
 * ReturnGO's API as data: paths, bodies, the shape of its answers, and how they become this project's `Rma`.
 *
 * ReturnGO publishes little, and what it delivers differs from what it documents: ids come as numbers or strings, booleans as 0 and 1, fields
 * are missing or null. Everything known about that lives here and nowhere else. What cannot be understood without guessing about units,
 * ids, money or a validation is refused; everything else is tolerated, and unknown fields survive in the raw object.
 */
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Rma, RmaExchangeOrder, RmaMilestones, RmaMoney, RmaShipment, RmaTransaction, RmaUnit, ShipmentStatus, UnitValidation } from '../../../returns/rma';

export const RMA_STATUSES = ['Pending', 'Approved', 'Received', 'Validated', 'Done', 'Rejected', 'Canceled'] as const;

/** Statuses of an RMA in which something is still to come. */
export const OPEN_STATUSES: ReadonlyArray<string> = ['Pending', 'Approved', 'Received', 'Validated'];

/** To which statuses ReturnGO lets the API move a shipment; staying changes the other data only. */
export const SHIPMENT_TRANSITIONS: Readonly<Record<ShipmentStatus, readonly ShipmentStatus[]>> = {
	Pending: ['LabelCreated', 'Shipped', 'Received', 'Canceled', 'Validated'],
	LabelCreated: ['Shipped', 'Received', 'Canceled', 'Validated'],
	Shipped: ['Received', 'Canceled', 'Validated'],
	Canceled: ['Received', 'Validated'],
	Received: ['Validated'],
	Validated: [],
};
export const SHIPMENT_STATUSES = Object.keys(SHIPMENT_TRANSITIONS) as ShipmentStatus[];

export const TRANSACTION_STATUSES = ['Requested', 'Success', 'Failed'] as const;
export const TRANSACTION_TYPES = ['RefundToPaymentMethod', 'RefundToStoreCredit', 'InvoicePayment'] as const;

export const WEBHOOK_EVENTS = [
	'RMA_CREATED',
	'RMA_STATUS_UPDATED',
	'SHIPMENT_CREATED',
	'SHIPMENT_STATUS_UPDATED',
	'SHIPMENT_TRACKER_STATUS_UPDATED',
	'TRANSACTION_CREATED',
	'REFUND_CREATED',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Most rows ReturnGO gives in one page. */
export const LARGEST_PAGE = 500;

export const paths = {
	rmas: '/rmas',
	rma: (rmaId: string) => `/rma/${rmaId}`,
	comment: (rmaId: string) => `/rma/${rmaId}/comment`,
	status: (rmaId: string) => `/rma/${rmaId}/status`,
	eligiblePolicies: '/rma/getEligiblePolicies',
	createByPolicy: '/rma/createByPolicy',
	shipment: (shipmentId: string) => `/shipment/${shipmentId}`,
	tracker: '/shipment-tracker',
	transactions: '/transactions',
	transaction: (transactionId: string) => `/transaction/${transactionId}`,
	webhooks: '/webhooks',
	newWebhook: '/webhook',
	webhook: (webhookId: string) => `/webhook/${encodeURIComponent(webhookId)}`,
} as const;

/**
 * Bodies of write operations. ReturnGO documents the paths but not these: each is the form most clients use, or follows from the object
 * that is read back. Whoever knows better adds fields, replaces them, or leaves one out by setting it to null.
 */
export const bodies = {
	comment: (html: string) => ({ htmlText: html }),
	status: (status: string) => ({ status }),
	webhook: (url: string, eventName: string) => ({ url, eventName }),
	/** The fields are documented, and clients send all of them; what is null is left as it is by leaving it out. */
	shipment: (fields: { status: string; carrierName: string | null; trackingNumber: string | null; trackingURL: string | null; labelURL: string | null }) => ({ ...fields }),
	tracker: (shipmentId: string, trackingNumber: string | null, carrierName: string | null) => ({ shipmentId, trackingNumber, carrierName }),
	transaction: (status: string, externalReferenceId: string | null, externalReferenceType: string | null) => ({ status, externalReferenceId, externalReferenceType }),
	policies: (order: OrderReference, items: readonly PolicyItem[]) => ({ ...order, items: items.map((item) => withAdditionalFields({ ...item }, {})) }),
} as const;

/** ReturnGO names an order by Shopify's number or by its name. */
export type OrderReference = { orderId: string } | { order_name: string };

/** One line of an order that is to be returned, by ReturnGO's names. */
export interface PolicyItem {
	/** Shopify's number of the order line. */
	shopLineItemId: string;
	quantity: number;
	policyId: string | null;
	returnReason: string | null;
}

/** The body to send: ours, overridden field by field. A field that is null is left out. */
export function withAdditionalFields(body: IDataObject, additional: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries({ ...body, ...additional }).filter(([, value]) => value !== null));
}

/** An answer whose essential parts are missing or have another form. `places` names them, e.g. `items.0.returnedItemId`. */
export class UnreadableAnswer extends Error {
	constructor(readonly places: readonly string[]) {
		super(`ReturnGO answered in a form that is not known here: ${places.join(', ')}`);
		this.name = 'UnreadableAnswer';
	}
}

/** An RMA in our words, and as it came. */
export interface RmaAnswer {
	rma: Rma;
	raw: IDataObject;
	/** Texts of the timeline, newest first, as HTML. */
	comments: string[];
}

/** A row of the list: ReturnGO gives neither units nor amounts there. */
export interface RmaRow {
	id: string;
	status: string;
	orderName: string;
	createdAt: string | null;
	approvedAt: string | null;
}

export interface RmaPage {
	rows: Array<{ row: RmaRow; raw: IDataObject }>;
	/** Opaque; null at the end. */
	nextCursor: string | null;
}

export interface WebhookRegistration {
	id: string;
	url: string;
	eventName: string;
}

/**
 * Reads the answer of `GET /rma/{id}`.
 * @throws UnreadableAnswer when the RMA or a unit has no id, the status is missing, or an amount, id or date of validation is not one
 */
export function readRma(answer: unknown): RmaAnswer {
	const wire = parse(rmaSchema, answer);
	const orderName = wire.orderDetails?.order_name ?? wire.rmaSummary.order_name ?? '';
	return {
		rma: {
			id: wire.rmaSummary.rmaId,
			status: wire.rmaSummary.status,
			order: { id: shopifyId('Order', wire.orderDetails?.orderId), name: orderName },
			createdAt: wire.createdAt,
			lastUpdated: wire.lastUpdated,
			isOutOfPolicy: wire.isOutOfPolicy,
			cancellationFee: wire.cancellationFee,
			units: wire.items.map(toUnit),
			shipments: wire.shipments.map(toShipment),
			transactions: wire.transactions.map(toTransaction),
			exchangeOrders: wire.exchangeOrders.map(toExchangeOrder),
			shopifyReturnName: findShopifyReturn(orderName, wire.comments),
			lastActivityAt: newestTime(wire),
			milestones: toMilestones(wire),
		},
		raw: answer as IDataObject,
		comments: wire.comments.map((comment) => comment.htmlText),
	};
}

/**
 * Reads one page of `GET /rmas`. The end is a missing, null or empty cursor, or a page without rows.
 * @throws UnreadableAnswer
 */
export function readRmaPage(answer: unknown): RmaPage {
	const page = parse(rmaPageSchema, answer);
	const rows = page.rmas.map((raw, index) => ({ row: toRow(parse(rmaRowSchema, raw, ['rmas', String(index)])), raw: raw as IDataObject }));
	return { rows, nextCursor: rows.length === 0 || page.next_cursor === '' ? null : (page.next_cursor ?? null) };
}

/**
 * Reads `GET /webhooks`, a bare array. Entries that are none (a live account held one whose URL was the word "string") stay harmless.
 * @throws UnreadableAnswer
 */
export function readWebhooks(answer: unknown): WebhookRegistration[] {
	return parse(webhooksSchema, answer);
}

export interface TransactionPage {
	rows: Array<{ transaction: RmaTransaction; raw: IDataObject }>;
	/** Opaque; null at the end. */
	nextCursor: string | null;
}

/**
 * Reads one page of `GET /transactions`. A transaction does not name its RMA.
 * @throws UnreadableAnswer
 */
export function readTransactionPage(answer: unknown): TransactionPage {
	const page = parse(transactionPageSchema, answer);
	const rows = page.transactions.map((raw, index) => ({ transaction: toTransaction(parse(transactionSchema, raw, ['transactions', String(index)])), raw: raw as IDataObject }));
	return { rows, nextCursor: rows.length === 0 || page.next_cursor === '' ? null : (page.next_cursor ?? null) };
}

/** The transaction or shipment that a write answers with; null when the answer is something else, which is no reason to doubt the write. */
export function readTransactionAnswer(answer: unknown): RmaTransaction | null {
	const read = transactionSchema.safeParse(answer);
	return read.success ? toTransaction(read.data) : null;
}

export function readShipmentAnswer(answer: unknown): RmaShipment | null {
	const read = shipmentSchema.safeParse(answer);
	return read.success ? toShipment(read.data) : null;
}

/** A policy that an order line may be returned under, as far as it could be read. */
export interface EligiblePolicy {
	id: string | null;
	name: string | null;
	resolutionType: string | null;
	resolutionName: string | null;
	returnMethod: string | null;
	raw: IDataObject;
}

export interface EligibleItem {
	lineItemId: string | null;
	quantity: number | null;
	policies: EligiblePolicy[];
}

/**
 * Reads the answer of `POST /rma/getEligiblePolicies`, whose form ReturnGO does not document.
 * @throws UnreadableAnswer when no list of items can be found in it
 */
export function readEligiblePolicies(answer: unknown): EligibleItem[] {
	const entries = [answer, ...['items', 'data.items', 'data', 'eligibleItems'].map((place) => at(answer, place))].find(Array.isArray);
	if (entries === undefined) throw new UnreadableAnswer(['a list of items']);
	return entries.map(toEligibleItem);
}

/** The id of a new RMA, wherever the answer of `POST /rma/createByPolicy` holds it. */
export function readNewRmaId(answer: unknown): string | null {
	return firstOf(answer, [...RMA_ID_PLACES, 'id', 'data.id', 'rma.id'], parseRmaId);
}

/** The id of a new webhook. */
export function readWebhookId(answer: unknown): string | null {
	return firstText(answer, ['id', 'webhookId', 'data.id']);
}

/** The RMA id as ReturnGO's path wants it, or null: digits only, of "1000001" or "RMA1000001" as ReturnGO's screens show it. */
export function parseRmaId(value: unknown): string | null {
	if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
	if (typeof value !== 'string') return null;
	const digits = /^\s*(?:RMA)?([1-9]\d{0,17})\s*$/i.exec(value)?.[1];
	return digits ?? null;
}

/** What a webhook says: ReturnGO documents `eventName` only, so every id is looked for at each place clients have seen it. */
export interface WebhookMessage {
	event: WebhookEvent | null;
	/** The name as it came, when it is none of the documented ones. */
	eventName: string | null;
	rmaId: string | null;
	shipmentId: string | null;
	transactionId: string | null;
	status: string | null;
}

const EVENT_PLACES = ['eventName', 'data.eventName'];
const RMA_ID_PLACES = ['rmaId', 'data.rmaId', 'rma.rmaId', 'rmaSummary.rmaId', 'rma.rmaSummary.rmaId', 'data.rma.rmaId', 'data.rmaSummary.rmaId', 'shipment.rmaId', 'transaction.rmaId', 'refund.rmaId'];
const SHIPMENT_ID_PLACES = ['shipmentId', 'data.shipmentId', 'shipment.shipmentId', 'shipment.id', 'data.shipment.shipmentId'];
const TRANSACTION_ID_PLACES = ['transactionId', 'data.transactionId', 'transaction.transactionId', 'transaction.id', 'data.transaction.id'];
const STATUS_PLACES = ['status', 'data.status', 'rma.status', 'rmaSummary.status', 'shipment.status', 'transaction.status'];

/** Never throws: what is not there is null. */
export function readWebhookMessage(payload: unknown): WebhookMessage {
	const eventName = firstText(payload, EVENT_PLACES);
	const event = WEBHOOK_EVENTS.find((known) => known === eventName) ?? null;
	// Only a payload about a transaction may mean one by a bare id.
	const bareId = event === 'TRANSACTION_CREATED' || event === 'REFUND_CREATED' ? ['id', 'data.id'] : [];
	return {
		event,
		eventName,
		rmaId: firstOf(payload, RMA_ID_PLACES, parseRmaId),
		shipmentId: firstText(payload, SHIPMENT_ID_PLACES),
		transactionId: firstText(payload, [...TRANSACTION_ID_PLACES, ...bareId]),
		status: firstText(payload, STATUS_PLACES),
	};
}

/* ---------- the shapes on the wire ---------- */

/** A number beyond the safe integers has already lost digits: an id like that would name something else. */
const idSchema = z.union([z.string().trim().min(1), z.number().int().safe()]).transform(String);
const optionalId = z
	.union([z.string(), z.number().int().safe(), z.null()])
	.optional()
	.transform((value) => (value === null || value === undefined ? null : String(value).trim() || null));
const optionalText = z
	.union([z.string(), z.number(), z.null()])
	.optional()
	.transform((value) => (value === null || value === undefined || value === '' ? null : String(value)))
	.catch(null);
const flag = z
	.union([z.boolean(), z.literal(0), z.literal(1), z.enum(['0', '1', 'true', 'false']), z.null()])
	.optional()
	.transform((value) => value === true || value === 1 || value === '1' || value === 'true');
const time = z.unknown().transform((value) => (typeof value === 'string' ? toUtc(value) : null));
/** A unit counts as inspected once this is set, so a date that cannot be read must not pass for none. */
const decisiveTime = z
	.union([z.string(), z.null()])
	.optional()
	.transform((value, context) => {
		const read = toUtc(value ?? null);
		if (read === null && typeof value === 'string' && value.trim() !== '' && !value.startsWith('0000-')) {
			context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a date' });
			return z.NEVER;
		}
		return read;
	});
const amount = z.union([z.number(), z.string()]).transform((value, context) => {
	const decimal = toDecimal(value);
	if (decimal === null) {
		context.addIssue({ code: z.ZodIssueCode.custom, message: 'not an amount' });
		return z.NEVER;
	}
	return decimal;
});
const fee = z.union([amount, z.null()]).optional().transform((value) => value ?? '0');
const money = z
	.object({ amount: z.union([amount, z.null()]).optional(), currency: optionalText, shopAmount: z.union([amount, z.null()]).optional(), shopCurrency: optionalText })
	.nullish()
	.transform((value): RmaMoney | null => {
		// Half an amount is none: the missing half would have to be guessed from an exchange rate.
		if (!value?.amount || !value.currency || !value.shopAmount || !value.shopCurrency) return null;
		return { amount: value.amount, currency: value.currency.toUpperCase(), shopAmount: value.shopAmount, shopCurrency: value.shopCurrency.toUpperCase() };
	});
const list = <Schema extends z.ZodTypeAny>(schema: Schema) => z.array(schema).nullish().transform((value) => value ?? []);

const validationSchema = z
	.object({
		lastValidationDate: decisiveTime,
		lastValidatedBy: optionalText,
		thirdPartyName: optionalText,
		isReturned: flag,
		isRestockable: flag,
		nonReturnedReason: optionalText,
		nonRestockableReason: optionalText,
		storeLocationId: optionalText,
	})
	.nullish();

const itemSchema = z.object({
	returnedItemId: idSchema,
	shopLineItemId: optionalId,
	shopProductId: optionalId,
	variantId: optionalId,
	sku: optionalText,
	fullName: optionalText,
	productName: optionalText,
	returnReason: optionalText,
	resolutionType: optionalText,
	resolutionName: optionalText,
	paidPrice: money,
	paidTax: money,
	taxIncluded: flag,
	restockingFee: fee,
	returnFee: fee,
	shipmentFee: fee,
	shipmentId: optionalId,
	itemValidationStatusResponse: validationSchema,
});

const shipmentSchema = z.object({
	shipmentId: idSchema,
	status: optionalText,
	carrierName: optionalText,
	trackingNumber: optionalText,
	trackingURL: optionalText,
	labelURL: optionalText,
	isOutbound: flag,
	customerAddress: z.object({ country: optionalText }).nullish(),
});

const transactionSchema = z.object({
	id: idSchema,
	type: optionalText,
	status: optionalText,
	amount: money,
	externalReferenceId: optionalText,
	externalReferenceType: optionalText,
	processor: optionalText,
	returnItemIds: list(idSchema),
	createdAt: time,
	lastUpdated: time,
});

const exchangeOrderSchema = z.object({ draftOrderId: optionalId, orderId: optionalId, orderName: optionalText, type: optionalText });

const commentSchema = z.object({
	commentType: optionalText,
	htmlText: z
		.string()
		.nullish()
		.transform((value) => value ?? ''),
	datetime: time,
});

const eventSchema = z.object({ eventName: optionalText, eventDate: time });

const summarySchema = z.object({ rmaId: idSchema, status: z.string().min(1), order_name: optionalText, events: list(eventSchema) });

const rmaSchema = z.object({
	rmaSummary: summarySchema,
	orderDetails: z.object({ orderId: optionalId, order_name: optionalText }).nullish(),
	items: list(itemSchema),
	shipments: list(shipmentSchema),
	transactions: list(transactionSchema),
	exchangeOrders: list(exchangeOrderSchema),
	comments: list(commentSchema),
	cancellationFee: fee,
	createdAt: time,
	lastUpdated: time,
	isOutOfPolicy: flag,
});

const rmaRowSchema = summarySchema;

const rmaPageSchema = z.object({ rmas: list(z.record(z.unknown())), next_cursor: z.string().nullish() });

const transactionPageSchema = z.object({ transactions: list(z.record(z.unknown())), next_cursor: z.string().nullish() });

const webhooksSchema = z.array(z.object({ id: idSchema, url: z.string().catch(''), eventName: z.string().catch('') }));

/* ---------- from the wire to our words ---------- */

function parse<Schema extends z.ZodTypeAny>(schema: Schema, value: unknown, at: string[] = []): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<Schema>;
	throw new UnreadableAnswer([...new Set(result.error.issues.map((issue) => [...at, ...issue.path].join('.') || 'the whole answer'))]);
}

function toUnit(item: z.output<typeof itemSchema>): RmaUnit {
	return {
		id: item.returnedItemId,
		lineItemId: shopifyId('LineItem', item.shopLineItemId),
		productId: shopifyId('Product', item.shopProductId),
		variantId: shopifyId('ProductVariant', item.variantId),
		sku: item.sku,
		title: item.fullName ?? item.productName ?? '',
		returnReason: item.returnReason,
		resolutionType: item.resolutionType,
		resolutionName: item.resolutionName,
		pricePaid: item.paidPrice,
		taxPaid: item.paidTax,
		taxIncluded: item.taxIncluded,
		fees: { restocking: item.restockingFee, return: item.returnFee, shipment: item.shipmentFee },
		shipmentId: item.shipmentId,
		validation: toValidation(item.itemValidationStatusResponse),
	};
}

function toValidation(validation: z.output<typeof validationSchema>): UnitValidation {
	return {
		validatedAt: validation?.lastValidationDate ?? null,
		validatedBy: validation?.lastValidatedBy ?? validation?.thirdPartyName ?? null,
		isReturned: validation?.isReturned ?? false,
		isRestockable: validation?.isRestockable ?? false,
		nonReturnedReason: validation?.nonReturnedReason ?? null,
		nonRestockableReason: validation?.nonRestockableReason ?? null,
		storeLocationId: validation?.storeLocationId ?? null,
	};
}

function toShipment(shipment: z.output<typeof shipmentSchema>): RmaShipment {
	return {
		id: shipment.shipmentId,
		status: shipment.status ?? 'Unknown',
		carrierName: shipment.carrierName,
		trackingNumber: shipment.trackingNumber,
		trackingUrl: shipment.trackingURL,
		labelUrl: shipment.labelURL,
		isOutbound: shipment.isOutbound,
		originCountry: shipment.isOutbound ? null : (shipment.customerAddress?.country?.toUpperCase() ?? null),
	};
}

function toTransaction(transaction: z.output<typeof transactionSchema>): RmaTransaction {
	return {
		id: transaction.id,
		type: transaction.type ?? 'Unknown',
		status: transaction.status ?? 'Unknown',
		amount: transaction.amount,
		externalReferenceId: transaction.externalReferenceId,
		externalReferenceType: transaction.externalReferenceType,
		processor: transaction.processor,
		unitIds: transaction.returnItemIds,
		createdAt: transaction.createdAt,
		lastUpdated: transaction.lastUpdated,
	};
}

function toExchangeOrder(order: z.output<typeof exchangeOrderSchema>): RmaExchangeOrder {
	return {
		draftOrderId: shopifyId('DraftOrder', order.draftOrderId),
		orderId: shopifyId('Order', order.orderId),
		orderName: order.orderName,
		type: order.type ?? 'Unknown',
	};
}

function toRow(row: z.output<typeof rmaRowSchema>): RmaRow {
	return { id: row.rmaId, status: row.status, orderName: row.order_name ?? '', createdAt: timeOfEvent(row, 'RMA_CREATED'), approvedAt: timeOfEvent(row, 'RMA_APPROVED') };
}

function timeOfEvent({ events }: z.output<typeof summarySchema>, eventName: string): string | null {
	return events.find((event) => event.eventName === eventName)?.eventDate ?? null;
}

/** ReturnGO dates creation and approval only; what happened to the parcel stands in texts of the timeline, whose words are not documented. */
function toMilestones({ rmaSummary, comments }: z.output<typeof rmaSchema>): RmaMilestones {
	const timeOf = (words: RegExp) => comments.find(({ commentType, htmlText, datetime }) => commentType === 'system' && datetime !== null && words.test(htmlText))?.datetime ?? null;
	return {
		approvedAt: timeOfEvent(rmaSummary, 'RMA_APPROVED'),
		shippedAt: timeOf(/\b(shipment|parcel|package)\b.*\b(in transit|shipped)\b/is),
		deliveredAt: timeOf(/\b(shipment|parcel|package)\b.*\bdelivered\b/is),
		receivedAt: timeOf(/\b(shipment|parcel|package)\b.*\breceived\b/is),
	};
}

function newestTime({ rmaSummary, items, transactions, comments, createdAt, lastUpdated }: z.output<typeof rmaSchema>): string | null {
	const times = [
		createdAt,
		lastUpdated,
		...rmaSummary.events.map(({ eventDate }) => eventDate),
		...comments.map(({ datetime }) => datetime),
		...transactions.flatMap((transaction) => [transaction.createdAt, transaction.lastUpdated]),
		...items.map(({ itemValidationStatusResponse }) => itemValidationStatusResponse?.lastValidationDate ?? null),
	].filter((time) => time !== null);
	return times.sort((left, right) => Date.parse(left) - Date.parse(right)).at(-1) ?? null;
}

function toEligibleItem(item: unknown): EligibleItem {
	const policies = ['eligiblePolicies', 'policies'].map((place) => at(item, place)).find(Array.isArray) ?? [];
	const quantity = at(item, 'quantity');
	return {
		lineItemId: shopifyId('LineItem', firstText(item, ['shopLineItemId', 'lineItemId', 'id'])),
		quantity: typeof quantity === 'number' ? quantity : null,
		policies: policies.map((policy: unknown) => ({
			id: firstText(policy, ['policyId', 'id']),
			name: firstText(policy, ['policyRuleName', 'policyName', 'name']),
			resolutionType: firstText(policy, ['resolutionType']),
			resolutionName: firstText(policy, ['resolutionName']),
			returnMethod: firstText(policy, ['returnMethod.type', 'returnMethod.name', 'returnMethod']),
			raw: typeof policy === 'object' && policy !== null ? (policy as IDataObject) : { value: policy as string },
		})),
	};
}

/** ReturnGO gives Shopify's ids as digits; anything else (empty before an exchange order exists) is no id. */
function shopifyId(type: string, id: string | null | undefined): string | null {
	if (id === null || id === undefined) return null;
	if (id.startsWith(`gid://shopify/${type}/`)) return id;
	return /^[1-9]\d*$/.test(id) ? `gid://shopify/${type}/${id}` : null;
}

/**
 * The Shopify return is named in the timeline only, e.g. "#1001-R1". The newest mention counts, since a reopened RMA gets a new return;
 * if it says that the return was canceled, there is none now.
 */
function findShopifyReturn(orderName: string, comments: ReadonlyArray<z.output<typeof commentSchema>>): string | null {
	if (orderName === '') return null;
	const escaped = orderName.replace(/^#/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const name = new RegExp(`(?<![\\w-])#?${escaped}-R\\d+(?!\\w)`);
	for (const comment of comments) {
		if (comment.commentType === 'error') continue;
		const mention = name.exec(comment.htmlText)?.[0];
		if (mention !== undefined) return /cancel/i.test(comment.htmlText) ? null : mention;
	}
	return null;
}

/** `2026-01-18T10:00:00+00:00` as `2026-01-18T10:00:00Z`. A time without a zone is taken as UTC. */
function toUtc(value: string | null): string | null {
	if (value === null || value.trim() === '') return null;
	const text = value.trim().replace(' ', 'T');
	const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) || !text.includes('T') ? text : `${text}Z`;
	const date = new Date(zoned);
	return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

/** Six decimals are more than any currency has, and few enough to cut off what binary fractions add (33.300000000000004). */
const DECIMALS = 6;
const LARGEST_AMOUNT = 1e12;

function toDecimal(value: number | string): string | null {
	if (typeof value === 'string') return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value.trim()) ? value.trim() : null;
	if (!Number.isFinite(value) || Math.abs(value) >= LARGEST_AMOUNT) return null;
	const text = value.toFixed(DECIMALS).replace(/\.?0+$/, '');
	return text === '-0' ? '0' : text;
}

function at(value: unknown, place: string): unknown {
	return place.split('.').reduce<unknown>((current, key) => (typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[key] : undefined), value);
}

function firstOf<Found>(value: unknown, places: readonly string[], read: (candidate: unknown) => Found | null): Found | null {
	for (const place of places) {
		const found = read(at(value, place));
		if (found !== null) return found;
	}
	return null;
}

function firstText(value: unknown, places: readonly string[]): string | null {
	return firstOf(value, places, (candidate) => {
		if (typeof candidate === 'number' && Number.isSafeInteger(candidate)) return String(candidate);
		return typeof candidate === 'string' && candidate.trim() !== '' ? candidate.trim() : null;
	});
}
