/** How many calls a poll may make, so that a day's polls stay within their share of ReturnGO's 2,000 calls, however often n8n polls. */

/** Calls saved up, and the time that was counted. */
export interface Savings {
	calls: number;
	at: number;
}

export interface Share {
	perPoll: number;
	perDay: number;
}

/** A poll that reads the three lists and one RMA. With fewer calls nothing would come of it. */
export const LEAST_CALLS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Calls come back evenly over the day, and no more are saved up than one poll may make. Without a memory, a poll may make all of its calls. */
export function callsFor(saved: unknown, share: Share, now: number): number {
	if (!isSavings(saved)) return share.perPoll;
	const passed = Math.max(0, now - saved.at);
	return Math.min(share.perPoll, saved.calls + (passed / DAY_MS) * share.perDay);
}

function isSavings(value: unknown): value is Savings {
	if (typeof value !== 'object' || value === null) return false;
	const { calls, at } = value as Partial<Savings>;
	return typeof calls === 'number' && Number.isFinite(calls) && typeof at === 'number' && Number.isFinite(at);
}
