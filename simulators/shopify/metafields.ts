/** Metafields with compare-and-set, and the namespaces that belong to one app. */

import { createHash } from 'node:crypto';
import { parseGid, invalidId } from './gid';
import type { App, Metafield } from './model';
import { appendTo, type ShopStore } from './store';
import { Refusal, type UserError } from './user-errors';

export interface MetafieldInput {
	ownerId: string;
	key: string;
	value: string;
	namespace?: string | null;
	type?: string | null;
	compareDigest?: string | null;
}

const MOST_AT_ONCE = 25;
const NAME = /^[a-zA-Z0-9_-]+$/;
const TYPES: ReadonlySet<string> = new Set([
	'boolean', 'color', 'date', 'date_time', 'dimension', 'id', 'json', 'language', 'link', 'money', 'multi_line_text_field', 'number_decimal', 'number_integer', 'rating', 'rich_text_field',
	'single_line_text_field', 'url', 'volume', 'weight', 'order_reference', 'customer_reference', 'product_reference', 'variant_reference', 'mixed_reference',
	'list.single_line_text_field', 'list.number_integer', 'list.number_decimal', 'list.date_time', 'list.order_reference', 'list.product_reference', 'list.variant_reference',
]);

export function digestOf(value: string): string {
	return createHash('sha256').update(value).digest('hex');
}

/** The name a namespace is kept under: app-reserved ones carry the app's id. */
export function fullNamespace(app: App, namespace: string | null | undefined): string {
	if (!namespace || namespace === '$app') return `app--${app.id}`;
	return namespace.startsWith('$app:') ? `app--${app.id}--${namespace.slice('$app:'.length)}` : namespace;
}

/** Whether another app has reserved the namespace. */
export function isForeign(app: App, namespace: string): boolean {
	return namespace.startsWith('app--') && namespace !== `app--${app.id}` && !namespace.startsWith(`app--${app.id}--`);
}

export function findMetafield(store: ShopStore, ownerId: string, namespace: string, key: string): Metafield | undefined {
	return metafieldsOf(store, ownerId).find((metafield) => metafield.namespace === namespace && metafield.key === key);
}

export function metafieldsOf(store: ShopStore, ownerId: string): Metafield[] {
	return (store.metafieldsByOwner.get(ownerId) ?? []).flatMap((id) => store.metafields.get(id) ?? []);
}

/**
 * Sets all of them or none.
 * @throws Refusal listing everything that stands against it
 */
export function setMetafields(store: ShopStore, app: App, inputs: readonly MetafieldInput[], ownerExists: (gid: string) => boolean): Metafield[] {
	if (inputs.length > MOST_AT_ONCE) {
		throw new Refusal({ field: ['metafields'], message: `Exceeded the maximum metafields input limit of ${MOST_AT_ONCE}.`, code: 'LESS_THAN_OR_EQUAL_TO' });
	}
	const errors = inputs.flatMap((input, index) => {
		const found = check(store, app, input, ownerExists);
		return found ? [{ ...found, field: ['metafields', String(index), ...(found.field ?? [])] }] : [];
	});
	if (errors.length > 0) throw new Refusal(errors);
	return inputs.map((input) => put(store, app, input));
}

function check(store: ShopStore, app: App, input: MetafieldInput, ownerExists: (gid: string) => boolean): UserError | undefined {
	if (!parseGid(input.ownerId)) throw invalidId(input.ownerId);
	if (!ownerExists(input.ownerId)) return { field: ['ownerId'], message: 'Owner does not exist.', code: 'INVALID' };
	const namespace = fullNamespace(app, input.namespace);
	const names = checkNames(namespace, input.key, input.namespace);
	if (names) return names;
	if (isForeign(app, namespace)) return { field: ['namespace'], message: 'Access to this namespace and key on Metafields for this resource type is not allowed.', code: 'APP_NOT_AUTHORIZED' };
	const existing = findMetafield(store, input.ownerId, namespace, input.key);
	const definition = [...store.metafieldDefinitions.values()].find(
		(one) => one.namespace === namespace && one.key === input.key && one.ownerType === parseGid(input.ownerId)?.type.toUpperCase(),
	);
	const known = existing?.type ?? definition?.type;
	if (!input.type && !known) return { field: ['type'], message: "Type can't be blank", code: 'BLANK' };
	if (input.type && !TYPES.has(input.type)) return { field: ['type'], message: 'Type is not a valid metafield type.', code: 'INCLUSION' };
	if (definition && input.type && input.type !== definition.type) return { field: ['type'], message: `Type '${input.type}' must be consistent with the definition's type: '${definition.type}'.`, code: 'INVALID_TYPE' };
	const type = input.type ?? known ?? '';
	const value = checkValue(type, input.value);
	if (value) return value;
	return checkDigest(input, existing);
}

function checkNames(namespace: string, key: string, given: string | null | undefined): UserError | undefined {
	if (key.length < 2) return { field: ['key'], message: 'Key is too short (minimum is 2 characters)', code: 'TOO_SHORT' };
	if (key.length > 64) return { field: ['key'], message: 'Key is too long (maximum is 64 characters)', code: 'TOO_LONG' };
	if (!NAME.test(key)) return { field: ['key'], message: 'Key contains one or more invalid characters.', code: 'INVALID' };
	if (namespace.length < 3) return { field: ['namespace'], message: 'Namespace is too short (minimum is 3 characters)', code: 'TOO_SHORT' };
	if (namespace.length > 255) return { field: ['namespace'], message: 'Namespace is too long (maximum is 255 characters)', code: 'TOO_LONG' };
	if (!NAME.test(namespace)) return { field: ['namespace'], message: `Namespace '${given ?? ''}' contains one or more invalid characters.`, code: 'INVALID' };
	return undefined;
}

/** A digest asks for the value to be still what it was; `null` asks for there to be none. Writing what is there already always succeeds. */
function checkDigest(input: MetafieldInput, existing: Metafield | undefined): UserError | undefined {
	if (input.compareDigest === undefined) return undefined;
	if (existing && existing.value === input.value && (input.type ?? existing.type) === existing.type) return undefined;
	const stale: UserError = { field: null, message: 'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.', code: 'STALE_OBJECT' };
	if (input.compareDigest === null) return existing ? stale : undefined;
	if (!existing) return { field: ['compareDigest'], message: 'The `compareDigest` value is invalid: the metafield does not exist.', code: 'INVALID_COMPARE_DIGEST' };
	return digestOf(existing.value) === input.compareDigest ? undefined : stale;
}

function checkValue(type: string, value: string): UserError | undefined {
	const invalid = (message: string): UserError => ({ field: ['value'], message, code: 'INVALID_VALUE' });
	if (value === '') return { field: ['value'], message: "Value can't be blank.", code: 'BLANK' };
	if (value.length > 65_536 && type !== 'json' && type !== 'rich_text_field') return { field: ['value'], message: 'Value is too long (maximum is 65536 characters)', code: 'TOO_LONG' };
	if (value.length > 2_000_000) return { field: ['value'], message: 'Value is too long (maximum is 2000000 characters)', code: 'TOO_LONG' };
	if ((type === 'json' || type === 'rich_text_field' || type.startsWith('list.') || type === 'money') && !isJson(value)) return invalid('Value is invalid JSON.');
	if (type.startsWith('list.') && !Array.isArray(JSON.parse(value))) return invalid('Value must be an array.');
	if (type === 'number_integer' && !/^-?\d{1,16}$/.test(value)) return invalid('Value must be an integer.');
	if (type === 'number_decimal' && !/^-?\d+(\.\d{1,9})?$/.test(value)) return invalid('Value must be a decimal.');
	if (type === 'boolean' && value !== 'true' && value !== 'false') return invalid('Value must be true or false.');
	if (type === 'single_line_text_field' && /[\r\n]/.test(value)) return invalid('Value must be a single line text string.');
	if (type === 'date_time' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?/.test(value)) return invalid("Value must be in 'YYYY-MM-DDTHH:MM:SS' format.");
	if (type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) return invalid('Value must be in YYYY-MM-DD format.');
	if (type === 'url' && !/^(https?|mailto|sms|tel):/.test(value)) return invalid('Value must be one of the following URL schemes: http, https, mailto, sms, tel.');
	return undefined;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function put(store: ShopStore, app: App, input: MetafieldInput): Metafield {
	const namespace = fullNamespace(app, input.namespace);
	const existing = findMetafield(store, input.ownerId, namespace, input.key);
	if (existing) {
		existing.value = input.value;
		existing.type = input.type ?? existing.type;
		existing.updatedAt = store.now();
		return existing;
	}
	const id = store.id('Metafield');
	const definition = [...store.metafieldDefinitions.values()].find((one) => one.namespace === namespace && one.key === input.key);
	const created: Metafield = {
		__typename: 'Metafield',
		id,
		ownerId: input.ownerId,
		namespace,
		key: input.key,
		type: input.type ?? definition?.type ?? 'single_line_text_field',
		value: input.value,
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.metafields.set(id, created);
	appendTo(store.metafieldsByOwner, created.ownerId, id);
	return created;
}

/** Deletes what is there; asking for one that is not there is answered with null in its place. */
export function deleteMetafields(store: ShopStore, app: App, identifiers: ReadonlyArray<{ ownerId: string; namespace: string; key: string }>): Array<{ ownerId: string; namespace: string; key: string } | null> {
	for (const [index, { ownerId, namespace }] of identifiers.entries()) {
		if (!parseGid(ownerId)) throw invalidId(ownerId);
		if (isForeign(app, fullNamespace(app, namespace))) throw new Refusal({ field: ['metafields', String(index), 'namespace'], message: 'Access to this namespace and key on Metafields for this resource type is not allowed.' });
	}
	return identifiers.map((identifier) => {
		const found = findMetafield(store, identifier.ownerId, fullNamespace(app, identifier.namespace), identifier.key);
		if (!found) return null;
		store.metafields.delete(found.id);
		return identifier;
	});
}
