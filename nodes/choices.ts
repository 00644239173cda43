/**
 * Parameters with a list of choices, whose value came from an expression: n8n hands on whatever the expression gives. Without this, a setting with a letter
 * too many would count as one of the other choices, and “doNotRefund” misspelt would refund.
 */
import { isINodePropertyOptions, type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

/** What is wrong with the first parameter whose value is none of its choices, in words; null when all are. Collections count too. */
export function unknownChoice(context: IExecuteFunctions, itemIndex: number, properties: readonly INodeProperties[]): string | null {
	for (const property of properties.filter(({ type }) => type === 'options' || type === 'collection')) {
		const value = context.getNodeParameter(property.name, itemIndex, property.default) as unknown;
		const found = property.type === 'collection' ? unknownInCollection(property, value) : unknownValue(property, value);
		if (found !== null) return found;
	}
	return null;
}

function unknownInCollection(collection: INodeProperties, values: unknown): string | null {
	if (typeof values !== 'object' || values === null) return null;
	const members = (collection.options ?? []).filter((member): member is INodeProperties => 'type' in member);
	for (const member of members) {
		const value = (values as IDataObject)[member.name];
		const found = value === undefined ? null : unknownValue(member, value);
		if (found !== null) return found;
	}
	return null;
}

function unknownValue(property: INodeProperties, value: unknown): string | null {
	if (property.type !== 'options') return null;
	const choices = (property.options ?? []).filter(isINodePropertyOptions).map((choice) => choice.value);
	if (choices.length === 0 || value === property.default || choices.includes(value as string)) return null;
	return `“${property.displayName}” is “${String(value)}”, and can be ${choices.join(', ')}. Correct the setting that the parameter reads.`;
}
