/** RMA: Get. One call to ReturnGO. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { shownRma } from '../api/shown';
import type { Execute } from '../operation';
import { readRmaId, rmaField, shownFor, simplifyField } from '../operation';

export const description: INodeProperties[] = shownFor('rma', 'get', [
	rmaField,
	simplifyField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Media',
				name: 'includeMedia',
				type: 'boolean',
				default: false,
				description: 'Whether to ask for the photos and videos customers answered with. They are in the raw data only, so turn Simplify off.',
			},
		],
	},
]);

export const execute: Execute = async (context, client, itemIndex) => {
	const rmaId = readRmaId(context, itemIndex);
	const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
	const includeMedia = context.getNodeParameter('options.includeMedia', itemIndex, false) as boolean;
	const { rma, raw } = await client.getRma(rmaId, includeMedia);
	return [[{ json: simplify ? (shownRma(rma) as unknown as IDataObject) : raw }]];
};
