/** An expected failure as a value. Every other error goes on to the caller untouched. */
export type Attempted<TValue, TFailure> = { ok: true; value: TValue } | { ok: false; failure: TFailure };

/** Runs the work and hands back what it gave, or the error if it is of the expected class. */
export async function attempt<TValue, TFailure extends Error>(work: () => Promise<TValue> | TValue, expected: abstract new (...parameters: never[]) => TFailure): Promise<Attempted<TValue, TFailure>> {
	const [result] = await Promise.allSettled([(async () => await work())()]);
	if (result.status === 'fulfilled') return { ok: true, value: result.value };
	if (result.reason instanceof expected) return { ok: false, failure: result.reason };
	throw result.reason;
}
