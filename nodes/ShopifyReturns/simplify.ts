/**
 * The Simplify toggle, of reads whose output leaves out or flattens something of Shopify's answer. Order → Find, Return → Get Many, Refund → Get and Get Many have none:
 * what they put out is all that is asked of Shopify.
 */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const simplifyParameter: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Workflows from before the toggle have no value for it, and expect the simplified output. */
export function isSimplified(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('simplify', itemIndex, true) !== false;
}
