/** Both simulators in this process, on one clock. */
import { startReturnGoSimulator } from '../../simulators/returngo';
import { Clock } from '../../simulators/shared/clock';
import { startShopifySimulator } from '../../simulators/shopify';
import { seedSmallShop, type SmallShop } from '../../simulators/small-shop';

export interface RunningSimulators {
	shopifyUrl: string;
	returnGoUrl: string;
	close(): Promise<void>;
}

/** Starts both, empty, on free ports. */
export async function startSimulators(seed: number): Promise<RunningSimulators> {
	const clock = new Clock();
	const shopify = await startShopifySimulator({ port: 0, seed, clock });
	try {
		const returnGo = await startReturnGoSimulator({ port: 0, seed, clock, shopifyUrl: shopify.url });
		return {
			shopifyUrl: shopify.url,
			returnGoUrl: returnGo.url,
			close: async () => {
				await returnGo.close();
				await shopify.close();
			},
		};
	} catch (error) {
		await shopify.close();
		throw error;
	}
}

/** Starts both with a shop that has lived for a month. */
export async function startSimulatorsWithSmallShop(seed: number): Promise<RunningSimulators & { shop: SmallShop }> {
	const simulators = await startSimulators(seed);
	try {
		return { ...simulators, shop: await seedSmallShop({ ...simulators, seed }) };
	} catch (error) {
		await simulators.close();
		throw error;
	}
}
