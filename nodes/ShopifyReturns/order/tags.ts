/** Tags on an order, or on its customer. Tags that say a state of ours belong to the settlement and are refused; tags that nobody named stay as they are. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { reason } from '../../../returns/exceptions';
import { isStatusTag } from '../../../returns/statusField';
import { ShopifyRequestError, type ShopifyClient } from '../api/client';
import { AddCustomerTagsDocument, AddOrderTagsDocument, OrderByIdDocument, OrderCustomerDocument, RemoveCustomerTagsDocument, RemoveOrderTagsDocument } from '../api/generated';
import { refusalInWords, type UserError } from '../api/refusal';
import { dryRunOptions, isDryRun, rehearsal, type Rehearsal } from '../../dryRun';
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
	dryRunOptions,
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
	readonly dryRun?: true;
	readonly planned?: Rehearsal['planned'];
}

interface State {
	readonly order: Tagged & { name: string };
	readonly customer: Tagged | null;
}

/** @throws ShopifyRequestError, NodeOperationError */
export async function executeTagChange(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient, change: TagChange): Promise<INodeExecutionData[][]> {
	const choice = readOrderChoice(context, itemIndex);
	const request = readRequest(context, itemIndex, change);
	const id = await resolveOrderId(context, itemIndex, client, choice);
	const before = id === null ? null : await read(client, id, request);
	if (before === null) return routeWrite(blocked(reason('orderNotFound', `The store has no order ${choice.kind === 'id' ? choice.id : choice.name}.`), null), itemIndex);
	return routeWrite(await changeTags(client, request, before), itemIndex);
}

interface TagRequest {
	readonly change: TagChange;
	readonly tags: readonly string[];
	readonly ofOrder: boolean;
	readonly ofCustomer: boolean;
	readonly isDryRun: boolean;
}

async function changeTags(client: ShopifyClient, request: TagRequest, before: State): Promise<TagResult> {
	const { name } = before.order;
	if (request.ofCustomer && before.customer === null) return blocked(reason('customerMissing', `The order ${name} has no customer.`), before);
	if (openOwners(request, before).length === 0) return { outcome: 'alreadyDone', reasons: [reason('orderAsWanted', `The tags of ${name} are as wanted.`)], ...before };
	if (request.isDryRun) return { ...before, ...rehearsal(`${request.change === 'add' ? 'add tags to' : 'remove tags from'} ${name}`, { [request.change]: openOwners(request, before).map(({ kind, id, open }) => ({ target: kind, id, tags: open })) }) };
	const sent = await send(client, request, before);
	const after = (await read(client, before.order.id, request).catch((failure: unknown) => (sent.isUnclear && failure instanceof ShopifyRequestError ? null : passOn(failure)))) ?? before;
	if (openOwners(request, after).length === 0) return { outcome: 'done', reasons: [], ...after };
	if (sent.refusals.length > 0) return blocked(reason('refusedByShopify', `Shopify does not change the tags of ${name}: ${sent.refusals.join(' ')}`), after);
	return { outcome: 'waiting', reasons: [reason('answerUnknown', `Shopify did not confirm the tags of ${name}.`)], ...after, retryAt: new Date(Date.now() + 60_000).toISOString() };
}

/** Stops at the first answer that got lost: what became of it is told by the tags themselves. */
async function send(client: ShopifyClient, request: TagRequest, before: State): Promise<{ refusals: string[]; isUnclear: boolean }> {
	const refusals: string[] = [];
	for (const owner of openOwners(request, before)) {
		try {
			const userErrors = await sendTo(client, request.change, owner.kind, { id: owner.id, tags: owner.open });
			if (userErrors.length > 0) refusals.push(refusalInWords(client, userErrors));
		} catch (failure) {
			if (failure instanceof ShopifyRequestError && failure.kind === 'ambiguous') return { refusals, isUnclear: true };
			return passOn(failure);
		}
	}
	return { refusals, isUnclear: false };
}

async function sendTo(client: ShopifyClient, change: TagChange, kind: 'order' | 'customer', variables: { id: string; tags: string[] }): Promise<readonly UserError[]> {
	if (change === 'add') return (await client.request(kind === 'order' ? AddOrderTagsDocument : AddCustomerTagsDocument, variables, 'once')).tagsAdd?.userErrors ?? [];
	return (await client.request(kind === 'order' ? RemoveOrderTagsDocument : RemoveCustomerTagsDocument, variables, 'once')).tagsRemove?.userErrors ?? [];
}

interface OpenOwner {
	readonly kind: 'order' | 'customer';
	readonly id: string;
	/** Tags that still have to be sent. */
	readonly open: string[];
}

function openOwners({ change, tags, ofOrder, ofCustomer }: TagRequest, { order, customer }: State): OpenOwner[] {
	const owners: OpenOwner[] = [];
	if (ofOrder) owners.push({ kind: 'order', id: order.id, open: openTags(order, tags, change) });
	if (ofCustomer && customer !== null) owners.push({ kind: 'customer', id: customer.id, open: openTags(customer, tags, change) });
	return owners.filter(({ open }) => open.length > 0);
}

function openTags({ tags: present }: Tagged, wanted: readonly string[], change: TagChange): string[] {
	const known = new Set(present.map((tag) => tag.toLowerCase()));
	return wanted.filter((tag) => known.has(tag.toLowerCase()) !== (change === 'add'));
}

async function read(client: ShopifyClient, id: string, { ofCustomer }: TagRequest): Promise<State | null> {
	const { order } = await client.request(OrderByIdDocument, { id }, 'read');
	if (order === null) return null;
	const customer = ofCustomer ? ((await client.request(OrderCustomerDocument, { id }, 'read')).order?.customer ?? null) : null;
	return { order: { id: order.id, name: order.name, tags: order.tags }, customer };
}

function blocked(why: TagResult['reasons'][number], state: State | null): TagResult {
	return { outcome: 'blocked', reasons: [why], order: state?.order ?? null, customer: state?.customer ?? null };
}

function readRequest(context: IExecuteFunctions, itemIndex: number, change: TagChange): TagRequest {
	const target = String(context.getNodeParameter('target', itemIndex));
	return { change, tags: readTags(context, itemIndex), ofOrder: target !== 'customer', ofCustomer: target !== 'order', isDryRun: isDryRun(context, itemIndex) };
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
