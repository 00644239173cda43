import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { createReturnGoClient, EXECUTION_PATIENCE, type ReturnGoClient } from './api/client';
import { ReturnGoFailure, toNodeApiError } from './api/failure';
import { searchRmas } from './listSearch/searchRmas';
import * as rma from './rma';
import type { Operation } from './rma/operation';

const router: Readonly<Record<string, Readonly<Record<string, Operation>>>> = { rma: rma.operations };

export class ReturnGo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ReturnGO',
		name: 'returnGo',
		icon: { light: 'file:../../icons/returngo.svg', dark: 'file:../../icons/returngo.dark.svg' },
		group: ['input'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read return requests (RMAs) and inspections from ReturnGO, and report back to it',
		defaults: { name: 'ReturnGO' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'returnGoApi', required: true }],
		hints: [
			{
				type: 'warning',
				message: 'This changes the RMA in ReturnGO, and a new status may start ReturnGO’s own automations. It runs once per input item.',
				displayCondition: '={{ $parameter["operation"] === "updateStatus" }}',
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
			{
				type: 'info',
				message: 'This writes into the timeline of the RMA: one comment per input item, each time it runs.',
				displayCondition: '={{ $parameter["operation"] === "addComment" }}',
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'RMA', value: 'rma' }],
				default: 'rma',
			},
			...rma.description,
		],
	};

	methods = { listSearch: { searchRmas } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const client = await createReturnGoClient(this, EXECUTION_PATIENCE);
		const output: INodeExecutionData[] = [];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			try {
				const items = await runOperation(this, client, itemIndex);
				output.push(...items.map((item) => ({ ...item, pairedItem: { item: itemIndex } })));
			} catch (failure) {
				const error = toNodeError(this, failure, itemIndex);
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: error.message, description: error.description ?? null }, error, pairedItem: { item: itemIndex } });
			}
		}
		return [output];
	}
}

async function runOperation(context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const operation = context.getNodeParameter('operation', itemIndex) as string;
	const run = router[resource]?.[operation];
	if (run === undefined) throw new NodeOperationError(context.getNode(), `ReturnGO has no operation “${operation}” for “${resource}”`, { itemIndex });
	return await run(context, client, itemIndex);
}

function toNodeError(context: IExecuteFunctions, failure: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (failure instanceof ReturnGoFailure) return toNodeApiError(context.getNode(), failure, itemIndex);
	if (failure instanceof NodeApiError || failure instanceof NodeOperationError) return failure;
	return new NodeOperationError(context.getNode(), failure instanceof Error ? failure : String(failure), { itemIndex });
}
