/** Both simulators, and what the shop's owner can do in them. */
import { SimulatorControl } from '../../scripts/host/simulatorControl';
import { startReturnGoSimulator, type ReturnGoSimulator } from '../../simulators/returngo';
import { startShopifySimulator, type ShopifySimulator } from '../../simulators/shopify';
import { Shop } from '../support/shop';
import type { AccessControl } from './faults';
import type { ReadRmaJob } from './messages';

/** Looking at hundreds of orders at once must not run into the limit that one app of one shop has. */
const PLENTY = { bucketSize: 1_000_000, restoreRate: 100_000 };

export interface InstalledApp extends AccessControl {
	clientId: string;
	clientSecret: string;
	token: string;
	/** Another token of the same app, for whoever competes. */
	rivalToken: string;
}

export class World {
	readonly shop: Shop;

	locationId = '';

	private constructor(
		private readonly shopify: ShopifySimulator,
		private readonly returnGo: ReturnGoSimulator,
	) {
		this.shop = new Shop(new SimulatorControl(shopify.url), new SimulatorControl(returnGo.url));
	}

	static async open(seed: number): Promise<World> {
		const shopify = await startShopifySimulator({ port: 0, seed, settings: PLENTY });
		const world = new World(shopify, await startReturnGoSimulator({ port: 0, seed, shopifyUrl: shopify.url, options: { dailyLimit: 0, perSecondLimit: 0 } }));
		world.locationId = await world.shop.firstLocation();
		return world;
	}

	get shopifyUrl(): string {
		return this.shopify.url;
	}

	get returnGoAccess(): ReadRmaJob['access'] {
		return { baseUrl: this.returnGo.url, apiKey: this.returnGo.apiKey, storeDomain: this.returnGo.shopDomain };
	}

	/** An app of its own for each case: its tokens, its scopes and its share of Shopify's budget. */
	async installApp(clientId: string): Promise<InstalledApp> {
		const { store } = this.shopify;
		const app = { clientId, clientSecret: `${clientId}-secret`, title: clientId };
		const token = `shpat_sim_${clientId}`;
		const rivalToken = `${token}-rival`;
		const install = async () => {
			await this.shop.shopify.post('/__sim/apps', { ...app, token });
			await this.shop.shopify.post('/__sim/apps', { ...app, token: rivalToken });
		};
		const tokens = () => [...store.tokens.values()].filter(({ appId }) => store.apps.get(appId)?.clientId === clientId);
		await install();
		return {
			...app,
			token,
			rivalToken,
			expireTokens: () => {
				for (const known of tokens()) store.tokens.set(known.token, { ...known, expiresAt: new Date(store.clock.now().getTime() - 1).toISOString() });
			},
			uninstall: async () => {
				for (const known of tokens()) store.tokens.delete(known.token);
				await this.shop.shopify.post('/__sim/apps', { ...app, clientSecret: 'nobody knows' });
			},
			takeScopes: async () => void (await this.shop.shopify.post('/__sim/apps', { ...app, scopes: [] })),
			restore: install,
		};
	}

	async close(): Promise<void> {
		await this.returnGo.close();
		await this.shopify.close();
	}
}
