/** The parameters that name an order, a return, a refund, a gift card, an item or a location, and how their values are resolved to ids. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ShopifyClient } from './api/client';
import { FindOrdersDocument } from './api/generated';
import { readReturnsOfOrder } from './api/reads';
import { ID_ADVICE, NotAnId, toGid } from './identifiers';

export const orderLocator: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The order that the units were bought with',
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchOrders', searchable: true } },
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. #1001' },
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 450789469',
			validation: [{ type: 'regex', properties: { regex: '^\\s*(gid://shopify/Order/)?[1-9][0-9]*\\s*$', errorMessage: 'Enter the number of the order’s page in the Shopify admin, or its GID' } }],
		},
	],
};

const returnById = locatorOf('Return', 'searchReturns', { displayName: 'Return', name: 'return', required: true, description: 'The Shopify return. The list shows open and requested ones; search by the order’s name for others.' }, 'e.g. 945000954');

export const returnLocator: INodeProperties = {
	...returnById,
	modes: (returnById.modes ?? []).flatMap((mode) => (mode.name === 'list' ? [mode, { displayName: 'By Name', name: 'name', type: 'string' as const, placeholder: 'e.g. #1001-R1' }] : [mode])),
};

export const refundLocator = locatorOf('Refund', 'searchRefunds', { displayName: 'Refund', name: 'refundId', required: true, description: 'The refund. The list shows the newest ones; search by the order’s name for others.' }, 'e.g. 509562969');

export const giftCardLocator = locatorOf('GiftCard', 'searchGiftCards', { displayName: 'Gift Card', name: 'giftCard', required: true, description: 'The gift card. Search by the last characters of its code, its note or its value.' }, 'e.g. 7213461');

export const locationLocator = locatorOf('Location', 'searchLocations', { displayName: 'Location', name: 'location', required: true, description: 'Where the units are' }, 'e.g. 655441491');

/** An id, chosen from a list or entered as a number or GID. */
export function locatorOf(kind: string, searchListMethod: string, texts: Pick<INodeProperties, 'displayName' | 'name' | 'required' | 'description'>, placeholder: string): INodeProperties {
	return {
		...texts,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				validation: [{ type: 'regex', properties: { regex: `^\\s*(gid://shopify/${kind}/)?[1-9][0-9]*\\s*$`, errorMessage: `Enter the number at the end of the ${kind.toLowerCase()}’s address in the Shopify admin, or its GID` } }],
			},
		],
	};
}

export const itemLocator: INodeProperties = {
	displayName: 'Item',
	name: 'item',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'Whose stock it is about',
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchItems', searchable: true } },
		{ displayName: 'By SKU', name: 'sku', type: 'string', placeholder: 'e.g. COAT-M' },
		{ displayName: 'By Variant ID', name: 'variant', type: 'string', placeholder: 'e.g. 808950810' },
		{ displayName: 'By Inventory Item ID', name: 'id', type: 'string', placeholder: 'e.g. 43729076' },
	],
};

export type OrderChoice = { readonly kind: 'id'; readonly id: string } | { readonly kind: 'name'; readonly name: string };

/**
 * What the parameter says, without asking Shopify.
 * @throws NodeOperationError when it is empty or malformed
 */
export function readOrderChoice(context: IExecuteFunctions, itemIndex: number, parameter = 'order'): OrderChoice {
	const { mode, value } = readLocator(context, itemIndex, parameter);
	if (mode === 'name') return { kind: 'name', name: value };
	return { kind: 'id', id: readId(context, 'Order', value, itemIndex) };
}

/** A return is named like its order: #1001-R1. */
export type ReturnChoice = OrderChoice;

/**
 * What the parameter says, without asking Shopify.
 * @throws NodeOperationError when it is empty or malformed
 */
export function readReturnChoice(context: IExecuteFunctions, itemIndex: number, parameter = 'return'): ReturnChoice {
	const { mode, value } = readLocator(context, itemIndex, parameter);
	if (mode !== 'name') return { kind: 'id', id: readId(context, 'Return', value, itemIndex) };
	if (NUMBER_OF_RETURN.test(value)) return { kind: 'name', name: value };
	throw new NodeOperationError(context.getNode(), `"${value}" is not the name of a return`, { description: 'Enter the name of its order with -R and a number behind it, e.g. #1001-R1. Nothing was sent to Shopify.', itemIndex });
}

const NUMBER_OF_RETURN = /-R\d+$/i;

/** How a choice is spoken of. */
export function nameOfChoice(choice: OrderChoice): string {
	return choice.kind === 'id' ? choice.id : choice.name;
}

/** @throws NodeOperationError when the parameter is empty or malformed */
export function readGiftCardId(context: IExecuteFunctions, itemIndex: number, parameter = 'giftCard'): string {
	return readId(context, 'GiftCard', readLocator(context, itemIndex, parameter).value, itemIndex);
}

/** @throws NodeOperationError when the parameter is empty or malformed */
export function readLocationId(context: IExecuteFunctions, itemIndex: number, parameter = 'location'): string {
	return readId(context, 'Location', readLocator(context, itemIndex, parameter).value, itemIndex);
}

export type ItemChoice = { readonly kind: 'sku'; readonly sku: string } | { readonly kind: 'variant'; readonly id: string } | { readonly kind: 'inventoryItem'; readonly id: string };

/**
 * What the parameter says, without asking Shopify. A GID says itself what it is of.
 * @throws NodeOperationError when it is empty or malformed
 */
export function readItemChoice(context: IExecuteFunctions, itemIndex: number, parameter = 'item'): ItemChoice {
	const { mode, value } = readLocator(context, itemIndex, parameter);
	if (mode === 'sku') return { kind: 'sku', sku: value };
	if (mode === 'variant' || value.startsWith('gid://shopify/ProductVariant/')) return { kind: 'variant', id: readId(context, 'ProductVariant', value, itemIndex) };
	return { kind: 'inventoryItem', id: readId(context, 'InventoryItem', value, itemIndex) };
}

/** @throws NodeOperationError when the parameter is empty or malformed */
export function readRefundId(context: IExecuteFunctions, itemIndex: number, parameter = 'refundId'): string {
	return readId(context, 'Refund', readLocator(context, itemIndex, parameter).value, itemIndex);
}

/**
 * The id of the chosen order; null when no order has that name. An id is taken as given: whether the order exists is told by the query that uses it.
 * @throws ShopifyRequestError, NodeOperationError
 */
export async function resolveOrderId(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, choice: OrderChoice): Promise<string | null> {
	return choice.kind === 'id' ? choice.id : await findOrder(context, itemIndex, client, choice.name);
}

/**
 * The id of the chosen return; null when no return has that name. Shopify finds returns through their order only.
 * @throws ShopifyRequestError, NodeOperationError
 */
export async function resolveReturnId(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, choice: ReturnChoice): Promise<string | null> {
	if (choice.kind === 'id') return choice.id;
	const orderId = await findOrder(context, itemIndex, client, choice.name.replace(NUMBER_OF_RETURN, ''));
	const returns = orderId === null ? null : await readReturnsOfOrder(client, orderId);
	return returns?.find(({ name }) => bareName(name) === bareName(choice.name))?.id ?? null;
}

async function findOrder(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, name: string): Promise<string | null> {
	const wanted = bareName(name);
	// Quoted, so that nothing in the name is read as search syntax; the search also finds similar names.
	const search = `name:"${wanted.replace(/["\\]/g, '')}"`;
	const found = await client.request(FindOrdersDocument, { search, first: 25 }, 'read');
	const matching = found.orders.nodes.filter((order) => bareName(order.name) === wanted);
	if (matching.length > 1) {
		throw new NodeOperationError(context.getNode(), `Several orders have the name ${name}`, { description: 'Choose the order by its ID.', itemIndex });
	}
	return matching[0]?.id ?? null;
}

/** What an item works on, as its locator names it, for operations whose items must not get into each other's way. Never throws: reading is for later. */
export function laneOfLocator(context: IExecuteFunctions, itemIndex: number, parameter: string): string | null {
	const given: unknown = context.getNodeParameter(parameter, itemIndex, '');
	const value = typeof given === 'object' && given !== null ? (given as { value?: unknown }).value : given;
	const text = typeof value === 'string' || typeof value === 'number' ? bareName(String(value)) : '';
	return text === '' ? null : text.slice(text.lastIndexOf('/') + 1);
}

/** As the editor calls the parameters. */
const DISPLAY_NAMES = Object.fromEntries([orderLocator, returnLocator, refundLocator, giftCardLocator, itemLocator, locationLocator].map(({ name, displayName }) => [name, displayName]));

function readLocator(context: IExecuteFunctions, itemIndex: number, parameter: string): { mode: string; value: string } {
	const given: unknown = context.getNodeParameter(parameter, itemIndex);
	const locator = typeof given === 'object' && given !== null ? (given as { mode?: unknown; value?: unknown }) : { mode: undefined, value: given };
	const value = typeof locator.value === 'number' ? String(locator.value) : typeof locator.value === 'string' ? locator.value.trim() : '';
	if (value === '') {
		throw new NodeOperationError(context.getNode(), `${DISPLAY_NAMES[parameter] ?? parameter} is empty`, { description: 'Enter a value, or check that the expression finds one.', itemIndex });
	}
	// An expression may stand for the whole parameter; then only its look tells a name from an id.
	const mode = typeof locator.mode === 'string' ? locator.mode : value.startsWith('#') ? 'name' : 'id';
	return { mode, value };
}

function readId(context: IExecuteFunctions, kind: string, value: string, itemIndex: number): string {
	try {
		return toGid(kind, value);
	} catch (failure) {
		throw new NodeOperationError(context.getNode(), failure instanceof NotAnId ? failure.message : `The ${kind} cannot be read`, { description: ID_ADVICE, itemIndex });
	}
}

function bareName(name: string): string {
	return name.trim().replace(/^#/, '').toLowerCase();
}
