/** All resources of the node. A new resource is added here; a new operation, in the index of its resource. */
import type { ExpressionString } from 'n8n-workflow';
import type { Operation, Resource } from './operation';
import * as rma from './rma';
import * as shipment from './shipment';
import * as transaction from './transaction';
import * as webhook from './webhook';

export const RESOURCES: Readonly<Record<string, Resource>> = { rma, shipment, transaction, webhook };

export function findOperation(resource: string, operation: string): Operation | undefined {
	const operations = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource]?.operations : undefined;
	return operations !== undefined && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/** Some operations have a second output; the editor works it out from the chosen operation. */
export function outputsExpression(): ExpressionString {
	const chosen = '$parameter["resource"] + "." + $parameter["operation"]';
	const two = (first: string, second: string) => `[{ type: "main", displayName: "${first}" }, { type: "main", displayName: "${second}" }]`;
	const oneOf = (condition: (operation: Operation) => boolean) => `${JSON.stringify(namesOf(condition))}.includes(${chosen})`;
	return `={{ ${oneOf(({ reportsProgress }) => reportsProgress)} ? ${two('Results', 'Progress')} : ${oneOf(({ asksPeople }) => asksPeople)} ? ${two('Matched', 'Needs Attention')} : [{ type: "main" }] }}`;
}

/** `resource.operation` of each operation that the condition holds for. */
function namesOf(condition: (operation: Operation) => boolean): string[] {
	return Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.entries(operations)
			.filter(([, operation]) => condition(operation))
			.map(([name]) => `${resource}.${name}`),
	);
}
