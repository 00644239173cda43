/** Has an AI agent use one node as its tool, by n8n's own tool invocation, and answers what the agent is told. */
import './environment';
import { SupplyDataContext } from 'n8n-core';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import { executeDataOf, prepareNode, type NodeClass, type NodeSetup } from './workflow';

export interface ToolUse extends NodeSetup {
	/** The item that the agent works on; expressions of the tool's parameters see it. */
	input?: IDataObject;
}

/** @throws what n8n turns into the sentence that the agent is told instead, with its details */
export async function askTool(use: ToolUse): Promise<IDataObject[]> {
	const prepared = prepareNode({ ...use, node: toolOf(use.node) });
	const items = [{ json: use.input ?? {} }];
	const runExecutionData = createRunExecutionData({});
	const executeData = executeDataOf(prepared, [items]);
	const invoke = makeHandleToolInvocation(
		(runIndex) => new SupplyDataContext(prepared.workflow, prepared.node, prepared.additionalData, prepared.mode, runExecutionData, runIndex, items, {}, NodeConnectionTypes.AiTool, executeData, []),
		prepared.node,
		prepared.nodeType,
		runExecutionData,
	);
	return JSON.parse(await invoke({})) as IDataObject[];
}

/** n8n makes a node type of its own for the tool; only there *Allow as Tool* is shown. */
function toolOf(node: NodeClass): NodeClass {
	const type = new node() as INodeType;
	type.description = { ...type.description, name: `${type.description.name}Tool` };
	return class {
		constructor() {
			return type;
		}
	} as unknown as NodeClass;
}
