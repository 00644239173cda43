/** The clock that all workers of a store share. */
import type { ShopifyClient } from '../api/client';
import type { Surroundings } from './pipeline';

/** Leases are made and judged by Shopify's clock: to a worker whose own is minutes off, a fresh claim of another would look dead. Its own counts before the first answer. */
export function byShopifysClock(client: ShopifyClient, world: Surroundings): Surroundings {
	return { ...world, now: () => client.serverNow() ?? world.now() };
}
