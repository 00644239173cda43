/** Writes docs/exceptions.md from the catalogue; with --check it only says whether the page is what the catalogue says. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXCEPTIONS, type ExceptionOwner } from '../returns/exceptions';
import { EXCEPTION_SIGNS } from '../returns/exceptionSigns';

const PAGE = path.join(__dirname, '..', 'docs', 'exceptions.md');

const OWNERS: Record<ExceptionOwner, string> = {
	customerService: 'customer service',
	warehouse: 'warehouse',
	finance: 'finance',
	integration: 'integration',
	nobody: 'nobody',
};

function page(): string {
	const rows = Object.entries(EXCEPTIONS).map(([code, { title, owner, severity, nextStep }]) => `| \`${code}\` | ${title} | ${OWNERS[owner]} | ${severity} | ${nextStep} |`);
	return [
		'# Exceptions',
		'',
		'Every reason that an outcome, a report or an alert can carry. Codes are stable; their texts may change. This page is written by `npm run docs` from `returns/exceptions.ts` and `returns/exceptionSigns.ts`.',
		'',
		'| code | title | owner | severity | next step |',
		'|---|---|---|---|---|',
		...rows,
		'',
		'## What each means, how it is found, and what ends it',
		'',
		'“Found” names the facts, whichever operation or template looks at them. Words in quotation marks are the numbers of days that *Allowed Days* of *Audit > Run* and *Exception > Find Open* sets.',
		'',
		'| code | meaning | how it is found | what ends it |',
		'|---|---|---|---|',
		...Object.entries(EXCEPTION_SIGNS).map(([code, { meaning, detection, clearing }]) => `| \`${code}\` | ${meaning} | ${detection} | ${clearing} |`),
		'',
	].join('\n');
}

if (process.argv.includes('--check')) {
	if (readFileSync(PAGE, 'utf8') !== page()) {
		console.error('docs/exceptions.md is not what the catalogue says: run `npm run docs`.');
		process.exitCode = 1;
	}
} else {
	writeFileSync(PAGE, page());
}
