/** Products, variants, stock, locations: reading them, and the inventory mutations. */

import { fieldsOf, type Resolvers } from '../context';
import { gid, idOf } from '../gid';
import { findLevel, levelFromGid, QUANTITY_NAMES } from '../inventory';
import { activate, adjustQuantities, moveQuantities, setQuantities, type AdjustInput, type MoveInput, type SetInput } from '../inventory-mutations';
import { formatFixed } from '../money';
import type { InventoryAdjustmentGroup, InventoryItem, InventoryLevel, Location, Product, QuantityName, Variant } from '../model';
import { matchesId, sameText, search, searchBySku } from '../search';
import { mustHave, type ShopStore } from '../store';
import { answering } from '../user-errors';
import { metafieldFields } from './metafields';

function variantOf(store: ShopStore, item: InventoryItem): Variant {
	return mustHave(store.variants, item.variantId, 'variant');
}

function levelsOf(store: ShopStore, test: (level: InventoryLevel) => boolean, includeInactive: unknown): InventoryLevel[] {
	return [...store.inventoryLevels.values()].filter((level) => test(level) && (level.isActive || includeInactive === true));
}

function inventoryQuantity(store: ShopStore, variant: Variant): number {
	return levelsOf(store, ({ inventoryItemId }) => inventoryItemId === variant.inventoryItemId, false).reduce((sum, { quantities }) => sum + quantities.available, 0);
}

function locationsOf(store: ShopStore, includeInactive: unknown): Location[] {
	return [...store.locations.values()].filter(({ isActive }) => isActive || includeInactive === true);
}

export const catalogResolvers: Resolvers = {
	Product: fieldsOf<Product>({
		...metafieldFields,
		legacyResourceId: ({ id }) => String(id),
		status: () => 'ACTIVE',
		vendor: () => 'Simulated',
		productType: () => '',
		isGiftCard: () => false,
		variants: ({ variantIds }, _args, { store }) => variantIds.map((id) => store.variants.get(id)),
		variantsCount: ({ variantIds }) => ({ count: variantIds.length, precision: 'EXACT' }),
		totalInventory: ({ variantIds }, _args, { store }) => variantIds.reduce((sum, id) => sum + inventoryQuantity(store, mustHave(store.variants, id, 'variant')), 0),
	}),
	ProductVariant: fieldsOf<Variant>({
		...metafieldFields,
		legacyResourceId: ({ id }) => String(id),
		displayName: ({ productId, title }, _args, { store }) => `${store.products.get(productId)?.title ?? ''} - ${title}`,
		product: ({ productId }, _args, { store }) => store.products.get(productId),
		price: ({ price }, _args, { store }) => formatFixed(price, store.settings.currency),
		barcode: () => null,
		position: () => 1,
		inventoryItem: ({ inventoryItemId }, _args, { store }) => store.inventoryItems.get(inventoryItemId),
		inventoryQuantity: (variant, _args, { store }) => inventoryQuantity(store, variant),
		inventoryPolicy: () => 'DENY',
		requiresComponents: ({ components }) => components.length > 0,
		productVariantComponents: ({ id, components }, _args, { store }) =>
			components.map(({ variantId, quantity }, index) => ({ __typename: 'ProductVariantComponent', id: gid('ProductVariantComponent', id * 100 + index), productVariant: store.variants.get(variantId), quantity })),
		productParents: ({ id }, _args, { store }) =>
			[...store.variants.values()].filter(({ components }) => components.some(({ variantId }) => variantId === id)).map(({ productId }) => store.products.get(productId)),
	}),
	InventoryItem: fieldsOf<InventoryItem>({
		legacyResourceId: ({ id }) => String(id),
		sku: (item, _args, { store }) => variantOf(store, item).sku,
		requiresShipping: () => true,
		unitCost: () => null,
		duplicateSkuCount: (item, _args, { store }) => {
			const { sku } = variantOf(store, item);
			return sku === null ? 0 : [...store.variants.values()].filter((variant) => variant.sku === sku).length - 1;
		},
		variant: (item, _args, { store }) => variantOf(store, item),
		variants: (item, _args, { store }) => [variantOf(store, item)],
		inventoryLevel: (item, { locationId, includeInactive }, { store }) => {
			const level = findLevel(store, item.id, idOf(String(locationId), 'Location'));
			return level && (level.isActive || includeInactive === true) ? level : null;
		},
		inventoryLevels: (item, { includeInactive }, { store }) => levelsOf(store, ({ inventoryItemId }) => inventoryItemId === item.id, includeInactive),
		locationsCount: (item, _args, { store }) => ({ count: levelsOf(store, ({ inventoryItemId }) => inventoryItemId === item.id, false).length, precision: 'EXACT' }),
	}),
	InventoryLevel: fieldsOf<InventoryLevel>({
		id: ({ inventoryItemId, locationId }) => `${gid('InventoryLevel', locationId)}?inventory_item_id=${inventoryItemId}`,
		item: ({ inventoryItemId }, _args, { store }) => store.inventoryItems.get(inventoryItemId),
		location: ({ locationId }, _args, { store }) => store.locations.get(locationId),
		canDeactivate: ({ quantities }) => quantities.committed === 0 && quantities.incoming === 0,
		deactivationAlert: () => null,
		quantities: ({ quantities, inventoryItemId, locationId, updatedAt }, { names }) =>
			(names as readonly string[])
				.filter((name): name is QuantityName => (QUANTITY_NAMES as readonly string[]).includes(name))
				.map((name) => ({ id: `${gid('InventoryQuantity', locationId)}?inventory_item_id=${inventoryItemId}&name=${name}`, name, quantity: quantities[name], updatedAt })),
	}),
	InventoryAdjustmentGroup: fieldsOf<InventoryAdjustmentGroup>({
		app: ({ appId }, _args, { store }) => (appId === null ? null : store.apps.get(appId)),
		staffMember: () => null,
		changes: ({ changes }, { inventoryItemIds, locationIds, quantityNames }, { store }) =>
			changes
				.filter(
					({ inventoryItemId, locationId, name }) =>
						(!Array.isArray(inventoryItemIds) || inventoryItemIds.includes(gid('InventoryItem', inventoryItemId))) &&
						(!Array.isArray(locationIds) || locationIds.includes(gid('Location', locationId))) &&
						(!Array.isArray(quantityNames) || quantityNames.includes(name)),
				)
				.map((change) => ({ ...change, item: store.inventoryItems.get(change.inventoryItemId), location: store.locations.get(change.locationId) })),
	}),
	Location: fieldsOf<Location>({
		...metafieldFields,
		legacyResourceId: ({ id }) => String(id),
		activatable: ({ isActive }) => !isActive,
		deactivatable: ({ isActive }) => isActive,
		deletable: () => false,
		fulfillsOnlineOrders: ({ isActive }) => isActive,
		shipsInventory: ({ isActive }) => isActive,
		isFulfillmentService: () => false,
		hasActiveInventory: ({ id }, _args, { store }) => levelsOf(store, ({ locationId }) => locationId === id, false).length > 0,
		address: () => ({ address1: null, city: null, country: null, countryCode: null, zip: null, formatted: [] }),
		inventoryLevel: ({ id }, { inventoryItemId, includeInactive }, { store }) => {
			const level = findLevel(store, idOf(String(inventoryItemId), 'InventoryItem'), id);
			return level && (level.isActive || includeInactive === true) ? level : null;
		},
		inventoryLevels: ({ id }, { includeInactive }, { store }) => levelsOf(store, ({ locationId }) => locationId === id, includeInactive),
	}),
	QueryRoot: fieldsOf({
		product: (_source, { id }, { store }) => store.products.get(idOf(String(id), 'Product')) ?? null,
		products: (_source, { query }, { store }) =>
			search<Product>(
				[...store.products.values()],
				query as string | null,
				{ id: (product, value, operator) => matchesId(product.id, value, operator), title: (product, value) => sameText(product.title, value), tag: (product, value) => product.tags.some((tag) => sameText(tag, value)) },
				(product, value) => sameText(product.title, value),
			),
		productVariant: (_source, { id }, { store }) => store.variants.get(idOf(String(id), 'ProductVariant')) ?? null,
		productVariants: (_source, { query }, { store }) =>
			searchBySku<Variant>([...store.variants.values()], query as string | null, ({ sku }) => sku, {
				product_id: ({ productId }, value, operator) => matchesId(productId, value, operator),
			}),
		productVariantByIdentifier: (_source, { identifier }, { store }) => {
			const { id } = identifier as { id?: string };
			return id === undefined ? null : (store.variants.get(idOf(id, 'ProductVariant')) ?? null);
		},
		inventoryItem: (_source, { id }, { store }) => store.inventoryItems.get(idOf(String(id), 'InventoryItem')) ?? null,
		inventoryItems: (_source, { query }, { store }) => searchBySku<InventoryItem>([...store.inventoryItems.values()], query as string | null, (item) => variantOf(store, item).sku),
		inventoryLevel: (_source, { id }, { store }) => levelFromGid(store, String(id)) ?? null,
		inventoryProperties: () => ({
			quantityNames: QUANTITY_NAMES.map((name) => ({
				name,
				displayName: name.replace('_', ' ').replace(/^./, (letter) => letter.toUpperCase()),
				isInUse: true,
				belongsTo: name === 'on_hand' || name === 'incoming' ? [] : ['on_hand'],
				comprises: name === 'on_hand' ? QUANTITY_NAMES.filter((other) => other !== 'on_hand' && other !== 'incoming') : [],
			})),
		}),
		location: (_source, { id }, { store }) => (typeof id === 'string' ? (store.locations.get(idOf(id, 'Location')) ?? null) : (locationsOf(store, false)[0] ?? null)),
		locations: (_source, { includeInactive, query }, { store }) =>
			search<Location>(
				locationsOf(store, includeInactive).sort((a, b) => a.name.localeCompare(b.name, 'en')),
				query as string | null,
				{ id: (location, value, operator) => matchesId(location.id, value, operator), name: (location, value) => sameText(location.name, value), active: (location, value) => String(location.isActive) === value },
				(location, value) => sameText(location.name, value),
			),
		locationsCount: (_source, _args, { store }) => ({ count: locationsOf(store, false).length, precision: 'EXACT' }),
	}),
	Mutation: fieldsOf({
		inventoryAdjustQuantities: (_source, { input }, { store, app }) => answering(() => ({ inventoryAdjustmentGroup: adjustQuantities(store, app, input as AdjustInput) })),
		inventorySetQuantities: (_source, { input }, { store, app }) => answering(() => ({ inventoryAdjustmentGroup: setQuantities(store, app, input as SetInput) })),
		inventoryMoveQuantities: (_source, { input }, { store, app }) => answering(() => ({ inventoryAdjustmentGroup: moveQuantities(store, app, input as MoveInput) })),
		inventoryActivate: (_source, args, { store }) => answering(() => ({ inventoryLevel: activate(store, args as unknown as Parameters<typeof activate>[1]) })),
	}),
};
