/** All resources of the node. A new resource is added here; a new operation, in the index of its resource. */
import type { ExpressionString } from 'n8n-workflow';
import * as audit from './audit';
import * as caseResource from './case';
import * as exception from './exception';
import * as month from './month';
import type { Operation, Resource } from './operation';
import * as reconciliation from './reconciliation';
import * as report from './report';

export const RESOURCES: Readonly<Record<string, Resource>> = { audit, case: caseResource, exception, month, reconciliation, report };

export function findOperation(resource: string, operation: string): Operation | undefined {
	const operations = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource]?.operations : undefined;
	return operations !== undefined && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/** The outputs of the chosen operation, worked out by the editor. */
export function outputsExpression(): ExpressionString {
	const named = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([name, { outputs }]) => (outputs === undefined ? [] : [[`${resource}.${name}`, outputs.map((displayName) => ({ type: 'main', displayName }))] as const])),
	);
	return `={{ (${JSON.stringify(Object.fromEntries(named))})[$parameter["resource"] + "." + $parameter["operation"]] ?? [{ type: "main" }] }}`;
}
