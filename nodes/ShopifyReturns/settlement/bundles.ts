/** Reads what the bundles among the returned lines are made of. No request when none of them can be a bundle. */
import { namedComponents, resolveBundle, type BundleComponent, type BundleFacts, type ComponentReference, type StockVariant } from '../../../returns/bundles';
import { decimalsOf } from '../../../returns/money';
import type { OrderLine, OrderSnapshot } from '../../../returns/order';
import type { SettlementSettings } from '../../../returns/settings';
import type { ShopifyClient } from '../api/client';
import { readPages } from '../api/reads';
import { BundleComponentsDocument, BundleParentsDocument, type BundleParentsQuery, type StockVariantFragment } from '../api/generated';

/** Variants whose components fit under Shopify's limit of 1,000 points for one query. */
const PARENTS_PER_QUERY = 8;
const SKUS_PER_QUERY = 40;

const NOTHING: BundleFacts = { metafield: null, native: null, isNativeIncomplete: false };

/**
 * Up to two requests: the bundles' own components and metafields, and the variants that a table or a metafield names.
 * @throws ShopifyRequestError
 */
export async function readBundles(client: ShopifyClient, order: OrderSnapshot, settings: SettlementSettings): Promise<OrderSnapshot['bundles']> {
	const lines = order.lines.filter((line) => !line.isBundleComponent && isCandidate(line, settings));
	if (lines.length === 0) return undefined;
	const facts = await readParents(client, lines, settings, order.shopCurrency);
	const named = lines.flatMap((line) => {
		const components = namedComponents(line, settings.bundleTable, factsOf(facts, line).metafield);
		return components === null || components === 'invalid' ? [] : components.references;
	});
	const variants = await readVariants(client, named, order.shopCurrency);
	const bundles = lines.flatMap((line) => {
		const bundle = resolveBundle(line, factsOf(facts, line), settings.bundleTable, variants);
		return bundle === null ? [] : [[line.id, bundle] as const];
	});
	return Object.fromEntries(bundles);
}

function isCandidate(line: OrderLine, settings: SettlementSettings): boolean {
	return line.requiresComponents === true || settings.bundleMetafield !== null || (line.sku !== null && Object.hasOwn(settings.bundleTable, line.sku));
}

function factsOf(facts: ReadonlyMap<string, BundleFacts>, line: OrderLine): BundleFacts {
	return (line.variantId === null ? undefined : facts.get(line.variantId)) ?? NOTHING;
}

/** What Shopify and the metafield say; a line that the table explains needs neither. */
async function readParents(client: ShopifyClient, lines: readonly OrderLine[], settings: SettlementSettings, currency: string): Promise<Map<string, BundleFacts>> {
	const unexplained = lines.filter((line) => line.sku === null || !Object.hasOwn(settings.bundleTable, line.sku));
	const variantIds = [...new Set(unexplained.flatMap((line) => line.variantId ?? []))];
	const metafield = settings.bundleMetafield;
	const facts = new Map<string, BundleFacts>();
	for (let start = 0; start < variantIds.length; start += PARENTS_PER_QUERY) {
		const variables = { variantIds: variantIds.slice(start, start + PARENTS_PER_QUERY), hasMetafield: metafield !== null, namespace: metafield?.namespace ?? '', key: metafield?.key ?? '' };
		const { nodes } = await client.request(BundleParentsDocument, variables, 'read');
		for (const node of nodes.filter(isParent)) facts.set(node.id, toFacts(node, currency));
	}
	return facts;
}

type Parent = Extract<NonNullable<BundleParentsQuery['nodes'][number]>, { productVariantComponents: unknown }>;

function isParent(node: BundleParentsQuery['nodes'][number]): node is Parent {
	return node !== null && 'productVariantComponents' in node;
}

function toFacts(node: Parent, currency: string): BundleFacts {
	const components: BundleComponent[] = node.productVariantComponents.nodes.map(({ productVariant, quantity }) => ({ ...toStockVariant(productVariant, currency), quantity }));
	return { metafield: node.metafield?.value ?? null, native: node.requiresComponents ? components : null, isNativeIncomplete: node.productVariantComponents.pageInfo.hasNextPage };
}

async function readVariants(client: ShopifyClient, references: readonly ComponentReference[], currency: string): Promise<StockVariant[]> {
	const variantIds = [...new Set(references.flatMap((reference) => ('variantId' in reference ? [reference.variantId] : [])))];
	const skus = [...new Set(references.flatMap((reference) => ('sku' in reference ? [reference.sku] : [])))];
	const known = new Map<string, StockVariant>();
	for (let start = 0; start === 0 ? references.length > 0 : start < Math.max(variantIds.length, skus.length); start += SKUS_PER_QUERY) {
		const wanted = skus.slice(start, start + SKUS_PER_QUERY);
		const variables = { variantIds: variantIds.slice(start, start + SKUS_PER_QUERY), hasSkus: wanted.length > 0, search: wanted.map((sku) => `sku:${quoted(sku)}`).join(' OR ') };
		const answer = await client.request(BundleComponentsDocument, variables, 'read');
		const page = async (after: string) => (await client.request(BundleComponentsDocument, { ...variables, variantIds: [], after }, 'read')).productVariants ?? null;
		const found = answer.productVariants ? await readPages(answer.productVariants, page) : [];
		const variants = [...answer.nodes.filter(isVariant), ...found];
		// A search may answer more than was asked for; what counts is the exact SKU, compared by resolveBundle.
		for (const variant of variants) known.set(variant.id, toStockVariant(variant, currency));
	}
	return [...known.values()];
}

function isVariant(node: object | null): node is StockVariantFragment {
	return node !== null && 'inventoryItem' in node;
}

/** A term of Shopify's search in quotes; whatever a SKU contains stays inside them. */
function quoted(sku: string): string {
	return `"${sku.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function toStockVariant(variant: StockVariantFragment, currency: string): StockVariant {
	return {
		variantId: variant.id,
		inventoryItemId: variant.inventoryItem.id,
		sku: variant.sku ?? null,
		title: variant.displayName,
		tracked: variant.inventoryItem.tracked,
		requiresComponents: variant.requiresComponents,
		// A weight, never paid out: a price with more decimals than its currency has is rounded.
		price: Math.max(0, Math.round(Number(variant.price) * 10 ** decimalsOf(currency))),
	};
}
