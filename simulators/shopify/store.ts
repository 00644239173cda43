/** The simulated shop's memory: records by type and id, ids that count up, and the settings that steer doubtful behaviour. */

import type { Clock } from '../shared/clock';
import { ListCache } from '../shared/list-cache';
import { IdSequence, type SeededRandom } from '../shared/random';
import type * as model from './model';

export interface Settings {
	shopDomain: string;
	shopName: string;
	/** The currency the shop keeps its books in. */
	currency: string;
	/** The version that every request is answered with, as when the one that was asked for is retired; empty: the one that was asked for. */
	answersWithVersion: string;
	/** Points a query may cost in all. */
	bucketSize: number;
	/** Points that come back per second. */
	restoreRate: number;
	/** Points one query may cost. */
	maxQueryCost: number;
	/** How long a mutation takes (real milliseconds); above zero, two requests with one idempotency key can meet. */
	mutationLatencyMs: number;
	/** What a key is worth after an attempt that ended in userErrors: spent, or as if never used. */
	idempotencyAfterUserErrors: 'failed' | 'forget';
	/** Whether returnProcess refuses to refund units whose money was already given back outside the return. */
	returnProcessChecksRefundedQuantity: boolean;
	/** The order in which a suggested refund draws on several payments. */
	tenderOrder: 'asPaid' | 'giftCardLast';
	/** Store credit needs the newer customer accounts. */
	newCustomerAccounts: boolean;
	/** Highest balance a store credit account may have, in major units. */
	storeCreditLimit: number;
	/** How long a PENDING refund takes when neither order nor payment says so; null: until told. */
	refundsSettleAfterMs: number | null;
	/** Whether the shop has Shopify Payments; payments of the gateway `shopify_payments` go through it. */
	shopifyPayments: boolean;
	/** What a charge costs: percent of it … */
	chargeFeePercent: string;
	/** … and a fixed part, in minor units of the currency of payouts. */
	chargeFeeFixed: number;
	/** Percent on top where the customer paid in another currency than the shop's. */
	conversionFeePercent: string;
	/** What a chargeback costs, in minor units. */
	chargebackFee: number;
	/** When payouts leave: every day, on Mondays, on the first of the month, or only when told. */
	payoutInterval: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'MANUAL';
	/** Days until money may be paid out. */
	payoutDelayDays: number;
	/** Days a payout is SCHEDULED before it is PAID. */
	payoutTransitDays: number;
	/** How often a bulk operation is seen running before it has ended; 0: it has ended when it is first looked at. */
	bulkRunningPolls: number;
	/** When a bulk operation that nobody looks at has ended. */
	bulkDurationMs: number;
	/** Whether the merchant lets every app in without being shown the page. */
	approvesAtOnce: boolean;
	/** Whether a merchant's Cancel goes back to the app with `access_denied`; else it leads to the shop's admin, and the app hears nothing. */
	cancelReturnsError: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
	shopDomain: 'sim-shop.myshopify.com',
	shopName: 'Simulated Shop',
	currency: 'USD',
	answersWithVersion: '',
	bucketSize: 2_000,
	restoreRate: 100,
	maxQueryCost: 1_000,
	mutationLatencyMs: 0,
	idempotencyAfterUserErrors: 'failed',
	returnProcessChecksRefundedQuantity: true,
	tenderOrder: 'asPaid',
	newCustomerAccounts: true,
	storeCreditLimit: 100_000,
	refundsSettleAfterMs: null,
	shopifyPayments: true,
	chargeFeePercent: '2.9',
	chargeFeeFixed: 30,
	conversionFeePercent: '1.5',
	chargebackFee: 1_500,
	payoutInterval: 'DAILY',
	payoutDelayDays: 2,
	payoutTransitDays: 1,
	bulkRunningPolls: 1,
	bulkDurationMs: 60_000,
	approvesAtOnce: false,
	cancelReturnsError: false,
};

const ID_STARTS: Readonly<Record<string, number>> = {
	Order: 5_500_000_000_001,
	LineItem: 13_100_000_000_001,
	Fulfillment: 5_100_000_000_001,
	FulfillmentLineItem: 11_200_000_000_001,
	OrderTransaction: 6_300_000_000_001,
	Refund: 910_000_000_001,
	RefundLineItem: 520_000_000_001,
	Return: 7_800_000_001,
	ReturnLineItem: 15_900_000_001,
	ReverseFulfillmentOrder: 8_700_000_001,
	ReverseFulfillmentOrderLineItem: 17_600_000_001,
	Customer: 7_200_000_000_001,
	Product: 8_400_000_000_001,
	ProductVariant: 45_000_000_000_001,
	InventoryItem: 47_000_000_000_001,
	Location: 80_000_000_001,
	Metafield: 29_000_000_000_001,
	GiftCard: 610_000_000_001,
	App: 90_001,
	BulkOperation: 7_600_000_000_001,
	ShopifyPaymentsBalanceTransaction: 310_000_000_001,
	ShopifyPaymentsPayout: 110_000_000_001,
	ShopifyPaymentsDispute: 9_800_000_001,
	PaymentsSource: 41_000_000_001,
};

/** What nobody sees who looks at the shop's state. */
const SECRET_MAPS = ['tokens', 'authorizationCodes', 'refreshTokens'];

/** Something happened that the service tells subscribers about: the topic and the record it is about. */
export type Notice = (topic: string, record: number | string) => void;

/** What only helps to find records quickly. */
const INDICES: ReadonlySet<string> = new Set(['ordersByNumber', 'ordersByName', 'variantsBySku', 'customersByEmail', 'eventsBySubject', 'metafieldsByOwner', 'reverseLineOf', 'balanceOfTransaction', 'movementsOfPayout']);

export class ShopStore {
	readonly customers = new Map<number, model.Customer>();

	readonly locations = new Map<number, model.Location>();

	readonly products = new Map<number, model.Product>();

	readonly variants = new Map<number, model.Variant>();

	readonly inventoryItems = new Map<number, model.InventoryItem>();

	readonly inventoryLevels = new Map<string, model.InventoryLevel>();

	readonly adjustmentGroups = new Map<number, model.InventoryAdjustmentGroup>();

	readonly orders = new Map<number, model.Order>();

	readonly lineItems = new Map<number, model.LineItem>();

	readonly lineItemGroups = new Map<number, model.LineItemGroup>();

	readonly shippingLines = new Map<number, model.ShippingLine>();

	readonly fulfillments = new Map<number, model.Fulfillment>();

	readonly fulfillmentLineItems = new Map<number, model.FulfillmentLineItem>();

	readonly transactions = new Map<number, model.OrderTransaction>();

	readonly refunds = new Map<number, model.Refund>();

	readonly returns = new Map<number, model.Return>();

	readonly returnLineItems = new Map<number, model.ReturnLineItem>();

	readonly exchangeLineItems = new Map<number, model.ExchangeLineItem>();

	readonly reverseFulfillmentOrders = new Map<number, model.ReverseFulfillmentOrder>();

	readonly reverseFulfillmentOrderLineItems = new Map<number, model.ReverseFulfillmentOrderLineItem>();

	readonly reverseDeliveries = new Map<number, model.ReverseDelivery>();

	readonly metafields = new Map<number, model.Metafield>();

	readonly metafieldDefinitions = new Map<number, model.MetafieldDefinition>();

	readonly giftCards = new Map<number, model.GiftCard>();

	readonly storeCreditAccounts = new Map<number, model.StoreCreditAccount>();

	readonly webhookSubscriptions = new Map<number, model.WebhookSubscription>();

	readonly events = new Map<number, model.ShopEvent>();

	readonly bulkOperations = new Map<number, model.BulkOperation>();

	readonly balanceTransactions = new Map<number, model.BalanceTransaction>();

	readonly payouts = new Map<number, model.Payout>();

	readonly disputes = new Map<number, model.Dispute>();

	/** Order transaction → the movement it became. */
	readonly balanceOfTransaction = new Map<number, number>();

	/** Payout → the movements it pays out. */
	readonly movementsOfPayout = new Map<number, number[]>();

	readonly apps = new Map<number, model.App>();

	readonly tokens = new Map<string, model.AccessToken>();

	readonly authorizationCodes = new Map<string, model.AuthorizationCode>();

	readonly refreshTokens = new Map<string, model.RefreshToken>();

	readonly ids = new IdSequence(ID_STARTS, 1_000_001);

	settings: Settings;

	/** Tells subscribers, where there are any. */
	tell: Notice = () => undefined;

	notify(topic: string, record: number | string): void {
		this.changed();
		this.tell(topic, record);
	}

	/** Name without "#", in lower case → ids. */
	readonly ordersByName = new Map<string, number[]>();

	readonly orderLists = new ListCache<model.Order>();

	/** Number → id. */
	readonly ordersByNumber = new Map<number, number>();

	/** First variant of each SKU. */
	readonly variantsBySku = new Map<string, number>();

	readonly customersByEmail = new Map<string, number>();

	/** Subject's gid → ids of its events. */
	readonly eventsBySubject = new Map<string, number[]>();

	/** Owner's gid → ids of its metafields. */
	readonly metafieldsByOwner = new Map<string, number[]>();

	/** Return line → its line of the reverse fulfilment order. */
	readonly reverseLineOf = new Map<number, number>();

	private changes = 0;

	private nextOrderNumber = 1001;

	constructor(
		private readonly initial: Settings,
		readonly clock: Clock,
		readonly random: SeededRandom,
	) {
		this.settings = { ...initial };
	}

	now(): string {
		return this.clock.now().toISOString().replace(/\.\d{3}Z$/, 'Z');
	}

	/** The next free id of a type, or the wanted one, which is then taken. */
	id(type: string, wanted?: number): number {
		if (wanted === undefined) return this.ids.next(type);
		this.ids.reserve(type, wanted);
		return wanted;
	}

	orderNumber(): number {
		while (this.ordersByNumber.has(this.nextOrderNumber)) this.nextOrderNumber += 1;
		return this.nextOrderNumber;
	}

	addOrder(order: model.Order): void {
		this.orders.set(order.id, order);
		this.ordersByNumber.set(order.number, order.id);
		appendTo(this.ordersByName, nameKey(order.name), order.id);
		this.changed();
	}

	removeOrder(order: model.Order): void {
		this.orders.delete(order.id);
		if (this.ordersByNumber.get(order.number) === order.id) this.ordersByNumber.delete(order.number);
		this.changed();
	}

	/** Goes up with every change, so that what was found before it is not taken for what is there now. */
	get revision(): number {
		return this.changes;
	}

	changed(): void {
		this.changes += 1;
	}

	/** Forgets every record and puts the settings back. */
	clear(): void {
		for (const map of Object.values(this.maps())) map.clear();
		for (const secrets of [this.tokens, this.authorizationCodes, this.refreshTokens]) secrets.clear();
		this.ids.reset();
		this.nextOrderNumber = 1001;
		this.changed();
		this.settings = { ...this.initial };
	}

	maps(): Record<string, Map<unknown, unknown>> {
		return Object.fromEntries(Object.entries(this).filter(([name, value]) => value instanceof Map && !SECRET_MAPS.includes(name))) as Record<string, Map<unknown, unknown>>;
	}

	/** Everything as plain data, without access tokens and secrets. */
	dump(): Record<string, unknown> {
		const dumped = Object.fromEntries(Object.entries(this.maps()).filter(([name]) => !INDICES.has(name)).map(([name, map]) => [name, [...map.values()]]));
		return {
			settings: this.settings,
			...dumped,
			apps: [...this.apps.values()].map(({ id, title, clientId, scopes }) => ({ id, title, clientId, scopes })),
		};
	}

	addEvent(subjectType: string, subjectId: string, action: string, message: string, appTitle: string | null): void {
		const id = this.id('BasicEvent');
		appendTo(this.eventsBySubject, subjectId, id);
		this.events.set(id, { __typename: 'BasicEvent', id, action, message, appTitle, subjectId, subjectType, createdAt: this.now() });
	}
}

/** Orders are found by name with or without "#", whatever the case. */
export function nameKey(name: string): string {
	return name.replace(/^#/, '').toLowerCase();
}

export function appendTo<K>(lists: Map<K, number[]>, key: K, id: number): void {
	const list = lists.get(key);
	if (list) list.push(id);
	else lists.set(key, [id]);
}

/** What must be there because another record refers to it. */
export function mustHave<K, V>(map: ReadonlyMap<K, V>, key: K, what: string): V {
	const value = map.get(key);
	if (value === undefined) throw new Error(`The simulated shop has no ${what} ${String(key)}`);
	return value;
}
