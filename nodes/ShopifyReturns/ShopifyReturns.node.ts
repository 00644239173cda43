/** Returns, refunds and restocking in Shopify: each item names its resource and operation, the operation's own file does the rest. */
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import { forWhoeverAsked, mayChange } from '../agentTool';
import { unknownChoice } from '../choices';
import { createShopifyClient, SharedPace, type ShopifyClient } from './api/client';
import { authenticationParameter } from './api/credential';
import { apiVersionParameter } from './apiVersion';
import { hintAtOtherVersions, hints } from './hints';
import { testShopifyReturnsApi } from './methods/credentialTest';
import { searchGiftCards, searchItems, searchLocations, searchOrders, searchRefunds, searchReturnReasons, searchReturns } from './methods/listSearch';
import { refuse, routeFailure, toNodeError } from './outcome';
import { sideBySide } from './batch';
import type { RegisteredOperation } from './operation';
import { findOperation, outputsExpression } from './registry';
import * as order from './order';
import * as refund from './refund';
import * as restock from './restock';
import * as returnResource from './return';
import * as store from './store';
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
		credentials: [
			{ name: 'shopifyReturnsApi', required: true, testedBy: 'testShopifyReturnsApi', displayOptions: { show: { authentication: ['api'] } } },
			{ name: 'shopifyReturnsOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
		],
		hints,
		properties: [
			authenticationParameter,
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
					{ name: 'Store', value: 'store' },
					{ name: 'Store Credit', value: 'storeCredit' },
				],
				default: 'return',
			},
			...order.description,
			...refund.description,
			...restock.description,
			...returnResource.description,
			...store.description,
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
		listSearch: { searchGiftCards, searchItems, searchLocations, searchOrders, searchRefunds, searchReturnReasons, searchReturns },
		credentialTest: { testShopifyReturnsApi },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const pace = new SharedPace();
		const chosen = this.getInputData().map((_item, itemIndex) => chosenOperation(this, itemIndex));
		const laneOf = (itemIndex: number) => chosen[itemIndex]?.laneOf?.call(this, itemIndex) ?? null;
		const clients: ShopifyClient[] = [];
		const clientOf = async (itemIndex: number) => {
			const client = await createShopifyClient(this, itemIndex, pace);
			clients.push(client);
			return client;
		};
		const running = sideBySide(chosen.length, laneOf, async (itemIndex) => await runItem(this, chosen[itemIndex], itemIndex, clientOf));
		const results = await running.finally(() => hintAtOtherVersions(this, clients));
		const outputs: INodeExecutionData[][] = chosen.some((operation) => operation.isWrite) ? [[], []] : [[]];
		for (const result of results) append(outputs, forWhoeverAsked(this, result));
		return outputs;
	}
}

function chosenOperation(context: IExecuteFunctions, itemIndex: number): RegisteredOperation {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const name = context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resource, name);
	if (operation !== undefined) return operation;
	throw new NodeOperationError(context.getNode(), `The resource "${resource}" has no operation "${name}"`, { description: 'Choose Resource and Operation again, or check the expression that names them.', itemIndex });
}

async function runItem(context: IExecuteFunctions, operation: RegisteredOperation | undefined, itemIndex: number, clientOf: (itemIndex: number) => Promise<ShopifyClient>): Promise<INodeExecutionData[][]> {
	if (operation === undefined) return [];
	try {
		if (operation.isWrite) refuseUnallowedTool(context, itemIndex);
		refuseUnknownChoice(context, operation, itemIndex);
		return await operation.execute.call(context, itemIndex, await clientOf(itemIndex));
	} catch (failure) {
		if (!context.continueOnFail()) throw toNodeError(failure, context.getNode(), itemIndex);
		return routeFailure(failure, context.getNode(), itemIndex, operation.isWrite);
	}
}

function refuseUnallowedTool(context: IExecuteFunctions, itemIndex: number): void {
	if (mayChange(context, itemIndex)) return;
	throw refuse(context.getNode(), 'toolNotAllowed', 'This operation changes something in Shopify and is not allowed as a tool', itemIndex);
}

function refuseUnknownChoice(context: IExecuteFunctions, { description }: RegisteredOperation, itemIndex: number): void {
	const unknown = unknownChoice(context, itemIndex, description);
	if (unknown !== null) throw refuse(context.getNode(), 'invalidInput', unknown, itemIndex);
}

function append(outputs: INodeExecutionData[][], results: INodeExecutionData[][]): void {
	results.forEach((items, output) => {
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push(...items);
	});
}
