/** Return All and Limit, the same for every operation that lists. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

export const limitParameters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/**
 * The editor keeps typed limits above zero, but not those of expressions; a limit of -1 would leave out the last result without a word.
 * @throws NodeOperationError when the limit is not a whole number of at least 1
 */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex) === true) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex));
	if (Number.isSafeInteger(limit) && limit >= 1) return limit;
	throw new NodeOperationError(context.getNode(), 'Limit is not a whole number of at least 1', { description: 'Enter a limit, or turn on Return All. Nothing was sent to Shopify.', itemIndex });
}
