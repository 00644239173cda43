/** One cell of the matrix: one action, one fault, one step. A fresh return is settled while the fault strikes, then settled again until it is done. */
import type { IDataObject } from 'n8n-workflow';
import { availableOf, observe, type Action, type Bounds, type Case, type Effects } from './actions';
import { PAST_LEASE_MS, type AccessControl, type Expected, type Fault, type Place, type Scene } from './faults';
import type { Answer, SettleJob, ShopAccess } from './messages';
import { isSettled, judge, textOf, type Verdict } from './verdict';
import { Wire } from './wire';
import { WorkerGone, type Worker, type WorkerProgram } from './workers';
import type { World } from './world';

export interface Cell {
	number: number;
	action: Action;
	fault: Fault;
	place: Place;
	via: SettleJob['via'];
}

export interface CellResult {
	cell: Cell;
	verdict: Verdict;
	/** Settlements that were run, the repetition at the end included. */
	runs: number;
	/** How often the fault struck. A cell whose fault never struck has tested nothing. */
	hits: number;
	/** What each run came to, for people. */
	story: string[];
}

/** Settlements after the faulty one; a return that needs more is stuck. */
const NEXT_RUNS = 3;

export async function runCell(cell: Cell, world: World, workers: { faulty: Worker; next: Worker; program: WorkerProgram }): Promise<CellResult> {
	const { action, fault, place } = cell;
	const app = await world.installApp(`cell-${cell.number}`);
	const wire = await Wire.open(world.shopifyUrl, app.rivalToken);
	try {
		const bounds = fault.bounds ?? 'room';
		const uninspected = bounds === 'exact' ? 0 : 2;
		const made: Case = { ...(await action.prepare(world.shop, String(cell.number), bounds)), locationId: world.locationId };
		const before = await availableOf(world.shop, made.skus, made.locationId);
		const rma = await workers.next.readRma({ kind: 'readRma', access: world.returnGoAccess, rmaId: made.rmaId });
		const access: ShopAccess =
			fault.authentication === 'clientCredentials'
				? { url: wire.url, authentication: 'clientCredentials', clientId: app.clientId, clientSecret: app.clientSecret }
				: { url: wire.url, authentication: 'accessToken', accessToken: app.token, apiSecretKey: app.clientSecret };
		const asked = action.parameters(made);
		const parameters = fault.options === undefined ? asked : { ...asked, options: { ...(asked.options as IDataObject | undefined), ...fault.options } };
		const job = (aheadMs: number, via: SettleJob['via'], as = access): SettleJob => ({ kind: 'settle', via, access: as, resource: action.resource, operation: action.operation, parameters, rma, aheadMs });
		const observed = async (): Promise<Effects> => {
			const effects = await observe(world.shop, made);
			return { ...effects, stock: effects.stock.map((pieces, index) => pieces - (before[index] ?? 0)) };
		};

		const runs: Array<Answer | null> = [];
		const own = fault.process === 'own' ? await workers.program.start() : null;
		const scene: Scene = {
			shop: world.shop,
			made,
			action,
			rival: async (aheadMs) => void runs.push(await workers.next.settle(job(aheadMs, cell.via, { url: wire.url, authentication: 'accessToken', accessToken: app.rivalToken, apiSecretKey: app.clientSecret }))),
			kill: async () => await own?.kill(),
			stall: () => victim.advance(PAST_LEASE_MS),
			access: app satisfies AccessControl,
		};
		const { triggers, refusal } = fault.plan(place, scene);
		await wire.arm(triggers, refusal ?? null);
		const victim = (own ?? workers.faulty).begin(job(0, cell.via));
		runs.push(await victim.answer.catch(afterDeath));
		const hits = wire.hits;
		const overlooked = place.step === 'guard' && fault.speaksAgainst?.(action) === true && wire.seen[wire.seen.indexOf('claim') + 1] === 'act';
		await wire.disarm();
		await app.restore();
		await own?.kill();

		const isDone = (run: Answer | null) => run !== null && isSettled(run, uninspected);
		let aheadMs = 0;
		for (let next = 0; next < NEXT_RUNS && !isDone(runs.at(-1) ?? null); next += 1) {
			aheadMs += PAST_LEASE_MS;
			runs.push(await workers.next.settle(job(aheadMs, 'node')));
		}
		const effects = await observed();
		const repeat = await workers.next.settle(job(aheadMs + PAST_LEASE_MS, 'node'));
		const { ledger } = await world.shop.outcome(made.orderId);
		const { effects: expected, endsInException = false } = expectedOf(cell, made, effects, bounds);
		const verdict = judge({
			expected,
			endsInException,
			effects,
			effectsAfterRepeat: await observed(),
			runs,
			repeat,
			ledger: (ledger?.entries ?? []).map(({ action: name, state }) => ({ action: name, state })),
			uninspected,
			...(action.mayStayUnclear === undefined ? {} : { mayStayUnclear: action.mayStayUnclear }),
		});
		if (overlooked) verdict.silent.push('the answer to the claim spoke against the act, and the act was sent all the same');
		return { cell, verdict, runs: runs.length + 1, hits, story: [...[...runs, repeat].map(tell), `asked: ${wire.seen.join(' ')}`] };
	} finally {
		await wire.close();
	}
}

/** What the settlement does; or what a competitor by hand does, where that is something else and the competitor was first. */
function expectedOf({ action, fault, place }: Cell, made: Case, effects: Effects, bounds: Bounds): Expected {
	const usual = action.expected(made, bounds);
	if (fault.expects !== undefined) return fault.expects(place, action, usual);
	const hand = fault.byHand === undefined ? undefined : action.byHand[fault.byHand];
	if (hand?.besides !== undefined) return { effects: { ...usual, payments: [...hand.besides(bounds), ...usual.payments] } };
	const theirs = hand?.insteadOf?.(bounds, made);
	return theirs !== undefined && textOf(effects) === textOf(theirs) ? { effects: theirs, endsInException: hand?.endsInException === true } : { effects: usual };
}

function afterDeath(error: unknown): null {
	if (error instanceof WorkerGone) return null;
	throw error;
}

function tell(run: Answer | null): string {
	if (run === null) return 'killed';
	const items = [...run.settled, ...run.attention].map(({ outcome, reasons }) => `${String(outcome)}${reasons ? `(${(reasons as Array<{ code: string; message: string }>).map(({ code, message }) => `${code}: ${message}`).join('; ')})` : ''}`);
	return run.error ?? (items.join(' + ') || 'nothing');
}
