/** What ReturnGO's own Shopify app does: reads orders, keeps the Shopify return of a request, refunds, restocks. Only over the Admin API. */

import { isObject, type JsonObject } from '../shared/input';
import { perPiece, toDecimal, toMinor } from './money';
import type { Shop } from './store';
import type { Address, Money } from './types';

/** Shopify said no, or did not answer. */
export class ShopifyTrouble extends Error {}

export interface ShopOrder {
	id: string;
	gid: string;
	name: string;
	createdAt: string;
	taxesIncluded: boolean;
	currency: string;
	shopCurrency: string;
	customerId: string | null;
	email: string;
	address: Address | null;
	lines: ShopOrderLine[];
}

export interface ShopOrderLine {
	id: string;
	sku: string;
	name: string;
	title: string;
	variantTitle: string | null;
	quantity: number;
	productId: string;
	variantId: string;
	barcode: string | null;
	image: string;
	/** Per piece, after all discounts. */
	unitPrice: Money;
	unitTax: Money;
}

interface RefundRequest {
	orderGid: string;
	currency: string;
	/** Order line ids with quantities. */
	lines: Array<{ lineItemId: string; quantity: number }>;
	/** In the customer's currency; Shopify's own suggestion is the upper bound. */
	amountMinor: number;
	note: string;
	idempotencyKey: string;
	restockType: 'NO_RESTOCK' | 'RETURN';
	locationId: string | null;
}

const THROTTLED_ATTEMPTS = 6;
const THROTTLED_WAIT_MS = 500;

const MONEY = '{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';

const ORDER_FIELDS = `id name createdAt taxesIncluded currencyCode presentmentCurrencyCode email
	customer { id }
	shippingAddress { name address1 address2 city provinceCode zip countryCodeV2 phone }
	lineItems(first: 25, after: $after) { pageInfo { hasNextPage endCursor } nodes {
		id sku name title variantTitle quantity
		product { id }
		variant { id barcode }
		image { url }
		discountedUnitPriceAfterAllDiscountsSet ${MONEY}
		taxLines { priceSet ${MONEY} }
	} }`;

export const DOCUMENTS = {
	orderById: `query OrderById($id: ID!, $after: String) { order(id: $id) { ${ORDER_FIELDS} } }`,
	orderByName: 'query OrderByName($query: String!) { orders(first: 5, query: $query) { nodes { id name } } }',
	returnable: 'query Returnable($orderId: ID!) { returnableFulfillments(orderId: $orderId, first: 50) { nodes { id } } }',
	returnableLines: `query ReturnableLines($id: ID!, $after: String) { returnableFulfillment(id: $id) {
		returnableFulfillmentLineItems(first: 25, after: $after) { pageInfo { hasNextPage endCursor } nodes { quantity fulfillmentLineItem { id lineItem { id } } } }
	} }`,
	returnCreate: `mutation ReturnCreate($returnInput: ReturnInput!) { returnCreate(returnInput: $returnInput) {
		return { id name status } userErrors { field message code }
	} }`,
	returnCancel: 'mutation ReturnCancel($id: ID!) { returnCancel(id: $id) { return { id status } userErrors { field message code } } }',
	refundsOfOrder: `query RefundsOfOrder($id: ID!) { order(id: $id) { refunds(first: 20) { id refundLineItems(first: 20) { nodes { quantity lineItem { id } } } } } }`,
	suggestedRefund: `query SuggestedRefund($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) { suggestedRefund(refundLineItems: $lines) {
		amountSet ${MONEY}
		suggestedTransactions { gateway parentTransaction { id } amountSet ${MONEY} maximumRefundableSet ${MONEY} }
	} } }`,
	refundCreate: `mutation RefundCreate($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) {
		refund { id transactions(first: 10) { nodes { id status } } } userErrors { field message }
	} }`,
	returnForRefund: `query ReturnForRefund($id: ID!) { return(id: $id) { id
		returnLineItems(first: 100) { nodes { id quantity processableQuantity refundableQuantity ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } } } }
		refunds(first: 50) { nodes { id } }
	} }`,
	suggestedOutcome: `query SuggestedOutcome($id: ID!, $lines: [SuggestedOutcomeReturnLineItemInput!]!) { return(id: $id) {
		suggestedFinancialOutcome(returnLineItems: $lines, exchangeLineItems: []) { financialTransfer { ... on RefundReturnOutcome {
			suggestedTransactions { gateway parentTransaction { id } amountSet ${MONEY} maximumRefundableSet ${MONEY} }
		} } }
	} }`,
	returnProcess: `mutation ReturnProcess($input: ReturnProcessInput!) { returnProcess(input: $input) {
		return { id refunds(first: 50) { nodes { id } } } userErrors { field message code }
	} }`,
	refundStatus: 'query RefundStatus($id: ID!) { refund(id: $id) { id transactions(first: 10) { nodes { id status } } } }',
	reverseLines: `query ReverseLines($id: ID!) { return(id: $id) { reverseFulfillmentOrders(first: 5) { nodes { id status
		lineItems(first: 25) { nodes { id totalQuantity fulfillmentLineItem { id lineItem { id } } dispositions { type quantity } } }
	} } } }`,
	dispose: `mutation Dispose($inputs: [ReverseFulfillmentOrderDisposeInput!]!) { reverseFulfillmentOrderDispose(dispositionInputs: $inputs) {
		reverseFulfillmentOrderLineItems { id } userErrors { field message code }
	} }`,
	inventoryItems: 'query InventoryItems($ids: [ID!]!) { nodes(ids: $ids) { id ... on ProductVariant { inventoryItem { id } } } }',
	inventoryAdjust: `mutation InventoryAdjust($input: InventoryAdjustQuantitiesInput!, $key: String!) { inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
		inventoryAdjustmentGroup { id } userErrors { field message code }
	} }`,
	locations: 'query Locations { locations(first: 1) { nodes { id } } }',
} as const;

export class ShopifyApp {
	constructor(private readonly shop: NonNullable<Shop['shopify']>) {}

	/** By numeric id or gid. */
	async orderById(id: string): Promise<ShopOrder | undefined> {
		let order: ShopOrder | undefined;
		for (let after: string | null = null; ; ) {
			const data: JsonObject = await this.ask('orderById', { id: gid('Order', id), after });
			if (!data.order) return undefined;
			const page = readOrder(data.order);
			order = order ? { ...order, lines: [...order.lines, ...page.lines] } : page;
			after = nextOf(child(data, 'order', 'lineItems'));
			if (after === null) return order;
		}
	}

	/** By name, with or without "#". */
	async orderByName(name: string): Promise<ShopOrder | undefined> {
		const bare = name.replace(/^#/, '');
		const data = await this.ask('orderByName', { query: `name:${JSON.stringify(bare)}` });
		// A search may also find names that only begin like the one asked for.
		const found = nodesOf(data.orders).find((order) => textOf(order.name).replace(/^#/, '') === bare);
		return found ? await this.orderById(textOf(found.id)) : undefined;
	}

	/** Makes an open Shopify return for these lines. */
	async createReturn(orderGid: string, wanted: ReadonlyArray<{ lineItemId: string; quantity: number; note: string }>): Promise<{ id: string; name: string }> {
		const free = await this.returnableLines(orderGid);
		const returnLineItems = [];
		for (const { lineItemId, quantity, note } of wanted) {
			let missing = quantity;
			for (const line of free) {
				if (line.lineItemId !== lineItemId || missing === 0 || line.quantity === 0) continue;
				const taken = Math.min(line.quantity, missing);
				line.quantity -= taken;
				missing -= taken;
				returnLineItems.push({ fulfillmentLineItemId: line.fulfillmentLineItemId, quantity: taken, returnReason: 'OTHER', returnReasonNote: note.slice(0, 255) });
			}
			if (missing > 0) throw new ShopifyTrouble(`${missing} of ${quantity} pieces of line item ${lineItemId} cannot be returned`);
		}
		const created = child(await this.change('returnCreate', { returnInput: { orderId: orderGid, returnLineItems } }), 'return');
		return { id: textOf(created.id), name: textOf(created.name) };
	}

	async cancelReturn(id: string): Promise<void> {
		await this.change('returnCancel', { id });
	}

	/** Quantities refunded so far, per order line, and whether there is any refund at all. */
	async refundedQuantities(orderGid: string): Promise<{ anyRefund: boolean; byLine: Map<string, number> }> {
		const data = await this.ask('refundsOfOrder', { id: orderGid });
		const refunds = listOf(child(data, 'order').refunds);
		const byLine = new Map<string, number>();
		for (const line of refunds.flatMap((refund) => nodesOf(refund.refundLineItems))) {
			const lineItemId = idOf(child(line, 'lineItem').id);
			byLine.set(lineItemId, (byLine.get(lineItemId) ?? 0) + countOf(line.quantity));
		}
		return { anyRefund: refunds.length > 0, byLine };
	}

	/** Refunds order lines with refundCreate; returns the refund's gid. */
	async refundLines(request: RefundRequest): Promise<string> {
		const restock = request.restockType === 'RETURN' ? { restockType: 'RETURN', locationId: await this.locationOr(request.locationId) } : { restockType: 'NO_RESTOCK' };
		const lines = request.lines.map(({ lineItemId, quantity }) => ({ lineItemId: gid('LineItem', lineItemId), quantity, ...restock }));
		const data = await this.ask('suggestedRefund', { id: request.orderGid, lines });
		const suggested = listOf(child(data, 'order', 'suggestedRefund').suggestedTransactions);
		const transactions = share(suggested, request.amountMinor, request.currency).map(({ gateway, parentId, amount }) => ({ orderId: request.orderGid, gateway, parentId, amount, kind: 'REFUND' }));
		const payload = await this.change('refundCreate', {
			input: { orderId: request.orderGid, currency: request.currency, note: request.note, refundLineItems: lines, transactions },
			key: request.idempotencyKey,
		});
		return textOf(child(payload, 'refund').id);
	}

	/** Refunds through the Shopify return with returnProcess; returns the refund's gid. */
	async refundThroughReturn(returnId: string, request: Pick<RefundRequest, 'lines' | 'amountMinor' | 'currency' | 'note'>): Promise<string> {
		const found = child(await this.ask('returnForRefund', { id: returnId }), 'return');
		const open = nodesOf(found.returnLineItems).map((line) => ({
			id: textOf(line.id),
			quantity: Math.min(countOf(line.processableQuantity), countOf(line.refundableQuantity)),
			lineItemId: idOf(child(line, 'fulfillmentLineItem', 'lineItem').id),
		}));
		const lines: Array<{ id: string; quantity: number }> = [];
		for (const { lineItemId, quantity } of request.lines) {
			let missing = quantity;
			for (const line of open) {
				if (line.lineItemId !== lineItemId || missing === 0 || line.quantity === 0) continue;
				const taken = Math.min(line.quantity, missing);
				line.quantity -= taken;
				missing -= taken;
				lines.push({ id: line.id, quantity: taken });
			}
			if (missing > 0) throw new ShopifyTrouble(`${missing} of ${quantity} pieces of line item ${lineItemId} are not open in the Shopify return`);
		}
		const outcome = child(await this.ask('suggestedOutcome', { id: returnId, lines }), 'return', 'suggestedFinancialOutcome', 'financialTransfer');
		const orderTransactions = share(listOf(outcome.suggestedTransactions), request.amountMinor, request.currency).map(({ parentId, amount }) => ({
			parentId,
			transactionAmount: { amount, currencyCode: request.currency },
		}));
		const before = new Set(nodesOf(found.refunds).map((refund) => textOf(refund.id)));
		const payload = await this.change('returnProcess', { input: { returnId, returnLineItems: lines, note: request.note, financialTransfer: { issueRefund: { orderTransactions } } } });
		const made = nodesOf(child(payload, 'return').refunds).find((refund) => !before.has(textOf(refund.id)));
		if (!made) throw new ShopifyTrouble('Shopify processed the return without a refund');
		return textOf(made.id);
	}

	/** SUCCESS when all of the refund's transactions are, otherwise the first status that is not. */
	async refundStatus(refundId: string): Promise<string> {
		const refund = child(await this.ask('refundStatus', { id: refundId }), 'refund');
		const statuses = nodesOf(refund.transactions).map((transaction) => textOf(transaction.status));
		return statuses.find((status) => status !== 'SUCCESS') ?? 'SUCCESS';
	}

	/** Puts pieces back on the shelf as dispositions of the Shopify return. */
	async restockThroughReturn(returnId: string, wanted: ReadonlyArray<{ lineItemId: string; quantity: number }>, locationId: string | null): Promise<void> {
		const data = await this.ask('reverseLines', { id: returnId });
		const open = nodesOf(child(data, 'return').reverseFulfillmentOrders)
			.flatMap((order) => nodesOf(order.lineItems))
			.map((line) => ({
				id: textOf(line.id),
				lineItemId: idOf(child(line, 'fulfillmentLineItem', 'lineItem').id),
				quantity: countOf(line.totalQuantity) - listOf(line.dispositions).reduce((sum, disposition) => sum + countOf(disposition.quantity), 0),
			}));
		const location = await this.locationOr(locationId);
		const inputs = [];
		for (const { lineItemId, quantity } of wanted) {
			let missing = quantity;
			for (const line of open) {
				if (line.lineItemId !== lineItemId || missing === 0 || line.quantity <= 0) continue;
				const taken = Math.min(line.quantity, missing);
				line.quantity -= taken;
				missing -= taken;
				inputs.push({ reverseFulfillmentOrderLineItemId: line.id, quantity: taken, dispositionType: 'RESTOCKED', locationId: location });
			}
			if (missing > 0) throw new ShopifyTrouble(`${missing} of ${quantity} pieces of line item ${lineItemId} have nothing left to restock`);
		}
		await this.change('dispose', { inputs });
	}

	/** Puts pieces back on the shelf by changing stock directly, which leaves no trace on the return. */
	async restockDirectly(wanted: ReadonlyArray<{ variantId: string; quantity: number }>, locationId: string | null, idempotencyKey: string): Promise<void> {
		const location = await this.locationOr(locationId);
		const data = await this.ask('inventoryItems', { ids: wanted.map(({ variantId }) => gid('ProductVariant', variantId)) });
		const items = listOf(data.nodes).map((node) => textOf(child(node, 'inventoryItem').id));
		const changes = wanted.map(({ quantity }, index) => ({ delta: quantity, inventoryItemId: items[index], locationId: location, changeFromQuantity: null }));
		await this.change('inventoryAdjust', { input: { name: 'available', reason: 'restock', changes }, key: idempotencyKey });
	}

	/** Every parcel line with pieces that can be returned. */
	private async returnableLines(orderGid: string): Promise<Array<{ quantity: number; fulfillmentLineItemId: string; lineItemId: string }>> {
		const parcels = nodesOf((await this.ask('returnable', { orderId: orderGid })).returnableFulfillments);
		const found: JsonObject[] = [];
		for (const { id } of parcels) {
			let after: string | null = null;
			do {
				const page: JsonObject = child(await this.ask('returnableLines', { id, after }), 'returnableFulfillment', 'returnableFulfillmentLineItems');
				found.push(...nodesOf(page));
				after = nextOf(page);
			} while (after !== null);
		}
		return found.map((line) => ({
			quantity: countOf(line.quantity),
			fulfillmentLineItemId: textOf(child(line, 'fulfillmentLineItem').id),
			lineItemId: idOf(child(line, 'fulfillmentLineItem', 'lineItem').id),
		}));
	}

	private async locationOr(locationId: string | null): Promise<string> {
		if (locationId !== null) return gid('Location', locationId);
		const [first] = nodesOf((await this.ask('locations', {})).locations);
		if (!first) throw new ShopifyTrouble('The shop has no location');
		return textOf(first.id);
	}

	/** A mutation: its payload, or the first user error. */
	private async change(document: keyof typeof DOCUMENTS, variables: JsonObject): Promise<JsonObject> {
		const data = await this.ask(document, variables);
		const payload = Object.values(data).find(isObject);
		if (!payload) throw new ShopifyTrouble('Shopify answered without a payload');
		const [first] = listOf(payload.userErrors);
		if (first) throw new ShopifyTrouble(textOf(first.message));
		return payload;
	}

	/** A throttled request did nothing and is sent again when the bucket has filled. */
	private async ask(document: keyof typeof DOCUMENTS, variables: JsonObject): Promise<JsonObject> {
		for (let attempt = 1; ; attempt += 1) {
			const answer = await this.send(document, variables);
			const [first] = listOf(answer.errors);
			if (!first && isObject(answer.data)) return answer.data;
			const throttled = isObject(first?.extensions) && first.extensions.code === 'THROTTLED';
			if (!throttled || attempt === THROTTLED_ATTEMPTS) throw new ShopifyTrouble(first ? textOf(first.message) : 'Shopify answered without data');
			await new Promise((resolve) => setTimeout(resolve, THROTTLED_WAIT_MS * attempt));
		}
	}

	private async send(document: keyof typeof DOCUMENTS, variables: JsonObject): Promise<JsonObject> {
		let answer: unknown;
		let status: number;
		try {
			const response = await fetch(`${this.shop.url}/admin/api/${this.shop.apiVersion}/graphql.json`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': this.shop.token },
				body: JSON.stringify({ query: DOCUMENTS[document], variables }),
				signal: AbortSignal.timeout(30_000),
			});
			status = response.status;
			answer = await response.json();
		} catch (error) {
			throw new ShopifyTrouble(`No usable answer from Shopify: ${error instanceof Error ? error.message : String(error)}`);
		}
		if (status !== 200 || !isObject(answer)) throw new ShopifyTrouble(`Shopify answered ${status}`);
		return answer;
	}
}

/** Shares an amount among the suggested payments, in their order, each up to what can still be refunded to it. */
function share(suggested: readonly JsonObject[], amountMinor: number, currency: string): Array<{ gateway: string; parentId: string; amount: string }> {
	let missing = amountMinor;
	const shares: Array<{ gateway: string; parentId: string; amount: string }> = [];
	for (const transaction of suggested) {
		const limit = isObject(transaction.maximumRefundableSet) ? transaction.maximumRefundableSet : child(transaction, 'amountSet');
		const taken = Math.min(missing, toMinor(textOf(child(limit, 'presentmentMoney').amount), currency));
		if (taken <= 0) continue;
		missing -= taken;
		shares.push({ gateway: textOf(transaction.gateway), parentId: textOf(child(transaction, 'parentTransaction').id), amount: toDecimal(taken, currency) });
	}
	if (missing > 0) throw new ShopifyTrouble('The amount is more than Shopify can refund for this order');
	return shares;
}

function readOrder(order: unknown): ShopOrder {
	if (!isObject(order)) throw new ShopifyTrouble('Shopify answered an order that is none');
	const currency = textOf(order.presentmentCurrencyCode);
	const shopCurrency = textOf(order.currencyCode);
	return {
		id: idOf(order.id),
		gid: textOf(order.id),
		name: textOf(order.name),
		createdAt: textOf(order.createdAt),
		taxesIncluded: order.taxesIncluded === true,
		currency,
		shopCurrency,
		customerId: isObject(order.customer) ? idOf(order.customer.id) : null,
		email: optionalText(order.email) ?? '',
		address: isObject(order.shippingAddress) ? readAddress(order.shippingAddress, optionalText(order.email) ?? '') : null,
		lines: nodesOf(order.lineItems).map((line) => readLine(line, currency, shopCurrency)),
	};
}

function readLine(line: JsonObject, currency: string, shopCurrency: string): ShopOrderLine {
	const quantity = countOf(line.quantity);
	const taxes = listOf(line.taxLines).map((tax) => child(tax, 'priceSet'));
	const taxOf = (side: 'presentmentMoney' | 'shopMoney', code: string) => perPiece(taxes.reduce((sum, tax) => sum + toMinor(textOf(child(tax, side).amount), code), 0), quantity);
	const price = child(line, 'discountedUnitPriceAfterAllDiscountsSet');
	const amountOf = (side: 'presentmentMoney' | 'shopMoney', code: string) => toMinor(textOf(child(price, side).amount), code);
	const money = (amount: number, shopAmount: number): Money => ({ amount: Number(toDecimal(amount, currency)), currency, shopAmount: Number(toDecimal(shopAmount, shopCurrency)), shopCurrency });
	return {
		id: idOf(line.id),
		sku: optionalText(line.sku) ?? '',
		name: optionalText(line.name) ?? textOf(line.title),
		title: textOf(line.title),
		variantTitle: optionalText(line.variantTitle) ?? null,
		quantity,
		productId: isObject(line.product) ? idOf(line.product.id) : '',
		variantId: isObject(line.variant) ? idOf(line.variant.id) : '',
		barcode: isObject(line.variant) ? (optionalText(line.variant.barcode) ?? null) : null,
		image: isObject(line.image) ? (optionalText(line.image.url) ?? '') : '',
		unitPrice: money(amountOf('presentmentMoney', currency), amountOf('shopMoney', shopCurrency)),
		unitTax: money(taxOf('presentmentMoney', currency), taxOf('shopMoney', shopCurrency)),
	};
}

function readAddress(address: JsonObject, email: string): Address {
	const text = (name: string) => optionalText(address[name]) ?? '';
	return { name: text('name'), street1: text('address1'), street2: text('address2'), city: text('city'), state: text('provinceCode'), zip: text('zip'), country: text('countryCodeV2'), phone: text('phone'), email };
}

export function gid(type: string, id: string): string {
	return id.startsWith('gid://') ? id : `gid://shopify/${type}/${id}`;
}

/** The number at the end of a gid; a plain id stays as it is. */
export function plainId(id: string): string {
	return id.split('?')[0]?.split('/').pop() ?? id;
}

function idOf(value: unknown): string {
	return plainId(textOf(value));
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	throw new ShopifyTrouble('Shopify answered without a field that was asked for');
}

function optionalText(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function countOf(value: unknown): number {
	if (typeof value !== 'number') throw new ShopifyTrouble('Shopify answered without a quantity that was asked for');
	return value;
}

function listOf(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

function nodesOf(connection: unknown): JsonObject[] {
	return isObject(connection) ? listOf(connection.nodes) : [];
}

/** Cursor of the next page; null on the last. */
function nextOf(connection: JsonObject): string | null {
	const { hasNextPage, endCursor } = child(connection, 'pageInfo');
	return hasNextPage === true ? textOf(endCursor) : null;
}

function child(value: unknown, ...path: string[]): JsonObject {
	const found = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), value);
	if (!isObject(found)) throw new ShopifyTrouble(`Shopify answered without ${path.join('.')}`);
	return found;
}
