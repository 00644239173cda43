/** What every operation of the RMA resource has in common. */
import type { IDataObject, IDisplayOptions, IExecuteFunctions, INode, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ReturnGoClient } from '../api/client';
import { parseRmaId } from '../api/contract';

/** One operation of one item. The items it returns get their link to the input item from the router. */
export type Operation = (context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number) => Promise<INodeExecutionData[]>;

/** Shows the properties for one operation of the RMA resource; conditions a property brings along stay. */
export function shownFor(operation: string, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => {
		const displayOptions: IDisplayOptions = { ...property.displayOptions, show: { resource: ['rma'], operation: [operation], ...property.displayOptions?.show } };
		return { ...property, displayOptions };
	});
}

export const rmaField: INodeProperties = {
	displayName: 'RMA',
	name: 'rmaId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The return request to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an RMA...',
			typeOptions: { searchListMethod: 'searchRmas', searchable: true, searchFilterRequired: false },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1000001',
			hint: 'The number that ReturnGO shows after RMA; with or without these letters',
		},
	],
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const additionalBodyFields: INodeProperties = {
	displayName: 'Additional Body Fields',
	name: 'additionalBodyFields',
	type: 'json',
	default: '{}',
	description: 'A JSON object that is laid over the body this node sends. A field set to null is left out. Use it where the live API wants something else.',
};

/**
 * The id of the chosen RMA, as digits.
 * @throws NodeOperationError before anything is sent, when the value cannot be an RMA id
 */
export function readRmaId(context: IExecuteFunctions, itemIndex: number): string {
	const value: unknown = context.getNodeParameter('rmaId', itemIndex, undefined, { extractValue: true });
	const rmaId = parseRmaId(value);
	if (rmaId !== null) return rmaId;
	const shown = value === '' || value === undefined || value === null ? 'No RMA is chosen' : `“${shorten(String(value))}” is not an RMA ID`;
	throw new NodeOperationError(context.getNode(), shown, {
		itemIndex,
		description: 'An RMA ID is the number that ReturnGO shows after the letters RMA, e.g. 1000001. Nothing was sent to ReturnGO.',
	});
}

/**
 * The JSON object of *Additional Body Fields*.
 * @throws NodeOperationError when it is not a JSON object
 */
export function readAdditionalBodyFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const value: unknown = context.getNodeParameter('additionalBodyFields', itemIndex, '{}');
	const parsed = typeof value === 'string' ? parseJson(value.trim() === '' ? '{}' : value) : value;
	if (isObject(parsed)) return parsed;
	throw notAnObject(context.getNode(), itemIndex);
}

function notAnObject(node: INode, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, 'Additional Body Fields is not a JSON object', {
		itemIndex,
		description: 'Write the fields between braces, e.g. { "notify": true }. Nothing was sent to ReturnGO.',
	});
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function shorten(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
