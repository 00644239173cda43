/** The parameters of everything that is settled, and how they are read. One name here is one field of SettlementSettings. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { parseBundleTable } from '../../../returns/bundles';
import { isMoneyAction, type Payout, type SettlementAction } from '../../../returns/ledger';
import type { DutyChoice, ShippingChoice, TenderPolicy } from '../../../returns/refund';
import { parseInspections, parseRma } from '../../../returns/rmaSchema';
import type { Owner, SettlementSettings } from '../../../returns/settings';
import type { InspectionSource } from '../../../returns/inspection';
import { dryRunOption, isDryRun } from '../../dryRun';
import { toGid } from '../identifiers';
import { locatorOf } from '../locators';
import { refuse } from '../outcome';
import { creditOptionFields, CREDIT_OPTIONS_OF, DEFAULT_RESOLUTION, moneyOptionFields, readCreditChoices } from './moneyParameters';
import type { SettlementRequest } from './pipeline';

/** A claim has to outlive any request made under it: 30 s for a request, its reading back, and a margin. */
const SHORTEST_LEASE_SECONDS = 60;
const DEFAULT_LEASE_SECONDS = 120;

const OWNER_OPTIONS = [
	{ name: 'A Person', value: 'person', description: 'Somebody does it by hand; this node only looks' },
	{ name: 'ReturnGO', value: 'returnGo', description: 'ReturnGO does it by its own rules; this node only looks' },
	{ name: 'This Workflow', value: 'thisWorkflow', description: 'This node does it, once' },
];

const common: INodeProperties[] = [
	{
		displayName: 'Return Request (RMA)',
		name: 'rma',
		type: 'json',
		default: '={{ $json.rma }}',
		required: true,
		description: 'The RMA as the ReturnGO node or the ReturnGO Trigger puts it out. Read it right before this step: what ReturnGO has refunded itself is in it.',
	},
	{
		displayName: 'Inspection Source',
		name: 'inspectionSource',
		type: 'options',
		default: 'itemValidation',
		description: 'Where it is recorded that somebody has held the units in their hands. Until then nothing moves.',
		options: [
			{ name: 'Given With the Item', value: 'provided', description: 'Results from a warehouse system or a form, unit by unit' },
			{ name: 'Item Validation in ReturnGO', value: 'itemValidation', description: 'ReturnGO’s item validation, unit by unit' },
			{ name: 'Status Validated in ReturnGO', value: 'validatedStatus', description: 'The RMA or its shipment has the status Validated; every unit then counts as sellable' },
		],
	},
	{
		displayName: 'Inspections',
		name: 'inspections',
		type: 'json',
		default: '={{ $json.inspections }}',
		description: 'A list of results: unitId, state (sellable, damaged, missing, awaitingInspection or notReceived), and optionally locationId, reason, inspectedAt and inspectedBy',
		displayOptions: { show: { inspectionSource: ['provided'] } },
	},
	{
		displayName: 'While Some Units Are Not Inspected',
		name: 'partialInspection',
		type: 'options',
		default: 'settleInspected',
		options: [
			{ name: 'Settle the Inspected Units', value: 'settleInspected', description: 'The others follow when they are inspected' },
			{ name: 'Wait for All Units', value: 'waitForAll', description: 'Nothing moves until every unit is inspected' },
		],
	},
];

const refundOnly: INodeProperties[] = [
	{ displayName: 'Refund Is Executed By', name: 'refundOwner', type: 'options', default: 'thisWorkflow', options: OWNER_OPTIONS, description: 'Exactly one party may move the money. Evidence of the others is looked for in any case.' },
	{
		displayName: 'Resolutions to Refund',
		name: 'refundResolutions',
		type: 'string',
		default: 'RefundToPaymentMethod',
		description: 'ReturnGO’s resolution types that are paid back to the original payment, separated by commas. Units with another resolution are left alone.',
	},
	{
		displayName: 'Damaged Units',
		name: 'damagedUnits',
		type: 'options',
		default: 'doNotRefund',
		options: [
			{ name: 'Do Not Refund', value: 'doNotRefund', description: 'A person decides' },
			{ name: 'Refund', value: 'refund', description: 'Paid like sellable units' },
		],
	},
];

const restockOnly: INodeProperties[] = [
	{ displayName: 'Restock Is Executed By', name: 'restockOwner', type: 'options', default: 'thisWorkflow', options: OWNER_OPTIONS, description: 'Exactly one party may move the stock. Evidence of the others is looked for in any case.' },
	{
		displayName: 'Restock Location',
		name: 'locationId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchLocations', searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 655441491' },
		],
		description: 'Location that takes sellable units when the inspection and the map below name none. Empty: such units wait for a person.',
	},
	{
		displayName: 'Location Map',
		name: 'locationMap',
		type: 'json',
		default: '{}',
		description: 'Shopify location IDs by ReturnGO location ID, by return reason, or by the two-letter country code that the parcel comes from, e.g. {"DE": "655441491"}',
	},
];

const optionFields = {
	acknowledgedRefundIds: {
		displayName: 'Acknowledged Refund IDs',
		name: 'acknowledgedRefundIds',
		type: 'string',
		default: '',
		description: 'Refunds of the order that a person has looked at and found to be for something else, separated by commas; also credits of the customer’s store credit account, by their full ID (gid://…)',
	},
	afterFailedReturnGoRefund: {
		displayName: 'After a Failed ReturnGO Refund',
		name: 'afterFailedReturnGoRefund',
		type: 'options',
		default: 'stop',
		options: [
			{ name: 'Refund Here', value: 'refund' },
			{ name: 'Stop', value: 'stop' },
		],
		description: 'What to do when ReturnGO tried to refund the units and did not succeed',
	},
	dryRun: dryRunOption,
	leaseSeconds: {
		displayName: 'Claim Lasts (Seconds)',
		name: 'leaseSeconds',
		type: 'number',
		typeOptions: { minValue: SHORTEST_LEASE_SECONDS },
		default: DEFAULT_LEASE_SECONDS,
		description: 'How long other runs keep away from units that this run is working on, should it stop halfway',
	},
	bundleMetafield: {
		displayName: 'Bundle Metafield',
		name: 'bundleMetafield',
		type: 'string',
		default: '',
		placeholder: 'e.g. custom.components',
		description: 'Namespace and key of a metafield of the bundle’s variant that names its components: {"SKU": pieces}, or a list of variants',
	},
	bundleTable: {
		displayName: 'Bundle Table',
		name: 'bundleTable',
		type: 'json',
		default: '{}',
		description: 'Pieces of each component SKU by the bundle’s SKU, e.g. {"GIFT-SET": {"CUP": 2, "PLATE": 1}}. Goes before the metafield and Shopify’s own bundles.',
	},
	stockWithoutReturn: {
		displayName: 'When There Is No Shopify Return',
		name: 'stockWithoutReturn',
		type: 'options',
		default: 'stop',
		options: [
			{ name: 'Adjust Inventory Directly', value: 'adjust', description: 'Add the pieces to the stock figures; Shopify ties them to no return' },
			{ name: 'Stop', value: 'stop', description: 'Nothing moves, and the item comes out of Needs Attention' },
		],
	},
	unsellableState: {
		displayName: 'Damaged Units Go To',
		name: 'unsellableState',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'Damaged', value: 'damaged' },
			{ name: 'No Stock Figure', value: 'none' },
			{ name: 'Quality Control', value: 'quality_control' },
			{ name: 'Safety Stock', value: 'safety_stock' },
		],
		description: 'Which of Shopify’s unavailable figures counts damaged units at the restock location',
	},
	expectedAmount: { displayName: 'Expected Amount', name: 'expectedAmount', type: 'string', default: '', placeholder: 'e.g. 57.83', description: 'In the currency the customer paid in. Any other value stops the refund.' },
	expectedPlanHash: { displayName: 'Expected Plan Hash', name: 'expectedPlanHash', type: 'string', default: '', description: 'The planHash of a preview that was confirmed. If the plan is another one by now, nothing is done.' },
	maximumAmount: { displayName: 'Maximum Amount', name: 'maximumAmount', type: 'string', default: '', placeholder: 'e.g. 250', description: 'In the currency the customer paid in. A refund above it waits for a person.' },
	notifyCustomer: { displayName: 'Notify Customer', name: 'notifyCustomer', type: 'boolean', default: false, description: 'Whether Shopify sends the customer its own message' },
	requestedTransactionId: {
		displayName: 'Requested Transaction ID',
		name: 'requestedTransactionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7000001',
		description: 'ReturnGO’s transaction that this payment carries out. While it is Requested it does not count as a refund of ReturnGO’s own, and only its units are paid. Use it only where ReturnGO leaves the paying to you.',
	},
	shopifyReturnId: locatorOf('Return', 'searchReturns', { displayName: 'Shopify Return', name: 'shopifyReturnId', description: 'The return to settle, when several of the order fit the RMA' }, 'e.g. 945000954'),
	tenderPolicy: {
		displayName: 'Tenders',
		name: 'tenderPolicy',
		type: 'options',
		default: 'suggested',
		options: [
			{ name: 'As Shopify Suggests', value: 'suggested' },
			{ name: 'Gift Cards First', value: 'giftCardFirst' },
			{ name: 'Largest Payment First', value: 'largestFirst' },
		],
		description: 'Which of several payments of the order takes the money back',
	},
	...moneyOptionFields,
	...creditOptionFields,
} satisfies Record<string, INodeProperties>;

type OptionName = keyof typeof optionFields;

/** What every payment can be told, whatever way it goes. */
const PAYMENT_OPTIONS: OptionName[] = ['acknowledgedRefundIds', 'afterFailedReturnGoRefund', 'expectedAmount', 'expectedPlanHash', 'maximumAmount', 'maximumRunAmount', 'notifyCustomer', 'otherReturnGoAmount', 'requestedTransactionId', 'shopifyReturnId'];
/** What only a refund of the order can carry. */
const REFUND_OPTIONS: OptionName[] = ['cancelLocationId', 'exchangeItems', 'refundDuties', 'refundShipping', 'refundShippingAmount', 'refundTip', 'unshippedUnits'];

const OPTIONS_OF: Record<SettlementAction, OptionName[]> = {
	refund: [...PAYMENT_OPTIONS, ...REFUND_OPTIONS, 'tenderPolicy'],
	storeCredit: PAYMENT_OPTIONS,
	giftCard: PAYMENT_OPTIONS,
	restock: ['acknowledgedRefundIds', 'bundleMetafield', 'bundleTable', 'expectedPlanHash', 'shopifyReturnId', 'stockWithoutReturn', 'unsellableState'],
};

/** The parameters that settling the given actions needs; previews have no claim and send no message. */
export function settlementParameters(actions: readonly SettlementAction[], kind: 'write' | 'preview', payout: Payout = 'tenders'): INodeProperties[] {
	const names = new Set<OptionName>([...actions.flatMap((action) => OPTIONS_OF[action]), ...(payout === 'storeCredit' ? REFUND_OPTIONS : []), ...CREDIT_OPTIONS_OF[payout]]);
	if (kind === 'write') names.add('leaseSeconds').add('dryRun');
	else for (const name of ['notifyCustomer', 'expectedPlanHash', 'tenderPolicy', 'maximumRunAmount'] as const) names.delete(name);
	const options = [...names].map((name) => forPayout(optionFields[name], payout)).sort((left, right) => (left.displayName < right.displayName ? -1 : 1));
	return [
		...common,
		...(actions.some(isMoneyAction) ? refundOnly.map((property) => forPayout(property, payout)) : []),
		...(actions.includes('restock') ? restockOnly : []),
		{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options },
	];
}

/** The words of a parameter fit what the operation pays with. */
function forPayout(property: INodeProperties, payout: Payout): INodeProperties {
	if (payout === 'tenders') return property;
	if (property.name === 'notifyCustomer' && payout === 'giftCard') return { ...property, description: 'Whether Shopify sends the gift card to the customer; where a recipient is named, to the recipient instead' };
	if (property.name === 'refundOwner') return { ...property, displayName: payout === 'giftCard' ? 'Gift Card Is Issued By' : 'Store Credit Is Issued By' };
	if (property.name !== 'refundResolutions') return property;
	return { ...property, displayName: 'Resolutions to Pay', default: DEFAULT_RESOLUTION[payout], description: 'ReturnGO’s resolution types that are paid this way, separated by commas. Units with another resolution are left alone.' };
}

const ACCOUNT_CREDIT = 'StoreCreditAccountCreditTransaction';

function toAcknowledged(id: string): string {
	return toGid(id.includes(ACCOUNT_CREDIT) ? ACCOUNT_CREDIT : 'Refund', id);
}

/**
 * What each execution has paid so far, however many nodes pay in it and however often a loop calls them. It is known to this process alone: a
 * sub-workflow has an execution of its own, and one that waits and goes on in another process begins anew.
 */
const paidInRuns = new Map<string | IExecuteFunctions, Map<string, number>>();
/** The same of rehearsals: what a dry run would have paid is not paid. */
const rehearsedInRuns = new Map<string | IExecuteFunctions, Map<string, number>>();
/** Executions that are remembered; the one that has paid nothing for the longest time is forgotten first. */
const REMEMBERED_RUNS = 1000;

function paidInRunOf(context: IExecuteFunctions, runs: typeof paidInRuns): Map<string, number> {
	const run = context.getExecutionId() || context;
	const paid = runs.get(run) ?? new Map<string, number>();
	runs.delete(run);
	runs.set(run, paid);
	const [oldest] = runs.keys();
	if (runs.size > REMEMBERED_RUNS && oldest !== undefined) runs.delete(oldest);
	return paid;
}

/**
 * Reads the parameters of one item.
 * @throws NodeOperationError that names the parameter
 */
export function readSettlementRequest(context: IExecuteFunctions, itemIndex: number, actions: SettlementAction[], payout: Payout = 'tenders'): SettlementRequest {
	const parameter = <TValue>(name: string, fallback: TValue) => context.getNodeParameter(name, itemIndex, fallback) as TValue;
	const options = parameter<IDataObject>('options', {});
	// An expression may stand for a whole locator, and what was saved before it was one is a plain text.
	const option = (name: OptionName) => trimmed(valueOf(options[name]));
	// Only operations that restock have this parameter; n8n refuses to extract a value from one that the operation does not have.
	const location = actions.includes('restock') ? trimmed(context.getNodeParameter('locationId', itemIndex, '', { extractValue: true })) : '';
	const returnId = option('shopifyReturnId');
	const cancelLocation = option('cancelLocationId');
	const read = <TValue>(label: string, reader: () => TValue): TValue => {
		try {
			return reader();
		} catch (error) {
			throw refuse(context.getNode(), 'invalidInput', `“${label}” cannot be used: ${error instanceof Error ? error.message : String(error)}`, itemIndex);
		}
	};
	const inspectionSource = parameter<InspectionSource>('inspectionSource', 'itemValidation');
	const settings: SettlementSettings = {
		actions,
		refundOwner: parameter<Owner>('refundOwner', 'thisWorkflow'),
		restockOwner: parameter<Owner>('restockOwner', 'thisWorkflow'),
		inspectionSource,
		providedInspections: inspectionSource === 'provided' ? read('Inspections', () => parseInspections(fromJson(parameter<unknown>('inspections', [])))) : [],
		refundResolutions: list(parameter<unknown>('refundResolutions', '')),
		damagedUnits: parameter<SettlementSettings['damagedUnits']>('damagedUnits', 'doNotRefund'),
		partialInspection: parameter<SettlementSettings['partialInspection']>('partialInspection', 'settleInspected'),
		afterFailedReturnGoRefund: option('afterFailedReturnGoRefund') === 'refund' ? 'refund' : 'stop',
		requestedTransactionId: option('requestedTransactionId') || null,
		shopifyReturnId: returnId === '' ? null : read('Shopify Return', () => toGid('Return', returnId)),
		acknowledgedRefundIds: read('Acknowledged Refund IDs', () => list(options.acknowledgedRefundIds).map(toAcknowledged)),
		locationId: location === '' ? null : read('Restock Location', () => toGid('Location', location)),
		locationMap: read('Location Map', () => readLocationMap(fromJson(parameter<unknown>('locationMap', {})))),
		stockWithoutReturn: option('stockWithoutReturn') === 'adjust' ? 'adjust' : 'stop',
		unsellableState: (option('unsellableState') || 'none') as SettlementSettings['unsellableState'],
		bundleTable: read('Bundle Table', () => parseBundleTable(fromJson(options.bundleTable ?? {}))),
		bundleMetafield: read('Bundle Metafield', () => readMetafieldName(option('bundleMetafield'))),
		expectedAmount: option('expectedAmount') || null,
		expectedPlanHash: option('expectedPlanHash') || null,
		maximumAmount: option('maximumAmount') || null,
		maximumRunAmount: option('maximumRunAmount') || null,
		payout,
		refundShipping: (option('refundShipping') || 'none') as ShippingChoice['mode'],
		refundShippingAmount: option('refundShippingAmount') || null,
		refundDuties: (option('refundDuties') || 'none') as DutyChoice,
		refundTip: options.refundTip === true ? 'full' : 'none',
		otherReturnGoAmount: option('otherReturnGoAmount') === 'ignore' ? 'ignore' : 'stop',
		exchangeItems: option('exchangeItems') === 'process' ? 'process' : 'stop',
		unshippedUnits: option('unshippedUnits') === 'cancel' ? 'cancel' : 'stop',
		cancelLocationId: cancelLocation === '' ? null : read('Location of Units Not Shipped', () => toGid('Location', cancelLocation)),
	};
	const rehearses = isDryRun(context, itemIndex);
	return {
		rma: read('Return Request (RMA)', () => parseRma(fromJson(parameter<unknown>('rma', null)))),
		settings,
		leaseSeconds: readLease(options.leaseSeconds),
		tenderPolicy: (option('tenderPolicy') || 'suggested') as TenderPolicy,
		notifyCustomer: options.notifyCustomer === true,
		credit: payout === 'tenders' ? null : read('Options', () => readCreditChoices(options, new Date())),
		isDryRun: rehearses,
		paidInRun: paidInRunOf(context, rehearses ? rehearsedInRuns : paidInRuns),
	};
}

function fromJson(value: unknown): unknown {
	return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
}

function readLocationMap(value: unknown): Record<string, string> {
	if (value === null || value === undefined) return {};
	if (typeof value !== 'object' || Array.isArray(value)) throw new SyntaxError('it must be an object of location IDs');
	return Object.fromEntries(Object.entries(value).map(([key, id]) => [key.trim(), toGid('Location', String(id))]));
}

function readMetafieldName(name: string): SettlementSettings['bundleMetafield'] {
	if (name === '') return null;
	const [namespace, key, ...rest] = name.split('.').map((part) => part.trim());
	if (!namespace || !key || rest.length > 0) throw new SyntaxError('it must be a namespace and a key with a dot between them');
	return { namespace, key };
}

function readLease(value: unknown): number {
	const seconds = Number(value ?? DEFAULT_LEASE_SECONDS);
	return Number.isFinite(seconds) ? Math.max(seconds, SHORTEST_LEASE_SECONDS) : DEFAULT_LEASE_SECONDS;
}

function list(value: unknown): string[] {
	return trimmed(value).split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function valueOf(given: unknown): unknown {
	return typeof given === 'object' && given !== null ? (given as { value?: unknown }).value : given;
}

function trimmed(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The order of the RMA: two items of one order would only race for its ledger. Anything unreadable is refused later, with words. */
export function laneOfRma(this: IExecuteFunctions, itemIndex: number): string | null {
	try {
		const value = fromJson(this.getNodeParameter('rma', itemIndex, null));
		const order = typeof value === 'object' && value !== null ? (value as { order?: { id?: unknown } }).order : undefined;
		return typeof order?.id === 'string' ? order.id : null;
	} catch {
		return null;
	}
}
