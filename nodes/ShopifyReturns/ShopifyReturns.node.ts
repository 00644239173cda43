/** Returns, refunds and restocking in Shopify: each item names its resource and operation, the operation's own file does the rest. */
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { createShopifyClient, SharedPace } from './api/client';
import { apiVersionParameter } from './apiVersion';
import { testShopifyReturnsApi } from './methods/credentialTest';
import { searchLocations, searchOrders, searchReturnReasons } from './methods/listSearch';
import { refuse, routeFailure, toNodeError } from './outcome';
import { findOperation, outputsExpression } from './registry';
import * as order from './order';
import * as refund from './refund';
import * as restock from './restock';
import * as returnResource from './return';
import * as storeCredit from './storeCredit';

export class ShopifyReturns implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Shopify Returns',
		name: 'shopifyReturns',
		icon: { light: 'file:../../icons/shopify-returns.svg', dark: 'file:../../icons/shopify-returns.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and settle returns in Shopify: one exact refund, stock back only after inspection',
		defaults: { name: 'Shopify Returns' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(),
		credentials: [{ name: 'shopifyReturnsApi', required: true, testedBy: 'testShopifyReturnsApi' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Order', value: 'order' },
					{ name: 'Refund', value: 'refund' },
					{ name: 'Restock', value: 'restock' },
					{ name: 'Return', value: 'return' },
					{ name: 'Store Credit', value: 'storeCredit' },
				],
				default: 'return',
			},
			...order.description,
			...refund.description,
			...restock.description,
			...returnResource.description,
			...storeCredit.description,
			{
				displayName: 'Allow as Tool',
				name: 'allowAsTool',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '@tool': [true] } },
				description: 'Whether an AI agent may run this operation when it changes something in Shopify. Reading is always allowed.',
			},
			apiVersionParameter,
		],
	};

	methods = {
		listSearch: { searchOrders, searchLocations, searchReturnReasons },
		credentialTest: { testShopifyReturnsApi },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = [[]];
		const pace = new SharedPace();
		const items = this.getInputData();
		for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
			const resource = this.getNodeParameter('resource', itemIndex) as string;
			const name = this.getNodeParameter('operation', itemIndex) as string;
			const operation = findOperation(resource, name);
			if (operation === undefined) {
				throw new NodeOperationError(this.getNode(), `The resource "${resource}" has no operation "${name}"`, { itemIndex });
			}
			if (operation.isWrite && outputs.length < 2) outputs.push([]);
			try {
				if (operation.isWrite) refuseUnallowedTool(this, itemIndex);
				const results = await operation.execute.call(this, itemIndex, await createShopifyClient(this, itemIndex, pace));
				append(outputs, results);
			} catch (failure) {
				if (!this.continueOnFail()) throw toNodeError(failure, this.getNode(), itemIndex);
				append(outputs, routeFailure(failure, this.getNode(), itemIndex, operation.isWrite));
			}
		}
		return outputs;
	}
}

/** Money and stock are not an agent's to move unless somebody decided so. */
function refuseUnallowedTool(context: IExecuteFunctions, itemIndex: number): void {
	const isTool = context.isToolExecution() || context.getNode().type.endsWith('Tool');
	if (!isTool || context.getNodeParameter('allowAsTool', itemIndex, false) === true) return;
	throw refuse(context.getNode(), 'toolNotAllowed', 'This operation changes something in Shopify and is not allowed as a tool', itemIndex);
}

function append(outputs: INodeExecutionData[][], results: INodeExecutionData[][]): void {
	results.forEach((items, output) => {
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push(...items);
	});
}
