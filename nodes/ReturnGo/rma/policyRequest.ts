/** Parameters of the two calls about policies: an order, and which of its lines are to come back. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { OrderReference, PolicyItem } from '../api/contract';
import { isObject, readJson, readText } from '../operation';

export const orderFields: INodeProperties[] = [
	{
		displayName: 'Order By',
		name: 'orderBy',
		type: 'options',
		options: [
			{ name: 'ID', value: 'id', description: 'Shopify’s number of the order' },
			{ name: 'Name', value: 'name', description: 'The order’s name, e.g. #1001' },
		],
		default: 'id',
		description: 'How the order is named',
	},
	{ displayName: 'Order', name: 'order', type: 'string', required: true, default: '', placeholder: 'e.g. 5100000001', description: 'The order the goods were bought with' },
];

const lineItemField: INodeProperties = {
	displayName: 'Line Item ID',
	name: 'lineItemId',
	type: 'string',
	default: '',
	placeholder: 'e.g. gid://shopify/LineItem/7100000001',
	description: 'Shopify’s ID of the order line',
};
const policyField: INodeProperties = { displayName: 'Policy ID', name: 'policyId', type: 'string', default: '', placeholder: 'e.g. 501', description: 'One of those that Get Eligible Policies returned for this line' };
const quantityField: INodeProperties = { displayName: 'Quantity', name: 'quantity', type: 'number', typeOptions: { minValue: 1 }, default: 1, description: 'How many pieces come back' };
const reasonField: INodeProperties = { displayName: 'Return Reason', name: 'returnReason', type: 'string', default: '', placeholder: 'e.g. Does not fit', description: 'Why they come back' };

export function itemFields(withPolicy: 'with policy' | 'without policy'): INodeProperties[] {
	const chosen = withPolicy === 'with policy';
	return [
		{
			displayName: 'Specify Items',
			name: 'specifyItems',
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'fields' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'fields',
			description: 'How the lines that come back are given',
		},
		{
			displayName: 'Items',
			name: 'items',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add item',
			default: {},
			displayOptions: { show: { specifyItems: ['fields'] } },
			options: [{ name: 'item', displayName: 'Item', values: chosen ? [lineItemField, policyField, quantityField, reasonField] : [lineItemField, quantityField] }],
			description: 'The lines that come back',
		},
		{
			displayName: 'Items (JSON)',
			name: 'itemsJson',
			type: 'json',
			default: '[]',
			displayOptions: { show: { specifyItems: ['json'] } },
			description: `A list such as [{ "lineItemId": "7100000001", ${chosen ? '"policyId": "501", ' : ''}"quantity": 1 }]`,
		},
	];
}

export interface PolicyRequest {
	order: OrderReference;
	items: PolicyItem[];
	/** For messages, e.g. "order 5100000001". */
	subject: string;
}

/** @throws NodeOperationError before anything is sent */
export function readPolicyRequest(context: IExecuteFunctions, itemIndex: number, withPolicy: 'with policy' | 'without policy'): PolicyRequest {
	const { order, subject } = readOrder(context, itemIndex);
	const given = context.getNodeParameter('specifyItems', itemIndex, 'fields') === 'json' ? readJson(context, itemIndex, 'itemsJson', '[]') : context.getNodeParameter('items.item', itemIndex, []);
	if (!Array.isArray(given) || given.length === 0) throw refuse(context, itemIndex, 'No item is given', 'Add at least one line of the order.');
	return { order, subject, items: given.map((item, index) => readItem(context, itemIndex, item, index + 1, withPolicy)) };
}

function readOrder(context: IExecuteFunctions, itemIndex: number): { order: OrderReference; subject: string } {
	const typed = readText(context, itemIndex, 'order');
	if (typed === null) throw refuse(context, itemIndex, 'No order is given', 'Enter the order’s ID or name.');
	if (context.getNodeParameter('orderBy', itemIndex, 'id') === 'name') return { order: { order_name: typed }, subject: `order ${typed}` };
	const orderId = numberOf(typed, 'Order');
	if (orderId === null) throw refuse(context, itemIndex, 'The order is not a Shopify order ID', 'Enter its number, or choose Order By: Name.');
	return { order: { orderId }, subject: `order ${orderId}` };
}

function readItem(context: IExecuteFunctions, itemIndex: number, given: unknown, place: number, withPolicy: 'with policy' | 'without policy'): PolicyItem {
	const item: IDataObject = isObject(given) ? given : {};
	const shopLineItemId = numberOf(textOf(item.lineItemId ?? item.shopLineItemId), 'LineItem');
	if (shopLineItemId === null) throw refuse(context, itemIndex, `Item ${place} has no line item ID`, 'It is Shopify’s number of the order line, or its gid://shopify/LineItem/….');
	const quantity = item.quantity ?? 1;
	if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1) throw refuse(context, itemIndex, `The quantity of item ${place} is not a whole number of at least 1`, 'Enter how many pieces come back.');
	const policyId = textOf(item.policyId);
	if (withPolicy === 'with policy' && policyId === '') throw refuse(context, itemIndex, `Item ${place} has no policy`, 'Choose one that Get Eligible Policies returned for this line.');
	return { shopLineItemId, quantity, policyId: policyId === '' ? null : policyId, returnReason: textOf(item.returnReason) || null };
}

/** The number of a Shopify id, with or without gid://shopify/…. */
function numberOf(text: string, type: string): string | null {
	return new RegExp(`^(?:gid://shopify/${type}/)?([1-9]\\d{0,18})$`).exec(text)?.[1] ?? null;
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function refuse(context: IExecuteFunctions, itemIndex: number, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { itemIndex, description: `${description} Nothing was sent to ReturnGO.` });
}
