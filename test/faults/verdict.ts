/** Judges what a cell came to. Pure: it is tested with outcomes that no settlement should ever have. */
import { EXCEPTIONS, type ExceptionCode } from '../../returns/exceptions';
import type { Effects } from './actions';
import type { Answer } from './messages';

/** What is left on the order when nobody runs anything any more. */
export interface Ending {
	expected: Effects;
	effects: Effects;
	/** The same, after the settlement was asked for once more. */
	effectsAfterRepeat: Effects;
	/** Runs that could report, in order; null for one that was killed. */
	runs: Array<Answer | null>;
	/** The settlement, asked for once more. */
	repeat: Answer;
	/** Ledger entries by action and state. */
	ledger: Array<{ action: string; state: string }>;
	/** Units of the return that the settlement was to leave alone, because nobody has inspected them. */
	uninspected: number;
	/** Whether a named exception, beside the effects that are expected (which may be none), is the only proper end. */
	endsInException: boolean;
	/** The exception that is a proper end of a run that died, once everything happened as it should. */
	mayStayUnclear?: ExceptionCode;
}

export interface Verdict {
	/** More was paid or put into stock than once. */
	doubles: string[];
	/** What was to happen did not, and nothing stood in its way. */
	losses: string[];
	/** Something happened or did not, and the reports do not say so. */
	silent: string[];
	/** How it ended, in a word. */
	end: 'settled' | 'exception';
}

export function judge(ending: Ending): Verdict {
	const verdict: Verdict = { doubles: [], losses: [], silent: [], end: 'settled' };
	const { expected, effects, effectsAfterRepeat, runs, repeat } = ending;
	compare(verdict, expected, effects);
	if (!same(effects, effectsAfterRepeat)) verdict.doubles.push(`asking again changed ${textOf(effects)} into ${textOf(effectsAfterRepeat)}`);

	runs.forEach((run, index) => {
		if (run !== null) verdict.silent.push(...unclearIn(run).map((text) => `run ${index + 1} ${text}`));
	});
	verdict.silent.push(...unclearIn(repeat).map((text) => `the repetition ${text}`));

	if (ending.endsInException) {
		verdict.end = 'exception';
		if (!callsForSomebody(repeat)) verdict.silent.push('somebody has to deal with the rest, and nobody is told');
		return verdict;
	}
	if (ending.mayStayUnclear !== undefined && same(effects, expected) && repeat.attention.flatMap(codesIn).includes(ending.mayStayUnclear)) {
		verdict.end = 'exception';
		return verdict;
	}
	if (!isSettled(repeat, ending.uninspected)) {
		const reasons = repeat.attention.flatMap(codesIn).join(', ');
		const text = `the return stays open (${reasons || 'no reason'})`;
		if (same(effects, expected)) verdict.silent.push(text);
		else verdict.losses.push(text);
	}
	if (repeat.settled[0]?.outcome === 'done') verdict.silent.push('the repetition says that it did something');
	const claimed = ending.ledger.filter((entry) => entry.state !== 'done');
	if (claimed.length > 0) verdict.silent.push(`the order still shows a claim for ${claimed.map((entry) => entry.action).join(', ')}`);
	return verdict;
}

/** A reason that neither passes by itself nor is only about units that nobody has inspected. */
function callsForSomebody({ attention }: Answer): boolean {
	return attention.flatMap(codesIn).some((code) => code !== 'awaitingInspection' && !PASSING.has(code));
}

function compare(verdict: Verdict, expected: Effects, effects: Effects): void {
	for (const part of ['payments', 'decisions'] as const) {
		const left = [...expected[part]];
		for (const effect of effects[part]) {
			const at = left.indexOf(effect);
			if (at === -1) verdict.doubles.push(`${effect} is ${expected[part].length === 0 ? 'nothing that was asked for' : 'once too often, or another value'}`);
			else left.splice(at, 1);
		}
		if (left.length > 0) verdict.losses.push(`${left.join(', ')} did not happen`);
	}
	effects.stock.forEach((pieces, index) => {
		const wanted = expected.stock[index] ?? 0;
		const text = `${pieces} pieces came into stock instead of ${wanted}`;
		if (pieces > wanted) verdict.doubles.push(text);
		if (pieces < wanted) verdict.losses.push(text);
	});
}

/** Every inspected unit is done, and only the others are waited for. */
export function isSettled(run: Answer, uninspected: number): boolean {
	const [first, ...others] = run.settled;
	if (first === undefined || others.length > 0) return false;
	if (uninspected === 0) return run.attention.length === 0 && first.everyUnitSettled === true;
	const waiting = run.attention.flatMap((item) => (item.reasons ?? []) as Array<{ code: string; unitIds: string[] }>);
	return waiting.every(({ code, unitIds }) => code === 'awaitingInspection' && unitIds.length === uninspected) && Array.isArray(first.unitIds) && first.unitIds.length === 2;
}

/** A run has to say something, and every reason has a code, an owner, a next step and a sentence. */
function unclearIn(run: Answer): string[] {
	if (run.error !== null) return [`stopped without a code: ${run.error.split('\n', 1)[0] ?? ''}`];
	if (run.settled.length + run.attention.length === 0) return ['said nothing'];
	return run.attention.flatMap((item) => {
		const reasons = (item.reasons ?? []) as Array<{ code?: string; owner?: string; nextStep?: string; message?: string }>;
		if (reasons.length === 0) return [`asks for attention and names no reason`];
		const codes = reasons.map(({ code }) => code ?? '');
		if (codes.some((code) => PASSING.has(code)) && typeof item.retryAt !== 'string') return [`says ${codes.join(', ')}, and not when to ask again`];
		if (codes.every((code) => PASSING.has(code)) && item.outcome !== 'waiting') return [`calls for a person where waiting is enough (${codes.join(', ')})`];
		return reasons.filter(({ code, owner, nextStep, message }) => code === undefined || !Object.hasOwn(EXCEPTIONS, code) || !owner || !nextStep || !message).map(({ code }) => `names a reason that nobody can act on (${code ?? 'no code'})`);
	});
}

/** Reasons that pass by themselves: whoever runs again at the time they name needs nobody's help. */
const PASSING = new Set(['serviceUnavailable', 'answerUnknown', 'claimedElsewhere']);

export function codesIn(item: { reasons?: unknown }): string[] {
	return ((item.reasons ?? []) as Array<{ code: string }>).map(({ code }) => code);
}

function same(left: Effects, right: Effects): boolean {
	return textOf(left) === textOf(right);
}

export function textOf({ payments, decisions, stock }: Effects): string {
	return JSON.stringify({ payments: [...payments].sort(), decisions: [...decisions].sort(), stock });
}
