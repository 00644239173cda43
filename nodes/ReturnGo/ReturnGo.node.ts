import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { forWhoeverAsked, mayChange } from '../agentTool';
import { reason, type Outcome } from '../../returns/exceptions';
import { isDryRun, rehearsal } from '../dryRun';
import { createReturnGoClient, EXECUTION_PATIENCE, UnsentWrite, type ReturnGoClient } from './api/client';
import { CODE_OF_KIND, ReturnGoFailure, toNodeApiError } from './api/failure';
import { searchRmas } from './listSearch/searchRmas';
import type { Operation } from './operation';
import { findOperation, outputsExpression, RESOURCES } from './registry';

export class ReturnGo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ReturnGO',
		name: 'returnGo',
		icon: { light: 'file:../../icons/returngo.svg', dark: 'file:../../icons/returngo.dark.svg' },
		group: ['input'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read return requests (RMAs), inspections and transactions from ReturnGO, and report back to it',
		defaults: { name: 'ReturnGO' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(),
		credentials: [{ name: 'returnGoApi', required: true }],
		hints: [
			{
				type: 'warning',
				message: 'This changes the RMA in ReturnGO, and a new status may start ReturnGO’s own automations. It runs once per input item.',
				displayCondition: unlessRehearsed('$parameter["operation"] === "updateStatus"'),
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
			{
				type: 'info',
				message: 'This writes into the timeline of the RMA: one comment per input item, each time it runs.',
				displayCondition: unlessRehearsed('$parameter["operation"] === "addComment"'),
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
			{
				type: 'warning',
				message: 'This makes one return request per input item, each time it runs. ReturnGO may approve it and write to the customer.',
				displayCondition: unlessRehearsed('$parameter["operation"] === "createByPolicy"'),
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
			{
				type: 'warning',
				message: 'A parcel that becomes Received or Validated changes its RMA too, and may start ReturnGO’s own refund.',
				displayCondition: unlessRehearsed('$parameter["resource"] === "shipment" && $parameter["operation"] === "update" && ["Received", "Validated"].includes($parameter["status"])'),
				whenToDisplay: 'beforeExecution',
				location: 'outputPane',
			},
			{
				type: 'warning',
				message: 'ReturnGO takes the reported outcome as it is. Report Success only when the money has moved.',
				displayCondition: unlessRehearsed('$parameter["operation"] === "reportOutcome" && $parameter["outcome"] === "Success"'),
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
				options: [
					{ name: 'RMA', value: 'rma' },
					{ name: 'Shipment', value: 'shipment' },
					{ name: 'Transaction', value: 'transaction' },
					{ name: 'Webhook', value: 'webhook' },
				],
				default: 'rma',
			},
			...Object.values(RESOURCES).flatMap((resource) => resource.description),
			{
				displayName: 'Allow as Tool',
				name: 'allowAsTool',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '@tool': [true] } },
				description: 'Whether an AI agent may run this operation when it changes something in ReturnGO. Reading is always allowed.',
			},
		],
	};

	methods = { listSearch: { searchRmas } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const client = await createReturnGoClient(this, EXECUTION_PATIENCE);
		const outputs: INodeExecutionData[][] = [[]];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			try {
				append(outputs, forWhoeverAsked(this, await runOperation(this, client, itemIndex)), itemIndex);
			} catch (failure) {
				const error = toNodeError(this, failure, itemIndex);
				if (!this.continueOnFail()) throw error;
				append(outputs, forWhoeverAsked(this, standIn(this, failure, error, itemIndex)), itemIndex);
			}
		}
		return outputs;
	}
}

/**
 * The item that stands for a failed one when the workflow goes on: on *Needs Attention*, in the form of its neighbours there, where the operation has
 * that output; nobody may take it for a result. n8n reduces an item that carries its error object to one sentence, so the object is only added where
 * n8n needs it to find its own *Error* output.
 */
function standIn(context: IExecuteFunctions, failure: unknown, error: NodeApiError | NodeOperationError, itemIndex: number): INodeExecutionData[][] {
	const { progress } = error.context as { progress?: IDataObject };
	const json = { error: error.message, description: error.description ?? '', ...(progress === undefined ? {} : { progress }) };
	const marked = (item: IDataObject): INodeExecutionData => (context.getNode().onError === 'continueErrorOutput' ? { json: item, error } : { json: item });
	const operation = findOperation(String(context.getNodeParameter('resource', itemIndex)), String(context.getNodeParameter('operation', itemIndex)));
	if (operation?.asksPeople !== true) return [[marked(json)]];
	const code = failure instanceof ReturnGoFailure ? CODE_OF_KIND[failure.kind] : 'invalidInput';
	const outcome: Outcome = code === 'serviceUnavailable' ? 'waiting' : 'blocked';
	return [[], [marked({ outcome, reasons: [reason(code, json.description === '' ? json.error : `${json.error}. ${json.description}`)] as unknown as IDataObject[], ...json })]];
}

/** A warning of what a write does is for real runs. */
function unlessRehearsed(condition: string): string {
	return `={{ ${condition} && !$parameter["options"]?.["dryRun"] }}`;
}

function append(outputs: INodeExecutionData[][], results: INodeExecutionData[][], itemIndex: number): void {
	results.forEach((items, output) => {
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push(...items.map((item) => ({ ...item, pairedItem: { item: itemIndex } })));
	});
}

async function runOperation(context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const name = context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resource, name);
	if (operation === undefined) throw new NodeOperationError(context.getNode(), `ReturnGO has no operation “${name}” for “${resource}”`, { itemIndex, description: 'Choose Resource and Operation again, or check the expression that names them.' });
	if (operation.isWrite) refuseUnallowedTool(context, itemIndex);
	return operation.isWrite && isDryRun(context, itemIndex) ? await rehearse(context, client, itemIndex, operation) : await operation.execute(context, client, itemIndex);
}

/** Goes the way of a real run up to the call that would change something, and puts out that call. */
async function rehearse(context: IExecuteFunctions, client: ReturnGoClient, itemIndex: number, operation: Operation): Promise<INodeExecutionData[][]> {
	return await operation.execute(context, client.withoutWrites(), itemIndex).catch(async (stop: unknown) => (stop instanceof UnsentWrite ? show(stop) : await Promise.reject(stop)));
}

function show({ ids, act, request }: UnsentWrite): INodeExecutionData[][] {
	return [[{ json: { ...ids, ...rehearsal(act, request) } as unknown as IDataObject }]];
}

function refuseUnallowedTool(context: IExecuteFunctions, itemIndex: number): void {
	if (mayChange(context, itemIndex)) return;
	throw new NodeOperationError(context.getNode(), 'This operation changes something in ReturnGO and is not allowed as a tool', { itemIndex, description: 'Turn on Allow as Tool if an agent may do this. Nothing was sent to ReturnGO.' });
}

function toNodeError(context: IExecuteFunctions, failure: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (failure instanceof ReturnGoFailure) return toNodeApiError(context.getNode(), failure, itemIndex);
	if (failure instanceof NodeApiError || failure instanceof NodeOperationError) return failure;
	return new NodeOperationError(context.getNode(), failure instanceof Error ? failure : String(failure), { itemIndex, description: 'This should not have happened. Please report it with the version of this package and the operation.' });
}
