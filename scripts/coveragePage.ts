/** Writes docs/coverage.md: every documented endpoint of ReturnGO and every relevant root of Shopify, with what uses it or why nothing does; with --check it only says whether the page is true. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { returnGoCoverage, shopifyCoverage, type Covered } from './coverage';
import { loadAdminSchema } from './shopify-schema';

const PAGE = path.join(__dirname, '..', 'docs', 'coverage.md');
const VERSION = '2026-10';

async function page(): Promise<string> {
	const { schema } = await loadAdminSchema(VERSION);
	const row = ({ name, usedBy, reason }: Covered) => `| \`${name}\` | ${usedBy.length > 0 ? usedBy.join(', ') : `not used: ${reason ?? ''}`} |`;
	return [
		'# What of the two services is used',
		'',
		'Every endpoint that ReturnGO documents, and every root of the Admin API that has to do with returns, their money, their stock, credit, the marks on the order or payouts: what uses it, or why nothing does. Written by `npm run docs`; a test holds it against both.',
		'',
		'## ReturnGO',
		'',
		'| endpoint | used in |',
		'|---|---|',
		...returnGoCoverage().map(row),
		'',
		`## Shopify Admin API ${VERSION}`,
		'',
		'| root | used by |',
		'|---|---|',
		...shopifyCoverage(schema).map(row),
		'',
	].join('\n');
}

async function main(): Promise<void> {
	const expected = await page();
	if (!process.argv.includes('--check')) writeFileSync(PAGE, expected);
	else if (readFileSync(PAGE, 'utf8') !== expected) {
		console.error('docs/coverage.md is not what the code says: run `npm run docs`.');
		process.exitCode = 1;
	}
}

void main();
