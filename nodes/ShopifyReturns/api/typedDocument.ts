/**
 * The text of a GraphQL operation that knows the types of its answer and of its variables.
 * Only the text exists at run time; the types travel in a property that is never set.
 */
export class TypedDocumentString<TResult, TVariables> extends String {
	declare readonly apiType?: (variables: TVariables) => TResult;
}
