/** Audit → Run: where the returns of a store have fallen out of step (N1), one row each, and whether its set-up is in order. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Case } from '../../../returns/case';
import { detect } from '../../../returns/detection';
import type { Finding } from '../../../returns/finding';
import type { LineContext } from '../../../returns/reconciliationLine';
import { refundNamed } from '../../../returns/reconciliationPayments';
import { findStoreCases, type StoreFacts, type SubscriptionFacts } from '../../../returns/storeRules';
import { GrantedScopesDocument, WebhookSubscriptionsDocument } from '../../ShopifyReturns/api/generated';
import { readPages } from '../../ShopifyReturns/api/reads';
import { missingScopes } from '../../ShopifyReturns/api/scopes';
import { WEBHOOK_EVENTS } from '../../ReturnGo/api/contract';
import { daysField, inspectionField, knowledgeFields, readDetectionSettings } from '../detection/parameters';
import { leftOut, outputs, toOutputs } from '../detection/summary';
import type { Services } from '../operation';
import { refuse } from '../outcome';
import { bulkThresholdField, callLimitField, readRmaLink, readWholeNumber, rmaLinkField } from '../parameters';
import { readCases, startOfProgress } from '../reading/cases';

export { outputs };

const DAY_MS = 86_400_000;

export const description: INodeProperties[] = [
	{ displayName: 'Days', name: 'days', type: 'number', typeOptions: { minValue: 1 }, default: 90, required: true, description: 'How far back the audit goes: every return of which anything changed since then is looked at' },
	inspectionField,
	{
		displayName: 'Refunds Are Executed By',
		name: 'refundOwner',
		type: 'options',
		default: 'returnGo',
		options: [
			{ name: 'A Person', value: 'person' },
			{ name: 'ReturnGO', value: 'returnGo' },
			{ name: 'This Workflow', value: 'thisWorkflow', description: 'Then refunds that ReturnGO pays by itself are told of' },
		],
		description: 'Who is meant to pay refunds in this store',
	},
	{ ...callLimitField, default: 1000, description: 'How many calls to ReturnGO the audit may make, of the 2,000 that ReturnGO allows a day: one for each RMA of the period, and a few for its lists. What is left over is named as not looked at.' },
	rmaLinkField,
	daysField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...knowledgeFields,
			bulkThresholdField,
			{ displayName: 'Event Address', name: 'eventAddress', type: 'string', default: '', placeholder: 'e.g. https://n8n.example.com/', description: 'Beginning of the addresses that events should go to. With it, the subscriptions named here are looked for.' },
			{ displayName: 'ReturnGO Events', name: 'returnGoEvents', type: 'multiOptions', default: [], options: WEBHOOK_EVENTS.map((event) => ({ name: event, value: event })), description: 'Events of which ReturnGO should have a subscription' },
			{ displayName: 'Shopify Topics', name: 'shopifyTopics', type: 'string', default: '', placeholder: 'e.g. RETURNS_APPROVE, REFUNDS_CREATE', description: 'Topics of which Shopify should have a subscription, separated by commas' },
		],
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]> {
	const now = new Date();
	const days = readWholeNumber(this, itemIndex, 'days', 'Days', 1, 90);
	const callLimit = readWholeNumber(this, itemIndex, 'callLimit', 'ReturnGO Call Limit', 1, 1000);
	const bulkThreshold = readWholeNumber(this, itemIndex, 'options.bulkThreshold', 'Bulk Threshold', 0, 250);
	const settings = readDetectionSettings(this, itemIndex);
	const expected = readExpected(this, itemIndex);
	const rmaLink = readRmaLink(this, itemIndex);
	const isOurs = this.getNodeParameter('refundOwner', itemIndex, 'returnGo') === 'thisWorkflow';
	const since = new Date(now.getTime() - days * DAY_MS).toISOString();

	const sides = await services();
	const context: LineContext = { now, shopDomain: sides.shopify.shopDomain, rmaLink };
	const callsBefore = sides.returnGo.callsMade;
	const setUp = await readSetUp(sides, expected);
	const progress = startOfProgress();
	const findings: Finding[] = [];
	const paidByReturnGo: string[] = [];
	let agreeing = 0;
	for await (const found of readCases(sides, { since, callLimit, bulkThreshold, details: 'all' }, progress)) {
		const inCase = detect(found, settings, context);
		findings.push(...inCase);
		if (inCase.length === 0) agreeing += 1;
		if (isOurs) paidByReturnGo.push(...paidElsewhere(found));
	}
	findings.sort((left, right) => (left.incident < right.incident ? -1 : 1));
	const calls = { made: sides.returnGo.callsMade - callsBefore, limit: callLimit };
	findings.unshift(...findStoreCases({ ...setUp, address: expected.address, calls, paidByReturnGo: paidByReturnGo.sort() }));
	return toOutputs({ findings, agreeing, since, until: now.toISOString(), progress, callsBefore, notRead: leftOut(progress) }, sides);
}

interface Expected {
	address: string;
	returnGoEvents: string[];
	shopifyTopics: string[];
}

function readExpected(context: IExecuteFunctions, itemIndex: number): Expected {
	const text = (name: string) => String(context.getNodeParameter(`options.${name}`, itemIndex, '') ?? '');
	const listOf = (value: string) => value.split(',').map((part) => part.trim()).filter((part) => part !== '');
	const address = text('eventAddress').trim();
	const expected = { address, returnGoEvents: listOf(text('returnGoEvents')), shopifyTopics: listOf(text('shopifyTopics')).map((topic) => topic.toUpperCase().replace('/', '_')) };
	if (address === '' && expected.returnGoEvents.length + expected.shopifyTopics.length > 0) throw refuse(context.getNode(), 'invalidInput', 'Event Address is empty: it tells the subscriptions of this n8n from others', itemIndex);
	return expected;
}

async function readSetUp({ returnGo, shopify }: Services, { returnGoEvents, shopifyTopics }: Expected): Promise<Pick<StoreFacts, 'missingScopes' | 'subscriptions'>> {
	const { currentAppInstallation } = await shopify.request(GrantedScopesDocument, {}, 'read');
	const granted = currentAppInstallation?.accessScopes.map(({ handle }) => handle) ?? [];
	const subscriptions: SubscriptionFacts[] = [];
	if (returnGoEvents.length > 0) subscriptions.push({ service: 'ReturnGO', expected: returnGoEvents, found: (await returnGo.listWebhooks()).map(({ eventName, url }) => ({ event: eventName, address: url })) });
	if (shopifyTopics.length > 0) {
		const page = async (after: string | null) => (await shopify.request(WebhookSubscriptionsDocument, { after }, 'read')).webhookSubscriptions;
		subscriptions.push({ service: 'Shopify', expected: shopifyTopics, found: (await readPages(await page(null), page)).map(({ topic, uri }) => ({ event: topic, address: uri })) });
	}
	return { missingScopes: missingScopes(granted), subscriptions };
}

/** RMAs that ReturnGO refunded, or is refunding, by a refund that is not in our record. */
function paidElsewhere({ order, transactions }: Case): string[] {
	const ours = new Set(order?.ledger.entries.map(({ refundId }) => refundId?.slice(refundId.lastIndexOf('/') + 1)) ?? []);
	const foreign = transactions.filter((transaction) => transaction.type === 'RefundToPaymentMethod' && transaction.status !== 'Failed' && !ours.has(refundNamed(transaction) ?? ''));
	return [...new Set(foreign.flatMap(({ rmaId }) => rmaId ?? []))];
}
