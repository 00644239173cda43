/** All resources of the node. A new resource is added here; a new operation, in the index of its resource. */
import type { ExpressionString } from 'n8n-workflow';
import type { RegisteredOperation, Resource } from './operation';
import * as order from './order';
import * as refund from './refund';
import * as restock from './restock';
import * as returnResource from './return';
import * as store from './store';
import * as storeCredit from './storeCredit';

export const RESOURCES: Readonly<Record<string, Resource>> = { order, refund, restock, return: returnResource, store, storeCredit };

export function findOperation(resource: string, operation: string): RegisteredOperation | undefined {
	return Object.hasOwn(RESOURCES, resource) ? ownOperation(RESOURCES[resource], operation) : undefined;
}

function ownOperation(resource: Resource | undefined, operation: string): RegisteredOperation | undefined {
	return resource !== undefined && Object.hasOwn(resource.operations, operation) ? resource.operations[operation] : undefined;
}

/** `resource.operation` of everything that changes something in Shopify. */
export const WRITES: readonly string[] = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.entries(operations)
		.filter(([, operation]) => operation.isWrite)
		.map(([name]) => `${resource}.${name}`),
);

/** For an expression that the editor works out: whether the chosen operation is one of these (`resource.operation`). */
export function operationIsOneOf(operations: readonly string[]): string {
	return `${JSON.stringify(operations)}.includes($parameter["resource"] + "." + $parameter["operation"])`;
}

/** Two outputs for writes, one for reads, worked out by the editor from the chosen operation. */
export function outputsExpression(): ExpressionString {
	const two = '[{ type: "main", displayName: "Settled" }, { type: "main", displayName: "Needs Attention" }]';
	return `={{ ${operationIsOneOf(WRITES)} ? ${two} : [{ type: "main" }] }}`;
}
