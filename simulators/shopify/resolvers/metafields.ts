/** Metafields and tags: on whatever can have them. */

import { GraphQLError } from 'graphql';
import { checkOwner } from '../access';
import { fieldsOf, type FieldOf, type Resolvers } from '../context';
import { idOf, invalidId, parseGid } from '../gid';
import { deleteMetafields, digestOf, findMetafield, fullNamespace, isForeign, metafieldsOf, setMetafields, type MetafieldInput } from '../metafields';
import type { Customer, Metafield, MetafieldDefinition, Order, Product } from '../model';
import { touchOrder } from '../orders';
import type { ShopStore } from '../store';
import { answering, refuse } from '../user-errors';
import { gidOf, recordOf } from './records';

interface Owner {
	__typename: string;
	id: number;
}

/** The two fields of everything that has metafields. */
export const metafieldFields: Record<string, FieldOf<Owner>> = {
	metafield: (owner, { namespace, key }, { store, app }) => {
		const full = fullNamespace(app, namespace as string | null | undefined);
		return isForeign(app, full) ? null : (findMetafield(store, gidOf(owner), full, String(key)) ?? null);
	},
	metafields: (owner, { namespace, keys }, { store, app }) => {
		const wanted = typeof namespace === 'string' ? fullNamespace(app, namespace) : undefined;
		return metafieldsOf(store, gidOf(owner)).filter(
			(metafield) =>
				!isForeign(app, metafield.namespace) &&
				(wanted === undefined || metafield.namespace === wanted) &&
				(!Array.isArray(keys) || keys.includes(`${metafield.namespace}.${metafield.key}`) || (wanted !== undefined && keys.includes(metafield.key))),
		);
	},
};

const HAVE_METAFIELDS: ReadonlySet<string> = new Set(['Order', 'Customer', 'Product', 'ProductVariant', 'Location', 'Shop', 'AppInstallation']);

/** Whether metafields can hang on it, and it exists. */
function ownerExists(store: ShopStore) {
	return (ownerId: string): boolean => HAVE_METAFIELDS.has(parseGid(ownerId)?.type ?? '') && recordOf(store, ownerId) !== undefined;
}

const LONGEST_TAG = 40;
const MOST_TAGS = 250;

type Tagged = Order | Customer | Product;

function taggedRecord(store: ShopStore, id: string): Tagged {
	const type = parseGid(id)?.type;
	if (type !== 'Order' && type !== 'Customer' && type !== 'Product') throw invalidId(id);
	const record = recordOf(store, id) as Tagged | undefined;
	return record ?? refuse(['id'], `${type} does not exist`);
}

/** Tags given as one comma-separated text count as several. */
function parseTags(tags: readonly string[]): string[] {
	return tags
		.flatMap((tag) => tag.split(','))
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
}

function changeTags(store: ShopStore, id: string, change: (tags: readonly string[]) => string[]): { node: Tagged } {
	const record = taggedRecord(store, id);
	const changed = change(record.tags);
	if (changed.some((tag) => tag.length > LONGEST_TAG)) refuse(['tags'], `Tags must be shorter than or equal to ${LONGEST_TAG} characters.`);
	if (changed.length > MOST_TAGS) refuse(['tags'], `Tags cannot exceed ${MOST_TAGS}.`);
	if (changed.join('\n') === record.tags.join('\n')) return { node: record };
	record.tags = changed.sort((a, b) => a.localeCompare(b, 'en'));
	if (record.__typename === 'Order') touchOrder(store, record);
	else record.updatedAt = store.now();
	return { node: record };
}

function isSameTag(a: string, b: string): boolean {
	return a.toLowerCase() === b.toLowerCase();
}

export const metafieldResolvers: Resolvers = {
	Metafield: fieldsOf<Metafield>({
		legacyResourceId: ({ id }) => String(id),
		compareDigest: ({ value }) => digestOf(value),
		jsonValue: ({ type, value }) => (type === 'json' || type.startsWith('list.') ? (JSON.parse(value) as unknown) : type === 'boolean' ? value === 'true' : type === 'number_integer' ? Number(value) : value),
		owner: ({ ownerId }, _args, { store }) => recordOf(store, ownerId),
		ownerType: ({ ownerId }) => ownerTypeOf(ownerId),
		sizeInBytes: ({ value }) => Buffer.byteLength(value),
		definition: ({ namespace, key }, _args, { store }) => [...store.metafieldDefinitions.values()].find((one) => one.namespace === namespace && one.key === key) ?? null,
		reference: () => null,
	}),
	MetafieldDefinition: fieldsOf<MetafieldDefinition>({
		type: ({ type }) => ({ name: type, category: 'TEXT', supportedValidations: [], supportsDefinitionMigrations: false }),
		validations: () => [],
	}),
	QueryRoot: fieldsOf({
		metafieldDefinitions: (_source, { ownerType, namespace, key }, { store, app }) =>
			[...store.metafieldDefinitions.values()].filter(
				(one) => one.ownerType === ownerType && (typeof namespace !== 'string' || one.namespace === fullNamespace(app, namespace)) && (typeof key !== 'string' || one.key === key),
			),
	}),
	Mutation: fieldsOf({
		metafieldsSet: (_source, { metafields }, { store, app }) => {
			const inputs = metafields as readonly MetafieldInput[];
			for (const { ownerId } of inputs) checkOwner(app, parseGid(ownerId)?.type ?? '', 'metafieldsSet', 'write');
			return answering(() => ({ metafields: setMetafields(store, app, inputs, ownerExists(store)) }));
		},
		metafieldsDelete: (_source, { metafields }, { store, app }) => {
			const inputs = metafields as ReadonlyArray<{ ownerId: string; namespace: string; key: string }>;
			for (const { ownerId } of inputs) checkOwner(app, parseGid(ownerId)?.type ?? '', 'metafieldsDelete', 'write');
			return answering(() => ({ deletedMetafields: deleteMetafields(store, app, inputs) }));
		},
		metafieldDefinitionCreate: (_source, { definition }, { store, app }) => {
			const input = definition as { ownerType: string; namespace?: string | null; key: string; name: string; description?: string | null; type: string; pin?: boolean | null };
			checkOwner(app, ownerNameOf(input.ownerType), 'metafieldDefinitionCreate', 'write');
			return answering(() => {
				const namespace = fullNamespace(app, input.namespace);
				if (isForeign(app, namespace)) refuse(['definition', 'namespace'], 'The namespace is reserved for another app.', 'RESERVED_NAMESPACE_KEY');
				const taken = [...store.metafieldDefinitions.values()].some((one) => one.ownerType === input.ownerType && one.namespace === namespace && one.key === input.key);
				if (taken) refuse(['definition', 'key'], `Key is in use for ${input.ownerType.charAt(0)}${input.ownerType.slice(1).toLowerCase()} metafields on the '${namespace}' namespace.`, 'TAKEN');
				const created: MetafieldDefinition = {
					__typename: 'MetafieldDefinition',
					id: store.id('MetafieldDefinition'),
					ownerType: input.ownerType,
					namespace,
					key: input.key,
					name: input.name,
					description: input.description ?? null,
					type: input.type,
					pinnedPosition: input.pin === true ? [...store.metafieldDefinitions.values()].filter((one) => one.ownerType === input.ownerType && one.pinnedPosition !== null).length + 1 : null,
				};
				store.metafieldDefinitions.set(created.id, created);
				return { createdDefinition: created };
			});
		},
		tagsAdd: (_source, { id, tags }, { store, app }) => {
			checkOwner(app, parseGid(String(id))?.type ?? '', 'tagsAdd', 'write');
			const added = parseTags(tags as readonly string[]);
			return answering(() =>
				changeTags(store, String(id), (before) => added.reduce<string[]>((all, tag) => (all.some((known) => isSameTag(known, tag)) ? all : [...all, tag]), [...before])),
			);
		},
		tagsRemove: (_source, { id, tags }, { store, app }) => {
			checkOwner(app, parseGid(String(id))?.type ?? '', 'tagsRemove', 'write');
			const removed = parseTags(tags as readonly string[]);
			return answering(() => changeTags(store, String(id), (before) => before.filter((tag) => !removed.some((gone) => isSameTag(gone, tag)))));
		},
		orderUpdate: (_source, { input }, { store, app }) => {
			const wanted = input as { id: string; tags?: readonly string[] | null; note?: string | null; email?: string | null; phone?: string | null; poNumber?: string | null; customAttributes?: ReadonlyArray<{ key: string; value: string }> | null; metafields?: ReadonlyArray<Record<string, unknown>> | null };
			for (const name of ['shippingAddress', 'localizedFields', 'localizationExtensions']) {
				if (Object.hasOwn(wanted, name)) throw new GraphQLError(`The simulator does not model OrderInput.${name}`, { extensions: { code: 'NOT_SIMULATED' } });
			}
			return answering(() => {
				const order = store.orders.get(idOf(wanted.id, 'Order')) ?? refuse(['id'], 'Order does not exist');
				if ((wanted.note ?? '').length > 5_000) refuse(['note'], 'Note is too long (maximum is 5000 characters)');
				if (wanted.tags) order.tags = parseTags(wanted.tags);
				if (wanted.note !== undefined) order.note = wanted.note;
				if (wanted.email !== undefined) order.email = wanted.email;
				if (wanted.phone !== undefined) order.phone = wanted.phone;
				if (wanted.poNumber !== undefined) order.poNumber = wanted.poNumber;
				if (wanted.customAttributes) order.customAttributes = wanted.customAttributes.map(({ key, value }) => ({ key, value }));
				if (wanted.metafields) setMetafields(store, app, wanted.metafields.map((metafield) => ({ ...(metafield as unknown as MetafieldInput), ownerId: wanted.id })), ownerExists(store));
				touchOrder(store, order);
				return { order };
			});
		},
	}),
};

/** "ORDER" is the owner type of definitions for an Order. */
function ownerNameOf(ownerType: string): string {
	return ownerType === 'PRODUCTVARIANT' ? 'ProductVariant' : `${ownerType.charAt(0)}${ownerType.slice(1).toLowerCase()}`;
}

function ownerTypeOf(ownerId: string): string {
	const type = parseGid(ownerId)?.type ?? '';
	return type === 'ProductVariant' ? 'PRODUCTVARIANT' : type === 'AppInstallation' ? 'API_PERMISSION' : type.toUpperCase();
}
