/** The parameters of every single act: the order that remembers it, and the reference under which it does. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { orderLocator, readOrderChoice, resolveOrderId } from '../locators';

const LONGEST_REFERENCE = 100;

export const recordedParameters: INodeProperties[] = [
	{ ...orderLocator, description: 'The order that the units were bought with. It keeps the record by which this is done once.' },
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. RMA1000001 damaged',
		description: 'What this is about. However often the workflow runs, one order does it once per reference.',
	},
];

/** @throws NodeOperationError */
export function readReference(context: IExecuteFunctions, itemIndex: number): string {
	const reference = String(context.getNodeParameter('reference', itemIndex)).trim().replace(/\s+/g, ' ');
	if (reference !== '' && reference.length <= LONGEST_REFERENCE) return reference;
	const message = reference === '' ? 'There is no reference' : `The reference has ${reference.length} characters`;
	throw new NodeOperationError(context.getNode(), message, { description: `Enter a text of 1 to ${LONGEST_REFERENCE} characters, such as the RMA’s number and what is done.`, itemIndex });
}

/** The chosen order; null with its name when the store has none. @throws ShopifyRequestError, NodeOperationError */
export async function readChosenOrder(context: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<{ id: string | null; label: string }> {
	const choice = readOrderChoice(context, itemIndex);
	return { id: await resolveOrderId(context, itemIndex, client, choice), label: choice.kind === 'id' ? choice.id : choice.name };
}
