/** Items worked on side by side. Those of one lane (one order) go one after another, so that they do not get into each other's way. */

/** Enough to use up Shopify's budget while answers are under way; what may be sent when is the pace's to say. */
const SIDE_BY_SIDE = 10;

/**
 * Runs the work for the items 0 to `count` - 1 and answers the results in their order.
 * After a failure nothing new is begun, what is under way is waited for, and the first item's failure is thrown.
 */
export async function sideBySide<TResult>(count: number, laneOf: (index: number) => string | null, work: (index: number) => Promise<TResult>): Promise<TResult[]> {
	const lanes = lanesOf(count, laneOf);
	const results = new Map<number, PromiseSettledResult<TResult>>();
	let next = 0;
	let hasFailed = false;
	const takeLanes = async (): Promise<void> => {
		while (next < lanes.length) {
			const lane = lanes[next] ?? [];
			next += 1;
			for (const index of lane) {
				if (hasFailed) return;
				const [result] = await Promise.allSettled([work(index)]);
				results.set(index, result);
				hasFailed ||= result.status === 'rejected';
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, lanes.length) }, takeLanes));
	return [...results.entries()].sort(([left], [right]) => left - right).map(([, result]) => valueOf(result));
}

function lanesOf(count: number, laneOf: (index: number) => string | null): number[][] {
	const lanes = new Map<string, number[]>();
	for (let index = 0; index < count; index += 1) {
		const lane = laneOf(index) ?? `item ${index}`;
		lanes.set(lane, [...(lanes.get(lane) ?? []), index]);
	}
	return [...lanes.values()];
}

function valueOf<TResult>(result: PromiseSettledResult<TResult>): TResult {
	if (result.status === 'rejected') throw result.reason;
	return result.value;
}
