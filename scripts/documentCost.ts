/**
 * Estimates what Shopify reserves for an operation before it runs: nothing for a scalar or enum, 1 for an object, 2 plus one page of children for
 * a connection, 10 for a mutation. Page sizes come from literals and from the defaults of variables.
 */
import type { FragmentDefinitionNode, GraphQLSchema, SelectionSetNode, ValueNode } from 'graphql';
import { getNamedType, getNullableType, isCompositeType, isInterfaceType, isListType, isObjectType, Kind } from 'graphql';
import type { SentDocument } from './sentDocuments';

interface Estimate {
	readonly schema: GraphQLSchema;
	readonly fragments: Map<string, FragmentDefinitionNode>;
	readonly defaults: Map<string, ValueNode>;
	readonly name: string;
}

export function estimateCost(schema: GraphQLSchema, { document, operation, name }: SentDocument): number {
	const fragments = new Map(document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION).map((definition) => [definition.name.value, definition]));
	const defaults = new Map((operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => (defaultValue === undefined ? [] : [[variable.name.value, defaultValue] as const])));
	const estimate: Estimate = { schema, fragments, defaults, name };
	const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
	if (!root) throw new Error('The schema has no such root type');
	const base = operation.operation === 'mutation' ? 10 : 0;
	return base + costOfSelections(estimate, root.name, operation.selectionSet);
}

function costOfSelections(estimate: Estimate, typeName: string, selections: SelectionSetNode): number {
	let cost = 0;
	const counted = new Set<string>();
	for (const selection of flatten(estimate, selections, typeName)) {
		const { field, on } = selection;
		const identity = field.alias?.value ?? field.name.value;
		// Two fragments that ask for the same leaf are one field in the answer; asked-for objects merge, and their children are rare enough to count twice.
		if (field.selectionSet === undefined && counted.has(identity)) continue;
		counted.add(identity);
		cost += costOfField(estimate, on, field);
	}
	return cost;
}

type Field = Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>;

function costOfField(estimate: Estimate, typeName: string, field: Field): number {
	if (field.name.value.startsWith('__') || field.selectionSet === undefined) return 0;
	const parent = estimate.schema.getType(typeName);
	if (!isObjectType(parent) && !isInterfaceType(parent)) throw new Error(`${typeName} has no fields`);
	const definition = parent.getFields()[field.name.value];
	if (definition === undefined) throw new Error(`${typeName} has no field ${field.name.value}`);
	const type = getNamedType(definition.type);
	if (!isCompositeType(type)) return 0;
	const children = costOfSelections(estimate, type.name, field.selectionSet);
	const isConnection = type.name.endsWith('Connection');
	const isList = isListType(getNullableType(definition.type));
	const takesPage = definition.args.some((argument) => argument.name === 'first');
	if (isConnection) return 2 + pageSize(estimate, field) * Math.max(children, 1);
	if (isList && takesPage) return pageSize(estimate, field) * (1 + children);
	// A nodes/edges list belongs to its connection, which multiplies it.
	if (isList && typeName.endsWith('Connection')) return 1 + children;
	if (typeName.endsWith('Connection')) return 0;
	return 1 + children;
}

function pageSize(estimate: Estimate, field: Field): number {
	const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
	const value = argument?.value.kind === Kind.VARIABLE ? estimate.defaults.get(argument.value.name.value) : argument?.value;
	if (value?.kind !== Kind.INT) throw new Error(`${estimate.name}: ${field.name.value} has no page size, or one without a default`);
	return Number(value.value);
}

function* flatten(estimate: Estimate, selections: SelectionSetNode, typeName: string): Generator<{ field: Field; on: string }> {
	for (const selection of selections.selections) {
		if (selection.kind === Kind.FIELD) {
			yield { field: selection, on: typeName };
		} else if (selection.kind === Kind.INLINE_FRAGMENT) {
			yield* flatten(estimate, selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
		} else {
			const fragment = estimate.fragments.get(selection.name.value);
			if (fragment === undefined) throw new Error(`${estimate.name}: unknown fragment ${selection.name.value}`);
			yield* flatten(estimate, fragment.selectionSet, fragment.typeCondition.name.value);
		}
	}
}
