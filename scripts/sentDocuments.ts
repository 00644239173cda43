/** The GraphQL documents as they are sent, and as they were written. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { Kind, parse } from 'graphql';
import * as generated from '../nodes/ShopifyReturns/api/generated';
import { TypedDocumentString } from '../nodes/ShopifyReturns/api/typedDocument';

export interface SentDocument {
	/** Name of the operation. */
	readonly name: string;
	readonly document: DocumentNode;
	readonly operation: OperationDefinitionNode;
}

const NODE_FOLDER = join(__dirname, '../nodes/ShopifyReturns');

/** What the generated module would send, one entry per operation. */
export function sentDocuments(): SentDocument[] {
	return Object.entries<unknown>(generated)
		.flatMap(([exportName, value]) => (value instanceof TypedDocumentString ? [[exportName, value.toString()] as const] : []))
		.map(([exportName, text]) => {
			const document = parse(text);
			const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
			const [operation] = operations;
			if (operation?.name === undefined || operations.length !== 1) throw new Error(`${exportName} must hold one named operation`);
			return { name: operation.name.value, document, operation };
		});
}

/** Names of the operations in the .graphql files. */
export function writtenOperationNames(): string[] {
	const files = globSync('**/*.graphql', { cwd: NODE_FOLDER }).sort();
	return files.flatMap((file) =>
		parse(readFileSync(join(NODE_FOLDER, file), 'utf8'))
			.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
			.map((definition) => definition.name?.value ?? `nameless in ${file}`),
	);
}
