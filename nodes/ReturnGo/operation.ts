/** What an operation of the node is, and the parameters that several of them share. */
import type { IDataObject, IDisplayOptions, IExecuteFunctions, INode, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ReturnGoClient } from './api/client';
import { parseRmaId } from './api/contract';

/** Carries one operation out for one item and answers the items of each output. Their link to the input item comes from the router. */
export type Execute = (context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number) => Promise<INodeExecutionData[][]>;

export interface Operation {
	readonly execute: Execute;
	/** Whether it changes anything in ReturnGO. */
	readonly isWrite: boolean;
	/** Whether it has a second output that says how far it came. */
	readonly reportsProgress: boolean;
	/** Whether it has a second output for what a person has to look at. */
	readonly asksPeople: boolean;
}

/** What the index of one resource exports. */
export interface Resource {
	/** The Operation parameter, then the parameters of every operation. */
	readonly description: INodeProperties[];
	readonly operations: Readonly<Record<string, Operation>>;
}

export const read = (execute: Execute): Operation => ({ execute, isWrite: false, reportsProgress: false, asksPeople: false });
export const readInPages = (execute: Execute): Operation => ({ execute, isWrite: false, reportsProgress: true, asksPeople: false });
export const write = (execute: Execute): Operation => ({ execute, isWrite: true, reportsProgress: false, asksPeople: false });
export const readAndAsk = (execute: Execute): Operation => ({ execute, isWrite: false, reportsProgress: false, asksPeople: true });

/** Shows the properties for one operation of one resource; conditions a property brings along stay. */
export function shownFor(resource: string, operation: string, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => {
		const displayOptions: IDisplayOptions = { ...property.displayOptions, show: { resource: [resource], operation: [operation], ...property.displayOptions?.show } };
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
 * A number ReturnGO gives to something, as a string.
 * @throws NodeOperationError before anything is sent, when it cannot be one: it becomes part of a path
 */
export function readId(context: IExecuteFunctions, itemIndex: number, parameter: string, name: string): string {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (/^[1-9]\d{0,17}$/.test(text)) return text;
	const shown = text === '' ? `${name} is empty` : `“${shorten(text)}” is not a ${name}`;
	throw new NodeOperationError(context.getNode(), shown, { itemIndex, description: 'Enter the number that ReturnGO uses. Nothing was sent to ReturnGO.' });
}

/** The text of a parameter without spaces around it; null when there is none. */
export function readText(context: IExecuteFunctions, itemIndex: number, parameter: string): string | null {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? null : text;
}

/**
 * A whole number of at least 1: the editor keeps typed numbers above zero, but not those of expressions.
 * @throws NodeOperationError before anything is sent
 */
export function readCount(context: IExecuteFunctions, itemIndex: number, parameter: string, name: string, fallback: number): number {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, fallback);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
	throw new NodeOperationError(context.getNode(), `${name} is not a whole number of at least 1`, { itemIndex, description: 'Nothing was sent to ReturnGO.' });
}

/**
 * The JSON object of *Additional Body Fields*.
 * @throws NodeOperationError when it is not a JSON object
 */
export function readAdditionalBodyFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const parsed = readJson(context, itemIndex, 'additionalBodyFields', '{}');
	if (isObject(parsed)) return parsed;
	throw notAnObject(context.getNode(), itemIndex);
}

/** The value of a JSON parameter, whether typed or given by an expression; undefined when it is not JSON. */
export function readJson(context: IExecuteFunctions, itemIndex: number, parameter: string, whenEmpty: string): unknown {
	const value: unknown = context.getNodeParameter(parameter, itemIndex, whenEmpty);
	return typeof value === 'string' ? parseJson(value.trim() === '' ? whenEmpty : value) : value;
}

function notAnObject(node: INode, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, 'Additional Body Fields is not a JSON object', {
		itemIndex,
		description: 'Write the fields between braces, e.g. { "notify": true }. Nothing was sent to ReturnGO.',
	});
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

export function shorten(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
