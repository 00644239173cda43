/** Documents against the schema: graphql-js finds what is wrong, the service's words say it. */

import { GraphQLError, Kind, TypeInfo, getNamedType, isScalarType, validate, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';
import { scalarProblem } from './variables';

interface Wording {
	pattern: RegExp;
	say: (match: RegExpExecArray) => { message: string; extensions: Record<string, unknown> };
}

const WORDINGS: readonly Wording[] = [
	{
		pattern: /^Cannot query field "(.+?)" on type "(.+?)"/,
		say: ([, field, type]) => ({ message: `Field '${field}' doesn't exist on type '${type}'`, extensions: { code: 'undefinedField', typeName: type, fieldName: field } }),
	},
	{
		pattern: /^Unknown argument "(.+?)" on field "(.+?)\.(.+?)"/,
		say: ([, argument, , field]) => ({
			message: `Field '${field}' doesn't accept argument '${argument}'`,
			extensions: { code: 'argumentNotAccepted', name: field, typeName: 'Field', argumentName: argument },
		}),
	},
	{
		pattern: /^Unknown argument "(.+?)" on directive "@(.+?)"/,
		say: ([, argument, directive]) => ({
			message: `Directive '${directive}' doesn't accept argument '${argument}'`,
			extensions: { code: 'argumentNotAccepted', name: directive, typeName: 'Directive', argumentName: argument },
		}),
	},
	{
		pattern: /^Field "(.+?)" is not defined by type "(.+?)"/,
		say: ([, field, type]) => ({
			message: `InputObject '${type}' doesn't accept argument '${field}'`,
			extensions: { code: 'argumentNotAccepted', name: type, typeName: 'InputObject', argumentName: field },
		}),
	},
	{
		pattern: /^Field "(.+?)" argument "(.+?)" of type "(.+?)" is required, but it was not provided/,
		say: ([, field, argument]) => ({
			message: `Field '${field}' is missing required arguments: ${argument}`,
			extensions: { code: 'missingRequiredArguments', className: 'Field', name: field, arguments: argument },
		}),
	},
	{
		pattern: /^Directive "@(.+?)" argument "(.+?)" of type "(.+?)" is required, but it was not provided/,
		say: ([, directive, argument]) => ({
			message: `Directive '${directive}' is missing required arguments: ${argument}`,
			extensions: { code: 'missingRequiredArguments', className: 'Directive', name: directive, arguments: argument },
		}),
	},
	{
		pattern: /^Field "(.+?)\.(.+?)" of required type "(.+?)" was not provided/,
		say: ([, type, field, wanted]) => ({
			message: `Argument '${field}' on InputObject '${type}' is required. Expected type ${wanted}`,
			extensions: { code: 'missingRequiredInputObjectAttribute', argumentName: field, argumentType: wanted, inputObjectType: type },
		}),
	},
	{
		pattern: /^Variable "\$(.+?)" is not defined by operation "(.+?)"/,
		say: ([, variable, operation]) => ({
			message: `Variable $${variable} is used by ${operation} but not declared`,
			extensions: { code: 'variableNotDefined', variableName: variable },
		}),
	},
	{
		pattern: /^Variable "\$(.+?)" is never used in operation "(.+?)"/,
		say: ([, variable, operation]) => ({
			message: `Variable $${variable} is declared by ${operation} but not used`,
			extensions: { code: 'variableNotUsed', variableName: variable },
		}),
	},
	{
		pattern: /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
		say: ([, variable, given, expected]) => ({
			message: `Type mismatch on variable $${variable} (${given} / ${expected})`,
			extensions: { code: 'variableMismatch', variableName: variable, typeName: given },
		}),
	},
	{
		pattern: /^Field "(.+?)" of type "(.+?)" must have a selection of subfields/,
		say: ([, field, type]) => ({
			message: `Field must have selections (field '${field}' returns ${type?.replace(/[[\]!]/g, '')} but has no selections. Did you mean '${field} { ... }'?)`,
			extensions: { code: 'selectionMismatch', nodeName: `field '${field}'`, typeName: type?.replace(/[[\]!]/g, '') },
		}),
	},
	{
		pattern: /^Unknown type "(.+?)"/,
		say: ([, type]) => ({ message: `No such type ${type}, so it can't be a fragment condition or variable type`, extensions: { code: 'undefinedType', typeName: type } }),
	},
	{
		pattern: /^Unknown directive "@(.+?)"/,
		say: ([, directive]) => ({ message: `Directive @${directive} is not defined`, extensions: { code: 'undefinedDirective', directiveName: directive } }),
	},
];

/** What the service would answer to a document that does not fit its schema; empty when it fits. */
export function documentErrors(schema: GraphQLSchema, document: DocumentNode): GraphQLError[] {
	const found = validate(schema, document).map(reword);
	return found.length > 0 ? found : literalErrors(schema, document);
}

function reword(error: GraphQLError): GraphQLError {
	for (const { pattern, say } of WORDINGS) {
		const match = pattern.exec(error.message);
		if (!match) continue;
		const { message, extensions } = say(match);
		return new GraphQLError(message, { nodes: error.nodes, extensions });
	}
	return new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: 'argumentLiteralsIncompatible' } });
}

/** graphql-js lets any literal through for a custom scalar. */
function literalErrors(schema: GraphQLSchema, document: DocumentNode): GraphQLError[] {
	const errors: GraphQLError[] = [];
	const info = new TypeInfo(schema);
	visit(
		document,
		visitWithTypeInfo(info, {
			enter(node) {
				if (node.kind !== Kind.STRING && node.kind !== Kind.INT && node.kind !== Kind.FLOAT) return;
				const type = info.getInputType();
				const named = type ? getNamedType(type) : undefined;
				if (!named || !isScalarType(named)) return;
				const value = node.kind === Kind.STRING ? node.value : Number(node.value);
				const problem = scalarProblem(named.name, value);
				if (problem !== undefined) errors.push(new GraphQLError(problem, { nodes: [node], extensions: { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' } }));
			},
		}),
	);
	return errors;
}
