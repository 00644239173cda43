/** Store → Get Locations: where stock can be, with the ids that other operations ask for. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from '../api/client';
import { FindLocationsDocument } from '../api/generated';
import { readPages } from '../api/reads';
import { routeRead } from '../outcome';
import { limitParameters, readLimit } from '../paging';

export const description: INodeProperties[] = [
	...limitParameters,
	{
		displayName: 'Include Deactivated',
		name: 'includeDeactivated',
		type: 'boolean',
		default: false,
		description: 'Whether to list locations too that take no stock any more',
	},
];

export async function execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]> {
	const limit = readLimit(this, itemIndex);
	const includeInactive = this.getNodeParameter('includeDeactivated', itemIndex, false) === true;
	const page = async (after: string | null) => (await client.request(FindLocationsDocument, { search: null, after, includeInactive }, 'read')).locations;
	const locations = await readPages(await page(null), page);
	return routeRead(locations.slice(0, limit), itemIndex);
}
