/**
 * The one door to Shopify's client library. It is bundled into the nodes at build time, so that the
 * published package has no run-time dependencies; code under nodes/ imports it from here.
 */
export { createAdminApiClient } from '@shopify/admin-api-client';
