/** What the *From List* modes of the resource locators find. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createShopifyClient, toNodeApiError, type ShopifyClient } from '../api/client';
import { FindGiftCardsDocument, FindLocationsDocument, FindOrdersDocument, FindRefundsDocument, FindVariantsDocument, ReturnReasonsDocument, ReturnsOfOrdersDocument } from '../api/generated';

interface Page {
	nodes: INodeListSearchResult['results'];
	pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export async function searchOrders(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const text = quoted(filter);
		const { orders } = await client.request(FindOrdersDocument, { search: text === null ? '' : `name:${text}*`, first: 25, after: paginationToken }, 'read');
		return { ...orders, nodes: orders.nodes.map((order) => ({ name: `${order.name} · ${order.processedAt.slice(0, 10)} · ${readable(order.returnStatus)}`, value: order.id })) };
	});
}

export async function searchLocations(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const text = quoted(filter);
		const { locations } = await client.request(FindLocationsDocument, { search: text === null ? null : `name:${text}*`, after: paginationToken }, 'read');
		return { ...locations, nodes: locations.nodes.filter((location) => location.isActive).map((location) => ({ name: location.name, value: location.id })) };
	});
}

export async function searchReturnReasons(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const { returnReasonDefinitions: reasons } = await client.request(ReturnReasonsDocument, { after: paginationToken }, 'read');
		const wanted = filter?.trim().toLowerCase() ?? '';
		const fitting = reasons.nodes.filter((entry) => !entry.deleted && entry.name.toLowerCase().includes(wanted));
		return { ...reasons, nodes: fitting.map((entry) => ({ name: entry.name, value: entry.id })) };
	});
}

/** Shopify lists returns by order only: those of orders with an open or requested return, or of orders with this name. */
export async function searchReturns(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const { orders } = await client.request(ReturnsOfOrdersDocument, { search: ordersNamed(filter) ?? 'return_status:in_progress OR return_status:return_requested', first: 15, after: paginationToken }, 'read');
		const nodes = orders.nodes.flatMap(({ returns }) => returns.nodes.map(({ id, name, status, totalQuantity }) => ({ name: `${name} · ${readable(status)} · ${totalQuantity} pieces`, value: id })));
		return { ...orders, nodes };
	});
}

export async function searchRefunds(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const { orders } = await client.request(FindRefundsDocument, { search: ordersNamed(filter) ?? 'financial_status:refunded OR financial_status:partially_refunded', after: paginationToken }, 'read');
		const nodes = orders.nodes.flatMap(({ name, refunds }) =>
			refunds.map(({ id, createdAt, totalRefundedSet: { presentmentMoney } }) => ({ name: `${name} · ${(createdAt ?? '').slice(0, 10)} · ${presentmentMoney.amount} ${presentmentMoney.currencyCode}`, value: id })),
		);
		return { ...orders, nodes };
	});
}

/** Pages of gift cards that are looked through for one search; the next ones follow when the list is scrolled. */
const GIFT_CARD_PAGES = 4;

/** The list itself is looked through, because Shopify's index of gift cards is behind it and does not know the end of a code. */
export async function searchGiftCards(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const wanted = filter?.trim().toLowerCase() ?? '';
		let after = paginationToken;
		for (let pages = 1; ; pages += 1) {
			const { giftCards } = await client.request(FindGiftCardsDocument, { after }, 'read');
			const nodes = giftCards.nodes
				.map(({ id, lastCharacters, enabled, balance, initialValue, createdAt, note }) => ({
					name: `•••• ${lastCharacters} · ${balance.amount} of ${initialValue.amount} ${initialValue.currencyCode} · ${enabled ? createdAt.slice(0, 10) : 'deactivated'}${note ? ` · ${note}` : ''}`,
					value: id,
				}))
				.filter(({ name }) => name.toLowerCase().includes(wanted));
			if (nodes.length > 0 || !giftCards.pageInfo.hasNextPage || pages === GIFT_CARD_PAGES) return { ...giftCards, nodes };
			after = giftCards.pageInfo.endCursor ?? undefined;
		}
	});
}

export async function searchItems(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await search(this, async (client) => {
		const text = quoted(filter);
		const { productVariants } = await client.request(FindVariantsDocument, { search: text === null ? '' : `sku:${text}*`, after: paginationToken }, 'read');
		return { ...productVariants, nodes: productVariants.nodes.map(({ sku, displayName, inventoryItem }) => ({ name: sku ? `${sku} · ${displayName}` : displayName, value: inventoryItem.id })) };
	});
}

async function search(context: ILoadOptionsFunctions, read: (client: ShopifyClient) => Promise<Page>): Promise<INodeListSearchResult> {
	try {
		const { nodes, pageInfo } = await read(await createShopifyClient(context));
		return pageInfo.hasNextPage && pageInfo.endCursor !== null ? { results: nodes, paginationToken: pageInfo.endCursor } : { results: nodes };
	} catch (failure) {
		throw toNodeApiError(failure, context.getNode());
	}
}

/** The text as one term of Shopify's search syntax; null when there is nothing to search for. */
function quoted(filter: string | undefined): string | null {
	const text = (filter ?? '').replace(/["\\#*]/g, '').trim();
	if (text === '') return null;
	return /^[\w-]+$/.test(text) ? text : `"${text}"`;
}

/** Orders by the beginning of their name; what somebody types may be the name of a return (#1001-R1). */
function ordersNamed(filter: string | undefined): string | null {
	const text = quoted(filter?.trim().replace(/-R\d*$/i, ''));
	return text === null ? null : `name:${text}*`;
}

function readable(status: string): string {
	const words = status.toLowerCase().replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
