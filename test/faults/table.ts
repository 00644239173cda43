/** The tables that a run of the matrix prints. */
import type { Campaign } from './campaign';
import type { CellResult } from './cell';
import type { CrowdResult } from './fifty';
import type { Impossible } from './matrix';

const COLUMNS = ['cells', 'runs', 'doubles', 'losses', 'silent cases', 'ended in exception'] as const;

/** One row per fault and one for all. */
export function matrixTable({ results, broken }: Campaign): string {
	const groups = [...new Set(results.map(({ cell }) => cell.fault.group))].sort();
	const rows = groups.map((group) => [group, ...count(results.filter(({ cell }) => cell.fault.group === group))]);
	const actions = [...new Set(results.map(({ cell }) => cell.action.name))].sort();
	const byAction = actions.map((name) => [name, ...count(results.filter(({ cell }) => cell.action.name === name))]);
	const all = ['all', ...count(results)];
	return `${format([['fault', ...COLUMNS], ...rows, all])}\n\n${format([['action', ...COLUMNS], ...byAction, all])}${broken.length > 0 ? `\n${broken.length} cells could not be run` : ''}`;
}

export function crowdTable(results: readonly CrowdResult[]): string {
	return format([['the same settlement at once', 'processes', 'runs that did it', 'findings'], ...results.map(({ action, processes, winners, findings }) => [action, String(processes), String(winners), String(findings.length)])]);
}

/** Combinations that mean nothing, by reason. */
export function reasonsTable(impossible: readonly Impossible[]): string {
	const reasons = [...new Set(impossible.map(({ reason }) => reason))];
	return format([['not applicable, not counted', 'combinations'], ...reasons.map((reason) => [reason, String(impossible.filter((one) => one.reason === reason).length)])]);
}

function count(results: readonly CellResult[]): string[] {
	const having = (test: (result: CellResult) => boolean) => String(results.filter(test).length);
	return [
		String(results.length),
		String(results.reduce((sum, { runs }) => sum + runs, 0)),
		having(({ verdict }) => verdict.doubles.length > 0),
		having(({ verdict }) => verdict.losses.length > 0),
		having(({ verdict }) => verdict.silent.length > 0),
		having(({ verdict }) => verdict.end === 'exception'),
	];
}

function format(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	return rows.map((row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  ')).join('\n');
}
