/** What an operation of the node is, and how a resource gathers its operations. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ShopifyClient } from './api/client';

/** What the file of one operation exports. */
export interface Operation {
	/** Its own parameters, without display rules: the resource adds those. */
	readonly description: INodeProperties[];
	/**
	 * Carries the operation out for one item and answers the items of each output: one output for reads; *Settled* and *Needs Attention* for writes.
	 * @throws ShopifyRequestError, NodeOperationError
	 */
	/** What the item works on, where items of the same thing must not be worked on side by side; null when it does not matter. */
	laneOf?(this: IExecuteFunctions, itemIndex: number): string | null;
	execute(this: IExecuteFunctions, itemIndex: number, client: ShopifyClient): Promise<INodeExecutionData[][]>;
}

export interface RegisteredOperation extends Operation {
	/** Whether it changes anything in Shopify. */
	readonly isWrite: boolean;
}

/** What the index of one resource exports. */
export interface Resource {
	/** The Operation parameter, then the parameters of every operation. */
	readonly description: INodeProperties[];
	readonly operations: Readonly<Record<string, RegisteredOperation>>;
}

/** Shows parameters for one operation only, on top of the display rules they have among themselves. */
export function showFor(resource: string, operation: string, properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] } },
	}));
}
