/** Products, variants, locations and customers, made when a test or an order needs them. */

import { ensureLevel } from './inventory';
import type { Customer, InventoryItem, Location, Product, Variant } from './model';
import { mustHave, type ShopStore } from './store';

export interface NewVariant {
	id?: number;
	productId?: number;
	inventoryItemId?: number;
	title: string;
	sku: string | null;
	/** Minor units of the shop's currency. */
	price: number;
	tracked: boolean;
	/** Pieces available at the first location. */
	available: number;
	components?: Array<{ variantId: number; quantity: number }>;
}

/** A product with one variant; or one more variant of a product that exists. */
export function addVariant(store: ShopStore, wanted: NewVariant): Variant {
	const product = store.products.get(wanted.productId ?? -1) ?? addProduct(store, wanted.title, wanted.productId);
	const id = store.id('ProductVariant', wanted.id);
	const item: InventoryItem = {
		__typename: 'InventoryItem',
		id: store.id('InventoryItem', wanted.inventoryItemId),
		variantId: id,
		tracked: wanted.tracked,
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.inventoryItems.set(item.id, item);
	const variant: Variant = {
		__typename: 'ProductVariant',
		id,
		productId: product.id,
		title: 'Default Title',
		sku: wanted.sku,
		price: wanted.price,
		inventoryItemId: item.id,
		components: wanted.components ?? [],
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.variants.set(id, variant);
	if (variant.sku !== null && !store.variantsBySku.has(variant.sku)) store.variantsBySku.set(variant.sku, id);
	product.variantIds.push(id);
	const level = ensureLevel(store, item.id, firstLocation(store).id);
	level.quantities.available = wanted.available;
	level.quantities.on_hand = wanted.available;
	return variant;
}

function addProduct(store: ShopStore, title: string, wantedId: number | undefined): Product {
	const id = store.id('Product', wantedId);
	const product: Product = {
		__typename: 'Product',
		id,
		title,
		handle: title
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-|-$/g, ''),
		tags: [],
		variantIds: [],
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.products.set(id, product);
	return product;
}

export function addLocation(store: ShopStore, name: string, isActive: boolean, wantedId?: number): Location {
	const id = store.id('Location', wantedId);
	const location: Location = { __typename: 'Location', id, name, isActive, createdAt: store.now(), updatedAt: store.now() };
	store.locations.set(id, location);
	return location;
}

/** The shop's main location. */
export function firstLocation(store: ShopStore): Location {
	const first = [...store.locations.values()].find(({ isActive }) => isActive);
	if (!first) throw new Error('The simulated shop has no active location');
	return first;
}

/** The customer with this id or address, made when there is none yet. */
export function ensureCustomer(store: ShopStore, wanted: { id?: number; email?: string; firstName?: string; lastName?: string }): Customer {
	const known = store.customers.get(wanted.id ?? store.customersByEmail.get(wanted.email ?? '') ?? 0);
	if (known) return known;
	const id = store.id('Customer', wanted.id);
	const customer: Customer = {
		__typename: 'Customer',
		id,
		email: wanted.email ?? `customer-${id}@example.com`,
		firstName: wanted.firstName ?? 'Sam',
		lastName: wanted.lastName ?? `Example ${id % 1000}`,
		phone: null,
		note: null,
		tags: [],
		createdAt: store.now(),
		updatedAt: store.now(),
	};
	store.customers.set(id, customer);
	if (customer.email !== null && !store.customersByEmail.has(customer.email)) store.customersByEmail.set(customer.email, id);
	return customer;
}

export function variantBySku(store: ShopStore, sku: string): Variant | undefined {
	return store.variants.get(store.variantsBySku.get(sku) ?? 0);
}

export function itemOfVariant(store: ShopStore, variant: Variant): InventoryItem {
	return mustHave(store.inventoryItems, variant.inventoryItemId, 'inventory item');
}
