/** What an operation of the node is, and how a resource gathers its operations. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ReturnGoClient } from '../ReturnGo/api/client';
import type { Download } from '../ShopifyReturns/api/bulk';
import type { ShopifyClient } from '../ShopifyReturns/api/client';

/** The two sides that are compared. */
export interface Services {
	readonly returnGo: ReturnGoClient;
	readonly shopify: ShopifyClient;
	/** Fetches the files of Shopify's bulk operations. */
	readonly download: Download;
}

/** What the file of one operation exports. */
export interface Operation {
	/** Its own parameters, without display rules: the resource adds those. */
	readonly description: INodeProperties[];
	/** Names of its outputs; none for an operation with one output. */
	readonly outputs?: readonly string[];
	/**
	 * Whether it does its work once for all items instead of once per item; it is then called for the first one only.
	 */
	readonly takesAllItems?: true;
	/**
	 * Carries the operation out for one item and answers the items of each output. Their link to the input item comes from the router, where it is missing.
	 * @param services asked for only by operations that read; makes the clients from the credentials
	 * @throws ReturnGoFailure, ShopifyRequestError, NodeOperationError
	 */
	execute(this: IExecuteFunctions, itemIndex: number, services: () => Promise<Services>): Promise<INodeExecutionData[][]>;
}

/** What the index of one resource exports. */
export interface Resource {
	/** The Operation parameter, then the parameters of every operation. */
	readonly description: INodeProperties[];
	readonly operations: Readonly<Record<string, Operation>>;
}

/** Shows parameters for one operation only, on top of the display rules they have among themselves. */
export function showFor(resource: string, operation: string, properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] } },
	}));
}
