/** The query of a bulk operation: which ones the service takes, and where in an answer the connections are. */

import {
	getNamedType,
	getNullableType,
	isInterfaceType,
	isListType,
	isObjectType,
	Kind,
	OperationTypeNode,
	parse,
	type DocumentNode,
	type FieldNode,
	type FragmentDefinitionNode,
	type GraphQLNamedType,
	type GraphQLSchema,
	type OperationDefinitionNode,
	type SelectionSetNode,
} from 'graphql';
import type { UserError } from './user-errors';
import { documentErrors } from './validation';

/** A connection in the answer. */
export interface BulkConnection {
	/** Response keys from the node it hangs on (or from the root) to the connection. */
	path: readonly string[];
	children: readonly BulkConnection[];
}

export interface BulkQuery {
	document: DocumentNode;
	root: BulkConnection;
}

const MOST_CONNECTIONS = 5;

/** Connections below the outermost one. */
const DEEPEST_NESTING = 2;

/** Reads a query and says everything that keeps it from running in bulk. */
export function readBulkQuery(schema: GraphQLSchema, text: string): BulkQuery | readonly UserError[] {
	let document: DocumentNode;
	try {
		document = parse(text);
	} catch (error) {
		// The service's parser words this in its own way; known is only the sentence for a text that ends too early.
		const early = text.trim() === '' || (error instanceof Error && error.message.includes('<EOF>'));
		return [invalid(`Invalid bulk query: syntax error, ${early ? 'unexpected end of file' : error instanceof Error ? error.message : String(error)}`)];
	}
	const operations = document.definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
	const [operation] = operations;
	if (!operation || operations.length > 1) return [invalid('Invalid bulk query: exactly one operation is needed')];
	if (operation.operation !== OperationTypeNode.QUERY) return [invalid('Invalid operation type. Only `query` operations are supported.')];
	if ((operation.variableDefinitions ?? []).length > 0) return [invalid('Invalid bulk query: variables are not supported')];
	const wrong = documentErrors(schema, document);
	if (wrong.length > 0) return wrong.map(({ message }) => invalid(`Invalid bulk query: ${message}`));
	const survey = new Survey(schema, document);
	const roots = survey.walk(operation);
	const errors = survey.errors(roots);
	const [root] = roots;
	return root && errors.length === 0 ? { document, root } : errors;
}

function invalid(message: string): UserError {
	return { field: ['query'], message, code: 'INVALID' };
}

/** What is above a field while the document is walked. */
interface Above {
	/** Keys since the last node. */
	path: readonly string[];
	/** The connection whose node the field belongs to. */
	connection: { name: string; nodeSelectsId: boolean } | null;
	depth: number;
	inList: boolean;
}

/** One walk over a document that fits the schema. */
class Survey {
	private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

	private connections = 0;

	private deepest = 0;

	private withinList = false;

	private topLevelFields = 0;

	private readonly topLevelNodes = new Set<string>();

	private readonly byNodes = new Set<string>();

	private readonly withoutId = new Set<string>();

	constructor(
		private readonly schema: GraphQLSchema,
		document: DocumentNode,
	) {
		this.fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
	}

	walk(operation: OperationDefinitionNode): BulkConnection[] {
		const root = this.schema.getQueryType();
		if (!root) return [];
		const fields = this.fieldsOf(operation.selectionSet, root);
		this.topLevelFields = fields.filter(({ node }) => node.name.value !== '__typename').length;
		for (const { node } of fields) if (node.name.value === 'node' || node.name.value === 'nodes') this.topLevelNodes.add(node.name.value);
		return this.below(operation.selectionSet, root, { path: [], connection: null, depth: 0, inList: false });
	}

	/** In the order in which the service was seen to list them. */
	errors(roots: readonly BulkConnection[]): UserError[] {
		const found: UserError[] = [];
		const names = (set: ReadonlySet<string>) => [...set];
		if (this.byNodes.size > 0) {
			found.push(
				invalid(
					`All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '${names(this.byNodes)[0] ?? ''} { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${names(this.byNodes).join("', '")}'.`,
				),
			);
		}
		for (const name of this.topLevelNodes) found.push(invalid(`Bulk queries cannot contain a top level \`${name}\` field.`));
		if (this.deepest - 1 > DEEPEST_NESTING) found.push(invalid(`Bulk queries cannot contain connections with a nesting depth greater than ${DEEPEST_NESTING}.`));
		if (this.connections > MOST_CONNECTIONS) found.push(invalid(`Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`));
		if (this.withoutId.size > 0) {
			found.push(
				invalid(
					`The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${names(this.withoutId).join(', ')}.`,
				),
			);
		}
		if (this.withinList) found.push(invalid('Queries that contain a connection field within a list field are not currently supported.'));
		if (this.connections === 0 && this.byNodes.size === 0) found.push(invalid('Bulk queries must contain at least one connection.'));
		if (found.length === 0 && (roots.length !== 1 || this.topLevelFields !== 1)) found.push(invalid('The simulator does not model bulk queries with several connections at the top'));
		return found;
	}

	private below(set: SelectionSetNode, parent: GraphQLNamedType, above: Above): BulkConnection[] {
		return this.fieldsOf(set, parent).flatMap(({ node, type, isList }) => {
			if (!node.selectionSet) return [];
			const path = [...above.path, (node.alias ?? node.name).value];
			if (type.name.endsWith('Connection')) return this.connection(node, node.selectionSet, type, { ...above, path });
			return this.below(node.selectionSet, type, { ...above, path, inList: above.inList || isList });
		});
	}

	private connection(node: FieldNode, set: SelectionSetNode, type: GraphQLNamedType, above: Above): BulkConnection[] {
		const name = node.name.value;
		const members = this.fieldsOf(set, type);
		const edges = members.find((member) => member.node.name.value === 'edges');
		const inner = edges?.node.selectionSet ? this.fieldsOf(edges.node.selectionSet, edges.type).find((member) => member.node.name.value === 'node') : undefined;
		if (!inner?.node.selectionSet) {
			this.byNodes.add(name);
			return [];
		}
		this.connections += 1;
		const depth = above.depth + 1;
		this.deepest = Math.max(this.deepest, depth);
		if (above.inList) this.withinList = true;
		if (above.connection && !above.connection.nodeSelectsId) this.withoutId.add(above.connection.name);
		const nodeSelectsId = this.fieldsOf(inner.node.selectionSet, inner.type).some((member) => member.node.name.value === 'id' && member.node.alias === undefined);
		return [{ path: above.path, children: this.below(inner.node.selectionSet, inner.type, { path: [], connection: { name, nodeSelectsId }, depth, inList: false }) }];
	}

	/** All fields of a selection, fragments opened. */
	private fieldsOf(set: SelectionSetNode, parent: GraphQLNamedType): Array<{ node: FieldNode; type: GraphQLNamedType; isList: boolean }> {
		return set.selections.flatMap((selection) => {
			if (selection.kind === Kind.FIELD) {
				const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
				return field ? [{ node: selection, type: getNamedType(field.type), isList: isListType(getNullableType(field.type)) }] : [];
			}
			const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
			if (!fragment) return [];
			const condition = fragment.typeCondition ? this.schema.getType(fragment.typeCondition.name.value) : parent;
			return condition ? this.fieldsOf(fragment.selectionSet, condition) : [];
		});
	}
}
