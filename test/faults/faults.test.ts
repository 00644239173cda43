/** The matrix of `npm run test:faults` in small: a sample of its cells with real processes, and its judge with outcomes that must never be. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { reason } from '../../returns/exceptions';
import type { Answer } from './messages';
import { buildMatrix, nameOf } from './matrix';
import { STEPS } from './steps';
import { judge, type Ending } from './verdict';

jest.setTimeout(240_000);

const ROOT = path.resolve(__dirname, '..', '..');

describe('a sample of the matrix', () => {
	it('does nothing twice, loses nothing and leaves nobody in the dark', async () => {
		const { stdout } = await promisify(execFile)(path.join(ROOT, 'node_modules', '.bin', 'tsx'), ['test/faults/run.ts', '--seed', '5', '--sample', '18', '--crowd', '5'], { cwd: ROOT }).catch((error: { stdout?: string; stderr?: string }) => {
			throw new Error(`${error.stdout ?? ''}\n${error.stderr ?? ''}`);
		});
		expect(stdout).toContain('18 cells');
		expect(stdout).toMatch(/nothing done twice, nothing lost, nobody left in the dark/);
	});
});

describe('the matrix', () => {
	it('has every cell once, whatever the seed, and every seed an order of its own', () => {
		const names = (seed: number) => buildMatrix(seed).cells.map(nameOf);
		expect(new Set(names(1)).size).toBe(names(1).length);
		expect(names(1).toSorted()).toEqual(names(2).toSorted());
		expect(names(1)).not.toEqual(names(2));
		expect(names(1)).toEqual(names(1));
	});

	it('strikes every step, the guard’s own moment included', () => {
		const { cells } = buildMatrix(1);
		for (const step of STEPS) expect(cells.filter(({ place }) => place.step === step).length).toBeGreaterThan(50);
	});

	it('names a reason for every combination that it leaves out', () => {
		const { impossible } = buildMatrix(1);
		expect(impossible.length).toBeGreaterThan(0);
		expect(impossible.filter(({ reason: why }) => why === '')).toEqual([]);
	});
});

describe('the judge', () => {
	const paid = { payments: ['SUCCESS 81.72'], decisions: ['2 RESTOCKED here'], stock: [2] };
	const nothing = { payments: [], decisions: [], stock: [0] };
	const settled = (outcome: string): Answer => ({ settled: [{ outcome, everyUnitSettled: true, reasons: [] }], attention: [], error: null });
	const open = (reasons: object[]): Answer => ({ settled: [], attention: [{ outcome: 'waiting', reasons }], error: null });
	const good: Ending = {
		expected: paid,
		effects: paid,
		effectsAfterRepeat: paid,
		runs: [settled('done')],
		repeat: settled('alreadyDone'),
		ledger: [{ action: 'refund', state: 'done' }],
		uninspected: 0,
		endsInException: false,
	};

	it('has nothing to say about one effect of the exact value', () => {
		expect(judge(good)).toEqual({ doubles: [], losses: [], silent: [], end: 'settled' });
	});

	it.each<[string, Partial<Ending>, 'doubles' | 'losses' | 'silent']>([
		['two refunds', { effects: { ...paid, payments: ['SUCCESS 81.72', 'SUCCESS 81.72'] } }, 'doubles'],
		['a refund of another value', { effects: { ...paid, payments: ['SUCCESS 81.73'] } }, 'doubles'],
		['stock that came twice', { effects: { ...paid, stock: [4] } }, 'doubles'],
		['a repetition that changes something', { effectsAfterRepeat: { ...paid, payments: ['SUCCESS 81.72', 'SUCCESS 81.72'] } }, 'doubles'],
		['a refund that never happened', { effects: { ...paid, payments: [] } }, 'losses'],
		['a decision that never happened', { effects: { ...paid, decisions: [], stock: [0] } }, 'losses'],
		['a return that nothing is done about for ever', { effects: nothing, effectsAfterRepeat: nothing, repeat: open([reason('claimedElsewhere', 'Somebody has it.')]) }, 'losses'],
		['a refund that the reports call open', { repeat: open([reason('answerUnknown', 'Nobody knows.')]) }, 'silent'],
		['a run that says nothing', { runs: [{ settled: [], attention: [], error: null }] }, 'silent'],
		['a run that stops without a code', { runs: [{ settled: [], attention: [], error: 'It broke' }] }, 'silent'],
		['attention without a reason', { runs: [open([]), settled('done')] }, 'silent'],
		['a reason that the catalogue does not have', { runs: [open([{ code: 'oops', owner: 'nobody', nextStep: 'Wait', message: 'Oops' }]), settled('done')] }, 'silent'],
		['a busy service without a time to ask again', { runs: [open([reason('serviceUnavailable', 'Busy.')]), settled('done')] }, 'silent'],
		['a busy service that a person is called for', { runs: [{ settled: [], attention: [{ outcome: 'blocked', retryAt: '2026-01-01T00:00:00Z', reasons: [reason('serviceUnavailable', 'Busy.')] }], error: null }, settled('done')] }, 'silent'],
		['a claim that is left on the order', { ledger: [{ action: 'refund', state: 'claimed' }] }, 'silent'],
		['nothing done and nobody told, where an exception is the proper end', { endsInException: true, expected: nothing, effects: nothing, effectsAfterRepeat: nothing }, 'silent'],
		['something done where nothing was to be done', { endsInException: true, expected: nothing }, 'doubles'],
	])('finds %s', (_case, change, kind) => {
		expect(judge({ ...good, ...change })[kind]).not.toEqual([]);
	});

	it('asks for a named exception where somebody has to deal with the rest', () => {
		const theirs = { ...good, endsInException: true };
		expect(judge({ ...theirs, repeat: open([reason('componentsUnclear', 'Somebody else decided.')]) })).toEqual({ doubles: [], losses: [], silent: [], end: 'exception' });
		expect(judge(theirs).silent).not.toEqual([]);
		expect(judge({ ...theirs, repeat: open([reason('awaitingInspection', 'Nobody looked.')]) }).silent).not.toEqual([]);
		expect(judge({ ...theirs, effects: nothing, repeat: open([reason('componentsUnclear', 'Somebody else decided.')]) }).losses).not.toEqual([]);
	});

	it('accepts that a person has to say whose a credit is only where it happened once, and where the action allows it', () => {
		const unclear = { repeat: open([reason('creditUnclear', 'Somebody’s.')]), ledger: [{ action: 'storeCredit', state: 'claimed' }] };
		expect(judge({ ...good, ...unclear, mayStayUnclear: 'creditUnclear' })).toEqual({ doubles: [], losses: [], silent: [], end: 'exception' });
		expect(judge({ ...good, ...unclear }).silent).not.toEqual([]);
		expect(judge({ ...good, ...unclear, mayStayUnclear: 'creditUnclear', effects: nothing, effectsAfterRepeat: nothing }).losses).not.toEqual([]);
	});

	it('accepts a named exception without any effect only where nothing else can come of it', () => {
		const blocked = { effects: nothing, effectsAfterRepeat: nothing, runs: [open([reason('valueMismatch', 'They differ.')])], repeat: open([reason('valueMismatch', 'They differ.')]), ledger: [] };
		expect(judge({ ...good, ...blocked, expected: nothing, endsInException: true })).toEqual({ doubles: [], losses: [], silent: [], end: 'exception' });
		expect(judge({ ...good, ...blocked }).losses).not.toEqual([]);
	});
});
