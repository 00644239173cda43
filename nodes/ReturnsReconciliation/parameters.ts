/** Parameters that several operations share, and how they are read. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { refuse } from './outcome';

export const rmaLinkField: INodeProperties = {
	displayName: 'RMA Link',
	name: 'rmaLink',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://dashboard.example/rma/{rmaId}',
	description: 'Address of an RMA in your ReturnGO dashboard, with {rmaId} where its number goes. Leave empty for rows without a link to the RMA.',
};

export const callLimitField: INodeProperties = {
	displayName: 'ReturnGO Call Limit',
	name: 'callLimit',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 2000 },
	default: 100,
	description: 'How many calls to ReturnGO this operation may make, of the 2,000 that ReturnGO allows a day. What is left over is listed as not compared; the summary then holds a cursor to go on with.',
};

export const bulkThresholdField: INodeProperties = {
	displayName: 'Bulk Threshold',
	name: 'bulkThreshold',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 250,
	description: 'How many Shopify orders are read page by page. When more of them changed, Shopify is asked to write all of them into one file, which takes a minute and no query points.',
};

/** A parameter that is an address template; empty for none. @throws NodeOperationError */
export function readRmaLink(context: IExecuteFunctions, itemIndex: number, parameter = 'rmaLink'): string {
	const value = String(context.getNodeParameter(parameter, itemIndex, '') ?? '').trim();
	if (value === '' || (/^https?:\/\//i.test(value) && value.includes('{rmaId}'))) return value;
	throw refuse(context.getNode(), 'invalidInput', 'RMA Link has to be a web address with {rmaId} in it', itemIndex);
}

/** A whole number: the editor's limits do not hold for expressions. @throws NodeOperationError */
export function readWholeNumber(context: IExecuteFunctions, itemIndex: number, parameter: string, name: string, least: number, fallback: number): number {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, fallback);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
	throw refuse(context.getNode(), 'invalidInput', `${name} is not a whole number of at least ${least}`, itemIndex);
}

/** A time, in ISO 8601 and UTC; null when the parameter is empty. A time without a zone is one of the workflow's time zone. @throws NodeOperationError */
export function readTime(context: IExecuteFunctions, itemIndex: number, parameter: string, name: string): string | null {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	if (value === '' || value === null || value === undefined) return null;
	const moment = value instanceof Date ? DateTime.fromJSDate(value) : DateTime.isDateTime(value) ? value : DateTime.fromISO(String(value), { zone: context.getTimezone() });
	const utc = moment.toUTC().toISO({ suppressMilliseconds: true });
	if (moment.isValid && utc !== null) return utc;
	throw refuse(context.getNode(), 'invalidInput', `${name} is not a time`, itemIndex);
}
