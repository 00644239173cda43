/**
 * What a bundle is made of (N17). Its own SKU has no stock: Shopify refuses to change it, so the components are put back instead.
 * Sources, the most explicit first: a table in the settings, a metafield of the bundle's variant, Shopify's own components.
 * A component that is an order line of its own is an ordinary line and no business of this file.
 */
import { z } from 'zod';
import { allocate, share, subtract, sum, type Money } from './money';
import type { OrderLine } from './order';

/** Pieces of each component SKU in one bundle, by the bundle's SKU. */
export type BundleTable = Record<string, Record<string, number>>;

/** A component as a table or a metafield names it. `quantity` is pieces in one bundle. */
export type ComponentReference = { sku: string; quantity: number } | { variantId: string; quantity: number };

/** A variant whose stock can be changed. */
export interface StockVariant {
	variantId: string;
	inventoryItemId: string;
	sku: string | null;
	title: string;
	/** False when Shopify does not count this item. */
	tracked: boolean;
	/** True for a bundle: its stock follows from its components. */
	requiresComponents: boolean;
	/** Price in minor units of the shop's currency; only weighs the components against each other. */
	price: number;
}

export interface BundleComponent extends StockVariant {
	/** Pieces in one bundle. */
	quantity: number;
}

export type BundleSource = 'settings' | 'metafield' | 'shopify';

/** `unclear`: the line is a bundle, and nobody can tell what it is made of. */
export type Bundle = { kind: 'known'; source: BundleSource; components: BundleComponent[] } | { kind: 'unclear'; why: string };

/** What is known of one order line that may be a bundle. */
export interface BundleFacts {
	/** Value of the metafield that the settings name; null without one. */
	metafield: string | null;
	/** Shopify's own components; null when the variant needs none, or no longer exists. */
	native: BundleComponent[] | null;
	/** Whether there are more of Shopify's own components than were read. */
	isNativeIncomplete: boolean;
}

const pieces = z.number().int().positive().max(1000);
const sku = z.string().trim().min(1).max(255);
const variantGid = z.string().regex(/^gid:\/\/shopify\/ProductVariant\/\d{1,20}$/);
const tableSchema = z.record(sku, z.record(sku, pieces).refine((components) => Object.keys(components).length > 0, 'a bundle needs components'));
const metafieldSchema = z.union([
	z.record(sku, pieces).refine((components) => Object.keys(components).length > 0),
	z.array(variantGid).min(1),
	z.array(z.union([z.object({ sku, quantity: pieces.default(1) }).strict(), z.object({ variantId: variantGid, quantity: pieces.default(1) }).strict()])).min(1),
]);

/** The table of the settings cannot be used; the message names the place. */
export class InvalidBundleTable extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'InvalidBundleTable';
	}
}

/**
 * Reads the settings' table, such as `{"SET-1": {"CUP": 2, "PLATE": 1}}`.
 * @throws InvalidBundleTable
 */
export function parseBundleTable(value: unknown): BundleTable {
	const parsed = tableSchema.safeParse(value ?? {});
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new InvalidBundleTable(`${issue?.path.join(' > ') || 'the table'}: ${issue?.message ?? 'not a table'}`);
}

/**
 * What a metafield says of its variant: `{"SKU": pieces}`, a list of `{"sku" or "variantId", "quantity"}`, or a list of variant references,
 * in which a variant that is named twice counts twice.
 * @returns null when the value is none of these
 */
export function parseBundleMetafield(value: string): ComponentReference[] | null {
	let json: unknown;
	try {
		json = JSON.parse(value);
	} catch {
		return null;
	}
	const parsed = metafieldSchema.safeParse(json);
	if (!parsed.success) return null;
	if (!Array.isArray(parsed.data)) return fromRecord(parsed.data);
	return parsed.data.map((entry) => (typeof entry === 'string' ? { variantId: entry, quantity: 1 } : entry));
}

/** The components that the table or the metafield names for a line; null when neither says anything, `invalid` when the metafield is not readable. */
export function namedComponents(line: Pick<OrderLine, 'sku'>, table: BundleTable, metafield: string | null): { source: BundleSource; references: ComponentReference[] } | 'invalid' | null {
	const row = line.sku !== null && Object.hasOwn(table, line.sku) ? table[line.sku] : undefined;
	if (row !== undefined) return { source: 'settings', references: fromRecord(row) };
	if (metafield === null) return null;
	const references = parseBundleMetafield(metafield);
	return references === null ? 'invalid' : { source: 'metafield', references };
}

/**
 * What a line is made of.
 * @param variants every variant that the table or the metafield may mean
 * @returns null when the line is no bundle
 */
export function resolveBundle(line: Pick<OrderLine, 'sku' | 'title'>, facts: BundleFacts, table: BundleTable, variants: readonly StockVariant[]): Bundle | null {
	const named = namedComponents(line, table, facts.metafield);
	if (named === 'invalid') return { kind: 'unclear', why: `the metafield of ${line.title} does not name components` };
	if (named === null) {
		if (facts.native === null) return null;
		if (facts.isNativeIncomplete) return { kind: 'unclear', why: `${line.title} has more components than one decision can read` };
		if (facts.native.length === 0) return { kind: 'unclear', why: `Shopify names no components of ${line.title}` };
		return asBundle(line, 'shopify', facts.native);
	}
	const components: BundleComponent[] = [];
	for (const reference of named.references) {
		const meant = variants.filter((variant) => ('sku' in reference ? variant.sku === reference.sku : variant.variantId === reference.variantId));
		const [variant] = meant;
		const name = 'sku' in reference ? `the SKU ${reference.sku}` : reference.variantId;
		if (variant === undefined) return { kind: 'unclear', why: `Shopify has no variant with ${name}, a component of ${line.title}` };
		if (meant.length > 1) return { kind: 'unclear', why: `${meant.length} variants have ${name}, a component of ${line.title}` };
		components.push({ ...variant, quantity: reference.quantity });
	}
	return asBundle(line, named.source, components);
}

function asBundle(line: Pick<OrderLine, 'title'>, source: BundleSource, components: readonly BundleComponent[]): Bundle {
	const nested = components.find((component) => component.requiresComponents);
	if (nested) return { kind: 'unclear', why: `${nested.title}, a component of ${line.title}, is a bundle itself` };
	const merged = new Map<string, BundleComponent>();
	for (const component of components) {
		const known = merged.get(component.inventoryItemId);
		merged.set(component.inventoryItemId, { ...component, quantity: component.quantity + (known?.quantity ?? 0) });
	}
	const sorted = [...merged.values()].sort((left, right) => (left.inventoryItemId < right.inventoryItemId ? -1 : 1));
	return { kind: 'known', source, components: sorted };
}

function fromRecord(row: Record<string, number>): ComponentReference[] {
	return Object.entries(row).map(([name, quantity]) => ({ sku: name, quantity }));
}

/** What some pieces of a line are worth after all discounts, without tax, in the currency the customer paid in. */
export function worthOf(line: Pick<OrderLine, 'originalUnitPrice' | 'discountAllocations' | 'quantity'>, count: number): Money {
	const { currency, minor } = line.originalUnitPrice.presentment;
	const full: Money = { minor: minor * line.quantity, currency };
	const discounts = sum(line.discountAllocations.map((allocation) => allocation.presentment), currency);
	return share(subtract(full, discounts), count, line.quantity);
}

/**
 * Splits the worth of bundles over their components by list price, or by pieces where no component has a price.
 * The shares add up to the amount exactly.
 */
export function componentShares(amount: Money, components: ReadonlyArray<Pick<BundleComponent, 'price' | 'quantity'>>): Money[] {
	const byPrice = components.map(({ price, quantity }) => price * quantity);
	return allocate(amount, byPrice.some((weight) => weight > 0) ? byPrice : components.map(({ quantity }) => quantity));
}
