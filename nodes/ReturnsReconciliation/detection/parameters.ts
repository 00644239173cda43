/** The parameters that every search for stuck returns shares, and how they are read. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { DEFAULT_DAYS, type DetectionDays, type DetectionSettings, type InspectionRule } from '../../../returns/sighting';
import { jsonValue } from '../findings';
import { refuse } from '../outcome';
import { readWholeNumber } from '../parameters';

const DAY_FIELDS: Record<keyof DetectionDays, { displayName: string; description: string }> = {
	approvedWithoutTracking: { displayName: 'Approved Without Tracking', description: 'Days after the approval in which no parcel or tracking number is in order' },
	deliveredNotReceived: { displayName: 'Delivered, Not Received', description: 'Days from the carrier’s delivery to the receipt in ReturnGO' },
	exchangeNotReleased: { displayName: 'Exchange Not Released', description: 'Days from the receipt to the release of an exchange' },
	inTransit: { displayName: 'In Transit', description: 'Days that a parcel may be on its way' },
	inspectedNotRestocked: { displayName: 'Inspected, Not Restocked', description: 'Days from the inspection to the stock' },
	receivedNotInShopify: { displayName: 'Received, Nothing Done', description: 'Days from the receipt to the inspection, or to anything in Shopify' },
	refundMissing: { displayName: 'Refund Missing', description: 'Days from the inspection to the payment' },
	refundPending: { displayName: 'Refund Pending', description: 'Days that a refund may wait for its payment provider, or for ReturnGO' },
	statusConflict: { displayName: 'States Disagree', description: 'Days that ReturnGO and Shopify may disagree about a return' },
};

export const inspectionField: INodeProperties = {
	displayName: 'Inspection',
	name: 'inspectionRule',
	type: 'options',
	default: 'itemValidation',
	options: [
		{ name: 'Item Validation in ReturnGO', value: 'itemValidation', description: 'Unit by unit' },
		{ name: 'Nobody Inspects', value: 'receipt', description: 'What was received counts as sellable' },
		{ name: 'Status Validated in ReturnGO', value: 'validatedStatus', description: 'The RMA or its shipment as a whole' },
	],
	description: 'What counts as an inspection in this store. Stock that moved before it is told of.',
};

export const daysField: INodeProperties = {
	displayName: 'Allowed Days',
	name: 'allowedDays',
	type: 'collection',
	placeholder: 'Add a number of days',
	default: {},
	description: 'How long something may take before it is told of',
	options: namesOfDays().map((name) => ({ ...DAY_FIELDS[name], name, type: 'number' as const, typeOptions: { minValue: 0 }, default: DEFAULT_DAYS[name] })),
};

export const bundleTableField: INodeProperties = {
	displayName: 'Bundle Table',
	name: 'bundleTable',
	type: 'json',
	default: '{}',
	description: 'The table of Restock → Execute: what is named there as a bundle must not go into stock as one piece. Bundles of Shopify’s own are known without it.',
};

/** What neither service tells: more collections of the shop's own knowledge. */
export const knowledgeFields: INodeProperties[] = [
	bundleTableField,
	{
		displayName: 'Delivered Parcels',
		name: 'deliveredParcels',
		type: 'json',
		default: '{}',
		description: 'When the carrier delivered, by RMA ID, e.g. {"1000001": "2026-11-18T09:30:00Z"}. ReturnGO tells it by webhook only (SHIPMENT_TRACKER_STATUS_UPDATED).',
	},
];

/** @throws NodeOperationError that names the parameter */
export function readDetectionSettings(context: IExecuteFunctions, itemIndex: number): DetectionSettings {
	const days = { ...DEFAULT_DAYS };
	for (const name of namesOfDays()) days[name] = readWholeNumber(context, itemIndex, `allowedDays.${name}`, DAY_FIELDS[name].displayName, 0, DEFAULT_DAYS[name]);
	const inspection = context.getNodeParameter('inspectionRule', itemIndex, 'itemValidation') as InspectionRule;
	const read = <TValue>(name: string, label: string, schema: z.ZodType<TValue>): TValue => {
		const parsed = schema.safeParse(jsonValue(context.getNodeParameter(`options.${name}`, itemIndex, '{}')));
		if (parsed.success) return parsed.data;
		throw refuse(context.getNode(), 'invalidInput', `${label} cannot be used: ${parsed.error.issues[0]?.message ?? 'it is something else'}`, itemIndex);
	};
	return { days, inspection, bundleSkus: readBundleSkus(context, itemIndex), deliveredAt: read('deliveredParcels', 'Delivered Parcels', z.record(z.string().regex(/^\d+$/), z.string().datetime({ offset: true }))) };
}

/** What the shop's own table names as a bundle. */
export function readBundleSkus(context: IExecuteFunctions, itemIndex: number): string[] {
	const parsed = z.record(z.unknown()).safeParse(jsonValue(context.getNodeParameter('options.bundleTable', itemIndex, '{}')));
	if (parsed.success) return Object.keys(parsed.data);
	throw refuse(context.getNode(), 'invalidInput', `Bundle Table cannot be used: ${parsed.error.issues[0]?.message ?? 'it is something else'}`, itemIndex);
}

/** In the order of the editor's list. */
function namesOfDays(): Array<keyof DetectionDays> {
	return (Object.keys(DAY_FIELDS) as Array<keyof DetectionDays>).sort((left, right) => (DAY_FIELDS[left].displayName < DAY_FIELDS[right].displayName ? -1 : 1));
}
