/**
 * A year of an invented shop, planted in both simulators: orders, return requests in every state, and faults of every kind that an audit
 * must find. Where nothing is planted, both services tell the same story. The same seed plants the same year.
 */

import { SeededRandom } from '../../simulators/shared/random';
import { beginningOf, FAULTS, type FaultKind } from './year/faults';
import { beginnings, bundleComesBack, SOUND, type Request } from './year/lives';
import { articles, BUNDLES, DAY, HOUR, inventOrders, type YearLine, type YearOrder } from './year/orders';
import { lookAt, play, post, type Act, type Step } from './year/steps';

export interface YearPlace {
	shopifyUrl: string;
	returnGoUrl: string;
	apiKey?: string;
	shop?: string;
}

export interface YearPlan {
	seed?: number;
	/** In Shopify, without the orders that exchanges bring. */
	orders?: number;
	/** In ReturnGO, the faulty ones among them. */
	rmas?: number;
	/** The moment at which the year ends and the clocks stand. */
	now?: string;
}

/** What an audit must find, and nothing else. */
export interface PlantedFault {
	code: string;
	variant?: string;
	/** Absent where nobody asked in the portal. */
	rmaId?: number;
	orderId: string;
	orderName: string;
}

export interface Year {
	now: string;
	orders: number;
	rmas: number;
	faults: PlantedFault[];
	/** What only the close of a month finds, by the month (UTC) in which the money moved. */
	monthFaults: PlantedFault[];
	/** Repairs the first fault of each kind, as far as one can be repaired. */
	repair(): Promise<{ repaired: PlantedFault[]; left: Array<PlantedFault & { because: string }> }>;
	/** RMAs by what became of them, of those without a fault. */
	sound: Record<string, number>;
	/** The shop's table of bundles, for the settings of whoever audits it. */
	bundles: typeof BUNDLES;
	/** Carriers' news that ReturnGO's interface does not show, as its webhooks told it: RMA ids of parcels that were delivered. */
	delivered: number[];
}

const FIRST_RMA = 1_200_001;

/**
 * Plants a year. Both simulators must be fresh and share one clock, which stands at the year's end afterwards.
 * @throws Error with the simulator's words when something cannot be planted
 */
export async function plantYear(place: YearPlace, plan: YearPlan = {}): Promise<Year> {
	const random = new SeededRandom(plan.seed ?? 2026);
	const now = Date.parse(plan.now ?? '2026-11-20T12:00:00Z');
	const orders = inventOrders(random, plan.orders ?? 5_000, now - 365 * DAY, now - HOUR);
	const free = new FreeOrders(orders, random);
	const faults = FAULTS.flatMap((kind) => Array.from({ length: kind.count }, (_, index) => plantFault(kind, free, now, index)));
	const soundCount = (plan.rmas ?? 900) - faults.filter(({ kind }) => kind.hasRma).length;
	const lives = soundLives(soundCount, free, now, random);
	const asked = [...faults.filter(({ kind }) => kind.hasRma).map(({ request }) => request), ...lives.map(({ request }) => request)].sort((a, b) => a.asked - b.asked);
	// As in ReturnGO, later requests have higher numbers.
	for (const [index, request] of asked.entries()) request.rmaId = FIRST_RMA + index;

	const urls = { shopify: place.shopifyUrl, returnGo: place.returnGoUrl };
	await prepare(urls, now);
	await placeOrders(place.shopifyUrl, orders);
	const steps: Step[] = [...lives.flatMap(({ steps: make, request }) => make(request)), ...faults.flatMap(({ kind, request }) => kind.steps(request))];
	const access = { key: place.apiKey ?? 'rg_sim_key', shop: place.shop ?? 'sim-shop.myshopify.com' };
	await play(steps.filter(({ at }) => at <= now), urls, access);
	await post(`${urls.shopify}/__sim/clock`, { set: new Date(now).toISOString() });
	return {
		now: new Date(now).toISOString(),
		orders: orders.length,
		rmas: asked.length,
		faults: faults.filter(({ kind }) => kind.foundBy === undefined).map(asPlanted),
		monthFaults: faults.filter(({ kind }) => kind.foundBy === 'month').map(asPlanted),
		repair: async () => {
			const answer: Awaited<ReturnType<Year['repair']>> = { repaired: [], left: [] };
			const look = lookAt(urls, access);
			for (const kind of FAULTS) {
				const planted = faults.find((fault) => fault.kind === kind);
				if (planted === undefined || kind.foundBy === 'month') continue;
				const { repair } = kind;
				if (typeof repair === 'string') {
					answer.left.push({ ...asPlanted(planted), because: repair });
					continue;
				}
				const acts = repair(planted.request);
				for (const act of typeof acts === 'function' ? await acts(look) : acts) await look.send(act);
				answer.repaired.push(asPlanted(planted));
			}
			return answer;
		},
		sound: lives.reduce<Record<string, number>>((counts, { name }) => ({ ...counts, [name]: (counts[name] ?? 0) + 1 }), {}),
		bundles: BUNDLES,
		delivered: faults.filter(({ kind }) => kind.code === 'deliveredNotReceived').map(({ request }) => request.rmaId),
	};
}

function asPlanted({ kind, request }: Planted): PlantedFault {
	return { code: kind.code, ...(kind.variant === undefined ? {} : { variant: kind.variant }), ...(kind.hasRma ? { rmaId: request.rmaId } : {}), orderId: String(request.order.id), orderName: kind.variant === 'names no order' ? '' : request.order.name };
}

interface Planted {
	kind: FaultKind;
	request: Request;
}

function plantFault(kind: FaultKind, free: FreeOrders, now: number, index: number): Planted {
	const asked = beginningOf(kind, now, index);
	const { order, line } = free.take(asked, kind.fits ?? ((_order, one) => !one.sku.startsWith('KIT')));
	Object.assign(order.request, kind.order);
	return { kind, request: { rmaId: 0, order, line, quantity: 1, asked } };
}

interface Life {
	name: string;
	request: Request;
	steps: (request: Request) => Step[];
}

/** Lives in the proportions of their weights; bundles come back as bundles. */
function soundLives(count: number, free: FreeOrders, now: number, random: SeededRandom): Life[] {
	const weights = SOUND.reduce((sum, { weight }) => sum + weight, 0);
	const kinds = SOUND.flatMap((kind) => Array.from({ length: Math.floor((count * kind.weight) / weights) }, () => kind));
	const [commonest] = SOUND;
	while (commonest && kinds.length < count) kinds.push(commonest);
	return kinds.map((kind) => {
		const { from, until } = beginnings(now, kind.days);
		const asked = Math.floor((from + random.next() * (until - from)) / 1_000) * 1_000;
		const isBundle = kind === commonest && random.next() < 0.15;
		const { order, line } = free.take(asked, (_order, one) => one.sku.startsWith('KIT') === isBundle);
		return {
			name: isBundle ? 'bundle restocked by component' : kind.name,
			// Each piece of an exchange has a draft of its own, and a life releases one.
			request: { rmaId: 0, order, line, quantity: kind.name === 'exchange released' ? 1 : random.int(1, line.quantity), asked },
			steps: isBundle ? bundleComesBack : kind.steps,
		};
	});
}

/** Orders nobody has sent anything back of yet. */
class FreeOrders {
	private readonly taken = new Set<YearOrder>();

	constructor(
		private readonly orders: readonly YearOrder[],
		private readonly random: SeededRandom,
	) {}

	/** An order of three to twenty-five days before, with a line that fits. */
	take(asked: number, fits: (order: YearOrder, line: YearLine) => boolean): { order: YearOrder; line: YearLine } {
		for (const { oldest, newest } of [{ oldest: 25, newest: 3 }, { oldest: 90, newest: 3 }]) {
			const candidates = this.orders.flatMap((order) => {
				if (this.taken.has(order) || order.createdAt < asked - oldest * DAY || order.createdAt > asked - newest * DAY) return [];
				const line = order.lines.find((one) => fits(order, one));
				return line ? [{ order, line }] : [];
			});
			if (candidates.length === 0) continue;
			const chosen = this.random.pick(candidates);
			this.taken.add(chosen.order);
			return chosen;
		}
		throw new Error(`No order is left for a request of ${new Date(asked).toISOString()}`);
	}
}

async function prepare(urls: Readonly<Record<Act['on'], string>>, now: number): Promise<void> {
	await post(`${urls.shopify}/__sim/clock`, { freeze: true, set: new Date(now - 366 * DAY).toISOString() });
	const clock = (await (await fetch(`${urls.returnGo}/__sim/clock`)).json()) as { now: string };
	if (Date.parse(clock.now) !== now - 366 * DAY) throw new Error('The simulators have to share one clock');
	await post(`${urls.returnGo}/__sim/options`, { refundMutation: 'returnProcess' }, 'PATCH');
	await post(`${urls.shopify}/__sim/batch`, { answers: 'refused', requests: articles().map((body) => ({ path: '/__sim/products', body })) });
}

async function placeOrders(shopifyUrl: string, orders: readonly YearOrder[]): Promise<void> {
	const size = 1_000;
	for (let from = 0; from < orders.length; from += size) {
		const requests = orders.slice(from, from + size).map(({ request }) => ({ path: '/__sim/orders', body: request }));
		const refused = await post(`${shopifyUrl}/__sim/batch`, { answers: 'refused', requests });
		if (Array.isArray(refused) && refused.length > 0) throw new Error(`Orders were refused: ${JSON.stringify(refused[0])}`);
	}
}
