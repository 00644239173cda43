/**
 * The JSON schema of what an operation gives out, as n8n's editor shows it before a node has run: names and types, no values. It is worked out from real items, so that it can
 * say nothing that the node does not do.
 */

export type Kind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

export interface OutputSchema {
	/** Several only where values of different kinds were seen. */
	type: Kind | Kind[];
	/**
	 * Whether null was seen beside the type. Not a second entry of `type`: n8n's editor opens an object or a list only where `type` is that one word.
	 */
	nullable?: true;
	/** In the order in which the node gives the fields out. */
	properties?: Record<string, OutputSchema>;
	/** Of a list in which something was seen. */
	items?: OutputSchema;
}

/** What is true of all samples, which are JSON already, and what only of some. A field that is always null says so; nobody has seen more of it. */
export function inferSchema(samples: readonly unknown[]): OutputSchema {
	const seen = [...new Set(samples.map(kindOf))];
	const kinds = seen.filter((kind) => kind !== 'null');
	const [first = 'null', ...others] = kinds;
	const schema: OutputSchema = { type: others.length === 0 ? first : kinds };
	if (kinds.length > 0 && seen.includes('null')) schema.nullable = true;
	if (kinds.includes('object')) schema.properties = inferProperties(samples.filter(isObject));
	const elements = samples.flatMap((sample) => (Array.isArray(sample) ? (sample as unknown[]) : []));
	if (elements.length > 0) schema.items = inferSchema(elements);
	return schema;
}

/** Where a value does not fit the schema, as paths; a field that the schema does not know is one, a field that is missing is none. */
export function misfits(schema: OutputSchema | undefined, value: unknown, path = '$'): string[] {
	const kind = kindOf(value);
	if (schema === undefined) return [`${path} (${kind})`];
	if (kind === 'null') return schema.nullable === true || admits(schema, 'null') ? [] : [`${path} (null)`];
	if (!admits(schema, kind)) return [`${path} (${kind})`];
	if (Array.isArray(value)) return value.flatMap((element: unknown) => misfits(schema.items, element, `${path}[]`));
	return isObject(value) ? Object.entries(value).flatMap(([name, field]) => misfits(schema.properties?.[name], field, `${path}.${name}`)) : [];
}

function inferProperties(samples: ReadonlyArray<Record<string, unknown>>): Record<string, OutputSchema> {
	const fields = new Map<string, unknown[]>();
	for (const [name, field] of samples.flatMap((sample) => Object.entries(sample))) fields.set(name, [...(fields.get(name) ?? []), field]);
	return Object.fromEntries([...fields].map(([name, values]) => [name, inferSchema(values)]));
}

function admits({ type }: OutputSchema, kind: Kind): boolean {
	return Array.isArray(type) ? type.includes(kind) : type === kind;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return kindOf(value) === 'object';
}

function kindOf(value: unknown): Kind {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	const kind = typeof value;
	if (kind === 'object' || kind === 'string' || kind === 'number' || kind === 'boolean') return kind;
	throw new Error(`A value of the type ${kind} is no JSON`);
}
