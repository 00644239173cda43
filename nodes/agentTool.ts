/** The nodes as tools of an AI agent: what one may do there, and where it finds what came of it. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** n8n runs a tool in a context of its own, or as an ordinary node whose type ends with "Tool". */
function isAgentTool(context: IExecuteFunctions): boolean {
	return context.isToolExecution() || context.getNode().type.endsWith('Tool');
}

/** Money, stock and return requests are not an agent's to change unless somebody decided so. */
export function mayChange(context: IExecuteFunctions, itemIndex: number): boolean {
	return !isAgentTool(context) || context.getNodeParameter('allowAsTool', itemIndex, false) === true;
}

/**
 * The outputs of one item as the node gives them out. n8n hands an agent the first output only, so as a tool everything is there: an agent that was told
 * nothing of a refund that waits would report it as done.
 */
export function forWhoeverAsked(context: IExecuteFunctions, outputs: INodeExecutionData[][]): INodeExecutionData[][] {
	return isAgentTool(context) ? [outputs.flat()] : outputs;
}
