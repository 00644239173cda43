/** Runs one node in n8n's own execution engine, with real HTTP, and returns what the next node would get. */
import './environment';
import { WorkflowExecute } from 'n8n-core';
import type { ExecutionError, IDataObject, INodeExecutionData, IRun, NodeExecutionHint } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import { executeDataOf, INPUT_NODE, prepareNode, TESTED_NODE, type NodeSetup } from './workflow';

export interface NodeRun extends NodeSetup {
	/** Items that reach the node; plain objects become the `json` of an item. Default: one empty item. */
	input?: ReadonlyArray<INodeExecutionData | IDataObject>;
	/** Shorthand for *On Error: Continue* in the node's settings. */
	continueOnFail?: boolean;
}

/** The node's answer to an input it could not deal with, as n8n keeps it in the execution. */
export type NodeRunError = ExecutionError & { httpCode?: string | null; messages?: string[]; context?: IDataObject & { itemIndex?: number } };

export interface NodeRunResult {
	/** Items by output. Empty when the node stopped the workflow. */
	outputs: INodeExecutionData[][];
	error?: NodeRunError;
	hints: NodeExecutionHint[];
	/** The workflow's static data after the run. */
	staticData: IDataObject;
	/** Everything n8n would store for this execution, for assertions that no secret is in it. */
	run: IRun;
}

/** Executes the node once. A node that stops the workflow does not make this reject: look at `error`. */
export async function runNode(run: NodeRun): Promise<NodeRunResult> {
	const prepared = prepareNode({ ...run, onError: run.onError ?? (run.continueOnFail === true ? 'continueRegularOutput' : undefined) });
	const items = (run.input ?? [{}]).map(toItem);
	const runExecutionData = createRunExecutionData({
		executionData: { nodeExecutionStack: [executeDataOf(prepared, [items])] },
		resultData: { runData: { [INPUT_NODE]: [{ startTime: 0, executionTime: 0, executionIndex: 0, source: [], executionStatus: 'success', data: { main: [items] } }] } },
	});
	const engine = new WorkflowExecute(prepared.additionalData, prepared.mode, runExecutionData);
	const finished = await engine.processRunExecutionData(prepared.workflow);
	const task = finished.data.resultData.runData[TESTED_NODE]?.at(-1);
	const error = (task?.error ?? finished.data.resultData.error) as NodeRunError | undefined;
	return {
		outputs: error === undefined ? (task?.data?.main ?? []).map((output) => output ?? []) : [],
		...(error === undefined ? {} : { error }),
		hints: task?.hints ?? [],
		staticData: prepared.workflow.staticData,
		run: finished,
	};
}

function toItem(item: INodeExecutionData | IDataObject): INodeExecutionData {
	return isItem(item) ? item : { json: item };
}

function isItem(item: INodeExecutionData | IDataObject): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null && Object.keys(item).every((key) => ['json', 'binary', 'pairedItem', 'error'].includes(key));
}
