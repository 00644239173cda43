/** Tags on an order, or on its customer. Tags that say a state of ours belong to the settlement and are refused; tags that nobody named stay as they are. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason } from '../../../returns/exceptions';
import { isStatusTag } from '../../../returns/status';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { AddCustomerTagsDocument, AddOrderTagsDocument, OrderByIdDocument, OrderCustomerDocument, RemoveCustomerTagsDocument, RemoveOrderTagsDocument } from '../api/generated';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';
import { passOn, routeWrite, type WriteResult } from '../outcome';

/** Longest tag that Shopify takes on an order. */
const LONGEST_TAG = 40;

export type TagChange = 'add' | 'remove';

export const tagParameters: INodeProperties[] = [
	orderLocator,
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. return-in-transit, vip',
		description: 'One or more tags, separated by commas. Case does not matter. The tags by which settlement shows its state (return-inspected, return-refunded and so on) cannot be changed here.',
	},
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		options: [
			{ name: 'Customer', value: 'customer', description: 'Needs the scope write_customers' },
			{ name: 'Order', value: 'order' },
			{ name: 'Order and Customer', value: 'both', description: 'Needs the scope write_customers' },
		],
		default: 'order',
		description: 'Whose tags to change',
	},
];

interface Tagged {
	readonly id: string;
	readonly tags: readonly string[];
}

interface TagResult extends WriteResult {
	readonly order: (Tagged & { name: string }) | null;
	/** Null when the customer was not asked for, or the order has none. */
	readonly customer: Tagged | null;
	readonly retryAt?: string;
}

/** What an operation of the two does to order and customer. */
interface State {
	readonly order: Tagged & { name: string };
	readonly customer: Tagged | null;
}

/** @throws ShopifyRequestError, NodeOperationError */
export async function executeTagChange(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, change: TagChange): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(context, itemIndex);
	const tags = readTags(context, itemIndex);
	const target = String(context.getNodeParameter('target', itemIndex));
	const targets = { order: target !== 'customer', customer: target !== 'order' };
	const id = await resolveOrderId(context, itemIndex, client, choice);
	const before = id === null ? null : await read(client, id, targets.customer);
	if (before === null) return routeWrite(blocked(reason('orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}.`), null), itemIndex);
	if (targets.customer && before.customer === null) return routeWrite(blocked(reason('customerMissing', `The order ${before.order.name} has no customer.`), before), itemIndex);
	const steps = [
		...(targets.order ? [{ id: before.order.id, open: openTags(before.order, tags, change), document: change === 'add' ? AddOrderTagsDocument : RemoveOrderTagsDocument }] : []),
		...(targets.customer && before.customer !== null ? [{ id: before.customer.id, open: openTags(before.customer, tags, change), document: change === 'add' ? AddCustomerTagsDocument : RemoveCustomerTagsDocument }] : []),
	].filter(({ open }) => open.length > 0);
	if (steps.length === 0) return routeWrite({ outcome: 'alreadyDone', reasons: [reason('orderAsWanted', `The tags of ${before.order.name} are as wanted.`)], ...before } satisfies TagResult, itemIndex);

	const refusals: string[] = [];
	let isUnclear = false;
	for (const { id: owner, open, document } of steps) {
		try {
			const answer: TagAnswer = await client.request(document, { id: owner, tags: open }, 'once');
			refusals.push(...(answer.tagsAdd ?? answer.tagsRemove)?.userErrors.map(({ message }) => message) ?? []);
		} catch (failure) {
			if (!(failure instanceof ShopifyRequestError) || failure.kind !== 'ambiguous') return passOn(failure);
			isUnclear = true;
			break;
		}
	}
	const after = (await read(client, before.order.id, targets.customer).catch((failure: unknown) => (isUnclear && failure instanceof ShopifyRequestError ? null : passOn(failure)))) ?? before;
	const isDone = (!targets.order || openTags(after.order, tags, change).length === 0) && (!targets.customer || (after.customer !== null && openTags(after.customer, tags, change).length === 0));
	if (isDone) return routeWrite({ outcome: 'done', reasons: [], ...after } satisfies TagResult, itemIndex);
	if (refusals.length > 0) return routeWrite(blocked(reason('refusedByShopify', `Shopify does not change the tags of ${after.order.name}: ${refusals.join(' ')}`), after), itemIndex);
	const unknown = reason('answerUnknown', `Shopify did not confirm the tags of ${after.order.name}.`);
	return routeWrite({ outcome: 'waiting', reasons: [unknown], ...after, retryAt: new Date(Date.now() + 60_000).toISOString() } satisfies TagResult, itemIndex);
}

interface TagAnswer {
	tagsAdd?: { userErrors: Array<{ message: string }> } | null;
	tagsRemove?: { userErrors: Array<{ message: string }> } | null;
}

/** The tags that still have to be sent. */
function openTags({ tags: present }: Tagged, wanted: readonly string[], change: TagChange): string[] {
	const known = new Set(present.map((tag) => tag.toLowerCase()));
	return wanted.filter((tag) => known.has(tag.toLowerCase()) !== (change === 'add'));
}

async function read(client: ShopifyClient, id: string, withCustomer: boolean): Promise<State | null> {
	const { order } = await client.request(OrderByIdDocument, { id }, 'read');
	if (order === null) return null;
	const customer = withCustomer ? ((await client.request(OrderCustomerDocument, { id }, 'read')).order?.customer ?? null) : null;
	return { order: { id: order.id, name: order.name, tags: order.tags }, customer };
}

function blocked(why: TagResult['reasons'][number], state: State | null): TagResult {
	return { outcome: 'blocked', reasons: [why], order: state?.order ?? null, customer: state?.customer ?? null };
}

function readTags(context: IExecuteFunctions, itemIndex: number): string[] {
	const given: unknown = context.getNodeParameter('tags', itemIndex);
	const parts = (Array.isArray(given) ? given.map(String) : String(given ?? '').split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '');
	const tags = parts.filter((tag, position) => parts.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === position);
	const refuse = (message: string, description: string) => new NodeOperationError(context.getNode(), message, { description, itemIndex });
	if (tags.length === 0) throw refuse('There are no tags', 'Enter at least one, or check that the expression finds some.');
	const owned = tags.filter(isStatusTag);
	if (owned.length > 0) throw refuse(`The tag ${owned.join(', ')} shows the state of a settlement`, 'It is set and taken away by settlement itself. Use another tag.');
	const unusable = tags.filter((tag) => tag.includes(',') || tag.length > LONGEST_TAG);
	if (unusable.length > 0) throw refuse(`Shopify does not take the tag "${unusable[0] ?? ''}"`, `A tag has no comma and at most ${LONGEST_TAG} characters.`);
	return tags;
}
