/** Ends what the set-up has started. */
import { endInstance } from './globalSetup';

export default async function globalTeardown(): Promise<void> {
	for (const instance of globalThis.returnGoShopifyE2e ?? []) await endInstance(instance);
}
