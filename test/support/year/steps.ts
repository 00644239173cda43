/** Steps of a shop's history and how they are played: in the order of their moments, through the control interface of both simulators. */

export type Service = 'shopify' | 'returnGo';

/** One control request. */
export interface Act {
	on: Service;
	path: string;
	method?: 'POST' | 'PATCH';
	body?: object;
}

/** What happens at one moment; nothing of another step comes between its acts. */
export interface Step {
	/** Milliseconds since 1970. */
	at: number;
	acts: readonly Act[] | ((look: Look) => Promise<readonly Act[]>);
}

/** What a step may have to look up, because only the simulators know it. */
export interface Look {
	/** ReturnGO's id of the request's latest transaction. */
	transactionId(rmaId: number): Promise<number>;
	unitIds(rmaId: number): Promise<string[]>;
	shipmentId(rmaId: number): Promise<string>;
	/** Shopify's id of the latest transaction of an order's money going back. */
	refundTransactionId(orderId: number): Promise<number>;
	/** Puts what a workflow of ours would have recorded on an order. */
	record(orderId: number, value: object): Promise<void>;
	/** The payout that holds an order's money going back. */
	payoutOf(orderId: number): Promise<number>;
	send(act: Act): Promise<Record<string, unknown>>;
	/** A call of ReturnGO's public interface. */
	returnGoApi(method: string, path: string, body: object): Promise<void>;
}

const LARGEST_BATCH = 400;
const MOST_WAITS = 20;
const WAIT_MS = 250;

interface Waiting extends Act {
	at: string;
}

/**
 * Plays all steps on two simulators that share one clock.
 * @throws Error with the simulator's words when it refuses an act
 */
export async function play(steps: readonly Step[], urls: Readonly<Record<Service, string>>, access: { key: string; shop: string }): Promise<void> {
	let waiting: Waiting[] = [];
	const flush = async () => {
		const batch = waiting;
		waiting = [];
		const [first] = batch;
		if (first) await sendBatch(urls[first.on], batch);
	};
	const look = lookAt(urls, access);
	for (const { at, acts } of [...steps].sort((a, b) => a.at - b.at)) {
		const moment = new Date(at).toISOString();
		if (typeof acts === 'function') {
			await flush();
			await post(`${urls.returnGo}/__sim/clock`, { set: moment });
		}
		for (const act of typeof acts === 'function' ? await acts(look) : acts) {
			if (waiting.length >= LARGEST_BATCH || (waiting[0] && waiting[0].on !== act.on)) await flush();
			waiting.push({ ...act, at: moment });
		}
	}
	await flush();
}

export async function post(url: string, body: object, method = 'POST'): Promise<Record<string, unknown>> {
	const response = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 500)}`);
	return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function sendBatch(url: string, batch: readonly Waiting[]): Promise<void> {
	const requests = batch.map(({ path, method, body, at }) => ({ path, method, body: body ?? {}, at }));
	const refused = (await post(`${url}/__sim/batch`, { requests, answers: 'refused' })) as unknown as Array<{ index: number; status: number; body: unknown }>;
	const [first] = refused;
	if (first) throw new Error(`${JSON.stringify(batch[first.index])}: ${first.status} ${JSON.stringify(first.body)}`);
}

/** Everything a step can look up or do, in the present. */
export function lookAt(urls: Readonly<Record<Service, string>>, { key, shop }: { key: string; shop: string }): Look {
	const read = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
	const rma = (rmaId: number) =>
		read<{ transactions: Array<{ id: number }>; details: { items: Array<{ returnedItemId: string }>; shipments: Array<{ shipmentId: string }> } }>(`${urls.returnGo}/__sim/rmas/${rmaId}`);
	return {
		transactionId: async (rmaId) => known((await rma(rmaId)).transactions.at(-1)?.id, `RMA${rmaId} has no transaction`),
		unitIds: async (rmaId) => (await rma(rmaId)).details.items.map(({ returnedItemId }) => returnedItemId),
		shipmentId: async (rmaId) => known((await rma(rmaId)).details.shipments[0]?.shipmentId, `RMA${rmaId} has no parcel`),
		async refundTransactionId(orderId) {
			const { transactions } = await read<{ transactions: Array<{ legacyId: number; kind: string }> }>(`${urls.shopify}/__sim/orders/${orderId}`);
			return known(transactions.findLast(({ kind }) => kind === 'REFUND')?.legacyId, `Order ${orderId} has no refund`);
		},
		async record(orderId, value) {
			const metafield = { ownerId: `gid://shopify/Order/${orderId}`, namespace: 'return_settlement', key: 'ledger', type: 'json', value: JSON.stringify(value) };
			const response = await fetch(`${urls.shopify}/admin/api/2026-10/graphql.json`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-shopify-access-token': 'shpat_sim_full' },
				body: JSON.stringify({ query: 'mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }', variables: { metafields: [metafield] } }),
			});
			const answer = (await response.json()) as { data?: { metafieldsSet: { userErrors: unknown[] } } };
			if (answer.data?.metafieldsSet.userErrors.length !== 0) throw new Error(`The record of order ${orderId}: ${JSON.stringify(answer)}`);
		},
		async payoutOf(orderId) {
			const { transactions } = await read<{ transactions: Array<{ legacyId: number; kind: string }> }>(`${urls.shopify}/__sim/orders/${orderId}`);
			const refund = transactions.findLast(({ kind }) => kind === 'REFUND')?.legacyId;
			const payouts = await read<Array<{ legacyId: number; transactions: Array<{ orderTransactionId: number | null }> }>>(`${urls.shopify}/__sim/payouts`);
			return known(payouts.find((payout) => payout.transactions.some(({ orderTransactionId }) => orderTransactionId === refund))?.legacyId, `No payout holds the refund of order ${orderId}`);
		},
		send: (act) => post(`${urls[act.on]}${act.path}`, act.body ?? {}, act.method),
		async returnGoApi(method, path, body) {
			const call = () => fetch(`${urls.returnGo}${path}`, { method, headers: { 'content-type': 'application/json', 'x-api-key': key, 'x-shop-name': shop }, body: JSON.stringify(body) });
			let response = await call();
			// A year takes seconds here; whoever reports in it keeps to ReturnGO's calls per second all the same.
			for (let wait = 0; response.status === 429 && wait < MOST_WAITS; wait += 1) {
				await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
				response = await call();
			}
			if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
		},
	};
}

function known<T>(value: T | undefined, otherwise: string): T {
	if (value === undefined) throw new Error(otherwise);
	return value;
}
