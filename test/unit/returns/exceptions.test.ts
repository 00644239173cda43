/** The catalogue: each code is told in full, and something raises it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXCEPTIONS, type ExceptionCode } from '../../../returns/exceptions';
import { EXCEPTION_SIGNS } from '../../../returns/exceptionSigns';

const ROOT = path.join(__dirname, '..', '..', '..');
const CODES = Object.keys(EXCEPTIONS) as ExceptionCode[];
const sources = globSync(['returns/*.ts', 'nodes/**/*.ts', 'workflows-templates/*.json'], { cwd: ROOT })
	.filter((file) => !/exceptions\.ts$|exceptionSigns\.ts$/.test(file))
	.map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
	.join('\n');
const page = readFileSync(path.join(ROOT, 'docs', 'exceptions.md'), 'utf8').split('\n');

it('tells the meaning, the detection and the clearing of the codes in the catalogue’s order', () => {
	expect(Object.keys(EXCEPTION_SIGNS)).toEqual(CODES);
});

it.each(CODES)('%s is told in sentences of its own', (code) => {
	const { title, nextStep } = EXCEPTIONS[code];
	const { meaning, detection, clearing } = EXCEPTION_SIGNS[code];
	for (const text of [nextStep, meaning, detection, clearing]) expect(text).toMatch(/^\S(?:.*\S)?\.$/);
	// A table's cell ends at a bar.
	expect([title, nextStep, meaning, detection, clearing].join(' ')).not.toMatch(/[|\n]/);
	expect(new Set([title, nextStep, meaning, detection, clearing]).size).toBe(5);
});

it.each(CODES)('%s is raised somewhere', (code) => {
	expect(sources).toMatch(new RegExp(`'${code}'|\\b${code}: (?!ExceptionCode)[A-Z’]`));
});

it.each(CODES)('the page shows %s with both of its rows', (code) => {
	const { title, nextStep } = EXCEPTIONS[code];
	const { meaning, detection, clearing } = EXCEPTION_SIGNS[code];
	const rows = page.filter((line) => line.startsWith(`| \`${code}\` |`));
	expect(rows).toHaveLength(2);
	expect(rows[0]).toContain(`| ${title} |`);
	expect(rows[0]).toContain(`| ${nextStep} |`);
	expect(rows[1]).toBe(`| \`${code}\` | ${meaning} | ${detection} | ${clearing} |`);
});
