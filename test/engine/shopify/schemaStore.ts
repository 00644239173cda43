/**
 * A store whose answers are plain objects of the test, executed by graphql over the real Admin schema: what the node asks for and sends has to fit
 * the schema, and every request is counted by the name of its operation.
 */
import { execute, parse, validate, type ExecutionResult } from 'graphql';
import { loadAdminSchema } from '../../../scripts/shopify-schema';
import { json, startScriptedStore, type Script, type ScriptedStore } from './scriptedStore';

/** Root fields by name: a value, or a function of the field's arguments. */
export type Root = Record<string, unknown>;

export interface SchemaStore {
	readonly store: ScriptedStore;
	/** Names of the operations received, in order. */
	readonly operations: string[];
	/** Variables of the operations received, in order. */
	readonly variables: Array<Record<string, unknown>>;
	/** Answers from these objects from now on, and forgets what was received. */
	answerFrom(root: Root): void;
	/** Lets one operation meet another fate, once or for ever; `then` runs before the script, e.g. to carry a change out and lose the answer. */
	interfere(operation: string, script: Script, options?: { then?: () => void; once?: boolean }): void;
	close(): Promise<void>;
}

interface Interference {
	script: Script;
	then: () => void;
	once: boolean;
}

export async function startSchemaStore(): Promise<SchemaStore> {
	const { schema } = await loadAdminSchema('2026-10');
	const store = await startScriptedStore();
	let root: Root = {};
	const operations: string[] = [];
	const variables: Array<Record<string, unknown>> = [];
	const interferences = new Map<string, Interference>();

	const answer: Script = (request, response) => {
		const { query, variables: given = {} } = JSON.parse(request.body) as { query: string; variables?: Record<string, unknown> };
		const document = parse(query);
		const name = document.definitions.flatMap((definition) => (definition.kind === 'OperationDefinition' && definition.name ? [definition.name.value] : []))[0] ?? 'nameless';
		operations.push(name);
		variables.push(given);
		const interference = interferences.get(name);
		if (interference) {
			if (interference.once) interferences.delete(name);
			interference.then();
			interference.script(request, response);
			return;
		}
		const faults = validate(schema, document);
		const result: Promise<ExecutionResult> | ExecutionResult = faults.length > 0 ? { errors: faults } : execute({ schema, document, rootValue: root, variableValues: given });
		void Promise.resolve(result).then((settled) => json(settled)(request, response));
	};

	return {
		store,
		operations,
		variables,
		answerFrom: (next) => {
			root = next;
			operations.length = 0;
			variables.length = 0;
			interferences.clear();
			store.play(answer);
		},
		interfere: (operation, script, { then = () => undefined, once = true } = {}) => {
			interferences.set(operation, { script, then, once });
		},
		close: async () => await store.close(),
	};
}

/** A connection that ends here, or goes on behind `next`. */
export function page(nodes: unknown[], next: string | null = null): object {
	return { nodes, pageInfo: { hasNextPage: next !== null, endCursor: next } };
}

export function bag(amount: string, currencyCode = 'EUR', shopAmount = amount, shopCurrency = currencyCode): object {
	return { presentmentMoney: { amount, currencyCode }, shopMoney: { amount: shopAmount, currencyCode: shopCurrency } };
}
