/** A process of its own for the simulated shop: the two sides then share nothing but the wire, and each has a core to itself. Ends with its input. */
import { startShopifySimulator } from '../../simulators/shopify';

async function main(): Promise<void> {
	// Thousands of orders in a minute are no test of the rate limit.
	const shop = await startShopifySimulator({ port: 0, seed: 11, settings: { bucketSize: 1_000_000_000, restoreRate: 1_000_000_000 } });
	process.stdin.resume();
	process.stdin.once('end', () => void shop.close().then(() => process.exit(0)));
	process.stdout.write(`${shop.url}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	process.exit(1);
});
