/** Order → Check Eligibility: whether units may come back, by what the order shows and by the store's policy (N7). */
import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { judgeEligibility, type EligibilityLine, type EligibilityOrder, type ReturnPolicy, type RuleKind, type WindowRule } from '../../../returns/eligibility';
import type { ShopifyClient } from '../api/client';
import { EligibilityLinesDocument, EligibilityOrderDocument, type EligibilityOrderQuery } from '../api/generated';
import { readPages, readReturnableLines } from '../api/reads';
import { NotAnId, toGid } from '../identifiers';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { refuse, routeRead } from '../outcome';
import { itemParameters, parseJson, readItems, withLines } from '../return/items';

const RULE_KINDS: readonly RuleKind[] = ['country', 'orderTag', 'productTag', 'productType'];
/** As many fulfilments as one query asks for: with more, some would be overlooked. */
const FULFILLMENTS_READ = 10;

export const description: INodeProperties[] = [
	orderLocator,
	...itemParameters,
	{
		displayName: 'Return Window (Days)',
		name: 'windowDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 30,
		description: 'How many days of 24 hours units may come back; 0 for never',
	},
	{
		displayName: 'Window Counts From',
		name: 'windowFrom',
		type: 'options',
		options: [
			{ name: 'Delivery', value: 'delivery', description: 'When the carrier reported it; otherwise some days after shipping (see Transit Days)' },
			{ name: 'Fulfillment', value: 'fulfillment', description: 'When the parcel was shipped' },
		],
		default: 'delivery',
	},
	{
		displayName: 'Transit Days',
		name: 'transitDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 5,
		displayOptions: { show: { windowFrom: ['delivery'] } },
		description: 'How long a parcel is taken to travel when no carrier reported its delivery',
	},
	{
		displayName: 'Specify Other Windows',
		name: 'specifyWindowRules',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
	},
	{
		displayName: 'Other Windows',
		name: 'windowRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		default: {},
		displayOptions: { show: { specifyWindowRules: ['fields'] } },
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'Applies To',
						name: 'kind',
						type: 'options',
						options: [
							{ name: 'Country', value: 'country', description: 'Where the order was shipped to, as a code such as DE' },
							{ name: 'Order Tag', value: 'orderTag' },
							{ name: 'Product Tag', value: 'productTag' },
							{ name: 'Product Type', value: 'productType' },
						],
						default: 'productTag',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. sale' },
					{ displayName: 'Window (Days)', name: 'windowDays', type: 'number', typeOptions: { minValue: 0, numberPrecision: 0 }, default: 14, description: 'Days for these units; 0 for never' },
				],
			},
		],
		description: 'Windows for some orders or products; the first rule that fits counts',
	},
	{
		displayName: 'Other Windows (JSON)',
		name: 'windowRulesJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { specifyWindowRules: ['json'] } },
		placeholder: 'e.g. [{ "kind": "productTag", "value": "sale", "windowDays": 14 }]',
		description: 'A list of objects with kind (country, orderTag, productTag or productType), value and windowDays; the first rule that fits counts',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ displayName: 'Expected Order ID', name: 'expectedOrderId', type: 'string', default: '', placeholder: 'e.g. 450789469', description: 'The order that the return request names, if it is to be compared with the one found' },
			{ displayName: 'Final Sale Tags', name: 'finalSaleTags', type: 'string', default: '', placeholder: 'e.g. final-sale, clearance', description: 'Tags of a product or an order whose units never come back, separated by commas' },
			{ displayName: 'Judge As Of', name: 'asOf', type: 'dateTime', default: '', description: 'The moment that counts, e.g. when the customer asked; now if left empty' },
		],
	},
];

interface Question {
	readonly policy: ReturnPolicy;
	readonly asOf: Date;
	readonly expectedOrderId: string | null;
}

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(this, itemIndex);
	const items = readItems(this, itemIndex);
	const { policy, asOf, expectedOrderId } = readQuestion(this, itemIndex);
	const id = await resolveOrderId(this, itemIndex, client, choice);
	const found = id === null ? null : await readOrder(client, id, policy);
	if (found === null) throw refuse(this.getNode(), 'orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}`, itemIndex);
	if (typeof found === 'string') throw refuse(this.getNode(), 'snapshotIncomplete', found, itemIndex);
	const verdict = judgeEligibility(found, withLines(items, found.lines), policy, asOf, expectedOrderId);
	return routeRead([{ ...verdict, orderId: found.id, orderName: found.name, asOf: asOf.toISOString() }], itemIndex);
}

type FoundOrder = NonNullable<EligibilityOrderQuery['order']>;

/** Null when there is no such order; a sentence when it is too large to judge. */
async function readOrder(client: ShopifyClient, id: string, { rules }: ReturnPolicy): Promise<EligibilityOrder | string | null> {
	const withCountry = rules.some(({ kind }) => kind === 'country');
	const { order } = await client.request(EligibilityOrderDocument, { id, withCountry }, 'read');
	if (order === null) return null;
	if (order.fulfillments.length >= FULFILLMENTS_READ || order.fulfillments.some(({ fulfillmentLineItems }) => fulfillmentLineItems.pageInfo.hasNextPage)) {
		return `The order ${order.name} was shipped in more parcels, or parcels with more lines, than one decision can read`;
	}
	const returnable = await readReturnableLines(client, id);
	if (returnable.isIncomplete) return `A parcel of the order ${order.name} has more lines than one decision can read`;
	const parcelOf = parcelsByLine(order);
	return {
		id: order.id,
		name: order.name,
		cancelledAt: order.cancelledAt,
		placedAt: order.processedAt,
		tags: order.tags,
		country: order.shippingAddress?.countryCodeV2 ?? null,
		lines: await readLines(client, id),
		returnable: returnable.lines.map(({ fulfillmentLineItemId, lineItemId, quantity }) => ({ lineItemId, quantity, ...(parcelOf.get(fulfillmentLineItemId) ?? { shippedAt: order.processedAt, deliveredAt: null }) })),
	};
}

function parcelsByLine({ fulfillments }: FoundOrder): Map<string, { shippedAt: string; deliveredAt: string | null }> {
	return new Map(fulfillments.flatMap(({ createdAt, deliveredAt, fulfillmentLineItems }) => fulfillmentLineItems.nodes.map(({ id }) => [id, { shippedAt: createdAt, deliveredAt }] as const)));
}

async function readLines(client: ShopifyClient, id: string): Promise<EligibilityLine[]> {
	const page = async (after: string | null) => (await client.request(EligibilityLinesDocument, { id, after }, 'read')).order?.lineItems ?? null;
	const first = await page(null);
	const lines = first === null ? [] : await readPages(first, page);
	return lines.map(({ product, ...line }) => ({
		id: line.id,
		name: line.name,
		sku: line.sku,
		quantity: line.quantity,
		unfulfilledQuantity: line.unfulfilledQuantity,
		isGiftCard: line.isGiftCard,
		productType: product?.productType ?? null,
		productTags: product?.tags ?? [],
	}));
}

function readQuestion(context: IExecuteFunctions, itemIndex: number): Question {
	const options = context.getNodeParameter('options', itemIndex, {}) as { expectedOrderId?: unknown; finalSaleTags?: unknown; asOf?: unknown };
	const windowFrom = context.getNodeParameter('windowFrom', itemIndex) === 'fulfillment' ? 'fulfillment' : 'delivery';
	const policy: ReturnPolicy = {
		windowDays: readDays(context, itemIndex, 'Return Window', context.getNodeParameter('windowDays', itemIndex)),
		windowFrom,
		transitDays: windowFrom === 'delivery' ? readDays(context, itemIndex, 'Transit Days', context.getNodeParameter('transitDays', itemIndex)) : 0,
		rules: ruleEntries(context, itemIndex).map((entry) => readRule(context, itemIndex, entry)),
		finalSaleTags: String(options.finalSaleTags ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''),
	};
	return { policy, asOf: readMoment(context, itemIndex, options.asOf), expectedOrderId: readExpected(context, itemIndex, options.expectedOrderId) };
}

function ruleEntries(context: IExecuteFunctions, itemIndex: number): Array<Record<string, unknown>> {
	if (context.getNodeParameter('specifyWindowRules', itemIndex, 'fields') !== 'json') {
		const { rule = [] } = context.getNodeParameter('windowRules', itemIndex, {}) as { rule?: Array<Record<string, unknown>> };
		return rule;
	}
	const given: unknown = context.getNodeParameter('windowRulesJson', itemIndex);
	const value = typeof given === 'string' ? parseJson(given) : given;
	if (Array.isArray(value)) return value.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {}));
	throw refusal(context, itemIndex, 'Other Windows is not a JSON list', 'Enter a list such as [{ "kind": "productTag", "value": "sale", "windowDays": 14 }].');
}

function readRule(context: IExecuteFunctions, itemIndex: number, { kind, value, windowDays }: Record<string, unknown>): WindowRule {
	const known = RULE_KINDS.find((candidate) => candidate === kind);
	const text = typeof value === 'string' ? value.trim() : '';
	if (known === undefined || text === '') throw refusal(context, itemIndex, 'A rule of Other Windows is not complete', 'Give each rule what it applies to and a value.');
	return { kind: known, value: text, windowDays: readDays(context, itemIndex, `The window for ${text}`, windowDays) };
}

function readDays(context: IExecuteFunctions, itemIndex: number, what: string, value: unknown): number {
	const days = value === '' || value === null || value === undefined ? Number.NaN : Number(value);
	if (Number.isInteger(days) && days >= 0) return days;
	throw refusal(context, itemIndex, `${what} is not a whole number of days`, 'Enter 0 or more.');
}

function readMoment(context: IExecuteFunctions, itemIndex: number, value: unknown): Date {
	if (value === undefined || value === null || value === '') return new Date();
	const moment = DateTime.fromISO(String(value), { zone: context.getTimezone() });
	if (moment.isValid) return moment.toJSDate();
	throw refusal(context, itemIndex, `"${String(value)}" is not a date`, 'Enter a date and time in ISO format, e.g. 2026-11-01T00:00:00Z.');
}

function readExpected(context: IExecuteFunctions, itemIndex: number, value: unknown): string | null {
	if (value === undefined || value === null || value === '') return null;
	try {
		return toGid('Order', value);
	} catch (failure) {
		throw refusal(context, itemIndex, failure instanceof NotAnId ? failure.message : 'The expected order ID cannot be read', 'Enter the number of the order, or its GID.');
	}
}

function refusal(context: IExecuteFunctions, itemIndex: number, message: string, description: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { description, itemIndex });
}
