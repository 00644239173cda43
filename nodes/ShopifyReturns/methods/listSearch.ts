/** What the *From List* modes of the resource locators find. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createShopifyClient, toNodeApiError, type ShopifyClient } from '../api/client';
import { FindLocationsDocument, FindOrdersDocument, ReturnReasonsDocument } from '../api/generated';

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

function readable(status: string): string {
	const words = status.toLowerCase().replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
