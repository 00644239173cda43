/** Runs cells side by side, and counts. */
import { runCell, type Cell, type CellResult } from './cell';
import { nameOf } from './matrix';
import { World } from './world';
import type { WorkerProgram } from './workers';

export interface Campaign {
	results: CellResult[];
	/** Cells that could not be run to their end: the harness itself went wrong. */
	broken: Array<{ cell: Cell; message: string }>;
}

/** Cells under way at the same time; most of their time is waiting. */
const SIDE_BY_SIDE = 24;

export async function runCells(cells: readonly Cell[], options: { seed: number; program: WorkerProgram; onResult?: (result: CellResult) => void }): Promise<Campaign> {
	const world = await World.open(options.seed);
	const [faulty, next] = await Promise.all([options.program.start(), options.program.start()]);
	const campaign: Campaign = { results: [], broken: [] };
	const waiting = [...cells];
	const work = async (): Promise<void> => {
		for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
			const current = cell;
			await runCell(current, world, { faulty, next, program: options.program }).then(
				(result) => {
					campaign.results.push(result);
					options.onResult?.(result);
				},
				(error: unknown) => campaign.broken.push({ cell: current, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
			);
		}
	};
	try {
		await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, cells.length) }, work));
	} finally {
		await Promise.all([faulty.kill(), next.kill()]);
		await world.close();
	}
	return campaign;
}

/** What is wrong with a campaign, one text for each finding. */
export function findingsOf({ results, broken }: Campaign): string[] {
	return [
		...results.flatMap(({ cell, verdict, hits, story }) => {
			const found = [...verdict.doubles.map((text) => `DOUBLE ${text}`), ...verdict.losses.map((text) => `LOSS ${text}`), ...verdict.silent.map((text) => `SILENT ${text}`)];
			if (hits === 0) found.push('the fault never struck');
			return found.length === 0 ? [] : [`${nameOf(cell)}\n    ${[...found, ...story].join('\n    ')}`];
		}),
		...broken.map(({ cell, message }) => `${nameOf(cell)}\n    could not be run: ${message}`),
	];
}
