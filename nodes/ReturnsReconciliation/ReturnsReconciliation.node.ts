/** Compares ReturnGO with Shopify: each item names its resource and operation, the operation's own file does the rest. */
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { forWhoeverAsked } from '../agentTool';
import { unknownChoice } from '../choices';
import { createReturnGoClient, EXECUTION_PATIENCE } from '../ReturnGo/api/client';
import { createDownload } from '../ShopifyReturns/api/bulk';
import { createShopifyClient, SharedPace } from '../ShopifyReturns/api/client';
import { authenticationParameter } from '../ShopifyReturns/api/credential';
import { apiVersionParameter } from '../ShopifyReturns/apiVersion';
import { testShopifyReturnsApi } from '../ShopifyReturns/methods/credentialTest';
import type { Operation, Services } from './operation';
import { failedItem, refuse, toNodeError } from './outcome';
import { findOperation, outputsExpression, RESOURCES } from './registry';

/** Operations on what others have read ask neither service. */
const WITHOUT_SERVICES = { operation: ['build', 'compareWithLastRun', 'listRows', 'remember'] };

export class ReturnsReconciliation implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Returns Reconciliation',
		name: 'returnsReconciliation',
		icon: { light: 'file:../../icons/returns-reconciliation.svg', dark: 'file:../../icons/returns-reconciliation.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Compare ReturnGO with Shopify: what agrees, what differs, what is stuck, and what the month comes to. It changes nothing in either.',
		defaults: { name: 'Returns Reconciliation' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(),
		credentials: [
			{ name: 'returnGoApi', required: true, displayOptions: { hide: WITHOUT_SERVICES } },
			{ name: 'shopifyReturnsApi', required: true, testedBy: 'testShopifyReturnsApi', displayOptions: { show: { authentication: ['api'] }, hide: WITHOUT_SERVICES } },
			{ name: 'shopifyReturnsOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] }, hide: WITHOUT_SERVICES } },
		],
		properties: [
			{ ...authenticationParameter, displayName: 'Shopify Authentication', displayOptions: { hide: WITHOUT_SERVICES } },
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Audit', value: 'audit' },
					{ name: 'Case', value: 'case' },
					{ name: 'Exception', value: 'exception' },
					{ name: 'Month', value: 'month' },
					{ name: 'Reconciliation', value: 'reconciliation' },
					{ name: 'Report', value: 'report' },
				],
				default: 'case',
			},
			...Object.values(RESOURCES).flatMap((resource) => resource.description),
			apiVersionParameter,
		],
	};

	methods = {
		credentialTest: { testShopifyReturnsApi },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const pace = new SharedPace();
		const outputs: INodeExecutionData[][] = [[]];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			const operation = chosenOperation(this, itemIndex);
			while (outputs.length < (operation.outputs?.length ?? 1)) outputs.push([]);
			try {
				refuseUnknownChoice(this, operation, itemIndex);
				append(outputs, forWhoeverAsked(this, await operation.execute.call(this, itemIndex, async () => await connect(this, itemIndex, pace))), itemIndex);
			} catch (failure) {
				if (!this.continueOnFail()) throw toNodeError(failure, this.getNode(), itemIndex);
				outputs[0]?.push(failedItem(failure, this.getNode(), itemIndex));
			}
			if (operation.takesAllItems === true) break;
		}
		return outputs;
	}
}

function chosenOperation(context: IExecuteFunctions, itemIndex: number): Operation {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const name = context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resource, name);
	if (operation !== undefined) return operation;
	throw new NodeOperationError(context.getNode(), `The resource "${resource}" has no operation "${name}"`, { description: 'Choose Resource and Operation again, or check the expression that names them.', itemIndex });
}

function refuseUnknownChoice(context: IExecuteFunctions, { description }: Operation, itemIndex: number): void {
	const unknown = unknownChoice(context, itemIndex, description);
	if (unknown !== null) throw refuse(context.getNode(), 'invalidInput', unknown, itemIndex);
}

async function connect(context: IExecuteFunctions, itemIndex: number, pace: SharedPace): Promise<Services> {
	return { returnGo: await createReturnGoClient(context, EXECUTION_PATIENCE), shopify: await createShopifyClient(context, itemIndex, pace), download: createDownload(context) };
}

function append(outputs: INodeExecutionData[][], results: INodeExecutionData[][], itemIndex: number): void {
	results.forEach((items, output) => {
		while (outputs.length <= output) outputs.push([]);
		// One by one: spreading a long list would overflow the stack.
		for (const item of items) outputs[output]?.push({ pairedItem: { item: itemIndex }, ...item });
	});
}
