/** The figures in docs/development.md are those of the tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEHAVIOURS, cellsOf, countCells, type Table } from './behaviours';
import { RETURN_GO_TABLE } from './rows/returnGo';
import { RETURNS_RECONCILIATION_TABLE } from './rows/returnsReconciliation';
import { SHOPIFY_RETURNS_TABLE } from './rows/shopifyReturns';
import { cellsOfTrigger, TRIGGER_TABLE } from './rows/triggers';

const cells = (table: Table) => Object.values(table).map(cellsOf);
const COUNTED = {
	ReturnGO: cells(RETURN_GO_TABLE),
	'Returns Reconciliation': cells(RETURNS_RECONCILIATION_TABLE),
	'Shopify Returns': cells(SHOPIFY_RETURNS_TABLE),
	triggers: Object.values(TRIGGER_TABLE).map(cellsOfTrigger),
};

const docs = readFileSync(join(__dirname, '../../../docs/development.md'), 'utf8');

it('all together', () => {
	const rows = Object.values(COUNTED).flat().length;
	expect(docs).toContain(`${rows} × ${BEHAVIOURS.length} = ${rows * BEHAVIOURS.length} cells`);
});

it.each(Object.entries(COUNTED))('%s', (name, rows) => {
	const { played, doNotApply } = countCells(rows);
	expect(docs.split('\n')).toContain(`| ${name} | ${rows.length} | ${played} | ${doNotApply} |`);
});
