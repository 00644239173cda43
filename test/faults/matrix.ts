/** The whole matrix: every action, every fault, every step; and the cells that cannot be, each with its reason. */
import { SeededRandom } from '../../simulators/shared/random';
import { ACTIONS, type Action } from './actions';
import type { Cell } from './cell';
import { FAULTS, whyNot, type Fault, type Place } from './faults';
import { STEPS, type Step } from './steps';

export interface Impossible {
	action: Action;
	fault: Fault;
	place: Place;
	reason: string;
}

export interface Matrix {
	cells: Cell[];
	impossible: Impossible[];
}

/** The cells in an order that only the seed decides. */
export function buildMatrix(seed: number): Matrix {
	const cells: Cell[] = [];
	const impossible: Impossible[] = [];
	for (const action of ACTIONS) {
		for (const fault of FAULTS) {
			for (const place of placesOf(action)) {
				const reason = whyNot(fault, action, place);
				if (reason !== null) impossible.push({ action, fault, place, reason });
				else cells.push({ number: cells.length + 1, action, fault, place, via: viaOf(fault, action) });
			}
		}
	}
	const random = new SeededRandom(seed);
	const keyed = cells.map((cell) => ({ cell, key: random.next() }));
	return { cells: keyed.sort((left, right) => left.key - right.key).map(({ cell }) => cell), impossible };
}

function placesOf(action: Action): Place[] {
	return STEPS.flatMap((step) => Array.from({ length: partsOf(action, step) }, (_, index) => ({ step, act: index + 1 })));
}

/** How often a settlement comes by the step. */
function partsOf(action: Action, step: Step): number {
	if (step === 'claim') return action.claimHalves ?? 1;
	return step === 'act' || step === 'verify' ? action.acts : 1;
}

/** Everything goes through the node, but for processes that live for one settlement: loading n8n's engine for each of them takes too long. */
function viaOf(fault: Fault, action: Action): Cell['via'] {
	return fault.process === 'own' && action !== ACTIONS[3] ? 'pipeline' : 'node';
}

/** Where a cell is, in words. */
export function nameOf({ action, fault, place }: Pick<Cell, 'action' | 'fault' | 'place'>): string {
	const what = fault.byHand === undefined ? fault.name : (action.byHand[fault.byHand]?.name ?? fault.name);
	return `${action.name} · ${fault.group}, ${what} · at ${place.step}${partsOf(action, place.step) > 1 ? ` ${place.act}` : ''}`;
}
