/**
 * `npm run test:faults`: every action, every fault, every step. Prints a table, and ends with 0 only when nothing was done twice,
 * nothing was lost and nobody was left in the dark.
 *
 * Options: `--seed N` (order of the cells, ids of the simulators), `--only TEXT` (cells whose name holds the text; may be given several times), `--crowd N`
 * (processes that settle one return at the same time; 0 leaves it out), `--sample N` (only so many cells, chosen by the seed),
 * `--list` (names the cells and runs none), `--stories` (tells what every run of every cell came to).
 */
import { parseArgs } from 'node:util';
import { findingsOf, runCells } from './campaign';
import { runCrowd } from './fifty';
import { buildMatrix, nameOf } from './matrix';
import { crowdTable, matrixTable, reasonsTable } from './table';
import { WorkerProgram } from './workers';

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { seed: { type: 'string', default: '42' }, only: { type: 'string', multiple: true, default: [] }, crowd: { type: 'string', default: '50' }, sample: { type: 'string' }, list: { type: 'boolean', default: false }, stories: { type: 'boolean', default: false } } });
	const seed = Number(values.seed);
	const matrix = buildMatrix(seed);
	const chosen = matrix.cells.filter((cell) => values.only.length === 0 || values.only.some((text) => nameOf(cell).includes(text)));
	const cells = values.sample === undefined ? chosen : chosen.slice(0, Number(values.sample));
	if (values.list) {
		print(cells.map(nameOf).sort().join('\n'));
		return 0;
	}
	const began = Date.now();
	print(`Seed ${seed}: ${cells.length} cells; ${matrix.impossible.length} combinations mean nothing and are not counted.`);
	const program = await WorkerProgram.build();
	try {
		let done = 0;
		const campaign = await runCells(cells, {
			seed,
			program,
			onResult: (result) => {
				done += 1;
				if (values.stories) print(`${nameOf(result.cell)}\n    ${result.story.join('\n    ')}`);
				else if (done % 50 === 0) print(`  ${done} of ${cells.length}, ${Math.round((Date.now() - began) / 1000)} s`);
			},
		});
		const crowd = Number(values.crowd) > 0 ? await runCrowd(Number(values.crowd), { seed, program }) : [];
		const findings = [...findingsOf(campaign), ...crowd.flatMap(({ action, findings: found }) => found.map((text) => `${action}, all at once: ${text}`))];
		print(['', reasonsTable(matrix.impossible), '', matrixTable(campaign), '', crowdTable(crowd), '', ...findings, `${Math.round((Date.now() - began) / 1000)} s; ${findings.length === 0 ? 'nothing done twice, nothing lost, nobody left in the dark' : `${findings.length} findings`}`].join('\n'));
		return findings.length === 0 ? 0 : 1;
	} finally {
		await program.remove();
	}
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

void main().then(
	// A pipe takes its time: what is written must be out before the process is gone.
	(code) => process.stdout.write('', () => process.exit(code)),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
		process.exit(2);
	},
);
