/**
 * Fills both simulators with a small shop that has lived for a month: twelve orders, eight return requests in the states that occur,
 * one refund that nobody asked ReturnGO for. Everything is done through the control interfaces, at the time it is said to have happened.
 */

import { SeededRandom } from './shared/random';
import { isObject } from './shared/input';
import { ShopifyApp } from './returngo/shopify';

export interface SmallShopTarget {
	shopifyUrl: string;
	returnGoUrl: string;
	/** Varies the customers; orders, prices and ids stay. */
	seed?: number;
	/** A token that may write orders, for what a person did in the Shopify admin. */
	shopifyToken?: string;
}

export interface SmallShop {
	/** Three shirts bought at a line discount, an order discount and tax; two of them on their way back, approved and shipped. */
	flagship: { orderId: string; orderName: string; lineItemId: string; rmaId: number; returnedItemIds: string[]; shopifyReturn: string | null };
	orders: Array<{ id: string; name: string }>;
	rmas: Array<{ rmaId: number; orderName: string; status: string }>;
}

interface CreatedOrder {
	id: string;
	name: string;
	lineItemIds: string[];
}

interface CreatedRma {
	rmaId: number;
	orderName: string;
	status: string;
	returnedItemIds: string[];
	shopifyReturn: string | null;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const FIRST_ORDER_ID = 5_100_000_001;
const FIRST_LINE_ID = 7_100_000_001;
const SALES_TAX = [{ title: 'Sales tax', rate: 0.0825 }];
const VAT = [{ title: 'VAT', rate: 0.19 }];

const FIRST_NAMES = ['Ada', 'Ben', 'Chloe', 'Dario', 'Elif', 'Finn', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kira', 'Leon'] as const;
const LAST_NAMES = ['Adler', 'Brook', 'Castle', 'Dune', 'Elm', 'Field', 'Grove', 'Hill', 'Isle', 'Lake', 'Marsh', 'Stone'] as const;

/** The flagship comes first; its line's value has no round third, so that one piece has no exact price. `daysAgo` says when each was placed. */
const ORDERS: ReadonlyArray<{ daysAgo: number; order: Record<string, unknown> & { lines: Array<Record<string, unknown>> } }> = [
	{
		daysAgo: 12,
		order: {
			lines: [
				{ sku: 'SHIRT-LINEN-M', title: 'Linen shirt', quantity: 3, unitPrice: '39.95', taxes: SALES_TAX },
				{ sku: 'SOCKS-GREY', title: 'Wool socks', quantity: 1, unitPrice: '12.00', taxes: SALES_TAX },
			],
			discounts: [
				{ target: 'line', line: 0, kind: 'percentage', value: '10', type: 'automatic', title: 'Linen week' },
				{ target: 'order', kind: 'fixed', value: '10.00', type: 'code', title: 'WELCOME10' },
			],
			shipping: { price: '4.90' },
		},
	},
	{ daysAgo: 3, order: { lines: [{ sku: 'MUG-BLUE', title: 'Mug, blue', quantity: 2, unitPrice: '19.90', taxes: SALES_TAX }] } },
	{ daysAgo: 16, order: { lines: [{ sku: 'LAMP-OAK', title: 'Oak lamp', quantity: 1, unitPrice: '129.00', taxes: SALES_TAX }], shipping: { price: '9.90' } } },
	{ daysAgo: 18, order: { lines: [{ sku: 'SHIRT-LINEN-M', title: 'Linen shirt', quantity: 2, unitPrice: '39.95', taxes: SALES_TAX }] } },
	{ daysAgo: 25, order: { lines: [{ sku: 'BAG-CANVAS', title: 'Canvas bag', quantity: 2, unitPrice: '35.00', taxes: SALES_TAX }] } },
	{ daysAgo: 14, order: { lines: [{ sku: 'SCARF-RED', title: 'Scarf, red', quantity: 1, unitPrice: '49.00', taxes: SALES_TAX }] } },
	{
		daysAgo: 15,
		order: {
			currency: 'USD',
			presentmentCurrency: 'EUR',
			exchangeRate: '1.10',
			taxesIncluded: true,
			lines: [{ sku: 'MUG-BLUE', title: 'Mug, blue', quantity: 3, unitPrice: '18.50', taxes: VAT }],
		},
	},
	{ daysAgo: 20, order: { lines: [{ sku: 'SOCKS-GREY', title: 'Wool socks', quantity: 4, unitPrice: '12.00', taxes: SALES_TAX }] } },
	{ daysAgo: 10, order: { lines: [{ sku: 'BAG-CANVAS', title: 'Canvas bag', quantity: 1, unitPrice: '35.00', taxes: SALES_TAX }] } },
	{
		daysAgo: 8,
		order: {
			lines: [
				{
					sku: 'SET-BREAKFAST',
					title: 'Breakfast set',
					quantity: 1,
					unitPrice: '52.30',
					taxes: SALES_TAX,
					bundle: { components: [{ sku: 'MUG-BLUE', title: 'Mug, blue', quantity: 2, unitPrice: '16.90' }, { sku: 'TEA-EARL', title: 'Earl Grey', quantity: 1, unitPrice: '18.50' }] },
				},
			],
		},
	},
	{
		daysAgo: 6,
		order: {
			lines: [{ sku: 'LAMP-OAK', title: 'Oak lamp', quantity: 1, unitPrice: '129.00', taxes: SALES_TAX }],
			payments: [{ gateway: 'gift_card', amount: '50.00' }, { gateway: 'shopify_payments', amount: '89.64' }],
		},
	},
	{ daysAgo: 1, order: { lines: [{ sku: 'SCARF-RED', title: 'Scarf, red', quantity: 2, unitPrice: '49.00', fulfilled: 0, taxes: SALES_TAX }] } },
];

/** @throws Error when a simulator refuses a step; the simulators should be fresh (ids are given). */
export async function seedSmallShop(target: SmallShopTarget): Promise<SmallShop> {
	const shop = new Seeding(target);
	return await shop.run();
}

class Seeding {
	private readonly random: SeededRandom;

	private readonly orders: CreatedOrder[] = [];

	private readonly rmas = new Map<number, CreatedRma>();

	private today = 0;

	constructor(private readonly target: SmallShopTarget) {
		this.random = new SeededRandom(target.seed ?? 1);
	}

	async run(): Promise<SmallShop> {
		const clock = await this.call(this.target.returnGoUrl, 'GET', '/__sim/clock');
		const start = isObject(clock) && typeof clock.now === 'string' ? Date.parse(clock.now) : Date.now();
		const began = Date.now();
		// Whole hours, so that the same day gives the same shop.
		this.today = Math.floor(start / DAY_MS) * DAY_MS + 9 * 60 * 60 * 1_000;
		try {
			await this.placeOrders();
			await this.liveThroughReturns();
		} finally {
			const frozen = isObject(clock) && clock.mode === 'frozen';
			await this.setClocks(new Date(frozen ? start : start + (Date.now() - began)));
		}
		const rmas = [...this.rmas.values()].sort((a, b) => a.rmaId - b.rmaId);
		const [flagshipOrder] = this.orders;
		const [flagship] = rmas;
		if (!flagshipOrder || !flagship) throw new Error('The small shop has no flagship order');
		return {
			flagship: {
				orderId: flagshipOrder.id,
				orderName: flagshipOrder.name,
				lineItemId: flagshipOrder.lineItemIds[0] ?? '',
				rmaId: flagship.rmaId,
				returnedItemIds: flagship.returnedItemIds,
				shopifyReturn: flagship.shopifyReturn,
			},
			orders: this.orders.map(({ id, name }) => ({ id, name })),
			rmas: rmas.map(({ rmaId, orderName, status }) => ({ rmaId, orderName, status })),
		};
	}

	private async placeOrders(): Promise<void> {
		let lineId = FIRST_LINE_ID;
		const numbered = ORDERS.map((entry, index) => ({
			...entry,
			index,
			ids: { id: FIRST_ORDER_ID + index, name: `#${1001 + index}` },
			lines: entry.order.lines.map((line) => (line.bundle === undefined ? { id: lineId++, ...line } : line)),
		}));
		for (const { daysAgo, order, index, ids, lines } of [...numbered].sort((a, b) => b.daysAgo - a.daysAgo)) {
			const placedAt = this.at(daysAgo);
			await this.setClocks(placedAt);
			const firstName = this.random.pick(FIRST_NAMES);
			const lastName = LAST_NAMES[index % LAST_NAMES.length] ?? 'Stone';
			const customer = { firstName, lastName, email: `${firstName}.${lastName}@customer.example`.toLowerCase() };
			const payments = order.payments ?? [{ gateway: 'shopify_payments' }];
			const made = await this.call(this.target.shopifyUrl, 'POST', '/__sim/orders', { ...order, ...ids, lines, customer, payments, createdAt: placedAt.toISOString() });
			this.orders[index] = { id: textOf(made, 'id').split('/').pop() ?? '', name: textOf(made, 'name'), lineItemIds: listOf(made, 'lines').map((line) => textOf(line, 'id').split('/').pop() ?? '') };
		}
	}

	/** Day by day, so that every timestamp and every settlement falls where it would have. */
	private async liveThroughReturns(): Promise<void> {
		const steps: Array<{ daysAgo: number; act: () => Promise<void> }> = [
			// Done: received, inspected, refunded by ReturnGO itself, money out.
			{ daysAgo: 20, act: () => this.request(5, 4, { quantity: 1 }) },
			{ daysAgo: 19, act: () => this.act(5, 'approve') },
			{ daysAgo: 18, act: () => this.act(5, 'ship', { trackingNumber: 'SIM0000000005', carrierName: 'Sample Post' }) },
			{ daysAgo: 15, act: () => this.act(5, 'receive') },
			{ daysAgo: 15, act: () => this.act(5, 'validate', { all: true }) },
			{ daysAgo: 14, act: () => this.act(5, 'refund', { by: 'Dana Support' }) },
			{ daysAgo: 13, act: () => this.act(5, 'mark-done') },
			// Canceled by the customer.
			{ daysAgo: 17, act: () => this.request(8, 7, { quantity: 1, reason: 'Changed my mind' }) },
			{ daysAgo: 16, act: () => this.act(8, 'approve') },
			{ daysAgo: 15, act: () => this.act(8, 'cancel', { reason: 'The customer keeps it' }) },
			// Inspected, one shirt sellable and one stained, nothing paid yet.
			{ daysAgo: 13, act: () => this.request(4, 3, { quantity: 2 }) },
			{ daysAgo: 13, act: () => this.act(4, 'approve') },
			{ daysAgo: 12, act: () => this.act(4, 'ship', { trackingNumber: 'SIM0000000004', carrierName: 'Sample Post' }) },
			{ daysAgo: 9, act: () => this.act(4, 'receive') },
			{ daysAgo: 8, act: () => this.inspectShirts() },
			// Paid in euros; one of two mugs was not in the parcel.
			{ daysAgo: 12, act: () => this.request(7, 6, { quantity: 2, reason: 'Arrived late' }) },
			{ daysAgo: 11, act: () => this.act(7, 'approve') },
			{ daysAgo: 10, act: () => this.act(7, 'ship', { trackingNumber: 'SIM0000000007', carrierName: 'Sample Parcel' }) },
			{ daysAgo: 7, act: () => this.act(7, 'receive') },
			{ daysAgo: 6, act: () => this.inspectMugs() },
			// Received a week ago, and nobody has looked at it.
			{ daysAgo: 11, act: () => this.request(3, 2, { quantity: 1, reason: 'Arrived damaged' }) },
			{ daysAgo: 10, act: () => this.act(3, 'approve') },
			{ daysAgo: 9, act: () => this.act(3, 'ship', { trackingNumber: 'SIM0000000003', carrierName: 'Sample Parcel' }) },
			{ daysAgo: 7, act: () => this.act(3, 'receive') },
			// Store credit.
			{ daysAgo: 9, act: () => this.request(6, 5, { quantity: 1, resolutionType: 'RefundToStoreCredit' }) },
			{ daysAgo: 9, act: () => this.act(6, 'approve') },
			{ daysAgo: 8, act: () => this.act(6, 'ship', { trackingNumber: 'SIM0000000006', carrierName: 'Sample Post' }) },
			{ daysAgo: 5, act: () => this.act(6, 'receive') },
			{ daysAgo: 5, act: () => this.act(6, 'issue-store-credit', { by: 'Dana Support' }) },
			// Refunded in the Shopify admin without a request.
			{ daysAgo: 4, act: () => this.refundWithoutRequest(8) },
			// The flagship: two of three shirts on their way.
			{ daysAgo: 5, act: () => this.request(1, 0, { quantity: 2 }) },
			{ daysAgo: 4, act: () => this.act(1, 'approve', { by: 'Dana Support' }) },
			{ daysAgo: 3, act: () => this.act(1, 'ship', { trackingNumber: 'SIM0000000001', carrierName: 'Sample Post' }) },
			// New this morning.
			{ daysAgo: 1, act: () => this.request(2, 1, { quantity: 1, reason: 'Not as described' }) },
		];
		for (const [index, { daysAgo, act }] of [...steps.entries()].sort(([a, one], [b, other]) => other.daysAgo - one.daysAgo || a - b)) {
			await this.setClocks(new Date(this.at(daysAgo).getTime() + index * 60_000));
			await act();
		}
	}

	/** The numbers follow the orders, whatever day the request was made. */
	private async request(number: number, orderIndex: number, units: Record<string, unknown>): Promise<void> {
		const order = this.orders[orderIndex];
		const rma = await this.call(this.target.returnGoUrl, 'POST', '/__sim/rmas', { rmaId: 1_000_000 + number, orderId: order?.id, units: [{ lineItemId: order?.lineItemIds[0], ...units }] });
		this.keep(number, rma);
	}

	private async act(number: number, name: string, body: Record<string, unknown> = {}): Promise<void> {
		this.keep(number, await this.call(this.target.returnGoUrl, 'POST', `/__sim/rmas/${1_000_000 + number}/${name}`, body));
	}

	private async inspectShirts(): Promise<void> {
		const [sellable, stained] = this.rmas.get(4)?.returnedItemIds ?? [];
		await this.act(4, 'validate', { units: [{ id: sellable }, { id: stained, isRestockable: false, nonRestockableReason: 'Stained' }] });
	}

	private async inspectMugs(): Promise<void> {
		const [sellable, missing] = this.rmas.get(7)?.returnedItemIds ?? [];
		await this.act(7, 'validate', { units: [{ id: sellable }, { id: missing, isReturned: false, nonReturnedReason: 'Not in the parcel' }] });
	}

	private async refundWithoutRequest(orderIndex: number): Promise<void> {
		const order = this.orders[orderIndex];
		if (!order) return;
		const admin = new ShopifyApp({ url: this.target.shopifyUrl, token: this.target.shopifyToken ?? 'shpat_sim_full', apiVersion: '2026-10' });
		await admin.refundLines({
			orderGid: `gid://shopify/Order/${order.id}`,
			currency: 'USD',
			lines: [{ lineItemId: order.lineItemIds[0] ?? '', quantity: 1 }],
			amountMinor: 3_789,
			note: 'Goodwill, agreed on the phone',
			idempotencyKey: this.random.uuid(),
			restockType: 'NO_RESTOCK',
			locationId: null,
		});
	}

	private keep(number: number, rma: unknown): void {
		const details = isObject(rma) ? rma.details : undefined;
		const shopifyReturn = isObject(rma) && isObject(rma.shopifyReturn) ? textOf(rma.shopifyReturn, 'name') : null;
		const kept = { rmaId: 1_000_000 + number, orderName: textOf(rma, 'orderName'), status: textOf(rma, 'status'), returnedItemIds: listOf(details, 'items').map((item) => textOf(item, 'returnedItemId')), shopifyReturn };
		this.rmas.set(number, kept);
	}

	private at(daysAgo: number): Date {
		return new Date(this.today - daysAgo * DAY_MS);
	}

	private async setClocks(instant: Date): Promise<void> {
		for (const url of [this.target.shopifyUrl, this.target.returnGoUrl]) await this.call(url, 'POST', '/__sim/clock', { set: instant.toISOString() });
	}

	private async call(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(url + path, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path} was refused with ${response.status}: ${text}`);
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	}
}

function textOf(value: unknown, name: string): string {
	const text = isObject(value) ? value[name] : undefined;
	if (typeof text !== 'string' && typeof text !== 'number') throw new Error(`A simulator answered without ${name}`);
	return String(text);
}

function listOf(value: unknown, name: string): unknown[] {
	const list = isObject(value) ? value[name] : undefined;
	if (!Array.isArray(list)) throw new Error(`A simulator answered without ${name}`);
	return list;
}
