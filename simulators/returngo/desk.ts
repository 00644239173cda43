/** The life of a return request, from the portal to its end: what the customer, the staff and ReturnGO's own automation do to it. */

import { HttpError } from '../shared/http';
import type { Refunds } from './refunds';
import { plainId, ShopifyApp, ShopifyTrouble, type ShopOrder, type ShopOrderLine } from './shopify';
import { timestamp } from './time';
import type { Address, ExchangeOrder, FollowUpQuestion, ItemValidation, Money, ReturnedItem, Rma, RmaStatus, Shipment, ShipmentStatus } from './types';
import { addComment, AUTOMATION, CUSTOMER, htmlText, shopifyOf, touch, type Actor, type World } from './world';

/** One line of a request as the portal's form would hold it. */
export interface NewUnits {
	lineItemId: string;
	quantity: number;
	resolutionType: string;
	resolutionName?: string;
	policyRuleName: string;
	reason: string;
	extendedReason: string;
	restockingFee: number;
	returnFee: number;
	shipmentFee: number;
	exchangeItems: unknown[];
	followUpQuestions: FollowUpQuestion[];
	/** For a request without a Shopify order, or to differ from it: the value of one piece. */
	given?: { price?: Money; tax?: Money; taxIncluded?: boolean; sku?: string; title?: string; variantId?: string; productId?: string };
}

export interface NewRma {
	rmaId?: number;
	shop: string;
	orderId?: string;
	orderName?: string;
	units: NewUnits[];
	returnMethod: { type: string; name: string };
	customerAddress?: Partial<Address>;
	outOfPolicy: boolean;
	autoApprove: boolean;
	withoutShopifyOrder: boolean;
	/** Also take pieces that are already in another request. */
	evenIfTaken: boolean;
	triggeredVia: string;
}

export interface UnitValidation {
	id: string;
	isReturned: boolean;
	isRestockable: boolean;
	nonReturnedReason: string | null;
	nonRestockableReason: string | null;
	storeLocationId: string | null;
}

export const NO_SHIPMENT = 'No shipment required';

const SHIPMENT_TRANSITIONS: Readonly<Record<ShipmentStatus, readonly ShipmentStatus[]>> = {
	Pending: ['LabelCreated', 'Shipped', 'Received', 'Canceled', 'Validated'],
	LabelCreated: ['Shipped', 'Received', 'Canceled', 'Validated'],
	Shipped: ['Received', 'Canceled', 'Validated'],
	Canceled: ['Received', 'Validated'],
	Received: ['Validated'],
	Validated: [],
};

const SHIPMENT_NEWS: Readonly<Record<ShipmentStatus, string>> = {
	Pending: 'The shipment is pending',
	LabelCreated: 'A return label was created',
	Shipped: 'The shipment is in transit',
	Received: 'The shipment was received',
	Validated: 'The shipment was validated',
	Canceled: 'The shipment was canceled',
};

const WAREHOUSE: Address = { name: 'Returns Desk', street1: '1 Dock Road', street2: '', city: 'Springfield', state: 'IL', zip: '62701', country: 'US', phone: '+15550100', email: 'returns@shop.example' };
const SOMEBODY: Address = { name: 'Sam Sample', street1: '12 Sample Street', street2: '', city: 'Springfield', state: 'IL', zip: '62704', country: 'US', phone: '+15550101', email: 'sam@customer.example' };

export class Desk {
	constructor(
		private readonly world: World,
		private readonly refunds: Refunds,
	) {}

	/** The customer (or staff for the customer) asks to return something. */
	async create(wish: NewRma): Promise<Rma> {
		if (wish.units.length === 0) throw new HttpError(400, { message: 'A request needs at least one unit' });
		const order = wish.withoutShopifyOrder ? undefined : await this.findOrder(wish);
		if (order && !wish.evenIfTaken) this.refuseTakenPieces(wish, order);
		const { store, clock } = this.world;
		const at = clock.now();
		if (wish.rmaId !== undefined && store.rmas.has(wish.rmaId)) throw new HttpError(409, { message: `RMA ${wish.rmaId} exists` });
		const id = wish.rmaId ?? store.ids.next('rma');
		store.ids.reserve('rma', id);
		const shipment = wish.returnMethod.type === NO_SHIPMENT ? undefined : this.newShipment({ ...SOMEBODY, ...order?.address, ...wish.customerAddress });
		const rma: Rma = {
			id,
			shop: wish.shop,
			status: 'Pending',
			statusBeforeEnd: null,
			orderId: order?.id ?? wish.orderId ?? String(store.ids.next('order')),
			orderName: (order?.name ?? wish.orderName ?? '').replace(/^#/, ''),
			customerId: order?.customerId ?? null,
			events: [],
			shipments: shipment ? [shipment] : [],
			items: wish.units.flatMap((units) => this.newItems(units, wish, order, shipment?.shipmentId ?? '')),
			comments: [],
			exchangeOrders: [],
			cancellationFee: 0,
			transactions: [],
			createdAt: timestamp(at),
			lastUpdated: timestamp(at),
			touchedAt: timestamp(at),
			isOutOfPolicy: wish.outOfPolicy ? 1 : 0,
			inShopify: order !== undefined,
			shopifyReturn: null,
			restockedItemIds: [],
		};
		store.addRma(rma);
		this.addEvent(rma, 'RMA_CREATED', { ...CUSTOMER, via: wish.triggeredVia }, at);
		addComment(rma, at, 'system', '', 'The return request was submitted');
		this.world.events.rma('RMA_CREATED', rma);
		if (shipment) this.world.events.shipment('SHIPMENT_CREATED', rma, shipment);
		if (wish.autoApprove) await this.approve(rma, { ...AUTOMATION, via: wish.triggeredVia });
		return rma;
	}

	async approve(rma: Rma, by: Actor): Promise<void> {
		this.expect(rma, 'approve', ['Pending']);
		const at = this.world.clock.now();
		this.setStatus(rma, 'Approved');
		touch(this.world, rma, 'approved', at);
		this.addEvent(rma, 'RMA_APPROVED', by, at);
		addComment(rma, at, 'system', by.name, 'The return request was approved');
		for (const item of rma.items) if (item.exchangeItems.length > 0) this.draftExchange(rma, at);
		await this.makeShopifyReturn(rma);
	}

	reject(rma: Rma, by: Actor, reason: string): void {
		this.expect(rma, 'reject', ['Pending']);
		const at = this.world.clock.now();
		rma.statusBeforeEnd = rma.status;
		this.setStatus(rma, 'Rejected');
		touch(this.world, rma, 'rejected', at);
		addComment(rma, at, 'system', by.name, `The return request was rejected. Reason: ${htmlText(reason)}`);
		this.cancelShipments(rma);
	}

	async cancel(rma: Rma, by: Actor, reason: string): Promise<void> {
		this.expect(rma, 'cancel', ['Pending', 'Approved', 'Received', 'Validated']);
		const at = this.world.clock.now();
		rma.statusBeforeEnd = rma.status;
		this.setStatus(rma, 'Canceled');
		touch(this.world, rma, 'canceled', at);
		addComment(rma, at, 'system', by.name, `The return request was canceled. Reason: ${htmlText(reason)}`);
		this.cancelShipments(rma);
		const { shopifyReturn } = rma;
		const shopify = shopifyOf(this.world, rma);
		if (!shopifyReturn || !shopify) return;
		try {
			await shopify.cancelReturn(shopifyReturn.id);
			rma.shopifyReturn = null;
			addComment(rma, this.world.clock.now(), 'system', 'Automation', `The Shopify return ${htmlText(shopifyReturn.name)} was canceled`);
		} catch (error) {
			addComment(rma, this.world.clock.now(), 'error', 'Automation', `The Shopify return could not be canceled: ${htmlText(messageOf(error))}`);
		}
	}

	/** Back to the stage before the end. */
	async reopen(rma: Rma, by: Actor): Promise<void> {
		this.expect(rma, 'reopen', ['Canceled', 'Rejected', 'Done']);
		const at = this.world.clock.now();
		this.setStatus(rma, rma.statusBeforeEnd ?? 'Pending');
		rma.statusBeforeEnd = null;
		touch(this.world, rma, 'reopened', at);
		addComment(rma, at, 'system', by.name, 'The return request was reopened');
		for (const shipment of rma.shipments) if (shipment.status === 'Canceled') this.moveShipment(rma, shipment, 'Pending', at);
		if (rma.status !== 'Pending' && !rma.shopifyReturn) await this.makeShopifyReturn(rma);
	}

	/** The carrier has the parcel. */
	ship(rma: Rma, parcel: { trackingNumber: string | null; carrierName: string | null; trackingURL: string | null; scanned: boolean }): void {
		const shipment = this.inbound(rma);
		this.expectMove(shipment, 'Shipped');
		shipment.trackingNumber = parcel.trackingNumber ?? shipment.trackingNumber;
		shipment.carrierName = parcel.carrierName ?? shipment.carrierName;
		shipment.trackingURL = parcel.trackingURL ?? shipment.trackingURL;
		if (parcel.scanned) this.world.events.tracker(rma, shipment, 'InTransit');
		this.changeShipment(rma, shipment, 'Shipped');
	}

	receive(rma: Rma): void {
		this.changeShipment(rma, this.inbound(rma), 'Received');
	}

	/** A status change of a shipment with everything that follows from it; the same status again is no change. */
	changeShipment(rma: Rma, shipment: Shipment, status: ShipmentStatus): void {
		if (shipment.status === status) return;
		this.expectMove(shipment, status);
		const at = this.world.clock.now();
		this.moveShipment(rma, shipment, status, at);
		addComment(rma, at, 'system', 'Automation', SHIPMENT_NEWS[status]);
		if (status === 'Shipped') {
			touch(this.world, rma, 'shipped', at);
			this.refunds.automatic(rma, 'shipped');
		}
		if (status === 'Received' && rma.status === 'Approved') this.becomeReceived(rma, at);
		if (status === 'Validated' && ['Approved', 'Received'].includes(rma.status)) {
			if (this.world.options.shipmentValidationMarksUnits) for (const item of rma.items) if (!isValidated(item)) this.recordValidation(item, allGood(item.returnedItemId), AUTOMATION, at);
			this.becomeValidated(rma, at);
		}
	}

	/** Staff looked at the units. Correcting an earlier finding is possible at any time and is told to nobody. */
	validate(rma: Rma, findings: readonly UnitValidation[], by: Actor): void {
		this.expect(rma, 'validate', ['Approved', 'Received', 'Validated', 'Done']);
		const at = this.world.clock.now();
		for (const finding of findings) {
			const item = rma.items.find(({ returnedItemId }) => returnedItemId === finding.id);
			if (!item) throw new HttpError(404, { message: `RMA ${rma.id} has no unit ${finding.id}` });
			if (item.shipmentId === '') throw new HttpError(409, { message: 'A return without a shipment is not validated' });
		}
		for (const finding of findings) {
			const item = rma.items.find(({ returnedItemId }) => returnedItemId === finding.id);
			if (item) this.recordValidation(item, finding, by, at);
		}
		touch(this.world, rma, 'validated', at);
		const complete = this.world.options.validatedWith === 'firstUnit' || rma.items.every(isValidated);
		if (!complete || !['Approved', 'Received'].includes(rma.status)) return;
		addComment(rma, at, 'system', by.name, 'The items were validated');
		for (const shipment of rma.shipments) if (shipment.status !== 'Validated') this.moveShipment(rma, shipment, 'Validated', at);
		this.becomeValidated(rma, at);
	}

	/** Validated as a whole, without a word about single units: what setting the status by API comes to. */
	markValidated(rma: Rma, by: Actor): void {
		this.expect(rma, 'validate', ['Approved', 'Received']);
		const at = this.world.clock.now();
		addComment(rma, at, 'system', by.name, 'The return request was set to Validated');
		for (const shipment of rma.shipments) if (canMove(shipment.status, 'Validated') && shipment.status !== 'Validated') this.moveShipment(rma, shipment, 'Validated', at);
		this.becomeValidated(rma, at);
	}

	markDone(rma: Rma, by: Actor): void {
		this.expect(rma, 'mark-done', ['Approved', 'Received', 'Validated']);
		if (this.world.options.validationMandatory && !rma.items.every(isValidated)) throw new HttpError(409, { message: 'The items have to be validated first' });
		const at = this.world.clock.now();
		rma.statusBeforeEnd = rma.status;
		this.setStatus(rma, 'Done');
		touch(this.world, rma, 'done', at);
		addComment(rma, at, 'system', by.name, 'The return request was marked as done');
	}

	/** The draft order of an exchange becomes a real one. */
	releaseExchange(rma: Rma, by: Actor, order: { orderId: string; orderName: string }): ExchangeOrder {
		const exchange = rma.exchangeOrders.find((candidate) => candidate.orderId === '');
		if (!exchange) throw new HttpError(409, { message: 'There is no exchange to release' });
		const at = this.world.clock.now();
		Object.assign(exchange, order);
		touch(this.world, rma, 'exchange', at);
		addComment(rma, at, 'system', by.name, `The exchange was released as order ${htmlText(order.orderName)}`);
		return exchange;
	}

	/** Staff put units back on the shelf; the API shows nothing of it. */
	async restock(rma: Rma, itemIds: readonly string[], locationId: string | null, by: Actor): Promise<void> {
		const items = itemIds.map((id) => {
			const item = rma.items.find(({ returnedItemId }) => returnedItemId === id);
			if (!item) throw new HttpError(404, { message: `RMA ${rma.id} has no unit ${id}` });
			return item;
		});
		const taken = items.filter(({ returnedItemId }) => rma.restockedItemIds.includes(returnedItemId));
		if (taken.length > 0) throw new HttpError(409, { message: `Restocked already: ${taken.map(({ returnedItemId }) => returnedItemId).join(', ')}` });
		const shopify = shopifyOf(this.world, rma);
		if (!shopify) throw new HttpError(409, { message: 'This request has no Shopify order to restock to' });
		// Taken before the call, so that a second click during it finds them taken.
		rma.restockedItemIds.push(...itemIds);
		try {
			await this.restockInShopify(shopify, rma, items, locationId);
		} catch (error) {
			rma.restockedItemIds = rma.restockedItemIds.filter((id) => !itemIds.includes(id));
			throw new HttpError(409, { message: `Shopify refused the restock: ${messageOf(error)}` });
		}
		if (this.world.options.restockComments) addComment(rma, this.world.clock.now(), 'system', by.name, `${items.length} item(s) restocked`);
	}

	/** Takes a shipment out of its request. */
	deleteShipment(rma: Rma, shipment: Shipment): void {
		rma.shipments = rma.shipments.filter((candidate) => candidate !== shipment);
		for (const item of rma.items) if (item.shipmentId === shipment.shipmentId) item.shipmentId = '';
		addComment(rma, this.world.clock.now(), 'system', 'ReturnGO API', `Shipment ${shipment.shipmentId} was deleted`);
	}

	/** A carrier's news about a parcel. Delivered is not received: somebody still has to say so. */
	track(rma: Rma, shipment: Shipment, status: string): void {
		this.world.events.tracker(rma, shipment, status);
		if (status === 'InTransit' && ['Pending', 'LabelCreated'].includes(shipment.status)) this.changeShipment(rma, shipment, 'Shipped');
	}

	/** Finds the order of a request in Shopify. */
	async findOrder(wish: { shop: string; orderId?: string; orderName?: string }): Promise<ShopOrder> {
		const { shopify } = this.world.store.shop(wish.shop);
		if (!shopify) throw new HttpError(409, { message: `${wish.shop} has no Shopify here; use withoutShopifyOrder` });
		const app = new ShopifyApp(shopify);
		let order: ShopOrder | undefined;
		try {
			if (wish.orderId !== undefined) order = await app.orderById(wish.orderId);
			else if (wish.orderName !== undefined) order = await app.orderByName(wish.orderName);
			else throw new HttpError(400, { message: 'orderId or orderName is required' });
		} catch (error) {
			if (error instanceof ShopifyTrouble) throw new HttpError(502, { message: `ReturnGO could not read the order: ${error.message}` });
			throw error;
		}
		if (!order) throw new HttpError(404, { message: `Shopify has no order ${wish.orderId ?? wish.orderName ?? ''}` });
		return order;
	}

	/** Pieces of an order line that are in a living request of the shop. */
	takenPieces(shop: string, orderId: string, lineItemId: string): number {
		return this.world.store
			.rmasForOrder(shop, orderId)
			.filter((rma) => rma.status !== 'Canceled' && rma.status !== 'Rejected')
			.flatMap((rma) => rma.items)
			.filter((item) => item.shopLineItemId === lineItemId).length;
	}

	private refuseTakenPieces(wish: NewRma, order: ShopOrder): void {
		const wanted = new Map<string, number>();
		for (const { lineItemId, quantity } of wish.units) wanted.set(plainId(lineItemId), (wanted.get(plainId(lineItemId)) ?? 0) + quantity);
		for (const [lineItemId, quantity] of wanted) {
			const line = lineOf(order, lineItemId);
			const left = line.quantity - this.takenPieces(wish.shop, order.id, lineItemId);
			if (quantity > left) throw new HttpError(409, { message: `Only ${left} of ${line.quantity} pieces of ${line.sku} are left to return` });
		}
	}

	private newItems(units: NewUnits, wish: NewRma, order: ShopOrder | undefined, shipmentId: string): ReturnedItem[] {
		const line = order ? lineOf(order, plainId(units.lineItemId)) : inventedLine(units);
		return Array.from({ length: units.quantity }, () => ({
			shopLineItemId: line.id,
			shopProductId: units.given?.productId ?? line.productId,
			variantId: units.given?.variantId ?? line.variantId,
			returnedItemId: String(this.world.store.ids.next('unit')),
			fullName: units.given?.title ?? line.name,
			productName: units.given?.title ?? line.title,
			...(line.variantTitle === null ? {} : { variantName: line.variantTitle }),
			image: line.image,
			sku: units.given?.sku ?? line.sku,
			...(line.barcode === null ? {} : { barcode: line.barcode }),
			paidPrice: { ...(units.given?.price ?? line.unitPrice) },
			paidTax: { ...(units.given?.tax ?? line.unitTax) },
			taxIncluded: units.given?.taxIncluded ?? order?.taxesIncluded ?? false,
			returnReason: units.reason,
			extendedReason: units.extendedReason,
			resolutionName: units.resolutionName ?? resolutionLabel(units.resolutionType),
			policyRuleName: units.policyRuleName,
			resolutionType: units.resolutionType,
			isAutoApprove: wish.autoApprove ? 1 : 0,
			restockingFee: units.restockingFee,
			returnFee: units.returnFee,
			shipmentFee: units.shipmentFee,
			shipmentId,
			returnMethod: { ...wish.returnMethod },
			itemValidationStatusResponse: notValidated(),
			exchangeItems: units.exchangeItems,
			followUpQuestions: units.followUpQuestions,
		}));
	}

	private newShipment(customerAddress: Address): Shipment {
		return {
			shipmentId: String(this.world.store.ids.next('shipment')),
			status: 'Pending',
			carrierName: null,
			requestedServiceLevel: null,
			actualServiceLevel: null,
			trackingNumber: null,
			trackingURL: null,
			labelURL: null,
			customerAddress,
			returnAddress: { ...WAREHOUSE },
			isOutbound: false,
		};
	}

	private addEvent(rma: Rma, eventName: 'RMA_CREATED' | 'RMA_APPROVED', by: Actor, at: Date): void {
		rma.events.push({ eventName, eventDate: timestamp(at), triggeredVia: by.via, storeLocationId: 'online', userDetails: by.user });
	}

	private setStatus(rma: Rma, status: RmaStatus): void {
		rma.status = status;
		this.world.events.rma('RMA_STATUS_UPDATED', rma);
	}

	private moveShipment(rma: Rma, shipment: Shipment, status: ShipmentStatus, at: Date): void {
		shipment.status = status;
		rma.touchedAt = timestamp(at);
		this.world.events.shipment('SHIPMENT_STATUS_UPDATED', rma, shipment);
	}

	private cancelShipments(rma: Rma): void {
		const at = this.world.clock.now();
		for (const shipment of rma.shipments) if (['Pending', 'LabelCreated', 'Shipped'].includes(shipment.status)) this.moveShipment(rma, shipment, 'Canceled', at);
	}

	private becomeReceived(rma: Rma, at: Date): void {
		this.setStatus(rma, 'Received');
		touch(this.world, rma, 'received', at);
		this.refunds.automatic(rma, 'received');
	}

	private becomeValidated(rma: Rma, at: Date): void {
		this.setStatus(rma, 'Validated');
		touch(this.world, rma, 'validated', at);
		this.refunds.automatic(rma, 'validated');
	}

	private recordValidation(item: ReturnedItem, finding: UnitValidation, by: Actor, at: Date): void {
		item.itemValidationStatusResponse = {
			isRestockable: finding.isRestockable,
			isReturned: finding.isReturned,
			nonRestockableReason: finding.nonRestockableReason,
			nonReturnedReason: finding.nonReturnedReason,
			storeLocationId: finding.storeLocationId,
			lastValidationDate: timestamp(at),
			lastValidatedBy: by.name,
			thirdPartyName: null,
			userDetails: by.user,
		};
	}

	private draftExchange(rma: Rma, at: Date): void {
		const number = this.world.store.ids.next('draft');
		rma.exchangeOrders.push({ draftOrderId: String(this.world.store.ids.next('draftOrder')), orderId: '', orderName: `#D${number}`, type: 'Exchange' });
		addComment(rma, at, 'system', 'Automation', `The exchange was prepared as draft order #D${number}`);
	}

	private async makeShopifyReturn(rma: Rma): Promise<void> {
		const shopify = shopifyOf(this.world, rma);
		if (!shopify || !this.world.options.createsShopifyReturns) return;
		try {
			if (this.world.options.failNextShopifyReturns > 0) {
				this.world.options.failNextShopifyReturns -= 1;
				throw new ShopifyTrouble('{"statusCode":500,"message":"Internal server error"}');
			}
			rma.shopifyReturn = await shopify.createReturn(`gid://shopify/Order/${rma.orderId}`, this.shopifyReturnLines(rma));
			const at = this.world.clock.now();
			touch(this.world, rma, 'shopifyReturn', at);
			addComment(rma, at, 'system', 'Automation', `The Shopify return ${htmlText(rma.shopifyReturn.name)} was created and approved`);
		} catch (error) {
			addComment(rma, this.world.clock.now(), 'error', 'Automation', `The Shopify return could not be created: ${htmlText(messageOf(error))}`);
		}
	}

	private shopifyReturnLines(rma: Rma): Array<{ lineItemId: string; quantity: number; note: string }> {
		const units = rma.items.map((item) => ({ lineItemId: item.shopLineItemId, quantity: 1, note: item.returnReason }));
		return this.world.options.shopifyReturnLines === 'perUnit' ? units : byLine(units);
	}

	private async restockInShopify(shopify: ShopifyApp, rma: Rma, items: readonly ReturnedItem[], locationId: string | null): Promise<void> {
		if (this.world.options.restockMutation === 'inventoryAdjustQuantities') {
			await shopify.restockDirectly(
				items.map(({ variantId }) => ({ variantId, quantity: 1 })),
				locationId,
				this.world.random.uuid(),
			);
			return;
		}
		if (!rma.shopifyReturn) throw new ShopifyTrouble('There is no Shopify return');
		const wanted = byLine(items.map(({ shopLineItemId }) => ({ lineItemId: shopLineItemId, quantity: 1, note: '' })));
		await shopify.restockThroughReturn(rma.shopifyReturn.id, wanted, locationId);
	}

	private inbound(rma: Rma): Shipment {
		const shipment = rma.shipments.find(({ isOutbound }) => !isOutbound);
		if (!shipment) throw new HttpError(409, { message: `RMA ${rma.id} needs no shipment` });
		return shipment;
	}

	private expectMove(shipment: Shipment, status: ShipmentStatus): void {
		if (!canMove(shipment.status, status)) throw new HttpError(409, { message: `A shipment cannot go from ${shipment.status} to ${status}` });
	}

	private expect(rma: Rma, act: string, allowed: readonly RmaStatus[]): void {
		if (!allowed.includes(rma.status)) throw new HttpError(409, { message: `RMA ${rma.id} is ${rma.status}: ${act} is possible only when ${allowed.join(', ')}` });
	}
}

/** The documented transition table; staying is always possible. */
export function canMove(from: ShipmentStatus, to: ShipmentStatus): boolean {
	return from === to || SHIPMENT_TRANSITIONS[from].includes(to);
}

export function isValidated(item: ReturnedItem): boolean {
	return item.itemValidationStatusResponse.lastValidationDate !== null;
}

/** Adds up quantities of the same order line. */
export function byLine(units: ReadonlyArray<{ lineItemId: string; quantity: number; note: string }>): Array<{ lineItemId: string; quantity: number; note: string }> {
	const lines = new Map<string, { lineItemId: string; quantity: number; note: string }>();
	for (const unit of units) {
		const line = lines.get(unit.lineItemId);
		if (line) line.quantity += unit.quantity;
		else lines.set(unit.lineItemId, { ...unit });
	}
	return [...lines.values()];
}

export function allGood(id: string): UnitValidation {
	return { id, isReturned: true, isRestockable: true, nonReturnedReason: null, nonRestockableReason: null, storeLocationId: null };
}

function notValidated(): ItemValidation {
	return {
		isRestockable: false,
		isReturned: false,
		nonRestockableReason: null,
		nonReturnedReason: null,
		storeLocationId: null,
		lastValidationDate: null,
		lastValidatedBy: null,
		thirdPartyName: null,
		userDetails: null,
	};
}

function lineOf(order: ShopOrder, lineItemId: string): ShopOrderLine {
	const line = order.lines.find(({ id }) => id === lineItemId);
	if (!line) throw new HttpError(400, { message: `Order ${order.name} has no line item ${lineItemId}` });
	return line;
}

function inventedLine(units: NewUnits): ShopOrderLine {
	const nothing: Money = { amount: 0, currency: units.given?.price?.currency ?? 'USD', shopAmount: 0, shopCurrency: units.given?.price?.shopCurrency ?? 'USD' };
	const title = units.given?.title ?? 'Sample item';
	return {
		id: plainId(units.lineItemId),
		sku: units.given?.sku ?? 'SAMPLE',
		name: title,
		title,
		variantTitle: null,
		quantity: units.quantity,
		productId: units.given?.productId ?? '8000001',
		variantId: units.given?.variantId ?? '4000001',
		barcode: null,
		image: '',
		unitPrice: nothing,
		unitTax: nothing,
	};
}

function resolutionLabel(resolutionType: string): string {
	switch (resolutionType) {
		case 'RefundToPaymentMethod':
			return 'Refund to original payment';
		case 'RefundToStoreCredit':
			return 'Store credit';
		case 'InstantVariantExchange':
			return 'Exchange for another size';
		default:
			return resolutionType;
	}
}

function messageOf(error: unknown): string {
	if (error instanceof ShopifyTrouble) return error.message;
	throw error;
}
