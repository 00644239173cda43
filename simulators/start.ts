/** Starts both simulators from the command line: `npm run simulators -- --returngo-port 4010 --shopify-port 4020 --seed 42 --seed-shop small`. */

import { parseArgs } from 'node:util';

import { startReturnGoSimulator } from './returngo';
import { Clock } from './shared/clock';
import { startShopifySimulator } from './shopify';
import { seedSmallShop } from './small-shop';

const USAGE = `Usage: npm run simulators -- [options]

  --returngo-port N    port of the ReturnGO simulator (default 4010, 0 takes a free one)
  --shopify-port N     port of the Shopify simulator (default 4020, 0 takes a free one)
  --seed N             the same seed gives the same ids and names (default 42)
  --seed-shop KIND     small: a shop that has lived for a month; none: empty (default small)
  --help               this text`;

interface Wishes {
	returnGoPort: number;
	shopifyPort: number;
	seed: number;
	seedShop: 'small' | 'none';
}

async function main(): Promise<void> {
	const wishes = readWishes();
	if (!wishes) {
		process.stdout.write(`${USAGE}\n`);
		return;
	}
	// One clock: an hour that passes in one service passes in the other.
	const clock = new Clock();
	const shopify = await startShopifySimulator({ port: wishes.shopifyPort, seed: wishes.seed, clock });
	const returnGo = await startReturnGoSimulator({ port: wishes.returnGoPort, seed: wishes.seed, clock, shopifyUrl: shopify.url }).catch(async (error: unknown) => {
		await shopify.close();
		throw error;
	});
	const end = async () => {
		await returnGo.close();
		await shopify.close();
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());

	const say = (line: string) => process.stdout.write(`${line}\n`);
	say(`ReturnGO simulator  ${returnGo.url}   API key ${returnGo.apiKey}, shop ${returnGo.shopDomain}`);
	say(`Shopify simulator   ${shopify.url}   Admin API token shpat_sim_full`);
	if (wishes.seedShop === 'small') {
		const { flagship, orders, rmas } = await seedSmallShop({ shopifyUrl: shopify.url, returnGoUrl: returnGo.url, seed: wishes.seed }).catch(async (error: unknown) => {
			await end();
			throw error;
		});
		say(`Small shop: ${orders.length} orders, ${rmas.length} return requests.`);
		say(`Ready to be received and inspected: RMA${flagship.rmaId} of order ${flagship.orderName} (order id ${flagship.orderId}, units ${flagship.returnedItemIds.join(', ')}).`);
	}
	say('Open either address in a browser to see its state. Ctrl+C ends both.');
}

/** `undefined` when only the usage is wanted. */
function readWishes(): Wishes | undefined {
	const { values } = parseArgs({
		options: {
			'returngo-port': { type: 'string', default: '4010' },
			'shopify-port': { type: 'string', default: '4020' },
			seed: { type: 'string', default: '42' },
			'seed-shop': { type: 'string', default: 'small' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const seedShop = values['seed-shop'];
	if (seedShop !== 'small' && seedShop !== 'none') throw new Error('--seed-shop must be small or none');
	return {
		returnGoPort: wholeNumber('--returngo-port', values['returngo-port'], 65_535),
		shopifyPort: wholeNumber('--shopify-port', values['shopify-port'], 65_535),
		seed: wholeNumber('--seed', values.seed, 0xffff_ffff),
		seedShop,
	};
}

function wholeNumber(name: string, text: string, largest: number): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value > largest) throw new Error(`${name} must be a whole number up to ${largest}`);
	return value;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
