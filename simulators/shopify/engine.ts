/** Runs a GraphQL request against the real schema with the simulated shop's resolvers. */

import {
	defaultFieldResolver,
	execute,
	getNamedType,
	getNullableType,
	GraphQLError,
	isAbstractType,
	isListType,
	isObjectType,
	Kind,
	OperationTypeNode,
	parse,
	type DocumentNode,
	type ExecutionResult,
	type GraphQLOutputType,
	type GraphQLResolveInfo,
	type OperationDefinitionNode,
} from 'graphql';
import type { AdminSchema } from '../../scripts/shopify-schema';
import { AccessMap } from './access';
import type { BulkOperations } from './bulk-operations';
import type { BulkFeed } from './bulk-rows';
import type { Args, BulkEngine, Context, FieldOf, Resolvers } from './context';
import { actualCost, requestedCost, type Buckets } from './cost';
import { gid } from './gid';
import type { IdempotencyRecords } from './idempotency';
import type { App } from './model';
import { ordered, paginate, wholePage } from './pagination';
import type { ShopStore } from './store';
import { documentErrors } from './validation';
import { variableErrors } from './variables';

export interface GraphqlRequest {
	query: string;
	variables: Readonly<Record<string, unknown>>;
	operationName: string | null;
}

export type GraphqlAnswer = Record<string, unknown>;

const COST_PAGE = 'https://shopify.dev/concepts/about-apis/rate-limits';

/** A document that was read, and what is wrong with it. */
interface ReadDocument {
	document: DocumentNode;
	errors: GraphQLError[];
}

/** What is asked of a field's type again and again. */
interface Answered {
	/** The type whose records it answers. */
	element: string;
	isConnection: boolean;
	isAbstract: boolean;
	isList: boolean;
}

/** Apps send the same few documents over and over; more than this many are not kept. */
const REMEMBERED_DOCUMENTS = 200;

export class Engine {
	private readonly access: AccessMap;

	private readonly answers = new WeakMap<GraphQLOutputType, Answered>();

	/** By text. Checking a document against a schema of 3,500 types takes longer than running it. */
	private readonly documents = new Map<string, ReadDocument>();

	constructor(
		private readonly store: ShopStore,
		private readonly schema: AdminSchema,
		private readonly version: string,
		private readonly resolvers: Resolvers,
		private readonly buckets: Buckets,
		private readonly idempotency: IdempotencyRecords,
		private readonly bulk: BulkOperations,
	) {
		this.access = new AccessMap(schema.offlineScopes);
	}

	/** Answers one request of an app; never throws for anything the request contains. */
	async run(request: GraphqlRequest, app: App, requestId: string): Promise<GraphqlAnswer> {
		const { schema } = this.schema;
		let read: ReadDocument;
		try {
			read = this.readDocument(request.query);
		} catch (error) {
			return { errors: [{ message: error instanceof Error ? error.message : String(error), extensions: { code: 'parseError' } }] };
		}
		const { document, errors: invalid } = read;
		if (invalid.length > 0) return { errors: invalid.map((error) => error.toJSON()) };
		const operation = operationOf(document, request.operationName);
		if (!operation) return { errors: [{ message: 'An operation name is required', extensions: { code: 'BAD_REQUEST' } }] };
		const wrong = variableErrors(schema, operation, request.variables);
		if (wrong.length > 0) return { errors: wrong.map((error) => error.toJSON()) };

		const requested = requestedCost(schema, document, operation, request.variables);
		const most = this.store.settings.maxQueryCost;
		if (requested > most) {
			return {
				errors: [
					{
						message: `Query cost is ${requested}, which exceeds the single query max cost limit (${most}).`,
						extensions: { code: 'MAX_COST_EXCEEDED', cost: requested, maxCost: most, documentation: COST_PAGE },
					},
				],
			};
		}
		if (!this.buckets.take(app.id, requested)) return this.throttled(app, requested);

		const context = this.contextOf(app, requestId, request.variables, null);
		const result = await this.execute(document, context, request.operationName);
		if (operation.operation === OperationTypeNode.MUTATION) this.store.changed();
		const actual = Math.min(requested, actualCost(schema, document, operation, request.variables, result.data));
		this.buckets.giveBack(app.id, requested - actual);
		return { ...plain(result), extensions: { cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: this.buckets.status(app.id) } } };
	}

	private contextOf(app: App, requestId: string, rawVariables: Readonly<Record<string, unknown>>, feed: BulkFeed | null): Context {
		const bulkEngine: BulkEngine = {
			schema: this.schema.schema,
			execute: (document, members) => this.execute(document, this.contextOf(app, requestId, {}, members), null),
		};
		return { store: this.store, app, version: this.version, requestId, rawVariables, bulk: this.bulk, bulkEngine, feed };
	}

	private async execute(document: DocumentNode, contextValue: Context, operationName: string | null): Promise<ExecutionResult> {
		return await execute({
			schema: this.schema.schema,
			document,
			contextValue,
			variableValues: { ...contextValue.rawVariables },
			operationName,
			fieldResolver: (source, args, ctx, info) => this.resolve(source, args as Args, ctx as Context, info),
			typeResolver: (value) => (value as { __typename?: string }).__typename,
		});
	}

	/** @throws GraphQLError when the text is no document */
	private readDocument(text: string): ReadDocument {
		const known = this.documents.get(text);
		if (known) return known;
		const document = parse(text);
		const read = { document, errors: documentErrors(this.schema.schema, document) };
		if (this.documents.size < REMEMBERED_DOCUMENTS) this.documents.set(text, read);
		return read;
	}

	/** The answer to a query that the app's bucket cannot pay. */
	throttled(app: App, requested: number): GraphqlAnswer {
		return {
			errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: COST_PAGE } }],
			extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: this.buckets.status(app.id) } },
		};
	}

	private resolve(source: unknown, args: Args, context: Context, info: GraphQLResolveInfo): unknown {
		const type = info.parentType.name;
		this.access.checkField(context.app, type, info.fieldName);
		const answered = this.answerOf(info.returnType);
		this.access.checkType(context.app, answered.element, info.fieldName);
		const compute = () => this.compute(type, source, args, context, info);
		if (context.feed && answered.isConnection) return wholePage(context.feed.membersOf(() => ordered(compute() as readonly unknown[], args)));
		const value = type === 'Mutation' ? this.idempotency.run(context, info, compute) : compute();
		const finish = (result: unknown) => this.finish(result, args, context, info);
		return value instanceof Promise ? value.then(finish) : finish(value);
	}

	private compute(type: string, source: unknown, args: Args, context: Context, info: GraphQLResolveInfo): unknown {
		const resolver = this.resolvers[type]?.[info.fieldName] as FieldOf<unknown> | undefined;
		if (resolver) return resolver(source, args, context, info);
		if (typeof source === 'object' && source !== null && info.fieldName in source) {
			const value = defaultFieldResolver(source, args, context, info);
			if (info.fieldName === 'id' && typeof value === 'number') return gid((source as { __typename?: string }).__typename ?? type, value);
			return value;
		}
		if (info.fieldName === 'userErrors') return [];
		// Half an answer would pass for a whole one: what is not modelled says so.
		if (type === 'Mutation' || type === 'QueryRoot' || !isPayload(type)) {
			throw new GraphQLError(`The simulator does not model ${type}.${info.fieldName}`, { extensions: { code: 'NOT_SIMULATED' } });
		}
		return null;
	}

	private answerOf(type: GraphQLOutputType): Answered {
		const known = this.answers.get(type);
		if (known) return known;
		const named = getNamedType(type);
		const made: Answered = { element: elementName(named.name), isConnection: isObjectType(named) && named.name.endsWith('Connection'), isAbstract: isAbstractType(named), isList: isListType(getNullableType(type)) };
		this.answers.set(type, made);
		return made;
	}

	private finish(result: unknown, args: Args, context: Context, info: GraphQLResolveInfo): unknown {
		const answered = this.answerOf(info.returnType);
		if (answered.isAbstract) {
			for (const value of Array.isArray(result) ? result : [result]) {
				const concrete = (value as { __typename?: string } | null | undefined)?.__typename;
				if (concrete !== undefined) this.access.checkType(context.app, concrete, info.fieldName);
			}
		}
		if (answered.isConnection && Array.isArray(result)) return paginate(result, args);
		if (Array.isArray(result) && answered.isList && typeof args.first === 'number') return result.slice(0, args.first);
		return result;
	}
}

function isPayload(type: string): boolean {
	return type.endsWith('Payload');
}

/** A connection needs what its members need. */
function elementName(type: string): string {
	return type.replace(/Connection$/, '').replace(/Edge$/, '');
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode | undefined {
	const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
	if (name === null || name === '') return operations.length === 1 ? operations[0] : undefined;
	return operations.find((operation) => operation.name?.value === name);
}

function plain(result: ExecutionResult): GraphqlAnswer {
	const errors = result.errors?.map((error) => {
		const original = error.originalError;
		if (original && !(original instanceof GraphQLError)) {
			// A defect of the simulator must not look like an answer of the service.
			process.stderr.write(`simulator: ${original.stack ?? original.message}\n`);
			return { ...error.toJSON(), message: `Simulator defect: ${error.message}`, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
		}
		return error.toJSON();
	});
	return { ...(errors ? { errors } : {}), data: result.data };
}
