/** What a query costs before and after it ran, and each app's bucket of points. */

import {
	getNamedType,
	isAbstractType,
	isInterfaceType,
	isObjectType,
	Kind,
	type DocumentNode,
	type FieldNode,
	type FragmentDefinitionNode,
	type GraphQLNamedType,
	type GraphQLSchema,
	type OperationDefinitionNode,
	type SelectionSetNode,
} from 'graphql';
import type { Settings, ShopStore } from './store';

const CONNECTION = 2;
const OBJECT = 1;
const MUTATION = 10;

export interface ThrottleStatus {
	maximumAvailable: number;
	currentlyAvailable: number;
	restoreRate: number;
}

interface Walk {
	schema: GraphQLSchema;
	fragments: ReadonlyMap<string, FragmentDefinitionNode>;
	variables: Readonly<Record<string, unknown>>;
}

/** Points a query asks for: scalars 0, objects 1, connections 2 + size × contents, mutations 10. */
export function requestedCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
	const walk: Walk = { schema, fragments: fragmentsOf(document), variables };
	const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
	if (!root) return 0;
	const contents = selectionCost(walk, operation.selectionSet, root, undefined, false);
	return operation.operation === 'mutation' ? contents.total : Math.max(1, contents.total);
}

/** Points a query used: like the above, counting what really came back. */
export function actualCost(
	schema: GraphQLSchema,
	document: DocumentNode,
	operation: OperationDefinitionNode,
	variables: Readonly<Record<string, unknown>>,
	data: unknown,
): number {
	const walk: Walk = { schema, fragments: fragmentsOf(document), variables };
	const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
	if (!root || data === null || data === undefined) return operation.operation === 'mutation' ? MUTATION : 1;
	return Math.max(1, selectionCost(walk, operation.selectionSet, root, data, true).total);
}

interface Cost {
	total: number;
}

/** Fields of different possible types are alternatives: the dearest counts. Fields of the type itself always count. */
function selectionCost(walk: Walk, set: SelectionSetNode, parent: GraphQLNamedType, data: unknown, measured: boolean): Cost {
	let common = 0;
	const alternatives = new Map<string, number>();
	const visit = (selections: SelectionSetNode, type: GraphQLNamedType, into: string | undefined): void => {
		for (const selection of selections.selections) {
			if (selection.kind === Kind.FIELD) {
				const cost = fieldCost(walk, selection, type, data, measured);
				if (into === undefined) common += cost;
				else alternatives.set(into, (alternatives.get(into) ?? 0) + cost);
				continue;
			}
			const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
			if (!fragment) continue;
			const condition = fragment.typeCondition ? walk.schema.getType(fragment.typeCondition.name.value) : type;
			if (!condition) continue;
			const specialises = isAbstractType(type) && condition !== type && isObjectType(condition);
			visit(fragment.selectionSet, condition, specialises ? condition.name : into);
		}
	};
	visit(set, parent, undefined);
	return { total: common + Math.max(0, ...alternatives.values()) };
}

function fieldCost(walk: Walk, node: FieldNode, parent: GraphQLNamedType, data: unknown, measured: boolean): number {
	if (!(isObjectType(parent) || isInterfaceType(parent)) || node.name.value.startsWith('__')) return 0;
	const field = parent.getFields()[node.name.value];
	if (!field || !node.selectionSet) return isMutationRoot(walk, parent) ? MUTATION : 0;
	const value = measured ? property(data, (node.alias ?? node.name).value) : undefined;
	if (measured && (value === undefined || value === null)) return isMutationRoot(walk, parent) ? MUTATION : 0;
	const type = getNamedType(field.type);
	if (type.name.endsWith('Connection')) return CONNECTION + connectionContents(walk, node, type, value, measured);
	if (measured && Array.isArray(value)) return value.reduce<number>((sum, item) => sum + OBJECT + contentsOf(walk, node, type, item, true), 0);
	const contents = contentsOf(walk, node, type, value, measured);
	if (isMutationRoot(walk, parent)) return MUTATION + contents;
	const size = sizeOf(walk, node);
	return (OBJECT + contents) * (field.type.toString().includes('[') ? (size ?? 1) : 1);
}

function contentsOf(walk: Walk, node: FieldNode, type: GraphQLNamedType, value: unknown, measured: boolean): number {
	return node.selectionSet ? selectionCost(walk, node.selectionSet, type, value, measured).total : 0;
}

/** The members of a connection count once per member; edges are free, their nodes are not. */
function connectionContents(walk: Walk, node: FieldNode, type: GraphQLNamedType, value: unknown, measured: boolean): number {
	if (!node.selectionSet || !isObjectType(type)) return 0;
	const size = sizeOf(walk, node) ?? 0;
	let total = 0;
	for (const child of flatten(walk, node.selectionSet)) {
		const field = type.getFields()[child.name.value];
		if (!field || !child.selectionSet) continue;
		const childType = getNamedType(field.type);
		const childValue = property(value, (child.alias ?? child.name).value);
		if (child.name.value === 'nodes' || child.name.value === 'edges') {
			const perItem = child.name.value === 'nodes' ? OBJECT : 0;
			if (measured) {
				for (const item of Array.isArray(childValue) ? childValue : []) total += perItem + contentsOf(walk, child, childType, item, true);
			} else total += size * (perItem + contentsOf(walk, child, childType, undefined, false));
		}
	}
	return total;
}

function flatten(walk: Walk, set: SelectionSetNode): FieldNode[] {
	return set.selections.flatMap((selection) => {
		if (selection.kind === Kind.FIELD) return [selection];
		const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
		return fragment ? flatten(walk, fragment.selectionSet) : [];
	});
}

function sizeOf({ variables }: Walk, node: FieldNode): number | undefined {
	for (const argument of node.arguments ?? []) {
		if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
		if (argument.value.kind === Kind.INT) return Number(argument.value.value);
		if (argument.value.kind === Kind.VARIABLE) {
			const value = variables[argument.value.name.value];
			if (typeof value === 'number') return value;
		}
	}
	return undefined;
}

function isMutationRoot({ schema }: Walk, type: GraphQLNamedType): boolean {
	return type === schema.getMutationType();
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
	return new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
}

function property(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A leaky bucket per app: what is spent comes back at a steady rate on the simulator's clock. */
export class Buckets {
	private readonly levels = new Map<number, { available: number; at: number }>();

	constructor(private readonly store: ShopStore) {}

	status(appId: number): ThrottleStatus {
		const { bucketSize, restoreRate } = this.store.settings;
		return { maximumAvailable: bucketSize, currentlyAvailable: Math.floor(this.level(appId, this.store.settings)), restoreRate };
	}

	/** Takes the points, or answers false and takes nothing. */
	take(appId: number, points: number): boolean {
		const available = this.level(appId, this.store.settings);
		if (points > available) return false;
		this.levels.set(appId, { available: available - points, at: this.store.clock.now().getTime() });
		return true;
	}

	giveBack(appId: number, points: number): void {
		const available = Math.min(this.store.settings.bucketSize, this.level(appId, this.store.settings) + points);
		this.levels.set(appId, { available, at: this.store.clock.now().getTime() });
	}

	/** Sets what an app has left; for tests that want to meet the limit. */
	set(appId: number, available: number): void {
		this.levels.set(appId, { available, at: this.store.clock.now().getTime() });
	}

	reset(): void {
		this.levels.clear();
	}

	private level(appId: number, { bucketSize, restoreRate }: Settings): number {
		const known = this.levels.get(appId);
		const now = this.store.clock.now().getTime();
		if (!known) return bucketSize;
		return Math.min(bucketSize, known.available + (Math.max(0, now - known.at) / 1_000) * restoreRate);
	}
}
