/** What of the two services this package uses, and why not the rest: the tables behind docs/coverage.md. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, type GraphQLSchema } from 'graphql';
import { OPERATION_CALLS as RECONCILIATION_CALLS } from '../nodes/ReturnsReconciliation/access';
import { paths } from '../nodes/ReturnGo/api/contract';
import { OPERATION_CALLS, OTHER_CALLS } from '../nodes/ShopifyReturns/access';
import { sentDocuments } from './sentDocuments';

const PROJECT = path.join(__dirname, '..');

/** Every endpoint that ReturnGO documents (its API reference of January 2026). */
export const RETURNGO_ENDPOINTS = [
	'GET /rmas',
	'GET /rma/{id}',
	'POST /rma/{id}/comment',
	'PUT /rma/{id}/status',
	'POST /rma/getEligiblePolicies',
	'POST /rma/createByPolicy',
	'PUT /shipment/{id}',
	'DELETE /shipment/{id}',
	'POST /shipment-tracker',
	'GET /transactions',
	'PUT /transaction/{id}',
	'GET /webhooks',
	'POST /webhook',
	'PUT /webhook/{id}',
	'DELETE /webhook/{id}',
] as const;

/** Roots of the Admin API that have to do with returns: their money, stock, credit, marks on the order, and payouts. */
const RELEVANT = /^(return|removeFromReturn|reverse|refund|giftCard|storeCredit|inventory(Adjust|Set|Move|Item|Level|Activate|Properties|OnHand)|tags(Add|Remove)|metafield(s(Set|Delete)|Definition)|order(s|Update|Cancel|ByIdentifier|Edit\w*)?$|shopifyPayments|disputes?$|tenderTransactions|bulkOperation|currentBulkOperation|webhookSubscription|currentAppInstallation|locations?$|productVariants?$|productVariantByIdentifier)/;

/** Why a relevant root is not used. */
export const NOT_USED: Readonly<Record<string, string>> = {
	bulkOperationRunMutation: 'Writes are claimed and recorded order by order; a file of mutations cannot be',
	bulkOperations: 'A bulk read is looked at by its own ID',
	currentBulkOperation: 'Deprecated by Shopify in favour of `bulkOperation`',
	giftCardCredit: 'A return is paid with a card of its own, whose code keeps it from being made twice; an existing card has no such guard',
	giftCardDebit: 'A card that was issued wrongly is deactivated as a whole',
	giftCardUpdate: 'Nothing of a card changes after it was made',
	giftCardProductSet: 'Sells gift cards; a return sells nothing',
	giftCardConfiguration: 'Shopify refuses a card above its limits in its own words',
	giftCardsCount: 'Nobody counts cards',
	inventoryActivate: 'Where an item is stocked is the store’s to decide. Since 2026-10 stock can be changed at any location; with 2026-04 and 2026-07 Shopify refuses a change where the item is not stocked (`ITEM_NOT_STOCKED_AT_LOCATION`), and the refusal is passed on',
	inventoryItemUpdate: 'A return changes figures, not the item',
	inventoryItems: 'Items are found through their variants',
	inventoryLevel: 'Read through the item, at its location',
	inventoryProperties: 'The names of figures are fixed in the schema’s documentation',
	inventorySetOnHandQuantities: 'Deprecated by Shopify; it would overwrite what was sold meanwhile',
	inventorySetQuantities: 'Sets an absolute figure, which overwrites what was sold meanwhile; returns add pieces',
	location: 'Locations are read as a list',
	metafieldDefinitionDelete: 'Deleting a definition would delete a store’s records',
	metafieldDefinitionPin: 'The field is pinned when it is defined; afterwards that is the store’s to choose',
	metafieldDefinitionTypes: 'The types in use are known',
	metafieldDefinitionUnpin: 'What is pinned is the store’s to change',
	metafieldDefinitionUpdate: 'A definition is the store’s own',
	metafieldDefinition: 'Definitions are looked for in the list',
	metafieldsDelete: 'Records of money and stock are never deleted',
	orderByIdentifier: 'Orders are found by ID or by name',
	orderCancel: 'Cancelling an order is not a return; units that were never shipped are refunded as *Units Not Shipped*',
	orderEditAddCustomItem: 'Editing an order is not a return',
	orderEditAddLineItemDiscount: 'Editing an order is not a return',
	orderEditAddShippingLine: 'Editing an order is not a return',
	orderEditAddVariant: 'Editing an order is not a return',
	orderEditBegin: 'Editing an order is not a return',
	orderEditCommit: 'Editing an order is not a return',
	orderEditRemoveDiscount: 'Editing an order is not a return',
	orderEditRemoveLineItemDiscount: 'Editing an order is not a return',
	orderEditRemoveShippingLine: 'Editing an order is not a return',
	orderEditSession: 'Editing an order is not a return',
	orderEditSetQuantity: 'Editing an order is not a return',
	orderEditUpdateDiscount: 'Editing an order is not a return',
	orderEditUpdateShippingLine: 'Editing an order is not a return',
	productVariantByIdentifier: 'Variants are found by ID or by SKU',
	returnCalculate: 'Prices a return that does not exist yet; here the return exists, and its own suggestion is asked for',
	returnLineItemRemoveFromReturn: 'Deprecated by Shopify in favour of `removeFromReturn`',
	returnRefund: 'Deprecated by Shopify in favour of `returnProcess`',
	returnableFulfillment: 'Read by order, with `returnableFulfillments`',
	reverseDelivery: 'Read through the return',
	shopifyPaymentsPayoutAlternateCurrencyCreate: 'Payouts are only compared',
	storeCreditAccount: 'Read through its customer',
	tenderTransactions: 'A list without orders’ refunds; payouts and the orders’ own transactions tell more',
	webhookSubscription: 'Read as a list',
	webhookSubscriptionsCount: 'The list tells',
	dispute: 'The trigger reports disputes; they are answered in Shopify',
	disputes: 'The trigger reports disputes; they are answered in Shopify',
};

export interface Covered {
	readonly name: string;
	/** `resource.operation`, or what else uses it; empty when nothing does. */
	readonly usedBy: readonly string[];
	/** Why nothing uses it. */
	readonly reason: string | null;
}

/** The endpoints of ReturnGO, each with the files that call it. */
export function returnGoCoverage(): Covered[] {
	const used = clientCalls();
	const all = [...new Set([...RETURNGO_ENDPOINTS, ...used.keys()])];
	return all.map((name) => ({ name, usedBy: (used.get(name) ?? []).flatMap(callersOf), reason: null }));
}

/** Endpoints that the client can call, with the names of its methods. */
export function clientCalls(): Map<string, string[]> {
	const source = readFileSync(path.join(PROJECT, 'nodes/ReturnGo/api/client.ts'), 'utf8');
	const calls = new Map<string, string[]>();
	for (const [, method = '', body = ''] of source.matchAll(/\n\tasync (\w+)\([^\n]*\{\n((?:\t\t[^\n]*\n)+)/g)) {
		const [, verb, place] = /method: '(\w+)', path: paths\.(\w+)/.exec(body) ?? [];
		if (verb === undefined || place === undefined) continue;
		const entry: unknown = paths[place as keyof typeof paths];
		const address = typeof entry === 'function' ? decodeURIComponent((entry as (id: string) => string)('{id}')) : String(entry);
		const name = `${verb} ${address}`;
		calls.set(name, [...(calls.get(name) ?? []), method]);
	}
	return calls;
}

function callersOf(method: string): string[] {
	const files = globSync('nodes/{ReturnGo,ReturnsReconciliation}/**/*.ts', { cwd: PROJECT }).sort();
	const callers = files.filter((file) => !file.endsWith('api/client.ts') && readFileSync(path.join(PROJECT, file), 'utf8').includes(`.${method}(`));
	return callers.map((file) => file.replace(/^nodes\//, '').replace(/\.ts$/, ''));
}

/** The relevant roots of the Admin API, each with the operations that use it. */
export function shopifyCoverage(schema: GraphQLSchema): Covered[] {
	const fields = [...Object.keys(schema.getQueryType()?.getFields() ?? {}), ...Object.keys(schema.getMutationType()?.getFields() ?? {})];
	const used = usedRoots();
	const names = [...new Set([...fields.filter((name) => RELEVANT.test(name)), ...used.keys()])].sort();
	return names.map((name) => ({ name, usedBy: [...new Set(used.get(name) ?? [])].sort(), reason: used.has(name) ? null : (NOT_USED[name] ?? null) }));
}

function usedRoots(): Map<string, string[]> {
	const rootsOf = new Map(sentDocuments().map(({ name, operation }) => [name, operation.selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []))]));
	const used = new Map<string, string[]>();
	const note = (document: string, user: string) => rootsOf.get(document)?.forEach((root) => used.set(root, [...(used.get(root) ?? []), user]));
	for (const [operation, calls] of Object.entries(OPERATION_CALLS)) for (const { document } of calls) note(document, operation);
	for (const [operation, calls] of Object.entries(RECONCILIATION_CALLS)) for (const { document } of calls) note(document, `reconciliation: ${operation}`);
	for (const [document, user] of Object.entries(OTHER_CALLS)) note(document, user.replace(/,.*/, ''));
	return used;
}
