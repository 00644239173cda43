/** Variables against their declared types, with the service's own way of saying what is wrong. */

import {
	GraphQLError,
	isEnumType,
	isInputObjectType,
	isListType,
	isNonNullType,
	isScalarType,
	typeFromAST,
	type GraphQLInputType,
	type GraphQLSchema,
	type OperationDefinitionNode,
	type TypeNode,
	print,
} from 'graphql';

interface Problem {
	path: Array<string | number>;
	explanation: string;
}

/** One error per variable that does not fit; empty when all do. */
export function variableErrors(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): GraphQLError[] {
	return (operation.variableDefinitions ?? []).flatMap((definition) => {
		const name = definition.variable.name.value;
		const type = typeFromAST(schema, definition.type as TypeNode as never) as GraphQLInputType | undefined;
		if (!type) return [];
		const given = Object.hasOwn(variables, name);
		const value = variables[name];
		if (!given && (definition.defaultValue !== undefined || !isNonNullType(type))) return [];
		const problems: Problem[] = [];
		collect(type, given ? value : null, [], problems);
		return problems.length > 0 ? [invalid(name, print(definition.type), given ? value : null, problems)] : [];
	});
}

function invalid(name: string, type: string, value: unknown, problems: readonly Problem[]): GraphQLError {
	const places = problems.filter(({ path }) => path.length > 0).map(({ path, explanation }) => `${path.join('.')} (${explanation})`);
	const suffix = places.length > 0 ? ` for ${places.join(', ')}` : '';
	return new GraphQLError(`Variable $${name} of type ${type} was provided invalid value${suffix}`, {
		extensions: { code: 'INVALID_VARIABLE', value, problems },
	});
}

function collect(type: GraphQLInputType, value: unknown, path: Array<string | number>, problems: Problem[]): void {
	if (isNonNullType(type)) {
		if (value === null || value === undefined) problems.push({ path, explanation: 'Expected value to not be null' });
		else collect(type.ofType as GraphQLInputType, value, path, problems);
		return;
	}
	if (value === null || value === undefined) return;
	if (isListType(type)) {
		const items = Array.isArray(value) ? value : [value];
		if (items.length > 250) problems.push({ path, explanation: `The input array size of ${items.length} is greater than the maximum allowed of 250.` });
		items.forEach((item, index) => collect(type.ofType as GraphQLInputType, item, Array.isArray(value) ? [...path, index] : path, problems));
		return;
	}
	if (isInputObjectType(type)) {
		if (typeof value !== 'object' || Array.isArray(value)) {
			problems.push({ path, explanation: `Expected ${JSON.stringify(value)} to be a key-value object.` });
			return;
		}
		const object = value as Record<string, unknown>;
		const fields = type.getFields();
		for (const key of Object.keys(object)) if (!fields[key]) problems.push({ path: [...path, key], explanation: `Field is not defined on ${type.name}` });
		for (const field of Object.values(fields)) {
			if (!Object.hasOwn(object, field.name) && field.defaultValue !== undefined) continue;
			collect(field.type, object[field.name], [...path, field.name], problems);
		}
		if (type.isOneOf && Object.values(object).filter((entry) => entry !== null && entry !== undefined).length !== 1) {
			problems.push({ path, explanation: `'${type.name}' requires exactly one argument, but ${Object.keys(object).length} were provided.` });
		}
		return;
	}
	if (isEnumType(type)) {
		const names = type.getValues().map(({ name }) => name);
		if (typeof value !== 'string' || !names.includes(value)) problems.push({ path, explanation: `Expected ${JSON.stringify(value)} to be one of: ${names.join(', ')}` });
		return;
	}
	if (isScalarType(type)) {
		const explanation = scalarProblem(type.name, value);
		if (explanation !== undefined) problems.push({ path, explanation });
	}
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** What is wrong with a scalar, or undefined; also for literals in the document. */
export function scalarProblem(type: string, value: unknown): string | undefined {
	const couldNot = `Could not coerce value ${JSON.stringify(value)} to ${type}`;
	switch (type) {
		case 'String':
		case 'HTML':
		case 'FormattedString':
			return typeof value === 'string' ? undefined : couldNot;
		case 'Int':
			return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_647 ? undefined : couldNot;
		case 'Float':
			return typeof value === 'number' ? undefined : couldNot;
		case 'Boolean':
			return typeof value === 'boolean' ? undefined : couldNot;
		case 'ID':
			if (typeof value === 'string') return /^gid:\/\/[a-z0-9-]+\/[A-Za-z:]+\/[^\s]+$/.test(value) || /^\d+$/.test(value) ? undefined : `Invalid global id '${value}'`;
			return typeof value === 'number' && Number.isInteger(value) ? undefined : couldNot;
		case 'Money':
		case 'Decimal':
			return (typeof value === 'string' && DECIMAL.test(value)) || (typeof value === 'number' && Number.isFinite(value)) ? undefined : `invalid decimal ${JSON.stringify(String(value))}`;
		case 'DateTime':
			return typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : `invalid datetime ${JSON.stringify(value)}`;
		case 'Date':
			return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : `invalid date ${JSON.stringify(value)}`;
		case 'URL':
			return typeof value === 'string' && isUrl(value) ? undefined : `Invalid url ${JSON.stringify(value)}, missing scheme`;
		case 'UnsignedInt64':
		case 'BigInt':
			return (typeof value === 'string' && /^\d+$/.test(value)) || (typeof value === 'number' && Number.isInteger(value)) ? undefined : couldNot;
		default:
			return undefined;
	}
}

function isUrl(text: string): boolean {
	try {
		return new URL(text).protocol !== '';
	} catch {
		return false;
	}
}
